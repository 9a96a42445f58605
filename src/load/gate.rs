//! The gate before the parser: which bytes are text at all. What it lets through has a bounded size,
//! is UTF-8, and holds no character that a reader of the file would not see.
//!
//! It never changes the text, so that every span still points into the file as it is on the disk.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Fix, Repair, Report};
use crate::files::{Content, FileId, FilePath, Span, is_unseen};

/// The largest YAML or markdown file, in bytes. The largest real record has some 60 KB.
pub(super) const TEXT_LIMIT: u64 = 1 << 20;
/// The largest form file, in bytes.
pub(super) const FORM_LIMIT: u64 = 32 << 20;

/// The text of a file, free of what cannot be seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'f> {
    /// The file.
    pub file: FileId,
    /// Its text, without a byte order mark.
    pub body: &'f str,
    /// Where the text begins in the file: 3 after a byte order mark.
    pub start: usize,
    /// Whether the text is in NFC throughout; where not, values are brought into NFC when they are read.
    pub is_nfc: bool,
}

impl Text<'_> {
    /// The place of a range of the text in its file.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        // No text is longer than `TEXT_LIMIT`, so the casts cannot lose anything.
        let place = |at: usize| u32::try_from(self.start + at).unwrap_or(u32::MAX);
        Span { file: self.file, start: place(start), end: place(end) }
    }

    /// A piece of the text in NFC.
    pub(super) fn composed<'p>(&self, piece: Cow<'p, str>) -> Cow<'p, str> {
        if self.is_nfc || is_nfc(&piece) { piece } else { Cow::Owned(piece.nfc().collect()) }
    }
}

/// Which characters a kind of file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tabs {
    /// YAML: a tab looks like the spaces that carry its meaning.
    Refused,
    /// Markdown.
    Allowed,
}

/// The text of a file, or what keeps it from being read. Warnings come with a text, errors without.
pub(super) fn text<'f>(
    file: FileId,
    path: &FilePath,
    content: &'f Content,
    tabs: Tabs,
) -> (Option<Text<'f>>, Report) {
    let sealed = unread(file, path, content).or_else(|| too_large(file, path, content, TEXT_LIMIT));
    if let Some(refused) = sealed {
        return (None, Report::from_iter([refused]));
    }
    let bytes = content.bytes();
    let whole = match std::str::from_utf8(bytes) {
        Ok(whole) => whole,
        Err(error) => {
            let offset = error.valid_up_to();
            let finding = Diagnostic::new(Code::NotUtf8, byte(file, offset));
            let finding = finding.with("offset", offset.to_string());
            return (None, Report::from_iter([finding]));
        }
    };
    let body = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    let mut text = Text { file, body, start: whole.len() - body.len(), is_nfc: true };
    let mut report: Report = characters(&text, tabs).into_iter().chain(conflicts(&text)).collect();
    if !report.is_empty() {
        return (None, report);
    }
    text.is_nfc = text.body.chars().all(stands_composed) || is_nfc(text.body);
    if !text.is_nfc {
        let finding = Diagnostic::new(Code::NotNfc, decomposed(&text));
        report.push(finding.fixed_by(Some(composing(&text))));
    }
    (Some(text), report)
}

/// A thing at a path that is no file to be read.
pub(super) fn unread(file: FileId, path: &FilePath, content: &Content) -> Option<Diagnostic> {
    let is_file = matches!(content, Content::Bytes(_) | Content::TooLarge(_));
    (!is_file)
        .then(|| Diagnostic::new(Code::SymbolicLink, Span::head(file)).with("path", path.as_str()))
}

/// A file of more bytes than its kind may have.
pub(super) fn too_large(
    file: FileId,
    path: &FilePath,
    content: &Content,
    limit: u64,
) -> Option<Diagnostic> {
    let (size, was_read) = match content {
        Content::TooLarge(size) => (*size, false),
        _ => (content.bytes().len() as u64, true),
    };
    // A file that was not read is too large, whatever its size and our limit.
    if was_read && size <= limit {
        return None;
    }
    let in_bytes = |amount: u64| [format!("{amount} byte"), format!("{amount} bytes")];
    Some(
        Diagnostic::new(Code::FileTooLarge, Span::head(file))
            .with("path", path.as_str())
            .with("size", in_bytes(size))
            .with("limit", in_bytes(limit.min(size))),
    )
}

fn byte(file: FileId, offset: usize) -> Span {
    let start = u32::try_from(offset).unwrap_or(u32::MAX);
    Span { file, start, end: start.saturating_add(1) }
}

/// Every character that has no business in a catalogue, each kind once, at its first place.
fn characters(text: &Text<'_>, tabs: Tabs) -> Vec<Diagnostic> {
    let mut seen = Vec::new();
    let mut findings = Vec::new();
    let mut from = 0;
    // Every byte of a catalogue comes by here, and hardly any of them needs to be looked at as a character.
    while let Some(n) = text.body[from..].bytes().position(opens_unseen) {
        let at = from + n;
        let Some(character) = text.body[at..].chars().next() else { break };
        from = at + character.len_utf8();
        let refused = match character {
            '\t' => tabs == Tabs::Refused,
            // A line may end with CR LF; a lone CR shows one line where a parser sees two.
            '\r' => !text.body[from..].starts_with('\n'),
            _ => is_unseen(character),
        };
        if !refused || seen.contains(&character) {
            continue;
        }
        seen.push(character);
        let span = text.span(at, at + character.len_utf8());
        let line_start = text.body[..at].rfind('\n').map_or(0, |line| line + 1);
        let indents = character == '\t' && text.body[line_start..at].trim().is_empty();
        findings.push(if indents {
            Diagnostic::new(Code::Syntax, span).with(
                "cause",
                [
                    "dòng này thụt đầu bằng phím Tab; hãy thụt bằng dấu cách",
                    "this line is indented with a tab; indent with spaces",
                ],
            )
        } else {
            control(character, span).fixed_by(without(text, character))
        });
    }
    findings
}

/// Whether a character is composed whatever stands beside it: so are the letters of Vietnamese, and the tables of all
/// scripts need not be asked.
fn stands_composed(character: char) -> bool {
    matches!(character, ..'\u{300}' | '\u{1ea0}'..='\u{1eff}' | '–' | '“' | '”' | '…')
}

/// Whether a byte may begin a character that is not seen, and ends no line.
fn opens_unseen(byte: u8) -> bool {
    byte != b'\n' && matches!(byte, 0..b' ' | 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef)
}

/// What a text written with escapes holds that could not be written without them, each kind once. A
/// tab or a line end that was written as an escape can be seen.
pub(super) fn escaped(decoded: &str) -> Vec<char> {
    let mut found = Vec::new();
    for character in decoded.chars() {
        let is_refused = !matches!(character, '\n' | '\t') && is_unseen(character);
        if is_refused && !found.contains(&character) {
            found.push(character);
        }
    }
    found
}

/// A character that has no business in a catalogue, at its place.
pub(super) fn control(character: char, span: Span) -> Diagnostic {
    Diagnostic::new(Code::ControlCharacter, span)
        .with("character", format!("U+{:04X}", u32::from(character)))
}

/// The first line of each conflict that git left behind. `=======` alone is no sign: in markdown it
/// underlines a heading.
fn conflicts(text: &Text<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut is_open = false;
    let mut at = 0;
    for line in text.body.split_inclusive('\n') {
        let content = line.trim_end();
        let marks = |mark: &str| {
            content.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let opens = marks("<<<<<<<");
        let closes = marks(">>>>>>>");
        if opens || closes && !is_open {
            let span = text.span(at, at + content.len());
            findings.push(Diagnostic::new(Code::ConflictMarker, span));
        }
        is_open = opens || is_open && !closes;
        at += line.len();
    }
    findings
}

/// Takes a mark without width out wherever it stands: the text looks the same without it.
fn without(text: &Text<'_>, mark: char) -> Option<Fix> {
    if !matches!(mark, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') {
        return None;
    }
    let places = text.body.match_indices(mark);
    let gone = |(at, mark): (usize, &str)| Repair::Write {
        at: text.span(at, at + mark.len()),
        text: String::new(),
    };
    Some(Fix { repairs: places.map(gone).collect(), about: Vec::new() })
}

/// Composes each word that is not in NFC, and each line in which a word begins with a mark.
fn composing(text: &Text<'_>) -> Fix {
    let mut repairs = Vec::new();
    let mut compose = |at: usize, piece: &str| {
        let place = text.span(at, at + piece.len());
        repairs.push(Repair::Write { at: place, text: piece.nfc().collect() });
    };
    let mut at = 0;
    for line in text.body.split_inclusive('\n') {
        let content = line.trim_end();
        let words: Vec<&str> = content.split_inclusive(char::is_whitespace).collect();
        let composed: String = words.iter().flat_map(|word| word.nfc()).collect();
        if is_nfc(&composed) {
            let mut word_at = at;
            for word in words {
                if !is_nfc(word) {
                    compose(word_at, word.trim_end());
                }
                word_at += word.len();
            }
        } else {
            compose(at, content);
        }
        at += line.len();
    }
    Fix { repairs, about: Vec::new() }
}

/// The first word that is not in NFC. A word may be composed by itself and not in its place, as with
/// a mark at its head; then the line is shown.
fn decomposed(text: &Text<'_>) -> Span {
    let mut at = 0;
    for line in text.body.split_inclusive('\n') {
        if is_nfc(line) {
            at += line.len();
            continue;
        }
        let mut word_at = at;
        for word in line.split_inclusive(char::is_whitespace) {
            if !is_nfc(word) {
                return text.span(word_at, word_at + word.trim_end().len());
            }
            word_at += word.len();
        }
        return text.span(at, at + line.trim_end().len());
    }
    text.span(0, 0)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::{IsNormalized, is_nfc_quick};

    use super::{is_unseen, opens_unseen, stands_composed};

    #[test]
    fn what_stands_composed_does_so_by_the_tables() {
        for character in ('\0'..=char::MAX).filter(|it| stands_composed(*it)) {
            assert_eq!(is_nfc_quick([character].into_iter()), IsNormalized::Yes, "{character:?}");
        }
    }

    #[test]
    fn what_is_not_seen_is_told_by_its_first_byte() {
        for character in ('\0'..=char::MAX).filter(|it| is_unseen(*it) && *it != '\n') {
            let mut bytes = [0; 4];
            let first = character.encode_utf8(&mut bytes).as_bytes()[0];
            assert!(opens_unseen(first), "{character:?}");
        }
    }
}
