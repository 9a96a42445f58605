//! The texts that are not shown on the days of a site, found before it is drawn; and what stands where on it,
//! as far as it may name what has ended.

use std::collections::BTreeMap;

use jiff::ToSpan;

use super::audited;
use crate::audit::{self, Day, Lookout, Place};
use crate::files::FileTree;
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::hushed::Hushed;
use crate::render;
use crate::validity::Assessment;
use crate::validity::slices::Slice;

/// The texts that are not shown today, or on a coming day that is woven into the pages of today; and who looks
/// out for the same in what is written later.
#[must_use]
pub fn woven(
    catalogue: &Catalogue,
    assessment: &Assessment,
    files: &FileTree,
) -> (Hushed, Lookout) {
    let later = render::days(catalogue, assessment).into_iter();
    let later = later.map(|date| Day { date, assessment: assessment.foreseen(date) });
    let today = Day { date: assessment.today, assessment: assessment.clone() };
    let days: Vec<Day> = std::iter::once(today).chain(later).collect();
    let (hushed, lookout) = audit::hushed(catalogue, files, &days, |then| places(catalogue, then));
    // How far ahead editors are told.
    let ahead = catalogue.site.upkeep.warn_ahead.iter().copied().max().unwrap_or_default();
    let last = assessment.today.saturating_add(i64::from(ahead).days());
    let soon = days.partition_point(|day| day.date <= last);
    let forms = audit::forms(catalogue, files, &days[..soon], |then| places(catalogue, then));
    (hushed.with_forms(forms), lookout)
}

/// Of the days on which slices are served, and of the day after the last.
pub(super) fn sliced(
    catalogue: &Catalogue,
    assessment: &Assessment,
    files: &FileTree,
    slices: &[Slice],
) -> Hushed {
    let after = slices.last().map(|slice| slice.until);
    let dates = slices.iter().map(|slice| slice.first).chain(after);
    let day = |date: Date| Day { date, assessment: assessment.served_from(date) };
    let days: Vec<Day> = dates.map(day).collect();
    audit::hushed(catalogue, files, &days, |then| places(catalogue, then)).0
}

/// What stands where on the site of a day.
fn places(catalogue: &Catalogue, assessment: &Assessment) -> BTreeMap<String, Place> {
    let standing = render::standing(catalogue, assessment).into_iter();
    standing.filter_map(|(address, route)| Some((address, audited::place(route)?))).collect()
}
