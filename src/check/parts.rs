//! The parts that a procedure must have (Nghị định 63/2010/NĐ-CP, Điều 8 khoản 2, as amended by Nghị
//! định 92/2017/NĐ-CP): name, steps, channels, dossier, time limit, audience, agency. The name is
//! already mandatory to the loader. Also: agencies that no longer exist, and internal times.

use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report};
use crate::model::Catalogue;
use crate::model::procedure::{Decimal, Procedure, TimeLength, TimeLimit, TimeUnit};
use crate::validity::Assessment;
use crate::validity::procedure::{Cause, ProcedureStanding};

/// Judges the versions that are published or to come.
pub fn check(catalogue: &Catalogue, assessment: &Assessment, report: &mut Report) {
    for (id, procedure) in catalogue.procedure_ids() {
        let standing = assessment.procedure(id);
        if is_history(standing) {
            continue;
        }
        for (part, key) in missing(procedure) {
            let found = Diagnostic::new(Code::PartMissing, procedure.span());
            report.push(found.with("part", part).with("key", key));
        }
        agencies(catalogue, assessment, procedure, report);
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

fn missing(procedure: &Procedure) -> Vec<([&'static str; 2], &'static str)> {
    let has_steps = !procedure.steps.is_empty()
        || procedure.cases.iter().all(|case| !case.steps.is_empty()) && !procedure.cases.is_empty();
    let has_dossier = procedure.cases.iter().any(|case| !case.dossier.is_empty());
    let has_time = procedure.channels.iter().any(|channel| !channel.times.is_empty());
    [
        (has_steps, ["trình tự thực hiện", "steps"], "steps"),
        (!procedure.channels.is_empty(), ["cách thức thực hiện", "channels"], "channels"),
        (has_dossier, ["thành phần hồ sơ", "dossier"], "cases[].dossier"),
        (has_time, ["thời hạn giải quyết", "time limit"], "channels[].times"),
        (!procedure.audience.is_empty(), ["đối tượng thực hiện", "audience"], "audience"),
        (
            !procedure.authority.performs.is_empty(),
            ["cơ quan thực hiện", "agency"],
            "authority.performs",
        ),
    ]
    .into_iter()
    .filter(|(present, ..)| !present)
    .map(|(_, part, key)| (part, key))
    .collect()
}

fn agencies(
    catalogue: &Catalogue,
    assessment: &Assessment,
    procedure: &Procedure,
    report: &mut Report,
) {
    let authority = &procedure.authority;
    let named =
        [&authority.performs, &authority.decides, &authority.coordinates, &authority.delegated];
    for agency in named.into_iter().flatten() {
        let agency = &catalogue[*agency];
        if let Some(until) = agency.validity.until.filter(|until| *until <= assessment.today) {
            let found = Diagnostic::new(Code::AgencyEnded, procedure.span());
            report.push(found.with("id", agency.slug.as_str()).with("date", until.to_string()));
        }
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
