//! The clocks of announcing decisions: what was late, what is overdue, what comes too early. One finding
//! for a decision and a law, however many procedures it announces.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::decision::{Decision, DecisionId};
use crate::validity::Assessment;
use crate::validity::clocks::{Early, Kept, Law, Overdue, Publication, Signing, clocks};
use crate::validity::deadlines::Unit;
use crate::validity::standing::{Fact, Link};
use crate::validity::words;

/// Judges every clock that can be read.
pub fn check(catalogue: &Catalogue, assessment: &Assessment, report: &mut Report) {
    let clocks = clocks(catalogue, assessment);
    let judge = Judge { catalogue, assessment };
    let late = clocks.signings.iter().filter(|signing| signing.kept.is_late());
    for of_one in grouped(late, |signing| (signing.decision, signing.law)) {
        report.push(judge.signed_late(&of_one));
    }
    for publication in clocks.publications.iter().filter(|it| it.kept.is_late()) {
        report.push(judge.public_late(publication));
    }
    for overdue in &clocks.overdue {
        report.push(judge.overdue(overdue));
    }
    for of_one in grouped(&clocks.early, |early| (early.decision, early.law)) {
        report.push(judge.early(&of_one));
    }
}

/// What belongs to one decision and one law.
fn grouped<'a, T: 'a>(
    all: impl IntoIterator<Item = &'a T>,
    key: impl Fn(&T) -> (DecisionId, Law),
) -> impl Iterator<Item = Vec<&'a T>> {
    let mut groups: BTreeMap<(DecisionId, Law), Vec<&T>> = BTreeMap::new();
    for one in all {
        groups.entry(key(one)).or_default().push(one);
    }
    groups.into_values()
}

struct Judge<'a> {
    catalogue: &'a Catalogue,
    assessment: &'a Assessment,
}

impl Judge<'_> {
    fn signed_late(&self, of_one: &[&Signing]) -> Diagnostic {
        let first = of_one[0];
        let decision = &self.catalogue[first.decision];
        let [vi, en] = days(first.kept.deadline.days, first.kept.deadline.unit);
        let deadline = match first.kept.deadline.unit {
            Unit::WorkingDay => {
                [format!("trước ngày đó ít nhất {vi}"), format!("at least {en} before")]
            }
            Unit::Day => [
                format!("chậm nhất {vi} sau khi văn bản đó được ký"),
                format!("at most {en} after that document was signed"),
            ],
        };
        let items = of_one.iter().map(|signing| signing.item);
        let found = about(Code::SignedLate, decision, &first.kept)
            .with("procedures", procedures(decision, items))
            .with("deadline", deadline);
        self.law(found, first.law)
    }

    fn public_late(&self, publication: &Publication) -> Diagnostic {
        let decision = &self.catalogue[publication.decision];
        let deadline = publication.kept.deadline;
        let code = match publication.made_public {
            Some(_) => Code::PublicLate,
            None => Code::NotPublic,
        };
        let found = about(code, decision, &publication.kept)
            .with("signed", publication.signed.to_string())
            .with("deadline", days(deadline.days, deadline.unit));
        match publication.made_public {
            Some(day) => found.with("date", day.to_string()),
            None => found,
        }
    }

    fn overdue(&self, overdue: &Overdue) -> Diagnostic {
        let procedure = &self.catalogue[overdue.procedure];
        let last = &self.catalogue[overdue.last];
        let mut found = about(Code::AnnouncementOverdue, last, &overdue.kept)
            .with("code", procedure.code.value.as_str());
        found.span = Some(procedure.span());
        self.law(found, overdue.law)
    }

    fn early(&self, of_one: &[&Early]) -> Diagnostic {
        let first = of_one[0];
        let decision = &self.catalogue[first.decision];
        let items = of_one.iter().map(|early| early.item);
        let found = Diagnostic::new(Code::DecisionTooEarly, decision.span)
            .with("number", decision.number.as_str())
            .with("effective", first.effective.to_string())
            .with("procedures", procedures(decision, items));
        let mut found = self.law(found, first.law);
        let begins = self.assessment.life(first.law.document).standing(None, first.law.from);
        // The act that moved the day, where one did.
        let moved = |link: &Link| matches!(link.fact, Fact::Moved { .. });
        for link in begins.because.into_iter().filter(moved) {
            let said = |language| words::plain(self.catalogue, &words::link(&link, language));
            let chain = [said(Language::Vietnamese), said(Language::English)];
            found = found.note(Note::new(Remark::Because).with("chain", chain));
        }
        found
    }

    fn law(&self, found: Diagnostic, law: Law) -> Diagnostic {
        found.with("basis", self.catalogue[law.document].label()).with("date", law.from.to_string())
    }
}

fn about(code: Code, decision: &Decision, kept: &Kept) -> Diagnostic {
    let found = Diagnostic::new(code, decision.span)
        .with("number", decision.number.as_str())
        .with("late", days(kept.days_late, kept.deadline.unit))
        .note(Note::new(Remark::Cause).with("text", kept.deadline.source));
    if kept.unlisted_years.is_empty() {
        return found;
    }
    let years: Vec<String> = kept.unlisted_years.iter().map(ToString::to_string).collect();
    found.note(Note::new(Remark::HolidaysUnknown).with("years", years.join(", ")))
}

fn days(n: i64, unit: Unit) -> [String; 2] {
    let many = if n == 1 { "" } else { "s" };
    match unit {
        Unit::Day => [format!("{n} ngày"), format!("{n} day{many}")],
        Unit::WorkingDay => [format!("{n} ngày làm việc"), format!("{n} working day{many}")],
    }
}

/// One code by itself, more by their number.
fn procedures(decision: &Decision, items: impl Iterator<Item = usize>) -> [String; 2] {
    let codes: BTreeSet<&str> =
        items.map(|item| decision.items[item].procedure.value.as_str()).collect();
    match codes.first() {
        Some(code) if codes.len() == 1 => {
            [format!("thủ tục `{code}`"), format!("procedure `{code}`")]
        }
        _ => [format!("{} thủ tục", codes.len()), format!("{} procedures", codes.len())],
    }
}
