//! The core and the walk, asked the same questions.

use std::collections::BTreeSet;

use niemyet::model::date::Date;
use niemyet::model::document::{Document, DocumentId};
use niemyet::model::procedure::ProcedureId;
use niemyet::model::provision::Provision;
use niemyet::validity::procedure::ProcedureStanding;
use niemyet::validity::standing::Force;
use niemyet::validity::{Assessment, assess};

use crate::blank::provision;
use crate::names::Name;
use crate::publish;
use crate::registers::{Case, PROVISIONS};
use crate::walk::{self, Diary};

/// How much was compared.
#[derive(Default)]
pub(crate) struct Tally {
    /// Documents on days.
    pub(crate) documents: usize,
    /// Provisions on days.
    pub(crate) provisions: usize,
    /// Procedures on days.
    pub(crate) procedures: usize,
    /// Which answers there were for documents.
    pub(crate) forces: BTreeSet<Force>,
    /// And for procedures, by name.
    pub(crate) standings: BTreeSet<&'static str>,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.provisions += other.provisions;
        self.procedures += other.procedures;
        self.forces.extend(other.forces);
        self.standings.extend(other.standings);
    }
}

/// The days of a case.
pub(crate) fn days(case: &Case) -> impl Iterator<Item = Date> + use<> {
    let last = case.last;
    std::iter::successors(Some(case.first), |day| day.tomorrow().ok())
        .take_while(move |day| *day <= last)
}

/// Asks both for everything on every day; the first difference as words.
pub(crate) fn compare(case: &Case) -> Result<Tally, String> {
    let diary = walk::write(&case.catalogue.documents, case.first, case.last);
    let assessment = assess(&case.catalogue, case.first);
    let mut tally = Tally::default();
    for (id, document) in case.catalogue.document_ids() {
        tally += compare_document(case, &diary, &assessment, (id, document))?;
    }
    for (id, _) in case.catalogue.procedure_ids() {
        tally += compare_procedure(case, &diary, &assessment, id)?;
    }
    Ok(tally)
}

fn compare_document(
    case: &Case,
    diary: &Diary,
    assessment: &Assessment,
    (id, document): (DocumentId, &Document),
) -> Result<Tally, String> {
    let at = id.0 as usize;
    let life = assessment.life(id);
    let asked: Vec<(Provision, Name)> = PROVISIONS
        .into_iter()
        .map(provision)
        .map(|provision| (provision.clone(), Name::of(&provision)))
        .collect();
    let mut tally = Tally::default();
    for day in days(case) {
        let says = |who: &str, core, walk| {
            Err(format!("{day}, {}{who}: the core says {core:?}, the walk {walk:?}", document.slug))
        };
        let walk = diary.force(at, None, day);
        let core = life.standing(None, day);
        if core.force != walk {
            return says("", core.force, walk);
        }
        if *life.whole().at(day) != core {
            return Err(format!("{day}, {}: the timeline differs from the answer", document.slug));
        }
        tally.documents += 1;
        tally.forces.insert(walk);
        for (provision, name) in &asked {
            let walk = diary.force(at, Some(name), day);
            let core = life.standing(Some(provision), day).force;
            if core != walk {
                return says(&format!("#{provision}"), core, walk);
            }
            tally.provisions += 1;
        }
    }
    Ok(tally)
}

fn compare_procedure(
    case: &Case,
    diary: &Diary,
    assessment: &Assessment,
    id: ProcedureId,
) -> Result<Tally, String> {
    let mut tally = Tally::default();
    for day in days(case) {
        let walk = in_order(publish::procedure(&case.catalogue, diary, id, day));
        let core = in_order(assessment.procedure_timeline(id).at(day).clone());
        if core != walk {
            let slug = &case.catalogue[id].slug;
            return Err(format!("{day}, {slug}: the core says {core:?}, the walk {walk:?}"));
        }
        tally.procedures += 1;
        tally.standings.insert(match core {
            ProcedureStanding::Internal => "internal",
            ProcedureStanding::NotYet => "not yet",
            ProcedureStanding::Announced { .. } => "announced",
            ProcedureStanding::Published(_) => "published",
            ProcedureStanding::Superseded { .. } => "superseded",
            ProcedureStanding::Withheld { .. } => "withheld",
        });
    }
    Ok(tally)
}

/// Rule 10 wants all causes and says nothing of their order.
fn in_order(mut standing: ProcedureStanding) -> ProcedureStanding {
    if let ProcedureStanding::Withheld { causes } = &mut standing {
        causes.sort();
    }
    standing
}
