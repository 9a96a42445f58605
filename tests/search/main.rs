//! Search: what people type on real procedures, judged; one table for the program and the page's script.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test reads tables, writes files for the browser and tells figures"
)]

mod browser;
mod budget;
mod cases;
#[path = "../support/chromium.rs"]
#[expect(dead_code, reason = "each test uses some of it")]
mod chromium;
mod judged;
mod keystrokes;
#[path = "../support/loopback.rs"]
mod loopback;
mod page;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "each test uses some of it")]
mod support;
