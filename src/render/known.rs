//! What is known to change after the first day of a site, and what of it may be told on each day. Decides
//! nothing about what holds: the changes are those of `validity`.

use std::collections::BTreeMap;

use super::Site;
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::document::DocumentId;
use crate::model::procedure::ProcedureId;
use crate::validity::Assessment;
use crate::validity::forecast::{self, Change, What};
use crate::validity::procedure::ProcedureStanding;

/// Changes after the first day of a site.
#[derive(Debug)]
pub(super) struct Known {
    /// By day.
    changes: Vec<Change>,
    /// The same by procedure.
    by_procedure: BTreeMap<ProcedureId, Vec<Change>>,
    /// The days on which each document comes to be over.
    ends: BTreeMap<DocumentId, Vec<Date>>,
}

impl Known {
    pub(super) fn new(catalogue: &Catalogue, assessment: &Assessment) -> Self {
        let mut changes = forecast::changes(catalogue, assessment);
        changes.retain(|change| may_be_told(assessment, &change.what));
        let mut ends: BTreeMap<DocumentId, Vec<Date>> = BTreeMap::new();
        for change in &changes {
            if let What::Document { document, after, .. } = change.what
                && after.is_over()
            {
                ends.entry(document).or_default().push(change.day);
            }
        }
        Self { by_procedure: by_procedure(&changes), changes, ends }
    }
}

impl Site {
    /// What changes after the day of the site and may be told on it, by day.
    pub(super) fn changes(&self) -> impl Iterator<Item = &Change> {
        let changes = &self.known.changes;
        let past = changes.partition_point(|change| change.day <= self.assessment.today);
        changes[past..].iter().filter(|change| may_be_told(&self.assessment, &change.what))
    }

    /// The same of a procedure.
    pub(super) fn coming(&self, id: ProcedureId) -> impl Iterator<Item = &Change> {
        let changes = self.known.by_procedure.get(&id).map_or(&[][..], Vec::as_slice);
        let past = changes.partition_point(|change| change.day <= self.assessment.today);
        changes[past..].iter().filter(|change| may_be_told(&self.assessment, &change.what))
    }

    /// The day after that of the site on which a document comes to be over, if it may be told.
    pub(super) fn end(&self, id: DocumentId) -> Option<Date> {
        let days = self.known.ends.get(&id).filter(|_| !self.is_over(id))?;
        days.iter().copied().find(|day| self.assessment.today < *day)
    }

    pub(super) fn is_over(&self, id: DocumentId) -> bool {
        self.assessment.document(id).force.is_over()
    }
}

/// Whether a coming change may be told. What is withheld today is named nowhere but on its own notice,
/// even where the day is known on which it comes back.
fn may_be_told(assessment: &Assessment, what: &What) -> bool {
    use ProcedureStanding::{Announced, Internal, NotYet, Published, Superseded, Withheld};
    match what {
        What::Document { document, .. } => !assessment.document(*document).force.is_over(),
        What::Appears(procedure) => {
            matches!(assessment.procedure(*procedure), NotYet | Announced { .. })
        }
        What::Goes(procedure)
        | What::ElementAppears(procedure, _)
        | What::ElementGoes(procedure, _)
        | What::Citation(procedure, _) => match assessment.procedure(*procedure) {
            NotYet | Announced { .. } | Published(_) => true,
            Internal | Superseded { .. } | Withheld { .. } => false,
        },
        // That a decision will be signed is told when it has been.
        What::Announced(_) => false,
        What::GroupAppears(_)
        | What::GroupGoes(_)
        | What::AgencyAppears(_)
        | What::AgencyGoes(_)
        | What::OfficeAppears(_)
        | What::OfficeGoes(_) => true,
    }
}

fn by_procedure(changes: &[Change]) -> BTreeMap<ProcedureId, Vec<Change>> {
    let mut coming: BTreeMap<ProcedureId, Vec<Change>> = BTreeMap::new();
    for change in changes {
        let id = match change.what {
            What::Document { .. }
            | What::GroupAppears(_)
            | What::GroupGoes(_)
            | What::AgencyAppears(_)
            | What::AgencyGoes(_)
            | What::OfficeAppears(_)
            | What::OfficeGoes(_) => continue,
            What::Announced(id)
            | What::Appears(id)
            | What::Goes(id)
            | What::ElementAppears(id, _)
            | What::ElementGoes(id, _)
            | What::Citation(id, _) => id,
        };
        coming.entry(id).or_default().push(change.clone());
    }
    coming
}
