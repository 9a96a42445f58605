//! Lays the drawings of one page, each for a day on which it changes, over each other: what all have stays
//! as it is, what starts or ends stands in a `template` that names its days. `guard.js` of the theme shows
//! each on its days; without script none of them is shown.
//!
//! Knows HTML and days, and nothing of what is drawn. No template stands inside another.

mod head;
mod lay;
pub(super) mod tree;

use std::fmt::Write as _;

use crate::model::date::Date;
use lay::{Body, Piece, lay};
use tree::{Node, read};

/// What is said to who reads a woven page without script.
#[derive(Clone, Copy)]
pub(super) struct Notices<'a> {
    /// At its head.
    pub(super) page: &'a str,
    /// In the place of a part that is shown whole or not at all (`data-whole`), so that no heading stands
    /// over nothing. It follows a `template`, of which the guard leaves none.
    pub(super) part: &'a str,
}

/// The first drawing with those of later days, and notices for who reads it without script. Says why
/// where they cannot be laid over each other.
pub(super) fn weave(
    first: &str,
    later: &[(Date, String)],
    notices: Notices<'_>,
    site_title: &str,
) -> Result<String, &'static str> {
    let pages = std::iter::once(first).chain(later.iter().map(|(_, text)| text.as_str()));
    let fine: Option<Vec<Page<'_>>> = pages.clone().map(fine).collect();
    let pages: Vec<Page<'_>> = match fine {
        Some(pages) => pages,
        None => pages.map(coarse).collect::<Option<_>>().ok_or(UNREADABLE)?,
    };
    let days = || later.iter().map(|(day, _)| *day);
    let mut pages = pages.into_iter();
    let Page { start, head, open, nodes, end } = pages.next().ok_or(UNREADABLE)?;
    let mut heads = vec![head];
    let mut body: Vec<Piece<'_>> = nodes.iter().map(Piece::first).collect();
    for (day, page) in days().zip(pages) {
        if (page.start, page.open, page.end) != (start, open, end) {
            return Err(UNEVEN);
        }
        heads.push(page.head);
        body = lay(body, &page.nodes, day);
    }
    // Words that stand in no element cannot be parted from what surrounds them.
    let is_bare = |piece: &Piece<'_>| {
        piece.is_dated() && matches!(piece.body, Body::Unit("", text) if !text.trim().is_empty())
    };
    if body.iter().any(is_bare) {
        return Err(UNEVEN);
    }
    let mut page = start.to_owned();
    page.push_str(&head::merge(&heads, days(), site_title));
    page.push_str(open);
    let inside = page.len();
    write(&body, notices.part, &mut page);
    page.push_str(end);
    page.insert_str(inside + place_of_notice(&page[inside..]), notices.page.trim());
    Ok(page)
}

const UNREADABLE: &str = "the page changes on a coming day, and it has no `body` with a `main` whose tags match each other";
const UNEVEN: &str = "the page changes on a coming day outside of what can be shown and hidden: around `head`, in the \
     attributes of `html` or `body`, or in words that stand in no element";

/// A page in its parts.
struct Page<'a> {
    /// Up to the head.
    start: &'a str,
    head: &'a str,
    /// From the end of the head to the inside of the body.
    open: &'a str,
    nodes: Vec<Node<'a>>,
    end: &'a str,
}

/// A page whose tags match each other.
fn fine(text: &str) -> Option<Page<'_>> {
    let mut page = parts(text)?;
    let body = text.len() - page.end.len();
    let start = page.start.len() + page.head.len() + page.open.len();
    page.nodes = read(&text[start..body])?;
    Some(page)
}

/// A page of which only `main` can be told from the rest.
fn coarse(text: &str) -> Option<Page<'_>> {
    let mut page = parts(text)?;
    let start = page.start.len() + page.head.len() + page.open.len();
    let body = &text[start..text.len() - page.end.len()];
    let main = body.find("<main")?;
    let end = body.rfind("</main>")? + "</main>".len();
    let text = |raw| Node { raw, name: "", inside: None };
    let main_node = Node { raw: body.get(main..end)?, name: "main", inside: None };
    page.nodes = [text(&body[..main]), main_node, text(&body[end..])].into();
    Some(page)
}

/// A page without its nodes.
fn parts(text: &str) -> Option<Page<'_>> {
    let head = text.find("<head>")? + "<head>".len();
    let head_end = head + text[head..].find("</head>")?;
    let body = head_end + text[head_end..].find("<body")?;
    let body = body + text[body..].find('>')? + 1;
    let end = text.rfind("</body>").filter(|end| body <= *end)?;
    Some(Page {
        start: &text[..head],
        head: &text[head..head_end],
        open: &text[head_end..body],
        nodes: Vec::new(),
        end: &text[end..],
    })
}

/// Writes pieces; neighbours with the same days share a template.
fn write(pieces: &[Piece<'_>], notice: &str, page: &mut String) {
    let is_whole = |piece: &Piece<'_>| {
        let tag = piece.text().split('>').next().unwrap_or_default();
        piece.is_dated() && tag.contains(" data-whole")
    };
    let mut n_whole = pieces.iter().filter(|piece| is_whole(piece)).count();
    for group in pieces.chunk_by(|one, two| one.days() == two.days()) {
        let (from, until) = group.first().map_or((None, None), Piece::days);
        if (from, until) == (None, None) {
            for piece in group {
                write_piece(piece, notice, page);
            }
            continue;
        }
        page.push_str("<template");
        for (name, day) in [("from", from), ("until", until)] {
            if let Some(day) = day {
                // Writing to a text cannot fail.
                let _written = write!(page, " data-{name}=\"{day}\"");
            }
        }
        page.push('>');
        for piece in group {
            write_piece(piece, notice, page);
        }
        page.push_str("</template>");
        let n = group.iter().filter(|piece| is_whole(piece)).count();
        n_whole -= n;
        if n > 0 && n_whole == 0 {
            page.push_str(notice);
        }
    }
}

fn write_piece(piece: &Piece<'_>, notice: &str, page: &mut String) {
    match &piece.body {
        Body::Unit(_, text) => page.push_str(text),
        Body::Box { open, pieces, close, .. } => {
            page.push_str(open);
            write(pieces, notice, page);
            page.push_str(close);
        }
    }
}

/// At the head of what the page says; where a template holds all of that, before it.
fn place_of_notice(body: &str) -> usize {
    let is_outside = |main: &usize| {
        let before = &body[..*main];
        before.matches("<template data-").count() == before.matches("</template>").count()
    };
    let main = body.match_indices("<main").map(|(at, _)| at).find(is_outside);
    match main {
        Some(main) => main + body[main..].find('>').map_or(0, |end| end + 1),
        None => body.find("<template data-").unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::parse;

    const NONE: Notices<'_> = Notices { page: "", part: "" };

    fn page(head: &str, main: &str) -> String {
        format!("<html><head>{head}</head><body><main>{main}</main></body></html>")
    }

    /// The inside of the body of pages whose `main` is this, the later ones from the first of the second
    /// month on, of the third and so on.
    fn woven(mains: &[&str]) -> Result<String, &'static str> {
        let pages: Vec<String> = mains.iter().map(|main| page("", main)).collect();
        let days = (2..).map(|month| parse(&format!("2026-{month:02}-01")).expect("a date"));
        let later: Vec<(Date, String)> = days.zip(pages[1..].iter().cloned()).collect();
        let woven = weave(&pages[0], &later, Notices { page: "", part: "(part)" }, "Site")?;
        let woven = woven.split_once("<body>").and_then(|(_, rest)| rest.split_once("</body>"));
        let short = woven.expect("a body").0.replace("template data-", "t ");
        Ok(short.replace("data-", "").replace("</template>", "</t>").replace("-01\"", "\""))
    }

    #[test]
    fn a_term_stays_where_words_stand_for_what_it_means() {
        let row = |value: &str| format!("<dl><div><dt>a</dt><dd>{value}</dd></div></dl>");
        let whole = |n| row(&format!("<div data-whole>{n}</div>"));
        let said = woven(&[&whole(1), &whole(2)]);
        let expected = "<main><dl><div><dt>a</dt><dd><t until=\"2026-02\"><div whole>1</div></t>\
                        <t from=\"2026-02\"><div whole>2</div></t>(part)</dd></div></dl></main>";
        assert_eq!(said.as_deref(), Ok(expected));
        let said = woven(&[&row("<div>1</div>"), &row("<div>2</div>")]);
        assert!(said.is_ok_and(|said| said.starts_with("<main><dl><t until")));
    }

    #[test]
    fn what_is_the_same_stays_and_what_differs_has_days() {
        let one = woven(&["<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li><li>c</li></ul>"]);
        let expected = "<main><ul><li>a</li><t until=\"2026-02\"><li>b</li></t>\
                        <t from=\"2026-02\"><li>c</li></t></ul></main>";
        assert_eq!(one.as_deref(), Ok(expected));
        let three = woven(&["<p>a</p>", "<p>b</p>", "<p>a</p>"]);
        let expected = "<main><t until=\"2026-02\"><p>a</p></t>\
                        <t from=\"2026-02\" until=\"2026-03\"><p>b</p></t>\
                        <t from=\"2026-03\"><p>a</p></t></main>";
        assert_eq!(three.as_deref(), Ok(expected));
    }

    #[test]
    fn what_is_shown_whole_or_not_at_all_says_so_in_its_place() {
        let part = |inside: &str| format!("<div data-whole><p>{inside}</p></div>");
        let page = |one: &str, two: &str| {
            format!("<section><h2>h</h2><div>{}<p>x</p>{}</div></section>", part(one), part(two))
        };
        let one = woven(&[&page("a", "b"), &page("c", "d")]).expect("a page");
        assert_eq!(one.matches("(part)").count(), 1, "{one}");
        assert!(one.ends_with("</t>(part)</div></section></main>"), "{one}");
        let first = woven(&[&page("a", "b"), &page("c", "b")]).expect("a page");
        assert!(first.contains("</t>(part)<p>x</p><div whole><p>b</p>"), "{first}");
        let none = woven(&["<ul><li>a</li></ul>", "<ul></ul>"]).expect("a page");
        assert!(!none.contains("(part)"), "{none}");
    }

    #[test]
    fn no_template_stands_in_another() {
        let ended = woven(&["<div><p>a</p><p>b</p></div>", "<div><p>a</p></div>", ""]);
        let expected = "<main><t until=\"2026-02\"><div><p>a</p><p>b</p></div></t>\
                        <t from=\"2026-02\" until=\"2026-03\"><div><p>a</p></div></t></main>";
        assert_eq!(ended.as_deref(), Ok(expected));
        let begun = woven(&["", "<div><p>a</p></div>", "<div><p>b</p></div>"]);
        let expected = "<main><t from=\"2026-02\" until=\"2026-03\"><div><p>a</p></div></t>\
                        <t from=\"2026-03\"><div><p>b</p></div></t></main>";
        assert_eq!(begun.as_deref(), Ok(expected));
    }

    /// Paragraphs by letters, lists of one by capitals: what stays and what has days.
    #[test]
    fn each_part_is_matched_once_and_in_order() {
        let parts = |letters: &str| -> String {
            let one = |letter: char| match letter {
                'a'..='z' => format!("<p>{letter}</p>"),
                _ => format!("<ul><li>{letter}</li></ul>"),
            };
            letters.chars().map(one).collect()
        };
        // `-` until, `+` from the second day on.
        for (one, two, expected) in [
            ("ab", "aac", "a -b +ac"),
            ("aab", "ac", "a -ab +c"),
            ("ba", "caa", "-b +ca a"),
            ("baa", "ca", "-ba +c a"),
            ("uavbw", "xaybz", "-u +x a -v +y b -w +z"),
            ("uabw", "xbaz", "-u +xb a -bw +z"),
            ("uabcw", "xbcaz", "-ua +x b c -w +az"),
            ("uaw", "xaaz", "-uaw +xaaz"),
            ("uaaw", "xaz", "-uaaw +xaz"),
            ("uabcdw", "xdabz", "-u +xd a b -cdw +z"),
            ("AB", "C", "[A>C] -B"),
            ("A", "BC", "[A>B] +C"),
            ("AB", "CD", "[A>C] [B>D]"),
            ("uABv", "xACz", "-u +x A [B>C] -v +z"),
            ("uABv", "xBCz", "-uA +x B -v +Cz"),
        ] {
            let expected: String = expected
                .split(' ')
                .map(|run| match run.as_bytes() {
                    [b'-', ..] => format!("<t until=\"2026-02\">{}</t>", parts(&run[1..])),
                    [b'+', ..] => format!("<t from=\"2026-02\">{}</t>", parts(&run[1..])),
                    [b'[', old, b'>', new, b']'] => format!(
                        "<ul><t until=\"2026-02\"><li>{}</li></t>\
                         <t from=\"2026-02\"><li>{}</li></t></ul>",
                        char::from(*old),
                        char::from(*new)
                    ),
                    _ => parts(run),
                })
                .collect();
            let woven = woven(&[&parts(one), &parts(two)]);
            assert_eq!(woven, Ok(format!("<main>{expected}</main>")), "{one} {two}");
        }
    }

    #[test]
    fn words_in_no_element_may_stay_as_they_are() {
        let woven = woven(&["<p>a</p></main>words<main>", "<p>b</p></main>words<main>"]);
        let expected = "<main><t until=\"2026-02\"><p>a</p></t><t from=\"2026-02\"><p>b</p></t></main>\
                        words<main></main>";
        assert_eq!(woven.as_deref(), Ok(expected));
    }

    /// Two pages by what stands behind `<html><head>`, with a notice.
    fn noticed(one: &str, two: &str) -> Result<String, &'static str> {
        let [one, two] = [one, two].map(|page| format!("<html><head>{page}</body></html>"));
        let day = parse("2026-02-01").expect("a date");
        let woven =
            weave(&one, &[(day, two)], Notices { page: "(notice)", part: "" }, "S & \"T\"")?;
        let inside =
            woven.strip_prefix("<html><head>").and_then(|it| it.strip_suffix("</body></html>"));
        Ok(inside.expect("the rest").replace(" data-", " ").replace("template", "t"))
    }

    #[test]
    fn notice_stands_before_all_that_changes() {
        for (one, two, expected) in [
            (
                "</head><body><nav><i>a</i></nav><main id=m><p>a</p></main>",
                "</head><body><nav></nav><main id=m></main>",
                "</head><body><nav><t until=\"2026-02-01\"><i>a</i></t></nav><main id=m>(notice)\
                 <t until=\"2026-02-01\"><p>a</p></t></main>",
            ),
            (
                "</head><body>\n<main>a</main>",
                "</head><body>\n\n<main>b</main>",
                "</head><body>(notice)<t until=\"2026-02-01\">\n<main>a</main></t>\
                 <t from=\"2026-02-01\">\n\n<main>b</main></t>",
            ),
            (
                "</head><body><nav></nav><main>a</main>",
                "</head><body><nav></nav><main>b</main>",
                "</head><body><nav></nav>(notice)<t until=\"2026-02-01\"><main>a</main></t>\
                 <t from=\"2026-02-01\"><main>b</main></t>",
            ),
            // Tags that do not match: all of `main`, with the same before and behind it.
            (
                "<meta name=x></head><body lang=vi><nav><p></nav><main><p>a</main><p>",
                "<meta name=x></head><body lang=vi><nav><p></nav><main><p>b</main><p>",
                "<meta name=x></head><body lang=vi><nav><p></nav>(notice)\
                 <t until=\"2026-02-01\"><main><p>a</main></t>\
                 <t from=\"2026-02-01\"><main><p>b</main></t><p>",
            ),
        ] {
            assert_eq!(noticed(one, two).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn head_keeps_the_word_to_search_engines() {
        let body = "</head><body><main><p></p></main>";
        for (one, two, expected) in [
            ("<link rel=\"canonical\" href=\"a\"><b>", "", "<link rel=\"canonical\" href=\"a\">"),
            (
                "<meta name=\"robots\" content=\"index\"><b>",
                "",
                "<meta name=\"robots\" content=\"index\">",
            ),
            // What may not be listed today, or has its day already, is told no other.
            (
                "<meta name=\"robots\" content=\"noindex\">",
                "<meta name=\"robots\" content=\"noindex\"><b>",
                "<meta name=\"robots\" content=\"noindex\">",
            ),
            (
                "<meta name=\"robots\" content=\"unavailable_after: 2026-01-15\">",
                "<meta name=\"robots\" content=\"noindex\">",
                "<meta name=\"robots\" content=\"unavailable_after: 2026-01-15\">",
            ),
            (
                "",
                "<meta name=\"robots\" content=\"noindex\">",
                "<meta name=\"robots\" content=\"unavailable_after: 2026-02-01\">\n",
            ),
        ] {
            let one = format!("{}{body}", one.replace("<b>", "<meta name=\"b\">"));
            let two = format!("{}{body}", two.replace("<b>", "<meta name=\"b\">"));
            let body = body.replace("<main>", "<main>(notice)");
            assert_eq!(noticed(&one, &two), Ok(format!("{expected}{body}")));
        }
    }

    #[test]
    fn what_is_not_understood_is_shown_whole_or_refused() {
        let coarse = woven(&["<p>a", "<p>b"]);
        let expected = "<t until=\"2026-02\"><main><p>a</main></t>\
                        <t from=\"2026-02\"><main><p>b</main></t>";
        assert_eq!(coarse.as_deref(), Ok(expected));
        assert_eq!(woven(&["</main>words<main>", "</main>other<main>"]), Err(UNEVEN));
        let day = parse("2026-02-01").expect("a date");
        assert_eq!(weave("a", &[(day, "b".to_owned())], NONE, ""), Err(UNREADABLE));
    }

    #[test]
    fn programs_are_told_what_holds_on_all_days() {
        let day = parse("2026-02-01").expect("a date");
        let head = |graph: &str| {
            format!("<script type=\"application/ld+json\">{{\"@graph\":[{graph}]}}</script>\n")
        };
        let woven = |first: &str, later: &str| {
            let later = page(&head(later), "");
            let woven = weave(&page(&head(first), ""), &[(day, later)], NONE, "S").expect("a page");
            let (_, rest) = woven.split_once("<head>").expect("a head");
            rest.split_once("</head>").expect("its end").0.to_owned()
        };
        let one = "{\"@type\":\"A\",\"@id\":\"x\",\"n\":1,\"m\":[1,2]},{\"@type\":\"B\",\"n\":\"\\u003c\"}";
        let other =
            "{\"@type\":\"B\",\"n\":\"\\u003c\"},{\"@type\":\"A\",\"@id\":\"x\",\"n\":1,\"m\":[1]}";
        let both = "{\"@type\":\"A\",\"@id\":\"x\",\"n\":1},{\"@type\":\"B\",\"n\":\"\\u003c\"}";
        assert_eq!(woven(one, other), head(both));
        assert_eq!(woven("{\"@type\":\"A\",\"n\":1}", "{\"@type\":\"A\",\"n\":2}"), "");
        assert_eq!(woven("{\"@type\":\"A\",\"n\":1}", ""), "");
    }

    #[test]
    fn head_says_what_holds_on_all_days() {
        let day = parse("2026-02-01").expect("a date");
        let first = page("<title>a</title><meta name=\"x\">", "");
        let later = page("<title>b</title><meta name=\"x\"><meta content=\"noindex\">", "");
        let woven = weave(&first, &[(day, later)], NONE, "S & \"T\"").expect("a page");
        let head = "<head><title data-site=\"S &amp; &quot;T&quot;\">S &amp; &quot;T&quot;</title>\n\
                    <meta name=\"x\"><meta name=\"robots\" content=\"unavailable_after: 2026-02-01\">\n</head>";
        assert!(woven.contains(head), "{woven}");
    }
}
