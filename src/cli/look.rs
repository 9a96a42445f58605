//! How a look at a site is told: to people, to programs, to Prometheus.

use serde_json::json;

use super::args::WatchFormat;
use super::commands::pretty;
use super::tally;
use crate::audit::{Audit, Tally};
use crate::language::Language;
use crate::manifest::Manifest;
use crate::model::date::Date;
use crate::monitor::{Class, Finding};

/// So many findings of one kind are told to people.
const TOLD: usize = 10;

/// What a look has seen.
pub(super) struct Look<'a> {
    pub(super) place: String,
    pub(super) today: Date,
    pub(super) class: Class,
    pub(super) findings: Vec<Finding>,
    pub(super) manifest: Option<Manifest>,
    /// How many listed files were looked at.
    pub(super) files: usize,
    /// How many addresses were looked at at which something must be gone.
    pub(super) gone: usize,
    /// How many files should have been looked at and were not.
    pub(super) not_asked: usize,
    pub(super) audit: Option<&'a Audit<'a>>,
    pub(super) tally: Tally,
    /// How many mentions of what has ended there are.
    pub(super) mentions: usize,
    /// By how many seconds the clock of the host is ahead.
    pub(super) ahead: Option<i64>,
    /// For how many seconds a page may be kept unasked.
    pub(super) floor: Option<u64>,
    /// How many files are sent as something else.
    pub(super) wrong_types: usize,
    /// At how many addresses of nothing the host answers 200.
    pub(super) soft_404: usize,
}

impl Default for Look<'_> {
    fn default() -> Self {
        Self {
            place: String::new(),
            today: Date::ZERO,
            class: Class::Fresh,
            findings: Vec::new(),
            manifest: None,
            files: 0,
            gone: 0,
            not_asked: 0,
            audit: None,
            tally: Tally::default(),
            mentions: 0,
            ahead: None,
            floor: None,
            wrong_types: 0,
            soft_404: 0,
        }
    }
}

/// The look in a form.
pub(super) fn said(look: &Look<'_>, format: WatchFormat, language: Language) -> String {
    match format {
        WatchFormat::Text => text(look, language),
        WatchFormat::Json => pretty(&value(look, language)),
        WatchFormat::Prometheus => prometheus(look),
    }
}

fn text(look: &Look<'_>, language: Language) -> String {
    let mut lines = vec![format!("{}: {}", look.place, verdict(look.class, language))];
    let mut told: Vec<(&str, usize)> = Vec::new();
    for found in &look.findings {
        if let Some((_, count)) = told.last_mut().filter(|(kind, _)| *kind == found.kind) {
            *count += 1;
        } else {
            lines.extend(told.last().and_then(|(_, count)| rest(*count, language)));
            told.push((found.kind, 1));
        }
        if told.last().is_some_and(|(_, count)| *count <= TOLD) {
            let said = language.pick(found.said.each_ref());
            lines.push(format!("  {}: {said}", class(found.class, language)));
        }
    }
    lines.extend(told.last().and_then(|(_, count)| rest(*count, language)));
    lines.extend(look.manifest.as_ref().map(|manifest| built(look, manifest, language)));
    lines.extend((0 < look.tally.files).then(|| tally::line(look.tally, language)));
    if look.manifest.is_some() && look.audit.is_none() {
        lines.push(match language {
            Language::Vietnamese => "không dùng danh mục: không tìm cái đã hết hiệu lực".to_owned(),
            Language::English => {
                "without a catalogue: nothing that has ended was looked for".to_owned()
            }
        });
    }
    lines.extend(look.floor.map(|floor| match language {
        Language::Vietnamese => format!("trang có thể được giữ lại {floor} giây trước khi hỏi lại"),
        Language::English => {
            format!("a page may be kept for {floor} seconds before it is asked for again")
        }
    }));
    lines.join("\n")
}

fn rest(count: usize, language: Language) -> Option<String> {
    let more = count.checked_sub(TOLD).filter(|more| 0 < *more)?;
    Some(match language {
        Language::Vietnamese => format!("  … và {more} chỗ nữa như vậy"),
        Language::English => format!("  … and {more} more of the kind"),
    })
}

fn built(look: &Look<'_>, manifest: &Manifest, language: Language) -> String {
    let Manifest { build_no, as_of, valid_until, .. } = manifest;
    let (seen, all, gone) = (look.files, manifest.files.len(), look.gone);
    match language {
        Language::Vietnamese => format!(
            "bản dựng số {build_no}, tính đến ngày {as_of}, đáng tin đến trước ngày {valid_until}; \
             đã xem {seen} trong {all} tệp, {gone} địa chỉ phải mất"
        ),
        Language::English => format!(
            "build {build_no}, made for {as_of}, to be trusted until {valid_until}; looked at {seen} \
             of {all} files, {gone} addresses that must be gone"
        ),
    }
}

fn verdict(class: Class, language: Language) -> &'static str {
    language.pick(match class {
        Class::Fresh => ["đúng và còn mới", "as it was built, and fresh"],
        Class::Stale => ["cần được để ý", "in want of attention"],
        Class::Unreachable => ["không xem được", "could not be looked at whole"],
        Class::Ended => ["đang đăng cái đã hết hiệu lực", "serves what has ended"],
        Class::Tampered => ["không phải trang đã dựng", "is not what was built"],
    })
}

fn class(class: Class, language: Language) -> &'static str {
    match (class, language) {
        (class, Language::English) => class.name(),
        (Class::Fresh, _) => "tốt",
        (Class::Stale, _) => "cũ",
        (Class::Unreachable, _) => "không xem được",
        (Class::Ended, _) => "đã hết hiệu lực",
        (Class::Tampered, _) => "bị sửa",
    }
}

fn value(look: &Look<'_>, language: Language) -> serde_json::Value {
    let finding = |found: &Finding| {
        json!({
            "class": found.class.name(),
            "kind": found.kind,
            "path": found.path.as_ref().map(ToString::to_string),
            "message": language.pick(found.said.each_ref()),
        })
    };
    json!({
        "schema": 1,
        "command": "monitor",
        "today": look.today.to_string(),
        "site": look.place,
        "class": look.class.name(),
        "exit": look.class.exit(),
        "build": look.manifest.as_ref().map(|manifest| json!({
            "build_no": manifest.build_no,
            "as_of": manifest.as_of.to_string(),
            "valid_until": manifest.valid_until.to_string(),
            "next_change": manifest.next_change.map(|coming| coming.date.to_string()),
            "files": manifest.files.len(),
        })),
        "files_checked": look.files,
        "gone_checked": look.gone,
        "not_asked": look.not_asked,
        "ended_mentions": look.audit.map(|_| look.mentions),
        "audit": look.audit.map(|audit| tally::json(look.tally, audit.needles())),
        "clock_ahead_seconds": look.ahead,
        "cache_floor_seconds": look.floor,
        "wrong_types": look.wrong_types,
        "soft_404": look.soft_404,
        "findings": look.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

/// The text form of Prometheus, for the collector of text files of `node_exporter`. A gauge that cannot
/// be told is left out, so that an alert on its absence can fire.
fn prometheus(look: &Look<'_>) -> String {
    let site = look.place.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let mut lines = Vec::new();
    let mut gauge = |name: &str, help: &str, value: Option<String>| {
        if let Some(value) = value {
            lines.push(format!("# HELP niemyet_{name} {help}"));
            lines.push(format!("# TYPE niemyet_{name} gauge"));
            lines.push(format!("niemyet_{name}{{site=\"{site}\"}} {value}"));
        }
    };
    let manifest = look.manifest.as_ref();
    let days = |day: Date| (day - look.today).get_days();
    let count = |number: usize| Some(number.to_string());
    let is_seen = look.findings.iter().all(|found| found.class != Class::Unreachable);
    let is_up = manifest.is_some() && is_seen;
    gauge("up", "Whether the site could be looked at whole.", count(usize::from(is_up)));
    gauge(
        "exit_class",
        "0 fresh, 1 stale, 2 ended content served, 3 tampered with or rolled back, 4 unreachable.",
        Some(look.class.exit().to_string()),
    );
    gauge("build_no", "Number of the build.", manifest.map(|it| it.build_no.to_string()));
    gauge(
        "as_of_days",
        "Days since the day that the site was made for.",
        manifest.map(|it| (-days(it.as_of)).to_string()),
    );
    // Days begin at 17:00 UTC of the day before.
    let start = |day: Date| {
        let days = (day - jiff::civil::date(1970, 1, 1)).get_days();
        i64::from(days) * 86_400 - 7 * 3600
    };
    gauge(
        "valid_until_seconds",
        "Unix time from which the site can be trusted no more.",
        manifest.map(|it| start(it.valid_until).to_string()),
    );
    gauge("files_checked", "Listed files that were looked at.", count(look.files));
    gauge("gone_checked", "Addresses looked at that must be gone.", count(look.gone));
    gauge(
        "ended_mentions",
        "Mentions of what has ended, or is not public, in what is served.",
        look.audit.map(|_| look.mentions.to_string()),
    );
    gauge("findings", "Findings of the look.", count(look.findings.len()));
    gauge(
        "clock_ahead_seconds",
        "Seconds by which the clock of the host is ahead.",
        look.ahead.map(|ahead| ahead.to_string()),
    );
    gauge(
        "cache_floor_seconds",
        "Longest time for which a page may be kept unasked.",
        look.floor.map(|floor| floor.to_string()),
    );
    gauge("wrong_types", "Files that the host sends as something else.", count(look.wrong_types));
    gauge("soft_404", "Addresses of nothing at which the host answers 200.", count(look.soft_404));
    lines.join("\n")
}
