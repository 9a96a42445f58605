//! A report as text for people: the place, the source line, the cause, what to do.
//! Colour is a choice of the caller; the terminal is not known here.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::code::Severity;
use super::{Diagnostic, Report};
use crate::files::{FileTree, Span, is_unseen};
use crate::language::Language;

/// How a report is printed.
#[derive(Clone, Copy, Debug)]
pub struct Style<'a> {
    /// The language of the words.
    pub language: Language,
    /// Whether to colour.
    pub colour: bool,
    /// What stands before each path, such as the catalogue's folder.
    pub folder: &'a str,
}

/// Prints all findings, one after the other, with a blank line between them.
#[must_use]
pub fn print(report: &Report, files: &FileTree, style: Style<'_>) -> String {
    let printed: Vec<String> = report.iter().map(|found| print_one(found, files, style)).collect();
    printed.join("\n\n")
}

fn print_one(found: &Diagnostic, files: &FileTree, style: Style<'_>) -> String {
    let entry = found.code.entry();
    let level = match (found.severity, style.language) {
        (Severity::Error, Language::Vietnamese) => Level::ERROR.with_name("lỗi"),
        (Severity::Warning, Language::Vietnamese) => Level::WARNING.with_name("cảnh báo"),
        (Severity::Notice, Language::Vietnamese) => Level::INFO.with_name("lưu ý"),
        (Severity::Error, Language::English) => Level::ERROR,
        (Severity::Warning, Language::English) => Level::WARNING,
        (Severity::Notice, Language::English) => Level::INFO.with_name("notice"),
    };
    let (cause, note, legal, help) = match style.language {
        Language::Vietnamese => (
            Level::NOTE.with_name("vì"),
            Level::NOTE.with_name("xem thêm"),
            Level::NOTE.with_name("căn cứ"),
            Level::HELP.with_name("gợi ý"),
        ),
        Language::English => (
            Level::NOTE.with_name("because"),
            Level::NOTE,
            Level::NOTE.with_name("law"),
            Level::HELP,
        ),
    };
    let title = level
        .primary_title(found.message(style.language))
        .id(format!("{} {}", entry.id, entry.name));
    let mut group = match found.span {
        Some(span) => place(Group::with_title(title), span, files, style, true),
        None => Group::with_title(title),
    };
    for remark in &found.notes {
        let level = if remark.is_cause() { &cause } else { &note };
        group = group.element(level.clone().message(remark.message(style.language)));
        if let Some(span) = remark.span {
            group = place(group, span, files, style, false);
        }
    }
    if let Some(law) = entry.law {
        group = group.element(legal.message(law));
    }
    group = group.element(help.message(found.help(style.language)));
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    // What a file holds must not speak to the terminal. Escapes in a source line are shown as signs already,
    // so those that are left are our colours.
    let unasked = |c: char| is_unseen(c) && !matches!(c, '\n' | '\u{1b}');
    renderer.render(&[group]).replace(unasked, "\u{fffd}")
}

/// Adds the source line with the span under it, or only the path where there is no line to show.
fn place<'a>(
    group: Group<'a>,
    span: Span,
    files: &'a FileTree,
    style: Style<'_>,
    primary: bool,
) -> Group<'a> {
    let path = format!("{}{}", style.folder, files.path(span.file));
    let source = std::str::from_utf8(files.content(span.file).bytes()).ok();
    let source = source.filter(|text| {
        let range = span.range();
        !range.is_empty() && text.get(range).is_some() && !text.contains('\0')
    });
    match source {
        Some(text) => {
            let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let start = span.start as usize;
            // A finding about a block shows its first line, not the whole block.
            let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
            let end = (span.end as usize).min(line_end).max(start + 1).min(text.len());
            let end =
                (end..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
            group.element(Snippet::source(text).path(path).annotation(kind.span(start..end)))
        }
        None => group.element(Origin::path(path)),
    }
}
