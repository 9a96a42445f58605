//! Law in free text: numbers and names of documents, the provisions and days said beside them, and dead
//! terms. Finds and resolves against the register; knows no day of judgment and says nothing to anyone.
//!
//! [`Index`] is made once for a catalogue and reads any number of texts, each in one pass whose cost
//! grows with its length alone. What a text looks like to a comparing eye is `canon`'s and `slips`'s; `scan` and
//! `sign` find numbers, `names` and `terms` phrases, `clause` and `date` what stands beside them.

mod canon;
mod clause;
mod date;
mod names;
pub mod place;
mod resolve;
mod scan;
mod sign;
mod slips;
mod terms;
mod trie;
mod visible;

pub use clause::Part;
pub use names::{LONGER_NAMES, shortened};
pub use resolve::{Dead, Index, Mention, Reading, Target};
