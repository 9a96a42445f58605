//! `niemyet new`: what it writes passes `check`, nothing is overwritten, and every step of every workflow runs: in a
//! repository with a remote beside it, with programs of others that write down what they were asked.

#![expect(clippy::disallowed_methods, reason = "a test works on real folders")]

#[expect(dead_code, reason = "each test uses some of it")]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_yaml::Value;
use support::Folder;

const PROGRAM: &str = env!("CARGO_BIN_EXE_niemyet");

/// The day of all runs: no test asks the clock.
const DAY: &str = "2026-11-22";

fn run(folder: &Path, words: &[&str]) -> Output {
    Command::new(PROGRAM)
        .args(["--as-of", DAY])
        .args(words)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program")
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn sound(folder: &Path, words: &[&str]) -> String {
    let output = run(folder, words);
    assert!(output.status.success(), "{words:?}: {}", said(&output));
    said(&output)
}

fn new_repository() -> Folder {
    let folder = Folder::new();
    sound(
        folder.path(),
        &["new", "catalogue", "kho", "--program-url", "https://example.org/p.git"],
    );
    folder
}

#[test]
fn a_new_repository_is_checked_and_built_at_once() {
    let folder = new_repository();
    let repository = folder.path().join("kho");
    assert!(sound(&repository, &["check", "--strict"]).starts_with("không có lỗi nào"));
    sound(&repository, &["build"]);
    assert!(repository.join("public/thu-tuc/cap-the-thu-vien.html").exists());
    for path in ["ci/publish", ".githooks/pre-commit"] {
        let mode = fs::metadata(repository.join(path)).expect("a file").permissions().mode();
        assert_eq!(mode & 0o111, 0o111, "{path}");
    }
}

#[test]
fn schemas_of_another_program_are_told() {
    let folder = new_repository();
    let kho = folder.path().join("kho");
    let check = |words: &[&str]| {
        let output = run(&kho, &[&["schema", "--check", ".niemyet/schema"], words].concat());
        (output.status.code(), said(&output))
    };
    // What the program says of its own files and what stands there is the same.
    let (code, told) = check(&[]);
    assert_eq!((code, told.as_str()), (Some(0), "lược đồ ở `.niemyet/schema` là của bản này\n"));
    assert_eq!(check(&["--quiet"]), (Some(0), String::new()));
    folder.write("kho/.niemyet/schema/procedure.json", "{}\n");
    fs::remove_file(kho.join(".niemyet/schema/fields.json")).expect("a schema");
    for (language, sentences) in [
        (
            "vi",
            [
                "là của bản khác: fields.json, procedure.json; ",
                "`niemyet schema --out .niemyet/schema`",
            ],
        ),
        (
            "en",
            ["are those of another program: ", "`niemyet schema --out .niemyet/schema --lang en`"],
        ),
    ] {
        let (code, told) = check(&["--lang", language]);
        assert_eq!(code, Some(1), "{told}");
        assert!(sentences.iter().all(|sentence| told.contains(sentence)), "{told}");
    }
    sound(&kho, &["schema", "--out", ".niemyet/schema"]);
    assert_eq!(check(&[]).0, Some(0));
    assert_eq!(check(&["--lang", "en"]).0, Some(1));
    // In whichever language they were written, where none is asked for.
    sound(&kho, &["--lang", "en", "schema", "--out", ".niemyet/schema"]);
    assert_eq!(check(&[]).0, Some(0));
    folder.write("kho/.niemyet/schema/procedure.json", "{}\n");
    assert!(
        check(&[])
            .1
            .contains("procedure.json; chạy `niemyet schema --out .niemyet/schema --lang en`")
    );
    assert_eq!(run(&kho, &["schema", "--check", "a", "--out", "b"]).status.code(), Some(2));
}

#[test]
fn a_new_repository_takes_what_it_is_told() {
    let folder = Folder::new();
    let words = [
        "new",
        "catalogue",
        "kho",
        "--title",
        "Trang: \"A\" # b",
        "--publisher",
        "Xã {{team}}\n- x",
    ];
    let more = ["--base-url", "https://a.example.vn/tthc/", "--team", "nhom/con"];
    sound(folder.path(), &[&words[..], &more].concat());
    let settings: Value =
        serde_yaml::from_str(&folder.read("kho/catalogue/catalogue.yaml")).expect("YAML");
    assert_eq!(settings["title"], "Trang: \"A\" # b");
    assert_eq!(settings["publisher"], "Xã {{team}} - x");
    assert_eq!(settings["base_url"], "https://a.example.vn/tthc/");
    assert!(folder.read("kho/CODEOWNERS").contains("@nhom/con/phap-che"));
    sound(&folder.path().join("kho"), &["check", "--strict"]);
    for bad in ["--program-url=https://a/$(x)", "--base-url=javascript:1", "--team=a b"] {
        assert!(!run(folder.path(), &["new", "catalogue", "khac", bad]).status.success(), "{bad}");
    }
}

#[test]
fn new_records_pass_but_for_what_only_a_person_knows() {
    let folder = new_repository();
    let kho = folder.path().join("kho");
    let codes = || {
        let output = run(&kho, &["check", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let findings = report["findings"].as_array().expect("a list").clone();
        let found = findings.iter().map(|found| {
            format!(
                "{} {}",
                found["code"].as_str().expect("a code"),
                found["file"].as_str().unwrap_or_default()
            )
        });
        found.collect::<BTreeSet<String>>()
    };
    sound(
        &kho,
        &[
            "new",
            "document",
            "--number",
            "5/2026/NĐ-CP",
            "--title",
            "Về \"một\": việc",
            "--signed",
            "2026-05-01",
        ],
    );
    let document = "catalogue/documents/2026/5-2026-nd-cp.yaml";
    assert_eq!(codes(), BTreeSet::from([format!("R004 {document}")]));
    let text = folder.read(&format!("kho/{document}"));
    folder.write(
        &format!("kho/{document}"),
        &text.replace("# effective: 2026-07-01", "effective: 2026-06-15"),
    );
    assert_eq!(codes(), BTreeSet::new());
    sound(
        &kho,
        &[
            "new",
            "procedure",
            "--code",
            "1.000002",
            "--title",
            "Đăng ký việc mới",
            "--field",
            "vi-du",
            "--level",
            "commune",
            "--audience",
            "citizen,enterprise",
            "--basis",
            "5/2026/NĐ-CP",
            "--agency",
            "ubnd-xa-vi-du",
        ],
    );
    let procedure = "catalogue/procedures/vi-du/dang-ky-viec-moi.yaml";
    assert_eq!(codes(), BTreeSet::from([format!("P008 {procedure}")]));
    // Each part that is a comment is one that can be taken as it stands.
    let text = folder.read(&format!("kho/{procedure}"));
    let mut filled = String::new();
    let mut takes = false;
    for line in text.lines() {
        takes = match line.strip_prefix("# ") {
            Some(rest) if ["channels:", "cases:", "steps:"].contains(&rest) => true,
            Some(rest) => takes && rest.starts_with(' '),
            None => false,
        };
        filled.push_str(line.strip_prefix("# ").filter(|_| takes).unwrap_or(line));
        filled.push('\n');
    }
    folder.write(&format!("kho/{procedure}"), &filled);
    assert_eq!(codes(), BTreeSet::new(), "{filled}");
    sound(
        &kho,
        &[
            "new",
            "decision",
            "--number",
            "7/QĐ-UBND",
            "--issuer",
            "ubnd-xa-vi-du",
            "--signed",
            "2026-06-05",
            "--effective",
            "2026-06-15",
            "--makes",
            "1.000002",
        ],
    );
    assert_eq!(
        codes().into_iter().filter(|code| !code.starts_with('D')).collect::<Vec<_>>(),
        Vec::<String>::new()
    );
}

#[test]
fn nothing_is_overwritten_and_nothing_guessed() {
    let folder = new_repository();
    let kho = folder.path().join("kho");
    let document = ["new", "document", "--number", "5/2026/NĐ-CP", "--title", "Khác"];
    sound(&kho, &document);
    let again = run(&kho, &document);
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("đã có"));
    let asked = run(&kho, &["new", "procedure", "--title", "Việc"]);
    assert!(said(&asked).contains("thiếu --code, --field"), "{}", said(&asked));
    let field = run(
        &kho,
        &["new", "procedure", "--title", "Việc", "--code", "1.000003", "--field", "khac"],
    );
    assert!(said(&field).contains("không có lĩnh vực `khac`; đang có: vi-du"), "{}", said(&field));
    let code =
        run(&kho, &["new", "procedure", "--title", "Việc", "--code", "1.3", "--field", "vi-du"]);
    assert!(said(&code).contains("`1.3` không phải là mã thủ tục"), "{}", said(&code));
    let over = run(&kho, &["new", "catalogue", "."]);
    assert_eq!(over.status.code(), Some(2));
}

#[test]
fn what_cannot_be_a_number_or_a_title_is_refused() {
    let folder = new_repository();
    let kho = folder.path().join("kho");
    let before = folder.all("kho");
    let document = ["document", "--title", "Việc"];
    for (words, vietnamese, english) in [
        (&[&document[..], &["--number", "../../../x/9"]].concat()[..], "số, ký hiệu", "number"),
        (&[&document[..], &["--number", "1/2026\n"]].concat(), "số, ký hiệu", "number"),
        (&[&document[..], &["--number", "không"]].concat(), "số, ký hiệu", "number"),
        (&["decision", "--number", "/1/QĐ-UBND"], "số, ký hiệu", "number"),
        (&["decision", "--number", "1/QĐ-UBND", "--makes", "1\n2"], "mã thủ tục", "code"),
        (&["document", "--number", "1/2026/NĐ-CP", "--title", "a\nb"], "U+000A", "U+000A"),
        (
            &["procedure", "--code", "1.000009", "--field", "vi-du", "--title", "a\u{7}b"],
            "U+0007",
            "U+0007",
        ),
        (&["document", "--number", "1/2026/NĐ-CP", "--title", "a\u{202e}b"], "U+202E", "U+202E"),
    ] {
        for (language, expected) in [("vi", vietnamese), ("en", english)] {
            let output = run(&kho, &[&["new"], words, &["--lang", language]].concat());
            assert_eq!(output.status.code(), Some(2), "{words:?}: {}", said(&output));
            assert!(said(&output).contains(expected), "{words:?}: {}", said(&output));
        }
    }
    assert_eq!(folder.all("kho"), before);
    sound(&kho, &["new", "document", "--number", "100-CP", "--title", "Nghị định cũ"]);
}

#[test]
fn what_is_no_name_is_refused_and_the_rest_makes_a_short_one() {
    let folder = new_repository();
    let kho = folder.path().join("kho");
    let before = folder.all("kho");
    let refused = |words: &[&str], vietnamese: &str, english: &str| {
        for (language, sentence) in [("vi", vietnamese), ("en", english)] {
            let output = run(&kho, &[&["--lang", language, "new"], words].concat());
            let told = said(&output);
            assert_eq!(output.status.code(), Some(2), "{words:?}: {told}");
            assert!(told.contains(sentence), "{words:?}: {told}");
            assert!(folder.all("kho") == before, "{words:?}");
        }
    };
    // Nothing between quotes, and nothing but spaces, is nothing.
    let procedure = ["procedure", "--code", "1.000003"];
    for nothing in ["", "  "] {
        let words = [&procedure[..], &["--field", "vi-du", "--title", nothing]].concat();
        refused(&words, "thiếu --title", "--title is missing");
        refused(&["document", "--number", nothing, "--title", "A"], "thiếu --number", "--number");
        refused(&["document", "--number", "1/2026/NĐ-CP", "--title", nothing], "thiếu", "missing");
        refused(&["decision", "--number", nothing], "thiếu --number", "--number is missing");
    }
    for id in ["", "Vi-Du", "hộ-tịch", "a/../b", "vi du"] {
        for option in ["--field", "--agency"] {
            let words = [&procedure[..], &["--title", "Việc", option, id]].concat();
            refused(&words, "a-z, 0-9, -", "a-z, 0-9, -");
        }
    }
    for code in ["", "1.3", "1.000003,"] {
        let words = ["decision", "--number", "7/QĐ-UBND", "--makes", code];
        refused(&words, "không phải là mã thủ tục", "is no procedure's code");
    }
    // A basis that is nothing is none, and a name of one endless word is cut.
    let endless = "x".repeat(10_000);
    let more = ["--field", "vi-du", "--basis", "", "--title", &endless];
    sound(&kho, &[&["new"], &procedure[..], &more].concat());
    let path = format!("kho/catalogue/procedures/vi-du/{}.yaml", "x".repeat(60));
    let text = folder.read(&path);
    assert!(text.contains(&endless) && text.contains("\n# legal_basis:"), "{path}");
}

/// Everything below a folder by its name; links are names, wherever they lead.
fn names(folder: &Path) -> BTreeSet<String> {
    let found = Command::new("find").arg(".").current_dir(folder).output().expect("find");
    said(&found).lines().map(str::to_owned).collect()
}

#[test]
fn what_stands_in_the_way_is_named_and_nothing_is_left_half_made() {
    let folder = new_repository();
    let root = folder.path();
    let refused = |below: &str, words: &[&str], vietnamese: &str, english: &str| {
        let before = names(root);
        for (language, sentence) in [("vi", vietnamese), ("en", english)] {
            let output = run(&root.join(below), &[&["--lang", language, "new"], words].concat());
            let told = said(&output);
            assert_eq!(output.status.code(), Some(2), "{words:?}: {told}");
            assert!(told.contains(sentence), "{words:?}: {told}");
            assert_eq!(told.lines().count(), 1, "{words:?}: {told}");
            assert_eq!(names(root), before, "{words:?}: {told}");
        }
    };
    let no_folder = |below: &str, words: &[&str], place: &str| {
        let named = format!("`{place}` ");
        let words_of =
            ["không phải thư mục thật", "is no real folder"].map(|it| format!("{named}{it}"));
        refused(below, words, &words_of[0], &words_of[1]);
    };
    // A file where a folder has to be, a link to another place, a link to none, a folder where a file has to be.
    folder.write("kho/catalogue/documents/2027", "x");
    fs::create_dir_all(root.join("else")).expect("a folder");
    let link = |to: &str, name: &str| symlink(to, root.join(name)).expect("a link");
    link("../../../else", "kho/catalogue/documents/2028");
    link("nowhere", "kho/catalogue/documents/2029");
    for year in ["2027", "2028", "2029"] {
        let number = format!("1/{year}/NĐ-CP");
        let words = ["document", "--title", "A", "--number", &number];
        no_folder("kho", &words, &format!("catalogue/documents/{year}"));
    }
    let taken = "kho/catalogue/documents/2030/1-2030-nd-cp.yaml";
    fs::create_dir_all(root.join(taken)).expect("a folder");
    let words = ["document", "--title", "A", "--number", "1/2030/NĐ-CP"];
    refused("kho", &words, "đã có", "is there already");
    // A repository over a file, below one, over a link to none, and where one of its folders is a file or a link.
    folder.write("tep", "x");
    link("nowhere", "lien-ket");
    folder.write("mot/catalogue", "x");
    fs::create_dir_all(root.join("hai")).expect("a folder");
    link("../else", "hai/ci");
    for (place, named) in [
        ("tep", "tep"),
        ("tep/kho", "tep"),
        ("lien-ket", "lien-ket"),
        ("mot", "mot/catalogue"),
        ("hai", "hai/ci"),
    ] {
        no_folder("", &["catalogue", place], named);
    }
    // What fails half-way is taken away again: a name that no disk takes.
    let endless = format!("ba/{}", "x".repeat(300));
    let words = ["catalogue", endless.as_str()];
    refused("", &words, "không tạo được thư mục", "cannot make the folder");
    assert!(!root.join("ba").exists());
    // What is to be typed next can be typed.
    let told = sound(root, &["new", "catalogue", "kho của 'xã'"]);
    assert!(told.contains("cd 'kho của '\\''xã'\\'''\n"), "{told}");
}

#[test]
fn on_a_terminal_it_asks() {
    let folder = new_repository();
    let kho = folder.path().join("kho");
    let typed = "\n9/2026/NĐ-CP\nVề việc: «mới»\n31/12/2026\n2026-06-01\n";
    // A terminal of its own, in which the answers are typed.
    let script = format!("printf '{typed}' | script -qec '{PROGRAM} new document' /dev/null");
    let run = Command::new("bash").args(["-c", &script]).current_dir(&kho).output();
    let run = run.expect("bash, and script of bsdutils");
    let text = fs::read_to_string(kho.join("catalogue/documents/2026/9-2026-nd-cp.yaml"));
    let text = text.unwrap_or_else(|_| panic!("{}", said(&run)));
    assert!(
        text.contains("title: \"Về việc: «mới»\"\n") && text.contains("\neffective: 2026-06-01\n")
    );
    assert!(sound(&kho, &["check", "--strict"]).starts_with("không có lỗi nào"));
}

/// A repository with a remote, a change on a branch, and programs of others.
struct Journey {
    folder: Folder,
    sha: String,
    /// What the person who starts the publication allows.
    allow: &'static str,
}

/// Programs of others: each writes down how it was called and does as little as it must.
const OTHERS: [(&str, &str); 7] = [
    ("gh", "case \"$1 $2\" in 'issue list') echo 0 ;; 'api --paginate') printf 'mot\\tAPPROVED\\nhai\\tCHANGES_REQUESTED\\nhai\\tAPPROVED\\n' ;; esac"),
    (
        "curl",
        "case \"$*\" in *'--config -'*) cat >> \"$LOG\" ;; esac; case \"$*\" in *state=opened*) echo '[]' ;; esac",
    ),
    (
        "rsync",
        "all=(\"$@\"); to=${all[-1]}; from=${all[-2]}
         mkdir -p \"$(dirname \"$to\")\"
         case \"$*\" in
           --list-only*) [ -e \"$to\" ] || exit 23 ;;
           '--archive '*' public/') cp -R \"$from\" public ;;
           *--delete-after*) rm -rf \"$to\"; cp -R \"$from\" \"$to\" ;;
           *'--exclude /build.json'*) mkdir -p \"$to\"; cp -R \"$from.\" \"$to\"; rm \"$to/build.json\" ;;
           *--exclude*) mkdir -p \"$to\"; cp -R \"${from}releases\" \"$to\" ;;
           *) cp \"$from\" \"$to\" ;;
         esac",
    ),
    (
        "aws",
        "while [ \"$1\" != s3 ]; do shift; done
         case \"$2\" in
           ls) [ -e \"$BUCKETS/${3#s3://}\" ] || exit 1; exit ;;
         esac
         case \"$3\" in
           s3://*) mkdir -p \"$4\"; cp -R \"$BUCKETS/${3#s3://}/.\" \"$4\"; exit ;;
         esac
         to=\"$BUCKETS/${4#s3://}\"
         case \"$2 $*\" in
           *--recursive*) mkdir -p \"$to\"; cp -R \"$3/.\" \"$to\"; rm \"$to/build.json\" ;;
           cp*) cp \"$3\" \"$to\" ;;
           *--delete*) rm -rf \"$to\"; mkdir -p \"$to\"; cp -R \"$3/.\" \"$to\" ;;
         esac",
    ),
    ("apt-get", ":"),
    ("cargo", ":"),
    ("rustup", ":"),
];

/// The program on the day of the journey.
const ON_A_DAY: &str = "#!/usr/bin/env bash\nexec PROGRAM \"$@\"\n";

impl Journey {
    fn new() -> Self {
        let folder = new_repository();
        let root = folder.path();
        fs::create_dir_all(root.join("bin")).expect("a folder");
        for (name, script) in OTHERS {
            let text = format!(
                "#!/usr/bin/env bash\nset -eu\nprintf '%s' {name} >> \"$LOG\"; printf ' %q' \"$@\" >> \"$LOG\"; echo >> \"$LOG\"\n{script}\n"
            );
            let path = root.join("bin").join(name);
            fs::write(&path, text).expect("a script");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a mode");
        }
        let program = root.join("bin/niemyet");
        fs::write(&program, ON_A_DAY.replace("PROGRAM", &format!("{PROGRAM} --as-of {DAY}")))
            .expect("a script");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a mode");
        let journey = Self { folder, sha: String::new(), allow: "" };
        journey.sound("git init --quiet --bare --initial-branch main ../remote.git && git init --quiet --initial-branch main && git config user.name a && git config user.email a@example.org && git add -A && git commit --quiet -m 'Danh mục' && git remote add origin \"$PWD/../remote.git\" && git push --quiet -u origin main");
        let sha = journey.sound("git rev-parse HEAD");
        Self { sha: sha.trim().to_owned(), ..journey }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn bash(&self, script: &str, variables: &BTreeMap<String, String>) -> Output {
        let path = std::env::var("PATH").expect("a PATH");
        Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .current_dir(self.path("kho"))
            .stdin(Stdio::null())
            .env("PATH", format!("{}:{path}", self.path("bin").display()))
            .env("LOG", self.path("log"))
            .env("BUCKETS", self.path("buckets"))
            .env("RUNNER_TEMP", self.folder.path())
            .env("GITHUB_STEP_SUMMARY", self.path("summary.md"))
            .env("GITHUB_ENV", self.path("env"))
            .env("PAUSE", "0")
            .envs(variables)
            .output()
            .expect("bash")
    }

    fn sound(&self, script: &str) -> String {
        let output = self.bash(script, &BTreeMap::new());
        assert!(output.status.success(), "{script}: {}", said(&output));
        said(&output)
    }

    fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    /// The value of an expression of GitHub's; one that is not known fails.
    fn value(&self, expression: &str) -> String {
        let local = |path: &str| self.path(path).display().to_string();
        match expression {
            "vars.NIEMYET_TAG" | "vars.HORIZON" | "vars.S3_ENDPOINT" | "vars.RSYNC_AFTER" => {
                String::new()
            }
            "vars.PUBLISH" => "branch rsync s3".to_owned(),
            "vars.SITE_URL" | "vars.RSYNC_TARGET" => local("server"),
            "vars.S3_TARGET" => "s3://thu-tuc".to_owned(),
            "vars.AWS_DEFAULT_REGION || 'us-east-1'" => "us-east-1".to_owned(),
            "vars.RSYNC_KNOWN_HOSTS" => "may-chu ssh-ed25519 AAAA".to_owned(),
            "secrets.RSYNC_KEY" | "secrets.AWS_ACCESS_KEY_ID" | "secrets.AWS_SECRET_ACCESS_KEY" => {
                "bi-mat".to_owned()
            }
            "secrets.ALARM_WEBHOOK" => "https://hook.example/x".to_owned(),
            "github.token" => "the-token".to_owned(),
            "github.sha" => self.sha.clone(),
            "inputs.allow" => self.allow.to_owned(),
            "github.event.pull_request.number" => "7".to_owned(),
            "github.base_ref || github.event.pull_request.base.ref" => "main".to_owned(),
            other => panic!("what is {other}?"),
        }
    }

    fn variables(&self, from: &Value, into: &mut BTreeMap<String, String>) {
        for (name, value) in from.as_mapping().into_iter().flatten() {
            let mut text = value.as_str().expect("text").to_owned();
            while let Some((before, after)) = text.split_once("${{") {
                let (expression, after) = after.split_once("}}").expect("an end");
                text = format!("{before}{}{after}", self.value(expression.trim()));
            }
            into.insert(name.as_str().expect("a name").to_owned(), text);
        }
    }

    /// Runs every step of every job of a workflow, and says which.
    fn workflow(&self, name: &str) -> Vec<String> {
        let text = self.folder.read(&format!("kho/.github/workflows/{name}.yml"));
        let workflow: Value = serde_yaml::from_str(&text).expect("YAML");
        let mut shared = BTreeMap::from(
            [
                ("GITHUB_REPOSITORY", "xa/kho"),
                ("GITHUB_SERVER_URL", "https://github.com"),
                ("GITHUB_RUN_ID", "1"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        self.variables(&workflow["env"], &mut shared);
        let mut ran = Vec::new();
        for (job, steps) in workflow["jobs"].as_mapping().expect("jobs") {
            let mut of_job = shared.clone();
            self.variables(&steps["env"], &mut of_job);
            assert_eq!(steps["defaults"]["run"]["shell"], "bash", "{job:?}");
            for step in steps["steps"].as_sequence().expect("steps") {
                if let Some(action) = step["uses"].as_str() {
                    // GitHub's own, pinned by a whole hash.
                    let (action, hash) = action.split_once('@').expect("a pin");
                    assert!(action.starts_with("actions/") && hash.len() == 40, "{action}@{hash}");
                    continue;
                }
                let script = step["run"].as_str().expect("a script");
                assert!(
                    !script.contains("${{"),
                    "an expression in a script can be anybody's code: {script}"
                );
                let name = step["name"].as_str().expect("a name");
                let mut variables = of_job.clone();
                self.variables(&step["env"], &mut variables);
                let output = self.bash(script, &variables);
                assert!(output.status.success(), "{name}: {}", said(&output));
                ran.push(name.to_owned());
                // What a step leaves for those after it.
                let left = fs::read_to_string(self.path("env")).unwrap_or_default();
                let left = left.lines().filter_map(|line| line.split_once('='));
                of_job.extend(left.map(|(name, value)| (name.to_owned(), value.to_owned())));
            }
            let _gone = fs::remove_file(self.path("env"));
        }
        ran
    }

    /// Runs every job of GitLab's, with the steps before and after it.
    fn gitlab(&self, jobs: &[&str], more: &[(&str, &str)]) {
        let text = self.folder.read("kho/.gitlab-ci.yml");
        let all: Value = serde_yaml::from_str(&text).expect("YAML");
        let known = ["image", "stages", "variables", "default", "workflow"];
        let written = all.as_mapping().expect("jobs").keys().filter_map(Value::as_str);
        let written: BTreeSet<&str> = written.filter(|name| !known.contains(name)).collect();
        assert_eq!(written, ["check", "schema", "diff", "pages", "watch", "alarm"].into());
        let place = self.path("kho").display().to_string();
        let mut variables: BTreeMap<String, String> = [
            ("CI_PROJECT_DIR", place.as_str()),
            ("CI_PROJECT_ID", "3"),
            ("CI_API_V4_URL", "https://gitlab.example/api/v4"),
            ("CI_COMMIT_SHA", &self.sha),
            ("CI_PIPELINE_IID", "40"),
            ("CI_PIPELINE_URL", "https://gitlab.example/p/1"),
            ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
            ("CI_MERGE_REQUEST_IID", "7"),
            ("NIEMYET_TOKEN", "the-token"),
            ("NIEMYET_URL", "https://example.org/p.git"),
        ]
        .iter()
        .chain(more)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
        variables.insert("CI_PIPELINE_SOURCE".to_owned(), "push".to_owned());
        for job in jobs {
            let lines = |of: &Value| {
                of.as_sequence()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .collect::<Vec<_>>()
                    .join("\n")
            };
            let before = match &all[*job]["before_script"] {
                Value::Null => lines(&all["default"]["before_script"]),
                own => lines(own),
            };
            for script in [
                format!("{before}\n{}", lines(&all[*job]["script"])),
                lines(&all[*job]["after_script"]),
            ] {
                let output = self.bash(&script, &variables);
                assert!(output.status.success(), "{job}: {}", said(&output));
            }
        }
    }

    fn files(&self, below: &str) -> Vec<(String, Vec<u8>)> {
        self.folder.all(below)
    }
}

#[test]
fn the_workflow_that_publishes_runs_and_what_ended_goes() {
    let mut journey = Journey::new();
    let ran = journey.workflow("publish");
    assert_eq!(
        ran,
        [
            "Cài chương trình",
            "Chuẩn bị khóa vào máy chủ",
            "Lấy trang đang đăng",
            "Dựng trang",
            "Đăng trang",
            "Xem lại trang vừa đăng",
            "Báo động"
        ]
    );
    let built = journey.files("kho/public");
    assert!(built.iter().any(|(path, _)| path == "build.json"));
    let manifest = journey.folder.read("kho/public/build.json");
    assert!(manifest.contains(&journey.sha) && manifest.contains("\"build_no\": 1,"), "{manifest}");
    assert_eq!(journey.files("server"), built);
    assert_eq!(journey.files("buckets/thu-tuc"), built);
    let branch = |journey: &Journey| {
        journey.sound("rm -rf ../branch && git clone --quiet --branch gh-pages ../remote.git ../branch && rm -rf ../branch/.git ../branch/.nojekyll");
        journey.files("branch")
    };
    assert_eq!(branch(&journey), built);
    // Secrets stand in no command line, and the alarm was raised.
    let log = journey.log();
    for secret in ["bi-mat", "the-token", "hook.example/x --"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
    assert!(log.contains("gh issue create") && log.contains("curl --fail"), "{log}");
    // A procedure that ends is on none of the places after the next run.
    let path = "kho/catalogue/procedures/vi-du/cap-the-thu-vien.yaml";
    let text = journey.folder.read(path);
    journey.folder.write(path, &format!("{text}validity: {{last_day: 2026-01-31}}\n"));
    journey.sound("git commit --quiet -am 'Hết' && git push --quiet");
    // Each place gives what stands there, and all procedures going at once is an accident until somebody says no.
    let server = journey.path("server").display().to_string();
    for place in ["branch", "rsync", "s3"] {
        let variables =
            [("PUBLISH", place), ("RSYNC_TARGET", &server), ("S3_TARGET", "s3://thu-tuc")];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let variables = BTreeMap::from(variables);
        let fetched = journey.bash("rm -rf public && ci/fetch", &variables);
        assert!(fetched.status.success(), "{place}: {}", said(&fetched));
        assert_eq!(journey.files("kho/public"), built, "{place}");
        let stopped = journey.bash("ci/build", &variables);
        assert!(said(&stopped).contains("procedures-vanish"), "{place}: {}", said(&stopped));
    }
    journey.sound("rm -rf public");
    journey.allow = "vanish";
    journey.workflow("publish");
    let built = journey.files("kho/public");
    assert!(
        !built.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("Phiếu đăng ký"))
    );
    assert_eq!(
        (journey.files("server"), journey.files("buckets/thu-tuc")),
        (built.clone(), built.clone())
    );
    assert_eq!(branch(&journey), built);
    assert_eq!(journey.sound("git -C ../remote.git rev-list --count gh-pages").trim(), "1");
}

#[test]
fn the_workflow_that_watches_is_silent_until_something_is_wrong() {
    let journey = Journey::new();
    journey.workflow("publish");
    let before = journey.log();
    journey.workflow("watch");
    assert_eq!(journey.log(), before);
    // Somebody changed a page on the host.
    fs::write(journey.path("server/index.html"), "x").expect("a file");
    let site = journey.path("server").display().to_string();
    let variables =
        [("SITE_URL", site.as_str()), ("GH_TOKEN", "t"), ("GITHUB_REPOSITORY", "xa/kho")];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let output = journey.bash("ci/watch", &BTreeMap::from(variables));
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    let log = journey.log();
    assert!(log[before.len()..].contains("gh issue create --title"), "{log}");
}

#[test]
fn a_change_is_checked_compared_and_counted() {
    let journey = Journey::new();
    let path = "kho/catalogue/procedures/vi-du/cap-the-thu-vien.yaml";
    let text = journey.folder.read(path);
    journey.folder.write(path, &text.replace("amount: 0", "amount: 5000"));
    journey.sound("git switch --quiet -c sua && git commit --quiet -am 'Sửa phí'");
    let none = journey.sound("APPROVALS=0 ci/second-review origin/main");
    assert!(none.contains("Không kéo dài hiệu lực"), "{none}");
    let ran = journey.workflow("check");
    assert_eq!(ran.len(), 7, "{ran:?}");
    assert!(journey.log().contains("gh pr comment 7 --edit-last --create-if-none --body-file"));
    assert!(fs::metadata(journey.path("summary.md")).expect("a summary").len() > 20);
    // What extends a validity asks for a second reviewer, as `niemyet diff` judges it; what shortens one does not.
    let until = |year: u32| format!("{text}validity: {{last_day: {year}-01-31}}\n");
    let review = |approvals: u32, base: &str| {
        let script = format!("APPROVALS={approvals} ci/second-review {base}");
        let output = journey.bash(&script, &BTreeMap::new());
        (output.status.code(), said(&output))
    };
    journey.folder.write(path, &until(2030));
    journey.sound("git commit --quiet -am 'Có hạn' && git branch --quiet co-han");
    assert_eq!(review(0, "origin/main").0, Some(0));
    journey.folder.write(path, &until(2031));
    journey.sound("git commit --quiet -am 'Kéo dài'");
    let (code, told) = review(1, "co-han");
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("hạn áp dụng") && told.contains("cần hai"), "{told}");
    assert_eq!(review(2, "co-han").0, Some(0));
    let markdown = journey.sound("ci/diff co-han diff.md && cat diff.md && rm diff.md");
    assert!(markdown.contains("GIA HẠN HIỆU LỰC, cần người thứ hai xem"), "{markdown}");
    // What the main branch has done meanwhile is not laid to this one.
    journey.sound("git switch --quiet co-han");
    journey.folder.write(path, &until(2029));
    journey.sound("git commit --quiet -am 'Rút ngắn' && git switch --quiet -c khac sua~1");
    assert_eq!(review(0, "co-han").0, Some(0));
    journey.sound("git switch --quiet sua");
    // Where nothing can be compared, or not all, a second reviewer is needed.
    assert_eq!(review(1, "khong-co").0, Some(1));
    for broken in ["code: [", "field: khong-co\n"] {
        journey.folder.write(path, broken);
        let (code, told) = review(1, "origin/main");
        assert_eq!(code, Some(1), "{broken}: {told}");
    }
    journey.folder.write(path, &text);
    assert_eq!(review(0, "origin/main").0, Some(0));
    let program = journey.folder.read("bin/niemyet");
    for gone in ["#!/bin/sh\nexit 2\n", "#!/bin/sh\necho '{'\n", "#!/bin/sh\n"] {
        journey.folder.write("bin/niemyet", gone);
        assert_eq!(review(1, "origin/main").0, Some(1), "{gone}");
    }
    journey.folder.write("bin/niemyet", &program);
    // The hook judges what is about to be written, and lets nothing wrong through.
    journey.sound(
        "git config core.hooksPath .githooks && git commit --quiet --allow-empty -m 'Không có gì'",
    );
    journey.folder.write(path, &text.replace("field: vi-du", "field: vi-du\nlevles: []"));
    let refused = journey.bash("git commit --quiet -am 'Sai'", &BTreeMap::new());
    assert!(!refused.status.success() && said(&refused).contains("Y010"), "{}", said(&refused));
    journey.folder.write(path, &text.replace("amount: 0", "amount: 7000"));
    journey.sound("git commit --quiet -am 'Đúng'");
}

#[test]
fn gitlab_does_the_same() {
    let journey = Journey::new();
    let server = journey.path("server").display().to_string();
    journey.sound("git switch --quiet -c sua");
    journey.gitlab(&["check", "schema", "diff"], &[]);
    assert!(journey.log().contains("merge_requests/7/notes"), "{}", journey.log());
    let report = journey.folder.read("kho/gl-code-quality-report.json");
    assert!(serde_json::from_str::<Vec<serde_json::Value>>(&report).is_ok(), "{report}");
    let target = [
        ("PUBLISH", "rsync s3"),
        ("RSYNC_TARGET", &server),
        ("S3_TARGET", "s3://a"),
        ("SITE_URL", &server),
    ];
    journey.gitlab(&["pages", "watch", "alarm"], &target);
    let built = journey.files("kho/public");
    assert_eq!((journey.files("server"), journey.files("buckets/a")), (built.clone(), built));
    let log = journey.log();
    assert!(log.contains("projects/3/issues") && !log.contains("the-token"), "{log}");
}

#[test]
fn the_program_is_installed_from_its_repository() {
    let journey = Journey::new();
    let install = |address: &str, tag: &str| {
        let variables = [("NIEMYET_URL", address), ("NIEMYET_TAG", tag)];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        journey.bash("ci/install", &BTreeMap::from(variables))
    };
    assert!(said(&install("", "")).contains("niemyet 0."), "what is there is taken");
    fs::remove_file(journey.path("bin/niemyet")).expect("a file of ours");
    let unfilled = install("https://example.org/p.git", "");
    assert!(unfilled.status.code() == Some(2) && said(&unfilled).contains("NIEMYET_URL"));
    assert!(install("https://git.example.vn/p.git", "v1.2.0").status.success());
    assert!(install("https://git.example.vn/p.git", "").status.success());
    let log = journey.log();
    let asked: Vec<&str> = log.lines().filter(|line| line.starts_with("cargo")).collect();
    assert_eq!(
        asked,
        [
            "cargo install --locked --git https://git.example.vn/p.git --tag v1.2.0 niemyet",
            "cargo install --locked --git https://git.example.vn/p.git niemyet",
        ]
    );
}

#[test]
fn a_host_of_its_own_builds_publishes_slices_and_has_a_timetable() {
    let journey = Journey::new();
    let server = journey.path("server").display().to_string();
    let link = journey.path("link").display().to_string();
    let after = format!("sh {server}/hosts/niemyet-switch.sh {link}");
    let variables = [
        ("PUBLISH", "rsync"),
        ("RSYNC_TARGET", &server),
        ("RSYNC_AFTER", &after),
        ("HORIZON", "60"),
        ("SITE_URL", &link),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let output = journey.bash("ci/on-host", &BTreeMap::from(variables.clone()));
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(journey.files("server"), journey.files("kho/public"));
    assert!(
        journey.path("server/releases").is_dir()
            && journey.path("server/hosts/nginx.conf").exists()
    );
    let table = journey.sound("ci/on-host crontab");
    let here = journey.path("kho").display().to_string();
    assert!(table.lines().any(|line| line == format!("5 17 * * * {here}/ci/on-host")), "{table}");
    // What cannot be built leaves what stands and raises the alarm.
    journey.folder.write("kho/catalogue/fields.yaml", "- {id: vi-du\n");
    let stands = journey.files("server");
    let failed = journey.bash("ci/on-host", &BTreeMap::from(variables));
    assert!(!failed.status.success(), "{}", said(&failed));
    assert_eq!(journey.files("server"), stands);
}
