//! What applies longer, or again, than it was to: the one kind of change that a second person has to look
//! at, for it is how law that has ended comes back. Found twice: in what is written (a later last day, an
//! exemption, an act that is gone), and in what is computed from it, whatever was written.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::State;
use super::facts::Fact;
use super::words::Kind;
use crate::files::Span;
use crate::model::Catalogue;
use crate::model::agency::{AgencyId, OfficeId};
use crate::model::date::{Date, Window};
use crate::model::decision::DecisionItem;
use crate::model::document::{Act, DocumentId, Effect, Effective};
use crate::model::number::NumberKey;
use crate::model::procedure::ProcedureId;
use crate::validity::compare::{self, Changed, Held, first_without};
use crate::validity::published::Thing;
use crate::validity::standing::{self, Deed, Force, Link};

/// Something that applies longer.
#[derive(Clone, Debug, PartialEq)]
pub struct Extension {
    /// What, in the state after, or before where it is there no more.
    pub of: Of,
    /// By what change.
    pub why: Why,
    /// Where that is written in the two states.
    pub spans: [Option<Span>; 2],
}

/// What applies longer.
#[derive(Clone, Debug, PartialEq)]
pub enum Of {
    /// A procedure, a group, an agency or an office, of the state after.
    Thing(Thing),
    /// A part of a procedure of the state after.
    Part(ProcedureId, Kind, String),
    /// A document; the first where it is of the state before.
    Document(bool, DocumentId),
}

/// By what change it does.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// The first day outside its window, or after its own term, is later or gone.
    Later([Option<Date>; 2]),
    /// It is exempted longer.
    Exempted([Option<Date>; 2]),
    /// An act that ends it stands there no more.
    ActGone(Link),
    /// An act that ends it comes later.
    ActLater(Link, [Date; 2]),
    /// An act that gives it more time is new.
    ActNew(Link),
    /// The decision that repeals it does so no more, or later.
    RepealGone(String, [Option<Date>; 2]),
    /// Nothing of this was written for it: what it rests on does so. The first day more.
    Computed(Date),
}

/// All of two states, from a day on: beside parts that were found, documents, decisions, and the things that
/// both have. What is on other days on the site is given.
pub(super) fn extensions(
    before: State<'_>,
    after: State<'_>,
    from: Date,
    changed: &[Changed],
    parts: Vec<Extension>,
) -> Vec<Extension> {
    let mut found = documents(before, after, from);
    found.extend(repeals(before.catalogue, after.catalogue));
    let is_told = |of: &Of| found.iter().any(|told: &Extension| told.of == *of);
    let things: Vec<Extension> = pairs(before, after)
        .into_iter()
        .filter_map(|pair| thing(before, after, pair, changed))
        .filter(|it| !matches!(it.why, Why::Computed(_)) || !is_told(&it.of))
        .collect();
    found.extend(things);
    found.extend(parts);
    found
}

/// Procedures, groups, agencies and offices that both states have.
fn pairs(before: State<'_>, after: State<'_>) -> Vec<[Thing; 2]> {
    let procedures = compare::procedures(before.side(), after.side());
    let mut pairs: Vec<[Thing; 2]> =
        procedures.into_iter().map(|ids| ids.map(Thing::Procedure)).collect();
    let [old, new] = [before, after].map(|state| places(state.catalogue));
    let both = new.into_iter().filter_map(|(name, thing)| Some([*old.get(&name)?, thing]));
    pairs.extend(both);
    pairs
}

/// What is no procedure, by what names it.
fn places(catalogue: &Catalogue) -> BTreeMap<(u8, &str, &str), Thing> {
    let groups = (0..).zip(&catalogue.groups);
    let groups = groups.map(|(place, it)| ((0, it.slug.as_str(), ""), Thing::Group(place)));
    let mut places: BTreeMap<_, _> = groups.collect();
    for (id, agency) in (0..).map(AgencyId).zip(&catalogue.agencies) {
        places.insert((1, agency.slug.as_str(), ""), Thing::Agency(id));
        for (place, office) in (0..).zip(&agency.offices) {
            let office_id = OfficeId { agency: id, office: place };
            places.insert((2, agency.slug.as_str(), &office.id), Thing::Office(office_id));
        }
    }
    places
}

fn is_later(before: Option<Date>, after: Option<Date>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => before < after,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// What is written for a thing as a whole, or else what is computed.
fn thing(
    before: State<'_>,
    after: State<'_>,
    [old, new]: [Thing; 2],
    changed: &[Changed],
) -> Option<Extension> {
    let ((was, one), (is, other)) = (window(before.catalogue, old)?, window(after.catalogue, new)?);
    let (of, spans) = (Of::Thing(new), [Some(one), Some(other)]);
    if is_later(was.until, is.until) {
        return Some(Extension { of, why: Why::Later([was.until, is.until]), spans });
    }
    let exempted = [exempted(before.catalogue, old), exempted(after.catalogue, new)];
    if exempted[0] < exempted[1] {
        return Some(Extension { of, why: Why::Exempted(exempted), spans });
    }
    let is_it = |held: &Option<Held>, thing| held.as_ref().is_some_and(|it| it.thing == thing);
    let days = changed.iter().find(|it| is_it(&it.before, old) && is_it(&it.after, new))?;
    let held = |held: &Option<Held>| held.as_ref().map(|it| it.days.clone()).unwrap_or_default();
    let was = |day| was_published(before, old, day);
    let day = gain([&held(&days.before), &held(&days.after)], was)?;
    Some(Extension { of, why: Why::Computed(day), spans })
}

/// The window that is written for a thing.
fn window(catalogue: &Catalogue, thing: Thing) -> Option<(Window, Span)> {
    match thing {
        Thing::Procedure(id) => Some((catalogue[id].validity, catalogue[id].span())),
        Thing::Group(group) => {
            Some((catalogue.groups[group].validity, catalogue.groups[group].span))
        }
        Thing::Agency(id) => Some((catalogue[id].validity, catalogue[id].span)),
        Thing::Office(id) => Some((catalogue[id].validity, catalogue[id.agency].span)),
        Thing::Element(..) | Thing::Citation(..) => None,
    }
}

/// The last of the days until which a group is exempted; the bases of a procedure are parts of it.
fn exempted(catalogue: &Catalogue, thing: Thing) -> Option<Date> {
    let Thing::Group(group) = thing else { return None };
    let bases = catalogue.groups[group].legal_basis.iter();
    bases.filter_map(|basis| basis.exemption.as_ref()).map(|exemption| exemption.until).max()
}

/// The first day that is more, where it was there on an earlier one.
fn gain([before, after]: [&[Window]; 2], was: impl Fn(Date) -> bool) -> Option<Date> {
    let day = first_without(after, before)?;
    let was_before = before.iter().any(|window| window.from.is_none_or(|from| from < day));
    (was_before || was(day)).then_some(day)
}

/// Whether a thing was on the site on some day before one.
fn was_published(state: State<'_>, thing: Thing, day: Date) -> bool {
    let days = thing.days(state.catalogue, state.assessment).into_iter();
    let mut earlier = std::iter::once(Date::MIN).chain(days).filter(|edge| *edge < day);
    earlier.any(|edge| thing.is_published(state.catalogue, state.assessment, edge))
}

/// A part that both states have, or that is new and exempted.
pub(super) fn part(
    before: State<'_>,
    procedure: ProcedureId,
    old: Option<&Fact>,
    new: &Fact,
) -> Option<Extension> {
    let of = Of::Part(procedure, new.kind, new.name.clone());
    let spans = [old.and_then(|fact| fact.span), new.span];
    let exempted = [old.and_then(|fact| fact.exempted), new.exempted];
    if exempted[0] < exempted[1] {
        return Some(Extension { of, why: Why::Exempted(exempted), spans });
    }
    let old = old?;
    if is_later(old.until, new.until) {
        return Some(Extension { of, why: Why::Later([old.until, new.until]), spans });
    }
    let thing = old.thing.filter(|_| new.thing.is_some_and(Thing::is_part))?;
    let day = gain([&old.days, &new.days], |day| was_published(before, thing, day))?;
    Some(Extension { of, why: Why::Computed(day), spans })
}

/// A part in the place of one that went, under a name that is not like its own: they may be the same all the
/// same, and a second person is asked rather than got round by another name.
pub(super) fn renamed(procedure: ProcedureId, old: &Fact, new: &Fact) -> Option<Extension> {
    is_later(old.until, new.until).then(|| Extension {
        of: Of::Part(procedure, new.kind, new.name.clone()),
        why: Why::Later([old.until, new.until]),
        spans: [old.span, new.span],
    })
}

/// What names a document in both states.
fn label(catalogue: &Catalogue, id: DocumentId) -> (String, Option<String>) {
    let document = &catalogue[id];
    (NumberKey::new(document.label()).as_str().to_owned(), document.province.clone())
}

/// An act on a document, for comparison: who acts, how, on how much of it.
type ActKey = ((String, Option<String>), (String, Option<String>), u8, String);

/// Acts with the day from which each counts, and where it is written.
fn acts(
    catalogue: &Catalogue,
    is_wanted: fn(Act) -> bool,
) -> BTreeMap<ActKey, (Option<Date>, Span, Link)> {
    let mut acts = BTreeMap::new();
    for (by, document) in catalogue.document_ids() {
        let own = match document.effective {
            Effective::On(day) => Some(day),
            Effective::Unknown | Effective::Missing => None,
        };
        for effect in document.effects.iter().filter(|effect| is_wanted(effect.act)) {
            let Effect { act, target, scope, except, from, clause, span } = effect;
            let verb = match act {
                Act::Replaces | Act::Repeals | Act::DeclaresExpired => 0,
                Act::Suspends { .. } => 1,
                Act::Resumes => 2,
                Act::Postpones { .. } => 3,
                Act::Extends { .. } => 4,
                Act::DeclaresContinuing => 5,
                Act::Amends | Act::Corrects | Act::Consolidates => 6,
            };
            let reach = format!("{scope:?} {except:?}");
            let key = (label(catalogue, *target), label(catalogue, by), verb, reach);
            let day = from.or(own);
            let (scope, except, clause) = (scope.clone(), except.clone(), clause.clone());
            let deed = Deed { act: *act, by, clause, scope, except };
            let fact = standing::Fact::ActedOn(Arc::new(deed));
            acts.insert(key, (day, *span, Link { day, to: *target, fact }));
        }
    }
    acts
}

fn documents(before: State<'_>, after: State<'_>, from: Date) -> Vec<Extension> {
    let [old, new] = [before, after].map(|state| state.catalogue);
    let mut found = Vec::new();
    let ends = |act: Act| act.ends() || matches!(act, Act::Suspends { .. });
    let stands = acts(new, ends);
    for (key, (was, span, link)) in acts(old, ends) {
        let why = match stands.get(&key) {
            None => Why::ActGone(link.clone()),
            Some((Some(is), ..)) if was.is_some_and(|was| was < *is) => {
                Why::ActLater(link.clone(), [was.unwrap_or(*is), *is])
            }
            Some(_) => continue,
        };
        let spans = [Some(span), stands.get(&key).map(|(_, span, _)| *span)];
        found.push(Extension { of: Of::Document(true, link.to), why, spans });
    }
    let gives =
        |act: Act| matches!(act, Act::Extends { .. } | Act::Resumes | Act::DeclaresContinuing);
    let stood = acts(old, gives);
    for (key, (_, span, link)) in acts(new, gives) {
        let same = |(_, _, before): &(Option<Date>, Span, Link)| match (&before.fact, &link.fact) {
            (standing::Fact::ActedOn(one), standing::Fact::ActedOn(other)) => one.act == other.act,
            _ => false,
        };
        if !stood.get(&key).is_some_and(same) {
            let spans = [stood.get(&key).map(|(_, span, _)| *span), Some(span)];
            found.push(Extension {
                of: Of::Document(false, link.to),
                why: Why::ActNew(link),
                spans,
            });
        }
    }
    let twins: BTreeMap<_, DocumentId> =
        old.document_ids().map(|(id, _)| (label(old, id), id)).collect();
    for (id, document) in new.document_ids() {
        let Some(twin) = twins.get(&label(new, id)) else { continue };
        let spans = [Some(old[*twin].span), Some(document.span)];
        if is_later(old[*twin].own_end, document.own_end) {
            let why = Why::Later([old[*twin].own_end, document.own_end]);
            found.push(Extension { of: Of::Document(false, id), why, spans });
        } else if let Some(day) = revived(before, *twin, after, id, from) {
            let of_same = |it: &Extension| match &it.of {
                Of::Document(true, own) => own == twin,
                Of::Document(false, own) => *own == id,
                _ => false,
            };
            if !found.iter().any(of_same) {
                let of = Of::Document(false, id);
                found.push(Extension { of, why: Why::Computed(day), spans });
            }
        }
    }
    found
}

/// The first day on which a document has more force than it was to have, having had it before.
fn revived(
    before: State<'_>,
    old: DocumentId,
    after: State<'_>,
    new: DocumentId,
    from: Date,
) -> Option<Date> {
    let rank = |force: Force| match force {
        Force::Ended | Force::Withdrawn | Force::Suspended => Some(0),
        Force::EndedExcept => Some(1),
        Force::PartlyEnded | Force::PartlySuspended => Some(2),
        Force::InForce | Force::InForceInPart => Some(3),
        Force::NotYet | Force::NotYetButInPart | Force::Unknown | Force::NotItsOwn => None,
    };
    let [was, is] = [before.assessment.life(old).whole(), after.assessment.life(new).whole()];
    let mut days: Vec<Date> = was.changes().chain(is.changes()).map(|(day, _)| day).collect();
    days.retain(|day| from < *day);
    days.push(from);
    days.sort_unstable();
    let more = |day: &Date| match (rank(was.at(*day).force), rank(is.at(*day).force)) {
        (Some(was), Some(is)) => was < is,
        _ => false,
    };
    days.into_iter().find(more)
}

/// Decisions that repeal a procedure no more, or later.
fn repeals(before: &Catalogue, after: &Catalogue) -> Vec<Extension> {
    type Repeal<'a> = (Option<Date>, &'a DecisionItem, &'a str);
    let of =
        |catalogue: &'_ Catalogue| -> BTreeMap<(String, String), (Option<Date>, Span, String)> {
            let decisions = catalogue.decisions.iter().flat_map(|decision| {
                let day = decision.effective.or(decision.signed);
                decision
                    .items
                    .iter()
                    .filter(|item| item.repeals())
                    .map(move |item| -> Repeal<'_> { (day, item, decision.number.as_str()) })
            });
            let keyed = decisions.map(|(day, item, number)| {
                let code = item.procedure.value.clone();
                (
                    (code, NumberKey::new(number).as_str().to_owned()),
                    (day, item.procedure.span, number.to_owned()),
                )
            });
            keyed.collect()
        };
    let stands = of(after);
    let mut found = Vec::new();
    for ((code, number), (was, span, named)) in of(before) {
        let now = stands.get(&(code.clone(), number));
        let is = now.and_then(|(day, ..)| *day);
        if now.is_some() && !is_later(was, is) {
            continue;
        }
        let spans = [Some(span), now.map(|(_, span, _)| *span)];
        for (id, _) in after.versions(&code) {
            let of = Of::Thing(Thing::Procedure(id));
            found.push(Extension { of, why: Why::RepealGone(named.clone(), [was, is]), spans });
        }
    }
    found
}
