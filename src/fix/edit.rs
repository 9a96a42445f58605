//! What a repair means for the bytes of its file. An item that is taken out takes its own lines and no
//! others; what of it cannot be told from its neighbours is not taken out at all, nor what has a comment of
//! its own. A value that is written anew keeps all comments.

use crate::diagnostic::{Edit, Fix, Repair};
use crate::files::{FileTree, Span};
use crate::load::tree::{self, Kind, Node};

use super::Why;
use super::comments::{Comments, Thing};
use super::written;

/// The edits of one fix, and what there is to tell about them.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) edits: Vec<Edit>,
    /// The values that are to be gone, by their places in the old tree.
    pub(super) dropped: Vec<Span>,
    /// The scalars and keys that are to say something else: where, and what, where it is known.
    pub(super) told: Vec<(Span, Option<String>)>,
}

/// What a fix changes, or why it cannot be done alone.
pub(super) fn plan(files: &FileTree, fix: &Fix) -> Result<Plan, Why> {
    let mut plan = Plan::default();
    for repair in &fix.repairs {
        match repair {
            Repair::Write { at, text } => {
                plan.edits.push(Edit { at: *at, text: text.clone() });
                plan.told.push((*at, None));
            }
            Repair::Value { at, value } => {
                let old = source(files, *at).and_then(|text| text.get(at.range()));
                let text = old.and_then(|old| written::scalar(old, value));
                plan.edits.push(Edit { at: *at, text: text.ok_or(Why::Entangled)? });
                plan.told.push((*at, Some(value.clone())));
            }
            Repair::DropItem { at } => plan.drop_one(files, *at, item)?,
            Repair::DropKey { at } => plan.drop_one(files, *at, entry)?,
        }
    }
    plan.edits.sort();
    plan.edits.dedup();
    let is_apart = plan.edits.windows(2).all(|pair| pair[0].at.end <= pair[1].at.start);
    if is_apart { Ok(plan) } else { Err(Why::Entangled) }
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

/// What holds a place, and which of the things in it that is.
type Found<'n, 't> = Option<(&'n Node<'t>, usize)>;

/// The innermost list in an item of which a place lies, and which of its items.
fn item<'n, 't>(node: &'n Node<'t>, at: Span) -> Found<'n, 't> {
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
fn entry<'n, 't>(node: &'n Node<'t>, at: Span) -> Found<'n, 't> {
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

/// Where the items of a list, or the entries of a map, begin and end.
struct Siblings {
    places: Vec<(usize, usize)>,
    /// The places of their values in the tree.
    values: Vec<Span>,
    /// Where what holds them begins and ends.
    within: (usize, usize),
}

impl Siblings {
    fn of(node: &Node<'_>) -> Self {
        let within = (node.span.start as usize, node.span.end as usize);
        let mut all = Self { places: Vec::new(), values: Vec::new(), within };
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
        all
    }

    fn thing(&self, place: usize) -> Thing {
        let before = place.checked_sub(1).map(|place| self.places[place]);
        let beside = [before, self.places.get(place + 1).copied()];
        Thing { place: self.places[place], beside, within: self.within }
    }
}

impl Plan {
    /// Takes one of several things out. The last one that is left stays, and one that has a comment.
    fn drop_one(
        &mut self,
        files: &FileTree,
        at: Span,
        find: for<'n, 't> fn(&'n Node<'t>, Span) -> Found<'n, 't>,
    ) -> Result<(), Why> {
        let (root, _) = tree::read(files, at.file);
        let text = source(files, at).ok_or(Why::Entangled)?;
        let root = root.ok_or(Why::Entangled)?;
        let (node, place) = find(&root, at).ok_or(Why::Entangled)?;
        let siblings = Siblings::of(node);
        if siblings.places.len() < 2 {
            return Err(Why::Entangled);
        }
        let comments = Comments::of(text, &root);
        let thing = siblings.thing(place);
        let is_flow = text[siblings.within.0..].starts_with(['[', '{']);
        let comment = if is_flow { comments.of_flow(&thing) } else { comments.of_lines(&thing) };
        if let Some(comment) = comment {
            return Err(Why::Commented(comment));
        }
        let gone = if is_flow { flow(text, &thing) } else { lines(text, &thing) };
        let (from, to) = gone.ok_or(Why::Entangled)?;
        let value = siblings.values[place];
        let byte = |at: usize| u32::try_from(at).map_err(|_| Why::Entangled);
        let span = Span { file: value.file, start: byte(from)?, end: byte(to)? };
        self.edits.push(Edit { at: span, text: String::new() });
        self.dropped.push(value);
        Ok(())
    }
}

/// The lines of a thing in a block.
fn lines(text: &str, thing: &Thing) -> Option<(usize, usize)> {
    let (start, end) = thing.place;
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    // Its line holds nothing before it but blanks, and in a list its dash.
    let before = text[from..start].trim();
    if !before.is_empty() && before != "-" {
        return None;
    }
    // The first key of a map that is an item stands behind the dash, and would take it along.
    let dash = |at: usize| {
        let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
        text[line..at].trim() == "-"
    };
    if thing.beside[1].is_some_and(|(next, _)| dash(start) != dash(next)) {
        return None;
    }
    let to = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    if !text[end..to].trim().is_empty() {
        return None;
    }
    if to == text.len() && !text.ends_with('\n') {
        // The file went on without a last line end, and goes on so.
        let from = text[..from].strip_suffix('\n').map_or(from, str::len);
        let from = text[..from].strip_suffix('\r').map_or(from, str::len);
        return Some((from, to));
    }
    Some((from, to))
}

/// The stretch between brackets that holds a thing and its comma, and nothing else.
fn flow(text: &str, thing: &Thing) -> Option<(usize, usize)> {
    let (start, end) = thing.place;
    let only_comma = |between: &str| between.trim() == ",";
    if let Some((next, _)) = thing.beside[1] {
        return only_comma(&text[end..next]).then_some((start, next));
    }
    let (_, before) = thing.beside[0]?;
    only_comma(&text[before..start]).then_some((before, end))
}
