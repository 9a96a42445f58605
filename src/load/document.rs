//! A file of `documents/`: a legal document and what it does to others.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::Code;
use crate::files::Located;
use crate::load::excerpt;
use crate::load::link::{agency, target};
use crate::load::reader::{
    self, Map, Reader, Value, bad_word, day, former_ids, last_day, located, provision, text, url,
    verbatim, window_of, word,
};
use crate::load::tree::Kind as NodeKind;
use crate::model::agency::AgencyId;
use crate::model::document::{
    Act, AssertedStatus, Document, Effect, Effective, Implements, Kind, OwnStart, Places, Scope,
};
use crate::model::number;

use crate::model::{Checked, Slug};

/// Reads a document. Others refer to it, so it is kept whatever is missing: the findings say what.
pub(super) fn document(map: &mut Map, slug: Slug) -> Document {
    let former_ids = former_ids(map);
    let number = map.optional("number", located);
    let short_title = map.optional("short_title", located);
    let title = if short_title.is_some() {
        map.optional("title", text)
    } else {
        map.required("title", text)
    };
    if !map.has("number") && !map.has("short_title") {
        map.read.say(Diagnostic::new(Code::NumberMissing, map.head()));
    }
    let kind = map.optional("kind", kind);
    let has_kind = map.has("kind");
    let issuers = issuers(map);
    let province =
        map.optional("province", reader::slug).map(|province| province.value.to_string());
    let signed = map.optional("signed", day);
    let effective = effective(map);
    let provisions = map.maps("provisions", own_start);
    let own_end = map.optional("last_day", last_day);
    let implements = map.maps("implements", implements);
    let effects = map.maps("effects", effect);
    let status_asserted = map.optional("status_asserted", word(&AssertedStatus::ALL));
    let checked = map.optional("checked", |read, value| read.map(value, checked).flatten());

    let place = |key| map.place(key);
    let places = Places {
        signed: place("signed"),
        effective: place("effective"),
        last_day: place("last_day"),
        status_asserted: place("status_asserted"),
    };

    let named = number.as_ref().or(short_title.as_ref());
    let span = named.map_or(map.head(), |named| named.span);
    let kind = kind.or_else(|| number.as_ref().and_then(|number| number::kind_of(&number.value)));
    if let (None, false, Some(named)) = (kind, has_kind, named) {
        let finding = Diagnostic::new(Code::KindMissing, named.span);
        map.read.say(finding.with("number", excerpt(&named.value)));
    }
    let number = number.map(|number| number.value);
    let short_title = short_title.map(|title| title.value);
    let title = title.or_else(|| short_title.clone()).or_else(|| number.clone());
    Document {
        title: title.unwrap_or_else(|| slug.to_string()),
        slug,
        former_ids,
        number,
        short_title,
        kind: kind.unwrap_or(Kind::Other),
        issuers,
        province,
        signed,
        effective,
        provisions,
        own_end,
        implements,
        effects,
        status_asserted,
        checked,
        span,
        places,
    }
}

/// The key `checked`, and what `last_checked` shares with it.
pub(super) fn checked(map: &mut Map) -> Option<Checked> {
    let on = map.required("on", day);
    let by = map.optional("by", verbatim);
    let source = map.optional("source", url);
    let span = map.place("on").unwrap_or(map.span());
    Some(Checked { on: on?, by, source, span })
}

fn kind(read: &mut Reader, value: Value) -> Option<Kind> {
    let word = text(read, value)?;
    let found = Kind::ALL.iter().find(|(_, known, _)| *known == word).map(|(kind, ..)| *kind);
    if found.is_none() {
        let words: Vec<&str> = Kind::ALL.iter().map(|(_, word, _)| *word).collect();
        bad_word(read, value, &word, &words);
    }
    found
}

/// `issuer` for one, `issuers` for the several of a joint circular.
fn issuers(map: &mut Map) -> Vec<AgencyId> {
    let one = map.optional("issuer", agency);
    let mut all = map.list("issuers", agency);
    if let Some(one) = one.filter(|one| !all.contains(one)) {
        all.insert(0, one);
    }
    all
}

fn effective(map: &mut Map) -> Effective {
    if !map.has("effective") {
        return Effective::Missing;
    }
    let on = map.optional("effective", |read, value| match value.node.text() {
        Some("unknown") => None,
        _ => day(read, value),
    });
    // A day that cannot be read is no missing day: that would be a second finding for one cause.
    on.map_or(Effective::Unknown, Effective::On)
}

fn own_start(map: &mut Map) -> Option<OwnStart> {
    let scope = map.required("scope", provision);
    let from = map.required("from", day);
    let span = map.place("from").unwrap_or(map.span());
    Some(OwnStart { scope: scope?, from: from?, span })
}

fn implements(map: &mut Map) -> Option<Implements> {
    let parent = map.required("document", target);
    let scope = map.one_or_list("scope", provision);
    let own = map.one_or_list("own", provision);
    let Located { value: parent, span } = parent?;
    Some(Implements { parent, scope, own, span })
}

/// The verbs before what each of them needs is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Plain(Act),
    Suspends,
    Postpones,
    Extends,
}

const VERBS: [(Verb, &str); 11] = [
    (Verb::Plain(Act::Replaces), "replaces"),
    (Verb::Plain(Act::Repeals), "repeals"),
    (Verb::Plain(Act::Amends), "amends"),
    (Verb::Suspends, "suspends"),
    (Verb::Plain(Act::Resumes), "resumes"),
    (Verb::Extends, "extends"),
    (Verb::Postpones, "postpones"),
    (Verb::Plain(Act::DeclaresExpired), "declares_expired"),
    (Verb::Plain(Act::DeclaresContinuing), "declares_continuing"),
    (Verb::Plain(Act::Corrects), "corrects"),
    (Verb::Plain(Act::Consolidates), "consolidates"),
];

fn effect(map: &mut Map) -> Option<Effect> {
    let verb = map.required("verb", word(&VERBS));
    let document = map.required("document", target);
    let scope = scope(map);
    let except = map.one_or_list("except", provision);
    let clause = map.optional("clause", provision);
    let (act, from) = match verb {
        Some(Verb::Plain(act)) => (Some(act), map.optional("from", day)),
        Some(Verb::Suspends) => {
            let window = window_of(map);
            let act = window.map(|window| Act::Suspends { until: window.until });
            (act, window.and_then(|window| window.from))
        }
        Some(Verb::Postpones) => {
            let to = map.required("to", day);
            (to.map(|to| Act::Postpones { to }), map.optional("from", day))
        }
        Some(Verb::Extends) => {
            let until = map.required("last_day", last_day);
            (until.map(|until| Act::Extends { until }), map.optional("from", day))
        }
        // Which keys belong to a verb that cannot be read is not known, so none of them is wrong.
        None => {
            for key in ["from", "to", "last_day"] {
                map.has(key);
            }
            (None, None)
        }
    };
    let Located { value: target, span } = document?;
    Some(Effect { act: act?, target, scope: scope?, except, from, clause, span })
}

fn scope(map: &mut Map) -> Option<Scope> {
    let Some(value) = map.find("scope") else { return Some(Scope::Whole) };
    if value.node.text() == Some("unspecified") {
        return Some(Scope::Unspecified);
    }
    let parts = map.one_or_list("scope", provision);
    // An act on parts that cannot be read is not an act on the whole.
    if parts.is_empty() {
        if value.node.kind == NodeKind::List(Vec::new()) {
            let finding = Diagnostic::new(Code::EmptyValue, value.node.span);
            map.read.say(finding.with("key", value.key));
        }
        return None;
    }
    Some(Scope::Parts(parts))
}
