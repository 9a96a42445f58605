//! The parts that a procedure must have (Nghị định 63/2010/NĐ-CP, Điều 8 khoản 2, as amended by Nghị
//! định 92/2017/NĐ-CP): name, steps, channels, dossier, time limit, audience, agency. The name is
//! already mandatory to the loader. Also: agencies and offices that no longer exist, internal times.

use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::model::Catalogue;
use crate::model::agency::AgencyId;
use crate::model::procedure::{
    Case, Decimal, ElementId, Procedure, ReceptionPlace, TimeLength, TimeLimit, TimeUnit,
};
use crate::validity::Assessment;
use crate::validity::procedure::{Cause, ProcedureStanding};

/// Judges the versions that are published or to come.
pub fn check(catalogue: &Catalogue, assessment: &Assessment, report: &mut Report) {
    for (id, procedure) in catalogue.procedure_ids() {
        let standing = assessment.procedure(id);
        if is_history(standing) {
            continue;
        }
        let is_published = standing.shown().is_some();
        parts(procedure, report, &|id| {
            let window = procedure.elements[id.0 as usize].validity;
            !is_published || assessment.is_running(window)
        });
        agencies(catalogue, assessment, procedure, report);
        offices(catalogue, assessment, procedure, report);
        internal_times(procedure, report);
    }
}

/// Whether its days are over: nobody has to complete it any more.
fn is_history(standing: &ProcedureStanding) -> bool {
    match standing {
        ProcedureStanding::Superseded { .. } => true,
        ProcedureStanding::Withheld { causes } => {
            causes.iter().any(|cause| matches!(cause, Cause::WindowEnded | Cause::Repealed { .. }))
        }
        _ => false,
    }
}

/// One finding, however many are missing: a file that is being written lacks them together. They come in the
/// order of the law. The place is the code, the one thing that such a file has. What is written and does not
/// run on the day of a published procedure is missing on its page; what has lost its basis is told there.
fn parts(procedure: &Procedure, report: &mut Report, runs: &dyn Fn(ElementId) -> bool) {
    let has_own_steps = procedure.steps.iter().any(|step| runs(step.element));
    let of_case = |case: &Case| case.steps.iter().any(|step| runs(step.element));
    let has_steps =
        has_own_steps || procedure.cases.iter().all(of_case) && !procedure.cases.is_empty();
    let mut dossier = procedure.cases.iter().flat_map(|case| &case.dossier);
    let has_dossier = dossier.any(|item| runs(item.element));
    let mut channels = procedure.channels.iter().filter(|channel| runs(channel.element));
    let has_channel = channels.clone().next().is_some();
    let has_time =
        channels.any(|channel| channel.times.iter().any(|time| time.element.is_none_or(runs)));
    let mut missing = vec![
        (has_steps, ["trình tự thực hiện", "steps"], "`steps`"),
        (has_channel, ["cách thức thực hiện", "channels"], "`channels`"),
        (has_dossier, ["thành phần hồ sơ", "dossier"], "`cases[].dossier`"),
        (has_time, ["thời hạn giải quyết", "time limit"], "`channels[].times`"),
        (!procedure.audience.is_empty(), ["đối tượng thực hiện", "audience"], "`audience`"),
        (
            !procedure.authority.performs.is_empty(),
            ["cơ quan thực hiện", "agency"],
            "`authority.performs`",
        ),
    ];
    missing.retain(|(is_there, ..)| !is_there);
    if missing.is_empty() {
        return;
    }
    let parts = [0, 1].map(|language| {
        missing.iter().map(|(_, part, _)| part[language]).collect::<Vec<_>>().join(", ")
    });
    let keys: Vec<&str> = missing.iter().map(|(.., key)| *key).collect();
    let found = Diagnostic::new(Code::PartMissing, procedure.span());
    report.push(found.with("parts", parts).with("keys", keys.join(", ")));
}

fn agencies(
    catalogue: &Catalogue,
    assessment: &Assessment,
    procedure: &Procedure,
    report: &mut Report,
) {
    for agency in named(procedure) {
        let agency = &catalogue[agency];
        if let Some(until) = agency.validity.until.filter(|_| assessment.is_over(agency.validity)) {
            let found = Diagnostic::new(Code::AgencyEnded, procedure.span());
            report.push(found.with("id", agency.slug.as_str()).with("date", until.to_string()));
        }
    }
}

fn named(procedure: &Procedure) -> impl Iterator<Item = AgencyId> {
    let authority = &procedure.authority;
    [&authority.performs, &authority.decides, &authority.coordinates, &authority.delegated]
        .into_iter()
        .flatten()
        .copied()
}

/// Places to file at that no longer receive: nobody is sent there, but nobody is sent anywhere else.
fn offices(
    catalogue: &Catalogue,
    assessment: &Assessment,
    procedure: &Procedure,
    report: &mut Report,
) {
    for reception in &procedure.reception {
        let ReceptionPlace::Office(id) = reception.place else { continue };
        let element = &procedure.elements[reception.element.0 as usize];
        if assessment.is_over(element.validity) {
            continue;
        }
        let (office, agency) = (&catalogue[id], &catalogue[id.agency]);
        let name = agency.name.as_str();
        // An agency that has ended and is named as such is reported once, there.
        let is_said = named(procedure).any(|named| named == id.agency);
        let (window, why) = if assessment.is_over(office.validity) {
            (office.validity, ["nơi này đã thôi nhận hồ sơ".into(), "it has closed".into()])
        } else if assessment.is_over(agency.validity) && !is_said {
            let why = [
                format!("cơ quan của nó, {name}, đã kết thúc"),
                format!("its agency, {name}, has ended"),
            ];
            (agency.validity, why)
        } else {
            continue;
        };
        let since = window.until.map_or_else(String::new, |until| until.to_string());
        let found = Diagnostic::new(Code::OfficeEnded, element.span)
            .with("id", office.id.as_str())
            .with("date", since)
            .with("why", why);
        report.push(found.note(Note::at(Remark::AgencyHere, agency.span).with("name", name)));
    }
}

/// Times of the internal process must not exceed the time limit of the procedure. Compared only where
/// both can be counted in the same unit; eight hours are a working day.
fn internal_times(procedure: &Procedure, report: &mut Report) {
    let steps: Option<Vec<u64>> = procedure
        .internal_process
        .iter()
        .map(|step| step.time.as_ref().map_or(Some(0), working_hours))
        .collect();
    let limits: Option<Vec<u64>> =
        procedure.channels.iter().flat_map(|channel| &channel.times).map(working_hours).collect();
    let (Some(steps), Some(limit)) = (steps, limits.and_then(|all| all.into_iter().max())) else {
        return;
    };
    let sum: u64 = steps.iter().sum();
    if sum > limit {
        let hours = |thousandths: u64| {
            let text = Decimal(thousandths).to_string();
            [format!("{text} giờ làm việc"), format!("{text} working hours")]
        };
        let found = Diagnostic::new(Code::InternalTooLong, procedure.span());
        report.push(found.with("sum", hours(sum)).with("limit", hours(limit)));
    }
}

/// Thousandths of a working hour.
fn working_hours(time: &TimeLimit) -> Option<u64> {
    match &time.length {
        TimeLength::Amount(amount, TimeUnit::Hour) => Some(amount.0),
        TimeLength::Amount(amount, TimeUnit::WorkingDay) => amount.0.checked_mul(8),
        TimeLength::Amount(_, TimeUnit::Day | TimeUnit::Month) | TimeLength::Text(_) => None,
    }
}
