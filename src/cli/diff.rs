//! `niemyet diff [REV|DATE [REV|DATE]]`: which two states are meant, and what is said of what lies between
//! them. What differs is found by `crate::diff`; how a change reads is in `changes.rs`.

use serde_json::{Value, json};

use super::args::{DiffArgs, Global, ImpactFormat};
use super::changes::Told;
use super::commands::{examine, pretty, read};
use super::impact::{hindered, hindered_said};
use super::things::Source;
use super::{Answer, Exit, Failure, colour, markdown};
use crate::diagnostic::text::{self, Style};
use crate::diff::{self, State};
use crate::disk::{self, Revision};
use crate::files::FileTree;
use crate::language::Language;
use crate::model::date::{self, Date};
use crate::model::hushed::Daily;
use crate::pipeline::{self, Understood};

/// What a person named: files, and the day on which they are looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Point {
    /// The files as they lie on the disk, on a day.
    Here(Date),
    /// A revision of Git, on the day computed for.
    Revision(String),
}

/// A day is written as everywhere; anything else names a revision.
fn point(text: &str) -> Point {
    match date::parse(text).filter(|day| date::is_plausible(*day)) {
        Some(day) => Point::Here(day),
        None => Point::Revision(text.to_owned()),
    }
}

/// From what, to what.
fn points(asked: &[String], today: Date) -> [Point; 2] {
    match asked {
        [] => [Point::Revision("HEAD".to_owned()), Point::Here(today)],
        [one] => match point(one) {
            Point::Here(day) => [Point::Here(today), Point::Here(day)],
            revision @ Point::Revision(_) => [revision, Point::Here(today)],
        },
        [one, other, ..] => [point(one), point(other)],
    }
}

/// A state that was read.
struct Read {
    point: Point,
    /// The commit, of a revision.
    commit: Option<String>,
    day: Date,
    files: FileTree,
    folder: String,
    understood: Understood,
    hindered: usize,
}

pub(super) fn diff(global: &Global, today: Date, asked: &DiffArgs) -> Result<Answer, Failure> {
    let [before, after] = points(&asked.between, today);
    let after = understood(global, today, after)?;
    let before = understood(global, today, before)?;
    let language = pipeline::language(global.lang.map(Into::into), Some(&after.understood));
    let shown = [&before, &after].map(|read| {
        let Understood { catalogue, hushed, .. } = &read.understood;
        Daily::of_day(catalogue, hushed, read.day)
    });
    // Of one state on two days the register is one.
    let is_same = before.commit.is_none() && after.commit.is_none();
    let states = [(&before, &shown[0]), (&after, &shown[1])].map(|(read, shown)| State {
        catalogue: if is_same { &after.understood.catalogue } else { &read.understood.catalogue },
        assessment: &read.understood.assessment,
        shown: shown.on(read.day),
        files: &read.files,
    });
    let difference = diff::diff(states[0], states[1], language);
    let is_changed = !difference.is_empty();
    let sources = [&before, &after].map(|read| Source { files: &read.files, folder: &read.folder });
    let told = Told { states, sources, difference, language };
    // What cannot be read is in no comparison: that nothing is told of it is no promise.
    let hindered = [before.hindered, after.hindered];
    let is_made = hindered[1] == 0;
    let lead = lead([&before, &after], is_changed, language);
    let unmade = unmade(hindered, language);
    let out = match asked.format {
        ImpactFormat::Text => {
            let above = unmade.map(|words| format!("{words}\n\n")).unwrap_or_default();
            format!("{above}{}", [lead, told.text()].join("\n").trim_end())
        }
        ImpactFormat::Markdown => {
            let above = unmade.map(|words| format!("**{}**\n\n", markdown::escaped(words)));
            let above = above.unwrap_or_default();
            let lead = markdown::escaped(&lead);
            format!("{MARK}\n{above}{lead}\n\n{}", told.markdown()).trim_end().to_owned()
        }
        ImpactFormat::Json => {
            let mut object = json!({
                "schema": 1,
                "command": "diff",
                "as_of": today.to_string(),
                "from": put(&before),
                "to": put(&after),
                "differs": is_changed,
                "site_is_made": is_made,
                "structural_findings": { "before": hindered[0], "after": hindered[1] },
            });
            if let (Some(fields), Value::Object(lists)) = (object.as_object_mut(), told.json()) {
                fields.extend(lists);
            }
            pretty(&object)
        }
    };
    let exit = if asked.exit_code && is_changed { Exit::Findings } else { Exit::Clean };
    Ok(Answer { out, err: hindered_said(hindered.iter().sum(), language), exit })
}

/// By which a comment that was made before is found again, to be written anew.
const MARK: &str = "<!-- niemyet diff -->";

fn understood(global: &Global, today: Date, point: Point) -> Result<Read, Failure> {
    let (day, commit, files, folder) = match &point {
        Point::Here(day) => {
            let input = read(global)?;
            (*day, None, input.files, input.folder)
        }
        Point::Revision(revision) => {
            // That there is no such folder is said in the same words.
            let folder = read(global)?.folder;
            let Revision { commit, files } = disk::read_revision(&global.catalogue, revision)?;
            (today, Some(commit), files, format!("{revision}:{folder}"))
        }
    };
    let (understood, report) = examine(global, &files, day);
    let hindered = hindered(&report);
    let Some(understood) = understood else {
        let language = pipeline::language(global.lang.map(Into::into), None);
        let style = Style { language, colour: colour(), folder: &folder };
        return Err(Failure::Said(format!("\n{}", text::print(&report, &files, style))));
    };
    Ok(Read { point, commit, day, files, folder, understood, hindered })
}

fn put(read: &Read) -> Value {
    let revision = match &read.point {
        Point::Revision(revision) => Some(revision),
        Point::Here(_) => None,
    };
    json!({ "revision": revision, "commit": read.commit, "day": read.day.to_string() })
}

fn lead([before, after]: [&Read; 2], is_changed: bool, language: Language) -> String {
    let is_one_day = before.day == after.day;
    let named = |read: &Read| {
        let day = super::things::day_said(read.day, language);
        match (&read.point, &read.commit) {
            (Point::Revision(revision), Some(commit)) => {
                let short = commit.get(..12).unwrap_or(commit);
                let name = if commit.starts_with(revision.as_str()) {
                    short.to_owned()
                } else {
                    format!("{revision} ({short})")
                };
                if is_one_day { name } else { format!("{name}, {day}") }
            }
            _ if is_one_day => language.pick(["thư mục hiện tại", "the working tree"]).to_owned(),
            _ => day,
        }
    };
    let (one, other) = (named(before), named(after));
    let day = super::things::day_said(after.day, language);
    let from_on = match (is_one_day, language) {
        (true, Language::Vietnamese) => format!(", từ ngày {day} trở đi"),
        (true, Language::English) => format!(", from {day} on"),
        (false, _) => String::new(),
    };
    match (is_changed, language) {
        (true, Language::Vietnamese) => {
            format!("thay đổi đối với người dân, từ {one} đến {other}{from_on}:")
        }
        (true, Language::English) => {
            format!("what changes for a citizen between {one} and {other}{from_on}:")
        }
        (false, Language::Vietnamese) => {
            format!("từ {one} đến {other}{from_on}: không có gì đổi đối với người dân")
        }
        (false, Language::English) => {
            format!("between {one} and {other}{from_on}: nothing changes for a citizen")
        }
    }
}

/// What is said above a comparison of which one state cannot be read whole.
fn unmade(hindered: [usize; 2], language: Language) -> Option<&'static str> {
    let words = match hindered {
        [0, 0] => return None,
        [_, 0] => [
            "bản trước có lỗi khiến không dựng được trang: dưới đây có thể có điều không phải là mới",
            "the state before has findings that keep a site from being made: not all below may be new",
        ],
        _ => [
            "danh mục có lỗi khiến không dựng được trang: mọi điều dưới đây có thể thiếu; xem `niemyet check`",
            "the catalogue has findings that keep a site from being made: all below may lack something, see `niemyet check`",
        ],
    };
    Some(language.pick(words))
}
