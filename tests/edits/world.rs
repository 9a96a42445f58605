//! All that a build is a function of, as a value: the files of the catalogue and of the theme, and the day.
//! Beside it the chance with which edits are drawn. Touches files only to read the folders it starts from
//! and to lay itself down in a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// The days that a build may be asked for; it goes from one to the next, or back.
pub(crate) const DAYS: [&str; 12] = [
    "2026-06-30",
    "2026-11-20",
    "2026-11-21",
    "2026-11-22",
    "2026-11-23",
    "2026-11-24",
    "2026-11-25",
    "2026-11-26",
    "2026-11-30",
    "2026-12-01",
    "2026-12-31",
    "2027-01-01",
];
/// The one of them on which a sequence starts.
const FIRST: usize = 3;

/// Files by their path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What is built, and from when.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct World {
    /// Below `catalogue/` and below `theme/`.
    pub(crate) files: Files,
    /// The place of the day among [`DAYS`].
    pub(crate) day: usize,
    /// Whether the build is told from which state of a repository it is.
    pub(crate) commit: bool,
}

impl World {
    /// The world that every sequence starts from.
    pub(crate) fn first() -> Self {
        let files = below("catalogue").into_iter();
        let files = files.map(|(path, bytes)| (format!("catalogue/{path}"), bytes)).collect();
        Self { files, day: FIRST, commit: false }
    }

    /// The text of a file.
    pub(crate) fn text(&self, path: &str) -> String {
        self.files
            .get(path)
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
            .unwrap_or_default()
    }

    /// Makes the folder hold these files and no other; what is as it was is not touched.
    pub(crate) fn lay_down(&self, folder: &Path, before: Option<&Self>) {
        let stood = before.map(|before| before.files.clone()).unwrap_or_default();
        for path in stood.keys().filter(|path| !self.files.contains_key(*path)) {
            fs::remove_file(folder.join(path)).expect("a file that was laid down");
        }
        for (path, bytes) in &self.files {
            if stood.get(path) != Some(bytes) {
                let path = folder.join(path);
                fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                fs::write(path, bytes).expect("a file");
            }
        }
        for folder in ["catalogue", "theme"].map(|name| folder.join(name)) {
            fs::create_dir_all(folder).expect("a folder");
        }
    }
}

/// The files of a folder beside this one.
pub(crate) fn below(name: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/edits").join(name);
    let entries = WalkDir::new(&root).into_iter().map(|entry| entry.expect("a readable folder"));
    let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(&root).expect("inside");
        (path.to_str().expect("a plain name").to_owned(), fs::read(entry.path()).expect("a file"))
    });
    files.collect()
}

/// Chance that can be had again: the generator called splitmix64.
#[derive(Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below one that is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).expect("31 bits") % end
    }

    /// One of a list, if there is one.
    pub(crate) fn of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        (!list.is_empty()).then(|| &list[self.below(list.len())])
    }

    /// One of a list of pairs, as often as its weight says.
    pub(crate) fn weighed<T: Copy>(&mut self, list: &[(usize, T)]) -> T {
        let mut left = self.below(list.iter().map(|(weight, _)| weight).sum());
        for (weight, what) in list {
            if left < *weight {
                return *what;
            }
            left -= weight;
        }
        unreachable!("the rest is below the sum of all weights")
    }
}
