//! Whether a file says after its repairs what it said before, but for what was meant: both are read, and
//! their trees walked side by side.

use super::edit::{self, Plan};
use crate::diagnostic::Edit;
use crate::files::{FileId, FileTree, Span};
use crate::load::tree::{self, Kind, Node};

/// Whether these plans change of a file what they mean to, and nothing else.
pub(super) fn is_meant<'p>(
    files: &FileTree,
    file: FileId,
    plans: impl Iterator<Item = &'p Plan>,
) -> bool {
    let plans: Vec<&Plan> = plans.collect();
    let edits: Vec<&Edit> = plans.iter().flat_map(|plan| &plan.edits).collect();
    let bytes = files.content(file).bytes();
    let mended = files.with([(file, edit::applied(bytes, edits))].into());
    if files.path(file).extension() != Some("yaml") {
        return true;
    }
    let Ok(source) = std::str::from_utf8(bytes) else { return false };
    let (old, _) = tree::read(files, file);
    let (new, _) = tree::read(&mended, file);
    match (old, new) {
        (Some(old), Some(new)) => Meant { plans, source }.same(&old, &new),
        // What could not be read at all, as for a character that nobody sees, is held against nothing.
        (None, Some(_)) => true,
        (_, None) => false,
    }
}

struct Meant<'p> {
    plans: Vec<&'p Plan>,
    source: &'p str,
}

impl Meant<'_> {
    fn is_dropped(&self, span: Span) -> bool {
        self.plans.iter().any(|plan| plan.dropped.contains(&span))
    }

    fn same(&self, old: &Node<'_>, new: &Node<'_>) -> bool {
        match (&old.kind, &new.kind) {
            (Kind::Scalar { text: one, plain }, Kind::Scalar { text: two, plain: now }) => {
                self.says(old.span, one, two) && (plain == now || self.is_told(old.span))
            }
            (Kind::List(one), Kind::List(two)) => {
                let kept: Vec<_> = one.iter().filter(|item| !self.is_dropped(item.span)).collect();
                kept.len() == two.len()
                    && kept.into_iter().zip(two).all(|(one, two)| self.same(one, two))
            }
            (Kind::Map(one), Kind::Map(two)) => {
                let kept: Vec<_> =
                    one.iter().filter(|(_, value)| !self.is_dropped(value.span)).collect();
                kept.len() == two.len()
                    && kept.into_iter().zip(two).all(|((key, one), (now, two))| {
                        self.says(key.span, &key.text, &now.text) && self.same(one, two)
                    })
            }
            (Kind::Refused, _) | (_, Kind::Refused) => old.kind == new.kind,
            _ => false,
        }
    }

    fn is_told(&self, span: Span) -> bool {
        self.plans.iter().flat_map(|plan| &plan.told).any(|(at, _)| *at == span)
    }

    /// Whether a scalar says what it should.
    fn says(&self, span: Span, old: &str, new: &str) -> bool {
        let mut inside = Vec::new();
        for plan in &self.plans {
            for (at, value) in &plan.told {
                if *at == span {
                    return value.as_ref().is_none_or(|value| value == new);
                }
            }
            inside.extend(
                plan.edits
                    .iter()
                    .filter(|edit| span.start <= edit.at.start && edit.at.end <= span.end),
            );
        }
        if old == new {
            return true;
        }
        // Each piece that was written anew inside a longer text, in its place.
        inside.sort();
        let mut told = String::new();
        let mut rest = old;
        for edit in inside {
            let Some(piece) = self.source.get(edit.at.range()) else { return false };
            let Some((before, after)) = rest.split_once(piece) else { return false };
            told = told + before + &edit.text;
            rest = after;
        }
        told + rest == new
    }
}
