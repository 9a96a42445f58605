//! Files that no editor writes: what they are refused for, and that refusing is cheap.
//!
//! Each input is loaded as `documents/x.yaml` of a catalogue that is otherwise sound. On Linux each
//! is loaded once more in a process of its own, whose peak memory is read from the system.

#![expect(clippy::disallowed_methods, reason = "a test measures time and starts a process")]
#![expect(clippy::unwrap_used, reason = "a test that cannot be run fails")]
#![expect(clippy::print_stdout, reason = "the process of its own reports by its output")]

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use niemyet::diagnostic::Report;
use niemyet::files::{Content, FilePath, FileTree};
use niemyet::load::load;
use niemyet::model::Catalogue;

const PATH: &str = "documents/x.yaml";
const HEAD: &str = "number: 1/2025/NĐ-CP\ntitle: Một văn bản\n";

/// An input, the code of each finding, and the text under the first.
struct Input {
    name: &'static str,
    codes: Vec<&'static str>,
    place: &'static str,
    make: Make,
}

/// How an input is made: only when it is wanted, so that a process that measures one holds no other.
enum Make {
    Bytes(fn() -> Vec<u8>),
    Content(Content),
}

impl Make {
    fn content(self) -> Content {
        match self {
            Self::Bytes(make) => Content::Bytes(make()),
            Self::Content(content) => content,
        }
    }
}

#[expect(clippy::too_many_lines, reason = "a table, one input a line")]
fn inputs() -> Vec<Input> {
    let mut all = Vec::new();
    let mut add = |name, codes: &[&'static str], place, make: fn() -> Vec<u8>| {
        all.push(Input { name, codes: codes.to_vec(), place, make: Make::Bytes(make) });
    };
    // Twelve anchors, and more aliases than findings are kept of one file.
    add("alias-bomb", &["Y007"; 100], "&a0", || {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let alias = format!("*a{}", level - 1);
            let row = [alias.as_str(); 9].join(", ");
            writeln!(bomb, "a{level}: &a{level} [{row}]").unwrap();
        }
        bomb.into()
    });
    add("alias-of-100-kb", &["Y007"; 100], "&a", || {
        format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), "*a, ".repeat(20_000)).into()
    });
    add("anchors", &["Y007"; 100], "&a", || "- &a x\n".repeat(100_000).into());
    add("tags", &["Y007"; 100], "!!str", || "- !!str x\n".repeat(90_000).into());
    add("merge-key", &["Y007"], "<<", || text("<<: {last_day: 2099-12-31}\n"));
    add("directive", &["Y007"], "%", || b"%TAG ! tag:example.org,2026:\n---\na: 1\n".into());

    add("open-brackets", &["Y006"], "[", || "[".repeat(100_000).into());
    add("open-braces", &["Y006"], "{", || "{a: ".repeat(100_000).into());
    add("open-lists", &["Y006"], "-", || "- ".repeat(100_000).into());
    add("open-keys", &["Y006"], "?", || "? ".repeat(100_000).into());
    add("open-values", &["Y006"], ":", || ": ".repeat(500_000).into());
    add("stairs", &["Y006"], "a", || {
        let mut stairs = String::new();
        for n in 0..400 {
            writeln!(stairs, "{}a:", " ".repeat(n)).unwrap();
        }
        stairs.into()
    });

    add("nul", &["Y004"], "\0", || text("note: a\0\nlast_day: 2026-12-31\n"));
    add("bidi", &["Y004"], "\u{202e}", || text("province: a\u{202e}b\n"));
    add("mark-inside", &["Y004"], "\u{feff}", || text("province: ha\u{feff}giang\n"));
    add("next-line", &["Y004"], "\u{85}", || text("province: a\u{85}last_day: 2026-12-31\n"));
    add("lone-return", &["Y004"], "\r", || text("# a\rlast_day: 2026-12-31\n"));
    add("two-kinds", &["Y004", "Y004"], "\u{7}", || text("# \u{7}\u{7}\u{2066}\n"));
    add("escaped", &["Y004", "Y004"], "\"a\\e\\u202e\"", || text("province: \"a\\e\\u202e\"\n"));
    add("many-nuls", &["Y004"], "\0", || vec![0; 1 << 20]);
    add("tab", &["Y005"], "\t", || text("effects:\n\t- verb: repeals\n"));

    add("invalid-utf8", &["Y003"], "", || [HEAD.as_bytes(), b"# \xff\n"].concat());
    add("utf16", &["Y003"], "", || {
        "\u{feff}number: 1".encode_utf16().flat_map(u16::to_le_bytes).collect()
    });
    add("decomposed", &["Y012", "Y017"], "ha-no\u{323}\u{302}i", || {
        text("province: ha-no\u{323}\u{302}i\n")
    });
    add("marks", &["Y017"], "", || text(&format!("# a{}\n", "\u{323}\u{302}".repeat(250_000))));

    add("key-twice", &["Y009"], "last_day", || {
        text("last_day: 2026-12-31\nlast_day: 2099-12-31\n")
    });
    add("500000-keys", &["Y002"], "", || keys(500_000));
    add("60000-keys", &["Y002"], "", || keys(60_000));
    let mut unknown = vec!["Y010"; 99];
    unknown.push("R012");
    add("20000-keys", &unknown, "k0", || keys(20_000));
    add("same-key", &["Y009"; 100], "a", || "a: 1\n".repeat(50_000).into());
    add("commas", &["Y002"], "", || format!("[{}]", "a,".repeat(400_000)).into());
    add("bad-dates", &["Y014"; 100], "1", || {
        text(&format!("provisions:\n{}", "- {scope: Điều 1, from: 1}\n".repeat(9_000)))
    });
    add("bad-targets", &["R001"; 100], "1/2025/NĐ-CPP", || {
        let acts = "- {verb: repeals, document: 1/2025/NĐ-CPP}\n".repeat(9_000);
        text(&format!("effects:\n{acts}"))
    });

    add("conflict", &["Y026"], "<<<<<<< a", || {
        text("<<<<<<< a\nlast_day: 2026-12-31\n=======\n>>>>>>> b\n")
    });
    add("open-quote", &["Y005"], "\"a a", || {
        text(&format!("province: \"{}\n", "a ".repeat(500_000)))
    });
    add("quotes", &["Y005"], "'a", || "- 'a\n".repeat(200_000).into());
    add("long-line", &["Y012"], "aaa", || text(&format!("province: {}\n", "a".repeat(1_000_000))));
    add("long-key", &["Y005"], ": 1", || format!("{}: 1\n", "a".repeat(1_000_000)).into());
    add("comments", &["Y016"], "", || "#a\n".repeat(340_000).into());
    add("blank-lines", &["Y016"], "", || "\n".repeat(1_000_000).into());
    add("spaces", &["Y016"], "", || " ".repeat(1_000_000).into());
    add("block", &["Y012"], "a", || text(&format!("province: |\n{}", "  a\n\n".repeat(170_000))));
    add("plain-lines", &["Y012"], "a", || {
        text(&format!("province: a\n{}", "  a\n".repeat(200_000)))
    });
    add("documents", &["Y008", "Y016"], "-", || "---\n".repeat(200_000).into());
    add("colons", &["Y005"], ":", || ":".repeat(1_000_000).into());
    add("exclamations", &["Y005", "Y007"], "!", || "! ".repeat(500_000).into());
    add("stars", &["Y007"], "***", || "*".repeat(1_000_000).into());
    add("pipes", &["Y002"], "", || "- |\n".repeat(200_000).into());
    add("escapes", &["Y010", "Y011", "R012"], "a", || {
        format!("a: \"{}\"\n", "\\x41".repeat(200_000)).into()
    });
    add("empty", &["Y016"], "", Vec::new);
    add("only-mark", &["Y016"], "", || "\u{feff}".into());
    add("with-mark", &[], "", || format!("\u{feff}{HEAD}").into());
    add("with-returns", &[], "", || HEAD.replace('\n', "\r\n").into());

    let mut unread = |name, code, content| {
        all.push(Input { name, codes: vec![code], place: "", make: Make::Content(content) });
    };
    unread("symbolic-link", "Y001", Content::SymbolicLink);
    unread("special", "Y001", Content::Special);
    unread("50-mb", "Y002", Content::TooLarge(50 << 20));
    all
}

/// A text that is sound up to what follows.
fn text(rest: &str) -> Vec<u8> {
    format!("{HEAD}{rest}").into()
}

fn keys(count: usize) -> Vec<u8> {
    let mut keys = String::new();
    for n in 0..count {
        writeln!(keys, "k{n}: {n}").unwrap();
    }
    keys.into()
}

fn tree(content: Content) -> FileTree {
    let text = |path: &str, text: &str| {
        (FilePath::new(path).unwrap(), Content::Bytes(text.as_bytes().to_vec()))
    };
    FileTree::new(vec![
        text("catalogue.yaml", "title: Thủ tục\npublisher: Xã Ví Dụ\n"),
        (FilePath::new(PATH).unwrap(), content),
    ])
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.iter().map(|finding| finding.code.entry().id).collect()
}

#[test]
fn each_is_refused_at_its_place() {
    let mut failed = String::new();
    for Input { name, codes: expected, place, make } in inputs() {
        let content = make.content();
        let bytes = content.bytes().to_vec();
        let (catalogue, report) = load(&tree(content));
        let mut found = codes(&report);
        let mut wanted = expected;
        found.sort_unstable();
        wanted.sort_unstable();
        let first = report.iter().next().and_then(|finding| finding.span);
        let written = first.and_then(|span| bytes.get(span.range())).unwrap_or_default();
        let is_there = place.is_empty() || written.starts_with(place.as_bytes());
        if found != wanted || !is_there || catalogue.is_none() {
            let written = String::from_utf8_lossy(&written[..written.len().min(60)]).into_owned();
            let few = &found[..found.len().min(5)];
            writeln!(failed, "{name}: {} {few:?} at {written:?}", found.len()).unwrap();
        }
    }
    assert!(failed.is_empty(), "\n{failed}");
}

/// A file that differs only in what cannot be seen gives the same record.
#[test]
fn spelling_of_text_changes_no_value() {
    let text = "number: 1/2025/NĐ-CP\ntitle: |\n  Một văn bản\n  hai dòng\nprovince: ha-giang\n";
    let values = |catalogue: Option<Catalogue>| {
        let document = catalogue.unwrap().documents.remove(0);
        (document.number, document.title, document.province)
    };
    let plain = load(&tree(Content::Bytes(text.into())));
    let expected = values(plain.0);
    assert_eq!(expected.1, "Một văn bản hai dòng");
    let decomposed = text.replace('ộ', "o\u{323}\u{302}").replace('ă', "a\u{306}");
    for other in [format!("\u{feff}{text}"), text.replace('\n', "\r\n"), decomposed] {
        let (catalogue, report) = load(&tree(Content::Bytes(other.into_bytes())));
        assert!(!report.is_structural());
        assert_eq!(values(catalogue), expected);
    }
}

/// Spans count bytes of the file as it is, also behind a byte order mark and decomposed text.
#[test]
fn spans_point_into_the_file_as_it_is() {
    let text = "\u{feff}number: 1/2025/NĐ-CP\r\ntitle: Mo\u{323}\u{302}t\r\nkhoá: 1\r\n";
    let files = tree(Content::Bytes(text.into()));
    let (_, report) = load(&files);
    assert_eq!(codes(&report), ["Y017", "Y010"]);
    let written: Vec<&str> =
        report.iter().map(|finding| &text[finding.span.unwrap().range()]).collect();
    assert_eq!(written, ["Mo\u{323}\u{302}t", "khoá"]);
}

const CHILD: &str = "NIEMYET_HOSTILE_INPUT";

/// Every input costs less than 64 MB more than holding it, and ends. The time limit is one against
/// hanging, wide enough for a busy machine; measured times are in the output of the child.
#[test]
#[cfg(target_os = "linux")]
fn each_is_refused_cheaply() {
    const LIMIT: u64 = 64 << 10;
    const PATIENCE: Duration = Duration::from_mins(1);
    let mut failed = String::new();
    for Input { name, .. } in inputs() {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "alone", "--nocapture"])
            .env(CHILD, name)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let start = Instant::now();
        while child.try_wait().unwrap().is_none() && start.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(5));
        }
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            writeln!(failed, "{name}: does not end").unwrap();
        }
        let output = child.wait_with_output().unwrap();
        let output = String::from_utf8_lossy(&output.stdout).into_owned();
        let line = output.lines().find(|line| line.contains("peak")).unwrap_or_default();
        println!("{line}");
        let peak = line.rsplit(' ').next().and_then(|peak| peak.parse().ok());
        if peak.is_none_or(|peak: u64| LIMIT < peak) {
            writeln!(failed, "{name}: peak {peak:?} KiB").unwrap();
        }
    }
    assert!(failed.is_empty(), "\n{failed}");
}

/// Not a test by itself: the process of its own, which loads one input and says what it cost.
#[test]
#[cfg(target_os = "linux")]
fn alone() {
    let Ok(wanted) = std::env::var(CHILD) else { return };
    let input = inputs().into_iter().find(|input| input.name == wanted).unwrap();
    let files = tree(input.make.content());
    // A first load starts the threads, so that what is measured is the input.
    let _ = load(&tree(Content::Bytes(HEAD.into())));
    let before = memory("VmRSS:");
    let start = Instant::now();
    let loaded = load(&files);
    let took = start.elapsed();
    let after = memory("VmHWM:");
    drop(loaded);
    println!("{wanted}: {took:?}, KiB above baseline at the peak {}", after.saturating_sub(before));
}

/// What the system says of this process's memory, in KiB: `VmRSS` now, `VmHWM` the most so far.
#[cfg(target_os = "linux")]
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
