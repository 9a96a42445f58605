//! Markdown to HTML. What a text could do to a reader is not let through: no raw HTML, no picture, no
//! link that runs something, none to a page that the site does not have. `check` tells the editor.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::route;
use crate::model::link::Target;

/// How the headings of a text are placed below those of its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Headings {
    /// Under the page's first heading.
    OfPage,
    /// Under the heading of a section.
    OfSection,
}

const OPTIONS: Options = Options::ENABLE_TABLES;

/// The text as HTML. `root` leads to the site's root; `has` knows the pages of the site.
pub(super) fn html(
    text: &str,
    headings: Headings,
    root: &str,
    has: impl Fn(&str) -> bool,
) -> String {
    // Links hold no links, so one mark is enough to drop the end of a start that was dropped.
    let mut dropped = false;
    let events = Parser::new_ext(text, OPTIONS).filter_map(|event| match event {
        Event::Html(_)
        | Event::InlineHtml(_)
        | Event::Start(Tag::HtmlBlock | Tag::Image { .. })
        | Event::End(TagEnd::HtmlBlock | TagEnd::Image) => None,
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let Some(href) = href(&dest_url, root, &has) else {
                dropped = true;
                return None;
            };
            Some(Event::Start(Tag::Link { link_type, dest_url: href.into(), title, id }))
        }
        Event::End(TagEnd::Link) if std::mem::take(&mut dropped) => None,
        Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
            let level = shifted(level, headings);
            Some(Event::Start(Tag::Heading { level, id: None, classes, attrs }))
        }
        Event::End(TagEnd::Heading(level)) => {
            Some(Event::End(TagEnd::Heading(shifted(level, headings))))
        }
        other => Some(other),
    });
    let mut page = String::with_capacity(text.len() * 5 / 4);
    html::push_html(&mut page, events);
    page
}

/// The text without its marks, for data: one line a paragraph, a hyphen before each item.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for event in Parser::new_ext(text, OPTIONS) {
        match event {
            Event::Text(words) | Event::Code(words) => plain.push_str(&words),
            Event::SoftBreak | Event::End(TagEnd::TableCell) => plain.push(' '),
            Event::HardBreak
            | Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableRow,
            ) => end_line(&mut plain),
            Event::Start(Tag::Item) => {
                end_line(&mut plain);
                plain.push_str("- ");
            }
            _ => {}
        }
    }
    plain.trim_end().to_owned()
}

fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn href(address: &str, root: &str, has: &impl Fn(&str) -> bool) -> Option<String> {
    match Target::parse(address)? {
        Target::Outside(address) => Some(address.to_owned()),
        Target::Here(place) => Some(format!("#{place}")),
        Target::Inside(path, place) => {
            let path = if path.is_empty() { "index.html" } else { path };
            let place = place.map(|place| format!("#{place}")).unwrap_or_default();
            has(path).then(|| route::href(root, path) + &place)
        }
    }
}

fn shifted(level: HeadingLevel, headings: Headings) -> HeadingLevel {
    use HeadingLevel::{H1, H2, H3, H4, H5, H6};
    match (headings, level) {
        (Headings::OfPage, H1) => H2,
        (Headings::OfPage, other) => other,
        (Headings::OfSection, H1 | H2) => H3,
        (Headings::OfSection, H3) => H4,
        (Headings::OfSection, H4) => H5,
        (Headings::OfSection, H5 | H6) => H6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> String {
        html(text, Headings::OfSection, "../", |path| path == "thu-tuc/a.html")
    }

    #[test]
    fn lets_nothing_run() {
        let bad = "<script>alert(1)</script>\n\n<b onclick=x>b</b> <img src=x onerror=y>\n\n\
                   [a](javascript:x) [b](java&#115;cript:x) [c](<java\tscript:x>) ![d](https://x.vn/e.png) \
                   <javascript:x> [e](data:text/html,x)\n\n[f]: javascript:x\n\n[f]";
        let page = page(bad);
        for word in ["<script", "onclick", "onerror", "<img", "<a"] {
            assert!(!page.contains(word), "{word} in {page}");
        }
    }

    #[test]
    fn links_stay_inside_or_go_out_plainly() {
        let text =
            "[a](thu-tuc/a.html#phi) [b](/thu-tuc/a.html) [c](thu-tuc/gone.html) [d](https://x.vn)";
        let page = page(text);
        assert!(page.contains("<a href=\"../thu-tuc/a.html#phi\">a</a>"), "{page}");
        assert!(
            page.contains("<a href=\"../thu-tuc/a.html\">b</a> c <a href=\"https://x.vn\">d</a>")
        );
    }

    #[test]
    fn plain_text_keeps_lines_and_items() {
        assert_eq!(plain("a **b**\nc\n\n- d\n- [e](x)\n"), "a b c\n- d\n- e");
    }
}
