#![expect(clippy::disallowed_methods, reason = "the command line brings folders and the clock")]
//! What a person typed becomes a run of the pipeline, and its outcome words on the terminal.
//! The only room that knows the clock; commands return their words, [`run`] prints them.

use std::ffi::OsString;
use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};

mod args;
mod asking;
mod astray;
mod audited;
mod bar;
mod bundle;
mod changes;
mod changes_data;
mod changes_extends;
mod changes_parts;
mod clock;
mod coming;
mod commands;
mod cron;
mod desk;
mod diff;
mod fault;
mod fix;
mod fix_data;
mod help;
mod horizon;
mod ics;
mod impact;
mod input;
mod left_out;
mod look;
mod manual;
mod markdown;
mod monitor;
mod new;
mod next;
mod schema;
mod search;
mod serve;
mod source;
mod stages;
mod state;
mod supposed;
mod tally;
mod things;
mod told;
mod value;
pub mod why;

use crate::disk;
use crate::language::Language;
use crate::model::date::Date;
use crate::monitor::Class;
use args::{Command, Line};
use stages::How;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing was found.
    Clean,
    /// Something was found.
    Findings,
    /// The command could not run.
    CouldNotRun,
    /// A posted site was looked at, and this is the worst of what was seen.
    Looked(Class),
    /// A look could not be taken; not the code that says that a site serves what has ended.
    NotLooked,
}

impl Exit {
    /// The process's exit code: 0, 1 or 2; of `monitor` 0 to 5.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::CouldNotRun => 2,
            Self::Looked(class) => class.exit(),
            Self::NotLooked => 5,
        }
    }
}

/// What a command has to say.
struct Answer {
    /// For the standard output.
    out: String,
    /// For the standard error.
    err: String,
    exit: Exit,
}

/// A command that could not run, and what to do about it.
enum Failure {
    /// In the words of the command.
    Said(String),
    /// As the disk or the network gave it.
    World(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::World(error)
    }
}

impl Failure {
    fn said(self, language: Language) -> String {
        match self {
            Self::Said(words) => words,
            Self::World(error) => disk::said(&error, language),
        }
    }
}

/// Runs what was typed and says how it went.
pub fn run(words: impl IntoIterator<Item = OsString>) -> Exit {
    let words: Vec<OsString> = words.into_iter().collect();
    let language = asked_language(&words).unwrap_or_default();
    let looks = command_named(&words) == Some("monitor");
    match fault::caught(language, || run_in(language, words)) {
        Exit::CouldNotRun if looks => Exit::NotLooked,
        exit => exit,
    }
}

fn run_in(help_language: Language, words: Vec<OsString>) -> Exit {
    let line = help::command(help_language)
        .try_get_matches_from(words)
        .and_then(|matches| <Line as clap::FromArgMatches>::from_arg_matches(&matches));
    let line = match line {
        Ok(line) => line,
        Err(error) => {
            // Help and version come this way too, and are no failure.
            let clean = error.exit_code() == 0;
            let words = help::misuse(&error).filter(|_| help_language == Language::Vietnamese);
            match words {
                Some(words) => say(&mut anstream::stderr(), &words),
                None => drop(error.print()),
            }
            return if clean { Exit::Clean } else { Exit::CouldNotRun };
        }
    };
    let today = line.global.as_of.unwrap_or_else(clock::today);
    let global = &line.global;
    begin(&line, today, help_language);
    let answer = match &line.command {
        Command::Check { strict, output } => commands::check(global, today, *strict, output.format),
        Command::Build { out, horizon: None, bundle, closing, output } => {
            commands::build(global, today, (out, bundle.as_deref()), closing, output.format)
        }
        Command::Build { out, horizon: Some(days), closing, output, .. } => {
            horizon::build(global, today, (out, *days), closing, output.format)
        }
        Command::Audit { site, timeout, output } => {
            audited::audit(global, today, (site, *timeout), output.format)
        }
        Command::Monitor { place, watch } => monitor::monitor(global, today, place, watch),
        Command::Why { id, output } => why::why(global, today, id, output.format),
        Command::Next { days, format } => next::next(global, today, *days, *format),
        Command::Impact { id, from, since, format } => match (id, since) {
            (_, Some(revision)) => Err(Failure::Said(impact::moved(revision, help_language))),
            (id, None) => {
                let id = id.as_deref().unwrap_or_default();
                impact::impact(global, today, (id, from.unwrap_or(today)), *format)
            }
        },
        Command::Diff(asked) => diff::diff(global, today, asked),
        Command::Search { query, narrow, output } => {
            search::search(global, today, &query.join(" "), narrow, output.format)
        }
        Command::New { what } => new::new(global, what),
        Command::Schema { check: Some(folder), .. } => schema::check(global, folder),
        Command::Schema { out, format, .. } => schema::schema(global, out.as_deref(), *format),
        Command::Fix(wanted) => fix::fix(global, today, wanted),
        Command::Explain { code, .. } => commands::explain(code.as_deref(), help_language),
        Command::Serve { port } => serve::serve(global, *port),
        Command::Completions { shell } => Ok(manual::completions(*shell, help_language)),
        Command::Man { command } => manual::man(command.as_deref(), help_language),
    };
    let times = global.stages.end();
    let exit = told(answer, help_language);
    if let Some(times) = times {
        say(&mut anstream::stderr(), &times);
    }
    exit
}

/// Says what is about to be done, where that is wanted.
fn begin(line: &Line, today: Date, language: Language) {
    let global = &line.global;
    let how = How { language, verbose: global.verbose, timings: global.timings };
    // Others answer at once, wait for a network, or run until they are stopped.
    let has_line = !global.quiet
        && matches!(
            line.command,
            Command::Check { .. } | Command::Build { .. } | Command::Audit { .. }
        );
    global.stages.begin(how, has_line);
    if global.verbose {
        let folder = global.catalogue.display();
        let said = match language {
            Language::Vietnamese => format!("danh mục `{folder}`, ngày {today} (giờ Việt Nam)"),
            Language::English => format!("catalogue `{folder}`, day {today} (in Việt Nam)"),
        };
        say(&mut anstream::stderr(), &said);
    }
}

/// Prints an answer, or why there is none.
fn told(answer: Result<Answer, Failure>, help_language: Language) -> Exit {
    match answer {
        Ok(answer) => {
            say(&mut anstream::stderr(), &answer.err);
            match print(&mut anstream::stdout(), &answer.out) {
                Ok(()) => answer.exit,
                // A reader that went away, as `head` does, is no failure of ours.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => answer.exit,
                Err(error) => {
                    say(&mut anstream::stderr(), &format!("niemyet: {error}"));
                    Exit::CouldNotRun
                }
            }
        }
        Err(failure) => {
            let label = match help_language {
                Language::Vietnamese => "không chạy được",
                Language::English => "could not run",
            };
            let why = failure.said(help_language);
            say(&mut anstream::stderr(), &format!("niemyet: {label}: {why}"));
            Exit::CouldNotRun
        }
    }
}

/// The command that was typed, also where the line cannot be parsed.
fn command_named(words: &[OsString]) -> Option<&str> {
    let mut words = words.iter().skip(1).filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        if matches!(word, "--catalogue" | "--theme" | "--lang" | "--as-of") {
            words.next();
        } else if !word.starts_with('-') {
            return Some(word);
        }
    }
    None
}

/// The language named on the command line, before it is parsed: help needs it already.
fn asked_language(words: &[OsString]) -> Option<Language> {
    let mut words = words.iter().filter_map(|word| word.to_str());
    let named = loop {
        let word = words.next()?;
        match word.strip_prefix("--lang") {
            Some("") => break words.next()?,
            Some(rest) => break rest.strip_prefix('=')?,
            None => {}
        }
    };
    Language::ALL.into_iter().find(|(_, tag)| *tag == named).map(|(language, _)| language)
}

/// Prints with a line end.
fn print(stream: &mut impl Write, text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    stream.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        stream.write_all(b"\n")?;
    }
    stream.flush()
}

/// Prints where a failure could be told to nobody.
fn say(stream: &mut impl Write, text: &str) {
    let _untold = print(stream, text);
}

/// Whether findings are coloured: on terminals, unless `NO_COLOR` wants none, or wherever `CLICOLOR_FORCE` wants it.
/// `anstream` strips the colour of a stream that has none.
fn colour() -> bool {
    let choices = [AutoStream::choice(&io::stdout()), AutoStream::choice(&io::stderr())];
    choices.into_iter().any(|choice| choice != ColorChoice::Never)
}
