//! `catalogue.txt`: a catalogue with a place for a text in the value of every key that takes free text.
//!
//! That no key is forgotten is asked of the loader itself: a map with a key that it does not know makes it name
//! those it knows, and a value that is no place must refuse a free text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use niemyet::diagnostic::code::Code;
use niemyet::diagnostic::{Report, Value};
use niemyet::files::{Content, FileId, FilePath, FileTree};
use niemyet::load::load;
use niemyet::load::tree::{self, Kind, Node};

/// What stands in a place that is given no text.
pub(crate) const PLAIN: &str = "Chữ";

/// A file of the template.
pub(crate) struct Template {
    path: &'static str,
    text: &'static str,
}

/// A text that was put in.
pub(crate) struct Place {
    /// Where it stands in its file.
    pub(crate) range: Range<usize>,
}

/// A file with its texts.
pub(crate) struct Filled {
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) places: Vec<Place>,
}

/// The files of the template; those with `{n}` in their path are made once for each set.
pub(crate) fn templates() -> (Vec<Template>, Vec<Template>) {
    let all = include_str!("catalogue.txt").split("\n=== ").skip(1).map(|file| {
        let (path, text) = file.split_once('\n').unwrap();
        Template { path, text }
    });
    all.partition(|template| template.path.contains("{n}"))
}

impl Template {
    pub(crate) fn path_of(&self, set: usize) -> String {
        self.path.replace("{n}", &set.to_string())
    }

    /// Fills the places by their number and name; where there is no text for one, it holds what it may.
    pub(crate) fn fill(
        &self,
        set: usize,
        text_of: impl Fn(usize, &str) -> Option<String>,
    ) -> Filled {
        let numbered = |text: &str| {
            text.replace("{n6}", &format!("{set:06}")).replace("{n}", &set.to_string())
        };
        let is_markdown = self.path.ends_with(".md");
        let mut filled =
            Filled { path: numbered(self.path), text: String::new(), places: Vec::new() };
        let mut parts = self.text.split(['«', '»']);
        filled.text.push_str(&numbered(parts.next().unwrap()));
        while let (Some(place), Some(after)) = (parts.next(), parts.next()) {
            let mut words = place.split('|');
            let name = words.next().unwrap();
            let otherwise = words.next().map_or_else(|| format!("{PLAIN} {set}"), numbered);
            let before = words.next().unwrap_or_default();
            let number = filled.places.len();
            let value = match text_of(number, name) {
                // An address as it is, and one that is sound up to the text.
                Some(text) if number % 2 == set % 2 => text,
                Some(text) => format!("{before}{text}"),
                None => otherwise,
            };
            let start = filled.text.len();
            if is_markdown {
                filled.text.push_str(&value);
            } else {
                // A text of JSON is one of YAML.
                filled.text.push_str(&serde_json::to_string(&value).unwrap());
            }
            filled.places.push(Place { range: start..filled.text.len() });
            filled.text.push_str(&numbered(after));
        }
        if !filled.text.ends_with('\n') {
            filled.text.push('\n');
        }
        filled
    }
}

impl Filled {
    pub(crate) fn entry(&self) -> (FilePath, Content) {
        (FilePath::new(&self.path).unwrap(), Content::Bytes(self.text.clone().into_bytes()))
    }
}

/// One set without any payload.
fn plain() -> Vec<Filled> {
    let (sets, others) = templates();
    sets.iter().chain(&others).map(|template| template.fill(1, |_, _| None)).collect()
}

fn tree_of(files: &[Filled]) -> FileTree {
    let form = (FilePath::new("forms/a.docx").unwrap(), Content::Bytes(b"a form".into()));
    FileTree::new(files.iter().map(Filled::entry).chain([form]).collect())
}

/// What may stand in many records means the same in each.
fn shared(shape: &str) -> &str {
    let at = ["/validity", "/legal_basis"].into_iter().filter_map(|key| shape.rfind(key)).max();
    at.map_or(shape, |at| &shape[at..])
}

/// A map or a scalar of the template: the file without its number, and the keys that lead there.
fn nodes<'n>(node: &'n Node<'n>, shape: &str, see: &mut impl FnMut(&str, &'n Node<'n>)) {
    see(shared(shape), node);
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| nodes(item, shape, see)),
        Kind::Map(entries) => {
            for (key, value) in entries {
                nodes(value, &format!("{shape}/{}", key.text), see);
            }
        }
        Kind::Scalar { .. } | Kind::Refused => {}
    }
}

/// The folder of a file, or its name: what its keys mean.
fn kind_of(path: &str) -> &str {
    path.split('/').next().unwrap()
}

fn id(files: &FileTree, path: &str) -> FileId {
    files.find(path).unwrap()
}

fn with(files: &FileTree, path: &str, text: &str) -> FileTree {
    let mut entries: Vec<_> =
        files.iter().map(|(_, path, content)| (path.clone(), content.clone())).collect();
    entries.push((FilePath::new(path).unwrap(), Content::Bytes(text.as_bytes().to_vec())));
    FileTree::new(entries)
}

fn structural(report: &Report) -> Vec<String> {
    let found = report.iter().filter(|found| found.code.entry().structural);
    found.map(|found| format!("{:?} {:?}", found.code, found.values)).collect()
}

#[test]
fn template_is_sound() {
    let (catalogue, report) = load(&tree_of(&plain()));
    assert!(catalogue.is_some());
    assert_eq!(structural(&report), Vec::<String>::new());
}

#[test]
fn every_key_that_the_loader_knows_is_written() {
    let filled = plain();
    let files = tree_of(&filled);
    let (mut known, mut written) = (BTreeSet::new(), BTreeSet::new());
    for file in filled.iter().filter(|file| file.path.ends_with(".yaml")) {
        let (root, _) = tree::read(&files, id(&files, &file.path));
        let mut maps = Vec::new();
        nodes(&root.unwrap(), kind_of(&file.path), &mut |shape, node| {
            if let Kind::Map(entries) = &node.kind {
                let keys = entries.iter().map(|(key, _)| format!("{shape}/{}", key.text));
                written.extend(keys.map(|key| shared(&key).to_owned()));
                maps.push((shape.to_owned(), entries[0].0.span.range().start));
            }
        });
        for (shape, at) in maps {
            let line = file.text[..at].rfind('\n').map_or(0, |end| end + 1);
            let before = &file.text[line..at];
            let indent = " ".repeat(before.chars().count());
            let is_flow = before.trim_end().ends_with(['{', ',']);
            let strange = if is_flow { "zzzz: 1, ".into() } else { format!("zzzz: 1\n{indent}") };
            let text = format!("{}{strange}{}", &file.text[..at], &file.text[at..]);
            let (_, report) = load(&with(&files, &file.path, &text));
            let unknown = |found: &&niemyet::diagnostic::Diagnostic| {
                found.code == Code::UnknownKey && found.values.contains(&("key", "zzzz".into()))
            };
            let found = report.iter().find(unknown).unwrap_or_else(|| panic!("{shape}: {text}"));
            let names = found.values.iter().find(|(name, _)| *name == "known").unwrap();
            let Value::Same(names) = &names.1 else { panic!("{names:?}") };
            let keys = names.split(", ").map(|name| format!("{shape}/{name}"));
            known.extend(keys.map(|key| shared(&key).to_owned()));
        }
    }
    assert!(150 < known.len(), "{}", known.len());
    let forgotten: Vec<_> = known.difference(&written).collect();
    assert!(forgotten.is_empty(), "catalogue.txt does not write {forgotten:#?}");
}

#[test]
fn every_value_that_takes_free_text_is_a_place() {
    let filled = plain();
    let files = tree_of(&filled);
    let (mut places, mut values) = (BTreeSet::new(), BTreeMap::new());
    for file in filled.iter().filter(|file| file.path.ends_with(".yaml")) {
        let (root, _) = tree::read(&files, id(&files, &file.path));
        nodes(&root.unwrap(), kind_of(&file.path), &mut |shape, node| {
            let range = node.span.range();
            if !matches!(node.kind, Kind::Scalar { .. }) {
            } else if file.places.iter().any(|place| place.range.contains(&range.start)) {
                places.insert(shape.to_owned());
            } else {
                values.insert(shape.to_owned(), (file, range));
            }
        });
    }
    values.retain(|shape, _| !places.contains(shape));
    let takes_text = |(file, range): &(&Filled, Range<usize>)| {
        let text = format!("{}\"<b>x\"{}", &file.text[..range.start], &file.text[range.end..]);
        structural(&load(&with(&files, &file.path, &text)).1).is_empty()
    };
    let forgotten: Vec<_> =
        values.iter().filter(|(_, value)| takes_text(value)).map(|(shape, _)| shape).collect();
    assert!(50 < values.len(), "{}", values.len());
    assert!(forgotten.is_empty(), "these take free text: {forgotten:#?}");
    println!("{} keys take free text, {} do not", places.len(), values.len());
}
