//! The number of a law that ends, in every key that takes free text: the site is made on the day before and on
//! the day, and from the day on no byte of it names that law, but for the notice.

use std::sync::Mutex;

use niemyet::diagnostic::Report;
use niemyet::diagnostic::code::{Code, Severity};
use niemyet::files::{Content, FilePath, FileTree};
use niemyet::model::date::{Date, parse};
use niemyet::pipeline;
use rayon::iter::ParallelIterator;

use crate::fields;

const NUMBER: &str = "555/2020/NĐ-CP";
/// These read no free text or an official one; and the reason of an exemption says what law it is about.
const OFFICIAL: [&str; 15] = [
    "exemption.reason",
    "document.number",
    "document.title",
    "document.short_title",
    "decision.number",
    "decision.follows",
    "announced.decision",
    "item.procedure",
    "item.replaced_by",
    "site.base_url",
    "repository.url",
    "repository.branch",
    "repository.path",
    "procedure.title",
    "form.id",
];

/// The template with the number in one place; and what that place is called.
fn catalogue(file: usize, place: usize) -> Option<(FileTree, String)> {
    let (sets, others) = fields::templates();
    let mut entries = Vec::new();
    let mut called = None;
    for (at, template) in sets.iter().chain(&others).enumerate() {
        let name = Mutex::new(None);
        let filled = template.fill(1, |number, of| {
            if at != file || number != place {
                return None;
            }
            *name.lock().unwrap() = Some(of.to_owned());
            let is_address = ["source", "url", "map"].iter().any(|end| of.ends_with(end));
            Some(match (is_address, number % 2 == 1) {
                (true, true) => "https://example.org/555/2020/ND-CP".to_owned(),
                (true, false) => "555/2020/ND-CP".to_owned(),
                (false, _) => format!("Chữ theo Nghị định {NUMBER}"),
            })
        });
        called =
            called.or(name.into_inner().unwrap().map(|name| format!("{}: {name}", filled.path)));
        entries.push(filled.entry());
    }
    let mut add = |path: &str, text: &str| {
        entries.push((FilePath::new(path).unwrap(), Content::Bytes(text.as_bytes().to_vec())));
    };
    add("forms/a.docx", "a form");
    add(
        "documents/ending.yaml",
        &format!(
            "number: {NUMBER}\ntitle: Nghị định mẫu\neffective: 2020-01-01\nlast_day: 2025-12-31\n"
        ),
    );
    called.map(|called| (FileTree::new(entries), called))
}

fn day(text: &str) -> Date {
    parse(text).unwrap()
}

/// What keeps the site of a day from being made, or is wrong with it.
fn wrong(files: &FileTree, today: Date) -> Vec<String> {
    let (understood, mut report) = pipeline::examine(files, today);
    let understood = understood.unwrap();
    let theme = FileTree::default();
    let Some(site) = pipeline::site(&understood, files, &theme, &mut report) else {
        let kept = report.iter().filter(|found| found.code.entry().structural);
        return kept.map(|found| format!("{:?} {:?}", found.code, found.values)).collect();
    };
    let audit = pipeline::audit(&understood, files, &theme, &site);
    let tally = Mutex::default();
    let pages: Vec<_> = pipeline::audited(site.pages(), &audit, &tally).collect();
    let found = pages.iter().fold(Report::default(), |mut all, (_, report)| {
        all.merge(report.clone());
        all
    });
    let mut wrong: Vec<String> =
        found.iter().map(|found| format!("{:?} {:?}", found.code, found.values)).collect();
    // What is shown on the days to come is held against the law of those days.
    let end = day("2026-01-01");
    for (page, _) in &pages {
        let is_notice = page.path.as_str().ends_with("/ending.html");
        let path = page.path.as_str();
        // These tell what is gone; what is searched bears its days, but for the words of all.
        let lists = ["removed.json", "thay-doi.xml"].contains(&path)
            || path.starts_with("tim-kiem/") && path != "tim-kiem/goc.js"
            || path.starts_with("en/tim-kiem/") && path != "en/tim-kiem/goc.js";
        if is_notice || lists {
            continue;
        }
        let Some(then) = site.page_on(&page.path, end) else { continue };
        if String::from_utf8_lossy(&then).contains("555/2020") {
            wrong.push(format!("{} names it on the day as seen from {today}", page.path));
        }
    }
    wrong
}

#[test]
fn no_free_text_names_what_has_ended() {
    let (sets, others) = fields::templates();
    let mut failures = Vec::new();
    let mut n = 0;
    for file in 0..sets.len() + others.len() {
        for place in 0.. {
            let Some((files, called)) = catalogue(file, place) else { break };
            if OFFICIAL.iter().any(|name| called.ends_with(&format!(": {name}"))) {
                continue;
            }
            n += 1;
            for today in ["2025-12-31", "2026-01-01"] {
                let wrong = wrong(&files, day(today));
                if !wrong.is_empty() {
                    failures.push(format!("{called} on {today}: {wrong:#?}"));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(80 < n, "{n} places");
}

/// A form is the work of others and is not mended: that it will stop the build is told ahead.
#[test]
fn a_form_that_names_what_will_end_is_told_ahead() {
    let (files, _) = catalogue(0, 0).unwrap();
    let all = files.iter().map(|(_, path, content)| {
        let bytes = match path.as_str() {
            "forms/a.docx" => format!("Theo Nghị định {NUMBER}").into_bytes(),
            _ => content.bytes().to_vec(),
        };
        (path.clone(), Content::Bytes(bytes))
    });
    let files = FileTree::new(all.collect());
    for (today, expected) in [
        ("2025-06-01", None),
        ("2025-12-20", Some(Severity::Notice)),
        ("2025-12-28", Some(Severity::Warning)),
    ] {
        let (_, report) = pipeline::examine(&files, day(today));
        let form = files.find("forms/a.docx").unwrap();
        let told = report.iter().find(|found| {
            found.code == Code::ProseWillEnd && found.span.is_some_and(|span| span.file == form)
        });
        assert_eq!(told.map(|found| found.severity), expected, "{today}");
    }
}
