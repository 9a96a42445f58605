//! Numbers of documents in a text, in all the ways people write them, by one walk from digit to digit.
//! What a number could be mistaken for is refused here: days, fractions, amounts, codes of forms and of
//! procedures, addresses on the web. Knows no register: whether a number exists is asked later.
//!
//! Looks back and ahead by a bounded number of letters only, so a text of nothing but `1/1/1/…` costs
//! what it is long.

use std::ops::Range;

use super::date::is_year;
use super::sign::{self, Sign};
use crate::model::document::Kind;

/// A number as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// The serial: "123", "66.7", "12a".
    pub(super) serial: String,
    /// The year, where one is written.
    pub(super) year: Option<i16>,
    /// The sign: "NĐ-CP". None where only serial and year are written.
    pub(super) sign: Option<String>,
    /// The sign of a neighbour in a list, where it has none of its own.
    pub(super) lent: Option<String>,
    /// The kind said before it.
    pub(super) kind: Option<Kind>,
}

/// How far back the words before a number are looked at.
const REACH: usize = 48;

/// All numbers of a text, in order. The text is canonical: see `canon`.
pub(super) fn numbers(text: &str) -> Vec<Written> {
    let bytes = text.as_bytes();
    let mut found: Vec<Written> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if let Some(end) = address(text, at) {
            at = end;
        } else if !bytes[at].is_ascii_digit() {
            at += 1;
        } else if let Some(written) = number_at(text, at, found.last()) {
            at = written.range.end;
            found.push(written);
        } else {
            at = digits(bytes, at);
        }
    }
    lend(text, &mut found);
    let lent: Vec<Written> = found.iter().flat_map(|number| yearless(text, number)).collect();
    if !lent.is_empty() {
        found.extend(lent);
        found.sort_by_key(|number| number.range.start);
    }
    found
}

/// The numbers before one that have neither year nor sign of their own: "các Nghị định 61, 62 và 63/2018".
fn yearless(text: &str, number: &Written) -> Vec<Written> {
    const MOST: usize = 12;
    let mut items: Vec<Range<usize>> = Vec::new();
    let mut next = number.range.start;
    while items.len() < MOST && number.year.is_some() {
        let near = text[..next].trim_end();
        let near = without_so(near).unwrap_or(near).trim_end();
        let joint = [",", ";", " và", " hoặc", " and", " or"]
            .iter()
            .find_map(|joint| near.strip_suffix(joint));
        let Some(before) = joint.map(str::trim_end) else { break };
        let n = before.bytes().rev().take(5).take_while(u8::is_ascii_digit).count();
        let start = before.len() - n;
        let is_part = before[..start].ends_with(|c: char| !c.is_whitespace() && c != '(');
        if !(1..=4).contains(&n) || is_part {
            break;
        }
        items.push(start..before.len());
        next = start;
    }
    let kind = items.last().and_then(|first| said_kind(&text[..first.start]));
    let Some(kind) = kind.filter(|said| said.is_sure) else { return Vec::new() };
    let sign = number.sign.as_ref().or(number.lent.as_ref());
    let of = |range: Range<usize>| Written {
        serial: text[range.clone()].to_owned(),
        range,
        year: number.year,
        sign: None,
        lent: sign.cloned(),
        kind: Some(kind.kind),
    };
    items.into_iter().map(of).collect()
}

/// The end of an address on the web that begins here.
fn address(text: &str, at: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[at..];
    let opens = matches!(bytes.first(), Some(b'h' | b'w' | b'H' | b'W'))
        && ["http://", "https://", "www."].iter().any(|opening| {
            bytes.get(..opening.len()).is_some_and(|b| b.eq_ignore_ascii_case(opening.as_bytes()))
        });
    opens.then(|| at + bytes.iter().position(|byte| *byte == b' ').unwrap_or(bytes.len()))
}

fn number_at(text: &str, at: usize, last: Option<&Written>) -> Option<Written> {
    let bytes = text.as_bytes();
    let serial_end = digits(bytes, at);
    if 5 < serial_end - at {
        return None;
    }
    if let Some(turned) = turned(text, at, serial_end) {
        // "TTLT-BTP - QĐ/1-BCA": its letters may have been taken for a body of the number before.
        let is_free =
            last.is_none_or(|last| text.get(last.range.end..turned.range.start).is_some());
        return Some(turned).filter(|_| is_free);
    }
    let follows = last.is_some_and(|last| last.range.end == at);
    if !follows && !may_begin(&text[..at]) {
        return None;
    }
    let serial_end = with_tail(bytes, at, serial_end);
    let serial = text[at..serial_end].to_owned();
    let kind = || said_kind(&text[..at]).or_else(|| listed_kind(text, at, last));
    let number = |end, year, sign, kind: Option<Said>| Written {
        range: at..end,
        serial: serial.clone(),
        year,
        sign,
        lent: None,
        kind: kind.map(|said| said.kind),
    };
    let slash = blank(bytes, serial_end);
    if bytes.get(slash) != Some(&b'/') {
        // "Nghị định số 123 năm 2015", "Decree No. 123 of 2015".
        let rest = &text[serial_end..];
        let rest = rest.strip_prefix(" năm ").or_else(|| rest.strip_prefix(" of "))?;
        let start = text.len() - rest.len();
        let (year, end) = year(text, start)?;
        let said = kind()?;
        return (said.is_sure && ends(text, end))
            .then(|| number(end, Some(year), None, Some(said)));
    }
    let after = blank(bytes, slash + 1);
    if let Some((year, end)) = year(text, after) {
        if let Some(Sign { end, text }) = signed(text, end) {
            return Some(number(end, Some(year), Some(text), kind()));
        }
        // Without its sign a number looks like a month or a fraction: only the kind before it tells.
        let said = kind()?;
        return (said.is_sure && ends(text, end))
            .then(|| number(end, Some(year), None, Some(said)));
    }
    let said = before(&text[..at]);
    if said.is_form() {
        return None;
    }
    let Sign { end, text: sign } = if said.is_letter() {
        sign::of_letter(text, after).or_else(|| sign::without_year(text, after))?
    } else {
        sign::without_year(text, after)?
    };
    Some(number(end, None, Some(sign), kind()))
}

/// The sign behind a year: behind a slash, or where people leave it out, a dash, a blank or nothing.
fn signed(text: &str, year_end: usize) -> Option<Sign> {
    let bytes = text.as_bytes();
    let at = blank(bytes, year_end);
    match bytes.get(at) {
        Some(b'/') => sign::with_year(text, blank(bytes, at + 1)),
        Some(b'-') => sign::with_year(text, blank(bytes, at + 1)).filter(Sign::is_whole),
        _ => sign::with_year(text, at).filter(Sign::is_whole),
    }
}

/// "QĐ/0001-BCA": the sign before the serial.
fn turned(text: &str, at: usize, serial_end: usize) -> Option<Written> {
    let before = text[..at].trim_end_matches(' ').strip_suffix('/')?.trim_end_matches(' ');
    let before = ["QĐ", "QD", "qđ", "qd"].iter().find_map(|sign| before.strip_suffix(sign))?;
    let is_alone = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-'));
    let rest = text[serial_end..].trim_start_matches(' ').strip_prefix('-').filter(|_| is_alone)?;
    let rest = rest.trim_start_matches(' ');
    let end = sign::issuer(text, text.len() - rest.len())?;
    Some(Written {
        range: before.len()..end,
        serial: "QĐ".to_owned(),
        year: None,
        sign: None,
        lent: None,
        kind: Some(Kind::Decision),
    })
}

/// Whether a number may begin behind this text: not inside a code, a fraction, a day or an amount.
fn may_begin(before: &str) -> bool {
    let mut letters = before.chars().rev();
    let Some(last) = letters.next() else { return true };
    let earlier = letters.next();
    match last {
        '.' | ',' => !earlier.is_some_and(|c| c.is_ascii_digit()),
        '-' => !earlier.is_some_and(char::is_alphanumeric),
        '/' | '_' | '@' | '#' | '=' | '&' | '\\' | '%' => false,
        // Cells that were glued together: "hộ tịch60/2014/QH13".
        letter if letter.is_alphabetic() => letter.is_lowercase() || ends_with_kind(before),
        _ => true,
    }
}

/// The short name of a kind, glued to the number: "NĐ61/2018/NĐ-CP".
fn ends_with_kind(before: &str) -> bool {
    let letters: Vec<char> =
        before.chars().rev().take(5).take_while(|c| c.is_alphabetic()).collect();
    let word: String = letters.into_iter().rev().collect();
    matches!(word.as_str(), "NĐ" | "ND" | "NQ" | "QĐ" | "TT" | "TTLT" | "CT" | "PL")
}

/// The rest of a serial: "66.7", "12a".
fn with_tail(bytes: &[u8], at: usize, end: usize) -> usize {
    if bytes.get(end) == Some(&b'.') {
        let dotted = digits(bytes, end + 1);
        let is_short = end - at <= 3 && (1..=2).contains(&(dotted - end - 1));
        if is_short {
            return dotted;
        }
    }
    end + usize::from(bytes.get(end).is_some_and(u8::is_ascii_alphabetic))
}

/// A year of four digits.
fn year(text: &str, at: usize) -> Option<(i16, usize)> {
    let end = digits(text.as_bytes(), at);
    let year: i16 = (end - at == 4).then(|| text[at..end].parse().ok()).flatten()?;
    is_year(year).then_some((year, end))
}

/// Whether a number without a sign may end here: nothing that makes a day or a code of it follows.
fn ends(text: &str, at: usize) -> bool {
    let mut letters = text[at..].chars();
    match letters.next() {
        Some('/' | '-' | '_') => !letters.next().is_some_and(char::is_alphanumeric),
        Some(letter) => !letter.is_alphanumeric(),
        None => true,
    }
}

/// The kind said before a number.
#[derive(Clone, Copy)]
struct Said {
    kind: Kind,
    /// Whether it is a kind of document beyond doubt, and no verb such as "quyết định".
    is_sure: bool,
}

const KINDS: [(&str, Kind); 34] = [
    ("thông tư liên tịch", Kind::JointCircular),
    ("nghị quyết liên tịch", Kind::Resolution),
    ("nghị quyết", Kind::Resolution),
    ("nghị định", Kind::Decree),
    ("quyết định", Kind::Decision),
    ("thông tư", Kind::Circular),
    ("chỉ thị", Kind::Directive),
    ("pháp lệnh", Kind::Ordinance),
    ("bộ luật", Kind::Code),
    ("hiến pháp", Kind::Constitution),
    ("văn bản hợp nhất", Kind::Consolidation),
    ("luật", Kind::Law),
    ("ttlt", Kind::JointCircular),
    ("nđ", Kind::Decree),
    ("nq", Kind::Resolution),
    ("qđ", Kind::Decision),
    ("tt", Kind::Circular),
    ("joint circular", Kind::JointCircular),
    ("joint circulars", Kind::JointCircular),
    ("circular", Kind::Circular),
    ("circulars", Kind::Circular),
    ("decree", Kind::Decree),
    ("decrees", Kind::Decree),
    ("decision", Kind::Decision),
    ("decisions", Kind::Decision),
    ("resolution", Kind::Resolution),
    ("resolutions", Kind::Resolution),
    ("directive", Kind::Directive),
    ("directives", Kind::Directive),
    ("ordinance", Kind::Ordinance),
    ("consolidated document", Kind::Consolidation),
    ("law", Kind::Law),
    ("laws", Kind::Law),
    ("code", Kind::Code),
];

/// The words right before a number, in small letters, without "số".
struct Before {
    small: String,
    says_number: bool,
    /// The same as they were written.
    written: String,
}

impl Before {
    fn ends_with(&self, word: &str) -> bool {
        let before = self.small.strip_suffix(word);
        before.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    }

    /// "Mẫu số 03/…": the code of a form.
    fn is_form(&self) -> bool {
        ["mẫu", "biểu", "phiếu", "hợp đồng", "form", "template"]
            .iter()
            .any(|word| self.ends_with(word))
    }

    /// "Công văn số 343/UBND-KSTTHC".
    fn is_letter(&self) -> bool {
        ["công văn", "văn bản", "cv"].iter().any(|word| self.ends_with(word))
    }
}

fn before(text: &str) -> Before {
    let from = text.ceil_char_boundary(text.len().saturating_sub(REACH));
    let near = text[from..].trim_end_matches([' ', ':', '(']);
    let bare = without_so(near);
    let written = bare.unwrap_or(near).trim_end();
    let small = written.to_lowercase();
    Before { small, says_number: bare.is_some(), written: written.to_owned() }
}

/// A text without the "số" or "No." at its end.
fn without_so(text: &str) -> Option<&str> {
    let said = ["số", "Số"].iter().find_map(|so| text.strip_suffix(so));
    said.or_else(|| {
        let before = ["No.", "no.", "No", "Nos."].iter().find_map(|no| text.strip_suffix(no))?;
        (!before.ends_with(char::is_alphanumeric)).then_some(before)
    })
}

fn said_kind(text: &str) -> Option<Said> {
    let before = before(text);
    let (word, kind) = KINDS.iter().find(|(word, _)| before.ends_with(word))?;
    let opening = before.written.chars().rev().nth(word.chars().count() - 1);
    let is_capital = opening.is_some_and(char::is_uppercase);
    // An abbreviation is one only in capitals, and "quyết định" is a verb as well.
    let is_short = word.chars().count() <= 4 && !["luật", "law", "laws", "code"].contains(word);
    // "Form code 03/2020" is none of the documents that are called so.
    if *word == "code" && !is_capital {
        return None;
    }
    if is_short && !before.written.ends_with(&word.to_uppercase()) {
        return None;
    }
    let is_sure = before.says_number || is_capital || *kind != Kind::Decision;
    Some(Said { kind: *kind, is_sure })
}

/// Whether "số" or a kind of document is said right before a place, so that a number must begin there.
pub(super) fn announces(text: &str) -> bool {
    before(text).says_number || said_kind(text).is_some()
}

/// Whether a word before a place says that something is cited there.
pub(super) fn cites(text: &str) -> bool {
    let before = before(text);
    ["theo", "căn cứ", "tại", "của"].iter().any(|word| before.ends_with(word))
}

/// The kind of the number before, where nothing but "," or "và" lies between.
fn listed_kind(text: &str, at: usize, last: Option<&Written>) -> Option<Said> {
    let last = last?;
    let kind = last.kind?;
    is_list(text, last.range.end, at).then_some(Said { kind, is_sure: true })
}

fn is_list(text: &str, from: usize, to: usize) -> bool {
    let between = text[from..to].trim();
    let between = without_so(between).unwrap_or(between).trim();
    let between = between.strip_prefix([',', ';']).unwrap_or(between).trim();
    matches!(between, "" | "và" | "hoặc" | "và các" | "&" | "and" | "or") && from < to
}

/// In a list the sign may stand behind the last number alone, or the first.
fn lend(text: &str, numbers: &mut [Written]) {
    let mut next: Option<(usize, String)> = None;
    for number in numbers.iter_mut().rev() {
        let lent = next.take().filter(|(at, _)| is_list(text, number.range.end, *at));
        if number.sign.is_none() {
            number.lent = lent.map(|(_, sign)| sign);
        }
        let sign = number.sign.as_ref().or(number.lent.as_ref());
        next = sign.map(|sign| (number.range.start, sign.clone()));
    }
    let mut last: Option<(usize, String)> = None;
    for number in numbers.iter_mut() {
        let lent = last.take().filter(|(end, _)| is_list(text, *end, number.range.start));
        if number.sign.is_none() && number.lent.is_none() {
            number.lent = lent.map(|(_, sign)| sign);
        }
        let sign = number.sign.as_ref().or(number.lent.as_ref());
        last = sign.map(|sign| (number.range.end, sign.clone()));
    }
}

fn digits(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn blank(bytes: &[u8], at: usize) -> usize {
    if bytes.get(at) == Some(&b' ') { at + 1 } else { at }
}
