//! A text as it is compared: what differs between two spellings of the same words is taken away, and
//! every byte of the result knows the byte of the text that it came from.
//!
//! Taken away: composition (NFD), zero-width and soft-hyphen characters, the kind of a blank and how
//! many there are, the kind of a dash, a slash and a Đ, the script of a letter that looks the same, and what
//! a reader mends in a number (`slips`). Letter case and tones stay: they tell words apart.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::slips;

/// A text in the form in which texts are compared.
#[derive(Debug)]
pub(super) struct Canon {
    pub(super) text: String,
    /// For every byte of the text, and for its end, a byte of the text as it was written; none where each stands
    /// where it stood, as in nearly all texts.
    places: Option<Vec<u32>>,
}

impl Canon {
    pub(super) fn new(written: &str) -> Self {
        let text = String::with_capacity(written.len());
        let mut canon = Self { text, places: None };
        let mut letters = written.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            if !letters.peek().is_some_and(|(_, next)| is_mark(*next)) {
                canon.take(letter, at);
                continue;
            }
            let mut end = at + letter.len_utf8();
            while let Some((_, mark)) = letters.next_if(|(_, next)| is_mark(*next)) {
                end += mark.len_utf8();
            }
            for composed in written[at..end].nfc() {
                canon.take(composed, at);
            }
        }
        if canon.places.is_some() || canon.text.len() != written.len() {
            canon.kept_places().push(place(written.len()));
        }
        slips::mend(&mut canon.text, &mut canon.places);
        canon
    }

    /// Where a range stands in the text as it was written.
    pub(super) fn written(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| self.places.as_ref().map_or(at, |places| places[at] as usize);
        place(range.start)..place(range.end)
    }

    /// Where the words stand: letters and digits without anything between them.
    pub(super) fn words(&self) -> Vec<Range<usize>> {
        let mut words = Vec::new();
        let mut start = None;
        for (at, letter) in self.text.char_indices() {
            match (start, is_of_word(letter)) {
                (None, true) => start = Some(at),
                (Some(from), false) => {
                    words.push(from..at);
                    start = None;
                }
                _ => {}
            }
        }
        words.extend(start.map(|from| from..self.text.len()));
        words
    }

    fn take(&mut self, letter: char, at: usize) {
        if letter.is_ascii_graphic() {
            self.push(letter, at);
            return;
        }
        let taken = match letter {
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => return,
            '\u{d0}' | '\u{189}' => '\u{110}',
            '\u{f0}' | '\u{256}' => '\u{111}',
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
            '\u{2044}' | '\u{2215}' | '\u{ff0f}' => '/',
            blank if blank.is_whitespace() => {
                if self.text.ends_with(' ') {
                    return;
                }
                ' '
            }
            other => lookalike(other),
        };
        self.push(taken, at);
    }

    fn push(&mut self, taken: char, at: usize) {
        if self.places.is_some() || at != self.text.len() {
            let width = taken.len_utf8();
            self.kept_places().extend(std::iter::repeat_n(place(at), width));
        }
        self.text.push(taken);
    }

    /// The places, written down if so far each letter stands where it stood.
    fn kept_places(&mut self) -> &mut Vec<u32> {
        let end = place(self.text.len());
        self.places.get_or_insert_with(|| (0..end).collect())
    }
}

/// Texts are bounded by what is read of a file, far below this.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The Latin letter for a Cyrillic or Greek one that looks the same.
fn lookalike(letter: char) -> char {
    const SAME: [(&str, &str); 2] =
        [("АВСЕНІКМОРЅТХУ", "ABCEHIKMOPSTXY"), ("ΑΒΕΗΙΚΜΝΟΡΤΧΥϹ", "ABEHIKMNOPTXYC")];
    const SMALL: (&str, &str) = ("аеорсхуіѕο", "aeopcxyiso");
    if !('\u{370}'..='\u{52f}').contains(&letter) {
        return letter;
    }
    let pairs = SAME.into_iter().chain([SMALL]);
    let mut found = pairs.flat_map(|(from, to)| from.chars().zip(to.chars()));
    found.find(|(from, _)| *from == letter).map_or(letter, |(_, to)| to)
}

/// Whether a letter only marks the one before it. The letters of Vietnamese are told by where they stand: each
/// letter of a text comes by here, and the tables of all scripts are long.
fn is_mark(letter: char) -> bool {
    match letter {
        ..'\u{300}' | '\u{1ea0}'..='\u{1eff}' => false,
        other => is_combining_mark(other),
    }
}

/// Whether a word may hold it: a letter or a digit, told in the same way.
fn is_of_word(letter: char) -> bool {
    match letter {
        '\0'..='\u{7f}' => letter.is_ascii_alphanumeric(),
        '\u{1ea0}'..='\u{1eff}' => true,
        '\u{c0}'..='\u{24f}' => !matches!(letter, '×' | '÷'),
        other => other.is_alphanumeric(),
    }
}

/// A word in small letters, with "hòa" as "hoà", "thủy" as "thuỷ": two schools of spelling, one word.
pub(super) fn small(word: &str) -> String {
    const TONES: [(char, [char; 3]); 10] = [
        ('ò', ['à', 'è', ' ']),
        ('ó', ['á', 'é', ' ']),
        ('ỏ', ['ả', 'ẻ', ' ']),
        ('õ', ['ã', 'ẽ', ' ']),
        ('ọ', ['ạ', 'ẹ', ' ']),
        ('ù', [' ', ' ', 'ỳ']),
        ('ú', [' ', ' ', 'ý']),
        ('ủ', [' ', ' ', 'ỷ']),
        ('ũ', [' ', ' ', 'ỹ']),
        ('ụ', [' ', ' ', 'ỵ']),
    ];
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let word = word.to_lowercase();
    let mut out = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let toned = TONES.iter().find(|(from, _)| *from == letter);
        let column = letters.peek().and_then(|next| ['a', 'e', 'y'].iter().position(|v| v == next));
        match toned.zip(column).map(|((_, to), column)| to[column]) {
            Some(vowel) if vowel != ' ' => {
                out.push(if matches!(letter, 'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ') {
                    'o'
                } else {
                    'u'
                });
                out.push(vowel);
                letters.next();
            }
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use unicode_normalization::char::is_combining_mark;

    use super::{is_mark, is_of_word};

    #[test]
    fn what_is_told_by_its_place_is_what_the_tables_say() {
        for letter in '\0'..=char::MAX {
            assert_eq!(is_of_word(letter), letter.is_alphanumeric(), "{letter:?}");
            assert_eq!(is_mark(letter), is_combining_mark(letter), "{letter:?}");
        }
    }
}
