//! `niemyet serve`: builds, watches, builds again on a change, shows the last good site on this machine.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use serde_json::Value;

use super::args::Global;
use super::bar::{self, Editor};
use super::commands::{Input, read, verdict};
use super::stages::{Doing, seconds};
use super::{Answer, Exit, Failure, clock, colour, say};
use crate::diagnostic::code::Severity;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::FilePath;
use crate::language::Language;
use crate::live::watch::{Watched, watch};
use crate::live::{Days, Pages, Served, Stop, View, serve as server};
use crate::load::{self, Memo};
use crate::model::date::{self, Date};
use crate::pipeline::{self, Stage, Understood};

/// How long nothing may change before the site is made again.
const QUIET: Duration = Duration::from_millis(40);

pub(super) fn serve(global: &Global, port: Option<u16>) -> Result<Answer, Failure> {
    let language = global.lang.map(Language::from).unwrap_or_default();
    // A folder that is not there is a mistake now, though one that vanishes later is waited for.
    read(global)?;
    let listener = server::bind(port).map_err(|error| no_port(port, &error, language))?;
    let address = listener.local_addr()?;
    tell(&match language {
        Language::Vietnamese => format!("xem tại http://{address}/ (Ctrl-C để dừng)"),
        Language::English => format!("serving http://{address}/ (Ctrl-C stops)"),
    });
    let served = Served::new(only(match language {
        Language::Vietnamese => "đang dựng trang lần đầu",
        Language::English => "making the site for the first time",
    }));
    let stop = Stop::default();
    let watching = {
        let (global, served, stop) = (global.clone(), served.clone(), stop.clone());
        let folders =
            std::iter::once(global.catalogue.clone()).chain(global.theme.clone()).collect();
        let watched = Watched { folders, ignored: Vec::new(), quiet: QUIET };
        move || {
            let (memo, mut known) = (Arc::default(), BTreeSet::new());
            let on_change = || rebuild(&global, &served, &memo, &mut known);
            let on_deaf = |why: &str| tell(&deaf(why, language));
            if let Err(error) = watch(&watched, &stop, on_change, on_deaf) {
                tell(&error.to_string());
            }
            stop.stop();
        }
    };
    // Not joined: Ctrl-C need not wait for a build that nobody will see.
    std::thread::spawn(watching);
    server::run(listener, &served, &stop)?;
    stop.stop();
    Ok(Answer { out: String::new(), err: String::new(), exit: Exit::Clean })
}

/// Says something at once; the server runs until it is stopped.
fn tell(text: &str) {
    say(&mut anstream::stderr(), text);
}

fn no_port(port: Option<u16>, error: &io::Error, language: Language) -> Failure {
    let (first, last) = server::PORTS.into_inner();
    Failure::Said(match (port, language) {
        (Some(port), Language::Vietnamese) => {
            format!("không dùng được cổng {port}: {error}; chọn cổng khác bằng `--port`")
        }
        (Some(port), Language::English) => {
            format!("cannot use port {port}: {error}; choose another with `--port`")
        }
        (None, Language::Vietnamese) => {
            format!(
                "không có cổng nào từ {first} đến {last} dùng được: {error}; chọn cổng khác bằng `--port`"
            )
        }
        (None, Language::English) => {
            format!(
                "no port from {first} to {last} can be used: {error}; choose another with `--port`"
            )
        }
    })
}

fn deaf(why: &str, language: Language) -> String {
    match language {
        Language::Vietnamese => {
            format!("hệ thống không báo khi tệp thay đổi ({why}); sẽ xem lại mỗi giây một lần")
        }
        Language::English => {
            format!("the system does not tell of changes ({why}); looking each second instead")
        }
    }
}

/// The files as they stood at one moment, to be seen on any day.
struct State {
    global: Global,
    input: Input,
    editor: Editor,
    /// What was read of the files of procedures, of this state and of those before it.
    memo: Arc<Mutex<Memo>>,
    /// The days on which something changes; they are the same on whichever day one looks.
    days: OnceLock<Value>,
}

/// What one day looks like. What was found in the files is told when it is asked for: whoever waits for a page
/// need not wait for that too.
struct Seen {
    pages: Option<Pages>,
    told: Arc<LazyLock<Told, Box<dyn FnOnce() -> Told + Send>>>,
}

/// What was found in the files.
struct Told {
    report: Report,
    language: Language,
    /// The same as text, where it keeps a site from being made.
    hindered: Option<Arc<str>>,
    bar: Arc<str>,
}

/// Makes the site anew, or keeps the last good one and shows why. On the terminal only what was not found before is
/// told: whoever mends a file reads what it did.
fn rebuild(
    global: &Global,
    served: &Served,
    memo: &Arc<Mutex<Memo>>,
    known: &mut BTreeSet<String>,
) {
    let begun = clock::now();
    let state = match read(global) {
        Ok(input) => Arc::new(State {
            global: global.clone(),
            input,
            editor: Editor::of(&global.catalogue),
            memo: Arc::clone(memo),
            days: OnceLock::new(),
        }),
        Err(failure) => {
            let why = failure.said(global.lang.map(Language::from).unwrap_or_default());
            tell(&why);
            served.show(only(&why));
            return;
        }
    };
    let day = base(global);
    let seen = state.see(day);
    let took = begun.elapsed();
    if seen.pages.is_some() {
        served.put(state.days(day, seen.at_once()));
    }
    let Told { report, language, hindered, .. } = &**seen.told;
    if hindered.is_some() {
        served.show(state.days(day, seen.view()));
    } else {
        served.keep();
    }
    let key = |found: &Diagnostic| {
        let path = found.span.map(|span| state.input.files.path(span.file).as_str());
        let id = found.code.entry().id;
        format!("{id} {} {}", path.unwrap_or_default(), found.message(*language))
    };
    let mut fresh = report.clone();
    fresh.retain(|found| !known.contains(&key(found)));
    *known = report.iter().map(key).collect();
    if !fresh.is_empty() {
        tell(&state.input.print(&fresh, *language, colour()));
    }
    if !global.quiet {
        let weights = [Severity::Error, Severity::Warning, Severity::Notice];
        let counts = weights.map(|weight| report.count(weight));
        tell(&done(hindered.is_none(), took, &verdict(counts, day, *language), *language));
    }
    if let Some(times) = global.stages.taken(*language) {
        tell(&times);
    }
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

/// The day that is shown where none is asked for. It is asked anew each time, for a session may last over midnight.
fn base(global: &Global) -> Date {
    global.as_of.unwrap_or_else(clock::today)
}

/// Words alone, whatever day is asked for.
fn only(words: &str) -> Days {
    let view = View { pages: None, findings: Some(words.into()), bar: Arc::new(|| "null".into()) };
    Days::new(|_| String::new(), move |_| view.clone())
}

impl Seen {
    /// What is shown before anything was found that keeps a site from being made.
    fn at_once(&self) -> View {
        let told = Arc::clone(&self.told);
        View {
            pages: self.pages.clone(),
            findings: None,
            bar: Arc::new(move || Arc::clone(&told.bar)),
        }
    }

    /// What is shown when all is found.
    fn view(&self) -> View {
        let findings = self.told.hindered.clone();
        let pages = self.pages.clone().filter(|_| findings.is_none());
        View { pages, findings, ..self.at_once() }
    }
}

impl State {
    /// What there is to see, of which one day is at hand.
    fn days(self: &Arc<Self>, day: Date, view: View) -> Days {
        let state = Arc::clone(self);
        let global = self.global.clone();
        let meant = move |asked: Option<&str>| {
            let asked = asked.and_then(date::parse).filter(|day| date::is_plausible(*day));
            asked.unwrap_or_else(|| base(&global)).to_string()
        };
        let at_hand = day.to_string();
        Days::new(meant, move |asked| match date::parse(asked) {
            Some(day) if asked != at_hand => state.see(day).view(),
            _ => view.clone(),
        })
    }

    fn see(self: &Arc<Self>, day: Date) -> Seen {
        let Self { global, input, .. } = &**self;
        let stages = &global.stages;
        stages.enter(Doing::In(Stage::Load));
        let loaded = {
            let mut memo = self.memo.lock().unwrap_or_else(PoisonError::into_inner);
            load::load_again(&input.files, &mut memo)
        };
        let enter = |stage| stages.enter(Doing::In(stage));
        let (understood, mut report) = pipeline::understand(loaded, &input.files, day, enter);
        stages.enter(Doing::Lay);
        let site = understood
            .as_ref()
            .and_then(|known| pipeline::site(known, &input.files, &input.theme, &mut report));
        stages.leave();
        let pages = site.map(|site| {
            let draw = move |path: &FilePath| site.page(path).map(|(page, _)| page.bytes);
            Arc::new(draw) as Pages
        });
        let (state, is_made) = (Arc::clone(self), pages.is_some());
        let tell = move || state.tell(understood.as_ref(), report, day, is_made);
        Seen { pages, told: Arc::new(LazyLock::new(Box::new(tell))) }
    }

    /// What is found beside what was found in making the site, and all of it for the bar.
    fn tell(
        &self,
        understood: Option<&Understood>,
        mut report: Report,
        day: Date,
        is_made: bool,
    ) -> Told {
        let Self { global, input, editor, days, .. } = self;
        global.stages.enter(Doing::In(Stage::Check));
        if let Some(understood) = understood {
            pipeline::inspect(understood, &input.files, &mut report);
        }
        if global.as_of.is_some() || day != clock::today() {
            report.retain(|found| !found.code.is_about_a_day_to_come());
        }
        let language = pipeline::language(global.lang.map(Into::into), understood);
        let today = base(global);
        let none = Value::Array(Vec::new());
        let days = match understood {
            Some(understood) => days.get_or_init(|| bar::days(understood, today, language)),
            None => &none,
        };
        let asked = global.as_of.is_some();
        let bar = bar::bar(input, &report, days, (day, today, asked), (editor, language)).into();
        global.stages.leave();
        let is_hindered = !is_made || report.is_structural();
        let hindered = is_hindered.then(|| input.print(&report, language, false).into());
        Told { report, language, hindered, bar }
    }
}
