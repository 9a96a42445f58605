//! Text to [`Catalogue`]: which file is what, in which order they are read, and what is left out.
//!
//! Three passes, files in parallel, results in the order of paths. Names first: what others refer to
//! gets its id before any record is read, so a record is read once, with ids in the place of names.
//! Then records. Then what only the whole can tell: codes, form files. A record that cannot be
//! understood is left out, one that can is kept; the report says which. Knows no day and no law.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::code::Code;
use crate::diagnostic::excerpt;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::{FileId, FilePath, FileTree, Located, Span};
use crate::language::Language;
use crate::load::gate::{Tabs, Text};
use crate::load::link::Formers;
use crate::load::names::{Candidate, Names, Numbered};
use crate::load::reader::{Map, Reader, Value};
use crate::load::sort::{Named, Sorted, Source};
use crate::load::tree::{Kind, Node};
use crate::model::agency::{Agency, AgencyId, Field, FieldId, OfficeId};
use crate::model::decision::DecisionId;
use crate::model::document::DocumentId;
use crate::model::procedure::{Procedure, ProcedureId};
use crate::model::prose::{Owner, Prose};
use crate::model::registers::{FreePage, QualityReport, Translation};
use crate::model::site::Site;
use crate::model::{Catalogue, Codes, Slug};

mod decision;
mod document;
mod gate;
mod link;
mod memo;
mod names;
mod procedure;
mod reader;
mod registers;
pub mod scalar;
mod site;
mod sort;
mod syntax;
mod touch;
pub mod tree;

pub use memo::Memo;
use memo::Read;
pub use procedure::is_code;
pub use touch::Touch;

/// How many findings are kept of one file; where there are so many, the file itself is the mistake.
const FINDINGS_LIMIT: usize = 100;

/// Reads a catalogue. There is none only where `catalogue.yaml` is missing or cannot be read.
#[must_use]
pub fn load(files: &FileTree) -> (Option<Catalogue>, Report) {
    read(files, None)
}

/// The same, a file of a procedure only where it was not read before.
#[must_use]
pub fn load_again(files: &FileTree, memo: &mut Memo) -> (Option<Catalogue>, Report) {
    read(files, Some(memo))
}

fn read(files: &FileTree, memo: Option<&mut Memo>) -> (Option<Catalogue>, Report) {
    let mut report = Report::default();
    let sorted = sort::sort(files, &mut report);
    let mut loading = Loading { files, names: Names::default(), report, prose: Vec::new() };

    let site = loading.site(&sorted);
    let mut agencies = loading.agencies(&sorted);
    let mut fields = loading.fields(&sorted);
    let documents = loading.trees(&sorted.documents);
    let decisions = loading.trees(&sorted.decisions);
    name(&mut loading.names.documents, DocumentId, &sorted.documents, &documents);
    name(&mut loading.names.decisions, DecisionId, &sorted.decisions, &decisions);

    // What the register and the decisions say in words is theirs, and no prose of the site.
    let mut documents = firsts(loading.records(&documents, document::document));
    let decisions = firsts(loading.records(&decisions, decision::decision));
    let (mut procedures, codes) = loading.procedures(&sorted.procedures, memo);
    let life_events = loading.trees(&sorted.life_events);
    let mut life_events = loading.owned(&life_events, registers::life_event, |_| Owner::Site);
    let groups = loading.trees(&sorted.groups);
    let mut groups = loading.owned(&groups, registers::group, Owner::Group);
    let terms = loading.alone(sorted.terms, |read, root| read.map(root, registers::terms));
    let holidays =
        loading.alone(sorted.holidays, |read, root| Some(registers::holidays(read, root)));
    let reports = loading.reports(&sorted);
    let mut pages = loading.pages(&sorted);
    let language = site.as_ref().map(|site| site.language).unwrap_or_default();
    let translations = loading.translations(&sorted, language);

    let Loading { mut report, mut prose, .. } = loading;
    let mut formers = Formers::new(&mut report);
    // What has none is shared with who reads again.
    let former = procedures.iter_mut().filter(|it| !it.former_ids.is_empty());
    let former = former.map(|it| &mut Arc::make_mut(it).former_ids);
    formers.check(named(&sorted.procedures), former);
    formers.check(named(&sorted.documents), documents.iter_mut().map(|it| &mut it.former_ids));
    formers.check(named(&sorted.agencies), agencies.iter_mut().map(|it| &mut it.former_ids));
    formers.check(named(&sorted.life_events), life_events.iter_mut().map(|it| &mut it.former_ids));
    formers.check(named(&sorted.groups), groups.iter_mut().map(|it| &mut it.former_ids));
    formers.check(named(&sorted.pages), pages.iter_mut().map(|it| &mut it.former_ids));
    let taken = fields.iter().map(|field| (field.slug.clone(), field.span)).collect();
    formers.check(taken, fields.iter_mut().map(|it| &mut it.former_ids));
    link::manner(&translations, &mut prose);
    prose.sort_by_key(|prose| prose.span);
    let related = procedures.iter().map(|procedure| &procedure.related);
    let references = related
        .flat_map(|related| related.before.iter().chain(&related.after).chain(&related.see))
        .chain(life_events.iter().flat_map(|event| &event.procedures))
        .chain(groups.iter().flat_map(|group| &group.procedures))
        .chain(site.iter().flat_map(|site| &site.home_procedures));
    report.merge(link::codes(references, &codes));
    let form_files = link::form_files(&procedures, &sorted.forms, files, &mut report);

    let mut catalogue = site.map(|site| Catalogue {
        site,
        documents,
        decisions,
        codes: Codes::new(&procedures),
        procedures,
        agencies,
        fields,
        life_events,
        groups,
        terms: terms.unwrap_or_default(),
        translations: Vec::new(),
        holidays: holidays.unwrap_or_default(),
        reports,
        pages,
        form_files,
        prose: prose.into(),
    });
    if let Some(catalogue) = &mut catalogue {
        catalogue.translations = link::translations(translations, catalogue, &mut report);
    }
    (catalogue, report)
}

/// Records without their free texts.
fn firsts<T>(records: Vec<(T, Vec<Prose>)>) -> Vec<T> {
    records.into_iter().map(|(record, _)| record).collect()
}

/// The names of files, each with its place.
fn named(sources: &[Named<'_>]) -> BTreeMap<Slug, Span> {
    sources.iter().map(|named| (named.slug.clone(), Span::head(named.source.file))).collect()
}

/// A record with its tree, which is a map.
struct Record<'f> {
    slug: &'f Slug,
    file: FileId,
    root: Node<'f>,
}

/// Enters the names of records. The name of a file that is no record is remembered as left out.
fn name<I: Copy>(
    numbered: &mut Numbered<I>,
    id: fn(u32) -> I,
    sources: &[Named<'_>],
    records: &[Record<'_>],
) {
    for named in sources {
        numbered.leave_out(named.slug.as_str());
    }
    for (id, record) in (0..).map(id).zip(records) {
        let number = record.root.get("number");
        let span = number.map_or(Span::head(record.file), |number| number.span);
        let candidate = Candidate { id, slug: record.slug.clone(), span };
        numbered.enter(candidate, number.and_then(Node::text));
    }
}

/// What the passes share.
struct Loading<'f> {
    files: &'f FileTree,
    names: Names,
    report: Report,
    prose: Vec<Prose>,
}

impl<'f> Loading<'f> {
    /// The trees of records, without those that are no map; the report says why.
    fn trees<'s>(&mut self, sources: &'s [Named<'f>]) -> Vec<Record<'s>>
    where
        'f: 's,
    {
        let files = self.files;
        let read: Vec<_> =
            sources.par_iter().map(|named| tree::read(files, named.source.file)).collect();
        let mut records = Vec::new();
        for (named, (root, report)) in sources.iter().zip(read) {
            self.report.merge(report);
            let file = named.source.file;
            match root {
                Some(root) if matches!(root.kind, Kind::Map(_)) => {
                    records.push(Record { slug: &named.slug, file, root });
                }
                Some(root) => {
                    let mut reader = Reader::new(&self.names);
                    reader.map(Value { key: named.source.path.name(), node: &root }, |_| ());
                    self.report.merge(reader.report());
                }
                None => {}
            }
        }
        records
    }

    /// Reads records that may be left out, and keeps their free texts.
    fn owned<T: Send>(
        &mut self,
        records: &[Record<'_>],
        read: impl Fn(&mut Map, Slug) -> Option<T> + Sync,
        owner: fn(usize) -> Owner,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for (made, prose) in self.records(records, read) {
            let Some(made) = made else { continue };
            self.keep(prose, owner(all.len()));
            all.push(made);
        }
        all
    }

    fn keep(&mut self, prose: Vec<Prose>, owner: Owner) {
        self.prose.extend(prose.into_iter().map(|prose| Prose { owner, ..prose }));
    }

    /// Reads records, one for one, each with its free texts.
    fn records<T: Send>(
        &mut self,
        records: &[Record<'_>],
        read: impl Fn(&mut Map, Slug) -> T + Sync,
    ) -> Vec<(T, Vec<Prose>)> {
        let names = &self.names;
        let made: Vec<_> = records
            .par_iter()
            .map(|record| {
                let mut reader = Reader::new(names);
                let value = Value { key: record.slug.as_str(), node: &record.root };
                let made = reader.map(value, |map| read(map, record.slug.clone()));
                (made, reader.finish())
            })
            .collect();
        let mut all = Vec::new();
        for (made, (report, prose)) in made {
            self.report.merge(report);
            all.extend(made.map(|made| (made, prose)));
        }
        all
    }

    /// Reads a file that stands alone.
    fn alone<T>(
        &mut self,
        source: Option<Source<'_>>,
        read: impl FnOnce(&mut Reader, Value) -> Option<T>,
    ) -> Option<T> {
        let source = source?;
        let (root, report) = tree::read(self.files, source.file);
        self.report.merge(report);
        let root = root?;
        let mut reader = Reader::new(&self.names);
        let made = read(&mut reader, Value { key: source.path.name(), node: &root });
        let (report, prose) = reader.finish();
        self.report.merge(report);
        self.keep(prose, Owner::Site);
        made
    }

    fn site(&mut self, sorted: &Sorted<'f>) -> Option<Site> {
        if sorted.site.is_none() {
            self.report.push(Diagnostic::nowhere(Code::CatalogueMissing));
        }
        self.alone(sorted.site, |read, root| read.map(root, site::site))
    }

    /// Agencies refer to each other by their file names; offices become names once they are read.
    fn agencies(&mut self, sorted: &Sorted<'f>) -> Vec<Agency> {
        let records = self.trees(&sorted.agencies);
        for named in &sorted.agencies {
            self.names.agencies.leave_out(named.slug.as_str());
        }
        for (id, record) in (0..).map(AgencyId).zip(&records) {
            self.names.agencies.enter(record.slug.as_str(), id);
        }
        let mut read = Vec::new();
        for (made, prose) in self.records(&records, registers::agency) {
            self.keep(prose, Owner::Site);
            read.push(made);
        }
        let mut places: BTreeMap<String, Span> = BTreeMap::new();
        let mut agencies = Vec::new();
        for (id, (agency, spans)) in (0..).map(AgencyId).zip(read) {
            let mut report = Report::default();
            for ((office, read), span) in (0..).zip(&agency.offices).zip(spans) {
                if let Some(first) = places.get(&read.id) {
                    if report.iter().len() < FINDINGS_LIMIT {
                        report.push(sort::taken(&read.id, span, *first));
                    }
                    continue;
                }
                places.insert(read.id.clone(), span);
                self.names.offices.enter(&read.id, OfficeId { agency: id, office });
            }
            self.report.merge(report);
            agencies.push(agency);
        }
        agencies
    }

    /// The fields of `fields.yaml`. A catalogue without that file has its folders for fields.
    fn fields(&mut self, sorted: &Sorted<'f>) -> Vec<Field> {
        let fields = if sorted.fields.is_some() {
            self.alone(sorted.fields, |read, root| Some(registers::fields(read, root)))
                .unwrap_or_default()
        } else {
            folders(sorted)
        };
        for (id, field) in (0..).map(FieldId).zip(&fields) {
            self.names.fields.enter(field.slug.as_str(), id);
        }
        fields
    }

    /// Reads procedures, each tree dropped as soon as it is read: they are most of a catalogue.
    /// Beside them the codes of all, also of those that are left out.
    fn procedures(
        &mut self,
        sources: &[Named<'f>],
        memo: Option<&mut Memo>,
    ) -> (Vec<Arc<Procedure>>, BTreeSet<String>) {
        let all = match memo {
            None => sources.par_iter().map(|named| self.procedure(named)).collect(),
            Some(memo) => self.procedures_again(sources, memo),
        };
        let mut procedures = Vec::new();
        let mut codes = BTreeSet::new();
        for Read { procedure, code, report, prose } in all {
            codes.extend(code);
            self.report.merge(report);
            let Some(procedure) = procedure else { continue };
            let id = ProcedureId(u32::try_from(procedures.len()).unwrap_or(u32::MAX));
            self.keep(prose, Owner::Procedure(id));
            procedures.push(procedure);
        }
        (procedures, codes)
    }

    fn procedures_again(&self, sources: &[Named<'f>], memo: &mut Memo) -> Vec<Read> {
        memo.with(&self.names);
        let read: Vec<(blake3::Hash, Arc<Read>)> = sources
            .par_iter()
            .map(|named| {
                let hash = memo::hash(named.source.content);
                let known = memo.recall(named, hash);
                (hash, known.unwrap_or_else(|| Arc::new(self.procedure(named))))
            })
            .collect();
        let all = sources.iter().zip(&read);
        memo.keep(all.map(|(named, (hash, read))| (named, *hash, Arc::clone(read))));
        read.par_iter().map(|(_, read)| Read::clone(read)).collect()
    }

    fn procedure(&self, named: &Named<'f>) -> Read {
        let (root, mut report) = tree::read(self.files, named.source.file);
        let Some(root) = root else {
            return Read { procedure: None, code: None, report, prose: Vec::new() };
        };
        let code = root.get("code").and_then(Node::text).map(str::to_owned);
        let mut reader = Reader::new(&self.names);
        let value = Value { key: named.source.path.name(), node: &root };
        let slug = named.slug.clone();
        let procedure = reader.map(value, |map| procedure::procedure(map, slug)).flatten();
        let (found, prose) = reader.finish();
        report.merge(found);
        Read { procedure: procedure.map(Arc::new), code, report, prose }
    }

    fn translations(&mut self, sorted: &Sorted<'f>, language: Language) -> Vec<Translation> {
        let mut all = Vec::new();
        for source in &sorted.translations {
            let read = self.alone(Some(*source), |read, root| {
                read.map(root, |map| registers::translations(map, language))
            });
            all.extend(read.into_iter().flatten());
        }
        all
    }

    fn reports(&mut self, sorted: &Sorted<'f>) -> Vec<QualityReport> {
        let mut reports = Vec::new();
        for (source, month) in &sorted.reports {
            let first = self.prose.len();
            reports.extend(self.alone(Some(*source), |read, root| {
                read.map(root, |map| registers::report(map, *month))
            }));
            for prose in &mut self.prose[first..] {
                prose.owner = Owner::Month(*month);
            }
        }
        reports
    }

    /// What the front matter of a page says.
    fn page_head(&mut self, head: Text<'_>, path: &FilePath) -> Vec<Located<Slug>> {
        let (root, report) = tree::parse(head, path);
        self.report.merge(report);
        let Some(root) = root else { return Vec::new() };
        let mut reader = Reader::new(&self.names);
        let value = Value { key: path.name(), node: &root };
        let former_ids = reader.map(value, registers::page_head).unwrap_or_default();
        self.report.merge(reader.report());
        former_ids
    }

    fn pages(&mut self, sorted: &Sorted<'f>) -> Vec<FreePage> {
        let mut pages = Vec::new();
        for Named { slug, source } in &sorted.pages {
            let (text, report) =
                gate::text(source.file, source.path, source.content, Tabs::Allowed);
            self.report.merge(report);
            let Some(text) = text else { continue };
            let (head, text) = registers::front_matter(&text);
            let former_ids = head.map(|head| self.page_head(head, source.path)).unwrap_or_default();
            match registers::page(&text, source.path.name(), slug.clone(), former_ids) {
                Ok((page, prose)) => {
                    pages.push(page);
                    self.prose.extend(prose);
                }
                Err(finding) => self.report.push(finding),
            }
        }
        pages
    }
}

/// The folders of `procedures/` as fields, in their order.
fn folders(sorted: &Sorted<'_>) -> Vec<Field> {
    let mut seen = BTreeSet::new();
    let mut fields = Vec::new();
    for Named { source, .. } in &sorted.procedures {
        let mut parts = source.path.as_str().split('/').skip(1).peekable();
        let folder = parts.next().filter(|_| parts.peek().is_some()).and_then(Slug::new);
        if let Some(slug) = folder.filter(|slug| seen.insert(slug.clone())) {
            let span = Span::head(source.file);
            let (name, former_ids) = (slug.to_string(), Vec::new());
            fields.push(Field { name, slug, former_ids, order: None, span });
        }
    }
    fields
}
