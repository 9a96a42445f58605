//! The four facts on one line: how long, how much, where, what one gets. And their short form for lists.

use serde::Serialize;

use super::channels::{FeeRow, Shows, TimeRow, choice, kind_name};
use super::{Here, Link, text};
use crate::model::procedure::{ChannelKind, Level, ProcedureId};
use crate::render::route::Route;

/// One of the four facts.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Fact {
    label: String,
    value: String,
    /// Too long for large letters.
    long: bool,
    notes: Vec<String>,
    /// Where the rest of it stands on the page.
    more: Option<Link>,
}

/// A procedure in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    href: String,
    name: String,
    /// The official name, where it differs.
    official: Option<String>,
    code: String,
    time: String,
    fee: String,
    levels: String,
}

/// The facts that are known.
pub(super) fn facts(shows: Shows<'_>) -> Vec<Fact> {
    let facts = [time(shows), fee(shows), place(shows), outcome(shows)];
    facts.into_iter().flatten().collect()
}

/// A published procedure as a row of a list.
pub(super) fn row(here: Here<'_>, id: ProcedureId) -> Row {
    let procedure = &here.catalogue()[id];
    let ends = super::channels::ends(here, id);
    let standing = here.site.assessment.procedure(id);
    let Link { href, name } = here.procedure(id);
    let (time, fee) = match standing.shown() {
        Some(shown) => {
            let shows = Shows { here, procedure, shown, ends: &ends };
            (short_time(shows), short_fee(shows))
        }
        None => (String::new(), String::new()),
    };
    Row {
        href,
        official: (procedure.title != name).then(|| procedure.title.clone()),
        name,
        code: procedure.code.value.clone(),
        time,
        fee,
        levels: levels(here, &procedure.levels),
    }
}

pub(super) fn level_name(here: Here<'_>, level: Level) -> &str {
    here.say(match level {
        Level::Ministry => "level_ministry",
        Level::Province => "level_province",
        Level::Commune => "level_commune",
        Level::Other => "level_other",
    })
}

pub(super) fn levels(here: Here<'_>, levels: &[Level]) -> String {
    levels.iter().map(|level| level_name(here, *level)).collect::<Vec<_>>().join(", ")
}

fn fact(shows: Shows<'_>, label: &'static str, value: String, notes: Vec<String>) -> Fact {
    let long = value.chars().count() > 30;
    Fact { label: shows.here.say(label).to_owned(), value, long, notes, more: None }
}

fn all_times(shows: Shows<'_>) -> Vec<TimeRow> {
    shows.channels().flat_map(|channel| shows.times(&channel.times)).collect()
}

fn different<T: PartialEq>(mut list: Vec<T>) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    list.drain(..).for_each(|item| {
        if !kept.contains(&item) {
            kept.push(item);
        }
    });
    kept
}

fn more(shows: Shows<'_>) -> Link {
    Link { href: "#phi".to_owned(), name: shows.here.say("see_table").to_owned() }
}

fn is_missing(shows: Shows<'_>, which: impl Fn(&crate::model::procedure::Channel) -> bool) -> bool {
    shows.channels().any(which)
}

fn time(shows: Shows<'_>) -> Option<Fact> {
    let times = different(all_times(shows));
    let lengths = different(times.iter().map(|time| time.length.clone()).collect());
    let Some(first) = lengths.first() else {
        let missing = is_missing(shows, |channel| !channel.times.is_empty());
        return missing.then(|| {
            let value = shows.here.say("being_updated").to_owned();
            fact(shows, "fact_time", value, vec![shows.here.say("ask_office").to_owned()])
        });
    };
    let one = times.iter().find(|time| time.length == *first);
    let mut fact = fact(shows, "fact_time", first.clone(), Vec::new());
    if lengths.len() > 1 {
        fact.notes.extend(one.and_then(|time| time.when.clone()));
        fact.more = Some(more(shows));
    } else if let [only] = times.as_slice() {
        fact.notes.extend(only.when.iter().chain(&only.notes).cloned());
    }
    Some(fact)
}

fn short_time(shows: Shows<'_>) -> String {
    let lengths = different(all_times(shows).into_iter().map(|time| time.length).collect());
    match lengths.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => text::either(shows.here.words(), &[one, &text::small(two)]),
        [one, ..] => shows.here.words().fill("and_others", &[("first", one)]),
    }
}

fn all_fees(shows: Shows<'_>) -> Vec<(ChannelKind, FeeRow)> {
    let of = |channel: &crate::model::procedure::Channel| {
        let kind = channel.kind;
        shows.fees(&channel.fees).into_iter().map(move |fee| (kind, fee)).collect::<Vec<_>>()
    };
    shows.channels().flat_map(of).collect()
}

fn fee(shows: Shows<'_>) -> Option<Fact> {
    let here = shows.here;
    let fees = all_fees(shows);
    let Some((_, first)) = fees.first() else {
        let missing = is_missing(shows, |channel| !channel.fees.is_empty());
        return missing.then(|| {
            let value = here.say("being_updated").to_owned();
            fact(shows, "fact_fee", value, vec![here.say("ask_office").to_owned()])
        });
    };
    let (first_kind, first) = (fees[0].0, first.clone());
    let mut value = first.amount.clone();
    if let Some(unit) = &first.unit {
        value = format!("{value}/{unit}");
    }
    let mut fact = fact(shows, "fact_fee", value, Vec::new());
    let n_kinds = different(shows.channels().map(|channel| channel.kind).collect()).len();
    let others: Vec<&(ChannelKind, FeeRow)> = fees
        .iter()
        .filter(|(_, fee)| (&fee.amount, &fee.name) != (&first.amount, &first.name))
        .collect();
    let same_everywhere = others.is_empty();
    if same_everywhere {
        fact.notes.extend(first.when.iter().chain(&first.notes).cloned());
    } else {
        // What the large figure is for, so that it does not pass for the only one.
        let by_channel = others.iter().all(|(_, fee)| fee.name == first.name) && n_kinds > 1;
        if by_channel {
            fact.notes.push(kind_name(here, first_kind).to_owned());
        } else {
            fact.notes.extend(first.when.clone().or_else(|| first.name.clone()));
        }
        let said = |(kind, fee): &&(ChannelKind, FeeRow)| {
            let what = if by_channel {
                kind_name(here, *kind).to_owned()
            } else {
                fee.name.clone().unwrap_or_default()
            };
            let unit = fee.unit.as_ref().map(|unit| format!("/{unit}")).unwrap_or_default();
            let gap = if what.is_empty() { "" } else { ": " };
            format!("{what}{gap}{}{unit}", fee.amount)
        };
        let others = different(others.iter().map(said).collect());
        fact.notes.extend(others.iter().take(2).cloned());
        fact.more = Some(more(shows));
    }
    if shows.charges().iter().any(super::channels::Charges::lacks_fees) {
        fact.notes.push(here.say("fee_updating").to_owned());
    }
    Some(fact)
}

fn short_fee(shows: Shows<'_>) -> String {
    let words = shows.here.words();
    let fees = all_fees(shows);
    let updating = shows.charges().iter().any(super::channels::Charges::lacks_fees);
    let amounts: Option<Vec<&(u64, String)>> =
        fees.iter().map(|(_, fee)| fee.value.as_ref()).collect();
    let said = match amounts.as_deref() {
        _ if fees.is_empty() => String::new(),
        // Words among the amounts: all of them are said, for the first alone could be "free".
        None => {
            let all = different(fees.iter().map(|(_, fee)| fee.amount.clone()).collect());
            match all.as_slice() {
                [one] => one.clone(),
                [one, two] => format!("{one}; {}", text::small(two)),
                _ => shows.here.say("fee_several").to_owned(),
            }
        }
        Some(amounts) => {
            let currency = &amounts[0].1;
            let least = amounts.iter().map(|(value, _)| *value).min().unwrap_or_default();
            let most = amounts.iter().map(|(value, _)| *value).max().unwrap_or_default();
            if amounts.iter().any(|(_, other)| other != currency) {
                shows.here.say("fee_several").to_owned()
            } else if most == 0 {
                words.say("fee_free").to_owned()
            } else if least == most {
                text::money(words, most, currency)
            } else {
                let (least, most) =
                    (text::number(words, least), text::money(words, most, currency));
                words.fill("fee_between", &[("least", &least), ("most", &most)])
            }
        }
    };
    match (said.is_empty(), updating) {
        (true, true) => words.say("being_updated").to_owned(),
        (false, true) => format!("{said}; {}", text::small(words.say("being_updated"))),
        _ => said,
    }
}

fn place(shows: Shows<'_>) -> Option<Fact> {
    let here = shows.here;
    let mut kinds = different(shows.channels().map(|channel| channel.kind).collect());
    if kinds.is_empty() {
        return None;
    }
    // Online first: it needs no way to go.
    kinds.sort_by_key(|kind| (*kind != ChannelKind::Online, choice(*kind)));
    let postal = kinds.len() > 1 && kinds.contains(&ChannelKind::Postal);
    let said: Vec<String> = kinds
        .iter()
        .filter(|kind| !(postal && **kind == ChannelKind::Postal))
        .map(|kind| text::small(kind_name(here, *kind)))
        .collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let value = text::capital(&text::either(here.words(), &said));
    let site = here.site;
    let there = shows
        .procedure
        .authority
        .performs
        .iter()
        .filter(|agency| site.assessment.is_agency_there(&site.catalogue, **agency))
        .map(|agency| here.catalogue()[*agency].name.clone());
    let mut notes: Vec<String> = different(there.collect());
    if notes.len() > 2 {
        notes.truncate(2);
        notes.push(here.say("and_other_places").to_owned());
    }
    let mut notes = vec![notes.join("; ")];
    notes.retain(|note| !note.is_empty());
    if postal {
        notes.push(here.say("postal_too").to_owned());
    }
    Some(fact(shows, "fact_place", value, notes))
}

fn outcome(shows: Shows<'_>) -> Option<Fact> {
    let (first, others) = shows.procedure.results.split_first()?;
    let mut notes: Vec<String> = first.valid_for.clone().into_iter().collect();
    match others {
        [] => {}
        [one] => notes.push(one.name.clone()),
        _ => {
            let n = others.len().to_string();
            notes.push(shows.here.words().fill("and_more_results", &[("n", &n)]));
        }
    }
    Some(fact(shows, "fact_result", first.name.clone(), notes))
}

/// The list of a route's procedures as rows.
pub(super) fn rows(here: Here<'_>, procedures: Option<&Vec<ProcedureId>>) -> Vec<Row> {
    procedures.into_iter().flatten().map(|id| row(here, *id)).collect()
}

/// Where a level's list stands.
pub(super) fn level_link(here: Here<'_>, level: Level) -> Link {
    here.link(Route::Level(level), level_name(here, level))
}
