//! Provisions: which part of a document is meant ("Điều 4 khoản 2 điểm a", "Phụ lục IV").
//! Knows how parts lie in each other by their names alone; a document's table of contents is not known.

use std::fmt;

use crate::language::Language;

/// The levels of a legal text (Luật 64/2025/QH15, Điều 6 and Nghị định 78/2025/NĐ-CP on form).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Phụ lục, an annex.
    Annex,
    /// Phần.
    Part,
    /// Chương.
    Chapter,
    /// Mục.
    Section,
    /// Điều, an article; numbered through the whole text.
    Article,
    /// Khoản, inside an article.
    Clause,
    /// Điểm, inside a clause.
    Point,
}

/// One provision, from the outermost level that was named to the innermost.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Provision {
    steps: Vec<(Level, String)>,
}

/// How one provision lies to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same provision, or the first contains the second.
    Covers,
    /// The first lies inside the second.
    Inside,
    /// They share nothing.
    Apart,
    /// The names do not tell, as with a chapter and an article.
    Unclear,
}

const WORDS: [(&str, Level); 7] = [
    ("phụ lục", Level::Annex),
    ("phần", Level::Part),
    ("chương", Level::Chapter),
    ("mục", Level::Section),
    ("điều", Level::Article),
    ("khoản", Level::Clause),
    ("điểm", Level::Point),
];

impl Provision {
    /// Reads "Điều 4 khoản 2 điểm a", in this order or from the inside out ("điểm a khoản 2 Điều 4"),
    /// with commas or without.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.replace(',', " ").to_lowercase();
        let mut words = lower.split_whitespace().peekable();
        let mut steps: Vec<(Level, String)> = Vec::new();
        while let Some(word) = words.next() {
            let named = if word == "phụ" && words.next_if_eq(&"lục").is_some() {
                Some(Level::Annex)
            } else {
                WORDS.iter().find(|(name, _)| *name == word).map(|(_, level)| *level)
            }?;
            let is_level =
                |next: &&str| *next == "phụ" || WORDS.iter().any(|(name, _)| name == next);
            // An annex may stand alone: "Phụ lục" of a text that has only one.
            let label = match words.next_if(|next| !is_level(next)) {
                Some(written) => label(named, &written.to_uppercase())?,
                None if named == Level::Annex => String::new(),
                None => return None,
            };
            if steps.iter().any(|(level, _)| *level == named) {
                return None;
            }
            steps.push((named, label));
        }
        steps.sort();
        (!steps.is_empty()).then_some(Self { steps })
    }

    /// How this provision lies to another of the same document.
    #[must_use]
    pub fn relation(&self, other: &Self) -> Relation {
        let (mine, theirs) = match (self.article(), other.article()) {
            // Articles are numbered through the text, so chapters named beside both add nothing.
            (Some(one), Some(two)) => (one, two),
            _ => (&self.steps[..], &other.steps[..]),
        };
        let shared = mine.iter().zip(theirs).take_while(|(one, two)| one == two).count();
        if shared == mine.len() {
            return Relation::Covers;
        }
        if shared == theirs.len() {
            return Relation::Inside;
        }
        match (&mine[shared], &theirs[shared]) {
            // "Phụ lục" alone may be any annex.
            ((Level::Annex, one), (Level::Annex, two)) if one.is_empty() || two.is_empty() => {
                Relation::Unclear
            }
            ((one, _), (two, _)) if one == two => Relation::Apart,
            // An annex is no part of the articles.
            ((Level::Annex, _), _) | (_, (Level::Annex, _)) => Relation::Apart,
            _ => Relation::Unclear,
        }
    }

    /// Whether this provision covers the other, or might for all the names tell: a chapter an
    /// article, but no article a chapter.
    #[must_use]
    pub fn may_cover(&self, other: &Self) -> bool {
        match self.relation(other) {
            Relation::Covers => true,
            Relation::Unclear => self.level() <= other.level(),
            Relation::Inside | Relation::Apart => false,
        }
    }

    /// The innermost level that is named.
    #[must_use]
    pub fn level(&self) -> Level {
        self.steps.last().map_or(Level::Point, |(level, _)| *level)
    }

    /// The number of the article it is or lies in, where articles are numbered through the text: two
    /// provisions with different ones lie apart.
    #[must_use]
    pub fn article_label(&self) -> Option<&str> {
        self.article()?.first().map(|(_, label)| label.as_str())
    }

    /// From the article on, where one is named; an annex may have articles of its own.
    fn article(&self) -> Option<&[(Level, String)]> {
        let is_annex = self.steps.first().is_some_and(|(level, _)| *level == Level::Annex);
        let at = self.steps.iter().position(|(level, _)| *level == Level::Article)?;
        (!is_annex).then(|| &self.steps[at..])
    }
}

impl Provision {
    /// In a language, with one text a level: "Điều 4", "khoản 2"; "Article 4", "Clause 2".
    pub fn levels(&self, language: Language) -> impl Iterator<Item = String> {
        self.steps.iter().map(move |(level, label)| {
            let name = level.said(language);
            let label = if *level == Level::Point { label.to_lowercase() } else { label.clone() };
            if label.is_empty() { name.to_owned() } else { format!("{name} {label}") }
        })
    }

    /// In a language: "Điều 4 khoản 2", "Article 4 Clause 2".
    #[must_use]
    pub fn said(&self, language: Language) -> String {
        self.levels(language).collect::<Vec<_>>().join(" ")
    }
}

impl Level {
    fn said(self, language: Language) -> &'static str {
        language.pick(match self {
            Self::Annex => ["Phụ lục", "Appendix"],
            Self::Part => ["Phần", "Part"],
            Self::Chapter => ["Chương", "Chapter"],
            Self::Section => ["Mục", "Section"],
            Self::Article => ["Điều", "Article"],
            Self::Clause => ["khoản", "Clause"],
            Self::Point => ["điểm", "Point"],
        })
    }
}

impl fmt::Display for Provision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.said(Language::Vietnamese))
    }
}

/// The one spelling of a label, by which provisions are compared: no zero in front, annexes, parts and
/// chapters in Roman numerals, sections in Arabic. A range, a list or a number in words is refused: it
/// would match nothing, and what it means would stay published.
fn label(level: Level, written: &str) -> Option<String> {
    let letters_from = written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len());
    let (digits, letters) = written.split_at(letters_from);
    let number = |text: &str| text.parse::<u16>().ok().filter(|n| *n > 0 && text.len() <= 5);
    let few_letters = letters.chars().count() <= 1 && letters.chars().all(char::is_alphabetic);
    match level {
        Level::Article | Level::Clause => {
            number(digits).filter(|_| few_letters).map(|n| format!("{n}{letters}"))
        }
        Level::Point => {
            let digits = written.trim_start_matches(char::is_alphabetic);
            let n_letters = written.chars().count() - digits.len();
            let sound = (1..=2).contains(&n_letters) && digits.bytes().all(|b| b.is_ascii_digit());
            sound.then(|| written.to_owned())
        }
        Level::Section => number(digits)
            .filter(|_| letters.is_empty())
            .or_else(|| from_roman(written))
            .map(|n| n.to_string()),
        Level::Part | Level::Chapter => match number(digits) {
            Some(n) if few_letters => Some(format!("{}{letters}", to_roman(n)?)),
            Some(_) => None,
            // A chapter that was put in later bears a letter: "Chương IVa".
            None => {
                let bare = written.strip_suffix(char::is_alphabetic).unwrap_or(written);
                from_roman(written).or_else(|| from_roman(bare)).map(|_| written.to_owned())
            }
        },
        Level::Annex => {
            let sound = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '/');
            let plain = number(digits).filter(|_| letters.is_empty()).and_then(to_roman);
            plain.or_else(|| written.chars().all(sound).then(|| written.to_owned()))
        }
    }
}

const ROMAN: [(u16, &str); 9] = [
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// Roman numerals up to 199, which no text's chapters exceed.
fn to_roman(number: u16) -> Option<String> {
    let mut rest = number;
    let mut roman = String::new();
    for (value, sign) in ROMAN {
        while value <= rest {
            rest -= value;
            roman.push_str(sign);
        }
    }
    (1..=199).contains(&number).then_some(roman)
}

fn from_roman(text: &str) -> Option<u16> {
    (1..=199).find(|number| to_roman(*number).as_deref() == Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Provision {
        Provision::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn reads_both_orders_and_prints_one() {
        for text in ["Điều 4 khoản 2 điểm a", "điểm a khoản 2 Điều 4", "Điểm a, khoản 2, Điều 4"]
        {
            assert_eq!(read(text).to_string(), "Điều 4 khoản 2 điểm a");
        }
        assert_eq!(read("phụ lục iv").to_string(), "Phụ lục IV");
        let english = |text| read(text).said(Language::English);
        assert_eq!(english("điểm Đ khoản 2 Điều 4"), "Article 4 Clause 2 Point đ");
        assert_eq!(english("Phụ lục IV"), "Appendix IV");
        for text in [
            "Phụ lục",
            "Phụ lục Điều 4",
            "Phụ lục I-A",
            "Phần II",
            "Chương IIA",
            "Chương CXCIX",
            "Mục 3",
            "Điều 65535",
            "khoản 2 điểm a1",
            "điểm đ",
        ] {
            assert_eq!(read(text).to_string(), text);
        }
        for text in ["chương 2a", "Chương IIa"] {
            assert_eq!(read(text).to_string(), "Chương IIA");
        }
        assert_eq!(read("Điều 35a").to_string(), "Điều 35A");
        for (one, two) in [
            ("Điều 07", "Điều 7"),
            ("Phụ lục 1", "Phụ lục I"),
            ("chương 2", "Chương II"),
            ("Mục I", "Mục 1"),
        ] {
            assert_eq!(read(one), read(two), "{one}");
        }
        for bad in [
            "",
            "Đieu 4",
            "Điều",
            "4",
            "Điều 4 Điều 5",
            "khoản hai và ba",
            "Điều <b>",
            "Điều 4-6",
            "Điều 8.2",
            "Điều bốn",
            "Điều IV",
            "Chương bốn",
            "Điều 0",
            "Điều 4ab",
            "Điều 4.",
            "Điều 000004",
            "điểm abc",
            "điểm a-",
            "điểm 1",
            "Chương 2ab",
            "Chương 2.",
            "Mục 1a",
            "Phụ Điều 4",
            "Phụ lục Điều",
            "Phụ lục <b>",
            "Chương 200",
        ] {
            assert_eq!(Provision::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn knows_how_parts_lie() {
        let cases = [
            ("Điều 4", "Điều 4 khoản 2", Relation::Covers),
            ("Điều 4 khoản 2", "Điều 4", Relation::Inside),
            ("Điều 4", "Điều 4", Relation::Covers),
            ("Điều 4", "Điều 40", Relation::Apart),
            ("Chương II", "Điều 4", Relation::Unclear),
            ("Chương II", "Chương II Mục 1", Relation::Covers),
            ("Phụ lục IV", "Điều 4", Relation::Apart),
            ("Chương II Điều 4", "Điều 4 khoản 1", Relation::Covers),
            ("Chương II Điều 4", "Chương II", Relation::Inside),
            ("Chương II", "Chương III Điều 4", Relation::Apart),
            ("Chương II Điều 4", "Chương II Mục 1", Relation::Unclear),
            ("Phụ lục I", "Phụ lục II", Relation::Apart),
            ("Phụ lục", "Phụ lục II", Relation::Unclear),
            ("Phụ lục I Điều 4", "Phụ lục II Điều 4", Relation::Apart),
        ];
        for (one, two, expected) in cases {
            assert_eq!(read(one).relation(&read(two)), expected, "{one} / {two}");
        }
    }
}
