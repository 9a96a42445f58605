//! What the feed of changes tells: of the days that have come, what appeared, changed and went; of those to
//! come, what the page of changes tells.
//!
//! What is over is named by its code or number alone, with the reason, and leads to its tombstone. Which part
//! of a procedure changed is told only ahead: afterwards the words would be those of what has ended.

use std::collections::{BTreeMap, BTreeSet};

use super::{Here, changes, tombstone};
use crate::model::citation::Cited;
use crate::model::date::Date;
use crate::model::document::DocumentId;
use crate::model::procedure::ProcedureId;
use crate::render::route::{self, Route};
use crate::render::words::Piece;
use crate::validity::forecast::{self, Change, What};
use crate::validity::procedure::ProcedureStanding;
use crate::validity::words as law;

/// How many days the feed reaches back from the last change.
const DAYS: i32 = 400;

/// What changes on one day about one thing.
#[derive(Clone, Debug)]
pub(in crate::render) struct FeedEntry {
    pub(in crate::render) day: Date,
    /// The address of what changes, and for an office its id: with the day it identifies the entry.
    pub(in crate::render) about: String,
    pub(in crate::render) title: String,
    pub(in crate::render) summary: Option<String>,
    /// Where there is more to read.
    pub(in crate::render) href: String,
    /// Whether it tells of something that is over.
    pub(super) over: bool,
}

/// All entries, the newest day first.
pub(in crate::render) fn entries(here: Here<'_>) -> Vec<FeedEntry> {
    let site = here.site;
    let past = forecast::past(&site.catalogue, &site.assessment, DAYS);
    let mut entries = told(here, past.iter(), Told::Past);
    entries.extend(told(here, site.changes(), Told::Ahead));
    entries.sort_by(|one, other| other.day.cmp(&one.day).then_with(|| one.about.cmp(&other.about)));
    entries
}

/// Whether the day has come.
#[derive(Clone, Copy)]
enum Told {
    Past,
    Ahead,
}

/// Changes by day and by what changes, each in a sentence.
fn told<'a>(
    here: Here<'_>,
    changes: impl Iterator<Item = &'a Change>,
    when: Told,
) -> Vec<FeedEntry> {
    let mut days: BTreeMap<Date, Vec<&What>> = BTreeMap::new();
    for change in changes {
        days.entry(change.day).or_default().push(&change.what);
    }
    let mut entries = Vec::new();
    for (day, all) in days {
        let mut things: BTreeMap<String, (Route, Vec<&What>)> = BTreeMap::new();
        for what in &all {
            let (route, about) = thing(here, what);
            things.entry(about).or_insert_with(|| (route, Vec::new())).1.push(what);
        }
        let around = Around::new(here, day, &all);
        for (about, (route, what)) in things {
            let said = match when {
                Told::Past => past(here, &around, route, &what),
                Told::Ahead => ahead(here, &around, route, &what),
            };
            let Some((title, summary)) = said else { continue };
            let address = here.site.address(route);
            let href = match here.site.find(&address) {
                Some(_) => route::href(here.root, &address),
                // What is not announced yet has no page.
                None => changes::page(here, &super::Day::new(day)),
            };
            let over = is_over(here, route);
            entries.push(FeedEntry { day, about, title, summary, href, over });
        }
    }
    entries
}

/// A day, and what else changes on it that bears on how a change is told.
struct Around<'a> {
    day: Date,
    /// The documents that change themselves.
    acting: BTreeSet<DocumentId>,
    /// The versions that begin, by code.
    appears: BTreeMap<&'a str, &'a What>,
}

impl<'a> Around<'a> {
    fn new(here: Here<'a>, day: Date, all: &[&'a What]) -> Self {
        let mut around = Self { day, acting: BTreeSet::new(), appears: BTreeMap::new() };
        for what in all {
            match what {
                What::Document { document, .. } => {
                    around.acting.insert(*document);
                }
                What::Appears(id) => {
                    around.appears.insert(&here.catalogue()[*id].code.value, what);
                }
                _ => {}
            }
        }
        around
    }
}

/// Where something stands that changes, and what tells it from others there.
fn thing(here: Here<'_>, what: &What) -> (Route, String) {
    let route = match what {
        What::Document { document, .. } => Route::Document(*document),
        What::Announced(id)
        | What::Appears(id)
        | What::Goes(id)
        | What::ElementAppears(id, _)
        | What::ElementGoes(id, _)
        | What::Citation(id, _) => Route::Procedure(*id),
        What::GroupAppears(place) | What::GroupGoes(place) => Route::Group(*place),
        What::AgencyAppears(id) | What::AgencyGoes(id) => Route::Agency(*id),
        What::OfficeAppears(id) | What::OfficeGoes(id) => {
            let route = Route::Agency(id.agency);
            return (route, format!("{}#{}", here.site.address(route), here.catalogue()[*id].id));
        }
    };
    (route, here.site.address(route))
}

fn is_over(here: Here<'_>, route: Route) -> bool {
    match route {
        Route::Document(id) => !here.is_live(id),
        Route::Procedure(id) => here.site.assessment.procedure(id).on_page().is_none(),
        Route::Agency(id) => here.site.lists.gone_agencies.contains_key(&id),
        _ => false,
    }
}

type Said = Option<(String, Option<String>)>;

/// What will be, in the words of the page of changes.
fn ahead(here: Here<'_>, around: &Around<'_>, route: Route, what: &[&What]) -> Said {
    let title = match route {
        Route::Procedure(id) => procedure_changes(here, around, id, what)?,
        _ => sentences(here, around.day, what)?,
    };
    let day = super::text::day(around.day);
    Some((here.words().fill("feed_from", &[("day", &day), ("what", &title)]), None))
}

/// What was. Of what is over today there is its end alone.
fn past(here: Here<'_>, around: &Around<'_>, route: Route, what: &[&What]) -> Said {
    let site = here.site;
    match route {
        Route::Document(id) if here.is_live(id) => Some((sentences(here, around.day, what)?, None)),
        Route::Document(id) => document_ended(here, id, what),
        Route::Procedure(id) => match site.assessment.procedure(id) {
            ProcedureStanding::Published(_) => {
                let appears = What::Appears(id);
                let title = if what.contains(&&appears) {
                    sentences(here, around.day, &[&appears])?
                } else if what.iter().any(|what| matches!(what, What::Goes(_))) {
                    // It is back, and that is told.
                    return None;
                } else {
                    changed(here, around, id, what)?
                };
                Some((title, None))
            }
            ProcedureStanding::Superseded { .. } | ProcedureStanding::Withheld { .. } => {
                procedure_ended(here, around.day, id, what)
            }
            _ => None,
        },
        Route::Agency(id) if site.lists.gone_agencies.contains_key(&id) => {
            let ends = what.iter().any(|what| matches!(what, What::AgencyGoes(_)));
            ends.then(|| (here.say("feed_agency_ended").to_owned(), None))
        }
        Route::Agency(_) | Route::Group(_) => {
            let is_there = |what: &&&What| match what {
                What::GroupAppears(place) => site.assessment.is_group_published(*place),
                What::AgencyAppears(id) => site.assessment.is_agency_there(here.catalogue(), *id),
                What::OfficeAppears(id) => site.assessment.is_office_open(here.catalogue(), *id),
                _ => false,
            };
            let what: Vec<&What> = what.iter().filter(is_there).copied().collect();
            Some((sentences(here, around.day, &what)?, None))
        }
        _ => None,
    }
}

/// The sentences of the page of changes.
fn sentences(here: Here<'_>, day: Date, what: &[&What]) -> Option<String> {
    let entries = changes::entries(here, day, what);
    let said: Vec<String> = entries.iter().map(|entry| tombstone::text_of(&entry.pieces)).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn procedure_changes(
    here: Here<'_>,
    around: &Around<'_>,
    id: ProcedureId,
    what: &[&What],
) -> Option<String> {
    let mut own: Vec<&What> = what.to_vec();
    own.retain(|what| !matches!(what, What::Citation(..) | What::Announced(_)));
    if own.contains(&&What::Goes(id)) {
        // What another version takes the place of does not end.
        own.extend(around.appears.get(here.catalogue()[id].code.value.as_str()));
    }
    sentences(here, around.day, &own).or_else(|| changed(here, around, id, what))
}

/// That something about a procedure changed. Where that is only how it cites a document that changes itself,
/// the document's own entry says so.
fn changed(here: Here<'_>, around: &Around<'_>, id: ProcedureId, what: &[&What]) -> Option<String> {
    let procedure = &here.catalogue()[id];
    let tells = |what: &&What| match what {
        What::Citation(_, place) => match procedure.legal_basis[*place].document {
            Cited::Known(document) => !around.acting.contains(&document),
            Cited::Unknown(_) => true,
        },
        What::Announced(_) => false,
        _ => true,
    };
    let name = procedure.heading();
    let words = here.words();
    what.iter().any(tells).then(|| words.fill("feed_changed", &[("procedure", name)]))
}

fn document_ended(here: Here<'_>, id: DocumentId, what: &[&What]) -> Said {
    let ends = |what: &&What| match what {
        What::Document { before, after, .. } => !before.is_over() && after.is_over(),
        _ => false,
    };
    if !what.iter().any(ends) {
        return None;
    }
    let document = &here.catalogue()[id];
    let kind = document.kind.said(here.language());
    let name = match &document.number {
        Some(number) => format!("{kind} {number}"),
        None => kind.to_owned(),
    };
    let words = here.words();
    let because = here.site.assessment.document(id).because.first();
    let why = because.and_then(|link| sentence(here, &law::link(link, words.language)));
    Some((words.fill("feed_document_ended", &[("document", &name)]), why))
}

fn procedure_ended(here: Here<'_>, day: Date, id: ProcedureId, what: &[&What]) -> Said {
    let site = here.site;
    let procedure = &here.catalogue()[id];
    // It may have gone, come back and gone again: only the last time stands.
    if !what.contains(&&What::Goes(id)) || site.assessment.last_went(id) != Some(day) {
        return None;
    }
    let words = here.words();
    let values = [("code", procedure.code.value.as_str())];
    match site.assessment.procedure(id) {
        ProcedureStanding::Superseded { .. } => {
            Some((words.fill("feed_procedure_superseded", &values), None))
        }
        ProcedureStanding::Withheld { causes } => {
            let why = |cause| law::cause(here.catalogue(), procedure, cause, words.language);
            let why: Vec<String> =
                causes.iter().filter_map(|cause| sentence(here, &why(cause))).collect();
            let why = (!why.is_empty()).then(|| why.join(" "));
            Some((words.fill("feed_procedure_ended", &values), why))
        }
        _ => None,
    }
}

/// A sentence about law; none where it would name by its title what has ended.
fn sentence(here: Here<'_>, pieces: &[law::Piece]) -> Option<String> {
    let is_told = |piece: &law::Piece| match piece {
        law::Piece::Document(id) => here.is_live(*id) || here.catalogue()[*id].number.is_some(),
        _ => true,
    };
    let pieces: Option<Vec<Piece>> = pieces.iter().all(is_told).then(|| here.sentence(pieces));
    pieces.map(|pieces| tombstone::text_of(&pieces))
}
