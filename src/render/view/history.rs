//! What changed about a procedure and what will, as far as the register tells: its versions, the decision
//! that announced it, the days of its parts. What is over is told by its day and never by its name.

use super::changes;
use super::{Entry, Here};
use crate::model::date::Date;
use crate::model::procedure::{Announcement, ElementId, Procedure, ProcedureId};
use crate::render::words::Piece;
use crate::validity::forecast::{Change, What};
use crate::validity::procedure::{ProcedureStanding, Shown};

use super::Day;

/// The entries, the latest day first.
pub(super) fn history(
    here: Here<'_>,
    id: ProcedureId,
    procedure: &Procedure,
    shown: &Shown,
) -> Vec<Entry> {
    let today = here.site.assessment.today;
    let mut entries: Vec<(Date, Vec<Piece>)> = coming(here, id);
    let words = here.words();
    entries.extend(versions(here, id, procedure));
    for (element, place) in procedure.elements.iter().zip(0..) {
        let began = element.validity.from.filter(|from| *from <= today);
        let is_later = |from: &Date| procedure.validity.from.is_none_or(|start| start < *from);
        let Some(from) = began.filter(is_later) else { continue };
        if shown.has(ElementId(place)) {
            let part = changes::element_name(here, id, ElementId(place));
            let pieces = words.pieces("history_part", &[("part", &[Piece::text(&part)])]);
            entries.push((from, pieces));
        }
    }
    if let Some(last) = &procedure.last_checked {
        entries.push((last.checked.on, vec![Piece::text(here.say("history_checked"))]));
    }
    // Of one day the words stay in their order.
    entries.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    entries.dedup();
    entries.into_iter().map(|(day, pieces)| Entry { day: Some(Day::new(day)), pieces }).collect()
}

/// What will change, day by day. That another version takes the place of this one belongs to its end.
fn coming(here: Here<'_>, id: ProcedureId) -> Vec<(Date, Vec<Piece>)> {
    let code = &here.catalogue()[id].code.value;
    let mut found = Vec::new();
    let own: Vec<&Change> = here.site.coming(id).collect();
    for changes in own.chunk_by(|one, other| one.day == other.day) {
        let day = changes[0].day;
        let versions =
            here.catalogue().versions(code).flat_map(|(version, _)| here.site.coming(version));
        let begins = versions.filter(|change| {
            let other = matches!(change.what, What::Appears(version) if version != id);
            other && change.day == day && changes.iter().any(|own| own.what == What::Goes(id))
        });
        let what: Vec<&What> =
            changes.iter().copied().chain(begins).map(|change| &change.what).collect();
        let entries = changes::entries(here, day, &what);
        found.extend(entries.into_iter().map(|entry| (day, entry.pieces)));
    }
    found
}

/// When this version began, by which decision, and that it took the place of another.
fn versions(here: Here<'_>, id: ProcedureId, procedure: &Procedure) -> Vec<(Date, Vec<Piece>)> {
    let words = here.words();
    let mut entries = Vec::new();
    let decision = match &procedure.announced {
        Some(Announcement::Known(decision)) => Some(&here.catalogue()[*decision]),
        _ => None,
    };
    let number = |number: &str| Piece { number: Some(number.to_owned()), ..Piece::default() };
    if let Some(from) = procedure.validity.from {
        let pieces = match decision {
            Some(decision) => {
                words.pieces("history_begins_by", &[("decision", &[number(&decision.number)])])
            }
            None => words.pieces("history_begins", &[]),
        };
        entries.push((from, pieces));
    }
    if let Some((decision, signed)) = decision.and_then(|known| Some((known, known.signed?))) {
        let pieces = words.pieces("history_signed", &[("decision", &[number(&decision.number)])]);
        entries.push((signed, pieces));
    }
    let assessment = &here.site.assessment;
    for (other, _) in here.catalogue().versions(&procedure.code.value) {
        let is_before = matches!(assessment.procedure(other), ProcedureStanding::Superseded { .. });
        if let Some(day) = assessment.last_went(other).filter(|_| is_before && other != id) {
            entries.push((day, words.pieces("history_superseded", &[])));
        }
    }
    entries
}
