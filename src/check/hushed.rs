//! Texts and forms that name what the site may not, today or from a day on that is known: the text is left off
//! the site, and with the form no site is made. Which these are was found by the audit; here it is told, each
//! place once, what comes at the milestones of `catalogue.yaml`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::mentions::spans;
use super::teller::{Teller, urgent};
use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::{FileTree, Span};
use crate::mention::{Index, Target};
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::document::DocumentId;
use crate::model::hushed::{Gone, Hushed, told};
use crate::validity::Assessment;
use crate::validity::words;

/// Tells which texts will not be shown as they are written, and which forms will stop a build.
pub fn check(
    catalogue: &Catalogue,
    assessment: &Assessment,
    files: &FileTree,
    hushed: &Hushed,
    report: &mut Report,
) {
    let teller = Teller { catalogue, assessment };
    let mut before = hushed.on(assessment.today).map(told).unwrap_or_default();
    let mut index = None;
    let said: Vec<Span> = report
        .iter()
        .filter(|found| found.code == Code::ProseEnded)
        .filter_map(|found| found.span)
        .collect();
    for (span, gone) in &before {
        let is_said = said
            .iter()
            .any(|said| said.file == span.file && span.start <= said.start && said.end <= span.end);
        // That it names law that is over was said.
        let is_new = |gone: &&Gone| !(is_said && matches!(gone, Gone::Document(_)));
        let gone: BTreeSet<Gone> = gone.iter().filter(is_new).copied().collect();
        if !gone.is_empty() {
            let found = Diagnostic::new(Code::ProseWithheld, *span);
            report.push(found.with("names", names(catalogue, &gone)));
        }
    }
    for (day, silence) in hushed.days().filter(|(day, _)| assessment.today < *day) {
        let now = told(silence);
        for (span, gone) in &now {
            let known = before.get(span);
            let is_new = |gone: &&Gone| known.is_none_or(|known| !known.contains(*gone));
            let gone: BTreeSet<Gone> = gone.iter().filter(is_new).copied().collect();
            let Some(found) = teller.coming(Code::ProseWillEnd, *span, day) else { continue };
            if gone.is_empty() {
                continue;
            }
            let index = index.get_or_insert_with(|| Index::new(catalogue));
            let mut found = found;
            found.span = Some(place(catalogue, index, files, *span, &gone));
            report.push(tell(&teller, found, &gone, TEXT));
        }
        before.extend(now);
    }
    let mut forms: BTreeMap<(Date, Span), BTreeSet<Gone>> = BTreeMap::new();
    for (file, day, gone) in hushed.forms() {
        forms.entry((day, Span::head(file))).or_default().insert(gone);
    }
    for ((day, span), gone) in forms {
        let found = teller.coming(Code::ProseWillEnd, span, day);
        report.merge(found.map(|found| tell(&teller, found, &gone, FORM)).into_iter().collect());
    }
}

/// What it is that names, and what becomes of it.
const TEXT: [[&str; 2]; 2] = [
    ["đoạn văn", "the text"],
    ["từ ngày ấy chỗ này bị gỡ khỏi trang", "from then on it is left off the site"],
];
const FORM: [[&str; 2]; 2] = [
    ["biểu mẫu", "the form"],
    ["từ ngày ấy không dựng được trang", "from then on no site is made"],
];

fn tell(
    teller: &Teller<'_>,
    found: Diagnostic,
    gone: &BTreeSet<Gone>,
    [what, fate]: [[&str; 2]; 2],
) -> Diagnostic {
    let found = found.with("what", what).with("fate", fate);
    urgent(found.with("names", names(teller.catalogue, gone)))
}

fn names(catalogue: &Catalogue, gone: &BTreeSet<Gone>) -> String {
    let names = gone.iter().map(|gone| match gone {
        Gone::Document(id) => words::name(catalogue, *id),
        Gone::Procedure(id) => {
            format!("{} {}", catalogue[*id].code.value, catalogue[*id].title)
        }
        Gone::Other => "…".to_owned(),
    });
    let names: Vec<String> = names.collect();
    names.join(", ")
}

/// Where a text names it, if that can be told; else the whole text.
fn place(
    catalogue: &Catalogue,
    index: &Index,
    files: &FileTree,
    span: Span,
    gone: &BTreeSet<Gone>,
) -> Span {
    let found = || {
        let prose = catalogue.prose.iter().find(|prose| prose.span == span)?;
        let read = if prose.is_markdown {
            index.read_markdown(&prose.text)
        } else {
            index.read(&prose.text)
        };
        let is_gone = |id: &DocumentId| gone.contains(&Gone::Document(*id));
        let range: Range<usize> = read.mentions.into_iter().find_map(|mention| {
            let names_it = match &mention.target {
                Target::One(id) => is_gone(id),
                Target::OneOf(all) | Target::Several(all) => all.iter().any(is_gone),
                Target::Decision | Target::Nothing => false,
            };
            names_it.then_some(mention.range)
        })?;
        spans(prose, files, &[range])?.first().copied()
    };
    found().unwrap_or(span)
}
