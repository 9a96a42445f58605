//! What a reader mends without noticing: a letter in the place of a digit, the mark of a note inside a number,
//! a year and a sign that are said once for several numbers. Each gives a short second text beside the first,
//! in which the number is whole and is looked for as everywhere.
//!
//! Knows canonical texts and no needle: what is mended here need not be a number at all.

use std::ops::Range;

use super::fold::{CAPITAL, DASH, DOT, NOTE, OTHER, SLASH, SOFT};
use super::kinds;
use super::layers::Canon;

/// A part of a text as a reader mends it.
#[derive(Debug)]
pub(super) struct Mended {
    pub(super) canon: Canon,
    /// For each letter where it stands in the text.
    from: Vec<usize>,
    /// For each letter whether it is another one in the text, or other letters stand before it there.
    changes: Vec<bool>,
    /// Where it is said, if that is not from the first letter to the last.
    said: Option<Range<usize>>,
}

/// How far before and behind a slip the rest of the number is looked for.
const BEFORE: usize = 80;
const BEHIND: usize = 48;

impl Mended {
    fn new() -> Self {
        let canon = Canon::short(Vec::new(), Vec::new());
        Self { canon, from: Vec::new(), changes: Vec::new(), said: None }
    }

    /// Where something stands in the text that was found in this one; none where nothing of it was mended,
    /// and it is found there as well.
    pub(super) fn place(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let is_mended = self.changes[range.clone()].iter().any(|it| *it);
        let whole = self.from[range.start]..self.from[range.end - 1] + 1;
        is_mended.then(|| self.said.clone().unwrap_or(whole))
    }

    /// Where a letter stands in the text.
    pub(super) fn from(&self, letter: usize) -> usize {
        self.from[letter]
    }

    /// Takes a stretch of the text as it is.
    fn take(&mut self, canon: &Canon, stretch: Range<usize>) {
        for at in stretch {
            self.canon.letters.push(canon.letters[at]);
            self.canon.before.push(canon.before[at]);
            self.from.push(at);
            self.changes.push(false);
        }
    }
}

/// All that may be mended in a text. It is looked for beside digits alone, of which a text has few, and there only
/// where something stands between them: every letter of a site comes by here.
pub(super) fn mended(canon: &Canon) -> Vec<Mended> {
    let mut found = Vec::new();
    let letters = &canon.letters;
    let (mut at, mut read) = (0, 0);
    while let Some(start) = next_digit(letters, at) {
        let digits = letters[start..].iter().take_while(|letter| letter.is_ascii_digit()).count();
        let run = start..start + digits;
        if read < run.end && is_beside_letter(canon, &run) {
            let (mended, end) = digits_for_letters(canon, start);
            found.extend(mended);
            read = end;
        }
        for at in run.start.max(1)..(run.end + 1).min(letters.len()) {
            let before = canon.before[at];
            if before & (OTHER | NOTE) != 0
                && let Some(note) = note(canon, at)
            {
                found.push(without_notes(canon, note));
            }
            if before & SLASH != 0 && kinds::is_year(canon, at) {
                lend(canon, at, &mut found);
            }
        }
        at = run.end;
    }
    found
}

/// The next digit of a text; most stretches are passed without a look at each letter.
fn next_digit(letters: &[u8], from: usize) -> Option<usize> {
    const STRETCH: usize = 32;
    let mut at = from;
    while at < letters.len() {
        let stretch = &letters[at..(at + STRETCH).min(letters.len())];
        if stretch.iter().fold(false, |any, letter| any | letter.is_ascii_digit()) {
            return stretch.iter().position(u8::is_ascii_digit).map(|n| at + n);
        }
        at += stretch.len();
    }
    None
}

/// Whether a letter that looks like a digit is joined to these, or is the serial before this year.
fn is_beside_letter(canon: &Canon, run: &Range<usize>) -> bool {
    let before = run.start.checked_sub(1).is_some_and(|last| {
        digit(canon, last).is_some() && canon.parts(run.start) & !SOFT & !SLASH == 0
    });
    before
        || run.end < canon.letters.len()
            && digit(canon, run.end).is_some()
            && canon.parts(run.end) & !SOFT == 0
}

/// The digit that a letter looks like: "6l/2O18".
fn digit(canon: &Canon, at: usize) -> Option<u8> {
    let is_capital = canon.before[at] & CAPITAL != 0;
    match canon.letters[at] {
        b'i' if is_capital => Some(b'1'),
        b'l' if !is_capital => Some(b'1'),
        b'o' => Some(b'0'),
        _ => None,
    }
}

/// The text around a place with digits for the letters that look like them, and up to where it is mended for
/// sure. A letter is one of a word, not a digit, where the word goes on before it.
fn digits_for_letters(canon: &Canon, place: usize) -> (Option<Mended>, usize) {
    let len = canon.letters.len();
    let (start, end) = (place.saturating_sub(BEFORE), (place + BEHIND).min(len));
    let mut mended = Mended::new();
    mended.take(canon, start..end);
    let is_like = |at: usize| canon.letters[at].is_ascii_digit() || digit(canon, at).is_some();
    let mut at = start;
    while at < end {
        if !is_like(at) {
            at += 1;
            continue;
        }
        let from = at;
        at += 1;
        while at < end && is_like(at) && canon.parts(at) & !SOFT == 0 {
            at += 1;
        }
        let first = (from..at).find(|at| canon.letters[*at].is_ascii_digit());
        let opens = from == 0 || canon.parts(from) != 0 || canon.letters[..from].ends_with(b"qh");
        let from = match first {
            Some(_) if opens => from,
            Some(first) => first,
            // "lO/2018": a serial of nothing but letters, before a year.
            None if opens && at < len && canon.parts(at) & !SOFT == SLASH => from,
            None => continue,
        };
        for letter in from..at {
            if let Some(digit) = digit(canon, letter) {
                mended.canon.letters[letter - start] = digit;
                mended.canon.before[letter - start] &= !CAPITAL;
                mended.changes[letter - start] = true;
            }
        }
    }
    let is_other = mended.changes.contains(&true);
    (is_other.then_some(mended), end.saturating_sub(BEHIND / 2).max(place + 1))
}

/// The mark of a note that begins here inside of a number: `61[^1]/2018`, `61(1)/2018`, `61¹/2018`.
fn note(canon: &Canon, at: usize) -> Option<Range<usize>> {
    const MOST: usize = 3;
    let len = canon.letters.len();
    let goes_on = |end: usize| end < len && canon.parts(end) & (SLASH | DASH) != 0;
    if canon.before[at] & NOTE != 0 {
        let is_raised = |at: &usize| canon.before[*at] & NOTE != 0;
        let end = at + (at..len).take(MOST).take_while(is_raised).count();
        let opens = canon.before[at - 1] & NOTE == 0;
        return (opens && goes_on(end)).then_some(at..end);
    }
    let is_bracketed = canon.parts(at) & OTHER != 0 && canon.letters[at].is_ascii_digit();
    let digits = (at..len)
        .take(MOST)
        .take_while(|it| {
            canon.letters[*it].is_ascii_digit() && (*it == at || canon.parts(*it) == 0)
        })
        .count();
    let end = at + digits;
    (is_bracketed && goes_on(end) && canon.parts(end) & OTHER != 0).then_some(at..end)
}

/// The text around a note without it, and without the others near it.
fn without_notes(canon: &Canon, first: Range<usize>) -> Mended {
    let len = canon.letters.len();
    let (start, end) = (first.start.saturating_sub(BEFORE), (first.end + BEHIND).min(len));
    let mut mended = Mended::new();
    let mut at = start;
    while at < end {
        let note = note(canon, at.max(1)).filter(|note| note.start == at);
        let is_behind = note.is_some();
        at = note.map_or(at, |note| note.end);
        if at < end {
            mended.take(canon, at..at + 1);
            if is_behind {
                let last = mended.from.len() - 1;
                mended.canon.before[last] &= !OTHER;
                mended.changes[last] = true;
            }
        }
        at += 1;
    }
    mended
}

/// The numbers of a list that have neither year nor sign of their own, each with those behind this slash:
/// "các Nghị định 61, 62 và 63/2018/NĐ-CP".
fn lend(canon: &Canon, year: usize, found: &mut Vec<Mended>) {
    const MOST: usize = 12;
    let Some(mut first) = kinds::serial_before(canon, year) else { return };
    let mut items = Vec::new();
    for _ in 0..MOST {
        let before = kinds::item_before(canon, first)
            .and_then(|end| kinds::serial_before(canon, end).map(|start| start..end));
        let Some(item) = before else { break };
        if canon.parts(item.start) & (SLASH | DASH | DOT) != 0 {
            break;
        }
        first = item.start;
        items.push(item);
    }
    let Some(opening) = kinds::any_kind_before(canon, first).filter(|_| !items.is_empty()) else {
        return;
    };
    for item in items {
        let mut mended = Mended::new();
        mended.take(canon, opening..first);
        mended.take(canon, item.clone());
        let tail = mended.from.len();
        mended.take(canon, year..(year + BEHIND).min(canon.letters.len()));
        mended.changes[tail] = true;
        // The first of the list stands behind the kind alone.
        mended.canon.before[first - opening] = canon.before[first];
        mended.said = Some(item);
        found.push(mended);
    }
}
