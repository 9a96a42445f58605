//! What must hold whatever the rules say: answers depend on nothing but the register, its relations and
//! the distance between days.

use niemyet::model::Catalogue;
use niemyet::model::citation::{Citation, Cited};
use niemyet::model::date::{Date, Window};
use niemyet::model::document::{Act, DocumentId, Effective};
use niemyet::validity::assess;
use niemyet::validity::forecast::{What, changes};
use niemyet::validity::procedure::{ProcedureStanding, withheld_since};
use niemyet::validity::standing::Force;

use crate::blank::{day, document, document_id, provision};
use crate::chance::Chance;
use crate::compare::days;
use crate::describe::describe;
use crate::registers::{self, Case, PROVISIONS};

const SEEDS: std::ops::Range<u64> = 0..300;

fn cases() -> impl Iterator<Item = (u64, Case)> {
    SEEDS.map(|seed| (seed, registers::case(&mut Chance::new(7_000_000 + seed))))
}

/// Every answer of a case: the documents one by one, then the procedures.
#[derive(Debug, PartialEq)]
struct Answers {
    documents: Vec<Vec<Force>>,
    procedures: Vec<Vec<ProcedureStanding>>,
}

fn answers(case: &Case, today: Date) -> Answers {
    let assessment = assess(&case.catalogue, today);
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

#[test]
fn answers_do_not_depend_on_today() {
    for (seed, case) in cases() {
        let early = answers(&case, case.first);
        assert_eq!(early, answers(&case, case.last), "seed {seed}\n{}", describe(&case));
        assert_eq!(early, answers(&case, day("1999-12-31")), "seed {seed}\n{}", describe(&case));
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
        assert_eq!(before, after, "seed {seed}\n{}", describe(&case));
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
    assert!(100 < n_permuted);
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
        assert_eq!(before, after, "seed {seed}\n{}", describe(&case));
    }
    assert!(30 < n_shifted);
}

#[test]
fn the_next_change_is_the_next_day_that_differs() {
    for (seed, case) in cases() {
        let catalogue = &case.catalogue;
        let mut assessment = assess(catalogue, case.first);
        let all: Vec<Date> = days(&case).collect();
        let mut differing = Vec::new();
        for pair in all.windows(2) {
            let [before, after] = [pair[0], pair[1]].map(|day| {
                assessment.today = day;
                let documents: Vec<_> = catalogue
                    .document_ids()
                    .map(|(id, _)| assessment.life(id).standing(None, day))
                    .collect();
                let procedures: Vec<_> = catalogue
                    .procedure_ids()
                    .map(|(id, _)| assessment.procedure(id).clone())
                    .collect();
                let groups: Vec<_> = (0..catalogue.groups.len())
                    .map(|group| assessment.is_group_published(group))
                    .collect();
                let agencies: Vec<_> = catalogue
                    .agencies_with_pages()
                    .into_iter()
                    .map(|id| {
                        let office = niemyet::model::agency::OfficeId { agency: id, office: 0 };
                        let is_there = assessment.is_agency_there(catalogue, id);
                        (is_there, assessment.is_office_open(catalogue, office))
                    })
                    .collect();
                (documents, procedures, groups, agencies)
            });
            if before != after {
                differing.push(pair[1]);
            }
        }
        for today in all {
            assessment.today = today;
            let expected = differing.iter().find(|day| today < **day).copied();
            let next = assessment.next_change(catalogue);
            assert_eq!(next, expected, "seed {seed}, {today}\n{}", describe(&case));
        }
    }
}

#[test]
fn the_forecast_names_all_that_differs_and_nothing_else() {
    for (seed, case) in cases() {
        let catalogue = &case.catalogue;
        let assessment = assess(catalogue, case.first);
        let mut expected = Vec::new();
        let all: Vec<Date> = days(&case).collect();
        for pair in all.windows(2) {
            for (document, _) in catalogue.document_ids() {
                // One more provision that begins or ends is a change under the same force.
                let on = |day| assessment.life(document).standing(None, day);
                let (before, after) = (on(pair[0]), on(pair[1]));
                if before != after {
                    let (before, after) = (before.force, after.force);
                    expected.push((pair[1], What::Document { document, before, after }));
                }
            }
            for (id, _) in catalogue.procedure_ids() {
                let shown = |day| assessment.procedure_timeline(id).at(day).shown().is_some();
                let from = |day| assessment.procedure_timeline(id).at(day).applies_from();
                match (shown(pair[0]), shown(pair[1])) {
                    (false, true) => expected.push((pair[1], What::Appears(id))),
                    (true, false) => expected.push((pair[1], What::Goes(id))),
                    (false, false) if from(pair[1]).is_some() && from(pair[0]) != from(pair[1]) => {
                        expected.push((pair[1], What::Announced(id)));
                    }
                    _ => {}
                }
            }
        }
        expected.sort();
        let forecast: Vec<_> = changes(catalogue, &assessment)
            .into_iter()
            .filter(|change| {
                matches!(
                    change.what,
                    What::Document { .. } | What::Announced(_) | What::Appears(_) | What::Goes(_)
                )
            })
            .map(|change| (change.day, change.what))
            .collect();
        assert_eq!(forecast, expected, "seed {seed}\n{}", describe(&case));
    }
}

#[test]
fn a_tombstone_bears_the_first_day_of_its_run() {
    for (seed, case) in cases() {
        let assessment = assess(&case.catalogue, case.first);
        for (id, _) in case.catalogue.procedure_ids() {
            let timeline = assessment.procedure_timeline(id);
            let is_withheld = |day| matches!(timeline.at(day), ProcedureStanding::Withheld { .. });
            let mut since = None;
            let mut always = is_withheld(case.first);
            for day in days(&case) {
                if !is_withheld(day) {
                    (since, always) = (None, false);
                } else if since.is_none() && !always {
                    since = Some(day);
                }
                let found = withheld_since(timeline, day);
                assert_eq!(found, since, "seed {seed}, {id:?}, {day}\n{}", describe(&case));
            }
        }
    }
}

fn has_rival_moves(catalogue: &Catalogue) -> bool {
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

fn later(day: Date, days: i32) -> Date {
    day.checked_add(jiff::Span::new().days(days)).expect("inside the calendar")
}

/// Gives every document another id, wherever it is named.
fn renumber(catalogue: &mut Catalogue, place: &[usize]) {
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

fn each_citation(catalogue: &mut Catalogue, change: &dyn Fn(&mut Citation)) {
    for procedure in &mut catalogue.procedures {
        procedure.legal_basis.iter_mut().for_each(change);
        for element in &mut procedure.elements {
            element.legal_basis.iter_mut().for_each(change);
        }
    }
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
    for procedure in &mut catalogue.procedures {
        window(&mut procedure.validity);
        procedure.elements.iter_mut().for_each(|element| window(&mut element.validity));
    }
    catalogue.groups.iter_mut().for_each(|group| window(&mut group.validity));
    each_citation(catalogue, &|citation| {
        window(&mut citation.validity);
        citation.exemption.iter_mut().for_each(|exemption| change(&mut exemption.until));
    });
}
