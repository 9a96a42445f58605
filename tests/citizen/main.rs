//! The site as a citizen meets it, in a real Chromium: no rule of axe-core is broken on any kind of page, all of
//! it can be had by keyboard, on a small screen and with large letters, what is asked for is found in three
//! actions, and little is sent. `pages.txt` names the pages; a kind of page that is not there fails.
//!
//! Screenshots of all kinds of pages: `cargo test --test citizen screenshots -- --ignored`, which writes them
//! to `target/screenshots`. Another theme, or one that is being written, is put to the same proof without a
//! build when `NIEMYET_THEME` names its folder.

#![expect(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "the addresses of a site are spelt by the program"
)]
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test reads tables, writes files and tells figures"
)]

mod axe;
mod budgets;
#[path = "../support/chromium.rs"]
#[expect(dead_code, reason = "each test uses some of it")]
mod chromium;
mod journeys;
mod keys;
mod layouts;
#[path = "../support/loopback.rs"]
mod loopback;
mod pages;
mod reader;
mod screenshots;
