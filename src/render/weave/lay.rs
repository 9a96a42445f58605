//! Lays one drawing more over those that were laid already: what lives at their end is matched with the
//! new nodes; what finds no match ends, and what is new begins.

use std::collections::HashMap;

use super::tree::{Inside, Node};
use crate::model::date::Date;

/// A part of the woven page, on its days.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    from: Option<Date>,
    until: Option<Date>,
    /// How it stands in the last drawing that has it.
    now: &'a str,
    pub(super) body: Body<'a>,
}

/// What a piece holds.
#[derive(Debug)]
pub(super) enum Body<'a> {
    /// A tag's name, or nothing for a text; and all of it.
    Unit(&'a str, &'a str),
    /// An element that is there in all drawings up to now, its inside woven.
    Box {
        open: &'a str,
        pieces: Vec<Piece<'a>>,
        close: &'a str,
        /// How it stood from which day on.
        versions: Vec<(Option<Date>, &'a str)>,
    },
}

impl<'a> Piece<'a> {
    /// A part of the first drawing.
    pub(super) fn first(node: &Node<'a>) -> Self {
        let body = match &node.inside {
            None => Body::Unit(node.name, node.raw),
            Some(Inside { open, nodes, close }) => Body::Box {
                open,
                pieces: nodes.iter().map(Self::first).collect(),
                close,
                versions: vec![(None, node.raw)],
            },
        };
        Self { from: None, until: None, now: node.raw, body }
    }

    fn starting(node: &Node<'a>, day: Date) -> Self {
        let body = Body::Unit(node.name, node.raw);
        Self { from: Some(day), until: None, now: node.raw, body }
    }

    /// Its first day and the first day on which it is gone, where there are such days.
    pub(super) fn days(&self) -> (Option<Date>, Option<Date>) {
        (self.from, self.until)
    }

    /// How it stands in the last drawing that has it.
    pub(super) fn text(&self) -> &'a str {
        self.now
    }

    pub(super) fn is_dated(&self) -> bool {
        self.days() != (None, None)
    }

    /// The same up to a day. A box becomes one unit for each way in which it stood, so that no template
    /// stands inside another.
    fn ended(self, day: Date) -> Vec<Self> {
        let Self { from, now, body, .. } = self;
        match body {
            Body::Unit(..) => vec![Self { from, until: Some(day), now, body }],
            Body::Box { versions, .. } => {
                let ends = versions.iter().skip(1).map(|(from, _)| *from).chain([Some(day)]);
                let ends: Vec<Option<Date>> = ends.collect();
                let unit = |((from, text), until): ((Option<Date>, &'a str), Option<Date>)| Self {
                    from,
                    until,
                    now: text,
                    body: Body::Unit("box", text),
                };
                versions.into_iter().zip(ends).map(unit).collect()
            }
        }
    }

    /// The same box with another inside, from a day on.
    fn turned(self, node: &Node<'a>, day: Date) -> Self {
        let Self { from, until, body, .. } = self;
        let body = match (body, &node.inside) {
            (Body::Box { open, pieces, close, mut versions }, Some(inside)) => {
                versions.push((Some(day), node.raw));
                Body::Box { open, pieces: lay(pieces, &inside.nodes, day), close, versions }
            }
            (body, _) => body,
        };
        Self { from, until, now: node.raw, body }
    }

    /// Whether a node is this box with another inside.
    fn is_box_of(&self, node: &Node<'_>) -> bool {
        match (&self.body, &node.inside) {
            (Body::Box { open, close, .. }, Some(inside)) => {
                (*open, *close) == (inside.open, inside.close)
            }
            _ => false,
        }
    }
}

/// Lays the nodes of a day over pieces.
pub(super) fn lay<'a>(pieces: Vec<Piece<'a>>, nodes: &[Node<'a>], day: Date) -> Vec<Piece<'a>> {
    let living: Vec<usize> =
        (0..pieces.len()).filter(|place| pieces[*place].until.is_none()).collect();
    let matches = matches(&pieces, &living, nodes);
    let mut laid = Vec::with_capacity(pieces.len());
    let mut new = nodes.iter().enumerate().peekable();
    for (place, piece) in pieces.into_iter().enumerate() {
        if piece.until.is_some() {
            laid.push(piece);
            continue;
        }
        let Some(node) = matches[place] else {
            laid.extend(piece.ended(day));
            continue;
        };
        while let Some((_, starting)) = new.next_if(|(at, _)| *at < node) {
            laid.push(Piece::starting(starting, day));
        }
        new.next();
        let node = &nodes[node];
        laid.push(if piece.now == node.raw { piece } else { piece.turned(node, day) });
    }
    laid.extend(new.map(|(_, node)| Piece::starting(node, day)));
    laid
}

/// Which node each piece becomes, by the piece's place; both in order.
fn matches(pieces: &[Piece<'_>], living: &[usize], nodes: &[Node<'_>]) -> Vec<Option<usize>> {
    let mut found = vec![None; pieces.len()];
    let mut gaps = vec![(0..living.len(), 0..nodes.len())];
    while let Some((mut old, mut new)) = gaps.pop() {
        let same = |place: usize, node: usize| pieces[living[place]].now == nodes[node].raw;
        while !old.is_empty() && !new.is_empty() && same(old.start, new.start) {
            found[living[old.start]] = Some(new.start);
            (old.start, new.start) = (old.start + 1, new.start + 1);
        }
        while !old.is_empty() && !new.is_empty() && same(old.end - 1, new.end - 1) {
            (old.end, new.end) = (old.end - 1, new.end - 1);
            found[living[old.end]] = Some(new.end);
        }
        if old.is_empty() || new.is_empty() {
            continue;
        }
        let anchors = anchors(
            old.clone().map(|place| (pieces[living[place]].now, place)),
            new.clone().map(|node| (nodes[node].raw, node)),
        );
        if anchors.is_empty() {
            // Nothing is the same here; a box that has changed inside is still that box.
            for place in old {
                let becomes = |node: &usize| pieces[living[place]].is_box_of(&nodes[*node]);
                if let Some(node) = new.clone().find(becomes) {
                    found[living[place]] = Some(node);
                    new.start = node + 1;
                }
            }
            continue;
        }
        let mut before = (old.start, new.start);
        for (place, node) in anchors {
            found[living[place]] = Some(node);
            gaps.push((before.0..place, before.1..node));
            before = (place + 1, node + 1);
        }
        gaps.push((before.0..old.end, before.1..new.end));
    }
    found
}

/// The longest run of texts that stand once on either side, in the same order on both.
fn anchors<'a>(
    old: impl Iterator<Item = (&'a str, usize)>,
    new: impl Iterator<Item = (&'a str, usize)>,
) -> Vec<(usize, usize)> {
    let mut once: HashMap<&str, (Option<usize>, Option<usize>)> = HashMap::new();
    for (text, place) in old {
        once.entry(text).and_modify(|entry| entry.0 = None).or_insert((Some(place), None));
    }
    let mut order = Vec::new();
    let mut twice: HashMap<&str, usize> = HashMap::new();
    for (text, node) in new {
        let n = twice.entry(text).or_default();
        *n += 1;
        if let Some((Some(_), at)) = once.get_mut(text) {
            *at = (*n == 1).then_some(node);
            order.push(text);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for text in order {
        if let Some((Some(place), Some(node))) = once.get(text)
            && twice[text] == 1
        {
            pairs.push((*place, *node));
        }
    }
    rising(&pairs)
}

/// The longest part of pairs, in the order of the second, in which the first rise too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // Of each length the run with the lowest end; each member knows the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].0 < pair.0);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut run = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(place) = at {
        run.push(pairs[place]);
        at = before[place];
    }
    run.reverse();
    run
}
