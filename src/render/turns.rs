//! Which pages may differ on which of the coming days: never too few, and few enough that not every page
//! has to be drawn for every day. A page depends on what it shows and on what that names; lists of all
//! things depend on every day. `tests/weave.rs` holds this against drawing all pages on all days.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::Site;
use super::readings;
use super::route::{Bulk, Route};
use super::view::due;
use crate::mention::Target;
use crate::model::Markdown;
use crate::model::agency::{AgencyId, OfficeId};
use crate::model::citation::Cited;
use crate::model::date::{Date, Window};
use crate::model::document::{Act, DocumentId};
use crate::model::hushed::Daily;
use crate::model::procedure::{Announcement, Procedure, ProcedureId, ReceptionPlace};
use crate::model::prose::Owner;
use crate::validity::standing::{Fact, Link};

/// Days, by their places in the list of coming days.
type Places = BTreeSet<usize>;

/// The days of every thing of a catalogue.
#[derive(Debug, Default)]
pub(super) struct Turns {
    all: Places,
    /// How each document stands.
    documents: Vec<Places>,
    /// The same, and of the documents that a sentence about it may name.
    near: Vec<Places>,
    /// What is published of any version of a code.
    codes: BTreeMap<String, Places>,
    agencies: Vec<Places>,
    groups: Vec<Places>,
    /// What else the pages of a code name: what took the place of its versions, what stands beside it in a
    /// life event, and the groups that it belongs to.
    beside: BTreeMap<String, BTreeSet<String>>,
    groups_of: BTreeMap<String, Vec<usize>>,
    /// The procedures that cite each document, on whatever day.
    citing: BTreeMap<DocumentId, BTreeSet<ProcedureId>>,
    /// When the texts of a code, of a group, or of anything else are others because of what they name.
    texts_of_code: BTreeMap<String, Places>,
    texts_of_group: BTreeMap<usize, Places>,
    texts: Places,
}

impl Turns {
    pub(super) fn new(site: &Site, days: &[Date], daily: &Daily) -> Self {
        let (catalogue, assessment) = (&site.catalogue, &site.assessment);
        let places = |found: &mut dyn Iterator<Item = Date>| -> Places {
            found.filter_map(|day| days.binary_search(&day).ok()).collect()
        };
        let window = |window: Window| [window.from, window.until].into_iter().flatten();
        let mut turns = Self { all: (0..days.len()).collect(), ..Self::default() };
        for (id, _) in catalogue.document_ids() {
            let life = assessment.life(id);
            let whole = life.whole().changes().map(|(day, _)| day);
            turns.documents.push(places(&mut life.days().iter().copied().chain(whole)));
        }
        for (id, _) in catalogue.document_ids() {
            let named = named_with(site, id);
            let near = named.iter().flat_map(|other| &turns.documents[other.0 as usize]);
            turns.near.push(near.copied().collect());
        }
        for (id, procedure) in catalogue.procedure_ids() {
            let changes = assessment.procedure_timeline(id).changes();
            let own = places(&mut changes.map(|(day, _)| day));
            turns.codes.entry(procedure.code.value.clone()).or_default().extend(own);
            for citation in procedure.citations() {
                if let Cited::Known(document) = citation.document {
                    turns.citing.entry(document).or_default().insert(id);
                }
            }
        }
        for (id, agency) in (0..).map(AgencyId).zip(&catalogue.agencies) {
            let offices = (0..).take(agency.offices.len());
            let offices = offices.map(|office| catalogue[OfficeId { agency: id, office }].validity);
            let mut windows = std::iter::once(agency.validity).chain(offices).flat_map(window);
            turns.agencies.push(places(&mut windows));
        }
        for timeline in assessment.groups() {
            turns.groups.push(places(&mut timeline.changes().map(|(day, _)| day)));
        }
        for (_, decision) in catalogue.decision_ids() {
            for item in &decision.items {
                let beside = turns.beside.entry(item.procedure.value.clone()).or_default();
                beside.extend(item.replaced_by.iter().map(|code| code.value.clone()));
            }
        }
        for event in &catalogue.life_events {
            for member in &event.procedures {
                let beside = turns.beside.entry(member.value.clone()).or_default();
                beside.extend(event.procedures.iter().map(|code| code.value.clone()));
            }
        }
        for (place, group) in catalogue.groups.iter().enumerate() {
            for member in &group.procedures {
                turns.groups_of.entry(member.value.clone()).or_default().push(place);
            }
        }
        for (day, owners) in daily.touched() {
            let Ok(place) = days.binary_search(&day) else { continue };
            for owner in owners {
                match owner {
                    Owner::Procedure(id) => {
                        let code = catalogue[*id].code.value.clone();
                        turns.texts_of_code.entry(code).or_default()
                    }
                    Owner::Group(group) => turns.texts_of_group.entry(*group).or_default(),
                    Owner::Site | Owner::Month(_) => &mut turns.texts,
                }
                .insert(place);
            }
        }
        turns
    }

    /// The days, by place and in order, on which what stands at a route may differ from the day before.
    pub(super) fn of(&self, site: &Site, route: Route) -> Vec<usize> {
        let catalogue = &site.catalogue;
        if let Route::Sitemap
        | Route::Robots
        | Route::Feed
        | Route::SearchData(_)
        | Route::Bulk(Bulk::OpenApi)
        | Route::Form(_)
        | Route::Asset(_) = route
        {
            return Vec::new();
        }
        let mut found = Found { turns: self, site, places: Places::new() };
        match self.codes_at(site, route) {
            Some(codes) => found.codes(codes.into_iter()),
            None => found.places.extend(&self.all),
        }
        match route {
            Route::Procedure(id) | Route::ProcedureData(id) | Route::Posting(id) => {
                found.page(&catalogue[id]);
            }
            Route::FieldBooklet(field) => found.pages(|procedure| procedure.field == field),
            Route::AgencyBooklet(agency) => {
                found.agency(agency);
                found.pages(|procedure| procedure.is_posted_by(agency));
            }
            Route::Document(id) => found.document(id),
            Route::Agency(id) => {
                found.agency(id);
                let by = |other: &AgencyId| catalogue[*other].replaces.contains(&id);
                (0..)
                    .take(catalogue.agencies.len())
                    .map(AgencyId)
                    .filter(by)
                    .for_each(|by| found.agency(by));
            }
            Route::LifeEvent(place) => {
                catalogue.life_events[place].text.iter().for_each(|text| found.text(text));
            }
            Route::Group(place) => {
                let group = &catalogue.groups[place];
                found.places.extend(&self.groups[place]);
                group.text.iter().for_each(|text| found.text(text));
                group.lead.iter().for_each(|agency| found.agency(*agency));
                found.places.extend(self.texts_of_group.get(&place).into_iter().flatten());
                if !group.legal_basis.is_empty() {
                    found.places.extend(&self.all);
                }
            }
            Route::FreePage(place) => found.text(&catalogue.pages[place].text),
            _ => {}
        }
        // What surrounds a page, and names that stand on others.
        found.places.extend(&self.texts);
        found.places.into_iter().collect()
    }

    /// The codes of all procedures that are shown or named at a route; nothing where they may be any.
    pub(super) fn codes_at<'s>(
        &'s self,
        site: &'s Site,
        route: Route,
    ) -> Option<BTreeSet<&'s str>> {
        let catalogue = &site.catalogue;
        let of = |is_among: &dyn Fn(&Procedure) -> bool| {
            let all = catalogue.procedure_ids().map(|(_, procedure)| procedure);
            all.filter(move |procedure| is_among(procedure)).collect()
        };
        let code = |procedure: &'s Procedure| procedure.code.value.as_str();
        let codes = |among: Vec<&'s Procedure>| among.into_iter().map(code).collect();
        let pages = |among: Vec<&'s Procedure>| {
            among.into_iter().flat_map(|procedure| self.codes_with(procedure)).collect()
        };
        Some(match route {
            Route::Procedure(id) | Route::ProcedureData(id) | Route::Posting(id) => {
                pages(vec![&catalogue[id]])
            }
            Route::FieldBooklet(field) => pages(of(&|procedure| procedure.field == field)),
            Route::AgencyBooklet(agency) => pages(of(&|procedure| procedure.is_posted_by(agency))),
            Route::Document(id) => {
                let citing = self.citing.get(&id).into_iter().flatten();
                citing.map(|procedure| code(&catalogue[*procedure])).collect()
            }
            Route::Field(field) => codes(of(&|procedure| procedure.field == field)),
            Route::Level(level) => codes(of(&|procedure| procedure.levels.contains(&level))),
            Route::Audience(who) => codes(of(&|procedure| procedure.audience.contains(&who))),
            Route::Agency(id) => codes(of(&|procedure| procedure.authority.names(id))),
            Route::LifeEvent(place) => {
                let event = &catalogue.life_events[place];
                event.procedures.iter().map(|code| code.value.as_str()).collect()
            }
            Route::Group(place) => {
                let group = &catalogue.groups[place];
                group.procedures.iter().map(|code| code.value.as_str()).collect()
            }
            Route::NotFound
            | Route::Moved(_)
            | Route::Terms
            | Route::OpenData
            | Route::FreePage(_) => BTreeSet::new(),
            Route::Home
            | Route::Procedures
            | Route::Search
            | Route::SearchData(_)
            | Route::Fields
            | Route::Agencies
            | Route::LifeEvents
            | Route::Documents
            | Route::Changes
            | Route::Feed
            | Route::Sitemap
            | Route::Robots
            | Route::ProceduresData
            | Route::DocumentsData
            | Route::RemovedData
            | Route::Bulk(_)
            | Route::Form(_)
            | Route::Asset(_) => return None,
        })
    }

    /// The codes that the page of a procedure names.
    fn codes_with<'s>(&'s self, procedure: &'s Procedure) -> impl Iterator<Item = &'s str> {
        let code = procedure.code.value.as_str();
        let related = &procedure.related;
        let related = [&related.before, &related.after, &related.see].into_iter().flatten();
        let beside = self.beside.get(code).into_iter().flatten().map(String::as_str);
        related.map(|code| code.value.as_str()).chain([code]).chain(beside)
    }
}

/// What a page depends on, as far as it was found.
struct Found<'a> {
    turns: &'a Turns,
    site: &'a Site,
    places: Places,
}

impl Found<'_> {
    /// All that is on the page of a procedure but for the procedures that it names.
    fn page(&mut self, procedure: &Procedure) {
        let catalogue = &self.site.catalogue;
        let code = &procedure.code.value;
        for group in self.turns.groups_of.get(code).into_iter().flatten() {
            self.places.extend(&self.turns.groups[*group]);
        }
        for citation in procedure.citations() {
            if let Cited::Known(document) = citation.document {
                self.places.extend(&self.turns.near[document.0 as usize]);
            }
        }
        if let Some(law) = self.site.counting_law.filter(|_| due::may_count(procedure)) {
            self.places.extend(&self.turns.documents[law.0 as usize]);
        }
        let authority = &procedure.authority;
        let roles =
            [&authority.performs, &authority.decides, &authority.coordinates, &authority.delegated];
        roles.into_iter().flatten().for_each(|agency| self.agency(*agency));
        for reception in &procedure.reception {
            if let ReceptionPlace::Office(office) = reception.place {
                self.agency(office.agency);
            }
        }
        if let Some(Announcement::Known(decision)) = procedure.announced
            && let Some(issuer) = catalogue[decision].issuer
        {
            self.agency(issuer);
        }
        readings::texts(procedure).for_each(|text| self.text(text));
        let texts = self.turns.texts_of_code.get(code);
        self.places.extend(texts.into_iter().flatten());
    }

    fn pages(&mut self, is_among: impl Fn(&Procedure) -> bool) {
        let among = self.site.catalogue.procedures.iter().filter(|procedure| is_among(procedure));
        among.for_each(|procedure| self.page(procedure));
    }

    fn document(&mut self, id: DocumentId) {
        let catalogue = &self.site.catalogue;
        // What stands at the end of the chain of replacements is named in the place of the first.
        let mut chain = vec![id];
        let mut next = 0;
        while let Some(document) = chain.get(next).copied() {
            next += 1;
            self.places.extend(&self.turns.near[document.0 as usize]);
            for (by, place) in self.site.lists.acted_on_by.get(&document).into_iter().flatten() {
                if catalogue[*by].effects[*place].act == Act::Replaces && !chain.contains(by) {
                    chain.push(*by);
                }
            }
        }
        catalogue[id].issuers.iter().for_each(|agency| self.agency(*agency));
    }

    fn agency(&mut self, id: AgencyId) {
        self.places.extend(&self.turns.agencies[id.0 as usize]);
    }

    fn codes<'b>(&mut self, codes: impl Iterator<Item = &'b str>) {
        for code in codes {
            self.places.extend(self.turns.codes.get(code).into_iter().flatten());
        }
    }

    /// A text names documents, and may lead to any page of the site.
    fn text(&mut self, text: &Markdown) {
        if text.text.contains("api/") {
            self.places.extend(&self.turns.all);
        } else if text.text.contains('[') {
            // Of the other pages only those of agencies and groups come and go.
            let coming = self.turns.agencies.iter().chain(&self.turns.groups);
            self.places.extend(coming.flatten());
        }
        let mentions = match self.site.readings.get().and_then(|all| all.of(text)) {
            Some(read) => Cow::Borrowed(read),
            None => Cow::Owned(readings::named(&self.site.index, &text.text)),
        };
        for mention in mentions.iter() {
            let documents = match &mention.target {
                Target::One(document) => std::slice::from_ref(document),
                Target::OneOf(documents) | Target::Several(documents) => documents.as_slice(),
                Target::Decision | Target::Nothing => &[],
            };
            for document in documents {
                self.places.extend(&self.turns.documents[document.0 as usize]);
            }
        }
    }
}

/// The documents that a sentence about a document may name.
fn named_with(site: &Site, id: DocumentId) -> BTreeSet<DocumentId> {
    let document = &site.catalogue[id];
    let mut named = BTreeSet::from([id]);
    named.extend(document.implements.iter().map(|tie| tie.parent));
    named.extend(document.effects.iter().map(|effect| effect.target));
    named.extend(site.lists.implemented_by.get(&id).into_iter().flatten());
    named.extend(site.lists.acted_on_by.get(&id).into_iter().flatten().map(|(by, _)| by));
    for (_, standing) in site.assessment.life(id).whole().spans() {
        standing.because.iter().for_each(|link| add(&mut named, link));
    }
    named
}

fn add(named: &mut BTreeSet<DocumentId>, link: &Link) {
    named.insert(link.to);
    match &link.fact {
        Fact::Moved(author)
        | Fact::ProvisionMoved(_, author)
        | Fact::TermEnds { extended_by: Some(author) }
        | Fact::SuspensionEnds(author)
        | Fact::Continued { author, .. } => {
            named.insert(author.by);
        }
        Fact::ActedOn(deed) => {
            named.insert(deed.by);
        }
        Fact::FellWith { parent, .. } | Fact::OutlivedParent { parent, .. } => {
            named.insert(*parent);
        }
        Fact::Consolidates(documents) => named.extend(documents),
        Fact::TakesEffect
        | Fact::ProvisionTakesEffect(_)
        | Fact::TermEnds { extended_by: None }
        | Fact::Supposed { .. }
        | Fact::BeginningUnknown
        | Fact::OnCircle => {}
    }
}
