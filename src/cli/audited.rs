//! `niemyet audit`: reads a folder of a site, of any site, and says what it names that has ended.

use std::path::Path;
use std::sync::Mutex;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::args::{Format, Global};
use super::commands::{pretty, understand};
use super::tally::{json, line};
use super::{Answer, Exit, Failure, colour};
use crate::audit::{self, Audit, Tally};
use crate::diagnostic::Report;
use crate::disk;
use crate::files::{Content, FilePath, Page};
use crate::model::date::Date;
use crate::pipeline;

/// `niemyet audit DIR`.
pub(super) fn audit(
    global: &Global,
    today: Date,
    folder: &Path,
    format: Format,
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
    let (report, tally) = read(&audit, folder)?;
    let is_clean = report.is_empty();
    let out = match format {
        Format::Text => {
            let findings = input.print(&report, language, colour());
            let gap = if findings.is_empty() { "" } else { "\n\n" };
            format!("{findings}{gap}{}", line(tally, language))
        }
        Format::Json => pretty(&serde_json::json!({
            "schema": 1,
            "command": "audit",
            "as_of": today.to_string(),
            "folder": folder.display().to_string(),
            "audit": json(tally, audit.needles()),
            "findings": input.json(&report, language),
        })),
    };
    let exit = if is_clean { Exit::Clean } else { Exit::Findings };
    Ok(Answer { out, err: String::new(), exit })
}

/// Reads all files of a folder, one by one and side by side.
fn read(audit: &Audit<'_>, folder: &Path) -> Result<(Report, Tally), Failure> {
    let tally = Mutex::<Tally>::default();
    let paths = disk::list(folder)?;
    let one = |path: &FilePath| {
        let found = match disk::one(folder, path)? {
            Content::Bytes(bytes) => {
                let pages =
                    rayon::iter::once((Page { path: path.clone(), bytes }, Report::default()));
                let pages = pipeline::audited(pages, audit, &tally, |_| false);
                pages.map(|(_, report)| report).reduce(Report::default, merged)
            }
            Content::SymbolicLink | Content::Special | Content::TooLarge(_) => audit.unseen(path),
        };
        Ok::<_, std::io::Error>(found)
    };
    let report = paths
        .par_iter()
        .map(one)
        .try_reduce(Report::default, |one, other| Ok(merged(one, other)))?;
    let tally = tally.into_inner().unwrap_or_default();
    let mut gathered = Report::default();
    audit::gather(&report, &mut gathered);
    Ok((gathered, tally))
}

fn merged(mut one: Report, other: Report) -> Report {
    one.merge(other);
    one
}
