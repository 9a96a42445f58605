//! The pages in a real Chromium with a shifted clock: on each day they show what is drawn for that day
//! alone, and where no script runs they show nothing that changes and say so.
//!
//! The catalogue is that of `tests/days`, asked on 10 June 2026. On 21 June a fee loses its ground, on
//! 15 August a new law takes the place of an older one.

#![expect(clippy::disallowed_methods, reason = "a test works on real folders")]

#[path = "../support/chromium.rs"]
mod chromium;
mod due;
mod host;
#[path = "../support/loopback.rs"]
mod loopback;
mod paper;
#[path = "../support/due.rs"]
mod table;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use niemyet::files::{Content, FilePath, FileTree};
use niemyet::model::date::parse;
use niemyet::pipeline;
use niemyet::render::Site;
use serde_json::json;

use chromium::{Browser, clock};

const AS_OF: &str = "2026-06-10";
const PAGE: &str = "thu-tuc/nhieu-phan.html";
const LAW: &str = "van-ban/luat-cu.html";

/// What `main` holds, without what a page of all days says about itself.
const MAIN: &str = "(function () {
  var main = document.querySelector('main').cloneNode(true)
  main.querySelectorAll('.turns').forEach(function (said) { said.remove() })
  main.querySelectorAll('[data-printed]').forEach(function (day) { day.remove() })
  // The search narrows by the width of the window, where its script is found.
  main.querySelectorAll('.narrow').forEach(function (part) { part.removeAttribute('open') })
  var marks = document.createTreeWalker(main, NodeFilter.SHOW_COMMENT), found = []
  while (marks.nextNode()) found.push(marks.currentNode)
  found.forEach(function (mark) { mark.remove() })
  return main.innerHTML
})()";

/// What is seen.
const SEEN: &str = "document.body.innerText";

const IS_STALE: &str = "!document.getElementById('stale').hidden";

fn site(integrity: bool) -> Arc<Site> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/days/catalogue");
    let files = niemyet::disk::read(&folder).expect("the catalogue");
    let files = files.iter().map(|(_, path, content)| {
        let content = match content {
            Content::Bytes(bytes) if path.as_str() == "catalogue.yaml" && integrity => {
                let text = String::from_utf8_lossy(bytes);
                let with = text.replace("policies: {", "policies: {integrity: true, ");
                assert_ne!(with, text);
                Content::Bytes(with.into_bytes())
            }
            other => other.clone(),
        };
        (path.clone(), content)
    });
    let files = FileTree::new(files.collect());
    let (understood, mut report) = pipeline::examine(&files, parse(AS_OF).expect("a date"));
    let understood = understood.expect("a catalogue");
    let site = pipeline::site(&understood, &files, &FileTree::default(), &mut report);
    Arc::new(site.expect("a site"))
}

/// A browser and a site for it.
struct Reader {
    browser: Browser,
    host: String,
    clock: Option<serde_json::Value>,
}

impl Reader {
    fn new() -> Self {
        let host = format!("http://{}", host::serve(site(true)));
        Self { browser: Browser::start(), host, clock: None }
    }

    /// Opens a page at a moment.
    fn open(&mut self, page: &str, moment: &str) {
        if let Some(clock) = self.clock.take() {
            self.browser.no_more(&clock);
        }
        self.clock = Some(self.browser.before_each_page(&clock(moment)));
        let address = format!("{}/{page}", self.host);
        self.browser.open(&address);
    }

    fn main(&mut self) -> String {
        self.browser.text(MAIN)
    }

    fn seen(&mut self) -> String {
        self.browser.text(SEEN)
    }

    /// The page of a day alone.
    fn alone(&mut self, page: &str, day: &str) -> String {
        self.open(&format!("alone/{day}/{page}"), "2026-06-10T09:00:00+07:00");
        self.main()
    }
}

// One browser for all: the machine has few processors, and the cases do not disturb each other.
#[test]
fn pages_show_each_day_as_it_is() {
    let mut reader = Reader::new();
    // Before any clock of the reader's is set.
    paper::archive(&mut reader.browser);
    clocks(&mut reader);
    every_page(&mut reader);
    open_tab(&mut reader);
    without_script(&mut reader);
    changed_guard(&mut reader);
    ticks(&mut reader);
    paper::marks(&mut reader);
    paper::terminal(&mut reader);
    copied_folder(&mut reader.browser);
    due::counts(&mut reader.browser);
    let said: Vec<String> = reader
        .browser
        .heard("Runtime.exceptionThrown")
        .iter()
        .map(ToString::to_string)
        .filter(|said| !said.contains("broken on purpose"))
        .collect();
    assert!(said.is_empty(), "{said:#?}");
}

/// What is shown at which moment, and whether the page says that nobody has confirmed it.
fn clocks(reader: &mut Reader) {
    let cases = [
        ("2026-06-10T09:00:00+07:00", "2026-06-10", false),
        ("2026-06-16T23:59:40+07:00", "2026-06-16", false),
        ("2026-06-17T00:00:00+07:00", "2026-06-17", true),
        ("2026-06-20T23:59:40+07:00", "2026-06-20", true),
        ("2026-06-20T17:00:00Z", "2026-06-21", true),
        ("2026-06-21T00:00:00+07:00", "2026-06-21", true),
        ("2026-06-30T16:59:40Z", "2026-06-30", true),
        ("2026-07-01T00:00:00+07:00", "2026-07-01", true),
        ("2026-08-14T16:59:59Z", "2026-08-14", true),
        ("2026-08-14T17:00:00Z", "2026-08-15", true),
        ("2027-07-01T00:00:00+07:00", "2027-07-01", true),
        // Behind the horizon nothing is known, and the last day that is known is shown.
        ("2031-06-10T09:00:00+07:00", "2031-06-10", true),
        // A clock that is wrong by years shows no day before the one on which was asked.
        ("2021-06-10T09:00:00+07:00", "2026-06-10", false),
    ];
    for (moment, day, is_stale) in cases {
        for page in [PAGE, LAW] {
            let alone = reader.alone(page, day);
            reader.open(page, moment);
            assert_eq!(reader.main(), alone, "{page} at {moment}");
            assert_eq!(reader.browser.evaluate(IS_STALE), json!(is_stale), "{moment}");
        }
    }
    reader.open(PAGE, "2026-06-20T23:59:40+07:00");
    assert!(reader.seen().contains("2.000"));
    reader.open(PAGE, "2026-06-21T00:00:00+07:00");
    let seen = reader.seen();
    assert!(!seen.contains("2.000") && seen.contains("chưa được cập nhật từ ngày 10/06/2026"));
    reader.open(LAW, "2026-08-14T23:59:40+07:00");
    assert_eq!(reader.browser.text("document.title"), "Luật 3/2015/QH13 · Danh mục thử ngày");
    reader.open(LAW, "2026-08-15T00:00:00+07:00");
    assert!(reader.browser.text("document.title").contains("hết hiệu lực"));
}

/// Every page of the site, on some days; and the browser has nothing to complain about.
fn every_page(reader: &mut Reader) {
    let site = site(true);
    let pages = site.routes().filter_map(|(address, _)| address.strip_suffix(".html"));
    for page in pages.map(|page| format!("{page}.html")) {
        for day in ["2026-08-15", "2026-12-11"] {
            let alone = reader.alone(&page, day);
            reader.browser.heard("Log.entryAdded");
            reader.open(&page, &format!("{day}T12:00:00+07:00"));
            assert_eq!(reader.main(), alone, "{page} on {day}");
            let said = reader.browser.heard("Log.entryAdded");
            assert!(said.is_empty(), "{page}: {said:#?}");
        }
    }
}

/// A tab that stays open, comes back, or is printed.
fn open_tab(reader: &mut Reader) {
    let has_fee = "document.body.innerText.includes('2.000')";
    reader.open(PAGE, "2026-06-20T23:59:57+07:00");
    assert_eq!(reader.browser.evaluate(has_fee), json!(true));
    let gone = format!("!{has_fee}");
    assert!(reader.browser.wait(&gone, Duration::from_secs(20)), "the tab has not seen midnight");

    let next_day = "window.shift += 864e5";
    for event in [
        "document.dispatchEvent(new Event('visibilitychange'))",
        "dispatchEvent(new Event('pageshow'))",
    ] {
        reader.open(PAGE, "2026-06-20T12:00:00+07:00");
        reader.browser.evaluate(next_day);
        assert_eq!(reader.browser.evaluate(has_fee), json!(true));
        reader.browser.evaluate(event);
        assert_eq!(reader.browser.evaluate(has_fee), json!(false), "{event}");
    }
    reader.open(PAGE, "2026-06-20T12:00:00+07:00");
    reader.browser.evaluate(next_day);
    let print = json!({ "transferMode": "ReturnAsStream" });
    reader.browser.ask("Page.printToPDF", &print);
    assert_eq!(reader.browser.evaluate(has_fee), json!(false), "printed after midnight");

    reader.browser.ask("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    reader.open(PAGE, "2026-06-12T12:00:00+07:00");
    assert!(reader.seen().contains("thay đổi từ ngày 15/06/2026; từ ngày đó bản in này"));
    reader.browser.ask("Emulation.setEmulatedMedia", &json!({ "media": "" }));
}

/// Without script, with the script blocked and with one that breaks: nothing is shown that changes.
fn without_script(reader: &mut Reader) {
    let check = |reader: &mut Reader, how: &str| {
        let seen = reader.seen();
        assert!(seen.contains("thay đổi từ ngày 15/06/2026 và chỉ hiện khi"), "{how}: {seen}");
        assert!(seen.contains("hãy hỏi nơi tiếp nhận hồ sơ"), "{how}");
        assert!(seen.contains("Thủ tục nhiều phần"), "{how}");
        let facts = reader.browser.text("document.querySelector('.facts').innerText");
        // A guard that breaks has taken the templates away by which the words are shown; the name stays.
        let words = if how == "broken" { "" } else { "\nPhần này sắp thay đổi" };
        assert!(facts.contains(&format!("Bao nhiêu\n{words}")), "{how}: {facts}");
        for changes in
            ["2.000", "3/2015/QH13", "5/2026/QH16", "Nhà văn hóa", "M01", "Không ai được"]
        {
            assert!(!seen.contains(changes), "{how}: {changes}");
        }
    };
    let off = |value: bool| json!({ "value": value });
    reader.browser.ask("Emulation.setScriptExecutionDisabled", &off(true));
    reader.open(PAGE, "2026-06-12T12:00:00+07:00");
    reader.browser.ask("Emulation.setScriptExecutionDisabled", &off(false));
    check(reader, "off");
    reader.browser.ask("Network.setBlockedURLs", &json!({ "urls": ["*guard*"] }));
    reader.open(PAGE, "2026-06-12T12:00:00+07:00");
    check(reader, "blocked");
    reader.browser.ask("Network.setBlockedURLs", &json!({ "urls": [] }));
    let breaks = "document.importNode = function () { throw new Error('broken on purpose') }";
    let script = reader.browser.before_each_page(breaks);
    reader.open(PAGE, "2026-06-12T12:00:00+07:00");
    check(reader, "broken");
    reader.browser.no_more(&script);
    reader.browser.heard("Log.entryAdded");
}

/// A script with other bytes than the page was made with does not run.
fn changed_guard(reader: &mut Reader) {
    reader.open(&format!("changed/{PAGE}"), "2026-06-12T12:00:00+07:00");
    assert!(reader.seen().contains("chỉ hiện khi trình duyệt chạy"));
    let said = format!("{:?}", reader.browser.heard("Log.entryAdded"));
    assert!(said.contains("integrity"), "{said}");
    // Nor does one that is written into the page, nor a text that is taken for one.
    reader.open(PAGE, "2026-06-12T12:00:00+07:00");
    let inline = "(function () { var s = document.createElement('div'); try { s.innerHTML = '<b>x</b>' } \
                  catch (error) { return String(error) } return 'ran' })()";
    assert!(reader.browser.text(inline).contains("TrustedHTML"));
}

/// A tick is kept on a paper that is shown later, too.
fn ticks(reader: &mut Reader) {
    let boxes = "[].map.call(document.querySelectorAll('.todo input'), function (i) { return i.checked }).join()";
    reader.open(PAGE, "2026-07-20T12:00:00+07:00");
    assert_eq!(reader.browser.text(boxes), "false,false");
    reader
        .browser
        .evaluate("document.querySelectorAll('.todo input').forEach(function (i) { i.click() })");
    reader.open(PAGE, "2026-07-20T12:00:00+07:00");
    assert_eq!(reader.browser.text(boxes), "true,true");
    reader.open(PAGE, "2026-07-21T12:00:00+07:00");
    assert_eq!(reader.browser.text(boxes), "true");
}

/// A copied folder, opened from the disk; without `integrity` every site can be.
fn copied_folder(browser: &mut Browser) {
    let folder = std::env::temp_dir().join(format!("niemyet-copied-{}", std::process::id()));
    let site = site(false);
    for (address, _) in site.routes() {
        let path = folder.join(address);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        let (page, _) = site.page(&FilePath::new(address).expect("a path")).expect("a page");
        std::fs::write(path, page.bytes).expect("a file is written");
    }
    let script = browser.before_each_page(&clock("2026-06-21T00:00:00+07:00"));
    browser.open(&format!("file://{}", folder.join(PAGE).display()));
    let seen = browser.text(SEEN);
    assert!(seen.contains("Nghị định 6/2024/NĐ-CP") || seen.contains("6/2024/NĐ-CP"), "{seen}");
    assert!(!seen.contains("2.000") && !seen.contains("chỉ hiện khi"), "{seen}");
    let font = browser.text("getComputedStyle(document.querySelector('.state')).borderLeftStyle");
    assert_eq!(font, "solid", "the style sheet is loaded");
    browser.no_more(&script);
    std::fs::remove_dir_all(folder).expect("the folder is removed");
}
