//! The only clock of the program: which civil day it is in Việt Nam, whatever the machine's zone says, the moment to
//! compare the clocks of hosts with, and how long something takes.

use std::time::Instant;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use crate::model::date::Date;

/// Today in Việt Nam.
pub(super) fn today() -> Date {
    day_of(Timestamp::now())
}

/// The seconds since 1970, to compare other clocks with.
pub(super) fn seconds() -> i64 {
    Timestamp::now().as_second()
}

/// A moment to measure from.
pub(super) fn now() -> Instant {
    Instant::now()
}

/// The civil day of a moment. Việt Nam has kept UTC+7 without summer time since 1975, so the day turns
/// at 17:00 UTC; a fixed offset needs no zone data on the machine.
fn day_of(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::fixed(Offset::constant(7))).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_seventeen_utc() {
        let cases = [
            ("2026-12-15T16:59:59Z", "2026-12-15"),
            ("2026-12-15T17:00:00Z", "2026-12-16"),
            ("2027-02-28T16:59:59.999Z", "2027-02-28"),
            ("2027-02-28T17:00:00Z", "2027-03-01"),
            ("2024-02-28T17:00:00Z", "2024-02-29"),
        ];
        for (moment, day) in cases {
            let moment: Timestamp = moment.parse().expect("a moment");
            assert_eq!(day_of(moment).to_string(), day, "{moment}");
        }
    }
}
