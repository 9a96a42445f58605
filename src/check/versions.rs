//! Versions of one procedure: on every day at most one applies, and none is missing in between.

use std::collections::BTreeMap;

use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report, Value};
use crate::model::Catalogue;
use crate::model::procedure::Procedure;

/// Judges every code that has several files.
pub fn check(catalogue: &Catalogue, report: &mut Report) {
    let mut versions: BTreeMap<&str, Vec<&Procedure>> = BTreeMap::new();
    for procedure in &catalogue.procedures {
        versions.entry(&procedure.code.value).or_default().push(procedure);
    }
    for (code, mut versions) in versions {
        versions.sort_by_key(|version| (version.validity.from, version.validity.until));
        for pair in versions.windows(2) {
            report_pair(code, pair[0], pair[1], report);
        }
    }
}

fn report_pair(code: &str, older: &Procedure, newer: &Procedure, report: &mut Report) {
    let other = || Note::at(Remark::OtherHere, older.span());
    if older.validity.overlaps(newer.validity) {
        let from = newer.validity.from.or(older.validity.from);
        let always =
            || ["đầu, vì không bản nào ghi `from`", "the beginning, for neither has a `from`"];
        let from: Value = from.map_or_else(|| always().into(), |from| from.to_string().into());
        let found = Diagnostic::new(Code::VersionsOverlap, newer.span());
        report.push(found.with("code", code).with("from", from).note(other()));
        return;
    }
    if let (Some(until), Some(from)) = (older.validity.until, newer.validity.from)
        && until < from
    {
        let last_day = from.yesterday().unwrap_or(from);
        let found = Diagnostic::new(Code::VersionsGap, newer.span())
            .with("code", code)
            .with("from", until.to_string())
            .with("last_day", last_day.to_string());
        report.push(found.note(other()));
    }
}
