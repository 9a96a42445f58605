//! Calls to the system fail, one after the other.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use walkdir::WalkDir;

use crate::folders::{BESIDE, Folders, PROGRAM, Tree, tree};

/// The errors of a disk by their numbers, which are the same on all machines that Linux runs on.
const ERRORS: [(i32, &str); 7] = [
    (5, "EIO"),
    (28, "ENOSPC"),
    (13, "EACCES"),
    (24, "EMFILE"),
    (30, "EROFS"),
    (122, "EDQUOT"),
    (4, "EINTR"),
];

/// Which calls fail, and on what.
#[derive(Clone, Copy, Debug)]
struct Sweep {
    error: i32,
    /// Whether the error stays from the call on.
    stays: bool,
    /// Whether the file system can exchange two names.
    exchanges: bool,
    /// Whether a site stands there before.
    stands: bool,
    /// 1 for every call, 2 for every second.
    step: usize,
}

const USUAL: Sweep = Sweep { error: 5, stays: false, exchanges: true, stands: true, step: 1 };

#[test]
fn calls_fail_once() {
    // Every third call by default, all of them by `all`: half a thousand builds take minutes.
    run(&[Sweep { step: 3, ..USUAL }, Sweep { stands: false, step: 9, ..USUAL }]);
}

#[test]
fn disk_is_full_from_a_call_on() {
    // That it fails for good is tried at fewer of them.
    let full = Sweep { error: 28, stays: true, step: 4, ..USUAL };
    run(&[full, Sweep { exchanges: false, step: 11, ..full }]);
}

#[test]
fn every_error_in_every_way() {
    if std::env::var_os("NIEMYET_FAULTS").is_none_or(|wanted| wanted != "all") {
        return;
    }
    let mut sweeps = Vec::new();
    for (error, _) in ERRORS {
        for way in 0..8 {
            let (stays, exchanges, stands) = (way & 1 != 0, way & 2 != 0, way & 4 != 0);
            // A call that is interrupted for ever is repeated for ever.
            if !(stays && error == 4) {
                sweeps.push(Sweep { error, stays, exchanges, stands, step: 1 });
            }
        }
    }
    run(&sweeps);
}

/// A write that takes a part of the bytes is no error, and the rest follows.
#[test]
fn short_writes_are_finished() {
    let folders = Folders::fresh("short");
    let new = folders.built("new");
    let old = folders.built("old");
    assert_ne!(old, new);
    let (output, counted, failed) = faulty(&folders, "short", 0, USUAL);
    assert!(output.status.success());
    assert!(10 < failed && failed < counted, "{failed} of {counted}");
    assert_eq!(tree(&folders.out()), Some(new));
}

/// Where no thread can be started the program is at a loss: an internal error, which is one line and leaves the
/// site alone as any other.
#[test]
fn panic_is_one_line_and_leaves_the_old_site() {
    let folders = Folders::fresh("threads");
    let old = folders.built("old");
    let again = Sweep { error: 11, ..USUAL };
    let (output, _, failed) = faulty(&folders, "threads", 0, again);
    assert!(0 < failed);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(error.starts_with("niemyet: internal error: "), "{error}");
    assert!(error.contains("please report this line\n") && error.lines().count() == 1, "{error}");
    assert_eq!(tree(&folders.out()), Some(old));
}

fn run(sweeps: &[Sweep]) {
    for sweep in sweeps {
        let name = ERRORS.iter().find(|(error, _)| *error == sweep.error).unwrap().1;
        let way = |is: bool, word: &'static str| if is { word } else { "" };
        let folders = Folders::fresh(&format!(
            "{name}{}{}{}",
            way(sweep.stays, "-stays"),
            way(!sweep.exchanges, "-without-exchange"),
            way(!sweep.stands, "-first")
        ));
        let told = sweep_over(&folders, *sweep);
        println!("{sweep:?}: {told:?}");
    }
}

/// How the builds of a sweep ended.
#[derive(Debug, Default)]
struct Told {
    builds: usize,
    refused: usize,
    refused_after_the_switch: usize,
    made_all_the_same: usize,
    /// The one gap that is known: see `disk/switch.rs`.
    put_back_by_the_next: usize,
    said: Said,
}

/// The messages that came, without their numbers; there are too many to be shown.
#[derive(Default)]
struct Said(BTreeSet<String>);

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} messages", self.0.len())
    }
}

fn sweep_over(folders: &Folders, sweep: Sweep) -> Told {
    let new = folders.built("new");
    let old = folders.built("old");
    assert_ne!(old, new);
    let kept = folders.0.join("kept");
    fs::rename(folders.out(), &kept).unwrap();
    let before = sweep.stands.then_some(old);

    let mut told = Told::default();
    for number in (1..).step_by(sweep.step) {
        restore(&kept, &folders.out(), sweep.stands);
        let how = if sweep.stays { "after" } else { "once" };
        let (output, _, failed) = faulty(folders, how, number, sweep);
        if failed == 0 {
            assert!(output.status.success(), "{sweep:?} {number}: {output:?}");
            break;
        }
        told.builds += 1;
        judge(folders, sweep, &output, before.as_ref(), &new, &mut told)
            .unwrap_or_else(|wrong| panic!("{sweep:?} {number}: {wrong}: {output:?}"));
        let next = folders.build("new");
        assert!(next.status.success(), "{sweep:?} {number}, the next build: {next:?}");
        assert_eq!(folders.around(), BESIDE, "{sweep:?} {number}");
        assert!(tree(&folders.out()).as_ref() == Some(&new), "{sweep:?} {number}, the next build");
    }
    assert!(20 < told.refused, "{told:?}");
    told
}

/// Whether one whole generation stands, and the program has said which.
fn judge(
    folders: &Folders,
    sweep: Sweep,
    output: &Output,
    before: Option<&Tree>,
    new: &Tree,
    told: &mut Told,
) -> Result<(), String> {
    let wrong = |words: &str| Err(words.to_owned());
    let stands = tree(&folders.out());
    let is_new = stands.as_ref() == Some(new);
    if !is_new && stands.as_ref() != before {
        // Two renames, and nothing works any more after the first.
        let gap = sweep.stays && !sweep.exchanges && stands.is_none();
        if !gap || tree(&folders.0.join("at/.public.old")).as_ref() != before {
            return wrong("no whole generation stands");
        }
        told.put_back_by_the_next += 1;
    }
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() {
        told.made_all_the_same += 1;
        let mut beside = folders.around();
        // What a page was drawn from may be lost, and be half written: the next build puts it right.
        beside.retain(|name| !name.starts_with(BESIDE[0]));
        return match (is_new, beside == BESIDE[1..]) {
            (true, true) => Ok(()),
            (false, _) => wrong("the new site is not there"),
            (_, false) => wrong("something is left beside the site"),
        };
    }
    told.refused += 1;
    let is_one_line = error.ends_with('\n') && error.lines().count() == 1;
    if output.status.code() != Some(2) || !is_one_line || !output.stdout.is_empty() {
        return wrong("not one message and the exit code for what the world refuses");
    }
    if !error.contains(&format!("`{}", folders.0.display())) {
        return wrong("the message does not name the thing");
    }
    if is_new {
        told.refused_after_the_switch += 1;
        if !error.contains("new site stands") {
            return wrong("the message does not say that the new site stands");
        }
    }
    let folder = folders.0.to_str().unwrap();
    let said = error.trim_end().replace(folder, "…").replace(|c: char| c.is_ascii_digit(), "");
    told.said.0.insert(said);
    Ok(())
}

/// Puts back what stood there, as other names of the same files.
fn restore(kept: &Path, out: &Path, stands: bool) {
    let _ = fs::remove_dir_all(out);
    if !stands {
        return;
    }
    for entry in WalkDir::new(kept) {
        let entry = entry.unwrap();
        let place = out.join(entry.path().strip_prefix(kept).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir(place).unwrap();
        } else {
            fs::hard_link(entry.path(), place).unwrap();
        }
    }
}

/// A build of `new` in which calls fail: its outcome, how many calls were counted and how many failed.
fn faulty(folders: &Folders, how: &str, number: usize, sweep: Sweep) -> (Output, u64, u64) {
    let report = folders.0.join("report");
    let output = Command::new(fail())
        .args([how, &number.to_string(), &sweep.error.to_string()])
        .arg(if sweep.exchanges { "yes" } else { "no" })
        .arg(folders.0.join("new"))
        .args([&report, Path::new(PROGRAM)])
        .args(folders.words("new"))
        // One thread: then the same number is the same call each time.
        .env("RAYON_NUM_THREADS", "1")
        .env("RUST_BACKTRACE", "0")
        .output()
        .unwrap();
    let report = fs::read_to_string(report).unwrap_or_else(|_| panic!("{output:?}"));
    let mut numbers = report.split_whitespace().map(|number| number.parse().unwrap());
    (output, numbers.next().unwrap(), numbers.next().unwrap())
}

/// The program that lets calls fail. The compiler is there: Rust links with it.
fn fail() -> &'static Path {
    static FAIL: OnceLock<PathBuf> = OnceLock::new();
    FAIL.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/fail.c");
        let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fail");
        let mut made = Command::new("cc");
        made.args(["-O1", "-Wall", "-Werror", "-o"]);
        assert!(made.arg(&program).arg(source).status().unwrap().success());
        program
    })
}
