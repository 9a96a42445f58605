//! How provisions lie in each other, worked out from their printed names alone and once more:
//! shares nothing with `model::provision` but the words.

use niemyet::model::provision::Provision;

/// A provision as printed: the rank of each word (0 is the widest) and its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name(Vec<(usize, String)>);

/// How one provision lies to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lie {
    /// The other is the same, or lies in it.
    Holds,
    /// It lies in the other.
    Within,
    /// They share nothing.
    Apart,
    /// The names do not tell.
    Unclear,
}

const ANNEX: usize = 0;
const ARTICLE: usize = 4;

impl Name {
    pub(crate) fn of(provision: &Provision) -> Self {
        let printed = provision.to_string().replace("Phụ lục", "Phụ_lục");
        let mut steps: Vec<(usize, String)> = Vec::new();
        for word in printed.split(' ') {
            let rank = ["Phụ_lục", "Phần", "Chương", "Mục", "Điều", "khoản", "điểm"]
                .iter()
                .position(|level| *level == word);
            match rank {
                Some(rank) => steps.push((rank, String::new())),
                None => word.clone_into(&mut steps.last_mut().expect("a level goes first").1),
            }
        }
        Self(steps)
    }

    pub(crate) fn lies(&self, other: &Self) -> Lie {
        let (mine, theirs) = (&self.0[..], &other.0[..]);
        match (label(mine, ANNEX), label(theirs, ANNEX)) {
            (Some(_), None) | (None, Some(_)) => return Lie::Apart,
            // "Phụ lục" without a label may be any annex.
            (Some(one), Some(two)) if one != two && (one.is_empty() || two.is_empty()) => {
                return Lie::Unclear;
            }
            (Some(_), Some(_)) => return chain(mine, theirs),
            (None, None) => {}
        }
        match (from_article(mine), from_article(theirs)) {
            // Articles are numbered through the text.
            (Some(one), Some(two)) => chain(one, two),
            (None, None) => chain(mine, theirs),
            (Some(one), None) => chapters(&mine[..mine.len() - one.len()], theirs),
            (None, Some(two)) => match chapters(&theirs[..theirs.len() - two.len()], mine) {
                Lie::Within => Lie::Holds,
                lie => lie,
            },
        }
    }

    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.lies(other) == Lie::Holds && other.lies(self) == Lie::Holds
    }

    /// Whether, where the names do not tell, it could hold the other.
    pub(crate) fn may_hold(&self, other: &Self) -> bool {
        self.lies(other) == Lie::Unclear && self.innermost() <= other.innermost()
    }

    /// The rank of the innermost level.
    pub(crate) fn innermost(&self) -> usize {
        self.0.last().map_or(0, |(rank, _)| *rank)
    }
}

fn label(steps: &[(usize, String)], rank: usize) -> Option<&str> {
    steps.iter().find(|(level, _)| *level == rank).map(|(_, label)| label.as_str())
}

fn from_article(steps: &[(usize, String)]) -> Option<&[(usize, String)]> {
    steps.iter().position(|(level, _)| *level == ARTICLE).map(|at| &steps[at..])
}

/// An article with the chapters named before it, against a name without an article.
fn chapters(before: &[(usize, String)], other: &[(usize, String)]) -> Lie {
    match chain(before, other) {
        Lie::Holds if before == other => Lie::Within,
        Lie::Holds => Lie::Unclear,
        lie => lie,
    }
}

fn chain(mine: &[(usize, String)], theirs: &[(usize, String)]) -> Lie {
    for (one, two) in mine.iter().zip(theirs) {
        if one.0 != two.0 {
            return Lie::Unclear;
        }
        if one.1 != two.1 {
            return Lie::Apart;
        }
    }
    if mine.len() <= theirs.len() { Lie::Holds } else { Lie::Within }
}
