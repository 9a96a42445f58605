//! x
pub mod check;
pub mod diagnostic;
pub mod files;
pub mod language;
pub mod load;
pub mod model;
pub mod validity;
