//! `catalogue.yaml`: who publishes, and by which rules.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::Code;
use crate::language::Language;
use crate::load::excerpt;
use crate::load::reader::{
    Map, Reader, Value, boolean, contact_url, day, markdown, text, url, word,
};
use crate::model::site::{Contact, Policies, Site, UnknownBasis};

/// Reads the settings. What is missing is found and left empty, so that the rest can be judged.
pub(super) fn site(map: &mut Map) -> Site {
    Site {
        title: map.required("title", text).unwrap_or_default(),
        publisher: map.required("publisher", text).unwrap_or_default(),
        notice: map.optional("notice", text),
        base_url: map.optional("base_url", base_url),
        language: map.optional("language", word(&Language::ALL)).unwrap_or_default(),
        contacts: map.maps("contacts", contact),
        policies: map
            .optional("policies", |read, value| read.map(value, policies))
            .unwrap_or_default(),
        home: map.optional("home", markdown),
        compiled: map.optional("compiled", day),
    }
}

/// The address the site will have, with a slash at the end.
fn base_url(read: &mut Reader, value: Value) -> Option<String> {
    let address = url(read, value)?;
    if address.contains(['?', '#']) {
        let finding = Diagnostic::new(Code::BadLink, value.node.span);
        read.say(finding.with("text", excerpt(&address)));
        return None;
    }
    Some(if address.ends_with('/') { address } else { format!("{address}/") })
}

fn contact(map: &mut Map) -> Option<Contact> {
    let name = map.required("name", text);
    let about = map.optional("text", text);
    let url = map.optional("url", contact_url);
    let phone = map.optional("phone", text);
    Some(Contact { name: name?, text: about, url, phone })
}

fn policies(map: &mut Map) -> Policies {
    Policies {
        unknown_basis: map.optional("unknown_basis", word(&UnknownBasis::ALL)).unwrap_or_default(),
        show_internal_process: map.optional("show_internal_process", boolean).unwrap_or_default(),
    }
}
