//! Two states of one catalogue: what is published longer, shorter, newly or no more from a day on; or one
//! day held against another. Things of the two are matched by what names them, never by their place in a
//! list; a procedure or a document under another stem by its code or number. Compares days, not words: a
//! text that was rewritten and stays is no difference here, and parts of procedures are matched by who
//! knows their words.

use std::collections::{BTreeMap, BTreeSet};

use super::Assessment;
use super::published::{Thing, runs, things};
use super::standing::Force;
use crate::model::Catalogue;
use crate::model::Slug;
use crate::model::agency::OfficeId;
use crate::model::date::{Date, Window};
use crate::model::document::DocumentId;
use crate::model::number::NumberKey;
use crate::model::procedure::ProcedureId;

/// A catalogue with its answer.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// What holds.
    pub assessment: &'a Assessment,
}

/// The days that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Of both states all days from one on.
    From(Date),
    /// Of each state one day.
    On([Date; 2]),
}

/// What differs, in a total order.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Procedures, groups, agencies and offices that are on other days on the site.
    pub things: Vec<Changed>,
    /// Documents whose force takes another course.
    pub documents: Vec<ChangedDocument>,
}

/// A thing that is on other days on the site. It is in one state of the catalogue at least.
#[derive(Clone, Debug)]
pub struct Changed {
    /// In the state before.
    pub before: Option<Held>,
    /// In the state after.
    pub after: Option<Held>,
}

/// A thing in one state, and the days on which it is published.
#[derive(Clone, Debug)]
pub struct Held {
    /// What.
    pub thing: Thing,
    /// When, of the days compared; of a part, of the days on which both states publish its procedure. One
    /// window without an end for what is there on the one day that is looked at.
    pub days: Vec<Window>,
}

/// How a thing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// It is no more published.
    Goes,
    /// It is newly published.
    Appears,
    /// It is published on other days, and on some no more.
    Shortened,
    /// It is published on more days.
    Lengthened,
    /// It is published on the same days under another stem, and so at another address.
    Renamed,
}

/// A document whose force takes another course.
#[derive(Clone, Debug)]
pub struct ChangedDocument {
    /// In the state before.
    pub before: Option<Course>,
    /// In the state after.
    pub after: Option<Course>,
}

impl ChangedDocument {
    /// Whether it stands as before, and bears another stem.
    #[must_use]
    pub fn is_only_renamed(&self) -> bool {
        let forces = |course: &Option<Course>| course.as_ref().map(|course| course.forces.clone());
        forces(&self.before) == forces(&self.after)
    }
}

/// How a document stands from the day of the comparison on.
#[derive(Clone, Debug)]
pub struct Course {
    /// Which.
    pub document: DocumentId,
    /// Each force and its first day; the first holds on the first of the days compared.
    pub forces: Vec<(Date, Force)>,
}

/// Compares two states of a catalogue.
#[must_use]
pub fn compare(before: Side<'_>, after: Side<'_>, seen: Seen) -> Comparison {
    let names = [Names::new(), renamed(&codes(before), &codes(after))];
    let mut keyed: BTreeMap<Key, [Vec<Held>; 2]> = BTreeMap::new();
    for (place, side) in [before, after].into_iter().enumerate() {
        for thing in things(side.catalogue).into_iter().filter(|thing| !thing.is_part()) {
            if let Some(key) = key(side.catalogue, thing, &names[place]) {
                let held = Held { thing, days: days(thing, side, seen, place) };
                keyed.entry(key).or_default()[place].push(held);
            }
        }
    }
    let mut things = Vec::new();
    for (key, [old, new]) in keyed {
        let is_renamed =
            matches!(&key, Key::Procedure(slug) if names[1].values().any(|old| old == slug));
        things.extend(matched(old, new, is_renamed));
    }
    Comparison { things, documents: documents(before, after, seen) }
}

/// The procedures of two states: those that both have, by their stem or, under another stem, by their code.
#[must_use]
pub fn procedures(before: Side<'_>, after: Side<'_>) -> Vec<[ProcedureId; 2]> {
    let names = renamed(&codes(before), &codes(after));
    let old: BTreeMap<&Slug, ProcedureId> =
        before.catalogue.procedure_ids().map(|(id, procedure)| (&procedure.slug, id)).collect();
    let both = after.catalogue.procedure_ids();
    both.filter_map(|(id, procedure)| Some([*old.get(name(&names, &procedure.slug))?, id]))
        .collect()
}

fn codes(side: Side<'_>) -> BTreeMap<Slug, Option<String>> {
    let procedures = side.catalogue.procedures.iter();
    procedures.map(|it| (it.slug.clone(), Some(it.code.value.clone()))).collect()
}

/// Stems of the state after, with those that the same things have in the state before.
type Names = BTreeMap<Slug, Slug>;

/// What bears another stem in the state after: by what else names it, where one alone is missing and one
/// alone is new under that name. Of several nobody can tell which became which.
fn renamed<Id: Ord>(
    before: &BTreeMap<Slug, Option<Id>>,
    after: &BTreeMap<Slug, Option<Id>>,
) -> Names {
    let mut moved: BTreeMap<&Id, [Vec<&Slug>; 2]> = BTreeMap::new();
    for (place, (here, there)) in [(before, after), (after, before)].into_iter().enumerate() {
        for (slug, id) in here.iter().filter(|(slug, _)| !there.contains_key(*slug)) {
            if let Some(id) = id {
                moved.entry(id).or_default()[place].push(slug);
            }
        }
    }
    let pairs = moved.into_values().filter_map(|[old, new]| match (&old[..], &new[..]) {
        ([old], [new]) => Some(((*new).clone(), (*old).clone())),
        _ => None,
    });
    pairs.collect()
}

/// The stem by which a thing is matched.
fn name<'a>(names: &'a Names, slug: &'a Slug) -> &'a Slug {
    names.get(slug).unwrap_or(slug)
}

/// When a thing of one state is published, of the days compared.
fn days(thing: Thing, side: Side<'_>, seen: Seen, place: usize) -> Vec<Window> {
    let published = |day| thing.is_published(side.catalogue, side.assessment, day);
    match seen {
        Seen::From(from) => {
            let edges = thing.days(side.catalogue, side.assessment).into_iter().collect();
            runs(from, &edges, published)
        }
        Seen::On(days) => Vec::from_iter(published(days[place]).then(Window::default)),
    }
}

/// When a part of a procedure is published, of the days compared: those on which the procedure that the
/// other state has for its own is published too, for a part goes with its procedure.
#[must_use]
pub fn part_days(
    part: Thing,
    (side, place): (Side<'_>, usize),
    (other, twin): (Side<'_>, ProcedureId),
    seen: Seen,
) -> Vec<Window> {
    let Seen::From(from) = seen else { return days(part, side, seen, place) };
    let twin = Thing::Procedure(twin);
    let mut edges: BTreeSet<Date> =
        part.days(side.catalogue, side.assessment).into_iter().collect();
    edges.extend(twin.days(other.catalogue, other.assessment));
    runs(from, &edges, |day| {
        part.is_published(side.catalogue, side.assessment, day)
            && twin.is_published(other.catalogue, other.assessment, day)
    })
}

/// Pairs what bears one name: first what did not change, then the rest in order. What bears another stem
/// did change.
fn matched(old: Vec<Held>, mut new: Vec<Held>, is_renamed: bool) -> Vec<Changed> {
    let mut left = Vec::new();
    for held in old {
        match new.iter().position(|other| other.days == held.days && !is_renamed) {
            Some(same) => drop(new.remove(same)),
            None => left.push(held),
        }
    }
    let (mut old, mut new) = (left.into_iter(), new.into_iter());
    let mut changed = Vec::new();
    loop {
        let (before, after) = (old.next(), new.next());
        if before.is_none() && after.is_none() {
            return changed;
        }
        let any_day = [&before, &after].into_iter().flatten().any(|held| !held.days.is_empty());
        // What is published in neither state is no difference on the site.
        if any_day {
            changed.push(Changed { before, after });
        }
    }
}

impl Changed {
    /// How it changed.
    #[must_use]
    pub fn turn(&self) -> Turn {
        let (before, after) = (self.days_before(), self.days_after());
        if before == after {
            Turn::Renamed
        } else if after.is_empty() {
            Turn::Goes
        } else if before.is_empty() {
            Turn::Appears
        } else if self.first_loss().is_some() {
            Turn::Shortened
        } else {
            Turn::Lengthened
        }
    }

    /// The first day on which it was to be published and no more is.
    #[must_use]
    pub fn first_loss(&self) -> Option<Date> {
        first_without(self.days_before(), self.days_after())
    }

    /// The first day on which it is published and was not to be.
    #[must_use]
    pub fn first_gain(&self) -> Option<Date> {
        first_without(self.days_after(), self.days_before())
    }

    fn days_before(&self) -> &[Window] {
        self.before.as_ref().map_or(&[], |held| &held.days)
    }

    fn days_after(&self) -> &[Window] {
        self.after.as_ref().map_or(&[], |held| &held.days)
    }
}

/// The first day that lies in the one and not in the other.
#[must_use]
pub fn first_without(one: &[Window], other: &[Window]) -> Option<Date> {
    let edges = one.iter().map(|window| window.from.unwrap_or(Date::MIN));
    let edges: BTreeSet<Date> =
        edges.chain(other.iter().filter_map(|window| window.until)).collect();
    let covers = |windows: &[Window], day| windows.iter().any(|window| window.covers(day));
    edges.into_iter().find(|day| covers(one, *day) && !covers(other, *day))
}

/// What names a thing in both states.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Procedure(Slug),
    Group(Slug),
    Agency(Slug),
    Office(Slug, String),
}

fn key(catalogue: &Catalogue, thing: Thing, names: &Names) -> Option<Key> {
    match thing {
        Thing::Procedure(id) => Some(Key::Procedure(name(names, &catalogue[id].slug).clone())),
        Thing::Group(group) => Some(Key::Group(catalogue.groups[group].slug.clone())),
        Thing::Agency(agency) => Some(Key::Agency(catalogue[agency].slug.clone())),
        Thing::Office(office) => {
            let OfficeId { agency, .. } = office;
            Some(Key::Office(catalogue[agency].slug.clone(), catalogue[office].id.clone()))
        }
        Thing::Element(..) | Thing::Citation(..) => None,
    }
}

fn documents(before: Side<'_>, after: Side<'_>, seen: Seen) -> Vec<ChangedDocument> {
    let numbers = |side: Side<'_>| {
        let documents = side.catalogue.documents.iter();
        // Local numbers repeat in every province.
        let numbers = documents.map(|it| {
            let number = it.number.as_deref().map(|it| NumberKey::new(it).as_str().to_owned());
            (it.slug.clone(), number.map(|number| (number, it.province.clone())))
        });
        numbers.collect()
    };
    let names = [Names::new(), renamed(&numbers(before), &numbers(after))];
    let mut keyed: BTreeMap<Slug, [Option<Course>; 2]> = BTreeMap::new();
    for (place, side) in [before, after].into_iter().enumerate() {
        for (id, document) in side.catalogue.document_ids() {
            let course = course(side.assessment, id, seen, place);
            let slug = name(&names[place], &document.slug).clone();
            keyed.entry(slug).or_default()[place] = Some(course);
        }
    }
    let forces = |course: &Option<Course>| course.as_ref().map(|course| course.forces.clone());
    let is_renamed = |slug: &Slug| names[1].values().any(|old| old == slug);
    let changed = keyed
        .into_iter()
        .filter(|(slug, [before, after])| is_renamed(slug) || forces(before) != forces(after));
    changed.map(|(_, [before, after])| ChangedDocument { before, after }).collect()
}

fn course(assessment: &Assessment, document: DocumentId, seen: Seen, place: usize) -> Course {
    let whole = assessment.life(document).whole();
    let from = match seen {
        Seen::From(from) => from,
        // The day is not a part of what is compared.
        Seen::On(days) => {
            return Course { document, forces: vec![(Date::MIN, whole.at(days[place]).force)] };
        }
    };
    let mut forces = vec![(from, whole.at(from).force)];
    for (day, standing) in whole.changes().filter(|(day, _)| from < *day) {
        if forces.last().is_none_or(|(_, last)| *last != standing.force) {
            forces.push((day, standing.force));
        }
    }
    Course { document, forces }
}
