//! Symbolic links in a catalogue, in a theme and at the site's place, standing or put there during a build. No byte of
//! what they lead to is published or said, and nothing is written there. What `disk::read` alone does is in
//! `tests/read.rs`.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rustix::fs::{CWD, RenameFlags, renameat_with};

use crate::support::Folder;

const SECRET: &str = "SECRET";

fn sandbox() -> Folder {
    let folder = Folder::new();
    folder.write("c/catalogue.yaml", "title: Trang\npublisher: Xã\nlanguage: en\n");
    folder.write("c/fields.yaml", "- {id: ho-tich, name: Hộ tịch}\n");
    let document = "number: 1/2025/NĐ-CP\ntitle: Một văn bản\neffective: 2025-01-01\n";
    folder.write("c/documents/a.yaml", document);
    folder.write("c/forms/sub/a.docx", "a form");
    folder.write(
        "c/procedures/a.yaml",
        "code: \"1.000001\"\ntitle: Đăng ký\nfield: ho-tich\nlegal_basis: [1/2025/NĐ-CP]\n\
         forms: [{id: a, name: A, file: sub/a.docx}]\n",
    );
    folder.write("theme/assets/a.css", "x { }");
    folder.write("secret/a.yaml", &document.replace("Một văn bản", SECRET));
    folder.write("secret/a.docx", SECRET);
    folder.write("secret/home.html", SECRET);
    folder.write("secret/vi.yaml", "nav_label: SECRET\n");
    folder.write("secret/catalogue.yaml", "title: SECRET\npublisher: SECRET\n");
    folder
}

fn run(folder: &Folder, command: &str) -> Output {
    let mut words: Vec<&str> =
        vec![command, "--lang", "en", "--catalogue", "c", "--theme", "theme"];
    if command == "build" {
        words.extend(["--out", "public"]);
    }
    let program = env!("CARGO_BIN_EXE_niemyet");
    Command::new(program).args(words).current_dir(folder.path()).output().unwrap()
}

#[track_caller]
fn tells_nothing(folder: &Folder, output: &Output) {
    let said = [&output.stdout[..], &output.stderr[..]].concat();
    assert!(!String::from_utf8_lossy(&said).contains(SECRET), "{output:?}");
    if folder.has("public") {
        for (path, bytes) in folder.all("public") {
            let has = bytes.windows(SECRET.len()).any(|some| some == SECRET.as_bytes());
            assert!(!has, "{path} of the site");
        }
    }
}

#[test]
fn links_are_refused_wherever_they_stand() {
    for (link, leads_to) in [
        ("c/catalogue.yaml", "secret/catalogue.yaml"),
        ("c/fields.yaml", "secret/a.yaml"),
        ("c/documents/a.yaml", "secret/a.yaml"),
        ("c/documents/more.yaml", "secret/a.yaml"),
        ("c/documents", "secret"),
        ("c/documents/sub", "secret"),
        ("c/forms/sub/a.docx", "secret/a.docx"),
        ("c/forms/sub", "secret"),
        ("c/forms", "secret"),
        ("c/forms/loop", "c/forms/loop"),
        ("c/procedures/up", "c"),
        ("c/pages/about.md", "secret/home.html"),
        ("c/documents/broken.yaml", "nowhere"),
        ("theme/home.html", "secret/home.html"),
        ("theme/strings/vi.yaml", "secret/vi.yaml"),
        ("theme/strings/en.yaml", "secret/vi.yaml"),
        ("theme/assets/b.docx", "secret/a.docx"),
        ("theme/assets/sub", "secret"),
        ("theme/assets", "secret"),
        ("theme/loop", "theme/loop"),
    ] {
        let folder = sandbox();
        let (at, target) = (folder.path().join(link), folder.path().join(leads_to));
        let _ = fs::remove_dir_all(&at);
        let _ = fs::remove_file(&at);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        symlink(target, &at).unwrap();
        for command in ["check", "build"] {
            let output = run(&folder, command);
            assert_eq!(output.status.code(), Some(1), "{link}: {output:?}");
            let said = [&output.stdout[..], &output.stderr[..]].concat();
            let said = String::from_utf8_lossy(&said).into_owned();
            let name = link.strip_prefix("c/").or_else(|| link.strip_prefix("theme/")).unwrap();
            assert!(said.contains(name), "{link} is not named: {said}");
            tells_nothing(&folder, &output);
            assert!(!folder.has("public"), "{link}");
        }
    }
}

/// Exchanges two names all the time while something is done.
fn exchanging(one: &Path, other: &Path, act: impl FnOnce()) {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                // At the site's place there may be nothing to exchange for a moment.
                let _ = renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE);
                thread::sleep(Duration::from_micros(300));
            }
        });
        let acted = std::panic::catch_unwind(std::panic::AssertUnwindSafe(act));
        done.store(true, Ordering::Relaxed);
        if let Err(panicked) = acted {
            std::panic::resume_unwind(panicked);
        }
    });
}

#[test]
fn link_put_there_during_a_build_leaks_nothing() {
    for (plain, leads_to) in [
        ("c/documents", "secret"),
        ("c/documents/a.yaml", "secret/a.yaml"),
        ("c/forms/sub", "secret"),
        ("c/forms/sub/a.docx", "secret/a.docx"),
        ("theme/assets", "secret"),
    ] {
        let folder = sandbox();
        let link = folder.path().join(".link");
        symlink(folder.path().join(leads_to), &link).unwrap();
        let mut codes = [0; 3];
        exchanging(&folder.path().join(plain), &link, || {
            for _ in 0..25 {
                let output = run(&folder, "build");
                tells_nothing(&folder, &output);
                codes[usize::try_from(output.status.code().unwrap()).unwrap()] += 1;
            }
        });
        println!("{plain}: made, refused, not read: {codes:?}");
        assert!(codes[0] < 25, "{plain}: nothing was exchanged in time");
    }
}

/// Whoever exchanges the site's folder for a link gets no file of another folder replaced or removed.
#[test]
fn link_in_the_place_of_the_site_is_not_written_through() {
    let folder = sandbox();
    assert!(run(&folder, "build").status.success());
    let (out, link) = (folder.path().join("public"), folder.path().join(".link"));
    symlink(folder.path().join("secret"), &link).unwrap();
    let before = folder.all("secret");
    exchanging(&out, &link, || {
        for _ in 0..40 {
            run(&folder, "build");
            assert_eq!(folder.all("secret"), before);
        }
    });
    assert_eq!(folder.all("secret"), before);
}
