//! `api/openapi.json`: what is in which file of JSON, as a description that programs read (`OpenAPI` 3.1).
//! The shapes are written out in `openapi.json` beside this file; `tests/data.rs` holds every file of the
//! test sites against them.

use serde_json::{Value, json};

use crate::model::link;
use crate::render::Site;

const SHAPES: &str = include_str!("openapi.json");

/// The description, with who publishes and by which licence.
pub(super) fn description(site: &Site) -> Vec<u8> {
    let about = &site.catalogue.site;
    let mut description: Value = serde_json::from_str(SHAPES).expect("a test reads it");
    description["info"]["title"] = about.title.as_str().into();
    description["info"]["contact"] = json!({ "name": about.publisher });
    if let Some(licence) = &about.licence {
        let mut told = json!({ "name": licence.name });
        if let Some(url) = licence.url.as_deref().and_then(link::outside) {
            told["url"] = url.into();
        }
        description["info"]["license"] = told;
    }
    if let Some(base) = site.base_url() {
        let base = base.trim_end_matches('/');
        description["servers"] = json!([{ "url": base }]);
    }
    super::write(&description)
}
