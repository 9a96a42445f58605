//! How well an entry answers a query: the words it has, those that stand together, and how much of its
//! name was asked for. Whole numbers only, so that the page's script counts the same.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::words;
use super::index::Entry;
use super::query::{Asked, EXACT, Lexicon, Query};

/// An entry, its texts as words.
#[derive(Clone, Debug)]
pub(super) struct Read {
    /// The names under which it is known, with what their words weigh together.
    names: Vec<(Vec<Token>, u32)>,
    /// Folded words that stand anywhere else.
    others: BTreeSet<String>,
}

#[derive(Clone, Debug)]
struct Token {
    exact: String,
    fold: String,
    weight: u32,
}

/// What a word gives that stands outside of names, of twelve.
const ELSEWHERE: u32 = 4;
/// Below it nothing was found, of a thousand.
pub(super) const LEAST: u32 = 300;

impl Read {
    pub(super) fn new(entry: &Entry, fields: &[String], agencies: &[String], lexicon: &Lexicon) -> Self {
        let name = |text: &str| {
            let tokens: Vec<Token> = words(text)
                .into_iter()
                .map(|word| Token { weight: lexicon.weight(&word.fold), exact: word.exact, fold: word.fold })
                .collect();
            let total = tokens.iter().map(|token| token.weight).sum();
            (tokens, total)
        };
        let texts = [entry.plain.as_str(), entry.title.as_str()].into_iter().chain(entry.terms.split('|'));
        let names: Vec<_> = texts.map(name).filter(|(tokens, _)| !tokens.is_empty()).collect();
        let mut others: BTreeSet<String> =
            names.iter().flat_map(|(tokens, _)| tokens).map(|token| token.fold.clone()).collect();
        let agencies = entry.agencies.iter().filter_map(|place| agencies.get(*place));
        let texts = fields.get(entry.field).into_iter().chain(agencies).chain([&entry.body]);
        others.extend(texts.flat_map(|text| words(text)).map(|word| word.fold));
        Self { names, others }
    }

    /// Of a thousand, and a little more where level or audience fit.
    pub(super) fn score(&self, entry: &Entry, query: &Query) -> u32 {
        let readings = query.readings.iter().map(|reading| self.score_reading(reading));
        let score = readings.max().unwrap_or_default();
        if score < LEAST {
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
        (tokens, total): &(Vec<Token>, u32),
        reading: &[Asked],
        places: &BTreeMap<&str, usize>,
    ) -> u32 {
        let mut best = vec![0; reading.len()];
        let mut beside = vec![0; reading.len()];
        let mut hit = 0;
        let mut last: Option<(usize, u32)> = None;
        for token in tokens {
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
            sum += asked.weight * fit * 4;
            most += asked.weight * EXACT * 4;
            if 0 < at {
                let both = asked.weight + reading[at - 1].weight;
                sum += both * beside[at];
                most += both * EXACT;
            }
        }
        if most == 0 || *total == 0 {
            return 0;
        }
        let answered = sum * 1000 / most;
        let covered = hit * 200 / (*total * EXACT);
        answered * (800 + covered.min(200)) / 1000
    }

    fn has_elsewhere(&self, asked: &Asked) -> bool {
        self.others.contains(&asked.word.fold) || asked.like.iter().any(|like| self.others.contains(like))
    }
}
