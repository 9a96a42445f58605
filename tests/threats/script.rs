//! Text that runs. Every payload is put into every place of the catalogue that takes free text; what `check`
//! refuses is taken out again, and of the rest a browser opens every page: nothing may run, nothing may be asked
//! for, and no page may hold an element or an attribute that the theme does not write. A policy of the page
//! (CSP) is taken out before: escaping must do by itself.
//!
//! A set of records holds many payloads, in each place another: with as many sets as there are payloads each
//! has stood in each place. That is `NIEMYET_THREATS=all`; without it there are fewer sets.

use std::collections::{BTreeMap, BTreeSet};

use niemyet::diagnostic::Report;
use niemyet::files::{Content, FilePath, FileTree, Page};
use niemyet::language::Language;
use niemyet::model::date;
use niemyet::model::procedure::Visibility;
use niemyet::pipeline::{self, Understood};
use niemyet::render::Site;
use pulldown_cmark::{Parser, html};
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::browser::{self, Pages};
use crate::fields::{self, Filled};
use crate::payloads::{self, Payload};

/// How many sets share a site: their names stand together in its lists.
const OF_A_SITE: usize = 24;

#[derive(Default)]
struct Tally {
    places: usize,
    refused: usize,
    shown: usize,
}

#[test]
fn nothing_runs_in_any_page() {
    let payloads = payloads::all();
    let wants_all = std::env::var_os("NIEMYET_THREATS").is_some_and(|wanted| wanted == "all");
    let step = if wants_all { 1 } else { 8 };
    let sets: Vec<usize> = (0..payloads.len()).step_by(step).collect();
    let sites: Vec<&[usize]> = sets.chunks(OF_A_SITE).collect();
    let made: Vec<(Pages, Tally)> = sites
        .into_par_iter()
        .map(|sets| site(sets, &payloads))
        .chain((0..payloads.len()).into_par_iter().filter(|n| n % step == 0).map(|set| {
            let (mut pages, tally) = site(&[set], &payloads);
            // Of a site for its own sake, the pages that say something of it.
            let telling = [format!("/{set}-1/index.html"), format!("/{set}-1/404.html")];
            pages.retain(|path, _| !path.ends_with(".html") || telling.contains(path));
            (pages, tally)
        }))
        .collect();
    let (mut pages, mut tally) = (Pages::new(), Tally::default());
    for (some, counted) in made {
        pages.extend(some);
        tally.places += counted.places;
        tally.refused += counted.refused;
        tally.shown += counted.shown;
    }
    let control = control(payloads.iter().step_by(step));
    let n_control = control.len();

    let report = browser::open(control, pages);
    let alive: BTreeSet<&str> = report.control.found.iter().map(|(page, _)| &**page).collect();
    println!(
        "{} payloads, {} texts in {} pages, {} refused, {} headings shown as written; \
         of {n_control} that were not escaped {} ran or would have",
        payloads.len(),
        tally.places,
        report.site.opened,
        tally.refused,
        tally.shown,
        alive.len()
    );
    assert!(
        report.site.found.is_empty(),
        "{:#?}",
        &report.site.found[..report.site.found.len().min(20)]
    );
    assert!(report.canaries.is_empty(), "{:?}", report.canaries);
    assert!(n_control * 3 / 4 < alive.len(), "the browser does not see what runs");
    let ran = report.control.found.iter().filter(|(_, what)| what == "something ran").count();
    assert!(n_control / 4 < ran, "only {ran} ran");
}

/// What is withheld or over: no other text may bear their names, or it would not be shown.
const WITHHELD: [&str; 4] = ["/repealed-", "/based-on-ended-", "/leaving-", "/ended-"];

/// The pages of a site that holds some sets, below a folder of its own.
fn site(sets: &[usize], payloads: &[Payload]) -> (Pages, Tally) {
    let (of_sets, others) = fields::templates();
    let mut refused: BTreeSet<(String, usize)> = BTreeSet::new();
    let fill = |refused: &BTreeSet<(String, usize)>| -> Vec<Filled> {
        let mut first = 0;
        let mut all = Vec::new();
        for (set, template) in sets
            .iter()
            .flat_map(|set| of_sets.iter().map(move |template| (*set, template)))
            .chain(others.iter().map(|template| (sets[0], template)))
        {
            let path = template.path_of(set);
            // Another place of the set is another payload, so that each stands in each place once.
            let is_withheld = WITHHELD.iter().any(|name| path.contains(name));
            let filled = template.fill(set, |number, name| {
                let payload = &payloads[(set + (first + number) * 7) % payloads.len()];
                let is_name = name.ends_with("title");
                let text = || {
                    if is_withheld && is_name {
                        format!("Việc đã thôi: {}", payload.text)
                    } else {
                        payload.text.clone()
                    }
                };
                (!refused.contains(&(path.clone(), number))).then(text)
            });
            first = if all.len() % of_sets.len() == 0 { 0 } else { first + filled.places.len() };
            all.push(filled);
        }
        all
    };
    let form = (FilePath::new("forms/a.docx").unwrap(), Content::Bytes(b"a form".to_vec()));
    let today = date::parse("2026-11-22").unwrap();
    for _ in 0..40 {
        let filled = fill(&refused);
        let entries = filled.iter().map(Filled::entry).chain([form.clone()]);
        let files = FileTree::new(entries.collect());
        let (understood, mut report) = pipeline::examine(&files, today);
        let before = refused.len();
        refused.extend(places_of(&report, &files, &filled));
        if before < refused.len() {
            continue;
        }
        let understood = understood.expect("a catalogue");
        let site = pipeline::site(&understood, &files, &FileTree::default(), &mut report);
        let site = site.unwrap_or_else(|| panic!("{:?}", structural(&report)));
        let places = filled.iter().map(|file| file.places.len()).sum();
        let (pages, shown) = drawn(&site, &understood, sets);
        return (pages, Tally { places, refused: refused.len(), shown });
    }
    panic!("the findings do not end");
}

fn structural(report: &Report) -> Vec<String> {
    let found = report.iter().filter(|found| found.code.entry().structural);
    found.map(|found| format!("{:?} {:?}", found.code, found.values)).collect()
}

/// The places that a structural finding is about.
fn places_of(report: &Report, files: &FileTree, filled: &[Filled]) -> BTreeSet<(String, usize)> {
    let by_path: BTreeMap<&str, &Filled> =
        filled.iter().map(|file| (file.path.as_str(), file)).collect();
    let (mut places, mut near) = (BTreeSet::new(), BTreeSet::new());
    for found in report.iter().filter(|found| found.code.entry().structural) {
        let Some(span) = found.span else { continue };
        let file = by_path[files.path(span.file).as_str()];
        let range = span.start as usize..span.end.max(span.start + 1) as usize;
        let hit =
            |place: &fields::Place| place.range.start < range.end && range.start < place.range.end;
        let hits: Vec<usize> = (0..file.places.len()).filter(|n| hit(&file.places[*n])).collect();
        // What is said of a file as a whole may be about its first text, or follow from another file.
        near.extend(file.places.first().map(|_| (file.path.clone(), 0)));
        places.extend(hits.into_iter().map(|number| (file.path.clone(), number)));
    }
    if places.is_empty() {
        return near;
    }
    places
}

/// What the sitemap and the feed are made of.
const TAGS_OF_XML: &str =
    "urlset url loc lastmod feed title subtitle id updated link author name entry summary";

/// All files of a site, without the policy of the pages, and how many headings were found as they were written.
fn drawn(site: &Site, understood: &Understood, sets: &[usize]) -> (Pages, usize) {
    let folder = format!("/{}-{}", sets[0], sets.len());
    let all: Vec<(Page, Report)> = site.pages().collect();
    let mut pages = Pages::new();
    for (page, report) in all {
        assert!(!report.is_structural(), "{:?}", structural(&report));
        let path = page.path.as_str();
        let bytes = match page.path.extension() {
            Some("html") => without_policy(&String::from_utf8(page.bytes).unwrap()).into_bytes(),
            Some("json") => {
                serde_json::from_slice::<serde_json::Value>(&page.bytes).expect(path);
                page.bytes
            }
            Some("xml") => {
                let text = String::from_utf8(page.bytes.clone()).unwrap();
                let tags: BTreeSet<&str> = TAGS_OF_XML.split(' ').collect();
                let document = roxmltree::Document::parse(&text).expect(path);
                let mut elements = document.descendants().filter(roxmltree::Node::is_element);
                let odd = elements.find(|node| !tags.contains(node.tag_name().name()));
                let odd = odd.map(|node| node.tag_name().name().to_owned());
                assert_eq!(odd, None, "{path}");
                page.bytes
            }
            _ => page.bytes,
        };
        pages.insert(format!("{folder}/{path}"), bytes);
    }
    let mut n_shown = 0;
    let mut shows = |path: String, heading: &str| {
        if let Some(page) = pages.get(&format!("{folder}/{path}")) {
            let text = unescaped(std::str::from_utf8(page).unwrap());
            assert!(text.contains(heading), "{path} does not show {heading:?}");
            n_shown += 1;
        }
    };
    let catalogue = &understood.catalogue;
    for agency in &catalogue.agencies {
        shows(format!("co-quan/{}.html", agency.slug), &agency.name);
    }
    for event in &catalogue.life_events {
        shows(format!("viec/{}.html", event.slug), &event.name);
    }
    for group in &catalogue.groups {
        shows(format!("lien-thong/{}.html", group.slug), &group.name);
    }
    for page in &catalogue.pages {
        shows(format!("trang/{}.html", page.slug), &page.title);
    }
    let is_public = |visibility| visibility == Visibility::Public;
    for procedure in catalogue.procedures.iter().filter(|it| is_public(it.visibility)) {
        shows(format!("thu-tuc/{}.html", procedure.slug), &procedure.title);
    }
    shows("index.html".to_owned(), &catalogue.site.title);
    shows("index.html".to_owned(), &catalogue.site.publisher);
    assert_eq!(catalogue.site.language, Language::Vietnamese);
    (pages, n_shown)
}

fn without_policy(page: &str) -> String {
    let Some((before, after)) = page.split_once("<meta http-equiv=\"Content-Security-Policy\"")
    else {
        return page.to_owned();
    };
    format!("{before}{}", after.split_once('>').unwrap().1)
}

fn unescaped(page: &str) -> String {
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'")];
    let page = signs.iter().fold(page.to_owned(), |page, (from, to)| page.replace(from, to));
    page.replace("&#x2F;", "/").replace("&amp;", "&")
}

/// Pages that take the payloads for their own, one a payload: what the browser must see there shows that it looks.
fn control<'p>(payloads: impl Iterator<Item = &'p Payload>) -> Pages {
    let page = |(number, payload): (usize, &Payload)| {
        let text = &payload.text;
        let mut marked = String::new();
        html::push_html(&mut marked, Parser::new(text));
        let page = format!(
            "<!doctype html><body><p title=\"{text}\">a</p><p title='{text}'>b</p>\
             <a href=\"{text}\">c</a><script>var a = \"{text}\";</script><div>{marked}</div><div>{text}</div>"
        );
        (format!("/control/{number}.html"), page.into_bytes())
    };
    payloads.enumerate().map(page).collect()
}
