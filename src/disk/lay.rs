//! New files that nothing stands in the way of: all of them or, where one name is taken, none.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

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

/// Lays files down below a folder, which is made where it is not there. Nothing is ever overwritten, and what
/// was begun and cannot be ended is taken away again.
pub fn lay(folder: &Path, files: &[Fresh]) -> io::Result<()> {
    for Fresh { path, .. } in files {
        is_free(folder, path)?;
    }
    let mut made = Made::default();
    let ended = files.iter().try_for_each(|file| {
        let place = folder.join(file.path.as_str());
        made.folder(place.parent().unwrap_or(folder))?;
        made.file(&place, file)
    });
    if ended.is_err() {
        made.take_away();
    }
    ended
}

/// Whether a file can come here: nothing bears its name, and folders are above it. Below the folder that was
/// named they are no links: a catalogue is read without following any, so what lies behind one is not in it.
fn is_free(folder: &Path, path: &FilePath) -> io::Result<()> {
    if folder.symlink_metadata().is_ok() && !folder.is_dir() {
        return Err(no_folder(folder));
    }
    let mut place = folder.to_path_buf();
    let mut parts = path.as_str().split('/').peekable();
    while let Some(part) = parts.next() {
        place.push(part);
        match place.symlink_metadata() {
            Ok(_) if parts.peek().is_none() => return Err(taken(&place)),
            Ok(there) if there.is_dir() => {}
            Ok(_) => return Err(no_folder(&place)),
            // What cannot be looked at is said where it cannot be written.
            Err(_) => break,
        }
    }
    Ok(())
}

/// What was made so far, in this order.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|above| !above.as_os_str().is_empty() && !above.is_dir())
            .collect();
        for above in missing.into_iter().rev() {
            match fs::create_dir(above) {
                Ok(()) => self.folders.push(above.to_path_buf()),
                // Somebody was faster.
                Err(_) if above.is_dir() => {}
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    return Err(no_folder(above));
                }
                Err(error) => {
                    let undone = ["không tạo được thư mục", "cannot make the folder"];
                    return Err(failed(undone, above, error));
                }
            }
        }
        Ok(())
    }

    fn file(&mut self, place: &Path, file: &Fresh) -> io::Result<()> {
        let written = |error| failed(["không ghi được", "cannot write"], place, error);
        let mode = if file.is_program { 0o755 } else { 0o644 };
        let opened = OpenOptions::new().write(true).create_new(true).mode(mode).open(place);
        let mut opened = opened.map_err(|error| match error.kind() {
            // Somebody was faster than the first look.
            ErrorKind::AlreadyExists => taken(place),
            _ => written(error),
        })?;
        self.files.push(place.to_path_buf());
        opened.write_all(file.text.as_bytes()).and_then(|()| opened.sync_all()).map_err(written)
    }

    /// A folder that somebody has put something into meanwhile stays.
    fn take_away(&self) {
        for file in &self.files {
            let _gone = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _gone = fs::remove_dir(folder);
        }
    }
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

fn no_folder(place: &Path) -> io::Error {
    let place = place.display();
    trouble(
        ErrorKind::NotADirectory,
        [
            format!(
                "`{place}` không phải thư mục thật (là tệp hoặc liên kết); hãy dời nó đi rồi thử lại"
            ),
            format!("`{place}` is no real folder but a file or a link; move it away and try again"),
        ],
    )
}
