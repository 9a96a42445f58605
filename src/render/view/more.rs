//! What stands after the law on the page of a procedure: results, complaints, where it was announced, and
//! what is done before and after it.

use serde::Serialize;

use super::places::agency_name;
use super::{Here, Link, outside};
use crate::files::Located;
use crate::model::procedure::{Announcement, Procedure};
use crate::render::route::Route;
use crate::render::words::Piece;

/// A name and what there is to say of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    label: String,
    pieces: Vec<Piece>,
}

/// A result.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Outcome {
    name: String,
    code: Option<String>,
    valid_for: Option<String>,
}

/// Links of one kind.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Related {
    label: String,
    links: Vec<Way>,
}

/// A link, and for a life event which of its steps this is and what stands beside it.
#[derive(Clone, Debug, Serialize)]
struct Way {
    href: String,
    name: String,
    step: Option<String>,
    before: Option<Link>,
    after: Option<Link>,
}

impl Way {
    fn plain(Link { href, name }: Link) -> Self {
        Self { href, name, step: None, before: None, after: None }
    }

    /// With the place of a procedure among those of a list that are published.
    fn through(here: Here<'_>, link: Link, codes: &[Located<String>], code: &str) -> Self {
        let lists = &here.site.lists;
        let published: Vec<&str> = codes
            .iter()
            .map(|code| code.value.as_str())
            .filter(|code| lists.by_code.contains_key(*code))
            .collect();
        let Some(place) = published.iter().position(|member| *member == code) else {
            return Self::plain(link);
        };
        let at = |place: Option<usize>| {
            let code = published.get(place?)?;
            Some(here.procedure(*lists.by_code.get(*code)?))
        };
        let (n, all) = ((place + 1).to_string(), published.len().to_string());
        let step = here.words().fill("related_step", &[("n", &n), ("all", &all)]);
        Self {
            step: (published.len() > 1).then_some(step),
            before: at(place.checked_sub(1)),
            after: at(Some(place + 1)),
            ..Self::plain(link)
        }
    }
}

pub(super) fn results(procedure: &Procedure) -> Vec<Outcome> {
    let view = |result: &crate::model::procedure::Outcome| Outcome {
        name: result.name.clone(),
        code: result.code.clone(),
        valid_for: result.valid_for.clone(),
    };
    procedure.results.iter().map(view).collect()
}

pub(super) fn complaints(here: Here<'_>, procedure: &Procedure) -> Vec<Line> {
    let Some(complaints) = &procedure.complaints else { return Vec::new() };
    let line = |key: &str, text: &Option<String>| {
        text.as_ref().map(|text| Line {
            label: here.words().say(key).to_owned(),
            pieces: vec![Piece::text(text)],
        })
    };
    let lines = [
        line("complaints_place", &complaints.place),
        line("complaints_deadline", &complaints.deadline),
    ];
    lines.into_iter().flatten().collect()
}

/// Where it was announced, what it is, where its record stands.
pub(super) fn lines(here: Here<'_>, procedure: &Procedure) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = |key: &str, pieces: Vec<Piece>| {
        lines.push(Line { label: here.words().say(key).to_owned(), pieces });
    };
    match &procedure.announced {
        Some(Announcement::Known(id)) => {
            let decision = &here.catalogue()[*id];
            let number = Piece { number: Some(decision.number.clone()), ..Piece::default() };
            let mut pieces = vec![number];
            if let Some(issuer) = decision.issuer.and_then(|agency| agency_name(here, agency)) {
                pieces.extend([Piece::text(", "), issuer]);
            }
            if let Some(day) = decision.signed {
                pieces.extend(here.words().pieces("signed_on", &[("day", &[Piece::day(day)])]));
            }
            line("more_announced", pieces);
        }
        Some(Announcement::Number(number)) => {
            let number = Piece { number: Some(number.clone()), ..Piece::default() };
            line("more_announced", vec![number]);
        }
        None => {}
    }
    if let Some(class) = &procedure.class {
        line("more_class", vec![Piece::text(class)]);
    }
    if let Some(href) = outside(procedure.source.as_deref()) {
        let name = here.say("open_source").to_owned();
        line("more_source", vec![Piece::link(Link { href, name })]);
    }
    lines
}

/// What is published of what it refers to, and what refers to it.
pub(super) fn related(here: Here<'_>, procedure: &Procedure) -> Vec<Related> {
    let lists = &here.site.lists;
    let code = procedure.code.value.as_str();
    let resolved = |codes: &[Located<String>]| {
        let ids = codes.iter().filter_map(|code| lists.by_code.get(&code.value));
        ids.map(|id| Way::plain(here.procedure(*id))).collect::<Vec<_>>()
    };
    let groups = lists.groups.iter().filter(|place| {
        here.catalogue().groups[**place].procedures.iter().any(|member| member.value == code)
    });
    let groups = groups
        .map(|place| {
            Way::plain(here.link(Route::Group(*place), &here.catalogue().groups[*place].name))
        })
        .collect();
    let events = lists.life_events.iter().filter(|place| {
        here.catalogue().life_events[**place].procedures.iter().any(|member| member.value == code)
    });
    let events = events
        .map(|place| {
            let event = &here.catalogue().life_events[*place];
            let link = here.link(Route::LifeEvent(*place), &event.name);
            Way::through(here, link, &event.procedures, code)
        })
        .collect();
    let rows: [(&str, Vec<Way>); 5] = [
        ("related_before", resolved(&procedure.related.before)),
        ("related_after", resolved(&procedure.related.after)),
        ("related_groups", groups),
        ("related_see", resolved(&procedure.related.see)),
        ("related_events", events),
    ];
    rows.into_iter()
        .filter(|(_, links)| !links.is_empty())
        .map(|(key, links)| Related { label: here.say(key).to_owned(), links })
        .collect()
}
