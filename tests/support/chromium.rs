//! Drives a real Chromium over a pair of pipes, as its protocol for developers allows: no port, no package.
//! All tests with a browser start it here. Knows nothing of the site.

#![expect(
    clippy::disallowed_methods,
    reason = "a browser has a folder of its own, which is removed with it"
)]

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

/// A browser with one tab. It ends with the value.
pub(crate) struct Browser {
    process: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    folder: PathBuf,
    session: Option<String>,
    next: u64,
    /// What the browser has said between the answers.
    events: Vec<Value>,
}

impl Browser {
    pub(crate) fn start() -> Self {
        let mut browser = Self::silent(&[]);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.ask(&format!("{domain}.enable"), &json!({}));
        }
        browser
    }

    /// With more options, and saying nothing of its own accord: for tests that do not listen while they wait.
    pub(crate) fn silent(options: &[String]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("niemyet-chromium-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        // The protocol wants the pipes as descriptors 3 and 4; a shell can give them without unsafe code.
        let command = "exec chromium --headless --no-sandbox --disable-gpu --no-first-run \
                       --disable-background-networking --disable-component-update --disable-sync \
                       --disable-dev-shm-usage --remote-debugging-pipe \
                       --user-data-dir=\"$0\" \"$@\" \
                       3<&0 4>&1 >/dev/null 2>/dev/null </dev/null";
        let mut process = Command::new("sh")
            .args(["-c", command])
            .arg(&folder)
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let to = process.stdin.take().expect("a pipe");
        let from = BufReader::new(process.stdout.take().expect("a pipe"));
        let mut browser =
            Self { process, to, from, folder, session: None, next: 0, events: Vec::new() };
        let tab = browser.ask("Target.createTarget", &json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": tab["targetId"], "flatten": true });
        let session = browser.ask("Target.attachToTarget", &attach);
        browser.session = session["sessionId"].as_str().map(str::to_owned);
        browser
    }

    /// Asks, and waits for the answer.
    pub(crate) fn ask(&mut self, method: &str, params: &Value) -> Value {
        let said = self.ask_even_if(method, params);
        assert!(said["error"].is_null(), "{method}: {}", said["error"]);
        said["result"].clone()
    }

    /// The answer with its error, if there is one.
    fn ask_even_if(&mut self, method: &str, params: &Value) -> Value {
        self.next += 1;
        let id = self.next;
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).expect("the browser listens; is chromium installed?");
        loop {
            let said = self.listen();
            if said["id"] == json!(id) {
                return said;
            }
            self.events.push(said);
        }
    }

    fn listen(&mut self) -> Value {
        let mut bytes = Vec::new();
        let n = self.from.read_until(0, &mut bytes).expect("the browser speaks");
        assert!(n > 0, "the browser has gone; is chromium installed?");
        serde_json::from_slice(&bytes[..n - 1]).expect("JSON")
    }

    /// What was said since it was last asked, of one kind.
    pub(crate) fn heard(&mut self, method: &str) -> Vec<Value> {
        // An answer comes after all that was said before it.
        self.ask("Runtime.evaluate", &json!({ "expression": "0" }));
        let (heard, rest) = std::mem::take(&mut self.events)
            .into_iter()
            .partition(|said| said["method"] == json!(method));
        self.events = rest;
        heard
    }

    /// Opens an address and waits until all of it is loaded.
    pub(crate) fn open(&mut self, address: &str) {
        self.forget("Page.loadEventFired");
        let went = self.ask("Page.navigate", &json!({ "url": address }));
        assert!(went["errorText"].is_null(), "{address}: {}", went["errorText"]);
        self.listen_for("Page.loadEventFired");
    }

    /// Lets what was said of one kind be as if it had not been.
    pub(crate) fn forget(&mut self, method: &str) {
        self.events.retain(|said| said["method"] != json!(method));
    }

    /// Waits until something of one kind was said.
    pub(crate) fn listen_for(&mut self, method: &str) {
        while !self.events.iter().any(|said| said["method"] == json!(method)) {
            let said = self.listen();
            self.events.push(said);
        }
    }

    /// What an expression gives on the page.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "returnByValue": true });
        let given = self.ask("Runtime.evaluate", &params);
        assert!(given["exceptionDetails"].is_null(), "{expression}: {given}");
        given["result"]["value"].clone()
    }

    /// What a promise gives once it is kept.
    pub(crate) fn promised(&mut self, expression: &str) -> Value {
        let params =
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let given = self.ask("Runtime.evaluate", &params);
        assert!(given["exceptionDetails"].is_null(), "{given}");
        given["result"]["value"].clone()
    }

    pub(crate) fn text(&mut self, expression: &str) -> String {
        self.evaluate(expression).as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an expression is true; says whether it became so in time.
    pub(crate) fn wait(&mut self, expression: &str, most: Duration) -> bool {
        const STEP: Duration = Duration::from_millis(50);
        let params = json!({ "expression": expression, "returnByValue": true });
        for _ in 0..most.as_millis() / STEP.as_millis() {
            // Between two pages there is nothing to ask, and on the way to another what is asked for is not there.
            let said = self.ask_even_if("Runtime.evaluate", &params);
            if said["result"]["result"]["value"] == json!(true) {
                return true;
            }
            std::thread::sleep(STEP);
        }
        false
    }

    /// Runs a script before those of each page that is opened from now on; gives what takes it back.
    pub(crate) fn before_each_page(&mut self, source: &str) -> Value {
        self.ask("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }))
    }

    pub(crate) fn no_more(&mut self, script: &Value) {
        self.ask("Page.removeScriptToEvaluateOnNewDocument", script);
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _killed = self.process.kill();
        let _ended = self.process.wait();
        let _removed = std::fs::remove_dir_all(&self.folder);
    }
}

/// A clock that shows a moment when a page is opened, and goes on from there; to be run before each page.
pub(crate) fn clock(moment: &str) -> String {
    format!(
        "(function (Real) {{
           window.shift = Real.parse('{moment}') - Real.now()
           function Shifted() {{
             var given = [].slice.call(arguments)
             if (!given.length) given = [Shifted.now()]
             return new (Function.prototype.bind.apply(Real, [null].concat(given)))()
           }}
           Shifted.prototype = Real.prototype
           Shifted.parse = Real.parse
           Shifted.UTC = Real.UTC
           Shifted.now = function () {{ return Real.now() + window.shift }}
           window.Date = Shifted
         }})(Date)"
    )
}
