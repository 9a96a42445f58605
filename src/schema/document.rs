//! The keys of a file of `documents/`.

use super::{CHECKED, FORMER_IDS, Form, Record, Rule, key, needed, words};

pub(super) static DOCUMENT: Record = Record {
    name: "document",
    keys: &[
        key(
            "number",
            Form::Text,
            [
                "Số, ký hiệu văn bản. Văn bản không có số thì ghi `short_title`.",
                "Its number. A document without one has a `short_title`.",
            ],
            "118/2025/NĐ-CP",
        ),
        key(
            "short_title",
            Form::Text,
            ["Tên gọi của văn bản không có số.", "The name of a document without a number."],
            "Luật Hóa chất",
        ),
        key(
            "title",
            Form::Text,
            ["Trích yếu, như trên văn bản.", "Its title, as on the document."],
            "Thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa liên thông",
        ),
        key(
            "kind",
            Form::Word(words::DOCUMENT_KINDS),
            [
                "Loại văn bản; bỏ được khi số văn bản đã cho biết. Văn bản của Quốc hội (QH) thì phải ghi.",
                "Its kind; may be left out where the number tells. Those of the National Assembly (QH) need it.",
            ],
            "nghi-dinh",
        ),
        key(
            "issuer",
            Form::Agency,
            ["Cơ quan ban hành (id trong agencies/).", "Who issued it (an id in agencies/)."],
            "chinh-phu",
        ),
        key(
            "issuers",
            Form::List(&Form::Agency),
            ["Các cơ quan ban hành văn bản liên tịch.", "Those who issued a joint text."],
            "bo-tu-phap",
        ),
        key(
            "province",
            Form::Id,
            [
                "Tỉnh ban hành, với nghị quyết, quyết định của địa phương.",
                "The province, for local resolutions and decisions.",
            ],
            "ha-giang",
        ),
        key("signed", Form::Day, ["Ngày ký ban hành.", "The day it was signed."], "2025-06-09"),
        key(
            "effective",
            Form::DayOr(words::UNKNOWN),
            [
                "Ngày bắt đầu có hiệu lực (Luật 64/2025/QH15, Điều 53). Thiếu thì văn bản không làm căn cứ được.",
                "The first day in force (Luật 64/2025/QH15, Điều 53). Without it nothing can rest on the document.",
            ],
            "2025-07-01",
        ),
        key(
            "last_day",
            Form::Day,
            [
                "Ngày cuối cùng có hiệu lực, chỉ khi chính văn bản ấn định thời hạn. Bị bãi bỏ hay thay thế thì ghi ở văn bản bãi bỏ, thay thế.",
                "The last day in force, only where the text itself fixes a term. A repeal is written on the text that repeals.",
            ],
            "2030-12-31",
        ),
        key(
            "provisions",
            Form::List(&Form::Record(&OWN_START)),
            [
                "Điều, khoản có ngày bắt đầu hiệu lực riêng.",
                "Provisions that start on days of their own.",
            ],
            "",
        ),
        key(
            "implements",
            Form::List(&Form::Record(&IMPLEMENTS)),
            [
                "Văn bản mà văn bản này quy định chi tiết; văn bản ấy hết hiệu lực thì văn bản này hết theo (Luật 64/2025/QH15, Điều 57 khoản 2).",
                "What this text details; it ends together with that (Luật 64/2025/QH15, Điều 57 khoản 2).",
            ],
            "",
        ),
        key(
            "effects",
            Form::List(&Form::Record(&EFFECT)),
            [
                "Văn bản này làm gì với văn bản khác: thay thế, bãi bỏ, sửa đổi, ngưng… Chỉ ghi ở văn bản tác động.",
                "What this text does to others: replaces, repeals, amends, suspends… Written on the acting text only.",
            ],
            "",
        ),
        key(
            "status_asserted",
            Form::Word(words::STATUSES),
            [
                "Tình trạng ghi trên cơ sở dữ liệu văn bản, để so với tình trạng được tính; không quyết định gì.",
                "The status that a database states, to be compared with the computed one; it decides nothing.",
            ],
            "Còn hiệu lực",
        ),
        key(
            "checked",
            Form::Record(&CHECK),
            ["Lần đối chiếu gần nhất với văn bản.", "When it was last compared with the text."],
            "",
        ),
        FORMER_IDS,
    ],
    rules: &[Rule::Either("number", "short_title"), Rule::Either("title", "short_title")],
};

static CHECK: Record = Record { name: "checked", keys: &CHECKED, rules: &[] };

static OWN_START: Record = Record {
    name: "own-start",
    keys: &[
        needed("scope", Form::Provision, ["Điều, khoản.", "The provision."], "Điều 190"),
        needed("from", Form::Day, ["Ngày bắt đầu của nó.", "Its first day."], "2024-04-01"),
    ],
    rules: &[],
};

static IMPLEMENTS: Record = Record {
    name: "implements",
    keys: &[
        needed(
            "document",
            Form::Document,
            [
                "Văn bản được quy định chi tiết; phải có trong documents/.",
                "The text that is detailed; it must be in documents/.",
            ],
            "63/2010/NĐ-CP",
        ),
        key(
            "scope",
            Form::OneOrList(&Form::Provision),
            [
                "Phần được quy định chi tiết; không ghi là toàn bộ.",
                "The part that is detailed; the whole where left out.",
            ],
            "Điều 8",
        ),
        key(
            "own",
            Form::OneOrList(&Form::Provision),
            [
                "Phần của văn bản này dùng để quy định chi tiết; không ghi là toàn bộ.",
                "The part of this text that does so; the whole where left out.",
            ],
            "Chương II",
        ),
    ],
    rules: &[],
};

static EFFECT: Record = Record {
    name: "effect",
    keys: &[
        needed("verb", Form::Word(words::VERBS), ["Làm gì.", "What it does."], "replaces"),
        needed(
            "document",
            Form::Document,
            [
                "Văn bản bị tác động; phải có trong documents/.",
                "The text acted on; it must be in documents/.",
            ],
            "61/2018/NĐ-CP",
        ),
        key(
            "scope",
            Form::ProvisionsOr(words::UNSPECIFIED),
            [
                "Phần bị tác động; không ghi là toàn bộ.",
                "The part acted on; the whole where left out.",
            ],
            "Điều 4 khoản 2",
        ),
        key(
            "except",
            Form::OneOrList(&Form::Provision),
            ["Phần được giữ lại: «hết hiệu lực, trừ …».", "What stays: \"ends, except …\"."],
            "Điều 71",
        ),
        key(
            "clause",
            Form::Provision,
            ["Điều khoản của văn bản này nói điều đó.", "Where this text says so."],
            "Điều 41 khoản 2",
        ),
        key(
            "from",
            Form::Day,
            [
                "Ngày bắt đầu tác động; không ghi là ngày văn bản này có hiệu lực.",
                "The first day of the act; that of this text where left out.",
            ],
            "2025-07-01",
        ),
        key(
            "to",
            Form::Day,
            ["Ngày có hiệu lực mới, với postpones.", "The new first day, with postpones."],
            "2024-08-01",
        ),
        key(
            "last_day",
            Form::Day,
            [
                "Với suspends: ngày ngưng cuối cùng; với extends: ngày cuối cùng mới.",
                "With suspends the last day of the pause, with extends the new last day.",
            ],
            "2026-06-30",
        ),
    ],
    rules: &[
        Rule::When { key: "verb", words: &["postpones"], wants: &["to"], refuses: &["last_day"] },
        Rule::When { key: "verb", words: &["extends"], wants: &["last_day"], refuses: &["to"] },
        Rule::When { key: "verb", words: &["suspends"], wants: &[], refuses: &["to"] },
        Rule::When {
            key: "verb",
            words: &[
                "replaces",
                "repeals",
                "amends",
                "resumes",
                "declares_expired",
                "declares_continuing",
                "corrects",
                "consolidates",
            ],
            wants: &[],
            refuses: &["to", "last_day"],
        },
    ],
};
