//! Announcing decisions: what they name must be in the catalogue, unless they repeal it.

use std::collections::BTreeSet;

use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report};
use crate::model::Catalogue;
use crate::model::decision::Action;

/// Judges every item of every decision.
pub fn check(catalogue: &Catalogue, report: &mut Report) {
    let known: BTreeSet<&str> =
        catalogue.procedures.iter().map(|procedure| procedure.code.value.as_str()).collect();
    for item in catalogue.decisions.iter().flat_map(|decision| &decision.items) {
        // What a decision repealed need not be kept.
        let needed = !matches!(item.action, Action::Repealed | Action::Replaced);
        let named = needed.then_some(&item.procedure).into_iter().chain(&item.replaced_by);
        for code in named.filter(|code| !known.contains(code.value.as_str())) {
            report.push(
                Diagnostic::new(Code::ItemUnknown, code.span).with("code", code.value.as_str()),
            );
        }
    }
}
