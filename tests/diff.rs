//! What changes for a citizen, by `niemyet diff`: cases are data, and `UPDATE_EXPECT=1` accepts what comes out.
//! Beside them, that a folder at a revision is read as the same value as the folder on the disk. The
//! repositories are made here; `git` has to be there.

#![expect(clippy::disallowed_methods, reason = "a test works on real folders")]
#![expect(clippy::unwrap_used, reason = "a test that cannot be run fails")]

#[expect(dead_code, reason = "each test uses some of it")]
mod support;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use niemyet::disk;
use niemyet::files::Content;
use niemyet::language::Language;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde::Deserialize;
use support::Folder;

fn git(folder: &Path, words: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=Người thử", "-c", "user.email=thu@example.org"])
        .args(["-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"])
        .args(words)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .expect("these tests need the program git");
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A repository whose folder `xa/danh-muc` holds the catalogue of tests/days, as its first commit.
fn repository() -> Folder {
    let folder = Folder::new();
    let catalogue = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/days/catalogue");
    for (_, path, content) in disk::read(&catalogue).unwrap().iter() {
        let text = String::from_utf8(content.bytes().to_vec()).unwrap();
        folder.write(&format!("xa/danh-muc/{path}"), &text);
    }
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    commit(&folder);
    folder
}

fn commit(folder: &Folder) {
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message=."]);
}

fn change(folder: &Folder, path: &str, old: &str, new: &str) {
    let path = format!("xa/danh-muc/{path}");
    let text = folder.read(&path);
    assert!(text.contains(old), "{path} lacks {old}");
    folder.write(&path, &text.replace(old, new));
}

fn niemyet(folder: &Path, command: &str, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_niemyet"))
        .args([command, "--as-of", "2026-01-01", "--catalogue", "danh-muc"])
        .args(words)
        .current_dir(folder.join("xa"))
        .output()
        .unwrap()
}

fn diff(folder: &Path, words: &[&str]) -> Output {
    niemyet(folder, "diff", words)
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Compares with a file, the name of the commit put out.
fn expect(path: &Path, printed: &str, commit: &str) {
    let names = [commit, &commit[..12], &commit[..10]];
    let printed =
        names.into_iter().fold(printed.to_owned(), |text, name| text.replace(name, "COMMIT"));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, &printed).unwrap();
    }
    assert_eq!(printed, fs::read_to_string(path).unwrap_or_default(), "{}", path.display());
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What the case shows; for readers.
    #[serde(rename = "shows")]
    _shows: String,
    /// What is compared; the revision `main` with the folder where left out.
    #[serde(default)]
    between: Vec<String>,
    /// Files that the state after has no more.
    #[serde(default)]
    gone: Vec<String>,
    /// Texts that stand alone in a file, and what stands there instead: by file, old and new.
    #[serde(default)]
    edits: Vec<(String, String, String)>,
}

/// One folder a case below `tests/diff`: what `case.yaml` says, `before/` and `after/` laid over the catalogue
/// of tests/days, and what is printed: as text and data in Vietnamese, as a comment in English.
#[test]
fn cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(5 < folders.len());
    for case in folders {
        let told: Case =
            serde_yaml::from_str(&fs::read_to_string(case.join("case.yaml")).unwrap()).unwrap();
        let folder = repository();
        lay(&folder, &case.join("before"));
        git(folder.path(), &["add", "--all"]);
        git(folder.path(), &["commit", "--quiet", "--allow-empty", "--message=."]);
        let first = git(folder.path(), &["rev-parse", "HEAD"]).trim().to_owned();
        lay(&folder, &case.join("after"));
        for path in &told.gone {
            fs::remove_file(folder.path().join("xa/danh-muc").join(path)).unwrap();
        }
        for (path, old, new) in &told.edits {
            change(&folder, path, old, new);
        }
        let main = vec!["main".to_owned()];
        let between = if told.between.is_empty() { &main } else { &told.between };
        let between: Vec<&str> = between.iter().map(String::as_str).collect();
        for (name, words) in [
            ("expected.txt", &["--format", "text"][..]),
            ("expected.md", &["--format", "markdown", "--lang", "en"]),
            ("expected.json", &["--format", "json"]),
        ] {
            let output = diff(folder.path(), &[&between[..], words].concat());
            assert_eq!(output.status.code(), Some(0), "{}: {}", case.display(), err(&output));
            expect(&case.join(name), &out(&output), &first);
        }
        let differs = diff(folder.path(), &[&between[..], &["--exit-code"]].concat());
        let json = out(&diff(folder.path(), &[&between[..], &["--format", "json"]].concat()));
        let is_same = json.contains("\"differs\": false");
        assert_eq!(differs.status.code(), Some(i32::from(!is_same)), "{}", case.display());
    }
}

/// Lays files over the catalogue.
fn lay(folder: &Folder, over: &Path) {
    if over.is_dir() {
        for (_, path, content) in disk::read(over).unwrap().iter() {
            let text = String::from_utf8(content.bytes().to_vec()).unwrap();
            folder.write(&format!("xa/danh-muc/{path}"), &text);
        }
    }
}

#[test]
fn a_revision_is_compared_with_any_other() {
    let folder = repository();
    change(&folder, "procedures/thu/nhieu-phan.yaml", "amount: 2000", "amount: 3000");
    let here = diff(folder.path(), &[]);
    assert!(out(&here).contains("2.000 đồng → 3.000 đồng"), "{}{}", out(&here), err(&here));
    commit(&folder);
    let none = diff(folder.path(), &["--exit-code"]);
    assert_eq!(none.status.code(), Some(0), "{}", err(&none));
    assert!(out(&none).contains("không có gì đổi"), "{}", out(&none));
    let forth = diff(folder.path(), &["HEAD~1", "HEAD", "--exit-code"]);
    assert!(out(&forth).contains("2.000 đồng → 3.000 đồng"), "{}", out(&forth));
    assert_eq!(forth.status.code(), Some(1));
    let back = diff(folder.path(), &["HEAD", "HEAD~1"]);
    assert!(out(&back).contains("3.000 đồng → 2.000 đồng"), "{}", out(&back));
    // A revision on the day computed for, and the files on another day.
    let both = diff(folder.path(), &["HEAD~1", "2026-04-20", "--lang", "en"]);
    assert!(out(&both).contains("2,000 VND → 3,000 VND"), "{}", out(&both));
    assert!(out(&both).contains("“Lệ phí” [in person]: 8,000 VND → free"), "{}", out(&both));
    // What extends a validity is told whichever days are looked at.
    change(&folder, "procedures/thu/ap-dung-chuyen-tiep.yaml", "2026-11-15", "2027-11-15");
    let later = diff(folder.path(), &["HEAD", "2026-04-20"]);
    assert!(out(&later).contains("GIA HẠN HIỆU LỰC"), "{}", out(&later));
    let dates = diff(folder.path(), &["2026-04-20", "2026-01-01"]);
    assert!(out(&dates).contains("miễn phí → 8.000 đồng"), "{}", out(&dates));
}

/// A longer comment than of 65,536 characters is refused by GitHub.
#[test]
fn a_comment_is_cut_where_it_would_not_be_taken() {
    let folder = repository();
    let text = folder.read("xa/danh-muc/procedures/thu/dieu-khoan.yaml");
    let written = |number: usize, more: &str| {
        let code = format!("\"9.{number:06}\"\n{more}");
        let path = format!("xa/danh-muc/procedures/thu/ban-sao-{number}.yaml");
        folder.write(&path, &text.replace("\"1.000002\"\n", &code));
    };
    (0..500).for_each(|number| written(number, "validity: {last_day: 2026-03-31}\n"));
    commit(&folder);
    (0..500).for_each(|number| written(number, ""));
    let comment = out(&diff(folder.path(), &["--format", "markdown", "--lang", "en"]));
    assert!(comment.chars().count() < 65_536, "{}", comment.chars().count());
    assert!(comment.contains("/500 ("), "{}", &comment[..300]);
    assert!(comment.contains("- … + "), "{}", &comment[comment.len() - 300..]);
}

#[test]
fn what_was_asked_of_impact_is_told_where_it_went() {
    let folder = repository();
    for (tongue, word) in [("vi", "nay là"), ("en", "is now")] {
        let output = niemyet(folder.path(), "impact", &["--since", "main", "--lang", tongue]);
        assert_eq!(output.status.code(), Some(2), "{}", out(&output));
        assert!(err(&output).contains(word), "{}", err(&output));
        assert!(err(&output).contains("niemyet diff main"), "{}", err(&output));
    }
}

#[test]
fn a_revision_is_read_as_the_folder_is() {
    let folder = repository();
    let catalogue = folder.path().join("xa/danh-muc");
    folder.write("xa/danh-muc/procedures/thu/Tên có dấu cách.yaml", "code: x\n");
    folder.write("xa/danh-muc/pages/trong.md", "");
    folder.write("xa/danh-muc/pages/lon.md", &"x".repeat((1 << 20) + 1));
    folder.write("xa/danh-muc/forms/lon.txt", &"x\n".repeat(1 << 20));
    folder.write("xa/danh-muc/.an/tep.yaml", "x");
    folder.write("xa/danh-muc/documents/.an.yaml", "x");
    fs::write(catalogue.join("forms/nhi-phan.bin"), [0, 255, 10, 13, 10, 0]).unwrap();
    let run = catalogue.join("forms/chay.sh");
    fs::write(&run, "x").unwrap();
    fs::set_permissions(&run, fs::Permissions::from_mode(0o755)).unwrap();
    symlink("/etc/passwd", catalogue.join("forms/lien-ket.txt")).unwrap();
    symlink("../agencies", catalogue.join("documents/lien-ket")).unwrap();
    commit(&folder);
    let on_disk = disk::read(&catalogue).unwrap();
    let revision = disk::read_revision(&catalogue, "HEAD").unwrap();
    assert_eq!(revision.commit, git(folder.path(), &["rev-parse", "HEAD"]).trim());
    assert_eq!(revision.files, on_disk);
    let content = |path| revision.files.content(revision.files.find(path).unwrap());
    assert_eq!(content("pages/lon.md"), &Content::TooLarge((1 << 20) + 1));
    assert_eq!(content("forms/lien-ket.txt"), &Content::SymbolicLink);
    // From the top of a repository, and from a folder that only the work tree has, as a sparse one may.
    let top = disk::read_revision(folder.path(), "HEAD").unwrap();
    assert!(top.files.find("xa/danh-muc/catalogue.yaml").is_some());

    // A repository inside of the repository is named, not read.
    let head = git(folder.path(), &["rev-parse", "HEAD"]);
    let entry = format!("160000,{},xa/danh-muc/procedures/kho", head.trim());
    git(folder.path(), &["update-index", "--add", "--cacheinfo", &entry]);
    git(folder.path(), &["commit", "--quiet", "--message=."]);
    let inside = disk::read_revision(&catalogue, "HEAD").unwrap().files;
    assert_eq!(inside.content(inside.find("procedures/kho").unwrap()), &Content::Special);
}

#[test]
fn the_folder_says_which_repository_is_meant() {
    let folder = repository();
    // As in a hook, which runs with the names of its own repository set.
    let output = Command::new(env!("CARGO_BIN_EXE_niemyet"))
        .args(["diff", "HEAD", "--as-of", "2026-01-01", "--catalogue", "xa/danh-muc"])
        .current_dir(folder.path())
        .env("GIT_DIR", "khong-co")
        .env("GIT_INDEX_FILE", "khong-co")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
}

#[test]
fn what_git_cannot_give_is_said_in_both_languages() {
    let folder = repository();
    let said = |words: &[&str]| {
        let output = diff(folder.path(), words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", out(&output));
        err(&output)
    };
    for wrong in ["khong-co", "HEAD..HEAD", "HEAD:xa", "main^{tree}", "HEAD~7", "x y"] {
        assert!(said(&[wrong]).contains("không có phiên bản"), "{wrong}");
        assert!(said(&[wrong, "--lang", "en"]).contains("has no revision"), "{wrong}");
    }
    for option in ["--output=/tmp/x", "-x", "", "a\nb"] {
        assert!(said(&["--", option]).contains("không thể là tên"), "{option}");
        assert!(said(&["--lang", "en", "--", option]).contains("cannot name"), "{option}");
    }
    // The folder came later than the revision.
    git(folder.path(), &["mv", "xa/danh-muc", "xa/cho-khac"]);
    commit(&folder);
    git(folder.path(), &["mv", "xa/cho-khac", "xa/danh-muc"]);
    assert!(said(&["HEAD"]).contains("chưa có thư mục"));
    assert!(said(&["HEAD", "--lang", "en"]).contains("has no folder"));

    let elsewhere = Folder::new();
    elsewhere.write("catalogue.yaml", "title: x\n");
    let error = disk::read_revision(elsewhere.path(), "HEAD").unwrap_err();
    assert!(disk::said(&error, Language::Vietnamese).contains("không nằm trong một kho Git"));
    assert!(disk::said(&error, Language::English).contains("not a git repository"));

    for (language, words) in [("vi", "cài git"), ("en", "install git")] {
        let output = Command::new(env!("CARGO_BIN_EXE_niemyet"))
            .args(["diff", "HEAD", "--catalogue", "xa/danh-muc", "--lang", language])
            .current_dir(folder.path())
            .env("PATH", PathBuf::from("/khong-co"))
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(words), "{}", err(&output));
    }
}

#[test]
fn a_clone_without_all_objects_is_named() {
    let folder = repository();
    let id = git(folder.path(), &["rev-parse", "HEAD:xa/danh-muc/catalogue.yaml"]);
    let id = id.trim();
    let object = folder.path().join(".git/objects").join(&id[..2]).join(&id[2..]);
    fs::remove_file(object).unwrap();
    let output = diff(folder.path(), &["HEAD"]);
    assert_eq!(output.status.code(), Some(2), "{}", out(&output));
    assert!(err(&output).contains("git fsck"), "{}", err(&output));
}

#[test]
fn a_revision_that_cannot_be_understood_shows_why() {
    let folder = repository();
    let good = folder.read("xa/danh-muc/catalogue.yaml");
    folder.write("xa/danh-muc/catalogue.yaml", "title: [\n");
    commit(&folder);
    folder.write("xa/danh-muc/catalogue.yaml", &good);
    let output = diff(folder.path(), &["HEAD"]);
    assert_eq!(output.status.code(), Some(2), "{}", out(&output));
    assert!(err(&output).contains("HEAD:danh-muc/catalogue.yaml"), "{}", err(&output));
    // A procedure that the revision could not read is not told as one that newly comes without a word.
    let procedure = folder.read("xa/danh-muc/procedures/thu/dieu-khoan.yaml");
    folder.write("xa/danh-muc/procedures/thu/dieu-khoan.yaml", "code: [\n");
    commit(&folder);
    folder.write("xa/danh-muc/procedures/thu/dieu-khoan.yaml", &procedure);
    let output = diff(folder.path(), &["HEAD"]);
    assert!(err(&output).contains("có thể thiếu"), "{}{}", out(&output), err(&output));
    // Nor is it so in a comment, beside which nobody sees what else was printed.
    for format in ["text", "markdown"] {
        let output = diff(folder.path(), &["HEAD", "--format", format]);
        assert!(out(&output).contains("bản trước có lỗi"), "{}", out(&output));
    }
}

/// GitHub and GitLab make links, mentions and pictures of what they find in text, but not in code.
#[test]
fn what_the_catalogue_holds_is_text_in_a_comment() {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/live.txt");
    let list = fs::read_to_string(list).unwrap();
    let folder = repository();
    let model = folder.read("xa/danh-muc/procedures/thu/dieu-khoan.yaml");
    let mut wanted = Vec::new();
    for (n, line) in list.lines().enumerate() {
        let (kind, text) = line.split_once(' ').unwrap();
        let code = format!("9.{n:06}");
        let title = serde_json::to_string(text).unwrap();
        let lines = model.lines().map(|line| match line.split_once(": ") {
            Some(("code", _)) => format!("code: \"{code}\"\n"),
            Some(("title" | "plain_title", _)) => format!("title: {title}\n"),
            _ => format!("{line}\n"),
        });
        let lines: String = lines.collect();
        folder.write(&format!("xa/danh-muc/procedures/thu/chu-{n}.yaml"), &lines);
        wanted.push((kind == "!", format!("{code} {text}")));
    }
    let output = diff(folder.path(), &["--format", "markdown", "--lang", "en"]);
    let comment = out(&output);
    let heads = heads(&comment);
    for (is_alive, text) in wanted {
        let head = heads.iter().find(|(head, _)| *head == text);
        let Some((_, bare)) = head else {
            panic!("{text}: {heads:#?}\n{comment}\n{}", err(&output))
        };
        assert_eq!(is_alive, *bare != text, "{text}: {bare}");
        assert!(!is_alive || !is_live(bare), "{text}: {bare}");
    }
}

/// The first lines of the items of all lists, as they read, and so without what is code.
fn heads(comment: &str) -> Vec<(String, String)> {
    let mut heads: Vec<(String, String)> = Vec::new();
    let mut is_head = false;
    // All but what makes other letters of quotes and dashes.
    let options = Options::all().difference(Options::ENABLE_SMART_PUNCTUATION);
    for event in Parser::new_ext(comment, options) {
        match event {
            Event::Start(Tag::Item) => {
                heads.push(Default::default());
                is_head = true;
            }
            Event::Start(Tag::List(_)) | Event::End(TagEnd::Item) => is_head = false,
            Event::Text(text) if is_head => {
                let (head, bare) = heads.last_mut().unwrap();
                *head += &text;
                *bare += &text;
            }
            Event::Code(text) if is_head => heads.last_mut().unwrap().0 += &text,
            other => assert!(!is_head, "{other:?} in {:?}", heads.last()),
        }
    }
    heads
}

/// What the documentation of both names as theirs, in a few words.
fn is_live(text: &str) -> bool {
    let signs = ["@", "://", "www.", "$", "<!--", "[[", ":smile", "issue:", "{+"];
    let is_hex = |part: &str| 7 <= part.len() && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let followed = |sign: char| {
        text.split(sign).skip(1).any(|rest| rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    signs.iter().any(|sign| text.contains(sign))
        || text.split(|c: char| !c.is_ascii_alphanumeric()).any(is_hex)
        || ['#', '!', '%', '~', '&'].into_iter().any(followed)
}
