//! Days that contradict each other inside one record, or contradict today: of documents, of decisions,
//! and of comparisons with a source. Whose days are not sound is not judged by them elsewhere.

use super::is_local;
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report, Value};
use crate::files::Span;
use crate::model::date::Date;
use crate::model::decision::{Action, Cause, Decision};
use crate::model::document::{Document, Effective, Kind};
use crate::model::number::NumberKey;
use crate::model::{Catalogue, Checked};
use crate::validity::Assessment;

/// Judges the days of every document.
pub fn of_documents(catalogue: &Catalogue, assessment: &Assessment, report: &mut Report) {
    for document in &catalogue.documents {
        // A consolidated text stands as what it consolidates, and has no first day itself.
        if document.effective == Effective::Missing && document.kind != Kind::Consolidation {
            let found = Diagnostic::new(Code::EffectiveMissing, document.span);
            report.push(found.with("number", document.label()));
        }
        for flaw in flaws(assessment, document) {
            report.push(flaw);
        }
        other_year(assessment, document, report);
        twice(document, report);
        // What has not been signed cannot have been compared; that is one mistake.
        let is_signed = document.signed.is_none_or(|signed| !assessment.is_to_come(signed));
        if let Some(checked) = document.checked.as_ref().filter(|_| is_signed) {
            compared(checked, assessment, report);
        }
    }
}

/// Judges the days on which procedures were compared with their source.
pub fn of_procedures(catalogue: &Catalogue, assessment: &Assessment, report: &mut Report) {
    for last in catalogue.procedures.iter().filter_map(|procedure| procedure.last_checked.as_ref())
    {
        compared(&last.checked, assessment, report);
        if let Some(next) = last.next.filter(|next| *next <= last.checked.on) {
            let found = Diagnostic::new(Code::NextCheckPast, last.checked.span);
            let found = found.with("on", last.checked.on.to_string());
            report.push(found.with("next", next.to_string()));
        }
    }
}

/// A number carries the year in which the text was signed.
fn other_year(assessment: &Assessment, document: &Document, report: &mut Report) {
    let Some(signed) = document.signed.filter(|day| !assessment.is_to_come(*day)) else { return };
    let year = document.number.as_deref().and_then(|number| NumberKey::new(number).year());
    if year.is_some_and(|year| year != signed.year()) {
        let found = Diagnostic::new(Code::OtherYear, document.at(document.places.signed));
        let found = found.with("number", document.label());
        report.push(found.with("date", signed.to_string()));
    }
}

/// A provision begins once.
fn twice(document: &Document, report: &mut Report) {
    for (place, own) in document.provisions.iter().enumerate() {
        let mut before = document.provisions[..place].iter();
        if let Some(first) = before.find(|first| first.scope == own.scope) {
            let found = Diagnostic::new(Code::ProvisionTwice, own.span)
                .with("provision", own.scope.to_string())
                .with("first", first.from.to_string())
                .with("date", own.from.to_string());
            report.push(found.note(Note::at(Remark::FirstHere, first.span)));
        }
    }
}

/// Judges the days of every decision.
pub fn of_decisions(catalogue: &Catalogue, assessment: &Assessment, report: &mut Report) {
    for decision in &catalogue.decisions {
        if let Some(found) = decision_in_future(decision, assessment) {
            report.push(found);
        } else if let Some((place, why)) = decision_days(decision) {
            let found = Diagnostic::new(Code::DecisionDays, place.unwrap_or(decision.span));
            report.push(found.with("number", decision.number.as_str()).with("why", why));
        } else {
            causes(catalogue, decision, report);
        }
    }
}

/// Whether the days of a document are free of contradictions among themselves.
pub(super) fn are_sound(assessment: &Assessment, document: &Document) -> bool {
    flaws(assessment, document).is_empty()
}

/// Since when a document has been there, for all the register tells, and by which of its days.
pub(super) fn born(document: &Document) -> Option<([&'static str; 2], Date)> {
    match (document.signed, document.effective) {
        (Some(signed), _) => Some((["ban hành", "signed on"], signed)),
        (None, Effective::On(day)) => Some((["có hiệu lực từ", "in effect from"], day)),
        _ => None,
    }
}

/// How many days lie between two, as a value of words.
pub(super) fn between(from: Date, until: Date) -> Value {
    // Days of one calendar are less than four million apart, so that their difference always exists.
    let n_days = from.until(until).map_or(0, |span| span.get_days());
    let english = if n_days == 1 { "1 day".to_owned() } else { format!("{n_days} days") };
    [format!("{n_days} ngày"), english].into()
}

fn flaws(assessment: &Assessment, document: &Document) -> Vec<Diagnostic> {
    let mut flaws = Vec::new();
    let at =
        |code, place| Diagnostic::new(code, document.at(place)).with("number", document.label());
    let effective = match document.effective {
        Effective::On(day) => Some(day),
        Effective::Unknown | Effective::Missing => None,
    };
    match (document.signed, effective) {
        (Some(signed), _) if assessment.is_to_come(signed) => {
            let found = at(Code::SignedInFuture, document.places.signed);
            flaws.push(found.with("date", signed.to_string()));
        }
        (Some(signed), Some(from)) if from < signed && !may_reach_back(document) => {
            let note = Note::at(Remark::SignedHere, document.at(document.places.signed))
                .with("number", document.label())
                .with("date", signed.to_string());
            let found = at(Code::EffectiveBeforeSigned, document.places.effective)
                .with("from", from.to_string())
                .with("signed", signed.to_string())
                .with("days", between(from, signed));
            flaws.push(found.note(note));
        }
        _ => {}
    }
    if let Some(signed) = document.signed
        && !assessment.is_to_come(signed)
        && !may_reach_back(document)
    {
        for own in document.provisions.iter().filter(|own| own.from < signed) {
            let note = Note::at(Remark::SignedHere, document.at(document.places.signed))
                .with("number", document.label())
                .with("date", signed.to_string());
            let found = Diagnostic::new(Code::EffectiveBeforeSigned, own.span)
                .with("number", format!("{} {}", document.label(), own.scope))
                .with("from", own.from.to_string())
                .with("signed", signed.to_string())
                .with("days", between(own.from, signed));
            flaws.push(found.note(note));
        }
    }
    if let (Some(from), Some(end)) = (effective, document.own_end)
        && end <= from
    {
        let last_day = end.yesterday().unwrap_or(end);
        let note = Note::at(Remark::EffectiveHere, document.at(document.places.effective))
            .with("number", document.label());
        let found = at(Code::EndBeforeStart, document.places.last_day)
            .with("last_day", last_day.to_string())
            .with("part", ["", "it"])
            .with("from", from.to_string())
            .with("key", "effective")
            .with("extend", "");
        flaws.push(found.note(note));
    } else if let Some(end) = document.own_end
        && let Some(own) = document.provisions.iter().find(|own| end <= own.from)
    {
        let last_day = end.yesterday().unwrap_or(end);
        let part = [format!(" {}", own.scope), own.scope.to_string()];
        let found = Diagnostic::new(Code::EndBeforeStart, own.span)
            .with("number", document.label())
            .with("last_day", last_day.to_string())
            .with("part", part)
            .with("from", own.from.to_string())
            .with("key", "from")
            .with("extend", "");
        flaws.push(found);
    }
    flaws
}

/// Texts of central bodies may have effect before they are signed, local ones may not (Luật
/// 64/2025/QH15, Điều 55). It is so rare that it is believed only of what was compared with its source.
fn may_reach_back(document: &Document) -> bool {
    !is_local(document) && document.checked.is_some()
}

fn compared(checked: &Checked, assessment: &Assessment, report: &mut Report) {
    if assessment.is_to_come(checked.on) {
        let found = Diagnostic::new(Code::CheckedInFuture, checked.span);
        report.push(found.with("date", checked.on.to_string()));
    }
}

/// A decision of a day that has not come yet.
fn decision_in_future(decision: &Decision, assessment: &Assessment) -> Option<Diagnostic> {
    let Decision { signed, made_public, places, .. } = decision;
    let told = [
        (signed, places.signed, ["ngày ký", "signed"]),
        (made_public, places.made_public, ["ngày công khai", "made public"]),
    ];
    told.into_iter().find_map(|(day, place, what)| {
        let day = day.filter(|day| assessment.is_to_come(*day))?;
        let found = Diagnostic::new(Code::DecisionInFuture, place.unwrap_or(decision.span));
        Some(
            found
                .with("number", decision.number.as_str())
                .with("what", what)
                .with("date", day.to_string()),
        )
    })
}

/// The first contradiction among the days of a decision, and where.
fn decision_days(decision: &Decision) -> Option<(Option<Span>, [String; 2])> {
    let Decision { signed, effective, made_public, places, .. } = decision;
    if let Some((day, signed)) = effective.zip(*signed).filter(|(day, signed)| day < signed) {
        let why = [
            format!("có hiệu lực từ {day}, trước ngày ký {signed}"),
            format!("it takes effect on {day}, before it is signed on {signed}"),
        ];
        return Some((places.effective, why));
    }
    if let Some((day, signed)) = made_public.zip(*signed).filter(|(day, signed)| day < signed) {
        let why = [
            format!("công khai ngày {day}, trước ngày ký {signed}"),
            format!("it was made public on {day}, before it was signed on {signed}"),
        ];
        return Some((places.made_public, why));
    }
    // Without `effective` a decision counts from `signed`; without both it removes nothing, ever.
    let removes = |action| matches!(action, Action::Repealed | Action::Replaced);
    let is_undated = signed.is_none() && effective.is_none();
    (is_undated && decision.items.iter().any(|item| removes(item.action))).then(|| {
        let why = [
            "không có `signed` lẫn `effective`, nên việc bãi bỏ, thay thế trong đó không bao giờ được tính",
            "it has neither `signed` nor `effective`, so that what it repeals or replaces never counts",
        ];
        (None, why.map(str::to_owned))
    })
}

/// A decision that is older than the document it carries out.
fn causes(catalogue: &Catalogue, decision: &Decision, report: &mut Report) {
    let Some(signed) = decision.signed.or(decision.effective) else { return };
    for because_of in decision.items.iter().filter_map(|item| item.because_of.as_ref()) {
        let Cause::Known(document) = &because_of.value else { continue };
        let document = &catalogue[*document];
        if let Some(day) = document.signed.filter(|day| signed < *day) {
            let label = document.label();
            let why = [
                format!("ngày {signed} có trước khi `{label}` được ban hành ({day})"),
                format!("its day {signed} comes before `{label}` was signed ({day})"),
            ];
            let note = Note::at(Remark::SignedHere, document.at(document.places.signed))
                .with("number", label)
                .with("date", day.to_string());
            let found = Diagnostic::new(Code::DecisionDays, because_of.span)
                .with("number", decision.number.as_str())
                .with("why", why);
            report.push(found.note(note));
        }
    }
}
