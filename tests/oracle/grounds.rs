//! What is told beside the answer: who moved the day of what was excepted from a later move, what kept a
//! provision, which of the texts behind a consolidated one decide, and the acts behind a citation. The walk knows no
//! reasons, so they are written out here.

use niemyet::model::Catalogue;
use niemyet::model::citation::{Citation, Cited};
use niemyet::model::document::{Act, Document, Effect, Effective, Implements, Kind};
use niemyet::validity::life::Life;
use niemyet::validity::procedure::{
    CitationState, acts_behind, citation_state, deciding_texts, texts,
};
use niemyet::validity::standing::{Author, Fact, Link};
use niemyet::validity::{Assessment, assess};

use crate::blank::{citation, day, document, document_id, effect, empty, provision, tie};
use crate::cases::{acting, of, own_start, parts, text};

fn register(documents: Vec<Document>) -> Catalogue {
    Catalogue { documents, ..empty() }
}

/// Excepted from the second move, a provision begins by the first, and that one is named.
#[test]
fn the_mover_of_what_was_excepted() {
    let to = |on| effect(Act::Postpones { to: day(on) }, 0);
    let catalogue = register(vec![
        Document {
            provisions: vec![own_start("Điều 9", "2025-03-01"), own_start("Điều 3", "2024-04-01")],
            ..text("law", "2025-01-01")
        },
        acting("first", "2024-05-01", vec![to("2025-07-01")]),
        acting(
            "second",
            "2024-06-01",
            vec![Effect {
                except: parts(&["Điều 3 khoản 1", "Điều 5", "Điều 9 khoản 1"]),
                ..to("2025-10-01")
            }],
        ),
    ]);
    let assessment = assess(&catalogue, day("2025-07-01"));
    let first_link = |name: &str| {
        let standing = assessment.lives()[0].standing(Some(&provision(name)), day("2025-10-01"));
        standing.because.into_iter().next().expect("how it begins is told")
    };
    let moved = |name: &str, on: &str, by: usize| {
        let author = Author { by: document_id(by), clause: None };
        let fact = Fact::ProvisionMoved(provision(name), author);
        Link { day: Some(day(on)), to: document_id(0), fact }
    };
    assert_eq!(first_link("Điều 5"), moved("Điều 5", "2025-07-01", 1));
    assert_eq!(first_link("Điều 9 khoản 1"), moved("Điều 9 khoản 1", "2025-07-01", 1));
    assert_eq!(first_link("Điều 9 khoản 2"), moved("Điều 9", "2025-10-01", 2));
    // It had begun before either of them with its article, which neither of them moves.
    let fact = Fact::ProvisionTakesEffect(provision("Điều 3"));
    let own = Link { day: Some(day("2024-04-01")), to: document_id(0), fact };
    assert_eq!(first_link("Điều 3 khoản 1"), own);
}

/// The first day of a document is the one that it was moved to; of one without a day nothing is said.
#[test]
fn the_first_day() {
    let catalogue = register(vec![
        text("law", "2025-01-01"),
        acting("mover", "2024-06-01", vec![effect(Act::Postpones { to: day("2025-07-01") }, 0)]),
        document("undated", Effective::Unknown),
    ]);
    let assessment = assess(&catalogue, day("2025-01-01"));
    let first: Vec<_> = assessment.lives().iter().map(Life::start_day).collect();
    assert_eq!(first, [Some(day("2025-07-01")), Some(day("2024-06-01")), None]);
}

/// That a parent was outlived is told of the provisions that rested on it, and of no others.
#[test]
fn what_kept_a_provision() {
    let child = |name, own: &[&str]| Document {
        implements: vec![Implements { own: parts(own), ..tie(0) }],
        ..text(name, "2020-06-01")
    };
    let catalogue = register(vec![
        text("parent", "2020-01-01"),
        child("all", &[]),
        child("two", &["Điều 1", "Điều 2"]),
        acting("repealer", "2025-05-01", vec![effect(Act::Repeals, 0)]),
    ]);
    let assessment = assess(&catalogue, day("2026-01-01"));
    let is_told = |at: usize, name: &str, on: &str| {
        let standing = assessment.lives()[at].standing(Some(&provision(name)), day(on));
        standing.because.iter().any(|link| matches!(link.fact, Fact::OutlivedParent { .. }))
    };
    for (at, name, expected) in [
        (1, "Điều 1", true),
        (1, "Điều 3", true),
        (2, "Điều 1", true),
        (2, "Điều 2 khoản 1", true),
        (2, "Điều 3", false),
        // It may contain one of the two.
        (2, "Chương I", true),
    ] {
        assert_eq!(is_told(at, name, "2025-05-01"), expected, "{at} {name}");
        assert!(!is_told(at, name, "2025-04-30"), "{at} {name}");
    }
}

/// The acts of one document are told for each text that it ends, and what it rests on once.
#[test]
fn the_texts_that_decide_and_the_acts_behind_them() {
    let consolidates = |target| effect(Act::Consolidates, target);
    let catalogue = register(vec![
        text("in-force", "2020-01-01"),
        text("ended", "2020-01-01"),
        text("ended-too", "2020-01-01"),
        acting("repealer", "2024-01-01", vec![effect(Act::Repeals, 1), effect(Act::Repeals, 2)]),
        acting("mover", "2023-06-01", vec![effect(Act::Postpones { to: day("2025-01-01") }, 3)]),
        Document {
            kind: Kind::Consolidation,
            ..acting("all", "2020-01-01", vec![consolidates(0), consolidates(1), consolidates(2)])
        },
    ]);
    let assessment = assess(&catalogue, day("2026-01-01"));
    let lives = assessment.lives();
    let cited = citation(Cited::Known(document_id(5)));
    assert_eq!(texts(lives, &cited), [0, 1, 2].map(document_id));
    assert_eq!(deciding_texts(lives, &cited, day("2024-12-31")), [0, 1, 2].map(document_id));
    assert_eq!(deciding_texts(lives, &cited, day("2025-01-01")), [1, 2].map(document_id));
    let links = acts_behind(lives, &cited, day("2025-01-01"));
    let told: Vec<u32> = links.iter().map(|link| link.to.0).collect();
    assert_eq!(told, [1, 3, 4, 2]);
}

/// Of several provisions, the acts are told of the one that makes the citation what it is.
#[test]
fn the_acts_behind_the_provision_that_decides() {
    let stop = Act::Suspends { until: None };
    let catalogue = register(vec![
        Document {
            provisions: vec![own_start("Điều 7", "2030-01-01")],
            ..text("decree", "2020-01-01")
        },
        acting(
            "acts",
            "2021-01-01",
            vec![
                of(&["Điều 3"], effect(stop, 0)),
                of(&["Điều 4 khoản 1"], effect(stop, 0)),
                of(&["Điều 5"], effect(Act::Repeals, 0)),
            ],
        ),
        text("ended", "2020-01-01"),
        acting("repealer", "2022-01-01", vec![effect(Act::Repeals, 2)]),
    ]);
    let assessment = assess(&catalogue, day("2026-01-01"));
    let expect = |names: &[&str], state, decides: Option<&str>| {
        behind(&assessment, 0, names, &state, decides);
    };
    expect(&["Điều 1", "Điều 7"], CitationState::NotYet, Some("Điều 7"));
    expect(&["Điều 1", "Điều 3", "Điều 7"], CitationState::Suspended, Some("Điều 3"));
    expect(&["Điều 1", "Điều 4"], CitationState::Suspended, Some("Điều 4"));
    expect(&["Điều 3", "Điều 5"], CitationState::ProvisionEnded(1), Some("Điều 5"));
    expect(&["Điều 3", "Chương I"], CitationState::ProvisionUnclear(1), Some("Chương I"));
    expect(&["Điều 1"], CitationState::InForce, None);
    behind(&assessment, 2, &["Điều 1"], &CitationState::Ended, None);
}

fn behind(
    assessment: &Assessment,
    document: usize,
    names: &[&str],
    state: &CitationState,
    decides: Option<&str>,
) {
    let on = day("2026-01-01");
    let lives = assessment.lives();
    let cited =
        Citation { provisions: parts(names), ..citation(Cited::Known(document_id(document))) };
    assert_eq!(citation_state(lives, &cited, on), *state, "{names:?}");
    let standing = lives[document].standing(decides.map(provision).as_ref(), on);
    assert_eq!(acts_behind(lives, &cited, on), standing.because, "{names:?}");
}
