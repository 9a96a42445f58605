//! The site in its second language: the same pages at parallel addresses, in the words of the theme, with
//! the texts of the catalogue where they are translated. What is not translated keeps its language and is
//! marked with it. Nothing is decided anew: what is shown, and on which days, is that of the first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::lists::{self, Ranks};
use super::marks::{self, Marks};
use super::route::Route;
use super::{Shared, Site, view};
use crate::files::Span;
use crate::language::Language;
use crate::model::procedure::{
    Case, DossierKind, FeeAmount, Procedure, ReceptionPlace, Step, TimeLength, TimeLimit,
};
use crate::model::registers::Translation;
use crate::model::{Catalogue, Markdown};

/// What is known in the second language.
#[derive(Debug)]
pub(super) struct Tongue {
    pub(super) language: Language,
    /// Translations by what they translate, blanks apart.
    texts: BTreeMap<String, Markdown>,
    /// The places of translations.
    places: BTreeSet<Span>,
}

impl Tongue {
    fn new(translations: &[Translation], language: Language) -> Self {
        let texts: BTreeMap<String, Markdown> =
            translations.iter().map(|it| (it.of.clone(), it.text.clone())).collect();
        let places = texts.values().map(|text| text.span).collect();
        Self { language, texts, places }
    }

    /// A text in this language, or as one of the other.
    pub(super) fn say(&self, text: &str) -> String {
        match self.texts.get(&Translation::key(text)) {
            Some(known) => Translation::key(&known.text),
            None => marks::foreign(text),
        }
    }

    /// Whether a text is a translation.
    pub(super) fn has(&self, text: &Markdown) -> bool {
        self.places.contains(&text.span)
    }
}

/// A catalogue in the second language.
struct Made {
    of: Arc<Catalogue>,
    catalogue: Arc<Catalogue>,
    ranks: Ranks,
    tongue: Arc<Tongue>,
}

/// The site in the second language of its catalogue, if it has one.
pub(super) fn site(first: &Site) -> Option<Site> {
    let language = first.catalogue.site.second?;
    let theme = Arc::new(first.theme.in_second());
    // The texts of a day may be others than those of the day before; most days share theirs.
    let mut made: Vec<Made> = Vec::new();
    for site in std::iter::once(first).chain(first.later.iter()) {
        if !made.iter().any(|made| Arc::ptr_eq(&made.of, &site.catalogue)) {
            let tongue = Arc::new(Tongue::new(&site.catalogue.translations, language));
            let second = Arc::new(catalogue(&site.catalogue, &tongue));
            let ranks = Ranks::new(&second);
            made.push(Made { of: Arc::clone(&site.catalogue), catalogue: second, ranks, tongue });
        }
    }
    let today = &made.first()?.catalogue;
    let marks = Arc::new(Marks::new(&today.terms, language, language.other()));
    let translated = |site: &Site| {
        let of_day = made.iter().find(|made| Arc::ptr_eq(&made.of, &site.catalogue));
        let Made { catalogue, ranks, tongue, .. } = of_day.unwrap_or(&made[0]);
        Site {
            lists: lists::lists(catalogue, &site.assessment, ranks),
            catalogue: Arc::clone(catalogue),
            theme: Arc::clone(&theme),
            marks: Arc::clone(&marks),
            tongue: Some(Arc::clone(tongue)),
            later: Arc::default(),
            ..site.clone()
        }
    };
    let mut site = translated(first);
    let routes = first.routes.values().map(|route| (site.address(*route), *route));
    site.routes = Arc::new(routes.collect());
    site.shared.words = tera::Value::from_serializable(&theme.words.texts);
    site.shared.site = tera::Value::from_serializable(&view::frame::shared(&site));
    let later = first.later.iter().map(|later| {
        let then = translated(later);
        let mut shared = Shared { texts: later.shared.texts, ..site.shared.clone() };
        if !Arc::ptr_eq(&then.catalogue, &site.catalogue) {
            // What stands around a page tells of the first day, in the words of this one.
            let same = Site { catalogue: Arc::clone(&then.catalogue), ..site.clone() };
            shared.site = tera::Value::from_serializable(&view::frame::shared(&same));
        }
        Site { routes: Arc::clone(&site.routes), shared, ..then }
    });
    let later: Vec<Site> = later.collect();
    site.later = later.into();
    Some(site)
}

/// Whether what stands at a route is there in both languages. Data are there once.
pub(super) fn is_parallel(route: Route) -> bool {
    match route {
        Route::Home
        | Route::Procedures
        | Route::Procedure(_)
        | Route::Fields
        | Route::Field(_)
        | Route::Agencies
        | Route::Agency(_)
        | Route::Level(_)
        | Route::Audience(_)
        | Route::LifeEvents
        | Route::LifeEvent(_)
        | Route::Group(_)
        | Route::Documents
        | Route::Document(_)
        | Route::Changes
        | Route::FreePage(_)
        | Route::Terms
        | Route::Search
        | Route::OpenData => true,
        // A host shows one page where there is none, and leads from a renamed address to the page.
        Route::NotFound
        | Route::Posting(_)
        | Route::FieldBooklet(_)
        | Route::AgencyBooklet(_)
        | Route::Moved(_)
        | Route::SearchData(_)
        | Route::Feed
        | Route::RemovedData
        | Route::Sitemap
        | Route::Robots
        | Route::ProceduresData
        | Route::ProcedureData(_)
        | Route::DocumentsData
        | Route::Bulk(_)
        | Route::Form(_)
        | Route::Asset(_) => false,
    }
}

/// A catalogue with all texts that pages show in another language, or marked as not of it.
fn catalogue(catalogue: &Catalogue, tongue: &Tongue) -> Catalogue {
    let mut all = catalogue.clone();
    let say = Say(tongue);
    let site = &mut all.site;
    say.text(&mut site.title);
    say.text(&mut site.publisher);
    say.maybe(&mut site.notice);
    for contact in &mut site.contacts {
        say.text(&mut contact.name);
        say.maybe(&mut contact.text);
    }
    if let Some(licence) = &mut site.licence {
        say.text(&mut licence.name);
    }
    say.markdown(&mut site.home);
    for document in &mut all.documents {
        say.text(&mut document.title);
        say.maybe(&mut document.short_title);
    }
    for agency in &mut all.agencies {
        say.text(&mut agency.name);
        for office in &mut agency.offices {
            say.text(&mut office.name);
            say.maybe(&mut office.address);
            say.maybe(&mut office.hours);
        }
    }
    for field in &mut all.fields {
        say.text(&mut field.name);
    }
    for event in &mut all.life_events {
        say.text(&mut event.name);
        say.markdown(&mut event.text);
    }
    for group in &mut all.groups {
        say.text(&mut group.name);
        say.markdown(&mut group.text);
        if let Some(time) = &mut group.time {
            say.time(time);
        }
    }
    for holiday in &mut all.holidays {
        say.text(&mut holiday.name);
    }
    for figure in all.reports.iter_mut().flat_map(|report| &mut report.figures) {
        say.text(&mut figure.name);
        say.text(&mut figure.value);
        say.maybe(&mut figure.note);
    }
    for page in &mut all.pages {
        say.text(&mut page.title);
        say.prose(&mut page.text);
    }
    for procedure in &mut all.procedures {
        say.procedure(procedure);
    }
    all
}

struct Say<'a>(&'a Tongue);

impl Say<'_> {
    fn text(&self, text: &mut String) {
        *text = self.0.say(text);
    }

    fn maybe(&self, text: &mut Option<String>) {
        if let Some(text) = text {
            self.text(text);
        }
    }

    fn prose(&self, text: &mut Markdown) {
        if let Some(known) = self.0.texts.get(&Translation::key(&text.text)) {
            *text = known.clone();
        }
    }

    fn markdown(&self, text: &mut Option<Markdown>) {
        if let Some(text) = text {
            self.prose(text);
        }
    }

    fn time(&self, time: &mut TimeLimit) {
        self.maybe(&mut time.when);
        self.maybe(&mut time.note);
        if let TimeLength::Text(text) = &mut time.length {
            self.text(text);
        }
    }

    fn procedure(&self, procedure: &mut Procedure) {
        self.text(&mut procedure.title);
        self.maybe(&mut procedure.plain_title);
        self.maybe(&mut procedure.class);
        self.markdown(&mut procedure.requirements);
        for channel in &mut procedure.channels {
            self.markdown(&mut channel.description);
            for time in &mut channel.times {
                self.time(time);
            }
            for fee in &mut channel.fees {
                self.maybe(&mut fee.name);
                self.maybe(&mut fee.unit);
                self.maybe(&mut fee.when);
                for text in &mut fee.exempt {
                    self.text(text);
                }
                if let FeeAmount::Text(text) = &mut fee.amount {
                    self.text(text);
                }
            }
        }
        for reception in &mut procedure.reception {
            if let ReceptionPlace::Written { place, address, hours } = &mut reception.place {
                self.text(place);
                self.maybe(address);
                self.maybe(hours);
            }
        }
        for case in &mut procedure.cases {
            self.case(case);
        }
        for form in &mut procedure.forms {
            self.maybe(&mut form.name);
        }
        for step in &mut procedure.steps {
            self.step(step);
        }
        for step in &mut procedure.internal_process {
            self.text(&mut step.who);
            self.text(&mut step.action);
            if let Some(time) = &mut step.time {
                self.time(time);
            }
        }
        for result in &mut procedure.results {
            self.text(&mut result.name);
            self.maybe(&mut result.valid_for);
        }
        if let Some(complaints) = &mut procedure.complaints {
            self.maybe(&mut complaints.place);
            self.maybe(&mut complaints.deadline);
        }
        for element in &mut procedure.elements {
            self.text(&mut element.name);
        }
    }

    fn case(&self, case: &mut Case) {
        self.maybe(&mut case.title);
        for item in &mut case.dossier {
            self.maybe(&mut item.note);
            if let DossierKind::Paper(paper) = &mut item.kind {
                self.text(&mut paper.name);
            }
        }
        for step in &mut case.steps {
            self.step(step);
        }
    }

    fn step(&self, step: &mut Step) {
        self.maybe(&mut step.title);
        self.maybe(&mut step.who);
        self.markdown(&mut step.text);
        if let Some(time) = &mut step.time {
            self.time(time);
        }
    }
}
