//! What is said about a file: a code, a place, values for its words. Owns the words in both languages
//! and the ways to print them, for people and for the programs that show findings in a merge request.
//! Knows no check: checks know it.

use std::collections::BTreeSet;

pub mod code;
pub mod page;
pub mod words;
pub mod text;
pub mod json;
pub mod sheet;
pub mod github;
pub mod gitlab;
pub mod sarif;
pub mod rdjson;
pub mod junit;

use crate::files::Span;
use code::{Code, Severity};
use words::Remark;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where; none where the thing is missing altogether.
    pub span: Option<Span>,
    /// What.
    pub code: Code,
    /// How much it weighs here; mostly what its code weighs.
    pub severity: Severity,
    /// The values of its words, by name.
    pub values: Vec<(&'static str, Value)>,
    /// The nearest thing that would be right, where there is one.
    pub nearest: Option<String>,
    /// What else belongs to it: causes, other places.
    pub notes: Vec<Note>,
    /// The coming day that it is about, where it is about one.
    pub ahead: Option<Box<Ahead>>,
    /// What mends it, where nothing has to be guessed.
    pub fix: Option<Box<Fix>>,
}

/// What mends a finding (sửa tự động), proposed by whoever found the fault: all of it or nothing.
/// How the bytes of a file come to say so is not known here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// What is to be done, in any order.
    pub repairs: Vec<Repair>,
    /// The documents whose end it follows, by their numbers or names.
    pub about: Vec<String>,
}

/// One thing that a fix does. A place is that of the value as it was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Repair {
    /// Writes these letters in the place of those that stand there.
    Write {
        /// Where.
        at: Span,
        /// The letters.
        text: String,
    },
    /// Gives a scalar a value, in quotes where it has some or needs some.
    Value {
        /// Where the scalar stands.
        at: Span,
        /// What it is to say.
        value: String,
    },
    /// Takes out the item of a list in which this stands.
    DropItem {
        /// A place in the item.
        at: Span,
    },
    /// Takes out the key whose value stands here.
    DropKey {
        /// Where the value stands.
        at: Span,
    },
}

/// Letters in the place of others: what a repair means for the bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What goes.
    pub at: Span,
    /// What comes in its place.
    pub text: String,
}

impl From<Repair> for Fix {
    fn from(repair: Repair) -> Self {
        Self { repairs: vec![repair], about: Vec::new() }
    }
}

/// A coming day, for programs that remind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ahead {
    /// The day.
    pub date: String,
    /// How many days are left.
    pub days: u32,
    /// The milestone passed last, in days: the finding is the same until the next one.
    pub stage: u32,
}

/// What stands in a place of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// The same in every language: a number, a name, a date.
    Same(String),
    /// Vietnamese and English.
    Each([String; 2]),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Same(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Same(text.to_owned())
    }
}

impl From<[&str; 2]> for Value {
    fn from(words: [&str; 2]) -> Self {
        Self::Each(words.map(str::to_owned))
    }
}

impl From<[String; 2]> for Value {
    fn from(words: [String; 2]) -> Self {
        Self::Each(words)
    }
}

/// A remark on a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// What is remarked.
    pub remark: Remark,
    /// Where, if somewhere else.
    pub span: Option<Span>,
    /// The values of its words, by name.
    pub values: Vec<(&'static str, Value)>,
}

impl Diagnostic {
    /// A finding at a place.
    #[must_use]
    pub fn new(code: Code, span: Span) -> Self {
        Self { span: Some(span), ..Self::nowhere(code) }
    }

    /// A finding about something that is nowhere.
    #[must_use]
    pub fn nowhere(code: Code) -> Self {
        Self {
            span: None,
            code,
            severity: code.entry().severity,
            values: Vec::new(),
            nearest: None,
            notes: Vec::new(),
            ahead: None,
            fix: None,
        }
    }

    /// Says what mends it.
    #[must_use]
    pub fn fixed_by(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix.map(Box::new);
        self
    }

    /// Gives a value to its words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// Names the nearest thing that would be right.
    #[must_use]
    pub fn near(mut self, nearest: Option<String>) -> Self {
        self.nearest = nearest;
        self
    }

    /// Makes a warning of it, where the catalogue's own rules allow what it is about.
    #[must_use]
    pub fn softened(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Says which coming day it is about, and gives its words `{date}` and `{left}`.
    #[must_use]
    pub fn ahead(mut self, ahead: Ahead) -> Self {
        let Ahead { date, days, stage } = &ahead;
        let s = if *days == 1 { "" } else { "s" };
        let left = [
            format!("còn {days} ngày, mốc {stage} ngày"),
            format!("{days} day{s} left, milestone {stage}"),
        ];
        self = self.with("date", date.as_str()).with("left", left);
        self.ahead = Some(Box::new(ahead));
        self
    }

    /// Makes a warning of a notice, where somebody has to look now.
    #[must_use]
    pub fn raised(mut self) -> Self {
        self.severity = self.severity.min(Severity::Warning);
        self
    }

    /// Adds a remark.
    #[must_use]
    pub fn note(mut self, note: Note) -> Self {
        self.notes.push(note);
        self
    }
}

impl Note {
    /// A remark without a place of its own.
    #[must_use]
    pub fn new(remark: Remark) -> Self {
        Self { remark, span: None, values: Vec::new() }
    }

    /// A remark at another place.
    #[must_use]
    pub fn at(remark: Remark, span: Span) -> Self {
        Self { remark, span: Some(span), values: Vec::new() }
    }

    /// Gives a value to its words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }
}

/// All findings of a run, sorted by place and code, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    findings: BTreeSet<Diagnostic>,
}

impl Report {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.findings.insert(diagnostic);
    }

    /// Takes in the findings of another report.
    pub fn merge(&mut self, other: Self) {
        self.findings.extend(other.findings);
    }

    /// Keeps the findings that are wanted.
    pub fn retain(&mut self, wanted: impl Fn(&Diagnostic) -> bool) {
        self.findings.retain(|found| wanted(found));
    }

    /// All findings in order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Diagnostic> {
        self.findings.iter()
    }

    /// How many there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|found| found.severity == severity).count()
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Whether something was found that keeps a site from being made.
    #[must_use]
    pub fn is_structural(&self) -> bool {
        self.findings.iter().any(|found| found.code.entry().structural)
    }
}

impl FromIterator<Diagnostic> for Report {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(findings: I) -> Self {
        Self { findings: findings.into_iter().collect() }
    }
}

/// A text of the catalogue as it may stand in a finding: its first line, not too long.
#[must_use]
pub fn excerpt(text: &str) -> String {
    const LIMIT: usize = 60;
    let line = text.trim().lines().next().unwrap_or_default();
    match line.char_indices().nth(LIMIT) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}
