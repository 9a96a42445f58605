//! The page on which one searches, of a whole site in a real browser: the numbers beside its filters are those
//! of what a choice brings, on any day; and a page or an index of an older build ends in a fresh one.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use niemyet::disk;
use niemyet::files::FileTree;
use niemyet::model::date;
use niemyet::pipeline;
use niemyet::render::Site;
use rayon::iter::ParallelIterator;
use serde_json::json;

use super::chromium::{Browser, clock};
use super::judged::DAY;
use super::loopback;

pub(super) const PAGE: &str = "tim-kiem.html";
const SOON: Duration = Duration::from_secs(20);
const SOME: &str = "!!document.querySelector('#kq > li')";

/// The site of a catalogue of this repository.
pub(super) fn site(folder: &str) -> Site {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = disk::read(&folder).expect("a catalogue");
    let (known, mut report) = pipeline::examine(&files, date::parse(DAY).expect("a day"));
    let known = known.expect("a catalogue");
    pipeline::site(&known, &files, &FileTree::default(), &mut report).expect("a site")
}

pub(super) fn files(site: &Site) -> BTreeMap<String, Vec<u8>> {
    site.pages().map(|(page, _)| (page.path.to_string(), page.bytes)).collect()
}

/// Serves a site of which the page bears the stamp of an older build as many times as is said. How often it was
/// asked for is counted.
fn serve_outdated(times: usize) -> (String, String, Arc<AtomicUsize>) {
    let files = files(&site("catalogue"));
    let page = String::from_utf8(files[PAGE].clone()).expect("text");
    let stamp = page.split("data-stamp=\"").nth(1).and_then(|rest| rest.split('"').next());
    let stamp = stamp.expect("a stamp").to_owned();
    let outdated = page.replace(&stamp, "0123abcd").into_bytes();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let address = loopback::serve(move |path| {
        if path == PAGE && count.fetch_add(1, Ordering::SeqCst) < times {
            return Some(outdated.clone());
        }
        files.get(path).cloned()
    });
    (format!("http://{address}/{PAGE}"), stamp, asked)
}

#[test]
fn an_outdated_page_is_loaded_anew_with_what_was_typed() {
    let (address, stamp, asked) = serve_outdated(1);
    let mut browser = Browser::start();
    browser.open(&address);
    browser.evaluate(
        "var q = document.getElementById('q'); q.focus(); q.value = 'mất bằng lái'; q.form.requestSubmit(); 0",
    );
    assert!(
        browser.wait(SOME, SOON),
        "{}",
        browser.text("document.getElementById('dem').textContent")
    );
    assert_eq!(browser.text("document.getElementById('tim').dataset.stamp"), stamp);
    assert_eq!(browser.text("document.getElementById('q').value"), "mất bằng lái");
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[test]
fn a_page_that_stays_outdated_says_so_and_is_loaded_anew_once() {
    let (address, _, asked) = serve_outdated(usize::MAX);
    let mut browser = Browser::start();
    browser.open(&format!("{address}?q=khai%20sinh"));
    let said = "document.getElementById('dem').textContent === document.getElementById('tim').dataset.fail";
    let is_said =
        format!("performance.getEntriesByType('navigation')[0].type === 'reload' && {said}");
    assert!(browser.wait(&is_said, SOON), "it says that it cannot read");
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    assert_eq!(browser.evaluate(SOME), json!(false), "nothing is shown of another build");
}

/// Chooses each choice alone and compares what is found with the number that stood beside it.
const CHOOSE: &str = "(async function () {
  var dem = document.getElementById('dem'), form = document.getElementById('loc'), wrong = [], n = 0
  function until(is) {
    return new Promise(function (done) { (function look() { is() ? done() : setTimeout(look, 5) })() })
  }
  async function found(choose) {
    dem.textContent = ''
    choose()
    form.dispatchEvent(new Event('change'))
    await until(function () { return dem.textContent })
    return parseInt(dem.textContent, 10) || 0
  }
  function number(text) { return +(/\\(([0-9]+)\\)$/.exec(text.trim()) || [])[1] }
  function compare(name, told, got) {
    n++
    if (told !== got) wrong.push(name + ' told ' + told + ', got ' + got)
  }
  for (var input of form.querySelectorAll('input')) {
    var text = input.parentNode.textContent
    compare(text, number(text), await found(function () { input.checked = true }))
    await found(function () { input.checked = false })
  }
  for (var option of Array.from(form.elements.doituong.options).slice(1)) {
    compare(option.text, number(option.text), await found(function () { option.selected = true }))
    await found(function () { form.elements.doituong.selectedIndex = 0 })
  }
  return [n, wrong]
})()";

#[test]
fn choices_hold_what_they_tell() {
    let files = files(&site("catalogue"));
    let address = loopback::serve(move |path| files.get(path).cloned());
    let mut browser = Browser::start();
    let mut n = 0;
    for query in ["khai sinh", "đăng ký xe", "căn cước", "giấy phép lái xe", "1.00", "mất giấy tờ"]
    {
        browser.open("about:blank");
        let query = query.replace(' ', "%20");
        browser.open(&format!("http://{address}/{PAGE}?q={query}"));
        assert!(browser.wait(SOME, SOON), "{query}");
        let told = browser.promised(CHOOSE);
        assert_eq!(told[1], json!([]), "{query}");
        n += told[0].as_u64().expect("a number");
    }
    println!("filters: {n} numbers are right");
}

/// The fields as the filter has them, and as the plain list has them on the same day.
const FIELDS: &str = "(function () {
  var options = Array.from(document.getElementById('linhvuc').options).slice(1).filter(function (o) { return !o.hidden })
  var sections = Array.from(document.querySelectorAll('#tat-ca > section'))
  return [options.map(function (o) { return o.text }), sections.map(function (s) { return s.querySelector('h2').textContent })]
})()";

#[test]
fn fields_hold_what_they_tell_on_each_day() {
    let site = site("tests/days/catalogue");
    let days: Vec<String> = site.days().map(|day| day.to_string()).collect();
    let files = files(&site);
    let address = loopback::serve(move |path| files.get(path).cloned());
    let mut browser = Browser::start();
    let mut told = Vec::new();
    for day in days {
        let shifted = browser.before_each_page(&clock(&format!("{day}T09:00:00+07:00")));
        browser.open(&format!("http://{address}/{PAGE}"));
        browser.evaluate("document.querySelector('form.search input').focus(); 0");
        // Whatever is found, the field has been told of its fields before.
        let nothing = "{ field: -1, levels: 0, audience: 0, online: 0 }";
        browser.promised(&format!(
            "niemyetSearch.find('a', {nothing}, '{day}').then(function () {{ return 0 }})"
        ));
        let fields = browser.evaluate(FIELDS);
        assert_eq!(fields[0], fields[1], "on {day}");
        assert_ne!(fields[0], json!([]));
        told.push(fields[0].clone());
        browser.no_more(&shifted);
    }
    told.dedup();
    println!("filters: fields are right on all days, and others {} times", told.len() - 1);
}
