//! A catalogue of any size for benchmarks: so many procedures, a quarter as many documents, in the words and
//! with the relations of real ones, each file about as long as theirs. The same size gives the same bytes.
//!
//! It is meant for 22 November 2026: by then some documents have ended, and some will. Nothing in it is true;
//! offices, numbers and titles are made up from lists of words, so it must not be shown as a catalogue.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use niemyet::files::{Content, FilePath, FileTree};

/// On how many coming days documents take the place of others.
const DAYS_AHEAD: usize = 8;

/// Numbers that look thrown but are not: splitmix64.
struct Dice(u64);

impl Dice {
    fn of(kind: u64, place: usize) -> Self {
        Self(
            kind.wrapping_mul(0x9e37_79b9_7f4a_7c15)
                ^ (place as u64).wrapping_mul(0xd134_2543_de82_ef95),
        )
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).expect("less than `end`")
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'t>(&mut self, words: &[&'t str]) -> &'t str {
        words[self.below(words.len())]
    }
}

/// All files of a catalogue with so many procedures.
///
/// # Panics
///
/// Never: all names are plain.
#[must_use]
pub(crate) fn catalogue(procedures: usize) -> FileTree {
    let size = Size::of(procedures);
    let mut files = vec![
        ("catalogue.yaml".to_owned(), SITE.to_owned()),
        ("fields.yaml".to_owned(), fields(size)),
        ("holidays.yaml".to_owned(), HOLIDAYS.to_owned()),
    ];
    files.extend(SIGNS.map(|(_, issuer, name)| {
        (format!("agencies/{issuer}.yaml"), format!("name: {name}\nlevel: ministry\n"))
    }));
    files.extend((0..size.agencies).map(agency));
    files.extend((0..size.documents).map(|place| document(place, size)));
    files.extend((0..procedures).map(|place| (path(place, size), procedure(place, size))));
    files.extend((0..SUBJECTS.len()).map(|place| life_event(place, procedures)));
    let entries = files.into_iter().map(|(path, text)| {
        (FilePath::new(&path).expect("a plain name"), Content::Bytes(text.into_bytes()))
    });
    FileTree::new(entries.collect())
}

/// How many there are of what.
#[derive(Clone, Copy)]
struct Size {
    documents: usize,
    agencies: usize,
    fields: usize,
}

impl Size {
    fn of(procedures: usize) -> Self {
        Self {
            documents: (procedures / 4).max(60),
            agencies: (procedures / 60).max(4),
            fields: (procedures / 80).clamp(4, 300),
        }
    }

    /// How many documents are replaced. They come first; as many that replace them stand behind them, in the
    /// same order, and the last of these take effect on coming days. All others replace nothing.
    fn replaced(self) -> usize {
        self.documents / 5
    }

    /// The first of those that neither replace nor are replaced. Every second procedure rests on it.
    fn others(self) -> usize {
        self.replaced() * 2
    }

    /// The coming month in which a replaced document ends, from 1; none where it has ended.
    fn ends_in(self, replaced: usize) -> Option<usize> {
        (replaced + 1 + DAYS_AHEAD).checked_sub(self.replaced()).filter(|month| *month > 0)
    }
}

const SITE: &str = "\
title: Thủ tục hành chính đang có hiệu lực
publisher: Trung tâm Phục vụ hành chính công
base_url: https://tthc.example.vn/
home: |
  Trang này nêu thủ tục cần giấy tờ gì, nộp ở đâu, mất bao lâu và tốn bao nhiêu.
compiled: 2026-11-22
holidays_until: 2026-12-31
";

const HOLIDAYS: &str = "- {date: 2027-01-01, name: Tết Dương lịch}\n";

const WORKS: [&str; 12] = [
    "Cấp",
    "Cấp lại",
    "Cấp đổi",
    "Gia hạn",
    "Điều chỉnh",
    "Thu hồi theo đề nghị",
    "Công nhận",
    "Đăng ký",
    "Xác nhận",
    "Thẩm định",
    "Phê duyệt",
    "Chấm dứt",
];

const OBJECTS: [&str; 16] = [
    "giấy phép hoạt động",
    "chứng chỉ hành nghề",
    "giấy chứng nhận đủ điều kiện",
    "giấy phép xây dựng",
    "thẻ thành viên",
    "phương án sử dụng đất",
    "hồ sơ môi trường",
    "giấy phép khai thác nước",
    "danh mục thiết bị",
    "giấy phép vận tải",
    "quyết định thành lập",
    "bản công bố chất lượng",
    "giấy xác nhận thông tin",
    "kế hoạch phòng cháy",
    "chế độ trợ cấp",
    "quy hoạch chi tiết",
];

const SUBJECTS: [&str; 20] = [
    "cơ sở giáo dục mầm non",
    "phòng khám đa khoa",
    "hợp tác xã nông nghiệp",
    "doanh nghiệp vận tải hành khách",
    "cơ sở nuôi trồng thủy sản",
    "công trình cấp nước tập trung",
    "tổ chức hành nghề luật sư",
    "hộ kinh doanh thực phẩm",
    "trung tâm ngoại ngữ",
    "bến thủy nội địa",
    "cơ sở lưu trú du lịch",
    "chủ đầu tư dự án nhà ở",
    "người lao động bị tai nạn",
    "người có công với cách mạng",
    "cơ sở in và phát hành",
    "đơn vị sự nghiệp công lập",
    "trang trại chăn nuôi",
    "nhà thầu nước ngoài",
    "cơ sở bảo trợ xã hội",
    "tổ chức khoa học và công nghệ",
];

const PAPERS: [&str; 12] = [
    "Đơn đề nghị theo mẫu",
    "Bản sao giấy chứng nhận đã được cấp",
    "Báo cáo kết quả hoạt động",
    "Sơ đồ mặt bằng cơ sở",
    "Danh sách nhân sự kèm văn bằng",
    "Giấy tờ chứng minh quyền sử dụng đất",
    "Phương án bảo vệ môi trường",
    "Hợp đồng thuê địa điểm",
    "Giấy khám sức khỏe",
    "Ảnh chân dung nền trắng",
    "Văn bản ủy quyền",
    "Bản thuyết minh kỹ thuật",
];

const NOTES: [&str; 10] = [
    "Bản sao có chứng thực, hoặc bản chụp kèm bản chính để đối chiếu.",
    "Không phải nộp khi dữ liệu đã có trong cơ sở dữ liệu quốc gia.",
    "Chỉ nộp khi thay đổi người đại diện theo pháp luật.",
    "Ký và đóng dấu từng trang; bản điện tử dùng chữ ký số của tổ chức.",
    "Giấy tờ do nước ngoài cấp phải được hợp pháp hóa lãnh sự và dịch ra tiếng Việt.",
    "Áp dụng cho cơ sở có từ hai địa điểm trở lên.",
    "Cấp chưa quá sáu tháng tính đến ngày nộp.",
    "Nộp một bộ; nơi nhận không được đòi thêm bản sao.",
    "Ghi rõ địa chỉ, số điện thoại và người liên hệ.",
    "Trường hợp bị mất thì thay bằng đơn trình báo.",
];

const SENTENCES: [&str; 16] = [
    "Người nộp chọn nộp trực tiếp, trực tuyến hoặc qua bưu chính công ích.",
    "Hồ sơ nhận sau 15 giờ thì được tính từ ngày làm việc tiếp theo.",
    "Nơi tiếp nhận kiểm tra tính đầy đủ, hướng dẫn bổ sung một lần bằng văn bản và ghi giấy hẹn trả kết quả.",
    "Trường hợp phải xác minh thực tế, cơ quan thông báo trước cho người nộp về ngày và thành phần đoàn.",
    "Kết quả được trả tại nơi nộp hoặc gửi đến địa chỉ đã đăng ký.",
    "Không đủ điều kiện thì có văn bản trả lời, nêu rõ lý do.",
    "Cơ sở phải có ít nhất một người chịu trách nhiệm chuyên môn làm việc toàn thời gian.",
    "Diện tích sử dụng bình quân không thấp hơn mức tối thiểu do cơ quan quản lý chuyên ngành đặt ra.",
    "Người đứng đầu có kinh nghiệm quản lý từ ba năm trở lên trong cùng lĩnh vực.",
    "Phí được nộp một lần khi nhận giấy hẹn; nộp trực tuyến được giảm theo mức ghi ở phần phí.",
    "Thông tin đã có trên hệ thống không phải khai lại.",
    "Cơ quan chuyên môn lấy ý kiến các đơn vị liên quan; quá hạn không trả lời thì coi như đồng ý.",
    "Khi thay đổi tên hoặc địa chỉ, cơ sở thông báo trong mười ngày làm việc.",
    "Thiết bị đo lường được kiểm định đúng hạn và có tem kiểm định còn giá trị.",
    "Hội đồng thẩm định họp ít nhất hai phần ba số thành viên và lập biên bản.",
    "Công chức thụ lý trình lãnh đạo ký, vào sổ và chuyển bộ phận trả kết quả.",
];

const STEPS: [&str; 6] = [
    "Nộp hồ sơ",
    "Tiếp nhận và kiểm tra",
    "Thẩm định",
    "Xác minh thực tế",
    "Lấy ý kiến",
    "Ký và trả kết quả",
];

/// How numbers end, and who issues what bears them.
const SIGNS: [(&str, &str, &str); 4] = [
    ("NĐ-CP", "chinh-phu", "Chính phủ"),
    ("TT-BTP", "bo-tu-phap", "Bộ Tư pháp"),
    ("TT-BTC", "bo-tai-chinh", "Bộ Tài chính"),
    ("TT-BYT", "bo-y-te", "Bộ Y tế"),
];

fn fields(size: Size) -> String {
    (0..size.fields).fold(String::new(), |mut text, place| {
        let (subject, of) = (SUBJECTS[place % SUBJECTS.len()], place / SUBJECTS.len() + 1);
        let _ = writeln!(
            text,
            "- {{id: linh-vuc-{place}, name: Lĩnh vực {subject} {of}, order: {place}}}"
        );
        text
    })
}

fn agency(place: usize) -> (String, String) {
    let mut dice = Dice::of(1, place);
    let level = ["province", "commune"][place % 2];
    let mut text = format!("name: Ủy ban nhân dân đơn vị {place}\nlevel: {level}\noffices:\n");
    let _ = write!(
        text,
        "  - id: mot-cua-{place}
    name: Bộ phận Một cửa đơn vị {place}
    address: Số {} đường {}, phường {}
    phone: \"024.{:04}.{:04}\"
    hours: Thứ Hai đến thứ Sáu, 7 giờ 30 đến 17 giờ
",
        1 + dice.below(400),
        1 + dice.below(60),
        1 + dice.below(30),
        dice.below(10_000),
        dice.below(10_000),
    );
    (format!("agencies/don-vi-{place}.yaml"), text)
}

/// The sequence number within a year, the year and the ending of the number of the document at a place.
fn name(place: usize, size: Size) -> (usize, usize, usize) {
    let replaces = place.checked_sub(size.replaced()).filter(|of| *of < size.replaced());
    match replaces.map(|of| (of, size.ends_in(of))) {
        Some((of, Some(_))) => (900 + (of - (size.replaced() - DAYS_AHEAD)), 2026, of % 4),
        _ if place < size.replaced() => (1 + place / 4 % 320, 2001 + place / 1280, place % 4),
        _ => {
            let of = place - size.replaced();
            (1 + of / 4 % 320, 2012 + of / 1280, of % 4)
        }
    }
}

fn number(place: usize, size: Size) -> String {
    let (of, year, sign) = name(place, size);
    format!("{of:02}/{year}/{}", SIGNS[sign].0)
}

fn document(place: usize, size: Size) -> (String, String) {
    let mut dice = Dice::of(2, place);
    let (of, year, sign) = name(place, size);
    // Who has the higher number was signed later.
    let (month, day) = (1 + (of - 1) % 320 / 28, 1 + (of - 1) % 28);
    let mut text = format!(
        "number: {}
title: Quy định chi tiết về {} {} đối với {}, trình tự và trách nhiệm của các cơ quan, phần {place}
issuer: {}
signed: {year}-{month:02}-{day:02}
",
        number(place, size),
        dice.pick(&WORKS).to_lowercase(),
        dice.pick(&OBJECTS),
        dice.pick(&SUBJECTS),
        SIGNS[sign].1,
    );
    let replaces = place.checked_sub(size.replaced()).filter(|of| *of < size.replaced());
    let _ = match replaces.and_then(|of| size.ends_in(of)) {
        Some(month) => writeln!(text, "effective: 2027-{month:02}-01"),
        None => writeln!(text, "effective: {}-{month:02}-{day:02}", year + 1),
    };
    if let Some(of) = replaces {
        let of = number(of, size);
        let _ = writeln!(text, "effects:\n  - {{verb: replaces, document: {of}}}");
    } else if let Some(before) = place.checked_sub(size.others() + 4)
        && dice.one_in(4)
    {
        // One of the same issuer: it stands a multiple of four further up.
        let of = number(size.others() + before % 4 + dice.below(before / 4 + 1) * 4, size);
        let _ = writeln!(
            text,
            "effects:\n  - {{verb: amends, document: {of}, scope: Điều {}}}",
            1 + dice.below(30)
        );
    }
    let slug = number(place, size).to_lowercase().replace('đ', "d").replace('/', "-");
    (format!("documents/{year}/{slug}.yaml"), text)
}

fn life_event(place: usize, procedures: usize) -> (String, String) {
    let mut dice = Dice::of(4, place);
    let mut text = format!("name: Khi bạn là {}\norder: {place}\nprocedures:\n", SUBJECTS[place]);
    let mut named = BTreeSet::new();
    for _ in 0..8 {
        named.insert(code(dice.below(procedures)));
    }
    for code in named {
        let _ = writeln!(text, "  - \"{code}\"");
    }
    (format!("life-events/su-kien-{place}.yaml"), text)
}

fn path(place: usize, size: Size) -> String {
    format!("procedures/linh-vuc-{}/thu-tuc-{place}.yaml", place % size.fields)
}

fn code(place: usize) -> String {
    format!("{}.{:06}", 1 + place % 3, 100_000 + place)
}

/// The documents that a procedure rests on, the main one first. Few are cited by many, many by few.
fn cited(place: usize, size: Size, dice: &mut Dice) -> Vec<usize> {
    let mut cited = Vec::new();
    // One in a hundred rests on what has ended, one in fifty on what will end.
    if dice.one_in(100) {
        cited.push(dice.below(size.replaced() - DAYS_AHEAD));
    } else if dice.one_in(50) {
        cited.push(size.replaced() - 1 - dice.below(DAYS_AHEAD));
    }
    if place.is_multiple_of(2) {
        cited.push(size.others());
    }
    let others = size.documents - size.others();
    for _ in 0..4 + dice.below(5) {
        let rank = dice.below(1000);
        let near = dice.below(others / 20 + 1);
        let one = size.others() + (rank * rank / 1000 * others / 1000 + near).min(others - 1);
        if !cited.contains(&one) {
            cited.push(one);
        }
    }
    cited
}

/// A procedure of about eight thousand bytes.
fn procedure(place: usize, size: Size) -> String {
    let mut dice = Dice::of(3, place);
    let (work, object) = (dice.pick(&WORKS), dice.pick(&OBJECTS));
    let subject = dice.pick(&SUBJECTS);
    let mut text = format!(
        "# Dữ liệu sinh ra để đo, không có thật.
code: \"{}\"
title: {work} {object} đối với {subject}, loại {place}
plain_title: Xin {object} cho {subject} số {place}
search_terms:
  - xin {object}
  - {subject}
  - giấy tờ {object} {}
field: linh-vuc-{}
levels: [province]
audience: [citizen, enterprise]
scope: public
origin: national
legal_basis:
",
        code(place),
        place % 97,
        place % size.fields,
    );
    let cited = cited(place, size, &mut dice);
    for (at, document) in cited.iter().enumerate() {
        let role = if at == 0 { "main" } else { "supporting" };
        let _ = writeln!(text, "  - {{document: {}, role: {role}}}", number(*document, size));
    }
    let agency = dice.below(size.agencies);
    let _ = write!(
        text,
        "authority: {{performs: [don-vi-{agency}]}}\nreception:\n  - office: mot-cua-{agency}\n"
    );
    channels(&mut text, &mut dice);
    dossier(&mut text, &mut dice);
    steps(&mut text, &mut dice);
    let said = cited.iter().copied().find(|one| *one >= size.others()).unwrap_or(size.others());
    let kind = if name(said, size).2 == 0 { "Nghị định" } else { "Thông tư" };
    requirements(&mut text, &mut dice, &format!("{kind} {}", number(said, size)));
    let _ = writeln!(text, "results:\n  - {{name: {work} {object}}}");
    if place > 3 {
        let (one, other) = (code(dice.below(place - 1)), code(place - 1));
        let _ = writeln!(text, "related: {{see: [\"{one}\", \"{other}\"]}}");
    }
    text
}

fn channels(text: &mut String, dice: &mut Dice) {
    text.push_str("channels:\n");
    for kind in ["in_person", "online", "postal"] {
        let _ = write!(
            text,
            "  - kind: {kind}
    description: |
      {} {}
    times:
      - {{amount: {}, unit: working_day}}
    fees:
      - {{kind: phi, name: Phí thẩm định, amount: {}000}}
      - {{kind: le_phi, name: Lệ phí cấp giấy, amount: {}000, unit: giấy, when: Khi nhận bản giấy}}
",
            dice.pick(&SENTENCES),
            dice.pick(&SENTENCES),
            1 + dice.below(40),
            50 + dice.below(900),
            10 + dice.below(90),
        );
    }
}

fn dossier(text: &mut String, dice: &mut Dice) {
    text.push_str("cases:\n  - dossier:\n");
    for of in 0..5 + dice.below(4) {
        let _ = write!(
            text,
            "      - name: {}, mẫu số {:02}/{of}
        originals: {}
        copies: {}
        note: \"{} {}\"
",
            dice.pick(&PAPERS),
            1 + dice.below(40),
            1 + dice.below(2),
            dice.below(2),
            dice.pick(&NOTES),
            dice.pick(&NOTES),
        );
    }
}

fn steps(text: &mut String, dice: &mut Dice) {
    text.push_str("steps:\n");
    for title in STEPS {
        let _ = write!(
            text,
            "  - title: {title}
    who: Bộ phận Một cửa
    text: |
      - {} {}
      - {}
",
            dice.pick(&SENTENCES),
            dice.pick(&SENTENCES),
            dice.pick(&SENTENCES),
        );
    }
}

/// Conditions, one of which names a document.
fn requirements(text: &mut String, dice: &mut Dice, document: &str) {
    text.push_str("requirements: |\n");
    for of in 0..4 + dice.below(4) {
        let _ = writeln!(text, "  - {} {}", dice.pick(&SENTENCES), dice.pick(&SENTENCES));
        if of == 2 {
            let (part, article) = (1 + dice.below(6), 1 + dice.below(40));
            let _ =
                writeln!(text, "  - Điều kiện khác theo khoản {part} Điều {article} {document}.");
        }
    }
}
