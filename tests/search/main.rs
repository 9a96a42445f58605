//! Search: what people type on real procedures, judged; one table for the program and the page's script.

mod browser;
mod cases;
#[path = "../browser/chromium.rs"]
#[expect(dead_code, reason = "each test uses some of it")]
mod chromium;
mod judged;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "each test uses some of it")]
mod support;
