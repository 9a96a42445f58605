//! A report in the Reviewdog Diagnostic Format (rdjson), which reviewdog posts as comments with
//! suggestions wherever a merge request is reviewed. Columns count bytes of UTF-8, as the format says.

use serde_json::{Map, Value, json};

use super::Edit;
use super::code::Severity;
use super::sheet::{Region, Sheet};

/// The findings as one object.
#[must_use]
pub fn value(sheet: &Sheet<'_>) -> Value {
    let diagnostics: Vec<Value> = sheet
        .report
        .iter()
        .map(|found| {
            let mut location = Map::new();
            location.insert("path".to_owned(), sheet.some_path(found).into());
            if let Some(span) = found.span {
                location.insert("range".to_owned(), range(sheet.region_in_bytes(span)));
            }
            let mut words = vec![found.message(sheet.language)];
            words.extend(sheet.details(found));
            let related: Vec<Value> = found
                .notes
                .iter()
                .filter_map(|note| {
                    let span = note.span?;
                    let region = range(sheet.region_in_bytes(span));
                    Some(json!({
                        "message": note.message(sheet.language),
                        "location": { "path": sheet.path(span.file), "range": region },
                    }))
                })
                .collect();
            // A suggestion is about the file of its finding.
            let file = found.span.map(|span| span.file);
            let edits = (sheet.edits)(found);
            let is_here = edits.iter().all(|edit| Some(edit.at.file) == file);
            let edits = if is_here { edits } else { Vec::new() };
            let suggestion = |edit: &Edit| {
                json!({ "range": range(sheet.region_in_bytes(edit.at)), "text": edit.text })
            };
            let suggestions: Vec<Value> = edits.iter().map(suggestion).collect();
            json!({
                "message": words.join("\n"),
                "location": location,
                "severity": severity(found.severity),
                "code": { "value": Sheet::title(found) },
                "suggestions": suggestions,
                "relatedLocations": related,
            })
        })
        .collect();
    json!({ "source": { "name": "niemyet" }, "diagnostics": diagnostics })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Notice => "INFO",
    }
}

fn range(region: Region) -> Value {
    let place = |(line, column)| json!({ "line": line, "column": column });
    json!({ "start": place(region.start), "end": place(region.end) })
}
