//! Where one thing of a page ends and the next begins, in the bytes between two words. A name does not run over
//! such a place: the last words of one cell and the first of the next are nobody's title.
//!
//! Knows marks of HTML, JSON and tables, and no needle.

/// Elements that hold a thing of their own. A line break is none, nor is what stands in a line.
const BLOCKS: [&[u8]; 30] = [
    b"address",
    b"article",
    b"aside",
    b"blockquote",
    b"caption",
    b"dd",
    b"div",
    b"dl",
    b"dt",
    b"figure",
    b"footer",
    b"form",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"header",
    b"legend",
    b"li",
    b"nav",
    b"ol",
    b"option",
    b"p",
    b"section",
    b"summary",
    b"td",
    b"th",
    b"ul",
];

/// Whether what stands between two words parts two things. In a table of values a comma without a blank does.
pub(super) fn parts_things(gap: &[u8], is_table: bool) -> bool {
    parts_elements(gap) || parts_values(gap) || is_table && gap.ends_with(b",")
}

fn parts_elements(gap: &[u8]) -> bool {
    memchr::memchr_iter(b'<', gap).any(|at| {
        let tag = gap[at + 1..].strip_prefix(b"/").unwrap_or(&gap[at + 1..]);
        let name = tag.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        BLOCKS.contains(&&tag[..name])
    })
}

/// Two texts of JSON or of a table: a quotation mark that closes one, with a comma, a colon or a bracket behind
/// it. One that is part of a text has a backslash before it.
fn parts_values(gap: &[u8]) -> bool {
    memchr::memchr_iter(b'"', gap).any(|at| {
        let is_written = at > 0 && gap[at - 1] == b'\\';
        !is_written && matches!(gap.get(at + 1), Some(b',' | b':' | b']' | b'}'))
    })
}

#[cfg(test)]
mod tests {
    use super::parts_things;

    #[test]
    fn things_are_parted_and_words_are_not() {
        let parts = [
            "h</a></dt><dd>",
            "h</td>\n<td role=\"cell\">",
            "h\",\"",
            "h\", \"",
            "h\": \"",
            "h</li><li>",
            "h\"],[\"",
        ];
        let joins = [
            "h ",
            "h, ",
            "h</b> ",
            "h<br>",
            "h<span>",
            "h <a href=\"x\">",
            "h\\\", \\\"",
            "h&quot;, &quot;",
            "h (",
            "h<path>",
            "h,",
        ];
        assert!(parts.iter().all(|gap| parts_things(gap.as_bytes(), false)));
        assert!(joins.iter().all(|gap| !parts_things(gap.as_bytes(), false)));
        assert!(parts_things(b"h,", true) && !parts_things(b"h, ", true));
    }
}
