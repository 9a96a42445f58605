//! The force of documents by walking the days: a diary that is written from the first day to the last.
//! It follows the words of `rules.md`, knows only what has happened up to the day it has reached, and
//! guesses each day anew until the guess explains itself. Slow, and meant to be.

mod met;

use std::collections::{BTreeMap, BTreeSet};

use niemyet::model::date::Date;
use niemyet::model::document::{Act, Document, Effect, Effective, Kind, Scope};
use niemyet::model::provision::Provision;
use niemyet::validity::standing::Force;

use crate::names::{Lie, Name};
use crate::reach::{Reach, Touch, What};

/// What was in force on each day.
pub(crate) struct Diary {
    first: Date,
    days: Vec<Day>,
}

/// One day: a page for each document, and which acts have counted by its end.
#[derive(Clone, PartialEq)]
struct Day {
    pages: Vec<Page>,
    counted: BTreeMap<(usize, usize), Date>,
}

/// What has happened to a document up to a day.
#[derive(Clone, PartialEq)]
struct Page {
    circle: bool,
    consolidates: bool,
    begins: Option<Date>,
    entries: Vec<(Name, Date)>,
    term: Option<Date>,
    blows: Vec<Blow>,
    silences: Vec<Silence>,
    resumed: Vec<(Date, Reach)>,
    kept: Vec<Reach>,
    orphaned: Vec<bool>,
    /// By which law each parent was lost, for the count.
    partings: Vec<&'static str>,
}

#[derive(Clone, PartialEq)]
struct Blow {
    day: Date,
    reach: Reach,
}

#[derive(Clone, PartialEq)]
struct Silence {
    by: (usize, usize),
    since: Date,
    until: Option<Date>,
    /// Whether the document that imposes it is in force today.
    upheld: bool,
    reach: Reach,
}

/// Walks from the first day to the last. All days the documents name must lie after the first.
pub(crate) fn write(documents: &[Document], first: Date, last: Date) -> Diary {
    let circles = circles(documents);
    let mut now = Day {
        pages: documents.iter().zip(circles).map(|(it, circle)| blank(it, circle)).collect(),
        counted: BTreeMap::new(),
    };
    let mut days = Vec::new();
    let mut day = first;
    while day <= last {
        let mut guess = now.clone();
        loop {
            let next = dawn(documents, &now, &guess, day);
            if next == guess {
                break;
            }
            guess = next;
        }
        days.push(guess.clone());
        now = guess;
        day = day.tomorrow().expect("the horizon lies inside the calendar");
    }
    Diary { first, days }
}

impl Diary {
    /// The last day that was walked to; nothing happens behind it.
    pub(crate) fn last(&self) -> Date {
        let days = i64::try_from(self.days.len()).expect("a handful") - 1;
        self.first.checked_add(jiff::Span::new().days(days)).expect("inside the calendar")
    }

    /// The force of a document, or of a provision of it, on a day.
    pub(crate) fn force(&self, document: usize, asked: Option<&Name>, day: Date) -> Force {
        self.today(day).pages[document].force(asked, day)
    }

    fn today(&self, day: Date) -> &Day {
        let since = (day - self.first).get_days();
        &self.days[usize::try_from(since).expect("no day before the first is asked for")]
    }
}

/// Who can reach itself along acts (from actor to target) and ties (from parent to child).
fn circles(documents: &[Document]) -> Vec<bool> {
    let n = documents.len();
    let mut reaches = vec![vec![false; n]; n];
    for (at, document) in documents.iter().enumerate() {
        for effect in &document.effects {
            let silent = matches!(effect.act, Act::Amends | Act::Corrects | Act::Consolidates);
            if !silent {
                reaches[at][effect.target.0 as usize] = true;
            }
        }
        for tie in &document.implements {
            reaches[tie.parent.0 as usize][at] = true;
        }
    }
    for via in 0..n {
        for from in 0..n {
            for to in 0..n {
                reaches[from][to] |= reaches[from][via] && reaches[via][to];
            }
        }
    }
    (0..n).map(|at| reaches[at][at]).collect()
}

fn blank(document: &Document, circle: bool) -> Page {
    Page {
        circle,
        consolidates: document.kind == Kind::Consolidation,
        begins: match document.effective {
            Effective::On(day) => Some(day),
            Effective::Unknown | Effective::Missing => None,
        },
        entries: document.provisions.iter().map(|it| (Name::of(&it.scope), it.from)).collect(),
        term: document.own_end,
        blows: Vec::new(),
        silences: Vec::new(),
        resumed: Vec::new(),
        kept: Vec::new(),
        orphaned: vec![false; document.implements.len()],
        partings: Vec::new(),
    }
}

/// Today, from what was known yesterday and a guess of how everything stands today.
fn dawn(documents: &[Document], yesterday: &Day, guess: &Day, day: Date) -> Day {
    let mut today = yesterday.clone();
    for page in &mut today.pages {
        page.let_term_run_out(day);
    }
    for (by, document) in documents.iter().enumerate() {
        for (at, effect) in document.effects.iter().enumerate() {
            let able = guess.pages[by].is_able(effect.clause.as_ref(), day);
            let due = effect.from.is_none_or(|from| from <= day);
            if able && due && !today.counted.contains_key(&(by, at)) {
                today.counted.insert((by, at), day);
                today.pages[effect.target.0 as usize].undergo(effect, (by, at), day);
            }
            for page in &mut today.pages {
                for silence in page.silences.iter_mut().filter(|it| it.by == (by, at)) {
                    silence.upheld = able;
                }
            }
        }
    }
    for page in &mut today.pages {
        page.let_term_run_out(day);
    }
    for (page, document) in today.pages.iter_mut().zip(documents) {
        for (at, tie) in document.implements.iter().enumerate() {
            let parent = &guess.pages[tie.parent.0 as usize];
            if !page.orphaned[at] && parent.is_gone(&names(&tie.scope)) {
                page.orphaned[at] = true;
                page.lose_parent(&names(&tie.own), day);
            }
        }
    }
    today
}

fn names(provisions: &[Provision]) -> Vec<Name> {
    provisions.iter().map(Name::of).collect()
}

impl Page {
    fn let_term_run_out(&mut self, day: Date) {
        if self.term.is_some_and(|term| term <= day) {
            self.term = None;
            self.blows.push(Blow { day, reach: Reach { what: What::All, except: Vec::new() } });
        }
    }

    /// Rules 1, 2, 3 and 5: what an act that counts today does.
    fn undergo(&mut self, effect: &Effect, by: (usize, usize), day: Date) {
        let reach = Reach {
            what: match &effect.scope {
                Scope::Whole => What::All,
                Scope::Parts(parts) => What::Parts(names(parts)),
                Scope::Unspecified => What::Somewhere,
            },
            except: names(&effect.except),
        };
        match effect.act {
            Act::Replaces | Act::Repeals | Act::DeclaresExpired => {
                self.blows.push(Blow { day, reach });
            }
            Act::Suspends { until } => {
                self.silences.push(Silence { by, since: day, until, upheld: true, reach });
            }
            Act::Resumes => self.resumed.push((day, reach)),
            Act::DeclaresContinuing => self.kept.push(reach),
            Act::Postpones { to } => self.move_beginning(&reach, to.max(day), day),
            Act::Extends { until } => match self.term {
                Some(term) if day < term && reach.what == What::Somewhere => {
                    self.blows.push(Blow { day, reach });
                }
                Some(term) if day < term && reach.is_everything() => self.term = Some(until),
                _ => {}
            },
            Act::Amends | Act::Corrects | Act::Consolidates => {}
        }
    }

    /// Rule 1: a postponement that counts today.
    fn move_beginning(&mut self, reach: &Reach, to: Date, day: Date) {
        let mut moved = self.clone();
        let is_clear = match &reach.what {
            What::Somewhere => false,
            What::All => match self.begins {
                Some(now) if day <= now => {
                    moved.begins = Some(to);
                    to <= now || moved.put_off(&reach.except, to, day)
                }
                _ => true,
            },
            What::Parts(parts) => moved.move_parts(parts, &reach.except, to, day),
        };
        let mut is_clear_what_stays = true;
        if is_clear && moved != *self {
            for saved in &reach.except {
                let days = self.first_days_of(saved).unwrap_or_default();
                let all: BTreeSet<Date> = days.iter().copied().collect();
                if moved.first_days_of(saved).is_some_and(|now| all == now.into_iter().collect()) {
                    continue;
                }
                is_clear_what_stays &= days.iter().all(|other| *other == days[0]);
                days.first().into_iter().for_each(|day| moved.list(saved, *day));
            }
        }
        if is_clear && is_clear_what_stays {
            *self = moved;
        } else {
            let reach = Reach { what: What::Somewhere, except: reach.except.clone() };
            self.blows.push(Blow { day, reach });
        }
    }

    /// Holds back the entries that would begin before a later first day of the whole; false where it is
    /// open whether one of them is excepted.
    fn put_off(&mut self, except: &[Name], to: Date, day: Date) -> bool {
        for (name, from) in self.entries.iter_mut().filter(|(_, from)| (day..to).contains(from)) {
            if except.iter().any(|it| it.lies(name) == Lie::Holds) {
                continue;
            }
            if except.iter().any(|it| it.may_hold(name)) {
                return false;
            }
            *from = to;
        }
        true
    }

    /// Moves what is named and has not begun; false where the names leave anything open.
    fn move_parts(&mut self, parts: &[Name], except: &[Name], to: Date, day: Date) -> bool {
        let holds = |list: &[Name], name: &Name| list.iter().any(|it| it.lies(name) == Lie::Holds);
        let may_hold = |list: &[Name], name: &Name| list.iter().any(|it| it.may_hold(name));
        let before = self.clone();
        for part in parts.iter().filter(|part| !holds(except, part)) {
            let days = before.first_days_of(part).unwrap_or_default();
            let n_ahead = days.iter().filter(|from| day <= **from).count();
            if n_ahead == days.len() {
                days.first().into_iter().for_each(|from| self.list(part, *from));
            } else if 0 < n_ahead {
                return false;
            }
        }
        for (name, from) in &mut self.entries {
            if *from < day || holds(except, name) {
                continue;
            }
            let surely = holds(parts, name);
            if (may_hold(parts, name) && !surely) || (surely && may_hold(except, name)) {
                return false;
            }
            if surely {
                *from = to;
            }
        }
        true
    }

    /// Gives a provision a day of its own, if it has none.
    fn list(&mut self, name: &Name, day: Date) {
        if !self.entries.iter().any(|(other, _)| other.is_same(name)) {
            self.entries.push((name.clone(), day));
        }
    }

    /// Rule 3, on the day on which the parent ends.
    fn lose_parent(&mut self, own: &[Name], day: Date) {
        let what = if own.is_empty() { What::All } else { What::Parts(own.to_vec()) };
        let continues = self.kept.iter().any(|kept| match &what {
            What::Parts(parts) => parts.iter().all(|part| kept.touches(part) == Touch::AllOfIt),
            _ => kept.is_everything(),
        });
        let spring = Date::constant(2025, 4, 1);
        let summer = Date::constant(2025, 7, 1);
        self.partings.push(match (day < spring, day < summer, continues) {
            (true, _, false) => "up to 2025-03-31: it falls",
            (true, _, true) => "up to 2025-03-31: it falls, though announced to continue",
            (false, true, false) => "in the spring of 2025: it lives on",
            (false, true, true) => "in the spring of 2025: it lives on, as announced",
            (false, false, false) => "from 2025-07-01: it falls",
            (false, false, true) => "from 2025-07-01: it lives on, as announced",
        });
        if day < spring {
            self.blows.push(Blow { day, reach: Reach { what, except: Vec::new() } });
        } else if summer <= day && !continues {
            let lost = self.lost(own);
            self.blows.extend(lost.into_iter().map(|reach| Blow { day, reach }));
        }
    }

    /// Rule 3: what falls but for what was announced, of all of it or of these parts.
    fn lost(&self, own: &[Name]) -> Vec<Reach> {
        let kept: Vec<&Reach> = self.kept.iter().filter(|it| it.what != What::Somewhere).collect();
        let touched = |name: &Name| kept.iter().map(|it| it.touches(name)).max();
        let unless_excepted = |it: &Reach| Reach { what: it.what.clone(), except: Vec::new() };
        let mut shelters = Vec::new();
        for name in kept.iter().flat_map(|it| it.parts()) {
            if touched(name) != Some(Touch::Nothing) {
                shelters.push(name.clone());
            }
        }
        let mut lost = Vec::new();
        if own.is_empty() {
            if kept.iter().all(|it| it.what != What::All) {
                lost.push(Reach { what: What::All, except: shelters.clone() });
            }
        } else {
            let falls = |part: &&Name| {
                let but_for_some = kept.iter().any(|it| {
                    it.touches(part) == Touch::SomeOfIt
                        && unless_excepted(it).touches(part) == Touch::AllOfIt
                });
                touched(part) != Some(Touch::AllOfIt) && !but_for_some
            };
            // What falls out of a shelter falls alone; what lies in none falls with its like.
            let is_sheltered = |part: &&Name| shelters.iter().any(|it| it.lies(part) == Lie::Holds);
            let (out, open): (Vec<&Name>, Vec<&Name>) =
                own.iter().filter(falls).partition(is_sheltered);
            // What is announced elsewhere neither saves it nor leaves anything open.
            let is_near = |it: &&Name| open.iter().any(|part| it.lies(part) != Lie::Apart);
            let except = shelters.iter().filter(is_near).cloned().collect();
            if !open.is_empty() {
                lost.push(Reach { what: What::Parts(open.into_iter().cloned().collect()), except });
            }
            lost.extend(out.into_iter().map(|part| falls_out(part, &shelters)));
        }
        for left in kept.iter().flat_map(|it| &it.except) {
            let mine = own.is_empty() || own.iter().any(|part| part.lies(left) == Lie::Holds);
            if mine && touched(left) != Some(Touch::AllOfIt) {
                lost.push(falls_out(left, &shelters));
            }
        }
        lost
    }

    /// Rule 3: whether the parent has ended for a tie to all of it or to these parts.
    fn is_gone(&self, parts: &[Name]) -> bool {
        if self.circle {
            return false;
        }
        if parts.is_empty() {
            return self.blows.iter().any(|blow| blow.reach.what == What::All);
        }
        parts.iter().all(|part| self.end_of(part).is_some())
    }

    /// Rule 4: whether it can act.
    fn is_able(&self, clause: Option<&Provision>, day: Date) -> bool {
        match clause {
            None => matches!(
                self.force(None, day),
                Force::InForce | Force::InForceInPart | Force::PartlyEnded | Force::PartlySuspended
            ),
            Some(clause) => self.force(Some(&Name::of(clause)), day) == Force::InForce,
        }
    }

    /// Rule 8.
    fn force(&self, asked: Option<&Name>, day: Date) -> Force {
        match asked {
            _ if self.circle => Force::Unknown,
            None => self.force_of_all(day),
            Some(asked) => self.force_of_part(asked, day),
        }
    }

    /// A consolidated text needs none of its own.
    fn without_beginning(&self) -> Force {
        if self.consolidates { Force::NotItsOwn } else { Force::Unknown }
    }

    fn force_of_all(&self, day: Date) -> Force {
        if let Some(end) = self.end_of_all() {
            let entries = self.entries.iter().map(|(_, from)| *from);
            let never_began = self
                .begins
                .is_some_and(|begins| entries.chain([begins]).all(|begins| end <= begins));
            return if never_began { Force::Withdrawn } else { Force::Ended };
        }
        if self.blows.iter().any(|blow| blow.reach.what == What::All) {
            return Force::EndedExcept;
        }
        let Some(begins) = self.begins else { return self.without_beginning() };
        if day < begins {
            let begun = self.entries.iter().any(|(name, from)| {
                let force = self.force_of_part(name, day);
                *from <= day && !matches!(force, Force::NotYet | Force::Ended)
            });
            return if begun { Force::NotYetButInPart } else { Force::NotYet };
        }
        let silences: Vec<&Silence> =
            self.silences.iter().filter(|silence| silence.holds(day)).collect();
        let wholly_resumed = |silence: &Silence| {
            self.resumed
                .iter()
                .any(|(since, reach)| silence.since <= *since && reach.is_everything())
        };
        let loud = |what: &What| {
            silences.iter().any(|silence| silence.reach.what == *what && !wholly_resumed(silence))
        };
        if self.blows.iter().any(|blow| blow.reach.what == What::Somewhere)
            || loud(&What::Somewhere)
        {
            return Force::Unknown;
        }
        // What is resumed but for some provisions is silent in those alone.
        let of_all = silences.iter().filter(|it| it.reach.what == What::All && !wholly_resumed(it));
        let (some, all): (Vec<_>, Vec<_>) =
            of_all.map(|silence| self.still_silent(silence)).partition(Option::is_some);
        if !all.is_empty() {
            return Force::Suspended;
        }
        if self.blows.iter().any(|blow| !blow.reach.parts().is_empty()) {
            return Force::PartlyEnded;
        }
        let some_silent = silences.iter().any(|silence| {
            silence.reach.parts().iter().any(|part| !self.is_resumed(silence, part))
        });
        if some_silent || some.iter().flatten().any(|parts| !parts.is_empty()) {
            return Force::PartlySuspended;
        }
        if self.entries.iter().any(|(_, from)| day < *from) {
            return Force::InForceInPart;
        }
        Force::InForce
    }

    fn force_of_part(&self, asked: &Name, day: Date) -> Force {
        let ended = self.blows.iter().map(|blow| blow.reach.touches_surely(asked)).max();
        match ended.unwrap_or(Touch::Nothing) {
            Touch::AllOfIt => return Force::Ended,
            Touch::Unclear => return Force::Unknown,
            Touch::SomeOfIt => return Force::PartlyEnded,
            Touch::Nothing => {}
        }
        match self.has_begun(asked, day) {
            None if self.first_days_of(asked).is_none() => return self.without_beginning(),
            None => return Force::Unknown,
            Some(false) => return Force::NotYet,
            Some(true) => {}
        }
        let somewhere = |blow: &Blow| {
            blow.reach.what == What::Somewhere && blow.reach.touches(asked) != Touch::Nothing
        };
        if self.blows.iter().any(somewhere) {
            return Force::Unknown;
        }
        let silent = self
            .silences
            .iter()
            .filter(|silence| silence.holds(day) && !self.is_resumed(silence, asked))
            .map(|silence| self.silenced(silence, asked))
            .max();
        match silent.unwrap_or(Touch::Nothing) {
            Touch::AllOfIt => Force::Suspended,
            Touch::Unclear => Force::Unknown,
            Touch::SomeOfIt => Force::PartlySuspended,
            Touch::Nothing => Force::InForce,
        }
    }

    /// Whether a provision has begun; none where the register does not tell.
    fn has_begun(&self, asked: &Name, day: Date) -> Option<bool> {
        let candidates = self.first_days_of(asked)?;
        let begun = candidates.iter().filter(|from| **from <= day).count();
        match begun {
            0 => Some(false),
            _ if begun == candidates.len() => Some(true),
            _ => None,
        }
    }

    /// The day on which a provision begins; several where the names do not tell; none where unknown.
    fn first_days_of(&self, asked: &Name) -> Option<Vec<Date>> {
        // Of several entries that hold it the innermost is its own; of equals the latest.
        let holding = self.entries.iter().filter(|(name, _)| name.lies(asked) == Lie::Holds);
        let own = holding.max_by_key(|(name, from)| (name.innermost(), *from));
        let mut days = vec![match own {
            Some((_, from)) => *from,
            None => self.begins?,
        }];
        // An entry that may hold it is of weight unless it would in turn hold the one that surely does.
        for (name, from) in &self.entries {
            let further_in = own.is_none_or(|(surely, _)| surely.innermost() < name.innermost());
            if name.may_hold(asked) && further_in {
                days.push(*from);
            }
        }
        Some(days)
    }

    /// The day on which nothing of it was left.
    fn end_of_all(&self) -> Option<Date> {
        self.blows
            .iter()
            .filter(|blow| blow.reach.what == What::All)
            .filter_map(|blow| {
                let saved = blow.reach.except.iter().map(|saved| self.end_of(saved));
                saved.chain([Some(blow.day)]).collect::<Option<Vec<Date>>>()?.into_iter().max()
            })
            .min()
    }

    /// The day on which a provision ended, all of it.
    fn end_of(&self, part: &Name) -> Option<Date> {
        self.blows
            .iter()
            .filter(|blow| blow.reach.touches_surely(part) == Touch::AllOfIt)
            .map(|blow| blow.day)
            .min()
    }

    /// How much of a provision a suspension reaches with those of its parts that nothing has resumed.
    fn silenced(&self, silence: &Silence, asked: &Name) -> Touch {
        let still = match &silence.reach.what {
            What::Parts(parts) => {
                parts.iter().filter(|part| !self.is_resumed(silence, part)).cloned().collect()
            }
            What::All => match self.still_silent(silence) {
                Some(parts) => parts,
                None => return silence.reach.touches(asked),
            },
            What::Somewhere => return silence.reach.touches(asked),
        };
        let except = silence.reach.except.clone();
        Reach { what: What::Parts(still), except }.touches(asked)
    }

    /// Rule 5: the provisions that acts have left suspended that resumed the whole but for some; none
    /// where no such act has counted.
    fn still_silent(&self, silence: &Silence) -> Option<Vec<Name>> {
        let sparing: Vec<&Reach> = self
            .resumed
            .iter()
            .filter(|(since, reach)| {
                silence.since <= *since && reach.what == What::All && !reach.except.is_empty()
            })
            .map(|(_, reach)| reach)
            .collect();
        if sparing.is_empty() {
            return None;
        }
        let mut still = Vec::new();
        for name in sparing.iter().flat_map(|reach| &reach.except) {
            let cut = sparing.iter().any(|reach| reach.touches(name) == Touch::SomeOfIt);
            let reached = silence.reach.touches(name) != Touch::Nothing;
            if reached && !cut && !self.is_resumed(silence, name) {
                still.push(name.clone());
            }
        }
        Some(still)
    }

    fn is_resumed(&self, silence: &Silence, part: &Name) -> bool {
        self.resumed.iter().any(|(since, reach)| {
            silence.since <= *since && reach.touches_surely(part) == Touch::AllOfIt
        })
    }
}

impl Silence {
    fn holds(&self, day: Date) -> bool {
        self.upheld && self.until.is_none_or(|until| day < until)
    }
}

/// What falls though something around it is announced, but for what is announced inside of it.
fn falls_out(name: &Name, shelters: &[Name]) -> Reach {
    let inside = shelters.iter().filter(|it| !matches!(it.lies(name), Lie::Holds | Lie::Apart));
    Reach { what: What::Parts(vec![name.clone()]), except: inside.cloned().collect() }
}
