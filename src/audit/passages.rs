//! Markdown as a page and as data hold it, and what can be taken out of it by itself: a block, an item of a list,
//! a row of a table. Is told which words may stay, and knows nothing of why.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

use crate::model::link;
use crate::model::texts::Manner;

/// A text whose blocks that may not be shown give way to a sentence, of several in a row to one. Where that
/// is not enough, because a name runs over two blocks, nothing is left of it.
pub(super) fn without(text: &str, sentence: &str, is_sound: impl Fn(&str) -> bool) -> String {
    let mut left = String::with_capacity(text.len());
    let mut end = 0;
    let mut was_hushed = false;
    let mut take = |range: &Range<usize>, opening: &str, closing: &str, is_sound: bool| {
        left.push_str(&text[end..range.start]);
        end = range.end;
        let block = &text[range.clone()];
        if is_sound {
            left.push_str(block);
        } else if !was_hushed {
            let break_after = &block[block.trim_end().len()..];
            left.extend([opening, sentence, closing, break_after]);
        }
        was_hushed = !is_sound;
    };
    for Block { range, marker, rows } in blocks(text) {
        let block = &text[range.clone()];
        let head = rows.first().map_or(block, |row| &text[range.start..row.start]);
        let is_whole = is_sound(block);
        if rows.is_empty() || is_whole || !is_sound(head) {
            take(&range, &block[..marker], "", is_whole);
            continue;
        }
        take(&(range.start..rows[0].start), "", "", true);
        for row in rows {
            // Alone it would be no row: what bounds its cells would be read as a part of them.
            let is_sound = is_sound(&[head, &text[row.clone()]].concat());
            take(&row, "| ", " |", is_sound);
        }
    }
    left.push_str(&text[end..]);
    if is_sound(&left) { left } else { sentence.to_owned() }
}

/// A stretch of a text that can be taken out by itself.
#[derive(Default)]
struct Block {
    range: Range<usize>,
    /// How much of it makes it an item of a list.
    marker: usize,
    /// Of a table the rows below its head.
    rows: Vec<Range<usize>>,
}

/// The blocks of a text, in order: of a list its items, of all else the whole.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let (mut depth, mut in_list) = (0, false);
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                match (&tag, depth) {
                    (Tag::List(_), 0) => in_list = true,
                    (Tag::Item, 1) if in_list => {
                        let item = &text[range.clone()];
                        let mark = item.find([' ', '\t', '\n']).unwrap_or(item.len());
                        let marker = (mark + 1).min(item.len());
                        blocks.push(Block { range, marker, ..Block::default() });
                    }
                    (Tag::TableRow, 1) => {
                        if let Some(table) = blocks.last_mut() {
                            table.rows.push(range);
                        }
                    }
                    (_, 0) => blocks.push(Block { range, ..Block::default() }),
                    _ => {}
                }
                depth += 1;
            }
            Event::End(_) => {
                depth -= 1;
                in_list = in_list && depth > 0;
            }
            _ => {}
        }
    }
    blocks
}

/// How Markdown is read.
const OPTIONS: Options = Options::ENABLE_TABLES;

/// Markdown as a page holds it, and as data hold it.
pub(super) fn page_and_plain(text: &str) -> [String; 2] {
    let events: Vec<Event<'_>> = Parser::new_ext(text, OPTIONS).collect();
    let plain = plain(&events, text.len());
    [page(events, text.len()), plain]
}

/// As a page holds it. A link to a page of the site is only there as long as that page is.
fn page(events: Vec<Event<'_>>, length: usize) -> String {
    let mut page = String::with_capacity(length * 5 / 4);
    let mut dropped = false;
    let events = events.into_iter().filter(|event| match event {
        Event::Html(_)
        | Event::InlineHtml(_)
        | Event::Start(Tag::HtmlBlock | Tag::Image { .. })
        | Event::End(TagEnd::HtmlBlock | TagEnd::Image) => false,
        Event::Start(Tag::Link { dest_url, .. }) => {
            dropped = link::outside(dest_url).is_none();
            !dropped
        }
        Event::End(TagEnd::Link) => !std::mem::take(&mut dropped),
        _ => true,
    });
    html::push_html(&mut page, events);
    page
}

/// As data hold it: without its marks.
fn plain(events: &[Event<'_>], length: usize) -> String {
    let mut plain = String::with_capacity(length);
    for event in events {
        match event {
            Event::Text(words) | Event::Code(words) => plain.push_str(words),
            Event::SoftBreak | Event::End(TagEnd::TableCell) => plain.push(' '),
            Event::HardBreak
            | Event::Start(Tag::Item)
            | Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableRow,
            ) => plain.push('\n'),
            _ => {}
        }
    }
    plain
}

/// A text as the pages and the data of a site may hold it.
pub(super) fn readings(text: &str, manner: Manner) -> Vec<Cow<'_, str>> {
    if manner == Manner::Blocks {
        return page_and_plain(text).map(Cow::Owned).into();
    }
    let mut read = vec![Cow::Borrowed(text)];
    if text.contains(['<', '>', '&']) {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        read.push(Cow::Owned(escaped));
    }
    read
}

#[cfg(test)]
mod tests {
    use super::{page_and_plain, without};

    #[test]
    fn blocks_give_way_one_by_one() {
        let table = [
            ("a\n\nbad b\n\nc", "a\n\n…\n\nc"),
            ("- a\n- bad\n- c\n", "- a\n- …\n- c\n"),
            ("1. bad\n2. bad\n3. c\n\nend", "1. …\n3. c\n\nend"),
            ("- a\n  - bad\n- c", "- …\n- c"),
            ("| a |\n|---|\n| bad |\n\nb", "| a |\n|---|\n| … |\n\nb"),
            ("| bad |\n|---|\n| a |\n\nb", "…\n\nb"),
            (
                "|a|b|\n|-|-|\n|c|d|\n|e|bad|\n|bad|f|\n|g|h|\n\nb",
                "|a|b|\n|-|-|\n|c|d|\n| … |\n|g|h|\n\nb",
            ),
            ("a | b\n-|-\nc | bad\nd | e", "a | b\n-|-\n| … |\nd | e"),
            ("- a\n\n  | a |\n  |---|\n  | bad |\n- c", "- …\n- c"),
            ("# bad\n\nb", "…\n\nb"),
            ("> bad\n\nb", "…\n\nb"),
            ("bad", "…"),
            ("a [x][1]\n\n[1]: https://bad.vn", "…"),
        ];
        for (text, expected) in table {
            let left = without(text, "…", |words| !page_and_plain(words)[0].contains("bad"));
            assert_eq!(left, expected, "{text}");
        }
    }
}
