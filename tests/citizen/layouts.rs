//! Every page of the sites on a screen of 320 points, which is also a desk of 1280 enlarged four times, with the
//! spacing of text that WCAG 1.4.12 lets readers choose, and with very large letters: nothing is cut off and
//! nothing has to be scrolled sideways. Headings are in order, and nothing moves for who wants no motion.

use crate::chromium::Browser;
use crate::pages;
use crate::reader::Reader;

/// What is wider than the screen, and what its own box cuts off.
const CUT_OFF: &str = "(function () {
  var wide = document.documentElement.clientWidth, said = []
  if (document.documentElement.scrollWidth > wide) said.push('scrolls sideways to ' + document.documentElement.scrollWidth)
  document.querySelectorAll('body *').forEach(function (e) {
    var s = getComputedStyle(e), r = e.getBoundingClientRect()
    // What is for those who listen has the size of a point.
    if (!r.width || r.width <= 1 || e.closest('.t thead') || !e.checkVisibility()) return
    // A wide table is scrolled in a box of its own.
    if (e.parentNode.closest('.wide')) return
    if (r.right > wide + 1 && s.position !== 'absolute' && said.length < 4) said.push(e.outerHTML.slice(0, 100) + ' ends at ' + r.right)
    var folds = s.webkitLineClamp !== 'none'
    if (!folds && s.overflowY === 'hidden' && e.scrollHeight > e.clientHeight + 2 && e.localName !== 'svg') said.push(e.outerHTML.slice(0, 100) + ' is cut off')
  })
  return said.join('\\n')
})()";

/// Codes and numbers that are broken though a line of their own has room for them.
const BROKEN: &str = "(function () {
  var said = [], range = document.createRange()
  document.querySelectorAll('.num').forEach(function (e) {
    if (!e.checkVisibility() || e.closest('.t thead')) return
    range.selectNodeContents(e)
    var lines = new Set([].map.call(range.getClientRects(), function (r) { return Math.round(r.top) }))
    if (lines.size < 2 || said.length > 3) return
    var box = e.parentNode
    while (getComputedStyle(box).display.startsWith('inline')) box = box.parentNode
    var copy = document.createElement('span')
    copy.className = 'num'
    copy.textContent = e.textContent
    copy.style.cssText = 'position: absolute; max-width: none; white-space: nowrap'
    box.append(copy)
    if (copy.offsetWidth <= box.clientWidth) said.push('broken: ' + e.textContent)
    copy.remove()
  })
  return said.join('\\n')
})()";

const HEADINGS: &str = "(function () {
  var said = [], before = 0, root = document.documentElement
  if (!/^(vi|en)$/.test(root.lang)) said.push('language ' + root.lang)
  if (document.title.trim().length < 4) said.push('title ' + document.title)
  if (document.querySelectorAll('h1').length !== 1) said.push(document.querySelectorAll('h1').length + ' h1')
  if (document.querySelectorAll('main').length !== 1) said.push('no main')
  document.querySelectorAll('h1, h2, h3, h4, h5, h6').forEach(function (h) {
    var level = +h.localName[1]
    if (level > before + 1) said.push(h.localName + ' after h' + before + ': ' + h.textContent)
    if (h.getClientRects().length) before = level
  })
  var seen = {}
  document.querySelectorAll('[id]').forEach(function (e) { if (seen[e.id]) said.push('twice ' + e.id); seen[e.id] = 1 })
  document.querySelectorAll('main a[href^=\"#\"]').forEach(function (a) {
    if (!document.getElementById(a.hash.slice(1))) said.push('leads nowhere: ' + a.hash)
  })
  return said.join('\\n')
})()";

const SPACED: &str = "(function () {
  var sheet = new CSSStyleSheet()
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }')
  document.adoptedStyleSheets = [sheet]
  return ''
})()";

/// As a phone or a browser enlarges letters alone (WCAG 1.4.4).
const TWICE: &str = "document.documentElement.style.fontSize = '200%'; ''";
/// As the page is, after it was spaced and enlarged.
const PLAIN: &str =
    "document.adoptedStyleSheets = []; document.documentElement.removeAttribute('data-size'); ''";
const ONCE: &str = "document.documentElement.style.fontSize = ''; ''";
const LARGE: &str = "document.documentElement.setAttribute('data-size', '3'); ''";

/// What stands on paper without a gap between two sayings, and what there is instead of what has ended and is
/// not named there.
const RUN_ON: &str = "(function () {
  var said = [], text = document.querySelector('main').innerText
  ;(text.match(/\\S*(\\p{Ll}\\p{Lu}\\p{Ll}|\\d\\/\\d{4}\\p{L})\\S*/gu) || []).forEach(function (found) {
    // Addresses, the name of a program, and the words without end that the looks have.
    if (found.length < 30 && !/:|LibreOffice/.test(found)) said.push('runs on: ' + found)
  })
  document.querySelectorAll('.now a').forEach(function (a) {
    if (!text.includes(a.textContent)) said.push('not named: ' + a.textContent)
    var way = new URL(a.href).pathname.split('/').slice(-2).join('/')
    if (!text.includes(way)) said.push('no address: ' + way)
  })
  return said.join('\\n')
})()";

const MOVES: &str = "(function () {
  var said = []
  if (getComputedStyle(document.documentElement).scrollBehavior !== 'auto') said.push('glides')
  document.querySelectorAll('*').forEach(function (e) {
    var s = getComputedStyle(e)
    if (s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0) said.push(e.outerHTML.slice(0, 80))
  })
  return said.join('\\n')
})()";

/// What is done to a page and asked of it, one after the other, by how it looks then.
const ON_A_PHONE: [(&str, &str); 12] = [
    ("headings", HEADINGS),
    ("320 by 256", CUT_OFF),
    ("320 by 256", BROKEN),
    ("motion", MOVES),
    ("letters of twice the size", TWICE),
    ("letters of twice the size", CUT_OFF),
    ("letters of twice the size", BROKEN),
    ("letters as they are", ONCE),
    ("very large letters", LARGE),
    ("very large letters", CUT_OFF),
    ("spaced", SPACED),
    ("very large letters, spaced", CUT_OFF),
];

/// The same page, which is still spaced and has very large letters, on a wide screen.
const ON_A_DESK: [(&str, &str); 5] = [
    ("spaced, 1280", CUT_OFF),
    ("1280", PLAIN),
    ("letters of twice the size, 1280", TWICE),
    ("letters of twice the size, 1280", CUT_OFF),
    ("letters of twice the size, 1280", BROKEN),
];

#[test]
fn layouts_hold() {
    let mut reader = Reader::new();
    reader.media("", &[("prefers-reduced-motion", "reduce")]);
    reader.screen(320, 640);
    let mut wrong = Vec::new();
    let mut look = |browser: &mut Browser, path: &str, how: &str, question: &str| {
        let said = browser.text(question);
        if !said.is_empty() {
            wrong.push(format!("{path}, {how}: {said}"));
        }
    };
    let mut paths: Vec<&str> =
        pages::files().keys().map(String::as_str).filter(|path| path.ends_with(".html")).collect();
    // The rest is alike, and is looked at by the table.
    paths.retain(|path| path.starts_with("tthc/") || path.starts_with("bundled/thu-tuc/"));
    for path in &paths {
        reader.open(path);
        for (how, question) in [("headings", HEADINGS), ("320", CUT_OFF), ("320", BROKEN)] {
            look(&mut reader.browser, path, how, question);
        }
    }
    for page in pages::table() {
        let path = page.path();
        reader.screen(320, 256);
        reader.open_shown(&page);
        for (how, question) in ON_A_PHONE {
            look(&mut reader.browser, &path, how, question);
        }
        reader.screen(1280, 800);
        reader.drawn();
        for (how, question) in ON_A_DESK {
            look(&mut reader.browser, &path, how, question);
        }
    }
    println!("layouts: {} pages at 320, {} in six ways", paths.len(), pages::table().len());
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong.join("\n"));
}

#[test]
fn paper_reads_as_it_should() {
    let mut reader = Reader::new();
    reader.media("print", &[]);
    // As wide as a sheet.
    reader.screen(794, 900);
    let (mut wrong, mut n_ways) = (Vec::new(), 0);
    for page in pages::table() {
        reader.open_shown(&page);
        let said = reader.browser.text(RUN_ON);
        if !said.is_empty() {
            wrong.push(format!("{}: {said}", page.path()));
        }
        let ways = reader.browser.evaluate("document.querySelectorAll('.now a').length");
        // Where a site does not know its own address, none is said.
        n_ways += ways.as_u64().unwrap_or_default();
    }
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong.join("\n"));
    assert!(n_ways > 0, "no page says what there is instead");
}
