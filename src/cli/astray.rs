//! Whoever stands in the wrong folder is told the right one: a catalogue is looked for above and below, and where there
//! is none, how to begin one.

use std::collections::VecDeque;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::language::Language;

/// The file without which a folder is no catalogue.
const HEART: &str = "catalogue.yaml";
/// So deep below, and in so many folders, a catalogue is looked for.
const DEPTH: usize = 4;
const FOLDERS: usize = 2_000;

/// What to say to who asked for a folder that is no catalogue; nothing where it is one, or where none is near and
/// the folder has files, whose findings tell what is missing.
pub(super) fn astray(asked: &Path, language: Language) -> Option<String> {
    if asked.join(HEART).exists() {
        return None;
    }
    let found = near(asked);
    let is_empty = fs::read_dir(asked).is_ok_and(|mut entries| entries.next().is_none());
    if found.is_none() && asked.is_dir() && !is_empty {
        return None;
    }
    let folder = asked.display();
    let what = match (asked.is_dir(), language) {
        (true, Language::Vietnamese) => format!("thư mục `{folder}` không có `{HEART}`"),
        (true, Language::English) => format!("the folder `{folder}` has no `{HEART}`"),
        (false, Language::Vietnamese) => format!("không có thư mục `{folder}`"),
        (false, Language::English) => format!("there is no folder `{folder}`"),
    };
    let help = match (found, language) {
        (Some(found), Language::Vietnamese) => {
            format!("danh mục ở `{0}`: thêm `--catalogue {0}`", found.display())
        }
        (Some(found), Language::English) => {
            format!("a catalogue is in `{0}`: add `--catalogue {0}`", found.display())
        }
        (None, Language::Vietnamese) => {
            "đứng ở thư mục chứa danh mục, hoặc thêm `--catalogue THƯ_MỤC`; chưa có danh mục nào thì bắt đầu bằng \
             `niemyet new catalogue THƯ_MỤC`"
                .to_owned()
        }
        (None, Language::English) => {
            "stand in the folder that holds the catalogue, or add `--catalogue DIR`; to begin one, \
             `niemyet new catalogue DIR`"
                .to_owned()
        }
    };
    Some(format!("{what}; {help}"))
}

/// A catalogue above or below, as a path to type.
fn near(asked: &Path) -> Option<PathBuf> {
    // A folder that is not there is looked for beside: one stands too high, too low, or it is spelt otherwise.
    let start = if asked.is_dir() { asked.to_owned() } else { parent(asked) };
    below(&start).or_else(|| above(&start))
}

fn above(start: &Path) -> Option<PathBuf> {
    let depth = fs::canonicalize(start).ok()?.components().count();
    let mut folder = start.to_owned();
    for _ in 0..depth {
        if folder.join(HEART).is_file() {
            return Some(folder);
        }
        let beside = folder.join("catalogue");
        if beside.join(HEART).is_file() {
            return Some(tidy(&beside));
        }
        // `..` and not the parent of the name: the path is typed as it is printed.
        folder = match folder {
            folder if folder.as_os_str() == "." => PathBuf::from(".."),
            folder if is_up(&folder) => folder.join(".."),
            folder => parent(&folder),
        };
    }
    None
}

/// The folder that a path stands in.
fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => PathBuf::from("."),
        Some(parent) => parent.to_owned(),
        None => path.to_owned(),
    }
}

/// Whether a path leads up and nowhere else.
fn is_up(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::CurDir | Component::ParentDir))
}

/// Without a `.` at its head, unless it is all there is.
fn tidy(path: &Path) -> PathBuf {
    match path.strip_prefix(".") {
        Ok(rest) if !rest.as_os_str().is_empty() => rest.to_owned(),
        _ => path.to_owned(),
    }
}

/// The nearest one first, then in the order of names.
fn below(start: &Path) -> Option<PathBuf> {
    let mut folders = VecDeque::from([(start.to_owned(), 0)]);
    let mut looked = 0;
    while let Some((folder, depth)) = folders.pop_front() {
        looked += 1;
        if folder.join(HEART).is_file() {
            return Some(tidy(&folder));
        }
        if looked == FOLDERS {
            return None;
        }
        if depth == DEPTH {
            continue;
        }
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        // Links are not followed, and hidden folders belong to other tools.
        let is_own = |entry: &fs::DirEntry| {
            entry.file_type().is_ok_and(|kind| kind.is_dir())
                && !entry.file_name().as_encoded_bytes().starts_with(b".")
        };
        let mut inner: Vec<PathBuf> = entries.filter(is_own).map(|entry| entry.path()).collect();
        inner.sort();
        folders.extend(inner.into_iter().map(|folder| (folder, depth + 1)));
    }
    None
}
