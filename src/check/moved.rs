//! First days that other documents moved: by two of which the wrong one prevails, or to where the moved
//! text has run out already. Who moves what is told by `validity`; here only what cannot be meant.

use std::collections::{BTreeMap, BTreeSet};

use super::acts::{Arrow, Wrong};
use super::days;
use super::ranks::rank;
use super::succession::because_here;
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::document::{Act, Document, DocumentId, Effect, Scope};
use crate::model::provision::{Provision, Relation};
use crate::validity::Assessment;
use crate::validity::standing::Author;

/// Judges every document whose first day was moved. What follows from a text that has run out before it
/// begins is added to what is wrong, and the texts are handed back.
pub fn check(
    catalogue: &Catalogue,
    assessment: &Assessment,
    wrong: &mut Wrong,
    report: &mut Report,
) -> BTreeSet<DocumentId> {
    let mut outrun = BTreeSet::new();
    for (target, moves) in moves(catalogue, assessment, wrong) {
        let document = &catalogue[target];
        // Where it is not known what is moved or ended, another finding says so.
        let is_clear = !assessment.life(target).has_unspecified_end();
        if !is_clear || !days::are_sound(assessment, document) {
            continue;
        }
        let moved = MovedDays { catalogue, assessment, target, moves };
        let told = moved.older_prevails(report);
        if let Some(past) = moved.past_term() {
            // Where the wrong act prevails, that is the cause.
            if !told.contains(&past.by) {
                report.push(past.found);
            }
            if past.is_whole {
                outrun.insert(target);
            }
        }
    }
    for by in &outrun {
        for (place, effect) in catalogue[*by].effects.iter().enumerate() {
            if assessment.counts(*by, effect).is_none() {
                wrong.insert((*by, Arrow::Effect(place)));
            }
        }
    }
    outrun
}

/// An act that moves, with the day on which it counts.
struct Move<'a> {
    day: Date,
    by: DocumentId,
    effect: &'a Effect,
    to: Date,
}

/// The acts that move something of a document, in the order in which they are taken.
fn moves<'a>(
    catalogue: &'a Catalogue,
    assessment: &Assessment,
    wrong: &Wrong,
) -> BTreeMap<DocumentId, Vec<Move<'a>>> {
    let mut moves: BTreeMap<DocumentId, Vec<Move<'_>>> = BTreeMap::new();
    for (by, document) in catalogue.document_ids() {
        for (place, effect) in document.effects.iter().enumerate() {
            let Act::Postpones { to } = effect.act else { continue };
            let life = assessment.life(effect.target);
            let is_idle = life.idle().iter().any(|idle| (idle.by, idle.effect) == (by, place));
            let is_said = is_idle || wrong.contains(&(by, Arrow::Effect(place)));
            let Some(day) = assessment.counts(by, effect).filter(|_| !is_said) else { continue };
            // An act on what had ended by then is told as such.
            if life.over_before(None, day).is_none() {
                let it = Move { day, by, effect, to: to.max(day) };
                moves.entry(effect.target).or_default().push(it);
            }
        }
    }
    for of_target in moves.values_mut() {
        of_target.sort_by_key(|it| it.day);
    }
    moves
}

/// A first day past the own term.
struct PastTerm {
    /// By which of the moves.
    by: usize,
    /// Whether it is that of the whole, which never has force then.
    is_whole: bool,
    found: Diagnostic,
}

/// The moves of one document's first days.
struct MovedDays<'a> {
    catalogue: &'a Catalogue,
    assessment: &'a Assessment,
    target: DocumentId,
    moves: Vec<Move<'a>>,
}

impl MovedDays<'_> {
    /// Of texts of one issuer on one matter that prevails which was signed later (Luật 64/2025/QH15,
    /// Điều 58), but acts are taken in the order in which they count. Hands back the acts that it told.
    fn older_prevails(&self, report: &mut Report) -> BTreeSet<usize> {
        let mut told: BTreeMap<(usize, usize), Vec<&Provision>> = BTreeMap::new();
        for (part, _, author) in self.assessment.life(self.target).moved() {
            let named = |it: &&(usize, &Move<'_>)| names(it.1.effect, part);
            let on_it: Vec<(usize, &Move<'_>)> =
                self.moves.iter().enumerate().filter(|it| named(&it)).collect();
            let Some(((last, prevails), before)) = on_it.split_last() else { continue };
            if !is_by(prevails, author) {
                continue;
            }
            let younger = before
                .iter()
                .filter(|(_, it)| self.is_younger(it.by, prevails.by))
                .max_by_key(|(_, it)| self.catalogue[it.by].signed);
            if let Some((other, _)) = younger {
                told.entry((*last, *other)).or_default().extend(part);
            }
        }
        for ((last, other), parts) in &told {
            report.push(self.older(&self.moves[*last], &self.moves[*other], parts));
        }
        told.into_keys().map(|(last, _)| last).collect()
    }

    /// Whether one text was signed after another and goes before it by that, for all the register tells.
    fn is_younger(&self, one: DocumentId, two: DocumentId) -> bool {
        let (one, two) = (&self.catalogue[one], &self.catalogue[two]);
        let is_later = one.signed.zip(two.signed).is_some_and(|(one, two)| two < one);
        is_later
            && may_be_of_one_issuer(one, two)
            && [one, two].iter().all(|it| days::are_sound(self.assessment, it))
    }

    fn older(&self, prevails: &Move<'_>, other: &Move<'_>, parts: &[&Provision]) -> Diagnostic {
        let (number, target) = (self.catalogue[prevails.by].label(), self.label());
        let signed = |it: &Move<'_>| {
            self.catalogue[it.by].signed.map_or_else(String::new, |day| day.to_string())
        };
        let names: Vec<String> = parts.iter().map(ToString::to_string).collect();
        let part = if names.is_empty() { String::new() } else { format!(" {}", names.join(", ")) };
        let note = Note::at(Remark::ActHere, other.effect.span)
            .with("number", self.catalogue[other.by].label())
            .with("target", target);
        Diagnostic::new(Code::OlderPrevails, prevails.effect.span)
            .with("target", target)
            .with("part", part)
            .with("number", number)
            .with("signed", signed(prevails))
            .with("date", prevails.day.to_string())
            .with("other", self.catalogue[other.by].label())
            .with("later", signed(other))
            .note(note)
    }

    /// A first day that was moved to where the text's own term is over.
    fn past_term(&self) -> Option<PastTerm> {
        let life = self.assessment.life(self.target);
        let (end, term) = life.term_end()?;
        let (part, day, author) = life.moved().find(|(_, day, _)| end <= *day)?;
        let is_it = |it: &&(usize, &Move<'_>)| {
            is_by(it.1, author) && it.1.to == day && reaches(it.1.effect, part)
        };
        let (place, it) = self.moves.iter().enumerate().rev().find(|it| is_it(&it))?;
        let by = self.catalogue[it.by].label();
        let last_day = end.yesterday().unwrap_or(end);
        let from = [format!("{day}, do `{by}` dời"), format!("{day}, as moved by `{by}`")];
        let part_words = match part {
            None => [String::new(), "it".to_owned()],
            Some(part) => [format!(" {part}"), part.to_string()],
        };
        let extend = [
            ", hoặc ghi `extends` nếu thời hạn cũng được kéo dài",
            ", or record `extends` if the term was extended too",
        ];
        let found = Diagnostic::new(Code::EndBeforeStart, it.effect.span)
            .with("number", self.label())
            .with("last_day", last_day.to_string())
            .with("part", part_words)
            .with("from", from)
            .with("key", "to")
            .with("extend", extend)
            .note(because_here(self.catalogue, term));
        Some(PastTerm { by: place, is_whole: part.is_none(), found })
    }

    fn label(&self) -> &str {
        self.catalogue[self.target].label()
    }
}

fn is_by(it: &Move<'_>, author: &Author) -> bool {
    it.by == author.by && it.effect.clause == author.clause
}

/// Whether an act names this very provision, or the whole where there is none.
fn names(effect: &Effect, part: Option<&Provision>) -> bool {
    let same = |one: &Provision, two: &Provision| {
        one.relation(two) == Relation::Covers && two.relation(one) == Relation::Covers
    };
    match (&effect.scope, part) {
        (Scope::Whole, None) => true,
        (Scope::Parts(parts), Some(part)) => {
            let is_saved = effect.except.iter().any(|it| it.relation(part) == Relation::Covers);
            !is_saved && parts.iter().any(|it| same(it, part))
        }
        _ => false,
    }
}

/// Whether an act moves this provision along, or the whole where there is none.
fn reaches(effect: &Effect, part: Option<&Provision>) -> bool {
    match (&effect.scope, part) {
        (Scope::Whole, _) => true,
        (Scope::Parts(parts), Some(part)) => {
            parts.iter().any(|it| it.relation(part) == Relation::Covers)
        }
        _ => false,
    }
}

/// Whether nothing tells that two texts come from different bodies: then the higher one prevails, and not
/// the later one.
fn may_be_of_one_issuer(one: &Document, two: &Document) -> bool {
    let differ_in_rank = rank(one).zip(rank(two)).is_some_and(|(one, two)| one != two);
    let are_apart = !one.issuers.is_empty()
        && !two.issuers.is_empty()
        && !one.issuers.iter().any(|issuer| two.issuers.contains(issuer));
    !differ_in_rank && !are_apart
}
