//! Watches folders: waits, lets things settle, looks, calls back.
//!
//! What the system tells of a change is taken as a hint and as nothing more: at once it is handed on for who
//! can make something of it, and then everything is looked at. It misses files that are
//! written at once into a new folder, it loses count when ten thousand files change, it follows a folder that
//! was renamed and is silent on network disks. Whether something changed is decided by comparing what stands
//! in the folders with what stood there before; so neither reading the files, nor what is written to a folder
//! that is ignored, can make a loop. Without any hint it looks all the same, from time to time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use std::{fs, io, path};

use notify::{Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout_at};
use walkdir::{DirEntry, WalkDir};

use super::Stop;

/// How often to look where the system gives hints. Looking at 10,000 files took 40 ms.
const SELDOM: Duration = Duration::from_secs(5);
/// How often to look where it gives none, or where a folder is missing.
const OFTEN: Duration = Duration::from_secs(1);
/// How soon a hint is handed on: one file that is saved brings several.
const SOON: Duration = Duration::from_millis(8);
/// When changes keep coming, the call comes after so many quiet times all the same.
const PATIENCE: u32 = 20;

/// What is watched. Names that start with a dot belong to other tools and are passed over.
#[derive(Clone, Debug)]
pub struct Watched {
    /// The folders. One that is missing is waited for.
    pub folders: Vec<PathBuf>,
    /// What is passed over inside them, such as the folder of the site.
    pub ignored: Vec<PathBuf>,
    /// For how long nothing may happen before the call.
    pub quiet: Duration,
}

/// Calls `on_change` once at the start and again after each change, until stopped. A change during a call
/// leads to another call; nothing is missed between the first reading and the watching.
///
/// `on_hint` hears before that of which paths the system told that something was done to them. They may be any
/// that lie in a folder, more than were changed and fewer; a call of `on_change` follows wherever they were.
///
/// `on_deaf` hears why the system gives no hints; the folders are then looked at each second.
pub fn watch(
    watched: &Watched,
    stop: &Stop,
    mut on_hint: impl FnMut(&BTreeSet<PathBuf>),
    mut on_change: impl FnMut(),
    mut on_deaf: impl FnMut(&str),
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let hints = Arc::new(Hints::default());
    let mut ears: notify::Result<Ears> = Ok(Ears::default());
    let mut seen = None;
    loop {
        let mut now = look(watched);
        let is_same = seen.as_ref().is_some_and(|seen| folders(seen).eq(folders(&now)));
        if !is_same || ears.as_ref().is_ok_and(|ears| !ears.hear_all) {
            // The new ears are there before the old ones are dropped. What was written to a new folder before
            // they were is found by looking again.
            let newer = listen(&watched.folders, &hints);
            if let (Ok(_), Err(error)) = (&ears, &newer) {
                on_deaf(&error.to_string());
            }
            ears = newer;
            now = look(watched);
        }
        if seen.as_ref() != Some(&now) {
            seen = Some(now);
            on_change();
        }
        let hear_all = ears.as_ref().is_ok_and(|ears| ears.hear_all);
        let interval = if hear_all { SELDOM } else { OFTEN };
        let waits = async {
            tokio::select! {
                () = stop.stopped() => None,
                () = sleep(interval) => Some(false),
                () = hints.any.notified() => {
                    sleep(SOON).await;
                    Some(true)
                }
            }
        };
        let Some(is_hinted) = runtime.block_on(waits) else { return Ok(()) };
        if is_hinted {
            on_hint(&hints.take());
            runtime.block_on(settle(&hints.any, watched.quiet));
            let more = hints.take();
            if !more.is_empty() {
                on_hint(&more);
            }
        }
    }
}

/// Waits for quiet behind a hint.
async fn settle(hint: &Notify, quiet: Duration) {
    let latest = Instant::now() + quiet * PATIENCE;
    while Instant::now() < latest {
        let until = latest.min(Instant::now() + quiet);
        if timeout_at(until, hint.notified()).await.is_err() {
            return;
        }
    }
}

/// What the system told and nobody heard yet.
#[derive(Default)]
struct Hints {
    any: Notify,
    paths: Mutex<BTreeSet<PathBuf>>,
}

impl Hints {
    fn take(&self) -> BTreeSet<PathBuf> {
        std::mem::take(&mut *self.paths.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What gives hints while it is held.
#[derive(Default)]
struct Ears {
    _watcher: Option<RecommendedWatcher>,
    /// Not so while a folder is missing.
    hear_all: bool,
}

fn listen(folders: &[PathBuf], hints: &Arc<Hints>) -> notify::Result<Ears> {
    let hints = Arc::clone(hints);
    let named: Vec<_> = folders.iter().map(|folder| (real(folder), folder.clone())).collect();
    let heard = move |event: notify::Result<Event>| {
        // A build opens all files; each opening would be heard.
        if event.as_ref().is_ok_and(|event| event.kind.is_access()) {
            return;
        }
        let paths = event.map(|event| event.paths).unwrap_or_default();
        let paths = paths.iter().filter_map(|path| {
            let inside = |(real, named): &(PathBuf, PathBuf)| {
                Some(named.join(path.strip_prefix(real).ok()?))
            };
            named.iter().find_map(inside)
        });
        hints.paths.lock().unwrap_or_else(PoisonError::into_inner).extend(paths);
        hints.any.notify_one();
    };
    let mut watcher =
        RecommendedWatcher::new(heard, Config::default().with_follow_symlinks(false))?;
    let mut hear_all = true;
    for folder in folders {
        let watching = fs::canonicalize(folder)
            .map_err(notify::Error::io)
            .and_then(|folder| watcher.watch(&folder, RecursiveMode::Recursive));
        match watching {
            Ok(()) => {}
            // It is not there, or a folder in it went while it was walked.
            Err(error) if is_missing(&error) => hear_all = false,
            Err(error) => return Err(error),
        }
    }
    Ok(Ears { _watcher: Some(watcher), hear_all })
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

/// What stands in the folders, by path.
type Picture = BTreeMap<PathBuf, Stamp>;

/// By what a change is known. Two changes of one file to the same length within one tick of the disk's clock
/// look alike; that tick is some milliseconds, and shorter than the quiet time, on all but very old disks.
#[derive(Debug, PartialEq, Eq)]
enum Stamp {
    /// Its time of change is not asked: it changes with the hidden names in it.
    Folder { identity: u64 },
    /// A file, or a link, which is not followed.
    File { identity: u64, length: u64, changed: Option<SystemTime>, noted: (i64, i64) },
}

fn look(watched: &Watched) -> Picture {
    let ignored: Vec<PathBuf> = watched.ignored.iter().map(|path| real(path)).collect();
    let is_seen = |entry: &DirEntry| {
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        let is_ignored = ignored.iter().any(|path| path == entry.path());
        entry.depth() == 0 || !is_hidden && !is_ignored
    };
    let mut picture = Picture::new();
    for folder in &watched.folders {
        // What cannot be read is passed over here: whoever is called reads it too, and says so.
        for entry in WalkDir::new(real(folder)).into_iter().filter_entry(is_seen).flatten() {
            let Ok(metadata) = entry.metadata() else { continue };
            let identity = identity(&metadata);
            let stamp = if metadata.is_dir() {
                Stamp::Folder { identity }
            } else {
                let (length, changed) = (metadata.len(), metadata.modified().ok());
                Stamp::File { identity, length, changed, noted: noted(&metadata) }
            };
            picture.insert(entry.into_path(), stamp);
        }
    }
    picture
}

fn folders(picture: &Picture) -> impl Iterator<Item = (&PathBuf, &Stamp)> {
    picture.iter().filter(|(_, stamp)| matches!(stamp, Stamp::Folder { .. }))
}

/// The path without links, so that one that leads elsewhere now is another; as it is where nothing is there.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).or_else(|_| path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

/// Tells a file from another that took its name.
#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> u64 {
    0
}

/// When the system noted a change of the file, which no program puts back as some do with its time.
#[cfg(unix)]
fn noted(metadata: &fs::Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn noted(_: &fs::Metadata) -> (i64, i64) {
    (0, 0)
}
