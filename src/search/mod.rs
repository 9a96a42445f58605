//! Search: what a person types to what is published. An index is plain data, made here and given to the
//! page's script, which folds, reads and ranks by the same rules; `tests/search/` holds both together.
//!
//! A code or the number of a document is looked up before words are. Words are found without their
//! marks and ranked with them; any of them may be missing. Everyday words and abbreviations of the
//! catalogue stand for what they mean. What is not known is read as telex, VNI, words without spaces,
//! an unfinished or a mistyped word. Knows neither files nor pages.

mod candidates;
mod cues;
mod ends;
mod fold;
mod index;
mod number;
mod query;
mod rank;
mod soft;
mod typed;

use std::collections::{BTreeMap, BTreeSet};

pub use ends::{Ends, Part};
pub use fold::key;
pub use index::{
    Base, Columns, Ended, Entry, Index, Law, Numbers, Placed, SHARD, Source, body, index, index_by,
    online,
};
pub use number::names;

use cues::Cues;
use ends::ROUTED;
use fold::words;
use index::is_so;
use query::{Lexicon, Query};
use rank::{Maker, Read};

/// Only such entries; nothing where nothing is wanted in particular.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// A place in the list of fields.
    pub field: Option<usize>,
    /// Bits of levels.
    pub levels: u32,
    /// Bits of audiences.
    pub audience: u32,
    /// Bits of online levels, by the number of the level.
    pub online: u32,
}

impl Filter {
    fn takes(&self, entry: &Entry) -> bool {
        self.field.is_none_or(|field| entry.field == field)
            && (self.levels == 0 || entry.levels & self.levels != 0)
            && (self.audience == 0 || entry.audience & self.audience != 0)
            && (self.online == 0 || self.online >> entry.online & 1 != 0)
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Documents that a number or the name of a law leads to, by their places.
    pub laws: Vec<usize>,
    /// Entries, by their places, with what they scored of about a thousand.
    pub entries: Vec<(usize, u32)>,
}

/// An index that is ready to be asked.
#[derive(Clone, Debug)]
pub struct Engine {
    index: Index,
    lexicon: Lexicon,
    read: Vec<Vec<Read>>,
}

/// In how many shards these stand at most.
const ROUTED_SHARDS: usize = 3;
/// A result with less than this part of the best score, of a hundred, is left away.
const WORTH: u32 = 45;

impl Engine {
    /// Reads an index.
    #[must_use]
    pub fn new(index: Index) -> Self {
        let base = &index.base;
        let known: Vec<String> = base.words.split(' ').map(str::to_owned).collect();
        let most = base.weights.iter().copied().max().unwrap_or(1);
        let mut sayings = Vec::new();
        for (say, means) in &base.synonyms {
            let means = words(means);
            let say = say.split('|').map(words).filter(|say| !say.is_empty());
            sayings.extend(say.map(|say| (say, means.clone())));
        }
        let mut soft = Vec::new();
        for (says, levels, audience) in &base.soft {
            soft.extend(says.split('|').map(|say| (words(say), *levels, *audience)));
        }
        let empty: Vec<_> = base.empty.split('|').map(words).collect();
        let cues = Cues::new(sayings.iter(), &empty);
        let mut said: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for saying in sayings {
            said.entry(saying.0[0].fold.clone()).or_default().push(saying);
        }
        let exacts = BTreeMap::new();
        let weights = base.weights.clone();
        let mut lexicon = Lexicon { known, weights, most, said, cues, soft, exacts, empty };
        let mut maker = Maker::new(&lexicon);
        let mut read = Vec::new();
        for shard in &index.shards {
            let entries = shard.iter().map(|entry| maker.read(entry, &base.fields, &base.agencies));
            read.push(entries.collect());
        }
        lexicon.exacts = maker.exacts();
        Self { index, lexicon, read }
    }

    /// The index.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// An entry by its place.
    #[must_use]
    pub fn entry(&self, place: usize) -> &Entry {
        let size = self.index.base.size;
        &self.index.shards[place / size][place % size]
    }

    /// What a query finds on a day.
    #[must_use]
    pub fn find(&self, text: &str, filter: Filter, day: &str) -> Found {
        let routed = number::route(text, &self.index.numbers);
        let mut found = Found::default();
        let laws = routed.laws.into_iter().filter(|(place, _)| {
            let law = &self.index.numbers.laws[*place];
            is_so(&law.from, &law.until, day)
        });
        let laws: Vec<(usize, u32)> = laws.collect();
        found.laws = laws.iter().map(|(place, _)| *place).collect();
        let mut scores = routed.entries;
        if scores.is_empty() {
            for (law, score) in &laws {
                let law = &self.index.numbers.laws[*law];
                for (rank, entry) in (0_u32..).zip(&law.entries) {
                    scores.push((*entry, score.saturating_sub(rank)));
                }
            }
        }
        let mut scores = once(scores);
        scores.truncate(ROUTED);
        let mut shards = BTreeSet::new();
        scores.retain(|(place, _)| {
            let shard = place / self.index.base.size;
            shards.contains(&shard) || (shards.len() < ROUTED_SHARDS && shards.insert(shard))
        });
        if !routed.is_number {
            scores.extend(self.find_words(&self.lexicon.read(text), filter.field));
        }
        let mut scores = once(scores);
        scores.retain(|(place, _)| {
            let entry = self.entry(*place);
            entry.is_so(day) && filter.takes(entry)
        });
        let best = scores.first().map_or(0, |(_, score)| *score);
        scores.retain(|(_, score)| best * WORTH <= score * 100);
        found.entries = scores;
        found
    }

    fn find_words(&self, query: &Query, field: Option<usize>) -> Vec<(usize, u32)> {
        let mut scores = Vec::new();
        for shard in candidates::shards(&self.index, query, field) {
            let entries = self.index.shards[shard].iter().zip(&self.read[shard]);
            for (at, (entry, read)) in entries.enumerate() {
                let score = read.score(entry, query);
                if 0 < score {
                    scores.push((shard * self.index.base.size + at, score));
                }
            }
        }
        scores
    }
}

/// The best score of each entry, by score and place.
fn once(mut scores: Vec<(usize, u32)>) -> Vec<(usize, u32)> {
    scores.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.cmp(&one.1)));
    scores.dedup_by_key(|(place, _)| *place);
    scores.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    scores
}
