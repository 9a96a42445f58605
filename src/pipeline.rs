//! The whole way of the data: files in, findings and a site out, or the sites of all days of a horizon.
//! Pure: the day is an argument, and nothing is read, written or printed.

use std::collections::BTreeSet;

use rayon::iter::{Either, IntoParallelIterator, ParallelIterator};

use crate::check;
use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::{FileId, FilePath, FileTree, Page, Span};
use crate::host::{self, CLOSED, Plan, RELEASES};
use crate::language::Language;
use crate::load;
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::render::theme::Theme;
use crate::render::{self, Site};
use crate::validity::slices::Slice;
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
    // A reference to nothing is a mistake of the one who refers; it hides nothing else.
    let hides =
        |found: &&Diagnostic| found.code.entry().structural && found.code != Code::ProcedureUnknown;
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

/// The way to the sites of a horizon, slice after slice: each below [`RELEASES`] in the folder of its name,
/// then the closed page and what hosts have to know. With each part comes what was found before its first
/// page. A part is made when it is asked for, so that no two of them are held at once; of all of them the
/// printed day is the day on which was asked. None where something keeps a site from being made.
pub fn sliced<'a>(
    understood: &'a Understood,
    files: &'a FileTree,
    theme: &FileTree,
    slices: &'a [Slice],
    report: &mut Report,
) -> Option<
    impl Iterator<Item = (impl ParallelIterator<Item = (Page, Report)> + use<>, Report)> + use<'a>,
> {
    let Understood { catalogue, assessment } = understood;
    let (theme, found) = Theme::new(theme, catalogue.site.language);
    report.merge(found);
    if report.is_structural() {
        return None;
    }
    let drawn = theme.clone();
    let of_slice = move |slice: &Slice| {
        let then = assessment.on(slice.first);
        let (site, found) = render::render(catalogue, &then, &drawn, files);
        let folder = format!("{RELEASES}/{}", slice.name());
        let pages = site.into_pages().map(move |(page, found)| (below(&folder, page), found));
        (Either::Left(pages), found)
    };
    let around = move || {
        let (site, found) = render::render(catalogue, assessment, &theme, files);
        let after = slices.last().map_or(assessment.today, |slice| slice.until);
        let closed = site.closed(after).into_iter();
        let mut pages: Vec<(Page, Report)> =
            closed.map(|(page, found)| (below(CLOSED, page), found)).collect();
        let plan = plan(&site, slices, catalogue.site.language);
        pages.extend(host::files(&plan).into_iter().map(|page| (page, Report::default())));
        // What the layout has found was said with the first slice.
        drop(found);
        (Either::Right(pages.into_par_iter()), Report::default())
    };
    Some(slices.iter().map(of_slice).chain(std::iter::once_with(around)))
}

/// What hosts have to know of the slices.
fn plan(site: &Site, slices: &[Slice], language: Language) -> Plan {
    let slices = slices.iter().map(|slice| host::Slice {
        name: slice.name(),
        first: slice.first,
        until: slice.until,
    });
    Plan { slices: slices.collect(), base: site.base(), language }
}

/// A page at its path below a folder.
fn below(folder: &str, Page { path, bytes }: Page) -> Page {
    let path = FilePath::new(&format!("{folder}/{path}")).expect("a path below a plain folder");
    Page { path, bytes }
}

/// The language to speak: what was asked for, else the catalogue's, else Vietnamese.
#[must_use]
pub fn language(asked: Option<Language>, understood: Option<&Understood>) -> Language {
    asked.or_else(|| understood.map(|known| known.catalogue.site.language)).unwrap_or_default()
}
