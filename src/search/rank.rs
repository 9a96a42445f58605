//! How well an entry answers a query: the words it has, those that stand together, and how much of its
//! name was asked for. Whole numbers only, so that the page's script counts the same.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::words;
use super::index::Entry;
use super::soft::TURNS;
use super::query::{Asked, EXACT, Lexicon, Query};

/// An entry, its texts as words.
#[derive(Clone, Debug)]
pub(super) struct Read {
    /// The names under which it is known, as its names.
    names: Vec<Name>,
    /// Folded words that stand anywhere else.
    others: BTreeSet<String>,
}

#[derive(Clone, Debug)]
struct Name {
    words: Vec<Token>,
    /// What its words weigh together.
    total: u32,
    /// Words near its beginning that make of it another matter, folded.
    turns: Vec<String>,
}

#[derive(Clone, Debug)]
struct Token {
    exact: String,
    fold: String,
    weight: u32,
}

/// What a word gives that stands outside of names, of twelve.
const ELSEWHERE: u32 = 4;
/// How far from its beginning a word turns a name into another matter.
const NEAR: usize = 6;

/// Below it nothing was found, of a thousand: less where much was said.
fn least(query: &Query) -> u32 {
    let said = query.readings.iter().flatten().filter(|asked| 2 < asked.weight).count();
    let said = said / query.readings.len().max(1);
    (1400 / u32::try_from(said).unwrap_or(99).max(1)).clamp(150, 340)
}

impl Read {
    pub(super) fn new(entry: &Entry, fields: &[String], agencies: &[String], lexicon: &Lexicon) -> Self {
        let thu = words("thủ tục");
        let turns: Vec<String> = TURNS.iter().flat_map(|turn| words(turn)).map(|word| word.exact).collect();
        let name = |text: &str| {
            let all = words(text);
            // Of the names of a quarter of all procedures these are the first words, and say nothing.
            let is_empty = all.len() > 2 && all[0].exact == thu[0].exact && all[1].exact == thu[1].exact;
            let tokens: Vec<Token> = all
                .into_iter()
                .skip(if is_empty { 2 } else { 0 })
                .map(|word| Token { weight: lexicon.weight(&word.fold), exact: word.exact, fold: word.fold })
                .collect();
            let total = tokens.iter().map(|token| token.weight).sum();
            let near = tokens.iter().take(NEAR).filter(|token| turns.contains(&token.exact));
            Name { turns: near.map(|token| token.fold.clone()).collect(), total, words: tokens }
        };
        let texts = [entry.plain.as_str(), entry.title.as_str()].into_iter().chain(entry.terms.split('|'));
        let names: Vec<_> = texts.map(name).filter(|name| !name.words.is_empty()).collect();
        let mut others: BTreeSet<String> =
            names.iter().flat_map(|name| &name.words).map(|token| token.fold.clone()).collect();
        let agencies = entry.agencies.iter().filter_map(|place| agencies.get(*place));
        let texts = fields.get(entry.field).into_iter().chain(agencies).chain([&entry.body]);
        others.extend(texts.flat_map(|text| words(text)).map(|word| word.fold));
        Self { names, others }
    }

    /// Of a thousand, and a little more where level or audience fit.
    pub(super) fn score(&self, entry: &Entry, query: &Query) -> u32 {
        let readings = query.readings.iter().map(|reading| self.score_reading(reading));
        let score = readings.max().unwrap_or_default();
        if score < least(query) {
            return 0;
        }
        let fits = u32::from(entry.levels & query.levels != 0) + u32::from(entry.audience & query.audience != 0);
        score + fits * 30
    }

    fn score_reading(&self, reading: &[Asked]) -> u32 {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, asked) in reading.iter().enumerate() {
            for fold in asked.like.iter().chain([&asked.word.fold]) {
                places.entry(fold).or_insert(at);
            }
        }
        let scores = self.names.iter().map(|name| self.score_name(name, reading, &places));
        scores.max().unwrap_or_default()
    }

    fn score_name(
        &self,
        name: &Name,
        reading: &[Asked],
        places: &BTreeMap<&str, usize>,
    ) -> u32 {
        let mut best = vec![0; reading.len()];
        let mut beside = vec![0; reading.len()];
        let mut hit = 0;
        let mut last: Option<(usize, u32)> = None;
        for token in &name.words {
            let Some(at) = places.get(token.fold.as_str()).copied() else {
                last = None;
                continue;
            };
            let asked = &reading[at];
            let fit = if asked.word.exact == token.exact { EXACT } else { asked.loose };
            best[at] = fit.max(best[at]);
            hit += token.weight * fit;
            if let Some((before, worse)) = last
                && before + 1 == at
            {
                beside[at] = fit.min(worse).max(beside[at]);
            }
            last = Some((at, fit));
        }
        let mut sum = 0;
        let mut most = 0;
        for (at, asked) in reading.iter().enumerate() {
            let fit = match best[at] {
                0 if self.has_elsewhere(asked) => ELSEWHERE,
                fit => fit,
            };
            let weight = if fit == 0 { asked.missed } else { asked.weight };
            sum += weight * fit * 4;
            most += weight * EXACT * 4;
            if 0 < at {
                let both = weight + reading[at - 1].weight;
                sum += both * beside[at];
                most += both * EXACT;
            }
        }
        if most == 0 || name.total == 0 {
            return 0;
        }
        let answered = sum * 1000 / most;
        let covered = (hit * 200 / (name.total * EXACT)).min(200);
        let score = answered * (800 + covered) / 1000;
        let is_other = name.turns.iter().any(|turn| !places.contains_key(turn.as_str()));
        if is_other { score * 94 / 100 } else { score }
    }

    fn has_elsewhere(&self, asked: &Asked) -> bool {
        self.others.contains(&asked.word.fold) || asked.like.iter().any(|like| self.others.contains(like))
    }
}
