//! The last files of a site: its manifest, and with a key the signature.

use serde_json::Value;

use super::Understood;
use crate::audit::Audit;
use crate::diagnostic::Report;
use crate::files::{FilePath, Laid, MANIFEST, Page, Stands, hex};
use crate::manifest::{self, Facts, Manifest, SIGNATURE, Wanted, close, signature};
use crate::render::Site;

/// The last pages of a site whose files are laid down: its manifest and, with a key, the signature. What
/// is found holds it against the manifest of the site that stands.
#[must_use]
pub fn close(
    understood: &Understood,
    site: &Site,
    audit: &Audit<'_>,
    wanted: &Wanted,
    laid: &[Laid],
    stands: Option<&Stands>,
) -> (Manifest, Vec<Page>, Report) {
    let Understood { catalogue, assessment, hushed, .. } = understood;
    let max_age = catalogue.site.policies.max_age;
    let facts = Facts {
        catalogue,
        assessment,
        addresses: site.procedure_addresses().collect(),
        notices: site.notices().collect(),
        texts: hushed.count(assessment.today),
        valid_until: manifest::valid_until(
            assessment.as_of,
            max_age,
            assessment.next_change(catalogue),
        ),
        audit: Some(passed(audit)),
        slices: Vec::new(),
    };
    let (manifest, mut report) = close::close(&facts, wanted, laid, stands);
    let pages = pages(&manifest, wanted);
    for page in &pages {
        report.merge(audit.examine(page).0);
    }
    (manifest, pages, report)
}

/// What a manifest says of an audit that found nothing.
pub(super) fn passed(audit: &Audit<'_>) -> Value {
    serde_json::json!({
        "key": hex::text(&audit.key()),
        "needles": audit.needles(),
        "findings": 0,
    })
}

/// The files of a manifest.
pub(super) fn pages(manifest: &Manifest, wanted: &Wanted) -> Vec<Page> {
    let bytes = manifest.bytes();
    let signature = wanted.key.as_ref().map(|key| {
        let Manifest { build_no, as_of, .. } = manifest;
        let comment = format!("file:{MANIFEST} build_no:{build_no} as_of:{as_of}");
        signature::sign(key, &bytes, &comment).into_bytes()
    });
    let page = |path, bytes| {
        let path = FilePath::new(path).expect("the names of both files are paths");
        Page { path, bytes }
    };
    let mut pages = vec![page(MANIFEST, bytes)];
    pages.extend(signature.map(|signature| page(SIGNATURE, signature)));
    pages
}
