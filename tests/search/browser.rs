//! The page's script in a real browser finds what the program finds: the same entries in the same order
//! with the same scores, for every query of the table and every judged one, in large shards and small.

use niemyet::search::{self, Columns, Engine, Filter, Index};
use serde::Serialize;
use serde_json::{Value, json};
use std::time::Duration;

use super::cases::cases;
use super::chromium::Browser;
use super::judged::{DAY, corpus, queries};
use super::support::Folder;

#[test]
fn script_finds_the_same() {
    let mut browser = Browser::start();
    for size in [search::SHARD, 8] {
        let engine = Engine::new(search::index_by(corpus(), size));
        let folder = Folder::new();
        write(&folder, engine.index());
        browser.open(&format!("file://{}/tim.html", folder.path().display()));
        let mut asked: Vec<(String, Filter)> =
            cases().into_iter().map(|case| (case.query, case.filter)).collect();
        asked.extend(queries().into_iter().map(|judged| (judged.query, Filter::default())));
        let list: Vec<Value> = asked
            .iter()
            .map(|(query, filter)| {
                let field = filter.field.map_or(json!(-1), |field| json!(field));
                let filter = json!({ "field": field, "levels": filter.levels, "audience": filter.audience, "online": filter.online });
                json!([query, filter])
            })
            .collect();
        let run = format!(
            "window.answers = []; window.times = []; {}.reduce(function (before, one) {{ return before.then(function () {{ \
               return niemyetSearch.find(one[0], one[1], '{DAY}') }}).then(function () {{ var start = performance.now(); return niemyetSearch.find(one[0], one[1], '{DAY}').then(function (found) {{ \
                 times.push(performance.now() - start); \
                 answers.push([found.laws.map(function (l) {{ return l.number }}), found.entries]) }}) }}) }}, \
             Promise.resolve()).then(function () {{ window.ended = true }}, function (why) {{ window.ended = String(why && why.stack || why) }}); 0",
            Value::from(list)
        );
        browser.evaluate(&run);
        assert!(browser.wait("!!window.ended", Duration::from_mins(2)), "it ends");
        assert_eq!(browser.evaluate("window.ended"), json!(true));
        let answers = browser.evaluate("answers");
        let mut wrong = Vec::new();
        for ((query, filter), answer) in asked.iter().zip(answers.as_array().expect("answers")) {
            let found = engine.find(query, *filter, DAY);
            let laws: Vec<&str> = found
                .laws
                .iter()
                .map(|law| engine.index().numbers.laws[*law].number.as_str())
                .collect();
            if json!([laws, found.entries]) != *answer {
                wrong.push(format!(
                    "{query}\n  program {}\n  script  {answer}",
                    json!([laws, found.entries])
                ));
            }
        }
        let median =
            browser.evaluate("times.sort(function (a, b) { return a - b })[times.length >> 1]");
        let slow = browser.evaluate("times[Math.floor(times.length * 0.95)]");
        println!("shards of {size}: median {median} ms, of a hundred five above {slow} ms");
        assert!(
            wrong.is_empty(),
            "{} of {} differ\n{}",
            wrong.len(),
            asked.len(),
            wrong.join("\n")
        );
    }
}

pub(super) fn write(folder: &Folder, index: &Index) {
    let script = |name: &str, data: &dyn erased::Json| {
        folder.write(
            &format!("tim-kiem/{name}.js"),
            &format!("niemyetSearch(\"{name}\",\"1\",{})\n", data.json()),
        );
    };
    script("goc", &index.base);
    script("luat", &index.named());
    script("het", &Vec::<u8>::new());
    for part in 0..index.base.ends.len() {
        script(&format!("so-{part}"), &index.ends.part(part));
    }
    for part in 0..index.base.laws {
        script(&format!("vb-{part}"), &index.laws(part));
    }
    for part in 0..index.base.parts.len() {
        script(&format!("tu-{part}"), &index.steps(part));
    }
    for (place, shard) in index.shards.iter().enumerate() {
        script(&place.to_string(), &Columns::new(shard));
    }
    folder.write("search.js", include_str!("../../themes/default/assets/search.js"));
    folder.write(
        "tim.html",
        "<!doctype html><html data-as-of=\"2026-11-22\"><meta charset=utf-8><meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self'; require-trusted-types-for 'script'\">\
         <div id=tim data-root=\"\" data-base=\"tim-kiem/goc.js\" data-stamp=\"1\"></div>\
         <script src=search.js></script>",
    );
}

mod erased {
    //! Data of any shape as JSON.

    pub(super) trait Json {
        fn json(&self) -> String;
    }

    impl<T: super::Serialize> Json for T {
        fn json(&self) -> String {
            serde_json::to_string(self).expect("JSON")
        }
    }
}
