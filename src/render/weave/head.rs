//! The head of a woven page, in which no template can stand: it says what is said on all days and nothing
//! that ends. A title that changes is that of the site; the guard says the heading that is shown instead.

use super::tree::{Node, read};
use crate::model::date::Date;

/// One head for all days; the first of `heads` is today's.
pub(super) fn merge(heads: &[&str], later: impl Iterator<Item = Date>, site_title: &str) -> String {
    let Some((first, others)) = heads.split_first() else { return String::new() };
    if others.iter().all(|head| head == first) {
        return (*first).to_owned();
    }
    let nodes = |text| -> Vec<Node<'_>> { read(text).unwrap_or_default() };
    let read_others: Vec<Vec<Node<'_>>> = others.iter().map(|head| nodes(head)).collect();
    let on_all_days = |raw: &str| {
        let is_same = |node: &Node<'_>| node.raw.trim() == raw.trim();
        read_others.iter().all(|head| head.iter().any(is_same))
    };
    let mut merged = String::new();
    for node in nodes(first) {
        if on_all_days(node.raw) || is_for_robots(node.raw) {
            merged.push_str(node.raw);
        } else if node.name == "title" {
            let title = escape(site_title);
            merged.extend(["<title data-site=\"", &title, "\">", &title, "</title>\n"]);
        }
    }
    let is_hidden = |head: &&&str| head.contains("content=\"noindex\"");
    if !is_hidden(&first) && !first.contains("unavailable_after: ") {
        // A search engine is told now from when the page is none of its business.
        if let Some((day, _)) = later.zip(others).find(|(_, head)| is_hidden(head)) {
            let day = day.to_string();
            merged.extend([
                "<meta name=\"robots\" content=\"unavailable_after: ",
                &day,
                "\">
",
            ]);
        }
    }
    merged
}

/// Whether it says who may list the page, or under which address: today's word on that stands.
fn is_for_robots(raw: &str) -> bool {
    raw.contains("name=\"robots\"") || raw.contains("rel=\"canonical\"")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
