//! Free texts: raw HTML and links that are unsafe or cannot be read. Pages never show either; here the
//! editor is told.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::{FileTree, Span};
use crate::model::link::Target;
use crate::model::procedure::{Procedure, Step};
use crate::model::{Catalogue, Markdown};

/// Judges every text of a catalogue; the files tell where in a block a word stands.
pub fn check(catalogue: &Catalogue, files: &FileTree, report: &mut Report) {
    let mut texts: Vec<&Markdown> = Vec::new();
    texts.extend(&catalogue.site.home);
    for procedure in &catalogue.procedures {
        of_procedure(procedure, &mut texts);
    }
    texts.extend(catalogue.life_events.iter().filter_map(|event| event.text.as_ref()));
    texts.extend(catalogue.groups.iter().filter_map(|group| group.text.as_ref()));
    texts.extend(catalogue.pages.iter().map(|page| &page.text));
    for text in texts {
        examine(text, files, report);
    }
}

fn of_procedure<'a>(procedure: &'a Procedure, texts: &mut Vec<&'a Markdown>) {
    let text_of = |step: &'a Step| step.text.as_ref();
    texts.extend(procedure.channels.iter().filter_map(|channel| channel.description.as_ref()));
    texts.extend(procedure.steps.iter().filter_map(text_of));
    texts.extend(procedure.cases.iter().flat_map(|case| &case.steps).filter_map(text_of));
    texts.extend(&procedure.requirements);
}

fn examine(markdown: &Markdown, files: &FileTree, report: &mut Report) {
    let parser = Parser::new_ext(&markdown.text, Options::ENABLE_TABLES).into_offset_iter();
    for (event, range) in parser {
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
}

/// Where a range of the text stands in its file, up to the end of its line. A text that is not written
/// line by line, such as one folded with `>`, is pointed at as a whole.
fn place(markdown: &Markdown, files: &FileTree, range: Range<usize>) -> Span {
    let whole = markdown.span;
    let source = std::str::from_utf8(files.content(whole.file).bytes()).ok();
    let Some(written) = source.and_then(|source| source.get(whole.range())) else { return whole };
    let mut from = 0;
    let mut line_start = 0;
    for line in markdown.text.split_inclusive('\n') {
        let words = line.trim_end();
        let Some(at) = written[from..].find(words) else { return whole };
        let line_end = line_start + line.len();
        if (line_start..line_end).contains(&range.start) {
            let start = whole.start as usize + from + at + range.start - line_start;
            let length = range.end.min(line_start + words.len()).saturating_sub(range.start);
            let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            return Span { file: whole.file, start: place(start), end: place(start + length) };
        }
        from += at + words.len();
        line_start = line_end;
    }
    whole
}
