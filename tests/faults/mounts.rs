//! A disk that is really full, and one that can only be read: small ones in memory, mounted in a name space of
//! their own. Where that is not allowed, the sweep over all calls has to do.

use std::path::Path;
use std::process::{Command, Output};

use crate::folders::{Folders, PROGRAM};

/// Runs a script that may mount; none where it may not. `$1` is the program, `$2` the folder of the test.
fn mounting(folders: &Folders, script: &str) -> Option<Output> {
    let run = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-euc", script, "sh"]);
        command.args([Path::new(PROGRAM), &folders.0]).output().ok()
    };
    let may = run("mount -t tmpfs tmpfs \"$2/at\"")?;
    if !may.status.success() {
        println!("no mounting here: {}", String::from_utf8_lossy(&may.stderr).trim_end());
        return None;
    }
    run(script)
}

#[track_caller]
fn refused(output: &Output, words: &[&str]) {
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
    for word in words {
        assert!(text.contains(word), "{word}: {text}");
    }
}

/// A site of some 300 KB stands on a disk of 900 KB; a form of 2 MB does not fit beside it.
#[test]
fn full_disk_leaves_the_old_site() {
    let folders = Folders::fresh("full");
    let script = r#"
        mount -t tmpfs -o size=900k tmpfs "$2/at"
        build() { "$1" build --lang en --as-of 2026-11-22 --catalogue "$2/$3" --out "$2/at/public"; }
        sums() { (cd "$1/at" && find public -type f | sort | xargs sha256sum); }
        build "$1" "$2" old
        before=$(sums "$2")
        cp -r "$2/new" "$2/large"
        head -c 2000000 /dev/zero > "$2/large/forms/a.docx"
        status=0; build "$1" "$2" large || status=$?
        test "$status" = 2
        test "$before" = "$(sums "$2")"
        test "$(ls -A "$2/at" | tr '\n' ' ')" = ".public.drawn .public.lock public "
        build "$1" "$2" new
    "#;
    let Some(output) = mounting(&folders, script) else { return };
    refused(&output, &["(2000000 bytes) into `", "No space left", "free some space there"]);
}

#[test]
fn disk_that_can_only_be_read_leaves_the_old_site() {
    let folders = Folders::fresh("read-only");
    let script = r#"
        mount -t tmpfs tmpfs "$2/at"
        build() { "$1" build --lang en --as-of 2026-11-22 --catalogue "$2/$3" --out "$2/at/public"; }
        sums() { (cd "$1/at" && find public -type f | sort | xargs sha256sum); }
        build "$1" "$2" old
        before=$(sums "$2")
        mount -o remount,ro "$2/at"
        status=0; build "$1" "$2" new || status=$?
        test "$status" = 2
        test "$before" = "$(sums "$2")"
        mount -o remount,rw "$2/at"
        build "$1" "$2" new
    "#;
    let Some(output) = mounting(&folders, script) else { return };
    refused(&output, &[".public.lock`: Read-only file system", "give this user the right"]);
}
