//! References: a name in a record becomes the id of what it names, or a finding.
//!
//! Law wants one thing to be a fact and no mistake of the text: a basis or a cause that the register
//! does not hold. It is kept as it was written, and `check` judges it.

use std::collections::BTreeSet;

use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note};
use crate::files::{Located, Span};
use crate::load::excerpt;
use crate::load::names::{Candidate, Found, nearest};
use crate::load::reader::{Map, Reader, Value, last_day, located, provision, text, validity, word};
use crate::load::tree::Kind;
use crate::model::citation::{Citation, Cited, Exemption, Role};
use crate::model::date::Window;
use crate::model::decision::{Cause, DecisionId};
use crate::model::document::DocumentId;
use crate::model::registers::{AgencyId, FieldId, OfficeId};

const ROLES: [(Role, &str); 2] = [(Role::Main, "main"), (Role::Supporting, "supporting")];

/// An agency, by its id.
pub(super) fn agency(read: &mut Reader<'_>, value: Value<'_>) -> Option<AgencyId> {
    let name = located(read, value)?;
    let agencies = &read.names.agencies;
    by_id(read, &name, agencies.find(&name.value), Code::AgencyUnknown, || {
        agencies.nearest(&name.value)
    })
}

/// A field, by its id.
pub(super) fn field(read: &mut Reader<'_>, value: Value<'_>) -> Option<FieldId> {
    let name = located(read, value)?;
    let fields = &read.names.fields;
    by_id(read, &name, fields.find(&name.value), Code::FieldUnknown, || fields.nearest(&name.value))
}

/// An office of some agency, by its id.
pub(super) fn office(read: &mut Reader<'_>, value: Value<'_>) -> Option<OfficeId> {
    let name = located(read, value)?;
    let offices = &read.names.offices;
    by_id(read, &name, offices.find(&name.value), Code::OfficeUnknown, || {
        offices.nearest(&name.value)
    })
}

fn by_id<I: Copy>(
    read: &mut Reader<'_>,
    name: &Located<String>,
    found: Found<'_, I>,
    code: Code,
    near: impl FnOnce() -> Option<String>,
) -> Option<I> {
    match found {
        Found::One(id) => Some(id),
        Found::Nothing => {
            let finding = Diagnostic::new(code, name.span).with("id", excerpt(&name.value));
            read.say(finding.near(near()));
            None
        }
        Found::Several(_) | Found::LeftOut => None,
    }
}

/// A document that must be in the register: what an act touches, what a text implements.
pub(super) fn target(read: &mut Reader<'_>, value: Value<'_>) -> Option<Located<DocumentId>> {
    let name = located(read, value)?;
    let documents = &read.names.documents;
    let id = match documents.find(&name.value) {
        Found::One(id) => id,
        Found::Several(candidates) => ambiguous(read, &name, candidates),
        Found::LeftOut => return None,
        Found::Nothing => {
            let finding = Diagnostic::new(Code::TargetUnknown, name.span);
            let near = documents.nearest(&name.value);
            read.say(finding.with("number", excerpt(&name.value)).near(near));
            return None;
        }
    };
    Some(Located { value: id, span: name.span })
}

/// A document that may be missing from the register.
fn document(
    read: &mut Reader<'_>,
    value: Value<'_>,
) -> Option<Located<Result<DocumentId, String>>> {
    let name = located(read, value)?;
    let found = match read.names.documents.find(&name.value) {
        Found::One(id) => Ok(id),
        Found::Several(candidates) => Ok(ambiguous(read, &name, candidates)),
        Found::LeftOut | Found::Nothing => Err(name.value),
    };
    Some(Located { value: found, span: name.span })
}

/// The legal document behind an item of a decision.
pub(super) fn cause(read: &mut Reader<'_>, value: Value<'_>) -> Option<Located<Cause>> {
    let document = document(read, value)?;
    let cause = document.value.map_or_else(Cause::Unknown, Cause::Known);
    Some(Located { value: cause, span: document.span })
}

/// A decision: the one of this catalogue, or its number.
pub(super) fn decision(
    read: &mut Reader<'_>,
    value: Value<'_>,
) -> Option<Result<DecisionId, String>> {
    let name = located(read, value)?;
    Some(match read.names.decisions.find(&name.value) {
        Found::One(id) => Ok(id),
        Found::Several(candidates) => Ok(ambiguous(read, &name, candidates)),
        Found::LeftOut | Found::Nothing => Err(name.value),
    })
}

/// Says that a number is ambiguous, and goes on with the first, so that nothing else is said of it.
fn ambiguous<I: Copy>(
    read: &mut Reader<'_>,
    name: &Located<String>,
    candidates: &[Candidate<I>],
) -> I {
    let known: Vec<&str> = candidates.iter().map(|candidate| candidate.slug.as_str()).collect();
    let mut finding = Diagnostic::new(Code::NumberAmbiguous, name.span)
        .with("number", excerpt(&name.value))
        .with("known", known.join(", "));
    for candidate in candidates {
        finding = finding.note(Note::at(Remark::Candidate, candidate.span));
    }
    read.say(finding);
    candidates[0].id
}

/// The key `legal_basis`: citations as maps, or bare numbers.
pub(super) fn legal_basis(map: &mut Map<'_, '_, '_>) -> Vec<Citation> {
    map.list("legal_basis", |read, value| match value.node.kind {
        Kind::Map(_) => read.map(value, citation).flatten(),
        _ => {
            let document = document(read, value)?;
            Some(Citation {
                document: cited(document.value),
                provisions: Vec::new(),
                role: Role::default(),
                validity: Window::default(),
                exemption: None,
                span: document.span,
            })
        }
    })
}

fn citation(map: &mut Map<'_, '_, '_>) -> Option<Citation> {
    let document = map.required("document", document);
    let provisions = map.one_or_list("provisions", provision);
    let role = map.optional("role", word(&ROLES)).unwrap_or_default();
    let exemption = map.optional("exemption", |read, value| read.map(value, exemption).flatten());
    let validity = validity(map);
    let Located { value, span } = document?;
    Some(Citation { document: cited(value), provisions, role, validity, exemption, span })
}

fn exemption(map: &mut Map<'_, '_, '_>) -> Option<Exemption> {
    let reason = map.required("reason", text);
    let until = map.required("last_day", last_day);
    let approved_by = map.required("approved_by", text);
    let span = map.span();
    Some(Exemption { reason: reason?, approved_by: approved_by?, until: until?, span })
}

fn cited(document: Result<DocumentId, String>) -> Cited {
    document.map_or_else(Cited::Unknown, Cited::Known)
}

/// Codes that no procedure of the catalogue has.
pub(super) fn unknown_codes<'a>(
    references: impl IntoIterator<Item = &'a Located<String>>,
    codes: &BTreeSet<String>,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for Located { value: code, span } in references {
        if !codes.contains(code) {
            findings.push(unknown_code(code, *span, codes));
        }
    }
    findings
}

fn unknown_code(code: &str, span: Span, codes: &BTreeSet<String>) -> Diagnostic {
    Diagnostic::new(Code::ProcedureUnknown, span)
        .with("code", excerpt(code))
        .near(nearest(code, codes.iter().map(String::as_str)))
}
