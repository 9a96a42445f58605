//! References: a name in a record becomes the id of what it names, or a finding. What refers to
//! procedures and to form files is looked up at the end, when all of them are known.
//!
//! Law wants one thing to be a fact and no mistake of the text: a basis or a cause that the register
//! does not hold. It is kept as it was written, and `check` judges it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Repair, Report};
use crate::files::{FileId, FilePath, FileTree, Located, Span};
use crate::load::names::{Candidate, Found, nearest};
use crate::load::reader::{
    Map, Reader, Value, last_day, located, provision, validity, verbatim, word,
};
use crate::load::sort::{Source, taken};
use crate::load::tree::Kind;
use crate::load::{FINDINGS_LIMIT, excerpt, gate};
use crate::model::agency::{AgencyId, FieldId, OfficeId};
use crate::model::citation::{Citation, Cited, Exemption, Role};
use crate::model::date::Window;
use crate::model::decision::{Cause, DecisionId};
use crate::model::document::DocumentId;
use crate::model::number::{NumberKey, is_decision};
use crate::model::procedure::Procedure;
use crate::model::prose::Prose;
use crate::model::registers::Translation;
use crate::model::{Catalogue, Slug};

const ROLES: [(Role, &str); 2] = [(Role::Main, "main"), (Role::Supporting, "supporting")];

/// Translations, each text once. One of a text that stands nowhere is left out: the text was changed, or went.
pub(super) fn translations(
    found: Vec<Translation>,
    catalogue: &Catalogue,
    report: &mut Report,
) -> Vec<Translation> {
    if found.is_empty() {
        return found;
    }
    let texts = catalogue.said().into_iter().map(Translation::key);
    let texts: BTreeSet<String> = texts.collect();
    let titles = catalogue.document_titles();
    let mut places: BTreeMap<String, Span> = BTreeMap::new();
    let mut kept = Vec::new();
    for translation in found {
        if let Some(first) = places.get(&translation.of) {
            report.push(taken(&translation.of, translation.span, *first));
        } else if texts.contains(&translation.of) {
            places.insert(translation.of.clone(), translation.span);
            let is_title = titles.contains(&translation.of);
            kept.push(Translation { is_title, ..translation });
        } else {
            let finding = Diagnostic::new(Code::TranslationUnused, translation.span);
            report.push(finding.with("text", excerpt(&translation.of)));
        }
    }
    kept
}

/// A translation is Markdown where what it translates is, and plain where that is plain: which it is stands on
/// neither side of the pair.
pub(super) fn manner(translations: &[Translation], prose: &mut [Prose]) {
    if translations.is_empty() {
        return;
    }
    let of: BTreeMap<Span, &str> =
        translations.iter().map(|it| (it.text.span, it.of.as_str())).collect();
    let own = prose.iter().filter(|text| text.is_markdown && !of.contains_key(&text.span));
    let markdown: BTreeSet<String> = own.map(|text| Translation::key(&text.text)).collect();
    for text in prose {
        if let Some(of) = of.get(&text.span) {
            text.is_markdown = markdown.contains(*of);
        }
    }
}

/// An agency, by its id.
pub(super) fn agency(read: &mut Reader, value: Value) -> Option<AgencyId> {
    let name = located(read, value)?;
    let agencies = &read.names.agencies;
    by_id(read, &name, agencies.find(&name.value), Code::AgencyUnknown, || {
        agencies.nearest(&name.value)
    })
}

/// A field, by its id.
pub(super) fn field(read: &mut Reader, value: Value) -> Option<FieldId> {
    let name = located(read, value)?;
    let fields = &read.names.fields;
    by_id(read, &name, fields.find(&name.value), Code::FieldUnknown, || fields.nearest(&name.value))
}

/// An office of some agency, by its id.
pub(super) fn office(read: &mut Reader, value: Value) -> Option<OfficeId> {
    let name = located(read, value)?;
    let offices = &read.names.offices;
    by_id(read, &name, offices.find(&name.value), Code::OfficeUnknown, || {
        offices.nearest(&name.value)
    })
}

fn by_id<I: Copy>(
    read: &mut Reader,
    name: &Located<String>,
    found: Found<'_, I>,
    code: Code,
    near: impl FnOnce() -> Option<String>,
) -> Option<I> {
    match found {
        Found::One(id) => Some(id),
        Found::Nothing => {
            let finding = Diagnostic::new(code, name.span).with("id", excerpt(&name.value));
            read.say_near(finding, near);
            None
        }
        Found::Several(_) | Found::LeftOut => None,
    }
}

/// A document that must be in the register: what an act touches, what a text implements.
pub(super) fn target(read: &mut Reader, value: Value) -> Option<Located<DocumentId>> {
    let name = located(read, value)?;
    let documents = &read.names.documents;
    let id = match documents.find(&name.value) {
        Found::One(id) => id,
        Found::Several(candidates) => ambiguous(read, &name, candidates),
        Found::LeftOut => return None,
        Found::Nothing => {
            let finding = Diagnostic::new(Code::TargetUnknown, name.span);
            let mended = documents.respelled(&name.value);
            let mended = mended.map(|value| Repair::Value { at: name.span, value }.into());
            let finding = finding.with("number", excerpt(&name.value)).fixed_by(mended);
            read.say_near(finding, || documents.nearest(&name.value));
            return None;
        }
    };
    Some(Located { value: id, span: name.span })
}

/// A document that may be missing from the register.
fn document(read: &mut Reader, value: Value) -> Option<Located<Result<DocumentId, String>>> {
    let name = located(read, value)?;
    let found = match read.names.documents.find(&name.value) {
        Found::One(id) => Ok(id),
        Found::Several(candidates) => Ok(ambiguous(read, &name, candidates)),
        Found::LeftOut | Found::Nothing => Err(name.value),
    };
    Some(Located { value: found, span: name.span })
}

/// The legal document behind an item of a decision.
pub(super) fn cause(read: &mut Reader, value: Value) -> Option<Located<Cause>> {
    let document = document(read, value)?;
    let cause = document.value.map_or_else(Cause::Unknown, Cause::Known);
    Some(Located { value: cause, span: document.span })
}

/// A decision: the one of this catalogue, or its number.
pub(super) fn decision(read: &mut Reader, value: Value) -> Option<Result<DecisionId, String>> {
    let name = located(read, value)?;
    Some(match read.names.decisions.find(&name.value) {
        Found::One(id) => Ok(id),
        Found::Several(candidates) => Ok(ambiguous(read, &name, candidates)),
        Found::LeftOut | Found::Nothing => {
            announcing(read, &name, true);
            Err(name.value)
        }
    })
}

/// Says it where a number cannot be that of an announcing decision: such a number is printed as that of
/// something that lives. One without a year may be shared with an older document of the register, but only
/// a decision that has a file tells so.
pub(super) fn announcing(read: &mut Reader, name: &Located<String>, is_bare: bool) {
    let is_held = !matches!(read.names.documents.find(&name.value), Found::Nothing);
    let is_taken = is_held && (is_bare || NumberKey::new(&name.value).has_year());
    if is_taken || !is_decision(&name.value) {
        let finding = Diagnostic::new(Code::NotAnnouncing, name.span);
        read.say(finding.with("number", excerpt(&name.value)));
    }
}

/// Says that a number is ambiguous, and goes on with the first, so that nothing else is said of it.
fn ambiguous<I: Copy>(read: &mut Reader, name: &Located<String>, candidates: &[Candidate<I>]) -> I {
    // More than a few candidates help nobody to choose.
    let few = &candidates[..candidates.len().min(6)];
    let known: Vec<&str> = few.iter().map(|candidate| candidate.slug.as_str()).collect();
    let mut finding = Diagnostic::new(Code::NumberAmbiguous, name.span)
        .with("number", excerpt(&name.value))
        .with("known", known.join(", "));
    for candidate in few {
        finding = finding.note(Note::at(Remark::Candidate, candidate.span));
    }
    read.say(finding);
    candidates[0].id
}

/// The key `legal_basis`: citations as maps, or bare numbers.
pub(super) fn legal_basis(map: &mut Map) -> Vec<Citation> {
    map.list("legal_basis", |read, value| {
        if let Kind::Map(_) = value.node.kind {
            return read.map(value, citation).flatten();
        }
        let document = document(read, value)?;
        Some(Citation {
            document: cited(document.value),
            provisions: Vec::new(),
            provision_spans: Vec::new(),
            role: Role::default(),
            validity: Window::default(),
            exemption: None,
            span: document.span,
        })
    })
}

fn citation(map: &mut Map) -> Option<Citation> {
    let document = map.required("document", document);
    let provisions = map
        .one_or_list("provisions", |read, value| Some((provision(read, value)?, value.node.span)));
    let (provisions, provision_spans) = provisions.into_iter().unzip();
    let role = map.optional("role", word(&ROLES)).unwrap_or_default();
    let exemption = map.optional("exemption", |read, value| read.map(value, exemption).flatten());
    let validity = validity(map);
    let Located { value, span } = document?;
    Some(Citation {
        document: cited(value),
        provisions,
        provision_spans,
        role,
        validity,
        exemption,
        span,
    })
}

fn exemption(map: &mut Map) -> Option<Exemption> {
    let reason = map.required("reason", statement);
    let until = map.required("last_day", last_day);
    let approved_by = map.required("approved_by", statement);
    let span = map.span();
    // Without its reason or its approver it is kept, so that the text is not called ended as well: what
    // is missing has been said, and keeps a site from being made.
    let (reason, approved_by) = (reason.unwrap_or_default(), approved_by.unwrap_or_default());
    Some(Exemption { reason, approved_by, until: until?, span })
}

/// Text that says something: a leave that nobody gave a reason for, or that nobody gave, is no leave.
fn statement(read: &mut Reader, value: Value) -> Option<String> {
    let text = verbatim(read, value)?;
    if is_placeholder(&text) {
        let finding = Diagnostic::new(Code::ExemptionPlaceholder, value.node.span);
        read.say(finding.with("key", value.key).with("text", excerpt(&text)));
        return None;
    }
    Some(text)
}

/// Whether a text only keeps a place free for one: signs without letters, one letter over and over, or
/// a word for what is still to be written.
fn is_placeholder(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "todo",
        "tbd",
        "tba",
        "fixme",
        "n/a",
        "none",
        "null",
        "unknown",
        "chưa có",
        "chưa rõ",
        "chưa biết",
        "không rõ",
        "bổ sung sau",
        "điền sau",
    ];
    let text = text.to_lowercase();
    let said = text.trim_matches(|c: char| !c.is_alphanumeric());
    let mut letters = said.chars().filter(|c| c.is_alphabetic());
    let first = letters.next();
    let has_two = letters.any(|letter| Some(letter) != first);
    let opens_with = |word: &str| {
        said.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    !has_two || WORDS.contains(&said) || ["todo", "tbd", "fixme"].into_iter().any(opens_with)
}

fn cited(document: Result<DocumentId, String>) -> Cited {
    document.map_or_else(Cited::Unknown, Cited::Known)
}

/// Looks all references by code up, when the codes are known.
pub(super) fn codes<'a>(
    references: impl IntoIterator<Item = &'a Located<String>>,
    codes: &BTreeSet<String>,
) -> Report {
    let mut report = Report::default();
    let mut said = Said::default();
    for Located { value: code, span } in references {
        // No code is near another: codes that differ in one digit are different procedures.
        if !codes.contains(code) && said.may_say(span.file) {
            let finding = Diagnostic::new(Code::ProcedureUnknown, *span);
            report.push(finding.with("code", excerpt(code)));
        }
    }
    report
}

/// How much was said of each file, so that no file fills a report by itself.
#[derive(Default)]
struct Said {
    n_of_file: BTreeMap<FileId, usize>,
}

impl Said {
    fn may_say(&mut self, file: FileId) -> bool {
        let n_said = self.n_of_file.entry(file).or_default();
        *n_said += 1;
        *n_said <= FINDINGS_LIMIT
    }
}

/// Former names of records, looked at when all names are known. One that a record still bears, or that two
/// records had, leads nowhere in particular: it is dropped.
pub(super) struct Formers<'r> {
    report: &'r mut Report,
    said: Said,
}

impl<'r> Formers<'r> {
    pub(super) fn new(report: &'r mut Report) -> Self {
        Self { report, said: Said::default() }
    }

    /// Looks at all records of one kind, whose names are `taken`.
    pub(super) fn check<'a>(
        &mut self,
        mut taken: BTreeMap<Slug, Span>,
        records: impl Iterator<Item = &'a mut Vec<Located<Slug>>>,
    ) {
        for former_ids in records {
            former_ids.retain(|former| {
                let Located { value: id, span } = former;
                let Some(first) = taken.get(id) else {
                    taken.insert(id.clone(), *span);
                    return true;
                };
                if self.said.may_say(span.file) {
                    let finding = Diagnostic::new(Code::FormerIdTaken, *span);
                    let finding = finding.with("id", excerpt(id.as_str()));
                    self.report.push(finding.note(Note::at(Remark::OtherHere, *first)));
                }
                false
            });
        }
    }
}

/// The files that procedures refer to. One that is named and not there is a mistake, one that is
/// there and not named is most likely a form that was replaced.
pub(super) fn form_files(
    procedures: &[Arc<Procedure>],
    forms: &[Source<'_>],
    files: &FileTree,
    report: &mut Report,
) -> BTreeMap<FilePath, FileId> {
    let mut used = BTreeMap::new();
    let mut said = Said::default();
    let written = procedures.iter().flat_map(|procedure| &procedure.forms);
    for Located { value: path, span } in written.filter_map(|form| form.file.as_ref()) {
        if let Some(file) = files.find(path.as_str()) {
            used.insert(path.clone(), file);
        } else if said.may_say(span.file) {
            let known = forms.iter().map(|form| form.path.as_str());
            let near = nearest(path.as_str(), known);
            let near = near.and_then(|near| near.strip_prefix("forms/").map(str::to_owned));
            let finding = Diagnostic::new(Code::FormFileMissing, *span);
            report.push(finding.with("path", excerpt(path.as_str())).near(near));
        }
    }
    for Source { file, path, content } in forms {
        let refused = gate::unread(*file, path, content)
            .or_else(|| gate::too_large(*file, path, content, gate::FORM_LIMIT));
        if let Some(refused) = refused {
            report.push(refused);
        } else if !used.contains_key(*path) {
            let finding = Diagnostic::new(Code::FormFileUnused, Span::head(*file));
            report.push(finding.with("path", path.as_str()));
        }
    }
    used
}
