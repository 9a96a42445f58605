//! A case in words, much as an editor would write it.

use std::fmt::Write;

use niemyet::model::Catalogue;
use niemyet::model::citation::{Citation, Role};
use niemyet::model::date::Window;
use niemyet::model::document::{Act, Document, Effect, Effective, Kind, Scope};
use niemyet::model::procedure::Visibility;
use niemyet::model::provision::Provision;

use crate::registers::Case;

/// The whole case.
pub(crate) fn describe(case: &Case) -> String {
    let mut text = format!("days: {} to {}\n", case.first, case.last);
    for document in &case.catalogue.documents {
        describe_document(&mut text, &case.catalogue, document);
    }
    for decision in &case.catalogue.decisions {
        line(
            &mut text,
            &format!(
                "{}: {{signed: {:?}, effective: {:?}}}",
                decision.slug, decision.signed, decision.effective
            ),
        );
        for item in &decision.items {
            let replaced_by = item.replaced_by.as_ref().map(|code| &code.value);
            let code = &item.procedure.value;
            line(&mut text, &format!("  - {:?} {code}, replaced_by {replaced_by:?}", item.action));
        }
    }
    for procedure in &case.catalogue.procedures {
        let internal = procedure.visibility == Visibility::Internal;
        let code = &procedure.code.value;
        let validity = window(procedure.validity);
        let secret = if internal { ", internal" } else { "" };
        line(&mut text, &format!("{}: {code}{secret}{validity}", procedure.slug));
        if let Some(announced) = &procedure.announced {
            line(&mut text, &format!("  announced {announced:?}"));
        }
        describe_citations(&mut text, &case.catalogue, &procedure.legal_basis);
        for element in &procedure.elements {
            line(&mut text, &format!("  element {}{}", element.name, window(element.validity)));
            describe_citations(&mut text, &case.catalogue, &element.legal_basis);
        }
    }
    for group in &case.catalogue.groups {
        line(&mut text, &format!("group {}{}", group.slug, window(group.validity)));
        describe_citations(&mut text, &case.catalogue, &group.legal_basis);
    }
    for agency in &case.catalogue.agencies {
        line(&mut text, &format!("agency {}{}", agency.slug, window(agency.validity)));
        for office in &agency.offices {
            line(&mut text, &format!("  office {}{}", office.id, window(office.validity)));
        }
    }
    text
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("text takes all that is written");
}

fn describe_document(text: &mut String, catalogue: &Catalogue, document: &Document) {
    let effective = match document.effective {
        Effective::On(day) => day.to_string(),
        Effective::Unknown => "unknown".to_owned(),
        Effective::Missing => "missing".to_owned(),
    };
    let term = document.own_end.map_or(String::new(), |day| format!(", own_end {day}"));
    let kind = if document.kind == Kind::Law { "" } else { document.kind.name() };
    line(text, &format!("{}: {kind} effective {effective}{term}", document.slug));
    for own in &document.provisions {
        line(text, &format!("  {} from {}", own.scope, own.from));
    }
    for tie in &document.implements {
        let parent = &catalogue[tie.parent].slug;
        let (scope, own) = (list(&tie.scope), list(&tie.own));
        line(text, &format!("  implements {parent}, scope {scope}, own {own}"));
    }
    for effect in &document.effects {
        line(text, &format!("  {}", describe_effect(catalogue, effect)));
    }
}

fn describe_effect(catalogue: &Catalogue, effect: &Effect) -> String {
    let act = match effect.act {
        Act::Suspends { until: Some(until) } => format!("suspends until {until}"),
        Act::Postpones { to } => format!("postpones to {to}"),
        Act::Extends { until } => format!("extends until {until}"),
        act => format!("{act:?}"),
    };
    let scope = match &effect.scope {
        Scope::Whole => String::new(),
        Scope::Parts(parts) => format!(", scope {}", list(parts)),
        Scope::Unspecified => ", scope unspecified".to_owned(),
    };
    let except = if effect.except.is_empty() {
        String::new()
    } else {
        format!(", except {}", list(&effect.except))
    };
    let from = effect.from.map_or(String::new(), |day| format!(", from {day}"));
    let clause = effect.clause.as_ref().map_or(String::new(), |clause| format!(", by {clause}"));
    format!("{act} {}{scope}{except}{from}{clause}", catalogue[effect.target].slug)
}

fn describe_citations(text: &mut String, catalogue: &Catalogue, citations: &[Citation]) {
    for citation in citations {
        let label = catalogue.cited_label(&citation.document);
        let parts = list(&citation.provisions);
        let main = if citation.role == Role::Main { ", main" } else { "" };
        let exempt = citation
            .exemption
            .as_ref()
            .map_or(String::new(), |exemption| format!(", exempt until {}", exemption.until));
        let validity = window(citation.validity);
        line(text, &format!("    cites {label} {parts}{main}{exempt}{validity}"));
    }
}

fn list(provisions: &[Provision]) -> String {
    let names: Vec<String> = provisions.iter().map(ToString::to_string).collect();
    format!("[{}]", names.join(", "))
}

fn window(window: Window) -> String {
    if window == Window::default() {
        return String::new();
    }
    let day =
        |day: Option<niemyet::model::date::Date>| day.map_or(String::new(), |it| it.to_string());
    format!(", valid {}..{}", day(window.from), day(window.until))
}
