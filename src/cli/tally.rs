//! What an audit came to, for people and for programs: of a folder, or of a site that `build` makes.

use crate::audit::Tally;
use crate::language::Language;

/// What was read and what was allowed, in a line.
pub(super) fn line(tally: Tally, language: Language) -> String {
    let Tally { files, known, opened, titles, told, reasons, .. } = tally;
    let unchanged = match (known, language) {
        (0, _) => String::new(),
        (_, Language::Vietnamese) => format!(" ({known} tệp không đổi đã kiểm lần trước)"),
        (_, Language::English) => format!(" ({known} unchanged since they were audited)"),
    };
    let allowed = tally.allowed();
    match language {
        Language::Vietnamese => format!(
            "kiểm tra {files} tệp{unchanged}, mở {opened} tệp nén; {allowed} chỗ được phép nhắc cái đã hết hiệu lực ({titles} tên văn bản hoặc thủ tục đang có, {told} ở trang báo hoặc căn cứ còn được áp dụng, {reasons} lý do áp dụng chuyển tiếp)"
        ),
        Language::English => format!(
            "audited {files} files{unchanged}, opened {opened} containers; {allowed} allowed mentions of what has ended ({titles} in titles of what lives, {told} on notices or as a basis that still applies, {reasons} in reasons of exemptions)"
        ),
    }
}

/// The same for programs, with how many spellings were looked for.
pub(super) fn json(tally: Tally, needles: usize) -> serde_json::Value {
    serde_json::json!({
        "needles": needles,
        "files": tally.files,
        "known": tally.known,
        "bytes": tally.bytes,
        "containers_opened": tally.opened,
        "allowed": {
            "titles": tally.titles,
            "told": tally.told,
            "reasons": tally.reasons,
        },
    })
}
