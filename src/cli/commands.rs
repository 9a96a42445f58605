//! The commands that run the pipeline once: check, build, explain.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::iter::ParallelIterator;

use super::args::{Closing, Findings, Global};
pub(super) use super::input::{Input, read};
use super::left_out::Told;
use super::source::MANIFEST_LIMIT;
use super::stages::Doing;
use super::{Answer, Exit, Failure, bundle, clock, colour, tally};
use crate::audit::{self, Tally};
use crate::diagnostic::code::{Code, Severity};
use crate::diagnostic::{Report, page};
use crate::disk;
use crate::files::{Content, FilePath, FileTree, MANIFEST};
use crate::language::Language;
use crate::manifest::Wanted;
use crate::manifest::signature::{SecretKey, Unfit};
use crate::model::date::Date;
use crate::pipeline::{self, Drawn, Last, Understood};

/// Reads and judges for the day. Where the day was asked for, what is dated later is no mistake.
pub(super) fn examine(
    global: &Global,
    files: &FileTree,
    today: Date,
) -> (Option<Understood>, Report) {
    let (understood, mut report) =
        pipeline::examine_telling(files, today, |stage| global.stages.enter(Doing::In(stage)));
    if global.as_of.is_some() {
        report.retain(|found| !found.code.is_about_a_day_to_come());
    }
    (understood, report)
}

/// `niemyet check`: every finding, nothing published.
pub(super) fn check(
    global: &Global,
    today: Date,
    strict: bool,
    format: Findings,
) -> Result<Answer, Failure> {
    let input = read(global)?;
    let (understood, mut report) = examine(global, &input.files, today);
    if let Some(understood) = &understood {
        global.stages.enter(Doing::Lay);
        // A theme that cannot be used must be found here, not at publication.
        let _site = pipeline::site(understood, &input.files, &input.theme, &mut report);
    }
    let language = pipeline::language(global.lang.map(Into::into), understood.as_ref());
    let [errors, warnings, notices] =
        [Severity::Error, Severity::Warning, Severity::Notice].map(|weight| report.count(weight));
    let failed = errors > 0 || strict && warnings > 0;
    let n_mended = report.iter().filter(|found| input.is_mended(found)).count();
    let verdict = verdict([errors, warnings, notices], today, language);
    let verdict = match (n_mended, language) {
        (0, _) => verdict,
        (n, Language::Vietnamese) => {
            format!("{verdict}\ntự sửa được {n} chỗ: xem bằng `niemyet fix --dry-run`")
        }
        (n, Language::English) => {
            format!("{verdict}\n{n} of them can be mended: look with `niemyet fix --dry-run`")
        }
    };
    let mut err = String::new();
    let out = match format {
        Findings::Text => {
            let findings = input.print(&report, language, colour());
            if global.quiet {
                findings
            } else {
                let gap = if findings.is_empty() { "" } else { "\n\n" };
                format!("{findings}{gap}{verdict}")
            }
        }
        Findings::Json => pretty(&serde_json::json!({
            "schema": 1,
            "command": "check",
            "as_of": today.to_string(),
            "errors": errors,
            "warnings": warnings,
            "notices": notices,
            "findings": input.json(&report, language),
        })),
        other => {
            if !global.quiet {
                err = verdict;
            }
            let failing = if strict { Severity::Warning } else { Severity::Error };
            input.formatted(&report, language, other, failing)
        }
    };
    Ok(Answer { out, err, exit: if failed { Exit::Findings } else { Exit::Clean } })
}

/// How much was found, in a line.
pub(super) fn verdict(counts: [usize; 3], today: Date, language: Language) -> String {
    if counts == [0; 3] {
        return match language {
            Language::Vietnamese => format!("không có lỗi nào (tính đến ngày {today})"),
            Language::English => format!("nothing found (as of {today})"),
        };
    }
    let [errors, warnings, notices] = counts;
    match language {
        Language::Vietnamese => {
            let notices = if notices == 0 { String::new() } else { format!(", {notices} lưu ý") };
            format!("{errors} lỗi, {warnings} cảnh báo{notices} (tính đến ngày {today})")
        }
        Language::English => {
            let counted =
                |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
            let notices = match notices {
                0 => String::new(),
                some => format!(", {}", counted(some, "notice")),
            };
            let (errors, warnings) = (counted(errors, "error"), counted(warnings, "warning"));
            format!("{errors}, {warnings}{notices} (as of {today})")
        }
    }
}

/// The ending of the file beside a site that says from what its pages were drawn.
const DRAWN: &str = ".drawn";

/// `niemyet build`: a lawful site, or the reasons why there is none.
pub(super) fn build(
    global: &Global,
    today: Date,
    (out, bundle): (&Path, Option<&Path>),
    closing: &Closing,
    format: Findings,
) -> Result<Answer, Failure> {
    let wanted = wanted(global, closing)?;
    let input = read(global)?;
    let (understood, mut report) = examine(global, &input.files, today);
    let language = pipeline::language(global.lang.map(Into::into), understood.as_ref());
    global.stages.enter(Doing::Lay);
    let site = understood
        .as_ref()
        .and_then(|understood| pipeline::site(understood, &input.files, &input.theme, &mut report));
    let (Some(understood), Some(site)) = (&understood, site) else {
        return Ok(refused(&input, &report, language, format, today));
    };
    let inputs: Vec<&Path> =
        std::iter::once(global.catalogue.as_path()).chain(global.theme.as_deref()).collect();
    let audit = pipeline::audit(understood, &input.files, &input.theme, &site);
    let apart: Vec<&Path> = inputs.iter().copied().chain([out]).collect();
    let bundle = bundle
        .map(|asked| bundle::wanted(asked, &apart, (understood, &site), &audit, language))
        .transpose()?;
    if let Some((_, found)) = &bundle {
        report.merge(found.clone());
        if report.is_structural() {
            return Ok(refused(&input, &report, language, format, today));
        }
    }
    let manifest = FilePath::new(MANIFEST).expect("the name of the manifest is a path");
    // What cannot be read is read as nothing: then all pages are audited anew.
    let stands = disk::one(out, &manifest, MANIFEST_LIMIT).unwrap_or(Content::Special);
    let told = disk::left(out, DRAWN, MANIFEST_LIMIT);
    let before = Last::new(stands.bytes(), told.as_ref().map(Content::bytes), &audit);
    let drawn_from = Drawn::new(understood, &input.files, &input.theme, &site);
    let counted = Mutex::default();
    global.stages.enter(Doing::Draw);
    global.stages.expect(site.routes().count());
    let pages = pipeline::over(&site, &audit, &counted, (&before, &drawn_from));
    let pages = pages.inspect(|_| global.stages.step());
    let (mut closed, mut bundled) = (None, None);
    let (published, drawn) = disk::publish(pages, out, &inputs, |laid, stands| {
        let close = |laid: &[_], wanted: &_| {
            pipeline::close(understood, &site, &audit, wanted, laid, stands)
        };
        let (manifest, pages, found) = close(laid, &wanted);
        // The archive holds fewer files, and says so of itself, under the number of the site.
        bundled = bundle.as_ref().map(|_| {
            let held = bundle::held(laid);
            let wanted = Wanted { build_no: Some(manifest.build_no), ..wanted.clone() };
            let (_, last, _) = close(&held, &wanted);
            (held, last)
        });
        closed = Some((manifest, found.clone()));
        (pages, found)
    })?;
    let mut counted: Tally = counted.into_inner().unwrap_or_else(PoisonError::into_inner);
    audit::gather(&drawn, &mut report);
    let (Some(published), Some((manifest, compared))) = (published, closed) else {
        return Ok(refused(&input, &report, language, format, today));
    };
    counted.known += published.kept;
    // Without it the next build takes longer, and comes to the same.
    let _untold = disk::leave(out, DRAWN, drawn_from.list(&manifest.bytes()).as_bytes());
    let bundled = bundle
        .zip(bundled)
        .map(|((wanted, _), (held, last))| bundle::make(&wanted, out, manifest.as_of, &held, &last))
        .transpose()?;
    let preview = is_preview(global);
    let left_out = Told::new(understood);
    let next_change = understood.assessment.next_change(&understood.catalogue);
    let said = if format == Findings::Json {
        pretty(&serde_json::json!({
            "schema": 1,
            "command": "build",
            "as_of": today.to_string(),
            "out": out.display().to_string(),
            "files": published.pages,
            "written": published.pages - published.unchanged,
            "kept": published.unchanged,
            "build_no": manifest.build_no,
            "bundle": bundled.as_ref().map(bundle::json),
            "preview": preview,
            "valid_until": manifest.valid_until.to_string(),
            "next_change": next_change.map(|day| day.to_string()),
            "audit": tally::json(counted, audit.needles()),
            "left_out": left_out.json(understood, &input.files, language),
            "findings": input.json(&report, language),
        }))
    } else if global.quiet {
        String::new()
    } else {
        let mut lines = vec![built(&published, out, today, language)];
        lines.push(tally::line(counted, language));
        lines.extend(bundled.as_ref().map(|made| bundle::line(made, language)));
        lines.extend(preview.then(|| previewed(language).to_owned()));
        lines.extend(left_out.lines(understood, &input.files, language));
        lines.extend(next_change.map(|day| next_build(day, language)));
        lines.join("\n")
    };
    Ok(made(said, &input, (&report, &compared), language, format))
}

/// A site was made. What the comparison with the site that stands has found is told now; all else is told
/// by `check`, and by formats that hold nothing but findings.
pub(super) fn made(
    said: String,
    input: &Input,
    (report, compared): (&Report, &Report),
    language: Language,
    format: Findings,
) -> Answer {
    let (out, err) = match format {
        Findings::Text => (said, input.print(compared, language, colour())),
        Findings::Json => (said, String::new()),
        other => {
            let mut report = report.clone();
            report.merge(compared.clone());
            (input.formatted(&report, language, other, Severity::Error), said)
        }
    };
    Answer { out, err, exit: Exit::Clean }
}

/// Whether the day that was asked for has not come. Said, and not written: the bytes of a site depend on
/// its day and on no clock.
pub(super) fn is_preview(global: &Global) -> bool {
    global.as_of.is_some_and(|day| clock::today() < day)
}

/// What was asked for. A key that cannot be used is a mistake before anything is built.
pub(super) fn wanted(global: &Global, closing: &Closing) -> Result<Wanted, Failure> {
    let language = global.lang.map(Language::from).unwrap_or_default();
    let key = match &closing.sign {
        Some(file) => {
            let text = std::fs::read_to_string(file)
                .map_err(|error| Failure::Said(unusable(file, &error.to_string(), language)))?;
            let key = SecretKey::read(&text).map_err(|unfit| {
                Failure::Said(unusable(file, unfit_words(unfit, language), language))
            })?;
            Some(key)
        }
        None => None,
    };
    Ok(Wanted {
        source_commit: closing.source_commit.clone(),
        build_no: closing.build_no,
        allowed: closing.allow.iter().map(|allowed| (*allowed).into()).collect(),
        key,
    })
}

fn unusable(file: &Path, why: &str, language: Language) -> String {
    let file = file.display();
    match language {
        Language::Vietnamese => {
            format!("không ký được bằng `{file}`: {why}; tạo khóa bằng `minisign -G -W`")
        }
        Language::English => {
            format!("cannot sign with `{file}`: {why}; make a key with `minisign -G -W`")
        }
    }
}

fn unfit_words(unfit: Unfit, language: Language) -> &'static str {
    match (unfit, language) {
        (Unfit::NoKey, Language::Vietnamese) => "tệp không phải là khóa bí mật của minisign",
        (Unfit::NoKey, Language::English) => "the file is not a secret key of minisign",
        (Unfit::Locked, Language::Vietnamese) => "khóa có mật khẩu",
        (Unfit::Locked, Language::English) => "the key has a password",
    }
}

fn built(published: &disk::Published, out: &Path, today: Date, language: Language) -> String {
    let (files, written) = (published.pages, published.pages - published.unchanged);
    let out = out.display();
    match language {
        Language::Vietnamese => {
            format!(
                "đã dựng {files} tệp vào `{out}`, {written} tệp mới hoặc đổi, tính đến ngày {today}"
            )
        }
        Language::English => {
            format!(
                "made {files} files in `{out}`, {written} of them new or changed, as of {today}"
            )
        }
    }
}

pub(super) fn previewed(language: Language) -> &'static str {
    match language {
        Language::Vietnamese => "ngày ấy chưa tới: trang này chỉ để xem trước",
        Language::English => "that day has not come yet: this site is a preview",
    }
}

fn next_build(day: Date, language: Language) -> String {
    match language {
        Language::Vietnamese => {
            format!("phải dựng lại chậm nhất ngày {day}: có thay đổi từ ngày đó")
        }
        Language::English => format!("build again by {day}: something changes on that day"),
    }
}

/// No site was made: the findings, and that the previous site is as it was.
pub(super) fn refused(
    input: &Input,
    report: &Report,
    language: Language,
    format: Findings,
    today: Date,
) -> Answer {
    let kept = match language {
        Language::Vietnamese => "không dựng được trang; trang đang có vẫn giữ nguyên",
        Language::English => "no site was made; the previous one is as it was",
    };
    match format {
        Findings::Text => {
            let err = format!("{}\n\n{kept}", input.print(report, language, colour()));
            Answer { out: String::new(), err, exit: Exit::Findings }
        }
        Findings::Json => {
            let out = pretty(&serde_json::json!({
                "schema": 1,
                "command": "build",
                "as_of": today.to_string(),
                "out": null,
                "findings": input.json(report, language),
            }));
            Answer { out, err: String::new(), exit: Exit::Findings }
        }
        other => {
            let out = input.formatted(report, language, other, Severity::Error);
            Answer { out, err: kept.to_owned(), exit: Exit::Findings }
        }
    }
}

/// `niemyet explain CODE`: the page of a code, or of all.
pub(super) fn explain(code: Option<&str>, language: Language) -> Result<Answer, Failure> {
    let Some(code) = code else {
        return Ok(Answer { out: page::all(language), err: String::new(), exit: Exit::Clean });
    };
    match Code::find(code) {
        Some(entry) => {
            let out = page::page(entry, language);
            Ok(Answer { out, err: String::new(), exit: Exit::Clean })
        }
        None => Err(Failure::Said(match language {
            Language::Vietnamese => {
                format!("không có mã `{code}`; mã có dạng P003 hay basis-ended")
            }
            Language::English => {
                format!("there is no code `{code}`; codes look like P003 or basis-ended")
            }
        })),
    }
}

/// JSON for people and programs alike.
pub(super) fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}")
}

/// Reads and understands, for commands that only answer questions.
pub(super) fn understand(global: &Global, today: Date) -> Result<(Input, Understood), Failure> {
    let input = read(global)?;
    let (understood, report) = examine(global, &input.files, today);
    let language = pipeline::language(global.lang.map(Into::into), understood.as_ref());
    match understood {
        Some(understood) => Ok((input, understood)),
        None => Err(Failure::Said(format!("\n{}", input.print(&report, language, colour())))),
    }
}
