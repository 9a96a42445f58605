//! Paper and terminals: what the code on a sheet says of it on later days, whether a camera reads the code,
//! how a terminal goes home, and the archive opened from a folder.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::json;

use super::{AS_OF, IS_STALE, PAGE, Reader, SEEN, clock};
use crate::chromium::Browser;

const SHEET: &str = "niem-yet/nhieu-phan.html";

/// What the browser draws of the code, a byte a point: the point is dark or it is not.
const DRAWN: &str = "(function () {
  var svg = document.querySelector('svg.qr'), box = svg.viewBox.baseVal, size = 8
  var canvas = document.createElement('canvas')
  canvas.width = canvas.height = box.width * size
  var to = canvas.getContext('2d')
  to.fillStyle = '#fff'
  to.fillRect(0, 0, canvas.width, canvas.height)
  to.scale(size, size)
  to.translate(-box.x, -box.y)
  to.lineWidth = 1
  to.stroke(new Path2D(svg.querySelector('path').getAttribute('d')))
  var points = to.getImageData(0, 0, canvas.width, canvas.height).data, said = ''
  for (var i = 0; i < points.length; i += 4) said += points[i] < 128 ? '1' : '0'
  return said
})()";

/// What a browser has to complain about.
const COMPLAINTS: [&str; 3] =
    ["Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"];

const MARK: &str = "document.querySelector('[data-paper]').getAttribute('data-paper')";
/// What the page says of the paper: which of both, if any, is seen.
const SAID: &str = "[].filter.call(document.querySelectorAll('.holds p'), function (p) { return p.offsetHeight > 0 })
  .map(function (p) { return p.hasAttribute('data-same') ? 'same' : 'other' }).join()";

/// A sheet that was printed and is looked at later.
pub(super) fn marks(reader: &mut Reader) {
    reader.open(SHEET, "2026-06-12T12:00:00+07:00");
    let seen = reader.seen();
    // On 15 June a document comes into force on which the procedure rests.
    assert!(seen.contains("Có giá trị đến hết ngày 14/06/2026"), "{seen}");
    assert!(seen.contains("In ngày 12/06/2026"), "{seen}");
    let read = read(&reader.browser.text(DRAWN));
    reader.open(PAGE, "2026-06-12T12:00:00+07:00");
    let mark = reader.browser.text(MARK);
    assert_eq!(read, format!("https://example.org/{PAGE}#to={mark}"));
    assert_eq!(reader.browser.text(SAID), "", "nothing is said where no paper was scanned");

    let scanned = format!("{PAGE}#to={mark}");
    for (moment, said) in [
        ("2026-06-12T12:00:00+07:00", "same"),
        ("2026-06-14T23:59:40+07:00", "same"),
        ("2026-06-15T00:00:00+07:00", "other"),
        ("2026-06-21T00:00:00+07:00", "other"),
        ("2026-09-01T00:00:00+07:00", "other"),
    ] {
        // Between pages that differ in the mark alone a browser loads nothing.
        reader.open("index.html", moment);
        reader.open(&scanned, moment);
        assert_eq!(reader.browser.text(SAID), said, "{moment}");
    }
    reader.browser.evaluate("location.hash = '#to=000000000000'");
    assert!(reader.browser.wait(&format!("{SAID} === 'other'"), Duration::from_secs(5)));

    let off = |value: bool| json!({ "value": value });
    reader.open("index.html", "2026-06-12T12:00:00+07:00");
    reader.browser.ask("Emulation.setScriptExecutionDisabled", &off(true));
    reader.open(&scanned, "2026-06-12T12:00:00+07:00");
    reader.browser.ask("Emulation.setScriptExecutionDisabled", &off(false));
    let seen = reader.seen();
    assert!(!seen.contains("vẫn đúng với trang") && !seen.contains("Trang đã đổi"), "{seen}");

    reader.browser.ask("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    reader.open(SHEET, "2026-06-12T12:00:00+07:00");
    assert!(!reader.seen().contains("Về trang thủ tục"), "the way back is not printed");
    reader.open(PAGE, "2026-06-12T12:00:00+07:00");
    let seen = reader.seen();
    assert!(seen.contains("Quét mã") && !seen.contains("Tờ niêm yết A4"), "{seen}");
    reader.browser.ask("Emulation.setEmulatedMedia", &json!({ "media": "" }));
}

/// What a camera reads.
fn read(drawn: &str) -> String {
    let side = drawn.len().isqrt();
    assert!(side * side == drawn.len() && side > 100, "{} points", drawn.len());
    let points = drawn.as_bytes();
    let dark = |x: usize, y: usize| if points[y * side + x] == b'1' { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, dark);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code");
    grids[0].decode().expect("a code that can be read").1
}

/// A terminal: no way leads out, it asks before it goes home, and it forgets.
pub(super) fn terminal(reader: &mut Reader) {
    const NOON: &str = "2026-07-10T12:00:00+07:00";
    let soon = Duration::from_secs(20);
    // A minute is a second here.
    let hurry = "(function (real) { window.setTimeout = function (f, ms) { return real(f, ms / 60) } })(setTimeout)";
    reader.open(PAGE, NOON);
    assert_eq!(reader.browser.text("String(!!document.querySelector('.kiosk-bar'))"), "false");
    let hurried = reader.browser.before_each_page(hurry);
    reader.open(&format!("{PAGE}?kiosk"), NOON);
    assert!(reader.browser.wait("!!document.querySelector('.kiosk-bar')", soon));
    let ways_out =
        "[].filter.call(document.querySelectorAll('main a[href], .foot a[href]'), function (a) {
      return a.host !== location.host || !/(\\.html|\\/)$/.test(a.pathname) }).length";
    assert_eq!(reader.browser.evaluate(ways_out), json!(0));
    reader.browser.evaluate("document.querySelector('.todo input').click()");
    let asks = "!!document.querySelector('dialog.kiosk-ask[open]')";
    assert!(reader.browser.wait(asks, soon), "it asks");
    reader.browser.evaluate("document.querySelector('.kiosk-ask button').click()");
    assert_eq!(reader.browser.evaluate(asks), json!(false), "it stays");
    let is_home = "location.pathname === '/index.html' && !!document.querySelector('.kiosk-bar')";
    assert!(reader.browser.wait(is_home, soon), "it goes home");
    let kept = "Object.keys(localStorage).filter(function (k) { return /giay-/.test(k) }).length";
    assert_eq!(reader.browser.evaluate(kept), json!(0), "it forgets what was ticked");
    reader.browser.no_more(&hurried);
    // It lasts within the tab, until it is ended.
    reader.open(PAGE, NOON);
    assert!(reader.browser.wait("!!document.querySelector('.kiosk-bar')", soon));
    reader.open(&format!("{PAGE}?kiosk=0"), NOON);
    assert_eq!(
        reader.browser.text("String(!!document.querySelector('[data-kiosk=\"\"]'))"),
        "false"
    );
    reader.open(PAGE, NOON);
    assert_eq!(reader.browser.text("String(!!document.querySelector('.kiosk-bar'))"), "false");
}

/// The archive of a site, unpacked by another program and opened from the disk on later days.
pub(super) fn archive(browser: &mut Browser) {
    let folder = std::env::temp_dir().join(format!("niemyet-archive-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let zip = build(&folder, "one");
    let again = build(&folder, "two");
    assert!(std::fs::read(&zip).ok() == std::fs::read(&again).ok(), "the same site, other bytes");
    let mut unzip = Command::new("unzip");
    let done = unzip.arg("-q").arg(&zip).arg("-d").arg(&folder).status();
    assert!(done.expect("unzip; is it installed?").success());
    let root = folder.join(format!("niemyet-{AS_OF}"));
    let lead = std::fs::read_to_string(root.join("DOC-TRUOC.txt")).expect("a word before it");
    assert!(lead.contains("index.html") && lead.contains("10/06/2026"), "{lead}");
    // What leads from the root of a server has none here, and the list of files says so.
    assert!(!root.join("404.html").exists());
    let listed = std::fs::read_to_string(root.join("build.json")).expect("a manifest");
    assert!(listed.contains("\"index.html\"") && !listed.contains("404.html"), "{listed}");
    for (moment, has_fee, is_stale) in [
        ("2026-06-12T12:00:00+07:00", true, false),
        ("2026-06-20T12:00:00+07:00", true, true),
        ("2026-06-21T00:00:00+07:00", false, true),
        ("2027-06-21T00:00:00+07:00", false, true),
    ] {
        let script = browser.before_each_page(&clock(moment));
        for page in [PAGE, SHEET, "niem-yet/linh-vuc/thu.html"] {
            browser.open(&format!("file://{}", root.join(page).display()));
            assert_eq!(browser.text(SEEN).contains("2.000"), has_fee, "{page} at {moment}");
            assert_eq!(browser.evaluate(IS_STALE), json!(is_stale), "{page} at {moment}");
        }
        browser.no_more(&script);
    }
    let script = browser.before_each_page(&clock("2026-06-12T12:00:00+07:00"));
    for method in COMPLAINTS {
        browser.heard(method);
    }
    for page in [PAGE, SHEET, "index.html", "tim-kiem.html"] {
        browser.open(&format!("file://{}", root.join(page).display()));
        browser.promised("document.fonts.ready.then(function () { return 0 })");
        let is_there = "document.fonts.check('16px \"Be Vietnam Pro\"')";
        assert_eq!(browser.evaluate(is_there), json!(true), "{page} has its letters");
        // What is loaded ahead and not used is told a while after all else.
        std::thread::sleep(Duration::from_secs(4));
        for method in COMPLAINTS {
            let said = browser.heard(method);
            assert!(said.is_empty(), "{page}, from a folder: {said:#?}");
        }
    }
    let home = root.join("index.html");
    browser.open(&format!("file://{}?kiosk", home.display()));
    assert!(browser.wait("!!document.querySelector('.kiosk-bar')", Duration::from_secs(10)));
    browser.open(&format!("file://{}?q=nhieu+phan&kiosk=0", root.join("tim-kiem.html").display()));
    let found = "!!document.querySelector('#kq a[href*=\"nhieu-phan\"]')";
    assert!(browser.wait(found, Duration::from_secs(10)), "it searches from a folder");
    browser.no_more(&script);
    std::fs::remove_dir_all(folder).expect("the folder is removed");
}

fn build(folder: &Path, name: &str) -> std::path::PathBuf {
    let zip = folder.join(format!("{name}.zip"));
    let catalogue = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/days/catalogue");
    let made = Command::new(env!("CARGO_BIN_EXE_niemyet"))
        .args(["build", "--lang", "en", "--as-of", AS_OF, "--catalogue"])
        .arg(catalogue)
        .arg("--out")
        .arg(folder.join(format!("{name}-site")))
        .arg("--bundle")
        .arg(&zip)
        .output()
        .expect("a build");
    assert!(made.status.success(), "{made:?}");
    zip
}
