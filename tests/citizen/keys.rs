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
    arrows(&mut reader);
    narrow(&mut reader);
    there_and_back(&mut reader);
    unknown(&mut reader);
    back(&mut reader);
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
        assert!(n <= FIRST_RESULT, "no result has the focus");
    }
    reader.led_on(|reader| reader.press("Enter"));
    assert!(reader.browser.text("location.pathname").contains("/thu-tuc/"));
}

/// Results are read before what narrows them: how many places the focus has from the field to the first of them,
/// of which one sends and one leads to the filters.
const FIRST_RESULT: usize = 3;

/// Up and down lead from the field through the results and back, and so does Escape.
fn arrows(reader: &mut Reader) {
    reader.open("bundled/tim-kiem.html?q=cấp lại");
    assert!(reader.browser.wait("document.querySelectorAll('#kq > li').length > 2", SOON));
    let place = "[].indexOf.call(document.querySelectorAll('#kq h3 a'), document.activeElement) + ' ' + document.activeElement.id";
    reader.browser.evaluate("document.getElementById('q').focus(); 0");
    for (key, is) in [
        ("ArrowDown", "0 "),
        ("ArrowDown", "1 "),
        ("ArrowUp", "0 "),
        ("ArrowUp", "-1 q"),
        ("ArrowUp", "-1 q"),
        ("ArrowDown", "0 "),
        ("ArrowDown", "1 "),
        ("Escape", "-1 q"),
    ] {
        reader.press(key);
        assert_eq!(reader.browser.text(place), is, "{key}");
    }
    assert_eq!(reader.browser.text("document.getElementById('q').value"), "cấp lại");
    assert!(
        reader.browser.evaluate("document.getElementById('q').matches(':focus-visible')")
            == json!(true)
    );
}

/// On a narrow screen one link leads to what narrows results, and one back, without a page more in the history.
fn there_and_back(reader: &mut Reader) {
    reader.screen(360, 640);
    reader.open("bundled/tim-kiem.html?q=cấp lại");
    assert!(reader.browser.wait("!!document.querySelector('#kq > li')", SOON));
    let first =
        "document.querySelector('#kq a').getBoundingClientRect().bottom < innerHeight * 1.5";
    assert_eq!(reader.browser.evaluate(first), json!(true), "a result is near");
    let here = "document.activeElement.id + ' ' + (document.activeElement.getBoundingClientRect().top >= 0) + ' ' + history.length";
    let pages = reader.browser.text("String(history.length)");
    for (link, to) in [("#den-loc a", "thu-hep-h"), ("#ve-kq", "kq-h")] {
        reader.browser.evaluate(&format!("document.querySelector('{link}').focus(); 0"));
        reader.press("Enter");
        let is_there = format!("document.activeElement.id === '{to}'");
        assert!(reader.browser.wait(&is_there, SOON), "{link}");
        assert!(reader.browser.text(here).ends_with(&pages));
    }
    reader.screen(1280, 800);
    // Who asks for what nobody knows is not asked to narrow it down.
    for (query, is_hidden) in
        [("bún chả", true), ("nghị định 9999/2025/NĐ-CP", true), ("cấp lại", false)]
    {
        reader.open(&format!("bundled/tim-kiem.html?q={query}"));
        assert!(reader.browser.wait("!!document.getElementById('dem').textContent", SOON));
        let narrow = reader.browser.evaluate("document.getElementById('thu-hep').hidden");
        assert_eq!(narrow, json!(is_hidden), "{query}");
    }
}

/// A number that is none of a document here is said to be none, with the way to those that are.
fn unknown(reader: &mut Reader) {
    for page in ["bundled/tim-kiem.html", "bundled/en/tim-kiem.html"] {
        reader.open(&format!("{page}?q=nghị định 9999/2025/NĐ-CP"));
        assert!(reader.browser.wait("!!document.getElementById('dem').textContent", SOON));
        let said = "[document.getElementById('dem').textContent === document.getElementById('tim').dataset.unknown.replace('{q}', document.getElementById('q').value), \
                    document.getElementById('van-ban').getClientRects().length, document.getElementById('meo').getClientRects().length]";
        assert_eq!(reader.browser.evaluate(said), json!([true, 1, 0]), "{page}");
        reader.browser.evaluate("document.querySelector('#van-ban a').focus(); 0");
        reader.led_on(|reader| reader.press("Enter"));
        assert!(reader.browser.text("location.pathname").contains("van-ban"), "{page}");
    }
}

/// Who leaves at once after typing comes back to what was typed.
fn back(reader: &mut Reader) {
    reader.open("bundled/tim-kiem.html");
    reader.browser.evaluate("document.getElementById('q').focus(); 0");
    reader.type_text("hộ chiếu");
    reader.led_on(|reader| {
        reader.browser.evaluate("location.assign('index.html'); 0");
    });
    assert!(!reader.browser.text("location.pathname").contains("tim-kiem"));
    reader.browser.evaluate("history.back(); 0");
    let is_back = "!!document.getElementById('q') && document.getElementById('q').value === 'hộ chiếu' && !!document.querySelector('#kq > li')";
    assert!(reader.browser.wait(is_back, SOON), "what was typed is lost");
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
