//! The page of changes: what is published in figures, what will change and what has; and the part of it that
//! the home page tells.

use serde::Serialize;

use super::changes::{self, ChangeDay};
use super::feed;
use super::frame::Frame;
use super::{Day, Here, text};
use crate::model::agency::Level;
use crate::model::procedure::{ChannelKind, ProcedureId};

/// So many changes that have come are named.
const RECENT: usize = 12;

/// The page of coming changes.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ChangesView {
    figures: Vec<Figure>,
    days: Vec<ChangeDay>,
    recent: Vec<Recent>,
}

/// A count of what is published.
#[derive(Clone, Debug, Serialize)]
struct Figure {
    label: String,
    value: String,
}

/// A change that has come.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Recent {
    day: Day,
    href: String,
    text: String,
}

pub(crate) fn changes(here: Here<'_>) -> (Frame, ChangesView) {
    let mut frame = Frame::new(here, here.say("nav_all_changes"), "thay-doi");
    here.say("changes_description").clone_into(&mut frame.description);
    let view = ChangesView {
        figures: figures(here),
        days: changes::days(here, here.site.changes()),
        recent: recent(here, RECENT),
    };
    (frame, view)
}

/// What changed up to the day, the latest first, of what is there still: the rest the feed alone tells.
pub(super) fn recent(here: Here<'_>, most: usize) -> Vec<Recent> {
    let entries = feed::entries(here).into_iter();
    let has_come = |entry: &feed::FeedEntry| entry.day <= here.site.assessment.today;
    let past = entries.filter(|entry| has_come(entry) && !entry.over).take(most);
    past.map(|entry| Recent { day: Day::new(entry.day), href: entry.href, text: entry.title })
        .collect()
}

/// How many procedures there are, can be filed online and in a commune, and in how many fields.
fn figures(here: Here<'_>) -> Vec<Figure> {
    let lists = &here.site.lists;
    let is_online = |id: &&ProcedureId| {
        let shown = here.site.assessment.procedure(**id).shown();
        let mut channels = here.catalogue()[**id].channels.iter();
        channels.any(|channel| {
            channel.kind == ChannelKind::Online
                && shown.is_some_and(|shown| shown.has(channel.element))
        })
    };
    let figures = [
        ("figure_procedures", lists.procedures.len()),
        ("figure_online", lists.procedures.iter().filter(is_online).count()),
        ("figure_commune", lists.by_level.get(&Level::Commune).map_or(0, Vec::len)),
        ("figure_fields", lists.by_field.len()),
    ];
    figures
        .into_iter()
        .map(|(key, n)| Figure {
            label: here.words().say(key).to_owned(),
            value: text::number(here.words(), n as u64),
        })
        .collect()
}
