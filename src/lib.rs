#![doc = include_str!("../ARCHITECTURE.md")]

/// Judgments for editors.
pub mod check;
/// What was typed.
pub mod cli;
/// What is said about a file.
pub mod diagnostic;
/// The only room that touches files.
pub mod disk;
/// Files as values: what goes in, what comes out, places in them.
pub mod files;
/// Vietnamese and English.
pub mod language;
/// A person at work: watching and serving.
pub mod live;
/// Text to catalogue.
pub mod load;
/// What a catalogue means.
pub mod model;
/// The whole way of the data.
pub mod pipeline;
/// Catalogue to pages.
pub mod render;
/// The law and the day.
pub mod validity;
