//! How a web server picks the site of the day from a build with a horizon: configuration for nginx, Caddy
//! and Apache, and a timer for everything else. One file a host; what all of them send is in `headers`.
//! From a plain plan to texts: knows no catalogue, no page and no clock.
//!
//! The rule is the same everywhere. A day in Việt Nam belongs to one slice; the server looks for the folder
//! of that slice, and what it does not find is closed: a day out of the horizon, a clock that is wrong, a
//! zone that is not understood, a build that the server was not told of. It never falls back to another
//! slice. Nothing but the picked slice, and what the closed page loads, can be reached by an address.

mod apache;
mod caddy;
mod headers;
mod nginx;
pub mod rules;
mod timer;

use crate::files::{FilePath, Page, Rule};
use crate::language::Language;
use crate::model::date::Date;

/// Where the slices stand, below the folder of the build.
pub const RELEASES: &str = "releases";
/// Where the page of a closed site stands.
pub const CLOSED: &str = "closed";
/// Where these texts stand.
pub const HOSTS: &str = "hosts";
/// The folder of the build, as it is written where only the machine knows it.
const FOLDER: &str = "/srv/niemyet";

/// What a server has to know.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The slices in the order of their days, each beginning where the one before ends.
    pub slices: Vec<Slice>,
    /// The path at which the site stands on its server, with a slash at both ends.
    pub base: String,
    /// The language of the comments.
    pub language: Language,
}

/// A folder and the days `[first, until)` on which it is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The name of its folder, below [`RELEASES`].
    pub name: String,
    /// The first day.
    pub first: Date,
    /// The day after the last.
    pub until: Date,
    /// What is answered in another way than with a file.
    pub rules: Vec<Rule>,
}

/// The texts for all hosts, as files of the build.
#[must_use]
pub fn files(plan: &Plan) -> Vec<Page> {
    let texts = [
        ("nginx.conf", nginx::days(plan)),
        ("nginx-site.conf", nginx::site(plan)),
        ("Caddyfile", caddy::site(plan)),
        ("apache.conf", apache::site(plan)),
        ("niemyet-switch.sh", timer::script(plan)),
        ("niemyet-switch.service", timer::service(plan)),
        ("niemyet-switch.timer", timer::timer(plan)),
    ];
    texts.into_iter().map(|(name, text)| page(name, text)).collect()
}

fn page(name: &str, text: String) -> Page {
    let path = FilePath::new(&format!("{HOSTS}/{name}")).expect("a plain name");
    Page { path, bytes: text.into_bytes() }
}

impl Plan {
    /// The path at which the site stands, without its last slash: empty at the server's root.
    fn prefix(&self) -> &str {
        self.base.trim_end_matches('/')
    }

    /// Lines of a comment in the language of the plan.
    fn comment(&self, [vietnamese, english]: [&str; 2]) -> String {
        let text = match self.language {
            Language::Vietnamese => vietnamese,
            Language::English => english,
        };
        text.lines()
            .fold(String::new(), |comment, line| comment + format!("# {line}").trim_end() + "\n")
    }
}

/// The moment at which a day begins in Việt Nam, in seconds since 1970-01-01 at UTC: the zone of the server
/// does not matter where such a number is asked for. Việt Nam has kept UTC+7 since 1975.
fn begins(day: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    let days = i64::from(epoch.until(day).map_or(i32::MAX, |span| span.get_days()));
    days * 86_400 - 7 * 3_600
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_at_seventeen_utc_of_the_day_before() {
        // What `date -u -d "2026-12-14 17:00:00" +%s` says.
        assert_eq!(begins(Date::constant(2026, 12, 15)), 1_797_267_600);
        assert_eq!(begins(Date::constant(2028, 3, 1)), 1_835_456_400);
    }
}
