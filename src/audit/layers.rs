//! A text as the audit reads it: small letters and digits without anything between them, and beside each
//! what stood before it. So one number is one run of letters, however its parts were set apart, and the
//! judge of a match still sees whether they were.
//!
//! Entities, escapes and percent signs are undone, tags taken out (their insides are a text of their own),
//! marks, format characters and letter case dropped. What an escape hides behind another escape is left to
//! a further round over [`unescape`]d bytes. Knows no needle.

use std::ops::Range;

use super::escape::{self, Escape};
use super::fold::{CAPITAL, Folded, Folds, NOTE, OTHER, PARTS, SLASH, SOFT, SPACE};

/// Letters and digits of a text, and what stood before each.
#[derive(Debug, Default)]
pub(super) struct Canon {
    pub(super) letters: Vec<u8>,
    /// For each letter the kinds of what parts it from the one before, and whether it was a capital.
    pub(super) before: Vec<u8>,
    /// For each letter where it stands; kept only where asked for.
    places: Vec<u32>,
    /// How many letters were read so far: the lists are as long as the text until it is at its end.
    n: usize,
    pending: u8,
    /// [`NOTE`] between the tags of what is raised above the line.
    note: u8,
    /// Whether something undone may be an escape or a tag itself.
    is_nested: bool,
    /// Whether a byte was read alone, being no part of UTF-8.
    has_loose: bool,
}

/// A text in its canonical form: what is read, and what stands inside tags.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) flow: Canon,
    pub(super) tags: Canon,
}

/// How bytes are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Manner {
    /// Every byte is a letter of Windows-1258.
    pub(super) is_single: bool,
    /// Blanks between two tags are layout, as in the parts of an office file.
    pub(super) is_office: bool,
}

impl Canon {
    /// The canonical texts of letters and the starts of their words, with what parts words in one way or the
    /// other, so that whatever may be named in it is seen in one of them.
    pub(super) fn of(letters: &[u8], starts: &[bool]) -> [Self; 2] {
        [SOFT, SOFT | SLASH | SPACE].map(|parts| {
            let before = starts.iter().map(|start| if *start { parts } else { 0 } | CAPITAL);
            Self { letters: letters.to_vec(), before: before.collect(), ..Self::default() }
        })
    }

    /// A text of such letters, each with what parts it from the one before.
    pub(super) fn short(letters: Vec<u8>, before: Vec<u8>) -> Self {
        Self { letters, before, ..Self::default() }
    }

    /// Room for all letters of a text: it has no more of them than bytes.
    fn room<const PLACES: bool>(bytes: &[u8]) -> Self {
        let size = bytes.len();
        Self {
            letters: vec![0; size],
            before: vec![0; size],
            places: vec![0; if PLACES { size } else { 0 }],
            ..Self::default()
        }
    }

    /// Reads what needs no second look, and gives the place of the byte that does: one that may open a tag
    /// or an escape, or the end.
    ///
    /// Every byte of a site comes by here. A character is written down whether it is a letter or not, and
    /// only letters move on: a branch for each would be guessed wrong at each end of a word.
    fn run<const PLACES: bool>(&mut self, folds: &Folds, text: Text, mut at: usize) -> usize {
        let (mut n, mut pending) = (self.n, self.pending);
        let (letters, before) = (self.letters.as_mut_slice(), self.before.as_mut_slice());
        while let Some(byte) = text.bytes.get(at).filter(|byte| !opens(**byte)) {
            let mut behind = self.note;
            let (folded, length) = if byte.is_ascii() {
                (folds.of_ascii(*byte), 1)
            } else if text.is_single {
                // A letter of a word, or a byte of something else that stands beside one.
                behind |= SOFT;
                pending |= SOFT;
                (folds.of_byte(*byte), 1)
            } else if let Some(letter) = utf8(text.bytes, at) {
                (folds.of(letter), letter.len_utf8())
            } else {
                // What is no UTF-8 parts words; as a letter it is read in another reading.
                self.has_loose = true;
                (LOOSE, 1)
            };
            let is_letter = folded.letter != 0;
            letters[n] = folded.letter;
            before[n] = pending | folded.before;
            if PLACES {
                self.places[n] = u32::try_from(at).unwrap_or(u32::MAX);
            }
            pending = if is_letter { behind } else { before[n] };
            n += usize::from(is_letter);
            at += length;
        }
        (self.n, self.pending) = (n, pending);
        at
    }

    /// Reads the escape that may open at a place; gives the place behind it.
    fn escape<const PLACES: bool>(&mut self, folds: &Folds, text: Text, at: usize) -> usize {
        let Some(Escape { text, end }) = escape::at(text.bytes, at) else {
            // A slash that leans the other way, if it is not an escape.
            self.pending |= if text.bytes[at] == b'\\' { SLASH } else { OTHER };
            return at + 1;
        };
        for letter in text.chars() {
            self.is_nested |= matches!(letter, '<' | '&' | '%' | '\\');
            self.folded::<PLACES>(folds.of(letter), at);
        }
        end
    }

    fn folded<const PLACES: bool>(&mut self, folded: Folded, at: usize) {
        self.pending |= folded.before;
        if folded.letter != 0 {
            self.letters[self.n] = folded.letter;
            self.before[self.n] = self.pending;
            if PLACES {
                self.places[self.n] = u32::try_from(at).unwrap_or(u32::MAX);
            }
            self.n += 1;
            self.pending = self.note;
        }
    }

    fn end(&mut self) {
        self.letters.truncate(self.n);
        self.before.truncate(self.n);
        self.places.truncate(self.n);
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

    /// What stands in the bytes between two words of a stretch, with the letter before it. Only of a text that
    /// was read with its places.
    pub(super) fn gaps<'b>(
        &self,
        letters: &Range<usize>,
        bytes: &'b [u8],
    ) -> impl Iterator<Item = &'b [u8]> {
        let inner = letters.start + 1..letters.end;
        let parted = inner.filter(|at| self.parts(*at) != 0);
        parted.map(|at| &bytes[self.place(at - 1)..self.place(at)])
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
        let room = || Canon::room::<PLACES>(bytes);
        let mut layer = Self { flow: room(), tags: room() };
        let mut at = 0;
        while at < bytes.len() {
            at = layer.step::<PLACES>(folds, bytes, at, manner);
        }
        layer.flow.end();
        layer.tags.end();
        layer
    }

    /// Whether something undone may be an escape or a tag itself.
    pub(super) fn is_nested(&self) -> bool {
        self.flow.is_nested || self.tags.is_nested
    }

    /// Whether every byte belonged to a character of UTF-8.
    pub(super) fn is_utf8(&self) -> bool {
        !self.flow.has_loose && !self.tags.has_loose
    }

    /// Reads on outside tags up to a place that may open a tag or an escape, and what opens there; gives
    /// the place behind it.
    fn step<const PLACES: bool>(
        &mut self,
        folds: &Folds,
        bytes: &[u8],
        at: usize,
        manner: Manner,
    ) -> usize {
        let text = Text { bytes, is_single: manner.is_single };
        let at = self.flow.run::<PLACES>(folds, text, at);
        match bytes.get(at) {
            None => return at,
            Some(b'<') => {}
            Some(_) => return self.flow.escape::<PLACES>(folds, text, at),
        }
        let Some(end) = tag_end(bytes, at) else {
            self.flow.pending |= OTHER;
            return at + 1;
        };
        match &bytes[at + 1..end] {
            b"/sup" => self.flow.note = 0,
            b"sup" | [b's', b'u', b'p', b' ', ..] => self.flow.note = NOTE,
            _ => {}
        }
        self.flow.pending = self.flow.pending & !NOTE | SOFT | self.flow.note;
        self.tags.pending |= OTHER;
        let inside = Text { bytes: &bytes[..end], ..text };
        let mut at = at + 1;
        loop {
            at = self.tags.run::<PLACES>(folds, inside, at);
            if at == end {
                break;
            }
            at = self.tags.escape::<PLACES>(folds, inside, at);
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

/// Whether a byte may open a tag or an escape.
fn opens(byte: u8) -> bool {
    matches!(byte, b'<' | b'&' | b'\\' | b'%')
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
    let end = memchr::memchr2(b'<', b'>', rest)?;
    (rest[end] == b'>').then_some(at + 1 + end)
}

/// A byte that belongs to no character.
const LOOSE: Folded = Folded { letter: 0, before: OTHER };

/// Bytes, and whether each of them is a letter.
#[derive(Clone, Copy)]
struct Text<'t> {
    bytes: &'t [u8],
    is_single: bool,
}

/// The character that stands here in UTF-8.
fn utf8(bytes: &[u8], at: usize) -> Option<char> {
    let next = |n: usize| {
        let byte = bytes.get(at + n).filter(|byte| **byte & 0xc0 == 0x80);
        byte.map(|byte| u32::from(byte & 0x3f))
    };
    let first = u32::from(bytes[at]);
    let (code, least) = match first {
        0xc2..=0xdf => ((first & 0x1f) << 6 | next(1)?, 0x80),
        0xe0..=0xef => ((first & 0xf) << 12 | next(1)? << 6 | next(2)?, 0x800),
        0xf0..=0xf4 => ((first & 7) << 18 | next(1)? << 12 | next(2)? << 6 | next(3)?, 0x10000),
        _ => return None,
    };
    char::from_u32(code).filter(|_| least <= code)
}

/// The bytes with one round of escapes undone, and for each byte where it came from.
pub(super) fn unescape(bytes: &[u8]) -> (Vec<u8>, Vec<u32>) {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut places = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let found = escape::at(bytes, at);
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
