//! What may stand in a file of a catalogue, said for people and for their editors: one table of records and keys,
//! printed as JSON Schema, with which an editor completes, explains and underlines, and as a page for a handbook.
//!
//! It reads no catalogue and judges none: `load` does. `tests/schema.rs` holds one against the other, key by key
//! and word by word. Where a rule needs more than the map it stands in, such as a name that must be in a
//! register, the table is silent.

mod decision;
mod document;
mod json;
mod markdown;
mod procedure;
mod registers;
mod site;
mod words;

pub use json::json;
pub use markdown::markdown;

/// A kind of file.
#[derive(Debug)]
pub struct File {
    /// Its name, which is also that of its schema.
    pub name: &'static str,
    /// Where such files stand in the folder of the catalogue.
    pub glob: &'static str,
    /// What is written there.
    pub about: [&'static str; 2],
    /// The record that it holds.
    pub record: &'static Record,
    /// Whether it holds a list of them.
    pub is_list: bool,
}

/// A map with known keys.
#[derive(Debug)]
pub struct Record {
    /// Its name in a schema.
    pub name: &'static str,
    /// Its keys, in the order in which people write them.
    pub keys: &'static [Key],
    /// What its keys have to do with each other.
    pub rules: &'static [Rule],
}

/// A key of a record.
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What its value is.
    pub form: Form,
    /// Whether it must be there.
    pub is_required: bool,
    /// What it is for, in Vietnamese and English.
    pub about: [&'static str; 2],
    /// A value, or an item of a list, as it is written without quotes; empty where a record says more.
    pub example: &'static str,
}

/// What a value is.
#[derive(Debug)]
pub enum Form {
    /// Text.
    Text,
    /// Text in Markdown.
    Markdown,
    /// A name in a-z, 0-9 and hyphens.
    Id,
    /// The id of an agency.
    Agency,
    /// The id of a field.
    Field,
    /// The id of an office.
    Office,
    /// A legal document, by number or by file name.
    Document,
    /// An announcing decision, by number or by file name.
    Decision,
    /// A procedure's own code.
    OwnCode,
    /// The code of a procedure of the catalogue.
    Code,
    /// A provision: điều, khoản, điểm, phụ lục.
    Provision,
    /// A civil date.
    Day,
    /// `true` or `false`.
    Flag,
    /// A whole number between two bounds.
    Count(u64, u64),
    /// A number with up to three decimals, above zero.
    Amount,
    /// A per cent, with or without its sign.
    Share,
    /// A span of time, such as `90 ngày`.
    Span,
    /// An address on the web.
    Link,
    /// An address on the web, of a mailbox or of a telephone.
    Contact,
    /// The path of a form below `forms/`.
    FormFile,
    /// A path in the repository, or the name of a branch.
    Path,
    /// A currency's code of three letters.
    Currency,
    /// One of the words of a list.
    Word(&'static Words),
    /// A day, or one of the words.
    DayOr(&'static Words),
    /// Provisions, or one of the words.
    ProvisionsOr(&'static Words),
    /// A word, or one of the old numbers of it.
    WordOrNumber(&'static Words, u64, u64),
    /// A record.
    Record(&'static Record),
    /// A record, or what stands for the whole of it.
    RecordOr(&'static Record, &'static Form),
    /// A list.
    List(&'static Form),
    /// A list, or a single item without one.
    OneOrList(&'static Form),
}

/// The words of a list, each with what it means.
pub type Words = [(&'static str, [&'static str; 2])];

/// What keys of one record have to do with each other.
#[derive(Debug)]
pub enum Rule {
    /// One of both must be there; the first is asked for.
    Either(&'static str, &'static str),
    /// The first leaves no room for the second.
    Excludes(&'static str, &'static str),
    /// The first makes no sense without the second.
    Needs(&'static str, &'static str),
    /// With one of these words under the key, some keys must be there and some must not.
    When {
        /// The key.
        key: &'static str,
        /// The words.
        words: &'static [&'static str],
        /// What must be there.
        wants: &'static [&'static str],
        /// What must not.
        refuses: &'static [&'static str],
    },
    /// Where a list has several items, each has the key.
    EachOfSeveral(&'static str, &'static str),
}

/// All kinds of files, in the order in which a catalogue comes to be.
pub const FILES: [File; 13] = [
    File {
        name: "catalogue",
        glob: "catalogue.yaml",
        about: [
            "Thiết lập chung: ai công khai, ở địa chỉ nào, theo quy tắc nào.",
            "Settings: who publishes, at which address, by which rules.",
        ],
        record: &site::SITE,
        is_list: false,
    },
    File {
        name: "fields",
        glob: "fields.yaml",
        about: [
            "Danh sách lĩnh vực; thủ tục gọi lĩnh vực bằng id.",
            "The fields; procedures name theirs by its id.",
        ],
        record: &registers::FIELD,
        is_list: true,
    },
    File {
        name: "agency",
        glob: "agencies/*.yaml",
        about: [
            "Một cơ quan và các nơi tiếp nhận của nó; tên tệp là id của cơ quan.",
            "An agency and its offices; the file's name is the agency's id.",
        ],
        record: &registers::AGENCY,
        is_list: false,
    },
    File {
        name: "document",
        glob: "documents/**/*.yaml",
        about: [
            "Một văn bản quy phạm pháp luật và tác động của nó đến văn bản khác. Tình trạng hiệu lực luôn được tính, không ghi. Không bao giờ xóa tệp văn bản đã hết hiệu lực.",
            "A legal document and what it does to others. Its force is always computed, never written. The file of an ended document is never deleted.",
        ],
        record: &document::DOCUMENT,
        is_list: false,
    },
    File {
        name: "decision",
        glob: "decisions/**/*.yaml",
        about: [
            "Một quyết định công bố thủ tục hành chính (Nghị định 63/2010/NĐ-CP, Điều 13 đến Điều 15).",
            "A decision that announces procedures (Nghị định 63/2010/NĐ-CP, Điều 13 to Điều 15).",
        ],
        record: &decision::DECISION,
        is_list: false,
    },
    File {
        name: "procedure",
        glob: "procedures/**/*.yaml",
        about: [
            "Một thủ tục hành chính với các bộ phận của nó (Nghị định 63/2010/NĐ-CP, Điều 8); tên tệp là địa chỉ của trang.",
            "A procedure and its parts (Nghị định 63/2010/NĐ-CP, Điều 8); the file's name is the page's address.",
        ],
        record: &procedure::PROCEDURE,
        is_list: false,
    },
    File {
        name: "life-event",
        glob: "life-events/*.yaml",
        about: [
            "Một sự kiện cuộc đời hoặc nhu cầu kinh doanh: các thủ tục theo thứ tự, kèm lời dẫn.",
            "A life event or a business need: procedures in order, with a text.",
        ],
        record: &registers::LIFE_EVENT,
        is_list: false,
    },
    File {
        name: "group",
        glob: "groups/*.yaml",
        about: [
            "Một nhóm thủ tục liên thông (Nghị định 118/2025/NĐ-CP).",
            "A group of joint procedures (Nghị định 118/2025/NĐ-CP).",
        ],
        record: &registers::GROUP,
        is_list: false,
    },
    File {
        name: "terms",
        glob: "terms.yaml",
        about: [
            "Từ đồng nghĩa và chữ viết tắt để tìm kiếm, tên gọi đã bãi bỏ để nhắc người soạn.",
            "Synonyms and abbreviations for search, dead terms to remind editors.",
        ],
        record: &registers::TERMS,
        is_list: false,
    },
    File {
        name: "holidays",
        glob: "holidays.yaml",
        about: [
            "Ngày nghỉ lễ và ngày làm bù, để tính ngày làm việc.",
            "Public holidays and days worked instead, for counting working days.",
        ],
        record: &registers::HOLIDAY,
        is_list: true,
    },
    File {
        name: "report",
        glob: "reports/*.yaml",
        about: [
            "Số liệu chất lượng phục vụ của một tháng (Quyết định 766/QĐ-TTg); tên tệp là tháng, như 2026-01.yaml.",
            "Figures of service quality of a month (Quyết định 766/QĐ-TTg); the file's name is the month, as 2026-01.yaml.",
        ],
        record: &registers::REPORT,
        is_list: false,
    },
    File {
        name: "translations",
        glob: "translations/**/*.yaml",
        about: [
            "Lời của danh mục bằng ngôn ngữ thứ hai của trang, mỗi lời đặt cạnh lời gốc.",
            "Texts of the catalogue in the site's second language, each beside its original.",
        ],
        record: &registers::TRANSLATIONS,
        is_list: false,
    },
    File {
        name: "page",
        glob: "pages/*.md",
        about: [
            "Một trang tự do bằng Markdown, mở đầu bằng `# Tiêu đề`; trước đó có thể có phần đầu giữa hai dòng `---` với các khóa sau.",
            "A free page in Markdown that opens with `# Title`; before it there may be a head between two lines of `---` with these keys.",
        ],
        record: &registers::PAGE,
        is_list: false,
    },
];

impl File {
    /// Whether an editor that knows YAML reads such files; the others are Markdown.
    #[must_use]
    pub fn is_yaml(&self) -> bool {
        !self.glob.ends_with("/*.md")
    }
}

/// A key that may be left out.
const fn key(
    name: &'static str,
    form: Form,
    about: [&'static str; 2],
    example: &'static str,
) -> Key {
    Key { name, form, is_required: false, about, example }
}

/// A key that must be there.
const fn needed(
    name: &'static str,
    form: Form,
    about: [&'static str; 2],
    example: &'static str,
) -> Key {
    Key { name, form, is_required: true, about, example }
}

/// The key `former_ids`.
const FORMER_IDS: Key = key(
    "former_ids",
    Form::List(&Form::Id),
    [
        "Tên tệp (id) cũ; địa chỉ cũ tự chuyển đến đây.",
        "Earlier names of the file; their addresses lead here.",
    ],
    "ten-tep-cu",
);

/// Days on which something applies.
static WINDOW: Record = Record {
    name: "validity",
    keys: &[
        key(
            "from",
            Form::Day,
            ["Ngày đầu tiên áp dụng.", "The first day on which it applies."],
            "2026-07-01",
        ),
        key(
            "last_day",
            Form::Day,
            ["Ngày cuối cùng còn áp dụng.", "The last day on which it still applies."],
            "2026-12-31",
        ),
    ],
    rules: &[Rule::Either("from", "last_day")],
};

/// The key `validity`.
const VALIDITY: Key = key(
    "validity",
    Form::Record(&WINDOW),
    [
        "Khoảng ngày áp dụng; ngoài khoảng ấy phần này không có trên trang. Ghi trước được hàng tuần: đến ngày thì tự hiện, hết ngày thì tự mất.",
        "The days on which it applies; outside of them it is not on the site. It may be written weeks ahead: it appears and goes by itself.",
    ],
    "",
);

/// A length of time, of a procedure or of a step.
const AMOUNT: [Key; 5] = [
    key(
        "amount",
        Form::Amount,
        ["Số lượng, không đặt trong dấu nháy.", "How many, without quotes."],
        "1.5",
    ),
    key(
        "unit",
        Form::Word(words::TIME_UNITS),
        ["Đơn vị của `amount`.", "The unit of `amount`."],
        "working_day",
    ),
    key(
        "text",
        Form::Text,
        [
            "Thời hạn bằng lời, khi không ghi được bằng số.",
            "The time in words, where no number can say it.",
        ],
        "ngay khi nhận đủ hồ sơ",
    ),
    key(
        "when",
        Form::Text,
        ["Trường hợp áp dụng thời hạn này.", "The case to which this time applies."],
        "Khi phải xác minh",
    ),
    key(
        "note",
        Form::Text,
        ["Ghi chú cho người dân.", "A note for citizens."],
        "Không tính ngày nghỉ",
    ),
];

/// What holds for both kinds of times.
const TIME_RULES: &[Rule] = &[
    Rule::Either("amount", "text"),
    Rule::Excludes("amount", "text"),
    Rule::Needs("amount", "unit"),
    Rule::Needs("unit", "amount"),
];

/// The time of a step or a group.
static STEP_TIME: Record = Record { name: "step-time", keys: &AMOUNT, rules: TIME_RULES };

/// The key `legal_basis`.
const LEGAL_BASIS: Key = key(
    "legal_basis",
    Form::List(&BASIS),
    [
        "Căn cứ pháp lý. Căn cứ hết hiệu lực thì phần dựa vào nó tự rời trang.",
        "The legal basis. Where it ends, what rests on it leaves the site by itself.",
    ],
    "60/2014/QH13",
);

static BASIS: Form = Form::RecordOr(&CITATION, &Form::Document);

static CITATION: Record = Record {
    name: "citation",
    keys: &[
        needed(
            "document",
            Form::Document,
            [
                "Số văn bản như trong documents/, hoặc tên tệp của nó.",
                "The document's number as in documents/, or its file name.",
            ],
            "60/2014/QH13",
        ),
        key(
            "provisions",
            Form::OneOrList(&Form::Provision),
            ["Những điều, khoản được dẫn.", "The provisions cited."],
            "Điều 13",
        ),
        key(
            "role",
            Form::Word(words::ROLES),
            [
                "Căn cứ chính hay bổ trợ; không ghi là bổ trợ.",
                "Main or supporting; supporting where left out.",
            ],
            "main",
        ),
        key(
            "exemption",
            Form::Record(&EXEMPTION),
            [
                "Được dùng tiếp dù văn bản đã hết hiệu lực; trang nói rõ điều đó.",
                "Leave to use a text that has ended; the page says so.",
            ],
            "",
        ),
        VALIDITY,
    ],
    rules: &[],
};

static EXEMPTION: Record = Record {
    name: "exemption",
    keys: &[
        needed(
            "reason",
            Form::Text,
            [
                "Vì sao được dùng tiếp: điều khoản chuyển tiếp nào.",
                "Why it may still be used: by which transitional provision.",
            ],
            "Điều khoản chuyển tiếp tại Điều 20",
        ),
        needed(
            "last_day",
            Form::Day,
            ["Ngày cuối cùng được dùng tiếp.", "The last day of the leave."],
            "2026-12-31",
        ),
        needed(
            "approved_by",
            Form::Text,
            ["Ai cho phép, ở văn bản nào.", "Who allowed it, in which text."],
            "Chủ tịch Ủy ban nhân dân tỉnh",
        ),
    ],
    rules: &[],
};

/// When something was compared with its source.
const CHECKED: [Key; 3] = [
    needed("on", Form::Day, ["Ngày đối chiếu.", "The day of the comparison."], "2026-10-01"),
    key(
        "by",
        Form::Text,
        ["Người đối chiếu; không lên trang.", "Who compared; not on the site."],
        "Phòng Tư pháp",
    ),
    key("source", Form::Link, ["Nơi đối chiếu.", "What it was compared with."], "https://vbpl.vn/"),
];
