//! Who stands in which list: published procedures by field, level, audience and agency, documents and
//! what they do to each other. Made once; every list is in its order already.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::collate::Order;
use crate::model::Catalogue;
use crate::model::agency::{AgencyId, FieldId, Level};
use crate::model::citation::{Citation, Cited};
use crate::model::document::{Document, DocumentId};
use crate::model::procedure::{Audience, ProcedureId};

use crate::validity::Assessment;
use crate::validity::procedure::{self, Showing};

/// The lists of a site.
#[derive(Clone, Debug)]
pub(super) struct Lists {
    /// Published procedures, by heading.
    pub(super) procedures: Vec<ProcedureId>,
    /// The published version of each code.
    pub(super) by_code: BTreeMap<String, ProcedureId>,
    /// The announced versions of each code, by their first day.
    pub(super) announced: BTreeMap<String, Vec<ProcedureId>>,
    /// Published procedures of each field, by heading.
    pub(super) by_field: BTreeMap<FieldId, Vec<ProcedureId>>,
    /// Published procedures of each level, by heading.
    pub(super) by_level: BTreeMap<Level, Vec<ProcedureId>>,
    /// Published procedures of each audience, by heading.
    pub(super) by_audience: BTreeMap<Audience, Vec<ProcedureId>>,
    /// Published procedures that each agency has a part in, by heading.
    pub(super) by_agency: BTreeMap<AgencyId, Vec<ProcedureId>>,
    /// Published procedures that show a document, by heading.
    pub(super) citing: BTreeMap<DocumentId, Vec<ProcedureId>>,
    /// Fields in the order of the editors, then by name.
    pub(super) fields: Vec<FieldId>,
    /// Agencies that are there today and have a page, by name.
    pub(super) agencies: Vec<AgencyId>,
    /// Agencies that are gone, and those that took their place.
    pub(super) gone_agencies: BTreeMap<AgencyId, Vec<AgencyId>>,
    /// Life events in the order of the editors, then by name.
    pub(super) life_events: Vec<usize>,
    /// Published joint groups, by name.
    pub(super) groups: Vec<usize>,
    /// Free pages, by title.
    pub(super) pages: Vec<usize>,
    /// Documents that are not over: by kind, the newest first.
    pub(super) documents: Vec<DocumentId>,
    /// Effects on each document: who acts, and which of its effects.
    pub(super) acted_on_by: Arc<BTreeMap<DocumentId, Vec<(DocumentId, usize)>>>,
    /// The documents that implement each document.
    pub(super) implemented_by: Arc<BTreeMap<DocumentId, Vec<DocumentId>>>,
}

/// All things of a catalogue in the order of their lists, and what documents do to each other: the same on
/// all days.
#[derive(Debug)]
pub(super) struct Ranks {
    procedures: Vec<ProcedureId>,
    fields: Vec<FieldId>,
    agencies: Vec<AgencyId>,
    life_events: Vec<usize>,
    groups: Vec<usize>,
    pages: Vec<usize>,
    documents: Vec<DocumentId>,
    acted_on_by: Arc<BTreeMap<DocumentId, Vec<(DocumentId, usize)>>>,
    implemented_by: Arc<BTreeMap<DocumentId, Vec<DocumentId>>>,
}

impl Ranks {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let order = Order::new();
        let mut procedures: Vec<ProcedureId> =
            catalogue.procedure_ids().map(|(id, _)| id).collect();
        order.sort(&mut procedures, |id| catalogue[*id].heading());
        let mut acted_on_by: BTreeMap<DocumentId, Vec<(DocumentId, usize)>> = BTreeMap::new();
        let mut implemented_by: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
        for (by, document) in catalogue.document_ids() {
            for (place, effect) in document.effects.iter().enumerate() {
                acted_on_by.entry(effect.target).or_default().push((by, place));
            }
            let parents = document.implements.iter().map(|tie| tie.parent);
            for parent in parents.collect::<BTreeSet<_>>() {
                implemented_by.entry(parent).or_default().push(by);
            }
        }
        Self {
            procedures,
            fields: fields(catalogue, &order),
            agencies: agencies(catalogue, &order),
            life_events: life_events(catalogue, &order),
            groups: groups(catalogue, &order),
            pages: pages(catalogue, &order),
            documents: documents(catalogue),
            acted_on_by: Arc::new(acted_on_by),
            implemented_by: Arc::new(implemented_by),
        }
    }
}

/// Makes the lists of a day.
pub(super) fn lists(catalogue: &Catalogue, assessment: &Assessment, ranks: &Ranks) -> Lists {
    let procedures = ranks.procedures.iter().copied().filter(|id| assessment.is_published(*id));
    let is_there = |id: &AgencyId| assessment.is_agency_there(catalogue, *id);
    let is_live = |id: &DocumentId| !assessment.document(*id).force.is_over();
    let is_offered = |place: &usize| assessment.is_group_published(*place);

    let mut lists = Lists {
        by_code: BTreeMap::new(),
        announced: announced(catalogue, assessment),
        by_field: BTreeMap::new(),
        by_level: BTreeMap::new(),
        by_audience: BTreeMap::new(),
        by_agency: BTreeMap::new(),
        citing: BTreeMap::new(),
        fields: ranks.fields.clone(),
        agencies: ranks.agencies.iter().copied().filter(is_there).collect(),
        gone_agencies: gone_agencies(catalogue, assessment),
        life_events: ranks.life_events.clone(),
        groups: ranks.groups.iter().copied().filter(is_offered).collect(),
        pages: ranks.pages.clone(),
        documents: ranks.documents.iter().copied().filter(is_live).collect(),
        acted_on_by: Arc::clone(&ranks.acted_on_by),
        implemented_by: Arc::clone(&ranks.implemented_by),
        procedures: procedures.collect(),
    };
    for id in lists.procedures.clone() {
        file(&mut lists, catalogue, assessment, id);
    }
    lists
}

/// Puts a published procedure into every list it belongs to.
fn file(lists: &mut Lists, catalogue: &Catalogue, assessment: &Assessment, id: ProcedureId) {
    let procedure = &catalogue[id];
    lists.by_code.entry(procedure.code.value.clone()).or_insert(id);
    lists.by_field.entry(procedure.field).or_default().push(id);
    for level in procedure.levels.iter().collect::<BTreeSet<_>>() {
        lists.by_level.entry(*level).or_default().push(id);
    }
    for audience in procedure.audience.iter().collect::<BTreeSet<_>>() {
        lists.by_audience.entry(*audience).or_default().push(id);
    }
    let authority = &procedure.authority;
    let roles =
        [&authority.performs, &authority.decides, &authority.coordinates, &authority.delegated];
    for agency in roles.into_iter().flatten().collect::<BTreeSet<_>>() {
        lists.by_agency.entry(*agency).or_default().push(id);
    }
    for document in shown_documents(catalogue, assessment, id) {
        lists.citing.entry(document).or_default().push(id);
    }
}

/// Versions that are announced, by code and first day.
fn announced(catalogue: &Catalogue, assessment: &Assessment) -> BTreeMap<String, Vec<ProcedureId>> {
    let mut announced: BTreeMap<String, Vec<ProcedureId>> = BTreeMap::new();
    for (id, procedure) in catalogue.procedure_ids() {
        if assessment.procedure(id).applies_from().is_some() {
            announced.entry(procedure.code.value.clone()).or_default().push(id);
        }
    }
    for versions in announced.values_mut() {
        versions.sort_by_key(|id| assessment.procedure(*id).applies_from());
    }
    announced
}

/// The documents that the page of a published procedure names as a basis.
fn shown_documents(
    catalogue: &Catalogue,
    assessment: &Assessment,
    id: ProcedureId,
) -> BTreeSet<DocumentId> {
    let procedure = &catalogue[id];
    let Some(shown) = assessment.procedure(id).shown() else { return BTreeSet::new() };
    let elements = procedure.elements.iter().zip(&shown.elements).filter(|(_, shown)| **shown);
    let of_elements = elements
        .flat_map(|(element, _)| &element.legal_basis)
        .filter(|citation| showing(catalogue, assessment, citation) != Showing::Hidden);
    let cited = procedure.legal_basis.iter().zip(&shown.citations);
    cited
        .filter(|(_, showing)| **showing != Showing::Hidden)
        .map(|(citation, _)| citation)
        .chain(of_elements)
        .filter_map(|citation| match citation.document {
            Cited::Known(document) => Some(document),
            Cited::Unknown(_) => None,
        })
        .collect()
}

/// How a citation is shown today.
pub(super) fn showing(
    catalogue: &Catalogue,
    assessment: &Assessment,
    citation: &Citation,
) -> Showing {
    let policy = catalogue.site.policies.unknown_basis;
    procedure::showing(assessment.lives(), citation, policy, assessment.today)
}

fn fields(catalogue: &Catalogue, order: &Order) -> Vec<FieldId> {
    let mut fields: Vec<FieldId> =
        (0..).zip(&catalogue.fields).map(|(id, _)| FieldId(id)).collect();
    order.sort(&mut fields, |id| &catalogue[*id].name);
    fields.sort_by_key(|id| catalogue[*id].order.unwrap_or(u32::MAX));
    fields
}

fn agencies(catalogue: &Catalogue, order: &Order) -> Vec<AgencyId> {
    let mut agencies: Vec<AgencyId> = catalogue.agencies_with_pages().into_iter().collect();
    order.sort(&mut agencies, |id| &catalogue[*id].name);
    agencies
}

fn gone_agencies(
    catalogue: &Catalogue,
    assessment: &Assessment,
) -> BTreeMap<AgencyId, Vec<AgencyId>> {
    let mut gone: BTreeMap<AgencyId, Vec<AgencyId>> = BTreeMap::new();
    for (id, agency) in (0..).map(AgencyId).zip(&catalogue.agencies) {
        if assessment.is_agency_there(catalogue, id) {
            for former in &agency.replaces {
                if !assessment.is_agency_there(catalogue, *former) {
                    gone.entry(*former).or_default().push(id);
                }
            }
        }
    }
    gone
}

fn life_events(catalogue: &Catalogue, order: &Order) -> Vec<usize> {
    let mut events: Vec<usize> = (0..catalogue.life_events.len()).collect();
    order.sort(&mut events, |place| &catalogue.life_events[*place].name);
    events.sort_by_key(|place| catalogue.life_events[*place].order.unwrap_or(u32::MAX));
    events
}

fn groups(catalogue: &Catalogue, order: &Order) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..catalogue.groups.len()).collect();
    order.sort(&mut groups, |place| &catalogue.groups[*place].name);
    groups
}

fn pages(catalogue: &Catalogue, order: &Order) -> Vec<usize> {
    let mut pages: Vec<usize> = (0..catalogue.pages.len()).collect();
    order.sort(&mut pages, |place| &catalogue.pages[*place].title);
    pages
}

fn documents(catalogue: &Catalogue) -> Vec<DocumentId> {
    let mut documents: Vec<DocumentId> = catalogue.document_ids().map(|(id, _)| id).collect();
    documents.sort_by(|one, other| by_rank(&catalogue[*one], &catalogue[*other]));
    documents
}

/// The order of the hierarchy of norms; of one kind the newest first, those without a date last.
pub(super) fn by_rank(one: &Document, other: &Document) -> std::cmp::Ordering {
    let newest = other.signed.cmp(&one.signed);
    one.kind.cmp(&other.kind).then(newest).then_with(|| one.slug.cmp(&other.slug))
}
