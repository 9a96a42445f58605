//! Where a person is at work under `serve`: what was made of all files last, what was changed since, and what is shown
//! now. A small change is shown by who watches, everything else by who builds; neither waits for the other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::args::Global;
use super::commands::{read, verdict};
use super::stages::seconds;
use super::state::{State, Told, base, only};
use super::{clock, colour, say};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::Severity;
use crate::disk;
use crate::files::{FileId, FilePath, FileTree};
use crate::language::Language;
use crate::live::{Served, View};
use crate::load::Memo;
use crate::pipeline::Made;

/// What the two have in common.
pub(super) struct Desk {
    global: Global,
    served: Served,
    memo: Arc<Mutex<Memo>>,
    now: Mutex<Now>,
}

/// What is shown now.
#[derive(Default)]
struct Now {
    /// What was made of all files the last time, where a site could be made of them.
    made: Option<(State, Made)>,
    /// The files that say something else since, each with the number of its change.
    touched: BTreeMap<FilePath, (u64, Vec<u8>)>,
    /// What is shown, where that was made by touching.
    shown: Option<State>,
    /// How many changes there were.
    changes: u64,
    /// The last of them that could not be shown at once; 0 where all could.
    unseen: u64,
}

impl Desk {
    pub(super) fn new(global: &Global, served: &Served) -> Self {
        let (global, served) = (global.clone(), served.clone());
        Self { global, served, memo: Arc::default(), now: Mutex::default() }
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows at once what was changed, where it is a small change of the site that was made last. Every other one is
    /// shown when all is read again.
    pub(super) fn touch(&self, paths: &BTreeSet<PathBuf>) {
        let mut now = self.now();
        now.changes += 1;
        if self.touched(&mut now, paths).is_none() {
            now.unseen = now.changes;
        }
    }

    fn touched(&self, now: &mut Now, paths: &BTreeSet<PathBuf>) -> Option<()> {
        let (state, made) = now.made.as_ref()?;
        if paths.is_empty() || now.unseen > 0 || state.day() != base(&self.global) {
            return None;
        }
        let mut touched = now.touched.clone();
        for (file, bytes) in self.read_again(&made.files, paths)? {
            touched.insert(made.files.path(file).clone(), (now.changes, bytes));
        }
        let touch = state.with(over(&touched, &made.files));
        if !now.shown.as_ref().unwrap_or(state).is_like(&touch) {
            self.served.put(touch.glance(made.touched(&touch.input().files)?));
            now.shown = Some(touch);
        }
        now.touched = touched;
        Some(())
    }

    /// What stands now in the files of the catalogue that something was done to; none where that is not all.
    fn read_again(
        &self,
        files: &FileTree,
        paths: &BTreeSet<PathBuf>,
    ) -> Option<BTreeMap<FileId, Vec<u8>>> {
        let folder = &self.global.catalogue;
        let inside = |path: &PathBuf| FilePath::new(path.strip_prefix(folder).ok()?.to_str()?);
        let paths = paths.iter().map(inside).collect::<Option<Vec<FilePath>>>()?;
        disk::again(folder, files, paths).ok()?
    }

    /// Makes the site anew whenever something changed.
    pub(super) fn build(&self, woken: &Receiver<()>) {
        let mut known = BTreeSet::new();
        while woken.recv().is_ok() {
            self.rebuild(&mut known);
        }
    }

    /// Makes the site anew, or keeps the last good one and shows why. On the terminal only what was not found before
    /// is told: whoever mends a file reads what it did.
    fn rebuild(&self, known: &mut BTreeSet<String>) {
        let Self { global, served, memo, .. } = self;
        let begun = clock::now();
        let number = self.now().changes;
        let state = match read(global) {
            Ok(input) => State::new(global, input, base(global), memo),
            Err(failure) => {
                let why = failure.said(global.lang.map(Language::from).unwrap_or_default());
                tell(&why);
                self.forget();
                served.show(only(&why));
                return;
            }
        };
        let seen = state.see();
        let took = begun.elapsed();
        match &seen.made {
            Some(made) => self.made(&state, made, seen.at_once(), number),
            None => self.forget(),
        }
        let Told { report, language, hindered, .. } = &**seen.told;
        let now = self.now();
        // What was shown since says nothing of this; all will be read again.
        let is_shown = now.shown.is_none();
        if is_shown && hindered.is_none() {
            served.keep();
        }
        drop(now);
        if is_shown && hindered.is_some() {
            self.forget();
            served.show(state.days(seen.view()));
        }
        let key = |found: &Diagnostic| {
            let path = found.span.map(|span| state.input().files.path(span.file).as_str());
            let id = found.code.entry().id;
            format!("{id} {} {}", path.unwrap_or_default(), found.message(*language))
        };
        let mut fresh = report.clone();
        fresh.retain(|found| !known.contains(&key(found)));
        *known = report.iter().map(key).collect();
        if !fresh.is_empty() {
            tell(&state.input().print(&fresh, *language, colour()));
        }
        if !global.quiet {
            let weights = [Severity::Error, Severity::Warning, Severity::Notice];
            let counts = weights.map(|weight| report.count(weight));
            tell(&done(
                hindered.is_none(),
                took,
                &verdict(counts, state.day(), *language),
                *language,
            ));
        }
        if let Some(times) = global.stages.taken(*language) {
            tell(&times);
        }
    }

    /// Shows what was made of all files as they stood after so many changes, with those that came since. What is
    /// shown already is not loaded again.
    fn made(&self, state: &State, made: &Made, view: View, number: u64) {
        let mut now = self.now();
        now.touched.retain(|_, (its, _)| number < *its);
        if now.unseen <= number {
            now.unseen = 0;
        }
        let stood = now.shown.take();
        let stands = |state: &State| stood.as_ref().is_some_and(|stood| stood.is_like(state));
        let touch = state.with(over(&now.touched, &made.files));
        let is_newer = !touch.is_like(state);
        let site = is_newer.then(|| made.touched(&touch.input().files)).flatten();
        if let Some(site) = site {
            if !stands(&touch) {
                self.served.put(touch.glance(site));
            }
            now.shown = Some(touch);
        } else if stands(state) {
            self.served.renew(state.days(view));
        } else {
            self.served.put(state.days(view));
        }
        let older = now.made.replace((state.clone(), made.clone()));
        drop(now);
        // It may be large, and who works on need not wait for it.
        drop((older, stood));
    }

    /// Nothing can be touched where no site could be made.
    fn forget(&self) {
        let mut now = self.now();
        let Now { changes, .. } = *now;
        let older = std::mem::replace(&mut *now, Now { changes, ..Now::default() });
        drop(now);
        drop(older);
    }
}

/// A tree with what was written over its files since.
fn over(touched: &BTreeMap<FilePath, (u64, Vec<u8>)>, files: &FileTree) -> FileTree {
    let now = touched.iter().filter_map(|(path, (_, bytes))| {
        let file = files.find(path.as_str())?;
        Some((file, bytes.clone()))
    });
    files.with(now.collect())
}

fn done(is_made: bool, took: Duration, verdict: &str, language: Language) -> String {
    let took = seconds(took, language);
    match (is_made, language) {
        (true, Language::Vietnamese) => format!("đã dựng lại trong {took}: {verdict}"),
        (true, Language::English) => format!("made again in {took}: {verdict}"),
        (false, Language::Vietnamese) => {
            format!("không dựng được, vẫn cho xem bản trước: {verdict}")
        }
        (false, Language::English) => {
            format!("no site was made, the last one is still shown: {verdict}")
        }
    }
}

/// Says something at once; the server runs until it is stopped.
pub(super) fn tell(text: &str) {
    say(&mut anstream::stderr(), text);
}
