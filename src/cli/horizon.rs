//! `niemyet build --horizon`: the sites of all days ahead, in one folder and one step.

use std::path::Path;

use rayon::iter::ParallelIterator;
use serde_json::{Value, json};

use super::args::{Closing, Findings, Global};
use super::commands::{examine, is_preview, made, pretty, previewed, read, refused, wanted};
use super::left_out::Told;
use super::stages::Doing;
use super::{Answer, Failure, tally};
use crate::audit;
use crate::disk::{self, Published};
use crate::host::{HOSTS, RELEASES};
use crate::language::Language;
use crate::model::date::Date;
use crate::pipeline::{self, Horizon};
use crate::validity::slices::{Slice, slices};

/// What is promised of such a build where the host is set up: the right bytes on every day of the horizon,
/// whatever becomes of the builds to come.
const LEVEL: &str = "F4";

pub(super) fn build(
    global: &Global,
    today: Date,
    (out, days): (&Path, u32),
    closing: &Closing,
    format: Findings,
) -> Result<Answer, Failure> {
    let wanted = wanted(global, closing)?;
    let input = read(global)?;
    let (understood, mut report) = examine(global, &input.files, today);
    let language = pipeline::language(global.lang.map(Into::into), understood.as_ref());
    let Some(understood) = &understood else {
        return Ok(refused(&input, &report, language, format, today));
    };
    global.stages.enter(Doing::Lay);
    let slices = slices(&understood.catalogue, &understood.assessment, days);
    let horizon =
        Horizon::new(understood, &input.files, &input.theme, &slices, &wanted, &mut report);
    let Some(horizon) = horizon else {
        return Ok(refused(&input, &report, language, format, today));
    };
    let inputs: Vec<&Path> =
        std::iter::once(global.catalogue.as_path()).chain(global.theme.as_deref()).collect();
    let mut closed = None;
    global.stages.enter(Doing::Draw);
    let parts =
        horizon.parts().map(|(pages, found)| (pages.inspect(|_| global.stages.step()), found));
    let (published, drawn) = disk::publish_in_turn(parts, out, &inputs, |laid, stands| {
        let (manifest, pages, found) = horizon.close(laid, stands);
        closed = manifest.map(|manifest| (manifest, found.clone()));
        (pages, found)
    })?;
    audit::gather(&drawn, &mut report);
    let (Some(published), Some((manifest, compared))) = (published, closed) else {
        return Ok(refused(&input, &report, language, format, today));
    };
    let preview = is_preview(global);
    let left_out = Told::new(understood);
    let until = slices.last().map_or(today, |slice| slice.until);
    let written = published.pages - published.unchanged - published.linked;
    let said = if format == Findings::Json {
        pretty(&json!({
            "schema": 1,
            "command": "build",
            "as_of": today.to_string(),
            "out": out.display().to_string(),
            "files": published.pages,
            "written": written,
            "kept": published.unchanged,
            "linked": published.linked,
            "build_no": manifest.build_no,
            "preview": preview,
            "valid_until": manifest.valid_until.to_string(),
            "audit": tally::json(horizon.tally(), horizon.needles()),
            "level": LEVEL,
            "horizon": {
                "days": days,
                "until": until.to_string(),
                "slices": slices.iter().map(value).collect::<Vec<_>>(),
            },
            "next_change": understood
                .assessment
                .next_change(&understood.catalogue)
                .map(|day| day.to_string()),
            "left_out": left_out.json(understood, &input.files, language),
            "findings": input.json(&report, language),
        }))
    } else if global.quiet {
        String::new()
    } else {
        let mut lines = vec![built(&published, &slices, out, today, language)];
        lines.extend(slices.iter().map(|slice| line(slice, language)));
        lines.push(tally::line(horizon.tally(), language));
        lines.extend(preview.then(|| previewed(language).to_owned()));
        lines.push(how(out, until, language));
        lines.extend(left_out.lines(understood, &input.files, language));
        lines.join("\n")
    };
    Ok(made(said, &input, (&report, &compared), language, format))
}

fn built(
    published: &Published,
    slices: &[Slice],
    out: &Path,
    today: Date,
    language: Language,
) -> String {
    let Published { pages, unchanged, linked, .. } = published;
    let (n, out, written) = (slices.len(), out.display(), pages - unchanged - linked);
    match language {
        Language::Vietnamese => format!(
            "đã dựng {n} bản trang, {pages} tệp, vào `{out}`: {written} tệp mới hoặc đổi, {linked} tệp chung với bản khác, tính đến ngày {today}"
        ),
        Language::English => {
            let sites = if n == 1 { "site" } else { "sites" };
            format!(
                "made {n} {sites}, {pages} files, in `{out}`: {written} of them new or changed, {linked} shared with another, as of {today}"
            )
        }
    }
}

/// A slice and its days.
fn line(slice: &Slice, language: Language) -> String {
    let last = slice.until.yesterday().unwrap_or(slice.until);
    let (first, name) = (slice.first, slice.name());
    match language {
        Language::Vietnamese => format!("  {first} đến hết {last}: {RELEASES}/{name}"),
        Language::English => format!("  {first} through {last}: {RELEASES}/{name}"),
    }
}

fn value(slice: &Slice) -> Value {
    json!({
        "from": slice.first.to_string(),
        "until": slice.until.to_string(),
        "folder": format!("{RELEASES}/{}", slice.name()),
    })
}

/// How it comes to be served, the level that is reached by it, and until when.
fn how(out: &Path, until: Date, language: Language) -> String {
    let hosts = out.join(HOSTS);
    let hosts = hosts.display();
    match language {
        Language::Vietnamese => format!(
            "máy chủ tự chọn trang theo ngày khi dùng cấu hình trong `{hosts}` (mức {LEVEL}), rồi nạp lại một lần; từ ngày {until} trang đóng nếu không dựng lại"
        ),
        Language::English => format!(
            "the server picks the site by the day once it has the configuration in `{hosts}` (level {LEVEL}) and is reloaded; from {until} on the site is closed unless built again"
        ),
    }
}
