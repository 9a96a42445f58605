#![doc = include_str!("rules.md")]
//!
//! # The code
//!
//! [`assess`] computes the life of every document once, then of every procedure over all days. The rest
//! of the program asks the [`Assessment`] and compares no date with today by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub mod standing;
pub mod timeline;
pub mod regimes;
mod order;
mod reach;
mod beginning;
pub mod life;
mod acts;
pub mod procedure;
pub mod announced;
pub mod deadlines;
pub mod clocks;
pub mod review;
pub mod forecast;
pub mod brought;
pub mod slices;
pub mod published;
pub mod left_out;
pub mod suppose;
pub mod compare;
pub mod upkeep;
pub mod ahead;
pub mod words;

use crate::model::Catalogue;
use crate::model::agency::{Agency, AgencyId, OfficeId};
use crate::model::citation::Citation;
use crate::model::date::{Date, Window};
use crate::model::document::DocumentId;
use crate::model::procedure::{ElementId, ProcedureId};

use life::Life;
use procedure::{ProcedureStanding, Shown};
use standing::Standing;
use suppose::Supposition;
use timeline::Timeline;

/// The answer for a catalogue, with the day that "today" is.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The day that is answered for.
    pub today: Date,
    /// The day on which was asked: what is printed as the day of the site, also where it shows a later
    /// `today`.
    pub as_of: Date,
    /// The day from which is looked ahead: what may be told of a later day is measured by how things stand
    /// on this one. The first day on which the site is served.
    pub seen_from: Date,
    // Shared, so that the same answers can be had for another day at no cost.
    lives: Arc<[Life]>,
    procedures: Arc<[Timeline<ProcedureStanding>]>,
    groups: Arc<[Timeline<bool>]>,
    /// Whether only that is published of a later day which may be told on the day from which is looked
    /// ahead.
    foreseen: bool,
}

/// Computes what is in force, on `today` and on every other day.
#[must_use]
pub fn assess(catalogue: &Catalogue, today: Date) -> Assessment {
    under(catalogue, today, None)
}

/// Computes what would be in force if a document ended, by an act that stands nowhere.
#[must_use]
pub fn suppose(catalogue: &Catalogue, today: Date, supposed: &Supposition) -> Assessment {
    under(catalogue, today, Some(supposed))
}

fn under(catalogue: &Catalogue, today: Date, supposed: Option<&Supposition>) -> Assessment {
    let lives = acts::lives(catalogue, supposed);
    let procedures = procedure::timelines(catalogue, &lives).into_iter().zip(&catalogue.procedures);
    let procedures: Vec<_> =
        procedures.map(|(line, version)| announced::mark(catalogue, version, line)).collect();
    let groups: Vec<_> = catalogue
        .groups
        .iter()
        .map(|group| procedure::element_timeline(&lives, group.validity, &group.legal_basis))
        .collect();
    Assessment {
        today,
        as_of: today,
        seen_from: today,
        lives: lives.into(),
        procedures: procedures.into(),
        groups: groups.into(),
        foreseen: false,
    }
}

impl Assessment {
    /// The same for another day, as seen from the same one.
    #[must_use]
    pub fn on(&self, day: Date) -> Self {
        Self { today: day, ..self.clone() }
    }

    /// The same for a site that is served from a later day on, and looks ahead from there.
    #[must_use]
    pub fn served_from(&self, day: Date) -> Self {
        Self { today: day, seen_from: day, ..self.clone() }
    }

    /// A later day, as it may be told on the day from which is looked ahead: what is withheld then stays withheld
    /// and what nobody has announced stays untold, also where the day is known on which it is published.
    #[must_use]
    pub fn foreseen(&self, day: Date) -> Self {
        Self { today: day, foreseen: true, ..self.clone() }
    }

    /// The same where some versions have other parts, so many, of which none has days of its own.
    #[must_use]
    pub fn with_parts(&self, counts: &BTreeMap<ProcedureId, usize>) -> Self {
        let mut procedures = self.procedures.to_vec();
        for (id, count) in counts {
            let line = &mut procedures[id.0 as usize];
            *line = line.map(|standing| standing.with_parts(*count));
        }
        Self { procedures: procedures.into(), ..self.clone() }
    }

    /// The same for the day of another.
    #[must_use]
    pub fn for_the_day_of(&self, other: &Self) -> Self {
        let Self { today, as_of, seen_from, foreseen, .. } = *other;
        Self { today, as_of, seen_from, foreseen, ..self.clone() }
    }

    /// The first day on which more is published than what may be told on the day from which is
    /// looked ahead.
    #[must_use]
    pub fn first_untold(&self) -> Option<Date> {
        let untold = |line: &Timeline<ProcedureStanding>| {
            let now = line.at(self.seen_from);
            let mut later = line.changes().filter(|(day, _)| *day > self.seen_from);
            later.find(|(_, then)| told(now, then) != *then).map(|(day, _)| day)
        };
        self.procedures.iter().filter_map(untold).min()
    }

    /// The life of a document: its standing on any day, whole or by provision.
    #[must_use]
    pub fn life(&self, document: DocumentId) -> &Life {
        &self.lives[document.0 as usize]
    }

    /// All lives, by document.
    #[must_use]
    pub fn lives(&self) -> &[Life] {
        &self.lives
    }

    /// How a document stands today.
    #[must_use]
    pub fn document(&self, document: DocumentId) -> &Standing {
        self.life(document).whole().at(self.today)
    }

    /// How a procedure's version stands today.
    #[must_use]
    pub fn procedure(&self, procedure: ProcedureId) -> &ProcedureStanding {
        let line = &self.procedures[procedure.0 as usize];
        let then = line.at(self.today);
        if self.foreseen { told(line.at(self.seen_from), then) } else { then }
    }

    /// How a procedure's version stands over all days.
    #[must_use]
    pub fn procedure_timeline(&self, procedure: ProcedureId) -> &Timeline<ProcedureStanding> {
        &self.procedures[procedure.0 as usize]
    }

    /// Whether a procedure's version is published today.
    #[must_use]
    pub fn is_published(&self, procedure: ProcedureId) -> bool {
        matches!(self.procedure(procedure), ProcedureStanding::Published(_))
    }

    /// Whether a joint group is published today.
    #[must_use]
    pub fn is_group_published(&self, group: usize) -> bool {
        *self.groups[group].at(self.today)
    }

    /// Whether today lies in a window.
    #[must_use]
    pub fn is_running(&self, window: Window) -> bool {
        window.covers(self.today)
    }

    /// Whether each joint group is published, over all days.
    #[must_use]
    pub fn groups(&self) -> &[Timeline<bool>] {
        &self.groups
    }

    /// Whether an agency exists today.
    #[must_use]
    pub fn is_agency_there(&self, catalogue: &Catalogue, agency: AgencyId) -> bool {
        catalogue[agency].validity.covers(self.today)
    }

    /// Whether an office receives today.
    #[must_use]
    pub fn is_office_open(&self, catalogue: &Catalogue, office: OfficeId) -> bool {
        self.is_agency_there(catalogue, office.agency)
            && catalogue[office].validity.covers(self.today)
    }

    /// From when a citation will stand as it does on a day; none where it already stands so today.
    #[must_use]
    pub fn will_stand_from(&self, citation: &Citation, day: Date) -> Option<Date> {
        procedure::stands_since(&self.lives, citation, day).filter(|since| self.today < *since)
    }

    /// The first day after today on which anything on the site differs.
    #[must_use]
    pub fn next_change(&self, catalogue: &Catalogue) -> Option<Date> {
        self.change_days(catalogue).range(self.today.tomorrow().ok()?..).next().copied()
    }

    /// The last day up to today on which anything on the site differed from the day before.
    #[must_use]
    pub fn last_change(&self, catalogue: &Catalogue) -> Option<Date> {
        self.change_days(catalogue).range(..=self.today).next_back().copied()
    }

    /// All days on which anything on the site differs from the day before.
    #[must_use]
    pub fn change_days(&self, catalogue: &Catalogue) -> BTreeSet<Date> {
        let mut days = BTreeSet::new();
        for life in self.lives.iter() {
            days.extend(life.whole().changes().map(|(day, _)| day));
        }
        for timeline in self.procedures.iter() {
            days.extend(timeline.changes().map(|(day, _)| day));
        }
        for timeline in self.groups.iter() {
            days.extend(timeline.changes().map(|(day, _)| day));
        }
        for agency in catalogue.agencies_with_pages() {
            let Agency { validity, offices, .. } = &catalogue[agency];
            days.extend(Timeline::within(&[*validity]).changes().map(|(day, _)| day));
            for office in offices {
                // An office receives only while its agency is there.
                let open = Timeline::within(&[*validity, office.validity]);
                days.extend(open.changes().map(|(day, _)| day));
            }
        }
        days
    }
}

/// What may be told now of how a version will stand.
fn told<'a>(now: &'a ProcedureStanding, then: &'a ProcedureStanding) -> &'a ProcedureStanding {
    use ProcedureStanding::{Announced, Internal, NotYet, Published, Superseded, Withheld};
    match (now, then) {
        (Internal | NotYet, _)
        | (
            Superseded { .. } | Withheld { .. },
            Internal | NotYet | Announced { .. } | Published(_),
        ) => now,
        _ => then,
    }
}

impl ProcedureStanding {
    /// What is published of it; nothing where it is not.
    #[must_use]
    pub fn shown(&self) -> Option<&Shown> {
        match self {
            Self::Published(shown) => Some(shown),
            _ => None,
        }
    }

    /// What its page shows: what is published, or what is announced and will be.
    #[must_use]
    pub fn on_page(&self) -> Option<&Shown> {
        match self {
            Self::Published(shown) | Self::Announced { shown, .. } => Some(shown),
            _ => None,
        }
    }

    /// The same of a version with so many parts, of which none has days of its own.
    fn with_parts(&self, count: usize) -> Self {
        let mut other = self.clone();
        if let Self::Published(shown) | Self::Announced { shown, .. } = &mut other {
            shown.elements = vec![true; count];
        }
        other
    }

    /// The first day of what is announced.
    #[must_use]
    pub fn applies_from(&self) -> Option<Date> {
        match self {
            Self::Announced { from, .. } => Some(*from),
            _ => None,
        }
    }
}

impl Shown {
    /// Whether an element is published.
    #[must_use]
    pub fn has(&self, element: ElementId) -> bool {
        self.elements[element.0 as usize]
    }
}
