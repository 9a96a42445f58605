//! That a site is published whole or not at all, that nothing foreign is touched, and that killing the
//! build at any moment changes neither.
//!
//! Some of it needs a process of its own: to be killed, to live under another umask or with a smaller
//! limit. Then this program runs itself again, and `child` does what the environment asks for.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test works on real folders")]
#![expect(clippy::print_stdout, reason = "what was measured is shown with `--nocapture`")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use niemyet::diagnostic::code::Code;
use niemyet::diagnostic::{Diagnostic, Report};
use niemyet::disk::{self, Published};
use niemyet::files::{FilePath, Laid, MANIFEST, Page, Stands};
use niemyet::language::Language;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use walkdir::WalkDir;

/// What tells the child its task, and the folder it publishes to.
const TASK: &str = "NIEMYET_TEST_TASK";
const OUT: &str = "NIEMYET_TEST_OUT";

/// A fresh folder of this test; the site goes to `public` in it.
fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("publish").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn page(path: &str, text: impl Into<Vec<u8>>) -> (Page, Report) {
    (Page { path: FilePath::new(path).unwrap(), bytes: text.into() }, Report::default())
}

/// A close that adds nothing and refuses nothing.
fn open_end(_: &[Laid], _: Option<&Stands>) -> (Vec<Page>, Report) {
    <(Vec<Page>, Report)>::default()
}

fn publish(pages: Vec<(Page, Report)>, out: &Path) -> io::Result<Option<Published>> {
    disk::publish(pages.into_par_iter(), out, &[], open_end).map(|(published, _)| published)
}

/// An error in Vietnamese and in English; the error by itself speaks English.
fn said(error: &io::Error) -> [String; 2] {
    let [vietnamese, english] =
        [Language::Vietnamese, Language::English].map(|language| disk::said(error, language));
    assert_eq!(english, error.to_string());
    [vietnamese, english]
}

/// The site of a generation: about 200 pages, of which some are in every generation, some in every second
/// one, and some change each time.
fn generation(number: u32) -> Vec<(Page, Report)> {
    let mut pages = vec![page("index.html", format!("{number}\n"))];
    for n in 0..60 {
        pages.push(page(&format!("same/{n}.html"), format!("page {n}\n").repeat(50)));
        pages.push(page(&format!("changed/{n}/index.html"), format!("{number}: {n}\n").repeat(50)));
        let second = number % 2;
        pages.push(page(&format!("every-second/{second}/{n}.html"), format!("{second}: {n}\n")));
    }
    for n in 0..number % 40 {
        pages.push(page(&format!("{number}/{n}.html"), format!("{number}: {n}\n")));
    }
    pages
}

/// All files below a folder, hidden ones too: inode and bytes by path.
fn tree(folder: &Path) -> BTreeMap<String, (u64, Vec<u8>)> {
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        if !entry.file_type().is_dir() {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            let bytes = match fs::read_link(entry.path()) {
                Ok(link) => link.into_os_string().into_encoded_bytes(),
                Err(_) => fs::read(entry.path()).unwrap(),
            };
            files.insert(path, (entry.metadata().unwrap().ino(), bytes));
        }
    }
    files
}

/// The bytes of a site by path, without the marker.
fn site(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = tree(out);
    let (_, marker) = files.remove(".niemyet").expect("the site is marked");
    assert!(marker.starts_with(b"made by niemyet"));
    files.into_iter().map(|(path, (_, bytes))| (path, bytes)).collect()
}

fn bytes_of(pages: Vec<(Page, Report)>) -> BTreeMap<String, Vec<u8>> {
    pages.into_iter().map(|(page, _)| (page.path.as_str().to_owned(), page.bytes)).collect()
}

/// What stands in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// This program again, with one task, under the limits that a line of shell sets.
fn child_under(limits: &str, task: &str, out: &Path) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{limits} exec \"$0\" \"$@\"")])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture"])
        .env(TASK, task)
        .env(OUT, out)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

#[track_caller]
fn run_child_under(limits: &str, task: &str, out: &Path) {
    let output = child_under(limits, task, out).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

/// Not a test of its own: what a child process does.
#[test]
fn child() {
    let Ok(task) = std::env::var(TASK) else { return };
    let out = PathBuf::from(std::env::var_os(OUT).unwrap());
    match task.as_str() {
        "publish generations until killed" => {
            let mut number = site(&out)["index.html"].iter().fold(0, |number, digit| {
                if digit.is_ascii_digit() { number * 10 + u32::from(digit - b'0') } else { number }
            });
            loop {
                number += 1;
                publish(generation(number), &out).unwrap();
            }
        }
        "publish" => {
            publish(generation(8), &out).unwrap();
        }
        "meet the limit of file sizes" => {
            let mut pages = generation(8);
            pages.push(page("large.pdf", vec![b'x'; 1 << 20]));
            let error = publish(pages, &out).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::FileTooLarge);
            let [vietnamese, english] = said(&error);
            assert!(english.contains("`large.pdf` (1048576 bytes)"), "{english}");
            assert!(english.contains("free some space"), "{english}");
            assert!(vietnamese.contains("`large.pdf` (1048576 byte) vào"), "{vietnamese}");
            assert!(vietnamese.contains("giải phóng dung lượng"), "{vietnamese}");
        }
        #[cfg(target_os = "linux")]
        "meet a folder that is not writable" => {
            use rustix::thread::{CapabilitySet, CapabilitySets, set_capabilities};
            // Root writes where it likes, unless it gives that up; for others nothing changes.
            let none = CapabilitySet::empty();
            let sets = CapabilitySets { effective: none, permitted: none, inheritable: none };
            set_capabilities(None, sets).unwrap();
            let error = publish(generation(8), &out).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::PermissionDenied, "{error}");
            let [vietnamese, english] = said(&error);
            assert!(english.contains("give this user the right"), "{english}");
            assert!(vietnamese.contains("cấp quyền đó cho người dùng này"), "{vietnamese}");
        }
        other => panic!("no such task: {other}"),
    }
}

#[test]
fn site_is_what_the_pages_are() {
    let out = fresh("plain").join("public");
    assert_eq!(
        publish(generation(7), &out).unwrap(),
        Some(Published { pages: 188, unchanged: 0, kept: 0, linked: 0 })
    );
    assert_eq!(site(&out), bytes_of(generation(7)));
    assert_eq!(
        publish(generation(8), &out).unwrap(),
        Some(Published { pages: 189, unchanged: 60, kept: 0, linked: 0 })
    );
    assert_eq!(site(&out), bytes_of(generation(8)), "what the last build wrote alone is gone");
    assert_eq!(names(out.parent().unwrap()), [".public.lock", "public"]);
    publish(Vec::new(), &out).unwrap();
    assert_eq!(site(&out), BTreeMap::new());
}

#[test]
fn unchanged_pages_stay_the_same_file() {
    let out = fresh("unchanged").join("public");
    publish(generation(7), &out).unwrap();
    let before = tree(&out);
    // Of the same size as before, edited in its place, and not readable for the public: both are written.
    fs::write(out.join("same/0.html"), "PAGE 0\n".repeat(50)).unwrap();
    fs::set_permissions(out.join("same/1.html"), fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(
        publish(generation(7), &out).unwrap(),
        Some(Published { pages: 188, unchanged: 186, kept: 0, linked: 0 })
    );
    let after = tree(&out);
    assert_eq!(site(&out), bytes_of(generation(7)));
    for (path, (inode, _)) in &before {
        let written = ["same/0.html", "same/1.html"].contains(&path.as_str());
        assert_eq!(after[path].0 != *inode, written, "{path}");
    }
    assert_eq!(fs::metadata(out.join("same/2.html")).unwrap().nlink(), 1, "nothing else holds it");
    assert_eq!(fs::metadata(out.join("same/1.html")).unwrap().mode() & 0o7777, 0o644);
}

#[test]
fn unchanged_page_behind_a_link_is_not_linked() {
    let folder = fresh("behind");
    let out = folder.join("public");
    publish(vec![page("css/a.css", "a")], &out).unwrap();
    fs::rename(out.join("css"), folder.join("assets")).unwrap();
    symlink("../assets", out.join("css")).unwrap();
    assert_eq!(publish(vec![page("css/a.css", "a")], &out).unwrap().unwrap().unchanged, 0);
    assert!(!out.join("css").is_symlink());
    assert_eq!(names(&folder.join("assets")), ["a.css"], "what the link led to is not removed");
}

#[test]
fn structural_finding_leaves_the_old_site() {
    let out = fresh("structural").join("public");
    publish(generation(7), &out).unwrap();
    let before = tree(&out);
    let mut pages = generation(8);
    pages[20].1.push(Diagnostic::nowhere(Code::Template));
    pages[90].1.push(Diagnostic::nowhere(Code::BasisEnded));
    let (published, report) = disk::publish(pages.into_par_iter(), &out, &[], open_end).unwrap();
    assert_eq!(published, None);
    assert_eq!(report.iter().len(), 2, "all findings are kept");
    assert_eq!(tree(&out), before);
    assert_eq!(names(out.parent().unwrap()), [".public.lock", "public"]);

    let mut pages = generation(8);
    pages[90].1.push(Diagnostic::nowhere(Code::BasisEnded));
    let (published, report) = disk::publish(pages.into_par_iter(), &out, &[], open_end).unwrap();
    assert!(published.is_some(), "a finding that is not structural does not keep the site back");
    assert_eq!(report.iter().len(), 1);
}

/// The close is called once, with every file in order and what stood there; its page is the last.
#[test]
fn close_sees_all_files_and_writes_the_last() {
    let out = fresh("close").join("public");
    let mut seen: Vec<(usize, Option<String>)> = Vec::new();
    for number in [7, 8] {
        let mut closed = 0;
        let close = |laid: &[Laid], before: Option<&Stands>| {
            closed += 1;
            let new = out.with_file_name(".public.new");
            assert!(!new.join(MANIFEST).exists());
            let expected = bytes_of(generation(number));
            let paths: Vec<_> = laid.iter().map(|file| file.path.as_str()).collect();
            assert_eq!(paths, expected.keys().map(String::as_str).collect::<Vec<_>>());
            for (file, bytes) in laid.iter().zip(expected.values()) {
                assert_eq!(file.size, bytes.len() as u64);
                assert_eq!(&fs::read(new.join(file.path.as_str())).unwrap(), bytes, "laid down");
            }
            if let Some(before) = before {
                let mut lies: BTreeSet<String> = bytes_of(generation(7)).into_keys().collect();
                lies.insert(MANIFEST.to_owned());
                assert_eq!(before.paths, lies, "all but the marker");
            }
            let before = before.and_then(|before| before.manifest.clone());
            seen.push((laid.len(), before.map(|bytes| String::from_utf8(bytes).unwrap())));
            let (page, report) = page(MANIFEST, format!("generation {number}"));
            (vec![page], report)
        };
        let pages = generation(number).into_par_iter();
        let (published, _) = disk::publish(pages, &out, &[], close).unwrap();
        assert_eq!(published.unwrap().pages, generation(number).len() + 1);
        assert_eq!(closed, 1);
    }
    assert_eq!(seen, [(188, None), (189, Some("generation 7".to_owned()))]);
    assert_eq!(fs::read_to_string(out.join(MANIFEST)).unwrap(), "generation 8");

    let before = tree(&out);
    let refuse = |_: &[Laid], _: Option<&Stands>| {
        let mut report = Report::default();
        report.push(Diagnostic::nowhere(Code::Template));
        (vec![page(MANIFEST, "refused").0], report)
    };
    let pages = generation(9).into_par_iter();
    let (published, report) = disk::publish(pages, &out, &[], refuse).unwrap();
    assert_eq!((published, report.iter().len()), (None, 1));
    assert_eq!(tree(&out), before);
    assert_eq!(names(out.parent().unwrap()), [".public.lock", "public"]);

    // It is not asked about a site that a page keeps from being made.
    let mut pages = generation(9);
    pages[20].1.push(Diagnostic::nowhere(Code::Template));
    let unasked = |_: &[Laid], _: Option<&Stands>| panic!("the site is refused already");
    let (published, _) = disk::publish(pages.into_par_iter(), &out, &[], unasked).unwrap();
    assert_eq!(published, None);

    fs::remove_file(out.join(MANIFEST)).unwrap();
    symlink("index.html", out.join(MANIFEST)).unwrap();
    let [vietnamese, english] = said(&publish(generation(9), &out).unwrap_err());
    assert!(english.starts_with("cannot read") && english.contains(MANIFEST), "{english}");
    assert!(vietnamese.starts_with("không đọc được"), "{vietnamese}");
}

#[test]
fn panic_of_a_page_leaves_the_old_site() {
    let out = fresh("panic").join("public");
    publish(generation(7), &out).unwrap();
    let before = tree(&out);
    let pages = generation(8).into_par_iter().map(|drawn| {
        assert!(drawn.0.path.as_str() != "same/30.html", "this page panics, as the test wants");
        drawn
    });
    let panicked = std::panic::catch_unwind(|| disk::publish(pages, &out, &[], open_end));
    assert!(panicked.is_err());
    assert_eq!(tree(&out), before);
    assert_eq!(names(out.parent().unwrap()), [".public.lock", "public"]);
    publish(generation(8), &out).unwrap();
}

#[test]
fn error_while_writing_leaves_the_old_site() {
    let folder = fresh("errors");
    let out = folder.join("public");
    publish(generation(7), &out).unwrap();
    let before = tree(&out);
    // The unit is 512 or 1,024 bytes, depending on the shell; the signal would end the process.
    run_child_under("trap '' XFSZ; ulimit -f 64;", "meet the limit of file sizes", &out);
    assert_eq!(tree(&out), before);
    assert_eq!(names(&folder), [".public.lock", "public"]);

    #[cfg(target_os = "linux")]
    {
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
        run_child_under("", "meet a folder that is not writable", &out);
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(tree(&out), before);
    }

    let long = format!("{}.html", "x".repeat(300));
    for words in said(&publish(vec![page(&long, "x")], &out).unwrap_err()) {
        assert!(words.contains(&long), "{words}");
    }
    assert_eq!(tree(&out), before);
    assert_eq!(names(&folder), [".public.lock", "public"]);
}

#[test]
fn two_things_at_one_path_are_refused() {
    let out = fresh("collisions").join("public");
    publish(generation(7), &out).unwrap();
    let before = tree(&out);
    for (one, other) in [
        ("a.html", "A.html"),
        ("đơn/a.html", "ĐƠN/b.html"),
        ("a", "a/b.html"),
        ("a", "a"),
        (".niemyet", ".niemyet"),
    ] {
        let pages = vec![page(one, "1"), page("c.html", "2"), page(other, "3")];
        let [vietnamese, english] = said(&publish(pages, &out).unwrap_err());
        assert!(english.contains("at one path") && english.contains("rename one"), "{english}");
        assert!(vietnamese.contains("trùng một đường dẫn"), "{vietnamese}");
        assert!(vietnamese.contains("đổi tên một trong hai"), "{vietnamese}");
        assert_eq!(tree(&out), before);
    }
    publish(vec![page("a/b/c.html", "1"), page("a/b/d.html", "1"), page("a/b.html", "1")], &out)
        .unwrap();
}

#[test]
fn site_is_readable_for_all_whatever_the_umask() {
    let out = fresh("umask").join("public");
    run_child_under("umask 077;", "publish", &out);
    for entry in WalkDir::new(&out) {
        let entry = entry.unwrap();
        let mode = if entry.file_type().is_dir() { 0o755 } else { 0o644 };
        assert_eq!(entry.metadata().unwrap().mode() & 0o7777, mode, "{}", entry.path().display());
    }
}

#[test]
fn foreign_folders_are_refused_and_untouched() {
    let folder = fresh("foreign");
    let out = folder.join("public");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("thesis.txt"), "three years").unwrap();
    fs::create_dir(folder.join("repository")).unwrap();
    publish(Vec::new(), &folder.join("repository")).unwrap();
    fs::create_dir(folder.join("repository/.git")).unwrap();
    fs::write(folder.join("repository/.git/HEAD"), "ref").unwrap();
    fs::write(folder.join("file"), "a file").unwrap();
    publish(generation(7), &folder.join("site")).unwrap();
    symlink("site", folder.join("link")).unwrap();
    symlink("nowhere", folder.join("broken")).unwrap();
    let (before, around) = (tree(&folder), names(&folder));
    for (name, vietnamese, english) in [
        ("public", "có tệp không do niemyet tạo", "holds files that niemyet did not make"),
        ("public/", "có tệp không do niemyet tạo", "holds files that niemyet did not make"),
        ("repository", "là một kho Git", "is a Git repository"),
        ("file", "không phải là thư mục", "is not a folder"),
        ("link", "; chọn chính thư mục thật", "is a symbolic link; give the folder itself"),
        ("link/", "; chọn chính thư mục thật", "is a symbolic link; give the folder itself"),
        ("broken", "; chọn một thư mục thay cho nó", "is a symbolic link; give a folder instead"),
        ("missing/public", "không tìm được", "cannot find"),
        ("missing/..", "không chỉ ra thư mục nào", "names no folder"),
        ("", "không chỉ ra thư mục nào", "names no folder"),
    ] {
        let out = if name.is_empty() { PathBuf::new() } else { folder.join(name) };
        let words = said(&publish(generation(8), &out).unwrap_err());
        assert!(words[0].contains(vietnamese), "{name}: {}", words[0]);
        assert!(words[1].contains(english), "{name}: {}", words[1]);
        assert_eq!(names(&folder), around, "{name}");
        assert_eq!(tree(&folder), before, "{name}");
    }
}

#[test]
fn folders_that_hold_more_than_a_site_are_refused() {
    let folder = fresh("protected");
    let catalogue = folder.join("catalogue");
    fs::create_dir_all(catalogue.join("inside")).unwrap();
    symlink("catalogue", folder.join("link")).unwrap();
    let here = std::env::current_dir().unwrap();
    let current = ["là thư mục hiện tại", "is the current folder"];
    let input = ["và thư mục đầu vào", "and the input"];
    let mut cases = vec![
        (PathBuf::from("/"), ["là thư mục gốc của hệ thống", "is the root of all files"]),
        (std::env::home_dir().unwrap(), ["là thư mục cá nhân", "is the home folder"]),
        (PathBuf::from("."), current),
        (PathBuf::from("src/.."), current),
        (here.join("."), current),
        (catalogue.clone(), input),
        (catalogue.join("inside"), input),
        (catalogue.join("public"), input),
        (folder.join("link/public"), input),
        (folder.clone(), input),
        (folder.join("not-there-yet"), input),
    ];
    if cfg!(target_os = "linux") {
        cases.push((PathBuf::from("/proc"), ["là điểm gắn ổ đĩa", "is a mount point"]));
    }
    for (out, reasons) in cases {
        let inputs = [&*catalogue, &*folder.join("not-there-yet/theme")];
        let published = disk::publish(generation(8).into_par_iter(), &out, &inputs, open_end);
        for (words, reason) in said(&published.unwrap_err()).iter().zip(reasons) {
            // A home may lie above the current folder, or be it.
            assert!(words.contains(reason), "{}: {words}", out.display());
        }
    }
    assert_eq!(names(&folder), ["catalogue", "link"]);
    assert_eq!(names(&catalogue), ["inside"]);
    // Beside an input, even with a name that begins alike, is the usual case.
    disk::publish(
        generation(8).into_par_iter(),
        &folder.join("catalogue-public"),
        &[&catalogue],
        open_end,
    )
    .unwrap();
}

#[test]
fn empty_folder_is_accepted() {
    let folder = fresh("empty");
    fs::create_dir(folder.join("public")).unwrap();
    publish(generation(7), &folder.join("public/")).unwrap();
    assert_eq!(site(&folder.join("public")), bytes_of(generation(7)));
    assert_eq!(names(&folder), [".public.lock", "public"]);
}

#[test]
fn leftovers_of_ours_are_removed_and_others_refused() {
    let folder = fresh("leftovers");
    let out = folder.join("public");
    publish(generation(7), &out).unwrap();
    let before = tree(&out);
    // Killed before its marker was written; killed while it wrote; killed while it removed.
    for left in [None, Some("some/page.html"), Some(".niemyet")] {
        for ending in ["new", "old"] {
            let stage = folder.join(format!(".public.{ending}"));
            fs::create_dir(&stage).unwrap();
            if let Some(path) = left {
                fs::create_dir_all(stage.join(path).parent().unwrap()).unwrap();
                fs::write(stage.join(path), "").unwrap();
                fs::write(stage.join(".niemyet"), "").unwrap();
            }
        }
        publish(generation(7), &out).unwrap();
        assert_eq!(names(&folder), [".public.lock", "public"]);
    }
    // A folder of that name that holds no marker is not ours.
    fs::create_dir(folder.join(".public.new")).unwrap();
    fs::write(folder.join(".public.new/thesis.txt"), "three years").unwrap();
    let [vietnamese, english] = said(&publish(generation(8), &out).unwrap_err());
    assert!(english.contains(".public.new` stands where a build works"), "{english}");
    assert!(vietnamese.contains(".public.new` nằm ở chỗ cần dùng để dựng trang"), "{vietnamese}");
    assert_eq!(fs::read(folder.join(".public.new/thesis.txt")).unwrap(), b"three years");
    fs::remove_dir_all(folder.join(".public.new")).unwrap();
    // Nor is a link, wherever it leads.
    symlink("public", folder.join(".public.new")).unwrap();
    let [vietnamese, english] = said(&publish(generation(8), &out).unwrap_err());
    assert!(english.contains(".public.new` stands where a build works"), "{english}");
    assert!(vietnamese.contains(".public.new` nằm ở chỗ cần dùng để dựng trang"), "{vietnamese}");
    assert_eq!(tree(&out), before);
}

/// The one moment at which two renames leave nothing at the path: the next build puts the old site back,
/// even if it does not make a new one.
#[test]
fn site_between_two_renames_is_put_back() {
    let folder = fresh("between");
    let out = folder.join("public");
    publish(generation(7), &out).unwrap();
    let before = tree(&out);
    fs::rename(&out, folder.join(".public.old")).unwrap();
    let mut pages = generation(8);
    pages[0].1.push(Diagnostic::nowhere(Code::Template));
    assert_eq!(publish(pages, &out).unwrap(), None);
    assert_eq!(tree(&out), before);
    assert_eq!(names(&folder), [".public.lock", "public"]);
}

#[test]
fn second_build_is_told_who_is_first() {
    let out = fresh("two").join("public");
    let (begun, go) = (Barrier::new(2), Barrier::new(2));
    // Left by a process that is dead: it locks nothing.
    fs::write(out.with_file_name(".public.lock"), "1\n").unwrap();
    thread::scope(|scope| {
        let first = scope.spawn(|| {
            // Blocks the thread that draws, not one of the pool that the second build would need.
            let pages = rayon::iter::once(()).map(|()| {
                begun.wait();
                go.wait();
                page("index.html", "first")
            });
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
            pool.install(|| disk::publish(pages, &out, &[], open_end)).unwrap();
        });
        begun.wait();
        let error = publish(generation(8), &out).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WouldBlock);
        let [vietnamese, english] = said(&error);
        let holder = format!("process {} is publishing to", std::process::id());
        assert!(english.contains(&holder), "{english}");
        let holder = format!("tiến trình {} đang đăng trang vào", std::process::id());
        assert!(vietnamese.contains(&holder), "{vietnamese}");
        go.wait();
        first.join().unwrap();
    });
    assert_eq!(fs::read(out.join("index.html")).unwrap(), b"first");
    publish(generation(8), &out).unwrap();
}

/// A reader that opens pages all the time while the site is exchanged under it.
#[test]
fn reader_never_misses_a_page() {
    let out = fresh("reader").join("public");
    publish(generation(1), &out).unwrap();
    let done = AtomicBool::new(false);
    let (loads, missing, empty) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        scope.spawn(|| {
            let paths: Vec<_> = generation(0)
                .into_iter()
                .filter(|(page, _)| !page.path.as_str().starts_with("every-second"))
                .map(|(page, _)| out.join(page.path.as_str()))
                .collect();
            while !done.load(Ordering::Relaxed) {
                for path in &paths {
                    match fs::read(path) {
                        Ok(bytes) if bytes.ends_with(b"\n") => {}
                        Ok(_) => _ = empty.fetch_add(1, Ordering::Relaxed),
                        Err(_) => _ = missing.fetch_add(1, Ordering::Relaxed),
                    }
                    loads.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        let published = (2..202).try_for_each(|number| publish(generation(number), &out).map(drop));
        // The reader must end even if this one has failed.
        done.store(true, Ordering::Relaxed);
        published.unwrap();
    });
    let loads = loads.into_inner();
    println!("{loads} loads during 200 publications");
    assert_eq!((missing.into_inner(), empty.into_inner()), (0, 0), "of {loads} loads");
    assert!(1_000 < loads, "the reader was not reading: {loads}");
}

/// The promise itself: 400 builds killed at moments that a seed chooses, and each time one whole
/// generation at the path.
#[test]
fn killed_builds_leave_one_whole_generation() {
    const KILLS: u32 = 400;
    let folder = fresh("kills");
    let out = folder.join("public");
    publish(generation(0), &out).unwrap();
    let mut seed = 20_260_701_u64;
    let (mut damaged, mut in_the_middle, mut published) = (0, 0, 0);
    for kill in 0..KILLS {
        let mut child = child_under("", "publish generations until killed", &out).spawn().unwrap();
        // Xorshift: from before the first page to the third or fourth generation.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        thread::sleep(Duration::from_micros(seed % 120_000));
        child.kill().unwrap();
        child.wait().unwrap();

        let found = site(&out);
        let number = String::from_utf8(found["index.html"].clone()).unwrap();
        let number: u32 = number.trim().parse().unwrap();
        damaged += u32::from(found != bytes_of(generation(number)));
        published = published.max(number);
        for name in names(&folder) {
            assert!([".public.lock", ".public.new", "public"].contains(&&*name), "{name}");
            in_the_middle += u32::from(name == ".public.new");
        }
        if kill % 20 == 0 {
            publish(generation(published + 1), &out).unwrap();
            assert_eq!(names(&folder), [".public.lock", "public"]);
        }
    }
    println!("{KILLS} kills, {in_the_middle} in the middle of {published} publications");
    assert_eq!(damaged, 0);
    assert!(KILLS / 4 < in_the_middle, "too few kills met a build at work: {in_the_middle}");
    assert!(20 < published, "too few builds came to their end: {published}");
}
