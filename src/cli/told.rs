//! Lists of things under headings, as text for a terminal and as Markdown for a merge request.

use std::fmt::Write as _;

use super::markdown::{code, escaped, flat};

/// What is said under one heading.
pub(super) struct Section {
    pub(super) heading: String,
    pub(super) items: Vec<Item>,
}

/// One thing, and what is remarked on it.
pub(super) struct Item {
    pub(super) head: String,
    pub(super) notes: Vec<Note>,
}

/// A remark, perhaps with the file and line it speaks of.
pub(super) struct Note {
    pub(super) place: Option<String>,
    pub(super) words: String,
}

impl Section {
    /// Adds an item under a heading, which is new or the last one.
    pub(super) fn add(sections: &mut Vec<Self>, heading: &str, item: Item) {
        match sections.last_mut().filter(|last| last.heading == heading) {
            Some(last) => last.items.push(item),
            None => sections.push(Self { heading: heading.to_owned(), items: vec![item] }),
        }
    }
}

impl Note {
    pub(super) fn new(words: String) -> Self {
        Self { place: None, words }
    }

    pub(super) fn at(place: String, words: String) -> Self {
        Self { place: Some(place), words }
    }
}

/// For a terminal: headings with their number, then each thing with its remarks below it.
pub(super) fn text(sections: &[Section]) -> String {
    let mut lines = Vec::new();
    for section in sections {
        lines.push(format!("{} ({}):", section.heading, section.items.len()));
        for item in &section.items {
            lines.push(format!("  {}", flat(&item.head)));
            for note in &item.notes {
                let place = note.place.as_ref().map(|place| format!("{place}: "));
                lines.push(format!("    {}{}", place.unwrap_or_default(), flat(&note.words)));
            }
        }
    }
    lines.join("\n")
}

/// For a merge request: what the catalogue holds is text there, and can be no markup.
pub(super) fn markdown(sections: &[Section]) -> String {
    let mut lines = Vec::new();
    for section in sections {
        lines.push(format!("### {} ({})\n", escaped(&section.heading), section.items.len()));
        for item in &section.items {
            lines.push(listed(item).trim_end().to_owned());
        }
        lines.push(String::new());
    }
    lines.join("\n")
}

/// The longest comment that GitHub takes is of 65,536 characters; a little is left for what stands above,
/// and for the headings of lists that are cut.
const LONGEST: usize = 60_000;

/// For a merge request, cut where a comment would not be taken; that it is, and by how much, is said.
pub(super) fn cut(sections: Vec<Section>) -> String {
    let mut kept = Vec::new();
    let mut left = LONGEST;
    for mut section in sections {
        let all = section.items.len();
        let mut place = 0;
        section.items.retain(|item| {
            left = left.saturating_sub(listed(item).len());
            place += usize::from(left > 0);
            left > 0
        });
        if place < all {
            section.heading = format!("{}, {place}/{all}", section.heading);
        }
        kept.push(section);
    }
    markdown(&kept)
}

/// For a merge request, each list closed, to be opened by who wants to read it; cut where a comment would
/// not be taken. So much of it is said already.
pub(super) fn folded(sections: &[Section], said: usize) -> String {
    let mut out = String::new();
    for section in sections {
        let heading = escaped(&section.heading);
        let _ = write!(out, "<details><summary>{heading} ({})</summary>\n\n", section.items.len());
        for (place, item) in section.items.iter().enumerate() {
            let told = listed(item);
            if LONGEST < said + out.len() + told.len() {
                let _ = writeln!(out, "- … + {}", section.items.len() - place);
                break;
            }
            out.push_str(&told);
        }
        out.push_str("\n</details>\n\n");
    }
    out
}

fn listed(item: &Item) -> String {
    let mut lines = format!("- {}\n", escaped(&item.head));
    for note in &item.notes {
        let place = note.place.as_ref().map(|place| format!("{}: ", code(place)));
        let _ = writeln!(lines, "  - {}{}", place.unwrap_or_default(), escaped(&note.words));
    }
    lines
}
