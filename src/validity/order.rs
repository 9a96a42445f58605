//! Which documents have to be understood before which: those that act, and parents, come first.
//! Finds circles instead of walking them.

use std::collections::BTreeSet;

use crate::model::Catalogue;
use crate::model::document::DocumentId;

/// The documents in an order in which each comes after all it depends on, and those on circles: all of
/// them, and circle by circle.
pub(super) struct Order {
    pub(super) documents: Vec<DocumentId>,
    pub(super) circles: BTreeSet<DocumentId>,
    pub(super) rounds: Vec<BTreeSet<DocumentId>>,
}

/// Orders the register by what depends on what.
pub(super) fn order(catalogue: &Catalogue) -> Order {
    let arrows = dependencies(catalogue);
    let mut walk = Walk {
        arrows: &arrows,
        index: vec![None; arrows.len()],
        low: vec![0; arrows.len()],
        open: vec![false; arrows.len()],
        path: Vec::new(),
        visited: 0,
        order: Order {
            documents: Vec::with_capacity(arrows.len()),
            circles: BTreeSet::new(),
            rounds: Vec::new(),
        },
    };
    for root in 0..arrows.len() {
        if walk.index[root].is_none() {
            walk.from(root);
        }
    }
    walk.order
}

/// For each document, those that act on its force and those it implements.
fn dependencies(catalogue: &Catalogue) -> Vec<Vec<usize>> {
    let mut arrows = vec![Vec::new(); catalogue.documents.len()];
    for (id, document) in catalogue.document_ids() {
        for effect in document.effects.iter().filter(|effect| effect.act.touches_force()) {
            arrows[effect.target.0 as usize].push(id.0 as usize);
        }
        for tie in &document.implements {
            arrows[id.0 as usize].push(tie.parent.0 as usize);
        }
    }
    arrows
}

/// Tarjan's strongly connected components, with a stack of its own: a chain of acts may be longer
/// than the thread's stack is deep.
struct Walk<'a> {
    arrows: &'a [Vec<usize>],
    index: Vec<Option<usize>>,
    low: Vec<usize>,
    open: Vec<bool>,
    path: Vec<usize>,
    visited: usize,
    order: Order,
}

impl Walk<'_> {
    fn from(&mut self, root: usize) {
        let mut calls = vec![(root, 0)];
        self.enter(root);
        while let Some((node, next)) = calls.pop() {
            if let Some(&target) = self.arrows[node].get(next) {
                calls.push((node, next + 1));
                match self.index[target] {
                    None => {
                        self.enter(target);
                        calls.push((target, 0));
                    }
                    Some(index) if self.open[target] => {
                        self.low[node] = self.low[node].min(index);
                    }
                    Some(_) => {}
                }
            } else {
                self.leave(node);
                if let Some((caller, _)) = calls.last() {
                    self.low[*caller] = self.low[*caller].min(self.low[node]);
                }
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.index[node] = Some(self.visited);
        self.low[node] = self.visited;
        self.open[node] = true;
        self.path.push(node);
        self.visited += 1;
    }

    /// Closes a component when its first node is left: all that lies above it on the path.
    fn leave(&mut self, node: usize) {
        if self.index[node] != Some(self.low[node]) {
            return;
        }
        let start = self.path.iter().rposition(|open| *open == node).unwrap_or(0);
        let members = self.path.split_off(start);
        let circle = members.len() > 1 || self.arrows[node].contains(&node);
        let mut round = BTreeSet::new();
        for member in members {
            self.open[member] = false;
            let id = DocumentId(u32::try_from(member).expect("documents are counted in u32"));
            self.order.documents.push(id);
            if circle {
                self.order.circles.insert(id);
                round.insert(id);
            }
        }
        if circle {
            self.order.rounds.push(round);
        }
    }
}
