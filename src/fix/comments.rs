//! Whose a comment is. A comment is a person's words and no repair may lose it or leave it over something else,
//! so a thing that has one of its own is not taken out: not with a comment on its lines, nor with one right
//! above or below it. What stays where it was and still says the same is no hindrance: the comment of a
//! neighbour, and one that a blank line or its indentation keeps apart as the heading of a whole list.

use crate::load::tree::{Kind, Node};

/// A comment in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its line.
    pub line: usize,
    /// Its words, from the `#` on.
    pub text: String,
}

/// All comments of a file.
pub(super) struct Comments<'s> {
    text: &'s str,
    /// Where each begins, and its words.
    all: Vec<(usize, &'s str)>,
}

/// One of several things beside each other, by the bytes where they begin and end.
pub(super) struct Thing {
    /// It.
    pub(super) place: (usize, usize),
    /// The one before it, and the one after it.
    pub(super) beside: [Option<(usize, usize)>; 2],
    /// What holds them all.
    pub(super) within: (usize, usize),
}

impl<'s> Comments<'s> {
    /// What begins with `#` outside of all scalars; that of a block scalar's first line is one too.
    pub(super) fn of(text: &'s str, root: &Node<'_>) -> Self {
        let mut scalars = Vec::new();
        gather(root, &mut scalars);
        scalars.sort_unstable();
        let mut scalars = scalars.into_iter().peekable();
        let mut all = Vec::new();
        let mut at = 0;
        while at < text.len() {
            if let Some((start, end)) = scalars.next_if(|(start, _)| *start <= at) {
                let line = line_end(text, start);
                if text[start..].starts_with(['|', '>'])
                    && let Some(blank) = text[start..line].find(" #")
                {
                    all.push((start + blank + 1, text[start + blank + 1..line].trim_end()));
                }
                at = at.max(end);
            } else if text.as_bytes()[at] == b'#' && is_free(text, at) {
                let end = line_end(text, at);
                all.push((at, text[at..end].trim_end()));
                at = end;
            } else {
                at += 1;
            }
        }
        Self { text, all }
    }

    /// A comment of a thing that stands on lines of its own.
    pub(super) fn of_lines(&self, thing: &Thing) -> Option<Comment> {
        let (start, end) = thing.place;
        let first = line_start(self.text, start);
        let last = line_end(self.text, end);
        let own = self.within(first, last).or_else(|| self.above(thing, first));
        own.or_else(|| self.below(last)).map(|found| self.told(found))
    }

    /// A comment of a thing between brackets. On one line it is that of the line, unless it names the thing;
    /// over lines it is hardly ever plain whose it is.
    pub(super) fn of_flow(&self, thing: &Thing) -> Option<Comment> {
        let (start, end) = thing.within;
        let found = if self.text[start..end].contains('\n') {
            let from = thing.beside[0].map_or(start, |(_, end)| end);
            let to = match thing.beside[1] {
                Some((next, _)) => line_end(self.text, thing.place.1).max(next),
                None => line_end(self.text, end),
            };
            // Rather that of its own line than one between it and its neighbours.
            let own = line_start(self.text, thing.place.0).max(from);
            self.within(own, line_end(self.text, thing.place.1)).or_else(|| self.within(from, to))
        } else {
            let gone = &self.text[thing.place.0..thing.place.1];
            let line = line_start(self.text, start);
            let behind = self.within(end, line_end(self.text, end));
            let near = behind.into_iter().chain(self.lines_above(line).map(|(_, found)| found));
            near.into_iter().find(|(_, words)| names(words, gone))
        };
        found.map(|found| self.told(found))
    }

    fn within(&self, from: usize, to: usize) -> Option<(usize, &'s str)> {
        self.all.iter().copied().find(|(at, _)| (from..to).contains(at))
    }

    /// The lines of nothing but a comment right above a line, the nearest first, with their columns.
    fn lines_above(&self, line: usize) -> impl Iterator<Item = (usize, (usize, &'s str))> {
        let mut line = line;
        std::iter::from_fn(move || {
            line = line_start(self.text, line.checked_sub(1)?);
            self.alone_on(line)
        })
    }

    /// The comment on a line that holds nothing else, with its column.
    fn alone_on(&self, line: usize) -> Option<(usize, (usize, &'s str))> {
        let column = column(&self.text[line..]);
        let found = self.all.iter().copied().find(|(at, _)| *at == line + column)?;
        Some((column, found))
    }

    /// What is deeper belongs to what stands above it; what is less deep over the first of all, to all.
    fn above(&self, thing: &Thing, line: usize) -> Option<(usize, &'s str)> {
        let own = column(&self.text[line..]);
        let is_first = thing.beside[0].is_none();
        let (column, found) = self.lines_above(line).next()?;
        let is_others = if is_first { column < own } else { own < column };
        (!is_others).then_some(found)
    }

    /// What is below belongs to what comes next, unless that is less deep or stands apart.
    fn below(&self, last: usize) -> Option<(usize, &'s str)> {
        let mut line = last + 1;
        let (first, found) = (line < self.text.len()).then(|| self.alone_on(line)).flatten()?;
        while line < self.text.len() && self.alone_on(line).is_some() {
            line = line_end(self.text, line) + 1;
        }
        let next = self.text.get(line..).unwrap_or_default();
        let is_apart = next.lines().next().is_none_or(|line| line.trim().is_empty());
        (is_apart || column(next) < first).then_some(found)
    }

    fn told(&self, (at, words): (usize, &str)) -> Comment {
        let line = self.text[..at].matches('\n').count() + 1;
        Comment { line, text: words.to_owned() }
    }
}

/// Where the scalars of a tree begin and end.
fn gather(node: &Node<'_>, found: &mut Vec<(usize, usize)>) {
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| gather(item, found)),
        Kind::Map(entries) => {
            for (key, value) in entries {
                found.push((key.span.start as usize, key.span.end as usize));
                gather(value, found);
            }
        }
        Kind::Scalar { .. } | Kind::Refused => {
            found.push((node.span.start as usize, node.span.end as usize));
        }
    }
}

/// Whether a sign is the first of its line or behind a blank.
fn is_free(text: &str, at: usize) -> bool {
    at == 0 || text[..at].ends_with([' ', '\n', '\t'])
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

/// Where the line of a byte ends, before its line end.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}

/// How many blanks a line begins with.
fn column(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Whether a comment names what goes: a word of it that has a digit, such as the number of a document.
fn names(comment: &str, gone: &str) -> bool {
    let words = gone.split(|c: char| c.is_whitespace() || "\"'{}[],".contains(c));
    let mut telling =
        words.filter(|word| word.contains('/') && word.contains(|c: char| c.is_ascii_digit()));
    telling.any(|word| comment.contains(word))
}
