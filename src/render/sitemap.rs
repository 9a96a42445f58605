//! What search engines are told: which pages there are. Tombstones are not among them.

use super::Site;
use super::route::{Route, href};
use crate::validity::procedure::ProcedureStanding;

/// All pages for readers, in the order of their addresses. Without days: a page is not new because a day
/// has passed.
pub(super) fn sitemap(site: &Site) -> String {
    let mut sitemap = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let base = escape(site.base_url().unwrap_or_default());
    for (address, route) in site.routes() {
        if site.has(route) && is_listed(site, route) {
            let address = if route == Route::Home { "" } else { address };
            sitemap.extend(["<url><loc>", &base, &href("", address), "</loc></url>\n"]);
        }
    }
    sitemap.push_str("</urlset>\n");
    sitemap
}

/// All may be read; what shall not be found says so itself.
pub(super) fn robots(site: &Site) -> String {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base) = site.base_url() {
        robots.extend(["Sitemap: ", base, &site.address(Route::Sitemap), "\n"]);
    }
    robots
}

fn is_listed(site: &Site, route: Route) -> bool {
    match route {
        Route::Procedure(id) => {
            matches!(site.assessment.procedure(id), ProcedureStanding::Published(_))
        }
        Route::Document(id) => !site.assessment.document(id).force.is_over(),
        Route::Agency(id) => !site.lists.gone_agencies.contains_key(&id),
        // A list may be empty for a while and keep its address.
        Route::Level(level) => site.lists.by_level.contains_key(&level),
        Route::Audience(audience) => site.lists.by_audience.contains_key(&audience),
        Route::Home
        | Route::Procedures
        | Route::Fields
        | Route::Field(_)
        | Route::Agencies
        | Route::LifeEvents
        | Route::LifeEvent(_)
        | Route::Group(_)
        | Route::Documents
        | Route::Changes
        | Route::Search
        | Route::OpenData
        | Route::FreePage(_) => true,
        Route::NotFound
        | Route::Posting(_)
        | Route::FieldBooklet(_)
        | Route::AgencyBooklet(_)
        | Route::Moved(_)
        | Route::Feed
        | Route::RemovedData
        | Route::SearchData(_)
        | Route::Sitemap
        | Route::Robots
        | Route::ProceduresData
        | Route::ProcedureData(_)
        | Route::DocumentsData
        | Route::Bulk(_)
        | Route::Form(_)
        | Route::Asset(_) => false,
    }
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
