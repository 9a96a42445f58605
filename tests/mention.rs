//! Law in free text: lines of text with what is found in them, in `tests/mention/*.txt`.
//!
//! A case is a line `text`, and under it indented lines, one a mention: what is said, an arrow, what it
//! means; then the provision and the day, where they are said. `?` is no document of the register, `!`
//! an announcing decision, `|` stands between documents of one name, `/?/` between those of one number,
//! `†` before a dead term. `\u{…}` in a text is a character that cannot be seen, `\n` a line's end; a
//! text that opens with `md: ` is Markdown. `register.txt` holds the register; in `slips.txt` what is said is
//! not what is written. In `places.txt` the line
//! under a text is the text again, with a mark where each thing is said: `[` a document `]`, `<` its
//! provisions `>`, `{` its day `}`. `UPDATE_EXPECT=1` accepts what comes out.

#![expect(clippy::disallowed_methods, reason = "a test reads its cases")]
#![expect(clippy::unwrap_used, reason = "a test that cannot be run fails")]

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use niemyet::files::{Content, FilePath, FileTree};
use niemyet::load;
use niemyet::mention::{Index, Mention, Part, Target};
use niemyet::model::Catalogue;
use niemyet::model::document::DocumentId;
use unicode_normalization::UnicodeNormalization;

#[test]
fn cases() {
    let catalogue = register();
    let index = Index::new(&catalogue);
    let mut n_cases = 0;
    let mut failed = Vec::new();
    for path in case_files() {
        let shows_places = path.ends_with("places.txt");
        let expected = fs::read_to_string(&path).unwrap();
        let mut printed = String::new();
        for line in expected.lines().filter(|line| !line.starts_with("  ")) {
            writeln!(printed, "{line}").unwrap();
            if !line.is_empty() && !line.starts_with('#') {
                n_cases += 1;
                let text = unescaped(line);
                printed.push_str(&if shows_places {
                    places(&index, &text)
                } else {
                    found(&catalogue, &index, &text, path.ends_with("slips.txt"))
                });
            }
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, &printed).unwrap();
        } else if let Some((was, is)) = expected.lines().zip(printed.lines()).find(|(a, b)| a != b)
        {
            failed.push(format!("{}:\n  expected: {was}\n  came out: {is}", path.display()));
        } else if expected != printed {
            failed.push(format!("{} is longer or shorter than expected", path.display()));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
    assert!(150 <= n_cases, "{n_cases} cases");
}

#[test]
fn ranges_lie_in_the_text() {
    let catalogue = register();
    let index = Index::new(&catalogue);
    for path in case_files() {
        for line in fs::read_to_string(&path).unwrap().lines() {
            let text = unescaped(line);
            for reading in [index.read(&text), index.read_markdown(&text)] {
                let mut last = 0;
                for mention in &reading.mentions {
                    assert!(last <= mention.range.start, "{line}");
                    assert!(text.get(mention.range.clone()).is_some(), "{line}");
                    last = mention.range.end;
                }
                for dead in &reading.dead {
                    assert!(text.get(dead.range.clone()).is_some(), "{line}");
                }
            }
        }
    }
}

#[test]
fn a_mention_leads_to_the_first_that_may_be_shown() {
    let catalogue = register();
    let index = Index::new(&catalogue);
    let led = |text: &str, hidden: &str| {
        let reading = index.read(text);
        let shown = |id: DocumentId| catalogue[id].label() != hidden;
        let picked = reading.mentions[0].target.pick(shown);
        picked.map_or("-", |id| catalogue[id].label()).to_owned()
    };
    assert_eq!(led("123/2015/NĐ-CP", ""), "123/2015/NĐ-CP");
    assert_eq!(led("123/2015/NĐ-CP", "123/2015/NĐ-CP"), "-");
    assert_eq!(led("Luật Cư trú", ""), "68/2020/QH14");
    assert_eq!(led("Luật Cư trú", "68/2020/QH14"), "81/2006/QH11");
    assert_eq!(led("Luật Cư trú năm 2020", "68/2020/QH14"), "-");
    assert_eq!(led("21/2024/NQ-HĐND", ""), "-");
    assert_eq!(led("163/QĐ-BTP", ""), "-");
}

#[test]
fn hostile_texts_cost_what_they_are_long() {
    let catalogue = register();
    let index = Index::new(&catalogue);
    let hostile = [
        "1/",
        "1/2020/",
        "1.1",
        "11111",
        "12/TTLT-A-",
        "Luật ",
        "Luật sửa đổi, bổ sung ",
        "cấp ",
        "Điều 4 khoản 2 ",
        "QĐ/1-",
        "12/2020 và ",
        "1/2020/NĐ-CP, ",
        "http",
        "a\u{301}\u{302}",
        "\u{200b}",
        "Nghị định số ",
        "ngày 1/1/",
        "-",
        "Ủy ban nhân dân ",
        "*1*",
        "[1/2020/NĐ-CP](",
        "`1",
        "1/2020/NĐ-CP, Điều 1 đến Điều 500 ",
        "Điều 1, ",
        "1/2020/NĐ-CP Điều 1 ",
        "khoản 1, 2 1/2020/NĐ-CP ",
    ];
    for piece in hostile {
        let text = piece.repeat((1 << 20) / piece.len());
        let start = Instant::now();
        let _reading = index.read(&text);
        let took = start.elapsed();
        // Some 100 ms without optimisation; what is quadratic takes minutes.
        assert!(took < Duration::from_secs(8), "{piece:?} took {took:?}");
    }
}

fn case_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mention");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.retain(|path| path.file_name().is_some_and(|name| name != "register.txt"));
    files.sort();
    files
}

/// The catalogue in `register.txt`: files, each after a line `=== its/path`.
fn register() -> Catalogue {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mention/register.txt");
    let text = fs::read_to_string(path).unwrap();
    let files = text.split("=== ").skip(1).map(|part| {
        let (path, body) = part.split_once('\n').unwrap();
        (FilePath::new(path.trim()).unwrap(), Content::Bytes(body.as_bytes().to_vec()))
    });
    let (catalogue, report) = load::load(&FileTree::new(files.collect()));
    let serious: Vec<_> = report.iter().map(|it| (it.code, it.values.clone())).collect();
    assert!(serious.is_empty(), "{serious:?}");
    catalogue.unwrap()
}

fn unescaped(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\\u{") {
        let (code, next) = after.split_once('}').unwrap();
        text.push_str(before);
        text.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        rest = next;
    }
    (text + rest).replace("\\n", "\n")
}

fn found(catalogue: &Catalogue, index: &Index, text: &str, is_mended: bool) -> String {
    let markdown = text.strip_prefix("md: ");
    let reading = markdown.map_or_else(|| index.read(text), |text| index.read_markdown(text));
    let text = markdown.unwrap_or(text);
    let mut lines: Vec<(usize, String)> = Vec::new();
    for mention in &reading.mentions {
        lines.push((mention.range.start, said(catalogue, mention)));
        let written = letters(&text[mention.range.clone()]);
        assert!(is_mended || written == letters(&mention.said), "{text}");
    }
    for dead in &reading.dead {
        let term = &catalogue.terms.dead[dead.term].term;
        let said = text[dead.range.clone()].replace('\n', "\\n");
        lines.push((dead.range.start, format!("† {said} → {term}")));
    }
    lines.sort();
    let mut printed = String::new();
    for (_, line) in lines {
        writeln!(printed, "  {line}").unwrap();
    }
    printed
}

/// A text with marks where things are said.
fn places(index: &Index, text: &str) -> String {
    let markdown = text.strip_prefix("md: ");
    let reading = markdown.map_or_else(|| index.read(text), |text| index.read_markdown(text));
    let text = markdown.unwrap_or(text);
    let mut marks: Vec<(usize, char)> = Vec::new();
    for mention in &reading.mentions {
        let mut mark = |open, range: &Range<usize>, close| {
            marks.extend([(range.start, open), (range.end, close)]);
        };
        mark('[', &mention.range, ']');
        mention.parts.iter().for_each(|part| mark('<', &part.range, '>'));
        mention.day.iter().for_each(|(_, range)| mark('{', range, '}'));
    }
    // From the last; of marks at one place the closing one goes in last, and so stands first.
    marks.sort_by_key(|(at, mark)| (Reverse(*at), "]>}".contains(*mark)));
    let mut marked = text.to_owned();
    for (at, mark) in marks {
        marked.insert(at, mark);
    }
    format!("  {}\n", marked.replace('\n', "\\n"))
}

/// The letters and digits of a text, however they are composed.
fn letters(text: &str) -> String {
    text.nfc().filter(|c| c.is_alphanumeric()).map(|c| if c == 'Ð' { 'Đ' } else { c }).collect()
}

fn said(catalogue: &Catalogue, mention: &Mention) -> String {
    let name = |id: &DocumentId| catalogue[*id].label().to_owned();
    let all = |ids: &[DocumentId], between: &str| {
        assert!(1 < ids.len(), "{}", mention.said);
        ids.iter().map(name).collect::<Vec<_>>().join(between)
    };
    let target = match &mention.target {
        Target::One(id) => name(id),
        Target::OneOf(ids) => all(ids, " | "),
        Target::Several(ids) => all(ids, " /?/ "),
        Target::Decision => "!".to_owned(),
        Target::Nothing => "?".to_owned(),
    };
    let mut line = format!("{} → {target}", mention.said);
    for provision in mention.parts.iter().flat_map(Part::each) {
        write!(line, "; {provision}").unwrap();
    }
    if let Some((day, _)) = &mention.day {
        write!(line, "; {day}").unwrap();
    }
    line
}
