//! The folders a run starts from, and what was found in them, told in the form that was asked for: for a
//! person, as JSON, or for a program that shows findings in a merge request. Those programs want paths
//! from the root of the repository.

use std::path::Path;

use super::args::{Findings, Global};
use super::stages::Doing;
use super::{Failure, astray, colour};
use crate::diagnostic::code::Severity;
use crate::diagnostic::sheet::Sheet;
use crate::diagnostic::text::{self, Style};
use crate::diagnostic::{Diagnostic, Edit, Report, github, gitlab, json, junit, rdjson, sarif};
use crate::disk;
use crate::files::FileTree;
use crate::fix;
use crate::language::Language;

/// The folders a run starts from.
#[derive(Clone)]
pub(super) struct Input {
    pub(super) files: FileTree,
    pub(super) theme: FileTree,
    /// The catalogue's folder, as it stands before a path in what is said.
    pub(super) folder: String,
    /// The same from the root of its repository, for programs that show findings there.
    pub(super) in_repository: String,
}

/// Reads the catalogue's folder and the theme's.
pub(super) fn read(global: &Global) -> Result<Input, Failure> {
    let language = global.lang.map(Language::from).unwrap_or_default();
    if let Some(words) = astray::astray(&global.catalogue, language) {
        return Err(Failure::Said(words));
    }
    global.stages.enter(Doing::Read);
    let files = disk::read(&global.catalogue)?;
    let theme = match &global.theme {
        Some(folder) => disk::read(folder)?,
        None => FileTree::default(),
    };
    let folder = global.catalogue.display().to_string();
    let folder = folder.trim_end_matches('/');
    let folder = if folder == "." { String::new() } else { format!("{folder}/") };
    let in_repository = in_repository(&global.catalogue, &folder);
    Ok(Input { files, theme, folder, in_repository })
}

impl Input {
    /// The findings as text.
    pub(super) fn print(&self, report: &Report, language: Language, colour: bool) -> String {
        text::print(report, &self.files, Style { language, colour, folder: &self.folder })
    }

    /// The findings as an array of JSON.
    pub(super) fn json(&self, report: &Report, language: Language) -> serde_json::Value {
        let edits = |found: &Diagnostic| fix::edits(&self.files, found);
        json::value(&self.sheet(report, &self.folder, language, &edits))
    }

    /// The findings in a format, and nothing else. What weighs at least `failing` has failed.
    pub(super) fn formatted(
        &self,
        report: &Report,
        language: Language,
        format: Findings,
        failing: Severity,
    ) -> String {
        let edits = |found: &Diagnostic| fix::edits(&self.files, found);
        let sheet = self.sheet(report, &self.in_repository, language, &edits);
        match format {
            Findings::Text => self.print(report, language, colour()),
            Findings::Json => format!("{:#}", self.json(report, language)),
            Findings::Github => github::print(&sheet),
            Findings::Gitlab => format!("{:#}", gitlab::value(&sheet)),
            Findings::Sarif => format!("{:#}", sarif::value(&sheet)),
            Findings::Rdjson => format!("{:#}", rdjson::value(&sheet)),
            Findings::Junit => junit::print(&sheet, failing),
        }
    }

    /// Whether `niemyet fix` knows how to mend a finding.
    pub(super) fn is_mended(&self, found: &Diagnostic) -> bool {
        found.fix.is_some() && !fix::edits(&self.files, found).is_empty()
    }

    fn sheet<'a>(
        &'a self,
        report: &'a Report,
        folder: &'a str,
        language: Language,
        edits: &'a dyn Fn(&Diagnostic) -> Vec<Edit>,
    ) -> Sheet<'a> {
        Sheet { report, files: &self.files, folder, language, edits }
    }
}

/// What stands before a path of the catalogue, seen from the nearest folder above that holds a repository
/// of Git; as it was typed where there is none.
fn in_repository(catalogue: &Path, typed: &str) -> String {
    let from_root = || {
        let whole = std::fs::canonicalize(catalogue).ok()?;
        let root = whole.ancestors().find(|folder| folder.join(".git").exists())?;
        let inside = whole.strip_prefix(root).ok()?;
        let mut parts: Vec<&str> =
            inside.iter().map(|part| part.to_str()).collect::<Option<_>>()?;
        // So that it ends with a slash, unless it is the root.
        parts.extend((!parts.is_empty()).then_some(""));
        Some(parts.join("/"))
    };
    from_root().unwrap_or_else(|| typed.to_owned())
}
