//! A person with a browser: a screen, a page, fingers. Knows the pages of the table, and not what is asked of
//! them.

use std::time::Duration;

use serde_json::{Value, json};

use crate::chromium::{Browser, clock};
use crate::pages::{self, Shown};

/// As long as a test waits for what comes at once.
const SOON: Duration = Duration::from_secs(20);

/// Set for as long as a page is on its way: what has moved, and how far.
const WATCH: &str = "window.moved = 0; window.movers = []; new PerformanceObserver(function (list) {
  list.getEntries().forEach(function (e) {
    if (e.hadRecentInput) return
    window.moved += e.value
    e.sources.forEach(function (s) {
      if (s.node) window.movers.push((s.node.outerHTML || s.node.data || '').slice(0, 80) + ' ' + s.previousRect.top + ' to ' + s.currentRect.top)
    })
  })
}).observe({ type: 'layout-shift', buffered: true })";

/// What a page has asked for.
pub(crate) struct Request {
    pub(crate) url: String,
    /// As the browser names it: Document, Stylesheet, Script, Font.
    pub(crate) kind: String,
    /// On the wire, with the head.
    pub(crate) bytes: u64,
}

pub(crate) struct Reader {
    pub(crate) browser: Browser,
    pub(crate) host: String,
    /// Whether the browser runs the scripts of pages.
    pub(crate) runs_scripts: bool,
}

impl Reader {
    pub(crate) fn new() -> Self {
        let mut browser = Browser::start();
        browser.before_each_page(&clock("2026-11-22T09:00:00+07:00"));
        browser.before_each_page(WATCH);
        Self { browser, host: pages::host(), runs_scripts: true }
    }

    pub(crate) fn screen(&mut self, width: u32, height: u32) {
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 768
        });
        self.browser.ask("Emulation.setDeviceMetricsOverride", &metrics);
    }

    /// `media` is `print` or nothing; features such as `prefers-color-scheme: dark`.
    pub(crate) fn media(&mut self, media: &str, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let wanted = json!({ "media": media, "features": features });
        self.browser.ask("Emulation.setEmulatedMedia", &wanted);
    }

    /// Opens a path of the host; all of it is there, also its fonts.
    pub(crate) fn open(&mut self, path: &str) {
        let address = format!("{}/{path}", self.host);
        self.scripts(self.runs_scripts);
        self.browser.open(&address);
        self.settled();
    }

    /// Opens a page of the table, and does what is done there first.
    pub(crate) fn open_shown(&mut self, page: &Shown) {
        self.open(&page.path());
        if page.is_search() {
            let answered = "!!document.getElementById('dem').textContent";
            assert!(self.browser.wait(answered, SOON), "{}: no answer", page.what);
        }
        if !page.script.is_empty() {
            // What it is done to may come a moment after the page, and to do it twice is to do it once.
            let done = format!("(function () {{ {}; return true }})()", page.script);
            if !self.browser.wait(&done, SOON) {
                let complaints = self.complaints().join("\n");
                panic!("{}: `{}` cannot be done; {complaints}", page.what, page.script);
            }
        }
    }

    pub(crate) fn settled(&mut self) {
        // The tests look in by scripts of their own.
        self.scripts(true);
        // What was heard of a page being there may have been said of the one before.
        self.browser.promised(
            "new Promise(function (done) {
               if (document.readyState === 'complete') done()
               else addEventListener('load', done)
             }).then(function () { return document.fonts.ready }).then(function () { return 0 })",
        );
        self.drawn();
    }

    /// Waits until what has changed is seen.
    pub(crate) fn drawn(&mut self) {
        self.browser.promised(
            "new Promise(function (done) { requestAnimationFrame(function () { setTimeout(done, 0) }) })",
        );
    }

    fn scripts(&mut self, run: bool) {
        if !self.runs_scripts {
            self.browser.ask("Emulation.setScriptExecutionDisabled", &json!({ "value": !run }));
        }
    }

    pub(crate) fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Enter" => (13, "\r"),
            "Tab" => (9, ""),
            "Escape" => (27, ""),
            " " => (32, " "),
            "ArrowUp" => (38, ""),
            "ArrowDown" => (40, ""),
            "ArrowRight" => (39, ""),
            _ => panic!("{key} is not on this keyboard"),
        };
        let mut event = json!({
            "type": if text.is_empty() { "rawKeyDown" } else { "keyDown" },
            "key": key, "code": if key == " " { "Space" } else { key }, "windowsVirtualKeyCode": code
        });
        if !text.is_empty() {
            event["text"] = json!(text);
        }
        self.browser.ask("Input.dispatchKeyEvent", &event);
        event["type"] = json!("keyUp");
        self.browser.ask("Input.dispatchKeyEvent", &event);
    }

    pub(crate) fn type_text(&mut self, text: &str) {
        self.browser.ask("Input.insertText", &json!({ "text": text }));
    }

    /// Presses the mouse on an element, which must be seen and have nothing before it.
    pub(crate) fn click(&mut self, element: &str) {
        let place = format!(
            "(function () {{
               var e = {element}
               if (!e) return 'nothing is there'
               if (e.getClientRects().length === 0) return 'it is not shown'
               var r = e.getClientRects()[0]
               if (r.top < 0 || r.bottom > innerHeight) e.scrollIntoView({{ block: 'center', behavior: 'instant' }})
               r = e.getClientRects()[0]
               var x = r.left + Math.min(r.width / 2, 40), y = r.top + r.height / 2
               var hit = document.elementFromPoint(x, y)
               return e.contains(hit) || hit && hit.contains(e) ? [x, y] : 'behind ' + (hit && hit.outerHTML.slice(0, 90))
             }})()"
        );
        let place = self.browser.evaluate(&place);
        assert!(place.is_array(), "{element}: {place}");
        self.scripts(self.runs_scripts);
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({
                "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1
            });
            self.browser.ask("Input.dispatchMouseEvent", &event);
        }
        self.scripts(true);
    }

    /// Does what leads to another page, and waits for it.
    pub(crate) fn led_on(&mut self, act: impl FnOnce(&mut Self)) {
        self.browser.forget("Page.loadEventFired");
        act(self);
        self.browser.listen_for("Page.loadEventFired");
        self.settled();
    }

    /// What the browser has to complain about since the last time: policy, scripts, missing files.
    pub(crate) fn complaints(&mut self) -> Vec<String> {
        let mut said = Vec::new();
        for method in ["Log.entryAdded", "Runtime.exceptionThrown"] {
            said.extend(self.browser.heard(method).iter().map(ToString::to_string));
        }
        let calls = self.browser.heard("Runtime.consoleAPICalled");
        said.extend(calls.iter().map(ToString::to_string));
        said
    }

    /// What was asked for since the last time.
    pub(crate) fn traffic(&mut self) -> Vec<Request> {
        let mut asked = self.browser.heard("Network.requestWillBeSent");
        let mut ended = self.browser.heard("Network.loadingFinished");
        for _ in 0..100 {
            let is_over = |asked: &Value| {
                ended.iter().any(|end| end["params"]["requestId"] == asked["params"]["requestId"])
            };
            if asked.iter().all(is_over) {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
            asked.extend(self.browser.heard("Network.requestWillBeSent"));
            ended.extend(self.browser.heard("Network.loadingFinished"));
            ended.extend(self.browser.heard("Network.loadingFailed"));
        }
        for noise in ["responseReceived", "dataReceived", "requestWillBeSentExtraInfo"] {
            self.browser.forget(&format!("Network.{noise}"));
        }
        self.browser.forget("Network.responseReceivedExtraInfo");
        let request = |said: &Value| {
            let said = &said["params"];
            let end = ended.iter().find(|end| end["params"]["requestId"] == said["requestId"]);
            Request {
                url: said["request"]["url"].as_str().unwrap_or_default().to_owned(),
                kind: said["type"].as_str().unwrap_or_default().to_owned(),
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "bytes"
                )]
                bytes: end.map_or(0, |end| {
                    end["params"]["encodedDataLength"].as_f64().unwrap_or_default() as u64
                }),
            }
        };
        // Data within a page, as Chromium draws its own boxes with, are no request.
        let requests = asked.iter().map(request);
        requests.filter(|request| !request.url.starts_with("data:")).collect()
    }
}
