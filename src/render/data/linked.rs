//! What a page is about, in the words of schema.org, for search engines and other readers of pages: JSON-LD
//! in a `script` that nothing runs. Each page of a day has its own; of a page of many days that is kept which
//! all of them say.
//!
//! It says what the page shows, no more, and less where schema.org would make a half truth of it. Pages
//! that search engines are asked to pass over have none.

use serde_json::{Value, json};

use super::{Part, published, url};
use crate::model::agency::{AgencyId, OfficeId};
use crate::model::document::{Act, DocumentId};
use crate::model::procedure::ProcedureId;
use crate::render::route::{self, Route, href, thing};
use crate::render::view::Here;
use crate::render::view::basis::start;
use crate::render::view::frame::Frame;
use crate::validity::standing::Force;

/// The JSON-LD of a page, ready to stand in a `script`.
pub(in crate::render) fn linked(here: Here<'_>, route: Route, frame: &Frame) -> Option<String> {
    if frame.noindex || matches!(route, Route::NotFound | Route::Moved(_)) {
        return None;
    }
    let about = match route {
        Route::Procedure(id) => published(here.site, id).map(|part| service(here, id, part)),
        Route::Document(id) => Some(legislation(here, id)),
        Route::Agency(id) => Some(agency(here, id)),
        _ => None,
    };
    let page = page(here, route, frame, about.is_some());
    let crumbs = crumbs(here, route, frame);
    let all: Vec<Value> = about.into_iter().chain(page).chain(crumbs).collect();
    if all.is_empty() {
        return None;
    }
    let text = json!({ "@context": "https://schema.org", "@graph": all }).to_string();
    // No end tag stands in it, and no comment begins there.
    Some(text.replace('<', "\\u003c"))
}

/// The page itself, where it stands in two languages: in which one it is, and where it is translated.
fn page(here: Here<'_>, route: Route, frame: &Frame, is_of_thing: bool) -> Option<Value> {
    let [first, second] = here.site.parallel(route)?;
    let ((language, address), (other, translation), tie) = match here.site.tongue {
        Some(_) => (second, first, "translationOfWork"),
        None => (first, second, "workTranslation"),
    };
    let at = |address: &str| match here.site.base_url() {
        Some(base) if route == Route::Home => href(base, address.trim_end_matches("index.html")),
        Some(base) => href(base, address),
        None => href(here.root, address),
    };
    let about = is_of_thing.then(|| json!({ "@id": own(here, route) }));
    Some(object([
        ("@type", "WebPage".into()),
        ("@id", at(&address).into()),
        ("name", frame.title.as_str().into()),
        ("inLanguage", language.tag().into()),
        ("mainEntity", about.into()),
        (tie, json!({ "@type": "WebPage", "@id": at(&translation), "inLanguage": other.tag() })),
    ]))
}

fn service(here: Here<'_>, id: ProcedureId, part: Part<'_>) -> Value {
    let site = here.site;
    let data = part.whole();
    let bodies = |agencies: &[AgencyId]| -> Vec<Value> {
        let there =
            agencies.iter().filter(|id| site.assessment.is_agency_there(&site.catalogue, **id));
        there.map(|id| named(here, *id)).collect()
    };
    let authority = &part.procedure.authority;
    let channels: Vec<Value> = data
        .channels
        .iter()
        .filter_map(|channel| channel.url)
        .map(|url| json!({ "@type": "ServiceChannel", "serviceUrl": url }))
        .collect();
    let outputs: Vec<Value> = data
        .results
        .iter()
        .map(|result| json!({ "@type": "Thing", "name": result.name }))
        .collect();
    // Some of the fees would be taken for all of them.
    let is_whole = data.channels.iter().all(|channel| !channel.fees_incomplete);
    let fees = data.channels.iter().flat_map(|channel| &channel.fees).filter(|_| is_whole);
    let mut offers: Vec<Value> = Vec::new();
    for fee in fees {
        let (Some(amount), Some(currency)) = (fee.amount, fee.currency) else { continue };
        let said: Vec<&str> = [fee.name, fee.unit, fee.when].into_iter().flatten().collect();
        let offer = object([
            ("@type", "Offer".into()),
            ("price", amount.to_string().into()),
            ("priceCurrency", currency.into()),
            ("description", said.join("; ").into()),
        ]);
        if !offers.contains(&offer) {
            offers.push(offer);
        }
    }
    object([
        ("@type", "GovernmentService".into()),
        ("@id", own(here, Route::Procedure(id)).into()),
        ("name", data.plain_title.unwrap_or(data.title).into()),
        ("alternateName", data.plain_title.map(|_| data.title).into()),
        ("identifier", data.code.into()),
        ("serviceType", data.field.name.into()),
        ("url", url_of(here, Route::Procedure(id)).into()),
        ("provider", bodies(&authority.decides).into()),
        ("serviceOperator", bodies(&authority.performs).into()),
        ("availableChannel", channels.into()),
        ("serviceOutput", outputs.into()),
        ("offers", offers.into()),
    ])
}

fn legislation(here: Here<'_>, id: DocumentId) -> Value {
    let site = here.site;
    let document = &site.catalogue[id];
    let live = |other: DocumentId| other != id && here.is_live(other);
    let others = |act: fn(Act) -> bool| -> Vec<Value> {
        let mut others: Vec<DocumentId> = document
            .effects
            .iter()
            .filter(|effect| act(effect.act) && live(effect.target))
            .map(|effect| effect.target)
            .collect();
        others.sort_unstable();
        others.dedup();
        others.into_iter().map(|other| law(here, other)).collect()
    };
    let mut parents: Vec<DocumentId> =
        document.implements.iter().map(|tie| tie.parent).filter(|parent| live(*parent)).collect();
    parents.sort_unstable();
    parents.dedup();
    let issuers: Vec<Value> = document
        .issuers
        .iter()
        .filter(|agency| site.assessment.is_agency_there(&site.catalogue, **agency))
        .map(|agency| named(here, *agency))
        .collect();
    let begins = start(here, id).map(|day| day.to_string());
    object([
        ("@type", "Legislation".into()),
        ("@id", own(here, Route::Document(id)).into()),
        ("name", document.title.as_str().into()),
        ("legislationIdentifier", document.number.as_deref().into()),
        ("legislationType", document.kind.said(here.language()).into()),
        ("legislationDate", document.signed.map(|day| day.to_string()).into()),
        ("legislationDateOfApplicability", begins.into()),
        ("legislationLegalForce", force(site.assessment.document(id).force).into()),
        ("legislationPassedBy", issuers.into()),
        ("legislationChanges", others(|act| matches!(act, Act::Amends | Act::Corrects)).into()),
        ("legislationConsolidates", others(|act| act == Act::Consolidates).into()),
        (
            "legislationEnsuresImplementationOf",
            parents.into_iter().map(|parent| law(here, parent)).collect::<Vec<_>>().into(),
        ),
        ("url", url_of(here, Route::Document(id)).into()),
    ])
}

/// Another document that is not over.
fn law(here: Here<'_>, id: DocumentId) -> Value {
    object([
        ("@type", "Legislation".into()),
        ("@id", own(here, Route::Document(id)).into()),
        ("name", here.site.catalogue[id].label().into()),
    ])
}

fn force(force: Force) -> Option<&'static str> {
    match force {
        Force::InForce => Some("https://schema.org/InForce"),
        Force::InForceInPart
        | Force::NotYetButInPart
        | Force::PartlyEnded
        | Force::PartlySuspended => Some("https://schema.org/PartiallyInForce"),
        Force::NotYet | Force::Suspended => Some("https://schema.org/NotInForce"),
        // Nothing is said of what is not known, and what is over has no such page.
        Force::Ended
        | Force::EndedExcept
        | Force::Withdrawn
        | Force::Unknown
        | Force::NotItsOwn => None,
    }
}

fn agency(here: Here<'_>, id: AgencyId) -> Value {
    let site = here.site;
    let agency = &site.catalogue[id];
    let open = (0..).zip(&agency.offices).filter(|(office, _)| {
        let office = OfficeId { agency: id, office: *office };
        site.assessment.is_office_open(&site.catalogue, office)
    });
    let places: Vec<Value> = open
        .map(|(_, office)| {
            object([
                ("@type", "Place".into()),
                ("name", office.name.as_str().into()),
                ("address", office.address.as_deref().into()),
                ("telephone", office.phone.as_deref().into()),
            ])
        })
        .collect();
    object([
        ("@type", "GovernmentOrganization".into()),
        ("@id", own(here, Route::Agency(id)).into()),
        ("name", agency.name.as_str().into()),
        ("url", url_of(here, Route::Agency(id)).into()),
        ("location", places.into()),
    ])
}

fn named(here: Here<'_>, id: AgencyId) -> Value {
    let site = here.site;
    let has_page = site.lists.agencies.contains(&id);
    object([
        ("@type", "GovernmentOrganization".into()),
        ("@id", has_page.then(|| own(here, Route::Agency(id))).into()),
        ("name", site.catalogue[id].name.as_str().into()),
    ])
}

/// The way back, with the page itself at its end.
fn crumbs(here: Here<'_>, route: Route, frame: &Frame) -> Option<Value> {
    if frame.crumbs.is_empty() {
        return None;
    }
    let home = here.site.address(Route::Home);
    let above = frame.crumbs.iter().map(|crumb| {
        let address = crumb.href.strip_prefix(here.root).unwrap_or(&crumb.href);
        let address = if address == home { home.trim_end_matches("index.html") } else { address };
        let full = here.site.base_url().map(|base| format!("{base}{address}"));
        (crumb.name.as_str(), full.unwrap_or_else(|| crumb.href.clone()))
    });
    let own = here.site.base_url().map(|_| url(here.site, route));
    let own = own.unwrap_or_else(|| here.own.rsplit('/').next().unwrap_or_default().to_owned());
    let all = above.chain([(frame.title.as_str(), own)]);
    let items: Vec<Value> = (1..)
        .zip(all)
        .map(|(place, (name, item))| {
            json!({ "@type": "ListItem", "position": place, "name": name, "item": item })
        })
        .collect();
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": items }))
}

/// The thing of a page, one and the same in both languages: in full where the site's address is known, else
/// from the page.
fn own(here: Here<'_>, route: Route) -> String {
    let address = route::address(&here.site.catalogue, route);
    format!("{}{}", href(here.site.base_url().unwrap_or(here.root), &address), thing(route))
}

/// A page in the language of this one.
fn url_of(here: Here<'_>, route: Route) -> String {
    href(here.site.base_url().unwrap_or(here.root), &here.site.address(route))
}

/// An object without what is empty.
fn object<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        _ => false,
    };
    let pairs = pairs.into_iter().filter(|(_, value)| !is_empty(value));
    Value::Object(pairs.map(|(key, value)| (key.to_owned(), value)).collect())
}
