//! The audit in the stream of pages: each is read between drawing and laying down, and with a finding no
//! site is made.

use std::ops::Deref;
use std::sync::{Mutex, PoisonError};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::last::{Drawn, Last};
use super::{REDIRECTS, Understood, told};
use crate::audit::{Audit, Place, Tally};
use crate::diagnostic::Report;
use crate::files::{FileTree, MANIFEST, Offer, Page};
use crate::render::Site;
use crate::render::route::{Route, SearchPart};

/// What must not be named on a site, and what may be at which of its addresses.
#[must_use]
pub fn audit<'a>(
    understood: &'a Understood,
    files: &'a FileTree,
    theme: &'a FileTree,
    site: &Site,
) -> Audit<'a> {
    let Understood { catalogue, assessment, .. } = understood;
    Audit::new(catalogue, assessment, files, theme, places(site))
}

/// What stands where on a site, as far as it may name what has ended.
pub(super) fn places(site: &Site) -> impl Iterator<Item = (String, Place)> + '_ {
    let stands = move |route| match route {
        Route::Moved(place) => site.moved_to(place),
        stands => stands,
    };
    let places = site
        .routes()
        .filter_map(move |(address, route)| Some((address.to_owned(), place(stands(route))?)));
    let told = [(REDIRECTS.to_owned(), Place::Notices), (MANIFEST.to_owned(), Place::Files)];
    places.chain(told)
}

/// What a page is of, as far as it may name more than others do.
pub(super) fn place(route: Route) -> Option<Place> {
    match route {
        Route::Document(id) => Some(Place::Document(id)),
        Route::Procedure(id) | Route::ProcedureData(id) | Route::Posting(id) => {
            Some(Place::Procedure(id))
        }
        Route::FieldBooklet(id) => Some(Place::Field(id)),
        Route::AgencyBooklet(id) => Some(Place::Agency(id)),
        Route::Group(place) => Some(Place::Group(place)),
        Route::Home | Route::Changes => Some(Place::Changes),
        // What is gone, for readers that follow the site, and for who looks for it.
        Route::RemovedData | Route::Feed | Route::SearchData(SearchPart::Gone) => {
            Some(Place::Notices)
        }
        _ => None,
    }
}

/// The pages of a site, each read by the audit before it is handed on.
pub fn audited<'a>(
    pages: impl ParallelIterator<Item = (Page, Report)> + 'a,
    audit: impl Deref<Target = Audit<'a>> + Sync + Send + 'a,
    tally: &'a Mutex<Tally>,
) -> impl ParallelIterator<Item = (Page, Report)> + 'a {
    pages.map(move |drawn| told_of(drawn, |page| audit.examine(page), tally))
}

/// A page with all that was found in drawing and in reading it.
fn told_of(
    (page, mut report): (Page, Report),
    read: impl FnOnce(&Page) -> (Report, Tally),
    tally: &Mutex<Tally>,
) -> (Page, Report) {
    let (found, counted) = read(&page);
    report.merge(found);
    tally.lock().unwrap_or_else(PoisonError::into_inner).add(counted);
    (page, report)
}

/// The files of a site over the one that stands: what is drawn from the same need not be made, and what comes
/// out the same is not audited again, for an audit with the same key has read it.
pub fn over<'a>(
    site: &'a Site,
    audit: &'a Audit<'a>,
    tally: &'a Mutex<Tally>,
    (last, drawn): (&'a Last, &'a Drawn),
) -> impl ParallelIterator<Item = Offer<'a, (Page, Report)>> + 'a {
    let known = || (Report::default(), Tally { known: 1, ..Tally::default() });
    let read = move |page: &Page| if last.has(page) { known() } else { audit.examine(page) };
    let places = site.places().map(move |place| {
        let path = place.path();
        let same = last.same(&path, drawn);
        Offer { path, same, make: Box::new(move || told_of(place.draw(), read, tally)) }
    });
    let told = told(site).into_par_iter().map(move |page| {
        let path = page.path.clone();
        let make = Box::new(move || told_of((page, Report::default()), read, tally));
        Offer { path, same: None, make }
    });
    places.chain(told)
}
