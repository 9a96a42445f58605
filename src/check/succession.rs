//! What comes after what: days with no law between an end and a successor, days with both, and acts on
//! what had ended already. Of one act one thing is said.

use super::acts::{Arrow, Wrong};
use super::{because, days};
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::document::{Act, DocumentId, Effect, Scope};
use crate::validity::Assessment;
use crate::validity::standing::{Fact, Link};

/// Judges every act that counts.
pub fn check(catalogue: &Catalogue, assessment: &Assessment, wrong: &Wrong, report: &mut Report) {
    for (by, document) in catalogue.document_ids() {
        for (place, effect) in document.effects.iter().enumerate() {
            let target = assessment.life(effect.target);
            let is_idle = target.idle().iter().any(|idle| (idle.by, idle.effect) == (by, place));
            let is_said = is_idle || wrong.contains(&(by, Arrow::Effect(place)));
            let are_sound = [document, &catalogue[effect.target]]
                .iter()
                .all(|it| days::are_sound(assessment, it));
            if is_said || !are_sound || target.is_on_circle() {
                continue;
            }
            let Some(day) = assessment.counts(by, effect) else { continue };
            let judged = Judged { catalogue, assessment, by, effect, day };
            let found =
                judged.on_ended().or_else(|| judged.before_begun()).or_else(|| judged.beside());
            // Days with no law, or with two, are rare and do happen: they are believed of entries that were
            // both compared with their sources.
            let is_believed = |found: &Diagnostic| {
                matches!(found.code, Code::SuccessorGap | Code::SuccessorOverlap)
                    && document.checked.is_some()
                    && catalogue[effect.target].checked.is_some()
            };
            report.merge(found.filter(|found| !is_believed(found)).into_iter().collect());
        }
    }
}

/// An act with the day on which it counts.
struct Judged<'a> {
    catalogue: &'a Catalogue,
    assessment: &'a Assessment,
    by: DocumentId,
    effect: &'a Effect,
    day: Date,
}

impl Judged<'_> {
    /// An act on what had ended before. Two acts on one day are no contradiction.
    fn on_ended(&self) -> Option<Diagnostic> {
        // Lists of what has no force any more are made afterwards, and so are consolidated texts.
        if matches!(self.effect.act, Act::DeclaresExpired | Act::Consolidates) {
            return None;
        }
        let life = self.assessment.life(self.effect.target);
        let whole = life.over_before(None, self.day).map(|ended| (None, ended));
        let (part, (ended, because)) = whole.or_else(|| {
            let Scope::Parts(parts) = &self.effect.scope else { return None };
            parts
                .iter()
                .find_map(|part| Some((Some(part), life.over_before(Some(part), self.day)?)))
        })?;
        let is_deed_of = |link: &Link, wanted: &dyn Fn(Act, DocumentId) -> bool| match &link.fact {
            Fact::ActedOn(deed) => link.to == self.effect.target && wanted(deed.act, deed.by),
            _ => false,
        };
        // What one document does twice is judged where its acts are compared.
        if because.iter().any(|link| is_deed_of(link, &|_, by| by == self.by)) {
            return None;
        }
        let has_successor =
            because.iter().any(|link| is_deed_of(link, &|act, _| act == Act::Replaces));
        // What never had force leaves no gap.
        let begins = life.first_whole_day().and(self.assessment.life(self.by).first_whole_day());
        let late = begins.filter(|begins| ended < *begins && !has_successor);
        let mut found = match late {
            Some(begins) if self.replaces_whole() => self.gap(ended, begins),
            _ => {
                let provision = part.map_or_else(String::new, |part| format!(" {part}"));
                self.found(Code::ActOnEnded)
                    .with("provision", provision)
                    .with("ended", ended.to_string())
                    .with("date", self.day.to_string())
            }
        };
        for link in &because {
            found = found.note(because_here(self.catalogue, link));
        }
        Some(found)
    }

    /// A clause that takes the old text away before the new one has begun.
    fn before_begun(&self) -> Option<Diagnostic> {
        let life = self.assessment.life(self.by);
        let begins = life.first_whole_day().filter(|begins| self.day < *begins)?;
        self.replaces_whole().then(|| self.gap(self.day, begins))
    }

    /// An act that waits while both texts are in force.
    fn beside(&self) -> Option<Diagnostic> {
        let from = self.effect.from.filter(|_| self.replaces_whole())?;
        let could = self.assessment.could_count(self.by, self.effect)?;
        let old = self.assessment.life(self.effect.target).first_whole_day()?;
        let both = could.max(old);
        (could < from && both < self.day).then(|| {
            let last_day = self.day.yesterday().unwrap_or(self.day);
            let by = &self.catalogue[self.by];
            let note = Note::at(Remark::EffectiveHere, by.at(by.places.effective));
            self.found(Code::SuccessorOverlap)
                .with("from", both.to_string())
                .with("last_day", last_day.to_string())
                .with("days", days::between(both, self.day))
                .note(note.with("number", by.label()))
        })
    }

    fn gap(&self, ended: Date, begins: Date) -> Diagnostic {
        self.found(Code::SuccessorGap)
            .with("ended", ended.to_string())
            .with("begins", begins.to_string())
            .with("days", days::between(ended, begins))
    }

    fn replaces_whole(&self) -> bool {
        self.effect.act == Act::Replaces && self.effect.scope == Scope::Whole
    }

    fn found(&self, code: Code) -> Diagnostic {
        Diagnostic::new(code, self.effect.span)
            .with("number", self.catalogue[self.by].label())
            .with("target", self.catalogue[self.effect.target].label())
    }
}

/// What ended something, with the place where the register says so.
pub(super) fn because_here(catalogue: &Catalogue, link: &Link) -> Note {
    let document = &catalogue[link.to];
    let span = match &link.fact {
        Fact::ActedOn(deed) => {
            let is_it = |effect: &&Effect| {
                effect.target == link.to
                    && (effect.act, &effect.scope, &effect.except)
                        == (deed.act, &deed.scope, &deed.except)
            };
            catalogue[deed.by].effects.iter().find(is_it).map(|effect| effect.span)
        }
        Fact::TermEnds { .. } => document.places.last_day,
        Fact::FellWith { parent, .. } => {
            document.implements.iter().find(|tie| tie.parent == *parent).map(|tie| tie.span)
        }
        _ => None,
    };
    Note { span, ..because(catalogue, link) }
}
