//! Which file of the tree is what, by its path alone, and under which name.

use std::collections::BTreeMap;

use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::files::{Content, FileId, FilePath, FileTree, Span};
use crate::load::{excerpt, gate};
use crate::model::date::{self, Date};
use crate::model::{Slug, number};

/// A file of the tree.
#[derive(Clone, Copy)]
pub(super) struct Source<'f> {
    pub file: FileId,
    pub path: &'f FilePath,
    pub content: &'f Content,
}

/// A file whose stem is the id of its record.
pub(super) struct Named<'f> {
    pub slug: Slug,
    pub source: Source<'f>,
}

/// The files of a catalogue, each list in the order of paths.
#[derive(Default)]
pub(super) struct Sorted<'f> {
    pub site: Option<Source<'f>>,
    pub fields: Option<Source<'f>>,
    pub terms: Option<Source<'f>>,
    pub holidays: Option<Source<'f>>,
    pub documents: Vec<Named<'f>>,
    pub decisions: Vec<Named<'f>>,
    pub procedures: Vec<Named<'f>>,
    pub agencies: Vec<Named<'f>>,
    pub life_events: Vec<Named<'f>>,
    pub groups: Vec<Named<'f>>,
    pub pages: Vec<Named<'f>>,
    pub reports: Vec<(Source<'f>, Date)>,
    pub translations: Vec<Source<'f>>,
    pub forms: Vec<Source<'f>>,
}

/// Sorts the files. Files that start with a dot and `README.md` belong to people and their tools.
pub(super) fn sort<'f>(files: &'f FileTree, report: &mut Report) -> Sorted<'f> {
    let mut sorted = Sorted::default();
    let mut taken_names = BTreeMap::new();
    for (file, path, content) in files.iter() {
        if path.is_hidden() || path.name() == "README.md" {
            continue;
        }
        let source = Source { file, path, content };
        if let Content::OddName(name) = content {
            report.push(odd_name(source, name));
            continue;
        }
        let (folder, rest) = path.as_str().split_once('/').unwrap_or(("", path.as_str()));
        let is_direct = !rest.contains('/');
        let is_yaml = path.extension() == Some("yaml");
        let is_markdown = path.extension() == Some("md");
        let alone = match path.as_str() {
            "catalogue.yaml" => Some(&mut sorted.site),
            "fields.yaml" => Some(&mut sorted.fields),
            "terms.yaml" => Some(&mut sorted.terms),
            "holidays.yaml" => Some(&mut sorted.holidays),
            _ => None,
        };
        if let Some(alone) = alone {
            *alone = Some(source);
            continue;
        }
        let list = match folder {
            "documents" if is_yaml => Some(&mut sorted.documents),
            "decisions" if is_yaml => Some(&mut sorted.decisions),
            "procedures" if is_yaml => Some(&mut sorted.procedures),
            "agencies" if is_yaml && is_direct => Some(&mut sorted.agencies),
            "life-events" if is_yaml && is_direct => Some(&mut sorted.life_events),
            "groups" if is_yaml && is_direct => Some(&mut sorted.groups),
            "pages" if is_markdown && is_direct => Some(&mut sorted.pages),
            _ => None,
        };
        if let Some(list) = list {
            let Some(slug) = slug(source, report) else { continue };
            let name = (folder, slug.clone());
            if let Some(first) = taken_names.get(&name) {
                report.push(taken(slug.as_str(), Span::head(file), *first));
                continue;
            }
            taken_names.insert(name, Span::head(file));
            list.push(Named { slug, source });
        } else if folder == "forms" {
            sorted.forms.push(source);
        } else if folder == "translations" && is_yaml {
            sorted.translations.push(source);
        } else if folder == "reports" && is_yaml && is_direct {
            if let Some(month) = month(path) {
                sorted.reports.push((source, month));
            } else {
                report.push(bad_name(source, Some("2026-01".to_owned())));
            }
        } else if let Some(refused) = gate::unread(file, path, content) {
            report.push(refused);
        } else {
            let finding = Diagnostic::new(Code::UnknownFile, Span::head(file));
            report.push(finding.with("path", excerpt(path.as_str())));
        }
    }
    sorted
}

/// The id that a file's stem gives. A stem that cannot be an id is a finding, and is mended for the
/// rest of the reading, so that nothing else is said of what refers to it.
fn slug(source: Source<'_>, report: &mut Report) -> Option<Slug> {
    let stem = source.path.stem();
    Slug::new(stem).or_else(|| {
        let words: Vec<&str> = stem.split_whitespace().collect();
        let mended = Slug::new(&number::slug(&words.join("-")));
        report.push(bad_name(source, mended.as_ref().map(Slug::to_string)));
        mended
    })
}

fn bad_name(source: Source<'_>, near: Option<String>) -> Diagnostic {
    let near = near.unwrap_or_else(|| "ten-tep".to_owned());
    let extension = source.path.extension().unwrap_or_default();
    Diagnostic::new(Code::BadFileName, Span::head(source.file))
        .with("name", excerpt(source.path.name()))
        .near(Some(format!("{near}.{extension}")))
}

/// A name that is no path at all, of a file or of a folder. Nothing is read of what bears it.
fn odd_name(source: Source<'_>, name: &str) -> Diagnostic {
    let name = name.rsplit('/').next().unwrap_or(name);
    let (stem, extension) = match source.path.extension() {
        Some(extension) => (source.path.stem(), format!(".{extension}")),
        None => (source.path.name(), String::new()),
    };
    // Each byte that could not stand in a path is two digits here.
    let mut pieces = stem.split('%');
    let first = pieces.next().unwrap_or_default();
    let words: Vec<&str> =
        std::iter::once(first).chain(pieces.filter_map(|piece| piece.get(2..))).collect();
    let near = Some(number::slug(&words.join("-"))).filter(|near| !near.is_empty());
    let near = near.unwrap_or_else(|| "ten-tep".to_owned());
    Diagnostic::new(Code::BadFileName, Span::head(source.file))
        .with("name", excerpt(name))
        .near(Some(format!("{near}{extension}")))
}

/// The first day of the month that a file name such as `2026-01.yaml` gives.
fn month(path: &FilePath) -> Option<Date> {
    date::parse(&format!("{}-01", path.stem()))
}

/// Says that an id is already that of another.
pub(super) fn taken(id: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateId, span)
        .with("id", excerpt(id))
        .note(Note::at(Remark::OtherHere, first))
}
