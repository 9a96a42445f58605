//! From the register to lives: which acts count, and what they do to a document's beginning, end and
//! pauses (rules 1 to 5 and 7). A document's turn comes after all that it depends on.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::beginning::{Beginnings, Moved, OwnStart, Start, chain};
use super::life::{End, Idle, IdleAct, Life, Nature, Survival};
use super::order::order;
use super::reach::{Pause, Reach, Resumption, Touch};
use super::regimes::{self, Rule};
use super::standing::{Author, Deed, Fact, Force, Link, Standing};
use super::suppose::Supposition;
use super::timeline::Timeline;
use crate::model::Catalogue;
use crate::model::date::{Date, Window};
use crate::model::document::{
    Act, Document, DocumentId, Effect, Effective, Implements, Kind, Scope,
};
use crate::model::nearby::Nearby;
use crate::model::provision::{Provision, Relation};

/// The lives of all documents, by id; as one more end would have them, where one is supposed.
pub(super) fn lives(catalogue: &Catalogue, supposed: Option<&Supposition>) -> Vec<Life> {
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
            Life::on_circle(id, nature(&catalogue[id]))
        } else {
            let supposed = supposed.filter(|supposed| supposed.document == id);
            let known = Known { lives: &lives, acts: &acts[id.0 as usize], supposed };
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
    supposed: Option<&'a Supposition>,
}

/// An act that counts, and from when.
struct Counted<'a> {
    day: Date,
    by: DocumentId,
    place: usize,
    effect: &'a Effect,
    /// How what acts begins, and what that rests on.
    begins: Vec<Link>,
}

impl<'a> Known<'a> {
    fn life(&self, id: DocumentId, document: &Document) -> Life {
        let mut life = Life {
            id,
            nature: nature(document),
            begins: as_written(id, document),
            ends: Vec::new(),
            pauses: Vec::new(),
            extended: Vec::new(),
            survived: Vec::new(),
            idle: Vec::new(),
            on_circle: false,
            days: BTreeSet::new(),
            ends_nearby: Nearby::default(),
            pauses_nearby: Nearby::default(),
            whole: Timeline::sample([], |_| Standing {
                force: Force::Unknown,
                because: Vec::new(),
            }),
        };
        let counted = self.counted(&mut life);
        begin(&mut life, &counted);
        run_out(&mut life, document.own_end, &counted);
        end_by_acts(&mut life, &counted);
        life.ends.extend(self.supposed.map(end_by_nobody));
        self.fall_with_parents(&mut life, &document.implements, &counted);
        self.pause(&mut life, &counted);
        life.ends.sort_by_key(|end| end.on);
        life.ends_nearby = Nearby::new(life.ends.iter().map(|end| &end.reach.scope));
        life.pauses_nearby = Nearby::new(life.pauses.iter().map(|pause| &pause.reach.scope));
        life.days = life.all_days();
        life.whole = Timeline::sample(life.days.iter().copied(), |day| life.standing(None, day));
        life
    }

    /// The acts that count, by day; acts of one day in the order of the register.
    fn counted(&self, life: &mut Life) -> Vec<Counted<'a>> {
        let mut counted = Vec::new();
        for &(by, place, effect) in self.acts {
            let acting = self.lives[by.0 as usize].as_ref();
            let clause = effect.clause.as_ref();
            let counts =
                acting.and_then(|acting| Some((acting, acting.counts(clause, effect.from)?)));
            match counts {
                Some((acting, day)) => {
                    let begins = acting.begins.reasons(clause);
                    counted.push(Counted { day, by, place, effect, begins });
                }
                None => life.idle.push(IdleAct { by, effect: place, why: Idle::NeverCounts }),
            }
        }
        counted.sort_by_key(|act| act.day);
        counted
    }

    fn fall_with_parents(&self, life: &mut Life, ties: &[Implements], counted: &[Counted<'_>]) {
        for tie in ties {
            let Some(parent) = self.lives[tie.parent.0 as usize].as_ref() else { continue };
            let Some((on, parents_end)) = parent.end_for(&tie.scope) else { continue };
            let regime = regimes::on(on);
            // Where it lives on anyway, an announcement also settles the matter afterwards.
            let in_time = |act: &&Counted<'_>| regime.rule == Rule::LivesOn || act.day <= on;
            let announced: Vec<&Counted<'_>> = counted
                .iter()
                .filter(|act| {
                    act.effect.act == Act::DeclaresContinuing
                        && act.effect.scope != Scope::Unspecified
                })
                .filter(in_time)
                .collect();
            let of = life.id;
            let link = |fact| Link { day: Some(on), to: of, fact };
            let kept = |own: Vec<Provision>, act: &Counted<'_>| {
                let fact = Fact::Continued { own: own.clone(), author: act.author() };
                Survival { own, chain: chain(&link(fact), act.ground(on)) }
            };
            let fallen = |reach: Reach| {
                let own = match &reach.scope {
                    Scope::Parts(parts) => parts.clone(),
                    Scope::Whole | Scope::Unspecified => Vec::new(),
                };
                let (parent, except) = (tie.parent, reach.except.clone());
                let fact = Fact::FellWith { parent, own, except, source: regime.source };
                End { on, reach, chain: chain(&link(fact), &parents_end) }
            };
            let continued = announced.iter().find(|act| saves(&reach(act.effect), &tie.own));
            match (regime.rule, continued) {
                (Rule::Falls, _) => {
                    life.ends.extend(falling(&tie.own, &[]).into_iter().map(fallen));
                }
                (_, Some(act)) => life.survived.push(kept(tie.own.clone(), act)),
                (Rule::LivesOn, None) => {
                    let (parent, own) = (tie.parent, tie.own.clone());
                    let fact = Fact::OutlivedParent { parent, own, source: regime.source };
                    let chain = chain(&link(fact), &parents_end);
                    life.survived.push(Survival { own: tie.own.clone(), chain });
                }
                (Rule::FallsUnlessContinued, None) => {
                    let reaches: Vec<Reach> =
                        announced.iter().map(|act| reach(act.effect)).collect();
                    life.ends.extend(falling(&tie.own, &reaches).into_iter().map(fallen));
                    let survived = announced.iter().zip(&reaches);
                    life.survived.extend(
                        survived.filter_map(|(act, reach)| {
                            Some(kept(saved_parts(&tie.own, reach)?, act))
                        }),
                    );
                }
            }
        }
    }

    fn pause(&self, life: &mut Life, counted: &[Counted<'_>]) {
        let resuming = counted.iter().filter(|other| other.effect.act == Act::Resumes);
        let resuming: Vec<&Counted<'_>> = resuming.collect();
        let nearby = Nearby::new(resuming.iter().map(|other| &other.effect.scope));
        for act in counted {
            let Act::Suspends { until } = act.effect.act else { continue };
            let Some(acting) = self.lives[act.by.0 as usize].as_ref() else { continue };
            if until.is_some_and(|until| until <= act.day) {
                let why = Idle::NeverHolds;
                life.idle.push(IdleAct { by: act.by, effect: act.place, why });
            }
            let window = Window { from: Some(act.day), until };
            let resumed = nearby.to_scope(&act.effect.scope).into_iter();
            let resumed = resumed
                .map(|place| resuming[place])
                .filter(|other| other.day >= act.day)
                .map(|other| Resumption {
                    on: other.day,
                    reach: reach(other.effect),
                    chain: deed(life.id, other),
                })
                .collect();
            life.pauses.push(Pause {
                reach: reach(act.effect),
                holds: acting.in_force_within(act.effect.clause.as_ref(), window),
                resumed,
                author: act.author(),
                chain: deed(life.id, act),
            });
        }
    }
}

/// Rule 1: the first days that a document names itself.
fn as_written(of: DocumentId, document: &Document) -> Beginnings {
    let whole = match document.effective {
        Effective::On(day) => Start::On { day, moved: None },
        Effective::Unknown | Effective::Missing => Start::Unknown,
    };
    let own = document.provisions.iter();
    let own = own.map(|own| OwnStart { scope: own.scope.clone(), day: own.from, moved: None });
    Beginnings { of, whole, own: own.collect() }
}

/// Rule 1: acts that move the first day, of the whole or of provisions.
fn begin(life: &mut Life, counted: &[Counted<'_>]) {
    for act in counted {
        let Act::Postpones { to } = act.effect.act else { continue };
        match postponed(&life.begins, act, to.max(act.day)) {
            None => {
                let except = act.effect.except.clone();
                strike(life, act, Reach { scope: Scope::Unspecified, except });
            }
            Some(begins) if begins == life.begins => {
                let why = Idle::TooLate;
                life.idle.push(IdleAct { by: act.by, effect: act.place, why });
            }
            Some(begins) => life.begins = begins,
        }
    }
}

/// The beginnings after a postponement; none where it is left open what is meant, or whether that has
/// begun by then.
fn postponed(before: &Beginnings, act: &Counted<'_>, to: Date) -> Option<Beginnings> {
    let mut after = before.clone();
    let moved = || Some(Moved { author: act.author(), behind: act.ground(to).to_vec() });
    let covers = |list: &[Provision], part: &Provision| {
        list.iter().any(|it| it.relation(part) == Relation::Covers)
    };
    let may_cover = |list: &[Provision], part| list.iter().any(|it| it.may_cover(part));
    let except = &act.effect.except;
    match &act.effect.scope {
        Scope::Unspecified => return None,
        Scope::Whole => {
            if let Start::On { day, moved: mover } = &mut after.whole
                && act.day <= *day
                && to != *day
            {
                // Nothing of what is put off begins before the new day but what has begun by now.
                let late = *day < to;
                let held = |own: &&mut OwnStart| late && act.day <= own.day && own.day < to;
                for own in
                    after.own.iter_mut().filter(held).filter(|own| !covers(except, &own.scope))
                {
                    if may_cover(except, &own.scope) {
                        return None;
                    }
                    (own.day, own.moved) = (to, moved());
                }
                (*day, *mover) = (to, moved());
            }
        }
        Scope::Parts(parts) => {
            for part in parts.iter().filter(|part| !covers(except, part)) {
                let days = before.first_days(part);
                let Some(first) = days.first().filter(|_| days.last() >= Some(&act.day)) else {
                    continue;
                };
                if *first < act.day {
                    return None;
                }
                list(&mut after, before, part, *first);
            }
            for own in after.own.iter_mut().filter(|own| act.day <= own.day) {
                if may_cover(parts, &own.scope) && !covers(except, &own.scope) {
                    if !covers(parts, &own.scope) || may_cover(except, &own.scope) {
                        return None;
                    }
                    if own.day != to {
                        (own.day, own.moved) = (to, moved());
                    }
                }
            }
        }
    }
    if after != *before {
        // What is excepted keeps the day that it had.
        for part in except {
            let days = before.first_days(part);
            match days.as_slice() {
                [] => {}
                _ if after.first_days(part) == days => {}
                [day] => list(&mut after, before, part, *day),
                _ => return None,
            }
        }
    }
    Some(after)
}

/// Adds an entry for a provision that has none, with the day that it had until now.
fn list(after: &mut Beginnings, before: &Beginnings, part: &Provision, day: Date) {
    let same = |own: &OwnStart| {
        own.scope.relation(part) == Relation::Covers
            && part.relation(&own.scope) == Relation::Covers
    };
    if !after.own.iter().any(same) {
        after.own.push(OwnStart { scope: part.clone(), day, moved: before.mover(part) });
    }
}

/// Rule 2: the own term, and acts that extend it while it runs.
fn run_out(life: &mut Life, own_end: Option<Date>, counted: &[Counted<'_>]) {
    let mut end = own_end;
    let mut extended: Option<&Counted<'_>> = None;
    for act in counted {
        let Act::Extends { until } = act.effect.act else { continue };
        let why = match end {
            Some(day) if act.day >= day => Some(Idle::TooLate),
            Some(_) if act.effect.scope == Scope::Unspecified => {
                strike(life, act, reach(act.effect));
                None
            }
            Some(_) if reach(act.effect).is_all() => {
                (end, extended) = (Some(until.max(act.day)), Some(act));
                life.extended.push((act.day, deed(life.id, act)));
                None
            }
            // Provisions have no term of their own, and the whole must not live on for their sake.
            None | Some(_) => Some(Idle::NoTerm),
        };
        life.idle.extend(why.map(|why| IdleAct { by: act.by, effect: act.place, why }));
    }
    if let Some(on) = end {
        let reach = Reach { scope: Scope::Whole, except: Vec::new() };
        let fact = Fact::TermEnds { extended_by: extended.map(Counted::author) };
        let behind = extended.map_or(&[][..], |act| act.ground(on));
        let chain = chain(&Link { day: Some(on), to: life.id, fact }, behind);
        life.ends.push(End { on, reach, chain });
    }
}

/// Rule 2: acts that end.
fn end_by_acts(life: &mut Life, counted: &[Counted<'_>]) {
    for act in counted.iter().filter(|act| act.effect.act.ends()) {
        strike(life, act, reach(act.effect));
    }
}

/// An end that is supposed: as an act would end it that counts on the day.
fn end_by_nobody(supposed: &Supposition) -> End {
    let scope = match &supposed.part {
        None => Scope::Whole,
        Some(part) => Scope::Parts(vec![part.clone()]),
    };
    let fact = Fact::Supposed { part: supposed.part.clone() };
    let link = Link { day: Some(supposed.from), to: supposed.document, fact };
    let reach = Reach { scope, except: Vec::new() };
    End { on: supposed.from, reach, chain: vec![link] }
}

/// Records an act as an end. One that moves, but of which nobody can say what, makes the force unknown
/// just as an end of unspecified scope does.
fn strike(life: &mut Life, act: &Counted<'_>, reach: Reach) {
    let chain = deed(life.id, act);
    life.ends.push(End { on: act.day, reach, chain });
}

fn reach(effect: &Effect) -> Reach {
    Reach { scope: effect.scope.clone(), except: effect.except.clone() }
}

/// An act as a link, and what it rests on.
fn deed(to: DocumentId, act: &Counted<'_>) -> Vec<Link> {
    let effect = act.effect;
    let deed = Deed {
        act: effect.act,
        by: act.by,
        clause: effect.clause.clone(),
        scope: effect.scope.clone(),
        except: effect.except.clone(),
    };
    chain(
        &Link { day: Some(act.day), to, fact: Fact::ActedOn(Arc::new(deed)) },
        act.ground(act.day),
    )
}

impl Counted<'_> {
    fn author(&self) -> Author {
        Author { by: self.by, clause: self.effect.clause.clone() }
    }

    /// What it rests on: how what acts begins. Nothing where that begins as its own text says, on the
    /// day that is told of the act anyway.
    fn ground(&self, told: Date) -> &[Link] {
        match self.begins.first() {
            Some(link) if link.fact == Fact::TakesEffect && link.day == Some(told) => &[],
            _ => &self.begins,
        }
    }
}

/// What it means to cite a document (rule 9).
fn nature(document: &Document) -> Nature {
    let consolidates = |effect: &&Effect| effect.act == Act::Consolidates;
    match document.kind {
        Kind::Other => Nature::Other,
        Kind::Consolidation => {
            let texts = document.effects.iter().filter(consolidates);
            Nature::Consolidates(texts.map(|effect| effect.target).collect())
        }
        _ => Nature::Normative,
    }
}

/// Rule 3: what falls of a text, or of these parts of it, where announcements save some.
fn falling(own: &[Provision], announced: &[Reach]) -> Vec<Reach> {
    let is_saved = |part: &Provision| announced.iter().any(|it| it.touches(part) == Touch::Covered);
    // An announcement of all but for some leaves only those to fall.
    let is_saved_but_for_some = |part: &Provision| {
        announced.iter().any(|it| it.touches(part) == Touch::Partly && it.scope_covers(part))
    };
    let named: Vec<&Provision> = announced
        .iter()
        .filter_map(|it| if let Scope::Parts(parts) = &it.scope { Some(parts) } else { None })
        .flatten()
        .filter(|part| announced.iter().any(|it| it.touches(part) != Touch::Apart))
        .collect();
    let lost = own.iter().filter(|part| !is_saved(part) && !is_saved_but_for_some(part));
    // What is lost though a name covers it that is announced was excepted there, and falls by itself.
    let is_under_a_name =
        |part: &&Provision| named.iter().any(|it| it.relation(part) == Relation::Covers);
    let (alone, together): (Vec<&Provision>, Vec<&Provision>) = lost.partition(is_under_a_name);
    let scope = match own {
        [] if announced.iter().any(|it| it.scope == Scope::Whole) => None,
        [] => Some(Scope::Whole),
        _ if together.is_empty() => None,
        _ => Some(Scope::Parts(together.iter().copied().cloned().collect())),
    };
    let is_met = |part: &Provision| {
        own.is_empty() || together.iter().any(|it| it.relation(part) != Relation::Apart)
    };
    let except = named.iter().filter(|part| is_met(part)).copied().cloned().collect();
    let mut fallen: Vec<Reach> = scope.map(|scope| Reach { scope, except }).into_iter().collect();
    let is_own = |part: &Provision| {
        own.is_empty() || own.iter().any(|it| it.relation(part) == Relation::Covers)
    };
    let excepted = announced.iter().flat_map(|it| &it.except);
    let excepted = excepted.filter(|part| is_own(part) && !is_saved(part));
    // Once by each name: another name for it may tell more, or less, of what lies where.
    let mut told = together;
    for part in alone.into_iter().chain(excepted) {
        if told.contains(&part) {
            continue;
        }
        let inside = |other: &&&Provision| {
            part.relation(other) != Relation::Apart && other.relation(part) != Relation::Covers
        };
        let except = named.iter().filter(inside).copied().cloned().collect();
        fallen.push(Reach { scope: Scope::Parts(vec![part.clone()]), except });
        told.push(part);
    }
    fallen
}

/// What an announcement saves of a text (all of it where empty) or of these parts of it; none where it
/// meets none of them.
fn saved_parts(own: &[Provision], announced: &Reach) -> Option<Vec<Provision>> {
    let named = if let Scope::Parts(parts) = &announced.scope { parts.as_slice() } else { &[] };
    let parts: Vec<Provision> = match own {
        [] if announced.scope == Scope::Whole => return Some(Vec::new()),
        [] => named.to_vec(),
        own => {
            let of_part = |part: &Provision| match announced.touches(part) {
                Touch::Apart => Vec::new(),
                // Only what is announced inside of it.
                Touch::Partly if !announced.scope_covers(part) => {
                    let inside = |it: &&Provision| part.relation(it) == Relation::Covers;
                    named.iter().filter(inside).cloned().collect()
                }
                _ => vec![part.clone()],
            };
            own.iter().flat_map(of_part).collect()
        }
    };
    (!parts.is_empty()).then_some(parts)
}

/// Whether an announcement to continue covers what would fall: the whole, or these parts.
fn saves(reach: &Reach, own: &[Provision]) -> bool {
    match own {
        [] => reach.is_all(),
        parts => parts.iter().all(|part| reach.touches(part) == Touch::Covered),
    }
}
