//! A value over all days: spans of days on which it stays the same.

use crate::model::date::{Date, Window};

/// What holds on each day, from the first day of the calendar to the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline<T> {
    /// First days and values; the first span starts with the calendar, neighbours differ.
    spans: Vec<(Date, T)>,
}

impl<T: PartialEq> Timeline<T> {
    /// Asks for the value on the first day of each span and joins neighbours that agree.
    /// The value must be the same on all days between two of the `days`.
    #[must_use]
    pub fn sample(days: impl IntoIterator<Item = Date>, value: impl Fn(Date) -> T) -> Self {
        let mut spans = vec![(Date::MIN, value(Date::MIN))];
        let mut days: Vec<Date> = days.into_iter().collect();
        days.sort_unstable();
        days.dedup();
        for day in days {
            let next = value(day);
            if spans.last().is_none_or(|(_, last)| *last != next) {
                spans.push((day, next));
            }
        }
        Self { spans }
    }

    /// The same days with other values, which differ where these do.
    #[must_use]
    pub fn map(&self, value: impl Fn(&T) -> T) -> Self {
        Self { spans: self.spans.iter().map(|(from, held)| (*from, value(held))).collect() }
    }

    /// What holds on a day.
    #[must_use]
    pub fn at(&self, day: Date) -> &T {
        let after = self.spans.partition_point(|(from, _)| *from <= day);
        &self.spans[after.saturating_sub(1)].1
    }

    /// The first day of the span that a day lies in; none for the span without a beginning.
    #[must_use]
    pub fn since(&self, day: Date) -> Option<Date> {
        let after = self.spans.partition_point(|(from, _)| *from <= day);
        (after > 1).then(|| self.spans[after - 1].0)
    }

    /// All spans: the first day and the value.
    #[must_use]
    pub fn spans(&self) -> impl DoubleEndedIterator<Item = (Date, &T)> + ExactSizeIterator {
        self.spans.iter().map(|(from, value)| (*from, value))
    }

    /// The days on which the value becomes another, with the new value.
    #[must_use]
    pub fn changes(&self) -> impl DoubleEndedIterator<Item = (Date, &T)> + ExactSizeIterator {
        self.spans().skip(1)
    }

    /// The next change after a day.
    #[must_use]
    pub fn next_after(&self, day: Date) -> Option<(Date, &T)> {
        let after = self.spans.partition_point(|(from, _)| *from <= day);
        self.spans.get(after).map(|(from, value)| (*from, value))
    }
}

impl Timeline<bool> {
    /// The days that lie in all of these windows.
    #[must_use]
    pub fn within(windows: &[Window]) -> Self {
        let edges = windows.iter().flat_map(|window| [window.from, window.until]).flatten();
        Self::sample(edges, |day| windows.iter().all(|window| window.covers(day)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::parse;

    #[test]
    fn joins_what_agrees_and_finds_what_holds() {
        let day = |text: &str| parse(text).expect("a date");
        let days = ["2026-01-01", "2026-02-01", "2026-03-01"].map(day);
        let line = Timeline::sample(days, |d| d >= day("2026-02-01"));
        assert_eq!(line.changes().count(), 1);
        assert!(!line.at(day("2026-01-31")) && *line.at(day("2026-02-01")));
        assert_eq!(line.since(day("2026-03-05")), Some(day("2026-02-01")));
        assert_eq!(line.since(day("2026-01-05")), None);
        assert_eq!(line.next_after(day("2026-01-31")), Some((day("2026-02-01"), &true)));
        assert_eq!(line.next_after(day("2026-02-01")), None);
    }
}
