//! nginx. Two files: which slice is that of the day (for the block `http`), and how it is served (for a
//! block `server`).
//!
//! The variable `$time_iso8601` holds the zone in which it speaks, so that two zones can be taken, that of
//! Việt Nam and UTC, and every other is closed: it needs no `env TZ`, which only the main file could hold.
//! Refused: `$msec`, which knows no zone, but whose patterns nobody could read; and the time stamp of a
//! file as its version (`ETag`, `If-Modified-Since`): a copy of the folder that does not keep times gives
//! two slices of a page the same one, and the answer would be "not modified".

use std::fmt::Write;

use super::headers::{ALWAYS, ASSETS, FOREVER, FRESH, HTTPS_ONLY, NEVER, RETRY, TYPES};
use super::{CLOSED, FOLDER, HOSTS, Plan, RELEASES, rules};
use crate::files::Rule;
use crate::model::date::Date;

/// Which slice is that of the day.
pub(super) fn days(plan: &Plan) -> String {
    let mut text = plan.comment([
        "niemyet: chọn trang của ngày theo đồng hồ của nginx, không cần nạp lại.\n\
         Đặt trong khối http { }, trước mọi map khác; máy chủ để giờ Việt Nam hoặc UTC, múi giờ khác thì trang đóng.\n\
         Sau mỗi lần dựng trang: nginx -s reload.",
        "niemyet: picks the site of the day by the clock of nginx, without a reload.\n\
         For the block http { }, before any other map; the server keeps the time of Việt Nam or UTC, in any other zone the site is closed.\n\
         After each build: nginx -s reload.",
    ]);
    let sites: Vec<(&str, &[Rule])> =
        plan.slices.iter().map(|slice| (slice.name.as_str(), slice.rules.as_slice())).collect();
    // First: nginx does not take the size of its tables after a table.
    text.push_str(&rules::nginx_map(&sites, &plan.base));
    text.push_str(
        "map $time_iso8601 $niemyet_day {\n    default \"\";\n    \
         \"~^(?<niemyet_here>\\d\\d\\d\\d-\\d\\d-\\d\\d)T.*[+]07:00$\" $niemyet_here;\n    \
         \"~^(?<niemyet_same>\\d\\d\\d\\d-\\d\\d-\\d\\d)T(?:0\\d|1[0-6]):.*[+]00:00$\" $niemyet_same;\n    \
         \"~^(?<niemyet_eve>\\d\\d\\d\\d-\\d\\d-\\d\\d)T(?:1[7-9]|2[0-3]):.*[+]00:00$\" \
         \"$niemyet_eve+1\";\n}\n",
    );
    let _ = write!(text, "map $niemyet_day $niemyet_slice {{\n    default {CLOSED};\n");
    for slice in &plan.slices {
        let _ = writeln!(text, "    # [{}, {})", slice.first, slice.until);
        let days: Vec<Date> = days_of(slice.first, slice.until);
        let eves: Vec<Date> = days.iter().filter_map(|day| day.yesterday().ok()).collect();
        for (days, mark) in [(days, ""), (eves, "\\+1")] {
            for month in days.chunk_by(|a, b| (a.year(), a.month()) == (b.year(), b.month())) {
                let _ = writeln!(text, "    \"~^{}{mark}$\" {};", pattern(month), slice.name);
            }
        }
    }
    text.push_str("}\n");
    text
}

fn days_of(first: Date, until: Date) -> Vec<Date> {
    std::iter::successors(Some(first), |day| day.tomorrow().ok())
        .take_while(|day| *day < until)
        .collect()
}

/// Days of one month, spelled out; the whole month is any two digits.
fn pattern(days: &[Date]) -> String {
    let (year, month) = (days[0].year(), days[0].month());
    let spelled: Vec<String> = days.iter().map(|day| format!("{:02}", day.day())).collect();
    let is_whole = spelled.len() == usize::from(days[0].days_in_month().unsigned_abs());
    let days = if is_whole { r"\d\d".to_owned() } else { format!("({})", spelled.join("|")) };
    format!("{year:04}-{month:02}-{days}")
}

/// How it is served.
pub(super) fn site(plan: &Plan) -> String {
    let mut text = plan.comment([
        "niemyet: đặt trong khối server { }, sau dòng nêu thư mục đã dựng:",
        "niemyet: for a block server { }, after the line that names the folder of the build:",
    ]);
    let _ = writeln!(text, "#     set $niemyet {FOLDER};");
    let _ = writeln!(text, "#     include {FOLDER}/{HOSTS}/nginx-site.conf;");
    text.push_str(&plan.comment([
        "Thư mục đã dựng không được nằm trong root nào khác. Chỉ dùng HTTPS thì bỏ dấu # trước dòng Strict-Transport-Security.",
        "The folder of the build must lie in no other root. Where there is HTTPS only, take away the # before Strict-Transport-Security.",
    ]));
    let base = &plan.base;
    let folder = format!("$niemyet/{RELEASES}/$niemyet_slice");
    let page = UNDATED.to_owned() + &sent(FRESH);
    text.push_str(&rules::nginx_server(base, Some(&folder), &page));
    let _ = write!(
        text,
        "location {base} {{\n    \
         if (!-d $niemyet/{RELEASES}/$niemyet_slice) {{\n        return 503;\n    }}\n    \
         alias $niemyet/{RELEASES}/$niemyet_slice/;\n    \
         index index.html;\n{UNDATED}    \
         error_page 404 {base}404.html;\n    \
         error_page 503 @niemyet_closed;\n",
    );
    text.push_str(&sent(FRESH));
    text.push_str("}\n");
    let _ = write!(
        text,
        "location ^~ {base}{ASSETS} {{\n    alias $niemyet/{CLOSED}/{ASSETS};\n    \
         error_page 404 {base}404.html;\n",
    );
    text.push_str(&sent(FOREVER));
    text.push_str("}\n");
    let _ = write!(
        text,
        "location @niemyet_closed {{\n    root $niemyet/{CLOSED};\n    \
         rewrite ^ /index.html break;\n{UNDATED}    add_header Retry-After {RETRY} always;\n",
    );
    text.push_str(&sent(NEVER));
    text.push_str("}\n");
    text
}

/// The time of a file is no ground to keep what was fetched from another slice.
const UNDATED: &str =
    "    etag off;\n    if_modified_since off;\n    add_header Last-Modified \"\" always;\n";

/// Headers and types. They stand in each block: one `add_header` of its own would hide those around it.
fn sent(keep: &str) -> String {
    let mut text = format!("    add_header Cache-Control \"{keep}\" always;\n");
    for (name, value) in ALWAYS {
        let _ = writeln!(text, "    add_header {name} \"{value}\" always;");
    }
    let _ = writeln!(text, "    #add_header {} \"{}\" always;", HTTPS_ONLY.0, HTTPS_ONLY.1);
    text.push_str("    default_type application/octet-stream;\n    types {\n");
    for (ending, kind) in TYPES {
        let _ = writeln!(text, "        \"{kind}\" {ending};");
    }
    text.push_str("    }\n");
    text
}
