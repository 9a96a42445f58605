//! The register itself: days that are missing or impossible, circles, acts that come to nothing.

use std::collections::BTreeMap;

use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::document::{AssertedStatus, Document, DocumentId, Effective, Scope};
use crate::model::number::NumberKey;
use crate::validity::Assessment;
use crate::validity::life::{Idle, Life};
use crate::validity::standing::{Fact, Force};
use crate::validity::words;

/// Judges every document.
pub fn check(catalogue: &Catalogue, assessment: &Assessment, report: &mut Report) {
    for (id, document) in catalogue.document_ids() {
        let life = assessment.life(id);
        days(document, report);
        if life.is_on_circle() {
            circle(catalogue, assessment, id, report);
        } else {
            idle_acts(catalogue, id, life, report);
            asserted(document, assessment.document(id).force, report);
            outlived(catalogue, id, assessment, report);
        }
        unspecified(catalogue, document, report);
        acts_on_newer(catalogue, document, report);
    }
    same_numbers(catalogue, report);
}

fn days(document: &Document, report: &mut Report) {
    let at = |code| Diagnostic::new(code, document.span).with("number", document.label());
    match (document.effective, document.own_end) {
        (Effective::Missing, _) => report.push(at(Code::EffectiveMissing)),
        (Effective::On(from), Some(end)) if end <= from => {
            report.push(at(Code::EndBeforeStart).with("from", from.to_string()));
        }
        _ => {}
    }
}

fn circle(catalogue: &Catalogue, assessment: &Assessment, id: DocumentId, report: &mut Report) {
    let document = &catalogue[id];
    let mut found = Diagnostic::new(Code::Cycle, document.span).with("number", document.label());
    let inside = |other: DocumentId| assessment.life(other).is_on_circle();
    for effect in document.effects.iter().filter(|effect| effect.act.touches_force()) {
        if inside(effect.target) {
            found = found.note(Note::at(Remark::OnCycle, effect.span));
        }
    }
    for tie in document.implements.iter().filter(|tie| inside(tie.parent)) {
        found = found.note(Note::at(Remark::OnCycle, tie.span));
    }
    report.push(found);
}

fn idle_acts(catalogue: &Catalogue, target: DocumentId, life: &Life, report: &mut Report) {
    for idle in life.idle() {
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
        report.push(found.with("target", catalogue[target].label()).with("why", why));
    }
}

/// An act on a text that did not exist yet. Reported in place of the circle that it may close.
fn acts_on_newer(catalogue: &Catalogue, document: &Document, report: &mut Report) {
    let Effective::On(effective) = document.effective else { return };
    for effect in &document.effects {
        let target = &catalogue[effect.target];
        if let Some(signed) = target.signed.filter(|signed| effective < *signed) {
            let found = Diagnostic::new(Code::ActsOnNewer, effect.span)
                .with("number", document.label())
                .with("effective", effective.to_string())
                .with("target", target.label())
                .with("signed", signed.to_string());
            report.push(found);
        }
    }
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

fn asserted(document: &Document, computed: Force, report: &mut Report) {
    let Some(asserted) = document.status_asserted else { return };
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
    if !agrees {
        let asserted = AssertedStatus::ALL.iter().find(|(status, _)| *status == asserted);
        let computed = [Language::Vietnamese, Language::English]
            .map(|language| words::force(computed, language).to_owned());
        let found = Diagnostic::new(Code::StatusDiffers, document.span)
            .with("number", document.label())
            .with("asserted", asserted.map_or("", |(_, word)| *word))
            .with("computed", computed);
        report.push(found);
    }
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
        if day <= assessment.today {
            let found = Diagnostic::new(Code::ParentEnded, document.span)
                .with("number", document.label())
                .with("parent", catalogue[*parent].label())
                .with("date", day.to_string());
            report.push(found);
        }
    }
}

/// Local numbers repeat in every province; elsewhere two documents with one number are a mistake
/// more often than not.
fn same_numbers(catalogue: &Catalogue, report: &mut Report) {
    let mut first: BTreeMap<(NumberKey, Option<&str>), &Document> = BTreeMap::new();
    for document in &catalogue.documents {
        let Some(number) = &document.number else { continue };
        let key = (NumberKey::new(number), document.province.as_deref());
        if let Some(other) = first.get(&key) {
            let found =
                Diagnostic::new(Code::NumberTwice, document.span).with("number", number.as_str());
            report.push(found.note(Note::at(Remark::OtherHere, other.span)));
        } else {
            first.insert(key, document);
        }
    }
}
