//! What the parts of a procedure are called when they change, and how an amount, a time and a choice are
//! said, in both languages. The words of a site are the theme's; these are for editors.

use crate::language::Language;
use crate::model::agency::Level;
use crate::model::procedure::{
    Audience, ChannelKind, FeeAmount, OnlineLevel, PaperMode, TimeLength, TimeUnit,
};

/// What a part is, in the order in which parts are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Mã thủ tục.
    Code,
    /// Tên thủ tục.
    Title,
    /// Tên thường gọi.
    PlainTitle,
    /// Lĩnh vực.
    Field,
    /// Cấp thực hiện.
    Level,
    /// Đối tượng thực hiện.
    Audience,
    /// Phí, lệ phí.
    Fee,
    /// Thời hạn giải quyết.
    Time,
    /// Giấy tờ.
    Paper,
    /// A remark among the papers.
    Remark,
    /// Số bộ hồ sơ.
    Sets,
    /// Mẫu đơn, tờ khai.
    Form,
    /// Cách thức thực hiện.
    Channel,
    /// Bước.
    Step,
    /// Nơi tiếp nhận.
    Reception,
    /// Không phụ thuộc địa giới hành chính.
    AnyOffice,
    /// Cơ quan.
    Authority,
    /// Yêu cầu, điều kiện.
    Requirements,
    /// Kết quả.
    Outcome,
    /// Căn cứ pháp lý.
    Basis,
    /// Quyết định công bố.
    Decision,
    /// Khiếu nại, phản ánh.
    Complaints,
    /// TTHC liên quan.
    Related,
    /// Of a group or an agency: its name and text.
    About,
    /// An office of an agency.
    Office,
    /// A procedure of a group.
    Member,
}

impl Kind {
    /// All of them, in order.
    pub(super) const ALL: [Self; 26] = [
        Self::Code,
        Self::Title,
        Self::PlainTitle,
        Self::Field,
        Self::Level,
        Self::Audience,
        Self::Fee,
        Self::Time,
        Self::Paper,
        Self::Remark,
        Self::Sets,
        Self::Form,
        Self::Channel,
        Self::Step,
        Self::Reception,
        Self::AnyOffice,
        Self::Authority,
        Self::Requirements,
        Self::Outcome,
        Self::Basis,
        Self::Decision,
        Self::Complaints,
        Self::Related,
        Self::About,
        Self::Office,
        Self::Member,
    ];

    /// Whether it can be the same thing under a name that is nearly the same.
    pub(super) fn may_be_renamed(self) -> bool {
        use Kind::{Fee, Form, Office, Outcome, Paper, Reception, Remark, Step, Time};
        matches!(self, Fee | Time | Paper | Remark | Form | Step | Reception | Outcome | Office)
    }

    /// For programs, and for people in both languages.
    fn named(self) -> (&'static str, [&'static str; 2]) {
        match self {
            Self::Code => ("code", ["mã thủ tục", "code"]),
            Self::Title => ("title", ["tên thủ tục", "title"]),
            Self::PlainTitle => ("plain-title", ["tên thường gọi", "plain title"]),
            Self::Field => ("field", ["lĩnh vực", "field"]),
            Self::Level => ("level", ["cấp thực hiện", "level"]),
            Self::Audience => ("audience", ["đối tượng", "audience"]),
            Self::Fee => ("fee", ["phí, lệ phí", "fee"]),
            Self::Time => ("time", ["thời hạn", "time limit"]),
            Self::Paper => ("paper", ["giấy tờ", "paper"]),
            Self::Remark => ("remark", ["ghi chú hồ sơ", "remark on the papers"]),
            Self::Sets => ("sets", ["số bộ hồ sơ", "number of sets"]),
            Self::Form => ("form", ["biểu mẫu", "form"]),
            Self::Channel => ("channel", ["cách thức nộp", "way to file"]),
            Self::Step => ("step", ["bước", "step"]),
            Self::Reception => ("reception", ["nơi tiếp nhận", "place to file"]),
            Self::AnyOffice => {
                ("any-office", ["nộp không phụ thuộc địa giới", "filing at any office"])
            }
            Self::Authority => ("authority", ["cơ quan", "agency"]),
            Self::Requirements => ("requirements", ["yêu cầu, điều kiện", "requirements"]),
            Self::Outcome => ("result", ["kết quả", "result"]),
            Self::Basis => ("citation", ["căn cứ", "legal basis"]),
            Self::Decision => ("decision", ["quyết định công bố", "announcing decision"]),
            Self::Complaints => ("complaints", ["khiếu nại, phản ánh", "complaints"]),
            Self::Related => ("related", ["thủ tục liên quan", "related procedure"]),
            Self::About => ("about", ["giới thiệu", "description"]),
            Self::Office => ("office", ["nơi tiếp nhận", "office"]),
            Self::Member => ("member", ["thủ tục trong nhóm", "procedure of the group"]),
        }
    }

    /// For programs.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.named().0
    }

    /// For people.
    #[must_use]
    pub fn said(self, language: Language) -> &'static str {
        language.pick(self.named().1)
    }
}

/// What a part says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "their words stand in `named`")]
pub enum Detail {
    Name,
    Place,
    Text,
    Amount,
    Length,
    FeeKind,
    Unit,
    When,
    Exempt,
    SetBy,
    Note,
    Originals,
    Copies,
    Mode,
    Form,
    ByData,
    Channels,
    Code,
    File,
    Level,
    Url,
    Payment,
    Who,
    Time,
    Address,
    Hours,
    Phone,
    Map,
    Provisions,
    Role,
    Exemption,
    ValidFor,
    Deadline,
}

impl Detail {
    /// All that is compared word by word; what a fact is called, and where it stands, is compared apart.
    pub(super) const ALL: [Self; 32] = [
        Self::Name,
        Self::Text,
        Self::Amount,
        Self::Length,
        Self::FeeKind,
        Self::Unit,
        Self::When,
        Self::Exempt,
        Self::SetBy,
        Self::Note,
        Self::Originals,
        Self::Copies,
        Self::Mode,
        Self::Form,
        Self::ByData,
        Self::Channels,
        Self::Code,
        Self::File,
        Self::Level,
        Self::Url,
        Self::Payment,
        Self::Who,
        Self::Time,
        Self::Address,
        Self::Hours,
        Self::Phone,
        Self::Map,
        Self::Provisions,
        Self::Role,
        Self::Exemption,
        Self::ValidFor,
        Self::Deadline,
    ];

    fn named(self) -> (&'static str, [&'static str; 2]) {
        match self {
            Self::Name => ("name", ["tên", "name"]),
            Self::Place => ("place", ["thuộc", "belongs to"]),
            Self::Text => ("text", ["nội dung", "text"]),
            Self::Amount => ("amount", ["mức", "amount"]),
            Self::Length => ("length", ["thời hạn", "length"]),
            Self::FeeKind => ("kind", ["loại", "kind"]),
            Self::Unit => ("unit", ["đơn vị tính", "unit"]),
            Self::When => ("when", ["trường hợp áp dụng", "applies when"]),
            Self::Exempt => ("exempt", ["đối tượng được miễn", "exempt"]),
            Self::SetBy => ("set-by", ["cấp quy định mức thu", "set by"]),
            Self::Note => ("note", ["ghi chú", "note"]),
            Self::Originals => ("originals", ["số bản chính", "originals"]),
            Self::Copies => ("copies", ["số bản sao", "copies"]),
            Self::Mode => ("mode", ["nộp hay xuất trình", "submitted or shown"]),
            Self::Form => ("form", ["theo mẫu", "form"]),
            Self::ByData => ("by-data", ["thay bằng dữ liệu", "replaced by data"]),
            Self::Channels => ("channels", ["khi nộp", "when filed"]),
            Self::Code => ("code", ["ký hiệu", "code"]),
            Self::File => ("file", ["tệp", "file"]),
            Self::Level => ("level", ["mức độ trực tuyến", "online level"]),
            Self::Url => ("url", ["địa chỉ nộp", "address"]),
            Self::Payment => ("payment", ["thanh toán trực tuyến", "online payment"]),
            Self::Who => ("who", ["người thực hiện", "who does it"]),
            Self::Time => ("time", ["thời gian", "time"]),
            Self::Address => ("address", ["địa chỉ", "address"]),
            Self::Hours => ("hours", ["giờ làm việc", "hours"]),
            Self::Phone => ("phone", ["điện thoại", "phone"]),
            Self::Map => ("map", ["bản đồ", "map"]),
            Self::Provisions => ("provisions", ["điều khoản", "provisions"]),
            Self::Role => ("role", ["vai trò", "role"]),
            Self::Exemption => ("exemption", ["áp dụng chuyển tiếp", "exemption"]),
            Self::ValidFor => ("valid-for", ["thời hạn của kết quả", "valid for"]),
            Self::Deadline => ("deadline", ["hạn", "deadline"]),
        }
    }

    /// For programs.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.named().0
    }

    /// For people.
    #[must_use]
    pub fn said(self, language: Language) -> &'static str {
        language.pick(self.named().1)
    }
}

pub(super) fn amount(amount: &FeeAmount, language: Language) -> String {
    match amount {
        FeeAmount::Text(text) => text.clone(),
        FeeAmount::Amount { value: 0, .. } => language.pick(["miễn phí", "free"]).to_owned(),
        FeeAmount::Amount { value, currency } => match (language, currency.as_str()) {
            (Language::Vietnamese, "VND") => format!("{} đồng", grouped(*value, '.')),
            (Language::Vietnamese, other) => format!("{} {other}", grouped(*value, '.')),
            (Language::English, other) => format!("{} {other}", grouped(*value, ',')),
        },
    }
}

/// A number with a sign between each three digits.
fn grouped(value: u64, sign: char) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(sign);
        }
        grouped.push(digit);
    }
    grouped
}

pub(super) fn length(length: &TimeLength, language: Language) -> String {
    match length {
        TimeLength::Text(text) => text.clone(),
        TimeLength::Amount(number, unit) => {
            let words = match unit {
                TimeUnit::Hour => ["giờ", "hours"],
                TimeUnit::Day => ["ngày", "days"],
                TimeUnit::WorkingDay => ["ngày làm việc", "working days"],
                TimeUnit::Month => ["tháng", "months"],
            };
            let number = match language {
                Language::Vietnamese => number.to_string(),
                Language::English => number.to_string().replace(',', "."),
            };
            let unit = language.pick(words);
            let is_one = number == "1" && language == Language::English;
            format!("{number} {}", if is_one { unit.trim_end_matches('s') } else { unit })
        }
    }
}

pub(super) fn channel(kind: ChannelKind, language: Language) -> String {
    let words = match kind {
        ChannelKind::InPerson => ["trực tiếp", "in person"],
        ChannelKind::Online => ["trực tuyến", "online"],
        ChannelKind::Postal => ["qua bưu chính", "by post"],
    };
    language.pick(words).to_owned()
}

pub(super) fn online(level: OnlineLevel, language: Language) -> String {
    let words = match level {
        OnlineLevel::Full => ["toàn trình", "full"],
        OnlineLevel::Partial => ["một phần", "partial"],
        OnlineLevel::Information => ["chỉ cung cấp thông tin", "information only"],
    };
    language.pick(words).to_owned()
}

pub(super) fn mode(mode: PaperMode, language: Language) -> String {
    let words = match mode {
        PaperMode::Submit => ["nộp", "submitted"],
        PaperMode::Present => ["xuất trình", "shown"],
    };
    language.pick(words).to_owned()
}

pub(super) fn level(level: Level, language: Language) -> String {
    let words = match level {
        Level::Ministry => ["cấp bộ", "ministry"],
        Level::Province => ["cấp tỉnh", "province"],
        Level::Commune => ["cấp xã", "commune"],
        Level::Other => ["cơ quan khác", "other bodies"],
    };
    language.pick(words).to_owned()
}

pub(super) fn audience(audience: Audience, language: Language) -> String {
    let words = match audience {
        Audience::Citizen => ["công dân Việt Nam", "Vietnamese citizens"],
        Audience::OverseasVietnamese => {
            ["người Việt Nam định cư ở nước ngoài", "Vietnamese who live abroad"]
        }
        Audience::Foreigner => ["người nước ngoài", "foreigners"],
        Audience::Official => ["cán bộ, công chức, viên chức", "officials"],
        Audience::Enterprise => ["doanh nghiệp", "enterprises"],
        Audience::VietnameseEnterprise => ["doanh nghiệp Việt Nam", "Vietnamese enterprises"],
        Audience::ForeignInvestedEnterprise => {
            ["doanh nghiệp có vốn đầu tư nước ngoài", "enterprises with foreign capital"]
        }
        Audience::Organisation => {
            ["tổ chức (không bao gồm doanh nghiệp, hợp tác xã)", "organisations"]
        }
        Audience::ForeignOrganisation => ["tổ chức nước ngoài", "foreign organisations"],
        Audience::Cooperative => ["hợp tác xã", "cooperatives"],
        Audience::PartyMember => ["Đảng viên", "members of the Party"],
        Audience::PartyOrganisation => ["tổ chức Đảng", "organisations of the Party"],
    };
    language.pick(words).to_owned()
}

pub(super) fn yes(is_so: bool, language: Language) -> String {
    language.pick(if is_so { ["có", "yes"] } else { ["không", "no"] }).to_owned()
}
