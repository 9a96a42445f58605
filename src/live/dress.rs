//! Dresses an HTML page for a person at work: the day it lives on, the script that reloads it, the bar at its foot,
//! and over it the findings of a build that failed. Nothing is written inline, so that the page's own strict policy
//! holds while it is looked at: it has to allow scripts, styles and connections of the site itself, and no more.

/// Where the server keeps what is its own. No page of a site can stand there.
pub(super) const SCRIPT: (&str, &str) = ("/__niemyet/reload.js", include_str!("reload.js"));
/// Sets the clock of the page to the day that is looked at, before any script of the site runs.
pub(super) const CLOCK: (&str, &str) = ("/__niemyet/clock.js", include_str!("clock.js"));
/// Draws the bar, in a shadow of its own that no style of the site reaches.
pub(super) const BAR: (&str, &str) = ("/__niemyet/bar.js", include_str!("bar.js"));
/// The look of the bar.
pub(super) const BAR_STYLE: (&str, &str) = ("/__niemyet/bar.css", include_str!("bar.css"));
/// What the bar shows.
pub(super) const BAR_DATA: &str = "/__niemyet/bar.json";
/// The look of the findings.
pub(super) const STYLE: (&str, &str) = ("/__niemyet/findings.css", include_str!("findings.css"));
/// The stream of generations.
pub(super) const EVENTS: &str = "/__niemyet/events";

/// The page on which findings stand alone.
pub(super) const BARE: &str = "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width\">\n<title>niemyet</title>\n</head>\n\
    <body>\n</body>\n</html>\n";

/// Adds the scripts and, where there are any, the findings, which are plain text.
pub(super) fn dress(
    mut page: Vec<u8>,
    generation: &str,
    day: &str,
    findings: Option<&str>,
) -> Vec<u8> {
    let (generation, day) = (escape(generation), escape(day));
    // From the end, so that the first place stays where it was found.
    let scripts = format!(
        "<script src=\"{}\" data-generation=\"{generation}\"></script>\n\
         <script src=\"{}\" data-day=\"{day}\"></script>\n",
        SCRIPT.0, BAR.0
    );
    let end = find_last(&page, b"</body").unwrap_or(page.len());
    page.splice(end..end, scripts.into_bytes());
    if let Some(findings) = findings {
        let findings = format!(
            "\n<link rel=\"stylesheet\" href=\"{}\">\n\
             <aside id=\"niemyet-findings\" role=\"alert\"><pre tabindex=\"0\">{}</pre></aside>\n",
            STYLE.0,
            escape(findings)
        );
        let start = after_tag(&page, b"<body").unwrap_or(end);
        page.splice(start..start, findings.into_bytes());
    }
    // A page without a head has no script that could ask for the day before it is told.
    if let Some(head) = after_tag(&page, b"<head") {
        let clock = format!("<script src=\"{}\" data-day=\"{day}\"></script>", CLOCK.0);
        page.splice(head..head, clock.into_bytes());
    }
    page
}

/// Text as HTML. Control characters have no place there, and a finding may quote any.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(character),
            _ if character.is_control() => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// The place after `<body …>` or `<head>`, which is not `<header>`. A page without a body gets everything at its
/// end: a browser puts it in the body.
fn after_tag(page: &[u8], tag: &[u8]) -> Option<usize> {
    let is_tag = |at: &[u8]| {
        at.len() > tag.len()
            && at[..tag.len()].eq_ignore_ascii_case(tag)
            && (at[tag.len()] == b'>' || at[tag.len()].is_ascii_whitespace())
    };
    let start = page.windows(tag.len() + 1).position(is_tag)?;
    let length = page[start..].iter().position(|byte| *byte == b'>')?;
    Some(start + length + 1)
}

fn find_last(page: &[u8], tag: &[u8]) -> Option<usize> {
    page.windows(tag.len()).rposition(|found| found.eq_ignore_ascii_case(tag))
}
