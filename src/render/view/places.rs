//! Who decides, and where to file: only agencies that are there and offices that are open.

use serde::Serialize;

use super::channels::Posted;
use super::{Here, Link, outside};
use crate::model::agency::{AgencyId, Office};
use crate::model::procedure::{Procedure, ReceptionPlace};

use crate::render::route::Route;
use crate::render::words::Piece;

/// Agencies by what they do.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Bodies {
    label: String,
    pieces: Vec<Piece>,
}

/// A place to file at.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Place {
    pub(super) name: String,
    pub(super) agency: Option<Link>,
    pub(super) address: Option<String>,
    pub(super) hours: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) map: Option<String>,
}

/// Who does what; agencies that are gone are not named.
pub(super) fn authority(here: Here<'_>, procedure: &Procedure) -> Vec<Bodies> {
    let authority = &procedure.authority;
    let rows: [(&str, &[AgencyId]); 4] = [
        ("authority_performs", &authority.performs),
        ("authority_decides", &authority.decides),
        ("authority_coordinates", &authority.coordinates),
        ("authority_delegated", &authority.delegated),
    ];
    rows.into_iter()
        .map(|(key, agencies)| {
            let names = agencies.iter().filter_map(|agency| agency_name(here, *agency));
            let pieces = names.flat_map(|name| [Piece::text(", "), name]).skip(1).collect();
            Bodies { label: here.say(key).to_owned(), pieces }
        })
        .filter(|row| !row.pieces.is_empty())
        .collect()
}

/// An agency that is there, with the way to its page where it has one today.
pub(super) fn agency_name(here: Here<'_>, agency: AgencyId) -> Option<Piece> {
    let there = here.assessment.is_agency_there(here.catalogue(), agency);
    there.then(|| here.named(Route::Agency(agency), &here.catalogue()[agency].name))
}

/// The way to an agency that is there and has a page.
pub(super) fn agency_link(here: Here<'_>, agency: AgencyId) -> Option<Link> {
    let Piece { text: name, href, .. } = agency_name(here, agency)?;
    Some(Link { href: href?, name })
}

pub(super) fn places(posted: Posted<'_>) -> Vec<Place> {
    let here = posted.here;
    let shown = posted.procedure.reception.iter().filter(|place| posted.has(place.element));
    shown
        .filter_map(|reception| match &reception.place {
            ReceptionPlace::Office(office) => {
                let open = here.assessment.is_office_open(here.catalogue(), *office);
                open.then(|| {
                    let mut place = office_place(&here.catalogue()[*office]);
                    place.agency = agency_link(here, office.agency);
                    place
                })
            }
            ReceptionPlace::Written { place, address, hours } => Some(Place {
                name: place.clone(),
                agency: None,
                address: address.clone(),
                hours: hours.clone(),
                phone: None,
                map: None,
            }),
        })
        .collect()
}

/// An office of an agency.
pub(super) fn office_place(office: &Office) -> Place {
    Place {
        name: office.name.clone(),
        agency: None,
        address: office.address.clone(),
        hours: office.hours.clone(),
        phone: office.phone.clone(),
        map: outside(office.map.as_deref()),
    }
}
