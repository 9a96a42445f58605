//! The page on which one searches: a form, what the script needs, and for who has no script all procedures,
//! or all fields where there are many.

use serde::Serialize;

use super::frame::Frame;
use super::index::{Section, all_fields, by_field};
use super::names::{audience_name, level_name};
use super::{Here, text};
use crate::model::agency::Level;
use crate::model::procedure::{Audience, OnlineLevel};
use crate::render::route::{Route, SearchPart};
use crate::search::{self, Index};

/// The page on which one searches.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SearchView {
    /// Where the base of the index stands, beside which the other parts do.
    base: String,
    /// What tells this index from one of another day.
    stamp: String,
    fields: Vec<FieldChoice>,
    levels: Vec<Choice>,
    audiences: Vec<Choice>,
    online: Vec<Choice>,
    sections: Vec<Section>,
}

/// A choice of a filter.
#[derive(Clone, Debug, Serialize)]
struct Choice {
    value: usize,
    name: String,
}

/// A field, with the number of its procedures on the day. What other choices hold is told of results, by the
/// script; which fields have results beyond those that were looked through nobody knows before they are asked.
#[derive(Clone, Debug, Serialize)]
struct FieldChoice {
    value: usize,
    name: String,
    count: String,
}

/// A page of so many procedures names all; of more it names the fields, each of which has a page.
const LISTED: usize = 300;

/// The page on which one searches. It names nothing that has ended: the script looks that up.
pub(crate) fn search(here: Here<'_>) -> (Frame, SearchView) {
    let mut frame = Frame::new(here, here.say("search_heading"), "tim-kiem");
    here.say("search_description").clone_into(&mut frame.description);
    let index = &here.site.search;
    let entries = || index.shards.iter().flatten();
    let levels = entries().fold(0, |bits, entry| bits | entry.levels);
    let audience = entries().fold(0, |bits, entry| bits | entry.audience);
    let online = entries().fold(0, |bits, entry| bits | 1 << entry.online);
    let level = |(level, _): &(Level, _)| level_name(here, *level).to_owned();
    let who = |(who, _): &(Audience, _)| audience_name(here, *who).to_owned();
    let full = (search::online(OnlineLevel::Full), "online_full");
    let partial = (search::online(OnlineLevel::Partial), "online_partial");
    let ways = [full, partial].map(|(value, name)| (value as usize, here.say(name).to_owned()));
    let is_small = here.site.lists.procedures.len() <= LISTED;
    let view = SearchView {
        base: here.href(Route::SearchData(SearchPart::Base)),
        stamp: index.base.stamp.clone(),
        fields: fields(here),
        levels: choices(Level::ALL.iter().map(level).enumerate(), levels),
        audiences: choices(Audience::ALL.iter().map(who).enumerate(), audience),
        online: choices(ways.into_iter(), online),
        sections: if is_small { by_field(here) } else { vec![all_fields(here)] },
    };
    (frame, view)
}

/// Those of some choices of which the bit is set.
fn choices(all: impl Iterator<Item = (usize, String)>, bits: u32) -> Vec<Choice> {
    let there = all.filter(|(value, _)| bits >> value & 1 == 1);
    there.map(|(value, name)| Choice { value, name }).collect()
}

/// The fields that have procedures on the day of the site, in the order of the index.
fn fields(here: Here<'_>) -> Vec<FieldChoice> {
    let Index { base, shards, .. } = here.site.search.as_ref();
    let today = here.site.assessment.today.to_string();
    let mut counts = vec![0_u64; base.fields.len()];
    for entry in shards.iter().flatten().filter(|entry| entry.is_so(&today)) {
        counts[entry.field] += 1;
    }
    let tongue = here.site.tongue.as_ref();
    let mark = |name: &String| tongue.map_or_else(|| name.clone(), |tongue| tongue.mark(name));
    let fields = base.fields.iter().zip(counts).enumerate().filter(|(_, (_, count))| 0 < *count);
    fields
        .map(|(value, (name, count))| FieldChoice {
            value,
            name: mark(name),
            count: text::number(here.words(), count),
        })
        .collect()
}
