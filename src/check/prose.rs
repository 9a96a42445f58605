//! Free texts: raw HTML and links that are unsafe or cannot be read. Pages never show either; here the
//! editor is told.

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report};
use crate::model::link::Target;
use crate::model::procedure::{Procedure, Step};
use crate::model::{Catalogue, Markdown};

/// All findings in the texts of a catalogue.
#[must_use]
pub fn prose(catalogue: &Catalogue) -> Report {
    let mut report = Report::default();
    let mut texts: Vec<&Markdown> = Vec::new();
    texts.extend(&catalogue.site.home);
    for procedure in &catalogue.procedures {
        of_procedure(procedure, &mut texts);
    }
    texts.extend(catalogue.life_events.iter().filter_map(|event| event.text.as_ref()));
    texts.extend(catalogue.groups.iter().filter_map(|group| group.text.as_ref()));
    texts.extend(catalogue.pages.iter().map(|page| &page.text));
    for text in texts {
        examine(text, &mut report);
    }
    report
}

fn of_procedure<'a>(procedure: &'a Procedure, texts: &mut Vec<&'a Markdown>) {
    let text_of = |step: &'a Step| step.text.as_ref();
    texts.extend(procedure.channels.iter().filter_map(|channel| channel.description.as_ref()));
    texts.extend(procedure.steps.iter().filter_map(text_of));
    texts.extend(procedure.cases.iter().flat_map(|case| &case.steps).filter_map(text_of));
    texts.extend(&procedure.requirements);
}

fn examine(markdown: &Markdown, report: &mut Report) {
    for event in Parser::new_ext(&markdown.text, Options::ENABLE_TABLES) {
        match event {
            // Entities and comments are HTML to the parser only where they open with a bracket.
            Event::Html(_) | Event::InlineHtml(_) => {
                report.push(Diagnostic::new(Code::RawHtml, markdown.span));
            }
            Event::Start(Tag::Link { dest_url, .. }) if Target::parse(&dest_url).is_none() => {
                report.push(bad_link(markdown, &dest_url));
            }
            // A site hands out no pictures, and one from elsewhere tells that host who reads.
            Event::Start(Tag::Image { dest_url, .. }) => {
                report.push(bad_link(markdown, &dest_url));
            }
            _ => {}
        }
    }
}

fn bad_link(markdown: &Markdown, address: &str) -> Diagnostic {
    Diagnostic::new(Code::BadLink, markdown.span).with("text", address)
}
