//! The clocks of decisions (rule 11 of `rules.md`): what was signed and made public in time, what was
//! late, and what is overdue. Data for findings and statistics; says nothing in words.
//!
//! Nothing is guessed: without the days, the level of the agency, or the tie to a version, a clock is not
//! read at all.

use std::collections::{BTreeMap, BTreeSet};

use super::Assessment;
use super::announced::announces;
use super::beginning::Start;
use super::deadlines::{
    self, Deadline, PUBLIC_AFTER_SIGNED, SIGNED_AFTER_SHORTENED, SIGNED_BEFORE_LAW,
};
use super::procedure::{CitationState, ProcedureStanding, citation_state};
use crate::model::Catalogue;
use crate::model::agency::Level;
use crate::model::calendar::Calendar;
use crate::model::citation::Cited;
use crate::model::date::Date;
use crate::model::decision::{Cause, Decision, DecisionId, DecisionItem};
use crate::model::document::DocumentId;
use crate::model::procedure::{Announcement, Procedure, ProcedureId};

/// All clocks of a catalogue that can be read.
#[derive(Clone, Debug)]
pub struct Clocks {
    /// When items were announced, against the law they follow.
    pub signings: Vec<Signing>,
    /// When decisions were made public, against the day they were signed.
    pub publications: Vec<Publication>,
    /// Published versions whose law is newer than every decision about them.
    pub overdue: Vec<Overdue>,
    /// Items that take effect before the law they follow.
    pub early: Vec<Early>,
}

/// How a deadline was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// How many days too late; none or fewer where it was in time.
    pub days_late: i64,
    /// The deadline.
    pub deadline: Deadline,
    /// Years of which no holiday is known: working days counted across them are an upper bound.
    pub unlisted_years: Vec<i16>,
}

impl Kept {
    /// Whether it was missed.
    #[must_use]
    pub fn is_late(&self) -> bool {
        0 < self.days_late
    }
}

/// A document with its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Law {
    /// Its first day, as far as it was moved.
    pub from: Date,
    /// The document.
    pub document: DocumentId,
}

/// An item of a decision, announced in time or late (công bố đúng hạn).
#[derive(Clone, Debug)]
pub struct Signing {
    /// The decision.
    pub decision: DecisionId,
    /// Which of its items.
    pub item: usize,
    /// The law it follows.
    pub law: Law,
    /// How the deadline was kept.
    pub kept: Kept,
}

/// A decision, made public in time, late or not yet (công khai đúng hạn).
#[derive(Clone, Debug)]
pub struct Publication {
    /// The decision.
    pub decision: DecisionId,
    /// The day it was signed.
    pub signed: Date,
    /// The day it was made public, if that day has come.
    pub made_public: Option<Date>,
    /// How the deadline was kept, by today where it is not public.
    pub kept: Kept,
}

/// A published version without a decision on its newest law (quá hạn công bố).
#[derive(Clone, Debug)]
pub struct Overdue {
    /// The version.
    pub procedure: ProcedureId,
    /// The law.
    pub law: Law,
    /// The last decision about the procedure.
    pub last: DecisionId,
    /// How late a decision would be that was signed today.
    pub kept: Kept,
}

/// An item that takes effect before its law, as where that law was postponed.
#[derive(Clone, Debug)]
pub struct Early {
    /// The decision.
    pub decision: DecisionId,
    /// Which of its items.
    pub item: usize,
    /// The first day of the decision.
    pub effective: Date,
    /// The law.
    pub law: Law,
}

/// Reads all clocks on the day of the assessment.
#[must_use]
pub fn clocks(catalogue: &Catalogue, assessment: &Assessment) -> Clocks {
    let calendar = Calendar::new(&catalogue.holidays);
    let mut versions: BTreeMap<&str, Vec<&Procedure>> = BTreeMap::new();
    for procedure in &catalogue.procedures {
        versions.entry(&procedure.code.value).or_default().push(procedure);
    }
    let read = Reading { catalogue, assessment, calendar, versions, about: about(catalogue) };
    Clocks {
        signings: read.each_item(|id, item| read.signing(id, item)),
        publications: catalogue
            .decision_ids()
            .filter_map(|(id, it)| read.publication(id, it))
            .collect(),
        overdue: catalogue.procedure_ids().flat_map(|(id, it)| read.overdue(id, it)).collect(),
        early: read.each_item(|id, item| read.early(id, item)),
    }
}

/// Whether each code was announced in time. One that stands in several decisions counts once, and as late
/// where one of them was late (Quyết định 766/QĐ-TTg).
#[must_use]
pub fn in_time<'a>(catalogue: &'a Catalogue, signings: &[Signing]) -> BTreeMap<&'a str, bool> {
    let mut codes = BTreeMap::new();
    for signing in signings {
        let item = &catalogue[signing.decision].items[signing.item];
        *codes.entry(item.procedure.value.as_str()).or_insert(true) &= !signing.kept.is_late();
    }
    codes
}

/// The decisions about each code: those that name it, and those that its versions name.
fn about(catalogue: &Catalogue) -> BTreeMap<&str, BTreeSet<DecisionId>> {
    let mut about: BTreeMap<&str, BTreeSet<DecisionId>> = BTreeMap::new();
    for (id, decision) in catalogue.decision_ids() {
        for item in &decision.items {
            for code in [&item.procedure].into_iter().chain(&item.replaced_by) {
                about.entry(&code.value).or_default().insert(id);
            }
        }
    }
    for procedure in &catalogue.procedures {
        if let Some(Announcement::Known(id)) = procedure.announced {
            about.entry(&procedure.code.value).or_default().insert(id);
        }
    }
    about
}

struct Reading<'a> {
    catalogue: &'a Catalogue,
    assessment: &'a Assessment,
    calendar: Calendar,
    versions: BTreeMap<&'a str, Vec<&'a Procedure>>,
    about: BTreeMap<&'a str, BTreeSet<DecisionId>>,
}

impl<'a> Reading<'a> {
    fn each_item<T>(
        &self,
        read: impl Fn((DecisionId, &'a Decision), usize) -> Option<T>,
    ) -> Vec<T> {
        let decisions = self.catalogue.decision_ids();
        decisions
            .flat_map(|(id, it)| (0..it.items.len()).map(move |item| ((id, it), item)))
            .filter_map(|(decision, item)| read(decision, item))
            .collect()
    }

    fn signing(&self, (id, decision): (DecisionId, &'a Decision), item: usize) -> Option<Signing> {
        let signed = decision.signed.filter(|signed| *signed <= self.assessment.today)?;
        let law = self.law(id, &decision.items[item])?;
        let code = decision.items[item].procedure.value.as_str();
        let level = self.level(id)?;
        if !self.is_first_since(law.document, code, (id, signed), level) {
            return None;
        }
        let kept = self.signed_by(signed, law, level)?;
        Some(Signing { decision: id, item, law, kept })
    }

    /// How the deadline of a law is kept by signing on a day.
    fn signed_by(&self, signed: Date, law: Law, level: Level) -> Option<Kept> {
        let ordinary = deadlines::of(&SIGNED_BEFORE_LAW, level)?;
        let law_signed = self.catalogue[law.document].signed;
        let is_too_soon = |day: &Date| self.calendar.days_before(law.from, *day) < ordinary.days;
        Some(match law_signed.filter(is_too_soon) {
            Some(law_signed) => {
                let since = i64::from((signed - law_signed).get_days());
                Kept {
                    days_late: since - SIGNED_AFTER_SHORTENED.days,
                    deadline: SIGNED_AFTER_SHORTENED,
                    unlisted_years: Vec::new(),
                }
            }
            None => Kept {
                days_late: ordinary.days - self.calendar.days_before(law.from, signed),
                deadline: ordinary,
                unlisted_years: self.calendar.unlisted_years(signed, law.from),
            },
        })
    }

    fn publication(&self, id: DecisionId, decision: &Decision) -> Option<Publication> {
        let today = self.assessment.today;
        let signed = decision.signed.filter(|signed| *signed <= today)?;
        let deadline = deadlines::of(&PUBLIC_AFTER_SIGNED, self.level(id)?)?;
        let made_public = decision.made_public.filter(|day| *day <= today);
        let by = made_public.unwrap_or(today);
        let kept = Kept {
            days_late: self.calendar.days_after(signed, by) - deadline.days,
            deadline,
            unlisted_years: self.calendar.unlisted_years(signed, by),
        };
        Some(Publication { decision: id, signed, made_public, kept })
    }

    /// Ministry and province each owe a decision of their own.
    fn overdue(&self, id: ProcedureId, procedure: &Procedure) -> Vec<Overdue> {
        let is_bare = matches!(procedure.announced, Some(Announcement::Number(_)));
        let is_published = matches!(self.assessment.procedure(id), ProcedureStanding::Published(_));
        if is_bare || !is_published {
            return Vec::new();
        }
        let today = self.assessment.today;
        let in_force = procedure.legal_basis.iter().filter(|citation| {
            citation_state(self.assessment.lives(), citation, today) == CitationState::InForce
        });
        let begun = in_force.filter_map(|citation| self.cited(&citation.document));
        let newest = begun.filter(|law| law.from <= today).max();
        let Some(law) = newest else { return Vec::new() };
        let Some(law_signed) = self.catalogue[law.document].signed else { return Vec::new() };
        let mut last: BTreeMap<Level, (Date, DecisionId)> = BTreeMap::new();
        let signed = self.signed_about(&procedure.code.value);
        for (level, signed, decision) in signed.filter(|(_, signed, _)| *signed <= today) {
            let newer = last.entry(level).or_insert((signed, decision));
            *newer = (*newer).max((signed, decision));
        }
        let owed = last.into_iter().filter(|(_, (signed, _))| *signed < law_signed);
        owed.filter_map(|(level, (_, last))| {
            let kept = self.signed_by(today, law, level)?;
            Some(Overdue { procedure: id, law, last, kept })
        })
        .filter(|overdue| overdue.kept.is_late())
        .collect()
    }

    fn early(&self, (id, decision): (DecisionId, &'a Decision), item: usize) -> Option<Early> {
        let effective = decision.effective?;
        let law = self.law(id, &decision.items[item])?;
        // An older decision cannot have followed this law.
        let follows = self.catalogue[law.document].signed? <= decision.signed?;
        let is_early = effective < law.from && self.assessment.today < law.from;
        (follows && is_early).then_some(Early { decision: id, item, effective, law })
    }

    /// The law that an item follows: the newest basis of the version that it announces; of a repeal, what
    /// it is said to be because of.
    fn law(&self, id: DecisionId, item: &DecisionItem) -> Option<Law> {
        if item.repeals() {
            let Cause::Known(document) = item.because_of.as_ref()?.value else { return None };
            return self.first_day(document);
        }
        let versions = self.versions.get(item.procedure.value.as_str())?.iter();
        let announced = versions
            .filter(|version| announces(self.catalogue, id, version, version.validity.from));
        announced.filter_map(|version| self.newest_basis(version, id)).max()
    }

    /// The newest of the bases that a version cites when it begins.
    fn newest_basis(&self, version: &Procedure, decision: DecisionId) -> Option<Law> {
        let decision = &self.catalogue[decision];
        let first = version.validity.from.or(decision.effective).or(decision.signed)?;
        let cited = version.legal_basis.iter().filter(|citation| citation.validity.covers(first));
        cited.filter_map(|citation| self.cited(&citation.document)).max()
    }

    fn cited(&self, cited: &Cited) -> Option<Law> {
        match cited {
            Cited::Known(document) => self.first_day(*document),
            Cited::Unknown(_) => None,
        }
    }

    /// The day on which a document begins; none where it is unknown, or where it never has force.
    fn first_day(&self, document: DocumentId) -> Option<Law> {
        let life = self.assessment.life(document);
        let Start::On { day: from, .. } = life.begins.whole else { return None };
        (!life.whole().at(from).force.is_over()).then_some(Law { from, document })
    }

    fn level(&self, decision: DecisionId) -> Option<Level> {
        self.catalogue[self.catalogue[decision].issuer?].level
    }

    /// The signed decisions about a code, each with the level of its agency.
    fn signed_about(&self, code: &str) -> impl Iterator<Item = (Level, Date, DecisionId)> {
        let decisions = self.about.get(code).into_iter().flatten();
        decisions.filter_map(|id| Some((self.level(*id)?, self.catalogue[*id].signed?, *id)))
    }

    /// Whether a decision is the first of its level about a code since a law was signed: only that one
    /// follows the law. Where it is not known when the law was signed, only an only decision is.
    fn is_first_since(
        &self,
        law: DocumentId,
        code: &str,
        (id, signed): (DecisionId, Date),
        level: Level,
    ) -> bool {
        let law_signed = self.catalogue[law].signed;
        let mut others = self
            .signed_about(code)
            .filter(|(other_level, _, other)| *other_level == level && *other != id);
        match law_signed {
            Some(law_signed) => {
                law_signed <= signed
                    && !others.any(|(_, other, _)| law_signed <= other && other < signed)
            }
            None => others.next().is_none(),
        }
    }
}
