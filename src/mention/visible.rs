//! What a reader sees of a Markdown text, block by block, and where each letter of it was written.
//! Addresses of links, HTML and marks are not seen; the words of a link or of a code are.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The words of one block.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug)]
struct Piece {
    /// Where it begins in the block.
    at: usize,
    /// Where it was written.
    written: Range<usize>,
    /// Whether it stands there letter by letter, from where it begins.
    is_exact: bool,
}

/// All blocks that hold words, in order.
pub(super) fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut block = Block::default();
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter();
    for (event, range) in parser {
        match event {
            Event::Text(words) | Event::Code(words) => block.push(&words, markdown, range),
            Event::SoftBreak | Event::HardBreak => block.push("\n", markdown, range),
            Event::Start(tag) if !is_inline(&tag) => end(&mut block, &mut blocks),
            Event::End(tag) if !ends_inline(tag) => end(&mut block, &mut blocks),
            _ => {}
        }
    }
    end(&mut block, &mut blocks);
    blocks
}

fn end(block: &mut Block, blocks: &mut Vec<Block>) {
    if !block.text.is_empty() {
        blocks.push(std::mem::take(block));
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

fn ends_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

impl Block {
    fn push(&mut self, words: &str, markdown: &str, range: Range<usize>) {
        // A code's range holds its backquotes.
        let source = &markdown[range.clone()];
        let inside = if source.starts_with(words) { Some(0) } else { source.find(words) };
        let inside = inside.filter(|_| !words.trim().is_empty());
        let written = range.start + inside.unwrap_or(0)..range.end;
        let piece = Piece { at: self.text.len(), written, is_exact: inside.is_some() };
        self.pieces.push(piece);
        self.text.push_str(words);
    }

    /// Where a range of the block was written.
    pub(super) fn written(&self, range: &Range<usize>) -> Range<usize> {
        let piece_of = |at: usize| {
            let place = self.pieces.partition_point(|piece| piece.at <= at);
            place.checked_sub(1).map(|place| &self.pieces[place])
        };
        let start = piece_of(range.start).map_or(0, |piece| {
            if piece.is_exact {
                piece.written.start + range.start - piece.at
            } else {
                piece.written.start
            }
        });
        let last = range.end.saturating_sub(1).max(range.start);
        let end = piece_of(last).map_or(start, |piece| {
            if piece.is_exact {
                piece.written.start + range.end - piece.at
            } else {
                piece.written.end
            }
        });
        start..end.max(start)
    }
}
