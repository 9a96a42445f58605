//! What can be on the site on days of its own, as one kind of value: so that two answers, or two
//! catalogues, can be compared thing by thing. Decides nothing: it asks the [`Assessment`].

use std::collections::BTreeSet;

use super::Assessment;
use super::procedure::Showing;
use super::timeline::Timeline;
use crate::model::Catalogue;
use crate::model::agency::{AgencyId, OfficeId};
use crate::model::citation::Citation;
use crate::model::date::{Date, Window};
use crate::model::procedure::{ElementId, ProcedureId};

/// Something of a catalogue that is published on some days and not on others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// A version of a procedure.
    Procedure(ProcedureId),
    /// A joint group, by its place in the catalogue.
    Group(usize),
    /// A part of a procedure.
    Element(ProcedureId, ElementId),
    /// A legal basis of a procedure, by its place.
    Citation(ProcedureId, usize),
    /// An agency.
    Agency(AgencyId),
    /// An office.
    Office(OfficeId),
}

/// All things of a catalogue, in order.
#[must_use]
pub fn things(catalogue: &Catalogue) -> Vec<Thing> {
    let mut things: Vec<Thing> = (0..catalogue.groups.len()).map(Thing::Group).collect();
    for (id, procedure) in catalogue.procedure_ids() {
        things.push(Thing::Procedure(id));
        let elements = (0..).take(procedure.elements.len()).map(ElementId);
        things.extend(elements.map(|element| Thing::Element(id, element)));
        things.extend((0..procedure.legal_basis.len()).map(|place| Thing::Citation(id, place)));
    }
    for agency in catalogue.agencies_with_pages() {
        things.push(Thing::Agency(agency));
        let offices = (0..).take(catalogue[agency].offices.len());
        things.extend(offices.map(|office| Thing::Office(OfficeId { agency, office })));
    }
    things.sort();
    things
}

impl Thing {
    /// The procedure that it is, or is a part of.
    #[must_use]
    pub fn procedure(self) -> Option<ProcedureId> {
        match self {
            Self::Procedure(id) | Self::Element(id, _) | Self::Citation(id, _) => Some(id),
            Self::Group(_) | Self::Agency(_) | Self::Office(_) => None,
        }
    }

    /// Whether it is a part of a procedure, which goes and comes with it.
    #[must_use]
    pub fn is_part(self) -> bool {
        matches!(self, Self::Element(..) | Self::Citation(..))
    }

    /// The bases that decide about it; those of the procedure for a basis.
    #[must_use]
    pub fn bases(self, catalogue: &Catalogue) -> &[Citation] {
        match self {
            Self::Procedure(id) | Self::Citation(id, _) => &catalogue[id].legal_basis,
            Self::Element(id, element) => &catalogue[id].elements[element.0 as usize].legal_basis,
            Self::Group(group) => &catalogue.groups[group].legal_basis,
            Self::Agency(_) | Self::Office(_) => &[],
        }
    }

    /// Whether it is on the site on a day.
    #[must_use]
    pub fn is_published(self, catalogue: &Catalogue, known: &Assessment, day: Date) -> bool {
        let shown = |id| known.procedure_timeline(id).at(day).shown();
        match self {
            Self::Procedure(id) => shown(id).is_some(),
            Self::Element(id, element) => shown(id).is_some_and(|shown| shown.has(element)),
            Self::Citation(id, place) => {
                shown(id).is_some_and(|shown| shown.citations[place] != Showing::Hidden)
            }
            Self::Group(group) => *known.groups()[group].at(day),
            Self::Agency(agency) => catalogue[agency].validity.covers(day),
            Self::Office(office) => {
                catalogue[office.agency].validity.covers(day)
                    && catalogue[office].validity.covers(day)
            }
        }
    }

    /// The days on which it may appear or go.
    #[must_use]
    pub fn days(self, catalogue: &Catalogue, known: &Assessment) -> Vec<Date> {
        let within = |windows: &[Window]| {
            Timeline::within(windows).changes().map(|(day, _)| day).collect::<Vec<Date>>()
        };
        match self {
            Self::Procedure(id) | Self::Element(id, _) | Self::Citation(id, _) => {
                known.procedure_timeline(id).changes().map(|(day, _)| day).collect()
            }
            Self::Group(group) => known.groups()[group].changes().map(|(day, _)| day).collect(),
            Self::Agency(agency) => within(&[catalogue[agency].validity]),
            Self::Office(office) => {
                within(&[catalogue[office.agency].validity, catalogue[office].validity])
            }
        }
    }
}

/// The runs of days, from a day on, on which something holds that changes on the given days only.
#[must_use]
pub fn runs(from: Date, days: &BTreeSet<Date>, holds: impl Fn(Date) -> bool) -> Vec<Window> {
    let mut runs = Vec::new();
    let mut open = None;
    let later = days.range(from..).copied().filter(|day| *day != from);
    for day in std::iter::once(from).chain(later) {
        match (holds(day), open) {
            (true, None) => open = Some(day),
            (false, Some(first)) => {
                runs.push(Window { from: Some(first), until: Some(day) });
                open = None;
            }
            _ => {}
        }
    }
    runs.extend(open.map(|first| Window { from: Some(first), until: None }));
    runs
}
