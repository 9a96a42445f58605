//! Ways to file with their times and fees, row by row as the day allows.
//!
//! A fee that is not shown must never look like one that is not asked for: where rows are missing because
//! their ground is gone, the page says so.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Here, Link, outside, text};
use crate::model::agency::Level;
use crate::model::citation::{Citation, Cited};
use crate::model::date::Date;
use crate::model::procedure::{
    Channel, ChannelKind, Decimal, ElementId, Fee, FeeAmount, FeeKind, OnlineLevel, Procedure,
    ProcedureId, TimeLength, TimeLimit, TimeUnit,
};
use crate::render::lists;
use crate::render::markdown::Headings;
use crate::render::words::Piece;
use crate::validity::forecast::What;
use crate::validity::procedure::{Showing, Shown};

/// A way to file.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ChannelView {
    /// Which choice it belongs to.
    k: usize,
    name: String,
    /// A note: the level of an online service, online payment.
    notes: Vec<String>,
    html: Option<String>,
    link: Option<Link>,
}

/// The table of times and fees.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Table {
    has_times: bool,
    has_fees: bool,
    rows: Vec<Charges>,
}

impl Table {
    /// The table, where there is anything to say.
    pub(super) fn new(rows: Vec<Charges>) -> Option<Self> {
        let has_times = rows.iter().any(Charges::has_times);
        let has_fees = rows.iter().any(Charges::has_fees);
        (has_times || has_fees).then_some(Self { has_times, has_fees, rows })
    }

    /// The key of its heading.
    pub(super) fn title(&self) -> &'static str {
        match (self.has_times, self.has_fees) {
            (true, false) => "section_times",
            (false, true) => "section_fees",
            _ => "section_times_and_fees",
        }
    }
}

/// Times and fees of the ways to file that share them.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Charges {
    /// The choices it belongs to.
    k: String,
    name: String,
    times: Vec<TimeRow>,
    fees: Vec<FeeRow>,
    /// Some time limit is not shown because its ground is gone.
    times_updating: bool,
    /// Some fee is not shown because its ground is gone.
    fees_updating: bool,
}

impl Charges {
    fn has_times(&self) -> bool {
        !self.times.is_empty() || self.times_updating
    }

    fn has_fees(&self) -> bool {
        !self.fees.is_empty() || self.fees_updating
    }

    pub(super) fn lacks_fees(&self) -> bool {
        self.fees_updating
    }
}

/// A time limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct TimeRow {
    pub(super) when: Option<String>,
    pub(super) length: String,
    pub(super) notes: Vec<String>,
    /// The days on which it applies, as far as they are written or known.
    pub(super) days: Option<String>,
    /// The last of them.
    #[serde(skip)]
    pub(super) end: Option<String>,
    /// The number, where there is one.
    #[serde(skip)]
    pub(super) counted: Option<(Decimal, TimeUnit)>,
}

/// A fee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct FeeRow {
    pub(super) name: Option<String>,
    pub(super) amount: String,
    /// Per what.
    pub(super) unit: Option<String>,
    pub(super) when: Option<String>,
    pub(super) notes: Vec<String>,
    /// The days on which it applies, as far as they are written or known.
    pub(super) days: Option<String>,
    /// The last of them.
    #[serde(skip)]
    pub(super) end: Option<String>,
    /// The documents it rests on.
    pub(super) basis: Vec<Vec<Piece>>,
    /// For the summary.
    #[serde(skip)]
    pub(super) value: Option<(u64, String)>,
}

/// A procedure with what of it is shown today and when parts of it go.
#[derive(Clone, Copy)]
pub(super) struct Posted<'a> {
    pub(super) here: Here<'a>,
    pub(super) procedure: &'a Procedure,
    pub(super) shown: &'a Shown,
    pub(super) ends: &'a BTreeMap<ElementId, Date>,
}

/// The days on which elements of a procedure go.
pub(super) fn ends(here: Here<'_>, id: ProcedureId) -> BTreeMap<ElementId, Date> {
    let mut ends = BTreeMap::new();
    for change in here.site.coming(id) {
        if let What::ElementGoes(_, element) = change.what {
            ends.entry(element).or_insert(change.day);
        }
    }
    ends
}

pub(super) fn kind_name(here: Here<'_>, kind: ChannelKind) -> &str {
    here.say(match kind {
        ChannelKind::InPerson => "channel_in_person",
        ChannelKind::Online => "channel_online",
        ChannelKind::Postal => "channel_postal",
    })
}

/// The choice that a way belongs to, counted from 1.
pub(super) fn choice(kind: ChannelKind) -> usize {
    match kind {
        ChannelKind::InPerson => 1,
        ChannelKind::Online => 2,
        ChannelKind::Postal => 3,
    }
}

/// The choices that something belongs to; none where it belongs to all.
pub(super) fn choices(kinds: &[ChannelKind]) -> Option<String> {
    let numbers: Vec<String> = kinds.iter().map(|kind| choice(*kind).to_string()).collect();
    (!numbers.is_empty()).then(|| numbers.join(" "))
}

impl<'a> Posted<'a> {
    pub(super) fn has(self, element: ElementId) -> bool {
        self.shown.has(element)
    }

    /// The ways to file that are shown.
    pub(super) fn channels(self) -> impl Iterator<Item = &'a Channel> {
        self.procedure.channels.iter().filter(move |channel| self.has(channel.element))
    }

    /// The ways of which there is something to say.
    pub(super) fn ways(self) -> Vec<ChannelView> {
        let ways = self.channels().map(|channel| self.way(channel));
        ways.filter(|way| way.html.is_some() || way.link.is_some() || !way.notes.is_empty())
            .collect()
    }

    fn way(self, channel: &Channel) -> ChannelView {
        let here = self.here;
        let mut notes = Vec::new();
        if let Some(level) = channel.level {
            let level = here.say(match level {
                OnlineLevel::Full => "online_full",
                OnlineLevel::Partial => "online_partial",
                OnlineLevel::Information => "online_information",
            });
            notes.push(level.to_owned());
        }
        if channel.online_payment == Some(true) {
            notes.push(here.say("online_payment").to_owned());
        }
        notes.extend(self.end_note(Some(channel.element)));
        let link = outside(channel.url.as_deref());
        ChannelView {
            k: choice(channel.kind),
            name: kind_name(here, channel.kind).to_owned(),
            notes,
            html: channel.description.as_ref().map(|text| here.prose(text, Headings::OfSection)),
            link: link.map(|href| Link { href, name: here.say("open_service").to_owned() }),
        }
    }

    /// Times and fees; ways with the same ones share a row.
    pub(super) fn charges(self) -> Vec<Charges> {
        let mut rows: Vec<(Vec<ChannelKind>, Charges)> = Vec::new();
        for channel in self.channels() {
            let row = self.charge(channel);
            let same = rows.iter_mut().find(|(_, other)| {
                (&other.times, &other.fees) == (&row.times, &row.fees)
                    && (other.times_updating, other.fees_updating)
                        == (row.times_updating, row.fees_updating)
            });
            match same {
                Some((kinds, _)) if !kinds.contains(&channel.kind) => kinds.push(channel.kind),
                Some(_) => {}
                None => rows.push((vec![channel.kind], row)),
            }
        }
        for (kinds, row) in &mut rows {
            let names: Vec<&str> = kinds.iter().map(|kind| kind_name(self.here, *kind)).collect();
            row.name = text::capital(&names.join(", ").to_lowercase());
            row.k = choices(kinds).unwrap_or_default();
        }
        rows.into_iter()
            .map(|(_, row)| row)
            .filter(|row| {
                !(row.times.is_empty() && row.fees.is_empty())
                    || row.times_updating
                    || row.fees_updating
            })
            .collect()
    }

    fn charge(self, channel: &Channel) -> Charges {
        let times: Vec<TimeRow> = self.times(&channel.times);
        let fees: Vec<FeeRow> = self.fees(&channel.fees);
        let of_times = channel.times.iter().filter_map(|time| time.element);
        // A fee in whose place a later one stands is not missing.
        let of_fees = channel.fees.iter().filter(|fee| !self.is_replaced(fee, &channel.fees));
        let of_fees = of_fees.map(|fee| fee.element);
        Charges {
            k: String::new(),
            name: String::new(),
            times_updating: self.is_updating(of_times, times.len()),
            fees_updating: self.is_updating(of_fees, fees.len()),
            times,
            fees,
        }
    }

    /// Whether rows are missing that a reader would take for "nothing": all of them, or one whose days
    /// are running while its ground is gone.
    pub(super) fn is_updating(
        self,
        elements: impl Iterator<Item = ElementId>,
        n_shown: usize,
    ) -> bool {
        let mut any = false;
        let mut groundless = false;
        for element in elements {
            any = true;
            let runs = self.procedure.elements[element.0 as usize].validity;
            groundless |= !self.has(element) && self.here.assessment.is_running(runs);
        }
        groundless || (any && n_shown == 0)
    }

    /// Whether another fee for the same is shown that began later.
    fn is_replaced(self, fee: &Fee, fees: &[Fee]) -> bool {
        let begins = |fee: &Fee| self.procedure.elements[fee.element.0 as usize].validity.from;
        let of = |fee: &Fee| (fee.kind, fee.name.clone(), fee.when.clone(), fee.unit.clone());
        let is_later = |other: &Fee| begins(fee) < begins(other) && of(fee) == of(other);
        !self.has(fee.element)
            && fees.iter().any(|other| self.has(other.element) && is_later(other))
    }

    pub(super) fn times(self, times: &[TimeLimit]) -> Vec<TimeRow> {
        let shown = |time: &&TimeLimit| time.element.is_none_or(|element| self.has(element));
        times.iter().filter(shown).map(|time| self.time(time)).collect()
    }

    fn time(self, time: &TimeLimit) -> TimeRow {
        TimeRow {
            when: time.when.clone(),
            length: text::time(self.here.words(), &time.length),
            notes: time.note.clone().into_iter().collect(),
            days: self.days_note(time.element),
            end: self.end_note(time.element),
            counted: match time.length {
                TimeLength::Amount(amount, unit) => Some((amount, unit)),
                TimeLength::Text(_) => None,
            },
        }
    }

    pub(super) fn fees(self, fees: &[Fee]) -> Vec<FeeRow> {
        fees.iter().filter(|fee| self.has(fee.element)).map(|fee| self.fee(fee)).collect()
    }

    fn fee(self, fee: &Fee) -> FeeRow {
        let here = self.here;
        let mut notes = Vec::new();
        if !fee.exempt.is_empty() {
            notes.push(here.words().fill("fee_exempt", &[("who", &fee.exempt.join("; "))]));
        }
        if let Some(level) = fee.set_by {
            notes.push(
                here.say(match level {
                    Level::Ministry => "fee_set_by_ministry",
                    Level::Province => "fee_set_by_province",
                    Level::Commune => "fee_set_by_commune",
                    Level::Other => "fee_set_by_other",
                })
                .to_owned(),
            );
        }
        let kind = fee.kind.and_then(|kind| match kind {
            FeeKind::Charge => Some(here.say("fee_kind_charge")),
            FeeKind::Fee => Some(here.say("fee_kind_fee")),
            FeeKind::Other => None,
        });
        let element = &self.procedure.elements[fee.element.0 as usize];
        let value = match &fee.amount {
            FeeAmount::Amount { value, currency } => Some((*value, currency.clone())),
            FeeAmount::Text(_) => None,
        };
        FeeRow {
            name: fee.name.clone().or_else(|| kind.map(str::to_owned)),
            amount: text::amount(here.words(), &fee.amount),
            unit: fee.unit.clone().filter(|_| value.as_ref().is_some_and(|(value, _)| *value > 0)),
            when: fee.when.clone(),
            notes,
            days: self.days_note(Some(fee.element)),
            end: self.end_note(Some(fee.element)),
            basis: element.legal_basis.iter().filter_map(|basis| self.basis(basis)).collect(),
            value,
        }
    }

    fn basis(self, citation: &Citation) -> Option<Vec<Piece>> {
        let here = self.here;
        if lists::showing(here.catalogue(), here.assessment, citation) == Showing::Hidden {
            return None;
        }
        let mut pieces = Vec::new();
        if !citation.provisions.is_empty() {
            pieces.push(Piece::text(&format!(
                "{} ",
                text::provisions(here.words(), &citation.provisions)
            )));
        }
        pieces.push(match &citation.document {
            Cited::Known(document) => here.document(*document),
            Cited::Unknown(written) => Piece::text(written),
        });
        Some(pieces)
    }

    /// "từ ngày … đến hết ngày …": the days of an element, as far as they are written or known.
    fn days_note(self, element: Option<ElementId>) -> Option<String> {
        let window = self.procedure.elements[element?.0 as usize].validity;
        let Some(from) = window.from else { return self.end_note(element) };
        let from = text::day(from);
        let end = self.ends.get(&element?).and_then(|end| end.yesterday().ok());
        let words = self.here.words();
        Some(match end {
            Some(end) => {
                words.fill("applies_between", &[("from", &from), ("day", &text::day(end))])
            }
            None => words.fill("applies_since", &[("day", &from)]),
        })
    }

    /// "đến hết ngày …", where the end of an element is known.
    pub(super) fn end_note(self, element: Option<ElementId>) -> Option<String> {
        let end = self.ends.get(&element?)?.yesterday().ok()?;
        Some(self.here.words().fill("applies_through", &[("day", &text::day(end))]))
    }
}
