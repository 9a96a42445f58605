//! Words of a text as they are compared: small letters, the tone behind the letters instead of on one of
//! them ("hoà" and "hòa" are one word), y for i behind consonants ("lý" and "lí"), any composition, no zeros
//! in front of a number.
//!
//! A word has two forms. The exact one keeps tones and hats and tells words apart; the folded one has
//! plain letters only and finds them. `search.js` holds the same rules.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a text or of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// With its marks, the tone at the end.
    pub(super) exact: String,
    /// Without marks.
    pub(super) fold: String,
}

impl Word {
    /// Whether it was written without marks.
    pub(super) fn is_bare(&self) -> bool {
        self.exact == self.fold
    }

    /// A word of plain letters.
    pub(super) fn bare(fold: &str) -> Self {
        Self { exact: fold.to_owned(), fold: fold.to_owned() }
    }
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut letters = String::new();
    let ends = std::iter::once(' ');
    for c in text.nfd().filter(|c| !is_format(*c)).flat_map(char::to_lowercase).chain(ends) {
        if is_of_word(c) {
            letters.push(c);
        } else if !letters.is_empty() {
            found.push(word(&letters));
            letters.clear();
        }
    }
    found
}

/// A text without marks, in small letters, its other characters as they are.
pub(super) fn plain(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_format(*c) && !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, 'đ' | 'ð') { 'd' } else { c })
        .collect()
}

/// What two spellings of a code or of a number have in common: small letters and digits, no zeros in
/// front of a part.
#[must_use]
pub fn key(text: &str) -> String {
    let plain = plain(text);
    let parts = plain.split('/').map(|part| {
        let part: String = part.chars().filter(char::is_ascii_alphanumeric).collect();
        part
    });
    let parts: Vec<String> = parts.collect();
    if parts.len() < 2 {
        return parts.concat();
    }
    let short: Vec<&str> = parts.iter().map(|part| part.trim_start_matches('0')).collect();
    short.join("/")
}

/// The word of small letters in canonical decomposition.
pub(super) fn word(letters: &str) -> Word {
    let mut exact = String::with_capacity(letters.len());
    let mut fold = String::with_capacity(letters.len());
    let mut tone = None;
    for c in letters.chars() {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tone = Some(c),
            'đ' | 'ð' => {
                exact.push('đ');
                fold.push('d');
            }
            mark if !mark.is_ascii() && is_combining_mark(mark) => exact.push(mark),
            letter => {
                exact.push(letter);
                fold.push(letter);
            }
        }
    }
    if let Some(start) = fold.strip_suffix('y')
        && !start.is_empty()
        && (start == "qu" || start.bytes().all(|b| b"bcdghklmnpqrstvx".contains(&b)))
    {
        for form in [&mut exact, &mut fold] {
            form.pop();
            form.push('i');
        }
    }
    // "02" is 2.
    if fold.starts_with('0') && fold.bytes().all(|b| b.is_ascii_digit()) {
        let zeros = fold.len() - fold.trim_start_matches('0').len().max(1);
        fold.drain(..zeros);
        exact.clone_from(&fold);
    }
    exact.extend(tone);
    Word { exact, fold }
}

/// The forms of a word with a tone where it was written with its hats and without one, and with the other
/// of the two tones that half of the country hears as one.
pub(super) fn kin(word: &Word) -> impl Iterator<Item = String> {
    let (letters, tones): (&str, &[char]) = match word.exact.chars().last() {
        Some('\u{309}') => (&word.exact[..word.exact.len() - 2], &['\u{303}']),
        Some('\u{303}') => (&word.exact[..word.exact.len() - 2], &['\u{309}']),
        Some('\u{300}' | '\u{301}' | '\u{323}') | None => ("", &[]),
        Some(_) if word.is_bare() => ("", &[]),
        Some(_) => (&word.exact, &['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}']),
    };
    let letters = letters.to_owned();
    tones.iter().map(move |tone| format!("{letters}{tone}"))
}

/// Whether a word of a decomposed text may hold it.
fn is_of_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        c.is_alphanumeric() || is_combining_mark(c)
    }
}

fn is_format(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Whether words begin as names of laws do.
pub(super) fn is_law(words: &[Word]) -> bool {
    let folds: Vec<&str> = words.iter().map(|word| word.fold.as_str()).collect();
    matches!(
        folds[..],
        ["luat", _, ..] | ["bo", "luat", _, ..] | ["phap", "lenh", _, ..] | ["hien", "phap", ..]
    )
}
