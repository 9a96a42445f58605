//! Legal bases: of procedures, of their elements, of joint groups. A version whose days are over is
//! history and may cite what was law then; one that is to come is judged on its first day.

use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::citation::{Citation, Cited};
use crate::model::date::{Date, Window};
use crate::model::document::{Act, DocumentId, Effective};
use crate::model::number;
use crate::model::procedure::{
    DossierKind, Element, ElementId, ElementKind, Procedure, ProcedureId,
};
use crate::model::site::UnknownBasis;
use crate::validity::Assessment;
use crate::validity::procedure::{
    Cause, CitationState, ProcedureStanding, citation_state, is_grounded,
};
use crate::validity::standing::{Fact, Link};
use crate::validity::words;

/// Judges every citation that matters today or later.
pub fn check(catalogue: &Catalogue, assessment: &Assessment, report: &mut Report) {
    let judge = Judge { catalogue, assessment };
    for (id, procedure) in catalogue.procedure_ids() {
        let Some(day) = judge.judged_on(id) else { continue };
        if procedure.legal_basis.is_empty() {
            report.push(Diagnostic::new(Code::BasisMissing, procedure.span()));
        }
        for citation in &procedure.legal_basis {
            judge.citation(citation, day, report);
        }
        for id in (0..).map(ElementId).take(procedure.elements.len()) {
            judge.element(procedure, id, day, report);
        }
    }
    for group in &catalogue.groups {
        let Some(day) = first_day(group.validity, assessment.today) else { continue };
        for citation in &group.legal_basis {
            judge.citation(citation, day, report);
        }
    }
}

/// Who judges what is cited, and on which day.
pub(super) struct Judge<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) assessment: &'a Assessment,
}

impl Judge<'_> {
    /// The day to judge a version on; none where it is history.
    pub(super) fn judged_on(&self, id: ProcedureId) -> Option<Date> {
        let repealed = match self.assessment.procedure(id) {
            ProcedureStanding::Withheld { causes } => {
                causes.iter().any(|cause| matches!(cause, Cause::Repealed { .. }))
            }
            _ => false,
        };
        let day = first_day(self.catalogue[id].validity, self.assessment.today)?;
        (!repealed).then_some(day)
    }

    fn citation(&self, citation: &Citation, day: Date, report: &mut Report) {
        let state = citation_state(self.assessment.lives(), citation, day);
        let Some(code) = self.code(citation, &state) else { return };
        let label = self.catalogue.cited_label(&citation.document);
        let mut found = Diagnostic::new(code, citation.span).with("number", label);
        match &citation.document {
            Cited::Unknown(written) => found = found.with("slug", number::slug(written)),
            Cited::Known(document) => {
                found = self.explain(found, *document, citation, &state, day);
            }
        }
        if let (CitationState::Ended, Some(exemption)) = (&state, &citation.exemption) {
            let last_day = exemption.until.yesterday().unwrap_or(exemption.until);
            found = found.with("last_day", last_day.to_string());
        }
        let may_be_unknown = self.catalogue.site.policies.unknown_basis == UnknownBasis::Mark;
        let unknown = matches!(state, CitationState::NotInRegister | CitationState::Unknown);
        report.push(if unknown && may_be_unknown { found.softened() } else { found });
    }

    fn code(&self, citation: &Citation, state: &CitationState) -> Option<Code> {
        Some(match state {
            CitationState::InForce
            | CitationState::Exempt
            | CitationState::BeforeWindow
            | CitationState::AfterWindow => {
                return None;
            }
            CitationState::NotYet => Code::BasisNotYet,
            CitationState::Suspended => Code::BasisSuspended,
            CitationState::Ended | CitationState::ProvisionEnded(_)
                if citation.exemption.is_some() =>
            {
                Code::ExemptionEnded
            }
            CitationState::Ended => Code::BasisEnded,
            CitationState::ProvisionEnded(_) => Code::ProvisionEnded,
            CitationState::ProvisionUnclear(_) => Code::BasisUnclear,
            // The register's own finding says it once, for all that cite the document.
            CitationState::Unknown if self.is_reported_in_register(citation) => return None,
            CitationState::Unknown => Code::BasisUndated,
            CitationState::NotInRegister => Code::BasisUnknown,
        })
    }

    fn is_reported_in_register(&self, citation: &Citation) -> bool {
        let Cited::Known(document) = citation.document else { return false };
        self.catalogue[document].effective == Effective::Missing
            || self.assessment.life(document).is_on_circle()
    }

    /// Adds the day, the provision, the chain of acts and the successor.
    fn explain(
        &self,
        mut found: Diagnostic,
        document: DocumentId,
        citation: &Citation,
        state: &CitationState,
        day: Date,
    ) -> Diagnostic {
        let life = self.assessment.life(document);
        let provision = match state {
            CitationState::ProvisionEnded(place) | CitationState::ProvisionUnclear(place) => {
                Some(&citation.provisions[*place])
            }
            _ => None,
        };
        let standing = life.standing(provision, day);
        if let Some(provision) = provision {
            found = found.with("provision", provision.to_string());
        }
        let since = match state {
            CitationState::NotYet => life.whole().next_after(day).map(|(next, _)| next),
            _ => standing.since(),
        };
        if let Some(since) = since {
            found = found.with("date", since.to_string());
        }
        self.tell(found, &standing.because, day)
    }

    /// Adds the chain of acts, and the successor where the register names one.
    pub(super) fn tell(&self, mut found: Diagnostic, because: &[Link], day: Date) -> Diagnostic {
        for link in because {
            found = found.note(self.chain(link));
        }
        for successor in self.successors(because, day) {
            let number = words::name(self.catalogue, successor);
            found = found.note(Note::new(Remark::Successor).with("number", number));
        }
        found
    }

    fn chain(&self, link: &Link) -> Note {
        let said = |language| words::plain(self.catalogue, &words::link(link, language));
        let chain = [said(Language::Vietnamese), said(Language::English)];
        Note::new(Remark::Because).with("chain", chain)
    }

    /// The documents that took the place of one that ended, as far as they are in force.
    pub(super) fn successors(&self, because: &[Link], day: Date) -> Vec<DocumentId> {
        let replaced_by = |link: &Link| match &link.fact {
            Fact::ActedOn(deed) if deed.act == Act::Replaces => Some(deed.by),
            _ => None,
        };
        let in_force = |document: &DocumentId| {
            self.assessment.life(*document).whole().at(day).force.carries_whole()
        };
        because.iter().filter_map(replaced_by).filter(in_force).collect()
    }

    /// An element none of whose bases is left is one finding; else each lost basis is one.
    fn element(&self, procedure: &Procedure, id: ElementId, day: Date, report: &mut Report) {
        let element = &procedure.elements[id.0 as usize];
        let lives = self.assessment.lives();
        let day = element.validity.from.map_or(day, |from| from.max(day));
        if !element.validity.covers(day) {
            if element.kind == ElementKind::Form && is_attached(procedure, id, day) {
                report.push(ended(
                    element,
                    [
                        "đã quá ngày cuối mà hồ sơ vẫn đòi",
                        "is past its last day, yet the dossier asks for it",
                    ],
                ));
            }
            return;
        }
        let has_unknown = element.legal_basis.iter().any(|citation| {
            matches!(
                citation_state(lives, citation, day),
                CitationState::NotInRegister | CitationState::Unknown
            )
        });
        if element.legal_basis.is_empty()
            || is_grounded(lives, &element.legal_basis, day)
            || has_unknown
        {
            for citation in &element.legal_basis {
                self.citation(citation, day, report);
            }
            return;
        }
        let why = ["không còn căn cứ nào có hiệu lực", "has no basis left in force"];
        let mut found = ended(element, why);
        for citation in &element.legal_basis {
            if let Cited::Known(document) = citation.document {
                let standing = self.assessment.life(document).whole().at(day);
                found = self.tell(found, &standing.because, day);
            }
        }
        report.push(found);
    }
}

/// The first day of a window from a day on; none where all its days are over by then.
pub(super) fn first_day(window: Window, from: Date) -> Option<Date> {
    let day = window.from.map_or(from, |first| first.max(from));
    window.covers(day).then_some(day)
}

/// Whether a paper of the dossier still asks for a form.
fn is_attached(procedure: &Procedure, form: ElementId, day: Date) -> bool {
    let place = procedure.forms.iter().position(|candidate| candidate.element == form);
    procedure.cases.iter().flat_map(|case| &case.dossier).any(|item| {
        let asked = matches!(&item.kind, DossierKind::Paper(paper) if paper.form == place);
        asked && procedure.elements[item.element.0 as usize].validity.covers(day)
    })
}

fn ended(element: &Element, why: [&'static str; 2]) -> Diagnostic {
    let kind = match element.kind {
        ElementKind::Channel => ["cách thức nộp", "channel"],
        ElementKind::Time => ["thời hạn", "time limit"],
        ElementKind::Fee => ["khoản phí, lệ phí", "fee"],
        ElementKind::DossierItem => ["giấy tờ", "paper"],
        ElementKind::Form => ["biểu mẫu", "form"],
        ElementKind::Step => ["bước", "step"],
        ElementKind::Reception => ["nơi tiếp nhận", "place"],
    };
    Diagnostic::new(Code::ElementEnded, element.span)
        .with("kind", kind)
        .with("name", element.name.as_str())
        .with("why", why)
}
