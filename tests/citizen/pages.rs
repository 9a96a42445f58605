//! The sites that are looked at, drawn once for all tests, and the table of pages. The clock of their readers
//! stands on the day for which they are drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use niemyet::files::{Content, FilePath, FileTree, Page};
use niemyet::model::date::parse;
use niemyet::pipeline;
use niemyet::render::Site;
use rayon::iter::ParallelIterator;

use crate::loopback;

const DAY: &str = "2026-11-22";

/// Files of all sites, each below the name of its site.
type Files = BTreeMap<String, Vec<u8>>;

/// A page of the table.
#[derive(Clone, Copy)]
pub(crate) struct Shown {
    pub(crate) site: &'static str,
    /// With what is asked, if something is.
    pub(crate) address: &'static str,
    pub(crate) what: &'static str,
    /// What is done first.
    pub(crate) script: &'static str,
}

impl Shown {
    pub(crate) fn path(&self) -> String {
        format!("{}/{}", folder(self.site), self.address)
    }

    pub(crate) fn is_search(&self) -> bool {
        self.address.contains("?q=")
    }
}

/// Where a site is served. Pages that stand for any address lead to their files by the path of the site's own
/// address, which for `looks` is `/tthc/`.
fn folder(site: &str) -> &str {
    if site == "looks" { "tthc" } else { site }
}

pub(crate) fn table() -> Vec<Shown> {
    let lines = include_str!("pages.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let mut parts = line.split('|').map(str::trim);
            let mut part = || parts.next().unwrap_or_default();
            Shown { site: part(), address: part(), what: part(), script: part() }
        })
        .collect()
}

pub(crate) fn files() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut files = Files::new();
        let mut put = |site: &str, pages: Vec<Page>| {
            let named = pages
                .into_iter()
                .map(|page| (format!("{}/{}", folder(site), page.path), page.bytes));
            files.extend(named);
        };
        for (name, folder, language) in [
            ("bundled", "catalogue", "vi"),
            ("looks", "tests/looks/catalogue", "vi"),
            ("looks-en", "tests/looks/catalogue", "en"),
            ("renamed", "tests/cases/addresses-renamed/catalogue", "vi"),
            ("two", "tests/cases/language-renamed/catalogue", "vi"),
        ] {
            let site = site(folder, language);
            put(name, site.pages().map(|(page, _)| page).collect());
            if name == "looks" {
                let after = parse("2027-11-22").expect("a day");
                put("closed", site.closed(after).into_iter().map(|(page, _)| page).collect());
            }
        }
        files
    })
}

/// Where all of them are served. A renamed address leads nobody on, so that it can be looked at.
pub(crate) fn host() -> String {
    let files = files();
    let address = loopback::serve(move |path| {
        // The address of `bundled` is the root of its host, to which its page of what is not found leads.
        let bytes = files.get(path).or_else(|| files.get(&format!("bundled/{path}")))?.clone();
        if !path.starts_with("renamed/") || !path.ends_with(".html") {
            return Some(bytes);
        }
        let text = String::from_utf8_lossy(&bytes);
        Some(text.replace("http-equiv=\"refresh\"", "name=\"refresh\"").into_bytes())
    });
    format!("http://{address}")
}

fn site(folder: &str, language: &str) -> Site {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let read = niemyet::disk::read(&folder).expect("the catalogue");
    let mut files: Vec<(FilePath, Content)> = Vec::new();
    for (_, path, content) in read.iter() {
        let content = match content {
            Content::Bytes(bytes) if path.as_str() == "catalogue.yaml" => {
                let text = String::from_utf8_lossy(bytes);
                let said = text.replace("language: vi", &format!("language: {language}"));
                Content::Bytes(said.into_bytes())
            }
            other => other.clone(),
        };
        files.push((path.clone(), content));
    }
    for (name, text) in [
        ("catalogue.yaml", "title: Thủ tục\npublisher: Xã Ví Dụ\n"),
        ("fields.yaml", "- {id: ho-tich, name: Hộ tịch}\n"),
    ] {
        if read.find(name).is_none() {
            let path = FilePath::new(name).expect("a path");
            files.push((path, Content::Bytes(text.as_bytes().to_vec())));
        }
    }
    let files = FileTree::new(files);
    let (known, mut report) = pipeline::examine(&files, parse(DAY).expect("a day"));
    let known = known.expect("a catalogue");
    let theme = std::env::var_os("NIEMYET_THEME")
        .map(|folder| niemyet::disk::read(Path::new(&folder)).expect("the theme in NIEMYET_THEME"));
    pipeline::site(&known, &files, &theme.unwrap_or_default(), &mut report).expect("a site")
}

/// Folders have kinds of pages of their own, and so has the first level; a list is not what it lists.
fn kind(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let (_, address) = path.split_once('/').expect("a site");
    // A page in the second language is of the kind of the first.
    let address = address.strip_prefix("en/").unwrap_or(address);
    match address.rsplit_once('/') {
        Some((folder, "index.html")) => format!("{folder}/index.html"),
        Some((folder, _)) => format!("{folder}/"),
        None => address.to_owned(),
    }
}

#[test]
fn every_kind_of_page_is_in_the_table() {
    let shown: BTreeSet<String> = table().iter().map(|page| kind(&page.path())).collect();
    let pages = files().keys().filter(|path| path.ends_with(".html"));
    let missing: BTreeSet<String> =
        pages.map(|path| kind(path)).filter(|kind| !shown.contains(kind)).collect();
    assert!(missing.is_empty(), "not in tests/citizen/pages.txt: {missing:?}");
    for page in table() {
        let path = page.path();
        let path = path.split('?').next().unwrap_or_default();
        assert!(files().contains_key(path), "{}: nothing at {path}", page.what);
    }
}
