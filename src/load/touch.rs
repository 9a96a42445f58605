//! A small change of the file of a procedure: other parts inside it, on which nothing else of a catalogue rests.
//! It is read by itself, with the names that were known before, and taken for small only where both states of the
//! file say so: every other change needs the whole catalogue to be read.

use std::sync::Arc;

use crate::files::{FileId, FileTree};
use crate::load::names::Names;
use crate::load::procedure;
use crate::load::reader::{Reader, Value};
use crate::load::tree::{self, Key, Kind, Node};
use crate::model::citation::{Citation, Exemption};
use crate::model::date::{Date, Window};
use crate::model::procedure::{Element, Procedure};

/// What a procedure says of how it is done. It stands on its own pages and, drawn from it, in a line of a list;
/// it decides on no name, no place, no order and no day.
const INSIDE: [&str; 10] = [
    "any_office",
    "cases",
    "channels",
    "complaints",
    "dossier",
    "dossier_sets",
    "internal_process",
    "requirements",
    "results",
    "steps",
];

/// Reads one file again.
#[derive(Clone, Debug)]
pub struct Touch {
    names: Arc<Names>,
}

impl Touch {
    pub(super) fn new(names: Arc<Names>) -> Self {
        Self { names }
    }

    /// The procedure of a file that was changed, whose place among the files is the same; none where more than
    /// what it is like inside is another, or where it cannot be read as it stands.
    #[must_use]
    pub fn read(
        &self,
        (before, was): (&FileTree, &Procedure),
        now: &FileTree,
        file: FileId,
    ) -> Option<Procedure> {
        let (old, _) = tree::read(before, file);
        let (new, mut report) = tree::read(now, file);
        let (old, new) = (old?, new?);
        if !differ_inside(&old, &new) {
            return None;
        }
        let mut reader = Reader::new(&self.names);
        let value = Value { key: now.path(file).name(), node: &new };
        let slug = was.slug.clone();
        let procedure = reader.map(value, |map| procedure::procedure(map, slug)).flatten();
        report.merge(reader.report());
        let procedure = procedure?;
        let is_small = !report.is_structural() && keep_days(&was.elements, &procedure.elements);
        is_small.then(|| Procedure { former_ids: was.former_ids.clone(), ..procedure })
    }
}

/// A key of a map and its value.
type Entry<'t> = (Key<'t>, Node<'t>);

/// Whether two states of a file say the same but for what is inside.
fn differ_inside(old: &Node<'_>, new: &Node<'_>) -> bool {
    let (Kind::Map(old), Kind::Map(new)) = (&old.kind, &new.kind) else { return false };
    are_alike(&outside(old), &outside(new))
}

fn outside<'n, 't>(all: &'n [Entry<'t>]) -> Vec<&'n Entry<'t>> {
    all.iter().filter(|(key, _)| !INSIDE.contains(&key.text.as_ref())).collect()
}

fn are_alike(one: &[&Entry<'_>], other: &[&Entry<'_>]) -> bool {
    let mut pairs = one.iter().zip(other);
    one.len() == other.len()
        && pairs.all(|((key, value), (its, other))| key.text == its.text && is_alike(value, other))
}

/// Whether two values are written alike, wherever they stand.
fn is_alike(one: &Node<'_>, other: &Node<'_>) -> bool {
    match (&one.kind, &other.kind) {
        (Kind::List(one), Kind::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, it)| is_alike(one, it))
        }
        (Kind::Map(one), Kind::Map(other)) => {
            are_alike(&one.iter().collect::<Vec<_>>(), &other.iter().collect::<Vec<_>>())
        }
        (one @ Kind::Scalar { .. }, other @ Kind::Scalar { .. }) => one == other,
        _ => false,
    }
}

/// Whether nothing begins or ends on other days: the parts are as many as they were, each with its days and its own
/// law; or none has any.
fn keep_days(was: &[Element], is: &[Element]) -> bool {
    let has_own =
        |part: &Element| part.validity != Window::default() || !part.legal_basis.is_empty();
    let mut pairs = was.iter().zip(is);
    let is_kept = was.len() == is.len()
        && pairs.all(|(was, is)| {
            let mut bases = was.legal_basis.iter().zip(&is.legal_basis);
            was.validity == is.validity
                && was.legal_basis.len() == is.legal_basis.len()
                && bases.all(|(was, is)| cites_alike(was, is))
        });
    is_kept || !was.iter().chain(is).any(has_own)
}

/// Whether two citations say the same, wherever they stand.
fn cites_alike(was: &Citation, is: &Citation) -> bool {
    let Citation { document, provisions, provision_spans: _, role, validity, exemption, span: _ } =
        was;
    *document == is.document
        && *provisions == is.provisions
        && *role == is.role
        && *validity == is.validity
        && exemption.as_ref().map(granted) == is.exemption.as_ref().map(granted)
}

/// What an exemption grants, and by whom.
fn granted(exemption: &Exemption) -> (&str, &str, Date) {
    let Exemption { reason, approved_by, until, span: _ } = exemption;
    (reason, approved_by, *until)
}
