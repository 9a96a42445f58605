//! A report as GitLab's Code Quality report, shown in a merge request and beside its lines.

use serde_json::{Value, json};

use super::code::Severity;
use super::sheet::Sheet;

/// The findings as a JSON array.
#[must_use]
pub fn value(sheet: &Sheet<'_>) -> Value {
    let findings = sheet.report.iter().zip(sheet.fingerprints()).map(|(found, fingerprint)| {
        let entry = found.code.entry();
        let severity = match found.severity {
            Severity::Error if entry.structural => "blocker",
            Severity::Error => "critical",
            Severity::Warning => "minor",
            Severity::Notice => "info",
        };
        let lines = found.span.map(|span| sheet.region(span));
        let (begin, end) = lines.map_or((1, 1), |lines| (lines.start.0, lines.end.0));
        let mut words = vec![format!("{} {}", entry.id, found.message(sheet.language))];
        words.extend(sheet.details(found));
        json!({
            "description": words.join("\n"),
            "check_name": entry.name,
            "fingerprint": fingerprint,
            "severity": severity,
            "location": {
                "path": sheet.some_path(found),
                "lines": { "begin": begin, "end": end },
            },
        })
    });
    Value::Array(findings.collect())
}
