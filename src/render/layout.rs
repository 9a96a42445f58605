//! What stands at which address: every page and file of a site, before any is drawn. Of two that would share
//! an address the first is kept, and a finding says so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::route::{self, Bulk, Route};
use super::{Site, removed};
use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::{FilePath, FileTree, Span};
use crate::model::Catalogue;
use crate::model::agency::Level;
use crate::model::procedure::Audience;
use crate::validity::Assessment;
use crate::validity::procedure::ProcedureStanding;

/// A form that the site hands out.
#[derive(Clone, Debug)]
pub(super) struct FormFile {
    /// Its path in the catalogue.
    pub(super) source: FilePath,
    pub(super) address: String,
    pub(super) bytes: Vec<u8>,
}

impl Site {
    /// Gives every route its address. Of two that share one the first is kept, and a finding says so;
    /// letter case does not tell addresses apart, because it does not on every disk.
    pub(super) fn lay_out(&mut self, later: &[Self]) -> Report {
        let mut report = Report::default();
        let mut folded = BTreeSet::new();
        let mut routes = BTreeMap::new();
        self.lay(self.all_routes(later), &mut routes, &mut folded, &mut report);
        // What was renamed leads to what has an address now.
        self.routes = Arc::new(routes.clone());
        self.moved = removed::moved(self).into();
        let places = self.moved.iter().enumerate();
        let moved = places.map(|(place, moved)| (Route::Moved(place), Some(moved.span))).collect();
        self.lay(moved, &mut routes, &mut folded, &mut report);
        self.routes = Arc::new(routes);
        report
    }

    fn lay(
        &self,
        found: Vec<(Route, Option<Span>)>,
        routes: &mut BTreeMap<String, Route>,
        folded: &mut BTreeSet<String>,
        report: &mut Report,
    ) {
        for (route, span) in found {
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
            Route::Feed,
            Route::Search,
            Route::NotFound,
            Route::Robots,
            Route::RemovedData,
            Route::ProceduresData,
            Route::DocumentsData,
            Route::OpenData,
        ]
        .map(|route| (route, None))
        .into();
        routes.extend(self.base_url().map(|_| (Route::Sitemap, None)));
        if self.has_terms() {
            routes.push((Route::Terms, None));
        }
        routes.extend(Bulk::ALL.map(|bulk| (Route::Bulk(bulk), None)));
        routes.extend(of_register(catalogue, &self.assessment));
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
        let is_posted = |id| self.assessment.procedure(id).on_page().is_some();
        let posted = catalogue.procedure_ids().filter(|(id, _)| is_posted(*id));
        let posted: Vec<_> = posted.map(|(_, procedure)| procedure).collect();
        let posting: BTreeSet<_> =
            posted.iter().flat_map(|procedure| procedure.posted_by()).collect();
        for id in lists().flat_map(|lists| &lists.agencies).collect::<BTreeSet<_>>() {
            if posting.contains(id) {
                routes.push((Route::AgencyBooklet(*id), Some(catalogue[*id].span)));
            }
        }
        for field in posted.iter().map(|procedure| procedure.field).collect::<BTreeSet<_>>() {
            routes.push((Route::FieldBooklet(field), Some(catalogue[field].span)));
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
}

/// Procedures and documents, and the notices in their places, with where they are named.
fn of_register(catalogue: &Catalogue, assessment: &Assessment) -> Vec<(Route, Option<Span>)> {
    let mut routes = Vec::new();
    for (id, procedure) in catalogue.procedure_ids() {
        let span = Some(procedure.span());
        match assessment.procedure(id) {
            ProcedureStanding::Internal | ProcedureStanding::NotYet => {}
            ProcedureStanding::Published(_) | ProcedureStanding::Announced { .. } => {
                routes.push((Route::Procedure(id), span));
                routes.push((Route::ProcedureData(id), span));
                routes.push((Route::Posting(id), span));
            }
            ProcedureStanding::Superseded { .. } | ProcedureStanding::Withheld { .. } => {
                routes.push((Route::Procedure(id), span));
            }
        }
    }
    for (id, document) in catalogue.document_ids() {
        routes.push((Route::Document(id), Some(document.span)));
    }
    routes
}

/// What stands where on the site of a day and may say more than other pages, in the first language: for who
/// asks before there is a site. Renamed addresses are not told, for a text leads to none of them.
#[must_use]
pub fn standing(catalogue: &Catalogue, assessment: &Assessment) -> Vec<(String, Route)> {
    let is_offered = |place: &usize| assessment.is_group_published(*place);
    let groups = (0..catalogue.groups.len()).filter(is_offered).map(Route::Group);
    let register = of_register(catalogue, assessment).into_iter().map(|(route, _)| route);
    let routes = [Route::Home, Route::Changes].into_iter().chain(register).chain(groups);
    routes.map(|route| (route::address(catalogue, route), route)).collect()
}

/// The forms that the page of a procedure shows, today or on a day ahead; each once.
pub(super) fn forms(site: &Site, later: &[Site], files: &FileTree) -> Vec<FormFile> {
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
