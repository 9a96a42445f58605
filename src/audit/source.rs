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

/// A line with the pattern by which it names something; a form has none.
pub(super) type Spelt = (Source, Option<usize>);

impl Source {
    pub(super) fn span(&self) -> Option<Span> {
        match self {
            Self::Prose(span, _) | Self::Form(span, _) | Self::Line(span) => Some(*span),
            Self::Theme(_) => None,
        }
    }
}

impl Audit<'_> {
    /// The line that most likely brought a name to an address: one that spells it as it was found, or the text
    /// of what stands there. None where there is none; that it is named elsewhere is no one's fault.
    pub(super) fn source(
        &self,
        target: Target,
        pattern: Option<usize>,
        path: &FilePath,
    ) -> Option<Source> {
        let sources = self.sources.get(&target)?.get_or_init(|| self.look(target));
        let place = self.places.get(path.as_str());
        let owns = |(source, _): &&Spelt| match (source, place) {
            (Source::Prose(_, Owner::Procedure(id)), Some(Place::Procedure(here))) => id == here,
            (Source::Prose(_, Owner::Group(group)), Some(Place::Group(here))) => group == here,
            (Source::Form(_, form), _) => form.name() == path.name(),
            _ => false,
        };
        let says_so =
            |(source, said): &&Spelt| *said == pattern && !matches!(source, Source::Form(..));
        let mut own = sources.iter().filter(owns);
        let spelt = own.clone().find(says_so).or_else(|| own.next());
        let found = spelt.or_else(|| sources.iter().find(says_so));
        found.map(|(source, _)| source.clone())
    }

    /// The form that a file of the site is, by its name.
    pub(super) fn form_of(&self, path: &FilePath) -> Option<Span> {
        let mut forms = self.catalogue.form_files.iter();
        forms.find(|(form, _)| form.name() == path.name()).map(|(_, file)| Span::head(*file))
    }

    /// All lines that name something, each with the spelling that it has of it.
    fn look(&self, target: Target) -> Vec<Spelt> {
        let mut found = Vec::new();
        for prose in self.catalogue.prose.iter().filter(|prose| self.is_shown(prose.owner, target))
        {
            for (span, pattern) in self.first(target, prose.span) {
                found.push((Source::Prose(span, prose.owner), Some(pattern)));
            }
        }
        for (form, file) in &self.catalogue.form_files {
            found.push((Source::Form(Span::head(*file), form.clone()), None));
        }
        for (file, path, content) in self.theme.iter() {
            let whole = whole(file, content.bytes());
            for (span, pattern) in firsts(self.all(target, content.bytes(), whole)) {
                let (line, column) = self.theme.position(file, span.start);
                found.push((Source::Theme(format!("{path}:{line}:{column}")), Some(pattern)));
            }
        }
        if found.iter().any(|(source, _)| !matches!(source, Source::Form(..))) {
            return found;
        }
        let by_right = self.by_right(target);
        for (file, path, content) in self.files.iter() {
            if matches!(path.extension(), Some("yaml" | "yml" | "md")) {
                let bytes = content.bytes();
                let mut lines = self.all(target, bytes, whole(file, bytes));
                lines.retain(|(span, _)| !by_right.iter().any(|own| touch(*own, *span)));
                let lines = lines.into_iter();
                found.extend(lines.map(|(span, pattern)| (Source::Line(span), Some(pattern))));
            }
        }
        found
    }

    /// Whether the texts of something may stand on the site. Of what has no page any more none do, but for what
    /// it is called; and of that it is itself the owner.
    fn is_shown(&self, owner: Owner, target: Target) -> bool {
        match owner {
            Owner::Procedure(id) => {
                let own = Target::Procedure(id);
                target == own || !self.sources.contains_key(&own)
            }
            _ => true,
        }
    }

    /// Where the catalogue names something by right: in its own record, and where the law is written down.
    fn by_right(&self, target: Target) -> Vec<Span> {
        let catalogue = self.catalogue;
        let mut spans: Vec<Span> = Vec::new();
        match target {
            Target::Document(_) => {
                for (id, document) in catalogue.document_ids() {
                    spans.push(document.span);
                    // The title of what is over stands on its own notice.
                    if self.sources.contains_key(&Target::Document(id)) {
                        let file = document.span.file;
                        spans.push(whole(file, self.files.content(file).bytes()));
                    }
                    spans.extend(document.effects.iter().map(|effect| effect.span));
                    spans.extend(document.implements.iter().map(|tie| tie.span));
                }
                let of_procedures = catalogue.procedures.iter().flat_map(|it| it.citations());
                let of_groups = catalogue.groups.iter().flat_map(|it| &it.legal_basis);
                spans.extend(of_procedures.chain(of_groups).map(|citation| citation.span));
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

    /// Where a stretch of the catalogue names something first, in each of its spellings.
    fn first(&self, target: Target, span: Span) -> Vec<(Span, usize)> {
        firsts(self.all(target, self.files.content(span.file).bytes(), span))
    }

    fn all(&self, target: Target, bytes: &[u8], span: Span) -> Vec<(Span, usize)> {
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
                    spans.push((Span { file: span.file, start, end }, one.pattern));
                }
            }
        }
        spans
    }
}

/// The first place of each spelling.
fn firsts(mut found: Vec<(Span, usize)>) -> Vec<(Span, usize)> {
    found.sort_by_key(|(span, pattern)| (*pattern, span.start));
    found.dedup_by_key(|(_, pattern)| *pattern);
    found.sort_by_key(|(span, _)| span.start);
    found
}

fn touch(one: Span, other: Span) -> bool {
    one.file == other.file && one.start < other.end && other.start < one.end
}

fn whole(file: FileId, bytes: &[u8]) -> Span {
    Span { file, start: 0, end: u32::try_from(bytes.len()).unwrap_or(u32::MAX) }
}
