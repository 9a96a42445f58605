//! A report in the Static Analysis Results Interchange Format (SARIF 2.1.0, OASIS), which GitHub's code
//! scanning, Azure and editors read. Every code is a rule with its page; notes at a place are related
//! locations, fixes are replacements.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::code::{ALL, Entry, Severity};
use super::sheet::{Sheet, Word};
use super::{Diagnostic, Edit, page};
use crate::files::{FileId, Span};
use crate::language::Language;

/// What of a path is written as it is in an address.
const KEPT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The whole log, with one run.
#[must_use]
pub fn value(sheet: &Sheet<'_>) -> Value {
    let marks = sheet.fingerprints();
    let results: Vec<Value> =
        sheet.report.iter().zip(&marks).map(|(found, mark)| result(sheet, found, mark)).collect();
    let rules: Vec<Value> = ALL.iter().map(|entry| rule(entry, sheet.language)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "niemyet",
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "language": sheet.language.tag(),
                    "rules": rules,
                },
            },
            "language": sheet.language.tag(),
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(entry: &Entry, language: Language) -> Value {
    let mut properties = Map::new();
    properties.insert("structural".to_owned(), entry.structural.into());
    if let Some(law) = entry.law {
        properties.insert("law".to_owned(), law.into());
    }
    let page = page::page(entry, language);
    // The first sentence of the page: what was found.
    let mut lines = page.lines().skip_while(|line| !line.starts_with("## ")).skip(1);
    let short = lines.find(|line| !line.is_empty());
    json!({
        "id": entry.id,
        "name": entry.name,
        "shortDescription": { "text": short.unwrap_or(entry.name) },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(entry.severity) },
        "properties": properties,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "note",
    }
}

fn result(sheet: &Sheet<'_>, found: &Diagnostic, mark: &str) -> Value {
    let entry = found.code.entry();
    let help = found.help(sheet.language);
    let mut words = vec![found.message(sheet.language)];
    words.push(format!("{}: {help}", sheet.word(Word::Help)));
    let told = found.notes.iter().filter(|note| note.span.is_none());
    words.extend(told.map(|note| note.message(sheet.language)));
    let mut result = Map::new();
    result.insert("ruleId".to_owned(), entry.id.into());
    result.insert("ruleIndex".to_owned(), (found.code as usize).into());
    result.insert("level".to_owned(), level(found.severity).into());
    result.insert("message".to_owned(), json!({ "text": words.join("\n") }));
    // Code scanning drops what has no place.
    let place = match found.span {
        Some(span) => physical(sheet, span),
        None => json!({ "artifactLocation": { "uri": uri(&sheet.some_path(found)) } }),
    };
    result.insert("locations".to_owned(), json!([{ "physicalLocation": place }]));
    let elsewhere = found.notes.iter().filter_map(|note| Some((note, note.span?)));
    let related: Vec<Value> = (1_usize..)
        .zip(elsewhere)
        .map(|(id, (note, span))| {
            json!({
                "id": id,
                "physicalLocation": physical(sheet, span),
                "message": { "text": note.message(sheet.language) },
            })
        })
        .collect();
    if !related.is_empty() {
        result.insert("relatedLocations".to_owned(), related.into());
    }
    result.insert("partialFingerprints".to_owned(), json!({ "niemyet/v1": mark }));
    let edits = (sheet.edits)(found);
    if !edits.is_empty() {
        result.insert("fixes".to_owned(), json!([fix(sheet, &edits)]));
    }
    let mut properties = Map::new();
    properties.insert("help".to_owned(), help.into());
    if let Some(ahead) = &found.ahead {
        let ahead = json!({ "date": ahead.date, "days": ahead.days, "stage": ahead.stage });
        properties.insert("ahead".to_owned(), ahead);
    }
    result.insert("properties".to_owned(), properties.into());
    result.into()
}

fn fix(sheet: &Sheet<'_>, edits: &[Edit]) -> Value {
    let mut of_file: BTreeMap<FileId, Vec<Value>> = BTreeMap::new();
    for edit in edits {
        of_file.entry(edit.at.file).or_default().push(json!({
            "deletedRegion": region(sheet, edit.at),
            "insertedContent": { "text": edit.text },
        }));
    }
    let changes: Vec<Value> = of_file
        .into_iter()
        .map(|(file, replacements)| {
            let uri = uri(&sheet.path(file));
            json!({ "artifactLocation": { "uri": uri }, "replacements": replacements })
        })
        .collect();
    json!({ "description": { "text": sheet.word(Word::Fix) }, "artifactChanges": changes })
}

fn physical(sheet: &Sheet<'_>, span: Span) -> Value {
    json!({
        "artifactLocation": { "uri": uri(&sheet.path(span.file)) },
        "region": region(sheet, span),
    })
}

fn region(sheet: &Sheet<'_>, span: Span) -> Value {
    let region = sheet.region(span);
    json!({
        "startLine": region.start.0,
        "startColumn": region.start.1,
        "endLine": region.end.0,
        "endColumn": region.end.1,
    })
}

fn uri(path: &str) -> String {
    utf8_percent_encode(path, KEPT).to_string()
}
