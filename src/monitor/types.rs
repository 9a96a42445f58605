//! As what a host hands out the files of a site: a page that is sent as bytes of no kind is downloaded, one
//! in another alphabet is garbled, and a script or style sheet of the wrong type is not used.

use super::{Class, Finding, Reply};
use crate::files::FilePath;

/// The files that are sent as something else, gathered from the answers of a host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Types {
    wrong: Vec<(FilePath, Option<String>)>,
}

impl Types {
    /// Adds the answer with which a file was sent. Only those types count without which browsers, or
    /// programs that read the data, do something else with a file.
    pub fn add(&mut self, path: &FilePath, answer: &Reply) {
        if answer.status == 200 && !is_right(path, answer.content_type.as_deref()) {
            self.wrong.push((path.clone(), answer.content_type.clone()));
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.wrong.len()
    }

    /// The finding, if any.
    ///
    /// The bytes are those that were built and no reader gets older ones: it is a matter of how the host is
    /// set up, as with times that are too long, and weighs as much.
    #[must_use]
    pub fn finding(&self) -> Option<Finding> {
        // Answers come in any order; the first by name is named.
        let (first, sent) = self.wrong.iter().min()?;
        let [also, more] = match self.wrong.len() - 1 {
            0 => [String::new(), String::new()],
            more => [format!(" (và {more} tệp khác)"), format!(" (and {more} more files)")],
        };
        let [vietnamese, english] = match sent {
            Some(sent) => {
                let sent = sent.escape_debug();
                [
                    format!("máy chủ gửi với `Content-Type: {sent}`"),
                    format!("the host sends it with `Content-Type: {sent}`"),
                ]
            }
            None => [
                "máy chủ gửi mà không có `Content-Type`".to_owned(),
                "the host sends it without `Content-Type`".to_owned(),
            ],
        };
        let right = right(first).first().copied().unwrap_or_default();
        let said = [
            format!(
                "{first}{also}: {vietnamese}, người đọc không xem được đúng; phải là `{right}`"
            ),
            format!(
                "{first}{more}: {english}, so readers cannot use it as meant; `{right}` is right"
            ),
        ];
        Some(Finding::new(Class::Stale, "content-type", said).at(first))
    }
}

/// The types with which a file may be sent, the best first; none where it does not matter.
fn right(path: &FilePath) -> &'static [&'static str] {
    match path.extension() {
        Some("html") => &["text/html", "application/xhtml+xml"],
        Some("css") => &["text/css"],
        Some("js") => &["text/javascript", "application/javascript", "application/x-javascript"],
        Some("json") => &["application/json", "text/json"],
        Some("xml") => &["application/xml", "text/xml", "application/atom+xml"],
        Some("svg") => &["image/svg+xml"],
        _ => &[],
    }
}

fn is_right(path: &FilePath, sent: Option<&str>) -> bool {
    let right = right(path);
    if right.is_empty() {
        return true;
    }
    let sent = sent.unwrap_or_default().to_ascii_lowercase();
    let mut parts = sent.split(';').map(str::trim);
    let is_type = parts.next().is_some_and(|sent| right.contains(&sent));
    // What the header says of letters goes before what the page says of itself.
    let is_read = parts
        .filter_map(|part| part.strip_prefix("charset="))
        .all(|letters| matches!(letters.trim_matches('"'), "utf-8" | "utf8"));
    is_type && is_read
}
