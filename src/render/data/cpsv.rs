//! The published catalogue in the words of CPSV-AP 3.2, the European profile for public services, which are
//! understood beyond Việt Nam too: `api/cpsv-ap.jsonld` and `api/cpsv-ap.ttl`, one graph.
//!
//! It says less than the data in JSON, and nothing that would mislead where the profile has no words for it:
//! - a time is told where it is one for the whole channel and exact by the calendar: working days are no
//!   duration of XML Schema;
//! - of a channel whose fees are not all known, no fee is told;
//! - a paper that data of the State replaces is no input; a law is told where it is in force today;
//! - what is announced for later is not told.
//!
//! `dct:temporal` ends on the last day on which all of it holds, and of a service on its last day. Parts of
//! a service are named by a hash of what they say: another fee is another thing.

use super::graph::{About, Graph, Value, address};
use super::shape::{ChannelData, FeeData, ProcedureData};
use super::{Part, published, word};
use crate::model::agency::AgencyId;
use crate::model::citation::Cited;
use crate::model::date::Date;
use crate::model::document::{Act, DocumentId};
use crate::model::procedure::{
    Audience, Channel, Decimal, DossierKind, Paper, Procedure, ProcedureId, TimeLength, TimeUnit,
};
use crate::render::Site;
use crate::render::lists::showing;
use crate::render::route::{Bulk, Route, href, root, thing};
use crate::validity::procedure::Showing;
use crate::validity::standing::Force;

/// All services, agencies and documents serve this country.
const COUNTRY: &str = "http://publications.europa.eu/resource/authority/country/VNM";
/// What names the days of a thing.
const DAYS: &str = "thoi-gian";
const CURRENCIES: &str = "http://publications.europa.eu/resource/authority/currency/";

/// The graph of all that is published today.
pub(super) fn graph(site: &Site) -> Graph {
    let language = site.catalogue.site.language.tag();
    let mut told = Told { site, graph: Graph::new(language, site.base_url()) };
    told.whole();
    for id in &site.lists.documents {
        told.document(*id);
    }
    for id in &site.lists.agencies {
        told.agency(*id);
    }
    for place in &site.lists.life_events {
        told.event(*place);
    }
    for id in &site.lists.procedures {
        told.service(*id);
    }
    told.graph
}

/// The same, with the first day on which it differs.
pub(super) fn until(site: &Site, graph: Graph, valid_until: Option<Date>) -> Graph {
    let mut told = Told { site, graph };
    let set = told.at(Route::OpenData);
    let days = format!("{}#{DAYS}", set.split('#').next().unwrap_or_default());
    told.until(&set, &days, valid_until);
    told.graph
}

struct Told<'a> {
    site: &'a Site,
    graph: Graph,
}

impl<'a> Told<'a> {
    /// The thing of a page.
    fn at(&self, route: Route) -> String {
        let address = self.site.address(route);
        let page = match self.site.base_url() {
            Some(_) => href("", &address),
            // Both files stand in one folder.
            None => href(&root(&self.site.address(Route::Bulk(Bulk::Turtle))), &address),
        };
        format!("{page}{}", thing(route))
    }

    /// A thing of the profile's lists, which has no page of its own.
    fn concept(&mut self, id: &str, name: &str) -> String {
        let set = self.at(Route::OpenData);
        let set = set.split('#').next().unwrap_or_default();
        let concept = format!("{set}#{id}");
        self.graph.is_a(&concept, "skos:Concept").text("skos:prefLabel", name);
        concept
    }

    fn whole(&mut self) {
        let about = &self.site.catalogue.site;
        let set = self.at(Route::OpenData);
        let page = set.split('#').next().unwrap_or_default();
        let publisher = format!("{page}#nguoi-lap");
        let services: Vec<String> =
            self.site.lists.procedures.iter().map(|id| self.at(Route::Procedure(*id))).collect();
        let description = self.site.theme.words.say("open_data_description");
        let mut whole = self.graph.is_a(&set, "dcat:Dataset");
        whole
            .text("dct:title", &about.title)
            .text("dct:description", description)
            .day("dct:issued", &self.site.assessment.as_of.to_string())
            .thing("dct:publisher", &publisher)
            .thing("dcat:landingPage", page);
        for service in &services {
            whole.thing("dct:hasPart", service);
        }
        let licence = about.licence.as_ref().and_then(|licence| licence.url.as_deref());
        if let Some(licence) = licence.and_then(address) {
            whole.thing("dct:license", &licence);
            self.graph.is_a(&licence, "dct:LicenseDocument");
        }
        self.graph.is_a(page, "foaf:Document");
        self.graph
            .is_a(&publisher, "foaf:Agent")
            .text("dct:title", &about.publisher)
            .plain("dct:identifier", &about.publisher);
        self.graph.is_a(COUNTRY, "dct:Location");
    }

    /// The last day of a thing.
    fn until(&mut self, thing: &str, days: &str, end: Option<Date>) {
        if let Some(last) = end.and_then(|end| end.yesterday().ok()) {
            self.graph.is_a(days, "dct:PeriodOfTime").day("dcat:endDate", &last.to_string());
            // It has a class already.
            self.graph.more(thing).thing("dct:temporal", days);
        }
    }

    fn agency(&mut self, id: AgencyId) {
        let about = self.at(Route::Agency(id));
        let agency = &self.site.catalogue[id];
        self.graph
            .is_a(&about, "cv:PublicOrganisation")
            .text("skos:prefLabel", &agency.name)
            .thing("dct:spatial", COUNTRY);
    }

    fn document(&mut self, id: DocumentId) {
        let about = self.at(Route::Document(id));
        let live = |other: DocumentId| !self.site.assessment.document(other).force.is_over();
        let document = &self.site.catalogue[id];
        let amended = document
            .effects
            .iter()
            .filter(|effect| {
                effect.act == Act::Amends && effect.target != id && live(effect.target)
            })
            .map(|effect| self.at(Route::Document(effect.target)));
        let amended: Vec<String> = amended.collect();
        let mut told = self.graph.is_a(&about, "eli:LegalResource");
        told.text("eli:title", &document.title);
        if let Some(number) = &document.number {
            told.plain("eli:id_local", number);
        }
        if let Some(day) = document.signed {
            told.day("eli:date_document", &day.to_string());
        }
        if let Some(force) = eli_force(self.site.assessment.document(id).force) {
            told.say("eli:in_force", Value::Term(force));
        }
        for other in amended {
            told.thing("eli:amends", &other);
        }
    }

    fn event(&mut self, place: usize) {
        let event = &self.site.catalogue.life_events[place];
        let by_code = &self.site.lists.by_code;
        let services: Vec<ProcedureId> =
            event.procedures.iter().filter_map(|code| by_code.get(&code.value).copied()).collect();
        if services.is_empty() {
            return;
        }
        let about = self.at(Route::LifeEvent(place));
        // Who reads without the vocabulary does not know that each of the one is one of the other.
        self.graph.is_a(&about, "cv:Event");
        self.graph
            .is_a(&about, "cv:LifeEvent")
            .plain("dct:identifier", event.slug.as_str())
            .text("dct:title", &event.name);
        for id in services {
            let service = self.at(Route::Procedure(id));
            self.graph.more(&service).thing("cv:isGroupedBy", &about);
        }
    }

    fn service(&mut self, id: ProcedureId) {
        let Some(part) = published(self.site, id) else { return };
        let about = self.at(Route::Procedure(id));
        let data = part.whole();
        let procedure = part.procedure;
        let words = &self.site.theme.words;
        let description = words.fill("procedure_description", &[("name", procedure.heading())]);
        let mut told = self.graph.is_a(&about, "cpsv:PublicService");
        told.plain("dct:identifier", data.code)
            .text("dct:title", data.title)
            .text("dct:description", &description)
            .thing("dct:spatial", COUNTRY);
        if let Some(plain) = data.plain_title {
            told.text("dct:alternative", plain);
        }
        for term in data.search_terms {
            told.text("dcat:keyword", term);
        }
        let end = super::until(self.site, id);
        self.until(&about, &part_of(&about, DAYS, &[]), end);
        self.kinds(&about, procedure);
        self.bodies(&about, procedure);
        self.law(&about, part);
        self.papers(&about, part);
        self.results(&about, &data);
        self.places(&about, &data);
        if let Some(text) = &data.requirements {
            let requirement = part_of(&about, "dieu-kien", &[text]);
            let name = words.say("section_conditions");
            self.part(&about, "cv:holdsRequirement", &requirement, "cv:Requirement")
                .text("dct:title", name)
                .text("dct:description", text);
        }
        let related = &data.related;
        self.related(&about, "dct:requires", &related.before);
        self.related(&about, "cv:relatedService", &related.after);
        self.related(&about, "cv:relatedService", &related.see);
        let channels = procedure.channels.iter().filter(|channel| part.shown.has(channel.element));
        let mut times = Vec::new();
        for (channel, data) in channels.zip(&data.channels) {
            times.push(self.channel(&about, channel, data, part));
        }
        let same = times.windows(2).all(|pair| pair[0] == pair[1]);
        if let Some(Some(time)) = times.pop().filter(|_| same) {
            self.graph.more(&about).say("cv:processingTime", time);
        }
    }

    /// A part of a service that has an identity of its own.
    fn part(&mut self, of: &str, by: &'static str, part: &str, class: &'static str) -> About<'_> {
        self.graph.more(of).thing(by, part);
        let mut told = self.graph.is_a(part, class);
        told.plain("dct:identifier", part.rsplit('/').next().unwrap_or(part));
        told
    }

    fn kinds(&mut self, about: &str, procedure: &Procedure) {
        let field = self.at(Route::Field(procedure.field));
        let name = &self.site.catalogue[procedure.field].name;
        self.graph.is_a(&field, "skos:Concept").text("skos:prefLabel", name);
        self.graph.more(about).thing("cv:thematicArea", &field);
        for who in &procedure.audience {
            let audience = self.at(Route::Audience(*who));
            let key = format!("audience_{}", word(&Audience::ALL, *who));
            let name = self.site.theme.words.say(&key);
            self.graph.is_a(&audience, "skos:Concept").text("skos:prefLabel", name);
            self.graph.more(about).thing("dct:audience", &audience);
        }
    }

    /// Who is competent: those who decide and those who do it.
    fn bodies(&mut self, about: &str, procedure: &Procedure) {
        let authority = &procedure.authority;
        for id in authority.decides.iter().chain(&authority.performs) {
            if self.site.assessment.is_agency_there(&self.site.catalogue, *id) {
                let agency = self.at(Route::Agency(*id));
                self.graph.more(about).thing("cv:hasCompetentAuthority", &agency);
            }
        }
    }

    fn law(&mut self, about: &str, part: Part<'a>) {
        for citation in &part.procedure.legal_basis {
            let shown = showing(&self.site.catalogue, part.assessment, citation);
            if let (Cited::Known(id), Showing::InForce) = (&citation.document, shown) {
                let law = self.at(Route::Document(*id));
                self.graph.more(about).thing("cv:hasLegalResource", &law);
            }
        }
    }

    fn papers(&mut self, about: &str, part: Part<'a>) {
        for case in &part.procedure.cases {
            for item in case.dossier.iter().filter(|item| part.shown.has(item.element)) {
                let DossierKind::Paper(Paper { name, replaced_by_data: false, .. }) = &item.kind
                else {
                    continue;
                };
                let notes = [case.title.as_deref(), item.note.as_deref()];
                let notes: Vec<&str> = notes.into_iter().flatten().collect();
                let id = part_of(about, "giay-to", &[name, &notes.join("\n")]);
                let mut told = self.part(about, "cpsv:hasInput", &id, "cv:Evidence");
                told.text("dct:title", name);
                for note in notes {
                    told.text("dct:description", note);
                }
            }
        }
    }

    fn results(&mut self, about: &str, data: &ProcedureData<'_>) {
        for result in &data.results {
            let id = part_of(about, "ket-qua", &[result.name, result.code.unwrap_or_default()]);
            self.part(about, "cpsv:produces", &id, "cv:Output").text("dct:title", result.name);
        }
    }

    fn places(&mut self, about: &str, data: &ProcedureData<'_>) {
        for place in &data.reception {
            let own = [place.name, place.address.unwrap_or_default()];
            let [point, at] = ["noi-nop", "dia-chi"].map(|kind| part_of(about, kind, &own));
            self.graph.more(about).thing("cv:contactPoint", &point);
            let mut told = self.graph.is_a(&point, "cv:ContactPoint");
            told.text("dct:title", place.name);
            if let Some(phone) = place.phone {
                told.plain("cv:telephone", phone);
            }
            if let Some(text) = place.address {
                told.thing("locn:address", &at);
                self.graph.is_a(&at, "locn:Address").text("locn:fullAddress", text);
            }
        }
    }

    fn related(&mut self, about: &str, by: &'static str, codes: &[&str]) {
        for code in codes {
            if let Some(id) = self.site.lists.by_code.get(*code) {
                let other = self.at(Route::Procedure(*id));
                self.graph.more(about).thing(by, &other);
            }
        }
    }

    /// A channel with its fees; returns its time, where there is one.
    fn channel(
        &mut self,
        about: &str,
        channel: &Channel,
        data: &ChannelData<'_>,
        part: Part<'a>,
    ) -> Option<Value> {
        let words = &self.site.theme.words;
        let description = data.description.as_deref().unwrap_or_default();
        let url = data.url.unwrap_or_default();
        let id = part_of(about, &format!("kenh-{}", data.kind), &[description, url]);
        let key = format!("channel_{}", data.kind);
        let kind = self.concept(&format!("kenh-{}", data.kind), words.say(&key));
        let time = time(channel, data, part);
        let mut told = self.part(about, "cv:hasChannel", &id, "cv:Channel");
        told.thing("dct:type", &kind);
        if !description.is_empty() {
            told.text("dct:description", description);
        }
        if let Some(time) = &time {
            told.say("cv:processingTime", time.clone());
        }
        if let Some(page) = address(url) {
            told.thing("foaf:page", &page);
            self.graph.is_a(&page, "foaf:Document");
        }
        if !data.fees_incomplete {
            for fee in &data.fees {
                self.fee(about, &id, fee);
            }
        }
        time
    }

    fn fee(&mut self, about: &str, channel: &str, fee: &FeeData<'_>) {
        let amount = fee.amount.map(|amount| amount.to_string());
        let said = [fee.name, fee.text, fee.unit, fee.when];
        let said: Vec<&str> = said.into_iter().flatten().collect();
        let said = said.join("; ");
        let currency = fee.currency.filter(|code| code.bytes().all(|b| b.is_ascii_uppercase()));
        let own = [channel, amount.as_deref().unwrap_or_default(), &said];
        let id = part_of(about, "phi", &own);
        let mut told = self.part(about, "cv:hasCost", &id, "cv:Cost");
        told.thing("cv:ifAccessedThrough", channel);
        if !said.is_empty() {
            told.text("dct:description", &said);
        }
        if let Some(amount) = amount {
            told.say("cv:hasValue", Value::Typed(amount, "xsd:double"));
            if let Some(code) = currency {
                let currency = format!("{CURRENCIES}{code}");
                told.thing("cv:currency", &currency);
                self.graph.is_a(&currency, "skos:Concept");
            }
        }
    }
}

/// The address of a part of a thing: its kind and a hash of what it says.
fn part_of(about: &str, kind: &str, said: &[&str]) -> String {
    let page = about.split('#').next().unwrap_or_default();
    let hash = blake3::hash(said.join("\u{1f}").as_bytes()).to_hex();
    format!("{page}#{kind}-{}", &hash[..10])
}

/// The one time of a channel, where it has one that holds in all cases and is exact.
fn time(channel: &Channel, data: &ChannelData<'_>, part: Part<'_>) -> Option<Value> {
    let shown = |element| part.shown.has(element);
    let mut times = channel.times.iter().filter(|time| time.element.is_none_or(shown));
    let (only, more) = (times.next()?, times.next());
    if more.is_some() || only.when.is_some() || data.times_incomplete {
        return None;
    }
    match only.length {
        TimeLength::Amount(amount, unit) => {
            duration(amount, unit).map(|text| Value::Typed(text, "xsd:duration"))
        }
        TimeLength::Text(_) => None,
    }
}

/// A length of time as XML Schema writes it; none where it is not exact there.
fn duration(Decimal(thousandths): Decimal, unit: TimeUnit) -> Option<String> {
    let minutes = |in_one: u64| {
        let all = thousandths.checked_mul(in_one)?;
        (all % 1000 == 0).then_some(all / 1000)
    };
    let minutes = match unit {
        TimeUnit::WorkingDay => return None,
        TimeUnit::Month => {
            let whole = thousandths % 1000 == 0 && thousandths > 0;
            return whole.then(|| format!("P{}M", thousandths / 1000));
        }
        TimeUnit::Day => minutes(24 * 60)?,
        TimeUnit::Hour => minutes(60)?,
    };
    let (days, rest) =
        if unit == TimeUnit::Day { (minutes / 1440, minutes % 1440) } else { (0, minutes) };
    let parts = [(days, "D"), (0, "T"), (rest / 60, "H"), (rest % 60, "M")];
    let mut text = String::from("P");
    for (n, letter) in parts {
        match (n, letter) {
            (_, "T") if rest > 0 => text.push('T'),
            (0, _) => {}
            (n, letter) => text.extend([n.to_string().as_str(), letter]),
        }
    }
    (text.len() > 1).then_some(text)
}

fn eli_force(force: Force) -> Option<&'static str> {
    match force {
        Force::InForce => Some("eli:InForce-inForce"),
        Force::InForceInPart
        | Force::PartlyEnded
        | Force::PartlySuspended
        | Force::NotYetButInPart => Some("eli:InForce-partiallyInForce"),
        Force::NotYet | Force::Suspended => Some("eli:InForce-notInForce"),
        Force::Ended
        | Force::EndedExcept
        | Force::Withdrawn
        | Force::Unknown
        | Force::NotItsOwn => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exact_times_are_durations() {
        let said = |thousandths, unit| {
            duration(Decimal(thousandths), unit).unwrap_or_else(|| "none".to_owned())
        };
        assert_eq!(said(5000, TimeUnit::Day), "P5D");
        assert_eq!(said(1500, TimeUnit::Day), "P1DT12H");
        assert_eq!(said(36000, TimeUnit::Hour), "PT36H");
        assert_eq!(said(1500, TimeUnit::Hour), "PT1H30M");
        assert_eq!(said(2000, TimeUnit::Month), "P2M");
        for (thousandths, unit) in [
            (5000, TimeUnit::WorkingDay),
            (1500, TimeUnit::Month),
            (0, TimeUnit::Day),
            (1, TimeUnit::Hour),
        ] {
            assert_eq!(said(thousandths, unit), "none");
        }
    }
}
