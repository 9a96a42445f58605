//! A query as it can be read: its words, and what the words that people say stand for.

use std::collections::BTreeMap;

use super::cues::{Cues, Said, Told};
use super::fold::{self, Word};
use super::typed::{self, Typed};

/// A word of a query.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// As it was read.
    pub(super) word: Word,
    /// The folded words that it stands for, by their places in the lexicon; nothing where nobody knows it.
    pub(super) folds: Vec<usize>,
    /// The same word as names have it.
    pub(super) exact: Option<u32>,
    /// Words that differ from it by a tone that people leave out or mistake, as names have them.
    pub(super) kin: Vec<u32>,
    /// Whether it is nearly what was typed.
    is_like: bool,
    /// Whether it stands for what was said.
    pub(super) is_meant: bool,
    /// What it weighs.
    pub(super) weight: u32,
    /// What it weighs where it is not found.
    pub(super) missed: u32,
    /// How well a word fits that has the same letters and other marks, of twelve.
    pub(super) loose: u32,
}

/// A way to read a query.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    pub(super) asked: Vec<Asked>,
    /// For each word of the lexicon its place in what is asked, from one; nought where it is not asked.
    pub(super) places: Vec<u8>,
    /// Words with the letters of one before them and other marks ("lại", "lái"), and their places.
    pub(super) twins: Vec<(u32, usize)>,
    /// What all words weigh, found or not.
    pub(super) full: u32,
    /// How far it is believed, of a hundred.
    pub(super) trust: u32,
}

/// A query, understood.
#[derive(Clone, Debug, Default)]
pub(super) struct Query {
    /// Ways to read it: what it may be about, then the one with the longest everyday words first.
    pub(super) readings: Vec<Reading>,
    /// Bits of the levels that were said.
    pub(super) levels: u32,
    /// Bits of the audiences that were said.
    pub(super) audience: u32,
}

/// What the words of a catalogue mean and weigh.
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    pub(super) known: Vec<String>,
    pub(super) weights: Vec<u32>,
    /// The greatest weight, which words have that nobody knows.
    pub(super) most: u32,
    /// What is said and what it means, by the first folded word of what is said.
    pub(super) said: BTreeMap<String, Vec<Said>>,
    /// The words of all that is said.
    pub(super) cues: Cues,
    /// What tells a level or an audience.
    pub(super) soft: Vec<(Vec<Word>, u32, u32)>,
    /// The words of names, with their marks.
    pub(super) exacts: BTreeMap<String, u32>,
    /// What says nothing.
    pub(super) empty: Vec<Vec<Word>>,
}

/// How well a word fits, of twelve.
pub(super) const EXACT: u32 = 12;
/// A word with a tone that was left out or mistaken.
pub(super) const KIN: u32 = 9;
/// In a query without any marks.
const UNMARKED: u32 = 11;
/// A bare word in a query with marks.
const BARE: u32 = 8;
/// A word with other marks.
const OTHER: u32 = 4;
/// A word that is nearly the one that was typed.
const LIKE: u32 = 6;

/// What a word weighs that says nothing.
pub(super) const EMPTY: u32 = 2;

/// So many words may all be asked for.
const FEW: u32 = 4;

/// Who says more than so many words tells a story, of which an entry has a part.
const MUCH: u32 = 8;

/// Words that are read, and ways to read them: nobody types more.
const WORDS: usize = 24;
const READINGS: usize = 64;

impl Lexicon {
    pub(super) fn weight(&self, fold: &str) -> u32 {
        match self.known.binary_search_by(|word| word.as_str().cmp(fold)) {
            Ok(at) => self.weights[at],
            // Letters that nobody can say are short for something that nobody knows here.
            Err(_) if !fold.contains(['a', 'e', 'i', 'o', 'u', 'y']) => self.most / 4,
            Err(_) => self.most * 3 / 4,
        }
    }

    pub(super) fn fold(&self, fold: &str) -> Option<usize> {
        self.known.binary_search_by(|word| word.as_str().cmp(fold)).ok()
    }

    pub(super) fn read(&self, text: &str) -> Query {
        let mut words = fold::words(text);
        words.truncate(WORDS);
        let typed = typed::read(words, &self.known);
        let is_marked = typed.iter().any(|typed| !typed.word.is_bare());
        let mut query = Query::default();
        let mut soft = vec![false; typed.len()];
        for (words, levels, audience) in &self.soft {
            for at in 0..typed.len() {
                if says(&typed[at..], words, is_marked) {
                    query.levels |= levels;
                    query.audience |= audience;
                    soft[at..at + words.len()].fill(true);
                }
            }
        }
        let mut empty = vec![false; typed.len()];
        for words in &self.empty {
            for at in 0..typed.len() {
                let is_it = words.len() <= typed.len() - at
                    && words
                        .iter()
                        .zip(&typed[at..])
                        .all(|(word, typed)| word.exact == typed.word.exact);
                if is_it {
                    empty[at..at + words.len()].fill(true);
                }
            }
        }
        let mut reader = Reader {
            lexicon: self,
            typed: &typed,
            soft: &soft,
            empty: &empty,
            is_marked,
            found: Vec::new(),
        };
        for told in self.cues.told(&typed, &empty, is_marked) {
            query.readings.push(self.reading(reader.told(&told), told.trust));
        }
        reader.go(0, 0, Vec::new());
        query.readings.extend(reader.found.into_iter().map(|asked| self.reading(asked, 100)));
        query
    }
}

impl Lexicon {
    /// A word of what is meant, of which a part counts.
    fn meant(&self, word: &Word, part: u32) -> Asked {
        let weight = self.weight(&word.fold).div_ceil(part);
        Asked {
            folds: self.fold(&word.fold).into_iter().collect(),
            exact: self.exacts.get(&word.exact).copied(),
            kin: Vec::new(),
            word: word.clone(),
            is_like: false,
            is_meant: true,
            weight,
            missed: weight,
            loose: OTHER,
        }
    }

    fn reading(&self, mut asked: Vec<Asked>, trust: u32) -> Reading {
        let is_typed = |asked: &&Asked| EMPTY < asked.weight && !asked.is_meant;
        let typed = asked.iter().filter(is_typed).count();
        let is_meant = asked.iter().any(|asked| asked.is_meant);
        let typed = u32::try_from(typed).unwrap_or(u32::MAX).max(FEW);
        let mut full = 0;
        for asked in &mut asked {
            // Who says a known thing has said enough; who tells much is not answered in every word.
            let share = if is_meant && !asked.is_meant { 2 } else { 1 };
            full += if asked.is_meant {
                asked.missed
            } else {
                asked.missed * MUCH.min(typed) / typed / share
            };
            if !asked.is_meant {
                asked.missed = (asked.missed * FEW / typed / share).max(1);
            }
        }
        let mut places = vec![0; self.known.len()];
        let mut twins = Vec::new();
        for (at, asked) in (1..=u8::MAX).zip(&asked) {
            for fold in &asked.folds {
                if places[*fold] == 0 {
                    places[*fold] = at;
                } else {
                    twins.extend(asked.exact.map(|exact| (exact, usize::from(at) - 1)));
                }
            }
        }
        Reading { asked, places, twins, full, trust }
    }
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    typed: &'a [Typed],
    soft: &'a [bool],
    empty: &'a [bool],
    is_marked: bool,
    found: Vec<Vec<Asked>>,
}

impl Reader<'_> {
    /// Reads on from a place: what is said there, the longest alone, and the word itself. What is said within
    /// something longer is no part of it: who says “tạm nghỉ bán hàng” does not say “nghỉ bán hàng”.
    fn go(&mut self, at: usize, within: usize, read: Vec<Asked>) {
        if READINGS <= self.found.len() {
            return;
        }
        let Some(typed) = self.typed.get(at) else {
            self.found.push(read);
            return;
        };
        let lexicon = self.lexicon;
        let said = lexicon.said.get(&typed.word.fold).map_or(&[][..], Vec::as_slice);
        let fits = said.iter().filter_map(|(say, means)| Some((self.end(at, say)?, say, means)));
        let fits: Vec<_> = fits.filter(|(end, ..)| within < *end).collect();
        let longest = fits.iter().map(|(_, say, _)| say.len()).max().unwrap_or_default();
        let furthest = fits.iter().map(|(end, ..)| *end).max().unwrap_or_default();
        for (end, _, means) in fits.into_iter().filter(|(_, say, _)| say.len() == longest) {
            let mut read = read.clone();
            // What tells no more than a level or an audience does not ask for their names.
            let is_soft = self.soft[at..end].iter().all(|is_soft| *is_soft);
            for word in means {
                add(&mut read, lexicon.meant(word, if is_soft { 4 } else { 1 }));
            }
            self.go(end, end, read);
        }
        let mut read = read;
        add(&mut read, self.said(at));
        self.go(at + 1, within.max(furthest), read);
    }

    /// What a story is about, with those of its words that do not speak of it.
    fn told(&self, told: &Told) -> Vec<Asked> {
        let mut read = Vec::new();
        for word in &self.lexicon.cues.means[told.means] {
            add(&mut read, self.lexicon.meant(word, 1));
        }
        for at in (0..self.typed.len()).filter(|at| !told.explained.contains(at)) {
            add(&mut read, self.said(at));
        }
        read
    }

    /// A word as it was typed.
    fn said(&self, at: usize) -> Asked {
        let (lexicon, typed) = (self.lexicon, &self.typed[at]);
        let weight = typed.like.iter().map(|like| lexicon.weight(like)).max();
        let weight = weight.unwrap_or_else(|| lexicon.weight(&typed.word.fold));
        let weight = if self.empty[at] { EMPTY } else { weight };
        Asked {
            folds: typed
                .like
                .iter()
                .chain([&typed.word.fold])
                .filter_map(|fold| lexicon.fold(fold))
                .collect(),
            exact: lexicon.exacts.get(&typed.word.exact).copied(),
            kin: fold::kin(&typed.word)
                .filter_map(|kin| lexicon.exacts.get(&kin).copied())
                .collect(),
            word: typed.word.clone(),
            is_like: !typed.like.is_empty(),
            is_meant: false,
            weight,
            missed: if self.soft[at] { weight.div_ceil(4) } else { weight },
            loose: match (self.is_marked, typed.word.is_bare()) {
                _ if !typed.like.is_empty() => LIKE,
                (false, _) => UNMARKED,
                (true, true) => BARE,
                (true, false) => OTHER,
            },
        }
    }
}

impl Reader<'_> {
    /// Where something ends that is said from a place on; what says nothing may stand in between.
    fn end(&self, from: usize, say: &[Word]) -> Option<usize> {
        let mut at = from;
        for word in say {
            while !is_said(self.typed.get(at)?, word, self.is_marked) {
                if at == from || !self.empty[at] {
                    return None;
                }
                at += 1;
            }
            at += 1;
        }
        Some(at)
    }
}

/// A word that was said is not said again; with its marks it says more than without.
fn add(read: &mut Vec<Asked>, asked: Asked) {
    let same = |before: &&mut Asked| {
        let is_free = before.word.is_bare() || asked.word.is_bare();
        before.word.exact == asked.word.exact || (is_free && before.word.fold == asked.word.fold)
    };
    match read.iter_mut().find(same) {
        None => read.push(asked),
        Some(before) if before.word.is_bare() && !before.is_like => {
            before.word = asked.word;
            before.exact = asked.exact;
            before.kin = asked.kin;
            before.loose = before.loose.min(asked.loose);
        }
        Some(_) => {}
    }
}

/// Whether typed words begin with these.
fn says(typed: &[Typed], words: &[Word], is_marked: bool) -> bool {
    words.len() <= typed.len()
        && words.iter().zip(typed).all(|(word, typed)| is_said(typed, word, is_marked))
}

/// Whether a typed word is this one: its marks count where any were typed.
fn is_said(typed: &Typed, word: &Word, is_marked: bool) -> bool {
    let is_free = !is_marked || typed.word.is_bare();
    typed.word.exact == word.exact || (is_free && typed.word.fold == word.fold)
}
