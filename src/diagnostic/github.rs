//! A report as commands of GitHub's workflows, which become annotations on the lines of a pull request.
//! GitHub shows ten errors and ten warnings of a step; all of them stand in its log.

use std::fmt::Write;

use super::code::Severity;
use super::sheet::Sheet;
use crate::files::is_unseen;

/// One line a finding.
#[must_use]
pub fn print(sheet: &Sheet<'_>) -> String {
    let mut lines = String::new();
    for found in sheet.report.iter() {
        let command = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Notice => "notice",
        };
        let mut properties = Vec::new();
        if let Some(span) = found.span {
            let region = sheet.region(span);
            let ((line, column), (end_line, end_column)) = (region.start, region.end);
            properties.push(("file", sheet.path(span.file)));
            properties.push(("line", line.to_string()));
            properties.push(("endLine", end_line.to_string()));
            // GitHub takes columns on one line only. Its last column is the last letter, not the next one.
            if line == end_line {
                properties.push(("col", column.to_string()));
                properties.push(("endColumn", (end_column - 1).max(column).to_string()));
            }
        }
        properties.push(("title", Sheet::title(found)));
        let properties: Vec<String> = properties
            .into_iter()
            .map(|(name, value)| format!("{name}={}", escaped_property(&value)))
            .collect();
        let mut words = vec![found.message(sheet.language)];
        words.extend(sheet.details(found));
        let words = escaped(&words.join("\n"));
        let _ = writeln!(lines, "::{command} {}::{words}", properties.join(","));
    }
    lines
}

/// What may stand behind the second pair of colons. What a file holds must not speak to a terminal.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '%' => escaped.push_str("%25"),
            '\r' => escaped.push_str("%0D"),
            '\n' => escaped.push_str("%0A"),
            unseen if is_unseen(unseen) => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

/// What may stand as the value of a property.
fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_early() {
        for (text, message, property) in [
            ("a b", "a b", "a b"),
            ("100%", "100%25", "100%25"),
            ("%0A", "%250A", "%250A"),
            ("a\nb\r\nc", "a%0Ab%0D%0Ac", "a%0Ab%0D%0Ac"),
            ("a: b, c", "a: b, c", "a%3A b%2C c"),
            ("::error::x", "::error::x", "%3A%3Aerror%3A%3Ax"),
            ("\u{1b}[31m", "\u{fffd}[31m", "\u{fffd}[31m"),
        ] {
            assert_eq!(escaped(text), message);
            assert_eq!(escaped_property(text), property);
        }
    }
}
