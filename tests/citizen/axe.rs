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

/// So many looks are those of every page: light, dark, on paper, on a phone.
const ALWAYS: usize = 4;
const LOOKS: [Look; 7] = [
    PLAIN,
    Look { name: "desk, dark, unfolded", features: &[DARK], is_open: true, ..PLAIN },
    Look { name: "print", width: 794, media: "print", ..PLAIN },
    Look {
        name: "phone of 320, very large letters, unfolded",
        width: 320,
        chosen: &[("data-size", "3")],
        is_open: true,
        ..PLAIN
    },
    Look { name: "desk, high contrast", chosen: &[("data-bg", "high")], ..PLAIN },
    Look {
        name: "desk, high contrast, dark",
        features: &[DARK, ("prefers-contrast", "more")],
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
    let pages = pages::table();
    let all = std::env::var_os("NIEMYET_LOOKS").is_some_and(|wanted| wanted == "all");
    // Two browsers, since one keeps no more than one processor busy.
    let halves: Vec<Found> = std::thread::scope(|scope| {
        let look_at = |first: usize| {
            let (pages, source) = (&pages, source.as_str());
            scope.spawn(move || look(pages.iter().enumerate().skip(first).step_by(2), source, all))
        };
        let halves = [look_at(0), look_at(1)];
        halves.map(|half| half.join().expect("a half is looked at")).into()
    });
    let mut wrong = Vec::new();
    let mut unsure: BTreeMap<String, u64> = BTreeMap::new();
    let mut ran: BTreeSet<String> = BTreeSet::new();
    let mut n_looks = 0;
    for half in halves {
        wrong.extend(half.wrong);
        for (rule, count) in half.unsure {
            *unsure.entry(rule).or_default() += count;
        }
        ran.extend(half.ran);
        n_looks += half.n_looks;
    }
    println!(
        "axe-core: {} pages, {n_looks} looks in {} ways, {} rules had something to look at; \
         could not tell: {unsure:?}",
        pages.len(),
        LOOKS.len(),
        ran.len()
    );
    for rule in ["color-contrast", "target-size", "heading-order", "region", "page-has-heading-one"]
    {
        assert!(ran.contains(rule), "{rule} did not run");
    }
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong.join("\n"));
}

/// What was found on some pages.
#[derive(Default)]
struct Found {
    wrong: Vec<String>,
    /// How often a rule could not tell.
    unsure: BTreeMap<String, u64>,
    /// The rules that had something to look at.
    ran: BTreeSet<String>,
    n_looks: usize,
}

/// Looks at some pages, each with its place in the table. The first looks are those of every page, of the others
/// each page gets one in turn, or all where that is asked for.
fn look<'p>(
    pages: impl Iterator<Item = (usize, &'p pages::Shown)>,
    source: &str,
    all: bool,
) -> Found {
    let mut reader = Reader::new();
    let mut seen = Found::default();
    for (place, page) in pages {
        show(&mut reader, &PLAIN);
        reader.open_shown(page);
        // By the protocol for developers, which the policy of the page does not hold back.
        reader.browser.evaluate(&format!("{source}\n;0"));
        let others = &LOOKS[ALWAYS..];
        let in_turn =
            if all { others } else { std::slice::from_ref(&others[place % others.len()]) };
        for look in LOOKS[..ALWAYS].iter().chain(in_turn) {
            show(&mut reader, look);
            let found = reader.browser.promised(RUN);
            seen.n_looks += 1;
            for rule in found["violations"].as_array().expect("a list") {
                let (what, path) = (page.what, page.path());
                seen.wrong.push(format!("{what} ({path}), {}: {rule:#}", look.name));
            }
            for rule in found["incomplete"].as_array().expect("a list") {
                let count = rule[1].as_u64().unwrap_or_default();
                let name = rule[0].as_str().unwrap_or_default().to_owned();
                *seen.unsure.entry(name).or_default() += count;
            }
            let rules = found["ran"].as_array().expect("a list").iter();
            seen.ran.extend(rules.filter_map(Value::as_str).map(str::to_owned));
        }
    }
    seen
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
