//! Caddy. The day is asked for as a number of seconds, which needs no zone; a matcher a slice.

use std::fmt::Write;

use super::headers::{ALWAYS, ASSETS, FOREVER, FRESH, HTTPS_ONLY, NEVER, RETRY, TYPES};
use super::{CLOSED, FOLDER, HOSTS, Plan, RELEASES, begins, rules};

/// A part of a site's block.
pub(super) fn site(plan: &Plan) -> String {
    let mut text = plan.comment([
        "niemyet: chọn trang của ngày theo đồng hồ, ở múi giờ nào cũng vậy. Đặt trong khối của trang:",
        "niemyet: picks the site of the day by the clock, in whatever zone. For the block of a site:",
    ]);
    let _ = writeln!(text, "#     example.gov.vn {{");
    let _ = writeln!(text, "#         vars niemyet {FOLDER}");
    let _ = writeln!(text, "#         import {FOLDER}/{HOSTS}/Caddyfile");
    let _ = writeln!(text, "#     }}");
    text.push_str(
        &plan.comment(["Sau mỗi lần dựng trang: caddy reload.", "After each build: caddy reload."]),
    );
    for (ending, _) in TYPES {
        let _ = writeln!(text, "@niemyet_{ending} path *.{ending}");
    }
    text.push_str("@niemyet_folder path */\n");
    let now = "int({time.now.unix})";
    for (place, slice) in plan.slices.iter().enumerate() {
        let (first, until) = (begins(slice.first), begins(slice.until));
        let _ = writeln!(text, "# [{}, {})", slice.first, slice.until);
        let _ = writeln!(text, "@niemyet_{place} expression `{now} >= {first} && {now} < {until}`");
    }
    let prefix = plan.prefix();
    let _ = writeln!(text, "route {}* {{", plan.base);
    let _ = writeln!(text, "\tvars niemyet_slice {CLOSED}");
    for (place, slice) in plan.slices.iter().enumerate() {
        let _ = writeln!(text, "\tvars @niemyet_{place} niemyet_slice {}", slice.name);
    }
    if !prefix.is_empty() {
        let _ = writeln!(text, "\turi strip_prefix {prefix}");
    }
    text.push_str("\theader {\n");
    for (name, value) in ALWAYS {
        let _ = writeln!(text, "\t\t{name} \"{value}\"");
    }
    let _ = writeln!(text, "\t\t#{} \"{}\"", HTTPS_ONLY.0, HTTPS_ONLY.1);
    let _ = writeln!(text, "\t\tCache-Control \"{FRESH}\"");
    text.push_str("\t}\n");
    for (ending, kind) in TYPES {
        let _ = writeln!(text, "\theader @niemyet_{ending} Content-Type \"{kind}\"");
    }
    text.push_str("\theader @niemyet_folder Content-Type \"text/html; charset=utf-8\"\n");
    let _ = writeln!(text, "\thandle /{ASSETS}* {{");
    let _ = writeln!(text, "\t\troot * {{vars.niemyet}}/{CLOSED}");
    let _ = writeln!(text, "\t\theader Cache-Control \"{FOREVER}\"");
    text.push_str("\t\tfile_server\n\t}\n\thandle {\n");
    let root = format!("{{vars.niemyet}}/{RELEASES}/{{vars.niemyet_slice}}");
    let _ = writeln!(text, "\t\troot * {root}");
    text.push_str("\t\t@niemyet_none not file /index.html\n\t\terror @niemyet_none 503\n");
    text.push_str(&plan.comment([
        "Giờ ghi tệp không nói lên ngày của nội dung, nên không dùng để trả lời \"chưa đổi\".",
        "The time of a file does not tell the day of its content, so it is no ground to answer \"not modified\".",
    ]).lines().fold(String::new(), |all, line| all + "\t\t" + line + "\n"));
    text.push_str(
        "\t\trequest_header -If-None-Match\n\t\trequest_header -If-Modified-Since\n\
         \t\theader -Etag\n\t\theader -Last-Modified\n",
    );
    for (place, slice) in plan.slices.iter().enumerate().filter(|(_, one)| !one.rules.is_empty()) {
        let name = &slice.name;
        let _ = writeln!(text, "\t\t@niemyet_in_{place} vars niemyet_slice {name}");
        let _ = writeln!(text, "\t\thandle @niemyet_in_{place} {{");
        for line in rules::caddy(&slice.rules, &plan.base, "/").lines() {
            let _ = writeln!(text, "\t\t\t{line}");
        }
        text.push_str("\t\t}\n");
    }
    text.push_str("\t\tfile_server\n\t}\n}\n");
    text.push_str(
        "handle_errors {\n\t@niemyet_closed expression `{http.error.status_code} == 503`\n",
    );
    text.push_str("\thandle @niemyet_closed {\n");
    let _ = writeln!(text, "\t\troot * {{vars.niemyet}}/{CLOSED}");
    text.push_str("\t\trewrite * /index.html\n");
    let _ = writeln!(text, "\t\theader Cache-Control \"{NEVER}\"\n\t\theader Retry-After {RETRY}");
    text.push_str(
        "\t\theader Content-Type \"text/html; charset=utf-8\"\n\
         \t\theader -Etag\n\t\theader -Last-Modified\n\t\tfile_server\n\t}\n",
    );
    text.push_str("\t@niemyet_lost expression `{http.error.status_code} == 404`\n");
    let _ = writeln!(text, "\thandle @niemyet_lost {{\n\t\troot * {root}");
    text.push_str(
        "\t\trewrite * /404.html\n\t\theader Content-Type \"text/html; charset=utf-8\"\n\
         \t\theader -Etag\n\t\theader -Last-Modified\n\t\tfile_server\n\t}\n}\n",
    );
    text
}
