//! The last hand on a drawn page: which words stand in another language, and what abbreviations are short
//! for. It reads the page as text and tags, and knows neither templates nor views.
//!
//! A text of another language goes through views and templates between two signs that no keyboard has.
//! Here they become `lang` on the element that holds nothing else, or a `span`; where only plain text can
//! stand, such as in an attribute, they are dropped.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::sitemap::escape;
use super::weave::tree::{Token, end_of_raw, is_raw, is_void, token};
use crate::language::Language;
use crate::model::registers::Terms;

const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// Fewer letters than this help to search; in a text they may be short for something else.
const SHORTEST: usize = 3;

/// Elements in which an abbreviation stays as it is: headings, what is pressed, what is no sentence.
const PLAIN: [&str; 10] =
    ["h1", "h2", "code", "pre", "svg", "button", "option", "abbr", "time", "legend"];

/// What the pages of a site have to be marked with.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    /// The language of the pages.
    page: Language,
    /// The language of the words between the signs.
    other: Language,
    /// What is short for what, in Vietnamese.
    abbreviations: BTreeMap<String, String>,
}

/// A text as one of another language.
pub(super) fn foreign(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{OPEN}{text}{CLOSE}") }
}

/// A text of the page's own language inside one of another.
pub(super) fn between(text: &str) -> String {
    format!("{CLOSE}{text}{OPEN}")
}

/// Whether a text, or a part of it, is one of another language.
pub(super) fn is_foreign(text: &str) -> bool {
    text.contains(OPEN)
}

/// A text without the signs.
pub(super) fn bare(text: &str) -> Cow<'_, str> {
    if text.contains([OPEN, CLOSE]) { text.replace([OPEN, CLOSE], "").into() } else { text.into() }
}

/// Abbreviations that a text may hold, with what they are short for: of capital letters alone, and naming
/// nothing that has been abolished.
pub(super) fn abbreviations(terms: &Terms) -> impl Iterator<Item = (&str, &str)> {
    let is_one = |short: &str| {
        SHORTEST <= short.chars().count() && short.chars().all(|c| c.is_uppercase() || c == 'Đ')
    };
    let pairs = terms.abbreviations.iter().map(|it| (it.short.as_str(), it.long.as_str()));
    pairs.filter(move |(short, long)| {
        is_one(short) && !names_abolished(terms, short) && !names_abolished(terms, long)
    })
}

/// Whether a text holds the name of something that has been abolished, or is to be.
pub(super) fn names_abolished(terms: &Terms, text: &str) -> bool {
    let text = text.to_lowercase();
    let mut names = terms.dead.iter().flat_map(|dead| dead.also.iter().chain([&dead.term]));
    names.any(|name| text.contains(&name.to_lowercase()))
}

impl Marks {
    pub(super) fn new(terms: &Terms, page: Language, other: Language) -> Self {
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        let mut ambiguous = BTreeSet::new();
        for (short, long) in abbreviations(terms) {
            let before = found.insert(short.to_owned(), long.to_owned());
            if before.is_some_and(|before| before != long) {
                ambiguous.insert(short);
            }
        }
        found.retain(|short, _| !ambiguous.contains(short.as_str()));
        Self { page, other, abbreviations: found }
    }

    /// A page with its marks. One that is not understood keeps its text and gets none.
    pub(super) fn page(&self, drawn: &str) -> String {
        let marking = Marking {
            marks: self,
            page: String::with_capacity(drawn.len() + drawn.len() / 16),
            open: Vec::new(),
            foreign: None,
            told: BTreeSet::new(),
        };
        marking.read(drawn).unwrap_or_else(|| bare(drawn).into_owned())
    }
}

/// An element that is not closed yet.
struct Open<'a> {
    name: &'a str,
    /// Whether it stands in the part of the page that is its own.
    is_main: bool,
    is_plain: bool,
    is_drawing: bool,
}

struct Marking<'a> {
    marks: &'a Marks,
    page: String,
    open: Vec<Open<'a>>,
    /// Inside the signs: how many elements were open at the first.
    foreign: Option<usize>,
    /// Abbreviations that the page has explained.
    told: BTreeSet<&'a str>,
}

impl<'a> Marking<'a> {
    fn read(mut self, drawn: &'a str) -> Option<String> {
        let mut at = 0;
        while let Some(rest) = drawn.get(at..).filter(|rest| !rest.is_empty()) {
            match token(rest)? {
                Token::Text(length) => {
                    let text = &rest[..length];
                    if text.starts_with('<') {
                        self.page.push_str(text);
                    } else {
                        self.text(text, rest[length..].starts_with("</"));
                    }
                    at += length;
                }
                Token::Start { name, length, empty } => {
                    self.start(name, &rest[..length]);
                    at += length;
                    if is_raw(name) {
                        let length = end_of_raw(&drawn[at..], name)?;
                        self.page.push_str(&bare(&drawn[at..at + length]));
                        at += length;
                    } else if empty || is_void(name) {
                        self.open.pop();
                    }
                }
                Token::End { length, .. } => {
                    self.open.pop();
                    // Words that were cut lost their second sign.
                    if self.foreign.is_some_and(|depth| self.open.len() < depth) {
                        self.foreign = None;
                    }
                    self.page.push_str(&rest[..length]);
                    at += length;
                }
            }
        }
        Some(self.page)
    }

    fn start(&mut self, name: &'a str, tag: &str) {
        self.page.push_str(&bare(tag));
        if self.foreign == Some(self.open.len()) {
            self.name_language();
        }
        let above = self.open.last();
        let open = Open {
            name,
            is_main: name == "main" || above.is_some_and(|above| above.is_main),
            is_plain: PLAIN.contains(&name)
                || tag.contains("class=\"num")
                || above.is_some_and(|above| above.is_plain),
            is_drawing: name == "svg" || above.is_some_and(|above| above.is_drawing),
        };
        self.open.push(open);
    }

    /// Gives the tag that was written last its language.
    fn name_language(&mut self) {
        let Some(tag) = self.page.rfind('<') else { return };
        if self.page[tag..].contains(" lang=") {
            return;
        }
        let end = if self.page.ends_with("/>") { 2 } else { 1 };
        let end = self.page.len() - end;
        self.page.insert_str(end, &format!(" lang=\"{}\"", self.marks.other.tag()));
    }

    /// `is_last`: whether the element around it ends behind it.
    fn text(&mut self, text: &'a str, is_last: bool) {
        if self.foreign.is_none() && !text.contains([OPEN, CLOSE]) {
            self.words(text, text, self.marks.page);
            return;
        }
        let is_first = self.page.ends_with('>') && !self.ends_with_end_tag();
        let inside = text.strip_prefix(OPEN).and_then(|text| text.strip_suffix(CLOSE));
        if let Some(inside) = inside.filter(|inside| {
            is_first && is_last && self.foreign.is_none() && !inside.contains([OPEN, CLOSE])
        }) {
            self.name_language();
            self.words(inside, inside, self.marks.other);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find([OPEN, CLOSE]).unwrap_or(rest.len());
            self.piece(&rest[..end], text);
            let Some(sign) = rest[end..].chars().next() else { break };
            if sign == CLOSE {
                self.foreign = None;
            } else if self.foreign.is_none() {
                self.foreign = Some(self.open.len());
            }
            rest = &rest[end + sign.len_utf8()..];
        }
    }

    fn ends_with_end_tag(&self) -> bool {
        let tag = self.page.rfind('<').map_or("", |at| &self.page[at..]);
        tag.starts_with("</")
    }

    fn piece(&mut self, piece: &'a str, around: &'a str) {
        let Some(depth) = self.foreign else {
            self.words(piece, around, self.marks.page);
            return;
        };
        let takes_text_alone = self.open.last().is_some_and(|open| {
            open.is_drawing
                || ["option", "ul", "ol", "dl", "table", "tbody", "tr"].contains(&open.name)
        });
        // What stands in an element that begins inside the signs has its language from it.
        let is_marked = depth < self.open.len() || takes_text_alone || piece.trim().is_empty();
        if is_marked {
            self.words(piece, around, self.marks.other);
        } else {
            self.page.extend(["<span lang=\"", self.marks.other.tag(), "\">"]);
            self.words(piece, around, self.marks.other);
            self.page.push_str("</span>");
        }
    }

    /// Words of one language, with what their abbreviations are short for where the page has not said it.
    fn words(&mut self, words: &'a str, around: &'a str, language: Language) {
        let expands = language == Language::Vietnamese
            && self.open.last().is_some_and(|open| open.is_main && !open.is_plain);
        if !expands {
            self.page.push_str(words);
            return;
        }
        let marks = self.marks;
        let mut written = 0;
        for (start, word) in capitals(words) {
            let Some((short, long)) = marks.abbreviations.get_key_value(word) else { continue };
            if !stands_alone(words, start, start + word.len()) || !self.told.insert(short) {
                continue;
            }
            // Where the long form stands beside it the reader has read it.
            if around.to_lowercase().contains(&escape(long).to_lowercase()) {
                continue;
            }
            self.page.push_str(&words[written..start]);
            self.page.extend(["<abbr title=\"", &escape(long), "\">", word, "</abbr>"]);
            written = start + word.len();
        }
        self.page.push_str(&words[written..]);
    }
}

/// Words of letters and digits that begin with a capital letter, with their places. Capitals are looked for
/// first, because they are few: to tell for every letter whether it is one took a twentieth of a build.
fn capitals(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let capitals = text.char_indices().filter(|(_, letter)| letter.is_uppercase());
    let starts = capitals.map(|(at, _)| at);
    let starts = starts.filter(|at| !text[..*at].ends_with(char::is_alphanumeric));
    starts.map(|at| {
        let rest = &text[at..];
        (at, &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())])
    })
}

/// Whether a word is none of the parts of a number, an address or another abbreviation.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let joins = |c: char| "/-_.@&:".contains(c);
    let mut before = text[..start].chars().rev();
    let mut after = text[end..].chars();
    let is_joined = |first: Option<char>, second: Option<char>| {
        first.is_some_and(joins) && second.is_some_and(char::is_alphanumeric)
    };
    !is_joined(before.next(), before.next()) && !is_joined(after.next(), after.next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::registers::Abbreviation;

    fn marked(page: Language, text: &str) -> String {
        let pairs =
            [("BHYT", "bảo hiểm y tế"), ("UBND", "Ủy ban \"nhân dân\""), ("GP", "giấy phép")];
        let one = |(short, long): (&str, &str)| Abbreviation {
            short: short.to_owned(),
            long: long.to_owned(),
        };
        let terms = Terms { abbreviations: pairs.map(one).into(), ..Terms::default() };
        let text = text.replace('[', "\u{e000}").replace(']', "\u{e001}");
        let other =
            if page == Language::Vietnamese { Language::English } else { Language::Vietnamese };
        Marks::new(&terms, page, other).page(&text)
    }

    #[test]
    fn first_use_is_explained() {
        let vi = |text: &str| marked(Language::Vietnamese, &format!("<main>{text}</main>"));
        for (text, expected) in [
            ("<p>thẻ BHYT, BHYT</p>", "<p>thẻ <abbr title=\"bảo hiểm y tế\">BHYT</abbr>, BHYT</p>"),
            ("<p>UBND xã</p>", "<p><abbr title=\"Ủy ban &quot;nhân dân&quot;\">UBND</abbr> xã</p>"),
            ("<h1>thẻ BHYT</h1>", "<h1>thẻ BHYT</h1>"),
            (
                "<p>12/2015/QĐ-UBND, UBND.vn, XBHYT, GP</p>",
                "<p>12/2015/QĐ-UBND, UBND.vn, XBHYT, GP</p>",
            ),
            ("<p>Bảo hiểm y tế (BHYT)</p><p>BHYT</p>", "<p>Bảo hiểm y tế (BHYT)</p><p>BHYT</p>"),
            (
                "<a href=\"BHYT\"><span class=\"num\">BHYT</span></a>",
                "<a href=\"BHYT\"><span class=\"num\">BHYT</span></a>",
            ),
            ("<script>BHYT</script>", "<script>BHYT</script>"),
        ] {
            assert_eq!(vi(text), format!("<main>{expected}</main>"));
        }
        assert_eq!(marked(Language::Vietnamese, "<p>BHYT</p>"), "<p>BHYT</p>");
    }

    #[test]
    fn languages_are_named_where_they_change() {
        for (text, expected) in [
            ("<h1>[Tên]</h1>", "<h1 lang=\"vi\">Tên</h1>"),
            ("<title>[Tên] · x</title>", "<title>Tên · x</title>"),
            (
                "<p title=\"[a]\">As [b] says</p>",
                "<p title=\"a\">As <span lang=\"vi\">b</span> says</p>",
            ),
            (
                "<div>[<p>a <b>b</b></p>\n<p>c</p>]</div>",
                "<div><p lang=\"vi\">a <b>b</b></p>\n<p lang=\"vi\">c</p></div>",
            ),
            (
                "<select><option value=\"1\">[a]</option></select>",
                "<select><option value=\"1\" lang=\"vi\">a</option></select>",
            ),
            ("<p>[a…</p><p>b</p>", "<p><span lang=\"vi\">a…</span></p><p>b</p>"),
            (
                "<main><p>BHYT [BHYT]</p></main>",
                "<main><p>BHYT <span lang=\"vi\"><abbr title=\"bảo hiểm y tế\">BHYT</abbr></span></p></main>",
            ),
            ("<p>a < [b]</p>", "<p>a < b</p>"),
            ("<svg><text>a [b]</text></svg>", "<svg><text>a b</text></svg>"),
        ] {
            assert_eq!(marked(Language::English, text), expected);
        }
    }
}
