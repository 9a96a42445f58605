//! What checks ask of the register beside the answer for a day: circles, the days of acts, first days
//! and ends. Compares with today on their behalf; finds nothing itself.

use std::collections::BTreeSet;

use super::Assessment;
use super::beginning::Start;
use super::life::Life;
use super::order::order;
use super::standing::{Author, Fact, Force, Link, Standing};
use crate::model::Catalogue;
use crate::model::date::{Date, Window};
use crate::model::document::{DocumentId, Effect, Implements, Scope};
use crate::model::provision::Provision;

impl Assessment {
    /// Whether a day has not come yet: nothing can have been signed or compared on it.
    #[must_use]
    pub fn is_to_come(&self, day: Date) -> bool {
        self.today < day
    }

    /// Whether the days of a window are over.
    #[must_use]
    pub fn is_over(&self, window: Window) -> bool {
        window.until.is_some_and(|until| until <= self.today)
    }

    /// The circles of documents that act on each other, each in the order of the register.
    #[must_use]
    pub fn circles(&self, catalogue: &Catalogue) -> Vec<BTreeSet<DocumentId>> {
        // The walk is made anew: a register without circles, as nearly all are, need not keep it.
        if !self.lives.iter().any(Life::is_on_circle) {
            return Vec::new();
        }
        order(catalogue).rounds
    }

    /// The day on which an act counts (rule 4).
    #[must_use]
    pub fn counts(&self, by: DocumentId, effect: &Effect) -> Option<Date> {
        self.life(by).counts(effect.clause.as_ref(), effect.from)
    }

    /// The day on which an act would count if it named no day of its own.
    #[must_use]
    pub fn could_count(&self, by: DocumentId, effect: &Effect) -> Option<Date> {
        self.life(by).counts(effect.clause.as_ref(), None)
    }

    /// The day on which the parent has ended for a tie (rule 3).
    #[must_use]
    pub fn parent_end(&self, tie: &Implements) -> Option<Date> {
        self.life(tie.parent).end_for(&tie.scope).map(|(day, _)| day)
    }
}

impl Life {
    /// The day on which nothing of it was left, and why.
    #[must_use]
    pub fn over(&self) -> Option<(Date, &Standing)> {
        let is_over =
            |standing: &Standing| matches!(standing.force, Force::Ended | Force::Withdrawn);
        self.whole().spans().find(|(_, standing)| is_over(standing))
    }

    /// The day on which the end of something began to hold, if it had ended by the eve of a day: of a
    /// provision, or of the whole.
    #[must_use]
    pub fn over_before(&self, asked: Option<&Provision>, day: Date) -> Option<(Date, Vec<Link>)> {
        let Some(asked) = asked else {
            let (on, standing) = self.over().filter(|(on, _)| *on < day)?;
            return Some((on, standing.because.clone()));
        };
        let standing = self.standing(Some(asked), day.yesterday().ok()?);
        let on = standing.since()?;
        (standing.force == Force::Ended).then_some((on, standing.because))
    }

    /// Whether the register holds an act, a term or a parent's end that ends all of it, on any day.
    #[must_use]
    pub fn has_whole_end(&self) -> bool {
        self.ends.iter().any(|end| end.reach.scope == Scope::Whole)
    }

    /// Whether the register holds an end of which it does not say what it touches.
    #[must_use]
    pub fn has_unspecified_end(&self) -> bool {
        self.ends.iter().any(|end| end.reach.scope == Scope::Unspecified)
    }

    /// Whether the register holds an end of anything in it, on any day.
    #[must_use]
    pub fn has_end(&self) -> bool {
        !self.ends.is_empty()
    }

    /// The first day on which the whole of it may be cited.
    #[must_use]
    pub fn first_whole_day(&self) -> Option<Date> {
        let can_be_cited = |standing: &Standing| standing.force.carries_whole();
        self.whole().spans().find(|(_, standing)| can_be_cited(standing)).map(|(day, _)| day)
    }

    /// The first day on which anything of these parts begins; of the document where there are none.
    /// Nothing where the register does not say.
    #[must_use]
    pub fn earliest_day(&self, parts: &[Provision]) -> Option<Date> {
        if parts.is_empty() {
            let own = self.begins.own.iter().map(|own| own.day);
            return self.start_day().map(|day| own.fold(day, Date::min));
        }
        parts.iter().filter_map(|part| self.begins.first_days(part).first().copied()).min()
    }
    /// The first days that were moved, each with the last who did so: of the whole, and of provisions.
    pub fn moved(&self) -> impl Iterator<Item = (Option<&Provision>, Date, &Author)> {
        let of_whole = match &self.begins.whole {
            Start::On { day, moved } => Some((None, *day, moved.as_ref())),
            Start::Unknown => None,
        };
        let own = self.begins.own.iter();
        let of_parts = own.map(|own| (Some(&own.scope), own.day, own.moved.as_ref()));
        let all = of_whole.into_iter().chain(of_parts);
        all.filter_map(|(part, day, moved)| Some((part, day, &moved?.author)))
    }

    /// The day on which its own term has run out, as it was extended, and the link that says so.
    #[must_use]
    pub fn term_end(&self) -> Option<(Date, &Link)> {
        let mut links = self.ends.iter().filter_map(|end| Some((end.on, end.chain.first()?)));
        links.find(|(_, link)| matches!(link.fact, Fact::TermEnds { .. }))
    }
}
