//! What differs between two trees, as a unified diff that `git apply` and people read.

use similar::TextDiff;

use crate::files::{FileId, FileTree};

/// The lines of these files that differ, with three lines around them. `folder` stands before each path.
#[must_use]
pub fn unified(old: &FileTree, new: &FileTree, changed: &[FileId], folder: &str) -> String {
    let text =
        |files: &FileTree, file| String::from_utf8_lossy(files.content(file).bytes()).into_owned();
    let mut all = String::new();
    for file in changed {
        let path = format!("{folder}{}", old.path(*file));
        let (old, new) = (text(old, *file), text(new, *file));
        let diff = TextDiff::from_lines(&old, &new);
        let names = (format!("a/{path}"), format!("b/{path}"));
        all.push_str(&diff.unified_diff().header(&names.0, &names.1).to_string());
    }
    all
}
