//! Who publishes, and by which rules: `catalogue.yaml`.

use super::Markdown;
use super::date::Date;
use crate::files::{FilePath, Located};
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
    /// The other language in which the site is there too.
    pub second: Option<Language>,
    /// Where to ask.
    pub contacts: Vec<Contact>,
    /// By which rules it publishes.
    pub policies: Policies,
    /// How it is kept up.
    pub upkeep: Upkeep,
    /// Text of the home page.
    pub home: Option<Markdown>,
    /// The procedures that the home page shows with their time and fee, by code.
    pub home_procedures: Vec<Located<String>>,
    /// The day on which its facts were compiled.
    pub compiled: Option<Date>,
    /// Giấy phép: by which its data may be used.
    pub licence: Option<Licence>,
    /// The last day up to which the register of holidays is whole; where it is left out, every year of which
    /// it lists a day.
    pub holidays_until: Option<Date>,
    /// Where the files of the catalogue are kept, for those who would mend them.
    pub repository: Option<Repository>,
}

/// Where the files of a catalogue are kept on the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// Its address, without a slash at the end.
    pub url: String,
    /// How the program that shows it spells its addresses.
    pub host: RepositoryHost,
    /// The branch that is edited.
    pub branch: String,
    /// The folder of the catalogue in it; none where that is the repository's own.
    pub folder: Option<FilePath>,
}

/// A program that shows a repository on the web.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepositoryHost {
    /// GitHub.
    GitHub,
    /// GitLab.
    GitLab,
    /// Gitea and Forgejo.
    Gitea,
    /// Bitbucket.
    Bitbucket,
}

impl RepositoryHost {
    /// All of them, with the words editors write.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::GitHub, "github"),
        (Self::GitLab, "gitlab"),
        (Self::Gitea, "gitea"),
        (Self::Gitea, "forgejo"),
        (Self::Bitbucket, "bitbucket"),
    ];
}

/// By which terms others may use the data.
#[derive(Clone, Debug)]
pub struct Licence {
    /// What it is called.
    pub name: String,
    /// Where its text stands.
    pub url: Option<String>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policies {
    /// What to do with a citation of a document that the register does not hold or cannot date.
    pub unknown_basis: UnknownBasis,
    /// Whether the internal process of a procedure is shown.
    pub show_internal_process: bool,
    /// For so many days after its own a site can be trusted without being made again.
    pub max_age: u32,
    /// Whether scripts and style sheets carry their hash (`integrity`). Browsers then load them from a
    /// server alone, never in a folder that is opened from a disk.
    pub integrity: bool,
}

impl Default for Policies {
    fn default() -> Self {
        Self {
            unknown_basis: UnknownBasis::default(),
            show_internal_process: false,
            max_age: 7,
            integrity: false,
        }
    }
}

/// How a catalogue is kept up: how often its procedures are compared with their source, how many may
/// wait, and how long ahead `check` tells what will go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upkeep {
    /// After this time a procedure is to be compared again; never, where it is left out and the
    /// procedure names no day itself.
    pub check_every: Option<Interval>,
    /// The share of the published procedures that may be overdue, and where it is written; no limit
    /// where it is left out.
    pub overdue_budget: Option<Located<Share>>,
    /// So many days ahead the coming losses are told, the longest first; never where empty.
    pub warn_ahead: Vec<u32>,
}

impl Default for Upkeep {
    fn default() -> Self {
        Self { check_every: None, overdue_budget: None, warn_ahead: vec![90, 60, 30, 14, 7, 1] }
    }
}

/// A span of time between two comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// So many days.
    Days(u32),
    /// So many months by the calendar: from 31 January one month lasts to the end of February.
    Months(u32),
}

/// A share, exact: thousandths of one per cent, 100 000 at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(pub u64);

impl Share {
    /// All.
    pub const WHOLE: u64 = 100_000;

    /// Whether so many of so many are more than this share. Exactly the share is not more.
    #[must_use]
    pub fn is_passed_by(self, part: usize, whole: usize) -> bool {
        part as u128 * u128::from(Self::WHOLE) > u128::from(self.0) * whole as u128
    }
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
