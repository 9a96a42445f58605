//! Consumes the pages of a site as they are drawn and publishes them together, or not at all. Never holds
//! more than one page of each thread, never removes what it did not make.

use std::io;
use std::path::Path;

use rayon::iter::ParallelIterator;

use super::stage::{Placed, Stage};
use super::{guard, lock, switch};
use crate::diagnostic::Report;
use crate::files::{Laid, Offer, Page, Stands};

/// How a site was published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// How many pages it has.
    pub pages: usize,
    /// How many of them the previous generation had too, unchanged; they were not written again.
    pub unchanged: usize,
    /// How many of these were not even made, because they were known to be the same.
    pub kept: usize,
    /// How many more are second names of a file of this very generation; they were not written either.
    pub linked: usize,
}

/// Publishes a site to the folder `out`, in the place of the one that stands there; none where a finding
/// keeps the site from being made. The folders `protected` are inputs, and are not replaced.
///
/// After the last page `close` is called once, with all files in the order of their paths and with
/// what stands there, if anything does. Its pages are the last to be laid down;
/// with a structural finding it refuses the site. It is called under the lock: what it compares with
/// cannot be exchanged meanwhile. It is not called where a page has kept the site from being made.
///
/// Until the new site is whole nothing is changed; an error leaves the old one as it was.
pub fn publish<'a, P>(
    pages: P,
    out: &Path,
    protected: &[&Path],
    close: impl FnOnce(&[Laid], Option<&Stands>) -> (Vec<Page>, Report),
) -> io::Result<(Option<Published>, Report)>
where
    P: ParallelIterator<Item: Into<Offer<'a, (Page, Report)>>>,
{
    publish_in_turn(std::iter::once((pages, Report::default())), out, protected, close)
}

/// The same for a site that is drawn part after part, each with what was found before its first page. A
/// part is asked for when the one before has been laid down, and is the last one where it has a
/// structural finding: what keeps one part from being made most often keeps all.
pub fn publish_in_turn<'a, P>(
    parts: impl IntoIterator<Item = (P, Report)>,
    out: &Path,
    protected: &[&Path],
    close: impl FnOnce(&[Laid], Option<&Stands>) -> (Vec<Page>, Report),
) -> io::Result<(Option<Published>, Report)>
where
    P: ParallelIterator<Item: Into<Offer<'a, (Page, Report)>>>,
{
    let target = guard::target(out, protected)?;
    // Before the lock, so that a refused folder gets no new neighbour.
    guard::standing(&target)?;
    let _lock = lock::hold(&target)?;
    switch::recover(&target)?;
    let stage = Stage::begin(&target, guard::standing(&target)?)?;
    let before = stage.stands()?;
    let mut staged = Staged::default();
    for (pages, found) in parts {
        staged.report.merge(found);
        if !staged.report.is_structural() {
            let part = pages
                .map(|offer| Staged::put(&stage, offer.into()))
                .try_reduce(Staged::default, |one, other| Ok(one.and(other)))?;
            staged = staged.and(part);
        }
        if staged.report.is_structural() {
            return Ok((None, staged.report));
        }
    }
    let Staged { mut laid, mut published, mut report } = staged;
    laid.sort_unstable();
    let (closing, found) = close(&laid, before.as_ref());
    report.merge(found);
    if report.is_structural() {
        return Ok((None, report));
    }
    for page in &closing {
        published.count(stage.place(page, &Laid::of(page))?);
    }
    stage.settle()?;
    switch::switch(&target)?;
    Ok((Some(published), report))
}

/// What the threads have laid down, summed up.
#[derive(Default)]
struct Staged {
    laid: Vec<Laid>,
    published: Published,
    report: Report,
}

impl Staged {
    fn put(stage: &Stage<'_>, offer: Offer<'_, (Page, Report)>) -> io::Result<Self> {
        let (placed, laid, report) = stage.put(offer)?;
        let mut published = Published::default();
        published.count(placed);
        Ok(Self { laid: vec![laid], published, report })
    }

    fn and(mut self, mut other: Self) -> Self {
        self.laid.append(&mut other.laid);
        self.report.merge(other.report);
        self.published.pages += other.published.pages;
        self.published.unchanged += other.published.unchanged;
        self.published.kept += other.published.kept;
        self.published.linked += other.published.linked;
        self
    }
}

impl Published {
    fn count(&mut self, placed: Placed) {
        self.pages += 1;
        match placed {
            Placed::Written => {}
            Placed::Unchanged => self.unchanged += 1,
            Placed::Kept => {
                self.unchanged += 1;
                self.kept += 1;
            }
            Placed::Linked => self.linked += 1,
        }
    }
}
