//! Catalogues and the sites they make: one folder a case under `tests/cases/`, named subject-problem.
//!
//! `case.yaml` gives the day and what to look at; `catalogue/` the files, `theme/` a theme, if any. A
//! catalogue that does not bring its own `catalogue.yaml` and `fields.yaml` is given small ones, so that
//! a case holds nothing but its subject. `expected.txt` holds the report; `expected/` the pages: of
//! `pages` what is shown on the day between `<main>` and `</main>`, a tag a line, of `whole` every byte,
//! with what is shown on later days.
//! `UPDATE_EXPECT=1` accepts what comes out.
//!
//! Of every case it is also asked that all links lead somewhere, that a page drawn alone is the page
//! drawn with the others, and that nothing that must be absent is in any byte of the site.

#![expect(clippy::disallowed_methods, reason = "a test reads its cases")]
#![expect(clippy::unwrap_used, reason = "a test that cannot be run fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "scale/catalogue.rs"]
mod scale;

use niemyet::diagnostic::Report;
use niemyet::diagnostic::code::Code;
use niemyet::diagnostic::text::{Style, print};
use niemyet::files::{Content, FilePath, FileTree};
use niemyet::language::Language;
use niemyet::model::date;
use niemyet::pipeline;
use niemyet::render::Site;
use rayon::iter::ParallelIterator;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What the case shows; for readers.
    #[serde(rename = "shows")]
    _shows: String,
    as_of: String,
    #[serde(default)]
    language: Option<String>,
    /// Pages to compare, without what surrounds every page.
    #[serde(default)]
    pages: Vec<String>,
    /// Files to compare byte for byte.
    #[serde(default)]
    whole: Vec<String>,
    /// Addresses at which there must be nothing.
    #[serde(default)]
    missing: Vec<String>,
    /// Strings that must be in no byte of the site.
    #[serde(default)]
    absent: Vec<String>,
    /// Strings that may stand on some pages and on no other.
    #[serde(default)]
    only_on: BTreeMap<String, Vec<String>>,
}

/// The site of a case: every file by its address.
type Pages = BTreeMap<String, Vec<u8>>;

#[test]
fn cases() {
    let mut failed = Vec::new();
    let accept = std::env::var_os("UPDATE_EXPECT").is_some();
    for folder in folders() {
        if let Err(complaint) = run(&folder, accept) {
            failed.push(format!("{}:\n{complaint}", folder.display()));
        }
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n\n"));
}

/// That on which speed is measured can be understood, whole, and is the same each time.
#[test]
fn the_catalogue_of_the_benchmarks() {
    let files = scale::catalogue(100);
    assert_eq!(files, scale::catalogue(100));
    let theme = FileTree::default();
    let today = date::parse("2026-11-22").unwrap();
    let (understood, mut report) = pipeline::examine(&files, today);
    let site = understood.and_then(|known| pipeline::site(&known, &files, &theme, &mut report));
    let found: BTreeSet<&str> = report.iter().map(|found| found.code.entry().name).collect();
    let wanted = [Code::BasisEnded, Code::BasisWillEnd].map(|code| code.entry().name);
    assert_eq!(found, BTreeSet::from(wanted));
    assert!(site.is_some());
}

fn run(folder: &Path, accept: bool) -> Result<(), String> {
    let case: Case = serde_yaml::from_str(&fs::read_to_string(folder.join("case.yaml")).unwrap())
        .map_err(|error| error.to_string())?;
    let language = case.language.clone().unwrap_or_else(|| "vi".to_owned());
    let files = catalogue(folder, &language);
    let theme = FileTree::new(tree(&folder.join("theme")));
    let today = date::parse(&case.as_of).ok_or("as_of is no day")?;
    let (understood, mut report) = pipeline::examine(&files, today);
    let site = understood.and_then(|known| pipeline::site(&known, &files, &theme, &mut report));
    let pages = match &site {
        Some(site) => draw(site, &mut report)?,
        None => Pages::new(),
    };

    let language = match language.as_str() {
        "en" => Language::English,
        _ => Language::Vietnamese,
    };
    let style = Style { language, colour: false, folder: "" };
    let mut expected = BTreeMap::from([("expected.txt".to_owned(), print(&report, &files, style))]);
    for (address, cut) in
        case.pages.iter().map(|p| (p, true)).chain(case.whole.iter().map(|p| (p, false)))
    {
        let missing = || format!("there is no {address}\n{}", expected["expected.txt"]);
        let page = pages.get(address).ok_or_else(missing)?;
        let text = if cut {
            let path = FilePath::new(address).unwrap();
            let today = site.as_ref().and_then(|site| site.page_on(&path, today)).unwrap();
            main_part(&String::from_utf8_lossy(&today))
        } else {
            String::from_utf8_lossy(page).into_owned()
        };
        expected.insert(format!("expected/{address}"), text);
    }
    compare(folder, &expected, accept)?;
    match site {
        Some(site) => look(&case, &pages, &site),
        None => Ok(()),
    }
}

/// Draws all pages together and each alone.
fn draw(site: &Site, report: &mut Report) -> Result<Pages, String> {
    let drawn: Vec<_> = site.pages().collect();
    let mut pages = Pages::new();
    for (page, found) in drawn {
        let (alone, _) = site.page(&page.path).ok_or("a page has no route")?;
        if alone != page {
            return Err(format!("{} differs when it is drawn alone", page.path));
        }
        report.merge(found);
        pages.insert(page.path.as_str().to_owned(), page.bytes);
    }
    if pages.len() != site.routes().count() {
        return Err("a route has no page".to_owned());
    }
    Ok(pages)
}

fn compare(folder: &Path, outcome: &BTreeMap<String, String>, accept: bool) -> Result<(), String> {
    if accept {
        let _none = fs::remove_dir_all(folder.join("expected"));
    }
    let mut wrong = String::new();
    for (name, text) in outcome {
        let path = folder.join(name);
        if accept {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
        } else {
            let before = fs::read_to_string(&path).unwrap_or_default();
            let differs = before.lines().zip(text.lines()).find(|(one, two)| one != two);
            if let Some((before, now)) = differs {
                writeln!(wrong, "{name}\n  expected: {before}\n  came out: {now}").unwrap();
            } else if before != *text {
                writeln!(wrong, "{name} is longer or shorter than expected").unwrap();
            }
        }
    }
    let mut known: Vec<(FilePath, Content)> = tree(&folder.join("expected"));
    known.retain(|(path, _)| !outcome.contains_key(&format!("expected/{path}")));
    for (path, _) in known {
        writeln!(wrong, "expected/{path} is compared with nothing").unwrap();
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// What holds for every site.
fn look(case: &Case, pages: &Pages, site: &Site) -> Result<(), String> {
    let mut wrong = String::new();
    for address in &case.missing {
        if pages.contains_key(address) {
            writeln!(wrong, "there is a {address}").unwrap();
        }
    }
    for (address, bytes) in pages {
        let text = String::from_utf8_lossy(bytes);
        for absent in &case.absent {
            if text.contains(absent.as_str()) {
                writeln!(wrong, "`{absent}` is on {address}").unwrap();
            }
        }
        for (words, places) in &case.only_on {
            if text.contains(words.as_str()) && !places.contains(address) {
                writeln!(wrong, "`{words}` is on {address}").unwrap();
            }
        }
        if has_extension(address, "html") {
            links(address, &text, pages, &mut wrong);
            for day in site.days() {
                let path = FilePath::new(address).unwrap();
                let Some(page) = site.page_on(&path, day) else { continue };
                let ids = attribute(&String::from_utf8_lossy(&page), "id");
                if ids.len() != ids.iter().collect::<BTreeSet<_>>().len() {
                    writeln!(wrong, "{address} has an id twice on {day}").unwrap();
                }
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// Every link leads out by a safe scheme, to a file of the site, or to a place on one.
fn links(address: &str, text: &str, pages: &Pages, wrong: &mut String) {
    let folder = address.rsplit_once('/').map_or("", |(folder, _)| folder);
    for link in attribute(text, "href").into_iter().chain(attribute(text, "src")) {
        let link = link.replace("&amp;", "&");
        let safe = ["https://", "http://", "mailto:", "tel:"];
        if safe.iter().any(|scheme| link.starts_with(scheme)) {
            continue;
        }
        let (path, place) = link.split_once('#').map_or((&*link, None), |(p, f)| (p, Some(f)));
        // What a page is asked is for its script.
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        let target = match path.strip_prefix('/') {
            // The page for what is not found may be shown at any depth: its links start at the root
            // of the server, below which the site may lie deeper.
            Some(path) if address == "404.html" => below_root(path, pages),
            _ if path.is_empty() => address.to_owned(),
            _ => join(folder, path),
        };
        match pages.get(&target) {
            None => writeln!(wrong, "{address} leads to {link}, where nothing is").unwrap(),
            Some(bytes) => {
                let page = String::from_utf8_lossy(bytes);
                let missing = |place: &&str| !page.contains(&format!("id=\"{place}\""));
                if let Some(place) = place.filter(missing) {
                    writeln!(wrong, "{address} leads to {target}, which has no {place}").unwrap();
                }
            }
        }
    }
    for inline in [" style=\"", " onclick=", "<script>"] {
        if text.contains(inline) {
            writeln!(wrong, "{address} has {inline}, which a strict policy forbids").unwrap();
        }
    }
}

fn attribute(text: &str, name: &str) -> Vec<String> {
    let mark = format!(" {name}=\"");
    let values = text.split(&mark).skip(1).filter_map(|rest| rest.split('"').next());
    values.map(str::to_owned).collect()
}

fn below_root(path: &str, pages: &Pages) -> String {
    let starts = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1));
    let mut tails = starts.map(|at| &path[at..]);
    tails.find(|tail| pages.contains_key(*tail)).unwrap_or(path).to_owned()
}

fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// What a page says, a tag a line.
fn main_part(text: &str) -> String {
    let title = text.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
    let robots = text.split("<meta name=\"robots\" content=\"").nth(1);
    let robots = robots.and_then(|rest| rest.split('"').next());
    let robots = robots.map_or_else(String::new, |robots| format!("{robots}\n"));
    let main = text.split("<main id=\"nd\">").nth(1).and_then(|rest| rest.split("</main>").next());
    let main = drawings(main.unwrap_or_default().trim()).replace("><", ">\n<");
    format!("{}\n{robots}{main}\n", title.unwrap_or_default())
}

/// Drawings by the words in them.
fn drawings(text: &str) -> String {
    let mut parts = text.split("<svg");
    let mut said = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (drawing, rest) = part.split_once("</svg>").unwrap_or((part, ""));
        let words = drawing.split('>').skip(1).filter_map(|part| part.split('<').next());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        write!(said, "<svg>{}</svg>{rest}", words.join(" / ")).unwrap();
    }
    said
}

fn catalogue(folder: &Path, language: &str) -> FileTree {
    let mut files = tree(&folder.join("catalogue"));
    let has = |files: &[(FilePath, Content)], name: &str| {
        files.iter().any(|(path, _)| path.as_str() == name)
    };
    let about = format!("title: Thủ tục\npublisher: Xã Ví Dụ\nlanguage: {language}\n");
    for (name, text) in
        [("catalogue.yaml", about.as_str()), ("fields.yaml", "- {id: ho-tich, name: Hộ tịch}\n")]
    {
        if !has(&files, name) {
            let path = FilePath::new(name).unwrap();
            files.push((path, Content::Bytes(text.as_bytes().to_vec())));
        }
    }
    FileTree::new(files)
}

fn tree(root: &Path) -> Vec<(FilePath, Content)> {
    let mut found = Vec::new();
    if root.is_dir() {
        walk(root, root, &mut found);
    }
    found
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<(FilePath, Content)>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(root, &path, found);
        } else {
            let inside = path.strip_prefix(root).unwrap();
            let parts: Vec<_> = inside.iter().map(|part| part.to_str().unwrap()).collect();
            let name = FilePath::new(&parts.join("/")).unwrap();
            found.push((name, Content::Bytes(fs::read(&path).unwrap())));
        }
    }
}

fn folders() -> Vec<PathBuf> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(cases).unwrap().flatten().map(|entry| entry.path()).collect();
    folders.sort();
    assert!(!folders.is_empty(), "no case");
    folders
}

fn has_extension(address: &str, extension: &str) -> bool {
    address.rsplit_once('.').is_some_and(|(_, found)| found == extension)
}
