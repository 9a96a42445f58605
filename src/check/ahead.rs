//! What will leave the site before long by windows, exemptions and decisions, told at the milestones of
//! `catalogue.yaml`. What the law will take is in `law_ahead.rs`.
//!
//! All of it is a notice, for nothing is wrong yet and a change of today must not wait for it. A week
//! ahead it becomes a warning where the day itself would bring a finding, or a procedure would go that
//! no decision repeals. What its own window or a decision ends has been arranged, and stays a notice.

use std::collections::BTreeMap;

use super::basis::{is_attached, kind};
use super::law_ahead;
use super::teller::{Teller, fate, urgent, with_notes};
use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report};
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::agency::{AgencyId, OfficeId};
use crate::model::date::Date;
use crate::model::decision::DecisionId;
use crate::model::procedure::{ElementId, ElementKind, Procedure, ProcedureId};
use crate::validity::Assessment;
use crate::validity::ahead::{self, Bearer, Lost};
use crate::validity::procedure::{Cause, ProcedureStanding};
use crate::validity::words;

/// Tells what is known to come.
pub fn check(catalogue: &Catalogue, assessment: &Assessment, report: &mut Report) {
    let Some(within) = catalogue.site.upkeep.warn_ahead.iter().copied().max() else { return };
    let teller = Teller { catalogue, assessment };
    let mut repeals = BTreeMap::new();
    let mut by_law = Vec::new();
    for loss in ahead::losses(catalogue, assessment, within) {
        let day = loss.day;
        let found = match loss.what {
            Lost::Basis { of, citation, by_exemption: true, takes_all, .. } => {
                teller.exemption(of, citation, takes_all, day)
            }
            Lost::Basis { .. } => {
                by_law.push(loss);
                None
            }
            Lost::Procedure(id) => match teller.repeal(id, day) {
                Some(decision) => {
                    repeals.entry((day, decision)).or_insert_with(Vec::new).push(id);
                    None
                }
                None => teller.procedure(id, day),
            },
            Lost::Element(id, element) => teller.element(id, element, day),
            Lost::Group(group) => teller.group(group, day),
            Lost::Agency(agency) => teller.agency(agency, day),
            Lost::Office(office) => teller.office(office, day),
        };
        report.merge(found.into_iter().collect());
    }
    for ((day, decision), procedures) in repeals {
        report.merge(teller.decision(decision, &procedures, day).into_iter().collect());
    }
    law_ahead::check(&teller, &by_law, report);
}

impl Teller<'_> {
    fn exemption(
        &self,
        of: Bearer,
        citation: usize,
        takes_all: bool,
        day: Date,
    ) -> Option<Diagnostic> {
        let citation = &of.bases(self.catalogue)[citation];
        let span = citation.exemption.as_ref()?.span;
        let number = self.catalogue.cited_label(&citation.document);
        let found = self.coming(Code::ExemptionWillEnd, span, day)?.with("number", number);
        Some(urgent(found.with("fate", fate(self.catalogue, of, takes_all))))
    }

    /// The decision by which a procedure goes on a day.
    fn repeal(&self, id: ProcedureId, day: Date) -> Option<DecisionId> {
        let standing = self.assessment.procedure_timeline(id).at(day);
        let ProcedureStanding::Withheld { causes } = standing else { return None };
        causes.iter().find_map(|cause| match cause {
            Cause::Repealed { decision, .. } => Some(*decision),
            _ => None,
        })
    }

    fn decision(&self, id: DecisionId, gone: &[ProcedureId], day: Date) -> Option<Diagnostic> {
        let decision = &self.catalogue[id];
        let n = gone.len();
        let s = if n == 1 { "" } else { "s" };
        let count = [n.to_string(), format!("{n} procedure{s}")];
        let found = self.coming(Code::RepealComing, decision.span, day)?;
        let found = found.with("number", decision.number.as_str()).with("count", count);
        Some(with_notes(found, gone.iter().map(|id| self.procedure_note(*id)).collect()))
    }

    fn procedure(&self, id: ProcedureId, day: Date) -> Option<Diagnostic> {
        let procedure = &self.catalogue[id];
        // A hole between two versions is found as such, today as on any day.
        let is_later = |it: &Procedure| it.validity.from.is_some_and(|from| day < from);
        if self.catalogue.versions(&procedure.code.value).any(|(_, other)| is_later(other)) {
            return None;
        }
        let why = match self.assessment.procedure_timeline(id).at(day) {
            ProcedureStanding::Withheld { causes } => {
                // Of several, the one that the day brings.
                let is_new = |cause: &&Cause| match cause {
                    Cause::BasisLost { citation, .. } => {
                        let basis = &procedure.legal_basis[*citation];
                        self.assessment.will_stand_from(basis, day) == Some(day)
                    }
                    _ => true,
                };
                let cause = causes.iter().find(is_new).or(causes.first());
                let said = |language| {
                    let (of, by) = (self.catalogue, self.assessment);
                    let words =
                        cause.map(|it| words::cause_on(of, by, procedure, it, day, language));
                    words::plain(of, &words.unwrap_or_default())
                };
                [said(Language::Vietnamese), said(Language::English)]
            }
            ProcedureStanding::Superseded { by } => {
                let by = &self.catalogue[*by].slug;
                [
                    format!("bản kế tiếp `{by}` khi ấy chưa được công khai"),
                    format!("the next version `{by}` is not published then"),
                ]
            }
            _ => [
                "căn cứ kế tiếp khi ấy chưa có hiệu lực".to_owned(),
                "the basis that follows is not in force then".to_owned(),
            ],
        };
        let found = self.coming(Code::ProcedureWillGo, procedure.span(), day)?;
        Some(urgent(found.with("code", procedure.code.value.as_str()).with("why", why)))
    }

    fn element(&self, id: ProcedureId, number: ElementId, day: Date) -> Option<Diagnostic> {
        let procedure = &self.catalogue[id];
        let element = &procedure.elements[number.0 as usize];
        let found = self.coming(Code::ElementWillGo, element.span, day)?;
        let found = found.with("kind", kind(element.kind)).with("name", element.name.as_str());
        // Within its window only the windows of its bases are left to blame; and a paper that asks for a
        // form that is gone is an error of the day.
        let is_wrong = element.validity.covers(day)
            || element.kind == ElementKind::Form && is_attached(procedure, number, day);
        Some(if is_wrong { urgent(found) } else { found })
    }

    fn group(&self, group: usize, day: Date) -> Option<Diagnostic> {
        let group = &self.catalogue.groups[group];
        let found = self.coming(Code::GroupWillGo, group.span, day)?;
        Some(found.with("name", group.name.as_str()))
    }

    /// The day brings a finding for every procedure that still names the agency.
    fn agency(&self, id: AgencyId, day: Date) -> Option<Diagnostic> {
        let agency = &self.catalogue[id];
        let what = [format!("cơ quan “{}”", agency.name), format!("agency “{}”", agency.name)];
        let found = self.coming(Code::PlaceWillGo, agency.span, day)?.with("what", what);
        let naming = self.catalogue.procedure_ids().filter(|(procedure, written)| {
            let timeline = self.assessment.procedure_timeline(*procedure);
            written.authority.names(id) && timeline.at(day).shown().is_some()
        });
        let notes = naming.map(|(procedure, _)| self.procedure_note(procedure)).collect();
        Some(urgent(with_notes(found, notes)))
    }

    fn office(&self, id: OfficeId, day: Date) -> Option<Diagnostic> {
        let (agency, office) = (&self.catalogue[id.agency], &self.catalogue[id]);
        let what = [
            format!("nơi tiếp nhận “{}” (`{}`)", office.name, office.id),
            format!("office “{}” (`{}`)", office.name, office.id),
        ];
        Some(self.coming(Code::PlaceWillGo, agency.span, day)?.with("what", what))
    }
}
