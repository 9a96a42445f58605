//! What surrounds every page: its head, its way back, and what is the same on all pages of the site.

use serde::Serialize;

use super::{Day, Here, Link};
use crate::language::Language;
use crate::model::link;
use crate::render::Site;
use crate::render::route::{self, Route};

/// The head of one page.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Frame {
    pub(in crate::render) title: String,
    pub(super) description: String,
    /// Which entry of the navigation it belongs to.
    pub(super) section: &'static str,
    pub(in crate::render) crumbs: Vec<Link>,
    /// Kept from search engines.
    pub(in crate::render) noindex: bool,
    /// The last day of what it shows, after which search engines shall forget it.
    pub(in crate::render) last_day: Option<String>,
    /// What it is about, for programs: JSON-LD in the words of schema.org.
    pub(in crate::render) linked: Option<String>,
    /// Where it stands in each language, where it stands in two.
    pub(in crate::render) languages: Vec<Tongue>,
    /// Where the file may be mended from which the page is made.
    pub(in crate::render) edit: Option<String>,
}

impl Frame {
    /// A page below the home page.
    pub(super) fn new(here: Here<'_>, title: &str, section: &'static str) -> Self {
        Self {
            title: title.to_owned(),
            description: title.to_owned(),
            section,
            crumbs: vec![here.link(Route::Home, here.say("home_name"))],
            noindex: false,
            last_day: None,
            linked: None,
            languages: Vec::new(),
            edit: None,
        }
    }

    pub(super) fn below(mut self, link: Link) -> Self {
        self.crumbs.push(link);
        self
    }
}

/// A page in a language.
#[derive(Clone, Debug, Serialize)]
pub(in crate::render) struct Tongue {
    language: &'static str,
    name: String,
    is_this: bool,
    href: String,
    /// Its address as others know it.
    known: String,
}

/// Where a page stands in each language, where it stands in two.
pub(in crate::render) fn languages(here: Here<'_>, route: Route) -> Vec<Tongue> {
    let tongue = |(language, address): (Language, String)| {
        let known = match route {
            Route::Home => address.trim_end_matches("index.html").to_owned(),
            _ => route::href("", &address),
        };
        Tongue {
            language: language.tag(),
            name: here.site.theme.own_name(language).to_owned(),
            is_this: language == here.words().language,
            href: route::href(here.root, &address),
            known,
        }
    };
    here.site.parallel(route).into_iter().flatten().map(tongue).collect()
}

/// What is the same on all pages. Addresses are paths from the site's root.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Shared {
    language: &'static str,
    /// The language of what is not translated, where pages are in another.
    other: Option<&'static str>,
    /// The folder in which the pages of this language stand.
    folder: String,
    title: String,
    publisher: String,
    notice: Option<String>,
    as_of: Day,
    /// The day from which a page says that it was not confirmed.
    valid_until: Day,
    /// What a page may load and run: its own files, and nothing that is written in it.
    policy: &'static str,
    n_procedures: String,
    home: String,
    nav: Vec<Entry>,
    foot: Vec<Entry>,
    data: Vec<Entry>,
    search: String,
    feed: String,
    contacts: Vec<Contact>,
    compiled: Option<Day>,
    base_url: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Entry {
    id: &'static str,
    address: String,
    name: String,
}

#[derive(Clone, Debug, Serialize)]
struct Contact {
    name: String,
    text: Option<String>,
    url: Option<String>,
    phone: Option<String>,
    /// The telephone number as a machine dials it.
    dial: Option<String>,
}

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
                      img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; \
                      require-trusted-types-for 'script'";

/// What all pages of a site share.
pub(crate) fn shared(site: &Site) -> Shared {
    let words = &site.theme.words;
    let about = &site.catalogue.site;
    let entry = |id, route, key: &str| Entry {
        id,
        address: site.address(route),
        name: words.say(key).to_owned(),
    };
    let mut nav = vec![
        entry("tim-kiem", Route::Search, "nav_search"),
        entry("thu-tuc", Route::Procedures, "nav_procedures"),
        entry("linh-vuc", Route::Fields, "nav_fields"),
    ];
    if !site.lists.life_events.is_empty() {
        nav.push(entry("viec", Route::LifeEvents, "nav_life_events"));
    }
    nav.push(entry("thay-doi", Route::Changes, "nav_changes"));
    nav.push(entry("van-ban", Route::Documents, "nav_documents"));
    let mut foot: Vec<Entry> = site
        .lists
        .pages
        .iter()
        .map(|place| Entry {
            id: "",
            address: site.address(Route::FreePage(*place)),
            name: site.catalogue.pages[*place].title.clone(),
        })
        .collect();
    foot.push(entry("co-quan", Route::Agencies, "nav_agencies"));
    foot.push(entry("van-ban", Route::Documents, "nav_all_documents"));
    foot.push(entry("thay-doi", Route::Changes, "nav_all_changes"));
    if site.has_terms() {
        foot.push(entry("thuat-ngu", Route::Terms, "nav_terms"));
    }
    let n = site.lists.procedures.len();
    Shared {
        language: words.language.tag(),
        other: site.tongue.as_ref().map(|_| about.language.tag()),
        folder: site.address(Route::Home).trim_end_matches("index.html").to_owned(),
        title: about.title.clone(),
        publisher: about.publisher.clone(),
        notice: about.notice.clone(),
        as_of: Day::new(site.assessment.as_of),
        valid_until: Day::new(site.valid_until),
        policy: POLICY,
        n_procedures: count(site, n),
        home: site.address(Route::Home),
        nav,
        foot,
        data: vec![
            entry("api", Route::ProceduresData, "data_procedures"),
            entry("api", Route::DocumentsData, "data_documents"),
            entry("api", Route::RemovedData, "data_removed"),
            entry("api", Route::Feed, "data_feed"),
            entry("du-lieu-mo", Route::OpenData, "open_data_more"),
        ],
        search: site.address(Route::Search),
        feed: site.address(Route::Feed),
        contacts: about.contacts.iter().map(contact).collect(),
        compiled: about.compiled.map(Day::new),
        base_url: site.base_url().map(str::to_owned),
    }
}

fn count(site: &Site, n: usize) -> String {
    let words = &site.theme.words;
    let key = if n == 1 { "count_procedure" } else { "count_procedures" };
    words.fill(key, &[("n", &super::text::number(words, n as u64))])
}

fn contact(contact: &crate::model::site::Contact) -> Contact {
    let phone = contact.phone.clone();
    let dial = phone
        .as_ref()
        .map(|phone| phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>());
    Contact {
        name: contact.name.clone(),
        text: contact.text.clone(),
        url: contact.url.as_deref().and_then(link::outside).map(str::to_owned),
        phone,
        dial: dial.filter(|dial| !dial.is_empty()),
    }
}
