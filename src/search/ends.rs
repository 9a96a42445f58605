//! Codes in parts. Every end of each code stands in one order ("1001193", "001193", "01193"), so that those
//! in which some digits are found stand together, and a part or two of however many answer.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::fold::key;

/// How many digits are a part of a code at least.
pub(super) const LEAST: usize = 3;
/// To how many entries a number leads at most.
pub(super) const ROUTED: usize = 20;

/// The ends of all codes, in order.
#[derive(Clone, Debug)]
pub struct Ends {
    /// Codes as they are compared, by their places.
    codes: Vec<String>,
    /// The place of a code, and where in it the end begins.
    order: Vec<(usize, usize)>,
    /// How many ends a part holds.
    size: usize,
}

/// A part of them.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// The codes with these ends.
    rows: Rows,
    /// Digits with which more ends begin than a part and the next one hold, and the codes that come first.
    often: BTreeMap<String, Rows>,
}

/// Codes, by blanks, and their places.
#[derive(Clone, Debug, Serialize)]
struct Rows {
    codes: String,
    places: Vec<usize>,
}

impl Ends {
    pub(super) fn new(codes: &[String], size: usize) -> Self {
        let codes: Vec<String> = codes.iter().map(|code| key(code)).collect();
        let mut order = Vec::new();
        for (place, code) in codes.iter().enumerate() {
            let starts = 0..(code.len() + 1).saturating_sub(LEAST);
            let is_asked = |start: &usize| code.as_bytes()[*start].is_ascii_digit();
            order.extend(starts.filter(is_asked).map(|start| (place, start)));
        }
        order.sort_unstable_by_key(|(place, start)| (&codes[*place][*start..], *place));
        Self { codes, order, size }
    }

    /// The first end of each part.
    pub(super) fn firsts(&self) -> Vec<String> {
        let firsts: Vec<String> =
            (0..self.order.len()).step_by(self.size).map(|at| self.end(at).to_owned()).collect();
        if firsts.is_empty() { vec![String::new()] } else { firsts }
    }

    /// A part, by its place.
    #[must_use]
    pub fn part(&self, part: usize) -> Part {
        let from = part.saturating_mul(self.size).min(self.order.len());
        let till = from.saturating_add(self.size).min(self.order.len());
        Part { rows: self.rows(self.order[from..till].iter().copied()), often: self.often(from) }
    }

    /// What is asked for too often for parts, of the digits that are looked for in the part from a place on.
    fn often(&self, from: usize) -> BTreeMap<String, Rows> {
        let mut often = BTreeMap::new();
        // Of what fills more than two parts, the first end of the third has it.
        let Some(third) = from.checked_add(self.size.saturating_mul(2)) else { return often };
        if self.order.len() <= third {
            return often;
        }
        let end = self.end(third);
        for length in LEAST..=end.len() {
            let digits = &end[..length];
            let found = self.with(digits);
            // The part is the last of which the first end comes before these digits.
            let is_here = (from == 0 || from < found.start) && found.start <= from + self.size;
            if is_here {
                often.insert(digits.to_owned(), self.rows(self.best(found, length).into_iter()));
            }
        }
        often
    }

    /// The ends that begin with some digits.
    fn with(&self, digits: &str) -> Range<usize> {
        let from = self.order.partition_point(|end| self.text(*end) < digits);
        let count = self.order[from..].partition_point(|end| self.text(*end).starts_with(digits));
        from..from + count
    }

    /// Of ends that begin with as many digits as were asked for, the first of each way to have them: no more
    /// are shown.
    fn best(&self, found: Range<usize>, length: usize) -> Vec<(usize, usize)> {
        let mut ways: [Vec<(usize, usize)>; 4] = Default::default();
        for (place, start) in self.order[found].iter().copied() {
            let is_last = start + length == self.codes[place].len();
            let way = match (start == 0, is_last) {
                (true, true) => 0,
                (true, false) => 1,
                (false, true) => 2,
                (false, false) => 3,
            };
            ways[way].push((place, start));
        }
        for way in &mut ways {
            way.sort_unstable();
            way.truncate(ROUTED);
        }
        ways.concat()
    }

    fn rows(&self, ends: impl Iterator<Item = (usize, usize)>) -> Rows {
        let (codes, places): (Vec<&str>, _) =
            ends.map(|(place, _)| (self.codes[place].as_str(), place)).unzip();
        Rows { codes: codes.join(" "), places }
    }

    fn end(&self, at: usize) -> &str {
        self.text(self.order[at])
    }

    fn text(&self, (place, start): (usize, usize)) -> &str {
        &self.codes[place][start..]
    }
}
