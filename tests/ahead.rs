//! What `check` tells ahead, against what then happens: a catalogue with many boundary days is judged on
//! every day of a year and of the months before, and looked at day by day as its pages will be.
//!
//! The losses are found here anew, from one assessment a day, without the forecast: a day is compared
//! with the day before. Nothing may be lost that was not announced at each milestone, and nothing be
//! announced that is not lost.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::ToSpan;
use niemyet::diagnostic::code::{Code, Severity};
use niemyet::diagnostic::{Diagnostic, Report};
use niemyet::disk;
use niemyet::files::{Content, FilePath, FileTree};
use niemyet::language::Language;
use niemyet::model::date::{Date, parse};
use niemyet::model::procedure::{ElementId, Procedure};
use niemyet::pipeline::{self, Understood};
use niemyet::validity::ahead::{Loss, distance, losses};
use niemyet::validity::procedure::{CitationState, ProcedureStanding, citation_state};

const MILESTONES: [u32; 6] = [90, 60, 30, 14, 7, 1];

/// The codes that speak of a coming day.
const COMING: [Code; 8] = [
    Code::PlaceWillGo,
    Code::GroupWillGo,
    Code::BasisWillEnd,
    Code::BasisWillPause,
    Code::ProcedureWillGo,
    Code::ElementWillGo,
    Code::ExemptionWillEnd,
    Code::RepealComing,
];

fn files() -> FileTree {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/days/catalogue");
    disk::read(&folder).expect("the catalogue")
}

fn day(text: &str) -> Date {
    parse(text).expect("a date")
}

fn days(first: &str, last: &str) -> impl Iterator<Item = Date> {
    let last = day(last);
    std::iter::successors(Some(day(first)), |day| day.tomorrow().ok())
        .take_while(move |day| *day <= last)
}

fn examine(files: &FileTree, today: Date) -> (Understood, Report) {
    let (understood, report) = pipeline::examine(files, today);
    (understood.expect("a catalogue"), report)
}

/// What can be missed on a day, by what it is called.
fn present(understood: &Understood) -> BTreeSet<String> {
    let Understood { catalogue, assessment, .. } = understood;
    let today = assessment.today;
    let mut present = BTreeSet::new();
    for (id, procedure) in catalogue.procedure_ids() {
        let ProcedureStanding::Published(shown) = assessment.procedure(id) else { continue };
        // Versions and their parts follow each other under one code.
        present.insert(format!("procedure {}", procedure.code.value));
        for (element, number) in procedure.elements.iter().zip(0..) {
            if shown.has(ElementId(number)) {
                let list = list(procedure, ElementId(number));
                present.insert(format!("{} {list} {number} {}", procedure.slug, element.name));
            }
        }
        let of_elements = procedure.elements.iter().flat_map(|element| &element.legal_basis);
        for (citation, place) in procedure.legal_basis.iter().chain(of_elements).zip(0..) {
            // One that nobody can date is shown as such; the catalogue asks for that.
            let state = citation_state(assessment.lives(), citation, today);
            if state.supports() || state == CitationState::Unknown {
                let label = catalogue.cited_label(&citation.document);
                present.insert(format!("{} basis {place} {label}", procedure.slug));
            }
        }
    }
    for (place, group) in catalogue.groups.iter().enumerate() {
        if assessment.is_group_published(place) {
            present.insert(format!("group {}", group.slug));
        }
    }
    for agency in &catalogue.agencies {
        if agency.validity.covers(today) {
            present.insert(format!("agency {}", agency.slug));
            let open = agency.offices.iter().filter(|office| office.validity.covers(today));
            present.extend(open.map(|office| format!("office {}", office.id)));
        }
    }
    present
}

/// The list that an element stands in.
fn list(procedure: &Procedure, element: ElementId) -> String {
    let in_channel = procedure.channels.iter().position(|channel| {
        channel.times.iter().any(|time| time.element == Some(element))
            || channel.fees.iter().any(|fee| fee.element == element)
    });
    let kind = procedure.elements[element.0 as usize].kind;
    format!("{kind:?}-{}", in_channel.map_or(String::new(), |place| place.to_string()))
}

/// What is there on a day of which nothing is left on the next, and which nobody follows.
fn lost(before: &Understood, after: &Understood) -> BTreeSet<String> {
    let (had, has) = (present(before), present(after));
    let catalogue = &after.catalogue;
    let today = after.assessment.today;
    let is_there = |name: &str| has.iter().any(|it| it.starts_with(name));
    let mut lost = BTreeSet::new();
    for name in had.difference(&has) {
        let words: Vec<&str> = name.split(' ').collect();
        let procedure = catalogue.procedures.iter().find(|it| it.slug.as_str() == words[0]);
        let is_missed = match (words[0], procedure) {
            ("agency", _) => catalogue.procedure_ids().any(|(id, procedure)| {
                after.assessment.is_published(id)
                    && procedure
                        .authority
                        .performs
                        .iter()
                        .any(|agency| catalogue[*agency].slug.as_str() == words[1])
            }),
            ("procedure", _) => {
                let replaced = catalogue.decisions.iter().flat_map(|it| &it.items).any(|item| {
                    item.procedure.value == words[1]
                        && item
                            .replaced_by
                            .as_ref()
                            .is_some_and(|by| is_there(&format!("procedure {}", by.value)))
                });
                !replaced
            }
            (_, None) => true,
            // With the procedure goes all that it has; it is the loss then.
            (_, Some(procedure)) => {
                let stays = is_there(&format!("procedure {}", procedure.code.value))
                    && has.iter().any(|it| it.starts_with(&format!("{} ", procedure.slug)));
                let is_basis = words[1] == "basis";
                if is_basis {
                    // What its own window ends has been arranged.
                    let of_elements = procedure.elements.iter().flat_map(|it| &it.legal_basis);
                    let mut all = procedure.legal_basis.iter().chain(of_elements);
                    let place: usize = words[2].parse().expect("a number");
                    let citation = all.nth(place).expect("a citation");
                    let state = citation_state(after.assessment.lives(), citation, today);
                    state.is_cited() && !state.supports() && procedure.validity.covers(today)
                } else {
                    let beside = format!("{} {} ", procedure.slug, words[1]);
                    let is_followed = has.difference(&had).any(|it| it.starts_with(&beside));
                    stays && !is_followed
                }
            }
        };
        if is_missed {
            lost.insert(name.clone());
        }
    }
    lost
}

/// The days ahead of which something is told, with the files that are named.
fn told(report: &Report, files: &FileTree) -> BTreeMap<String, Vec<(Diagnostic, String)>> {
    let mut told: BTreeMap<String, Vec<(Diagnostic, String)>> = BTreeMap::new();
    for found in report.iter().filter(|found| COMING.contains(&found.code)) {
        let ahead = found.ahead.as_ref().expect("a coming day");
        let places = found.notes.iter().filter_map(|note| note.span).chain(found.span);
        let mut text = found.message(Language::English);
        for place in places {
            text.push(' ');
            text.push_str(files.path(place.file).as_str());
        }
        for note in &found.notes {
            text.push(' ');
            text.push_str(&note.message(Language::English));
        }
        told.entry(ahead.date.clone()).or_default().push((found.clone(), text));
    }
    told
}

/// Whether a finding speaks of a loss.
fn speaks_of(text: &str, lost: &str, understood: &Understood) -> bool {
    let words: Vec<&str> = lost.splitn(4, ' ').collect();
    match words[0] {
        "procedure" | "office" => text.contains(&format!("`{}`", words[1])),
        "group" => text.contains(&format!("groups/{}.yaml", words[1])),
        "agency" => text.contains(&format!("agencies/{}.yaml", words[1])),
        slug if words[1] == "basis" => {
            text.contains(&format!("/{slug}.yaml")) && text.contains(&format!("`{}`", words[3]))
        }
        slug => {
            let procedure =
                understood.catalogue.procedures.iter().find(|it| it.slug.as_str() == slug);
            let code = &procedure.expect("a procedure").code.value;
            text.contains(&format!("/{slug}.yaml"))
                && (text.contains(words[3]) || text.contains(code.as_str()))
        }
    }
}

#[test]
fn what_goes_was_announced_at_every_milestone_and_nothing_else() {
    let files = files();
    let mut n_losses = 0;
    let mut all_lost: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let reports: BTreeMap<Date, (Understood, Report)> =
        days("2025-10-01", "2027-01-05").map(|today| (today, examine(&files, today))).collect();
    for today in days("2026-01-01", "2027-01-05") {
        let yesterday = today.yesterday().expect("a day");
        let (before, after) = (&reports[&yesterday].0, &reports[&today].0);
        let lost = lost(before, after);
        for name in &lost {
            n_losses += 1;
            for milestone in MILESTONES {
                let on = today.saturating_sub(i64::from(milestone).days());
                let told = told(&reports[&on].1, &files);
                let told = told.get(&today.to_string()).cloned().unwrap_or_default();
                let found = told.iter().find(|(_, text)| speaks_of(text, name, after));
                let Some((found, _)) = found else {
                    panic!("{name} goes on {today}, and nothing said so on {on}: {told:#?}");
                };
                let ahead = found.ahead.as_ref().expect("a coming day");
                assert_eq!((ahead.days, ahead.stage), (milestone, milestone), "{name} on {on}");
            }
        }
        all_lost.insert(today.to_string(), lost);
    }
    assert!(n_losses >= 15, "only {n_losses} losses in the year");
    for (today, (understood, report)) in &reports {
        for (date, told) in told(report, &files) {
            let Some(lost) = all_lost.get(&date) else { continue };
            for (found, text) in told {
                let speaks = lost.iter().any(|name| speaks_of(&text, name, understood));
                assert!(speaks, "on {today} for {date}: {text}\nlost then: {lost:#?}");
                let ahead = found.ahead.as_ref().expect("a coming day");
                let n_days = today.until(day(&date)).expect("a span").get_days();
                assert_eq!(i64::from(ahead.days), i64::from(n_days));
                assert!(ahead.days <= ahead.stage && MILESTONES.contains(&ahead.stage));
                assert!(found.severity != Severity::Error);
                assert!(ahead.days <= 7 || found.severity == Severity::Notice, "{text}");
            }
        }
    }
}

/// Whatever the register brings as an error on a day was told on the day before: nobody is surprised.
#[test]
fn an_error_that_comes_was_told_the_day_before() {
    let files = files();
    let mut before: Option<Report> = None;
    let mut n_new = 0;
    for today in days("2025-12-31", "2026-12-31") {
        let (_, report) = examine(&files, today);
        if let Some(before) = &before {
            let new = report.iter().filter(|found| {
                found.severity == Severity::Error
                    && !before.iter().any(|old| old.code == found.code && old.span == found.span)
            });
            for found in new {
                n_new += 1;
                let file = found.span.expect("a place").file;
                let date = today.to_string();
                let is_told = before.iter().any(|old| {
                    let spans = old.notes.iter().filter_map(|note| note.span).chain(old.span);
                    old.ahead.as_ref().is_some_and(|ahead| ahead.date == date)
                        && old.severity == Severity::Warning
                        && spans.into_iter().any(|span| span.file == file)
                });
                assert!(is_told, "{today}: {}", found.message(Language::English));
            }
        }
        before = Some(report);
    }
    assert!(n_new >= 5, "only {n_new} errors came");
}

/// A law that carries many procedures is told once, with a handful of them.
#[test]
fn one_act_is_one_finding() {
    let mut entries: Vec<(FilePath, Content)> =
        files().iter().map(|(_, path, content)| (path.clone(), content.clone())).collect();
    let model = FilePath::new("procedures/thu/theo-van-ban-tam-ngung.yaml").expect("a path");
    let text = entries.iter().find(|(path, _)| *path == model).expect("the procedure");
    let text = String::from_utf8(text.1.bytes().to_vec()).expect("UTF-8");
    for number in 10..24 {
        // Half of them rest on the law itself, half on the decree that falls with it.
        let basis = if number % 2 == 0 { "3/2015/QH13" } else { "4/2016/NĐ-CP" };
        let copy = text.replace("1.000008", &format!("1.0001{number}"));
        let copy = copy.replace("8/2022/TT-BTP", basis);
        let path = FilePath::new(&format!("procedures/thu/ban-{number}.yaml")).expect("a path");
        entries.push((path, Content::Bytes(copy.into_bytes())));
    }
    let files = FileTree::new(entries);
    let (_, report) = examine(&files, day("2026-07-20"));
    let of_day =
        |found: &&Diagnostic| found.ahead.as_ref().is_some_and(|ahead| ahead.date == "2026-08-15");
    let found: Vec<&Diagnostic> = report.iter().filter(of_day).collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    let found = found[0];
    assert_eq!(found.code, Code::BasisWillEnd);
    let place = found.span.expect("a place");
    assert_eq!(files.path(place.file).as_str(), "documents/luat-moi.yaml");
    let said: Vec<String> =
        found.notes.iter().map(|note| note.message(Language::English)).collect();
    assert!(said.iter().any(|note| note.contains("`4/2016/NĐ-CP`, which falls")), "{said:#?}");
    assert_eq!(said.last().map(String::as_str), Some("and 10 more"));
    assert!(found.message(Language::English).contains("still cited 15 times"), "{said:#?}");
}

/// The old law ends on 2027-01-01, when the new one takes its place; a decree falls with the old one.
const LAWS: [(&str, &str); 3] = [
    ("documents/cu.yaml", "number: 1/2015/QH13\ntitle: Cũ\nkind: luat\neffective: 2016-01-01\n"),
    (
        "documents/moi.yaml",
        "number: 2/2026/QH16\ntitle: Mới\nkind: luat\neffective: 2027-01-01\neffects: [{verb: replaces, document: 1/2015/QH13}]\n",
    ),
    (
        "documents/nghi-dinh.yaml",
        "number: 3/2016/NĐ-CP\ntitle: Chi tiết\neffective: 2016-01-01\nimplements: [{document: 1/2015/QH13}]\n",
    ),
];

/// A law that does not end.
const LASTING: (&str, &str) =
    ("documents/ben.yaml", "number: 4/2014/QH13\ntitle: Bền\nkind: luat\neffective: 2015-01-01\n");

/// The codes of what is told ahead on 2026-12-01 of procedures `1.10000N` with these keys.
fn codes_of(procedures: &[&str], extra: &[(&str, &str)]) -> Vec<&'static str> {
    let report = report_of(procedures, extra);
    let ahead = report.iter().filter(|found| found.ahead.is_some());
    ahead.map(|found| found.code.entry().id).collect()
}

fn report_of(procedures: &[&str], extra: &[(&str, &str)]) -> Report {
    let mut files: Vec<(String, String)> = LAWS
        .iter()
        .chain(extra)
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    let settings = "title: T\npublisher: X\npolicies: {unknown_basis: mark}\n";
    files.push(("catalogue.yaml".to_owned(), settings.to_owned()));
    files.push(("fields.yaml".to_owned(), "- {id: ho-tich, name: Hộ tịch}\n".to_owned()));
    for (place, keys) in procedures.iter().enumerate() {
        let code = if keys.starts_with("code:") { "" } else { "code: \"1.100000\"\n" };
        let text = format!("{code}title: Thủ tục\nfield: ho-tich\n{keys}\n");
        files.push((format!("procedures/p{place}.yaml"), text));
    }
    let entry = |(path, text): (String, String)| {
        (FilePath::new(&path).expect("a path"), Content::Bytes(text.into_bytes()))
    };
    let files = FileTree::new(files.into_iter().map(entry).collect());
    let (_, report) = examine(&files, day("2026-12-01"));
    assert!(!report.is_structural(), "{report:?}");
    report
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of registers")]
fn what_has_been_arranged_is_not_told() {
    let old = "legal_basis: [1/2015/QH13]";
    let cases: [(&str, &[&str], &[&str]); 21] = [
        ("nothing is arranged", &[old], &["R030"]),
        ("the decree falls with the law", &["legal_basis: [1/2015/QH13, 3/2016/NĐ-CP]"], &["R030"]),
        (
            "the next version rests on the next law",
            &[
                "validity: {last_day: 2026-12-31}\nlegal_basis: [1/2015/QH13]",
                "validity: {from: 2027-01-01}\nlegal_basis: [2/2026/QH16]",
            ],
            &[],
        ),
        (
            "the next version begins a day late, which is a hole and found as such",
            &[
                "validity: {last_day: 2026-12-31}\nlegal_basis: [1/2015/QH13]",
                "validity: {from: 2027-01-02}\nlegal_basis: [2/2026/QH16]",
            ],
            &[],
        ),
        (
            "the next version rests on the law that ends",
            &[
                "validity: {last_day: 2026-12-31}\nlegal_basis: [1/2015/QH13]",
                "validity: {from: 2027-01-01}\nlegal_basis: [1/2015/QH13]",
            ],
            &["P023"],
        ),
        (
            "the bases follow each other",
            &[
                "legal_basis: [{document: 1/2015/QH13, role: main, validity: {last_day: 2026-12-31}}, {document: 2/2026/QH16, role: main, validity: {from: 2027-01-01}}]",
            ],
            &[],
        ),
        (
            "the bases leave a day between them",
            &[
                "legal_basis: [{document: 1/2015/QH13, role: main, validity: {last_day: 2026-12-30}}, {document: 2/2026/QH16, role: main, validity: {from: 2027-01-01}}]",
            ],
            &["P023"],
        ),
        (
            "the text goes on by an exemption",
            &[
                "legal_basis: [{document: 1/2015/QH13, exemption: {reason: Hồ sơ dở dang, approved_by: Chủ tịch, last_day: 2027-12-31}}]",
            ],
            &[],
        ),
        (
            "the exemption runs out as well",
            &[
                "legal_basis: [{document: 1/2015/QH13, exemption: {reason: Hồ sơ dở dang, approved_by: Chủ tịch, last_day: 2027-01-31}}]",
            ],
            &["P025"],
        ),
        (
            "the exemption is over when the text ends",
            &[
                "legal_basis: [{document: 1/2015/QH13, exemption: {reason: Hồ sơ dở dang, approved_by: Chủ tịch, last_day: 2026-12-31}}]",
            ],
            &["R030"],
        ),
        (
            "the basis closes with its exemption, the procedure does not",
            &[
                "legal_basis: [{document: 1/2015/QH13, validity: {last_day: 2027-01-31}, exemption: {reason: Hồ sơ dở dang, approved_by: Chủ tịch, last_day: 2027-01-31}}]",
            ],
            &["P023"],
        ),
        (
            "a procedure that is history",
            &["validity: {last_day: 2026-11-30}\nlegal_basis: [1/2015/QH13]"],
            &[],
        ),
        (
            "a version that is to come and then loses its basis",
            &["validity: {from: 2026-12-15}\nlegal_basis: [1/2015/QH13]"],
            &["R030"],
        ),
        (
            "a part loses its basis",
            &["legal_basis: [4/2014/QH13]\nsteps: [{title: Nộp, legal_basis: [1/2015/QH13]}]"],
            &["R030"],
        ),
        (
            "a part closes when its basis ends",
            &[
                "legal_basis: [4/2014/QH13]\nsteps: [{title: Nộp, legal_basis: [1/2015/QH13], validity: {last_day: 2026-12-31}}]",
            ],
            &["P024"],
        ),
        (
            "a channel takes its fee along",
            &[
                "legal_basis: [4/2014/QH13]\nchannels: [{kind: in_person}, {kind: online, validity: {last_day: 2026-12-31}, fees: [{name: Phí, amount: 1, validity: {last_day: 2026-12-31}}]}]",
            ],
            &["P024"],
        ),
        (
            "a step follows another",
            &[
                "legal_basis: [4/2014/QH13]\nsteps: [{title: Nộp, validity: {last_day: 2026-12-31}}, {title: Gửi, validity: {from: 2027-01-01}}]",
            ],
            &[],
        ),
        (
            "a place follows a step, which is none for it",
            &[
                "legal_basis: [4/2014/QH13]\nsteps: [{title: Nộp, validity: {last_day: 2026-12-31}}]\nreception: [{place: Nhà văn hóa, validity: {from: 2027-01-01}}]",
            ],
            &["P024"],
        ),
        (
            "a fee follows one of another channel",
            &[
                "legal_basis: [4/2014/QH13]\nchannels: [{kind: in_person, fees: [{name: Phí, amount: 1, validity: {last_day: 2026-12-31}}]}, {kind: online, fees: [{name: Phí, amount: 1, validity: {from: 2027-01-01}}]}]",
            ],
            &["P024"],
        ),
        (
            "a text of unknown force is shown as such until it ends",
            &["legal_basis: [4/2014/QH13, 5/2020/NĐ-CP]"],
            &["R030"],
        ),
        (
            "a text of unknown force is acted on in a way that is no clearer",
            &["legal_basis: [4/2014/QH13, 6/2020/NĐ-CP]"],
            &[],
        ),
    ];
    let unclear = [
        LASTING,
        (
            "documents/het.yaml",
            "number: 5/2020/NĐ-CP\ntitle: Hết\neffective: 2020-01-01\nlast_day: 2026-12-31\n",
        ),
        ("documents/mo.yaml", "number: 6/2020/NĐ-CP\ntitle: Mờ\neffective: 2020-01-01\n"),
        (
            "documents/lam-mo.yaml",
            "number: 7/2021/NĐ-CP\ntitle: Làm mờ\neffective: 2021-01-01\neffects:\n  - {verb: repeals, document: 5/2020/NĐ-CP, scope: unspecified}\n  - {verb: repeals, document: 6/2020/NĐ-CP, scope: unspecified}\n",
        ),
        (
            "documents/cung-mo.yaml",
            "number: 8/2026/NĐ-CP\ntitle: Cũng mờ\neffective: 2027-01-01\neffects: [{verb: repeals, document: 6/2020/NĐ-CP, scope: unspecified}]\n",
        ),
    ];
    for (what, procedures, expected) in cases {
        assert_eq!(codes_of(procedures, &unclear), expected, "{what}");
    }
}

#[test]
fn an_exemption_is_needless_while_no_end_falls_into_it() {
    let table = [
        ("4/2014/QH13", "2027-12-31", 1),
        ("1/2015/QH13", "2027-12-31", 0),
        ("1/2015/QH13", "2026-12-31", 1),
        ("1/2015/QH13", "2027-01-01", 0),
    ];
    for (number, last_day, expected) in table {
        let procedure = format!(
            "legal_basis: [{{document: {number}, exemption: {{reason: Hồ sơ dở dang, approved_by: Chủ tịch, last_day: {last_day}}}}}]"
        );
        let report = report_of(&[&procedure], &[LASTING]);
        let needless = report.iter().filter(|found| found.code == Code::ExemptionNeedless).count();
        assert_eq!(needless, expected, "{number} until {last_day}");
    }
}

#[test]
fn a_place_is_missed_where_somebody_goes_there() {
    let now = "authority: {performs: [xa]}\nlegal_basis: [4/2014/QH13]";
    let over = "code: \"1.100001\"\nvalidity: {last_day: 2026-11-30}\nauthority: {performs: [xa]}\nlegal_basis: [4/2014/QH13]\nreception: [{office: mot}]";
    let received = "legal_basis: [4/2014/QH13]\nreception: [{office: mot}]";
    let elsewhere = "legal_basis: [4/2014/QH13]\nreception: [{place: Nhà văn hóa}]";
    let closes = "offices:\n  - {id: mot, name: Một, address: A, validity: {last_day: 2026-12-31}}";
    let stays = format!("{closes}\n  - {{id: hai, name: Hai, address: B}}");
    let follows =
        format!("{closes}\n  - {{id: hai, name: Hai, address: B, validity: {{from: 2027-01-01}}}}");
    let too_late =
        format!("{closes}\n  - {{id: hai, name: Hai, address: B, validity: {{from: 2027-01-02}}}}");
    let ends = "validity: {last_day: 2026-12-31}\noffices: [{id: mot, name: Một, address: A}]";
    let ends_before = "validity: {last_day: 2026-12-30}\noffices: [{id: mot, name: Một, address: A, validity: {last_day: 2026-12-31}}]";
    let cases: [(&str, &str, &[&str], &[&str]); 12] = [
        ("the only office closes", closes, &[now], &["C014"]),
        ("one of two offices closes", &stays, &[now], &["C014"]),
        ("another office opens on the day", &follows, &[now], &[]),
        ("another office opens a day late", &too_late, &[now], &["C014"]),
        ("the agency ends, and its office with it", ends, &[now], &["C014"]),
        ("the agency ends before its office would", ends_before, &[now], &["C014"]),
        ("an agency of a procedure that is history ends", ends, &[over], &[]),
        ("an office of one that is history closes", closes, &[over], &[]),
        ("papers of another procedure are received there", closes, &[over, received], &["C014"]),
        ("they are received elsewhere", closes, &[over, elsewhere], &[]),
        ("nobody names the agency", ends, &[elsewhere], &[]),
        ("nothing closes", "level: commune", &[now], &[]),
    ];
    for (what, agency, procedures, expected) in cases {
        let agency = format!("name: Xã\n{agency}\n");
        let extra = [LASTING, ("agencies/xa.yaml", agency.as_str())];
        assert_eq!(codes_of(procedures, &extra), expected, "{what}");
    }
}

#[test]
fn as_far_as_was_asked_and_no_further() {
    let files = files();
    let today = day("2026-06-01");
    let (Understood { catalogue, assessment, .. }, _) = examine(&files, today);
    let far = losses(&catalogue, &assessment, 1000);
    assert!(far.len() > 5 && far.iter().all(|loss| today < loss.day), "{far:#?}");
    for within in 0..230 {
        let last = today.saturating_add(i64::from(within).days());
        let near: Vec<&Loss> = far.iter().filter(|loss| loss.day <= last).collect();
        let found = losses(&catalogue, &assessment, within);
        assert_eq!(found.iter().collect::<Vec<_>>(), near, "within {within} days");
    }
    let table = [("2026-05-31", None), ("2026-06-01", None), ("2026-06-02", Some((1, 1)))];
    let table = table.into_iter().chain([
        ("2026-06-09", Some((8, 14))),
        ("2026-08-30", Some((90, 90))),
        ("2026-08-31", None),
    ]);
    for (on, expected) in table {
        let found = distance(today, day(on), &MILESTONES);
        assert_eq!(found.map(|it| (it.days, it.stage)), expected, "{on}");
    }
}

#[test]
fn a_decision_is_told_once_and_settles_a_window() {
    let decision = |extra: &str| {
        format!(
            "number: 9/QĐ-UBND\nsigned: 2026-11-20\neffective: 2027-01-10\nitems:\n  - {{action: repealed, procedure: \"1.100000\"{extra}}}\n  - {{action: repealed, procedure: \"1.100001\"}}\n"
        )
    };
    let first = "validity: {last_day: 2027-01-09}\nlegal_basis: [4/2014/QH13]";
    let second = "code: \"1.100001\"\nlegal_basis: [4/2014/QH13]";
    let third = "code: \"1.100002\"\nvalidity: {from: 2027-01-10}\nlegal_basis: [4/2014/QH13]";
    assert_eq!(codes_of(&[first, second], &[LASTING]), ["P023"]);
    let plain = decision("");
    let all = [LASTING, ("decisions/qd.yaml", plain.as_str())];
    assert_eq!(codes_of(&[first, second], &all), ["P026"]);
    let replaced = decision(", replaced_by: \"1.100002\"");
    let all = [LASTING, ("decisions/qd.yaml", replaced.as_str())];
    assert_eq!(codes_of(&[first, third], &all), Vec::<&str>::new());
    // The same, a day too late.
    let late = third.replace("2027-01-10", "2027-01-11");
    assert_eq!(codes_of(&[first, &late], &all), ["P026"]);
}
