//! What the free texts of a catalogue name, read once: what a text names is the same on all days, and only
//! whether it may be led to differs. Made for a site that shows its texts on many days.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::files::Span;
use crate::mention::{Index, Part, Target};
use crate::model::procedure::Procedure;
use crate::model::provision::Provision;
use crate::model::{Catalogue, Markdown};

/// A document that a text names.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// Where it is named.
    pub(super) range: Range<usize>,
    /// What it means.
    pub(super) target: Target,
    /// Every provision said beside it.
    pub(super) parts: Vec<Provision>,
}

/// What each text names, by the place of the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Readings(BTreeMap<Span, Vec<Named>>);

impl Readings {
    /// Of all texts that a page shows.
    pub(super) fn new(catalogue: &Catalogue, index: &Index) -> Self {
        let of_events = catalogue.life_events.iter().filter_map(|event| event.text.as_ref());
        let of_groups = catalogue.groups.iter().filter_map(|group| group.text.as_ref());
        let of_pages = catalogue.pages.iter().map(|page| &page.text);
        let of_procedures = catalogue.procedures.iter().flat_map(|procedure| texts(procedure));
        let texts = of_events.chain(of_groups).chain(of_pages).chain(of_procedures);
        let texts = texts.chain(&catalogue.site.home);
        // What was put in the place of a text stands nowhere, and is another on other days.
        let texts: Vec<&Markdown> = texts.filter(|text| text.span.start < text.span.end).collect();
        let read = |text: &Markdown| (text.span, named(index, &text.text));
        let read: Vec<(Span, Vec<Named>)> = texts.into_par_iter().map(read).collect();
        Self(read.into_iter().collect())
    }

    /// What a text names, in order; none where it was not read.
    pub(super) fn of(&self, text: &Markdown) -> Option<&[Named]> {
        self.0.get(&text.span).map(Vec::as_slice)
    }
}

/// What a text names, read now.
pub(super) fn named(index: &Index, text: &str) -> Vec<Named> {
    let mentions = index.read_markdown(text).mentions.into_iter();
    let named = mentions.map(|mention| Named {
        range: mention.range,
        target: mention.target,
        parts: mention.parts.iter().flat_map(Part::each).collect(),
    });
    named.collect()
}

/// The texts of a procedure that its page shows.
pub(super) fn texts(procedure: &Procedure) -> impl Iterator<Item = &Markdown> {
    let steps = procedure.cases.iter().flat_map(|case| &case.steps).chain(&procedure.steps);
    let steps = steps.filter_map(|step| step.text.as_ref());
    let channels = procedure.channels.iter().filter_map(|channel| channel.description.as_ref());
    steps.chain(channels).chain(&procedure.requirements)
}
