//! The audit: no false alarm on any site that the other tests make.
#![expect(clippy::disallowed_methods, reason = "a test reads its cases")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use niemyet::audit::{self, Tally};
use niemyet::diagnostic::Report;
use niemyet::diagnostic::text::{Style, print};
use niemyet::files::{Content, FilePath, FileTree};
use niemyet::language::Language;
use niemyet::model::date::{self, Date};
use niemyet::pipeline;
use rayon::iter::ParallelIterator;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn entries(folder: &Path, below: &Path, found: &mut Vec<(FilePath, Content)>) {
    let Ok(all) = fs::read_dir(folder) else { return };
    for entry in all.flatten() {
        let path = entry.path();
        if path.is_dir() {
            entries(&path, below, found);
        } else {
            let inside = path.strip_prefix(below).expect("below").to_str().expect("a name");
            let inside = FilePath::new(inside).expect("a path");
            found.push((inside, Content::Bytes(fs::read(&path).expect("bytes"))));
        }
    }
}

fn tree(folders: &[PathBuf]) -> FileTree {
    let mut found = Vec::new();
    for folder in folders {
        entries(folder, folder, &mut found);
    }
    FileTree::new(found)
}

/// Builds a site in memory and audits all of it.
fn audited(files: &FileTree, theme: &FileTree, today: Date) -> Option<(Report, Tally)> {
    let (understood, mut report) = pipeline::examine(files, today);
    let understood = understood?;
    let site = pipeline::site(&understood, files, theme, &mut report)?;
    let audit = pipeline::audit(&understood, files, theme, &site);
    let tally = Mutex::default();
    let pages = pipeline::audited(site.pages(), &audit, &tally);
    let report = pages.map(|(_, report)| report).reduce(Report::default, |mut one, other| {
        one.merge(other);
        one
    });
    let tally = tally.into_inner().expect("no panic");
    Some((audit::gather(report), tally))
}

fn said(report: &Report, files: &FileTree) -> String {
    print(report, files, Style { language: Language::English, colour: false, folder: "" })
}

#[test]
fn sites_of_other_tests_pass() {
    let mut wrong = Vec::new();
    let mut n = 0;
    for (base, folder) in [("tests/cases", "tests/cases"), ("tests/hard/base", "tests/hard")] {
        let mut cases: Vec<PathBuf> = fs::read_dir(root().join(folder))
            .expect("cases")
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.join("catalogue").is_dir())
            .collect();
        cases.sort();
        for case in cases {
            let as_of = ["case.yaml", "asked.yaml"].iter().find_map(|name| {
                let text = fs::read_to_string(case.join(name)).ok()?;
                let line = text.lines().find_map(|line| line.strip_prefix("as_of: "))?;
                date::parse(line.trim_matches(['"', '\'']))
            });
            let days = as_of.map_or_else(
                || vec![Date::constant(2026, 11, 22), Date::constant(2027, 7, 2), Date::constant(2024, 1, 1)],
                |day| vec![day],
            );
            let mut folders = Vec::new();
            if base != folder {
                folders.push(root().join(base));
            }
            folders.push(case.join("catalogue"));
            let mut files = tree(&folders);
            if files.find("catalogue.yaml").is_none() || files.find("fields.yaml").is_none() {
                folders.insert(0, root().join("tests/hard/base"));
                files = tree(&folders);
            }
            let theme = tree(&[case.join("theme")]);
            for today in days {
                let Some((report, _)) = audited(&files, &theme, today) else { continue };
                n += 1;
                if !report.is_empty() {
                    wrong.push(format!("{} on {today}:\n{}", case.display(), said(&report, &files)));
                }
            }
        }
    }
    assert!(n > 30, "{n} sites");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn bundled_catalogue_passes() {
    let files = tree(&[root().join("catalogue")]);
    for today in ["2026-11-22", "2025-06-30", "2027-07-01", "2030-01-01", "2019-01-01"] {
        let today = date::parse(today).expect("a day");
        let (report, tally) = audited(&files, &FileTree::default(), today).expect("a site");
        assert!(report.is_empty(), "{today}: {}", said(&report, &files));
        assert!(tally.files > 20);
    }
}
