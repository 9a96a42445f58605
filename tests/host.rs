//! The texts for web servers, as recorded in `tests/host/`: of a site at the root of its server and of one
//! below it, with and without answers of their own. `UPDATE_EXPECT=1` accepts what comes out; `tests/hosts`
//! and `tests/harvest.rs` give such texts to the servers themselves.

#![expect(clippy::disallowed_methods, reason = "a test reads its records")]

use std::fs;
use std::path::Path;

use niemyet::files::{Answer, Rule};
use niemyet::host::{Plan, Slice, files, rules};
use niemyet::language::Language;
use niemyet::model::date::{Date, parse};

fn day(text: &str) -> Date {
    parse(text).expect("a day")
}

fn answers() -> Vec<Rule> {
    [
        ("thu-tuc/a.html", Answer::Tombstone),
        ("api/thu-tuc/a.json", Answer::Gone),
        ("thu-tuc/b.html", Answer::MovedTo("thu-tuc/c.html".to_owned())),
    ]
    .into_iter()
    .map(|(address, answer)| Rule { address: address.to_owned(), answer })
    .collect()
}

fn plan(base: &str, language: Language) -> Plan {
    let slice = |name: &str, first, until, rules| Slice {
        name: name.to_owned(),
        first: day(first),
        until: day(until),
        rules,
    };
    let slices = vec![
        slice("2026-01-01", "2026-01-01", "2026-03-15", Vec::new()),
        slice("2026-03-15", "2026-03-15", "2026-07-01", answers()),
    ];
    Plan { slices, base: base.to_owned(), language }
}

#[test]
fn texts_are_those_recorded() {
    let mut texts: Vec<(String, String)> = Vec::new();
    for (name, base, language) in
        [("root", "/", Language::Vietnamese), ("below", "/tthc/", Language::English)]
    {
        for page in files(&plan(base, language)) {
            let text = String::from_utf8(page.bytes).expect("UTF-8");
            texts.push((format!("{name}/{}", page.path.name()), text));
        }
        let answers = answers();
        let folder = (name == "below").then_some("/srv/site");
        let condition = (name == "below").then_some("RewriteCond x y");
        for (file, text) in [
            ("rules.nginx-map", rules::nginx_map(&[("", &answers)], base)),
            ("rules.nginx-server", rules::nginx_server(base, folder, "    # more\n")),
            ("rules.caddy", rules::caddy(&answers, base, base)),
            ("rules.apache", rules::apache(&answers, base, condition)),
            ("rules.redirects", rules::redirects(&answers, base)),
        ] {
            texts.push((format!("{name}/{file}"), text));
        }
    }
    assert_eq!(texts.len(), 24);
    assert_eq!(rules::caddy(&[], "/", "/"), "");
    assert_eq!(rules::redirects(&[], "/"), "");
    let records = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/host");
    let mut wrong = Vec::new();
    for (name, text) in &texts {
        let path = records.join(name);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
            fs::write(&path, text).expect("the record");
        }
        if fs::read_to_string(&path).ok().as_ref() != Some(text) {
            wrong.push(format!("{name}:\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
