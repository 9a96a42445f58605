//! A citation (căn cứ pháp lý): which document, which provisions, and what it carries.

use super::date::{Date, Window};
use super::document::DocumentId;
use super::provision::Provision;
use crate::files::Span;

/// A legal basis of a procedure or of one of its elements.
#[derive(Clone, Debug)]
pub struct Citation {
    /// The document that is cited.
    pub document: Cited,
    /// The provisions that are cited; the whole document where empty.
    pub provisions: Vec<Provision>,
    /// Where each of them is named.
    pub provision_spans: Vec<Span>,
    /// Whether what cites it can stand without it.
    pub role: Role,
    /// The days on which the citation itself is shown.
    pub validity: Window,
    /// Leave to go on using an ended text.
    pub exemption: Option<Exemption>,
    /// Where the document is named.
    pub span: Span,
}

/// What a citation names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cited {
    /// A document of the register.
    Known(DocumentId),
    /// A number or name that the register does not hold, as it was written.
    Unknown(String),
}

/// Vai trò của căn cứ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Role {
    /// Without it the procedure has no ground.
    Main,
    /// One ground among others.
    #[default]
    Supporting,
}

/// Áp dụng chuyển tiếp: an ended text that still applies for a while, stated on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// Why it still applies.
    pub reason: String,
    /// Who approved.
    pub approved_by: String,
    /// The first day on which it no longer does.
    pub until: Date,
    /// Where it is written.
    pub span: Span,
}
