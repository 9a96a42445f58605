//! The page that says which files of data there are and what each holds. Of no day: the files change, not
//! what they are.

use serde::Serialize;

use super::frame::Frame;
use super::{Here, Link, outside};
use crate::render::route::{Bulk, Route};

/// The page of open data.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct OpenDataView {
    heading: String,
    kinds: Vec<Kind>,
    licence: Option<Licence>,
}

#[derive(Clone, Debug, Serialize)]
struct Kind {
    id: &'static str,
    name: String,
    lead: String,
    files: Vec<File>,
}

/// A file: its name, how it is written, what it holds.
#[derive(Clone, Debug, Serialize)]
struct File {
    /// Where it is; none for one of many, and for what is laid down last.
    href: Option<String>,
    name: String,
    text: String,
}

#[derive(Clone, Debug, Serialize)]
struct Licence {
    name: String,
    link: Option<Link>,
}

pub(crate) fn open_data(here: Here<'_>) -> (Frame, OpenDataView) {
    let mut frame = Frame::new(here, here.say("open_data_heading"), "du-lieu-mo");
    here.say("open_data_description").clone_into(&mut frame.description);
    let file = |route, key: &str| File {
        href: Some(here.href(route)),
        name: here.site.address(route),
        text: here.words().say(key).to_owned(),
    };
    let unlinked = |name: &str, key: &str| File {
        href: None,
        name: name.to_owned(),
        text: here.words().say(key).to_owned(),
    };
    let kind = |id, name: &str, lead: &str, files| Kind {
        id,
        name: here.words().say(name).to_owned(),
        lead: here.words().say(lead).to_owned(),
        files,
    };
    let tables = vec![
        file(Route::Bulk(Bulk::Procedures), "open_data_procedures"),
        file(Route::Bulk(Bulk::Papers), "open_data_papers"),
        file(Route::Bulk(Bulk::Fees), "open_data_fees"),
        file(Route::Bulk(Bulk::Documents), "open_data_documents"),
    ];
    let json = vec![
        file(Route::ProceduresData, "open_data_procedures"),
        unlinked("api/thu-tuc/*.json", "open_data_procedure"),
        file(Route::DocumentsData, "open_data_documents"),
        file(Route::RemovedData, "open_data_removed"),
        unlinked("build.json", "open_data_build"),
        file(Route::Bulk(Bulk::OpenApi), "open_data_openapi"),
    ];
    let graphs = vec![
        file(Route::Bulk(Bulk::JsonLd), "open_data_json_ld"),
        file(Route::Bulk(Bulk::Turtle), "open_data_turtle"),
    ];
    let feeds = vec![file(Route::Feed, "open_data_feed")];
    let licence = here.catalogue().site.licence.as_ref().map(|licence| Licence {
        name: licence.name.clone(),
        link: outside(licence.url.as_deref()).map(|href| Link { href, name: licence.name.clone() }),
    });
    let view = OpenDataView {
        heading: here.say("open_data_heading").to_owned(),
        kinds: vec![
            kind("bang-tinh", "open_data_tables", "open_data_tables_lead", tables),
            kind("json", "open_data_json", "open_data_json_lead", json),
            kind("lien-ket", "open_data_graphs", "open_data_graphs_lead", graphs),
            kind("theo-doi", "open_data_feeds", "open_data_feeds_lead", feeds),
        ],
        licence,
    };
    (frame, view)
}
