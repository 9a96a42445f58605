//! What will be different on which day: the changes that the register and the windows already hold.

use jiff::Span;

use super::Assessment;
use super::procedure::{ProcedureStanding, Shown};
use super::standing::{Force, Standing};
use super::timeline::Timeline;
use crate::model::Catalogue;
use crate::model::agency::{AgencyId, OfficeId};
use crate::model::date::Date;
use crate::model::document::DocumentId;
use crate::model::procedure::{ElementId, ProcedureId};

/// One thing that differs from the day before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The day from which it differs.
    pub day: Date,
    /// What differs.
    pub what: What,
}

/// What can differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// How a document stands.
    Document {
        /// Which.
        document: DocumentId,
        /// Its force before.
        before: Force,
        /// Its force from the day on; the same where one more provision begins or ends.
        after: Force,
    },
    /// A procedure's version has been announced by this day: what it will be can be read ahead.
    Announced(ProcedureId),
    /// A procedure's version is published from this day.
    Appears(ProcedureId),
    /// A procedure's version is no longer published from this day.
    Goes(ProcedureId),
    /// An element of a published procedure appears.
    ElementAppears(ProcedureId, ElementId),
    /// An element of a published procedure goes.
    ElementGoes(ProcedureId, ElementId),
    /// How a published procedure cites one of its bases differs.
    Citation(ProcedureId, usize),
    /// A joint group, by its place in the catalogue, can be filed from this day.
    GroupAppears(usize),
    /// A joint group can no longer be filed.
    GroupGoes(usize),
    /// An agency that procedures name exists from this day.
    AgencyAppears(AgencyId),
    /// An agency that procedures name is no longer there.
    AgencyGoes(AgencyId),
    /// An office receives from this day.
    OfficeAppears(OfficeId),
    /// An office no longer receives.
    OfficeGoes(OfficeId),
}

/// All changes after today, by day.
#[must_use]
pub fn changes(catalogue: &Catalogue, assessment: &Assessment) -> Vec<Change> {
    let mut changes = Vec::new();
    for (document, _) in catalogue.document_ids() {
        let whole = assessment.life(document).whole();
        for (day, before, after) in steps(whole, assessment.today) {
            let (before, after) = (before.force, after.force);
            changes.push(Change { day, what: What::Document { document, before, after } });
        }
    }
    for (procedure, _) in catalogue.procedure_ids() {
        let timeline = assessment.procedure_timeline(procedure);
        for (day, before, after) in steps(timeline, assessment.today) {
            let differences = differences(procedure, before, after);
            changes.extend(differences.into_iter().map(|what| Change { day, what }));
        }
    }
    for (group, timeline) in assessment.groups().iter().enumerate() {
        for (day, _, filed) in steps(timeline, assessment.today) {
            let what = if *filed { What::GroupAppears(group) } else { What::GroupGoes(group) };
            changes.push(Change { day, what });
        }
    }
    for agency in catalogue.agencies_with_pages() {
        let validity = catalogue[agency].validity;
        for (day, _, is_there) in steps(&Timeline::within(&[validity]), assessment.today) {
            let what = if *is_there { What::AgencyAppears } else { What::AgencyGoes };
            changes.push(Change { day, what: what(agency) });
        }
        for office in (0..).take(catalogue[agency].offices.len()) {
            let office = OfficeId { agency, office };
            let open = Timeline::within(&[validity, catalogue[office].validity]);
            for (day, _, is_open) in steps(&open, assessment.today) {
                let what = if *is_open { What::OfficeAppears } else { What::OfficeGoes };
                changes.push(Change { day, what: what(office) });
            }
        }
    }
    changes.sort();
    changes
}

/// What changed up to today, as the catalogue tells it now, by day: on the last day on which anything on the
/// site changed and so many days before it. Counted from today it would be another answer every day.
#[must_use]
pub fn past(catalogue: &Catalogue, assessment: &Assessment, days: i32) -> Vec<Change> {
    let Some(last) = assessment.last_change(catalogue) else { return Vec::new() };
    let first = last.checked_sub(Span::new().days(days)).unwrap_or(Date::MIN);
    let mut changes = changes(catalogue, &assessment.on(first));
    changes.retain(|change| change.day <= last);
    changes
}

impl Assessment {
    /// The first day after today on which the page of a procedure's version shows it no more.
    #[must_use]
    pub fn end_of_procedure(&self, procedure: ProcedureId) -> Option<Date> {
        let timeline = self.procedure_timeline(procedure);
        let mut later = timeline.changes().filter(|(day, _)| *day > self.today);
        later.find(|(_, standing)| standing.on_page().is_none()).map(|(day, _)| day)
    }

    /// The day on which a procedure's version was last published and then no more, up to today.
    #[must_use]
    pub fn last_went(&self, procedure: ProcedureId) -> Option<Date> {
        let timeline = self.procedure_timeline(procedure);
        let mut spans = timeline.spans().zip(timeline.spans().skip(1));
        let went = spans.rfind(|((_, before), (day, after))| {
            *day <= self.today && before.shown().is_some() && after.shown().is_none()
        });
        went.map(|(_, (day, _))| day)
    }

    /// The first day after today on which a document is over.
    #[must_use]
    pub fn end_of_document(&self, document: DocumentId) -> Option<Date> {
        let mut later = self.life(document).whole().changes().filter(|(day, _)| *day > self.today);
        later.find(|(_, standing)| standing.force.is_over()).map(|(day, _)| day)
    }

    /// The first day after today on which a joint group can no longer be filed.
    #[must_use]
    pub fn end_of_group(&self, group: usize) -> Option<Date> {
        let mut later = self.groups()[group].changes().filter(|(day, _)| *day > self.today);
        later.find(|(_, filed)| !**filed).map(|(day, _)| day)
    }

    /// The first day on which an agency that is there today is gone.
    #[must_use]
    pub fn end_of_agency(&self, catalogue: &Catalogue, agency: AgencyId) -> Option<Date> {
        catalogue[agency].validity.until.filter(|until| *until > self.today)
    }
}

fn differences(
    procedure: ProcedureId,
    before: &ProcedureStanding,
    after: &ProcedureStanding,
) -> Vec<What> {
    match (before.shown(), after.shown()) {
        (None, Some(_)) => vec![What::Appears(procedure)],
        (Some(_), None) => vec![What::Goes(procedure)],
        (Some(before), Some(after)) => parts(procedure, before, after),
        (None, None) if after.applies_from().is_some() => vec![What::Announced(procedure)],
        (None, None) => Vec::new(),
    }
}

fn parts(procedure: ProcedureId, before: &Shown, after: &Shown) -> Vec<What> {
    let elements = before.elements.iter().zip(&after.elements).zip(0..).filter_map(
        |((before, after), element)| match (before, after) {
            (false, true) => Some(What::ElementAppears(procedure, ElementId(element))),
            (true, false) => Some(What::ElementGoes(procedure, ElementId(element))),
            _ => None,
        },
    );
    let citations = before.citations.iter().zip(&after.citations).enumerate();
    let citations = citations
        .filter(|(_, (before, after))| before != after)
        .map(|(citation, _)| What::Citation(procedure, citation));
    elements.chain(citations).collect()
}

/// The changes of a timeline after a day, each with what was before.
fn steps<T: PartialEq>(
    timeline: &Timeline<T>,
    after: Date,
) -> impl Iterator<Item = (Date, &T, &T)> {
    timeline
        .spans()
        .zip(timeline.spans().skip(1))
        .map(|((_, before), (day, next))| (day, before, next))
        .filter(move |(day, ..)| *day > after)
}

impl Standing {
    /// The day from which it holds, as far as the deciding act tells.
    #[must_use]
    pub fn since(&self) -> Option<Date> {
        self.because.first().and_then(|link| link.day)
    }
}
