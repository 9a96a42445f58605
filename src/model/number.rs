//! Numbers of legal documents (số, ký hiệu) and what two spellings of one number share.
//! Formats: Nghị định 78/2025/NĐ-CP on the form of documents, and the older usage before it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::document::Kind;

/// What two spellings of one number have in common: `ND-CP` and `NĐ-CP`, `08/2025` and `8/2025`,
/// odd hyphens, spaces, letter case, a leading "số".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NumberKey(String);

impl NumberKey {
    /// The key of a written number.
    #[must_use]
    pub fn new(written: &str) -> Self {
        let folded = fold(written);
        let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = match bare.strip_prefix("so") {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
            _ => bare,
        };
        let parts: Vec<&str> = bare
            .split('/')
            .map(|part| {
                let numeric = part.starts_with(|c: char| c.is_ascii_digit());
                if numeric && part.len() > 1 { part.trim_start_matches('0') } else { part }
            })
            .collect();
        Self(parts.join("/"))
    }

    /// Whether the number names the year; numbers of administrative decisions do not, and begin anew
    /// every year.
    #[must_use]
    pub fn has_year(&self) -> bool {
        self.year().is_some()
    }

    /// The year that the number names.
    #[must_use]
    pub fn year(&self) -> Option<i16> {
        let is_year = |part: &&str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
        self.0.split('/').skip(1).find(is_year)?.parse().ok()
    }

    /// The key as text: lower case, no marks, no spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Lower case, without marks, đ and Ð as d, every dash as `-`, without spaces and format characters.
fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c) && !c.is_whitespace())
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'đ' | 'ð' => 'd',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            other => other,
        })
        .collect()
}

/// What a number says without the signs between its parts: `118/2025/NĐ-CP`, `118-2025/NĐCP` and `118/2025/nd.cp`
/// are one. Digits that stand apart stay apart.
#[must_use]
pub fn bare(number: &str) -> String {
    let mut bare = String::new();
    let mut is_apart = true;
    for letter in NumberKey::new(number).as_str().chars() {
        if !letter.is_alphanumeric() {
            is_apart = true;
            continue;
        }
        let both = letter.is_ascii_digit() && bare.ends_with(|c: char| c.is_ascii_digit());
        if is_apart && both {
            bare.push('/');
        }
        is_apart = false;
        bare.push(letter);
    }
    bare
}

/// Whether a text can be the number of a document, of whatever time and land: a few parts, each of letters, digits
/// and what joins them, and a digit somewhere. `100-CP`, `196/TTg`, `66.7/2025/NQ-CP` and `(EU) 2016/679` are.
#[must_use]
pub fn is_number(written: &str) -> bool {
    const LONGEST: usize = 80;
    let is_sound = |part: &str| {
        let is_joined = |c: char| c.is_alphanumeric() || "-.()&+_".contains(c);
        part.starts_with(|c: char| c.is_alphanumeric() || c == '(')
            && part.ends_with(|c: char| c.is_alphanumeric() || c == ')')
            && part.chars().all(is_joined)
            && !part.contains("..")
    };
    let folded = fold(written);
    written.chars().count() <= LONGEST
        && !written.contains(char::is_control)
        && folded.contains(|c: char| c.is_ascii_digit())
        && folded.split('/').all(is_sound)
}

/// The address form of a number: `118/2025/NĐ-CP` is `118-2025-nd-cp`.
#[must_use]
pub fn slug(number: &str) -> String {
    let folded = fold(number);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join("-")
}

/// The kind of document that a number tells, where it tells one: numbers of the National Assembly
/// and its Standing Committee serve laws, ordinances and resolutions alike.
#[must_use]
pub fn kind_of(number: &str) -> Option<Kind> {
    let key = NumberKey::new(number);
    let sign = key.as_str().rsplit('/').next().unwrap_or_default();
    let starts = |prefix: &str| sign.starts_with(prefix);
    if starts("pl-ubtvqh") {
        Some(Kind::Ordinance)
    } else if starts("nd-") {
        Some(Kind::Decree)
    } else if starts("nq-") || starts("nqlt-") {
        Some(Kind::Resolution)
    } else if starts("qd-") {
        Some(Kind::Decision)
    } else if starts("ttlt-") || key.as_str().contains("/ttlt") {
        Some(Kind::JointCircular)
    } else if starts("tt-") {
        Some(Kind::Circular)
    } else if starts("ct-") {
        Some(Kind::Directive)
    } else if starts("vbhn-") {
        Some(Kind::Consolidation)
    } else {
        None
    }
}

/// Whether a number is that of a consolidated text (văn bản hợp nhất).
#[must_use]
pub fn is_consolidation(number: &str) -> bool {
    kind_of(number) == Some(Kind::Consolidation)
}

/// Whether a number is that of a letter, notice, plan or report (công văn, thông báo, kế hoạch, báo cáo):
/// two parts, the second of which names a body and no kind that can be normative. Older circulars and
/// decisions that name the body first (`06/BYT-TT`) are not among them.
#[must_use]
pub fn is_letter(number: &str) -> bool {
    const NO_LETTERS: [&str; 11] =
        ["l", "lct", "sl", "pl", "nd", "nq", "nqlt", "qd", "ct", "tt", "ttlt"];
    let key = NumberKey::new(number);
    let Some((serial, sign)) = key.as_str().split_once('/') else { return false };
    let mut words = sign.split('-');
    serial.starts_with(|c: char| c.is_ascii_digit())
        && sign.contains('-')
        && !sign.contains('/')
        && kind_of(number).is_none()
        && !words.any(|word| NO_LETTERS.contains(&word))
}

/// Whether a number is written as that of a decision and nothing else: `163/QĐ-BTP`, `24/2025/QĐ-UBND`,
/// `QĐ/0001-BCA`.
#[must_use]
pub fn is_decision(number: &str) -> bool {
    let key = NumberKey::new(number);
    let is_count = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (serial, sign) = match key.as_str().split('/').collect::<Vec<_>>()[..] {
        ["qd", sign] => return sign.split('-').skip(1).all(|word| !is_count(word)),
        [serial, sign] => (serial, sign),
        [serial, year, sign] if year.len() == 4 && is_count(year) => (serial, sign),
        _ => return false,
    };
    let mut words = sign.split('-');
    let is_sign = sign.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
    serial.starts_with(|letter: char| letter.is_ascii_digit())
        && serial.chars().all(|letter| letter.is_alphanumeric() || letter == '.')
        && is_sign
        && !sign.split('-').any(is_count)
        && words.any(|word| word == "qd")
}

/// Whether a number of a kind that can be normative lacks the year that a normative one carries:
/// `766/QĐ-TTg`, `131/NQ-CP`.
#[must_use]
pub fn is_administrative(number: &str) -> bool {
    let key = NumberKey::new(number);
    let kind = kind_of(number);
    matches!(kind, Some(Kind::Decision | Kind::Resolution | Kind::Directive))
        && key.as_str().split('/').count() == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_one_key() {
        let same = [
            ("118/2025/NĐ-CP", "118/2025/ND-CP"),
            ("08/2025/TT-BTP", "8/2025/tt-btp"),
            ("số 118/2025/NĐ-CP.", "118/2025/Nđ\u{2011}CP"),
            ("118/2025/N\u{110}-CP", "118/2025/N\u{d0}-CP"),
            ("02/2021/TT-BLĐTBXH", "02/2021/TT – BLDTBXH"),
        ];
        for (one, two) in same {
            assert_eq!(NumberKey::new(one), NumberKey::new(two), "{one} / {two}");
        }
        let apart = [
            ("118/2025/NĐ-CP", "18/2025/NĐ-CP"),
            ("15/2020/NĐ-CP", "115/2020/NĐ-CP"),
            ("45/2016/QĐ-TTg", "45/QĐ-TTg"),
            ("66.7/2025/NQ-CP", "667/2025/NQ-CP"),
        ];
        for (one, two) in apart {
            assert_ne!(NumberKey::new(one), NumberKey::new(two), "{one} / {two}");
        }
    }

    #[test]
    fn old_and_foreign_numbers_are_numbers() {
        for number in [
            "118/2025/NĐ-CP",
            "66.7/2025/NQ-CP",
            "số 02/2021/TT – BLĐTBXH",
            "766/QĐ-TTg",
            "QĐ/0001-BCA",
            "100-CP",
            "196/TTg",
            "28-LCT/HĐNN8",
            "60/2014/QH13",
            "118-2025-nd-cp",
            "(EU) 2016/679",
            "No. 12 of 1998",
        ] {
            assert!(is_number(number), "{number}");
        }
        for text in [
            "",
            " ",
            "abc",
            "../../../x/9",
            "/etc/passwd1",
            "1//2025",
            "1/2025/",
            "1/2025/NĐ-CP\n2",
            "1/2025/NĐ\u{7}",
            "..9",
            "9/..",
            "1\\2",
            "<b>1</b>",
            "C:1",
            "1/{{x}}",
            &"1".repeat(81),
        ] {
            assert!(!is_number(text), "{text}");
        }
    }

    #[test]
    fn some_numbers_tell_their_year() {
        for (number, expected) in [
            ("45/2016/QĐ-TTg", true),
            ("01/QĐ/2016", true),
            ("766/QĐ-TTg", false),
            ("2016/QĐ-TTg", false),
            ("5/TTLT", false),
            ("5/16/QĐ", false),
        ] {
            assert_eq!(NumberKey::new(number).has_year(), expected, "{number}");
        }
    }

    #[test]
    fn numbers_tell_their_kind_and_address() {
        assert_eq!(kind_of("118/2025/NĐ-CP"), Some(Kind::Decree));
        assert_eq!(kind_of("05/2015/TTLT-BTP-BCA-BYT"), Some(Kind::JointCircular));
        for (number, kind) in [
            ("1/NQ-HĐND", Kind::Resolution),
            ("2/2021/NQLT-BTC", Kind::Resolution),
            ("45/2016/QĐ-TTg", Kind::Decision),
            ("7/TTLT/BTP", Kind::JointCircular),
            ("8/2025/TT-BTP", Kind::Circular),
            ("5/CT-TTg", Kind::Directive),
            ("3/VBHN-BTP", Kind::Consolidation),
        ] {
            assert_eq!(kind_of(number), Some(kind), "{number}");
        }
        assert_eq!(kind_of("60/2014/QH13"), None);
        assert_eq!(kind_of("28/2005/PL-UBTVQH11"), Some(Kind::Ordinance));
        let told =
            |number| (is_letter(number), is_administrative(number), is_consolidation(number));
        for letter in ["343/UBND-KSTTHC", "210/TB-VPCP", "12/KH-UBND", "8014/VPCP-KSTT"] {
            assert_eq!(told(letter), (true, false, false), "{letter}");
        }
        for administrative in ["766/QĐ-TTg", "131/NQ-CP", "163/QĐ-BTP", "17/CT-TTg"] {
            assert_eq!(told(administrative), (false, true, false), "{administrative}");
        }
        assert_eq!(told("12/VBHN-VPQH"), (false, false, true));
        for normative in [
            "60/2014/QH13",
            "45/2016/QĐ-TTg",
            "66.7/2025/NQ-CP",
            "06/BYT-TT",
            "176/HĐBT",
            "41-L/CTN",
            "28/L-CTN",
            "Luật Hộ tịch",
        ] {
            assert_eq!(told(normative), (false, false, false), "{normative}");
        }
        assert_eq!(bare("118/2025/NĐ-CP"), bare("118 -2025/NĐCP"));
        assert_eq!(bare("66.7/2025/NQ-CP"), "66/7/2025nqcp");
        assert_ne!(bare("118/2025/NĐ-CP"), bare("1182/025/NĐ-CP"));
        assert_ne!(bare("118/2025/NĐ-CP"), bare("118/2025/NQ-CP"));
        assert_eq!(slug("02/2021/TT-BLĐTBXH"), "02-2021-tt-bldtbxh");
        assert_eq!(slug("66.7/2025/NQ-CP"), "66-7-2025-nq-cp");
    }
}
