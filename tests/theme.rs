//! The default theme against itself: the table of its files and the folder, its words in both languages
//! and the keys that code and templates ask for, its style sheet.

#![expect(clippy::disallowed_methods, reason = "a test reads the theme's folder and the sources")]
#![expect(clippy::unwrap_used, reason = "a test that cannot be run fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use niemyet::render::theme::DEFAULT;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn text(path: &str) -> String {
    let found = DEFAULT.iter().find(|(name, _)| *name == path);
    String::from_utf8(found.unwrap_or_else(|| panic!("{path}")).1.to_vec()).unwrap()
}

fn templates() -> Vec<(&'static str, String)> {
    let names = DEFAULT.iter().map(|(name, _)| *name).filter(|name| name.ends_with("html"));
    names.map(|name| (name, text(name))).collect()
}

fn words(language: &str) -> BTreeMap<String, String> {
    serde_yaml::from_str(&text(&format!("strings/{language}.yaml"))).unwrap()
}

/// The literals of a text that have the form of a key, `two_words` at least.
fn keys(text: &str) -> BTreeSet<&str> {
    let is_key = |word: &&str| {
        word.contains('_')
            && word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .filter(is_key)
        .collect()
}

#[test]
fn table_lists_the_folder() {
    let folder = root().join("themes/default");
    let there: BTreeSet<String> = files(&folder)
        .iter()
        .map(|path| path.strip_prefix(&folder).unwrap())
        .map(|path| path.iter().map(|part| part.to_str().unwrap()).collect::<Vec<_>>().join("/"))
        .collect();
    let table: Vec<String> = DEFAULT.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(table, there.into_iter().collect::<Vec<_>>());
}

#[test]
fn languages_have_the_same_words_and_places() {
    let (vi, en) = (words("vi"), words("en"));
    assert_eq!(vi.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    let places = |words: &str| {
        let places = words.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        places.map(str::to_owned).collect::<BTreeSet<_>>()
    };
    for (key, words) in &vi {
        assert_eq!(places(words), places(&en[key]), "{key}");
        assert!(!words.contains('<') && !en[key].contains('<'), "{key}: words are no HTML");
    }
}

#[test]
fn every_word_is_asked_for_and_every_word_asked_for_is_there() {
    let known = words("vi");
    let mut asked: BTreeSet<String> = BTreeSet::new();
    for path in files(&root().join("src/render")) {
        let source = fs::read_to_string(&path).unwrap();
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        let is_view = path.iter().any(|part| part == "view");
        for key in keys(source) {
            assert!(!is_view || known.contains_key(key), "{}: no words `{key}`", path.display());
            asked.insert(key.to_owned());
        }
    }
    for (name, template) in templates() {
        for part in template.split(['{', '}', ' ', '|', '(', ')', ',']) {
            if let Some(key) = part.strip_prefix("t.") {
                assert!(known.contains_key(key), "{name}: no words `{key}`");
                asked.insert(key.to_owned());
            }
        }
    }
    let idle: Vec<&String> = known.keys().filter(|key| !asked.contains(*key)).collect();
    assert!(idle.is_empty(), "nobody says {idle:?}");
}

#[test]
fn pages_need_no_inline_style_and_no_inline_script() {
    for (name, template) in templates() {
        for inline in [" style=", " onclick=", " onload=", "<script>", "<style", "javascript:"] {
            assert!(!template.contains(inline), "{name}: {inline}");
        }
        // Only what was made from Markdown goes out as it is, and JSON in which no tag can end.
        let parts: Vec<&str> = template.split("| safe").collect();
        for safe in &parts[..parts.len() - 1] {
            let is_made =
                ["html", "{{ page.linked"].iter().any(|end| safe.trim_end().ends_with(end));
            assert!(is_made, "{name}");
        }
    }
}

#[test]
fn style_sheet_is_whole() {
    let sheet = text("assets/style.css");
    assert_eq!(sheet.matches('{').count(), sheet.matches('}').count());
    let block = |start: &str| {
        let rest = sheet.split(start).nth(1).unwrap_or_else(|| panic!("{start}"));
        let inside = rest.split('{').nth(1).unwrap().split('}').next().unwrap();
        inside.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    // What the device asks for and what the reader chooses look the same.
    let system = block("@media (prefers-color-scheme: dark) {");
    assert_eq!(system, block("}\n:root:has(#bg-dark:checked), "));
    for line in block(":root:has(#bg-light:checked), ").split("; ") {
        assert!(block("/* ---------- tokens ---------- */").contains(line.trim_end_matches(';')));
    }
}

#[test]
fn every_class_of_a_template_has_a_rule() {
    let sheet = text("assets/style.css") + &text("assets/paper.css");
    // They mark parts for scripts of a theme and for tests.
    let unruled = ["notice", "ways"];
    for (name, template) in templates() {
        for value in template.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if value.contains('{') {
                continue;
            }
            for class in value.split_whitespace().filter(|class| !unruled.contains(class)) {
                assert!(sheet.contains(&format!(".{class}")), "{name}: no rule for .{class}");
            }
        }
    }
}
