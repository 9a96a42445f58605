//! New files that nothing stands in the way of: all of them or, where one name is taken, none.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::trouble::{failed, trouble};
use crate::files::FilePath;

/// A file to lay down.
#[derive(Debug)]
pub struct Fresh {
    /// Where, below the folder.
    pub path: FilePath,
    /// What it holds.
    pub text: String,
    /// Whether it is a program.
    pub is_program: bool,
}

/// Lays files down below a folder, which is made where it is not there. Nothing is ever overwritten.
pub fn lay(folder: &Path, files: &[Fresh]) -> io::Result<()> {
    for Fresh { path, .. } in files {
        let place = folder.join(path.as_str());
        if place.symlink_metadata().is_ok() {
            return Err(taken(&place));
        }
    }
    for file in files {
        let place = folder.join(file.path.as_str());
        let parent = place.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|error| {
            failed(["không tạo được thư mục", "cannot make the folder"], parent, error)
        })?;
        laid(&place, file).map_err(|error| match error.kind() {
            // Somebody was faster than the first look.
            ErrorKind::AlreadyExists => taken(&place),
            _ => failed(["không ghi được", "cannot write"], &place, error),
        })?;
    }
    Ok(())
}

fn laid(place: &Path, file: &Fresh) -> io::Result<()> {
    let mode = if file.is_program { 0o755 } else { 0o644 };
    let mut opened = OpenOptions::new().write(true).create_new(true).mode(mode).open(place)?;
    opened.write_all(file.text.as_bytes())?;
    opened.sync_all()
}

fn taken(place: &Path) -> io::Error {
    let place = place.display();
    trouble(
        ErrorKind::AlreadyExists,
        [
            format!("`{place}` đã có; không ghi đè tệp nào, hãy chọn tên khác hoặc tự xóa tệp ấy"),
            format!(
                "`{place}` is there already; nothing is overwritten, choose another name or remove it yourself"
            ),
        ],
    )
}
