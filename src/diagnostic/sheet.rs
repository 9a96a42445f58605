//! What the formats for programs share: where a finding stands as its format counts, what is said of it
//! besides its message, and a mark by which two runs know one finding. Prints nothing itself.

use std::collections::BTreeMap;

use super::{Diagnostic, Edit, Report, Value};
use crate::files::{FileId, FileTree, Span};
use crate::language::Language;

/// What a report is printed from.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// The findings.
    pub report: &'a Report,
    /// The files of the catalogue.
    pub files: &'a FileTree,
    /// What stands before each path, such as the catalogue's folder in its repository.
    pub folder: &'a str,
    /// The language of the words.
    pub language: Language,
    /// What the fix of a finding changes, in letters; nothing where it has none that can be used.
    pub edits: &'a dyn Fn(&Diagnostic) -> Vec<Edit>,
}

/// A stretch of a file: line and column, from 1, of its first letter and of the first one after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) start: (usize, usize),
    pub(super) end: (usize, usize),
}

impl Sheet<'_> {
    /// The path of a file.
    pub(super) fn path(&self, file: FileId) -> String {
        format!("{}{}", self.folder, self.files.path(file))
    }

    /// The path of a finding, for formats that want one: what stands nowhere is the catalogue's.
    pub(super) fn some_path(&self, found: &Diagnostic) -> String {
        match found.span {
            Some(span) => self.path(span.file),
            None => format!("{}catalogue.yaml", self.folder),
        }
    }

    /// Where a span begins and ends; columns count characters.
    pub(super) fn region(&self, span: Span) -> Region {
        let place = |offset| self.files.position(span.file, offset);
        Region { start: place(span.start), end: place(span.end) }
    }

    /// The same with columns that count bytes of UTF-8.
    pub(super) fn region_in_bytes(&self, span: Span) -> Region {
        let place = |offset| self.files.position_in_bytes(span.file, offset);
        Region { start: place(span.start), end: place(span.end) }
    }

    /// The code as people write it: `P003 basis-ended`.
    pub(super) fn title(found: &Diagnostic) -> String {
        let entry = found.code.entry();
        format!("{} {}", entry.id, entry.name)
    }

    /// The help, the legal reason and the notes, a line each, notes with their places: for formats that
    /// have no place of their own for them.
    pub(super) fn details(&self, found: &Diagnostic) -> Vec<String> {
        let mut lines = vec![format!("{}: {}", self.word(Word::Help), found.help(self.language))];
        if let Some(law) = found.code.entry().law {
            lines.push(format!("{}: {law}", self.word(Word::Law)));
        }
        for note in &found.notes {
            let words = note.message(self.language);
            lines.push(match note.span {
                Some(span) => {
                    let (line, _) = self.files.position(span.file, span.start);
                    format!("{}:{line}: {words}", self.path(span.file))
                }
                None => words,
            });
        }
        lines
    }

    pub(super) fn word(&self, word: Word) -> &'static str {
        let [vietnamese, english] = match word {
            Word::Help => ["gợi ý", "help"],
            Word::Law => ["căn cứ", "law"],
            Word::Fix => ["`niemyet fix` sửa được", "`niemyet fix` mends it"],
            Word::None => ["không có lỗi nào", "nothing found"],
        };
        match self.language {
            Language::Vietnamese => vietnamese,
            Language::English => english,
        }
    }

    /// One mark a finding, in their order: the same as long as it is the same finding, whatever was added above
    /// it in its file and however many days are left.
    pub(super) fn fingerprints(&self) -> Vec<String> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut marks = Vec::new();
        for found in self.report.iter() {
            let mut told = format!("{}\0{}", found.code.entry().id, self.some_path(found));
            for (name, value) in found.values.iter().filter(|(name, _)| *name != "left") {
                let value = match value {
                    Value::Same(text) => text,
                    Value::Each([_, english]) => english,
                };
                told = format!("{told}\0{name}\0{value}");
            }
            let n = seen.entry(told.clone()).or_default();
            *n += 1;
            let hash = blake3::hash(format!("{told}\0{n}").as_bytes());
            marks.push(hash.to_hex()[..32].to_owned());
        }
        marks
    }
}

/// A word that formats set before something.
#[derive(Clone, Copy)]
pub(super) enum Word {
    Help,
    Law,
    Fix,
    None,
}
