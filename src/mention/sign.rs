//! The sign of a number: what stands behind serial and year, such as `NĐ-CP`, `QH15`, `TT-BLĐTBXH`,
//! `TTLT/BTP-BCA`. It begins with a word of a closed list, which tells it from the code of a form, and
//! ends where its letters end, also where the next word is glued to it.

use unicode_normalization::UnicodeNormalization;

/// A sign and where it ends.
#[derive(Clone, Debug)]
pub(super) struct Sign {
    pub(super) end: usize,
    /// As it is spelt in full.
    pub(super) text: String,
}

impl Sign {
    /// Whether it has an issuer behind its kind, and so cannot be a word that merely follows.
    pub(super) fn is_whole(&self) -> bool {
        self.text.contains('-') || self.text.contains("QH")
    }
}

/// What begins a sign where it has an issuer behind it; in small letters without marks.
const KINDS: [&str; 18] = [
    "nd", "nq", "qd", "tt", "ttlt", "ttlb", "ttln", "ct", "vbhn", "pl", "nqlt", "ctlt", "tb", "kh",
    "cv", "l", "lct", "bc",
];

/// A sign behind a year.
pub(super) fn with_year(text: &str, at: usize) -> Option<Sign> {
    let (word, end) = first(text, at)?;
    if matches!(word.as_str(), "qh" | "ubtvqh") {
        let end = term(text, end).or((word == "ubtvqh").then_some(end))?;
        return Some(whole(text, at, end));
    }
    if word == "ndcp" {
        return Some(Sign { end, text: "NĐ-CP".to_owned() });
    }
    issued(text, at, &word, end, true)
}

/// A sign behind a serial alone: administrative acts, and texts of a time when years were left out.
pub(super) fn without_year(text: &str, at: usize) -> Option<Sign> {
    let (word, end) = first(text, at)?;
    issued(text, at, &word, end, false)
        .filter(|_| !matches!(word.as_str(), "l" | "lct" | "pl" | "bc"))
}

/// The sign of a letter (công văn), which names two bodies: `UBND-KSTTHC`.
pub(super) fn of_letter(text: &str, at: usize) -> Option<Sign> {
    let end = issuer(text, at)?;
    let next = text[end..].trim_start_matches(' ').strip_prefix('-')?.trim_start_matches(' ');
    let end = issuer(text, text.len() - next.len())?;
    Some(whole(text, at, further(text, end, false)))
}

/// The end of a term of the National Assembly: the "13" of `QH13`, also behind a blank.
fn term(text: &str, at: usize) -> Option<usize> {
    let behind = |from: usize| {
        let digits = text.as_bytes()[from..].iter().take(2).take_while(|b| b.is_ascii_digit());
        Some(from + digits.count()).filter(|end| from < *end)
    };
    let apart = || {
        let from = text.len() - text[at..].strip_prefix(' ')?.len();
        let is_more = |end: usize| {
            text[end..].starts_with(|letter: char| letter.is_alphanumeric() || letter == '/')
        };
        behind(from).filter(|end| !is_more(*end))
    };
    behind(at).or_else(apart)
}

/// The first word of a sign, folded, and its end.
fn first(text: &str, at: usize) -> Option<(String, usize)> {
    let mut folded = String::new();
    let mut end = at;
    for letter in text[at..].chars().take_while(|c| c.is_alphabetic()) {
        match letter {
            'Đ' | 'đ' => folded.push('d'),
            other => folded.extend(other.to_lowercase()),
        }
        end += letter.len_utf8();
    }
    // A second word may be glued to a sign that ends here: "NĐCPLuật" is not undone.
    (!folded.is_empty()).then_some((folded, end))
}

/// The issuers behind the kind. Behind a year people write "NĐ/CP" as well; without one, a slash more
/// would make a sign of the code of a form.
fn issued(text: &str, at: usize, word: &str, end: usize, has_year: bool) -> Option<Sign> {
    if !KINDS.contains(&word) {
        return None;
    }
    let is_joint = word.ends_with("lt") || word == "ttlb" || word == "ttln";
    let rest = &text[end..];
    let behind = rest.trim_start_matches(' ');
    let dash = behind.strip_prefix('-');
    let dash = dash.or_else(|| behind.strip_prefix('/').filter(|_| is_joint || has_year));
    let body = dash.unwrap_or(behind).trim_start_matches(' ');
    let from = text.len() - body.len();
    let of_government = matches!(word, "nd" | "nq");
    if of_government && body.get(..2).is_some_and(|body| body.eq_ignore_ascii_case("cp")) {
        // No other body has a name that begins so: nothing behind the two letters belongs to the sign.
        let kind = &text[at..end];
        return Some(Sign { end: from + 2, text: format!("{kind}-CP") });
    }
    dash?;
    // "12/QĐ-của" is no sign: small letters are taken where all of it is in small letters.
    let is_small = body.starts_with(char::is_lowercase) && !body.starts_with("ttg");
    if is_small && text[at..end].contains(char::is_uppercase) {
        return None;
    }
    let end = issuer(text, from)?;
    Some(whole(text, at, further(text, end, is_joint)))
}

/// The end of all that is written of further bodies. Between those of a joint text stand slashes and
/// blanks as well.
fn further(text: &str, mut end: usize, is_joint: bool) -> usize {
    loop {
        let rest = &text[end..];
        let next = if is_joint {
            let wide = rest.trim_start_matches(' ').strip_prefix(['-', '/']);
            wide.map(|next| next.trim_start_matches(' '))
        } else {
            rest.strip_prefix('-')
        };
        match next.and_then(|next| issuer(text, text.len() - next.len())) {
            Some(further) => end = further,
            None => return end,
        }
    }
}

/// The end of the short name of a body that begins here: `BTP`, `C06`, `TTg`, `btp`.
pub(super) fn issuer(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    // The Prime Minister, in whichever letter case; `TTGDTX` is another.
    let premier = rest.get(..3).filter(|premier| premier.eq_ignore_ascii_case("ttg"));
    if premier.is_some() && !rest[3..].starts_with(char::is_uppercase) {
        return Some(at + 3);
    }
    let run = |is: fn(&char) -> bool| rest.chars().take_while(is).collect();
    let capitals: String = run(|c| c.is_uppercase());
    if capitals.is_empty() {
        let small: String = run(|c| c.is_lowercase());
        let end = at + small.len();
        let is_word = (2..=10).contains(&small.chars().count())
            && small.chars().all(|c| c.is_ascii() || matches!(c, 'đ' | 'ư'));
        let is_alone = !text[end..].starts_with(char::is_alphanumeric);
        return (is_word && is_alone).then_some(end);
    }
    let end = at + capitals.len();
    let next = text[end..].chars().next();
    if next.is_some_and(char::is_lowercase) {
        // A word is glued to the sign; its first letter may be the last capital.
        let (last, capital) = capitals.char_indices().next_back()?;
        let is_its_own = next.is_some_and(|next| opens_word(capital, next));
        let length = capitals.chars().count();
        return if is_its_own {
            (2 < length).then_some(at + last)
        } else {
            (1 < length).then_some(end)
        };
    }
    let n = text.as_bytes()[end..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    // `C06` and `UBTVQH14` hold digits; behind any other name they open a cell that is glued to it.
    let may_count = capitals.chars().count() <= 2 || capitals.ends_with("QH");
    let is_number = text[end + n..].starts_with('/');
    let end = if may_count && (1..=2).contains(&n) && !is_number { end + n } else { end };
    (1 < end - at).then_some(end)
}

/// Whether a capital and the small letter behind it begin a Vietnamese word: "Nghị", "Luật", but not
/// "Pq" of "TT-BTPquy định".
fn opens_word(capital: char, next: char) -> bool {
    let is_vowel = |letter: char| {
        letter.to_lowercase().nfd().next().is_some_and(|base| "aeiouy".contains(base))
    };
    match (capital, next) {
        ('P' | 'K' | 'C' | 'G' | 'T' | 'N', 'h') | ('T', 'r') | ('N', 'g') => true,
        // No short name of a body has a tone.
        ('A'..='Z' | 'Đ', _) => !is_vowel(capital) && is_vowel(next),
        _ => true,
    }
}

/// A sign as it is written, without the blanks inside.
fn whole(text: &str, at: usize, end: usize) -> Sign {
    Sign { end, text: text[at..end].replace(' ', "") }
}
