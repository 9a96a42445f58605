//! Apache. The server puts the moment of a request into a header of its own, `%t`, before anything else is
//! decided, and rules compare it as a number: that needs no zone. `%{TIME_YEAR}` and its like were refused:
//! they speak in the zone of the server and do not say in which.

use std::fmt::Write;

use super::headers::{ALWAYS, ASSETS, FOREVER, FRESH, HTTPS_ONLY, NEVER, RETRY, TYPES};
use super::{CLOSED, FOLDER, HOSTS, Plan, RELEASES, begins, rules};

/// A part of a virtual host.
pub(super) fn site(plan: &Plan) -> String {
    let mut text = plan.comment([
        "niemyet: chọn trang của ngày theo đồng hồ, ở múi giờ nào cũng vậy.\n\
         Cần mod_rewrite, mod_headers, mod_mime, mod_dir. Đặt trong khối <VirtualHost>:",
        "niemyet: picks the site of the day by the clock, in whatever zone.\n\
         Needs mod_rewrite, mod_headers, mod_mime, mod_dir. For a block <VirtualHost>:",
    ]);
    let _ = writeln!(text, "#     Define NIEMYET {FOLDER}");
    let _ = writeln!(text, "#     Include {FOLDER}/{HOSTS}/apache.conf");
    text.push_str(&plan.comment([
        "Sau mỗi lần dựng trang: apachectl graceful.",
        "After each build: apachectl graceful.",
    ]));
    let (base, prefix) = (&plan.base, plan.prefix());
    let releases = format!("${{NIEMYET}}/{RELEASES}");
    let closed = format!("${{NIEMYET}}/{CLOSED}");
    let slice = "%{ENV:NIEMYET_SLICE}";
    if prefix.is_empty() {
        let _ = writeln!(text, "DocumentRoot \"{closed}\"");
    }
    for folder in [&releases, &closed] {
        let _ = write!(
            text,
            "<Directory \"{folder}\">\n    Require all granted\n    AllowOverride None\n    \
             Options None\n    DirectoryIndex index.html\n    FileETag INode MTime Size\n</Directory>\n"
        );
    }
    text.push_str("RequestHeader set X-Niemyet-Now \"%t\" early\nRewriteEngine on\n");
    let _ = writeln!(text, "RewriteRule ^ - [E=NIEMYET_SLICE:{CLOSED}]");
    text.push_str("RewriteCond \"%{HTTP:X-Niemyet-Now}\" \"^t=([0-9]{10})[0-9]{6}$\" [NV]\n");
    text.push_str("RewriteRule ^ - [E=NIEMYET_NOW:%1]\n");
    for slice in &plan.slices {
        let _ = write!(
            text,
            "# [{}, {})\nRewriteCond \"%{{ENV:NIEMYET_NOW}}\" \"-ge{}\"\n\
             RewriteCond \"%{{ENV:NIEMYET_NOW}}\" \"-lt{}\"\n\
             RewriteRule ^ - [E=NIEMYET_SLICE:{}]\n",
            slice.first,
            slice.until,
            begins(slice.first),
            begins(slice.until),
            slice.name
        );
    }
    let _ = write!(
        text,
        "RewriteRule \"^{base}({ASSETS}.*)$\" \"{closed}/$1\" [L]\n\
         RewriteCond \"%{{ENV:REDIRECT_STATUS}}\" \"=503\"\n\
         RewriteRule \"^{base}\" \"{closed}/index.html\" [L]\n\
         RewriteCond \"{releases}/{slice}/index.html\" !-f\n\
         RewriteRule \"^{base}\" - [R=503,L]\n"
    );
    for slice in plan.slices.iter().filter(|slice| !slice.rules.is_empty()) {
        // One condition passes over all rules of another slice.
        let (name, n) = (&slice.name, slice.rules.len());
        let _ = write!(
            text,
            "RewriteCond \"%{{ENV:NIEMYET_SLICE}}\" \"!={name}\"\nRewriteRule ^ - [S={n}]\n"
        );
        text.push_str(&rules::apache(&slice.rules, base, None));
    }
    let _ = write!(
        text,
        "RewriteRule \"^{base}((?:.*/)?)$\" \"{releases}/{slice}/$1index.html\" [L]\n\
         RewriteRule \"^{base}(.*)$\" \"{releases}/{slice}/$1\" [L]\n\
         ErrorDocument 404 {base}404.html\nErrorDocument 503 {base}503.html\n"
    );
    let _ = writeln!(text, "<Location \"{base}\">");
    for (name, value) in ALWAYS {
        let _ = writeln!(text, "    Header always set {name} \"{value}\"");
    }
    let _ = writeln!(text, "    #Header always set {} \"{}\"", HTTPS_ONLY.0, HTTPS_ONLY.1);
    let is_closed = "\"expr=%{REQUEST_STATUS} == 503\"";
    let _ = write!(
        text,
        "    Header always set Cache-Control \"{FRESH}\"\n    \
         Header always set Cache-Control \"{NEVER}\" {is_closed}\n    \
         Header always set Retry-After {RETRY} {is_closed}\n    \
         RequestHeader unset If-Modified-Since\n    Header unset Last-Modified\n    \
         AddDefaultCharset Off\n"
    );
    for (ending, kind) in TYPES {
        let _ = writeln!(text, "    AddType \"{kind}\" .{ending}");
    }
    let _ = write!(
        text,
        "</Location>\n<Location \"{base}{ASSETS}\">\n    \
         Header always set Cache-Control \"{FOREVER}\" \"expr=%{{REQUEST_STATUS}} == 200\"\n</Location>\n"
    );
    text
}
