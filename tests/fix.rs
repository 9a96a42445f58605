//! `niemyet fix`: each folder in `tests/fix` is laid over the small catalogue in `tests/codes/base`; what the
//! command says and the patch that it prints are recorded in `expected.txt`. `UPDATE_EXPECT=1` accepts what
//! comes out. Of every case it is also asked that nothing is touched by `--dry-run`, that the patch is what
//! is then written, that doing it again changes nothing, and that nothing new is found.
//!
//! Then the catalogue that comes with the project is written in other ways (comments at every place, quotes,
//! line ends of Windows), documents of it are ended, and every byte that changed is looked at.

#![expect(clippy::disallowed_methods, reason = "a test works on real folders")]
#![expect(clippy::print_stdout, reason = "a program that is not there is named")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use niemyet::diagnostic::code::{ALL, Code, Severity};
use niemyet::diagnostic::text::{Style, print};
use niemyet::diagnostic::{Diagnostic, Repair, Report};
use niemyet::files::{Content, FileId, FilePath, FileTree, Span};
use niemyet::fix::{self, Mended};
use niemyet::language::Language;
use niemyet::load::tree::{self, Kind, Node};
use niemyet::model::date::Date;
use niemyet::{disk, pipeline};
use serde_json::Value;
use support::Folder;

const TODAY: Date = Date::constant(2026, 11, 22);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("tests/fix")).expect("the cases").flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

/// The base with a case laid over it.
fn laid(case: &Path) -> Folder {
    let folder = Folder::new();
    for from in [&root().join("tests/codes/base"), case] {
        let files = disk::read(from).expect("files");
        for (_, path, content) in files.iter().filter(|(_, path, _)| path.stem() != "expected") {
            let text = std::str::from_utf8(content.bytes()).expect("UTF-8");
            folder.write(&format!("catalogue/{path}"), text);
        }
    }
    folder
}

fn niemyet(folder: &Folder, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_niemyet"))
        .args(words)
        .args(["--as-of", "2026-11-22"])
        .current_dir(folder.path())
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn examined(files: &FileTree) -> Report {
    pipeline::examine(files, TODAY).1
}

#[test]
fn cases_are_as_recorded() {
    let mut failures = Vec::new();
    for case in cases() {
        let folder = laid(&case);
        let before = folder.all("catalogue");
        let dry = niemyet(&folder, &["fix", "--dry-run"]);
        assert_eq!(folder.all("catalogue"), before, "{}: touched", case.display());
        let english = niemyet(&folder, &["fix", "--dry-run", "--lang", "en"]);
        assert_eq!(dry.stdout, english.stdout, "a patch has no language");
        let said = [&dry.stderr, &english.stderr, &dry.stdout].map(|bytes| text(bytes));
        let said = said.join("\n");
        let expected = case.join("expected.txt");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&expected, &said).expect("recorded");
        } else if fs::read_to_string(&expected).unwrap_or_default() != said {
            failures.push(format!("{}\n{said}", case.display()));
        }
        let data = niemyet(&folder, &["fix", "--dry-run", "--format", "json", "--lang", "en"]);
        assert_eq!(data.status, dry.status, "{}", case.display());
        let data = text(&data.stdout);
        let value: Value = serde_json::from_str(&data).expect("JSON");
        assert_eq!(value["patch"], text(&dry.stdout), "{}", case.display());
        let expected = case.join("expected.json");
        if expected.exists() {
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                fs::write(&expected, &data).expect("recorded");
            } else if fs::read_to_string(&expected).unwrap_or_default() != data {
                failures.push(format!("{}\n{data}", expected.display()));
            }
        }
        let patched = laid(&case);
        let patch = patched.path().join("patch");
        fs::write(&patch, &dry.stdout).expect("a patch");
        if !dry.stdout.is_empty() {
            let applied = Command::new("git")
                .args(["apply", "--whitespace=nowarn", "patch"])
                .current_dir(patched.path())
                .output()
                .expect("git");
            assert!(applied.status.success(), "{}: {}", case.display(), text(&applied.stderr));
        }
        let done = niemyet(&folder, &["fix"]);
        assert!(matches!(done.status.code(), Some(0 | 1)), "{}", text(&done.stderr));
        assert_eq!(folder.all("catalogue"), patched.all("catalogue"), "{}", case.display());
        let again = niemyet(&folder, &["fix", "--dry-run"]);
        assert_eq!(text(&again.stdout), "", "{}: not all at once", case.display());
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n\n"));
}

/// Names with blanks, quotes and other letters: `git apply` and `patch` find the same files.
#[test]
fn a_patch_can_be_applied_whatever_its_files_are_called() {
    let folder = laid(&root().join("tests/fix/p003-replaced"));
    let text_of = folder.read("catalogue/procedures/ho-tich/dang-ky-khai-tu.yaml");
    for (n, name) in ["tệp lạ 'x", "a\"b", "a \"b\" c", "thường", "a\u{301} d"].iter().enumerate()
    {
        let code = format!("\"1.{:06}\"", 700 + n);
        let path = format!("catalogue/procedures/ho-tich/{name}.yaml");
        folder.write(&path, &text_of.replace("\"1.000656\"", &code));
    }
    let only = ["--about", "61/2018/NĐ-CP"];
    let patch = niemyet(&folder, &[&["fix", "--dry-run"], &only[..]].concat()).stdout;
    assert_eq!(text(&patch).matches("+++ ").count(), 7, "{}", text(&patch));
    assert_eq!(text(&patch).matches("\t\n").count(), 6, "{}", text(&patch));
    let before = folder.all("catalogue");
    folder.write("patch", &text(&patch));
    let apply = |program: &str, words: &[&str]| {
        let output = Command::new(program).args(words).current_dir(folder.path()).output();
        let output = match output {
            Ok(output) => output,
            Err(error) if program == "patch" => {
                println!("patch was not tried: {error}");
                return None;
            }
            Err(error) => panic!("{program}: {error}"),
        };
        assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
        let after = folder.all("catalogue");
        for (path, bytes) in &before {
            fs::write(folder.path().join("catalogue").join(path), bytes).expect("as before");
        }
        Some(after)
    };
    let git = apply("git", &["apply", "patch"]).expect("git");
    if let Some(patched) = apply("patch", &["-p1", "--input=patch"]) {
        assert_eq!(git, patched);
    }
    niemyet(&folder, &[&["fix"], &only[..]].concat());
    assert_eq!(folder.all("catalogue"), git);
}

#[test]
fn a_document_that_nobody_knows_is_not_passed_over() {
    let folder = laid(&root().join("tests/fix/p003-replaced"));
    for (number, vietnamese, english) in [
        ("99/9", "danh mục không có `99/9`", "does not hold `99/9`"),
        ("61/2018/NĐ-C", "có phải là `61/2018/NĐ-CP`?", "did you mean `61/2018/NĐ-CP`?"),
        ("1.000656", "là thủ tục", "is a procedure"),
    ] {
        for (language, expected) in [("vi", vietnamese), ("en", english)] {
            let output = niemyet(&folder, &["fix", "--about", number, "--lang", language]);
            assert_eq!(output.status.code(), Some(2), "{number}: {}", text(&output.stdout));
            assert!(text(&output.stderr).contains(expected), "{}", text(&output.stderr));
        }
    }
    // Known, and nothing is wrong with it.
    let known = niemyet(&folder, &["fix", "--about", "60/2014/QH13", "--dry-run"]);
    assert_eq!((text(&known.stdout), known.status.code()), (String::new(), Some(1)));
    // By the name of its file.
    let named = niemyet(&folder, &["fix", "--about", "61-2018-nd-cp", "--dry-run"]);
    assert!(text(&named.stdout).contains("+++ "), "{}", text(&named.stderr));
}

#[test]
fn every_code_that_is_mended_has_a_case() {
    let names: Vec<String> = cases()
        .iter()
        .map(|case| case.file_name().expect("a name").to_string_lossy().into_owned())
        .collect();
    for entry in ALL.iter().filter(|entry| !entry.page.contains("Automatic fix: no;")) {
        let id = entry.id.to_lowercase();
        assert!(names.iter().any(|name| name.starts_with(&id)), "{id} has no case");
    }
}

/// The document that ends another, and one without which both would stand alone.
const ENDING: &str = "number: 1/2026/NĐ-CP\ntitle: Văn bản thay thế trong bài kiểm tra\nissuer: chinh-phu\n\
    signed: 2026-09-01\neffective: 2026-11-01\neffects:\n  - {verb: replaces, document: 60/2014/QH13}\n";

/// Ending a law that 100 procedures cite is one edit of the register and one command.
#[test]
fn a_law_that_a_hundred_procedures_cite_is_ended_by_one_command() {
    let folder = Folder::new();
    folder.write("catalogue/catalogue.yaml", "title: Thử\npublisher: Xã Thử\n");
    folder.write("catalogue/fields.yaml", "- {id: ho-tich, name: Hộ tịch}\n");
    folder.write("catalogue/agencies/ubnd-xa.yaml", "name: Ủy ban nhân dân cấp xã\n");
    folder.write("catalogue/agencies/chinh-phu.yaml", "name: Chính phủ\n");
    let law = "number: 60/2014/QH13\ntitle: Luật Hộ tịch\nkind: luat\neffective: 2016-01-01\n";
    folder.write("catalogue/documents/60-2014-qh13.yaml", law);
    let procedure = |n: usize| {
        format!(
            "# Thủ tục {n}\ncode: \"1.{n:06}\"\ntitle: Thủ tục số {n}\nfield: ho-tich\naudience: [citizen]\n\
             legal_basis:\n  # luật gốc\n  - document: 60/2014/QH13 # Luật Hộ tịch\n    role: main\n\
             authority: {{performs: [ubnd-xa]}}\nchannels:\n  - {{kind: in_person, times: [{{text: Trong ngày}}]}}\n\
             cases:\n  - dossier: [{{name: Tờ khai}}]\nsteps:\n  - {{title: Nộp hồ sơ}}\n"
        )
    };
    for n in 0..100 {
        folder.write(&format!("catalogue/procedures/ho-tich/thu-tuc-{n}.yaml"), &procedure(n));
    }
    let other = procedure(100).replace("60/2014/QH13 # Luật Hộ tịch", "1.10");
    folder.write("catalogue/procedures/ho-tich/thu-tuc-100.yaml", &other);
    folder.write("catalogue/documents/1-2026-nd-cp.yaml", ENDING);
    let done = niemyet(&folder, &["fix", "--about", "60/2014/QH13"]);
    assert!(text(&done.stdout).contains("100 chỗ trong 100 tệp"), "{}", text(&done.stdout));
    for n in 0..100 {
        let path = format!("catalogue/procedures/ho-tich/thu-tuc-{n}.yaml");
        assert_eq!(folder.read(&path), procedure(n).replace("60/2014/QH13", "1/2026/NĐ-CP"));
    }
    let path = "catalogue/procedures/ho-tich/thu-tuc-100.yaml";
    assert_eq!(folder.read(path), other, "what is about something else is left");
    assert!(!folder.has("public"), "mending publishes nothing");
    let check = niemyet(&folder, &["check"]);
    assert!(!text(&check.stdout).contains("P003"), "{}", text(&check.stdout));
}

#[test]
fn a_file_that_was_changed_meanwhile_is_not_written() {
    let folder = laid(&root().join("tests/fix/p003-replaced"));
    let path = FilePath::new("procedures/ho-tich/dang-ky-khai-sinh.yaml").expect("a path");
    let files = disk::read(&folder.path().join("catalogue")).expect("files");
    let amended = disk::Amended {
        before: files.bytes("fields.yaml").expect("bytes").to_vec(),
        after: b"x".to_vec(),
        path: path.clone(),
    };
    let before = folder.all("catalogue");
    assert!(disk::amend(&folder.path().join("catalogue"), &[amended]).is_err());
    assert_eq!(folder.all("catalogue"), before);
}

/// Another way to write the same file.
type Mutation = fn(&str) -> String;

/// Ways to write the same file.
const MUTATIONS: [(&str, Mutation); 7] = [
    ("as it is", str::to_owned),
    ("line ends of Windows", |text| text.replace('\n', "\r\n")),
    ("no line end at the end", |text| text.trim_end().to_owned()),
    ("numbers in quotes", |text| each_citation(text, |number| format!("\"{number}\""))),
    ("a folded number", |text| {
        each_citation(text, |number| match number {
            "85/2019/TT-BTC" => format!(">-\n              {number}"),
            other => other.to_owned(),
        })
    }),
    ("comments behind every line and between all", commented),
    ("comments at every citation", |text| {
        let mut commented = String::new();
        for line in text.split_inclusive('\n') {
            let content = line.trim_end();
            let is_citation = content.trim_start().starts_with("- document: ");
            let indent = &content[..content.len() - content.trim_start().len()];
            if is_citation {
                let _ = write!(
                    commented,
                    "{indent}# trên: {}\n{content} # cạnh\n{indent}# dưới\n",
                    indent.len()
                );
            } else {
                commented.push_str(line);
            }
        }
        commented
    }),
];

/// A comment behind every line and over it, but for the lines of a text in a block.
fn commented(text: &str) -> String {
    let mut commented = String::new();
    let mut block: Option<usize> = None;
    for (n, line) in text.lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        if block.is_some_and(|outer| outer < indent || line.trim().is_empty()) {
            let _ = writeln!(commented, "{line}");
            continue;
        }
        block = line.ends_with(['|', '>', '-']).then_some(indent);
        let blanks = &line[..indent];
        // What opens a block says so at the end of its line; an item that only opens one is none.
        let behind =
            if block.is_some() || line.is_empty() { String::new() } else { format!(" # {n}") };
        let _ = writeln!(commented, "{blanks}# {n}: \"' - [{{\n{line}{behind}");
    }
    commented
}

/// Writes the number of each citation that stands in a line of its own another way.
fn each_citation(text: &str, written: impl Fn(&str) -> String) -> String {
    let line = |line: &str| match line.split_once("- document: ") {
        Some((indent, number)) if indent.trim().is_empty() => {
            format!("{indent}- document: {}", written(number))
        }
        _ => line.to_owned(),
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Documents of the bundled catalogue that some procedures cite as a whole.
const ENDED: [&str; 4] = ["85/2019/TT-BTC", "08/2025/TT-BTP", "87/2020/NĐ-CP", "75/2022/TT-BTC"];

#[test]
fn only_what_is_meant_changes_however_it_is_written() {
    let bundled = disk::read(&root().join("catalogue")).expect("the catalogue");
    for (name, mutation) in MUTATIONS {
        let mut entries: Vec<(FilePath, Content)> = Vec::new();
        for (_, path, content) in bundled.iter() {
            let is_procedure = path.as_str().starts_with("procedures/");
            let content = match std::str::from_utf8(content.bytes()) {
                Ok(text) if is_procedure => Content::Bytes(mutation(text).into_bytes()),
                _ => content.clone(),
            };
            entries.push((path.clone(), content));
        }
        for (n, ended) in ENDED.into_iter().enumerate() {
            // Two are replaced by a text of their kind, two repealed with nothing in their place.
            let verb = if n % 2 == 0 { "replaces" } else { "repeals" };
            let number = successor(ended);
            let text = format!(
                "number: {number}\ntitle: Thay thế trong bài kiểm tra\nsigned: 2026-09-01\neffective: 2026-11-01\n\
                 effects:\n  - {{verb: {verb}, document: {ended}}}\n"
            );
            let path = format!("documents/2026/{}.yaml", niemyet::model::number::slug(&number));
            let path = FilePath::new(&path).expect("a path");
            entries.push((path, Content::Bytes(text.into_bytes())));
        }
        let files = FileTree::new(entries);
        let before = examined(&files);
        assert!(!before.is_structural(), "{name}: {}", listed(&files, &before));
        let mended = fix::mend(&files, &|_| true, &examined);
        assert!(5 < mended.changed.len(), "{name}: {} files", mended.changed.len());
        let ended: Vec<&str> = before
            .iter()
            .filter(|found| found.code == Code::BasisEnded)
            .flat_map(|found| found.fix.iter().flat_map(|fix| &fix.about))
            .map(String::as_str)
            .collect();
        for file in &mended.changed {
            look(name, &files, &mended, *file, &ended);
        }
        let untouched = files.iter().filter(|(file, ..)| !mended.changed.contains(file));
        for (file, path, content) in untouched {
            assert_eq!(mended.files.content(file), content, "{name}: {path}");
        }
        let heavy = |report: &Report| {
            let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
            for found in report.iter().filter(|found| found.severity != Severity::Notice) {
                *codes.entry(found.code.entry().id).or_default() += 1;
            }
            codes
        };
        let (was, is) = (heavy(&before), heavy(&mended.report));
        for (code, n) in &is {
            assert!(n <= was.get(code).unwrap_or(&0), "{name}: more {code} than before");
        }
        let n = |codes: &BTreeMap<&str, usize>| codes.values().sum::<usize>();
        assert!(n(&is) < n(&was), "{name}: nothing was mended");
    }
}

/// Every item of every list and every key, taken out one by one, also of files full of comments: what goes is one
/// stretch of whole lines or of a line, and every comment stays, on the line or over the line where it was.
#[test]
fn whatever_is_taken_out_takes_nothing_along_in_silence() {
    let bundled = disk::read(&root().join("catalogue")).expect("the catalogue");
    let yaml = bundled.iter().filter(|(_, path, _)| path.extension() == Some("yaml"));
    let (mut n_gone, mut n_left) = (0, 0);
    for (_, path, content) in
        yaml.filter(|(_, path, _)| !path.as_str().starts_with("trans")).step_by(25)
    {
        let Ok(text) = std::str::from_utf8(content.bytes()) else { continue };
        let windows = MUTATIONS[1].1;
        for text in
            [text.to_owned(), windows(text), some_commented(text), windows(&commented(text))]
        {
            let files =
                FileTree::new(vec![(path.clone(), Content::Bytes(text.clone().into_bytes()))]);
            let (tree, _) = tree::read(&files, FileId(0));
            let mut repairs = Vec::new();
            each_part(&tree.expect("a tree"), &mut repairs);
            for repair in repairs.into_iter().step_by(3) {
                let found = Diagnostic::new(Code::BasisTwice, Span::head(FileId(0)));
                let found = found.fixed_by(Some(repair.clone().into()));
                let once = |now: &FileTree| {
                    if now == &files {
                        Report::from_iter([found.clone()])
                    } else {
                        Report::default()
                    }
                };
                let mended = fix::mend(&files, &|_| true, &once);
                let [_] = &mended.done[..] else {
                    n_left += 1;
                    assert_eq!(mended.files, files);
                    continue;
                };
                n_gone += 1;
                let new =
                    std::str::from_utf8(mended.files.content(FileId(0)).bytes()).expect("UTF-8");
                let same =
                    text.bytes().zip(new.bytes()).take_while(|(one, two)| one == two).count();
                let rest = text.bytes().rev().zip(new.bytes().rev());
                let rest = rest.take_while(|(one, two)| one == two).count();
                assert!(new.len() <= same + rest, "{path}: {repair:?}: more than one stretch");
                assert_eq!(beside(&text), beside(new), "{path}: {repair:?}");
            }
        }
    }
    assert!(300 < n_gone, "{n_gone} went, {n_left} were left");
}

/// A comment behind every third line and over every fifth.
fn some_commented(text: &str) -> String {
    let all = commented(text);
    let mut some = String::new();
    for (n, line) in all.lines().enumerate() {
        let is_over = line.trim_start().starts_with('#');
        let bare = line.rsplit_once(" # ").map_or(line, |(bare, _)| bare);
        match (is_over, n % 10, n % 6) {
            (true, 0, _) | (false, _, 1) => some.extend([line, "\n"]),
            (true, ..) => {}
            (false, ..) => some.extend([bare, "\n"]),
        }
    }
    some
}

/// Each comment with what stands before it on its line or, where it stands alone, on the next line that is none.
fn beside(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let Some((before, words)) = line.split_once("# ") else { continue };
        let is_comment = |line: &&str| !line.trim_start().starts_with('#');
        let next = || text.lines().skip(n).find(is_comment).unwrap_or_default();
        let at = if before.trim().is_empty() { next() } else { before };
        // What stands between brackets may have gone.
        let at = at.split(['[', '{']).next().unwrap_or_default();
        found.push((words.to_owned(), at.trim_end().to_owned()));
    }
    found
}

fn each_part(node: &Node<'_>, repairs: &mut Vec<Repair>) {
    match &node.kind {
        Kind::List(items) => {
            for item in items {
                repairs.push(Repair::DropItem { at: item.span });
                each_part(item, repairs);
            }
        }
        Kind::Map(entries) => {
            for (_, value) in entries {
                repairs.push(Repair::DropKey { at: value.span });
                each_part(value, repairs);
            }
        }
        _ => {}
    }
}

fn listed(files: &FileTree, report: &Report) -> String {
    let style = Style { language: Language::English, colour: false, folder: "" };
    let structural = report.iter().filter(|found| found.code.entry().structural).take(3);
    print(&structural.cloned().collect(), files, style)
}

fn successor(ended: &str) -> String {
    let (_, sign) = ended.rsplit_once('/').expect("a sign");
    format!("{}/2026/{sign}", 900 + ended.len() + usize::from(ended.as_bytes()[1]))
}

/// Each line that went or came is one that was meant: a number in the place of another, or an entry that is
/// gone. With those that are ended here, what implements them has fallen.
fn look(name: &str, files: &FileTree, mended: &Mended, file: FileId, over: &[&str]) {
    let path = files.path(file);
    let old = std::str::from_utf8(files.content(file).bytes()).expect("UTF-8");
    let new = std::str::from_utf8(mended.files.content(file).bytes()).expect("UTF-8");
    let mut new = new.split_inclusive('\n').peekable();
    let mut is_gone = false;
    for line in old.split_inclusive('\n') {
        let ended = ENDED.iter().find(|ended| line.contains(**ended) && line.contains("document"));
        let replaced = ended.map(|ended| line.replace(ended, &successor(ended)));
        let is_there = new.next_if_eq(&line).is_some()
            || replaced.is_some_and(|replaced| new.next_if(|next| *next == replaced).is_some());
        if is_there {
            is_gone = false;
        } else if over.iter().any(|number| {
            line.contains(&format!("document: {number}"))
                || line.contains(&format!("document: \"{number}\""))
        }) {
            is_gone = true;
        } else {
            // The other keys of an entry that went.
            let is_key = line.trim_start().starts_with("role: supporting");
            assert!(is_gone && is_key, "{name}: {path}: {line:?} is gone");
        }
    }
    assert_eq!(new.next(), None, "{name}: {path}: more than there was");
}
