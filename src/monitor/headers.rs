//! What the headers of a host promise: how long a page may be kept before it is asked for again, and what
//! time the host takes it to be.

use jiff::fmt::rfc2822::DateTimeParser;

use super::{Class, Finding, Reply};
use crate::files::FilePath;

/// Pages may be kept so many seconds without a word; some hosts allow no less.
const LONGEST: u64 = 600;
/// Clocks may differ by so many seconds.
const CLOCKS: i64 = 60;

/// How long the pages of a site may be kept, gathered from its answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The longest time, in seconds, for which any page may be kept unasked; none where none says.
    pub floor: Option<u64>,
    /// The pages that may be kept too long.
    long: Vec<FilePath>,
    /// The pages of which nobody says how long.
    unsaid: Vec<FilePath>,
    /// The pages that may be shown though they are known to be old.
    stale: Vec<FilePath>,
}

impl Kept {
    /// Adds an answer. Only pages and data count: what they are dressed with bears the hash of its
    /// content in its name and may be kept for ever.
    pub fn add(&mut self, path: &FilePath, answer: &Reply) {
        if !matches!(path.extension(), Some("html" | "json" | "xml")) {
            return;
        }
        let said = answer.cache_control.as_deref().unwrap_or_default().to_ascii_lowercase();
        let words = || said.split(',').map(str::trim);
        if words().any(|word| {
            word.starts_with("stale-while-revalidate") || word.starts_with("stale-if-error")
        }) {
            self.stale.push(path.clone());
        }
        if words().any(|word| matches!(word, "no-cache" | "no-store")) {
            self.floor = self.floor.max(Some(0));
            return;
        }
        let seconds = words().filter_map(|word| {
            let (name, value) = word.split_once('=')?;
            let is_age = matches!(name.trim(), "max-age" | "s-maxage");
            is_age.then(|| value.trim().trim_matches('"').parse::<u64>().ok())?
        });
        match seconds.max() {
            Some(seconds) => {
                self.floor = self.floor.max(Some(seconds));
                if LONGEST < seconds {
                    self.long.push(path.clone());
                }
            }
            None => self.unsaid.push(path.clone()),
        }
    }

    /// What is wrong, each cause once.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let floor = self.floor.unwrap_or_default();
        let causes = [
            (
                &self.long,
                "cache-long",
                [
                    format!(
                        "được giữ lại đến {floor} giây không hỏi lại; đặt `Cache-Control: no-cache`"
                    ),
                    format!(
                        "may be kept for {floor} seconds unasked; set `Cache-Control: no-cache`"
                    ),
                ],
            ),
            (
                &self.unsaid,
                "cache-unsaid",
                [
                    "không nói được giữ lại bao lâu; đặt `Cache-Control: no-cache`".to_owned(),
                    "does not say for how long it may be kept; set `Cache-Control: no-cache`"
                        .to_owned(),
                ],
            ),
            (
                &self.stale,
                "cache-stale",
                [
                    "cho phép hiện bản cũ (`stale-while-revalidate`, `stale-if-error`)".to_owned(),
                    "may be shown when old (`stale-while-revalidate`, `stale-if-error`)".to_owned(),
                ],
            ),
        ];
        let finding = |(paths, kind, [vietnamese, english]): (&Vec<FilePath>, _, [String; 2])| {
            // Answers come in any order; the first by name is named.
            let first = paths.iter().min()?;
            let [also, more] = match paths.len() - 1 {
                0 => [String::new(), String::new()],
                more => [format!(" (và {more} tệp khác)"), format!(" (and {more} more files)")],
            };
            let said =
                [format!("{first}{also}: {vietnamese}"), format!("{first}{more}: {english}")];
            Some(Finding::new(Class::Stale, kind, said).at(first))
        };
        causes.into_iter().filter_map(finding).collect()
    }
}

/// By how many seconds the host's clock is ahead of ours, where it can be told, and whether that is too
/// much. What a cache has kept bears the time at which it was made.
#[must_use]
pub fn clock(answer: &Reply, now: i64) -> Option<(i64, Option<Finding>)> {
    let date = DateTimeParser::new().parse_timestamp(answer.date.as_deref()?).ok()?;
    let age: i64 = answer.age.as_deref().and_then(|age| age.trim().parse().ok()).unwrap_or(0);
    let ahead = date.as_second().saturating_add(age.max(0)).saturating_sub(now);
    let found = (CLOCKS < ahead.saturating_abs()).then(|| {
        Finding::new(
            Class::Stale,
            "clock",
            [
                format!("đồng hồ máy chủ và đồng hồ ở đây lệch nhau {ahead} giây"),
                format!("the clock of the host and the one here differ by {ahead} seconds"),
            ],
        )
    });
    Some((ahead, found))
}
