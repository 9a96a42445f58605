//! What was typed, read as the words of a catalogue: telex and VNI keys that no input method took, words
//! without spaces between them, a word that is not finished, one wrong letter.
//!
//! Only what is no word of the catalogue is read otherwise: a short syllable has too many neighbours for
//! a known one to be taken for a mistake.

use super::fold::{self, Word};

/// A word that was typed, and the words of the catalogue for which it may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    /// As it was read.
    pub(super) word: Word,
    /// The folded words that it stands for, where it is no word of the catalogue.
    pub(super) like: Vec<String>,
}

/// The longest unknown word that is read: nobody types more without a space.
const LONGEST: usize = 48;
/// For how many words an unfinished or mistyped one may stand.
const MOST: usize = 24;

/// Reads the words of a query; `known` are the folded words of the catalogue, in order.
pub(super) fn read(words: Vec<Word>, known: &[String]) -> Vec<Typed> {
    let is_known = |fold: &str| known.binary_search_by(|word| word.as_str().cmp(fold)).is_ok();
    let sure = |word: Word| Typed { word, like: Vec::new() };
    let last = words.len().saturating_sub(1);
    let mut typed = Vec::new();
    for (place, word) in words.into_iter().enumerate() {
        let length = word.fold.chars().count();
        let is_ascii = word.fold.is_ascii();
        if !is_ascii || LONGEST < length || is_known(&word.fold) {
            typed.push(sure(word));
            continue;
        }
        if word.is_bare()
            && let Some(decoded) = vni(&word.fold).or_else(|| telex(&word.fold))
            && is_known(&decoded.fold)
        {
            typed.push(sure(decoded));
            continue;
        }
        if let Some(other) = spoken(&word.fold).find(|other| is_known(other)) {
            typed.push(Typed { word: Word::bare(&other), like: vec![other] });
            continue;
        }
        if let Some(pieces) = unglued(&word.fold, &is_known) {
            typed.extend(pieces.into_iter().map(|piece| sure(fold::word(piece))));
            continue;
        }
        let mut like: Vec<String> = Vec::new();
        if place == last && 2 <= length {
            let begun = known.iter().filter(|known| known.starts_with(&word.fold));
            like.extend(begun.take(MOST).cloned());
        }
        if like.is_empty() && 3 <= length && word.fold.bytes().all(|b| b.is_ascii_lowercase()) {
            let near = known.iter().filter(|known| is_near(known.as_bytes(), word.fold.as_bytes()));
            like.extend(near.take(MOST).cloned());
        }
        typed.push(Typed { word, like });
    }
    typed
}

/// The word that VNI keys give: "d9a8ng", "gia61y".
fn vni(typed: &str) -> Option<Word> {
    let is_vni = typed.starts_with(|c: char| c.is_ascii_lowercase())
        && typed.bytes().any(|b| b.is_ascii_digit());
    if !is_vni {
        return None;
    }
    let mut keys = Keys::default();
    for c in typed.chars() {
        match c {
            '1' => keys.tone = Some('\u{301}'),
            '2' => keys.tone = Some('\u{300}'),
            '3' => keys.tone = Some('\u{309}'),
            '4' => keys.tone = Some('\u{303}'),
            '5' => keys.tone = Some('\u{323}'),
            '6' => keys.mark("aeo", '\u{302}'),
            '7' => keys.horn(),
            '8' => keys.mark("a", '\u{306}'),
            '9' => keys.bar(),
            '0' => return None,
            letter => keys.letters.push((letter, None)),
        }
    }
    Some(keys.word())
}

/// The word that telex keys give: "ddawng", "giaays".
fn telex(typed: &str) -> Option<Word> {
    let mut keys = Keys::default();
    for c in typed.chars() {
        let has_vowel = keys.letters.iter().any(|(letter, _)| "aeiouy".contains(*letter));
        match c {
            's' if has_vowel => keys.tone = Some('\u{301}'),
            'f' if has_vowel => keys.tone = Some('\u{300}'),
            'r' if has_vowel => keys.tone = Some('\u{309}'),
            'x' if has_vowel => keys.tone = Some('\u{303}'),
            'j' if has_vowel => keys.tone = Some('\u{323}'),
            'z' if has_vowel => keys.tone = None,
            'w' => keys.hook(),
            'd' if keys.letters.first() == Some(&('d', None)) => keys.bar(),
            'a' | 'e' | 'o' if keys.letters.contains(&(c, None)) => {
                keys.mark(c.encode_utf8(&mut [0; 4]), '\u{302}');
            }
            letter if letter.is_ascii_lowercase() => keys.letters.push((letter, None)),
            _ => return None,
        }
    }
    Some(keys.word()).filter(|word| !word.is_bare())
}

/// Letters and what the keys behind them made of them.
#[derive(Default)]
struct Keys {
    letters: Vec<(char, Option<char>)>,
    tone: Option<char>,
}

impl Keys {
    /// Marks the last of some letters.
    fn mark(&mut self, letters: &str, mark: char) {
        if let Some(at) = self.letters.iter().rposition(|(letter, _)| letters.contains(*letter)) {
            self.letters[at].1 = Some(mark);
        }
    }

    /// The horn of ơ and ư; of both in ươ.
    fn horn(&mut self) {
        let Some(at) = self.letters.iter().rposition(|(letter, _)| "ou".contains(*letter)) else {
            return;
        };
        self.letters[at].1 = Some('\u{31b}');
        if self.letters[at].0 == 'o' && 0 < at && self.letters[at - 1].0 == 'u' {
            self.letters[at - 1].1 = Some('\u{31b}');
        }
    }

    /// The key w: ă, ơ, ư, ươ; ư where there is no vowel.
    fn hook(&mut self) {
        match self.letters.iter().rposition(|(letter, _)| "aou".contains(*letter)) {
            Some(at) if self.letters[at].0 == 'a' => self.letters[at].1 = Some('\u{306}'),
            Some(_) => self.horn(),
            None => self.letters.push(('u', Some('\u{31b}'))),
        }
    }

    fn bar(&mut self) {
        if let Some(first) = self.letters.first_mut().filter(|(letter, _)| *letter == 'd') {
            first.0 = 'đ';
        }
    }

    fn word(&self) -> Word {
        let mut letters = String::new();
        for (letter, mark) in &self.letters {
            letters.push(*letter);
            letters.extend(*mark);
        }
        letters.extend(self.tone);
        fold::word(&letters)
    }
}

/// As it is written by who hears no difference between some first letters.
fn spoken(word: &str) -> impl Iterator<Item = String> {
    const ALIKE: [(&str, &str); 12] = [
        ("x", "s"),
        ("s", "x"),
        ("ch", "tr"),
        ("tr", "ch"),
        ("d", "gi"),
        ("gi", "d"),
        ("r", "gi"),
        ("gi", "r"),
        ("l", "n"),
        ("n", "l"),
        ("d", "r"),
        ("r", "d"),
    ];
    ALIKE.iter().filter_map(move |(one, other)| Some(format!("{other}{}", word.strip_prefix(one)?)))
}

/// The fewest known words of which a text without spaces is made; of the same number the first with a
/// longer word in front.
fn unglued<'a>(text: &'a str, is_known: &dyn Fn(&str) -> bool) -> Option<Vec<&'a str>> {
    const SYLLABLE: usize = 7;
    let n = text.len();
    if n < 5 {
        return None;
    }
    // The number of words from each place to the end, and where the first of them ends.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; n + 1];
    best[n] = Some((0, n));
    for from in (0..n).rev() {
        for end in (from + 2..=n.min(from + SYLLABLE)).rev() {
            if let Some((rest, _)) = best[end]
                && best[from].is_none_or(|(found, _)| rest + 1 < found)
                && is_known(&fold::word(&text[from..end]).fold)
            {
                best[from] = Some((rest + 1, end));
            }
        }
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < n {
        let (_, end) = best[at]?;
        pieces.push(&text[at..end]);
        at = end;
    }
    (2 <= pieces.len()).then_some(pieces)
}

/// Whether two words differ by one letter: another, one more, one less, or two that changed places.
fn is_near(one: &[u8], other: &[u8]) -> bool {
    let (n, m) = (one.len(), other.len());
    if 1 < n.abs_diff(m) || n.min(m) < 3 {
        return false;
    }
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (a, b) = (&one[same..], &other[same..]);
    match n.cmp(&m) {
        std::cmp::Ordering::Less => *a == b[1..],
        std::cmp::Ordering::Greater => a[1..] == *b,
        std::cmp::Ordering::Equal => {
            a.is_empty()
                || a[1..] == b[1..]
                || (2 <= a.len() && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..])
        }
    }
}
