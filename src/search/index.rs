//! The index as data: what the page's script is given and `find` reads, nothing that is computed from it.
//! Texts are plain, so that whoever audits a site can read them.
//!
//! It comes in parts: the base with all words and what they weigh, shards of entries in the order of
//! lists, and the numbers, which are asked for only where a number was typed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::fold::{plain, words};
use super::soft::{EMPTY, SOFT};
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
    /// The first day on which it is so, `YYYY-MM-DD`; empty where it is so on the site's day.
    pub from: String,
    /// The first day on which it is no longer so; empty where none is known.
    pub until: String,
}

/// A document that a procedure rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Law {
    /// Số, ký hiệu.
    pub number: String,
    /// Its name.
    pub title: String,
    /// Its page, from the site's root.
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
    /// The code or the number.
    pub name: String,
    /// Where the notice stands, from the site's root.
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
            from: texts(|it| &it.from),
            until: texts(|it| &it.until),
        }
    }
}

/// A column in which nothing is written is left out.
fn is_empty(column: &[&str]) -> bool {
    column.iter().all(|text| text.is_empty())
}

/// What is loaded first.
#[derive(Clone, Debug, Serialize)]
pub struct Base {
    /// Names of the fields.
    pub fields: Vec<String>,
    /// Names of the agencies.
    pub agencies: Vec<String>,
    /// All folded words, in order, by blanks.
    pub words: String,
    /// What each weighs.
    pub weights: Vec<u32>,
    /// How often each stands in the shards: a digit for each shard, 0 to 3, from the first to the last in
    /// which it stands; left out where there is one shard.
    pub places: Vec<String>,
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
}

/// The numbers.
#[derive(Clone, Debug, Serialize)]
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
    /// Entries, by shards.
    pub shards: Vec<Vec<Entry>>,
    /// The numbers.
    pub numbers: Numbers,
}

/// How many entries a shard holds at least, and how many shards there are at most: the bits of a word.
pub const SHARD: usize = 128;
const SHARDS: usize = 64;

/// Makes an index; entries of one shard stand together in lists, which are by field.
#[must_use]
pub fn index(source: Source) -> Index {
    index_by(source, SHARD)
}

/// The same with smaller shards, for tests.
#[must_use]
pub fn index_by(source: Source, shard: usize) -> Index {
    let Source { entries, laws, fields, agencies, synonyms, abbreviations } = source;
    let size = shard.max(entries.len().div_ceil(SHARDS)).max(1);
    let total = entries.len();
    let said: Vec<(String, String)> = synonyms
        .into_iter()
        .map(|(say, means)| (say.join("|"), means))
        .chain(abbreviations)
        .collect();
    // How often a word stands in an entry, and in which shards.
    let n_shards = total.div_ceil(size);
    let mut found: BTreeMap<String, (usize, Vec<usize>)> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        for word in words_of(entry, &fields, &agencies) {
            let (count, shards) = found.entry(word).or_default();
            *count += 1;
            shards.resize(at / size + 1, 0);
            shards[at / size] += 1;
        }
    }
    for (say, means) in &said {
        for word in words(say).into_iter().chain(words(means)) {
            found.entry(word.fold).or_default();
        }
    }
    for (said, ..) in SOFT {
        for word in words(said) {
            found.entry(word.fold).or_default();
        }
    }
    let weights = found.values().map(|(count, _)| weight(*count, total)).collect();
    let places = match n_shards {
        0 | 1 => Vec::new(),
        _ => found.values().map(|(_, shards)| shards.iter().map(|n| often(*n)).collect()).collect(),
    };
    let codes = entries.iter().map(|entry| entry.code.clone()).collect();
    let base = Base {
        fields,
        agencies,
        words: found.into_keys().collect::<Vec<_>>().join(" "),
        weights,
        places,
        synonyms: said,
        soft: SOFT.iter().map(|(said, level, who)| ((*said).to_owned(), *level, *who)).collect(),
        empty: EMPTY.to_owned(),
        size,
        total,
    };
    let shards = entries.chunks(size).map(<[Entry]>::to_vec).collect();
    let mut laws = laws;
    laws.retain(|law| !law.number.is_empty() || !law.title.is_empty());
    Index { base, shards, numbers: Numbers { codes, laws } }
}

fn words_of(entry: &Entry, fields: &[String], agencies: &[String]) -> BTreeSet<String> {
    let names = [&entry.title, &entry.plain, &entry.terms, &entry.body];
    let agencies = entry.agencies.iter().filter_map(|place| agencies.get(*place));
    let texts = names.into_iter().chain(fields.get(entry.field)).chain(agencies);
    texts.flat_map(|text| words(text)).map(|word| word.fold).collect()
}

/// Never, once, a few times, often.
fn often(n: usize) -> char {
    match n {
        0 => '0',
        1 => '1',
        2..=7 => '2',
        _ => '3',
    }
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
pub fn body(results: &[&str], names: &[&str]) -> String {
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
