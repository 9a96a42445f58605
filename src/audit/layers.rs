//! A text as the audit reads it: small letters and digits without anything between them, and beside each
//! what stood before it. So one number is one run of letters, however its parts were set apart, and the
//! judge of a match still sees whether they were.
//!
//! Entities, escapes and percent signs are undone, tags taken out (their insides are a text of their own),
//! marks, format characters and letter case dropped. What an escape hides behind another escape is left to
//! a further round over [`unescape`]d bytes. Knows no needle.

use std::ops::Range;

use super::escape::{self, Escape};
use super::fold::{CAPITAL, DASH, DOT, Folded, Folds, OTHER, PARTS, SLASH, SOFT, SPACE};

/// Letters and digits of a text, and what stood before each.
#[derive(Debug, Default)]
pub(super) struct Canon {
    pub(super) letters: Vec<u8>,
    /// For each letter the kinds of what parts it from the one before, and whether it was a capital.
    pub(super) before: Vec<u8>,
    /// For each letter where it stands; kept only where asked for.
    places: Vec<u32>,
    pending: u8,
}

/// A text in its canonical form: what is read, and what stands inside tags.
#[derive(Debug, Default)]
pub(super) struct Layer {
    pub(super) flow: Canon,
    pub(super) tags: Canon,
    /// Whether something undone may be an escape or a tag itself.
    pub(super) is_nested: bool,
}

/// How bytes are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Manner {
    /// Every byte is a letter of Windows-1258.
    pub(super) is_single: bool,
    /// Blanks between two tags are layout, as in the parts of an office file.
    pub(super) is_office: bool,
}

const LETTER: u8 = 0;
const UPPER: u8 = 1;
const PART: u8 = 2;
const OPEN: u8 = 3;
const CLOSE: u8 = 4;
const ESCAPE: u8 = 5;
const HIGH: u8 = 6;

/// What kind of thing each byte opens.
const KINDS: [u8; 256] = {
    let mut kinds = [PART; 256];
    let mut byte = 0u8;
    loop {
        kinds[byte as usize] = match byte {
            b'0'..=b'9' | b'a'..=b'z' => LETTER,
            b'A'..=b'Z' => UPPER,
            b'<' => OPEN,
            b'>' => CLOSE,
            b'&' | b'\\' | b'%' => ESCAPE,
            0x80.. => HIGH,
            _ => PART,
        };
        if byte == 255 {
            break;
        }
        byte += 1;
    }
    kinds
};

/// What parts words, of the bytes that do nothing else.
const PARTING: [u8; 256] = {
    let mut parting = [OTHER; 256];
    parting[b'.' as usize] = DOT;
    parting[b'-' as usize] = DASH;
    parting[b'_' as usize] = DASH;
    parting[b'/' as usize] = SLASH;
    parting[b' ' as usize] = SPACE;
    parting[b'\t' as usize] = SPACE;
    parting[b'\n' as usize] = SPACE;
    parting[b'\r' as usize] = SPACE;
    parting[0x0b] = SPACE;
    parting[0x0c] = SPACE;
    parting
};

impl Canon {
    /// The canonical texts of letters and the starts of their words, with what parts words in one way or the other, so that whatever
    /// may be named in it is seen in one of them.
    pub(super) fn of(letters: &[u8], starts: &[bool]) -> [Self; 2] {
        [SOFT, SOFT | SLASH | SPACE].map(|parts| {
            let before = starts.iter().map(|start| if *start { parts } else { 0 } | CAPITAL);
            Self { letters: letters.to_vec(), before: before.collect(), ..Self::default() }
        })
    }

    fn letter<const PLACES: bool>(&mut self, letter: u8, capital: u8, at: usize) {
        self.letters.push(letter);
        self.before.push(self.pending | capital);
        self.pending = 0;
        if PLACES {
            self.places.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
    }

    fn folded<const PLACES: bool>(&mut self, folded: Folded, at: usize) {
        match folded {
            Folded::Letter(letter, capital) => {
                self.letter::<PLACES>(letter, if capital { CAPITAL } else { 0 }, at);
            }
            Folded::Part(part) => self.pending |= part,
            Folded::Nothing => {}
        }
    }

    /// Where a letter begins in the bytes; only of a text that was read with its places.
    fn place(&self, letter: usize) -> usize {
        self.places.get(letter).map_or(0, |at| *at as usize)
    }

    /// Where letters stand in the bytes that were read, the last of them whole.
    pub(super) fn stretch(&self, letters: &Range<usize>, bytes: &[u8]) -> Range<usize> {
        let last = self.place(letters.end - 1);
        let end = match escape::at(bytes, last) {
            Some(escape) => escape.end,
            None => last + utf8(bytes, last).map_or(1, char::len_utf8),
        };
        self.place(letters.start)..end
    }

    /// What parts a letter from the one before it.
    pub(super) fn parts(&self, letter: usize) -> u8 {
        self.before[letter] & PARTS
    }
}

impl Layer {
    /// Reads a text. With `PLACES` every letter knows where it stands, which costs and is asked for only
    /// when something was found.
    pub(super) fn read<const PLACES: bool>(folds: &Folds, bytes: &[u8], manner: Manner) -> Self {
        let mut layer = Self::default();
        layer.flow.letters.reserve(bytes.len() / 2);
        layer.flow.before.reserve(bytes.len() / 2);
        let mut at = 0;
        while at < bytes.len() {
            at = layer.step::<PLACES>(folds, bytes, at, manner);
        }
        layer
    }

    /// Reads what stands at a place outside tags; gives the place behind it.
    fn step<const PLACES: bool>(
        &mut self,
        folds: &Folds,
        bytes: &[u8],
        at: usize,
        manner: Manner,
    ) -> usize {
        if bytes[at] != b'<' {
            return one::<PLACES>(&mut self.flow, &mut self.is_nested, folds, bytes, at, manner);
        }
        let Some(end) = tag_end(bytes, at) else {
            self.flow.pending |= OTHER;
            return at + 1;
        };
        self.flow.pending |= SOFT;
        self.tags.pending |= OTHER;
        let inside = &bytes[..end];
        let mut at = at + 1;
        while at < end {
            at = one::<PLACES>(&mut self.tags, &mut self.is_nested, folds, inside, at, manner);
        }
        let mut next = end + 1;
        if manner.is_office {
            // Blanks up to the next tag are layout.
            let blanks = bytes[next..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if bytes.get(next + blanks) == Some(&b'<') {
                next += blanks;
            }
        }
        next
    }
}

/// Where the tag that opens here closes. A `<` that another one follows first opens none.
fn tag_end(bytes: &[u8], at: usize) -> Option<usize> {
    let opens = bytes
        .get(at + 1)
        .is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'));
    if !opens {
        return None;
    }
    let rest = &bytes[at + 1..];
    let end = rest.iter().position(|byte| matches!(byte, b'<' | b'>'))?;
    (rest[end] == b'>').then_some(at + 1 + end)
}

fn one<const PLACES: bool>(
    canon: &mut Canon,
    is_nested: &mut bool,
    folds: &Folds,
    bytes: &[u8],
    at: usize,
    manner: Manner,
) -> usize {
    let byte = bytes[at];
    match KINDS[usize::from(byte)] {
        LETTER => {
            canon.letter::<PLACES>(byte, 0, at);
            at + 1
        }
        UPPER => {
            canon.letter::<PLACES>(byte | 0x20, CAPITAL, at);
            at + 1
        }
        ESCAPE => {
            let Some(Escape { text, end }) = escape::at(bytes, at) else {
                canon.pending |= OTHER;
                return at + 1;
            };
            for letter in text.chars() {
                *is_nested |= matches!(letter, '<' | '&' | '%' | '\\');
                canon.folded::<PLACES>(folds.of(letter), at);
            }
            end
        }
        HIGH => {
            let (folded, length) = high(folds, bytes, at, manner.is_single);
            canon.folded::<PLACES>(folded, at);
            at + length
        }
        _ => {
            canon.pending |= PARTING[usize::from(byte)];
            at + 1
        }
    }
}

/// A character outside ASCII and how long it is; a byte alone where it is no UTF-8.
fn high(folds: &Folds, bytes: &[u8], at: usize, is_single: bool) -> (Folded, usize) {
    if !is_single && let Some(letter) = utf8(bytes, at) {
        return (folds.of(letter), letter.len_utf8());
    }
    (folds.of_byte(bytes[at]), 1)
}

/// The character that stands here in UTF-8.
fn utf8(bytes: &[u8], at: usize) -> Option<char> {
    let length = match bytes[at] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let letter = bytes.get(at..at + length)?;
    std::str::from_utf8(letter).ok()?.chars().next()
}

/// The bytes with one round of escapes undone, and for each byte where it came from.
pub(super) fn unescape(bytes: &[u8]) -> (Vec<u8>, Vec<u32>) {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut places = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let found =
            if KINDS[usize::from(bytes[at])] == ESCAPE { escape::at(bytes, at) } else { None };
        let place = u32::try_from(at).unwrap_or(u32::MAX);
        if let Some(Escape { text, end }) = found {
            plain.extend_from_slice(text.as_bytes());
            places.extend(std::iter::repeat_n(place, text.len()));
            at = end;
        } else {
            plain.push(bytes[at]);
            places.push(place);
            at += 1;
        }
    }
    (plain, places)
}
