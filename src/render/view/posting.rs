//! A procedure on paper: the sheet that is posted (tờ niêm yết), booklets of sheets, and the mark by which a
//! page knows whether a sheet still says the same.
//!
//! The mark is a hash of the words of the sheet and of nothing else: neither the day on which it was made nor
//! the markup counts, so that a sheet grows old only when what it says does.

use serde::Serialize;
use serde_json::Value;

use super::basis;
use super::channels::{self, ChannelView, Posted, Table};
use super::dossier::{Dossier, Steps};
use super::facts::{self, Fact};
use super::frame::Frame;
use super::more::{self, Line};
use super::places::{self, Place};
use super::{Day, Here, Link};
use crate::model::agency::{AgencyId, FieldId};
use crate::model::date::{Date, Window};
use crate::model::procedure::{Announcement, Procedure, ProcedureId, ReceptionPlace};
use crate::render::markdown::Headings;
use crate::render::qr::{self, Qr};
use crate::render::route::{self, Route};
use crate::validity::procedure::{ProcedureStanding, Shown};

/// One sheet, or a booklet of sheets.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PostingView {
    heading: String,
    /// The page whose paper this is.
    back: Link,
    /// The same in full, for search engines.
    canonical: Option<String>,
    /// Whether it is a booklet, with a cover and a list of what is in it.
    booklet: bool,
    sheets: Vec<Sheet>,
}

/// A sheet.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Sheet {
    /// Where it stands in a booklet.
    id: String,
    says: Says,
    paper: Paper,
    checked: Option<Day>,
}

/// What binds a sheet to the page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Paper {
    /// The hash of what the sheet says.
    mark: String,
    /// The same in groups, for people to compare.
    mark_words: String,
    /// The page's address, without the mark and the scheme.
    address: Option<String>,
    qr: Option<Qr>,
    /// The last day on which it is known to hold.
    last_day: Option<Day>,
    /// The sheet's own address.
    sheet: Option<String>,
}

/// All words of a sheet that are about the procedure.
#[derive(Clone, Debug, Serialize)]
struct Says {
    code: String,
    heading: String,
    official: Option<String>,
    facts: Vec<Fact>,
    dossier: Option<Dossier>,
    requirements_html: Option<String>,
    steps: Option<Steps>,
    charges: Option<Table>,
    ways: Vec<ChannelView>,
    places: Vec<Place>,
    complaints: Vec<Line>,
    law: Vec<Law>,
    announced: Option<String>,
}

/// A legal basis in a line.
#[derive(Clone, Debug, Serialize)]
struct Law {
    number: String,
    numbered: bool,
    provisions: Option<String>,
    /// That it is not known to be in force, or no more is and still applies.
    unsure: Option<String>,
    until: Option<String>,
    statement: Option<String>,
}

/// The sheet of a procedure; on days on which the procedure does not apply, the way to its page.
pub(crate) fn posting(here: Here<'_>, id: ProcedureId) -> (Frame, PostingView) {
    let sheet = sheet(here, id);
    let heading = match &sheet {
        Some(sheet) => sheet.says.heading.clone(),
        None => here.say("posting_none").to_owned(),
    };
    let title = match &sheet {
        Some(_) => here.words().fill("posting_title", &[("name", &heading)]),
        None => heading.clone(),
    };
    let back = here.link(Route::Procedure(id), here.say("posting_back"));
    let page = here.site.address(Route::Procedure(id));
    let view = PostingView {
        heading,
        back,
        canonical: here.site.base_url().map(|base| route::href(base, &page)),
        booklet: false,
        sheets: sheet.into_iter().collect(),
    };
    (frame(here, &title), view)
}

/// The booklet of a field.
pub(crate) fn of_field(here: Here<'_>, field: FieldId) -> (Frame, PostingView) {
    let ids = here.site.lists.by_field.get(&field);
    let ids = ids.into_iter().flatten().copied();
    booklet(here, &here.catalogue()[field].name, Route::Field(field), ids)
}

/// The booklet of an agency.
pub(crate) fn of_agency(here: Here<'_>, agency: AgencyId) -> (Frame, PostingView) {
    let ids = here.site.lists.by_agency.get(&agency);
    let ids = ids.into_iter().flatten().copied();
    let ids = ids.filter(|id| here.catalogue()[*id].is_posted_by(agency));
    let name = if here.assessment.is_agency_there(here.catalogue(), agency) {
        here.catalogue()[agency].name.as_str()
    } else {
        here.say("posting_none")
    };
    booklet(here, name, Route::Agency(agency), ids)
}

fn booklet(
    here: Here<'_>,
    name: &str,
    page: Route,
    ids: impl Iterator<Item = ProcedureId>,
) -> (Frame, PostingView) {
    let title = here.words().fill("booklet_title", &[("name", name)]);
    let view = PostingView {
        heading: name.to_owned(),
        back: here.link(page, here.say("booklet_back")),
        canonical: None,
        booklet: true,
        sheets: ids.filter_map(|id| sheet(here, id)).collect(),
    };
    (frame(here, &title), view)
}

fn frame(here: Here<'_>, title: &str) -> Frame {
    let mut frame = Frame::new(here, title, "thu-tuc");
    frame.noindex = true;
    frame
}

fn sheet(here: Here<'_>, id: ProcedureId) -> Option<Sheet> {
    let ProcedureStanding::Published(shown) = here.site.assessment.procedure(id) else {
        return None;
    };
    let says = says(here, id, shown);
    let procedure = &here.catalogue()[id];
    Some(Sheet {
        // By its code, which the sheet shows in any case: a slug may spell the name of what has ended.
        id: format!("ma-{}", procedure.code.value),
        paper: bound(here, id, &says),
        says,
        checked: procedure.last_checked.as_ref().map(|last| Day::new(last.checked.on)),
    })
}

/// The way to a booklet, where the site has it.
pub(super) fn booklet_link(here: Here<'_>, route: Route) -> Option<Link> {
    here.site.find(&here.site.address(route))?;
    Some(here.link(route, here.say("booklet_tool")))
}

/// What binds the page of a procedure to its sheet; nothing where it has none on the day.
pub(super) fn paper(here: Here<'_>, id: ProcedureId) -> Option<Paper> {
    Some(sheet(here, id)?.paper)
}

fn bound(here: Here<'_>, id: ProcedureId, says: &Says) -> Paper {
    let mark = mark(says);
    let page = here.site.address(Route::Procedure(id));
    let full = here.site.base_url().map(|base| route::href(base, &page));
    let sheet = here.site.address(Route::Posting(id));
    Paper {
        mark_words: [&mark[..4], &mark[4..8], &mark[8..]].join("-"),
        qr: full.as_ref().and_then(|full| qr::draw(&format!("{full}#to={mark}"))),
        address: full
            .map(|full| full.split_once("://").map_or(full.as_str(), |(_, rest)| rest).to_owned()),
        mark,
        last_day: last_day(here, id).map(Day::new),
        sheet: here.site.find(&sheet).map(|_| route::href(here.root, &sheet)),
    }
}

fn says(here: Here<'_>, id: ProcedureId, shown: &Shown) -> Says {
    let procedure = &here.catalogue()[id];
    let ends = channels::ends(here, id);
    let posted = Posted { here, procedure, shown, ends: &ends };
    let cases = posted.cases();
    let heading = procedure.heading();
    let law = basis::rows(here, &procedure.legal_basis).into_iter().map(|row| Law {
        number: row.number,
        numbered: row.numbered,
        provisions: row.provisions,
        unsure: (row.tag.shape == "unsure").then_some(row.tag.text),
        until: row.until,
        statement: row.statement,
    });
    Says {
        code: procedure.code.value.clone(),
        heading: heading.to_owned(),
        official: (procedure.title != heading).then(|| procedure.title.clone()),
        facts: facts::facts(posted),
        dossier: posted.dossier(&cases),
        requirements_html: procedure
            .requirements
            .as_ref()
            .map(|text| here.prose(text, Headings::OfSection)),
        steps: posted.all_steps(cases),
        charges: Table::new(posted.charges()),
        ways: posted.ways(),
        places: places::places(posted),
        complaints: more::complaints(here, procedure),
        law: law.collect(),
        announced: procedure.announced.as_ref().map(|announced| match announced {
            Announcement::Known(decision) => here.catalogue()[*decision].number.clone(),
            Announcement::Number(number) => number.clone(),
        }),
    }
}

/// The eve of the next day that is known to change what the sheet says.
fn last_day(here: Here<'_>, id: ProcedureId) -> Option<Date> {
    let today = here.assessment.today;
    let procedure = &here.catalogue()[id];
    let turns = here.assessment.procedure_timeline(id).next_after(today).map(|(day, _)| day);
    let changes = here.site.coming(id).next().map(|change| change.day);
    let places = windows(here, procedure)
        .into_iter()
        .flat_map(|window| [window.from, window.until])
        .flatten()
        .filter(|day| today < *day);
    let next = turns.into_iter().chain(changes).chain(places).min()?;
    next.yesterday().ok()
}

/// The days of the agencies and offices that a sheet may name.
fn windows(here: Here<'_>, procedure: &Procedure) -> Vec<Window> {
    let catalogue = here.catalogue();
    let offices = procedure.reception.iter().filter_map(|reception| match reception.place {
        ReceptionPlace::Office(office) => Some(office),
        ReceptionPlace::Written { .. } => None,
    });
    let mut windows: Vec<Window> = Vec::new();
    for office in offices {
        windows.extend([catalogue[office].validity, catalogue[office.agency].validity]);
    }
    windows.extend(procedure.authority.performs.iter().map(|id| catalogue[*id].validity));
    windows
}

/// Twelve digits of the hash of all words.
fn mark(says: &Says) -> String {
    let mut words = Vec::new();
    collect(&serde_json::to_value(says).unwrap_or_default(), &mut words);
    blake3::hash(words.join("\n").as_bytes()).to_hex()[..12].to_owned()
}

/// What is not said on paper: where something leads, what a machine calls it, and what only a screen shows.
const UNSAID: [&str; 8] = ["href", "id", "k", "n", "form", "more", "link", "map"];

fn collect(value: &Value, words: &mut Vec<String>) {
    match value {
        Value::String(text) => words.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|value| collect(value, words)),
        Value::Object(fields) => {
            for (name, value) in fields.iter().filter(|(name, _)| !UNSAID.contains(&name.as_str()))
            {
                match value {
                    Value::String(html) if name.ends_with("html") => words.push(text_of(html)),
                    value => collect(value, words),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A text without its tags.
fn text_of(html: &str) -> String {
    let parts = html.split('<').enumerate();
    let texts = parts.map(|(place, part)| match part.split_once('>') {
        Some((_, text)) if place > 0 => text,
        _ => part,
    });
    texts.collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_and_markup_does_not() {
        let of = |text: &str| {
            let mut words = Vec::new();
            collect(&serde_json::from_str(text).expect("JSON"), &mut words);
            words
        };
        let one = of(
            r#"{"a": "x", "html": "<p>Một <b>hai</b></p>", "href": "../a", "more": {"name": "y"}}"#,
        );
        assert_eq!(one, ["x", "Một hai"]);
        assert_eq!(one, of(r#"{"a": "x", "html": "<div>Một hai</div>", "href": "a", "n": 1}"#));
    }
}
