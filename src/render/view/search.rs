//! The page on which one searches: a form, what the script needs, and for who has no script all procedures,
//! or all fields where there are many.

use serde::Serialize;

use super::Here;
use super::frame::Frame;
use super::index::{Section, all_fields, by_field};
use super::names::{audience_name, level_name};
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
    fields: Vec<Choice>,
    levels: Vec<Choice>,
    audiences: Vec<Choice>,
    online: Vec<Choice>,
    /// The list of documents, for who asks for a number that is none of theirs.
    documents: String,
    sections: Vec<Section>,
}

/// A choice of a filter.
#[derive(Clone, Debug, Serialize)]
struct Choice {
    value: usize,
    name: String,
}

/// A page of so many procedures names all; of more it names the fields, each of which has a page.
const LISTED: usize = 300;

/// The page on which one searches. It names nothing that has ended: the script looks that up.
pub(crate) fn search(here: Here<'_>) -> (Frame, SearchView) {
    let mut frame = Frame::new(here, here.say("search_heading"), "tim-kiem");
    here.say("search_description").clone_into(&mut frame.description);
    let index = here.site.search_index();
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
        documents: here.href(Route::Documents),
        sections: if is_small { by_field(here) } else { vec![all_fields(here)] },
    };
    (frame, view)
}

/// Those of some choices of which the bit is set.
fn choices(all: impl Iterator<Item = (usize, String)>, bits: u32) -> Vec<Choice> {
    let there = all.filter(|(value, _)| bits >> value & 1 == 1);
    there.map(|(value, name)| Choice { value, name }).collect()
}

/// The fields of the index, in its order. Which of them have procedures on the reader's day the script tells, as
/// it does what each choice brings: a form that was drawn for days would not be there when the script looks for it.
fn fields(here: Here<'_>) -> Vec<Choice> {
    let tongue = here.site.tongue.as_ref();
    let mark = |name: &String| tongue.map_or_else(|| name.clone(), |tongue| tongue.mark(name));
    let Index { base, .. } = here.site.search_index();
    let is_ever = |days: &[(String, bool)]| days.iter().any(|(_, is_filled)| *is_filled);
    let there = base.fields.iter().zip(&base.filled).enumerate();
    let there = there.filter(|(_, (_, days))| is_ever(days));
    there.map(|(value, (name, _))| Choice { value, name: mark(name) }).collect()
}
