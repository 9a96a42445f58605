//! Upkeep: which published procedures are due to be compared with their source, and whether there are
//! more of them than the catalogue allows itself. A single one is a notice: it blocks nobody's change.

use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::Located;
use crate::model::Catalogue;
use crate::model::procedure::Decimal;
use crate::model::site::Share;
use crate::validity::Assessment;
use crate::validity::upkeep::{self, Due, Overdue};

/// Judges the published procedures.
pub fn check(catalogue: &Catalogue, assessment: &Assessment, report: &mut Report) {
    let overdue = upkeep::overdue(catalogue, assessment);
    for (id, due) in &overdue.procedures {
        let procedure = &catalogue[*id];
        let last = procedure.last_checked.as_ref();
        // A next day that was past from the beginning is the mistake, and is found as such.
        if last.is_some_and(|last| last.next.is_some_and(|next| next <= last.checked.on)) {
            continue;
        }
        let span = last.map_or_else(|| procedure.span(), |last| last.checked.span);
        let why = match due {
            Due::On(day) => [
                format!("đến hạn đối chiếu lại từ {day}"),
                format!("has been due for another check since {day}"),
            ],
            Due::Never => [
                "chưa ghi lần đối chiếu nào, nên tính là quá hạn".to_owned(),
                "names no check so far and counts as overdue".to_owned(),
            ],
        };
        let found = Diagnostic::new(Code::CheckOverdue, span);
        report.push(found.with("code", procedure.code.value.as_str()).with("why", why));
    }
    if let Some(limit) = &catalogue.site.upkeep.overdue_budget {
        budget(&overdue, limit, report);
    }
}

fn budget(overdue: &Overdue, limit: &Located<Share>, report: &mut Report) {
    let (part, whole) = (overdue.procedures.len(), overdue.n_published);
    if !limit.value.is_passed_by(part, whole) {
        return;
    }
    let allowed = (0..part).rev().find(|part| !limit.value.is_passed_by(*part, whole)).unwrap_or(0);
    let found = Diagnostic::new(Code::UpkeepBudget, limit.span)
        .with("overdue", part.to_string())
        .with("published", whole.to_string())
        .with("share", share(part, whole))
        .with("limit", percent(limit.value).map(|text| format!("{text} %")))
        .with("needed", (part - allowed).to_string());
    report.push(found);
}

/// The share in words. What has no end after the point is said to be more than what is shown, for a
/// share that was rounded down to the limit would contradict the finding.
fn share(part: usize, whole: usize) -> [String; 2] {
    let scaled = part as u128 * u128::from(Share::WHOLE);
    let whole = (whole as u128).max(1);
    let shown = percent(Share(u64::try_from(scaled / whole).unwrap_or(Share::WHOLE)));
    let [more, over] = if scaled.is_multiple_of(whole) { ["", ""] } else { ["hơn ", "over "] };
    [format!("{more}{} %", shown[0]), format!("{over}{} %", shown[1])]
}

fn percent(share: Share) -> [String; 2] {
    let vietnamese = Decimal(share.0).to_string();
    [vietnamese.clone(), vietnamese.replace(',', ".")]
}
