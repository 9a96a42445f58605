//! The only room that touches the files of a disk: `read` takes a folder in as a value, `publish` lets
//! pages out as one whole site or not at all, `amend` changes files of a catalogue, all or none. Knows nothing of what the files mean.

#![expect(clippy::disallowed_methods, reason = "this is the room that may touch files")]

mod amend;
mod beneath;
mod bundle;
mod guard;
mod lay;
mod lock;
mod memo;
mod publish;
mod read;
mod revision;
mod stage;
mod switch;
mod trouble;

pub use amend::{Amended, amend};
pub use bundle::{Bundle, Bundled, bundle, bundle_path};
pub use lay::{Fresh, lay};
pub use memo::{leave, left, recall, remember};
pub use publish::{Published, publish, publish_in_turn};
pub use read::{again, list, one, read};
pub use revision::{Revision, read_revision};
pub use trouble::said;
