//! Whether a manifest is the site's own, not older than the one seen before, and still good on the day.

use sha2::{Digest, Sha256};

use super::{Class, Finding, Memory, Observed, Reply};
use crate::manifest::signature::{self, Flaw, PublicKey};
use crate::manifest::{Coming, Manifest, SIGNATURE, valid_until};
use crate::model::date::Date;

/// What a manifest is held against.
#[derive(Clone, Copy, Debug)]
pub struct Trust<'a> {
    /// The key that its signature must be of; none where signatures are not asked for.
    pub key: Option<&'a PublicKey>,
    /// What the last look saw.
    pub memory: Option<&'a Memory>,
    /// The day of the look.
    pub today: Date,
}

/// Reads the manifest that was seen, with its signature. There is none where nothing could be read; else
/// it is given also where it cannot be trusted, so that the look can go on and say what else is wrong.
#[must_use]
pub fn manifest(
    seen: &Observed,
    signature: Option<&Observed>,
    trust: Trust<'_>,
) -> (Option<Manifest>, Vec<Finding>) {
    let bytes = match seen {
        Observed::Answered(Reply { status: 200, is_cut: false, bytes, .. }) => bytes,
        other => return (None, vec![unseen(other)]),
    };
    let mut found = Vec::new();
    if let Some(key) = trust.key {
        found.extend(unsigned(key, bytes, signature));
    }
    let manifest = match Manifest::read(bytes) {
        Ok(manifest) => manifest,
        Err([vietnamese, english]) => {
            found.push(Finding::new(
                Class::Tampered,
                "manifest-unreadable",
                [
                    format!("build.json không dùng được: {vietnamese}"),
                    format!("build.json cannot be used: {english}"),
                ],
            ));
            return (None, found);
        }
    };
    if let Some(memory) = trust.memory {
        found.extend(rolled_back(&manifest, bytes, memory));
    }
    found.extend(aged(&manifest, trust.today));
    (Some(manifest), found)
}

/// What stands in the place of a manifest.
fn unseen(seen: &Observed) -> Finding {
    match seen {
        Observed::Answered(Reply { status: 200, .. }) => Finding::new(
            Class::Tampered,
            "manifest-unreadable",
            ["build.json dài quá mức".to_owned(), "build.json is longer than any".to_owned()],
        ),
        Observed::Answered(Reply { status: 404 | 410, .. }) => Finding::new(
            Class::Unreachable,
            "no-manifest",
            [
                "không có build.json ở đó: trang chưa đăng xong, hoặc không do chương trình này dựng"
                    .to_owned(),
                "there is no build.json: the site is not posted whole, or was not made by this program"
                    .to_owned(),
            ],
        ),
        other => super::served::unseen("build.json", other),
    }
}

/// What is wrong with the signature.
fn unsigned(key: &PublicKey, bytes: &[u8], signature: Option<&Observed>) -> Option<Finding> {
    let tampered = |kind, said: [String; 2]| Some(Finding::new(Class::Tampered, kind, said));
    let text = match signature {
        Some(Observed::Answered(Reply { status: 200, is_cut: false, bytes, .. })) => bytes,
        // Held back, it would be as good as forged.
        Some(Observed::Answered(Reply { status: 200 | 404 | 410, .. })) | None => {
            return tampered(
                "unsigned",
                [
                    format!("không có chữ ký {SIGNATURE}"),
                    format!("there is no signature {SIGNATURE}"),
                ],
            );
        }
        Some(other) => return Some(super::served::unseen(SIGNATURE, other)),
    };
    let text = String::from_utf8_lossy(text);
    let [vietnamese, english] = match signature::verify(key, bytes, &text) {
        Ok(_) => return None,
        Err(Flaw::Garbled) => ["không phải chữ ký minisign", "it is no signature of minisign"],
        Err(Flaw::OtherKey) => ["được ký bằng khóa khác", "it was made with another key"],
        Err(Flaw::OtherFile) => ["là của tệp khác", "it is of other bytes"],
        Err(Flaw::OtherComment) => ["ghi chú đã bị sửa", "its comment was altered"],
    };
    tampered(
        "signature",
        [
            format!("chữ ký {SIGNATURE} không đúng: {vietnamese}"),
            format!("the signature {SIGNATURE} does not hold: {english}"),
        ],
    )
}

/// Whether an earlier site stands there than the one seen before, or another one under its number.
fn rolled_back(manifest: &Manifest, bytes: &[u8], memory: &Memory) -> Option<Finding> {
    let (now, then) = (manifest.build_no, memory.build_no);
    let tampered = |kind, said: [String; 2]| Some(Finding::new(Class::Tampered, kind, said));
    if now < then {
        return tampered(
            "rolled-back",
            [
                format!("bản dựng số {now}, trong khi lần trước đã thấy số {then}"),
                format!("it is build {now}, and build {then} was seen before"),
            ],
        );
    }
    let (day, seen) = (manifest.as_of, memory.as_of);
    if day < seen {
        return tampered(
            "rolled-back",
            [
                format!("trang tính đến ngày {day}, trong khi lần trước đã thấy ngày {seen}"),
                format!("it is the site of {day}, and that of {seen} was seen before"),
            ],
        );
    }
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    if now == then && hash != memory.manifest_sha256 {
        return tampered(
            "renumbered",
            [
                format!("bản dựng số {now} khác với bản cùng số đã thấy lần trước"),
                format!("it differs from the build {now} that was seen before"),
            ],
        );
    }
    None
}

/// Whether the site is of a day to come, or past its time. The earliest bound wins, whichever the
/// manifest wrote down.
fn aged(manifest: &Manifest, today: Date) -> Option<Finding> {
    let day = manifest.as_of;
    if today < day {
        return Some(Finding::new(
            Class::Tampered,
            "future",
            [
                format!(
                    "trang tính đến ngày {day}, mà hôm nay mới là {today}: trang hoặc đồng hồ sai"
                ),
                format!(
                    "it is the site of {day}, and today is {today}: the site or a clock is wrong"
                ),
            ],
        ));
    }
    if let Some(Coming { date, .. }) = manifest.next_change
        && date <= today
    {
        return Some(Finding::new(
            Class::Stale,
            "stale",
            [
                format!("trang tính đến ngày {day} chưa được dựng lại sau thay đổi ngày {date}"),
                format!("the site of {day} was not made again after the change of {date}"),
            ],
        ));
    }
    let bound = valid_until(day, manifest.max_age_days, None).min(manifest.valid_until);
    (bound <= today).then(|| {
        Finding::new(
            Class::Stale,
            "stale",
            [
                format!("trang tính đến ngày {day} chỉ đáng tin đến trước ngày {bound}"),
                format!("the site of {day} can be trusted until {bound} and no longer"),
            ],
        )
    })
}
