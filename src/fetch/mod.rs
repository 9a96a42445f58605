//! Asks a site for its files, one by one, as a reader would. Owns the connection, its limits of time and
//! length, and the refusal to be led to another host. Knows nothing of what the files should be.

#![expect(
    clippy::disallowed_methods,
    reason = "this room asks the network and keeps its time limits"
)]

mod address;

use std::io::Read;
use std::time::{Duration, Instant};

use ureq::http::header::{AGE, CACHE_CONTROL, CONTENT_TYPE, DATE, HeaderName, LOCATION};
use ureq::{Agent, Body, Error, http};

use crate::files::FilePath;
use crate::monitor::{Observed, Reply};
pub use address::Address;

/// How often an answer may lead on to another address of the same host.
const REDIRECTS: usize = 3;
/// All of a look has to be done in this time.
const WHOLE: Duration = Duration::from_mins(15);
/// So many connections are kept open.
pub const CONNECTIONS: usize = 8;

/// Asks one site.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    address: Address,
    end: Instant,
}

impl Client {
    /// Asks a site and waits so long for each answer to be whole.
    #[must_use]
    pub fn new(address: Address, patience: Duration) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(patience))
            .max_idle_connections_per_host(CONNECTIONS)
            .user_agent(concat!("niemyet/", env!("CARGO_PKG_VERSION")))
            .accept("*/*")
            .build();
        Self { agent: config.new_agent(), address, end: Instant::now() + WHOLE }
    }

    /// What a reader gets at the address of a file, of which at most so many bytes are read.
    #[must_use]
    pub fn get(&self, path: &FilePath, limit: u64) -> Observed {
        let mut at = self.address.of(path);
        for _ in 0..=REDIRECTS {
            if self.end <= Instant::now() {
                return Observed::NotAsked;
            }
            // A shared cache has to ask its origin: what is looked for is what stands there now.
            let asked = self.agent.get(&at).header(CACHE_CONTROL, "no-cache").call();
            let response = match asked {
                Ok(response) => response,
                Err(error) => return Observed::Unreachable(said(&error)),
            };
            if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
                return answer(response, limit);
            }
            let to = text(&response, LOCATION).unwrap_or_default();
            match self.address.follow(&at, &to) {
                Some(next) => at = next,
                None => return Observed::Elsewhere(to),
            }
        }
        Observed::Unreachable([
            "chuyển hướng vòng quanh".to_owned(),
            "it redirects again and again".to_owned(),
        ])
    }
}

fn answer(response: http::Response<Body>, limit: u64) -> Observed {
    let mut answer = Reply {
        status: response.status().as_u16(),
        cache_control: text(&response, CACHE_CONTROL),
        date: text(&response, DATE),
        age: text(&response, AGE),
        content_type: text(&response, CONTENT_TYPE),
        ..Reply::default()
    };
    // One byte more than allowed tells that there is more; the rest is never read.
    let mut body = response.into_body().into_reader().take(limit.saturating_add(1));
    if let Err(error) = body.read_to_end(&mut answer.bytes) {
        return Observed::Unreachable(said(&Error::from(error)));
    }
    answer.is_cut = limit < answer.bytes.len() as u64;
    Observed::Answered(answer)
}

/// A header, with all its lines.
fn text(response: &http::Response<Body>, name: HeaderName) -> Option<String> {
    let lines = response.headers().get_all(name);
    let lines: Vec<_> =
        lines.iter().map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned()).collect();
    (!lines.is_empty()).then(|| lines.join(", "))
}

/// Why there is no answer.
fn said(error: &Error) -> [String; 2] {
    match error {
        Error::Timeout(_) => {
            ["quá thời gian chờ".to_owned(), "no whole answer in the time allowed".to_owned()]
        }
        Error::HostNotFound => {
            ["không tìm thấy máy chủ".to_owned(), "there is no such host".to_owned()]
        }
        other => [format!("không tải được: {other}"), format!("cannot be fetched: {other}")],
    }
}
