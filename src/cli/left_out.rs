//! The words of what a build left out, and why: withheld procedures, and parts of published ones.

use serde_json::{Value, json};

use crate::files::FileTree;
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::hushed::{Gone, told};
use crate::model::procedure::Procedure;
use crate::pipeline::Understood;
use crate::validity::left_out::LeftOut;
use crate::validity::procedure::{Cause, citation_state, withheld_since};
use crate::validity::words;

/// What was left out, told to whoever builds.
pub(super) struct Told(LeftOut);

impl Told {
    pub(super) fn new(understood: &Understood) -> Self {
        Self(LeftOut::new(&understood.catalogue, &understood.assessment))
    }

    /// The summary's lines.
    pub(super) fn lines(
        &self,
        understood: &Understood,
        files: &FileTree,
        language: Language,
    ) -> Vec<String> {
        let Understood { catalogue, assessment, hushed, .. } = understood;
        let mut lines = Vec::new();
        let say = |vi: String, en: String| match language {
            Language::Vietnamese => vi,
            Language::English => en,
        };
        if !self.0.withheld.is_empty() {
            let n = self.0.withheld.len();
            lines
                .push(say(format!("không đăng {n} thủ tục:"), format!("{n} procedures withheld:")));
        }
        for (id, causes) in &self.0.withheld {
            let procedure = &catalogue[*id];
            lines.push(format!("  {}  {}", procedure.code.value, procedure.heading()));
            for cause in causes {
                let words = words::cause(catalogue, procedure, cause, language);
                lines.push(format!("    {}", words::plain(catalogue, &words)));
            }
        }
        if !self.0.not_yet.is_empty() {
            let n = self.0.not_yet.len();
            lines.push(say(
                format!("{n} thủ tục chưa đến ngày áp dụng:"),
                format!("{n} procedures whose day has not come:"),
            ));
        }
        for id in &self.0.not_yet {
            let procedure = &catalogue[*id];
            lines.push(format!("  {}  {}", procedure.code.value, procedure.heading()));
        }
        if !self.0.groups.is_empty() {
            let n = self.0.groups.len();
            lines.push(say(
                format!("không đăng {n} nhóm liên thông, vì không còn căn cứ nào có hiệu lực:"),
                format!("{n} joint groups withheld, for they have no basis left in force:"),
            ));
        }
        for place in &self.0.groups {
            lines.push(format!("  {}", catalogue.groups[*place].name));
        }
        if !self.0.citations.is_empty() {
            let n = self.0.citations.len();
            lines.push(say(
                format!("bỏ {n} căn cứ khỏi trang thủ tục:"),
                format!("{n} legal bases left off pages:"),
            ));
        }
        for (id, place) in &self.0.citations {
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
        if !self.0.elements.is_empty() {
            let n = self.0.elements.len();
            lines.push(say(
                format!("bỏ {n} phần hết căn cứ khỏi trang thủ tục:"),
                format!("{n} parts without a basis left off pages:"),
            ));
        }
        for (id, place) in &self.0.elements {
            let procedure = &catalogue[*id];
            lines.push(format!("  {}  {}", procedure.code.value, procedure.elements[*place].name));
        }
        let silence = hushed.on(assessment.today).map(told).unwrap_or_default();
        if !silence.is_empty() {
            let n = silence.len();
            lines.push(say(
                format!("bỏ {n} đoạn chữ vì nhắc đến cái không còn hiệu lực:"),
                format!("{n} texts left out, for they name what is no longer in force:"),
            ));
        }
        for (span, gone) in &silence {
            let (line, _) = files.position(span.file, span.start);
            let names: Vec<String> = gone.iter().map(|gone| gone_name(catalogue, *gone)).collect();
            let path = files.path(span.file);
            lines.push(format!("  {path}:{line}  {}", names.join(", ")));
        }
        if self.0.unchecked > 0 {
            let n = self.0.unchecked;
            lines.push(say(
                format!("{n} căn cứ được ghi “chưa đối chiếu hiệu lực”"),
                format!("{n} legal bases shown as not yet compared"),
            ));
        }
        lines
    }

    /// The same for programs.
    pub(super) fn json(
        &self,
        understood: &Understood,
        files: &FileTree,
        language: Language,
    ) -> Value {
        let Understood { catalogue, assessment, hushed, .. } = understood;
        let head = |procedure: &Procedure| json!({ "id": procedure.slug.as_str(), "code": procedure.code.value, "title": procedure.title });
        let withheld: Vec<Value> = self
            .0
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
            .0
            .citations
            .iter()
            .map(|(id, place)| {
                let procedure = &catalogue[*id];
                let document = catalogue.cited_label(&procedure.legal_basis[*place].document);
                json!({ "procedure": head(procedure), "document": document })
            })
            .collect();
        let elements: Vec<Value> = self
            .0
            .elements
            .iter()
            .map(|(id, place)| {
                let procedure = &catalogue[*id];
                json!({ "procedure": head(procedure), "name": procedure.elements[*place].name })
            })
            .collect();
        let silence = hushed.on(assessment.today).map(told).unwrap_or_default();
        let texts: Vec<Value> = silence
            .iter()
            .map(|(span, gone)| {
                let (line, column) = files.position(span.file, span.start);
                let names: Vec<String> =
                    gone.iter().map(|gone| gone_name(catalogue, *gone)).collect();
                let path = files.path(span.file).as_str();
                json!({ "path": path, "line": line, "column": column, "names": names })
            })
            .collect();
        let not_yet: Vec<Value> = self.0.not_yet.iter().map(|id| head(&catalogue[*id])).collect();
        let groups: Vec<&str> =
            self.0.groups.iter().map(|place| catalogue.groups[*place].slug.as_str()).collect();
        json!({
            "procedures": withheld,
            "not_yet": not_yet,
            "groups": groups,
            "citations": citations,
            "elements": elements,
            "texts": texts,
            "unchecked_citations": self.0.unchecked,
        })
    }
}

/// What a text names that is gone, for whoever builds.
fn gone_name(catalogue: &Catalogue, gone: Gone) -> String {
    match gone {
        Gone::Document(id) => words::name(catalogue, id),
        Gone::Procedure(id) => format!("{} {}", catalogue[id].code.value, catalogue[id].title),
        Gone::Other => "…".to_owned(),
    }
}
