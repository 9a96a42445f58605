//! What brings a version of a procedure onto the site on a day: its window, a decision, or what became of
//! the bases that it had to wait for. Seen against the day before; knows no words.

use super::Assessment;
use super::procedure::{CitationState, citation_state, deciding, texts};
use super::standing::Link;
use crate::model::Catalogue;
use crate::model::citation::Citation;
use crate::model::date::Date;
use crate::model::decision::DecisionId;
use crate::model::procedure::ProcedureId;

/// One reason why a version is published from a day on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Brought {
    /// Its own window begins.
    Window,
    /// A decision takes effect on the day that speaks of its code and does not repeal it.
    Decision(DecisionId),
    /// Something happens on the day to a basis that did not support it before.
    Act(Link),
    /// The window of a basis begins.
    Cited(usize),
    /// A basis comes to stand so that it is no longer missed, by no act of the day.
    Basis {
        /// Which legal basis.
        citation: usize,
        /// How it stands.
        state: CitationState,
    },
}

/// All that brings a version onto the site on a day.
#[must_use]
pub fn brought(
    catalogue: &Catalogue,
    assessment: &Assessment,
    id: ProcedureId,
    day: Date,
) -> Vec<Brought> {
    let procedure = &catalogue[id];
    let mut found = Vec::new();
    if procedure.validity.from == Some(day) {
        found.push(Brought::Window);
    }
    let code = &procedure.code.value;
    let decisions = catalogue.decision_ids().filter(|(_, decision)| {
        let speaks =
            || decision.items.iter().any(|it| it.procedure.value == *code && !it.repeals());
        decision.effective.or(decision.signed) == Some(day) && speaks()
    });
    found.extend(decisions.map(|(decision, _)| Brought::Decision(decision)));
    let Ok(before) = day.yesterday() else { return found };
    let bases = &procedure.legal_basis;
    for (citation, basis) in bases.iter().enumerate() {
        let decides = |day| deciding(bases, day).any(|(place, _)| place == citation);
        if !decides(before) && !decides(day) {
            continue;
        }
        let stood = citation_state(assessment.lives(), basis, before);
        let state = citation_state(assessment.lives(), basis, day);
        let is_missed_no_more = !stood.supports() && (state.supports() || !state.is_cited());
        if stood == state || !is_missed_no_more {
            continue;
        }
        if stood == CitationState::BeforeWindow {
            found.push(Brought::Cited(citation));
            continue;
        }
        let acts = if state.is_cited() { acts_on(assessment, basis, day) } else { Vec::new() };
        if acts.is_empty() {
            found.push(Brought::Basis { citation, state });
        }
        for act in acts.into_iter().map(Brought::Act) {
            if !found.contains(&act) {
                found.push(act);
            }
        }
    }
    found
}

/// What happens on a day to the documents that a citation means, or to the provisions that it names.
fn acts_on(assessment: &Assessment, citation: &Citation, day: Date) -> Vec<Link> {
    let mut acts: Vec<Link> = Vec::new();
    for text in texts(assessment.lives(), citation) {
        let life = assessment.life(text);
        let provisions = citation.provisions.iter().map(Some);
        let whole = citation.provisions.is_empty().then_some(None);
        let standings = provisions.chain(whole).map(|asked| life.standing(asked, day));
        for link in standings.flat_map(|standing| standing.because) {
            if link.to == text && link.day == Some(day) && !acts.contains(&link) {
                acts.push(link);
            }
        }
    }
    acts
}
