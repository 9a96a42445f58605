//! The theme: templates, words and assets. The default theme is compiled in; a folder is laid over it
//! file by file. A template of the overlay takes the place of the default one, which it can still reach
//! as `default/…`.
//!
//! A template sees the views it is given and nothing else: the engine has no function that reads a file,
//! the environment or the clock, and none is added here.

use std::collections::BTreeMap;

use tera::{ErrorKind, ReportError, Tera};

use super::assets::{self, Asset, extension};
use super::words::Words;
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report, Value};
use crate::files::{Content, FileTree};
use crate::language::Language;

macro_rules! embed {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../themes/default/", $path)))),*]
    };
}

/// The files of the default theme: path and bytes.
pub const DEFAULT: &[(&str, &[u8])] = embed![
    "agency.html",
    "assets/due.js",
    "assets/fonts/OFL.txt",
    "assets/fonts/be-vietnam-pro-400.woff2",
    "assets/fonts/be-vietnam-pro-600.woff2",
    "assets/guard.js",
    "assets/icon.svg",
    "assets/kiosk.css",
    "assets/kiosk.js",
    "assets/niemyet.js",
    "assets/paper.css",
    "assets/search.js",
    "assets/style.css",
    "changes.html",
    "closed.html",
    "components.html",
    "document.html",
    "documents.html",
    "event.html",
    "home.html",
    "index.html",
    "moved.html",
    "not-found.html",
    "open-data.html",
    "page.html",
    "posting.html",
    "procedure.html",
    "procedures.html",
    "prose.html",
    "search.html",
    "strings/en.yaml",
    "strings/vi.yaml",
    "terms.html",
    "tombstone.html",
    "turns.html",
];

/// How many templates a theme may have, and how many branches one of them. The engine goes one call deeper for each
/// template that includes the next and for each `elif`; hundreds of the one and thousands of the other end the process.
const TEMPLATES: usize = 64;
const BRANCHES: usize = 500;

const OVERLAY: &str = "theme/";
const BEHIND: &str = "default/";

/// Templates, words and assets, ready to draw with.
#[derive(Clone)]
pub struct Theme {
    pub(super) tera: Tera,
    pub(super) words: Words,
    /// The same in the other language, for a site that is there in both.
    second: Words,
    pub(super) assets: Vec<Asset>,
}

impl Theme {
    /// Lays a folder over the default theme. What cannot be used is found, and the default stands in.
    #[must_use]
    pub fn new(overlay: &FileTree, language: Language) -> (Self, Report) {
        let mut report = Report::default();
        let mut own = BTreeMap::new();
        for (_, path, content) in overlay.iter() {
            match content {
                Content::Bytes(bytes) => {
                    own.insert(path.as_str(), bytes.as_slice());
                }
                Content::SymbolicLink | Content::Special | Content::TooLarge(_) => {
                    report.push(finding(path.as_str(), "not a plain file of a size that is read"));
                }
                Content::OddName(name) => {
                    let why = "its name is not UTF-8 or holds what no path may hold";
                    report.push(finding(name, why));
                }
            }
        }
        let mut words = |language: Language| {
            let strings = format!("strings/{}.yaml", language.tag());
            let own = own.get(&*strings).copied();
            let (words, wrong) = Words::read(language, default(&strings), own);
            if let Some(wrong) = wrong {
                report.push(finding(&strings, &wrong));
            }
            words
        };
        let (words, second) = (words(language), words(language.other()));
        let theme = Self {
            tera: templates(&own, &mut report),
            words,
            second,
            assets: assets::all(DEFAULT, &own),
        };
        (theme, report)
    }

    /// What a language calls itself.
    pub(super) fn own_name(&self, language: Language) -> &str {
        let words = if language == self.words.language { &self.words } else { &self.second };
        words.say("language_switch")
    }

    /// The words of the other language.
    pub(super) fn other_words(&self) -> &Words {
        &self.second
    }

    /// The same theme in the other language.
    pub(super) fn in_second(&self) -> Self {
        let (words, second) = (self.second.clone(), self.words.clone());
        Self { words, second, ..self.clone() }
    }
}

fn default(path: &str) -> &'static [u8] {
    DEFAULT.iter().find(|(name, _)| *name == path).map_or(&[], |(_, bytes)| bytes)
}

fn is_template(path: &str) -> bool {
    extension(path) == "html" && !path.starts_with("assets/")
}

/// The default templates, and those of the overlay that can be read.
fn templates(own: &BTreeMap<&str, &[u8]>, report: &mut Report) -> Tera {
    let mut all = Vec::new();
    for (path, bytes) in DEFAULT.iter().filter(|(path, _)| is_template(path)) {
        let text = std::str::from_utf8(bytes).expect("the default theme is UTF-8");
        all.push((format!("{BEHIND}{path}"), text));
    }
    let n_default = all.len();
    let mut templates = own.iter().filter(|(path, _)| is_template(path));
    for (path, bytes) in templates.by_ref().take(TEMPLATES) {
        let name = format!("{OVERLAY}{path}");
        match std::str::from_utf8(bytes) {
            Ok(text) if BRANCHES < text.matches("elif").count() => {
                report.push(finding(path, &format!("more than {BRANCHES} branches `elif`")));
            }
            Ok(text) => match syntax_error(&name, text) {
                Some(error) => report.push(error),
                None => all.push((name, text)),
            },
            Err(_) => report.push(finding(path, "not UTF-8")),
        }
    }
    if let Some((path, _)) = templates.next() {
        report.push(finding(path, &format!("a theme has at most {TEMPLATES} templates")));
    }
    let mut tera = empty();
    if let Err(error) = tera.add_raw_templates(all.iter().map(|(name, text)| (name, *text))) {
        report.merge(own_findings(&error));
        tera = empty();
        let default = all[..n_default].iter().map(|(name, text)| (name, *text));
        tera.add_raw_templates(default).expect("the default templates fit each other");
    }
    tera
}

fn empty() -> Tera {
    let mut tera = Tera::default();
    tera.set_fallback_prefixes([OVERLAY, BEHIND]).expect("no template was added yet");
    tera
}

/// What is wrong with a template by itself; what it refers to is looked at when all are there.
fn syntax_error(name: &str, text: &str) -> Option<Diagnostic> {
    match Tera::default().add_raw_template(name, text) {
        Err(error) => match error.kind() {
            ErrorKind::SyntaxError(place) => Some(at(place)),
            _ => None,
        },
        Ok(()) => None,
    }
}

/// The findings about the overlay. A default template that no longer fits follows from one of its files:
/// it is named, once, only where nothing nearer to the cause is.
fn own_findings(error: &tera::Error) -> Report {
    let is_follower = |found: &Diagnostic| match found.values.first() {
        Some((_, Value::Same(name))) => name.starts_with(BEHIND),
        _ => false,
    };
    let (followers, own): (Vec<_>, Vec<_>) =
        findings(error, "?").into_iter().partition(is_follower);
    let n_followers = usize::from(own.is_empty());
    own.into_iter().chain(followers.into_iter().take(n_followers)).collect()
}

/// All findings of an error of the engine; where it names no place, it is the template that was drawn.
pub(super) fn findings(error: &tera::Error, drawn: &str) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(place) | ErrorKind::RenderingError(place) => vec![at(place)],
        // Several unknown names come in one text: "error: words", then " --> file:line:column".
        ErrorKind::Msg(text) => {
            let one = |part: &str| {
                let mut lines = part.lines();
                let words = lines.next().unwrap_or_default().trim_start_matches("error: ");
                let place = lines.next().and_then(|line| line.split_once("--> "));
                finding(place.map_or(drawn, |(_, place)| place), words)
            };
            text.split("\n\n").map(one).collect()
        }
        ErrorKind::MissingParent { current, .. } => {
            vec![finding(current, &error.to_string())]
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            vec![finding(tpl, &error.to_string())]
        }
        other => vec![finding(drawn, &other.to_string())],
    }
}

fn at(place: &ReportError) -> Diagnostic {
    let span = place.span();
    let name = format!("{}:{}:{}", place.filename(), span.start_line, span.start_col + 1);
    finding(&name, place.message())
}

/// The place is named in words: a span would point into the catalogue, whose files these are not.
pub(super) fn finding(place: &str, words: &str) -> Diagnostic {
    let place = place.strip_prefix(OVERLAY).unwrap_or(place);
    Diagnostic::nowhere(Code::Template)
        .with("name", place)
        .note(Note::new(Remark::Cause).with("text", words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::FilePath;

    fn overlay(files: &[(&str, &str)]) -> FileTree {
        let entry = |(path, text): &(&str, &str)| {
            (FilePath::new(path).expect("a path"), Content::Bytes(text.as_bytes().to_vec()))
        };
        FileTree::new(files.iter().map(entry).collect())
    }

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let (_, report) = Theme::new(&overlay(files), Language::English);
        let words = |found: &Diagnostic| {
            let note = found.notes.first().map(|note| note.message(Language::English));
            format!("{}: {}", found.message(Language::English), note.unwrap_or_default())
        };
        report.iter().map(words).collect()
    }

    #[test]
    fn default_theme_is_whole() {
        for (language, _) in Language::ALL {
            let (theme, report) = Theme::new(&FileTree::default(), language);
            assert!(report.is_empty(), "{report:?}");
            assert!(theme.words.texts.len() > 50);
        }
    }

    #[test]
    fn templates_reach_no_file_clock_or_environment() {
        for call in
            ["now()", "get_env(name='HOME')", "get_random(start=0, end=9)", "load_data(path='x')"]
        {
            let found = found(&[("page.html", &format!("<p>{{{{ {call} }}}}</p>"))]);
            assert!(
                found[0].contains("page.html:1:7") && found[0].contains("Unknown function"),
                "{found:?}"
            );
        }
    }

    #[test]
    fn mistakes_have_places() {
        let broken = found(&[("home.html", "a\n{% if %}")]);
        assert!(broken[0].contains("`home.html:2:"), "{broken:?}");
        let missing = found(&[("home.html", "{% extends \"none.html\" %}")]);
        assert!(
            missing[0].contains("`home.html`") && missing[0].contains("none.html"),
            "{missing:?}"
        );
        let circle = found(&[("page.html", "{% extends \"page.html\" %}")]);
        assert!(circle[0].contains("Circular"), "{circle:?}");
        let words = found(&[("strings/en.yaml", "- a")]);
        assert!(words[0].contains("strings/en.yaml"), "{words:?}");
    }

    #[test]
    fn cause_is_named_once() {
        let found = found(&[("page.html", "<p>nothing to fill</p>")]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("Block `content`"), "{found:?}");
    }

    #[test]
    fn overlay_extends_what_it_covers() {
        let files = [("page.html", "{% extends \"default/page.html\" %}")];
        assert_eq!(found(&files), Vec::<String>::new());
    }
}
