//! Acts of the register that will take a basis away which is still cited: one finding an act, at the
//! act, however many citations it takes and however many documents fall with the one it ends.

use std::collections::BTreeMap;

use super::teller::{Teller, fate, urgent, with_notes};
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::files::Span;
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::citation::{Citation, Cited};
use crate::model::date::Date;
use crate::model::document::{Act, DocumentId, Scope};
use crate::validity::Assessment;
use crate::validity::ahead::{Bearer, Loss, Lost};
use crate::validity::procedure::deciding_texts;
use crate::validity::standing::{Fact, Link};
use crate::validity::words;

/// Tells of each act what it will take.
pub(super) fn check(teller: &Teller, losses: &[Loss], report: &mut Report) {
    let mut of_act: BTreeMap<(Date, Link), Vec<Taken>> = BTreeMap::new();
    for loss in losses {
        let Lost::Basis { of, citation, takes_all, .. } = loss.what else { continue };
        let taken = Taken { of, citation: &of.bases(teller.catalogue)[citation], takes_all };
        if let Some(act) = act(teller.assessment, taken.citation, loss.day) {
            of_act.entry((loss.day, act)).or_default().push(taken);
        }
    }
    for ((day, act), taken) in of_act {
        report.merge(tell(teller, day, &act, taken).into_iter().collect());
    }
}

/// A citation that will be lost, and whether what cites it goes with it.
struct Taken<'a> {
    of: Bearer,
    citation: &'a Citation,
    takes_all: bool,
}

fn tell(teller: &Teller, day: Date, act: &Link, mut taken: Vec<Taken>) -> Option<Diagnostic> {
    let catalogue = teller.catalogue;
    let (code, what) = match &act.fact {
        Fact::ActedOn(deed) if matches!(deed.act, Act::Suspends { .. }) => {
            (Code::BasisWillPause, ["", ""])
        }
        Fact::ActedOn(deed) if deed.act.ends() && deed.scope != Scope::Unspecified => {
            (Code::BasisWillEnd, ["hết hiệu lực", "ends"])
        }
        Fact::TermEnds { .. } => (Code::BasisWillEnd, ["hết thời hạn hiệu lực", "runs out"]),
        _ => (Code::BasisWillEnd, ["không còn rõ hiệu lực", "becomes of unknown force"]),
    };
    let part = match &act.fact {
        Fact::ActedOn(deed) => match &deed.scope {
            Scope::Parts(parts) => {
                let names: Vec<String> = parts.iter().map(ToString::to_string).collect();
                format!(" {}", names.join(", "))
            }
            _ => String::new(),
        },
        _ => String::new(),
    };
    let n = taken.len();
    let times = if n == 1 { "once".to_owned() } else { format!("{n} times") };
    let mut found = teller
        .coming(code, place(catalogue, act), day)?
        .with("number", catalogue[act.to].label())
        .with("part", part)
        .with("what", what)
        .with("count", [format!("{n} chỗ"), times]);
    let said = |language| words::plain(catalogue, &words::link(act, language));
    let chain = [said(Language::Vietnamese), said(Language::English)];
    found = found.note(Note::new(Remark::Because).with("chain", chain));
    if let Some(successor) = successor(teller.assessment, act, day) {
        let number = words::name(catalogue, successor);
        found = found.note(Note::new(Remark::Successor).with("number", number));
    }
    // What goes altogether comes first: whoever reads only a handful has to see that.
    taken.sort_by_key(|it| (!it.takes_all, it.citation.span));
    let notes = taken.iter().map(|it| note(catalogue, it, act.to)).collect();
    Some(urgent(with_notes(found, notes)))
}

fn note(catalogue: &Catalogue, taken: &Taken, ending: DocumentId) -> Note {
    let [fate_vi, fate_en] = fate(catalogue, taken.of, taken.takes_all);
    let what = if taken.citation.document == Cited::Known(ending) {
        [fate_vi, fate_en]
    } else {
        let number = catalogue.cited_label(&taken.citation.document);
        [
            format!("{fate_vi} (dẫn `{number}`, hết hiệu lực theo)"),
            format!("{fate_en} (cites `{number}`, which falls with it)"),
        ]
    };
    Note::at(Remark::Affected, taken.citation.span).with("what", what)
}

/// The act behind a loss: where a document falls with its parent, the act that ends the parent.
fn act(assessment: &Assessment, citation: &Citation, day: Date) -> Option<Link> {
    let document = *deciding_texts(assessment.lives(), citation, day).first()?;
    let life = assessment.life(document);
    let before = day.yesterday().ok()?;
    let changed = citation.provisions.iter().find(|provision| {
        let force = |day| life.standing(Some(provision), day).force;
        force(before).carries_provision() && !force(day).carries_provision()
    });
    let because = life.standing(changed, day).because;
    let mut chain = because.iter();
    let mut act = chain.next()?;
    while let Fact::FellWith { parent, .. } = act.fact {
        match chain.find(|link| link.to == parent) {
            Some(link) => act = link,
            None => break,
        }
    }
    Some(act.clone())
}

/// Where an act is written; an own term is written on the document itself.
fn place(catalogue: &Catalogue, act: &Link) -> Span {
    let written = match &act.fact {
        Fact::ActedOn(deed) => catalogue[deed.by].effects.iter().find(|effect| {
            effect.target == act.to
                && effect.act == deed.act
                && effect.clause == deed.clause
                && effect.scope == deed.scope
                && effect.except == deed.except
        }),
        Fact::TermEnds { extended_by: Some(author) } => catalogue[author.by]
            .effects
            .iter()
            .find(|effect| effect.target == act.to && matches!(effect.act, Act::Extends { .. })),
        _ => None,
    };
    written.map_or(catalogue[act.to].span, |effect| effect.span)
}

/// The document that takes the place of one that ends, as far as it is in force on the day.
fn successor(assessment: &Assessment, act: &Link, day: Date) -> Option<DocumentId> {
    let Fact::ActedOn(deed) = &act.fact else { return None };
    let in_force = assessment.life(deed.by).whole().at(day).force.carries_whole();
    (deed.act == Act::Replaces && in_force).then_some(deed.by)
}
