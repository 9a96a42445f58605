//! What the audit says of what it finds: which bytes, where, behind which layers; what it counts; and when
//! an earlier reading of a file still holds.

use niemyet::audit::{Tally, gather};
use niemyet::diagnostic::code::Code;
use niemyet::diagnostic::{Diagnostic, Report};
use niemyet::files::{Content, FilePath, FileTree, Page, Span};

use super::{Canaries, base64, gzip, said, site_with, zip};

/// Each finding in one line, without what is said of every one of its kind.
fn lines(said: &str) -> Vec<String> {
    let lines = said.lines().filter_map(|line| line.strip_prefix("error[A"));
    let lines = lines.map(|line| {
        line.replace(
            "001 ended-named]: the site still names Nghị định 15/2020/NĐ-CP, which is over: ",
            "",
        )
        .replace("003 withheld-named]: the site names what is not public, ", "")
        .replace("002 container-shut]: the inside of ", "")
        .replace(" cannot be seen", "")
    });
    lines.collect()
}

#[test]
fn a_finding_says_what_stands_where() {
    let canaries = Canaries::new();
    let audit = canaries.audit();
    for (path, bytes, expected) in [
        ("a.html", "<p>Theo 15/2020/NĐ-CP thì</p>".into(), "“15/2020/NĐ-CP” in `a.html`, byte 8"),
        ("a.html", "<i a='15-2020-nd-cp'>".into(), "“15-2020-nd-cp” in `a.html`, byte 6"),
        (
            "a.html",
            "<p>x &amp; 15/2020/N&amp;#272;-CP</p>".into(),
            "“15/2020/N&#272;-CP” in `a.html`, byte 11",
        ),
        (
            "a.html",
            "15\u{2044}2020\u{200b}/N\u{110}-CP\t".into(),
            "“15\\u{2044}2020\\u{200b}/NĐ-CP” in `a.html`, byte 0",
        ),
        ("a.html", "15/\t2020/NĐ-CP".into(), "“15/\\u{9}2020/NĐ-CP” in `a.html`, byte 0"),
        ("a.html", "15/2020/NĐ-C&#80; a".into(), "“15/2020/NĐ-C&#80;” in `a.html`, byte 0"),
        // The last letter is said whole.
        (
            "a.html",
            "Theo cấp bản sao trích lục cũ.".into(),
            "1.002999 Cấp bản sao trích lục cũ: “cấp bản sao trích lục cũ” in `a.html`, byte 5",
        ),
        ("a.gz", gzip(b"x 15/2020/ND-CP"), "“15/2020/ND-CP” in `a.gz`, byte 2 (gzip › gzip)"),
        (
            "a.zip",
            zip("b.txt", b"15/2020/ND-CP", 0),
            "“15/2020/ND-CP” in `a.zip`, byte 0 (zip › b.txt)",
        ),
        (
            "a.txt",
            format!("x {}", base64(b"y 15/2020/ND-CP z")).into_bytes(),
            "“15/2020/ND-CP” in `a.txt`, byte 2 (base64 › byte 2)",
        ),
        ("a.docx", zip("a.txt", b"x", 1), "`a.docx › zip › a.txt`: it is encrypted"),
        ("x/a.docx", b"PK\x03\x04".into(), "`x/a.docx › zip`: it is broken or cut off"),
        (
            "a.zip",
            zip("b.zip", b"PK\x03\x04", 0),
            "`a.zip › zip › b.zip › zip`: it is broken or cut off",
        ),
        ("a.br", b"\xff\xff\xff".into(), "`a.br › brotli › brotli`: it is broken or cut off"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\0".into(), "`a.7z`: its packing cannot be undone"),
    ] {
        let found = canaries.say(&audit, path, &bytes);
        assert_eq!(lines(&found).first().map(String::as_str), Some(expected), "{found}");
    }
    let unseen = canaries.audit().unseen(&FilePath::new("a.html").unwrap());
    let unseen = lines(&said(&unseen, &canaries.files));
    assert_eq!(unseen, ["`a.html`: it is a link, a special file, or too large"]);
}

/// The canaries with one file more, or in other words.
fn with(path: &str, text: &str) -> FileTree {
    let files = super::canary_files();
    let path = FilePath::new(path).unwrap();
    let others = files.iter().filter(|(_, other, _)| **other != path);
    let others = others.map(|(_, path, content)| (path.clone(), content.clone()));
    let file = (path.clone(), Content::Bytes(text.as_bytes().to_vec()));
    FileTree::new(others.chain([file]).collect())
}

#[test]
fn a_text_names_nothing_that_is_gone() {
    let files = with("pages/gioi-thieu.md", "# Giới thiệu\n\nXem cấp bản sao trích lục cũ.\n");
    let (report, _) = site_with(&files, &[]);
    assert!(report.is_empty(), "{}", said(&report, &files));
}

/// A line is shown where it spells what was found, or is a text of the page; else none, however often something
/// innocent has the same name.
#[test]
fn no_line_is_blamed_that_did_not_bring_it() {
    let files = with(
        "documents/x.yaml",
        "{number: 8/2019/NĐ-CP, title: Sửa đổi Nghị định 15/2020/NĐ-CP cũ, effective: 2019-01-01, last_day: 2020-01-01}",
    );
    let canaries = Canaries::of(files);
    let found = canaries.say(&canaries.audit(), "trang/a.html", b"x 15/2020/ND-CP");
    assert_eq!(lines(&found), ["“15/2020/ND-CP” in `trang/a.html`, byte 2"]);
    assert!(!found.contains("-->"), "{found}");
    let files =
        with("pages/gioi-thieu.md", "# Giới thiệu\n\nXem [x](https://a.vn/15-2020-nd-cp).\n");
    let canaries = Canaries::of(files);
    let found = canaries.say(&canaries.audit(), "trang/a.html", "Nghị định 15/2020.".as_bytes());
    assert!(!found.contains("-->"), "{found}");
    let found = canaries.say(&canaries.audit(), "trang/a.html", b"15-2020-ND-CP");
    assert!(found.contains("gioi-thieu.md:3:22"), "{found}");
}

#[test]
fn one_cause_is_one_finding() {
    let text = "{% extends \"page.html\" %}{% block content %}<p>Xem 15/2020/NĐ-CP.</p>\n\
                <p>Và 9/2019/NĐ-CP, 15/2020/NĐ-CP.</p>{% endblock content %}";
    let files = super::canary_files();
    let (report, _) = site_with(&files, &[("not-found.html".to_owned(), text.to_owned())]);
    let found = said(&report, &files);
    let places: Vec<String> =
        lines(&found).iter().map(|line| line.split(", byte").next().unwrap().to_owned()).collect();
    assert_eq!(
        places,
        [
            "“15/2020/NĐ-CP” in `404.html`",
            "001 ended-named]: the site still names Nghị định 9/2019/NĐ-CP, which is over: “9/2019/NĐ-CP” \
             in `404.html`"
        ]
    );
    assert_eq!(found.matches("not-found.html:1:").count(), 1, "{found}");
    assert_eq!(found.matches("not-found.html:2:").count(), 1, "{found}");
    assert_eq!(found.matches("note: and 1 more").count(), 1, "{found}");
    assert_eq!(found.matches("more").count(), 1, "{found}");
}

/// What an editor was told of a text already is not said again, and nothing else is left out.
#[test]
fn what_one_line_brought_is_said_once() {
    let files = super::canary_files();
    let [one, two] = ["fields.yaml", "pages/gioi-thieu.md"].map(|path| files.find(path).unwrap());
    let at = |file, start, end| Span { file, start, end };
    let found = |code, span, what: &str, page: &str| {
        Diagnostic::new(code, span).with("what", what).with("page", page)
    };
    let (prose, ended) = (Code::ProseEnded, Code::EndedNamed);
    let audited: Report = [
        found(ended, at(one, 5, 9), "a", "x"),
        found(ended, at(one, 5, 9), "a", "y"),
        found(ended, at(one, 5, 9), "b", "x"),
        found(Code::ContainerShut, at(one, 5, 9), "a", "x"),
    ]
    .into_iter()
    .collect();
    for (code, span, is_kept) in [
        (prose, at(one, 5, 9), false),
        (prose, at(one, 8, 12), false),
        (prose, at(one, 2, 6), false),
        (prose, at(one, 9, 12), true),
        (prose, at(one, 1, 5), true),
        (prose, at(two, 5, 9), true),
        (Code::WithheldNamed, at(one, 5, 9), true),
    ] {
        let mut report: Report = [Diagnostic::new(code, span)].into_iter().collect();
        gather(&audited, &mut report);
        let n = report.iter().filter(|one| one.code == code && one.span == Some(span)).count();
        assert_eq!(n, usize::from(is_kept), "{code:?} {span:?}");
        let told: Vec<(Code, usize)> = report
            .iter()
            .filter(|one| one.code != code || one.span != Some(span))
            .map(|one| (one.code, one.notes.len()))
            .collect();
        let expected = [(ended, 1), (ended, 0), (Code::ContainerShut, 0)];
        assert_eq!(told, expected, "{code:?} {span:?}");
    }
}

#[test]
fn what_was_read_is_counted() {
    let canaries = Canaries::new();
    let audit = canaries.audit();
    let count = |path: &str, bytes: &[u8]| {
        let page = Page { path: FilePath::new(path).unwrap(), bytes: bytes.to_vec() };
        audit.examine(&page).1
    };
    let read = |bytes| Tally { files: 1, bytes, ..Tally::default() };
    assert_eq!(count("a.txt", b"abc"), read(3));
    let packed = gzip(b"abc");
    assert_eq!(count("a.gz", &packed), Tally { opened: 1, ..read(packed.len() as u64) });
    let title = "Quy định về việc sửa đổi Nghị định 15/2020/NĐ-CP cũ";
    let twice = format!("{title}. {title}.");
    assert_eq!(count("a.txt", twice.as_bytes()), Tally { titles: 2, ..read(twice.len() as u64) });
    let told = b"15/2020/ND-CP 15-2020-ND-CP";
    assert_eq!(count("van-ban/15-2020-nd-cp.html", told), Tally { told: 3, ..read(27) });

    let some = |files, bytes, titles| Tally {
        files,
        known: 3,
        bytes,
        opened: 7,
        titles,
        told: 13,
        reasons: 17,
    };
    let mut sum = some(2, 5, 11);
    sum.add(Tally {
        files: 19,
        known: 23,
        bytes: 29,
        opened: 31,
        titles: 37,
        told: 41,
        reasons: 43,
    });
    let expected =
        Tally { files: 21, known: 26, bytes: 34, opened: 38, titles: 48, told: 54, reasons: 60 };
    assert_eq!(sum, expected);
    assert_eq!(sum.allowed(), 162);
}

/// A file is not read again where the key is that of an earlier audit: so it has to tell all apart that
/// could judge a file in another way.
#[test]
fn a_key_is_that_of_one_judgment() {
    let key = |files: FileTree| Canaries::of(files).audit().key();
    let same = super::canary_files();
    assert_eq!(key(same), key(super::canary_files()));
    let form = "{\\rtf1 Mẫu khác}\n";
    let law = |rest: &str| {
        format!("{{number: 9/2019/NĐ-CP, title: Quy định cũ hơn, effective: 2019-04-15{rest}}}")
    };
    for (path, text) in [
        // Another number, another life of the same one, another form.
        (
            "documents/x.yaml",
            "{number: 8/2019/NĐ-CP, title: Khác, effective: 2019-01-01, last_day: 2020-01-01}",
        ),
        ("documents/9-2019-nd-cp.yaml", &law("").replace("9/2019", "7/2019")),
        ("forms/mau-cu.rtf", form),
    ] {
        assert_ne!(key(with(path, text)), key(super::canary_files()), "{path}");
    }
}
