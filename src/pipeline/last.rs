//! What the last build has left to this one: which of its files an audit has read that looked for the same
//! things, and from what each of its pages was drawn. A page is not drawn again where that is the same.
//!
//! Told apart is only what the files of procedures say, which is what editors change day by day. With any other
//! file of the catalogue, with another theme, another day or another program every page is drawn anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Understood;
use crate::audit::Audit;
use crate::files::{Content, FileId, FilePath, FileTree, Laid, Page, hex};
use crate::manifest::Manifest;
use crate::model::hushed::Hush;
use crate::model::procedure::ProcedureId;
use crate::model::prose::Owner;
use crate::model::texts::Reach;
use crate::render::Site;

/// From what a page was drawn.
type Key = [u8; 32];

/// How the list of what was drawn begins. Another program reads nothing from it.
const HEAD: &str = concat!("niemyet ", env!("CARGO_PKG_VERSION"), " ", env!("NIEMYET_SOURCES"));

/// The site that stands.
#[derive(Debug, Default)]
pub struct Last {
    files: BTreeMap<FilePath, Laid>,
    keys: BTreeMap<FilePath, Key>,
}

impl Last {
    /// From the manifest of the site that stands and the list that was left beside it. Nothing is known of it
    /// where there is no manifest, or where it was read for other things; and not from what its pages were
    /// drawn where the list is of another site.
    #[must_use]
    pub fn new(manifest: &[u8], list: Option<&[u8]>, audit: &Audit<'_>) -> Self {
        let Ok(read) = Manifest::read(manifest) else { return Self::default() };
        let key = read.audit.as_ref().and_then(|told| told.get("key")?.as_str());
        if key != Some(hex::text(&audit.key()).as_str()) {
            return Self::default();
        }
        let keys = list.and_then(|list| keys(list, manifest)).unwrap_or_default();
        let files = read.files.into_iter().map(|file| (file.path.clone(), file));
        Self { files: files.collect(), keys }
    }

    /// Whether it holds this very page.
    #[must_use]
    pub fn has(&self, page: &Page) -> bool {
        self.files.get(&page.path).is_some_and(|file| file.sha256 == Laid::of(page).sha256)
    }

    /// What it holds at a path, if that was drawn from the same.
    pub(super) fn same(&self, path: &FilePath, drawn: &Drawn) -> Option<Laid> {
        let key = drawn.0.get(path).filter(|key| self.keys.get(path) == Some(key));
        key.and_then(|_| self.files.get(path)).cloned()
    }
}

fn keys(list: &[u8], manifest: &[u8]) -> Option<BTreeMap<FilePath, Key>> {
    let (head, rest) = std::str::from_utf8(list).ok()?.split_once('\n')?;
    let (seal, list) = rest.split_once('\n')?;
    let is_of_this = head == HEAD && seal == hex::text(&sealed(manifest, list));
    let key = |line: &str| {
        let (key, path) = line.split_once(' ')?;
        Some((FilePath::new(path)?, hex::read(key)?))
    };
    is_of_this.then(|| list.lines().map(key).collect())?
}

/// What ties a list to a manifest.
fn sealed(manifest: &[u8], list: &str) -> Key {
    digest([digest(manifest), digest(list.as_bytes())].as_flattened())
}

/// From what the pages of a site are drawn, as far as that is known before they are.
#[derive(Debug)]
pub struct Drawn(BTreeMap<FilePath, Key>);

impl Drawn {
    /// Of a site that was laid out from these files.
    #[must_use]
    pub fn new(understood: &Understood, files: &FileTree, theme: &FileTree, site: &Site) -> Self {
        let around = digest(around(understood, files, theme, site).as_bytes());
        let codes = codes(understood, files);
        let of = |shown: &mut dyn Iterator<Item = &Key>| {
            let mut key = blake3::Hasher::new();
            key.update(&around);
            for code in shown {
                key.update(code);
            }
            *key.finalize().as_bytes()
        };
        let whole = of(&mut codes.values());
        let keys = site.places().map(|place| {
            let key = match place.codes() {
                Some(shown) => of(&mut shown.into_iter().filter_map(|code| codes.get(code))),
                None => whole,
            };
            (place.path(), key)
        });
        Self(keys.collect())
    }

    /// The list to be left beside the site with this manifest.
    #[must_use]
    pub fn list(&self, manifest: &[u8]) -> String {
        let mut list = String::new();
        for (path, key) in &self.0 {
            let _never = writeln!(list, "{} {path}", hex::text(key));
        }
        format!("{HEAD}\n{}\n{list}", hex::text(&sealed(manifest, &list)))
    }
}

/// All that any page may depend on but for what the files of procedures say.
fn around(understood: &Understood, files: &FileTree, theme: &FileTree, site: &Site) -> String {
    let Understood { catalogue, assessment, hushed, .. } = understood;
    let own: BTreeSet<FileId> = catalogue.procedures.iter().map(|one| one.span().file).collect();
    let mut around = format!("{} {}\n", assessment.as_of, assessment.today);
    let of_catalogue = files.iter().map(|(file, path, content)| {
        // Which there are decides on what they are called in the rest of this text.
        (path, (!own.contains(&file)).then_some(content))
    });
    let of_theme = theme.iter().map(|(_, path, content)| (path, Some(content)));
    for (path, content) in of_catalogue.chain(of_theme) {
        let content = content.map(|content| hex::text(&digest_of(content)));
        let _never = writeln!(around, "{path} {}", content.unwrap_or_default());
    }
    around.push_str(&site.surroundings());
    let _never = writeln!(around, "{:?}", assessment.groups());
    for (day, silence) in hushed.days() {
        let wide = silence.iter().filter(|(_, hush)| owner(hush).is_none());
        wide.for_each(|hush| {
            let _never = writeln!(around, "{day} {hush:?}");
        });
    }
    around
}

/// Of each code what the files of its versions say, how they stand on all days, and which of their texts are
/// not shown on which.
fn codes(understood: &Understood, files: &FileTree) -> BTreeMap<String, Key> {
    let Understood { catalogue, assessment, hushed, .. } = understood;
    let mut hushes: BTreeMap<_, String> = BTreeMap::new();
    for (day, silence) in hushed.days() {
        for (id, hush) in silence.iter() {
            if let Some(owner) = owner(hush) {
                let _never = writeln!(hushes.entry(owner).or_default(), "{day} {id:?} {hush:?}");
            }
        }
    }
    let versions: Vec<_> = catalogue.procedure_ids().collect();
    let of_version = versions.par_iter().map(|(id, procedure)| {
        let mut key = blake3::Hasher::new();
        let file = procedure.span().file;
        // Its path is its address: two files may have exchanged what they say.
        key.update(&digest(files.path(file).as_str().as_bytes()));
        key.update(&digest_of(files.content(file)));
        key.update(format!("{:?}", assessment.procedure_timeline(*id)).as_bytes());
        key.update(hushes.get(id).map_or("", String::as_str).as_bytes());
        (procedure.code.value.clone(), *key.finalize().as_bytes())
    });
    let of_version: Vec<(String, Key)> = of_version.collect();
    let mut codes: BTreeMap<String, blake3::Hasher> = BTreeMap::new();
    for (code, version) in of_version {
        codes.entry(code).or_default().update(&version);
    }
    codes.into_iter().map(|(code, key)| (code, *key.finalize().as_bytes())).collect()
}

/// The procedure on whose pages alone a text is shown that is not; none where it may be on any page.
fn owner(hush: &Hush) -> Option<ProcedureId> {
    match (hush.reach, hush.owner) {
        (Reach::Own, Owner::Procedure(id)) => Some(id),
        _ => None,
    }
}

fn digest_of(content: &Content) -> Key {
    match content {
        Content::Bytes(bytes) => digest(bytes),
        other => digest(format!("{other:?}").as_bytes()),
    }
}

fn digest(bytes: &[u8]) -> Key {
    *blake3::hash(bytes).as_bytes()
}
