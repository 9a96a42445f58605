//! What a reader mends in a number without noticing: a letter in the place of a digit (`6l/2O18`), a blank between
//! its digits (`61/20 18`), the mark of a note inside it (`61[^1]/2018`).
//!
//! Only beside the slash of a number, so that no other word of a text is touched. One walk; nothing is copied
//! where there is nothing to mend.

use std::ops::Range;

use super::scan;

/// Mends a text and the places of its bytes and of its end; none where each stands where it stood.
pub(super) fn mend(text: &mut String, places: &mut Option<Vec<u32>>) {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    for find in [letters, notes, blanks] {
        let found = find(text);
        if !found.is_empty() {
            let places = places.get_or_insert_with(|| (0..).take(text.len() + 1).collect());
            replace(text, places, &found);
        }
    }
}

/// A stretch of a text, and what is read in its place: as long as it, or nothing.
type Slip = (Range<usize>, Option<String>);

fn replace(text: &mut String, places: &mut Vec<u32>, slips: &[Slip]) {
    let mut new = String::with_capacity(text.len());
    let mut kept = Vec::with_capacity(places.len());
    let mut from = 0;
    for (range, instead) in slips {
        new.push_str(&text[from..range.start]);
        kept.extend_from_slice(&places[from..range.start]);
        if let Some(instead) = instead {
            new.push_str(instead);
            kept.extend_from_slice(&places[range.clone()]);
        }
        from = range.end;
    }
    new.push_str(&text[from..]);
    kept.extend_from_slice(&places[from..]);
    *text = new;
    *places = kept;
}

/// Words of digits and letters that look like them, beside a slash: `6l/2O18`, `QHl4`.
fn letters(text: &str) -> Vec<Slip> {
    let bytes = text.as_bytes();
    let is_like = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'l' | b'I' | b'o' | b'O');
    let mut slips = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !is_like(bytes[at]) {
            at += 1;
            continue;
        }
        let length = bytes[at..].iter().take_while(|byte| is_like(**byte)).count();
        let word = at..at + length;
        at = word.end;
        let digits = bytes[word.clone()].iter().filter(|byte| byte.is_ascii_digit()).count();
        if digits == length || 5 < length {
            continue;
        }
        let (before, after) = (&text[..word.start], &text[word.end..]);
        let is_term = before.ends_with("/QH");
        let is_alone = is_term || !before.ends_with(char::is_alphanumeric);
        let is_beside = is_term
            || before.trim_end_matches(' ').ends_with('/')
            || after.trim_start_matches(' ').starts_with('/');
        // "lO/2O18": a serial of nothing but letters, before a year.
        let is_year = |year: &[u8]| {
            let length = year.iter().take_while(|byte| is_like(**byte)).count();
            length == 4 && year[..4].iter().any(u8::is_ascii_digit)
        };
        let is_number =
            0 < digits || after.strip_prefix('/').is_some_and(|it| is_year(it.as_bytes()));
        let ends = !after.starts_with(char::is_alphabetic);
        if is_alone && is_beside && is_number && ends {
            let mended = text[word.clone()].chars().map(|letter| match letter {
                'l' | 'I' => '1',
                'o' | 'O' => '0',
                digit => digit,
            });
            slips.push((word, Some(mended.collect())));
        }
    }
    slips
}

/// Marks of notes behind a digit and before a slash or a dash: `61[^1]/2018`, `61 (1)/2018`, `61¹/2018`.
fn notes(text: &str) -> Vec<Slip> {
    let mut slips: Vec<Slip> = Vec::new();
    for (at, opening) in text.match_indices(is_opening) {
        let before = text[..at].trim_end_matches(' ');
        let is_inside = before.ends_with(|c: char| c.is_ascii_digit() || c.is_uppercase());
        let length = match opening {
            "[" | "(" => {
                let inner = &text[at + 1..];
                let caret = usize::from(inner.starts_with('^'));
                let digits = inner[caret..].bytes().take(4).take_while(u8::is_ascii_digit).count();
                let closes = inner[caret + digits..].starts_with([']', ')']);
                if closes && (1..=3).contains(&digits) { caret + digits + 2 } else { continue }
            }
            _ => text[at..].chars().take_while(|c| is_raised(*c)).map(char::len_utf8).sum(),
        };
        let end = at + length;
        let goes_on = text[end..].trim_start_matches(' ').starts_with(['/', '-']);
        let is_new = slips.last().is_none_or(|(last, _)| last.end <= before.len());
        if is_inside && goes_on && is_new {
            slips.push((before.len()..end, None));
        }
    }
    slips
}

fn is_opening(letter: char) -> bool {
    matches!(letter, '[' | '(') || is_raised(letter)
}

fn is_raised(letter: char) -> bool {
    matches!(letter, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Blanks between the digits of a year that has a sign behind it, or of a serial that "số" or a kind announces.
fn blanks(text: &str) -> Vec<Slip> {
    let bytes = text.as_bytes();
    let digits_before =
        |at: usize| bytes[..at].iter().rev().take(5).take_while(|b| b.is_ascii_digit()).count();
    let digits_from =
        |at: usize| bytes[at..].iter().take(5).take_while(|b| b.is_ascii_digit()).count();
    let mut slips = Vec::new();
    for (at, _) in text.match_indices(' ') {
        let (before, after) = (digits_before(at), digits_from(at + 1));
        if before == 0 || after == 0 || 4 < before + after {
            continue;
        }
        let (start, end) = (at - before, at + 1 + after);
        let rest = text[end..].trim_start_matches(' ').strip_prefix('/');
        let Some(rest) = rest.map(|rest| rest.trim_start_matches(' ')) else { continue };
        let slash = text[..start].trim_end_matches(' ').strip_suffix('/');
        let is_year = before + after == 4
            && matches!(&bytes[start], b'1' | b'2')
            && slash.is_some_and(|serial| {
                serial.trim_end_matches(' ').ends_with(|c: char| c.is_ascii_digit())
            })
            && rest.starts_with(char::is_alphabetic);
        let is_serial = || {
            slash.is_none()
                && (scan::announces(&text[..start])
                    || after == 1 && bytes[at + 1] != b'0' && scan::cites(&text[..start]))
        };
        if is_year || is_serial() {
            slips.push((at..at + 1, None));
        }
    }
    slips
}
