//! Versions that are announced before their first day (rule 10 of `rules.md`): which decision announces
//! which version, and from when it is known.

use super::procedure::ProcedureStanding;
use super::timeline::Timeline;
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::decision::DecisionId;
use crate::model::procedure::{Announcement, Procedure};

/// Whether a decision announces a version that begins on a day: the one that the version names or, where
/// it names none, one that speaks of its code and takes effect on that day. Of a bare number nothing
/// more is known.
#[must_use]
pub fn announces(
    catalogue: &Catalogue,
    decision: DecisionId,
    version: &Procedure,
    first: Option<Date>,
) -> bool {
    match version.announced {
        Some(Announcement::Known(named)) => named == decision,
        Some(Announcement::Number(_)) => false,
        None => {
            let decision = &catalogue[decision];
            first.is_some()
                && decision.effective == first
                && decision.items.iter().any(|item| item.announces(&version.code.value))
        }
    }
}

/// Puts *announced* into a timeline where it says *not yet* and a decision is known.
pub(super) fn mark(
    catalogue: &Catalogue,
    version: &Procedure,
    line: Timeline<ProcedureStanding>,
) -> Timeline<ProcedureStanding> {
    let mut coming = Vec::new();
    for ((start, before), (from, after)) in line.spans().zip(line.spans().skip(1)) {
        // Only what will be published: where the ground is gone by then, nothing of it is shown.
        if let (ProcedureStanding::NotYet, ProcedureStanding::Published(shown)) = (before, after)
            && let Some(signed) = first_signed(catalogue, version, from)
        {
            coming.push((signed.max(start)..from, shown.clone()));
        }
    }
    if coming.is_empty() {
        return line;
    }
    let days = line.spans().map(|(day, _)| day).chain(coming.iter().map(|(known, _)| known.start));
    Timeline::sample(days, |day| {
        let known = coming.iter().find(|(known, _)| known.contains(&day));
        match (line.at(day), known) {
            (ProcedureStanding::NotYet, Some((known, shown))) => {
                ProcedureStanding::Announced { from: known.end, shown: shown.clone() }
            }
            (standing, _) => standing.clone(),
        }
    })
}

/// The first day on which a decision was signed that announces a version.
fn first_signed(catalogue: &Catalogue, version: &Procedure, first: Date) -> Option<Date> {
    catalogue
        .decision_ids()
        .filter(|(id, _)| announces(catalogue, *id, version, Some(first)))
        .filter_map(|(_, decision)| decision.signed)
        .min()
}
