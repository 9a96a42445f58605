//! How procedures, their elements and their citations stand: rules 9 and 10 of `rules.md`.

use std::collections::{BTreeMap, BTreeSet};

use super::life::{Life, Nature};
use super::standing::{Force, Link};
use super::timeline::Timeline;
use crate::model::Catalogue;
use crate::model::citation::{Citation, Cited, Role};
use crate::model::date::{Date, Window};
use crate::model::decision::DecisionId;
use crate::model::document::DocumentId;
use crate::model::number;
use crate::model::procedure::{Procedure, ProcedureId, Visibility};
use crate::model::site::UnknownBasis;

/// How a version of a procedure stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProcedureStanding {
    /// TTHC nội bộ: never public.
    Internal,
    /// Its days, or those of a basis, have not begun.
    NotYet,
    /// The same, and a decision has announced that it applies from a day.
    Announced {
        /// Its first day.
        from: Date,
        /// What of it is published on that day.
        shown: Shown,
    },
    /// It is published, with these parts.
    Published(Shown),
    /// Its window has ended and another version applies.
    Superseded {
        /// The version that applies.
        by: ProcedureId,
    },
    /// Nothing of it is published.
    Withheld {
        /// Its window and decisions or, where neither is a cause, the bases it lacks; never empty.
        causes: Vec<Cause>,
    },
}

/// What of a published procedure is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// How each legal basis is shown, in the order of the file.
    pub citations: Vec<Showing>,
    /// Whether each element is shown, by [`crate::model::procedure::ElementId`].
    pub elements: Vec<bool>,
}

/// How a citation appears on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Showing {
    /// Not at all.
    Hidden,
    /// As a basis in force.
    InForce,
    /// As an ended text that still applies by an exemption.
    Exempt,
    /// As "chưa đối chiếu hiệu lực": the register cannot say.
    Unchecked,
}

/// Why a procedure is withheld.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Its own window has ended.
    WindowEnded,
    /// A decision repealed it.
    Repealed {
        /// The decision.
        decision: DecisionId,
        /// Which of its items.
        item: usize,
    },
    /// A basis that it cannot do without does not support it.
    BasisLost {
        /// Which legal basis.
        citation: usize,
        /// How it stands.
        state: CitationState,
    },
    /// It names no basis.
    NoBasis,
}

/// How a citation stands on a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CitationState {
    /// It supports.
    InForce,
    /// It supports by its exemption, though its text has ended.
    Exempt,
    /// Its own window has not begun.
    BeforeWindow,
    /// Its own window has ended.
    AfterWindow,
    /// The document, or the provision, has not begun.
    NotYet,
    /// The document, or the provision, is suspended.
    Suspended,
    /// The document has ended.
    Ended,
    /// A provision of it has ended, in whole or in part; which of those cited.
    ProvisionEnded(usize),
    /// The register does not tell whether a provision is in force; which of those cited.
    ProvisionUnclear(usize),
    /// The register does not tell whether the document is in force.
    Unknown,
    /// What is cited is no normative document, nor a consolidated text that tells what it consolidates.
    NotNormative,
    /// The register does not hold the document.
    NotInRegister,
}

impl CitationState {
    /// Whether it is cited on the day at all.
    #[must_use]
    pub fn is_cited(&self) -> bool {
        !matches!(self, Self::BeforeWindow | Self::AfterWindow)
    }

    /// Whether what cites it may rest on it.
    #[must_use]
    pub fn supports(&self) -> bool {
        matches!(self, Self::InForce | Self::Exempt)
    }
}

/// How a citation stands on a day (rule 9).
#[must_use]
pub fn citation_state(lives: &[Life], citation: &Citation, day: Date) -> CitationState {
    if !citation.validity.covers(day) {
        let is_early = citation.validity.from.is_some_and(|from| day < from);
        return if is_early { CitationState::BeforeWindow } else { CitationState::AfterWindow };
    }
    if let Cited::Unknown(written) = &citation.document {
        let normative = !number::is_consolidation(written) && !number::is_letter(written);
        return if normative { CitationState::NotInRegister } else { CitationState::NotNormative };
    }
    let states =
        texts(lives, citation).into_iter().map(|text| text_state(lives, text, citation, day));
    worst(states).unwrap_or(CitationState::NotNormative)
}

/// The first of the days, up to this one, on which what a citation means stands as it does then, whatever
/// its window and its exemption; of a window that is over, the first day after it. None where it has
/// always been so.
#[must_use]
pub fn stands_since(lives: &[Life], citation: &Citation, day: Date) -> Option<Date> {
    match citation_state(lives, citation, day) {
        CitationState::BeforeWindow => return None,
        CitationState::AfterWindow => return citation.validity.until,
        _ => {}
    }
    let bare = Citation { validity: Window::default(), exemption: None, ..citation.clone() };
    let state = |day| citation_state(lives, &bare, day);
    let line = Timeline::sample(citation_days(lives, &bare), state);
    line.since(day)
}

/// The documents that a citation means: the one it names, or all that a consolidated text names; none
/// where what it names is no normative document.
#[must_use]
pub fn texts(lives: &[Life], citation: &Citation) -> Vec<DocumentId> {
    let Cited::Known(document) = citation.document else { return Vec::new() };
    match &lives[document.0 as usize].nature {
        Nature::Normative => vec![document],
        Nature::Consolidates(documents) => documents.clone(),
        Nature::Other => Vec::new(),
    }
}

/// Of the documents that a citation means, those that make its state what it is.
#[must_use]
pub fn deciding_texts(lives: &[Life], citation: &Citation, day: Date) -> Vec<DocumentId> {
    let state = citation_state(lives, citation, day);
    let mut texts = texts(lives, citation);
    texts.retain(|text| text_state(lives, *text, citation, day) == state);
    texts
}

/// The acts behind how a citation stands, of each document that makes it so; each act once.
#[must_use]
pub fn acts_behind(lives: &[Life], citation: &Citation, day: Date) -> Vec<Link> {
    let state = citation_state(lives, citation, day);
    let mut links: Vec<Link> = Vec::new();
    for text in deciding_texts(lives, citation, day) {
        let life = &lives[text.0 as usize];
        let stands = |forces: &[Force]| {
            let provisions = citation.provisions.iter();
            let mut such =
                provisions.filter(|part| forces.contains(&life.standing(Some(part), day).force));
            such.next()
        };
        let provision = match state {
            CitationState::ProvisionEnded(place) | CitationState::ProvisionUnclear(place) => {
                citation.provisions.get(place)
            }
            CitationState::Suspended => stands(&[Force::Suspended, Force::PartlySuspended]),
            CitationState::NotYet => stands(&[Force::NotYet]),
            _ => None,
        };
        for link in life.standing(provision, day).because {
            if !links.contains(&link) {
                links.push(link);
            }
        }
    }
    links
}

/// How one of the documents that a citation means stands, within the citation's own window.
fn text_state(lives: &[Life], text: DocumentId, citation: &Citation, day: Date) -> CitationState {
    let life = &lives[text.0 as usize];
    if life.nature != Nature::Normative {
        return CitationState::NotNormative;
    }
    let whole = life.whole().at(day).force;
    let exempt = citation.exemption.as_ref().is_some_and(|exemption| day < exemption.until);
    let ended = |state| if exempt { CitationState::Exempt } else { state };
    if matches!(whole, Force::Ended | Force::Withdrawn) {
        return ended(CitationState::Ended);
    }
    if citation.provisions.is_empty() {
        return match whole {
            force if force.carries_whole() => CitationState::InForce,
            Force::NotYet | Force::NotYetButInPart => CitationState::NotYet,
            Force::Suspended => CitationState::Suspended,
            Force::EndedExcept => ended(CitationState::Ended),
            _ => CitationState::Unknown,
        };
    }
    let states = citation.provisions.iter().enumerate().map(|(place, provision)| {
        match life.standing(Some(provision), day).force {
            Force::Ended | Force::PartlyEnded => ended(CitationState::ProvisionEnded(place)),
            Force::Suspended | Force::PartlySuspended => CitationState::Suspended,
            Force::NotYet => CitationState::NotYet,
            Force::InForce => CitationState::InForce,
            _ if whole == Force::Unknown => CitationState::Unknown,
            _ => CitationState::ProvisionUnclear(place),
        }
    });
    // Of a document whose force is unknown no provision supports either.
    worst(states.chain((whole == Force::Unknown).then_some(CitationState::Unknown)))
        .unwrap_or(CitationState::InForce)
}

/// Of the documents or provisions that are cited, what weighs most against the citation; the first of
/// equals.
fn worst(states: impl DoubleEndedIterator<Item = CitationState>) -> Option<CitationState> {
    let severity = |state: &CitationState| match state {
        CitationState::InForce => 0,
        CitationState::Exempt => 1,
        CitationState::NotYet => 2,
        CitationState::Suspended => 3,
        CitationState::Unknown | CitationState::ProvisionUnclear(_) => 4,
        _ => 5,
    };
    // `max_by_key` alone would name the last of equals.
    states.rev().max_by_key(severity)
}

/// How a citation is shown on a day.
#[must_use]
pub fn showing(lives: &[Life], citation: &Citation, policy: UnknownBasis, day: Date) -> Showing {
    let mark = policy == UnknownBasis::Mark;
    match citation_state(lives, citation, day) {
        CitationState::InForce => Showing::InForce,
        CitationState::Exempt => Showing::Exempt,
        CitationState::NotInRegister | CitationState::Unknown if mark => Showing::Unchecked,
        _ => Showing::Hidden,
    }
}

/// Whether a list of bases carries what cites it: every main one that is cited on the day, or at least
/// one where none is main.
#[must_use]
pub fn is_grounded(lives: &[Life], bases: &[Citation], day: Date) -> bool {
    let supports = |citation: &Citation| citation_state(lives, citation, day).supports();
    let mut deciding = deciding(bases, day).map(|(_, citation)| citation);
    if bases.iter().any(|citation| citation.role == Role::Main) {
        deciding.all(supports)
    } else {
        deciding.any(supports)
    }
}

/// The bases that decide, with their places: the main ones that are cited on the day, or all of the main
/// ones where none of them is; or all bases, where none is marked. Main ones may follow each other in
/// windows of their own, as laws do.
pub(super) fn deciding(bases: &[Citation], day: Date) -> impl Iterator<Item = (usize, &Citation)> {
    let is_main = |citation: &Citation| citation.role == Role::Main;
    let any_main = bases.iter().any(is_main);
    let any_cited = bases.iter().any(|citation| is_main(citation) && citation.validity.covers(day));
    bases.iter().enumerate().filter(move |(_, citation)| {
        !any_main || is_main(citation) && (!any_cited || citation.validity.covers(day))
    })
}

/// Whether something with a window and, perhaps, bases of its own is published on a day.
#[must_use]
pub fn is_element_shown(lives: &[Life], window: Window, bases: &[Citation], day: Date) -> bool {
    window.covers(day) && (bases.is_empty() || is_grounded(lives, bases, day))
}

/// The same over all days.
pub(super) fn element_timeline(
    lives: &[Life],
    window: Window,
    bases: &[Citation],
) -> Timeline<bool> {
    let mut days = BTreeSet::new();
    add_days(&mut days, lives, window, bases);
    Timeline::sample(days, |day| is_element_shown(lives, window, bases, day))
}

/// How every version stands over all days, by id.
pub(super) fn timelines(catalogue: &Catalogue, lives: &[Life]) -> Vec<Timeline<ProcedureStanding>> {
    let context =
        Context { catalogue, lives, versions: versions(catalogue), repeals: repeals(catalogue) };
    catalogue
        .procedure_ids()
        .map(|(id, procedure)| {
            let days = context.days(procedure);
            Timeline::sample(days, |day| context.standing(id, procedure, day))
        })
        .collect()
}

/// What a decision says of a code from a day on.
struct Ruling {
    from: Date,
    repeals: bool,
    decision: DecisionId,
    item: usize,
}

struct Context<'a> {
    catalogue: &'a Catalogue,
    lives: &'a [Life],
    versions: BTreeMap<&'a str, Vec<ProcedureId>>,
    repeals: BTreeMap<&'a str, Vec<Ruling>>,
}

fn versions(catalogue: &Catalogue) -> BTreeMap<&str, Vec<ProcedureId>> {
    let mut versions: BTreeMap<&str, Vec<ProcedureId>> = BTreeMap::new();
    for (id, procedure) in catalogue.procedure_ids() {
        versions.entry(&procedure.code.value).or_default().push(id);
    }
    versions
}

/// What decisions say of each code, by day; on one day a repeal comes last, so that it prevails.
fn repeals(catalogue: &Catalogue) -> BTreeMap<&str, Vec<Ruling>> {
    let mut rulings: BTreeMap<&str, Vec<Ruling>> = BTreeMap::new();
    for (id, decision) in catalogue.decision_ids() {
        let Some(from) = decision.effective.or(decision.signed) else { continue };
        for (item, what) in decision.items.iter().enumerate() {
            let code = what.procedure.value.as_str();
            let ruling = Ruling { from, repeals: what.repeals(), decision: id, item };
            rulings.entry(code).or_default().push(ruling);
        }
    }
    for list in rulings.values_mut() {
        list.sort_by_key(|ruling| (ruling.from, ruling.repeals));
    }
    rulings
}

impl Context<'_> {
    fn standing(&self, id: ProcedureId, procedure: &Procedure, day: Date) -> ProcedureStanding {
        if procedure.visibility == Visibility::Internal {
            return ProcedureStanding::Internal;
        }
        let window = procedure.validity;
        if window.from.is_some_and(|from| day < from) {
            return ProcedureStanding::NotYet;
        }
        let mut causes = Vec::new();
        if !window.covers(day) {
            if let Some(by) = self.version_on(id, procedure, day) {
                return ProcedureStanding::Superseded { by };
            }
            causes.push(Cause::WindowEnded);
        }
        causes.extend(self.repeal(&procedure.code.value, day));
        if causes.is_empty() {
            let bases = &procedure.legal_basis;
            if is_grounded(self.lives, bases, day) {
                return ProcedureStanding::Published(self.shown(procedure, day));
            }
            let lost = self.lost(bases, day);
            let waiting = |(_, state): &(usize, CitationState)| {
                matches!(state, CitationState::NotYet | CitationState::BeforeWindow)
            };
            if !lost.is_empty() && lost.iter().all(waiting) {
                return ProcedureStanding::NotYet;
            }
            causes.extend(
                lost.into_iter().map(|(citation, state)| Cause::BasisLost { citation, state }),
            );
            if causes.is_empty() {
                causes.push(Cause::NoBasis);
            }
        }
        ProcedureStanding::Withheld { causes }
    }

    /// Another version of the same procedure whose window covers a day.
    fn version_on(&self, id: ProcedureId, procedure: &Procedure, day: Date) -> Option<ProcedureId> {
        let versions = self.versions.get(procedure.code.value.as_str())?;
        let applies = |other: &ProcedureId| {
            let other_version = &self.catalogue[*other];
            *other != id
                && other_version.visibility == Visibility::Public
                && other_version.validity.covers(day)
        };
        versions.iter().copied().find(applies)
    }

    fn repeal(&self, code: &str, day: Date) -> Option<Cause> {
        let rulings = self.repeals.get(code)?;
        let last = rulings.iter().rfind(|ruling| ruling.from <= day)?;
        let cause = Cause::Repealed { decision: last.decision, item: last.item };
        last.repeals.then_some(cause)
    }

    /// The bases that are missed: the main ones that do not support, or all where none is main.
    fn lost(&self, bases: &[Citation], day: Date) -> Vec<(usize, CitationState)> {
        deciding(bases, day)
            .map(|(place, citation)| (place, citation_state(self.lives, citation, day)))
            .filter(|(_, state)| !state.supports())
            .collect()
    }

    fn shown(&self, procedure: &Procedure, day: Date) -> Shown {
        let policy = self.catalogue.site.policies.unknown_basis;
        let showing = |citation| showing(self.lives, citation, policy, day);
        Shown {
            citations: procedure.legal_basis.iter().map(showing).collect(),
            elements: procedure
                .elements
                .iter()
                .map(|element| {
                    is_element_shown(self.lives, element.validity, &element.legal_basis, day)
                })
                .collect(),
        }
    }

    /// The days on which anything about a version can change.
    fn days(&self, procedure: &Procedure) -> BTreeSet<Date> {
        let mut days = BTreeSet::new();
        add_days(&mut days, self.lives, procedure.validity, &procedure.legal_basis);
        for element in &procedure.elements {
            add_days(&mut days, self.lives, element.validity, &element.legal_basis);
        }
        let code = procedure.code.value.as_str();
        for version in self.versions.get(code).into_iter().flatten() {
            let window = self.catalogue[*version].validity;
            days.extend([window.from, window.until].into_iter().flatten());
        }
        days.extend(self.repeals.get(code).into_iter().flatten().map(|ruling| ruling.from));
        days
    }
}

fn add_days(days: &mut BTreeSet<Date>, lives: &[Life], window: Window, bases: &[Citation]) {
    days.extend([window.from, window.until].into_iter().flatten());
    days.extend(bases.iter().flat_map(|citation| citation_days(lives, citation)));
}

/// The days on which a citation may come to stand otherwise.
#[must_use]
pub fn citation_days(lives: &[Life], citation: &Citation) -> BTreeSet<Date> {
    let mut days: BTreeSet<Date> = texts(lives, citation)
        .into_iter()
        .flat_map(|text| lives[text.0 as usize].days())
        .copied()
        .collect();
    days.extend([citation.validity.from, citation.validity.until].into_iter().flatten());
    days.extend(citation.exemption.as_ref().map(|exemption| exemption.until));
    days
}

/// The first day of the unbroken run of days on which a version is withheld, up to a day.
#[must_use]
pub fn withheld_since(timeline: &Timeline<ProcedureStanding>, day: Date) -> Option<Date> {
    timeline
        .spans()
        .rev()
        .skip_while(|(from, _)| day < *from)
        .take_while(|(_, standing)| matches!(standing, ProcedureStanding::Withheld { .. }))
        .last()
        .map(|(from, _)| from)
        .filter(|from| *from != Date::MIN)
}
