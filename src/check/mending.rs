//! What mends a citation or a mention of a text that has ended. Nothing is guessed: a successor is one that
//! the register says replaces the whole text, alone, and that is in force; a provision has none, for the
//! successor numbers its own. What nobody has put in its place is only dropped where the rest carries.

use crate::diagnostic::{Fix, Repair};
use crate::files::{FileId, FileTree, Span};
use crate::model::Catalogue;
use crate::model::citation::{Citation, Cited, Role};
use crate::model::date::{Date, Window};
use crate::model::document::{Act, DocumentId, Kind, Scope};
use crate::model::number::{self, NumberKey};
use crate::validity::Assessment;
use crate::validity::procedure::{CitationState, citation_state, is_grounded};
use crate::validity::standing::{Fact, Force};

/// What is needed to tell.
#[derive(Clone, Copy)]
pub(super) struct Mender<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) assessment: &'a Assessment,
    pub(super) files: &'a FileTree,
}

impl Mender<'_> {
    /// The one document that took the place of all of another, and stands on the day and today.
    pub(super) fn successor(&self, ended: DocumentId, day: Date) -> Option<DocumentId> {
        if !self.is_gone(ended, day) {
            return None;
        }
        let standing = self.assessment.life(ended).whole().at(day);
        let mut replacing = self.catalogue.document_ids().flat_map(|(by, document)| {
            let acts = document.effects.iter();
            acts.filter(|act| act.target == ended && act.act == Act::Replaces)
                .map(move |act| (by, act))
        });
        let (by, act) = replacing.next()?;
        let is_only = replacing.next().is_none();
        let is_whole = act.scope == Scope::Whole && act.except.is_empty();
        // It is what ended the text, and no other act or day before it.
        let decides = standing.because.iter().any(|link| {
            let is_it = |fact: &Fact| match fact {
                Fact::ActedOn(deed) => deed.by == by && deed.act == Act::Replaces,
                _ => false,
            };
            link.to == ended && is_it(&link.fact)
        });
        let stands = [day, self.assessment.today].into_iter().all(|day| {
            let citation = cite(by);
            citation_state(self.assessment.lives(), &citation, day) == CitationState::InForce
        });
        let is_text = self.catalogue[by].kind != Kind::Consolidation;
        (is_only && is_whole && decides && stands && is_text).then_some(by)
    }

    /// What mends a citation of a list whose document has ended.
    pub(super) fn citation(
        &self,
        citation: &Citation,
        list: &[Citation],
        day: Date,
    ) -> Option<Fix> {
        let Cited::Known(ended) = citation.document else { return None };
        let is_free = citation.exemption.is_none() && citation.validity == Window::default();
        // A consolidated text stands as others do, and which of them has ended it does not say.
        let is_text = self.catalogue[ended].kind != Kind::Consolidation;
        if !is_free || !is_text || !self.is_gone(ended, day) {
            return None;
        }
        let others = || list.iter().filter(|other| other.span != citation.span);
        let is_cited = |document| others().any(|other| other.document == Cited::Known(document));
        let at = citation.span;
        let repair = match self.successor(ended, day) {
            Some(successor) if is_cited(successor) => self.dropped(citation, list, day)?,
            Some(successor) if citation.provisions.is_empty() => {
                Repair::Value { at, value: self.named_as(at, ended, successor)? }
            }
            Some(_) => return None,
            // What was replaced in another way, such as by two texts, has something in its place.
            None if self.is_replaced(ended) => return None,
            None => self.dropped(citation, list, day)?,
        };
        Some(self.about(ended, vec![repair]))
    }

    /// What mends all citations of a list of which each has ended.
    pub(super) fn citations(&self, list: &[Citation], day: Date) -> Option<Fix> {
        let mut whole = Fix { repairs: Vec::new(), about: Vec::new() };
        let ended = |citation: &&Citation| {
            citation_state(self.assessment.lives(), citation, day) == CitationState::Ended
        };
        for citation in list.iter().filter(ended) {
            let fix = self.citation(citation, list, day)?;
            // Two that one text replaced would name it twice.
            let value = |repair: &Repair| match repair {
                Repair::Value { value, .. } => Some(value.clone()),
                _ => None,
            };
            let taken: Vec<_> = whole.repairs.iter().map(value).collect();
            if fix.repairs.iter().map(value).any(|value| value.is_none() || taken.contains(&value))
            {
                return None;
            }
            whole.repairs.extend(fix.repairs);
            whole.about.extend(fix.about);
        }
        (!whole.repairs.is_empty()).then_some(whole)
    }

    /// The repairs, with the document that they are about.
    pub(super) fn about(&self, ended: DocumentId, repairs: Vec<Repair>) -> Fix {
        let document = &self.catalogue[ended];
        Fix { repairs, about: vec![document.label().to_owned(), document.slug.to_string()] }
    }

    /// Whether nothing is left of a text: of one that ended but for some provisions these may be meant.
    fn is_gone(&self, document: DocumentId, day: Date) -> bool {
        let force = self.assessment.life(document).whole().at(day).force;
        matches!(force, Force::Ended | Force::Withdrawn)
    }

    fn is_replaced(&self, ended: DocumentId) -> bool {
        let mut acts = self.catalogue.documents.iter().flat_map(|document| &document.effects);
        acts.any(|act| act.target == ended && act.act == Act::Replaces)
    }

    /// Takes out what carries nothing any more, where the rest of the list carries.
    fn dropped(&self, citation: &Citation, list: &[Citation], day: Date) -> Option<Repair> {
        let rest: Vec<Citation> =
            list.iter().filter(|other| other.span != citation.span).cloned().collect();
        let carries = is_grounded(self.assessment.lives(), &rest, day);
        (citation.role == Role::Supporting && carries)
            .then_some(Repair::DropItem { at: citation.span })
    }

    /// How a document is named where another was: by its file, as that was, or by its number, where no other
    /// document has that.
    fn named_as(&self, at: Span, old: DocumentId, new: DocumentId) -> Option<String> {
        let written =
            std::str::from_utf8(self.files.content(at.file).bytes()).ok()?.get(at.range())?;
        let document = &self.catalogue[new];
        if written.trim_matches(['"', '\'']) == self.catalogue[old].slug.as_str() {
            return Some(document.slug.to_string());
        }
        let number = document.number.as_ref().filter(|number| {
            let key = NumberKey::new(number);
            let numbers = self.catalogue.documents.iter().filter_map(|it| it.number.as_ref());
            numbers.filter(|other| NumberKey::new(other) == key).count() == 1
        });
        Some(number.map_or_else(|| document.slug.to_string(), Clone::clone))
    }

    /// The number of the register that a citation misspells in nothing but the signs between its parts.
    pub(super) fn respelled(&self, citation: &Citation) -> Option<Fix> {
        let Cited::Unknown(written) = &citation.document else { return None };
        let wanted = number::bare(written);
        let numbers = self.catalogue.documents.iter().filter_map(|it| it.number.as_ref());
        let mut alike = numbers.filter(|known| number::bare(known) == wanted);
        let only = alike.next().filter(|_| alike.next().is_none())?;
        Some(Repair::Value { at: citation.span, value: only.clone() }.into())
    }
}

/// A bare citation of a document.
fn cite(document: DocumentId) -> Citation {
    Citation {
        document: Cited::Known(document),
        provisions: Vec::new(),
        provision_spans: Vec::new(),
        role: Role::default(),
        validity: Window::default(),
        exemption: None,
        span: Span::head(FileId(0)),
    }
}
