//! The coming changes as lines of a crontab that make the site again when the day turns in Việt Nam.
//! A crontab knows no year, so only the days of the next year become lines; a line that fires again a
//! year later builds once too often, which does no harm. What the catalogue holds stands in comments
//! only, and cannot leave them.

use std::path::Path;

use jiff::ToSpan;

use super::args::{Global, Tongue};
use super::coming::{Coming, by_day, summary};
use super::markdown::flat;
use crate::language::Language;
use crate::model::date::Date;

/// The furthest day that is still the only one of its name.
const DAYS: i64 = 365;

/// Where the site's folder has to be written.
const FOLDER: [&str; 2] = ["/THU-MUC", "/FOLDER"];

/// The table.
pub(super) fn table(coming: &[Coming], global: &Global, today: Date, language: Language) -> String {
    let folder = language.pick(FOLDER);
    let command = format!("cd {folder} && niemyet build{}", options(global, language));
    let mut lines: Vec<String> = head(folder, today, language);
    let last = today.saturating_add(DAYS.days());
    let mut later = Vec::new();
    for (day, changes) in by_day(coming) {
        // 00:00 at UTC+7 is 17:00 UTC of the day before, in every year.
        let Some(eve) = day.yesterday().ok().filter(|_| day <= last) else {
            later.push(format!("#   {day}: {}", flat(&summary(changes, language))));
            continue;
        };
        lines.push(String::new());
        lines.push(format!("# {day}: {}", flat(&summary(changes, language))));
        if changes.len() > 1 {
            let each = changes.iter();
            lines.extend(each.map(|change| {
                format!("#   {}: {}", change.kind.said(language), flat(&change.name))
            }));
        }
        lines.push(format!("0 17 {} {} * {command}", eve.day(), eve.month()));
    }
    if !later.is_empty() {
        lines.push(String::new());
        lines.push(match language {
            Language::Vietnamese => format!(
                "# Sau ngày {last} (crontab không ghi được năm; đến gần ngày hãy in lại bảng này):"
            ),
            Language::English => format!(
                "# After {last} (a crontab has no year; print this table again when they come near):"
            ),
        });
        lines.extend(later);
    }
    lines.extend([
        String::new(),
        language.pick([
                "# Chắc hơn cả: dựng lại mỗi ngày, lúc sang ngày mới ở Việt Nam (bỏ dấu # đầu dòng dưới):",
                "# The safe floor: every day as it turns in Việt Nam (take away the # of the next line):",
            ])
        .to_owned(),
        format!("#5 17 * * * {command}"),
    ]);
    lines.join("\n")
}

fn head(folder: &str, today: Date, language: Language) -> Vec<String> {
    let lines = match language {
        Language::Vietnamese => vec![
            format!("# niemyet: dựng lại trang vào những ngày có thay đổi, tính đến ngày {today}."),
            "# Giờ là giờ UTC: 17:00 UTC là 00:00 hôm sau ở Việt Nam.".to_owned(),
            "# CRON_TZ có tác dụng với cả bảng ở cronie (RHEL, Fedora, Arch); cron khác (Debian, Ubuntu,".to_owned(),
            "# busybox) bỏ qua nó, nên máy đó phải chạy giờ UTC. Để bảng này ở một tệp crontab riêng.".to_owned(),
            format!("# Thay {folder} bằng thư mục chứa danh mục; PATH của cron phải thấy niemyet."),
        ],
        Language::English => vec![
            format!("# niemyet: makes the site again on the days of changes, as of {today}."),
            "# Times are UTC: 17:00 UTC is 00:00 of the next day in Việt Nam.".to_owned(),
            "# CRON_TZ rules the whole table in cronie (RHEL, Fedora, Arch); another cron (Debian, Ubuntu,".to_owned(),
            "# busybox) passes it over, and its machine has to run in UTC. Keep this table in a file of its own.".to_owned(),
            format!("# Put the folder that holds the catalogue for {folder}; cron's PATH has to find niemyet."),
        ],
    };
    lines.into_iter().chain(["CRON_TZ=UTC".to_owned()]).collect()
}

/// The options with which the table was asked for, where they decide what is built.
fn options(global: &Global, language: Language) -> String {
    let mut options = String::new();
    let catalogue = (global.catalogue != Path::new("catalogue")).then_some(&global.catalogue);
    for (name, folder) in [("--catalogue", catalogue), ("--theme", global.theme.as_ref())] {
        if let Some(folder) = folder {
            let quoted = quoted(folder).unwrap_or_else(|| language.pick(FOLDER).to_owned());
            options.extend([" ", name, " ", &quoted]);
        }
    }
    match global.lang {
        Some(Tongue::Vi) => options.push_str(" --lang vi"),
        Some(Tongue::En) => options.push_str(" --lang en"),
        None => {}
    }
    options
}

/// A path as a crontab hands it to the shell: in single quotes, and `%`, which would end the command,
/// escaped. None for one that fits on no line.
fn quoted(path: &Path) -> Option<String> {
    let path = path.to_str()?;
    if path.contains('\\') || path.contains(char::is_control) {
        return None;
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    if path.chars().all(plain) {
        return Some(path.to_owned());
    }
    // Inside of quotes a shell would keep the backslash before the sign, so the sign stands outside.
    let path = path.replace('\'', "'\\''").replace('%', "'\\%'");
    Some(format!("'{path}'"))
}
