//! Where a stretch of a text stands in its file: letter by letter beside the scalar as it was written,
//! through quotes, escapes, folds and indents. Knows of YAML only what scalars look like.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

use unicode_normalization::UnicodeNormalization;

/// How a text was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As a scalar of YAML.
    Scalar,
    /// As it is.
    Plain,
}

/// For ranges of a text, in order of their starts, the ranges of what was written. None where the two
/// do not tell the same words.
#[must_use]
pub fn locate(
    text: &str,
    written: &str,
    style: Style,
    ranges: &[Range<usize>],
) -> Option<Vec<Range<usize>>> {
    let mut wanted: Vec<usize> = ranges.iter().flat_map(|range| [range.start, range.end]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut found: Vec<(usize, usize)> = Vec::with_capacity(wanted.len());
    let mut wanted = wanted.into_iter().peekable();
    let mut source = Source::new(written, style);
    for (at, letter) in text.char_indices() {
        if letter.is_whitespace() {
            while let Some(edge) = wanted.next_if(|edge| *edge <= at) {
                found.push((edge, source.last));
            }
            continue;
        }
        // Nearly all letters stand there as they are.
        if source.pending.is_empty() {
            let (place, given) = source.letter()?;
            if given == letter {
                if wanted.next_if_eq(&at).is_some() {
                    found.push((at, place));
                }
                continue;
            }
            source.take_apart(given);
        }
        for part in letter.nfd() {
            let (place, given) = source.next()?;
            if given != part {
                return None;
            }
            if wanted.next_if_eq(&at).is_some() {
                found.push((at, place));
            }
        }
    }
    found.extend(wanted.map(|edge| (edge, source.last)));
    let place = |edge: usize| {
        let at = found.binary_search_by_key(&edge, |(edge, _)| *edge).ok()?;
        Some(found[at].1)
    };
    // The end of a word is where its last letter ends, not where the next word begins.
    ranges
        .iter()
        .map(|range| {
            let start = place(range.start)?;
            let end = place(range.end)?;
            let written = written.get(start..end.max(start))?;
            let cut = written.trim_end().len();
            Some(start..start + cut)
        })
        .collect()
}

/// The letters of a scalar, one by one, without blanks.
struct Source<'s> {
    letters: Peekable<CharIndices<'s>>,
    quote: Option<char>,
    /// Parts of a letter that was decomposed or escaped, still to be given, and their place.
    pending: Vec<char>,
    place: usize,
    /// The end of the last letter given.
    last: usize,
}

impl<'s> Source<'s> {
    fn new(written: &'s str, style: Style) -> Self {
        let opening = written.chars().next().filter(|_| style == Style::Scalar);
        let mut letters = written.char_indices().peekable();
        let mut quote = None;
        match opening {
            Some('"' | '\'') => {
                quote = opening;
                letters.next();
            }
            // The head of a block: its indicators, perhaps a comment, up to the end of the line.
            Some('|' | '>') => while letters.next_if(|(_, letter)| *letter != '\n').is_some() {},
            _ => {}
        }
        let last = letters.peek().map_or(written.len(), |(at, _)| *at);
        Self { letters, quote, pending: Vec::new(), place: 0, last }
    }

    /// The next part of a letter.
    fn next(&mut self) -> Option<(usize, char)> {
        if self.pending.is_empty() {
            let (_, letter) = self.letter()?;
            self.take_apart(letter);
        }
        Some((self.place, self.pending.pop()?))
    }

    fn take_apart(&mut self, letter: char) {
        self.pending.extend(letter.nfd());
        self.pending.reverse();
    }

    /// The next letter, if all parts of the one before were given.
    fn letter(&mut self) -> Option<(usize, char)> {
        loop {
            let (at, letter) = self.letters.next()?;
            let given = match (self.quote, letter) {
                (_, blank) if blank.is_whitespace() => continue,
                (Some('"'), '\\') => match self.escaped()? {
                    blank if blank.is_whitespace() => continue,
                    other => other,
                },
                (Some('\''), '\'') => {
                    self.letters.next_if(|(_, next)| *next == '\'')?;
                    '\''
                }
                (_, other) => other,
            };
            self.place = at;
            self.last = self.letters.peek().map_or(at + letter.len_utf8(), |(next, _)| *next);
            return Some((at, given));
        }
    }

    /// The letter that an escape stands for; a blank where the line goes on.
    fn escaped(&mut self) -> Option<char> {
        let (_, letter) = self.letters.next()?;
        let n_digits = match letter {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            'n' | 't' | 'r' | '\n' | '\r' | ' ' | '_' | 'N' | 'L' | 'P' => return Some(' '),
            other => return Some(other),
        };
        let mut value = 0;
        for _ in 0..n_digits {
            value = value * 16 + self.letters.next()?.1.to_digit(16)?;
        }
        char::from_u32(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, word: &str, written: &str) -> Option<String> {
        let at = text.find(word)?;
        let places =
            locate(text, written, Style::Scalar, std::slice::from_ref(&(at..at + word.len())));
        Some(written[places?[0].clone()].to_owned())
    }

    #[test]
    fn finds_words_in_every_kind_of_scalar() {
        assert_eq!(found("một hai ba", "hai", "một hai ba").as_deref(), Some("hai"));
        assert_eq!(found("một \"hai\" ba", "ba", "\"một \\\"hai\\\" ba\"").as_deref(), Some("ba"));
        assert_eq!(found("it's ba", "ba", "'it''s ba'").as_deref(), Some("ba"));
        assert_eq!(
            found("một hai\nba\n", "hai", ">\n  một\n  hai\n\n  ba").as_deref(),
            Some("hai")
        );
        assert_eq!(found("- a\n  b c\n", "b c", "|-\n    - a\n      b c").as_deref(), Some("b c"));
        let across = found("một hai ba", "một hai", ">\n  một\n  hai ba");
        assert_eq!(across.as_deref(), Some("một\n  hai"));
        assert_eq!(found("\u{1ed9}t hai", "hai", "o\u{323}\u{302}t hai").as_deref(), Some("hai"));
        assert_eq!(found("a\u{e0} b", "b", "\"a\\u00e0 \\\n  b\"").as_deref(), Some("b"));
        assert_eq!(found("một hai", "hai", "khác hẳn"), None);
    }
}
