//! Working days (ngày làm việc): all but Saturdays, Sundays and the holidays of the register; a day that
//! the register calls worked (ngày làm bù) counts whatever its weekday. Pure arithmetic, no clock.

use std::collections::BTreeMap;

use super::date::Date;
use super::registers::Holiday;

/// The working days of the years that the register of holidays knows.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// Listed days, and whether they are worked.
    listed: BTreeMap<Date, bool>,
}

impl Calendar {
    /// Reads the register of holidays.
    #[must_use]
    pub fn new(holidays: &[Holiday]) -> Self {
        Self { listed: holidays.iter().map(|holiday| (holiday.date, holiday.worked)).collect() }
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
