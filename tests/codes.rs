//! Runs the pages of all codes. A page's bad example, laid over the small catalogue in `codes/base`,
//! must give findings of that code and of no other; its mended example must give none at all.
//!
//! The examples are fenced blocks. The word behind the fence says what stands at the path after it:
//! `yaml` and `text` the text itself, `hex` bytes, `symlink` a link to what the block names, `size`
//! a file of so many bytes, `remove` nothing any more, `theme` a file of a theme, `live` a file of the
//! site that stands, of whose `build.json` some keys are shown and no files, `options` what is typed behind a command. A block that opens
//! with `# …` shows only some keys of the procedure; the others are those of the one in `codes/base`.

#![expect(clippy::disallowed_methods, reason = "a test reads what it compares with")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::{LazyLock, Mutex};

use niemyet::diagnostic::code::{ALL, Code, Entry};
use niemyet::diagnostic::text::{self, Style};
use niemyet::diagnostic::{Diagnostic, Report, page};
use niemyet::disk;
use niemyet::files::{Content, FilePath, FileTree, Laid, MANIFEST, Stands, hex};
use niemyet::fix;
use niemyet::language::Language;
use niemyet::manifest::close::Stop;
use niemyet::manifest::{Wanted, tree};
use niemyet::model::date::Date;
use niemyet::pipeline;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use unicode_normalization::is_nfc;

/// The day on which the examples are judged.
const TODAY: Date = Date::constant(2026, 11, 22);

/// Codes that cannot come alone, and the code that comes with each: too many are overdue, and each is.
const BESIDE: [(Code, Code); 1] = [(Code::UpkeepBudget, Code::CheckOverdue)];

/// The procedure that `# …` stands for.
const PROCEDURE: &str = "procedures/ho-tich/dang-ky-khai-sinh.yaml";

/// What is found in the bad example of each page, found once for all tests.
static BAD: LazyLock<Vec<(FileTree, Report)>> =
    LazyLock::new(|| pages().par_iter().map(|page| examine(&page.bad)).collect());

#[test]
fn bad_examples_give_their_code_and_no_other() {
    let mut failures = Vec::new();
    for (page, (files, report)) in pages().iter().zip(&*BAD) {
        let is_there = report.iter().any(|found| found.code == page.entry.code);
        if !is_there || !report.iter().all(|found| belongs(found.code, page.entry)) {
            failures.push(complaint(page, "bad", files, report));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn mended_examples_give_no_finding() {
    let mut failures = Vec::new();
    for page in pages() {
        let (files, report) = examine(&page.mended);
        if !report.is_empty() {
            failures.push(complaint(&page, "mended", &files, &report));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn no_block_of_an_example_can_be_left_out() {
    for page in pages() {
        for left_out in 0..page.bad.len() {
            let mut rest = page.bad.clone();
            let block = rest.remove(left_out);
            let (_, report) = examine(&rest);
            let same = report.iter().all(|found| belongs(found.code, page.entry));
            assert!(report.is_empty() || !same, "{}: {} adds nothing", page.entry.id, block.path);
        }
    }
}

#[test]
fn findings_leave_no_place_in_their_words_empty() {
    for (page, (_, report)) in pages().iter().zip(&*BAD) {
        for found in report.iter() {
            for language in [Language::Vietnamese, Language::English] {
                let notes = found.notes.iter().map(|note| note.message(language));
                for words in notes.chain([found.message(language), found.help(language)]) {
                    let empty = words.split('{').skip(1).find(|rest| {
                        let place = rest.split('}').next().unwrap_or_default();
                        !place.is_empty()
                            && place.chars().all(|c| c.is_ascii_lowercase() || c == '_')
                    });
                    assert!(empty.is_none(), "{}: {words}", page.entry.id);
                }
            }
        }
    }
}

/// `UPDATE_EXPECT=1` accepts what comes out.
#[test]
fn messages_are_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codes");
    for (language, tag) in Language::ALL {
        let mut text = String::new();
        for (files, report) in &*BAD {
            let style = Style { language, colour: false, folder: "" };
            let _ = writeln!(text, "{}\n", text::print(report, files, style));
        }
        let path = folder.join(format!("messages.{tag}.txt"));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(path, text).expect("recorded");
            continue;
        }
        let recorded = std::fs::read_to_string(&path).unwrap_or_default();
        let differs = text.lines().zip(recorded.lines()).find(|(one, other)| one != other);
        assert!(text == recorded, "{}: {differs:?}; UPDATE_EXPECT=1 accepts it", path.display());
    }
}

#[test]
fn legal_reasons_stand_on_their_pages() {
    for entry in ALL {
        let Some(law) = entry.law else { continue };
        assert_eq!(entry.page.matches(law).count(), 2, "{}: {law}, in both languages", entry.id);
    }
}

/// Whether a code is mended by itself stands on its page, in three words of each language.
const MENDED: [[&str; 2]; 3] = [["có", "yes"], ["có khi", "sometimes"], ["không", "no"]];

#[test]
fn pages_say_truly_what_is_mended_by_itself() {
    let mut failures = Vec::new();
    for (page, (files, report)) in pages().iter().zip(&*BAD) {
        let said = |prose: &[&str], opening: &str| {
            let rest = prose.iter().find_map(|line| line.strip_prefix(opening)).expect(opening);
            rest.split(';').next().expect("a word").to_owned()
        };
        let words =
            [said(&page.vietnamese, "Sửa tự động: "), said(&page.english, "Automatic fix: ")];
        let id = page.entry.id;
        assert!(
            MENDED.iter().any(|pair| *pair == [&words[0][..], &words[1][..]]),
            "{id}: {words:?}"
        );
        let is_own = |found: &Diagnostic| found.code == page.entry.code;
        let offers = report.iter().any(|found| is_own(found) && found.fix.is_some());
        assert!(words[1] != "yes" || offers, "{id}: the example is not mended");
        assert!(words[1] != "no" || !offers, "{id}: the example would be mended");
        if !offers {
            continue;
        }
        let examined = |files: &FileTree| pipeline::examine(files, TODAY).1;
        let mended = fix::mend(files, &is_own, &examined);
        if !mended.report.is_empty() || mended.done.is_empty() {
            failures.push(format!(
                "{:?}\n{}",
                mended.left,
                complaint(page, "mended", &mended.files, &mended.report)
            ));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn the_handbook_holds_every_page_in_one_language() {
    for (language, other) in [(Language::Vietnamese, "English"), (Language::English, "Tiếng Việt")]
    {
        let book = page::all(language);
        let mut headings = Vec::new();
        let mut is_block = false;
        for line in book.lines() {
            is_block ^= line.starts_with("```");
            assert!(is_block || !line.contains(other), "{line}");
            headings.extend(line.strip_prefix("## ").filter(|_| !is_block));
        }
        assert!(!is_block);
        let expected: Vec<String> =
            ALL.iter().map(|entry| format!("{} {}", entry.id, entry.name)).collect();
        assert_eq!(headings, expected);
    }
}

#[test]
fn pages_speak_both_languages() {
    for page in pages() {
        let id = page.entry.id;
        for (prose, language) in [(&page.vietnamese, "Vietnamese"), (&page.english, "English")] {
            assert!((3..=8).contains(&prose.len()), "{id}: {} lines of {language}", prose.len());
            for line in prose {
                assert!(line.ends_with('.'), "{id}: one sentence a line: {line}");
            }
        }
        assert!(!page.bad.is_empty() && !page.mended.is_empty(), "{id} lacks an example");
        assert!(is_nfc(page.entry.page), "{id} is not in NFC");
    }
}

/// Whether a finding belongs to what a page shows.
fn belongs(found: Code, entry: &Entry) -> bool {
    found == entry.code || BESIDE.contains(&(entry.code, found))
}

/// A page of a code, in its parts.
struct Page {
    entry: &'static Entry,
    vietnamese: Vec<&'static str>,
    english: Vec<&'static str>,
    bad: Vec<Block>,
    mended: Vec<Block>,
}

/// A fenced block: what is put at a path.
#[derive(Clone)]
struct Block {
    tree: Tree,
    path: FilePath,
    /// None where the file is removed.
    content: Option<Content>,
}

/// What a block is laid over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tree {
    Catalogue,
    Theme,
    Live,
    Options,
}

fn pages() -> Vec<Page> {
    ALL.iter().map(page).collect()
}

fn page(entry: &'static Entry) -> Page {
    let id = entry.id;
    let mut lines = entry.page.lines();
    assert_eq!(lines.next(), Some(format!("# {id} {}", entry.name).as_str()));
    let mut headings = Vec::new();
    let mut prose: [Vec<&'static str>; 4] = Default::default();
    let mut blocks: [Vec<Block>; 4] = Default::default();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            headings.push(heading);
            continue;
        }
        let Some(place) = headings.len().checked_sub(1) else {
            assert_eq!(line, "", "{id}: text before the first heading");
            continue;
        };
        if let Some(info) = line.strip_prefix("```") {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks[place].push(block(info, &body, id));
        } else if !line.is_empty() {
            prose[place].push(line);
        }
    }
    assert_eq!(headings, ["Tiếng Việt", "English", "Sai / Bad", "Đúng / Mended"], "{id}");
    let [vietnamese, english, beside_bad, beside_mended] = prose;
    assert!(beside_bad.is_empty() && beside_mended.is_empty(), "{id}: text among the examples");
    let [in_vietnamese, in_english, bad, mended] = blocks;
    assert!(in_vietnamese.is_empty() && in_english.is_empty(), "{id}: a block among the text");
    Page { entry, vietnamese, english, bad, mended }
}

fn block(info: &str, body: &[&str], id: &str) -> Block {
    let (kind, path) = info.split_once(' ').unwrap_or_else(|| panic!("{id}: {info}"));
    let (size, path) = match kind {
        "size" => path.split_once(' ').unwrap_or_else(|| panic!("{id}: {info}")),
        _ => ("", path),
    };
    let path = FilePath::new(path).unwrap_or_else(|| panic!("{id}: {path} is no path"));
    let text: String = body.iter().flat_map(|line| [*line, "\n"]).collect();
    let content = match kind {
        "yaml" if text.starts_with("# …") => Some(Content::Bytes(over_procedure(&text))),
        "yaml" | "text" | "theme" | "live" | "options" => {
            Some(Content::Bytes(text.clone().into_bytes()))
        }
        "hex" => Some(Content::Bytes(bytes(&text))),
        "symlink" => Some(Content::SymbolicLink),
        "size" => Some(Content::TooLarge(size.parse().expect("a size"))),
        "remove" => None,
        _ => panic!("{id}: {kind} is no kind of block"),
    };
    let is_empty = matches!(kind, "size" | "remove");
    assert_eq!(text.is_empty(), is_empty, "{id}: what stands in the block of {path}?");
    let tree = match kind {
        "theme" => Tree::Theme,
        "live" => Tree::Live,
        "options" => Tree::Options,
        _ => Tree::Catalogue,
    };
    Block { tree, path, content }
}

/// The keys that a block shows, and behind them the other keys of the procedure in the base.
fn over_procedure(shown: &str) -> Vec<u8> {
    let key = |line: &str| {
        let (key, _) = line.split_once(':')?;
        key.starts_with(|c: char| c.is_ascii_lowercase()).then(|| key.to_owned())
    };
    let keys: Vec<String> = shown.lines().filter_map(key).collect();
    let base = base();
    let whole = FilePath::new(PROCEDURE).and_then(|path| base.get(&path)).expect("the procedure");
    let mut text = shown.to_owned();
    let mut is_shown = false;
    for line in std::str::from_utf8(whole.bytes()).expect("UTF-8").lines() {
        is_shown = key(line).map_or(is_shown, |key| keys.contains(&key));
        if !is_shown {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.into_bytes()
}

fn bytes(hex: &str) -> Vec<u8> {
    let byte = |pair: &str| u8::from_str_radix(pair, 16).expect("two hexadecimal digits");
    hex.split_whitespace().map(byte).collect()
}

/// The catalogue that the examples are laid over.
fn base() -> BTreeMap<FilePath, Content> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codes/base");
    let files = disk::read(&folder).expect("the base");
    files.iter().map(|(_, path, content)| (path.clone(), content.clone())).collect()
}

/// What is typed behind `build`.
fn wanted(options: &str) -> Wanted {
    let mut wanted = Wanted::default();
    let mut words = options.split_whitespace();
    while let Some(option) = words.next() {
        match (option, words.next().expect("a value")) {
            ("--build-no", number) => wanted.build_no = Some(number.parse().expect("a number")),
            ("--allow", "vanish") => wanted.allowed.push(Stop::Vanish),
            ("--allow", "backdate") => wanted.allowed.push(Stop::Backdate),
            ("--allow", "unknown") => wanted.allowed.push(Stop::Unknown),
            (option, value) => panic!("no such option: {option} {value}"),
        }
    }
    wanted
}

/// A manifest that lists no file, with the keys that are shown; what is no JSON stays as it is.
fn without_files(shown: &[u8]) -> Vec<u8> {
    match serde_json::from_slice::<serde_json::Value>(shown) {
        Ok(mut manifest) => {
            manifest["files"] = serde_json::json!([]);
            manifest["tree_sha256"] = hex::text(&tree(&[])).into();
            manifest.to_string().into_bytes()
        }
        Err(_) => shown.to_vec(),
    }
}

/// Lays blocks over the base and the default theme, judges the whole, draws every page and closes the
/// site over the one that stands.
fn examine(blocks: &[Block]) -> (FileTree, Report) {
    let mut files = base();
    let mut theme = Vec::new();
    let mut live: Option<Stands> = None;
    let mut asked = Wanted::default();
    for block in blocks {
        match (block.tree, &block.content) {
            (Tree::Theme, Some(content)) => theme.push((block.path.clone(), content.clone())),
            (Tree::Live, Some(content)) => {
                let live = live.get_or_insert_default();
                live.paths.insert(block.path.to_string());
                if block.path.as_str() == MANIFEST {
                    live.manifest = Some(without_files(content.bytes()));
                }
            }
            (Tree::Options, Some(content)) => {
                asked = wanted(std::str::from_utf8(content.bytes()).expect("UTF-8"));
            }
            (Tree::Catalogue, Some(content)) => {
                files.insert(block.path.clone(), content.clone());
            }
            (_, None) => {
                let removed = files.remove(&block.path);
                assert!(removed.is_some(), "{} is not there to be removed", block.path);
            }
        }
    }
    let files = FileTree::new(files.into_iter().collect());
    let theme = FileTree::new(theme);
    let (understood, mut report) = pipeline::examine(&files, TODAY);
    let Some(understood) = understood else { return (files, report) };
    if let Some(site) = pipeline::site(&understood, &files, &theme, &mut report) {
        let audit = pipeline::audit(&understood, &files, &theme, &site);
        let tally = Mutex::default();
        let pages = pipeline::audited(site.pages(), &audit, &tally);
        let drawn: Vec<(Laid, Report)> =
            pages.map(|(page, found)| (Laid::of(&page), found)).collect();
        let (mut laid, found): (Vec<Laid>, Vec<Report>) = drawn.into_iter().unzip();
        for found in found {
            report.merge(found);
        }
        laid.sort();
        let (_, _, found) =
            pipeline::close(&understood, &site, &audit, &asked, &laid, live.as_ref());
        report.merge(found);
    }
    (files, report)
}

fn complaint(page: &Page, example: &str, files: &FileTree, report: &Report) -> String {
    let style = Style { language: Language::English, colour: false, folder: "" };
    let mut text = format!("{} {}, {example} example: ", page.entry.id, page.entry.name);
    if report.is_empty() {
        text.push_str("nothing was found\n");
    } else {
        let _ = write!(text, "found was\n{}\n", text::print(report, files, style));
    }
    text
}
