//! A life event or a joint group: a text, and procedures in the order in which one needs them.

use serde::Serialize;

use super::basis::{self, BasisRow};
use super::facts::{Row, row};
use super::frame::Frame;
use super::{Here, Link, text};
use crate::files::Located;
use crate::render::markdown::Headings;
use crate::render::route::Route;

/// The page of a life event or of a joint group.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct EventView {
    name: String,
    html: Option<String>,
    lead: Option<Link>,
    time: Option<String>,
    rows: Vec<Row>,
    basis: Vec<BasisRow>,
}

pub(crate) fn life_event(here: Here<'_>, place: usize) -> (Frame, EventView) {
    let event = &here.catalogue().life_events[place];
    let frame = Frame::new(here, &event.name, "viec")
        .below(here.link(Route::LifeEvents, here.say("nav_life_events")));
    let view = EventView {
        name: event.name.clone(),
        html: event.text.as_ref().map(|text| here.prose(text, Headings::OfPage)),
        lead: None,
        time: None,
        rows: members(here, &event.procedures),
        basis: Vec::new(),
    };
    (frame, view)
}

pub(crate) fn group(here: Here<'_>, place: usize) -> (Frame, EventView) {
    let group = &here.catalogue().groups[place];
    let mut frame = Frame::new(here, &group.name, "viec");
    if !here.catalogue().life_events.is_empty() {
        frame = frame.below(here.link(Route::LifeEvents, here.say("nav_life_events")));
    }
    let view = EventView {
        name: group.name.clone(),
        html: group.text.as_ref().map(|text| here.prose(text, Headings::OfPage)),
        lead: group.lead.and_then(|agency| super::places::agency_link(here, agency)),
        time: group.time.as_ref().map(|time| text::time(here.words(), &time.length)),
        rows: members(here, &group.procedures),
        basis: basis::rows(here, &group.legal_basis),
    };
    (frame, view)
}

/// The published procedures of a list of codes.
fn members(here: Here<'_>, codes: &[Located<String>]) -> Vec<Row> {
    let by_code = &here.site.lists.by_code;
    codes.iter().filter_map(|code| by_code.get(&code.value)).map(|id| row(here, *id)).collect()
}
