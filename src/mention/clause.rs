//! The provision said before a document: "khoản 2 Điều 4 Luật Hộ tịch", "Điều 4 khoản 2 của Nghị định …".
//! Of a list such as "khoản 1, 2 và 3 Điều 4" only what is sure is taken: the article.

use crate::model::provision::Provision;

/// How far back is looked; a provision with all its levels and the words between is shorter.
const REACH: usize = 160;

/// What may stand between a provision and the number or the name.
const BETWEEN: [&str; 21] = [
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
];

const LEVELS: [&str; 7] = ["điểm", "khoản", "điều", "mục", "chương", "phần", "lục"];

/// The provision said right before a place.
pub(super) fn before(text: &str, at: usize) -> Option<Provision> {
    let from = text.ceil_char_boundary(at.saturating_sub(REACH));
    let window = text[from..at].to_lowercase();
    let mut rest = window.trim_end_matches([' ', '(']);
    while let Some(shorter) = BETWEEN.iter().find_map(|words| without(rest, words)) {
        rest = shorter.trim_end();
    }
    let mut read = None;
    let mut said = String::new();
    loop {
        rest = rest.trim_end_matches([' ', ',']);
        let Some((before, label)) = rest.rsplit_once(' ') else { return read };
        let (before, level) = before.rsplit_once(' ').unwrap_or(("", before));
        let level_word = level.trim_start_matches(|c: char| !c.is_alphanumeric());
        if !LEVELS.contains(&level_word) {
            return read;
        }
        let is_first = level != level_word;
        let (before, level_word) = match (level_word, before.strip_suffix("phụ")) {
            ("lục", Some(before)) => (before, "phụ lục"),
            _ => (before, level_word),
        };
        said = format!("{level_word} {label} {said}");
        let Some(provision) = Provision::parse(&said) else { return read };
        read = Some(provision);
        // An opening bracket or quote before the level ends what belongs to it.
        if is_first {
            return read;
        }
        rest = before;
    }
}

/// A text without whole words at its end.
fn without<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let before = text.strip_suffix(words)?;
    (!before.ends_with(char::is_alphanumeric)).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_is_sure() {
        let cases = [
            ("theo khoản 2 Điều 4 ", "Điều 4 khoản 2"),
            ("theo Điều 4 khoản 2 của Nghị định số ", "Điều 4 khoản 2"),
            ("điểm a, khoản 6, Điều 1 Thông tư số ", "Điều 1 khoản 6 điểm a"),
            ("(Điều 13 Nghị định ", "Điều 13"),
            ("các khoản 1, 2 và 3 Điều 4 ", "Điều 4"),
            ("Điều 3 và Điều 4 ", "Điều 4"),
            ("Phụ lục II ban hành kèm theo Nghị định số ", "Phụ lục II"),
            ("Điều 4", "Điều 4"),
        ];
        for (text, expected) in cases {
            let found = before(text, text.len()).map(|found| found.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
        for text in ["", "theo Nghị định số ", "Điều ", "bước 4 ", "mục đích của "]
        {
            assert_eq!(before(text, text.len()), None, "{text}");
        }
    }
}
