//! The page on which one searches: a form, what the script needs, and all procedures for who has no script.

use serde::Serialize;

use super::Here;
use super::frame::Frame;
use super::index::{Section, by_field};
use super::names::{audience_name, level_name};
use crate::model::agency::Level;
use crate::model::procedure::{Audience, OnlineLevel};
use crate::render::route::{Route, SearchPart};
use crate::search::Entry;

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
    sections: Vec<Section>,
}

#[derive(Clone, Debug, Serialize)]
struct Choice {
    value: usize,
    name: String,
}

/// The page on which one searches. It names nothing that has ended: the script looks that up.
pub(crate) fn search(here: Here<'_>) -> (Frame, SearchView) {
    let mut frame = Frame::new(here, here.say("search_heading"), "tim-kiem");
    here.say("search_description").clone_into(&mut frame.description);
    let entries = || here.site.search.shards.iter().flatten();
    let any = |of: fn(&Entry) -> u32| entries().fold(0, |bits, entry| bits | of(entry));
    let (in_levels, in_audiences) = (any(|entry| entry.levels), any(|entry| entry.audience));
    let is_in = |bits: u32| move |(at, _): &(usize, _)| bits >> at & 1 == 1;
    let levels = (0..).zip(Level::ALL.map(|(level, _)| level_name(here, level).to_owned()));
    let audiences = (0..).zip(Audience::ALL.map(|(who, _)| audience_name(here, who).to_owned()));
    let fields = (0..).zip(&here.site.search.base.fields);
    let fields = fields.filter(|(place, _)| entries().any(|entry| entry.field == *place));
    let tongue = here.site.tongue.as_ref();
    let mark = |name: &String| tongue.map_or_else(|| name.clone(), |tongue| tongue.mark(name));
    let choice = |(value, name): (usize, String)| Choice { value, name };
    let online = [(3, OnlineLevel::Full), (2, OnlineLevel::Partial)];
    let online = online.map(|(value, level)| Choice {
        value,
        name: here
            .say(if level == OnlineLevel::Full { "online_full" } else { "online_partial" })
            .to_owned(),
    });
    let view = SearchView {
        base: here.href(Route::SearchData(SearchPart::Base)),
        stamp: here.site.search.base.stamp.clone(),
        fields: fields.map(|(value, name)| choice((value, mark(name)))).collect(),
        levels: levels.filter(is_in(in_levels)).map(choice).collect(),
        audiences: audiences.filter(is_in(in_audiences)).map(choice).collect(),
        online: online.into(),
        sections: by_field(here),
    };
    (frame, view)
}
