//! Hands out files on loopback until the process ends, compressed as web servers do; only what it is given
//! knows which.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;

/// Serves what `find` has at a path, which begins without `/`; elsewhere its `404.html`, if there is one.
pub(crate) fn serve<F>(find: F) -> SocketAddr
where
    F: Fn(&str) -> Option<Vec<u8>> + Send + Sync + 'static,
{
    let find = Arc::new(find);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let find = Arc::clone(&find);
            std::thread::spawn(move || answer(&stream, &*find));
        }
    });
    address
}

fn answer(mut stream: &TcpStream, find: &dyn Fn(&str) -> Option<Vec<u8>>) -> Option<()> {
    let mut lines = BufReader::new(stream).lines();
    let asked = lines.next()?.ok()?;
    let mut takes_gzip = false;
    loop {
        let line = lines.next()?.ok()?.to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        takes_gzip |= line.starts_with("accept-encoding:") && line.contains("gzip");
    }
    let path = asked.split(' ').nth(1)?.trim_start_matches('/');
    let path = path.split(['?', '#']).next()?;
    let (path, found) = match find(path) {
        Some(found) => (path, Some(found)),
        None => ("404.html", None),
    };
    let status = if found.is_some() { "200 OK" } else { "404 Not Found" };
    let mut body = found.or_else(|| find(path)).unwrap_or_default();
    let kind = kind(path);
    let mut encoding = "";
    if takes_gzip && kind.starts_with("text/") {
        body = gzip(&body);
        encoding = "Content-Encoding: gzip\r\n";
    }
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{encoding}\
         Cache-Control: {}\r\nConnection: close\r\n\r\n",
        body.len(),
        // Files of the theme have their hash in their address.
        if path.contains("tai-san/") { "max-age=3600" } else { "no-store" }
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&body).ok()
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// As small as a server sends it.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}
