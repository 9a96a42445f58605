//! What a new file and a new repository look like: complete, with comments that say what each part is for. Comments
//! name law only where a rule of the program rests on it. Gives paths and texts; nothing here writes.

mod repository;

pub use repository::{Repository, SCHEMAS, Schema, repository};

use crate::model::number;

/// A file to be written.
#[derive(Debug)]
pub struct File {
    /// Where, below its folder.
    pub path: String,
    /// What it says.
    pub text: String,
    /// Whether it is a program.
    pub is_program: bool,
}

/// What is known of a new procedure.
#[derive(Clone, Debug, Default)]
pub struct Procedure {
    /// Its code.
    pub code: String,
    /// Its official name.
    pub title: String,
    /// Its field's id.
    pub field: String,
    /// Levels that perform it.
    pub levels: Vec<String>,
    /// Who may use it.
    pub audience: Vec<String>,
    /// The document it mainly rests on.
    pub basis: Option<String>,
    /// The agency that performs it.
    pub performs: Option<String>,
}

/// What is known of a new legal document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its kind, where the number does not tell.
    pub kind: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The day it was signed.
    pub signed: Option<String>,
    /// Its first day.
    pub effective: Option<String>,
}

/// What is known of a new decision.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The day it was signed.
    pub signed: Option<String>,
    /// Its first day.
    pub effective: Option<String>,
    /// Procedures that it makes.
    pub new: Vec<String>,
    /// Procedures that it amends.
    pub amended: Vec<String>,
    /// Procedures that it repeals.
    pub repealed: Vec<String>,
}

impl Procedure {
    /// The file, in the folder of its field.
    #[must_use]
    pub fn file(&self, schemas: Option<&str>) -> File {
        let path = format!("procedures/{}/{}.yaml", self.field, stem(&self.title));
        let basis = self
            .basis
            .as_ref()
            .map(|basis| format!("legal_basis:\n  - document: {}\n    role: main", quoted(basis)));
        let performs = self.performs.as_ref().map(|id| format!("authority: {{performs: [{id}]}}"));
        let text = filled(
            include_str!("records/procedure.yaml"),
            &[
                ("modeline", modeline(schemas, &path, "procedure")),
                ("code", quoted(&self.code)),
                ("title", quoted(&self.title)),
                ("field", self.field.clone()),
                ("levels", words("levels", &self.levels, "levels: [commune]")),
                ("audience", words("audience", &self.audience, "audience: [citizen]")),
                (
                    "basis",
                    basis.unwrap_or_else(|| {
                        "# legal_basis:\n#   - document: 60/2014/QH13\n#     role: main".to_owned()
                    }),
                ),
                (
                    "authority",
                    performs.unwrap_or_else(|| "# authority: {performs: [ubnd-xa]}".to_owned()),
                ),
            ],
        );
        File { path, text, is_program: false }
    }
}

impl Document {
    /// The file, in the folder of its year where the number has one.
    #[must_use]
    pub fn file(&self, schemas: Option<&str>) -> File {
        let mut years = self
            .number
            .split('/')
            .filter(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit()));
        let year = years.next_back().or(self.signed.as_deref().and_then(|day| day.get(..4)));
        let folder = year.map_or_else(String::new, |year| format!("{year}/"));
        let path = format!("documents/{folder}{}.yaml", stem(&self.number));
        let text = filled(
            include_str!("records/document.yaml"),
            &[
                ("modeline", modeline(schemas, &path, "document")),
                ("number_plain", flat(&self.number)),
                ("number", quoted(&self.number)),
                ("title", quoted(&self.title)),
                ("kind", entry("kind", self.kind.as_deref(), "nghi-dinh")),
                ("issuer", entry("issuer", self.issuer.as_deref(), "chinh-phu")),
                ("signed", entry("signed", self.signed.as_deref(), "2026-06-09")),
                ("effective", entry("effective", self.effective.as_deref(), "2026-07-01")),
            ],
        );
        File { path, text, is_program: false }
    }
}

impl Decision {
    /// The file.
    #[must_use]
    pub fn file(&self, schemas: Option<&str>) -> File {
        let path = format!("decisions/{}.yaml", stem(&self.number));
        let lists = [("new", &self.new), ("amended", &self.amended), ("repealed", &self.repealed)];
        let items = lists.iter().flat_map(|(action, codes)| {
            codes
                .iter()
                .map(move |code| format!("  - {{action: {action}, procedure: {}}}", quoted(code)))
        });
        let items: Vec<String> = items.collect();
        let items = if items.is_empty() {
            "# items:\n#   - {action: new, procedure: \"1.001193\"}".to_owned()
        } else {
            format!("items:\n{}", items.join("\n"))
        };
        let text = filled(
            include_str!("records/decision.yaml"),
            &[
                ("modeline", modeline(schemas, &path, "decision")),
                ("number", quoted(&self.number)),
                ("issuer", entry("issuer", self.issuer.as_deref(), "ubnd-tinh")),
                ("signed", entry("signed", self.signed.as_deref(), "2026-06-20")),
                ("effective", entry("effective", self.effective.as_deref(), "2026-07-01")),
                ("items", items),
            ],
        );
        File { path, text, is_program: false }
    }
}

/// So many letters of a name are enough for its file.
const LONG: usize = 60;

/// A file name of what people call a thing.
fn stem(name: &str) -> String {
    let spaced = name.split_whitespace().collect::<Vec<_>>().join("-");
    let slug = number::slug(&spaced);
    // Names of many words make addresses that nobody can read, and of very long ones no file at all.
    let mut short = String::new();
    for word in slug.split('-') {
        if !short.is_empty() && LONG < short.len() + word.len() {
            break;
        }
        if !short.is_empty() {
            short.push('-');
        }
        short.extend(word.chars().take(LONG));
    }
    if short.is_empty() { "tep-moi".to_owned() } else { short }
}

/// A key with its value, or a comment with an example of one.
fn entry(key: &str, value: Option<&str>, example: &str) -> String {
    value.map_or_else(|| format!("# {key}: {example}"), |value| format!("{key}: {value}"))
}

fn words(key: &str, words: &[String], example: &str) -> String {
    if words.is_empty() { format!("# {example}") } else { format!("{key}: [{}]", words.join(", ")) }
}

/// Text in double quotes, in which it can hold anything.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// The line by which editors without settings find the schema, seen from the file in the catalogue.
fn modeline(schemas: Option<&str>, path: &str, name: &str) -> String {
    let Some(schemas) = schemas else { return String::new() };
    let up = "../".repeat(1 + path.matches('/').count());
    format!("# yaml-language-server: $schema={up}{schemas}/{name}.json\n")
}

/// On one line.
fn flat(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A template with its places filled, in one pass: what is filled in is never read again.
fn filled(template: &str, values: &[(&str, String)]) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        let place = after.split_once("}}");
        let value = place.and_then(|(name, rest)| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (value, rest))
        });
        if let Some((value, after)) = value {
            text.push_str(value);
            rest = after;
        } else {
            // The braces of a workflow's own expressions.
            text.push_str("{{");
            rest = after;
        }
    }
    text.push_str(rest);
    text
}
