//! The head of a woven page, in which no template can stand: it says what is said on all days and nothing
//! that ends. A title that changes is that of the site; the guard says the heading that is shown instead.
//! Of what is said to programs (JSON-LD) that stays which is said on all days; it could stand in no template
//! of the body either, for a browser that wants trusted types lets no guard put a `script` in its place.

use serde_json::{Map, Value};

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
        } else if let Some(said) = linked(node.raw) {
            let mut others =
                read_others.iter().map(|head| head.iter().find_map(|node| linked(node.raw)));
            let said = others.try_fold(said, |said, other| common(said, &other?));
            if let Some(said) = said {
                let text = said.to_string().replace('<', "\\u003c");
                merged.extend([LINKED, text.as_str(), "</script>\n"]);
            }
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

const LINKED: &str = "<script type=\"application/ld+json\">";

fn linked(raw: &str) -> Option<Value> {
    let text = raw.trim().strip_prefix(LINKED)?.strip_suffix("</script>")?;
    serde_json::from_str(text).ok()
}

/// What two say of the same things; none where that is nothing.
fn common(mut one: Value, other: &Value) -> Option<Value> {
    let things = |all: &Value| all["@graph"].as_array().cloned().unwrap_or_default();
    let others = things(other);
    let kept = things(&one).into_iter().filter_map(|thing| {
        let is_it = |other: &&Value| ["@type", "@id"].iter().all(|key| other[key] == thing[key]);
        let same = others.iter().find(is_it)?;
        let mut said: Map<String, Value> = thing.as_object()?.clone();
        said.retain(|key, value| same.get(key) == Some(value));
        said.keys().any(|key| !key.starts_with('@')).then_some(Value::Object(said))
    });
    let kept: Vec<Value> = kept.collect();
    let is_any = !kept.is_empty();
    one["@graph"] = kept.into();
    is_any.then_some(one)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
