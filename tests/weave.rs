//! A page of all days against the pages of each: what it shows on a day is, to the byte, the page that is
//! drawn for that day alone, and without script it shows nothing that changes. Every page on every day on
//! which anything changes, so that a day too few in `render/turns.rs` is found here.
//!
//! What is not compared is what such a page says about itself (`<aside class="turns">`) and, of its head,
//! which holds no templates, the title, the description and the word to search engines.

use std::path::Path;

use niemyet::files::{Content, FilePath, FileTree};
use niemyet::diagnostic::text::{Style, print};
use niemyet::language::Language;
use niemyet::model::date::{Date, parse};
use niemyet::pipeline::{self, Understood};
use niemyet::render::Site;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

fn read(folder: &str) -> FileTree {
    niemyet::disk::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("a catalogue")
}

fn site(files: &FileTree, today: &str) -> Site {
    understood(files, parse(today).expect("a date")).1
}

fn understood(files: &FileTree, today: Date) -> (Understood, Site) {
    let (understood, mut report) = pipeline::examine(files, today);
    let understood = understood.expect("a catalogue");
    let site = pipeline::site(&understood, files, &FileTree::default(), &mut report);
    let site = site.unwrap_or_else(|| {
        panic!("no site: {}", print(&report, files, Style { language: Language::English, colour: false, folder: "" }))
    });
    (understood, site)
}

fn paths(site: &Site, extension: &str) -> Vec<FilePath> {
    let paths = site.routes().map(|(address, _)| FilePath::new(address).expect("a path"));
    paths.filter(|path| path.extension() == Some(extension)).collect()
}

/// A template of a woven page, or what stands between two.
struct Part<'a> {
    from: Option<Date>,
    until: Option<Date>,
    text: &'a str,
}

fn parts(page: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = page;
    let plain = |text| Part { from: None, until: None, text };
    while let Some((before, after)) = rest.split_once("<template data-") {
        let (days, after) = after.split_once('>').expect("a tag has an end");
        let (text, after) = after.split_once("</template>").expect("a template has an end");
        let day = |name: &str| {
            let (_, value) = days.split_once(&format!("{name}=\""))?;
            parse(value.split_once('"')?.0)
        };
        assert!(!text.contains("<template"), "a template in a template: {text}");
        parts.push(plain(before));
        parts.push(Part { from: day("from"), until: day("until"), text });
        rest = after;
    }
    parts.push(plain(rest));
    parts
}

/// What the guard shows on a day; without a day, what is shown without script.
fn shown(page: &str, day: Option<Date>) -> String {
    let is_shown = |part: &&Part<'_>| match (part.from, part.until, day) {
        (None, None, _) => true,
        (_, _, None) => false,
        (from, until, Some(day)) => {
            from.is_none_or(|from| from <= day) && until.is_none_or(|until| day < until)
        }
    };
    parts(page).iter().filter(is_shown).map(|part| part.text).collect()
}

fn without_aside(page: &str) -> String {
    let Some((before, after)) = page.split_once("<aside class=\"turns\">") else {
        return page.to_owned();
    };
    let (_, after) = after.split_once("</aside>").expect("it has an end");
    format!("{before}{after}")
}

fn head_and_body(page: &str) -> (&str, &str) {
    page.split_once("</head>").expect("a page has a head")
}

/// Whether a line of the head may differ from day to day.
fn is_free(line: &str) -> bool {
    [
        "<title",
        "<meta name=\"description\"",
        "<meta name=\"robots\"",
        "<link rel=\"canonical\"",
        "unavailable_after",
    ]
    .iter()
    .any(|start| line.trim().starts_with(start))
}

/// Tags and texts in order.
fn tokens(page: &str) -> Vec<&str> {
    page.split_inclusive('>').flat_map(|part| part.split_inclusive('\n')).collect()
}

/// Compares every page on every day; returns how many pages change and how many drawings were compared.
fn compare(site: &Site) -> (usize, usize) {
    let days: Vec<Date> = site.days().collect();
    let counts: Vec<(bool, usize)> = paths(site, "html")
        .par_iter()
        .map(|path| {
            let (page, report) = site.page(path).expect("a page");
            assert!(report.is_empty(), "{path}: {report:?}");
            let page = String::from_utf8(page.bytes).expect("text");
            let woven = without_aside(&page);
            let always = shown(&woven, None);
            for day in &days {
                let eve = day.yesterday().expect("a day").max(days[0]);
                for day in [eve, *day] {
                    let alone = site.page_on(path, day).expect("a page");
                    let alone = String::from_utf8(alone).expect("text");
                    let shown = shown(&woven, Some(day));
                    let (head, body) = head_and_body(&shown);
                    let (head_alone, body_alone) = head_and_body(&alone);
                    if body != body_alone {
                        let at = body.lines().zip(body_alone.lines()).find(|(one, two)| one != two);
                        panic!("{path} on {day}: {at:#?}");
                    }
                    for (one, other) in [(head, head_alone), (head_alone, head)] {
                        for line in one.lines().filter(|line| !is_free(line)) {
                            assert!(other.contains(line), "{path} on {day}: head: {line}");
                        }
                    }
                    let mut left = tokens(body_alone).into_iter();
                    for token in tokens(head_and_body(&always).1) {
                        assert!(
                            left.any(|other| other == token),
                            "{path} on {day}: {token} is shown always"
                        );
                    }
                }
            }
            (page.contains("<template data-"), days.len())
        })
        .collect();
    for path in paths(site, "json") {
        let (page, _) = site.page(&path).expect("a file");
        let page = String::from_utf8(page.bytes).expect("text");
        let alone =
            |day| String::from_utf8(site.page_on(&path, day).expect("a file")).expect("text");
        let first = days.iter().find(|day| alone(**day) != alone(days[0]));
        let line = |line: &&str| line.starts_with("  \"valid_until\"");
        let said = page.lines().find(line).map(|line| line.trim().trim_end_matches(','));
        assert_eq!(
            said,
            first.map(|day| format!("\"valid_until\": \"{day}\"")).as_deref(),
            "{path}"
        );
        let rest: Vec<&str> = page.lines().filter(|other| !line(other)).collect();
        assert_eq!(rest, alone(days[0]).lines().collect::<Vec<_>>(), "{path}");
    }
    let n_changing = counts.iter().filter(|(changes, _)| *changes).count();
    (n_changing, counts.iter().map(|(_, n)| n).sum())
}

#[test]
fn bundled_catalogue_shows_each_day_as_it_is() {
    let files = read("catalogue");
    for today in ["2024-06-20", "2025-02-10"] {
        let site = site(&files, today);
        let (n_changing, n_compared) = compare(&site);
        println!(
            "{today}: {n_changing} pages change, {n_compared} drawings, {} days",
            site.days().count()
        );
        assert!(n_changing > 10, "{today}: {n_changing}");
    }
}

#[test]
fn year_of_changes_shows_each_day_as_it_is() {
    let files = read("tests/days/catalogue");
    for today in ["2026-01-01", "2026-03-14", "2026-06-21", "2026-08-01", "2026-11-20"] {
        let site = site(&files, today);
        let (n_changing, n_compared) = compare(&site);
        println!(
            "{today}: {n_changing} pages change, {n_compared} drawings, {} days",
            site.days().count()
        );
        assert!(n_changing > 10, "{today}: {n_changing}");
    }
}

/// Catalogues in which everything has days, acts on everything and names everything.
#[test]
fn made_up_catalogues_show_each_day_as_it_is() {
    for seed in 1..=8 {
        let site = site(&made_up(seed, 24, 30), "2026-01-01");
        let (n_changing, n_compared) = compare(&site);
        let n_days = site.days().count();
        println!("{seed}: {n_changing} pages change, {n_compared} drawings, {n_days} days");
        assert!(n_days > 20 && n_changing > 40, "{seed}: {n_days} days, {n_changing} pages");
    }
}

/// Numbers that look thrown, and are the same each time.
struct Dice(u64);

impl Dice {
    fn up_to(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
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

    /// A window, or nothing.
    fn window(&mut self) -> String {
        let (one, two) = (self.day(), self.day());
        match self.up_to(6) {
            0 => format!(", validity: {{from: {one}}}"),
            1 => format!(", validity: {{last_day: {one}}}"),
            2 if one != two => {
                format!(", validity: {{from: {}, last_day: {}}}", (&one).min(&two), (&one).max(&two))
            }
            _ => String::new(),
        }
    }
}

fn number(n: usize) -> String {
    match n % 3 {
        0 => format!("{}/2020/QH14", n + 1),
        1 => format!("{}/2021/NĐ-CP", n + 1),
        _ => format!("{}/2022/TT-BTP", n + 1),
    }
}

fn made_up(seed: u64, n_documents: usize, n_procedures: usize) -> FileTree {
    let mut dice = Dice(seed);
    let mut files: Vec<(String, String)> = vec![
        ("catalogue.yaml".into(), "title: Danh mục\npublisher: Xã\nlanguage: vi\n\
           base_url: https://example.org/\ncontacts: [{name: Tổng đài, phone: '1022'}]\n".into()),
        ("fields.yaml".into(), "- {id: mot, name: Một}\n- {id: hai, name: Hai}\n".into()),
    ];
    for n in 0..5 {
        let replaces = if n > 2 { format!("replaces: [co-quan-{}]\n", n - 3) } else { String::new() };
        let window = dice.window();
        let text = format!(
            "name: Cơ quan {n}\nlevel: commune\n{replaces}{}offices:\n  - {{id: cua-{n}, name: Cửa {n}{}}}\n",
            if window.is_empty() { String::new() } else { format!("{}\n", &window[2..]) },
            dice.window()
        );
        files.push((format!("agencies/co-quan-{n}.yaml"), text));
    }
    for n in 0..n_documents {
        let mut text = format!(
            "number: {}\ntitle: Văn bản {n}\nkind: {}\nissuer: co-quan-{}\neffective: {}\n",
            number(n),
            ["luat", "nghi-dinh", "thong-tu"][n % 3],
            dice.up_to(5),
            if dice.up_to(3) > 0 { "2022-01-01".to_owned() } else { dice.day() }
        );
        if dice.up_to(4) == 0 {
            text += &format!("provisions: [{{scope: Điều 5, from: {}}}]\n", dice.day());
        }
        if n > 3 && dice.up_to(3) == 0 {
            text += &format!("implements: [{{document: {}}}]\n", number(dice.up_to(n)));
        } else if n > 3 && dice.up_to(3) > 0 {
            let verb = dice.of(&["replaces", "repeals", "amends", "suspends", "replaces"]);
            let target = number(dice.up_to(n));
            let scope = if verb != "replaces" && dice.up_to(2) == 0 { ", scope: Điều 5" } else { "" };
            let last = if verb == "suspends" { ", last_day: 2027-09-01" } else { "" };
            text += &format!("effects: [{{verb: {verb}, document: {target}{scope}, from: {}{last}}}]\n", dice.day());
        }
        files.push((format!("documents/van-ban-{n}.yaml"), text));
    }
    let code = |n: usize| format!("1.{:06}", n / 4 * 4 + (n % 4).min(2));
    for n in 0..n_procedures {
        // Each fourth is a second version of the one before it.
        let window = match n % 4 {
            2 => "validity: {last_day: 2026-06-30}\n".to_owned(),
            3 => "validity: {from: 2026-07-01}\n".to_owned(),
            _ => String::new(),
        };
        let basis = |dice: &mut Dice| {
            let part = if dice.up_to(3) == 0 { ", provisions: [Điều 5]" } else { "" };
            format!("{{document: {}{part}{}}}", number(dice.up_to(n_documents)), dice.window())
        };
        let bases = (0..3).map(|_| basis(&mut dice)).collect::<Vec<_>>().join(", ");
        let fee_basis = number(dice.up_to(n_documents));
        let text = format!(
            "code: \"{}\"\ntitle: Thủ tục {n}\nfield: {}\nlevels: [commune]\naudience: [citizen]\n{window}\
             legal_basis: [{bases}]\nauthority: {{performs: [co-quan-{}], coordinates: [co-quan-{}]}}\n\
             channels:\n  - kind: in_person\n    times: [{{amount: 1{n}, unit: working_day{}}}, {{amount: 1, unit: day}}]\n    \
             fees: [{{name: Phí, amount: 1{n}000{}}}, {{name: Lệ phí, amount: 0, legal_basis: [{fee_basis}]}}]\n\
             cases: [{{dossier: [{{name: Giấy {n}, originals: 1{}}}, {{name: Tờ khai, originals: 1, form: mau}}]}}]\n\
             forms: [{{id: mau, code: M{n}, file: mau-{}.txt{}}}]\n\
             steps: [{{title: Nộp, text: 'Theo Điều 5 {} và {}.'}}, {{title: Nhận{}}}]\n\
             requirements: {}\nreception: [{{office: cua-{}}}, {{place: Nhà văn hóa{}}}]\n\
             related: {{before: [\"{}\"], see: [\"{}\"]}}\n",
            code(n), dice.of(&["mot", "hai"]), 0, dice.up_to(5), dice.window(), dice.window(),
            dice.window(), n % 3, dice.window(), number(dice.up_to(n_documents)),
            number(dice.up_to(n_documents)), dice.window(),
            dice.of(&["'Xem [nhóm](lien-thong/nhom-0.html)'", "Không", "'Xem [cơ quan](co-quan/co-quan-3.html)'"]),
            dice.up_to(5), dice.window(), code(dice.up_to(n_procedures)), code(dice.up_to(n_procedures)),
        );
        files.push((format!("procedures/mot/thu-tuc-{n}.yaml"), text));
    }
    for n in 0..3 {
        files.push((format!("forms/mau-{n}.txt"), format!("Mẫu {n}")));
        let (one, two) = (code(dice.up_to(n_procedures)), code(dice.up_to(n_procedures)));
        let window = dice.window();
        let window = if window.is_empty() { String::new() } else { format!("{}\n", &window[2..]) };
        files.push((format!("groups/nhom-{n}.yaml"), format!("name: Nhóm {n}\nlead: co-quan-{n}\nprocedures: [\"{one}\", \"{two}\"]\n\
            legal_basis: [{{document: {}{}}}]\n{window}", number(dice.up_to(n_documents)), dice.window())));
        files.push((format!("life-events/viec-{n}.yaml"), format!("name: Việc {n}\nprocedures: [\"{two}\", \"{one}\"]\n")));
        files.push((format!("decisions/bai-bo-{n}.yaml"), format!(
            "number: {n}/QĐ-UBND\nissuer: co-quan-0\nsigned: 2025-11-03\neffective: {}\nitems:\n  - \
             {{action: repealed, procedure: \"{}\"}}\n  - {{action: amended, procedure: \"{}\"}}\n",
            dice.day(), code(n * 4), code(n * 4 + 3))));
    }
    let entry = |(path, text): (String, String)| {
        (FilePath::new(&path).expect("a path"), Content::Bytes(text.into_bytes()))
    };
    FileTree::new(files.into_iter().map(entry).collect())
}

/// Until more is published than could be told, each coming day is foreseen as it will be.
#[test]
fn what_is_foreseen_is_what_comes() {
    let files = read("tests/days/catalogue");
    let mut n_compared = 0;
    for today in ["2026-01-01", "2026-06-21", "2026-08-01"] {
        let (early, site) = understood(&files, parse(today).expect("a date"));
        let untold = early.assessment.first_untold();
        for day in site.days().skip(1).filter(|day| untold.is_none_or(|untold| *day < untold)) {
            let (_, then) = understood(&files, day);
            for path in paths(&then, "html") {
                let one =
                    site.page_on(&path, day).unwrap_or_else(|| panic!("no {path} on {today}"));
                let other = then.page_on(&path, day).expect("a page");
                let masked = |bytes, as_of, site: &Site| masked(bytes, as_of, site.valid_until());
                let as_of = parse(today).expect("a date");
                assert_eq!(masked(one, as_of, &site), masked(other, day, &then), "{path} on {day}");
                n_compared += 1;
            }
        }
    }
    assert!(n_compared > 300, "{n_compared}");
}

/// A page without the day on which was asked, and what follows from it.
fn masked(page: Vec<u8>, as_of: Date, valid_until: Date) -> String {
    let page = String::from_utf8(page).expect("text");
    let mut page = page
        .replace(&format!("data-as-of=\"{as_of}\""), "")
        .replace(&format!("data-valid-until=\"{valid_until}\""), "");
    for (start, end) in
        [("<div class=\"warn stale\"", "</div></div>"), ("<div class=\"asof\">", "</div>")]
    {
        let (before, after) = page.split_once(start).expect("every page has it");
        let (_, after) = after.split_once(end).expect("it has an end");
        page = format!("{before}{after}");
    }
    page
}
