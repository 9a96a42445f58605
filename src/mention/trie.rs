//! Phrases of several words, found in one walk over a text: the longest that begins at a word.
//! A walk ends with the longest phrase, so the whole is linear in the text.

use std::collections::HashMap;
use std::ops::Range;

use super::canon::{Canon, small};

/// Phrases, each with what it stands for.
#[derive(Clone, Debug)]
pub(super) struct Trie<P> {
    /// The words of all phrases; looked up, never walked.
    ids: HashMap<String, u32>,
    /// From a node by a word to the next node; looked up, never walked.
    steps: HashMap<(u32, u32), u32>,
    nodes: Vec<Node<P>>,
    /// For the length of a word, which first bytes the first word of a phrase may have: nearly every
    /// word of a text is refused without being looked up.
    openings: Vec<[bool; 256]>,
}

/// Longer words are all of one length.
const MOST_BYTES: usize = 24;

#[derive(Clone, Debug)]
struct Node<P> {
    /// What may stand before the word that leads here.
    gap: Gap,
    /// What ends here.
    end: Option<P>,
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    /// Blanks alone.
    Blank,
    /// A dash or a comma, which people also leave out or take for each other.
    Light,
    /// Anything else, such as a bracket.
    Heavy,
}

impl<P> Trie<P> {
    pub(super) fn new() -> Self {
        let root = Node { gap: Gap::Heavy, end: None };
        let openings = vec![[false; 256]; MOST_BYTES + 1];
        Self { ids: HashMap::new(), steps: HashMap::new(), nodes: vec![root], openings }
    }

    /// Enters a phrase. Of two things that one phrase may mean, the first is kept.
    pub(super) fn enter(&mut self, phrase: &str, end: P) {
        let canon = Canon::new(phrase);
        let mut node = 0;
        let mut from = None;
        for word in canon.words() {
            let gap = from.map_or(Gap::Blank, |from| gap(&canon.text[from..word.start]));
            from = Some(word.end);
            if node == 0 {
                self.open(&canon.text[word.clone()]);
            }
            let fresh = number(self.ids.len());
            let id = *self.ids.entry(small(&canon.text[word])).or_insert(fresh);
            let fresh = number(self.nodes.len());
            let next = *self.steps.entry((node, id)).or_insert(fresh);
            if next == fresh {
                self.nodes.push(Node { gap, end: None });
            } else {
                let known = &mut self.nodes[next as usize].gap;
                *known = gap.max(*known);
            }
            node = next;
        }
        if node != 0 {
            self.nodes[node as usize].end.get_or_insert(end);
        }
    }

    /// Lets the first word of a phrase begin one, in each letter case and either school of tones.
    fn open(&mut self, word: &str) {
        let is_toned = small(word).starts_with(['o', 'u']);
        let openings = &mut self.openings[word.len().min(MOST_BYTES)];
        let first = word.bytes().next().unwrap_or_default();
        openings[first.to_ascii_lowercase() as usize] = true;
        openings[first.to_ascii_uppercase() as usize] = true;
        if is_toned {
            openings[0x80..].fill(true);
            for letter in b"OoUu" {
                openings[*letter as usize] = true;
            }
        }
    }

    /// The longest phrase that begins with the first of these words, and how many words it has.
    pub(super) fn longest(&self, text: &str, words: &[Range<usize>]) -> Option<(usize, &P)> {
        let first = words.first()?;
        let opening = text.as_bytes()[first.start] as usize;
        if !self.openings[first.len().min(MOST_BYTES)][opening] {
            return None;
        }
        let mut node = 0;
        let mut found = None;
        for (place, word) in words.iter().enumerate() {
            let Some(id) = self.ids.get(&small(&text[word.clone()])) else { break };
            let Some(next) = self.steps.get(&(node, *id)) else { break };
            let is_near = place.checked_sub(1).is_none_or(|before| {
                let between = &text[words[before].end..word.start];
                gap(between) <= self.nodes[*next as usize].gap
            });
            if !is_near {
                break;
            }
            node = *next;
            if let Some(end) = &self.nodes[node as usize].end {
                found = Some((place + 1, end));
            }
        }
        found
    }
}

fn gap(between: &str) -> Gap {
    match between.trim() {
        "" => Gap::Blank,
        "-" | "," => Gap::Light,
        _ => Gap::Heavy,
    }
}

/// No register has so many words that they cannot be counted.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
