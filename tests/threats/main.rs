//! What someone could try who writes a catalogue or a theme and means no good: text that runs, names that leave
//! their folder, links, templates that read or never end, and content that is not for the public.

#![expect(clippy::unwrap_used, reason = "a test that cannot be run fails")]
#![expect(clippy::disallowed_methods, reason = "a test works on real folders and starts a browser")]
#![expect(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "all names are of the test itself"
)]
#![expect(clippy::print_stdout, reason = "what was measured is shown with `--nocapture`")]

mod browser;
#[path = "../support/chromium.rs"]
#[expect(dead_code, reason = "each test uses some of it")]
mod chromium;
mod fields;
mod hushed;
mod leaks;
mod links;
mod paths;
mod payloads;
mod script;
#[path = "../support/mod.rs"]
mod support;
mod templates;
mod words;
