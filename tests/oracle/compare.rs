//! The core and the walk, asked the same questions.

use std::fmt::Debug;

use niemyet::model::Slug;
use niemyet::model::citation::{Citation, Cited};
use niemyet::model::date::Date;
use niemyet::model::decision::{Action, Decision};
use niemyet::model::document::{Document, DocumentId};
use niemyet::model::procedure::{Procedure, ProcedureId};
use niemyet::model::provision::Provision;
use niemyet::validity::procedure::{Cause, CitationState, ProcedureStanding, citation_state};
use niemyet::validity::standing::Force;
use niemyet::validity::{Assessment, assess};

use crate::blank::provision;
use crate::names::Name;
use crate::publish;
use crate::registers::{Case, PROVISIONS};
use crate::tally::Tally;
use crate::walk::{self, Diary};

/// The days of a case.
pub(crate) fn days(case: &Case) -> impl Iterator<Item = Date> + use<> {
    let last = case.last;
    std::iter::successors(Some(case.first), |day| day.tomorrow().ok())
        .take_while(move |day| *day <= last)
}

/// Asks both for everything on every day; the first difference as words.
pub(crate) fn compare(case: &Case) -> Result<Tally, String> {
    let catalogue = &case.catalogue;
    let diary = walk::write(&catalogue.documents, case.first, case.last);
    let assessment = assess(catalogue, case.first);
    let mut pair = Pair { case, diary, assessment, tally: Tally::default() };
    for (id, document) in catalogue.document_ids() {
        pair.document(id, document)?;
    }
    for (id, procedure) in catalogue.procedure_ids() {
        pair.procedure(id)?;
        pair.citations(&procedure.slug, &procedure.legal_basis)?;
        for element in &procedure.elements {
            pair.citations(&procedure.slug, &element.legal_basis)?;
        }
    }
    for (at, group) in catalogue.groups.iter().enumerate() {
        pair.group(at)?;
        pair.citations(&group.slug, &group.legal_basis)?;
    }
    pair.diary.tell(&catalogue.documents, &mut pair.tally);
    Ok(pair.tally)
}

/// The core's answers and the walk's, of one case.
struct Pair<'a> {
    case: &'a Case,
    diary: Diary,
    assessment: Assessment,
    tally: Tally,
}

/// A difference in words.
fn differ(day: Date, of: &str, core: impl Debug, walk: impl Debug) -> Result<(), String> {
    Err(format!("{day}, {of}: the core says {core:?}, the walk {walk:?}"))
}

impl Pair<'_> {
    fn document(&mut self, id: DocumentId, document: &Document) -> Result<(), String> {
        let at = id.0 as usize;
        let life = self.assessment.life(id);
        let asked: Vec<(Provision, Name)> = PROVISIONS
            .into_iter()
            .map(provision)
            .map(|provision| (provision.clone(), Name::of(&provision)))
            .collect();
        for day in days(self.case) {
            let walk = self.diary.force(at, None, day);
            let core = life.standing(None, day);
            if core.force != walk {
                return differ(day, document.slug.as_str(), core.force, walk);
            }
            if *life.whole().at(day) != core {
                return differ(day, document.slug.as_str(), life.whole().at(day), core);
            }
            self.tally.documents += 1;
            self.tally.meet("force of a document", &name(&walk));
            for (provision, name_of_it) in &asked {
                let walk = self.diary.force(at, Some(name_of_it), day);
                let core = life.standing(Some(provision), day).force;
                if core != walk {
                    return differ(day, &format!("{}#{provision}", document.slug), core, walk);
                }
                self.tally.provisions += 1;
                self.tally.meet("force of a provision", &name(&walk));
            }
        }
        Ok(())
    }

    fn citations(&mut self, of: &Slug, citations: &[Citation]) -> Result<(), String> {
        for (at, citation) in citations.iter().enumerate() {
            for day in days(self.case) {
                let walk = publish::state(&self.case.catalogue, &self.diary, citation, day);
                let core = citation_state(self.assessment.lives(), citation, day);
                if core != walk {
                    return differ(day, &format!("{of}, citation {at}"), core, walk);
                }
                if core.is_cited() != publish::inside(citation.validity, day) {
                    return differ(day, &format!("{of}, citation {at}"), core, citation.validity);
                }
                self.tally.citations += 1;
                self.tell_of_citation(citation, &walk, day);
            }
        }
        Ok(())
    }

    fn procedure(&mut self, id: ProcedureId) -> Result<(), String> {
        let procedure = &self.case.catalogue[id];
        for day in days(self.case) {
            let walk = publish::procedure(&self.case.catalogue, &self.diary, id, day);
            let core = self.assessment.procedure_timeline(id).at(day).clone();
            let (walk, core) = (in_order(walk), in_order(core));
            if core != walk {
                return differ(day, procedure.slug.as_str(), core, walk);
            }
            self.tally.procedures += 1;
            self.tell_of_procedure(procedure, &walk, day);
        }
        Ok(())
    }

    fn group(&mut self, at: usize) -> Result<(), String> {
        let group = &self.case.catalogue.groups[at];
        for day in days(self.case) {
            let walk = publish::element(
                &self.case.catalogue,
                &self.diary,
                group.validity,
                &group.legal_basis,
                day,
            );
            let core = *self.assessment.groups()[at].at(day);
            if core != walk {
                return differ(day, group.slug.as_str(), core, walk);
            }
            self.tally.meet("a group", if walk { "filed" } else { "not filed" });
        }
        Ok(())
    }

    fn tell_of_citation(&mut self, citation: &Citation, state: &CitationState, day: Date) {
        let kind = if citation.provisions.is_empty() {
            "citation of a whole"
        } else {
            "citation of provisions"
        };
        self.tally.meet(kind, &name(state));
        let Cited::Known(document) = citation.document else { return };
        let document = document.0 as usize;
        if !state.is_cited() {
            return;
        }
        for part in &citation.provisions {
            let part = Name::of(part);
            let force = self.diary.force(document, Some(&part), day);
            let level = match part.innermost() {
                4 => "Điều",
                5 => "khoản",
                6 => "điểm",
                _ => continue,
            };
            if let Force::Ended | Force::PartlyEnded = force
                && let Some(how) = self.diary.ending(document, &part, day)
            {
                self.tally.meet("a cited provision ended", &format!("{level}, {how}"));
            }
        }
        let Some(exemption) = &citation.exemption else { return };
        let whole = self.diary.force(document, None, day);
        let any_over = citation
            .provisions
            .iter()
            .any(|part| self.diary.force(document, Some(&Name::of(part)), day) == Force::Ended);
        let over = exemption.until <= day;
        self.tally.meet(
            "an exemption",
            match state {
                CitationState::Ended | CitationState::ProvisionEnded(_) if over => "is over",
                _ if over => return,
                CitationState::Exempt => match whole {
                    Force::Ended => "excuses a document that ended",
                    Force::Withdrawn => "excuses a document that was withdrawn",
                    Force::EndedExcept if citation.provisions.is_empty() => {
                        "excuses a document that ended but for some provisions"
                    }
                    _ if any_over => "excuses a provision that ended",
                    _ => "excuses a provision that ended in part",
                },
                CitationState::NotYet => "does not excuse what has not begun",
                CitationState::Suspended => "does not excuse what is suspended",
                CitationState::Unknown | CitationState::ProvisionUnclear(_) => {
                    "does not excuse what is unknown"
                }
                _ => "is not needed",
            },
        );
    }

    fn tell_of_procedure(&mut self, it: &Procedure, standing: &ProcedureStanding, day: Date) {
        self.tally.meet(
            "a procedure",
            match standing {
                ProcedureStanding::Internal => "internal",
                ProcedureStanding::NotYet => "not yet",
                ProcedureStanding::Announced { .. } => "announced",
                ProcedureStanding::Published(_) => "published",
                ProcedureStanding::Superseded { .. } => "superseded",
                ProcedureStanding::Withheld { .. } => "withheld",
            },
        );
        if let ProcedureStanding::Withheld { causes } = standing {
            for cause in causes {
                self.tally.meet("a procedure is withheld", match cause {
                    Cause::WindowEnded => "its window has ended",
                    Cause::BasisLost { .. } => "for a basis lost",
                    Cause::NoBasis => "for want of a basis",
                    Cause::Repealed { decision, item } => {
                        let decision = &self.case.catalogue[*decision];
                        match decision.items[*item].action {
                            _ if decision.effective.is_none() => {
                                "repealed by a decision without a day, from the day it was signed"
                            }
                            Action::Replaced => "replaced by another",
                            _ => "repealed",
                        }
                    }
                });
            }
        }
        if let ProcedureStanding::Published(shown) = standing {
            for showing in &shown.citations {
                self.tally.meet("a citation is shown", &name(showing));
            }
            for (element, shown) in it.elements.iter().zip(&shown.elements) {
                self.tally.meet(
                    "an element",
                    match (shown, element.legal_basis.is_empty()) {
                        (true, true) => "shown without bases",
                        (true, false) => "shown by its bases",
                        (false, _) if !publish::inside(element.validity, day) => {
                            "outside its window"
                        }
                        (false, _) => "without support",
                    },
                );
            }
        }
        let catalogue = &self.case.catalogue;
        let effective = |it: &Decision| it.effective.or(it.signed).filter(|from| *from <= day);
        let said: Vec<(Date, bool)> = catalogue
            .decisions
            .iter()
            .filter_map(|decision| Some((decision, effective(decision)?)))
            .flat_map(|(decision, from)| decision.items.iter().map(move |item| (item, from)))
            .filter(|(item, _)| item.procedure.value == it.code.value)
            .map(|(item, from)| (from, publish::repeals(item)))
            .collect();
        let latest = said.iter().map(|(from, _)| *from).max();
        let any = |on_latest: bool, wanted: bool| {
            said.iter()
                .any(|(from, repeals)| (Some(*from) == latest) == on_latest && *repeals == wanted)
        };
        if any(true, true) && any(true, false) {
            self.tally.meet("a repeal", "prevails on its day");
        } else if any(true, true) {
            self.tally.meet("a repeal", "holds");
        } else if any(false, true) {
            self.tally.meet("a repeal", "is undone by a later decision");
        }
    }
}

/// The name of an answer, without what it carries.
fn name(answer: &impl Debug) -> String {
    let text = format!("{answer:?}");
    text.split(['(', ' ']).next().unwrap_or_default().to_owned()
}

/// Rule 10 wants all causes and says nothing of their order.
fn in_order(mut standing: ProcedureStanding) -> ProcedureStanding {
    if let ProcedureStanding::Withheld { causes } = &mut standing {
        causes.sort();
    }
    standing
}
