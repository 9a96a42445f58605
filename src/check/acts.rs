//! Acts that cannot be what they say: on the document itself, on one that was not there yet, against
//! another act of the same document, without what they presuppose, or without force.

use std::collections::{BTreeMap, BTreeSet};

use super::days;
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::model::Catalogue;
use crate::model::date::{Date, Window};
use crate::model::document::{Act, Document, DocumentId, Effect, Scope};
use crate::model::provision::{Provision, Relation};
use crate::validity::Assessment;
use crate::validity::life::Idle;

/// An act or a tie of a document, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arrow {
    /// One of its effects.
    Effect(usize),
    /// One of the documents it implements.
    Tie(usize),
}

/// What has been found wrong, so that what follows from it is not said again.
pub type Wrong = BTreeSet<(DocumentId, Arrow)>;

/// Judges every act by itself and beside the others of its document.
pub fn check(catalogue: &Catalogue, assessment: &Assessment, report: &mut Report) -> Wrong {
    let mut wrong = Wrong::new();
    for (by, document) in catalogue.document_ids() {
        for (place, tie) in document.implements.iter().enumerate() {
            if tie.parent == by {
                wrong.insert((by, Arrow::Tie(place)));
                let found = Diagnostic::new(Code::ActsOnItself, tie.span);
                report.push(found.with("number", document.label()));
            }
        }
        for (place, effect) in document.effects.iter().enumerate() {
            let found = if effect.target == by {
                let found = Diagnostic::new(Code::ActsOnItself, effect.span);
                Some(found.with("number", document.label()))
            } else {
                on_newer(catalogue, assessment, by, effect)
            };
            if let Some(found) = found {
                wrong.insert((by, Arrow::Effect(place)));
                report.push(found);
            }
            except_outside(effect, report);
        }
        contradictions(catalogue, assessment, by, &mut wrong, report);
    }
    resumes_nothing(catalogue, assessment, &wrong, report);
    continues_nothing(catalogue, assessment, &wrong, report);
    wrong
}

/// Says which acts come to nothing.
pub fn idle(catalogue: &Catalogue, assessment: &Assessment, wrong: &Wrong, report: &mut Report) {
    for (target, document) in catalogue.document_ids() {
        let idle = assessment.life(target).idle().iter();
        for idle in idle.filter(|idle| !wrong.contains(&(idle.by, Arrow::Effect(idle.effect)))) {
            let why = match idle.why {
                Idle::NeverCounts => [
                    "vào ngày đó văn bản tác động không có hiệu lực",
                    "the acting document is not in force when it would act",
                ],
                Idle::TooLate => [
                    "ngày phải dời đã qua khi tác động có hiệu lực",
                    "the day to be moved has passed when the act takes effect",
                ],
                Idle::NoTerm => [
                    "văn bản kia không có thời hạn để kéo dài",
                    "the other document has no term to extend",
                ],
            };
            let span = catalogue[idle.by].effects[idle.effect].span;
            let found = Diagnostic::new(Code::ActWithoutForce, span);
            report.push(found.with("target", document.label()).with("why", why));
        }
    }
}

/// An act on a text that was not there yet: its own document is older than the text, or takes effect or
/// counts before the text was signed.
fn on_newer(
    catalogue: &Catalogue,
    assessment: &Assessment,
    by: DocumentId,
    effect: &Effect,
) -> Option<Diagnostic> {
    let (document, target) = (&catalogue[by], &catalogue[effect.target]);
    if ![document, target].iter().all(|it| days::are_sound(assessment, it)) {
        return None;
    }
    let signed = target.signed?;
    let counts = || {
        let words = ["tác động từ", "acting from"];
        assessment.counts(by, effect).map(|day| (words, day))
    };
    let is_before = |(_, day): &(_, Date)| *day < signed;
    let (born, day) =
        days::born(document).filter(is_before).or_else(|| counts().filter(is_before))?;
    let note = Note::at(Remark::SignedHere, target.at(target.places.signed))
        .with("number", target.label())
        .with("date", signed.to_string());
    Some(
        Diagnostic::new(Code::ActsOnNewer, effect.span)
            .with("number", document.label())
            .with("born", born)
            .with("date", day.to_string())
            .with("target", target.label())
            .with("signed", signed.to_string())
            .note(note),
    )
}

/// `except` takes something out of `scope`: what lies outside it saves nothing, and what covers all of
/// it leaves no act.
fn except_outside(effect: &Effect, report: &mut Report) {
    let Scope::Parts(parts) = &effect.scope else { return };
    let is_apart =
        |except: &&Provision| parts.iter().all(|part| part.relation(except) == Relation::Apart);
    let why = if let Some(except) = effect.except.iter().find(is_apart) {
        [format!("`{except}` nằm ngoài `scope`"), format!("`{except}` lies outside `scope`")]
    } else if covers_parts(&effect.except, parts) {
        [
            "nó bao trùm cả `scope`, nên không còn gì để tác động".to_owned(),
            "it covers all of `scope`, so that nothing is left to act on".to_owned(),
        ]
    } else {
        return;
    };
    report.push(Diagnostic::new(Code::ExceptOutside, effect.span).with("why", why));
}

/// Two acts of one document on one target, of which the later adds nothing or says something else.
fn contradictions(
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
        for (at, later) in acts.iter().enumerate() {
            let mut earlier = acts[..at].iter();
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

/// Whether each of some provisions lies in one of others.
fn covers_parts(outer: &[Provision], inner: &[Provision]) -> bool {
    inner.iter().all(|inner| outer.iter().any(|it| it.relation(inner) == Relation::Covers))
}

/// What resumes ends a suspension; without one the register lacks an act.
fn resumes_nothing(
    catalogue: &Catalogue,
    assessment: &Assessment,
    wrong: &Wrong,
    report: &mut Report,
) {
    let mut suspensions: BTreeMap<DocumentId, Vec<(DocumentId, &Effect)>> = BTreeMap::new();
    for (by, document) in catalogue.document_ids() {
        for effect in &document.effects {
            if matches!(effect.act, Act::Suspends { .. }) {
                suspensions.entry(effect.target).or_default().push((by, effect));
            }
        }
    }
    for (document, effect, day) in counted(catalogue, assessment, wrong, Act::Resumes) {
        let holds = |(by, suspension): &(DocumentId, &Effect)| {
            let Act::Suspends { until } = suspension.act else { return false };
            // A suspension that never counts is said to, and explains this one.
            let window = Window { from: assessment.counts(*by, suspension), until };
            window.covers(day) && meet(&suspension.scope, &effect.scope)
        };
        if !suspensions.get(&effect.target).is_some_and(|all| all.iter().any(holds)) {
            let found = Diagnostic::new(Code::ResumesNothing, effect.span)
                .with("number", document.label())
                .with("target", catalogue[effect.target].label())
                .with("date", day.to_string());
            report.push(found);
        }
    }
}

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
            if let Some(day) = assessment.counts(by, effect).filter(|_| is_meant) {
                counted.push((document, effect, day));
            }
        }
    }
    counted
}
