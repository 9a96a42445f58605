//! The insides of a PDF: its packed streams, and the texts that its strings show. A string is read as it
//! stands, and by every table in the file that maps the codes of a font to letters.

use std::collections::BTreeMap;

use super::containers::{self, Budget, Inside, Shut, find};
use super::fold::SEAM;

/// Streams and texts of a PDF.
pub(super) fn pdf(bytes: &[u8], budget: &mut Budget) -> Vec<Inside> {
    let mut found = Vec::new();
    if find(bytes, b"/Encrypt").is_some() {
        found.push(Inside::Shut(String::new(), Shut::Encrypted));
    }
    let mut at = 0;
    let mut n_streams = 0;
    while let Some(start) = find(&bytes[at..], b"stream").map(|start| at + start) {
        at = start + 6;
        let is_end = bytes[..start].ends_with(b"end");
        let break_length = match bytes.get(at..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([b'\r' | b'\n', ..]) => 1,
            _ => 0,
        };
        if is_end || break_length == 0 {
            continue;
        }
        n_streams += 1;
        let data = &bytes[at + break_length..];
        let end = find(data, b"endstream").unwrap_or(data.len());
        let name = format!("stream {n_streams}");
        found.extend(stream(name, dictionary(&bytes[..start]), &data[..end], budget));
        at += break_length + end;
    }
    let tables: Vec<Table> = files(&found).filter_map(|(_, bytes)| Table::read(bytes)).collect();
    let mut texts = Vec::new();
    let mut add = |name: &str, stream: &[u8], table: Option<&Table>| {
        if budget.is_spent() {
            texts.push(Inside::Shut(name.to_owned(), Shut::TooLarge));
            return false;
        }
        let text = text(stream, table);
        budget.spend(stream);
        budget.spend(&text);
        texts.push(Inside::File(name.to_owned(), text));
        true
    };
    let mut goes_on = add("chữ", bytes, None);
    for (name, stream) in files(&found).filter(|(_, stream)| shows_text(stream)) {
        let name = format!("{name} › chữ");
        let mut ways = std::iter::once(None).chain(tables.iter().map(Some));
        goes_on = goes_on && ways.all(|table| add(&name, stream, table));
    }
    found.extend(texts);
    found
}

fn files(found: &[Inside]) -> impl Iterator<Item = (&str, &[u8])> {
    found.iter().filter_map(|inside| match inside {
        Inside::File(name, bytes) => Some((name.as_str(), bytes.as_slice())),
        Inside::Shut(..) => None,
    })
}

/// What is said of a stream before it begins.
fn dictionary(before: &[u8]) -> &[u8] {
    let near = &before[before.len().saturating_sub(2048)..];
    let from = memchr::memmem::rfind(near, b" obj").unwrap_or(0);
    &near[from..]
}

fn stream(name: String, said: &[u8], data: &[u8], budget: &mut Budget) -> Option<Inside> {
    let has = |word: &[u8]| find(said, word).is_some();
    let is_picture = [&b"/DCTDecode"[..], b"/JPXDecode", b"/CCITTFaxDecode", b"/JBIG2Decode"]
        .iter()
        .any(|filter| has(filter));
    if is_picture || has(b"/Subtype/Image") || has(b"/Subtype /Image") {
        return None;
    }
    let data = match () {
        () if has(b"/ASCIIHexDecode") || has(b"/AHx") => hex(data),
        () if has(b"/ASCII85Decode") || has(b"/A85") => ascii85(data),
        () => data.to_vec(),
    };
    if has(b"/LZWDecode") || has(b"/RunLengthDecode") || has(b"/Crypt") {
        return Some(Inside::Shut(name, Shut::UnknownPacking));
    }
    if has(b"/FlateDecode") || has(b"/Fl ") || has(b"/Fl]") {
        return Some(containers::zlib(name, &data, budget));
    }
    has(b"/Filter").then_some(Inside::File(name, data))
}

fn hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = data
        .iter()
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .map(|it| u8::try_from(it).unwrap_or(0))
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

fn ascii85(data: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut group: Vec<u32> = Vec::new();
    for byte in data {
        match byte {
            b'z' if group.is_empty() => plain.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            b'~' => break,
            _ => {}
        }
        if group.len() == 5 {
            plain.extend(quad(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        let n = group.len() - 1;
        group.resize(5, 84);
        plain.extend(&quad(&group)[..n]);
    }
    plain
}

fn quad(group: &[u32]) -> [u8; 4] {
    group.iter().fold(0u32, |sum, digit| sum.wrapping_mul(85).wrapping_add(*digit)).to_be_bytes()
}

fn shows_text(stream: &[u8]) -> bool {
    [&b"Tj"[..], b"TJ", b"/Type"].iter().any(|word| find(stream, word).is_some())
}

/// Which letters the codes of a font stand for.
struct Table {
    width: usize,
    letters: BTreeMap<u32, String>,
}

impl Table {
    fn read(stream: &[u8]) -> Option<Self> {
        find(stream, b"beginbfchar").or_else(|| find(stream, b"beginbfrange"))?;
        let mut table = Self { width: 1, letters: BTreeMap::new() };
        let mut at = 0;
        while let Some(start) = find(&stream[at..], b"beginbf").map(|start| at + start) {
            let is_range = stream[start..].starts_with(b"beginbfrange");
            let body = &stream[start..];
            let end = find(body, b"endbf").unwrap_or(body.len());
            table.take(&body[..end], is_range);
            at = start + end.max(7);
        }
        Some(table)
    }

    fn take(&mut self, body: &[u8], is_range: bool) {
        let mut codes: Vec<Vec<u8>> = Vec::new();
        // In a list each code of the range has a letter of its own.
        let mut list: Option<usize> = None;
        let mut at = 0;
        while let Some(byte) = body.get(at) {
            match byte {
                b'<' => {
                    let end = find(&body[at..], b">").map_or(body.len(), |end| at + end);
                    codes.push(hex(&body[at + 1..end]));
                    at = end;
                }
                b'[' => list = Some(codes.len()),
                b']' => {
                    if let Some(from) = list.take()
                        && from >= 2
                    {
                        let first = code(&codes[from - 2]);
                        let width = codes[from - 2].len();
                        for (n, letter) in (0..).zip(codes.split_off(from)) {
                            self.enter(width, first.wrapping_add(n), wide(&letter));
                        }
                    }
                    codes.clear();
                }
                _ => {}
            }
            at += 1;
            match (is_range, list, codes.as_slice()) {
                (false, _, [from, to]) => {
                    self.enter(from.len(), code(from), wide(to));
                    codes.clear();
                }
                (true, None, [from, through, to]) => {
                    let width = from.len();
                    let (from, through) = (code(from), code(through));
                    let opening = wide(to);
                    let mut letters: Vec<char> = opening.chars().collect();
                    for n in 0..=through.saturating_sub(from).min(0xffff) {
                        self.enter(width, from.wrapping_add(n), letters.iter().collect());
                        if let Some(end) = letters.last_mut() {
                            *end = char::from_u32(u32::from(*end) + 1).unwrap_or(' ');
                        }
                    }
                    codes.clear();
                }
                _ => {}
            }
        }
    }

    fn enter(&mut self, width: usize, code: u32, letters: String) {
        self.width = self.width.max(width.min(4));
        self.letters.insert(code, letters);
    }

    fn letters(&self, string: &[u8], text: &mut String) {
        for chunk in string.chunks(self.width) {
            match self.letters.get(&code(chunk)) {
                Some(letters) => text.push_str(letters),
                None => text.push('"'),
            }
        }
    }
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}

/// UTF-16, the most significant byte first.
fn wide(bytes: &[u8]) -> String {
    let units = bytes
        .chunks(2)
        .map(|pair| u16::from(pair[0]) << 8 | u16::from(pair.get(1).copied().unwrap_or(0)));
    char::decode_utf16(units).map(|letter| letter.unwrap_or('"')).collect()
}

/// All strings of a stream as one text. Between two of them there is a seam: a number may be cut in two by
/// the spacing of letters. A gap as wide as a blank is one.
fn text(stream: &[u8], table: Option<&Table>) -> Vec<u8> {
    let mut text = String::new();
    let mut at = 0;
    while at < stream.len() {
        let string = match stream[at] {
            b'(' => {
                let (string, end) = literal(stream, at);
                at = end;
                string
            }
            b'<' if stream.get(at + 1) != Some(&b'<') => {
                let inside = &stream[at + 1..];
                let n =
                    inside.iter().take_while(|b| b.is_ascii_hexdigit() || b.is_ascii_whitespace());
                let n = n.count();
                let is_string = inside.get(n) == Some(&b'>') && n > 0;
                at += if is_string { n + 2 } else { 1 };
                if !is_string {
                    continue;
                }
                hex(&inside[..n])
            }
            b'<' => {
                at += 2;
                continue;
            }
            b'-' if is_wide_gap(&stream[at..]) => {
                text.push(' ');
                at += 1;
                continue;
            }
            b'T' if matches!(stream.get(at + 1), Some(b'*')) => {
                text.push(' ');
                at += 2;
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        match table {
            Some(table) => table.letters(&string, &mut text),
            None => plain(&string, &mut text),
        }
        text.push(SEAM);
    }
    text.into_bytes()
}

fn is_wide_gap(gap: &[u8]) -> bool {
    let digits = gap[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits >= 3 && gap[1] >= b'2'
}

/// A string without a table: UTF-16 where it says so, else the letters of Windows-1258.
fn plain(string: &[u8], text: &mut String) {
    if let Some(wide_bytes) = string.strip_prefix(b"\xfe\xff") {
        text.push_str(&wide(wide_bytes));
        return;
    }
    if let Ok(utf8) = std::str::from_utf8(string) {
        text.push_str(utf8);
        return;
    }
    text.extend(string.iter().map(|byte| match byte {
        0xd0 => 'Đ',
        0xf0 => 'đ',
        other => char::from(*other),
    }));
}

/// A string in brackets, and the place behind it.
fn literal(stream: &[u8], start: usize) -> (Vec<u8>, usize) {
    let mut string = Vec::new();
    let mut depth = 0;
    let mut at = start;
    while let Some(byte) = stream.get(at) {
        at += 1;
        match byte {
            b'(' => {
                if depth > 0 {
                    string.push(b'(');
                }
                depth += 1;
            }
            b')' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
                string.push(b')');
            }
            b'\\' => {
                let digits = stream[at..].iter().take(3).take_while(|b| matches!(b, b'0'..=b'7'));
                let n = digits.count();
                if n > 0 {
                    let code = stream[at..at + n]
                        .iter()
                        .fold(0u32, |sum, d| sum * 8 + u32::from(d - b'0'));
                    string.push(u8::try_from(code & 0xff).unwrap_or_default());
                    at += n;
                } else if let Some(next) = stream.get(at) {
                    at += 1;
                    match next {
                        b'n' | b'r' | b't' => string.push(b' '),
                        b'\r' | b'\n' => {}
                        other => string.push(*other),
                    }
                }
            }
            other => string.push(*other),
        }
    }
    (string, at)
}
