//! A small file that one run leaves to the next: there whole or not at all.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::guard;
use super::trouble::failed;

/// The path of a file that is kept beside the folder of a site, under the folder's name.
#[must_use]
pub fn beside(out: &Path, ending: &str) -> Option<PathBuf> {
    let target = guard::target(out, &[]).ok()?;
    Some(target.path_of(&target.beside(ending)))
}

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

/// The same for one writer at a time: what it leaves half written is overwritten by the next.
pub fn leave(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put(path, ".new", bytes)
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
