//! A person at work, from end to end: the program serves a folder, a real Chromium looks at it, files are edited,
//! broken, moved away and brought back, and the days are walked through.

#![expect(clippy::unwrap_used, reason = "a test ends where its own steps fail")]
#![expect(clippy::disallowed_methods, reason = "the folders that are edited are real ones")]

#[path = "support/birth.rs"]
mod birth;
#[path = "support/chromium.rs"]
#[expect(dead_code, reason = "each test uses some of it")]
mod chromium;
#[expect(dead_code, reason = "each test uses some of it")]
mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use serde_json::json;

use birth::{CATALOGUE, PROCEDURE, TEXT};
use chromium::Browser;
use support::Folder;

/// How long to wait for what has to come.
const LIMIT: Duration = Duration::from_mins(1);

/// The program that serves a folder; it ends with the value.
struct Serving {
    folder: Folder,
    process: Child,
    host: String,
}

impl Serving {
    fn start() -> Self {
        Self::with(".", &[], None)
    }

    /// In a folder below, with more options, in the terminal of an editor.
    fn with(below: &str, options: &[&str], terminal: Option<&str>) -> Self {
        let folder = Folder::new();
        for (path, text) in CATALOGUE {
            folder.write(&format!("{below}/catalogue/{path}"), text);
        }
        folder.write(&format!("{below}/theme/assets/own.css"), "/* one */");
        let mut command = Command::new(env!("CARGO_BIN_EXE_niemyet"));
        command
            .args(["serve", "--port", "0", "--as-of", "2026-11-22", "--theme", "theme"])
            .args(options)
            .current_dir(folder.path().join(below));
        for name in ["SSH_CONNECTION", "WSL_DISTRO_NAME", "REMOTE_CONTAINERS", "CODESPACES"] {
            command.env_remove(name);
        }
        match terminal {
            Some(name) => command.env("TERM_PROGRAM", name),
            None => command.env_remove("TERM_PROGRAM"),
        };
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
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

    /// Waits until a page is there.
    fn is_there(&self, page: &str) {
        let begun = Instant::now();
        while !self.others_see(page).starts_with("HTTP/1.1 200 ") {
            assert!(begun.elapsed() < LIMIT, "{page} does not come");
            sleep(Duration::from_millis(50));
        }
    }

    /// What a browser without a cookie is given.
    fn others_see(&self, path: &str) -> String {
        self.asked(path, b"")
    }

    /// The answer to a request with more lines in its head.
    fn asked(&self, path: &str, head: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.host);
        stream.write_all(&[request.as_bytes(), head, b"\r\n"].concat()).unwrap();
        let mut answer = Vec::new();
        // Who refuses a long head may close before all of it is read.
        let _closed = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
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
    for kind in ["keyDown", "keyUp"] {
        let mut event =
            json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
        if key == "Enter" && kind == "keyDown" {
            event["text"] = json!("\r");
        }
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

    // A small change is shown at once, and what is found in the files is told behind it.
    let step = |words: &str| {
        let text = TEXT.replace("title: Đăng ký khai sinh", "title: Khai sinh, bản mới");
        text.replace("Nộp hồ sơ}", &format!("{words}}}"))
    };
    serving.write(PROCEDURE, &step("Mang hồ sơ đến"));
    comes(browser, "document.querySelector('main')?.textContent.includes('Mang hồ sơ đến')");
    comes(browser, &format!("{BAR}.querySelector('.clean') !== null"));
    serving.write(PROCEDURE, &step("Nộp theo Luật số 9/1999/QH10"));
    comes(browser, "document.querySelector('main')?.textContent.includes('9/1999/QH10')");
    comes(browser, &format!("{BAR}.querySelector('.found') !== null"));

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

/// Whatever a browser says of the day, it is given a page of a day that there is.
#[test]
fn hasty_edits_never_lead_back() {
    let serving = Serving::start();
    let page = "/thu-tuc/dang-ky-khai-sinh.html";
    serving.is_there(page);
    // Every seventh edit changes the title too, which is shown when all was read again.
    let last = 150;
    let text = |edit: usize| {
        let text = TEXT.replace("Nộp hồ sơ", &format!("Bước của lần {edit}."));
        text.replace("title: Đăng ký khai sinh", &format!("title: Tên của lần {}.", edit / 7))
    };
    let seen = || {
        let page = serving.others_see(page);
        let number = |behind: &str| -> Option<usize> {
            page.split_once(behind)?.1.split('.').next()?.parse().ok()
        };
        (number("Tên của lần "), number("Bước của lần "))
    };
    let mut before = seen();
    for edit in 1..=last {
        let path = serving.folder.path().join("catalogue").join(PROCEDURE);
        // As editors save: beside it, and then in its place.
        let fresh = serving.folder.path().join("fresh");
        fs::write(&fresh, text(edit)).unwrap();
        fs::rename(&fresh, &path).unwrap();
        sleep(Duration::from_millis((edit * 7 % 60) as u64));
        let now = seen();
        assert!(before <= now, "edit {edit}: {before:?} was shown, and then {now:?}");
        before = now;
    }
    let wanted = (Some(last / 7), Some(last));
    let begun = Instant::now();
    while seen() != wanted {
        assert!(begun.elapsed() < LIMIT, "{:?} is shown, and not {wanted:?}", seen());
        sleep(Duration::from_millis(20));
    }
    for _ in 0..20 {
        sleep(Duration::from_millis(20));
        assert_eq!(seen(), wanted, "it stays");
    }
    assert!(serving.others_see("/__niemyet/bar.json").contains("\"days\""));
}

#[test]
fn no_cookie_leads_astray() {
    let serving = Serving::start();
    let page = "/";
    serving.is_there(page);
    let name = format!("niemyet-day-{}", serving.host.rsplit(':').next().unwrap());
    let day = |head: &[u8]| {
        let answer = serving.asked(page, head);
        assert!(
            answer.starts_with("HTTP/1.1 200 "),
            "{:?}: {answer}",
            String::from_utf8_lossy(head)
        );
        let shown = answer.split_once("data-day=\"").unwrap().1;
        shown.split('"').next().unwrap().to_owned()
    };
    for wrong in [
        "",
        "x",
        "2027-03",
        "2027-02-30",
        "2027-3-1x",
        "1944-12-31",
        "2100-01-01",
        "0000-00-00",
        "-1",
        "99999-01-01",
        "2027-03-01T00:00:00Z",
        "%32027-03-01",
        "\"2027-03-01\"",
        "<script>",
        "ngày mai",
    ] {
        assert_eq!(day(format!("Cookie: {name}={wrong}\r\n").as_bytes()), "2026-11-22", "{wrong}");
    }
    assert_eq!(day(&[b"Cookie: ", name.as_bytes(), b"=\xff\xfe\r\n"].concat()), "2026-11-22");
    let long = "9".repeat(8000);
    assert_eq!(day(format!("Cookie: {name}={long}\r\n").as_bytes()), "2026-11-22");
    // Of two the first counts, in one line or in two.
    let [first, second] = ["2027-03-01", "2027-04-01"].map(|day| format!("{name}={day}"));
    assert_eq!(day(format!("Cookie: {first}; {second}\r\n").as_bytes()), "2027-03-01");
    assert_eq!(day(format!("Cookie: {second}\r\nCookie: {first}\r\n").as_bytes()), "2027-04-01");
    for edge in ["1945-01-01", "2099-12-31"] {
        assert_eq!(day(format!("Cookie: {name}={edge}\r\n").as_bytes()), edge);
    }
    // A head without end is refused, and the next one is answered.
    let endless = format!("Cookie: {name}={}\r\n", "9".repeat(1 << 20));
    let refused = serving.asked(page, endless.as_bytes());
    assert!(refused.is_empty() || refused.starts_with("HTTP/1.1 4"), "{refused}");
    assert_eq!(day(b""), "2026-11-22");
}

/// Who works in English, in the terminal of an editor, without a mouse, in a folder with a name as people give them.
#[test]
fn in_english_by_keyboard() {
    let below = "kho của xã";
    let serving = Serving::with(below, &["--lang", "en"], Some("vscode"));
    let write = |path: &str, text: &str| {
        serving.folder.write(&format!("{below}/catalogue/{path}"), text);
    };
    let mut browser = Browser::start();
    let path = "/en/thu-tuc/dang-ky-khai-sinh.html";
    let page = format!("http://{}{path}", serving.host);
    write("catalogue.yaml", "title: Thử\npublisher: Xã Thử\nlanguage: vi\nlanguages: [vi, en]\n");
    serving.is_there(path);
    browser.open(&page);
    comes(&mut browser, "document.documentElement.lang === 'en'");
    comes(&mut browser, &format!("{BAR}.querySelector('section')?.lang === 'en'"));
    let said = browser.text(&format!("{BAR}.textContent"));
    assert!(said.contains("22/11/2026 (the day asked for)"), "{said}");

    // A finding is opened and closed by Enter, and its link opens the editor at the place.
    write(PROCEDURE, &TEXT.replace("steps:\n  - {title: Nộp hồ sơ}\n", ""));
    let code = "[...BAR.querySelectorAll('.found li')].find((it) => it.querySelector('b').textContent === 'P008')";
    let code = code.replace("BAR", BAR);
    comes(&mut browser, &format!("!!{code}"));
    let summary = browser.text(&format!("{code}.textContent"));
    assert!(summary.contains("mandatory parts missing: steps"), "{summary}");
    browser.evaluate(&format!("{BAR}.querySelector('.found > summary').focus()"));
    press(&mut browser, "Enter", 13);
    comes(&mut browser, &format!("{BAR}.querySelector('.found').open"));
    browser.evaluate(&format!("{code}.querySelector('summary').focus()"));
    press(&mut browser, "Enter", 13);
    comes(&mut browser, &format!("{code}.querySelector('details').open"));
    press(&mut browser, "Tab", 9);
    let link = browser.text(&format!("{BAR}.activeElement.href"));
    let folder = serving.folder.path().display().to_string();
    let place = "kho%20c%E1%BB%A7a%20x%C3%A3/catalogue/procedures/dang-ky-khai-sinh.yaml:1:7";
    assert_eq!(link, format!("vscode://file{folder}/{place}"));
    assert_eq!(browser.text(&format!("{BAR}.activeElement.textContent")), "Open in VS Code");
    browser.evaluate(&format!("{BAR}.querySelector('.found > summary').focus()"));
    press(&mut browser, "Enter", 13);
    comes(&mut browser, &format!("!{BAR}.querySelector('.found').open"));
    // What was closed stays closed over the next reload.
    write(PROCEDURE, TEXT);
    comes(&mut browser, &format!("{BAR} && !({code})"));
    comes(&mut browser, &format!("!{BAR}.querySelector('.found[open]')"));

    // The slider by its keys: to the last day, on which the law has ended, and back by the button before it.
    comes(&mut browser, "document.querySelector('main')?.textContent.includes('Tờ khai')");
    browser.evaluate(&format!("{BAR}.querySelector('[data-key=range]').focus()"));
    press(&mut browser, "End", 35);
    comes(&mut browser, &format!("{BAR}.querySelector('[data-key=date]')?.value === '2027-03-01'"));
    assert_eq!(browser.text("document.documentElement.lang"), "en");
    let notice = browser.text("document.querySelector('main').textContent");
    assert!(notice.contains("1/2027/QH16") && !notice.contains("Tờ khai"), "{notice}");
    comes(&mut browser, &format!("{BAR}.activeElement?.dataset.key === 'range'"));
    let aloud = browser.text(&format!("{BAR}.activeElement.getAttribute('aria-valuetext')"));
    assert!(aloud.starts_with("01/03/2027: "), "{aloud}");
    browser.evaluate(&format!("{BAR}.querySelector('[data-key=previous]').focus()"));
    press(&mut browser, "Enter", 13);
    comes(&mut browser, &format!("{BAR}.querySelector('[data-key=date]')?.value !== '2027-03-01'"));
    // The button that has nothing more to lead to gives its place to the slider.
    comes(&mut browser, &format!("{BAR}.activeElement?.dataset.key !== undefined"));

    for method in ["Runtime.exceptionThrown", "Runtime.consoleAPICalled"] {
        let said = browser.heard(method);
        assert!(said.is_empty(), "{said:#?}");
    }
    let complaints = browser.heard("Log.entryAdded");
    assert!(complaints.is_empty(), "{complaints:#?}");
}
