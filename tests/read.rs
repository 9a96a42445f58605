//! What `disk::read` takes in and what it names instead.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test works on real folders")]
#![expect(clippy::print_stdout, reason = "what was measured is shown with `--nocapture`")]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use niemyet::disk;
use niemyet::files::{Content, FileTree};
use niemyet::language::Language;

/// A fresh folder of this test.
fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("read").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn contents(tree: &FileTree) -> Vec<(&str, &Content)> {
    tree.iter().map(|(_, path, content)| (path.as_str(), content)).collect()
}

fn bytes(text: &str) -> Content {
    Content::Bytes(text.as_bytes().to_vec())
}

#[test]
fn files_come_sorted_and_dots_stay_outside() {
    let folder = fresh("sorted");
    for path in ["b.yaml", "a/z.md", "a/b/c.docx", ".git/config", "a/.swp", "a.yaml"] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }
    let tree = disk::read(&folder).unwrap();
    let x = bytes("x");
    assert_eq!(
        contents(&tree),
        [("a.yaml", &x), ("a/b/c.docx", &x), ("a/z.md", &x), ("b.yaml", &x)]
    );
}

#[test]
fn links_and_special_files_are_named_and_not_followed() {
    let folder = fresh("links");
    let outside = fresh("links-outside");
    fs::write(outside.join("secret.yaml"), "secret").unwrap();
    symlink(outside.join("secret.yaml"), folder.join("file.yaml")).unwrap();
    symlink(&outside, folder.join("folder")).unwrap();
    symlink("loop", folder.join("loop")).unwrap();
    symlink("nowhere", folder.join("broken")).unwrap();
    assert!(Command::new("mkfifo").arg(folder.join("pipe")).status().unwrap().success());
    assert_eq!(
        contents(&disk::read(&folder).unwrap()),
        [
            ("broken", &Content::SymbolicLink),
            ("file.yaml", &Content::SymbolicLink),
            ("folder", &Content::SymbolicLink),
            ("loop", &Content::SymbolicLink),
            ("pipe", &Content::Special),
        ]
    );
}

#[test]
fn folder_itself_may_be_a_link() {
    let folder = fresh("itself");
    fs::create_dir(folder.join("real")).unwrap();
    fs::write(folder.join("real/a.yaml"), "a").unwrap();
    symlink("real", folder.join("link")).unwrap();
    let tree = disk::read(&folder.join("link")).unwrap();
    assert_eq!(contents(&tree), [("a.yaml", &bytes("a"))]);
}

#[test]
fn large_files_are_measured_and_not_read() {
    let folder = fresh("large");
    let sizes = [
        ("at.yaml", 1 << 20),
        ("over.MD", (1 << 20) + 1),
        ("form.docx", 2 << 20),
        ("over.pdf", 1 << 40),
    ];
    for (name, size) in sizes {
        // Sparse: nothing of it is on the disk.
        fs::File::create(folder.join(name)).unwrap().set_len(size).unwrap();
    }
    let tree = disk::read(&folder).unwrap();
    let content = |name| tree.content(tree.find(name).unwrap());
    assert_eq!(content("at.yaml").bytes().len(), 1 << 20);
    assert_eq!(content("form.docx").bytes().len(), 2 << 20);
    assert_eq!(content("over.MD"), &Content::TooLarge((1 << 20) + 1));
    assert_eq!(content("over.pdf"), &Content::TooLarge(1 << 40));
}

#[test]
fn names_that_are_no_paths_are_content_of_another_name() {
    for (case, (name, path, own)) in [
        ("\u{1b}[31m.yaml".as_bytes(), "%1B[31m.yaml", "\\u{1b}[31m.yaml"),
        ("fdp.\u{202e}yaml".as_bytes(), "fdp.%E2%80%AEyaml", "fdp.\\u{202e}yaml"),
        ("a\u{200b}.yaml".as_bytes(), "a%E2%80%8B.yaml", "a\\u{200b}.yaml"),
        (b"\xff\xc3\xa9.yaml", "%FFé.yaml", "\u{fffd}é.yaml"),
        (b"a\nb.yaml", "a%0Ab.yaml", "a\\nb.yaml"),
        (b"a:b.yaml", "a%3Ab.yaml", "a:b.yaml"),
        (b"a\\b.yaml", "a%5Cb.yaml", "a\\\\b.yaml"),
        (b"a:100%.yaml", "a%3A100%25.yaml", "a:100%.yaml"),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = fresh(&format!("names-{case}"));
        fs::create_dir(folder.join("sub")).unwrap();
        fs::write(folder.join("sub").join(OsStr::from_bytes(name)), "x").unwrap();
        let tree = disk::read(&folder).unwrap();
        let odd = Content::OddName(format!("sub/{own}"));
        assert_eq!(contents(&tree), [(&*format!("sub/{path}"), &odd)]);
        assert!(niemyet::files::FilePath::new(&format!("sub/{path}")).is_some(), "{path}");
    }
    // A folder is one finding, however much is in it.
    let folder = fresh("names-folder");
    fs::create_dir(folder.join("x:y")).unwrap();
    fs::write(folder.join("x:y/1.yaml"), "x").unwrap();
    fs::write(folder.join("x:y/2.yaml"), "x").unwrap();
    let odd = Content::OddName("x:y".to_owned());
    assert_eq!(contents(&disk::read(&folder).unwrap()), [("x%3Ay", &odd)]);
}

#[test]
fn missing_folder_is_named() {
    let missing = fresh("missing").join("catalogue");
    let error = disk::read(&missing).unwrap_err();
    for (language, doing) in [
        (Language::Vietnamese, "không đọc được thư mục"),
        (Language::English, "cannot read the folder"),
    ] {
        let error = disk::said(&error, language);
        assert!(error.starts_with(doing), "{error}");
        assert!(error.contains(missing.to_str().unwrap()), "{error}");
    }
}

/// Whoever exchanges a folder for a link while it is read gets an error or the right bytes, and never a
/// byte or a name from behind the link.
#[cfg(target_os = "linux")]
#[test]
fn exchange_during_the_read_leaks_nothing() {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    let folder = fresh("exchange");
    let outside = fresh("exchange-outside");
    fs::create_dir(folder.join("sub")).unwrap();
    for number in 0..20 {
        fs::write(folder.join(format!("sub/{number}.yaml")), "plain").unwrap();
        fs::write(outside.join(format!("{number}.yaml")), "SECRET").unwrap();
        fs::write(outside.join(format!("SECRET-{number}.yaml")), "SECRET").unwrap();
        symlink("SECRET", outside.join(format!("SECRET-{number}.link"))).unwrap();
    }
    symlink(&outside, folder.join(".link")).unwrap();

    let done = AtomicBool::new(false);
    let mut read = Vec::new();
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let (one, other) = (folder.join("sub"), folder.join(".link"));
                renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).unwrap();
                // About as long as a read takes: some see the folder, some the link, some the change.
                thread::sleep(Duration::from_micros(50));
            }
        });
        read.extend((0..2_000).map(|_| disk::read(&folder)));
        done.store(true, Ordering::Relaxed);
    });

    let (mut whole, mut linked, mut refused) = (0, 0, 0);
    for tree in read {
        let tree = match tree {
            Ok(tree) => tree,
            Err(error) => {
                assert!(!error.to_string().contains("SECRET"), "{error}");
                refused += 1;
                continue;
            }
        };
        for (_, path, content) in tree.iter() {
            assert!(!path.as_str().contains("SECRET"), "{path}");
            assert!(*content == Content::SymbolicLink || *content == bytes("plain"), "{path}");
        }
        if tree.find("sub").is_some() { linked += 1 } else { whole += 1 }
    }
    println!("{whole} reads whole, {linked} with the link, {refused} refused");
    assert!(0 < linked, "nothing was exchanged in time");
}
