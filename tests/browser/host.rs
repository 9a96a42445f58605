//! Hands out a site from memory on loopback, and beside it each page as it is drawn for one day alone.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;

use niemyet::files::{FilePath, Page};
use niemyet::model::date;
use niemyet::render::Site;
use rayon::iter::ParallelIterator;

/// A site and its pages, each drawn once.
struct Host {
    site: Arc<Site>,
    pages: BTreeMap<String, Vec<u8>>,
}

/// Serves until the process ends.
pub(crate) fn serve(site: Arc<Site>) -> SocketAddr {
    let pages: Vec<Page> = site.pages().map(|(page, _)| page).collect();
    let pages = pages.into_iter().map(|page| (page.path.to_string(), page.bytes)).collect();
    let host = Arc::new(Host { site, pages });
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let host = Arc::clone(&host);
            std::thread::spawn(move || answer(&stream, &host));
        }
    });
    address
}

fn answer(mut stream: &TcpStream, host: &Host) -> Option<()> {
    let mut lines = BufReader::new(stream).lines();
    let asked = lines.next()?.ok()?;
    while !lines.next()?.ok()?.is_empty() {}
    // What is asked beside the path is for scripts.
    let path = asked.split([' ', '?']).nth(1)?.trim_start_matches('/');
    let kind = match path.rsplit('.').next()? {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript",
        "css" => "text/css",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
    let found = match path.split_once('/') {
        // `/alone/2026-07-01/thu-tuc/a.html`; `/changed/…` has a guard that is not the one it was.
        Some(("alone", rest)) => {
            let (day, path) = rest.split_once('/')?;
            host.site.page_on(&FilePath::new(path)?, date::parse(day)?)
        }
        Some(("changed", path)) => host.pages.get(path).cloned().map(|mut bytes| {
            if path.contains("/guard.") {
                bytes.extend(b"//");
            }
            bytes
        }),
        _ => host.pages.get(path).cloned(),
    };
    let (status, body) = found.map_or(("404 Not Found", Vec::new()), |body| ("200 OK", body));
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Cache-Control: {}\r\nConnection: close\r\n\r\n",
        body.len(),
        // Files of the theme have their hash in their address.
        if path.starts_with("tai-san/") { "max-age=3600" } else { "no-store" }
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&body).ok()
}
