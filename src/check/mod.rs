//! Judgments on a linked catalogue on a day: what an editor has to mend. Each file one subject.
//! Finds, and changes nothing: what is published is decided by `validity` alone.

pub mod basis;
pub mod decisions;
pub mod mentions;
pub mod parts;
pub mod prose;
pub mod register;
pub mod versions;

use crate::diagnostic::Report;
use crate::files::FileTree;
use crate::model::Catalogue;
use crate::validity::Assessment;

/// All findings about a catalogue that was loaded from these files.
#[must_use]
pub fn check(catalogue: &Catalogue, assessment: &Assessment, files: &FileTree) -> Report {
    let mut report = Report::default();
    register::check(catalogue, assessment, &mut report);
    decisions::check(catalogue, &mut report);
    versions::check(catalogue, &mut report);
    basis::check(catalogue, assessment, &mut report);
    parts::check(catalogue, assessment, &mut report);
    prose::check(catalogue, files, &mut report);
    mentions::check(catalogue, assessment, files, &mut report);
    report
}
