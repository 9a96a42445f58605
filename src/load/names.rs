//! The names of the catalogue, gathered before any record is read, so that a record can be read in
//! one go with ids in the place of names. Pure tables: who asks, and what is said when a name is not
//! found, is for `link`.

use std::collections::{BTreeMap, BTreeSet};

use crate::files::Span;
use crate::model::Slug;
use crate::model::agency::{AgencyId, FieldId, OfficeId};
use crate::model::decision::DecisionId;
use crate::model::document::DocumentId;
use crate::model::number::{self, NumberKey};

/// What a record may refer to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    pub agencies: Register<AgencyId>,
    pub offices: Register<OfficeId>,
    pub fields: Register<FieldId>,
    pub documents: Numbered<DocumentId>,
    pub decisions: Numbered<DecisionId>,
}

/// Things that are called by their id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Register<I> {
    ids: BTreeMap<String, I>,
    /// Names of records that could not be read. A reference to one is no second mistake.
    left_out: BTreeSet<String>,
}

/// Things that are called by their id or by their number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numbered<I> {
    by_id: Register<I>,
    by_number: BTreeMap<NumberKey, Vec<Candidate<I>>>,
    numbers: BTreeSet<String>,
}

/// One of the things that a number may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate<I> {
    pub id: I,
    pub slug: Slug,
    pub span: Span,
}

/// What a name was found to mean.
#[derive(Clone, Copy)]
pub(super) enum Found<'n, I> {
    /// This.
    One(I),
    /// More than one thing, all with the same number.
    Several(&'n [Candidate<I>]),
    /// A record that could not be read.
    LeftOut,
    /// Nothing.
    Nothing,
}

impl<I> Default for Register<I> {
    fn default() -> Self {
        Self { ids: BTreeMap::new(), left_out: BTreeSet::new() }
    }
}

impl<I> Default for Numbered<I> {
    fn default() -> Self {
        Self { by_id: Register::default(), by_number: BTreeMap::new(), numbers: BTreeSet::new() }
    }
}

impl<I: Copy> Register<I> {
    pub(super) fn enter(&mut self, name: &str, id: I) {
        self.ids.insert(name.to_owned(), id);
    }

    pub(super) fn leave_out(&mut self, name: &str) {
        self.left_out.insert(name.to_owned());
    }

    pub(super) fn find(&self, name: &str) -> Found<'_, I> {
        match self.ids.get(name) {
            Some(id) => Found::One(*id),
            None if self.left_out.contains(name) => Found::LeftOut,
            None => Found::Nothing,
        }
    }

    pub(super) fn nearest(&self, name: &str) -> Option<String> {
        nearest(name, self.ids.keys().map(String::as_str))
    }
}

impl<I: Copy> Numbered<I> {
    pub(super) fn enter(&mut self, candidate: Candidate<I>, number: Option<&str>) {
        self.by_id.enter(candidate.slug.as_str(), candidate.id);
        if let Some(number) = number {
            self.by_number.entry(NumberKey::new(number)).or_default().push(candidate);
            self.numbers.insert(number.to_owned());
        }
    }

    pub(super) fn leave_out(&mut self, slug: &str) {
        self.by_id.leave_out(slug);
    }

    /// Looks a name up as an id, then as a number.
    pub(super) fn find(&self, name: &str) -> Found<'_, I> {
        match self.by_id.find(name) {
            Found::Nothing => {}
            found => return found,
        }
        match self.by_number.get(&NumberKey::new(name)).map(Vec::as_slice) {
            Some([only]) => Found::One(only.id),
            Some(several) => Found::Several(several),
            // The number of a file that could not be read is known by its name only.
            None if self.by_id.left_out.contains(&number::slug(name)) => Found::LeftOut,
            None => Found::Nothing,
        }
    }

    /// The only number that differs from a name in nothing but what stands between its letters and digits.
    pub(super) fn respelled(&self, name: &str) -> Option<String> {
        let wanted = number::bare(name);
        let mut alike = self.numbers.iter().filter(|known| number::bare(known) == wanted);
        alike.next().filter(|_| alike.next().is_none()).cloned()
    }

    /// The nearest number with the same digits. A document whose digits differ is another one, and
    /// to propose it would be to propose false law.
    pub(super) fn nearest(&self, name: &str) -> Option<String> {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let wanted = digits(name);
        let numbers = self.numbers.iter().map(String::as_str);
        let ids = self.by_id.ids.keys().map(String::as_str);
        nearest(name, numbers.chain(ids).filter(|known| digits(known) == wanted))
    }
}

/// The only word that differs from this one in nothing but letter case, marks, hyphens and blanks.
pub(super) fn spelled_alike<'a>(
    word: &str,
    words: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let bare = |text: &str| number::slug(text).replace('-', "");
    let wanted = bare(word);
    let mut alike = words.filter(|known| bare(known) == wanted);
    alike.next().filter(|_| alike.next().is_none())
}

/// The word that is meant beyond doubt: spelled alike, or a long one with one letter wrong and no other
/// word near it.
pub(super) fn surely_meant<'a>(
    word: &str,
    words: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    if let Some(alike) = spelled_alike(word, words.clone()) {
        return Some(alike);
    }
    let length = word.chars().count();
    let mut near = words
        .filter(|known| known.chars().count().abs_diff(length) <= 2)
        .map(|known| (strsim::osa_distance(word, known), known))
        .filter(|(distance, _)| *distance <= 2);
    let (distance, only) = near.next().filter(|_| (5..=80).contains(&length))?;
    (distance == 1 && near.next().is_none()).then_some(only)
}

/// The candidate nearest to a word, if one is so near that it may have been meant: one letter in
/// five, two at most. Of equally near ones the first. Three letters part "Còn" from "Hết".
pub(super) fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let length = word.chars().count();
    // No name is so long, and comparing costs the product of both lengths.
    if 80 < length {
        return None;
    }
    let limit = (length / 5).clamp(1, 2);
    let near = candidates
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance);
    near.map(|(_, candidate)| candidate.to_owned())
}
