//! An agency: its offices that receive today, and the procedures that it has a part in.

use serde::Serialize;

use super::facts::{Row, rows};
use super::frame::Frame;
use super::names::level_link;
use super::places::{Place, office_place};
use super::posting::booklet_link;
use super::{Here, Link};
use crate::model::agency::{AgencyId, OfficeId};

use crate::render::route::Route;

/// The page of an agency.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct AgencyView {
    name: String,
    level: Option<Link>,
    offices: Vec<Place>,
    /// What it posts, on paper.
    booklet: Option<Link>,
    rows: Vec<Row>,
}

pub(crate) fn agency(here: Here<'_>, id: AgencyId) -> (Frame, AgencyView) {
    let agency = &here.catalogue()[id];
    let frame = Frame::new(here, &agency.name, "co-quan")
        .below(here.link(Route::Agencies, here.say("nav_agencies")));
    let site = here.site;
    let open = (0..).zip(&agency.offices).filter(|(office, _)| {
        let office = OfficeId { agency: id, office: *office };
        site.assessment.is_office_open(&site.catalogue, office)
    });
    let view = AgencyView {
        name: agency.name.clone(),
        level: agency.level.map(|level| level_link(here, level)),
        offices: open.map(|(_, about)| office_place(about)).collect(),
        booklet: booklet_link(here, Route::AgencyBooklet(id)),
        rows: rows(here, site.lists.by_agency.get(&id)),
    };
    (frame, view)
}
