//! Two states of one catalogue, seen on the same day: what is published longer, shorter, newly or no
//! more, from that day on. Things of the two are matched by what names them, never by their place in a
//! list. Compares days, not words: a text that was rewritten and stays is no difference here.

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
use crate::model::procedure::{ElementKind, ProcedureId};
use crate::model::provision::Provision;

/// A catalogue with its answer.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// What holds.
    pub assessment: &'a Assessment,
}

/// What differs, in a total order.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// What is on other days on the site.
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
    /// When, from the day of the comparison on; of a part, of the days on which both states publish
    /// its procedure.
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
}

/// A document whose force takes another course.
#[derive(Clone, Debug)]
pub struct ChangedDocument {
    /// In the state before.
    pub before: Option<Course>,
    /// In the state after.
    pub after: Option<Course>,
}

/// How a document stands from the day of the comparison on.
#[derive(Clone, Debug)]
pub struct Course {
    /// Which.
    pub document: DocumentId,
    /// Each force and its first day; the first holds on the day of the comparison.
    pub forces: Vec<(Date, Force)>,
}

/// Compares two states of a catalogue from a day on.
#[must_use]
pub fn compare(before: Side<'_>, after: Side<'_>, from: Date) -> Comparison {
    let mut keyed: BTreeMap<Key, [Vec<Thing>; 2]> = BTreeMap::new();
    for (place, side) in [before, after].into_iter().enumerate() {
        for thing in things(side.catalogue) {
            keyed.entry(key(side.catalogue, thing)).or_default()[place].push(thing);
        }
    }
    let procedures = [before, after].map(|side| {
        let ids = side.catalogue.procedure_ids();
        ids.map(|(id, procedure)| (&procedure.slug, id)).collect::<BTreeMap<_, _>>()
    });
    let mut things = Vec::new();
    for [old, new] in keyed.into_values() {
        let hold = |thing: Thing, side: Side<'_>, other: Side<'_>, others: &BTreeMap<_, _>| {
            let twin = thing.procedure().filter(|_| thing.is_part());
            let twin = twin.map(|id| others.get(&side.catalogue[id].slug).copied());
            Held { thing, days: days(thing, side, twin.map(|twin| (other, twin)), from) }
        };
        let [olds, news] = &procedures;
        let old: Vec<Held> = old.into_iter().map(|it| hold(it, before, after, news)).collect();
        let new: Vec<Held> = new.into_iter().map(|it| hold(it, after, before, olds)).collect();
        things.extend(matched(old, new));
    }
    Comparison { things, documents: documents(before, after, from) }
}

/// When a thing is published; a part only counts while the other state publishes its procedure too.
fn days(
    thing: Thing,
    side: Side<'_>,
    twin: Option<(Side<'_>, Option<ProcedureId>)>,
    from: Date,
) -> Vec<Window> {
    let published = |side: Side<'_>, thing: Thing, day| {
        thing.is_published(side.catalogue, side.assessment, day)
    };
    let mut edges: BTreeSet<Date> =
        thing.days(side.catalogue, side.assessment).into_iter().collect();
    match twin {
        None => runs(from, &edges, |day| published(side, thing, day)),
        Some((_, None)) => Vec::new(),
        Some((other, Some(twin))) => {
            let twin = Thing::Procedure(twin);
            edges.extend(twin.days(other.catalogue, other.assessment));
            runs(from, &edges, |day| published(side, thing, day) && published(other, twin, day))
        }
    }
}

/// Pairs what bears one name: first what did not change, then the rest in order.
fn matched(old: Vec<Held>, mut new: Vec<Held>) -> Vec<Changed> {
    let mut left = Vec::new();
    for held in old {
        match new.iter().position(|other| other.days == held.days) {
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
        if after.is_empty() {
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
fn first_without(one: &[Window], other: &[Window]) -> Option<Date> {
    let edges = one.iter().filter_map(|window| window.from);
    let edges: BTreeSet<Date> =
        edges.chain(other.iter().filter_map(|window| window.until)).collect();
    let covers = |windows: &[Window], day| windows.iter().any(|window| window.covers(day));
    edges.into_iter().find(|day| covers(one, *day) && !covers(other, *day))
}

/// What names a thing in both states. Parts may share a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Procedure(Slug),
    Group(Slug),
    Element(Slug, ElementKind, String),
    Citation(Slug, String, Vec<Provision>),
    Agency(Slug),
    Office(Slug, String),
}

fn key(catalogue: &Catalogue, thing: Thing) -> Key {
    match thing {
        Thing::Procedure(id) => Key::Procedure(catalogue[id].slug.clone()),
        Thing::Group(group) => Key::Group(catalogue.groups[group].slug.clone()),
        Thing::Element(id, element) => {
            let element = &catalogue[id].elements[element.0 as usize];
            Key::Element(catalogue[id].slug.clone(), element.kind, element.name.clone())
        }
        Thing::Citation(id, place) => {
            let citation = &catalogue[id].legal_basis[place];
            let label = catalogue.cited_label(&citation.document);
            let label = NumberKey::new(label).as_str().to_owned();
            Key::Citation(catalogue[id].slug.clone(), label, citation.provisions.clone())
        }
        Thing::Agency(agency) => Key::Agency(catalogue[agency].slug.clone()),
        Thing::Office(office) => {
            let OfficeId { agency, .. } = office;
            Key::Office(catalogue[agency].slug.clone(), catalogue[office].id.clone())
        }
    }
}

fn documents(before: Side<'_>, after: Side<'_>, from: Date) -> Vec<ChangedDocument> {
    let mut keyed: BTreeMap<Slug, [Option<Course>; 2]> = BTreeMap::new();
    for (place, side) in [before, after].into_iter().enumerate() {
        for (id, document) in side.catalogue.document_ids() {
            let course = course(side.assessment, id, from);
            keyed.entry(document.slug.clone()).or_default()[place] = Some(course);
        }
    }
    let forces = |course: &Option<Course>| course.as_ref().map(|course| course.forces.clone());
    let differs = |[before, after]: &[Option<Course>; 2]| forces(before) != forces(after);
    let changed = keyed.into_values().filter(differs);
    changed.map(|[before, after]| ChangedDocument { before, after }).collect()
}

fn course(assessment: &Assessment, document: DocumentId, from: Date) -> Course {
    let whole = assessment.life(document).whole();
    let mut forces = vec![(from, whole.at(from).force)];
    for (day, standing) in whole.changes().filter(|(day, _)| from < *day) {
        if forces.last().is_none_or(|(_, last)| *last != standing.force) {
            forces.push((day, standing.force));
        }
    }
    Course { document, forces }
}
