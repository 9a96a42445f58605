//! Texts that are not shown on some days, because they name what is no longer law on them, and the catalogues
//! that are shown instead. Which texts these are is found by `audit`; here it is only held.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Catalogue;
use super::date::Date;
use super::document::DocumentId;
use super::procedure::ProcedureId;
use super::prose::Owner;
use super::texts::{Instead, Reach, TextId};
use crate::files::{FileId, Span};

/// What a text names that is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gone {
    /// A document that is over.
    Document(DocumentId),
    /// A version of a procedure that is withheld, superseded or internal.
    Procedure(ProcedureId),
    /// Something else, such as a form.
    Other,
}

/// A text that is not shown as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hush {
    /// Whose it is.
    pub owner: Owner,
    /// Where it is shown.
    pub reach: Reach,
    /// Where its words stand: in several places where they are written alike; none where the catalogue keeps
    /// no place of them.
    pub spans: Vec<Span>,
    /// What stands in its place.
    pub instead: String,
    /// What it names.
    pub gone: BTreeSet<Gone>,
}

impl Hush {
    /// Whether it is a text of its own, and not another one said again.
    #[must_use]
    pub fn is_written(&self) -> bool {
        self.reach != Reach::Echo
    }

    /// On whose pages it is shown: on those of the whole site where it is not on those of its owner alone.
    fn shown_by(&self) -> Owner {
        match self.reach {
            Reach::Own => self.owner,
            Reach::Wide | Reach::Echo => Owner::Site,
        }
    }
}

/// The texts that are not shown on a day.
pub type Silence = Arc<BTreeMap<TextId, Hush>>;

/// The texts that are not shown, by the day from which they are not; each day holds until the next.
#[derive(Clone, Debug, Default)]
pub struct Hushed {
    days: BTreeMap<Date, Silence>,
    forms: Vec<(FileId, Date, Gone)>,
}

impl Hushed {
    /// From the texts of each day. Days on which nothing differs from the day before are not kept.
    #[must_use]
    pub fn new(days: impl IntoIterator<Item = (Date, Silence)>) -> Self {
        let mut kept: BTreeMap<Date, Silence> = BTreeMap::new();
        for (day, silence) in days {
            let is_same = match kept.last_key_value() {
                Some((_, before)) => *before == silence,
                None => silence.is_empty(),
            };
            if !is_same {
                kept.insert(day, silence);
            }
        }
        Self { days: kept, forms: Vec::new() }
    }

    /// The same, with the forms that will name what is gone, and from which day on. They cannot be mended.
    #[must_use]
    pub fn with_forms(self, forms: Vec<(FileId, Date, Gone)>) -> Self {
        Self { forms, ..self }
    }

    /// The forms that will name what is gone, and from which day on.
    pub fn forms(&self) -> impl Iterator<Item = (FileId, Date, Gone)> {
        self.forms.iter().copied()
    }

    /// What is not shown on a day.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&Silence> {
        self.days.range(..=day).next_back().map(|(_, silence)| silence)
    }

    /// How many texts are not shown on a day, as an editor counts them.
    #[must_use]
    pub fn count(&self, day: Date) -> usize {
        self.on(day).map_or(0, |silence| told(silence).len())
    }

    /// All days on which other texts are not shown than on the day before.
    pub fn days(&self) -> impl Iterator<Item = (Date, &Silence)> {
        self.days.iter().map(|(day, silence)| (*day, silence))
    }
}

/// The texts that are not shown, by where they stand, each place once.
#[must_use]
pub fn told(silence: &Silence) -> BTreeMap<Span, BTreeSet<Gone>> {
    let mut told: BTreeMap<Span, BTreeSet<Gone>> = BTreeMap::new();
    for hush in silence.values().filter(|hush| hush.is_written()) {
        for span in &hush.spans {
            told.entry(*span).or_default().extend(&hush.gone);
        }
    }
    told
}

/// The catalogue as it may be shown, day by day; shared by days on which it is the same.
#[derive(Clone, Debug)]
pub struct Daily {
    first: Arc<Catalogue>,
    /// By the day from which they are shown.
    later: BTreeMap<Date, Arc<Catalogue>>,
    /// On which days the texts of whom differ from the day before.
    touched: BTreeMap<Date, Vec<Owner>>,
}

impl Daily {
    /// One catalogue for all days.
    #[must_use]
    pub fn same(catalogue: &Catalogue) -> Self {
        let first = Arc::new(catalogue.clone());
        Self { first, later: BTreeMap::new(), touched: BTreeMap::new() }
    }

    /// The catalogue of one day alone.
    #[must_use]
    pub fn of_day(catalogue: &Catalogue, hushed: &Hushed, day: Date) -> Self {
        let silence = hushed.on(day).filter(|silence| !silence.is_empty());
        let Some(silence) = silence else { return Self::same(catalogue) };
        Self { first: made(catalogue, silence), later: BTreeMap::new(), touched: BTreeMap::new() }
    }

    /// The catalogue of each day from one on.
    #[must_use]
    pub fn new(catalogue: &Catalogue, hushed: &Hushed, today: Date) -> Self {
        let mut daily = Self::of_day(catalogue, hushed, today);
        let none = Silence::default();
        let mut before = hushed.on(today).unwrap_or(&none);
        for (day, silence) in hushed.days().filter(|(day, _)| today < *day) {
            let differs = |one: &Silence, other: &Silence| {
                let differing = one.iter().filter(|(id, hush)| other.get(id) != Some(hush));
                differing.map(|(_, hush)| hush.shown_by()).collect::<Vec<_>>()
            };
            let touched = [differs(before, silence), differs(silence, before)].concat();
            daily.later.insert(day, made(catalogue, silence));
            daily.touched.insert(day, touched);
            before = silence;
        }
        daily
    }

    /// The catalogue of a day.
    #[must_use]
    pub fn on(&self, day: Date) -> &Arc<Catalogue> {
        self.later.range(..=day).next_back().map_or(&self.first, |(_, catalogue)| catalogue)
    }

    /// All of them, each once.
    pub fn catalogues(&self) -> impl Iterator<Item = &Arc<Catalogue>> {
        std::iter::once(&self.first).chain(self.later.values())
    }

    /// The days on which the texts of some owner differ from the day before, and these owners.
    pub fn touched(&self) -> impl Iterator<Item = (Date, &[Owner])> {
        self.touched.iter().map(|(day, owners)| (*day, owners.as_slice()))
    }
}

fn made(catalogue: &Catalogue, silence: &Silence) -> Arc<Catalogue> {
    let instead: Instead = silence.iter().map(|(id, hush)| (*id, hush.instead.clone())).collect();
    Arc::new(catalogue.with_texts(&instead))
}
