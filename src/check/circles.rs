//! Circles of documents that act on each other: each said once, at its first document, with the acts
//! that close it. Where one of these acts is known to be wrong, that is the finding.

use std::collections::BTreeSet;

use super::acts::{Arrow, Wrong};
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::model::Catalogue;
use crate::model::document::DocumentId;
use crate::validity::Assessment;

/// More acts than this help nobody to see the circle.
const NOTES_LIMIT: usize = 8;

/// Judges every circle.
pub fn check(catalogue: &Catalogue, assessment: &Assessment, wrong: &Wrong, report: &mut Report) {
    for circle in assessment.circles(catalogue) {
        // A document that acts on itself alone has a finding of its own.
        let Some(first) = circle.first().filter(|_| 1 < circle.len()) else { continue };
        let (notes, is_explained) = arrows(catalogue, &circle, wrong);
        if is_explained {
            continue;
        }
        let mut found = Diagnostic::new(Code::Cycle, catalogue[*first].span)
            .with("number", catalogue[*first].label())
            .with("n", circle.len().to_string());
        for note in notes.into_iter().take(NOTES_LIMIT) {
            found = found.note(note);
        }
        report.push(found);
    }
}

/// The acts and ties from a member to another, and whether one of them is wrong by itself.
fn arrows(
    catalogue: &Catalogue,
    circle: &BTreeSet<DocumentId>,
    wrong: &Wrong,
) -> (Vec<Note>, bool) {
    let mut notes = Vec::new();
    let mut is_explained = false;
    for by in circle {
        let document = &catalogue[*by];
        let inside = |other: DocumentId| other != *by && circle.contains(&other);
        for (place, effect) in document.effects.iter().enumerate() {
            if effect.act.touches_force() && inside(effect.target) {
                is_explained |= wrong.contains(&(*by, Arrow::Effect(place)));
                let target = catalogue[effect.target].label();
                notes.push(
                    Note::at(Remark::ActHere, effect.span)
                        .with("number", document.label())
                        .with("target", target),
                );
            }
        }
        for (place, tie) in document.implements.iter().enumerate() {
            if inside(tie.parent) {
                is_explained |= wrong.contains(&(*by, Arrow::Tie(place)));
                notes.push(
                    Note::at(Remark::TieHere, tie.span)
                        .with("number", document.label())
                        .with("target", catalogue[tie.parent].label()),
                );
            }
        }
    }
    (notes, is_explained)
}
