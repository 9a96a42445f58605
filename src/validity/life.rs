//! One document's life: its beginning, its ends, its pauses, each with the act behind it, and the answer
//! for any day (rule 8 of `rules.md`). How acts make a life is told in `acts.rs`.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::reach::{Pause, Reach, Touch};
use super::standing::{Fact, Force, Link, Standing};
use super::timeline::Timeline;
use crate::model::date::{Date, Window};
use crate::model::document::{DocumentId, Scope};
use crate::model::provision::{Provision, Relation};

/// The life of one document.
#[derive(Clone, Debug)]
pub struct Life {
    pub(super) id: DocumentId,
    pub(super) start: Start,
    pub(super) starts: Vec<OwnStart>,
    pub(super) ends: Vec<End>,
    pub(super) pauses: Vec<Pause>,
    /// What did not end it: parents outlived, announcements to continue.
    pub(super) survived: Vec<Link>,
    pub(super) idle: Vec<IdleAct>,
    pub(super) on_circle: bool,
    pub(super) whole: Timeline<Standing>,
}

/// An act on this document that changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdleAct {
    /// The acting document.
    pub by: DocumentId,
    /// Which of its effects.
    pub effect: usize,
    /// Why nothing comes of it.
    pub why: Idle,
}

/// Why an act changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// The acting document is never in force when it would have to be.
    NeverCounts,
    /// The day it would move had passed before it counts, or is where it would be moved to.
    TooLate,
    /// There is no own term to extend.
    NoTerm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    On { day: Date, moved_by: Option<DocumentId> },
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OwnStart {
    pub(super) scope: Provision,
    pub(super) day: Date,
}

#[derive(Clone, Debug)]
pub(super) struct End {
    pub(super) on: Date,
    pub(super) reach: Reach,
    pub(super) link: Link,
    /// The chain behind the link, where a parent's end is the cause.
    pub(super) behind: Vec<Link>,
}

impl Life {
    pub(super) fn on_circle(id: DocumentId) -> Self {
        let because = vec![Link { day: None, to: id, fact: Fact::OnCircle }];
        let standing = Standing { force: Force::Unknown, because };
        Self {
            id,
            start: Start::Unknown,
            starts: Vec::new(),
            ends: Vec::new(),
            pauses: Vec::new(),
            survived: Vec::new(),
            idle: Vec::new(),
            on_circle: true,
            whole: Timeline::sample([], |_| standing.clone()),
        }
    }

    /// The document as a whole, over all days.
    #[must_use]
    pub fn whole(&self) -> &Timeline<Standing> {
        &self.whole
    }

    /// Acts on it that change nothing.
    #[must_use]
    pub fn idle(&self) -> &[IdleAct] {
        &self.idle
    }

    /// Whether it lies on a circle of documents that act on each other.
    #[must_use]
    pub fn is_on_circle(&self) -> bool {
        self.on_circle
    }

    /// Parents outlived and announcements to continue.
    #[must_use]
    pub fn survived(&self) -> &[Link] {
        &self.survived
    }

    /// Its first day, as it was moved; none where it is unknown.
    #[must_use]
    pub fn start_day(&self) -> Option<Date> {
        match self.start {
            Start::On { day, .. } => Some(day),
            Start::Unknown => None,
        }
    }

    /// The days on which anything about it can change.
    #[must_use]
    pub fn days(&self) -> BTreeSet<Date> {
        let mut days = BTreeSet::new();
        if let Start::On { day, .. } = self.start {
            days.insert(day);
        }
        days.extend(self.starts.iter().map(|own| own.day));
        days.extend(self.ends.iter().map(|end| end.on));
        days.extend(self.survived.iter().filter_map(|link| link.day));
        for pause in &self.pauses {
            days.extend(
                pause.holds.iter().flat_map(|window| [window.from, window.until]).flatten(),
            );
            days.extend(pause.resumed.iter().map(|(from, _)| *from));
        }
        days
    }

    /// How it stands on a day, as a whole or for one provision (rule 8).
    #[must_use]
    pub fn standing(&self, asked: Option<&Provision>, day: Date) -> Standing {
        if self.on_circle {
            let because = vec![Link { day: None, to: self.id, fact: Fact::OnCircle }];
            return Standing { force: Force::Unknown, because };
        }
        match asked {
            None => self.whole_on(day),
            Some(provision) => self.provision_on(provision, day),
        }
    }

    fn whole_on(&self, day: Date) -> Standing {
        let ended = || self.ends.iter().filter(|end| end.on <= day);
        if let Some((on, because)) = self.over_by(day) {
            let force = if self.began_before(on) { Force::Ended } else { Force::Withdrawn };
            return Standing { force, because };
        }
        if let Some(end) = ended().find(|end| end.reach.is_all_but_some()) {
            return end.standing(Force::EndedExcept);
        }
        let Start::On { day: first, moved_by } = self.start else { return self.unknown() };
        let begins = self.beginning(first, moved_by);
        if day < first {
            let has_begun = |own: &&OwnStart| {
                let force = self.provision_on(&own.scope, day).force;
                own.day <= day && !matches!(force, Force::NotYet | Force::Ended)
            };
            let early = self.starts.iter().find(has_begun);
            return match early {
                Some(own) => Standing {
                    force: Force::NotYetButInPart,
                    because: vec![self.own_beginning(own), begins],
                },
                None => Standing { force: Force::NotYet, because: vec![begins] },
            };
        }
        let pauses =
            |wanted| self.pauses.iter().filter(move |pause| pause.touches_whole(day) == wanted);
        let links = |pauses: &mut dyn Iterator<Item = &Pause>| {
            pauses.map(|pause| pause.link.clone()).collect::<Vec<_>>()
        };
        let blurred: Vec<Link> = ended()
            .filter(|end| end.reach.scope == Scope::Unspecified)
            .map(|end| end.link.clone())
            .chain(links(&mut pauses(Touch::Unclear)))
            .collect();
        let stopped = links(&mut pauses(Touch::Covered));
        let parts: Vec<Link> = ended().flat_map(End::chain).collect();
        let partly_stopped = links(&mut pauses(Touch::Partly));
        let later: Vec<Link> = self
            .starts
            .iter()
            .filter(|own| day < own.day)
            .map(|own| self.own_beginning(own))
            .collect();
        let deciding = [
            (Force::Unknown, blurred),
            (Force::Suspended, stopped),
            (Force::PartlyEnded, parts),
            (Force::PartlySuspended, partly_stopped),
            (Force::InForceInPart, later),
        ];
        let (force, mut because) = deciding
            .into_iter()
            .find(|(_, links)| !links.is_empty())
            .unwrap_or((Force::InForce, Vec::new()));
        because.push(begins);
        because.extend(self.survived.iter().filter(|link| link.day <= Some(day)).cloned());
        Standing { force, because }
    }

    /// By a day: the day on which nothing of it was left, and the acts that saw to it, the last first.
    fn over_by(&self, day: Date) -> Option<(Date, Vec<Link>)> {
        let ended = || self.ends.iter().filter(|end| end.on <= day);
        let with_rest = |end: &'_ End| {
            let rest = end.reach.except.iter();
            let rest =
                rest.map(|part| ended().find(|end| end.reach.touches(part) == Touch::Covered));
            let mut ends: Vec<&End> = rest.chain([Some(end)]).collect::<Option<_>>()?;
            ends.sort_by_key(|end| Reverse(end.on));
            Some((ends.first()?.on, ends.into_iter().flat_map(End::chain).collect()))
        };
        let whole = ended().filter(|end| end.reach.scope == Scope::Whole);
        whole.filter_map(with_rest).min_by_key(|(on, _)| *on)
    }

    fn provision_on(&self, asked: &Provision, day: Date) -> Standing {
        let ended = |wanted, recorded: bool| {
            self.ends.iter().find(|end| {
                end.on <= day
                    && (end.reach.scope != Scope::Unspecified) == recorded
                    && end.reach.touches(asked) == wanted
            })
        };
        let over = [
            (Touch::Covered, Force::Ended),
            (Touch::Unclear, Force::Unknown),
            (Touch::Partly, Force::PartlyEnded),
        ];
        for (touch, force) in over {
            if let Some(end) = ended(touch, true) {
                return end.standing(force);
            }
        }
        let beginnings = self.beginnings(asked);
        let Some(begins) = beginnings.last().cloned() else { return self.unknown() };
        let n_begun = beginnings.iter().filter(|begins| begins.day <= Some(day)).count();
        if n_begun < beginnings.len() {
            let force = if n_begun == 0 { Force::NotYet } else { Force::Unknown };
            return Standing { force, because: beginnings };
        }
        if let Some(end) = ended(Touch::Unclear, false) {
            return end.standing(Force::Unknown);
        }
        let paused = |wanted| self.pauses.iter().find(|pause| pause.touches(asked, day) == wanted);
        let deciding = [
            (Force::Suspended, paused(Touch::Covered)),
            (Force::Unknown, paused(Touch::Unclear)),
            (Force::PartlySuspended, paused(Touch::Partly)),
        ];
        for (force, pause) in deciding {
            if let Some(pause) = pause {
                return Standing { force, because: vec![pause.link.clone(), begins] };
            }
        }
        Standing { force: Force::InForce, because: vec![begins] }
    }

    fn unknown(&self) -> Standing {
        let because = vec![Link { day: None, to: self.id, fact: Fact::BeginningUnknown }];
        Standing { force: Force::Unknown, because }
    }

    /// The days that may be a provision's first, in order; none where it is unknown.
    pub(super) fn first_days(&self, part: &Provision) -> Vec<Date> {
        let mut days: Vec<Date> = self.beginnings(part).iter().filter_map(|it| it.day).collect();
        days.dedup();
        days
    }

    /// How a provision begins: with the innermost entry that covers it, or else with the document; and
    /// with each entry that, for all the names tell, may lie between the two. By day; nothing where the
    /// register does not say.
    fn beginnings(&self, asked: &Provision) -> Vec<Link> {
        let covering =
            self.starts.iter().filter(|own| own.scope.relation(asked) == Relation::Covers);
        let own = covering.max_by_key(|own| (own.scope.level(), own.day));
        let begins = match (own, self.start) {
            (Some(own), _) => self.own_beginning(own),
            (None, Start::On { day, moved_by }) => self.beginning(day, moved_by),
            (None, Start::Unknown) => return Vec::new(),
        };
        let level = own.map(|own| own.scope.level());
        let between = self.starts.iter().filter(|other| {
            other.scope.relation(asked) == Relation::Unclear
                && other.scope.may_cover(asked)
                && level < Some(other.scope.level())
        });
        let mut beginnings: Vec<Link> =
            between.map(|own| self.own_beginning(own)).chain([begins]).collect();
        beginnings.sort();
        beginnings
    }

    fn beginning(&self, day: Date, moved_by: Option<DocumentId>) -> Link {
        let fact = moved_by.map_or(Fact::TakesEffect, |by| Fact::Moved { by });
        Link { day: Some(day), to: self.id, fact }
    }

    fn own_beginning(&self, own: &OwnStart) -> Link {
        let fact = Fact::ProvisionTakesEffect(own.scope.clone());
        Link { day: Some(own.day), to: self.id, fact }
    }

    /// Whether any of it had begun before a day. Where the beginning is unknown it is taken to have.
    fn began_before(&self, day: Date) -> bool {
        match self.start {
            Start::On { day: first, .. } => {
                first < day || self.starts.iter().any(|own| own.day < day)
            }
            Start::Unknown => true,
        }
    }

    /// The first day on which an act of this document, or of a clause of it, counts (rule 4).
    pub(super) fn counts(&self, clause: Option<&Provision>, from: Option<Date>) -> Option<Date> {
        let from = from.unwrap_or(Date::MIN);
        let days = self.days();
        let later = days.range(from..).copied();
        std::iter::once(from).chain(later).find(|day| self.acts(clause, *day))
    }

    /// Whether it, or a clause of it, can act on a day.
    fn acts(&self, clause: Option<&Provision>, day: Date) -> bool {
        let force = self.standing(clause, day).force;
        match clause {
            None => force.carries_whole(),
            Some(_) => force.carries_provision(),
        }
    }

    /// The days inside a window on which it, or a clause of it, can act.
    pub(super) fn in_force_within(
        &self,
        clause: Option<&Provision>,
        window: Window,
    ) -> Vec<Window> {
        let timeline = Timeline::sample(self.days(), |day| self.acts(clause, day));
        let spans: Vec<(Date, bool)> = timeline.spans().map(|(from, acts)| (from, *acts)).collect();
        let mut within = Vec::new();
        for (place, (from, acts)) in spans.iter().enumerate() {
            let until = spans.get(place + 1).map(|(next, _)| *next);
            let span = Window { from: Some(*from), until };
            if *acts && span.overlaps(window) {
                let until = match (until, window.until) {
                    (Some(one), Some(two)) => Some(one.min(two)),
                    (one, two) => one.or(two),
                };
                within.push(Window { from: Some(*from).max(window.from), until });
            }
        }
        within
    }

    /// The day on which it has ended for a tie to these parts of it, and the chain that says so.
    pub(super) fn end_for(&self, scope: &[Provision]) -> Option<(Date, Vec<Link>)> {
        let ends = |hit: &dyn Fn(&Reach) -> bool| self.ends.iter().find(|end| hit(&end.reach));
        if scope.is_empty() {
            let end = ends(&|reach| reach.scope == Scope::Whole)?;
            return Some((end.on, end.chain()));
        }
        let mut last: Option<&End> = None;
        for part in scope {
            let end = ends(&|reach| reach.touches(part) == Touch::Covered)?;
            if last.is_none_or(|last| last.on < end.on) {
                last = Some(end);
            }
        }
        last.map(|end| (end.on, end.chain()))
    }
}

impl End {
    fn chain(&self) -> Vec<Link> {
        std::iter::once(&self.link).chain(&self.behind).cloned().collect()
    }

    fn standing(&self, force: Force) -> Standing {
        Standing { force, because: self.chain() }
    }
}
