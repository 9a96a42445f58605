//! What will be missing from the site before long, and by what: seen from the days before.
//!
//! A loss is what nobody has arranged to be followed by something else on the very day. A basis that the
//! law takes away is one as long as the catalogue goes on citing it then; a basis, a version or a part
//! whose window has been closed for a successor is none. Words and severity are not known here.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;

use super::Assessment;
use super::life::Life;
use super::procedure::{
    Cause, CitationState, ProcedureStanding, Shown, citation_days, citation_state,
};
use super::timeline::Timeline;
use crate::model::Catalogue;
use crate::model::agency::{AgencyId, OfficeId};
use crate::model::citation::Citation;
use crate::model::date::Date;
use crate::model::decision::Action;
use crate::model::procedure::{ElementId, ElementKind, Procedure, ProcedureId, ReceptionPlace};
use crate::model::site::UnknownBasis;

/// Something that will be missing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// The first day without it.
    pub day: Date,
    /// What it is.
    pub what: Lost,
}

/// What can be missed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lost {
    /// A legal basis that is still cited on the day and no longer supports, or is no longer shown.
    Basis {
        /// What cites it.
        of: Bearer,
        /// Which of its bases.
        citation: usize,
        /// How it stands from the day on.
        state: CitationState,
        /// Whether its exemption runs out on that day, and not the text.
        by_exemption: bool,
        /// Whether what cites it goes with it.
        takes_all: bool,
    },
    /// A procedure, by its window, by a decision or by the windows of its bases.
    Procedure(ProcedureId),
    /// A part of a procedure that stays, by the part's window or those of its bases.
    Element(ProcedureId, ElementId),
    /// A joint group, by its window or those of its bases.
    Group(usize),
    /// An agency that procedures of that day still name.
    Agency(AgencyId),
    /// An office of an agency that stays.
    Office(OfficeId),
}

/// What a legal basis carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bearer {
    /// A procedure.
    Procedure(ProcedureId),
    /// A part of one.
    Element(ProcedureId, ElementId),
    /// A joint group, by its place in the catalogue.
    Group(usize),
}

impl Bearer {
    /// The bases it rests on.
    #[must_use]
    pub fn bases(self, catalogue: &Catalogue) -> &[Citation] {
        match self {
            Self::Procedure(id) => &catalogue[id].legal_basis,
            Self::Element(id, element) => &catalogue[id].elements[element.0 as usize].legal_basis,
            Self::Group(group) => &catalogue.groups[group].legal_basis,
        }
    }
}

/// How far off a coming day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Distance {
    /// Days from today; 1 is tomorrow.
    pub days: u32,
    /// The milestone that has been passed last: the shortest that is no shorter than the distance.
    pub stage: u32,
}

/// How far off a day is that lies ahead; nothing where it does not, or is beyond all milestones.
#[must_use]
pub fn distance(today: Date, day: Date, milestones: &[u32]) -> Option<Distance> {
    let days = u32::try_from(today.until(day).ok()?.get_days()).ok().filter(|days| 0 < *days)?;
    let stage = milestones.iter().copied().filter(|milestone| days <= *milestone).min()?;
    Some(Distance { days, stage })
}

/// All losses after today within so many days, by day.
#[must_use]
pub fn losses(catalogue: &Catalogue, assessment: &Assessment, within: u32) -> Vec<Loss> {
    let Ok(first) = assessment.today.tomorrow() else { return Vec::new() };
    let last = assessment.today.saturating_add(i64::from(within).days());
    let mut versions: BTreeMap<&str, Vec<ProcedureId>> = BTreeMap::new();
    for (id, procedure) in catalogue.procedure_ids() {
        versions.entry(&procedure.code.value).or_default().push(id);
    }
    let (by_law, losses) = (BTreeSet::new(), Vec::new());
    let mut ahead = Ahead { catalogue, assessment, first, last, versions, by_law, losses };
    for (id, procedure) in catalogue.procedure_ids() {
        ahead.procedure(id, procedure);
    }
    for group in 0..catalogue.groups.len() {
        ahead.group(group);
    }
    for agency in catalogue.agencies_with_pages() {
        ahead.agency(agency);
    }
    ahead.losses.sort();
    ahead.losses
}

struct Ahead<'a> {
    catalogue: &'a Catalogue,
    assessment: &'a Assessment,
    first: Date,
    last: Date,
    versions: BTreeMap<&'a str, Vec<ProcedureId>>,
    /// What goes with a basis that is counted as lost, which says all.
    by_law: BTreeSet<(Bearer, Date)>,
    losses: Vec<Loss>,
}

impl Ahead<'_> {
    fn procedure(&mut self, id: ProcedureId, procedure: &Procedure) {
        let timeline = self.assessment.procedure_timeline(id);
        // An internal procedure is on no page, but its bases have to be right as well.
        let covers = |day| procedure.validity.covers(day);
        let used = |day: Date| match timeline.at(day) {
            ProcedureStanding::Published(_) => true,
            ProcedureStanding::Internal => covers(day),
            _ => false,
        };
        let wanted = |day: Date| match timeline.at(day) {
            ProcedureStanding::Published(_)
            | ProcedureStanding::NotYet
            | ProcedureStanding::Announced { .. } => true,
            ProcedureStanding::Internal => covers(day),
            ProcedureStanding::Withheld { causes } => {
                causes.iter().all(|cause| matches!(cause, Cause::BasisLost { .. }))
            }
            ProcedureStanding::Superseded { .. } => false,
        };
        self.bases(Bearer::Procedure(id), used, wanted);
        for (place, element) in (0..).zip(&procedure.elements) {
            let number = ElementId(place);
            let used = |day: Date| {
                timeline.at(day).shown().map_or_else(|| used(day), |shown| shown.has(number))
            };
            let wanted = |day: Date| wanted(day) && element.validity.covers(day);
            self.bases(Bearer::Element(id, number), used, wanted);
        }
        for (day, before, after) in self.steps(timeline) {
            match (before.shown(), after.shown()) {
                (Some(_), None)
                    if !self.by_law.contains(&(Bearer::Procedure(id), day))
                        && !self.is_followed(procedure, after, day) =>
                {
                    self.losses.push(Loss { day, what: Lost::Procedure(id) });
                }
                (Some(before), Some(after)) => self.elements(id, day, before, after),
                _ => {}
            }
        }
    }

    /// The parts that go while their procedure stays.
    fn elements(&mut self, id: ProcedureId, day: Date, before: &Shown, after: &Shown) {
        let gone = |it: ElementId| before.has(it) && !after.has(it);
        let come = |it: ElementId| !before.has(it) && after.has(it);
        let parts = parts(&self.catalogue[id]);
        for part in parts.iter().filter(|part| gone(part.element)) {
            let goes_along = part.inside.is_some_and(gone)
                || self.by_law.contains(&(Bearer::Element(id, part.element), day));
            let is_followed = parts.iter().any(|it| it.is_beside(part) && come(it.element));
            if !goes_along && !is_followed {
                self.losses.push(Loss { day, what: Lost::Element(id, part.element) });
            }
        }
    }

    fn group(&mut self, place: usize) {
        let group = &self.catalogue.groups[place];
        let timeline = &self.assessment.groups()[place];
        let bearer = Bearer::Group(place);
        self.bases(bearer, |day| *timeline.at(day), |day| group.validity.covers(day));
        for (day, _, runs) in self.steps(timeline) {
            if !runs && !self.by_law.contains(&(bearer, day)) {
                self.losses.push(Loss { day, what: Lost::Group(place) });
            }
        }
    }

    fn agency(&mut self, id: AgencyId) {
        let agency = &self.catalogue[id];
        let goes = |day: &Date| self.is_ahead(*day) && self.names(id, *day);
        if let Some(day) = agency.validity.until.filter(goes) {
            self.losses.push(Loss { day, what: Lost::Agency(id) });
        }
        let open = |office: u32| {
            let own = self.catalogue[OfficeId { agency: id, office }].validity;
            Timeline::within(&[agency.validity, own])
        };
        let offices: Vec<Timeline<bool>> = (0..).take(agency.offices.len()).map(open).collect();
        for (timeline, office) in offices.iter().zip(0..) {
            for (day, _, is_open) in self.steps(timeline) {
                let before = |line: &Timeline<bool>| day.yesterday().is_ok_and(|day| *line.at(day));
                let is_followed = offices.iter().any(|other| !before(other) && *other.at(day));
                let office = OfficeId { agency: id, office };
                let is_missed = self.names(id, day) || self.receives(office, day);
                if !is_open && agency.validity.covers(day) && is_missed && !is_followed {
                    self.losses.push(Loss { day, what: Lost::Office(office) });
                }
            }
        }
    }

    /// The bases that stop supporting while what cites them was in use the day before and should stay so.
    fn bases(&mut self, of: Bearer, used: impl Fn(Date) -> bool, wanted: impl Fn(Date) -> bool) {
        let lives = self.assessment.lives();
        let bases = of.bases(self.catalogue);
        let policy = self.catalogue.site.policies.unknown_basis;
        for (place, citation) in bases.iter().enumerate() {
            for day in citation_days(lives, citation) {
                if !self.is_ahead(day) {
                    continue;
                }
                let Ok(before) = day.yesterday() else { continue };
                let state = citation_state(lives, citation, day);
                let stood = citation_state(lives, citation, before);
                // Where a text of unknown force is shown as such, its end takes it away too.
                let is_worse = match (&stood, &state) {
                    (CitationState::Unknown, CitationState::Unknown) => false,
                    (CitationState::Unknown, _) => policy == UnknownBasis::Mark,
                    _ => stood.supports(),
                };
                let stops = is_worse && state.is_cited() && !state.supports();
                if stops && used(before) && wanted(day) {
                    let by_exemption = is_exemption_over(lives, citation, day);
                    let takes_all = !used(day);
                    if takes_all {
                        self.by_law.insert((of, day));
                    }
                    let what = Lost::Basis { of, citation: place, state, by_exemption, takes_all };
                    self.losses.push(Loss { day, what });
                }
            }
        }
    }

    fn is_ahead(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// The changes of a timeline within the days looked at, with what was before.
    fn steps<'t, T: PartialEq>(&self, timeline: &'t Timeline<T>) -> Vec<(Date, &'t T, &'t T)> {
        let pairs = timeline.spans().zip(timeline.changes());
        pairs
            .map(|((_, before), (day, after))| (day, before, after))
            .filter(|(day, ..)| self.is_ahead(*day))
            .collect()
    }

    /// Whether another version, or the procedure that a decision puts in its place, is published on the
    /// day.
    fn is_followed(&self, procedure: &Procedure, after: &ProcedureStanding, day: Date) -> bool {
        let published = |code: &str| {
            let mut versions = self.versions.get(code).into_iter().flatten();
            versions.any(|id| self.assessment.procedure_timeline(*id).at(day).shown().is_some())
        };
        let replaced_by = match after {
            ProcedureStanding::Withheld { causes } => causes.iter().find_map(|cause| match cause {
                Cause::Repealed { decision, item } => {
                    let item = &self.catalogue[*decision].items[*item];
                    let another = item.replaced_by.as_ref();
                    another.filter(|_| matches!(item.action, Action::Repealed | Action::Replaced))
                }
                _ => None,
            }),
            _ => None,
        };
        published(&procedure.code.value) || replaced_by.is_some_and(|code| published(&code.value))
    }

    /// Whether a procedure that is published on a day names an agency.
    fn names(&self, agency: AgencyId, day: Date) -> bool {
        self.catalogue.procedure_ids().any(|(id, procedure)| {
            procedure.authority.names(agency)
                && self.assessment.procedure_timeline(id).at(day).shown().is_some()
        })
    }

    /// Whether papers of a procedure that is published on a day are received at an office.
    fn receives(&self, office: OfficeId, day: Date) -> bool {
        self.catalogue.procedure_ids().any(|(id, procedure)| {
            let shown = self.assessment.procedure_timeline(id).at(day).shown();
            procedure.reception.iter().any(|place| {
                matches!(place.place, ReceptionPlace::Office(named) if named == office)
                    && shown.is_some_and(|shown| shown.has(place.element))
            })
        })
    }
}

/// Whether an exemption excused something until the day, and does no longer.
fn is_exemption_over(lives: &[Life], citation: &Citation, day: Date) -> bool {
    let until = citation.exemption.as_ref().map(|exemption| exemption.until);
    until == Some(day)
        && day
            .yesterday()
            .is_ok_and(|before| citation_state(lives, citation, before) == CitationState::Exempt)
}

/// Whether an exemption excuses something on any day, past or to come. One written ahead for a text
/// whose end is known does.
#[must_use]
pub fn excuses(lives: &[Life], citation: &Citation) -> bool {
    let Some(exemption) = &citation.exemption else { return false };
    citation_days(lives, citation)
        .range(..exemption.until)
        .any(|day| citation_state(lives, citation, *day) == CitationState::Exempt)
}

/// A part of a procedure and where it stands.
struct Part {
    element: ElementId,
    kind: ElementKind,
    /// The list it stands in: that of one channel, of one case.
    list: usize,
    /// The channel it belongs to, which takes it along.
    inside: Option<ElementId>,
}

impl Part {
    /// Whether one can take the place of the other.
    fn is_beside(&self, other: &Self) -> bool {
        self.kind == other.kind && self.list == other.list
    }
}

fn parts(procedure: &Procedure) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut add = |element, kind, list, inside| parts.push(Part { element, kind, list, inside });
    for (channel, list) in procedure.channels.iter().zip(1..) {
        add(channel.element, ElementKind::Channel, 0, None);
        for time in channel.times.iter().filter_map(|time| time.element) {
            add(time, ElementKind::Time, list, Some(channel.element));
        }
        for fee in &channel.fees {
            add(fee.element, ElementKind::Fee, list, Some(channel.element));
        }
    }
    for (case, list) in procedure.cases.iter().zip(1..) {
        for item in &case.dossier {
            add(item.element, ElementKind::DossierItem, list, None);
        }
        for step in &case.steps {
            add(step.element, ElementKind::Step, list, None);
        }
    }
    for step in &procedure.steps {
        add(step.element, ElementKind::Step, 0, None);
    }
    for form in &procedure.forms {
        add(form.element, ElementKind::Form, 0, None);
    }
    for place in &procedure.reception {
        add(place.element, ElementKind::Reception, 0, None);
    }
    parts
}
