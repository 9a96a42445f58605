//! From the path of a request to the path of a page. A site is a list of pages and no folder of a disk, so
//! that an address can at worst name nothing; what could be read in two ways is refused all the same.

use percent_encoding::percent_decode_str;

use crate::files::FilePath;

/// The page of a folder.
const INDEX: &str = "index.html";

/// Reads a path as it stands in the request: decodes each part once; a folder is its index page.
///
/// None for what no site has: an encoded slash, `\`, `..`, an empty part, a control character, and bytes
/// that are not UTF-8.
pub(super) fn page_at(path: &str) -> Option<FilePath> {
    let parts: Vec<_> = path
        .strip_prefix('/')?
        .split('/')
        .map(|part| percent_decode_str(part).decode_utf8().ok().filter(|part| !part.contains('/')))
        .collect::<Option<_>>()?;
    let mut path = parts.join("/");
    if path.is_empty() || path.ends_with('/') {
        path.push_str(INDEX);
    }
    FilePath::new(&path)
}

/// The index page of the folder that a path would be if it ended in a slash.
pub(super) fn index_of(path: &FilePath) -> Option<FilePath> {
    FilePath::new(&format!("{path}/{INDEX}"))
}

/// What a page is for the browser, which is told not to guess.
pub(super) fn content_type(path: &FilePath) -> &'static str {
    match path.extension().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "json" | "map" => "application/json",
        "jsonld" => "application/ld+json",
        "odt" => "application/vnd.oasis.opendocument.text",
        "pdf" => "application/pdf",
        "ttl" => "text/turtle; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xml" => "application/xml; charset=utf-8",
        "zip" => "application/zip",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "jpeg" | "jpg" => "image/jpeg",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
