//! What an act reaches, and how that meets what is asked: the whole, or a provision (rules 5 and 6).
//! Knows names of provisions only; whether a chapter contains an article is left unclear.

use std::borrow::Cow;

use super::standing::{Author, Fact, Link};
use crate::model::date::{Date, Window};
use crate::model::document::{DocumentId, Scope};
use crate::model::provision::{Provision, Relation};

/// What an act reaches.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    pub(super) scope: Scope,
    pub(super) except: Vec<Provision>,
}

#[derive(Clone, Debug)]
pub(super) struct Pause {
    pub(super) reach: Reach,
    /// The days on which it holds, before anything resumes.
    pub(super) holds: Vec<Window>,
    pub(super) resumed: Vec<Resumption>,
    pub(super) author: Author,
    /// The act, and what it rests on.
    pub(super) chain: Vec<Link>,
}

/// An act that resumes, of what a pause may hold.
#[derive(Clone, Debug)]
pub(super) struct Resumption {
    pub(super) on: Date,
    pub(super) reach: Reach,
    /// The act, and what it rests on.
    pub(super) chain: Vec<Link>,
}

/// How a reach meets a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Touch {
    Apart,
    Covered,
    Partly,
    Unclear,
}

impl Reach {
    pub(super) fn is_all(&self) -> bool {
        self.scope == Scope::Whole && self.except.is_empty()
    }

    pub(super) fn is_all_but_some(&self) -> bool {
        self.scope == Scope::Whole && !self.except.is_empty()
    }

    /// Whether its scope covers a provision, whatever it excepts.
    pub(super) fn scope_covers(&self, asked: &Provision) -> bool {
        match &self.scope {
            Scope::Whole => true,
            Scope::Parts(parts) => parts.iter().any(|it| it.relation(asked) == Relation::Covers),
            Scope::Unspecified => false,
        }
    }

    /// How it meets a provision: what covers beats what is unclear, which beats a part.
    pub(super) fn touches(&self, asked: &Provision) -> Touch {
        let touch = match &self.scope {
            Scope::Whole => Touch::Covered,
            Scope::Unspecified => Touch::Unclear,
            Scope::Parts(parts) => {
                let any = |relation| parts.iter().any(|part| part.relation(asked) == relation);
                if any(Relation::Covers) {
                    Touch::Covered
                } else if any(Relation::Unclear) {
                    Touch::Unclear
                } else if any(Relation::Inside) {
                    Touch::Partly
                } else {
                    Touch::Apart
                }
            }
        };
        if touch == Touch::Apart {
            return touch;
        }
        let saved = |relation| self.except.iter().any(|part| part.relation(asked) == relation);
        if saved(Relation::Covers) {
            Touch::Apart
        } else if saved(Relation::Unclear) {
            Touch::Unclear
        } else if saved(Relation::Inside) && touch == Touch::Covered {
            Touch::Partly
        } else {
            touch
        }
    }
}

impl Pause {
    pub(super) fn holds(&self, day: Date) -> bool {
        self.holds.iter().any(|window| window.covers(day))
    }

    fn resumed_by(&self, day: Date) -> impl Iterator<Item = &Resumption> {
        self.resumed.iter().filter(move |it| it.on <= day)
    }

    /// By a day: the suspension of what is asked and what lifted it, as a whole or in part: the acts that
    /// resumed it, or the day on which it was over. Nothing of one that holds in full.
    pub(super) fn lifted(&self, asked: Option<&Provision>, of: DocumentId, day: Date) -> Vec<Link> {
        let was_held_before = |on: Date| {
            let touch = |eve| match asked {
                None => self.touches_whole(eve),
                Some(part) => self.touches(part, eve),
            };
            on.yesterday().is_ok_and(|eve| touch(eve) != Touch::Apart)
        };
        let meets = |reach: &Reach| asked.is_none_or(|part| reach.touches(part) != Touch::Apart);
        let resumed = self.resumed_by(day).filter(|it| meets(&it.reach) && was_held_before(it.on));
        let mut lifting: Vec<Link> = resumed.flat_map(|it| it.chain.clone()).collect();
        let over = self.holds.iter().filter_map(|window| window.until);
        let over = over.filter(|until| *until <= day && was_held_before(*until)).max();
        let fact = Fact::SuspensionEnds(self.author.clone());
        lifting.extend(over.map(|day| Link { day: Some(day), to: of, fact }));
        if lifting.is_empty() {
            return lifting;
        }
        self.chain.iter().cloned().chain(lifting).collect()
    }

    /// Whether, by a day, something resumed all of it.
    pub(super) fn is_over(&self, day: Date) -> bool {
        self.resumed_by(day).any(|it| it.reach.is_all())
    }

    pub(super) fn is_over_for(&self, part: &Provision, day: Date) -> bool {
        self.resumed_by(day).any(|it| it.reach.touches(part) == Touch::Covered)
    }

    pub(super) fn touches_whole(&self, day: Date) -> Touch {
        if !self.holds(day) || self.is_over(day) {
            return Touch::Apart;
        }
        match &self.left(day).scope {
            Scope::Unspecified => Touch::Unclear,
            // But for some provisions it is as good as all, as with an end.
            Scope::Whole => Touch::Covered,
            Scope::Parts(parts) if parts.is_empty() => Touch::Apart,
            Scope::Parts(_) => Touch::Partly,
        }
    }

    pub(super) fn touches(&self, asked: &Provision, day: Date) -> Touch {
        if !self.holds(day) || self.is_over_for(asked, day) {
            return Touch::Apart;
        }
        self.left(day).touches(asked)
    }

    /// What it reaches without those of its provisions that were resumed by a day: of a suspension of the
    /// whole that was resumed but for some, those.
    fn left(&self, day: Date) -> Cow<'_, Reach> {
        if self.resumed_by(day).next().is_none() {
            return Cow::Borrowed(&self.reach);
        }
        let mut left = self.reach.clone();
        let all_but_some =
            || self.resumed_by(day).map(|it| &it.reach).filter(|reach| reach.is_all_but_some());
        if left.scope == Scope::Whole && all_but_some().next().is_some() {
            // What one leaves and another resumes is not left.
            let is_left = |part: &&Provision| {
                self.reach.touches(part) != Touch::Apart
                    && all_but_some().all(|reach| reach.touches(part) != Touch::Partly)
            };
            let parts = all_but_some().flat_map(|reach| &reach.except).filter(is_left);
            left.scope = Scope::Parts(parts.cloned().collect());
        }
        if let Scope::Parts(parts) = &mut left.scope {
            parts.retain(|part| !self.is_over_for(part, day));
        }
        Cow::Owned(left)
    }
}
