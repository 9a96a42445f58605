//! What a page of HTML is drawn from: its template, its head and its view, chosen by what stands at its
//! address; and the text that the theme makes of them.

use serde::Serialize;

use super::route::Route;
use super::view::frame::Frame;
use super::view::{self, Here};
use super::{Site, data, theme};
use crate::diagnostic::Diagnostic;
use crate::model::date::Date;
use crate::validity::procedure::ProcedureStanding;

/// What a page is drawn from: two sheets that are the same at one address are the same page.
#[derive(PartialEq)]
pub(super) struct Sheet {
    /// The template and the page's head; nothing where no page stands.
    of: Option<(&'static str, tera::Value)>,
    view: tera::Value,
    /// What surrounds it.
    around: tera::Value,
}

impl Default for Sheet {
    fn default() -> Self {
        Self { of: None, view: tera::Value::none(), around: tera::Value::none() }
    }
}

impl Site {
    /// What the page of a route is drawn from on the day of the site.
    pub(super) fn sheet(&self, here: Here<'_>, route: Route) -> Sheet {
        use view::{
            agency, document, event, home, index, news, open_data, posting, procedure, tombstone,
        };
        let draw = Draw { here, route };
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
                ProcedureStanding::Internal | ProcedureStanding::NotYet => Sheet::default(),
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
            Route::Posting(id) => draw.page("posting.html", posting::posting(here, id)),
            Route::FieldBooklet(id) => draw.page("posting.html", posting::of_field(here, id)),
            Route::AgencyBooklet(id) => draw.page("posting.html", posting::of_agency(here, id)),
            Route::Changes => draw.page("changes.html", news::changes(here)),
            Route::FreePage(place) => draw.page("prose.html", index::free_page(here, place)),
            Route::Terms => draw.page("terms.html", view::terms::terms(here)),
            Route::Search => draw.page("search.html", view::search::search(here)),
            Route::Moved(place) => {
                draw.page("moved.html", index::moved(here, self.moved[place].to))
            }
            Route::OpenData => draw.page("open-data.html", open_data::open_data(here)),
            Route::NotFound => draw.page("not-found.html", index::not_found(here)),
            // They are no pages of HTML.
            Route::Sitemap
            | Route::Robots
            | Route::Feed
            | Route::ProceduresData
            | Route::ProcedureData(_)
            | Route::DocumentsData
            | Route::RemovedData
            | Route::SearchData(_)
            | Route::Bulk(_)
            | Route::Form(_)
            | Route::Asset(_) => Sheet::default(),
        }
    }

    /// The last day of what stands at an address, where it is known to end.
    fn last_day(&self, route: Route) -> Option<String> {
        let assessment = &self.assessment;
        let end = match route {
            Route::Procedure(id) => assessment.end_of_procedure(id),
            Route::Document(id) => assessment.end_of_document(id),
            Route::Group(place) => assessment.end_of_group(place),
            Route::Agency(id) => assessment.end_of_agency(&self.catalogue, id),
            _ => None,
        };
        end.and_then(|end| end.yesterday().ok()).map(|day| day.to_string())
    }

    /// Where the file may be mended from which a page is made; the parts of a procedure have links of their
    /// own.
    fn edit(&self, route: Route) -> Option<String> {
        let catalogue = &self.catalogue;
        let span = match route {
            Route::Document(id) => catalogue[id].span,
            Route::Agency(id) => catalogue[id].span,
            Route::LifeEvent(place) => catalogue.life_events[place].span,
            Route::Group(place) => catalogue.groups[place].span,
            Route::FreePage(place) => catalogue.pages[place].text.span,
            _ => return None,
        };
        self.edits.as_ref()?.file(span)
    }
}

/// What the page of a closed site is drawn from, by the first day without the site.
pub(super) fn closed(here: Here<'_>, after: Date) -> Sheet {
    Draw { here, route: Route::NotFound }.page("closed.html", view::closed::closed(here, after))
}

/// What all pages of HTML have in common.
struct Draw<'a> {
    here: Here<'a>,
    route: Route,
}

impl Draw<'_> {
    fn page<V: Serialize>(&self, template: &'static str, (mut frame, view): (Frame, V)) -> Sheet {
        frame.last_day = self.here.site.last_day(self.route);
        frame.languages = view::frame::languages(self.here, self.route);
        frame.linked = data::linked(self.here, self.route, &frame);
        frame.edit = self.here.site.edit(self.route).filter(|_| !frame.noindex);
        let frame = tera::Value::from_serializable(&frame);
        let view = tera::Value::from_serializable(&view);
        let around = self.here.site.shared.site.clone();
        Sheet { of: Some((template, frame)), view, around }
    }
}

impl Site {
    /// The text of a page.
    pub(super) fn text(&self, here: Here<'_>, sheet: &Sheet) -> Result<String, Vec<Diagnostic>> {
        let Some((template, frame)) = &sheet.of else { return Ok(String::new()) };
        let mut context = tera::Context::new();
        context.insert_value("site", sheet.around.clone());
        context.insert_value("t", self.shared.words.clone());
        context.insert_value("assets", self.shared.assets.clone());
        context.insert_value("integrity", self.shared.integrity.clone());
        context.insert("root", here.root);
        context.insert("address", here.own);
        context.insert_value("page", frame.clone());
        context.insert_value("view", sheet.view.clone());
        let drawn = self.theme.tera.render(template, &context);
        drawn.map(|page| self.marks.page(&page)).map_err(|error| theme::findings(&error, template))
    }
}
