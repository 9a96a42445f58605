//! What the disk would not do and what was refused, in Vietnamese and in English. An `io::Error` carries
//! both through the room; whoever prints it picks one with [`said`]. The words of the system itself stay
//! as the system gives them.

use std::error::Error;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::language::Language;

/// What went wrong, in Vietnamese and in English.
#[derive(Debug)]
struct Trouble([String; 2]);

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([_, english]) = self;
        f.write_str(english)
    }
}

impl Error for Trouble {}

/// An error in a language; one that does not come from this room, in its own words.
#[must_use]
pub fn said(error: &io::Error, language: Language) -> String {
    match (error.get_ref().and_then(|inner| inner.downcast_ref()), language) {
        (Some(Trouble([vietnamese, _])), Language::Vietnamese) => vietnamese.clone(),
        (Some(Trouble([_, english])), Language::English) => english.clone(),
        (None, _) => error.to_string(),
    }
}

/// An error of the system, with what could not be done, to what, and what can be done about it.
pub(super) fn failed(undone: [&str; 2], path: &Path, error: impl Into<io::Error>) -> io::Error {
    let error = error.into();
    let remedy = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            ["giải phóng dung lượng ở đó rồi thử lại", "free some space there and try again"]
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => [
            "cấp quyền đó cho người dùng này rồi thử lại",
            "give this user the right to do so and try again",
        ],
        ErrorKind::InvalidFilename => {
            ["rút ngắn tên rồi thử lại", "shorten the name and try again"]
        }
        ErrorKind::ResourceBusy => [
            "gỡ ổ đĩa đang gắn (mount) bên trong rồi thử lại",
            "unmount what is mounted in it and try again",
        ],
        ErrorKind::NotFound => {
            ["xem nó có bị chuyển đi hay gõ sai tên không", "see whether it was moved or misspelt"]
        }
        _ => ["khắc phục lỗi này rồi thử lại", "mend this and try again"],
    };
    let words = |column: usize| {
        format!("{} `{}`: {error}; {}", undone[column], path.display(), remedy[column])
    };
    trouble(error.kind(), [words(0), words(1)])
}

/// A refusal: the words say what was refused and what to do instead.
pub(super) fn refused(words: [String; 2]) -> io::Error {
    trouble(ErrorKind::InvalidInput, words)
}

/// An error of some kind, in Vietnamese and in English.
pub(super) fn trouble(kind: ErrorKind, words: [String; 2]) -> io::Error {
    io::Error::new(kind, Trouble(words))
}
