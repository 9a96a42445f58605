//! The home page: what people come for, what changes next, whom to ask.

use serde::Serialize;

use super::changes::{self, ChangeDay};
use super::facts::{self, Row};
use super::frame::Frame;
use super::index::{Item, audience_items, field_items, group_items, level_items};
use super::news::{self, Recent};
use super::{Here, Link, Stamp, text};
use crate::model::date::Date;
use crate::render::markdown::Headings;
use crate::render::route::Route;

/// Days of change that the home page names.
const DAYS: usize = 3;

/// The home page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct HomeView {
    intro_html: Option<String>,
    stamp: Stamp,
    all: Link,
    events: Vec<Event>,
    /// Those that the editors chose, with time and fee.
    needed: Vec<Row>,
    groups: Vec<Item>,
    fields: Vec<Item>,
    levels: Vec<Item>,
    audiences: Vec<Item>,
    changes: Vec<ChangeDay>,
    /// What changed last.
    recent: Vec<Recent>,
    all_changes: Link,
}

#[derive(Clone, Debug, Serialize)]
struct Event {
    href: String,
    name: String,
    /// The first of its procedures.
    text: String,
}

pub(crate) fn home(here: Here<'_>) -> (Frame, HomeView) {
    let about = &here.catalogue().site;
    let mut frame = Frame::new(here, here.say("home_question"), "");
    frame.crumbs.clear();
    frame.description.clone_from(&about.title);
    let mut days: Vec<Date> = Vec::new();
    let first = here.site.changes().take_while(|change| {
        if days.last() != Some(&change.day) {
            days.push(change.day);
        }
        days.len() <= DAYS
    });
    let changes = changes::days(here, first);
    let view = HomeView {
        intro_html: about.home.as_ref().map(|text| here.prose(text, Headings::OfPage)),
        // The day is that of the site, as everywhere around the page.
        stamp: Stamp::new(
            here.say("stamp_home"),
            &text::day(here.site.assessment.as_of),
            here.say("stamp_as_of"),
        ),
        all: here.link(Route::Procedures, here.say("all_procedures")),
        events: events(here),
        needed: needed(here),
        groups: group_items(here),
        fields: field_items(here),
        levels: level_items(here),
        audiences: audience_items(here),
        recent: news::recent(here, DAYS),
        changes,
        all_changes: here.link(Route::Changes, here.say("see_all_changes")),
    };
    (frame, view)
}

/// Of those that the editors chose, the published ones.
fn needed(here: Here<'_>) -> Vec<Row> {
    let by_code = &here.site.lists.by_code;
    let chosen = here.catalogue().site.home_procedures.iter();
    chosen.filter_map(|code| by_code.get(&code.value)).map(|id| facts::row(here, *id)).collect()
}

fn events(here: Here<'_>) -> Vec<Event> {
    let lists = &here.site.lists;
    lists
        .life_events
        .iter()
        .filter_map(|place| {
            let event = &here.catalogue().life_events[*place];
            let published =
                event.procedures.iter().filter_map(|code| lists.by_code.get(&code.value));
            let names: Vec<&str> =
                published.map(|id| here.catalogue()[*id].heading()).take(3).collect();
            let Link { href, name } = here.link(Route::LifeEvent(*place), &event.name);
            // Without a published procedure it leads nowhere.
            (!names.is_empty()).then(|| Event { href, name, text: names.join(" · ") })
        })
        .collect()
}
