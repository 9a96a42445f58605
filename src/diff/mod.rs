//! What changes for a citizen between two states of a catalogue: which procedures appear and go, and of
//! those that stay every title, fee, time, paper, step, place and legal basis, each with what it was and
//! what it is. Knows what is published on which day by asking `validity`; knows neither files nor Git, and
//! prints nothing: `cli` says it in words, as a table for programs, and as a comment.

pub mod extends;
mod facts;
mod pair;
pub mod words;

use crate::files::{FileTree, Span};
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::date::{Date, Window};
use crate::model::procedure::ProcedureId;
use crate::validity::Assessment;
use crate::validity::compare::{self, Changed, ChangedDocument, Seen, Side, Turn};
use crate::validity::procedure::{ProcedureStanding, Showing};
use crate::validity::published::{self, Thing};

use extends::Extension;
use facts::Fact;
use words::{Detail, Kind};

/// One state: files, and a day on which they are looked at.
#[derive(Clone, Copy, Debug)]
pub struct State<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// What holds, with the day as today.
    pub assessment: &'a Assessment,
    /// The catalogue as it may be shown on the day.
    pub shown: &'a Catalogue,
    /// The files, for the bytes of forms.
    pub files: &'a FileTree,
}

impl<'a> State<'a> {
    fn side(self) -> Side<'a> {
        Side { catalogue: self.catalogue, assessment: self.assessment }
    }
}

/// All that differs, in a total order.
#[derive(Clone, Debug, Default)]
pub struct Difference {
    /// What applies longer, or again, than it was to: what a second person looks at.
    pub extensions: Vec<Extension>,
    /// Procedures, joint groups, agencies and offices.
    pub altered: Vec<Altered>,
    /// Documents that stand otherwise.
    pub documents: Vec<ChangedDocument>,
}

impl Difference {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.extensions.is_empty() && self.altered.is_empty() && self.documents.is_empty()
    }
}

/// How a procedure, a group, an agency or an office changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It is no more published.
    Goes,
    /// It is newly published.
    Appears,
    /// A page tells newly that it will apply.
    Announced,
    /// It stays, with other words, parts or days.
    Stays,
}

/// Something that changed.
#[derive(Clone, Debug)]
pub struct Altered {
    /// How.
    pub how: How,
    /// It in the two states; before a version that comes newly, the one whose place it takes.
    pub things: [Option<Thing>; 2],
    /// On which days, where they differ.
    pub days: Option<Changed>,
    /// The day from which it will apply, where that is newly told.
    pub announced: Option<Date>,
    /// What of it changed.
    pub changes: Vec<Change>,
}

/// A part that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// The ways to file, or the cases, in which it changed so; empty where it stands in none.
    pub places: Vec<String>,
    /// How.
    pub part: Part,
    /// Where it is written in the two states.
    pub spans: [Option<Span>; 2],
    /// On which days it is published, where they are not those of the procedure and have changed.
    pub days: Option<[Vec<Window>; 2]>,
}

/// How a part changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// It is new; what it says.
    Added(Vec<(Detail, String)>),
    /// It is gone.
    Removed,
    /// It says something else.
    Altered(Vec<Edit>),
    /// Parts of this kind follow each other in another order.
    Moved,
}

/// Something that a part says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What.
    pub detail: Detail,
    /// What it said.
    pub before: Option<String>,
    /// What it says.
    pub after: Option<String>,
}

/// Holds one state against another.
#[must_use]
pub fn diff(before: State<'_>, after: State<'_>, language: Language) -> Difference {
    let days = [before.assessment.today, after.assessment.today];
    let seen = if days[0] == days[1] { Seen::From(days[0]) } else { Seen::On(days) };
    let compared = compare::compare(before.side(), after.side(), seen);
    let twins = compare::procedures(before.side(), after.side());
    let both = Both { states: [before, after], seen, language };
    let mut altered = Vec::new();
    for [old, new] in &twins {
        let things = [Thing::Procedure(*old), Thing::Procedure(*new)];
        let days = compared.things.iter().find(|changed| is_of(changed, things));
        altered.extend(both.stays([*old, *new], days.cloned()));
    }
    for changed in &compared.things {
        let [old, new] = [&changed.before, &changed.after].map(|it| it.as_ref().map(|it| it.thing));
        match (old, new) {
            (Some(Thing::Procedure(_)), Some(_)) => {}
            (Some(Thing::Procedure(_)), None) => altered.push(gone(changed)),
            (None, Some(Thing::Procedure(new))) => altered.push(both.comes(new, changed)),
            _ => altered.push(both.place(changed, [old, new])),
        }
    }
    both.places(&mut altered);
    both.join_versions(&mut altered);
    altered.sort_by_key(|it| (it.how, it.things[1].or(it.things[0])));
    Difference { extensions: both.extensions(), altered, documents: compared.documents }
}

fn is_of(changed: &Changed, [old, new]: [Thing; 2]) -> bool {
    let is =
        |held: &Option<compare::Held>, thing| held.as_ref().is_some_and(|it| it.thing == thing);
    is(&changed.before, old) || is(&changed.after, new)
}

fn gone(changed: &Changed) -> Altered {
    let thing = changed.before.as_ref().map(|held| held.thing);
    let days = Some(changed.clone());
    Altered { how: How::Goes, things: [thing, None], days, announced: None, changes: Vec::new() }
}

/// The two states, and how they are looked at.
struct Both<'a> {
    states: [State<'a>; 2],
    seen: Seen,
    language: Language,
}

impl Both<'_> {
    /// A procedure that both states have.
    fn stays(&self, ids: [ProcedureId; 2], days: Option<Changed>) -> Option<Altered> {
        let things = [Some(Thing::Procedure(ids[0])), Some(Thing::Procedure(ids[1]))];
        let announced = self.newly_announced(Some(ids[0]), ids[1]);
        let changes = match days.as_ref().map(Changed::turn) {
            // It is told as a whole; what it says is on its page, or was.
            Some(Turn::Goes | Turn::Appears) => Vec::new(),
            _ if !self.is_ever_shown(ids) => Vec::new(),
            _ => self.without_its_days(ids, pair::changes(&self.facts(ids))),
        };
        let how = match (days.as_ref().map(Changed::turn), announced) {
            (Some(Turn::Goes), _) => How::Goes,
            (_, Some(_)) => How::Announced,
            (Some(Turn::Appears), _) => How::Appears,
            (None, _) if changes.is_empty() => return None,
            _ => How::Stays,
        };
        Some(Altered { how, things, days, announced, changes })
    }

    /// Of a new part that is there whenever its procedure is, the days are not told.
    fn without_its_days(
        &self,
        [old, new]: [ProcedureId; 2],
        mut changes: Vec<Change>,
    ) -> Vec<Change> {
        let [before, after] = self.states.map(State::side);
        let whole = compare::part_days(Thing::Procedure(new), (after, 1), (before, old), self.seen);
        for change in &mut changes {
            let is_whole = change.days.as_ref().is_some_and(|[_, after]| *after == whole);
            if matches!(change.part, Part::Added(_)) && is_whole {
                change.days = None;
            }
        }
        changes
    }

    /// What applies longer. Of two sets of files all coming days are looked at, whichever are compared; of
    /// one there is nothing that could.
    fn extensions(&self) -> Vec<Extension> {
        let [before, after] = self.states;
        if std::ptr::eq(before.catalogue, after.catalogue) {
            return Vec::new();
        }
        let from = before.assessment.today.min(after.assessment.today);
        let all = Both { states: self.states, seen: Seen::From(from), language: self.language };
        let twins = compare::procedures(before.side(), after.side());
        let mut parts = Vec::new();
        for (id, _) in after.catalogue.procedure_ids() {
            match twins.iter().find(|[_, new]| *new == id) {
                Some(ids) => parts.extend(all.longer(id, &all.facts(*ids))),
                None => parts.extend(all.longer(id, &[Vec::new(), all.version(1, id)])),
            }
        }
        let changed = compare::compare(before.side(), after.side(), all.seen).things;
        extends::extensions(before, after, from, &changed, parts)
    }

    /// The parts of a procedure that apply longer.
    fn longer(&self, new: ProcedureId, [old, after]: &[Vec<Fact>; 2]) -> Vec<Extension> {
        let pairs = pair::matched(old, after);
        let longer = after.iter().enumerate().filter_map(|(place, fact)| {
            let twin = pairs.iter().find(|(_, after)| *after == place);
            let twin = twin.map(|(before, _)| &old[*before]);
            let longer = extends::part(self.states[0], new, twin, fact);
            let is_renamed = || twin.is_none() && fact.kind.may_be_renamed();
            longer.or_else(|| {
                let mut left = old.iter().enumerate().filter(|(before, one)| {
                    is_renamed()
                        && one.kind == fact.kind
                        && pairs.iter().all(|(taken, _)| taken != before)
                });
                left.find_map(|(_, one)| extends::renamed(new, one, fact))
            })
        });
        longer.collect()
    }

    /// Whether one of two versions is on a page on any of the days compared.
    fn is_ever_shown(&self, ids: [ProcedureId; 2]) -> bool {
        let is_shown = |place: usize| {
            let line = self.states[place].assessment.procedure_timeline(ids[place]);
            match self.seen {
                Seen::From(from) => {
                    let later = line.changes().filter(|(day, _)| from < *day);
                    let now = std::iter::once(line.at(from));
                    now.chain(later.map(|(_, it)| it)).any(|it| it.on_page().is_some())
                }
                Seen::On(days) => line.at(days[place]).on_page().is_some(),
            }
        };
        is_shown(0) || is_shown(1)
    }

    /// A procedure that only the state after has, held against the version that it follows.
    fn comes(&self, new: ProcedureId, held: &Changed) -> Altered {
        let announced = self.newly_announced(None, new);
        let old = self.followed(new);
        let changes = old.map(|old| pair::changes(&self.versions([old, new]))).unwrap_or_default();
        let how = if announced.is_some() { How::Announced } else { How::Appears };
        let things = [old.map(Thing::Procedure), Some(Thing::Procedure(new))];
        Altered { how, things, days: Some(held.clone()), announced, changes }
    }

    /// The day from which a version will apply, where the page of the state before did not tell.
    fn newly_announced(&self, old: Option<ProcedureId>, new: ProcedureId) -> Option<Date> {
        let [before, after] = self.states;
        let told = old.and_then(|old| before.assessment.procedure(old).applies_from());
        let tells = after.assessment.procedure(new).applies_from();
        tells.filter(|day| told != Some(*day))
    }

    /// The version that the state before publishes under the code of a new one.
    fn followed(&self, new: ProcedureId) -> Option<ProcedureId> {
        let [before, after] = self.states;
        let code = &after.catalogue[new].code.value;
        let mut versions = before.catalogue.versions(code).map(|(id, _)| id);
        versions.find(|id| before.assessment.is_published(*id))
    }

    /// Where one version goes and another of its code comes, a citizen sees one procedure that changes.
    fn join_versions(&self, altered: &mut Vec<Altered>) {
        if !matches!(self.seen, Seen::On(_)) {
            return;
        }
        let [before, after] = self.states;
        let code = |state: State<'_>, thing| match thing {
            Some(Thing::Procedure(id)) => Some(state.catalogue[id].code.value.clone()),
            _ => None,
        };
        let mut joined = Vec::new();
        for it in altered.iter_mut().filter(|it| it.how == How::Appears) {
            let Some(Thing::Procedure(new)) = it.things[1] else { continue };
            let Some(old) = self.followed(new) else { continue };
            it.how = How::Stays;
            it.things[0] = Some(Thing::Procedure(old));
            it.changes = pair::changes(&self.versions([old, new]));
            joined.extend(code(after, it.things[1]));
        }
        altered.retain(|it| {
            let own = code(before, it.things[0]);
            it.how != How::Goes || !own.is_some_and(|own| joined.contains(&own))
        });
    }

    /// What is said of a procedure in both states, with the days on which each part is published.
    fn facts(&self, ids: [ProcedureId; 2]) -> [Vec<Fact>; 2] {
        [0, 1].map(|place| {
            let (state, other) = (self.states[place], self.states[1 - place]);
            let days = |part: Thing| {
                let twin = (other.side(), ids[1 - place]);
                compare::part_days(part, (state.side(), place), twin, self.seen)
            };
            let mut facts = facts::procedure(state, ids[place], self.language, &days);
            if matches!(self.seen, Seen::On(_)) {
                // What is not there on the one day is nothing to match by.
                facts.retain(Fact::is_there);
            }
            facts
        })
    }

    /// What is said of two versions of one procedure.
    fn versions(&self, ids: [ProcedureId; 2]) -> [Vec<Fact>; 2] {
        [0, 1].map(|place| self.version(place, ids[place]))
    }

    /// What is said of a version as it is published on the day of its state, or will be on its first.
    fn version(&self, place: usize, id: ProcedureId) -> Vec<Fact> {
        let state = self.states[place];
        let line = state.assessment.procedure_timeline(id);
        let today = state.assessment.today;
        let mut coming = line.changes().filter(|(day, _)| today < *day).map(|(_, it)| it);
        let shown = line.at(today).on_page();
        let shown = shown.or_else(|| coming.find_map(ProcedureStanding::on_page));
        let days = |part: Thing| {
            let is_shown = shown.is_some_and(|shown| match part {
                Thing::Element(_, element) => shown.has(element),
                Thing::Citation(_, place) => shown.citations[place] != Showing::Hidden,
                _ => true,
            });
            Vec::from_iter(is_shown.then(Window::default))
        };
        let mut facts = facts::procedure(state, id, self.language, &days);
        facts.retain(Fact::is_there);
        facts
    }

    /// A group, an agency or an office that is on other days on the site.
    fn place(&self, held: &Changed, things: [Option<Thing>; 2]) -> Altered {
        let how = match held.turn() {
            Turn::Goes => How::Goes,
            Turn::Appears => How::Appears,
            _ => How::Stays,
        };
        let changes = self.place_changes(things);
        Altered { how, things, days: Some(held.clone()), announced: None, changes }
    }

    fn place_changes(&self, things: [Option<Thing>; 2]) -> Vec<Change> {
        let [Some(old), Some(new)] = things else { return Vec::new() };
        let told = |place: usize, thing| facts::place(self.states[place], thing, self.language);
        pair::changes(&[told(0, old), told(1, new)])
    }

    /// Groups, agencies and offices whose words alone changed.
    fn places(&self, altered: &mut Vec<Altered>) {
        let [before, after] = self.states;
        let named = |state: State<'_>, thing: Thing| {
            let catalogue = state.catalogue;
            match thing {
                Thing::Group(group) => Some((0, catalogue.groups[group].slug.clone(), "")),
                Thing::Agency(agency) => Some((1, catalogue[agency].slug.clone(), "")),
                Thing::Office(_)
                | Thing::Procedure(_)
                | Thing::Element(..)
                | Thing::Citation(..) => None,
            }
        };
        let old = published::things(before.catalogue);
        for new in published::things(after.catalogue) {
            let Some(name) = named(after, new) else { continue };
            if altered.iter().any(|it| it.things[1] == Some(new)) {
                continue;
            }
            let twin = old.iter().find(|old| named(before, **old).as_ref() == Some(&name));
            let Some(twin) = twin else { continue };
            let things = [Some(*twin), Some(new)];
            let changes = self.place_changes(things);
            if !changes.is_empty() {
                let days = None;
                altered.push(Altered { how: How::Stays, things, days, announced: None, changes });
            }
        }
    }
}
