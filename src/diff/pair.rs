//! Two lists of facts, matched: what is the same in another place of the list is no change, what says
//! something else under one name is one change, and the rest came or went. Where one and the same change
//! stands under several ways to file, it is one change with several places.

use super::facts::Fact;
use super::words::{Detail, Kind};
use super::{Change, Edit, Part};

/// How alike two names have to be to be one thing that was renamed.
const ALIKE: f64 = 0.6;

/// What differs between two lists, in the order of the list after; what went comes last of its kind.
pub(super) fn changes([old, new]: &[Vec<Fact>; 2]) -> Vec<Change> {
    let pairs = matched(old, new);
    let mut found: Vec<Change> = Vec::new();
    for kind in Kind::ALL {
        for (place, fact) in new.iter().enumerate().filter(|(_, fact)| fact.kind == kind) {
            let twin = pairs.iter().find(|(_, after)| *after == place).map(|(before, _)| *before);
            let twin = twin.map(|twin| &old[twin]);
            match (twin.filter(|twin| twin.is_there()), fact.is_there()) {
                (Some(twin), true) => found.extend(altered(twin, fact)),
                (Some(twin), false) => found.push(one(twin, Part::Removed, 0)),
                (None, true) => found.push(one(fact, Part::Added(fact.details.clone()), 1)),
                (None, false) => {}
            }
        }
        let is_left = |place: usize| pairs.iter().all(|(before, _)| *before != place);
        let gone = old.iter().enumerate();
        let gone = gone.filter(|(place, it)| it.kind == kind && it.is_there() && is_left(*place));
        found.extend(gone.map(|(_, fact)| one(fact, Part::Removed, 0)));
        if kind == Kind::Step {
            found.extend(moved(old, new, &pairs));
        }
    }
    joined(found)
}

/// Places of what is the same thing in both lists: first what did not change, then what bears its name,
/// then what bears a name like it. Each is taken once.
pub(super) fn matched(old: &[Fact], new: &[Fact]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let rules: [fn(&Fact, &Fact) -> bool; 6] = [
        |one, other| one == other,
        |one, other| {
            is_named(one, other) && one.place == other.place && one.details == other.details
        },
        |one, other| is_named(one, other) && one.place == other.place && one.days == other.days,
        |one, other| is_named(one, other) && one.place == other.place,
        |one, other| is_named(one, other) && one.details == other.details,
        is_named,
    ];
    for is_same in rules {
        for (before, one) in old.iter().enumerate() {
            if pairs.iter().any(|(taken, _)| *taken == before) {
                continue;
            }
            let twin = new.iter().enumerate().find(|(after, other)| {
                one.kind == other.kind
                    && is_same(one, other)
                    && pairs.iter().all(|(_, taken)| taken != after)
            });
            pairs.extend(twin.map(|(after, _)| (before, after)));
        }
    }
    renamed(old, new, &mut pairs);
    pairs
}

fn is_named(one: &Fact, other: &Fact) -> bool {
    one.kind == other.kind && one.name == other.name
}

/// What bears another name, the likest first. What is law or an agency is another thing under another name.
fn renamed(old: &[Fact], new: &[Fact], pairs: &mut Vec<(usize, usize)>) {
    let mut alike = Vec::new();
    for (before, one) in old.iter().enumerate().filter(|(_, fact)| fact.kind.may_be_renamed()) {
        for (after, other) in new.iter().enumerate() {
            if one.kind == other.kind && one.place == other.place {
                let likeness = strsim::normalized_levenshtein(&one.name, &other.name);
                if ALIKE <= likeness {
                    alike.push((likeness, before, after));
                }
            }
        }
    }
    alike.sort_by(|one, other| {
        other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2)))
    });
    for (_, before, after) in alike {
        if pairs.iter().all(|(one, other)| *one != before && *other != after) {
            pairs.push((before, after));
        }
    }
}

fn one(fact: &Fact, part: Part, place: usize) -> Change {
    let mut spans = [None, None];
    spans[place] = fact.span;
    let mut days = [Vec::new(), Vec::new()];
    days[place].clone_from(&fact.days);
    Change {
        kind: fact.kind,
        name: fact.name.clone(),
        places: Vec::from_iter(fact.place.clone()),
        part,
        spans,
        days: (!fact.days.is_empty()).then_some(days),
    }
}

fn altered(before: &Fact, after: &Fact) -> Option<Change> {
    let mut edits = Vec::new();
    if before.name != after.name {
        let [before, after] = [before, after].map(|fact| Some(fact.name.clone()));
        edits.push(Edit { detail: Detail::Name, before, after });
    }
    if before.place != after.place {
        let [before, after] = [before, after].map(|fact| fact.place.clone());
        edits.push(Edit { detail: Detail::Place, before, after });
    }
    for detail in Detail::ALL {
        let said = |fact: &Fact| {
            fact.details.iter().find(|(own, _)| *own == detail).map(|(_, text)| text.clone())
        };
        let (before, after) = (said(before), said(after));
        if before != after {
            edits.push(Edit { detail, before, after });
        }
    }
    let differs = before.days != after.days;
    if edits.is_empty() && !differs {
        return None;
    }
    Some(Change {
        kind: after.kind,
        name: after.name.clone(),
        places: Vec::from_iter(after.place.clone()),
        part: Part::Altered(edits),
        spans: [before.span, after.span],
        days: differs.then(|| [before.days.clone(), after.days.clone()]),
    })
}

/// Whether steps that both lists have follow each other in another order.
fn moved(old: &[Fact], new: &[Fact], pairs: &[(usize, usize)]) -> Option<Change> {
    let mut steps: Vec<(usize, usize)> = pairs.to_vec();
    steps.retain(|(before, after)| {
        let (before, after) = (&old[*before], &new[*after]);
        let is_step = before.kind == Kind::Step && before.place == after.place;
        is_step && before.is_there() && after.is_there()
    });
    steps.sort_by_key(|(_, after)| *after);
    let first = steps.windows(2).find(|two| two[1].0 < two[0].0)?;
    let spans = [old[first[0].0].span, new[first[0].1].span];
    let name = String::new();
    Some(Change {
        kind: Kind::Step,
        name,
        places: Vec::new(),
        part: Part::Moved,
        spans,
        days: None,
    })
}

/// One change that stands in several places, said once.
fn joined(changes: Vec<Change>) -> Vec<Change> {
    let mut joined: Vec<Change> = Vec::new();
    for change in changes {
        let same = joined.iter_mut().find(|other| {
            (other.kind, &other.name, &other.part, &other.days)
                == (change.kind, &change.name, &change.part, &change.days)
                && !other.places.is_empty()
        });
        match same {
            Some(same) => same.places.extend(change.places),
            None => joined.push(change),
        }
    }
    joined
}
