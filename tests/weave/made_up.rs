//! Catalogues in which everything has days, acts on everything and names everything; the same for the same
//! seed. They make no sense, and each of their pages changes often.

use std::fmt::Write as _;

use niemyet::files::{Content, FilePath, FileTree};

const N_AGENCIES: usize = 5;

/// A catalogue of a size.
pub(crate) fn made_up(seed: u64, n_documents: usize, n_procedures: usize) -> FileTree {
    let mut made = Made { dice: Dice(seed), n_documents, n_procedures, files: Vec::new() };
    made.add(
        "catalogue.yaml",
        "title: Danh mục\npublisher: Xã\nlanguage: vi\nbase_url: https://example.org/\n\
         contacts: [{name: Tổng đài, phone: '1022'}]\n",
    );
    made.add("fields.yaml", "- {id: mot, name: Một}\n- {id: hai, name: Hai}\n");
    (0..N_AGENCIES).for_each(|n| made.agency(n));
    (0..n_documents).for_each(|n| made.document(n));
    (0..n_procedures).for_each(|n| made.procedure(n));
    (0..3).for_each(|n| made.others(n));
    FileTree::new(made.files)
}

struct Made {
    dice: Dice,
    n_documents: usize,
    n_procedures: usize,
    files: Vec<(FilePath, Content)>,
}

/// The number of the n-th document.
pub(crate) fn number(n: usize) -> String {
    match n % 3 {
        0 => format!("{}/2020/QH14", n + 1),
        1 => format!("{}/2021/NĐ-CP", n + 1),
        _ => format!("{}/2022/TT-BTP", n + 1),
    }
}

/// The code of the n-th version: each fourth is a second version of the one before it.
fn code(n: usize) -> String {
    format!("1.{:06}", n / 4 * 4 + (n % 4).min(2))
}

impl Made {
    fn add(&mut self, path: &str, text: &str) {
        let path = FilePath::new(path).expect("a path");
        self.files.push((path, Content::Bytes(text.as_bytes().to_vec())));
    }

    fn any_number(&mut self) -> String {
        number(self.dice.up_to(self.n_documents))
    }

    fn any_code(&mut self) -> String {
        code(self.dice.up_to(self.n_procedures))
    }

    /// `, validity: …`, or nothing.
    fn days(&mut self) -> String {
        self.dice.window().map_or(String::new(), |window| format!(", validity: {window}"))
    }

    fn own_days(&mut self) -> String {
        self.dice.window().map_or(String::new(), |window| format!("validity: {window}\n"))
    }

    fn agency(&mut self, n: usize) {
        let replaces =
            if n > 2 { format!("replaces: [co-quan-{}]\n", n - 3) } else { String::new() };
        let (own, of_office) = (self.own_days(), self.days());
        let text = format!(
            "name: Cơ quan {n}\nlevel: commune\n{replaces}{own}\
             offices:\n  - {{id: cua-{n}, name: Cửa {n}{of_office}}}\n"
        );
        self.add(&format!("agencies/co-quan-{n}.yaml"), &text);
    }

    fn document(&mut self, n: usize) {
        let dice = &mut self.dice;
        let effective = if dice.up_to(3) > 0 { "2022-01-01".to_owned() } else { dice.day() };
        let kind = ["luat", "nghi-dinh", "thong-tu"][n % 3];
        let mut text = format!(
            "number: {}\ntitle: Văn bản {n}\nkind: {kind}\nissuer: co-quan-{}\neffective: {effective}\n",
            number(n),
            dice.up_to(N_AGENCIES)
        );
        if dice.up_to(4) == 0 {
            let _written = writeln!(text, "provisions: [{{scope: Điều 5, from: {}}}]", dice.day());
        }
        // What falls with another acts on nothing, so that no circle arises.
        if n > 3 && dice.up_to(3) == 0 {
            let parent = number(dice.up_to(n));
            let _written = writeln!(text, "implements: [{{document: {parent}}}]");
        } else if n > 3 && dice.up_to(3) > 0 {
            let verb = dice.of(&["replaces", "repeals", "amends", "suspends", "replaces"]);
            let target = number(dice.up_to(n));
            let scope =
                if verb != "replaces" && dice.up_to(2) == 0 { ", scope: Điều 5" } else { "" };
            let last = if verb == "suspends" { ", last_day: 2027-09-01" } else { "" };
            let from = if dice.up_to(3) == 0 { "2025-11-05".to_owned() } else { dice.day() };
            let _written = writeln!(
                text,
                "effects: [{{verb: {verb}, document: {target}{scope}, from: {from}{last}}}]"
            );
        }
        self.add(&format!("documents/van-ban-{n}.yaml"), &text);
    }

    fn basis(&mut self) -> String {
        let part = if self.dice.up_to(3) == 0 { ", provisions: [Điều 5]" } else { "" };
        format!("{{document: {}{part}{}}}", self.any_number(), self.days())
    }

    fn procedure(&mut self, n: usize) {
        let window = match n % 4 {
            2 => "validity: {last_day: 2026-06-30}\n",
            3 => "validity: {from: 2026-07-01}\n",
            _ => "",
        };
        let field = self.dice.of(&["mot", "hai"]);
        let mut text = format!(
            "code: \"{}\"\ntitle: Thủ tục {n}\nfield: {field}\nlevels: [commune]\naudience: [citizen]\n{window}\
             legal_basis: [{}, {}, {}]\nauthority: {{performs: [co-quan-0], coordinates: [co-quan-{}]}}\n",
            code(n),
            self.basis(),
            self.basis(),
            self.basis(),
            self.dice.up_to(N_AGENCIES),
        );
        let _written = write!(
            text,
            "channels:\n  - kind: in_person\n    \
             times: [{{amount: 1{n}, unit: working_day{}}}, {{amount: 1, unit: day}}]\n    \
             fees: [{{name: Phí, amount: 1{n}000{}}}, {{name: Lệ phí, amount: 0, legal_basis: [{}]}}]\n\
             cases: [{{dossier: [{{name: Giấy {n}, originals: 1{}}}, {{name: Tờ khai, originals: 1, form: mau}}]}}]\n\
             forms: [{{id: mau, code: M{n}, file: mau-{}.txt{}}}]\n",
            self.days(),
            self.days(),
            self.any_number(),
            self.days(),
            n % 3,
            self.days(),
        );
        let requirements = self.dice.of(&[
            "'Xem [nhóm](lien-thong/nhom-0.html)'",
            "Không",
            "'Xem [cơ quan](co-quan/co-quan-3.html)'",
        ]);
        let _written = write!(
            text,
            "steps: [{{title: Nộp, text: 'Theo Điều 5 {} và {}.'}}, {{title: Nhận{}}}]\n\
             requirements: {requirements}\n\
             reception: [{{office: cua-{}}}, {{place: Nhà văn hóa{}}}]\n\
             related: {{before: [\"{}\"], see: [\"{}\"]}}\n",
            number(0),
            number(1),
            self.days(),
            self.dice.up_to(N_AGENCIES),
            self.days(),
            self.any_code(),
            self.any_code(),
        );
        self.add(&format!("procedures/mot/thu-tuc-{n}.yaml"), &text);
    }

    /// A form, a joint group, a life event and a decision.
    fn others(&mut self, n: usize) {
        self.add(&format!("forms/mau-{n}.txt"), &format!("Mẫu {n}"));
        let (one, two) = (self.any_code(), self.any_code());
        let (own, basis) = (self.own_days(), self.basis());
        let group = format!(
            "name: Nhóm {n}\nlead: co-quan-{n}\nprocedures: [\"{one}\", \"{two}\"]\n\
             legal_basis: [{basis}]\n{own}"
        );
        self.add(&format!("groups/nhom-{n}.yaml"), &group);
        let event = format!("name: Việc {n}\nprocedures: [\"{two}\", \"{one}\"]\n");
        self.add(&format!("life-events/viec-{n}.yaml"), &event);
        let decision = format!(
            "number: {n}/QĐ-UBND\nissuer: co-quan-0\nsigned: 2025-11-03\neffective: {}\nitems:\n  \
             - {{action: repealed, procedure: \"{}\"}}\n  - {{action: amended, procedure: \"{}\"}}\n",
            self.dice.day(),
            code(n * 4),
            code(n * 4 + 3)
        );
        self.add(&format!("decisions/quyet-dinh-{n}.yaml"), &decision);
    }
}

/// Numbers that look thrown.
struct Dice(u64);

impl Dice {
    fn up_to(&mut self, n: usize) -> usize {
        const FACTOR: u64 = 6_364_136_223_846_793_005;
        self.0 = self.0.wrapping_mul(FACTOR).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % n
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.up_to(list.len())]
    }

    /// A day some months before or after the first of January 2026.
    fn day(&mut self) -> String {
        let (year, month) = match self.up_to(22) {
            month @ 0..4 => (2025, month + 9),
            month @ 4..16 => (2026, month - 3),
            month => (2027, month - 15),
        };
        format!("{year}-{month:02}-{:02}", 1 + self.up_to(28))
    }

    fn window(&mut self) -> Option<String> {
        let (one, two) = (self.day(), self.day());
        match self.up_to(6) {
            0 => Some(format!("{{from: {one}}}")),
            1 => Some(format!("{{last_day: {one}}}")),
            2 => Some(format!("{{from: {}, last_day: {}}}", (&one).min(&two), (&one).max(&two))),
            _ => None,
        }
    }
}
