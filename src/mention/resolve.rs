//! Mentions: numbers and names of a text, each with the documents of the register that it means.
//! Whether a document is still law is not asked here; that depends on the day.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::canon::Canon;
use super::clause::Part;
use super::names::{Name, Names};
use super::scan::{self, Written};
use super::terms::Terms;
use super::{clause, date, visible};
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::document::{DocumentId, Kind};
use crate::model::number::NumberKey;
use crate::model::procedure::Announcement;

/// The register and the dead terms, ready to be looked for in any number of texts.
#[derive(Clone, Debug)]
pub struct Index {
    by_key: BTreeMap<String, Vec<DocumentId>>,
    /// By serial and year, for numbers that are written without their sign.
    by_year: BTreeMap<(String, i16), Vec<(DocumentId, Kind)>>,
    signed: BTreeMap<DocumentId, Date>,
    /// Numbers of announcing decisions, which are no part of the register.
    decisions: BTreeSet<String>,
    names: Names,
    terms: Terms,
}

/// What was found in a text, each in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Documents.
    pub mentions: Vec<Mention>,
    /// Dead terms.
    pub dead: Vec<Dead>,
}

/// A document that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it is named.
    pub range: Range<usize>,
    /// How it is named, in one spelling of blanks and dashes.
    pub said: String,
    /// What two mentions of one number share; empty for a name.
    pub key: String,
    /// What it means.
    pub target: Target,
    /// The provisions said beside it.
    pub parts: Vec<Part>,
    /// The day said behind it, and where.
    pub day: Option<(Date, Range<usize>)>,
}

/// What a mention means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// This document.
    One(DocumentId),
    /// Any of the documents of one name, the newest first.
    OneOf(Vec<DocumentId>),
    /// The number belongs to several documents, and the text does not tell which is meant.
    Several(Vec<DocumentId>),
    /// An announcing decision.
    Decision,
    /// The register does not hold it.
    Nothing,
}

impl Mention {
    /// All that it holds of places, as places of another text.
    fn place(&mut self, written: impl Fn(&Range<usize>) -> Range<usize>) {
        let parts = self.parts.iter_mut().map(|part| &mut part.range);
        let day = self.day.iter_mut().map(|(_, range)| range);
        for range in std::iter::once(&mut self.range).chain(day).chain(parts) {
            *range = written(range);
        }
    }
}

impl Target {
    /// The document to lead a reader to: the first that may be shown.
    #[must_use]
    pub fn pick(&self, may_show: impl Fn(DocumentId) -> bool) -> Option<DocumentId> {
        match self {
            Self::One(document) => Some(*document).filter(|document| may_show(*document)),
            Self::OneOf(documents) => documents.iter().copied().find(|id| may_show(*id)),
            Self::Several(_) | Self::Decision | Self::Nothing => None,
        }
    }
}

/// A dead term in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dead {
    /// Where it stands.
    pub range: Range<usize>,
    /// Its place in the catalogue's list.
    pub term: usize,
}

impl Index {
    /// Prepares the register of a catalogue.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut by_key: BTreeMap<String, Vec<DocumentId>> = BTreeMap::new();
        let mut by_year: BTreeMap<_, Vec<(DocumentId, Kind)>> = BTreeMap::new();
        let mut signed = BTreeMap::new();
        for (id, document) in catalogue.document_ids() {
            signed.extend(document.signed.map(|day| (id, day)));
            let Some(number) = &document.number else { continue };
            let key = key(number);
            if let Some((serial, year)) = serial_and_year(&key) {
                by_year.entry((serial, year)).or_default().push((id, document.kind));
            }
            by_key.entry(key).or_default().push(id);
        }
        let announced = catalogue.procedures.iter().filter_map(|procedure| {
            match procedure.announced.as_ref()? {
                Announcement::Known(_) => None,
                Announcement::Number(number) => Some(number),
            }
        });
        let followed = catalogue.decisions.iter().filter_map(|decision| decision.follows.as_ref());
        let decisions = catalogue.decisions.iter().map(|decision| &decision.number);
        let decisions = decisions.chain(followed.map(|follows| &follows.decision)).chain(announced);
        Self {
            by_key,
            by_year,
            signed,
            decisions: decisions.map(|number| key(number)).collect(),
            names: Names::new(catalogue),
            terms: Terms::new(catalogue),
        }
    }

    /// Reads a plain text.
    #[must_use]
    pub fn read(&self, text: &str) -> Reading {
        let canon = Canon::new(text);
        let words = canon.words();
        let numbers = scan::numbers(&canon.text);
        let mut mentions = Vec::new();
        // Where the name of a numbered law begins, by the place of its number.
        let mut starts: BTreeMap<usize, usize> = BTreeMap::new();
        for name in self.names.find(&canon.text, &words) {
            let beside = beside(&canon.text, name.end);
            let number = numbers.binary_search_by_key(&beside, |number| number.range.start);
            // "Luật Hộ tịch số 60/2014/QH13" names one law once; the number tells which.
            match number.ok().filter(|place| is_law(&numbers[*place])) {
                Some(place) => drop(starts.insert(place, name.range.start)),
                None => mentions.push(self.name(&canon, &name)),
            }
        }
        for (place, number) in numbers.into_iter().enumerate() {
            mentions.push(self.number(&canon, number, starts.get(&place).copied()));
        }
        mentions.sort_by_key(|mention| mention.range.start);
        take_parts_behind(&canon.text, &mut mentions);
        let taken: Vec<Range<usize>> = mentions.iter().map(|it| it.range.clone()).collect();
        let dead = self.terms.find(&canon.text, &words, &taken);
        let dead = dead
            .into_iter()
            .map(|(range, term)| Dead { range: canon.written(&range), term })
            .collect();
        for mention in &mut mentions {
            mention.place(|range| canon.written(range));
        }
        Reading { mentions, dead }
    }

    /// Reads what is seen of a Markdown text.
    #[must_use]
    pub fn read_markdown(&self, text: &str) -> Reading {
        let mut whole = Reading::default();
        for block in visible::blocks(text) {
            let mut reading = self.read(&block.text);
            for mention in &mut reading.mentions {
                mention.place(|range| block.written(range));
            }
            for dead in &mut reading.dead {
                dead.range = block.written(&dead.range);
            }
            whole.mentions.append(&mut reading.mentions);
            whole.dead.append(&mut reading.dead);
        }
        whole
    }

    /// Resolves a number. `start` is where what belongs to it begins, if before its digits.
    fn number(&self, canon: &Canon, number: Written, start: Option<usize>) -> Mention {
        let text = &canon.text;
        let day = date::after(text, number.range.end);
        let said = text[number.range.clone()].to_owned();
        // "Nghị định 61, 63/2018/NĐ-CP": alone it would say nothing.
        let lent = number.year.filter(|_| said == number.serial);
        let said = lent.map_or(said, |year| format!("{}/{year}", number.serial));
        let (key, mut found) = self.candidates(&number, &said);
        if let (1.., Some((day, _))) = (found.len(), &day) {
            let of_day = |id: &DocumentId| self.signed.get(id) == Some(day);
            // Numbers without a year begin anew each year: another year is another document.
            let of_year = |id: &DocumentId| {
                number.year.is_some()
                    || self.signed.get(id).is_none_or(|it| it.year() == day.year())
            };
            if found.iter().any(of_day) {
                found.retain(of_day);
            }
            found.retain(of_year);
        }
        let target = match found.as_slice() {
            [] if self.decisions.contains(&key) => Target::Decision,
            [] => Target::Nothing,
            [only] => Target::One(*only),
            _ => Target::Several(found),
        };
        let parts = clause::before(text, start.unwrap_or(number.range.start));
        Mention { range: number.range, said, key, target, parts, day }
    }

    fn candidates(&self, number: &Written, said: &str) -> (String, Vec<DocumentId>) {
        let spelt = |sign: &str| {
            let year = number.year.map(|year| format!("{year}/")).unwrap_or_default();
            key(&format!("{}/{year}{sign}", number.serial))
        };
        if number.serial == "QĐ" {
            let key = key(said);
            let found = self.by_key.get(&key).cloned().unwrap_or_default();
            return (key, found);
        }
        if let Some(sign) = &number.sign {
            let key = spelt(sign);
            let found = self.by_key.get(&key).cloned().unwrap_or_default();
            return (key, found);
        }
        if let Some(key) = number.lent.as_deref().map(spelt)
            && let Some(found) = self.by_key.get(&key)
        {
            return (key, found.clone());
        }
        let bare = spelt("");
        let Some((serial, year)) = serial_and_year(&bare) else { return (bare, Vec::new()) };
        let known = self.by_year.get(&(serial, year)).map(Vec::as_slice).unwrap_or_default();
        let of_kind = |kind: Kind| match number.kind {
            Some(Kind::Law | Kind::Code) => matches!(kind, Kind::Law | Kind::Code),
            Some(said) => said == kind,
            None => true,
        };
        let found = known.iter().filter(|(_, kind)| of_kind(*kind)).map(|(id, _)| *id).collect();
        (bare, found)
    }

    fn name(&self, canon: &Canon, name: &Name) -> Mention {
        let text = &canon.text;
        let day = date::after(text, name.end);
        let mut documents = name.documents.clone();
        if let Some((day, _)) = &day
            && documents.iter().any(|id| self.signed.get(id) == Some(day))
        {
            documents.retain(|id| self.signed.get(id) == Some(day));
        }
        let target = match documents.as_slice() {
            [] => Target::Nothing,
            [only] => Target::One(*only),
            _ => Target::OneOf(documents),
        };
        let range = name.range.start..name.end;
        let said = text[range.clone()].to_owned();
        let parts = clause::before(text, range.start);
        Mention { range, said, key: String::new(), target, parts, day }
    }
}

/// Takes the provisions said behind documents, where no other document of the clause may own them.
fn take_parts_behind(text: &str, mentions: &mut [Mention]) {
    let mut next = text.len();
    for mention in mentions.iter_mut().rev() {
        let from = mention.day.as_ref().map_or(mention.range.end, |(_, range)| range.end);
        let behind = clause::after(text, from).filter(|(_, end)| {
            *end <= next && (next == text.len() || ends_clause(&text[*end..next]))
        });
        mention.parts.extend(behind.into_iter().flat_map(|(parts, _)| parts));
        next = mention.range.start;
    }
}

/// Whether a clause ends in a text.
fn ends_clause(text: &str) -> bool {
    text.contains([';', ')']) || text.contains(". ")
}

/// Where a number would begin that stands right behind a name: "Luật Hộ tịch số 60/2014/QH13".
fn beside(text: &str, name_end: usize) -> usize {
    let parting = [' ', '(', ',', '-', ':'];
    let rest = text[name_end..].trim_start_matches(parting);
    let rest = rest.strip_prefix("Luật ").unwrap_or(rest);
    let rest = rest.strip_prefix("số").unwrap_or(rest);
    text.len() - rest.trim_start_matches(parting).len()
}

fn is_law(number: &Written) -> bool {
    number.sign.as_deref().is_some_and(|sign| sign.to_uppercase().contains("QH"))
}

/// What all spellings of one number share; also the old joint circulars', with `/` or `-` inside.
fn key(number: &str) -> String {
    let key = NumberKey::new(number);
    let mut parts = key.as_str().split('/');
    let serial = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    match rest.split_first() {
        Some((year, sign)) if is_year(year) => format!("{serial}/{year}/{}", sign.join("-")),
        _ => format!("{serial}/{}", rest.join("-")),
    }
}

fn serial_and_year(key: &str) -> Option<(String, i16)> {
    let mut parts = key.split('/');
    let serial = parts.next()?;
    let year = parts.next().filter(|year| is_year(year))?;
    Some((serial.to_owned(), year.parse().ok()?))
}

fn is_year(part: &str) -> bool {
    part.parse().is_ok_and(date::is_year)
}
