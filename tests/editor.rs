//! The schemas in a real editor's server: yaml-language-server is asked over its protocol, with the settings that
//! `niemyet new catalogue` writes, and again with the first line of a file alone.

#![expect(clippy::disallowed_methods, reason = "a test works on real folders")]

#[expect(dead_code, reason = "each test uses some of it")]
mod support;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use support::Folder;

const SERVER: &str =
    "target/yaml-language-server/node_modules/yaml-language-server/bin/yaml-language-server";

fn server() -> PathBuf {
    let server = Path::new(env!("CARGO_MANIFEST_DIR")).join(SERVER);
    assert!(
        server.exists(),
        "there is no {}; tests/run installs it: npm install --prefix target/yaml-language-server --no-save \
         --ignore-scripts yaml-language-server@2.0.0",
        server.display()
    );
    server
}

fn repository(folder: &Folder) {
    let run = Command::new(env!("CARGO_BIN_EXE_niemyet"))
        .args(["new", "catalogue", "."])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .expect("the program");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// Asks where `▮` stands in each text.
fn ask(folder: &Path, questions: &[(&str, &str)]) -> Vec<Value> {
    let questions = questions.iter().map(|(file, text)| {
        let before = text.split_once('▮').expect("a place").0;
        let line = before.matches('\n').count();
        let character = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count();
        json!({ "file": file, "text": text.replace('▮', ""), "line": line, "character": character })
    });
    let questions: Vec<Value> = questions.collect();
    let driver = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editor/drive.mjs");
    let mut run = Command::new("node")
        .arg(driver)
        .arg(server())
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node, which tests/run installs with npm");
    let mut input = run.stdin.take().expect("its input");
    input.write_all(Value::from(questions).to_string().as_bytes()).expect("room for the questions");
    drop(input);
    let output = run.wait_with_output().expect("an end");
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).expect("answers in JSON")
}

fn completion<'a>(answer: &'a Value, label: &str) -> Option<&'a str> {
    let items = answer["completion"].as_array().expect("a list");
    let item = items.iter().find(|item| item["label"] == label)?;
    item["documentation"].as_str()
}

fn mistakes(answer: &Value) -> Vec<(u64, &str)> {
    let found = answer["diagnostics"].as_array().expect("a list").iter();
    let line = |found: &Value| found["line"].as_u64().expect("a line") + 1;
    found.map(|found| (line(found), found["message"].as_str().expect("words"))).collect()
}

const FILE: &str = "catalogue/procedures/vi-du/thu.yaml";
const HEAD: &str = "code: \"9.000002\"\ntitle: Thử\nfield: vi-du\n";

#[test]
fn an_editor_completes_explains_and_underlines() {
    let folder = Folder::new();
    repository(&folder);
    let keys = format!("{HEAD}▮");
    let nested = format!("{HEAD}channels:\n  - kind: in_person\n    ▮");
    let words = format!("{HEAD}channels:\n  - kind: ▮");
    let hover = format!("{HEAD}le▮gal_basis: [1/2025/NQ-HĐND]\n");
    let misspelt = format!("{HEAD}levles: [commune]▮\n");
    let word = format!("{HEAD}levels: [xã]▮\n");
    let number = format!("{HEAD}legal_basis:\n  - {{document: 1.5}}▮\n");
    let day = format!("{HEAD}validity: {{from: 01/07/2026}}▮\n");
    let missing = "title: Thử\nfield: vi-du▮\n";
    let answers = ask(
        folder.path(),
        &[
            (FILE, &keys),
            (FILE, &nested),
            (FILE, &words),
            (FILE, &hover),
            (FILE, &misspelt),
            (FILE, &word),
            (FILE, &number),
            (FILE, &day),
            (FILE, missing),
            ("catalogue/documents/2025/thu.yaml", "number: 2/2025/NĐ-CP\ntitle: Thử\n▮"),
            ("catalogue/fields.yaml", "- id: thu\n  ▮name: Thử\n  thu_tu: 1\n"),
        ],
    );
    let [keys, nested, words, hover, misspelt, word, number, day, missing, document, fields] =
        answers.as_slice()
    else {
        panic!("an answer to each question")
    };
    // Completion, with what each key is for in Vietnamese.
    let basis = completion(keys, "legal_basis").expect("the key is offered");
    assert!(basis.contains("Căn cứ hết hiệu lực thì phần dựa vào nó tự rời trang"), "{basis}");
    assert!(completion(keys, "code").is_none(), "a key that stands there is not offered again");
    let fees = completion(nested, "fees").expect("keys inside of a record");
    assert!(fees.contains("Phí, lệ phí"), "{fees}");
    assert!(completion(nested, "legal_basis").is_some() && completion(nested, "code").is_none());
    for kind in ["in_person", "online", "postal"] {
        assert!(completion(words, kind).is_some(), "{kind}: {words:#}");
    }
    assert!(completion(document, "effects").is_some_and(|words| words.contains("văn bản khác")));
    // What stands under the pointer is explained.
    let said = hover["hover"].as_str().expect("words");
    assert!(said.contains("Căn cứ pháp lý"), "{said}");
    assert!(fields["hover"].as_str().is_some_and(|said| said.contains("Tên lĩnh vực")), "{fields}");
    // Mistakes are underlined on their line, and nothing else is.
    let one = |answer: &Value, line: u64, part: &str| {
        let found = mistakes(answer);
        assert!(found.len() == 1 && found[0].0 == line && found[0].1.contains(part), "{found:?}");
    };
    assert_eq!(mistakes(hover), []);
    one(misspelt, 4, "levles");
    one(word, 4, "Chỉ dùng được: ministry, province, commune, other");
    one(number, 5, "string");
    one(day, 4, "Ngày viết năm-tháng-ngày");
    one(missing, 1, "code");
    one(fields, 3, "thu_tu");
}

#[test]
fn an_editor_without_settings_reads_the_first_line() {
    let folder = Folder::new();
    repository(&folder);
    fs::remove_dir_all(folder.path().join(".vscode")).expect("a folder of ours");
    let sound = folder.read("catalogue/procedures/vi-du/cap-the-thu-vien.yaml");
    let wrong = sound.replace("levels: [commune]", "levels: [commune]\nlevles: [commune]▮");
    let answers = ask(
        folder.path(),
        &[
            ("catalogue/procedures/vi-du/cap-the-thu-vien.yaml", &wrong),
            (
                "catalogue/procedures/vi-du/cap-the-thu-vien.yaml",
                &sound.replace("levels:", "le▮vels:"),
            ),
        ],
    );
    assert_eq!(mistakes(&answers[0]).len(), 1, "{}", answers[0]);
    assert!(answers[1]["hover"].as_str().is_some_and(|said| said.contains("Cấp thực hiện")));
    assert_eq!(mistakes(&answers[1]), []);
}

#[test]
fn every_file_of_a_new_repository_has_no_mistake_to_an_editor() {
    let folder = Folder::new();
    repository(&folder);
    let is_yaml = |path: &str| Path::new(path).extension().is_some_and(|end| end == "yaml");
    let files = folder.all("catalogue").into_iter().filter(|(path, _)| is_yaml(path));
    let files: Vec<(String, String)> = files
        .map(|(path, bytes)| {
            (format!("catalogue/{path}"), String::from_utf8(bytes).expect("text") + "▮")
        })
        .collect();
    assert!(6 < files.len(), "{files:?}");
    let questions: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    for (answer, (path, _)) in ask(folder.path(), &questions).iter().zip(&files) {
        assert_eq!(mistakes(answer), [], "{path}");
    }
}
