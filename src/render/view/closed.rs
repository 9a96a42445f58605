//! What stands for the whole site when none of its slices may be shown: that it is closed, and whom to ask.

use serde::Serialize;

use super::frame::Frame;
use super::places::{Place, office_place};
use super::{Day, Here};
use crate::model::agency::{AgencyId, OfficeId};
use crate::model::date::Date;

/// The page of a closed site.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ClosedView {
    heading: String,
    text: String,
    bodies: Vec<Body>,
}

/// An agency with its offices.
#[derive(Clone, Debug, Serialize)]
struct Body {
    name: String,
    offices: Vec<Place>,
}

/// Names the offices that receive today and, as far as is known, still on the day `after` the horizon: one
/// that closes meanwhile would send people to a locked door.
pub(crate) fn closed(here: Here<'_>, after: Date) -> (Frame, ClosedView) {
    let heading = here.say("closed_heading");
    let mut frame = Frame::new(here, heading, "");
    frame.noindex = true;
    frame.crumbs.clear();
    let last = Day::new(after.yesterday().unwrap_or(after));
    let bodies = here.site.lists.agencies.iter().map(|agency| Body {
        name: here.catalogue()[*agency].name.clone(),
        offices: offices(here, *agency, after),
    });
    let view = ClosedView {
        heading: heading.to_owned(),
        text: here.site.theme.words.fill("closed_text", &[("day", &last.text)]),
        bodies: bodies.filter(|body| !body.offices.is_empty()).collect(),
    };
    (frame, view)
}

fn offices(here: Here<'_>, agency: AgencyId, after: Date) -> Vec<Place> {
    let then = here.assessment.on(after);
    let offices = (0..).zip(&here.catalogue()[agency].offices).filter(|(office, _)| {
        let office = OfficeId { agency, office: *office };
        here.assessment.is_office_open(here.catalogue(), office)
            && then.is_office_open(here.catalogue(), office)
    });
    offices.map(|(_, about)| office_place(about)).collect()
}
