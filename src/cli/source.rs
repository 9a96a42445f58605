//! Where a site is looked at: posted under an address, or in a folder.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use super::Failure;
use crate::disk;
use crate::fetch::{Address, CONNECTIONS, Client};
use crate::files::{Content, FilePath, MANIFEST};
use crate::language::Language;
use crate::manifest::{Manifest, SIGNATURE};
use crate::monitor::{Observed, Reply, is_for_host};

/// The longest manifest that is read, in bytes.
pub(super) const MANIFEST_LIMIT: u64 = 64 << 20;
/// The longest file that is read of those that a site says it has, in bytes: the linked data of some thousand
/// procedures are some hundred MB.
pub(super) const LISTED_LIMIT: u64 = 1 << 30;
/// The longest file that is read where none is said to be, in bytes.
pub(super) const FILE_LIMIT: u64 = 32 << 20;

/// A site to look at.
#[derive(Debug)]
pub(super) enum Source {
    /// A posted one.
    Posted(Client, String),
    /// A folder with what it holds, or the reason why that cannot be told.
    Folder(PathBuf, Result<BTreeSet<FilePath>, [String; 2]>),
}

impl Source {
    /// Takes an address or a folder; asks nobody for anything yet.
    pub(super) fn open(
        place: &str,
        patience: Duration,
        language: Language,
    ) -> Result<Self, Failure> {
        if !Address::is_meant(place) {
            let folder = PathBuf::from(place);
            let paths = disk::list(&folder).map(|paths| paths.into_iter().collect());
            return Ok(Self::Folder(folder, paths.map_err(|error| both(&error))));
        }
        let Some(address) = Address::read(place) else {
            return Err(Failure::Said(match language {
                Language::Vietnamese => format!(
                    "`{place}` không phải địa chỉ của một trang; viết như https://xa.example.vn/"
                ),
                Language::English => {
                    format!("`{place}` is not the address of a site; write https://xa.example.vn/")
                }
            }));
        };
        let name = address.text();
        Ok(Self::Posted(Client::new(address, patience), name))
    }

    /// What it is called.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Posted(_, name) => name.clone(),
            Self::Folder(folder, _) => folder.display().to_string(),
        }
    }

    /// Whether it is asked for over the network.
    pub(super) fn is_posted(&self) -> bool {
        matches!(self, Self::Posted(..))
    }

    /// What stands at an address, of which at most so many bytes are read.
    pub(super) fn get(&self, path: &FilePath, limit: u64) -> Observed {
        let (folder, paths) = match self {
            Self::Posted(client, _) => return client.get(path, limit),
            Self::Folder(folder, Ok(paths)) => (folder, paths),
            Self::Folder(_, Err(why)) => return Observed::Unreachable(why.clone()),
        };
        let answer = |status, bytes, is_cut| {
            Observed::Answered(Reply { status, bytes, is_cut, ..Reply::default() })
        };
        if !paths.contains(path) {
            return answer(404, Vec::new(), false);
        }
        match disk::one(folder, path, limit) {
            Ok(Content::Bytes(bytes)) => answer(200, bytes, false),
            // A link would lead elsewhere; it is none of the files of a site.
            Ok(_) => answer(200, Vec::new(), true),
            Err(error) => Observed::Unreachable(both(&error)),
        }
    }

    /// All files with how long they may be: those of the folder, or those that the manifest lists.
    pub(super) fn list(&self, language: Language) -> Result<Vec<(FilePath, u64)>, Failure> {
        match self {
            Self::Folder(_, Ok(paths)) => {
                Ok(paths.iter().map(|path| (path.clone(), LISTED_LIMIT)).collect())
            }
            Self::Folder(_, Err(why)) => Err(Failure::Said(language.pick(why.each_ref()).clone())),
            Self::Posted(..) => {
                let path = own(MANIFEST);
                let seen = self.get(&path, MANIFEST_LIMIT);
                let Some(bytes) = seen.bytes() else {
                    return Err(unseen(&path, &seen, language));
                };
                let manifest = Manifest::read(bytes)
                    .map_err(|why| Failure::Said(format!("{MANIFEST}: {}", language.pick(why))))?;
                let files = manifest.files.into_iter().filter(|file| !is_for_host(&file.path));
                let files = files.map(|file| (file.path, file.size.min(LISTED_LIMIT)));
                Ok(files.chain([(path, MANIFEST_LIMIT)]).collect())
            }
        }
    }

    /// Runs something that asks for many files at once. Who waits for a network needs no processor.
    pub(super) fn side_by_side<T: Send>(&self, run: impl FnOnce() -> T + Send) -> T {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(CONNECTIONS).build();
        match (self, pool) {
            (Self::Posted(..), Ok(pool)) => pool.install(run),
            _ => run(),
        }
    }
}

/// The path of the manifest or of its signature.
pub(super) fn own(name: &str) -> FilePath {
    debug_assert!(matches!(name, MANIFEST | SIGNATURE));
    FilePath::new(name).expect("the names of both files are paths")
}

/// That a file could not be read.
pub(super) fn unseen(path: &FilePath, seen: &Observed, language: Language) -> Failure {
    let [vietnamese, english] = match seen {
        Observed::Answered(Reply { status, .. }) => {
            [format!("máy chủ trả lời {status}"), format!("the host answers {status}")]
        }
        Observed::Elsewhere(other) => {
            let other = other.escape_debug();
            [format!("chuyển sang {other}"), format!("it leads to {other}")]
        }
        Observed::Unreachable(why) => why.clone(),
        Observed::NotAsked => ["hết giờ".to_owned(), "time was up".to_owned()],
    };
    Failure::Said(format!("{path}: {}", language.pick([vietnamese, english])))
}

fn both(error: &io::Error) -> [String; 2] {
    [Language::Vietnamese, Language::English].map(|language| disk::said(error, language))
}
