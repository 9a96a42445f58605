//! A report as `JUnit` XML, which nearly every CI shows as tests: a file is a suite, a finding a test of it.
//! What fails the command is a test that failed; all else is a test that passed and has something to say.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Diagnostic;
use super::code::Severity;
use super::sheet::{Sheet, Word};
use crate::files::is_unseen;

/// The whole file. Findings of at least the weight `failing` are failures.
#[must_use]
pub fn print(sheet: &Sheet<'_>, failing: Severity) -> String {
    let mut suites: BTreeMap<String, Vec<&Diagnostic>> = BTreeMap::new();
    for found in sheet.report.iter() {
        suites.entry(sheet.some_path(found)).or_default().push(found);
    }
    let fails = |found: &&Diagnostic| found.severity <= failing;
    let n_failed = sheet.report.iter().filter(fails).count();
    // A report without any test is an error to some readers.
    let n_tests = sheet.report.iter().len().max(1);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        xml,
        "<testsuites name=\"niemyet\" tests=\"{n_tests}\" failures=\"{n_failed}\" errors=\"0\">"
    );
    if suites.is_empty() {
        let name = escaped(sheet.word(Word::None));
        let _ = writeln!(
            xml,
            "  <testsuite name=\"niemyet\" tests=\"1\" failures=\"0\" errors=\"0\">\n    \
             <testcase classname=\"niemyet\" name=\"{name}\"/>\n  </testsuite>"
        );
    }
    for (path, findings) in suites {
        let n_failed = findings.iter().copied().filter(fails).count();
        let (name, n_tests) = (escaped(&path), findings.len());
        let _ = writeln!(
            xml,
            "  <testsuite name=\"{name}\" tests=\"{n_tests}\" failures=\"{n_failed}\" errors=\"0\">"
        );
        for found in findings {
            case(&mut xml, sheet, &path, found, fails(&found));
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn case(xml: &mut String, sheet: &Sheet<'_>, path: &str, found: &Diagnostic, fails: bool) {
    let (line, column) = found.span.map_or((1, 1), |span| sheet.region(span).start);
    let message = found.message(sheet.language);
    let name = escaped(&format!("{} ({line}:{column}): {message}", Sheet::title(found)));
    let (class, message) = (escaped(path), escaped(&message));
    let mut words = vec![format!("{path}:{line}:{column}")];
    words.extend(sheet.details(found));
    let words = escaped(&words.join("\n"));
    let kind = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    };
    let _ = writeln!(
        xml,
        "    <testcase classname=\"{class}\" name=\"{name}\" file=\"{class}\" line=\"{line}\">"
    );
    let _ = if fails {
        writeln!(xml, "      <failure type=\"{kind}\" message=\"{message}\">{words}</failure>")
    } else {
        writeln!(xml, "      <system-out>{kind}: {message}\n{words}</system-out>")
    };
    xml.push_str("    </testcase>\n");
}

/// Text as it may stand in an element and in an attribute. XML has no way to write most controls.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push('\n'),
            unseen if is_unseen(unseen) || matches!(unseen, '\u{fffe}' | '\u{ffff}') => {
                escaped.push('\u{fffd}');
            }
            other => escaped.push(other),
        }
    }
    escaped
}
