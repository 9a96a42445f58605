//! Folders of sites: what stands in one, where two differ, and what a hand or an accident does to one
//! between two builds. Knows nothing of catalogues.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use niemyet::files::MANIFEST;
use walkdir::WalkDir;

use super::world::Chance;

/// Everything in a folder by its path: rights and bytes; folders end with a slash.
pub(crate) type Tree = BTreeMap<String, (u32, Vec<u8>)>;

/// What stands in a folder; nothing where there is none.
pub(crate) fn tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    if !folder.exists() {
        return tree;
    }
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry.expect("a readable folder");
        let path = entry.path().strip_prefix(folder).expect("inside").to_str().expect("a name");
        let rights = entry.metadata().expect("its rights").permissions().mode() & 0o7777;
        if entry.file_type().is_dir() {
            tree.insert(format!("{path}/"), (rights, Vec::new()));
        } else {
            let bytes = fs::read(entry.path()).expect("a file");
            tree.insert(path.to_owned(), (rights, bytes));
        }
    }
    tree
}

/// Where two trees differ first, in words.
pub(crate) fn difference(over: &Tree, clean: &Tree) -> Option<String> {
    let gone = clean.keys().find(|path| !over.contains_key(*path));
    if let Some(path) = gone {
        return Some(format!("{path}: only in the clean site"));
    }
    // The manifest differs with every file, and says less than the file itself.
    let (manifest, files): (Vec<_>, Vec<_>) = over.iter().partition(|(path, _)| *path == MANIFEST);
    for (path, (rights, bytes)) in files.into_iter().chain(manifest) {
        let Some((clean_rights, clean_bytes)) = clean.get(path) else {
            return Some(format!("{path}: not in the clean site"));
        };
        if rights != clean_rights {
            return Some(format!("{path}: its rights are {rights:o}, clean {clean_rights:o}"));
        }
        if bytes != clean_bytes {
            return Some(format!("{path}: {}", line(bytes, clean_bytes)));
        }
    }
    None
}

/// The first line that differs, around the first letter that does.
fn line(over: &[u8], clean: &[u8]) -> String {
    let at = over.iter().zip(clean).take_while(|(one, other)| one == other).count();
    let number = over[..at].split(|byte| *byte == b'\n').count();
    let around = |bytes: &[u8]| {
        let part = &bytes[at.saturating_sub(60)..(at + 60).min(bytes.len())];
        String::from_utf8_lossy(part).into_owned()
    };
    format!("line {number}\n  over:  …{}…\n  clean: …{}…", around(over), around(clean))
}

/// Edits a published file by hand, or puts one there that is none of the site's. The marker stays: without
/// it the folder is a foreign one.
pub(crate) fn edit(out: &Path, seed: u64) -> String {
    let mut chance = Chance::new(seed);
    let is_file = |path: &&String| !path.ends_with('/') && *path != ".niemyet";
    let paths: Vec<String> = tree(out).keys().filter(is_file).cloned().collect();
    let Some(name) = chance.of(&paths) else { return "nothing stands there".to_owned() };
    let path = out.join(name);
    let stood = fs::metadata(&path).expect("a file");
    let mut bytes = fs::read(&path).expect("a file");
    match chance.below(7) {
        0 => {
            fs::remove_file(&path).expect("a file");
            format!("{name} deleted")
        }
        1 => {
            bytes.extend(b"by hand");
            fs::write(&path, bytes).expect("a file");
            format!("{name} longer")
        }
        2 => {
            let other = chance.of(&paths).expect("a path");
            fs::write(&path, fs::read(out.join(other)).expect("a file")).expect("a file");
            format!("{name} with the bytes of {other}")
        }
        3 => {
            let rights = fs::Permissions::from_mode(0o600);
            fs::set_permissions(&path, rights).expect("its owner may");
            format!("{name} is not for others")
        }
        4 => {
            fs::write(out.join("la.html"), "none of the site's").expect("a file");
            "a foreign file".to_owned()
        }
        // What looks at sizes and times alone is deceived.
        _ => {
            let place = chance.below(bytes.len().max(1));
            if let Some(byte) = bytes.get_mut(place) {
                *byte ^= 1;
            }
            fs::write(&path, bytes).expect("a file");
            let time = stood.modified().expect("a time");
            let file = fs::File::options().append(true).open(&path).expect("a file");
            file.set_modified(time).expect("its owner may");
            format!("{name} with one bit of byte {place} turned, and its time as it was")
        }
    }
}

/// What lies beside a folder and belongs to it, but for its lock.
pub(crate) fn beside(out: &Path) -> Vec<PathBuf> {
    let own = format!(".{}.", out.file_name().expect("a name").to_string_lossy());
    let parent = out.parent().expect("a parent");
    let mut found: Vec<PathBuf> = fs::read_dir(parent)
        .expect("a folder")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            name.starts_with(&own) && !name.ends_with(".lock")
        })
        .collect();
    found.sort();
    found
}

/// The bytes of what lies beside a folder.
pub(crate) fn remembered(out: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = beside(out).into_iter().filter(|path| path.is_file());
    files.map(|path| (path.clone(), fs::read(path).expect("a file"))).collect()
}

/// Deletes or damages what lies beside a folder, or puts it back as it was after an earlier build.
pub(crate) fn damage(out: &Path, earlier: &[Vec<(PathBuf, Vec<u8>)>], seed: u64) -> String {
    let mut chance = Chance::new(seed);
    let there = remembered(out);
    match chance.below(5) {
        0 => {
            for (path, _) in &there {
                fs::remove_file(path).expect("a file");
            }
            format!("{} files beside it deleted", there.len())
        }
        1 | 2 => {
            let put_back = chance.of(earlier).cloned().unwrap_or_default();
            for (path, bytes) in &put_back {
                fs::write(path, bytes).expect("a file");
            }
            format!("{} files beside it as they were after an earlier build", put_back.len())
        }
        3 => {
            for (path, bytes) in &there {
                let half = &bytes[..chance.below(bytes.len().max(1))];
                fs::write(path, half).expect("a file");
            }
            format!("{} files beside it cut off", there.len())
        }
        _ => {
            for (path, bytes) in there.clone() {
                let mut bytes = bytes;
                let place = chance.below(bytes.len().max(1));
                if let Some(byte) = bytes.get_mut(place) {
                    *byte ^= 1 << chance.below(8);
                }
                fs::write(path, bytes).expect("a file");
            }
            format!("a bit turned in {} files beside it", there.len())
        }
    }
}
