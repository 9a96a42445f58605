//! The changes as an Atom feed (RFC 4287): `view/feed.rs` says what there is to tell, here it is spelt.
//!
//! The identity of an entry comes from the address of what changes and the day on which it does, so that a
//! feed reader knows it again when the day has come, whenever the site was made.

use super::Site;
use super::marks;
use super::route::Route;
use super::sitemap::escape;
use super::view::Here;
use super::view::feed::{FeedEntry, entries};
use crate::model::date::Date;

/// The day of a feed of which nothing else tells one.
const BEGINNING: Date = Date::constant(1970, 1, 1);

/// The whole feed.
pub(super) fn feed(here: Here<'_>) -> String {
    let site = here.site;
    // Links in full where the site's address is known: a reader shows them away from the site.
    let here = Here { root: site.base_url().unwrap_or_default(), ..here };
    let about = &site.catalogue.site;
    let entries = entries(here);
    // It was last altered when the site last changed, not when it was made.
    let updated = site.assessment.last_change(&site.catalogue).or(about.compiled);
    let updated = updated.unwrap_or(BEGINNING);
    let mut atom = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let language = here.language().tag();
    atom.extend(["<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"", language, "\">\n"]);
    let title = format!("{} · {}", here.say("feed_title"), about.title);
    let head = [
        element("id", &identity(site, &site.address(Route::Feed), "")),
        element("title", &title),
        element("subtitle", here.say("feed_description")),
        element("updated", &moment(updated)),
        format!("<author>{}</author>", element("name", &about.publisher)),
        link("self", "application/atom+xml", &here.href(Route::Feed)),
        link("alternate", "text/html", &here.href(Route::Changes)),
    ];
    for line in head {
        atom.extend([line.as_str(), "\n"]);
    }
    for entry in &entries {
        atom.push_str(&spelt(site, entry));
    }
    atom.push_str("</feed>\n");
    // It is all said in one language, whatever is not translated.
    marks::bare(&atom).into_owned()
}

fn spelt(site: &Site, entry: &FeedEntry) -> String {
    let FeedEntry { day, about, title, summary, href, .. } = entry;
    let parts = [
        element("id", &identity(site, about, &day.to_string())),
        element("title", title),
        element("updated", &moment(*day)),
        link("alternate", "text/html", href),
        summary.as_ref().map_or_else(String::new, |summary| element("summary", summary)),
    ];
    let parts = parts.iter().filter(|part| !part.is_empty()).map(String::as_str);
    format!("<entry>\n{}\n</entry>\n", parts.collect::<Vec<_>>().join("\n"))
}

fn element(name: &str, text: &str) -> String {
    // These two are no characters of XML, whose other strangers no catalogue lets in.
    let text = text.replace(['\u{fffe}', '\u{ffff}'], "");
    format!("<{name}>{}</{name}>", escape(&text))
}

fn link(rel: &str, kind: &str, href: &str) -> String {
    format!("<link rel=\"{rel}\" type=\"{kind}\" href=\"{}\"/>", escape(href))
}

/// The first moment of a day in Việt Nam.
fn moment(day: Date) -> String {
    format!("{day}T00:00:00+07:00")
}

/// An identity that is the same in every build and in no other site: a UUID of the eighth version (RFC 9562),
/// whose bits are those of a hash.
fn identity(site: &Site, about: &str, day: &str) -> String {
    let whose = match site.base_url() {
        Some(base) => base.to_owned(),
        None => format!("{}\n{}", site.catalogue.site.publisher, site.catalogue.site.title),
    };
    let seed = format!("niemyet feed\n{whose}\n{about}\n{day}");
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&blake3::hash(seed.as_bytes()).as_bytes()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = format!("{:032x}", u128::from_be_bytes(bytes));
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}
