//! Registers that are written in another way and say the same, or say less: what follows from them has
//! to follow.

use niemyet::model::citation::{Citation, Cited};
use niemyet::model::date::Date;
use niemyet::model::document::{Act, Document, Effect, Effective, Scope};
use niemyet::validity::procedure::{CitationState, citation_state};
use niemyet::validity::suppose::Supposition;
use niemyet::validity::{assess, suppose};

use crate::blank::{document as made, document_id, effect, provision};
use crate::chance::Chance;
use crate::compare::days;
use crate::describe::describe;
use crate::laws::{answers, cases, expect_same, told};
use crate::registers::{Case, PROVISIONS};

/// Changes the effects of each document one by one; how many became other ones.
fn rewrite(case: &mut Case, change: impl Fn(&Effect) -> Vec<Effect>) -> usize {
    let mut n_changed = 0;
    for document in &mut case.catalogue.documents {
        let old = std::mem::take(&mut document.effects);
        for effect in old {
            let new = change(&effect);
            n_changed += usize::from(new != [effect]);
            document.effects.extend(new);
        }
    }
    n_changed
}

/// Thay thế, bãi bỏ and công bố hết hiệu lực differ in words and not in force.
#[test]
fn all_acts_that_end_are_alike() {
    let mut n_changed = 0;
    for (seed, case) in cases() {
        let before = answers(&case, case.first);
        for verb in [Act::Replaces, Act::Repeals, Act::DeclaresExpired] {
            let mut other = case.clone();
            n_changed += rewrite(&mut other, |effect| {
                let act = if effect.act.ends() { verb } else { effect.act };
                vec![Effect { act, ..effect.clone() }]
            });
            before.expect(&answers(&other, case.first), seed, &case);
        }
    }
    assert!(200 < n_changed);
}

/// An end that is supposed does what a document does that repeals on that day, whatever the law makes of it.
#[test]
fn a_supposed_end_is_an_act_that_repeals() {
    let mut n_changed = 0;
    for (seed, case) in cases() {
        let mut chance = Chance::new(9_000_000 + seed);
        let all: Vec<Date> = days(&case).skip(1).collect();
        let before = answers(&case, case.first);
        for _ in 0..2 {
            let n = case.catalogue.documents.len();
            let document = document_id(chance.below(n));
            let part =
                chance.percent(50).then(|| provision(PROVISIONS[chance.below(PROVISIONS.len())]));
            let from = *chance.pick(&all);
            let mut repealed = case.clone();
            let act = effect(Act::Repeals, document.0 as usize);
            let scope = part.clone().map_or(Scope::Whole, |part| Scope::Parts(vec![part]));
            repealed.catalogue.documents.push(Document {
                effects: vec![Effect { scope, ..act }],
                ..made("repealer", Effective::On(from))
            });
            let mut really = answers(&repealed, case.first);
            really.documents.pop();
            let supposed = Supposition { document, part, from };
            let would_be = told(&case, &suppose(&case.catalogue, case.first, &supposed));
            would_be.expect(&really, seed, &case);
            n_changed += usize::from(would_be != before);
        }
    }
    assert!(10 < n_changed);
}

/// What is only amended or corrected keeps its force.
#[test]
fn acts_without_force_may_be_left_out() {
    let mut n_changed = 0;
    for (seed, case) in cases() {
        let mut other = case.clone();
        n_changed += rewrite(&mut other, |effect| {
            let silent = matches!(effect.act, Act::Amends | Act::Corrects);
            if silent { Vec::new() } else { vec![effect.clone()] }
        });
        expect_same(seed, &case, &other);
    }
    assert!(10 < n_changed);
}

/// An act that ends or suspends several provisions is as many acts on one provision each; with
/// exceptions not always: what one part surely ends and another may end, each but for a clause of it,
/// has ended in part by the one act, and is unknown by the two.
#[test]
fn one_act_on_two_provisions_is_two_acts() {
    let mut n_changed = 0;
    for (seed, case) in cases() {
        let mut other = case.clone();
        n_changed += rewrite(&mut other, |effect| match &effect.scope {
            Scope::Parts(parts)
                if effect.except.is_empty()
                    && (effect.act.ends() || matches!(effect.act, Act::Suspends { .. })) =>
            {
                let one = |part| Scope::Parts(vec![part]);
                let all = parts.iter().cloned().map(one);
                all.map(|scope| Effect { scope, ..effect.clone() }).collect()
            }
            _ => vec![effect.clone()],
        });
        expect_same(seed, &case, &other);
    }
    assert!(20 < n_changed);
}

/// To repeal the whole ends each provision of it just as to repeal all of them by name; only that the
/// document itself lives on without any. So the law is about the provisions of what is repealed.
#[test]
fn a_whole_repealed_is_all_its_provisions_repealed() {
    let all: Vec<_> = PROVISIONS.into_iter().map(provision).collect();
    let mut n_changed = 0;
    for (seed, case) in cases() {
        let before = answers(&case, case.first);
        for (by, document) in case.catalogue.documents.iter().enumerate() {
            for (at, effect) in document.effects.iter().enumerate() {
                if !effect.act.ends() || effect.scope != Scope::Whole {
                    continue;
                }
                n_changed += 1;
                let mut other = case.clone();
                other.catalogue.documents[by].effects[at].scope = Scope::Parts(all.clone());
                let after = answers(&other, case.first);
                let target = effect.target.0 as usize;
                let pairs = before.documents[target].iter().zip(&after.documents[target]);
                // The first answer of each day is that for the whole.
                for (place, (before, after)) in pairs.enumerate() {
                    if place % (PROVISIONS.len() + 1) != 0 {
                        let asked = &all[place % (PROVISIONS.len() + 1) - 1];
                        assert_eq!(before, after, "seed {seed}, {asked}\n{}", describe(&case));
                    }
                }
            }
        }
    }
    assert!(50 < n_changed);
}

/// A day that is said to be unknown and one that is not written are the same to the law.
#[test]
fn an_unknown_day_is_a_missing_day() {
    for (seed, case) in cases() {
        let mut other = case.clone();
        for document in &mut other.catalogue.documents {
            document.effective = match document.effective {
                Effective::Unknown => Effective::Missing,
                Effective::Missing => Effective::Unknown,
                on @ Effective::On(_) => on,
            };
        }
        expect_same(seed, &case, &other);
    }
}

/// After its last day an exemption is as none; before that it changes what has ended and nothing else.
#[test]
fn an_exemption_excuses_what_has_ended_until_its_last_day() {
    let (mut n_excused, mut n_over) = (0, 0);
    for (seed, case) in cases() {
        let assessment = assess(&case.catalogue, case.first);
        let procedures = case.catalogue.procedures.iter();
        let bases = procedures.flat_map(|procedure| {
            let elements = procedure.elements.iter().flat_map(|element| &element.legal_basis);
            elements.chain(&procedure.legal_basis)
        });
        let groups = case.catalogue.groups.iter().flat_map(|group| &group.legal_basis);
        for citation in bases.chain(groups) {
            let Some(exemption) = &citation.exemption else { continue };
            let without = Citation { exemption: None, ..citation.clone() };
            for day in days(&case) {
                let with = citation_state(assessment.lives(), citation, day);
                let without = citation_state(assessment.lives(), &without, day);
                let at = format!("seed {seed}, {day}\n{}", describe(&case));
                let has_ended =
                    matches!(without, CitationState::Ended | CitationState::ProvisionEnded(_));
                assert_ne!(without, CitationState::Exempt, "{at}");
                if exemption.until <= day {
                    assert_eq!(with, without, "{at}");
                    n_over += usize::from(has_ended);
                } else if !has_ended {
                    assert_eq!(with, without, "{at}");
                } else {
                    n_excused += usize::from(with == CitationState::Exempt);
                    assert!(with != CitationState::InForce, "{at}");
                    assert!(matches!(citation.document, Cited::Known(_)), "{at}");
                }
            }
        }
    }
    assert!(50 < n_excused && 50 < n_over, "{n_excused} {n_over}");
}
