//! x
use crate::diagnostic::Report;
use crate::model::Catalogue;
/// x
pub fn prose(_: &Catalogue) -> Report {
    Report::default()
}
