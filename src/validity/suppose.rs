//! What if a document, or a provision of it, ended on a day: the register is judged twice, as it is and
//! with that end, and the two answers are compared from the day on. Nothing here knows rules of law: an
//! end that is supposed goes through the same ones (`acts.rs`) as an end that a document brings about.
//!
//! Things are compared day by day: what would go only later, or come back, is said with its days.

use std::collections::BTreeSet;

use super::procedure::{CitationState, citation_days, citation_state, deciding};
use super::published::{Thing, runs, things};
use super::standing::{Fact, Force, Link, Standing};
use super::{Assessment, suppose};
use crate::model::Catalogue;
use crate::model::citation::Citation;
use crate::model::date::{Date, Window};
use crate::model::document::DocumentId;
use crate::model::provision::Provision;

/// An end that no document of the register brings about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supposition {
    /// What ends.
    pub document: DocumentId,
    /// The provision that ends; all of the document where absent.
    pub part: Option<Provision>,
    /// From which day.
    pub from: Date,
}

/// What would be different.
#[derive(Clone, Debug, Default)]
pub struct Impact {
    /// What would go.
    pub losses: Vec<Difference>,
    /// What would come, as where the document keeps something from being in force.
    pub gains: Vec<Difference>,
    /// What rests on it, yet stays throughout.
    pub survivors: Vec<Survivor>,
    /// The document itself, and others that stand or fall with it.
    pub documents: Vec<Altered>,
    /// Texts that would lose a parent and live on.
    pub kept: Vec<Link>,
}

/// Something that would go, or come.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What.
    pub thing: Thing,
    /// The first days on which it differs; from their end on it is again as it would be anyway.
    pub days: Window,
    /// Its bases that make the difference.
    pub ties: Vec<Tie>,
}

/// A basis of a thing, and how it would stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Its place among the bases.
    pub citation: usize,
    /// How it would stand.
    pub state: CitationState,
}

/// Something that loses a basis and stays.
#[derive(Clone, Debug)]
pub struct Survivor {
    /// What.
    pub thing: Thing,
    /// The day on which it loses the basis.
    pub day: Date,
    /// What it loses; a basis with an exemption carries on, as it ended.
    pub lost: Vec<Tie>,
    /// What carries it on that day: of its bases those that decide.
    pub carried_by: Vec<Tie>,
}

/// A document that would stand otherwise.
#[derive(Clone, Debug)]
pub struct Altered {
    /// Which.
    pub document: DocumentId,
    /// The first days on which it would.
    pub days: Window,
    /// How it stands without the supposition on the first of them.
    pub before: Standing,
    /// How it would stand.
    pub after: Standing,
}

/// Compares the register as it is with the register as it is supposed.
#[must_use]
pub fn impact(catalogue: &Catalogue, as_is: &Assessment, supposed: &Supposition) -> Impact {
    let worlds = Worlds {
        catalogue,
        as_is,
        would_be: &suppose(catalogue, as_is.today, supposed),
        from: supposed.from,
    };
    let mut impact = Impact::default();
    for thing in things(catalogue) {
        let loss = worlds.loss(thing);
        if loss.is_none() {
            impact.survivors.extend(worlds.survivor(thing));
        }
        impact.losses.extend(loss);
        impact.gains.extend(worlds.gain(thing));
    }
    for (document, _) in catalogue.document_ids() {
        impact.documents.extend(worlds.altered(document));
        let before: Vec<&Link> = as_is.life(document).survived().collect();
        let after = worlds.would_be.life(document).survived();
        impact.kept.extend(after.filter(|link| !before.contains(link)).cloned());
    }
    impact
}

/// The register as it is, and as it would be.
struct Worlds<'a> {
    catalogue: &'a Catalogue,
    as_is: &'a Assessment,
    would_be: &'a Assessment,
    from: Date,
}

impl Worlds<'_> {
    fn loss(&self, thing: Thing) -> Option<Difference> {
        self.difference(thing, self.as_is, self.would_be)
    }

    fn gain(&self, thing: Thing) -> Option<Difference> {
        self.difference(thing, self.would_be, self.as_is)
    }

    /// The first days on which one world publishes a thing and the other does not. A part that goes
    /// with its procedure is not told by itself.
    fn difference(&self, thing: Thing, one: &Assessment, other: &Assessment) -> Option<Difference> {
        let differs = |day| {
            self.is_seen(thing, day)
                && thing.is_published(self.catalogue, one, day)
                && !thing.is_published(self.catalogue, other, day)
        };
        let days = *runs(self.from, &self.days(thing), differs).first()?;
        let day = days.from?;
        let state = |known: &Assessment, citation| citation_state(known.lives(), citation, day);
        let ties =
            thing.bases(self.catalogue).iter().enumerate().filter_map(|(citation, basis)| {
                let is_tie = match thing {
                    Thing::Citation(_, place) => place == citation,
                    // A basis that begins to support takes nothing away.
                    _ => state(one, basis).supports() && !state(other, basis).supports(),
                };
                is_tie.then(|| Tie { citation, state: state(self.would_be, basis) })
            });
        Some(Difference { thing, days, ties: ties.collect() })
    }

    /// Whether a thing is a matter of its own on a day: a part is while its procedure is published in
    /// both worlds.
    fn is_seen(&self, thing: Thing, day: Date) -> bool {
        let whole = thing.procedure().filter(|_| thing.is_part()).map(Thing::Procedure);
        whole.is_none_or(|whole| {
            whole.is_published(self.catalogue, self.as_is, day)
                && whole.is_published(self.catalogue, self.would_be, day)
        })
    }

    fn survivor(&self, thing: Thing) -> Option<Survivor> {
        if let Thing::Citation(..) = thing {
            return None;
        }
        let bases = thing.bases(self.catalogue);
        let mut days = self.days(thing);
        for known in [self.as_is, self.would_be] {
            days.extend(bases.iter().flat_map(|basis| citation_days(known.lives(), basis)));
        }
        let lost = |day| {
            let is_lost = move |(citation, basis): (usize, &Citation)| {
                let before = citation_state(self.as_is.lives(), basis, day);
                let state = citation_state(self.would_be.lives(), basis, day);
                let is_worse = before != state && state != CitationState::InForce;
                (before.supports() && is_worse).then_some(Tie { citation, state })
            };
            bases.iter().enumerate().filter_map(is_lost)
        };
        let stays = |day| {
            self.is_seen(thing, day)
                && thing.is_published(self.catalogue, self.as_is, day)
                && lost(day).next().is_some()
        };
        let day = runs(self.from, &days, stays).first()?.from?;
        let carried_by = deciding(bases, day).filter_map(|(citation, basis)| {
            let state = citation_state(self.would_be.lives(), basis, day);
            state.supports().then_some(Tie { citation, state })
        });
        Some(Survivor { thing, day, lost: lost(day).collect(), carried_by: carried_by.collect() })
    }

    fn altered(&self, document: DocumentId) -> Option<Altered> {
        let [as_is, would_be] =
            [self.as_is, self.would_be].map(|known| known.life(document).whole());
        let days = as_is.changes().chain(would_be.changes()).map(|(day, _)| day).collect();
        let differs = |day| {
            let (before, after) = (as_is.at(day), would_be.at(day));
            // Of a text that has ended in part, one part more may end.
            before.force != after.force || before.force == Force::PartlyEnded && before != after
        };
        let days = *runs(self.from, &days, differs).first()?;
        let (before, after) = (as_is.at(days.from?).clone(), would_be.at(days.from?).clone());
        Some(Altered { document, days, before, after })
    }

    fn days(&self, thing: Thing) -> BTreeSet<Date> {
        let mut days = BTreeSet::new();
        for known in [self.as_is, self.would_be] {
            days.extend(thing.days(self.catalogue, known));
        }
        days
    }
}

impl Altered {
    /// The links that tell the two worlds apart, the supposed one first.
    #[must_use]
    pub fn links(&self) -> Vec<&Link> {
        let (before, after) = (&self.before.because, &self.after.because);
        let new = after.iter().filter(|link| !before.contains(link));
        let gone = before.iter().filter(|link| !after.contains(link));
        let acts = |link: &&Link| !matches!(link.fact, Fact::TakesEffect);
        new.chain(gone).filter(acts).collect()
    }
}
