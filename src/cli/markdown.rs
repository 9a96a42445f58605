//! Texts of the catalogue where they are shown to others: on one line, and inside Markdown that GitHub and GitLab
//! show. They are text there, and can be no markup.

/// On one line, with nothing that moves the cursor.
pub(super) fn flat(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Markdown that reads as the text, and is nothing but text to GitHub and GitLab.
///
/// Both make links, mentions and pictures of words after Markdown has been read, when a backslash or an entity is
/// gone already; only in code do they leave all of it alone. A sign of no width would stop them too, but whoever
/// copies the text would copy the sign. So a word that may come alive is code; every other reads as it is.
pub(super) fn escaped(text: &str) -> String {
    let text = flat(text);
    let text = text.trim();
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let blank = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(blank);
        if is_alive(word) {
            let (before, core, after) = bare(word);
            put_plain(&mut escaped, before);
            escaped.push_str(&code(core));
            put_plain(&mut escaped, after);
        } else if escaped.is_empty() && begins_a_list(word) {
            // Behind the digits of a number, before any other sign.
            let sign = word.find(|c: char| !c.is_ascii_digit()).unwrap_or_default();
            escaped.push_str(&word[..sign]);
            escaped.push('\\');
            put_plain(&mut escaped, &word[sign..]);
        } else {
            put_plain(&mut escaped, word);
        }
        let word = behind.find(|c: char| !c.is_whitespace()).unwrap_or(behind.len());
        escaped.push_str(&behind[..word]);
        rest = &behind[word..];
    }
    escaped
}

/// Text as code, with more backticks around it than stand together in it.
pub(super) fn code(text: &str) -> String {
    let text = flat(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

fn put_plain(to: &mut String, text: &str) {
    for c in text.chars() {
        if "\\`*_[]<>|#@~&".contains(c) {
            to.push('\\');
        }
        to.push(c);
    }
}

/// Whether a line that begins with a word is an item of a list, or the line below a heading.
fn begins_a_list(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    word.starts_with(['-', '+', '=']) || rest.len() < word.len() && (rest == "." || rest == ")")
}

/// A word without the quotes and parentheses before it and the signs of a sentence behind it.
fn bare(word: &str) -> (&str, &str, &str) {
    let core = word.trim_start_matches(['(', '“', '"', '‘', '«']);
    let before = &word[..word.len() - core.len()];
    let bare = core.trim_end_matches([')', '”', '"', '’', '»', '.', ',', ';', '…']);
    if bare.is_empty() { ("", word, "") } else { (before, bare, &core[bare.len()..]) }
}

/// Whether GitHub or GitLab might make something of a word: who or what is meant by a sign and what follows it, an
/// address, a commit by its first seven digits or more, a request by a name and a number, a picture by its name.
fn is_alive(word: &str) -> bool {
    let small = word.to_lowercase();
    let has = |sign: &str| small.contains(sign);
    // `@user`, `a@b.vn`; `owner/repo#1`, `!1`, `%1`, `~label`, `$1`, `&1`; formulas between `$`.
    let is_named = word.char_indices().any(|(at, sign)| {
        let next = word[at + sign.len_utf8()..].chars().next();
        match sign {
            '@' | '$' => true,
            '#' | '!' | '%' | '~' | '&' => {
                next.is_some_and(|next| next.is_alphanumeric() || "#\"{_".contains(next))
            }
            '*' => word[at + 1..].starts_with("iteration:"),
            // Sections of a change: `{+ +}`, `[- -]`; `[issue:1]`, `[[page]]`.
            '{' => next.is_some_and(|next| "+-".contains(next)),
            '[' => {
                let inside = word[at + 1..].find([':', ']']).map(|end| &word[at + 1 + end..]);
                next.is_some_and(|next| "+-[".contains(next))
                    || inside.is_some_and(|end| end.starts_with(':'))
            }
            // `group/project>`.
            '>' => word[..at].contains('/') && !word.contains('<'),
            _ => false,
        }
    });
    let is_address = has("://") || has("www.") || has("mailto:") || has("xmpp:");
    // `:smile:`, `:+1:`; `<!--` is code too, for it reads better so.
    let is_picture = 1 < word.matches(':').count() || has("<!--");
    is_named || is_address || is_picture || parts(word).any(is_commit) || is_request(word)
}

/// The stretches of letters of ASCII and digits.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split(|c: char| !c.is_ascii_alphanumeric())
}

fn is_commit(part: &str) -> bool {
    7 <= part.len() && part.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `GH-1`, `GL-1`, and whatever else a project calls its requests: `ABC-1`.
fn is_request(word: &str) -> bool {
    word.match_indices('-').any(|(at, _)| {
        let name = word[..at].rsplit(|c: char| !c.is_ascii_alphanumeric()).next();
        let is_name = name.is_some_and(|name| {
            1 < name.len()
                && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
                && name.starts_with(|c: char| c.is_ascii_uppercase())
        });
        is_name && word[at + 1..].starts_with(|c: char| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_a_text_begins_no_list() {
        for (text, markdown) in [
            ("- a", "\\- a"),
            ("+ a", "\\+ a"),
            ("1. a", "1\\. a"),
            ("12) a", "12\\) a"),
            ("===", "\\==="),
            ("    a", "a"),
            ("1.001193 a", "1.001193 a"),
            ("a - b", "a - b"),
            ("# a", "\\# a"),
            ("> a", "\\> a"),
        ] {
            assert_eq!(escaped(text), markdown);
        }
    }
}
