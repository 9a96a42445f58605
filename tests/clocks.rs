//! The clocks of decisions as data: days late by level, law and day, and which clocks are not read.

use niemyet::files::{Content, FilePath, FileTree};
use niemyet::model::Catalogue;
use niemyet::model::date::{Date, parse};
use niemyet::pipeline;
use niemyet::validity::clocks::{Clocks, clocks, in_time};

const TODAY: &str = "2026-11-22";

/// Files by path, laid over a catalogue with one law, one procedure and an agency of each level.
fn read(files: &[(&str, &str)]) -> (Catalogue, Clocks) {
    let base = [
        ("catalogue.yaml", "{title: Thủ tục, publisher: Xã Ví Dụ}"),
        ("fields.yaml", "- {id: thu, name: Thử}"),
        ("holidays.yaml", "- {date: 2026-09-02, name: Quốc khánh}"),
        ("agencies/bo.yaml", "{name: Bộ, level: ministry}"),
        ("agencies/tinh.yaml", "{name: Tỉnh, level: province}"),
        ("agencies/xa.yaml", "{name: Xã, level: commune}"),
        ("agencies/khac.yaml", "{name: Khác}"),
        ("documents/luat.yaml", LAW),
        ("procedures/mot.yaml", PROCEDURE),
    ];
    let mut tree: Vec<(FilePath, Content)> = Vec::new();
    for (path, text) in files.iter().chain(&base) {
        let path = FilePath::new(path).expect("a path");
        if tree.iter().all(|(other, _)| *other != path) {
            tree.push((path, Content::Bytes(text.as_bytes().to_vec())));
        }
    }
    let today = day(TODAY);
    let (understood, report) = pipeline::examine(&FileTree::new(tree), today);
    let understood = understood.unwrap_or_else(|| panic!("{report:?}"));
    assert!(!report.is_structural(), "{report:?}");
    let clocks = clocks(&understood.catalogue, &understood.assessment);
    (understood.catalogue, clocks)
}

const LAW: &str =
    "{number: 1/2026/QH16, kind: luat, title: Luật, signed: 2026-06-10, effective: 2026-10-01}";

const PROCEDURE: &str = r#"
code: "1.000001"
title: Việc
field: thu
legal_basis: [1/2026/QH16]
validity: {from: 2026-10-01}
"#;

fn day(text: &str) -> Date {
    parse(text).expect("a date")
}

fn decision(issuer: &str, signed: &str) -> String {
    format!(
        "{{number: 1/QĐ, issuer: {issuer}, signed: {signed}, effective: 2026-10-01, \
         items: [{{action: new, procedure: \"1.000001\"}}]}}"
    )
}

#[test]
fn signing_is_counted_back_from_the_law() {
    let table = [
        // Twenty working days before Thursday the first of October, over the holiday of September.
        ("bo", "2026-09-03", Some(0)),
        ("bo", "2026-09-04", Some(1)),
        ("bo", "2026-09-01", Some(-1)),
        ("bo", "2026-10-01", Some(20)),
        ("bo", "2026-10-02", Some(21)),
        ("tinh", "2026-09-24", Some(0)),
        ("tinh", "2026-09-25", Some(1)),
        ("tinh", "2026-09-26", Some(2)),
        ("xa", "2026-09-30", None),
        ("khac", "2026-09-30", None),
        // Before the law was signed it cannot have followed it; what is to be signed is not late yet.
        ("tinh", "2026-06-09", None),
        ("tinh", "2026-11-23", None),
    ];
    for (issuer, signed, expected) in table {
        let (_, clocks) = read(&[("decisions/a.yaml", &decision(issuer, signed))]);
        let late: Vec<i64> = clocks.signings.iter().map(|it| it.kept.days_late).collect();
        assert_eq!(late, Vec::from_iter(expected), "{issuer}, {signed}");
    }
}

#[test]
fn the_shortened_way_gives_three_days() {
    let table = [("2026-09-30", 0), ("2026-10-01", 1), ("2026-09-28", -2)];
    for (signed, expected) in table {
        let law = LAW.replace("2026-06-10", "2026-09-27");
        let files =
            [("documents/luat.yaml", &*law), ("decisions/a.yaml", &*decision("tinh", signed))];
        let (_, clocks) = read(&files);
        assert_eq!(clocks.signings[0].kept.days_late, expected, "{signed}");
    }
    // A law that is signed just so soon that the ordinary count can be kept is no such law.
    for (law_signed, expected) in [("2026-09-24", 0), ("2026-09-25", -3)] {
        let law = LAW.replace("2026-06-10", law_signed);
        let text = decision("tinh", law_signed);
        let (_, clocks) = read(&[("documents/luat.yaml", &law), ("decisions/a.yaml", &text)]);
        assert_eq!(clocks.signings[0].kept.days_late, expected, "{law_signed}");
    }
}

#[test]
fn being_public_is_counted_from_the_signing() {
    let table = [
        ("bo", "2026-11-02", "2026-11-16", Some((0, true))),
        ("bo", "2026-11-02", "2026-11-17", Some((1, true))),
        ("tinh", "2026-11-02", "2026-11-09", Some((0, true))),
        ("tinh", "2026-11-02", "2026-11-16", Some((5, true))),
        // Not public, or only from a day to come: as late as it is today.
        ("tinh", "2026-11-02", "", Some((9, false))),
        ("tinh", "2026-11-02", "2026-11-30", Some((9, false))),
        ("tinh", "2026-11-19", "", Some((-4, false))),
        ("xa", "2026-11-02", "", None),
        ("tinh", "", "2026-11-16", None),
    ];
    for (issuer, signed, made_public, expected) in table {
        let days = [("signed", signed), ("made_public", made_public)];
        let days = days.iter().filter(|(_, day)| !day.is_empty());
        let days: String = days.flat_map(|(key, day)| [*key, ": ", *day, "\n"]).collect();
        let text = format!("number: 1/QĐ\nissuer: {issuer}\n{days}");
        let (_, clocks) = read(&[("decisions/a.yaml", &text)]);
        let found = clocks.publications.first();
        let found = found.map(|it| (it.kept.days_late, it.made_public.is_some()));
        assert_eq!(found, expected, "{issuer}, {signed}, {made_public}");
    }
}

#[test]
fn only_the_first_decision_since_the_law_follows_it() {
    let first = decision("tinh", "2026-09-01");
    let later = decision("tinh", "2026-09-29");
    let of_the_ministry = decision("bo", "2026-08-03");
    let files = [
        ("decisions/a.yaml", &*first),
        ("decisions/b.yaml", &*later),
        ("decisions/c.yaml", &*of_the_ministry),
    ];
    let (catalogue, clocks) = read(&files);
    let judged: Vec<&str> =
        clocks.signings.iter().map(|it| catalogue[it.decision].slug.as_str()).collect();
    assert_eq!(judged, ["a", "c"]);
    // Of two that were signed on one day neither is the later one.
    let (_, clocks) = read(&[files[0], ("decisions/b.yaml", &first)]);
    assert_eq!(clocks.signings.len(), 2);

    // Without the day on which the law was signed nobody can tell which of two follows it.
    let law = LAW.replace("signed: 2026-06-10, ", "");
    let (_, clocks) = read(&[("documents/luat.yaml", &law), files[0], files[1]]);
    assert!(clocks.signings.is_empty());
    let (_, clocks) = read(&[("documents/luat.yaml", &law), files[1]]);
    assert_eq!(clocks.signings[0].kept.days_late, 3);
}

#[test]
fn a_code_that_was_late_once_counts_late() {
    let late = decision("tinh", "2026-09-30");
    let in_good_time = decision("bo", "2026-08-03");
    let (catalogue, clocks) =
        read(&[("decisions/a.yaml", &late), ("decisions/b.yaml", &in_good_time)]);
    assert_eq!(
        in_time(&catalogue, &clocks.signings).into_iter().collect::<Vec<_>>(),
        [("1.000001", false)]
    );
    let (catalogue, clocks) = read(&[("decisions/b.yaml", &in_good_time)]);
    assert_eq!(in_time(&catalogue, &clocks.signings).get("1.000001"), Some(&true));
    let on_the_last_day = decision("tinh", "2026-09-24");
    let (catalogue, clocks) = read(&[("decisions/a.yaml", &on_the_last_day)]);
    assert_eq!(in_time(&catalogue, &clocks.signings).get("1.000001"), Some(&true));
}

#[test]
fn overdue_is_what_no_decision_has_answered() {
    let old = decision("tinh", "2026-01-05");
    let (_, clocks) = read(&[("decisions/a.yaml", &old)]);
    // Five days before, and the working days that have passed since.
    assert_eq!(clocks.overdue[0].kept.days_late, 5 + 37);
    assert!(clocks.signings.is_empty());

    let answered = decision("tinh", "2026-10-20");
    let files = [("decisions/a.yaml", &*old), ("decisions/b.yaml", &*answered)];
    assert!(read(&files).1.overdue.is_empty());
    for (signed, expected) in [("2026-06-09", 1), ("2026-06-10", 0)] {
        let text = decision("tinh", signed);
        let overdue = read(&[("decisions/a.yaml", &text)]).1.overdue;
        assert_eq!(overdue.len(), expected, "the law was signed on 2026-06-10, this on {signed}");
    }
    let to_come = decision("tinh", "2026-12-01");
    let files = [("decisions/a.yaml", &*old), ("decisions/b.yaml", &*to_come)];
    assert_eq!(read(&files).1.overdue.len(), 1);
    let files = [("decisions/a.yaml", &*old), ("decisions/b.yaml", &*answered)];
    // The province does not answer for the ministry.
    let of_the_ministry = decision("bo", "2026-01-05");
    let files = [files[1], ("decisions/c.yaml", &*of_the_ministry)];
    assert_eq!(read(&files).1.overdue.len(), 1);

    let bare = format!("{PROCEDURE}announced: {{decision: 9/QĐ-BTP}}\n");
    assert!(
        read(&[("procedures/mot.yaml", &bare), ("decisions/a.yaml", &old)]).1.overdue.is_empty()
    );
    assert!(read(&[]).1.overdue.is_empty());
}

#[test]
fn years_without_holidays_are_named() {
    let law = LAW.replace("effective: 2026-10-01", "effective: 2027-01-15");
    let procedure = PROCEDURE.replace("2026-10-01", "2027-01-15");
    let text =
        decision("tinh", "2026-10-20").replace("effective: 2026-10-01", "effective: 2027-01-15");
    let files = [
        ("documents/luat.yaml", &*law),
        ("procedures/mot.yaml", &*procedure),
        ("decisions/a.yaml", &*text),
    ];
    let (_, clocks) = read(&files);
    assert_eq!(clocks.signings[0].kept.unlisted_years, [2027]);
    assert!(clocks.early.is_empty());
}
