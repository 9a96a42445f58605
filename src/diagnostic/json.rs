//! A report as JSON for editors and CI. The form is part of the product: fields are added, never
//! renamed or removed. It is described in README.md under "Findings as JSON".

use serde::Serialize;

use super::Diagnostic;
use super::code::Severity;
use super::sheet::Sheet;
use crate::files::Span;

/// One finding.
#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    message: String,
    help: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    law: Option<&'a str>,
    #[serde(flatten)]
    place: Option<Place>,
    notes: Vec<Remark>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ahead: Option<Coming<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fix: Vec<Change>,
}

/// What `niemyet fix` would write in the place of what stands there.
#[derive(Serialize)]
struct Change {
    #[serde(flatten)]
    place: Place,
    text: String,
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
pub fn value(sheet: &Sheet<'_>) -> serde_json::Value {
    let findings: Vec<Finding<'_>> =
        sheet.report.iter().map(|found| finding(sheet, found)).collect();
    serde_json::json!(findings)
}

fn finding<'a>(sheet: &Sheet<'_>, found: &'a Diagnostic) -> Finding<'a> {
    let entry = found.code.entry();
    Finding {
        code: entry.id,
        name: entry.name,
        severity: match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Notice => "notice",
        },
        message: found.message(sheet.language),
        help: found.help(sheet.language),
        law: entry.law,
        place: found.span.map(|span| place(sheet, span)),
        notes: found
            .notes
            .iter()
            .map(|note| Remark {
                message: note.message(sheet.language),
                place: note.span.map(|span| place(sheet, span)),
            })
            .collect(),
        ahead: found.ahead.as_ref().map(|ahead| Coming {
            date: &ahead.date,
            days: ahead.days,
            stage: ahead.stage,
        }),
        fix: (sheet.edits)(found)
            .into_iter()
            .map(|edit| Change { place: place(sheet, edit.at), text: edit.text })
            .collect(),
    }
}

fn place(sheet: &Sheet<'_>, span: Span) -> Place {
    let region = sheet.region(span);
    let ((line, column), (end_line, end_column)) = (region.start, region.end);
    Place { file: sheet.path(span.file), line, column, end_line, end_column }
}
