//! The order of texts (Luật 64/2025/QH15, Điều 4): what a lower one cannot do to a higher one. Speaks only
//! where the numbers leave no doubt; resolutions stand on several steps, and are never judged.

use super::acts::{Arrow, Wrong};
use super::is_local;
use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report};
use crate::model::Catalogue;
use crate::model::document::{Act, Document, Kind};
use crate::model::number;

/// Judges every act and every tie by the kinds at its ends.
pub fn check(catalogue: &Catalogue, wrong: &Wrong, report: &mut Report) {
    for (id, document) in catalogue.document_ids() {
        for (place, effect) in document.effects.iter().enumerate() {
            let target = &catalogue[effect.target];
            if !wrong.contains(&(id, Arrow::Effect(place)))
                && cannot_act(document, effect.act, target)
            {
                let found = Diagnostic::new(Code::ActsOnHigher, effect.span)
                    .with("number", document.label())
                    .with("kind", acting(document))
                    .with("target", target.label())
                    .with("target_kind", small(target.kind));
                report.push(found);
            }
        }
        for (place, tie) in document.implements.iter().enumerate() {
            let parent = &catalogue[tie.parent];
            if !wrong.contains(&(id, Arrow::Tie(place))) && cannot_implement(document, parent) {
                let found = Diagnostic::new(Code::ImplementsLower, tie.span)
                    .with("number", document.label())
                    .with("kind", small(document.kind))
                    .with("parent", parent.label())
                    .with("parent_kind", small(parent.kind));
                report.push(found);
            }
        }
    }
}

fn cannot_act(by: &Document, act: Act, target: &Document) -> bool {
    let is_letter = is_letter(by);
    // What only tells what has happened already, or what the words are, may come from anybody.
    let tells = matches!(
        act,
        Act::DeclaresExpired | Act::DeclaresContinuing | Act::Corrects | Act::Consolidates
    );
    if by.kind == Kind::Consolidation {
        return act != Act::Consolidates;
    }
    if is_letter || tells {
        return is_letter && !tells;
    }
    let is_lower = rank(by).zip(rank(target)).is_some_and(|(by, target)| target + 2 <= by);
    is_lower && !matches!(act, Act::Amends | Act::Resumes)
}

fn cannot_implement(document: &Document, parent: &Document) -> bool {
    rank(document).zip(rank(parent)).is_some_and(|(own, parent)| {
        let is_law = own <= LAW;
        own + 2 <= parent || is_law && LAW < parent
    })
}

const LAW: u8 = 1;

/// The step on which a text stands, the highest first. Neighbours have acted on each other in the past;
/// two steps apart they cannot.
pub(super) fn rank(document: &Document) -> Option<u8> {
    match document.kind {
        Kind::Constitution => Some(0),
        Kind::Code | Kind::Law => Some(LAW),
        Kind::Ordinance | Kind::Decree => Some(2),
        Kind::Decision | Kind::Directive if is_local(document) => Some(4),
        Kind::Decision => Some(3),
        Kind::Circular | Kind::JointCircular => Some(4),
        Kind::Resolution
        | Kind::Order
        | Kind::Directive
        | Kind::Consolidation
        | Kind::Treaty
        | Kind::Other => None,
    }
}

/// A letter, a notice or a plan, by its number: văn bản hành chính (Nghị định 30/2020/NĐ-CP, Điều 7).
fn is_letter(document: &Document) -> bool {
    document.kind == Kind::Other && document.number.as_deref().is_some_and(number::is_letter)
}

/// The kind of what acts, in small letters.
fn acting(document: &Document) -> String {
    if is_letter(document) { "văn bản hành chính".to_owned() } else { small(document.kind) }
}

fn small(kind: Kind) -> String {
    kind.name().to_lowercase()
}
