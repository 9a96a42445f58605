//! The last day of a time limit by `due.txt`, as the program counts it. `tests/browser` runs the same table
//! through the reader's script.

#![expect(clippy::unwrap_used, reason = "a table that cannot be read fails")]

#[path = "support/due.rs"]
mod table;

use niemyet::model::calendar::{Calendar, Due};
use niemyet::model::date::parse;
use niemyet::model::procedure::{Decimal, TimeUnit};
use niemyet::model::registers::Holiday;

#[test]
fn last_days_are_counted_as_the_table_says() {
    let mut wrong = Vec::new();
    for case in table::cases() {
        let holidays: Vec<Holiday> = case.listed.split_whitespace().map(holiday).collect();
        let until = case.until.map(|day| parse(day).unwrap());
        let calendar = Calendar::new(&holidays).whole_until(until);
        let (unit, _) = TimeUnit::ALL.into_iter().find(|(_, word)| *word == case.unit).unwrap();
        let due = calendar.due(parse(case.received).unwrap(), Decimal(case.thousandths), unit);
        let said = match due.unwrap() {
            Due::On(day) => day.to_string(),
            Due::DayOff => "off".to_owned(),
            Due::Unknown => "?".to_owned(),
        };
        if said != case.last {
            wrong.push(format!("{}: {said}", case.line));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn parts_of_a_month_are_not_counted() {
    let day = parse("2026-06-15").unwrap();
    assert_eq!(Calendar::default().due(day, Decimal(1500), TimeUnit::Month), None);
}

fn holiday(written: &str) -> Holiday {
    let date = parse(written.trim_start_matches('+')).unwrap();
    Holiday { date, name: String::new(), worked: written.starts_with('+') }
}
