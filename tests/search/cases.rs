//! One table of queries for the program and for the page's script: what each finds, with its scores.

use std::fmt::Write as _;
use std::path::Path;

use niemyet::search::{self, Engine, Filter};

use super::judged::{DAY, corpus};

pub(crate) const TABLE: &str = "tests/search/cases.txt";

/// A query of the table, with its filter.
pub(crate) struct Case {
    pub(crate) query: String,
    pub(crate) filter: Filter,
    /// The line as it stands in the table.
    line: String,
}

#[test]
fn table_is_kept() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(TABLE);
    let table = std::fs::read_to_string(&path).expect("the table");
    let engine = Engine::new(search::index(corpus()));
    let mut said = String::new();
    for line in table.lines().filter(|line| !line.starts_with("  ")) {
        let _ = writeln!(said, "{line}");
        if let Some(case) = case(line) {
            said.push_str(&found(&engine, &case));
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &said).expect("the table is written");
        return;
    }
    assert_eq!(said, table, "run with UPDATE_EXPECT=1 and read the difference");
}

/// The queries of the table.
pub(crate) fn cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(TABLE);
    let table = std::fs::read_to_string(path).expect("the table");
    table.lines().filter_map(case).collect()
}

fn case(line: &str) -> Option<Case> {
    if line.is_empty() || line.starts_with(['#', ' ']) {
        return None;
    }
    let mut filter = Filter::default();
    let (query, wanted) = line.split_once(" [").unwrap_or((line, ""));
    for part in wanted.trim_end_matches(']').split(' ').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').expect("name=value");
        let value: u32 = value.parse().expect("a number");
        match name {
            "field" => filter.field = Some(value as usize),
            "levels" => filter.levels = value,
            "audience" => filter.audience = value,
            "online" => filter.online = value,
            other => panic!("no filter {other}"),
        }
    }
    Some(Case { query: query.to_owned(), filter, line: line.to_owned() })
}

fn found(engine: &Engine, case: &Case) -> String {
    assert!(!case.line.is_empty());
    let found = engine.find(&case.query, case.filter, DAY);
    let mut said = String::new();
    for law in found.laws.iter().take(5) {
        let _ = writeln!(said, "  {}", engine.index().numbers.laws[*law].number);
    }
    for (place, score) in found.entries.iter().take(5) {
        let entry = engine.entry(*place);
        let title: String = entry.title.chars().take(60).collect();
        let _ = writeln!(said, "  {} {score} {title}", entry.code);
    }
    said
}
