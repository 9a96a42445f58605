//! Texts that are no UTF-8: UTF-16 with or without its mark, and the rich text of word processors. Each
//! way to read them is tried where the bytes allow it; a wrong one yields noise, and noise names nothing.

use super::fold::SEAM;

/// The readings of bytes as UTF-16, with the name of each; none where the bytes are no such text.
pub(super) fn wide(bytes: &[u8]) -> Vec<(&'static str, String)> {
    let little = |bytes: &[u8]| decode(bytes, u16::from_le_bytes);
    let big = |bytes: &[u8]| decode(bytes, u16::from_be_bytes);
    if let Some(reading) = widest(bytes) {
        return vec![reading];
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return vec![("UTF-16LE", little(rest))];
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return vec![("UTF-16BE", big(rest))];
    }
    // Digits and slashes of a number would leave a zero in every other byte.
    if memchr::memchr(0, bytes).is_none() {
        return Vec::new();
    }
    let rest = &bytes[1..];
    let readings = vec![
        ("UTF-16LE", little(bytes)),
        ("UTF-16BE", big(bytes)),
        ("UTF-16LE", little(rest)),
        ("UTF-16BE", big(rest)),
    ];
    readings
}

/// The reading of bytes as UTF-32: of its first characters, which a text begins with, each leaves two zeros.
fn widest(bytes: &[u8]) -> Option<(&'static str, String)> {
    let opening = bytes.get(..16).filter(|_| bytes.len().is_multiple_of(4))?;
    let is_zero = |places: [usize; 2]| {
        opening.chunks_exact(4).skip(1).all(|unit| places.iter().all(|at| unit[*at] == 0))
    };
    let (name, unit): (_, fn([u8; 4]) -> u32) = match (is_zero([2, 3]), is_zero([0, 1])) {
        (true, false) => ("UTF-32LE", u32::from_le_bytes),
        (false, true) => ("UTF-32BE", u32::from_be_bytes),
        _ => return None,
    };
    let units = bytes.chunks_exact(4).map(|four| unit([four[0], four[1], four[2], four[3]]));
    Some((name, units.map(|code| char::from_u32(code).unwrap_or('"')).collect()))
}

/// The text of a part of an office file as it stands when its tracked deletions are taken.
pub(super) fn settled(bytes: &[u8]) -> Option<Vec<u8>> {
    const OPENS: [&[u8]; 2] = [b"<w:del ", b"<w:del>"];
    const CLOSES: &[u8] = b"</w:del>";
    let first = |bytes: &[u8]| {
        OPENS.iter().filter_map(|opening| memchr::memmem::find(bytes, opening)).min()
    };
    let mut rest = bytes;
    let mut left = Vec::new();
    while let Some(start) = first(rest) {
        left.extend_from_slice(&rest[..start]);
        let end = memchr::memmem::find(&rest[start..], CLOSES);
        rest = &rest[end.map_or(rest.len(), |end| start + end + CLOSES.len())..];
    }
    (rest.len() < bytes.len()).then(|| {
        left.extend_from_slice(rest);
        left
    })
}

fn decode(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|letter| letter.unwrap_or('"')).collect()
}

/// The words of a rich text (RTF), where the bytes are one.
pub(super) fn rich(bytes: &[u8]) -> Option<String> {
    let rest = bytes.strip_prefix(b"{\\rtf")?;
    let mut text = String::new();
    let mut at = 0;
    while let Some(byte) = rest.get(at) {
        at += 1;
        match byte {
            b'{' | b'}' => text.push(SEAM),
            b'\r' | b'\n' => {}
            b'\\' => at = control(rest, at, &mut text),
            other if other.is_ascii() => text.push(char::from(*other)),
            _ => text.push('"'),
        }
    }
    Some(text)
}

/// What stands behind a backslash; gives the place behind it.
fn control(rest: &[u8], at: usize, text: &mut String) -> usize {
    let Some(first) = rest.get(at) else { return at };
    if *first == b'\'' {
        let digits = rest.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        text.push(match code {
            Some(0xd0) => 'Đ',
            Some(0xf0) => 'đ',
            Some(code) => char::from(code),
            None => '"',
        });
        return at + 3;
    }
    if !first.is_ascii_alphabetic() {
        match first {
            b'~' => text.push(' '),
            b'_' => text.push('-'),
            b'-' | b'*' | b'|' => {}
            other => text.push(char::from(*other)),
        }
        return at + 1;
    }
    let letters = rest[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let word = &rest[at..at + letters];
    let mut end = at + letters;
    let digits = rest[end..].iter().enumerate();
    let digits =
        digits.take_while(|(n, byte)| byte.is_ascii_digit() || *n == 0 && **byte == b'-').count();
    let value =
        std::str::from_utf8(&rest[end..end + digits]).ok().and_then(|it| it.parse::<i32>().ok());
    end += digits;
    end += usize::from(rest.get(end) == Some(&b' '));
    match (word, value) {
        (b"u", Some(code)) => {
            let code = u32::try_from(if code < 0 { code + 0x10000 } else { code }).unwrap_or(0);
            text.push(char::from_u32(code).unwrap_or('"'));
            // The letter for readers that do not know it.
            match rest.get(end) {
                Some(b'\\') if rest.get(end + 1) == Some(&b'\'') => end += 4,
                Some(b'?') => end += 1,
                _ => {}
            }
        }
        (b"par" | b"line" | b"tab" | b"cell" | b"row" | b"page", _) => text.push(' '),
        _ => text.push(SEAM),
    }
    end
}
