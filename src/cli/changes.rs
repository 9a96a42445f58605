//! How the difference between two states reads: what extends a validity on lines of its own at the top, then
//! what goes, appears, is announced and changes, each with file and line; as text and as a comment. The lines
//! of the first are in `changes_extends.rs`, those of the parts of a page in `changes_parts.rs`.
//! Computes nothing.

use super::things::{self, Source, day_said};
use super::told::{self, Item, Note, Section};
use crate::diff::{Altered, Difference, How, State};
use crate::files::Span;
use crate::language::Language;
use crate::model::date::Window;
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

    pub(super) fn pick(&self, words: [&'static str; 2]) -> &'static str {
        self.language.pick(words)
    }

    pub(super) fn is_one_day(&self) -> bool {
        self.states[0].assessment.today == self.states[1].assessment.today
    }

    pub(super) fn place(&self, span: Option<Span>, side: usize) -> Option<String> {
        span.map(|span| self.sources[side].place(span))
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

    pub(super) fn days_said(&self, days: &[Window]) -> String {
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
