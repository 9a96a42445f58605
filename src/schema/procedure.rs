//! The keys of a file of `procedures/`.

use super::{
    AMOUNT, CHECKED, FORMER_IDS, Form, Key, LEGAL_BASIS, Record, Rule, STEP_TIME, TIME_RULES,
    VALIDITY, key, needed, words,
};

pub(super) static PROCEDURE: Record = Record {
    name: "procedure",
    keys: &[
        needed(
            "code",
            Form::OwnCode,
            ["Mã thủ tục, trong dấu nháy.", "The procedure's code, in quotes."],
            "1.001193",
        ),
        needed(
            "title",
            Form::Text,
            ["Tên thủ tục, đúng như quyết định công bố.", "Its name, as announced."],
            "Đăng ký khai sinh",
        ),
        key(
            "plain_title",
            Form::Text,
            [
                "Tên người dân hay gọi; hiện to trên trang.",
                "What people call it; the heading of the page.",
            ],
            "Làm giấy khai sinh cho con",
        ),
        key(
            "search_terms",
            Form::List(&Form::Text),
            ["Những chữ người dân hay gõ để tìm.", "Words that people search for."],
            "giấy khai sinh",
        ),
        needed(
            "field",
            Form::Field,
            ["Lĩnh vực (id trong fields.yaml).", "Its field (an id in fields.yaml)."],
            "ho-tich",
        ),
        key(
            "levels",
            Form::List(&Form::Word(words::LEVELS)),
            ["Cấp thực hiện.", "Levels that perform it."],
            "commune",
        ),
        key(
            "class",
            Form::Text,
            ["Loại thủ tục.", "Its class."],
            "TTHC được luật giao quy định chi tiết",
        ),
        key(
            "audience",
            Form::List(&Form::Word(words::AUDIENCES)),
            ["Đối tượng thực hiện.", "Who may use it."],
            "citizen",
        ),
        key(
            "source",
            Form::Link,
            ["Bản ghi trên Cổng Dịch vụ công quốc gia.", "Its record on the national portal."],
            "https://dichvucong.gov.vn/",
        ),
        key(
            "scope",
            Form::Word(words::VISIBILITIES),
            [
                "Công khai hay nội bộ; không ghi là công khai.",
                "Public or internal; public where left out.",
            ],
            "public",
        ),
        key(
            "origin",
            Form::Word(words::ORIGINS),
            ["Của trung ương hay riêng của địa phương.", "National or the province's own."],
            "national",
        ),
        VALIDITY,
        LEGAL_BASIS,
        key(
            "authority",
            Form::Record(&AUTHORITY),
            [
                "Cơ quan thực hiện, quyết định, phối hợp, được ủy quyền.",
                "Who performs, decides, takes part, acts by delegation.",
            ],
            "",
        ),
        key(
            "any_office",
            Form::Flag,
            [
                "true nếu nộp được ở nơi bất kỳ, không phụ thuộc địa giới.",
                "true where it may be filed anywhere.",
            ],
            "true",
        ),
        key(
            "channels",
            Form::List(&Form::Record(&CHANNEL)),
            [
                "Cách thức thực hiện, mỗi cách với thời hạn và phí, lệ phí của nó.",
                "Ways to file, each with its times and fees.",
            ],
            "",
        ),
        key(
            "reception",
            Form::List(&Form::Record(&RECEPTION)),
            ["Nơi tiếp nhận hồ sơ.", "Where to file."],
            "",
        ),
        key(
            "cases",
            Form::List(&Form::Record(&CASE)),
            [
                "Các trường hợp, mỗi trường hợp với thành phần hồ sơ của nó; chỉ có một thì không cần tên.",
                "The cases, each with its dossier; a single one needs no title.",
            ],
            "",
        ),
        key("dossier_sets", COUNT, ["Số bộ hồ sơ.", "How many sets to file."], "1"),
        key("forms", Form::List(&Form::Record(&FORM)), ["Mẫu đơn, tờ khai.", "Its forms."], ""),
        key("steps", Form::List(&Form::Record(&STEP)), ["Trình tự thực hiện.", "Its steps."], ""),
        key(
            "internal_process",
            Form::List(&Form::Record(&INTERNAL_STEP)),
            [
                "Quy trình nội bộ; chỉ công khai khi catalogue.yaml nói vậy.",
                "Steps inside the agency; public only where catalogue.yaml says so.",
            ],
            "",
        ),
        key(
            "requirements",
            Form::Markdown,
            ["Yêu cầu, điều kiện thực hiện.", "Requirements and conditions."],
            "Trong 60 ngày kể từ ngày sinh.",
        ),
        key(
            "results",
            Form::List(&Form::Record(&OUTCOME)),
            ["Kết quả thực hiện.", "What it results in."],
            "",
        ),
        key(
            "announced",
            Form::Record(&ANNOUNCED),
            ["Quyết định công bố thủ tục.", "The decision that announced it."],
            "",
        ),
        key(
            "complaints",
            Form::Record(&COMPLAINTS),
            ["Nơi phản ánh, kiến nghị.", "Where to complain."],
            "",
        ),
        key(
            "related",
            Form::Record(&RELATED),
            ["Thủ tục liên quan, bằng mã.", "Related procedures, by code."],
            "",
        ),
        key(
            "last_checked",
            Form::Record(&LAST_CHECKED),
            [
                "Lần đối chiếu gần nhất và lần tới.",
                "When it was last compared with its source, and when next.",
            ],
            "",
        ),
        FORMER_IDS,
    ],
    rules: &[Rule::EachOfSeveral("cases", "title")],
};

const COUNT: Form = Form::Count(0, 9999);

/// The key `channels` of what belongs to some ways to file.
const CHANNELS: Key = key(
    "channels",
    Form::List(&Form::Word(words::CHANNELS)),
    [
        "Chỉ với những cách nộp này; không ghi là mọi cách.",
        "With these ways to file only; with all where left out.",
    ],
    "in_person",
);

static AUTHORITY: Record = Record {
    name: "authority",
    keys: &[
        key(
            "performs",
            Form::List(&Form::Agency),
            ["Cơ quan trực tiếp thực hiện.", "Who performs it."],
            "ubnd-xa",
        ),
        key(
            "decides",
            Form::List(&Form::Agency),
            ["Cơ quan có thẩm quyền quyết định.", "Who decides."],
            "ubnd-xa",
        ),
        key(
            "coordinates",
            Form::List(&Form::Agency),
            ["Cơ quan phối hợp.", "Who takes part."],
            "cong-an-xa",
        ),
        key(
            "delegated",
            Form::List(&Form::Agency),
            ["Cơ quan được ủy quyền, phân cấp.", "Who acts by delegation."],
            "so-tu-phap",
        ),
    ],
    rules: &[],
};

static CHANNEL: Record = Record {
    name: "channel",
    keys: &[
        needed("kind", Form::Word(words::CHANNELS), ["Cách nộp.", "The way to file."], "in_person"),
        key(
            "description",
            Form::Markdown,
            ["Nộp thế nào.", "How to file."],
            "Nộp tại Bộ phận Một cửa.",
        ),
        key(
            "times",
            Form::List(&Form::Record(&TIME)),
            ["Thời hạn giải quyết.", "The time it takes."],
            "",
        ),
        key("fees", Form::List(&Form::Record(&FEE)), ["Phí, lệ phí.", "What it costs."], ""),
        key(
            "level",
            Form::WordOrNumber(words::ONLINE_LEVELS, 1, 4),
            [
                "Mức độ dịch vụ công trực tuyến (Nghị định 42/2022/NĐ-CP, Điều 11); mức 1 đến 4 cũ cũng được.",
                "The online level (Nghị định 42/2022/NĐ-CP, Điều 11); the old 1 to 4 will do.",
            ],
            "full",
        ),
        key(
            "url",
            Form::Link,
            ["Nơi nộp trực tuyến.", "Where to file online."],
            "https://dichvucong.gov.vn/",
        ),
        key(
            "online_payment",
            Form::Flag,
            ["true nếu nộp tiền trực tuyến được.", "true where one can pay online."],
            "true",
        ),
        VALIDITY,
        LEGAL_BASIS,
    ],
    rules: &[],
};

static TIME: Record = Record { name: "time", keys: &TIME_KEYS, rules: TIME_RULES };

const TIME_KEYS: [Key; 7] = {
    let [amount, unit, text, when, note] = AMOUNT;
    [amount, unit, text, when, note, VALIDITY, LEGAL_BASIS]
};

static FEE: Record = Record {
    name: "fee",
    keys: &[
        key(
            "kind",
            Form::Word(words::FEE_KINDS),
            ["Phí, lệ phí hay khoản khác.", "Charge, fee or another payment."],
            "le_phi",
        ),
        key("name", Form::Text, ["Tên khoản thu.", "Its name."], "Lệ phí đăng ký khai sinh"),
        key(
            "amount",
            Form::Count(0, u64::MAX),
            [
                "Số tiền, chữ số liền nhau không dấu nháy; 0 là miễn.",
                "The amount in digits without quotes; 0 is free.",
            ],
            "8000",
        ),
        key(
            "currency",
            Form::Currency,
            ["Loại tiền; không ghi là VND.", "The currency; VND where left out."],
            "VND",
        ),
        key(
            "text",
            Form::Text,
            [
                "Mức thu bằng lời, khi không ghi được số tiền.",
                "In words, where no amount can be given.",
            ],
            "Theo biểu phí của tổ chức hành nghề",
        ),
        key("unit", Form::Text, ["Tính trên.", "For each."], "bản sao"),
        key("when", Form::Text, ["Trường hợp phải nộp.", "When it is due."], "Khi đăng ký quá hạn"),
        key(
            "exempt",
            Form::OneOrList(&Form::Text),
            ["Ai được miễn, giảm.", "Who is exempt."],
            "Người thuộc hộ nghèo",
        ),
        key(
            "set_by",
            Form::Word(words::LEVELS),
            ["Cấp quy định mức thu.", "The level that sets it."],
            "province",
        ),
        VALIDITY,
        LEGAL_BASIS,
    ],
    rules: &[
        Rule::Either("amount", "text"),
        Rule::Excludes("amount", "text"),
        Rule::Needs("currency", "amount"),
    ],
};

static RECEPTION: Record = Record {
    name: "reception",
    keys: &[
        key(
            "office",
            Form::Office,
            ["Nơi tiếp nhận (id trong agencies/).", "An office (its id in agencies/)."],
            "bo-phan-mot-cua-xa",
        ),
        key(
            "place",
            Form::Text,
            ["Tên nơi, khi không có trong agencies/.", "A place that is not in agencies/."],
            "Trung tâm Phục vụ hành chính công",
        ),
        key("address", Form::Text, ["Địa chỉ.", "Its address."], "Số 1 phố Ví Dụ"),
        key(
            "hours",
            Form::Text,
            ["Giờ tiếp nhận.", "Its hours."],
            "Thứ Hai đến thứ Sáu, 7:30 đến 17:00",
        ),
        VALIDITY,
        LEGAL_BASIS,
    ],
    rules: &[
        Rule::Either("place", "office"),
        Rule::Excludes("office", "place"),
        Rule::Needs("address", "place"),
        Rule::Needs("hours", "place"),
    ],
};

static CASE: Record = Record {
    name: "case",
    keys: &[
        key("title", Form::Text, ["Tên trường hợp.", "The case."], "Cha mẹ đi đăng ký"),
        key(
            "dossier",
            Form::List(&Form::Record(&DOSSIER_ITEM)),
            ["Thành phần hồ sơ.", "Its papers."],
            "",
        ),
        key(
            "steps",
            Form::List(&Form::Record(&STEP)),
            ["Các bước, nếu khác trường hợp khác.", "Its steps, where they differ."],
            "",
        ),
    ],
    rules: &[],
};

static DOSSIER_ITEM: Record = Record {
    name: "dossier-item",
    keys: &[
        key(
            "name",
            Form::Text,
            [
                "Tên giấy tờ. Chỉ có `note` thì là lời nhắc, không phải giấy tờ.",
                "The paper. With a `note` alone it is a remark and no paper.",
            ],
            "Tờ khai theo mẫu",
        ),
        key("originals", COUNT, ["Số bản chính.", "How many originals."], "1"),
        key("copies", COUNT, ["Số bản sao.", "How many copies."], "0"),
        key(
            "mode",
            Form::Word(words::PAPER_MODES),
            ["Phải nộp hay chỉ xuất trình.", "Handed in or only shown."],
            "submit",
        ),
        key(
            "form",
            Form::Text,
            ["id của mẫu trong `forms` của tệp này.", "The id of a form in `forms` of this file."],
            "to-khai",
        ),
        key(
            "replaced_by_data",
            Form::Flag,
            [
                "true nếu dữ liệu dân cư thay được giấy này.",
                "true where the population database stands in for it.",
            ],
            "false",
        ),
        key(
            "note",
            Form::Text,
            ["Lời giải thích cho người dân.", "A note for citizens."],
            "Chỉ với trẻ bị bỏ rơi",
        ),
        CHANNELS,
        VALIDITY,
        LEGAL_BASIS,
    ],
    rules: &[
        Rule::Either("name", "note"),
        Rule::Needs("originals", "name"),
        Rule::Needs("copies", "name"),
        Rule::Needs("mode", "name"),
        Rule::Needs("form", "name"),
        Rule::Needs("replaced_by_data", "name"),
    ],
};

static FORM: Record = Record {
    name: "form",
    keys: &[
        needed(
            "id",
            Form::Text,
            ["Tên để giấy tờ trong hồ sơ gọi đến.", "The name by which papers refer to it."],
            "to-khai",
        ),
        key("code", Form::Text, ["Số, ký hiệu của mẫu.", "The form's own number."], "Mẫu số 01"),
        key("name", Form::Text, ["Tên mẫu.", "Its name."], "Tờ khai đăng ký khai sinh"),
        key(
            "file",
            Form::FormFile,
            ["Đường dẫn tệp trong forms/.", "The path of its file in forms/."],
            "ho-tich/to-khai.docx",
        ),
        VALIDITY,
        LEGAL_BASIS,
    ],
    rules: &[],
};

static STEP: Record = Record {
    name: "step",
    keys: &[
        key("title", Form::Text, ["Tên bước.", "The step."], "Nộp hồ sơ"),
        key("who", Form::Text, ["Ai làm.", "Who takes it."], "Người yêu cầu"),
        key("text", Form::Markdown, ["Làm gì.", "What is done."], "Nộp hồ sơ tại Bộ phận Một cửa."),
        key("time", Form::Record(&STEP_TIME), ["Thời hạn của bước.", "Its time."], ""),
        CHANNELS,
        VALIDITY,
        LEGAL_BASIS,
    ],
    rules: &[Rule::Either("title", "text")],
};

static INTERNAL_STEP: Record = Record {
    name: "internal-step",
    keys: &[
        needed("who", Form::Text, ["Ai làm.", "Who takes it."], "Công chức tư pháp - hộ tịch"),
        needed("action", Form::Text, ["Làm gì.", "What is done."], "Thẩm tra hồ sơ"),
        key(
            "time",
            Form::Record(&STEP_TIME),
            [
                "Thời hạn; cộng lại không quá thời hạn của thủ tục.",
                "Its time; all together no longer than the procedure's.",
            ],
            "",
        ),
    ],
    rules: &[],
};

static OUTCOME: Record = Record {
    name: "result",
    keys: &[
        needed("name", Form::Text, ["Tên kết quả.", "What it is."], "Giấy khai sinh"),
        key("code", Form::Text, ["Mã kết quả.", "Its code."], "KQ.G15.000031"),
        key(
            "valid_for",
            Form::Text,
            ["Có giá trị bao lâu.", "For how long it is good."],
            "Không thời hạn",
        ),
    ],
    rules: &[],
};

static ANNOUNCED: Record = Record {
    name: "announced",
    keys: &[needed(
        "decision",
        Form::Decision,
        [
            "Số quyết định công bố, hoặc tên tệp trong decisions/.",
            "The decision's number, or its file name in decisions/.",
        ],
        "163/QĐ-BTP",
    )],
    rules: &[],
};

static COMPLAINTS: Record = Record {
    name: "complaints",
    keys: &[
        key("where", Form::Text, ["Gửi đến đâu.", "Where to."], "Văn phòng Ủy ban nhân dân tỉnh"),
        key("deadline", Form::Text, ["Trong bao lâu.", "By when."], "Trong 90 ngày"),
    ],
    rules: &[],
};

static RELATED: Record = Record {
    name: "related",
    keys: &[
        key(
            "before",
            Form::List(&Form::Code),
            ["Làm trước thủ tục này.", "Done before it."],
            "1.004222",
        ),
        key(
            "after",
            Form::List(&Form::Code),
            ["Làm sau thủ tục này.", "Done after it."],
            "2.000635",
        ),
        key("see", Form::List(&Form::Code), ["Xem thêm.", "See also."], "1.004884"),
    ],
    rules: &[],
};

static LAST_CHECKED: Record = Record { name: "last-checked", keys: &LAST_CHECKED_KEYS, rules: &[] };

const LAST_CHECKED_KEYS: [Key; 4] = {
    let [on, by, source] = CHECKED;
    let next =
        key("next", Form::Day, ["Lần đối chiếu tới.", "When to compare next."], "2027-01-01");
    [on, by, source, next]
};
