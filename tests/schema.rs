//! The table of keys (`src/schema/`) against the loader, in both directions: every key and word that the loader
//! knows is in the table, and nothing else; what the loader takes, the schemas take, and what has a wrong shape
//! they refuse. The loader is asked as an editor would: with catalogues that hold one mistake.

#![expect(clippy::unwrap_used, reason = "a catalogue that cannot be read fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use niemyet::diagnostic::code::Code;
use niemyet::diagnostic::{Diagnostic, Report};
use niemyet::files::{Content, FilePath, FileTree};
use niemyet::language::Language;
use niemyet::load::load;
use niemyet::schema::{self, FILES, File, Form, Record, Rule, Words};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde_json::{Value, json};

/// The files of a catalogue, YAML as values.
type Files = BTreeMap<String, Value>;

/// `tests/threats/catalogue.txt`, which writes every key, with plain words in its places.
fn sample() -> Files {
    let mut files = Files::new();
    for file in include_str!("threats/catalogue.txt").split("\n=== ").skip(1) {
        let (path, text) = file.split_once('\n').unwrap();
        let numbered = |text: &str| text.replace("{n6}", "000001").replace("{n}", "1");
        let mut filled = String::new();
        for (at, part) in text.split(['«', '»']).enumerate() {
            if at % 2 == 0 {
                filled.push_str(&numbered(part));
                continue;
            }
            let text = part.split('|').nth(1).map_or_else(|| "Chữ".to_owned(), numbered);
            filled.push_str(&serde_json::to_string(&text).unwrap());
        }
        let path = numbered(path);
        let value = if is_yaml(&path) {
            serde_yaml::from_str(&filled).unwrap()
        } else {
            Value::String(filled.replace("\"Chữ\"", "Chữ"))
        };
        files.insert(path, value);
    }
    files
}

fn is_yaml(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "yaml")
}

fn read(files: &Files) -> (FileTree, Report) {
    let entries = files.iter().map(|(path, value)| {
        // JSON is YAML, and keeps what is text in quotes.
        let text = match value {
            Value::String(text) if !is_yaml(path) => text.clone(),
            value => value.to_string(),
        };
        (FilePath::new(path).unwrap(), Content::Bytes(text.into_bytes()))
    });
    let tree = FileTree::new(entries.collect());
    let (_, report) = load(&tree);
    (tree, report)
}

fn said(found: &Diagnostic, name: &str) -> String {
    let value = found.values.iter().find(|(key, _)| *key == name);
    match &value.unwrap().1 {
        niemyet::diagnostic::Value::Same(text) => text.clone(),
        niemyet::diagnostic::Value::Each([vietnamese, _]) => vietnamese.clone(),
    }
}

/// The kind of a file.
fn kind_of(path: &str) -> Option<&'static File> {
    FILES.iter().find(|file| match file.glob.split_once('*') {
        Some((folder, _)) => path.starts_with(folder) && is_yaml(path) == file.is_yaml(),
        None => path == file.glob,
    })
}

/// Where a value stands in its file.
type Place = Vec<String>;

/// All maps of a value, each with its record and its place.
fn maps(form: &Form, value: &Value, at: &Place, found: &mut Vec<(&'static Record, Place)>) {
    let inside = |name: String| at.iter().cloned().chain([name]).collect::<Place>();
    match (form, value) {
        (Form::Record(record) | Form::RecordOr(record, _), Value::Object(map)) => {
            found.push((*record, at.clone()));
            for key in record.keys {
                if let Some(value) = map.get(key.name) {
                    maps(&key.form, value, &inside(key.name.to_owned()), found);
                }
            }
        }
        (Form::List(item) | Form::OneOrList(item), Value::Array(items)) => {
            for (number, value) in items.iter().enumerate() {
                maps(item, value, &inside(number.to_string()), found);
            }
        }
        _ => {}
    }
}

fn maps_of(file: &'static File, value: &Value) -> Vec<(&'static Record, Place)> {
    let mut found = Vec::new();
    let start = Place::new();
    if file.is_list {
        for (number, value) in value.as_array().unwrap().iter().enumerate() {
            maps(&Form::Record(file.record), value, &vec![number.to_string()], &mut found);
        }
    } else {
        maps(&Form::Record(file.record), value, &start, &mut found);
    }
    found
}

fn at<'v>(value: &'v mut Value, place: &[String]) -> &'v mut Value {
    place.iter().fold(value, |value, step| match value {
        Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
        other => &mut other[step.as_str()],
    })
}

/// All records of the sample, with the file and the place of each of their maps.
fn everywhere(files: &Files) -> Vec<(&'static Record, String, Place)> {
    let mut all = Vec::new();
    for (path, value) in files.iter().filter(|(path, _)| is_yaml(path)) {
        let file = kind_of(path).unwrap_or_else(|| panic!("{path}: no kind of file"));
        all.extend(maps_of(file, value).into_iter().map(|(record, at)| (record, path.clone(), at)));
    }
    all
}

/// The keys that the loader names where it meets one that it does not know, by record.
fn known_keys() -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut files = sample();
    let places = everywhere(&files);
    for (number, (_, path, place)) in places.iter().enumerate() {
        let map = at(files.get_mut(path).unwrap(), place);
        map[format!("zz{number}")] = json!("1");
    }
    files.insert("pages/head.md".to_owned(), json!("---\nzzpage: x\n---\n# Chữ\n\nChữ\n"));
    let (_, report) = read(&files);
    let mut known: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for found in report.iter().filter(|found| found.code == Code::UnknownKey) {
        let number = said(found, "key").trim_start_matches("zz").parse::<usize>();
        let record = number.map_or("page", |number| places[number].0.name);
        known
            .entry(record)
            .or_default()
            .extend(said(found, "known").split(", ").map(str::to_owned));
    }
    known
}

/// All records of the table.
fn records() -> BTreeMap<&'static str, &'static Record> {
    fn gather(record: &'static Record, all: &mut BTreeMap<&'static str, &'static Record>) {
        if let Some(known) = all.insert(record.name, record) {
            assert!(std::ptr::eq(known, record), "{}: two records of one name", record.name);
            return;
        }
        for key in record.keys {
            inner(&key.form, all);
        }
    }
    fn inner(form: &Form, all: &mut BTreeMap<&'static str, &'static Record>) {
        match form {
            Form::Record(record) => gather(record, all),
            Form::RecordOr(record, other) => {
                gather(record, all);
                inner(other, all);
            }
            Form::List(item) | Form::OneOrList(item) => inner(item, all),
            _ => {}
        }
    }
    let mut all = BTreeMap::new();
    for file in &FILES {
        gather(file.record, &mut all);
    }
    all
}

#[test]
fn the_table_has_the_keys_of_the_loader_and_no_others() {
    let known = known_keys();
    let written = records().into_iter().map(|(name, record)| {
        (name, record.keys.iter().map(|key| key.name.to_owned()).collect::<BTreeSet<_>>())
    });
    let written: BTreeMap<_, _> = written.collect();
    assert_eq!(written, known);
}

fn words_of(form: &Form) -> Option<(&'static Words, bool)> {
    match form {
        Form::Word(words) | Form::WordOrNumber(words, ..) => Some((words, false)),
        Form::List(item) | Form::OneOrList(item) => words_of(item).map(|(words, _)| (words, true)),
        _ => None,
    }
}

#[test]
fn the_table_has_the_words_of_the_loader_and_no_others() {
    let sample = sample();
    let mut asked = BTreeMap::new();
    for (record, path, place) in everywhere(&sample) {
        for key in record.keys {
            if let Some((words, is_list)) = words_of(&key.form) {
                asked.entry((record.name, key.name)).or_insert((
                    path.clone(),
                    place.clone(),
                    words,
                    is_list,
                ));
            }
        }
    }
    assert!(20 < asked.len(), "{}", asked.len());
    for ((record, key), (path, place, words, is_list)) in asked {
        let mut files = sample.clone();
        let map = at(files.get_mut(&path).unwrap(), &place);
        map[key] = if is_list { json!(["zzz"]) } else { json!("zzz") };
        let (_, report) = read(&files);
        let found =
            report.iter().find(|found| found.code == Code::BadWord && said(found, "key") == key);
        let known = found.map(|found| said(found, "known"));
        let written: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        assert_eq!(known, Some(written.join(", ")), "{record}.{key}");
    }
}

#[test]
fn the_table_asks_for_the_keys_that_the_loader_asks_for() {
    let sample = sample();
    let mut first: BTreeMap<&str, (&Record, String, Place)> = BTreeMap::new();
    for (record, path, place) in everywhere(&sample) {
        first.entry(record.name).or_insert((record, path, place));
    }
    for (name, (record, path, place)) in first {
        let mut files = sample.clone();
        *at(files.get_mut(&path).unwrap(), &place) = json!({ "zzz": "1" });
        let (tree, report) = read(&files);
        let file = tree.find(&path).unwrap();
        let missing =
            report.iter().filter(|found| found.span.is_some_and(|span| span.file == file));
        let missing = missing.filter_map(|found| match found.code {
            Code::MissingKey => Some(said(found, "key")),
            Code::NumberMissing => Some("number".to_owned()),
            _ => None,
        });
        let missing: BTreeSet<String> = missing.collect();
        let required = record.keys.iter().filter(|key| key.is_required).map(|key| key.name);
        let either = record.rules.iter().filter_map(|rule| match rule {
            Rule::Either(first, _) => Some(*first),
            _ => None,
        });
        // The sample has two cases, and each of several needs a title.
        let of_several = (name == "case").then_some("title");
        let asked: BTreeSet<String> =
            required.chain(either).chain(of_several).map(str::to_owned).collect();
        assert_eq!(asked, missing, "{name}");
    }
}

struct Schemas(Vec<(&'static File, jsonschema::Validator)>);

impl Schemas {
    fn new() -> Self {
        let all = schema::json(Language::Vietnamese).into_iter().map(|(file, schema)| {
            jsonschema::meta::validate(&schema)
                .unwrap_or_else(|error| panic!("{}: {error}", file.name));
            (file, jsonschema::validator_for(&schema).unwrap())
        });
        Self(all.collect())
    }

    fn refuses(&self, path: &str, value: &Value) -> Vec<String> {
        let kind = kind_of(path).unwrap_or_else(|| panic!("{path}: no kind of file"));
        let (_, validator) = self.0.iter().find(|(file, _)| file.name == kind.name).unwrap();
        let errors = validator.iter_errors(value);
        errors.map(|error| format!("{path}{}: {error}", error.instance_path())).collect()
    }
}

#[test]
fn sound_catalogues_are_sound_to_the_schemas() {
    let schemas = Schemas::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for folder in ["catalogue", "tests/looks/catalogue"] {
        let files = niemyet::disk::read(&root.join(folder)).unwrap();
        for (_, path, content) in files.iter().filter(|(_, path, _)| is_yaml(path.as_str())) {
            let Content::Bytes(bytes) = content else { panic!("{path}") };
            let value: Value = serde_yaml::from_slice(bytes).unwrap();
            assert_eq!(schemas.refuses(path.as_str(), &value), Vec::<String>::new());
            count += 1;
        }
    }
    for (path, value) in sample().iter().filter(|(path, _)| is_yaml(path)) {
        assert_eq!(schemas.refuses(path, value), Vec::<String>::new());
    }
    assert!(300 < count, "{count}");
}

/// What is wrong with the shape of a value, and can be seen without the rest of the catalogue.
const SHAPES: [Code; 9] = [
    Code::UnknownKey,
    Code::MissingKey,
    Code::WrongShape,
    Code::UnquotedNumber,
    Code::BadDate,
    Code::BadWord,
    Code::EmptyValue,
    Code::BadNumber,
    Code::BadCode,
];

fn probes() -> Vec<Value> {
    vec![
        json!("zzz"),
        json!(""),
        json!(" "),
        json!("2026-07-01"),
        json!("2026-13-01"),
        json!("1.001193"),
        json!("5"),
        json!("90 ngày"),
        json!("https://example.org/"),
        json!("main"),
        json!(5),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(20000),
        json!(true),
        json!(null),
        json!([]),
        json!(["zzz"]),
        json!([5]),
        json!([{ "zzz": "1" }]),
        json!({}),
        json!({ "zzz": "1" }),
    ]
}

#[test]
fn what_the_loader_takes_the_schemas_take_and_wrong_shapes_they_refuse() {
    let (schemas, sample, probes) = (Schemas::new(), sample(), probes());
    let mut tried = BTreeMap::new();
    for (record, path, place) in everywhere(&sample) {
        for key in record.keys {
            tried.entry((record.name, key.name)).or_insert((path.clone(), place.clone()));
        }
    }
    let tried: Vec<_> = tried.into_iter().collect();
    let differing: Vec<String> = tried
        .par_iter()
        .flat_map_iter(|((record, key), (path, place))| {
            let mut found = Vec::new();
            // The file, and what others lean on.
            let mut lean = sample.clone();
            lean.retain(|other, _| {
                let is_needed =
                    ["catalogue.yaml", "fields.yaml", "agencies/", "documents/", "forms/"];
                other == path || is_needed.iter().any(|start| other.starts_with(start))
            });
            for probe in &probes {
                let mut files = lean.clone();
                at(files.get_mut(path).unwrap(), place)[*key] = probe.clone();
                let (tree, report) = read(&files);
                let file = tree.find(path).unwrap();
                let here = |found: &&Diagnostic| found.span.is_some_and(|span| span.file == file);
                let wrong = report.iter().filter(here).find(|found| SHAPES.contains(&found.code));
                let refused = schemas.refuses(path, &files[path]);
                let is_structural = report.iter().any(|found| found.code.entry().structural);
                match (wrong, refused.first()) {
                    (None, Some(why)) if !is_structural => {
                        found.push(format!(
                            "{record}.{key}: {probe}: only the schema refuses: {why}"
                        ));
                    }
                    (Some(wrong), None) if !may_pass(wrong.code, probe) => {
                        found.push(format!(
                            "{record}.{key}: {probe}: only the loader: {:?}",
                            wrong.code
                        ));
                    }
                    _ => {}
                }
            }
            found
        })
        .collect();
    assert!(differing.is_empty(), "{} differ:\n{}", differing.len(), differing.join("\n"));
}

/// What a schema cannot tell: which text is blank, and which days there are.
fn may_pass(code: Code, probe: &Value) -> bool {
    code == Code::EmptyValue && probe == " "
}

#[test]
fn the_page_of_keys_names_every_key_in_both_languages() {
    for language in [Language::Vietnamese, Language::English] {
        let page = schema::markdown(language);
        for (name, record) in records() {
            for key in record.keys {
                assert!(page.contains(&format!("`{}`", key.name)), "{name}.{}", key.name);
            }
        }
    }
}
