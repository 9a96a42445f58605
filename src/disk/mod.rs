//! The only room that touches the files of a disk: `read` takes a folder in as a value, `publish` lets
//! pages out as one whole site or not at all. Knows nothing of what the files mean.

#![expect(clippy::disallowed_methods, reason = "this is the room that may touch files")]

use std::io::{self, ErrorKind};
use std::path::Path;

mod beneath;
mod guard;
mod lock;
mod publish;
mod read;
mod stage;
mod switch;

pub use publish::{Published, publish};
pub use read::read;

/// An error of the system, with what was being done, to what, and what can be done about it.
fn failed(doing: &str, path: &Path, error: impl Into<io::Error>) -> io::Error {
    let error = error.into();
    let remedy = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "free some space there and try again"
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "give this user the right to do so and try again"
        }
        ErrorKind::InvalidFilename => "shorten the name and try again",
        ErrorKind::ResourceBusy => "unmount what is mounted in it and try again",
        ErrorKind::NotFound => "see whether it was moved or misspelt",
        _ => "mend this and try again",
    };
    io::Error::new(error.kind(), format!("cannot {doing} `{}`: {error}; {remedy}", path.display()))
}

/// A refusal: the message says what was refused and what to do instead.
fn refused(message: String) -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, message)
}
