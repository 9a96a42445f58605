//! A browser that opens every page, and the loopback server that it asks: it has the pages in memory, and
//! remembers who asked for an address with `canary` in it, under whatever name of a host.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use crate::chromium::Browser;

/// What one list of pages gave.
#[derive(Debug, Deserialize)]
pub(crate) struct Seen {
    pub(crate) opened: usize,
    /// The page, and what was there that no page may hold.
    pub(crate) found: Vec<(String, String)>,
}

/// What the browser saw.
#[derive(Debug, Deserialize)]
pub(crate) struct Report {
    /// Of the pages that hold the payloads as they are.
    pub(crate) control: Seen,
    /// Of the site.
    pub(crate) site: Seen,
    /// The canaries that were asked for by pages of the site.
    #[serde(skip)]
    pub(crate) canaries: Vec<String>,
}

/// Pages by their addresses, each beginning with `/`.
pub(crate) type Pages = BTreeMap<String, Vec<u8>>;

struct Served {
    control: Pages,
    site: Pages,
    canaries: Mutex<Vec<String>>,
    reports: Mutex<Sender<Vec<u8>>>,
}

/// Opens all pages and looks.
pub(crate) fn open(control: Pages, site: Pages) -> Report {
    let (sender, reports) = channel();
    let served =
        Arc::new(Served { control, site, canaries: Mutex::default(), reports: Mutex::new(sender) });
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    {
        let served = Arc::clone(&served);
        // It ends with the process of the test.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let served = Arc::clone(&served);
                thread::spawn(move || answer(&served, stream));
            }
        });
    }
    // Every name of a host is that of the server.
    let mut browser = Browser::silent(&[format!("--host-resolver-rules=MAP * 127.0.0.1:{port}")]);
    let drive = format!("http://127.0.0.1:{port}/drive.html");
    browser.ask("Page.navigate", &json!({ "url": drive }));
    let report = reports.recv_timeout(Duration::from_mins(30)).expect("the browser reports");
    drop(browser);
    let mut report: Report = serde_json::from_slice(&report).unwrap();
    report.canaries.clone_from(&served.canaries.lock().unwrap());
    report
}

fn answer(served: &Served, stream: TcpStream) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
    let Ok(mut writer) = stream.try_clone() else { return };
    let mut reader = BufReader::new(stream);
    loop {
        let (mut first, mut length, mut asked) = (Vec::new(), 0, String::new());
        loop {
            let mut line = Vec::new();
            if reader.read_until(b'\n', &mut line).is_err() || line.is_empty() {
                // What is no HTTP may be the beginning of a conversation under TLS: it names the host.
                remember(served, &String::from_utf8_lossy(&line));
                return;
            }
            let text = String::from_utf8_lossy(&line).into_owned();
            if first.is_empty() {
                first = line;
            }
            if let Some(count) = text.to_ascii_lowercase().strip_prefix("content-length:") {
                length = count.trim().parse().unwrap_or_default();
            }
            if text.to_ascii_lowercase().starts_with("host:") || asked.is_empty() {
                asked.push_str(&text);
            }
            if text.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        if reader.read_exact(&mut body).is_err() {
            return;
        }
        let first = String::from_utf8_lossy(&first).into_owned();
        let path = first.split(' ').nth(1).unwrap_or_default();
        let path = path.split(['?', '#']).next().unwrap_or_default();
        remember(served, &asked);
        let list = |pages: &Pages| {
            let pages: Vec<&String> = pages.keys().filter(|path| path.ends_with(".html")).collect();
            serde_json::to_vec(&pages).unwrap()
        };
        let found = match path {
            "/drive.html" => Some(include_bytes!("drive.html").to_vec()),
            "/control.json" => Some(list(&served.control)),
            "/pages.json" => {
                served.canaries.lock().unwrap().clear();
                Some(list(&served.site))
            }
            "/report" => {
                let _ = served.reports.lock().unwrap().send(body);
                Some(Vec::new())
            }
            path => served.site.get(path).or_else(|| served.control.get(path)).cloned(),
        };
        let status = if found.is_some() { "200 OK" } else { "404 Not Found" };
        let bytes = found.unwrap_or_default();
        let kind = match path.rsplit('.').next() {
            Some("html") => "text/html; charset=utf-8",
            Some("js") => "text/javascript",
            Some("css") => "text/css",
            Some("json") => "application/json",
            _ => "application/octet-stream",
        };
        let age = if path.contains("/tai-san/") { "max-age=9999" } else { "no-store" };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nCache-Control: {age}\r\nContent-Length: {}\r\n\r\n",
            bytes.len()
        );
        if writer.write_all(head.as_bytes()).and_then(|()| writer.write_all(&bytes)).is_err() {
            return;
        }
    }
}

fn remember(served: &Served, asked: &str) {
    if asked.contains("canary") {
        served.canaries.lock().unwrap().push(asked.trim().to_owned());
    }
}
