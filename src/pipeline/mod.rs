//! The whole way of the data: files in, findings and a site out, or the sites of all days of a horizon.
//! Pure: the day is an argument, and nothing is read, written or printed.

mod audited;
mod close;
mod hush;
mod last;
mod sliced;
mod touch;

use std::collections::BTreeSet;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::audit::Lookout;
use crate::check;
use crate::diagnostic::Report;
use crate::diagnostic::code::Code;
use crate::files::{FileId, FilePath, FileTree, Page, Span};
use crate::host::rules;
use crate::language::Language;
use crate::load;
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::hushed::{Daily, Hushed};
pub use crate::render::Site;
use crate::render::theme::Theme;
use crate::render::{self, Ahead};
use crate::validity::{self, Assessment};

pub use audited::{audit, audited, over};
pub use close::close;
pub use hush::woven as hushed;
pub use last::{Drawn, Last};
pub use sliced::Horizon;
pub use touch::Made;

/// A catalogue that was understood, with what holds on the day.
#[derive(Debug)]
pub struct Understood {
    /// The catalogue.
    pub catalogue: Catalogue,
    /// What holds.
    pub assessment: Assessment,
    /// The texts that are not shown, today and on the coming days.
    pub hushed: Hushed,
    /// Who tells of a text that is written later whether it names what has ended, on any of these days.
    pub lookout: Lookout,
}

/// What is done with the files, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Text becomes a catalogue.
    Load,
    /// The law is held against the day.
    Judge,
    /// Texts that name what has ended are found.
    Hush,
    /// The catalogue is looked at for editors.
    Check,
}

/// Reads and judges: where the `check` command stops. Nothing is understood without `catalogue.yaml`.
#[must_use]
pub fn examine(files: &FileTree, today: Date) -> (Option<Understood>, Report) {
    examine_telling(files, today, |_| {})
}

/// The same for who waits: each stage is told when it begins.
pub fn examine_telling(
    files: &FileTree,
    today: Date,
    tell: impl Fn(Stage),
) -> (Option<Understood>, Report) {
    tell(Stage::Load);
    let (understood, mut report) = understand(load::load(files), files, today, &tell);
    if let Some(understood) = &understood {
        tell(Stage::Check);
        inspect(understood, files, &mut report);
    }
    (understood, report)
}

/// What holds of a catalogue that was read, and all that a site needs to know: nobody is told yet what else
/// may be wrong with it.
pub fn understand(
    (catalogue, report): (Option<Catalogue>, Report),
    files: &FileTree,
    today: Date,
    tell: impl Fn(Stage),
) -> (Option<Understood>, Report) {
    let Some(catalogue) = catalogue else { return (None, report) };
    tell(Stage::Judge);
    let assessment = validity::assess(&catalogue, today);
    tell(Stage::Hush);
    let (hushed, lookout) = hush::woven(&catalogue, &assessment, files);
    (Some(Understood { catalogue, assessment, hushed, lookout }), report)
}

/// What is wrong with a catalogue beside what was found in reading it.
pub fn inspect(understood: &Understood, files: &FileTree, report: &mut Report) {
    let Understood { catalogue, assessment, hushed, .. } = understood;
    report.merge(check::check(catalogue, assessment, files));
    check::hushed::check(catalogue, assessment, files, hushed, report);
    drop_followers(report, files);
}

/// One cause, one finding: what a file that cannot be read may well hold is not called missing, neither
/// in that file nor in those that refer to it.
fn drop_followers(report: &mut Report, files: &FileTree) {
    let hides = report.iter().filter(|found| found.code.hides());
    let broken: BTreeSet<FileId> =
        hides.filter_map(|found| found.span).map(|span| span.file).collect();
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
            | Code::ProseWillEnd
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
            Code::TranslationUnused => !broken.is_empty(),
            Code::TranslationMissing => is_own || any_below("translations/"),
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
    let Understood { catalogue, assessment, hushed, .. } = understood;
    let (theme, found) = Theme::new(theme, catalogue.site.language);
    report.merge(found);
    let daily = Daily::new(catalogue, hushed, assessment.today);
    let (site, found) = render::render(&daily, assessment, &theme, files, Ahead::Woven);
    report.merge(found);
    (!report.is_structural()).then_some(site)
}

/// The ids of all fields, in the order of lists.
#[must_use]
pub fn fields(understood: &Understood) -> Vec<String> {
    render::fields(&understood.catalogue, &understood.assessment)
}

/// For hosts that read no configuration but a file of the site: addresses that were renamed.
const REDIRECTS: &str = "_redirects";

/// Every page of a site that stands by itself, with what a host has to know that is told nothing else.
#[must_use]
pub fn pages(site: &Site) -> impl ParallelIterator<Item = (Page, Report)> + '_ {
    let told = told(site).into_par_iter().map(|page| (page, Report::default()));
    site.pages().chain(told)
}

/// What a host has to know that is told nothing else, where there is anything.
fn told(site: &Site) -> Option<Page> {
    let redirects = rules::redirects(&site.rules(), &site.base());
    let path = FilePath::new(REDIRECTS).expect("a plain name");
    (!redirects.is_empty()).then(|| Page { path, bytes: redirects.into_bytes() })
}

/// The language to speak: what was asked for, else the catalogue's, else Vietnamese.
#[must_use]
pub fn language(asked: Option<Language>, understood: Option<&Understood>) -> Language {
    asked.or_else(|| understood.map(|known| known.catalogue.site.language)).unwrap_or_default()
}
