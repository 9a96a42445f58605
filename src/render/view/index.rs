//! Lists: all procedures, fields, agencies, life events; the procedures of a field, a level, an audience.

use serde::Serialize;

use super::facts::{Row, rows};
use super::frame::Frame;
use super::names::{audience_name, level_name};
use super::posting::booklet_link as booklet;
use super::{Here, Link, text};
use crate::model::agency::{FieldId, Level};
use crate::model::procedure::Audience;
use crate::render::markdown::Headings;
use crate::render::route::{Route, href};

/// A page of lists of names with a count or a code each.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct IndexView {
    heading: String,
    lead: Option<String>,
    sections: Vec<Section>,
    empty: String,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Section {
    id: String,
    name: Option<Link>,
    items: Vec<Item>,
}

/// A name with a count or a code.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Item {
    href: String,
    name: String,
    number: String,
}

/// The procedures of one list, with time and fee.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RowsView {
    heading: String,
    /// The same on paper, to post.
    booklet: Option<Link>,
    rows: Vec<Row>,
}

/// A free page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ProseView {
    heading: String,
    html: String,
}

/// So many procedures are named on one page; of more the fields are, each of which has a page.
const LISTED: usize = 1000;

pub(crate) fn procedures(here: Here<'_>) -> (Frame, IndexView) {
    let is_small = here.site.lists.procedures.len() <= LISTED;
    let sections = if is_small { by_field(here) } else { vec![all_fields(here)] };
    index(here, "nav_procedures", "thu-tuc", sections)
}

/// All procedures, by field.
pub(super) fn by_field(here: Here<'_>) -> Vec<Section> {
    let sections = here.site.lists.fields.iter().filter_map(|field| {
        let procedures = here.site.lists.by_field.get(field)?;
        let about = &here.catalogue()[*field];
        let items = procedures.iter().map(|id| {
            let Link { href, name } = here.procedure(*id);
            Item { href, name, number: here.catalogue()[*id].code.value.clone() }
        });
        Some(Section {
            id: about.slug.to_string(),
            name: Some(here.link(Route::Field(*field), &about.name)),
            items: items.collect(),
        })
    });
    sections.collect()
}

pub(crate) fn fields(here: Here<'_>) -> (Frame, IndexView) {
    let items = field_items(here);
    index(here, "nav_fields", "linh-vuc", vec![section("linh-vuc", items)])
}

/// All fields, as a section below their name.
pub(super) fn all_fields(here: Here<'_>) -> Section {
    let name = here.link(Route::Fields, here.say("nav_fields"));
    Section { name: Some(name), ..section("linh-vuc", field_items(here)) }
}

pub(crate) fn agencies(here: Here<'_>) -> (Frame, IndexView) {
    let items = here.site.lists.agencies.iter().filter_map(|agency| {
        let n = here.site.lists.by_agency.get(agency)?.len();
        Some(item(here, Route::Agency(*agency), &here.catalogue()[*agency].name, n))
    });
    index(here, "nav_agencies", "co-quan", vec![section("co-quan", items.collect())])
}

pub(crate) fn life_events(here: Here<'_>) -> (Frame, IndexView) {
    let by_code = &here.site.lists.by_code;
    let events = here.site.lists.life_events.iter().filter_map(|place| {
        let event = &here.catalogue().life_events[*place];
        let n = event.procedures.iter().filter(|code| by_code.contains_key(&code.value)).count();
        // Without a published procedure it leads nowhere.
        (n > 0).then(|| item(here, Route::LifeEvent(*place), &event.name, n))
    });
    let mut sections = vec![section("viec", events.collect())];
    let groups = group_items(here);
    if !groups.is_empty() {
        let mut section = section("lien-thong", groups);
        let name = here.say("section_groups").to_owned();
        section.name = Some(Link { href: "#lien-thong".to_owned(), name });
        sections.push(section);
    }
    index(here, "nav_life_events", "viec", sections)
}

pub(crate) fn field(here: Here<'_>, field: FieldId) -> (Frame, RowsView) {
    let name = &here.catalogue()[field].name;
    let frame =
        Frame::new(here, name, "linh-vuc").below(here.link(Route::Fields, here.say("nav_fields")));
    (
        frame,
        RowsView {
            heading: name.clone(),
            booklet: booklet(here, Route::FieldBooklet(field)),
            rows: rows(here, here.site.lists.by_field.get(&field)),
        },
    )
}

pub(crate) fn level(here: Here<'_>, level: Level) -> (Frame, RowsView) {
    let name =
        here.words().fill("level_heading", &[("level", &text::small(level_name(here, level)))]);
    let frame = Frame::new(here, &name, "thu-tuc")
        .below(here.link(Route::Procedures, here.say("nav_procedures")));
    (
        frame,
        RowsView {
            heading: name,
            booklet: None,
            rows: rows(here, here.site.lists.by_level.get(&level)),
        },
    )
}

pub(crate) fn audience(here: Here<'_>, audience: Audience) -> (Frame, RowsView) {
    let name =
        here.words().fill("audience_heading", &[("audience", audience_name(here, audience))]);
    let frame = Frame::new(here, &name, "thu-tuc")
        .below(here.link(Route::Procedures, here.say("nav_procedures")));
    (
        frame,
        RowsView {
            heading: name,
            booklet: None,
            rows: rows(here, here.site.lists.by_audience.get(&audience)),
        },
    )
}

pub(crate) fn free_page(here: Here<'_>, place: usize) -> (Frame, ProseView) {
    let page = &here.catalogue().pages[place];
    let html = here.prose(&page.text, Headings::OfPage);
    (Frame::new(here, &page.title, "trang"), ProseView { heading: page.title.clone(), html })
}

/// That there is nothing at an address.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct NotFoundView {
    heading: String,
    /// The same in the second language, where the site has one.
    other: Option<NotFoundThere>,
}

#[derive(Clone, Debug, Serialize)]
struct NotFoundThere {
    language: &'static str,
    heading: String,
    text: String,
    links: Vec<Link>,
}

/// What a server shows where there is nothing.
pub(crate) fn not_found(here: Here<'_>) -> (Frame, NotFoundView) {
    let mut frame = Frame::new(here, here.say("not_found_heading"), "");
    frame.noindex = true;
    frame.crumbs.clear();
    let heading = here.say("not_found_heading").to_owned();
    // One page is shown for addresses of both languages.
    let other = here.catalogue().site.second.map(|_| {
        let words = here.site.theme.other_words();
        let link = |route, key| {
            let [_, (_, address)] = here.site.parallel(route)?;
            Some(Link { href: href(here.root, &address), name: words.say(key).to_owned() })
        };
        let links = [link(Route::Search, "nav_search"), link(Route::Home, "home_name")];
        NotFoundThere {
            language: words.language.tag(),
            heading: words.say("not_found_heading").to_owned(),
            text: words.say("not_found_text").to_owned(),
            links: links.into_iter().flatten().collect(),
        }
    });
    (frame, NotFoundView { heading, other })
}

/// What leads from an address that was renamed to the new one.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct MovedView {
    href: String,
    /// In full, where the site's own address is known.
    full: Option<String>,
}

/// The page at an address that was renamed. It does not name what it leads to, which may have ended.
pub(crate) fn moved(here: Here<'_>, to: Route) -> (Frame, MovedView) {
    let mut frame = Frame::new(here, here.say("moved_heading"), "");
    frame.noindex = true;
    let address = here.site.address(to);
    let full = here.site.base_url().map(|base| href(base, &address));
    (frame, MovedView { href: here.href(to), full })
}

/// Fields that have a published procedure, with how many.
pub(super) fn field_items(here: Here<'_>) -> Vec<Item> {
    let fields = here.site.lists.fields.iter().filter_map(|field| {
        let n = here.site.lists.by_field.get(field)?.len();
        Some(item(here, Route::Field(*field), &here.catalogue()[*field].name, n))
    });
    fields.collect()
}

pub(super) fn level_items(here: Here<'_>) -> Vec<Item> {
    let levels = &here.site.lists.by_level;
    levels
        .iter()
        .map(|(level, ids)| item(here, Route::Level(*level), level_name(here, *level), ids.len()))
        .collect()
}

pub(super) fn audience_items(here: Here<'_>) -> Vec<Item> {
    let audiences = &here.site.lists.by_audience;
    audiences
        .iter()
        .map(|(who, ids)| item(here, Route::Audience(*who), audience_name(here, *who), ids.len()))
        .collect()
}

pub(super) fn group_items(here: Here<'_>) -> Vec<Item> {
    let groups = here.site.lists.groups.iter().map(|place| {
        let group = &here.catalogue().groups[*place];
        let n = group
            .procedures
            .iter()
            .filter(|code| here.site.lists.by_code.contains_key(&code.value));
        item(here, Route::Group(*place), &group.name, n.count())
    });
    groups.collect()
}

fn item(here: Here<'_>, route: Route, name: &str, n: usize) -> Item {
    let Link { href, name } = here.link(route, name);
    Item { href, name, number: n.to_string() }
}

fn section(id: &str, items: Vec<Item>) -> Section {
    Section { id: id.to_owned(), name: None, items }
}

fn index(
    here: Here<'_>,
    heading: &'static str,
    current: &'static str,
    mut sections: Vec<Section>,
) -> (Frame, IndexView) {
    sections.retain(|section| !section.items.is_empty());
    let heading = here.say(heading).to_owned();
    let frame = Frame::new(here, &heading, current);
    (frame, IndexView { heading, lead: None, sections, empty: here.say("empty_list").to_owned() })
}
