//! A file of `decisions/`: an announcing decision (quyết định công bố) and what it does to procedures.

use crate::files::Located;
use crate::load::link::{agency, announcing, cause};
use crate::load::reader::{Map, Reader, Value, day, located, named, text, word};
use crate::load::tree::Kind;
use crate::model::Slug;
use crate::model::decision::{Action, Decision, DecisionItem, Follows, Places};

/// Reads a decision. Procedures refer to it, so it is kept whatever is missing.
pub(super) fn decision(map: &mut Map, slug: Slug) -> Decision {
    let number = map.required("number", |read, value| {
        let number = located(read, value)?;
        announcing(read, &number, false);
        Some(number)
    });
    let issuer = map.optional("issuer", agency);
    let signed = map.optional("signed", day);
    let effective = map.optional("effective", day);
    let made_public = map.optional("made_public", day);
    let follows = map.optional("follows", follows);
    let items = map.maps("items", item);
    let places = Places {
        signed: map.place("signed"),
        effective: map.place("effective"),
        made_public: map.place("made_public"),
    };
    let number = number.unwrap_or_else(|| Located { value: slug.to_string(), span: map.head() });
    Decision {
        slug,
        number: number.value,
        issuer,
        signed,
        effective,
        made_public,
        follows,
        items,
        span: number.span,
        places,
    }
}

/// The ministry's decision: its bare number, or a map with the day it was received.
fn follows(read: &mut Reader, value: Value) -> Option<Follows> {
    let Kind::Map(_) = value.node.kind else {
        return Some(Follows { decision: followed(read, value)?, received: None });
    };
    let follows = read.map(value, |map| {
        let decision = map.required("decision", followed);
        let received = map.optional("received", day);
        Some(Follows { decision: decision?, received })
    });
    follows.flatten()
}

fn followed(read: &mut Reader, value: Value) -> Option<String> {
    let number = named(read, value)?;
    announcing(read, &number, false);
    Some(number.value)
}

fn item(map: &mut Map) -> Option<DecisionItem> {
    let action = map.required("action", word(&Action::ALL));
    let procedure = map.required("procedure", located);
    let parts = map.one_or_list("parts", text);
    let because_of = map.optional("because_of", cause);
    let replaced_by = map.optional("replaced_by", located);
    Some(DecisionItem { action: action?, procedure: procedure?, parts, because_of, replaced_by })
}
