//! What a site says of itself: that it is true, that it is the same for the same input, that it names
//! nothing withheld, and that accidents which it shows are stopped.

#![expect(clippy::disallowed_methods, reason = "a test works on real folders")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;

use niemyet::files::{FilePath, FileTree, Laid, MANIFEST, Page};
use niemyet::manifest::signature::{self, Flaw, PublicKey, SecretKey, Unfit};
use niemyet::manifest::{Coming, Manifest, SIGNATURE, Wanted, valid_until};
use niemyet::model::date::{Date, parse};
use niemyet::pipeline::{self, Understood};
use niemyet::validity::procedure::ProcedureStanding;
use rayon::iter::ParallelIterator;
use support::Folder;

/// Made by `minisign -G -W`, version 0.11, and a signature that it made with them.
const SECRET_KEY: &str = include_str!("manifest/key.sec");
const PUBLIC_KEY: &str = include_str!("manifest/key.pub");
const SIGNED: &[u8] = include_bytes!("manifest/signed.json");
const SIGNED_BY_MINISIGN: &str = include_str!("manifest/signed.json.minisig");

fn day(text: &str) -> Date {
    parse(text).expect("a date")
}

fn program(folder: &Folder, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niemyet"));
    command.args(words).args(["--lang", "en"]).current_dir(folder.path());
    command
}

fn niemyet(folder: &Folder, words: &[&str]) -> Output {
    program(folder, words).output().expect("the program runs")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

#[track_caller]
fn builds(folder: &Folder, words: &[&str]) -> Manifest {
    let build = niemyet(folder, &[&["build"], words].concat());
    assert_eq!(build.status.code(), Some(0), "{}", err(&build));
    Manifest::read(folder.read("public/build.json").as_bytes()).expect("a manifest")
}

/// Not built, for the reason of a code, and the site as it was.
#[track_caller]
fn refused(folder: &Folder, code: &str, words: &[&str]) -> String {
    let before = folder.all("public");
    let build = niemyet(folder, &[&["build"], words].concat());
    assert_eq!(build.status.code(), Some(1), "{}", err(&build));
    let said = err(&build);
    assert!(said.contains(code) && said.contains("the previous one is as it was"), "{said}");
    assert!(folder.all("public") == before, "the site has changed");
    said
}

/// A catalogue of so many procedures, of which the first three stand on a law that ends on 2026-07-01.
fn catalogue(procedures: usize) -> Folder {
    let folder = Folder::new();
    let write = |path: &str, text: &str| folder.write(&format!("catalogue/{path}"), text);
    write("catalogue.yaml", "title: Thử\npublisher: Xã Thử\nlanguage: vi\n");
    write("fields.yaml", "- {id: ho-tich, name: Hộ tịch}\n");
    write("agencies/ubnd-xa.yaml", "name: Ủy ban nhân dân cấp xã\nlevel: commune\n");
    let law = "kind: luat\nissuer: ubnd-xa\nsigned: 2014-11-20\neffective: 2016-01-01\n";
    write("documents/cu.yaml", &format!("number: 60/2014/QH13\ntitle: Luật cũ\n{law}"));
    write("documents/con.yaml", &format!("number: 61/2014/QH13\ntitle: Luật còn\n{law}"));
    write(
        "documents/moi.yaml",
        "number: 1/2026/QH16\ntitle: Luật mới\nkind: luat\nissuer: ubnd-xa\nsigned: 2026-01-01\n\
         effective: 2026-07-01\neffects:\n  - {verb: replaces, document: 60/2014/QH13}\n",
    );
    for place in 0..procedures {
        let basis = if place < 3 { "60/2014/QH13" } else { "61/2014/QH13" };
        write(&format!("procedures/thu-tuc-{place}.yaml"), &procedure(place, basis));
    }
    folder
}

fn procedure(place: usize, basis: &str) -> String {
    format!(
        "code: \"1.{place:06}\"\ntitle: Thủ tục số {place}\nfield: ho-tich\nlevels: [commune]\n\
         audience: [citizen]\nlegal_basis: [{basis}]\nauthority: {{performs: [ubnd-xa]}}\n\
         channels:\n  - kind: in_person\n    times: [{{amount: 3, unit: working_day}}]\n    \
         fees: [{{amount: 0}}]\ncases:\n  - dossier:\n      - {{name: Tờ khai, originals: 1}}\n\
         steps:\n  - {{title: Nộp hồ sơ}}\n"
    )
}

fn remove(folder: &Folder, procedures: impl IntoIterator<Item = usize>) {
    for place in procedures {
        let path = folder.path().join(format!("catalogue/procedures/thu-tuc-{place}.yaml"));
        fs::remove_file(path).expect("the procedure");
    }
}

/// Reads a site as anybody could who has `sha256sum` and no program of ours, and holds its manifest
/// against it.
#[track_caller]
fn is_true(out: &Path) {
    let text = fs::read_to_string(out.join(MANIFEST)).expect("the manifest");
    let manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let mut listed = String::new();
    let mut paths = BTreeSet::new();
    for file in manifest["files"].as_array().expect("files") {
        let (path, hash) = (file["path"].as_str().expect("a path"), &file["sha256"]);
        let hash = hash.as_str().expect("a hash");
        listed.extend([hash, "  ", path, "\n"]);
        let size = fs::metadata(out.join(path)).expect("the file").len();
        assert_eq!(file["size"], size, "{path}");
        paths.insert(path.to_owned());
    }
    let there: BTreeSet<String> = walkdir::WalkDir::new(out)
        .into_iter()
        .map(|entry| entry.expect("a file"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(out).expect("inside").display().to_string())
        .collect();
    let own = [MANIFEST, SIGNATURE, ".niemyet"].map(str::to_owned);
    let unlisted: Vec<&String> =
        there.difference(&paths).filter(|path| !own.contains(path)).collect();
    assert!(unlisted.is_empty(), "{unlisted:?} are not in the manifest");
    assert!(paths.iter().all(|path| !own.contains(path)));
    let mut checked = sha256sum(&["--check", "--quiet", "--strict"], out);
    checked.stdin.take().expect("a pipe").write_all(listed.as_bytes()).expect("written");
    assert!(checked.wait().expect("sha256sum").success());
    let mut whole = sha256sum(&[], out);
    whole.stdin.take().expect("a pipe").write_all(listed.as_bytes()).expect("written");
    let output = whole.wait_with_output().expect("sha256sum");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(manifest["tree_sha256"], printed.split(' ').next().expect("a hash"));
}

fn sha256sum(options: &[&str], folder: &Path) -> std::process::Child {
    let mut command = Command::new("sha256sum");
    command.args(options).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    command.spawn().expect("sha256sum")
}

#[test]
fn every_file_is_listed_with_its_hash() {
    let folder = catalogue(6);
    let manifest = builds(&folder, &["--as-of", "2026-06-30", "--source-commit", "0123abc"]);
    is_true(&folder.path().join("public"));
    assert_eq!((manifest.build_no, manifest.as_of), (1, day("2026-06-30")));
    assert_eq!(manifest.source.expect("a source").commit, "0123abc");
    assert!(manifest.zone == "+07:00" && manifest.tool == "niemyet");
    assert_eq!((manifest.procedures.published, manifest.procedures.live.len()), (6, 6));
    let change = Coming { date: day("2026-07-01"), count: 5 };
    assert_eq!(manifest.next_change, Some(change), "two documents and three procedures");
    assert_eq!(manifest.changes, [change]);
    assert_eq!((manifest.max_age_days, manifest.valid_until), (7, day("2026-07-01")));

    let manifest = builds(&folder, &["--as-of", "2026-07-01"]);
    is_true(&folder.path().join("public"));
    assert_eq!((manifest.procedures.published, manifest.withheld.procedures), (3, 3));
    assert_eq!(manifest.valid_until, day("2026-07-08"));
    let notices: Vec<&str> = manifest.withheld.notices.iter().map(FilePath::as_str).collect();
    let expected = [0, 1, 2].map(|place| format!("thu-tuc/thu-tuc-{place}.html"));
    assert_eq!(notices[..3], expected);
    assert_eq!(notices[3..], ["van-ban/cu.html"]);
}

/// The same files, made in another order, elsewhere, by other threads, in another zone and language.
#[test]
fn same_input_and_day_give_the_same_bytes() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/days/catalogue");
    let mut paths: Vec<_> = walkdir::WalkDir::new(&source)
        .into_iter()
        .map(|entry| entry.expect("a file"))
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    let mut first = None;
    for (threads, zone, language) in [
        ("1", "UTC", "C"),
        ("2", "America/Los_Angeles", "vi_VN.UTF-8"),
        ("16", "Pacific/Kiritimati", "tr_TR.UTF-8"),
    ] {
        let half = paths.len() / 2;
        paths.rotate_left(half);
        paths[half / 2..].reverse();
        let folder = Folder::new();
        for path in &paths {
            let inside = path.strip_prefix(&source).expect("inside").display().to_string();
            let to = folder.path().join("catalogue").join(inside);
            fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
            fs::copy(path, to).expect("a copy");
        }
        folder.write("key", SECRET_KEY);
        for round in ["into a fresh folder", "over itself"] {
            let build = program(&folder, &["build", "--as-of", "2026-07-01", "--sign", "key"])
                .env("RAYON_NUM_THREADS", threads)
                .env("TZ", zone)
                .env("LANG", language)
                .env("LC_ALL", language)
                .output()
                .expect("the program runs");
            assert_eq!(build.status.code(), Some(0), "{}", err(&build));
            let site = folder.all("public");
            let first = first.get_or_insert_with(|| site.clone());
            let differ = first.iter().zip(&site).find(|(one, other)| one != other);
            let differ = differ.map(|((path, _), _)| path);
            assert!(*first == site, "{threads} threads, {zone}, {language}, {round}: {differ:?}");
        }
        is_true(&folder.path().join("public"));
    }
}

#[test]
fn unchanged_files_stay_and_the_manifest_follows_every_change() {
    let folder = catalogue(4);
    let inode = |path: &str| fs::metadata(folder.path().join(path)).expect("a file").ino();
    let notice = "public/van-ban/con.html";
    builds(&folder, &["--as-of", "2026-06-01"]);
    let (manifest, robots) = (inode("public/build.json"), inode("public/robots.txt"));
    builds(&folder, &["--as-of", "2026-06-01"]);
    assert_eq!((inode("public/build.json"), inode("public/robots.txt")), (manifest, robots));
    assert!(folder.has(notice));
    builds(&folder, &["--as-of", "2026-06-02"]);
    assert_ne!(inode("public/build.json"), manifest);
    assert_eq!(inode("public/robots.txt"), robots);
    is_true(&folder.path().join("public"));
}

#[test]
fn numbers_rise_with_every_difference_and_only_then() {
    let folder = catalogue(4);
    let number = |words: &[&str]| builds(&folder, words).build_no;
    assert_eq!(number(&["--as-of", "2026-06-01"]), 1);
    assert_eq!(number(&["--as-of", "2026-06-01"]), 1, "nothing differs");
    assert_eq!(number(&["--as-of", "2026-06-02"]), 2, "another day");
    assert_eq!(number(&["--as-of", "2026-06-02", "--source-commit", "abcdef0"]), 3);
    folder.write("catalogue/procedures/thu-tuc-9.yaml", &procedure(9, "61/2014/QH13"));
    assert_eq!(number(&["--as-of", "2026-06-02"]), 4, "another page");
    assert_eq!(number(&["--as-of", "2026-06-02", "--build-no", "4"]), 4, "the same to the byte");
    let said = refused(&folder, "M003", &["--as-of", "2026-06-03", "--build-no", "4"]);
    assert!(said.contains("build number 4") && said.contains("`--build-no 5`"), "{said}");
    refused(&folder, "M003", &["--as-of", "2026-06-02", "--build-no", "3"]);
    assert_eq!(number(&["--as-of", "2026-06-03", "--build-no", "50"]), 50);
    assert_eq!(number(&["--as-of", "2026-06-04"]), 51);
    for bad in ["0", "-1", "1.5", "x"] {
        let build = niemyet(&folder, &["build", "--build-no", bad]);
        assert_eq!(build.status.code(), Some(2), "{bad}: {}", err(&build));
    }
    for bad in ["main", "012345", "0123ABC", ""] {
        let build = niemyet(&folder, &["build", "--source-commit", bad]);
        assert_eq!(build.status.code(), Some(2), "{bad}: {}", err(&build));
    }
}

#[test]
fn a_fifth_may_vanish_and_not_one_more() {
    let folder = catalogue(15);
    builds(&folder, &["--as-of", "2026-06-01"]);
    remove(&folder, 12..15);
    let manifest = builds(&folder, &["--as-of", "2026-06-01"]);
    assert_eq!(manifest.procedures.published, 12, "3 of 15 are exactly 20 %");
    remove(&folder, 9..12);
    let said = refused(&folder, "M001", &["--as-of", "2026-06-01"]);
    assert!(said.contains("3 of the 12 procedures") && said.contains("--allow vanish"), "{said}");
    for place in 9..12 {
        let gone = format!("1.{place:06}: no longer in the catalogue");
        assert!(said.contains(&gone), "{said}");
    }
    // That a page has moved or is new does not count.
    let [old, new] = ["thu-tuc-8", "doi-ten"]
        .map(|name| folder.path().join(format!("catalogue/procedures/{name}.yaml")));
    fs::rename(old, new).expect("renamed");
    let words = ["--as-of", "2026-06-01", "--allow", "vanish"];
    assert_eq!(builds(&folder, &words).procedures.published, 9);

    // Three of nine by law, on the day that was known: the law takes its course with nobody there.
    let manifest = builds(&folder, &["--as-of", "2026-07-01"]);
    assert_eq!(manifest.procedures.published, 6);

    // By law too, but nobody knew of it the day before.
    let end = "number: 2/2026/QH16\ntitle: Luật khác\nkind: luat\nissuer: ubnd-xa\nsigned: 2026-06-01\n\
               effective: 2026-07-01\neffects:\n  - {verb: replaces, document: 61/2014/QH13}\n";
    folder.write("catalogue/documents/khac.yaml", end);
    let said = refused(&folder, "M001", &["--as-of", "2026-07-02"]);
    assert!(said.contains("6 of the 6 procedures"), "{said}");
    assert!(said.contains("1.000003 Thủ tục số 3") && said.contains("61/2014/QH13"), "{said}");
    assert!(!said.contains("1.000002"), "{said}");
    refused(&folder, "M001", &["--as-of", "2026-07-02", "--allow", "backdate"]);
    let words = ["--as-of", "2026-07-02", "--allow", "backdate,vanish"];
    assert_eq!(builds(&folder, &words).procedures.published, 0);

    // All at once, more than are named.
    let folder = catalogue(13);
    builds(&folder, &["--as-of", "2026-06-01"]);
    remove(&folder, 0..13);
    let said = refused(&folder, "M001", &["--as-of", "2026-06-01"]);
    assert!(said.contains("and 3 more procedures"), "{said}");
    assert!(said.contains("1.000009:") && !said.contains("1.000010"), "{said}");
}

#[test]
fn the_day_does_not_run_backwards() {
    let folder = catalogue(4);
    builds(&folder, &["--as-of", "2026-06-02"]);
    builds(&folder, &["--as-of", "2026-06-02"]);
    let said = refused(&folder, "M002", &["--as-of", "2026-06-01"]);
    assert!(said.contains("2026-06-01") && said.contains("2026-06-02"), "{said}");
    assert!(said.contains("--allow backdate"), "{said}");
    refused(&folder, "M002", &["--as-of", "2026-06-01", "--allow", "vanish"]);
    let manifest = builds(&folder, &["--as-of", "2026-06-01", "--allow", "backdate"]);
    assert_eq!((manifest.as_of, manifest.build_no), (day("2026-06-01"), 2));

    // Of a day that has not come, which is said.
    let build = niemyet(&folder, &["build", "--as-of", "2099-12-31", "--allow", "vanish"]);
    let said = String::from_utf8(build.stdout).expect("UTF-8");
    assert!(said.contains("that day has not come yet: this site is a preview"), "{said}");
    refused(&folder, "M002", &["--as-of", "2026-06-01"]);
}

/// A manifest that is edited as JSON, as `jq` would.
fn edited(folder: &Folder, edit: impl FnOnce(&mut serde_json::Value)) {
    let mut value = serde_json::from_str(&folder.read("public/build.json")).expect("JSON");
    edit(&mut value);
    folder.write("public/build.json", &format!("{value:#}\n"));
}

/// What damages a manifest must not switch off the other stops: the catalogue has lost most of its
/// procedures meanwhile, and the day is an earlier one.
#[test]
#[expect(clippy::too_many_lines, reason = "a table of damages")]
fn a_site_that_cannot_be_told_for_what_it_is_stays() {
    type Damage = fn(&Folder);
    let cases: [(&str, Damage, &str); 17] = [
        ("empty", |it| it.write("public/build.json", ""), ""),
        (
            "truncated",
            |it| {
                let text = it.read("public/build.json");
                it.write("public/build.json", &text[..text.len() / 2]);
            },
            "",
        ),
        ("a list", |it| it.write("public/build.json", "[]"), ""),
        ("an empty object", |it| it.write("public/build.json", "{}"), "schema"),
        ("a control", |it| it.write("public/build.json", "\u{1}"), ""),
        ("another form", |it| it.write("public/build.json", "{\"schema\": 2}"), "not the form"),
        (
            "gone",
            |it| {
                fs::remove_file(it.path().join("public/build.json")).expect("the manifest");
            },
            "there is no `build.json`",
        ),
        (
            "none live",
            |it| edited(it, |it| it["procedures"]["live"] = serde_json::json!([])),
            "`live` lists 0",
        ),
        (
            "no procedures",
            |it| edited(it, |it| it["procedures"] = serde_json::json!({})),
            "published",
        ),
        (
            "some live",
            |it| {
                edited(it, |it| {
                    it["procedures"]["live"].as_array_mut().expect("a list").truncate(2);
                });
            },
            "`procedures.published` is 12, and `live` lists 2",
        ),
        ("no day", |it| edited(it, |it| it["as_of"] = "".into()), ""),
        ("no number", |it| edited(it, |it| it["build_no"] = 1e30.into()), ""),
        (
            "no files",
            |it| edited(it, |it| it["files"] = serde_json::json!([])),
            "not that of the files",
        ),
        (
            "files without a key",
            |it| {
                edited(it, |it| {
                    it.as_object_mut().expect("an object").remove("files");
                });
            },
            "files",
        ),
        (
            "another hash",
            |it| edited(it, |it| it["tree_sha256"] = "0".repeat(64).into()),
            "not that of the files",
        ),
        (
            "a page less",
            |it| {
                fs::remove_file(it.path().join("public/404.html")).expect("the page");
            },
            "lists `404.html`, and the folder lacks that",
        ),
        (
            "another site's",
            |it| {
                let made = niemyet(it, &["build", "--out", "other", "--as-of", "2026-07-01"]);
                assert!(made.status.success());
                it.write(
                    "public/build.json",
                    &it.read("other/build.json").replace("404.html", "403.html"),
                );
            },
            "not that of the files",
        ),
    ];
    let folder = catalogue(12);
    builds(&folder, &["--as-of", "2026-06-02"]);
    let whole = folder.all("public");
    remove(&folder, 4..12);
    for (name, damage, why) in cases {
        for (path, bytes) in &whole {
            fs::write(folder.path().join("public").join(path), bytes).expect("the file");
        }
        damage(&folder);
        for words in [
            &["--as-of", "2026-06-02"][..],
            &["--as-of", "2026-06-01", "--allow", "vanish,backdate,foreign"],
        ] {
            let said = refused(&folder, "M004", words);
            assert!(said.contains(why) && said.contains("--allow unknown"), "{name}: {said}");
        }
    }
    refused(&folder, "M004", &["--as-of", "2026-06-02", "--allow", "vanish", "--horizon", "30"]);
    let words = ["--as-of", "2026-06-02", "--allow", "unknown,vanish"];
    assert_eq!(builds(&folder, &words).procedures.published, 4);
    is_true(&folder.path().join("public"));
    builds(&folder, &["--as-of", "2026-06-02"]);
}

/// What can still be read is compared, also where the rest is allowed.
#[test]
fn an_unknown_site_keeps_the_stops_that_it_can() {
    let folder = catalogue(12);
    builds(&folder, &["--as-of", "2026-06-02", "--build-no", "7"]);
    fs::remove_file(folder.path().join("public/404.html")).expect("the page");
    remove(&folder, 4..12);
    let words = ["--as-of", "2026-06-01", "--allow", "unknown"];
    let said = refused(&folder, "M001", &words);
    assert!(said.contains("M002") && !said.contains("M004"), "{said}");
    let words = ["--as-of", "2026-06-02", "--allow", "unknown,vanish"];
    assert_eq!(builds(&folder, &words).build_no, 8);
    folder.write("public/build.json", "{}");
    let words = ["--as-of", "2026-06-02", "--allow", "unknown", "--build-no", "9"];
    assert_eq!(builds(&folder, &words).build_no, 9);
}

/// Where nothing stands nothing is compared: no folder, an empty one, and one that was emptied by hand but
/// for the marker, which `rm -r public/*` leaves.
#[test]
fn a_first_site_needs_no_leave() {
    let folder = catalogue(4);
    builds(&folder, &["--as-of", "2026-06-02"]);
    fs::remove_dir_all(folder.path().join("public")).expect("the site");
    fs::create_dir(folder.path().join("public")).expect("a folder");
    builds(&folder, &["--as-of", "2026-06-01"]);
    for entry in fs::read_dir(folder.path().join("public")).expect("the site") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            fs::remove_dir_all(path).expect("a folder");
        } else if !path.ends_with(".niemyet") {
            fs::remove_file(path).expect("a file");
        }
    }
    assert_eq!(builds(&folder, &["--as-of", "2026-05-01"]).build_no, 1);
    // With a horizon and without, signed and not, one after the other.
    folder.write("key", SECRET_KEY);
    for (number, words) in [
        (2, &["--horizon", "60"][..]),
        (3, &["--sign", "key", "--horizon", "30"]),
        (4, &["--sign", "key"]),
        (4, &[]),
    ] {
        let words = [&["--as-of", "2026-05-01"], words].concat();
        assert_eq!(builds(&folder, &words).build_no, number);
    }
}

/// What niemyet did not write is neither deleted nor kept in silence.
#[test]
fn what_is_not_of_the_site_is_named() {
    let horizon = ["--as-of", "2026-06-01", "--horizon", "60"];
    for words in [&horizon[..2], &horizon] {
        let folder = catalogue(4);
        builds(&folder, words);
        let whole = folder.all("public");
        for path in [
            "CNAME",
            ".well-known/security.txt",
            "index.html.gz",
            "thu-tuc/.niemyet",
            "a:b\\c\u{7}",
            "releases/build.json",
        ] {
            folder.write(&format!("public/{path}"), "mine");
            let said = refused(&folder, "M005", words);
            let named = if path.starts_with("a:") { "a:b\\\\c\\u{7}" } else { path };
            assert!(said.contains(named) && said.contains("holds 1 file that"), "{path}: {said}");
            assert!(said.contains("--allow foreign"), "{said}");
            fs::remove_file(folder.path().join("public").join(path)).expect("the file");
        }
        folder.write("public/CNAME", "mine");
        folder.write("public/.well-known/security.txt", "mine");
        refused(&folder, "M005", &[words, &["--allow", "unknown,vanish"]].concat());
        builds(&folder, &[words, &["--allow", "foreign"]].concat());
        assert!(folder.all("public") == whole);
    }
    let folder = catalogue(4);
    builds(&folder, &["--as-of", "2026-06-01"]);
    for number in 10..22 {
        folder.write(&format!("public/mine-{number}.txt"), "mine");
    }
    std::os::unix::fs::symlink("index.html", folder.path().join("public/link")).expect("a link");
    let said = refused(&folder, "M005", &["--as-of", "2026-06-01"]);
    assert!(said.contains("holds 13 files") && said.contains("and 3 more files"), "{said}");
    for number in 10..22 {
        fs::remove_file(folder.path().join(format!("public/mine-{number}.txt"))).expect("a file");
    }
    assert!(refused(&folder, "M005", &["--as-of", "2026-06-01"]).contains("link"));
    fs::remove_file(folder.path().join("public/link")).expect("a link");
    // A page that was edited in its place is made anew; what a file manager drops is nobody's.
    folder.write("public/index.html", "edited");
    folder.write("public/thu-tuc/.DS_Store", "dropped");
    assert_eq!(builds(&folder, &["--as-of", "2026-06-01"]).build_no, 1);
    is_true(&folder.path().join("public"));
}

/// JSON knows numbers of 53 bits, and a number has to have one above it.
#[test]
fn numbers_end_where_those_of_json_end() {
    let folder = catalogue(4);
    let highest = "9007199254740991";
    for over in ["9007199254740992", "18446744073709551615", "18446744073709551616"] {
        let build = niemyet(&folder, &["build", "--as-of", "2026-06-01", "--build-no", over]);
        let said = err(&build);
        assert!(build.status.code() == Some(2) && said.contains(highest), "{said}");
        let mut build = Command::new(env!("CARGO_BIN_EXE_niemyet"));
        build.args(["build", "--build-no", over]).current_dir(folder.path());
        let said = err(&build.output().expect("it runs"));
        assert!(said.contains("--build-no") && said.contains(highest), "{said}");
    }
    let last = ["--as-of", "2026-06-01", "--build-no", highest];
    for words in [&last[..], &last[..2], &last] {
        assert_eq!(builds(&folder, words).build_no.to_string(), highest);
    }
    for words in [&["--as-of", "2026-06-02"][..], &["--as-of", "2026-06-02", "--build-no", "5"]] {
        let said = refused(&folder, "M006", words);
        assert!(said.contains("new folder") && !said.contains("M003"), "{said}");
    }
    // As an earlier version let it be.
    let text = folder.read("public/build.json").replace(highest, "18446744073709551615");
    folder.write("public/build.json", &text);
    refused(&folder, "M006", &["--as-of", "2026-06-02"]);
}

/// On each day of a year: nothing withheld is named, the days to come are all there, and what is written
/// can be read again.
#[test]
fn withheld_things_are_counted_and_not_named() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/days/catalogue");
    let files = niemyet::disk::read(&folder).expect("the catalogue");
    let mut withheld = 0;
    for today in day("2026-01-01").series(jiff::Span::new().days(9)).take(41) {
        let (understood, mut report) = pipeline::examine(&files, today);
        let understood = understood.expect("a catalogue");
        let site = pipeline::site(&understood, &files, &FileTree::default(), &mut report);
        let site = site.expect("a site");
        let mut laid: Vec<Laid> = site.pages().map(|(page, _)| Laid::of(&page)).collect();
        laid.sort();
        let theme = FileTree::default();
        let audit = pipeline::audit(&understood, &files, &theme, &site);
        let (manifest, pages, found) =
            pipeline::close(&understood, &site, &audit, &Wanted::default(), &laid, None);
        assert_eq!(found.iter().count(), 0, "{today}");
        let [Page { path, bytes }] = &pages[..] else { panic!("one page") };
        assert_eq!(path.as_str(), MANIFEST);
        assert_eq!(Manifest::read(bytes).as_ref(), Ok(&manifest));
        let text = std::str::from_utf8(bytes).expect("UTF-8");

        let Understood { catalogue, assessment, .. } = &understood;
        for (id, document) in catalogue.document_ids() {
            if assessment.document(id).force.is_over() {
                if let Some(name) = &document.number {
                    assert!(!text.contains(name), "{today}: {name}");
                }
                assert!(!text.contains(&document.title), "{today}: {}", document.title);
            }
        }
        let live: BTreeSet<&str> =
            manifest.procedures.live.iter().map(|live| live.code.as_str()).collect();
        for (id, procedure) in catalogue.procedure_ids() {
            assert!(!text.contains(&procedure.title), "{today}: {}", procedure.title);
            let is_live = live.contains(procedure.code.value.as_str());
            assert_eq!(text.contains(&*procedure.code.value), is_live, "{today}");
            let standing = assessment.procedure(id);
            withheld += usize::from(matches!(standing, ProcedureStanding::Withheld { .. }));
        }

        let last = today.checked_add(jiff::Span::new().days(400)).expect("a day");
        let tomorrow = today.tomorrow().expect("a day");
        let expected: Vec<Date> =
            assessment.change_days(catalogue).range(tomorrow..=last).copied().collect();
        let told: Vec<Date> = manifest.changes.iter().map(|coming| coming.date).collect();
        assert_eq!(told, expected, "{today}");
        let next = assessment.next_change(catalogue);
        assert_eq!(manifest.next_change.map(|coming| coming.date), next, "{today}");
        assert_eq!(manifest.valid_until, valid_until(today, 7, next));
    }
    assert!(10 < withheld, "too little was withheld for a test: {withheld}");
}

#[test]
fn the_earlier_bound_wins() {
    let cases = [
        (7, None, "2026-03-08"),
        (7, Some("2026-03-08"), "2026-03-08"),
        (7, Some("2026-03-09"), "2026-03-08"),
        (7, Some("2026-03-07"), "2026-03-07"),
        (1, Some("2027-01-01"), "2026-03-02"),
        (60, None, "2026-04-30"),
    ];
    for (age, next, expected) in cases {
        let until = valid_until(day("2026-03-01"), age, next.map(day));
        assert_eq!(until, day(expected), "{age} {next:?}");
    }
}

#[test]
fn the_greatest_age_is_a_policy() {
    let folder = catalogue(4);
    let policy = |text: &str| {
        let text = format!("title: Thử\npublisher: Xã Thử\npolicies: {{max_age: {text}}}\n");
        folder.write("catalogue/catalogue.yaml", &text);
    };
    for (age, until) in [("1", "2026-02-02"), ("60", "2026-04-02")] {
        policy(age);
        let manifest = builds(&folder, &["--as-of", "2026-02-01"]);
        assert_eq!(manifest.max_age_days.to_string(), age);
        assert_eq!(manifest.valid_until, day(until));
    }
    for bad in ["0", "61", "\"7\"", "-1", "7.5"] {
        policy(bad);
        let said = refused(&folder, "Y020", &["--as-of", "2026-02-01"]);
        assert!(said.contains("a number of days from 1 to 60"), "{said}");
    }
}

#[test]
fn a_manifest_that_contradicts_itself_is_none() {
    let folder = catalogue(1);
    builds(&folder, &["--as-of", "2026-06-01"]);
    let text = folder.read("public/build.json");
    let read = |text: &str| Manifest::read(text.as_bytes()).map(drop);
    assert_eq!(read(&text), Ok(()));
    let added = text.replacen("\"schema\": 1,", "\"schema\": 1, \"later\": [1],", 1);
    assert_eq!(read(&added), Ok(()), "a key of a later version");
    for (there, instead, why) in [
        ("\"schema\": 1", "\"schema\": 2", "is not the form"),
        ("\"valid_until\"", "\"valid\"", "valid_until"),
        ("\"path\": \"404.html\"", "\"path\": \"../404.html\"", "not the path of a file"),
        ("\"path\": \"404.html\"", "\"path\": \"/404.html\"", "not the path of a file"),
        ("\"path\": \"404.html\"", "\"path\": \"zzz.html\"", "out of order"),
        ("\"path\": \"404.html\"", "\"path\": \"403.html\"", "not that of the files"),
        ("\"tree_sha256\": \"", "\"tree_sha256\": \"0", "not a SHA-256"),
        ("\"as_of\": \"2026-06-01\"", "\"as_of\": \"2026-06-31\"", ""),
    ] {
        let other = text.replacen(there, instead, 1);
        assert_ne!(other, text, "{there}");
        let [_, english] = read(&other).expect_err(instead);
        assert!(english.contains(why), "{instead}: {english}");
    }
}

#[test]
fn signatures_are_those_of_minisign() {
    let secret = SecretKey::read(SECRET_KEY).expect("a secret key");
    let public = PublicKey::read(PUBLIC_KEY).expect("a public key");
    let alone = PUBLIC_KEY.lines().nth(1).expect("the key itself");
    assert_eq!(PublicKey::read(alone).expect("a public key"), public);
    assert!(!format!("{secret:?}").contains("72, 16"), "the seed is printed");

    // Theirs, by ours.
    assert_eq!(signature::verify(&public, SIGNED, SIGNED_BY_MINISIGN), Ok("file:build.json"));
    // Ours, by theirs.
    let made = signature::sign(&secret, SIGNED, "file:build.json as_of:2026-06-01");
    assert_eq!(made, signature::sign(&secret, SIGNED, "file:build.json as_of:2026-06-01"));
    let theirs = minisign_verify::PublicKey::decode(PUBLIC_KEY).expect("a public key");
    let read = minisign_verify::Signature::decode(&made).expect("a signature");
    theirs.verify(SIGNED, &read, false).expect("it holds");
    assert_eq!(signature::verify(&public, SIGNED, &made), Ok("file:build.json as_of:2026-06-01"));

    let verify = |bytes: &[u8], text: &str| signature::verify(&public, bytes, text).map(drop);
    assert_eq!(verify(b"{}", &made), Err(Flaw::OtherFile));
    assert_eq!(verify(SIGNED, &made.replace("06-01", "06-02")), Err(Flaw::OtherComment));
    let lines: Vec<&str> = made.lines().collect();
    for cut in 0..lines.len() {
        assert_eq!(verify(SIGNED, &lines[..cut].join("\n")), Err(Flaw::Garbled));
    }
    // The second letter says in which way it was signed, the third begins the number of the key.
    assert_eq!(verify(SIGNED, &made.replace("\nRUR", "\nRWR")), Err(Flaw::Garbled));
    assert_eq!(verify(SIGNED, &made.replace("\nRUR0", "\nRUR1")), Err(Flaw::OtherKey));
    for text in ["", "\n", "untrusted comment: x\nRWQ=", PUBLIC_KEY] {
        assert_eq!(SecretKey::read(text).map(drop), Err(Unfit::NoKey), "{text}");
    }
    assert_eq!(PublicKey::read(SECRET_KEY).map(drop), Err(Unfit::NoKey));
    let locked = SECRET_KEY.replace("\nRWQAAEIy", "\nRWRTY0Iy");
    assert_eq!(SecretKey::read(&locked).map(drop), Err(Unfit::Locked));
}

#[test]
fn a_site_is_signed_on_demand() {
    let folder = catalogue(4);
    folder.write("key", SECRET_KEY);
    let manifest = builds(&folder, &["--as-of", "2026-06-01", "--sign", "key"]);
    is_true(&folder.path().join("public"));
    let public = PublicKey::read(PUBLIC_KEY).expect("a public key");
    let signature = folder.read(&format!("public/{SIGNATURE}"));
    let verified = signature::verify(&public, &manifest.bytes(), &signature);
    assert_eq!(verified, Ok("file:build.json build_no:1 as_of:2026-06-01"));
    let whole = builds(&folder, &["--as-of", "2026-06-01", "--sign", "key", "--horizon", "30"]);
    let folders = whole.slices.iter().map(|slice| format!("public/{}", slice.folder));
    for below in folders.chain(["public".to_owned()]) {
        let [made, signature] =
            [MANIFEST, SIGNATURE].map(|name| folder.read(&format!("{below}/{name}")));
        let verified = signature::verify(&public, made.as_bytes(), &signature);
        assert_eq!(verified, Ok("file:build.json build_no:2 as_of:2026-06-01"), "{below}");
    }
    folder.write("no-key", "not a key");
    for key in ["no-key", "not-there"] {
        let before = folder.all("public");
        let build = niemyet(&folder, &["build", "--as-of", "2026-06-02", "--sign", key]);
        assert_eq!(build.status.code(), Some(2), "{}", err(&build));
        let said = err(&build);
        assert!(said.contains(key) && said.contains("minisign -G -W"), "{said}");
        assert!(folder.all("public") == before);
    }
    builds(&folder, &["--as-of", "2026-06-01"]);
    assert!(!folder.has(&format!("public/{SIGNATURE}")), "nobody signed this one");
}

/// Two builds at once, for two days: one whole site stands in the end, and the older never over the newer.
#[test]
fn builds_at_once_neither_mix_nor_go_back() {
    let folder = catalogue(12);
    let mut outcomes: BTreeMap<[Option<i32>; 2], usize> = BTreeMap::new();
    for round in 0..12 {
        let out = format!("site-{round}");
        let run = |day: &'static str| {
            program(&folder, &["build", "--out", &out, "--as-of", day]).output().expect("it runs")
        };
        let codes = thread::scope(|scope| {
            let older = scope.spawn(|| run("2026-06-01"));
            let newer = scope.spawn(|| run("2026-06-02"));
            [older, newer].map(|run| run.join().expect("it runs").status.code())
        });
        let at = folder.path().join(&out);
        is_true(&at);
        let bytes = fs::read(at.join(MANIFEST)).expect("the manifest");
        let as_of = Manifest::read(&bytes).expect("a manifest").as_of;
        let [older, newer] = codes;
        match newer {
            Some(0) => assert_eq!(as_of, day("2026-06-02"), "{codes:?}"),
            // The other held the lock, and says so.
            _ => assert_eq!((as_of, newer, older), (day("2026-06-01"), Some(2), Some(0))),
        }
        *outcomes.entry(codes).or_default() += 1;
        let late = run("2026-06-01");
        if newer == Some(0) {
            assert!(late.status.code() == Some(1) && err(&late).contains("M002"), "{late:?}");
        }
    }
    assert!(outcomes.values().sum::<usize>() == 12, "{outcomes:?}");
}
