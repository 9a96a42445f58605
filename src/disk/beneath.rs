//! Opens what lies beneath an open folder, one part of the path after the other, and follows no
//! symbolic link on the way: whoever swaps a folder for a link meanwhile gets an error, not a file.
//! `openat2` with `RESOLVE_BENEATH` would say the same in one call, on Linux alone; a path of the
//! catalogue has two or three parts, so the portable way costs next to nothing.

use std::fs::File;
use std::path::Path;

use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{CWD, Mode, OFlags, openat};
use rustix::io::{Errno, Result};

use crate::files::FilePath;

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

/// Opens a folder that a person named. It may be a link: that is their choice.
pub(super) fn root(path: &Path) -> Result<OwnedFd> {
    openat(CWD, path, FOLDER, Mode::empty())
}

/// Opens a folder that stands in another, unless it is a link.
pub(super) fn folder(folder: impl AsFd, name: impl rustix::path::Arg) -> Result<OwnedFd> {
    openat(folder, name, FOLDER | OFlags::NOFOLLOW, Mode::empty())
}

/// Opens the folder that holds the file at a path; an error comes with the part of the path at which
/// it arose, so that nothing beyond that part need be named.
pub(super) fn parent<'p>(
    root: &OwnedFd,
    path: &'p FilePath,
) -> std::result::Result<OwnedFd, (&'p str, Errno)> {
    let path = path.as_str();
    let mut opened = folder(root, ".").map_err(|error| ("", error))?;
    let mut start = 0;
    for (end, _) in path.match_indices('/') {
        opened = folder(&opened, &path[start..end]).map_err(|error| (&path[..end], error))?;
        start = end + 1;
    }
    Ok(opened)
}

/// Opens a file for reading. A link is `ELOOP`; a pipe put in the place of the file does not block.
pub(super) fn file(folder: &OwnedFd, name: &str) -> Result<File> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    openat(folder, name, flags, Mode::empty()).map(File::from)
}
