//! Civil days as the law counts them, and half-open windows of days.
//! No clock and no zone: which day is today is an argument, settled at the command line.

/// A civil day in Việt Nam; legal dates are never moments.
pub type Date = jiff::civil::Date;

/// Days from a first day up to, but without, an end day: `[from, until)`.
///
/// Editors write `from` and `last_day`; `until` is the day after `last_day`. A text that ends
/// "kể từ ngày 01/07/2025" is dead on that day, which is what a half-open window says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// First day; open where absent.
    pub from: Option<Date>,
    /// First day outside; open where absent.
    pub until: Option<Date>,
}

impl Window {
    /// Whether the day lies in the window.
    #[must_use]
    pub fn covers(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// Whether some day lies in both.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let starts_before_end = |start: Option<Date>, end: Option<Date>| match (start, end) {
            (Some(start), Some(end)) => start < end,
            _ => true,
        };
        starts_before_end(self.from, other.until) && starts_before_end(other.from, self.until)
    }

    /// The days that lie in both; none where they share none.
    #[must_use]
    pub fn within(self, other: Self) -> Self {
        let until = match (self.until, other.until) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        Self { from: self.from.max(other.from), until }
    }

    /// The last day inside, as people say it.
    #[must_use]
    pub fn last_day(self) -> Option<Date> {
        self.until.and_then(|until| until.yesterday().ok())
    }
}

/// The spellings under which a date is taken: `YYYY-MM-DD` and nothing else.
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    let day: Date = text.parse().ok()?;
    // The parser takes other spellings too, and years before our era.
    (0 <= day.year() && day.to_string() == text).then_some(day)
}

/// Whether a day can be meant. No text in force is older than the State of 1945, and what is dated after
/// 2099 is a slip of the keyboard or stands for an end that nobody knows.
#[must_use]
pub fn is_plausible(day: Date) -> bool {
    (1945..2100).contains(&day.year())
}

/// The day as Vietnamese papers print it, `01/07/2025`.
#[must_use]
pub fn vietnamese(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        parse(text).expect("a date")
    }

    #[test]
    fn takes_one_spelling_only() {
        assert!(parse("2026-02-28").is_some());
        for bad in [
            "2026-02-30",
            "31/12/2026",
            "2026-12-31T00:00Z",
            "2026-1-2",
            "20261231",
            "",
            "-000001-01-01",
            "2026-12-31T00:00",
            "+002026-12-31",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn windows_are_half_open() {
        let window = Window { from: Some(day("2026-01-01")), until: Some(day("2026-02-01")) };
        assert!(window.covers(day("2026-01-01")) && window.covers(day("2026-01-31")));
        assert!(!window.covers(day("2025-12-31")) && !window.covers(day("2026-02-01")));
        assert_eq!(window.last_day(), Some(day("2026-01-31")));
        let next = Window { from: window.until, until: None };
        assert!(!window.overlaps(next) && !next.overlaps(window));
        assert!(window.overlaps(Window::default()));
        let last = Window { from: Some(day("2026-01-31")), until: None };
        assert!(window.overlaps(last) && last.overlaps(window));
        assert!(!Window { from: None, until: window.from }.overlaps(window));
        assert_eq!(Window::default().last_day(), None);
    }

    #[test]
    fn only_days_of_the_state_and_of_this_century_can_be_meant() {
        assert!(["1945-01-01", "2026-02-28", "2099-12-31"].map(day).into_iter().all(is_plausible));
        for slip in ["0000-01-01", "0202-07-01", "1944-12-31", "2100-01-01", "9999-12-31"] {
            assert!(!is_plausible(day(slip)), "{slip}");
        }
    }

    #[test]
    fn prints_the_day_first() {
        assert_eq!(vietnamese(day("2025-07-01")), "01/07/2025");
    }
}
