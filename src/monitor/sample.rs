//! Which files a look asks for. All notices and the home page are always among them; the others change
//! from day to day and from build to build, so that each comes up in time.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::files::{FilePath, Laid};
use crate::manifest::Manifest;
use crate::model::date::Date;

/// How many files are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// All.
    All,
    /// So many besides those that are always looked at.
    Some(usize),
}

/// Whether a file speaks to a host, which hands it to no reader.
#[must_use]
pub fn is_for_host(path: &FilePath) -> bool {
    path.as_str().starts_with(['_', '.'])
}

/// The files to look at, in the order of their paths.
#[must_use]
pub fn choose(manifest: &Manifest, today: Date, sample: Sample) -> Vec<&Laid> {
    let always: BTreeSet<&FilePath> = manifest.withheld.notices.iter().collect();
    let is_always =
        |file: &&Laid| file.path.as_str() == "index.html" || always.contains(&file.path);
    let Sample::Some(count) = sample else { return manifest.files.iter().collect() };
    let (mut chosen, rest): (Vec<&Laid>, Vec<&Laid>) = manifest.files.iter().partition(is_always);
    let place = |file: &&Laid| -> [u8; 32] {
        Sha256::digest(format!("{} {today} {}", manifest.build_no, file.path)).into()
    };
    let mut drawn: Vec<_> = rest.into_iter().map(|file| (place(&file), file)).collect();
    drawn.sort_unstable();
    chosen.extend(drawn.into_iter().take(count).map(|(_, file)| file));
    chosen.sort_unstable();
    chosen
}
