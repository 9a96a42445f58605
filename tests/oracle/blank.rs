//! Things of the model with nothing in them, and days and provisions that are written out.

use std::collections::BTreeMap;

use niemyet::files::{FileId, Located, Span};
use niemyet::language::Language;
use niemyet::model::agency::FieldId;
use niemyet::model::citation::{Citation, Cited, Role};
use niemyet::model::date::{Date, Window, parse};
use niemyet::model::document::{
    Act, Document, DocumentId, Effect, Effective, Implements, Kind, Scope,
};
use niemyet::model::procedure::{Authority, Origin, Procedure, Related, Visibility};
use niemyet::model::provision::Provision;
use niemyet::model::registers::Terms;
use niemyet::model::site::{Policies, Site, Upkeep};
use niemyet::model::{Catalogue, Codes, Slug};

/// A day that is written out.
pub(crate) fn day(text: &str) -> Date {
    parse(text).expect("a date")
}

/// A provision that is written out.
pub(crate) fn provision(text: &str) -> Provision {
    Provision::parse(text).expect("a provision")
}

/// Where nothing is written.
pub(crate) fn nowhere() -> Span {
    Span::head(FileId(0))
}

/// A catalogue without anything in it.
pub(crate) fn empty() -> Catalogue {
    Catalogue {
        site: Site {
            title: "Thủ tục".to_owned(),
            publisher: "UBND".to_owned(),
            notice: None,
            base_url: None,
            second: None,
            licence: None,
            language: Language::Vietnamese,
            contacts: Vec::new(),
            policies: Policies::default(),
            upkeep: Upkeep::default(),
            home: None,
            home_procedures: Vec::new(),
            compiled: None,
            holidays_until: None,
            repository: None,
        },
        documents: Vec::new(),
        decisions: Vec::new(),
        procedures: Vec::new(),
        codes: Codes::default(),
        agencies: Vec::new(),
        fields: Vec::new(),
        life_events: Vec::new(),
        groups: Vec::new(),
        translations: Vec::new(),
        terms: Terms::default(),
        holidays: Vec::new(),
        reports: Vec::new(),
        pages: Vec::new(),
        prose: std::sync::Arc::from([]),
        form_files: BTreeMap::new(),
    }
}

/// A document that does nothing, with this name.
pub(crate) fn document(name: &str, effective: Effective) -> Document {
    Document {
        former_ids: Vec::new(),
        slug: Slug::new(name).expect("a slug"),
        number: None,
        short_title: None,
        title: name.to_owned(),
        kind: Kind::Law,
        issuers: Vec::new(),
        province: None,
        signed: None,
        effective,
        provisions: Vec::new(),
        own_end: None,
        implements: Vec::new(),
        effects: Vec::new(),
        status_asserted: None,
        checked: None,
        span: nowhere(),
        places: niemyet::model::document::Places::default(),
    }
}

/// An act on the whole of a document.
pub(crate) fn effect(act: Act, target: usize) -> Effect {
    Effect {
        act,
        target: document_id(target),
        scope: Scope::Whole,
        except: Vec::new(),
        from: None,
        clause: None,
        span: nowhere(),
    }
}

/// A tie of a whole document to a whole parent.
pub(crate) fn tie(parent: usize) -> Implements {
    Implements { parent: document_id(parent), scope: Vec::new(), own: Vec::new(), span: nowhere() }
}

pub(crate) fn document_id(at: usize) -> DocumentId {
    DocumentId(u32::try_from(at).expect("a handful"))
}

/// A citation of a whole document.
pub(crate) fn citation(document: Cited) -> Citation {
    Citation {
        document,
        provisions: Vec::new(),
        provision_spans: Vec::new(),
        role: Role::Supporting,
        validity: Window::default(),
        exemption: None,
        span: nowhere(),
    }
}

/// A public procedure without a basis.
pub(crate) fn procedure(name: &str, code: &str) -> Procedure {
    Procedure {
        former_ids: Vec::new(),
        slug: Slug::new(name).expect("a slug"),
        code: located(code),
        title: name.to_owned(),
        plain_title: None,
        search_terms: Vec::new(),
        field: FieldId(0),
        levels: Vec::new(),
        class: None,
        audience: Vec::new(),
        source: None,
        visibility: Visibility::Public,
        origin: Origin::National,
        validity: Window::default(),
        legal_basis: Vec::new(),
        authority: Authority::default(),
        any_office: false,
        channels: Vec::new(),
        reception: Vec::new(),
        cases: Vec::new(),
        dossier_sets: None,
        forms: Vec::new(),
        steps: Vec::new(),
        internal_process: Vec::new(),
        requirements: None,
        results: Vec::new(),
        announced: None,
        complaints: None,
        related: Related::default(),
        last_checked: None,
        elements: Vec::new(),
    }
}

pub(crate) fn located(text: &str) -> Located<String> {
    Located { value: text.to_owned(), span: nowhere() }
}
