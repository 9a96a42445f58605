//! `niemyet impact --since REV`: what a change of the catalogue's files does to the site, from the day on.

use serde_json::{Value, json};

use super::args::{Global, ImpactFormat};
use super::commands::{Input, examine, pretty, read};
use super::impact::{hindered, hindered_said};
use super::things::{self, Source, pick};
use super::told::{self, Item, Note, Section};
use super::{Answer, Exit, Failure, colour};
use crate::diagnostic::text::{self, Style};
use crate::disk::{self, Revision};
use crate::language::Language;
use crate::model::date::{Date, Window};
use crate::pipeline::{self, Understood};
use crate::validity::compare::{
    self, Changed, ChangedDocument, Comparison, Course, Held, Side, Turn,
};
use crate::validity::procedure::{ProcedureStanding, citation_state};
use crate::validity::published::Thing;
use crate::validity::words;

pub(super) fn since(
    global: &Global,
    today: Date,
    revision: &str,
    format: ImpactFormat,
) -> Result<Answer, Failure> {
    let input = read(global)?;
    let (now, report) = examine(global, &input.files, today);
    let language = pipeline::language(global.lang.map(Into::into), now.as_ref());
    let Some(now) = now else {
        return Err(Failure::Said(format!("\n{}", input.print(&report, language, colour()))));
    };
    let Revision { commit, files } = disk::read_revision(&global.catalogue, revision)?;
    let folder = format!("{revision}:{}", input.folder);
    let (then, old_report) = examine(global, &files, today);
    let Some(then) = then else {
        let style = Style { language, colour: colour(), folder: &folder };
        return Err(Failure::Said(format!("\n{}", text::print(&old_report, &files, style))));
    };
    let sides =
        [&then, &now].map(|side| Side { catalogue: &side.catalogue, assessment: &side.assessment });
    let told = Told {
        then: &then,
        now: &now,
        sources: [Source { files: &files, folder: &folder }, source(&input)],
        comparison: compare::compare(sides[0], sides[1], today),
        today,
        language,
    };
    let hindered = [hindered(&old_report), hindered(&report)];
    // What cannot be read is in no comparison: nothing lost in it is no promise.
    let is_made = hindered[1] == 0;
    let unmade = if is_made { String::new() } else { format!("{}\n\n", unmade(language)) };
    let out = match format {
        ImpactFormat::Text => {
            let lists = told::text(&told.sections());
            let told = [told.lead(revision, &commit), lists].join("\n");
            format!("{unmade}{}", told.trim_end())
        }
        ImpactFormat::Markdown => {
            let lists = told::markdown(&told.sections());
            let lead = told.lead(revision, &commit);
            format!("{unmade}## {}\n\n{lists}", told::escaped(&lead))
        }
        ImpactFormat::Json => pretty(&json!({
            "schema": 1,
            "command": "impact",
            "as_of": today.to_string(),
            "since": revision,
            "commit": commit,
            "site_is_made": is_made,
            "structural_findings": { "before": hindered[0], "after": hindered[1] },
            "changes": told.comparison.things.iter().map(|it| told.json(it)).collect::<Vec<Value>>(),
            "documents": told.comparison.documents.iter().map(|it| told.document_json(it)).collect::<Vec<Value>>(),
        })),
    };
    let is_lost = told.comparison.things.iter().any(|changed| changed.first_loss().is_some());
    let exit = if is_lost || !is_made { Exit::Findings } else { Exit::Clean };
    Ok(Answer { out, err: hindered_said(hindered.iter().sum(), language), exit })
}

fn unmade(language: Language) -> &'static str {
    pick(
        [
            "thư mục hiện tại có lỗi khiến không dựng được trang: mọi điều dưới đây có thể thiếu; xem `niemyet check`",
            "the working tree has findings that keep a site from being made: all below may lack something, see `niemyet check`",
        ],
        language,
    )
}

fn source(input: &Input) -> Source<'_> {
    Source { files: &input.files, folder: &input.folder }
}

/// The comparison, with what is needed to speak of it: first the state before, then the one after.
struct Told<'a> {
    then: &'a Understood,
    now: &'a Understood,
    sources: [Source<'a>; 2],
    comparison: Comparison,
    today: Date,
    language: Language,
}

impl Told<'_> {
    fn lead(&self, revision: &str, commit: &str) -> String {
        let short = commit.get(..12).unwrap_or(commit);
        let today = self.today;
        let is_same = self.comparison.things.is_empty() && self.comparison.documents.is_empty();
        match (self.language, is_same) {
            (Language::Vietnamese, false) => {
                format!("so với {revision} ({short}), từ ngày {today} trở đi:")
            }
            (Language::Vietnamese, true) => format!(
                "so với {revision} ({short}), từ ngày {today} trở đi: không có gì hiện ra, mất đi hay đổi ngày"
            ),
            (Language::English, false) => {
                format!("compared with {revision} ({short}), from {today} on:")
            }
            (Language::English, true) => format!(
                "compared with {revision} ({short}), from {today} on: nothing appears, goes or changes its days"
            ),
        }
    }

    fn sections(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        for turn in [Turn::Goes, Turn::Shortened, Turn::Appears, Turn::Lengthened, Turn::Renamed] {
            let heading = match turn {
                Turn::Goes => ["mất đi", "what goes"],
                Turn::Shortened => {
                    ["đổi ngày, có ngày mất đi", "what changes its days and loses some"]
                }
                Turn::Appears => ["hiện ra", "what appears"],
                Turn::Lengthened => ["thêm ngày", "what gains days"],
                Turn::Renamed => [
                    "đổi tên tệp, nên đổi địa chỉ",
                    "what bears another name, and so another address",
                ],
            };
            for changed in self.comparison.things.iter().filter(|it| it.turn() == turn) {
                Section::add(&mut sections, pick(heading, self.language), self.item(changed));
            }
        }
        let mut documents: Vec<&ChangedDocument> = self.comparison.documents.iter().collect();
        documents.sort_by_key(|changed| changed.is_only_renamed());
        for changed in documents {
            let heading = if changed.is_only_renamed() {
                ["văn bản đổi tên tệp", "documents that bear another name"]
            } else {
                ["văn bản đổi tình trạng", "documents that stand otherwise"]
            };
            Section::add(&mut sections, pick(heading, self.language), self.document(changed));
        }
        sections
    }

    /// The state in which a thing stands, the one after first, with the thing in it.
    fn standing_in<'h>(&self, changed: &'h Changed) -> Option<(&Understood, &'h Held)> {
        let now = changed.after.as_ref().map(|held| (self.now, held));
        now.or_else(|| changed.before.as_ref().map(|held| (self.then, held)))
    }

    fn item(&self, changed: &Changed) -> Item {
        let Some((state, held)) = self.standing_in(changed) else {
            return Item { head: String::new(), notes: Vec::new() };
        };
        let kind = things::kind_said(&state.catalogue, held.thing, self.language);
        let name = things::name(&state.catalogue, held.thing);
        let mut notes = Vec::new();
        for (held, side, label) in sided(changed.before.as_ref(), changed.after.as_ref()) {
            let said = match held {
                Some(held) => self.days_said(&held.days),
                None => pick(["không có trong tệp", "not in the files"], self.language).to_owned(),
            };
            let place = held.map(|held| {
                let state = [self.then, self.now][side];
                self.sources[side].place(things::span(&state.catalogue, held.thing))
            });
            notes.push(Note { place, words: format!("{}: {said}", pick(label, self.language)) });
        }
        notes.extend(self.causes(changed).into_iter().map(Note::new));
        Item { head: format!("{kind}: {name}"), notes }
    }

    fn days_said(&self, days: &[Window]) -> String {
        if days.is_empty() {
            return pick(["không đăng ngày nào", "on no day"], self.language).to_owned();
        }
        let said = days.iter().map(|window| {
            let from = match window.from.filter(|from| *from != self.today) {
                Some(from) => from.to_string(),
                None => pick(["hiện nay", "now"], self.language).to_owned(),
            };
            match (window.last_day(), self.language) {
                (Some(last), Language::Vietnamese) => format!("{from} đến hết {last}"),
                (Some(last), Language::English) => format!("{from} to {last}"),
                (None, Language::Vietnamese) => format!("{from} trở đi"),
                (None, Language::English) => format!("{from} on"),
            }
        });
        said.collect::<Vec<String>>().join("; ")
    }

    /// Why something is no more there on the first day that it loses, where its file still has it.
    fn causes(&self, changed: &Changed) -> Vec<String> {
        let (Some(day), Some(held)) = (changed.first_loss(), &changed.after) else {
            return Vec::new();
        };
        let Understood { catalogue, assessment, .. } = self.now;
        if let Thing::Procedure(id) = held.thing {
            let standing = assessment.procedure_timeline(id).at(day);
            let ProcedureStanding::Withheld { causes } = standing else { return Vec::new() };
            let said = causes.iter().map(|cause| {
                words::cause_on(catalogue, assessment, &catalogue[id], cause, day, self.language)
            });
            return said.map(|pieces| words::plain(catalogue, &pieces)).collect();
        }
        let bases = held.thing.bases(catalogue).iter().enumerate();
        let is_it = |place| match held.thing {
            Thing::Citation(_, citation) => citation == place,
            _ => true,
        };
        bases
            .filter(|(place, _)| is_it(*place))
            .map(|(_, basis)| (basis, citation_state(assessment.lives(), basis, day)))
            .filter(|(_, state)| !state.supports())
            .map(|(basis, state)| {
                let pieces = words::basis_on(assessment, basis, &state, day, self.language);
                words::plain(catalogue, &pieces)
            })
            .collect()
    }

    fn document(&self, changed: &ChangedDocument) -> Item {
        let mut head = String::new();
        let mut notes = Vec::new();
        for (course, side, label) in sided(changed.before.as_ref(), changed.after.as_ref()) {
            let state = [self.then, self.now][side];
            let said = match course {
                Some(course) => {
                    head = words::name(&state.catalogue, course.document);
                    self.course_said(course)
                }
                None => pick(["không có trong danh bạ", "not in the register"], self.language)
                    .to_owned(),
            };
            let place = course
                .map(|course| self.sources[side].place(state.catalogue[course.document].span));
            notes.push(Note { place, words: format!("{}: {said}", pick(label, self.language)) });
        }
        Item { head, notes }
    }

    fn course_said(&self, course: &Course) -> String {
        let said = course.forces.iter().map(|(day, force)| {
            let force = words::force(*force, self.language);
            if *day == self.today { force.to_owned() } else { format!("{day} {force}") }
        });
        said.collect::<Vec<String>>().join("; ")
    }

    fn json(&self, changed: &Changed) -> Value {
        let held_json = |side: usize, held: &Held| {
            let state = [self.then, self.now][side];
            let days = held.days.iter().map(|window| {
                let day = |day: Option<Date>| day.map(|day| day.to_string());
                json!({ "from": day(window.from), "until": day(window.until) })
            });
            let days: Vec<Value> = days.collect();
            let span = things::span(&state.catalogue, held.thing);
            self.sources[side].put(Some(span), json!({ "days": days }))
        };
        let Some((state, held)) = self.standing_in(changed) else { return Value::Null };
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        json!({
            "change": match changed.turn() {
                Turn::Goes => "goes",
                Turn::Appears => "appears",
                Turn::Shortened => "shortened",
                Turn::Lengthened => "lengthened",
                Turn::Renamed => "renamed",
            },
            "kind": things::key(&state.catalogue, held.thing),
            "id": things::id(&state.catalogue, held.thing),
            "renamed_from": self.old_id(changed),
            "what": things::name(&state.catalogue, held.thing),
            "first_lost": day(changed.first_loss()),
            "first_gained": day(changed.first_gain()),
            "before": changed.before.as_ref().map(|held| held_json(0, held)),
            "after": changed.after.as_ref().map(|held| held_json(1, held)),
            "because": self.causes(changed),
        })
    }

    /// The stem that it had in the state before, where that was another.
    fn old_id(&self, changed: &Changed) -> Option<&str> {
        let (before, after) = changed.before.as_ref().zip(changed.after.as_ref())?;
        let old = things::id(&self.then.catalogue, before.thing);
        (old != things::id(&self.now.catalogue, after.thing)).then_some(old)
    }

    fn document_json(&self, changed: &ChangedDocument) -> Value {
        let course_json = |side: usize, course: &Course| {
            let state = [self.then, self.now][side];
            let forces = course.forces.iter().map(|(day, force)| {
                json!({ "from": day.to_string(), "force": things::force_key(*force) })
            });
            let forces: Vec<Value> = forces.collect();
            let span = state.catalogue[course.document].span;
            self.sources[side].put(Some(span), json!({ "forces": forces }))
        };
        let (state, document) = match (&changed.before, &changed.after) {
            (_, Some(course)) => (self.now, course.document),
            (Some(course), None) => (self.then, course.document),
            (None, None) => return Value::Null,
        };
        let both = changed.before.as_ref().zip(changed.after.as_ref());
        let renamed_from = both.and_then(|(before, after)| {
            let old = &self.then.catalogue[before.document].slug;
            (*old != self.now.catalogue[after.document].slug).then_some(old.as_str())
        });
        json!({
            "id": state.catalogue[document].slug.as_str(),
            "renamed_from": renamed_from,
            "what": words::name(&state.catalogue, document),
            "before": changed.before.as_ref().map(|course| course_json(0, course)),
            "after": changed.after.as_ref().map(|course| course_json(1, course)),
        })
    }
}

/// What is said of each state: the place of its source, and what it is called.
fn sided<'a, T>(
    before: Option<&'a T>,
    after: Option<&'a T>,
) -> [(Option<&'a T>, usize, [&'static str; 2]); 2] {
    [(before, 0, ["trước", "before"]), (after, 1, ["sau", "after"])]
}
