//! Consumes the pages of a site as they are drawn and publishes them together, or not at all. Never holds
//! more than one page of each thread, never removes what it did not make.

use std::io;
use std::path::Path;

use rayon::iter::ParallelIterator;

use super::stage::Stage;
use super::{guard, lock, switch};
use crate::diagnostic::Report;
use crate::files::{Laid, MANIFEST, Page};

/// How a site was published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// How many pages it has.
    pub pages: usize,
    /// How many of them the previous generation had too, unchanged; they were not written again.
    pub unchanged: usize,
}

/// Publishes a site to the folder `out`, in the place of the one that stands there; none where a finding
/// keeps the site from being made. The folders `protected` are inputs, and are not replaced.
///
/// After the last page `close` is called once, with all files in the order of their paths and with the
/// [`MANIFEST`] of the site that stands there, if it has one. Its pages are the last to be laid down;
/// with a structural finding it refuses the site. It is called under the lock: what it compares with
/// cannot be exchanged meanwhile. It is not called where a page has kept the site from being made.
///
/// Until the new site is whole nothing is changed; an error leaves the old one as it was.
pub fn publish<P>(
    pages: P,
    out: &Path,
    protected: &[&Path],
    close: impl FnOnce(&[Laid], Option<&[u8]>) -> (Vec<Page>, Report),
) -> io::Result<(Option<Published>, Report)>
where
    P: ParallelIterator<Item = (Page, Report)>,
{
    let target = guard::target(out, protected)?;
    // Before the lock, so that a refused folder gets no new neighbour.
    guard::standing(&target)?;
    let _lock = lock::hold(&target)?;
    switch::recover(&target)?;
    let stage = Stage::begin(&target, guard::standing(&target)?)?;
    let before = stage.previous(MANIFEST)?;
    let Staged { mut laid, unchanged, mut report } = pages
        .map(|(page, report)| {
            let unchanged = usize::from(stage.place(&page)?);
            Ok::<_, io::Error>(Staged { laid: vec![Laid::of(&page)], unchanged, report })
        })
        .try_reduce(Staged::default, |one, other| Ok(one.and(other)))?;
    if report.is_structural() {
        return Ok((None, report));
    }
    laid.sort_unstable();
    let (closing, found) = close(&laid, before.as_deref());
    report.merge(found);
    if report.is_structural() {
        return Ok((None, report));
    }
    let mut published = Published { pages: laid.len() + closing.len(), unchanged };
    for page in &closing {
        published.unchanged += usize::from(stage.place(page)?);
    }
    stage.settle()?;
    switch::switch(&target)?;
    Ok((Some(published), report))
}

/// What the threads have laid down, summed up.
#[derive(Default)]
struct Staged {
    laid: Vec<Laid>,
    unchanged: usize,
    report: Report,
}

impl Staged {
    fn and(mut self, mut other: Self) -> Self {
        self.laid.append(&mut other.laid);
        self.report.merge(other.report);
        Self { unchanged: self.unchanged + other.unchanged, ..self }
    }
}
