//! How a coming loss is told: its day, how urgent it is, what becomes of what it concerns.

use super::basis::kind;
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Ahead, Diagnostic, Note};
use crate::files::Span;
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::procedure::ProcedureId;
use crate::validity::Assessment;
use crate::validity::ahead::{self, Bearer};

/// From so many days on somebody has to look.
const LOOK_NOW: u32 = 7;

/// A finding names so many of what it affects.
const HANDFUL: usize = 5;

/// Puts losses into words.
pub(super) struct Teller<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) assessment: &'a Assessment,
}

impl Teller<'_> {
    /// A finding about a coming day; none before the first milestone.
    pub(super) fn coming(&self, code: Code, span: Span, day: Date) -> Option<Diagnostic> {
        let milestones = &self.catalogue.site.upkeep.warn_ahead;
        let distance = ahead::distance(self.assessment.today, day, milestones)?;
        let ahead = Ahead { date: day.to_string(), days: distance.days, stage: distance.stage };
        let last_day = day.yesterday().unwrap_or(day);
        let found = Diagnostic::new(code, span).ahead(ahead);
        Some(found.with("last_day", last_day.to_string()))
    }

    pub(super) fn procedure_note(&self, id: ProcedureId) -> Note {
        let procedure = &self.catalogue[id];
        let code = &procedure.code.value;
        let what = [format!("thủ tục `{code}`"), format!("procedure `{code}`")];
        Note::at(Remark::Affected, procedure.span()).with("what", what)
    }
}

/// What becomes of what cites a basis that is lost.
pub(super) fn fate(catalogue: &Catalogue, of: Bearer, takes_all: bool) -> [String; 2] {
    let of_procedure = |id: ProcedureId| {
        let code = &catalogue[id].code.value;
        [format!("thủ tục `{code}`"), format!("procedure `{code}`")]
    };
    let [vi, en] = match of {
        Bearer::Procedure(id) => of_procedure(id),
        Bearer::Element(id, element) => {
            let element = &catalogue[id].elements[element.0 as usize];
            let ([kind_vi, kind_en], name) = (kind(element.kind), &element.name);
            let [vi, en] = of_procedure(id);
            [format!("{kind_vi} “{name}” của {vi}"), format!("{kind_en} “{name}” of {en}")]
        }
        Bearer::Group(group) => {
            let name = &catalogue.groups[group].name;
            [format!("nhóm liên thông “{name}”"), format!("joint group “{name}”")]
        }
    };
    if takes_all {
        [format!("{vi} rời trang"), format!("{en} leaves the site")]
    } else {
        [format!("{vi} mất căn cứ này"), format!("{en} loses this basis")]
    }
}

/// A warning from the day on which somebody has to look.
pub(super) fn urgent(found: Diagnostic) -> Diagnostic {
    let now = found.ahead.as_ref().is_some_and(|ahead| ahead.days <= LOOK_NOW);
    if now { found.raised() } else { found }
}

/// Adds a handful of notes, and how many more there would be.
pub(super) fn with_notes(found: Diagnostic, notes: Vec<Note>) -> Diagnostic {
    let n_more = notes.len().saturating_sub(HANDFUL);
    let found = notes.into_iter().take(HANDFUL).fold(found, Diagnostic::note);
    if n_more == 0 {
        return found;
    }
    found.note(Note::new(Remark::More).with("count", n_more.to_string()))
}
