//! What may be named although it is over, and where: on a notice what the notice tells of, beside a legal
//! basis the text that an exemption lets live on. Computed from the catalogue and what holds on the day;
//! a page cannot ask for a pardon.

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::Place;
use super::Target as Named;
use super::needles::is_gone;
use crate::language::Language;
use crate::mention::{Index, Part, Target};
use crate::model::Catalogue;
use crate::model::citation::{Citation, Cited};
use crate::model::document::DocumentId;
use crate::model::procedure::{Procedure, ProcedureId};
use crate::model::prose::Prose;
use crate::model::provision::Provision;
use crate::validity::Assessment;
use crate::validity::procedure::{
    Cause, ProcedureStanding, Showing, Shown, acts_behind, showing, texts,
};
use crate::validity::standing::{Fact, Force, Link};
use crate::validity::words::{self, Piece};

/// What each address may name. `named_in` knows what a text names.
pub(super) fn pardons(
    catalogue: &Catalogue,
    assessment: &Assessment,
    places: &BTreeMap<String, Place>,
    named_in: impl Fn(&str) -> BTreeSet<Named>,
) -> BTreeMap<String, BTreeSet<Named>> {
    let judge = Judge { catalogue, assessment, named_in };
    let mut pardons: BTreeMap<String, BTreeSet<Named>> = BTreeMap::new();
    let mut notices = BTreeSet::new();
    // What pages show as a basis although it is over.
    let mut kept = BTreeSet::new();
    for (address, place) in places {
        let named = match place {
            Place::Document(id) => judge.document(*id),
            Place::Procedure(id) => judge.procedure(*id),
            Place::Field(field) => judge.procedures(|procedure| procedure.field == *field),
            Place::Agency(id) => judge.procedures(|procedure| procedure.is_posted_by(*id)),
            Place::Group(place) => judge.bases(&catalogue.groups[*place].legal_basis, assessment),
            Place::Changes | Place::Notices | Place::Files => continue,
        };
        let shows = match place {
            Place::Procedure(id) => assessment.procedure(*id).on_page().is_some(),
            Place::Group(_) => true,
            _ => false,
        };
        if shows {
            kept.extend(named.iter().copied().filter(|it| matches!(it, Named::Document(_))));
        }
        let is_notice = match place {
            Place::Document(id) => assessment.document(*id).force.is_over(),
            Place::Procedure(id) => is_gone(assessment, *id),
            _ => false,
        };
        if is_notice {
            notices.extend(named.iter().copied());
        }
        if !named.is_empty() {
            pardons.insert(address.clone(), named);
        }
    }
    for (address, place) in places {
        match place {
            Place::Notices => drop(pardons.insert(address.clone(), notices.clone())),
            // There by the link in the list alone: beside it stands free text.
            Place::Changes => drop(pardons.insert(address.clone(), kept.clone())),
            _ => {}
        }
    }
    pardons
}

/// The reasons of all exemptions that are applied: they are printed beside what they exempt.
pub(super) fn reasons(catalogue: &Catalogue, assessment: &Assessment) -> Vec<String> {
    let judge = Judge { catalogue, assessment, named_in: |_: &str| BTreeSet::new() };
    let mut reasons = Vec::new();
    for (id, procedure) in catalogue.procedure_ids() {
        let Some((_, then)) = judge.shown(id) else { continue };
        let exempt = procedure
            .citations()
            .filter(|citation| judge.showing(citation, &then) == Showing::Exempt);
        let exemptions = exempt.filter_map(|citation| citation.exemption.as_ref());
        reasons.extend(exemptions.map(|exemption| exemption.reason.clone()));
    }
    reasons
}

/// Where a text names provisions of one document.
pub(super) struct LeftPart<'c> {
    document: DocumentId,
    parts: Vec<Provision>,
    /// All of it: "Điều 12 Luật số …".
    pub(super) words: &'c str,
}

/// The provisions that texts name of some documents, which end but for a part of them.
pub(super) fn parts_of(
    catalogue: &Catalogue,
    is_left: impl Fn(DocumentId) -> bool + Sync,
) -> Vec<LeftPart<'_>> {
    if !catalogue.document_ids().any(|(id, _)| is_left(id)) {
        return Vec::new();
    }
    let index = Index::new(catalogue);
    let texts: Vec<&Prose> = catalogue.prose.iter().collect();
    let named = texts.into_par_iter().flat_map_iter(|prose| {
        let text = &prose.text;
        let read = if prose.is_markdown { index.read_markdown(text) } else { index.read(text) };
        let named = read.mentions.into_iter().filter_map(|mention| {
            let Target::One(document) = mention.target else { return None };
            let parts: Vec<Provision> = mention.parts.iter().flat_map(Part::each).collect();
            let ranges = mention.parts.iter().map(|part| &part.range).chain([&mention.range]);
            let start = ranges.clone().map(|range| range.start).min().unwrap_or_default();
            let end = ranges.map(|range| range.end).max().unwrap_or_default();
            let words = text.get(start..end)?;
            (is_left(document) && !parts.is_empty()).then_some(LeftPart { document, parts, words })
        });
        named.collect::<Vec<_>>()
    });
    named.collect()
}

/// Whether the end of a document left some of it in force.
pub(super) fn is_left(assessment: &Assessment, id: DocumentId) -> bool {
    assessment.document(id).force == Force::EndedExcept
}

/// Of what texts name those words whose provisions the end of their document left in force.
pub(super) fn living_parts(named: &[LeftPart<'_>], assessment: &Assessment) -> Vec<String> {
    let living = named.iter().filter(|part| {
        let life = assessment.life(part.document);
        let is_over = |it: &Provision| life.standing(Some(it), assessment.today).force.is_over();
        is_left(assessment, part.document) && !part.parts.iter().any(is_over)
    });
    living.map(|part| part.words.to_owned()).collect()
}

struct Judge<'a, F> {
    catalogue: &'a Catalogue,
    assessment: &'a Assessment,
    named_in: F,
}

impl<F: Fn(&str) -> BTreeSet<Named>> Judge<'_, F> {
    /// What the notice of a document tells: itself and the acts behind its end.
    fn document(&self, id: DocumentId) -> BTreeSet<Named> {
        let standing = self.assessment.document(id);
        if !standing.force.is_over() {
            return BTreeSet::new();
        }
        let mut named = self.links(&standing.because);
        named.insert(Named::Document(id));
        named.extend((self.named_in)(&self.catalogue[id].title));
        named
    }

    fn procedure(&self, id: ProcedureId) -> BTreeSet<Named> {
        let procedure = &self.catalogue[id];
        match self.assessment.procedure(id) {
            ProcedureStanding::Internal | ProcedureStanding::NotYet => BTreeSet::new(),
            ProcedureStanding::Published(_) | ProcedureStanding::Announced { .. } => self
                .shown(id)
                .map(|(shown, then)| self.of_page(procedure, shown, &then))
                .unwrap_or_default(),
            ProcedureStanding::Superseded { .. } => self.own(id),
            ProcedureStanding::Withheld { causes } => {
                let mut named = self.own(id);
                for cause in causes {
                    named.extend(self.cause(procedure, cause));
                }
                named
            }
        }
    }

    /// What the pages of several may name; a notice tells of itself at its own address alone.
    fn procedures(&self, is_among: impl Fn(&Procedure) -> bool) -> BTreeSet<Named> {
        let among = self.catalogue.procedure_ids().filter(|(_, procedure)| is_among(procedure));
        let shown = among.filter(|(id, _)| self.assessment.procedure(*id).on_page().is_some());
        shown.flat_map(|(id, _)| self.procedure(id)).collect()
    }

    /// What the name of a version tells on its notice.
    fn own(&self, id: ProcedureId) -> BTreeSet<Named> {
        let mut named = (self.named_in)(&self.catalogue[id].title);
        named.insert(Named::Procedure(id));
        named
    }

    /// What the page of a version shows, and the day that it answers for.
    fn shown(&self, id: ProcedureId) -> Option<(&Shown, Assessment)> {
        let standing = self.assessment.procedure(id);
        let day = standing.applies_from().unwrap_or(self.assessment.today);
        standing.on_page().map(|shown| (shown, self.assessment.on(day)))
    }

    fn of_page(&self, procedure: &Procedure, shown: &Shown, then: &Assessment) -> BTreeSet<Named> {
        let mut named = self.bases(&procedure.legal_basis, then);
        for (element, is_shown) in procedure.elements.iter().zip(&shown.elements) {
            if *is_shown {
                named.extend(self.bases(&element.legal_basis, then));
            }
        }
        named
    }

    /// The documents of the bases that are shown: one may be over and still carry, by an exemption or by
    /// a provision that its end left in force.
    fn bases(&self, citations: &[Citation], then: &Assessment) -> BTreeSet<Named> {
        let shown = citations.iter().filter(|it| self.showing(it, then) != Showing::Hidden);
        let documents = shown.filter_map(|citation| match citation.document {
            Cited::Known(id) if self.assessment.document(id).force.is_over() => Some(id),
            _ => None,
        });
        documents.map(Named::Document).collect()
    }

    fn showing(&self, citation: &Citation, then: &Assessment) -> Showing {
        showing(then.lives(), citation, self.catalogue.site.policies.unknown_basis, then.today)
    }

    /// What is said of a cause: the sentence, and the acts behind it.
    fn cause(&self, procedure: &Procedure, cause: &Cause) -> BTreeSet<Named> {
        let said = words::cause(self.catalogue, procedure, cause, Language::Vietnamese);
        let mut named = self.sentence(&said);
        if let Cause::BasisLost { citation, .. } = cause {
            let citation = &procedure.legal_basis[*citation];
            let (lives, today) = (self.assessment.lives(), self.assessment.today);
            named.extend(texts(lives, citation).into_iter().map(Named::Document));
            named.extend(self.links(&acts_behind(lives, citation, today)));
        }
        named
    }

    fn links(&self, links: &[Link]) -> BTreeSet<Named> {
        let mut named = BTreeSet::new();
        for link in links {
            named.extend(self.sentence(&words::link(link, Language::Vietnamese)));
            // What is published in the place of what was replaced leads through what replaced it.
            if let Fact::ActedOn(deed) = &link.fact {
                named.insert(Named::Document(deed.by));
            }
        }
        named
    }

    /// The documents of a sentence, and what its words name: the provision of the law that says so may
    /// stand in a law that is over itself.
    fn sentence(&self, pieces: &[Piece]) -> BTreeSet<Named> {
        let mut named = BTreeSet::new();
        for piece in pieces {
            match piece {
                Piece::Document(id) => drop(named.insert(Named::Document(*id))),
                Piece::Text(words) => named.extend((self.named_in)(words)),
                Piece::Source(words) => named.extend((self.named_in)(words)),
                Piece::Provision(_) | Piece::Day(..) => {}
            }
        }
        named
    }
}
