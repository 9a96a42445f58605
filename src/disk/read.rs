//! A folder to a `FileTree`. Follows no symbolic link below the folder itself, and reads no file that is
//! larger than it may be or whose name is no path: all are named in the tree, so that the loader can say so
//! at their place.
//! Files and folders whose name starts with a dot belong to other tools and are passed over.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rustix::fd::OwnedFd;
use rustix::fs::{AtFlags, FileType, fstat, statat};
use rustix::io::Errno;
use walkdir::{DirEntry, WalkDir};

use super::beneath;
use super::trouble::{failed, refused};
use crate::files::{Content, FileId, FilePath, FileTree};

/// The largest text that is read, in bytes: YAML and Markdown are written by hand.
const TEXT_LIMIT: u64 = 1 << 20;
/// The largest file of any other kind that is read, in bytes.
const FILE_LIMIT: u64 = 32 << 20;

/// What could not be done, to a folder and to a file.
const FOLDER_UNREAD: [&str; 2] = ["không đọc được thư mục", "cannot read the folder"];
const UNREAD: [&str; 2] = ["không đọc được", "cannot read"];

/// Reads all files of a folder. The folder itself may be a symbolic link; nothing in it may.
pub fn read(folder: &Path) -> io::Result<FileTree> {
    let root = beneath::root(folder).map_err(|error| failed(FOLDER_UNREAD, folder, error))?;
    let mut entries = Vec::new();
    // Sorted, so that of several unreadable files always the same one is named.
    let walk = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| !is_hidden(entry)) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            // Without an error of the disk it is a loop, which needs a link that was followed.
            failed(UNREAD, &path, error.into_io_error().unwrap_or_else(|| Errno::LOOP.into()))
        })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        match FilePath::or_odd(inside.as_os_str().as_encoded_bytes()) {
            Ok(path) => {
                let content = content_of(&root, folder, &path, limit_of(&path))?;
                entries.push((path, content));
            }
            Err(odd) => entries.push(odd),
        }
    }
    Ok(FileTree::new(entries))
}

/// All files of a folder, also those whose name starts with a dot, in the order of their paths.
pub fn list(folder: &Path) -> io::Result<Vec<FilePath>> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            failed(UNREAD, &path, error.into_io_error().unwrap_or_else(|| Errno::LOOP.into()))
        })?;
        if !entry.file_type().is_dir() {
            paths.push(path_of(&entry, folder)?);
        }
    }
    Ok(paths)
}

/// What stands at a path of a folder, of at most so many bytes.
pub fn one(folder: &Path, path: &FilePath, limit: u64) -> io::Result<Content> {
    let root = beneath::root(folder).map_err(|error| failed(FOLDER_UNREAD, folder, error))?;
    content_of(&root, folder, path, limit)
}

/// The bytes that files of a folder have now which were read before, of some paths; none where what stands at one of
/// them is new, or is no longer a file. A path at which nothing stood and nothing stands is passed over.
pub fn again(
    folder: &Path,
    files: &FileTree,
    paths: impl IntoIterator<Item = FilePath>,
) -> io::Result<Option<BTreeMap<FileId, Vec<u8>>>> {
    let root = beneath::root(folder).map_err(|error| failed(FOLDER_UNREAD, folder, error))?;
    let mut read = BTreeMap::new();
    for path in paths.into_iter().filter(|path| !path.is_hidden()) {
        let Some(file) = files.find(path.as_str()) else {
            match folder.join(path.as_str()).symlink_metadata() {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                _ => return Ok(None),
            }
        };
        let Content::Bytes(bytes) = content_of(&root, folder, &path, limit_of(&path))? else {
            return Ok(None);
        };
        read.insert(file, bytes);
    }
    Ok(Some(read))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// The path inside the folder. A name that has none is an error here: what stands where a site is to be put is
/// no content, and nobody else names it. It is printed escaped, for it may hold anything.
fn path_of(entry: &DirEntry, folder: &Path) -> io::Result<FilePath> {
    let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
    let odd = || odd_name(&entry.path().display().to_string());
    inside.to_str().and_then(FilePath::new).ok_or_else(odd)
}

/// The refusal of a name that is no path of a catalogue.
pub(super) fn odd_name(path: &str) -> io::Error {
    let path = path.escape_debug();
    refused([
        format!(
            "tên tệp `{path}` không phải UTF-8, hoặc có ký tự điều khiển, ký tự ẩn, `:` hay `\\`; \
             đổi tên tệp"
        ),
        format!(
            "the file name `{path}` is not UTF-8 or holds a control character, one that is not seen, \
             `:` or `\\`; rename the file"
        ),
    ])
}

/// What stands at a path. The walk gives names alone: it may have looked through a folder that was
/// exchanged for a link at that moment, so what a name stands for is asked beneath the open folder, and an
/// error names nothing that may have been seen elsewhere.
fn content_of(root: &OwnedFd, folder: &Path, path: &FilePath, limit: u64) -> io::Result<Content> {
    let changed = |part: &str| {
        let folder = folder.join(part);
        let folder = folder.display();
        refused([
            format!("thư mục `{folder}` bị thay đổi trong lúc đọc; thử lại"),
            format!("the folder `{folder}` changed while it was read; try again"),
        ])
    };
    let parent = beneath::parent(root, path).map_err(|(part, error)| match error {
        Errno::LOOP | Errno::NOTDIR | Errno::NOENT => changed(part),
        _ => failed(FOLDER_UNREAD, &folder.join(part), error),
    })?;
    let unread = |error: Errno| match error {
        Errno::NOENT => changed(path.as_str().rsplit_once('/').map_or("", |(above, _)| above)),
        _ => failed(UNREAD, &folder.join(path.as_str()), error),
    };
    let found = statat(&parent, path.name(), AtFlags::SYMLINK_NOFOLLOW).map_err(unread)?;
    match FileType::from_raw_mode(found.st_mode) {
        FileType::RegularFile => {}
        FileType::Symlink => return Ok(Content::SymbolicLink),
        FileType::Directory => return Err(unread(Errno::NOENT)),
        _ => return Ok(Content::Special),
    }
    match beneath::file(&parent, path.name()) {
        Ok(file) => bytes_of(&file, limit)
            .map_err(|error| failed(UNREAD, &folder.join(path.as_str()), error)),
        Err(Errno::LOOP) => Ok(Content::SymbolicLink),
        Err(error) => Err(unread(error)),
    }
}

/// How large a file may be, by its ending.
pub(super) fn limit_of(path: &FilePath) -> u64 {
    let is_text = path.extension().is_some_and(|extension| {
        ["yaml", "yml", "md"].iter().any(|text| extension.eq_ignore_ascii_case(text))
    });
    if is_text { TEXT_LIMIT } else { FILE_LIMIT }
}

fn bytes_of(file: &File, limit: u64) -> io::Result<Content> {
    let found = fstat(file)?;
    if FileType::from_raw_mode(found.st_mode) != FileType::RegularFile {
        return Ok(Content::Special);
    }
    let size = u64::try_from(found.st_size).unwrap_or_default();
    if limit < size {
        return Ok(Content::TooLarge(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    // One byte more than allowed, in case the file grows while it is read.
    file.take(limit + 1).read_to_end(&mut bytes)?;
    let size = bytes.len() as u64;
    Ok(if limit < size { Content::TooLarge(size) } else { Content::Bytes(bytes) })
}
