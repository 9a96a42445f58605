#![doc = include_str!("../ARCHITECTURE.md")]

/// Files as values: what goes in, what comes out, places in them.
pub mod files;
/// Vietnamese and English.
pub mod language;
/// What is said about a file.
pub mod diagnostic;
/// What a catalogue means.
pub mod model;
/// Text to catalogue.
pub mod load;
/// The law and the day.
pub mod validity;
/// Judgments for editors.
pub mod check;
/// A person at work: watching and serving.
pub mod live;
