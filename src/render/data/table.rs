//! What is published, as tables for spreadsheets and scripts: `api/thu-tuc.csv`, `api/phi.csv`,
//! `api/thanh-phan-ho-so.csv`, `api/van-ban.csv`. Their columns are keys of the data in JSON.
//!
//! RFC 4180 with one mark before the first line, U+FEFF: without it the Excel of many an office takes the
//! letters of Vietnamese for those of another alphabet, and the readers of other programs pass over it.
//! A cell that a spreadsheet would compute begins with `'`, and so does one that begins with `'` itself;
//! where a tag of HTML would begin, a blank stands behind `<`.
//!
//! A table knows no day once it is copied. `as_of` is the day for which a row holds, `until` the first day
//! on which it holds no more, as far as that is known. What begins later is not told.

use std::borrow::Cow;

use super::{Part, document, named_field, next_change, published, url, without, word};
use crate::model::agency::{AgencyId, Level};
use crate::model::date::Date;
use crate::model::procedure::{
    Audience, ChannelKind, DossierKind, FeeAmount, FeeKind, Paper, PaperMode, ProcedureId,
};
use crate::render::Site;
use crate::render::route::Route;

/// All published procedures.
pub(super) fn procedures(site: &Site) -> Vec<u8> {
    let mut table = Table::new([
        "code",
        "title",
        "plain_title",
        "field",
        "levels",
        "audience",
        "performs",
        "decides",
        "url",
        "next_change",
        "until",
        "as_of",
    ]);
    for id in &site.lists.procedures {
        let procedure = &site.catalogue[*id];
        let authority = &procedure.authority;
        let agencies = [&authority.performs, &authority.decides];
        let ends = agencies.into_iter().flatten().filter_map(|agency| agency_end(site, *agency));
        let until = without(site, *id, site.assessment.today, &[]).into_iter().chain(ends).min();
        let levels: Vec<&str> =
            procedure.levels.iter().map(|level| word(&Level::ALL, *level)).collect();
        let audience: Vec<&str> =
            procedure.audience.iter().map(|who| word(&Audience::ALL, *who)).collect();
        table.row([
            &procedure.code.value,
            &procedure.title,
            procedure.plain_title.as_deref().unwrap_or_default(),
            named_field(site, procedure).name,
            &levels.join(", "),
            &audience.join(", "),
            &names(site, &authority.performs),
            &names(site, &authority.decides),
            &url(site, Route::Procedure(*id)),
            &next_change(site, *id).unwrap_or_default(),
            &day(until),
            &site.assessment.as_of.to_string(),
        ]);
    }
    table.bytes()
}

/// The fees of published procedures. Where some of a channel are not told because their ground is gone,
/// its rows say so in `incomplete`; where all are, one row says so by itself.
pub(super) fn fees(site: &Site) -> Vec<u8> {
    let mut table = Table::new([
        "code",
        "procedure",
        "channel",
        "kind",
        "name",
        "amount",
        "currency",
        "text",
        "unit",
        "when",
        "exempt",
        "set_by",
        "from",
        "until",
        "incomplete",
        "url",
        "as_of",
    ]);
    for (id, part) in all(site) {
        let channels = part.procedure.channels.iter();
        for channel in channels.filter(|channel| part.shown.has(channel.element)) {
            let incomplete = if part.channel(channel).fees_incomplete { "true" } else { "" };
            let kind = word(&ChannelKind::ALL, channel.kind);
            let page = url(site, Route::Procedure(id));
            let as_of = site.assessment.as_of.to_string();
            let mut told = 0;
            for fee in channel.fees.iter().filter(|fee| part.shown.has(fee.element)) {
                let (amount, currency, text) = match &fee.amount {
                    FeeAmount::Amount { value, currency } => (value.to_string(), &**currency, ""),
                    FeeAmount::Text(text) => (String::new(), "", text.as_str()),
                };
                let own = part.procedure.elements[fee.element.0 as usize].validity;
                table.row([
                    &part.procedure.code.value,
                    part.procedure.heading(),
                    kind,
                    fee.kind.map_or("", |kind| word(&FeeKind::ALL, kind)),
                    fee.name.as_deref().unwrap_or_default(),
                    &amount,
                    currency,
                    text,
                    fee.unit.as_deref().unwrap_or_default(),
                    fee.when.as_deref().unwrap_or_default(),
                    &fee.exempt.join("; "),
                    fee.set_by.map_or("", |level| word(&Level::ALL, level)),
                    &day(own.from),
                    &day(without(site, id, site.assessment.today, &[channel.element, fee.element])),
                    incomplete,
                    &page,
                    &as_of,
                ]);
                told += 1;
            }
            if told == 0 && !incomplete.is_empty() {
                let until = day(without(site, id, site.assessment.today, &[channel.element]));
                let mut row = [""; 17];
                row[..3].copy_from_slice(&[
                    &part.procedure.code.value,
                    part.procedure.heading(),
                    kind,
                ]);
                row[13..].copy_from_slice(&[&until, incomplete, &page, &as_of]);
                table.row(row);
            }
        }
    }
    table.bytes()
}

/// The papers of published procedures, case by case.
pub(super) fn papers(site: &Site) -> Vec<u8> {
    let mut table = Table::new([
        "code",
        "procedure",
        "case",
        "name",
        "originals",
        "copies",
        "mode",
        "form",
        "form_url",
        "replaced_by_data",
        "note",
        "until",
        "url",
        "as_of",
    ]);
    for (id, part) in all(site) {
        for case in &part.procedure.cases {
            for item in case.dossier.iter().filter(|item| part.shown.has(item.element)) {
                let DossierKind::Paper(paper) = &item.kind else { continue };
                let form = paper.form.map(|form| &part.procedure.forms[form]);
                let form = form.filter(|form| part.shown.has(form.element));
                let mut elements = vec![item.element];
                elements.extend(form.map(|form| form.element));
                let file = form.and_then(|form| form.file.as_ref());
                let file = file.and_then(|file| {
                    site.forms.iter().position(|known| known.source == file.value)
                });
                table.row([
                    &part.procedure.code.value,
                    part.procedure.heading(),
                    case.title.as_deref().unwrap_or_default(),
                    &paper.name,
                    &number(paper.originals),
                    &number(paper.copies),
                    paper.mode.map_or("", |mode| word(&PaperMode::ALL, mode)),
                    form.map_or("", |form| form.code.as_deref().unwrap_or(&form.id)),
                    &file.map(|place| url(site, Route::Form(place))).unwrap_or_default(),
                    replaced(paper),
                    item.note.as_deref().unwrap_or_default(),
                    &day(without(site, id, site.assessment.today, &elements)),
                    &url(site, Route::Procedure(id)),
                    &site.assessment.as_of.to_string(),
                ]);
            }
        }
    }
    table.bytes()
}

/// All documents that are not over.
pub(super) fn documents(site: &Site) -> Vec<u8> {
    let mut table = Table::new([
        "number",
        "title",
        "kind",
        "signed",
        "effective",
        "status",
        "next_change",
        "until",
        "url",
        "as_of",
    ]);
    for id in &site.lists.documents {
        let data = document(site, *id);
        table.row([
            data.number.unwrap_or_default(),
            data.title,
            data.kind,
            &data.signed.unwrap_or_default(),
            &data.effective.unwrap_or_default(),
            &data.status,
            &data.next_change.unwrap_or_default(),
            &data.until.unwrap_or_default(),
            &data.url,
            &site.assessment.as_of.to_string(),
        ]);
    }
    table.bytes()
}

/// A table of so many columns.
struct Table<const N: usize> {
    text: String,
}

impl<const N: usize> Table<N> {
    fn new(columns: [&str; N]) -> Self {
        let mut table = Self { text: "\u{feff}".to_owned() };
        table.row(columns);
        table
    }

    fn row(&mut self, cells: [&str; N]) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.text.push(',');
            }
            self.cell(cell);
        }
        self.text.push_str("\r\n");
    }

    fn cell(&mut self, cell: &str) {
        // What a spreadsheet takes for a formula, also in letters of full width; the mark is undone by
        // taking it away wherever it stands first.
        let computes = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\''];
        let mark = if cell.starts_with(computes) { "'" } else { "" };
        let cell = &without_tags(cell);
        if cell.contains([',', '"', '\r', '\n', ';']) {
            self.text.extend(["\"", mark, &cell.replace('"', "\"\""), "\""]);
        } else {
            self.text.extend([mark, cell]);
        }
    }

    fn bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

/// A text in which no tag begins, should a browser take the table for a page: `<b>` becomes `< b>`.
fn without_tags(text: &str) -> Cow<'_, str> {
    let begins = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?');
    let is_tag = |(at, _): &(usize, &str)| text[at + 1..].starts_with(begins);
    if text.match_indices('<').find(is_tag).is_none() {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split('<');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.extend([if part.starts_with(begins) { "< " } else { "<" }, part]);
    }
    Cow::Owned(plain)
}

fn all(site: &Site) -> impl Iterator<Item = (ProcedureId, Part<'_>)> {
    site.lists.procedures.iter().filter_map(|id| Some((*id, published(site, *id)?)))
}

/// The names of those of the agencies that are there today.
fn names(site: &Site, agencies: &[AgencyId]) -> String {
    let there = agencies.iter().filter(|id| site.assessment.is_agency_there(&site.catalogue, **id));
    let names: Vec<&str> = there.map(|id| site.catalogue[*id].name.as_str()).collect();
    names.join("; ")
}

/// The first day on which an agency that is there today is gone.
fn agency_end(site: &Site, agency: AgencyId) -> Option<Date> {
    let is_there = site.assessment.is_agency_there(&site.catalogue, agency);
    site.catalogue[agency].validity.until.filter(|_| is_there)
}

fn replaced(paper: &Paper) -> &'static str {
    if paper.replaced_by_data { "true" } else { "" }
}

fn number(number: Option<u32>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn day(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}
