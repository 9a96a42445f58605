//! What `serve` shows of the files as they stood at one moment, on whichever day a browser looks: the site, and what
//! was found in them, told when it is asked for. Knows neither the watching nor the server's threads.

use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use serde_json::Value;

use super::args::Global;
use super::bar::{self, Editor};
use super::clock;
use super::commands::Input;
use super::stages::Doing;
use crate::diagnostic::Report;
use crate::files::{FilePath, FileTree};
use crate::language::Language;
use crate::live::{Days, Late, Pages, View};
use crate::load::{self, Memo};
use crate::model::date::{self, Date};
use crate::pipeline::{self, Made, Site, Stage, Understood};

/// The files as they stood at one moment, to be seen on any day. All clones are one.
#[derive(Clone)]
pub(super) struct State(Arc<Stood>);

struct Stood {
    global: Global,
    input: Input,
    /// The day that is shown where none is asked for.
    day: Date,
    editor: Editor,
    /// What was read of the files of procedures, of this state and of those before it.
    memo: Arc<Mutex<Memo>>,
    /// The days on which something changes; they are the same on whichever day one looks.
    days: OnceLock<Value>,
}

/// What one day looks like. What was found in the files is told when it is asked for: whoever waits for a page
/// need not wait for that too.
pub(super) struct Seen {
    /// The site with all that it was made of.
    pub(super) made: Option<Made>,
    pub(super) told: Arc<LazyLock<Told, Box<dyn FnOnce() -> Told + Send>>>,
}

/// What was found in the files.
pub(super) struct Told {
    pub(super) report: Report,
    pub(super) language: Language,
    /// The same as text, where it keeps a site from being made.
    pub(super) hindered: Option<Arc<str>>,
    bar: Arc<str>,
}

/// The day that is shown where none is asked for. It is asked anew each time, for a session may last over midnight.
pub(super) fn base(global: &Global) -> Date {
    global.as_of.unwrap_or_else(clock::today)
}

/// Words alone, whatever day is asked for.
pub(super) fn only(words: &str) -> Days {
    let bar: Late = Arc::new(|| "null".into());
    let view = View { pages: None, findings: Some(words.into()), bar: Some(bar) };
    Days::new(|_| String::new(), move |_| view.clone())
}

/// The pages of a site, each drawn when it is asked for.
fn drawn(site: &Arc<Site>) -> Pages {
    let site = Arc::clone(site);
    Arc::new(move |path: &FilePath| site.page(path).map(|(page, _)| page.bytes))
}

impl Seen {
    /// What is shown before anything was found that keeps a site from being made.
    pub(super) fn at_once(&self) -> View {
        let told = Arc::clone(&self.told);
        let bar: Late = Arc::new(move || Arc::clone(&told.bar));
        let pages = self.made.as_ref().map(|made| drawn(&made.site));
        View { pages, findings: None, bar: Some(bar) }
    }

    /// What is shown when all is found.
    pub(super) fn view(&self) -> View {
        let findings = self.told.hindered.clone();
        let View { pages, bar, .. } = self.at_once();
        View { pages: pages.filter(|_| findings.is_none()), findings, bar }
    }
}

impl State {
    pub(super) fn new(global: &Global, input: Input, day: Date, memo: &Arc<Mutex<Memo>>) -> Self {
        Self(Arc::new(Stood {
            global: global.clone(),
            input,
            day,
            editor: Editor::of(&global.catalogue),
            memo: Arc::clone(memo),
            days: OnceLock::new(),
        }))
    }

    /// The same with other files of the catalogue.
    pub(super) fn with(&self, files: FileTree) -> Self {
        let Stood { global, input, day, memo, .. } = &*self.0;
        Self::new(global, Input { files, ..input.clone() }, *day, memo)
    }

    /// Whether all pages of two states are the same.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let (Stood { input, day, .. }, its) = (&*self.0, &*other.0);
        *day == its.day && input.files == its.input.files && input.theme == its.input.theme
    }

    pub(super) fn input(&self) -> &Input {
        &self.0.input
    }

    /// The day that is shown where none is asked for.
    pub(super) fn day(&self) -> Date {
        self.0.day
    }

    /// What there is to see, of which one day is at hand.
    pub(super) fn days(&self, view: View) -> Days {
        let state = self.clone();
        let global = self.0.global.clone();
        let meant = move |asked: Option<&str>| {
            let asked = asked.and_then(date::parse).filter(|day| date::is_plausible(*day));
            asked.unwrap_or_else(|| base(&global)).to_string()
        };
        let at_hand = self.0.day.to_string();
        Days::new(meant, move |asked| match date::parse(asked) {
            Some(day) if asked != at_hand => state.see_on(day).view(),
            _ => view.clone(),
        })
    }

    /// What is shown of files of which nothing is known but their site.
    pub(super) fn glance(&self, site: Site) -> Days {
        self.days(View { pages: Some(drawn(&Arc::new(site))), findings: None, bar: None })
    }

    /// Makes the site.
    pub(super) fn see(&self) -> Seen {
        self.see_on(self.0.day)
    }

    fn see_on(&self, day: Date) -> Seen {
        let Stood { global, input, memo, .. } = &*self.0;
        let stages = &global.stages;
        stages.enter(Doing::In(Stage::Load));
        let (loaded, touch) = {
            let mut memo = memo.lock().unwrap_or_else(PoisonError::into_inner);
            (load::load_again(&input.files, &mut memo), memo.touch())
        };
        let enter = |stage| stages.enter(Doing::In(stage));
        let (understood, mut report) = pipeline::understand(loaded, &input.files, day, enter);
        let understood = understood.map(Arc::new);
        stages.enter(Doing::Lay);
        let site = understood
            .as_ref()
            .and_then(|known| pipeline::site(known, &input.files, &input.theme, &mut report));
        stages.leave();
        let made = understood.as_ref().zip(site).map(|(understood, site)| Made {
            files: input.files.clone(),
            understood: Arc::clone(understood),
            site: Arc::new(site),
            touch,
        });
        let (state, is_made) = (self.clone(), made.is_some());
        let tell = move || state.tell(understood.as_deref(), report, day, is_made);
        Seen { made, told: Arc::new(LazyLock::new(Box::new(tell))) }
    }

    /// What is found beside what was found in making the site, and all of it for the bar.
    fn tell(
        &self,
        understood: Option<&Understood>,
        mut report: Report,
        day: Date,
        is_made: bool,
    ) -> Told {
        let Stood { global, input, editor, days, .. } = &*self.0;
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
