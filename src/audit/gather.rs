//! One cause, one finding: what one line brought to many files is said once, with how many more there are.

use std::collections::BTreeMap;

use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::files::Span;

/// Takes what the audit found into the report of a run: what one cause brought to many files is said once,
/// and what was said of a text already is not said again.
pub fn gather(found: &Report, report: &mut Report) {
    let mut causes: BTreeMap<_, (Diagnostic, usize)> = BTreeMap::new();
    for found in found.iter() {
        if !matches!(found.code, Code::EndedNamed | Code::WithheldNamed) {
            report.push(found.clone());
            continue;
        }
        let what = found.values.iter().find(|(name, _)| *name == "what").cloned();
        let cause = (found.span, found.code, what, found.notes.clone());
        causes.entry(cause).and_modify(|(_, n)| *n += 1).or_insert_with(|| (found.clone(), 1));
    }
    let lines: Vec<Span> = causes.values().filter_map(|(found, _)| found.span).collect();
    report.retain(|said| {
        let touches = |span: &Span| {
            said.span.is_some_and(|other| {
                span.file == other.file && span.start < other.end && other.start < span.end
            })
        };
        said.code != Code::ProseEnded || !lines.iter().any(touches)
    });
    for (found, n) in causes.into_values() {
        let more = Note::new(Remark::More).with("count", (n - 1).to_string());
        report.push(if n > 1 { found.note(more) } else { found });
    }
}
