//! Closes a site: gives it its number and holds it against the one that stands. An accident stops it: a
//! fifth of the procedures gone at once that nobody foresaw, a day that runs backwards, a number that is
//! not higher, a site that cannot be told for what it is, files in its folder that are none of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Facts, Manifest, SIGNATURE, Wanted, agree, parse};
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::files::{FilePath, Laid, MANIFEST, Stands, hex};
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::procedure::ProcedureId;
use crate::validity::Assessment;
use crate::validity::procedure::ProcedureStanding;
use crate::validity::words;

/// An accident that can be allowed by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// More than a fifth of the published procedures are gone at once.
    Vanish,
    /// The day of the site is before that of the one that stands.
    Backdate,
    /// What stands there is a site without a manifest, or with one that is none of its own.
    Unknown,
    /// In its folder lie files that are none of the site's.
    Foreign,
}

/// The highest number of a build: above it, programs that read JSON take two numbers for one.
pub const HIGHEST: u64 = (1 << 53) - 1;

/// More than so many per cent of the procedures do not vanish at once by themselves.
const MOST_GONE: usize = 20;
/// How many of them are named.
const NAMED: usize = 10;
/// What file managers leave in every folder that they show. It is nobody's work and goes unsaid.
const DROPPED: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// What of the manifest that stands is compared. Less than a whole one, so that what an earlier version
/// wrote, with fewer keys, still stops an accident.
#[derive(Deserialize)]
struct Standing {
    build_no: u64,
    as_of: Date,
    procedures: Procedures,
    #[serde(default)]
    slices: Vec<Slice>,
    #[serde(with = "hex")]
    tree_sha256: [u8; 32],
    files: Vec<Laid>,
}

#[derive(Deserialize)]
struct Procedures {
    published: usize,
    live: Vec<Live>,
}

#[derive(Deserialize)]
struct Slice {
    folder: FilePath,
}

#[derive(Deserialize)]
struct Live {
    code: String,
    #[serde(default)]
    until: Option<Date>,
}

/// The manifest of a site whose files are laid down, and what keeps it from taking the place of the one
/// that stands.
///
/// The number is a function of what is built and of what stands: 1 where nothing stands, the same where
/// the manifest would be the same to the byte, else one more. So the same number never names two sites,
/// and two builds of the same input over the same site are equal. Where each build starts in a fresh
/// folder the number has to be given.
///
/// A site whose manifest is missing, cannot be read or contradicts itself or its folder is not replaced
/// unless that is allowed: whatever damaged it would else switch off all other stops. What of it can be
/// read is compared all the same. What lies in the folder and was not made by a build is not deleted in
/// silence, and not kept, for no audit has read it.
#[must_use]
pub fn close(
    facts: &Facts<'_>,
    wanted: &Wanted,
    laid: &[Laid],
    stands: Option<&Stands>,
) -> (Manifest, Report) {
    let mut report = Report::default();
    let mut manifest = Manifest::new(facts, wanted, wanted.build_no.unwrap_or(1), laid);
    let Some(stands) = stands else { return (manifest, report) };
    let is_allowed = |stop| wanted.allowed.contains(&stop);
    let (standing, bytes) = match known(stands) {
        Ok(known) => known,
        Err(cause) => {
            if !is_allowed(Stop::Unknown) {
                report.push(unknown(cause));
            }
            return (manifest, report);
        }
    };
    match contradicted(&standing, stands) {
        Some(cause) if !is_allowed(Stop::Unknown) => report.push(unknown(cause)),
        _ if is_allowed(Stop::Foreign) => {}
        _ => report.merge(foreign(&standing, stands).into_iter().collect()),
    }
    report.merge(
        number(&mut manifest, wanted.build_no, standing.build_no, bytes).into_iter().collect(),
    );
    if manifest.as_of < standing.as_of && !is_allowed(Stop::Backdate) {
        report.push(
            Diagnostic::nowhere(Code::DayGoesBack)
                .with("as_of", manifest.as_of.to_string())
                .with("standing", standing.as_of.to_string()),
        );
    }
    if !is_allowed(Stop::Vanish) {
        report.merge(vanished(facts, &manifest, &standing).into_iter().collect());
    }
    (manifest, report)
}

/// The manifest that stands, if it can be read and says one thing; or why not.
fn known(stands: &Stands) -> Result<(Standing, &[u8]), [String; 2]> {
    let Some(bytes) = &stands.manifest else {
        return Err([format!("không có `{MANIFEST}`"), format!("there is no `{MANIFEST}`")]);
    };
    let standing: Standing = parse(bytes)?;
    agree(&standing.files, standing.tree_sha256)?;
    let Procedures { published, live } = &standing.procedures;
    if *published != live.len() {
        let live = live.len();
        return Err([
            format!("`procedures.published` là {published}, nhưng `live` kê {live} thủ tục"),
            format!("`procedures.published` is {published}, and `live` lists {live}"),
        ]);
    }
    Ok((standing, bytes))
}

/// What the folder says against the manifest in it: files are listed that are not there. A file that
/// somebody edited in its place is no such contradiction; it is made anew.
fn contradicted(standing: &Standing, stands: &Stands) -> Option<[String; 2]> {
    let paths = standing.files.iter().map(|file| file.path.as_str());
    let missing: Vec<&str> = paths.filter(|path| !stands.paths.contains(*path)).collect();
    let first = missing.first()?;
    let [also, more] = match missing.len() - 1 {
        0 => [String::new(), String::new()],
        rest => [format!(" và {rest} tệp khác"), format!(" and {rest} more")],
    };
    Some([
        format!("`{MANIFEST}` kê `{first}`{also}, nhưng trong thư mục không có"),
        format!("`{MANIFEST}` lists `{first}`{more}, and the folder lacks that"),
    ])
}

fn unknown(cause: [String; 2]) -> Diagnostic {
    Diagnostic::nowhere(Code::SiteUnknown).note(Note::new(Remark::Cause).with("text", cause))
}

/// The finding that files lie in the folder of the site that stands which are none of it.
fn foreign(standing: &Standing, stands: &Stands) -> Option<Diagnostic> {
    let mut own: BTreeSet<String> =
        standing.files.iter().map(|file| file.path.as_str().to_owned()).collect();
    own.extend([MANIFEST, SIGNATURE].map(str::to_owned));
    for Slice { folder } in &standing.slices {
        own.extend([MANIFEST, SIGNATURE].map(|name| format!("{folder}/{name}")));
    }
    let is_dropped = |path: &str| DROPPED.contains(&path.rsplit('/').next().unwrap_or_default());
    let foreign: Vec<&String> =
        stands.paths.difference(&own).filter(|path| !is_dropped(path)).collect();
    if foreign.is_empty() {
        return None;
    }
    let count = foreign.len();
    let s = if count == 1 { "" } else { "s" };
    let mut finding = Diagnostic::nowhere(Code::FilesForeign)
        .with("count", [format!("{count} tệp"), format!("{count} file{s}")]);
    for path in foreign.iter().take(NAMED) {
        finding = finding.note(Note::new(Remark::Affected).with("what", path.as_str()));
    }
    Some(and_more(finding, count, ["tệp", "file"]))
}

/// Gives the manifest its number. `bytes` are the manifest that stands, `asked` is what was asked for. Found
/// is that the number is not higher, or that none can be.
fn number(
    manifest: &mut Manifest,
    asked: Option<u64>,
    standing: u64,
    bytes: &[u8],
) -> Option<Diagnostic> {
    manifest.build_no = standing;
    if asked.is_none_or(|asked| asked == standing) && manifest.bytes() == bytes {
        return None;
    }
    if HIGHEST <= standing {
        let found = Diagnostic::nowhere(Code::BuildNumbersSpent);
        return Some(found.with("standing", standing.to_string()));
    }
    manifest.build_no = asked.unwrap_or(standing + 1);
    (manifest.build_no <= standing).then(|| {
        Diagnostic::nowhere(Code::BuildNumberLow)
            .with("number", manifest.build_no.to_string())
            .with("standing", standing.to_string())
            .with("next", (standing + 1).to_string())
    })
}

/// The finding that too many of the procedures that stand there would be gone.
fn vanished(facts: &Facts<'_>, manifest: &Manifest, standing: &Standing) -> Option<Diagnostic> {
    let stay: BTreeSet<&str> =
        manifest.procedures.live.iter().map(|live| live.code.as_str()).collect();
    let stood: BTreeMap<&str, Option<Date>> =
        standing.procedures.live.iter().map(|live| (live.code.as_str(), live.until)).collect();
    // What was known to end has not vanished by accident: nobody is needed to let the law take its course.
    let is_foretold = |until: Option<Date>| until.is_some_and(|day| day <= manifest.as_of);
    let gone = stood.iter().filter(|(code, until)| !stay.contains(*code) && !is_foretold(**until));
    let gone: Vec<&str> = gone.map(|(code, _)| *code).collect();
    if gone.len() * 100 <= stood.len() * MOST_GONE {
        return None;
    }
    let mut finding = Diagnostic::nowhere(Code::ProceduresVanish)
        .with("gone", gone.len().to_string())
        .with("stood", stood.len().to_string());
    for code in gone.iter().take(NAMED) {
        let what = [Language::Vietnamese, Language::English]
            .map(|language| why(facts.catalogue, facts.assessment, code, language));
        finding = finding.note(Note::new(Remark::Affected).with("what", what));
    }
    Some(and_more(finding, gone.len(), ["thủ tục", "procedure"]))
}

/// How many more there are than were named.
fn and_more(finding: Diagnostic, count: usize, [vietnamese, english]: [&str; 2]) -> Diagnostic {
    let Some(more) = count.checked_sub(NAMED).filter(|more| 0 < *more) else { return finding };
    let s = if more == 1 { "" } else { "s" };
    let what = [format!("và {more} {vietnamese} khác"), format!("and {more} more {english}{s}")];
    finding.note(Note::new(Remark::Affected).with("what", what))
}

/// A procedure that would be gone, and why: by law, or because its file is.
fn why(catalogue: &Catalogue, assessment: &Assessment, code: &str, language: Language) -> String {
    let say = |both: [&str; 2]| language.pick(both).to_owned();
    let Some(id) = latest(catalogue, assessment, code) else {
        let why = say(["không còn trong danh mục", "no longer in the catalogue"]);
        return format!("{code}: {why}");
    };
    let procedure = &catalogue[id];
    let why = match assessment.procedure(id) {
        ProcedureStanding::Withheld { causes } => {
            let causes = causes.iter().map(|cause| {
                words::plain(catalogue, &words::cause(catalogue, procedure, cause, language))
            });
            causes.collect::<Vec<_>>().join("; ")
        }
        ProcedureStanding::Internal => say(["nay là thủ tục nội bộ", "it is internal now"]),
        _ => say(["nay chưa đến ngày áp dụng", "its day has not come"]),
    };
    format!("{code} {}: {why}", procedure.heading())
}

/// The version of a procedure that tells most: the one withheld, else any.
fn latest(catalogue: &Catalogue, assessment: &Assessment, code: &str) -> Option<ProcedureId> {
    let versions = || {
        let all = catalogue.procedure_ids();
        all.filter(|(_, procedure)| procedure.code.value == code).map(|(id, _)| id)
    };
    let is_withheld =
        |id: &ProcedureId| matches!(assessment.procedure(*id), ProcedureStanding::Withheld { .. });
    versions().find(is_withheld).or_else(|| versions().last())
}
