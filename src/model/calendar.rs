//! Working days (ngày làm việc): all but Saturdays, Sundays and the holidays of the register; a day that
//! the register calls worked (ngày làm bù) counts whatever its weekday. And the last day of a time limit
//! by them. Pure arithmetic, no clock.
//!
//! The reader's script `due.js` counts as [`Calendar::due`] does; `tests/due.txt` is run by both.

use std::collections::BTreeMap;

use jiff::Span;

use super::date::Date;
use super::procedure::{Decimal, TimeUnit};
use super::registers::Holiday;

/// The law by which time limits are counted: Bộ luật Dân sự, Điều 147 and Điều 148.
pub const LAW: &str = "91/2015/QH13";

/// So many days no register reaches ahead.
const LONGEST: u64 = 36_500;

/// The working days of the years that the register of holidays knows.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// Listed days, and whether they are worked.
    listed: BTreeMap<Date, bool>,
    /// The last day up to which all are listed, where the register says so.
    whole_until: Option<Date>,
}

/// The last day of a time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// On this day at the latest.
    On(Date),
    /// The count cannot begin: nobody receives on a day that is not worked.
    DayOff,
    /// The register does not tell the holidays that lie in it.
    Unknown,
}

impl Calendar {
    /// Reads the register of holidays.
    #[must_use]
    pub fn new(holidays: &[Holiday]) -> Self {
        let listed = holidays.iter().map(|holiday| (holiday.date, holiday.worked)).collect();
        Self { listed, whole_until: None }
    }

    /// The same, where the register says up to which day it lists all holidays.
    #[must_use]
    pub fn whole_until(self, day: Option<Date>) -> Self {
        Self { whole_until: day, ..self }
    }

    /// The last day of a time limit that begins when a dossier is received ([`LAW`]): the day itself is not
    /// counted, hours begin at once, and what would end on a day that is not worked ends on the next one that
    /// is. Parts of a day are counted as whole ones. Months end on the day of the same number, or on the last
    /// of a month that has none. None for parts of a month, of which the law does not say how long they are.
    #[must_use]
    pub fn due(&self, received: Date, amount: Decimal, unit: TimeUnit) -> Option<Due> {
        let n = match unit {
            TimeUnit::Month if !amount.0.is_multiple_of(1000) => return None,
            TimeUnit::Hour => amount.0.div_ceil(24_000),
            TimeUnit::Day | TimeUnit::WorkingDay | TimeUnit::Month => amount.0.div_ceil(1000),
        };
        Some(self.count_on(received, n, unit).unwrap_or(Due::Unknown))
    }

    /// None where the register does not reach as far.
    fn count_on(&self, received: Date, n: u64, unit: TimeUnit) -> Option<Due> {
        if !self.is_worked(received)? {
            return Some(Due::DayOff);
        }
        if n > LONGEST {
            return None;
        }
        let n_units = i64::try_from(n).ok()?;
        let day = match unit {
            TimeUnit::WorkingDay => {
                let mut day = received;
                for _ in 0..n {
                    day = self.next_worked(day.tomorrow().ok()?)?;
                }
                day
            }
            TimeUnit::Month => {
                let months = Span::new().try_months(n_units).ok()?;
                self.next_worked(received.checked_add(months).ok()?)?
            }
            TimeUnit::Hour | TimeUnit::Day => {
                let days = Span::new().try_days(n_units).ok()?;
                self.next_worked(received.checked_add(days).ok()?)?
            }
        };
        Some(Due::On(day))
    }

    fn next_worked(&self, mut day: Date) -> Option<Date> {
        while !self.is_worked(day)? {
            day = day.tomorrow().ok()?;
        }
        Some(day)
    }

    /// Whether a day is worked; none where the register does not tell.
    fn is_worked(&self, day: Date) -> Option<bool> {
        let is_told = match self.whole_until {
            Some(last) => day <= last,
            None => true,
        };
        let is_told = is_told && self.listed.keys().any(|listed| listed.year() == day.year());
        is_told.then(|| self.listed.get(&day).copied().unwrap_or(is_weekday(day)))
    }

    /// How many working days a day lies before another: those of `[day, event)`, as in "at least twenty
    /// days before". Zero on the day itself, negative behind it.
    #[must_use]
    pub fn days_before(&self, event: Date, day: Date) -> i64 {
        if day <= event { self.count(day, event) } else { -self.count(event, day) }
    }

    /// How many working days a day lies behind another: the day of the event is not counted, as in
    /// "within ten days after". Zero on the day itself, negative before it.
    #[must_use]
    pub fn days_after(&self, event: Date, day: Date) -> i64 {
        let next = |day: Date| day.tomorrow().unwrap_or(day);
        if event <= day {
            self.count(next(event), next(day))
        } else {
            -self.count(next(day), next(event))
        }
    }

    /// The years of a span of days of which the register lists nothing: counted across them, working
    /// days are too many rather than too few.
    #[must_use]
    pub fn unlisted_years(&self, one: Date, other: Date) -> Vec<i16> {
        let is_unlisted = |year: &i16| !self.listed.keys().any(|day| day.year() == *year);
        (one.min(other).year()..=one.max(other).year()).filter(is_unlisted).collect()
    }

    /// Working days of `[from, until)`.
    fn count(&self, from: Date, until: Date) -> i64 {
        let n_days = i64::from((until - from).get_days());
        let first = i64::from(from.weekday().to_monday_zero_offset());
        let rest = (0..n_days % 7).filter(|day| (first + day) % 7 < 5).count();
        let listed = self.listed.range(from..until).map(|(day, is_worked)| {
            match (is_weekday(*day), is_worked) {
                (true, false) => -1,
                (false, true) => 1,
                _ => 0,
            }
        });
        n_days / 7 * 5 + i64::try_from(rest).unwrap_or_default() + listed.sum::<i64>()
    }
}

fn is_weekday(day: Date) -> bool {
    day.weekday().to_monday_zero_offset() < 5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::parse;

    fn day(text: &str) -> Date {
        parse(text).expect("a date")
    }

    /// The new year holidays of 2026, with a Saturday worked for the Monday before them.
    fn calendar() -> Calendar {
        let free = ["2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"];
        let holiday = |date: &str, worked| Holiday { date: day(date), name: String::new(), worked };
        let mut holidays: Vec<Holiday> = free.map(|date| holiday(date, false)).into();
        holidays.push(holiday("2026-02-28", true));
        // On a Sunday, where it takes nothing away.
        holidays.push(holiday("2026-03-08", false));
        Calendar::new(&holidays)
    }

    #[test]
    fn counts_before_an_event() {
        let table = [
            // Friday before Monday; the whole week; Saturday before Monday.
            ("2026-06-12", "2026-06-15", 1),
            ("2026-06-08", "2026-06-15", 5),
            ("2026-06-13", "2026-06-15", 0),
            // The day itself, and behind it.
            ("2026-06-15", "2026-06-15", 0),
            ("2026-06-16", "2026-06-15", -1),
            ("2026-06-22", "2026-06-15", -5),
            // Over the new year: a week is free, a Saturday is worked.
            ("2026-02-13", "2026-02-23", 1),
            ("2026-02-23", "2026-03-02", 6),
            ("2026-02-27", "2026-03-02", 2),
            // Four weeks are twenty days.
            ("2026-06-03", "2026-07-01", 20),
        ];
        for (from, event, days) in table {
            assert_eq!(calendar().days_before(day(event), day(from)), days, "{from} to {event}");
        }
    }

    #[test]
    fn counts_after_an_event() {
        let table = [
            ("2026-06-12", "2026-06-15", 1),
            ("2026-06-12", "2026-06-14", 0),
            ("2026-06-12", "2026-06-12", 0),
            ("2026-06-12", "2026-06-11", -1),
            ("2026-06-12", "2026-06-26", 10),
            ("2026-02-13", "2026-02-20", 0),
            ("2026-02-13", "2026-02-23", 1),
            ("2026-02-27", "2026-02-28", 1),
            ("2026-03-06", "2026-03-09", 1),
        ];
        for (event, on, days) in table {
            assert_eq!(calendar().days_after(day(event), day(on)), days, "{event} to {on}");
        }
    }

    #[test]
    fn agrees_with_counting_one_by_one() {
        let calendar = calendar();
        let from = day("2026-02-01");
        let (mut until, mut slow) = (from, 0);
        for _ in 0..70 {
            assert_eq!(calendar.days_before(until, from), slow, "until {until}");
            slow += i64::from(*calendar.listed.get(&until).unwrap_or(&is_weekday(until)));
            until = until.tomorrow().expect("a day");
        }
    }

    #[test]
    fn names_the_years_without_an_entry() {
        let years = |one, other| calendar().unlisted_years(day(one), day(other));
        assert!(years("2026-01-01", "2026-12-31").is_empty());
        assert_eq!(years("2027-01-02", "2025-12-31"), [2025, 2027]);
    }
}
