//! The kind of a document that is said before a number, which tells a number without its sign from a month
//! or a fraction: "Nghị định số 61/2018"; before the body that made it, or before a list of several.
//!
//! Knows canonical texts and no needle.

use super::fold::{CAPITAL, DOT, NOTE, OTHER, PARTS, SLASH, SOFT, SPACE};
use super::layers::Canon;
use crate::model::document::Kind;

/// Where the kind of a document begins that is said right before its serial: "Nghị định số", "NĐ". In a list
/// it is said once; what stands between it and this serial is not this number's.
pub(super) fn kind_before(canon: &Canon, serial: usize, kind: Kind) -> Option<usize> {
    let of_kind = |one: Kind| one == kind;
    near(canon, serial, of_kind).or_else(|| {
        let first = first_of_list(canon, serial)?;
        near(canon, first, of_kind).map(|_| serial)
    })
}

/// Where any kind begins that is said right before a serial.
pub(super) fn any_kind_before(canon: &Canon, serial: usize) -> Option<usize> {
    near(canon, serial, |_| true)
}

/// Whether another kind of document is said right before a serial.
pub(super) fn other_kind_before(canon: &Canon, serial: usize, kind: Kind) -> bool {
    near(canon, serial, |other| other != kind).is_some()
        && near(canon, serial, |one| one == kind).is_none()
}

/// Whether what begins here can only be a number: "số", or a kind, is said right before it.
pub(super) fn is_said(canon: &Canon, serial: usize) -> bool {
    without_so(canon, serial) < serial || any_kind_before(canon, serial).is_some()
}

/// Where "số" or "No." begins before a serial, if it is said.
pub(super) fn without_so(canon: &Canon, serial: usize) -> usize {
    ["so", "no"].iter().find_map(|so| word(canon, serial, so, false)).unwrap_or(serial)
}

/// The end of the item of a list that comes before this one: a comma and a blank part them, or "và".
pub(super) fn item_before(canon: &Canon, item: usize) -> Option<usize> {
    let item = without_so(canon, item);
    if item == 0 {
        return None;
    }
    let parts = canon.parts(item);
    if parts & !SOFT == OTHER | SPACE {
        return Some(item);
    }
    let joined = ["va", "hoac", "and", "or"].iter().find_map(|and| word(canon, item, and, false));
    joined.filter(|end| parts & OTHER == 0 && 0 < *end)
}

fn near(canon: &Canon, serial: usize, wanted: impl Fn(Kind) -> bool) -> Option<usize> {
    let end = without_so(canon, serial);
    let said = KINDS.iter().filter(|(one, ..)| wanted(*one));
    let said_before = |end: usize| {
        let mut found = said
            .clone()
            .filter_map(|(kind, name, is_short)| Some((*kind, word(canon, end, name, *is_short)?)));
        // A "joint circular" is none.
        let is_own = |(kind, start): &(Kind, usize)| {
            *kind != Kind::Circular || word(canon, *start, "joint", false).is_none()
        };
        found.find(is_own).map(|(_, start)| start)
    };
    said_before(end).or_else(|| said_before(body_before(canon, end)?))
}

/// Where a word begins that ends here. An abbreviation has capitals.
fn word(canon: &Canon, end: usize, word: &str, is_short: bool) -> Option<usize> {
    let start = end.checked_sub(word.len())?;
    let opens_word = start == 0 || canon.parts(start) != 0;
    let is_said = canon.letters[start..end] == *word.as_bytes() && opens_word;
    let capital = |at: usize| canon.before[at] & CAPITAL != 0;
    (is_said && (!is_short || (start..end).all(capital))).then_some(start)
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
        let is_body = opens(b"cua") || opens(b"chinhphu") || opens(b"bo") || opens(b"ofthe");
        if is_body && canon.parts(at) != 0 && behind_kind(at) {
            return Some(at);
        }
    }
    None
}

/// Where the first number of a list begins in which this one is not the first.
fn first_of_list(canon: &Canon, serial: usize) -> Option<usize> {
    const MOST: usize = 12;
    let mut first = None;
    let mut at = serial;
    for _ in 0..MOST {
        let Some(before) = item_before(canon, at).and_then(|end| number_before(canon, end)) else {
            break;
        };
        first = Some(before);
        at = before;
    }
    first
}

/// Where a number of serial and year begins that ends here, with its sign or without.
fn number_before(canon: &Canon, end: usize) -> Option<usize> {
    const LONGEST: usize = 24;
    for year in (end.saturating_sub(LONGEST)..end.saturating_sub(3)).rev() {
        if year == 0 || canon.parts(year + 1) & (OTHER | DOT) != 0 {
            return None;
        }
        if is_year(canon, year) {
            return serial_before(canon, year);
        }
    }
    None
}

/// Whether a year stands here behind a slash.
pub(super) fn is_year(canon: &Canon, at: usize) -> bool {
    let letters = &canon.letters[at..];
    let is_century = letters.starts_with(b"19") || letters.starts_with(b"20");
    let is_whole = |place: usize| canon.parts(at + place) & !SOFT == 0;
    is_century
        && canon.parts(at) & SLASH != 0
        && (2..4).all(|place| letters.get(place).is_some_and(u8::is_ascii_digit))
        && (1..4).all(is_whole)
        && letters.get(4).is_none_or(|next| !next.is_ascii_digit() || !is_whole(4))
}

/// Where the digits begin that end here.
pub(super) fn serial_before(canon: &Canon, end: usize) -> Option<usize> {
    const MOST: usize = 4;
    let mut start = end;
    while 0 < start && canon.letters[start - 1].is_ascii_digit() {
        start -= 1;
        if end - start > MOST {
            return None;
        }
        if start == 0 || canon.before[start] & (PARTS | NOTE) & !SOFT != 0 {
            break;
        }
    }
    (start < end).then_some(start)
}

/// The words for each kind in both languages, and whether one is an abbreviation, which has capitals.
const KINDS: [(Kind, &str, bool); 33] = [
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
    (Kind::Law, "law", false),
    (Kind::Law, "laws", false),
    (Kind::Code, "code", false),
    (Kind::Code, "codes", false),
    (Kind::Ordinance, "ordinance", false),
    (Kind::Ordinance, "ordinances", false),
    (Kind::Decree, "decree", false),
    (Kind::Decree, "decrees", false),
    (Kind::Resolution, "resolution", false),
    (Kind::Resolution, "resolutions", false),
    (Kind::Decision, "decision", false),
    (Kind::Decision, "decisions", false),
    (Kind::Circular, "circular", false),
    (Kind::Circular, "circulars", false),
    (Kind::JointCircular, "jointcircular", false),
    (Kind::JointCircular, "jointcirculars", false),
    (Kind::Directive, "directive", false),
    (Kind::Directive, "directives", false),
];
