//! The rules of a site in the languages of the hosts: status 410 with the tombstone as the page, and 301
//! from an address that was renamed.
//!
//! Each text is meant to be included where a host describes the site. `base` is the path at which the site's
//! root stands, with a slash at both ends. Addresses hold nothing that needs quoting but dots in patterns.

use std::fmt::Write as _;

use crate::files::{Answer, Rule};

/// For nginx, inside `http`: what is answered at which address. Each site with the name of its slice, which
/// `$niemyet_slice` gives; a site alone has the name "".
#[must_use]
pub fn nginx_map(sites: &[(&str, &[Rule])], base: &str) -> String {
    // Addresses are longer than the keys that nginx makes room for by itself.
    let mut text = String::from("map_hash_bucket_size 256;\nmap_hash_max_size 65536;\nmap \"");
    let is_alone = sites.iter().all(|(name, _)| name.is_empty());
    text.push_str(if is_alone { "$uri" } else { "$niemyet_slice:$uri" });
    text.push_str("\" $niemyet_answer {\n    default \"\";\n");
    for (name, rules) in sites {
        let name = if is_alone { String::new() } else { format!("{name}:") };
        for Rule { address, answer } in *rules {
            let answer = match answer {
                Answer::Tombstone | Answer::Gone => "gone".to_owned(),
                Answer::MovedTo(to) => format!("{base}{to}"),
            };
            line(&mut text, &format!("    \"{name}{base}{address}\" {answer};"));
        }
    }
    text.push_str("}\n");
    text
}

/// For nginx, inside `server`: how it is answered. `folder` is the one whose files stand at `base`, where the
/// server has no `root` that leads to them.
///
/// An error page at the address itself would meet the same `return` again and end as the bare page of nginx;
/// a named location keeps the address, is looked up once, and keeps the status. `more` stands in it too: what is
/// sent with a page.
#[must_use]
pub fn nginx_server(base: &str, folder: Option<&str>, more: &str) -> String {
    let mut text = String::from(
        "absolute_redirect off;\n\
         error_page 410 @niemyet_tombstone;\n\
         if ($niemyet_answer = gone) { return 410; }\n\
         if ($niemyet_answer) { return 301 $niemyet_answer; }\n\
         location @niemyet_tombstone {\n",
    );
    if let Some(folder) = folder {
        line(&mut text, &format!("    root {folder};\n    rewrite ^{base}(.*)$ /$1 break;"));
    }
    text.push_str(more);
    text.push_str("    try_files $uri =410;\n}\n");
    text
}

/// For Caddy, inside the block of the site or a `route`, where `root` is set. `seen` is what is left there of
/// `base`: all of it, or `/` where it was taken off.
#[must_use]
pub fn caddy(rules: &[Rule], base: &str, seen: &str) -> String {
    let mut text = String::new();
    let [mut tombstones, mut gone] = [String::new(), String::new()];
    for Rule { address, answer } in rules {
        let path = format!("\tpath {seen}{address}");
        match answer {
            Answer::Tombstone => line(&mut tombstones, &path),
            Answer::Gone => line(&mut gone, &path),
            Answer::MovedTo(to) => {
                line(&mut text, &format!("redir {seen}{address} {base}{to} permanent"));
            }
        }
    }
    // A matcher without a path would match everything.
    if !tombstones.is_empty() {
        text.extend(["@niemyet_tombstone {\n", &tombstones, "}\n"]);
        text.push_str("handle @niemyet_tombstone {\n");
        // To a browser with an old copy it would send the status and no page.
        for header in ["If-None-Match", "If-Modified-Since", "Range"] {
            line(&mut text, &format!("\trequest_header -{header}"));
        }
        text.push_str("\tfile_server {\n\t\tstatus 410\n\t}\n}\n");
    }
    if !gone.is_empty() {
        text.extend(["@niemyet_gone {\n", &gone, "}\nrespond @niemyet_gone 410\n"]);
    }
    text
}

/// For Apache 2.4 with `mod_rewrite`, in the site's own `.htaccess` or in `<VirtualHost>`.
///
/// The page is fetched by a second, inner request, which must not be refused in its turn. `condition` is a
/// `RewriteCond` under which the rules hold.
#[must_use]
pub fn apache(rules: &[Rule], base: &str, condition: Option<&str>) -> String {
    let mut text = String::from("RewriteEngine On\nErrorDocument 410 /%{REQUEST_URI}\n");
    let below = pattern(base.trim_start_matches('/'));
    for Rule { address, answer } in rules {
        // In `.htaccess` a path begins below its folder, elsewhere at the root of the host.
        let path = match below.as_str() {
            "" => format!("^/?{}$", pattern(address)),
            below => format!("^/?(?:{below})?{}$", pattern(address)),
        };
        if let Some(condition) = condition {
            line(&mut text, condition);
        }
        match answer {
            Answer::Tombstone | Answer::Gone => {
                line(&mut text, "RewriteCond %{ENV:REDIRECT_STATUS} =\"\"");
                line(&mut text, &format!("RewriteRule \"{path}\" - [G]"));
            }
            Answer::MovedTo(to) => {
                line(&mut text, &format!("RewriteRule \"{path}\" {base}{to} [R=301,L]"));
            }
        }
    }
    text
}

/// For hosts that read `_redirects` (Netlify, Cloudflare Pages, GitLab Pages): they can answer 301 and no 410.
#[must_use]
pub fn redirects(rules: &[Rule], base: &str) -> String {
    let mut text = String::new();
    for Rule { address, answer } in rules {
        if let Answer::MovedTo(to) = answer {
            line(&mut text, &format!("{base}{address} {base}{to} 301"));
        }
    }
    text
}

fn line(text: &mut String, words: &str) {
    let written = writeln!(text, "{words}");
    written.expect("a string takes every text");
}

/// An address as a regular expression.
fn pattern(address: &str) -> String {
    address.replace('.', "\\.")
}
