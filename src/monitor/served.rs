//! Whether an address serves what it should: the listed bytes, or nothing where something is gone.

use std::collections::BTreeSet;

use memchr::memmem;
use sha2::{Digest, Sha256};

use super::{Class, Finding, Observed, Reply};
use crate::files::{FilePath, Laid};

/// The page that hosts show where there is nothing.
const NOT_FOUND: &str = "404.html";

/// The page that hosts most often show instead of it.
const HOME: &str = "index.html";

/// What a notice says to search engines, and the page of what is published does not.
const NOTICE: &[u8] = b"noindex";

/// Holds what was seen at the address of a file against the manifest. Where a notice should stand and what
/// stands there is none, a host has kept the page before it, or somebody put it back.
#[must_use]
pub fn file(listed: &Laid, is_notice: bool, seen: &Observed) -> Option<Finding> {
    let path = listed.path.as_str();
    let answer = match seen {
        Observed::Answered(answer) => answer,
        Observed::NotAsked => return None,
        other => return Some(unseen(path, other).at(&listed.path)),
    };
    let tampered = |kind, said| Some(Finding::new(Class::Tampered, kind, said).at(&listed.path));
    match answer.status {
        200 => {}
        // A host may say with this page, too, that it stands for nothing.
        404 if path == NOT_FOUND => {}
        404 | 410 => {
            return tampered(
                "missing",
                [
                    format!("{path}: không có, dù build.json có kê"),
                    format!("{path}: not there, though build.json lists it"),
                ],
            );
        }
        _ => return Some(unseen(path, seen).at(&listed.path)),
    }
    let hash: [u8; 32] = Sha256::digest(&answer.bytes).into();
    if !answer.is_cut && hash == listed.sha256 {
        return None;
    }
    if is_notice && memmem::find(&answer.bytes, NOTICE).is_none() {
        return Some(not_gone(&listed.path));
    }
    tampered(
        "changed",
        [
            format!("{path}: không phải nội dung đã dựng"),
            format!("{path}: these are not the bytes that were built"),
        ],
    )
}

/// What a host may serve where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nothing {
    /// What the site of today has anywhere.
    pub listed: BTreeSet<[u8; 32]>,
    /// What is shown where nothing stands: the home page, the page for what is not found, and what the host
    /// answered at [`NOWHERE`]. With status 200 it tells programs that the address still stands.
    pub shown: BTreeSet<[u8; 32]>,
}

/// An address that no site has, at which a host shows what it does where nothing stands.
pub const NOWHERE: &str = "niemyet-khong-co-trang-nay.html";

impl Nothing {
    /// From the files of a site, but for those at which something must be gone, and from what was seen at
    /// [`NOWHERE`]. Where nobody was asked, nothing is shown: a folder has no statuses.
    #[must_use]
    pub fn new<'a>(files: impl Iterator<Item = &'a Laid>, nowhere: Option<&Observed>) -> Self {
        let mut nothing = Self::default();
        for file in files {
            nothing.listed.insert(file.sha256);
            if nowhere.is_some() && matches!(file.path.as_str(), HOME | NOT_FOUND) {
                nothing.shown.insert(file.sha256);
            }
        }
        if let Some(Observed::Answered(Reply { status: 200, bytes, is_cut: false, .. })) = nowhere {
            nothing.shown.insert(Sha256::digest(bytes).into());
        }
        nothing
    }
}

/// Judges what was seen at [`NOWHERE`].
#[must_use]
pub fn nowhere(seen: &Observed) -> Option<Finding> {
    matches!(seen, Observed::Answered(Reply { status: 200, .. })).then(|| {
        let said = [
            format!("máy chủ trả lời 200 ở địa chỉ không có gì ({NOWHERE}); phải là 404, nếu không thì cái đã mất vẫn được coi là còn"),
            format!("the host answers 200 where nothing stands ({NOWHERE}); it has to be 404, or what is gone counts as there"),
        ];
        Finding::new(Class::Stale, "soft-404", said)
    })
}

/// Judges what was seen at an address at which something must be gone. Where it leads on, or is a second
/// name, it may serve what the site of today has elsewhere.
///
/// What is shown where nothing stands names nothing that has ended, so it does no more harm than a page
/// that is kept too long: but search engines and programs keep the address for as long as its status is 200.
#[must_use]
pub fn gone(path: &FilePath, seen: &Observed, nothing: &Nothing) -> Option<Finding> {
    match seen {
        Observed::Answered(Reply { status: 404 | 410, .. })
        | Observed::Elsewhere(_)
        | Observed::NotAsked => None,
        Observed::Answered(Reply { status: 200, bytes, is_cut, .. }) => {
            let hash: [u8; 32] = Sha256::digest(bytes).into();
            if !is_cut && nothing.shown.contains(&hash) {
                let said = [
                    format!("{path}: không còn gì, nhưng máy chủ trả lời 200 thay vì 404 hoặc 410"),
                    format!(
                        "{path}: nothing stands there, yet the host answers 200 and not 404 or 410"
                    ),
                ];
                return Some(Finding::new(Class::Stale, "soft-404", said).at(path));
            }
            if !is_cut && nothing.listed.contains(&hash) {
                return None;
            }
            Some(not_gone(path))
        }
        other => Some(unseen(path.as_str(), other).at(path)),
    }
}

/// That something stands at an address where it must be gone.
fn not_gone(path: &FilePath) -> Finding {
    // What pages are dressed with says nothing that could end.
    let class = if is_dress(path) { Class::Stale } else { Class::Ended };
    let said = [
        format!("{path}: vẫn còn, dù phải mất (404, 410) hoặc là trang báo"),
        format!("{path}: still there, and must be gone (404, 410) or a notice"),
    ];
    Finding::new(class, "not-gone", said).at(path)
}

/// That a file stands in the site's folder which the manifest does not list: a build replaces the whole
/// folder, so somebody else put it there.
#[must_use]
pub fn foreign(path: &FilePath) -> Finding {
    let said = [
        format!("{path}: không có trong build.json, không phải do bản dựng này để lại"),
        format!("{path}: not in build.json; this build did not put it there"),
    ];
    Finding::new(Class::Tampered, "foreign", said).at(path)
}

/// How many files were not asked for any more.
#[must_use]
pub fn not_asked(count: usize) -> Option<Finding> {
    (0 < count).then(|| {
        Finding::new(
            Class::Unreachable,
            "not-asked",
            [
                format!("{count} tệp chưa xem được: quá nhiều tệp không tải được, hoặc hết giờ"),
                format!(
                    "{count} files were not looked at: too many did not answer, or time was up"
                ),
            ],
        )
    })
}

fn is_dress(path: &FilePath) -> bool {
    let dress = ["css", "js", "woff2", "woff", "svg", "png", "jpg", "webp", "ico"];
    path.extension().is_some_and(|ending| dress.contains(&ending))
}

/// What kept a file from being seen.
pub(super) fn unseen(path: &str, seen: &Observed) -> Finding {
    let unreachable = |said: [String; 2]| Finding::new(Class::Unreachable, "unreachable", said);
    match seen {
        Observed::Answered(Reply { status, .. }) => unreachable([
            format!("{path}: máy chủ trả lời {status}"),
            format!("{path}: the host answers {status}"),
        ]),
        Observed::Elsewhere(other) => {
            let other = other.escape_debug();
            // Whoever has the name can do this; readers follow without noticing.
            Finding::new(
                Class::Tampered,
                "elsewhere",
                [
                    format!("{path}: chuyển người đọc sang nơi khác: {other}"),
                    format!("{path}: readers are sent elsewhere: {other}"),
                ],
            )
        }
        Observed::Unreachable([vietnamese, english]) => {
            unreachable([format!("{path}: {vietnamese}"), format!("{path}: {english}")])
        }
        Observed::NotAsked => {
            unreachable([format!("{path}: chưa xem được"), format!("{path}: was not looked at")])
        }
    }
}
