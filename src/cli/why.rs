//! `niemyet why ID`: how a document, a provision or a procedure stands, and the chain of acts behind it.

use serde_json::{Value, json};

use super::args::{Format, Global};
use super::commands::{pretty, understand};
use super::{Answer, Exit, Failure};
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::document::{Document, DocumentId};
use crate::model::number::NumberKey;
use crate::model::procedure::ProcedureId;
use crate::model::provision::Provision;
use crate::pipeline::{self, Understood};
use crate::validity::procedure::{
    Cause, CitationState, ProcedureStanding, acts_behind, citation_state,
};
use crate::validity::standing::Standing;
use crate::validity::words;

/// What an id can name.
pub(super) enum Subject {
    Document(DocumentId, Option<Provision>),
    Procedure(ProcedureId),
}

pub(super) fn why(
    global: &Global,
    today: Date,
    id: &str,
    format: Format,
) -> Result<Answer, Failure> {
    let (_, understood) = understand(global, today)?;
    let language = pipeline::language(global.lang.map(Into::into), Some(&understood));
    let subjects = find(&understood.catalogue, id);
    if subjects.is_empty() {
        return Err(Failure::Said(nothing(&understood.catalogue, id, language)));
    }
    let answers: Vec<Told> =
        subjects.iter().map(|subject| tell(subject, &understood, language)).collect();
    let out = match format {
        Format::Text => {
            let answers: Vec<String> = answers.iter().map(Told::text).collect();
            answers.join("\n\n")
        }
        Format::Json => {
            let answers: Vec<Value> = answers.iter().map(Told::json).collect();
            pretty(
                &json!({ "schema": 1, "command": "why", "as_of": today.to_string(), "answers": answers }),
            )
        }
    };
    Ok(Answer { out, err: String::new(), exit: Exit::Clean })
}

/// What `why` says of all that an id names, each in lines; nothing where it names nothing.
#[must_use]
pub fn answers(understood: &Understood, id: &str, language: Language) -> Vec<String> {
    let subjects = find(&understood.catalogue, id);
    subjects.iter().map(|subject| tell(subject, understood, language).text()).collect()
}

/// All that an id names: a number may belong to several documents, a code to several versions.
pub(super) fn find(catalogue: &Catalogue, id: &str) -> Vec<Subject> {
    let (name, provision) = match id.split_once('#') {
        Some((name, provision)) => match Provision::parse(provision) {
            Some(provision) => (name, Some(provision)),
            None => return Vec::new(),
        },
        None => (id, None),
    };
    let key = NumberKey::new(name);
    let documents = catalogue.document_ids().filter(|(_, document)| {
        document.slug.as_str() == name
            || document.number.as_deref().is_some_and(|number| NumberKey::new(number) == key)
            || document.short_title.as_deref() == Some(name)
    });
    let mut found: Vec<Subject> =
        documents.map(|(id, _)| Subject::Document(id, provision.clone())).collect();
    if provision.is_none() {
        let named = catalogue.procedure_ids().filter(|(_, procedure)| {
            procedure.code.value == name || procedure.slug.as_str() == name
        });
        found.extend(named.map(|(id, _)| Subject::Procedure(id)));
    }
    found
}

/// Nothing is named so; what is named nearly so.
pub(super) fn nothing(catalogue: &Catalogue, id: &str, language: Language) -> String {
    if let Some((_, written)) = id.split_once('#')
        && Provision::parse(written).is_none()
    {
        return match language {
            Language::Vietnamese => {
                format!("không đọc được điều khoản `{written}`; viết như \"Điều 4 khoản 2\"")
            }
            Language::English => {
                format!("provision `{written}` cannot be read; write it as in \"Điều 4 khoản 2\"")
            }
        };
    }
    let names = catalogue
        .documents
        .iter()
        .map(Document::label)
        .chain(catalogue.procedures.iter().map(|procedure| procedure.slug.as_str()));
    let near = names
        .map(|name| (strsim::normalized_damerau_levenshtein(name, id), name))
        .filter(|(likeness, _)| *likeness > 0.6)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, name)| name);
    match (language, near) {
        (Language::Vietnamese, None) => format!("danh mục không có `{id}`"),
        (Language::Vietnamese, Some(near)) => {
            format!("danh mục không có `{id}`; có phải là `{near}`?")
        }
        (Language::English, None) => format!("the catalogue does not hold `{id}`"),
        (Language::English, Some(near)) => {
            format!("the catalogue does not hold `{id}`; did you mean `{near}`?")
        }
    }
}

/// One answer: a heading, the status, its reasons, and how it stands over time.
struct Told {
    kind: &'static str,
    id: String,
    heading: String,
    status: String,
    because: Vec<String>,
    history: Vec<(Option<Date>, String)>,
}

impl Told {
    fn text(&self) -> String {
        let mut lines = vec![self.heading.clone(), format!("  {}", self.status)];
        lines.extend(self.because.iter().map(|why| format!("    - {why}")));
        for (from, status) in &self.history {
            let from = from.map_or_else(|| "…         ".to_owned(), |day| day.to_string());
            lines.push(format!("  {from}  {status}"));
        }
        lines.join("\n")
    }

    fn json(&self) -> Value {
        let history: Vec<Value> = self
            .history
            .iter()
            .map(|(from, status)| json!({ "from": from.map(|day| day.to_string()), "status": status }))
            .collect();
        json!({
            "kind": self.kind,
            "id": self.id,
            "name": self.heading,
            "status": self.status,
            "because": self.because,
            "history": history,
        })
    }
}

fn tell(subject: &Subject, understood: &Understood, language: Language) -> Told {
    match subject {
        Subject::Document(id, provision) => document(*id, provision.as_ref(), understood, language),
        Subject::Procedure(id) => procedure(*id, understood, language),
    }
}

fn document(
    id: DocumentId,
    provision: Option<&Provision>,
    understood: &Understood,
    language: Language,
) -> Told {
    let Understood { catalogue, assessment, .. } = understood;
    let life = assessment.life(id);
    let document = &catalogue[id];
    let today = life.standing(provision, assessment.today);
    let because = |standing: &Standing| {
        let links = standing.because.iter();
        links.map(|link| words::plain(catalogue, &words::link(link, language))).collect()
    };
    let days = std::iter::once(Date::MIN).chain(life.days().iter().copied());
    let mut history: Vec<(Option<Date>, String)> = Vec::new();
    for day in days {
        let said = words::force(life.standing(provision, day).force, language).to_owned();
        if history.last().is_none_or(|(_, last)| *last != said) {
            history.push(((day != Date::MIN).then_some(day), said));
        }
    }
    let place = provision.map(|provision| format!(", {provision}")).unwrap_or_default();
    Told {
        kind: "document",
        id: document.slug.to_string(),
        heading: format!("{}{place}: {}", words::name(catalogue, id), document.title),
        status: words::force(today.force, language).to_owned(),
        because: because(&today),
        history,
    }
}

fn procedure(id: ProcedureId, understood: &Understood, language: Language) -> Told {
    let Understood { catalogue, assessment, .. } = understood;
    let procedure = &catalogue[id];
    let timeline = assessment.procedure_timeline(id);
    let standing = assessment.procedure(id);
    let causes: Vec<Cause> = if let ProcedureStanding::Withheld { causes } = standing {
        causes.clone()
    } else {
        let bases = procedure.legal_basis.iter().enumerate();
        let state = |basis| citation_state(assessment.lives(), basis, assessment.today);
        bases.map(|(citation, basis)| Cause::BasisLost { citation, state: state(basis) }).collect()
    };
    let mut because: Vec<String> = Vec::new();
    for cause in &causes {
        because.push(words::plain(catalogue, &words::cause(catalogue, procedure, cause, language)));
        let Cause::BasisLost { citation, state } = cause else { continue };
        if !state.is_cited() || *state == CitationState::InForce {
            continue;
        }
        let basis = &procedure.legal_basis[*citation];
        for link in acts_behind(assessment.lives(), basis, assessment.today) {
            let said = words::plain(catalogue, &words::link(&link, language));
            if !because.contains(&said) {
                because.push(said);
            }
        }
    }
    let mut history: Vec<(Option<Date>, String)> = Vec::new();
    for (from, standing) in timeline.spans() {
        let said = status(standing, language).to_owned();
        if history.last().is_none_or(|(_, last)| *last != said) {
            history.push(((from != Date::MIN).then_some(from), said));
        }
    }
    Told {
        kind: "procedure",
        id: procedure.slug.to_string(),
        heading: format!("{}: {}", procedure.code.value, procedure.title),
        status: status(standing, language).to_owned(),
        because,
        history,
    }
}

fn status(standing: &ProcedureStanding, language: Language) -> &'static str {
    let words = match standing {
        ProcedureStanding::Internal => ["nội bộ, không đăng", "internal, not published"],
        ProcedureStanding::NotYet => ["chưa áp dụng", "not yet"],
        ProcedureStanding::Announced { .. } => {
            ["đã công bố, chưa áp dụng", "announced, not yet applied"]
        }
        ProcedureStanding::Published(_) => ["đang đăng", "published"],
        ProcedureStanding::Superseded { .. } => ["đã có bản khác thay", "superseded"],
        ProcedureStanding::Withheld { .. } => ["không đăng", "withheld"],
    };
    language.pick(words)
}
