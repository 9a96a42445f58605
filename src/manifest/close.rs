//! Closes a site: gives it its number and holds it against the one that stands. An accident stops it: a
//! fifth of the procedures gone at once that nobody foresaw, a day that runs backwards, a number that is
//! not higher.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Facts, Manifest, Wanted, parse};
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::files::Laid;
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
}

/// More than so many per cent of the procedures do not vanish at once by themselves.
const MOST_GONE: usize = 20;
/// How many of them are named.
const NAMED: usize = 10;

/// What of the manifest that stands is compared. Less than a whole one, so that what an earlier version
/// wrote, with fewer keys, still stops an accident.
#[derive(Deserialize)]
struct Standing {
    build_no: u64,
    as_of: Date,
    procedures: Procedures,
}

#[derive(Deserialize)]
struct Procedures {
    live: Vec<Live>,
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
/// A manifest that cannot be read is as none, with a warning: to refuse would keep the older site up for
/// want of a comparison, and with it law that may have ended meanwhile.
#[must_use]
pub fn close(
    facts: &Facts<'_>,
    wanted: &Wanted,
    laid: &[Laid],
    stands: Option<&[u8]>,
) -> (Manifest, Report) {
    let mut report = Report::default();
    let mut manifest = Manifest::new(facts, wanted, wanted.build_no.unwrap_or(1), laid);
    let Some(bytes) = stands else { return (manifest, report) };
    let standing: Standing = match parse(bytes) {
        Ok(standing) => standing,
        Err(cause) => {
            let cause = Note::new(Remark::Cause).with("text", cause);
            report.push(Diagnostic::nowhere(Code::ManifestUnreadable).note(cause));
            return (manifest, report);
        }
    };
    let number = manifest.build_no;
    manifest.build_no = standing.build_no;
    let is_same = manifest.bytes() == bytes;
    match wanted.build_no {
        Some(_) if is_same && number == standing.build_no => {}
        Some(_) => {
            manifest.build_no = number;
            if number <= standing.build_no {
                report.push(
                    Diagnostic::nowhere(Code::BuildNumberLow)
                        .with("number", number.to_string())
                        .with("standing", standing.build_no.to_string())
                        .with("next", standing.build_no.saturating_add(1).to_string()),
                );
            }
        }
        None if is_same => {}
        None => manifest.build_no = standing.build_no.saturating_add(1),
    }
    if manifest.as_of < standing.as_of && !wanted.allowed.contains(&Stop::Backdate) {
        report.push(
            Diagnostic::nowhere(Code::DayGoesBack)
                .with("as_of", manifest.as_of.to_string())
                .with("standing", standing.as_of.to_string()),
        );
    }
    if !wanted.allowed.contains(&Stop::Vanish) {
        report.merge(vanished(facts, &manifest, &standing).into_iter().collect());
    }
    (manifest, report)
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
    if let Some(more) = gone.len().checked_sub(NAMED).filter(|more| 0 < *more) {
        let s = if more == 1 { "" } else { "s" };
        let what = [format!("và {more} thủ tục khác"), format!("and {more} more procedure{s}")];
        finding = finding.note(Note::new(Remark::Affected).with("what", what));
    }
    Some(finding)
}

/// A procedure that would be gone, and why: by law, or because its file is.
fn why(catalogue: &Catalogue, assessment: &Assessment, code: &str, language: Language) -> String {
    let say = |[vietnamese, english]: [&str; 2]| match language {
        Language::Vietnamese => vietnamese.to_owned(),
        Language::English => english.to_owned(),
    };
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
