//! Legal bases: of procedures, of their elements, of joint groups. A version whose days are over is
//! history and may cite what was law then; one that is to come is judged on its first day.

use super::because;
use super::mending::Mender;
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::files::FileTree;
use crate::model::Catalogue;
use crate::model::citation::{Citation, Cited};
use crate::model::date::{Date, Window};
use crate::model::document::{Act, DocumentId, Effective, Kind};
use crate::model::number;
use crate::model::procedure::{
    DossierKind, Element, ElementId, ElementKind, Procedure, ProcedureId,
};
use crate::model::site::UnknownBasis;
use crate::validity::Assessment;
use crate::validity::ahead::excuses;
use crate::validity::procedure::{
    Cause, CitationState, ProcedureStanding, citation_days, citation_state, deciding_texts,
    is_grounded, texts,
};
use crate::validity::standing::{Fact, Link};
use crate::validity::words;

/// Judges every citation that matters today or later.
pub fn check(
    catalogue: &Catalogue,
    assessment: &Assessment,
    files: &FileTree,
    report: &mut Report,
) {
    let judge = Judge { catalogue, assessment };
    let mender = Mender { catalogue, assessment, files };
    for (id, procedure) in catalogue.procedure_ids() {
        let Some(day) = judge.judged_on(id) else { continue };
        if procedure.legal_basis.is_empty() {
            report.push(Diagnostic::new(Code::BasisMissing, procedure.span()));
        }
        for citation in &procedure.legal_basis {
            judge.citation(citation, &procedure.legal_basis, (day, mender), report);
        }
        for id in (0..).map(ElementId).take(procedure.elements.len()) {
            judge.element(procedure, id, (day, mender), report);
        }
    }
    for group in &catalogue.groups {
        let Some(day) = first_day(group.validity, assessment.today) else { continue };
        for citation in &group.legal_basis {
            judge.citation(citation, &group.legal_basis, (day, mender), report);
        }
    }
}

/// Why a consolidated text is not to be cited.
const CONSOLIDATED: [&str; 2] = [
    "là văn bản hợp nhất, không có hiệu lực riêng",
    "is a consolidated text and has no force of its own",
];

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

    fn citation(
        &self,
        citation: &Citation,
        list: &[Citation],
        (day, mender): (Date, Mender<'_>),
        report: &mut Report,
    ) {
        let lives = self.assessment.lives();
        let (day, state, begins) = self.state(citation, day);
        let text = deciding_texts(lives, citation, day).first().copied();
        let label = self.catalogue.cited_label(&citation.document);
        if let Some(found) = self.not_normative(citation, &state) {
            report.push(found.with("number", label));
        }
        if let (CitationState::InForce, Some(text)) = (&state, text) {
            self.spent(citation, text, day, report);
        }
        let Some(code) = self.code(citation, text, &state) else {
            return self.needless(citation, &state, report);
        };
        let place = match state {
            CitationState::ProvisionEnded(place) | CitationState::ProvisionUnclear(place) => {
                citation.provision_spans.get(place).copied()
            }
            _ => None,
        };
        let span = place.unwrap_or(citation.span);
        let mut found = Diagnostic::new(code, span).with("number", label);
        if let Cited::Unknown(written) = &citation.document {
            found = found.with("slug", number::slug(written));
        }
        if let Some(begins) = begins {
            found = found.with("date", begins.to_string());
        }
        if let Some(text) = text {
            found = self.explain(found, text, citation, &state, day);
        }
        if let Some(exemption) = &citation.exemption {
            let last_day = exemption.until.yesterday().unwrap_or(exemption.until);
            found = found.with("last_day", last_day.to_string());
        }
        let found = found.fixed_by(match code {
            Code::BasisEnded => mender.citation(citation, list, day),
            Code::BasisUnknown => mender.respelled(citation),
            _ => None,
        });
        let may_be_unknown = self.catalogue.site.policies.unknown_basis == UnknownBasis::Mark;
        let unknown = matches!(state, CitationState::NotInRegister | CitationState::Unknown);
        report.push(if unknown && may_be_unknown { found.softened() } else { found });
    }

    /// An exemption of a text that has not ended, and is not known to end while it lasts.
    fn needless(&self, citation: &Citation, state: &CitationState, report: &mut Report) {
        let Some(exemption) = &citation.exemption else { return };
        if *state == CitationState::InForce && !excuses(self.assessment.lives(), citation) {
            let last_day = exemption.until.yesterday().unwrap_or(exemption.until);
            let found = Diagnostic::new(Code::ExemptionNeedless, exemption.span)
                .with("number", self.catalogue.cited_label(&citation.document))
                .with("last_day", last_day.to_string());
            report.push(found);
        }
    }

    /// How a citation stands on a day and, where it does not stand yet, the day on which it will. What is
    /// over before it has begun never carries anything, and is judged on the day on which that shows.
    fn state(&self, citation: &Citation, day: Date) -> (Date, CitationState, Option<Date>) {
        let lives = self.assessment.lives();
        let state = citation_state(lives, citation, day);
        if state != CitationState::NotYet {
            return (day, state, None);
        }
        let open = Citation { validity: Window::default(), ..citation.clone() };
        let mut later = citation_days(lives, &open)
            .into_iter()
            .filter(|other| day < *other)
            .map(|day| (day, citation_state(lives, &open, day)));
        match later.find(|(_, state)| *state != CitationState::NotYet) {
            Some((first, then)) if !then.supports() => (first, then, None),
            next => (day, state, next.map(|(first, _)| first)),
        }
    }

    /// What is cited in place of a normative document. That a number lacks its year is a sign and no
    /// proof, and a consolidated text may be cited: both are warned of and go on supporting.
    fn not_normative(&self, citation: &Citation, state: &CitationState) -> Option<Diagnostic> {
        let consolidated = match &citation.document {
            Cited::Known(document) => self.catalogue[*document].kind == Kind::Consolidation,
            Cited::Unknown(written) => number::is_consolidation(written),
        };
        let found = Diagnostic::new(Code::BasisNotNormative, citation.span);
        let warned = found.clone().softened();
        let number = self.catalogue.cited_label(&citation.document);
        match state {
            CitationState::NotNormative if consolidated => {
                let help = [
                    "dẫn chính văn bản được hợp nhất, hoặc ghi nó bằng `consolidates` ở tệp của văn bản hợp nhất",
                    "cite what is consolidated, or record it by `consolidates` in the file of the consolidated text",
                ];
                Some(found.with("why", CONSOLIDATED).with("instead", help))
            }
            CitationState::NotNormative => {
                let why = [
                    "không phải là văn bản quy phạm pháp luật nên không làm căn cứ được",
                    "is no normative document and grounds nothing",
                ];
                let help = [
                    "dẫn văn bản quy phạm pháp luật quy định việc này",
                    "cite the normative document that lays it down",
                ];
                Some(found.with("why", why).with("instead", help))
            }
            CitationState::InForce | CitationState::Exempt if consolidated => {
                let texts = texts(self.assessment.lives(), citation);
                let named: Vec<&str> =
                    texts.iter().map(|text| self.catalogue[*text].label()).collect();
                let named = named.join(", ");
                let help = [
                    format!("dẫn chính văn bản được hợp nhất: {named}"),
                    format!("cite what is consolidated: {named}"),
                ];
                Some(warned.with("why", CONSOLIDATED).with("instead", help))
            }
            CitationState::InForce | CitationState::Exempt if number::is_administrative(number) => {
                let why = [
                    "không có năm trong số, như văn bản hành chính",
                    "has no year in its number, as administrative texts have none",
                ];
                let help = [
                    "dẫn văn bản quy phạm pháp luật quy định việc này; nếu số ghi thiếu năm thì bổ sung",
                    "cite the normative document that lays it down; if the year was left out, add it",
                ];
                Some(warned.with("why", why).with("instead", help))
            }
            _ => None,
        }
    }

    /// An amending text whose targets have all ended. Nothing ends it but an act that says so, and it has
    /// nothing left to change.
    fn spent(&self, citation: &Citation, text: DocumentId, day: Date, report: &mut Report) {
        let amended = self.catalogue[text].effects.iter();
        let amended: Vec<DocumentId> = amended
            .filter(|effect| effect.act == Act::Amends)
            .map(|effect| effect.target)
            .collect();
        let is_over =
            |target: &DocumentId| self.assessment.life(*target).whole().at(day).force.is_over();
        if amended.is_empty() || !amended.iter().all(is_over) {
            return;
        }
        let targets: Vec<&str> =
            amended.iter().map(|target| self.catalogue[*target].label()).collect();
        let mut found = Diagnostic::new(Code::BasisSpent, citation.span)
            .with("number", self.catalogue[text].label())
            .with("targets", targets.join(", "));
        for target in amended {
            let standing = self.assessment.life(target).whole().at(day);
            found = self.tell(found, &standing.because, day);
        }
        report.push(found);
    }

    fn code(
        &self,
        citation: &Citation,
        text: Option<DocumentId>,
        state: &CitationState,
    ) -> Option<Code> {
        Some(match state {
            CitationState::InForce
            | CitationState::Exempt
            | CitationState::NotNormative
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
            CitationState::Unknown
                if text.is_some_and(|text| self.is_reported_in_register(text)) =>
            {
                return None;
            }
            CitationState::Unknown => Code::BasisUndated,
            CitationState::NotInRegister => Code::BasisUnknown,
        })
    }

    fn is_reported_in_register(&self, document: DocumentId) -> bool {
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
        if let Some(since) = standing.since().filter(|_| *state != CitationState::NotYet) {
            found = found.with("date", since.to_string());
        }
        self.tell(found, &standing.because, day)
    }

    /// Adds the chain of acts, and the successor where the register names one.
    pub(super) fn tell(&self, mut found: Diagnostic, links: &[Link], day: Date) -> Diagnostic {
        for link in links {
            found = found.note(because(self.catalogue, link));
        }
        for successor in self.successors(links, day) {
            let number = words::name(self.catalogue, successor);
            found = found.note(Note::new(Remark::Successor).with("number", number));
        }
        found
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
    fn element(
        &self,
        procedure: &Procedure,
        id: ElementId,
        (day, mender): (Date, Mender<'_>),
        report: &mut Report,
    ) {
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
        let is_own_finding = element.legal_basis.iter().any(|citation| {
            matches!(
                citation_state(lives, citation, day),
                CitationState::NotInRegister | CitationState::NotNormative | CitationState::Unknown
            )
        });
        if element.legal_basis.is_empty()
            || is_grounded(lives, &element.legal_basis, day)
            || is_own_finding
        {
            for citation in &element.legal_basis {
                self.citation(citation, &element.legal_basis, (day, mender), report);
            }
            return;
        }
        let why = ["không còn căn cứ nào có hiệu lực", "has no basis left in force"];
        let mut found = ended(element, why).fixed_by(mender.citations(&element.legal_basis, day));
        for citation in &element.legal_basis {
            for text in deciding_texts(lives, citation, day) {
                let standing = self.assessment.life(text).whole().at(day);
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
pub(super) fn is_attached(procedure: &Procedure, form: ElementId, day: Date) -> bool {
    let place = procedure.forms.iter().position(|candidate| candidate.element == form);
    procedure.cases.iter().flat_map(|case| &case.dossier).any(|item| {
        let asked = matches!(&item.kind, DossierKind::Paper(paper) if paper.form == place);
        asked && procedure.elements[item.element.0 as usize].validity.covers(day)
    })
}

fn ended(element: &Element, why: [&'static str; 2]) -> Diagnostic {
    Diagnostic::new(Code::ElementEnded, element.span)
        .with("kind", kind(element.kind))
        .with("name", element.name.as_str())
        .with("why", why)
}

/// What a part of a procedure is called.
pub(super) fn kind(kind: ElementKind) -> [&'static str; 2] {
    match kind {
        ElementKind::Channel => ["cách thức nộp", "channel"],
        ElementKind::Time => ["thời hạn", "time limit"],
        ElementKind::Fee => ["khoản phí, lệ phí", "fee"],
        ElementKind::DossierItem => ["giấy tờ", "paper"],
        ElementKind::Form => ["biểu mẫu", "form"],
        ElementKind::Step => ["bước", "step"],
        ElementKind::Reception => ["nơi tiếp nhận", "place"],
    }
}
