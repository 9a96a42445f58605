//! What must hold whatever the rules say: answers depend on nothing but the register, its relations and
//! the distance between days.

use std::sync::Arc;

use niemyet::model::citation::{Citation, Cited};
use niemyet::model::date::{Date, Window};
use niemyet::model::document::{Act, DocumentId, Effective, Kind};
use niemyet::model::procedure::Procedure;
use niemyet::model::{Catalogue, Slug};
use niemyet::validity::procedure::ProcedureStanding;
use niemyet::validity::standing::Force;
use niemyet::validity::{Assessment, assess};

use crate::blank::{day, document, document_id, provision};
use crate::chance::Chance;
use crate::compare::days;
use crate::describe::describe;
use crate::registers::{self, Case, PROVISIONS};

/// A hundred and fifty registers, and more or fewer with the triples that are asked for.
pub(crate) fn cases() -> impl Iterator<Item = (u64, Case)> {
    let n = crate::triples().clamp(100_000, 2_500_000) * 150 / crate::TRIPLES;
    (0..n as u64).map(|seed| (seed, registers::case(&mut Chance::new(7_000_000 + seed))))
}

/// Every answer of a case: the documents one by one, then the procedures.
#[derive(Debug, PartialEq)]
pub(crate) struct Answers {
    pub(crate) documents: Vec<Vec<Force>>,
    pub(crate) procedures: Vec<Vec<ProcedureStanding>>,
}

pub(crate) fn answers(case: &Case, today: Date) -> Answers {
    told(case, &assess(&case.catalogue, today))
}

/// Every answer of a judgment of a case.
pub(crate) fn told(case: &Case, assessment: &Assessment) -> Answers {
    let asked: Vec<_> =
        [None].into_iter().chain(PROVISIONS.map(|it| Some(provision(it)))).collect();
    let forces = |id| {
        let life = assessment.life(id);
        let on = |day| {
            let asked = asked.iter();
            asked.map(move |asked| life.standing(asked.as_ref(), day).force)
        };
        days(case).flat_map(on).collect()
    };
    let standings =
        |id| days(case).map(|day| assessment.procedure_timeline(id).at(day).clone()).collect();
    Answers {
        documents: case.catalogue.document_ids().map(|(id, _)| forces(id)).collect(),
        procedures: case.catalogue.procedure_ids().map(|(id, _)| standings(id)).collect(),
    }
}

/// Both give the same answers; where they do not, the first difference and the register.
pub(crate) fn expect_same(seed: u64, case: &Case, other: &Case) {
    let (before, after) = (answers(case, case.first), answers(other, other.first));
    before.expect(&after, seed, case);
}

impl Answers {
    pub(crate) fn expect(&self, other: &Self, seed: u64, case: &Case) {
        assert_eq!(self.documents.len(), other.documents.len());
        assert_eq!(self.procedures.len(), other.procedures.len());
        let n_asked = PROVISIONS.len() + 1;
        for (id, (before, after)) in self.documents.iter().zip(&other.documents).enumerate() {
            for (place, (before, after)) in before.iter().zip(after).enumerate() {
                if before != after {
                    let asked = (place % n_asked).checked_sub(1).map(|at| PROVISIONS[at]);
                    let on = days(case).nth(place / n_asked);
                    let text = describe(case);
                    panic!("seed {seed}: d{id} {asked:?} {on:?}: {before:?}, {after:?}\n{text}");
                }
            }
        }
        for (id, (before, after)) in self.procedures.iter().zip(&other.procedures).enumerate() {
            for (before, (after, day)) in before.iter().zip(after.iter().zip(days(case))) {
                assert_eq!(before, after, "seed {seed}: p{id} on {day}\n{}", describe(case));
            }
        }
    }
}

#[test]
fn answers_do_not_depend_on_today() {
    for (seed, case) in cases() {
        let early = answers(&case, case.first);
        early.expect(&answers(&case, case.last), seed, &case);
        early.expect(&answers(&case, day("1999-12-31")), seed, &case);
    }
}

#[test]
fn an_unrelated_document_changes_nothing() {
    for (seed, case) in cases() {
        let n = case.catalogue.documents.len();
        let before = answers(&case, case.first);
        let mut more = case.clone();
        let mut stranger = document("stranger", Effective::On(case.first));
        stranger.own_end = Some(case.last);
        // In front, so that every id is another.
        renumber(&mut more.catalogue, &(1..=n).collect::<Vec<_>>());
        more.catalogue.documents.insert(0, stranger);
        let mut after = answers(&more, case.first);
        after.documents.remove(0);
        before.expect(&after, seed, &case);
    }
}

#[test]
fn the_order_of_documents_does_not_matter() {
    let mut n_permuted = 0;
    for (seed, case) in cases() {
        // But acts that move the same day and count on one day: those are taken in that order.
        if has_rival_moves(&case.catalogue) {
            continue;
        }
        n_permuted += 1;
        let n = case.catalogue.documents.len();
        let place: Vec<usize> = (0..n).map(|at| (at + 1) % n).rev().collect();
        let before = answers(&case, case.first);
        let mut permuted = case.clone();
        renumber(&mut permuted.catalogue, &place);
        let mut documents: Vec<_> =
            place.iter().copied().zip(permuted.catalogue.documents).collect();
        documents.sort_by_key(|(place, _)| *place);
        permuted.catalogue.documents = documents.into_iter().map(|(_, it)| it).collect();
        let after = answers(&permuted, case.first);
        for (at, place) in place.into_iter().enumerate() {
            let (before, after) = (&before.documents[at], &after.documents[place]);
            assert_eq!(before, after, "seed {seed}, document {at}\n{}", describe(&case));
        }
        assert_eq!(before.procedures, after.procedures, "seed {seed}\n{}", describe(&case));
    }
    assert!(20 < n_permuted);
}

#[test]
fn names_do_not_matter() {
    for (seed, case) in cases() {
        let before = answers(&case, case.first);
        let mut renamed = case.clone();
        let new = |old: &mut Slug| *old = Slug::new(&format!("z-{old}-z")).expect("a slug");
        for document in &mut renamed.catalogue.documents {
            new(&mut document.slug);
            document.number = Some(format!("{}/2099/QH99", document.slug));
            document.title = "another".to_owned();
            // A consolidated text and what is no normative document stand for something else.
            if document.kind == Kind::Law {
                document.kind = Kind::Circular;
            }
        }
        let catalogue = &mut renamed.catalogue;
        each_procedure(catalogue, |procedure| new(&mut procedure.slug));
        catalogue.decisions.iter_mut().for_each(|decision| new(&mut decision.slug));
        // Codes tie versions and decisions together, so they are renamed alike.
        let code = |code: &mut String| *code = format!("9.{code}");
        each_procedure(catalogue, |procedure| code(&mut procedure.code.value));
        for item in catalogue.decisions.iter_mut().flat_map(|decision| &mut decision.items) {
            code(&mut item.procedure.value);
            item.replaced_by.iter_mut().for_each(|by| code(&mut by.value));
        }
        before.expect(&answers(&renamed, case.first), seed, &case);
    }
}

#[test]
fn a_later_register_gives_later_answers() {
    let mut n_shifted = 0;
    for (seed, case) in cases() {
        // Within one regime; the day on which the law changes does not move with the register.
        let far = if case.last < day("2025-03-01") {
            -400
        } else if day("2025-07-01") < case.first {
            400
        } else {
            continue;
        };
        n_shifted += 1;
        let mut shifted = case.clone();
        let shift = |day: &mut Date| *day = later(*day, far);
        each_day(&mut shifted.catalogue, &shift);
        shift(&mut shifted.first);
        shift(&mut shifted.last);
        let (mut before, after) = (answers(&case, case.first), answers(&shifted, case.first));
        for standing in before.procedures.iter_mut().flatten() {
            if let ProcedureStanding::Announced { from, .. } = standing {
                shift(from);
            }
        }
        before.expect(&after, seed, &case);
    }
    assert!(5 < n_shifted);
}

pub(crate) fn has_rival_moves(catalogue: &Catalogue) -> bool {
    let is_move = |act| matches!(act, Act::Postpones { .. } | Act::Extends { .. });
    let mut moved: Vec<DocumentId> = catalogue
        .documents
        .iter()
        .flat_map(|document| &document.effects)
        .filter(|effect| is_move(effect.act))
        .map(|effect| effect.target)
        .collect();
    let n = moved.len();
    moved.sort_unstable();
    moved.dedup();
    moved.len() < n
}

pub(crate) fn later(day: Date, days: i32) -> Date {
    day.checked_add(jiff::Span::new().days(days)).expect("inside the calendar")
}

/// Gives every document another id, wherever it is named.
pub(crate) fn renumber(catalogue: &mut Catalogue, place: &[usize]) {
    let turn = |id: &mut DocumentId| *id = document_id(place[id.0 as usize]);
    for document in &mut catalogue.documents {
        document.effects.iter_mut().for_each(|effect| turn(&mut effect.target));
        document.implements.iter_mut().for_each(|tie| turn(&mut tie.parent));
    }
    each_citation(catalogue, &|citation| {
        if let Cited::Known(id) = &mut citation.document {
            turn(id);
        }
    });
}

pub(crate) fn each_procedure(catalogue: &mut Catalogue, change: impl Fn(&mut Procedure)) {
    catalogue.procedures.iter_mut().for_each(|procedure| change(Arc::make_mut(procedure)));
}

pub(crate) fn each_citation(catalogue: &mut Catalogue, change: &dyn Fn(&mut Citation)) {
    each_procedure(catalogue, |procedure| {
        procedure.legal_basis.iter_mut().for_each(change);
        for element in &mut procedure.elements {
            element.legal_basis.iter_mut().for_each(change);
        }
    });
    for group in &mut catalogue.groups {
        group.legal_basis.iter_mut().for_each(change);
    }
}

fn each_day(catalogue: &mut Catalogue, change: &dyn Fn(&mut Date)) {
    let window = |window: &mut Window| {
        window.from.iter_mut().chain(&mut window.until).for_each(change);
    };
    for document in &mut catalogue.documents {
        if let Effective::On(day) = &mut document.effective {
            change(day);
        }
        document.own_end.iter_mut().for_each(change);
        document.provisions.iter_mut().for_each(|own| change(&mut own.from));
        for effect in &mut document.effects {
            effect.from.iter_mut().for_each(change);
            match &mut effect.act {
                Act::Suspends { until: Some(day) }
                | Act::Postpones { to: day }
                | Act::Extends { until: day } => change(day),
                _ => {}
            }
        }
    }
    for decision in &mut catalogue.decisions {
        decision.signed.iter_mut().chain(&mut decision.effective).for_each(change);
    }
    each_procedure(catalogue, |procedure| {
        window(&mut procedure.validity);
        procedure.elements.iter_mut().for_each(|element| window(&mut element.validity));
    });
    catalogue.groups.iter_mut().for_each(|group| window(&mut group.validity));
    each_citation(catalogue, &|citation| {
        window(&mut citation.validity);
        citation.exemption.iter_mut().for_each(|exemption| change(&mut exemption.until));
    });
}
