//! Watches real folders. Waits for what has to come with a long limit; what must not come is waited for
//! shortly, so that a slow machine can hide a fault here and never invent one.
#![expect(clippy::disallowed_methods, reason = "the folders that are watched are real ones")]
#![expect(clippy::unwrap_used, reason = "a test ends where its own steps fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

use niemyet::live::Stop;
use niemyet::live::watch::{Watched, watch};

/// How long to wait for what has to come.
const LIMIT: Duration = Duration::from_mins(1);
/// How long to wait for what must not come.
const SHORTLY: Duration = Duration::from_millis(600);
const QUIET: Duration = Duration::from_millis(50);

/// The names of all files with their content.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// A folder `in` that is watched, in a folder of the test's own. Each call reads all of it, as a build does.
struct Watching {
    home: PathBuf,
    calls: Arc<AtomicUsize>,
    read: Arc<Mutex<Files>>,
    /// The paths of which hints told.
    told: Arc<Mutex<BTreeSet<PathBuf>>>,
    stop: Stop,
    thread: Option<JoinHandle<()>>,
}

impl Watching {
    fn start(test: &str, quiet: Duration) -> Self {
        Self::start_with(test, quiet, |_| {})
    }

    fn start_with(test: &str, quiet: Duration, also: impl Fn(&Path) + Send + 'static) -> Self {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("watch-{test}"));
        let _ = fs::remove_dir_all(&home);
        let folder = home.join("in");
        fs::create_dir_all(folder.join("out")).unwrap();
        fs::write(folder.join("a.yaml"), "a").unwrap();
        let (calls, read) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::default()));
        let told: Arc<Mutex<BTreeSet<PathBuf>>> = Arc::default();
        let stop = Stop::default();
        let watched =
            Watched { folders: vec![folder.clone()], ignored: vec![folder.join("out")], quiet };
        let thread = {
            let (calls, read, stop) = (Arc::clone(&calls), Arc::clone(&read), stop.clone());
            let told = Arc::clone(&told);
            spawn(move || {
                let on_hint =
                    |paths: &BTreeSet<PathBuf>| told.lock().unwrap().extend(paths.clone());
                let on_change = || {
                    *read.lock().unwrap() = files(&folder);
                    also(&folder);
                    calls.fetch_add(1, Ordering::SeqCst);
                };
                watch(&watched, &stop, on_hint, on_change, |notice| panic!("{notice}")).unwrap();
            })
        };
        let watching = Self { home, calls, read, told, stop, thread: Some(thread) };
        wait_for("the first call", || watching.calls() >= 1);
        watching
    }

    fn folder(&self) -> PathBuf {
        self.home.join("in")
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    /// Waits until the last call has read what stands there.
    fn sees_all(&self) {
        let there = files(&self.folder());
        wait_for("a call that reads everything", || *self.read.lock().unwrap() == there);
    }

    /// Fails if a call comes.
    fn sleeps(&self) {
        let calls = self.calls();
        sleep(SHORTLY);
        assert_eq!(self.calls(), calls, "nothing has changed");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.stop.stop();
        let ended = self.thread.take().unwrap().join();
        if !std::thread::panicking() {
            ended.unwrap();
            fs::remove_dir_all(&self.home).unwrap();
        }
    }
}

fn wait_for(what: &str, mut came: impl FnMut() -> bool) {
    let start = Instant::now();
    while !came() {
        assert!(start.elapsed() < LIMIT, "{what} did not come");
        sleep(Duration::from_millis(5));
    }
}

fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        if let Ok(content) = fs::read(entry.path()) {
            files.insert(entry.into_path(), content);
        }
    }
    files
}

#[test]
fn many_writes_are_few_calls() {
    let quiet = Duration::from_millis(300);
    let watching = Watching::start("burst", quiet);
    let start = Instant::now();
    for number in 0..200 {
        fs::write(watching.folder().join(format!("{number}.yaml")), "text").unwrap();
    }
    watching.sees_all();
    // A machine that stands still for the quiet time makes the burst look like two.
    let most = 2 + start.elapsed().as_millis() / quiet.as_millis();
    watching.sleeps();
    let calls = watching.calls() as u128;
    assert!((2..=most).contains(&calls), "{calls} calls, at most {most} were expected");
}

#[test]
fn endless_changes_do_not_delay_the_call_for_ever() {
    let watching = Watching::start("endless", Duration::from_millis(100));
    let path = watching.folder().join("a.yaml");
    let mut number = 0;
    wait_for("a call between changes that never end", || {
        number += 1;
        fs::write(&path, number.to_string()).unwrap();
        watching.calls() > 1
    });
}

#[test]
fn files_written_at_once_into_new_folders_are_seen() {
    let watching = Watching::start("new-folder", QUIET);
    for number in 0..10 {
        let folder = watching.folder().join(format!("new-{number}/one/two"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.yaml"), "at once").unwrap();
        watching.sees_all();
        fs::write(folder.join("a.yaml"), "later").unwrap();
        watching.sees_all();
    }
}

#[test]
fn every_file_that_is_written_is_told() {
    let watching = Watching::start("told", QUIET);
    let mut written = BTreeSet::new();
    for number in 0..60_u64 {
        let path = watching.folder().join(format!("{number}.yaml"));
        fs::write(&path, "told").unwrap();
        written.insert(path);
        // Before a hint is handed on, while it is, and while all is quiet again.
        sleep(Duration::from_millis(number * 7 % 60));
    }
    let told = || watching.told.lock().unwrap().clone();
    wait_for("a hint of each", || told().is_superset(&written));
    assert!(told().iter().all(|path| path.starts_with(watching.folder())));
    watching.sees_all();
}

#[test]
fn a_change_is_seen_whose_time_was_put_back() {
    let watching = Watching::start("put-back", QUIET);
    let path = watching.folder().join("a.yaml");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    sleep(SHORTLY);
    fs::write(&path, "b").unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    watching.sees_all();
}

#[test]
fn a_change_while_called_leads_to_another_call() {
    let watching = Watching::start_with("during", QUIET, |folder| {
        let path = folder.join("b.yaml");
        if fs::read(folder.join("a.yaml")).unwrap() == b"changed" && !path.exists() {
            fs::write(path, "written after the folder was read").unwrap();
        }
    });
    fs::write(watching.folder().join("a.yaml"), "changed").unwrap();
    wait_for("the second file", || watching.folder().join("b.yaml").exists());
    watching.sees_all();
}

#[test]
fn a_file_replaced_by_one_of_the_same_length_and_time_is_seen() {
    let watching = Watching::start("replaced", QUIET);
    let path = watching.folder().join("a.yaml");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let other = watching.home.join("other");
    fs::write(&other, "b").unwrap();
    fs::File::options().write(true).open(&other).unwrap().set_modified(time).unwrap();
    fs::rename(&other, &path).unwrap();
    watching.sees_all();
}

#[test]
fn storms_of_renames_end_in_what_stands_there() {
    let watching = Watching::start("renames", QUIET);
    let folder = watching.folder();
    fs::create_dir(folder.join("0")).unwrap();
    for number in 0..500 {
        let (from, to) = (folder.join(number.to_string()), folder.join((number + 1).to_string()));
        fs::write(from.join("new"), number.to_string()).unwrap();
        fs::rename(from.join("new"), from.join("a.yaml")).unwrap();
        fs::rename(from, to).unwrap();
    }
    watching.sees_all();
    // The watcher is still at work in the folder of the last name.
    fs::write(folder.join("500/a.yaml"), "after the storm").unwrap();
    watching.sees_all();
}

#[test]
fn a_folder_may_go_and_come_back() {
    let watching = Watching::start("gone", QUIET);
    for text in ["once", "again"] {
        fs::remove_dir_all(watching.folder()).unwrap();
        watching.sees_all();
        fs::create_dir(watching.folder()).unwrap();
        fs::write(watching.folder().join("a.yaml"), text).unwrap();
        watching.sees_all();
        fs::write(watching.folder().join("a.yaml"), format!("{text}, and changed")).unwrap();
        watching.sees_all();
    }
}

/// The system tells nothing of it: the watched folder stays what it is under another name.
#[test]
fn another_folder_at_the_same_path_is_seen() {
    let watching = Watching::start("exchanged", QUIET);
    let (home, aside) = (&watching.home, watching.home.with_extension("aside"));
    let _ = fs::remove_dir_all(&aside);
    fs::rename(home, &aside).unwrap();
    fs::create_dir_all(watching.folder()).unwrap();
    fs::write(watching.folder().join("b.yaml"), "another").unwrap();
    watching.sees_all();
    fs::write(watching.folder().join("b.yaml"), "changed").unwrap();
    watching.sees_all();
    fs::remove_dir_all(aside).unwrap();
}

#[test]
fn reading_wakes_no_one() {
    let watching = Watching::start("read", QUIET);
    for _ in 0..20 {
        files(&watching.folder());
        fs::File::options().append(true).open(watching.folder().join("a.yaml")).unwrap();
    }
    watching.sleeps();
}

#[test]
fn what_is_ignored_or_hidden_wakes_no_one() {
    let watching = Watching::start("ignored", QUIET);
    let folder = watching.folder();
    fs::create_dir_all(folder.join(".git/refs")).unwrap();
    for number in 0..50 {
        fs::write(folder.join(format!("out/{number}.html")), "page").unwrap();
        fs::write(folder.join(format!(".git/refs/{number}")), "reference").unwrap();
        fs::write(folder.join(".a.yaml.swp"), number.to_string()).unwrap();
    }
    fs::remove_file(folder.join(".a.yaml.swp")).unwrap();
    watching.sleeps();
    fs::write(folder.join("b.yaml"), "b").unwrap();
    wait_for("a call for what is not ignored", || watching.calls() >= 2);
}

#[test]
fn a_build_into_a_watched_folder_makes_no_loop() {
    let watching = Watching::start_with("loop", QUIET, |folder| {
        let (fresh, out) = (folder.join(".out.new"), folder.join("out"));
        fs::create_dir(&fresh).unwrap();
        fs::write(fresh.join("index.html"), "page").unwrap();
        fs::remove_dir_all(&out).unwrap();
        fs::rename(fresh, out).unwrap();
    });
    watching.sleeps();
}
