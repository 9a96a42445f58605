//! How long a keystroke takes in a real browser, and what is loaded before a result, on a published site:
//! `SITE=public cargo test --test search keystrokes -- --ignored --nocapture`. It measures and asserts nothing.
//! `QUERIES=file` asks what stands in a file, a line each, instead of what people judged.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::chromium::Browser;
use super::judged::queries;

const KEYSTROKES: usize = 200;

#[test]
#[ignore = "it measures a site that is named"]
fn keystrokes() {
    let site = std::env::var("SITE").expect("SITE=folder");
    let folder = std::fs::canonicalize(site).expect("a folder");
    let address = format!("file://{}/tim-kiem.html", folder.display());
    let mut browser = Browser::start();
    let mut times: Vec<(f64, String)> = Vec::new();
    let mut firsts: Vec<(f64, String)> = Vec::new();
    let mut loaded: Vec<(usize, usize, String)> = Vec::new();
    let asked: Vec<String> = match std::env::var("QUERIES") {
        Ok(path) => {
            let lines = std::fs::read_to_string(path).expect("a file");
            lines.lines().map(str::to_owned).collect()
        }
        Err(_) => queries().into_iter().step_by(9).map(|judged| judged.query).collect(),
    };
    for asked in asked {
        // All at once, as from an address: what is needed before the first result.
        let query = serde_json::json!(asked);
        browser.open(&address);
        let once = format!(
            "niemyetSearch.find({query}, {WANTED}, '2026-11-22').then(function () {{ window.ended = true }}); 0"
        );
        browser.evaluate(&once);
        assert!(browser.wait("!!window.ended", Duration::from_mins(1)), "it ends");
        let scripts = browser.evaluate(
            "Array.from(document.scripts, function (s) { return s.src }).filter(function (s) { return /tim-kiem.|search/.test(s) })",
        );
        let names =
            scripts.as_array().expect("addresses").iter().filter_map(serde_json::Value::as_str);
        let names: Vec<&str> = names.collect();
        let bytes = names.iter().map(|name| packed(name)).sum();
        println!("{bytes:7} bytes in {:2} files: {asked}", names.len());
        loaded.push((bytes, names.len(), asked));
        // Letter by letter, twice: with what has to be loaded and without.
        if times.len() < KEYSTROKES {
            for (pass, found) in [&mut firsts, &mut times].into_iter().enumerate() {
                let name = format!("times{pass}");
                let run = format!(
                    "window.{name} = []; window.over{pass} = false; \
                     Array.from({query}).reduce(function (before, _, i, all) {{ return before.then(function () {{ \
                       var start = performance.now(); \
                       return niemyetSearch.find(all.slice(0, i + 1).join(''), {WANTED}, '2026-11-22').then(function () {{ \
                         {name}.push([performance.now() - start, all.slice(0, i + 1).join('')]) }}) }}) }}, Promise.resolve()) \
                     .then(function () {{ window.over{pass} = true }}); 0"
                );
                browser.evaluate(&run);
                assert!(browser.wait(&format!("!!window.over{pass}"), Duration::from_mins(2)));
                let all = browser.evaluate(&name);
                let all: Vec<(f64, String)> = serde_json::from_value(all).expect("times");
                found.extend(all);
            }
        }
    }
    loaded.sort();
    let at = |part: usize| &loaded[(loaded.len() - 1) * part / 100];
    for part in [0, 50, 95, 100] {
        let (bytes, files, query) = at(part);
        println!(
            "{part:3} of a hundred queries load at most {bytes} bytes in {files} files ({query})"
        );
    }
    for (what, times) in [("first", &mut firsts), ("again", &mut times)] {
        times.sort_by(|one, other| one.0.total_cmp(&other.0));
        let at = |part: usize| times[(times.len() - 1) * part / 100].0;
        println!(
            "{what}: {} keystrokes, median {:.1} ms, 95th {:.1} ms, worst {:.1} ms ({})",
            times.len(),
            at(50),
            at(95),
            at(100),
            times.last().map_or("", |(_, typed)| typed.as_str())
        );
    }
}

const WANTED: &str = "{ field: -1, levels: 0, audience: 0, online: 0 }";

/// What a file weighs on the way, in bytes.
fn packed(address: &str) -> usize {
    let path = address.trim_start_matches("file://").split('?').next().unwrap_or_default();
    let packed = Command::new("gzip").args(["-9", "-c"]).arg(Path::new(path)).output();
    packed.expect("gzip").stdout.len()
}
