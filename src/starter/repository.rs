//! A repository that works from its first minute: a catalogue with one example that is plainly none, the schemas
//! for editors, a hook, reviewers, and workflows for two hosts that check, publish, watch and raise an alarm.

use std::fmt::Write as _;

use super::{File, filled, flat, quoted};

/// What is known of a new repository.
#[derive(Clone, Debug)]
pub struct Repository {
    /// The site's title.
    pub title: String,
    /// Who publishes.
    pub publisher: String,
    /// The address the site will have.
    pub base_url: Option<String>,
    /// The Git repository of the program.
    pub program_url: Option<String>,
    /// The organisation whose teams review.
    pub team: String,
    /// The schemas, each with the name of its file, and the files they are for.
    pub schemas: Vec<Schema>,
}

/// A schema and where it holds.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The file's name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The files it is for, seen from the catalogue's folder.
    pub glob: &'static str,
}

/// Where the schemas stand in the repository.
pub const SCHEMAS: &str = ".niemyet/schema";

/// Where no address was given: a workflow says so where it needs one.
const PROGRAM_URL: &str = "https://example.org/niemyet.git";

/// What is the same in every repository, or has places to fill: path, text, whether it is a program.
const TEMPLATES: [(&str, &str, bool); 30] = [
    ("README.md", include_str!("repository/README.md"), false),
    (".gitignore", include_str!("repository/gitignore"), false),
    (".gitattributes", include_str!("repository/gitattributes"), false),
    ("CODEOWNERS", include_str!("repository/CODEOWNERS"), false),
    (".githooks/pre-commit", include_str!("repository/pre-commit"), true),
    (".vscode/extensions.json", include_str!("repository/vscode/extensions.json"), false),
    (".github/workflows/check.yml", include_str!("repository/github/check.yml"), false),
    (".github/workflows/publish.yml", include_str!("repository/github/publish.yml"), false),
    (".github/workflows/watch.yml", include_str!("repository/github/watch.yml"), false),
    (".gitlab-ci.yml", include_str!("repository/gitlab-ci.yml"), false),
    ("ci/install", include_str!("repository/ci/install"), true),
    ("ci/build", include_str!("repository/ci/build"), true),
    ("ci/fetch", include_str!("repository/ci/fetch"), true),
    ("ci/diff", include_str!("repository/ci/diff"), true),
    ("ci/second-review", include_str!("repository/ci/second-review"), true),
    ("ci/publish", include_str!("repository/ci/publish"), true),
    ("ci/publish-branch", include_str!("repository/ci/publish-branch"), true),
    ("ci/publish-rsync", include_str!("repository/ci/publish-rsync"), true),
    ("ci/publish-s3", include_str!("repository/ci/publish-s3"), true),
    ("ci/watch", include_str!("repository/ci/watch"), true),
    ("ci/alarm", include_str!("repository/ci/alarm"), true),
    ("ci/on-host", include_str!("repository/ci/on-host"), true),
    ("catalogue/catalogue.yaml", include_str!("repository/catalogue/catalogue.yaml"), false),
    ("catalogue/fields.yaml", include_str!("repository/catalogue/fields.yaml"), false),
    (
        "catalogue/agencies/ubnd-xa-vi-du.yaml",
        include_str!("repository/catalogue/agency.yaml"),
        false,
    ),
    (
        "catalogue/agencies/hdnd-tinh-vi-du.yaml",
        include_str!("repository/catalogue/council.yaml"),
        false,
    ),
    (
        "catalogue/documents/2025/1-2025-nq-hdnd.yaml",
        include_str!("repository/catalogue/document.yaml"),
        false,
    ),
    (
        "catalogue/procedures/vi-du/cap-the-thu-vien.yaml",
        include_str!("repository/catalogue/procedure.yaml"),
        false,
    ),
    ("catalogue/terms.yaml", include_str!("repository/catalogue/terms.yaml"), false),
    ("catalogue/README.md", include_str!("repository/catalogue/README.md"), false),
];

/// All files of a new repository.
#[must_use]
pub fn repository(wanted: &Repository) -> Vec<File> {
    let address = wanted.base_url.as_ref();
    let values = [
        ("title", quoted(&wanted.title)),
        ("publisher", quoted(&wanted.publisher)),
        ("publisher_plain", flat(&wanted.publisher)),
        (
            "base_url",
            address.map_or_else(
                || "# base_url: https://thutuc.example.vn/".to_owned(),
                |address| format!("base_url: {}", quoted(address)),
            ),
        ),
        ("program_url", quoted(wanted.program_url.as_deref().unwrap_or(PROGRAM_URL))),
        ("team", wanted.team.clone()),
    ];
    let templates = TEMPLATES.iter().map(|(path, template, is_program)| File {
        path: (*path).to_owned(),
        text: filled(template, &values),
        is_program: *is_program,
    });
    let schemas = wanted.schemas.iter().map(|schema| File {
        path: format!("{SCHEMAS}/{}", schema.name),
        text: schema.text.clone(),
        is_program: false,
    });
    let settings = File {
        path: ".vscode/settings.json".to_owned(),
        text: settings(&wanted.schemas),
        is_program: false,
    };
    templates.chain([settings]).chain(schemas).collect()
}

/// The settings by which Visual Studio Code finds the schemas.
fn settings(schemas: &[Schema]) -> String {
    let mut text = String::from("{\n  \"yaml.schemas\": {\n");
    for (at, Schema { name, glob, .. }) in schemas.iter().enumerate() {
        let comma = if at + 1 < schemas.len() { "," } else { "" };
        let _ = writeln!(text, "    \"./{SCHEMAS}/{name}\": \"catalogue/{glob}\"{comma}");
    }
    text.push_str(
        "  },\n  \"yaml.schemaStore.enable\": false,\n  \"yaml.customTags\": [],\n  \"[yaml]\": {\n    \
         \"editor.tabSize\": 2,\n    \"editor.insertSpaces\": true,\n    \"editor.wordWrap\": \"on\",\n    \
         \"editor.quickSuggestions\": { \"other\": true, \"comments\": false, \"strings\": true }\n  },\n  \
         \"files.insertFinalNewline\": true,\n  \"files.trimTrailingWhitespace\": true\n}\n",
    );
    text
}
