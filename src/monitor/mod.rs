//! What a look at a posted site shows: whether it is the one that was built, whether it can still be
//! trusted on the day, whether anything stands there that must be gone. Owns the judgments on what was
//! seen, and what is remembered from one look to the next.
//!
//! Pure: knows no socket, no disk and no clock. What was seen comes in as [`Observed`], one file at a
//! time, and is let go of once it is judged.

mod ended;
mod headers;
mod memory;
mod sample;
mod served;
mod trust;
mod types;

pub use ended::ended;
pub use headers::{Kept, clock};
pub use memory::Memory;
pub use sample::{Sample, choose, is_for_host};
pub use served::{NOWHERE, Nothing, file, foreign, gone, not_asked, nowhere};
pub use trust::{Trust, manifest};
pub use types::Types;

use crate::files::FilePath;

/// How bad it is, the worst last. The worst finding decides about the whole look.
///
/// Bytes that nobody built come first, for then nothing else that was seen can be believed. Ended law on
/// the page comes before what could not be seen: it is known to do harm. What could not be seen comes
/// before what is merely old, for it may hide either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// All is as it should be.
    Fresh,
    /// Older than it says it may be, or on a host that is set up so that readers may get it older, or get it
    /// as something else.
    Stale,
    /// Something could not be seen.
    Unreachable,
    /// What has ended, or is not public, is served.
    Ended,
    /// Not what was built, or an earlier state of it.
    Tampered,
}

impl Class {
    /// The exit code of a look whose worst finding this is.
    #[must_use]
    pub fn exit(self) -> u8 {
        match self {
            Self::Fresh => 0,
            Self::Stale => 1,
            Self::Ended => 2,
            Self::Tampered => 3,
            Self::Unreachable => 4,
        }
    }

    /// The name of the class for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Stale => "stale",
            Self::Ended => "ended",
            Self::Tampered => "tampered",
            Self::Unreachable => "unreachable",
        }
    }
}

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// How bad it is.
    pub class: Class,
    /// What it is, for programs.
    pub kind: &'static str,
    /// At which address, where it is about one.
    pub path: Option<FilePath>,
    /// In words, Vietnamese and English.
    pub said: [String; 2],
}

impl Finding {
    /// A finding about the whole site.
    #[must_use]
    pub fn new(class: Class, kind: &'static str, said: [String; 2]) -> Self {
        Self { class, kind, path: None, said }
    }

    /// The same about one address.
    #[must_use]
    pub fn at(self, path: &FilePath) -> Self {
        Self { path: Some(path.clone()), ..self }
    }
}

/// The worst of all findings.
#[must_use]
pub fn worst(findings: &[Finding]) -> Class {
    findings.iter().map(|found| found.class).max().unwrap_or(Class::Fresh)
}

/// What was seen at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Observed {
    /// Somebody answered.
    Answered(Reply),
    /// Readers are sent to another host, which was not followed.
    Elsewhere(String),
    /// No answer, or not a whole one; why, in Vietnamese and English.
    Unreachable([String; 2]),
    /// Nobody asked any more, after too much did not answer.
    NotAsked,
}

/// An answer, as far as it is judged. A file of a folder is one with status 200 and no headers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The status of HTTP.
    pub status: u16,
    /// What came, at most as much as may come.
    pub bytes: Vec<u8>,
    /// Whether more would have come.
    pub is_cut: bool,
    /// `Cache-Control`.
    pub cache_control: Option<String>,
    /// `Date`.
    pub date: Option<String>,
    /// `Age`.
    pub age: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
}

impl Observed {
    /// The bytes that a reader of the address gets, if they get any.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Answered(answer) if answer.status == 200 => Some(&answer.bytes),
            _ => None,
        }
    }
}
