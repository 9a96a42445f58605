//! The site's data as other programs read them: JSON held against the site's own description by a validator
//! of JSON Schema, tables read by a reader of CSV, Turtle and JSON-LD parsed by two parsers to one graph, the
//! sitemap against what its form demands. `tests/linked-data` holds the graph against shapes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use niemyet::disk;
use niemyet::files::{Content, FilePath, FileTree};
use niemyet::model::date::{self, Date};
use niemyet::pipeline;
use niemyet::render::Site;
use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use oxttl::TurtleParser;
use rayon::iter::ParallelIterator;
use serde_json::{Value, json};
use support::Folder;

#[expect(dead_code, reason = "each test uses some of it")]
mod support;

const TODAY: &str = "2026-11-22";
const CATALOGUES: [&str; 14] = [
    "catalogue",
    "tests/cases/addresses-renamed/catalogue",
    "tests/cases/agency-gone/catalogue",
    "tests/cases/basis-exempt-or-unchecked/catalogue",
    "tests/cases/changes-coming/catalogue",
    "tests/cases/document-ended/catalogue",
    "tests/cases/feed/catalogue",
    "tests/cases/language-both/catalogue",
    "tests/cases/language-renamed/catalogue",
    "tests/cases/procedure-withheld/catalogue",
    "tests/cases/text-hostile/catalogue",
    "tests/cases/version-announced/catalogue",
    "tests/cases/versions-follow-each-other/catalogue",
    "tests/days/catalogue",
];

/// A site and its files, by address.
fn site(catalogue: &str, today: &str) -> (Site, BTreeMap<String, Vec<u8>>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(catalogue);
    let read = disk::read(&folder).expect("a catalogue");
    let mut files: Vec<(FilePath, Content)> =
        read.iter().map(|(_, path, content)| (path.clone(), content.clone())).collect();
    for (name, text) in [
        (
            "catalogue.yaml",
            "title: Thủ tục\npublisher: Xã Ví Dụ\nlicence: {name: CC BY 4.0, url: \
             'https://creativecommons.org/licenses/by/4.0/'}\n",
        ),
        ("fields.yaml", "- {id: ho-tich, name: Hộ tịch}\n"),
    ] {
        if read.find(name).is_none() {
            let path = FilePath::new(name).expect("a path");
            files.push((path, Content::Bytes(text.as_bytes().to_vec())));
        }
    }
    let files = FileTree::new(files);
    let (known, mut report) = pipeline::examine(&files, day(today));
    let known = known.expect("a catalogue");
    let site = pipeline::site(&known, &files, &FileTree::default(), &mut report).expect("a site");
    let drawn: Vec<_> = site.pages().collect();
    let pages = drawn.into_iter().map(|(page, _)| (page.path.as_str().to_owned(), page.bytes));
    let pages = pages.collect();
    (site, pages)
}

fn day(text: &str) -> Date {
    date::parse(text).expect("a day")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn ends_in(address: &str, ending: &str) -> bool {
    Path::new(address).extension().is_some_and(|found| found == ending)
}

/// The description of a site.
struct Described {
    /// A pattern of an address, its type, and its schema.
    paths: Vec<(String, String, Value)>,
}

impl Described {
    fn new(bytes: &[u8]) -> Self {
        let description: Value = serde_json::from_slice(bytes).expect("JSON");
        assert_eq!(description["openapi"], "3.1.0");
        for key in ["title", "version"] {
            assert!(
                description["info"][key].as_str().is_some_and(|said| !said.is_empty()),
                "{key}"
            );
        }
        let paths = description["paths"].as_object().expect("paths").iter().map(|(path, about)| {
            let content = &about["get"]["responses"]["200"]["content"];
            let (kind, media) =
                content.as_object().and_then(|all| all.iter().next()).expect("a type");
            let mut schema = media["schema"].clone();
            schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
            schema["components"] = description["components"].clone();
            jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{path}: {error}"));
            (path.trim_start_matches('/').to_owned(), kind.clone(), schema)
        });
        Self { paths: paths.collect() }
    }

    fn find(&self, address: &str) -> Option<&(String, String, Value)> {
        self.paths.iter().find(|(path, ..)| match path.split_once("{id}") {
            None => path == address,
            Some((before, after)) => {
                let id = address.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
                id.is_some_and(|id| !id.is_empty() && !id.contains('/'))
            }
        })
    }

    /// Holds a file against its schema; returns the first thing that is wrong.
    fn check(&self, address: &str, value: &Value) -> Option<String> {
        let Some((.., schema)) = self.find(address) else {
            return Some("it is not described".to_owned());
        };
        let options = jsonschema::options().should_validate_formats(true);
        let validator = options.build(schema).expect("a schema");
        validator
            .iter_errors(value)
            .next()
            .map(|error| format!("{error} at {}", error.instance_path()))
    }
}

fn is_json(address: &str) -> bool {
    ends_in(address, "json") || ends_in(address, "jsonld")
}

/// Returns how many files were held against their schemas.
fn hold(files: &BTreeMap<String, Vec<u8>>, whose: &str) -> usize {
    let described = Described::new(&files["api/openapi.json"]);
    let mut n_files = 0;
    for (address, bytes) in files.iter().filter(|(address, _)| is_json(address)) {
        let value: Value = serde_json::from_slice(bytes).expect("JSON");
        assert_eq!(described.check(address, &value), None, "{whose}: {address}");
        n_files += 1;
    }
    for (path, kind, _) in &described.paths {
        let is_made = path.contains("{id}") || path == "build.json" || files.contains_key(path);
        assert!(is_made, "{whose}: {path} is described and not there");
        let ending = match kind.as_str() {
            "application/json" => "json",
            "application/ld+json" => "jsonld",
            "text/turtle" => "ttl",
            _ => "csv",
        };
        assert!(ends_in(path, ending), "{path}: {kind}");
    }
    let tables = files.keys().filter(|address| address.starts_with("api/") && !is_json(address));
    for address in tables {
        assert!(described.find(address).is_some(), "{address} is not described");
    }
    n_files
}

#[test]
fn every_file_of_json_is_as_it_is_described() {
    let mut n_files = 0;
    for catalogue in CATALOGUES {
        n_files += hold(&site(catalogue, TODAY).1, catalogue);
    }
    assert!(n_files > 120, "{n_files}");
}

/// What `build` lays down, which has a manifest; and each site of a horizon.
#[test]
fn built_sites_are_as_they_are_described() {
    let folder = Folder::new();
    for (out, more) in [("plain", &[][..]), ("ahead", &["--horizon", "60"][..])] {
        let done = Command::new(env!("CARGO_BIN_EXE_niemyet"))
            .args([
                "build",
                "--catalogue",
                "tests/days/catalogue",
                "--as-of",
                "2026-06-21",
                "--out",
            ])
            .arg(folder.path().join(out))
            .args(more)
            .output()
            .expect("the program");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    let files: BTreeMap<String, Vec<u8>> = folder.all("plain").into_iter().collect();
    assert!(files.contains_key("build.json"));
    assert!(hold(&files, "plain") > 6);
    let mut slices: BTreeMap<String, BTreeMap<String, Vec<u8>>> = BTreeMap::new();
    for (path, bytes) in folder.all("ahead") {
        let parts = path.strip_prefix("releases/").and_then(|rest| rest.split_once('/'));
        if let Some((slice, address)) = parts {
            slices.entry(slice.to_owned()).or_default().insert(address.to_owned(), bytes);
        }
    }
    assert!(slices.len() > 1, "{:?}", slices.keys());
    for (slice, files) in slices {
        assert!(files.contains_key("build.json"), "{slice}");
        hold(&files, &slice);
    }
}

/// A description that takes anything would describe nothing.
#[test]
fn description_refuses_what_it_does_not_describe() {
    let (_, files) = site("catalogue", TODAY);
    let described = Described::new(&files["api/openapi.json"]);
    let read = |address: &str| -> Value { serde_json::from_slice(&files[address]).expect("JSON") };
    let procedure = files.keys().find(|key| key.starts_with("api/thu-tuc/")).expect("a procedure");
    let mut n_refused = 0;
    for address in ["api/thu-tuc.json", "api/van-ban.json", "removed.json", procedure.as_str()] {
        let whole = read(address);
        assert_eq!(described.check(address, &whole), None);
        for key in whole.as_object().expect("an object").keys() {
            let mut broken = whole.clone();
            broken[key] = json!({ "unheard": 1 });
            assert_ne!(described.check(address, &broken), None, "{address}: {key}");
            n_refused += 1;
        }
        let mut more = whole.clone();
        more["unheard"] = json!(1);
        assert_ne!(described.check(address, &more), None, "{address}");
    }
    let mut dated = read("api/thu-tuc.json");
    dated["as_of"] = json!("2026-02-30");
    assert_ne!(described.check("api/thu-tuc.json", &dated), None);
    assert!(n_refused > 20, "{n_refused}");
}

/// A graph as its statements, each in the form of N-Triples, in which nothing is blank.
type Graph = BTreeSet<String>;

const BASE: &str = "https://noi-khac.example/a/api/x";

fn turtle(bytes: &[u8]) -> Graph {
    let parser = TurtleParser::new().with_base_iri(BASE).expect("a base");
    let triples = parser.for_slice(bytes).map(|triple| triple.expect("Turtle").to_string());
    triples.collect()
}

fn json_ld(bytes: &[u8], base: &str) -> Graph {
    let parser = JsonLdParser::new().with_base_iri(base).expect("a base");
    // The vocabulary of schema.org, as far as it matters here: nothing is asked of a host.
    let parser = parser.for_slice(bytes).with_load_document_callback(|address, _| {
        assert_eq!(address, "https://schema.org");
        let context = br#"{"@context":{"@vocab":"https://schema.org/"}}"#.to_vec();
        Ok(JsonLdRemoteDocument { document: context, document_url: address.to_owned() })
    });
    let quads = parser.map(|quad| {
        let quad = quad.expect("JSON-LD");
        assert!(quad.graph_name.is_default_graph());
        oxrdf::Triple::new(quad.subject, quad.predicate, quad.object).to_string()
    });
    quads.collect()
}

#[test]
fn turtle_and_json_ld_are_one_graph() {
    let mut n_triples = 0;
    for catalogue in CATALOGUES {
        let (_, files) = site(catalogue, TODAY);
        let one = turtle(&files["api/cpsv-ap.ttl"]);
        let other = json_ld(&files["api/cpsv-ap.jsonld"], BASE);
        let differs = one.symmetric_difference(&other).next();
        assert_eq!(differs, None, "{catalogue}");
        assert!(one.iter().all(|triple| !triple.contains("_:")), "{catalogue}: a blank");
        n_triples += one.len();
    }
    assert!(n_triples > 5000, "{n_triples}");
}

/// The graph says on which day it ends; up to then that of each day is the same.
#[test]
fn graph_ends_on_the_day_on_which_it_differs() {
    let path = FilePath::new("api/cpsv-ap.ttl").expect("a path");
    let mut n_ends = 0;
    for today in ["2026-01-01", "2026-03-14", "2026-06-21", "2026-08-01", "2026-11-20"] {
        let (site, files) = site("tests/days/catalogue", today);
        let whole = turtle(&files[path.as_str()]);
        let alone = |day| turtle(&site.page_on(&path, day).expect("a file"));
        let first = alone(day(today));
        let end = site.days().find(|day| alone(*day) != first);
        let last = end.map(|end| end.yesterday().expect("a day").to_string());
        let said = whole
            .iter()
            .find(|triple| triple.contains("#thoi-gian> <http://www.w3.org/ns/dcat#endDate>"));
        let said = said.and_then(|triple| triple.split('"').nth(1));
        assert_eq!(said, last.as_deref(), "{today}");
        n_ends += usize::from(end.is_some());
        let more = whole.difference(&first).filter(|triple| !triple.contains("#thoi-gian>"));
        assert_eq!(more.count(), 0, "{today}");
    }
    assert!(n_ends > 3, "{n_ends}");
}

type Row = BTreeMap<String, String>;

/// Reads a table and holds it against its form.
fn table(bytes: &[u8]) -> Vec<Row> {
    let text = text(bytes).strip_prefix('\u{feff}').expect("its mark");
    assert!(text.ends_with("\r\n"));
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let columns = reader.headers().expect("columns").clone();
    let rows = reader.records().map(|row| {
        let row = row.expect("a row of as many cells");
        for cell in &row {
            let computes = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
            assert!(!cell.starts_with(computes), "{cell}");
        }
        columns.iter().zip(&row).map(|(key, cell)| (key.to_owned(), cell.to_owned())).collect()
    });
    rows.collect()
}

const TABLES: [&str; 4] =
    ["api/phi.csv", "api/thanh-phan-ho-so.csv", "api/thu-tuc.csv", "api/van-ban.csv"];

#[test]
fn tables_hold_what_the_data_hold() {
    for catalogue in CATALOGUES {
        let (_, files) = site(catalogue, TODAY);
        let read =
            |address: &str| -> Value { serde_json::from_slice(&files[address]).expect("JSON") };
        let codes =
            |rows: &[Row]| -> Vec<String> { rows.iter().map(|row| row["code"].clone()).collect() };
        let list = read("api/thu-tuc.json");
        let list = list["procedures"].as_array().expect("a list").clone();
        let told: Vec<&str> = list.iter().filter_map(|row| row["code"].as_str()).collect();
        assert_eq!(codes(&table(&files["api/thu-tuc.csv"])), told, "{catalogue}");
        let documents = read("api/van-ban.json");
        let rows = table(&files["api/van-ban.csv"]);
        assert_eq!(rows.len(), documents["documents"].as_array().expect("a list").len());
        let (mut n_fees, mut n_papers) = (0, 0);
        for (address, bytes) in &files {
            if !address.starts_with("api/thu-tuc/") {
                continue;
            }
            let data: Value = serde_json::from_slice(bytes).expect("JSON");
            if data["status"] == "coming" {
                continue;
            }
            for channel in data["channels"].as_array().expect("a list") {
                let n = channel["fees"].as_array().map_or(0, Vec::len);
                n_fees += n + usize::from(n == 0 && channel["fees_incomplete"] == true);
            }
            for case in data["cases"].as_array().expect("a list") {
                let papers = case["dossier"].as_array().expect("a list").iter();
                n_papers += papers.filter(|paper| paper["name"].is_string()).count();
            }
        }
        assert_eq!(table(&files["api/phi.csv"]).len(), n_fees, "{catalogue}");
        assert_eq!(table(&files["api/thanh-phan-ho-so.csv"]).len(), n_papers, "{catalogue}");
    }
}

/// On each coming day a row of today that has not ended by then still holds, and one that ends on it does
/// not.
#[test]
fn rows_hold_until_their_day() {
    let mut n_ended = 0;
    for today in ["2026-01-01", "2026-06-21", "2026-08-01"] {
        let (site, files) = site("tests/days/catalogue", today);
        for address in TABLES {
            let path = FilePath::new(address).expect("a path");
            let rows = table(&files[address]);
            for day in site.days().skip(1) {
                let then = table(&site.page_on(&path, day).expect("a file"));
                // These tell of changes of the row, or of what begins.
                let core = |row: &Row| -> Row {
                    let tells =
                        ["until", "next_change", "status", "incomplete", "performs", "decides"];
                    let mut row = row.clone();
                    row.retain(|key, _| !tells.contains(&key.as_str()));
                    row
                };
                let then: BTreeSet<Row> = then.iter().map(core).collect();
                for row in &rows {
                    let until = date::parse(&row["until"]);
                    let is_there = then.contains(&core(row));
                    match until {
                        Some(until) if until == day => {
                            assert!(
                                !is_there || address == "api/thu-tuc.csv",
                                "{address} {today}, {day}: {row:?}"
                            );
                            n_ended += 1;
                        }
                        Some(until) if until < day => {}
                        _ => assert!(is_there, "{address} {today}, {day}: {row:?}"),
                    }
                }
            }
        }
    }
    assert!(n_ended > 5, "{n_ended}");
}

/// The parts of a procedure by what they are, without what tells of their days.
fn parts(data: &Value) -> BTreeSet<(String, String, Option<String>)> {
    let mut parts = BTreeSet::new();
    let mut add = |what: &str, list: &Value| {
        for part in list.as_array().into_iter().flatten() {
            let mut part = part.as_object().expect("an object").clone();
            let until = part.remove("until").and_then(|day| Some(day.as_str()?.to_owned()));
            // These tell of other parts.
            for key in ["form", "fees", "times", "fees_incomplete", "times_incomplete"] {
                part.remove(key);
            }
            parts.insert((what.to_owned(), Value::from(part).to_string(), until));
        }
    };
    for key in ["channels", "reception", "forms", "steps"] {
        add(key, &data[key]);
    }
    for channel in data["channels"].as_array().into_iter().flatten() {
        for key in ["fees", "times"] {
            add(&format!("{key} {}", channel["kind"]), &channel[key]);
        }
    }
    for (place, case) in data["cases"].as_array().into_iter().flatten().enumerate() {
        for key in ["dossier", "steps"] {
            add(&format!("{key} {place}"), &case[key]);
        }
    }
    parts
}

/// On each coming day a part of a procedure that has not ended by then is still in its data, and one that has is
/// not.
#[test]
fn parts_hold_until_their_day() {
    let (mut n_ended, mut n_held) = (BTreeSet::new(), 0);
    for today in ["2026-01-01", "2026-06-21", "2026-08-01"] {
        let (site, files) = site("tests/days/catalogue", today);
        for (address, bytes) in files.iter().filter(|(it, _)| it.starts_with("api/thu-tuc/")) {
            let data: Value = serde_json::from_slice(bytes).expect("JSON");
            if data["status"] == "coming" {
                continue;
            }
            let path = FilePath::new(address).expect("a path");
            for day in site.days().skip(1) {
                let then = site.page_on(&path, day).expect("a file");
                let then: Value = serde_json::from_slice(&then).unwrap_or_default();
                let then: BTreeSet<(String, String)> =
                    parts(&then).into_iter().map(|(what, part, _)| (what, part)).collect();
                for (what, part, until) in parts(&data) {
                    let ends = until.as_deref().and_then(date::parse);
                    let is_there = then.contains(&(what.clone(), part.clone()));
                    let must = ends.is_none_or(|end| day < end);
                    // What has ended may come back.
                    if must || ends == Some(day) {
                        assert_eq!(is_there, must, "{address} {today}, {day}: {what} {part}");
                    }
                    if !must {
                        n_ended.insert(what.split(' ').next().unwrap_or_default().to_owned());
                    }
                    n_held += usize::from(must);
                }
            }
        }
    }
    for what in ["channels", "fees", "dossier"] {
        assert!(n_ended.contains(what), "{n_ended:?}");
    }
    assert!(n_held > 500, "{n_held}");
}

/// What may be said of a thing, in the words of schema.org.
const WORDS: [(&str, &[&str]); 10] = [
    ("BreadcrumbList", &["itemListElement"]),
    ("ListItem", &["item", "name", "position"]),
    (
        "GovernmentService",
        &[
            "alternateName",
            "availableChannel",
            "identifier",
            "name",
            "offers",
            "provider",
            "serviceOperator",
            "serviceOutput",
            "serviceType",
            "url",
        ],
    ),
    ("GovernmentOrganization", &["location", "name", "url"]),
    (
        "Legislation",
        &[
            "legislationChanges",
            "legislationConsolidates",
            "legislationDate",
            "legislationDateOfApplicability",
            "legislationEnsuresImplementationOf",
            "legislationIdentifier",
            "legislationLegalForce",
            "legislationPassedBy",
            "legislationType",
            "name",
            "url",
        ],
    ),
    ("Offer", &["description", "price", "priceCurrency"]),
    ("Place", &["address", "name", "telephone"]),
    ("ServiceChannel", &["serviceUrl"]),
    ("Thing", &["name"]),
    ("WebPage", &["inLanguage", "mainEntity", "name", "translationOfWork", "workTranslation"]),
];

fn well_said(value: &Value, where_it_is: &str) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| well_said(one, where_it_is)),
        Value::Object(thing) => {
            // What is only named is told of elsewhere.
            if thing.len() == 1 && thing.contains_key("@id") {
                return;
            }
            let class = thing["@type"].as_str().expect("a class");
            let (_, words) = WORDS.iter().find(|(name, _)| *name == class).expect(class);
            for (key, value) in thing.iter().filter(|(key, _)| !key.starts_with('@')) {
                assert!(words.contains(&key.as_str()), "{where_it_is}: {key} of {class}");
                well_said(value, where_it_is);
            }
        }
        Value::Null => panic!("{where_it_is}: nothing is said"),
        _ => {}
    }
}

#[test]
fn pages_say_to_programs_what_they_are_about() {
    let mut said: BTreeMap<String, usize> = BTreeMap::new();
    for catalogue in CATALOGUES {
        let (_, files) = site(catalogue, TODAY);
        for (address, bytes) in files.iter().filter(|(address, _)| ends_in(address, "html")) {
            let page = text(bytes);
            let mark = "<script type=\"application/ld+json\">";
            let is_listed = !page.contains("content=\"noindex\"");
            let has =
                |name: &str| page.contains(&format!("<meta property=\"og:{name}\" content=\""));
            // What is no page on some day says on none how it is to be shown to others.
            if !is_listed || !page.contains("<template data-") {
                let shared = has("type") && has("site_name") && has("locale");
                assert_eq!(shared, is_listed, "{catalogue}: {address}");
            }
            assert!(!has("image"), "{address}");
            // Nothing that is shown on some days only may be run or put in place by a script.
            for part in page.split("<template data-").skip(1) {
                let part = part.split("</template>").next().unwrap_or_default();
                assert!(!part.contains("<script"), "{catalogue}: {address}");
            }
            let Some((_, rest)) = page.split_once(mark) else { continue };
            assert!(is_listed, "{catalogue}: {address}");
            let data = rest.split_once("</script>").expect("its end").0;
            let value: Value = serde_json::from_str(data).expect("JSON");
            assert_eq!(value["@context"], "https://schema.org");
            well_said(&value["@graph"], address);
            let triples = json_ld(data.as_bytes(), &format!("https://noi-khac.example/{address}"));
            assert!(!triples.is_empty());
            for thing in value["@graph"].as_array().expect("a list") {
                *said.entry(thing["@type"].as_str().expect("a class").to_owned()).or_default() += 1;
            }
        }
    }
    for (class, least) in [
        ("GovernmentService", 70),
        ("Legislation", 110),
        ("GovernmentOrganization", 30),
        ("BreadcrumbList", 250),
    ] {
        assert!(said.get(class).is_some_and(|n| *n >= least), "{class}: {said:?}");
    }
}

/// In a site of two languages a page of either names the other, in its head, its data and the sitemap; and both
/// speak of one thing.
#[test]
fn pages_in_two_languages_name_each_other() {
    let mut n_pairs = 0;
    for catalogue in
        ["tests/cases/language-both/catalogue", "tests/cases/language-renamed/catalogue"]
    {
        let (_, files) = site(catalogue, TODAY);
        let base = "https://vi-du.example/";
        for (address, bytes) in files.iter().filter(|(address, _)| address.starts_with("en/")) {
            let Some(first) = files.get(address.trim_start_matches("en/")) else {
                panic!("{address} is a page of one language");
            };
            let (Some(data), Some(of_first)) = (linked(bytes), linked(first)) else { continue };
            let known = |address: &str| match address.rsplit_once("index.html") {
                Some((folder, "")) if folder.len() < 4 => format!("{base}{folder}"),
                _ => format!("{base}{address}"),
            };
            let (own, other) = (known(address), known(address.trim_start_matches("en/")));
            for (data, language, own, other, tie) in [
                (&data, "en", &own, &other, "translationOfWork"),
                (&of_first, "vi", &other, &own, "workTranslation"),
            ] {
                let page = of_class(data, "WebPage").expect("the page");
                assert_eq!(page["@id"], own.as_str());
                assert_eq!(page["inLanguage"], language);
                assert_eq!(page[tie]["@id"], other.as_str());
            }
            for class in ["GovernmentService", "Legislation", "GovernmentOrganization"] {
                let thing = |data| of_class(data, class).map(|thing| thing["@id"].clone());
                assert_eq!(thing(&data), thing(&of_first), "{address}");
            }
            for page in [text(bytes), text(first)] {
                for (language, place) in [("vi", &other), ("en", &own)] {
                    let link = format!("hreflang=\"{language}\" href=\"{place}\"");
                    assert!(page.contains(&link), "{address}: {link}");
                }
            }
            n_pairs += 1;
        }
    }
    assert!(n_pairs > 20, "{n_pairs}");
}

fn linked(page: &[u8]) -> Option<Value> {
    let (_, rest) =
        std::str::from_utf8(page).ok()?.split_once("<script type=\"application/ld+json\">")?;
    serde_json::from_str(rest.split_once("</script>")?.0).ok()
}

fn of_class<'a>(data: &'a Value, class: &str) -> Option<&'a Value> {
    data["@graph"].as_array()?.iter().find(|thing| thing["@type"] == class)
}

/// What <https://www.sitemaps.org/protocol.html> demands.
#[test]
fn sitemaps_list_pages_that_are_there() {
    const FORM: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
    let mut n_pages = 0;
    for catalogue in CATALOGUES {
        let (_, files) = site(catalogue, TODAY);
        let Some(sitemap) = files.get("sitemap.xml") else { continue };
        assert!(sitemap.len() < 50 << 20);
        let document = roxmltree::Document::parse(text(sitemap)).expect("XML");
        let set = document.root_element();
        assert!(set.has_tag_name((FORM, "urlset")));
        let (mut places, mut alternates) = (BTreeSet::new(), BTreeSet::new());
        for url in set.children().filter(roxmltree::Node::is_element) {
            assert!(url.has_tag_name((FORM, "url")));
            let parts: Vec<_> = url.children().filter(roxmltree::Node::is_element).collect();
            let (own, others) = parts.split_first().expect("an address");
            assert!(own.has_tag_name((FORM, "loc")), "{catalogue}");
            let place = own.text().expect("an address").to_owned();
            for other in others {
                assert!(other.has_tag_name(("http://www.w3.org/1999/xhtml", "link")), "{place}");
                assert_eq!(other.attribute("rel"), Some("alternate"), "{place}");
                alternates
                    .insert((place.clone(), other.attribute("href").expect("a place").to_owned()));
            }
            assert!(place.starts_with("https://") && place.len() < 2048, "{place}");
            assert!(places.insert(place.clone()), "{place} twice");
        }
        // A page and its translations name each other and themselves.
        for (one, other) in &alternates {
            assert!(places.contains(other), "{one}: {other}");
            assert!(alternates.contains(&(other.clone(), one.clone())), "{one}: {other}");
            assert!(alternates.contains(&(one.clone(), one.clone())), "{one}");
        }
        let base = places.iter().min_by_key(|place| place.len()).expect("a page").clone();
        for place in &places {
            let address = place.strip_prefix(&base).expect("an address of the site");
            let is_home = address.is_empty() || address.ends_with('/');
            let address = if is_home { &format!("{address}index.html") } else { address };
            let page = files.get(address).unwrap_or_else(|| panic!("{catalogue}: {place}"));
            assert!(!text(page).contains("<meta name=\"robots\" content=\"noindex\""), "{place}");
        }
        assert!(places.len() < 50_000);
        n_pages += places.len();
    }
    assert!(n_pages > 200, "{n_pages}");
}
