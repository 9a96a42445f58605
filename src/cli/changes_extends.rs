//! How it reads that something applies longer than it was to: what, why, and where that stands before and after.
//! Computes nothing.

use super::changes::Told;
use super::changes_parts::clip;
use super::things::{self, day_said};
use super::told::{Item, Note, Section};
use crate::diff::extends::{Extension, Of, Why};
use crate::language::Language;
use crate::model::date::Date;
use crate::validity::published::Thing;
use crate::validity::words;

impl Told<'_> {
    pub(super) fn extensions(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        let heading = self.pick([
            "GIA HẠN HIỆU LỰC, cần người thứ hai xem",
            "EXTENDS A VALIDITY, to be seen by a second person",
        ]);
        for extension in &self.difference.extensions {
            Section::add(&mut sections, heading, self.extension(extension));
        }
        sections
    }

    fn extension(&self, extension: &Extension) -> Item {
        let head = format!("{}: {}", self.extended(&extension.of), self.why(&extension.why));
        let labels = [["trước", "before"], ["sau", "after"]];
        let notes = [0, 1].into_iter().filter_map(|side| {
            let place = self.place(extension.spans[side], side)?;
            Some(Note::at(place, self.pick(labels[side]).to_owned()))
        });
        Item { head, notes: notes.collect() }
    }

    pub(super) fn extended(&self, of: &Of) -> String {
        match of {
            Of::Thing(thing) => {
                let catalogue = self.states[1].catalogue;
                let kind = things::kind_said(catalogue, *thing, self.language);
                format!("{kind} {}", things::name(catalogue, *thing))
            }
            Of::Part(procedure, kind, name) => {
                let procedure =
                    things::name(self.states[1].catalogue, Thing::Procedure(*procedure));
                let name = if name.is_empty() { String::new() } else { format!(" {}", clip(name)) };
                format!("{procedure}: {}{name}", kind.said(self.language))
            }
            Of::Document(is_before, document) => {
                words::name(self.states[usize::from(!is_before)].catalogue, *document)
            }
        }
    }

    fn until(&self, until: Option<Date>) -> String {
        let last = until.map(|until| until.yesterday().unwrap_or(until));
        match last {
            Some(last) => match self.language {
                Language::Vietnamese => format!("đến hết ngày {}", day_said(last, self.language)),
                Language::English => format!("until {last}"),
            },
            None => self.pick(["không ghi hạn", "no end"]).to_owned(),
        }
    }

    pub(super) fn why(&self, why: &Why) -> String {
        let arrow = |[before, after]: &[Option<Date>; 2]| {
            format!("{} → {}", self.until(*before), self.until(*after))
        };
        let said = |link| {
            let catalogue = self.states[0].catalogue;
            words::plain(catalogue, &words::link(link, self.language))
        };
        match why {
            Why::Later(days) => {
                format!("{}: {}", self.pick(["hạn áp dụng", "last day"]), arrow(days))
            }
            Why::Exempted([None, after]) => {
                let words = ["thêm áp dụng chuyển tiếp", "newly exempted"];
                format!("{} {}", self.pick(words), self.until(*after))
            }
            Why::Exempted(days) => {
                format!("{}: {}", self.pick(["áp dụng chuyển tiếp", "exemption"]), arrow(days))
            }
            Why::ActGone(link) => {
                let words = ["danh bạ không còn ghi", "the register no more says"];
                format!("{}: {}", self.pick(words), said(link))
            }
            Why::ActLater(link, [before, after]) => {
                let [before, after] = [before, after].map(|day| day_said(*day, self.language));
                let words = ["dời ngày", "comes later"];
                format!("{} {before} → {after}: {}", self.pick(words), said(link))
            }
            Why::ActNew(link) => {
                let catalogue = self.states[1].catalogue;
                words::plain(catalogue, &words::link(link, self.language))
            }
            Why::RepealGone(decision, [before, after]) => {
                let day = |day: &Option<Date>| match day {
                    Some(day) => day_said(*day, self.language),
                    None => self.pick(["không còn", "none"]).to_owned(),
                };
                let words = ["ngày bãi bỏ theo Quyết định", "repealed by decision"];
                format!("{} {decision}: {} → {}", self.pick(words), day(before), day(after))
            }
            Why::Computed(day) => {
                let words = ["áp dụng thêm, từ ngày", "applies on more days, from"];
                format!("{} {}", self.pick(words), day_said(*day, self.language))
            }
        }
    }
}
