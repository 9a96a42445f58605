//! A small file that one run leaves to the next: there whole or not at all.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::trouble::failed;
use super::{guard, read};
use crate::files::{Content, FilePath};

/// What an earlier run left; none where there was none.
pub fn recall(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(["không đọc được", "cannot read"], path, error)),
    }
}

/// Puts the bytes in the place of the file in one step.
pub fn remember(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put(path, &format!(".new-{}", std::process::id()), bytes)
}

/// What an earlier run left beside the folder of a site, under the folder's name with this ending; none where
/// there is nothing that can be read, or more than so many bytes.
#[must_use]
pub fn left(out: &Path, ending: &str, limit: u64) -> Option<Content> {
    let path = beside(out, ending).ok()?;
    let name = FilePath::new(path.file_name()?.to_str()?)?;
    read::one(path.parent()?, &name, limit).ok()
}

/// Leaves it for the next, of which one runs at a time: what this one leaves half written, that overwrites.
pub fn leave(out: &Path, ending: &str, bytes: &[u8]) -> io::Result<()> {
    put(&beside(out, ending)?, ".new", bytes)
}

fn beside(out: &Path, ending: &str) -> io::Result<PathBuf> {
    let target = guard::target(out, &[])?;
    Ok(target.path_of(&target.beside(ending)))
}

fn put(path: &Path, ending: &str, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    let fresh = path.with_file_name(name);
    laid(&fresh, path, bytes).map_err(|error| {
        let _gone = fs::remove_file(&fresh);
        failed(["không ghi được", "cannot write"], path, error)
    })
}

fn laid(fresh: &PathBuf, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(fresh, path)
}
