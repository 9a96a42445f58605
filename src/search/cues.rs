//! What a story is about: nobody tells it in the words of a saying, but many of its words stand in what people
//! say of one thing. The sayings with one meaning are taken as one heap of words, and the best of them as what
//! was told.
//!
//! It asks for no order and no neighbours, so it needs several words, the most of what was told, and the most
//! of one saying. What it finds is believed less than a saying as it stands. `search.js` has the same rules.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::fold::Word;
use super::typed::Typed;

/// What is said, and what it means.
pub(super) type Said = (Vec<Word>, Vec<Word>);

/// The words of all sayings.
#[derive(Clone, Debug, Default)]
pub(super) struct Cues {
    /// What sayings mean, each once.
    pub(super) means: Vec<Vec<Word>>,
    /// Of each saying its meaning, and what its words weigh together.
    sayings: Vec<(usize, u32)>,
    /// Each word with its marks, by its letters: what it weighs, and the sayings that have it.
    words: BTreeMap<String, BTreeMap<String, (u32, Vec<usize>)>>,
    /// What a word weighs that stands in no saying.
    unknown: u32,
}

/// A meaning, the typed words that speak of it, and how far it is believed, of a hundred.
pub(super) struct Told {
    pub(super) means: usize,
    pub(super) explained: BTreeSet<usize>,
    pub(super) trust: u32,
}

/// Who tells less does it in the words of a saying.
const FEWEST: usize = 3;
/// So much of what was told, of a hundred, and of one saying has to be there.
const OF_TOLD: u32 = 45;
const OF_SAYING: u32 = 50;
/// Two words are met by chance.
const OF_LITTLE: u32 = 65;
/// A meaning with less than this part of the best is none, of a hundred, and so many are looked at.
const CLOSE: u32 = 80;
const MEANINGS: usize = 2;

impl Cues {
    /// The sayings with their meanings, in order; of their words those that say something.
    pub(super) fn new<'a>(said: impl Iterator<Item = &'a Said>, empty: &[Vec<Word>]) -> Self {
        let says_nothing =
            |word: &Word| empty.iter().any(|say| say.len() == 1 && say[0].exact == word.exact);
        let mut cues = Self::default();
        let mut of: BTreeMap<String, usize> = BTreeMap::new();
        let mut sayings: Vec<Vec<&Word>> = Vec::new();
        for (say, means) in said {
            let key: Vec<&str> = means.iter().map(|word| word.exact.as_str()).collect();
            let meaning = *of.entry(key.join(" ")).or_insert_with(|| {
                cues.means.push(means.clone());
                cues.means.len() - 1
            });
            let mut words: Vec<&Word> = Vec::new();
            for word in say.iter().filter(|word| !says_nothing(word)) {
                if words.iter().all(|known| known.exact != word.exact) {
                    words.push(word);
                }
            }
            cues.sayings.push((meaning, 0));
            sayings.push(words);
        }
        for (place, words) in sayings.iter().enumerate() {
            for word in words {
                let alike = cues.words.entry(word.fold.clone()).or_default();
                alike.entry(word.exact.clone()).or_default().1.push(place);
            }
        }
        for (weight, places) in cues.words.values_mut().flat_map(BTreeMap::values_mut) {
            let meanings: BTreeSet<usize> = places.iter().map(|at| cues.sayings[*at].0).collect();
            *weight = bits(cues.means.len() / meanings.len().max(1));
            for place in places {
                cues.sayings[*place].1 += *weight;
            }
        }
        cues.unknown = bits(cues.means.len()) / 2;
        cues
    }

    /// What typed words are about, the surest first.
    pub(super) fn told(&self, typed: &[Typed], empty: &[bool], is_marked: bool) -> Vec<Told> {
        let mut met: Vec<&Typed> = Vec::new();
        let mut all = 0;
        let mut sayings: BTreeMap<usize, u32> = BTreeMap::new();
        let mut meanings: BTreeMap<usize, (u32, BTreeSet<usize>)> = BTreeMap::new();
        for (at, it) in typed.iter().enumerate() {
            if empty[at] || met.iter().any(|before| before.word.exact == it.word.exact) {
                continue;
            }
            met.push(it);
            let is_free = !is_marked || it.word.is_bare();
            let alike = self.words.get(&it.word.fold).into_iter().flatten();
            let alike = alike.filter(|(exact, _)| is_free || **exact == it.word.exact);
            let alike: Vec<&(u32, Vec<usize>)> = alike.map(|(_, known)| known).collect();
            let weight = alike.iter().map(|(weight, _)| *weight).max().unwrap_or(self.unknown);
            all += weight;
            let places: BTreeSet<usize> = alike.iter().flat_map(|(_, at)| at).copied().collect();
            for place in &places {
                *sayings.entry(*place).or_default() += weight;
            }
            let of: BTreeSet<usize> = places.iter().map(|place| self.sayings[*place].0).collect();
            for meaning in of {
                let (got, explained) = meanings.entry(meaning).or_default();
                *got += weight;
                explained.insert(at);
            }
        }
        // Letters without marks tell half.
        if met.len() < if is_marked { FEWEST } else { FEWEST * 2 } {
            return Vec::new();
        }
        let mut best: BTreeMap<usize, u32> = BTreeMap::new();
        for (place, got) in sayings {
            let (meaning, whole) = self.sayings[place];
            let got = got.min(whole);
            if OF_SAYING * whole <= got * 100 {
                let score = got * got * 10 / whole;
                let before = best.entry(meaning).or_default();
                *before = score.max(*before);
            }
        }
        let mut told: Vec<(u32, Told)> = Vec::new();
        for (means, score) in best {
            let (got, explained) = meanings.remove(&means).unwrap_or_default();
            let least = if explained.len() < FEWEST { OF_LITTLE } else { OF_TOLD };
            if 2 <= explained.len() && least * all <= got * 100 {
                let trust = 40 + (got * 45 / all).min(45);
                told.push((score + got * 5, Told { means, explained, trust }));
            }
        }
        told.sort_by_key(|(score, told)| (Reverse(*score), told.means));
        let top = told.first().map_or(0, |(score, _)| *score);
        told.retain(|(score, _)| top * CLOSE <= score * 100);
        told.truncate(MEANINGS);
        told.into_iter().map(|(_, told)| told).collect()
    }
}

/// How many digits a number has that is written with two: it grows as slowly as what a rare word tells.
fn bits(number: usize) -> u32 {
    usize::BITS - number.leading_zeros()
}
