//! What is searched: every procedure that is published today or on a day ahead, each as it is on its days;
//! the documents that are not over; and the codes and numbers that lead to a notice, in a file of their own.
//! A site in two languages has an index in each, with the names of both.
//!
//! Each part is a script that hands its data to the theme's `search.js`, because a page that was opened
//! from a folder may load scripts and no data.

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::Serialize;

use super::Site;
use super::collate::Order;
use super::marks;
use super::removed;
use super::route::{self, Route, SearchPart, href};
use super::view::{Here, Kept, facts};
use crate::language::Language;
use crate::model::agency::{AgencyId, Level};
use crate::model::citation::{Citation, Cited, Role};
use crate::model::date::Date;
use crate::model::document::DocumentId;
use crate::model::procedure::{Audience, Procedure, ProcedureId};
use crate::model::registers::Translation;
use crate::search::{self, Ended, Entry, Index, Law, Source};

/// The index of a site and of the days ahead.
pub(super) fn index(site: &Site, later: &[Site]) -> Index {
    // Words that may not be shown on some day ahead are in the index of none.
    let lasting = &later.last().unwrap_or(site).catalogue;
    let terms = &lasting.terms;
    let synonyms = terms.synonyms.iter().filter(|it| !it.means.is_empty());
    let abbreviations =
        terms.abbreviations.iter().filter(|it| !it.short.is_empty() && !it.long.is_empty());
    let mut source = Source {
        synonyms: synonyms.map(|it| (it.say.clone(), it.means.clone())).collect(),
        abbreviations: abbreviations.map(|it| (it.short.clone(), it.long.clone())).collect(),
        fields: site.lists.fields.iter().map(|id| bare(&lasting[*id].name)).collect(),
        is_english: site.theme.words.language == Language::English,
        ..Source::default()
    };
    let has_other = lasting.site.second.is_some() && site.tongue.is_none();
    let translations = lasting.translations.iter().filter(|_| has_other);
    let translations: Translations =
        translations.map(|it| (it.of.clone(), Translation::key(&it.text.text))).collect();
    let mut agencies = Agencies::default();
    let mut places: BTreeMap<ProcedureId, Vec<usize>> = BTreeMap::new();
    let ids = in_order(site, later).into_par_iter();
    let entries = ids.map(|id| (id, entries(site, later, id, &translations)));
    for (id, unplaced) in entries.collect::<Vec<_>>() {
        for Unplaced { performs, entry } in unplaced {
            places.entry(id).or_default().push(source.entries.len());
            let agencies = performs.into_iter().map(|id| agencies.place(id)).collect();
            source.entries.push(Entry { agencies, ..entry });
        }
    }
    source.agencies = agencies.ids.iter().map(|id| bare(&lasting[*id].name)).collect();
    source.laws = laws(site, later, &places);
    let mut index = search::index(source);
    let parts = parts(&index).filter_map(|part| data(&index, part));
    let all: Vec<u8> = parts.flat_map(String::into_bytes).collect();
    route::hash(&all)[..8].clone_into(&mut index.base.stamp);
    index
}

/// A part of it, as a script.
pub(super) fn part(site: &Site, part: SearchPart) -> Vec<u8> {
    let index = site.search_index();
    // Notices are no part of the index and fit to any.
    let (data, stamp) = match data(index, part) {
        Some(data) => (data, index.base.stamp.as_str()),
        None => (json(&gone(site)), ""),
    };
    let name = route::search_name(part);
    // A bracket stands in texts alone, and a browser that takes the data for a page shall run nothing.
    let data = data.replace('<', "\\u003c");
    format!("niemyetSearch(\"{name}\",\"{stamp}\",{data})\n").into_bytes()
}

/// What a part holds; nothing where it is no part of the index.
fn data(index: &Index, part: SearchPart) -> Option<String> {
    Some(match part {
        SearchPart::Base => json(&index.base),
        SearchPart::Codes(part) => json(&index.ends.part(part)),
        SearchPart::Laws(part) => json(&index.laws(part)),
        SearchPart::Named => json(&index.named()),
        SearchPart::Words(part) => json(&index.steps(part)),
        SearchPart::Shard(place) => {
            let shard = index.shards.get(place).map_or(&[][..], Vec::as_slice);
            json(&search::Columns::new(shard))
        }
        SearchPart::Gone => return None,
    })
}

/// Which parts there are.
pub(super) fn parts(index: &Index) -> impl Iterator<Item = SearchPart> {
    let shards = (0..index.shards.len()).map(SearchPart::Shard);
    let words = (0..index.base.parts.len()).map(SearchPart::Words);
    let laws = (0..index.base.laws).map(SearchPart::Laws);
    let codes = (0..index.base.ends.len()).map(SearchPart::Codes);
    let single = [SearchPart::Base, SearchPart::Named, SearchPart::Gone];
    single.into_iter().chain(codes).chain(laws).chain(words).chain(shards)
}

fn json(data: &impl Serialize) -> String {
    serde_json::to_string(data).expect("texts and numbers are always JSON")
}

/// Procedures that are published today or on a day ahead: by field, then by heading.
fn in_order(site: &Site, later: &[Site]) -> Vec<ProcedureId> {
    let catalogue = &site.catalogue;
    let all: BTreeSet<ProcedureId> = std::iter::once(site)
        .chain(later)
        .flat_map(|site| site.lists.procedures.iter().copied())
        .collect();
    let mut all: Vec<ProcedureId> = all.into_iter().collect();
    Order::new().sort(&mut all, |id| catalogue[*id].heading());
    let place = |id: &ProcedureId| {
        site.lists.fields.iter().position(|field| *field == catalogue[*id].field)
    };
    all.sort_by_cached_key(place);
    all
}

/// An entry whose agencies have no place yet.
#[derive(PartialEq)]
struct Unplaced {
    performs: Vec<AgencyId>,
    entry: Entry,
}

impl Unplaced {
    fn within(self, from: String, until: String) -> Self {
        Self { entry: Entry { from, until, ..self.entry }, ..self }
    }
}

/// A procedure as it is on its days.
fn entries(
    site: &Site,
    later: &[Site],
    id: ProcedureId,
    translations: &Translations,
) -> Vec<Unplaced> {
    let mut entries: Vec<Unplaced> = Vec::new();
    let mut was = entry(site, id, translations);
    let mut from = String::new();
    for place in site.turns.of(site, Route::Procedure(id)) {
        let then = &later[place];
        let is = entry(then, id, translations);
        if is == was {
            continue;
        }
        let day = then.assessment.today.to_string();
        entries.extend(was.take().map(|was| was.within(from, day.clone())));
        (was, from) = (is, day);
    }
    entries.extend(was.map(|was| was.within(from, String::new())));
    entries
}

/// A procedure on the day of a site; none where it is in no list.
fn entry(site: &Site, id: ProcedureId, translations: &Translations) -> Option<Unplaced> {
    let catalogue = &site.catalogue;
    let procedure = &catalogue[id];
    if site.lists.by_code.get(&procedure.code.value) != Some(&id) {
        return None;
    }
    let address = site.address(Route::Procedure(id));
    let (assessment, kept) = (&site.assessment, &Kept::default());
    let here = Here { site, assessment, root: "", own: &address, kept };
    let facts::Short { time, fee, ways, online } = facts::short(here, id);
    let there = |id: &&AgencyId| site.assessment.is_agency_there(catalogue, **id);
    let performs = procedure.authority.performs.iter().filter(there).copied().collect();
    let plain = procedure.plain_title.clone().unwrap_or_default();
    let said = [&procedure.title, &plain].into_iter().chain(&procedure.search_terms);
    let titles: Vec<String> = said.map(|text| bare(text)).collect();
    let mut terms: Vec<String> = titles[2..].to_vec();
    terms.extend(other_names(site, id, &titles, translations));
    let results: Vec<String> = procedure.results.iter().map(|it| bare(&it.name)).collect();
    let shown = [&procedure.title, &plain, &time, &fee, &ways];
    let foreign = (0..).zip(shown).filter(|(_, text)| marks::is_foreign(text));
    let entry = Entry {
        code: procedure.code.value.clone(),
        foreign: foreign.fold(0, |bits, (at, _)| bits | 1 << at),
        title: bare(&procedure.title),
        plain: bare(&plain),
        terms: terms.join("|"),
        body: search::body(&results, &titles),
        field: site.lists.fields.iter().position(|field| *field == procedure.field).unwrap_or(0),
        agencies: Vec::new(),
        levels: levels(procedure),
        audience: audience(procedure),
        online: online.map_or(0, search::online),
        page: page(site, Route::Procedure(id)),
        facts: [time, fee, ways].map(|fact| bare(&fact)).into(),
        from: String::new(),
        until: String::new(),
    };
    Some(Unplaced { performs, entry })
}

/// What a procedure is called in the other language: who knows it by that finds it too.
fn other_names(
    site: &Site,
    id: ProcedureId,
    titles: &[String],
    translations: &Translations,
) -> Vec<String> {
    let Some(tongue) = &site.tongue else {
        let procedure = &site.catalogue[id];
        let called = std::iter::once(&procedure.title).chain(&procedure.plain_title);
        let translated = called.filter_map(|it| translations.get(&Translation::key(it)));
        return translated.cloned().collect();
    };
    let first = &tongue.of[id];
    let called = std::iter::once(&first.title).chain(&first.plain_title).chain(&first.search_terms);
    called.filter(|name| !titles.contains(*name)).cloned().collect()
}

/// Where a page stands, from the folder of its language.
fn page(site: &Site, route: Route) -> String {
    href("", &route::address(&site.catalogue, route))
}

fn bare(text: &str) -> String {
    marks::bare(text).into_owned()
}

fn levels(procedure: &Procedure) -> u32 {
    let bit = |level: &Level| Level::ALL.iter().position(|(known, _)| known == level);
    procedure.levels.iter().filter_map(bit).fold(0, |bits, at| bits | 1 << at)
}

fn audience(procedure: &Procedure) -> u32 {
    let bit = |who: &Audience| Audience::ALL.iter().position(|(known, _)| known == who);
    procedure.audience.iter().filter_map(bit).fold(0, |bits, at| bits | 1 << at)
}

/// Documents on the days on which they are not over, with the procedures that rest on them.
fn laws(site: &Site, later: &[Site], places: &BTreeMap<ProcedureId, Vec<usize>>) -> Vec<Law> {
    let mut known = site.lists.documents.clone();
    let mut met: BTreeSet<DocumentId> = known.iter().copied().collect();
    let days: Vec<(Date, BTreeSet<DocumentId>)> = std::iter::once(site)
        .chain(later)
        .map(|site| (site.assessment.today, site.lists.documents.iter().copied().collect()))
        .collect();
    for site in later {
        known.extend(site.lists.documents.iter().filter(|id| met.insert(**id)));
    }
    let law = |id: DocumentId| {
        let document = &site.catalogue[id];
        let (from, until) = days_of(id, &days);
        Law {
            number: document.number.clone().unwrap_or_default(),
            title: site.tongue.as_ref().map_or(document, |tongue| &tongue.of[id]).title.clone(),
            called: match site.tongue {
                Some(_) if !marks::is_foreign(&document.title) => document.title.clone(),
                _ => String::new(),
            },
            page: page(site, Route::Document(id)),
            entries: resting_on(site, id)
                .iter()
                .filter_map(|id| places.get(id))
                .flatten()
                .copied()
                .collect(),
            from,
            until,
        }
    };
    known.into_iter().map(law).collect()
}

/// From when on a document is named and until when, of the documents of each day, the site's own first; empty
/// where it is named on that, and where it is named on all that follow.
fn days_of(id: DocumentId, days: &[(Date, BTreeSet<DocumentId>)]) -> (String, String) {
    let start = days.iter().position(|(_, named)| named.contains(&id)).unwrap_or_default();
    let end = days[start..].iter().find(|(_, named)| !named.contains(&id));
    let from = if start == 0 { String::new() } else { days[start].0.to_string() };
    (from, end.map(|(day, _)| day.to_string()).unwrap_or_default())
}

/// The procedures that rest on a document, those of which it is the main basis first.
fn resting_on(site: &Site, id: DocumentId) -> Vec<ProcedureId> {
    let is_it = |basis: &&Citation| matches!(basis.document, Cited::Known(known) if known == id);
    let mut resting = site.lists.citing.get(&id).cloned().unwrap_or_default();
    resting.sort_by_cached_key(|procedure| {
        let basis = site.catalogue[*procedure].legal_basis.iter().find(is_it);
        basis.is_none_or(|basis| basis.role != Role::Main)
    });
    resting
}

/// The codes and the numbers that lead to a notice, today or from a day ahead on.
fn gone(site: &Site) -> Vec<Ended> {
    let mut gone = ended(site);
    let mut places = BTreeMap::new();
    for (place, notice) in gone.iter().enumerate() {
        places.entry(notice.name.clone()).or_insert(place);
    }
    for then in site.later.iter() {
        let from = then.assessment.today.to_string();
        for notice in ended(then) {
            let notice = Ended { from: from.clone(), ..notice };
            match places.get(&notice.name) {
                None => {
                    places.insert(notice.name.clone(), gone.len());
                    gone.push(notice);
                }
                // Of several versions the last is told of.
                Some(place) if gone[*place].from == from && gone[*place].since < notice.since => {
                    gone[*place] = notice;
                }
                Some(_) => {}
            }
        }
    }
    gone
}

/// The codes and the numbers that lead to a notice.
pub(super) fn ended(site: &Site) -> Vec<Ended> {
    let catalogue = &site.catalogue;
    let notice = |stone: removed::Removed| {
        let name = match stone.route {
            // Where a version follows another the code leads to the one that applies.
            Route::Procedure(id) => {
                let code = catalogue[id].code.value.as_str();
                (!site.lists.by_code.contains_key(code)).then_some(code)
            }
            Route::Document(id) => catalogue[id].number.as_deref(),
            _ => None,
        };
        Some(Ended {
            name: name?.to_owned(),
            page: page(site, stone.route),
            from: String::new(),
            since: stone.since.map(|day| day.to_string()).unwrap_or_default(),
        })
    };
    removed::removed(site).into_iter().filter_map(notice).collect()
}

/// What texts are called in the second language.
type Translations = BTreeMap<String, String>;

/// Agencies, each once.
#[derive(Default)]
struct Agencies {
    places: BTreeMap<AgencyId, usize>,
    ids: Vec<AgencyId>,
}

impl Agencies {
    fn place(&mut self, id: AgencyId) -> usize {
        *self.places.entry(id).or_insert_with(|| {
            self.ids.push(id);
            self.ids.len() - 1
        })
    }
}
