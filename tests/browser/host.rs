//! A site from memory on loopback, and beside it each page as it is drawn for one day alone.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use niemyet::files::{FilePath, Page};
use niemyet::model::date;
use niemyet::render::Site;
use rayon::iter::ParallelIterator;

use crate::loopback;

/// A site and its pages, each drawn once.
struct Host {
    site: Arc<Site>,
    pages: BTreeMap<String, Vec<u8>>,
}

/// Serves until the process ends.
pub(crate) fn serve(site: Arc<Site>) -> SocketAddr {
    let pages: Vec<Page> = site.pages().map(|(page, _)| page).collect();
    let pages = pages.into_iter().map(|page| (page.path.to_string(), page.bytes)).collect();
    let host = Host { site, pages };
    loopback::serve(move |path| find(&host, path))
}

fn find(host: &Host, path: &str) -> Option<Vec<u8>> {
    match path.split_once('/') {
        // `alone/2026-07-01/thu-tuc/a.html`; `changed/…` has a guard that is not the one it was.
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
    }
}
