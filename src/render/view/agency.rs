//! An agency: its offices that receive today, and the procedures that it performs.

use serde::Serialize;

use super::facts::{Row, level_link, rows};
use super::frame::Frame;
use super::procedure::Place;
use super::{Here, Link};
use crate::model::registers::{AgencyId, Office, OfficeId};
use crate::render::route::Route;

/// The page of an agency.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct AgencyView {
    name: String,
    level: Option<Link>,
    offices: Vec<Place>,
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
        offices: open.map(|(_, about)| office(here, about)).collect(),
        rows: rows(here, site.lists.by_agency.get(&id)),
    };
    (frame, view)
}

/// A place to file at.
pub(super) fn office(here: Here<'_>, office: &Office) -> Place {
    Place {
        name: office.name.clone(),
        agency: None,
        address: office.address.clone(),
        hours: office.hours.clone(),
        phone: office.phone.clone(),
        map: here.outside(office.map.as_deref()),
    }
}
