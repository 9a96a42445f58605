//! Finds among many scopes those that may meet a provision, without asking each: articles are numbered
//! through a text, so that of two articles with different numbers neither touches the other. What is
//! found may still lie apart; how it does lie, `Provision::relation` tells.

use std::collections::BTreeMap;

use super::document::Scope;
use super::provision::Provision;

/// Places of scopes in a list, by the articles that they name.
#[derive(Clone, Debug, Default)]
pub struct Nearby {
    by_article: BTreeMap<String, Vec<usize>>,
    /// What is not told by articles alone: the whole, chapters, annexes.
    elsewhere: Vec<usize>,
    len: usize,
}

impl Nearby {
    /// Sorts the scopes of a list.
    #[must_use]
    pub fn new<'a>(scopes: impl IntoIterator<Item = &'a Scope>) -> Self {
        let mut nearby = Self::default();
        for scope in scopes {
            nearby.push(scope);
        }
        nearby
    }

    /// Adds the scope that comes next in the list.
    pub fn push(&mut self, scope: &Scope) {
        let place = self.len;
        self.len += 1;
        let Scope::Parts(parts) = scope else { return self.elsewhere.push(place) };
        for part in parts {
            let places = match part.article_label() {
                Some(label) => self.by_article.entry(label.to_owned()).or_default(),
                None => &mut self.elsewhere,
            };
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }

    /// The places of all scopes that may not lie apart from a provision, in the order of the list.
    #[must_use]
    pub fn to(&self, asked: &Provision) -> Vec<usize> {
        let Some(label) = asked.article_label() else { return (0..self.len).collect() };
        let of_article = self.by_article.get(label).into_iter().flatten();
        in_order(of_article.chain(&self.elsewhere).copied().collect())
    }

    /// The places of all scopes that may not lie apart from a scope, in the order of the list.
    #[must_use]
    pub fn to_scope(&self, asked: &Scope) -> Vec<usize> {
        match asked {
            Scope::Parts(parts) => in_order(parts.iter().flat_map(|part| self.to(part)).collect()),
            Scope::Whole | Scope::Unspecified => (0..self.len).collect(),
        }
    }

    /// The places of all scopes that may cover a scope, in the order of the list.
    #[must_use]
    pub fn covering(&self, asked: &Scope) -> Vec<usize> {
        match asked {
            // What covers all of several provisions covers the first of them.
            Scope::Parts(parts) => parts.first().map(|part| self.to(part)).unwrap_or_default(),
            Scope::Whole | Scope::Unspecified => self.elsewhere.clone(),
        }
    }
}

fn in_order(mut places: Vec<usize>) -> Vec<usize> {
    places.sort_unstable();
    places.dedup();
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::provision::Relation;

    #[test]
    fn leaves_out_nothing_that_is_not_apart() {
        let written = [
            "Điều 4",
            "Điều 4 khoản 2",
            "Điều 5",
            "Chương II",
            "Chương II Điều 5 khoản 1",
            "Chương III Mục 1",
            "Phụ lục",
            "Phụ lục I",
            "Phụ lục II Điều 4",
            "Phần I Chương II Điều 4",
        ];
        let provisions = written.map(|text| Provision::parse(text).expect("a provision"));
        let scopes: Vec<Scope> =
            provisions.iter().map(|part| Scope::Parts(vec![part.clone()])).collect();
        let nearby = Nearby::new(&scopes);
        for asked in &provisions {
            let found = nearby.to(asked);
            for (place, part) in provisions.iter().enumerate() {
                let is_apart = [part.relation(asked), asked.relation(part)] == [Relation::Apart; 2];
                assert!(is_apart || found.contains(&place), "{part} beside {asked}");
            }
            assert_eq!(found, in_order(found.clone()));
        }
        let of_article = nearby.to(&provisions[2]);
        assert!(!of_article.contains(&0) && of_article.contains(&2) && of_article.contains(&4));
    }
}
