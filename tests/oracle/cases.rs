//! Hard cases of the law, with the answers written out. Both the core and the walk have to give them.
//! The names are those of real texts where the case is a real one.

use niemyet::model::document::{Act, Document, Effect, Effective, Implements, OwnStart, Scope};
use niemyet::model::provision::Provision;
use niemyet::validity::assess;
use niemyet::validity::standing::Force::{
    self, Ended, InForce, InForceInPart, NotYet, NotYetButInPart, PartlyEnded, PartlySuspended,
    Suspended, Unknown, Withdrawn,
};

use crate::blank::{day, document, effect, empty, nowhere, provision, tie};
use crate::names::Name;
use crate::walk;

/// Asks a register for `name` or `name#provision` on days.
pub(crate) fn expect(documents: Vec<Document>, expected: &[(&str, &str, Force)]) {
    let mut catalogue = empty();
    catalogue.documents = documents;
    let last = expected.iter().map(|(_, on, _)| day(on)).max().expect("something is expected");
    let diary = walk::write(&catalogue.documents, day("2007-12-31"), last);
    let assessment = assess(&catalogue, last);
    for (asked, on, force) in expected {
        let (name, part) = match asked.split_once('#') {
            Some((name, part)) => (name, Some(provision(part))),
            None => (*asked, None),
        };
        let (id, _) = catalogue
            .document_ids()
            .find(|(_, document)| document.slug.as_str() == name)
            .expect("the document is in the register");
        let core = assessment.life(id).standing(part.as_ref(), day(on)).force;
        assert_eq!(core, *force, "{asked} on {on}, by the core");
        let walk = diary.force(id.0 as usize, part.as_ref().map(Name::of).as_ref(), day(on));
        assert_eq!(walk, *force, "{asked} on {on}, by the walk");
    }
}

pub(crate) fn text(name: &str, effective: &str) -> Document {
    document(name, Effective::On(day(effective)))
}

pub(crate) fn acting(name: &str, effective: &str, effects: Vec<Effect>) -> Document {
    Document { effects, ..text(name, effective) }
}

pub(crate) fn parts(names: &[&str]) -> Vec<Provision> {
    names.iter().copied().map(provision).collect()
}

pub(crate) fn of(names: &[&str], effect: Effect) -> Effect {
    Effect { scope: Scope::Parts(parts(names)), ..effect }
}

pub(crate) fn from(on: &str, effect: Effect) -> Effect {
    Effect { from: Some(day(on)), ..effect }
}

pub(crate) fn own_start(part: &str, from: &str) -> OwnStart {
    OwnStart { scope: provision(part), from: day(from), span: nowhere() }
}

/// A main day that was moved, and articles with a day of their own.
#[test]
fn staggered_effect_of_the_land_law() {
    let law = Document {
        provisions: vec![own_start("Điều 190", "2024-04-01"), own_start("Điều 248", "2024-04-01")],
        ..text("31-2024-qh15", "2025-01-01")
    };
    // Luật 43/2024/QH15 was in force at once, before the day that it names.
    let mover = acting(
        "43-2024-qh15",
        "2024-06-29",
        vec![effect(Act::Postpones { to: day("2024-08-01") }, 0)],
    );
    expect(
        vec![law, mover],
        &[
            ("31-2024-qh15", "2024-03-31", NotYet),
            ("31-2024-qh15#Điều 190", "2024-03-31", NotYet),
            ("31-2024-qh15", "2024-04-01", NotYetButInPart),
            ("31-2024-qh15#Điều 190", "2024-04-01", InForce),
            ("31-2024-qh15#Điều 248 khoản 1", "2024-04-01", InForce),
            ("31-2024-qh15#Điều 1", "2024-07-31", NotYet),
            ("31-2024-qh15", "2024-07-31", NotYetButInPart),
            ("31-2024-qh15", "2024-08-01", InForce),
            ("31-2024-qh15#Điều 1", "2024-08-01", InForce),
            ("31-2024-qh15", "2025-01-01", InForce),
        ],
    );
}

/// What is put off as a whole is put off with all that has not begun, but for what is excepted.
#[test]
fn put_off_with_what_was_to_begin_sooner_or_later() {
    let law = || Document {
        provisions: vec![
            own_start("Điều 1", "2024-04-01"),
            own_start("Điều 2", "2024-09-01"),
            own_start("Điều 3", "2025-03-01"),
            own_start("Điều 4", "2025-07-01"),
            own_start("Điều 5", "2025-09-01"),
            own_start("Phụ lục I", "2025-03-01"),
        ],
        ..text("law", "2025-01-01")
    };
    let moved = |to: &str| Effect {
        except: parts(&["Phụ lục I"]),
        ..effect(Act::Postpones { to: day(to) }, 0)
    };
    expect(
        vec![law(), acting("later", "2024-06-01", vec![moved("2025-07-01")])],
        &[
            ("law#Điều 1", "2024-04-01", InForce),
            ("law", "2024-09-01", NotYetButInPart),
            ("law#Điều 2", "2024-09-01", NotYet),
            ("law#Điều 3", "2025-03-01", NotYet),
            ("law#Phụ lục I", "2025-02-28", NotYet),
            ("law#Phụ lục I", "2025-03-01", InForce),
            ("law#Điều 2", "2025-06-30", NotYet),
            ("law", "2025-07-01", InForceInPart),
            ("law#Điều 2", "2025-07-01", InForce),
            ("law#Điều 3", "2025-07-01", InForce),
            ("law#Điều 4", "2025-07-01", InForce),
            ("law#Điều 5", "2025-08-31", NotYet),
            ("law", "2025-09-01", InForce),
        ],
    );
    expect(
        vec![law(), acting("sooner", "2024-06-01", vec![moved("2024-08-01")])],
        &[
            ("law#Điều 6", "2024-08-01", InForce),
            ("law#Điều 2", "2024-08-01", NotYet),
            ("law#Điều 2", "2024-09-01", InForce),
            ("law#Điều 3", "2025-02-28", NotYet),
            ("law#Điều 3", "2025-03-01", InForce),
            ("law#Điều 5", "2025-09-01", InForce),
        ],
    );
}

/// The old law ends once, by the first of the two.
#[test]
fn a_law_split_in_two() {
    expect(
        vec![
            text("23-2008-qh12", "2009-07-01"),
            acting("35-2024-qh15", "2025-01-01", vec![effect(Act::Replaces, 0)]),
            acting("36-2024-qh15", "2025-01-01", vec![effect(Act::Replaces, 0)]),
        ],
        &[
            ("23-2008-qh12", "2009-06-30", NotYet),
            ("23-2008-qh12", "2009-07-01", InForce),
            ("23-2008-qh12", "2024-12-31", InForce),
            ("23-2008-qh12", "2025-01-01", Ended),
            ("35-2024-qh15", "2024-12-31", NotYet),
            ("36-2024-qh15", "2025-01-01", InForce),
        ],
    );
}

/// Ended on the day on which a third one begins, three and a half months after it began.
#[test]
fn a_short_life() {
    expect(
        vec![
            text("77-2015-qh13", "2016-01-01"),
            acting("65-2025-qh15", "2025-03-01", vec![effect(Act::Replaces, 0)]),
            acting("72-2025-qh15", "2025-06-16", vec![effect(Act::Replaces, 1)]),
        ],
        &[
            ("77-2015-qh13", "2025-02-28", InForce),
            ("77-2015-qh13", "2025-03-01", Ended),
            ("65-2025-qh15", "2025-03-01", InForce),
            ("65-2025-qh15", "2025-06-15", InForce),
            ("65-2025-qh15", "2025-06-16", Ended),
            ("77-2015-qh13", "2025-06-16", Ended),
        ],
    );
}

#[test]
fn replaced_before_it_took_effect() {
    expect(
        vec![
            text("old", "2026-06-01"),
            acting("new", "2026-05-01", vec![effect(Act::Replaces, 0)]),
            text("same-day", "2026-07-01"),
            acting("other", "2026-07-01", vec![effect(Act::Repeals, 2)]),
        ],
        &[
            ("old", "2026-04-30", NotYet),
            ("old", "2026-05-01", Withdrawn),
            ("old", "2026-06-01", Withdrawn),
            ("old#Điều 1", "2026-06-01", Ended),
            ("same-day", "2026-06-30", NotYet),
            ("same-day", "2026-07-01", Withdrawn),
        ],
    );
}

/// The dead do not rise when what ended them ends; but who is withdrawn ends nobody.
#[test]
fn a_repealer_repealed() {
    expect(
        vec![
            text("first", "2020-01-01"),
            acting("second", "2022-01-01", vec![effect(Act::Repeals, 0)]),
            acting("third", "2024-01-01", vec![effect(Act::Repeals, 1)]),
            text("spared", "2020-01-01"),
            acting("late", "2025-01-01", vec![effect(Act::Repeals, 3)]),
            acting("early", "2024-06-01", vec![effect(Act::Repeals, 4)]),
        ],
        &[
            ("first", "2021-12-31", InForce),
            ("first", "2022-01-01", Ended),
            ("second", "2023-12-31", InForce),
            ("second", "2024-01-01", Ended),
            ("first", "2024-01-01", Ended),
            ("first", "2026-01-01", Ended),
            ("late", "2024-06-01", Withdrawn),
            ("spared", "2025-01-01", InForce),
        ],
    );
}

#[test]
fn partial_repeal_then_whole() {
    expect(
        vec![
            text("decree", "2020-01-01"),
            acting("one", "2022-01-01", vec![of(&["Điều 4 khoản 2"], effect(Act::Repeals, 0))]),
            acting("two", "2023-01-01", vec![effect(Act::Replaces, 0)]),
        ],
        &[
            ("decree", "2021-12-31", InForce),
            ("decree", "2022-01-01", PartlyEnded),
            ("decree#Điều 4", "2022-01-01", PartlyEnded),
            ("decree#Điều 4 khoản 2", "2022-01-01", Ended),
            ("decree#Điều 4 khoản 2 điểm a", "2022-01-01", Ended),
            ("decree#Điều 4 khoản 1", "2022-01-01", InForce),
            ("decree#Điều 40", "2022-01-01", InForce),
            ("decree#Chương I", "2022-01-01", Unknown),
            ("decree", "2022-12-31", PartlyEnded),
            ("decree", "2023-01-01", Ended),
            ("decree#Điều 4 khoản 1", "2023-01-01", Ended),
        ],
    );
}

#[test]
fn suspended_then_resumed() {
    expect(
        vec![
            text("decree", "2020-01-01"),
            acting("stop", "2026-01-01", vec![effect(Act::Suspends { until: None }, 0)]),
            acting(
                "go",
                "2026-02-01",
                vec![
                    of(&["Điều 5"], from("2026-03-01", effect(Act::Resumes, 0))),
                    from("2026-04-01", effect(Act::Resumes, 0)),
                ],
            ),
            acting(
                "stop-again",
                "2026-05-01",
                vec![of(&["Điều 7"], effect(Act::Suspends { until: Some(day("2026-06-01")) }, 0))],
            ),
        ],
        &[
            ("decree", "2025-12-31", InForce),
            ("decree", "2026-01-01", Suspended),
            ("decree#Điều 5", "2026-02-28", Suspended),
            ("decree#Điều 5", "2026-03-01", InForce),
            ("decree#Điều 6", "2026-03-01", Suspended),
            ("decree", "2026-03-31", Suspended),
            ("decree", "2026-04-01", InForce),
            ("decree#Điều 6", "2026-04-01", InForce),
            ("decree", "2026-05-01", PartlySuspended),
            ("decree#Điều 7 khoản 1", "2026-05-31", Suspended),
            ("decree#Điều 5", "2026-05-31", InForce),
            ("decree", "2026-06-01", InForce),
        ],
    );
}

/// A suspension holds only while the text that imposes it is in force.
#[test]
fn a_suspension_dies_with_its_author() {
    expect(
        vec![
            text("decree", "2020-01-01"),
            Document {
                own_end: Some(day("2026-03-01")),
                ..acting("stop", "2026-01-01", vec![effect(Act::Suspends { until: None }, 0)])
            },
        ],
        &[("decree", "2026-02-28", Suspended), ("decree", "2026-03-01", InForce)],
    );
}

#[test]
fn a_circle_is_unknown_and_does_nothing() {
    expect(
        vec![
            acting("a", "2020-01-01", vec![effect(Act::Replaces, 1)]),
            acting("b", "2021-01-01", vec![effect(Act::Replaces, 0), effect(Act::Repeals, 6)]),
            acting("victim", "2020-01-01", vec![effect(Act::Amends, 3)]),
            acting("amends-back", "2020-01-01", vec![effect(Act::Amends, 2)]),
            acting("on-itself", "2020-01-01", vec![effect(Act::Repeals, 4)]),
            acting("c", "2022-01-01", vec![effect(Act::Replaces, 1)]),
            text("below", "2020-01-01"),
        ],
        &[
            ("a", "2019-12-31", Unknown),
            ("a", "2024-01-01", Unknown),
            ("a#Điều 1", "2024-01-01", Unknown),
            ("b", "2024-01-01", Unknown),
            ("on-itself", "2024-01-01", Unknown),
            ("victim", "2024-01-01", InForce),
            ("amends-back", "2024-01-01", InForce),
            ("c", "2024-01-01", InForce),
            ("below", "2024-01-01", InForce),
        ],
    );
}

/// The same pair of parent and child, with the parent ended under each of the three laws.
#[test]
fn three_regimes() {
    let pair = |parent_ends: &str| {
        vec![
            text("parent", "2015-01-01"),
            Document { implements: vec![tie(0)], ..text("child", "2015-03-01") },
            acting("successor", parent_ends, vec![effect(Act::Replaces, 0)]),
        ]
    };
    expect(
        pair("2025-03-31"),
        &[
            ("child", "2025-03-30", InForce),
            ("parent", "2025-03-31", Ended),
            ("child", "2025-03-31", Ended),
        ],
    );
    for spring in ["2025-04-01", "2025-05-01", "2025-06-30"] {
        expect(
            pair(spring),
            &[
                ("parent", spring, Ended),
                ("child", spring, InForce),
                // What has outlived its parent is not caught by the later law.
                ("child", "2025-07-01", InForce),
                ("child", "2026-01-01", InForce),
            ],
        );
    }
    expect(
        pair("2025-07-01"),
        &[
            ("child", "2025-06-30", InForce),
            ("parent", "2025-07-01", Ended),
            ("child", "2025-07-01", Ended),
        ],
    );
}

/// With two parents only the parts fall that rest on the one that ended, and grandchildren with them.
#[test]
fn two_parents_and_a_grandchild() {
    let of_parts = |parent, own: &[&str]| Implements { own: parts(own), ..tie(parent) };
    expect(
        vec![
            text("one", "2015-01-01"),
            text("other", "2015-01-01"),
            Document {
                implements: vec![of_parts(0, &["Chương I"]), of_parts(1, &["Chương II"])],
                ..text("child", "2015-03-01")
            },
            Document {
                implements: vec![Implements { scope: parts(&["Chương I Điều 2"]), ..tie(2) }],
                ..text("grandchild", "2015-06-01")
            },
            acting("successor", "2026-01-01", vec![effect(Act::Replaces, 0)]),
        ],
        &[
            ("child", "2025-12-31", InForce),
            ("child", "2026-01-01", PartlyEnded),
            ("child#Chương I", "2026-01-01", Ended),
            ("child#Chương II", "2026-01-01", InForce),
            ("child#Điều 2", "2026-01-01", Unknown),
            ("grandchild", "2025-12-31", InForce),
            ("grandchild", "2026-01-01", Ended),
        ],
    );
}

/// Kept by an announcement that it continues, then repealed for good.
#[test]
fn continued_then_repealed() {
    let register = |announced: &str| {
        vec![
            text("parent", "2015-01-01"),
            Document { implements: vec![tie(0)], ..text("child", "2015-03-01") },
            acting("successor", "2026-07-01", vec![effect(Act::Replaces, 0)]),
            acting("announcement", announced, vec![effect(Act::DeclaresContinuing, 1)]),
            acting("repealer", "2027-01-01", vec![effect(Act::Repeals, 1)]),
        ]
    };
    for in_time in ["2026-06-01", "2026-07-01"] {
        expect(
            register(in_time),
            &[
                ("parent", "2026-07-01", Ended),
                ("child", "2026-07-01", InForce),
                ("child", "2026-12-31", InForce),
                ("child", "2027-01-01", Ended),
            ],
        );
    }
    expect(
        register("2026-07-02"),
        &[("child", "2026-06-30", InForce), ("child", "2026-07-01", Ended)],
    );
}

/// A term, extended while it ran; and one that was extended a day too late.
#[test]
fn a_term_is_extended_while_it_runs() {
    let register = |counts: &str| {
        vec![
            Document { own_end: Some(day("2027-03-01")), ..text("sunset", "2025-07-01") },
            acting("longer", counts, vec![effect(Act::Extends { until: day("2028-01-01") }, 0)]),
        ]
    };
    expect(
        register("2027-02-28"),
        &[
            ("sunset", "2027-03-01", InForce),
            ("sunset", "2027-12-31", InForce),
            ("sunset", "2028-01-01", Ended),
        ],
    );
    expect(
        register("2027-03-01"),
        &[("sunset", "2027-02-28", InForce), ("sunset", "2027-03-01", Ended)],
    );
}
