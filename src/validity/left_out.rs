//! What the law, or a gap in the register, keeps off the site on the day: whole procedures and joint
//! groups, and parts of procedures that are published. Tells what, and leaves the words to others.

use super::Assessment;
use super::procedure::{Cause, ProcedureStanding, Showing, citation_state};
use crate::model::Catalogue;
use crate::model::procedure::ProcedureId;

/// Everything that is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Procedures of which nothing is published, and why.
    pub withheld: Vec<(ProcedureId, Vec<Cause>)>,
    /// Procedures whose days, or those of their bases, have not begun.
    pub not_yet: Vec<ProcedureId>,
    /// Joint groups whose days run but whose basis is lost, by their place in the catalogue.
    pub groups: Vec<usize>,
    /// A published procedure and the place of a citation that is not shown.
    pub citations: Vec<(ProcedureId, usize)>,
    /// A published procedure and the place of an element whose own basis is lost.
    pub elements: Vec<(ProcedureId, usize)>,
    /// How many citations are shown as not yet compared.
    pub unchecked: usize,
}

impl LeftOut {
    /// What is left out on the day.
    #[must_use]
    pub fn new(catalogue: &Catalogue, assessment: &Assessment) -> Self {
        let mut left_out = Self::default();
        for (id, procedure) in catalogue.procedure_ids() {
            match assessment.procedure(id) {
                ProcedureStanding::Withheld { causes } => {
                    left_out.withheld.push((id, causes.clone()));
                }
                ProcedureStanding::NotYet => left_out.not_yet.push(id),
                ProcedureStanding::Published(shown) => {
                    let state = |place: usize| {
                        let citation = &procedure.legal_basis[place];
                        citation_state(assessment.lives(), citation, assessment.today)
                    };
                    for (place, showing) in shown.citations.iter().enumerate() {
                        match showing {
                            Showing::Unchecked => left_out.unchecked += 1,
                            Showing::Hidden if state(place).is_cited() => {
                                left_out.citations.push((id, place));
                            }
                            _ => {}
                        }
                    }
                    for (place, element) in procedure.elements.iter().enumerate() {
                        if !shown.elements[place] && element.validity.covers(assessment.today) {
                            left_out.elements.push((id, place));
                        }
                    }
                }
                _ => {}
            }
        }
        for (place, group) in catalogue.groups.iter().enumerate() {
            if assessment.is_running(group.validity) && !assessment.is_group_published(place) {
                left_out.groups.push(place);
            }
        }
        left_out
    }
}
