//! A catalogue with many boundary days, over every day of a year: the site changes on each day that
//! `next_change` foretells and on no other, and on no day does it name what has ended.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use niemyet::files::{FilePath, FileTree, Page};
use niemyet::model::citation::Cited;
use niemyet::model::date::{Date, parse, vietnamese};
use niemyet::pipeline::{self, Understood};
use niemyet::render::Site;
use niemyet::validity::procedure::{ProcedureStanding, Showing};
use rayon::iter::ParallelIterator;

const FIRST: &str = "2026-01-01";
const LAST: &str = "2026-12-31";

fn files() -> FileTree {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/days/catalogue");
    niemyet::disk::read(&folder).expect("the catalogue")
}

fn day(text: &str) -> Date {
    parse(text).expect("a date")
}

/// The site of a day, by path: every byte, also of what its pages will show on later days.
fn site(files: &FileTree, today: Date) -> (Understood, BTreeMap<FilePath, Vec<u8>>) {
    let (understood, site) = laid_out(files, today);
    let pages: Vec<Page> = site
        .pages()
        .map(|(page, report)| {
            assert!(report.is_empty(), "{report:?}");
            page
        })
        .collect();
    (understood, pages.into_iter().map(|page| (page.path, page.bytes)).collect())
}

/// What the site shows on its day, by path.
fn shown(files: &FileTree, today: Date) -> (Understood, BTreeMap<FilePath, Vec<u8>>) {
    let (understood, site) = laid_out(files, today);
    let paths = site.routes().filter_map(|(address, _)| FilePath::new(address));
    let pages =
        paths.filter_map(|path| Some((path.clone(), site.page_on(&path, today)?))).collect();
    (understood, pages)
}

fn laid_out(files: &FileTree, today: Date) -> (Understood, Site) {
    let (understood, mut report) = pipeline::examine(files, today);
    let understood = understood.expect("a catalogue");
    let site = pipeline::site(&understood, files, &FileTree::default(), &mut report);
    let site = site.unwrap_or_else(|| panic!("no site on {today}: {report:?}"));
    (understood, site)
}

/// The pages without the day they were made for, which is printed on each of them.
fn without_day(pages: &BTreeMap<FilePath, Vec<u8>>, today: Date) -> BTreeMap<FilePath, String> {
    let printed = [
        format!("data-as-of=\"{today}\""),
        format!("ngày {}; nội dung", vietnamese(today)),
        format!("<time datetime=\"{today}\">{}</time>", vietnamese(today)),
        format!("\"as_of\": \"{today}\""),
        format!("\"as_of\":\"{today}\""),
        format!(",{today}\r\n"),
        format!("dct:issued \"{today}\""),
        format!("dct:issued\":{{\"@value\":\"{today}\""),
        format!("<text x=\"100\" y=\"108\" font-size=\"18.5\">{}</text>", vietnamese(today)),
    ];
    let mask = |bytes: &Vec<u8>| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let text = match text.split_once(" data-valid-until=\"") {
            Some((before, after)) => format!("{before}{}", &after["2026-01-01\"".len()..]),
            None => text,
        };
        // A drawing reaches to the day.
        let text = match text.split_once("<svg class=\"draw\"") {
            Some((before, after)) => {
                let (_, after) = after.split_once("</svg>").expect("it has an end");
                format!("{before}{after}")
            }
            None => text,
        };
        printed.iter().fold(text, |text, printed| text.replace(printed.as_str(), "AS-OF"))
    };
    pages.iter().map(|(path, bytes)| (path.clone(), mask(bytes))).collect()
}

#[test]
fn the_site_changes_on_the_foretold_days_and_on_no_other() {
    let files = files();
    let (first, last) = (day(FIRST), day(LAST));
    let (understood, _) = shown(&files, first);
    let foretold: BTreeSet<Date> = understood
        .assessment
        .change_days(&understood.catalogue)
        .range(first.tomorrow().expect("a day")..=last)
        .copied()
        .collect();
    assert!(foretold.len() >= 25, "only {} boundary days", foretold.len());
    let mut next_change = understood.assessment.next_change(&understood.catalogue);
    let mut before = None;
    let mut today = first;
    while today <= last {
        let (understood, pages) = shown(&files, today);
        // A day that is also printed as a boundary is masked on both sides, or it would hide in one.
        if let Some((yesterday, old)) = &before {
            let yesterday: Date = *yesterday;
            let mask = |pages| {
                let once = without_day(pages, today);
                let once: BTreeMap<FilePath, Vec<u8>> =
                    once.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
                without_day(&once, yesterday)
            };
            let changed = mask(old) != mask(&pages);
            assert_eq!(changed, foretold.contains(&today), "from {yesterday} to {today}");
            assert_eq!(changed, next_change == Some(today), "next_change before {today}");
        }
        next_change = understood.assessment.next_change(&understood.catalogue);
        before = Some((today, pages));
        today = today.tomorrow().expect("a day");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "one thing after the other is looked for")]
fn what_has_ended_is_named_on_notices_only() {
    let files = files();
    let days = [
        "2026-01-01",
        "2026-03-02",
        "2026-03-14",
        "2026-03-15",
        "2026-06-20",
        "2026-06-21",
        "2026-07-25",
        "2026-08-14",
        "2026-08-15",
        "2026-09-10",
        "2026-10-01",
        "2026-10-05",
        "2026-11-16",
        "2026-12-01",
        "2026-12-11",
    ];
    // What harvesters and feed readers are told names what has ended by its code, number and address.
    let told = ["removed.json", "tim-kiem/het.js", "thay-doi.xml"];
    let mut looked_for = 0;
    let mut n_announced = 0;
    for today in days.map(day) {
        let (understood, pages) = site(&files, today);
        let Understood { catalogue, assessment, .. } = &understood;
        let mut notices = BTreeSet::new();
        let mut ended = Vec::new();
        // An ended text that still applies is named where it applies, and nowhere else.
        let mut exempt = BTreeSet::new();
        for (id, document) in catalogue.document_ids() {
            if assessment.document(id).force.is_over() {
                notices.insert(format!("van-ban/{}.html", document.slug));
                ended.push((document.label().to_owned(), document.number.is_some()));
                ended.push((document.slug.to_string(), true));
            }
        }
        for (id, procedure) in catalogue.procedure_ids() {
            let standing = assessment.procedure(id);
            match standing {
                ProcedureStanding::Withheld { .. } | ProcedureStanding::Superseded { .. } => {
                    notices.insert(format!("thu-tuc/{}.html", procedure.slug));
                    ended.push((procedure.title.clone(), false));
                    ended.push((procedure.slug.to_string(), true));
                }
                ProcedureStanding::Internal => {
                    ended.push((procedure.title.clone(), false));
                    ended.push((procedure.code.value.clone(), false));
                }
                ProcedureStanding::Published(shown)
                | ProcedureStanding::Announced { shown, .. } => {
                    n_announced += usize::from(standing.applies_from().is_some());
                    for (citation, showing) in procedure.legal_basis.iter().zip(&shown.citations) {
                        if let (Showing::Exempt, Cited::Known(document)) =
                            (showing, &citation.document)
                        {
                            let document = &catalogue[*document];
                            for path in ["thu-tuc", "api/thu-tuc"] {
                                let path = format!("{path}/{}.", procedure.slug);
                                exempt.insert((path.clone(), document.label().to_owned()));
                                exempt.insert((path, document.slug.to_string()));
                            }
                            // On paper it stands on the procedure's sheet, alone and in booklets.
                            let field = &catalogue[procedure.field].slug;
                            let agencies = procedure.authority.performs.iter();
                            let agencies = agencies.map(|id| &catalogue[*id].slug);
                            let sheets = std::iter::once(format!("niem-yet/{}.", procedure.slug))
                                .chain([format!("niem-yet/linh-vuc/{field}.")])
                                .chain(agencies.map(|slug| format!("niem-yet/co-quan/{slug}.")));
                            for path in sheets {
                                exempt.insert((path, document.label().to_owned()));
                            }
                        }
                    }
                    for (element, is_shown) in procedure.elements.iter().zip(&shown.elements) {
                        let unique = element.name.contains("bỏ dần");
                        if unique && !is_shown {
                            ended.push((element.name.clone(), false));
                        }
                    }
                }
                ProcedureStanding::NotYet => {}
            }
        }
        looked_for += ended.len();
        for (path, bytes) in &pages {
            if notices.contains(path.as_str()) {
                continue;
            }
            let text = String::from_utf8_lossy(bytes);
            for (what, is_number) in &ended {
                if *is_number && told.contains(&path.as_str()) {
                    continue;
                }
                let is_exempt = exempt
                    .iter()
                    .any(|(page, named)| path.as_str().starts_with(page) && named == what);
                if is_exempt {
                    continue;
                }
                assert!(!text.contains(what.as_str()), "{path} names {what} on {today}");
            }
        }
    }
    assert_eq!(n_announced, 6, "a version that is announced on days");
    assert!(looked_for > 50, "only {looked_for} things had ended");
}
