//! Judgments on a linked catalogue on a day: what an editor has to mend. Each file one subject.
//! Finds, and changes nothing: what is published is decided by `validity` alone.

pub mod register;
pub mod days;
pub mod acts;
pub mod clashes;
pub mod presupposed;
pub mod moved;
pub mod parents;
pub mod ranks;
pub mod circles;
pub mod succession;
mod mending;
pub mod basis;
pub mod citations;
pub mod parts;
pub mod versions;
pub mod decisions;
pub mod clocks;
pub mod prose;
pub mod mentions;
pub mod upkeep;
pub mod translations;
mod teller;
mod law_ahead;
pub mod ahead;
pub mod hushed;

use crate::diagnostic::words::Remark;
use crate::diagnostic::{Note, Report};
use crate::files::FileTree;
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::document::Document;
use crate::model::number::NumberKey;
use crate::validity::Assessment;
use crate::validity::standing::Link;
use crate::validity::words;

/// All findings about a catalogue that was loaded from these files.
#[must_use]
pub fn check(catalogue: &Catalogue, assessment: &Assessment, files: &FileTree) -> Report {
    let mut report = Report::default();
    register::check(catalogue, assessment, &mut report);
    days::of_procedures(catalogue, assessment, &mut report);
    days::of_decisions(catalogue, assessment, &mut report);
    decisions::check(catalogue, &mut report);
    clocks::check(catalogue, assessment, &mut report);
    versions::check(catalogue, &mut report);
    basis::check(catalogue, assessment, files, &mut report);
    citations::check(catalogue, &mut report);
    parts::check(catalogue, assessment, &mut report);
    prose::check(catalogue, files, &mut report);
    mentions::check(catalogue, assessment, files, &mut report);
    upkeep::check(catalogue, assessment, &mut report);
    translations::check(catalogue, assessment, &mut report);
    ahead::check(catalogue, assessment, &mut report);
    report
}

/// A link of the chain that explains a status.
fn because(catalogue: &Catalogue, link: &Link) -> Note {
    let said = |language| words::plain(catalogue, &words::link(link, language));
    let chain = [said(Language::Vietnamese), said(Language::English)];
    Note::new(Remark::Because).with("chain", chain)
}

/// Whether a document comes from a province or from below.
fn is_local(document: &Document) -> bool {
    document.province.is_some()
        || document.number.as_deref().is_some_and(|number| {
            let key = NumberKey::new(number);
            ["-hdnd", "-ubnd"].iter().any(|issuer| key.as_str().contains(issuer))
        })
}
