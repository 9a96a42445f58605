//! The register as such: numbers that stand twice, acts that do not say what they touch, statuses that
//! the acts do not bear out. Calls the subjects that have files of their own, in an order in which the
//! cause is known before what follows from it.

use std::collections::BTreeMap;

use super::{acts, circles, clashes, days, moved, parents, presupposed, ranks, succession};
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::document::{AssertedStatus, Document, DocumentId, Effective, Scope};
use crate::model::number::NumberKey;
use crate::validity::Assessment;
use crate::validity::standing::Force;
use crate::validity::words;

/// Judges every document.
pub fn check(catalogue: &Catalogue, assessment: &Assessment, report: &mut Report) {
    days::of_documents(catalogue, assessment, report);
    let mut wrong = acts::check(catalogue, assessment, report);
    clashes::check(catalogue, assessment, &mut wrong, report);
    presupposed::check(catalogue, assessment, &wrong, report);
    parents::check(catalogue, assessment, &mut wrong, report);
    circles::check(catalogue, assessment, &wrong, report);
    ranks::check(catalogue, &wrong, report);
    let outrun = moved::check(catalogue, assessment, &mut wrong, report);
    acts::idle(catalogue, assessment, &wrong, report);
    acts::late(catalogue, assessment, &wrong, report);
    succession::check(catalogue, assessment, &wrong, report);
    for (id, document) in catalogue.document_ids() {
        unspecified(catalogue, document, report);
        if days::are_sound(assessment, document) && !outrun.contains(&id) {
            asserted(document, id, assessment, report);
        }
    }
    same_numbers(catalogue, report);
}

fn unspecified(catalogue: &Catalogue, document: &Document, report: &mut Report) {
    for effect in &document.effects {
        if effect.scope == Scope::Unspecified && effect.act.touches_force() {
            let from = effect.from.map_or_else(|| "…".to_owned(), |from| from.to_string());
            let found = Diagnostic::new(Code::ScopeUnspecified, effect.span);
            report.push(found.with("target", catalogue[effect.target].label()).with("from", from));
        }
    }
}

/// What the database says against what the acts say. Silent where another finding says already why the
/// two cannot agree: a circle, an act that comes to nothing, a day or a scope that is missing.
fn asserted(document: &Document, id: DocumentId, assessment: &Assessment, report: &mut Report) {
    let Some(asserted) = document.status_asserted else { return };
    let life = assessment.life(id);
    if life.is_on_circle() || !life.idle().is_empty() || life.has_unspecified_end() {
        return;
    }
    let computed = assessment.document(id).force;
    let agrees = match asserted {
        AssertedStatus::NotYet => matches!(computed, Force::NotYet | Force::NotYetButInPart),
        AssertedStatus::InForce => matches!(computed, Force::InForce | Force::InForceInPart),
        AssertedStatus::PartlyEnded => matches!(computed, Force::PartlyEnded | Force::EndedExcept),
        AssertedStatus::Ended => matches!(computed, Force::Ended | Force::Withdrawn),
        AssertedStatus::Suspended => computed == Force::Suspended,
        AssertedStatus::PartlySuspended => computed == Force::PartlySuspended,
        // The database's own word for "no longer fitting" is no status in law.
        AssertedStatus::Obsolete | AssertedStatus::Unknown => true,
    };
    let has_no_date = match asserted {
        AssertedStatus::Ended => !life.has_whole_end(),
        AssertedStatus::PartlyEnded => !life.has_end(),
        _ => false,
    };
    let code = if has_no_date {
        Code::EndUndated
    } else if agrees || document.effective == Effective::Missing || computed == Force::NotItsOwn {
        return;
    } else {
        Code::StatusDiffers
    };
    let word = AssertedStatus::ALL.iter().find(|(status, _)| *status == asserted);
    let computed =
        [Language::Vietnamese, Language::English].map(|language| words::force(computed, language));
    let found = Diagnostic::new(code, document.at(document.places.status_asserted))
        .with("number", document.label())
        .with("asserted", word.map_or("", |(_, word)| *word))
        .with("computed", computed);
    report.push(found);
}

/// Local numbers repeat in every province, and numbers without a year in every year; elsewhere two
/// documents with one number are a mistake more often than not.
fn same_numbers(catalogue: &Catalogue, report: &mut Report) {
    let mut first: BTreeMap<(NumberKey, Option<&str>), Vec<&Document>> = BTreeMap::new();
    for document in &catalogue.documents {
        let Some(number) = &document.number else { continue };
        let key = NumberKey::new(number);
        let has_year = key.has_year();
        let same = first.entry((key, document.province.as_deref())).or_default();
        let days = |other: &Document| document.signed.zip(other.signed);
        let differ = |other: &Document| days(other).is_some_and(|(one, two)| one != two);
        if let Some(other) = same.iter().find(|other| has_year || !differ(other)) {
            let mut found =
                Diagnostic::new(Code::NumberTwice, document.span).with("number", number.as_str());
            found = match days(other) {
                Some((one, two)) if one != two => found.note(
                    Note::at(Remark::SignedApart, other.at(other.places.signed))
                        .with("here", one.to_string())
                        .with("there", two.to_string()),
                ),
                Some((day, _)) => found
                    .note(Note::at(Remark::SignedAlike, other.span).with("date", day.to_string())),
                None => found.note(Note::at(Remark::OtherHere, other.span)),
            };
            report.push(found);
        } else {
            same.push(document);
        }
    }
}
