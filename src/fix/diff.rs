//! What differs between two trees, as a unified diff that `git apply` and people read.

use std::fmt::Write;

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
        let names = [named(&format!("a/{path}")), named(&format!("b/{path}"))];
        all.push_str(&diff.unified_diff().header(&names[0], &names[1]).to_string());
    }
    all
}

/// A path as both `git apply` and `patch` take it for the same: between quotes where it holds what would end
/// it, and with a tab behind it where it has a blank, at which `patch` would stop. Other letters than those of
/// ASCII stand as they are, for both read them and so do people.
fn named(path: &str) -> String {
    let mut named = String::with_capacity(path.len());
    for letter in path.chars() {
        match letter {
            '"' | '\\' => named.extend(['\\', letter]),
            '\n' => named.push_str("\\n"),
            '\t' => named.push_str("\\t"),
            other if other.is_control() => {
                let mut bytes = [0; 4];
                for byte in other.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(named, "\\{byte:03o}");
                }
            }
            other => named.push(other),
        }
    }
    let tab = if path.contains(' ') { "\t" } else { "" };
    if named == path { format!("{named}{tab}") } else { format!("\"{named}\"{tab}") }
}
