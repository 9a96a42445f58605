//! The handbook in `docs/` is run: what it shows is typed here, and what it says that the program answers is
//! what the program answers. `UPDATE_EXPECT=1` accepts the answers; who accepts, reads.
//!
//! A block ` ```yaml PATH ` is put at the path in a catalogue, the small one of `tests/codes/base` or, on a page
//! that opens with `<!-- from nothing -->`, none. Blocks are laid one after the other, as a reader does; one
//! that opens with `# …` shows only some keys of the file that stands there. A block ` ```console ` holds commands after
//! `$ ` and what they print, on the day of the handbook; a line `…` stands for lines that are not shown.
//! ` ```html PATH ` and ` ```css PATH ` are files of a theme in the folder `theme`. `sh` and other blocks are not run.

#![expect(clippy::disallowed_methods, reason = "a test reads the handbook")]
#![expect(clippy::unwrap_used, reason = "a test that cannot be run fails")]

#[expect(dead_code, reason = "each test uses some of it")]
mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use pulldown_cmark::{Event, Parser, Tag};

use niemyet::disk;
use support::Folder;

/// The day on which the handbook is read.
const TODAY: &str = "2026-11-22";

/// Pages that a command prints, below `docs/`.
const PRINTED: &[(&str, &[&str])] = &[
    ("vi/codes.md", &["--lang", "vi", "explain", "--all"]),
    ("en/codes.md", &["--lang", "en", "explain", "--all"]),
    ("vi/keys.md", &["--lang", "vi", "schema", "--format", "markdown"]),
    ("en/keys.md", &["--lang", "en", "schema", "--format", "markdown"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> Vec<PathBuf> {
    let mut pages = Vec::new();
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

fn is_accepted() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some()
}

/// A fenced block: what stands behind its fence, and the lines in it.
struct Block<'a> {
    head: &'a str,
    first: usize,
    lines: Vec<&'a str>,
}

/// The blocks of a page. A fence that is set in by blanks, as in a list, is one too.
fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut open = false;
    for (number, line) in text.lines().enumerate() {
        match (line.trim_start().strip_prefix("```"), open) {
            (Some(head), false) => {
                blocks.push(Block { head, first: number + 1, lines: Vec::new() });
                open = true;
            }
            (Some(_), true) => open = false,
            (None, true) => blocks.last_mut().unwrap().lines.push(line),
            (None, false) => {}
        }
    }
    assert!(!open, "a fence is not closed");
    blocks
}

#[test]
fn examples_are_as_the_program_has_them() {
    let (mut failures, mut faults) = (Vec::new(), Vec::new());
    for path in pages() {
        let text = fs::read_to_string(&path).unwrap();
        let folder = Folder::new();
        if !text.contains("<!-- from nothing -->") {
            let base = root().join("tests/codes/base");
            for (_, path, content) in disk::read(&base).unwrap().iter() {
                let text = String::from_utf8_lossy(content.bytes()).into_owned();
                folder.write(&format!("catalogue/{path}"), &text);
            }
        }
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        // From the last to the first, so that numbers of lines stay true.
        let mut mended = Vec::new();
        for block in blocks(&text) {
            match block.head.split_once(' ').unwrap_or((block.head, "")) {
                ("yaml" | "markdown", file) if !file.is_empty() => lay(&folder, file, &block.lines),
                ("html" | "css", file) if !file.is_empty() => {
                    folder.write(&format!("theme/{file}"), &(block.lines.join("\n") + "\n"));
                }
                ("console", _) => {
                    let answered = typed(&folder, &block.lines);
                    if !is_alike(&block.lines, &answered) {
                        let said = format!("{}: {}", path.display(), block.first);
                        failures.push(format!("{said}\n{}", answered.join("\n")));
                        mended.push((block.first, block.lines.len(), answered));
                    }
                }
                _ => {}
            }
        }
        // A page may show mistakes, but then it says which.
        let check = niemyet(folder.path(), &["check".to_owned()]);
        if check.status.code() != Some(0) && !text.contains("lỗi[") && !is_printed(&path) {
            let said = String::from_utf8_lossy(&check.stdout).into_owned();
            faults.push(format!("{}: {said}", path.display()));
        }
        if is_accepted() {
            for (first, count, answered) in mended.into_iter().rev() {
                lines.splice(first..first + count, answered);
            }
            fs::write(&path, lines.join("\n") + "\n").unwrap();
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(is_accepted() || failures.is_empty(), "\n{}", failures.join("\n\n"));
}

/// Puts a block at its path, or its keys in the place of those that the file there has.
fn lay(folder: &Folder, file: &str, lines: &[&str]) {
    let path = format!("catalogue/{file}");
    let depth = lines.first().map_or(0, |line| line.len() - line.trim_start().len());
    let shown: Vec<&str> = lines.iter().map(|line| line.get(depth..).unwrap_or("")).collect();
    if !shown.first().is_some_and(|line| line.starts_with("# …")) {
        folder.write(&path, &(shown.join("\n") + "\n"));
        return;
    }
    let keys: BTreeSet<&str> = shown.iter().filter_map(|line| key(line)).collect();
    let mut text = String::new();
    let mut is_kept = true;
    for line in folder.read(&path).lines() {
        if let Some(key) = key(line) {
            is_kept = !keys.contains(key);
        }
        if is_kept {
            writeln!(text, "{line}").unwrap();
        }
    }
    folder.write(&path, &(text + &shown[1..].join("\n") + "\n"));
}

/// The key that a line begins, at the left edge.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    key.starts_with(|c: char| c.is_ascii_lowercase()).then_some(key)
}

/// The commands of a block with what they print.
fn typed(folder: &Folder, lines: &[&str]) -> Vec<String> {
    let depth = lines.first().map_or(0, |line| line.len() - line.trim_start().len());
    let indent = " ".repeat(depth);
    let mut answered = Vec::new();
    for line in lines {
        let Some(command) = line.trim_start().strip_prefix("$ ") else { continue };
        answered.push((*line).to_owned());
        let words = words(command);
        assert_eq!(words.first().map(String::as_str), Some("niemyet"), "{command}");
        let output = niemyet(folder.path(), &words[1..]);
        for stream in [output.stdout, output.stderr] {
            let text = String::from_utf8(stream).unwrap();
            let told = text.trim_end().lines().map(|line| format!("{indent}{line}"));
            answered.extend(told.map(|line| line.trim_end().to_owned()));
        }
    }
    answered
}

/// Runs the program, on the day of the handbook where no other is named.
fn niemyet(folder: &Path, words: &[String]) -> Output {
    let mut run = Command::new(env!("CARGO_BIN_EXE_niemyet"));
    run.args(words).current_dir(folder);
    if !words.iter().any(|word| word == "--as-of") {
        run.args(["--as-of", TODAY]);
    }
    run.output().unwrap()
}

/// Whether a command prints the page.
fn is_printed(path: &Path) -> bool {
    PRINTED.iter().any(|(page, _)| path.ends_with(page))
}

/// The words of a line, as a shell takes them: by blanks, but for what stands in quotation marks.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether what is shown is what was answered, but for lines that `…` stands for.
fn is_alike(shown: &[&str], answered: &[String]) -> bool {
    let mut rest = answered;
    let mut may_skip = false;
    for line in shown {
        if line.trim() == "…" {
            may_skip = true;
            continue;
        }
        let found = rest.iter().position(|other| other == line.trim_end());
        match found {
            Some(place) if place == 0 || may_skip => rest = &rest[place + 1..],
            _ => return false,
        }
        may_skip = false;
    }
    rest.is_empty() || may_skip
}

/// The anchors of a page, as GitHub and GitLab make them of headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut open = false;
    let mut anchors = BTreeSet::new();
    for line in text.lines() {
        open ^= line.trim_start().starts_with("```");
        if let Some(heading) = line.strip_prefix('#').filter(|_| !open) {
            let heading = heading.trim_start_matches('#').trim().to_lowercase();
            let kept =
                heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            anchors.insert(kept.map(|c| if c == ' ' { '-' } else { c }).collect());
        }
    }
    anchors
}

#[test]
fn links_lead_somewhere() {
    let mut dead = Vec::new();
    for path in pages() {
        let text = fs::read_to_string(&path).unwrap();
        for event in Parser::new(&text) {
            let Event::Start(Tag::Link { dest_url: target, .. }) = event else { continue };
            if target.starts_with("https://") {
                continue;
            }
            let (file, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let file =
                if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            let is_there = file.exists()
                && (anchor.is_empty()
                    || anchors(&fs::read_to_string(&file).unwrap()).contains(anchor));
            if !is_there {
                dead.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert!(dead.is_empty(), "\n{}", dead.join("\n"));
}

#[test]
fn every_page_is_in_the_index() {
    let index = fs::read_to_string(root().join("docs/README.md")).unwrap();
    for path in pages() {
        let name = path.strip_prefix(root().join("docs")).unwrap().to_str().unwrap().to_owned();
        assert!(name == "README.md" || index.contains(&format!("]({name})")), "{name}");
    }
}

#[test]
fn printed_pages_are_what_the_program_prints() {
    for (page, words) in PRINTED {
        let output = Command::new(env!("CARGO_BIN_EXE_niemyet")).args(*words).output().unwrap();
        assert!(output.status.success(), "{words:?}");
        is_page(page, &String::from_utf8(output.stdout).unwrap());
    }
}

/// Holds a page against what it has to be.
fn is_page(page: &str, text: &str) {
    let path = root().join("docs").join(page);
    if is_accepted() {
        fs::write(&path, text).unwrap();
    }
    // Both are long: that they differ is enough, and Git shows how once it is accepted.
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == text,
        "docs/{page} is out of date: UPDATE_EXPECT=1 cargo test --test handbook"
    );
}

/// The strings of the theme, each in both languages.
#[test]
fn all_strings_are_listed() {
    let read = |tag: &str| -> Vec<(String, String)> {
        let path = root().join(format!("themes/default/strings/{tag}.yaml"));
        let strings: std::collections::BTreeMap<String, String> =
            serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        strings.into_iter().collect()
    };
    let mut text = String::from(
        "# The strings of the theme\n\nWritten by `UPDATE_EXPECT=1 cargo test --test handbook`; a test compares.\n\
         How they are used and replaced: [A theme of your own](theme.md).\n\n\
         | Key | Vietnamese | English |\n| --- | --- | --- |\n",
    );
    let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ").replace('<', "\\<");
    for ((key, vietnamese), (other, english)) in read("vi").into_iter().zip(read("en")) {
        assert_eq!(key, other);
        writeln!(text, "| `{key}` | {} | {} |", cell(&vietnamese), cell(&english)).unwrap();
    }
    is_page("en/strings.md", &text);
}

/// What templates see: the structs that are drawn, as `src/render` has them.
#[test]
fn all_views_are_listed() {
    let mut text = String::from(
        "# What templates see\n\nWritten by `UPDATE_EXPECT=1 cargo test --test handbook` from `src/render`; a test \
         compares.\nWhich template gets what: [A theme of your own](theme.md).\n\
         A value that may be absent is `Option`, a list is `Vec`.\n",
    );
    let listed = |folder: &str| -> Vec<PathBuf> {
        let entries = fs::read_dir(root().join(folder)).unwrap();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
        files.sort();
        files
    };
    for path in [listed("src/render/view"), listed("src/render")].concat() {
        let source = fs::read_to_string(&path).unwrap();
        for view in views(&source) {
            let file = path.strip_prefix(root().join("src/render")).unwrap().to_str().unwrap();
            writeln!(text, "\n{}", view.replace("FILE", file)).unwrap();
        }
    }
    is_page("en/views.md", &text);
}

/// The structs and enums of a file that are given to templates, each as a section.
fn views(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let (mut words, mut is_drawn, mut view): (Vec<&str>, bool, Option<String>) =
        (Vec::new(), false, None);
    let mut is_skipped = false;
    for line in source.lines() {
        let bare = line.trim();
        if let Some(section) = &mut view {
            if line == "}" {
                found.extend(view.take());
                words.clear();
            } else if let Some(said) = bare.strip_prefix("///") {
                words.push(said.trim());
            } else if bare.starts_with("#[") {
                is_skipped |= bare.contains("skip)") || bare.contains("skip,");
            } else if let Some((name, kind)) = bare.trim_end_matches(',').split_once(": ") {
                let name = name.rsplit(' ').next().unwrap_or(name);
                // Who shares a value is none of a template's business.
                let shared = kind.strip_prefix("Vec<Rc<").and_then(|kind| kind.strip_suffix(">>"));
                let kind = shared.map_or_else(|| kind.to_owned(), |kind| format!("Vec<{kind}>"));
                if !is_skipped {
                    let said = words.join(" ");
                    let gap = if said.is_empty() { "" } else { ": " };
                    write!(section, "\n- `{name}` (`{kind}`){gap}{said}").unwrap();
                }
                words.clear();
                is_skipped = false;
            }
            continue;
        }
        if let Some(said) = bare.strip_prefix("///") {
            words.push(said.trim());
        } else if bare.starts_with("#[derive(") {
            is_drawn = bare.contains("Serialize");
        } else if bare.contains("struct ") && bare.ends_with('{') {
            let name = bare.split("struct ").nth(1).unwrap().trim_end_matches(" {");
            if is_drawn {
                let name = name.split('<').next().unwrap_or(name);
                let said = [words.join(" "), "(`FILE`)".to_owned()].join(" ");
                view = Some(format!("## {name}\n\n{}\n", said.trim_start()));
            }
            is_drawn = false;
            words.clear();
        } else if !bare.starts_with("#[") {
            words.clear();
            is_drawn = false;
        }
    }
    found
}

/// Views that are parts of others.
const PARTS: [&str; 9] = [
    "CaseView",
    "ChannelView",
    "DueView",
    "EditView",
    "FormView",
    "KindView",
    "PaperView",
    "RemarkView",
    "StepView",
];

#[test]
fn every_template_is_told() {
    let told = fs::read_to_string(root().join("docs/en/theme.md")).unwrap();
    for entry in fs::read_dir(root().join("themes/default")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_page = Path::new(&name).extension().is_some_and(|extension| extension == "html");
        assert!(!is_page || told.contains(&format!("`{name}`")), "{name}");
    }
    let listed = fs::read_to_string(root().join("docs/en/views.md")).unwrap();
    for view in listed.lines().filter_map(|line| line.strip_prefix("## ")) {
        let is_whole = view.ends_with("View") && !PARTS.contains(&view);
        let link = format!("[`{view}`](views.md#{})", view.to_lowercase());
        assert!(!is_whole || told.contains(&link), "{view}");
    }
}
