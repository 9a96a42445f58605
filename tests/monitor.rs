//! What `niemyet monitor` and `niemyet audit URL` say of sites that are served well, badly, or not at all,
//! by hosts on loopback that stop by themselves. What is said is recorded in `tests/monitor/`;
//! `UPDATE_EXPECT=1` accepts what comes out.

#![expect(clippy::disallowed_methods, reason = "a test works on real folders, sockets and clocks")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use niemyet::files::{FilePath, Laid, Page};
use niemyet::manifest::{Manifest, tree};
use serde_json::Value;
use support::Folder;

const PUBLIC_KEY: &str = include_str!("manifest/key.pub");
const SECRET_KEY: &str = include_str!("manifest/key.sec");

/// How a host answers beyond the files that it has.
#[derive(Clone, Debug)]
struct Manner {
    cache_control: Option<&'static str>,
    /// The type of every file; by its ending where none is given.
    content_type: Option<&'static str>,
    /// What is served with status 200 where nothing is.
    fallback: Option<&'static str>,
    /// Seconds by which its clock is ahead.
    ahead: i64,
    odd: BTreeMap<String, Odd>,
}

/// What an address does instead of serving its file.
#[derive(Clone, Debug)]
enum Odd {
    Status(u16),
    Redirect(String),
    Endless,
    Silent,
    /// Ends before its time.
    Short,
    Serve(Vec<u8>),
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            cache_control: Some("no-cache"),
            content_type: None,
            fallback: None,
            ahead: 0,
            odd: BTreeMap::new(),
        }
    }
}

/// A host on loopback for as long as it is held.
struct Host {
    address: SocketAddr,
    is_over: Arc<AtomicBool>,
    asked: Arc<Mutex<Vec<String>>>,
    run: Option<JoinHandle<()>>,
}

impl Host {
    fn new(folder: &Path, manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let (is_over, asked) = (Arc::<AtomicBool>::default(), Arc::<Mutex<Vec<String>>>::default());
        let (over, log, folder) = (is_over.clone(), asked.clone(), folder.to_owned());
        let run = thread::spawn(move || {
            for stream in listener.incoming() {
                if over.load(Ordering::SeqCst) {
                    break;
                }
                let (folder, manner, over, log) =
                    (folder.clone(), manner.clone(), over.clone(), log.clone());
                thread::spawn(move || {
                    let mut stream = stream.expect("a connection");
                    if let Some(path) = asked_for(&mut stream) {
                        log.lock().expect("the log").push(path.clone());
                        // Who asked may have gone away already.
                        let _gone = answer(&mut stream, &folder, &path, &manner, &over);
                    }
                });
            }
        });
        Self { address, is_over, asked, run: Some(run) }
    }

    fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        let _woken = TcpStream::connect(self.address);
        self.run.take().map(JoinHandle::join);
    }
}

fn asked_for(stream: &mut TcpStream) -> Option<String> {
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).ok()?;
    assert!(head.to_ascii_lowercase().contains("cache-control: no-cache"), "{head}");
    Some(head.split(' ').nth(1)?.to_owned())
}

fn answer(
    stream: &mut TcpStream,
    folder: &Path,
    path: &str,
    manner: &Manner,
    over: &AtomicBool,
) -> std::io::Result<()> {
    let now = Timestamp::from_second(Timestamp::now().as_second() + manner.ahead).expect("a time");
    let date = jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&now)
        .expect("a date");
    let mut head = format!("Date: {date}\r\nConnection: close\r\n");
    if let Some(cache) = manner.cache_control {
        head.extend(["Cache-Control: ", cache, "\r\n"]);
    }
    let name = if path == "/" { "index.html" } else { path.trim_start_matches('/') };
    let kind = manner.content_type.unwrap_or_else(|| type_of(name));
    if !kind.is_empty() {
        head.extend(["Content-Type: ", kind, "\r\n"]);
    }
    let (status, bytes) = match manner.odd.get(name) {
        Some(Odd::Status(status)) => (*status, b"odd".to_vec()),
        Some(Odd::Redirect(to)) => {
            return write!(
                stream,
                "HTTP/1.1 302 Found\r\n{head}Location: {to}\r\nContent-Length: 0\r\n\r\n"
            );
        }
        Some(Odd::Endless) => {
            write!(stream, "HTTP/1.1 200 OK\r\n{head}\r\n")?;
            while !over.load(Ordering::SeqCst) {
                stream.write_all(&[b'x'; 4096])?;
            }
            return Ok(());
        }
        Some(Odd::Silent) => {
            while !over.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(20));
            }
            return Ok(());
        }
        Some(Odd::Short) => {
            return write!(stream, "HTTP/1.1 200 OK\r\n{head}Content-Length: 100\r\n\r\nshort");
        }
        Some(Odd::Serve(bytes)) => (200, bytes.clone()),
        None => match fs::read(folder.join(name)) {
            Ok(bytes) => (200, bytes),
            Err(_) => match manner.fallback {
                Some(page) => (200, fs::read(folder.join(page)).unwrap_or_else(|_| page.into())),
                None => (404, b"nothing here".to_vec()),
            },
        },
    };
    write!(stream, "HTTP/1.1 {status} X\r\n{head}Content-Length: {}\r\n\r\n", bytes.len())?;
    stream.write_all(&bytes)
}

fn type_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css",
        "js" => "text/javascript",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "woff2" | "txt" | "minisig" => "application/octet-stream",
        // Pages may stand under addresses without an ending.
        _ => "text/html",
    }
}

fn program(folder: &Folder, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niemyet"));
    command.args(words).current_dir(folder.path());
    for proxy in
        ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
    {
        command.env_remove(proxy);
    }
    command
}

fn niemyet(folder: &Folder, words: &[&str]) -> Output {
    program(folder, &[words, &["--lang", "en"]].concat()).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// A site of ten procedures, of which three stand on a law that ends on 2026-07-01.
fn site(words: &[&str]) -> Folder {
    let folder = Folder::new();
    let write = |path: &str, text: &str| folder.write(&format!("catalogue/{path}"), text);
    write("catalogue.yaml", "title: Thử\npublisher: Xã Thử\nlanguage: vi\n");
    write("fields.yaml", "- {id: ho-tich, name: Hộ tịch}\n");
    write("agencies/ubnd-xa.yaml", "name: Ủy ban nhân dân cấp xã\nlevel: commune\n");
    let law = "kind: luat\nissuer: ubnd-xa\nsigned: 2014-11-20\neffective: 2016-01-01\n";
    write("documents/cu.yaml", &format!("number: 60/2014/QH13\ntitle: Luật Đã cũ\n{law}"));
    write("documents/con.yaml", &format!("number: 61/2014/QH13\ntitle: Luật Vẫn còn\n{law}"));
    write(
        "documents/moi.yaml",
        "number: 1/2026/QH16\ntitle: Luật Thay thế\nkind: luat\nissuer: ubnd-xa\nsigned: 2026-01-01\n\
         effective: 2026-07-01\neffects:\n  - {verb: replaces, document: 60/2014/QH13}\n",
    );
    for place in 0..10 {
        let basis = if place < 3 { "60/2014/QH13" } else { "61/2014/QH13" };
        write(
            &format!("procedures/thu-tuc-{place}.yaml"),
            &format!(
                "code: \"1.{place:06}\"\ntitle: Thủ tục số {place}\nfield: ho-tich\n\
                 levels: [commune]\naudience: [citizen]\nlegal_basis: [{basis}]\n\
                 authority: {{performs: [ubnd-xa]}}\nchannels:\n  - kind: in_person\n    \
                 times: [{{amount: 3, unit: working_day}}]\n    fees: [{{amount: 0}}]\n\
                 cases:\n  - dossier:\n      - {{name: Tờ khai, originals: 1}}\n\
                 steps:\n  - {{title: Nộp hồ sơ}}\n"
            ),
        );
    }
    folder.write("key.sec", SECRET_KEY);
    folder.write("key.pub", PUBLIC_KEY);
    build(&folder, words);
    folder
}

#[track_caller]
fn build(folder: &Folder, words: &[&str]) {
    let build = niemyet(
        folder,
        &[&["build", "--allow", "vanish,backdate,unknown,foreign"], words].concat(),
    );
    assert_eq!(build.status.code(), Some(0), "{}", text(&build.stderr));
}

fn public(folder: &Folder) -> std::path::PathBuf {
    folder.path().join("public")
}

/// Looks, and gives the exit code and what was found as JSON.
#[track_caller]
fn look(folder: &Folder, place: &str, words: &[&str]) -> (i32, Value) {
    let command = [&["monitor", place, "--format", "json"], words].concat();
    let output = niemyet(folder, &command);
    let out = text(&output.stdout);
    let value: Value =
        serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{}", text(&output.stderr)));
    let exit = output.status.code().expect("it ended by itself");
    assert_eq!(value["exit"], exit, "{value:#}");
    (exit, value)
}

fn kinds(value: &Value) -> Vec<String> {
    let found = value["findings"].as_array().expect("findings");
    let mut kinds: Vec<String> =
        found.iter().map(|found| found["kind"].as_str().expect("a kind").to_owned()).collect();
    kinds.dedup();
    kinds
}

/// Looks at the posted site and expects an exit code and these kinds of findings, the worst first.
#[track_caller]
fn sees(folder: &Folder, manner: Manner, words: &[&str], exit: i32, expected: &[&str]) -> Value {
    let host = Host::new(&public(folder), manner);
    let (code, value) = look(folder, &host.url(), words);
    assert_eq!(
        (code, kinds(&value)),
        (exit, expected.iter().map(ToString::to_string).collect()),
        "{value:#}"
    );
    value
}

const TODAY: [&str; 2] = ["--as-of", "2026-06-20"];
const ALL: [&str; 4] = ["--as-of", "2026-06-20", "--sample", "all"];
const LATER: [&str; 4] = ["--as-of", "2026-07-01", "--sample", "all"];

fn odd(path: &str, odd: Odd) -> Manner {
    Manner { odd: BTreeMap::from([(path.to_owned(), odd)]), ..Manner::default() }
}

/// Writes the manifest anew for the files that stand there, as whoever has the folder can.
fn relist(folder: &Folder, change: impl FnOnce(&mut Manifest)) {
    let mut manifest = Manifest::read(folder.read("public/build.json").as_bytes()).expect("one");
    for file in &mut manifest.files {
        let bytes = fs::read(public(folder).join(file.path.as_str())).expect("the file");
        *file = Laid::of(&Page { path: file.path.clone(), bytes });
    }
    change(&mut manifest);
    manifest.tree_sha256 = tree(&manifest.files);
    fs::write(public(folder).join("build.json"), manifest.bytes()).expect("the manifest");
}

const PAGE: &str = "thu-tuc/thu-tuc-5.html";

fn append(folder: &Folder, path: &str, more: &str) {
    let text = folder.read(&format!("public/{path}"));
    folder.write(&format!("public/{path}"), &format!("{text}{more}"));
}

#[test]
fn a_fresh_site_is_fresh() {
    let folder = site(&TODAY);
    for words in
        [&TODAY[..], &ALL, &["--as-of", "2026-06-26"], &["--as-of", "2026-06-20", "--no-catalogue"]]
    {
        let value = sees(&folder, Manner::default(), words, 0, &[]);
        assert_eq!(value["cache_floor_seconds"], 0);
        assert_eq!(value["audit"].is_null(), words.contains(&"--no-catalogue"));
    }
    let (exit, value) = look(&folder, "public", &TODAY);
    assert_eq!((exit, kinds(&value)), (0, vec![]));
    assert_eq!(value["files_checked"], value["build"]["files"], "all of a folder");
}

#[test]
fn a_sample_has_the_home_page_and_changes_with_the_day() {
    let folder = site(&["--as-of", "2026-07-02"]);
    let asked = |day: &str| {
        let host = Host::new(&public(&folder), Manner::default());
        let (exit, value) = look(&folder, &host.url(), &["--as-of", day, "--sample", "4"]);
        assert_eq!(exit, 0, "{value:#}");
        let mut asked = host.asked.lock().expect("the log").clone();
        asked.sort();
        asked
    };
    let one = asked("2026-07-02");
    assert_eq!(one, asked("2026-07-02"));
    assert_ne!(one, asked("2026-07-03"));
    // The home page, four notices, four others, the manifest and an address of nothing.
    assert_eq!(one.len(), 11, "{one:?}");
    for path in ["/", "/build.json", "/thu-tuc/thu-tuc-0.html", "/van-ban/cu.html"] {
        assert!(one.iter().any(|asked| asked == path), "{path}: {one:?}");
    }
}

#[test]
fn a_frozen_site_is_stale_and_then_serves_what_has_ended() {
    let folder = site(&TODAY);
    for day in ["2026-06-27", "2026-06-30"] {
        sees(&folder, Manner::default(), &["--as-of", day], 1, &["stale"]);
        let (exit, _) = look(&folder, "public", &["--as-of", day]);
        assert_eq!(exit, 1);
    }
    let value = sees(&folder, Manner::default(), &LATER, 2, &["ended", "not-gone", "stale"]);
    assert!(0 < value["ended_mentions"].as_u64().expect("a number"));
    let (exit, _) = look(&folder, "public", &LATER);
    assert_eq!(exit, 2);
    // Without a catalogue only its age is known.
    sees(&folder, Manner::default(), &["--as-of", "2026-07-01", "--no-catalogue"], 1, &["stale"]);
}

#[test]
fn a_site_of_a_day_to_come_is_none() {
    let folder = site(&TODAY);
    sees(&folder, Manner::default(), &["--as-of", "2026-06-19"], 3, &["future"]);
}

#[test]
fn a_changed_site_is_tampered_with() {
    let folder = site(&TODAY);
    let page = folder.read(&format!("public/{PAGE}"));
    let changed = page.replacen("Thủ tục số 5", "Thủ tục số 6", 1);
    assert_ne!(page, changed);
    let cases = [
        (odd(PAGE, Odd::Serve(changed.into_bytes())), "changed"),
        (odd(PAGE, Odd::Serve(page.as_bytes()[..page.len() - 1].to_vec())), "changed"),
        (odd(PAGE, Odd::Endless), "changed"),
        (odd("index.html", Odd::Serve(page.into_bytes())), "changed"),
        (odd(PAGE, Odd::Status(404)), "missing"),
        (odd(PAGE, Odd::Status(410)), "missing"),
        (odd(PAGE, Odd::Redirect("http://localhost:1/".to_owned())), "elsewhere"),
        (odd("build.json", Odd::Redirect("https://example.invalid/".to_owned())), "elsewhere"),
        (odd("build.json", Odd::Serve(b"{\"schema\": 1,".to_vec())), "manifest-unreadable"),
        (odd("build.json", Odd::Serve(b"<html>".to_vec())), "manifest-unreadable"),
    ];
    for (manner, kind) in cases {
        let started = Instant::now();
        sees(&folder, manner, &ALL, 3, &[kind]);
        assert!(started.elapsed() < Duration::from_secs(30), "{kind}");
    }
}

#[test]
fn the_same_host_may_lead_on() {
    let folder = site(&TODAY);
    let copy = folder.read(&format!("public/{PAGE}"));
    let mut manner = odd(PAGE, Odd::Redirect("/thu-tuc/thu-tuc-5".to_owned()));
    manner.odd.insert("thu-tuc/thu-tuc-5".to_owned(), Odd::Serve(copy.into_bytes()));
    sees(&folder, manner, &ALL, 0, &[]);
    let around = odd(PAGE, Odd::Redirect(format!("/{PAGE}")));
    sees(&folder, around, &ALL, 4, &["unreachable"]);
}

#[test]
fn what_does_not_answer_is_unreachable() {
    let folder = site(&TODAY);
    for manner in [
        odd(PAGE, Odd::Status(500)),
        odd(PAGE, Odd::Status(403)),
        odd(PAGE, Odd::Short),
        odd("build.json", Odd::Status(503)),
    ] {
        sees(&folder, manner, &ALL, 4, &["unreachable"]);
    }
    sees(&folder, odd("build.json", Odd::Status(404)), &ALL, 4, &["no-manifest"]);
    let started = Instant::now();
    for path in ["build.json", PAGE] {
        let words = [&ALL[..], &["--timeout", "1"]].concat();
        sees(&folder, odd(path, Odd::Silent), &words, 4, &["unreachable"]);
    }
    assert!(started.elapsed() < Duration::from_secs(20));
    let gone = Host::new(&public(&folder), Manner::default()).url();
    for place in [gone.as_str(), "no-such-folder"] {
        let (exit, value) = look(&folder, place, &TODAY);
        assert_eq!((exit, kinds(&value)), (4, vec!["unreachable".to_owned()]), "{value:#}");
    }
}

#[test]
fn a_host_that_fails_is_not_asked_for_ever() {
    let folder = site(&TODAY);
    let manifest = Manifest::read(folder.read("public/build.json").as_bytes()).expect("one");
    let silent = manifest.files.iter().map(|file| (file.path.to_string(), Odd::Silent));
    let manner = Manner { odd: silent.collect(), ..Manner::default() };
    let words = [&ALL[..], &["--timeout", "1"]].concat();
    let started = Instant::now();
    let value = sees(&folder, manner, &words, 4, &["not-asked", "unreachable"]);
    assert!(0 < value["not_asked"].as_u64().expect("a number"), "{value:#}");
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn planted_law_is_found_also_under_a_true_hash() {
    let folder = site(&["--as-of", "2026-07-02"]);
    append(&folder, PAGE, "<!-- 60/2014/QH13 -->");
    relist(&folder, |_| {});
    let words = ["--as-of", "2026-07-02", "--sample", "all"];
    let value = sees(&folder, Manner::default(), &words, 2, &["ended"]);
    assert_eq!(value["findings"][0]["path"], PAGE);
    assert_eq!(value["ended_mentions"], 1);
    let (exit, _) = look(&folder, "public", &words);
    assert_eq!(exit, 2);
    // What the page itself hides is still there.
    let page = folder.read(&format!("public/{PAGE}"));
    let hidden = "<template data-until=\"2026-07-01\"><p>60/2014/QH13</p></template>";
    folder.write(&format!("public/{PAGE}"), &page.replace("<!-- 60/2014/QH13 -->", hidden));
    relist(&folder, |_| {});
    let value = sees(&folder, Manner::default(), &words, 2, &["ended"]);
    assert!(value["findings"][0]["message"].to_string().contains("the page hides it"), "{value:#}");
}

/// Linked data of some thousand procedures are longer than any other file that is read.
#[test]
fn a_long_file_that_is_listed_is_read_whole() {
    let folder = site(&TODAY);
    append(&folder, "api/cpsv-ap.ttl", &"\n".repeat(33 << 20));
    relist(&folder, |_| {});
    let words = [&TODAY[..], &["--no-catalogue", "--sample", "all"]].concat();
    sees(&folder, Manner::default(), &words, 0, &[]);
    sees_in_folder(&folder, &[&TODAY[..], &["--no-catalogue"]].concat(), 0, &[]);
}

#[test]
fn a_notice_must_stand_where_the_old_page_stood() {
    let old = site(&TODAY);
    let page = "thu-tuc/thu-tuc-0.html";
    let before = old.read(&format!("public/{page}")).into_bytes();
    let folder = site(&["--as-of", "2026-07-02"]);
    let words = ["--as-of", "2026-07-02", "--sample", "0"];
    sees(&folder, Manner::default(), &words, 0, &[]);
    // The host has kept the old page.
    let kept = sees(&folder, odd(page, Odd::Serve(before.clone())), &words, 2, &["not-gone"]);
    assert_eq!(kept["findings"][0]["path"], page);
    // A site that lists the old page as its own.
    folder.write(&format!("public/{page}"), &String::from_utf8(before).expect("UTF-8"));
    relist(&folder, |manifest| manifest.withheld.notices.retain(|path| path.as_str() != page));
    sees(&folder, Manner::default(), &words, 2, &["not-gone"]);
    // Gone is as good as a notice.
    relist(&folder, |manifest| manifest.files.retain(|file| file.path.as_str() != page));
    for status in [404, 410] {
        sees(&folder, odd(page, Odd::Status(status)), &words, 0, &[]);
    }
    sees(&folder, odd(page, Odd::Status(500)), &words, 4, &["unreachable"]);
}

#[test]
fn a_state_knows_an_earlier_site() {
    let folder = site(&TODAY);
    let words = [&ALL[..], &["--state", "state.json"]].concat();
    let earlier = folder.read("public/build.json");
    sees_in_folder(&folder, &words, 0, &[]);
    let first = folder.read("state.json");
    sees_in_folder(&folder, &words, 0, &[]);
    assert_eq!(first, folder.read("state.json"));

    // The next site lacks a procedure, whose page the folder still holds.
    let page = "thu-tuc/thu-tuc-9.html";
    let old = folder.read(&format!("public/{page}"));
    fs::remove_file(folder.path().join("catalogue/procedures/thu-tuc-9.yaml")).expect("a file");
    build(&folder, &TODAY);
    sees_in_folder(&folder, &words, 0, &[]);
    folder.write(&format!("public/{page}"), &old);
    sees_in_folder(&folder, &words, 2, &["not-gone"]);
    let without = ["--as-of", "2026-06-20"];
    let (exit, value) = look(&folder, "public", &without);
    assert_eq!((exit, kinds(&value)), (3, vec!["foreign".to_owned()]), "{value:#}");
    fs::remove_file(public(&folder).join(page)).expect("the page");

    // The one before comes back, and is not remembered.
    let state = folder.read("state.json");
    folder.write("public/build.json", &earlier);
    let (exit, value) = look(&folder, "public", &words);
    assert_eq!((exit, value["findings"][0]["class"].as_str()), (3, Some("tampered")));
    assert!(kinds(&value).contains(&"rolled-back".to_owned()), "{value:#}");
    assert_eq!(state, folder.read("state.json"));
    build(&folder, &TODAY);

    // Another one under its number.
    sees_in_folder(&folder, &words, 0, &[]);
    relist(&folder, |manifest| manifest.max_age_days -= 1);
    sees_in_folder(&folder, &words, 3, &["renumbered"]);

    for (text, why) in
        [("{", "cannot be read"), (&state.replace("public", "other"), "of another site")]
    {
        folder.write("state.json", text);
        let output = niemyet(&folder, &[&["monitor", "public"], &words[..]].concat());
        assert_eq!(output.status.code(), Some(5), "{}", text_of(&output));
        assert!(text_of(&output).contains(why), "{}", text_of(&output));
    }
    assert!(!folder.all("").iter().any(|(name, _)| name.contains(".new-")));
    assert!(folder.has("state.json"));
}

fn text_of(output: &Output) -> String {
    text(&output.stderr)
}

#[track_caller]
fn sees_in_folder(folder: &Folder, words: &[&str], exit: i32, expected: &[&str]) {
    let (code, value) = look(folder, "public", words);
    assert_eq!(
        (code, kinds(&value)),
        (exit, expected.iter().map(ToString::to_string).collect()),
        "{value:#}"
    );
}

#[test]
fn a_rolled_back_host_is_found() {
    let folder = site(&TODAY);
    let host = Host::new(&public(&folder), Manner::default());
    let words = [&ALL[..], &["--state", "state.json"]].concat();
    let earlier = folder.all("public");
    build(&folder, &["--as-of", "2026-06-20", "--build-no", "7"]);
    assert_eq!(look(&folder, &host.url(), &words).0, 0);
    for (path, bytes) in earlier {
        fs::write(public(&folder).join(path), bytes).expect("a file");
    }
    let (exit, value) = look(&folder, &host.url(), &words);
    assert_eq!((exit, kinds(&value)), (3, vec!["rolled-back".to_owned()]), "{value:#}");
}

#[test]
fn a_signature_must_hold_where_a_key_is_given() {
    let folder = site(&["--as-of", "2026-06-20", "--sign", "key.sec"]);
    let alone = PUBLIC_KEY.lines().nth(1).expect("the key itself");
    for key in ["key.pub", alone] {
        sees(&folder, Manner::default(), &[&ALL[..], &["--key", key]].concat(), 0, &[]);
    }
    let words = [&ALL[..], &["--key", "key.pub"]].concat();
    sees(&folder, odd("build.json.minisig", Odd::Status(404)), &words, 3, &["unsigned"]);
    sees(&folder, odd("build.json.minisig", Odd::Endless), &words, 3, &["unsigned"]);
    sees(&folder, odd("build.json.minisig", Odd::Status(500)), &words, 4, &["unreachable"]);
    let garbled = odd("build.json.minisig", Odd::Serve(b"x\ny\n".to_vec()));
    sees(&folder, garbled, &words, 3, &["signature"]);
    // Nobody asks for it without a key.
    sees(&folder, odd("build.json.minisig", Odd::Status(500)), &ALL, 0, &[]);
    relist(&folder, |manifest| manifest.build_no += 1);
    sees(&folder, Manner::default(), &words, 3, &["signature"]);
    let output = niemyet(&folder, &["monitor", "public", "--key", "no-key"]);
    assert_eq!(output.status.code(), Some(5), "{}", text_of(&output));
}

#[test]
fn headers_and_clocks() {
    let folder = site(&TODAY);
    let cases: [(Option<&str>, i64, i32, &[&str]); 9] = [
        (Some("no-cache"), 30, 0, &[]),
        (Some("max-age=600"), -30, 0, &[]),
        (Some("public, max-age=0, must-revalidate"), 0, 0, &[]),
        (Some("max-age=601"), 0, 1, &["cache-long"]),
        (Some("max-age=0, s-maxage=86400"), 0, 1, &["cache-long"]),
        (None, 0, 1, &["cache-unsaid"]),
        (Some("no-cache, stale-while-revalidate=60"), 0, 1, &["cache-stale"]),
        (Some("max-age=60, stale-if-error=60"), 0, 1, &["cache-stale"]),
        (Some("no-cache"), 3600, 1, &["clock"]),
    ];
    for (cache_control, ahead, exit, kinds) in cases {
        let manner = Manner { cache_control, ahead, ..Manner::default() };
        let value = sees(&folder, manner, &TODAY, exit, kinds);
        let told = value["clock_ahead_seconds"].as_i64().expect("a number");
        assert!((told - ahead).abs() <= 5, "{value:#}");
    }
}

/// What browsers do with a page is a matter of its type too; the bytes are those that were built.
#[test]
fn a_page_must_be_sent_as_one() {
    let folder = site(&TODAY);
    for sent in ["application/octet-stream", "text/plain", "", "text/html; charset=iso-8859-1"] {
        let manner = Manner { content_type: Some(sent), ..Manner::default() };
        let value = sees(&folder, manner, &ALL, 1, &["content-type"]);
        let found = &value["findings"][0];
        assert_eq!(found["class"], "stale");
        assert!(found["message"].to_string().contains(sent), "{value:#}");
        assert!(10 < value["wrong_types"].as_u64().expect("a number"), "{value:#}");
    }
    // In the letters of another host.
    let manner = Manner { content_type: Some("Text/HTML;Charset=\"UTF-8\""), ..Manner::default() };
    let value =
        sees(&folder, manner, &["--as-of", "2026-06-20", "--sample", "0"], 1, &["content-type"]);
    assert_eq!(
        (&value["wrong_types"], &value["findings"][0]["path"]),
        (&1.into(), &"build.json".into())
    );
}

/// The page for what is not found, or the home page, says with status 200 that the address still stands.
#[test]
fn nothing_must_not_answer_as_if_it_stood() {
    let folder = site(&TODAY);
    for page in ["404.html", "index.html", "this host is well"] {
        let manner = Manner { fallback: Some(page), ..Manner::default() };
        let value = sees(&folder, manner, &TODAY, 1, &["soft-404"]);
        assert!(value["soft_404"] == 1 && value["findings"][0]["path"].is_null(), "{value:#}");
    }
    let nothing = "niemyet-khong-co-trang-nay.html";
    for status in [403, 410, 500] {
        sees(&folder, odd(nothing, Odd::Status(status)), &TODAY, 0, &[]);
    }
    sees(&folder, odd(nothing, Odd::Redirect("/".to_owned())), &TODAY, 1, &["soft-404"]);

    // Where a page must be gone, it is told of that address alone; and what stands there is none of its own.
    let words = [&ALL[..], &["--state", "state.json"]].concat();
    sees_in_folder(&folder, &words, 0, &[]);
    let state = folder.read("state.json");
    fs::remove_file(folder.path().join("catalogue/procedures/thu-tuc-9.yaml")).expect("a file");
    build(&folder, &TODAY);
    for page in ["404.html", "index.html", "this host is well"] {
        let host =
            Host::new(&public(&folder), Manner { fallback: Some(page), ..Manner::default() });
        folder.write("state.json", &state.replace("\"public\"", &format!("\"{}\"", host.url())));
        let (exit, value) = look(&folder, &host.url(), &words);
        assert_eq!((exit, kinds(&value)), (1, vec!["soft-404".to_owned()]), "{value:#}");
        let found = value["findings"].as_array().expect("findings");
        assert!(found.iter().all(|found| found["path"].is_string()), "{value:#}");
        assert!(found.iter().any(|found| found["path"] == "thu-tuc/thu-tuc-9.html"), "{value:#}");
    }
}

#[test]
fn a_catalogue_with_mistakes_is_told() {
    let folder = site(&TODAY);
    folder.write("catalogue/procedures/thu-tuc-0.yaml", "code: [\n");
    sees(&folder, Manner::default(), &ALL, 4, &["no-audit"]);
    sees(&folder, Manner::default(), &[&ALL[..], &["--no-catalogue"]].concat(), 0, &[]);
    let words = ["monitor", "public", "--catalogue", "not-there"];
    assert_eq!(niemyet(&folder, &words).status.code(), Some(5));
    let words = ["build", "--out", "monitor", "--catalogue", "not-there"];
    assert_eq!(niemyet(&folder, &words).status.code(), Some(2));
    for words in
        [&["monitor"][..], &["monitor", "public", "--sample", "x"], &["monitor", "ftp://x/"]]
    {
        assert_eq!(niemyet(&folder, words).status.code(), Some(5), "{words:?}");
    }
}

#[test]
fn the_audit_reads_a_posted_site() {
    let folder = site(&["--as-of", "2026-07-02"]);
    let host = Host::new(&public(&folder), Manner::default());
    let audit = |words: &[&str]| {
        let output =
            niemyet(&folder, &[&["audit", &host.url(), "--as-of", "2026-07-02"], words].concat());
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    };
    let (code, said) = audit(&[]);
    assert_eq!(code, Some(0), "{said}");
    append(&folder, PAGE, "<!-- 60/2014/QH13 -->");
    let (code, said) = audit(&[]);
    assert!(code == Some(1) && said.contains(PAGE), "{said}");
    fs::remove_file(public(&folder).join(PAGE)).expect("the page");
    let (code, said) = audit(&[]);
    assert!(code == Some(2) && said.contains("404"), "{said}");
}

#[test]
fn what_is_said_is_recorded() {
    let folder = site(&TODAY);
    let page = "thu-tuc/thu-tuc-5.html";
    let misset = Manner {
        content_type: Some("application/octet-stream"),
        fallback: Some("404.html"),
        ..Manner::default()
    };
    let cases = [
        ("fresh", Manner::default(), "2026-06-20"),
        ("ended", Manner::default(), "2026-07-01"),
        ("tampered", odd(page, Odd::Status(404)), "2026-06-20"),
        ("unreachable", odd("build.json", Odd::Status(503)), "2026-06-20"),
        ("misset", misset, "2026-06-20"),
    ];
    for (name, manner, day) in cases {
        let host = Host::new(&public(&folder), manner);
        for (format, language) in
            [("text", "en"), ("text", "vi"), ("json", "en"), ("prometheus", "en")]
        {
            let url = host.url();
            let words = ["monitor", &url, "--as-of", day, "--sample", "all", "--format", format];
            let output = program(&folder, &[&words[..], &["--lang", language]].concat());
            let output = { output }.output().expect("it runs");
            let said = text(&output.stdout).replace(&url, "http://host/");
            let steady = |line: &str| {
                let is_clock = line.contains("clock_ahead_seconds") && !line.starts_with('#');
                // A second may pass between the two clocks.
                if is_clock {
                    line.replace(" -1", " 0").replace(" 1", " 0")
                } else {
                    line.to_owned()
                }
            };
            let said: Vec<String> = said.lines().map(steady).collect();
            let said = said.join("\n") + "\n";
            let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join(format!("tests/monitor/{name}.{language}.{format}"));
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                fs::write(&path, &said).expect("the record");
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            assert!(said == expected, "{}:\n{said}", path.display());
        }
    }
}

#[test]
fn paths_of_a_manifest_stay_on_the_host() {
    // A manifest cannot name what lies outside: its paths have no `..`, no host and no scheme.
    for path in ["../x", "/x", "//other.vn/x", "http://other.vn/", "a/../../x"] {
        assert_eq!(FilePath::new(path), None, "{path}");
    }
}
