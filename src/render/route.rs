//! Every file of the site and its address: the only place that spells one.
//!
//! Addresses are flat `.html` files and links are relative, so that the site also works from a folder
//! that was copied, below any base path.

use crate::files::FilePath;
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::agency::{AgencyId, FieldId, Level};
use crate::model::document::DocumentId;
use crate::model::procedure::{Audience, ProcedureId};

/// What stands at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// The home page.
    Home,
    /// All published procedures.
    Procedures,
    /// A version of a procedure: its page, or the tombstone in its place.
    Procedure(ProcedureId),
    /// All fields.
    Fields,
    /// The procedures of a field.
    Field(FieldId),
    /// All agencies.
    Agencies,
    /// An agency, its offices and procedures; or the tombstone in its place.
    Agency(AgencyId),
    /// The procedures of a level.
    Level(Level),
    /// The procedures of an audience.
    Audience(Audience),
    /// All life events.
    LifeEvents,
    /// A life event.
    LifeEvent(usize),
    /// A joint group.
    Group(usize),
    /// All documents that are not over.
    Documents,
    /// A document: its page, or the tombstone in its place.
    Document(DocumentId),
    /// A procedure as a sheet of paper to post (tờ niêm yết).
    Posting(ProcedureId),
    /// The sheets of a field, as a booklet.
    FieldBooklet(FieldId),
    /// The sheets of what an agency performs or receives, as a booklet.
    AgencyBooklet(AgencyId),
    /// The coming changes.
    Changes,
    /// A free page.
    FreePage(usize),
    /// What a server shows where there is nothing.
    NotFound,
    /// Abbreviations and everyday words.
    Terms,
    /// Where one searches.
    Search,
    /// What is searched: a script with a part of the index.
    SearchData(SearchPart),
    /// The changes, for feed readers.
    Feed,
    /// What has left the site, for harvesters.
    RemovedData,
    /// An address that was renamed, by its place in the site's list.
    Moved(usize),
    /// The list for search engines.
    Sitemap,
    /// What search engines may read.
    Robots,
    /// All published procedures as data.
    ProceduresData,
    /// A procedure as data.
    ProcedureData(ProcedureId),
    /// All documents that are not over, as data.
    DocumentsData,
    /// What the data files hold, for people.
    OpenData,
    /// All of the site in one file, in a form that others know.
    Bulk(Bulk),
    /// A form, by its place in the site's list.
    Form(usize),
    /// A file of the theme, by its place in the theme's list.
    Asset(usize),
}

/// A part of what is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SearchPart {
    /// The words of all.
    Base,
    /// Codes, by their ends.
    Codes(usize),
    /// Documents, by the first number of theirs.
    Laws(usize),
    /// Documents that are known by their names.
    Named,
    /// Where words stand.
    Words(usize),
    /// Codes and numbers that lead to a notice.
    Gone,
    /// Procedures.
    Shard(usize),
}

/// A file that holds all of the site, or describes what does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bulk {
    /// Published procedures as a table.
    Procedures,
    /// Their fees as a table.
    Fees,
    /// Their papers as a table.
    Papers,
    /// Documents that are not over as a table.
    Documents,
    /// All of it as linked data (CPSV-AP), in JSON-LD.
    JsonLd,
    /// The same in Turtle.
    Turtle,
    /// What is in which file of JSON, as a description by `OpenAPI`.
    OpenApi,
}

impl Bulk {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Procedures,
        Self::Fees,
        Self::Papers,
        Self::Documents,
        Self::JsonLd,
        Self::Turtle,
        Self::OpenApi,
    ];
}

/// Where a file of the site stands, as a path from the site's root. Forms and assets have a hash in
/// their address and get it where their bytes are; renamed addresses are made apart from these.
#[must_use]
pub fn address(catalogue: &Catalogue, route: Route) -> String {
    match route {
        Route::Home => "index.html".to_owned(),
        Route::Procedures => "thu-tuc/index.html".to_owned(),
        Route::Procedure(id) => format!("thu-tuc/{}.html", catalogue[id].slug),
        Route::Fields => "linh-vuc/index.html".to_owned(),
        Route::Field(id) => format!("linh-vuc/{}.html", catalogue[id].slug),
        Route::Agencies => "co-quan/index.html".to_owned(),
        Route::Agency(id) => format!("co-quan/{}.html", catalogue[id].slug),
        Route::Level(level) => format!("cap/{}.html", level_slug(level)),
        Route::Audience(audience) => format!("doi-tuong/{}.html", audience_slug(audience)),
        Route::LifeEvents => "viec/index.html".to_owned(),
        Route::LifeEvent(place) => format!("viec/{}.html", catalogue.life_events[place].slug),
        Route::Group(place) => format!("lien-thong/{}.html", catalogue.groups[place].slug),
        Route::Documents => "van-ban/index.html".to_owned(),
        Route::Document(id) => format!("van-ban/{}.html", catalogue[id].slug),
        Route::Posting(id) => format!("niem-yet/{}.html", catalogue[id].slug),
        Route::FieldBooklet(id) => format!("niem-yet/linh-vuc/{}.html", catalogue[id].slug),
        Route::AgencyBooklet(id) => format!("niem-yet/co-quan/{}.html", catalogue[id].slug),
        Route::Changes => "thay-doi.html".to_owned(),
        Route::FreePage(place) => format!("trang/{}.html", catalogue.pages[place].slug),
        Route::NotFound => "404.html".to_owned(),
        Route::Terms => "thuat-ngu.html".to_owned(),
        Route::Search => "tim-kiem.html".to_owned(),
        Route::SearchData(part) => format!("tim-kiem/{}.js", search_name(part)),
        Route::Feed => "thay-doi.xml".to_owned(),
        Route::RemovedData => "removed.json".to_owned(),
        Route::Sitemap => "sitemap.xml".to_owned(),
        Route::Robots => "robots.txt".to_owned(),
        Route::ProceduresData => "api/thu-tuc.json".to_owned(),
        Route::ProcedureData(id) => format!("api/thu-tuc/{}.json", catalogue[id].slug),
        Route::DocumentsData => "api/van-ban.json".to_owned(),
        Route::OpenData => "du-lieu-mo.html".to_owned(),
        Route::Bulk(bulk) => format!("api/{}", bulk_name(bulk)),
        Route::Form(_) | Route::Asset(_) | Route::Moved(_) => String::new(),
    }
}

/// The address at which a page stands in the second language of a catalogue.
pub(super) fn in_language(language: Language, address: &str) -> String {
    format!("{}/{address}", language.tag())
}

/// The address that a page would have under another id.
pub(super) fn renamed(address: &str, id: &str) -> String {
    let folder = address.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/{id}.html")
}

/// Where the data of a procedure stand whose page has this address.
pub(super) fn data_of(address: &str) -> String {
    format!("api/{}.json", address.trim_end_matches(".html"))
}

fn bulk_name(bulk: Bulk) -> &'static str {
    match bulk {
        Bulk::Procedures => "thu-tuc.csv",
        Bulk::Fees => "phi.csv",
        Bulk::Papers => "thanh-phan-ho-so.csv",
        Bulk::Documents => "van-ban.csv",
        Bulk::JsonLd => "cpsv-ap.jsonld",
        Bulk::Turtle => "cpsv-ap.ttl",
        Bulk::OpenApi => "openapi.json",
    }
}

/// What in linked data stands for the thing that a page is about, which is not the page itself.
pub(super) fn thing(route: Route) -> &'static str {
    match route {
        Route::Procedure(_) => "#dich-vu",
        Route::Document(_) => "#van-ban",
        Route::Agency(_) => "#co-quan",
        Route::Field(_) => "#linh-vuc",
        Route::Audience(_) => "#doi-tuong",
        Route::LifeEvent(_) => "#su-kien",
        Route::OpenData => "#tap-du-lieu",
        _ => "",
    }
}

fn level_slug(level: Level) -> &'static str {
    match level {
        Level::Ministry => "bo",
        Level::Province => "tinh",
        Level::Commune => "xa",
        Level::Other => "khac",
    }
}

fn audience_slug(audience: Audience) -> &'static str {
    match audience {
        Audience::Citizen => "cong-dan",
        Audience::OverseasVietnamese => "nguoi-viet-nam-o-nuoc-ngoai",
        Audience::Foreigner => "nguoi-nuoc-ngoai",
        Audience::Official => "can-bo-cong-chuc-vien-chuc",
        Audience::Enterprise => "doanh-nghiep",
        Audience::VietnameseEnterprise => "doanh-nghiep-viet-nam",
        Audience::ForeignInvestedEnterprise => "doanh-nghiep-co-von-nuoc-ngoai",
        Audience::Organisation => "to-chuc",
        Audience::ForeignOrganisation => "to-chuc-nuoc-ngoai",
        Audience::Cooperative => "hop-tac-xa",
        Audience::PartyMember => "dang-vien",
        Audience::PartyOrganisation => "to-chuc-dang",
    }
}

/// The address of a form: a new text has a new address, so that nobody fills in a stale copy.
pub(super) fn form_address(source: &FilePath, bytes: &[u8]) -> String {
    format!("bieu-mau/{}/{}", hash(bytes), source.name())
}

/// The name of a part of what is searched.
pub(super) fn search_name(part: SearchPart) -> String {
    match part {
        SearchPart::Base => "goc".to_owned(),
        SearchPart::Codes(part) => format!("so-{part}"),
        SearchPart::Laws(part) => format!("vb-{part}"),
        SearchPart::Named => "luat".to_owned(),
        SearchPart::Gone => "het".to_owned(),
        SearchPart::Words(part) => format!("tu-{part}"),
        SearchPart::Shard(place) => place.to_string(),
    }
}

/// The address of a theme's file: it may be kept for ever, because another text has another address.
pub(super) fn asset_address(source: &str, bytes: &[u8]) -> String {
    let name = source.rsplit('/').next().unwrap_or(source);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("tai-san/{stem}.{}.{extension}", hash(bytes)),
        None => format!("tai-san/{name}.{}", hash(bytes)),
    }
}

/// A few letters that another text has not.
pub(super) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}

/// The way from a page to the site's root: `../` as often as the page lies deep.
pub(super) fn root(address: &str) -> String {
    "../".repeat(address.matches('/').count())
}

/// A link that a browser reads as this path and nothing else.
pub(super) fn href(root: &str, address: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut href = String::with_capacity(root.len() + address.len());
    href.push_str(root);
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            href.push(char::from(byte));
        } else {
            href.push('%');
            href.push(char::from(DIGITS[usize::from(byte >> 4)]));
            href.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    href
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_climb_and_stay_plain() {
        assert_eq!(root("index.html"), "");
        assert_eq!(root("api/thu-tuc/a.json"), "../../");
        assert_eq!(href("../", "bieu-mau/0f/Mẫu 1.docx"), "../bieu-mau/0f/M%E1%BA%ABu%201.docx");
    }

    #[test]
    fn audiences_and_levels_have_addresses_of_their_own() {
        let mut slugs: Vec<&str> = Audience::ALL.iter().map(|(a, _)| audience_slug(*a)).collect();
        slugs.extend(Level::ALL.iter().map(|(level, _)| level_slug(*level)));
        let all = slugs.len();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), all);
    }
}
