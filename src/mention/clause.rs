//! The provisions said beside a document: "khoản 2 Điều 4 Luật Hộ tịch", "các Điều 8, 9 và 10 của Nghị
//! định …", "Nghị định … tại Điều 9". Words are taken while they tell levels, labels and what joins
//! them; the first other word ends the list. Knows no document and not whether a provision exists.

use std::ops::Range;

use crate::model::provision::Provision;

/// How far a list of provisions may reach, in bytes.
const REACH: usize = 400;

/// How many provisions a range may name between its ends; a longer one is a slip.
const RANGE_LIMIT: u16 = 500;

/// What may stand between a provision and the number or the name.
const BETWEEN: [&str; 38] = [
    "thông tư liên tịch",
    "nghị quyết liên tịch",
    "pháp lệnh",
    "nghị định",
    "nghị quyết",
    "quyết định",
    "thông tư",
    "chỉ thị",
    "bộ luật",
    "luật",
    "nđ",
    "nq",
    "qđ",
    "tt",
    "số",
    "của",
    "tại",
    "được ban hành kèm theo",
    "ban hành kèm theo",
    "kèm theo",
    "thuộc",
    "joint circular",
    "circular",
    "decree",
    "decision",
    "resolution",
    "ordinance",
    "directive",
    "law",
    "code",
    "no.",
    "no",
    "of",
    "the",
    "to",
    "government's",
    "issued together with",
    "issued with",
];

/// The levels, the outermost first.
const LEVELS: [&str; 7] = ["phụ lục", "phần", "chương", "mục", "điều", "khoản", "điểm"];

/// The same as translations say them, each by its place among the levels.
const IN_ENGLISH: [(&str, usize); 12] = [
    ("part", 1),
    ("chapter", 2),
    ("section", 3),
    ("article", 4),
    ("articles", 4),
    ("clause", 5),
    ("clauses", 5),
    ("point", 6),
    ("points", 6),
    ("chapters", 2),
    ("sections", 3),
    ("parts", 1),
];

/// The letters of points, in order.
const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";

/// A part of a document that is said at one place: one provision, or a range of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it is said.
    pub range: Range<usize>,
    /// The provision, or the first of the range.
    pub first: Provision,
    /// The outer levels, the own level, and the labels at the ends of the range.
    span: Option<(String, String, String)>,
}

impl Part {
    /// Every provision that is named, in order.
    pub fn each(&self) -> impl Iterator<Item = Provision> + '_ {
        let others = self.span.iter().flat_map(|(around, from, to)| {
            between(from, to).chain([to.clone()]).map(move |label| format!("{around} {label}"))
        });
        let others = others.filter_map(|said| Provision::parse(&said));
        std::iter::once(self.first.clone()).chain(others)
    }
}

/// The labels between two, where they can be counted.
fn between(from: &str, to: &str) -> Box<dyn Iterator<Item = String>> {
    let number = |label: &str| {
        let digits = label.trim_end_matches(char::is_alphabetic);
        digits.parse::<u16>().ok()
    };
    let letter = |label: &str| LETTERS.chars().position(|it| label == it.to_string());
    if let (Some(from), Some(to)) = (number(from), number(to))
        && to.saturating_sub(from) <= RANGE_LIMIT
    {
        return Box::new((from.saturating_add(1)..to).map(|n| n.to_string()));
    }
    if let (Some(from), Some(to)) = (letter(from), letter(to)) {
        let n = to.saturating_sub(from + 1);
        return Box::new(LETTERS.chars().skip(from + 1).take(n).map(|it| it.to_string()));
    }
    Box::new(std::iter::empty())
}

/// The provisions said right before a place.
pub(super) fn before(text: &str, at: usize) -> Vec<Part> {
    let from = text.ceil_char_boundary(at.saturating_sub(REACH));
    let mut rest = text[from..at].trim_end_matches([' ', '(']);
    while let Some(shorter) = BETWEEN.iter().find_map(|words| without(rest, words)) {
        rest = shorter.trim_end();
    }
    rest = rest.trim_end_matches([' ', ',']);
    // "… tại Điều 9; Luật …": of the document before.
    if rest.ends_with(';') {
        return Vec::new();
    }
    let mut words = Vec::new();
    let mut end = from + rest.len();
    while let Some(word) = text[from..end].rsplit(' ').next().filter(|word| !word.is_empty()) {
        let start = end - word.len();
        // An opening bracket or quote before a word ends what belongs to the document.
        let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '-' && c != '&');
        if !read(bare, end - bare.len(), &mut words) {
            break;
        }
        if bare.len() < word.len() || start <= from {
            break;
        }
        end = start - 1;
    }
    words.reverse();
    parts(&words)
}

/// The provisions said right behind a place, and where they end.
pub(super) fn after(text: &str, at: usize) -> Option<(Vec<Part>, usize)> {
    let rest = text[at..].trim_start_matches([' ', ',', '(', ')']);
    let rest = OPENINGS.iter().find_map(|words| rest.strip_prefix(words)).unwrap_or(rest);
    let from = text.len() - rest.len();
    let until = text.floor_char_boundary(from.saturating_add(REACH).min(text.len()));
    let mut words = Vec::new();
    let mut start = from;
    while start < until {
        let word = text[start..until].split(' ').next().unwrap_or_default();
        let bare = word.trim_end_matches(['.', ')', ':', '"', '”']);
        let mut read_words = Vec::new();
        if !read(bare, start, &mut read_words) {
            break;
        }
        words.extend(read_words.into_iter().rev());
        start += word.len() + 1;
        if bare.len() < word.len() {
            break;
        }
    }
    let found = parts(&words);
    let end = found.last()?.range.end;
    let rest = text[end..].trim_start_matches([' ', ',']);
    let rest =
        ["của ", "of the ", "of "].iter().find_map(|of| rest.strip_prefix(of)).unwrap_or(rest);
    let near: String = rest.chars().take(24).flat_map(char::to_lowercase).collect();
    // "…, Điều 9 Luật này": of another document, whether the register holds it or not.
    (!KINDS.iter().any(|kind| near.starts_with(kind))).then_some((found, end))
}

/// What may open a list of provisions behind a document.
const OPENINGS: [&str; 4] = ["quy định tại ", "tại ", "ở ", "in "];

/// What names a document.
const KINDS: [&str; 21] = [
    "luật",
    "bộ luật",
    "hiến pháp",
    "pháp lệnh",
    "nghị định",
    "nghị quyết",
    "quyết định",
    "thông tư",
    "chỉ thị",
    "văn bản",
    "quy chế",
    "điều lệ",
    "law",
    "code",
    "constitution",
    "ordinance",
    "decree",
    "resolution",
    "decision",
    "circular",
    "joint circular",
];

/// What a word in a list of provisions is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    /// Its place among the levels.
    Level(usize),
    Label(String),
    /// The first word of "phụ lục".
    Annex,
    And,
    To,
    Filler,
}

type Placed = (Word, Range<usize>);

/// Reads a word with what is joined to it, the last first; false where it is no part of a list.
fn read(word: &str, at: usize, words: &mut Vec<Placed>) -> bool {
    let bare = word.trim_end_matches([',', ';']);
    let range = at..at + bare.len();
    if bare.chars().count() > 9 {
        return false;
    }
    if bare.len() < word.len() {
        words.push((Word::And, range.end..at + word.len()));
    }
    let small = bare.to_lowercase();
    let found = match small.as_str() {
        "" => return bare.len() < word.len(),
        "và" | "hoặc" | "&" | "cùng" | "and" | "or" => Word::And,
        "đến" | "tới" | "-" | "to" => Word::To,
        "các" | "những" | "từ" | "của" | "tại" | "thuộc" | "of" | "the" | "from" | "in" => {
            Word::Filler
        }
        "phụ" => Word::Annex,
        "appendix" | "annex" => {
            words.push((Word::Level(0), range.clone()));
            Word::Annex
        }
        "lục" => Word::Level(0),
        other => match level(other) {
            Some(level) => Word::Level(level),
            None if is_label(other) => match other.split_once('-') {
                Some((from, to)) if is_number(from) && is_number(to) => {
                    let dash = at + from.len();
                    words.push((Word::Label(to.to_owned()), dash + 1..range.end));
                    words.push((Word::To, dash..dash + 1));
                    words.push((Word::Label(from.to_owned()), at..dash));
                    return true;
                }
                _ => Word::Label(other.to_owned()),
            },
            None => return false,
        },
    };
    words.push((found, range));
    true
}

/// The place among the levels of one that is said.
fn level(word: &str) -> Option<usize> {
    let english = || IN_ENGLISH.iter().find(|(level, _)| *level == word).map(|(_, at)| *at);
    LEVELS.iter().position(|level| *level == word).or_else(english)
}

fn is_number(label: &str) -> bool {
    (1..=3).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_label(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_short = letters.chars().count() <= 2 && letters.chars().all(char::is_alphabetic);
    let is_sound = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    let roman = word.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
    // A chapter that was put in later bears a letter: "Chương IVa".
    let roman = roman.strip_suffix(['a', 'b', 'd']).unwrap_or(roman);
    let is_roman = !roman.is_empty() && roman.chars().all(|c| "ivxlc".contains(c));
    is_short || (is_sound && (is_roman || word.starts_with(|c: char| c.is_ascii_digit())))
}

/// A level with its label, and the label that ends a range.
struct Item {
    level: usize,
    label: String,
    last: Option<String>,
    range: Range<usize>,
}

/// The items of a list. Labels without a level of their own have that of the label before.
fn items(words: &[Placed]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut level: Option<(usize, usize)> = None;
    let mut joined = Word::Filler;
    let mut awaits = false;
    for (place, (word, range)) in words.iter().enumerate() {
        match word {
            Word::Level(found) => {
                let says_annex = *found == 0;
                let opening = place.checked_sub(1).map(|place| &words[place]);
                let opening = opening.filter(|(word, _)| says_annex && *word == Word::Annex);
                // "Kỷ lục" is no annex.
                if says_annex && opening.is_none() {
                    level = None;
                    awaits = false;
                    continue;
                }
                let start = opening.map_or(range.start, |(_, opening)| opening.start);
                level = Some((*found, start));
                if items.last().is_none_or(|item| item.level != *found) && joined == Word::To {
                    joined = Word::And;
                }
                awaits = true;
                let next = words.get(place + 1);
                if says_annex && !matches!(next, Some((Word::Label(_), _))) {
                    let range = start..range.end;
                    items.push(Item { level: 0, label: String::new(), last: None, range });
                    awaits = false;
                    level = None;
                }
            }
            Word::Label(label) => {
                let Some((level, start)) = level.filter(|_| awaits || joined != Word::Filler)
                else {
                    level = None;
                    continue;
                };
                let start = if awaits { start } else { range.start };
                match items.last_mut() {
                    Some(item) if joined == Word::To && item.last.is_none() => {
                        item.last = Some(label.clone());
                        item.range.end = range.end;
                    }
                    _ => items.push(Item {
                        level,
                        label: label.clone(),
                        last: None,
                        range: start..range.end,
                    }),
                }
                awaits = false;
                joined = Word::Filler;
            }
            Word::And | Word::To => joined = word.clone(),
            Word::Annex | Word::Filler => {}
        }
    }
    items
}

/// The parts of a list: each item inside the nearest item of a level further out, behind it or, where
/// the list goes from the outside in, before it.
fn parts(words: &[Placed]) -> Vec<Part> {
    let mut items = items(words);
    let is_inward = match (items.first(), items.last()) {
        (Some(first), Some(last)) => first.level < last.level,
        _ => return Vec::new(),
    };
    if !is_inward {
        items.reverse();
    }
    let mut found: Vec<Option<Part>> = Vec::new();
    // The items around the next one: their levels, words and places in what was found.
    let mut around: Vec<(usize, String, usize)> = Vec::new();
    for item in &items {
        while around.pop_if(|(level, _, _)| item.level <= *level).is_some() {}
        let outer = around.last().map_or("", |(_, said, _)| said);
        let level = format!("{outer} {}", LEVELS[item.level]);
        let said = format!("{level} {}", item.label);
        let Some(first) = Provision::parse(&said) else { continue };
        // What an inner item lies in is not named as a whole, but for the rest of a range.
        if let Some((_, _, place)) = around.last()
            && found[*place].as_ref().is_some_and(|part| part.span.is_none())
        {
            found[*place] = None;
        }
        let span = item.last.as_ref().map(|last| (level, item.label.clone(), last.clone()));
        around.push((item.level, said, found.len()));
        found.push(Some(Part { range: item.range.clone(), first, span }));
    }
    let mut found: Vec<Part> = found.into_iter().flatten().collect();
    if !is_inward {
        found.reverse();
    }
    found
}

/// A text without whole words at its end, in whichever letter case.
fn without<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(words.len())?;
    let end = text.get(at..)?;
    let is_same = end.chars().flat_map(char::to_lowercase).eq(words.chars());
    (is_same && !text[..at].ends_with(char::is_alphanumeric)).then(|| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_every_part_of_a_list() {
        let cases = [
            ("theo khoản 2 Điều 4 ", "Điều 4 khoản 2"),
            ("theo Điều 4 khoản 2 của Nghị định số ", "Điều 4 khoản 2"),
            ("điểm a, khoản 6, Điều 1 Thông tư số ", "Điều 1 khoản 6 điểm a"),
            ("(Điều 13 Nghị định ", "Điều 13"),
            ("các khoản 1, 2 và 3 Điều 4 ", "Điều 4 khoản 1; Điều 4 khoản 2; Điều 4 khoản 3"),
            ("Điều 3 và Điều 4 ", "Điều 3; Điều 4"),
            (
                "điểm a khoản 1, khoản 3 Điều 9 và Điều 10 ",
                "Điều 9 khoản 1 điểm a; Điều 9 khoản 3; Điều 10",
            ),
            ("từ Điều 7 đến Điều 10 ", "Điều 7; Điều 8; Điều 9; Điều 10"),
            ("Điều 7-9 ", "Điều 7; Điều 8; Điều 9"),
            (
                "điểm c đến e khoản 1 Điều 2 ",
                "Điều 2 khoản 1 điểm c; Điều 2 khoản 1 điểm d; Điều 2 khoản 1 điểm đ; Điều 2 khoản 1 điểm e",
            ),
            ("Phụ lục II ban hành kèm theo Nghị định số ", "Phụ lục II"),
            ("Điều 4", "Điều 4"),
            ("Điều 1 đến Điều 60000 ", "Điều 1; Điều 60000"),
            ("clause 3, Article 5 of Decree No. ", "Điều 5 khoản 3"),
            (
                "point a and point b, clause 4, Article 20 of the ",
                "Điều 20 khoản 4 điểm a; Điều 20 khoản 4 điểm b",
            ),
            ("under Articles 8, 9 and 10 of Law ", "Điều 8; Điều 9; Điều 10"),
            ("Article 4 Clause 2 Point đ, Law ", "Điều 4 khoản 2 điểm đ"),
            ("Appendix II issued with the Government's Decree No. ", "Phụ lục II"),
        ];
        for (text, expected) in cases {
            let found = before(text, text.len());
            let each = found.iter().flat_map(Part::each).map(|it| it.to_string());
            assert_eq!(each.collect::<Vec<_>>().join("; "), expected, "{text}");
        }
        for text in [
            "",
            "theo Nghị định số ",
            "Điều ",
            "bước 4 ",
            "mục đích của ",
            "part of the Law ",
            "a copy of ",
        ] {
            assert_eq!(before(text, text.len()), [], "{text}");
        }
    }
}
