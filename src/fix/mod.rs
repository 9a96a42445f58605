//! Repairs become bytes: of all findings that say what mends them, those that are wanted are mended, and
//! nothing else changes. What was found is found again afterwards: a repair that does not do away with its
//! finding, or that brings a new one, is taken back and told.
//!
//! Pure: files go in as values and come out as values. Knows how YAML is written in lines, and no law.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::code::{Code, Severity};
use crate::diagnostic::{Diagnostic, Edit, Report, Value};
use crate::files::{FileId, FileTree, Span};

mod comments;
mod compare;
pub mod diff;
mod edit;
mod written;

pub use comments::Comment;

/// So many times all is looked at anew. One time brings to light what another hid, and a few are enough.
const ROUNDS: usize = 24;

/// What came of it.
#[derive(Debug)]
pub struct Mended {
    /// All files, those that were mended as they are now.
    pub files: FileTree,
    /// Which files differ, in the order of their paths.
    pub changed: Vec<FileId>,
    /// What was mended, in the order in which it was.
    pub done: Vec<Done>,
    /// What could have been mended and was left, and why.
    pub left: Vec<Left>,
    /// What is found now.
    pub report: Report,
}

/// A finding that is gone.
#[derive(Debug)]
pub struct Done {
    /// The finding; its place is that in the files as they were when it was mended.
    pub found: Diagnostic,
    /// Its file.
    pub file: FileId,
    /// What was written for it, in the order of the file.
    pub changes: Vec<Change>,
}

/// One stretch of a file that says something else now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Line and column where it begins, in the file as it was when it was mended.
    pub place: (usize, usize),
    /// What stood there.
    pub before: String,
    /// What stands there now; nothing where it was taken out.
    pub after: String,
}

/// A finding that says what mends it and was left.
#[derive(Debug)]
pub struct Left {
    /// The finding.
    pub found: Diagnostic,
    /// Its file.
    pub file: FileId,
    /// Why.
    pub why: Why,
}

/// Why a finding was left.
#[derive(Clone, Debug)]
pub enum Why {
    /// It is written in a way in which more than it would change.
    Entangled,
    /// It would be taken out, and has a comment of a person's.
    Commented(Comment),
    /// Its file says something that is not understood, and it might be about this.
    Unread(Box<Diagnostic>),
    /// It would still be found.
    Unmended,
    /// Something else would be found then.
    Brings(Box<Diagnostic>),
}

/// What the fix of a finding changes, in letters; nothing where it has none, or none that can be written.
#[must_use]
pub fn edits(files: &FileTree, found: &Diagnostic) -> Vec<Edit> {
    let plan = found.fix.as_ref().and_then(|fix| edit::plan(files, fix).ok());
    plan.map(|plan| plan.edits).unwrap_or_default()
}

/// Mends what is wanted. `examine` finds what is wrong with files.
#[must_use]
pub fn mend(
    files: &FileTree,
    wanted: &dyn Fn(&Diagnostic) -> bool,
    examine: &dyn Fn(&FileTree) -> Report,
) -> Mended {
    let mut files = files.clone();
    let mut report = examine(&files);
    let mut changed = BTreeSet::new();
    let mut done = Vec::new();
    let mut refused: BTreeMap<Key, (Diagnostic, Why)> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let round = Round::plan(&files, &report, wanted, &mut refused);
        if round.of_file.is_empty() {
            break;
        }
        let next = round.applied(&files);
        let after = examine(&next);
        let blamed = round.blamed(&report, &after);
        if blamed.is_empty() {
            changed.extend(round.of_file.keys().copied());
            done.extend(round.done(&files));
            (files, report) = (next, after);
        } else {
            refused.extend(blamed);
        }
    }
    let left = refused.into_iter().map(|(key, (found, why))| Left { found, file: key.file, why });
    Mended { files, changed: changed.into_iter().collect(), done, left: left.collect(), report }
}

/// What makes two findings the same, wherever in its file it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    file: FileId,
    code: Code,
    values: Vec<(&'static str, Value)>,
}

/// The same of any finding; some stand nowhere. How many days are left is no part of it.
fn key(found: &Diagnostic) -> (Option<FileId>, Code, Vec<(&'static str, Value)>) {
    let values = found.values.iter().filter(|(name, _)| *name != "left").cloned();
    (found.span.map(|span| span.file), found.code, values.collect())
}

/// Repairs that are made together.
struct Round {
    of_file: BTreeMap<FileId, Vec<Planned>>,
}

struct Planned {
    found: Diagnostic,
    key: Key,
    plan: edit::Plan,
}

impl Round {
    /// All that can be mended side by side: first what keeps files from being understood, for much is hidden
    /// behind it.
    fn plan(
        files: &FileTree,
        report: &Report,
        wanted: &dyn Fn(&Diagnostic) -> bool,
        refused: &mut BTreeMap<Key, (Diagnostic, Why)>,
    ) -> Self {
        // What of a file is not understood may be what keeps a thing as it is, such as an exemption.
        let mut unread: BTreeMap<FileId, &Diagnostic> = BTreeMap::new();
        for found in report.iter().filter(|found| found.code.hides()) {
            // What is said of a file as a whole, such as its name, hides nothing in it.
            if let Some(span) = found.span.filter(|span| span.start < span.end) {
                unread.entry(span.file).or_insert(found);
            }
        }
        for is_structural in [true, false] {
            let mut round = Self { of_file: BTreeMap::new() };
            for found in report.iter().filter(|found| wanted(found)) {
                let Some((fix, span)) = found.fix.as_ref().zip(found.span) else { continue };
                let (_, code, values) = key(found);
                let key = Key { file: span.file, code, values };
                if found.code.entry().structural != is_structural || refused.contains_key(&key) {
                    continue;
                }
                let hidden = unread.get(&span.file).filter(|_| !is_structural);
                if let Some(hidden) = hidden {
                    let why = Why::Unread(Box::new((*hidden).clone()));
                    refused.insert(key, (found.clone(), why));
                    continue;
                }
                match edit::plan(files, fix) {
                    Ok(plan) => round.add(span.file, Planned { found: found.clone(), key, plan }),
                    Err(why) => drop(refused.insert(key, (found.clone(), why))),
                }
            }
            round.of_file = round
                .of_file
                .into_iter()
                .map(|(file, planned)| (file, sound(files, file, planned, refused)))
                .filter(|(_, planned)| !planned.is_empty())
                .collect();
            if !round.of_file.is_empty() {
                return round;
            }
        }
        Self { of_file: BTreeMap::new() }
    }

    /// What touches the same letters as something else waits for the next round.
    fn add(&mut self, file: FileId, planned: Planned) {
        let others = self.of_file.entry(file).or_default();
        let meet = |one: &Edit, two: &Edit| one.at.start < two.at.end && two.at.start < one.at.end;
        let is_free = planned.plan.edits.iter().all(|edit| {
            others.iter().flat_map(|other| &other.plan.edits).all(|other| !meet(edit, other))
        });
        if is_free {
            others.push(planned);
        }
    }

    fn applied(&self, files: &FileTree) -> FileTree {
        let mended = |file: &FileId, planned: &Vec<Planned>| {
            let edits: Vec<&Edit> = planned.iter().flat_map(|one| &one.plan.edits).collect();
            (*file, edit::applied(files.content(*file).bytes(), edits))
        };
        files.with(self.of_file.iter().map(|(file, planned)| mended(file, planned)).collect())
    }

    fn done(self, files: &FileTree) -> impl Iterator<Item = Done> {
        self.of_file.into_iter().flat_map(move |(file, planned)| {
            planned.into_iter().map(move |one| {
                let changes = one.plan.edits.into_iter().map(|edit| Change::of(files, edit));
                Done { found: one.found, file, changes: changes.collect() }
            })
        })
    }

    /// The repairs that did not do what they should.
    fn blamed(&self, before: &Report, after: &Report) -> Vec<(Key, (Diagnostic, Why))> {
        let (was, is) = (counted(before), counted(after));
        let count = |all: &BTreeMap<_, usize>, found: &Diagnostic| {
            all.get(&key(found)).copied().unwrap_or_default()
        };
        let mut blamed = Vec::new();
        for one in self.of_file.values().flatten() {
            let planned = self.of_file[&one.key.file].iter();
            let n_planned = planned.filter(|other| other.key == one.key).count();
            if count(&was, &one.found) < count(&is, &one.found) + n_planned {
                blamed.push(one.refused(Why::Unmended));
            }
        }
        let reveals = self.of_file.values().flatten().any(|one| one.found.code.entry().structural);
        let is_new = |found: &&Diagnostic| count(&was, found) < count(&is, found);
        for found in after.iter().filter(is_new) {
            if found.severity == Severity::Notice {
                continue;
            }
            let why = || Why::Brings(Box::new(found.clone()));
            let file = found.span.map(|span| span.file);
            let in_file = file.and_then(|file| self.of_file.get(&file));
            let mut at_fault: Vec<&Planned> = match (in_file, found.span) {
                (Some(planned), Some(span)) => {
                    planned.iter().filter(|one| one.is_at(planned, span)).collect()
                }
                _ => Vec::new(),
            };
            if at_fault.is_empty() && !reveals {
                at_fault = match in_file {
                    Some(planned) => planned.iter().collect(),
                    None if found.severity == Severity::Error => {
                        self.of_file.values().flatten().collect()
                    }
                    None => Vec::new(),
                };
            }
            blamed.extend(at_fault.into_iter().map(|one| one.refused(why())));
        }
        blamed
    }
}

impl Change {
    fn of(files: &FileTree, Edit { at, text }: Edit) -> Self {
        let before = &files.content(at.file).bytes()[at.range()];
        let before = String::from_utf8_lossy(before).into_owned();
        Self { place: files.position(at.file, at.start), before, after: text }
    }
}

impl Planned {
    fn refused(&self, why: Why) -> (Key, (Diagnostic, Why)) {
        (self.key.clone(), (self.found.clone(), why))
    }

    /// Whether a place of the mended file is one that this repair wrote. `all` were made with it.
    fn is_at(&self, all: &[Self], place: Span) -> bool {
        let starts_before = |edit: &Edit, other: &Edit| other.at.end <= edit.at.start;
        let grown = |edit: &Edit| {
            let before = all.iter().flat_map(|one| &one.plan.edits);
            let before = before.filter(|other| *other != edit && starts_before(edit, other));
            before.fold(0_i64, |grown, other| {
                let went = i64::from(other.at.end - other.at.start);
                grown + i64::try_from(other.text.len()).unwrap_or_default() - went
            })
        };
        self.plan.edits.iter().any(|edit| {
            let start = i64::from(edit.at.start) + grown(edit);
            let end = start + i64::try_from(edit.text.len()).unwrap_or_default();
            start < i64::from(place.end) && i64::from(place.start) < end
        })
    }
}

/// Those repairs of a file that leave all else as it says: all of them or, where that is not so, those that
/// do beside the ones before them.
fn sound(
    files: &FileTree,
    file: FileId,
    planned: Vec<Planned>,
    refused: &mut BTreeMap<Key, (Diagnostic, Why)>,
) -> Vec<Planned> {
    let is_meant =
        |planned: &[Planned]| compare::is_meant(files, file, planned.iter().map(|one| &one.plan));
    if is_meant(&planned) {
        return planned;
    }
    let mut kept = Vec::new();
    for one in planned {
        kept.push(one);
        if !is_meant(&kept) {
            refused.extend(kept.pop().map(|one| one.refused(Why::Entangled)));
        }
    }
    kept
}

type Counted = BTreeMap<(Option<FileId>, Code, Vec<(&'static str, Value)>), usize>;

fn counted(report: &Report) -> Counted {
    let mut counted = BTreeMap::new();
    for found in report.iter() {
        *counted.entry(key(found)).or_default() += 1;
    }
    counted
}
