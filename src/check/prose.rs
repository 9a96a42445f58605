//! Free texts: raw HTML, links that are unsafe or cannot be read, and texts of nothing but the addresses of
//! links. Pages never show any of them; here the editor is told. What may harm keeps a site from being made, what
//! shows nothing does not. A text that is no Markdown shows its marks as they are written, which nobody means.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::mentions::spans;
use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report, excerpt};
use crate::files::{FileTree, Span};
use crate::model::Catalogue;
use crate::model::link::Target;
use crate::model::prose::Prose;

/// Judges every text of a catalogue; the files tell where in a block a word stands.
pub fn check(catalogue: &Catalogue, files: &FileTree, report: &mut Report) {
    for text in catalogue.prose.iter() {
        if text.is_markdown {
            examine(text, files, report);
        } else {
            plain(text, files, report);
        }
    }
}

/// A plain text with marks of Markdown or HTML between its words; the first says it for all. Marks that open a
/// line, such as a dash, read well as they are.
fn plain(text: &Prose, files: &FileTree, report: &mut Report) {
    if !text.text.contains(['*', '_', '`', '[', '<']) {
        return;
    }
    let marked = Parser::new(&text.text).into_offset_iter().find(|(event, _)| {
        matches!(
            event,
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. })
                | Event::Code(_)
                | Event::Html(_)
                | Event::InlineHtml(_)
        )
    });
    if let Some((_, range)) = marked {
        let said = excerpt(text.text[range.clone()].trim());
        let found = Diagnostic::new(Code::ProseMarks, place(text, files, range));
        report.push(found.with("text", said));
    }
}

fn examine(markdown: &Prose, files: &FileTree, report: &mut Report) {
    let parser = Parser::new_ext(&markdown.text, Options::ENABLE_TABLES);
    // A line of the form `[61/2018]: https://…` is the address of a link and draws nothing by itself.
    let addresses = parser.reference_definitions().iter();
    let mut addresses: Vec<_> =
        addresses.map(|(_, one)| (one.span.clone(), one.dest.to_string())).collect();
    addresses.sort_by_key(|(range, _)| range.start);
    let mut draws = false;
    for (event, range) in parser.into_offset_iter() {
        draws |= !matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph));
        let (code, address) = match event {
            // Entities and comments are HTML to the parser only where they open with a bracket.
            Event::Html(_) | Event::InlineHtml(_) => (Code::RawHtml, None),
            Event::Start(Tag::Link { dest_url, .. }) if Target::parse(&dest_url).is_none() => {
                (Code::BadLink, Some(dest_url))
            }
            // A site hands out no pictures, and one from elsewhere tells that host who reads.
            Event::Start(Tag::Image { dest_url, .. }) => (Code::BadLink, Some(dest_url)),
            _ => continue,
        };
        let found = Diagnostic::new(code, place(markdown, files, range));
        report.push(match address {
            Some(address) => found.with("text", address.as_ref()),
            None => found,
        });
    }
    for (range, address) in addresses.into_iter().filter(|_| !draws) {
        let code = Target::parse(&address).map_or(Code::BadLink, |_| Code::ProseEmpty);
        let found = Diagnostic::new(code, place(markdown, files, range));
        report.push(found.with("text", address));
    }
}

/// Where a range of the text stands in its file, up to the end of its line.
fn place(markdown: &Prose, files: &FileTree, range: Range<usize>) -> Span {
    let line = markdown.text[range.start..].find('\n').map_or(range.end, |end| range.start + end);
    let start = range.start;
    let place = start..range.end.min(line);
    let found = spans(markdown, files, std::slice::from_ref(&place));
    found.and_then(|found| found.first().copied()).unwrap_or(markdown.span)
}
