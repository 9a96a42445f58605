//! Reads a page as a tree of slices. It is no reader of all HTML: what a page may leave to a browser's
//! mending, such as an end tag, it does not understand, and says so.
//!
//! A *box* holds parts that a reader can do without one by one, such as the items of a list. All else is a
//! *unit* and is shown whole or not at all: half a sentence or half a row of a table would mislead. So is
//! what a template marks with `data-whole`: without a script, half a list of papers would be taken for all.

/// A part of a page.
#[derive(Debug)]
pub(super) struct Node<'a> {
    /// All of it, as it stands on the page, with the blanks that follow.
    pub(super) raw: &'a str,
    /// The tag's name; empty for a text.
    pub(super) name: &'a str,
    /// What a box holds.
    pub(super) inside: Option<Inside<'a>>,
}

/// The inside of a box.
#[derive(Debug)]
pub(super) struct Inside<'a> {
    pub(super) open: &'a str,
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) close: &'a str,
}

/// The tags whose parts can be had one by one, and that a browser lets hold a template.
const BOXES: [&str; 19] = [
    "html", "head", "body", "main", "header", "footer", "nav", "section", "article", "aside",
    "div", "ul", "ol", "dl", "dd", "table", "thead", "tbody", "fieldset",
];

const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Tags whose inside is text, whatever it looks like.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// An element that is not closed yet.
struct Open<'a> {
    name: &'a str,
    start: usize,
    inside: usize,
    nodes: Vec<Node<'a>>,
}

/// The nodes of a text; none where its tags do not match each other.
pub(super) fn read(text: &str) -> Option<Vec<Node<'_>>> {
    let root = Open { name: "", start: 0, inside: 0, nodes: Vec::new() };
    let (mut open, mut above) = (root, Vec::new());
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        match token(rest)? {
            Token::Text(length) => {
                open.nodes.push(Node { raw: &rest[..length], name: "", inside: None });
                at += length;
            }
            Token::Start { name, length, empty } => {
                let next = Open { name, start: at, inside: at + length, nodes: Vec::new() };
                above.push(std::mem::replace(&mut open, next));
                at += length;
                if is_raw(name) {
                    at += end_of_raw(&text[at..], name)?;
                } else if empty || is_void(name) {
                    at = close(text, &mut open, above.pop()?, at, at);
                }
            }
            Token::End { name, length } => {
                if name != open.name || above.is_empty() {
                    return None;
                }
                at = close(text, &mut open, above.pop()?, at, at + length);
            }
        }
    }
    above.is_empty().then_some(open.nodes)
}

/// Hands a finished element to the one above it; returns the place behind it and its blanks.
fn close<'a>(
    text: &'a str,
    open: &mut Open<'a>,
    above: Open<'a>,
    inside_end: usize,
    end: usize,
) -> usize {
    let done = std::mem::replace(open, above);
    let behind = &text[end..];
    let end = end + behind.len() - behind.trim_start().len();
    let has_words = |node: &Node<'_>| {
        node.name.is_empty() && !node.raw.starts_with("<!--") && !node.raw.trim().is_empty()
    };
    let tag = &text[done.start..done.inside];
    // A row of a list of terms is a pair: a term without what it means says nothing. But where a template marks
    // what it means, words stand in the place of that.
    let is_pair = done.name == "div" && open.name == "dl";
    let is_marked = || text[done.inside..inside_end].contains(" data-whole");
    let is_whole = tag.contains(" data-whole") || (is_pair && !is_marked());
    let is_box = BOXES.contains(&done.name) && !is_whole && !done.nodes.iter().any(has_words);
    let inside = is_box.then(|| Inside {
        open: tag,
        nodes: if done.name == "dl" { pairs(text, done.inside, done.nodes) } else { done.nodes },
        close: &text[inside_end..end],
    });
    open.nodes.push(Node { raw: &text[done.start..end], name: done.name, inside });
    end
}

/// The terms of a list, each with all that belongs to it.
fn pairs<'a>(text: &'a str, start: usize, nodes: Vec<Node<'a>>) -> Vec<Node<'a>> {
    let mut paired: Vec<Node<'a>> = Vec::new();
    let mut at = start;
    let mut first = start;
    let mut before = "";
    for node in nodes {
        let end = at + node.raw.len();
        let belongs = matches!((before, node.name), ("dt", "dt" | "dd") | ("dd", "dd"));
        match paired.last_mut() {
            Some(last) if belongs => last.raw = &text[first..end],
            _ => {
                first = at;
                paired.push(Node { raw: node.raw, name: node.name, inside: node.inside });
            }
        }
        before = node.name;
        at = end;
    }
    paired
}

/// What a page is made of.
pub(in crate::render) enum Token<'a> {
    Text(usize),
    Start { name: &'a str, length: usize, empty: bool },
    End { name: &'a str, length: usize },
}

/// What a text starts with.
pub(in crate::render) fn token(text: &str) -> Option<Token<'_>> {
    let Some(tag) = text.strip_prefix('<') else {
        return Some(Token::Text(text.find('<').unwrap_or(text.len())));
    };
    if tag.starts_with("!--") {
        return Some(Token::Text(text.find("-->")? + 3));
    }
    if tag.starts_with('!') {
        return Some(Token::Text(text.find('>')? + 1));
    }
    let (is_end, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
    let length =
        tag.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    let name = &tag[..length];
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    let end = text.bytes().position(|byte| match (quote, byte) {
        (None, b'>') => true,
        (None, b'"' | b'\'') => {
            quote = Some(byte);
            false
        }
        (Some(open), byte) if open == byte => {
            quote = None;
            false
        }
        _ => false,
    })?;
    let length = end + 1;
    Some(if is_end {
        Token::End { name, length }
    } else {
        Token::Start { name, length, empty: text[..end].ends_with('/') }
    })
}

/// Whether the inside of a tag is text, whatever it looks like.
pub(in crate::render) fn is_raw(name: &str) -> bool {
    RAW.contains(&name)
}

/// Whether a tag has no inside.
pub(in crate::render) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Where the inside of such a tag ends.
pub(in crate::render) fn end_of_raw(text: &str, name: &str) -> Option<usize> {
    let mut ends = text.match_indices("</").map(|(at, _)| at);
    ends.find(|at| text[at + 2..].starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Boxes in brackets, units and texts as they are, parted by bars.
    fn shape(nodes: &[Node<'_>]) -> String {
        let one = |node: &Node<'_>| match &node.inside {
            Some(inside) => format!("{}[{}]", node.name, shape(&inside.nodes)),
            None => node.raw.to_owned(),
        };
        nodes.iter().map(one).collect::<Vec<_>>().join("|")
    }

    fn read(text: &str) -> String {
        super::read(text).map_or("?".to_owned(), |nodes| shape(&nodes))
    }

    #[test]
    fn boxes_are_opened_and_units_are_not() {
        assert_eq!(
            read("<ul><li>a <b>b</b></li>\n<li>c</li></ul>"),
            "ul[<li>a <b>b</b></li>\n|<li>c</li>]"
        );
        assert_eq!(read("<div>a<p>b</p></div>"), "<div>a<p>b</p></div>");
        assert_eq!(read("<div><br><p title='a>b'>c</p></div>"), "div[<br>|<p title='a>b'>c</p>]");
        assert_eq!(
            read("<div><svg><path d=\"1\"/></svg></div>"),
            "div[<svg><path d=\"1\"/></svg>]"
        );
        assert_eq!(read("<div data-whole><p>a</p></div>"), "<div data-whole><p>a</p></div>");
        assert_eq!(read("<!-- <p> --><p>a</p>"), "<!-- <p> -->|<p>a</p>");
        assert_eq!(read("<!x><p>a</p>"), "<!x>|<p>a</p>");
        assert_eq!(
            read("<div><script>if (a<b) {}</script></div>"),
            "div[<script>if (a<b) {}</script>]"
        );
    }

    #[test]
    fn a_term_keeps_what_it_means() {
        let text = "<dl><dt>a</dt><dd>b</dd>\n<dd>c</dd><dt>d</dt><dd>e</dd></dl>";
        assert_eq!(read(text), "dl[<dt>a</dt><dd>b</dd>\n<dd>c</dd>|<dt>d</dt><dd>e</dd>]");
        assert_eq!(read("<dl><div><dt>a</dt></div></dl>"), "dl[<div><dt>a</dt></div>]");
    }

    #[test]
    fn what_is_not_understood_is_said_to_be() {
        for text in [
            "<ul><li>a<li>b</ul>",
            "<p>a",
            "a</p>",
            "<div><p>a</div></p>",
            "<p>a < b</p>",
            "<!-- a",
            "<p title=\">",
        ] {
            assert_eq!(read(text), "?", "{text}");
        }
    }
}
