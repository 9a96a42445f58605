//! Documents and those that they implement: the child does not come before the parent, and one that
//! outlived its parent is to be reviewed.

use super::acts::{Arrow, Wrong};
use super::days;
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::model::Catalogue;
use crate::model::document::{Document, DocumentId, Implements};
use crate::validity::Assessment;
use crate::validity::standing::Fact;

/// Judges every tie to a parent, and adds those that cannot be to what is wrong.
pub fn check(
    catalogue: &Catalogue,
    assessment: &Assessment,
    wrong: &mut Wrong,
    report: &mut Report,
) {
    for (id, document) in catalogue.document_ids() {
        for (place, tie) in document.implements.iter().enumerate() {
            let mut before = document.implements[..place].iter();
            // What implements two parts of one parent by parts of its own has two ties to it.
            let is_same = |first: &&Implements| first.parent == tie.parent && first.own == tie.own;
            if let Some(first) = before.find(is_same) {
                let found = Diagnostic::new(Code::ParentTwice, tie.span)
                    .with("number", document.label())
                    .with("parent", catalogue[tie.parent].label());
                report.push(found.note(Note::at(Remark::FirstHere, first.span)));
                continue;
            }
            let parent = &catalogue[tie.parent];
            let are_sound = [document, parent].iter().all(|it| days::are_sound(assessment, it));
            if !are_sound || wrong.contains(&(id, Arrow::Tie(place))) {
                continue;
            }
            if let Some(found) = older(document, parent, tie) {
                wrong.insert((id, Arrow::Tie(place)));
                report.push(found);
            } else if let Some(found) = earlier(catalogue, assessment, id, tie) {
                report.push(found);
            }
        }
        if !assessment.life(id).is_on_circle() {
            outlived(catalogue, id, assessment, report);
        }
    }
}

/// A child that was there before the parent was signed. Where the child's own signature is not
/// recorded, its first day stands for it: nothing takes effect before it is signed.
fn older(document: &Document, parent: &Document, tie: &Implements) -> Option<Diagnostic> {
    let parent_signed = parent.signed?;
    let (born, day) = days::born(document).filter(|(_, day)| *day < parent_signed)?;
    let note = Note::at(Remark::SignedHere, parent.at(parent.places.signed))
        .with("number", parent.label())
        .with("date", parent_signed.to_string());
    Some(
        Diagnostic::new(Code::OlderThanParent, tie.span)
            .with("number", document.label())
            .with("parent", parent.label())
            .with("born", born)
            .with("date", day.to_string())
            .with("signed", parent_signed.to_string())
            .note(note),
    )
}

/// A child, or what in it implements the parent, that begins before anything it implements does.
fn earlier(
    catalogue: &Catalogue,
    assessment: &Assessment,
    id: DocumentId,
    tie: &Implements,
) -> Option<Diagnostic> {
    let (document, parent) = (&catalogue[id], &catalogue[tie.parent]);
    let life = assessment.life(id);
    let begins = if tie.own.is_empty() { life.start_day() } else { life.earliest_day(&tie.own) };
    let parent_begins = assessment.life(tie.parent).earliest_day(&tie.scope)?;
    let begins = begins.filter(|begins| *begins < parent_begins)?;
    let note = Note::at(Remark::EffectiveHere, parent.at(parent.places.effective));
    Some(
        Diagnostic::new(Code::BeforeParent, tie.span)
            .with("number", document.label())
            .with("parent", parent.label())
            .with("begins", begins.to_string())
            .with("date", parent_begins.to_string())
            .with("days", days::between(begins, parent_begins))
            .note(note.with("number", parent.label())),
    )
}

fn outlived(catalogue: &Catalogue, id: DocumentId, assessment: &Assessment, report: &mut Report) {
    if assessment.document(id).force.is_over() {
        return;
    }
    let document = &catalogue[id];
    for link in assessment.life(id).survived() {
        let (Fact::OutlivedParent { parent, .. }, Some(day)) = (&link.fact, link.day) else {
            continue;
        };
        if !assessment.is_to_come(day) {
            let tie = document.implements.iter().find(|tie| tie.parent == *parent);
            let found =
                Diagnostic::new(Code::ParentEnded, tie.map_or(document.span, |tie| tie.span))
                    .with("number", document.label())
                    .with("parent", catalogue[*parent].label())
                    .with("date", day.to_string());
            report.push(found);
        }
    }
}
