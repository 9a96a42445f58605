//! Faults that the core once had, each as the smallest register that showed it.

use niemyet::model::citation::{Citation, Cited, Exemption};
use niemyet::model::document::{Act, Document, Effect, Effective, Scope};
use niemyet::validity::assess;
use niemyet::validity::procedure::{CitationState, citation_state};
use niemyet::validity::standing::Force::{
    Ended, EndedExcept, InForce, InForceInPart, NotYet, PartlySuspended, Suspended, Unknown,
};

use crate::blank::{citation, day, document, document_id, effect, empty, nowhere};
use crate::cases::{acting, expect, from, of, own_start, parts, text};

fn but_for(names: &[&str], effect: Effect) -> Effect {
    Effect { except: parts(names), ..effect }
}

fn unspecified(effect: Effect) -> Effect {
    Effect { scope: Scope::Unspecified, ..effect }
}

/// Luật 80/2015/QH13 ended but for some provisions, which ended on their own day.
#[test]
fn ended_but_for_some() {
    expect(
        vec![
            text("80-2015-qh13", "2016-07-01"),
            acting(
                "64-2025-qh15",
                "2025-04-01",
                vec![
                    but_for(&["Điều 12"], effect(Act::Replaces, 0)),
                    of(&["Điều 12"], from("2026-03-01", effect(Act::Repeals, 0))),
                ],
            ),
        ],
        &[
            ("80-2015-qh13", "2025-03-31", InForce),
            ("80-2015-qh13", "2025-04-01", EndedExcept),
            ("80-2015-qh13#Điều 12", "2025-04-01", InForce),
            ("80-2015-qh13#Điều 13", "2025-04-01", Ended),
            // Was still said to have ended "but for" what had ended too.
            ("80-2015-qh13", "2026-03-01", Ended),
        ],
    );
}

/// A postponed article without an entry of its own was in force before its new day.
#[test]
fn an_article_postponed() {
    let late = Act::Postpones { to: day("2026-09-01") };
    expect(
        vec![
            text("law", "2026-07-01"),
            acting("mover", "2026-06-01", vec![of(&["Điều 5"], effect(late, 0))]),
        ],
        &[
            ("law", "2026-06-30", NotYet),
            ("law", "2026-07-01", InForceInPart),
            ("law#Điều 5 khoản 1", "2026-07-01", NotYet),
            ("law#Điều 4", "2026-07-01", InForce),
            ("law", "2026-09-01", InForce),
            ("law#Điều 5", "2026-09-01", InForce),
        ],
    );
}

/// What a law that was brought forward excepts began with the rest.
#[test]
fn brought_forward_but_for_a_clause() {
    let sooner = Act::Postpones { to: day("2024-08-01") };
    expect(
        vec![
            text("law", "2025-01-01"),
            acting("mover", "2024-06-29", vec![but_for(&["Điều 60 khoản 9"], effect(sooner, 0))]),
        ],
        &[
            ("law", "2024-08-01", InForceInPart),
            ("law#Điều 60 khoản 1", "2024-08-01", InForce),
            ("law#Điều 60 khoản 9", "2024-12-31", NotYet),
            ("law#Điều 60 khoản 9", "2025-01-01", InForce),
            ("law", "2025-01-01", InForce),
        ],
    );
}

/// Of two entries the outer one was taken where it stood first, and a chapter's day was not seen at all.
#[test]
fn entries_inside_and_around() {
    let law = Document {
        provisions: vec![
            own_start("Điều 5", "2026-08-01"),
            own_start("Điều 5 khoản 2", "2026-10-01"),
            own_start("Chương IV", "2026-12-01"),
        ],
        ..text("law", "2026-07-01")
    };
    expect(
        vec![law],
        &[
            ("law#Điều 5 khoản 1", "2026-08-01", InForce),
            ("law#Điều 5 khoản 2", "2026-08-01", NotYet),
            ("law#Điều 5 khoản 2", "2026-10-01", InForce),
            ("law#Điều 6", "2026-06-30", NotYet),
            ("law#Điều 6", "2026-07-01", Unknown),
            ("law#Điều 6", "2026-12-01", InForce),
            ("law#Chương IV Điều 6", "2026-07-01", NotYet),
            ("law#Chương III Điều 6", "2026-07-01", InForce),
        ],
    );
}

/// A text suspended but for one article could be cited as a whole, and so could an article suspended
/// but for one point of it.
#[test]
fn suspended_but_for_some() {
    let stop = Act::Suspends { until: None };
    expect(
        vec![
            text("decree", "2020-01-01"),
            acting("stop", "2026-01-01", vec![but_for(&["Điều 9"], effect(stop, 0))]),
            text("circular", "2020-01-01"),
            acting(
                "halt",
                "2026-01-01",
                vec![of(&["Điều 1"], but_for(&["Điều 1 khoản 1"], effect(stop, 2)))],
            ),
        ],
        &[
            ("decree", "2026-01-01", Suspended),
            ("decree#Điều 9", "2026-01-01", InForce),
            ("decree#Điều 8", "2026-01-01", Suspended),
            ("circular", "2026-01-01", PartlySuspended),
            ("circular#Điều 1", "2026-01-01", PartlySuspended),
            ("circular#Điều 1 khoản 1", "2026-01-01", InForce),
            ("circular#Điều 1 khoản 2", "2026-01-01", Suspended),
        ],
    );
}

/// To extend one article gave the whole text a longer life.
#[test]
fn one_article_extended() {
    let longer = Act::Extends { until: day("2028-01-01") };
    expect(
        vec![
            Document { own_end: Some(day("2027-03-01")), ..text("sunset", "2025-07-01") },
            acting("longer", "2026-01-01", vec![of(&["Điều 3"], effect(longer, 0))]),
        ],
        &[("sunset", "2027-02-28", InForce), ("sunset", "2027-03-01", Ended)],
    );
}

/// The law's reach is not recorded: unknown, but for what the act itself excepts.
#[test]
fn an_unrecorded_reach() {
    let sooner = Act::Postpones { to: day("2026-03-01") };
    expect(
        vec![
            text("decree", "2020-01-01"),
            acting(
                "repealer",
                "2026-01-01",
                vec![unspecified(but_for(&["Điều 5"], effect(Act::Repeals, 0)))],
            ),
            text("law", "2026-06-01"),
            acting(
                "mover",
                "2026-02-01",
                vec![unspecified(but_for(&["Điều 5"], effect(sooner, 2)))],
            ),
        ],
        &[
            ("decree", "2025-12-31", InForce),
            ("decree", "2026-01-01", Unknown),
            ("decree#Điều 4", "2026-01-01", Unknown),
            ("decree#Điều 5", "2026-01-01", InForce),
            ("law", "2026-05-31", NotYet),
            ("law", "2026-06-01", Unknown),
            ("law#Điều 5", "2026-06-01", InForce),
        ],
    );
}

/// "Phụ lục" alone was taken for another annex than "Phụ lục I".
#[test]
fn an_annex_without_a_label() {
    expect(
        vec![
            text("circular", "2020-01-01"),
            acting("repealer", "2026-01-01", vec![of(&["Phụ lục"], effect(Act::Repeals, 0))]),
        ],
        &[
            ("circular#Phụ lục", "2026-01-01", Ended),
            ("circular#Phụ lục I", "2026-01-01", Unknown),
            ("circular#Điều 1", "2026-01-01", InForce),
        ],
    );
}

/// An exemption for an article that had ended carried a suspended one along with it, and an article with
/// a day of its own supported though nobody knew the force of its document.
#[test]
fn a_citation_that_does_not_support() {
    let stop = Act::Suspends { until: None };
    let mut catalogue = empty();
    catalogue.documents = vec![
        Document {
            provisions: vec![own_start("Điều 3", "2027-01-01")],
            ..text("decree", "2020-01-01")
        },
        acting("one", "2026-01-01", vec![of(&["Điều 1"], effect(Act::Repeals, 0))]),
        acting("two", "2026-02-01", vec![of(&["Điều 2"], effect(stop, 0))]),
        Document {
            provisions: vec![own_start("Điều 1", "2020-01-01")],
            ..document("undated", Effective::Missing)
        },
    ];
    let assessment = assess(&catalogue, day("2026-01-01"));
    let cited = |at, names: &[&str]| Citation {
        provisions: parts(names),
        exemption: Some(Exemption {
            reason: "hồ sơ đang giải quyết".to_owned(),
            approved_by: "Sở Tư pháp".to_owned(),
            until: day("2026-06-01"),
            span: nowhere(),
        }),
        ..citation(Cited::Known(document_id(at)))
    };
    let state = |cited: &Citation, on| citation_state(assessment.lives(), cited, day(on));
    let both = cited(0, &["Điều 1", "Điều 2"]);
    assert_eq!(state(&both, "2025-12-31"), CitationState::InForce);
    assert_eq!(state(&both, "2026-01-01"), CitationState::Exempt);
    assert_eq!(state(&both, "2026-02-01"), CitationState::Suspended);
    assert_eq!(state(&both, "2026-06-01"), CitationState::ProvisionEnded(0));
    // What waits for one provision does not hide that another is suspended.
    let waiting = cited(0, &["Điều 3", "Điều 2"]);
    assert_eq!(state(&waiting, "2026-01-31"), CitationState::NotYet);
    assert_eq!(state(&waiting, "2026-02-01"), CitationState::Suspended);
    assert_eq!(state(&cited(3, &["Điều 1"]), "2026-01-01"), CitationState::Unknown);
}
