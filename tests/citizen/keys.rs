//! The site by keyboard alone: the way past the head, a focus that is seen wherever it is, in the order of the
//! page and without a trap; the choice box, what unfolds, the display settings, the search.

use std::time::Duration;

use serde_json::json;

use crate::reader::Reader;

const SOON: Duration = Duration::from_secs(20);

/// Where the focus is, and what is wrong with it.
const FOCUS: &str = "(function () {
  var e = document.activeElement
  // Behind the last place comes the first, or none.
  if (!e || e === document.body || e === window.first && window.before !== e) return ['', '']
  window.first = window.first || e
  // A field for a day has places of its own within.
  if (e === window.before && e.type === 'date') return ['again', '']
  var s = getComputedStyle(e), r = e.getClientRects()[0], wrong = ''
  var name = e.outerHTML.slice(0, 120)
  if (!r) return [name, 'is not shown']
  if (!e.matches(':focus-visible')) wrong += ' is not :focus-visible'
  if (s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 2) wrong += ' has no ring'
  if (r.bottom <= 0 || r.top >= innerHeight || r.right <= 0 || r.left >= innerWidth) wrong += ' is not on the screen'
  else {
    var hit = document.elementFromPoint(Math.min(Math.max(r.left + r.width / 2, 1), innerWidth - 1), Math.min(Math.max(r.top + r.height / 2, 1), innerHeight - 1))
    if (hit && !e.contains(hit) && !hit.contains(e) && hit.control !== e) wrong += ' is behind ' + hit.outerHTML.slice(0, 80)
  }
  if (window.before && !(window.before.compareDocumentPosition(e) & 4)) wrong += ' comes before ' + window.before.outerHTML.slice(0, 80)
  window.before = e
  return [name, wrong && name + wrong]
})()";

/// How many places the focus has: of a group of radio buttons one.
const PLACES: &str = "(function () {
  var groups = {}, n = 0
  document.querySelectorAll('a[href], button, input, select, summary').forEach(function (e) {
    if (!e.getClientRects().length || e.disabled || getComputedStyle(e).visibility === 'hidden') return
    if (e.closest('details:not([open])') && e.localName !== 'summary') return
    if (e.type === 'radio') { if (groups[e.name]) return; groups[e.name] = 1 }
    n++
  })
  return n
})()";

const PAGES: [&str; 10] = [
    "bundled/index.html",
    "bundled/thu-tuc/dang-ky-khai-sinh.html",
    "bundled/tim-kiem.html?q=khai sinh",
    "bundled/linh-vuc/ho-tich.html",
    "bundled/viec/mat-giay-to.html",
    "bundled/thay-doi.html",
    "bundled/du-lieu-mo.html",
    "tthc/thu-tuc/du-moi-phan.html",
    "tthc/thu-tuc/da-cham-dut.html",
    "tthc/van-ban/2-2015-nd-cp.html",
];

#[test]
fn all_can_be_done_by_keyboard() {
    let mut reader = Reader::new();
    let mut wrong = Vec::new();
    let mut n_places = 0;
    for (width, height) in [(1280, 800), (360, 640)] {
        reader.screen(width, height);
        // On the way from one link to the next nobody waits for a page that glides.
        reader.media("", &[("prefers-reduced-motion", "reduce")]);
        for page in PAGES {
            reader.open(page);
            if page.contains("?q=") {
                assert!(reader.browser.wait("!!document.querySelector('#kq > li')", SOON));
            }
            n_places += walk(&mut reader, &format!("{page} at {width}"), &mut wrong);
        }
    }
    reader.screen(1280, 800);
    skip(&mut reader);
    choice(&mut reader);
    display(&mut reader);
    search(&mut reader);
    narrow(&mut reader);
    println!("keys: the focus was in {n_places} places of {} pages", PAGES.len() * 2);
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong.join("\n"));
}

/// Tab from the first place to the last.
fn walk(reader: &mut Reader, page: &str, wrong: &mut Vec<String>) -> u64 {
    let most = reader.browser.evaluate(PLACES).as_u64().expect("a number");
    let mut n = 0;
    loop {
        reader.press("Tab");
        let focus = reader.browser.evaluate(FOCUS);
        if focus[0] == json!("") || n > most + 2 {
            break;
        }
        n += u64::from(focus[0] != json!("again"));
        if focus[1] != json!("") {
            wrong.push(format!("{page}: {}", focus[1]));
        }
    }
    // Text that scrolls by itself may be a place, too.
    if n < most || n > most + 2 {
        wrong.push(format!("{page}: the focus was in {n} places of {most}"));
    }
    n
}

fn skip(reader: &mut Reader) {
    reader.open("bundled/thu-tuc/dang-ky-khai-sinh.html");
    reader.press("Tab");
    let first = "document.activeElement.className + ' ' + (document.activeElement.getBoundingClientRect().top >= 0)";
    assert_eq!(reader.browser.text(first), "skip true", "the first place leads past the head");
    reader.press("Enter");
    reader.press("Tab");
    let is_in = "document.querySelector('main').contains(document.activeElement)";
    assert_eq!(reader.browser.evaluate(is_in), json!(true), "the next place is in the text");
}

/// Cases and ways to file: arrows choose, and the page shows what belongs to the choice.
fn choice(reader: &mut Reader) {
    reader.open("tthc/thu-tuc/du-moi-phan.html");
    let shown = "[].filter.call(document.querySelectorAll('[data-c]'), function (e) { return e.getClientRects().length }).length";
    let all = reader.browser.evaluate(shown).as_u64().expect("a number");
    reader.browser.evaluate("document.getElementById('c0').focus(); 0");
    reader.press("ArrowDown");
    assert_eq!(reader.browser.text("document.activeElement.id"), "c1");
    let one = reader.browser.evaluate(shown).as_u64().expect("a number");
    assert!(0 < one && one < all, "of {all} parts {one} are shown");
    // A tick, by the space bar.
    reader.browser.evaluate("document.querySelector('.todo input').focus(); 0");
    reader.press(" ");
    assert_eq!(reader.browser.evaluate("document.activeElement.checked"), json!(true));
    reader.press(" ");
}

/// The size of letters and the ground, which are kept for the next page.
fn display(reader: &mut Reader) {
    reader.open("bundled/index.html");
    let size = "parseFloat(getComputedStyle(document.documentElement).fontSize)";
    let before = reader.browser.evaluate(size).as_f64().expect("a number");
    reader.browser.evaluate("document.querySelector('.view summary').focus(); 0");
    reader.press("Enter");
    assert_eq!(reader.browser.evaluate("document.querySelector('.view').open"), json!(true));
    reader.press("Tab");
    reader.press("ArrowDown");
    reader.press("ArrowDown");
    let after = reader.browser.evaluate(size).as_f64().expect("a number");
    assert!(after >= before * 1.3, "{before} became {after}");
    reader.press("Tab");
    for _ in 0..3 {
        reader.press("ArrowDown");
    }
    reader.open("bundled/thay-doi.html");
    let kept = "document.documentElement.dataset.size + ' ' + document.documentElement.dataset.bg";
    assert_eq!(reader.browser.text(kept), "3 high");
    reader.browser.evaluate("localStorage.clear(); 0");
}

/// From the home page to a result without a mouse, and what is said to those who do not see.
fn search(reader: &mut Reader) {
    reader.open("bundled/index.html");
    reader.browser.evaluate("document.querySelector('main input[type=search]').focus(); 0");
    reader.type_text("hộ chiếu");
    reader.led_on(|reader| reader.press("Enter"));
    assert!(reader.browser.wait("!!document.querySelector('#kq > li')", SOON), "no result");
    let said = reader.browser.text("document.querySelector('[role=status]#dem').textContent");
    assert!(!said.is_empty(), "nothing is said of what was found");
    reader.browser.evaluate("document.querySelector('main input[type=search]').focus(); 0");
    let is_result = "!!document.activeElement.closest('#kq')";
    let mut n = 0;
    while reader.browser.evaluate(is_result) != json!(true) {
        reader.press("Tab");
        n += 1;
        assert!(n < 60, "no result has the focus");
    }
    reader.led_on(|reader| reader.press("Enter"));
    assert!(reader.browser.text("location.pathname").contains("/thu-tuc/"));
}

/// What was found is narrowed down by the space bar, to as many as stand beside the choice, and widened again;
/// both are said.
fn narrow(reader: &mut Reader) {
    reader.open("bundled/tim-kiem.html?q=cấp lại");
    let told = "(/\\(([0-9]+)\\)$/.exec(document.querySelector('#loc [name=cap]').parentNode.textContent) || [])[1]";
    assert!(reader.browser.wait(&format!("!!{told}"), SOON), "no number beside a choice");
    let said = "String(parseInt(document.getElementById('dem').textContent, 10) || 0)";
    let (all, few) = (reader.browser.text(said), reader.browser.text(told));
    assert_ne!(all, few, "the choice narrows nothing down");
    reader.browser.evaluate("document.getElementById('linhvuc').focus(); 0");
    reader.press("Tab");
    assert_eq!(reader.browser.text("document.activeElement.name"), "cap");
    reader.press(" ");
    assert!(reader.browser.wait(&format!("{said} === '{few}'"), SOON), "{few} are told");
    for _ in 0..20 {
        if reader.browser.text("document.activeElement.type") == "reset" {
            break;
        }
        reader.press("Tab");
    }
    reader.press("Enter");
    assert!(reader.browser.wait(&format!("{said} === '{all}'"), SOON), "{all} are told again");
}
