//! Text to [`Catalogue`]: which file is what, in which order they are read, and what is left out.
//!
//! Three passes, files in parallel, results in the order of paths. Names first: what others refer to
//! gets its id before any record is read, so a record is read once, with ids in the place of names.
//! Then records. Then what only the whole can tell: codes, form files. A record that cannot be
//! understood is left out, one that can is kept; the report says which. Knows no day and no law.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::{FileId, FilePath, FileTree, Located, Span};
use crate::load::gate::Tabs;
use crate::load::names::{Candidate, Names};
use crate::load::reader::{Map, Reader, Value};
use crate::load::sort::{Sorted, Source};
use crate::load::tree::{Kind, Node};
use crate::model::decision::{Decision, DecisionId};
use crate::model::document::{Document, DocumentId};
use crate::model::procedure::Procedure;
use crate::model::registers::{
    Agency, AgencyId, Field, FieldId, FreePage, OfficeId, QualityReport,
};
use crate::model::site::Site;
use crate::model::{Catalogue, Slug};

mod decision;
mod document;
mod gate;
mod link;
mod names;
mod procedure;
mod reader;
mod registers;
mod scalar;
mod site;
mod sort;
mod syntax;
pub mod tree;

/// How many findings are kept of one file; where there are so many, the file itself is the mistake.
const FINDINGS_LIMIT: usize = 100;

/// Reads a catalogue. There is none only where `catalogue.yaml` is missing or cannot be read.
#[must_use]
pub fn load(files: &FileTree) -> (Option<Catalogue>, Report) {
    let mut report = Report::default();
    let sorted = sort::sort(files, &mut report);
    let mut names = Names::default();

    let site = site(&sorted, &mut report);
    let agencies = agencies(&sorted, &mut names, &mut report);
    let fields = fields(&sorted, &mut names, &mut report);
    let documents = trees(&sorted.documents, &mut report);
    let decisions = trees(&sorted.decisions, &mut report);
    name_documents(&documents, &sorted.documents, &mut names);
    name_decisions(&decisions, &sorted.decisions, &mut names);

    let documents: Vec<Document> = read(&documents, &names, &mut report, document::document);
    let decisions: Vec<Decision> = read(&decisions, &names, &mut report, decision::decision);
    let (procedures, codes) = procedures(&sorted.procedures, &names, &mut report);
    let life_events = read_all(&sorted.life_events, &names, &mut report, registers::life_event);
    let groups = read_all(&sorted.groups, &names, &mut report, registers::group);
    let terms = whole(sorted.terms.as_ref(), &names, &mut report, |read, root| {
        read.map(root, registers::terms)
    });
    let holidays = whole(sorted.holidays.as_ref(), &names, &mut report, |read, root| {
        Some(registers::holidays(read, root))
    });
    let reports = reports(&sorted, &names, &mut report);
    let pages = pages(&sorted.pages, &mut report);

    let references = procedures
        .iter()
        .flat_map(|procedure| {
            let related = &procedure.related;
            related.before.iter().chain(&related.after).chain(&related.see)
        })
        .chain(life_events.iter().flat_map(|event| &event.procedures))
        .chain(groups.iter().flat_map(|group| &group.procedures));
    add(&mut report, link::unknown_codes(references, &codes));
    let form_files = form_files(&procedures, &sorted.forms, files, &mut report);

    let catalogue = site.map(|site| Catalogue {
        site,
        documents,
        decisions,
        procedures,
        agencies,
        fields,
        life_events,
        groups,
        terms: terms.unwrap_or_default(),
        holidays: holidays.unwrap_or_default(),
        reports,
        pages,
        form_files,
    });
    (catalogue, report)
}

/// A record with its tree.
struct Record<'f> {
    slug: &'f Slug,
    file: FileId,
    root: Node<'f>,
}

/// A text of the catalogue as it may stand in a finding: its first line, not too long.
fn excerpt(text: &str) -> String {
    const LIMIT: usize = 60;
    let line = text.trim().lines().next().unwrap_or_default();
    match line.char_indices().nth(LIMIT) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

fn add(report: &mut Report, findings: Vec<Diagnostic>) {
    for finding in findings {
        report.push(finding);
    }
}

/// The tree of a YAML file.
fn tree<'f>(source: &Source<'f>) -> (Option<Node<'f>>, Vec<Diagnostic>) {
    let (text, mut findings) = gate::text(source.file, source.path, source.content, Tabs::Refused);
    let Some(text) = text else { return (None, findings) };
    let (root, more) = tree::parse(text, source.path);
    findings.extend(more);
    (root, findings)
}

/// The trees of records, without those that are no map; the report says why.
fn trees<'f>(sources: &'f [sort::Named<'f>], report: &mut Report) -> Vec<Record<'f>> {
    let read: Vec<_> = sources.par_iter().map(|named| tree(&named.source)).collect();
    let mut records = Vec::new();
    for (named, (root, findings)) in sources.iter().zip(read) {
        add(report, findings);
        let Some(root) = root else { continue };
        let file = named.source.file;
        if let Kind::Map(_) = root.kind {
            records.push(Record { slug: &named.slug, file, root });
        } else {
            let names = Names::default();
            let mut reader = Reader::new(&names);
            let value = Value { key: named.source.path.name(), node: &root };
            reader.map(value, |_| ());
            add(report, reader.findings());
        }
    }
    records
}

/// Reads records whose trees are there already, one for one.
fn read<T: Send>(
    records: &[Record<'_>],
    names: &Names,
    report: &mut Report,
    record: impl Fn(&mut Map<'_, '_, '_>, Slug) -> T + Sync,
) -> Vec<T> {
    let read: Vec<_> = records
        .par_iter()
        .map(|one| {
            let mut reader = Reader::new(names);
            let value = Value { key: one.slug.as_str(), node: &one.root };
            let made = reader.map(value, |map| record(map, one.slug.clone()));
            (made, reader.findings())
        })
        .collect();
    let mut made = Vec::new();
    for (one, findings) in read {
        add(report, findings);
        made.extend(one);
    }
    made
}

/// Reads records to which nothing refers; those that cannot be understood are left out.
fn read_all<T: Send>(
    sources: &[sort::Named<'_>],
    names: &Names,
    report: &mut Report,
    record: impl Fn(&mut Map<'_, '_, '_>, Slug) -> Option<T> + Sync,
) -> Vec<T> {
    let records = trees(sources, report);
    read(&records, names, report, record).into_iter().flatten().collect()
}

/// Reads a file that stands alone.
fn whole<T>(
    source: Option<&Source<'_>>,
    names: &Names,
    report: &mut Report,
    read: impl FnOnce(&mut Reader<'_>, Value<'_>) -> Option<T>,
) -> Option<T> {
    let source = source?;
    let (root, findings) = tree(source);
    add(report, findings);
    let root = root?;
    let mut reader = Reader::new(names);
    let made = read(&mut reader, Value { key: source.path.name(), node: &root });
    add(report, reader.findings());
    made
}

fn site(sorted: &Sorted<'_>, report: &mut Report) -> Option<Site> {
    if sorted.site.is_none() {
        report.push(Diagnostic::nowhere(Code::CatalogueMissing));
    }
    let names = Names::default();
    whole(sorted.site.as_ref(), &names, report, |read, root| read.map(root, site::site))
}

/// Agencies refer to each other by their file names, and offices become names once they are read.
fn agencies(sorted: &Sorted<'_>, names: &mut Names, report: &mut Report) -> Vec<Agency> {
    let records = trees(&sorted.agencies, report);
    for named in &sorted.agencies {
        names.agencies.leave_out(named.slug.as_str());
    }
    for (id, record) in (0..).map(AgencyId).zip(&records) {
        names.agencies.enter(record.slug.as_str(), id);
    }
    let read = read(&records, names, report, registers::read_agency);
    let mut places: BTreeMap<String, Span> = BTreeMap::new();
    let mut agencies = Vec::new();
    for (agency, (read, spans)) in (0..).map(AgencyId).zip(read) {
        for ((at, office), span) in (0..).zip(&read.offices).zip(spans) {
            if let Some(first) = places.get(&office.id) {
                report.push(registers::taken(&office.id, span, *first));
                continue;
            }
            places.insert(office.id.clone(), span);
            names.offices.enter(&office.id, OfficeId { agency, office: at });
        }
        agencies.push(read);
    }
    agencies
}

/// The fields of `fields.yaml`. A catalogue without that file has its folders for fields.
fn fields(sorted: &Sorted<'_>, names: &mut Names, report: &mut Report) -> Vec<Field> {
    let fields = match &sorted.fields {
        Some(source) => {
            whole(Some(source), names, report, |read, root| Some(registers::fields(read, root)))
                .unwrap_or_default()
        }
        None => folders(sorted),
    };
    for (id, field) in (0..).map(FieldId).zip(&fields) {
        names.fields.enter(field.slug.as_str(), id);
    }
    fields
}

fn folders(sorted: &Sorted<'_>) -> Vec<Field> {
    let mut seen = BTreeSet::new();
    let mut fields = Vec::new();
    for named in &sorted.procedures {
        let folder = named.source.path.as_str().split('/').nth(1).and_then(Slug::new);
        if let Some(slug) = folder.filter(|slug| seen.insert(slug.clone())) {
            let span = Span::head(named.source.file);
            fields.push(Field { name: slug.to_string(), slug, order: None, span });
        }
    }
    fields
}

fn name_documents(records: &[Record<'_>], all: &[sort::Named<'_>], names: &mut Names) {
    for named in all {
        names.documents.leave_out(named.slug.as_str());
    }
    for (id, record) in (0..).map(DocumentId).zip(records) {
        let number = record.root.get("number");
        names.documents.enter(candidate(id, record), number.and_then(Node::text));
    }
}

fn name_decisions(records: &[Record<'_>], all: &[sort::Named<'_>], names: &mut Names) {
    for named in all {
        names.decisions.leave_out(named.slug.as_str());
    }
    for (id, record) in (0..).map(DecisionId).zip(records) {
        let number = record.root.get("number");
        names.decisions.enter(candidate(id, record), number.and_then(Node::text));
    }
}

fn candidate<I>(id: I, record: &Record<'_>) -> Candidate<I> {
    let span = record.root.get("number").map_or(Span::head(record.file), |number| number.span);
    Candidate { id, slug: record.slug.clone(), span }
}

/// Reads procedures, each tree dropped as soon as it is read: they are most of a catalogue. Beside
/// them the codes of all, also of those that are left out.
fn procedures(
    sources: &[sort::Named<'_>],
    names: &Names,
    report: &mut Report,
) -> (Vec<Procedure>, BTreeSet<String>) {
    let read: Vec<_> = sources
        .par_iter()
        .map(|named| {
            let (root, mut findings) = tree(&named.source);
            let Some(root) = root else { return (None, None, findings) };
            let code = root.get("code").and_then(Node::text).map(str::to_owned);
            let mut reader = Reader::new(names);
            let value = Value { key: named.source.path.name(), node: &root };
            let slug = named.slug.clone();
            let made = reader.map(value, |map| procedure::procedure(map, slug)).flatten();
            findings.extend(reader.findings());
            (made, code, findings)
        })
        .collect();
    let mut procedures = Vec::new();
    let mut codes = BTreeSet::new();
    for (procedure, code, findings) in read {
        procedures.extend(procedure);
        codes.extend(code);
        add(report, findings);
    }
    (procedures, codes)
}

fn reports(sorted: &Sorted<'_>, names: &Names, report: &mut Report) -> Vec<QualityReport> {
    let mut reports = Vec::new();
    for (source, month) in &sorted.reports {
        reports.extend(whole(Some(source), names, report, |read, root| {
            read.map(root, |map| registers::report(map, *month))
        }));
    }
    reports.sort_by_key(|report| report.month);
    reports
}

fn pages(sources: &[sort::Named<'_>], report: &mut Report) -> Vec<FreePage> {
    let mut pages = Vec::new();
    for named in sources {
        let Source { file, path, content } = named.source;
        let (text, findings) = gate::text(file, path, content, Tabs::Allowed);
        add(report, findings);
        let Some(text) = text else { continue };
        match registers::page(&text, path.name(), named.slug.clone()) {
            Ok(page) => pages.push(page),
            Err(finding) => report.push(finding),
        }
    }
    pages
}

/// The files that procedures refer to. One that is named and not there is a mistake, one that is
/// there and not named is most likely a form that was replaced.
fn form_files(
    procedures: &[Procedure],
    forms: &[Source<'_>],
    files: &FileTree,
    report: &mut Report,
) -> BTreeMap<FilePath, FileId> {
    let mut used = BTreeMap::new();
    let written = procedures.iter().flat_map(|procedure| &procedure.forms);
    for Located { value: path, span } in written.filter_map(|form| form.file.as_ref()) {
        if let Some(file) = files.find(path.as_str()) {
            used.insert(path.clone(), file);
        } else {
            let known = forms.iter().map(|form| form.path.as_str());
            let near = names::nearest(path.as_str(), known);
            let near = near.map(|near| near.trim_start_matches("forms/").to_owned());
            let finding = Diagnostic::new(Code::FormFileMissing, *span);
            report.push(finding.with("path", excerpt(path.as_str())).near(near));
        }
    }
    for form in forms {
        if let Some(refused) = gate::sealed(form.file, form.path, form.content, gate::FORM_LIMIT) {
            report.push(refused);
        } else if !used.contains_key(form.path) {
            let finding = Diagnostic::new(Code::FormFileUnused, Span::head(form.file));
            report.push(finding.with("path", form.path.as_str()));
        }
    }
    used
}
