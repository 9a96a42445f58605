//! What a run is busy with: on a terminal a line for who waits longer than a second, and at its end what took
//! longest; with `--verbose` a line a stage, with `--timings` how long each took. Says nothing of what is found.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{clock, say};
use crate::language::Language;
use crate::pipeline::Stage;

/// Who waits less than this is told nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is drawn anew.
const TICK: Duration = Duration::from_millis(200);

/// How many signs the bar has.
const BAR: usize = 20;

/// What a run can be busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    Read,
    In(Stage),
    Lay,
    Draw,
}

impl Doing {
    /// All, in their order.
    const ALL: [Self; 7] = [
        Self::Read,
        Self::In(Stage::Load),
        Self::In(Stage::Judge),
        Self::In(Stage::Hush),
        Self::In(Stage::Check),
        Self::Lay,
        Self::Draw,
    ];

    fn place(self) -> usize {
        Self::ALL.iter().position(|doing| *doing == self).unwrap_or_default()
    }

    fn said(self, language: Language) -> &'static str {
        let words = match self {
            Self::Read => ["đọc tệp", "read files"],
            Self::In(Stage::Load) => ["hiểu danh mục", "understand the catalogue"],
            Self::In(Stage::Judge) => ["xét hiệu lực", "judge what is in force"],
            Self::In(Stage::Check) => ["kiểm tra", "check"],
            Self::In(Stage::Hush) => ["tìm chữ nhắc cái đã hết", "find texts that name what ended"],
            Self::Lay => ["sắp các trang", "lay out pages"],
            Self::Draw => ["vẽ, soát và ghi trang", "draw, audit and write pages"],
        };
        language.pick(words)
    }
}

/// How much is told.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct How {
    pub(super) language: Language,
    pub(super) verbose: bool,
    pub(super) timings: bool,
}

/// The stages of a run. All clones are one; before [`Stages::begin`] it says nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Stages(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    /// How many of the pages are done, and how many there are.
    done: AtomicUsize,
    all: AtomicUsize,
}

#[derive(Debug, Default)]
struct State {
    how: How,
    now: Option<(Doing, Instant)>,
    /// By their places, in nothing but the order of stages.
    took: BTreeMap<usize, Duration>,
    line: Option<Line>,
}

/// The line on the terminal; it goes when its sender is dropped.
#[derive(Debug)]
struct Line {
    end: Sender<()>,
    /// Says whether the line was ever drawn.
    thread: JoinHandle<bool>,
}

impl Stages {
    /// Says from now on how things go. A line that changes is for a terminal alone.
    pub(super) fn begin(&self, how: How, has_line: bool) {
        self.state().how = how;
        if has_line && !how.verbose && io::stderr().is_terminal() {
            let (end, ended) = channel();
            let (stages, begun) = (self.clone(), clock::now());
            let thread = std::thread::spawn(move || {
                let mut is_drawn = false;
                while ended.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                    if begun.elapsed() >= PATIENCE {
                        draw(&format!("\r\u{1b}[K{}", stages.line(begun)));
                        is_drawn = true;
                    }
                }
                if is_drawn {
                    draw("\r\u{1b}[K");
                }
                is_drawn
            });
            self.state().line = Some(Line { end, thread });
        }
    }

    /// Another stage begins, and the one before it has ended.
    pub(super) fn enter(&self, doing: Doing) {
        self.leave();
        let mut state = self.state();
        if state.how.verbose {
            say(&mut anstream::stderr(), &format!("{}…", doing.said(state.how.language)));
        }
        state.now = Some((doing, clock::now()));
    }

    /// The present stage has ended.
    pub(super) fn leave(&self) {
        let mut state = self.state();
        if let Some((doing, since)) = state.now.take() {
            *state.took.entry(doing.place()).or_default() += since.elapsed();
        }
    }

    /// So many pages will come.
    pub(super) fn expect(&self, pages: usize) {
        self.0.all.store(pages, Ordering::Relaxed);
    }

    /// One page is done.
    pub(super) fn step(&self) {
        self.0.done.fetch_add(1, Ordering::Relaxed);
    }

    /// The run is over: takes the line away, and gives the times where they were asked for; to who has seen the
    /// line, what took longest.
    pub(super) fn end(&self) -> Option<String> {
        let (line, language) = {
            let mut state = self.state();
            (state.line.take(), state.how.language)
        };
        let mut is_drawn = false;
        if let Some(Line { end, thread }) = line {
            drop(end);
            // A line that could not be drawn is no failure of the run.
            is_drawn = thread.join().unwrap_or_default();
        }
        let longest = self.longest(language).filter(|_| is_drawn);
        self.taken(language).or(longest)
    }

    /// Which stage took longest, and how long all took.
    fn longest(&self, language: Language) -> Option<String> {
        self.leave();
        let state = self.state();
        let (place, longest) = state.took.iter().max_by_key(|(_, took)| **took)?;
        let name = Doing::ALL[*place].said(language);
        let [longest, sum] =
            [*longest, state.took.values().sum()].map(|took| seconds(took, language));
        Some(match language {
            Language::Vietnamese => format!("hết {sum}; lâu nhất: {name}, {longest}"),
            Language::English => format!("took {sum}; longest: {name}, {longest}"),
        })
    }

    /// How long each stage took since it was last asked, where that is wanted.
    pub(super) fn taken(&self, language: Language) -> Option<String> {
        self.leave();
        let mut state = self.state();
        let took = std::mem::take(&mut state.took);
        if !state.how.timings || took.is_empty() {
            return None;
        }
        let (title, total) = match language {
            Language::Vietnamese => ("thời gian:", "tất cả"),
            Language::English => ("times:", "all"),
        };
        let mut text = title.to_owned();
        let stages = took.iter().map(|(place, took)| (Doing::ALL[*place].said(language), *took));
        let sum = took.values().sum::<Duration>();
        for (name, took) in stages.chain([(total, sum)]) {
            let gap = " ".repeat(34_usize.saturating_sub(name.chars().count()));
            let _never = write!(text, "\n  {name}{gap}{:>8}", seconds(took, language));
        }
        Some(text)
    }

    fn line(&self, begun: Instant) -> String {
        let state = self.state();
        let language = state.how.language;
        let doing = state.now.map(|(doing, _)| doing);
        let name = doing.map_or("…", |doing| doing.said(language));
        let done = self.0.done.load(Ordering::Relaxed);
        let all = self.0.all.load(Ordering::Relaxed);
        let pages = match done {
            _ if doing != Some(Doing::Draw) => String::new(),
            // A site has some files that are at no address of its layout.
            done if done <= all => {
                let full = done * BAR / all.max(1);
                format!(" [{}{}] {done}/{all}", "#".repeat(full), "-".repeat(BAR - full))
            }
            done => format!(" {done}"),
        };
        format!("{name}{pages} ({})", seconds(begun.elapsed(), language))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A time in seconds, with the sign for decimals that the language has.
pub(super) fn seconds(took: Duration, language: Language) -> String {
    let text = format!("{:.2}", took.as_secs_f64());
    match language {
        Language::Vietnamese => format!("{} giây", text.replace('.', ",")),
        Language::English => format!("{text} s"),
    }
}

/// Without a line end; a terminal that takes nothing is no failure.
fn draw(text: &str) {
    let mut stream = io::stderr();
    let _untold = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}
