//! Legal bases: only those that a page may show today, each with its force in words.

use serde::Serialize;

use super::{Day, Here, Tag, text};
use crate::model::citation::{Citation, Cited};
use crate::model::date::Date;
use crate::model::document::{DocumentId, Kind};
use crate::render::lists;
use crate::render::route::Route;
use crate::validity::procedure::{Showing, citation_days, citation_state, showing};
use crate::validity::standing::{Fact, Force};
use crate::validity::timeline::Timeline;
use crate::validity::words as law;

/// A legal basis in force, exempt, or not yet compared.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct BasisRow {
    href: Option<String>,
    /// The number, or the name of a text that has none.
    pub(super) number: String,
    /// Whether it is a number.
    pub(super) numbered: bool,
    title: Option<String>,
    pub(super) provisions: Option<String>,
    pub(super) tag: Tag,
    since: Option<Day>,
    pub(super) until: Option<String>,
    /// Why an ended text is still applied.
    pub(super) statement: Option<String>,
}

/// The bases that are shown, in the order of the editors.
pub(super) fn rows(here: Here<'_>, citations: &[Citation]) -> Vec<BasisRow> {
    citations.iter().filter_map(|citation| row(here, citation)).collect()
}

fn row(here: Here<'_>, citation: &Citation) -> Option<BasisRow> {
    let showing = lists::showing(here.catalogue(), here.assessment, citation);
    let last_day = last_day(here, citation);
    let begins = if showing == Showing::InForce { begins(here, citation) } else { None };
    let said = |key, day| here.words().fill(key, &[("day", &text::day(day))]);
    let until = match begins {
        Some(day) => Some(said("from_day", day)),
        None => last_day.map(|day| said("force_through", day)),
    };
    let tag = match showing {
        Showing::Hidden => return None,
        Showing::InForce if begins.is_some() => tag("soon", here.say("force_coming")),
        Showing::InForce => {
            let shape = if last_day.is_some() { "soon" } else { "on" };
            tag(shape, &force_words(here, citation))
        }
        Showing::Exempt => tag("unsure", here.say("force_exempt")),
        Showing::Unchecked => tag("unsure", here.say("force_unchecked")),
    };
    let provisions = (!citation.provisions.is_empty())
        .then(|| text::provisions(here.words(), &citation.provisions));
    let statement = match (&citation.exemption, showing) {
        (Some(exemption), Showing::Exempt) => {
            let last = exemption.until.yesterday().unwrap_or(exemption.until);
            let values = [("reason", exemption.reason.as_str()), ("day", &text::day(last))];
            Some(here.words().fill("exemption_statement", &values))
        }
        _ => None,
    };
    Some(match citation.document {
        Cited::Known(id) => {
            let document = &here.catalogue()[id];
            BasisRow {
                href: Some(here.href(Route::Document(id))),
                number: document.label().to_owned(),
                numbered: document.number.is_some(),
                title: (document.label() != document.title).then(|| document.title.clone()),
                provisions,
                tag,
                since: start(here, id)
                    .filter(|_| showing == Showing::InForce && begins.is_none())
                    .map(Day::new),
                until: until.filter(|_| showing == Showing::InForce),
                statement,
            }
        }
        Cited::Unknown(ref written) => BasisRow {
            href: None,
            number: written.clone(),
            numbered: true,
            title: None,
            provisions,
            tag,
            since: None,
            until: None,
            statement,
        },
    })
}

/// The day on which what is shown as in force will be so, where it is not yet: on the page of what is
/// announced, which is drawn as of its first day.
fn begins(here: Here<'_>, citation: &Citation) -> Option<Date> {
    let lives = here.assessment.lives();
    let supports = |day| citation_state(lives, citation, day).supports();
    if supports(here.site.assessment.today) {
        return None;
    }
    Timeline::sample(citation_days(lives, citation), supports).since(here.assessment.today)
}

/// How what is cited stands: a provision is in force or not cited; a whole text may have ended in part.
/// A consolidated text stands as what it consolidates, and has no force of its own to tell.
fn force_words(here: Here<'_>, citation: &Citation) -> String {
    match citation.document {
        Cited::Known(id)
            if citation.provisions.is_empty()
                && here.catalogue()[id].kind != Kind::Consolidation =>
        {
            force_tag(here, id).text
        }
        _ => here.say("force_in_force").to_owned(),
    }
}

fn tag(shape: &'static str, text: &str) -> Tag {
    Tag { shape, text: text.to_owned() }
}

/// The last day on which a citation that is shown today is shown, as far as the register knows.
pub(super) fn last_day(here: Here<'_>, citation: &Citation) -> Option<Date> {
    let lives = here.assessment.lives();
    let policy = here.catalogue().site.policies.unknown_basis;
    let line = Timeline::sample(citation_days(lives, citation), |day| {
        let showing = showing(lives, citation, policy, day);
        matches!(showing, Showing::InForce | Showing::Exempt)
    });
    let (day, shown) = line.next_after(here.assessment.today)?;
    if *shown { None } else { day.yesterday().ok() }
}

/// The day from which a document stands as it does: its first day, or the one on which it was suspended,
/// partly ended or became unclear.
pub(in crate::render) fn start(here: Here<'_>, id: DocumentId) -> Option<Date> {
    let standing = here.assessment.document(id);
    let is_as_begun = matches!(
        standing.force,
        Force::InForce | Force::InForceInPart | Force::NotYet | Force::NotYetButInPart
    );
    if !is_as_begun {
        let spans = here.assessment.life(id).whole().spans().rev();
        return spans
            .skip_while(|(from, _)| here.assessment.today < *from)
            .take_while(|(_, then)| then.force == standing.force)
            .last()
            .map(|(from, _)| from)
            .filter(|from| *from != Date::MIN);
    }
    let begins = standing
        .because
        .iter()
        .find(|link| link.to == id && matches!(link.fact, Fact::TakesEffect | Fact::Moved(_)));
    begins.and_then(|link| link.day)
}

/// How a document stands, as a tag.
pub(super) fn force_tag(here: Here<'_>, id: DocumentId) -> Tag {
    let force = here.assessment.document(id).force;
    let shape = match force {
        Force::InForce | Force::InForceInPart | Force::PartlyEnded | Force::PartlySuspended => "on",
        Force::NotYet | Force::NotYetButInPart => "soon",
        Force::Suspended | Force::Unknown | Force::NotItsOwn => "unsure",
        Force::Ended | Force::EndedExcept | Force::Withdrawn => "off",
    };
    let words = law::force(force, here.words().language);
    Tag { shape, text: text::capital(words) }
}
