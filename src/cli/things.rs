//! What things are called on the terminal and in JSON, and where they are written: file and line.

use serde_json::{Value, json};

use crate::files::{FileTree, Span};
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::agency::OfficeId;
use crate::model::date::{self, Date};
use crate::model::procedure::{ElementKind, ProcedureId};
use crate::validity::procedure::CitationState;
use crate::validity::published::Thing;
use crate::validity::standing::Force;

/// The files in which things are written, and what stands before their paths.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) files: &'a FileTree,
    pub(super) folder: &'a str,
}

impl Source<'_> {
    /// File and line, for people.
    pub(super) fn place(self, span: Span) -> String {
        let (line, _) = self.files.position(span.file, span.start);
        format!("{}{}:{line}", self.folder, self.files.path(span.file))
    }

    /// Adds file, line and column, for programs.
    pub(super) fn put(self, span: Option<Span>, mut object: Value) -> Value {
        if let (Some(span), Some(fields)) = (span, object.as_object_mut()) {
            let (line, column) = self.files.position(span.file, span.start);
            let file = format!("{}{}", self.folder, self.files.path(span.file));
            fields.extend([
                ("file".to_owned(), json!(file)),
                ("line".to_owned(), json!(line)),
                ("column".to_owned(), json!(column)),
            ]);
        }
        object
    }
}

/// Where a thing is written.
pub(super) fn span(catalogue: &Catalogue, thing: Thing) -> Span {
    match thing {
        Thing::Procedure(id) => catalogue[id].span(),
        Thing::Group(group) => catalogue.groups[group].span,
        Thing::Element(id, element) => catalogue[id].elements[element.0 as usize].span,
        Thing::Citation(id, place) => catalogue[id].legal_basis[place].span,
        Thing::Agency(agency) | Thing::Office(OfficeId { agency, .. }) => catalogue[agency].span,
    }
}

/// The file's stem of a thing, or of what it is a part of; the id of an office.
pub(super) fn id(catalogue: &Catalogue, thing: Thing) -> &str {
    match thing {
        Thing::Procedure(id) | Thing::Element(id, _) | Thing::Citation(id, _) => {
            catalogue[id].slug.as_str()
        }
        Thing::Group(group) => catalogue.groups[group].slug.as_str(),
        Thing::Agency(agency) => catalogue[agency].slug.as_str(),
        Thing::Office(office) => &catalogue[office].id,
    }
}

/// A thing's name; of a part with the procedure before it.
pub(super) fn name(catalogue: &Catalogue, thing: Thing) -> String {
    let procedure = |id: ProcedureId| {
        let procedure = &catalogue[id];
        format!("{} {}", procedure.code.value, procedure.heading())
    };
    match thing {
        Thing::Procedure(id) => procedure(id),
        Thing::Group(group) => catalogue.groups[group].name.clone(),
        Thing::Element(id, element) => {
            format!("{}: {}", procedure(id), catalogue[id].elements[element.0 as usize].name)
        }
        Thing::Citation(id, place) => {
            let citation = &catalogue[id].legal_basis[place];
            let label = catalogue.cited_label(&citation.document);
            let provisions: Vec<String> =
                citation.provisions.iter().map(|part| format!(", {part}")).collect();
            format!("{}: {label}{}", procedure(id), provisions.concat())
        }
        Thing::Agency(agency) => catalogue[agency].name.clone(),
        Thing::Office(office) => catalogue[office].name.clone(),
    }
}

/// What kind of thing it is, for programs.
pub(super) fn key(catalogue: &Catalogue, thing: Thing) -> &'static str {
    kind(catalogue, thing).0
}

/// What kind of thing it is, for people.
pub(super) fn kind_said(catalogue: &Catalogue, thing: Thing, language: Language) -> &'static str {
    language.pick(kind(catalogue, thing).1)
}

fn kind(catalogue: &Catalogue, thing: Thing) -> (&'static str, [&'static str; 2]) {
    match thing {
        Thing::Procedure(_) => ("procedure", ["thủ tục", "procedure"]),
        Thing::Group(_) => ("group", ["nhóm liên thông", "joint group"]),
        Thing::Citation(..) => ("citation", ["căn cứ", "legal basis"]),
        Thing::Agency(_) => ("agency", ["cơ quan", "agency"]),
        Thing::Office(_) => ("office", ["nơi tiếp nhận", "office"]),
        Thing::Element(id, element) => match catalogue[id].elements[element.0 as usize].kind {
            ElementKind::Channel => ("channel", ["cách thức nộp", "channel"]),
            ElementKind::Time => ("time", ["thời hạn", "time limit"]),
            ElementKind::Fee => ("fee", ["phí, lệ phí", "fee"]),
            ElementKind::DossierItem => ("paper", ["giấy tờ", "paper"]),
            ElementKind::Form => ("form", ["biểu mẫu", "form"]),
            ElementKind::Step => ("step", ["bước", "step"]),
            ElementKind::Reception => ("reception", ["nơi tiếp nhận", "place to file"]),
        },
    }
}

/// A force, for programs.
pub(super) fn force_key(force: Force) -> &'static str {
    match force {
        Force::NotYet => "not-yet",
        Force::NotYetButInPart => "not-yet-but-in-part",
        Force::InForce => "in-force",
        Force::InForceInPart => "in-force-in-part",
        Force::PartlyEnded => "partly-ended",
        Force::Suspended => "suspended",
        Force::PartlySuspended => "partly-suspended",
        Force::Ended => "ended",
        Force::EndedExcept => "ended-except",
        Force::Withdrawn => "withdrawn",
        Force::Unknown => "unknown",
        Force::NotItsOwn => "not-its-own",
    }
}

/// How a citation stands, for programs.
pub(super) fn state_key(state: &CitationState) -> &'static str {
    match state {
        CitationState::InForce => "in-force",
        CitationState::Exempt => "exempt",
        CitationState::BeforeWindow => "before-window",
        CitationState::AfterWindow => "after-window",
        CitationState::NotYet => "not-yet",
        CitationState::Suspended => "suspended",
        CitationState::Ended => "ended",
        CitationState::ProvisionEnded(_) => "provision-ended",
        CitationState::ProvisionUnclear(_) => "provision-unclear",
        CitationState::Unknown => "unknown",
        CitationState::NotInRegister => "not-in-register",
        CitationState::NotNormative => "not-normative",
    }
}

/// A day, for people.
pub(super) fn day_said(day: Date, language: Language) -> String {
    match language {
        Language::Vietnamese => date::vietnamese(day),
        Language::English => day.to_string(),
    }
}
