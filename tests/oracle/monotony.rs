//! What one more act that ends can do: nothing before its day, nothing to what it does not reach, and to
//! what it reaches never more force than before. More force comes by three ways only, all of them in
//! `rules.md`: what it ends can no longer act (rule 4), no longer suspend (rule 5), and whose parent
//! ends in the spring of 2025 outlives it (rule 3).

use std::collections::BTreeSet;

use niemyet::model::Catalogue;
use niemyet::model::citation::Cited;
use niemyet::model::date::Date;
use niemyet::model::document::{Act, Document, Effect, Effective, Scope};
use niemyet::validity::procedure::ProcedureStanding;
use niemyet::validity::standing::Force;

use crate::blank::{day, document, effect, provision};
use crate::chance::Chance;
use crate::compare::days;
use crate::describe::describe;
use crate::laws::{answers, cases};
use crate::registers::{Case, PROVISIONS};

/// A case with one more document, which ends all or a part of another.
struct Struck {
    case: Case,
    target: usize,
    on: Date,
}

fn strike(case: &Case, chance: &mut Chance) -> Struck {
    let mut case = case.clone();
    let target = chance.below(case.catalogue.documents.len());
    let all: Vec<Date> = days(&case).skip(1).collect();
    let on = *chance.pick(&all);
    let parts = |chance: &mut Chance| {
        chance.list(1, 2, |it| provision(PROVISIONS[it.below(PROVISIONS.len())]))
    };
    let scope = match chance.below(10) {
        0..5 => Scope::Whole,
        5..9 => Scope::Parts(parts(chance)),
        _ => Scope::Unspecified,
    };
    let except = if chance.percent(20) { parts(chance) } else { Vec::new() };
    let act = *chance.pick(&[Act::Replaces, Act::Repeals, Act::DeclaresExpired]);
    let effects = vec![Effect { scope, except, ..effect(act, target) }];
    case.catalogue.documents.push(Document { effects, ..document("ender", Effective::On(on)) });
    Struck { case, target, on }
}

/// What falls with a document, itself among it, and what its acts and theirs can reach.
fn reached(catalogue: &Catalogue, target: usize) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let ties = |from: usize| {
        let children = catalogue.documents.iter().enumerate();
        children
            .filter(move |(_, child)| {
                child.implements.iter().any(|it| it.parent.0 as usize == from)
            })
            .map(|(at, _)| at)
    };
    let acts = |from: usize| {
        let acts = catalogue.documents[from].effects.iter().filter(|it| it.act.touches_force());
        acts.map(|effect| effect.target.0 as usize)
    };
    let closure = |mut open: Vec<usize>, with_acts: bool| {
        let mut found = BTreeSet::new();
        while let Some(at) = open.pop() {
            if found.insert(at) {
                open.extend(ties(at));
                if with_acts {
                    open.extend(acts(at));
                }
            }
        }
        found
    };
    let family = closure(vec![target], false);
    let acted_on = closure(family.iter().flat_map(|at| acts(*at)).collect(), true);
    (family, acted_on)
}

fn carries(place: usize, force: Force) -> bool {
    // The first answer of each day is that for the whole.
    let is_whole = place.is_multiple_of(PROVISIONS.len() + 1);
    if is_whole { force.carries_whole() } else { force.carries_provision() }
}

#[test]
fn one_more_end_gives_no_force() {
    let (mut n_lost, mut n_revived, mut n_outlived) = (0, 0, 0);
    for (seed, case) in cases() {
        for turn in 0..4 {
            let struck = strike(&case, &mut Chance::new(8_000_000 + 10 * seed + turn));
            let (family, acted_on) = reached(&case.catalogue, struck.target);
            let is_spring = day("2025-04-01") <= struck.on && struck.on < day("2025-07-01");
            let (before, after) = (answers(&case, case.first), answers(&struck.case, case.first));
            let at = format!("seed {seed}\n{}", describe(&struck.case));
            let n_asked = PROVISIONS.len() + 1;
            let n_before = days(&case).take_while(|day| *day < struck.on).count();
            for document in 0..case.catalogue.documents.len() {
                let (before, after) = (&before.documents[document], &after.documents[document]);
                // What is still to come changes nothing that was.
                let past = n_before * n_asked;
                assert_eq!(before[..past], after[..past], "document {document}, {at}");
                if !family.contains(&document) && !acted_on.contains(&document) {
                    assert_eq!(before, after, "document {document}, {at}");
                    continue;
                }
                for (place, (before, after)) in before.iter().zip(after).enumerate() {
                    let had = carries(place, *before);
                    let has = carries(place, *after);
                    n_lost += usize::from(had && !has);
                    if !had && has {
                        let outlived = is_spring && document != struck.target;
                        assert!(acted_on.contains(&document) || outlived, "{document}, {at}");
                        n_revived += usize::from(acted_on.contains(&document));
                        n_outlived += usize::from(!acted_on.contains(&document));
                    }
                }
            }
            if is_spring {
                continue;
            }
            for (id, procedure) in case.catalogue.procedure_ids() {
                // An exemption is for what has ended, and so the end of a text may bring it to bear.
                let bases = procedure.legal_basis.iter();
                let is_bound = bases.clone().all(|citation| match citation.document {
                    Cited::Known(id) => !acted_on.contains(&(id.0 as usize)),
                    Cited::Unknown(_) => true,
                });
                if !is_bound || bases.clone().any(|citation| citation.exemption.is_some()) {
                    continue;
                }
                let place = id.0 as usize;
                for (before, after) in before.procedures[place].iter().zip(&after.procedures[place])
                {
                    let published = |it| matches!(it, &ProcedureStanding::Published(_));
                    assert!(published(before) || !published(after), "{at}");
                }
            }
        }
    }
    // The exceptions are real.
    assert!(100 < n_lost && 0 < n_revived, "{n_lost} {n_revived}");
    assert!(0 < n_outlived || crate::triples() < crate::TRIPLES);
}
