//! The coming changes in sentences, day by day.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Day, Here, Link, Tag, text};
use crate::model::citation::{Citation, Cited};
use crate::model::date::Date;
use crate::model::document::DocumentId;
use crate::model::procedure::{ElementId, ElementKind, ProcedureId};
use crate::render::route::Route;
use crate::render::words::Piece;
use crate::validity::forecast::{Change, What};
use crate::validity::procedure::{self, Showing};
use crate::validity::standing::Force;
use crate::validity::words as law;

/// What differs from a day on.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ChangeDay {
    pub(super) day: Day,
    pub(super) entries: Vec<ChangeEntry>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ChangeEntry {
    pub(super) tag: Tag,
    pub(super) pieces: Vec<Piece>,
    /// The procedures that it touches.
    more_name: Option<String>,
    more: Vec<Link>,
}

/// Changes, by day.
pub(super) fn days<'a>(
    here: Here<'_>,
    changes: impl Iterator<Item = &'a Change>,
) -> Vec<ChangeDay> {
    let mut by_day: BTreeMap<Date, Vec<&What>> = BTreeMap::new();
    for change in changes {
        by_day.entry(change.day).or_default().push(&change.what);
    }
    by_day
        .into_iter()
        .map(|(day, what)| ChangeDay { day: Day::new(day), entries: entries(here, day, &what) })
        .collect()
}

/// What happens on one day: documents, then procedures, then parts of procedures.
pub(super) fn entries(here: Here<'_>, day: Date, what: &[&What]) -> Vec<ChangeEntry> {
    let mut documents = Vec::new();
    let mut acting: BTreeSet<DocumentId> = BTreeSet::new();
    let mut appears: BTreeMap<&str, ProcedureId> = BTreeMap::new();
    let mut goes: BTreeMap<&str, ProcedureId> = BTreeMap::new();
    let mut parts: BTreeMap<ProcedureId, Vec<(ElementId, bool)>> = BTreeMap::new();
    let mut cited: BTreeMap<(Option<DocumentId>, &str, &str), Vec<ProcedureId>> = BTreeMap::new();
    let mut others = Vec::new();
    let code = |id: ProcedureId| here.catalogue()[id].code.value.as_str();
    for what in what {
        match what {
            What::Document { document, before, after } => {
                acting.insert(*document);
                documents.push(document_entry(here, *document, *before, *after));
            }
            // Told by its day, and by the way to its page.
            What::Announced(_) => {}
            What::Appears(id) => {
                appears.insert(code(*id), *id);
            }
            What::Goes(id) => {
                goes.insert(code(*id), *id);
            }
            What::ElementAppears(id, element) => {
                parts.entry(*id).or_default().push((*element, true));
            }
            What::ElementGoes(id, element) => parts.entry(*id).or_default().push((*element, false)),
            What::Citation(id, place) => {
                let citation = &here.catalogue()[*id].legal_basis[*place];
                let (document, written) = match &citation.document {
                    Cited::Known(document) => (Some(*document), ""),
                    Cited::Unknown(written) => (None, written.as_str()),
                };
                let how = citation_turns(here, citation, day);
                cited.entry((document, written, how)).or_default().push(*id);
            }
            What::GroupAppears(place) => {
                let name = Piece::text(&here.catalogue().groups[*place].name);
                others.push(named(here, "change_group_appears", true, name));
            }
            What::GroupGoes(place) => {
                let name = &here.catalogue().groups[*place].name;
                let name = here.named(Route::Group(*place), name);
                others.push(named(here, "change_group_goes", false, name));
            }
            What::AgencyAppears(id) => {
                let name = Piece::text(&here.catalogue()[*id].name);
                others.push(named(here, "change_agency_appears", true, name));
            }
            What::AgencyGoes(id) => {
                let name = &here.catalogue()[*id].name;
                let name = here.named(Route::Agency(*id), name);
                others.push(named(here, "change_agency_goes", false, name));
            }
            What::OfficeAppears(id) | What::OfficeGoes(id) => {
                let appears = matches!(what, What::OfficeAppears(_));
                let key = if appears { "change_office_appears" } else { "change_office_goes" };
                let name = Piece::text(&here.catalogue()[*id].name);
                others.push(named(here, key, appears, name));
            }
        }
    }
    let mut entries = documents;
    for (code, id) in &goes {
        let link = [procedure_name(here, *id)];
        let (key, word, shape, version) = match appears.get(code) {
            Some(by) => ("change_version", "tag_changes", "soon", vec![new_version(here, *by)]),
            None => ("change_goes", "tag_ends", "off", Vec::new()),
        };
        let values: [(&str, &[Piece]); 2] = [("procedure", &link), ("version", &version)];
        entries.push(entry(tag(here, word, shape), here.words().pieces(key, &values)));
    }
    for (code, id) in &appears {
        if !goes.contains_key(code) {
            let name = [procedure_name(here, *id)];
            let pieces = here.words().pieces("change_appears", &[("procedure", &name)]);
            entries.push(entry(tag(here, "tag_begins", "on"), pieces));
        }
    }
    for (id, elements) in &parts {
        entries.push(parts_entry(here, *id, elements, day));
    }
    for ((document, written, how), ids) in cited {
        let named = match document {
            // Said already, with the procedures that cite it.
            Some(document) if acting.contains(&document) => continue,
            Some(document) => here.document(document),
            None => Piece::text(written),
        };
        let pieces = here.words().pieces(how, &[("document", &[named])]);
        let mut entry = entry(tag(here, "tag_changes", "soon"), pieces);
        touch(here, &mut entry, &ids);
        entries.push(entry);
    }
    entries.extend(others);
    entries
}

/// The key of the sentence on how a citation differs from a day on.
fn citation_turns(here: Here<'_>, citation: &Citation, day: Date) -> &'static str {
    let policy = here.catalogue().site.policies.unknown_basis;
    let is_hidden =
        |day| procedure::showing(here.assessment.lives(), citation, policy, day) == Showing::Hidden;
    match (day.yesterday().is_ok_and(is_hidden), is_hidden(day)) {
        (false, true) => "change_citation_ends",
        (true, false) => "change_citation_begins",
        _ => "change_citation",
    }
}

fn named(here: Here<'_>, key: &'static str, begins: bool, name: Piece) -> ChangeEntry {
    let (word, shape) = if begins { ("tag_begins", "on") } else { ("tag_ends", "off") };
    entry(tag(here, word, shape), here.words().pieces(key, &[("name", &[name])]))
}

fn tag(here: Here<'_>, key: &str, shape: &'static str) -> Tag {
    Tag { shape, text: here.words().say(key).to_owned() }
}

fn entry(tag: Tag, pieces: Vec<Piece>) -> ChangeEntry {
    ChangeEntry { tag, pieces, more_name: None, more: Vec::new() }
}

fn document_entry(here: Here<'_>, id: DocumentId, before: Force, after: Force) -> ChangeEntry {
    let (key, word, shape) = match (before, after) {
        (before, after) if before == after => ("change_document_parts", "tag_changes", "soon"),
        (_, after) if after.is_over() => ("change_document_ends", "tag_ends", "off"),
        (_, Force::Suspended) => ("change_document_suspended", "tag_ends", "off"),
        (Force::NotYet | Force::NotYetButInPart, after) if after.carries_whole() => {
            ("change_document_begins", "tag_begins", "on")
        }
        (Force::Suspended, after) if after.carries_whole() => {
            ("change_document_resumed", "tag_begins", "on")
        }
        (_, Force::PartlyEnded) => ("change_document_partly_ends", "tag_changes", "soon"),
        _ => ("change_document_other", "tag_changes", "soon"),
    };
    let force = [Piece::text(law::force(after, here.words().language))];
    let values: [(&str, &[Piece]); 2] = [("document", &[here.document(id)]), ("force", &force)];
    let mut entry = entry(tag(here, word, shape), here.words().pieces(key, &values));
    if let Some(ids) = here.site.lists.citing.get(&id) {
        touch(here, &mut entry, ids);
    }
    entry
}

/// "bản mới", with the way to it where it is announced.
pub(super) fn new_version(here: Here<'_>, id: ProcedureId) -> Piece {
    here.named(Route::Procedure(id), here.say("new_version"))
}

/// A procedure by its heading; one that is neither published nor announced has no page to lead to.
fn procedure_name(here: Here<'_>, id: ProcedureId) -> Piece {
    here.named(Route::Procedure(id), here.catalogue()[id].heading())
}

fn touch(here: Here<'_>, entry: &mut ChangeEntry, ids: &[ProcedureId]) {
    let published = ids.iter().filter(|id| here.site.assessment.is_published(**id));
    let links: Vec<Link> = published.map(|id| here.procedure(*id)).collect();
    if links.is_empty() {
        return;
    }
    let key = if links.len() == 1 { "touches_procedure" } else { "touches_procedures" };
    entry.more_name = Some(here.words().fill(key, &[("n", &links.len().to_string())]));
    entry.more = links;
}

fn parts_entry(
    here: Here<'_>,
    id: ProcedureId,
    elements: &[(ElementId, bool)],
    day: Date,
) -> ChangeEntry {
    let mut said: Vec<String> = Vec::new();
    // What goes is said before what takes its place.
    let mut elements = elements.to_vec();
    elements.sort_by_key(|(element, appears)| (*appears, *element));
    for (element, appears) in &elements {
        let name = element_name(here, id, *element);
        let key = if *appears { "part_appears" } else { "part_goes" };
        let eve = day.yesterday().unwrap_or(day);
        let values = [("part", name.as_str()), ("eve", &text::day(eve))];
        let words = here.words().fill(key, &values);
        // The same row on several ways to file is one thing to a reader.
        if !said.contains(&words) {
            said.push(words);
        }
    }
    let parts = said.join("; ");
    let name = procedure_name(here, id);
    let own = here.own == here.site.address(Route::Procedure(id));
    let pieces = if own {
        vec![Piece::text(&text::capital(&parts)), Piece::text(".")]
    } else {
        let values: [(&str, &[Piece]); 2] =
            [("procedure", &[name]), ("parts", &[Piece::text(&parts)])];
        here.words().pieces("change_parts", &values)
    };
    entry(tag(here, "tag_changes", "soon"), pieces)
}

/// "lệ phí “…”, 10.000 đồng".
pub(super) fn element_name(here: Here<'_>, id: ProcedureId, element: ElementId) -> String {
    let procedure = &here.catalogue()[id];
    let found = &procedure.elements[element.0 as usize];
    let kind = here.say(match found.kind {
        ElementKind::Channel => "part_channel",
        ElementKind::Time => "part_time",
        ElementKind::Fee => "part_fee",
        ElementKind::DossierItem => "part_dossier_item",
        ElementKind::Form => "part_form",
        ElementKind::Step => "part_step",
        ElementKind::Reception => "part_reception",
    });
    let mut named = kind.to_owned();
    let mut fees = procedure.channels.iter().flat_map(|channel| &channel.fees);
    let fee = fees.find(|fee| fee.element == element);
    let name = match fee {
        Some(fee) => fee.name.clone().unwrap_or_default(),
        None => found.name.clone(),
    };
    if !name.is_empty() {
        named = format!("{kind} “{name}”");
    }
    if let Some(fee) = fee {
        let amount = text::amount(here.words(), &fee.amount);
        named = format!("{named} ({})", text::small(&amount));
    }
    named
}

/// The changes of one procedure on the next day that it differs, for its own page.
pub(super) fn next_of(here: Here<'_>, id: ProcedureId) -> Option<ChangeDay> {
    let first = here.site.coming(id).next()?.day;
    // Another version that begins on the day belongs to the same sentence.
    let code = &here.catalogue()[id].code.value;
    let versions = here.catalogue().versions(code);
    let mut what: Vec<&What> = versions
        .flat_map(|(version, _)| here.site.coming(version))
        .filter(|change| change.day == first)
        .map(|change| &change.what)
        .collect();
    let is_announced = |what: &&What| match what {
        What::Appears(next) => here.site.assessment.procedure(*next).applies_from().is_some(),
        _ => false,
    };
    if what.iter().any(is_announced) {
        // The page has said so at its head.
        what.retain(|what| !matches!(what, What::Appears(_) | What::Goes(_)));
    }
    let mut entries = entries(here, first, &what);
    for entry in &mut entries {
        // On the page of the only procedure it touches, the list of procedures says nothing.
        entry.more.clear();
        entry.more_name = None;
    }
    entries.dedup();
    (!entries.is_empty()).then(|| ChangeDay { day: Day::new(first), entries })
}

/// The page of changes.
pub(super) fn page(here: Here<'_>, day: &Day) -> String {
    format!("{}#ngay-{}", here.href(Route::Changes), day.iso)
}
