//! x
pub mod diagnostic;
pub mod files;
pub mod language;
pub mod live;
pub mod model;
pub mod validity;
