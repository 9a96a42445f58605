//! Catalogue, day and theme to pages, one by one. A page is drawn when it is asked for and forgotten when
//! it is handed on: nothing holds the whole site.
//!
//! What has ended is decided by `validity` alone; here only what it calls published is shown. The page
//! of something that has ended is a tombstone, which no list, index, sitemap or data names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

pub mod route;
pub mod theme;

mod collate;
mod data;
mod lists;
mod markdown;
mod sitemap;
mod view;
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
use view::Here;
use view::frame::Frame;

/// All routes, and what is needed to draw any one of them.
#[derive(Clone)]
pub struct Site {
    catalogue: Catalogue,
    assessment: Assessment,
    /// What texts may name of the register.
    index: Arc<Index>,
    theme: Theme,
    lists: Lists,
    /// All changes after today, by day.
    changes: Vec<Change>,
    /// The same by procedure.
    coming: BTreeMap<ProcedureId, Vec<Change>>,
    forms: Vec<FormFile>,
    /// By address; the order of addresses is that of their bytes.
    routes: BTreeMap<String, Route>,
    /// What all pages share, made once.
    shared: Shared,
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
        forms: forms(catalogue, assessment, files),
        catalogue: catalogue.clone(),
        index: Arc::new(Index::new(catalogue)),
        assessment: assessment.clone(),
        theme: theme.clone(),
        routes: BTreeMap::new(),
        shared: Shared { site: none(), words: none(), assets: none() },
    };
    let report = site.lay_out();
    let assets: BTreeMap<&str, &str> =
        theme.assets.iter().map(|asset| (asset.source.as_str(), asset.address.as_str())).collect();
    site.shared = Shared {
        site: tera::Value::from_serializable(&view::frame::shared(&site)),
        words: tera::Value::from_serializable(&theme.words.texts),
        assets: tera::Value::from_serializable(&assets),
    };
    (site, report)
}

/// Whether a coming change may be told. What is withheld today is named nowhere but on its own notice,
/// even where the day is known on which it comes back.
fn may_be_told(assessment: &Assessment, what: &What) -> bool {
    match what {
        What::Document { document, .. } => !assessment.document(*document).force.is_over(),
        What::Appears(procedure) => matches!(
            assessment.procedure(*procedure),
            ProcedureStanding::NotYet | ProcedureStanding::Announced { .. }
        ),
        // That a decision will be signed is told when it has been.
        What::Announced(_) => false,
        _ => true,
    }
}

impl Site {
    /// All addresses with what stands there, in order.
    pub fn routes(&self) -> impl Iterator<Item = (&str, Route)> {
        self.routes.iter().map(|(address, route)| (address.as_str(), *route))
    }

    /// Every page, drawn in parallel; their order carries no meaning, for each has its path.
    #[must_use]
    pub fn pages(&self) -> impl ParallelIterator<Item = (Page, Report)> + '_ {
        self.routes.par_iter().map(|(address, route)| self.draw(address, *route))
    }

    /// The same, with the site given away: it is forgotten with its last page.
    #[must_use]
    pub fn into_pages(self) -> impl ParallelIterator<Item = (Page, Report)> {
        let routes: Vec<(String, Route)> =
            self.routes.iter().map(|(address, route)| (address.clone(), *route)).collect();
        routes.into_par_iter().map(move |(address, route)| self.draw(&address, route))
    }

    /// What a host shows in the place of any page once the horizon of the build is past, or before it: that
    /// the site is closed, and whom to ask. `after` is the first day past the horizon. With the assets that
    /// the page loads.
    #[must_use]
    pub fn closed(&self, after: Date) -> Vec<(Page, Report)> {
        let root = self.base_path();
        let here =
            Here { site: self, assessment: &self.assessment, root: &root, own: CLOSED_ADDRESS };
        let drawn = Draw(here).page("closed.html", view::closed::closed(here, after));
        let (bytes, report) = match drawn {
            Ok(text) => (text.into_bytes(), Report::default()),
            Err(error) => (Vec::new(), theme::findings(&error).into_iter().collect()),
        };
        let path = path_of(CLOSED_ADDRESS);
        let assets = self.routes().filter(|(_, route)| matches!(route, Route::Asset(_)));
        let assets = assets.map(|(address, route)| self.draw(address, route));
        std::iter::once((Page { path, bytes }, report)).chain(assets).collect()
    }

    /// The path at which the site's root stands on its server, with a slash at both ends, of plain letters
    /// and digits; where it is not known or not plain, the server's root.
    #[must_use]
    pub fn base(&self) -> String {
        let path = self.base_path();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_~./".contains(c);
        let is_known = path.starts_with('/') && path.chars().all(is_plain);
        if is_known && !path.contains("//") && !path.contains("..") { path } else { "/".to_owned() }
    }

    /// One page on demand.
    #[must_use]
    pub fn page(&self, path: &FilePath) -> Option<(Page, Report)> {
        let (address, route) = self.routes.get_key_value(path.as_str())?;
        Some(self.draw(address, *route))
    }

    /// What stands at an address.
    fn find(&self, address: &str) -> Option<Route> {
        self.routes.get(address).copied()
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
    fn lay_out(&mut self) -> Report {
        let mut report = Report::default();
        let mut folded = BTreeSet::new();
        for (route, span) in self.all_routes() {
            let address = self.address(route);
            if folded.insert(address.to_lowercase()) {
                self.routes.insert(address, route);
            } else {
                let finding = match span {
                    Some(span) => Diagnostic::new(Code::AddressTaken, span),
                    None => Diagnostic::nowhere(Code::AddressTaken),
                };
                report.push(finding.with("address", address));
            }
        }
        report
    }

    fn all_routes(&self) -> Vec<(Route, Option<Span>)> {
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
        for id in self.lists.agencies.iter().chain(self.lists.gone_agencies.keys()) {
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
        for place in &self.lists.groups {
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
        let root = match route {
            // A server shows it at any depth, where only a path from the server's root leads home.
            Route::NotFound => self.base_path(),
            _ => route::root(address),
        };
        // What is announced is shown as it will be on its first day.
        let first_day = match route {
            Route::Procedure(id) | Route::ProcedureData(id) => {
                self.assessment.procedure(id).applies_from()
            }
            _ => None,
        };
        let then = self.assessment.on(first_day.unwrap_or(self.assessment.today));
        let here = Here { site: self, assessment: &then, root: &root, own: address };
        let mut report = Report::default();
        let bytes = match route {
            Route::Sitemap => sitemap::sitemap(self).into_bytes(),
            Route::Robots => sitemap::robots(self).into_bytes(),
            Route::ProceduresData => data::procedures(self),
            Route::ProcedureData(id) => data::procedure(self, &then, id),
            Route::DocumentsData => data::documents(self),
            Route::Form(place) => self.forms[place].bytes.clone(),
            Route::Asset(place) => self.theme.assets[place].bytes.clone(),
            page => match self.html(here, page) {
                Ok(text) => text.into_bytes(),
                Err(error) => {
                    report.merge(theme::findings(&error).into_iter().collect());
                    Vec::new()
                }
            },
        };
        (Page { path: path_of(address), bytes }, report)
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

/// Where the page of a closed site stands, in a folder of its own.
const CLOSED_ADDRESS: &str = "index.html";

fn path_of(address: &str) -> FilePath {
    FilePath::new(address).expect("addresses are made of slugs and file names")
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

/// The forms that the page of a procedure shows, each once.
fn forms(catalogue: &Catalogue, assessment: &Assessment, files: &FileTree) -> Vec<FormFile> {
    let mut found: BTreeMap<&FilePath, FormFile> = BTreeMap::new();
    for (id, procedure) in catalogue.procedure_ids() {
        let Some(shown) = assessment.procedure(id).on_page() else { continue };
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
    found.into_values().collect()
}
