//! Whether something written later names anything that is over on one of the days on which all other texts were
//! judged: with it a small change can be shown before everything is judged again. Holds what was looked for, and
//! no catalogue.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::containers::DEPTH_LIMIT;
use super::fold::Folds;
use super::layers::{self, Canon, Layer};
use super::passages::readings;
use super::search::Search;
use crate::model::texts::Text;

/// What is looked for on any of some days.
#[derive(Debug)]
pub struct Lookout {
    pub(super) folds: Folds,
    /// What is over on any of them, and behind that the names that hold it.
    pub(super) search: Search,
    pub(super) n_ended: usize,
}

impl Lookout {
    /// Whether a text names nothing of it, however it is read.
    #[must_use]
    pub fn clears(&self, text: &Text<'_>) -> bool {
        self.found(&readings(text.text, text.manner)).iter().all(|one| self.n_ended <= *one)
    }

    /// Of what is looked for all that stands in a text, read in some ways.
    pub(super) fn found(&self, read: &[Cow<'_, str>]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for read in read {
            let see = &mut |canon: &Canon| found.extend(self.search.all(canon));
            each_layer(&self.folds, read.as_bytes(), 0, see);
        }
        found
    }
}

/// Shows a text as it is read, and again what its escapes hide.
pub(super) fn each_layer(folds: &Folds, bytes: &[u8], round: usize, see: &mut impl FnMut(&Canon)) {
    let layer = Layer::read::<false>(folds, bytes, layers::Manner::default());
    see(&layer.flow);
    see(&layer.tags);
    if layer.is_nested() && round < DEPTH_LIMIT {
        let (plain, _) = layers::unescape(bytes);
        each_layer(folds, &plain, round + 1, see);
    }
}
