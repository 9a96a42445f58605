//! Escapes: entities of HTML and XML, backslashes of JSON, JavaScript and CSS, percent signs of addresses.
//! One escape at a time; what it hides behind another is not its business.

/// What an escape stands for, and where it ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Escape {
    pub(super) text: String,
    pub(super) end: usize,
}

/// The escape that opens at a place, if one does.
pub(super) fn at(bytes: &[u8], at: usize) -> Option<Escape> {
    match bytes[at] {
        b'&' => entity(bytes, at),
        b'\\' => backslash(bytes, at),
        b'%' => percent(bytes, at),
        _ => None,
    }
}

fn entity(bytes: &[u8], at: usize) -> Option<Escape> {
    let rest = &bytes[at + 1..];
    if rest.first() == Some(&b'#') {
        let hex = matches!(rest.get(1), Some(b'x' | b'X'));
        let from = if hex { 2 } else { 1 };
        let digits = rest[from..].iter().take(10);
        let n = digits.take_while(|b| if hex { b.is_ascii_hexdigit() } else { b.is_ascii_digit() });
        let n = n.count();
        let code = number(&rest[from..from + n], if hex { 16 } else { 10 })?;
        let end = at + 1 + from + n;
        let end = end + usize::from(bytes.get(end) == Some(&b';'));
        return Some(letter(code, end));
    }
    let n = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let name = std::str::from_utf8(&rest[..n]).ok().filter(|name| !name.is_empty())?;
    let end = at + 1 + n;
    let is_closed = bytes.get(end) == Some(&b';');
    let text = named(name)?;
    // Without its semicolon only the oldest names are read, and not inside a word.
    (is_closed || matches!(name, "nbsp" | "shy" | "amp" | "lt" | "gt" | "quot" | "ETH" | "eth"))
        .then(|| Escape { text: text.to_string(), end: end + usize::from(is_closed) })
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" | "AMP" => '&',
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "percnt" => '%',
        "bsol" => '\\',
        "sol" => '/',
        "period" => '.',
        "lowbar" => '_',
        "hyphen" | "dash" | "ndash" | "mdash" | "horbar" | "minus" => '-',
        "nbsp" | "NonBreakingSpace" | "ensp" | "emsp" | "thinsp" | "numsp" | "puncsp"
        | "hairsp" | "Tab" | "NewLine" => ' ',
        "shy" | "zwnj" | "zwj" | "lrm" | "rlm" | "ZeroWidthSpace" | "NoBreak" => '\u{ad}',
        "Dstrok" | "ETH" => 'Đ',
        "dstrok" | "eth" => 'đ',
        _ => {
            // "agrave", "Ecirc": a letter and the name of its mark.
            const MARKS: [&str; 8] =
                ["grave", "acute", "circ", "tilde", "breve", "uml", "ring", "caron"];
            let mut letters = name.chars();
            let first = letters.next()?;
            if MARKS.contains(&letters.as_str()) { first } else { '"' }
        }
    })
}

fn backslash(bytes: &[u8], at: usize) -> Option<Escape> {
    let next = *bytes.get(at + 1)?;
    let hex = |from: usize, most: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take(most).take_while(|byte| byte.is_ascii_hexdigit()).count()
    };
    let exactly = |from: usize, n: usize| {
        (hex(from, n) == n).then(|| number(&bytes[from..from + n], 16)).flatten()
    };
    match next {
        b'u' if bytes.get(at + 2) == Some(&b'{') => {
            let n = hex(at + 3, 6);
            let code = number(&bytes[at + 3..at + 3 + n], 16)?;
            (bytes.get(at + 3 + n) == Some(&b'}')).then(|| letter(code, at + 4 + n))
        }
        b'u' => Some(surrogates(bytes, at, exactly(at + 2, 4)?)),
        b'U' => Some(letter(exactly(at + 2, 8)?, at + 10)),
        b'x' => Some(letter(exactly(at + 2, 2)?, at + 4)),
        b'/' | b'"' | b'\'' | b'\\' | b'&' | b'<' | b'>' | b'-' | b'.' | b'_' => {
            Some(Escape { text: char::from(next).to_string(), end: at + 2 })
        }
        b'n' | b'r' | b't' => Some(Escape { text: " ".to_owned(), end: at + 2 }),
        // `15\2020\NĐ-CP`: a slash that leans the other way.
        _ if is_year(bytes, at) => Some(Escape { text: "/".to_owned(), end: at + 1 }),
        // A style sheet: up to six digits, and one blank that belongs to them.
        _ if next.is_ascii_hexdigit() => {
            let n = hex(at + 1, 6);
            let end = at + 1 + n;
            let code = number(&bytes[at + 1..end], 16)?;
            let blank = bytes.get(end).is_some_and(u8::is_ascii_whitespace);
            (1 < n).then(|| letter(code, end + usize::from(blank)))
        }
        b'\n' => Some(Escape { text: String::new(), end: at + 2 }),
        _ => None,
    }
}

/// Whether a year stands behind this place and a digit before it.
fn is_year(bytes: &[u8], at: usize) -> bool {
    let is_behind = at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_digit());
    let rest = bytes.get(at + 1..).unwrap_or_default();
    let n = rest.iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    is_behind && n == 4 && matches!(&rest[..2], b"19" | b"20")
}

/// `\u0110`, also where two of them make one character.
fn surrogates(bytes: &[u8], at: usize, first: u32) -> Escape {
    let low = || {
        let rest = bytes.get(at + 6..at + 12)?.strip_prefix(b"\\u")?;
        number(rest, 16).filter(|low| (0xdc00..0xe000).contains(low))
    };
    if (0xd800..0xdc00).contains(&first)
        && let Some(low) = low()
    {
        return letter(0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00), at + 12);
    }
    letter(first, at + 6)
}

/// A run of `%XX`, which are bytes of UTF-8 or, where they are none, of Windows-1258; and `%u0110`.
fn percent(bytes: &[u8], at: usize) -> Option<Escape> {
    if matches!(bytes.get(at + 1), Some(b'u' | b'U')) {
        return Some(letter(number(bytes.get(at + 2..at + 6)?, 16)?, at + 6));
    }
    let mut plain = Vec::new();
    let mut end = at;
    while bytes.get(end) == Some(&b'%')
        && let Some(byte) = bytes.get(end + 1..end + 3).and_then(|digits| number(digits, 16))
    {
        plain.push(u8::try_from(byte).unwrap_or(b' '));
        end += 3;
    }
    let text = match String::from_utf8(plain) {
        Ok(text) => text,
        // The one letter of a number that differs between the two.
        Err(error) => error
            .as_bytes()
            .iter()
            .map(|byte| match byte {
                0xd0 => 'Đ',
                0xf0 => 'đ',
                ascii if ascii.is_ascii() => char::from(*ascii),
                _ => '\u{ad}',
            })
            .collect(),
    };
    (at < end).then_some(Escape { text, end })
}

fn number(digits: &[u8], radix: u32) -> Option<u32> {
    let digits = std::str::from_utf8(digits).ok()?;
    u32::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))
}

fn letter(code: u32, end: usize) -> Escape {
    let letter = char::from_u32(code).unwrap_or('\u{fffd}');
    Escape { text: letter.to_string(), end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_end_where_they_end() {
        for (written, text, end) in [
            ("&#272;-", "Đ", 6),
            ("&#x110-", "Đ", 6),
            ("&Dstrok;", "Đ", 8),
            ("&acirc;", "a", 7),
            ("&nbsp15", "", 0),
            ("\\u0110-", "Đ", 6),
            ("\\ud83d\\ude00", "😀", 12),
            ("\\u{110}-", "Đ", 7),
            ("\\110 -CP", "Đ", 5),
            ("\\/2020", "/", 2),
            ("%C4%90-", "Đ", 6),
            ("%2F2020", "/", 3),
            ("%u0110", "Đ", 6),
            ("%D0-", "Đ", 3),
        ] {
            let found = at(written.as_bytes(), 0);
            let found = found.map(|found| (found.text, found.end));
            if end > 0 {
                assert_eq!(found, Some((text.to_owned(), end)), "{written}");
            } else {
                assert_eq!(found, None, "{written}");
            }
        }
        for written in ["&", "&;", "&#;", "\\", "\\u01", "%", "%C", "%+1", "\\x+1", "%uD", "\\u{11"]
        {
            assert_eq!(at(written.as_bytes(), 0), None, "{written}");
        }
    }
}
