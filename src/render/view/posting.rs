//! A procedure on paper: the sheet that is posted (tờ niêm yết), and booklets of sheets. What binds a sheet to
//! the page is in `paper.rs`.

use std::rc::Rc;

use serde::Serialize;

use super::basis;
use super::channels::{self, ChannelView, Posted, Table};
use super::dossier::{Dossier, Steps};
use super::facts::{self, Fact};
use super::frame::Frame;
use super::more::{self, Line};
use super::paper::{self, Paper};
use super::places::{self, Place};
use super::{Day, Here, Link};
use crate::model::agency::{AgencyId, FieldId};
use crate::model::date::Date;
use crate::model::procedure::{Announcement, ProcedureId};
use crate::render::markdown::Headings;
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
    sheets: Vec<Rc<Sheet>>,
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
        sheets: sheet.into_iter().map(Rc::new).collect(),
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
        sheets: ids.filter_map(|id| kept(here, id)).collect(),
    };
    (frame(here, &title), view)
}

/// A sheet as it is between two turns of its procedure.
pub(super) struct Stretch {
    turns: Vec<Date>,
    /// How many of them are past; more than there are before it was drawn.
    n_past: usize,
    sheet: Option<Rc<Sheet>>,
}

/// A sheet of a booklet: a booklet turns when any of its sheets does, and the others stay as they are.
fn kept(here: Here<'_>, id: ProcedureId) -> Option<Rc<Sheet>> {
    let drawn = || sheet(here, id).map(Rc::new);
    let Some(site) = here.kept.site else { return drawn() };
    let mut all = here.kept.sheets.borrow_mut();
    let fresh =
        || Stretch { turns: site.turns_of(Route::Posting(id)), n_past: usize::MAX, sheet: None };
    let stretch = all.entry(id).or_insert_with(fresh);
    let n_past = stretch.turns.partition_point(|day| *day <= here.site.assessment.today);
    if stretch.n_past != n_past {
        stretch.n_past = n_past;
        stretch.sheet = drawn();
    }
    stretch.sheet.clone()
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
        paper: paper::paper(here, id, || paper::mark(&says)),
        says,
        checked: procedure.last_checked.as_ref().map(|last| Day::new(last.checked.on)),
    })
}

/// What binds the page of a procedure to its sheet; nothing where it has none on the day.
pub(super) fn paper(here: Here<'_>, id: ProcedureId) -> Option<Paper> {
    let ProcedureStanding::Published(shown) = here.site.assessment.procedure(id) else {
        return None;
    };
    Some(paper::paper(here, id, || paper::mark(&says(here, id, shown))))
}

/// The way to a booklet, where the site has it.
pub(super) fn booklet_link(here: Here<'_>, route: Route) -> Option<Link> {
    here.site.find(&here.site.address(route))?;
    Some(here.link(route, here.say("booklet_tool")))
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
