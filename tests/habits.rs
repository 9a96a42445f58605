//! How the program behaves on a line: colour, silence, progress, times, completions, the manual, the wrong folder.

#![expect(clippy::disallowed_methods, reason = "a test looks at what lies beside a site")]

#[expect(dead_code, reason = "each test uses some of it")]
mod support;

use std::io::{Read as _, Write};
use std::process::{Command, Output, Stdio};

use support::Folder;

const CATALOGUE: [(&str, &str); 3] = [
    ("catalogue.yaml", "title: Thử\npublisher: Xã Thử\nlanguage: vi\n"),
    ("fields.yaml", "- {id: ho-tich, name: Hộ tịch}\n"),
    ("agencies/ubnd-xa.yaml", "name: Ủy ban nhân dân cấp xã\nlevel: commune\n"),
];

fn catalogue(below: &str) -> Folder {
    let folder = Folder::new();
    for (path, text) in CATALOGUE {
        folder.write(&format!("{below}/{path}"), text);
    }
    folder
}

fn command(folder: &Folder, below: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niemyet"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.current_dir(folder.path().join(below));
    command
}

fn niemyet(folder: &Folder, below: &str, words: &[&str]) -> Output {
    command(folder, below).args(words).output().expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

#[test]
fn colour_is_for_terminals_and_for_who_asks_for_it() {
    let folder = catalogue("catalogue");
    folder.write("catalogue/ghi-chu.txt", "?");
    for (set, is_coloured) in [
        (&[][..], false),
        (&["CLICOLOR_FORCE"], true),
        (&["NO_COLOR"], false),
        (&["NO_COLOR", "CLICOLOR_FORCE"], false),
    ] {
        let mut check = command(&folder, "");
        check.args(["check", "--as-of", "2026-11-22"]);
        check.envs(set.iter().map(|name| (name, "1")));
        let said = out(&check.output().expect("the program runs"));
        assert!(said.contains("ghi-chu.txt"), "{said}");
        assert_eq!(said.contains('\u{1b}'), is_coloured, "{set:?}: {said}");
    }
}

#[test]
fn quiet_says_what_was_found_and_nothing_else() {
    let folder = catalogue("catalogue");
    let quiet = |words: &[&str]| {
        let run = niemyet(&folder, "", &[words, &["--quiet", "--as-of", "2026-11-22"]].concat());
        (run.status.code(), out(&run), err(&run))
    };
    let nothing = || (Some(0), String::new(), String::new());
    assert_eq!(quiet(&["check"]), nothing());
    assert_eq!(quiet(&["build"]), nothing());
    assert_eq!(quiet(&["build", "--horizon", "30", "--out", "slices"]), nothing());
    assert_eq!(quiet(&["audit", "public"]), nothing());
    assert_eq!(quiet(&["audit", "public", "--format", "junit"]).2, "");
    assert_eq!(quiet(&["monitor", "public"]), nothing());
    assert_eq!(quiet(&["schema", "--out", "schema"]), nothing());
    assert_eq!(quiet(&["schema", "--check", "schema"]), nothing());
    assert_eq!(quiet(&["new", "catalogue", "moi"]), nothing());
    let document = ["new", "document", "--catalogue", "moi/catalogue", "--title", "A", "--number"];
    assert_eq!(quiet(&[&document[..], &["1/2026/NĐ-CP"]].concat()), nothing());
    folder.write("public/la.html", "x");
    assert!(quiet(&["monitor", "public"]).1.contains("la.html"));
    folder.write("catalogue/ghi-chu.txt", "?");
    let (code, said, _) = quiet(&["check"]);
    assert_eq!(code, Some(0));
    assert!(said.contains("ghi-chu.txt") && !said.contains("1 cảnh báo"), "{said}");
    folder.write("catalogue/fields.yaml", "- {id: ho-tich\n");
    let (code, _, said) = quiet(&["build"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("fields.yaml"), "{said}");
    assert_eq!(quiet(&["check", "--verbose"]).0, Some(2));
    assert!(!quiet(&["explain", "P003"]).1.is_empty(), "an answer is no summary");
}

/// What is told beside goes to the error output: an answer is the same for programs that read it.
#[test]
fn verbose_adds_nothing_to_an_answer() {
    let folder = catalogue("catalogue");
    assert_eq!(niemyet(&folder, "", &["build", "--as-of", "2026-11-22"]).status.code(), Some(0));
    for words in [
        &["check"][..],
        &["check", "--format", "json"],
        &["fix"],
        &["audit", "public"],
        &["monitor", "public"],
        &["next"],
        &["next", "--format", "json"],
        &["search", "khai sinh"],
        &["explain", "P003"],
        &["schema"],
        &["schema", "--check", "nowhere"],
        &["completions", "fish"],
        &["man", "check"],
    ] {
        let run = |more: &[&str]| {
            niemyet(&folder, "", &[words, &["--as-of", "2026-11-22"], more].concat())
        };
        let (plain, verbose) = (run(&[]), run(&["--verbose"]));
        assert_eq!(out(&plain), out(&verbose), "{words:?}");
        assert_eq!(plain.status.code(), verbose.status.code(), "{words:?}");
        assert!(err(&verbose).len() > err(&plain).len(), "{words:?}");
    }
}

#[test]
fn stages_and_their_times_are_told_to_who_asks() {
    let folder = catalogue("catalogue");
    let day = ["--as-of", "2026-11-22"];
    let plain = niemyet(&folder, "", &[&["build"][..], &day].concat());
    assert_eq!(err(&plain), "", "what changes on a line is for terminals");
    let verbose = err(&niemyet(&folder, "", &[&["build", "--verbose"][..], &day].concat()));
    let told = [
        "danh mục `catalogue`, ngày 2026-11-22",
        "đọc tệp…",
        "xét hiệu lực…",
        "vẽ, soát và ghi trang…",
    ];
    let places = told.map(|what| verbose.find(what).unwrap_or_else(|| panic!("{what}: {verbose}")));
    assert!(places.is_sorted(), "{verbose}");
    for (language, words) in [
        (
            "vi",
            [
                "thời gian:",
                "đọc tệp",
                "kiểm tra",
                "sắp các trang",
                "vẽ, soát và ghi trang",
                "tất cả",
                "0,",
            ],
        ),
        (
            "en",
            [
                "times:",
                "read files",
                "check",
                "lay out pages",
                "draw, audit and write pages",
                "all",
                "0.",
            ],
        ),
    ] {
        let words_typed = [&["build", "--timings", "--lang", language][..], &day].concat();
        let times = err(&niemyet(&folder, "", &words_typed));
        let places =
            words.map(|what| times.find(what).unwrap_or_else(|| panic!("{what}: {times}")));
        assert!(places[..6].is_sorted(), "{times}");
    }
}

#[test]
fn shells_and_man_are_told_the_same_as_the_help() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let run = niemyet(&folder, "", &["completions", shell]);
        assert_eq!(run.status.code(), Some(0), "{shell}: {}", err(&run));
        for word in ["monitor", "catalogue", "as-of", "timings"] {
            assert!(out(&run).contains(word), "{shell}: {word}");
        }
    }
    let script = out(&niemyet(&folder, "", &["completions", "bash"]));
    let mut bash = Command::new("bash").arg("-n").stdin(Stdio::piped()).spawn().expect("bash");
    bash.stdin.take().expect("a pipe").write_all(script.as_bytes()).expect("bash reads");
    assert!(bash.wait().expect("bash ends").success());
    assert_eq!(niemyet(&folder, "", &["completions", "tcsh"]).status.code(), Some(2));
    // As bash asks it when somebody presses the tab key.
    for (typed, offered) in [
        (&["niemyet", "ch"][..], "check"),
        (&["niemyet", "new", "do"], "document"),
        (&["niemyet", "new", "document", "--nu"], "--number"),
        (&["niemyet", "check", "--format", ""], "text json github gitlab sarif rdjson junit"),
        (&["niemyet", "schema", "--ch"], "--check"),
        (&["niemyet", "--lang", ""], "vi en"),
    ] {
        let typed = typed.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ");
        let asked = format!(
            "{script}\nCOMP_WORDS=({typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMPREPLY=()\n\
             _niemyet niemyet \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD - 1]}}\"\n\
             echo \"${{COMPREPLY[*]}}\""
        );
        let bash = Command::new("bash").args(["--norc", "-c", &asked]).output().expect("bash");
        assert_eq!(out(&bash).trim(), offered, "{typed}: {}", err(&bash));
    }
    manuals_are_drawn_without_a_warning(&folder);

    let man = out(&niemyet(&folder, "", &["man"]));
    let [vietnamese, english] = ["vi", "en"].map(|language| {
        let run = niemyet(&folder, "", &["man", "build", "--lang", language]);
        assert_eq!(run.status.code(), Some(0), "{}", err(&run));
        out(&run)
    });
    assert!(man.contains(".TH niemyet") && man.contains(".SH TÊN"), "{man}");
    for command in ["check", "build", "serve", "completions"] {
        assert!(man.contains(command), "{command}: {man}");
    }
    assert!(!man.contains(".SH NAME") && man.contains("Dựng trang"), "{man}");
    assert!(
        vietnamese.contains("Dựng sẵn trang") && vietnamese.contains(".SH \"TÙY CHỌN\""),
        "{vietnamese}"
    );
    assert!(vietnamese.contains("quiet"), "options of all commands belong to each: {vietnamese}");
    assert!(
        english.contains(".SH OPTIONS") && english.contains("Make the site of every change"),
        "{english}"
    );
    let strange = niemyet(&folder, "", &["man", "fly"]);
    assert_eq!(strange.status.code(), Some(2));
    assert!(err(&strange).contains("không có lệnh `fly`"), "{}", err(&strange));
}

/// What groff has to complain about goes to its error output.
fn manuals_are_drawn_without_a_warning(folder: &Folder) {
    let help = out(&niemyet(folder, "", &["--help", "--lang", "en"]));
    let (_, commands) = help.split_once("Commands:\n").expect("a list of commands");
    let commands = commands.lines().take_while(|line| !line.is_empty());
    // What goes on on the next line stands further in.
    let commands = commands.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let commands: Vec<&str> = commands.filter(|name| !name.is_empty()).collect();
    assert!(commands.contains(&"serve") && commands.len() > 12, "{commands:?}");
    for command in commands {
        for language in ["vi", "en"] {
            let run = niemyet(folder, "", &["man", command, "--lang", language]);
            assert_eq!(run.status.code(), Some(0), "{command}: {}", err(&run));
            folder.write("page.1", &out(&run));
            let groff = Command::new("groff")
                .args(["-man", "-Tutf8", "-k", "-ww", "page.1"])
                .current_dir(folder.path())
                .output()
                .expect("groff, which tests/run installs");
            assert!(groff.status.success() && !groff.stdout.is_empty(), "{command}");
            assert_eq!(err(&groff), "", "{command}, {language}");
        }
    }
}

#[test]
fn who_stands_in_the_wrong_folder_is_told_the_right_one() {
    let folder = catalogue("kho/catalogue");
    folder.write("kho/khac/ghi-chu.txt", "?");
    for (below, words, right) in [
        ("", &[][..], "kho/catalogue"),
        ("kho/catalogue", &[], "."),
        ("kho/catalogue/agencies", &[], ".."),
        ("kho/khac", &[], "../catalogue"),
        ("kho", &["--catalogue", "catalog"], "catalogue"),
        ("kho", &["--catalogue", "."], "catalogue"),
        ("", &["--catalogue", "kho/catalogue/agencies"], "kho/catalogue"),
    ] {
        for (language, said) in [("vi", "danh mục ở"), ("en", "a catalogue is in")] {
            let run = niemyet(&folder, below, &[&["check", "--lang", language], words].concat());
            assert_eq!(run.status.code(), Some(2), "{below}: {}", err(&run));
            let hint = format!("{said} `{right}`: ");
            assert!(err(&run).contains(&hint), "{below} {words:?}: {}", err(&run));
        }
        // And what it names is right.
        let run = niemyet(&folder, below, &["check", "--catalogue", right]);
        assert_eq!(run.status.code(), Some(0), "{below}: {}", err(&run));
    }
    let empty = Folder::new();
    for words in [&["check"][..], &["check", "--catalogue", "."]] {
        let run = niemyet(&empty, "", words);
        assert_eq!(run.status.code(), Some(2));
        assert!(err(&run).contains("niemyet new catalogue"), "{}", err(&run));
    }
}

/// An archive is made from a site, and signed as that site is: two contents never bear one number.
#[test]
fn an_archive_bears_the_number_of_its_site() {
    let folder = catalogue("kho/catalogue");
    let number = |manifest: &[u8]| {
        let manifest: serde_json::Value = serde_json::from_slice(manifest).expect("a manifest");
        manifest["build_no"].as_u64().expect("a number")
    };
    for bundle in ["one.zip", "two.zip", "three.zip"] {
        let made = niemyet(&folder, "kho", &["build", "--bundle", bundle]);
        assert!(made.status.success(), "{}", err(&made));
        let file = std::fs::File::open(folder.path().join("kho").join(bundle)).expect("an archive");
        let mut archive = zip::ZipArchive::new(file).expect("an archive");
        let names: Vec<String> =
            archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
        let name = names.iter().find(|name| name.ends_with("build.json")).expect("a manifest");
        let mut held = Vec::new();
        archive.by_name(name).expect("it").read_to_end(&mut held).expect("it");
        let site = folder.read("kho/public/build.json");
        assert_eq!(number(&held), number(site.as_bytes()), "{bundle}");
    }
}

/// What lies beside a site is believed where it is a file of ours, whatever else stands there.
#[test]
fn what_lies_beside_a_site_keeps_no_build_from_its_end() {
    let folder = catalogue("kho/catalogue");
    let list = folder.path().join("kho/.public.drawn");
    let build = || assert!(niemyet(&folder, "kho", &["build"]).status.success());
    build();
    let whole = std::fs::read(&list).expect("the list");
    std::fs::remove_file(&list).expect("the list");
    std::fs::create_dir(&list).expect("a folder");
    build();
    std::fs::remove_dir(&list).expect("the folder");
    let made = Command::new("mkfifo").arg(&list).status().expect("mkfifo");
    assert!(made.success());
    build();
    assert_eq!(std::fs::read(&list).expect("the list"), whole);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = catalogue("catalogue");
    let mut child = command(&folder, "")
        .args(["man"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let ended = child.wait_with_output().expect("the program ends");
    assert_eq!(ended.status.code(), Some(0), "{}", err(&ended));
    assert_eq!(err(&ended), "");
}
