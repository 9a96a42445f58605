//! What a repair means for the bytes of its file. An item that is taken out takes its own lines and no
//! others; what of it cannot be told from its neighbours is not taken out at all.
//!
//! Comments are never eaten in silence: those inside what goes, or that name it, go with it and are told;
//! one that stands above it and does not name it stays, and is told too.

use crate::diagnostic::{Edit, Fix, Repair};
use crate::files::{FileTree, Span};
use crate::load::tree::{self, Kind, Node};

use super::written;

/// The edits of one fix, and what there is to tell about them.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) edits: Vec<Edit>,
    /// The values that are to be gone, by their places in the old tree.
    pub(super) dropped: Vec<Span>,
    /// The scalars and keys that are to say something else: where, and what, where it is known.
    pub(super) told: Vec<(Span, Option<String>)>,
    pub(super) comments: Vec<Comment>,
}

/// A comment beside what was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its line.
    pub line: usize,
    /// Its words, from the `#` on.
    pub text: String,
    /// Whether it is still there, over what comes next.
    pub stays: bool,
}

/// What a fix changes; none where it cannot be done alone.
pub(super) fn plan(files: &FileTree, fix: &Fix) -> Option<Plan> {
    let mut plan = Plan::default();
    for repair in &fix.repairs {
        match repair {
            Repair::Write { at, text } => {
                plan.edits.push(Edit { at: *at, text: text.clone() });
                plan.told.push((*at, None));
            }
            Repair::Value { at, value } => {
                let old = source(files, *at)?.get(at.range())?;
                let text = written::scalar(old, value)?;
                plan.edits.push(Edit { at: *at, text });
                plan.told.push((*at, Some(value.clone())));
            }
            Repair::DropItem { at } => {
                let (root, _) = tree::read(files, at.file);
                let (list, place) = item(root.as_ref()?, *at)?;
                plan.drop_one(source(files, *at)?, &Siblings::of(list), place)?;
            }
            Repair::DropKey { at } => {
                let (root, _) = tree::read(files, at.file);
                let (map, place) = entry(root.as_ref()?, *at)?;
                plan.drop_one(source(files, *at)?, &Siblings::of(map), place)?;
            }
        }
    }
    plan.edits.sort();
    plan.edits.dedup();
    let is_apart = plan.edits.windows(2).all(|pair| pair[0].at.end <= pair[1].at.start);
    is_apart.then_some(plan)
}

/// The bytes with the edits in their places; they do not meet.
pub(super) fn applied(bytes: &[u8], mut edits: Vec<&Edit>) -> Vec<u8> {
    edits.sort();
    let mut new = Vec::with_capacity(bytes.len() + 64);
    let mut from = 0;
    for edit in edits {
        new.extend_from_slice(&bytes[from..edit.at.start as usize]);
        new.extend_from_slice(edit.text.as_bytes());
        from = edit.at.end as usize;
    }
    new.extend_from_slice(&bytes[from..]);
    new
}

fn source(files: &FileTree, at: Span) -> Option<&str> {
    std::str::from_utf8(files.content(at.file).bytes()).ok()
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// The innermost list in an item of which a place lies, and which of its items.
fn item<'n, 't>(node: &'n Node<'t>, at: Span) -> Option<(&'n Node<'t>, usize)> {
    match &node.kind {
        Kind::List(items) => {
            let place = items.iter().position(|item| holds(item.span, at))?;
            item(&items[place], at).or(Some((node, place)))
        }
        Kind::Map(entries) => entries.iter().find_map(|(_, value)| {
            let inside = holds(value.span, at);
            inside.then(|| item(value, at)).flatten()
        }),
        _ => None,
    }
}

/// The map in which a value stands, and which of its entries it is. A map that would be left empty goes
/// with its own key.
fn entry<'n, 't>(node: &'n Node<'t>, at: Span) -> Option<(&'n Node<'t>, usize)> {
    let inside = |value: &'n Node<'t>| holds(value.span, at).then(|| entry(value, at)).flatten();
    match &node.kind {
        Kind::List(items) => items.iter().find_map(inside),
        Kind::Map(entries) => entries.iter().enumerate().find_map(|(place, (_, value))| {
            let is_alone = |map: &Node<'_>| match &map.kind {
                Kind::Map(own) => map.span == value.span && own.len() == 1,
                _ => false,
            };
            match inside(value) {
                Some((map, _)) if is_alone(map) => Some((node, place)),
                Some(found) => Some(found),
                None => (value.span == at).then_some((node, place)),
            }
        }),
        _ => None,
    }
}

/// Where the items of a list, or the entries of a map, begin and end, and the scalars in them.
#[derive(Default)]
struct Siblings {
    places: Vec<(usize, usize)>,
    /// The places of their values in the tree.
    values: Vec<Span>,
    leaves: Vec<(usize, usize)>,
    /// Where what holds them begins.
    start: usize,
}

impl Siblings {
    fn of(node: &Node<'_>) -> Self {
        let mut all = Self { start: node.span.start as usize, ..Self::default() };
        match &node.kind {
            Kind::List(items) => {
                for item in items {
                    all.places.push((item.span.start as usize, item.span.end as usize));
                    all.values.push(item.span);
                }
            }
            Kind::Map(entries) => {
                for (key, value) in entries {
                    let end = value.span.end.max(key.span.end);
                    all.places.push((key.span.start as usize, end as usize));
                    all.values.push(value.span);
                }
            }
            _ => {}
        }
        scalars(node, &mut all.leaves);
        all
    }

    /// The comments between two bytes: what begins with `#` outside of scalars.
    fn comments<'s>(&self, text: &'s str, from: usize, to: usize) -> Vec<(usize, &'s str)> {
        let mut found = Vec::new();
        let mut at = from;
        while at < to {
            if let Some((_, end)) =
                self.leaves.iter().find(|(start, end)| *start <= at && at < *end)
            {
                at = *end;
            } else if text.as_bytes()[at] == b'#' && text[..at].ends_with([' ', '\n', '\t']) {
                let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
                found.push((at, text[at..end].trim_end()));
                at = end;
            } else {
                at += 1;
            }
        }
        found
    }
}

fn scalars(node: &Node<'_>, found: &mut Vec<(usize, usize)>) {
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| scalars(item, found)),
        Kind::Map(entries) => {
            for (key, value) in entries {
                found.push((key.span.start as usize, key.span.end as usize));
                scalars(value, found);
            }
        }
        Kind::Scalar { .. } | Kind::Refused => {
            found.push((node.span.start as usize, node.span.end as usize));
        }
    }
}

impl Plan {
    /// Takes one of several things out. The last one that is left stays.
    fn drop_one(&mut self, text: &str, siblings: &Siblings, place: usize) -> Option<()> {
        if siblings.places.len() < 2 {
            return None;
        }
        let (from, to) = if text[siblings.start..].starts_with(['[', '{']) {
            flow(text, siblings, place)?
        } else {
            self.lines(text, siblings, place)?
        };
        let value = siblings.values[place];
        let at = |at: usize| u32::try_from(at).ok();
        let span = Span { file: value.file, start: at(from)?, end: at(to)? };
        self.edits.push(Edit { at: span, text: String::new() });
        self.dropped.push(value);
        Some(())
    }

    /// The lines of a thing in a block, with the comments that are its own.
    fn lines(&mut self, text: &str, siblings: &Siblings, place: usize) -> Option<(usize, usize)> {
        let (start, end) = siblings.places[place];
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        // Its line holds nothing before it but blanks, and in a list its dash.
        let before = text[line_start..start].trim();
        if !before.is_empty() && before != "-" {
            return None;
        }
        // The first key of a map that is an item stands behind the dash, and would take it along.
        let next = siblings.places.get(place + 1).map(|next| next.0);
        let dash = |at: usize| {
            let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
            text[line..at].trim() == "-"
        };
        if next.is_some_and(|next| dash(start) != dash(next)) {
            return None;
        }
        let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        let rest = text[end..line_end].trim();
        if !rest.is_empty() && !rest.starts_with('#') {
            return None;
        }
        let gone = &text[start..end];
        let mut from = line_start;
        let mut is_next = true;
        for (at, words) in comments_above(text, line_start) {
            let goes = is_next && names(words, gone);
            is_next = goes;
            self.tell(text, at, words, !goes);
            if goes {
                from = text[..at].rfind('\n').map_or(0, |at| at + 1);
            }
        }
        for (at, words) in siblings.comments(text, start, line_end) {
            self.tell(text, at, words, false);
        }
        if line_end == text.len() && !text.ends_with('\n') {
            // The file went on without a last line end, and goes on so.
            let from = text[..from].strip_suffix('\n').map_or(from, str::len);
            let from = text[..from].strip_suffix('\r').map_or(from, str::len);
            return Some((from, line_end));
        }
        Some((from, line_end))
    }

    fn tell(&mut self, text: &str, at: usize, words: &str, stays: bool) {
        self.comments.push(Comment { line: line_of(text, at), text: words.to_owned(), stays });
    }
}

/// The lines of nothing but a comment right above a line, the nearest first.
fn comments_above(text: &str, line_start: usize) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut end = line_start;
    while let Some(above) = text[..end].strip_suffix('\n') {
        let start = above.rfind('\n').map_or(0, |at| at + 1);
        let words = above[start..].trim_end();
        let blank = words.len() - words.trim_start().len();
        if !words[blank..].starts_with('#') {
            break;
        }
        found.push((start + blank, &words[blank..]));
        end = start;
    }
    found
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Whether a comment names what goes: a word of it that has a digit, such as the number of a document.
fn names(comment: &str, gone: &str) -> bool {
    let words = gone.split(|c: char| c.is_whitespace() || "\"'{}[],".contains(c));
    let mut telling =
        words.filter(|word| word.contains('/') && word.contains(|c: char| c.is_ascii_digit()));
    telling.any(|word| comment.contains(word))
}

/// The stretch between brackets that holds a thing and its comma, and nothing else.
fn flow(text: &str, siblings: &Siblings, place: usize) -> Option<(usize, usize)> {
    let (start, end) = siblings.places[place];
    let only_comma = |between: &str| between.trim() == ",";
    if let Some((next, _)) = siblings.places.get(place + 1) {
        return only_comma(&text[end..*next]).then_some((start, *next));
    }
    let (_, before) = siblings.places[place.checked_sub(1)?];
    only_comma(&text[before..start]).then_some((before, end))
}
