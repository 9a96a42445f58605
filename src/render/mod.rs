//! Catalogue, day and theme to pages, one by one. A page is drawn when it is asked for and forgotten when
//! it is handed on: nothing holds the whole site.
//!
//! What has ended is decided by `validity` alone; here only what it calls published is shown. The page
//! of something that has ended is a tombstone, which no list, index, sitemap or data names.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

pub mod route;
pub mod theme;

mod assets;
mod collate;
mod data;
mod draw;
mod edit;
mod feed;
mod horizon;
mod known;
mod layout;
mod lists;
mod markdown;
mod marks;
mod qr;
mod readings;
mod removed;
mod search;
mod second;
mod sheet;
mod sitemap;
mod touch;
mod turns;
mod view;
mod weave;
mod words;

pub use horizon::days;
pub use layout::standing;

use crate::diagnostic::Report;
use crate::files::{FilePath, FileTree, Page, Rule};
use crate::language::Language;
use crate::mention;
use crate::model::date::Date;
use crate::model::document::{Document, DocumentId};
use crate::model::hushed::Daily;
use crate::model::number::NumberKey;
use crate::model::procedure::ProcedureId;
use crate::model::{Catalogue, calendar};
use crate::search::{Ended, Index};
use crate::validity::Assessment;
use crate::validity::procedure::ProcedureStanding;
use edit::Edits;
use known::Known;
use layout::FormFile;
use lists::{Lists, Ranks};
use marks::Marks;
use readings::Readings;
use removed::Moved;
use route::Route;
use second::Tongue;
use theme::Theme;
use turns::Turns;
use view::paper::Marked;

/// All routes, and what is needed to draw any one of them.
#[derive(Clone)]
pub struct Site {
    catalogue: Arc<Catalogue>,
    /// Which of the catalogues of its days that is.
    wording: usize,
    assessment: Assessment,
    /// What texts may name of the register.
    index: Arc<mention::Index>,
    theme: Arc<Theme>,
    /// The same in the second language of the catalogue, where it has one.
    second: Option<Arc<Self>>,
    /// Where this is that: what is known in its language.
    tongue: Option<Arc<Tongue>>,
    /// With what a drawn page is marked.
    marks: Arc<Marks>,
    /// What texts name, read once where all pages are drawn on many days; else text by text.
    readings: Arc<OnceLock<Readings>>,
    lists: Arc<Lists>,
    /// All changes that are known on the first day of the site, by day; of which each day has its own,
    /// see [`Site::changes`].
    known: Arc<Known>,
    /// Those of today and of all days ahead.
    forms: Arc<[FormFile]>,
    /// Where readers may propose to mend the files, where the catalogue says it.
    edits: Option<Arc<Edits>>,
    /// The law by which time limits are counted, where the register holds it.
    counting_law: Option<DocumentId>,
    /// Addresses that were renamed.
    moved: Arc<[Moved]>,
    /// By address; the order of addresses is that of their bytes.
    routes: Arc<BTreeMap<String, Route>>,
    /// What all pages share, made once.
    shared: Shared,
    /// The site of each coming day on which it changes, as it is foreseen; in the order of days.
    later: Arc<[Self]>,
    /// Which pages may differ on which of these days.
    turns: Arc<Turns>,
    /// What is searched, made when it is first asked for: who looks at a few pages does not wait for it.
    search: Arc<OnceLock<Searched>>,
    /// By what sheets of paper are told to be of this day.
    marked: Arc<Marked>,
    /// The graph of linked data, between the two files that hold it.
    graph: Arc<data::Left>,
    /// The day from which nothing of this may be taken for confirmed.
    valid_until: Date,
}

#[derive(Clone)]
struct Shared {
    site: tera::Value,
    words: tera::Value,
    assets: tera::Value,
    integrity: tera::Value,
}

/// What is searched, and where each part of it stands.
struct Searched {
    index: Index,
    routes: BTreeMap<String, Route>,
}

/// Where a page will stand.
#[derive(Clone, Copy)]
pub struct Place<'s> {
    site: &'s Site,
    address: &'s str,
    route: Route,
}

impl<'s> Place<'s> {
    fn new(site: &'s Site, (address, route): (&'s String, &Route)) -> Self {
        Self { site, address, route: *route }
    }

    /// The path of the page from the site's root.
    #[must_use]
    pub fn path(self) -> FilePath {
        draw::path_of(self.address)
    }

    /// The codes of all procedures that are shown or named there; nothing where they may be any.
    #[must_use]
    pub fn codes(self) -> Option<BTreeSet<&'s str>> {
        self.site.turns.codes_at(self.site, self.route)
    }

    /// The page, and what was found in drawing it.
    #[must_use]
    pub fn draw(self) -> (Page, Report) {
        self.site.draw(self.address, self.route)
    }
}

/// What a page holds of the days ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ahead {
    /// What it will be on each of them, woven into it: it is served on all.
    Woven,
    /// Nothing: another site is served from the next change on.
    Left,
}

/// Lays out a site: every address, no page yet.
#[must_use]
pub fn render(
    daily: &Daily,
    assessment: &Assessment,
    theme: &Theme,
    files: &FileTree,
    ahead: Ahead,
) -> (Site, Report) {
    let catalogue = daily.on(assessment.today);
    let none = tera::Value::none;
    let index = mention::Index::new(catalogue);
    let ranked = daily.catalogues().map(|catalogue| (Arc::clone(catalogue), Ranks::new(catalogue)));
    let ranks: Vec<(Arc<Catalogue>, Ranks)> = ranked.collect();
    let (wording, ranked) = of(&ranks, catalogue);
    let mut site = Site {
        lists: Arc::new(lists::lists(catalogue, assessment, ranked)),
        wording,
        known: Arc::new(Known::new(catalogue, assessment)),
        readings: Arc::default(),
        forms: Arc::default(),
        edits: Edits::new(catalogue, files).map(Arc::new),
        counting_law: counting_law(catalogue),
        catalogue: Arc::clone(catalogue),
        index: Arc::new(index),
        assessment: assessment.clone(),
        theme: Arc::new(theme.clone()),
        second: None,
        tongue: None,
        marks: Arc::new(marks(catalogue)),
        moved: Arc::default(),
        routes: Arc::default(),
        shared: Shared { site: none(), words: none(), assets: none(), integrity: none() },
        later: Arc::default(),
        turns: Arc::default(),
        search: Arc::default(),
        marked: Arc::new(Marked::new(catalogue.procedures.len())),
        graph: Arc::default(),
        valid_until: horizon::valid_until(catalogue, assessment, ahead),
    };
    let days = match ahead {
        Ahead::Woven => days(catalogue, assessment),
        Ahead::Left => Vec::new(),
    };
    let mut later: Vec<Site> =
        days.par_iter().map(|day| site.foreseen(*day, daily, &ranks)).collect();
    site.forms = layout::forms(&site, &later, files).into();
    let report = site.lay_out(&later);
    let assets: BTreeMap<&str, &str> =
        theme.assets.iter().map(|asset| (asset.source.as_str(), asset.address.as_str())).collect();
    let integrity = catalogue.site.policies.integrity.then(|| {
        let hashes =
            theme.assets.iter().map(|asset| (asset.source.as_str(), asset.integrity.as_str()));
        hashes.collect::<BTreeMap<&str, &str>>()
    });
    site.shared = Shared {
        site: tera::Value::from_serializable(&view::frame::shared(&site)),
        words: tera::Value::from_serializable(&theme.words.texts),
        assets: tera::Value::from_serializable(&assets),
        integrity: tera::Value::from_serializable(&integrity),
    };
    site.turns = Arc::new(Turns::new(&site, &days, daily));
    // What stands around a page tells of the day on which was asked, on whichever day it is read.
    for foreseen in &mut later {
        foreseen.forms = Arc::clone(&site.forms);
        foreseen.moved = Arc::clone(&site.moved);
        foreseen.routes = Arc::clone(&site.routes);
        foreseen.shared = site.shared.clone();
        if !Arc::ptr_eq(&foreseen.catalogue, &site.catalogue) {
            // But what it says in words of its own may not be shown on all of these days.
            let same = Site { catalogue: Arc::clone(&foreseen.catalogue), ..site.clone() };
            foreseen.shared.site = tera::Value::from_serializable(&view::frame::shared(&same));
        }
    }
    site.later = later.into();
    site.second = second::site(&site).map(Arc::new);
    (site, report)
}

/// Which of some catalogues one is, and the order of things in it.
fn of<'r>(ranks: &'r [(Arc<Catalogue>, Ranks)], catalogue: &Arc<Catalogue>) -> (usize, &'r Ranks) {
    let place = ranks
        .iter()
        .position(|(one, _)| Arc::ptr_eq(one, catalogue))
        .expect("the catalogue of a day is one of those of all days");
    (place, &ranks[place].1)
}

/// What the pages of the first language are marked with.
fn marks(catalogue: &Catalogue) -> Marks {
    let language = catalogue.site.language;
    Marks::new(&catalogue.terms, language, language.other())
}

/// The ids of all fields, in the order of lists.
#[must_use]
pub fn fields(catalogue: &Catalogue, assessment: &Assessment) -> Vec<String> {
    let fields = lists::lists(catalogue, assessment, &Ranks::new(catalogue)).fields;
    fields.into_iter().map(|id| catalogue[id].slug.to_string()).collect()
}

impl Site {
    /// The same site on a later day, as it is foreseen.
    fn foreseen(&self, day: Date, daily: &Daily, ranks: &[(Arc<Catalogue>, Ranks)]) -> Self {
        let catalogue = daily.on(day);
        let assessment = self.assessment.foreseen(day);
        let (wording, ranks) = of(ranks, catalogue);
        Self {
            lists: Arc::new(lists::lists(catalogue, &assessment, ranks)),
            wording,
            known: Arc::clone(&self.known),
            readings: Arc::clone(&self.readings),
            catalogue: Arc::clone(catalogue),
            index: Arc::clone(&self.index),
            theme: Arc::clone(&self.theme),
            second: None,
            tongue: self.tongue.clone(),
            marks: Arc::clone(&self.marks),
            assessment,
            forms: Arc::default(),
            edits: self.edits.clone(),
            counting_law: self.counting_law,
            moved: Arc::default(),
            routes: Arc::default(),
            shared: self.shared.clone(),
            later: Arc::default(),
            turns: Arc::default(),
            search: Arc::clone(&self.search),
            marked: Arc::new(Marked::new(catalogue.procedures.len())),
            graph: Arc::default(),
            valid_until: self.valid_until,
        }
    }

    /// The days on which the site is drawn: today, and the coming days on which it changes.
    pub fn days(&self) -> impl Iterator<Item = Date> {
        std::iter::once(self).chain(self.later.iter()).map(|site| site.assessment.today)
    }

    /// The day from which the site is no longer to be taken for confirmed.
    #[must_use]
    pub fn valid_until(&self) -> Date {
        self.valid_until
    }

    /// The coming days on which what stands at a route may differ from the day before.
    fn turns_of(&self, route: Route) -> Vec<Date> {
        let places = self.turns.of(self, route).into_iter();
        places.map(|place| self.later[place].assessment.today).collect()
    }

    /// A page as it is drawn for one day alone, as that day is foreseen: what the page of all days has to
    /// show on it.
    #[must_use]
    pub fn page_on(&self, path: &FilePath, day: Date) -> Option<Vec<u8>> {
        let Some((address, route)) = self.at(path) else {
            return self.second.as_ref()?.page_on(path, day);
        };
        let site = self.later.iter().rfind(|site| site.assessment.today <= day).unwrap_or(self);
        match route {
            Route::ProceduresData
            | Route::ProcedureData(_)
            | Route::DocumentsData
            | Route::RemovedData
            | Route::Bulk(_) => Some(data::data(site, route, None)),
            Route::SearchData(part) => Some(search::part(self, part)),
            page => site.page_of(address, page).ok().map(String::into_bytes),
        }
    }

    /// All addresses with what stands there, in order.
    pub fn routes(&self) -> impl Iterator<Item = (&str, Route)> {
        let mut all: Vec<(&str, Route)> = self.own_routes().chain(self.search_routes()).collect();
        all.extend(self.second_routes());
        all.sort_unstable();
        all.into_iter()
    }

    /// The same in the first language, but for the parts of the search.
    fn own_routes(&self) -> impl Iterator<Item = (&str, Route)> {
        self.routes.iter().map(|(address, route)| (address.as_str(), *route))
    }

    /// The parts of the search.
    fn search_routes(&self) -> impl Iterator<Item = (&str, Route)> {
        self.searched().routes.iter().map(|(address, route)| (address.as_str(), *route))
    }

    /// All in the second language.
    fn second_routes(&self) -> impl Iterator<Item = (&str, Route)> {
        let second = self.second.iter();
        let second = second.flat_map(|second| second.own_routes().chain(second.search_routes()));
        second.filter(|(_, route)| second::is_parallel(*route))
    }

    /// Where each version of a procedure has its page in the first language, or the notice in its place.
    pub fn procedure_addresses(&self) -> impl Iterator<Item = (ProcedureId, &str)> {
        self.own_routes().filter_map(|(address, route)| match route {
            Route::Procedure(id) => Some((id, address)),
            _ => None,
        })
    }

    /// All addresses at which a notice stands in the place of what is no longer there, in order.
    pub fn notices(&self) -> impl Iterator<Item = &str> {
        let is_notice = |route| match route {
            Route::Procedure(id) => self.assessment.procedure(id).on_page().is_none(),
            Route::Document(id) => self.assessment.document(id).force.is_over(),
            Route::Agency(id) => self.lists.gone_agencies.contains_key(&id),
            _ => false,
        };
        self.routes().filter(move |(_, route)| is_notice(*route)).map(|(address, _)| address)
    }

    /// Every page, drawn in parallel; their order carries no meaning, for each has its path.
    #[must_use]
    pub fn pages(&self) -> impl ParallelIterator<Item = (Page, Report)> + '_ {
        self.places().map(Place::draw)
    }

    /// Where every page will stand, before any is drawn.
    #[must_use]
    pub fn places(&self) -> impl ParallelIterator<Item = Place<'_>> + '_ {
        // Made before any page is drawn: who draws must not be the one who waits for it.
        let in_second = self.second.as_ref().map(|second| second.searched());
        let parts = self.searched().routes.par_iter();
        let first = self.routes.par_iter().chain(parts).map(move |place| Place::new(self, place));
        let second = self.second.as_ref().zip(in_second);
        let second = second.into_par_iter().flat_map(move |(second, searched)| {
            let all = second.routes.par_iter().chain(searched.routes.par_iter());
            let parallel = all.filter(|(_, route)| second::is_parallel(**route));
            parallel.map(move |place| Place::new(second, place))
        });
        first.chain(second)
    }

    /// Reads once what texts name, for who draws all pages on many days.
    fn read_all(&self) {
        if !self.later.is_empty() {
            self.readings.get_or_init(|| Readings::new(&self.catalogue, &self.index));
        }
    }

    /// What decides on all pages beside what the catalogue says of each: what surrounds them on each day, and
    /// what stands at which address.
    #[must_use]
    pub fn surroundings(&self) -> String {
        let mut all = String::new();
        for site in std::iter::once(self).chain(self.second.as_deref()) {
            for of_day in std::iter::once(site).chain(site.later.iter()) {
                let _never = writeln!(all, "{} {}", of_day.assessment.today, of_day.shared.site);
            }
        }
        for (address, route) in self.own_routes() {
            let _never = writeln!(all, "{address} {route:?}");
        }
        for Moved { from, to, .. } in self.moved.iter() {
            let _never = writeln!(all, "{from} {to:?}");
        }
        all
    }

    /// One page on demand.
    #[must_use]
    pub fn page(&self, path: &FilePath) -> Option<(Page, Report)> {
        let Some((address, route)) = self.at(path) else {
            return self.second.as_ref()?.page(path);
        };
        Some(self.draw(address, route))
    }

    /// What stands at a path. What is searched is made for those who ask for the page of the search, or for
    /// what may be a part of it: a script.
    fn at(&self, path: &FilePath) -> Option<(&str, Route)> {
        let parts = || path.extension().filter(|it| *it == "js").map(|_| &self.searched().routes);
        let path = path.as_str();
        let found = self.routes.get_key_value(path).or_else(|| parts()?.get_key_value(path))?;
        if *found.1 == Route::Search {
            self.searched();
        }
        Some((found.0.as_str(), *found.1))
    }

    /// What is searched on the day of the site and on the days ahead. To be asked of the site of the first day
    /// before it is asked of those behind it.
    fn searched(&self) -> &Searched {
        self.read_all();
        self.search.get_or_init(|| {
            let index = search::index(self, &self.later);
            let parts = search::parts(&index).map(Route::SearchData);
            let routes = parts.map(|route| (self.address(route), route)).collect();
            Searched { index, routes }
        })
    }

    /// What is searched.
    #[must_use]
    pub fn search_index(&self) -> &Index {
        &self.searched().index
    }

    /// The site in a language, where it speaks it.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Option<&Self> {
        let mut own = std::iter::once(self).chain(self.second.as_deref());
        own.find(|site| site.theme.words.language == language)
    }

    /// What is found of what has left: codes and numbers, and where their notices stand.
    #[must_use]
    pub fn search_ended(&self) -> Vec<Ended> {
        search::ended(self)
    }

    /// What a server has to answer in another way than with the file that lies at an address.
    #[must_use]
    pub fn rules(&self) -> Vec<Rule> {
        removed::rules(self)
    }

    /// What a renamed address leads to.
    #[must_use]
    pub fn moved_to(&self, place: usize) -> Route {
        self.moved[place].to
    }

    /// What stands at an address on the day of the site.
    fn find(&self, address: &str) -> Option<Route> {
        self.routes.get(address).copied().filter(|route| self.has(*route))
    }

    /// Whether a route leads to something on the day of the site: an address may wait for its day.
    fn has(&self, route: Route) -> bool {
        match route {
            Route::Procedure(id) => !matches!(
                self.assessment.procedure(id),
                ProcedureStanding::Internal | ProcedureStanding::NotYet
            ),
            Route::ProcedureData(id) => self.assessment.procedure(id).on_page().is_some(),
            Route::Agency(id) => {
                self.lists.agencies.contains(&id) || self.lists.gone_agencies.contains_key(&id)
            }
            Route::Group(place) => self.lists.groups.contains(&place),
            _ => true,
        }
    }

    fn address(&self, route: Route) -> String {
        match route {
            Route::Form(place) => self.forms[place].address.clone(),
            Route::Asset(place) => self.theme.assets[place].address.clone(),
            other => {
                let address = match other {
                    Route::Moved(place) => self.moved[place].from.clone(),
                    other => route::address(&self.catalogue, other),
                };
                match &self.tongue {
                    Some(tongue) if second::is_parallel(route) => {
                        route::in_language(tongue.language, &address)
                    }
                    _ => address,
                }
            }
        }
    }

    /// Where a page stands in each language, the first before the second, where it stands in two.
    fn parallel(&self, route: Route) -> Option<[(Language, String); 2]> {
        let (first, second) = (self.catalogue.site.language, self.catalogue.site.second?);
        if matches!(route, Route::Moved(_) | Route::SearchData(_)) {
            return None;
        }
        let address = route::address(&self.catalogue, route);
        let other = route::in_language(second, &address);
        second::is_parallel(route).then_some([(first, address), (second, other)])
    }

    /// Whether there is a page of words.
    fn has_terms(&self) -> bool {
        let terms = &self.catalogue.terms;
        !(terms.abbreviations.is_empty() && terms.synonyms.is_empty())
    }

    /// Where the site will stand, with a slash at the end.
    fn base_url(&self) -> Option<&str> {
        self.catalogue.site.base_url.as_deref()
    }
}

/// The document whose number is that of the law by which time limits are counted.
fn counting_law(catalogue: &Catalogue) -> Option<DocumentId> {
    let law = NumberKey::new(calendar::LAW);
    let is_law = |document: &Document| {
        document.number.as_deref().is_some_and(|number| NumberKey::new(number) == law)
    };
    catalogue.document_ids().find(|(_, document)| is_law(document)).map(|(id, _)| id)
}
