//! Makes a case that shows a difference as small as it can be, so that it can be read.

use std::sync::Arc;

use niemyet::model::citation::{Citation, Cited, Role};
use niemyet::model::date::Window;
use niemyet::model::document::{Document, Effective, Scope};
use niemyet::model::procedure::Procedure;

use crate::blank::document_id;
use crate::laws::each_procedure;
use crate::registers::Case;

/// Takes away whatever can be taken away while the case still fails.
pub(crate) fn shrink(mut case: Case, fails: impl Fn(&Case) -> bool) -> Case {
    loop {
        let Some(smaller) = smaller(&case).into_iter().find(&fails) else { return case };
        case = smaller;
    }
}

/// All cases that are smaller by one thing.
fn smaller(case: &Case) -> Vec<Case> {
    let mut found = Vec::new();
    let mut offer = |change: &dyn Fn(&mut Case)| {
        let mut copy = case.clone();
        change(&mut copy);
        found.push(copy);
    };
    let catalogue = &case.catalogue;
    for at in 0..catalogue.procedures.len() {
        offer(&|case| drop(case.catalogue.procedures.remove(at)));
    }
    for at in 0..catalogue.documents.len() {
        offer(&|case| remove_document(case, at));
    }
    for at in 0..catalogue.procedures.len() {
        if catalogue.procedures[at].announced.is_some() {
            offer(&|case| its(case, at).announced = None);
        }
    }
    for at in 0..catalogue.decisions.len() {
        // The ids behind it would be others.
        if catalogue.procedures.iter().all(|it| it.announced.is_none()) {
            offer(&|case| drop(case.catalogue.decisions.remove(at)));
        }
        for item in 0..catalogue.decisions[at].items.len() {
            offer(&|case| drop(case.catalogue.decisions[at].items.remove(item)));
        }
    }
    if !catalogue.groups.is_empty() || !catalogue.agencies.is_empty() {
        offer(&|case| {
            case.catalogue.groups.clear();
            case.catalogue.agencies.clear();
            each_procedure(&mut case.catalogue, |procedure| procedure.authority.performs.clear());
        });
    }
    for (at, document) in catalogue.documents.iter().enumerate() {
        for change in smaller_documents(document) {
            offer(&|case| change(&mut case.catalogue.documents[at]));
        }
    }
    for (at, procedure) in catalogue.procedures.iter().enumerate() {
        if procedure.validity != Window::default() {
            offer(&|case| its(case, at).validity = Window::default());
        }
        for element in 0..procedure.elements.len() {
            offer(&|case| drop(its(case, at).elements.remove(element)));
        }
        for basis in 0..procedure.legal_basis.len() {
            offer(&|case| drop(its(case, at).legal_basis.remove(basis)));
            let citation = &procedure.legal_basis[basis];
            for change in smaller_citations(citation) {
                offer(&|case| change(&mut its(case, at).legal_basis[basis]));
            }
        }
    }
    found
}

fn its(case: &mut Case, at: usize) -> &mut Procedure {
    Arc::make_mut(&mut case.catalogue.procedures[at])
}

type Change<T> = Box<dyn Fn(&mut T)>;

fn smaller_documents(document: &Document) -> Vec<Change<Document>> {
    let mut found: Vec<Change<Document>> = Vec::new();
    for at in 0..document.effects.len() {
        found.push(Box::new(move |it| drop(it.effects.remove(at))));
        let effect = &document.effects[at];
        if effect.from.is_some() {
            found.push(Box::new(move |it| it.effects[at].from = None));
        }
        if effect.clause.is_some() {
            found.push(Box::new(move |it| it.effects[at].clause = None));
        }
        for part in 0..effect.except.len() {
            found.push(Box::new(move |it| drop(it.effects[at].except.remove(part))));
        }
        match &effect.scope {
            Scope::Whole => {}
            Scope::Unspecified => {
                found.push(Box::new(move |it| it.effects[at].scope = Scope::Whole));
            }
            Scope::Parts(parts) if parts.len() == 1 => {
                found.push(Box::new(move |it| it.effects[at].scope = Scope::Whole));
            }
            Scope::Parts(parts) => {
                for part in 0..parts.len() {
                    let mut fewer = parts.clone();
                    fewer.remove(part);
                    let fewer = Scope::Parts(fewer);
                    found.push(Box::new(move |it| it.effects[at].scope = fewer.clone()));
                }
            }
        }
    }
    for at in 0..document.implements.len() {
        found.push(Box::new(move |it| drop(it.implements.remove(at))));
        for part in 0..document.implements[at].scope.len() {
            found.push(Box::new(move |it| drop(it.implements[at].scope.remove(part))));
        }
        for part in 0..document.implements[at].own.len() {
            found.push(Box::new(move |it| drop(it.implements[at].own.remove(part))));
        }
    }
    for at in 0..document.provisions.len() {
        found.push(Box::new(move |it| drop(it.provisions.remove(at))));
    }
    if document.own_end.is_some() {
        found.push(Box::new(|it| it.own_end = None));
    }
    if document.effective == Effective::Missing {
        found.push(Box::new(|it| it.effective = Effective::Unknown));
    }
    found
}

fn smaller_citations(citation: &Citation) -> Vec<Change<Citation>> {
    let mut found: Vec<Change<Citation>> = Vec::new();
    for part in 0..citation.provisions.len() {
        found.push(Box::new(move |it| drop(it.provisions.remove(part))));
    }
    if citation.exemption.is_some() {
        found.push(Box::new(|it| it.exemption = None));
    }
    if citation.validity != Window::default() {
        found.push(Box::new(|it| it.validity = Window::default()));
    }
    if citation.role == Role::Main {
        found.push(Box::new(|it| it.role = Role::Supporting));
    }
    found
}

/// Takes a document out, with all that names it, and closes the gap in the ids.
fn remove_document(case: &mut Case, gone: usize) {
    let catalogue = &mut case.catalogue;
    catalogue.documents.remove(gone);
    let gone = document_id(gone);
    let close = |id: &mut niemyet::model::document::DocumentId| {
        if gone < *id {
            id.0 -= 1;
        }
    };
    for document in &mut catalogue.documents {
        document.effects.retain(|effect| effect.target != gone);
        document.implements.retain(|tie| tie.parent != gone);
        document.effects.iter_mut().for_each(|effect| close(&mut effect.target));
        document.implements.iter_mut().for_each(|tie| close(&mut tie.parent));
    }
    let own = catalogue.procedures.iter_mut().flat_map(|procedure| {
        let procedure = Arc::make_mut(procedure);
        let elements = procedure.elements.iter_mut().map(|element| &mut element.legal_basis);
        elements.chain([&mut procedure.legal_basis])
    });
    for bases in own.chain(catalogue.groups.iter_mut().map(|group| &mut group.legal_basis)) {
        bases.retain(|citation| citation.document != Cited::Known(gone));
        for citation in bases {
            if let Cited::Known(id) = &mut citation.document {
                close(id);
            }
        }
    }
}
