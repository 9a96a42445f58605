//! Sheets and booklets: which there are, what their mark depends on, until when they hold, and that the audit
//! reads them. The catalogue is that of `tests/days`.

#![expect(clippy::unwrap_used, reason = "a test that cannot be run fails")]

use std::path::Path;
use std::sync::Mutex;

use niemyet::diagnostic::Report;
use niemyet::files::{Content, FilePath, FileTree};
use niemyet::model::date::parse;
use niemyet::pipeline;
use niemyet::render::Site;
use rayon::iter::ParallelIterator;

const AS_OF: &str = "2026-06-10";

/// The catalogue, with one file put in the place of another.
fn files(change: impl Fn(&str, &str) -> Option<String>) -> FileTree {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/days/catalogue");
    let files = niemyet::disk::read(&folder).unwrap();
    let files = files.iter().map(|(_, path, content)| {
        let changed = match content {
            Content::Bytes(bytes) => change(path.as_str(), &String::from_utf8_lossy(bytes)),
            _ => None,
        };
        (path.clone(), changed.map_or(content.clone(), |text| Content::Bytes(text.into_bytes())))
    });
    FileTree::new(files.collect())
}

fn site(files: &FileTree, theme: &FileTree, day: &str) -> Site {
    let (understood, mut report) = pipeline::examine(files, parse(day).unwrap());
    pipeline::site(&understood.unwrap(), files, theme, &mut report).unwrap()
}

fn page(site: &Site, path: &str, day: &str) -> String {
    let page = site.page_on(&FilePath::new(path).unwrap(), parse(day).unwrap());
    String::from_utf8(page.unwrap_or_else(|| panic!("no {path}"))).unwrap()
}

fn mark(page: &str) -> &str {
    let mark = page.split("data-paper=\"").nth(1).and_then(|rest| rest.split('"').next());
    mark.unwrap()
}

fn today(change: impl Fn(&str, &str) -> Option<String>) -> Site {
    site(&files(change), &FileTree::default(), AS_OF)
}

#[test]
fn every_published_procedure_has_a_sheet_and_nothing_else_has() {
    let site = today(|_, _| None);
    let routes: Vec<&str> = site.routes().map(|(address, _)| address).collect();
    for address in &routes {
        let Some(slug) = address.strip_prefix("niem-yet/") else { continue };
        if slug.contains('/') {
            continue;
        }
        let sheet = page(&site, address, AS_OF);
        let procedure = page(&site, &format!("thu-tuc/{slug}"), AS_OF);
        let is_posted = procedure.contains("data-paper=");
        assert_eq!(
            sheet.contains("class=\"facts4\"") || sheet.contains("class=\"pair\""),
            is_posted
        );
        assert!(sheet.contains("content=\"noindex\""), "{address}");
        assert!(
            sheet.contains(&format!(
                "rel=\"canonical\" href=\"https://example.org/thu-tuc/{slug}\""
            ))
        );
        assert_eq!(procedure.contains(&format!("href=\"../{address}\"")), is_posted, "{address}");
    }
    for (address, _) in site.routes().filter(|(address, _)| address.starts_with("thu-tuc/")) {
        let is_posted = page(&site, address, AS_OF).contains("data-paper=");
        let sheet = address.replace("thu-tuc/", "niem-yet/");
        assert!(!is_posted || routes.contains(&sheet.as_str()), "{address}");
    }
    let booklet = page(&site, "niem-yet/linh-vuc/thu.html", AS_OF);
    let n_sheets = booklet.matches("<article class=\"a4\"").count();
    assert!(n_sheets > 1, "{n_sheets}");
    assert_eq!(n_sheets, booklet.matches("<li><a href=\"#").count(), "the list of contents");
    // A number on each sheet, and the same in the list.
    assert_eq!(booklet.matches("<span class=\"no\">Tờ</span>").count(), 2 * n_sheets);
    assert!(!page(&site, "niem-yet/nhieu-phan.html", AS_OF).contains("class=\"no\""));
    assert!(page(&site, "linh-vuc/thu.html", AS_OF).contains("niem-yet/linh-vuc/thu.html"));
}

#[test]
fn the_mark_is_that_of_the_words() {
    const PAGE: &str = "thu-tuc/nhieu-phan.html";
    let at = |site: &Site, day| mark(&page(site, PAGE, day)).to_owned();
    let site_today = today(|_, _| None);
    let first = at(&site_today, AS_OF);
    assert_eq!(first.len(), 12);
    assert_eq!(at(&site_today, "2026-06-14"), first, "nothing changes until then");
    assert_ne!(at(&site_today, "2026-06-21"), first, "a fee has gone");
    // The same catalogue asked four days later, and the same with another title of the site.
    assert_eq!(
        at(&site(&files(|_, _| None), &FileTree::default(), "2026-06-14"), "2026-06-14"),
        first
    );
    let titled = today(|path, text| {
        (path == "catalogue.yaml").then(|| text.replace("Danh mục thử ngày", "Tên khác"))
    });
    assert_eq!(at(&titled, AS_OF), first);
    let paper = today(|_, text| {
        text.contains("Tờ khai thử").then(|| text.replace("Tờ khai thử", "Tờ khai khác"))
    });
    assert_ne!(at(&paper, AS_OF), first);
    // The sheet, the page and the booklet bear the same.
    let words = format!("{}-{}-{}", &first[..4], &first[4..8], &first[8..]);
    for address in ["niem-yet/nhieu-phan.html", "niem-yet/linh-vuc/thu.html", PAGE] {
        assert!(page(&site_today, address, AS_OF).contains(&words), "{address}");
    }
}

#[test]
fn a_sheet_holds_until_the_eve_of_the_next_change() {
    let site = today(|_, _| None);
    let until = |day: &str| {
        let sheet = page(&site, "niem-yet/nhieu-phan.html", day);
        let val = sheet.split("class=\"val\"").nth(1).and_then(|rest| rest.split("</p>").next());
        val.and_then(|val| Some(val.split("datetime=\"").nth(1)?[..10].to_owned()))
    };
    let days: Vec<_> = site.days().collect();
    for day in &days {
        let Some(last) = until(&day.to_string()) else { continue };
        // On no day up to the last does the page bear another mark.
        let first = page(&site, "thu-tuc/nhieu-phan.html", &day.to_string());
        for other in days.iter().filter(|other| *day < **other && **other <= parse(&last).unwrap())
        {
            let then = page(&site, "thu-tuc/nhieu-phan.html", &other.to_string());
            assert_eq!(mark(&then), mark(&first), "{day} says until {last}, and {other} differs");
        }
    }
    assert_eq!(until(AS_OF).as_deref(), Some("2026-06-14"));
}

#[test]
fn without_an_address_there_is_no_code() {
    let site = today(|path, text| {
        (path == "catalogue.yaml").then(|| text.replace("base_url: https://example.org/\n", ""))
    });
    for address in ["niem-yet/nhieu-phan.html", "thu-tuc/nhieu-phan.html"] {
        let page = page(&site, address, AS_OF);
        assert!(!page.contains("class=\"qr\"") && !page.contains("rel=\"canonical\""), "{address}");
    }
}

#[test]
fn the_audit_reads_every_sheet() {
    // An editor's overlay writes a dead number on each sheet, in an attribute that nobody sees.
    let (_, sheet) =
        niemyet::render::theme::DEFAULT.iter().find(|(path, _)| *path == "posting.html").unwrap();
    let sheet = String::from_utf8_lossy(sheet);
    let planted = sheet.replace("<main id=\"nd\">", "<main id=\"nd\" data-x=\"3/2015/qh13\">");
    assert_ne!(planted, sheet);
    let theme = FilePath::new("posting.html").unwrap();
    let theme = FileTree::new(vec![(theme, Content::Bytes(planted.into_bytes()))]);
    let files = files(|path, text| {
        (path == "catalogue.yaml")
            .then(|| text.replace("unknown_basis: mark", "unknown_basis: drop"))
    });
    let (understood, mut report) = pipeline::examine(&files, parse("2026-12-31").unwrap());
    let understood = understood.unwrap();
    let site = pipeline::site(&understood, &files, &theme, &mut report).unwrap();
    let audit = pipeline::audit(&understood, &files, &theme, &site);
    let tally = Mutex::default();
    let drawn: Vec<(String, Report)> = pipeline::audited(site.pages(), &audit, &tally)
        .map(|(page, report)| (page.path.to_string(), report))
        .collect();
    for (address, report) in drawn {
        let is_sheet = address.starts_with("niem-yet/");
        assert_eq!(report.is_structural(), is_sheet, "{address}");
    }
}
