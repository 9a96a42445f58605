//! A horizon cut into slices: runs of days on which one and the same site is right. What is known today
//! says where the cuts are; law that is not in the register yet is beyond it.

use jiff::ToSpan;

use super::Assessment;
use crate::model::Catalogue;
use crate::model::date::Date;

/// A run of days `[first, until)` on which nothing on the site changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Its first day within the horizon: today, or the day of a change.
    pub first: Date,
    /// The first day that it is no longer served: the next change, or the end of the horizon.
    pub until: Date,
    /// The day from which this site has been right already: at most its first day.
    since: Date,
    /// The next change, also beyond the horizon.
    next: Option<Date>,
}

impl Slice {
    /// What its folder is called: all days for which it is right, `2026-06-20_2026-07-25`. A build on a later
    /// day gives the same name as long as the cuts are the same, so that a host that was not told of that
    /// build still finds its slices; and where a cut came in between, it does not find the old one.
    #[must_use]
    pub fn name(&self) -> String {
        match self.next {
            Some(next) => format!("{}_{next}", self.since),
            None => format!("{}_open", self.since),
        }
    }
}

/// The slices of the days from today on, so many with today; each begins where the one before ends.
#[must_use]
pub fn slices(catalogue: &Catalogue, assessment: &Assessment, days: u32) -> Vec<Slice> {
    let cuts = assessment.change_days(catalogue);
    let end = assessment.today.saturating_add(i64::from(days).days());
    let mut slices = Vec::new();
    let mut first = assessment.today;
    while first < end {
        let since = cuts.range(..=first).next_back().copied().unwrap_or(first);
        let next = cuts.iter().find(|day| **day > first).copied();
        let until = next.map_or(end, |next| next.min(end));
        slices.push(Slice { first, until, since, next });
        first = until;
    }
    slices
}
