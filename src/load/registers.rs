//! The small registers: agencies, fields, life events, groups, words, holidays, monthly figures and
//! free pages. What other records refer to is kept as soon as it has an id.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::Code;
use crate::files::{Located, Span};
use crate::language::Language;
use crate::load::excerpt;
use crate::load::gate::Text;
use crate::load::link::{self, legal_basis, target};
use crate::load::procedure::time_in_step;
use crate::load::reader::{
    Map, Reader, Value, boolean, count, day, former_ids, located, markdown, named, slug, text, url,
    validity, verbatim, word,
};
use crate::load::sort::taken;
use crate::model::agency::{Agency, Field, Level, Office};
use crate::model::date::{Date, Window};
use crate::model::prose::{Owner, Prose};

use crate::model::registers::{
    Abbreviation, DeadTerm, FreePage, Group, Holiday, LifeEvent, QualityFigure, QualityReport,
    Synonym, Terms, Translation,
};
use crate::model::{Markdown, Slug};

/// Reads a file of `agencies/`. Beside the agency, the places of its offices' ids.
pub(super) fn agency(map: &mut Map, slug: Slug) -> (Agency, Vec<Span>) {
    let former_ids = former_ids(map);
    let name = map.required("name", named);
    let level = map.optional("level", word(&Level::ALL));
    let validity = validity(map);
    let replaces = map.list("replaces", link::agency);
    let (offices, spans) = map.maps("offices", office).into_iter().unzip();
    let name = name.unwrap_or_else(|| Located { value: slug.to_string(), span: map.head() });
    let agency = Agency {
        slug,
        former_ids,
        name: name.value,
        level,
        validity,
        replaces,
        offices,
        span: name.span,
    };
    (agency, spans)
}

fn office(map: &mut Map) -> Option<(Office, Span)> {
    let id = map.required("id", slug);
    let name = map.required("name", text);
    let address = map.optional("address", text);
    let hours = map.optional("hours", text);
    let phone = map.optional("phone", text);
    let map_link = map.optional("map", url);
    let validity = validity(map);
    let Located { value: id, span } = id?;
    let id = id.to_string();
    let name = name.unwrap_or_else(|| id.clone());
    Some((Office { id, name, address, hours, phone, map: map_link, validity }, span))
}

/// Reads `fields.yaml`.
pub(super) fn fields(read: &mut Reader, root: Value) -> Vec<Field> {
    let mut places = BTreeMap::new();
    read.list(root, |read, value| {
        let field = read.map(value, |map| {
            let id = map.required("id", slug);
            let former_ids = former_ids(map);
            let name = map.required("name", text);
            let order = map.optional("order", count);
            let Located { value: slug, span } = id?;
            let name = name.unwrap_or_else(|| slug.to_string());
            Some(Field { slug, former_ids, name, order, span })
        });
        let field = field.flatten()?;
        if let Some(first) = places.insert(field.slug.clone(), field.span) {
            read.say(taken(field.slug.as_str(), field.span, first));
            return None;
        }
        Some(field)
    })
}

/// Reads a file of `life-events/`.
pub(super) fn life_event(map: &mut Map, slug: Slug) -> Option<LifeEvent> {
    let former_ids = former_ids(map);
    let name = map.required("name", named);
    let order = map.optional("order", count);
    let text = map.optional("text", markdown);
    let procedures = map.list("procedures", located);
    let Located { value: name, span } = name?;
    Some(LifeEvent { slug, former_ids, name, order, text, procedures, span })
}

/// Reads a file of `groups/`.
pub(super) fn group(map: &mut Map, slug: Slug) -> Option<Group> {
    let former_ids = former_ids(map);
    let name = map.required("name", named);
    let text = map.optional("text", markdown);
    let lead = map.optional("lead", link::agency);
    let procedures = map.list("procedures", located);
    let time = map.optional("time", time_in_step);
    let validity = validity(map);
    let legal_basis = legal_basis(map);
    let Located { value: name, span } = name?;
    Some(Group {
        slug,
        former_ids,
        name,
        text,
        lead,
        procedures,
        time,
        validity,
        legal_basis,
        span,
    })
}

/// Reads `terms.yaml`: words about words, none of them prose of the site.
pub(super) fn terms(map: &mut Map) -> Terms {
    let synonyms = map.maps("synonyms", |map| {
        let say = map.one_or_list("say", verbatim);
        let means = map.required("means", verbatim);
        if !map.has("say") {
            map.missing("say");
        }
        Some(Synonym { say, means: means? })
    });
    let abbreviations = map.maps("abbreviations", |map| {
        let short = map.required("short", verbatim);
        let long = map.required("long", verbatim);
        Some(Abbreviation { short: short?, long: long? })
    });
    let dead = map.maps("dead_terms", |map| {
        let term = map.required("term", located);
        let also = map.one_or_list("also", verbatim);
        let except = map.one_or_list("except", verbatim);
        let ended = map.required("ended", day);
        let instead = map.optional("instead", verbatim);
        let because_of = map.optional("because_of", target).map(|document| document.value);
        let Located { value: term, span } = term?;
        Some(DeadTerm { term, also, except, ended: ended?, instead, because_of, span })
    });
    Terms { synonyms, abbreviations, dead }
}

/// Reads a file of `translations/`: texts of the catalogue, each beside itself in the other language. The
/// former are judged where they stand.
pub(super) fn translations(map: &mut Map, language: Language) -> Vec<Translation> {
    map.maps("texts", |map| {
        let of = map.required(language.tag(), |read, value| {
            let Located { span, .. } = located(read, value)?;
            Some((Translation::key(value.node.text()?), span))
        });
        let text = map.required(language.other().tag(), markdown);
        let (of, span) = of?;
        // What it translates is known when all is read.
        Some(Translation { of, span, text: text?, is_title: false })
    })
}

/// Reads `holidays.yaml`, by day.
pub(super) fn holidays(read: &mut Reader, root: Value) -> Vec<Holiday> {
    let mut places = BTreeMap::new();
    let mut holidays = read.list(root, |read, value| {
        let holiday = read.map(value, |map| {
            let date = map.required("date", day);
            let span = map.find("date").map_or(map.span(), |date| date.node.span);
            let name = map.required("name", text);
            let worked = map.optional("worked", boolean).unwrap_or_default();
            Some((Holiday { date: date?, name: name?, worked }, span))
        });
        let (holiday, span) = holiday.flatten()?;
        if let Some(first) = places.insert(holiday.date, span) {
            read.say(taken(&holiday.date.to_string(), span, first));
            return None;
        }
        Some(holiday)
    });
    holidays.sort_by_key(|holiday| holiday.date);
    holidays
}

/// Reads a file of `reports/`.
pub(super) fn report(map: &mut Map, month: Date) -> QualityReport {
    let figures = map.maps("figures", |map| {
        let name = map.required("name", text);
        let value = map.required("value", text);
        let note = map.optional("note", text);
        Some(QualityFigure { name: name?, value: value?, note })
    });
    QualityReport { month, figures }
}

/// Cuts a file of `pages/` at its front matter: YAML between two lines of `---` at its very head, where it
/// has one, and what follows.
pub(super) fn front_matter<'f>(source: &Text<'f>) -> (Option<Text<'f>>, Text<'f>) {
    let part = |start, end| Text {
        body: &source.body[start..end],
        start: source.start + start,
        ..*source
    };
    let length = source.body.len();
    let whole = (None, part(0, length));
    let mut at = 0;
    let mut opened = None;
    for line in source.body.split_inclusive('\n') {
        let is_fence = line.trim_end() == "---";
        let next = at + line.len();
        match opened {
            None if is_fence => opened = Some(next),
            None => return whole,
            Some(start) if is_fence => return (Some(part(start, at)), part(next, length)),
            Some(_) => {}
        }
        at = next;
    }
    whole
}

/// Reads the front matter of a page.
pub(super) fn page_head(map: &mut Map) -> Vec<Located<Slug>> {
    former_ids(map)
}

/// Reads a file of `pages/`: a heading, then markdown. Beside the page, its free texts.
pub(super) fn page(
    source: &Text<'_>,
    name: &str,
    slug: Slug,
    former_ids: Vec<Located<Slug>>,
) -> Result<(FreePage, [Prose; 2]), Diagnostic> {
    let text = source.body;
    let start = text.len() - text.trim_start().len();
    let line_end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    let line = text[start..line_end].trim_end();
    let title = line.strip_prefix("# ").map(|title| title.trim().trim_end_matches('#').trim());
    let Some(title) = title.filter(|title| !title.is_empty()) else {
        return Err(Diagnostic::new(Code::WrongShape, source.span(start, start + line.len()))
            .with("key", excerpt(name))
            .with(
                "expected",
                ["văn bản mở đầu bằng `# Tiêu đề`", "a text that opens with `# Title`"],
            )
            .with("found", ["văn bản không có tiêu đề ở đầu", "a text without a title"]));
    };
    let body = &text[line_end..];
    let body_start = line_end + body.len() - body.trim_start_matches(['\r', '\n']).len();
    let body = body.trim();
    let composed = |text: &str| source.composed(text.into()).into_owned();
    let text = Markdown {
        text: composed(body).replace("\r\n", "\n"),
        span: source.span(body_start, body_start + body.len()),
    };
    let title_start = start + line.find(title).unwrap_or_default();
    let title_span = source.span(title_start, title_start + title.len());
    let title = composed(title);
    let (owner, validity) = (Owner::Site, Window::default());
    let prose = |text: &str, span, is_markdown| Prose {
        text: text.to_owned(),
        span,
        is_markdown,
        owner,
        validity,
    };
    let said = [prose(&title, title_span, false), prose(&text.text, text.span, true)];
    Ok((FreePage { slug, former_ids, title, text }, said))
}
