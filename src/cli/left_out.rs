//! What a build left out, and why: withheld procedures, and parts of published ones.

use serde_json::{Value, json};

use crate::language::Language;
use crate::model::procedure::{Procedure, ProcedureId};
use crate::pipeline::Understood;
use crate::validity::procedure::{
    Cause, ProcedureStanding, Showing, citation_state, withheld_since,
};
use crate::validity::words;

/// Everything that the law, or a gap in the register, kept off the site.
pub(super) struct LeftOut {
    withheld: Vec<(ProcedureId, Vec<Cause>)>,
    /// Procedures whose days, or those of their bases, have not begun.
    not_yet: Vec<ProcedureId>,
    /// Joint groups whose days run but whose basis is lost, by their place in the catalogue.
    groups: Vec<usize>,
    /// A published procedure and the place of a citation that is not shown.
    citations: Vec<(ProcedureId, usize)>,
    /// A published procedure and the place of an element whose own basis is lost.
    elements: Vec<(ProcedureId, usize)>,
    /// Citations shown as not yet compared.
    unchecked: usize,
}

impl LeftOut {
    pub(super) fn new(understood: &Understood) -> Self {
        let Understood { catalogue, assessment } = understood;
        let mut left_out = Self {
            withheld: Vec::new(),
            not_yet: Vec::new(),
            groups: Vec::new(),
            citations: Vec::new(),
            elements: Vec::new(),
            unchecked: 0,
        };
        for (id, procedure) in catalogue.procedure_ids() {
            match assessment.procedure(id) {
                ProcedureStanding::Withheld { causes } => {
                    left_out.withheld.push((id, causes.clone()));
                }
                ProcedureStanding::NotYet => left_out.not_yet.push(id),
                ProcedureStanding::Published(shown) => {
                    let state = |place: usize| {
                        let citation = &procedure.legal_basis[place];
                        citation_state(assessment.lives(), citation, assessment.today)
                    };
                    for (place, showing) in shown.citations.iter().enumerate() {
                        match showing {
                            Showing::Unchecked => left_out.unchecked += 1,
                            Showing::Hidden if state(place).is_cited() => {
                                left_out.citations.push((id, place));
                            }
                            _ => {}
                        }
                    }
                    for (place, element) in procedure.elements.iter().enumerate() {
                        if !shown.elements[place] && element.validity.covers(assessment.today) {
                            left_out.elements.push((id, place));
                        }
                    }
                }
                _ => {}
            }
        }
        for (place, group) in catalogue.groups.iter().enumerate() {
            if assessment.is_running(group.validity) && !assessment.is_group_published(place) {
                left_out.groups.push(place);
            }
        }
        left_out
    }

    /// The summary's lines.
    pub(super) fn lines(&self, understood: &Understood, language: Language) -> Vec<String> {
        let Understood { catalogue, assessment } = understood;
        let mut lines = Vec::new();
        let say = |vi: String, en: String| match language {
            Language::Vietnamese => vi,
            Language::English => en,
        };
        if !self.withheld.is_empty() {
            let n = self.withheld.len();
            lines
                .push(say(format!("không đăng {n} thủ tục:"), format!("{n} procedures withheld:")));
        }
        for (id, causes) in &self.withheld {
            let procedure = &catalogue[*id];
            lines.push(format!("  {}  {}", procedure.code.value, procedure.heading()));
            for cause in causes {
                let words = words::cause(catalogue, procedure, cause, language);
                lines.push(format!("    {}", words::plain(catalogue, &words)));
            }
        }
        if !self.not_yet.is_empty() {
            let n = self.not_yet.len();
            lines.push(say(
                format!("{n} thủ tục chưa đến ngày áp dụng:"),
                format!("{n} procedures whose day has not come:"),
            ));
        }
        for id in &self.not_yet {
            let procedure = &catalogue[*id];
            lines.push(format!("  {}  {}", procedure.code.value, procedure.heading()));
        }
        if !self.groups.is_empty() {
            let n = self.groups.len();
            lines.push(say(
                format!("không đăng {n} nhóm liên thông, vì không còn căn cứ nào có hiệu lực:"),
                format!("{n} joint groups withheld, for they have no basis left in force:"),
            ));
        }
        for place in &self.groups {
            lines.push(format!("  {}", catalogue.groups[*place].name));
        }
        if !self.citations.is_empty() {
            let n = self.citations.len();
            lines.push(say(
                format!("bỏ {n} căn cứ khỏi trang thủ tục:"),
                format!("{n} legal bases left off pages:"),
            ));
        }
        for (id, place) in &self.citations {
            let procedure = &catalogue[*id];
            let citation = *place;
            let state = citation_state(
                assessment.lives(),
                &procedure.legal_basis[citation],
                assessment.today,
            );
            let cause = Cause::BasisLost { citation, state };
            let words = words::cause(catalogue, procedure, &cause, language);
            let words = words::plain(catalogue, &words);
            lines.push(format!("  {}  {words}", procedure.code.value));
        }
        if !self.elements.is_empty() {
            let n = self.elements.len();
            lines.push(say(
                format!("bỏ {n} phần hết căn cứ khỏi trang thủ tục:"),
                format!("{n} parts without a basis left off pages:"),
            ));
        }
        for (id, place) in &self.elements {
            let procedure = &catalogue[*id];
            lines.push(format!("  {}  {}", procedure.code.value, procedure.elements[*place].name));
        }
        if self.unchecked > 0 {
            let n = self.unchecked;
            lines.push(say(
                format!("{n} căn cứ được ghi “chưa đối chiếu hiệu lực”"),
                format!("{n} legal bases shown as not yet compared"),
            ));
        }
        lines
    }

    /// The same for programs.
    pub(super) fn json(&self, understood: &Understood, language: Language) -> Value {
        let Understood { catalogue, assessment } = understood;
        let head = |procedure: &Procedure| json!({ "id": procedure.slug.as_str(), "code": procedure.code.value, "title": procedure.title });
        let withheld: Vec<Value> = self
            .withheld
            .iter()
            .map(|(id, causes)| {
                let procedure = &catalogue[*id];
                let causes: Vec<String> = causes
                    .iter()
                    .map(|cause| {
                        words::plain(
                            catalogue,
                            &words::cause(catalogue, procedure, cause, language),
                        )
                    })
                    .collect();
                let since = withheld_since(assessment.procedure_timeline(*id), assessment.today);
                let since = since.map(|day| day.to_string());
                json!({ "procedure": head(procedure), "since": since, "causes": causes })
            })
            .collect();
        let citations: Vec<Value> = self
            .citations
            .iter()
            .map(|(id, place)| {
                let procedure = &catalogue[*id];
                let document = catalogue.cited_label(&procedure.legal_basis[*place].document);
                json!({ "procedure": head(procedure), "document": document })
            })
            .collect();
        let elements: Vec<Value> = self
            .elements
            .iter()
            .map(|(id, place)| {
                let procedure = &catalogue[*id];
                json!({ "procedure": head(procedure), "name": procedure.elements[*place].name })
            })
            .collect();
        let not_yet: Vec<Value> = self.not_yet.iter().map(|id| head(&catalogue[*id])).collect();
        let groups: Vec<&str> =
            self.groups.iter().map(|place| catalogue.groups[*place].slug.as_str()).collect();
        json!({
            "procedures": withheld,
            "not_yet": not_yet,
            "groups": groups,
            "citations": citations,
            "elements": elements,
            "unchecked_citations": self.unchecked,
        })
    }
}
