//! How the difference between two states reads: what extends a validity on lines of its own at the top, then
//! what goes, appears, is announced and changes, each with file and line; as text and as a comment.
//! Computes nothing.

use super::things::{self, Source, day_said, pick};
use super::told::{self, Item, Note, Section};
use crate::diff::extends::{Extension, Of, Why};
use crate::diff::words::Detail;
use crate::diff::{Altered, Change, Difference, Edit, How, Part, State};
use crate::files::Span;
use crate::language::Language;
use crate::model::date::{Date, Window};
use crate::validity::compare::{ChangedDocument, Course, Turn};
use crate::validity::procedure::ProcedureStanding;
use crate::validity::published::Thing;
use crate::validity::words;

/// The difference, with what is needed to speak of it: first the state before, then the one after.
pub(super) struct Told<'a> {
    pub(super) states: [State<'a>; 2],
    pub(super) sources: [Source<'a>; 2],
    pub(super) difference: Difference,
    pub(super) language: Language,
}

/// A text that is shown whole is no longer.
const LONG: usize = 120;

impl Told<'_> {
    pub(super) fn text(&self) -> String {
        let extensions = self.extensions();
        told::text(&extensions.into_iter().chain(self.sections()).collect::<Vec<Section>>())
    }

    pub(super) fn markdown(&self) -> String {
        let extensions = told::cut(self.extensions());
        let gap = if extensions.is_empty() { "" } else { "\n" };
        format!("{extensions}{gap}{}", told::folded(&self.sections(), extensions.len()))
    }

    fn pick(&self, words: [&'static str; 2]) -> &'static str {
        pick(words, self.language)
    }

    pub(super) fn is_one_day(&self) -> bool {
        self.states[0].assessment.today == self.states[1].assessment.today
    }

    fn place(&self, span: Option<Span>, side: usize) -> Option<String> {
        span.map(|span| self.sources[side].place(span))
    }

    fn extensions(&self) -> Vec<Section> {
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

    fn sections(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        for (wanted, procedures, others) in [
            (
                How::Goes,
                ["thủ tục không còn đăng", "procedures that go"],
                ["nơi và nhóm không còn", "places and groups that go"],
            ),
            (
                How::Appears,
                ["thủ tục mới đăng", "procedures that appear"],
                ["nơi và nhóm mới", "places and groups that appear"],
            ),
            (
                How::Announced,
                ["thủ tục được công bố, chưa áp dụng", "procedures that are announced"],
                ["", ""],
            ),
            (
                How::Stays,
                ["thủ tục thay đổi", "procedures that change"],
                ["nơi và nhóm thay đổi", "places and groups that change"],
            ),
        ] {
            for is_procedure in [true, false] {
                let heading = self.pick(if is_procedure { procedures } else { others });
                for it in self.difference.altered.iter().filter(|it| it.how == wanted) {
                    if is_procedure == matches!(state_of(it), Some((_, Thing::Procedure(_)))) {
                        Section::add(&mut sections, heading, self.item(it));
                    }
                }
            }
        }
        for changed in &self.difference.documents {
            let heading = if changed.is_only_renamed() {
                ["văn bản đổi tên tệp", "documents that bear another name"]
            } else {
                ["văn bản đổi tình trạng", "documents that stand otherwise"]
            };
            Section::add(&mut sections, self.pick(heading), self.document(changed));
        }
        sections
    }

    fn item(&self, altered: &Altered) -> Item {
        let Some((side, thing)) = state_of(altered) else {
            return Item { head: String::new(), notes: Vec::new() };
        };
        let catalogue = self.states[side].catalogue;
        let name = things::name(catalogue, thing);
        let head = match thing {
            Thing::Procedure(_) => name,
            _ => format!("{} {name}", things::kind_said(catalogue, thing, self.language)),
        };
        let mut notes = Vec::new();
        let place = self.place(Some(things::span(catalogue, thing)), side);
        notes.extend(self.course(altered).map(|words| Note { place, words }));
        if let Some(day) = altered.announced {
            let words = ["áp dụng từ ngày", "applies from"];
            notes.push(Note::new(format!("{} {}", self.pick(words), day_said(day, self.language))));
        }
        notes.extend(self.renamed(altered).map(Note::new));
        notes.extend(self.causes(altered).into_iter().map(Note::new));
        notes.extend(altered.changes.iter().map(|change| self.change(change)));
        Item { head, notes }
    }

    /// On which days it is published, and was.
    fn course(&self, altered: &Altered) -> Option<String> {
        if !self.is_one_day() {
            return None;
        }
        let changed = altered.days.as_ref().filter(|it| it.turn() != Turn::Renamed)?;
        let said = |held: &Option<crate::validity::compare::Held>| match held {
            Some(held) => self.days_said(&held.days),
            None => self.pick(["không có trong tệp", "not in the files"]).to_owned(),
        };
        let label = self.pick(["ngày đăng", "on the site"]);
        Some(format!("{label}: {} → {}", said(&changed.before), said(&changed.after)))
    }

    fn renamed(&self, altered: &Altered) -> Option<String> {
        let old = self.old_id(altered)?;
        let (side, thing) = state_of(altered)?;
        let new = things::id(self.states[side].catalogue, thing);
        let label = self
            .pick(["đổi tên tệp, nên đổi địa chỉ", "bears another name, and so another address"]);
        Some(format!("{label}: {old} → {new}"))
    }

    /// The stem that it had before, where that was another and it is the same version.
    pub(super) fn old_id(&self, altered: &Altered) -> Option<&str> {
        let [before, after] = altered.days.as_ref().map(|it| [&it.before, &it.after])?;
        let (before, after) = (before.as_ref()?, after.as_ref()?);
        let old = things::id(self.states[0].catalogue, before.thing);
        (old != things::id(self.states[1].catalogue, after.thing)).then_some(old)
    }

    fn days_said(&self, days: &[Window]) -> String {
        if days.is_empty() {
            return self.pick(["không ngày nào", "on no day"]).to_owned();
        }
        let today = self.states[1].assessment.today;
        let said = days.iter().map(|window| {
            let from = match window.from.filter(|from| *from != today) {
                Some(from) => day_said(from, self.language),
                None => self.pick(["hiện nay", "now"]).to_owned(),
            };
            let last = window.last_day().map(|last| day_said(last, self.language));
            match (last, self.language) {
                (Some(last), Language::Vietnamese) => format!("{from} đến hết {last}"),
                (Some(last), Language::English) => format!("{from} to {last}"),
                (None, Language::Vietnamese) => format!("{from} trở đi"),
                (None, Language::English) => format!("{from} on"),
            }
        });
        said.collect::<Vec<String>>().join("; ")
    }

    /// Why a procedure is no more published on the first day that it loses, where its file is still there.
    pub(super) fn causes(&self, altered: &Altered) -> Vec<String> {
        let after = self.states[1];
        let Some(Thing::Procedure(id)) = altered.things[1] else { return Vec::new() };
        let Some(changed) = altered.days.as_ref().filter(|it| it.after.is_some()) else {
            return Vec::new();
        };
        let day =
            if self.is_one_day() { changed.first_loss() } else { Some(after.assessment.today) };
        let Some(day) = day else { return Vec::new() };
        let standing = after.assessment.procedure_timeline(id).at(day);
        let ProcedureStanding::Withheld { causes } = standing else { return Vec::new() };
        let catalogue = after.catalogue;
        let said = causes.iter().map(|cause| {
            let procedure = &catalogue[id];
            words::cause_on(catalogue, after.assessment, procedure, cause, day, self.language)
        });
        let because = self.pick(["vì", "because"]);
        said.map(|pieces| format!("{because}: {}", words::plain(catalogue, &pieces))).collect()
    }

    fn change(&self, change: &Change) -> Note {
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

    fn document(&self, changed: &ChangedDocument) -> Item {
        if let (true, Some(old), Some(new)) =
            (changed.is_only_renamed(), &changed.before, &changed.after)
        {
            let head = words::name(self.states[1].catalogue, new.document);
            let [old, new] = [(0, old), (1, new)]
                .map(|(side, course)| &self.states[side].catalogue[course.document]);
            let words = format!("{} → {}", old.slug, new.slug);
            let place = self.place(Some(new.span), 1);
            return Item { head, notes: vec![Note { place, words }] };
        }
        let mut head = String::new();
        let mut said = Vec::new();
        let mut place = None;
        for (side, course) in [&changed.before, &changed.after].into_iter().enumerate() {
            let state = self.states[side];
            said.push(match course {
                Some(course) => {
                    head = words::name(state.catalogue, course.document);
                    place = self.place(Some(state.catalogue[course.document].span), side);
                    self.course_said(course)
                }
                None => self.pick(["không có trong danh bạ", "not in the register"]).to_owned(),
            });
        }
        Item { head, notes: vec![Note { place, words: said.join(" → ") }] }
    }

    fn course_said(&self, course: &Course) -> String {
        let today = self.states[1].assessment.today;
        let said = course.forces.iter().map(|(day, force)| {
            let force = words::force(*force, self.language);
            let is_now = *day == today || !self.is_one_day();
            if is_now {
                force.to_owned()
            } else {
                format!("{} {force}", day_said(*day, self.language))
            }
        });
        said.collect::<Vec<String>>().join("; ")
    }
}

/// The thing and its state: the one after, where it is there.
pub(super) fn state_of(altered: &Altered) -> Option<(usize, Thing)> {
    let [before, after] = altered.things;
    after.map(|thing| (1, thing)).or_else(|| before.map(|thing| (0, thing)))
}

fn clip(text: &str) -> String {
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
