//! Cases, their papers and their steps.

use std::collections::BTreeSet;

use serde::Serialize;

use super::channels::{self, Posted};
use super::text;
use crate::model::procedure::{Case, DossierItem, DossierKind, Paper, PaperMode, Step};
use crate::render::markdown::Headings;
use crate::render::words::Words;

/// What to prepare.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Dossier {
    /// How many sets.
    sets: Option<String>,
    cases: Vec<CaseView>,
    /// Whether the list is all that may be asked for: not while papers are left out of it.
    complete: bool,
}

/// What is done, for all cases and for each where they differ.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Steps {
    common: Vec<StepView>,
    cases: Vec<CaseView>,
}

/// The papers and steps of a case.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CaseView {
    /// Which choice it is, counted from 1; none where there is nothing to choose.
    n: Option<usize>,
    title: Option<String>,
    papers: Vec<PaperView>,
    remarks: Vec<RemarkView>,
    /// Whether papers are left out because their ground is gone.
    updating: bool,
    steps: Vec<StepView>,
}

/// A remark among the papers.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RemarkView {
    /// The choices of a way to file that it belongs to; none where that is all.
    k: Option<String>,
    text: String,
}

/// A paper to tick off.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PaperView {
    /// Stable while the paper is the same, so that a remembered tick never moves to another paper.
    id: String,
    /// The choices of a way to file that it belongs to; none where that is all.
    k: Option<String>,
    name: String,
    notes: Vec<String>,
    mode: Option<String>,
    count: Option<String>,
    form: Option<FormView>,
}

/// A form to fetch.
#[derive(Clone, Debug, Serialize)]
struct FormView {
    href: String,
    name: String,
    /// What paper says of it, which nobody can press.
    on_paper: String,
}

/// A step.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StepView {
    /// The choices of a way to file that it belongs to; none where that is all.
    k: Option<String>,
    /// Whether it is for the reader to do, as far as the words tell.
    yours: bool,
    title: Option<String>,
    who: Option<String>,
    time: Option<String>,
    html: Option<String>,
}

impl CaseView {
    fn has_papers(&self) -> bool {
        self.updating || !(self.papers.is_empty() && self.remarks.is_empty())
    }

    /// Whether a paper or a step of it belongs to some ways to file alone.
    pub(super) fn differs_by_channel(&self) -> bool {
        self.papers.iter().any(|paper| paper.k.is_some())
            || self.remarks.iter().any(|remark| remark.k.is_some())
            || self.steps.iter().any(|step| step.k.is_some())
    }

    /// What to choose it by.
    pub(super) fn option(&self) -> Option<(usize, String)> {
        Some((self.n?, self.title.clone()?))
    }
}

impl StepView {
    /// A step of the internal process.
    pub(super) fn internal(action: &str, who: &str, time: Option<String>) -> Self {
        Self {
            k: None,
            yours: false,
            title: Some(action.to_owned()),
            who: Some(who.to_owned()),
            time,
            html: None,
        }
    }
}

impl Posted<'_> {
    /// The cases that have something to show.
    pub(super) fn cases(self) -> Vec<CaseView> {
        let mut ids = BTreeSet::new();
        let cases = &self.procedure.cases;
        let several = cases.iter().filter(|case| case.title.is_some()).count() > 1;
        let mut views: Vec<CaseView> = cases
            .iter()
            .map(|case| self.case(case, &mut ids))
            .filter(|view| view.title.is_some() || view.has_papers() || !view.steps.is_empty())
            .collect();
        if several {
            let titled = views.iter_mut().filter(|view| view.title.is_some());
            for (view, n) in titled.zip(1..) {
                view.n = Some(n);
            }
        }
        views
    }

    pub(super) fn dossier(self, cases: &[CaseView]) -> Option<Dossier> {
        let cases: Vec<CaseView> = cases.iter().filter(|case| case.has_papers()).cloned().collect();
        let sets = self.procedure.dossier_sets.map(|n| {
            let key = if n == 1 { "dossier_set" } else { "dossier_sets" };
            self.here.words().fill(key, &[("n", &n.to_string())])
        });
        let complete = !cases.iter().any(|case| case.updating);
        (!cases.is_empty()).then_some(Dossier { sets, cases, complete })
    }

    pub(super) fn all_steps(self, mut cases: Vec<CaseView>) -> Option<Steps> {
        cases.retain(|case| !case.steps.is_empty());
        let common = self.steps(&self.procedure.steps);
        (!(common.is_empty() && cases.is_empty())).then_some(Steps { common, cases })
    }

    fn case(self, case: &Case, ids: &mut BTreeSet<String>) -> CaseView {
        let mut papers = Vec::new();
        let mut remarks = Vec::new();
        let shown = case.dossier.iter().filter(|item| self.has(item.element));
        for item in shown {
            match &item.kind {
                DossierKind::Paper(paper) => papers.push(self.paper(case, item, paper, ids)),
                DossierKind::Remark => remarks.extend(
                    item.note
                        .clone()
                        .map(|text| RemarkView { k: channels::choices(&item.channels), text }),
                ),
            }
        }
        CaseView {
            n: None,
            title: case.title.clone(),
            updating: self.is_updating(
                case.dossier.iter().map(|item| item.element),
                papers.len() + remarks.len(),
            ),
            papers,
            remarks,
            steps: self.steps(&case.steps),
        }
    }

    fn paper(
        self,
        case: &Case,
        item: &DossierItem,
        paper: &Paper,
        ids: &mut BTreeSet<String>,
    ) -> PaperView {
        let here = self.here;
        let mut notes: Vec<String> = item.note.clone().into_iter().collect();
        if paper.replaced_by_data {
            notes.push(here.say("paper_by_data").to_owned());
        }
        notes.extend(self.end_note(Some(item.element)));
        let form = paper.form.map(|form| &self.procedure.forms[form]);
        let shown_form = form.filter(|form| self.has(form.element));
        if form.is_some() && shown_form.is_none() {
            notes.push(here.say("form_updating").to_owned());
        }
        let form = shown_form.and_then(|form| {
            let file = form.file.as_ref()?;
            let found = here.site.forms.iter().find(|known| known.source == file.value)?;
            let name = form.name.as_ref().or(form.code.as_ref()).unwrap_or(&paper.name);
            let kind = file.value.extension().unwrap_or_default().to_uppercase();
            let size = size(here.words(), found.bytes.len());
            let values = [("name", name.as_str()), ("kind", &kind), ("size", &size)];
            Some(FormView {
                href: crate::render::route::href(here.root, &found.address),
                name: here.words().fill("form_download", &values),
                on_paper: here.words().fill("form_on_paper", &values[..2]),
            })
        });
        let mode = paper.mode.map(|mode| {
            here.say(match mode {
                PaperMode::Submit => "paper_submit",
                PaperMode::Present => "paper_present",
            })
        });
        let count = |n: Option<u32>, one, many| {
            n.filter(|n| *n > 0).map(|n| {
                let key = if n == 1 { one } else { many };
                format!("{n}{}{}", text::TIE, here.say(key))
            })
        };
        let originals = count(paper.originals, "paper_original", "paper_originals");
        let copies = count(paper.copies, "paper_copy", "paper_copies");
        let counts: Vec<String> = originals.into_iter().chain(copies).collect();
        PaperView {
            id: tick(case, &paper.name, ids),
            k: channels::choices(&item.channels),
            name: paper.name.clone(),
            notes,
            mode: mode.map(str::to_owned),
            count: (!counts.is_empty()).then(|| counts.join(", ")),
            form,
        }
    }

    pub(super) fn steps(self, steps: &[Step]) -> Vec<StepView> {
        let here = self.here;
        let shown = steps.iter().filter(|step| self.has(step.element));
        shown
            .map(|step| StepView {
                k: channels::choices(&step.channels),
                yours: step.who.as_deref().is_some_and(|who| is_reader(here.words(), who)),
                title: step.title.clone(),
                who: step.who.clone(),
                time: step.time.as_ref().map(|time| {
                    let length = text::time(here.words(), &time.length);
                    let when = time.when.as_ref().map(|when| format!(" ({when})"));
                    length + &when.unwrap_or_default()
                }),
                html: step.text.as_ref().map(|text| here.prose(text, Headings::OfSection)),
            })
            .collect()
    }
}

/// Whether words for who does something mean those who file: their list is among the words of the theme.
fn is_reader(words: &Words, who: &str) -> bool {
    let who = who.to_lowercase();
    words.say("step_by_reader").split('|').any(|start| who.starts_with(start.trim()))
}

/// An id from what the paper is, and its place only among papers of one name.
fn tick(case: &Case, name: &str, ids: &mut BTreeSet<String>) -> String {
    let case = case.title.as_deref().unwrap_or_default();
    let hash = blake3::hash(format!("{case}\n{name}").as_bytes()).to_hex();
    let mut id = format!("giay-{}", &hash[..8]);
    let mut n = 2;
    while !ids.insert(id.clone()) {
        id = format!("giay-{}-{n}", &hash[..8]);
        n += 1;
    }
    id
}

fn size(words: &Words, bytes: usize) -> String {
    let kilobytes = u64::try_from(bytes.div_ceil(1000)).unwrap_or(u64::MAX);
    format!("{}{}kB", text::number(words, kilobytes), text::TIE)
}
