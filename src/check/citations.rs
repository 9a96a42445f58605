//! Lists of legal bases: a document stands in a list once, with all the provisions that are meant.
//! Whether what is cited has force is asked in `basis.rs`.

use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Repair, Report};
use crate::model::Catalogue;
use crate::model::citation::{Citation, Cited};
use crate::model::number::NumberKey;
use crate::model::provision::{Provision, Relation};

/// Judges every list of citations.
pub fn check(catalogue: &Catalogue, report: &mut Report) {
    for procedure in &catalogue.procedures {
        list(catalogue, &procedure.legal_basis, report);
        for element in &procedure.elements {
            list(catalogue, &element.legal_basis, report);
        }
    }
    for group in &catalogue.groups {
        list(catalogue, &group.legal_basis, report);
    }
}

fn list(catalogue: &Catalogue, citations: &[Citation], report: &mut Report) {
    for (place, citation) in citations.iter().enumerate() {
        let first = citations[..place].iter().find(|first| says_again(first, citation));
        if let Some(first) = first {
            let is_copy = first.provisions == citation.provisions
                && first.role == citation.role
                && first.validity == citation.validity
                && first.exemption.is_none()
                && citation.exemption.is_none();
            let gone = is_copy.then(|| Repair::DropItem { at: citation.span }.into());
            let found = Diagnostic::new(Code::BasisTwice, citation.span)
                .with("number", catalogue.cited_label(&citation.document))
                .fixed_by(gone);
            report.push(found.note(Note::at(Remark::FirstHere, first.span)));
        }
    }
}

/// Whether two citations name the same on the same days. Provisions apart from each other, which may
/// carry different weight, and one law with its days after the other are two citations.
fn says_again(one: &Citation, two: &Citation) -> bool {
    let same_document = match (&one.document, &two.document) {
        (Cited::Known(one), Cited::Known(two)) => one == two,
        (Cited::Unknown(one), Cited::Unknown(two)) => NumberKey::new(one) == NumberKey::new(two),
        _ => false,
    };
    let meet = |one: &Provision, two: &Provision| {
        matches!(one.relation(two), Relation::Covers | Relation::Inside)
    };
    let same_provisions = one.provisions.is_empty()
        || two.provisions.is_empty()
        || one.provisions.iter().any(|one| two.provisions.iter().any(|two| meet(one, two)));
    same_document && same_provisions && one.validity.overlaps(two.validity)
}
