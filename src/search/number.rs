//! Codes of procedures and numbers of documents, before any word is looked for: whole or in part, in any
//! spelling ("1001193", "nghị định 123", "tt 04/2020", "luật đất đai").

use super::ends::LEAST;
use super::fold::{Word, is_law, key, plain, words};
use super::index::Numbers;

/// Where a number leads.
#[derive(Clone, Debug, Default)]
pub(super) struct Routed {
    /// Entries by their codes.
    pub(super) entries: Vec<(usize, u32)>,
    /// Documents.
    pub(super) laws: Vec<(usize, u32)>,
    /// Whether nothing but a number was asked for: no word is looked for.
    pub(super) is_number: bool,
}

/// Kinds of documents as people write them in both languages, folded and without blanks, and how their signs
/// begin.
const KINDS: [(&str, &str); 26] = [
    ("thongtulientich", "ttlt"),
    ("vanbanhopnhat", "vbhn"),
    ("nghiquyet", "nq"),
    ("nghidinh", "nd"),
    ("quyetdinh", "qd"),
    ("thongtu", "tt"),
    ("phaplenh", "pl"),
    ("chithi", "ct"),
    ("hienphap", ""),
    ("boluat", "qh"),
    ("luat", "qh"),
    ("ttlt", "ttlt"),
    ("nd", "nd"),
    ("nq", "nq"),
    ("qd", "qd"),
    ("tt", "tt"),
    ("ct", "ct"),
    ("jointcircular", "ttlt"),
    ("circular", "tt"),
    ("decree", "nd"),
    ("decision", "qd"),
    ("resolution", "nq"),
    ("ordinance", "pl"),
    ("directive", "ct"),
    ("constitution", ""),
    ("law", "qh"),
];

/// What a query leads to, as a number.
pub(super) fn route(text: &str, numbers: &Numbers) -> Routed {
    let plain = plain(text);
    let mut routed = Routed::default();
    let asked = codes(&plain);
    routed.is_number = !asked.is_empty();
    if routed.is_number {
        for (place, code) in numbers.codes.iter().enumerate() {
            let key = key(code);
            let score = asked.iter().map(|asked| asked.score(&key)).max().unwrap_or_default();
            if 0 < score {
                routed.entries.push((place, score));
            }
        }
    }
    if let Some(asked) = Asked::read(&plain) {
        for (place, law) in numbers.laws.iter().enumerate() {
            let score = asked.score(&law.number);
            if 0 < score {
                routed.laws.push((place, score));
            }
        }
        routed.is_number |= asked.is_alone;
    } else {
        routed.laws = named(text, numbers);
    }
    routed.laws.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    routed
}

/// Whether a query is this code or number, whole or in part.
#[must_use]
pub fn names(text: &str, name: &str) -> bool {
    let plain = plain(text);
    codes(&plain).iter().any(|asked| 0 < asked.score(&key(name)))
        || Asked::read(&plain).is_some_and(|asked| 0 < asked.score(name))
}

/// A code that was asked for, as far as it was typed.
struct Code {
    digits: String,
    /// Whether it was typed from its beginning: "1.00".
    is_begun: bool,
}

/// How many digits a whole code has at least.
const WHOLE: usize = 7;

/// The codes that were asked for: digits, and what stands between them; perhaps "mã" before, and behind
/// it what the portal adds ("….000.00.00.H12"). Digits in groups are one code, whole codes are several.
fn codes(plain: &str) -> Vec<Code> {
    let words = plain.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    let rest = words.filter(|word| !word.is_empty()).skip_while(|word| {
        ["ma", "so", "tthc", "thu", "tuc", "ma:", "so:", "code", "va"].contains(word)
    });
    let rest: Vec<&str> = rest
        .map(|word| word.split_once(".000.00.00").map_or(word, |(code, _)| code))
        .filter(|word| *word != "va")
        .collect();
    let is_code = |word: &&str| word.bytes().all(|b| b.is_ascii_digit() || b".-_".contains(&b));
    let code = |text: &str| {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let is_begun = text.len() != digits.len() && text.as_bytes().get(1) == Some(&b'.');
        Code { digits, is_begun }
    };
    if !rest.iter().all(is_code) {
        return Vec::new();
    }
    let each: Vec<Code> = rest.iter().map(|word| code(word)).collect();
    if 1 < each.len() && each.iter().all(|code| WHOLE <= code.digits.len()) {
        return each;
    }
    let one = code(&rest.join(""));
    if one.digits.len() < LEAST { Vec::new() } else { vec![one] }
}

impl Code {
    fn score(&self, code: &str) -> u32 {
        let asked = self.digits.as_str();
        if code == asked {
            1000
        } else if self.is_begun && code.starts_with(asked) {
            950
        } else if code.ends_with(asked) {
            900
        } else if code.starts_with(asked) {
            850
        } else if 4 <= asked.len() && code.contains(asked) {
            800
        } else {
            0
        }
    }
}

/// The number of a document that was asked for, as far as it was typed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    kind: &'static str,
    serial: String,
    year: String,
    sign: String,
    /// Whether nothing else was typed.
    is_alone: bool,
}

impl Asked {
    fn read(plain: &str) -> Option<Self> {
        let bytes = plain.as_bytes();
        let start = bytes.iter().position(u8::is_ascii_digit)?;
        let before: String = plain[..start].chars().filter(char::is_ascii_alphanumeric).collect();
        let before = ["so", "no"].iter().find_map(|so| before.strip_suffix(so)).unwrap_or(&before);
        let kind = KINDS.iter().find(|(said, _)| before.ends_with(said));
        let mut asked = Self { kind: kind.map_or("", |(_, sign)| sign), ..Self::default() };
        let end = |from: usize| {
            bytes[from..].iter().position(|b| !b.is_ascii_digit()).map_or(bytes.len(), |n| from + n)
        };
        let mut at = end(start);
        // "66.7/2025".
        if bytes.get(at) == Some(&b'.')
            && end(at + 1) <= at + 3
            && at - start <= 3
            && at + 1 < end(at + 1)
        {
            at = end(at + 1);
        }
        plain[start..at].trim_start_matches('0').clone_into(&mut asked.serial);
        let rest = plain[at..].trim_start();
        let is_slashed = rest.starts_with(['/', '-']);
        let rest = rest.trim_start_matches(['/', '-', ' ']);
        let rest = ["nam ", "of "].iter().find_map(|it| rest.strip_prefix(it)).unwrap_or(rest);
        let rest = rest.trim_start();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let mut sign = rest;
        if digits == 4 && (rest.starts_with("19") || rest.starts_with("20")) {
            rest[..4].clone_into(&mut asked.year);
            sign = &rest[4..];
        }
        asked.sign = sign.chars().filter(char::is_ascii_alphanumeric).collect();
        let is_sign = asked.sign.is_empty() || is_sign(&asked.sign);
        if !is_sign {
            asked.sign.clear();
        }
        asked.is_alone =
            is_sign && (before.is_empty() || kind.is_some_and(|(said, _)| before == *said));
        let is_law = kind.is_some()
            || (is_slashed && (!asked.year.is_empty() || (!asked.sign.is_empty() && is_sign)));
        (is_law && !asked.serial.is_empty() && asked.serial.len() <= 6).then_some(asked)
    }

    fn score(&self, number: &str) -> u32 {
        let number = plain(number);
        let mut parts = number.split('/').map(str::trim);
        let serial = parts.next().unwrap_or_default().trim_start_matches('0');
        if serial != self.serial {
            return 0;
        }
        let rest: Vec<&str> = parts.collect();
        let year =
            rest.iter().find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit()));
        let sign: String = rest
            .last()
            .map_or("", |sign| sign)
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let fits = (self.year.is_empty() || year.is_some_and(|year| *year == self.year))
            && sign.starts_with(self.kind)
            && !(self.kind == "tt" && sign.starts_with("ttlt"))
            && sign.starts_with(&self.sign);
        match (fits, self.sign == sign, year) {
            (false, ..) => 0,
            (true, true, _) => 1000,
            // The newest first.
            (true, false, Some(year)) => {
                900 - 2100_u32.saturating_sub(year.parse().unwrap_or(0)).min(200)
            }
            (true, false, None) => 650,
        }
    }
}

/// Whether letters may be the sign of a document: "ndcp", "qh13", "ttbtc".
fn is_sign(letters: &str) -> bool {
    ["nd", "nq", "qd", "tt", "ct", "pl", "qh", "ubtvqh", "vbhn", "l", "sl"]
        .iter()
        .any(|sign| letters.starts_with(sign))
        && letters.len() <= 16
}

/// The laws that are called as was typed: "luật đất đai", "bộ luật dân sự 2015".
fn named(text: &str, numbers: &Numbers) -> Vec<(usize, u32)> {
    let mut asked = words(text);
    let is_year =
        |word: &Word| word.fold.len() == 4 && word.fold.bytes().all(|b| b.is_ascii_digit());
    let year = asked.pop_if(|word| is_year(word)).map(|word| word.fold);
    if year.is_some() {
        asked.pop_if(|word| word.fold == "nam");
    }
    if !is_law(&asked) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (place, law) in numbers.laws.iter().enumerate() {
        let name = words(&law.title);
        let begins = asked.len() <= name.len()
            && asked.iter().zip(&name).all(|(asked, word)| {
                asked.exact == word.exact || (asked.is_bare() && asked.fold == word.fold)
            });
        let fits_year =
            year.as_ref().is_none_or(|year| law.number.split('/').any(|part| part == year));
        if begins && fits_year {
            let rest = u32::try_from(name.len() - asked.len()).unwrap_or(99).min(99);
            found.push((place, 999 - rest));
        }
    }
    found
}
