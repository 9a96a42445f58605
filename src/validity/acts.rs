//! From the register to lives: which acts count, and what they do to a document's beginning, end and
//! pauses (rules 1 to 5 and 7). A document's turn comes after all that it depends on.

use super::life::{End, Idle, IdleAct, Life, OwnStart, Start};
use super::order::order;
use super::reach::{Pause, Reach, Touch};
use super::regimes::{self, Rule};
use super::standing::{Deed, Fact, Force, Link, Standing};
use super::suppose::Supposition;
use super::timeline::Timeline;
use crate::model::Catalogue;
use crate::model::date::{Date, Window};
use crate::model::document::{Act, Document, DocumentId, Effect, Effective, Implements, Scope};
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
            Life::on_circle(id)
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
        life.ends.extend(self.supposed.map(end_by_nobody));
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
            // Where it lives on anyway, an announcement also settles the matter afterwards.
            let in_time = |act: &Counted<'_>| regime.rule == Rule::LivesOn || act.day <= on;
            let continued = counted.iter().find(|act| {
                act.effect.act == Act::DeclaresContinuing
                    && in_time(act)
                    && saves(&reach(act.effect), &tie.own)
            });
            let fact = match (regime.rule, continued) {
                (Rule::LivesOn, None) => {
                    Fact::OutlivedParent { parent: tie.parent, source: regime.source }
                }
                (Rule::LivesOn | Rule::FallsUnlessContinued, Some(act)) => {
                    Fact::Continued { by: act.by }
                }
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
            None | Some(_) => Some(Idle::NoTerm),
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

/// An end that is supposed: as an act would end it that counts on the day.
fn end_by_nobody(supposed: &Supposition) -> End {
    let scope = match &supposed.part {
        None => Scope::Whole,
        Some(part) => Scope::Parts(vec![part.clone()]),
    };
    let fact = Fact::Supposed { part: supposed.part.clone() };
    let link = Link { day: Some(supposed.from), to: supposed.document, fact };
    let reach = Reach { scope, except: Vec::new() };
    End { on: supposed.from, reach, link, behind: Vec::new() }
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
