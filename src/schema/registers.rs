//! The keys of the small registers: agencies, fields, life events, groups, terms, holidays, figures, translations.

use super::{FORMER_IDS, Form, LEGAL_BASIS, Record, STEP_TIME, VALIDITY, key, needed, words};

pub(super) static AGENCY: Record = Record {
    name: "agency",
    keys: &[
        needed(
            "name",
            Form::Text,
            ["Tên cơ quan.", "The agency's name."],
            "Ủy ban nhân dân cấp xã",
        ),
        key("level", Form::Word(words::LEVELS), ["Cấp.", "Its level."], "commune"),
        VALIDITY,
        key(
            "replaces",
            Form::List(&Form::Agency),
            [
                "Cơ quan mà nó thay (id trong agencies/).",
                "Agencies in whose place it came (ids in agencies/).",
            ],
            "ubnd-huyen",
        ),
        key(
            "offices",
            Form::List(&Form::Record(&OFFICE)),
            ["Các nơi tiếp nhận hồ sơ.", "Where files are taken in."],
            "",
        ),
        FORMER_IDS,
    ],
    rules: &[],
};

static OFFICE: Record = Record {
    name: "office",
    keys: &[
        needed(
            "id",
            Form::Id,
            ["Tên để thủ tục gọi đến.", "The name by which procedures refer to it."],
            "bo-phan-mot-cua-xa",
        ),
        needed("name", Form::Text, ["Tên nơi tiếp nhận.", "Its name."], "Bộ phận Một cửa"),
        key("address", Form::Text, ["Địa chỉ.", "Its address."], "Số 1 phố Ví Dụ"),
        key(
            "hours",
            Form::Text,
            ["Giờ tiếp nhận.", "Its hours."],
            "Thứ Hai đến thứ Sáu, 7:30 đến 17:00",
        ),
        key(
            "phone",
            Form::Text,
            ["Điện thoại, trong dấu nháy.", "Telephone, in quotes."],
            "024 0000 0000",
        ),
        key(
            "map",
            Form::Link,
            ["Địa chỉ trên bản đồ mạng.", "A link to a map."],
            "https://www.openstreetmap.org/",
        ),
        VALIDITY,
    ],
    rules: &[],
};

pub(super) static FIELD: Record = Record {
    name: "field",
    keys: &[
        needed(
            "id",
            Form::Id,
            ["Tên để thủ tục gọi đến.", "The name by which procedures refer to it."],
            "ho-tich",
        ),
        needed("name", Form::Text, ["Tên lĩnh vực.", "Its name."], "Hộ tịch"),
        key("order", Form::Count(0, 9999), ["Thứ tự trên trang.", "Its place on the site."], "1"),
        FORMER_IDS,
    ],
    rules: &[],
};

pub(super) static LIFE_EVENT: Record = Record {
    name: "life-event",
    keys: &[
        needed("name", Form::Text, ["Tên sự kiện.", "Its name."], "Sinh con"),
        key("order", Form::Count(0, 9999), ["Thứ tự trên trang.", "Its place on the site."], "10"),
        key(
            "text",
            Form::Markdown,
            ["Lời dẫn: làm gì trước, làm gì sau.", "What to do first and what then."],
            "Việc đầu tiên là giấy khai sinh.",
        ),
        key(
            "procedures",
            Form::List(&Form::Code),
            ["Mã các thủ tục theo thứ tự.", "Codes of procedures, in order."],
            "1.001193",
        ),
        FORMER_IDS,
    ],
    rules: &[],
};

pub(super) static GROUP: Record = Record {
    name: "group",
    keys: &[
        needed(
            "name",
            Form::Text,
            ["Tên nhóm.", "Its name."],
            "Khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế",
        ),
        key(
            "text",
            Form::Markdown,
            ["Lời giải thích.", "A text."],
            "Nộp một bộ hồ sơ cho cả ba việc.",
        ),
        key("lead", Form::Agency, ["Cơ quan chủ trì.", "The agency that leads."], "ubnd-xa"),
        key(
            "procedures",
            Form::List(&Form::Code),
            ["Mã các thủ tục trong nhóm.", "Codes of its procedures."],
            "1.001193",
        ),
        key(
            "time",
            Form::Record(&STEP_TIME),
            ["Thời hạn chung.", "The time for all together."],
            "",
        ),
        VALIDITY,
        LEGAL_BASIS,
        FORMER_IDS,
    ],
    rules: &[],
};

pub(super) static TERMS: Record = Record {
    name: "terms",
    keys: &[
        key(
            "synonyms",
            Form::List(&Form::Record(&SYNONYM)),
            ["Người dân gõ thế này, tìm thế kia.", "What people type, and what is looked for."],
            "",
        ),
        key(
            "abbreviations",
            Form::List(&Form::Record(&ABBREVIATION)),
            ["Chữ viết tắt và chữ đầy đủ.", "Abbreviations with what they are short for."],
            "",
        ),
        key(
            "dead_terms",
            Form::List(&Form::Record(&DEAD_TERM)),
            [
                "Tên gọi không còn trong pháp luật; lời nào còn dùng sẽ bị nhắc.",
                "Terms gone from law; texts that use them are found.",
            ],
            "",
        ),
    ],
    rules: &[],
};

static SYNONYM: Record = Record {
    name: "synonym",
    keys: &[
        needed(
            "say",
            Form::OneOrList(&Form::Text),
            ["Người dân nói.", "What people say."],
            "làm khai sinh",
        ),
        needed("means", Form::Text, ["Nghĩa là.", "What it means."], "đăng ký khai sinh"),
    ],
    rules: &[],
};

static ABBREVIATION: Record = Record {
    name: "abbreviation",
    keys: &[
        needed("short", Form::Text, ["Chữ viết tắt.", "The short form."], "GPLX"),
        needed("long", Form::Text, ["Chữ đầy đủ.", "The long form."], "giấy phép lái xe"),
    ],
    rules: &[],
};

static DEAD_TERM: Record = Record {
    name: "dead-term",
    keys: &[
        needed("term", Form::Text, ["Tên gọi đã bãi bỏ.", "The term."], "sổ hộ khẩu"),
        key(
            "also",
            Form::OneOrList(&Form::Text),
            ["Cách viết khác.", "Other spellings."],
            "hộ khẩu giấy",
        ),
        key(
            "except",
            Form::OneOrList(&Form::Text),
            ["Cụm từ được phép dù chứa tên gọi ấy.", "Phrases that may hold it."],
            "sổ hộ khẩu cũ",
        ),
        needed("ended", Form::Day, ["Ngày hết dùng.", "The day it ended."], "2023-01-01"),
        key("instead", Form::Text, ["Nay gọi là.", "What to say instead."], "thông tin cư trú"),
        key(
            "because_of",
            Form::Document,
            [
                "Văn bản đã bãi bỏ; phải có trong documents/.",
                "The text that ended it; it must be in documents/.",
            ],
            "68/2020/QH14",
        ),
    ],
    rules: &[],
};

pub(super) static HOLIDAY: Record = Record {
    name: "holiday",
    keys: &[
        needed("date", Form::Day, ["Ngày.", "The day."], "2026-09-02"),
        needed("name", Form::Text, ["Tên ngày.", "Its name."], "Quốc khánh"),
        key(
            "worked",
            Form::Flag,
            ["true nếu là ngày cuối tuần đi làm bù.", "true where it is a weekend worked instead."],
            "false",
        ),
    ],
    rules: &[],
};

pub(super) static REPORT: Record = Record {
    name: "report",
    keys: &[key(
        "figures",
        Form::List(&Form::Record(&FIGURE)),
        ["Các số liệu.", "The figures."],
        "",
    )],
    rules: &[],
};

static FIGURE: Record = Record {
    name: "figure",
    keys: &[
        needed("name", Form::Text, ["Tên chỉ tiêu.", "What it counts."], "Hồ sơ trả đúng hạn"),
        needed(
            "value",
            Form::Text,
            ["Giá trị, trong dấu nháy.", "Its value, in quotes."],
            "98,5 %",
        ),
        key("note", Form::Text, ["Ghi chú.", "A note."], "Không tính hồ sơ rút"),
    ],
    rules: &[],
};

pub(super) static TRANSLATIONS: Record = Record {
    name: "translations",
    keys: &[key("texts", Form::List(&Form::Record(&TRANSLATION)), ["Từng lời.", "The texts."], "")],
    rules: &[],
};

static TRANSLATION: Record = Record {
    name: "translation",
    keys: &[
        needed(
            "vi",
            Form::Markdown,
            [
                "Lời tiếng Việt, đúng từng chữ như trong danh mục.",
                "The Vietnamese text, to the letter.",
            ],
            "Luật Hộ tịch",
        ),
        needed(
            "en",
            Form::Markdown,
            ["Lời tiếng Anh.", "The English text."],
            "Law on Civil Status",
        ),
    ],
    rules: &[],
};

pub(super) static PAGE: Record = Record { name: "page", keys: &[FORMER_IDS], rules: &[] };
