//! `niemyet audit`: reads a folder of a site, of any site, or a posted site that has a manifest, and says
//! what it names that has ended.

use std::sync::Mutex;
use std::time::Duration;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::args::{Findings, Global};
use super::commands::{pretty, understand};
use super::source::{self, Source};
use super::tally::{json, line};
use super::{Answer, Exit, Failure, colour};
use crate::audit::{self, Audit, Tally};
use crate::diagnostic::Report;
use crate::diagnostic::code::Severity;
use crate::files::{FilePath, Page};
use crate::language::Language;
use crate::model::date::Date;
use crate::monitor::{Observed, Reply};
use crate::pipeline;

/// `niemyet audit DIR|URL`.
pub(super) fn audit(
    global: &Global,
    today: Date,
    (place, patience): (&str, Duration),
    format: Findings,
) -> Result<Answer, Failure> {
    let (input, understood) = understand(global, today)?;
    let language = pipeline::language(global.lang.map(Into::into), Some(&understood));
    let mut report = Report::default();
    let site = pipeline::site(&understood, &input.files, &input.theme, &mut report);
    let Some(site) = site else {
        let found = input.print(&report, language, colour());
        return Err(Failure::Said(format!("\n{found}")));
    };
    let audit = pipeline::audit(&understood, &input.files, &input.theme, &site);
    let source = Source::open(place, patience, language)?;
    let (report, tally) = read(&audit, &source, language)?;
    let is_clean = report.is_empty();
    let mut err = String::new();
    let out = match format {
        Findings::Text => {
            let findings = input.print(&report, language, colour());
            let gap = if findings.is_empty() { "" } else { "\n\n" };
            if global.quiet {
                findings
            } else {
                format!("{findings}{gap}{}", line(tally, language))
            }
        }
        Findings::Json => pretty(&serde_json::json!({
            "schema": 1,
            "command": "audit",
            "as_of": today.to_string(),
            "folder": source.name(),
            "audit": json(tally, audit.needles()),
            "findings": input.json(&report, language),
        })),
        other => {
            if !global.quiet {
                err = line(tally, language);
            }
            input.formatted(&report, language, other, Severity::Notice)
        }
    };
    let exit = if is_clean { Exit::Clean } else { Exit::Findings };
    Ok(Answer { out, err, exit })
}

/// Reads all files of a site, one by one and side by side. What does not answer was not read, and a site
/// that was not read whole is not found clean.
fn read(
    audit: &Audit<'_>,
    source: &Source,
    language: Language,
) -> Result<(Report, Tally), Failure> {
    let tally = Mutex::<Tally>::default();
    // The page for what is not found may say so with its status.
    let is_page =
        |path: &FilePath, status| status == 200 || status == 404 && path.as_str() == "404.html";
    let one = |(path, limit): (FilePath, u64)| match source.get(&path, limit) {
        Observed::Answered(Reply { is_cut: false, status, bytes, .. })
            if is_page(&path, status) =>
        {
            let pages = rayon::iter::once((Page { path, bytes }, Report::default()));
            let pages = pipeline::audited(pages, audit, &tally);
            Ok(pages.map(|(_, report)| report).reduce(Report::default, merged))
        }
        Observed::Answered(Reply { status: 200, .. }) => Ok(audit.unseen(&path)),
        other => Err(source::unseen(&path, &other, language)),
    };
    let paths = source.list(language)?;
    let report = source.side_by_side(|| {
        let read = paths.into_par_iter().map(one);
        read.try_reduce(Report::default, |one, other| Ok(merged(one, other)))
    })?;
    let tally = tally.into_inner().unwrap_or_default();
    let mut gathered = Report::default();
    audit::gather(&report, &mut gathered);
    Ok((gathered, tally))
}

fn merged(mut one: Report, other: Report) -> Report {
    one.merge(other);
    one
}
