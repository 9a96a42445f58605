//! `niemyet schema`: what an editor needs to know of the files, as JSON Schema or as a page.

use std::fs;
use std::path::Path;

use super::args::{Global, SchemaFormat};
use super::commands::pretty;
use super::{Answer, Exit, Failure};
use crate::disk;
use crate::language::Language;
use crate::schema;

/// Prints the table, or writes it into a folder.
pub(super) fn schema(
    global: &Global,
    out: Option<&Path>,
    format: SchemaFormat,
) -> Result<Answer, Failure> {
    let language = global.lang.map(Language::from).unwrap_or_default();
    let files = match format {
        SchemaFormat::Markdown => vec![("keys.md".to_owned(), schema::markdown(language))],
        SchemaFormat::Json => schemas(language),
    };
    let out = match (out, format) {
        (Some(folder), _) => written(folder, &files, language)?,
        (None, SchemaFormat::Markdown) => files.into_iter().map(|(_, text)| text).collect(),
        (None, SchemaFormat::Json) => {
            let all = schema::json(language).into_iter();
            pretty(&all.map(|(file, schema)| (file.name, schema)).collect())
        }
    };
    Ok(Answer { out, err: String::new(), exit: Exit::Clean })
}

/// The schemas as files, each with its name.
pub(super) fn schemas(language: Language) -> Vec<(String, String)> {
    let all = schema::json(language).into_iter();
    all.map(|(file, schema)| (format!("{}.json", file.name), format!("{}\n", pretty(&schema))))
        .collect()
}

/// Writes files of ours anew; what differs from the last time is what differs in the program.
fn written(
    folder: &Path,
    files: &[(String, String)],
    language: Language,
) -> Result<String, Failure> {
    fs::create_dir_all(folder)?;
    for (name, text) in files {
        disk::remember(&folder.join(name), text.as_bytes())?;
    }
    let (count, folder) = (files.len(), folder.display());
    Ok(match language {
        Language::Vietnamese => format!("đã ghi {count} tệp vào `{folder}`"),
        Language::English => format!("wrote {count} files into `{folder}`"),
    })
}
