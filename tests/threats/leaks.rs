//! What is not for the public, in every field of a record: an internal procedure, and one that nobody has announced
//! and whose day has not come. No byte of either may be on the site, nor be drawn for `serve`. Of the second its
//! heading alone is told: the page of coming changes names it on its day.

use niemyet::files::{Content, FilePath, FileTree};
use niemyet::model::date;
use niemyet::pipeline;
use rayon::iter::ParallelIterator;

use crate::fields;

const CANARY: &str = "hoangyen";
/// The codes of the two, of which the site says nothing either.
const CODES: [&str; 2] = ["1.000077", "1.000078"];

fn catalogue() -> FileTree {
    let (of_sets, others) = fields::templates();
    let mut entries = Vec::new();
    let mut add = |path: &str, text: String| {
        entries.push((FilePath::new(path).unwrap(), Content::Bytes(text.into_bytes())));
    };
    for template in of_sets.iter().chain(&others) {
        let filled = template.fill(1, |_, _| None);
        add(&filled.path, filled.text);
    }
    add("forms/a.docx", "a form".to_owned());
    let full = of_sets.iter().find(|template| template.path_of(1).contains("/full-1")).unwrap();
    for (set, code) in [77, 78].into_iter().zip(CODES) {
        // Sound addresses stay sound: what is refused would prove nothing.
        let text = full
            .fill(set, |number, name| {
                let is_address = ["source", "url"].iter().any(|end| name.ends_with(end));
                let is_heading = set == 78 && name == "procedure.plain_title";
                (!is_address && !is_heading && !["form.id", "announced.decision"].contains(&name))
                    .then(|| format!("{CANARY} {number}"))
            })
            .text;
        let text = text
            .replace(&format!("agency-{set}"), "agency-1")
            .replace(&format!("office-{set}"), "office-1")
            .replace(&format!("free-{set}"), "free-1")
            .replace(&format!("ended-{set}"), "ended-1")
            .replace("https://example.org/", &format!("https://example.org/{CANARY}"))
            .replace("file: a.docx", &format!("file: {CANARY}.docx"));
        let text = match set {
            77 => text.replace("scope: public", "scope: internal"),
            _ => text.replace(
                "validity: {from: 2025-07-01, last_day: 2029-12-31}",
                "validity: {from: 2027-07-01}",
            ),
        };
        assert!(text.contains(code) && text.contains(CANARY));
        add(&format!("procedures/ho-tich/{CANARY}-{set}.yaml"), text);
    }
    add(&format!("forms/{CANARY}.docx"), format!("a form of {CANARY}"));
    // All that may name a procedure names both.
    let both = "procedures: [\"1.000001\", \"1.000077\", \"1.000078\"]";
    add("life-events/both.yaml", format!("name: Việc\n{both}\n"));
    add("groups/both.yaml", format!("name: Nhóm\nlead: agency-1\n{both}\n"));
    add(
        "procedures/ho-tich/naming.yaml",
        "code: \"5.000001\"\ntitle: Thủ tục kể tên\nfield: ho-tich\nlegal_basis: [60/2014/QH13]\n\
         related: {before: [\"1.000077\"], after: [\"1.000078\"], see: [\"1.000077\", \"1.000078\"]}\n"
            .to_owned(),
    );
    FileTree::new(entries)
}

#[test]
fn nothing_internal_and_no_draft_is_in_any_byte() {
    let files = catalogue();
    let everything = [(
        "page.html",
        "<html><head></head><body><main><pre>{{ __tera_context }}</pre>{% block above %}{% endblock above %}{% block content %}{% endblock content %}</main></body></html>",
    )];
    let everything = FileTree::new(
        everything
            .map(|(path, text)| (FilePath::new(path).unwrap(), Content::Bytes(text.into())))
            .to_vec(),
    );
    let (understood, report) = pipeline::examine(&files, date::parse("2026-11-22").unwrap());
    let understood = understood.unwrap();
    let wrong = report.iter().filter(|found| found.code.entry().structural);
    assert_eq!(wrong.map(|found| format!("{found:?}")).collect::<Vec<_>>(), Vec::<String>::new());
    for theme in [FileTree::default(), everything] {
        let mut report = report.clone();
        let site = pipeline::site(&understood, &files, &theme, &mut report);
        let site = site.unwrap_or_else(|| panic!("{:?}", report.iter().last()));
        let pages: Vec<_> = site.pages().collect();
        assert!(30 < pages.len());
        for (page, report) in &pages {
            assert!(!report.is_structural(), "{report:?}");
            let text = format!("{} {}", page.path, String::from_utf8_lossy(&page.bytes));
            for secret in [CANARY, CODES[0], CODES[1]] {
                let at = text.find(secret);
                let near = at.map(|at| text[at.saturating_sub(60)..].chars().take(200).collect());
                assert_eq!(near, None::<String>, "{secret} in {}", page.path);
            }
        }
        for set in [77, 78] {
            for address in [
                format!("thu-tuc/{CANARY}-{set}.html"),
                format!("api/thu-tuc/{CANARY}-{set}.json"),
                format!("forms/{CANARY}.docx"),
                format!("bieu-mau/{CANARY}.docx"),
            ] {
                let path = FilePath::new(&address).unwrap();
                assert!(site.page(&path).is_none(), "{address} is drawn for `serve`");
            }
        }
    }
}
