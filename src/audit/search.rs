//! Finds what is looked for in canonical texts: one automaton over the letters of all numbers, codes and
//! names of the register, live and dead; then a judge of each place, by what parts the letters there.
//!
//! A match inside a longer one belongs to the longer one: `15/2020/NĐ-CP` in a living `115/2020/NĐ-CP`, or
//! in the title of a living law, is not named. Matches overlap freely until then, for neighbours share the
//! blank between them.

use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::fold::{CAPITAL, DASH, DOT, Folds, OTHER, SLASH, SOFT, SPACE};
use super::kinds::{is_said, kind_before, other_kind_before};
use super::layers::{Canon, Layer, Manner};
use super::slips;
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
    /// For the files of a site.
    pub(super) fn new(patterns: Vec<Pattern>) -> Self {
        let size: usize = patterns.iter().map(|pattern| pattern.letters.len()).sum();
        let kind = if size < SMALL { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
        Self::of_kind(kind, patterns)
    }

    /// For a few texts: it searches slower, and takes a third of the time to make.
    pub(super) fn for_little(patterns: Vec<Pattern>) -> Self {
        Self::of_kind(AhoCorasickKind::ContiguousNFA, patterns)
    }

    fn of_kind(kind: AhoCorasickKind, patterns: Vec<Pattern>) -> Self {
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

    /// Whether a pattern is a name or a title.
    pub(super) fn is_phrase(&self, pattern: usize) -> bool {
        matches!(self.patterns[pattern].form, Form::Phrase(_))
    }

    /// Whether the letters of a pattern hold those of one that is looked for.
    pub(super) fn touches(&self, pattern: &Pattern) -> bool {
        self.automaton.is_match(&pattern.letters)
    }

    /// The patterns whose letters occur in any of some texts, as they are written or as a reader mends them.
    pub(super) fn touched(&self, canons: &[Canon]) -> BTreeSet<usize> {
        let mut touched = BTreeSet::new();
        let mut see = |letters: &[u8]| {
            let hits = self.automaton.find_overlapping_iter(letters);
            touched.extend(hits.map(|hit| hit.pattern().as_usize()));
        };
        for canon in canons {
            see(&canon.letters);
            for mended in slips::mended(canon) {
                see(&mended.canon.letters);
            }
        }
        touched
    }

    /// All places of a text, the longest of each; in order.
    pub(super) fn find(&self, canon: &Canon) -> Vec<Match> {
        self.find_where(canon, |_| true)
    }

    /// The same of those that a second look leaves.
    pub(super) fn find_where(&self, canon: &Canon, stays: impl Fn(&Match) -> bool) -> Vec<Match> {
        let mut found = self.standing(canon);
        found.retain(stays);
        if found.len() > 1 {
            self.longest(&mut found);
        }
        found
    }

    /// Whatever stands in a text, also inside something longer.
    pub(super) fn all(&self, canon: &Canon) -> Vec<usize> {
        self.standing(canon).into_iter().map(|one| one.pattern).collect()
    }

    /// What stands in a text, as it is written and as a reader mends it.
    fn standing(&self, canon: &Canon) -> Vec<Match> {
        let mut found: Vec<Match> = self.written(canon).collect();
        for mended in slips::mended(canon) {
            found.extend(self.written(&mended.canon).filter_map(
                |Match { pattern, range, core }| {
                    let range = mended.place(&range)?;
                    let core = mended.from(core);
                    Some(Match { pattern, range, core })
                },
            ));
        }
        found
    }

    fn written(&self, canon: &Canon) -> impl Iterator<Item = Match> {
        self.automaton.find_overlapping_iter(&canon.letters).filter_map(|hit| {
            let pattern = hit.pattern().as_usize();
            let range = hit.start()..hit.end();
            let (core, range) = stands(&self.patterns[pattern], canon, range)?;
            Some(Match { pattern, range, core })
        })
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
        // What was mended in two ways is one place.
        found.dedup_by(|one, other| one.pattern == other.pattern && one.range == other.range);
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
    // How many letters of the serial were read, and before how many of them a blank stands.
    let (mut serial, mut cut) = (true, 0);
    for at in 1..pattern.letters.len() {
        let parts = canon.parts(range.start + at);
        let pair = (pattern.letters[at - 1], pattern.letters[at]);
        serial &= !pattern.starts[at];
        if pattern.starts[at] {
            if !may_part(pattern.form, parts, pair) {
                return None;
            }
        } else if !holds(pattern.form, parts, pair) {
            if !may_split(pattern.form, parts, serial) {
                return None;
            }
            if serial {
                cut = at;
            }
        }
    }
    let capital = |at: usize| canon.before[at] & CAPITAL != 0;
    let start = match pattern.form {
        // "08/2025": zeros in front belong to the serial.
        Form::Number { .. } | Form::Bare(_) | Form::Cited(_) => zeros(canon, range.start),
        _ => range.start,
    };
    let range = start..range.end;
    let fits = match pattern.form {
        Form::Number { has_year } => {
            let is_whole = cut == 0 || is_said(canon, start) || {
                let rest = pattern.starts.iter().position(|start| *start).unwrap_or(cut) - cut;
                has_year && rest == 1 && is_cited(canon, start)
            };
            is_whole && opens_number(canon, start) && closes_word(canon, range.end)
        }
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

/// Whether a blank may stand inside a word of a pattern: "61/20 18/NĐ-CP". Where it parts the serial, what is
/// before the number must tell that it is one: see [`is_cited`].
fn may_split(form: Form, parts: u8, serial: bool) -> bool {
    let is_blank = parts & !(SOFT | SPACE) == 0;
    is_blank
        && match form {
            Form::Number { has_year } => has_year || serial,
            Form::Bare(_) => true,
            Form::Cited(_) => !serial,
            Form::Code | Form::Phrase(_) | Form::Token => false,
        }
}

/// Whether a serial that a blank parts is one where neither "số" nor a kind is said: behind a word that cites,
/// or alone between signs. "1 5/2020/NĐ-CP" may as well be the first line of a list, with the number 5/2020.
fn is_cited(canon: &Canon, start: usize) -> bool {
    const CITING: [&[u8]; 4] = [b"theo", b"cancu", b"tai", b"cua"];
    start > 0
        && (canon.parts(start) & OTHER != 0
            || CITING.iter().any(|word| canon.letters[..start].ends_with(word)))
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
