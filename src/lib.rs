#![doc = include_str!("../ARCHITECTURE.md")]

// Files as values: what goes in, what comes out, places in them.
pub mod files;
pub mod fix;
// Vietnamese and English.
pub mod language;
// What is said about a file.
pub mod diagnostic;
// What a catalogue means.
pub mod model;
// Text to catalogue.
pub mod load;
// What may stand in a file, for editors and their programs.
pub mod schema;
// What new files and repositories look like.
pub mod starter;
// The law and the day.
pub mod validity;
// What changes for a citizen between two states.
pub mod diff;
// Law in free text.
pub mod mention;
// What a person types, and what is published.
pub mod search;
// Judgments for editors.
pub mod check;
// What must not be named, looked for in every byte.
pub mod audit;
// Catalogue to pages.
pub mod render;
// What a site says of itself.
pub mod manifest;
// How a web server picks the site of the day, and what else it has to be told.
pub mod host;
// Whether a posted site is what it should be.
pub mod monitor;
// Asks a site for its files.
pub mod fetch;
// The whole way of the data.
pub mod pipeline;
// The only room that touches files.
pub mod disk;
// A person at work: watching and serving.
pub mod live;
// What was typed, and the clock.
pub mod cli;
