//! One document's life: its beginning, its ends, its pauses, each with the act behind it.
//! Rules 1 to 7 of `rules.md`; the answer for a day (rule 8) is in [`Life::standing`].

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::order::order;
use super::regimes::{self, Rule};
use super::standing::{Deed, Fact, Force, Link, Standing};
use super::timeline::Timeline;
use crate::model::Catalogue;
use crate::model::date::{Date, Window};
use crate::model::document::{Act, Document, DocumentId, Effect, Effective, Implements, Scope};
use crate::model::provision::{Provision, Relation};

/// The life of one document.
#[derive(Clone, Debug)]
pub struct Life {
    id: DocumentId,
    start: Start,
    starts: Vec<OwnStart>,
    ends: Vec<End>,
    pauses: Vec<Pause>,
    /// What did not end it: parents outlived, announcements to continue.
    survived: Vec<Link>,
    idle: Vec<IdleAct>,
    on_circle: bool,
    whole: Timeline<Standing>,
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
enum Start {
    On { day: Date, moved_by: Option<DocumentId> },
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct OwnStart {
    scope: Provision,
    day: Date,
}

/// What an act reaches.
#[derive(Clone, Debug)]
struct Reach {
    scope: Scope,
    except: Vec<Provision>,
}

#[derive(Clone, Debug)]
struct End {
    on: Date,
    reach: Reach,
    link: Link,
    /// The chain behind the link, where a parent's end is the cause.
    behind: Vec<Link>,
}

#[derive(Clone, Debug)]
struct Pause {
    reach: Reach,
    /// The days on which it holds, before anything resumes.
    holds: Vec<Window>,
    resumed: Vec<(Date, Reach)>,
    link: Link,
}

/// How a reach meets a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Touch {
    Apart,
    Covered,
    Partly,
    Unclear,
}

/// The lives of all documents, by id.
pub(super) fn lives(catalogue: &Catalogue) -> Vec<Life> {
    let mut acts: Vec<Vec<(DocumentId, usize, &Effect)>> =
        vec![Vec::new(); catalogue.documents.len()];
    for (by, document) in catalogue.document_ids() {
        for (place, effect) in document.effects.iter().enumerate() {
            if effect.act.touches_force() {
                acts[effect.target.0 as usize].push((by, place, effect));
            }
        }
    }
    let order = order(catalogue);
    let mut lives: Vec<Option<Life>> = vec![None; catalogue.documents.len()];
    for id in order.documents {
        let life = if order.circles.contains(&id) {
            Life::on_circle(id)
        } else {
            let known = Known { lives: &lives, acts: &acts[id.0 as usize] };
            known.life(id, &catalogue[id])
        };
        lives[id.0 as usize] = Some(life);
    }
    lives.into_iter().flatten().collect()
}

/// What is known when a document's turn comes: the lives it depends on, and the acts on it.
struct Known<'a> {
    lives: &'a [Option<Life>],
    acts: &'a [(DocumentId, usize, &'a Effect)],
}

/// An act that counts, and from when.
struct Counted<'a> {
    day: Date,
    by: DocumentId,
    place: usize,
    effect: &'a Effect,
}

impl<'a> Known<'a> {
    fn life(&self, id: DocumentId, document: &Document) -> Life {
        let mut life = Life {
            id,
            start: match document.effective {
                Effective::On(day) => Start::On { day, moved_by: None },
                Effective::Unknown | Effective::Missing => Start::Unknown,
            },
            starts: document
                .provisions
                .iter()
                .map(|own| OwnStart { scope: own.scope.clone(), day: own.from })
                .collect(),
            ends: Vec::new(),
            pauses: Vec::new(),
            survived: Vec::new(),
            idle: Vec::new(),
            on_circle: false,
            whole: Timeline::sample([], |_| Standing {
                force: Force::Unknown,
                because: Vec::new(),
            }),
        };
        let counted = self.counted(&mut life);
        begin(&mut life, &counted);
        run_out(&mut life, document.own_end, &counted);
        end_by_acts(&mut life, &counted);
        self.fall_with_parents(&mut life, &document.implements, &counted);
        self.pause(&mut life, &counted);
        life.ends.sort_by_key(|end| end.on);
        life.whole = Timeline::sample(life.days(), |day| life.standing(None, day));
        life
    }

    /// The acts that count, by day; acts of one day in the order of the register.
    fn counted(&self, life: &mut Life) -> Vec<Counted<'a>> {
        let mut counted = Vec::new();
        for &(by, place, effect) in self.acts {
            let acting = self.lives[by.0 as usize].as_ref();
            match acting.and_then(|acting| acting.counts(effect.clause.as_ref(), effect.from)) {
                Some(day) => counted.push(Counted { day, by, place, effect }),
                None => life.idle.push(IdleAct { by, effect: place, why: Idle::NeverCounts }),
            }
        }
        counted.sort_by_key(|act| act.day);
        counted
    }

    fn fall_with_parents(&self, life: &mut Life, ties: &[Implements], counted: &[Counted<'_>]) {
        for tie in ties {
            let Some(parent) = self.lives[tie.parent.0 as usize].as_ref() else { continue };
            let Some((on, behind)) = parent.end_for(&tie.scope) else { continue };
            let regime = regimes::on(on);
            let continued = counted.iter().find(|act| {
                act.effect.act == Act::DeclaresContinuing
                    && act.day <= on
                    && saves(&reach(act.effect), &tie.own)
            });
            let fact = match (regime.rule, continued) {
                (Rule::LivesOn, _) => {
                    Fact::OutlivedParent { parent: tie.parent, source: regime.source }
                }
                (Rule::FallsUnlessContinued, Some(act)) => Fact::Continued { by: act.by },
                (Rule::Falls | Rule::FallsUnlessContinued, _) => Fact::FellWith {
                    parent: tie.parent,
                    own: tie.own.clone(),
                    source: regime.source,
                },
            };
            let falls = matches!(fact, Fact::FellWith { .. });
            let link = Link { day: Some(on), to: life.id, fact };
            if falls {
                let scope = match tie.own.as_slice() {
                    [] => Scope::Whole,
                    own => Scope::Parts(own.to_vec()),
                };
                let reach = Reach { scope, except: Vec::new() };
                life.ends.push(End { on, reach, link, behind });
            } else {
                life.survived.push(link);
            }
        }
    }

    fn pause(&self, life: &mut Life, counted: &[Counted<'_>]) {
        for act in counted {
            let Act::Suspends { until } = act.effect.act else { continue };
            let Some(acting) = self.lives[act.by.0 as usize].as_ref() else { continue };
            let window = Window { from: Some(act.day), until };
            let resumed = counted
                .iter()
                .filter(|other| other.effect.act == Act::Resumes && other.day >= act.day)
                .map(|other| (other.day, reach(other.effect)))
                .collect();
            life.pauses.push(Pause {
                reach: reach(act.effect),
                holds: acting.in_force_within(act.effect.clause.as_ref(), window),
                resumed,
                link: deed(life.id, act),
            });
        }
    }
}

/// Rule 1: acts that move the first day, of the whole or of provisions.
fn begin(life: &mut Life, counted: &[Counted<'_>]) {
    for act in counted {
        let Act::Postpones { to } = act.effect.act else { continue };
        match postponed(life, act, to.max(act.day)) {
            None => {
                let except = act.effect.except.clone();
                strike(life, act, Reach { scope: Scope::Unspecified, except });
            }
            Some((start, starts)) if (start, &starts) == (life.start, &life.starts) => {
                let why = Idle::TooLate;
                life.idle.push(IdleAct { by: act.by, effect: act.place, why });
            }
            Some((start, starts)) => (life.start, life.starts) = (start, starts),
        }
    }
}

/// The beginnings after a postponement; none where it is left open what is meant, or whether that has
/// begun by then.
fn postponed(life: &Life, act: &Counted<'_>, to: Date) -> Option<(Start, Vec<OwnStart>)> {
    let (mut start, mut starts) = (life.start, life.starts.clone());
    let covers = |list: &[Provision], part: &Provision| {
        list.iter().any(|it| it.relation(part) == Relation::Covers)
    };
    let may_cover = |list: &[Provision], part| list.iter().any(|it| it.may_cover(part));
    let except = &act.effect.except;
    match &act.effect.scope {
        Scope::Unspecified => return None,
        Scope::Whole => {
            if let Start::On { day, moved_by } = &mut start
                && act.day <= *day
                && to != *day
            {
                (*day, *moved_by) = (to, Some(act.by));
            }
        }
        Scope::Parts(parts) => {
            for part in parts.iter().filter(|part| !covers(except, part)) {
                let days = life.first_days(part);
                let Some(first) = days.first().filter(|_| days.last() >= Some(&act.day)) else {
                    continue;
                };
                if *first < act.day {
                    return None;
                }
                list(&mut starts, part, *first);
            }
            for own in starts.iter_mut().filter(|own| act.day <= own.day) {
                if may_cover(parts, &own.scope) && !covers(except, &own.scope) {
                    if !covers(parts, &own.scope) || may_cover(except, &own.scope) {
                        return None;
                    }
                    own.day = to;
                }
            }
        }
    }
    if (start, &starts) != (life.start, &life.starts) {
        // What is excepted keeps the day that it had.
        for part in except {
            match life.first_days(part).as_slice() {
                [] => {}
                [day] => list(&mut starts, part, *day),
                _ => return None,
            }
        }
    }
    Some((start, starts))
}

/// Adds an entry for a provision that has none.
fn list(starts: &mut Vec<OwnStart>, part: &Provision, day: Date) {
    let same = |own: &OwnStart| {
        own.scope.relation(part) == Relation::Covers
            && part.relation(&own.scope) == Relation::Covers
    };
    if !starts.iter().any(same) {
        starts.push(OwnStart { scope: part.clone(), day });
    }
}

/// Rule 2: the own term, and acts that extend it while it runs.
fn run_out(life: &mut Life, own_end: Option<Date>, counted: &[Counted<'_>]) {
    let mut end = own_end;
    let mut extended_by = None;
    for act in counted {
        let Act::Extends { until } = act.effect.act else { continue };
        let why = match end {
            Some(day) if act.day >= day => Some(Idle::TooLate),
            Some(_) if act.effect.scope == Scope::Unspecified => {
                strike(life, act, reach(act.effect));
                None
            }
            Some(_) if reach(act.effect).is_all() => {
                (end, extended_by) = (Some(until.max(act.day)), Some(act.by));
                None
            }
            // Provisions have no term of their own, and the whole must not live on for their sake.
            _ => Some(Idle::NoTerm),
        };
        life.idle.extend(why.map(|why| IdleAct { by: act.by, effect: act.place, why }));
    }
    if let Some(on) = end {
        let reach = Reach { scope: Scope::Whole, except: Vec::new() };
        let link = Link { day: Some(on), to: life.id, fact: Fact::TermEnds { extended_by } };
        life.ends.push(End { on, reach, link, behind: Vec::new() });
    }
}

/// Rule 2: acts that end.
fn end_by_acts(life: &mut Life, counted: &[Counted<'_>]) {
    for act in counted.iter().filter(|act| act.effect.act.ends()) {
        strike(life, act, reach(act.effect));
    }
}

/// Records an act as an end. One that moves, but of which nobody can say what, makes the force unknown
/// just as an end of unspecified scope does.
fn strike(life: &mut Life, act: &Counted<'_>, reach: Reach) {
    let link = deed(life.id, act);
    life.ends.push(End { on: act.day, reach, link, behind: Vec::new() });
}

fn reach(effect: &Effect) -> Reach {
    Reach { scope: effect.scope.clone(), except: effect.except.clone() }
}

fn deed(to: DocumentId, act: &Counted<'_>) -> Link {
    let effect = act.effect;
    let deed = Deed {
        act: effect.act,
        by: act.by,
        clause: effect.clause.clone(),
        scope: effect.scope.clone(),
        except: effect.except.clone(),
    };
    Link { day: Some(act.day), to, fact: Fact::ActedOn(deed) }
}

/// Whether an announcement to continue covers what would fall: the whole, or these parts.
fn saves(reach: &Reach, own: &[Provision]) -> bool {
    match own {
        [] => reach.is_all(),
        parts => parts.iter().all(|part| reach.touches(part) == Touch::Covered),
    }
}

impl Reach {
    fn is_all(&self) -> bool {
        self.scope == Scope::Whole && self.except.is_empty()
    }

    fn is_all_but_some(&self) -> bool {
        self.scope == Scope::Whole && !self.except.is_empty()
    }

    /// How it meets a provision: what covers beats what is unclear, which beats a part.
    fn touches(&self, asked: &Provision) -> Touch {
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
    fn holds(&self, day: Date) -> bool {
        self.holds.iter().any(|window| window.covers(day))
    }

    /// Whether, by a day, something resumed all of it.
    fn is_over(&self, day: Date) -> bool {
        self.resumed.iter().any(|(from, reach)| *from <= day && reach.is_all())
    }

    fn is_over_for(&self, part: &Provision, day: Date) -> bool {
        let covers = |reach: &Reach| reach.touches(part) == Touch::Covered;
        self.resumed.iter().any(|(from, reach)| *from <= day && covers(reach))
    }

    fn touches_whole(&self, day: Date) -> Touch {
        if !self.holds(day) || self.is_over(day) {
            return Touch::Apart;
        }
        match &self.reach.scope {
            Scope::Unspecified => Touch::Unclear,
            // But for some provisions it is as good as all, as with an end.
            Scope::Whole => Touch::Covered,
            Scope::Parts(parts) if parts.iter().all(|part| self.is_over_for(part, day)) => {
                Touch::Apart
            }
            Scope::Parts(_) => Touch::Partly,
        }
    }

    fn touches(&self, asked: &Provision, day: Date) -> Touch {
        if !self.holds(day) || self.is_over_for(asked, day) {
            return Touch::Apart;
        }
        let touch = self.reach.touches(asked);
        let Scope::Parts(parts) = &self.reach.scope else { return touch };
        let related = |relation| parts.iter().filter(move |part| part.relation(asked) == relation);
        // What is stopped but for something inside it is not what lies inside it.
        if touch != Touch::Partly || related(Relation::Covers).next().is_some() {
            return touch;
        }
        let all_over = related(Relation::Inside).all(|part| self.is_over_for(part, day));
        if all_over { Touch::Apart } else { Touch::Partly }
    }
}

impl Life {
    fn on_circle(id: DocumentId) -> Self {
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
    fn first_days(&self, part: &Provision) -> Vec<Date> {
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
    fn counts(&self, clause: Option<&Provision>, from: Option<Date>) -> Option<Date> {
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
    fn in_force_within(&self, clause: Option<&Provision>, window: Window) -> Vec<Window> {
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
    fn end_for(&self, scope: &[Provision]) -> Option<(Date, Vec<Link>)> {
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
