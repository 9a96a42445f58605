//! Finds what is looked for in canonical texts: one automaton over the letters of all numbers, codes and
//! names of the register, live and dead; then a judge of each place, by what parts the letters there.
//!
//! A match inside a longer one belongs to the longer one: `15/2020/NĐ-CP` in a living `115/2020/NĐ-CP`, or
//! in the title of a living law, is not named. Matches overlap freely until then, for neighbours share the
//! blank between them.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::fold::{CAPITAL, DASH, DOT, Folds, OTHER, SLASH, SOFT, SPACE};
use super::layers::{Canon, Layer, Manner};
use crate::model::document::Kind;

/// What is looked for, in its canonical form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pattern {
    pub(super) letters: Vec<u8>,
    /// Before which letters a new word begins.
    pub(super) starts: Vec<bool>,
    pub(super) form: Form,
}

/// By which rules a pattern may stand in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// The number of a document; whether it names its year.
    Number {
        /// Without a year the words must stand close together.
        has_year: bool,
    },
    /// Serial and year without the sign, behind the kind of a document.
    Bare(Kind),
    /// A number that is not whole, with its sign, its day or its body in it, which tell its kind.
    Cited(Kind),
    /// The code of a procedure.
    Code,
    /// A name or a title.
    Phrase(Standing),
    /// An address, a hash: words that no other text has.
    Token,
}

/// How a phrase must stand to be a name, and not words of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// In any way, also glued to its neighbours.
    Glued,
    /// Between words.
    Free,
    /// Alone: more than a blank or a dash on either side.
    Alone,
    /// With a capital.
    Capital,
    /// In any letter case, and not as the end of "pháp luật …".
    Name,
}

/// A place in a canonical text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) pattern: usize,
    pub(super) range: Range<usize>,
    /// Where its serial begins, if it is a number.
    core: usize,
}

impl Pattern {
    /// What is looked for; none where nothing is left of it.
    pub(super) fn new(folds: &Folds, written: &str, form: Form) -> Option<Self> {
        let canon = Layer::read::<false>(folds, plain(written).as_bytes(), Manner::default()).flow;
        let starts = (0..canon.letters.len()).map(|at| at > 0 && canon.parts(at) != 0).collect();
        let whole = Self { letters: canon.letters, starts, form };
        let zeros = match form {
            Form::Number { .. } | Form::Bare(_) | Form::Cited(_) => {
                whole.letters.iter().take_while(|byte| **byte == b'0').count()
            }
            _ => 0,
        };
        let mut starts = whole.starts[zeros..].to_vec();
        if let Some(first) = starts.first_mut() {
            *first = false;
        }
        let letters = whole.letters[zeros..].to_vec();
        (!letters.is_empty()).then_some(Self { letters, starts, form })
    }

    /// The texts in which it stands alone.
    pub(super) fn canons(&self) -> [Canon; 2] {
        Canon::of(&self.letters, &self.starts)
    }

    /// How many words it has.
    pub(super) fn words(&self) -> usize {
        1 + self.starts.iter().filter(|start| **start).count()
    }
}

/// A written name is no markup: its signs of HTML part words and open nothing.
fn plain(written: &str) -> String {
    written.replace(['<', '>', '&', '\\', '%'], "\"")
}

/// All patterns, ready to be looked for.
#[derive(Clone, Debug)]
pub(super) struct Search {
    automaton: AhoCorasick,
    patterns: Vec<Pattern>,
}

/// Up to this many letters of patterns the fastest automaton stays below a hundred megabytes.
const SMALL: usize = 300_000;

impl Search {
    pub(super) fn new(patterns: Vec<Pattern>) -> Self {
        let size: usize = patterns.iter().map(|pattern| pattern.letters.len()).sum();
        let kind = if size < SMALL { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(kind))
            // Looking for the rarest letters first takes longer: they stand in every other word.
            .prefilter(false)
            .build(patterns.iter().map(|pattern| &pattern.letters))
            .expect("the letters of a register are far fewer than an automaton can hold");
        Self { automaton, patterns }
    }

    /// The patterns, in the order of their numbers.
    pub(super) fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// Whether the letters of a pattern hold those of one that is looked for.
    pub(super) fn touches(&self, pattern: &Pattern) -> bool {
        self.automaton.is_match(&pattern.letters)
    }

    /// All places of a text, the longest of each; in order.
    pub(super) fn find(&self, canon: &Canon) -> Vec<Match> {
        let mut found: Vec<Match> = Vec::new();
        for hit in self.automaton.find_overlapping_iter(&canon.letters) {
            let pattern = hit.pattern().as_usize();
            let range = hit.start()..hit.end();
            if let Some((core, range)) = stands(&self.patterns[pattern], canon, range) {
                found.push(Match { pattern, range, core });
            }
        }
        if found.len() > 1 {
            self.longest(&mut found);
        }
        found
    }

    /// Whatever stands in a text, also inside something longer.
    pub(super) fn all(&self, canon: &Canon) -> Vec<usize> {
        let hits = self.automaton.find_overlapping_iter(&canon.letters);
        let standing = hits.filter(|hit| {
            let pattern = &self.patterns[hit.pattern().as_usize()];
            stands(pattern, canon, hit.start()..hit.end()).is_some()
        });
        standing.map(|hit| hit.pattern().as_usize()).collect()
    }

    /// Drops what stands inside something longer, and a kind, serial and year that have a sign behind them.
    fn longest(&self, found: &mut Vec<Match>) {
        let numbers: Vec<usize> = found
            .iter()
            .filter(|one| matches!(self.patterns[one.pattern].form, Form::Number { .. }))
            .map(|one| one.core)
            .collect();
        found.retain(|one| match self.patterns[one.pattern].form {
            Form::Bare(_) | Form::Cited(_) => !numbers.contains(&one.core),
            _ => true,
        });
        found.sort_by(|one, other| {
            let by_start = one.range.start.cmp(&other.range.start);
            by_start.then(other.range.end.cmp(&one.range.end)).then(one.pattern.cmp(&other.pattern))
        });
        let mut end = 0;
        let mut last: Option<Range<usize>> = None;
        found.retain(|one| {
            let is_inside = one.range.end <= end && last.as_ref() != Some(&one.range);
            if !is_inside {
                end = end.max(one.range.end);
                last = Some(one.range.clone());
            }
            !is_inside
        });
    }
}

/// Where a pattern truly stands, of a place where its letters do.
fn stands(pattern: &Pattern, canon: &Canon, range: Range<usize>) -> Option<(usize, Range<usize>)> {
    let inside = (1..pattern.letters.len()).all(|at| {
        let parts = canon.parts(range.start + at);
        let pair = (pattern.letters[at - 1], pattern.letters[at]);
        if pattern.starts[at] {
            may_part(pattern.form, parts, pair)
        } else {
            holds(pattern.form, parts, pair)
        }
    });
    if !inside {
        return None;
    }
    let capital = |at: usize| canon.before[at] & CAPITAL != 0;
    let start = match pattern.form {
        // "08/2025": zeros in front belong to the serial.
        Form::Number { .. } | Form::Bare(_) | Form::Cited(_) => zeros(canon, range.start),
        _ => range.start,
    };
    let range = start..range.end;
    let fits = match pattern.form {
        Form::Number { .. } => opens_number(canon, start) && closes_word(canon, range.end),
        Form::Bare(kind) => {
            if !closes_bare(canon, range.end) {
                return None;
            }
            let opening = kind_before(canon, start, kind)?;
            return Some((start, opening..range.end));
        }
        Form::Cited(kind) => {
            opens_word(canon, start)
                && closes_bare(canon, range.end)
                && !other_kind_before(canon, start, kind)
        }
        Form::Code => opens_code(canon, start) && closes_code(canon, range.end),
        Form::Phrase(standing) => {
            let wanted = match standing {
                Standing::Glued => return Some((start, range)),
                Standing::Free | Standing::Capital | Standing::Name => {
                    SOFT | DOT | DASH | SLASH | SPACE | OTHER
                }
                Standing::Alone => SOFT | DOT | SLASH | OTHER,
            };
            let bounded =
                |at: usize| at == 0 || at == canon.letters.len() || canon.parts(at) & wanted != 0;
            bounded(start)
                && bounded(range.end)
                && (standing != Standing::Capital || capital(start))
                && (standing != Standing::Name || !canon.letters[..start].ends_with(b"phap"))
        }
        Form::Token => opens_word(canon, start) && closes_token(canon, range.end),
    };
    fits.then_some((start, range))
}

/// Whether two words of a pattern may stand apart like this.
fn may_part(form: Form, parts: u8, (before, after): (u8, u8)) -> bool {
    let digits = before.is_ascii_digit() && after.is_ascii_digit();
    match form {
        Form::Number { has_year } => match parts {
            0 => !digits && (has_year || !before.is_ascii_digit()),
            parts => parts & OTHER == 0,
        },
        Form::Bare(_) => {
            let letters = !before.is_ascii_digit() && !after.is_ascii_digit();
            if digits {
                parts & (SLASH | DASH) != 0 && parts & OTHER == 0
            } else {
                parts != 0 || !letters
            }
        }
        Form::Code => parts != 0 && parts & !(DOT | DASH | SOFT) == 0,
        Form::Phrase(_) | Form::Token | Form::Cited(_) => parts != 0,
    }
}

/// Whether a word of a pattern may stand like this inside.
fn holds(form: Form, parts: u8, (before, after): (u8, u8)) -> bool {
    let is_term = before.is_ascii_alphabetic() && after.is_ascii_digit();
    match form {
        // "QH 13".
        Form::Number { .. } if is_term => parts & !(SOFT | SPACE | DASH) == 0,
        _ => parts & !SOFT == 0,
    }
}

/// Where the kind of a document begins that is said right before its serial: "Nghị định số", "NĐ".
fn kind_before(canon: &Canon, serial: usize, kind: Kind) -> Option<usize> {
    let word = |end: usize, word: &str, is_short: bool| {
        let start = end.checked_sub(word.len())?;
        let is_said = canon.letters[start..end] == *word.as_bytes() && opens_word(canon, start);
        let capital = |at: usize| canon.before[at] & CAPITAL != 0;
        (is_said && (!is_short || (start..end).all(capital))).then_some(start)
    };
    let end = word(serial, "so", false).unwrap_or(serial);
    let said = KINDS.iter().filter(|(one, ..)| *one == kind);
    let near = said.clone().find_map(|(_, name, is_short)| word(end, name, *is_short));
    near.or_else(|| {
        let body = body_before(canon, end)?;
        said.clone().find_map(|(_, name, is_short)| word(body, name, *is_short))
    })
}

/// Where the name of a body begins that stands between a kind and its serial: "Nghị định của Chính phủ số 61",
/// "Thông tư của Bộ Tài chính số 23".
fn body_before(canon: &Canon, end: usize) -> Option<usize> {
    const REACH: usize = 60;
    let from = end.saturating_sub(REACH);
    for at in (from + 1..end).rev() {
        let is_broken = canon.letters[at].is_ascii_digit()
            || canon.parts(at) & (OTHER | DOT | SLASH) != 0
            || KINDS.iter().any(|(_, name, _)| {
                4 <= name.len() && canon.letters[at..end].starts_with(name.as_bytes())
            });
        if is_broken {
            return None;
        }
        let opens = |body: &[u8]| canon.letters[at..end].starts_with(body);
        let behind_kind = |at: usize| {
            KINDS.iter().any(|(_, name, _)| canon.letters[..at].ends_with(name.as_bytes()))
        };
        let is_body = opens(b"cua") || opens(b"chinhphu") || opens(b"bo");
        if is_body && canon.parts(at) != 0 && behind_kind(at) {
            return Some(at);
        }
    }
    None
}

/// Whether another kind of document is said right before a serial.
fn other_kind_before(canon: &Canon, serial: usize, kind: Kind) -> bool {
    let mut others = KINDS.iter().map(|(other, ..)| *other).filter(|other| *other != kind);
    others.any(|other| kind_before(canon, serial, other).is_some())
        && kind_before(canon, serial, kind).is_none()
}

/// The words for each kind, and whether one is an abbreviation, which has capitals.
const KINDS: [(Kind, &str, bool); 15] = [
    (Kind::Law, "luat", false),
    (Kind::Code, "boluat", false),
    (Kind::Code, "luat", false),
    (Kind::Ordinance, "phaplenh", false),
    (Kind::Decree, "nghidinh", false),
    (Kind::Decree, "nd", true),
    (Kind::Resolution, "nghiquyet", false),
    (Kind::Resolution, "nq", true),
    (Kind::Decision, "quyetdinh", false),
    (Kind::Decision, "qd", true),
    (Kind::Circular, "thongtu", false),
    (Kind::Circular, "tt", true),
    (Kind::JointCircular, "thongtulientich", false),
    (Kind::JointCircular, "ttlt", true),
    (Kind::Directive, "chithi", false),
];

/// The first of the zeros that stand right before a letter.
fn zeros(canon: &Canon, mut at: usize) -> usize {
    while at > 0 && canon.letters[at - 1] == b'0' && canon.parts(at) & !SOFT == 0 {
        at -= 1;
    }
    at
}

fn opens_word(canon: &Canon, at: usize) -> bool {
    at == 0 || canon.parts(at) != 0
}

/// A number begins behind anything but digits; the cells of a table may be glued to it.
fn opens_number(canon: &Canon, at: usize) -> bool {
    if at == 0 {
        return true;
    }
    let is_digit = canon.letters[at - 1].is_ascii_digit();
    match canon.parts(at) {
        0 => !is_digit,
        // "66.7/2025/NQ-CP" is no 7/2025/NQ-CP.
        DOT if is_digit => {
            let digits = (0..at).rev().take_while(|at| canon.letters[*at].is_ascii_digit());
            let mut length = 0;
            for place in digits {
                length += 1;
                if canon.parts(place) != 0 {
                    break;
                }
            }
            length > 3
        }
        _ => true,
    }
}

/// Whether a word ends here: something parts it from the next, or the next is glued to it and its letter
/// case tells.
fn closes_word(canon: &Canon, at: usize) -> bool {
    if at == canon.letters.len() || canon.parts(at) != 0 {
        return true;
    }
    let [last, next] = [canon.letters[at - 1], canon.letters[at]];
    if next.is_ascii_digit() {
        return false;
    }
    if last.is_ascii_digit() {
        return true;
    }
    let capital = |at: usize| canon.before.get(at).is_some_and(|before| before & CAPITAL != 0);
    let is_word = at + 1 < canon.letters.len() && canon.parts(at + 1) == 0 && !capital(at + 1);
    // "NĐ-CPNghị", "TT-BTPquy"; but not "QĐ-TTg".
    capital(at - 1) && is_word && canon.letters[at + 1].is_ascii_alphabetic()
}

/// A number without a sign ends where no sign, day or code can follow.
fn closes_bare(canon: &Canon, at: usize) -> bool {
    if at == canon.letters.len() {
        return true;
    }
    let parts = canon.parts(at);
    parts != 0 && !matches!(parts & !SOFT, SLASH | DASH)
}

/// A code is no part of a longer number.
fn opens_code(canon: &Canon, at: usize) -> bool {
    if at == 0 || !canon.letters[at - 1].is_ascii_digit() {
        return true;
    }
    let parts = canon.parts(at) & !SOFT;
    canon.parts(at) != 0 && parts != DOT && parts != DASH
}

fn closes_code(canon: &Canon, at: usize) -> bool {
    if at == canon.letters.len() {
        return true;
    }
    let is_digit = canon.letters[at].is_ascii_digit();
    match canon.parts(at) & !SOFT {
        0 => canon.parts(at) != 0 || !is_digit,
        DOT | DASH => !is_digit,
        _ => true,
    }
}

fn closes_token(canon: &Canon, at: usize) -> bool {
    at == canon.letters.len() || canon.parts(at) != 0
}
