//! A server for the browser of this machine and for no one else. It draws the pages it is asked for and has
//! no file system behind its addresses. Any page on the web may send requests here, so whoever asks under
//! another name or from another origin is refused.

use std::convert::Infallible;
use std::future::pending;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HOST, HeaderName, LOCATION,
    ORIGIN, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive};
use axum::response::{IntoResponse, Response, Sse};
use axum::routing::get;
use futures_util::stream::{self, Stream};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::{sleep, timeout};

use super::Stop;
use super::address::{content_type, index_of, page_at};
use super::days::{Pages, View};
use super::dress::{BAR, BAR_DATA, BAR_STYLE, BARE, CLOCK, EVENTS, SCRIPT, STYLE, dress};
use super::served::{Served, Shown};
use crate::files::FilePath;

/// Ports that are tried where none is asked for.
pub const PORTS: RangeInclusive<u16> = 8000..=8099;
/// More connections wait until one of these ends.
const CONNECTIONS: usize = 256;
/// How long a request may take to say what it wants, and a connection to ask again.
const REQUEST_TIME: Duration = Duration::from_secs(5);
/// How long a connection may last, so that a client that takes nothing does not keep its place for ever.
/// An event stream that ends so is opened again by the browser, and misses nothing.
const LIFE_TIME: Duration = Duration::from_mins(5);
/// The longest head of a request in bytes.
const REQUEST_SIZE: usize = 32 << 10;
/// How long a page that is being drawn may hold up the end.
const END_TIME: Duration = Duration::from_millis(500);

/// On every answer, refusals too.
const HEADERS: [(HeaderName, HeaderValue); 3] = [
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// The policy of the page on which findings stand alone; the pages of the site bring their own.
const BARE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The cookie by which a browser says on which day it looks; the port follows, because cookies know none.
const DAY: &str = "niemyet-day";

/// What all requests share.
#[derive(Clone)]
struct Site {
    served: Served,
    cookie: String,
}

/// Takes a port of this machine: the one that is asked for, where 0 is any free one; else the first free
/// one of [`PORTS`].
pub fn bind(port: Option<u16>) -> io::Result<TcpListener> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    if let Some(port) = port {
        return bind(port);
    }
    for port in PORTS {
        match bind(port) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            bound => return bound,
        }
    }
    Err(ErrorKind::AddrInUse.into())
}

/// Serves until stopped, by `stop` or by Ctrl-C, and is gone within a second. Once it was called, Ctrl-C ends
/// nothing by itself any more: the caller is expected to end with it.
pub fn run(listener: TcpListener, served: &Served, stop: &Stop) -> io::Result<()> {
    let port = listener.local_addr()?.port();
    let site = Site { served: served.clone(), cookie: format!("{DAY}-{port}") };
    let mut router = Router::new().route(EVENTS, get(events)).route(BAR_DATA, get(bar));
    for (own, kind) in [
        (SCRIPT, "text/javascript; charset=utf-8"),
        (CLOCK, "text/javascript; charset=utf-8"),
        (BAR, "text/javascript; charset=utf-8"),
        (BAR_STYLE, "text/css; charset=utf-8"),
        (STYLE, "text/css; charset=utf-8"),
    ] {
        router = router.route(own.0, get(([(CONTENT_TYPE, kind)], own.1)));
    }
    let router = router
        .fallback(get(page))
        .layer(middleware::from_fn_with_state(port, guard))
        .with_state(site);
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(4)
        .enable_all()
        .build()?;
    let result = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        tokio::select! {
            never = accept(listener, router) => match never {},
            () = stop.stopped() => Ok(()),
            () = interrupted() => Ok(()),
        }
    });
    // All connections ended with `accept`.
    runtime.shutdown_timeout(END_TIME);
    result
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Ctrl-C then does what it does to any program.
        pending::<()>().await;
    }
}

/// Accepts connections for ever; dropped, it ends them all.
async fn accept(listener: tokio::net::TcpListener, router: Router) -> Infallible {
    let free = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        let place = Arc::clone(&free).acquire_owned().await;
        let Ok((stream, _)) = listener.accept().await else {
            // Either this one went away, or files are short, which passes.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        let router = router.clone();
        connections.spawn(async move {
            talk(stream, router).await;
            drop(place);
        });
        while connections.try_join_next().is_some() {}
    }
}

/// axum's own `serve` has no time limit for the head of a request, so hyper is called directly.
async fn talk(stream: TcpStream, router: Router) {
    // All errors mean that the client is gone or talks nonsense; hyper has answered what can be answered.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST_TIME)
        .max_buf_size(REQUEST_SIZE)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let _ = timeout(LIFE_TIME, connection).await;
}

/// Refuses whoever is not the browser of this machine with our own pages, and sets what every answer has.
async fn guard(State(port): State<u16>, request: Request, next: Next) -> Response {
    let mut response = match objection(&request, port) {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, value);
    }
    response
}

fn objection(request: &Request, port: u16) -> Option<(StatusCode, &'static str)> {
    if request.uri().authority().is_some() {
        return Some((StatusCode::BAD_REQUEST, "this server is no proxy\n"));
    }
    // A name that someone else lets point here would make their pages ours.
    if !only(request.headers(), &HOST).is_some_and(|host| is_own(host, port)) {
        return Some((StatusCode::FORBIDDEN, "the host has to be localhost with the port\n"));
    }
    let is_foreign =
        |origin: &str| !origin.strip_prefix("http://").is_some_and(|origin| is_own(origin, port));
    // Not all browsers send `Sec-Fetch-Site` over plain HTTP; `Origin` they do wherever an answer could be read.
    if request.headers().contains_key(ORIGIN)
        && only(request.headers(), &ORIGIN).is_none_or(is_foreign)
    {
        return Some((StatusCode::FORBIDDEN, "pages of other origins read nothing here\n"));
    }
    None
}

/// The value of a header that stands there once.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

fn is_own(host: &str, port: u16) -> bool {
    let host = host.to_ascii_lowercase();
    ["localhost", "127.0.0.1", "[::1]"].into_iter().any(|name| {
        // Browsers leave out the port that is meant without it.
        let rest = host.strip_prefix(name);
        rest.is_some_and(|rest| rest == format!(":{port}") || rest.is_empty() && port == 80)
    })
}

/// The stream by which a page learns that there is a newer one.
async fn events(State(site): State<Site>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let first = (site.served.follow(), String::new());
    let generations = stream::unfold(first, async |(mut follower, told)| {
        // Who knows more of the same files is no generation of its own.
        let newer = loop {
            follower.changed().await.ok()?;
            let generation = follower.borrow_and_update().generation();
            if generation != told {
                break generation;
            }
        };
        Some((Ok(Event::default().data(newer.clone())), (follower, newer)))
    });
    // A stream whose browser is gone is noticed by writing to it.
    Sse::new(generations).keep_alive(KeepAlive::new().interval(Duration::from_secs(10)))
}

async fn bar(State(site): State<Site>, headers: HeaderMap) -> Response {
    let asked = asked_day(&headers, &site.cookie);
    let mut shown = site.served.follow();
    // Where it is not known yet, it is once the files are shown again.
    while shown.changed().await.is_ok() {
        let (shown, asked) = (shown.borrow_and_update().clone(), asked.clone());
        let made = spawn_blocking(move || shown.view(asked.as_deref()).1.bar.map(|bar| bar()));
        match made.await {
            Ok(None) => {}
            Ok(Some(bar)) => {
                return ([(CONTENT_TYPE, "application/json")], bar.to_string()).into_response();
            }
            Err(panicked) => return faulty(&panicked.to_string()),
        }
    }
    faulty("the server ends")
}

async fn page(State(site): State<Site>, headers: HeaderMap, uri: Uri) -> Response {
    let Some(path) = page_at(uri.path()) else {
        return (StatusCode::BAD_REQUEST, "there is no such address on any site\n").into_response();
    };
    let asked = asked_day(&headers, &site.cookie);
    let shown = site.served.now();
    let looked = spawn_blocking(move || {
        let (day, view) = shown.view(asked.as_deref());
        let found = view.pages.as_ref().map(|pages| find(pages, &path));
        (found, path, Looked { shown, day, view })
    });
    let (found, path, looked) = match looked.await {
        Ok(found) => found,
        Err(panicked) => return faulty(&panicked.to_string()),
    };
    let Some(found) = found else {
        let page = looked.html(StatusCode::SERVICE_UNAVAILABLE, BARE.into());
        return ([(CONTENT_SECURITY_POLICY, BARE_POLICY)], page).into_response();
    };
    match found {
        Found::Page(bytes) => match content_type(&path) {
            kind if kind.starts_with("text/html") => looked.html(StatusCode::OK, bytes),
            kind => ([(CONTENT_TYPE, kind)], bytes).into_response(),
        },
        // The path has no empty part, so it leads to no other host.
        Found::Folder => {
            let location = format!("{}/", uri.path());
            (StatusCode::FOUND, [(LOCATION, location)]).into_response()
        }
        Found::Nothing(Some(bytes)) => looked.html(StatusCode::NOT_FOUND, bytes),
        Found::Nothing(None) => (StatusCode::NOT_FOUND, "there is no such page\n").into_response(),
    }
}

fn faulty(why: &str) -> Response {
    let words = format!("the page could not be drawn: {why}\n");
    (StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
}

/// The day for which a browser asks, in whatever words.
fn asked_day(headers: &HeaderMap, cookie: &str) -> Option<String> {
    let values = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = values.flat_map(|value| value.split(';'));
    cookies.find_map(|text| {
        let (name, value) = text.trim().split_once('=')?;
        (name == cookie).then(|| value.to_owned())
    })
}

/// What a site has at a path.
enum Found {
    Page(Vec<u8>),
    /// A folder that was asked for without its slash; relative links would lead astray there.
    Folder,
    /// Nothing, and the site's own words for that.
    Nothing(Option<Vec<u8>>),
}

fn find(pages: &Pages, path: &FilePath) -> Found {
    if let Some(bytes) = pages(path) {
        return Found::Page(bytes);
    }
    if index_of(path).is_some_and(|index| pages(&index).is_some()) {
        return Found::Folder;
    }
    Found::Nothing(FilePath::new("404.html").and_then(|path| pages(&path)))
}

/// What is looked at, and on which day.
struct Looked {
    shown: Shown,
    day: String,
    view: View,
}

impl Looked {
    fn html(&self, status: StatusCode, page: Vec<u8>) -> Response {
        let findings = self.view.findings.as_deref();
        let page = dress(page, &self.shown.generation(), &self.day, findings);
        (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
    }
}
