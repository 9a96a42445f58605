//! Draws what stands at an address: for one day alone, and of a page or of data for today and all days
//! ahead in one file.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::Serialize;

use super::route::{self, Bulk, Route};
use super::sheet::{self, Sheet};
use super::view::{Day, Here, Kept};
use super::{Site, data, feed, marks, search, sitemap, theme, weave};
use crate::diagnostic::{Diagnostic, Report};
use crate::files::{FilePath, Page};
use crate::model::date::Date;

/// Where the page of a closed site stands, in a folder of its own.
const CLOSED: &str = "index.html";

impl Site {
    /// Every page, with the site given away: it is forgotten with its last page.
    #[must_use]
    pub fn into_pages(self) -> impl ParallelIterator<Item = (Page, Report)> {
        let owned = |(address, route): (&str, Route)| (address.to_owned(), route);
        let first: Vec<(String, Route)> =
            self.own_routes().chain(self.search_routes()).map(owned).collect();
        let second: Vec<(String, Route)> = self.second_routes().map(owned).collect();
        let first = first.into_iter().map(|page| (None, page));
        let pages: Vec<_> =
            first.chain(second.into_iter().map(|page| (self.second.clone(), page))).collect();
        pages.into_par_iter().map(move |(site, (address, route))| {
            site.as_deref().unwrap_or(&self).draw(&address, route)
        })
    }

    /// What a host shows in the place of any page once the horizon of the build is past, or before it: that
    /// the site is closed, and whom to ask. `after` is the first day past the horizon. With the assets that
    /// the page loads.
    #[must_use]
    pub fn closed(&self, after: Date) -> Vec<(Page, Report)> {
        let root = self.base_path();
        let kept = Kept::default();
        let here = Here {
            site: self,
            assessment: &self.assessment,
            root: &root,
            own: CLOSED,
            kept: &kept,
        };
        let (bytes, report) = match self.text(here, &sheet::closed(here, after)) {
            Ok(text) => (text.into_bytes(), Report::default()),
            Err(found) => (Vec::new(), found.into_iter().collect()),
        };
        let assets = self.own_routes().filter(|(_, route)| matches!(route, Route::Asset(_)));
        let assets = assets.map(|(address, route)| self.draw(address, route));
        std::iter::once((Page { path: path_of(CLOSED), bytes }, report)).chain(assets).collect()
    }

    /// The path at which the site's root stands on its server, with a slash at both ends, of plain letters
    /// and digits; where it is not known or not plain, the server's root.
    #[must_use]
    pub fn base(&self) -> String {
        let path = self.base_path();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_~./".contains(c);
        let is_known = path.starts_with('/') && path.chars().all(is_plain);
        if is_known && !path.contains("//") && !path.contains("..") { path } else { "/".to_owned() }
    }

    /// Draws what stands at an address.
    pub(super) fn draw(&self, address: &str, route: Route) -> (Page, Report) {
        let mut report = Report::default();
        let bytes = match route {
            Route::Sitemap => sitemap::sitemap(self).into_bytes(),
            Route::Robots => sitemap::robots(self).into_bytes(),
            Route::Feed => self.feed(address).into_bytes(),
            Route::ProceduresData
            | Route::ProcedureData(_)
            | Route::DocumentsData
            | Route::RemovedData
            | Route::Bulk(_) => self.data(route),
            Route::SearchData(part) => search::part(self, part),
            Route::Form(place) => self.forms[place].bytes.clone(),
            Route::Asset(place) => self.theme.assets[place].bytes.clone(),
            page => match self.woven(address, page) {
                Ok(text) => text.into_bytes(),
                Err(found) => {
                    report.merge(found.into_iter().collect());
                    Vec::new()
                }
            },
        };
        (Page { path: path_of(address), bytes }, report)
    }

    fn feed(&self, address: &str) -> String {
        let root = route::root(address);
        let (assessment, kept) = (&self.assessment, &Kept::default());
        feed::feed(Here { site: self, assessment, root: &root, own: address, kept })
    }

    /// Data, with the first day on which they will differ.
    fn data(&self, route: Route) -> Vec<u8> {
        let mut turns = self.turns.of(self, route).into_iter().map(|place| &self.later[place]);
        if let Route::Bulk(bulk @ (Bulk::JsonLd | Bulk::Turtle)) = route {
            return data::graph(self, turns, bulk);
        }
        let today = data::data(self, route, None);
        let differs = |site: &&Self| data::data(site, route, None) != today;
        match turns.find(differs) {
            Some(site) => data::data(self, route, Some(site.assessment.today)),
            None => today,
        }
    }

    /// A page as it is today and as it will be on the days ahead, in one text.
    fn woven(&self, address: &str, route: Route) -> Result<String, Vec<Diagnostic>> {
        let kept = Kept::on_days_of(self);
        let (first, mut before) = self.drawn(address, route, &kept, None)?;
        let Some(first) = first else { return Ok(String::new()) };
        let mut later: Vec<(Date, String)> = Vec::new();
        for place in self.turns.of(self, route) {
            let site = &self.later[place];
            let (text, sheet) = site.drawn(address, route, &kept, Some(&before))?;
            before = sheet;
            if let Some(text) = text
                && later.last().map_or(&first, |(_, last)| last) != &text
            {
                later.push((site.assessment.today, text));
            }
        }
        if later.is_empty() {
            return Ok(first);
        }
        let days: Vec<Date> = later.iter().map(|(day, _)| *day).collect();
        let notice = self.notice(address, route, &days)?;
        let title = marks::bare(&self.catalogue.site.title);
        let part = sitemap::escape(self.theme.words.say("turns_part"));
        let part = format!("<p class=\"turns\" hidden>{part}</p>");
        let notices = weave::Notices { page: &notice, part: &part };
        weave::weave(&first, &later, notices, &title)
            .map_err(|why| vec![theme::finding(address, why)])
    }

    /// The way from a page to the site's root.
    fn root(&self, address: &str, route: Route) -> String {
        match route {
            // A server shows it at any depth, where only a path from the server's root leads home.
            Route::NotFound => self.base_path(),
            _ => route::root(address),
        }
    }

    /// The page of an address on the day of the site; where nothing stands there, that it was not found.
    pub(super) fn page_of(&self, address: &str, route: Route) -> Result<String, Vec<Diagnostic>> {
        let (text, _) = self.drawn(address, route, &Kept::default(), None)?;
        Ok(text.unwrap_or_default())
    }

    /// The same, and what it was drawn from; no text where that is the same as `before`.
    fn drawn(
        &self,
        address: &str,
        route: Route,
        kept: &Kept<'_>,
        before: Option<&Sheet>,
    ) -> Result<(Option<String>, Sheet), Vec<Diagnostic>> {
        let root = self.root(address, route);
        // What is announced is shown as it will be on its first day.
        let first_day = match route {
            Route::Procedure(id) => self.assessment.procedure(id).applies_from(),
            _ => None,
        };
        let then = self.assessment.on(first_day.unwrap_or(self.assessment.today));
        let here = Here { site: self, assessment: &then, root: &root, own: address, kept };
        let sheet = self.sheet(here, if self.has(route) { route } else { Route::NotFound });
        if before == Some(&sheet) {
            return Ok((None, sheet));
        }
        Ok((Some(self.text(here, &sheet)?), sheet))
    }

    /// What a page that changes says to who reads it without script, and on paper.
    fn notice(
        &self,
        address: &str,
        route: Route,
        days: &[Date],
    ) -> Result<String, Vec<Diagnostic>> {
        let from = std::iter::once(None).chain(days.iter().map(|day| Some(day.to_string())));
        let until = days.iter().map(|day| Day::new(*day));
        let turns: Vec<Turn> = from.zip(until).map(|(from, until)| Turn { from, until }).collect();
        let mut context = tera::Context::new();
        context.insert_value("site", self.shared.site.clone());
        context.insert_value("t", self.shared.words.clone());
        context.insert("root", &self.root(address, route));
        context.insert("turns", &turns);
        let drawn = self.theme.tera.render("turns.html", &context);
        drawn
            .map(|notice| self.marks.page(&notice))
            .map_err(|error| theme::findings(&error, "turns.html"))
    }

    /// The path at which the site's root stands on its server; where that is not known, relative.
    fn base_path(&self) -> String {
        let base = self.base_url().and_then(|base| base.split_once("://"));
        let path = base.map(|(_, rest)| rest.split_once('/').map_or("/", |(_, path)| path));
        match path {
            None => String::new(),
            Some("/") => "/".to_owned(),
            Some(path) => format!("/{path}"),
        }
    }
}

pub(super) fn path_of(address: &str) -> FilePath {
    FilePath::new(address).expect("addresses are made of slugs and file names")
}

/// The days on which a page stays the same, up to its next change.
#[derive(Serialize)]
struct Turn {
    from: Option<String>,
    until: Day,
}
