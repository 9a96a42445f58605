//! The keys of a file of `decisions/`.

use super::{Form, Record, key, needed, words};

pub(super) static DECISION: Record = Record {
    name: "decision",
    keys: &[
        needed(
            "number",
            Form::Decision,
            ["Số quyết định công bố.", "The decision's number."],
            "1234/QĐ-UBND",
        ),
        key(
            "issuer",
            Form::Agency,
            ["Cơ quan ban hành (id trong agencies/).", "Who issued it (an id in agencies/)."],
            "ubnd-tinh",
        ),
        key("signed", Form::Day, ["Ngày ký.", "The day it was signed."], "2026-06-20"),
        key("effective", Form::Day, ["Ngày có hiệu lực.", "The first day in force."], "2026-07-01"),
        key(
            "made_public",
            Form::Day,
            [
                "Ngày công khai trên cơ sở dữ liệu quốc gia; hạn công khai tính theo Quyết định 766/QĐ-TTg.",
                "The day it was made public in the national database; the time for that is in Quyết định 766/QĐ-TTg.",
            ],
            "2026-06-24",
        ),
        key(
            "follows",
            Form::RecordOr(&FOLLOWS, &Form::Decision),
            [
                "Quyết định của bộ mà quyết định này công bố theo.",
                "The ministry's decision that it follows.",
            ],
            "163/QĐ-BTP",
        ),
        key(
            "items",
            Form::List(&Form::Record(&ITEM)),
            ["Từng thủ tục được công bố.", "The procedures it announces."],
            "",
        ),
    ],
    rules: &[],
};

static FOLLOWS: Record = Record {
    name: "follows",
    keys: &[
        needed("decision", Form::Decision, ["Số quyết định của bộ.", "Its number."], "163/QĐ-BTP"),
        key("received", Form::Day, ["Ngày nhận được.", "The day it was received."], "2026-06-18"),
    ],
    rules: &[],
};

static ITEM: Record = Record {
    name: "item",
    keys: &[
        needed(
            "action",
            Form::Word(words::ACTIONS),
            ["Công bố điều gì.", "What is announced."],
            "amended",
        ),
        needed(
            "procedure",
            Form::Code,
            ["Mã thủ tục, trong dấu nháy.", "The procedure's code, in quotes."],
            "1.000656",
        ),
        key(
            "parts",
            Form::OneOrList(&Form::Text),
            ["Phần được sửa đổi, bằng lời.", "The parts amended, in words."],
            "thời hạn",
        ),
        key(
            "because_of",
            Form::Document,
            ["Văn bản là lý do của việc công bố.", "The legal document behind it."],
            "118/2025/NĐ-CP",
        ),
        key(
            "replaced_by",
            Form::Code,
            ["Mã thủ tục thay thế, nếu có.", "The code of the procedure in its place, if any."],
            "1.001193",
        ),
    ],
    rules: &[],
};
