//! Catalogue, day and theme to pages, one by one. A page is drawn when it is asked for and forgotten when
//! it is handed on: nothing holds the whole site.
//!
//! What has ended is decided by `validity` alone; here only what it calls published is shown. The page
//! of something that has ended is a tombstone, which no list, index, sitemap or data names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

pub mod route;
pub mod theme;

mod collate;
mod data;
mod horizon;
mod lists;
mod markdown;
mod sitemap;
mod turns;
mod view;
mod weave;
mod words;

use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::{FilePath, FileTree, Page, Span};
use crate::mention::Index;
use crate::model::Catalogue;
use crate::model::agency::Level;
use crate::model::date::Date;
use crate::model::procedure::{Audience, ProcedureId};
use crate::validity::Assessment;
use crate::validity::forecast::{self, Change, What};
use crate::validity::procedure::ProcedureStanding;
use lists::Lists;
use route::Route;
use theme::Theme;
use turns::Turns;
use view::frame::Frame;
use view::{Day, Here};

/// All routes, and what is needed to draw any one of them.
#[derive(Clone)]
pub struct Site {
    catalogue: Arc<Catalogue>,
    assessment: Assessment,
    /// What texts may name of the register.
    index: Arc<Index>,
    theme: Arc<Theme>,
    lists: Lists,
    /// All changes after today, by day.
    changes: Vec<Change>,
    /// The same by procedure.
    coming: BTreeMap<ProcedureId, Vec<Change>>,
    /// Those of today and of all days ahead.
    forms: Arc<[FormFile]>,
    /// By address; the order of addresses is that of their bytes.
    routes: Arc<BTreeMap<String, Route>>,
    /// What all pages share, made once.
    shared: Shared,
    /// The site of each coming day on which it changes, as it is foreseen; in the order of days.
    later: Arc<[Self]>,
    /// Which pages may differ on which of these days.
    turns: Arc<Turns>,
    /// The day from which nothing of this may be taken for confirmed.
    valid_until: Date,
}

/// A form that the site hands out.
#[derive(Clone, Debug)]
struct FormFile {
    /// Its path in the catalogue.
    source: FilePath,
    address: String,
    bytes: Vec<u8>,
}

#[derive(Clone)]
struct Shared {
    site: tera::Value,
    words: tera::Value,
    assets: tera::Value,
    integrity: tera::Value,
}

/// Lays out a site: every address, no page yet.
#[must_use]
pub fn render(
    catalogue: &Catalogue,
    assessment: &Assessment,
    theme: &Theme,
    files: &FileTree,
) -> (Site, Report) {
    let mut changes = forecast::changes(catalogue, assessment);
    changes.retain(|change| may_be_told(assessment, &change.what));
    let none = tera::Value::none;
    let mut site = Site {
        lists: lists::lists(catalogue, assessment),
        coming: by_procedure(&changes),
        changes,
        forms: Arc::default(),
        catalogue: Arc::new(catalogue.clone()),
        index: Arc::new(Index::new(catalogue)),
        assessment: assessment.clone(),
        theme: Arc::new(theme.clone()),
        routes: Arc::default(),
        shared: Shared { site: none(), words: none(), assets: none(), integrity: none() },
        later: Arc::default(),
        turns: Arc::default(),
        valid_until: horizon::valid_until(assessment),
    };
    let days = horizon::days(catalogue, assessment);
    let mut later: Vec<Site> = days.par_iter().map(|day| site.foreseen(*day)).collect();
    site.forms = forms(&site, &later, files).into();
    let report = site.lay_out(&later);
    let assets: BTreeMap<&str, &str> =
        theme.assets.iter().map(|asset| (asset.source.as_str(), asset.address.as_str())).collect();
    // From a copied folder a browser loads nothing that it would have to compare with a hash.
    let integrity: Option<BTreeMap<&str, &str>> = site.base_url().map(|_| {
        theme.assets.iter().map(|asset| (asset.source.as_str(), asset.integrity.as_str())).collect()
    });
    site.shared = Shared {
        site: tera::Value::from_serializable(&view::frame::shared(&site)),
        words: tera::Value::from_serializable(&theme.words.texts),
        assets: tera::Value::from_serializable(&assets),
        integrity: tera::Value::from_serializable(&integrity),
    };
    // What stands around a page tells of the day on which was asked, on whichever day it is read.
    for foreseen in &mut later {
        foreseen.forms = Arc::clone(&site.forms);
        foreseen.routes = Arc::clone(&site.routes);
        foreseen.shared = site.shared.clone();
    }
    site.turns = Arc::new(Turns::new(&site, &days));
    site.later = later.into();
    (site, report)
}

/// Whether a coming change may be told. What is withheld today is named nowhere but on its own notice,
/// even where the day is known on which it comes back.
fn may_be_told(assessment: &Assessment, what: &What) -> bool {
    use ProcedureStanding::{Announced, Internal, NotYet, Published, Superseded, Withheld};
    match what {
        What::Document { document, .. } => !assessment.document(*document).force.is_over(),
        What::Appears(procedure) => {
            matches!(assessment.procedure(*procedure), NotYet | Announced { .. })
        }
        What::Goes(procedure)
        | What::ElementAppears(procedure, _)
        | What::ElementGoes(procedure, _)
        | What::Citation(procedure, _) => match assessment.procedure(*procedure) {
            NotYet | Announced { .. } | Published(_) => true,
            Internal | Superseded { .. } | Withheld { .. } => false,
        },
        // That a decision will be signed is told when it has been.
        What::Announced(_) => false,
        What::GroupAppears(_)
        | What::GroupGoes(_)
        | What::AgencyAppears(_)
        | What::AgencyGoes(_)
        | What::OfficeAppears(_)
        | What::OfficeGoes(_) => true,
    }
}

impl Site {
    /// The same site on a later day, as it is foreseen.
    fn foreseen(&self, day: Date) -> Self {
        let assessment = self.assessment.foreseen(day);
        let may_be_told =
            |change: &&Change| change.day > day && may_be_told(&assessment, &change.what);
        let changes: Vec<Change> = self.changes.iter().filter(may_be_told).cloned().collect();
        Self {
            lists: lists::lists(&self.catalogue, &assessment),
            coming: by_procedure(&changes),
            changes,
            catalogue: Arc::clone(&self.catalogue),
            index: Arc::clone(&self.index),
            theme: Arc::clone(&self.theme),
            assessment,
            forms: Arc::default(),
            routes: Arc::default(),
            shared: self.shared.clone(),
            later: Arc::default(),
            turns: Arc::default(),
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

    /// A page as it is drawn for one day alone, as that day is foreseen: what the page of all days has to
    /// show on it.
    #[must_use]
    pub fn page_on(&self, path: &FilePath, day: Date) -> Option<Vec<u8>> {
        let (address, route) = self.routes.get_key_value(path.as_str())?;
        let site = self.later.iter().rfind(|site| site.assessment.today <= day).unwrap_or(self);
        match route {
            Route::ProceduresData | Route::ProcedureData(_) | Route::DocumentsData => {
                Some(data::data(site, *route, None))
            }
            page => site.page_of(address, *page).ok().map(String::into_bytes),
        }
    }

    /// All addresses with what stands there, in order.
    pub fn routes(&self) -> impl Iterator<Item = (&str, Route)> {
        self.routes.iter().map(|(address, route)| (address.as_str(), *route))
    }

    /// Every page, drawn in parallel; their order carries no meaning, for each has its path.
    #[must_use]
    pub fn pages(&self) -> impl ParallelIterator<Item = (Page, Report)> + '_ {
        self.routes.par_iter().map(|(address, route)| self.draw(address, *route))
    }

    /// One page on demand.
    #[must_use]
    pub fn page(&self, path: &FilePath) -> Option<(Page, Report)> {
        let (address, route) = self.routes.get_key_value(path.as_str())?;
        Some(self.draw(address, *route))
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
            other => route::address(&self.catalogue, other),
        }
    }

    /// Where the site will stand, with a slash at the end.
    fn base_url(&self) -> Option<&str> {
        self.catalogue.site.base_url.as_deref()
    }

    /// Gives every route its address. Of two that share one the first is kept, and a finding says so;
    /// letter case does not tell addresses apart, because it does not on every disk.
    fn lay_out(&mut self, later: &[Self]) -> Report {
        let mut report = Report::default();
        let mut folded = BTreeSet::new();
        let mut routes = BTreeMap::new();
        for (route, span) in self.all_routes(later) {
            let address = self.address(route);
            if folded.insert(address.to_lowercase()) {
                routes.insert(address, route);
            } else {
                let finding = match span {
                    Some(span) => Diagnostic::new(Code::AddressTaken, span),
                    None => Diagnostic::nowhere(Code::AddressTaken),
                };
                report.push(finding.with("address", address));
            }
        }
        self.routes = Arc::new(routes);
        report
    }

    fn all_routes(&self, later: &[Self]) -> Vec<(Route, Option<Span>)> {
        let catalogue = &self.catalogue;
        let mut routes: Vec<(Route, Option<Span>)> = [
            Route::Home,
            Route::Procedures,
            Route::Fields,
            Route::Agencies,
            Route::Documents,
            Route::Changes,
            Route::NotFound,
            Route::Robots,
            Route::ProceduresData,
            Route::DocumentsData,
        ]
        .map(|route| (route, None))
        .into();
        routes.extend(self.base_url().map(|_| (Route::Sitemap, None)));
        for (id, procedure) in catalogue.procedure_ids() {
            let span = Some(procedure.span());
            match self.assessment.procedure(id) {
                ProcedureStanding::Internal | ProcedureStanding::NotYet => {}
                ProcedureStanding::Published(_) | ProcedureStanding::Announced { .. } => {
                    routes.push((Route::Procedure(id), span));
                    routes.push((Route::ProcedureData(id), span));
                }
                ProcedureStanding::Superseded { .. } | ProcedureStanding::Withheld { .. } => {
                    routes.push((Route::Procedure(id), span));
                }
            }
        }
        for (id, document) in catalogue.document_ids() {
            routes.push((Route::Document(id), Some(document.span)));
        }
        for id in &self.lists.fields {
            routes.push((Route::Field(*id), Some(catalogue[*id].span)));
        }
        // What comes later waits at its address for its day.
        let lists = || std::iter::once(self).chain(later).map(|site| &site.lists);
        let agencies =
            lists().flat_map(|lists| lists.agencies.iter().chain(lists.gone_agencies.keys()));
        for id in agencies.collect::<BTreeSet<_>>() {
            routes.push((Route::Agency(*id), Some(catalogue[*id].span)));
        }
        routes.extend(Level::ALL.iter().map(|(level, _)| (Route::Level(*level), None)));
        routes.extend(Audience::ALL.iter().map(|(who, _)| (Route::Audience(*who), None)));
        if !catalogue.life_events.is_empty() {
            routes.push((Route::LifeEvents, None));
        }
        for (place, event) in catalogue.life_events.iter().enumerate() {
            routes.push((Route::LifeEvent(place), Some(event.span)));
        }
        for place in lists().flat_map(|lists| &lists.groups).collect::<BTreeSet<_>>() {
            routes.push((Route::Group(*place), Some(catalogue.groups[*place].span)));
        }
        for (place, page) in catalogue.pages.iter().enumerate() {
            routes.push((Route::FreePage(place), Some(page.text.span)));
        }
        // One text under one name in two folders of the catalogue is one file of the site.
        let mut handed_out = BTreeSet::new();
        for (place, form) in self.forms.iter().enumerate() {
            if handed_out.insert(&form.address) {
                routes.push((Route::Form(place), None));
            }
        }
        routes.extend((0..self.theme.assets.len()).map(|place| (Route::Asset(place), None)));
        routes
    }

    /// Draws what stands at an address.
    fn draw(&self, address: &str, route: Route) -> (Page, Report) {
        let mut report = Report::default();
        let bytes = match route {
            Route::Sitemap => sitemap::sitemap(self).into_bytes(),
            Route::Robots => sitemap::robots(self).into_bytes(),
            Route::ProceduresData | Route::ProcedureData(_) | Route::DocumentsData => {
                self.data(route)
            }
            Route::Form(place) => self.forms[place].bytes.clone(),
            Route::Asset(place) => self.theme.assets[place].bytes.clone(),
            page => match self.woven(address, page) {
                Ok(text) => text.into_bytes(),
                Err(found) => {
                    report.merge(found.into_iter().collect());
                    Vec::new()
                }
            },
        };
        let path = FilePath::new(address).expect("addresses are made of slugs and file names");
        (Page { path, bytes }, report)
    }

    /// Data, with the first day on which they will differ.
    fn data(&self, route: Route) -> Vec<u8> {
        let today = data::data(self, route, None);
        let turns = self.turns.of(self, route).into_iter().map(|place| &self.later[place]);
        let differs = |site: &&Self| data::data(site, route, None) != today;
        match turns.into_iter().find(differs) {
            Some(site) => data::data(self, route, Some(site.assessment.today)),
            None => today,
        }
    }

    /// A page as it is today and as it will be on the days ahead, in one text.
    fn woven(&self, address: &str, route: Route) -> Result<String, Vec<Diagnostic>> {
        let draw =
            |site: &Self| site.page_of(address, route).map_err(|error| theme::findings(&error));
        let first = draw(self)?;
        let mut later: Vec<(Date, String)> = Vec::new();
        for place in self.turns.of(self, route) {
            let site = &self.later[place];
            let text = draw(site)?;
            if later.last().map_or(&first, |(_, last)| last) != &text {
                later.push((site.assessment.today, text));
            }
        }
        if later.is_empty() {
            return Ok(first);
        }
        let days: Vec<Date> = later.iter().map(|(day, _)| *day).collect();
        let notice = self.notice(address, route, &days).map_err(|error| theme::findings(&error))?;
        let title = &self.catalogue.site.title;
        weave::weave(&first, &later, &notice, title)
            .map_err(|why| vec![theme::finding(address, why)])
    }

    /// The way from a page to the site's root.
    fn root(&self, address: &str, route: Route) -> String {
        match route {
            // A server shows it at any depth, where only a path from the server's root leads home.
            Route::NotFound => self.base_path(),
            _ => route::root(address),
        }
    }

    /// The page of an address on the day of the site; where nothing stands there, that it was not found.
    fn page_of(&self, address: &str, route: Route) -> tera::TeraResult<String> {
        let root = self.root(address, route);
        // What is announced is shown as it will be on its first day.
        let first_day = match route {
            Route::Procedure(id) => self.assessment.procedure(id).applies_from(),
            _ => None,
        };
        let then = self.assessment.on(first_day.unwrap_or(self.assessment.today));
        let here = Here { site: self, assessment: &then, root: &root, own: address };
        self.html(here, if self.has(route) { route } else { Route::NotFound })
    }

    /// What a page that changes says to who reads it without script, and on paper.
    fn notice(&self, address: &str, route: Route, days: &[Date]) -> tera::TeraResult<String> {
        let from = std::iter::once(None).chain(days.iter().map(|day| Some(day.to_string())));
        let until = days.iter().map(|day| Day::new(*day));
        let turns: Vec<Turn> = from.zip(until).map(|(from, until)| Turn { from, until }).collect();
        let mut context = tera::Context::new();
        context.insert_value("site", self.shared.site.clone());
        context.insert_value("t", self.shared.words.clone());
        context.insert("root", &self.root(address, route));
        context.insert("turns", &turns);
        self.theme.tera.render("turns.html", &context)
    }

    fn html(&self, here: Here<'_>, route: Route) -> tera::TeraResult<String> {
        use view::{agency, changes, document, event, home, index, procedure, tombstone};
        let draw = Draw(here);
        match route {
            Route::Home => draw.page("home.html", home::home(here)),
            Route::Procedures => draw.page("index.html", index::procedures(here)),
            Route::Procedure(id) => match self.assessment.procedure(id) {
                ProcedureStanding::Published(shown)
                | ProcedureStanding::Announced { shown, .. } => {
                    draw.page("procedure.html", procedure::procedure(here, id, shown))
                }
                ProcedureStanding::Superseded { by } => {
                    draw.page("tombstone.html", tombstone::superseded(here, id, *by))
                }
                ProcedureStanding::Withheld { causes } => {
                    draw.page("tombstone.html", tombstone::procedure(here, id, causes))
                }
                // They have no route.
                ProcedureStanding::Internal | ProcedureStanding::NotYet => Ok(String::new()),
            },
            Route::Fields => draw.page("index.html", index::fields(here)),
            Route::Field(id) => draw.page("procedures.html", index::field(here, id)),
            Route::Agencies => draw.page("index.html", index::agencies(here)),
            Route::Agency(id) => match self.lists.gone_agencies.get(&id) {
                Some(by) => draw.page("tombstone.html", tombstone::agency(here, id, by)),
                None => draw.page("agency.html", agency::agency(here, id)),
            },
            Route::Level(level) => draw.page("procedures.html", index::level(here, level)),
            Route::Audience(who) => draw.page("procedures.html", index::audience(here, who)),
            Route::LifeEvents => draw.page("index.html", index::life_events(here)),
            Route::LifeEvent(place) => draw.page("event.html", event::life_event(here, place)),
            Route::Group(place) => draw.page("event.html", event::group(here, place)),
            Route::Documents => draw.page("documents.html", document::documents(here)),
            Route::Document(id) if here.is_live(id) => {
                draw.page("document.html", document::document(here, id))
            }
            Route::Document(id) => draw.page("tombstone.html", tombstone::document(here, id)),
            Route::Changes => draw.page("changes.html", changes::changes(here)),
            Route::FreePage(place) => draw.page("prose.html", index::free_page(here, place)),
            Route::NotFound => draw.page("not-found.html", index::not_found(here)),
            // They are no pages of HTML.
            Route::Sitemap
            | Route::Robots
            | Route::ProceduresData
            | Route::ProcedureData(_)
            | Route::DocumentsData
            | Route::Form(_)
            | Route::Asset(_) => Ok(String::new()),
        }
    }

    /// The path at which the site's root stands on its server; where that is not known, relative.
    fn base_path(&self) -> String {
        let base = self.base_url().and_then(|base| base.split_once("://"));
        let path = base.map(|(_, rest)| rest.split_once('/').map_or("/", |(_, path)| path));
        match path {
            None => String::new(),
            Some("/") => "/".to_owned(),
            Some(path) => format!("/{path}"),
        }
    }
}

/// The days on which a page stays the same, up to its next change.
#[derive(Serialize)]
struct Turn {
    from: Option<String>,
    until: Day,
}

/// What all pages of HTML have in common.
struct Draw<'a>(Here<'a>);

impl Draw<'_> {
    fn page<V: Serialize>(
        &self,
        template: &str,
        (frame, view): (Frame, V),
    ) -> tera::TeraResult<String> {
        let Self(here) = self;
        let site = here.site;
        let mut context = tera::Context::new();
        context.insert_value("site", site.shared.site.clone());
        context.insert_value("t", site.shared.words.clone());
        context.insert_value("assets", site.shared.assets.clone());
        context.insert_value("integrity", site.shared.integrity.clone());
        context.insert("root", here.root);
        context.insert("address", here.own);
        context.insert("page", &frame);
        context.insert("view", &view);
        site.theme.tera.render(template, &context)
    }
}

fn by_procedure(changes: &[Change]) -> BTreeMap<ProcedureId, Vec<Change>> {
    let mut coming: BTreeMap<ProcedureId, Vec<Change>> = BTreeMap::new();
    for change in changes {
        let id = match change.what {
            What::Document { .. }
            | What::GroupAppears(_)
            | What::GroupGoes(_)
            | What::AgencyAppears(_)
            | What::AgencyGoes(_)
            | What::OfficeAppears(_)
            | What::OfficeGoes(_) => continue,
            What::Announced(id)
            | What::Appears(id)
            | What::Goes(id)
            | What::ElementAppears(id, _)
            | What::ElementGoes(id, _)
            | What::Citation(id, _) => id,
        };
        coming.entry(id).or_default().push(change.clone());
    }
    coming
}

/// The forms that the page of a procedure shows, today or on a day ahead; each once.
fn forms(site: &Site, later: &[Site], files: &FileTree) -> Vec<FormFile> {
    let catalogue = &site.catalogue;
    let mut found: BTreeMap<&FilePath, FormFile> = BTreeMap::new();
    for (id, procedure) in
        catalogue.procedure_ids().filter(|(_, procedure)| !procedure.forms.is_empty())
    {
        let on_page = |site: &'_ Site| site.assessment.procedure(id).on_page().cloned();
        for shown in std::iter::once(site).chain(later).filter_map(on_page) {
            for form in procedure.forms.iter().filter(|form| shown.has(form.element)) {
                let Some(file) = &form.file else { continue };
                let Some(bytes) = catalogue.form_files.get(&file.value) else { continue };
                let bytes = files.content(*bytes).bytes();
                found.entry(&file.value).or_insert_with(|| FormFile {
                    source: file.value.clone(),
                    address: route::form_address(&file.value, bytes),
                    bytes: bytes.to_vec(),
                });
            }
        }
    }
    found.into_values().collect()
}
