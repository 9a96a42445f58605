//! A person at work, from end to end: the program serves a folder, a real Chromium looks at it, files are edited,
//! broken, moved away and brought back, and the days are walked through.

#![expect(clippy::unwrap_used, reason = "a test ends where its own steps fail")]
#![expect(clippy::disallowed_methods, reason = "the folders that are edited are real ones")]

#[path = "support/chromium.rs"]
#[expect(dead_code, reason = "each test uses some of it")]
mod chromium;
#[expect(dead_code, reason = "each test uses some of it")]
mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread::spawn;
use std::time::Duration;

use serde_json::json;

use chromium::Browser;
use support::Folder;

/// How long to wait for what has to come.
const LIMIT: Duration = Duration::from_mins(1);

const PROCEDURE: &str = "procedures/dang-ky-khai-sinh.yaml";
const TEXT: &str = "code: \"1.001193\"
title: Đăng ký khai sinh
field: ho-tich
levels: [commune]
audience: [citizen]
legal_basis:
  - {document: 60/2014/QH13, role: main}
authority: {performs: [ubnd-xa]}
channels:
  - kind: in_person
    times: [{amount: 3, unit: working_day}]
    fees: [{amount: 0}]
cases:
  - dossier:
      - {name: Tờ khai, originals: 1}
steps:
  - {title: Nộp hồ sơ}
";
const CATALOGUE: [(&str, &str); 6] = [
    ("catalogue.yaml", "title: Thử\npublisher: Xã Thử\nlanguage: vi\n"),
    ("fields.yaml", "- {id: ho-tich, name: Hộ tịch}\n"),
    ("agencies/ubnd-xa.yaml", "name: Ủy ban nhân dân cấp xã\nlevel: commune\n"),
    (
        "documents/60-2014-qh13.yaml",
        "number: 60/2014/QH13\ntitle: Luật Hộ tịch\nkind: luat\nissuer: ubnd-xa\nsigned: 2014-11-20\neffective: 2016-01-01\n",
    ),
    (
        "documents/moi.yaml",
        "number: 1/2027/QH16\ntitle: Luật Hộ tịch mới\nkind: luat\nissuer: ubnd-xa\neffective: 2027-03-01\neffects:\n  - {verb: replaces, document: 60/2014/QH13}\n",
    ),
    (PROCEDURE, TEXT),
];

/// The program that serves a folder; it ends with the value.
struct Serving {
    folder: Folder,
    process: Child,
    host: String,
}

impl Serving {
    fn start() -> Self {
        let folder = Folder::new();
        for (path, text) in CATALOGUE {
            folder.write(&format!("catalogue/{path}"), text);
        }
        folder.write("theme/assets/own.css", "/* one */");
        let mut process = Command::new(env!("CARGO_BIN_EXE_niemyet"))
            .args(["serve", "--port", "0", "--as-of", "2026-11-22", "--theme", "theme"])
            .current_dir(folder.path())
            .env_remove("TERM_PROGRAM")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stderr.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let host = line.split_once("http://").unwrap().1.split('/').next().unwrap().to_owned();
        // What is said later is read, so that the program need not wait for a reader.
        spawn(move || said.read_to_end(&mut Vec::new()));
        Self { folder, process, host }
    }

    fn write(&self, path: &str, text: &str) {
        self.folder.write(&format!("catalogue/{path}"), text);
    }

    /// What a browser without a cookie is given.
    fn others_see(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host);
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _killed = self.process.kill();
        let _ended = self.process.wait();
    }
}

/// What stands in the bar.
const BAR: &str = "document.querySelector('niemyet-bar').shadowRoot";

fn comes(browser: &mut Browser, what: &str) {
    if !browser.wait(what, LIMIT) {
        let bar =
            browser.text(&format!("document.querySelector('niemyet-bar') && {BAR}.textContent"));
        let seen = browser.text("document.body.innerText");
        panic!("{what} did not come to be true:\n{seen}\n{bar}");
    }
}

fn press(browser: &mut Browser, key: &str, code: u32) {
    for kind in ["rawKeyDown", "keyUp"] {
        let event = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
        browser.ask("Input.dispatchKeyEvent", &event);
    }
}

#[test]
fn a_day_at_work() {
    let serving = Serving::start();
    let mut browser = Browser::start();
    let page = "/thu-tuc/dang-ky-khai-sinh.html";
    // The first build may still be under way; the page comes by itself once it is made.
    browser.open(&format!("http://{}{page}", serving.host));
    comes(&mut browser, "document.querySelector('h1')?.textContent.includes('khai sinh')");
    comes(&mut browser, &format!("{BAR}.querySelector('.clean') !== null"));
    edits(&serving, &mut browser);
    folders(&serving, &mut browser);
    days(&serving, &mut browser, page);
    let said: Vec<String> = browser
        .heard("Log.entryAdded")
        .iter()
        .map(ToString::to_string)
        .filter(|said| said.contains("Content Security Policy"))
        .collect();
    assert!(said.is_empty(), "{said:#?}");
    let thrown = browser.heard("Runtime.exceptionThrown");
    assert!(thrown.is_empty(), "{thrown:#?}");
}

/// A mistake is shown over the last good page, a warning in the bar; mended, both go.
fn edits(serving: &Serving, browser: &mut Browser) {
    serving
        .write(PROCEDURE, &TEXT.replace("title: Đăng ký khai sinh", "title: Khai sinh, bản mới"));
    comes(browser, "document.querySelector('h1')?.textContent.includes('bản mới')");

    serving.write(PROCEDURE, &TEXT.replace("legal_basis:", "legal_basiss:"));
    comes(
        browser,
        "document.querySelector('#niemyet-findings pre')?.textContent.includes('legal_basiss')",
    );
    comes(browser, "document.querySelector('h1')?.textContent.includes('bản mới')");
    comes(
        browser,
        &format!(
            "{BAR}.querySelector('.found .error code')?.textContent.includes('{PROCEDURE}:6:1')"
        ),
    );
    // No editor is known here, so that none is linked.
    comes(browser, &format!("!{BAR}.querySelector('.found .error a')"));

    serving.write(PROCEDURE, TEXT);
    comes(browser, "document.querySelector('h1')?.textContent.includes('Đăng ký khai sinh')");
    comes(browser, "!document.querySelector('#niemyet-findings')");
    comes(browser, &format!("{BAR}.querySelector('.clean') !== null"));

    serving.write("ghi-chu.txt", "?");
    comes(
        browser,
        &format!("{BAR}.querySelector('.found > summary')?.textContent.includes('1 cảnh báo')"),
    );
    comes(browser, "document.querySelector('#niemyet-findings') === null");
    browser.evaluate(&format!("{BAR}.querySelector('.found > summary').click()"));
    comes(browser, &format!("{BAR}.querySelector('.found').open"));
    // What was opened is open after the next reload too.
    serving.write("ghi-chu-2.txt", "?");
    comes(browser, &format!("{BAR}.querySelectorAll('.found[open] li.warning').length === 2"));
    fs::remove_file(serving.folder.path().join("catalogue/ghi-chu.txt")).unwrap();
    fs::remove_file(serving.folder.path().join("catalogue/ghi-chu-2.txt")).unwrap();
    comes(browser, &format!("{BAR}.querySelector('.clean') !== null"));
}

/// The folder goes and comes back, files are renamed, holidays and the theme are edited.
fn folders(serving: &Serving, browser: &mut Browser) {
    let root = serving.folder.path();
    fs::rename(root.join("catalogue"), root.join("away")).unwrap();
    comes(browser, "document.querySelector('#niemyet-findings') !== null");
    comes(browser, "document.querySelector('h1')?.textContent.includes('khai sinh')");
    fs::rename(root.join("away"), root.join("catalogue")).unwrap();
    comes(browser, "document.querySelector('h1') && !document.querySelector('#niemyet-findings')");

    fs::rename(root.join("catalogue/procedures"), root.join("catalogue/cu")).unwrap();
    comes(
        browser,
        "document.querySelector('niemyet-bar') && !document.querySelector('h1')?.textContent.includes('khai sinh')",
    );
    fs::rename(root.join("catalogue/cu"), root.join("catalogue/procedures")).unwrap();
    comes(browser, "document.querySelector('h1')?.textContent.includes('khai sinh')");

    serving.write("holidays.yaml", "- sai\n");
    comes(
        browser,
        &format!(
            "!!document.querySelector('#niemyet-findings') || !!{BAR}.querySelector('.found')"
        ),
    );
    fs::remove_file(root.join("catalogue/holidays.yaml")).unwrap();
    comes(
        browser,
        &format!(
            "{BAR}.querySelector('.clean') !== null && !document.querySelector('#niemyet-findings')"
        ),
    );

    browser.evaluate("document.querySelector('niemyet-bar').dataset.generation = 'old'");
    serving.folder.write("theme/assets/own.css", "/* two */");
    comes(
        browser,
        "document.querySelector('niemyet-bar') && !document.querySelector('niemyet-bar').dataset.generation",
    );
}

/// On the day on which its law ends the page becomes a notice, for this browser and no other.
fn days(serving: &Serving, browser: &mut Browser, page: &str) {
    comes(browser, "document.querySelector('main')?.textContent.includes('Tờ khai')");
    comes(browser, &format!("{BAR}.querySelector('[data-key=range]') !== null"));
    browser.evaluate(&format!("{BAR}.querySelector('[data-key=range]').focus()"));
    press(browser, "ArrowRight", 39);
    comes(browser, &format!("{BAR}.querySelector('[data-key=date]')?.value === '2027-03-01'"));
    let notice = browser.text("document.querySelector('main').textContent");
    assert!(notice.contains("1/2027/QH16") && !notice.contains("Tờ khai"), "{notice}");
    assert!(browser.text(&format!("{BAR}.textContent")).contains("01/03/2027"));
    // Its clock is that of the day: nothing says that it has not been confirmed since.
    let clock = "new Date(Date.now() + 252e5).toISOString().slice(0, 10)";
    assert_eq!(browser.text(clock), "2027-03-01");
    assert!(
        browser.evaluate("document.getElementById('stale')?.hidden ?? true").as_bool().unwrap()
    );
    comes(browser, &format!("{BAR}.activeElement?.dataset.key === 'range'"));
    // The findings are those of the day: the basis of the procedure has ended.
    comes(
        browser,
        &format!(
            "[...{BAR}.querySelectorAll('.found b')].some((code) => code.textContent === 'P003')"
        ),
    );
    assert!(serving.others_see(page).contains("Tờ khai"));

    // An edit is shown on the day that is looked at.
    serving.write("ghi-chu.txt", "?");
    comes(
        browser,
        &format!("{BAR}.querySelector('.found > summary')?.textContent.includes('1 cảnh báo')"),
    );
    comes(browser, &format!("{BAR}.querySelector('[data-key=date]')?.value === '2027-03-01'"));
    fs::remove_file(serving.folder.path().join("catalogue/ghi-chu.txt")).unwrap();
    comes(
        browser,
        &format!("{BAR}.querySelector('.found > summary')?.textContent.includes(' 0 cảnh báo')"),
    );

    // Another tab goes back to the first day, and this one with it.
    browser.evaluate(
        "document.cookie = `niemyet-day-${location.port}=; path=/; Max-Age=0`;
         new BroadcastChannel('niemyet-day').postMessage('2026-11-22')",
    );
    comes(browser, &format!("{BAR}.querySelector('[data-key=date]')?.value === '2026-11-22'"));
    comes(browser, "document.querySelector('main')?.textContent.includes('Tờ khai')");

    // The day before the change, by its date, and a day past that no slider has.
    for day in ["2027-02-28", "2020-05-05"] {
        browser.evaluate(&format!(
            "(() => {{ const date = {BAR}.querySelector('[data-key=date]'); date.focus(); date.value = '{day}' }})()"
        ));
        press(browser, "Enter", 13);
        comes(browser, &format!("{BAR}.querySelector('[data-key=date]')?.value === '{day}'"));
        assert!(
            browser.text("document.querySelector('main').textContent").contains("Tờ khai"),
            "{day}"
        );
    }
    browser.evaluate(&format!("{BAR}.querySelector('[data-key=today]').click()"));
    comes(browser, &format!("{BAR}.querySelector('[data-key=date]')?.value === '2026-11-22'"));
}
