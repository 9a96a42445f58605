//! What has left the site and is told of at its old address: each tombstone with its day, its reason and
//! what took its place; and the addresses that were renamed. By code and number alone: no title, no text.

use super::Site;
use super::route::{self, Route};
use crate::files::{Answer, Rule, Span};
use crate::model::agency::AgencyId;
use crate::model::date::Date;
use crate::model::document::{Act, DocumentId};
use crate::model::procedure::{Procedure, ProcedureId};
use crate::model::provision::Provision;
use crate::validity::procedure::{Cause, CitationState, ProcedureStanding, withheld_since};
use crate::validity::standing::{Fact, Standing};

/// A tombstone.
#[derive(Clone, Debug)]
pub(super) struct Removed {
    /// Where it stands.
    pub(super) route: Route,
    /// The first day without what stood there; none where it is not known.
    pub(super) since: Option<Date>,
    /// Why, in a word for programs.
    pub(super) reason: &'static str,
    /// What of a document has not ended.
    pub(super) except: Vec<Provision>,
    /// The pages of what took its place.
    pub(super) replaced_by: Vec<Route>,
}

/// An address that leads to another.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    /// The address that was.
    pub(super) from: String,
    /// What stood there.
    pub(super) to: Route,
    /// Where the former name is written.
    pub(super) span: Span,
}

/// All tombstones, in the order of their addresses.
pub(super) fn removed(site: &Site) -> Vec<Removed> {
    let found = site.own_routes().filter_map(|(_, route)| match route {
        Route::Procedure(id) => procedure(site, id),
        Route::Document(id) => document(site, id),
        Route::Agency(id) => agency(site, id),
        _ => None,
    });
    found.collect()
}

fn procedure(site: &Site, id: ProcedureId) -> Option<Removed> {
    let procedure = &site.catalogue[id];
    let (since, reason, by) = match site.assessment.procedure(id) {
        ProcedureStanding::Superseded { by } => {
            let by = site.assessment.is_published(*by).then_some(*by);
            (procedure.validity.until, "superseded", by.into_iter().collect())
        }
        ProcedureStanding::Withheld { causes } => {
            let timeline = site.assessment.procedure_timeline(id);
            let since = withheld_since(timeline, site.assessment.today);
            (since, reason(causes), replacements(site, id, procedure, causes))
        }
        _ => return None,
    };
    let replaced_by = by.into_iter().map(Route::Procedure).collect();
    Some(Removed { route: Route::Procedure(id), since, reason, except: Vec::new(), replaced_by })
}

/// The cause that weighs most: what is over for good before what may come back.
fn reason(causes: &[Cause]) -> &'static str {
    let word = |cause: &Cause| match cause {
        Cause::Repealed { .. } => "repealed",
        Cause::WindowEnded => "window_ended",
        Cause::NoBasis => "no_basis",
        Cause::BasisLost { state, .. } => match state {
            CitationState::Suspended => "basis_suspended",
            CitationState::Ended
            | CitationState::ProvisionEnded(_)
            | CitationState::BeforeWindow
            | CitationState::AfterWindow => "basis_ended",
            _ => "basis_unclear",
        },
    };
    let words: Vec<&str> = causes.iter().map(word).collect();
    ["repealed", "window_ended", "basis_ended", "basis_suspended", "basis_unclear"]
        .into_iter()
        .find(|known| words.contains(known))
        .unwrap_or("no_basis")
}

/// What a decision puts in the place of a procedure, or another version of it; only what is published.
pub(super) fn replacements(
    site: &Site,
    id: ProcedureId,
    procedure: &Procedure,
    causes: &[Cause],
) -> Vec<ProcedureId> {
    let mut codes: Vec<&str> = Vec::new();
    for cause in causes {
        if let Cause::Repealed { decision, item } = cause {
            let item = &site.catalogue[*decision].items[*item];
            codes.extend(item.replaced_by.as_ref().map(|code| code.value.as_str()));
        }
    }
    codes.push(&procedure.code.value);
    let mut found: Vec<ProcedureId> =
        codes.iter().filter_map(|code| site.lists.by_code.get(*code).copied()).collect();
    found.retain(|other| *other != id);
    found.dedup();
    found
}

fn document(site: &Site, id: DocumentId) -> Option<Removed> {
    let standing = site.assessment.document(id);
    if !standing.force.is_over() {
        return None;
    }
    let since = standing.since().filter(|day| *day != Date::MIN);
    let replaced_by = successors(site, id).into_iter().map(Route::Document).collect();
    let except = saved(standing, id).to_vec();
    let reason = end(standing);
    Some(Removed { route: Route::Document(id), since, reason, except, replaced_by })
}

/// What ended a document.
fn end(standing: &Standing) -> &'static str {
    match standing.because.first().map(|link| &link.fact) {
        Some(Fact::ActedOn(deed)) => match deed.act {
            Act::Replaces => "replaced",
            Act::Repeals => "repealed",
            Act::DeclaresExpired => "declared_expired",
            _ => "ended",
        },
        Some(Fact::TermEnds { .. }) => "term_ended",
        Some(Fact::FellWith { .. }) => "fell_with_parent",
        _ => "ended",
    }
}

/// What an end leaves in force.
pub(super) fn saved(standing: &Standing, id: DocumentId) -> &[Provision] {
    let own = standing.because.iter().filter(|link| link.to == id);
    let mut except = own.filter_map(|link| match &link.fact {
        Fact::ActedOn(deed) => Some(&deed.except),
        Fact::FellWith { except, .. } => Some(except),
        _ => None,
    });
    let except = except.find(|parts| !parts.is_empty());
    except.map_or(&[], Vec::as_slice)
}

/// The living documents at the end of the chain of replacements.
pub(super) fn successors(site: &Site, id: DocumentId) -> Vec<DocumentId> {
    let mut living = Vec::new();
    let mut seen = vec![id];
    let mut next = 0;
    while let Some(document) = seen.get(next).copied() {
        next += 1;
        for link in &site.assessment.document(document).because {
            let Fact::ActedOn(deed) = &link.fact else { continue };
            if link.to != document || deed.act != Act::Replaces || seen.contains(&deed.by) {
                continue;
            }
            seen.push(deed.by);
            if !site.assessment.document(deed.by).force.is_over() {
                living.push(deed.by);
            }
        }
    }
    living
}

fn agency(site: &Site, id: AgencyId) -> Option<Removed> {
    let by = site.lists.gone_agencies.get(&id)?;
    let agencies = by.iter().filter(|id| site.lists.agencies.contains(id));
    Some(Removed {
        route: Route::Agency(id),
        since: site.catalogue[id].validity.until,
        reason: "replaced",
        except: Vec::new(),
        replaced_by: agencies.copied().map(Route::Agency).collect(),
    })
}

/// The addresses under which pages stood before their files were renamed; also that of a tombstone.
pub(super) fn moved(site: &Site) -> Vec<Moved> {
    let mut moved = Vec::new();
    for (address, to) in site.own_routes() {
        let catalogue = &site.catalogue;
        let former_ids = match to {
            Route::Procedure(id) => &catalogue[id].former_ids,
            Route::Document(id) => &catalogue[id].former_ids,
            Route::Agency(id) => &catalogue[id].former_ids,
            Route::Field(id) => &catalogue[id].former_ids,
            Route::LifeEvent(place) => &catalogue.life_events[place].former_ids,
            Route::Group(place) => &catalogue.groups[place].former_ids,
            Route::FreePage(place) => &catalogue.pages[place].former_ids,
            _ => continue,
        };
        for former in former_ids {
            let from = route::renamed(address, former.value.as_str());
            moved.push(Moved { from, to, span: former.span });
        }
    }
    moved.sort_by(|one, other| one.from.cmp(&other.from));
    moved
}

/// What a server has to answer, besides what lies at an address.
pub(super) fn rules(site: &Site) -> Vec<Rule> {
    let mut rules = Vec::new();
    for stone in removed(site) {
        rules.push(Rule { address: site.address(stone.route), answer: Answer::Tombstone });
        if let Some(second) = &site.second {
            let address = second.address(stone.route);
            rules.push(Rule { address, answer: Answer::Tombstone });
        }
        if let Route::Procedure(id) = stone.route {
            let address = site.address(Route::ProcedureData(id));
            rules.push(Rule { address, answer: Answer::Gone });
        }
    }
    for (place, moved) in site.moved.iter().enumerate() {
        let to = site.address(moved.to);
        rules.push(Rule { address: moved.from.clone(), answer: Answer::MovedTo(to) });
        if let Some(second) = &site.second {
            let address = second.address(Route::Moved(place));
            rules.push(Rule { address, answer: Answer::MovedTo(second.address(moved.to)) });
        }
        if let Route::Procedure(id) = moved.to {
            let data = site.address(Route::ProcedureData(id));
            let address = route::data_of(&moved.from);
            let answer = match site.find(&data) {
                Some(_) => Answer::MovedTo(data),
                None => Answer::Gone,
            };
            rules.push(Rule { address, answer });
        }
    }
    rules.sort_by(|one, other| one.address.cmp(&other.address));
    rules
}
