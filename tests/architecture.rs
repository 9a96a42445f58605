//! The walls of the house: arrows between rooms, a purpose at the head of every file.

#![expect(clippy::disallowed_methods, reason = "a test looks at the project's own files")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn all_sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    sources(&root().join("src"), &mut found);
    found.sort();
    found
}

/// The room of a file: the folder below `src`, or the file's own name.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).expect("a source file");
    let first = inside.iter().next().expect("a part").to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The arrows that `ARCHITECTURE.md` allows.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let table = text.split("## Who may import whom").nth(1).expect("the table");
    let table = table.split("\n## ").next().expect("the table's end");
    table
        .lines()
        .filter(|line| {
            line.starts_with('|') && !line.contains("---") && !line.contains("May import")
        })
        .map(|line| {
            let mut cells = line.trim_matches('|').split('|').map(str::trim);
            let room = cells.next().expect("a room").to_owned();
            let imports = cells.next().unwrap_or_default();
            let imports = imports.split(',').map(str::trim).filter(|name| !name.is_empty());
            (room, imports.map(str::to_owned).collect())
        })
        .collect()
}

/// The arrows that the code has: every `crate::room` outside comments.
fn present() -> BTreeMap<String, BTreeSet<String>> {
    let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in all_sources() {
        let from = room(&path);
        if matches!(from.as_str(), "build" | "lib" | "main") {
            continue;
        }
        let imports = arrows.entry(from.clone()).or_default();
        let text = fs::read_to_string(&path).expect("a source file");
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for found in line.split("crate::").skip(1) {
                let name: String =
                    found.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                if name != from && !name.is_empty() {
                    imports.insert(name);
                }
            }
            assert!(!line.contains("crate::{"), "{}: one room a `use`", path.display());
        }
    }
    arrows
}

#[test]
fn arrows_are_those_of_the_table() {
    let (allowed, present) = (allowed(), present());
    for (room, imports) in &present {
        let may = allowed.get(room).unwrap_or_else(|| panic!("{room} is not in the table"));
        let strange: Vec<_> = imports.difference(may).collect();
        assert!(strange.is_empty(), "{room} imports {strange:?}, which the table does not allow");
        let gone: Vec<_> = may.difference(imports).collect();
        assert!(gone.is_empty(), "{room} no longer imports {gone:?}: mend the table");
    }
    for room in allowed.keys() {
        assert!(present.contains_key(room), "there is no room {room}");
    }
}

#[test]
fn arrows_form_no_circle() {
    let mut left = allowed();
    while !left.is_empty() {
        let ground: Vec<String> = left
            .iter()
            .filter(|(_, imports)| imports.iter().all(|import| !left.contains_key(import)))
            .map(|(room, _)| room.clone())
            .collect();
        assert!(!ground.is_empty(), "a circle among {:?}", left.keys());
        left.retain(|room, _| !ground.contains(room));
    }
}

/// The names that a text takes from the folder that it stands in: `super::name` and `super::{name, …}`.
fn neighbours(text: &str) -> BTreeSet<String> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let text = lines.collect::<Vec<_>>().join("\n").replace("super::super::", "above::");
    let mut names = BTreeSet::new();
    for found in text.split("super::").skip(1) {
        let list = match found.strip_prefix('{') {
            Some(list) => list.split("};").next().unwrap_or_default(),
            None => found,
        };
        let mut depth = 0;
        let outer = list.split(|c| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth == 0 && c == ','
        });
        let wanted = if found.starts_with('{') { usize::MAX } else { 1 };
        names.extend(outer.take(wanted).map(|name| {
            let is_part = |c: &char| c.is_ascii_lowercase() || *c == '_';
            name.trim_start().chars().take_while(is_part).collect::<String>()
        }));
    }
    names
}

/// Of two files of one folder at most one knows the other; the folder's `mod.rs` is its face and may be
/// known by all.
#[test]
fn files_of_a_folder_form_no_circle() {
    let mut folders: BTreeMap<PathBuf, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for path in all_sources() {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if name != "mod" {
            let folder = path.parent().expect("a folder").to_owned();
            let text = fs::read_to_string(&path).expect("a source file");
            folders.entry(folder).or_default().insert(name, neighbours(&text));
        }
    }
    for (folder, mut left) in folders {
        while !left.is_empty() {
            let ground: Vec<String> = left
                .iter()
                .filter(|(own, known)| known.iter().all(|it| it == *own || !left.contains_key(it)))
                .map(|(name, _)| name.clone())
                .collect();
            assert!(!ground.is_empty(), "{}: a circle among {:?}", folder.display(), left.keys());
            left.retain(|name, _| !ground.contains(name));
        }
    }
}

#[test]
fn every_file_says_what_it_owns() {
    for path in all_sources() {
        let text = fs::read_to_string(&path).expect("a source file");
        let opened =
            text.lines().take(3).any(|line| line.starts_with("//!")) || text.starts_with("#![doc");
        assert!(opened, "{} opens without a word", path.display());
    }
}

#[test]
fn every_package_has_a_reason() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let packages = architecture.split("## Packages").nth(1).expect("the packages");
    let packages = packages.split("\n## ").next().expect("the end");
    let section = manifest.split("[dependencies]").nth(1).expect("dependencies");
    for line in section.lines().skip(1).take_while(|line| !line.starts_with('[')) {
        let Some((name, _)) = line.split_once('=') else { continue };
        let name = name.trim();
        let named = packages.lines().any(|line| {
            let first = line.trim_start_matches('|').split('|').next().unwrap_or_default();
            first.split(',').any(|package| package.trim().trim_matches('`') == name)
        });
        assert!(named, "{name} has no reason in ARCHITECTURE.md");
    }
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let pages: BTreeSet<String> = fs::read_dir(root().join("src/diagnostic/pages"))
        .expect("the pages")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let codes: BTreeSet<String> = niemyet::diagnostic::code::ALL
        .iter()
        .map(|entry| format!("{}-{}.md", entry.id, entry.name))
        .collect();
    assert_eq!(pages, codes);
}
