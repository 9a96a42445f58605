//! Files that hold others: gzip, brotli, zip with the office formats in it, PDF, data in base64. What is
//! inside is handed on as bytes with a name; how deep, how much and how dense is bounded, and what cannot
//! be opened is said. Knows no needle.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// How many containers may stand inside each other.
pub(super) const DEPTH_LIMIT: usize = 4;
/// How many bytes may come out of one file of a site.
const SIZE_LIMIT: u64 = 256 << 20;
/// What may come out of even the smallest file.
const SMALL_LIMIT: u64 = 16 << 20;
/// How many times larger than the file what comes out of it may be.
const RATIO_LIMIT: u64 = 200;
/// How many files a file may hold.
const COUNT_LIMIT: u32 = 20_000;

/// What one file of a site may still cost.
#[derive(Debug)]
pub(super) struct Budget {
    left: u64,
    pub(super) opened: u32,
}

impl Budget {
    pub(super) fn new(bytes: &[u8]) -> Self {
        let size = bytes.len() as u64;
        let left = size.saturating_mul(RATIO_LIMIT).clamp(SMALL_LIMIT, SIZE_LIMIT);
        Self { left, opened: 0 }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.left = self.left.saturating_sub(bytes.len() as u64);
        self.opened += 1;
    }

    /// Counts a text that was put together from what was opened.
    pub(super) fn spend(&mut self, bytes: &[u8]) {
        self.left = self.left.saturating_sub(bytes.len() as u64);
    }

    pub(super) fn is_spent(&self) -> bool {
        self.left == 0 || COUNT_LIMIT < self.opened
    }
}

/// Why a container stays shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shut {
    /// It, or something in it, is encrypted.
    Encrypted,
    /// Its bytes are not what they should be.
    Broken,
    /// A kind of packing that is not undone.
    UnknownPacking,
    /// More comes out than may.
    TooLarge,
    /// Too many containers inside each other.
    TooDeep,
}

/// What was found in a container.
#[derive(Debug)]
pub(super) enum Inside {
    /// The bytes of a file, with its name.
    File(String, Vec<u8>),
    /// Something that could not be opened, with its name.
    Shut(String, Shut),
}

/// What a file is, by its first bytes and, where those tell nothing, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Gzip,
    Brotli,
    Zip,
    Pdf,
    /// A container of a kind that is not opened.
    Unknown,
    /// An office file of a kind that encryption uses as a shell.
    EncryptedOffice,
}

/// What kind of container bytes are, if any.
pub(super) fn kind(name: &str, bytes: &[u8]) -> Option<Kind> {
    const UNKNOWN: [&[u8]; 6] = [
        b"BZh",
        b"\xfd7zXZ\0",
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a\x07",
        b"\x28\xb5\x2f\xfd",
        b"MSCF\0\0\0\0",
    ];
    let has_ending = |ending: &str| {
        name.rsplit_once('.').is_some_and(|(_, last)| last.eq_ignore_ascii_case(ending))
    };
    if bytes.starts_with(b"\x1f\x8b") {
        return Some(Kind::Gzip);
    }
    if UNKNOWN.iter().any(|magic| bytes.starts_with(magic)) {
        return Some(Kind::Unknown);
    }
    if find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some() {
        return Some(Kind::Pdf);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        let shell: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
        return find(bytes, &shell).map(|_| Kind::EncryptedOffice);
    }
    // What is named so and is a plain text hides nothing.
    let is_named_so = ["zip", "docx", "xlsx", "pptx", "odt", "ods", "epub", "jar"]
        .iter()
        .any(|ending| has_ending(ending));
    if is_named_so && std::str::from_utf8(bytes).is_err() || find(bytes, LOCAL).is_some() {
        return Some(Kind::Zip);
    }
    has_ending("br").then_some(Kind::Brotli)
}

pub(super) fn gzip(bytes: &[u8], budget: &mut Budget) -> Vec<Inside> {
    vec![inside("gzip".to_owned(), MultiGzDecoder::new(bytes), budget)]
}

pub(super) fn brotli(bytes: &[u8], budget: &mut Budget) -> Vec<Inside> {
    let reader = brotli_decompressor::Decompressor::new(bytes, 4096);
    vec![inside("brotli".to_owned(), reader, budget)]
}

/// A stream of zlib, as PDF and PNG have them.
pub(super) fn zlib(name: String, bytes: &[u8], budget: &mut Budget) -> Inside {
    inside(name, ZlibDecoder::new(bytes), budget)
}

fn inside(name: String, reader: impl Read, budget: &mut Budget) -> Inside {
    match unpacked(reader, budget) {
        Ok(bytes) => Inside::File(name, bytes),
        Err(shut) => Inside::Shut(name, shut),
    }
}

fn unpacked(reader: impl Read, budget: &mut Budget) -> Result<Vec<u8>, Shut> {
    if budget.is_spent() {
        return Err(Shut::TooLarge);
    }
    let mut bytes = Vec::new();
    let read = reader.take(budget.left).read_to_end(&mut bytes);
    let is_full = bytes.len() as u64 == budget.left;
    budget.take(&bytes);
    match read {
        Ok(_) if is_full => Err(Shut::TooLarge),
        Ok(_) => Ok(bytes),
        Err(_) => Err(Shut::Broken),
    }
}

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";

/// Every file of a zip, by the headers that stand before each, wherever they stand: so a file that its
/// list of contents leaves out is opened too. What is stored unpacked lies open in the bytes already.
pub(super) fn zip(bytes: &[u8], budget: &mut Budget) -> Vec<Inside> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = find(&bytes[at..], LOCAL).map(|start| at + start) {
        at = start + LOCAL.len();
        let Some(head) = bytes.get(start..start + 30) else { break };
        let short = |at: usize| u16::from_le_bytes([head[at], head[at + 1]]);
        let (flags, method) = (short(6), short(8));
        let name_end = start + 30 + usize::from(short(26));
        let name = String::from_utf8_lossy(bytes.get(start + 30..name_end).unwrap_or_default());
        let name = name.into_owned();
        let data = bytes.get(name_end + usize::from(short(28))..).unwrap_or_default();
        if flags & 1 != 0 {
            found.push(Inside::Shut(name, Shut::Encrypted));
        } else if method == 8 {
            let mut reader = DeflateDecoder::new(data);
            let result = unpacked(&mut reader, budget);
            match result {
                Ok(file) => {
                    // What was read is packed: no header can stand in it.
                    at = bytes.len() - data.len() + usize::try_from(reader.total_in()).unwrap_or(0);
                    found.push(Inside::File(name, file));
                }
                Err(shut) => found.push(Inside::Shut(name, shut)),
            }
        } else if method != 0 {
            found.push(Inside::Shut(name, Shut::UnknownPacking));
        } else {
            let size = u32::from_le_bytes([head[18], head[19], head[20], head[21]]) as usize;
            let size = if flags & 8 != 0 { 0 } else { size };
            if let Some(file) = data.get(..size).filter(|file| !file.is_empty()) {
                if budget.is_spent() {
                    found.push(Inside::Shut(name, Shut::TooLarge));
                } else {
                    budget.take(file);
                    found.push(Inside::File(name, file.to_vec()));
                    at = bytes.len() - data.len() + size;
                }
            }
        }
        if budget.is_spent() {
            found.push(Inside::Shut(String::new(), Shut::TooLarge));
            return found;
        }
    }
    let listed = count(bytes, CENTRAL);
    let ends = find(bytes, b"PK\x05\x06").is_some();
    // A list of contents without files, or none at all: what it held is cut off.
    if found.is_empty() && listed > 0 || !ends {
        found.push(Inside::Shut(String::new(), Shut::Broken));
    }
    found
}

/// Data in base64 of some length, with the place where each begins.
pub(super) fn base64(bytes: &[u8]) -> Vec<(usize, Vec<u8>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        // Runs are rare, and most of a page is shorter words: look from their ends.
        let end = at + BASE64_LEAST;
        let Some(window) = bytes.get(at..end) else { break };
        if let Some(last) = window.iter().rposition(|byte| value(*byte).is_none()) {
            at += last + 1;
            continue;
        }
        let start = at;
        let (data, end) = run(bytes, start);
        if is_worth_reading(&data) {
            found.push((start, data));
        }
        at = end.max(start + 1);
    }
    found
}

/// The shortest run that is looked into: a number of law has at least so many letters in base64.
const BASE64_LEAST: usize = 12;
/// From here on a line of base64 may go on in the next.
const BASE64_LINE: usize = 56;

/// Decodes a run; over line ends where its lines are as long as those of a mail.
fn run(bytes: &[u8], start: usize) -> (Vec<u8>, usize) {
    let mut data = Vec::new();
    let (mut bits, mut n_bits, mut line) = (0u32, 0u32, 0usize);
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        if let Some(value) = value(*byte) {
            bits = bits << 6 | u32::from(value);
            n_bits += 6;
            line += 1;
            if n_bits >= 8 {
                n_bits -= 8;
                data.push(u8::try_from(bits >> n_bits & 0xff).unwrap_or_default());
                // Early on most runs show that they are words and no data.
                if data.len() == 9 && !is_worth_reading(&data) {
                    let rest = bytes[at..].iter().take_while(|byte| self::value(**byte).is_some());
                    return (Vec::new(), at + rest.count());
                }
            }
            at += 1;
            continue;
        }
        let is_break = matches!(byte, b'\r' | b'\n') && line >= BASE64_LINE;
        let next = bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let goes_on = bytes.get(at + next).is_some_and(|byte| value(*byte).is_some());
        if !(is_break && goes_on) {
            break;
        }
        at += next;
        line = 0;
    }
    (data, at)
}

/// The six bits that a letter of base64 stands for.
fn value(byte: u8) -> Option<u8> {
    VALUES[usize::from(byte)]
}

const VALUES: [Option<u8>; 256] = {
    let mut values = [None; 256];
    let mut byte = 0u8;
    loop {
        values[byte as usize] = match byte {
            b'A'..=b'Z' => Some(byte - b'A'),
            b'a'..=b'z' => Some(byte - b'a' + 26),
            b'0'..=b'9' => Some(byte - b'0' + 52),
            b'+' | b'-' => Some(62),
            b'/' | b'_' => Some(63),
            _ => None,
        };
        if byte == 255 {
            break values;
        }
        byte += 1;
    }
};

/// Whether decoded data may be a text or a container, by how it opens.
fn is_worth_reading(data: &[u8]) -> bool {
    const MAGIC: [&[u8]; 7] = [
        b"\x1f\x8b",
        b"PK\x03\x04",
        b"%PDF-",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xd0\xcf\x11\xe0",
        b"\x89PNG",
    ];
    if data.len() < 8 {
        return false;
    }
    if MAGIC.iter().any(|magic| data.starts_with(magic)) {
        return true;
    }
    let is_zero = |from: usize| data.iter().skip(from).step_by(2).take(4).all(|byte| *byte == 0);
    let is_wide = is_zero(0) || is_zero(1);
    let opening = &data[..data.len().min(24)];
    let text = match std::str::from_utf8(opening) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&opening[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => "",
    };
    let is_text = !text.is_empty()
        && text.chars().all(|letter| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t'));
    is_wide || is_text
}

/// Packed texts inside a picture of PNG.
pub(super) fn png(bytes: &[u8], budget: &mut Budget) -> Vec<Inside> {
    let mut found = Vec::new();
    let Some(mut rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") else { return found };
    while rest.len() >= 12 && !budget.is_spent() {
        let length = u32::from_be_bytes([rest[0], rest[1], rest[2], rest[3]]) as usize;
        let name = String::from_utf8_lossy(&rest[4..8]).into_owned();
        let Some(data) = rest.get(8..8 + length) else { break };
        if matches!(name.as_str(), "zTXt" | "iTXt" | "iCCP") {
            // The packed part begins behind the keyword and, in iTXt, two more words.
            let packed = data.windows(2).position(|two| {
                two[0] == 0x78 && (u16::from(two[0]) << 8 | u16::from(two[1])) % 31 == 0
            });
            if let Some(at) = packed {
                found.push(zlib(name, &data[at..], budget));
            }
        }
        rest = rest.get(12 + length..).unwrap_or_default();
    }
    found.retain(|inside| matches!(inside, Inside::File(..)));
    found
}

/// The first place of a needle.
pub(super) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, needle)
}

fn count(bytes: &[u8], needle: &[u8]) -> usize {
    memchr::memmem::find_iter(bytes, needle).count()
}
