//! For every other host: a script that sets a link to the slice of the day, and a timer that calls it as the
//! day turns and every hour. It is right within a second or so of midnight, where a rule of the server is
//! right at once, and the closed page goes out with whatever status the server gives it.

use std::fmt::Write;

use super::{CLOSED, FOLDER, HOSTS, Plan, RELEASES, begins};

/// The link, as it is written where only the machine knows it.
const LINK: &str = "/srv/www/niemyet";

/// The script, for any POSIX shell.
pub(super) fn script(plan: &Plan) -> String {
    let mut text = String::from("#!/bin/sh\n");
    text.push_str(&plan.comment([
        "niemyet: đặt liên kết tới trang của ngày; ngoài thời gian đã chuẩn bị thì tới trang báo đóng.",
        "niemyet: sets a link to the site of the day; out of the time that was prepared, to the closed page.",
    ]));
    let _ = writeln!(text, "#     sh {FOLDER}/{HOSTS}/niemyet-switch.sh {LINK}");
    text.push_str(&plan.comment([
        "Máy chủ lấy liên kết ấy làm thư mục gốc và gửi Cache-Control: no-cache. Chạy lại sau mỗi lần dựng trang.",
        "The server takes that link as its root and sends Cache-Control: no-cache. Run it again after each build.",
    ]));
    text.push_str(
        "set -eu\nlink=${1:?}\nfolder=$(CDPATH='' cd -- \"$(dirname -- \"$0\")/..\" && pwd -P)\n\
         now=$(date -u +%s)\n",
    );
    let mut keyword = "if";
    if let Some(first) = plan.slices.first() {
        let _ = writeln!(text, "if [ \"$now\" -lt {} ]; then slice=", begins(first.first));
        keyword = "elif";
    }
    for slice in &plan.slices {
        let _ = writeln!(
            text,
            "{keyword} [ \"$now\" -lt {} ]; then slice={} # [{}, {})",
            begins(slice.until),
            slice.name,
            slice.first,
            slice.until
        );
    }
    text.push_str("else slice=\nfi\n");
    let _ = write!(
        text,
        "target=$folder/{RELEASES}/$slice\n\
         [ -n \"$slice\" ] && [ -f \"$target/index.html\" ] || target=$folder/{CLOSED}\n\
         [ \"$(readlink \"$link\" || true)\" = \"$target\" ] && exit 0\n\
         fresh=$link.new.$$\nln -s \"$target\" \"$fresh\"\n"
    );
    text.push_str(&plan.comment([
        "Đổi tên một bước: không lúc nào thiếu liên kết. -T là của GNU và busybox, -h của BSD và macOS.",
        "Renamed in one step: the link is never missing. GNU and busybox say -T, BSD and macOS -h.",
    ]));
    text.push_str(
        "mv -fT \"$fresh\" \"$link\" 2>/dev/null || mv -fh \"$fresh\" \"$link\" || \
         { rm -f \"$fresh\"; exit 1; }\n",
    );
    text
}

/// The service that the timer calls.
pub(super) fn service(plan: &Plan) -> String {
    let comment = plan.comment([
        "niemyet: sửa hai đường dẫn cho đúng máy.",
        "niemyet: mend both paths for the machine.",
    ]);
    format!(
        "{comment}[Unit]\nDescription=niemyet: the site of the day\n\n[Service]\nType=oneshot\n\
         ExecStart=/bin/sh {FOLDER}/{HOSTS}/niemyet-switch.sh {LINK}\n"
    )
}

/// The timer.
pub(super) fn timer(plan: &Plan) -> String {
    let comment = plan.comment([
        "niemyet: 17:00 UTC là 00:00 ở Việt Nam; mỗi giờ xem lại một lần, và khi máy khởi động.",
        "niemyet: 17:00 UTC is 00:00 in Việt Nam; looked at again every hour, and when the machine starts.",
    ]);
    format!(
        "{comment}[Unit]\nDescription=niemyet: the site of the day\n\n[Timer]\n\
         OnCalendar=*-*-* *:00:00 UTC\nOnBootSec=0\nPersistent=true\nAccuracySec=1us\n\n\
         [Install]\nWantedBy=timers.target\n"
    )
}
