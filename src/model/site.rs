//! Who publishes, and by which rules: `catalogue.yaml`.

use super::Markdown;
use super::date::Date;
use crate::language::Language;

/// The settings of a catalogue.
#[derive(Clone, Debug)]
pub struct Site {
    /// The site's name.
    pub title: String,
    /// Who publishes.
    pub publisher: String,
    /// A sentence shown on every page, such as that the site is an illustration.
    pub notice: Option<String>,
    /// Where the site will stand, with a slash at the end; needed for sitemap and feeds.
    pub base_url: Option<String>,
    /// Language of texts and findings.
    pub language: Language,
    /// Where to ask.
    pub contacts: Vec<Contact>,
    /// By which rules it publishes.
    pub policies: Policies,
    /// Text of the home page.
    pub home: Option<Markdown>,
    /// The day on which its facts were compiled.
    pub compiled: Option<Date>,
}

/// Somebody to ask.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Who.
    pub name: String,
    /// What for.
    pub text: Option<String>,
    /// Where on the web.
    pub url: Option<String>,
    /// By telephone.
    pub phone: Option<String>,
}

/// The rules a catalogue may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Policies {
    /// What to do with a citation of a document that the register does not hold or cannot date.
    pub unknown_basis: UnknownBasis,
    /// Whether the internal process of a procedure is shown.
    pub show_internal_process: bool,
}

/// What becomes of a citation whose document's force is not known. It supports nothing either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum UnknownBasis {
    /// It is left out, and `check` calls it an error.
    #[default]
    Drop,
    /// It is shown as "chưa đối chiếu hiệu lực", and `check` warns: for an office that is still
    /// filling its register.
    Mark,
}

impl UnknownBasis {
    /// Both, with the word editors write.
    pub const ALL: [(Self, &'static str); 2] = [(Self::Drop, "drop"), (Self::Mark, "mark")];
}
