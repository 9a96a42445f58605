//! Legal documents (văn bản) and what they do to each other.
//! Every act is written on the document that acts; the reverse is computed, here nowhere stored.

use super::agency::AgencyId;
use super::date::Date;
use super::provision::Provision;

use super::{Checked, Slug};
use crate::files::{Located, Span};
use crate::language::Language;

/// A document of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// A legal document (văn bản).
#[derive(Clone, Debug)]
pub struct Document {
    /// The file's stem, and its address on the site.
    pub slug: Slug,
    /// Stems that its file had before; their addresses lead here.
    pub former_ids: Vec<Located<Slug>>,
    /// Số, ký hiệu; absent for old texts that are cited by name.
    pub number: Option<String>,
    /// The name under which a text without a number is cited.
    pub short_title: Option<String>,
    /// Trích yếu.
    pub title: String,
    /// Loại văn bản.
    pub kind: Kind,
    /// Cơ quan ban hành; several for joint circulars.
    pub issuers: Vec<AgencyId>,
    /// The province of a local text, as a slug: local numbers repeat in every province.
    pub province: Option<String>,
    /// Ngày ban hành.
    pub signed: Option<Date>,
    /// Ngày có hiệu lực, as its own text says.
    pub effective: Effective,
    /// Provisions that take effect on a day of their own (Luật 64/2025/QH15, Điều 53).
    pub provisions: Vec<OwnStart>,
    /// The first day after its own term, where the text fixes one.
    pub own_end: Option<Date>,
    /// The documents it implements (quy định chi tiết thi hành).
    pub implements: Vec<Implements>,
    /// What it does to others.
    pub effects: Vec<Effect>,
    /// What the national database says of it (tình trạng hiệu lực), for comparison only.
    pub status_asserted: Option<AssertedStatus>,
    /// When and where the entry was compared with its source.
    pub checked: Option<Checked>,
    /// The key that names it, for findings.
    pub span: Span,
    /// Where its days are written, for findings.
    pub places: Places,
}

/// Where the days of a document are written; nothing where they are not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Of `signed`.
    pub signed: Option<Span>,
    /// Of `effective`.
    pub effective: Option<Span>,
    /// Of `last_day`.
    pub last_day: Option<Span>,
    /// Of `status_asserted`.
    pub status_asserted: Option<Span>,
}

impl Document {
    /// One of its places, or the key that names it.
    #[must_use]
    pub fn at(&self, place: Option<Span>) -> Span {
        place.unwrap_or(self.span)
    }

    /// The number, or the name under which it is cited.
    #[must_use]
    pub fn label(&self) -> &str {
        self.number.as_deref().or(self.short_title.as_deref()).unwrap_or(&self.title)
    }
}

/// When a document takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effective {
    /// On this day.
    On(Date),
    /// Said to be unknown: unknown until it ends, ended from then on.
    Unknown,
    /// Not written: such a document supports nothing.
    Missing,
}

/// A provision with a first day of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnStart {
    /// Which provision.
    pub scope: Provision,
    /// Its first day.
    pub from: Date,
    /// Where that day is written.
    pub span: Span,
}

/// A tie to a parent document: this text dies with it, by the regime of the day the parent ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Implements {
    /// The parent.
    pub parent: DocumentId,
    /// The parts of the parent it implements; all of it where empty.
    pub scope: Vec<Provision>,
    /// The parts of this text that do so; all of it where empty.
    pub own: Vec<Provision>,
    /// Where it is written.
    pub span: Span,
}

/// One act of one document on another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// What is done.
    pub act: Act,
    /// To which document.
    pub target: DocumentId,
    /// To how much of it.
    pub scope: Scope,
    /// What stays outside the scope ("hết hiệu lực, trừ …").
    pub except: Vec<Provision>,
    /// From which day; the acting document's own first day where absent.
    pub from: Option<Date>,
    /// The provision of the acting document that says so.
    pub clause: Option<Provision>,
    /// Where it is written.
    pub span: Span,
}

/// The verbs of the law, with what each one needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Thay thế.
    Replaces,
    /// Bãi bỏ.
    Repeals,
    /// Công bố hết hiệu lực.
    DeclaresExpired,
    /// Sửa đổi, bổ sung.
    Amends,
    /// Đính chính.
    Corrects,
    /// Hợp nhất.
    Consolidates,
    /// Tạm ngưng hiệu lực; open-ended where no first day afterwards is given.
    Suspends {
        /// First day on which the suspension no longer holds.
        until: Option<Date>,
    },
    /// Khôi phục hiệu lực, ends a suspension.
    Resumes,
    /// Lùi hoặc đẩy sớm ngày có hiệu lực.
    Postpones {
        /// The new first day.
        to: Date,
    },
    /// Kéo dài thời hạn.
    Extends {
        /// The first day after the new own term.
        until: Date,
    },
    /// Công bố tiếp tục có hiệu lực, which saves a text from falling with its parent.
    DeclaresContinuing,
}

impl Act {
    /// Whether the act takes the target's force away for good.
    #[must_use]
    pub fn ends(self) -> bool {
        matches!(self, Self::Replaces | Self::Repeals | Self::DeclaresExpired)
    }

    /// Whether the act can change the target's force at all.
    #[must_use]
    pub fn touches_force(self) -> bool {
        !matches!(self, Self::Amends | Self::Corrects | Self::Consolidates)
    }
}

/// How much of a document is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// All of it.
    Whole,
    /// These parts; never empty.
    Parts(Vec<Provision>),
    /// Some part that the register does not name.
    Unspecified,
}

/// Loại văn bản (Luật 64/2025/QH15, Điều 4, and the kinds before it).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Hiến pháp.
    Constitution,
    /// Bộ luật.
    Code,
    /// Luật.
    Law,
    /// Pháp lệnh.
    Ordinance,
    /// Nghị quyết.
    Resolution,
    /// Lệnh.
    Order,
    /// Nghị định.
    Decree,
    /// Quyết định.
    Decision,
    /// Thông tư.
    Circular,
    /// Thông tư liên tịch.
    JointCircular,
    /// Chỉ thị.
    Directive,
    /// Văn bản hợp nhất: has no force of its own.
    Consolidation,
    /// Điều ước quốc tế.
    Treaty,
    /// Anything else, such as a công văn, which grounds no procedure.
    Other,
}

impl Kind {
    /// All kinds, the word editors write, and the Vietnamese name.
    pub const ALL: [(Self, &'static str, &'static str); 14] = [
        (Self::Constitution, "hien-phap", "Hiến pháp"),
        (Self::Code, "bo-luat", "Bộ luật"),
        (Self::Law, "luat", "Luật"),
        (Self::Ordinance, "phap-lenh", "Pháp lệnh"),
        (Self::Resolution, "nghi-quyet", "Nghị quyết"),
        (Self::Order, "lenh", "Lệnh"),
        (Self::Decree, "nghi-dinh", "Nghị định"),
        (Self::Decision, "quyet-dinh", "Quyết định"),
        (Self::Circular, "thong-tu", "Thông tư"),
        (Self::JointCircular, "thong-tu-lien-tich", "Thông tư liên tịch"),
        (Self::Directive, "chi-thi", "Chỉ thị"),
        (Self::Consolidation, "van-ban-hop-nhat", "Văn bản hợp nhất"),
        (Self::Treaty, "dieu-uoc-quoc-te", "Điều ước quốc tế"),
        (Self::Other, "khac", "Văn bản"),
    ];

    /// The Vietnamese name, as it stands before a number.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("Văn bản", |(_, _, name)| name)
    }

    /// The name in a language, as it stands before a number; in English that of the Ministry of Justice's
    /// translations.
    #[must_use]
    pub fn said(self, language: Language) -> &'static str {
        if language == Language::Vietnamese {
            return self.name();
        }
        match self {
            Self::Constitution => "Constitution",
            Self::Code => "Code",
            Self::Law => "Law",
            Self::Ordinance => "Ordinance",
            Self::Resolution => "Resolution",
            Self::Order => "Order",
            Self::Decree => "Decree",
            Self::Decision => "Decision",
            Self::Circular => "Circular",
            Self::JointCircular => "Joint Circular",
            Self::Directive => "Directive",
            Self::Consolidation => "Consolidated Document",
            Self::Treaty => "Treaty",
            Self::Other => "Document",
        }
    }
}

/// Tình trạng hiệu lực in the words of the national database of legal documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssertedStatus {
    /// Chưa có hiệu lực.
    NotYet,
    /// Còn hiệu lực.
    InForce,
    /// Hết hiệu lực một phần.
    PartlyEnded,
    /// Hết hiệu lực toàn bộ.
    Ended,
    /// Ngưng hiệu lực.
    Suspended,
    /// Ngưng hiệu lực một phần.
    PartlySuspended,
    /// Không còn phù hợp.
    Obsolete,
    /// Chưa xác định.
    Unknown,
}

impl AssertedStatus {
    /// All of them with the words editors write.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::NotYet, "Chưa có hiệu lực"),
        (Self::InForce, "Còn hiệu lực"),
        (Self::PartlyEnded, "Hết hiệu lực một phần"),
        (Self::Ended, "Hết hiệu lực toàn bộ"),
        (Self::Suspended, "Ngưng hiệu lực"),
        (Self::PartlySuspended, "Ngưng hiệu lực một phần"),
        (Self::Obsolete, "Không còn phù hợp"),
        (Self::Unknown, "Chưa xác định"),
    ];
}
