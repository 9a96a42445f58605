//! Contradictions in a register: a table of small registers in `register/cases.yaml` and what is found
//! in each. A row's documents stand a line each, in files named `a`, `b`, `c` and so on; a title is
//! added to each. `found` holds the code, the file, the words in English and, in brackets, the files
//! that notes point to. `other` holds further files, by path.

#![expect(clippy::disallowed_methods, reason = "a test reads its cases")]
#![expect(clippy::unwrap_used, reason = "a test that cannot be run fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use niemyet::diagnostic::Diagnostic;
use niemyet::files::{Content, FilePath, FileTree, Span};
use niemyet::language::Language;
use niemyet::model::date;
use niemyet::pipeline;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    shows: String,
    #[serde(default = "today")]
    today: String,
    documents: String,
    #[serde(default)]
    other: BTreeMap<String, String>,
    found: Vec<String>,
}

fn today() -> String {
    "2026-11-22".to_owned()
}

#[test]
fn registers_are_judged_as_the_table_says() {
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/register/cases.yaml");
    let rows: Vec<Row> = serde_yaml::from_str(&fs::read_to_string(table).unwrap()).unwrap();
    let mut failed = Vec::new();
    for row in &rows {
        let found = judge(row);
        if found != row.found {
            let lines: Vec<String> = found.iter().map(|line| format!("    - {line:?}")).collect();
            failed.push(format!("{}, found:\n{}", row.shows, lines.join("\n")));
        }
    }
    assert!(failed.is_empty(), "\n{}\n", failed.join("\n\n"));
}

fn judge(row: &Row) -> Vec<String> {
    let mut files = vec![
        ("catalogue.yaml".to_owned(), "{title: Thủ tục, publisher: Xã}".to_owned()),
        ("fields.yaml".to_owned(), "[{id: ho-tich, name: Hộ tịch}]".to_owned()),
    ];
    for (name, line) in ('a'..='z').zip(row.documents.lines()) {
        let document = line.replacen('{', "{title: Văn bản, ", 1);
        files.push((format!("documents/{name}.yaml"), document));
    }
    files.extend(row.other.clone());
    let files = files
        .into_iter()
        .map(|(path, text)| (FilePath::new(&path).unwrap(), Content::Bytes(text.into_bytes())));
    let files = FileTree::new(files.collect());
    let (_, report) = pipeline::examine(&files, date::parse(&row.today).unwrap());
    report.iter().map(|found| say(found, &files)).collect()
}

fn say(found: &Diagnostic, files: &FileTree) -> String {
    let stem = |span: Span| {
        let path = files.path(span.file).as_str();
        let name = path.rsplit('/').next().unwrap_or(path);
        name.trim_end_matches(".yaml").to_owned()
    };
    let at = found.span.map_or_else(String::new, stem);
    let notes: Vec<String> = found.notes.iter().filter_map(|note| note.span).map(stem).collect();
    let notes = if notes.is_empty() { String::new() } else { format!(" [{}]", notes.join(" ")) };
    let words = found.message(Language::English);
    format!("{} {at}: {words}{notes}", found.code.entry().id)
}
