//! How far ahead a site knows itself: the coming days on which it changes, and the day from which it is no
//! longer to be taken for confirmed. Two clocks that are never one: what the law will be is shown on its
//! day; that nobody has confirmed it lately is only said.

use super::Ahead;
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::validity::Assessment;
use crate::validity::procedure::citation_days;

/// For how many days a page knows what it will be.
const HORIZON: i32 = 400;

/// The days after today, up to the horizon, on which anything on the site differs from the day before.
#[must_use]
pub fn days(catalogue: &Catalogue, assessment: &Assessment) -> Vec<Date> {
    let mut days = assessment.change_days(catalogue);
    let bases = catalogue.groups.iter().flat_map(|group| &group.legal_basis);
    days.extend(bases.flat_map(|citation| citation_days(assessment.lives(), citation)));
    let last = after(assessment.today, HORIZON);
    days.retain(|day| (assessment.today..=last).contains(day) && *day != assessment.today);
    days.into_iter().collect()
}

/// The day from which a page says that it was not confirmed: after a while; or earlier, when more is
/// published than what could be told. A page that tells nothing of the days ahead is gone by then.
pub(super) fn valid_until(catalogue: &Catalogue, assessment: &Assessment, ahead: Ahead) -> Date {
    let max_age = i32::try_from(catalogue.site.policies.max_age).unwrap_or(HORIZON);
    let unconfirmed = after(assessment.as_of, max_age.min(HORIZON));
    let untold = match ahead {
        Ahead::Woven => assessment.first_untold(),
        Ahead::Left => None,
    };
    untold.map_or(unconfirmed, |day| day.min(unconfirmed))
}

fn after(day: Date, days: i32) -> Date {
    (0..days).fold(day, |day, _| day.tomorrow().unwrap_or(day))
}
