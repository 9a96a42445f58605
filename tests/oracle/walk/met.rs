//! What the walk met on its way: which branches of the rules decided something. Counted, never compared.

use niemyet::model::date::Date;
use niemyet::model::document::{Act, Document, Scope};

use super::{Diary, Silence};
use crate::names::{Lie, Name};
use crate::reach::{Touch, What};
use crate::tally::Tally;

impl Diary {
    /// Counts what happened in the whole walk.
    pub(crate) fn tell(&self, documents: &[Document], tally: &mut Tally) {
        let last = self.days.last().expect("the walk has a day");
        for page in &last.pages {
            page.partings.iter().for_each(|parting| tally.meet("a parent ends", parting));
        }
        for (document, page) in documents.iter().zip(&last.pages) {
            for (tie, orphaned) in document.implements.iter().zip(&page.orphaned) {
                if *orphaned {
                    tally.meet(
                        "a tie",
                        match (tie.own.is_empty(), tie.scope.is_empty()) {
                            (true, true) => "to a parent",
                            (true, false) => "to parts of a parent",
                            (false, true) => "of parts to a parent",
                            (false, false) => "of parts to parts of a parent",
                        },
                    );
                }
            }
        }
        for (by, document) in documents.iter().enumerate() {
            for (at, effect) in document.effects.iter().enumerate() {
                if matches!(effect.act, Act::Amends | Act::Corrects | Act::Consolidates) {
                    continue;
                }
                let counted = last.counted.get(&(by, at));
                let begins = last.pages[by].begins;
                tally.meet(
                    "when an act counts",
                    match (effect.clause.is_some(), counted) {
                        (true, None) => "by a clause, never",
                        (true, Some(_)) => "by a clause",
                        (false, None) => "by the whole, never",
                        (false, Some(day)) if begins < Some(*day) => {
                            "by the whole, later than its author began"
                        }
                        (false, Some(_)) => "by the whole",
                    },
                );
                if counted.is_some() {
                    let verb = format!("{:?}", effect.act);
                    let verb = verb.split(' ').next().unwrap_or_default();
                    let scope = match effect.scope {
                        Scope::Whole => "whole",
                        Scope::Parts(_) => "parts",
                        Scope::Unspecified => "unspecified",
                    };
                    let except = if effect.except.is_empty() { "" } else { ", but for some" };
                    tally.meet("an act counts", &format!("{verb} {scope}{except}"));
                }
            }
        }
        let mut day = self.first;
        for today in &self.days {
            for page in &today.pages {
                for silence in &page.silences {
                    tally.meet("a suspension", page.tell_of(silence, day));
                }
            }
            day = day.tomorrow().expect("inside the calendar");
        }
    }

    /// By how much of its document a provision ended that has ended.
    pub(crate) fn ending(&self, document: usize, part: &Name, day: Date) -> Option<&'static str> {
        let page = &self.today(day).pages[document];
        let blow = page
            .blows
            .iter()
            .filter(|blow| Touch::Unclear != blow.reach.touches_surely(part))
            .max_by_key(|blow| blow.reach.touches_surely(part))?;
        if blow.reach.what == What::All {
            return Some("with the whole");
        }
        let holding = blow.reach.parts().iter().find(|it| it.lies(part) == Lie::Holds);
        Some(match holding {
            _ if blow.reach.touches_surely(part) == Touch::SomeOfIt => "in part",
            Some(it) if it.is_same(part) => "by itself",
            Some(it) => match it.innermost() {
                4 => "with its article",
                5 => "with its clause",
                _ => "with its chapter",
            },
            None => return None,
        })
    }
}

impl super::Page {
    fn tell_of(&self, silence: &Silence, day: Date) -> &'static str {
        let resumed = self.resumed.iter().filter(|(since, _)| silence.since <= *since);
        let wholly = resumed.clone().any(|(_, reach)| reach.is_everything());
        let partly = silence.reach.parts().iter().any(|part| self.is_resumed(silence, part));
        if wholly {
            "is resumed as a whole"
        } else if silence.until.is_some_and(|until| until <= day) {
            "has reached its day"
        } else if !silence.upheld {
            "died with its author"
        } else if partly {
            "is resumed for some of its provisions"
        } else {
            "holds"
        }
    }
}
