//! The small registers: life events, joint groups, words, holidays, monthly figures, free pages.

use super::agency::AgencyId;
use super::citation::Citation;
use super::date::{Date, Window};
use super::document::DocumentId;
use super::procedure::TimeLimit;
use super::{Markdown, Slug};
use crate::files::{Located, Span};

/// Sự kiện cuộc đời, nhu cầu kinh doanh: procedures in the order in which one needs them.
#[derive(Clone, Debug)]
pub struct LifeEvent {
    /// The file's stem, and its address on the site.
    pub slug: Slug,
    /// Stems that its file had before; their addresses lead here.
    pub former_ids: Vec<Located<Slug>>,
    /// What happens.
    pub name: String,
    /// Its place in lists.
    pub order: Option<u32>,
    /// A text above the list.
    pub text: Option<Markdown>,
    /// Codes, in order.
    pub procedures: Vec<Located<String>>,
    /// Where it is named.
    pub span: Span,
}

/// Liên thông: procedures filed together.
#[derive(Clone, Debug)]
pub struct Group {
    /// The file's stem, and its address on the site.
    pub slug: Slug,
    /// Stems that its file had before; their addresses lead here.
    pub former_ids: Vec<Located<Slug>>,
    /// Tên nhóm.
    pub name: String,
    /// A text above the list.
    pub text: Option<Markdown>,
    /// Cơ quan đầu mối.
    pub lead: Option<AgencyId>,
    /// Codes, in order.
    pub procedures: Vec<Located<String>>,
    /// The time limit they share.
    pub time: Option<TimeLimit>,
    /// The days on which they can be filed together.
    pub validity: Window,
    /// Its legal basis.
    pub legal_basis: Vec<Citation>,
    /// Where it is named.
    pub span: Span,
}

/// Words: what people say, what is short for what, and what no longer exists.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Từ thường dùng.
    pub synonyms: Vec<Synonym>,
    /// Từ viết tắt.
    pub abbreviations: Vec<Abbreviation>,
    /// Names of what has been abolished.
    pub dead: Vec<DeadTerm>,
}

/// A text in the second language of a catalogue. It is known by what it translates, and stands wherever that
/// stands and as long.
#[derive(Clone, Debug)]
pub struct Translation {
    /// The [key](Self::key) of what it translates.
    pub of: String,
    /// Where that is written.
    pub span: Span,
    /// In the second language.
    pub text: Markdown,
    /// Whether what it translates is the title of a document, and no other text.
    pub is_title: bool,
}

impl Translation {
    /// A text by which its translation is found: how its lines are broken says nothing.
    #[must_use]
    pub fn key(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Everyday words for an official one.
#[derive(Clone, Debug)]
pub struct Synonym {
    /// What people say.
    pub say: Vec<String>,
    /// What it is called.
    pub means: String,
}

/// Từ viết tắt.
#[derive(Clone, Debug)]
pub struct Abbreviation {
    /// The short form.
    pub short: String,
    /// What it stands for.
    pub long: String,
}

/// A tier, a body or a paper that was abolished.
#[derive(Clone, Debug)]
pub struct DeadTerm {
    /// Its name.
    pub term: String,
    /// Other names of it, such as an abbreviation.
    pub also: Vec<String>,
    /// Phrases that hold its name and are right nevertheless.
    pub except: Vec<String>,
    /// The first day without it.
    pub ended: Date,
    /// What there is instead.
    pub instead: Option<String>,
    /// By which document.
    pub because_of: Option<DocumentId>,
    /// Where it is written.
    pub span: Span,
}

/// Ngày nghỉ lễ, and days worked instead (ngày làm bù).
#[derive(Clone, Debug)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// Its name.
    pub name: String,
    /// Whether it is a day worked instead of another.
    pub worked: bool,
}

/// Monthly figures of service quality (Quyết định 766/QĐ-TTg).
#[derive(Clone, Debug)]
pub struct QualityReport {
    /// First day of the month.
    pub month: Date,
    /// The figures.
    pub figures: Vec<QualityFigure>,
}

/// One figure of a monthly report.
#[derive(Clone, Debug)]
pub struct QualityFigure {
    /// What is measured.
    pub name: String,
    /// The figure as it was published.
    pub value: String,
    /// A remark.
    pub note: Option<String>,
}

/// A free page of the site.
#[derive(Clone, Debug)]
pub struct FreePage {
    /// The file's stem, and its address on the site.
    pub slug: Slug,
    /// Stems that its file had before; their addresses lead here.
    pub former_ids: Vec<Located<Slug>>,
    /// Its first heading.
    pub title: String,
    /// What follows the heading.
    pub text: Markdown,
}
