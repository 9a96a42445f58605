//! The way to the sites of a horizon: slice after slice, each below [`RELEASES`] in the folder of its name,
//! then the closed page and what hosts have to know. A slice is drawn for its own days alone, audited on
//! its own day and bears its own manifest; of all of them the printed day is the day on which was asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::iter::{Either, IntoParallelIterator, ParallelIterator};
use serde_json::Value;

use super::audited::places;
use super::close::{pages, passed};
use super::{Understood, audited, hush};
use crate::audit::{Audit, Place, Tally};
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::files::{FilePath, FileTree, Laid, MANIFEST, Page, Rule, Stands};
use crate::host::{self, CLOSED, Plan, RELEASES};
use crate::manifest::{self, Facts, Manifest, SIGNATURE, Wanted, close};
use crate::model::date::Date;
use crate::model::hushed::{Daily, Hushed};
use crate::model::procedure::ProcedureId;
use crate::render::theme::Theme;
use crate::render::{self, Ahead, Site};
use crate::validity::Assessment;
use crate::validity::slices::Slice;

/// The sites of a horizon, to be made.
pub struct Horizon<'a> {
    understood: &'a Understood,
    files: &'a FileTree,
    /// As it was given, for the audit.
    theme_files: &'a FileTree,
    theme: Theme,
    slices: &'a [Slice],
    /// The texts that are not shown on the days of the slices.
    hushed: Hushed,
    wanted: &'a Wanted,
    tally: Mutex<Tally>,
    /// What stands where in any of the slices.
    places: Mutex<BTreeMap<String, Place>>,
    /// Of the slices that were made, in their order.
    made: Mutex<Vec<Made>>,
}

/// What is kept of a slice when its pages are forgotten.
struct Made {
    assessment: Assessment,
    addresses: BTreeMap<ProcedureId, String>,
    notices: Vec<String>,
    audit: Value,
    needles: usize,
    rules: Vec<Rule>,
}

impl<'a> Horizon<'a> {
    /// What the sites of these slices are made of; none where something keeps a site from being made.
    #[must_use]
    pub fn new(
        understood: &'a Understood,
        files: &'a FileTree,
        theme: &'a FileTree,
        slices: &'a [Slice],
        wanted: &'a Wanted,
        report: &mut Report,
    ) -> Option<Self> {
        let (drawn, found) = Theme::new(theme, understood.catalogue.site.language);
        report.merge(found);
        let Understood { catalogue, assessment, .. } = understood;
        (!report.is_structural()).then(|| Self {
            understood,
            hushed: hush::sliced(catalogue, assessment, files, slices),
            files,
            theme_files: theme,
            theme: drawn,
            slices,
            wanted,
            tally: Mutex::default(),
            places: Mutex::default(),
            made: Mutex::default(),
        })
    }

    /// All files, part after part, each with what was found before its first page. A part is made when it
    /// is asked for, so that no two of them are held at once.
    pub fn parts(
        &self,
    ) -> impl Iterator<Item = (impl ParallelIterator<Item = (Page, Report)>, Report)> {
        let slices = self.slices.iter().map(|slice| {
            let (pages, found) = self.slice(slice);
            (Either::Left(pages), found)
        });
        slices.chain(std::iter::once_with(|| {
            let (pages, found) = self.around();
            (Either::Right(pages.into_par_iter()), found)
        }))
    }

    /// The site of a first day, with the texts of a day.
    fn site(&self, first: Date, day: Date) -> (Site, Assessment, Report) {
        let then = self.understood.assessment.served_from(first);
        let daily = Daily::of_day(&self.understood.catalogue, &self.hushed, day);
        let (site, found) = render::render(&daily, &then, &self.theme, self.files, Ahead::Left);
        (site, then, found)
    }

    /// The pages of a slice. Its manifest is audited now, while all that was looked for is at hand: the
    /// hashes that it still lacks name nothing, and each path is read with its own file.
    fn slice(
        &self,
        slice: &Slice,
    ) -> (impl ParallelIterator<Item = (Page, Report)> + use<'_>, Report) {
        let (site, assessment, mut found) = self.site(slice.first, slice.first);
        let Understood { catalogue, .. } = self.understood;
        let audit = Audit::new(catalogue, &assessment, self.files, self.theme_files, places(&site));
        self.places.lock().unwrap_or_else(PoisonError::into_inner).extend(places(&site));
        let made = Made {
            addresses: site
                .procedure_addresses()
                .map(|(id, address)| (id, address.to_owned()))
                .collect(),
            notices: site.notices().map(str::to_owned).collect(),
            audit: passed(&audit),
            needles: audit.needles(),
            rules: site.rules(),
            assessment,
        };
        let draft = Manifest::new(&self.facts(&made), self.wanted, 1, &[]);
        for page in pages(&draft, self.wanted) {
            found.merge(posted(slice.first, &audit.examine(&page).0));
        }
        self.made.lock().unwrap_or_else(PoisonError::into_inner).push(made);
        let (folder, first) = (folder(slice), slice.first);
        let drawn = audited(site.into_pages(), Arc::new(audit), &self.tally);
        (drawn.map(move |(page, found)| (below(&folder, page), posted(first, &found))), found)
    }

    /// The closed page, which is shown after the last day, and the texts for hosts, which stay as long:
    /// what ends within the horizon is named by neither, but for the addresses of notices that hosts answer.
    fn around(&self) -> (Vec<(Page, Report)>, Report) {
        let Understood { catalogue, assessment, .. } = self.understood;
        // What the layout has found was said with the first slice.
        let after = self.slices.last().map_or(assessment.today, |slice| slice.until);
        let (site, ..) = self.site(assessment.today, after);
        let then = assessment.served_from(after);
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let slices = self.slices.iter().zip(made.iter()).map(|(slice, made)| host::Slice {
            name: slice.name(),
            first: slice.first,
            until: slice.until,
            rules: made.rules.clone(),
        });
        let plan =
            Plan { slices: slices.collect(), base: site.base(), language: catalogue.site.language };
        let hosts = host::files(&plan);
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner).clone();
        places.extend(hosts.iter().map(|page| (page.path.to_string(), Place::Files)));
        let audit = Audit::new(catalogue, &then, self.files, self.theme_files, places);
        let closed =
            site.closed(after).into_iter().map(|(page, found)| (below(CLOSED, page), found));
        let pages: Vec<(Page, Report)> =
            closed.chain(hosts.into_iter().map(|page| (page, Report::default()))).collect();
        let pages = audited(pages.into_par_iter(), &audit, &self.tally);
        (pages.map(|(page, found)| (page, posted(after, &found))).collect(), Report::default())
    }

    /// The last files: the manifest of every slice, and that of the whole, which tells what holds in the
    /// first slice, so that it can be held against the manifest of any site that stands. All bear one
    /// number.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "the invariant holds for every slice")]
    pub fn close(
        &self,
        laid: &[Laid],
        stands: Option<&Stands>,
    ) -> (Option<Manifest>, Vec<Page>, Report) {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let own: Vec<Vec<Laid>> =
            self.slices.iter().map(|slice| within(&folder(slice), laid)).collect();
        let slices = self.slices.iter().zip(&own).map(|(slice, files)| manifest::Slice {
            from: slice.first,
            until: slice.until,
            folder: FilePath::new(&folder(slice)).expect("a path of plain names"),
            tree_sha256: manifest::tree(files),
        });
        let Some(first) = made.first() else { return (None, Vec::new(), Report::default()) };
        let mut facts = Facts { slices: slices.collect(), ..self.facts(first) };
        // The days of its changes are provided for; it ages all the same, and ends with the last slice.
        let max_age = self.understood.catalogue.site.policies.max_age;
        let end = self.slices.last().map(|slice| slice.until);
        facts.valid_until = manifest::valid_until(first.assessment.as_of, max_age, end);
        let (whole, report) = close::close(&facts, self.wanted, laid, stands);
        let mut closing = Vec::new();
        for ((slice, made), files) in self.slices.iter().zip(made.iter()).zip(&own) {
            let manifest = Manifest::new(&self.facts(made), self.wanted, whole.build_no, files);
            let folder = folder(slice);
            let files = pages(&manifest, self.wanted).into_iter();
            closing.extend(files.map(|page| below(&folder, page)));
        }
        closing.extend(pages(&whole, self.wanted));
        (Some(whole), closing, report)
    }

    /// What the manifest of a slice is made of.
    fn facts<'m>(&'m self, made: &'m Made) -> Facts<'m> {
        let Made { assessment, .. } = made;
        let catalogue = &self.understood.catalogue;
        let max_age = catalogue.site.policies.max_age;
        let next = assessment.next_change(catalogue);
        Facts {
            catalogue,
            assessment,
            addresses: made.addresses.iter().map(|(id, at)| (*id, at.as_str())).collect(),
            notices: made.notices.iter().map(String::as_str).collect(),
            texts: self.hushed.count(assessment.today),
            valid_until: manifest::valid_until(assessment.as_of, max_age, next),
            audit: Some(made.audit.clone()),
            slices: Vec::new(),
        }
    }

    /// What the audits of all slices have read.
    #[must_use]
    pub fn tally(&self) -> Tally {
        *self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many spellings they have looked for together.
    #[must_use]
    pub fn needles(&self) -> usize {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.iter().map(|made| made.needles).sum()
    }
}

fn folder(slice: &Slice) -> String {
    format!("{RELEASES}/{}", slice.name())
}

/// The files below a folder, as they are called there.
fn within(folder: &str, laid: &[Laid]) -> Vec<Laid> {
    let own = laid.iter().filter_map(|file| {
        let path = file.path.as_str().strip_prefix(folder)?.strip_prefix('/')?;
        Some(Laid { path: FilePath::new(path)?, ..file.clone() })
    });
    own.filter(|file| ![MANIFEST, SIGNATURE].contains(&file.path.as_str())).collect()
}

/// What was found in what is posted from a day on: on the day of the build it may be no mistake, so that
/// the day is said with it.
fn posted(first: Date, found: &Report) -> Report {
    let of_day = |found: &Diagnostic| match found.code {
        Code::EndedNamed | Code::WithheldNamed => {
            let posted = Note::new(Remark::FromDay).with("date", first.to_string());
            found.clone().note(posted)
        }
        _ => found.clone(),
    };
    found.iter().map(of_day).collect()
}

/// A page at its path below a folder.
fn below(folder: &str, Page { path, bytes }: Page) -> Page {
    let path = FilePath::new(&format!("{folder}/{path}")).expect("a path below a plain folder");
    Page { path, bytes }
}
