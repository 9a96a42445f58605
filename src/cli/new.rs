//! `niemyet new`: a new file, or a whole repository, from what was typed and, on a terminal, asked. What is known to
//! nobody yet stays a comment, and `check` says which parts are missing.

use std::io;
use std::path::Path;

use super::args::{Global, New};
use super::asking::Asking;
use super::commands::read;
use super::{Answer, Exit, Failure, schema};
use crate::disk::{self, Fresh};
use crate::files::{FilePath, is_unseen};
use crate::language::Language;
use crate::load;
use crate::model::{Catalogue, Slug, number};
use crate::schema::FILES;
use crate::starter::{self, Decision, Document, File, Procedure, Repository, SCHEMAS, Schema};

/// Makes what was asked for.
pub(super) fn new(global: &Global, what: &New) -> Result<Answer, Failure> {
    let language = global.lang.map(Language::from).unwrap_or_default();
    let mut asking = Asking::new(language);
    match what {
        New::Catalogue { dir, title, publisher, base_url, program_url, team } => {
            let title =
                asking.ask(title.clone(), "--title", ["Tên trang", "The site's title"], false);
            let publisher = asking.ask(
                publisher.clone(),
                "--publisher",
                ["Cơ quan công khai", "The agency that publishes"],
                false,
            );
            let wanted = Repository {
                title: title.unwrap_or_else(|| "Thủ tục hành chính xã Ví Dụ".to_owned()),
                publisher: publisher.unwrap_or_else(|| "Ủy ban nhân dân xã Ví Dụ".to_owned()),
                base_url: base_url.clone(),
                program_url: program_url.clone(),
                team: team.clone(),
                schemas: schemas(language),
            };
            repository(global, dir, &wanted, language)
        }
        New::Procedure { code, title, field, level, audience, basis, agency } => {
            let known = catalogue(global)?;
            let fields = field_names(known.as_ref());
            let code = asking.ask(code.clone(), "--code", ["Mã thủ tục", "The code"], true);
            let title =
                asking.ask(title.clone(), "--title", ["Tên thủ tục", "The official name"], true);
            let about =
                format!("{} ({})", language.pick(["Lĩnh vực", "The field"]), fields.join(", "));
            let field =
                asking.ask(field.as_ref().map(Slug::to_string), "--field", [&about, &about], true);
            let basis = asking.ask(
                basis.clone(),
                "--basis",
                ["Số văn bản căn cứ chính", "The number of the main legal basis"],
                false,
            );
            asking.finish()?;
            on_one_line("--title", title.as_deref(), language)?;
            on_one_line("--basis", basis.as_deref(), language)?;
            let (code, field) = (code.unwrap_or_default(), field.unwrap_or_default());
            a_code(&code, language)?;
            a_field(&field, &fields, language)?;
            let wanted = Procedure {
                code,
                title: title.unwrap_or_default(),
                field,
                levels: level.iter().map(ToString::to_string).collect(),
                audience: audience.clone(),
                basis,
                performs: agency.as_ref().map(Slug::to_string),
            };
            record(global, wanted.file(schemas_beside(global)), language)
        }
        New::Document { number, title, kind, issuer, signed, effective } => {
            let number =
                asking.ask(number.clone(), "--number", ["Số, ký hiệu văn bản", "The number"], true);
            let title = asking.ask(title.clone(), "--title", ["Trích yếu", "The title"], true);
            let effective =
                asking.day(*effective, ["Ngày có hiệu lực", "The first day in force"])?;
            asking.finish()?;
            a_number(number.as_deref(), "118/2025/NĐ-CP", language)?;
            on_one_line("--title", title.as_deref(), language)?;
            let wanted = Document {
                number: number.unwrap_or_default(),
                title: title.unwrap_or_default(),
                kind: kind.as_ref().map(Slug::to_string),
                issuer: issuer.as_ref().map(Slug::to_string),
                signed: signed.map(|day| day.to_string()),
                effective,
            };
            record(global, wanted.file(schemas_beside(global)), language)
        }
        New::Decision { number, issuer, signed, effective, makes, amends, repeals } => {
            let number =
                asking.ask(number.clone(), "--number", ["Số quyết định", "The number"], true);
            let effective =
                asking.day(*effective, ["Ngày có hiệu lực", "The first day in force"])?;
            asking.finish()?;
            a_number(number.as_deref(), "1025/QĐ-UBND", language)?;
            makes
                .iter()
                .chain(amends)
                .chain(repeals)
                .try_for_each(|code| a_code(code, language))?;
            let wanted = Decision {
                number: number.unwrap_or_default(),
                issuer: issuer.as_ref().map(Slug::to_string),
                signed: signed.map(|day| day.to_string()),
                effective,
                new: makes.clone(),
                amended: amends.clone(),
                repealed: repeals.clone(),
            };
            record(global, wanted.file(schemas_beside(global)), language)
        }
    }
}

/// A whole repository.
fn repository(
    global: &Global,
    dir: &Path,
    wanted: &Repository,
    language: Language,
) -> Result<Answer, Failure> {
    lay(dir, starter::repository(wanted))?;
    Ok(done(global, made(dir, language)))
}

/// The catalogue as it stands, with whatever mistakes; none where it cannot be read.
fn catalogue(global: &Global) -> Result<Option<Catalogue>, Failure> {
    let input = read(global)?;
    Ok(load::load(&input.files).0)
}

fn field_names(known: Option<&Catalogue>) -> Vec<&str> {
    known.into_iter().flat_map(|known| &known.fields).map(|field| field.slug.as_str()).collect()
}

/// The folder of the schemas seen from the catalogue's parent, where they stand there.
fn schemas_beside(global: &Global) -> Option<&'static str> {
    let parent = global.catalogue.parent().unwrap_or(Path::new(""));
    parent.join(SCHEMAS).is_dir().then_some(SCHEMAS)
}

fn schemas(language: Language) -> Vec<Schema> {
    let all = schema::schemas(language).into_iter();
    let globs = FILES.iter().filter(|file| file.is_yaml()).map(|file| file.glob);
    all.zip(globs).map(|((name, text), glob)| Schema { name, text, glob }).collect()
}

/// Writes a record's file into the catalogue.
fn record(global: &Global, file: File, language: Language) -> Result<Answer, Failure> {
    if !global.catalogue.is_dir() {
        read(global)?;
    }
    let path = global.catalogue.join(&file.path);
    lay(&global.catalogue, vec![file])?;
    let path = path.display();
    Ok(done(
        global,
        match language {
            Language::Vietnamese => {
                format!(
                    "đã tạo `{path}`; mở tệp, điền những phần còn là lời nhắc (#), rồi chạy `niemyet check`"
                )
            }
            Language::English => {
                format!(
                    "made `{path}`; open it, fill in what is still a comment (#), then run `niemyet check`"
                )
            }
        },
    ))
}

fn lay(folder: &Path, files: Vec<File>) -> Result<(), Failure> {
    let fresh = files.into_iter().map(|file| {
        let path = FilePath::new(&file.path).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("{:?} is no path", file.path))
        })?;
        Ok(Fresh { path, text: file.text, is_program: file.is_program })
    });
    let fresh: Vec<Fresh> = fresh.collect::<io::Result<_>>()?;
    Ok(disk::lay(folder, &fresh)?)
}

fn made(dir: &Path, language: Language) -> String {
    let (dir, typed) = (dir.display(), typed(dir));
    match language {
        Language::Vietnamese => format!(
            "đã tạo kho danh mục ở `{dir}`; tiếp theo:\n  cd {typed}\n  git init --initial-branch main && git config core.hooksPath .githooks\n  niemyet check && niemyet build\nĐọc README.md ở đó để sửa và đăng."
        ),
        Language::English => format!(
            "made a catalogue's repository in `{dir}`; next:\n  cd {typed}\n  git init --initial-branch main && git config core.hooksPath .githooks\n  niemyet check && niemyet build\nIts README.md says how to edit and publish."
        ),
    }
}

/// A path as a shell takes it.
fn typed(path: &Path) -> String {
    let path = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    if path.chars().all(is_plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

/// Refuses what cannot be the number of a document.
fn a_number(number: Option<&str>, like: &str, language: Language) -> Result<(), Failure> {
    let Some(number) = number.filter(|number| !number::is_number(number)) else { return Ok(()) };
    let number = number.escape_debug();
    Err(Failure::Said(match language {
        Language::Vietnamese => {
            format!("`{number}` không phải là số, ký hiệu của văn bản; viết như {like}")
        }
        Language::English => format!("`{number}` is no document's number; write it like {like}"),
    }))
}

/// Refuses a text with what would end its line or could not be seen in it.
fn on_one_line(option: &str, text: Option<&str>, language: Language) -> Result<(), Failure> {
    let Some(sign) = text.and_then(|text| text.chars().find(|c| is_unseen(*c))) else {
        return Ok(());
    };
    let sign = u32::from(sign);
    Err(Failure::Said(match language {
        Language::Vietnamese => format!(
            "{option} có ký tự xuống dòng, điều khiển hoặc ẩn (U+{sign:04X}); viết trên một dòng, bỏ ký tự đó"
        ),
        Language::English => format!(
            "{option} holds a line end, a control character or one that is not seen (U+{sign:04X}); write one line \
             without it"
        ),
    }))
}

/// Refuses what cannot be the code of a procedure.
fn a_code(code: &str, language: Language) -> Result<(), Failure> {
    if load::is_code(code) {
        return Ok(());
    }
    let code = code.escape_debug();
    Err(Failure::Said(match language {
        Language::Vietnamese => format!("`{code}` không phải là mã thủ tục; viết như 1.001193"),
        Language::English => format!("`{code}` is no procedure's code; write it like 1.001193"),
    }))
}

/// Refuses what is no field of the catalogue.
fn a_field(field: &str, fields: &[&str], language: Language) -> Result<(), Failure> {
    if fields.contains(&field) {
        return Ok(());
    }
    let (field, fields) = (field.escape_debug(), fields.join(", "));
    Err(Failure::Said(match language {
        Language::Vietnamese => {
            format!(
                "không có lĩnh vực `{field}`; đang có: {fields}; thêm lĩnh vực vào fields.yaml trước"
            )
        }
        Language::English => {
            format!("there is no field `{field}`; there are: {fields}; add it to fields.yaml first")
        }
    }))
}

fn done(global: &Global, said: String) -> Answer {
    let out = if global.quiet { String::new() } else { said };
    Answer { out, err: String::new(), exit: Exit::Clean }
}
