//! Reads `changes.txt`: what an edit may put in the place of what. Says nothing of when it does.

/// All that may be put somewhere.
pub(crate) struct Table {
    /// Words that may stand for each other.
    pub(crate) words: Vec<Vec<&'static str>>,
    /// Texts by the key that they follow.
    pub(crate) texts: Vec<(&'static str, Vec<&'static str>)>,
    /// Lines of a file, by the beginning of its path: a key with its value, or a key to take out.
    pub(crate) keys: Vec<(&'static str, Line)>,
}

/// What becomes of a key of a file.
#[derive(Clone, Copy)]
pub(crate) enum Line {
    Set { key: &'static str, whole: &'static str },
    Out { key: &'static str },
}

/// The table.
pub(crate) fn table() -> Table {
    let mut table = Table { words: Vec::new(), texts: Vec::new(), keys: Vec::new() };
    let mut section = "";
    for line in include_str!("changes.txt").lines() {
        if line.starts_with('[') {
            section = line;
            continue;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (first, rest) = line.split_once(": ").unwrap_or((line, ""));
        match section {
            "[words]" => table.words.push(line.split(" | ").collect()),
            "[texts]" => table.texts.push((first, rest.split(" | ").collect())),
            "[keys]" => table.keys.push((first, key(rest))),
            other => panic!("{other} holds {line}"),
        }
    }
    assert!(table.words.len() > 20 && table.texts.len() > 20 && table.keys.len() > 50);
    table
}

fn key(line: &'static str) -> Line {
    match line.strip_prefix('-') {
        Some(key) => Line::Out { key },
        None => Line::Set { key: line.split(':').next().unwrap_or_default(), whole: line },
    }
}
