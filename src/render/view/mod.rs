//! What templates see: plain structs with every text ready-made. Nothing here knows a template, and no
//! template knows the model.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::Serialize;

pub(super) mod agency;
pub(super) mod basis;
pub(super) mod changes;
pub(super) mod channels;
pub(super) mod closed;
pub(super) mod document;
pub(super) mod dossier;
pub(super) mod drawing;
pub(super) mod due;
pub(super) mod event;
pub(super) mod facts;
pub(super) mod feed;
pub(super) mod frame;
pub(super) mod history;
pub(super) mod home;
pub(super) mod index;
pub(super) mod more;
pub(super) mod names;
pub(super) mod news;
pub(super) mod open_data;
pub(super) mod paper;
pub(super) mod places;
pub(super) mod posting;
pub(super) mod procedure;
pub(super) mod search;
pub(super) mod terms;
pub(super) mod text;
pub(super) mod tombstone;

use super::Site;
use super::markdown::{self, Headings};
use super::readings;
use super::route::{self, Route};
use super::words::{Piece, Words};
use crate::language::Language;
use crate::model::date::Date;
use crate::model::document::DocumentId;
use crate::model::procedure::ProcedureId;
use crate::model::provision::Provision;
use crate::model::{Catalogue, Markdown, link};
use crate::validity::{Assessment, words as law};

/// The site, seen from one of its pages.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    pub(super) site: &'a Site,
    /// What holds on the day that the page shows: today, or the first day of what is announced.
    pub(super) assessment: &'a Assessment,
    /// The way to the site's root.
    pub(super) root: &'a str,
    /// Its own address.
    pub(super) own: &'a str,
    /// What is drawn alike on several of its days.
    pub(super) kept: &'a Kept<'a>,
}

/// What of procedures stands on one page, each kept for the other days on which it is the same.
#[derive(Default)]
pub(super) struct Kept<'a> {
    /// Who knows on which days a procedure turns; nobody where the page is drawn for one day alone.
    site: Option<&'a Site>,
    rows: RefCell<BTreeMap<ProcedureId, (facts::State, facts::Row)>>,
    sheets: RefCell<BTreeMap<ProcedureId, posting::Stretch>>,
}

impl<'a> Kept<'a> {
    /// For a page that is drawn on the days of a site.
    pub(super) fn on_days_of(site: &'a Site) -> Self {
        Self { site: Some(site), ..Self::default() }
    }
}

/// A name that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) name: String,
}

/// A day, for people and for machines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Day {
    pub(super) iso: String,
    pub(super) text: String,
}

/// How something stands, by shape and words: `on`, `soon`, `off`, `unsure`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Tag {
    pub(super) shape: &'static str,
    pub(super) text: String,
}

/// The round stamp: drawn, and hidden from those who listen, because it repeats what stands beside it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Stamp {
    pub(super) above: String,
    pub(super) middle: String,
    pub(super) below: String,
    pub(super) off: bool,
    /// Size of the letters in the middle and above, so that they fit.
    pub(super) middle_size: f32,
    pub(super) above_size: f32,
}

/// One cell of the line under the heading.
#[derive(Clone, Debug, Serialize)]
pub(super) struct State {
    pub(super) tag: Option<Tag>,
    pub(super) label: Option<String>,
    pub(super) pieces: Vec<Piece>,
}

/// A dated sentence.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Entry {
    pub(super) day: Option<Day>,
    pub(super) pieces: Vec<Piece>,
}

impl Piece {
    pub(super) fn day(date: Date) -> Self {
        let Day { iso, text } = Day::new(date);
        Self { text, day: Some(iso), ..Self::default() }
    }

    pub(super) fn link(link: Link) -> Self {
        Self { text: link.name, href: Some(link.href), ..Self::default() }
    }
}

impl Day {
    pub(super) fn new(date: Date) -> Self {
        Self { iso: date.to_string(), text: text::day(date) }
    }
}

impl Stamp {
    pub(super) fn new(above: &str, middle: &str, below: &str) -> Self {
        // The ring has room for about 14 wide letters, its middle for about 10 narrow ones.
        let fit = |text: &str, letters: f32, size: f32| {
            let n = f32::from(u16::try_from(text.chars().count()).unwrap_or(u16::MAX));
            (size * (letters / n.max(1.0)).min(1.0) * 10.0).round() / 10.0
        };
        Self {
            above: above.to_uppercase(),
            middle: middle.to_owned(),
            below: below.to_uppercase(),
            off: false,
            middle_size: fit(middle, 10.0, 18.5),
            above_size: fit(above, 17.0, 15.0),
        }
    }
}

impl<'a> Here<'a> {
    pub(super) fn catalogue(self) -> &'a Catalogue {
        &self.site.catalogue
    }

    pub(super) fn words(self) -> &'a Words {
        &self.site.theme.words
    }

    /// The language of the page.
    pub(super) fn language(self) -> Language {
        self.words().language
    }

    pub(super) fn say(self, key: &'a str) -> &'a str {
        self.words().say(key)
    }

    /// Words of the catalogue's language, on whatever page they stand.
    pub(super) fn foreign(self, text: &str) -> String {
        self.site.tongue.as_ref().map_or_else(|| text.to_owned(), |tongue| tongue.say(text))
    }

    pub(super) fn href(self, route: Route) -> String {
        route::href(self.root, &self.site.address(route))
    }

    pub(super) fn link(self, route: Route, name: &str) -> Link {
        Link { href: self.href(route), name: name.to_owned() }
    }

    /// A name that leads to a page where there is one today.
    pub(super) fn named(self, route: Route, name: &str) -> Piece {
        let address = self.site.address(route);
        if address != self.own && self.site.find(&address).is_some() {
            Piece::link(self.link(route, name))
        } else {
            Piece::text(name)
        }
    }

    pub(super) fn procedure(self, id: ProcedureId) -> Link {
        self.link(Route::Procedure(id), self.catalogue()[id].heading())
    }

    /// A document as it is called in a sentence.
    pub(super) fn document(self, id: DocumentId) -> Piece {
        let document = &self.catalogue()[id];
        let address = self.site.address(Route::Document(id));
        // A link to the page itself leads nowhere.
        let href = (address != self.own).then(|| route::href(self.root, &address));
        match &document.number {
            Some(number) => Piece {
                text: format!("{} ", document.kind.said(self.language())),
                number: Some(number.clone()),
                href,
                day: None,
            },
            None => Piece { text: document.label().to_owned(), href, ..Piece::default() },
        }
    }

    /// A sentence about law with its documents as links, with a capital letter and a full stop.
    pub(super) fn sentence(self, pieces: &[law::Piece]) -> Vec<Piece> {
        let mut sentence: Vec<Piece> = pieces
            .iter()
            .map(|piece| match piece {
                law::Piece::Text(words) => Piece::text(words),
                law::Piece::Document(id) => self.document(*id),
                law::Piece::Provision(provision) => Piece::text(&provision.said(self.language())),
                law::Piece::Source(source) => Piece::text(&text::source(source, self.language())),
                law::Piece::Day(day, _) => Piece::day(*day),
            })
            .collect();
        if let Some(first) = sentence.first_mut() {
            first.text = text::capital(&first.text);
        }
        sentence.push(Piece::text("."));
        sentence
    }

    /// Whether a sentence names nothing that is over: what has ended is named on tombstones alone.
    pub(super) fn is_lawful(self, pieces: &[law::Piece]) -> bool {
        pieces.iter().all(|piece| match piece {
            law::Piece::Document(id) => self.is_live(*id),
            _ => true,
        })
    }

    pub(super) fn is_live(self, id: DocumentId) -> bool {
        !self.site.assessment.document(id).force.is_over()
    }

    pub(super) fn prose(self, markdown: &Markdown, headings: Headings) -> String {
        let cited = self.cited(markdown);
        let lead = markdown::Lead { root: self.root, cited, table: self.say("prose_table") };
        let html = markdown::html(&markdown.text, headings, lead, |path| self.page(path));
        match &self.site.tongue {
            Some(tongue) => tongue.html(markdown, &html),
            None => html,
        }
    }

    /// The page that a text leads to: in its own language where there is one.
    fn page(self, path: &str) -> Option<String> {
        let tongue = self.site.tongue.as_ref();
        let own = tongue.map(|tongue| route::in_language(tongue.language, path));
        let mut known = own.into_iter().chain([path.to_owned()]);
        known.find(|path| self.site.find(path).is_some())
    }

    /// The documents that a text names and that are law or will be, each with its page; none of which
    /// the text names a provision that is over.
    fn cited(self, text: &Markdown) -> Vec<markdown::Cited> {
        let mentions = match self.site.readings.get().and_then(|all| all.of(text)) {
            Some(read) => Cow::Borrowed(read),
            None => Cow::Owned(readings::named(&self.site.index, &text.text)),
        };
        let cited = mentions.iter().filter_map(|mention| {
            let is_over = |id: DocumentId, part: &Provision| {
                let life = self.site.assessment.life(id);
                life.standing(Some(part), self.site.assessment.today).force.is_over()
            };
            let may_show =
                |id| self.is_live(id) && !mention.parts.iter().any(|part| is_over(id, part));
            let document = mention.target.pick(may_show)?;
            let address = self.site.address(Route::Document(document));
            // Of two documents at one address only one has a page.
            let is_there = self.site.find(&address) == Some(Route::Document(document));
            let href = route::href(self.root, &address);
            is_there.then(|| markdown::Cited { range: mention.range.clone(), href })
        });
        cited.collect()
    }
}

/// An address that leads out of the site, if it is safe.
pub(super) fn outside(address: Option<&str>) -> Option<String> {
    address.and_then(link::outside).map(str::to_owned)
}
