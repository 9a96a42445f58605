//! What was met while sequences were played, so that a proof that looks at nothing is seen.

use std::collections::{BTreeMap, BTreeSet};

use super::site::Tree;
use super::world::World;

/// What was met: how often, and which kinds of pages changed when files of which kind were edited.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) builds: usize,
    pub(crate) made: usize,
    pub(crate) compared: usize,
    pub(crate) acts: usize,
    /// After how many edits a site was shown at once.
    pub(crate) touched: usize,
    /// By the kind of page, then by what alone was edited: how many pages stayed where they were, with
    /// other bytes.
    changed: BTreeMap<String, BTreeMap<String, usize>>,
}

/// What has the hash of its bytes in its address, and what is nearly the same for all catalogues.
const UNCHANGING: [&str; 4] = [".niemyet", "bieu-mau", "robots.txt", "tai-san"];

/// The kind of a page: its folder, or itself where it stands in none.
fn kind(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(folder, _)| folder)
}

impl Counts {
    pub(crate) fn count(&mut self, last: &World, world: &World, before: &Tree, now: &Tree) {
        let paths = last.files.keys().chain(world.files.keys());
        let edited: BTreeSet<String> = paths
            .filter(|path| last.files.get(*path) != world.files.get(*path))
            .map(|path| {
                let inside = path.strip_prefix("catalogue/").unwrap_or("theme/");
                inside.split(['/', '.']).next().unwrap_or_default().to_owned()
            })
            .collect();
        let what = match (edited.first(), edited.len(), last.day == world.day) {
            (Some(only), 1, true) => only.as_str(),
            (None, _, false) => "the day",
            (None, ..) => "nothing",
            _ => "more",
        };
        for (path, (_, bytes)) in now {
            if path.ends_with('/') {
                continue;
            }
            let Some((_, old)) = before.get(path) else { continue };
            let by = self.changed.entry(kind(path).to_owned()).or_default();
            if old != bytes {
                *by.entry(what.to_owned()).or_default() += 1;
            }
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.builds += other.builds;
        self.made += other.made;
        self.compared += other.compared;
        self.acts += other.acts;
        self.touched += other.touched;
        for (kind, by) in other.changed {
            for (what, n) in by {
                *self.changed.entry(kind.clone()).or_default().entry(what).or_default() += n;
            }
        }
    }

    pub(crate) fn written(&self) -> String {
        let Self { builds, made, compared, acts, touched, changed } = self;
        serde_json::json!([builds, made, compared, acts, touched, changed]).to_string()
    }

    pub(crate) fn read(text: &str) -> Self {
        let (builds, made, compared, acts, touched, changed) = serde_json::from_str(text).unwrap();
        Self { builds, made, compared, acts, touched, changed }
    }

    pub(crate) fn shown(&self) -> String {
        let Self { builds, made, compared, acts, touched, changed } = self;
        let mut lines = vec![format!(
            "{builds} builds over a site, {made} made one, {compared} compared with a clean build; \
             {acts} times something was done to a site, {touched} times it was shown at once. \
             Pages changed, by what alone was edited:"
        )];
        lines.extend(changed.iter().map(|(kind, by)| {
            let by: Vec<String> = by.iter().map(|(what, n)| format!("{what} {n}")).collect();
            format!("{kind:24} {}", by.join(", "))
        }));
        lines.join("\n")
    }

    /// Every kind of page has changed by an edit of the catalogue, and not only by the day or the theme: of
    /// a kind that has not the proof says nothing.
    pub(crate) fn demand(&self) {
        let is_edit = |what: &String| !matches!(what.as_str(), "the day" | "theme" | "nothing");
        let is_unchanging =
            |kind: &str| UNCHANGING.iter().any(|it| kind.split('/').next() == Some(it));
        let unchanged = self.changed.iter().filter(|(_, by)| !by.keys().any(is_edit));
        let missing: Vec<&String> =
            unchanged.map(|(kind, _)| kind).filter(|kind| !is_unchanging(kind)).collect();
        assert!(missing.is_empty(), "no edit of the catalogue has changed a page of {missing:?}");
    }
}
