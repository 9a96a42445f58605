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

/// How many issuers a joint text has at most.
const MOST_ISSUERS: usize = 12;
/// How long a word of a sign may be, in letters.
const MOST_LETTERS: usize = 14;

/// A sign behind a year.
pub(super) fn with_year(text: &str, at: usize) -> Option<Sign> {
    let (word, end) = first(text, at)?;
    if matches!(word.as_str(), "qh" | "ubtvqh") {
        let term = text.as_bytes()[end..].iter().take(2).take_while(|b| b.is_ascii_digit()).count();
        let end = end + term;
        return (0 < term || word == "ubtvqh").then(|| whole(text, at, end));
    }
    if word == "ndcp" {
        return Some(Sign { end, text: "NĐ-CP".to_owned() });
    }
    issued(text, at, &word, end)
}

/// A sign behind a serial alone: administrative acts, and texts of a time when years were left out.
pub(super) fn without_year(text: &str, at: usize) -> Option<Sign> {
    let (word, end) = first(text, at)?;
    issued(text, at, &word, end).filter(|_| !matches!(word.as_str(), "l" | "lct" | "pl" | "bc"))
}

/// The sign of a letter (công văn), which names two bodies: `UBND-KSTTHC`.
pub(super) fn of_letter(text: &str, at: usize) -> Option<Sign> {
    let mut end = issuer(text, at)?;
    let mut n_bodies = 1;
    while n_bodies < MOST_ISSUERS
        && let Some(next) = text[end..].strip_prefix('-')
        && let Some(further) = issuer(text, text.len() - next.len())
    {
        end = further;
        n_bodies += 1;
    }
    (1 < n_bodies).then(|| whole(text, at, end))
}

/// The first word of a sign, folded, and its end.
fn first(text: &str, at: usize) -> Option<(String, usize)> {
    let mut folded = String::new();
    let mut end = at;
    for letter in text[at..].chars().take(MOST_LETTERS).take_while(|c| c.is_alphabetic()) {
        match letter {
            'Đ' | 'đ' => folded.push('d'),
            other => folded.extend(other.to_lowercase()),
        }
        end += letter.len_utf8();
    }
    // A second word may be glued to a sign that ends here: "NĐCPLuật" is not undone.
    (!folded.is_empty()).then_some((folded, end))
}

/// The issuers behind the kind.
fn issued(text: &str, at: usize, word: &str, end: usize) -> Option<Sign> {
    if !KINDS.contains(&word) {
        return None;
    }
    let is_joint = word.ends_with("lt") || word == "ttlb" || word == "ttln";
    let rest = &text[end..];
    let behind = rest.trim_start_matches(' ');
    let has_dash = behind.starts_with('-') || is_joint && behind.starts_with('/');
    let is_decree = word == "nd";
    let of_government = matches!(word, "nd" | "nq");
    let has_blank = is_decree && behind.len() < rest.len();
    if !(has_dash || has_blank) {
        return None;
    }
    let body = if has_dash { behind[1..].trim_start_matches(' ') } else { behind };
    let from = text.len() - body.len();
    if of_government && body.get(..2).is_some_and(|body| body.eq_ignore_ascii_case("cp")) {
        // No other body has a name that begins so: nothing behind the two letters belongs to the sign.
        let kind = &text[at..end];
        return Some(Sign { end: from + 2, text: format!("{kind}-CP") });
    }
    if !has_dash {
        return None;
    }
    // "12/QĐ-của" is no sign: small letters are taken where all of it is in small letters.
    let is_small = body.starts_with(char::is_lowercase) && !body.starts_with("ttg");
    if is_small && text[at..end].contains(char::is_uppercase) {
        return None;
    }
    let mut end = issuer(text, from)?;
    for _ in 1..MOST_ISSUERS {
        let rest = &text[end..];
        let tight = rest.strip_prefix('-');
        let wide = rest.strip_prefix('/').or_else(|| rest.strip_prefix(" - ")).filter(|_| is_joint);
        let Some(next) = tight.or(wide) else { break };
        let Some(further) = issuer(text, text.len() - next.len()) else { break };
        end = further;
    }
    Some(whole(text, at, end))
}

/// The end of the short name of a body that begins here: `BTP`, `C06`, `TTg`, `btp`.
pub(super) fn issuer(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let run = |is: fn(&char) -> bool| rest.chars().take(MOST_LETTERS).take_while(is).collect();
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
        if capitals == "TT" && next == Some('g') {
            return Some(end + 1);
        }
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
