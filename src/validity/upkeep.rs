//! Which published procedures wait for their next comparison with the source. Says nothing about the
//! law: what nobody has looked at for a year may well be in force.

use jiff::ToSpan;

use super::Assessment;
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::procedure::{LastChecked, ProcedureId};
use crate::model::site::Interval;

/// The published procedures that are overdue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// Which, in the order of their files, and why.
    pub procedures: Vec<(ProcedureId, Due)>,
    /// How many are published in all.
    pub n_published: usize,
}

/// When a procedure has to be compared with its source again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// On this day.
    On(Date),
    /// At once: it never was, and the catalogue asks for it.
    Never,
}

/// The published procedures that are overdue today. Versions that are withheld, to come, internal or
/// history are nobody's to compare, and do not count.
#[must_use]
pub fn overdue(catalogue: &Catalogue, assessment: &Assessment) -> Overdue {
    let every = catalogue.site.upkeep.check_every;
    let mut overdue = Overdue { procedures: Vec::new(), n_published: 0 };
    for (id, procedure) in catalogue.procedure_ids() {
        if !assessment.is_published(id) {
            continue;
        }
        overdue.n_published += 1;
        match due(procedure.last_checked.as_ref(), every) {
            Some(Due::On(day)) if assessment.today < day => {}
            Some(due) => overdue.procedures.push((id, due)),
            None => {}
        }
    }
    overdue
}

/// The day named in the record; else the interval after the last comparison; never, where neither is
/// there.
fn due(last: Option<&LastChecked>, every: Option<Interval>) -> Option<Due> {
    let Some(last) = last else { return every.map(|_| Due::Never) };
    let after = |every| {
        let on = last.checked.on;
        match every {
            Interval::Days(days) => on.saturating_add(i64::from(days).days()),
            Interval::Months(months) => on.saturating_add(i64::from(months).months()),
        }
    };
    last.next.or_else(|| every.map(after)).map(Due::On)
}
