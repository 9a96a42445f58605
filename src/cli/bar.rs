//! What the bar shows at the foot of each page that `serve` hands out: the days on which something changes, and what
//! was found in the files, as JSON for its script. Knows no page and no server.

use std::env;
use std::path::{self, Path};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::coming::{Coming, by_day, summary};
use super::commands::{Input, verdict};
use crate::diagnostic::code::Severity;
use crate::diagnostic::{Diagnostic, Report};
use crate::language::Language;
use crate::model::date::{self, Date};
use crate::pipeline::Understood;
use crate::validity::forecast;

/// So many findings are listed, those that weigh most first; the terminal has them all.
const FINDINGS: usize = 200;
/// So many changes of one day are named.
const CHANGES: usize = 20;
/// The days that can be asked for, as on the command line.
const ASKED: [&str; 2] = ["1945-01-01", "2099-12-31"];
/// How far back from the last change its days go: what ended last year is what people still ask about.
const BACK: i32 = 365;

/// The days on which something changes, around a day, each with what changes on it.
pub(super) fn days(understood: &Understood, around: Date, language: Language) -> Value {
    let today = understood.assessment.on(around);
    let past = forecast::past(&understood.catalogue, &today, BACK);
    let ahead = forecast::changes(&understood.catalogue, &today);
    let coming: Vec<Coming> = past
        .iter()
        .chain(&ahead)
        .filter(|change| date::is_plausible(change.day))
        .map(|change| Coming::new(change, understood, language))
        .collect();
    by_day(&coming)
        .map(|(day, changes)| {
            let named = changes.iter().map(|it| format!("{}: {}", it.kind.said(language), it.name));
            let more = (changes.len() > CHANGES).then(|| more(changes.len() - CHANGES, language));
            json!({
                "day": day.to_string(),
                "said": summary(changes, language),
                "changes": named.take(CHANGES).chain(more).collect::<Vec<String>>(),
            })
        })
        .collect()
}

/// All that the bar shows on a day.
pub(super) fn bar(
    input: &Input,
    report: &Report,
    days: &Value,
    (day, today, is_asked): (Date, Date, bool),
    (editor, language): (&Editor, Language),
) -> String {
    let mut found: Vec<&Diagnostic> = report.iter().collect();
    // What weighs most comes first in their order.
    found.sort_by_key(|found| found.severity);
    let left = found.len().saturating_sub(FINDINGS);
    let worst = found.first().map(|found| weight(found.severity));
    let findings: Vec<Value> =
        found.iter().take(FINDINGS).map(|it| finding(it, input, editor, language)).collect();
    let all = [Severity::Error, Severity::Warning, Severity::Notice];
    json!({
        "language": match language { Language::Vietnamese => "vi", Language::English => "en" },
        "today": today.to_string(),
        "first": ASKED[0],
        "last": ASKED[1],
        "days": days,
        "worst": worst,
        "counted": verdict(all.map(|weight| report.count(weight)), day, language),
        "findings": findings,
        "more": (left > 0).then(|| more(left, language)),
        "words": words(is_asked, language),
    })
    .to_string()
}

fn finding(found: &Diagnostic, input: &Input, editor: &Editor, language: Language) -> Value {
    let place = found.span.map(|span| {
        let (line, column) = input.files.position(span.file, span.start);
        (input.files.path(span.file), line, column)
    });
    let alone: Report = std::iter::once(found.clone()).collect();
    json!({
        "weight": weight(found.severity),
        "code": found.code.entry().id,
        "message": found.message(language),
        "place": place.map(|(path, line, column)| format!("{}{path}:{line}:{column}", input.folder)),
        "link": place.and_then(|(path, line, column)| editor.link(path.as_str(), line, column)),
        "text": input.print(&alone, language, false),
    })
}

fn weight(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    }
}

fn more(n: usize, language: Language) -> String {
    match language {
        Language::Vietnamese => format!("và {n} mục khác; `niemyet check` và `niemyet next` kể đủ"),
        Language::English => {
            format!("and {n} more; `niemyet check` and `niemyet next` tell them all")
        }
    }
}

fn words(is_asked: bool, language: Language) -> Value {
    let said = |both: [&'static str; 2]| language.pick(both);
    json!({
        "bar": said(["Xem trước của niemyet", "niemyet preview"]),
        "slider": said(["Ngày có thay đổi", "Days of change"]),
        "previous": said(["Thay đổi trước", "Previous change"]),
        "next": said(["Thay đổi tiếp theo", "Next change"]),
        "date": said(["Xem trang vào ngày", "See the site on"]),
        // With a day asked for on the command line, that is the one to come back to.
        "today": if is_asked { said(["ngày đã chọn", "the day asked for"]) } else { said(["hôm nay", "today"]) },
        "changes": said(["Những gì thay đổi từ ngày này", "What changes on this day"]),
        "error": said(["lỗi", "error"]),
        "warning": said(["cảnh báo", "warning"]),
        "notice": said(["lưu ý", "notice"]),
        "open": said(["Mở trong VS Code", "Open in VS Code"]),
    })
}

/// The editor that a link can open at a line, if there is one.
#[derive(Debug)]
pub(super) struct Editor(Option<String>);

/// What needs no escape in the path of an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_');

impl Editor {
    /// A link is honest only where the program was started in the terminal of VS Code and on the machine where the
    /// editor runs: elsewhere it would open nothing, or a file of another machine.
    pub(super) fn of(catalogue: &Path) -> Self {
        let is_own = env::var_os("TERM_PROGRAM").is_some_and(|name| name == "vscode");
        let is_elsewhere = ["SSH_CONNECTION", "WSL_DISTRO_NAME", "REMOTE_CONTAINERS", "CODESPACES"]
            .into_iter()
            .any(|name| env::var_os(name).is_some());
        let folder =
            path::absolute(catalogue).ok().and_then(|path| path.to_str().map(str::to_owned));
        Self(folder.filter(|_| is_own && !is_elsewhere))
    }

    fn link(&self, path: &str, line: usize, column: usize) -> Option<String> {
        let file = format!("{}/{path}", self.0.as_ref()?.trim_end_matches('/'));
        let file = utf8_percent_encode(file.trim_start_matches('/'), PLAIN);
        Some(format!("vscode://file/{file}:{line}:{column}"))
    }
}
