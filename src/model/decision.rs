//! Announcing decisions (quyết định công bố, QĐCB): the unit by which procedures come, change and go
//! (Nghị định 63/2010/NĐ-CP, Điều 13 to 15).

use super::Slug;
use super::agency::AgencyId;
use super::date::Date;
use super::document::DocumentId;

use crate::files::{Located, Span};

/// A decision of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionId(pub u32);

/// Quyết định công bố TTHC.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The file's stem.
    pub slug: Slug,
    /// Số quyết định.
    pub number: String,
    /// Cơ quan công bố.
    pub issuer: Option<AgencyId>,
    /// Ngày ký.
    pub signed: Option<Date>,
    /// Ngày có hiệu lực.
    pub effective: Option<Date>,
    /// Ngày công khai.
    pub made_public: Option<Date>,
    /// The ministry's decision it follows.
    pub follows: Option<Follows>,
    /// What it does to each procedure.
    pub items: Vec<DecisionItem>,
    /// Where it is named.
    pub span: Span,
    /// Where its days are written, for findings.
    pub places: Places,
}

/// Where the days of a decision are written; nothing where they are not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Of `signed`.
    pub signed: Option<Span>,
    /// Of `effective`.
    pub effective: Option<Span>,
    /// Of `made_public`.
    pub made_public: Option<Span>,
}

/// The ministry's decision that a province's decision follows.
#[derive(Clone, Debug)]
pub struct Follows {
    /// Its number.
    pub decision: String,
    /// The day it was received.
    pub received: Option<Date>,
}

/// What a decision does to one procedure.
#[derive(Clone, Debug)]
pub struct DecisionItem {
    /// What is done.
    pub action: Action,
    /// The procedure's code.
    pub procedure: Located<String>,
    /// The parts that change, as they were written.
    pub parts: Vec<String>,
    /// The legal document that is the cause.
    pub because_of: Option<Located<Cause>>,
    /// The code of the procedure that takes its place.
    pub replaced_by: Option<Located<String>>,
}

impl DecisionItem {
    /// Whether it takes its procedure away: repealed, or replaced by another code.
    #[must_use]
    pub fn repeals(&self) -> bool {
        let code = &self.procedure.value;
        match self.action {
            Action::Repealed => true,
            Action::Replaced => self.replaced_by.as_ref().is_some_and(|by| by.value != *code),
            Action::New | Action::Amended => false,
        }
    }

    /// Whether it announces a code: new, amended, or in the place of another.
    #[must_use]
    pub fn announces(&self, code: &str) -> bool {
        let is_put_in_place = self.replaced_by.as_ref().is_some_and(|by| by.value == code);
        is_put_in_place || (self.procedure.value == code && !self.repeals())
    }
}

/// The legal document behind an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A document of the register.
    Known(DocumentId),
    /// One that the register does not hold.
    Unknown(String),
}

/// Hình thức công bố (Điều 14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Mới ban hành.
    New,
    /// Sửa đổi, bổ sung.
    Amended,
    /// Thay thế.
    Replaced,
    /// Bãi bỏ, hủy bỏ: the procedure is deleted from what is public (Điều 14 khoản 2 điểm c).
    Repealed,
}

impl Action {
    /// All of them, with the word editors write.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::New, "new"),
        (Self::Amended, "amended"),
        (Self::Replaced, "replaced"),
        (Self::Repealed, "repealed"),
    ];
}
