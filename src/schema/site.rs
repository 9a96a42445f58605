//! The keys of `catalogue.yaml`.

use super::{Form, Record, key, needed, words};

pub(super) static SITE: Record = Record {
    name: "catalogue",
    keys: &[
        needed(
            "title",
            Form::Text,
            ["Tên trang.", "The site's title."],
            "Thủ tục hành chính của xã Ví Dụ",
        ),
        needed(
            "publisher",
            Form::Text,
            ["Cơ quan chịu trách nhiệm công khai.", "The agency that publishes."],
            "Ủy ban nhân dân xã Ví Dụ",
        ),
        key(
            "notice",
            Form::Text,
            ["Một câu hiện trên mọi trang.", "A sentence on every page."],
            "Trang đang thử nghiệm",
        ),
        key(
            "base_url",
            Form::Link,
            [
                "Địa chỉ trang sẽ có. Cần cho mã QR trên tờ niêm yết, bản đồ trang và dữ liệu mở.",
                "The address the site will have. Needed for QR codes on paper, the site map and open data.",
            ],
            "https://thutuc.example.vn/",
        ),
        key(
            "language",
            Form::Word(words::LANGUAGES),
            [
                "Ngôn ngữ chính của trang; không ghi là tiếng Việt.",
                "The site's main language; Vietnamese where left out.",
            ],
            "vi",
        ),
        key(
            "languages",
            Form::List(&Form::Word(words::LANGUAGES)),
            [
                "Các ngôn ngữ của trang; lời ở ngôn ngữ thứ hai lấy từ translations/.",
                "The site's languages; texts in the second come from translations/.",
            ],
            "en",
        ),
        key(
            "contacts",
            Form::List(&Form::Record(&CONTACT)),
            ["Nơi người dân hỏi khi cần.", "Where citizens may ask."],
            "",
        ),
        key(
            "policies",
            Form::Record(&POLICIES),
            ["Quy tắc đăng của cơ quan.", "The agency's rules of publication."],
            "",
        ),
        key(
            "upkeep",
            Form::Record(&UPKEEP),
            ["Lịch đối chiếu và nhắc trước.", "How often to compare, how early to warn."],
            "",
        ),
        key(
            "home",
            Form::Markdown,
            ["Lời ở trang đầu.", "The text of the home page."],
            "Trang này nêu thủ tục cần giấy tờ gì, nộp ở đâu, mất bao lâu.",
        ),
        key(
            "home_procedures",
            Form::List(&Form::Code),
            [
                "Mã các thủ tục hay cần, hiện ở trang đầu.",
                "Codes of the procedures shown on the home page.",
            ],
            "1.001193",
        ),
        key(
            "compiled",
            Form::Day,
            [
                "Ngày lập danh mục, hiện trên trang.",
                "The day the catalogue was compiled, shown on the site.",
            ],
            "2026-11-22",
        ),
        key(
            "licence",
            Form::Record(&LICENCE),
            ["Giấy phép của dữ liệu mở.", "The licence of the open data."],
            "",
        ),
        key(
            "holidays_until",
            Form::Day,
            [
                "holidays.yaml đủ đến hết ngày này; ngày trả sau đó không được tính.",
                "holidays.yaml is complete up to this day; no due day after it is computed.",
            ],
            "2026-12-31",
        ),
        key(
            "repository",
            Form::Record(&REPOSITORY),
            [
                "Kho Git của danh mục, để mỗi trang dẫn đến tệp nguồn của nó.",
                "The catalogue's Git repository, so that pages lead to their files.",
            ],
            "",
        ),
    ],
    rules: &[],
};

static CONTACT: Record = Record {
    name: "contact",
    keys: &[
        needed("name", Form::Text, ["Tên nơi liên hệ.", "Its name."], "Bộ phận Một cửa"),
        key("text", Form::Text, ["Hỏi được việc gì.", "What to ask there."], "Hỏi về hồ sơ đã nộp"),
        key(
            "url",
            Form::Contact,
            ["Địa chỉ mạng, mailto: hoặc tel:.", "A web address, mailto: or tel:."],
            "mailto:motcua@example.vn",
        ),
        key(
            "phone",
            Form::Text,
            ["Điện thoại, trong dấu nháy.", "Telephone, in quotes."],
            "024 0000 0000",
        ),
    ],
    rules: &[],
};

static POLICIES: Record = Record {
    name: "policies",
    keys: &[
        key(
            "unknown_basis",
            Form::Word(words::UNKNOWN_BASIS),
            [
                "Làm gì với thủ tục có căn cứ chưa rõ hiệu lực.",
                "What to do with a procedure whose basis is unclear.",
            ],
            "drop",
        ),
        key(
            "show_internal_process",
            Form::Flag,
            [
                "Hiện quy trình nội bộ trên trang hay không.",
                "Whether internal steps are on the site.",
            ],
            "false",
        ),
        key(
            "max_age",
            Form::Count(1, 60),
            [
                "Trang đáng tin trong mấy ngày kể từ ngày dựng (1 đến 60); quá thì trang tự báo là cũ.",
                "For how many days a site can be trusted (1 to 60); after them it says that it is old.",
            ],
            "7",
        ),
        key(
            "integrity",
            Form::Flag,
            [
                "Ghi mã băm để trình duyệt từ chối kịch bản, kiểu dáng bị sửa.",
                "Write hashes with which browsers refuse changed scripts and styles.",
            ],
            "false",
        ),
    ],
    rules: &[],
};

static UPKEEP: Record = Record {
    name: "upkeep",
    keys: &[
        key(
            "check_every",
            Form::Span,
            [
                "Bao lâu phải đối chiếu lại một thủ tục.",
                "How often a procedure is to be compared again.",
            ],
            "90 ngày",
        ),
        key(
            "overdue_budget",
            Form::Share,
            [
                "Bao nhiêu phần trăm thủ tục được phép quá hạn đối chiếu.",
                "Per cent of procedures that may be overdue.",
            ],
            "5",
        ),
        key(
            "warn_ahead",
            Form::List(&Form::Count(1, 3650)),
            [
                "Nhắc trước bao nhiêu ngày; nhiều mốc được.",
                "How many days ahead to warn; several milestones.",
            ],
            "90",
        ),
    ],
    rules: &[],
};

static LICENCE: Record = Record {
    name: "licence",
    keys: &[
        needed("name", Form::Text, ["Tên giấy phép.", "Its name."], "CC BY 4.0"),
        key(
            "url",
            Form::Link,
            ["Nơi đọc giấy phép.", "Where to read it."],
            "https://creativecommons.org/licenses/by/4.0/",
        ),
    ],
    rules: &[],
};

static REPOSITORY: Record = Record {
    name: "repository",
    keys: &[
        needed(
            "url",
            Form::Link,
            ["Địa chỉ kho.", "The repository's address."],
            "https://github.com/xa-vi-du/thu-tuc",
        ),
        key(
            "host",
            Form::Word(words::HOSTS),
            [
                "Phần mềm của kho; phải ghi khi không đoán được từ địa chỉ.",
                "The repository's software; needed where the address does not tell.",
            ],
            "gitlab",
        ),
        key(
            "branch",
            Form::Path,
            ["Nhánh; không ghi là main.", "The branch; main where left out."],
            "main",
        ),
        key(
            "path",
            Form::Path,
            ["Thư mục danh mục trong kho.", "The catalogue's folder in the repository."],
            "catalogue",
        ),
    ],
    rules: &[],
};
