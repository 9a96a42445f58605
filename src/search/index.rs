//! The index as data: what the page's script is given and `find` reads, nothing that is computed from it.
//! Texts are plain, so that whoever audits a site can read them.
//!
//! It comes in parts: the base with all words and what they weigh; for words, some together, the entries
//! that have them; small shards of entries in the order of lists; and the numbers, which are asked for
//! only where a number was typed. A query is given the words it asks for, and the shards of what has them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::ends::{Ends, ROUTED};
use super::fold::{is_law, plain, words};
use super::soft::{EMPTY, ENGLISH, SOFT};
use crate::model::procedure::OnlineLevel;

/// A procedure as it is searched and shown in results, on the days on which it is so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Mã số TTHC.
    pub code: String,
    /// Tên thủ tục.
    pub title: String,
    /// What a citizen would call it; empty where it has no such name.
    pub plain: String,
    /// Words under which it is looked up, by `|`.
    pub terms: String,
    /// Words of its results, which are no words of its names.
    pub body: String,
    /// Its field, a place in the list of fields.
    pub field: usize,
    /// Its agencies, places in the list of agencies.
    pub agencies: Vec<usize>,
    /// Levels, a bit each in the order of the model.
    pub levels: u32,
    /// Audiences, a bit each in the order of the model.
    pub audience: u32,
    /// The highest online level: 0 none, 1 information, 2 partial, 3 full.
    pub online: u32,
    /// Its page, without the folder of procedures.
    pub page: String,
    /// How long it takes, what it costs, how it is filed: a line for results.
    pub facts: Vec<String>,
    /// Which of these are not in the language of the page, a bit each: its name, what a citizen would call it,
    /// and the facts in their order.
    pub foreign: u32,
    /// The first day on which it is so, `YYYY-MM-DD`; empty where it is so on the site's day.
    pub from: String,
    /// The first day on which it is no longer so; empty where none is known.
    pub until: String,
}

impl Entry {
    /// Whether it is so on a day, `YYYY-MM-DD`.
    #[must_use]
    pub fn is_so(&self, day: &str) -> bool {
        is_so(&self.from, &self.until, day)
    }
}

/// Whether a day is among those from one on until another, each of which may be empty.
pub(super) fn is_so(from: &str, until: &str, day: &str) -> bool {
    from <= day && (until.is_empty() || day < until)
}

/// A document that a procedure rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Law {
    /// Số, ký hiệu.
    pub number: String,
    /// Its name.
    pub title: String,
    /// The same in the language of the page, where that is another and it is known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub called: String,
    /// Its page, from the folder of the language.
    pub page: String,
    /// The entries that rest on it, by their places, those of which it is the main basis first.
    pub entries: Vec<usize>,
    /// The first day on which it is named; empty where it is named on the site's day.
    pub from: String,
    /// The first day on which it is no longer named; empty where none is known.
    pub until: String,
}

/// A code or a number that leads to a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ended {
    /// The day from which on it does; empty where it does on the site's day.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// The code or the number.
    pub name: String,
    /// Where the notice stands, from the folder of the language.
    pub page: String,
    /// The first day without it; empty where that is not known.
    pub since: String,
}

/// The number of an online level, the fullest the highest; 0 is none.
#[must_use]
pub fn online(level: OnlineLevel) -> u32 {
    match level {
        OnlineLevel::Information => 1,
        OnlineLevel::Partial => 2,
        OnlineLevel::Full => 3,
    }
}

/// What a catalogue gives to an index.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Entries in the order of lists.
    pub entries: Vec<Entry>,
    /// Documents that are not over.
    pub laws: Vec<Law>,
    /// Names of the fields.
    pub fields: Vec<String>,
    /// Names of the agencies.
    pub agencies: Vec<String>,
    /// What people say, and what it means.
    pub synonyms: Vec<(Vec<String>, String)>,
    /// What is short, and what it stands for.
    pub abbreviations: Vec<(String, String)>,
    /// Whether one asks in English too.
    pub is_english: bool,
}

/// Entries as columns: what is the same in many stands together.
#[derive(Clone, Debug, Serialize)]
pub struct Columns<'a> {
    code: Vec<&'a str>,
    title: Vec<&'a str>,
    #[serde(skip_serializing_if = "is_empty")]
    plain: Vec<&'a str>,
    #[serde(skip_serializing_if = "is_empty")]
    terms: Vec<&'a str>,
    #[serde(skip_serializing_if = "is_empty")]
    body: Vec<&'a str>,
    field: Vec<usize>,
    agencies: Vec<&'a [usize]>,
    levels: Vec<u32>,
    audience: Vec<u32>,
    online: Vec<u32>,
    page: Vec<&'a str>,
    facts: Vec<&'a [String]>,
    #[serde(skip_serializing_if = "is_nought")]
    foreign: Vec<u32>,
    #[serde(skip_serializing_if = "is_empty")]
    from: Vec<&'a str>,
    #[serde(skip_serializing_if = "is_empty")]
    until: Vec<&'a str>,
}

impl<'a> Columns<'a> {
    /// The columns of entries.
    #[must_use]
    pub fn new(entries: &'a [Entry]) -> Self {
        let texts = |of: fn(&Entry) -> &String| entries.iter().map(|it| of(it).as_str()).collect();
        let bits = |of: fn(&Entry) -> u32| entries.iter().map(of).collect();
        Self {
            code: texts(|it| &it.code),
            title: texts(|it| &it.title),
            plain: texts(|it| &it.plain),
            terms: texts(|it| &it.terms),
            body: texts(|it| &it.body),
            field: entries.iter().map(|it| it.field).collect(),
            agencies: entries.iter().map(|it| it.agencies.as_slice()).collect(),
            levels: bits(|it| it.levels),
            audience: bits(|it| it.audience),
            online: bits(|it| it.online),
            page: texts(|it| &it.page),
            facts: entries.iter().map(|it| it.facts.as_slice()).collect(),
            foreign: bits(|it| it.foreign),
            from: texts(|it| &it.from),
            until: texts(|it| &it.until),
        }
    }
}

/// A column in which nothing is written is left out.
fn is_empty(column: &[&str]) -> bool {
    column.iter().all(|text| text.is_empty())
}

fn is_nought(column: &[u32]) -> bool {
    column.iter().all(|bits| *bits == 0)
}

/// What is loaded first.
#[derive(Clone, Debug, Serialize)]
pub struct Base {
    /// Names of the fields.
    pub fields: Vec<String>,
    /// Whether a field has entries, and from which day on: `YYYY-MM-DD`, or empty from the first.
    pub filled: Vec<Vec<(String, bool)>>,
    /// Names of the agencies.
    pub agencies: Vec<String>,
    /// All folded words, in order, by blanks.
    pub words: String,
    /// What each weighs.
    pub weights: Vec<u32>,
    /// The first word of each part in which the places of words stand.
    pub parts: Vec<usize>,
    /// How long the shortest name of each entry is, a character each.
    pub sizes: String,
    /// From which place on entries are of a field: the field and the place.
    pub runs: Vec<(usize, usize)>,
    /// What is said, by `|`, and what it means.
    pub synonyms: Vec<(String, String)>,
    /// Words that tell a level or an audience: the words, by `|`, the bits of levels and of audiences.
    pub soft: Vec<(String, u32, u32)>,
    /// Words that say nothing of what is looked for, by `|`.
    pub empty: String,
    /// How many entries a shard holds.
    pub size: usize,
    /// How many entries there are.
    pub total: usize,
    /// The first end of a code in each part in which they stand.
    pub ends: Vec<String>,
    /// In how many parts documents stand, by the first number of theirs.
    pub laws: usize,
    /// What tells this index from one of another day.
    pub stamp: String,
}

/// The numbers.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// All codes, in the order of entries.
    pub codes: Vec<String>,
    /// The documents.
    pub laws: Vec<Law>,
}

/// All parts.
#[derive(Clone, Debug)]
pub struct Index {
    /// What is loaded first.
    pub base: Base,
    /// The entries that have each word, in order.
    pub places: Vec<Vec<usize>>,
    /// The ends of codes.
    pub ends: Ends,
    /// Entries, by shards.
    pub shards: Vec<Vec<Entry>>,
    /// The numbers.
    pub numbers: Numbers,
}

/// How many entries a shard holds: few, since answers stand in many.
pub const SHARD: usize = 32;
/// How many characters of places a part holds, more or less.
const PART: usize = 6000;
/// Of a word that more entries have, those with the shortest names are told.
const TOLD: usize = 4096;
/// How many ends of codes a part holds for each entry of a shard.
const ENDS: usize = 32;
/// How many documents a part holds, more or less.
const LAWS: usize = 128;
/// What a character of a size stands for.
pub(super) const SIZE: u32 = 32;

/// Makes an index; entries of one shard stand together in lists, which are by field.
#[must_use]
pub fn index(source: Source) -> Index {
    index_by(source, SHARD)
}

/// The same with other shards, for tests.
#[must_use]
pub fn index_by(source: Source, size: usize) -> Index {
    let Source { entries, laws, fields, agencies, synonyms, abbreviations, is_english } = source;
    let total = entries.len();
    let said = synonyms.into_iter().map(|(say, means)| (say.join("|"), means)).chain(abbreviations);
    let said = by_meaning(said);
    let mut found: BTreeMap<String, (usize, Vec<usize>)> = BTreeMap::new();
    let named: Vec<Vec<Vec<String>>> = entries.iter().map(words_of_names).collect();
    let around = [&fields, &agencies].map(|names| names.iter().map(|it| folds(it)).collect());
    for (at, (entry, names)) in entries.iter().zip(&named).enumerate() {
        let own: BTreeSet<String> =
            names.iter().flatten().cloned().chain(folds(&entry.body)).collect();
        for word in words_around(entry, &around).difference(&own.iter().collect()) {
            match found.get_mut(*word) {
                Some((count, _)) => *count += 1,
                None => drop(found.insert((*word).clone(), (1, Vec::new()))),
            }
        }
        for word in own {
            let (count, places) = found.entry(word).or_default();
            *count += 1;
            places.push(at);
        }
    }
    let soft = SOFT.iter().map(|(said, ..)| *said);
    let texts = said.iter().flat_map(|(say, means)| [say.as_str(), means.as_str()]);
    for word in texts.chain(soft).flat_map(words) {
        found.entry(word.fold).or_default();
    }
    let weights: Vec<u32> = found.values().map(|(count, _)| weight(*count, total)).collect();
    let weigh = |fold: &str| found.get(fold).map_or(0, |(count, _)| weight(*count, total));
    let sizes: Vec<u32> = named.iter().map(|names| least_size(names, &weigh)).collect();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if runs.last().is_none_or(|(field, _)| *field != entry.field) {
            runs.push((entry.field, at));
        }
    }
    let mut all = Vec::new();
    let mut places = Vec::new();
    for (word, (_, mut has)) in found {
        if TOLD < has.len() {
            has.sort_by_key(|at| (sizes[*at], *at));
            has.truncate(TOLD);
            has.sort_unstable();
        }
        all.push(word);
        places.push(has);
    }
    let mut parts = Vec::new();
    let mut length = PART;
    for (at, has) in places.iter().enumerate() {
        if PART <= length {
            parts.push(at);
            length = 0;
        }
        length += has.len() + 3;
    }
    let mut laws = laws;
    laws.retain(|law| !law.number.is_empty() || !law.title.is_empty());
    for law in &mut laws {
        law.entries.truncate(ROUTED);
    }
    let codes: Vec<String> = entries.iter().map(|entry| entry.code.clone()).collect();
    let ends = Ends::new(&codes, size.saturating_mul(ENDS));
    let base = Base {
        filled: filled(&entries, fields.len()),
        fields,
        agencies,
        words: all.join(" "),
        weights,
        parts,
        sizes: sizes.iter().map(|size| digit(*size)).collect(),
        runs,
        synonyms: said,
        soft: SOFT.iter().map(|(said, level, who)| ((*said).to_owned(), *level, *who)).collect(),
        empty: if is_english { format!("{EMPTY}|{ENGLISH}") } else { EMPTY.to_owned() },
        size,
        total,
        ends: ends.firsts(),
        laws: laws.len().div_ceil(LAWS).max(1),
        stamp: String::new(),
    };
    let shards = entries.chunks(size).map(<[Entry]>::to_vec).collect();
    Index { base, places, ends, shards, numbers: Numbers { codes, laws } }
}

/// All that is said for one meaning together, in the order in which meanings come.
fn by_meaning(said: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut together: Vec<(String, String)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (say, means) in said {
        if let Some(place) = places.get(&means) {
            let all = &mut together[*place].0;
            all.push('|');
            all.push_str(&say);
        } else {
            places.insert(means.clone(), together.len());
            together.push((say, means));
        }
    }
    together
}

fn filled(entries: &[Entry], n_fields: usize) -> Vec<Vec<(String, bool)>> {
    let of = |field: usize| {
        let own: Vec<&Entry> = entries.iter().filter(|entry| entry.field == field).collect();
        let turns = own.iter().flat_map(|entry| [&entry.from, &entry.until]);
        let days: BTreeSet<&str> = turns.map(String::as_str).chain([""]).collect();
        let is_filled = |day: &str| own.iter().any(|entry| entry.is_so(day));
        let mut filled: Vec<(String, bool)> =
            days.into_iter().map(|day| (day.to_owned(), is_filled(day))).collect();
        filled.dedup_by_key(|(_, is_filled)| *is_filled);
        filled
    };
    (0..n_fields).map(of).collect()
}

impl Index {
    /// The places of the words of a part: of each word the steps from one place to the next, five bits a
    /// character, the sixth bit where more follow.
    #[must_use]
    pub fn steps(&self, part: usize) -> Vec<String> {
        let from = self.base.parts.get(part).copied().unwrap_or(self.places.len());
        let end = self.base.parts.get(part + 1).copied().unwrap_or(self.places.len());
        self.places[from..end].iter().map(|places| steps(places)).collect()
    }
}

/// A document of a part, by its place among all.
#[derive(Clone, Debug, Serialize)]
pub struct Placed<'a>(usize, &'a Law);

impl Index {
    /// The documents of a part.
    #[must_use]
    pub fn laws(&self, part: usize) -> Vec<Placed<'_>> {
        let all = self.numbers.laws.iter().enumerate();
        let of =
            |law: &Law| serial(&law.number).is_some_and(|number| number % self.base.laws == part);
        all.filter(|(_, law)| of(law)).map(|(at, law)| Placed(at, law)).collect()
    }

    /// The documents that are known by their names.
    #[must_use]
    pub fn named(&self) -> Vec<Placed<'_>> {
        let all = self.numbers.laws.iter().enumerate();
        all.filter(|(_, law)| is_law(&words(&law.title))).map(|(at, law)| Placed(at, law)).collect()
    }
}

/// The number with which the number of a document begins.
fn serial(number: &str) -> Option<usize> {
    let digits = number.find(|c: char| !c.is_ascii_digit()).map_or(number, |end| &number[..end]);
    digits.parse().ok()
}

fn steps(places: &[usize]) -> String {
    let mut said = String::new();
    let mut before = 0;
    for place in places {
        let mut step = u32::try_from(place - before).unwrap_or(u32::MAX);
        before = *place;
        while 32 <= step {
            said.push(digit(step % 32 + 32));
            step /= 32;
        }
        said.push(digit(step));
    }
    said
}

/// A small number as a character that needs no escape: from the table.
fn digit(number: u32) -> char {
    DIGITS[usize::try_from(number).unwrap_or(usize::MAX).min(63)].into()
}

/// The digits, in order of their codes.
pub(super) const DIGITS: &[u8; 64] =
    b"!#$%()*+-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefg";

/// What the shortest of the names of an entry weighs.
fn least_size(names: &[Vec<String>], weigh: &dyn Fn(&str) -> u32) -> u32 {
    let names = names.iter().filter(|words| !words.is_empty());
    let sizes = names.map(|words| words.iter().map(|word| weigh(word)).sum::<u32>());
    sizes.min().unwrap_or_default() / SIZE
}

/// The words of each name of an entry.
fn words_of_names(entry: &Entry) -> Vec<Vec<String>> {
    let names = [entry.plain.as_str(), entry.title.as_str()].into_iter();
    names.chain(entry.terms.split('|')).map(folds).collect()
}

/// The words of the field of an entry and of its agencies, of those of all fields and agencies.
fn words_around<'w>(
    entry: &Entry,
    [fields, agencies]: &'w [Vec<Vec<String>>; 2],
) -> BTreeSet<&'w String> {
    let agencies = entry.agencies.iter().filter_map(|place| agencies.get(*place));
    agencies.chain(fields.get(entry.field)).flatten().collect()
}

fn folds(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.fold).collect()
}

/// How much a word tells, from 1 to about 80: the fewer entries have it, the more.
fn weight(count: usize, total: usize) -> u32 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let rarity = (number(total) + 1.0) / number(count).max(0.5);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 8 * 40")]
    let weight = (rarity.log2() * 8.0).floor() as u32;
    weight.max(4)
}

/// Words of results that names do not have, for an entry.
#[must_use]
pub fn body(results: &[String], names: &[String]) -> String {
    const MOST: usize = 12;
    let mut seen: BTreeSet<String> =
        names.iter().flat_map(|name| words(name)).map(|word| word.fold).collect();
    let mut kept = Vec::new();
    for part in results.iter().flat_map(|text| text.split_whitespace()) {
        for word in words(part) {
            if kept.len() < MOST && seen.insert(word.fold.clone()) && !plain(part).is_empty() {
                kept.push(word.fold);
            }
        }
    }
    kept.join(" ")
}
