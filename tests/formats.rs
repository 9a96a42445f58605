//! The forms in which findings are told to programs: the same small catalogue with mistakes in every form,
//! recorded in `tests/formats/expected` and held against what the form itself demands. `UPDATE_EXPECT=1`
//! accepts what comes out. `sarif-2.1.0.schema.json` is the schema that OASIS publishes with the standard.

#![expect(clippy::disallowed_methods, reason = "a test reads what it compares with")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use support::Folder;

const DAY: &str = "2026-11-22";

/// Laid over `tests/codes/base`: an ended basis, a code without quotes in a file with line ends of Windows,
/// a number that two files bear, a warning, and a title that would end a command of GitHub.
const LAID_OVER: [(&str, &str); 5] = [
    (
        "procedures/ho-tich/dang-ky-khai-tu.yaml",
        "code: \"1.000656\"\ntitle: \"Khai tử: 100%, ::error::\"\nfield: ho-tich\naudience: [citizen]\n\
         legal_basis:\n  - 61/2018/NĐ-CP\nauthority: {performs: [ubnd-xa]}\n\
         channels:\n  - {kind: in_person, times: [{text: Trong ngày}]}\n\
         cases:\n  - dossier: [{name: Tờ khai}]\nsteps:\n  - {title: Nộp hồ sơ}\n",
    ),
    (
        "procedures/ho-tich/nhan-cha-me-con.yaml",
        "# Ủy ban\r\ncode: 1.001022\r\ntitle: Nhận cha, mẹ, con\r\nfield: ho-tich\r\n",
    ),
    (
        "documents/61-2018-nd-cp-2.yaml",
        "number: 61/2018/NĐ-CP\ntitle: Chép nhầm\neffective: 2018-06-21\n",
    ),
    ("fields.yaml", "- {id: ho-tich, name: Hộ tịch, nam: \"A & <b>\"}\n"),
    ("ghi chu.txt", "?"),
];

/// A repository with a catalogue that is not at its root.
fn repository() -> Folder {
    let folder = Folder::new();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codes/base");
    let files = niemyet::disk::read(&base).expect("the base");
    for (_, path, content) in files.iter() {
        let text = std::str::from_utf8(content.bytes()).expect("UTF-8");
        folder.write(&format!("xã một/catalogue/{path}"), text);
    }
    for (path, text) in LAID_OVER {
        folder.write(&format!("xã một/catalogue/{path}"), text);
    }
    folder.write(".git/HEAD", "ref: refs/heads/main\n");
    folder
}

fn niemyet(folder: &Folder, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_niemyet"))
        .args(words)
        .args(["--as-of", DAY])
        .current_dir(folder.path().join("xã một"))
        .output()
        .expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Compares with what is recorded, or records it.
fn compare(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/expected").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, text).expect("recorded");
        return;
    }
    let recorded = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, recorded, "{}; UPDATE_EXPECT=1 accepts it", path.display());
}

/// A name that is no path is content like any other: found, with a place, in every form.
#[test]
fn names_that_are_no_paths_are_found_in_every_form() {
    let folder = repository();
    for name in ["procedures/a:b.yaml", "procedures/a\nb.yaml", "x\u{202e}y/1.yaml"] {
        folder.write(&format!("xã một/catalogue/{name}"), "x");
    }
    for form in ["text", "json", "github", "gitlab", "sarif", "rdjson", "junit"] {
        let output = niemyet(&folder, &["check", "--format", form]);
        let said = out(&output);
        assert_eq!(output.status.code(), Some(1), "{form}: {said}");
        for place in ["a%3Ab.yaml", "a%0Ab.yaml", "x%E2%80%AEy"] {
            let written = match form {
                "github" | "sarif" => place.replace('%', "%25"),
                _ => place.to_owned(),
            };
            assert!(said.contains(&written), "{form}: {place}: {said}");
        }
        if ["json", "gitlab", "sarif", "rdjson"].contains(&form) {
            json(&said);
        }
    }
    let build = niemyet(&folder, &["build"]);
    assert_eq!(build.status.code(), Some(1), "{}", out(&build));
}

#[test]
fn every_form_is_as_recorded() {
    let folder = repository();
    let before = folder.all(".");
    for (form, ending, language) in [
        ("text", "txt", "vi"),
        ("text", "txt", "en"),
        ("json", "json", "en"),
        ("github", "txt", "vi"),
        ("gitlab", "json", "vi"),
        ("sarif", "json", "en"),
        ("rdjson", "json", "en"),
        ("junit", "xml", "vi"),
    ] {
        let output = niemyet(&folder, &["check", "--format", form, "--lang", language]);
        assert_eq!(output.status.code(), Some(1), "{form}: a form decides nothing");
        let mut text = out(&output);
        if form == "sarif" {
            let mut log = json(&text);
            // The rules are the pages, which are recorded where they are written.
            log["runs"][0]["tool"]["driver"]["rules"].take();
            text = format!("{log:#}\n");
        }
        compare(&format!("{form}.{language}.{ending}"), &text);
    }
    assert_eq!(folder.all("."), before);
}

#[test]
fn sarif_follows_its_schema() {
    // The published pattern of languages has a bracket that closes nothing.
    let schema = include_str!("formats/sarif-2.1.0.schema.json")
        .replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    let schema = json(&schema);
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let folder = repository();
    for language in ["vi", "en"] {
        let log =
            json(&out(&niemyet(&folder, &["check", "--format", "sarif", "--lang", language])));
        let wrong: Vec<String> = schema
            .iter_errors(&log)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        for result in run["results"].as_array().expect("results") {
            let at =
                usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
            assert_eq!(rules[at]["id"], result["ruleId"]);
            let place = &result["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().expect("an address");
            assert!(uri.starts_with("x%C3%A3%20m%E1%BB%99t/catalogue/"), "{uri}");
        }
    }
}

#[test]
fn junit_is_well_formed_and_counts_right() {
    let folder = repository();
    let count = |node: &roxmltree::Node<'_, '_>, name: &str| {
        node.descendants().filter(|inner| inner.has_tag_name(name)).count().to_string()
    };
    for words in [&["check"][..], &["check", "--strict"], &["build"]] {
        let text = out(&niemyet(&folder, &[words, &["--format", "junit"]].concat()));
        let document = roxmltree::Document::parse(&text).expect("XML");
        let root = document.root_element();
        let suites = root.children().filter(roxmltree::Node::is_element);
        for suite in std::iter::once(root).chain(suites) {
            assert_eq!(suite.attribute("tests"), Some(&*count(&suite, "testcase")));
            assert_eq!(suite.attribute("failures"), Some(&*count(&suite, "failure")));
        }
    }
    let clean = Folder::new();
    clean.write("xã một/catalogue/catalogue.yaml", "title: Thử\npublisher: Xã\n");
    let output = niemyet(&clean, &["check", "--format", "junit"]);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    assert!(out(&output).contains("tests=\"1\" failures=\"0\""), "{}", out(&output));
}

#[test]
fn marks_outlive_lines_that_are_added() {
    let marks = |folder: &Folder| {
        let report = json(&out(&niemyet(folder, &["check", "--format", "gitlab"])));
        let findings = report.as_array().expect("findings").iter();
        let mut marks: Vec<String> = findings
            .map(|found| found["fingerprint"].as_str().expect("a mark").to_owned())
            .collect();
        marks.sort();
        marks
    };
    let folder = repository();
    let before = marks(&folder);
    let path = "xã một/catalogue/procedures/ho-tich/dang-ky-khai-tu.yaml";
    let text = folder.read(path);
    folder.write(path, &format!("# Ghi chú\n\n{text}"));
    assert_eq!(marks(&folder), before);
    let mut alone = before.clone();
    alone.dedup();
    assert_eq!(alone, before, "no two findings have one mark");
}

#[test]
fn a_catalogue_outside_a_repository_keeps_the_path_that_was_typed() {
    let folder = repository();
    fs::remove_dir_all(folder.path().join(".git")).expect("removed");
    let text = out(&niemyet(&folder, &["check", "--format", "github"]));
    assert!(text.contains("file=catalogue/procedures/ho-tich/dang-ky-khai-tu.yaml"), "{text}");
}

#[test]
fn a_site_that_is_made_tells_findings_on_the_output_and_the_rest_beside() {
    let folder = Folder::new();
    folder.write("xã một/catalogue/catalogue.yaml", "title: Thử\npublisher: Xã\n");
    folder.write("xã một/catalogue/ghi-chu.txt", "?");
    let output = niemyet(&folder, &["build", "--format", "rdjson", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(0));
    let found = json(&out(&output));
    assert_eq!(found["diagnostics"][0]["code"]["value"], "Y019 unknown-file");
    assert!(String::from_utf8_lossy(&output.stderr).contains("made "));
    assert!(folder.has("xã một/public/index.html"));
    let output = niemyet(&folder, &["audit", "public", "--format", "github", "--lang", "en"]);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(0), ""));
}
