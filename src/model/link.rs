//! Which addresses a text or a record may link to. What a path inside the site leads to is not known
//! here: only that it can be safe.

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// Out of the site, by a scheme that runs nothing.
    Outside(&'a str),
    /// To a file of the site, as a path from its root, with the place in it, if one is named.
    Inside(&'a str, Option<&'a str>),
    /// To a place of the same page.
    Here(&'a str),
}

impl<'a> Target<'a> {
    /// Takes an address, or refuses one that is unsafe or cannot be read.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '\\' | '<' | '>');
        if text.is_empty() || text.contains(odd) || text.starts_with("//") {
            return None;
        }
        if let Some(place) = text.strip_prefix('#') {
            return (!place.is_empty()).then_some(Self::Here(place));
        }
        let before = text.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some((scheme, _)) = before.split_once(':') {
            let rest = &text[scheme.len() + 1..];
            let host = rest.strip_prefix("//").and_then(|rest| rest.split(['/', '?', '#']).next());
            let sound = match scheme.to_ascii_lowercase().as_str() {
                // Who a link leads to must be plain to see: no name and password before the host.
                "https" | "http" => {
                    host.is_some_and(|host| !host.is_empty() && !host.contains('@'))
                }
                "mailto" | "tel" => !rest.is_empty(),
                _ => false,
            };
            return sound.then_some(Self::Outside(text));
        }
        let (path, place) = match text.split_once('#') {
            Some((path, place)) => (path, Some(place)),
            None => (text, None),
        };
        let path = path.strip_prefix('/').unwrap_or(path);
        let inside = !path.contains('?') && path.split('/').all(|part| part != "..");
        inside.then_some(Self::Inside(path, place))
    }
}

/// The address if it leads out of the site and is safe: for records that hold nothing else.
#[must_use]
pub fn outside(text: &str) -> Option<&str> {
    match Target::parse(text.trim()) {
        Some(Target::Outside(address)) => Some(address),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_runs_nothing() {
        let good = [
            ("https://dichvucong.gov.vn/x?y#z", Target::Outside("https://dichvucong.gov.vn/x?y#z")),
            ("mailto:a@b.vn", Target::Outside("mailto:a@b.vn")),
            ("tel:+84123", Target::Outside("tel:+84123")),
            ("thu-tuc/a.html#phi", Target::Inside("thu-tuc/a.html", Some("phi"))),
            ("/thay-doi.html", Target::Inside("thay-doi.html", None)),
            ("#phi", Target::Here("phi")),
        ];
        for (text, target) in good {
            assert_eq!(Target::parse(text), Some(target), "{text}");
        }
        let bad = [
            "javascript:alert(1)",
            "JavaScript:x",
            "java\nscript:x",
            "data:text/html,x",
            "//evil.vn/x",
            "\\\\evil",
            "../../etc",
            "https:",
            "https://",
            "http:///x",
            "mailto:",
            "",
            "#",
            "ftp://x.vn",
            "https://bank.vn@evil.vn/",
            "a b",
            "&#106;avascript:x",
        ];
        for text in bad {
            // An entity that markdown has not resolved is a path with a query-free name, never a scheme.
            let taken = Target::parse(text);
            assert!(!matches!(taken, Some(Target::Outside(_))), "{text}: {taken:?}");
        }
        assert_eq!(outside(" https://a.vn "), Some("https://a.vn"));
        assert_eq!(outside("a.html"), None);
    }
}
