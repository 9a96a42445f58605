//! What is published of a procedure on a day, from the words of rules 9 and 10 and a [`Diary`].

use niemyet::model::Catalogue;
use niemyet::model::citation::{Citation, Cited, Role};
use niemyet::model::date::{Date, Window};
use niemyet::model::decision::{Action, DecisionId, DecisionItem};
use niemyet::model::document::{Act, Kind};
use niemyet::model::procedure::{Announcement, Procedure, ProcedureId, Visibility};
use niemyet::model::site::UnknownBasis;
use niemyet::validity::procedure::{Cause, CitationState, ProcedureStanding, Showing, Shown};
use niemyet::validity::standing::Force;

use crate::names::Name;
use crate::walk::Diary;

/// Numbers of letters, notices and consolidated texts that made-up citations bear.
pub(crate) const NO_NORMS: [&str; 3] = ["343/UBND-KSTTHC", "210/TB-VPCP", "54/VBHN-VPQH"];

/// How a version of a procedure stands.
pub(crate) fn procedure(
    catalogue: &Catalogue,
    diary: &Diary,
    id: ProcedureId,
    day: Date,
) -> ProcedureStanding {
    let standing = without_announcement(catalogue, diary, id, day);
    if standing != ProcedureStanding::NotYet {
        return standing;
    }
    // The first day on which it is anything else.
    let mut later = day;
    while later < diary.last() {
        later = later.tomorrow().expect("the horizon lies inside the calendar");
        match without_announcement(catalogue, diary, id, later) {
            ProcedureStanding::NotYet => {}
            ProcedureStanding::Published(shown) if is_known(catalogue, id, later, day) => {
                return ProcedureStanding::Announced { from: later, shown };
            }
            _ => return standing,
        }
    }
    standing
}

/// Whether a decision had been signed by a day that announces a version from its first day on.
fn is_known(catalogue: &Catalogue, id: ProcedureId, first: Date, day: Date) -> bool {
    let it = &catalogue.procedures[id.0 as usize];
    let code = &it.code.value;
    (0..).map(DecisionId).zip(&catalogue.decisions).any(|(id, decision)| {
        let names_it = match &it.announced {
            Some(Announcement::Number(_)) => false,
            Some(Announcement::Known(named)) => *named == id,
            None => {
                decision.effective == Some(first)
                    && decision.items.iter().any(|item| {
                        let in_place = item.replaced_by.as_ref().map(|other| &other.value);
                        let gone = item.action == Action::Repealed
                            || item.action == Action::Replaced
                                && in_place.is_some_and(|other| *other != item.procedure.value);
                        in_place == Some(code) || item.procedure.value == *code && !gone
                    })
            }
        };
        names_it && decision.signed.is_some_and(|signed| signed <= day)
    })
}

fn without_announcement(
    catalogue: &Catalogue,
    diary: &Diary,
    id: ProcedureId,
    day: Date,
) -> ProcedureStanding {
    let it = &catalogue.procedures[id.0 as usize];
    if it.visibility == Visibility::Internal {
        return ProcedureStanding::Internal;
    }
    let states: Vec<CitationState> =
        it.legal_basis.iter().map(|citation| state(catalogue, diary, citation, day)).collect();
    let needed = needed(&it.legal_basis, day);
    let open = inside(it.validity, day);
    let repeal = repeal(catalogue, &it.code.value, day);
    let grounded = is_grounded(catalogue, diary, &it.legal_basis, day);
    if open && repeal.is_none() && grounded {
        return ProcedureStanding::Published(shown(catalogue, diary, it, day));
    }
    if it.validity.from.is_some_and(|from| day < from) {
        return ProcedureStanding::NotYet;
    }
    let mut lacking = needed.iter().filter(|at| !states[**at].supports()).peekable();
    if open
        && repeal.is_none()
        && lacking.peek().is_some()
        && lacking
            .all(|at| matches!(states[*at], CitationState::NotYet | CitationState::BeforeWindow))
    {
        return ProcedureStanding::NotYet;
    }
    let over = it.validity.until.is_some_and(|until| until <= day);
    if over {
        for (other, version) in catalogue.procedures.iter().enumerate() {
            let is_other = other != id.0 as usize && version.code.value == it.code.value;
            let is_public = version.visibility == Visibility::Public;
            if is_other && is_public && inside(version.validity, day) {
                let by = ProcedureId(u32::try_from(other).expect("a handful"));
                return ProcedureStanding::Superseded { by };
            }
        }
    }
    let mut causes = Vec::new();
    if over {
        causes.push(Cause::WindowEnded);
    }
    if let Some((decision, item)) = repeal {
        causes.push(Cause::Repealed { decision, item });
    }
    // Bases are named where nothing else is the cause.
    if causes.is_empty() && it.legal_basis.is_empty() {
        causes.push(Cause::NoBasis);
    } else if causes.is_empty() {
        for at in needed {
            if !states[at].supports() {
                causes.push(Cause::BasisLost { citation: at, state: states[at].clone() });
            }
        }
    }
    ProcedureStanding::Withheld { causes }
}

/// Whether something with a window and a basis of its own is published, where it may have none.
pub(crate) fn element(
    catalogue: &Catalogue,
    diary: &Diary,
    window: Window,
    bases: &[Citation],
    day: Date,
) -> bool {
    inside(window, day) && (bases.is_empty() || is_grounded(catalogue, diary, bases, day))
}

fn shown(catalogue: &Catalogue, diary: &Diary, it: &Procedure, day: Date) -> Shown {
    let mark = catalogue.site.policies.unknown_basis == UnknownBasis::Mark;
    let showing = |citation: &Citation| match state(catalogue, diary, citation, day) {
        CitationState::InForce => Showing::InForce,
        CitationState::Exempt => Showing::Exempt,
        CitationState::Unknown | CitationState::NotInRegister if mark => Showing::Unchecked,
        _ => Showing::Hidden,
    };
    Shown {
        citations: it.legal_basis.iter().map(showing).collect(),
        elements: it
            .elements
            .iter()
            .map(|it| element(catalogue, diary, it.validity, &it.legal_basis, day))
            .collect(),
    }
}

pub(crate) fn inside(window: Window, day: Date) -> bool {
    let after = window.from.is_some_and(|from| day < from);
    let over = window.until.is_some_and(|until| until <= day);
    !after && !over
}

/// The citations that decide whether there is a ground: those marked main and cited on the day, all that
/// are marked where none of them is cited, or all.
fn needed(bases: &[Citation], day: Date) -> Vec<usize> {
    let main: Vec<usize> = (0..bases.len()).filter(|at| bases[*at].role == Role::Main).collect();
    let cited: Vec<usize> =
        main.iter().copied().filter(|at| inside(bases[*at].validity, day)).collect();
    match (main.is_empty(), cited.is_empty()) {
        (true, _) => (0..bases.len()).collect(),
        (false, true) => main,
        (false, false) => cited,
    }
}

fn is_grounded(catalogue: &Catalogue, diary: &Diary, bases: &[Citation], day: Date) -> bool {
    let supports = |citation: &Citation| state(catalogue, diary, citation, day).supports();
    if bases.iter().any(|citation| citation.role == Role::Main) {
        let main = bases.iter().filter(|citation| citation.role == Role::Main);
        let mut cited = main.filter(|citation| inside(citation.validity, day)).peekable();
        cited.peek().is_some() && cited.all(supports)
    } else {
        bases.iter().any(supports)
    }
}

/// How a citation stands.
pub(crate) fn state(
    catalogue: &Catalogue,
    diary: &Diary,
    citation: &Citation,
    day: Date,
) -> CitationState {
    if !inside(citation.validity, day) {
        let early = citation.validity.from.is_some_and(|from| day < from);
        return if early { CitationState::BeforeWindow } else { CitationState::AfterWindow };
    }
    let document = match &citation.document {
        Cited::Known(document) => document.0 as usize,
        Cited::Unknown(written) if NO_NORMS.contains(&written.as_str()) => {
            return CitationState::NotNormative;
        }
        Cited::Unknown(_) => return CitationState::NotInRegister,
    };
    let it = &catalogue.documents[document];
    if it.kind != Kind::Consolidation {
        return state_of(catalogue, diary, document, citation, day);
    }
    let consolidated = it.effects.iter().filter(|effect| effect.act == Act::Consolidates);
    let states: Vec<CitationState> = consolidated
        .map(|effect| state_of(catalogue, diary, effect.target.0 as usize, citation, day))
        .collect();
    if states.is_empty() { CitationState::NotNormative } else { gravest(&states) }
}

/// A citation of one document that is meant itself.
fn state_of(
    catalogue: &Catalogue,
    diary: &Diary,
    document: usize,
    citation: &Citation,
    day: Date,
) -> CitationState {
    if matches!(catalogue.documents[document].kind, Kind::Consolidation | Kind::Other) {
        return CitationState::NotNormative;
    }
    let exempt = citation.exemption.as_ref().is_some_and(|exemption| day < exemption.until);
    let whole = diary.force(document, None, day);
    if citation.provisions.is_empty() {
        return match whole {
            Force::InForce | Force::InForceInPart | Force::PartlyEnded | Force::PartlySuspended => {
                CitationState::InForce
            }
            Force::NotYet | Force::NotYetButInPart => CitationState::NotYet,
            Force::Suspended => CitationState::Suspended,
            Force::Unknown | Force::NotItsOwn => CitationState::Unknown,
            Force::Ended | Force::EndedExcept | Force::Withdrawn if exempt => CitationState::Exempt,
            Force::Ended | Force::EndedExcept | Force::Withdrawn => CitationState::Ended,
        };
    }
    if matches!(whole, Force::Ended | Force::Withdrawn) {
        return if exempt { CitationState::Exempt } else { CitationState::Ended };
    }
    let mut states = Vec::new();
    for (at, part) in citation.provisions.iter().enumerate() {
        states.push(match diary.force(document, Some(&Name::of(part)), day) {
            Force::InForce => CitationState::InForce,
            Force::NotYet => CitationState::NotYet,
            Force::Suspended | Force::PartlySuspended => CitationState::Suspended,
            Force::Ended | Force::PartlyEnded if exempt => CitationState::Exempt,
            Force::Ended | Force::PartlyEnded => CitationState::ProvisionEnded(at),
            _ if whole == Force::Unknown => CitationState::Unknown,
            _ => CitationState::ProvisionUnclear(at),
        });
    }
    // "A document whose force is unknown supports nothing."
    if whole == Force::Unknown {
        states.push(CitationState::Unknown);
    }
    gravest(&states)
}

/// The first of the worst is named.
fn gravest(states: &[CitationState]) -> CitationState {
    let rising = [
        |state: &CitationState| {
            matches!(
                state,
                CitationState::ProvisionEnded(_)
                    | CitationState::Ended
                    | CitationState::NotNormative
            )
        },
        |state: &CitationState| {
            matches!(state, CitationState::Unknown | CitationState::ProvisionUnclear(_))
        },
        |state: &CitationState| *state == CitationState::Suspended,
        |state: &CitationState| *state == CitationState::NotYet,
        |state: &CitationState| *state == CitationState::Exempt,
    ];
    rising
        .iter()
        .find_map(|is_so| states.iter().find(|state| is_so(state)).cloned())
        .unwrap_or(CitationState::InForce)
}

/// The decision, and which of its items, that has repealed a code.
pub(crate) fn repeal(catalogue: &Catalogue, code: &str, day: Date) -> Option<(DecisionId, usize)> {
    let mut found: Option<(Date, Option<(DecisionId, usize)>)> = None;
    for (id, decision) in (0..).map(DecisionId).zip(&catalogue.decisions) {
        let Some(effective) =
            decision.effective.or(decision.signed).filter(|effective| *effective <= day)
        else {
            continue;
        };
        for (at, item) in decision.items.iter().enumerate() {
            if item.procedure.value != code {
                continue;
            }
            let says = repeals(item).then_some((id, at));
            match &mut found {
                Some((latest, _)) if effective < *latest => {}
                Some((latest, said)) if effective == *latest => *said = says.or(*said),
                _ => found = Some((effective, says)),
            }
        }
    }
    found?.1
}

/// Whether an item takes its procedure away.
pub(crate) fn repeals(item: &DecisionItem) -> bool {
    match item.action {
        Action::Repealed => true,
        Action::Replaced => {
            item.replaced_by.as_ref().is_some_and(|other| other.value != item.procedure.value)
        }
        Action::New | Action::Amended => false,
    }
}
