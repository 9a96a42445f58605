//! How far a few texts reach: of all that an audit looks for, what can be found in them, and of all that lives,
//! what can cover that there. A pattern whose letters do not occur in a text is not found in it, and what covers a
//! find holds its letters; so for these texts an audit of what is near them finds what the audit of everything
//! finds. Whether that can be said of a text is asked of each anew.
//!
//! Knows letters, and no day: what a thing is on a day the audit asks itself.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::containers;
use super::fold::Folds;
use super::lookout::{Lookout, each_layer};
use super::needles::{self, Scope, Whose, own_letters};
use super::pardons::LeftPart;
use super::search::{Form, Pattern, Search, Standing};
use super::{Place, Target};
use crate::files::FileTree;
use crate::model::Catalogue;

/// All that is looked for on any of some days, and all names that may hold it.
pub(super) struct Sieve<'c> {
    catalogue: &'c Catalogue,
    /// The letters of what is looked for.
    dead: Search,
    /// What each of them belongs to.
    of_dead: Vec<BTreeSet<Target>>,
    /// What is looked for, then the names that hold any of it.
    lookout: Lookout,
    /// Of each of these what it names, or whose name it is.
    targets: Vec<BTreeSet<Target>>,
    /// Of each name whose it is, and what it and the other names of the same thing hold.
    names: Vec<(Whose<'c>, BTreeSet<Target>)>,
}

impl<'c> Sieve<'c> {
    /// What is looked for if all that is over were over at once. `places` are those of all days.
    pub(super) fn new(
        catalogue: &'c Catalogue,
        files: &FileTree,
        over: &BTreeSet<Target>,
        places: &'c BTreeMap<String, Place>,
    ) -> Self {
        let folds = Folds::new();
        let ended = needles::ever(&folds, catalogue, over, places);
        let forms = catalogue.form_files.values().filter_map(|file| {
            let hash = blake3::hash(files.content(*file).bytes());
            let address = needles::form_address(hash.as_bytes());
            let pattern = Pattern::new(&folds, &address, Form::Token)?;
            Some((pattern, BTreeSet::from([Target::Form(*file)])))
        });
        let (letters, of_dead): (Vec<Pattern>, Vec<_>) = ended
            .iter()
            .map(|(pattern, targets)| {
                let letters = own_letters(pattern).to_vec();
                (Pattern { letters, ..pattern.clone() }, targets.clone())
            })
            .chain(forms)
            .unzip();
        let dead = Search::for_little(letters);
        let n_ended = ended.len();
        let (mut patterns, mut targets): (Vec<Pattern>, Vec<_>) = ended.into_iter().unzip();
        let mut names = Vec::new();
        for (whose, written) in needles::called(catalogue, places) {
            let called = written.into_iter().filter_map(|written| {
                let pattern = Pattern::new(&folds, written, Form::Phrase(Standing::Glued))?;
                let held = dead.touched(&pattern.canons());
                Some((pattern, held))
            });
            let called: Vec<(Pattern, BTreeSet<usize>)> = called.collect();
            let held = called.iter().flat_map(|(_, held)| held);
            let held: BTreeSet<Target> = held.flat_map(|one| &of_dead[*one]).copied().collect();
            let own = match whose {
                Whose::Thing(target) => BTreeSet::from([target]),
                Whose::Address(_) | Whose::Nobody => BTreeSet::new(),
            };
            // What a translation may name depends on the title that it translates.
            for (pattern, _) in called.into_iter().filter(|_| !held.is_empty()) {
                patterns.push(pattern);
                targets.push(own.clone());
                names.push((whose, held.clone()));
            }
        }
        let search = Search::new(patterns);
        let lookout = Lookout { folds, search, n_ended };
        Self { catalogue, dead, of_dead, lookout, targets, names }
    }

    /// What a text names of what is over on any day, and whose names stand in it; none where it names nothing.
    pub(super) fn names_in(&self, read: &[Cow<'_, str>]) -> Option<BTreeSet<Target>> {
        let found = self.lookout.found(read);
        let is_suspect = found.iter().any(|pattern| *pattern < self.lookout.n_ended);
        is_suspect.then(|| found.iter().flat_map(|it| &self.targets[*it]).copied().collect())
    }

    /// All that may be found in a text by the letters that occur in it, and in the names that occur in it.
    pub(super) fn within(&self, text: &str) -> BTreeSet<Target> {
        let mut within = BTreeSet::new();
        each_layer(&self.lookout.folds, text.as_bytes(), 0, &mut |canon| {
            let canon = std::slice::from_ref(canon);
            within.extend(self.dead.touched(canon).iter().flat_map(|it| &self.of_dead[*it]));
            let names = self.lookout.search.touched(canon).into_iter();
            let names = names.filter_map(|it| it.checked_sub(self.lookout.n_ended));
            within.extend(names.flat_map(|name| &self.names[name].1));
        });
        within
    }

    /// What is looked for, for who will know what is written later.
    pub(super) fn lookout(self) -> Lookout {
        self.lookout
    }
}

/// What can be found in some texts and what can cover it.
pub(super) struct Near<'s> {
    sieve: &'s Sieve<'s>,
    /// What can be found.
    found: BTreeSet<Target>,
    /// That, and what holds the letters of any of it.
    pub(super) scope: Scope,
    /// The addresses that hold them.
    addresses: BTreeSet<&'s str>,
    /// The provisions that texts name of what ends but for some of them.
    pub(super) left: &'s [LeftPart<'s>],
}

impl<'s> Near<'s> {
    /// Of texts in which this may be found.
    pub(super) fn new(
        sieve: &'s Sieve<'s>,
        found: BTreeSet<Target>,
        left: &'s [LeftPart<'s>],
    ) -> Self {
        let of_found = sieve.dead.patterns().iter().zip(&sieve.of_dead);
        let of_found = of_found.filter(|(_, targets)| !targets.is_disjoint(&found));
        let letters = Search::for_little(of_found.map(|(pattern, _)| pattern.clone()).collect());
        let (living, numbers) =
            needles::living_that(&sieve.lookout.folds, sieve.catalogue, |pattern| {
                letters.touches(pattern)
            });
        let mut things = &found | &living;
        let mut addresses = BTreeSet::new();
        for (whose, held) in &sieve.names {
            match whose {
                _ if held.is_disjoint(&found) => {}
                Whose::Thing(target) => drop(things.insert(*target)),
                Whose::Address(address) => drop(addresses.insert(*address)),
                Whose::Nobody => {}
            }
        }
        Self { sieve, found, scope: Scope { things, numbers }, addresses, left }
    }

    /// Whether it is enough to know what is near to audit a text.
    pub(super) fn covers(&self, text: &str) -> bool {
        containers::base64(text.as_bytes()).is_empty()
            && self.sieve.within(text).is_subset(&self.found)
    }

    /// Whether what stands at an address can be found by it, or its address cover what is.
    pub(super) fn has_place(&self, address: &str, place: Place) -> bool {
        let thing = match place {
            Place::Document(id) => Some(Target::Document(id)),
            Place::Procedure(id) => Some(Target::Procedure(id)),
            _ => None,
        };
        thing.is_some_and(|thing| self.scope.has(thing)) || self.addresses.contains(address)
    }
}
