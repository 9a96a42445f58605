//! Registers at the edge of a rule: each tells two readings of it apart that hardly any made-up register
//! does.

use niemyet::model::citation::{Citation, Cited, Exemption};
use niemyet::model::date::Window;
use niemyet::model::document::{Act, Document, Effect, Effective, Implements, Scope};
use niemyet::validity::assess;
use niemyet::validity::procedure::{CitationState, citation_state};
use niemyet::validity::standing::Force::{
    Ended, EndedExcept, InForce, InForceInPart, NotYet, NotYetButInPart, PartlyEnded,
    PartlySuspended, Suspended, Unknown,
};

use crate::blank::{citation, day, document, document_id, effect, empty, nowhere, tie};
use crate::cases::{acting, expect, from, of, own_start, parts, text};

/// What is resumed part by part is resumed also for a chapter that may contain the parts.
#[test]
fn a_chapter_whose_articles_were_resumed() {
    let stop = Act::Suspends { until: None };
    expect(
        vec![
            text("decree", "2020-01-01"),
            acting("stop", "2026-01-01", vec![of(&["Điều 4", "Điều 5"], effect(stop, 0))]),
            acting("go", "2026-02-01", vec![of(&["Điều 4"], effect(Act::Resumes, 0))]),
            acting("go-on", "2026-03-01", vec![of(&["Điều 5"], effect(Act::Resumes, 0))]),
        ],
        &[
            ("decree#Chương I", "2026-01-01", Unknown),
            ("decree#Chương I", "2026-02-01", Unknown),
            ("decree", "2026-02-28", PartlySuspended),
            ("decree", "2026-03-01", InForce),
            // Stayed unknown for good.
            ("decree#Chương I", "2026-03-01", InForce),
        ],
    );
}

/// A clause of an article with a day of its own is moved; the article and its other clauses are not.
#[test]
fn a_clause_of_a_listed_article_moved() {
    let late = Act::Postpones { to: day("2026-12-01") };
    let law = |name| Document {
        provisions: vec![own_start("Điều 5", "2026-09-01")],
        ..text(name, "2026-07-01")
    };
    expect(
        vec![
            law("one"),
            law("other"),
            acting(
                "mover",
                "2026-06-01",
                vec![of(&["Điều 5 khoản 2"], effect(late, 0)), of(&["Điều 5"], effect(late, 1))],
            ),
        ],
        &[
            ("one#Điều 5 khoản 1", "2026-09-01", InForce),
            ("one#Điều 5 khoản 2", "2026-09-01", NotYet),
            ("one", "2026-09-01", InForceInPart),
            ("one#Điều 5 khoản 2", "2026-12-01", InForce),
            ("one", "2026-12-01", InForce),
            ("other#Điều 5 khoản 1", "2026-09-01", NotYet),
            ("other#Điều 5", "2026-12-01", InForce),
        ],
    );
}

/// What begins on the new day anyway is not held back, and so need not be told from what is excepted.
#[test]
fn an_entry_with_the_day_that_all_is_moved_to() {
    let late = Act::Postpones { to: day("2025-07-01") };
    expect(
        vec![
            Document {
                provisions: vec![own_start("Điều 1", "2025-07-01")],
                ..text("law", "2025-01-01")
            },
            acting(
                "mover",
                "2024-06-01",
                vec![Effect { except: parts(&["Chương II"]), ..effect(late, 0) }],
            ),
        ],
        &[
            ("law#Chương II", "2024-12-31", NotYet),
            ("law#Chương II", "2025-01-01", InForce),
            ("law#Phụ lục I", "2025-01-01", NotYet),
            ("law#Phụ lục I", "2025-07-01", InForce),
            ("law#Điều 1", "2025-07-01", InForce),
            ("law", "2025-07-01", InForce),
        ],
    );
}

/// A chapter's day may be that of an article: whoever moves the chapter moves it clearly, whoever moves
/// what may lie in it does not.
#[test]
fn what_may_lie_in_a_listed_chapter_moved() {
    let late = Act::Postpones { to: day("2026-12-01") };
    let law = |name, part| Document {
        provisions: vec![own_start(part, "2026-09-01")],
        ..text(name, "2026-07-01")
    };
    let but_for = |part, effect| Effect { except: parts(&[part]), ..effect };
    expect(
        vec![
            law("article-listed", "Điều 5"),
            law("clause-excepted", "Chương II"),
            acting(
                "mover",
                "2026-06-01",
                vec![
                    of(&["Chương II"], effect(late, 0)),
                    of(&["Chương II"], but_for("Điều 5", effect(late, 1))),
                ],
            ),
        ],
        &[
            // The chapter may contain the article, whose day would then be another.
            ("article-listed", "2026-06-30", NotYet),
            ("article-listed", "2026-07-01", Unknown),
            ("article-listed#Điều 6", "2026-07-01", Unknown),
            ("clause-excepted", "2026-06-30", NotYet),
        ],
    );
}

/// What is excepted from a move and has no day that anybody knows stays without one.
#[test]
fn excepted_without_a_day() {
    let late = Act::Postpones { to: day("2026-12-01") };
    let moved = Effect { except: parts(&["Điều 5"]), ..effect(late, 0) };
    expect(
        vec![
            Document {
                provisions: vec![own_start("Điều 1", "2026-09-01")],
                ..document("law", Effective::Missing)
            },
            acting("mover", "2026-06-01", vec![of(&["Điều 1"], moved)]),
        ],
        &[
            ("law#Điều 1", "2026-09-01", NotYet),
            ("law#Điều 1", "2026-12-01", InForce),
            ("law#Điều 5", "2026-12-01", Unknown),
        ],
    );
}

/// A tie to several provisions of a parent ends with the last of them, in whatever order they are named.
#[test]
fn the_last_of_several_provisions() {
    let child = |name, scope: &[&str]| Document {
        implements: vec![Implements { scope: parts(scope), ..tie(0) }],
        ..text(name, "2020-06-01")
    };
    expect(
        vec![
            text("parent", "2020-01-01"),
            child("one-two", &["Điều 1", "Điều 2"]),
            child("two-one", &["Điều 2", "Điều 1"]),
            child("one-three", &["Điều 1", "Điều 3"]),
            acting(
                "repealer",
                "2026-01-01",
                vec![
                    of(&["Điều 1"], effect(Act::Repeals, 0)),
                    of(&["Điều 2"], from("2026-02-01", effect(Act::Repeals, 0))),
                ],
            ),
        ],
        &[
            ("parent", "2026-02-01", PartlyEnded),
            ("one-two", "2026-01-31", InForce),
            ("two-one", "2026-01-31", InForce),
            ("one-two", "2026-02-01", Ended),
            ("two-one", "2026-02-01", Ended),
            ("one-three", "2026-02-01", InForce),
        ],
    );
}

/// A listed provision that has begun and ended is no part in which the text is in force.
#[test]
fn begun_and_ended_before_the_rest() {
    expect(
        vec![
            Document {
                provisions: vec![own_start("Điều 1", "2026-01-01")],
                ..text("law", "2026-07-01")
            },
            acting("repealer", "2026-03-01", vec![of(&["Điều 1"], effect(Act::Repeals, 0))]),
        ],
        &[
            ("law", "2025-12-31", NotYet),
            ("law", "2026-01-01", NotYetButInPart),
            ("law", "2026-03-01", NotYet),
            ("law", "2026-07-01", PartlyEnded),
        ],
    );
}

/// Of several provisions that are cited, the one that weighs most against the citation is named, and of
/// equals the first.
#[test]
fn the_worst_of_several_provisions() {
    let mut catalogue = empty();
    let stop = Act::Suspends { until: None };
    catalogue.documents = vec![
        Document {
            provisions: vec![own_start("Điều 1", "2030-01-01"), own_start("Điều 2", "2030-01-01")],
            ..text("decree", "2020-01-01")
        },
        acting(
            "acts",
            "2021-01-01",
            vec![
                of(&["Điều 3", "Điều 4"], effect(stop, 0)),
                of(&["Điều 5", "Điều 6"], effect(Act::Repeals, 0)),
                Effect {
                    scope: Scope::Unspecified,
                    // So that no other provision of these is unclear.
                    except: parts(&["Điều 1", "Điều 2", "Điều 3", "Điều 4", "Điều 9", "Chương I"]),
                    ..effect(stop, 0)
                },
            ],
        ),
    ];
    // An unrecorded reach makes the whole unknown; what is cited by provision names the document then.
    let assessment = assess(&catalogue, day("2026-01-01"));
    let state = |names: &[&str]| {
        let cited = Citation { provisions: parts(names), ..citation(Cited::Known(document_id(0))) };
        citation_state(assessment.lives(), &cited, day("2026-01-01"))
    };
    assert_eq!(state(&["Điều 9", "Điều 5"]), CitationState::ProvisionEnded(1));
    assert_eq!(state(&["Điều 6", "Điều 5"]), CitationState::ProvisionEnded(0));
    assert_eq!(state(&["Điều 7", "Điều 5"]), CitationState::ProvisionEnded(1));
    assert_eq!(state(&["Điều 3", "Điều 7"]), CitationState::Unknown);
    catalogue.documents[1].effects.truncate(2);
    let assessment = assess(&catalogue, day("2026-01-01"));
    let state = |names: &[&str], exempt: bool| {
        let exemption = Exemption {
            reason: "hồ sơ đang giải quyết".to_owned(),
            approved_by: "Sở Tư pháp".to_owned(),
            until: day("2030-01-01"),
            span: nowhere(),
        };
        let cited = Citation {
            provisions: parts(names),
            exemption: exempt.then_some(exemption),
            ..citation(Cited::Known(document_id(0)))
        };
        citation_state(assessment.lives(), &cited, day("2026-01-01"))
    };
    for (names, expected) in [
        (["Điều 9", "Điều 1"], CitationState::NotYet),
        (["Điều 1", "Điều 3"], CitationState::Suspended),
        (["Điều 3", "Điều 1"], CitationState::Suspended),
        (["Điều 3", "Chương I"], CitationState::ProvisionUnclear(1)),
        (["Chương I", "Điều 3"], CitationState::ProvisionUnclear(0)),
        (["Chương I", "Chương II"], CitationState::ProvisionUnclear(0)),
        (["Chương I", "Điều 5"], CitationState::ProvisionEnded(1)),
        (["Điều 5", "Chương I"], CitationState::ProvisionEnded(0)),
    ] {
        assert_eq!(state(&names, false), expected, "{names:?}");
    }
    for (names, expected) in [
        (["Điều 9", "Điều 5"], CitationState::Exempt),
        (["Điều 5", "Điều 9"], CitationState::Exempt),
        (["Điều 5", "Điều 1"], CitationState::NotYet),
        (["Điều 1", "Điều 5"], CitationState::NotYet),
        (["Điều 5", "Điều 4"], CitationState::Suspended),
        (["Điều 5", "Chương I"], CitationState::ProvisionUnclear(1)),
    ] {
        assert_eq!(state(&names, true), expected, "{names:?}");
    }
}

/// On the day on which an empty window would begin it is over.
#[test]
fn an_empty_window() {
    let mut catalogue = empty();
    catalogue.documents = vec![text("decree", "2020-01-01")];
    let on = Some(day("2026-01-01"));
    let cited = Citation {
        validity: Window { from: on, until: on },
        ..citation(Cited::Known(document_id(0)))
    };
    let assessment = assess(&catalogue, day("2026-01-01"));
    let state = |on: &str| citation_state(assessment.lives(), &cited, day(on));
    assert_eq!(state("2025-12-31"), CitationState::BeforeWindow);
    assert_eq!(state("2026-01-01"), CitationState::AfterWindow);
    assert!(!state("2025-12-31").is_cited() && !state("2026-01-01").is_cited());
    let open = citation(Cited::Known(document_id(0)));
    assert!(citation_state(assessment.lives(), &open, day("2019-01-01")).is_cited());
}

/// What is resumed but for some is suspended in those alone; what is resumed in part stays suspended.
#[test]
fn a_suspension_resumed_but_for_some() {
    let stop = |at| effect(Act::Suspends { until: None }, at);
    let go = |at| effect(Act::Resumes, at);
    let but_for = |names: &[&str], effect| Effect { except: parts(names), ..effect };
    expect(
        vec![
            text("decree", "2020-01-01"),
            text("other", "2020-01-01"),
            acting("stop", "2026-01-01", vec![stop(0), but_for(&["Điều 9"], stop(1))]),
            acting("go", "2026-02-01", vec![but_for(&["Điều 8"], go(0)), of(&["Điều 5"], go(1))]),
            acting(
                "go-on",
                "2026-03-01",
                vec![but_for(&["Điều 8 khoản 1"], go(0)), but_for(&["Điều 9"], go(1))],
            ),
            acting("all", "2026-04-01", vec![of(&["Điều 8 khoản 1"], go(0))]),
        ],
        &[
            ("decree", "2026-01-01", Suspended),
            ("decree", "2026-02-01", PartlySuspended),
            ("decree#Điều 7", "2026-02-01", InForce),
            ("decree#Điều 8", "2026-02-01", Suspended),
            ("decree#Chương II", "2026-02-01", Unknown),
            ("decree#Điều 8", "2026-03-01", PartlySuspended),
            ("decree#Điều 8 khoản 2", "2026-03-01", InForce),
            ("decree", "2026-03-01", PartlySuspended),
            ("decree", "2026-04-01", InForce),
            ("other", "2026-02-01", Suspended),
            ("other#Điều 5", "2026-02-01", InForce),
            ("other#Điều 6", "2026-02-01", Suspended),
            // What was never suspended is not what is left.
            ("other", "2026-03-01", InForce),
        ],
    );
}

/// Announced in part, but for a part, and by two acts that save what the other leaves.
#[test]
fn a_child_announced_in_part() {
    let keeps = |at| effect(Act::DeclaresContinuing, at);
    let but_for = |names: &[&str], effect| Effect { except: parts(names), ..effect };
    let child = |name, own: &[&str]| Document {
        implements: vec![Implements { own: parts(own), ..tie(0) }],
        ..text(name, "2020-06-01")
    };
    expect(
        vec![
            text("parent", "2020-01-01"),
            child("one-kept", &[]),
            child("all-but-one", &[]),
            child("by-two", &[]),
            child("clause-kept", &["Điều 5", "Điều 6"]),
            child("nowhere", &[]),
            child("article-but-clause", &[]),
            child("elsewhere", &["Chương I Điều 1"]),
            child("two-names", &[]),
            child("beside", &["Chương I Điều 1"]),
            child("whole-but-clause", &["Điều 5"]),
            child("one-of-two", &["Điều 5", "Điều 6"]),
            child("what-is-left-out-named", &[]),
            child("out-of-a-name", &["Điều 5 khoản 1"]),
            acting(
                "list",
                "2025-06-25",
                vec![
                    of(&["Điều 5"], keeps(1)),
                    but_for(&["Điều 5"], keeps(2)),
                    but_for(&["Điều 5"], keeps(3)),
                    of(&["Điều 5 khoản 1"], keeps(3)),
                    of(&["Điều 5 khoản 1", "Điều 6"], keeps(4)),
                    Effect { scope: Scope::Unspecified, ..keeps(5) },
                    of(&["Điều 5"], but_for(&["Điều 5 khoản 1"], keeps(6))),
                    of(&["Điều 2 khoản 1"], keeps(7)),
                    but_for(&["Chương I Điều 1", "Điều 1"], keeps(8)),
                    of(&["Điều 2"], but_for(&["Chương I Điều 1"], keeps(9))),
                    but_for(&["Điều 5 khoản 1"], keeps(10)),
                    but_for(&["Điều 6", "Điều 7"], keeps(11)),
                    but_for(&["Điều 5"], keeps(12)),
                    of(&["Điều 5"], keeps(12)),
                    of(&["Điều 5"], but_for(&["Điều 5 khoản 1"], keeps(13))),
                ],
            ),
            acting("new", "2025-07-01", vec![effect(Act::Replaces, 0)]),
            acting("late", "2025-07-02", vec![keeps(1)]),
            acting("last", "2026-01-01", vec![of(&["Điều 5"], effect(Act::Repeals, 1))]),
        ],
        &[
            ("one-kept", "2025-07-01", EndedExcept),
            ("one-kept#Điều 5", "2025-07-01", InForce),
            ("one-kept#Điều 4", "2025-07-02", Ended),
            ("one-kept#Chương II", "2025-07-01", Unknown),
            ("one-kept", "2026-01-01", Ended),
            ("all-but-one", "2025-07-01", PartlyEnded),
            ("all-but-one#Điều 5", "2025-07-01", Ended),
            ("all-but-one#Điều 4", "2025-07-01", InForce),
            ("by-two", "2025-07-01", PartlyEnded),
            ("by-two#Điều 5", "2025-07-01", PartlyEnded),
            ("by-two#Điều 5 khoản 1", "2025-07-01", InForce),
            ("by-two#Điều 5 khoản 2", "2025-07-01", Ended),
            ("clause-kept", "2025-07-01", PartlyEnded),
            ("clause-kept#Điều 5 khoản 1", "2025-07-01", InForce),
            ("clause-kept#Điều 5 khoản 2", "2025-07-01", Ended),
            ("clause-kept#Điều 6", "2025-07-01", InForce),
            ("nowhere", "2025-07-01", Ended),
            ("article-but-clause#Điều 5", "2025-07-01", PartlyEnded),
            ("article-but-clause#Điều 5 khoản 1", "2025-07-01", Ended),
            ("article-but-clause#Điều 5 khoản 2", "2025-07-01", InForce),
            ("article-but-clause#Điều 4", "2025-07-01", Ended),
            ("elsewhere#Chương I", "2025-07-01", PartlyEnded),
            ("elsewhere#Chương I Điều 1", "2025-07-01", Ended),
            ("out-of-a-name#Điều 5", "2025-07-01", PartlyEnded),
            ("out-of-a-name#Điều 5 khoản 1", "2025-07-01", Ended),
            ("two-names#Chương I", "2025-07-01", Unknown),
            ("two-names#Điều 1", "2025-07-01", Ended),
            ("beside#Chương I", "2025-07-01", PartlyEnded),
            ("whole-but-clause#Điều 5", "2025-07-01", PartlyEnded),
            ("whole-but-clause#Điều 5 khoản 1", "2025-07-01", Ended),
            ("whole-but-clause#Điều 5 khoản 2", "2025-07-01", InForce),
            ("one-of-two#Điều 5", "2025-07-01", InForce),
            ("one-of-two#Điều 6", "2025-07-01", Ended),
            // Was never to fall, and so needs no announcement.
            ("one-of-two#Điều 7", "2025-07-01", InForce),
            ("what-is-left-out-named", "2025-07-01", InForce),
            ("what-is-left-out-named#Điều 5", "2025-07-01", InForce),
        ],
    );
}
