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
        // The register and the record itself name it by right.
        let own = match target {
            Target::Procedure(id) => Some(self.catalogue[id].span().file),
            Target::Document(_) | Target::Form(_) => None,
        };
        for (file, path, content) in self.files.iter() {
            let is_register = ["documents/", "decisions/"].iter().any(|it| path.as_str().starts_with(it));
            let is_text = matches!(path.extension(), Some("yaml" | "yml" | "md"));
            if is_text && !is_register && Some(file) != own {
                let span = self.find(target, content.bytes(), whole(file, content.bytes()));
                found.extend(span.map(Source::Line));
            }
        }
        found
    }

    /// Where a stretch of the catalogue names something.
    fn named(&self, target: Target, span: Span) -> Option<Span> {
        self.find(target, self.files.content(span.file).bytes(), span)
    }

    fn find(&self, target: Target, bytes: &[u8], span: Span) -> Option<Span> {
        let text = bytes.get(span.range())?;
        let layer = Layer::read::<true>(&self.folds, text, Manner::default());
        [&layer.flow, &layer.tags].into_iter().find_map(|canon| {
            let found = self.search.find(canon);
            let one = found.iter().find(|one| match &self.meanings[one.pattern] {
                Meaning::Ended(targets) => targets.contains(&target),
                _ => false,
            })?;
            let at = |letter: usize| u32::try_from(canon.place(letter)).unwrap_or(u32::MAX);
            let (start, end) = (at(one.range.start), at(one.range.end - 1) + 1);
            Some(Span { file: span.file, start: span.start + start, end: span.start + end })
        })
    }
}

fn whole(file: FileId, bytes: &[u8]) -> Span {
    Span { file, start: 0, end: u32::try_from(bytes.len()).unwrap_or(u32::MAX) }
}
