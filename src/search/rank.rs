//! How well an entry answers a query: the words it has, those that stand together, and how much of its
//! name was asked for. Whole numbers only, so that the page's script counts the same.

use std::collections::BTreeMap;

use super::fold::{Word, words};
use super::index::Entry;
use super::query::{Asked, EXACT, KIN, Lexicon, Query, Reading};
use super::soft::TURNS;

/// An entry, its texts as words.
#[derive(Clone, Debug)]
pub(super) struct Read {
    /// The names under which it is known.
    names: Vec<Name>,
    /// Folded words that stand anywhere in it, in order.
    others: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Name {
    words: Vec<Token>,
    /// What its words weigh together.
    total: u32,
    /// Words near its beginning that make of it another matter, folded.
    turns: Vec<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    exact: u32,
    fold: usize,
    weight: u32,
}

/// What a word gives that stands outside of names, of twelve.
const ELSEWHERE: u32 = 4;

/// How far from its beginning a word turns a name into another matter.
const NEAR: usize = 6;

/// A name of more words than these has many by chance.
const MANY: usize = 12;

/// An entry that has less of what all words of a query weigh, of a hundred, has nothing to do with it.
const ENOUGH: u32 = 38;

/// Below it nothing was found, of a thousand: less where much was said.
fn least(query: &Query) -> u32 {
    let said = query.readings.iter().flat_map(|reading| &reading.asked);
    let said = said.filter(|asked| 2 < asked.weight).count() / query.readings.len().max(1);
    (1700 / u32::try_from(said).unwrap_or(99).max(1)).clamp(200, 400)
}

/// Makes words of entries.
pub(super) struct Maker<'a> {
    lexicon: &'a Lexicon,
    exacts: BTreeMap<String, u32>,
    turns: Vec<String>,
    empty: Vec<Word>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(lexicon: &'a Lexicon) -> Self {
        let turns = TURNS.iter().flat_map(|turn| words(turn)).map(|word| word.exact).collect();
        Self { lexicon, exacts: BTreeMap::new(), turns, empty: words("thủ tục") }
    }

    /// The words that were met, by their numbers.
    pub(super) fn exacts(self) -> BTreeMap<String, u32> {
        self.exacts
    }

    pub(super) fn read(&mut self, entry: &Entry, fields: &[String], agencies: &[String]) -> Read {
        let texts = [entry.plain.as_str(), entry.title.as_str()].into_iter();
        let texts = texts.chain(entry.terms.split('|'));
        let names: Vec<Name> =
            texts.map(|text| self.name(text)).filter(|name| !name.words.is_empty()).collect();
        let agencies = entry.agencies.iter().filter_map(|place| agencies.get(*place));
        let texts = fields.get(entry.field).into_iter().chain(agencies).chain([&entry.body]);
        let others =
            texts.flat_map(|text| words(text)).filter_map(|word| self.lexicon.fold(&word.fold));
        let all = names.iter().flat_map(|name| &name.words).map(|token| token.fold);
        let mut others: Vec<usize> = all.chain(others).collect();
        others.sort_unstable();
        others.dedup();
        Read { names, others }
    }

    fn name(&mut self, text: &str) -> Name {
        let mut all = words(text);
        // Of the names of a quarter of all procedures these are the first words, and say nothing.
        if self.empty.len() < all.len() && all.starts_with(&self.empty) {
            all.drain(..self.empty.len());
        }
        let near = all.iter().take(NEAR).filter(|word| self.turns.contains(&word.exact));
        let turns = near.filter_map(|word| self.lexicon.fold(&word.fold)).collect();
        let mut tokens = Vec::new();
        for word in all {
            let Some(fold) = self.lexicon.fold(&word.fold) else { continue };
            let next = u32::try_from(self.exacts.len()).unwrap_or(u32::MAX);
            let exact = *self.exacts.entry(word.exact).or_insert(next);
            tokens.push(Token { exact, fold, weight: self.lexicon.weights[fold] });
        }
        let total = tokens.iter().map(|token| token.weight).sum();
        Name { words: tokens, total, turns }
    }
}

impl Read {
    /// Of a thousand, and a little more where level or audience fit.
    pub(super) fn score(&self, entry: &Entry, query: &Query) -> u32 {
        let readings = query.readings.iter().map(|reading| self.score_reading(reading));
        let score = readings.max().unwrap_or_default();
        if score < least(query) {
            return 0;
        }
        let fits = u32::from(entry.levels & query.levels != 0)
            + u32::from(entry.audience & query.audience != 0);
        score + fits * 30
    }

    fn score_reading(&self, reading: &Reading) -> u32 {
        let scores = self.names.iter().map(|name| self.score_name(name, reading));
        scores.max().unwrap_or_default() * reading.trust / 100
    }

    fn score_name(
        &self,
        name: &Name,
        Reading { asked: reading, places, twins, full, .. }: &Reading,
    ) -> u32 {
        let mut best = vec![0; reading.len()];
        let mut beside = vec![0; reading.len()];
        let mut hit = 0;
        let mut last: Option<(usize, u32)> = None;
        for token in &name.words {
            let Some(at) = usize::from(places[token.fold]).checked_sub(1) else {
                last = None;
                continue;
            };
            let twin = twins.iter().find(|(exact, _)| *exact == token.exact);
            let at = twin.map_or(at, |(_, at)| *at);
            let asked = &reading[at];
            let fit = if asked.exact == Some(token.exact) {
                EXACT
            } else if asked.kin.contains(&token.exact) {
                KIN.max(asked.loose)
            } else {
                asked.loose
            };
            best[at] = fit.max(best[at]);
            hit += token.weight.min(asked.weight) * fit;
            if let Some((before, worse)) = last
                && before + 1 == at
            {
                beside[at] = fit.min(worse).max(beside[at]);
            }
            last = Some((at, fit));
        }
        let mut sum = 0;
        let mut most = 0;
        let mut got = 0;
        for (at, asked) in reading.iter().enumerate() {
            let is_lone = beside[at] == 0 && beside.get(at + 1).is_none_or(|next| *next == 0);
            let fit = match best[at] {
                0 if self.has_elsewhere(asked) => ELSEWHERE,
                // Two syllables are mostly one word, and many words have something of everything.
                fit if is_lone && reading.len() == 2 => fit / 2,
                fit if is_lone && MANY < name.words.len() => fit * 3 / 4,
                fit => fit,
            };
            let weight = if fit == 0 { asked.missed } else { asked.weight };
            got += if fit == 0 { 0 } else { asked.weight * fit };
            sum += weight * fit * 4;
            most += weight * EXACT * 4;
            if 0 < at {
                let both = weight + reading[at - 1].weight;
                sum += both * beside[at];
                most += both * EXACT;
            }
        }
        if most == 0 || name.total == 0 || got * 100 < full * EXACT * ENOUGH {
            return 0;
        }
        let answered = sum * 1000 / most;
        let covered = (hit * 200 / (name.total * EXACT)).min(200);
        let score = answered * (800 + covered) / 1000;
        let is_other = name.turns.iter().any(|turn| places[*turn] == 0);
        if is_other { score * 94 / 100 } else { score }
    }

    fn has_elsewhere(&self, asked: &Asked) -> bool {
        asked.folds.iter().any(|fold| self.others.binary_search(fold).is_ok())
    }
}
