//! A report as JSON for editors and CI. The form is part of the product: fields are added, never
//! renamed or removed. It is described in README.md under "Findings as JSON".

use serde::Serialize;

use super::code::Severity;
use super::{Diagnostic, Report};
use crate::files::{FileTree, Span};
use crate::language::Language;

/// One finding.
#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    message: String,
    help: String,
    #[serde(flatten)]
    place: Option<Place>,
    notes: Vec<Remark>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ahead: Option<Coming<'a>>,
}

/// The coming day that a finding is about.
#[derive(Serialize)]
struct Coming<'a> {
    date: &'a str,
    days: u32,
    stage: u32,
}

#[derive(Serialize)]
struct Remark {
    message: String,
    #[serde(flatten)]
    place: Option<Place>,
}

/// Lines and columns count from 1; columns count characters. The end is the first place after.
#[derive(Serialize)]
struct Place {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// The findings as a JSON array.
#[must_use]
pub fn value(
    report: &Report,
    files: &FileTree,
    folder: &str,
    language: Language,
) -> serde_json::Value {
    let findings: Vec<Finding<'_>> =
        report.iter().map(|found| finding(found, files, folder, language)).collect();
    serde_json::json!(findings)
}

fn finding<'a>(
    found: &'a Diagnostic,
    files: &FileTree,
    folder: &str,
    language: Language,
) -> Finding<'a> {
    let entry = found.code.entry();
    Finding {
        code: entry.id,
        name: entry.name,
        severity: match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Notice => "notice",
        },
        message: found.message(language),
        help: found.help(language),
        place: found.span.map(|span| place(span, files, folder)),
        notes: found
            .notes
            .iter()
            .map(|note| Remark {
                message: note.message(language),
                place: note.span.map(|span| place(span, files, folder)),
            })
            .collect(),
        ahead: found.ahead.as_ref().map(|ahead| Coming {
            date: &ahead.date,
            days: ahead.days,
            stage: ahead.stage,
        }),
    }
}

fn place(span: Span, files: &FileTree, folder: &str) -> Place {
    let (line, column) = files.position(span.file, span.start);
    let (end_line, end_column) = files.position(span.file, span.end);
    Place { file: format!("{folder}{}", files.path(span.file)), line, column, end_line, end_column }
}
