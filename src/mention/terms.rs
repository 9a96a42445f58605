//! Dead terms in a text: names of tiers, bodies and papers that were abolished (`terms.yaml`).
//!
//! Whole words in any letter case, the longest term first; tones are never folded away. What
//! legitimately holds such words hides them: the title of a document of the register, the number of a
//! document (`02/2021/TT-BLĐTBXH`), the exceptions that the editor names.

use std::ops::Range;

use super::canon::Canon;
use super::trie::Trie;
use crate::model::Catalogue;

/// The dead terms of a catalogue.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    trie: Trie<Phrase>,
}

#[derive(Clone, Copy, Debug)]
enum Phrase {
    /// The place of the term in the list of `terms.yaml`.
    Dead(usize),
    /// Words that hide what they hold.
    Hides,
}

impl Terms {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let mut trie = Trie::new();
        for (place, term) in catalogue.terms.dead.iter().enumerate() {
            for phrase in std::iter::once(&term.term).chain(&term.also) {
                trie.enter(phrase, Phrase::Dead(place));
            }
        }
        let mut terms = Self { trie };
        // Only titles that hold a term can hide one.
        let titles = catalogue.documents.iter().map(|document| &document.title);
        let hiding: Vec<&String> = titles.filter(|title| terms.is_in(title)).collect();
        let exceptions = catalogue.terms.dead.iter().flat_map(|term| &term.except);
        for phrase in hiding.into_iter().chain(exceptions) {
            terms.trie.enter(phrase, Phrase::Hides);
        }
        terms
    }

    fn is_in(&self, text: &str) -> bool {
        let canon = Canon::new(text);
        !self.find(&canon.text, &canon.words(), &[]).is_empty()
    }

    /// All dead terms of a text, in order: where, and which. `taken` are the citations, in order.
    pub(super) fn find(
        &self,
        text: &str,
        words: &[Range<usize>],
        taken: &[Range<usize>],
    ) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        let mut taken = taken.iter().peekable();
        let mut place = 0;
        while place < words.len() {
            let start = words[place].start;
            while taken.next_if(|range| range.end <= start).is_some() {}
            let Some((n_words, phrase)) = self.trie.longest(text, &words[place..]) else {
                place += 1;
                continue;
            };
            let range = start..words[place + n_words - 1].end;
            let is_cited = taken.peek().is_some_and(|cited| cited.start < range.end);
            if is_cited || n_words == 1 && is_in_code(text, &range) {
                place += 1;
                continue;
            }
            if let Phrase::Dead(term) = phrase {
                found.push((range, *term));
            }
            place += n_words;
        }
        found
    }
}

/// Whether a word is a part of a code: "01-BLĐTBXH", "01/BLĐTBXH". A slash parts words of prose too:
/// "CMND/CCCD".
fn is_in_code(text: &str, range: &Range<usize>) -> bool {
    let is_tied = |tie: Option<char>, beyond: Option<char>| match tie {
        Some('-' | '_') => beyond.is_some_and(char::is_alphanumeric),
        Some('/' | '.') => beyond.is_some_and(char::is_numeric),
        _ => false,
    };
    let mut back = text[..range.start].chars().rev();
    let mut ahead = text[range.end..].chars();
    let is_short = !text[range.clone()].contains(char::is_lowercase);
    is_short && (is_tied(back.next(), back.next()) || is_tied(ahead.next(), ahead.next()))
}
