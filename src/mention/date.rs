//! Days written behind a number: "ngày 15/11/2015", "ngày 15 tháng 11 năm 2015", "(15/11/2015)".

use std::ops::Range;

use crate::model::date::{self, Date};

/// What may stand before the day itself.
const OPENINGS: [&str; 4] = ["ngày ", "ban hành ngày ", "ký ngày ", "được ban hành ngày "];

/// The day said right behind a place, and where it is said.
pub(super) fn after(text: &str, at: usize) -> Option<(Date, Range<usize>)> {
    let rest = &text[at..];
    let behind = rest.trim_start_matches([' ', ',', '(']);
    let opening = OPENINGS.iter().find(|opening| behind.starts_with(**opening));
    let start = at + rest.len() - behind.len() + opening.map_or(0, |opening| opening.len());
    let (day, from) = digits(text, start)?;
    let worded = text[from..].starts_with(" tháng ");
    let month_at = if worded { from + " tháng ".len() } else { separator(text, from)? };
    let (month, from) = digits(text, month_at)?;
    let worded = text[from..].starts_with(" năm ");
    let year_at = if worded { from + " năm ".len() } else { separator(text, from)? };
    let (year, end) = digits(text, year_at)?;
    // In brackets a day stands alone: "118/2025/NĐ-CP (09/7/2025)".
    let is_bracketed = || {
        rest.trim_start().starts_with('(') && text[end..].trim_start().starts_with([')', ',', ';'])
    };
    if end - year_at != 4 || !(opening.is_some() || is_bracketed()) {
        return None;
    }
    let date = date::parse(&format!("{year:04}-{month:02}-{day:02}"))?;
    Some((date, start..end))
}

/// A year said right behind a name, "năm 2013", "2013", "(năm 2013)", and the end of both. A year in
/// brackets stays outside.
pub(super) fn year_after(text: &str, at: usize) -> Option<(i16, usize)> {
    let rest = &text[at..];
    let mut behind = rest.trim_start_matches([' ', '(']);
    behind = behind.strip_prefix("năm ").unwrap_or(behind);
    let start = text.len() - behind.len();
    let (year, end) = digits(text, start)?;
    let is_alone = !text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
    let year = i16::try_from(year).ok()?;
    let is_bracketed = rest.trim_start().starts_with('(');
    (is_alone && is_year(year)).then_some((year, if is_bracketed { at } else { end }))
}

/// A year in which the State of 1945 and its successors may have made law.
pub(super) fn is_year(year: i16) -> bool {
    (1945..2100).contains(&year)
}

/// At most four digits as a number.
fn digits(text: &str, at: usize) -> Option<(u16, usize)> {
    let n = text.as_bytes()[at..].iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    let number = (1..=4).contains(&n).then(|| text[at..at + n].parse().ok()).flatten()?;
    Some((number, at + n))
}

/// `/`, `-` or `.`, with a blank on either side at most.
fn separator(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let rest = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix(['/', '-', '.'])?;
    Some(text.len() - rest.strip_prefix(' ').unwrap_or(rest).len())
}
