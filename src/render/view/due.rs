//! When a result is due: the time limits that can be counted, each with its last day for one day as an
//! example, and what the reader's script needs to count for another. It counts as the calendar does. A limit
//! beside them that it cannot count, such as one of half a month, is listed and says so.

use serde::Serialize;

use super::channels::{self, Posted};
use super::{Day, Here, Link, text};
use crate::model::calendar::{Calendar, Due};
use crate::model::date::Date;
use crate::model::procedure::{ChannelKind, Decimal, Procedure, TimeLength, TimeUnit};
use crate::render::route::Route;

/// The box in which a reader counts.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DueView {
    /// The example: a day that is worked, from the day of the site on.
    example: Day,
    rows: Vec<DueRow>,
    /// Whether working days are among what is counted.
    has_working_days: bool,
    /// The days of the register, those that are worked with a plus.
    listed: String,
    /// The last day up to which the register is whole.
    until: Option<String>,
    /// The law by which is counted, where the register holds it.
    law: Option<Link>,
}

/// A time limit with its last day.
#[derive(Clone, Debug, Serialize)]
struct DueRow {
    /// The choices that it belongs to.
    k: String,
    /// Ways to file, and a condition where there is one, where there are several limits.
    name: Option<String>,
    length: String,
    /// Thousandths of a unit.
    amount: u64,
    /// None where it cannot be counted.
    unit: Option<&'static str>,
    /// What the script says too: "thứ Hai, 30/11/2026".
    last: String,
}

/// How many days on are looked at for one that is worked.
const LONGEST_REST: usize = 30;

impl Posted<'_> {
    /// None where nothing can be counted: by no time limit, or without the register of holidays.
    pub(super) fn due(self) -> Option<DueView> {
        let here = self.here;
        let about = &here.catalogue().site;
        let holidays = &here.catalogue().holidays;
        if holidays.is_empty() {
            return None;
        }
        let calendar = Calendar::new(holidays).whole_until(about.holidays_until);
        let example = first_worked(&calendar, here.site.assessment.as_of)?;
        let mut limits: Vec<Limit> = Vec::new();
        for channel in self.channels() {
            for time in self.times(&channel.times) {
                let Some((amount, unit)) = time.counted else { continue };
                let same = limits.iter_mut().find(|limit| {
                    (limit.amount, limit.unit) == (amount, unit) && limit.when == time.when
                });
                match same {
                    Some(limit) if limit.kinds.contains(&channel.kind) => {}
                    Some(limit) => limit.kinds.push(channel.kind),
                    None => limits.push(Limit {
                        amount,
                        unit,
                        when: time.when,
                        length: time.length,
                        kinds: vec![channel.kind],
                    }),
                }
            }
        }
        let several = limits.len() > 1;
        let rows = limits.iter().map(|limit| limit.row(here, &calendar, example, several));
        let rows: Vec<DueRow> = rows.collect();
        let listed: Vec<String> = holidays
            .iter()
            .map(|day| format!("{}{}", if day.worked { "+" } else { "" }, day.date))
            .collect();
        rows.iter().any(|row| row.unit.is_some()).then(|| DueView {
            rows,
            example: Day { iso: example.to_string(), text: weekday(here, example) },
            has_working_days: limits.iter().any(|limit| limit.unit == TimeUnit::WorkingDay),
            listed: listed.join(" "),
            until: about.holidays_until.map(|day| day.to_string()),
            law: here.site.counting_law.filter(|id| here.is_live(*id)).map(|id| {
                let name = here.catalogue()[id].label().to_owned();
                Link { href: here.href(Route::Document(id)), name }
            }),
        })
    }
}

/// Whether a time limit of a procedure can be counted on whatever day.
pub(in crate::render) fn may_count(procedure: &Procedure) -> bool {
    let mut times = procedure.channels.iter().flat_map(|channel| &channel.times);
    times
        .any(|time| matches!(time.length, TimeLength::Amount(amount, unit) if counts(amount, unit)))
}

/// Whether the calendar counts such a limit.
fn counts(amount: Decimal, unit: TimeUnit) -> bool {
    unit != TimeUnit::Month || amount.0.is_multiple_of(1000)
}

struct Limit {
    amount: Decimal,
    unit: TimeUnit,
    when: Option<String>,
    length: String,
    kinds: Vec<ChannelKind>,
}

impl Limit {
    fn row(&self, here: Here<'_>, calendar: &Calendar, example: Date, several: bool) -> DueRow {
        let kinds = || {
            let names = self.kinds.iter().map(|kind| channels::kind_name(here, *kind));
            text::capital(&names.collect::<Vec<_>>().join(", ").to_lowercase())
        };
        DueRow {
            k: channels::choices(&self.kinds).unwrap_or_default(),
            name: several.then(|| match &self.when {
                Some(when) => format!("{} · {when}", kinds()),
                None => kinds(),
            }),
            length: self.length.clone(),
            amount: self.amount.0,
            unit: TimeUnit::ALL
                .iter()
                .find(|(unit, _)| *unit == self.unit && counts(self.amount, self.unit))
                .map(|(_, word)| *word),
            last: match calendar.due(example, self.amount, self.unit) {
                Some(Due::On(day)) => weekday(here, day),
                Some(_) => here.say("due_unknown").to_owned(),
                None => here.say("due_uncounted").to_owned(),
            },
        }
    }
}

/// The first day from one on that is worked; where the register does not tell, the first that is no weekend.
fn first_worked(calendar: &Calendar, from: Date) -> Option<Date> {
    let days = || from.series(jiff::Span::new().days(1)).take(LONGEST_REST);
    let mut worked = days()
        .filter(|day| !matches!(calendar.due(*day, Decimal(0), TimeUnit::Day), Some(Due::DayOff)));
    worked.next()
}

/// "thứ Hai, 30/11/2026".
fn weekday(here: Here<'_>, day: Date) -> String {
    let place = usize::try_from(day.weekday().to_sunday_zero_offset()).unwrap_or_default();
    let name = here.say("weekdays").split('|').nth(place).unwrap_or_default();
    format!("{name}, {}", text::day(day))
}
