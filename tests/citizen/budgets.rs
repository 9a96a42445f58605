//! Little is sent, and nothing by others: bytes and requests of pages, from the files and as the browser counts
//! them. Nothing on a page moves once it is seen, and the browser has nothing to complain about.

use std::collections::{BTreeMap, BTreeSet};

use crate::loopback::gzip;
use crate::pages;
use crate::reader::{Reader, Request};

const PAGE_BYTES: u64 = 40 * 1024;
const PAGE_REQUESTS: usize = 8;
const FONT_REQUESTS: usize = 2;
const SEARCH_BYTES: u64 = 60 * 1024;
/// Of a page that is made for citizens; one with 900 citations may have more.
const ELEMENTS: u64 = 3000;
const MOST_ELEMENTS: u64 = 12_000;
const MOVED: f64 = 0.1;

fn without_fonts(requests: &[Request]) -> u64 {
    requests.iter().filter(|request| request.kind != "Font").map(|request| request.bytes).sum()
}

/// What pages of procedures load, as the files say it: the page, its style sheet and its scripts.
#[test]
fn files_of_a_procedure_are_small() {
    let files = pages::files();
    let packed: BTreeMap<&str, usize> = files
        .iter()
        .filter(|(path, _)| path.starts_with("bundled/"))
        .map(|(path, bytes)| (path.as_str(), gzip(bytes).len()))
        .collect();
    let mut all: Vec<(usize, &str)> = Vec::new();
    for (path, size) in &packed {
        if !path.starts_with("bundled/thu-tuc/") {
            continue;
        }
        let text = String::from_utf8_lossy(&files[*path]);
        let loaded = text.split("tai-san/").skip(1).filter_map(|rest| rest.split('"').next());
        let loaded: BTreeSet<&str> = loaded.filter(|name| !name.ends_with(".woff2")).collect();
        let assets = loaded.iter().map(|name| packed[format!("bundled/tai-san/{name}").as_str()]);
        all.push((size + assets.sum::<usize>(), path));
    }
    all.sort_unstable();
    let (most, page) = all.last().expect("a page");
    println!(
        "a procedure without fonts, gzip -9: median {} bytes, most {most} ({page}), of {}",
        all[all.len() / 2].0,
        all.len()
    );
    assert!(*most as u64 <= PAGE_BYTES, "{page} has {most} bytes");
}

#[test]
fn pages_ask_for_little_and_nothing_of_others() {
    let mut reader = Reader::new();
    let host = reader.host.clone();
    let mut wrong = Vec::new();
    let (mut most, mut most_requests, mut most_moved, mut most_elements) = (0, 0, 0.0, 0);
    let mut n_requests = 0;
    reader.browser.ask("Network.setCacheDisabled", &serde_json::json!({ "cacheDisabled": true }));
    for (width, height) in [(1280, 800), (360, 740)] {
        reader.screen(width, height);
        for page in pages::table() {
            let path = page.path();
            reader.traffic();
            reader.complaints();
            reader.open_shown(&page);
            let requests = reader.traffic();
            n_requests += requests.len();
            let mut say = |what: String| wrong.push(format!("{path} at {width}: {what}"));
            for request in &requests {
                if !request.url.starts_with(&host) {
                    say(format!("asks for {}", request.url));
                }
            }
            let fonts = requests.iter().filter(|request| request.kind == "Font").count();
            if fonts > FONT_REQUESTS {
                say(format!("{fonts} fonts"));
            }
            let bytes = without_fonts(&requests);
            if page.site == "bundled" && page.address.starts_with("thu-tuc/") {
                most = most.max(bytes);
                most_requests = most_requests.max(requests.len());
                if bytes > PAGE_BYTES || requests.len() > PAGE_REQUESTS {
                    say(format!("{bytes} bytes in {} requests", requests.len()));
                }
            }
            for complaint in reader.complaints() {
                say(complaint);
            }
            let moved = reader.browser.evaluate("window.moved").as_f64().unwrap_or(1.0);
            if moved > MOVED {
                say(format!("moves by {moved}: {}", reader.browser.text("movers.join('\\n  ')")));
            }
            most_moved = f64::max(most_moved, moved);
            let elements = "document.querySelectorAll('*').length";
            let elements = reader.browser.evaluate(elements).as_u64().unwrap_or(u64::MAX);
            let is_long = page.what.contains("900") || page.what.contains("list of documents");
            if elements > if is_long { MOST_ELEMENTS } else { ELEMENTS } {
                say(format!("{elements} elements"));
            }
            if !is_long {
                most_elements = most_elements.max(elements);
            }
        }
    }
    println!(
        "on the wire: a procedure at most {most} bytes without fonts, {most_requests} requests with them; \
         {n_requests} requests, none to others; nothing moves by more than {most_moved:.3}; \
         at most {most_elements} elements"
    );
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong.join("\n"));
}

/// From an empty cache to the first result.
#[test]
fn search_sends_little_before_the_first_result() {
    let mut reader = Reader::new();
    reader.browser.ask("Network.setCacheDisabled", &serde_json::json!({ "cacheDisabled": true }));
    reader.open("bundled/tim-kiem.html?q=mất bằng lái xe");
    let found = "!!document.querySelector('#kq > li')";
    assert!(reader.browser.wait(found, std::time::Duration::from_secs(20)), "no result");
    let requests = reader.traffic();
    let bytes = without_fonts(&requests);
    println!("search: {bytes} bytes in {} requests before the first result", requests.len());
    assert!(bytes <= SEARCH_BYTES, "{bytes}");
}
