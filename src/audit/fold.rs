//! What a letter is to the audit: a small letter without marks, a digit, something that parts words, or
//! nothing at all. Knows characters alone, no text and no file.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A tag, a run of a text processor, a string of a PDF: it may part words or stand inside one.
pub(super) const SOFT: u8 = 1;
/// A dot.
pub(super) const DOT: u8 = 2;
/// A dash of any kind, or an underscore.
pub(super) const DASH: u8 = 4;
/// A slash of any kind.
pub(super) const SLASH: u8 = 8;
/// A blank of any kind.
pub(super) const SPACE: u8 = 16;
/// Anything else that is no letter and no digit.
pub(super) const OTHER: u8 = 32;
/// All that can stand between two letters.
pub(super) const PARTS: u8 = SOFT | DOT | DASH | SLASH | SPACE | OTHER;
/// The letter behind is a capital.
pub(super) const CAPITAL: u8 = 64;
/// The letter behind is raised above the line: the mark of a note, or a part of what it stands in.
pub(super) const NOTE: u8 = 128;

/// What a character comes to: a small letter or a digit, what parts words, or nothing at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Folded {
    /// The letter; zero where it is none.
    pub(super) letter: u8,
    /// [`CAPITAL`] of a letter that was one, else how it parts words.
    pub(super) before: u8,
}

/// A private character by which a decoder says that what it put together may also be apart.
pub(super) const SEAM: char = '\u{e000}';

/// The first character that is not looked up but computed.
const END: u32 = 0x2100;

/// The answers for common characters, computed once.
#[derive(Clone, Debug)]
pub(super) struct Folds {
    known: Vec<Folded>,
    single: [Folded; 256],
}

impl Folds {
    pub(super) fn new() -> Self {
        let known = (0..END).map(|code| char::from_u32(code).map(fold).unwrap_or_default());
        Self {
            known: known.collect(),
            single: std::array::from_fn(|byte| fold(single(u8::try_from(byte).unwrap_or(b' ')))),
        }
    }

    /// Of a character.
    pub(super) fn of(&self, letter: char) -> Folded {
        match self.known.get(letter as usize) {
            Some(folded) => *folded,
            None => fold(letter),
        }
    }

    /// Of a byte below 128.
    pub(super) fn of_ascii(&self, byte: u8) -> Folded {
        self.known[usize::from(byte)]
    }

    /// Of a byte that is no UTF-8: a letter of Windows-1258, or a Đ of the fonts before Unicode.
    pub(super) fn of_byte(&self, byte: u8) -> Folded {
        self.single[usize::from(byte)]
    }
}

fn fold(letter: char) -> Folded {
    if is_nothing(letter) {
        return Folded::default();
    }
    if let Some(digit) = digit(letter) {
        return folded(digit, false);
    }
    if let Some(same) = lookalike(letter) {
        return folded(same, same.is_ascii_uppercase());
    }
    if let Some(raised) = raised(letter) {
        return Folded { letter: raised, before: NOTE };
    }
    if let Some(part) = part(letter) {
        return Folded { letter: 0, before: part };
    }
    let base = std::iter::once(letter).nfkd().next().unwrap_or(letter);
    match u8::try_from(base) {
        Ok(byte) if byte.is_ascii_alphanumeric() => folded(byte, letter.is_uppercase()),
        _ => Folded { letter: 0, before: OTHER },
    }
}

fn folded(letter: u8, is_capital: bool) -> Folded {
    Folded { letter: letter.to_ascii_lowercase(), before: if is_capital { CAPITAL } else { 0 } }
}

/// Marks, and characters that are not seen.
fn is_nothing(letter: char) -> bool {
    is_combining_mark(letter)
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// Letters that look like another: the kinds of Đ, the Ñ that it was in the fonts of VNI, and Cyrillic, Greek
/// and Armenian ones; a small Cyrillic letter may be shaped as a Latin capital.
fn lookalike(letter: char) -> Option<u8> {
    Some(match letter {
        'Đ' | 'Ð' | 'Ɖ' | 'Ɗ' | 'Ñ' | 'Ԁ' => b'D',
        'đ' | 'ð' | 'ɖ' | 'ɗ' | 'ñ' | 'ԁ' => b'd',
        'А' | 'Α' => b'A',
        'В' | 'Β' | 'в' => b'B',
        'С' | 'Ϲ' => b'C',
        'Е' | 'Ε' => b'E',
        'Н' | 'Η' | 'н' => b'H',
        'І' | 'Ι' | 'Ӏ' => b'I',
        'Ј' => b'J',
        'К' | 'Κ' | 'к' => b'K',
        'М' | 'Μ' | 'м' => b'M',
        'Ν' => b'N',
        'О' | 'Ο' | 'Օ' => b'O',
        'Р' | 'Ρ' => b'P',
        'Ԛ' => b'Q',
        'Ѕ' => b'S',
        'Т' | 'Τ' | 'т' => b'T',
        'Х' | 'Χ' => b'X',
        'У' | 'Υ' => b'Y',
        'а' | 'α' => b'a',
        'е' => b'e',
        'һ' => b'h',
        'і' | 'ι' => b'i',
        'ј' => b'j',
        'ӏ' => b'l',
        'о' | 'ο' | 'օ' => b'o',
        'р' | 'ρ' => b'p',
        'ԛ' => b'q',
        'с' | 'ϲ' => b'c',
        'ѕ' => b's',
        'х' => b'x',
        'у' => b'y',
        _ => return None,
    })
}

/// A digit above the line.
fn raised(letter: char) -> Option<u8> {
    Some(match letter {
        '⁰' => b'0',
        '¹' => b'1',
        '²' => b'2',
        '³' => b'3',
        '⁴'..='⁹' => b'4' + u8::try_from(u32::from(letter) - 0x2074).ok()?,
        _ => return None,
    })
}

/// The digits of Arabic writing, which have no other form to decompose to.
fn digit(letter: char) -> Option<u8> {
    let zero = match letter {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        _ => return None,
    };
    u8::try_from(u32::from(letter) - zero).ok().map(|digit| b'0' + digit)
}

fn part(letter: char) -> Option<u8> {
    Some(match letter {
        // Marks of a text that is laid out by marks may stand inside a word.
        SEAM | '*' | '~' | '`' => SOFT,
        '.' | '\u{2024}' | '\u{ff0e}' => DOT,
        '-'
        | '_'
        | '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{ff0d}'
        | '\u{ff3f}' => DASH,
        '/' | '|' | '\u{2044}' | '\u{2215}' | '\u{29f8}' | '\u{ff0f}' => SLASH,
        '\u{2800}' => SPACE,
        blank if blank.is_whitespace() => SPACE,
        _ => return None,
    })
}

/// A byte as Windows-1258 has it; and § and ® as the Đ that they were in the fonts of TCVN 5712.
fn single(byte: u8) -> char {
    match byte {
        0xc3 => 'Ă',
        0xe3 => 'ă',
        0xd5 => 'Ơ',
        0xf5 => 'ơ',
        0xdd => 'Ư',
        0xfd => 'ư',
        0xd0 | 0xa7 => 'Đ',
        0xf0 | 0xae => 'đ',
        0xcc | 0xd2 | 0xde | 0xec | 0xf2 => '\u{300}',
        0x91..=0x94 | 0x80..=0x8f | 0x98..=0x9f => '"',
        0x90 | 0x95 => '*',
        0x96 | 0x97 => '-',
        other => char::from(other),
    }
}
