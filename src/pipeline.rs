//! The whole way of the data: files in, findings and a site out. Pure: the day is an argument, and
//! nothing is read, written or printed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use rayon::iter::ParallelIterator;

use crate::audit::{Audit, Place, Tally};
use crate::check;
use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::{FileId, FilePath, FileTree, Laid, MANIFEST, Page, Span, hex};
use crate::language::Language;
use crate::load;
use crate::manifest::{self, Facts, Manifest, SIGNATURE, Wanted, close, signature};
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::render;
pub use crate::render::Site;
use crate::render::route::Route;
use crate::render::theme::Theme;
use crate::validity::{self, Assessment};

/// A catalogue that was understood, with what holds on the day.
#[derive(Debug)]
pub struct Understood {
    /// The catalogue.
    pub catalogue: Catalogue,
    /// What holds.
    pub assessment: Assessment,
}

/// Reads and judges: where the `check` command stops. Nothing is understood without `catalogue.yaml`.
#[must_use]
pub fn examine(files: &FileTree, today: Date) -> (Option<Understood>, Report) {
    let (catalogue, mut report) = load::load(files);
    let Some(catalogue) = catalogue else { return (None, report) };
    let assessment = validity::assess(&catalogue, today);
    report.merge(check::check(&catalogue, &assessment, files));
    drop_followers(&mut report, files);
    (Some(Understood { catalogue, assessment }), report)
}

/// One cause, one finding: what a file that cannot be read may well hold is not called missing, neither
/// in that file nor in those that refer to it.
fn drop_followers(report: &mut Report, files: &FileTree) {
    // A reference to nothing, or to a name that is another's, is a mistake of the one who refers; it hides
    // nothing else.
    let only_refers =
        |found: &Diagnostic| matches!(found.code, Code::ProcedureUnknown | Code::FormerIdTaken);
    let hides = |found: &&Diagnostic| found.code.entry().structural && !only_refers(found);
    let broken: BTreeSet<FileId> =
        report.iter().filter(hides).filter_map(|found| found.span).map(|span| span.file).collect();
    let any_below =
        |folder: &str| broken.iter().any(|file| files.path(*file).as_str().starts_with(folder));
    let [documents, decisions, procedures, agencies, fields] =
        ["documents/", "decisions/", "procedures/", "agencies/", "fields.yaml"].map(any_below);
    // A citation that cannot be told apart names both documents; that they share a number is then said.
    let ambiguous: BTreeSet<Span> = report
        .iter()
        .filter(|found| found.code == Code::NumberAmbiguous)
        .flat_map(|found| found.notes.iter().filter_map(|note| note.span))
        .collect();
    report.retain(|found| {
        let is_own = found.span.is_some_and(|span| broken.contains(&span.file));
        let follows = match found.code {
            Code::BasisUnknown
            | Code::BasisUndated
            | Code::BasisNotNormative
            | Code::BasisWillEnd
            | Code::BasisWillPause
            | Code::ExemptionNeedless => documents,
            Code::ProseUnknown => documents || decisions,
            Code::ProcedureUnknown
            | Code::ItemUnknown
            | Code::FormFileUnused
            | Code::ProcedureWillGo
            | Code::RepealComing
            | Code::UpkeepBudget => procedures,
            Code::PlaceWillGo => is_own || agencies || procedures,
            Code::FieldUnknown => fields,
            Code::AnnouncementOverdue => decisions,
            Code::PartMissing => is_own || agencies,
            Code::BasisMissing
            | Code::ActWithoutForce
            | Code::ElementWillGo
            | Code::CheckOverdue => is_own,
            Code::NumberTwice => found.span.is_some_and(|span| ambiguous.contains(&span)),
            _ => false,
        };
        !follows
    });
}

/// The way to a site: none where something was found that keeps one from being made.
#[must_use]
pub fn site(
    understood: &Understood,
    files: &FileTree,
    theme: &FileTree,
    report: &mut Report,
) -> Option<Site> {
    let Understood { catalogue, assessment } = understood;
    let (theme, found) = Theme::new(theme, catalogue.site.language);
    report.merge(found);
    let (site, found) = render::render(catalogue, assessment, &theme, files);
    report.merge(found);
    (!report.is_structural()).then_some(site)
}

/// The last pages of a site whose files are laid down: its manifest and, with a key, the signature. What
/// is found holds it against the manifest of the site that stands.
#[must_use]
#[expect(clippy::missing_panics_doc, reason = "the invariant holds for both names")]
pub fn close(
    understood: &Understood,
    site: &Site,
    audit: &Audit<'_>,
    wanted: &Wanted,
    laid: &[Laid],
    stands: Option<&[u8]>,
) -> (Manifest, Vec<Page>, Report) {
    let Understood { catalogue, assessment } = understood;
    let max_age = catalogue.site.policies.max_age;
    let facts = Facts {
        catalogue,
        assessment,
        addresses: site.procedure_addresses().collect(),
        notices: site.notices().collect(),
        valid_until: manifest::valid_until(
            assessment.as_of,
            max_age,
            assessment.next_change(catalogue),
        ),
        audit: Some(serde_json::json!({
            "key": hex::text(&audit.key()),
            "needles": audit.needles(),
            "findings": 0,
        })),
    };
    let (manifest, mut report) = close::close(&facts, wanted, laid, stands);
    let bytes = manifest.bytes();
    let signature = wanted.key.as_ref().map(|key| {
        let Manifest { build_no, as_of, .. } = &manifest;
        let comment = format!("file:{MANIFEST} build_no:{build_no} as_of:{as_of}");
        signature::sign(key, &bytes, &comment).into_bytes()
    });
    let page = |path, bytes| {
        let path = FilePath::new(path).expect("the names of both files are paths");
        Page { path, bytes }
    };
    let mut pages = vec![page(MANIFEST, bytes)];
    pages.extend(signature.map(|signature| page(SIGNATURE, signature)));
    for page in &pages {
        report.merge(audit.examine(page).0);
    }
    (manifest, pages, report)
}

/// Files in which all notices are told of: what is gone, for readers that follow the site.
const NOTICES: [&str; 3] = ["removed.json", "thay-doi.xml", "_redirects"];

/// What must not be named on a site, and what may be at which of its addresses.
#[must_use]
pub fn audit<'a>(
    understood: &'a Understood,
    files: &'a FileTree,
    theme: &'a FileTree,
    site: &Site,
) -> Audit<'a> {
    let stands = |route| match route {
        Route::Moved(place) => site.moved_to(place),
        stands => stands,
    };
    let place = |route| match stands(route) {
        Route::Document(id) => Some(Place::Document(id)),
        Route::Procedure(id) | Route::ProcedureData(id) => Some(Place::Procedure(id)),
        Route::Group(place) => Some(Place::Group(place)),
        Route::Home | Route::Changes => Some(Place::Changes),
        _ => None,
    };
    let places =
        site.routes().filter_map(|(address, route)| Some((address.to_owned(), place(route)?)));
    let notices = NOTICES.map(|address| (address.to_owned(), Place::Notices));
    let own = [(MANIFEST.to_owned(), Place::Files)];
    let Understood { catalogue, assessment } = understood;
    Audit::new(catalogue, assessment, files, theme, places.chain(notices).chain(own))
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
    audit: &'a Audit<'_>,
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

/// The language to speak: what was asked for, else the catalogue's, else Vietnamese.
#[must_use]
pub fn language(asked: Option<Language>, understood: Option<&Understood>) -> Language {
    asked.or_else(|| understood.map(|known| known.catalogue.site.language)).unwrap_or_default()
}
