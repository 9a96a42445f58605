//! Two acts of one document on one target that cannot both be meant: one ends what the other touches, or
//! both do the same.

use std::collections::BTreeMap;

use super::acts::{Arrow, Wrong, covers_parts};
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::model::Catalogue;
use crate::model::date::{Date, Window};
use crate::model::document::{Act, DocumentId, Effect, Scope};
use crate::model::nearby::Nearby;
use crate::model::provision::{Provision, Relation};
use crate::validity::Assessment;

/// Judges the acts of every document beside each other, and adds the later of two to what is wrong.
pub fn check(
    catalogue: &Catalogue,
    assessment: &Assessment,
    wrong: &mut Wrong,
    report: &mut Report,
) {
    for (by, _) in catalogue.document_ids() {
        of_document(catalogue, assessment, by, wrong, report);
    }
}

fn of_document(
    catalogue: &Catalogue,
    assessment: &Assessment,
    by: DocumentId,
    wrong: &mut Wrong,
    report: &mut Report,
) {
    let document = &catalogue[by];
    let counted = document.effects.iter().enumerate().filter_map(|(place, effect)| {
        let is_wrong = wrong.contains(&(by, Arrow::Effect(place)));
        let day = assessment.counts(by, effect).filter(|_| !is_wrong)?;
        Some(Counted { day, place, effect })
    });
    let mut on_target: BTreeMap<DocumentId, Vec<Counted<'_>>> = BTreeMap::new();
    for act in counted {
        on_target.entry(act.effect.target).or_default().push(act);
    }
    for (target, mut acts) in on_target {
        // On one day an end comes first, for nothing can be done to what has ended.
        acts.sort_by_key(|act| (act.day, !act.effect.act.ends(), act.place));
        let mut nearby = Nearby::default();
        for later in &acts {
            let mut earlier =
                nearby.covering(&later.effect.scope).into_iter().map(|place| &acts[place]);
            nearby.push(&later.effect.scope);
            let Some((first, why)) = earlier.find_map(|first| Some((first, clash(first, later)?)))
            else {
                continue;
            };
            wrong.insert((by, Arrow::Effect(later.place)));
            let found = Diagnostic::new(Code::ActsContradict, later.effect.span)
                .with("number", document.label())
                .with("target", catalogue[target].label())
                .with("why", why);
            report.push(found.note(Note::at(Remark::FirstHere, first.effect.span)));
        }
    }
}

/// An act of a document with the day on which it counts.
struct Counted<'a> {
    day: Date,
    place: usize,
    effect: &'a Effect,
}

/// Why the later of two acts cannot stand beside the first.
fn clash(first: &Counted<'_>, later: &Counted<'_>) -> Option<[String; 2]> {
    let (one, two) = (first.effect, later.effect);
    let day = first.day;
    let is_text_only = matches!(two.act, Act::Corrects | Act::Consolidates);
    if one.act.ends() && !is_text_only && covers(one, two) {
        return Some([
            format!("một tác động khác của nó đã chấm dứt phần ấy từ {day}"),
            format!("another of its acts ends the same from {day}"),
        ]);
    }
    let is_same_scope = covers(one, two) && covers(two, one);
    let is_again = is_same_scope
        && match (one.act, two.act) {
            (Act::Suspends { until }, Act::Suspends { .. }) => {
                Window { from: Some(first.day), until }.covers(later.day)
            }
            (Act::Postpones { .. }, Act::Postpones { .. })
            | (Act::Extends { .. }, Act::Extends { .. })
            | (Act::Resumes, Act::Resumes)
            | (Act::DeclaresContinuing, Act::DeclaresContinuing) => true,
            // Several clauses of one document may amend, each from a day of its own.
            (one_act, two_act) => {
                one_act == two_act && (&one.clause, one.from) == (&two.clause, two.from)
            }
        };
    is_again.then(|| {
        [
            "cùng một việc với cùng phần ấy được ghi hai lần".to_owned(),
            "the same is done twice to the same".to_owned(),
        ]
    })
}

/// Whether an act reaches all that another does, for all the names tell.
fn covers(one: &Effect, two: &Effect) -> bool {
    let is_saved =
        |part: &Provision| one.except.iter().any(|except| except.relation(part) != Relation::Apart);
    match (&one.scope, &two.scope) {
        (Scope::Whole, Scope::Whole) => covers_parts(&two.except, &one.except),
        (Scope::Whole, Scope::Parts(parts)) => !parts.iter().any(is_saved),
        (Scope::Parts(mine), Scope::Parts(theirs)) => {
            covers_parts(mine, theirs) && !theirs.iter().any(is_saved)
        }
        _ => false,
    }
}
