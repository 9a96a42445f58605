//! The files of a theme that pages load: scripts, style sheets, letters, marks. Owns what they are called on the
//! site, which is a hash of what they hold, and what of them is sent. Knows no page.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};
use sha2::{Digest, Sha384};

use super::route;

/// A file that pages load.
#[derive(Clone, Debug)]
pub(super) struct Asset {
    /// Its path below `assets/`.
    pub(super) source: String,
    /// Its address on the site.
    pub(super) address: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// What a browser compares its bytes with before it uses them.
    pub(super) integrity: String,
}

/// All assets: the default theme's without their comments, and over them those of the overlay as they are. Style
/// sheets come last: they name the others.
pub(super) fn all(default: &[(&str, &'static [u8])], own: &BTreeMap<&str, &[u8]>) -> Vec<Asset> {
    let default = default.iter().map(|(path, bytes)| (*path, bare(path, bytes)));
    let mut files: BTreeMap<&str, Cow<'_, [u8]>> = default.collect();
    files.extend(own.iter().map(|(path, bytes)| (*path, Cow::Borrowed(*bytes))));
    let mut assets: Vec<Asset> = Vec::new();
    let files =
        files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("assets/")?, &**bytes)));
    let (sheets, others): (Vec<_>, Vec<_>) = files.partition(|(path, _)| extension(path) == "css");
    for (source, bytes) in others {
        assets.push(asset(source, bytes.to_vec()));
    }
    for (source, bytes) in sheets {
        let bytes = match std::str::from_utf8(bytes) {
            Ok(text) => linked(source, text, &assets).into_bytes(),
            Err(_) => bytes.to_vec(),
        };
        assets.push(asset(source, bytes));
    }
    assets
}

/// A script or a style sheet of ours without its comments: they are for who changes it, and every reader would
/// pay for them. Knows comments as ours are written: a line of its own in a script, none in a text of a style sheet.
fn bare<'t>(path: &str, bytes: &'t [u8]) -> Cow<'t, [u8]> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Cow::Borrowed(bytes) };
    let left = if extension(path) == "js" {
        let lines = text.split_inclusive('\n');
        lines.filter(|line| !line.trim_start().starts_with("//")).collect()
    } else if extension(path) == "css" {
        let mut parts = text.split("/*");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |mut left, part| {
            let after = part.split_once("*/").map_or("", |(_, after)| after);
            // A comment with a line of its own takes the line along.
            let is_alone = left.is_empty() || left.ends_with('\n');
            left.push_str(after.strip_prefix('\n').filter(|_| is_alone).unwrap_or(after));
            left
        })
    } else {
        return Cow::Borrowed(bytes);
    };
    Cow::Owned(String::into_bytes(left))
}

fn asset(source: &str, bytes: Vec<u8>) -> Asset {
    let integrity = format!("sha384-{}", BASE64.encode(Sha384::digest(&bytes)));
    Asset {
        source: source.to_owned(),
        address: route::asset_address(source, &bytes),
        bytes,
        integrity,
    }
}

/// A style sheet with the names that the files it loads have on the site; all lie in one folder there.
fn linked(source: &str, text: &str, assets: &[Asset]) -> String {
    let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut linked = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("url(") {
        let Some((inside, next)) = after.split_once(')') else { break };
        let named = inside.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let path = join(folder, named);
        let found = assets.iter().find(|asset| Some(&asset.source) == path.as_ref());
        let name = found.and_then(|asset| asset.address.rsplit('/').next()).unwrap_or(inside);
        linked.extend([before, "url(", name, ")"]);
        rest = next;
    }
    linked.push_str(rest);
    linked
}

pub(super) fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn join(folder: &str, named: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in named.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            "" => return None,
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(default: &[(&str, &'static [u8])], own: &[(&str, &str)], source: &str) -> String {
        let own: BTreeMap<&str, &[u8]> =
            own.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
        let all = all(default, &own);
        let asset = all.iter().find(|asset| asset.source == source).expect("an asset");
        String::from_utf8(asset.bytes.clone()).expect("text")
    }

    #[test]
    fn style_sheets_name_files_as_the_site_does() {
        let own = [
            ("assets/a/b.css", "x{background:url('../c.svg')} y{background:url(data:image/x)}"),
            ("assets/c.svg", "<svg/>"),
        ];
        let address = route::asset_address("c.svg", b"<svg/>");
        let name = address.rsplit('/').next().expect("a name");
        let expected = format!("x{{background:url({name})}} y{{background:url(data:image/x)}}");
        assert_eq!(sent(&[], &own, "a/b.css"), expected);
    }

    #[test]
    fn comments_stay_at_home() {
        let default: [(&str, &'static [u8]); 2] = [
            (
                "assets/a.css",
                b"/* why */\na { b: c } /* d */ e { f: g }\n/* h\n i */\nj { k: l }\n",
            ),
            ("assets/a.js", b"// why\nf('http://a') // g\n  // h\ni()\n"),
        ];
        let css = "a { b: c }  e { f: g }\nj { k: l }\n";
        assert_eq!(sent(&default, &[], "a.css"), css);
        assert_eq!(sent(&default, &[], "a.js"), "f('http://a') // g\ni()\n");
        let own = [("assets/a.js", "// mine\n")];
        assert_eq!(sent(&default, &own, "a.js"), "// mine\n");
    }
}
