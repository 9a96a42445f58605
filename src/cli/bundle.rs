//! `niemyet build --bundle`: the site as one archive for machines without a line, with a word before it.

use std::path::{Path, PathBuf};

use super::Failure;
use crate::audit::Audit;
use crate::diagnostic::Report;
use crate::disk::{self, Bundle, Bundled};
use crate::files::{FilePath, Laid, Page, hex};
use crate::language::Language;
use crate::model::date::Date;
use crate::pipeline::{Site, Understood};

const NOT_FOUND: &str = "404.html";

/// An archive that was asked for.
pub(super) struct Wanted {
    path: PathBuf,
    lead: Page,
}

/// What is needed to make it; a mistake is told before anything is built.
pub(super) fn wanted(
    asked: &Path,
    apart_from: &[&Path],
    (understood, site): (&Understood, &Site),
    audit: &Audit<'_>,
    language: Language,
) -> Result<(Wanted, Report), Failure> {
    if understood.catalogue.site.policies.integrity {
        return Err(Failure::Said(match language {
            Language::Vietnamese => {
                "`policies.integrity` đang bật: trình duyệt không chạy mã có kiểm băm khi mở từ thư mục; tắt nó rồi dựng bản mang đi".to_owned()
            }
            Language::English => {
                "`policies.integrity` is on: browsers run no script with a hash from a folder; turn it off to make an archive".to_owned()
            }
        }));
    }
    let name = format!("{}.zip", folder(understood.assessment.as_of));
    let path = disk::bundle_path(asked, &name, apart_from)?;
    let lead = lead(understood, site);
    let (found, _) = audit.examine(&lead);
    Ok((Wanted { path, lead }, found))
}

/// The files of a site that go into its archive. The page for addresses of nothing leads home from the root of
/// its server, which a folder has none of, and nobody comes to it there.
pub(super) fn held(laid: &[Laid]) -> Vec<Laid> {
    laid.iter().filter(|laid| laid.path.as_str() != NOT_FOUND).cloned().collect()
}

/// Makes the archive of the site that was published to `out`.
pub(super) fn make(
    wanted: &Wanted,
    out: &Path,
    day: Date,
    laid: &[Laid],
    closing: &[Page],
) -> Result<Bundled, Failure> {
    let number = |n: i8| u8::try_from(n).unwrap_or(1);
    let day_of =
        (u16::try_from(day.year()).unwrap_or(1980), number(day.month()), number(day.day()));
    let folder = folder(day);
    let bundle = Bundle { folder: &folder, day: day_of, lead: &wanted.lead, laid, closing };
    Ok(disk::bundle(out, bundle, wanted.path.clone())?)
}

/// What was made, in a line.
pub(super) fn line(made: &Bundled, language: Language) -> String {
    let Bundled { path, bytes, sha256 } = made;
    let (path, hash) = (path.display(), hex::text(sha256));
    match language {
        Language::Vietnamese => {
            format!("đã nén thành `{path}`, {bytes} byte, SHA-256 {hash}")
        }
        Language::English => format!("put into `{path}`, {bytes} bytes, SHA-256 {hash}"),
    }
}

/// The same for programs.
pub(super) fn json(made: &Bundled) -> serde_json::Value {
    serde_json::json!({
        "path": made.path.display().to_string(),
        "bytes": made.bytes,
        "sha256": hex::text(&made.sha256),
    })
}

fn folder(day: Date) -> String {
    format!("niemyet-{day}")
}

/// What a person reads who has unpacked the archive.
fn lead(understood: &Understood, site: &Site) -> Page {
    let about = &understood.catalogue.site;
    let said = |day: Date| format!("{:02}/{:02}/{}", day.day(), day.month(), day.year());
    let (day, stale) = (said(understood.assessment.as_of), said(site.valid_until()));
    let (title, publisher) = (&about.title, &about.publisher);
    let (name, mut text) = match about.language {
        Language::Vietnamese => (
            "DOC-TRUOC.txt",
            format!(
                "{title}\n{publisher}\n\n\
                 Mở tệp index.html trong thư mục này bằng trình duyệt. Không cần mạng, không cần cài gì.\n\
                 Khi chép sang máy khác hay USB, chép cả thư mục.\n\
                 Đặt ở máy tra cứu: mở index.html?kiosk.\n\n\
                 Nội dung tính đến ngày {day}. Phần đã biết trước ngày hết hiệu lực tự mất đi vào ngày ấy.\n\
                 Từ ngày {stale} mỗi trang tự báo là chưa được cập nhật: khi đó hãy thay bằng bản mới.\n"
            ),
        ),
        Language::English => (
            "READ-FIRST.txt",
            format!(
                "{title}\n{publisher}\n\n\
                 Open the file index.html in this folder with a browser. No line is needed and nothing to install.\n\
                 To copy it to another machine or a USB stick, copy the whole folder.\n\
                 For a public terminal open index.html?kiosk.\n\n\
                 Content as of {day}. What is known to end on a day leaves by itself on that day.\n\
                 From {stale} on every page says that it was not updated: put a new copy in its place then.\n"
            ),
        ),
    };
    if let Some(base) = &about.base_url {
        text.push_str(base);
        text.push('\n');
    }
    // For editors that end a line in two marks, and take a text for Vietnamese by its first one.
    let bytes = format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes();
    Page { path: FilePath::new(name).expect("a plain name"), bytes }
}
