//! What is said where the program itself is at fault. A panic, in whatever thread, ends in one line and an exit code
//! like any other failure; the site that stands is whole, for it is exchanged in one step or not at all.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};

use super::{Exit, say};
use crate::language::Language;

/// Runs, and takes a panic for an end that could be told.
pub(super) fn caught(language: Language, run: impl FnOnce() -> Exit) -> Exit {
    set_hook(Box::new(move |panicked| {
        let mut words = said(panicked, language);
        let trace = Backtrace::capture();
        if trace.status() == BacktraceStatus::Captured {
            words = format!("{words}\n{trace}");
        }
        say(&mut anstream::stderr(), &words);
    }));
    // What is behind the panic is not looked at again: the process ends.
    catch_unwind(AssertUnwindSafe(run)).unwrap_or(Exit::CouldNotRun)
}

fn said(panicked: &PanicHookInfo<'_>, language: Language) -> String {
    let why = panicked.payload_as_str().unwrap_or("?").escape_debug();
    let place = panicked.location().map_or_else(|| "?".to_owned(), ToString::to_string);
    let version = env!("CARGO_PKG_VERSION");
    match language {
        Language::Vietnamese => format!(
            "niemyet: lỗi nội bộ của chương trình: {why} ({place}, bản {version}); trang đang đăng vẫn nguyên vẹn; \
             hãy báo dòng này cho nhóm phát triển"
        ),
        Language::English => format!(
            "niemyet: internal error: {why} ({place}, version {version}); the site that stands is whole; \
             please report this line"
        ),
    }
}
