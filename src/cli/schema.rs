//! `niemyet schema`: what an editor needs to know of the files, as JSON Schema or as a page.

use std::fs;
use std::io::{self, ErrorKind};
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
        (Some(folder), _) => {
            let said = written(folder, &files, language)?;
            if global.quiet { String::new() } else { said }
        }
        (None, SchemaFormat::Markdown) => files.into_iter().map(|(_, text)| text).collect(),
        (None, SchemaFormat::Json) => {
            let all = schema::json(language).into_iter();
            pretty(&all.map(|(file, schema)| (file.name, schema)).collect())
        }
    };
    Ok(Answer { out, err: String::new(), exit: Exit::Clean })
}

/// Whether a folder holds the schemas of this program: an old one keeps editors from what is new.
pub(super) fn check(global: &Global, folder: &Path) -> Result<Answer, Failure> {
    let named = global.lang.map(Language::from);
    let told = named.unwrap_or_default();
    if !folder.is_dir() {
        let folder = folder.display();
        return Err(Failure::Said(match told {
            Language::Vietnamese => format!("không có thư mục `{folder}`"),
            Language::English => format!("there is no folder `{folder}`"),
        }));
    }
    let languages = match named {
        Some(language) => vec![language],
        None => vec![Language::Vietnamese, Language::English],
    };
    // Where no language is asked for, they may be in either: that which is nearer is meant.
    let mut differing = Vec::new();
    for language in languages {
        differing.push((differing_from(folder, language)?, language));
    }
    let nearest = differing.into_iter().min_by_key(|(files, _)| files.len());
    let (files, language) = nearest.unwrap_or_default();
    if files.is_empty() {
        let folder = folder.display();
        let out = match told {
            Language::Vietnamese => format!("lược đồ ở `{folder}` là của bản này"),
            Language::English => format!("the schemas in `{folder}` are those of this program"),
        };
        let out = if global.quiet { String::new() } else { out };
        return Ok(Answer { out, err: String::new(), exit: Exit::Clean });
    }
    let (files, lang) =
        (files.join(", "), if language == Language::English { " --lang en" } else { "" });
    let folder = folder.display();
    let out = match told {
        Language::Vietnamese => format!(
            "lược đồ ở `{folder}` là của bản khác: {files}; chạy `niemyet schema --out {folder}{lang}` rồi ghi (commit) lại"
        ),
        Language::English => format!(
            "the schemas in `{folder}` are those of another program: {files}; run `niemyet schema --out {folder}{lang}` and commit them"
        ),
    };
    Ok(Answer { out, err: String::new(), exit: Exit::Findings })
}

/// The files of a folder that are not what this program writes in a language, or are not there.
fn differing_from(folder: &Path, language: Language) -> Result<Vec<String>, Failure> {
    let mut differing = Vec::new();
    for (name, text) in schemas(language) {
        match fs::read(folder.join(&name)) {
            Ok(bytes) if bytes == text.as_bytes() => {}
            Ok(_) => differing.push(name),
            Err(error) if error.kind() == ErrorKind::NotFound => differing.push(name),
            Err(error) => return Err(unusable(folder, &error, language)),
        }
    }
    Ok(differing)
}

/// A folder that can be no folder of schemas.
fn unusable(folder: &Path, error: &io::Error, language: Language) -> Failure {
    let folder = folder.display();
    Failure::Said(match language {
        Language::Vietnamese => format!("không dùng được thư mục `{folder}`: {error}"),
        Language::English => format!("cannot use the folder `{folder}`: {error}"),
    })
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
    let unusable = |error: io::Error| unusable(folder, &error, language);
    fs::create_dir_all(folder).map_err(unusable)?;
    for (name, text) in files {
        disk::remember(&folder.join(name), text.as_bytes()).map_err(unusable)?;
    }
    let (count, folder) = (files.len(), folder.display());
    Ok(match language {
        Language::Vietnamese => format!("đã ghi {count} tệp vào `{folder}`"),
        Language::English => format!("wrote {count} files into `{folder}`"),
    })
}
