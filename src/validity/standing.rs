//! How a document or a provision stands on a day, and the acts that explain it.

use std::sync::Arc;

use crate::model::date::Date;
use crate::model::document::{Act, DocumentId, Scope};
use crate::model::provision::Provision;

/// The force of a document or a provision on a day (tình trạng hiệu lực).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Force {
    /// Chưa có hiệu lực.
    NotYet,
    /// Chưa có hiệu lực, but some provisions already have.
    NotYetButInPart,
    /// Còn hiệu lực.
    InForce,
    /// Còn hiệu lực, some provisions still to begin.
    InForceInPart,
    /// Hết hiệu lực một phần.
    PartlyEnded,
    /// Tạm ngưng hiệu lực.
    Suspended,
    /// Tạm ngưng hiệu lực một phần.
    PartlySuspended,
    /// Hết hiệu lực toàn bộ.
    Ended,
    /// Hết hiệu lực, trừ some provisions.
    EndedExcept,
    /// Ended before it began.
    Withdrawn,
    /// Chưa rõ.
    Unknown,
    /// A consolidated text (văn bản hợp nhất): it stands as what it consolidates, and has none itself.
    NotItsOwn,
}

impl Force {
    /// Whether a text may be cited as a whole.
    #[must_use]
    pub fn carries_whole(self) -> bool {
        matches!(
            self,
            Self::InForce | Self::InForceInPart | Self::PartlyEnded | Self::PartlySuspended
        )
    }

    /// Whether a provision may be cited: in force and untouched.
    #[must_use]
    pub fn carries_provision(self) -> bool {
        self == Self::InForce
    }

    /// Whether the text has lost its force for good.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Ended | Self::EndedExcept | Self::Withdrawn)
    }
}

/// An answer and its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The force.
    pub force: Force,
    /// The acts that explain it, the deciding one first, each followed by what it rests on: the end of
    /// a parent, and the beginning of what acts where the act's own day does not tell it.
    pub because: Vec<Link>,
}

/// One link of the chain: what happened on a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The day; none where nothing is known of it.
    pub day: Option<Date>,
    /// The document that it happened to.
    pub to: DocumentId,
    /// What happened.
    pub fact: Fact,
}

/// What can happen to a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// It takes effect, as its own text says.
    TakesEffect,
    /// A provision takes effect on its own day.
    ProvisionTakesEffect(Provision),
    /// It takes effect on a first day that was moved.
    Moved(Author),
    /// A provision takes effect on a first day that was moved.
    ProvisionMoved(Provision, Author),
    /// Its own term runs out.
    TermEnds {
        /// What extended the term, if something did.
        extended_by: Option<Author>,
    },
    /// Another document acts on it. Shared, for the same act is told on many days.
    ActedOn(Arc<Deed>),
    /// A suspension of it, by this act, no longer holds, and nothing resumed it.
    SuspensionEnds(Author),
    /// It falls with its parent, by this provision of the law.
    FellWith {
        /// The parent.
        parent: DocumentId,
        /// The parts that fall; all of it where empty.
        own: Vec<Provision>,
        /// What announcements to continue save of it.
        except: Vec<Provision>,
        /// The provision that says so.
        source: &'static str,
    },
    /// Its parent ended and it lives on, by this provision of the law, to be reviewed.
    OutlivedParent {
        /// The parent.
        parent: DocumentId,
        /// The parts that live on; all of it where empty.
        own: Vec<Provision>,
        /// The provision that says so.
        source: &'static str,
    },
    /// It was announced to continue when its parent ended.
    Continued {
        /// The parts that live on; all of it where empty.
        own: Vec<Provision>,
        /// Where that is announced.
        author: Author,
    },
    /// It ends by a supposition: no document of the register does so.
    Supposed {
        /// The provision that ends; all of it where absent.
        part: Option<Provision>,
    },
    /// Its first day is not known.
    BeginningUnknown,
    /// It consolidates these documents, and stands as they do.
    Consolidates(Vec<DocumentId>),
    /// It lies on a circle of documents that act on each other.
    OnCircle,
}

/// Where an act is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Author {
    /// In which document.
    pub by: DocumentId,
    /// In which of its provisions.
    pub clause: Option<Provision>,
}

/// An act of another document, with its reach.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deed {
    /// What was done.
    pub act: Act,
    /// By which document.
    pub by: DocumentId,
    /// By which of its provisions.
    pub clause: Option<Provision>,
    /// To how much.
    pub scope: Scope,
    /// But for these.
    pub except: Vec<Provision>,
}
