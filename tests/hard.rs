//! Hard cases of the law: one folder a case under `tests/hard/`, named by its number and its subject.
//!
//! `catalogue/` holds the register, laid over the small one in `hard/base`. `asked.yaml` opens with what
//! the law says and asks for documents, provisions (`60/2014/QH13#Điều 4`) and procedures on days; its
//! words for the force and its codes of findings are written by hand, and nothing overwrites them.
//! `expected.txt` records the explanations as `why` gives them, and where the findings stand;
//! `UPDATE_EXPECT=1` accepts what comes out. A new case needs no Rust.

#![expect(clippy::disallowed_methods, reason = "a test reads its cases")]
#![expect(clippy::unwrap_used, reason = "a test that cannot be run fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use niemyet::cli::why;
use niemyet::diagnostic::code::Code;
use niemyet::diagnostic::sheet::Sheet;
use niemyet::diagnostic::{Report, json};
use niemyet::disk;
use niemyet::files::{Content, FilePath, FileTree};
use niemyet::language::Language;
use niemyet::model::date::{self, Date};
use niemyet::model::number::NumberKey;
use niemyet::model::provision::Provision;
use niemyet::pipeline::{self, Understood};
use niemyet::validity::procedure::ProcedureStanding;
use niemyet::validity::standing::Force;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    asked: Vec<Question>,
    /// The codes of what `check` finds, by day; nothing on a day that is not named.
    #[serde(default)]
    findings: BTreeMap<String, Vec<String>>,
    /// The codes of what it finds on every day.
    #[serde(default)]
    always: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    what: String,
    /// The force in the words of `rules.md`, by day.
    on: BTreeMap<String, String>,
}

/// What was read and judged for a day.
struct Judged {
    understood: Understood,
    report: Report,
}

#[test]
fn hard_cases() {
    let accept = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut failed = Vec::new();
    for folder in folders() {
        let mut wrong = String::new();
        run(&folder, accept, &mut wrong);
        if !wrong.is_empty() {
            failed.push(format!("{}:\n{wrong}", folder.display()));
        }
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

fn run(folder: &Path, accept: bool, wrong: &mut String) {
    let text = fs::read_to_string(folder.join("asked.yaml")).unwrap();
    let comment = text.lines().take_while(|line| line.starts_with('#')).count();
    if comment < 2 {
        writeln!(wrong, "asked.yaml does not open with what the law says").unwrap();
    }
    let case: Case = match serde_yaml::from_str(&text) {
        Ok(case) => case,
        Err(error) => return writeln!(wrong, "asked.yaml: {error}").unwrap(),
    };
    let files = files(&folder.join("catalogue"));
    let mut days = BTreeMap::new();
    for day in case.asked.iter().flat_map(|question| question.on.keys()) {
        let (understood, report) = pipeline::examine(&files, date::parse(day).unwrap());
        days.insert(day.clone(), Judged { understood: understood.unwrap(), report });
    }
    let mut said = String::new();
    for question in &case.asked {
        ask(question, &days, &mut said, wrong);
    }
    check(&case, &days, &files, &mut said, wrong);

    let path = folder.join("expected.txt");
    if accept {
        fs::write(&path, &said).unwrap();
        return;
    }
    let before = fs::read_to_string(&path).unwrap_or_default();
    let differs = before.lines().zip(said.lines()).find(|(one, two)| one != two);
    if let Some((before, now)) = differs {
        writeln!(wrong, "expected.txt\n  expected: {before}\n  came out: {now}").unwrap();
    } else if before != said {
        writeln!(wrong, "expected.txt is longer or shorter than expected").unwrap();
    }
}

/// Compares the force with the hand-written word, and records the explanation.
fn ask(
    question: &Question,
    days: &BTreeMap<String, Judged>,
    said: &mut String,
    wrong: &mut String,
) {
    let what = &question.what;
    writeln!(said, "== {what}").unwrap();
    let mut told: Vec<(Vec<&str>, Answer)> = Vec::new();
    for (day, expected) in &question.on {
        let understood = &days[day].understood;
        match force(understood, what, date::parse(day).unwrap()) {
            None => writeln!(wrong, "{what} names nothing, or several things").unwrap(),
            Some(word) if word != expected => {
                writeln!(wrong, "{what} on {day}: judged {expected}, came out {word}").unwrap();
            }
            Some(_) => {}
        }
        let answer = why::answers(understood, what, Language::Vietnamese).join("\n\n");
        let answer = split(&answer);
        match told.last_mut() {
            Some((days, last)) if *last == answer => days.push(day),
            _ => told.push((vec![day], answer)),
        }
    }
    let Some((_, last)) = told.last() else { return };
    writeln!(said, "{}", last.heading).unwrap();
    for (days, answer) in &told {
        writeln!(said, "{}\n{}", days.join(", "), answer.now).unwrap();
    }
    writeln!(said, "theo thời gian\n{}\n", last.over_time).unwrap();
}

/// What `why` says: the name, how it stands on the day, how it stands over time.
#[derive(PartialEq)]
struct Answer {
    heading: String,
    now: String,
    over_time: String,
}

fn split(answer: &str) -> Answer {
    let (heading, rest) = answer.split_once('\n').unwrap_or((answer, ""));
    let mut lines = rest.match_indices('\n').map(|(at, _)| at);
    let end = lines.find(|at| !rest[at + 1..].starts_with("    - ")).unwrap_or(rest.len());
    let over_time = rest[end..].trim_start_matches('\n');
    Answer {
        heading: heading.to_owned(),
        now: rest[..end].to_owned(),
        over_time: over_time.to_owned(),
    }
}

/// The force of a document or provision, or the standing of a procedure, in a word.
fn force(understood: &Understood, what: &str, day: Date) -> Option<&'static str> {
    let Understood { catalogue, assessment, .. } = understood;
    let (name, provision) = match what.split_once('#') {
        Some((name, provision)) => (name, Some(Provision::parse(provision)?)),
        None => (what, None),
    };
    let key = NumberKey::new(name);
    let mut found: Vec<&'static str> = Vec::new();
    for (id, document) in catalogue.document_ids() {
        let number = document.number.as_deref().map(NumberKey::new);
        let is_named = document.slug.as_str() == name
            || number.as_ref() == Some(&key)
            || document.short_title.as_deref() == Some(name);
        if is_named {
            let standing = assessment.life(id).standing(provision.as_ref(), day);
            found.push(word(standing.force));
        }
    }
    for (id, procedure) in catalogue.procedure_ids() {
        if procedure.code.value == name || procedure.slug.as_str() == name {
            found.push(match assessment.procedure_timeline(id).at(day) {
                ProcedureStanding::Internal => "internal",
                ProcedureStanding::NotYet => "not yet",
                ProcedureStanding::Announced { .. } => "announced",
                ProcedureStanding::Published(_) => "published",
                ProcedureStanding::Superseded { .. } => "superseded",
                ProcedureStanding::Withheld { .. } => "withheld",
            });
        }
    }
    match found.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

fn word(force: Force) -> &'static str {
    match force {
        Force::NotYet => "not yet",
        Force::NotYetButInPart => "not yet but in part",
        Force::InForce => "in force",
        Force::InForceInPart => "in force in part",
        Force::PartlyEnded => "partly ended",
        Force::Suspended => "suspended",
        Force::PartlySuspended => "partly suspended",
        Force::Ended => "ended",
        Force::EndedExcept => "ended except",
        Force::Withdrawn => "withdrawn",
        Force::Unknown => "unknown",
        Force::NotItsOwn => "not its own",
    }
}

/// Compares the codes with the hand-written ones, and records the places. Days that agree are told once.
fn check(
    case: &Case,
    days: &BTreeMap<String, Judged>,
    files: &FileTree,
    said: &mut String,
    wrong: &mut String,
) {
    for day in case.findings.keys().filter(|day| !days.contains_key(*day)) {
        writeln!(wrong, "findings on {day}, when nothing is asked").unwrap();
    }
    let mut told: Vec<(Vec<&str>, String)> = Vec::new();
    for (day, judged) in days {
        let found = json::value(&Sheet {
            report: &judged.report,
            files,
            folder: "",
            language: Language::Vietnamese,
            edits: &|_| Vec::new(),
        });
        let mut codes = BTreeSet::new();
        let mut lines = String::new();
        for finding in found.as_array().unwrap() {
            let text = |name: &str| finding[name].as_str().unwrap();
            // A case is judged as what it is about on a day; what that day could know of later ones
            // is the subject of `ahead.rs`.
            let code = Code::find(text("code")).unwrap().code;
            if finding.get("ahead").is_some() || code.is_about_a_day_to_come() {
                continue;
            }
            codes.insert(text("code").to_owned());
            let weight = match text("severity") {
                "error" => "lỗi",
                "warning" => "cảnh báo",
                _ => "lưu ý",
            };
            let place = finding["file"].as_str().map_or_else(String::new, |file| {
                format!(" {file}:{}:{}:", finding["line"], finding["column"])
            });
            writeln!(lines, "  {weight} {}{place} {}", text("code"), text("message")).unwrap();
        }
        let mut expected: BTreeSet<String> = case.always.iter().cloned().collect();
        expected.extend(case.findings.get(day).into_iter().flatten().cloned());
        if codes != expected {
            writeln!(wrong, "{day}: judged {expected:?}, found\n{lines}").unwrap();
        }
        match told.last_mut() {
            Some((days, last)) if *last == lines => days.push(day),
            _ => told.push((vec![day], lines)),
        }
    }
    writeln!(said, "== check").unwrap();
    for (days, lines) in told {
        let lines = if lines.is_empty() { "  không có gì\n" } else { &lines };
        write!(said, "{}\n{lines}", days.join(", ")).unwrap();
    }
}

fn files(catalogue: &Path) -> FileTree {
    let base = folder("base");
    let mut files: Vec<(FilePath, Content)> = Vec::new();
    for folder in [base.as_path(), catalogue] {
        let read = disk::read(folder).unwrap();
        files.extend(read.iter().map(|(_, path, content)| (path.clone(), content.clone())));
    }
    FileTree::new(files)
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hard").join(name)
}

fn folders() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder("")).unwrap().flatten().map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| !path.ends_with("base")).collect();
    folders.sort();
    assert!(!folders.is_empty(), "no case");
    folders
}
