//! The words of the pages: one sorted map a language, read from the theme's `strings/*.yaml`.
//! A key that an overlay leaves out keeps the default theme's words.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::language::Language;

/// The words of a site in its language.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) language: Language,
    pub(super) texts: BTreeMap<String, String>,
}

impl Words {
    /// Lays the words of an overlay over those of the default theme.
    pub(super) fn read(
        language: Language,
        default: &[u8],
        overlay: Option<&[u8]>,
    ) -> (Self, Option<String>) {
        let read = serde_yaml::from_slice::<BTreeMap<String, String>>;
        let mut texts = read(default).expect("the default words are read by a test");
        let mut wrong = None;
        match overlay.map(read) {
            Some(Ok(more)) => texts.extend(more),
            Some(Err(error)) => wrong = Some(error.to_string()),
            None => {}
        }
        (Self { language, texts }, wrong)
    }

    /// The words of a key. A key that nobody wrote shows itself: `tests/theme.rs` finds it first.
    pub(super) fn say<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// The words of a key with values in their places.
    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        split(self.say(key), |part| match part {
            Part::Words(words) => filled.push_str(words),
            Part::Place(name) => {
                let value = values.iter().find(|(place, _)| *place == name);
                filled.push_str(value.map_or(name, |(_, value)| value));
            }
        });
        filled
    }

    /// The same with values that are pieces themselves, such as links.
    pub(super) fn pieces(&self, key: &str, values: &[(&str, &[Piece])]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        split(self.say(key), |part| match part {
            Part::Words("") => {}
            Part::Words(words) => pieces.push(Piece::text(words)),
            Part::Place(name) => {
                if let Some((_, value)) = values.iter().find(|(place, _)| *place == name) {
                    pieces.extend_from_slice(value);
                }
            }
        });
        pieces
    }
}

/// A piece of a sentence: words, a number in the face of the law, a day, a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) number: Option<String>,
    pub(super) day: Option<String>,
    pub(super) href: Option<String>,
}

impl Piece {
    pub(super) fn text(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

enum Part<'a> {
    Words(&'a str),
    Place(&'a str),
}

/// Cuts `words {place} words` at its places.
fn split<'a>(text: &'a str, mut take: impl FnMut(Part<'a>)) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((place, next)) = after.split_once('}') else { break };
        take(Part::Words(before));
        take(Part::Place(place));
        rest = next;
    }
    take(Part::Words(rest));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_open_no_places() {
        let (words, wrong) = Words::read(
            Language::English,
            b"a: 'x {one} y {two}'\nb: b",
            Some(b"b: c\nnew: d".as_slice()),
        );
        assert_eq!(wrong, None);
        assert_eq!(words.fill("a", &[("one", "{two}"), ("two", "2")]), "x {two} y 2");
        assert_eq!((words.say("b"), words.say("new"), words.say("none")), ("c", "d", "none"));
        assert!(Words::read(Language::English, b"a: b", Some(b"- a".as_slice())).1.is_some());
    }
}
