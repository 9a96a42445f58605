//! What the YAML parser could not understand, in plain words and at the line at fault: for a quote
//! that is never closed the parser points to where it gave up, which is a line or a page too late.

use granit_parser::ErrorKind;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::Code;
use crate::load::gate::Text;

/// How many lines before the parser's place an open quote is looked for.
const LINES_BACK: usize = 40;

/// The finding for an error of the parser at a place of the text.
pub(super) fn finding(text: &Text<'_>, at: usize, kind: &ErrorKind) -> Diagnostic {
    if let Some(quote) = is_about_quotes(kind).then(|| open_quote(text.body, at)).flatten() {
        return Diagnostic::new(Code::Syntax, text.span(quote, line_end(text.body, quote)))
            .with("cause", UNCLOSED);
    }
    // At the end of a line or of the file there is nothing to show; the last character is near enough.
    let before = text.body[..at].trim_end();
    let at_end = text.body[at..].chars().next().is_none_or(char::is_whitespace);
    let start =
        if at_end { before.char_indices().next_back().map_or(0, |(last, _)| last) } else { at };
    // A key that is indented too far reads as the end of the line above, and then its colon is odd.
    let line_start = text.body[..start].rfind('\n').map_or(0, |line| line + 1);
    let key = &text.body[line_start..start];
    let is_colon = matches!(kind, ErrorKind::MappingValueNotAllowed);
    if is_colon && !key.contains(": ") && key.starts_with(' ') {
        let key_start = start - key.trim_start().len();
        return Diagnostic::new(Code::Syntax, text.span(key_start, line_end(text.body, start)))
            .with("cause", INDENT);
    }
    Diagnostic::new(Code::Syntax, text.span(start, line_end(text.body, start)))
        .with("cause", cause(kind))
}

const INDENT: [&str; 2] =
    ["dòng này thụt lề không khớp với dòng trên", "the indent does not fit the line above"];
const UNCLOSED: [&str; 2] =
    ["dấu nháy mở ở đây không được đóng", "the quote that opens here is not closed"];

fn is_about_quotes(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnclosedQuotedScalar
            | ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::TabInIndentation
            | ErrorKind::DocumentIndicatorInQuotedScalar
            | ErrorKind::InvalidTrailingSingleQuotedScalar
            | ErrorKind::InvalidTrailingDoubleQuotedScalar
    )
}

fn line_end(text: &str, at: usize) -> usize {
    at + text[at..].lines().next().map_or(0, |line| line.trim_end().len())
}

/// The nearest quote at or before the place that opens a value and is not closed on its line.
fn open_quote(text: &str, at: usize) -> Option<usize> {
    let mut end = line_end(text, at);
    for _ in 0..LINES_BACK {
        let start = text[..end].rfind('\n').map_or(0, |line| line + 1);
        if let Some(quote) = open_quote_of_line(&text[start..end]) {
            return Some(start + quote);
        }
        end = start.checked_sub(1)?;
    }
    None
}

fn open_quote_of_line(line: &str) -> Option<usize> {
    let mut rest = line.char_indices().peekable();
    let mut before = ' ';
    let mut previous = ' ';
    while let Some((at, character)) = rest.next() {
        let is_quote = character == '"' || character == '\'';
        // A quote inside a word is a letter; one after these opens a value.
        let opens = matches!(before, ' ' | ':' | '-' | '[' | '{' | ',')
            && (previous == ' ' || matches!(previous, '[' | '{' | ','));
        if is_quote && opens {
            loop {
                match rest.next() {
                    None => return Some(at),
                    Some((_, '\\')) if character == '"' => {
                        rest.next();
                    }
                    Some((_, closing)) if closing == character => {
                        // A doubled single quote stands for one.
                        if character == '"' || rest.next_if(|(_, next)| *next == '\'').is_none() {
                            break;
                        }
                    }
                    Some(_) => {}
                }
            }
        }
        if character == '#' && previous == ' ' {
            return None;
        }
        previous = character;
        if !character.is_whitespace() {
            before = character;
        }
    }
    None
}

/// The errors people make, in words; the rest in general ones.
fn cause(kind: &ErrorKind) -> [&'static str; 2] {
    match kind {
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidMappingValueWhitespace
        | ErrorKind::InvalidColonPlacement => [
            "dấu hai chấm ở đây không mở được giá trị; chữ có dấu hai chấm thì đặt trong dấu nháy",
            "a colon cannot begin a value here; put text that holds a colon in quotes",
        ],
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            ["sau khóa thiếu dấu hai chấm", "a key is not followed by a colon"]
        }
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::MappingKeyNotAllowed => INDENT,
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => {
            ["ngoặc mở không được đóng", "an opening bracket is not closed"]
        }
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => [
            "trong ngoặc thiếu dấu phẩy hoặc ngoặc đóng",
            "a comma or a closing bracket is missing",
        ],
        ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => {
            ["ngoặc đóng không khớp với ngoặc mở", "a closing bracket does not match"]
        }
        ErrorKind::UnexpectedCharacter { .. } => [
            "giá trị không được bắt đầu bằng ký tự này; hãy đặt trong dấu nháy",
            "a value cannot begin with this character; put it in quotes",
        ],
        ErrorKind::UnknownQuotedScalarEscape => [
            "trong dấu nháy kép, dấu \\ phải viết đôi; hoặc dùng dấu nháy đơn",
            "in double quotes a \\ is written twice; or use single quotes",
        ],
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            ["sau dấu nháy đóng còn chữ", "there is text after the closing quote"]
        }
        ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent => UNCLOSED,
        ErrorKind::CommentNotSeparated | ErrorKind::CommentInterceptedScalar => {
            ["trước dấu # cần một dấu cách", "a space is needed before #"]
        }
        ErrorKind::InvalidBlockScalarIndent | ErrorKind::InvalidBlockScalarHeader => {
            ["đoạn chữ sau dấu | thụt lề không đều", "the text after | is indented unevenly"]
        }
        _ => ["chỗ này không đúng cú pháp", "this is not valid here"],
    }
}
