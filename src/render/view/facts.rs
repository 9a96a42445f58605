//! The four facts on one line: how long, how much, where, what one gets. And their short form for lists.

use serde::Serialize;

use super::channels::{FeeRow, Posted, TimeRow, choice, kind_name};
use super::names::levels;
use super::{Here, Link, text};
use crate::model::procedure::{ChannelKind, OnlineLevel, ProcedureId};

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

/// The facts of a procedure for a line of results.
#[derive(Clone, Debug, Default)]
pub(in crate::render) struct Short {
    /// How long it takes.
    pub(in crate::render) time: String,
    /// What it costs.
    pub(in crate::render) fee: String,
    /// How it is filed.
    pub(in crate::render) ways: String,
    /// How much of it is done online.
    pub(in crate::render) online: Option<OnlineLevel>,
}

/// The facts of a published procedure for a line of results.
pub(in crate::render) fn short(here: Here<'_>, id: ProcedureId) -> Short {
    let procedure = &here.catalogue()[id];
    let Some(shown) = here.site.assessment.procedure(id).shown() else { return Short::default() };
    let ends = super::channels::ends(here, id);
    let posted = Posted { here, procedure, shown, ends: &ends };
    let mut kinds = different(posted.channels().map(|channel| channel.kind).collect());
    kinds.sort_by_key(|kind| (*kind != ChannelKind::Online, choice(*kind)));
    let ways: Vec<String> = kinds.iter().map(|kind| text::small(kind_name(here, *kind))).collect();
    Short {
        time: short_time(posted),
        fee: short_fee(posted),
        ways: text::capital(&ways.join(", ")),
        // The levels are in their order, the fullest first.
        online: posted.channels().filter_map(|channel| channel.level).min(),
    }
}

/// The facts that are known.
pub(super) fn facts(posted: Posted<'_>) -> Vec<Fact> {
    let facts = [time(posted), fee(posted), place(posted), outcome(posted)];
    facts.into_iter().flatten().collect()
}

/// What of a procedure's row differs by day: which of its elements are shown, and which days run; and of which
/// catalogue its texts are.
pub(super) type State = Option<(usize, Vec<(bool, bool)>)>;

/// A published procedure as a row of a list.
pub(super) fn row(here: Here<'_>, id: ProcedureId) -> Row {
    let state = state(here, id);
    if let Some((before, row)) = here.kept.rows.borrow().get(&id)
        && *before == state
    {
        return row.clone();
    }
    let row = drawn(here, id);
    here.kept.rows.borrow_mut().insert(id, (state, row.clone()));
    row
}

fn state(here: Here<'_>, id: ProcedureId) -> State {
    let shown = here.site.assessment.procedure(id).shown()?;
    let elements = here.catalogue()[id].elements.iter().zip(&shown.elements);
    let runs = elements.map(|(it, shown)| (*shown, here.assessment.is_running(it.validity)));
    Some((here.site.wording, runs.collect()))
}

fn drawn(here: Here<'_>, id: ProcedureId) -> Row {
    let procedure = &here.catalogue()[id];
    let ends = super::channels::ends(here, id);
    let Link { href, name } = here.procedure(id);
    let (time, fee) = match here.site.assessment.procedure(id).shown() {
        Some(shown) => {
            let posted = Posted { here, procedure, shown, ends: &ends };
            (short_time(posted), short_fee(posted))
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

fn fact(posted: Posted<'_>, label: &'static str, said: &str, more: Vec<String>) -> Fact {
    // Names are cut at signs alone, times and amounts at conditions too.
    let (value, rest) = text::head(said, label != "fact_result");
    let notes = rest.into_iter().chain(more).collect();
    let long = value.chars().count() > 30;
    Fact { label: posted.here.say(label).to_owned(), value, long, notes, more: None }
}

fn all_times(posted: Posted<'_>) -> Vec<TimeRow> {
    posted.channels().flat_map(|channel| posted.times(&channel.times)).collect()
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

fn more(posted: Posted<'_>) -> Link {
    Link { href: "#phi".to_owned(), name: posted.here.say("see_table").to_owned() }
}

fn is_missing(
    posted: Posted<'_>,
    which: impl Fn(&crate::model::procedure::Channel) -> bool,
) -> bool {
    posted.channels().any(which)
}

fn time(posted: Posted<'_>) -> Option<Fact> {
    let times = different(all_times(posted));
    let lengths = different(times.iter().map(|time| time.length.clone()).collect());
    let Some(first) = lengths.first() else {
        let missing = is_missing(posted, |channel| !channel.times.is_empty());
        return missing.then(|| {
            let value = posted.here.say("being_updated");
            fact(posted, "fact_time", value, vec![posted.here.say("ask_office").to_owned()])
        });
    };
    let one = times.iter().find(|time| time.length == *first);
    let mut fact = fact(posted, "fact_time", first, Vec::new());
    if lengths.len() > 1 {
        fact.notes.extend(one.and_then(|time| time.when.clone()));
        fact.more = Some(more(posted));
    } else if let [only] = times.as_slice() {
        fact.notes.extend(only.when.iter().chain(&only.notes).chain(&only.end).cloned());
    }
    Some(fact)
}

fn short_time(posted: Posted<'_>) -> String {
    let head = |time: TimeRow| text::head(&time.length, true).0;
    let lengths = different(all_times(posted).into_iter().map(head).collect());
    match lengths.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => text::either(posted.here.words(), &[one, &text::small(two)]),
        [one, ..] => posted.here.words().fill("and_others", &[("first", one)]),
    }
}

fn all_fees(posted: Posted<'_>) -> Vec<(ChannelKind, FeeRow)> {
    let of = |channel: &crate::model::procedure::Channel| {
        let kind = channel.kind;
        posted.fees(&channel.fees).into_iter().map(move |fee| (kind, fee)).collect::<Vec<_>>()
    };
    posted.channels().flat_map(of).collect()
}

fn fee(posted: Posted<'_>) -> Option<Fact> {
    let here = posted.here;
    let fees = all_fees(posted);
    let Some((_, first)) = fees.first() else {
        let missing = is_missing(posted, |channel| !channel.fees.is_empty());
        return missing.then(|| {
            let value = here.say("being_updated");
            fact(posted, "fact_fee", value, vec![here.say("ask_office").to_owned()])
        });
    };
    let (first_kind, first) = (fees[0].0, first.clone());
    let mut value = first.amount.clone();
    if let Some(unit) = &first.unit {
        value = format!("{value} / {unit}");
    }
    let mut fact = fact(posted, "fact_fee", &value, Vec::new());
    let n_kinds = different(posted.channels().map(|channel| channel.kind).collect()).len();
    let mut others: Vec<&(ChannelKind, FeeRow)> = fees
        .iter()
        .filter(|(_, fee)| (&fee.amount, &fee.name) != (&first.amount, &first.name))
        .collect();
    let same_everywhere = others.is_empty();
    if same_everywhere {
        fact.notes.extend(first.when.iter().chain(&first.notes).chain(&first.end).cloned());
    } else {
        // What the large figure is for, so that it does not pass for the only one.
        let is_by_channel = |(kind, fee): &(ChannelKind, FeeRow)| {
            fee.name == first.name && n_kinds > 1 && *kind != first_kind
        };
        let by_channel = others.iter().any(|other| is_by_channel(other));
        others.sort_by_key(|other| !is_by_channel(other));
        if by_channel {
            fact.notes.push(kind_name(here, first_kind).to_owned());
        } else {
            fact.notes.extend(first.when.clone().or_else(|| first.name.clone()));
        }
        let said = |other: &&(ChannelKind, FeeRow)| {
            let (kind, fee) = other;
            let what = if is_by_channel(other) {
                kind_name(here, *kind).to_owned()
            } else {
                fee.name.clone().or_else(|| fee.when.clone()).unwrap_or_default()
            };
            let unit = fee.unit.as_ref().map(|unit| format!("/{unit}")).unwrap_or_default();
            let gap = if what.is_empty() { "" } else { ": " };
            format!("{what}{gap}{}{unit}", fee.amount)
        };
        let others = different(others.iter().map(said).collect());
        fact.notes.extend(others.iter().take(2).cloned());
        fact.more = Some(more(posted));
    }
    if posted.charges().iter().any(super::channels::Charges::lacks_fees) {
        fact.notes.push(here.say("fee_updating").to_owned());
    }
    Some(fact)
}

fn short_fee(posted: Posted<'_>) -> String {
    let words = posted.here.words();
    let fees = all_fees(posted);
    let updating = posted.charges().iter().any(super::channels::Charges::lacks_fees);
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
                _ => posted.here.say("fee_several").to_owned(),
            }
        }
        Some(amounts) => {
            let currency = &amounts[0].1;
            let least = amounts.iter().map(|(value, _)| *value).min().unwrap_or_default();
            let most = amounts.iter().map(|(value, _)| *value).max().unwrap_or_default();
            if amounts.iter().any(|(_, other)| other != currency) {
                posted.here.say("fee_several").to_owned()
            } else if most == 0 {
                words.say("fee_free").to_owned()
            } else if least == most {
                text::money(words, most, currency)
            } else if least == 0 {
                words.fill("fee_free_to", &[("most", &text::money(words, most, currency))])
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

fn place(posted: Posted<'_>) -> Option<Fact> {
    let here = posted.here;
    let mut kinds = different(posted.channels().map(|channel| channel.kind).collect());
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
    let there = posted
        .procedure
        .authority
        .performs
        .iter()
        .filter(|agency| here.assessment.is_agency_there(here.catalogue(), **agency))
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
    Some(fact(posted, "fact_place", &value, notes))
}

fn outcome(posted: Posted<'_>) -> Option<Fact> {
    let (first, others) = posted.procedure.results.split_first()?;
    let words = posted.here.words();
    let valid_for = first.valid_for.as_ref();
    let valid_for = valid_for.map(|time| words.fill("result_valid_for", &[("time", time)]));
    let mut notes: Vec<String> = valid_for.into_iter().collect();
    match others {
        [] => {}
        [one] => notes.push(one.name.clone()),
        _ => {
            let n = others.len().to_string();
            notes.push(words.fill("and_more_results", &[("n", &n)]));
        }
    }
    Some(fact(posted, "fact_result", &first.name, notes))
}

/// The list of a route's procedures as rows.
pub(super) fn rows(here: Here<'_>, procedures: Option<&Vec<ProcedureId>>) -> Vec<Row> {
    procedures.into_iter().flatten().map(|id| row(here, *id)).collect()
}
