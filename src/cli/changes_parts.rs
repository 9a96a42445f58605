//! How a changed part of a page reads: what was added, removed or says something else, before and after.
//! Computes nothing.

use super::changes::Told;
use super::told::Note;
use crate::diff::words::Detail;
use crate::diff::{Change, Edit, Part};
use crate::model::date::Window;

/// A text that is shown whole is no longer.
const LONG: usize = 120;

impl Told<'_> {
    pub(super) fn change(&self, change: &Change) -> Note {
        let mut words = match change.part {
            Part::Moved => {
                self.pick(["thứ tự các bước thay đổi", "steps come in another order"]).to_owned()
            }
            Part::Added(_) => format!("{}: {}", self.pick(["thêm", "added"]), self.called(change)),
            Part::Removed => format!("{}: {}", self.pick(["bỏ", "removed"]), self.called(change)),
            Part::Altered(_) => self.called(change),
        };
        match &change.part {
            Part::Added(details) if !details.is_empty() => {
                let said = details.iter().map(|(detail, text)| self.detail(*detail, text));
                words = format!("{words} ({})", said.collect::<Vec<String>>().join(", "));
            }
            Part::Altered(edits) => {
                let said = edits.iter().map(|edit| self.edit(edit)).collect::<Vec<String>>();
                if !said.is_empty() {
                    words = format!("{words}: {}", said.join("; "));
                }
            }
            _ => {}
        }
        if let Some(days) = self.part_days(change) {
            words = format!("{words}; {days}");
        }
        let place = self.place(change.spans[1], 1).or_else(|| self.place(change.spans[0], 0));
        Note { place, words }
    }

    fn called(&self, change: &Change) -> String {
        let kind = change.kind.said(self.language);
        let name = if change.name.is_empty() {
            String::new()
        } else {
            format!(" “{}”", clip(&change.name))
        };
        let mut places = change.places.clone();
        places.dedup();
        let places =
            if places.is_empty() { String::new() } else { format!(" [{}]", places.join(", ")) };
        format!("{kind}{name}{places}")
    }

    fn part_days(&self, change: &Change) -> Option<String> {
        let [before, after] = change.days.as_ref().filter(|_| self.is_one_day())?;
        let label = self.pick(["ngày đăng", "on the site"]);
        // Of a version that is held against another one, a part is there or is not.
        let always = [Window::default()];
        match change.part {
            Part::Added(_) if *after == always => None,
            Part::Added(_) => Some(format!("{label}: {}", self.days_said(after))),
            Part::Removed => None,
            _ => Some(format!("{label}: {} → {}", self.days_said(before), self.days_said(after))),
        }
    }

    /// What says itself is not named again.
    fn label(&self, detail: Detail) -> String {
        match detail {
            Detail::Amount | Detail::Length | Detail::Text => String::new(),
            _ => format!("{} ", detail.said(self.language)),
        }
    }

    fn detail(&self, detail: Detail, text: &str) -> String {
        format!("{}{}", self.label(detail), clip(text))
    }

    fn edit(&self, edit: &Edit) -> String {
        let (before, after) = match (&edit.before, &edit.after) {
            (Some(before), Some(after)) => differing(before, after),
            (before, after) => {
                let side = |text: &Option<String>| match text {
                    Some(text) => clip(text),
                    None => self.pick(["không ghi", "none"]).to_owned(),
                };
                (side(before), side(after))
            }
        };
        format!("{}{before} → {after}", self.label(edit.detail))
    }
}

pub(super) fn clip(text: &str) -> String {
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// Two texts without the words that both begin and end with, but for some of them.
fn differing(before: &str, after: &str) -> (String, String) {
    /// So many words that are the same are left around what differs.
    const AROUND: usize = 3;
    if before.chars().count().max(after.chars().count()) <= LONG {
        return (before.to_owned(), after.to_owned());
    }
    let [one, other] = [before, after].map(|text| text.split_whitespace().collect::<Vec<&str>>());
    let same = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    let rest = one.len().min(other.len()) - same;
    let ends = one.iter().rev().zip(other.iter().rev());
    let alike = ends.take_while(|(one, other)| one == other).count().min(rest);
    let cut = |words: &[&str]| {
        let (first, last) =
            (same.saturating_sub(AROUND), (words.len() - alike + AROUND).min(words.len()));
        let dots = [if first > 0 { "… " } else { "" }, if last < words.len() { " …" } else { "" }];
        let inside = words[first..last].join(" ");
        let inside = match inside.char_indices().nth(2 * LONG) {
            Some((end, _)) => format!("{}…", inside[..end].trim_end()),
            None => inside,
        };
        format!("{}{inside}{}", dots[0], dots[1])
    };
    (cut(&one), cut(&other))
}
