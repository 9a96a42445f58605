//! x
pub mod diagnostic;
pub mod disk;
pub mod files;
pub mod language;
pub mod model;
