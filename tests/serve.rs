//! Talks to a running server byte by byte, as clients do that mean no good.
#![expect(clippy::unwrap_used, reason = "a test ends where its own steps fail")]
#![expect(clippy::disallowed_methods, reason = "a limit for what has to come needs a clock")]

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

use niemyet::files::FilePath;
use niemyet::live::{Days, Served, Stop, View, serve};

/// How long to wait for what has to come.
const LIMIT: Duration = Duration::from_mins(1);

const INDEX: &str = "<!doctype html><html><head></head><BODY class=\"a\">Home</BODY></html>";
const STYLE: &str = "body { color: black }";
/// Where the bar asks for what it shows.
const BAR: &str = "/__niemyet/bar.json";
const DATA: &[u8] = &[0, 1, 2, 255];

fn site(path: &FilePath) -> Option<Vec<u8>> {
    match path.as_str() {
        "index.html" => Some(INDEX.into()),
        "folder/index.html" => Some(b"<p>A folder".into()),
        "404.html" => Some(b"<body>No such page".into()),
        "style.css" => Some(STYLE.into()),
        "data.bin" => Some(DATA.into()),
        "large.bin" => Some(vec![b'x'; 64 << 20]),
        "faulty.html" => panic!("this page cannot be drawn"),
        _ => None,
    }
}

/// A site that is the same on the two days there are; the second is shown to who asks for it.
fn always(pages: impl Fn(&FilePath) -> Option<Vec<u8>> + Send + Sync + 'static) -> Days {
    let view =
        View { pages: Some(Arc::new(pages)), findings: None, bar: Some(Arc::new(|| "{}".into())) };
    Days::new(meant, move |_| view.clone())
}

/// No site on any day.
fn broken(words: &str) -> Days {
    let view =
        View { pages: None, findings: Some(words.into()), bar: Some(Arc::new(|| "null".into())) };
    Days::new(meant, move |_| view.clone())
}

fn meant(asked: Option<&str>) -> String {
    asked.filter(|day| *day == "2027-03-01").unwrap_or("2026-11-22").to_owned()
}

struct Server {
    address: SocketAddr,
    served: Served,
    stop: Stop,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// A server without a site yet.
    fn start() -> Self {
        let listener = serve::bind(Some(0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (served, stop) = (Served::new(broken("the first build is under way")), Stop::default());
        let thread = {
            let (served, stop) = (served.clone(), stop.clone());
            spawn(move || serve::run(listener, &served, &stop).unwrap())
        };
        Self { address, served, stop, thread: Some(thread) }
    }

    fn with_site() -> Self {
        let server = Self::start();
        server.served.show(always(site));
        server
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        stream
    }

    fn host(&self) -> String {
        format!("localhost:{}", self.address.port())
    }

    /// Sends bytes and reads until the server closes.
    fn send(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server that refuses early closes while it is still spoken to.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        match stream.read_to_end(&mut bytes) {
            Err(error) if error.kind() != ErrorKind::ConnectionReset => panic!("{error}"),
            _ => Answer(bytes),
        }
    }

    /// One request with more header lines, each with its end.
    fn ask(&self, method: &str, target: &str, headers: &str) -> Answer {
        let host = self.host();
        self.send(
            format!(
                "{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"
            )
            .as_bytes(),
        )
    }

    fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, "")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.stop();
        let ended = self.thread.take().unwrap().join();
        if !std::thread::panicking() {
            ended.unwrap();
        }
    }
}

struct Answer(Vec<u8>);

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }

    /// 0 where the server closed without a word.
    fn status(&self) -> u16 {
        self.text().split(' ').nth(1).map_or(0, |status| status.parse().unwrap())
    }

    fn body(&self) -> &[u8] {
        let end = self.0.windows(4).position(|bytes| bytes == b"\r\n\r\n");
        end.map_or(&[], |end| &self.0[end + 4..])
    }

    fn header(&self, name: &str) -> Option<String> {
        let text = self.text().split("\r\n\r\n").next().unwrap().to_owned();
        text.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then(|| value.to_owned())
        })
    }
}

/// An open event stream.
struct Events(TcpStream);

impl Events {
    fn open(server: &Server) -> Self {
        let mut stream = server.connect();
        let host = server.host();
        let request = format!(
            "GET /__niemyet/events HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        Self(stream)
    }

    /// The next generation.
    fn next(&mut self) -> String {
        let (mut line, mut byte) = (String::new(), [0]);
        loop {
            self.0.read_exact(&mut byte).expect("the stream is open");
            match (byte[0], line.strip_prefix("data: ")) {
                (b'\n', Some(generation)) => return generation.to_owned(),
                (b'\n' | b'\r', None) => line.clear(),
                (byte, _) => line.push(char::from(byte)),
            }
        }
    }
}

#[test]
fn pages_come_with_their_types() {
    let server = Server::with_site();
    for (target, body, content_type) in [
        ("/style.css", STYLE.as_bytes(), "text/css; charset=utf-8"),
        ("/style.css?raw??", STYLE.as_bytes(), "text/css; charset=utf-8"),
        ("/st%79le.css", STYLE.as_bytes(), "text/css; charset=utf-8"),
        ("/data.bin", DATA, "application/octet-stream"),
    ] {
        let answer = server.get(target);
        assert_eq!((answer.status(), answer.body()), (200, body), "{target}");
        assert_eq!(answer.header("content-type").as_deref(), Some(content_type), "{target}");
    }
}

#[test]
fn html_pages_get_the_script_before_the_end_of_their_body() {
    let server = Server::with_site();
    let generation = Events::open(&server).next();
    let script = format!(
        "<script src=\"/__niemyet/reload.js\" data-generation=\"{generation}\"></script>\n\
         <script src=\"/__niemyet/bar.js\" data-day=\"2026-11-22\"></script>"
    );
    let clock = "<head><script src=\"/__niemyet/clock.js\" data-day=\"2026-11-22\"></script>";
    let index = INDEX.replace("</BODY>", &format!("{script}\n</BODY>")).replace("<head>", clock);
    for target in ["/", "/index.html"] {
        assert_eq!(String::from_utf8_lossy(server.get(target).body()), index, "{target}");
    }
    let folder = server.get("/folder/");
    assert_eq!(String::from_utf8_lossy(folder.body()), format!("<p>A folder{script}\n"));
    assert!(server.get("/__niemyet/reload.js").text().contains("EventSource"));
}

#[test]
fn a_folder_without_its_slash_leads_to_the_folder() {
    let server = Server::with_site();
    let answer = server.get("/folder");
    assert_eq!((answer.status(), answer.header("location")), (302, Some("/folder/".into())));
}

#[test]
fn what_is_not_there_is_the_page_of_the_site_for_that() {
    let server = Server::with_site();
    for target in ["/nothing", "/folder/nothing.css", "/__niemyet/nothing", "/%252e%252e/passwd"] {
        let answer = server.get(target);
        assert_eq!(answer.status(), 404, "{target}");
        assert!(answer.text().contains("<body>No such page<script"), "{target}");
    }
    server.served.show(always(|_| None));
    assert_eq!(server.get("/").status(), 404);
}

#[test]
fn a_faulty_page_is_an_error_of_that_page_alone() {
    let server = Server::with_site();
    assert_eq!(server.get("/faulty.html").status(), 500);
    assert_eq!(server.get("/").status(), 200);
}

#[test]
fn no_address_leads_out_of_the_site() {
    let server = Server::with_site();
    let own = format!("http://{}/style.css", server.host());
    for target in [
        "/../../etc/passwd",
        "/..",
        "/./style.css",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/%2E./etc/passwd",
        "/%2f..%2f..%2fetc/passwd",
        "/folder%2findex.html",
        "//etc/passwd",
        "//evil.example/",
        "/folder//index.html",
        "/\\..\\..\\etc\\passwd",
        "/..%5c..%5cetc%5cpasswd",
        "/style.css\\",
        "/style.css%00",
        "/style.css%0d%0aX-Evil:%201",
        "/%ff%fe",
        "/C:/windows/win.ini",
        "/file:///etc/passwd",
        "etc/passwd",
        "*",
        "http://evil.example/style.css",
        "file:///etc/passwd",
        &own,
        "/a b",
        "",
    ] {
        let answer = server.get(target);
        assert_eq!(answer.status(), 400, "{target}: {}", answer.text());
    }
    // What follows `#` never belongs to an address; browsers do not send it.
    for target in ["/#/../../etc/passwd", "/style.css#/../../etc/passwd", "/?/../../etc/passwd"] {
        let answer = server.get(target);
        let is_page = answer.body() == STYLE.as_bytes() || answer.text().contains("Home");
        assert!(answer.status() == 200 && is_page, "{target}: {}", answer.text());
    }
    let long = server.get(&format!("/{}", "a".repeat(64 << 10)));
    assert!([0, 414, 431].contains(&long.status()), "{}", long.text());
    let many = server.ask("GET", "/", &"X-Header: value\r\n".repeat(10_000));
    assert!([0, 431].contains(&many.status()), "{}", many.text());
    assert_eq!(server.get("/style.css").status(), 200);
}

#[test]
fn only_this_machine_under_its_own_names_is_answered() {
    let server = Server::with_site();
    let port = server.address.port();
    let status = |headers: &str| {
        let targets = ["/", "/style.css", "/__niemyet/reload.js", "/nothing", "/.."];
        let statuses = targets.map(|target| {
            let request = format!("HEAD {target} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n");
            server.send(request.as_bytes()).status()
        });
        if statuses == [200, 200, 200, 404, 400] {
            return 200;
        }
        assert_eq!(statuses, [statuses[0]; 5], "{headers}");
        statuses[0]
    };
    for host in ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"] {
        assert_eq!(status(&format!("Host: {host}:{port}\r\n")), 200, "{host}");
        assert_eq!(status(&format!("Host: {host}\r\n")), 403, "{host} without the port");
        assert_eq!(status(&format!("Host: {host}:1\r\n")), 403, "{host} with another port");
    }
    for host in ["evil.example", "localhost.evil.example", "evil-localhost", "127.0.0.2", "0.0.0.0"]
    {
        assert_eq!(status(&format!("Host: {host}:{port}\r\n")), 403, "{host}");
    }
    assert_eq!(status(""), 403, "no host");
    let twice = format!("Host: localhost:{port}\r\nHost: evil.example\r\n");
    assert_eq!(status(&twice), 403, "two hosts");
}

#[test]
fn pages_of_other_origins_are_refused() {
    let server = Server::with_site();
    let port = server.address.port();
    for origin in [
        "http://evil.example".to_owned(),
        "null".to_owned(),
        "http://localhost".to_owned(),
        "http://localhost:1".to_owned(),
        format!("https://localhost:{port}"),
        format!("http://localhost:{port}.evil.example"),
    ] {
        for target in ["/__niemyet/events", "/__niemyet/bar.json", "/", "/style.css"] {
            let answer = server.ask("GET", target, &format!("Origin: {origin}\r\n"));
            assert_eq!(answer.status(), 403, "{origin} {target}");
        }
    }
    let origin = format!("Origin: http://127.0.0.1:{port}\r\n");
    assert_eq!(server.ask("GET", "/", &origin).status(), 200);
}

#[test]
fn every_answer_keeps_to_itself() {
    let server = Server::with_site();
    let foreign = "Origin: http://evil.example\r\n";
    for (method, target, headers) in [
        ("GET", "/", ""),
        ("GET", "/data.bin", ""),
        ("GET", "/folder", ""),
        ("GET", "/nothing", ""),
        ("GET", "/..", ""),
        ("GET", "/faulty.html", ""),
        ("GET", "/__niemyet/reload.js", ""),
        ("GET", "/__niemyet/findings.css", ""),
        ("GET", "/__niemyet/bar.json", ""),
        ("HEAD", "/__niemyet/events", ""),
        ("POST", "/", ""),
        ("OPTIONS", "/", "Access-Control-Request-Method: GET\r\n"),
        ("GET", "/", foreign),
    ] {
        let answer = server.ask(method, target, headers);
        let what = format!("{method} {target}");
        let header = |name: &str| answer.header(name).unwrap_or_default();
        assert_eq!(header("cache-control"), "no-store", "{what}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{what}");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin", "{what}");
        assert!(!answer.text().to_ascii_lowercase().contains("access-control"), "{what}");
    }
}

#[test]
fn only_reading_is_allowed() {
    let server = Server::with_site();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
        for target in ["/", "/style.css", "/__niemyet/events", "/__niemyet/reload.js"] {
            let answer = server.ask(method, target, "Content-Length: 0\r\n");
            assert_eq!(answer.status(), 405, "{method} {target}");
            assert_eq!(answer.header("allow").as_deref(), Some("GET,HEAD"), "{method} {target}");
        }
    }
    let head = server.ask("HEAD", "/style.css", "");
    assert_eq!((head.status(), head.body()), (200, &[][..]));
    assert_eq!(head.header("content-length"), Some(STYLE.len().to_string()));
}

#[test]
fn a_newer_site_is_told_and_shown() {
    let server = Server::with_site();
    let mut events = Events::open(&server);
    let first = events.next();
    server.served.show(always(|path| (path.as_str() == "index.html").then(|| b"Newer".into())));
    let second = events.next();
    assert_ne!(first, second);
    let page = server.get("/").text();
    assert!(page.contains("Newer") && page.contains(&second), "{page}");
    assert_eq!(Events::open(&server).next(), second, "a page that was hidden is told at once");
}

#[test]
fn findings_stand_over_the_last_good_site() {
    let server = Server::with_site();
    let mut events = Events::open(&server);
    events.next();
    let words = "error: `a.yaml` has <script>alert('1')</script> & \"\u{1b}[1m\"";
    server.served.show(broken(words));
    events.next();
    let escaped = "<pre tabindex=\"0\">error: `a.yaml` has &lt;script&gt;alert(&#39;1&#39;)\
        &lt;/script&gt; &amp; &quot;\u{fffd}[1m&quot;</pre>";
    let index = server.get("/");
    assert_eq!(index.status(), 200);
    let text = index.text();
    let places = ["<BODY class=\"a\">", escaped, "Home", "reload.js", "</BODY>"];
    let found = places.map(|place| text.find(place).unwrap_or_else(|| panic!("{place}: {text}")));
    assert!(found.is_sorted(), "{text}");
    assert!(server.get("/folder/").text().contains(escaped), "a page without a body tag");
    assert!(server.get("/nothing").text().contains(escaped));
    assert_eq!(server.get("/style.css").body(), STYLE.as_bytes());
    assert!(server.get("/__niemyet/findings.css").text().contains("#niemyet-findings"));

    server.served.show(always(site));
    events.next();
    assert!(!server.get("/").text().contains("niemyet-findings"));
}

#[test]
fn what_is_found_later_brings_the_last_good_site_back() {
    let server = Server::with_site();
    let doubted = || always(|path| (path.as_str() == "index.html").then(|| b"Doubted".into()));
    let mut events = Events::open(&server);
    events.next();
    server.served.put(doubted());
    events.next();
    assert!(
        server.get("/").text().contains("Doubted"),
        "it is shown before it is known to be good"
    );
    server.served.show(broken("error: it was not"));
    events.next();
    let page = server.get("/").text();
    assert!(page.contains("Home") && page.contains("error: it was not"), "{page}");

    server.served.put(doubted());
    server.served.keep();
    server.served.show(broken("error: later"));
    assert!(server.get("/").text().contains("Doubted"), "what was kept is the last good site");
}

#[test]
fn what_is_not_known_yet_is_waited_for_and_no_page_loaded_again() {
    let server = Server::with_site();
    let glance = View { pages: Some(Arc::new(site)), findings: None, bar: None };
    server.served.put(Days::new(meant, move |_| glance.clone()));
    let mut events = Events::open(&server);
    let shown = events.next();
    let mut waiting = server.connect();
    let host = server.host();
    let request = format!("GET {BAR} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    waiting.write_all(request.as_bytes()).unwrap();
    waiting.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    let early = waiting.read(&mut [0]).unwrap_err();
    assert!(matches!(early.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut), "{early}");
    server.served.renew(always(site));
    waiting.set_read_timeout(Some(LIMIT)).unwrap();
    let mut bytes = Vec::new();
    waiting.read_to_end(&mut bytes).unwrap();
    assert_eq!(Answer(bytes).body(), b"{}");
    assert!(server.get("/").text().contains(&shown), "the same generation");
    server.served.put(always(site));
    let newer = events.next();
    assert_ne!(newer, shown, "what is no generation of its own is not told");
    assert!(server.get("/").text().contains(&newer));
}

#[test]
fn each_browser_sees_the_day_that_it_asks_for() {
    let server = Server::start();
    let on_day = |day: &str| {
        let text = format!("<html><head></head><body>{day}</body></html>");
        let pages = move |path: &FilePath| {
            (path.as_str() == "index.html").then(|| text.clone().into_bytes())
        };
        let told = format!("\"{day}\"");
        let bar: niemyet::live::Late = Arc::new(move || told.as_str().into());
        View { pages: Some(Arc::new(pages)), findings: None, bar: Some(bar) }
    };
    server.served.show(Days::new(meant, on_day));
    let port = server.address.port();
    let asked = |cookie: &str| {
        let header = format!("Cookie: {cookie}\r\n");
        let page = server.ask("GET", "/", &header).text();
        let day = ["2026-11-22", "2027-03-01"].into_iter().find(|day| {
            page.contains(&format!("<body>{day}"))
                && page.contains(&format!("clock.js\" data-day=\"{day}\""))
                && page.contains(&format!("bar.js\" data-day=\"{day}\""))
        });
        let bar = server.ask("GET", "/__niemyet/bar.json", &header);
        assert_eq!(bar.body(), format!("\"{}\"", day.expect("a day")).as_bytes());
        assert_eq!(bar.header("content-type").as_deref(), Some("application/json"));
        day.expect("a day")
    };
    let later = format!("niemyet-day-{port}=2027-03-01");
    assert_eq!(asked(&later), "2027-03-01");
    assert_eq!(asked(&format!("a=b; {later}; c=d")), "2027-03-01");
    for other in [
        "a=b".to_owned(),
        "niemyet-day=2027-03-01".to_owned(),
        format!("niemyet-day-{}=2027-03-01", port.wrapping_add(1)),
        format!("niemyet-day-{port}=<script>"),
        format!("niemyet-day-{port}="),
    ] {
        assert_eq!(asked(&other), "2026-11-22", "{other}");
    }
    server.served.show(broken("nothing is right"));
    let last = server.ask("GET", "/", &format!("Cookie: {later}\r\n")).text();
    assert!(last.contains("nothing is right") && last.contains("2027-03-01<script"), "{last}");
}

/// A session of a working day: of four hundred builds no more than two stay, the last and the last good one, and
/// of each no more than a few days.
#[test]
fn a_long_session_keeps_no_more_than_it_shows() {
    let server = Server::start();
    let alive = Arc::new(AtomicUsize::new(0));
    let mut last: Vec<Weak<Alive>> = Vec::new();
    for number in 0..400 {
        let one = Arc::new(Alive::new(&alive));
        last.push(Arc::downgrade(&one));
        let day = |asked: Option<&str>| asked.unwrap_or("2026-11-22").to_owned();
        let counted = Arc::clone(&alive);
        let view = move |day: &str| {
            let _build = &one;
            let drawn = Alive::new(&counted);
            let text = day.to_owned();
            let pages = move |_: &FilePath| {
                let _kept = &drawn;
                Some(text.clone().into_bytes())
            };
            // Every third build is broken.
            let is_good = number % 3 != 2;
            View {
                pages: is_good.then(|| Arc::new(pages) as niemyet::live::Pages),
                findings: (!is_good).then(|| "broken".into()),
                bar: Some(Arc::new(|| "{}".into())),
            }
        };
        server.served.show(Days::new(day, view));
        if number % 50 == 0 {
            for day in 10..20 {
                let cookie =
                    format!("Cookie: niemyet-day-{}=2027-01-{day}\r\n", server.address.port());
                assert_eq!(server.ask("GET", "/", &cookie).status(), 200);
            }
        }
    }
    let builds = last.iter().filter(|build| build.strong_count() > 0).count();
    assert!(builds <= 2, "{builds} builds are kept");
    let alive = alive.load(Ordering::SeqCst);
    assert!(alive <= builds + 2 * 3, "{alive} things are kept");
}

/// Counts how many of its kind there are.
struct Alive(Arc<AtomicUsize>);

impl Alive {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(count))
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[test]
fn findings_stand_alone_before_the_first_good_site() {
    let server = Server::start();
    for words in ["the first build is under way", "error: nothing is right"] {
        for target in ["/", "/folder/", "/style.css"] {
            let answer = server.get(target);
            assert_eq!(answer.status(), 503, "{target}");
            assert!(answer.text().contains(words), "{target}: {}", answer.text());
            assert!(answer.text().contains("reload.js"), "{target}");
            let policy = answer.header("content-security-policy").unwrap();
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
        }
        server.served.show(broken("error: nothing is right"));
    }
    server.served.show(always(site));
    assert_eq!(server.get("/style.css").body(), STYLE.as_bytes());
}

/// More clients than there are places: some say nothing, some half of what they want, some take nothing.
#[test]
fn slow_clients_do_not_keep_others_waiting_for_ever() {
    let server = Server::with_site();
    let host = server.host();
    let large = format!("GET /large.bin HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let clients: Vec<_> = (0..300)
        .map(|number| {
            let mut stream = server.connect();
            let said = match number {
                0..4 => large.as_bytes(),
                4..150 => b"GET / HTTP/1.1\r\nHost:",
                _ => b"",
            };
            stream.write_all(said).unwrap();
            stream
        })
        .collect();
    assert_eq!(server.get("/style.css").status(), 200);
    drop(clients);
}

#[test]
fn an_idle_connection_is_closed() {
    let server = Server::with_site();
    let mut stream = server.connect();
    let request = format!("HEAD / HTTP/1.1\r\nHost: {}\r\n\r\n", server.host());
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("the server closes it");
    assert_eq!(Answer(bytes).status(), 200);
}

#[test]
fn the_end_waits_for_no_stream_and_no_page() {
    let server = Server::start();
    server.served.show(always(|_| {
        sleep(Duration::from_secs(20));
        None
    }));
    let mut streams = [Events::open(&server), Events::open(&server)];
    for stream in &mut streams {
        stream.next();
    }
    let mut slow = server.connect();
    let request = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", server.host());
    slow.write_all(request.as_bytes()).unwrap();
    sleep(Duration::from_millis(200));
    let start = Instant::now();
    let address = server.address;
    drop(server);
    // It takes half a second; the rest is for a machine with other work.
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert!(TcpStream::connect(address).is_err(), "the port is free again");
    for mut stream in streams {
        // Cut off or ended, it does not hang.
        if let Err(error) = stream.0.read_to_end(&mut Vec::new()) {
            assert_ne!(error.kind(), ErrorKind::WouldBlock, "the stream has ended");
        }
    }
}

#[test]
fn a_taken_port_is_an_error_and_the_next_is_found_where_none_is_asked_for() {
    let taken = serve::bind(Some(0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    assert_eq!(serve::bind(Some(port)).unwrap_err().kind(), ErrorKind::AddrInUse);
    let one = serve::bind(None).unwrap().local_addr().unwrap();
    assert!(one.ip().is_loopback() && (8000..8100).contains(&one.port()));
}
