//! `niemyet serve`: builds, watches, builds again on a change, shows the last good site on this machine.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, OnceLock};
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
use crate::model::date::{self, Date};
use crate::pipeline;

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
            let mut known = BTreeSet::new();
            let on_change = || rebuild(&global, &served, &mut known);
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
    /// The days on which something changes; they are the same on whichever day one looks.
    days: OnceLock<Value>,
}

/// What one day looks like.
struct Seen {
    view: View,
    report: Report,
    language: Language,
}

/// Makes the site anew, or keeps the last good one and shows why. On the terminal only what was not found before is
/// told: whoever mends a file reads what it did.
fn rebuild(global: &Global, served: &Served, known: &mut BTreeSet<String>) {
    let begun = clock::now();
    let state = match read(global) {
        Ok(input) => State {
            global: global.clone(),
            input,
            editor: Editor::of(&global.catalogue),
            days: OnceLock::new(),
        },
        Err(failure) => {
            let why = failure.said(global.lang.map(Language::from).unwrap_or_default());
            tell(&why);
            served.show(only(&why));
            return;
        }
    };
    let day = base(global);
    let Seen { view, report, language } = state.see(day);
    let key = |found: &Diagnostic| {
        let path = found.span.map(|span| state.input.files.path(span.file).as_str());
        format!(
            "{} {} {}",
            found.code.entry().id,
            path.unwrap_or_default(),
            found.message(language)
        )
    };
    let mut fresh = report.clone();
    fresh.retain(|found| !known.contains(&key(found)));
    *known = report.iter().map(key).collect();
    if !fresh.is_empty() {
        tell(&state.input.print(&fresh, language, colour()));
    }
    let is_made = view.pages.is_some();
    served.show(state.days(day, view));
    if !global.quiet {
        let weights = [Severity::Error, Severity::Warning, Severity::Notice];
        let counts = weights.map(|weight| report.count(weight));
        tell(&done(is_made, begun.elapsed(), &verdict(counts, day, language), language));
    }
    if let Some(times) = global.stages.taken(language) {
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
    let view = View { pages: None, findings: Some(words.into()), bar: "null".into() };
    Days::new(|_| String::new(), move |_| view.clone())
}

impl State {
    /// What there is to see, of which one day is at hand.
    fn days(self, day: Date, view: View) -> Days {
        let global = self.global.clone();
        let meant = move |asked: Option<&str>| {
            let asked = asked.and_then(date::parse).filter(|day| date::is_plausible(*day));
            asked.unwrap_or_else(|| base(&global)).to_string()
        };
        let at_hand = day.to_string();
        Days::new(meant, move |asked| match date::parse(asked) {
            Some(day) if asked != at_hand => self.see(day).view,
            _ => view.clone(),
        })
    }

    fn see(&self, day: Date) -> Seen {
        let Self { global, input, editor, days } = self;
        let stages = &global.stages;
        let (understood, mut report) =
            pipeline::examine_telling(&input.files, day, |stage| stages.enter(Doing::In(stage)));
        if global.as_of.is_some() || day != clock::today() {
            report.retain(|found| !found.code.is_about_a_day_to_come());
        }
        let language = pipeline::language(global.lang.map(Into::into), understood.as_ref());
        stages.enter(Doing::Lay);
        let site = understood
            .as_ref()
            .and_then(|known| pipeline::site(known, &input.files, &input.theme, &mut report));
        let today = base(global);
        let none = Value::Array(Vec::new());
        let days = match &understood {
            Some(understood) => days.get_or_init(|| bar::days(understood, today, language)),
            None => &none,
        };
        let asked = global.as_of.is_some();
        let bar = bar::bar(input, &report, days, (day, today, asked), (editor, language));
        stages.leave();
        let findings = site.is_none().then(|| input.print(&report, language, false).into());
        let pages = site.map(|site| {
            let draw = move |path: &FilePath| site.page(path).map(|(page, _)| page.bytes);
            Arc::new(draw) as Pages
        });
        Seen { view: View { pages, findings, bar: bar.into() }, report, language }
    }
}
