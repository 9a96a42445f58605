//! `niemyet new`: a new file, or a whole repository, from what was typed and, on a terminal, asked. What is known to
//! nobody yet stays a comment, and `check` says which parts are missing.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use super::args::{Global, New};
use super::commands::read;
use super::things::pick;
use super::{Answer, Exit, Failure, schema};
use crate::disk::{self, Fresh};
use crate::files::FilePath;
use crate::language::Language;
use crate::load;
use crate::model::date::{self, Date};
use crate::model::{Catalogue, Slug};
use crate::schema::FILES;
use crate::starter::{self, Decision, Document, File, Procedure, Repository, SCHEMAS, Schema};

/// Makes what was asked for.
pub(super) fn new(global: &Global, what: &New) -> Result<Answer, Failure> {
    let language = global.lang.map(Language::from).unwrap_or_default();
    let mut asking =
        Asking { language, is_possible: io::stdin().is_terminal(), missing: Vec::new() };
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
            lay(dir, starter::repository(&wanted))?;
            Ok(done(global, made(dir, language)))
        }
        New::Procedure { code, title, field, level, audience, basis, agency } => {
            let known = catalogue(global)?;
            let fields = known.iter().flat_map(|known| &known.fields);
            let fields: Vec<&str> = fields.map(|field| field.slug.as_str()).collect();
            let code = asking.ask(code.clone(), "--code", ["Mã thủ tục", "The code"], true);
            let title =
                asking.ask(title.clone(), "--title", ["Tên thủ tục", "The official name"], true);
            let about =
                format!("{} ({})", pick(["Lĩnh vực", "The field"], language), fields.join(", "));
            let field =
                asking.ask(field.as_ref().map(Slug::to_string), "--field", [&about, &about], true);
            let basis = asking.ask(
                basis.clone(),
                "--basis",
                ["Số văn bản căn cứ chính", "The number of the main legal basis"],
                false,
            );
            asking.finish()?;
            let (code, field) = (code.unwrap_or_default(), field.unwrap_or_default());
            if !load::is_code(&code) {
                return Err(Failure::Said(no_code(&code, language)));
            }
            if !fields.contains(&field.as_str()) {
                return Err(Failure::Said(no_field(&field, &fields, language)));
            }
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
            let mut codes = [makes, amends, repeals].into_iter().flatten();
            if let Some(code) = codes.find(|code| !load::is_code(code)) {
                return Err(Failure::Said(no_code(code, language)));
            }
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

/// Asks on a terminal for what was not typed; elsewhere it remembers what is missing.
struct Asking {
    language: Language,
    is_possible: bool,
    missing: Vec<&'static str>,
}

impl Asking {
    fn ask(
        &mut self,
        typed: Option<String>,
        option: &'static str,
        about: [&str; 2],
        is_needed: bool,
    ) -> Option<String> {
        // Nothing between quotes is as little as nothing typed.
        let typed = typed.filter(|text| !text.trim().is_empty());
        if typed.is_some() || !self.is_possible {
            if typed.is_none() && is_needed {
                self.missing.push(option);
            }
            return typed;
        }
        let about = match self.language {
            Language::Vietnamese => about[0],
            Language::English => about[1],
        };
        // An empty answer to what is needed is asked for again, as long as somebody answers.
        let mut answer = asked(about);
        for _ in 0..2 {
            if is_needed && answer.as_deref() == Some("") {
                answer = asked(about);
            }
        }
        let answer = answer.filter(|answer| !answer.is_empty());
        if answer.is_none() && is_needed {
            self.missing.push(option);
        }
        answer
    }

    /// A day; one that is none is asked for again.
    fn day(&mut self, typed: Option<Date>, about: [&str; 2]) -> Result<Option<String>, Failure> {
        if let Some(day) = typed {
            return Ok(Some(day.to_string()));
        }
        let about = about.map(|about| format!("{about} (2026-07-01)"));
        let mut wrong = String::new();
        for _ in 0..3 {
            match self.ask(None, "--effective", [&about[0], &about[1]], false) {
                None => return Ok(None),
                Some(text) if date::parse(&text).is_some_and(date::is_plausible) => {
                    return Ok(Some(text));
                }
                Some(text) => wrong = text,
            }
        }
        let wrong = wrong.escape_debug();
        Err(Failure::Said(match self.language {
            Language::Vietnamese => {
                format!("`{wrong}` không phải là ngày; viết như 2026-07-01")
            }
            Language::English => format!("`{wrong}` is no day; write it like 2026-07-01"),
        }))
    }

    fn finish(&self) -> Result<(), Failure> {
        if self.missing.is_empty() {
            return Ok(());
        }
        let missing = self.missing.join(", ");
        Err(Failure::Said(match self.language {
            Language::Vietnamese => {
                format!("thiếu {missing}; ghi thêm, hoặc chạy trên cửa sổ dòng lệnh để được hỏi")
            }
            Language::English => {
                format!("{missing} is missing; add it, or run on a terminal to be asked")
            }
        }))
    }
}

/// A line from the terminal; none where nobody answers any more.
fn asked(about: &str) -> Option<String> {
    let mut out = anstream::stderr();
    write!(out, "{about}: ").and_then(|()| out.flush()).ok()?;
    let mut line = String::new();
    let length = io::stdin().lock().read_line(&mut line).ok()?;
    (length > 0).then(|| line.trim().to_owned())
}

/// The catalogue as it stands, with whatever mistakes; none where it cannot be read.
fn catalogue(global: &Global) -> Result<Option<Catalogue>, Failure> {
    let input = read(global)?;
    Ok(load::load(&input.files).0)
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

fn no_code(code: &str, language: Language) -> String {
    let code = code.escape_debug();
    match language {
        Language::Vietnamese => format!("`{code}` không phải là mã thủ tục; viết như 1.001193"),
        Language::English => format!("`{code}` is no procedure's code; write it like 1.001193"),
    }
}

fn no_field(field: &str, fields: &[&str], language: Language) -> String {
    let (field, fields) = (field.escape_debug(), fields.join(", "));
    match language {
        Language::Vietnamese => {
            format!(
                "không có lĩnh vực `{field}`; đang có: {fields}; thêm lĩnh vực vào fields.yaml trước"
            )
        }
        Language::English => {
            format!("there is no field `{field}`; there are: {fields}; add it to fields.yaml first")
        }
    }
}

fn done(global: &Global, said: String) -> Answer {
    let out = if global.quiet { String::new() } else { said };
    Answer { out, err: String::new(), exit: Exit::Clean }
}
