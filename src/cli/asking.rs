//! What `niemyet new` asks a person on a terminal, and what it says is missing where nobody answers.

use std::io::{self, BufRead, IsTerminal, Write};

use super::Failure;
use crate::language::Language;
use crate::model::date::{self, Date};

/// Asks on a terminal for what was not typed; elsewhere it remembers what is missing.
pub(super) struct Asking {
    language: Language,
    is_possible: bool,
    missing: Vec<&'static str>,
}

impl Asking {
    pub(super) fn new(language: Language) -> Self {
        Self { language, is_possible: io::stdin().is_terminal(), missing: Vec::new() }
    }

    pub(super) fn ask(
        &mut self,
        typed: Option<String>,
        option: &'static str,
        about: [&str; 2],
        is_needed: bool,
    ) -> Option<String> {
        // Nothing between quotes is as little as nothing typed.
        let typed = typed.filter(|text| !text.trim().is_empty());
        if typed.is_some() || !self.is_possible {
            if typed.is_none() && is_needed {
                self.missing.push(option);
            }
            return typed;
        }
        let about = self.language.pick(about);
        // An empty answer to what is needed is asked for again, as long as somebody answers.
        let mut answer = asked(about);
        for _ in 0..2 {
            if is_needed && answer.as_deref() == Some("") {
                answer = asked(about);
            }
        }
        let answer = answer.filter(|answer| !answer.is_empty());
        if answer.is_none() && is_needed {
            self.missing.push(option);
        }
        answer
    }

    /// A day; one that is none is asked for again.
    pub(super) fn day(
        &mut self,
        typed: Option<Date>,
        about: [&str; 2],
    ) -> Result<Option<String>, Failure> {
        if let Some(day) = typed {
            return Ok(Some(day.to_string()));
        }
        let about = about.map(|about| format!("{about} (2026-07-01)"));
        let mut wrong = String::new();
        for _ in 0..3 {
            match self.ask(None, "--effective", [&about[0], &about[1]], false) {
                None => return Ok(None),
                Some(text) if date::parse(&text).is_some_and(date::is_plausible) => {
                    return Ok(Some(text));
                }
                Some(text) => wrong = text,
            }
        }
        let wrong = wrong.escape_debug();
        Err(Failure::Said(match self.language {
            Language::Vietnamese => {
                format!("`{wrong}` không phải là ngày; viết như 2026-07-01")
            }
            Language::English => format!("`{wrong}` is no day; write it like 2026-07-01"),
        }))
    }

    pub(super) fn finish(&self) -> Result<(), Failure> {
        if self.missing.is_empty() {
            return Ok(());
        }
        let missing = self.missing.join(", ");
        Err(Failure::Said(match self.language {
            Language::Vietnamese => {
                format!("thiếu {missing}; ghi thêm, hoặc chạy trên cửa sổ dòng lệnh để được hỏi")
            }
            Language::English => {
                format!("{missing} is missing; add it, or run on a terminal to be asked")
            }
        }))
    }
}

/// A line from the terminal; none where nobody answers any more.
fn asked(about: &str) -> Option<String> {
    let mut out = anstream::stderr();
    write!(out, "{about}: ").and_then(|()| out.flush()).ok()?;
    let mut line = String::new();
    let length = io::stdin().lock().read_line(&mut line).ok()?;
    (length > 0).then(|| line.trim().to_owned())
}
