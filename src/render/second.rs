//! The site in its second language: the same pages at parallel addresses, in the words of the theme, with
//! the texts of the catalogue where they are translated. What is not translated keeps its language and is
//! marked with it. Nothing is decided anew: what is shown, and on which days, is that of the first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::lists::{self, Ranks};
use super::marks::{self, Marks};
use super::route::Route;
use super::view::paper::Marked;
use super::{Site, view};
use crate::files::Span;
use crate::language::Language;
use crate::model::procedure::{Procedure, ProcedureId};
use crate::model::registers::Translation;
use crate::model::texts::Manner;
use crate::model::{Catalogue, Markdown};
use crate::validity::procedure::Shown;

/// What is known in the second language.
#[derive(Clone, Debug)]
pub(super) struct Tongue {
    pub(super) language: Language,
    /// The catalogue in the first language.
    pub(super) of: Arc<Catalogue>,
    /// Translations by what they translate, blanks apart.
    texts: BTreeMap<String, Markdown>,
    /// All that is said in this language.
    own: BTreeSet<String>,
    /// What stands in the place of texts that are not shown, in the first language, with the same in this.
    instead: BTreeMap<&'static str, &'static str>,
    /// The places of translations.
    places: BTreeSet<Span>,
}

impl Tongue {
    fn new(of: &Arc<Catalogue>, language: Language) -> Self {
        let manners = [Manner::Name, Manner::Value, Manner::Sentence, Manner::Blocks];
        let instead: BTreeMap<&str, &str> =
            manners.map(|it| (it.instead(of.site.language), it.instead(language))).into();
        // A translation that may not be shown at all is none: the text itself may still be.
        let is_shown = |text: &Markdown| !instead.values().any(|known| *known == text.text);
        let known = of.translations.iter().filter(|it| is_shown(&it.text));
        let texts: BTreeMap<String, Markdown> =
            known.map(|it| (it.of.clone(), it.text.clone())).collect();
        let own = texts.values().map(|text| Translation::key(&text.text)).collect();
        let places = texts.values().map(|text| text.span).collect();
        Self { language, of: Arc::clone(of), texts, own, instead, places }
    }

    /// The same beside another catalogue with the same translations.
    pub(super) fn with(&self, of: Arc<Catalogue>) -> Self {
        Self { of, ..self.clone() }
    }

    /// A text in this language, or as one of the other.
    pub(super) fn say(&self, text: &str) -> String {
        match (self.texts.get(&Translation::key(text)), self.instead.get(text)) {
            (Some(known), _) => Translation::key(&known.text),
            (None, Some(known)) => (*known).to_owned(),
            (None, None) => marks::foreign(text),
        }
    }

    /// Markdown in this language, where it is translated.
    fn prose(&self, text: &Markdown) -> Option<Markdown> {
        self.texts.get(&Translation::key(&text.text)).cloned()
    }

    /// Markdown of the catalogue that has become HTML, as one of the other language; but for what stands in
    /// the place of its parts that are not shown.
    pub(super) fn html(&self, text: &Markdown, html: &str) -> String {
        if self.places.contains(&text.span) {
            return html.to_owned();
        }
        let mut marked = marks::foreign(html);
        for (theirs, own) in &self.instead {
            if text.text.contains(theirs) {
                let [theirs, own] = [theirs, own].map(|it| format!("<p>{it}</p>"));
                marked = marked.replace(&theirs, &marks::between(&own));
            }
        }
        marked
    }

    /// A text that may have come from here, or as one of the other.
    pub(super) fn mark(&self, text: &str) -> String {
        if self.own.contains(text) { text.to_owned() } else { marks::foreign(text) }
    }

    /// How many texts of the page of a procedure are translated, and of how many; nothing where all are.
    pub(super) fn part_of(&self, id: ProcedureId, shown: &Shown) -> Option<(usize, usize)> {
        let texts = self.of.texts_shown(id, &|part| shown.has(part));
        let is_known = |text: &&String| {
            self.texts.contains_key(*text) || self.instead.contains_key(text.as_str())
        };
        let n_known = texts.iter().filter(is_known).count();
        (n_known < texts.len()).then_some((n_known, texts.len()))
    }
}

/// A catalogue in the second language.
struct Made {
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
        if !made.iter().any(|made| Arc::ptr_eq(&made.tongue.of, &site.catalogue)) {
            let tongue = Arc::new(Tongue::new(&site.catalogue, language));
            let second = Arc::new(catalogue(&site.catalogue, &tongue));
            let ranks = Ranks::new(&second);
            made.push(Made { catalogue: second, ranks, tongue });
        }
    }
    let today = &made.first()?.catalogue;
    let marks = Arc::new(Marks::new(&today.terms, language, language.other()));
    let search = Arc::default();
    let translated = |site: &Site| {
        let of_day = made.iter().find(|made| Arc::ptr_eq(&made.tongue.of, &site.catalogue));
        let Made { catalogue, ranks, tongue, .. } = of_day.unwrap_or(&made[0]);
        Site {
            lists: Arc::new(lists::lists(catalogue, &site.assessment, ranks)),
            catalogue: Arc::clone(catalogue),
            theme: Arc::clone(&theme),
            marks: Arc::clone(&marks),
            tongue: Some(Arc::clone(tongue)),
            later: Arc::default(),
            search: Arc::clone(&search),
            marked: Arc::new(Marked::new(catalogue.procedures.len())),
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
        let mut shared = site.shared.clone();
        if !Arc::ptr_eq(&then.catalogue, &site.catalogue) {
            // What stands around a page tells of the first day, in the words of this one.
            let same = Site { catalogue: Arc::clone(&then.catalogue), ..site.clone() };
            shared.site = tera::Value::from_serializable(&view::frame::shared(&same));
        }
        Site { routes: Arc::clone(&site.routes), shared, ..then }
    });
    site.later = later.collect();
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
        | Route::SearchData(_)
        | Route::Moved(_)
        | Route::Posting(_)
        | Route::FieldBooklet(_)
        | Route::AgencyBooklet(_)
        | Route::Feed
        | Route::OpenData => true,
        // A host shows one page where there is none, which speaks both languages.
        Route::NotFound
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

/// A catalogue with all texts that pages show in another language, or marked as not of it. Markdown is
/// marked where it becomes HTML.
fn catalogue(catalogue: &Catalogue, tongue: &Tongue) -> Catalogue {
    let prose = |text: &Markdown| tongue.prose(text);
    let mut all = catalogue.in_words(&|text| tongue.say(text), &prose);
    all.procedures.iter_mut().for_each(|procedure| headed(Arc::make_mut(procedure)));
    all
}

/// The same of a procedure alone.
pub(super) fn procedure(procedure: &Procedure, id: ProcedureId, tongue: &Tongue) -> Procedure {
    let prose = |text: &Markdown| tongue.prose(text);
    let mut procedure = procedure.in_words(id, &|text| tongue.say(text), &prose);
    headed(&mut procedure);
    procedure
}

/// A name that the reader understands goes before one that citizens use in the other language.
fn headed(procedure: &mut Procedure) {
    let is_foreign = procedure.plain_title.as_deref().is_some_and(marks::is_foreign);
    if is_foreign && !marks::is_foreign(&procedure.title) {
        procedure.plain_title = None;
    }
}
