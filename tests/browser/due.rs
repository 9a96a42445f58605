//! The reader's script counts the last day of a time limit as `tests/due.txt` says, and what the page holds
//! without it is what the script says of the same day.

use std::path::Path;
use std::sync::Arc;

use niemyet::files::FileTree;
use niemyet::model::date::parse;
use niemyet::pipeline;
use niemyet::render::Site;
use serde_json::json;

use crate::chromium::Browser;
use crate::host;
use crate::table;

const PAGE: &str = "thu-tuc/du-moi-phan.html";

/// The days in words, row by row.
const SAID: &str = "[].map.call(document.querySelectorAll('.due [data-amount] b'), \
                    function (b) { return b.textContent }).join('; ')";

fn site() -> Arc<Site> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/looks/catalogue");
    let files = niemyet::disk::read(&folder).expect("the catalogue");
    let (understood, mut report) = pipeline::examine(&files, parse("2026-11-22").expect("a date"));
    let understood = understood.expect("a catalogue");
    let site = pipeline::site(&understood, &files, &FileTree::default(), &mut report);
    Arc::new(site.expect("a site"))
}

pub(crate) fn counts(browser: &mut Browser) {
    let host = format!("http://{}", host::serve(site()));
    let page = format!("{host}/{PAGE}");
    let off = |value: bool| json!({ "value": value });
    // What begins on a coming day stands in templates, which only a script shows; the box does not change.
    browser.open(&page);
    let said = browser.text(SAID);
    let made = "document.querySelector('.pick-day input').value";
    assert_eq!(browser.text(made), "2026-11-23");
    assert!(said.contains("thứ Hai, 30/11/2026"), "{said}");
    browser.ask("Emulation.setScriptExecutionDisabled", &off(true));
    browser.open(&format!("{host}/thu-tuc/ten-dai-266.html"));
    browser.ask("Emulation.setScriptExecutionDisabled", &off(false));
    let seen = browser.text("document.querySelector('.due').innerText");
    assert!(seen.contains("thứ Hai, 23/11/2026") && seen.contains("thứ Năm, 26/11/2026"), "{seen}");

    browser.open(&page);
    let mut wrong = Vec::new();
    for case in table::cases() {
        let run = format!(
            "(function () {{
               var box = document.querySelector('.due'), row = box.querySelector('[data-amount]')
               box.listed = {listed}.split(' ')
               if ({until}) box.dataset.until = {until}; else delete box.dataset.until
               row.dataset.amount = {amount}
               row.dataset.unit = {unit}
               box.field.value = {received}
               box.field.dispatchEvent(new Event('input'))
               return row.querySelector('b').dataset.day
             }})()",
            listed = json!(case.listed),
            until = json!(case.until),
            amount = case.thousandths,
            unit = json!(case.unit),
            received = json!(case.received),
        );
        let said = browser.text(&run);
        if said != case.last {
            wrong.push(format!("{}: {said}", case.line));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
