//! Where a reader may propose to mend what a page says: the page of the repository's host on which the
//! file is edited, at the line where the host allows that. The only place that spells such an address.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::route;
use crate::files::{FileId, FileTree, Span};
use crate::model::Catalogue;
use crate::model::procedure::{Procedure, ProcedureId};
use crate::model::site::{Repository, RepositoryHost};

/// A part of a procedure that has lines of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Whole,
    Dossier,
    Steps,
    Charges,
    Conditions,
    Places,
    Basis,
}

/// The addresses of one catalogue.
#[derive(Clone, Debug)]
pub(super) struct Edits {
    repository: Repository,
    paths: Arc<BTreeMap<FileId, String>>,
    /// By procedure.
    lines: Vec<Lines>,
}

/// Where the parts of a procedure begin.
type Lines = Arc<BTreeMap<Section, (FileId, usize)>>;

impl Edits {
    /// None where the catalogue does not say where it is kept.
    pub(super) fn new(catalogue: &Catalogue, files: &FileTree) -> Option<Self> {
        let repository = catalogue.site.repository.clone()?;
        let paths = files.iter().map(|(id, path, _)| (id, path.as_str().to_owned())).collect();
        let lines = catalogue.procedure_ids().map(|(_, procedure)| lines(procedure, files));
        Some(Self { repository, paths: Arc::new(paths), lines: lines.collect() })
    }

    /// The same with other lines of some procedures.
    pub(super) fn with(
        &self,
        others: &BTreeMap<ProcedureId, Arc<Procedure>>,
        files: &FileTree,
    ) -> Self {
        let mut edits = self.clone();
        for (id, other) in others {
            edits.lines[id.0 as usize] = lines(other, files);
        }
        edits
    }

    /// A part of a procedure; the head of its file where the part has no lines of its own.
    pub(super) fn section(&self, id: ProcedureId, section: Section) -> Option<String> {
        let lines = self.lines.get(id.0 as usize)?;
        let (file, line) = lines.get(&section).or_else(|| lines.get(&Section::Whole))?;
        self.address(*file, Some(*line))
    }

    /// A whole file.
    pub(super) fn file(&self, span: Span) -> Option<String> {
        self.address(span.file, None)
    }

    fn address(&self, file: FileId, line: Option<usize>) -> Option<String> {
        let path = self.paths.get(&file)?;
        let Repository { url, host, branch, folder } = &self.repository;
        let folder = folder.as_ref().map(|folder| format!("{}/", folder.as_str()));
        let path = route::href("", &format!("{}{path}", folder.unwrap_or_default()));
        let at = line.map(|line| format!("#L{line}")).unwrap_or_default();
        Some(match host {
            RepositoryHost::GitHub => format!("{url}/edit/{branch}/{path}{at}"),
            RepositoryHost::GitLab => format!("{url}/-/edit/{branch}/{path}{at}"),
            // Their editors take no line.
            RepositoryHost::Gitea => format!("{url}/_edit/{branch}/{path}"),
            RepositoryHost::Bitbucket => {
                format!("{url}/src/{branch}/{path}?mode=edit&at={branch}")
            }
        })
    }
}

fn lines(procedure: &Procedure, files: &FileTree) -> Lines {
    let line = |span: Span| (span.file, files.position(span.file, span.start).0);
    Arc::new(sections(procedure).into_iter().map(|(section, span)| (section, line(span))).collect())
}

/// The parts that are written, each with its first place.
fn sections(procedure: &Procedure) -> Vec<(Section, Span)> {
    let element = |id: crate::model::procedure::ElementId| procedure.elements[id.0 as usize].span;
    let papers = procedure.cases.iter().flat_map(|case| &case.dossier);
    let of_cases = procedure.cases.iter().flat_map(|case| &case.steps);
    let parts = [
        (Section::Whole, Some(procedure.span())),
        (Section::Dossier, papers.map(|paper| element(paper.element)).next()),
        (
            Section::Steps,
            procedure.steps.iter().chain(of_cases).map(|step| element(step.element)).next(),
        ),
        (Section::Charges, procedure.channels.first().map(|channel| element(channel.element))),
        (Section::Conditions, procedure.requirements.as_ref().map(|text| text.span)),
        (
            Section::Places,
            (procedure.reception.iter().map(|place| element(place.element)).next())
                .or_else(|| procedure.channels.first().map(|channel| element(channel.element))),
        ),
        (Section::Basis, procedure.legal_basis.first().map(|citation| citation.span)),
    ];
    parts.into_iter().filter_map(|(section, span)| Some((section, span?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{Content, FilePath};

    #[test]
    fn every_host_spells_its_own_address() {
        let path = FilePath::new("procedures/ho-tich/a.yaml").expect("a path");
        let files = FileTree::new(vec![(path, Content::Bytes(Vec::new()))]);
        let table = [
            (
                RepositoryHost::GitHub,
                "https://git.example/a/b/edit/main/danh%20muc/procedures/ho-tich/a.yaml#L7",
            ),
            (
                RepositoryHost::GitLab,
                "https://git.example/a/b/-/edit/main/danh%20muc/procedures/ho-tich/a.yaml#L7",
            ),
            (
                RepositoryHost::Gitea,
                "https://git.example/a/b/_edit/main/danh%20muc/procedures/ho-tich/a.yaml",
            ),
            (
                RepositoryHost::Bitbucket,
                "https://git.example/a/b/src/main/danh%20muc/procedures/ho-tich/a.yaml?mode=edit&at=main",
            ),
        ];
        let paths: BTreeMap<FileId, String> =
            files.iter().map(|(id, path, _)| (id, path.as_str().to_owned())).collect();
        for (host, address) in table {
            let edits = Edits {
                repository: Repository {
                    url: "https://git.example/a/b".to_owned(),
                    host,
                    branch: "main".to_owned(),
                    folder: FilePath::new("danh muc"),
                },
                paths: Arc::new(paths.clone()),
                lines: Vec::new(),
            };
            assert_eq!(edits.address(FileId(0), Some(7)).as_deref(), Some(address));
        }
    }
}
