//! What is foretold: the answer for a day is the same from whatever day one looks, the next change is
//! the next day that differs, and the forecast names all that differs and nothing else.

use niemyet::model::agency::OfficeId;
use niemyet::model::date::{Date, Window};
use niemyet::model::procedure::ElementId;
use niemyet::validity::assess;
use niemyet::validity::forecast::{What, changes};
use niemyet::validity::procedure::{ProcedureStanding, withheld_since};
use niemyet::validity::timeline::Timeline;

use crate::blank::day;
use crate::compare::days;
use crate::describe::describe;
use crate::laws::cases;

/// What is asked on a day about that day has to be what was foretold of it.
#[test]
fn the_day_itself_says_what_was_foretold_of_it() {
    for (seed, case) in cases() {
        let catalogue = &case.catalogue;
        let foretold = assess(catalogue, case.first);
        let forecast = changes(catalogue, &foretold);
        for today in days(&case) {
            let at = format!("seed {seed}, {today}\n{}", describe(&case));
            let now = assess(catalogue, today);
            assert_eq!(now.lives().len(), catalogue.documents.len());
            for (id, _) in catalogue.document_ids() {
                assert_eq!(now.document(id), foretold.life(id).whole().at(today), "{at}");
                assert_eq!(now.document(id), now.lives()[id.0 as usize].whole().at(today), "{at}");
            }
            for (id, procedure) in catalogue.procedure_ids() {
                let standing = foretold.procedure_timeline(id).at(today);
                assert_eq!(now.procedure(id), standing, "{at}");
                let published = matches!(standing, ProcedureStanding::Published(_));
                assert_eq!(now.is_published(id), published, "{at}");
                assert_eq!(standing.shown().is_some(), published, "{at}");
                if let ProcedureStanding::Published(shown) = standing {
                    for (element, shows) in (0..).map(ElementId).zip(&shown.elements) {
                        assert_eq!(shown.has(element), *shows, "{at}");
                    }
                }
                let Window { from, until } = procedure.validity;
                let running = from.is_none_or(|from| from <= today)
                    && until.is_none_or(|until| today < until);
                assert_eq!(now.is_running(procedure.validity), running, "{at}");
            }
            for (group, timeline) in foretold.groups().iter().enumerate() {
                assert_eq!(now.is_group_published(group), *timeline.at(today), "{at}");
            }
            assert_eq!(foretold.groups().len(), catalogue.groups.len());
            for agency in catalogue.agencies_with_pages() {
                let there = catalogue[agency].validity.covers(today);
                assert_eq!(now.is_agency_there(catalogue, agency), there, "{at}");
                let office = OfficeId { agency, office: 0 };
                let open = there && catalogue[office].validity.covers(today);
                assert_eq!(now.is_office_open(catalogue, office), open, "{at}");
            }
            let later: Vec<_> = forecast.iter().filter(|it| today < it.day).cloned().collect();
            assert_eq!(changes(catalogue, &now), later, "{at}");
        }
    }
}

/// A timeline joins what agrees, and names the day from which a value holds.
#[test]
fn a_timeline_is_its_days() {
    for (seed, case) in cases() {
        let assessment = assess(&case.catalogue, case.first);
        for (id, _) in case.catalogue.document_ids() {
            let line = assessment.life(id).whole();
            let starts: Vec<Date> = line.spans().map(|(from, _)| from).collect();
            let changes: Vec<Date> = line.changes().map(|(from, _)| from).collect();
            assert_eq!(starts[0], Date::MIN);
            assert_eq!(starts[1..], changes[..], "seed {seed}");
            for today in days(&case) {
                let since = changes.iter().rfind(|from| **from <= today).copied();
                let next = changes.iter().find(|from| today < **from).copied();
                assert_eq!(line.since(today), since, "seed {seed}, {today}");
                assert_eq!(line.next_after(today).map(|it| it.0), next, "seed {seed}, {today}");
                if let Some((from, standing)) = line.next_after(today) {
                    assert_eq!(standing, line.at(from));
                }
            }
        }
    }
    let always = Timeline::within(&[Window::default()]);
    assert_eq!(always.since(day("2026-01-01")), None);
    assert_eq!(always.spans().len(), 1);
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
                        let office = OfficeId { agency: id, office: 0 };
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
            for (id, procedure) in catalogue.procedure_ids() {
                let shown = |day| assessment.procedure_timeline(id).at(day).shown();
                let from = |day| assessment.procedure_timeline(id).at(day).applies_from();
                let what = match (shown(pair[0]), shown(pair[1])) {
                    (None, None) if from(pair[1]).is_some() && from(pair[0]) != from(pair[1]) => {
                        vec![What::Announced(id)]
                    }
                    (None, None) => continue,
                    (None, Some(_)) => vec![What::Appears(id)],
                    (Some(_), None) => vec![What::Goes(id)],
                    (Some(before), Some(after)) => {
                        let elements = (0..).map(ElementId).take(procedure.elements.len());
                        let elements =
                            elements.filter_map(|at| match (before.has(at), after.has(at)) {
                                (false, true) => Some(What::ElementAppears(id, at)),
                                (true, false) => Some(What::ElementGoes(id, at)),
                                _ => None,
                            });
                        let citations = (0..procedure.legal_basis.len())
                            .filter(|at| before.citations[*at] != after.citations[*at])
                            .map(|at| What::Citation(id, at));
                        elements.chain(citations).collect()
                    }
                };
                expected.extend(what.into_iter().map(|what| (pair[1], what)));
            }
            let mut flips =
                |on: &dyn Fn(Date) -> bool, appears, goes| match [on(pair[0]), on(pair[1])] {
                    [false, true] => expected.push((pair[1], appears)),
                    [true, false] => expected.push((pair[1], goes)),
                    _ => {}
                };
            for group in 0..catalogue.groups.len() {
                let filed = |day| *assessment.groups()[group].at(day);
                flips(&filed, What::GroupAppears(group), What::GroupGoes(group));
            }
            for agency in catalogue.agencies_with_pages() {
                let there = |day| catalogue[agency].validity.covers(day);
                flips(&there, What::AgencyAppears(agency), What::AgencyGoes(agency));
                let office = OfficeId { agency, office: 0 };
                let open = |day| there(day) && catalogue[office].validity.covers(day);
                flips(&open, What::OfficeAppears(office), What::OfficeGoes(office));
            }
        }
        expected.sort();
        let forecast: Vec<_> = changes(catalogue, &assessment)
            .into_iter()
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
