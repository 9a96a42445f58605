//! Administrative procedures (thủ tục hành chính, TTHC): the parts of Nghị định 63/2010/NĐ-CP, Điều 8,
//! as amended by Nghị định 92/2017/NĐ-CP, and what the national portal adds to them.

use std::fmt;

use super::agency::{AgencyId, FieldId, Level, OfficeId};
use super::citation::Citation;
use super::date::{Date, Window};
use super::decision::DecisionId;

use super::{Checked, Markdown, Slug};
use crate::files::{FilePath, Located, Span};

/// One version of a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProcedureId(pub u32);

/// A procedure, or one version of it: versions share the code and follow each other in time.
#[derive(Clone, Debug)]
pub struct Procedure {
    /// The file's stem, and its address on the site.
    pub slug: Slug,
    /// Stems that its file had before; their addresses lead here.
    pub former_ids: Vec<Located<Slug>>,
    /// Mã số TTHC.
    pub code: Located<String>,
    /// Tên thủ tục, as announced.
    pub title: String,
    /// What a citizen would call it.
    pub plain_title: Option<String>,
    /// Words under which it is looked up.
    pub search_terms: Vec<String>,
    /// Lĩnh vực.
    pub field: FieldId,
    /// Cấp thực hiện.
    pub levels: Vec<Level>,
    /// Loại thủ tục.
    pub class: Option<String>,
    /// Đối tượng thực hiện.
    pub audience: Vec<Audience>,
    /// Where the record stands on the national portal.
    pub source: Option<String>,
    /// Public, or internal (TTHC nội bộ), which no public page shows.
    pub visibility: Visibility,
    /// Made by a ministry or by the province itself.
    pub origin: Origin,
    /// The days on which this version is announced to apply.
    pub validity: Window,
    /// Căn cứ pháp lý.
    pub legal_basis: Vec<Citation>,
    /// Cơ quan giải quyết.
    pub authority: Authority,
    /// Không phụ thuộc địa giới hành chính.
    pub any_office: bool,
    /// Cách thức thực hiện.
    pub channels: Vec<Channel>,
    /// Địa chỉ tiếp nhận hồ sơ.
    pub reception: Vec<Reception>,
    /// Trường hợp; one without a title where the procedure has no cases.
    pub cases: Vec<Case>,
    /// Số lượng bộ hồ sơ.
    pub dossier_sets: Option<u32>,
    /// Mẫu đơn, tờ khai.
    pub forms: Vec<Form>,
    /// Trình tự thực hiện.
    pub steps: Vec<Step>,
    /// Quy trình nội bộ.
    pub internal_process: Vec<InternalStep>,
    /// Yêu cầu, điều kiện.
    pub requirements: Option<Markdown>,
    /// Kết quả thực hiện.
    pub results: Vec<Outcome>,
    /// Quyết định công bố.
    pub announced: Option<Announcement>,
    /// Khiếu nại, phản ánh.
    pub complaints: Option<Complaints>,
    /// TTHC liên quan.
    pub related: Related,
    /// When it was last compared with its source.
    pub last_checked: Option<LastChecked>,
    /// The conditions of every element that has its own, by [`ElementId`].
    pub elements: Vec<Element>,
}

impl Procedure {
    /// What a page is headed with: the plain title where there is one.
    #[must_use]
    pub fn heading(&self) -> &str {
        self.plain_title.as_deref().unwrap_or(&self.title)
    }

    /// Whether an agency posts it at its offices: it performs it, or one of its offices receives for it.
    #[must_use]
    pub fn is_posted_by(&self, agency: AgencyId) -> bool {
        self.posted_by().any(|id| id == agency)
    }

    /// The agencies that have it on their boards; one may come twice.
    pub fn posted_by(&self) -> impl Iterator<Item = AgencyId> {
        let receiving = self.reception.iter().filter_map(|reception| match &reception.place {
            ReceptionPlace::Office(office) => Some(office.agency),
            ReceptionPlace::Written { .. } => None,
        });
        self.authority.performs.iter().copied().chain(receiving)
    }

    /// The citations of its legal basis and of those of its elements.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        let of_elements = self.elements.iter().flat_map(|element| &element.legal_basis);
        self.legal_basis.iter().chain(of_elements)
    }

    /// Where the procedure is named, for findings about the whole of it.
    #[must_use]
    pub fn span(&self) -> Span {
        self.code.span
    }
}

/// Index of an element of one procedure that may start or end on days of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(pub u32);

/// What decides whether an element is published on a day: its window and its own bases.
#[derive(Clone, Debug)]
pub struct Element {
    /// What it is.
    pub kind: ElementKind,
    /// What to call it in a finding: its name, or its place in the list.
    pub name: String,
    /// Outside it the element is not published.
    pub validity: Window,
    /// Its own legal basis; where all of it has ended the element is not published.
    pub legal_basis: Vec<Citation>,
    /// Where it is written.
    pub span: Span,
}

/// The parts of a procedure that may carry a window or a basis of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ElementKind {
    /// Cách thức nộp.
    Channel,
    /// Thời hạn giải quyết.
    Time,
    /// Phí, lệ phí.
    Fee,
    /// Thành phần hồ sơ.
    DossierItem,
    /// Mẫu đơn, tờ khai.
    Form,
    /// Bước thực hiện.
    Step,
    /// Nơi tiếp nhận.
    Reception,
}

/// Đối tượng thực hiện, the closed list of the national portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Công dân Việt Nam.
    Citizen,
    /// Người Việt Nam định cư ở nước ngoài.
    OverseasVietnamese,
    /// Người nước ngoài.
    Foreigner,
    /// Cán bộ, công chức, viên chức.
    Official,
    /// Doanh nghiệp.
    Enterprise,
    /// Doanh nghiệp Việt Nam.
    VietnameseEnterprise,
    /// Doanh nghiệp có vốn đầu tư nước ngoài.
    ForeignInvestedEnterprise,
    /// Tổ chức (không bao gồm doanh nghiệp, hợp tác xã).
    Organisation,
    /// Tổ chức nước ngoài.
    ForeignOrganisation,
    /// Hợp tác xã.
    Cooperative,
    /// Đảng viên.
    PartyMember,
    /// Tổ chức Đảng.
    PartyOrganisation,
}

impl Audience {
    /// All of them, with the word editors write.
    pub const ALL: [(Self, &'static str); 12] = [
        (Self::Citizen, "citizen"),
        (Self::OverseasVietnamese, "overseas_vietnamese"),
        (Self::Foreigner, "foreigner"),
        (Self::Official, "official"),
        (Self::Enterprise, "enterprise"),
        (Self::VietnameseEnterprise, "vietnamese_enterprise"),
        (Self::ForeignInvestedEnterprise, "foreign_invested_enterprise"),
        (Self::Organisation, "organisation"),
        (Self::ForeignOrganisation, "foreign_organisation"),
        (Self::Cooperative, "cooperative"),
        (Self::PartyMember, "party_member"),
        (Self::PartyOrganisation, "party_organisation"),
    ];
}

/// Who may see a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Visibility {
    /// Everyone.
    #[default]
    Public,
    /// TTHC nội bộ (Quyết định 1085/QĐ-TTg): never on the public site.
    Internal,
}

/// Who made a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Origin {
    /// A ministry.
    #[default]
    National,
    /// The province (TTHC đặc thù).
    Local,
}

/// Cơ quan giải quyết, by what each does.
#[derive(Clone, Debug, Default)]
pub struct Authority {
    /// Cơ quan thực hiện.
    pub performs: Vec<AgencyId>,
    /// Cơ quan có thẩm quyền quyết định.
    pub decides: Vec<AgencyId>,
    /// Cơ quan phối hợp.
    pub coordinates: Vec<AgencyId>,
    /// Cơ quan được ủy quyền, phân cấp.
    pub delegated: Vec<AgencyId>,
}

impl Authority {
    /// Whether an agency is named, for whatever it does.
    #[must_use]
    pub fn names(&self, agency: AgencyId) -> bool {
        [&self.performs, &self.decides, &self.coordinates, &self.delegated]
            .into_iter()
            .any(|named| named.contains(&agency))
    }
}

/// Cách thức thực hiện: a way to file, with its own times and fees.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its conditions.
    pub element: ElementId,
    /// Hình thức nộp.
    pub kind: ChannelKind,
    /// Mô tả.
    pub description: Option<Markdown>,
    /// Thời hạn giải quyết.
    pub times: Vec<TimeLimit>,
    /// Phí, lệ phí.
    pub fees: Vec<Fee>,
    /// Mức độ dịch vụ công trực tuyến, for an online channel.
    pub level: Option<OnlineLevel>,
    /// Where to file online.
    pub url: Option<String>,
    /// Thanh toán trực tuyến.
    pub online_payment: Option<bool>,
}

/// Hình thức nộp (KENH of the national data: 1, 2, 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChannelKind {
    /// Trực tiếp.
    InPerson,
    /// Trực tuyến.
    Online,
    /// Dịch vụ bưu chính công ích.
    Postal,
}

impl ChannelKind {
    /// All of them, with the word editors write.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::InPerson, "in_person"), (Self::Online, "online"), (Self::Postal, "postal")];
}

/// Mức độ dịch vụ công trực tuyến (Nghị định 42/2022/NĐ-CP, Điều 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OnlineLevel {
    /// Toàn trình.
    Full,
    /// Một phần.
    Partial,
    /// Chỉ cung cấp thông tin.
    Information,
}

impl OnlineLevel {
    /// All of them, with the word editors write.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Full, "full"), (Self::Partial, "partial"), (Self::Information, "information")];
}

/// Thời hạn giải quyết.
#[derive(Clone, Debug)]
pub struct TimeLimit {
    /// Its conditions; none where the time stands inside a step.
    pub element: Option<ElementId>,
    /// When this row applies.
    pub when: Option<String>,
    /// How long.
    pub length: TimeLength,
    /// A remark.
    pub note: Option<String>,
}

/// How long something takes.
#[derive(Clone, Debug, PartialEq)]
pub enum TimeLength {
    /// A number of units; halves occur ("1,5 ngày làm việc").
    Amount(Decimal, TimeUnit),
    /// Words, where there is no number ("ngay khi nhận đủ hồ sơ").
    Text(String),
}

/// A number of at most three decimals, exact: thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(pub u64);

impl fmt::Display for Decimal {
    /// With a decimal comma, as Vietnamese writes it, and no needless zeros.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0 / 1000)?;
        let part = format!("{:03}", self.0 % 1000);
        let part = part.trim_end_matches('0');
        if part.is_empty() { Ok(()) } else { write!(formatter, ",{part}") }
    }
}

/// Đơn vị thời gian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeUnit {
    /// Giờ.
    Hour,
    /// Ngày, by the calendar.
    Day,
    /// Ngày làm việc.
    WorkingDay,
    /// Tháng.
    Month,
}

impl TimeUnit {
    /// All of them, with the word editors write.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Hour, "hour"),
        (Self::Day, "day"),
        (Self::WorkingDay, "working_day"),
        (Self::Month, "month"),
    ];
}

/// Phí, lệ phí: one row.
#[derive(Clone, Debug)]
pub struct Fee {
    /// Its conditions.
    pub element: ElementId,
    /// Phí and lệ phí differ in law (Luật 97/2015/QH13); absent where not known.
    pub kind: Option<FeeKind>,
    /// What for.
    pub name: Option<String>,
    /// How much.
    pub amount: FeeAmount,
    /// Per what ("bản", "trang").
    pub unit: Option<String>,
    /// When this row applies.
    pub when: Option<String>,
    /// Đối tượng được miễn.
    pub exempt: Vec<String>,
    /// Who sets the amount, where it is not the centre.
    pub set_by: Option<Level>,
}

/// How much a fee is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeeAmount {
    /// Whole units of the currency; 0 is free of charge.
    Amount {
        /// How many.
        value: u64,
        /// ISO 4217, VND where left out.
        currency: String,
    },
    /// Words, where the amount cannot be given.
    Text(String),
}

/// Loại khoản thu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeeKind {
    /// Phí.
    Charge,
    /// Lệ phí.
    Fee,
    /// Khác.
    Other,
}

impl FeeKind {
    /// All of them, with the word editors write.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Charge, "phi"), (Self::Fee, "le_phi"), (Self::Other, "khac")];
}

/// Nơi tiếp nhận hồ sơ.
#[derive(Clone, Debug)]
pub struct Reception {
    /// Its conditions.
    pub element: ElementId,
    /// Which place.
    pub place: ReceptionPlace,
}

/// A place to file at: an office of the register, or one written out.
#[derive(Clone, Debug)]
pub enum ReceptionPlace {
    /// An office of an agency.
    Office(OfficeId),
    /// A place written here.
    Written {
        /// Tên nơi tiếp nhận.
        place: String,
        /// Địa chỉ.
        address: Option<String>,
        /// Giờ làm việc.
        hours: Option<String>,
    },
}

/// Trường hợp: its own papers, and its own steps where they differ.
#[derive(Clone, Debug)]
pub struct Case {
    /// What distinguishes it; absent where the procedure has no cases.
    pub title: Option<String>,
    /// Thành phần hồ sơ.
    pub dossier: Vec<DossierItem>,
    /// The steps of this case, where they differ from the procedure's.
    pub steps: Vec<Step>,
}

/// One line of the dossier (thành phần hồ sơ).
#[derive(Clone, Debug)]
pub struct DossierItem {
    /// Its conditions.
    pub element: ElementId,
    /// A paper, or only a remark.
    pub kind: DossierKind,
    /// A remark on the paper, or the remark itself.
    pub note: Option<String>,
    /// The ways to file for which it is asked; all of them where empty.
    pub channels: Vec<ChannelKind>,
}

/// What stands on a line of the dossier.
#[derive(Clone, Debug)]
pub enum DossierKind {
    /// Giấy tờ.
    Paper(Paper),
    /// A remark among the papers, no paper itself.
    Remark,
}

/// Giấy tờ phải nộp hoặc xuất trình.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Tên giấy tờ.
    pub name: String,
    /// Số bản chính.
    pub originals: Option<u32>,
    /// Số bản sao.
    pub copies: Option<u32>,
    /// Nộp hay xuất trình.
    pub mode: Option<PaperMode>,
    /// Its form, an index into the procedure's forms.
    pub form: Option<usize>,
    /// Whether data of the State replaces the paper (Nghị quyết 66.7/2025/NQ-CP).
    pub replaced_by_data: bool,
}

/// Nộp or xuất trình.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperMode {
    /// Nộp.
    Submit,
    /// Xuất trình.
    Present,
}

impl PaperMode {
    /// Both, with the word editors write.
    pub const ALL: [(Self, &'static str); 2] =
        [(Self::Submit, "submit"), (Self::Present, "present")];
}

/// Mẫu đơn, tờ khai; it dies with the circular that issued it.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its conditions.
    pub element: ElementId,
    /// What dossier items refer to.
    pub id: String,
    /// Ký hiệu mẫu.
    pub code: Option<String>,
    /// What to call it.
    pub name: Option<String>,
    /// Its path in the catalogue, below `forms/`; absent where there is no file.
    pub file: Option<Located<FilePath>>,
}

/// Bước thực hiện.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its conditions.
    pub element: ElementId,
    /// Its name.
    pub title: Option<String>,
    /// Who does it.
    pub who: Option<String>,
    /// What is done.
    pub text: Option<Markdown>,
    /// How long it takes.
    pub time: Option<TimeLimit>,
    /// The ways to file for which it is done; all of them where empty.
    pub channels: Vec<ChannelKind>,
}

/// A step of the internal process (quy trình nội bộ).
#[derive(Clone, Debug)]
pub struct InternalStep {
    /// Who does it.
    pub who: String,
    /// What is done.
    pub action: String,
    /// How long it takes.
    pub time: Option<TimeLimit>,
}

/// Kết quả thực hiện.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Tên kết quả.
    pub name: String,
    /// Mã kết quả, such as `KQ.G15.000031`.
    pub code: Option<String>,
    /// Thời hạn của kết quả.
    pub valid_for: Option<String>,
}

/// Quyết định công bố: a decision of the catalogue, or its bare number.
#[derive(Clone, Debug)]
pub enum Announcement {
    /// A decision whose file is in `decisions/`.
    Known(DecisionId),
    /// A number whose decision is not here: its clocks are not judged.
    Number(String),
}

/// Khiếu nại, phản ánh, kiến nghị.
#[derive(Clone, Debug)]
pub struct Complaints {
    /// To whom.
    pub place: Option<String>,
    /// By when.
    pub deadline: Option<String>,
}

/// TTHC liên quan, by code; resolved to whichever version is published.
#[derive(Clone, Debug, Default)]
pub struct Related {
    /// To be done first.
    pub before: Vec<Located<String>>,
    /// To be done next.
    pub after: Vec<Located<String>>,
    /// Also of interest.
    pub see: Vec<Located<String>>,
}

/// When a procedure was last compared with its source, and when it is due again.
#[derive(Clone, Debug)]
pub struct LastChecked {
    /// The comparison.
    pub checked: Checked,
    /// The next one.
    pub next: Option<Date>,
}
