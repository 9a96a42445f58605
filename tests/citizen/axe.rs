//! No rule of axe-core is broken on any kind of page, however it is looked at: WCAG 2.0 to 2.2, A and AA, and
//! what axe-core calls best practice. One rule is left out, and only on paper: the size of what is pointed at
//! (`target-size`, WCAG 2.5.8), because nothing is pointed at there.
//!
//! axe-core is a package of npm, which `tests/run` puts into `target/axe`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};

use crate::pages;
use crate::reader::Reader;

/// A way to look at a page.
struct Look {
    name: &'static str,
    width: u32,
    media: &'static str,
    features: &'static [(&'static str, &'static str)],
    /// What the reader has chosen: attributes of the root.
    chosen: &'static [(&'static str, &'static str)],
    /// Whether all that unfolds is unfolded.
    is_open: bool,
}

const PLAIN: Look =
    Look { name: "desk", width: 1280, media: "", features: &[], chosen: &[], is_open: false };
const DARK: (&str, &str) = ("prefers-color-scheme", "dark");

const LOOKS: [Look; 7] = [
    PLAIN,
    Look { name: "desk, dark, unfolded", features: &[DARK], is_open: true, ..PLAIN },
    Look { name: "desk, high contrast", chosen: &[("data-bg", "high")], ..PLAIN },
    Look {
        name: "desk, high contrast, dark",
        features: &[DARK, ("prefers-contrast", "more")],
        ..PLAIN
    },
    Look { name: "print", width: 794, media: "print", ..PLAIN },
    Look {
        name: "phone of 320, very large letters, unfolded",
        width: 320,
        chosen: &[("data-size", "3")],
        is_open: true,
        ..PLAIN
    },
    Look { name: "phone of 360, dark", width: 360, features: &[DARK], ..PLAIN },
];

const RUN: &str = "axe.run(document, {
  rules: { 'target-size': { enabled: !matchMedia('print').matches } },
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations', 'incomplete']
}).then(function (found) {
  function plain(rule) {
    return [rule.id, rule.nodes.length, rule.nodes.slice(0, 4).map(function (node) {
      return node.html.slice(0, 160) + ' ' + node.any.concat(node.all, node.none).map(function (c) { return c.message }).join('; ')
    })]
  }
  return {
    violations: found.violations.map(plain), incomplete: found.incomplete.map(plain),
    ran: found.passes.concat(found.violations, found.incomplete).map(function (rule) { return rule.id })
  }
})";

#[test]
fn axe_finds_nothing() {
    let source =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe/node_modules/axe-core/axe.min.js");
    let source = std::fs::read_to_string(source)
        .expect("axe-core: tests/run puts it into target/axe (npm install --prefix target/axe)");
    let mut reader = Reader::new();
    let mut wrong = Vec::new();
    let mut unsure: BTreeMap<String, u64> = BTreeMap::new();
    let mut ran: BTreeSet<String> = BTreeSet::new();
    let mut n_looks = 0;
    for page in pages::table() {
        show(&mut reader, &PLAIN);
        reader.open_shown(&page);
        // By the protocol for developers, which the policy of the page does not hold back.
        let mut with_end = source.clone();
        with_end.push_str("\n;0");
        reader.browser.evaluate(&with_end);
        for look in &LOOKS {
            show(&mut reader, look);
            let found = reader.browser.promised(RUN);
            n_looks += 1;
            for rule in found["violations"].as_array().expect("a list") {
                wrong.push(format!("{} ({}), {}: {rule:#}", page.what, page.path(), look.name));
            }
            for rule in found["incomplete"].as_array().expect("a list") {
                let count = rule[1].as_u64().unwrap_or_default();
                *unsure.entry(rule[0].as_str().unwrap_or_default().to_owned()).or_default() +=
                    count;
            }
            let rules = found["ran"].as_array().expect("a list").iter();
            ran.extend(rules.filter_map(Value::as_str).map(str::to_owned));
        }
    }
    println!(
        "axe-core: {} pages in {} ways, {n_looks} looks, {} rules had something to look at; \
         could not tell: {unsure:?}",
        pages::table().len(),
        LOOKS.len(),
        ran.len()
    );
    for rule in ["color-contrast", "target-size", "heading-order", "region", "page-has-heading-one"]
    {
        assert!(ran.contains(rule), "{rule} did not run");
    }
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong.join("\n"));
}

fn show(reader: &mut Reader, look: &Look) {
    reader.screen(look.width, 800);
    reader.media(look.media, look.features);
    let chosen: BTreeMap<&str, &str> = look.chosen.iter().copied().collect();
    reader.browser.evaluate(&format!(
        "(function (chosen) {{
           var root = document.documentElement
           ;['data-bg', 'data-size'].forEach(function (name) {{
             if (chosen[name]) root.setAttribute(name, chosen[name]); else root.removeAttribute(name)
           }})
           document.querySelectorAll('details:not(.narrow)').forEach(function (d) {{ d.open = {} }})
         }})({})",
        look.is_open,
        json!(chosen)
    ));
    reader.drawn();
}
