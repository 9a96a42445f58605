//! The texts of `payloads.txt`: one a line under the name of its class, with `\n`, `\r`, `\t`, `\u{…}` and `\\`,
//! and `{300*x}` for three hundred times `x`. What runs says so in `top.__hit`, or asks for an address with
//! `canary` in it.

/// A text that would run if a page took it for its own.
pub(crate) struct Payload {
    pub(crate) class: &'static str,
    pub(crate) text: String,
}

/// All payloads, or every so many of them: each class keeps some.
pub(crate) fn all() -> Vec<Payload> {
    let mut class = "";
    let mut all = Vec::new();
    for line in include_str!("payloads.txt").lines() {
        match line.strip_prefix("== ") {
            Some(name) => class = name,
            None => all.push(Payload { class, text: repeated(&unescaped(line)) }),
        }
    }
    all
}

fn unescaped(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            text.push(character);
            continue;
        }
        let next = match rest.next() {
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                let digits: String = rest.by_ref().take_while(|c| *c != '}').skip(1).collect();
                let number = u32::from_str_radix(&digits, 16).unwrap();
                char::from_u32(number).unwrap()
            }
            Some('\\') | None => '\\',
            Some(other) => {
                text.push('\\');
                other
            }
        };
        text.push(next);
    }
    text
}

fn repeated(text: &str) -> String {
    let mut all = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        all.push_str(before);
        let inside = after.split_once('}').and_then(|(inside, after)| {
            let (count, what) = inside.split_once('*')?;
            Some((count.parse().ok()?, what, after))
        });
        if let Some((count, what, after)) = inside {
            all.push_str(&what.repeat(count));
            rest = after;
        } else {
            all.push('{');
            rest = after;
        }
    }
    all + rest
}

#[test]
fn there_are_enough_of_every_class() {
    let all = all();
    assert!(200 <= all.len(), "{}", all.len());
    let mut texts: Vec<&str> = all.iter().map(|payload| &*payload.text).collect();
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(texts.len(), all.len(), "one stands twice");
    let mut classes: Vec<&str> = all.iter().map(|payload| payload.class).collect();
    classes.dedup();
    assert_eq!(classes.len(), 13, "{classes:?}");
    assert!(all.iter().any(|payload| 5000 < payload.text.len()));
}
