//! What leaves the site, as others see it: feed readers, harvesters, servers, and a person who types an old
//! number. The feed is read by an XML parser and held against RFC 4287, the rules of hosts are served by real
//! servers, the look-up runs in a real browser; `tests/run` installs them.

#![expect(clippy::disallowed_methods, reason = "a test starts servers on folders of its own")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chromium::Browser;
use niemyet::disk;
use niemyet::files::{Answer, Content, FilePath, FileTree, Rule};
use niemyet::host::rules;
use niemyet::model::date::{self, Date};
use niemyet::pipeline::{self, Understood};
use niemyet::validity::procedure::ProcedureStanding;
use rayon::iter::ParallelIterator;
use support::Folder;

#[path = "support/chromium.rs"]
#[expect(dead_code, reason = "each test uses some of it")]
mod chromium;
#[expect(dead_code, reason = "each test uses some of it")]
mod support;

const TODAY: &str = "2026-11-22";
/// Cases with something in the feed, and the bundled catalogue.
const CATALOGUES: [&str; 8] = [
    "catalogue",
    "tests/cases/addresses-renamed/catalogue",
    "tests/cases/agency-gone/catalogue",
    "tests/cases/changes-coming/catalogue",
    "tests/cases/document-ended/catalogue",
    "tests/cases/feed/catalogue",
    "tests/cases/procedure-withheld/catalogue",
    "tests/cases/versions-follow-each-other/catalogue",
];
const ATOM: &str = "http://www.w3.org/2005/Atom";

struct Site {
    known: Understood,
    pages: BTreeMap<String, Vec<u8>>,
    rules: Vec<Rule>,
}

impl Site {
    fn text(&self, address: &str) -> &str {
        std::str::from_utf8(&self.pages[address]).expect("UTF-8")
    }

    fn write(&self, folder: &Folder, below: &str) {
        for (address, bytes) in &self.pages {
            let path = folder.path().join(below).join(address);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, bytes).expect("a file");
        }
    }
}

fn day(text: &str) -> Date {
    date::parse(text).expect("a day")
}

fn site(catalogue: &str, today: &str) -> Site {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(catalogue);
    let read = disk::read(&folder).expect("a catalogue");
    let mut files: Vec<(FilePath, Content)> =
        read.iter().map(|(_, path, content)| (path.clone(), content.clone())).collect();
    for (name, text) in [
        ("catalogue.yaml", "title: Thủ tục\npublisher: Xã Ví Dụ\n"),
        ("fields.yaml", "- {id: ho-tich, name: Hộ tịch}\n"),
    ] {
        if read.find(name).is_none() {
            let path = FilePath::new(name).expect("a path");
            files.push((path, Content::Bytes(text.as_bytes().to_vec())));
        }
    }
    let files = FileTree::new(files);
    let (known, mut report) = pipeline::examine(&files, day(today));
    let known = known.expect("a catalogue");
    let site = pipeline::site(&known, &files, &FileTree::default(), &mut report).expect("a site");
    let drawn: Vec<_> = site.pages().collect();
    let pages = drawn.into_iter().map(|(page, _)| (page.path.as_str().to_owned(), page.bytes));
    Site { pages: pages.collect(), rules: site.rules(), known }
}

/// An entry by its identity: its day and where it leads.
type Entries = BTreeMap<String, (String, String)>;

/// Reads a feed and holds it against what RFC 4287 demands.
fn read_feed(text: &str) -> Entries {
    let document = roxmltree::Document::parse(text).expect("well-formed XML");
    let feed = document.root_element();
    assert_eq!((feed.tag_name().namespace(), feed.tag_name().name()), (Some(ATOM), "feed"));
    let one = |node: roxmltree::Node<'_, '_>, name: &str| {
        let all: Vec<_> = node.children().filter(|c| c.has_tag_name((ATOM, name))).collect();
        assert_eq!(all.len(), 1, "{} {name} in {text}", all.len());
        let text = all[0].text().unwrap_or_default().to_owned();
        assert!(!text.trim().is_empty(), "an empty {name}");
        text
    };
    let is_moment = |text: &str| {
        let (day, time) = text.split_once('T').expect("a moment");
        assert!(date::parse(day).is_some() && time == "00:00:00+07:00", "{text}");
    };
    let links = |node: roxmltree::Node<'_, '_>, rel: &str| {
        let all = node.children().filter(|c| c.has_tag_name((ATOM, "link")));
        let such = all.filter(|link| link.attribute("rel") == Some(rel));
        let hrefs: Vec<String> =
            such.map(|link| link.attribute("href").expect("href").to_owned()).collect();
        assert_eq!(hrefs.len(), 1, "one link {rel}");
        hrefs[0].clone()
    };
    for name in ["title", "subtitle"] {
        one(feed, name);
    }
    is_moment(&one(feed, "updated"));
    links(feed, "self");
    links(feed, "alternate");
    let author = feed.children().find(|c| c.has_tag_name((ATOM, "author"))).expect("an author");
    one(author, "name");
    let mut ids = BTreeSet::from([one(feed, "id")]);
    let mut entries = Entries::new();
    for entry in feed.children().filter(|c| c.has_tag_name((ATOM, "entry"))) {
        let id = one(entry, "id");
        let is_hex = |c: char| c.is_ascii_hexdigit() && !c.is_ascii_uppercase();
        let uuid = id.strip_prefix("urn:uuid:").expect("a UUID");
        let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert!(lengths == [8, 4, 4, 4, 12] && uuid.chars().all(|c| is_hex(c) || c == '-'));
        assert!(ids.insert(id.clone()), "{id} twice");
        one(entry, "title");
        let updated = one(entry, "updated");
        is_moment(&updated);
        entries.insert(id, (updated, links(entry, "alternate")));
    }
    entries
}

#[test]
fn feeds_are_atom_and_lead_to_pages() {
    let mut n_entries = 0;
    for catalogue in CATALOGUES {
        let site = site(catalogue, TODAY);
        let base = site.known.catalogue.site.base_url.clone().unwrap_or_default();
        for (_, href) in read_feed(site.text("thay-doi.xml")).values() {
            let address = href.strip_prefix(&base).expect("an address of the site");
            let address = address.split('#').next().unwrap_or_default();
            assert!(site.pages.contains_key(address), "{catalogue}: nothing at {address}");
            n_entries += 1;
        }
    }
    assert!(n_entries > 40, "{n_entries} entries");
}

#[test]
fn entries_keep_their_identity_while_days_pass() {
    for catalogue in ["tests/cases/feed/catalogue", "tests/cases/changes-coming/catalogue"] {
        let mut known: BTreeMap<(String, String), String> = BTreeMap::new();
        for today in ["2026-11-10", "2026-11-22", "2026-12-31", "2027-01-01", "2027-03-01"] {
            let site = site(catalogue, today);
            let feed = site.text("thay-doi.xml");
            for (id, (updated, href)) in read_feed(feed) {
                // An entry without a page of its own gets one when it begins.
                if href.contains('#') {
                    continue;
                }
                let first = known.entry((updated, href)).or_insert_with(|| id.clone());
                // Offices share the page of their agency.
                assert!(*first == id || feed.contains(first.as_str()), "{catalogue} on {today}");
            }
        }
    }
}

/// What others are told of what has ended names it by code or number alone.
#[test]
fn no_title_of_what_ended_is_told() {
    let mut n_titles = 0;
    for catalogue in CATALOGUES {
        let site = site(catalogue, TODAY);
        let Understood { catalogue: model, assessment, .. } = &site.known;
        let mut told: Vec<&str> = vec![
            "thay-doi.xml",
            "removed.json",
            "tim-kiem.html",
            "tim-kiem/goc.js",
            "tim-kiem/so-0.js",
            "tim-kiem/luat.js",
            "tim-kiem/vb-0.js",
            "tim-kiem/het.js",
            "404.html",
        ];
        told.extend(site.pages.keys().map(String::as_str).filter(|path| path.starts_with("api/")));
        let moved = |rule: &&Rule| matches!(rule.answer, Answer::MovedTo(_));
        let moved = site.rules.iter().filter(moved).map(|rule| rule.address.as_str());
        told.extend(moved.filter(|address| site.pages.contains_key(*address)));
        let mut live = String::new();
        let mut ended: Vec<&str> = Vec::new();
        for (id, procedure) in model.procedure_ids() {
            let titles = [Some(procedure.title.as_str()), procedure.plain_title.as_deref()];
            let titles = titles.into_iter().flatten();
            match assessment.procedure(id) {
                ProcedureStanding::Published(_) | ProcedureStanding::Announced { .. } => {
                    live.extend(titles);
                }
                ProcedureStanding::NotYet => live.extend(titles),
                _ => ended.extend(titles),
            }
        }
        for (id, document) in model.document_ids() {
            if assessment.document(id).force.is_over() {
                ended.push(&document.title);
                ended.extend(document.short_title.as_deref());
            } else {
                live.push_str(&document.title);
            }
        }
        ended.retain(|title| !live.contains(title));
        for address in told {
            for title in &ended {
                // A short title may be a word of another sentence.
                let is_there = title.chars().count() > 4 && site.text(address).contains(title);
                assert!(!is_there, "{catalogue}: {title} on {address}");
                n_titles += 1;
            }
        }
    }
    assert!(n_titles > 100, "{n_titles}");
}

#[test]
fn every_tombstone_is_in_the_data_and_in_the_rules() {
    for catalogue in CATALOGUES {
        let site = site(catalogue, TODAY);
        let base = site.known.catalogue.site.base_url.clone().unwrap_or_default();
        // A page that will be one holds the notice too, for its day.
        let is_stone = |text: &str| {
            text.contains("content=\"noindex\"") && text.contains("class=\"stamp off\"")
        };
        let stones: BTreeSet<String> = site
            .pages
            .iter()
            .filter(|(_, bytes)| std::str::from_utf8(bytes).is_ok_and(is_stone))
            .map(|(address, _)| address.clone())
            .collect();
        let data: serde_json::Value =
            serde_json::from_str(site.text("removed.json")).expect("JSON");
        let removed = data["removed"].as_array().expect("a list");
        let url = |row: &serde_json::Value| row["url"].as_str().expect("url").to_owned();
        let told: BTreeSet<String> =
            removed.iter().map(|row| url(row)[base.len()..].to_owned()).collect();
        let ruled: BTreeSet<String> = site
            .rules
            .iter()
            .filter(|rule| rule.answer == Answer::Tombstone)
            .map(|rule| rule.address.clone())
            .collect();
        // Data are there once; a notice stands in each language.
        let in_second = |address: &&String| address.starts_with("en/");
        let first: BTreeSet<String> =
            stones.iter().filter(|stone| !in_second(stone)).cloned().collect();
        assert_eq!(first, told, "{catalogue}");
        assert_eq!(stones, ruled, "{catalogue}");
        for rule in &site.rules {
            match &rule.answer {
                Answer::Tombstone => {
                    assert!(site.text(&rule.address).contains("content=\"noindex\""));
                }
                Answer::Gone => assert!(!site.pages.contains_key(&rule.address)),
                Answer::MovedTo(to) => {
                    assert!(site.pages.contains_key(to), "{to}");
                    let is_rule = |other: &Rule| {
                        other.address == *to && matches!(other.answer, Answer::MovedTo(_))
                    };
                    assert!(!site.rules.iter().any(is_rule), "{to} leads on");
                }
            }
        }
    }
}

/// A server that ends with the test.
struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}

impl Server {
    fn start(port: u16, program: &str, arguments: &[&str]) -> Self {
        let child = Command::new(program)
            .args(arguments)
            .env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}; tests/run installs it"));
        let server = Self { child, port };
        let patience = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(Instant::now() < patience, "{program} does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    /// Status, the head, and the body.
    fn get(&self, path: &str) -> (u16, String, String) {
        self.ask(path, "")
    }

    /// The same with more headers.
    fn ask(&self, path: &str, headers: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("a server");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a time limit");
        let request = format!("GET {path} HTTP/1.0\r\nHost: localhost\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.expect("a status"), head.to_owned(), body.to_owned())
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    listener.local_addr().expect("an address").port()
}

fn nginx(folder: &Folder, map: &str, server: &str) -> Server {
    let port = free_port();
    let root = folder.path().display();
    folder.write("map.conf", map);
    folder.write("server.conf", server);
    folder.write(
        "nginx.conf",
        &format!(
            "daemon off; master_process off; pid {root}/pid; error_log {root}/error.log;\n\
             events {{}}\nhttp {{\naccess_log off; types {{ text/html html; application/json json; \
             text/javascript js; text/css css; application/atom+xml xml; }}\n\
             client_body_temp_path {root}/t1; proxy_temp_path {root}/t2; \
             fastcgi_temp_path {root}/t3; uwsgi_temp_path {root}/t4; scgi_temp_path {root}/t5;\n\
             include {root}/map.conf;\nserver {{\nlisten 127.0.0.1:{port};\nroot {root}/www;\n\
             add_header Content-Security-Policy \"{POLICY}\";\n\
             include {root}/server.conf;\n}}\n}}\n"
        ),
    );
    let path = format!("{root}/nginx.conf");
    Server::start(port, "nginx", &["-e", &format!("{root}/first.log"), "-c", &path])
}

/// As strict as a page of the site can stand it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
    img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";

fn caddy(folder: &Folder, rules: &str) -> Server {
    let port = free_port();
    let root = folder.path().display();
    folder.write(
        "Caddyfile",
        &format!(
            "{{\n\tadmin off\n\tauto_https off\n}}\n\
             http://localhost:{port} {{\nbind 127.0.0.1\nroot * {root}/www\n{rules}file_server\n}}\n"
        ),
    );
    let path = format!("{root}/Caddyfile");
    Server::start(port, "caddy", &["run", "--adapter", "caddyfile", "--config", &path])
}

fn apache(folder: &Folder, in_site: Option<&str>, rules: &str) -> Server {
    let port = free_port();
    let root = folder.path().display();
    let mut own = rules;
    if let Some(below) = in_site {
        folder.write(&format!("www/{below}.htaccess"), rules);
        own = "";
    }
    let modules = ["mpm_event", "authz_core", "rewrite", "dir", "mime"]
        .map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"));
    folder.write(
        "apache.conf",
        &format!(
            "ServerRoot {root}\nPidFile {root}/pid\nListen 127.0.0.1:{port}\nServerName localhost\n\
             User #65534\nGroup #65534\n{}TypesConfig /etc/mime.types\nErrorLog {root}/error.log\n\
             DocumentRoot {root}/www\n<Directory {root}/www>\nAllowOverride {}\n\
             Require all granted\n</Directory>\n{own}",
            modules.concat(),
            if in_site.is_some() { "All" } else { "None" },
        ),
    );
    let path = format!("{root}/apache.conf");
    Server::start(port, "apache2", &["-X", "-f", &path])
}

/// Asks a server for every address of the rules.
fn ask(server: &Server, site: &Site, base: &str, host: &str) {
    for Rule { address, answer } in &site.rules {
        let (status, head, body) = server.get(&format!("{base}{address}"));
        match answer {
            Answer::Tombstone => {
                assert_eq!(status, 410, "{host}: {address}");
                assert_eq!(body, site.text(address), "{host}: {address}");
                let (again, ..) = server.get(&format!("{base}{address}?a=b"));
                assert_eq!(again, 410, "{host}: {address} with a question");
                // Who has an old copy is not told that it has not changed.
                let etag = head.lines().find(|line| line.to_lowercase().starts_with("etag: "));
                let etag = etag.map_or("\"x\"", |line| &line[6..]);
                for known in [
                    format!("If-None-Match: {etag}\r\n"),
                    "If-None-Match: *\r\n".to_owned(),
                    "If-Modified-Since: Sun, 22 Nov 2099 00:00:00 GMT\r\n".to_owned(),
                ] {
                    let (status, _, again) = server.ask(&format!("{base}{address}"), &known);
                    assert_eq!((status, again), (410, body.clone()), "{host}: {address}: {known}");
                }
                let range = "Range: bytes=0-9\r\n";
                let (status, ..) = server.ask(&format!("{base}{address}"), range);
                assert_eq!(status, 410, "{host}: {address}: {range}");
            }
            Answer::Gone => assert_eq!(status, 410, "{host}: {address}"),
            Answer::MovedTo(to) => {
                assert_eq!(status, 301, "{host}: {address}");
                let place = head.lines().find_map(|line| {
                    let (name, value) = line.split_once(": ")?;
                    name.eq_ignore_ascii_case("location").then(|| value.to_owned())
                });
                let place = place.expect("a location");
                assert!(place.ends_with(&format!("{base}{to}")), "{host}: {address}: {place}");
            }
        }
    }
    for (address, status) in [("index.html", 200), ("removed.json", 200), ("khong-co.html", 404)] {
        assert_eq!(server.get(&format!("{base}{address}")).0, status, "{host}: {address}");
    }
}

#[test]
fn hosts_answer_410_with_the_tombstone_and_301_for_renamed_addresses() {
    for (catalogue, base) in [
        ("tests/cases/addresses-renamed/catalogue", "/tthc/"),
        ("tests/cases/feed/catalogue", "/"),
        ("catalogue", "/"),
    ] {
        let site = site(catalogue, TODAY);
        let below = &base[1..];
        let folder = Folder::new();
        site.write(&folder, &format!("www/{below}"));
        let rules = &site.rules;

        let map = rules::nginx_map(&[("", rules)], base);
        ask(&nginx(&folder, &map, &rules::nginx_server(base, None, "")), &site, base, "nginx");
        ask(&caddy(&folder, &rules::caddy(rules, base, base)), &site, base, "caddy");
        let text = rules::apache(rules, base, None);
        ask(&apache(&folder, None, &text), &site, base, "apache");
        ask(&apache(&folder, Some(below), &text), &site, base, "apache .htaccess");
    }
}

/// What is a tombstone in one slice may be live in the next: rules hold for their slice alone.
#[test]
fn rules_hold_for_their_slice() {
    let before = site("tests/cases/feed/catalogue", "2026-09-30");
    let after = site("tests/cases/feed/catalogue", "2026-10-01");
    let gone = "thu-tuc/het-thoi-gian.html";
    for (slice, status) in [("a", 200), ("b", 410)] {
        let folder = Folder::new();
        before.write(&folder, "releases/a");
        after.write(&folder, "releases/b");
        let root = folder.path().display();
        let sites = [("a", before.rules.as_slice()), ("b", after.rules.as_slice())];
        let map = rules::nginx_map(&sites, "/");
        let releases = format!("{root}/releases/$niemyet_slice");
        let server = format!(
            "set $niemyet_slice {slice};\nlocation / {{ alias {releases}/; }}\n{}",
            rules::nginx_server("/", Some(&releases), "")
        );
        let server = nginx(&folder, &map, &server);
        let (found, _, body) = server.get(&format!("/{gone}"));
        assert_eq!(found, status);
        let site = if slice == "a" { &before } else { &after };
        assert_eq!(body, site.text(gone));
    }
}

#[test]
fn redirects_of_hosts_without_410() {
    let site = site("tests/cases/addresses-renamed/catalogue", TODAY);
    let text = rules::redirects(&site.rules, "/tthc/");
    assert!(text.contains("/tthc/uy-ban.html") || text.contains("/tthc/co-quan/uy-ban.html "));
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        assert!(words.len() == 3 && words[2] == "301", "{line}");
    }
    assert!(!text.contains("viec-bo.html 410") && text.lines().count() >= 10, "{text}");

    // They lie in the folder of a site that stands alone, and only where something was renamed.
    for (catalogue, is_there) in
        [("tests/cases/addresses-renamed/catalogue", true), ("tests/days/catalogue", false)]
    {
        let folder = Folder::new();
        let build = Command::new(env!("CARGO_BIN_EXE_niemyet"))
            .args(["build", "--as-of", TODAY, "--catalogue", catalogue, "--out"])
            .arg(folder.path().join("public"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("the program runs");
        assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
        assert_eq!(folder.has("public/_redirects"), is_there, "{catalogue}");
        if is_there {
            let written = folder.read("public/_redirects");
            assert_eq!(written.lines().count(), text.lines().count());
            assert!(folder.read("public/build.json").contains("\"_redirects\""));
        }
    }
}

/// What a browser makes of a page once something has come about there.
fn browse(browser: &mut Browser, url: &str, until: &str) -> String {
    browser.open(url);
    // Who waits in vain sees in the page what is missing.
    browser.wait(until, Duration::from_secs(20));
    browser.text("document.documentElement.outerHTML")
}

/// Something was found, or it is said that nothing was.
const ANSWERED: &str = "!!document.getElementById('dem').textContent";

/// What was found, as the browser holds it.
fn answer(dom: &str) -> &str {
    let part = dom.split("id=\"kq\"").nth(1).unwrap_or_else(|| panic!("no answer: {dom}"));
    let part = part.split_once('>').expect("an element").1;
    part.split("</ol>").next().unwrap_or_default()
}

#[test]
fn old_numbers_lead_to_tombstones() {
    let site = site("tests/cases/procedure-withheld/catalogue", TODAY);
    let folder = Folder::new();
    site.write(&folder, "www/tthc/");
    let server = nginx(&folder, "", "");
    let page = format!("http://127.0.0.1:{}/tthc/tim-kiem.html", server.port);
    let mut browser = Browser::start();
    for (typed, expected) in [
        // An old number, with other spellings.
        (
            "10%2F2014%2FQH13",
            "<a href=\"van-ban/10-2014-qh13.html\">10/2014/QH13</a></h3><p class=\"law\">Hết hiệu lực từ 01/07/2026</p>",
        ),
        (
            "s%E1%BB%91%2012-2020-nd%20cp",
            "<a href=\"van-ban/12-2020-nd-cp.html\">12/2020/NĐ-CP</a></h3><p class=\"law\">Hết hiệu lực từ 01/07/2026</p>",
        ),
        // An old code without its dot.
        (
            "1000002",
            "<a href=\"thu-tuc/khai-bao-cu.html\">1.000002</a></h3><p class=\"law\">Không còn áp dụng từ 01/09/2026</p>",
        ),
        // What is live.
        ("1.000003", "<a href=\"thu-tuc/dang-ky-moi.html\">Đăng ký theo luật mới</a>"),
        ("11%2F2025%2FQH15", "<a href=\"van-ban/11-2025-qh15.html\">Luật Ví dụ mới</a>"),
    ] {
        let dom = browse(&mut browser, &format!("{page}?q={typed}"), ANSWERED);
        assert!(answer(&dom).contains(expected), "{typed}: {}", answer(&dom));
    }
    // Nonsense, and what would be markup.
    for typed in ["xyzzy", "%3Cimg%20src%3Dx%3E"] {
        let dom = browse(&mut browser, &format!("{page}?q={typed}"), ANSWERED);
        assert_eq!(answer(&dom), "", "{typed}");
        assert!(dom.contains("Không tìm thấy gì cho “"), "{typed}: {dom}");
    }
}

#[test]
fn typing_answers_without_leaving_the_page() {
    let site = site("tests/cases/feed/catalogue", TODAY);
    let folder = Folder::new();
    site.write(&folder, "www");
    // Types one word after the other into the page, as a person would, and keeps what it answers.
    folder.write(
        "www/typing.html",
        "<!doctype html><meta charset=utf-8><iframe src=\"tim-kiem.html\"></iframe>\
        <pre></pre><script src=\"typing.js\"></script>",
    );
    folder.write(
        "www/typing.js",
        "var frame = document.querySelector('iframe'), said = document.querySelector('pre')\n\
         frame.onload = async function () {\n\
         var page = frame.contentDocument, form = page.querySelector('form.search')\n\
         for (var word of ['2/2020/NĐ-CP', '02/2020/nd-cp', 'xyz', '2.000003', '2000001']) {\n\
         form.elements.q.value = word; form.querySelector('button').click()\n\
         await new Promise(function (done) { setTimeout(done, 500) })\n\
         said.append(word + ' => ' + page.getElementById('kq').textContent + ' @' + frame.contentWindow.location.pathname + '\\n')\n\
         } }\n",
    );
    let server = nginx(&folder, "", "location = /typing.html { add_header X-Open yes; }\n");
    let page = format!("http://127.0.0.1:{}/typing.html", server.port);
    let ended = "document.querySelector('pre').textContent.split('\\n').length > 5";
    let dom = browse(&mut Browser::start(), &page, ended);
    for line in [
        "2/2020/NĐ-CP =&gt; 2/2020/NĐ-CPHết hiệu lực từ 01/07/2026 @/tim-kiem.html",
        "02/2020/nd-cp =&gt; 2/2020/NĐ-CPHết hiệu lực từ 01/07/2026 @/tim-kiem.html",
        "xyz =&gt;  @/tim-kiem.html",
        // Of a code with a live version the older ones are not named.
        "2.000003 =&gt; Việc bản này",
        "2000001 =&gt; 2.000001Không còn áp dụng từ 01/10/2026 @/tim-kiem.html",
    ] {
        assert!(dom.contains(line), "{line} in {dom}");
    }
}

#[test]
fn from_a_file_the_page_searches_too() {
    let site = site("tests/cases/feed/catalogue", TODAY);
    let folder = Folder::new();
    site.write(&folder, "www");
    let page = folder.path().join("www/tim-kiem.html");
    let page = format!("file://{}?q=2.000003", page.display());
    let dom = browse(&mut Browser::start(), &page, ANSWERED);
    assert!(answer(&dom).contains("Việc bản này"), "{}", answer(&dom));
}

#[test]
fn renamed_pages_lead_a_browser_on() {
    let site = site("tests/cases/addresses-renamed/catalogue", TODAY);
    let folder = Folder::new();
    site.write(&folder, "www");
    // A plain host: no rules.
    let server = nginx(&folder, "", "");
    let mut browser = Browser::start();
    // The old page is gone once the new one is there.
    let led_on = "!!document.querySelector('.stamp')";
    let old = format!("http://127.0.0.1:{}/thu-tuc/khai-sinh.html", server.port);
    let dom = browse(&mut browser, &old, led_on);
    assert!(dom.contains("Đăng ký khai sinh"), "{dom}");
    let old = format!("http://127.0.0.1:{}/thu-tuc/viec-bo-cu.html", server.port);
    let dom = browse(&mut browser, &old, led_on);
    assert!(dom.contains("class=\"stamp off\""), "{dom}");
}
