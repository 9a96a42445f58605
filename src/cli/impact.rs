//! `niemyet impact NUMBER`: finds what a person supposes to end. What comes of it is told by `supposed.rs`.

use serde_json::{Value, json};

use super::args::{Global, ImpactFormat};
use super::commands::{examine, pretty, read};
use super::supposed::Told;
use super::things::Source;
use super::why::{self, Subject};
use super::{Answer, Exit, Failure, colour};
use crate::diagnostic::Report;
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::document::DocumentId;
use crate::model::provision::Provision;
use crate::pipeline;
use crate::validity::suppose::Supposition;

pub(super) fn impact(
    global: &Global,
    today: Date,
    (id, from): (&str, Date),
    format: ImpactFormat,
) -> Result<Answer, Failure> {
    let input = read(global)?;
    let (understood, report) = examine(global, &input.files, today);
    let language = pipeline::language(global.lang.map(Into::into), understood.as_ref());
    let Some(understood) = understood else {
        return Err(Failure::Said(format!("\n{}", input.print(&report, language, colour()))));
    };
    let named = documents(&understood.catalogue, id, language)?;
    let source = Source { files: &input.files, folder: &input.folder };
    let supposed = named.into_iter().map(|(document, part)| Supposition { document, part, from });
    let told: Vec<Told<'_>> =
        supposed.map(|supposed| Told::new(source, &understood, supposed, language)).collect();
    let is_lost = told.iter().any(Told::is_anything_lost);
    let out = match format {
        ImpactFormat::Text => told.iter().map(Told::text).collect::<Vec<String>>().join("\n\n"),
        ImpactFormat::Markdown => {
            told.iter().map(Told::markdown).collect::<Vec<String>>().join("\n")
        }
        ImpactFormat::Json => pretty(&json!({
            "schema": 1,
            "command": "impact",
            "as_of": today.to_string(),
            "from": from.to_string(),
            "structural_findings": hindered(&report),
            "answers": told.iter().map(Told::json).collect::<Vec<Value>>(),
        })),
    };
    let exit = if is_lost { Exit::Findings } else { Exit::Clean };
    Ok(Answer { out, err: hindered_said(hindered(&report), language), exit })
}

/// What was once asked for as `impact --since` is a command of its own.
pub(super) fn moved(revision: &str, language: Language) -> String {
    match language {
        Language::Vietnamese => {
            format!("`impact --since` nay là `niemyet diff {revision}`")
        }
        Language::English => format!("`impact --since` is now `niemyet diff {revision}`"),
    }
}

/// How many findings keep a site from being made: what cannot be understood is in no answer.
pub(super) fn hindered(report: &Report) -> usize {
    report.iter().filter(|found| found.code.entry().structural).count()
}

/// A warning that an answer may lack something.
pub(super) fn hindered_said(hindered: usize, language: Language) -> String {
    match (hindered, language) {
        (0, _) => String::new(),
        (n, Language::Vietnamese) => {
            format!(
                "có {n} lỗi khiến chưa dựng được trang, nên câu trả lời có thể thiếu; xem `niemyet check`"
            )
        }
        (n, Language::English) => {
            format!(
                "findings that keep a site from being made: {n}; this answer may lack something, see `niemyet check`"
            )
        }
    }
}

/// The documents, and perhaps the provision, that an id names.
pub(super) fn documents(
    catalogue: &Catalogue,
    id: &str,
    language: Language,
) -> Result<Vec<(DocumentId, Option<Provision>)>, Failure> {
    let subjects = why::find(catalogue, id);
    if subjects.is_empty() {
        return Err(Failure::Said(why::nothing(catalogue, id, language)));
    }
    let documents: Vec<_> = subjects
        .into_iter()
        .filter_map(|subject| match subject {
            Subject::Document(document, part) => Some((document, part)),
            Subject::Procedure(_) => None,
        })
        .collect();
    if documents.is_empty() {
        return Err(Failure::Said(match language {
            Language::Vietnamese => {
                format!("`{id}` là thủ tục; ghi số văn bản, hoặc dùng `niemyet why {id}`")
            }
            Language::English => {
                format!(
                    "`{id}` is a procedure; write a document's number, or use `niemyet why {id}`"
                )
            }
        }));
    }
    Ok(documents)
}
