//! How a document and its provisions begin (rule 1 of `rules.md`): their first days, who moved them, and
//! what that rests on. What moves them is told in `acts.rs`.

use super::standing::{Author, Fact, Link};
use crate::model::date::Date;
use crate::model::document::DocumentId;
use crate::model::provision::{Provision, Relation};

/// How a document and those of its provisions begin that have a day of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Beginnings {
    pub(super) of: DocumentId,
    pub(super) whole: Start,
    pub(super) own: Vec<OwnStart>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Start {
    On { day: Date, moved: Option<Moved> },
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OwnStart {
    pub(super) scope: Provision,
    pub(super) day: Date,
    pub(super) moved: Option<Moved>,
}

/// Who moved a first day, and what that rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Moved {
    pub(super) author: Author,
    pub(super) behind: Vec<Link>,
}

/// A first day, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Beginning {
    pub(super) day: Date,
    pub(super) chain: Vec<Link>,
}

impl Beginnings {
    /// The days that may be a provision's first, in order; none where it is unknown.
    pub(super) fn first_days(&self, part: &Provision) -> Vec<Date> {
        let mut days: Vec<Date> = self.of_part(part).iter().map(|it| it.day).collect();
        days.dedup();
        days
    }

    /// Who moved the first day that a provision has.
    pub(super) fn mover(&self, part: &Provision) -> Option<Moved> {
        let own = self.innermost(part);
        own.map_or_else(
            || match &self.whole {
                Start::On { moved, .. } => moved.clone(),
                Start::Unknown => None,
            },
            |own| own.moved.clone(),
        )
    }

    /// How a provision begins: with the innermost entry that covers it, or else with the document; and
    /// with each entry that, for all the names tell, may lie between the two. By day; nothing where the
    /// register does not say.
    pub(super) fn of_part(&self, asked: &Provision) -> Vec<Beginning> {
        let own = self.innermost(asked);
        let begins = own.map_or_else(|| self.of_whole(), |own| Some(self.of_entry(own)));
        let Some(begins) = begins else { return Vec::new() };
        let level = own.map(|own| own.scope.level());
        let between = self.own.iter().filter(|other| {
            other.scope.relation(asked) == Relation::Unclear
                && other.scope.may_cover(asked)
                && level < Some(other.scope.level())
        });
        let mut beginnings: Vec<Beginning> =
            between.map(|own| self.of_entry(own)).chain([begins]).collect();
        beginnings.sort();
        beginnings
    }

    fn innermost(&self, asked: &Provision) -> Option<&OwnStart> {
        let covering = self.own.iter().filter(|own| own.scope.relation(asked) == Relation::Covers);
        covering.max_by_key(|own| (own.scope.level(), own.day))
    }

    /// How the document begins; none where the register does not say.
    pub(super) fn of_whole(&self) -> Option<Beginning> {
        let Start::On { day, moved } = &self.whole else { return None };
        let fact = match moved {
            Some(moved) => Fact::Moved(moved.author.clone()),
            None => Fact::TakesEffect,
        };
        Some(self.begins(*day, fact, moved.as_ref()))
    }

    pub(super) fn of_entry(&self, own: &OwnStart) -> Beginning {
        let scope = own.scope.clone();
        let fact = match &own.moved {
            Some(moved) => Fact::ProvisionMoved(scope, moved.author.clone()),
            None => Fact::ProvisionTakesEffect(scope),
        };
        self.begins(own.day, fact, own.moved.as_ref())
    }

    fn begins(&self, day: Date, fact: Fact, moved: Option<&Moved>) -> Beginning {
        let behind = moved.map_or(&[][..], |moved| &moved.behind);
        Beginning { day, chain: chain(&Link { day: Some(day), to: self.of, fact }, behind) }
    }

    /// How this document, or a clause of it, begins, and what that rests on; nothing where the register
    /// does not say.
    pub(super) fn reasons(&self, clause: Option<&Provision>) -> Vec<Link> {
        let begins = match clause {
            None => self.of_whole(),
            Some(clause) => self.of_part(clause).pop(),
        };
        begins.map(|begins| begins.chain).unwrap_or_default()
    }
}

/// No law rests on so many acts: without a limit, a register in which each text moves the next would
/// cost the square of its length.
const LONGEST_CHAIN: usize = 24;

/// A link and what it rests on, as far as a reader will follow.
pub(super) fn chain(link: &Link, behind: &[Link]) -> Vec<Link> {
    std::iter::once(link).chain(behind).take(LONGEST_CHAIN).cloned().collect()
}
