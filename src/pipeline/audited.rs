//! The audit in the stream of pages: each is read between drawing and laying down, and with a finding no
//! site is made.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Mutex, PoisonError};

use rayon::iter::ParallelIterator;

use super::{REDIRECTS, Understood};
use crate::audit::{Audit, Place, Tally};
use crate::diagnostic::Report;
use crate::files::{FilePath, FileTree, Laid, MANIFEST, Page, hex};
use crate::manifest::Manifest;
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

/// The files that an audit with the same key has read for the site that stands.
#[derive(Debug, Default)]
pub struct Known(BTreeMap<FilePath, [u8; 32]>);

impl Known {
    /// From the manifest of that site; nothing where there is none, or where it was read for other things.
    #[must_use]
    pub fn new(stands: &[u8], audit: &Audit<'_>) -> Self {
        let Ok(manifest) = Manifest::read(stands) else { return Self::default() };
        let key = manifest.audit.as_ref().and_then(|told| told.get("key")?.as_str());
        if key != Some(hex::text(&audit.key()).as_str()) {
            return Self::default();
        }
        Self(manifest.files.into_iter().map(|file| (file.path, file.sha256)).collect())
    }

    /// Whether it holds this very page.
    #[must_use]
    pub fn has(&self, page: &Page) -> bool {
        self.0.get(&page.path).is_some_and(|hash| *hash == Laid::of(page).sha256)
    }
}

/// The pages of a site, each read by the audit before it is handed on; but for those of which is known that
/// an audit with the same key has read them.
pub fn audited<'a>(
    pages: impl ParallelIterator<Item = (Page, Report)> + 'a,
    audit: impl Deref<Target = Audit<'a>> + Sync + Send + 'a,
    tally: &'a Mutex<Tally>,
    is_known: impl Fn(&Page) -> bool + Sync + Send + 'a,
) -> impl ParallelIterator<Item = (Page, Report)> + 'a {
    pages.map(move |(page, mut report)| {
        let (found, counted) = if is_known(&page) {
            (Report::default(), Tally { known: 1, ..Tally::default() })
        } else {
            audit.examine(&page)
        };
        report.merge(found);
        tally.lock().unwrap_or_else(PoisonError::into_inner).add(counted);
        (page, report)
    })
}
