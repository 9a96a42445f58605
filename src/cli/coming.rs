//! The coming changes in words, as every form of `next` tells them: what happens, to what, by which acts.

use serde_json::{Value, json};

use crate::language::Language;
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::procedure::Procedure;
use crate::pipeline::Understood;
use crate::validity::brought::brought;
use crate::validity::forecast::{Change, What};
use crate::validity::procedure::{ProcedureStanding, citation_state};
use crate::validity::words;

/// A change in words.
pub(super) struct Coming {
    pub(super) day: Date,
    pub(super) kind: Kind,
    id: String,
    pub(super) name: String,
    pub(super) causes: Vec<String>,
}

impl Coming {
    pub(super) fn new(change: &Change, understood: &Understood, language: Language) -> Self {
        let (kind, name) = described(change, understood, language);
        let causes = causes(change, understood, language);
        Self { day: change.day, kind, id: id(change, &understood.catalogue), name, causes }
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "day": self.day.to_string(),
            "kind": self.kind.key(),
            "id": self.id,
            "what": self.name,
            "because": self.causes,
        })
    }
}

/// The changes of each day, the days in order.
pub(super) fn by_day(coming: &[Coming]) -> impl Iterator<Item = (Date, &[Coming])> {
    coming
        .chunk_by(|one, other| one.day == other.day)
        .filter_map(|changes| changes.first().map(|first| (first.day, changes)))
}

/// A day's changes on one line: the change itself where it is the only one, else how many of each kind,
/// what a citizen notices first.
pub(super) fn summary(changes: &[Coming], language: Language) -> String {
    if let [only] = changes {
        return format!("{}: {}", only.kind.said(language), only.name);
    }
    let mut kinds: Vec<Kind> = changes.iter().map(|change| change.kind).collect();
    kinds.sort_unstable();
    let counted = kinds.chunk_by(|one, other| one == other).filter_map(|same| {
        let kind = same.first()?;
        Some(format!("{}: {}", kind.said(language), same.len()))
    });
    counted.collect::<Vec<String>>().join("; ")
}

fn id(change: &Change, catalogue: &Catalogue) -> String {
    let id = match &change.what {
        What::Document { document, .. } => catalogue[*document].slug.as_str(),
        What::Announced(procedure)
        | What::Appears(procedure)
        | What::Goes(procedure)
        | What::ElementAppears(procedure, _)
        | What::ElementGoes(procedure, _)
        | What::Citation(procedure, _) => catalogue[*procedure].slug.as_str(),
        What::GroupAppears(group) | What::GroupGoes(group) => {
            catalogue.groups[*group].slug.as_str()
        }
        What::AgencyAppears(agency) | What::AgencyGoes(agency) => catalogue[*agency].slug.as_str(),
        What::OfficeAppears(office) | What::OfficeGoes(office) => catalogue[*office].id.as_str(),
    };
    id.to_owned()
}

/// The kinds of change, as they are told; what weighs most for a citizen first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Goes,
    Appears,
    Announced,
    GroupGoes,
    GroupAppears,
    PartGoes,
    PartAppears,
    PlaceGoes,
    PlaceAppears,
    Citation,
    Document,
}

impl Kind {
    fn key(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Announced => "procedure-announced",
            Self::Appears => "procedure-appears",
            Self::Goes => "procedure-goes",
            Self::PartAppears => "part-appears",
            Self::PartGoes => "part-goes",
            Self::Citation => "citation-changes",
            Self::GroupAppears => "group-appears",
            Self::GroupGoes => "group-goes",
            Self::PlaceAppears => "place-appears",
            Self::PlaceGoes => "place-goes",
        }
    }

    pub(super) fn said(self, language: Language) -> &'static str {
        let words = match self {
            Self::Document => ["văn bản", "document"],
            Self::Announced => ["thủ tục được công bố trước", "procedure is announced ahead"],
            Self::Appears => ["thủ tục hiện ra", "procedure appears"],
            Self::Goes => ["thủ tục mất đi", "procedure goes"],
            Self::PartAppears => ["phần hiện ra", "part appears"],
            Self::PartGoes => ["phần mất đi", "part goes"],
            Self::Citation => ["căn cứ thay đổi", "basis changes"],
            Self::GroupAppears => ["nhóm liên thông hiện ra", "joint group appears"],
            Self::GroupGoes => ["nhóm liên thông mất đi", "joint group goes"],
            Self::PlaceAppears => ["cơ quan, nơi tiếp nhận hiện ra", "agency or office appears"],
            Self::PlaceGoes => ["cơ quan, nơi tiếp nhận mất đi", "agency or office goes"],
        };
        language.pick(words)
    }
}

fn described(change: &Change, understood: &Understood, language: Language) -> (Kind, String) {
    let catalogue = &understood.catalogue;
    let procedure = |id| {
        let procedure: &Procedure = &catalogue[id];
        format!("{} {}", procedure.code.value, procedure.heading())
    };
    match &change.what {
        What::Document { document, after, .. } => {
            let name = words::name(catalogue, *document);
            (Kind::Document, format!("{name}: {}", words::force(*after, language)))
        }
        What::Announced(id) => (Kind::Announced, procedure(*id)),
        What::Appears(id) => (Kind::Appears, procedure(*id)),
        What::Goes(id) => (Kind::Goes, procedure(*id)),
        What::ElementAppears(id, element) => {
            let name = &catalogue[*id].elements[element.0 as usize].name;
            (Kind::PartAppears, format!("{}: {name}", procedure(*id)))
        }
        What::ElementGoes(id, element) => {
            let name = &catalogue[*id].elements[element.0 as usize].name;
            (Kind::PartGoes, format!("{}: {name}", procedure(*id)))
        }
        What::Citation(id, citation) => {
            let document = catalogue.cited_label(&catalogue[*id].legal_basis[*citation].document);
            (Kind::Citation, format!("{}: {document}", procedure(*id)))
        }
        What::GroupAppears(group) => (Kind::GroupAppears, catalogue.groups[*group].name.clone()),
        What::GroupGoes(group) => (Kind::GroupGoes, catalogue.groups[*group].name.clone()),
        What::AgencyAppears(agency) => (Kind::PlaceAppears, catalogue[*agency].name.clone()),
        What::AgencyGoes(agency) => (Kind::PlaceGoes, catalogue[*agency].name.clone()),
        What::OfficeAppears(office) => (Kind::PlaceAppears, catalogue[*office].name.clone()),
        What::OfficeGoes(office) => (Kind::PlaceGoes, catalogue[*office].name.clone()),
    }
}

/// The acts behind a change, in words.
fn causes(change: &Change, understood: &Understood, language: Language) -> Vec<String> {
    let Understood { catalogue, assessment, .. } = understood;
    let plain = |pieces: &[words::Piece]| words::plain(catalogue, pieces);
    match &change.what {
        What::Document { document, .. } => {
            let standing = assessment.life(*document).whole().at(change.day);
            let on_the_day = standing.because.iter().filter(|link| link.day == Some(change.day));
            on_the_day.map(|link| plain(&words::link(link, language))).collect()
        }
        What::Appears(id) => brought(catalogue, assessment, *id, change.day)
            .iter()
            .map(|it| plain(&words::brought(catalogue, &catalogue[*id], it, change.day, language)))
            .collect(),
        What::Goes(id) => match assessment.procedure_timeline(*id).at(change.day) {
            ProcedureStanding::Withheld { causes } => causes
                .iter()
                .map(|cause| {
                    let procedure = &catalogue[*id];
                    let (day, of) = (change.day, assessment);
                    plain(&words::cause_on(catalogue, of, procedure, cause, day, language))
                })
                .collect(),
            ProcedureStanding::Superseded { by } => {
                let by = &catalogue[*by];
                vec![match language {
                    Language::Vietnamese => format!("bản mới áp dụng: {}", by.slug),
                    Language::English => format!("a newer version applies: {}", by.slug),
                }]
            }
            _ => Vec::new(),
        },
        What::Citation(id, citation) => {
            let procedure = &catalogue[*id];
            let basis = &procedure.legal_basis[*citation];
            let state = citation_state(assessment.lives(), basis, change.day);
            vec![plain(&words::basis_on(assessment, basis, &state, change.day, language))]
        }
        _ => Vec::new(),
    }
}
