//! Acts that cannot be what they say: on the document itself, on one that was not there yet, with an
//! exception that excepts nothing, or without force. Keeps a list of what is wrong for those who come after.

use std::collections::BTreeSet;

use super::days;
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::document::{Act, DocumentId, Effect, Scope};
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

/// Judges every act by itself.
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
    }
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
                Idle::NeverHolds => [
                    "`last_day` của việc tạm ngưng đã qua khi tác động có hiệu lực",
                    "the `last_day` of the suspension has passed when the act takes effect",
                ],
            };
            let span = catalogue[idle.by].effects[idle.effect].span;
            let found = Diagnostic::new(Code::ActWithoutForce, span);
            report.push(found.with("target", document.label()).with("why", why));
        }
    }
}

/// Says which acts count later than they are written to.
pub fn late(catalogue: &Catalogue, assessment: &Assessment, wrong: &Wrong, report: &mut Report) {
    for (by, document) in catalogue.document_ids() {
        if !days::are_sound(assessment, document) {
            continue;
        }
        for (place, effect) in document.effects.iter().enumerate() {
            let life = assessment.life(effect.target);
            let is_idle = life.idle().iter().any(|idle| (idle.by, idle.effect) == (by, place));
            if is_idle || wrong.contains(&(by, Arrow::Effect(place))) || !effect.act.touches_force()
            {
                continue;
            }
            let Some(day) = assessment.counts(by, effect) else { continue };
            // Lists of what has no force any more are made afterwards.
            let is_list =
                effect.act == Act::DeclaresExpired && life.over_before(None, day).is_some();
            let from = effect.from.map(|from| ("from", from));
            let to = match effect.act {
                Act::Postpones { to } => Some(("to", to)),
                _ => None,
            };
            let early = [from, to].into_iter().flatten().find(|(_, early)| *early < day);
            if let Some((key, early)) = early.filter(|_| !is_list) {
                report.push(
                    Diagnostic::new(Code::CountsLater, effect.span)
                        .with("number", document.label())
                        .with("target", catalogue[effect.target].label())
                        .with("key", key)
                        .with("early", early.to_string())
                        .with("date", day.to_string()),
                );
            }
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

/// Whether each of some provisions lies in one of others.
pub(super) fn covers_parts(outer: &[Provision], inner: &[Provision]) -> bool {
    inner.iter().all(|inner| outer.iter().any(|it| it.relation(inner) == Relation::Covers))
}
