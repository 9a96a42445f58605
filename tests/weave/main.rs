//! A page of all days against the pages of each: what it shows on a day is, to the byte, the page that is
//! drawn for that day alone, and without script it shows nothing that changes. Every page on every day on
//! which anything changes, so that a day too few in `render/turns.rs` is found here.
//!
//! What it says to programs (JSON-LD) is true on all of its days.
//!
//! What is not compared is what such a page says about itself (`<aside class="turns">`, `<p class="turns"`) and, of its head,
//! which holds no templates, the title, the description, what those who share it show, and the word to search
//! engines.

mod made_up;

use std::collections::BTreeSet;
use std::path::Path;

use made_up::made_up;
use niemyet::diagnostic::text::{Style, print};
use niemyet::files::{Content, FilePath, FileTree};
use niemyet::language::Language;
use niemyet::model::date::{Date, parse};
use niemyet::pipeline::{self, Understood};
use niemyet::render::Site;
use niemyet::validity::procedure::ProcedureStanding;
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
        panic!(
            "no site: {}",
            print(&report, files, Style { language: Language::English, colour: false, folder: "" })
        )
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

fn without_notices(page: &str) -> String {
    let mut page = page.to_owned();
    for (start, end) in [("<aside class=\"turns\">", "</aside>"), ("<p class=\"turns\"", "</p>")] {
        while let Some((before, after)) = page.split_once(start) {
            let (_, after) = after.split_once(end).expect("it has an end");
            page = format!("{before}{after}");
        }
    }
    page
}

fn head_and_body(page: &str) -> (&str, &str) {
    page.split_once("</head>").expect("a page has a head")
}

const LINKED: &str = "<script type=\"application/ld+json\">";

/// What a page says to programs: each statement by its thing.
fn said(page: &str) -> BTreeSet<String> {
    let Some((_, rest)) = page.split_once(LINKED) else { return BTreeSet::new() };
    let text = rest.split_once("</script>").expect("it has an end").0;
    let graph: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let things = graph["@graph"].as_array().expect("a list");
    let said = things.iter().flat_map(|thing| {
        let about = format!("{} {}", thing["@type"], thing["@id"]);
        let thing = thing.as_object().expect("a thing");
        thing.iter().map(move |(key, value)| format!("{about} {key} {value}"))
    });
    said.collect()
}

/// Whether a line of the head may differ from day to day.
fn is_free(line: &str) -> bool {
    [
        "<title",
        "<meta name=\"description\"",
        "<meta name=\"robots\"",
        "<meta property=\"og:",
        LINKED,
        "<link rel=\"canonical\"",
        "<link rel=\"alternate\" hreflang=",
        "unavailable_after",
    ]
    .iter()
    .any(|start| line.trim().starts_with(start))
}

/// Tags and texts in order.
fn tokens(page: &str) -> Vec<&str> {
    page.split_inclusive('>').flat_map(|part| part.split_inclusive('\n')).collect()
}

/// Compares every page on every day; returns how many change.
fn compare(site: &Site) -> usize {
    let days: Vec<Date> = site.days().collect();
    let changes: Vec<bool> = paths(site, "html")
        .par_iter()
        .map(|path| {
            let (page, report) = site.page(path).expect("a page");
            assert!(report.is_empty(), "{path}: {report:?}");
            let page = String::from_utf8(page.bytes).expect("text");
            let woven = without_notices(&page);
            let always = shown(&woven, None);
            let to_programs = said(&woven);
            // A drawing holds up to the eve of the next.
            let eves = days.iter().skip(1).map(|day| day.yesterday().expect("a day"));
            let ends = eves.chain([days[days.len() - 1]]);
            for (day, end) in days.iter().copied().zip(ends) {
                let alone = site.page_on(path, day).expect("a page");
                let alone = String::from_utf8(alone).expect("text");
                let (head_alone, body_alone) = head_and_body(&alone);
                let untrue = to_programs.difference(&said(&alone)).next().cloned();
                assert_eq!(untrue, None, "{path} on {day}");
                for day in [day, end] {
                    let shown = shown(&woven, Some(day));
                    let (head, body) = head_and_body(&shown);
                    if body != body_alone {
                        let at = body.lines().zip(body_alone.lines()).find(|(one, two)| one != two);
                        panic!("{path} on {day}: {at:#?}");
                    }
                    for (one, other) in [(head, head_alone), (head_alone, head)] {
                        for line in one.lines().filter(|line| !is_free(line)) {
                            assert!(other.contains(line), "{path} on {day}: head: {line}");
                        }
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
            page.contains("<template data-")
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
    changes.into_iter().filter(|changes| *changes).count()
}

#[test]
fn bundled_catalogue_shows_each_day_as_it_is() {
    let files = read("catalogue");
    for today in ["2024-06-20", "2025-02-10"] {
        let site = site(&files, today);
        let n_changing = compare(&site);
        assert!(n_changing > 10, "{today}: {n_changing}");
    }
}

#[test]
fn year_of_changes_shows_each_day_as_it_is() {
    let files = read("tests/days/catalogue");
    for today in ["2026-01-01", "2026-03-14", "2026-06-21", "2026-08-01", "2026-11-20"] {
        let site = site(&files, today);
        let n_changing = compare(&site);
        assert!(n_changing > 10, "{today}: {n_changing}");
    }
}

/// Catalogues in which everything has days, acts on everything and names everything.
#[test]
fn made_up_catalogues_show_each_day_as_it_is() {
    let mut n_over = 0;
    for seed in 1..=4 {
        let files = made_up(seed, 18, 20);
        let (early, site) = understood(&files, parse("2026-05-01").expect("a date"));
        n_over += is_silent(&early, &site);
        let n_changing = compare(&site);
        let n_days = site.days().count();
        assert!(n_days > 20 && n_changing > 40, "{seed}: {n_days} days, {n_changing} pages");
    }
    assert!(n_over > 4, "{n_over}");
}

/// What stands on every page, and in the names of things, gives way on the day on which it names what is over.
#[test]
fn what_surrounds_a_page_is_that_of_the_day() {
    let mut n_days = 0;
    for seed in 1..=2 {
        let all = made_up(seed, 18, 20);
        let numbers = (0..18).step_by(5).map(made_up::number).collect::<Vec<_>>().join(", ");
        let said = |text: &str| {
            text.replace("publisher: Xã", &format!("publisher: Xã\nnotice: Theo {numbers}"))
                .replace("name: Hai", &format!("name: 'Hai, theo {}'", made_up::number(3)))
        };
        let all = all.iter().map(|(_, path, content)| {
            let text = String::from_utf8_lossy(content.bytes());
            (path.clone(), Content::Bytes(said(&text).into_bytes()))
        });
        let files = FileTree::new(all.collect());
        let (early, site) = understood(&files, parse("2026-05-01").expect("a date"));
        n_days += early.hushed.days().count();
        assert!(compare(&site) > 40);
    }
    assert!(n_days > 2, "{n_days} days on which other texts are shown");
}

/// What is over on the day on which was asked is named ahead of no notice: in no byte of a page that is
/// none on that day. Says how many documents are over.
fn is_silent(early: &Understood, site: &Site) -> usize {
    let Understood { catalogue, assessment, .. } = early;
    let mut notices = Vec::new();
    let mut over = Vec::new();
    for (id, document) in catalogue.document_ids() {
        if assessment.document(id).force.is_over() {
            notices.push(format!("van-ban/{}.html", document.slug));
            over.push(format!(">{}<", document.label()));
            over.push(format!("/{}.html", document.slug));
        }
    }
    let mut withheld = Vec::new();
    for (id, procedure) in catalogue.procedure_ids() {
        let standing = assessment.procedure(id);
        if matches!(
            standing,
            ProcedureStanding::Withheld { .. } | ProcedureStanding::Superseded { .. }
        ) {
            notices.push(format!("thu-tuc/{}.html", procedure.slug));
            withheld.push(format!(">{}<", procedure.title));
        }
        if !matches!(standing, ProcedureStanding::Published(_)) && standing.applies_from().is_none()
        {
            withheld.push(format!("/{}.html", procedure.slug));
        }
    }
    for path in paths(site, "html").iter().filter(|path| !notices.contains(&path.to_string())) {
        let (page, _) = site.page(path).expect("a page");
        let page = String::from_utf8(page.bytes).expect("text");
        let page = without_own_address(&page, path);
        for gone in over.iter().chain(&withheld) {
            assert!(!page.contains(gone.as_str()), "{path} names {gone}");
        }
    }
    over.len()
}

/// A page without the lines of its head that say where it stands.
fn without_own_address(page: &str, path: &FilePath) -> String {
    page.replace(&format!("/{}\"", path.name()), "\"")
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
    let is_sheet = page.contains("class=\"sheetpage\"");
    assert!(page.contains("<div class=\"warn stale\" id=\"stale\""), "a page knows its age");
    assert!(is_sheet || page.contains("<div class=\"asof\">"), "a page says its day");
    for (start, end) in [
        ("<div class=\"warn stale\"", "</div></div>"),
        ("<div class=\"asof\">", "</div>"),
        ("Theo dữ liệu ngày <time", "</time>"),
        // What the index of words is known by.
        ("data-stamp=\"", "\""),
    ] {
        let mut parts = page.split(start);
        let mut rest = parts.next().expect("a first part").to_owned();
        for part in parts {
            let (_, after) = part.split_once(end).expect("it has an end");
            rest.push_str(after);
        }
        page = rest;
    }
    // The stamp, the example of a last day and the line of the day in a drawing say the same day.
    let [year, month, day] = [0..4, 5..7, 8..10].map(|part| as_of.to_string()[part].to_owned());
    let stamp = "TÍNH ĐẾN NGÀY</textPath></text><text x=\"100\" y=\"108\" font-size=\"18.5\">";
    page = page.replace(&format!("{stamp}{day}/{month}/{year}"), stamp);
    for (start, end) in [("<p class=\"pick-day\">", "</ul>"), ("<svg class=\"draw\"", "</svg>")] {
        if let Some((before, after)) = page.split_once(start) {
            let (_, after) = after.split_once(end).expect("it has an end");
            page = format!("{before}{after}");
        }
    }
    page
}
