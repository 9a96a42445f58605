//! The address of a site, and those of its files below it.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use ureq::http::Uri;

use crate::files::FilePath;

/// What is no letter of a path.
const ODD: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Where a site stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    scheme: String,
    /// Host and port.
    host: String,
    /// From the first `/` to the last.
    folder: String,
}

impl Address {
    /// Whether a text is meant as one, rather than as a folder.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.contains("://")
    }

    /// Reads `https://host/folder/`; none where it is of another kind, or carries a name, a password or a
    /// question.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let scheme = uri.scheme_str()?.to_ascii_lowercase();
        let host = uri.authority()?.as_str().to_ascii_lowercase();
        let is_plain = uri.query().is_none() && !text.contains('#') && !host.contains('@');
        if !matches!(scheme.as_str(), "http" | "https") || !is_plain || host.is_empty() {
            return None;
        }
        let path = uri.path();
        let path = ["index.html", "build.json"]
            .into_iter()
            .find_map(|name| path.strip_suffix(name).filter(|before| before.ends_with('/')))
            .unwrap_or(path);
        let folder = format!("{}/", path.trim_end_matches('/'));
        Some(Self { scheme, host, folder })
    }

    /// The whole address.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { scheme, host, folder } = self;
        format!("{scheme}://{host}{folder}")
    }

    /// Where a file is asked for: the home page where people ask for it.
    pub(super) fn of(&self, path: &FilePath) -> String {
        let name = match path.as_str() {
            "index.html" => String::new(),
            path => utf8_percent_encode(path, ODD).to_string(),
        };
        format!("{}{name}", self.text())
    }

    /// Where an answer leads on to, if that is the same host, and no worse guarded on the way.
    pub(super) fn follow(&self, from: &str, to: &str) -> Option<String> {
        let from: Uri = from.parse().ok()?;
        let (scheme, host) = (from.scheme_str()?, from.authority()?.as_str());
        let whole = if to.contains("://") {
            to.to_owned()
        } else if to.starts_with("//") {
            format!("{scheme}:{to}")
        } else if to.starts_with('/') {
            format!("{scheme}://{host}{to}")
        } else {
            let (folder, _) = from.path().rsplit_once('/')?;
            format!("{scheme}://{host}{folder}/{to}")
        };
        let whole = whole.split('#').next()?;
        let uri: Uri = whole.parse().ok()?;
        let (new, place) = (uri.scheme_str()?, uri.authority()?.as_str());
        let is_same = place.eq_ignore_ascii_case(&self.host) && new == scheme;
        let is_safer = scheme == "http" && new == "https" && {
            let own = from.host().unwrap_or_default();
            uri.host().is_some_and(|host| host.eq_ignore_ascii_case(own)) && !place.contains('@')
        };
        let is_on = scheme == "https" && new == "https" && place == host;
        (is_same || is_safer || is_on).then(|| whole.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_sites() {
        let cases = [
            ("https://xa.vn", Some("https://xa.vn/")),
            ("HTTPS://Xa.vn/tthc", Some("https://xa.vn/tthc/")),
            ("http://127.0.0.1:80/a/index.html", Some("http://127.0.0.1:80/a/")),
            ("https://xa.vn/build.json", Some("https://xa.vn/")),
            ("https://a@xa.vn/", None),
            ("https://xa.vn/?a", None),
            ("https://xa.vn/#a", None),
            ("ftp://xa.vn/", None),
            ("https:///a", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Address::read(text).map(|it| it.text()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn only_the_same_host_is_followed() {
        let site = Address::read("http://xa.vn/a/").expect("an address");
        let cases = [
            ("/b", Some("http://xa.vn/b")),
            ("c", Some("http://xa.vn/a/c")),
            ("//xa.vn/b", Some("http://xa.vn/b")),
            ("https://xa.vn/a/x", Some("https://xa.vn/a/x")),
            ("//other.vn/b", None),
            ("http://xa.vn.other.vn/", None),
            ("http://xa.vn@other.vn/", None),
            ("http://xa.vn:8080/", None),
            ("https://a@xa.vn/", None),
            ("javascript://xa.vn/", None),
            ("", Some("http://xa.vn/a/")),
        ];
        for (to, expected) in cases {
            assert_eq!(site.follow("http://xa.vn/a/x", to).as_deref(), expected, "{to}");
        }
        assert_eq!(site.follow("https://xa.vn/a/", "http://other.vn/"), None);
        let safe = Address::read("https://xa.vn/").expect("an address");
        assert_eq!(safe.follow("https://xa.vn/a", "http://xa.vn/a"), None);
    }
}
