//! Free text: every scalar that a site may show in words of its own, wherever it stands in a catalogue.
//! The loader gathers them all, so that what judges texts needs no list of fields.

use super::date::{Date, Window};
use super::procedure::ProcedureId;
use crate::files::Span;

/// A free text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// The text.
    pub text: String,
    /// Where the scalar stands.
    pub span: Span,
    /// Whether its marks are Markdown.
    pub is_markdown: bool,
    /// What it belongs to.
    pub owner: Owner,
    /// The days on which everything around it applies, but for the owner's own standing.
    pub validity: Window,
}

/// What a free text belongs to, which tells the day to judge it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The site, an agency, a page: whatever is shown today.
    Site,
    /// A version of a procedure.
    Procedure(ProcedureId),
    /// A joint group, by its place in the catalogue's list.
    Group(usize),
    /// The figures of a month, by its first day.
    Month(Date),
}
