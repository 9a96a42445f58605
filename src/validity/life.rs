//! One document's life: its beginning, its ends, its pauses, each with the act behind it, and the answer
//! for any day (rule 8 of `rules.md`). How acts make a life is told in `acts.rs`.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::beginning::{Beginnings, OwnStart, Start};
use super::reach::{Pause, Reach, Touch};
use super::standing::{Fact, Force, Link, Standing};
use super::timeline::Timeline;
use crate::model::date::{Date, Window};
use crate::model::document::{DocumentId, Scope};
use crate::model::nearby::Nearby;
use crate::model::provision::{Provision, Relation};

/// The life of one document.
#[derive(Clone, Debug)]
pub struct Life {
    pub(super) id: DocumentId,
    pub(super) nature: Nature,
    pub(super) begins: Beginnings,
    pub(super) ends: Vec<End>,
    pub(super) pauses: Vec<Pause>,
    /// Acts that extended its own term while it ran, by day, each with what it rests on.
    pub(super) extended: Vec<(Date, Vec<Link>)>,
    /// What did not end it.
    pub(super) survived: Vec<Survival>,
    pub(super) idle: Vec<IdleAct>,
    pub(super) on_circle: bool,
    /// The days on which anything about it can change.
    pub(super) days: BTreeSet<Date>,
    pub(super) ends_nearby: Nearby,
    pub(super) pauses_nearby: Nearby,
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
    /// The suspension is over before it could begin.
    NeverHolds,
}

/// What it means to cite a document (rule 9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// Văn bản quy phạm pháp luật: it is meant itself.
    Normative,
    /// Văn bản hợp nhất: these are meant.
    Consolidates(Vec<DocumentId>),
    /// Neither: it grounds nothing.
    Other,
}

#[derive(Clone, Debug)]
pub(super) struct End {
    pub(super) on: Date,
    pub(super) reach: Reach,
    /// The end, and what it rests on.
    pub(super) chain: Vec<Link>,
}

/// A parent outlived, or an announcement to continue.
#[derive(Clone, Debug)]
pub(super) struct Survival {
    /// The parts that live on; all of it where empty.
    pub(super) own: Vec<Provision>,
    /// What kept it, and what that rests on.
    pub(super) chain: Vec<Link>,
}

impl Life {
    pub(super) fn on_circle(id: DocumentId, nature: Nature) -> Self {
        let because = vec![Link { day: None, to: id, fact: Fact::OnCircle }];
        let standing = Standing { force: Force::Unknown, because };
        Self {
            id,
            nature,
            begins: Beginnings { of: id, whole: Start::Unknown, own: Vec::new() },
            ends: Vec::new(),
            pauses: Vec::new(),
            extended: Vec::new(),
            survived: Vec::new(),
            idle: Vec::new(),
            on_circle: true,
            days: BTreeSet::new(),
            ends_nearby: Nearby::default(),
            pauses_nearby: Nearby::default(),
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
    pub fn survived(&self) -> impl Iterator<Item = &Link> {
        self.survived.iter().filter_map(|survival| survival.chain.first())
    }

    /// Its first day, as it was moved; none where it is unknown.
    #[must_use]
    pub fn start_day(&self) -> Option<Date> {
        match self.begins.whole {
            Start::On { day, .. } => Some(day),
            Start::Unknown => None,
        }
    }

    /// The days on which anything about it can change.
    #[must_use]
    pub fn days(&self) -> &BTreeSet<Date> {
        &self.days
    }

    pub(super) fn all_days(&self) -> BTreeSet<Date> {
        let mut days = BTreeSet::new();
        if let Start::On { day, .. } = &self.begins.whole {
            days.insert(*day);
        }
        days.extend(self.begins.own.iter().map(|own| own.day));
        days.extend(self.ends.iter().map(|end| end.on));
        days.extend(self.survived().filter_map(|link| link.day));
        days.extend(self.extended.iter().map(|(on, _)| *on));
        for pause in &self.pauses {
            days.extend(
                pause.holds.iter().flat_map(|window| [window.from, window.until]).flatten(),
            );
            days.extend(pause.resumed.iter().map(|it| it.on));
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
        let Some(begins) = self.begins.of_whole() else { return self.unknown() };
        if day < begins.day {
            let has_begun = |own: &&OwnStart| {
                let force = self.provision_on(&own.scope, day).force;
                own.day <= day && !matches!(force, Force::NotYet | Force::Ended)
            };
            let early = self.begins.own.iter().find(has_begun);
            let force = if early.is_some() { Force::NotYetButInPart } else { Force::NotYet };
            let early = early.map(|own| self.begins.of_entry(own));
            let because = early.into_iter().chain([begins]).flat_map(|it| it.chain).collect();
            return Standing { force, because };
        }
        let touched: Vec<(Touch, &Pause)> =
            self.pauses.iter().map(|pause| (pause.touches_whole(day), pause)).collect();
        let paused = |wanted| {
            let pauses = touched.iter().filter(move |(touch, _)| *touch == wanted);
            pauses.flat_map(|(_, pause)| &pause.chain)
        };
        let unspecified = ended().filter(|end| end.reach.scope == Scope::Unspecified);
        let blurred = unspecified.flat_map(|end| &end.chain).chain(paused(Touch::Unclear));
        let later = self.begins.own.iter().filter(|own| day < own.day);
        let later: Vec<Link> = later.flat_map(|own| self.begins.of_entry(own).chain).collect();
        let deciding: [(Force, Vec<&Link>); 5] = [
            (Force::Unknown, blurred.collect()),
            (Force::Suspended, paused(Touch::Covered).collect()),
            (Force::PartlyEnded, ended().flat_map(|end| &end.chain).collect()),
            (Force::PartlySuspended, paused(Touch::Partly).collect()),
            (Force::InForceInPart, later.iter().collect()),
        ];
        let (force, mut because) = deciding
            .into_iter()
            .find(|(_, links)| !links.is_empty())
            .unwrap_or((Force::InForce, Vec::new()));
        let kept = self.kept(None, day);
        because.extend(&begins.chain);
        because.extend(self.survived_by(day).flat_map(|survival| &survival.chain));
        because.extend(&kept);
        // Several acts of one document rest on the same beginning.
        let mut told = BTreeSet::new();
        because.retain(|link| told.insert(*link));
        Standing { force, because: because.into_iter().cloned().collect() }
    }

    /// By a day: what extended its term last, and what lifted the suspensions of what is asked.
    fn kept(&self, asked: Option<&Provision>, day: Date) -> Vec<Link> {
        let extended = self.extended.iter().rfind(|(on, _)| *on <= day);
        let extended = extended.into_iter().flat_map(|(_, chain)| chain.clone());
        let lifted = self.pauses.iter().flat_map(|it| it.lifted(asked, self.id, day));
        extended.chain(lifted).collect()
    }

    /// By a day: the day on which nothing of it was left, and the acts that saw to it, the last first.
    fn over_by(&self, day: Date) -> Option<(Date, Vec<Link>)> {
        let ended = || self.ends.iter().filter(|end| end.on <= day);
        let with_rest = |end: &'_ End| {
            let rest = end.reach.except.iter();
            let covers = |end: &&End, part| end.reach.touches(part) == Touch::Covered;
            let rest = rest
                .map(|part| self.ended_near(part, day).into_iter().find(|end| covers(end, part)));
            let mut ends: Vec<&End> = rest.chain([Some(end)]).collect::<Option<_>>()?;
            ends.sort_by_key(|end| Reverse(end.on));
            Some((ends.first()?.on, ends.into_iter().flat_map(|end| end.chain.clone()).collect()))
        };
        let whole = ended().filter(|end| end.reach.scope == Scope::Whole);
        let mut over: Vec<(Date, Vec<Link>)> = whole.filter_map(with_rest).collect();
        let on = over.iter().map(|(on, _)| *on).min()?;
        // A law may be followed by two that both replace it on one day.
        over.retain(|(other, _)| *other == on);
        let because = over.into_iter().flat_map(|(_, chain)| chain).collect();
        Some((on, each_once(because)))
    }

    fn provision_on(&self, asked: &Provision, day: Date) -> Standing {
        let near = self.ended_near(asked, day);
        let ended = |wanted, recorded: bool| {
            near.iter().find(|end| {
                (end.reach.scope != Scope::Unspecified) == recorded
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
        let beginnings = self.begins.of_part(asked);
        let Some(begins) = beginnings.last().cloned() else { return self.unknown() };
        let n_begun = beginnings.iter().filter(|begins| begins.day <= day).count();
        if n_begun < beginnings.len() {
            let force = if n_begun == 0 { Force::NotYet } else { Force::Unknown };
            let because = beginnings.into_iter().flat_map(|begins| begins.chain).collect();
            return Standing { force, because };
        }
        if let Some(end) = ended(Touch::Unclear, false) {
            return end.standing(Force::Unknown);
        }
        let near_by = self.pauses_nearby.to(asked).into_iter().map(|place| &self.pauses[place]);
        let touched: Vec<(Touch, &Pause)> =
            near_by.map(|pause| (pause.touches(asked, day), pause)).collect();
        let paused = |wanted| touched.iter().find(|(touch, _)| *touch == wanted);
        let deciding = [
            (Force::Suspended, paused(Touch::Covered)),
            (Force::Unknown, paused(Touch::Unclear)),
            (Force::PartlySuspended, paused(Touch::Partly)),
        ];
        for (force, pause) in deciding {
            if let Some((_, pause)) = pause {
                let because = pause.chain.iter().cloned().chain(begins.chain);
                let because = because.chain(self.kept(Some(asked), day)).collect();
                return Standing { force, because: each_once(because) };
            }
        }
        // What an end leaves in force is told with that end: the document itself has none left.
        let spared = |end: &&&End| end.reach.scope == Scope::Whole;
        let ends = near.iter().filter(spared).flat_map(|end| end.chain.iter().cloned());
        let meets = |survival: &&Survival| {
            let apart = |own: &Provision| own.relation(asked) == Relation::Apart;
            survival.own.is_empty() || !survival.own.iter().all(apart)
        };
        let survived = self.survived_by(day).filter(meets).flat_map(|it| it.chain.clone());
        let because = begins.chain.into_iter().chain(ends).chain(survived);
        let because = because.chain(self.kept(Some(asked), day)).collect();
        Standing { force: Force::InForce, because: each_once(because) }
    }

    /// The ends by a day that may touch a provision.
    fn ended_near(&self, asked: &Provision, day: Date) -> Vec<&End> {
        let near = self.ends_nearby.to(asked).into_iter().map(|place| &self.ends[place]);
        near.filter(|end| end.on <= day).collect()
    }

    fn survived_by(&self, day: Date) -> impl Iterator<Item = &Survival> {
        self.survived
            .iter()
            .filter(move |it| it.chain.first().is_some_and(|it| it.day <= Some(day)))
    }

    /// Nothing tells when it begins. A consolidated text need not tell it.
    fn unknown(&self) -> Standing {
        if let Nature::Consolidates(documents) = &self.nature {
            let fact = Fact::Consolidates(documents.clone());
            let because = vec![Link { day: None, to: self.id, fact }];
            return Standing { force: Force::NotItsOwn, because };
        }
        let because = vec![Link { day: None, to: self.id, fact: Fact::BeginningUnknown }];
        Standing { force: Force::Unknown, because }
    }

    /// Whether any of it had begun before a day. Where the beginning is unknown it is taken to have.
    fn began_before(&self, day: Date) -> bool {
        match &self.begins.whole {
            Start::On { day: first, .. } => {
                *first < day || self.begins.own.iter().any(|own| own.day < day)
            }
            Start::Unknown => true,
        }
    }

    /// The first day on which an act of this document, or of a clause of it, counts (rule 4).
    pub(super) fn counts(&self, clause: Option<&Provision>, from: Option<Date>) -> Option<Date> {
        let from = from.unwrap_or(Date::MIN);
        let later = self.days.range(from..).copied();
        std::iter::once(from).chain(later).find(|day| self.acts(clause, *day))
    }

    /// Whether it, or a clause of it, can act on a day.
    fn acts(&self, clause: Option<&Provision>, day: Date) -> bool {
        match clause {
            None => self.whole.at(day).force.carries_whole(),
            Some(_) => self.standing(clause, day).force.carries_provision(),
        }
    }

    /// The days inside a window on which it, or a clause of it, can act.
    pub(super) fn in_force_within(
        &self,
        clause: Option<&Provision>,
        window: Window,
    ) -> Vec<Window> {
        let timeline = Timeline::sample(self.days.iter().copied(), |day| self.acts(clause, day));
        let spans: Vec<(Date, bool)> = timeline.spans().map(|(from, acts)| (from, *acts)).collect();
        let mut within = Vec::new();
        for (place, (from, acts)) in spans.iter().enumerate() {
            let until = spans.get(place + 1).map(|(next, _)| *next);
            let span = Window { from: Some(*from), until };
            if *acts && span.overlaps(window) {
                within.push(span.within(window));
            }
        }
        within
    }

    /// The day on which it has ended for a tie to these parts of it, and the chain that says so.
    pub(super) fn end_for(&self, scope: &[Provision]) -> Option<(Date, Vec<Link>)> {
        if scope.is_empty() {
            let end = self.ends.iter().find(|end| end.reach.scope == Scope::Whole)?;
            return Some((end.on, end.chain.clone()));
        }
        let mut last: Option<&End> = None;
        for part in scope {
            let mut near = self.ends_nearby.to(part).into_iter().map(|place| &self.ends[place]);
            let end = near.find(|end| end.reach.touches(part) == Touch::Covered)?;
            if last.is_none_or(|last| last.on < end.on) {
                last = Some(end);
            }
        }
        last.map(|end| (end.on, end.chain.clone()))
    }
}

fn each_once(mut links: Vec<Link>) -> Vec<Link> {
    let mut told = BTreeSet::new();
    links.retain(|link| told.insert(link.clone()));
    links
}

impl End {
    fn standing(&self, force: Force) -> Standing {
        Standing { force, because: self.chain.clone() }
    }
}
