//! What is said of a hostile catalogue: no byte of it may move the cursor, change a title or turn the direction of
//! writing in the terminal, in the data for programs, or in what `serve` shows.

use std::process::Command;

use niemyet::diagnostic::text::{Style, print};
use niemyet::files::{Content, FilePath, FileTree, is_unseen};
use niemyet::language::Language;
use niemyet::model::date;
use niemyet::pipeline;

use crate::support::Folder;

const HEAD: &str = "number: 1/2025/NĐ-CP\n";

/// Bytes that a terminal obeys, in every place that a finding may quote.
const SPOKEN: [&str; 14] = [
    "title: a\u{1b}[31mb\n",
    "title: a\u{9b}31mb\n",
    "title: a\u{202e}b\u{2066}c\u{200b}d\u{ad}e\n",
    "title: \"a\\e[31mb\\u009b\\u202e\"\n",
    "\"k\\e[1m\": 1\n",
    "\"\\u202ek\": 1\n",
    "\u{1b}]0;x\u{7}: 1\n",
    "\u{9d}0;x\u{9c}: 1\n",
    "kind: \"\\e]8;;http://x\\a\"\n",
    "signed: \"\\e[2J\"\n",
    "effects: [{verb: \"\\u0090x\", document: \"\\u202e1\"}]\n",
    "issuer: \"\\u009bA\"\n",
    "title: a\u{8}\u{8}\u{8}b\n",
    "title: a\rb\u{2028}c\u{2029}d\u{85}e\n",
];

fn heard(text: &str) -> String {
    text.chars().filter(|c| is_unseen(*c) && *c != '\n').collect()
}

#[test]
fn findings_say_nothing_to_the_terminal() {
    let today = date::parse("2026-11-22").unwrap();
    for spoken in SPOKEN {
        let entry = |path: &str, text: String| {
            (FilePath::new(path).unwrap(), Content::Bytes(text.into_bytes()))
        };
        let files = FileTree::new(vec![
            entry("catalogue.yaml", "title: Trang\npublisher: Xã\n".to_owned()),
            entry("documents/a.yaml", format!("{HEAD}{spoken}")),
        ]);
        let (_, report) = pipeline::examine(&files, today);
        assert!(report.is_structural(), "{spoken:?}");
        for (language, _) in Language::ALL {
            let plain = print(&report, &files, Style { language, colour: false, folder: "c/" });
            assert_eq!(heard(&plain), "", "{spoken:?}: {plain:?}");
            // Of what is coloured, only escapes that set a colour.
            let styled = print(&report, &files, Style { language, colour: true, folder: "c/" });
            for escape in styled.split('\u{1b}').skip(1) {
                let sets = escape.strip_prefix('[').and_then(|rest| rest.split_once('m'));
                let sets =
                    sets.is_some_and(|(sets, _)| sets.chars().all(|c| "0123456789;".contains(c)));
                assert!(sets, "{spoken:?}: {escape:?}");
            }
            assert_eq!(heard(&styled.replace('\u{1b}', "")), "", "{spoken:?}");
        }
    }
}

#[test]
fn commands_say_nothing_to_the_terminal() {
    let folder = Folder::new();
    folder.write("catalogue/catalogue.yaml", "title: Trang\npublisher: Xã\n");
    for (number, spoken) in SPOKEN.iter().enumerate() {
        folder.write(&format!("catalogue/documents/a{number}.yaml"), &format!("{HEAD}{spoken}"));
    }
    let catalogue = folder.path().join("catalogue");
    for words in [
        "check",
        "check --format json",
        "build",
        "build --format json",
        "next",
        "next --format json",
        "why 1/2025/NĐ-CP",
        "impact 1/2025/NĐ-CP",
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_niemyet"));
        command.args(words.split(' ')).arg("--catalogue").arg(&catalogue);
        let output = command.current_dir(folder.path()).output().unwrap();
        for stream in [&output.stdout, &output.stderr] {
            let text = String::from_utf8(stream.clone()).unwrap();
            assert_eq!(heard(&text), "", "{words}: {text:?}");
        }
    }
}

/// What tells other programs of coming changes has the same lines whatever the titles say.
#[test]
fn titles_add_no_line_to_a_calendar_and_none_to_a_table_of_cron() {
    let shapes = |title: &str| {
        let folder = Folder::new();
        let title = serde_json::to_string(title).unwrap();
        folder.write("c/catalogue.yaml", &format!("title: {title}\npublisher: {title}\n"));
        folder.write("c/fields.yaml", "- {id: ho-tich, name: Hộ tịch}\n");
        let days = "effective: 2025-01-01\nlast_day: 2026-12-31\n";
        folder.write("c/documents/a.yaml", &format!("{HEAD}title: {title}\n{days}"));
        folder.write(
            "c/procedures/a.yaml",
            &format!(
                "code: \"1.000001\"\ntitle: {title}\nfield: ho-tich\nlegal_basis: [1/2025/NĐ-CP]\n"
            ),
        );
        ["ics", "cron"].map(|format| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_niemyet"));
            command.args(["next", "--as-of", "2026-11-22", "--catalogue", "c", "--format", format]);
            let output = command.current_dir(folder.path()).output().unwrap();
            assert!(output.status.success(), "{output:?}");
            let text = String::from_utf8(output.stdout).unwrap();
            let says = |line: &&str| match format {
                "ics" => !line.starts_with(' '),
                _ => !line.starts_with('#'),
            };
            // Of a calendar the name of each property, of a table of cron the whole line.
            let end = if format == "ics" { ':' } else { '\n' };
            let shape = |line: &str| line.split([end, ';']).next().unwrap().to_owned();
            text.lines().filter(says).map(shape).collect::<Vec<_>>()
        })
    };
    let plain = shapes("Một tên");
    assert!(plain.iter().all(|lines| 2 < lines.len()), "{plain:?}");
    for title in [
        "a\n* * * * * root id\nb",
        "a\r\nBEGIN:VEVENT\r\nSUMMARY:b\r\nEND:VEVENT",
        "a\\nBEGIN:VALARM\\nb",
        "a;b,c:d\\",
        "% $(id) `id` | id ; id & id > id",
        "#\n0 0 * * * id",
    ] {
        assert_eq!(shapes(title), plain, "{title:?}");
    }
}
