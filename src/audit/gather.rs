//! One cause, one finding: what one line brought to many files is said once, with how many more there are.

use std::collections::BTreeMap;

use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};

/// Says once what one cause brought to many files.
#[must_use]
pub fn gather(report: Report) -> Report {
    let mut gathered = Report::default();
    let mut causes: BTreeMap<_, (Diagnostic, usize)> = BTreeMap::new();
    for found in report.iter() {
        if !matches!(found.code, Code::EndedNamed | Code::WithheldNamed) {
            gathered.push(found.clone());
            continue;
        }
        let what = found.values.iter().find(|(name, _)| *name == "what").cloned();
        let cause = (found.span, found.code, what, found.notes.clone());
        causes.entry(cause).and_modify(|(_, n)| *n += 1).or_insert_with(|| (found.clone(), 1));
    }
    for (found, n) in causes.into_values() {
        let more = Note::new(Remark::More).with("count", (n - 1).to_string());
        gathered.push(if n > 1 { found.note(more) } else { found });
    }
    gathered
}
