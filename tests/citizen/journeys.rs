//! What do I need, what does it cost, where do I go: from the home page to each answer in at most three actions,
//! by search and, where no script runs, by life events; on a desk, on a slow phone, and on paper.
//!
//! An action is: to type and send, or to follow a link. To scroll to a link is none; but an answer is only there
//! when it stands on the screen without scrolling.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::reader::Reader;

const MOST_ACTIONS: usize = 3;
const SOON: Duration = Duration::from_secs(20);

struct Wish {
    typed: &'static str,
    event: &'static str,
    procedure: &'static str,
    /// The answers, with the section that holds each.
    answers: [(&'static str, &'static str); 3],
}

fn wishes() -> Vec<Wish> {
    let lines = include_str!("journeys.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let parts: Vec<&str> = line.split('|').map(str::trim).collect();
            let [typed, event, procedure, needed, cost, place] = parts[..] else {
                panic!("{line}");
            };
            let answers = [(needed, "can-chuan-bi"), (cost, "phi"), (place, "noi-nop")];
            Wish { typed, event, procedure, answers }
        })
        .collect()
}

/// Whether a text stands on the screen, whole in height, and nothing lies before it.
fn is_seen(reader: &mut Reader, text: &str) -> bool {
    let seen = format!(
        "(function (text) {{
           var walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), range = document.createRange()
           while (walk.nextNode()) {{
             var at = walk.currentNode.data.split(String.fromCharCode(160)).join(' ').indexOf(text)
             if (at < 0) continue
             range.setStart(walk.currentNode, at); range.setEnd(walk.currentNode, at + text.length)
             var r = range.getClientRects()[0], all = range.getBoundingClientRect()
             if (!r || all.top < 0 || all.bottom > innerHeight || all.left < 0 || all.right > innerWidth) continue
             var hit = document.elementFromPoint(r.left + 2, r.top + r.height / 2)
             if (hit && (hit.contains(walk.currentNode) || walk.currentNode.parentNode.contains(hit))) return true
           }}
           return false
         }})({})",
        json!(text)
    );
    reader.browser.evaluate(&seen) == json!(true)
}

/// Reads the answers on the page of a procedure; the actions for each, of which some were needed to come here.
fn read(reader: &mut Reader, wish: &Wish, before: usize) -> Vec<String> {
    let mut wrong = Vec::new();
    let page = reader.browser.text("location.href");
    for (answer, section) in wish.answers {
        reader.browser.evaluate("scrollTo({ top: 0, behavior: 'instant' }); 0");
        reader.drawn();
        let mut actions = before;
        if !is_seen(reader, answer) {
            actions += 1;
            let link = "[].slice.call(document.querySelectorAll('main a[href=\"#SECTION\"]'))\
                        .filter(function (a) { return a.getClientRects().length })[0]";
            reader.click(&link.replace("SECTION", section));
            assert!(
                reader.browser.wait(&format!("location.hash === '#{section}'"), SOON),
                "{page}: nothing leads to {section}"
            );
            // The page may glide there.
            let still = "new Promise(function (done) {
              var last = -1, same = 0
              ;(function look() {
                same = scrollY === last ? same + 1 : 0; last = scrollY
                if (same > 5) done(0); else requestAnimationFrame(look)
              })()
            })";
            reader.browser.promised(still);
        }
        if actions > MOST_ACTIONS || !is_seen(reader, answer) {
            wrong.push(format!("{page}: {answer} is not seen after {actions} actions"));
        }
    }
    wrong
}

fn by_search(reader: &mut Reader, wish: &Wish) -> Vec<String> {
    reader.open("bundled/index.html");
    reader.click("document.querySelector('main input[type=search]')");
    reader.type_text(wish.typed);
    reader.led_on(|reader| reader.press("Enter"));
    let link = format!("document.querySelector('#kq a[href$=\"/{}.html\"]')", wish.procedure);
    if !reader.browser.wait(&format!("!!{link}"), SOON) {
        return vec![format!("{}: not found", wish.typed)];
    }
    let place = "[].indexOf.call(document.querySelectorAll('#kq > li'), LINK.closest('li'))";
    let place = reader.browser.evaluate(&place.replace("LINK", &link));
    if place.as_u64().is_none_or(|place| place > 2) {
        return vec![format!("{}: its place is {place}", wish.typed)];
    }
    reader.led_on(|reader| reader.click(&link));
    read(reader, wish, 2)
}

fn by_event(reader: &mut Reader, wish: &Wish) -> Vec<String> {
    reader.open("bundled/index.html");
    for link in [format!("viec/{}.html", wish.event), format!("thu-tuc/{}.html", wish.procedure)] {
        let link = format!("document.querySelector('main a[href$=\"{link}\"]')");
        reader.led_on(|reader| reader.click(&link));
    }
    read(reader, wish, 2)
}

/// On the English page names are English where there are any, what is not says so, and both languages find.
#[test]
fn who_asks_in_english_finds_by_either_name() {
    let mut reader = Reader::new();
    for (typed, name, language) in [
        ("how to renew my driving licence", "Driving licence renewal", "en"),
        ("driver's card", "Driving licence renewal", "en"),
        ("doi bang lai", "Driving licence renewal", "en"),
        ("Sát hạch", "Sát hạch lái xe", "vi"),
        ("luật trật tự an toàn giao thông", "Law on Road Traffic Order and Safety", "en"),
    ] {
        reader.open("two/en/index.html");
        reader.click("document.querySelector('main input[type=search]')");
        reader.type_text(typed);
        reader.led_on(|reader| reader.press("Enter"));
        let first = "document.querySelector('#kq > li a')";
        assert!(reader.browser.wait(&format!("!!{first}"), SOON), "{typed}: nothing is found");
        let said = format!("[{first}.textContent, ({first}.closest('[lang]')).lang]");
        assert_eq!(reader.browser.evaluate(&said), json!([name, language]), "{typed}");
        reader.led_on(|reader| reader.click(first));
        let here = reader.browser.evaluate("location.pathname");
        assert!(here.as_str().is_some_and(|path| path.starts_with("/two/en/")), "{here}");
    }
}

/// The text of the page as it is printed.
fn printed(reader: &mut Reader, wish: &Wish) -> Vec<String> {
    reader.open(&format!("bundled/thu-tuc/{}.html", wish.procedure));
    let wanted = json!({ "preferCSSPageSize": true });
    let printed = reader.browser.ask("Page.printToPDF", &wanted);
    let bytes = STANDARD.decode(printed["data"].as_str().expect("a PDF")).expect("base64");
    let mut program = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext: tests/run installs it (poppler-utils)");
    program.stdin.take().expect("a pipe").write_all(&bytes).expect("it reads");
    let output = program.wait_with_output().expect("a text");
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = plain(&String::from_utf8_lossy(&output.stdout));
    let address = format!("https://example.org/thu-tuc/{}.html", wish.procedure);
    let facts = wish.answers.iter().map(|(answer, _)| *answer);
    let missing = facts
        .chain(["22/11/2026", "Căn cứ pháp lý", address.as_str()])
        .filter(|fact| !text.contains(&plain(fact)));
    missing.map(|fact| format!("{}: {fact} is not on paper", wish.procedure)).collect()
}

#[test]
fn citizens_find_in_three_actions_what_they_ask_for() {
    let mut reader = Reader::new();
    let mut wrong = Vec::new();
    let slow = |reader: &mut Reader, rate: u32| -> Value {
        reader.browser.ask("Emulation.setCPUThrottlingRate", &json!({ "rate": rate }))
    };
    let mut walk = |how: &str, found: Vec<String>| {
        wrong.extend(found.into_iter().map(|found| format!("{how}: {found}")));
    };
    for wish in wishes() {
        reader.screen(1280, 800);
        walk("desk", by_search(&mut reader, &wish));
        walk("paper", printed(&mut reader, &wish));
        reader.runs_scripts = false;
        walk("desk without script", by_event(&mut reader, &wish));
        reader.screen(360, 740);
        walk("phone without script", by_event(&mut reader, &wish));
        reader.browser.ask("Emulation.setScriptExecutionDisabled", &json!({ "value": false }));
        reader.runs_scripts = true;
        slow(&mut reader, 4);
        walk("phone", by_search(&mut reader, &wish));
        slow(&mut reader, 1);
    }
    println!("journeys: {} wishes in 5 ways", wishes().len());
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong.join("\n"));
}
