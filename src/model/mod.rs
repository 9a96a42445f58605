//! What a catalogue means, all names resolved. Knows neither YAML nor HTML, no file and no clock.
//!
//! A [`Catalogue`] is only made by `load`: what it holds refers to things that exist, except where
//! law wants the opposite to be a fact ([`citation::Cited::Unknown`]).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Index;
use std::sync::Arc;

pub mod date;
pub mod provision;
pub mod nearby;
pub mod number;
pub mod agency;
pub mod document;
pub mod citation;
pub mod decision;
pub mod procedure;
pub mod registers;
pub mod calendar;
pub mod prose;
pub mod site;
pub mod link;
pub mod texts;
pub mod hushed;

use crate::files::{FileId, FilePath, Span};
use agency::{Agency, AgencyId, Field, FieldId, Office, OfficeId};
use citation::Cited;
use date::Date;
use decision::{Decision, DecisionId};
use document::{Document, DocumentId};
use procedure::{Procedure, ProcedureId, Visibility};
use prose::Prose;
use registers::{FreePage, Group, Holiday, LifeEvent, QualityReport, Terms, Translation};
use site::Site;

/// Everything that was loaded, linked. Lists are in the order of their files' paths.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Who publishes, and how.
    pub site: Site,
    /// The register of legal documents.
    pub documents: Vec<Document>,
    /// Announcing decisions.
    pub decisions: Vec<Decision>,
    /// Procedures, each version by itself; shared by catalogues that differ in others.
    pub procedures: Vec<Arc<Procedure>>,
    /// The versions of each code, in the order of their files.
    pub codes: Codes,
    /// Agencies.
    pub agencies: Vec<Agency>,
    /// Fields.
    pub fields: Vec<Field>,
    /// Life events.
    pub life_events: Vec<LifeEvent>,
    /// Joint groups.
    pub groups: Vec<Group>,
    /// Words.
    pub terms: Terms,
    /// Texts in the second language, each text once.
    pub translations: Vec<Translation>,
    /// Holidays, by day.
    pub holidays: Vec<Holiday>,
    /// Monthly figures, by month.
    pub reports: Vec<QualityReport>,
    /// Free pages.
    pub pages: Vec<FreePage>,
    /// Form files that procedures refer to, and where their bytes are.
    pub form_files: BTreeMap<FilePath, FileId>,
    /// All free texts, in the order of their places; shared, for they are most of a catalogue.
    pub prose: Arc<[Prose]>,
}

impl Catalogue {
    /// All documents with their ids.
    pub fn document_ids(&self) -> impl Iterator<Item = (DocumentId, &Document)> {
        (0..).map(DocumentId).zip(&self.documents)
    }

    /// All procedures with their ids.
    pub fn procedure_ids(&self) -> impl Iterator<Item = (ProcedureId, &Procedure)> {
        (0..).map(ProcedureId).zip(self.procedures.iter().map(Arc::as_ref))
    }

    /// All decisions with their ids.
    pub fn decision_ids(&self) -> impl Iterator<Item = (DecisionId, &Decision)> {
        (0..).map(DecisionId).zip(&self.decisions)
    }

    /// The same with other parts in the place of some procedures, which keep their codes. What the free texts are
    /// is told by the first alone.
    #[must_use]
    pub fn with_procedures(&self, others: &BTreeMap<ProcedureId, Arc<Procedure>>) -> Self {
        let mut changed = self.clone();
        for (id, other) in others {
            changed.procedures[id.0 as usize] = Arc::clone(other);
        }
        changed
    }

    /// The versions of a procedure, in the order of their files.
    pub fn versions<'a>(
        &'a self,
        code: &str,
    ) -> impl Iterator<Item = (ProcedureId, &'a Procedure)> + use<'a> {
        self.codes.0.get(code).into_iter().flatten().map(|id| (*id, &self[*id]))
    }

    /// The agencies that have a page: those that a public procedure names, in order.
    #[must_use]
    pub fn agencies_with_pages(&self) -> BTreeSet<AgencyId> {
        let named = |procedure: &Procedure| {
            let authority = procedure.authority.clone();
            let lists =
                [authority.performs, authority.decides, authority.coordinates, authority.delegated];
            lists.concat()
        };
        self.procedures
            .iter()
            .filter(|procedure| procedure.visibility == Visibility::Public)
            .flat_map(|procedure| named(procedure))
            .collect()
    }

    /// What a citation is called: the document's number or name, or what was written.
    #[must_use]
    pub fn cited_label<'a>(&'a self, cited: &'a Cited) -> &'a str {
        match cited {
            Cited::Known(document) => self[*document].label(),
            Cited::Unknown(written) => written,
        }
    }
}

/// Which procedures bear each code. To look through all of them for each of them took longer than to draw them.
#[derive(Clone, Debug, Default)]
pub struct Codes(BTreeMap<String, Vec<ProcedureId>>);

impl Codes {
    /// Of procedures in their order.
    #[must_use]
    pub fn new(procedures: &[Arc<Procedure>]) -> Self {
        let mut codes: BTreeMap<String, Vec<ProcedureId>> = BTreeMap::new();
        for (id, procedure) in (0..).map(ProcedureId).zip(procedures) {
            codes.entry(procedure.code.value.clone()).or_default().push(id);
        }
        Self(codes)
    }
}

macro_rules! index_by_id {
    ($($id:ty => $list:ident: $item:ty),*) => {$(
        impl Index<$id> for Catalogue {
            type Output = $item;
            fn index(&self, id: $id) -> &$item {
                &self.$list[id.0 as usize]
            }
        }
    )*};
}
index_by_id!(
    DocumentId => documents: Document,
    DecisionId => decisions: Decision,
    ProcedureId => procedures: Procedure,
    AgencyId => agencies: Agency,
    FieldId => fields: Field
);

impl Index<OfficeId> for Catalogue {
    type Output = Office;
    fn index(&self, id: OfficeId) -> &Office {
        &self[id.agency].offices[id.office as usize]
    }
}

/// An id that is safe in an address and in a file name: `a-z`, `0-9`, single hyphens inside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// Takes the text, or refuses it.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let word = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        (text.len() <= 120 && text.split('-').all(word)).then(|| Self(text.to_owned()))
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Markdown as it was written, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markdown {
    /// The text.
    pub text: String,
    /// Where the scalar stands.
    pub span: Span,
}

/// A comparison with a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The day.
    pub on: Date,
    /// Who compared.
    pub by: Option<String>,
    /// With what.
    pub source: Option<String>,
    /// Where the day is written.
    pub span: Span,
}
