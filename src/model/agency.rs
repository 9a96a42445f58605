//! Who does things, and where: agencies and their offices, the levels of government, the fields of work.

use super::Slug;
use super::date::Window;
use crate::files::{Located, Span};

/// An agency of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgencyId(pub u32);

/// An office: its agency, and its place in that agency's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfficeId {
    /// The agency.
    pub agency: AgencyId,
    /// The place in its list of offices.
    pub office: u32,
}

/// A field of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub u32);

/// Cơ quan, đơn vị.
#[derive(Clone, Debug)]
pub struct Agency {
    /// The file's stem, and its address on the site.
    pub slug: Slug,
    /// Stems that its file had before; their addresses lead here.
    pub former_ids: Vec<Located<Slug>>,
    /// Tên cơ quan.
    pub name: String,
    /// Cấp.
    pub level: Option<Level>,
    /// The days on which it exists.
    pub validity: Window,
    /// The agencies whose place it took.
    pub replaces: Vec<AgencyId>,
    /// Nơi tiếp nhận của cơ quan.
    pub offices: Vec<Office>,
    /// Where it is named.
    pub span: Span,
}

/// Bộ phận tiếp nhận và trả kết quả.
#[derive(Clone, Debug)]
pub struct Office {
    /// What `reception` refers to.
    pub id: String,
    /// Tên.
    pub name: String,
    /// Địa chỉ.
    pub address: Option<String>,
    /// Giờ làm việc.
    pub hours: Option<String>,
    /// Điện thoại.
    pub phone: Option<String>,
    /// A link to a map.
    pub map: Option<String>,
    /// The days on which it receives.
    pub validity: Window,
}

/// Lĩnh vực.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its id, and its address on the site.
    pub slug: Slug,
    /// Ids that it had before; their addresses lead here.
    pub former_ids: Vec<Located<Slug>>,
    /// Tên lĩnh vực.
    pub name: String,
    /// Its place in lists; by name where absent.
    pub order: Option<u32>,
    /// Where it is named.
    pub span: Span,
}

/// Cấp thực hiện; cấp huyện ended on 2025-07-01 (Luật 72/2025/QH15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Cấp bộ.
    Ministry,
    /// Cấp tỉnh.
    Province,
    /// Cấp xã.
    Commune,
    /// Cơ quan khác.
    Other,
}

impl Level {
    /// All levels, with the word editors write.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Ministry, "ministry"),
        (Self::Province, "province"),
        (Self::Commune, "commune"),
        (Self::Other, "other"),
    ];
}
