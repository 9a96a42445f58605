//! Files of a catalogue with other bytes: all of them or, where one cannot be written or was changed
//! meanwhile, none. Each is laid beside its place first and then takes it in one step.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use rustix::fd::OwnedFd;
use rustix::fs::{AtFlags, Mode, OFlags, fchmod, openat, renameat, statat, unlinkat};

use super::beneath;
use super::read::limit_of;
use super::trouble::{failed, trouble};
use crate::files::{Content, FilePath};

const UNWRITTEN: [&str; 2] = ["không ghi được", "cannot write"];

/// A file, the bytes that it had when it was read, and those that it is to have.
#[derive(Clone, Debug)]
pub struct Amended {
    /// Its path below the folder.
    pub path: FilePath,
    /// Its bytes as they were read.
    pub before: Vec<u8>,
    /// Its bytes from now on.
    pub after: Vec<u8>,
}

/// A file that lies ready beside its place; dropped, it is gone again.
struct Ready<'a> {
    folder: OwnedFd,
    fresh: String,
    name: &'a str,
}

impl Drop for Ready<'_> {
    fn drop(&mut self) {
        let _gone = unlinkat(&self.folder, &self.fresh, AtFlags::empty());
    }
}

/// Writes all of them.
pub fn amend(folder: &Path, files: &[Amended]) -> io::Result<()> {
    for Amended { path, before, .. } in files {
        if !matches!(super::one(folder, path, limit_of(path))?, Content::Bytes(bytes) if bytes == *before)
        {
            let whole = folder.join(path.as_str());
            let whole = whole.display();
            return Err(trouble(
                ErrorKind::ResourceBusy,
                [
                    format!(
                        "`{whole}` vừa bị sửa bởi chương trình khác; chưa ghi gì, hãy chạy lại"
                    ),
                    format!("`{whole}` was changed meanwhile; nothing was written, run this again"),
                ],
            ));
        }
    }
    let root = beneath::root(folder).map_err(|error| failed(UNWRITTEN, folder, error))?;
    let mut all = Vec::with_capacity(files.len());
    for file in files {
        let ready = laid(&root, file);
        all.push(
            ready.map_err(|error| failed(UNWRITTEN, &folder.join(file.path.as_str()), error))?,
        );
    }
    for ready in all {
        renameat(&ready.folder, &ready.fresh, &ready.folder, ready.name)
            .map_err(|error| failed(UNWRITTEN, &folder.join(ready.name), error))?;
    }
    Ok(())
}

fn laid<'a>(root: &OwnedFd, file: &'a Amended) -> io::Result<Ready<'a>> {
    let folder = beneath::parent(root, &file.path).map_err(|(_, error)| error)?;
    let name = file.path.name();
    let mode = Mode::from_raw_mode(statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW)?.st_mode);
    // Its name starts with a dot, so that nobody takes it for a file of the catalogue.
    let fresh = format!(".{name}.new-{}", std::process::id());
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let opened = openat(&folder, &fresh, flags, Mode::RUSR | Mode::WUSR)?;
    let ready = Ready { folder, fresh, name };
    let mut written = File::from(opened);
    written.write_all(&file.after)?;
    fchmod(&written, mode)?;
    written.sync_all()?;
    Ok(ready)
}
