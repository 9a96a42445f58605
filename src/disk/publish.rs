//! Consumes the pages of a site as they are drawn and publishes them together, or not at all. Never holds
//! more than one page of each thread, never removes what it did not make.

use std::io;
use std::path::Path;

use rayon::iter::ParallelIterator;

use super::stage::Stage;
use super::{guard, lock, switch};
use crate::diagnostic::Report;
use crate::files::Page;

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
/// Until the new site is whole nothing is changed; an error leaves the old one as it was.
pub fn publish<P>(
    pages: P,
    out: &Path,
    protected: &[&Path],
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
    let (published, report) = pages
        .map(|(page, report)| {
            let unchanged = usize::from(stage.place(&page)?);
            Ok::<_, io::Error>((Published { pages: 1, unchanged }, report))
        })
        .try_reduce(<(Published, Report)>::default, |(one, mut report), (other, more)| {
            report.merge(more);
            let pages = one.pages + other.pages;
            Ok((Published { pages, unchanged: one.unchanged + other.unchanged }, report))
        })?;
    if report.is_structural() {
        return Ok((None, report));
    }
    stage.settle()?;
    switch::switch(&target)?;
    Ok((Some(published), report))
}
