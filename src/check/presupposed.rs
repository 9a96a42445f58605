//! Acts that need something to have happened before: nothing is resumed that was not suspended, and
//! nothing continues whose parent has not ended, and a term is extended to a later day. What is missing is missing from the register.

use std::collections::BTreeMap;

use super::acts::{Arrow, Wrong};
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::model::Catalogue;
use crate::model::date::{Date, Window};
use crate::model::document::{Act, Document, DocumentId, Effect, Scope};
use crate::model::nearby::Nearby;
use crate::model::provision::Relation;
use crate::validity::Assessment;

/// Judges every act that resumes or continues something.
pub fn check(catalogue: &Catalogue, assessment: &Assessment, wrong: &Wrong, report: &mut Report) {
    resumes_nothing(catalogue, assessment, wrong, report);
    continues_nothing(catalogue, assessment, wrong, report);
    extends_back(catalogue, assessment, wrong, report);
}

/// What resumes ends a suspension; without one the register lacks an act.
fn resumes_nothing(
    catalogue: &Catalogue,
    assessment: &Assessment,
    wrong: &Wrong,
    report: &mut Report,
) {
    let mut suspensions: BTreeMap<DocumentId, (Nearby, Vec<Suspension<'_>>)> = BTreeMap::new();
    for (by, document) in catalogue.document_ids() {
        for effect in &document.effects {
            if let Act::Suspends { until } = effect.act {
                // A suspension that never counts is said to, and explains what would resume it.
                let window = Window { from: assessment.counts(by, effect), until };
                let (nearby, of_target) = suspensions.entry(effect.target).or_default();
                nearby.push(&effect.scope);
                of_target.push((window, effect));
            }
        }
    }
    for (document, effect, day) in counted(catalogue, assessment, wrong, Act::Resumes) {
        let holds = |(window, suspension): &Suspension<'_>| {
            window.covers(day) && meet(&suspension.scope, &effect.scope)
        };
        let is_held = suspensions.get(&effect.target).is_some_and(|(nearby, all)| {
            nearby.to_scope(&effect.scope).into_iter().any(|place| holds(&all[place]))
        });
        if !is_held {
            let found = Diagnostic::new(Code::ResumesNothing, effect.span)
                .with("number", document.label())
                .with("target", catalogue[effect.target].label())
                .with("date", day.to_string());
            report.push(found);
        }
    }
}

/// A suspension with the days that it names.
type Suspension<'a> = (Window, &'a Effect);

fn meet(one: &Scope, two: &Scope) -> bool {
    match (one, two) {
        (Scope::Parts(one), Scope::Parts(two)) => {
            one.iter().any(|one| two.iter().any(|two| one.relation(two) != Relation::Apart))
        }
        _ => true,
    }
}

/// What is announced to continue would else fall with a parent.
fn continues_nothing(
    catalogue: &Catalogue,
    assessment: &Assessment,
    wrong: &Wrong,
    report: &mut Report,
) {
    for (document, effect, _) in counted(catalogue, assessment, wrong, Act::DeclaresContinuing) {
        let target = &catalogue[effect.target];
        let is_unknown = |parent: DocumentId| assessment.life(parent).is_on_circle();
        let is_ended = target
            .implements
            .iter()
            .any(|tie| is_unknown(tie.parent) || assessment.parent_end(tie).is_some());
        if is_ended {
            continue;
        }
        let why = if target.implements.is_empty() {
            [
                "danh bạ không ghi nó quy định chi tiết văn bản nào",
                "it is not recorded to implement any document",
            ]
        } else {
            [
                "danh bạ không ghi văn bản mà nó quy định chi tiết hết hiệu lực khi nào",
                "no document that it implements is recorded to end",
            ]
        };
        let mut found = Diagnostic::new(Code::ContinuesNothing, effect.span)
            .with("number", document.label())
            .with("target", target.label())
            .with("why", why);
        for tie in &target.implements {
            found = found.note(
                Note::at(Remark::TieHere, tie.span)
                    .with("number", target.label())
                    .with("target", catalogue[tie.parent].label()),
            );
        }
        report.push(found);
    }
}

/// What is extended had a shorter term before.
fn extends_back(
    catalogue: &Catalogue,
    assessment: &Assessment,
    wrong: &Wrong,
    report: &mut Report,
) {
    let mut acts: BTreeMap<DocumentId, Vec<(Date, Date, &Document, &Effect)>> = BTreeMap::new();
    for (by, document) in catalogue.document_ids() {
        for (place, effect) in document.effects.iter().enumerate() {
            let Act::Extends { until } = effect.act else { continue };
            let is_wrong = wrong.contains(&(by, Arrow::Effect(place)));
            if let Some(day) = assessment.counts(by, effect).filter(|_| !is_wrong) {
                acts.entry(effect.target).or_default().push((day, until, document, effect));
            }
        }
    }
    for (target, mut acts) in acts {
        let target = &catalogue[target];
        let Some(mut end) = target.own_end else { continue };
        acts.sort_by_key(|(day, ..)| *day);
        for (day, until, document, effect) in acts {
            // What comes when the term is over extends nothing, which is said elsewhere.
            if day < end && until < end {
                let last_day = |end: Date| end.yesterday().unwrap_or(end).to_string();
                let found = Diagnostic::new(Code::ExtendsBack, effect.span)
                    .with("number", document.label())
                    .with("target", target.label())
                    .with("last_day", last_day(until))
                    .with("term", last_day(end));
                report.push(found);
            }
            end = until;
        }
    }
}

/// All acts of a kind that count and are not wrong, with their documents and days.
fn counted<'a>(
    catalogue: &'a Catalogue,
    assessment: &Assessment,
    wrong: &Wrong,
    act: Act,
) -> Vec<(&'a Document, &'a Effect, Date)> {
    let mut counted = Vec::new();
    for (by, document) in catalogue.document_ids() {
        for (place, effect) in document.effects.iter().enumerate() {
            let is_meant = effect.act == act
                && !wrong.contains(&(by, Arrow::Effect(place)))
                && !assessment.life(effect.target).is_on_circle();
            if is_meant && let Some(day) = assessment.counts(by, effect) {
                counted.push((document, effect, day));
            }
        }
    }
    counted
}
