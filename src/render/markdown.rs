//! Markdown to HTML. What a text could do to a reader is not let through: no raw HTML, no picture, no
//! link that runs something, none to a page that the site does not have. `check` tells the editor.

use std::ops::Range;
use std::slice::Iter;

use pulldown_cmark::{
    Alignment, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html,
};

use super::{route, sitemap};
use crate::model::link::Target;

/// How the headings of a text are placed below those of its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Headings {
    /// Under the page's first heading.
    OfPage,
    /// Under the heading of a section.
    OfSection,
}

/// Where the links of a text lead.
#[derive(Debug, Default)]
pub(super) struct Lead<'a> {
    /// To the site's root.
    pub(super) root: &'a str,
    /// To the documents that the text names, in order.
    pub(super) cited: Vec<Cited>,
    /// What a wide table is called where it is scrolled.
    pub(super) table: &'a str,
}

/// A document that a text names.
#[derive(Debug)]
pub(super) struct Cited {
    /// Where in the text.
    pub(super) range: Range<usize>,
    /// The way to its page.
    pub(super) href: String,
}

const OPTIONS: Options = Options::ENABLE_TABLES;

/// So many columns fit on a phone.
const COLUMNS: usize = 3;

/// The text as HTML; `has` knows the pages of the site, and where each stands.
pub(super) fn html(
    text: &str,
    headings: Headings,
    lead: Lead<'_>,
    has: impl Fn(&str) -> Option<String>,
) -> String {
    let Lead { root, cited, table } = lead;
    // Links hold no links, so one mark is enough to drop the end of a start that was dropped.
    let mut dropped = false;
    let mut levels = Levels { headings, open: Vec::new() };
    let parser = Parser::new_ext(text, OPTIONS).into_offset_iter();
    let events = parser.filter_map(|(event, range)| {
        let event = match event {
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Start(Tag::HtmlBlock | Tag::Image { .. })
            | Event::End(TagEnd::HtmlBlock | TagEnd::Image) => return None,
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let Some(href) = href(&dest_url, root, &has) else {
                    dropped = true;
                    return None;
                };
                Event::Start(Tag::Link { link_type, dest_url: href.into(), title, id })
            }
            Event::End(TagEnd::Link) if std::mem::take(&mut dropped) => return None,
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                let level = levels.open(level);
                Event::Start(Tag::Heading { level, id: None, classes, attrs })
            }
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(levels.now(level))),
            other => other,
        };
        Some((event, range))
    });
    let linked = Linked { text, cited: cited.iter(), next: None, n_closed: 0 };
    let events = tables(linked.events(events), table);
    let mut page = String::with_capacity(text.len() * 5 / 4);
    html::push_html(&mut page, events);
    page
}

/// Makes links of the documents that a text names, its words left as they are.
struct Linked<'a> {
    text: &'a str,
    cited: Iter<'a, Cited>,
    next: Option<&'a Cited>,
    /// How many parts are open that take no such link: links, headings, code.
    n_closed: usize,
}

impl<'a> Linked<'a> {
    fn events(
        mut self,
        events: impl Iterator<Item = (Event<'a>, Range<usize>)>,
    ) -> impl Iterator<Item = Event<'a>> {
        self.next = self.cited.next();
        events.flat_map(move |(event, range)| {
            match &event {
                Event::Start(tag) if takes_no_link(tag.to_end()) => self.n_closed += 1,
                Event::End(tag) if takes_no_link(*tag) => self.n_closed -= 1,
                Event::Text(words) if self.n_closed == 0 && **words == self.text[range.clone()] => {
                    return self.split(range);
                }
                _ => {}
            }
            vec![event]
        })
    }

    /// A stretch of the text, each document in it inside a link. One that is not wholly in it, such as
    /// a name half of which is emphasised, is left as it is.
    fn split(&mut self, range: Range<usize>) -> Vec<Event<'a>> {
        let mut events = Vec::new();
        let words = |range: Range<usize>| Event::Text(CowStr::Borrowed(&self.text[range]));
        let mut at = range.start;
        while let Some(cited) = self.next.filter(|cited| cited.range.start < range.end) {
            self.next = self.cited.next();
            if cited.range.start < at || range.end < cited.range.end {
                continue;
            }
            if at < cited.range.start {
                events.push(words(at..cited.range.start));
            }
            events.push(Event::Start(Tag::Link {
                link_type: LinkType::Inline,
                dest_url: CowStr::Borrowed(&cited.href),
                title: CowStr::Borrowed(""),
                id: CowStr::Borrowed(""),
            }));
            events.push(words(cited.range.clone()));
            events.push(Event::End(TagEnd::Link));
            at = cited.range.end;
        }
        if at < range.end {
            events.push(words(at..range.end));
        }
        events
    }
}

fn takes_no_link(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Link | TagEnd::Heading(_) | TagEnd::CodeBlock)
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

fn href(address: &str, root: &str, has: &impl Fn(&str) -> Option<String>) -> Option<String> {
    match Target::parse(address)? {
        Target::Outside(address) => Some(address.to_owned()),
        Target::Here(place) => Some(format!("#{place}")),
        Target::Inside(path, place) => {
            let path = if path.is_empty() { "index.html" } else { path };
            let place = place.map(|place| format!("#{place}")).unwrap_or_default();
            has(path).map(|path| route::href(root, &path) + &place)
        }
    }
}

/// The headings of a text that a place stands under: each as its author wrote it, and as it is drawn.
struct Levels {
    headings: Headings,
    open: Vec<(HeadingLevel, HeadingLevel)>,
}

impl Levels {
    /// No heading stands more than one level below the one above it, whatever its author skipped.
    fn open(&mut self, written: HeadingLevel) -> HeadingLevel {
        while self.open.pop_if(|(above, _)| *above >= written).is_some() {}
        let first = match self.headings {
            Headings::OfPage => HeadingLevel::H2,
            Headings::OfSection => HeadingLevel::H3,
        };
        let next = self.open.last().map_or(first, |(_, above)| below(*above));
        let drawn = shifted(written, self.headings).min(next);
        self.open.push((written, drawn));
        drawn
    }

    /// How the heading that was opened last is drawn.
    fn now(&self, written: HeadingLevel) -> HeadingLevel {
        self.open.last().map_or(written, |(_, drawn)| *drawn)
    }
}

fn below(level: HeadingLevel) -> HeadingLevel {
    HeadingLevel::try_from(level as usize + 1).unwrap_or(HeadingLevel::H6)
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

/// Tables with their alignment as classes, because the policy of the pages refuses `style`. One with many
/// columns stands in a box that can be scrolled, also by keyboard.
fn tables<'a>(
    events: impl Iterator<Item = Event<'a>>,
    name: &str,
) -> impl Iterator<Item = Event<'a>> {
    let mut columns: Vec<Alignment> = Vec::new();
    let (mut column, mut is_head) = (0, false);
    events.flat_map(move |event| {
        let html = |text: &str| Event::Html(CowStr::from(text.to_owned()));
        match event {
            Event::Start(Tag::Table(alignments)) => {
                columns = alignments;
                let start = Event::Start(Tag::Table(Vec::new()));
                if columns.len() <= COLUMNS {
                    return vec![start];
                }
                let name = sitemap::escape(name);
                let open = "<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=";
                return vec![html(&format!("{open}\"{name}\">\n")), start];
            }
            Event::End(TagEnd::Table) if columns.len() > COLUMNS => {
                return vec![event, html("</div>\n")];
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                (column, is_head) = (0, matches!(event, Event::Start(Tag::TableHead)));
            }
            Event::Start(Tag::TableCell) => {
                let class = match columns.get(column) {
                    Some(Alignment::Right) => "right",
                    Some(Alignment::Center) => "middle",
                    _ => "",
                };
                column += 1;
                if !class.is_empty() {
                    let tag = if is_head { "th" } else { "td" };
                    return vec![html(&format!("<{tag} class=\"{class}\">"))];
                }
            }
            _ => {}
        }
        vec![event]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> String {
        let lead = Lead { root: "../", cited: Vec::new(), table: "Bảng" };
        html(text, Headings::OfSection, lead, |path| {
            (path == "thu-tuc/a.html").then(|| path.to_owned())
        })
    }

    #[test]
    fn documents_become_links_and_words_stay() {
        let text = "# a b\n\na **a b** [a](thu-tuc/a.html) `a` ![a](x)\nb & a_a \\* a\n\n    a\n";
        let at = |start: usize| Cited { range: start..start + 1, href: "../d.html".to_owned() };
        let cited = text.match_indices('a').map(|(start, _)| at(start)).collect();
        let lead = Lead { root: "../", cited, table: "" };
        let linked = html(text, Headings::OfSection, lead, |path| Some(path.to_owned()));
        let plain = page(text);
        let bare = linked.replace("<a href=\"../d.html\">a</a>", "a");
        assert_eq!(bare, plain);
        let link = "<a href=\"../d.html\">a</a>";
        assert!(linked.contains(&format!("<p>{link} <strong>{link} b</strong> ")), "{linked}");
        assert!(linked.contains("<h3>a b</h3>") && linked.contains("<code>a</code>"), "{linked}");
        assert!(linked.contains(">a</a> <code>") && linked.contains("<pre><code>a"), "{linked}");
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
    fn headings_stand_below_each_other() {
        let levels = |text: &str, headings| {
            let lead = Lead { root: "", cited: Vec::new(), table: "" };
            let page = html(text, headings, lead, |_| None);
            let starts = page.match_indices("<h").map(|(at, _)| page[at + 2..=at + 2].to_owned());
            starts.collect::<String>()
        };
        let text = "# a\n## b\n###### c\n##### d\n## e\n#### f\n# g\n";
        assert_eq!(levels(text, Headings::OfPage), "2233232");
        assert_eq!(levels(text, Headings::OfSection), "3344343");
        assert_eq!(levels("###### a", Headings::OfPage), "2");
        assert_eq!(levels("## a\n### b\n#### c\n", Headings::OfSection), "345");
    }

    #[test]
    fn tables_are_aligned_by_classes_and_wide_ones_can_be_scrolled() {
        let narrow = page("| a | b | c |\n|:--|--:|:-:|\n| 1 | 2 | 3 |\n");
        assert!(!narrow.contains("style") && !narrow.contains("<div"), "{narrow}");
        assert!(
            narrow.contains("<th class=\"right\">b</th><th class=\"middle\">c</th>"),
            "{narrow}"
        );
        assert!(narrow.contains("<td>1</td><td class=\"right\">2</td>"), "{narrow}");
        let wide = page("| a | b | c | d |\n|-|-|-|-|\n| 1 | 2 | 3 | 4 |\n");
        let open =
            "<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"Bảng\">\n<table>";
        assert!(wide.starts_with(open) && wide.ends_with("</table>\n</div>\n"), "{wide}");
    }

    #[test]
    fn plain_text_keeps_lines_and_items() {
        assert_eq!(plain("a **b**\nc\n\n- d\n- [e](x)\n"), "a b c\n- d\n- e");
    }
}
