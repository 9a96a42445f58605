//! What the audit found in the bytes of an address, as findings of a look.

use super::{Class, Finding};
use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report, Value};
use crate::files::Page;
use crate::language::Language;

/// One finding a page and how bad it is, and how many mentions of what has ended there are.
#[must_use]
pub fn ended(page: &Page, report: &Report) -> (Vec<Finding>, usize) {
    let is_named = |found: &&Diagnostic| found.code != Code::ContainerShut;
    let named: Vec<&Diagnostic> = report.iter().filter(is_named).collect();
    let mut findings = Vec::new();
    if let Some(first) = named.first() {
        let [mut also, mut more] = match named.len() - 1 {
            0 => [String::new(), String::new()],
            rest => [format!(" (và {rest} chỗ khác)"), format!(" (and {rest} more places)")],
        };
        if named.iter().all(|found| is_hidden(page, found)) {
            also.push_str(
                "; trang tự ẩn chỗ ấy khi trình duyệt chạy script, chương trình khác vẫn đọc được",
            );
            more.push_str("; the page hides it where scripts run, other programs read it");
        }
        let said = [
            format!("{}{also}", first.message(Language::Vietnamese)),
            format!("{}{more}", first.message(Language::English)),
        ];
        findings.push(Finding::new(Class::Ended, "ended", said).at(&page.path));
    }
    if let Some(shut) = report.iter().find(|found| !is_named(found)) {
        let said = [Language::Vietnamese, Language::English].map(|it| shut.message(it));
        findings.push(Finding::new(Class::Unreachable, "unseen", said).at(&page.path));
    }
    (findings, named.len())
}

/// Whether what was found stands in a part that the page shows on other days alone.
fn is_hidden(page: &Page, found: &Diagnostic) -> bool {
    let value = |wanted| {
        found.values.iter().find_map(|(name, value)| match value {
            Value::Same(text) if *name == wanted => Some(text.as_str()),
            _ => None,
        })
    };
    let Some(at) = value("offset").and_then(|at| at.parse::<usize>().ok()) else { return false };
    // What stands in a layer below, or in a name, has no place in the page.
    if value("layer").is_none_or(|layer| !layer.is_empty()) {
        return false;
    }
    let before = String::from_utf8_lossy(&page.bytes[..at.min(page.bytes.len())]);
    match (before.rfind("<template data-"), before.rfind("</template")) {
        (Some(open), Some(close)) => close < open,
        (open, _) => open.is_some(),
    }
}
