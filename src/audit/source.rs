//! Which line of the catalogue or of the theme brought a name to the site. Looked for only when something
//! was found, and once for each thing that was named.

use super::layers::{Layer, Manner};
use super::{Audit, Meaning, Place, Target};
use crate::files::{FileId, FilePath, Span};
use crate::model::prose::Owner;

/// A line that names something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A text of the catalogue, and whose it is.
    Prose(Span, Owner),
    /// A form.
    Form(Span, FilePath),
    /// Any other line of the catalogue.
    Line(Span),
    /// A line of the theme.
    Theme(String),
}

impl Source {
    pub(super) fn span(&self) -> Option<Span> {
        match self {
            Self::Prose(span, _) | Self::Form(span, _) | Self::Line(span) => Some(*span),
            Self::Theme(_) => None,
        }
    }
}

impl Audit<'_> {
    /// The line that most likely brought a name to an address.
    pub(super) fn source(&self, target: Target, path: &FilePath) -> Option<Source> {
        let sources = self.sources.get(&target)?.get_or_init(|| self.look(target));
        let place = self.places.get(path.as_str());
        let owns = |source: &&Source| match (source, place) {
            (Source::Prose(_, Owner::Procedure(id)), Some(Place::Procedure(here))) => id == here,
            (Source::Prose(_, Owner::Group(group)), Some(Place::Group(here))) => group == here,
            (Source::Form(_, form), _) => form.name() == path.name(),
            _ => false,
        };
        let is_form = |source: &Source| matches!(source, Source::Form(..));
        let first = || sources.iter().find(|source| !is_form(source));
        sources.iter().find(owns).or_else(first).cloned()
    }

    /// The form that a file of the site is, by its name.
    pub(super) fn form_of(&self, path: &FilePath) -> Option<Span> {
        let mut forms = self.catalogue.form_files.iter();
        forms.find(|(form, _)| form.name() == path.name()).map(|(_, file)| Span::head(*file))
    }

    fn look(&self, target: Target) -> Vec<Source> {
        let mut found = Vec::new();
        for prose in self.catalogue.prose.iter() {
            if let Some(span) = self.named(target, prose.span) {
                found.push(Source::Prose(span, prose.owner));
            }
        }
        for (form, file) in &self.catalogue.form_files {
            found.push(Source::Form(Span::head(*file), form.clone()));
        }
        for (file, path, content) in self.theme.iter() {
            let whole = whole(file, content.bytes());
            if let Some(range) = self.find(target, content.bytes(), whole) {
                let (line, column) = self.theme.position(file, range.start);
                found.push(Source::Theme(format!("{path}:{line}:{column}")));
            }
        }
        if found.iter().any(|source| !matches!(source, Source::Form(..))) {
            return found;
        }
        let by_right = self.by_right(target);
        for (file, path, content) in self.files.iter() {
            if matches!(path.extension(), Some("yaml" | "yml" | "md")) {
                let bytes = content.bytes();
                let lines = self.all(target, bytes, whole(file, bytes)).into_iter();
                let other = |span: &Span| !by_right.iter().any(|own| touch(*own, *span));
                found.extend(lines.filter(other).map(Source::Line));
            }
        }
        found
    }

    /// Where the catalogue names something by right: in its own record, and where the law is written down.
    fn by_right(&self, target: Target) -> Vec<Span> {
        let catalogue = self.catalogue;
        let mut spans: Vec<Span> = Vec::new();
        match target {
            Target::Document(_) => {
                for document in &catalogue.documents {
                    spans.push(document.span);
                    spans.extend(document.effects.iter().map(|effect| effect.span));
                    spans.extend(document.implements.iter().map(|tie| tie.span));
                }
                let elements = catalogue.procedures.iter().flat_map(|it| &it.elements);
                let bases = elements.flat_map(|element| &element.legal_basis);
                let bases = bases.chain(catalogue.procedures.iter().flat_map(|it| &it.legal_basis));
                let bases = bases.chain(catalogue.groups.iter().flat_map(|it| &it.legal_basis));
                spans.extend(bases.map(|citation| citation.span));
            }
            Target::Procedure(id) => {
                let file = catalogue[id].span().file;
                spans.push(whole(file, self.files.content(file).bytes()));
                let items = catalogue.decisions.iter().flat_map(|decision| &decision.items);
                spans.extend(items.map(|item| item.procedure.span));
            }
            Target::Form(_) => {}
        }
        spans
    }

    /// Where a stretch of the catalogue names something.
    fn named(&self, target: Target, span: Span) -> Option<Span> {
        self.find(target, self.files.content(span.file).bytes(), span)
    }

    fn find(&self, target: Target, bytes: &[u8], span: Span) -> Option<Span> {
        self.all(target, bytes, span).into_iter().next()
    }

    fn all(&self, target: Target, bytes: &[u8], span: Span) -> Vec<Span> {
        let text = bytes.get(span.range()).unwrap_or_default();
        let layer = Layer::read::<true>(&self.folds, text, Manner::default());
        let mut spans = Vec::new();
        for canon in [&layer.flow, &layer.tags] {
            for one in self.search.find(canon) {
                let names_it = match &self.meanings[one.pattern] {
                    Meaning::Ended(targets) => targets.contains(&target),
                    _ => false,
                };
                if names_it {
                    let stretch = canon.stretch(&one.range, text);
                    let at = |place| span.start + u32::try_from(place).unwrap_or(u32::MAX);
                    let (start, end) = (at(stretch.start), at(stretch.end));
                    spans.push(Span { file: span.file, start, end });
                }
            }
        }
        spans
    }
}

fn touch(one: Span, other: Span) -> bool {
    one.file == other.file && one.start < other.end && other.start < one.end
}

fn whole(file: FileId, bytes: &[u8]) -> Span {
    Span { file, start: 0, end: u32::try_from(bytes.len()).unwrap_or(u32::MAX) }
}
