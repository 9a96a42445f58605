//! x
pub mod files;
pub mod language;
pub mod diagnostic;
pub mod model;
pub mod load;
pub mod validity;
pub mod check;
pub mod render;
