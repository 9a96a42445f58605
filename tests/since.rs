//! A change of a catalogue in Git: what `impact --since` says of it, and that a folder at a revision is
//! read as the same value as the folder on the disk. The repositories are made here; `git` has to be there.

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

fn impact(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_niemyet"))
        .args(["impact", "--as-of", "2026-01-01", "--catalogue", "danh-muc"])
        .args(words)
        .current_dir(folder.join("xa"))
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Compares with a file of tests/foresight, the name of the commit put out.
fn expect(name: &str, printed: &str, commit: &str) {
    let names = [commit, &commit[..12], &commit[..10]];
    let printed =
        names.into_iter().fold(printed.to_owned(), |text, name| text.replace(name, "COMMIT"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foresight").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &printed).unwrap();
    }
    assert_eq!(printed, fs::read_to_string(&path).unwrap_or_default(), "{name}");
}

#[test]
fn a_change_of_the_register_is_told_with_its_places() {
    let folder = repository();
    let first = git(folder.path(), &["rev-parse", "HEAD"]).trim().to_owned();
    // An end that is written into the register, a basis that goes from a file, a fee that is given an
    // end, a paper more, a procedure that goes from the catalogue, one that comes, an office that closes.
    change(&folder, "documents/luat-moi.yaml", "effective: 2026-07-01", "effective: 2026-05-05");
    change(&folder, "procedures/thu/nhieu-phan.yaml", "  - {document: 8/2022/TT-BTP}\n", "");
    change(
        &folder,
        "procedures/thu/nhieu-phan.yaml",
        "{name: Phí, amount: 2000,",
        "{name: Phí, amount: 2000, validity: {last_day: 2026-03-03},",
    );
    change(
        &folder,
        "procedures/thu/dieu-khoan.yaml",
        "      - {name: Tờ khai thử, originals: 1}\n",
        "      - {name: Giấy mới, originals: 1}\n      - {name: Tờ khai thử, originals: 1}\n",
    );
    change(&folder, "agencies/ubnd-xa.yaml", "last_day: 2026-10-19", "last_day: 2026-09-19");
    let moved = folder.read("xa/danh-muc/procedures/thu/bi-bai-bo.yaml");
    fs::remove_file(folder.path().join("xa/danh-muc/procedures/thu/bi-bai-bo.yaml")).unwrap();
    folder.write(
        "xa/danh-muc/procedures/thu/moi.yaml",
        &moved.replace("1.000005", "1.000009").replace("bị bãi bỏ", "mới"),
    );
    change(&folder, "groups/nhom.yaml", "1.000005", "1.000009");
    change(&folder, "life-events/viec.yaml", "1.000005", "1.000009");
    let text = impact(folder.path(), &["--since", "main"]);
    assert_eq!(text.status.code(), Some(1), "{}", err(&text));
    expect("since.txt", &out(&text), &first);
    let english =
        impact(folder.path(), &["--since", "main", "--format", "markdown", "--lang", "en"]);
    expect("since.md", &out(&english), &first);
    let json = impact(folder.path(), &["--since", &first[..10], "--format", "json"]);
    expect("since.json", &out(&json), &first);
    // Once it is committed, it is no more a change; and the way back is another.
    commit(&folder);
    let none = impact(folder.path(), &["--since", "HEAD"]);
    assert_eq!(none.status.code(), Some(0), "{}{}", out(&none), err(&none));
    assert!(out(&none).contains("không có gì"), "{}", out(&none));
    let back = impact(folder.path(), &["--since", "HEAD~1"]);
    assert_eq!(out(&back).replace("HEAD~1", "main"), out(&text));
}

#[test]
fn a_file_under_another_name_is_told_as_renamed() {
    let folder = repository();
    let first = git(folder.path(), &["rev-parse", "HEAD"]).trim().to_owned();
    // A procedure and a document under other names; a procedure moved to another folder, which keeps its
    // name; and one that is renamed and loses days.
    let moves = [
        ("procedures/thu/dieu-khoan.yaml", "procedures/thu/theo-dieu.yaml"),
        ("documents/luat-nen.yaml", "documents/1-2020-qh14.yaml"),
        ("procedures/thu/cho-luat.yaml", "procedures/khac/cho-luat.yaml"),
        ("procedures/thu/bi-bai-bo.yaml", "procedures/thu/bi-bai-bo-som.yaml"),
    ];
    for (old, new) in moves {
        let text = folder.read(&format!("xa/danh-muc/{old}"));
        fs::remove_file(folder.path().join("xa/danh-muc").join(old)).unwrap();
        folder.write(&format!("xa/danh-muc/{new}"), &text);
    }
    let text = impact(folder.path(), &["--since", "main"]);
    assert_eq!(text.status.code(), Some(0), "{}{}", out(&text), err(&text));
    let ended = "code: \"1.000005\"\nvalidity: {last_day: 2026-03-31}";
    change(&folder, "procedures/thu/bi-bai-bo-som.yaml", "code: \"1.000005\"", ended);
    let text = impact(folder.path(), &["--since", "main"]);
    assert_eq!(text.status.code(), Some(1), "{}", err(&text));
    expect("renamed.txt", &out(&text), &first);
    let english =
        impact(folder.path(), &["--since", "main", "--format", "markdown", "--lang", "en"]);
    expect("renamed.md", &out(&english), &first);
    let json = impact(folder.path(), &["--since", &first[..10], "--format", "json"]);
    expect("renamed.json", &out(&json), &first);
}

#[test]
fn what_only_comes_is_no_loss() {
    let folder = repository();
    let text = folder.read("xa/danh-muc/procedures/thu/dieu-khoan.yaml");
    folder.write("xa/danh-muc/procedures/thu/them.yaml", &text.replace("1.000002", "1.000090"));
    let output = impact(folder.path(), &["--since", "HEAD"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).contains("1.000090") && out(&output).contains("them.yaml:1"));
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
        .args(["impact", "--since", "HEAD", "--as-of", "2026-01-01", "--catalogue", "xa/danh-muc"])
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
        let output = impact(folder.path(), words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", out(&output));
        err(&output)
    };
    for wrong in ["khong-co", "HEAD..HEAD", "HEAD:xa", "main^{tree}", "HEAD~7", "x y"] {
        assert!(said(&["--since", wrong]).contains("không có phiên bản"), "{wrong}");
        assert!(said(&["--since", wrong, "--lang", "en"]).contains("has no revision"), "{wrong}");
    }
    for option in ["--since=--output=/tmp/x", "--since=-x", "--since=", "--since=a\nb"] {
        assert!(said(&[option]).contains("không thể là tên"), "{option}");
        assert!(said(&[option, "--lang", "en"]).contains("cannot name"), "{option}");
    }
    // The folder came later than the revision.
    git(folder.path(), &["mv", "xa/danh-muc", "xa/cho-khac"]);
    commit(&folder);
    git(folder.path(), &["mv", "xa/cho-khac", "xa/danh-muc"]);
    assert!(said(&["--since", "HEAD"]).contains("chưa có thư mục"));
    assert!(said(&["--since", "HEAD", "--lang", "en"]).contains("has no folder"));

    let elsewhere = Folder::new();
    elsewhere.write("catalogue.yaml", "title: x\n");
    let error = disk::read_revision(elsewhere.path(), "HEAD").unwrap_err();
    assert!(disk::said(&error, Language::Vietnamese).contains("không nằm trong một kho Git"));
    assert!(disk::said(&error, Language::English).contains("not a git repository"));

    for (language, words) in [("vi", "cài git"), ("en", "install git")] {
        let output = Command::new(env!("CARGO_BIN_EXE_niemyet"))
            .args(["impact", "--since", "HEAD", "--catalogue", "xa/danh-muc", "--lang", language])
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
    let output = impact(folder.path(), &["--since", "HEAD"]);
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
    let output = impact(folder.path(), &["--since", "HEAD"]);
    assert_eq!(output.status.code(), Some(2), "{}", out(&output));
    assert!(err(&output).contains("HEAD:danh-muc/catalogue.yaml"), "{}", err(&output));
    // A procedure that the revision could not read is not told as one that newly comes without a word.
    let procedure = folder.read("xa/danh-muc/procedures/thu/dieu-khoan.yaml");
    folder.write("xa/danh-muc/procedures/thu/dieu-khoan.yaml", "code: [\n");
    commit(&folder);
    folder.write("xa/danh-muc/procedures/thu/dieu-khoan.yaml", &procedure);
    let output = impact(folder.path(), &["--since", "HEAD"]);
    assert!(err(&output).contains("có thể thiếu"), "{}{}", out(&output), err(&output));
}
