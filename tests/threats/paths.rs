//! Names that leave their folder, mean two things, or are none on some disks. Each is refused at its place by one
//! message or does no harm; outside of the site's folder nothing changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use niemyet::files::{Content, FilePath, FileTree};
use niemyet::load::load;
use percent_encoding::percent_decode_str;
use walkdir::WalkDir;

use crate::support::Folder;

const SITE: &str = "title: Trang\npublisher: Xã\nlanguage: en\n";
const FIELDS: &str = "- {id: ho-tich, name: Hộ tịch}\n";
const DOCUMENT: &str = "number: 1/2025/NĐ-CP\ntitle: Một văn bản\neffective: 2025-01-01\n";

fn procedure(code: usize, form: &str) -> String {
    let form = serde_json::to_string(form).unwrap();
    format!(
        "code: \"1.{code:06}\"\ntitle: Đăng ký {code}\nfield: ho-tich\nlegal_basis: [1/2025/NĐ-CP]\n\
         forms: [{{id: a, name: Mẫu, file: {form}}}]\n"
    )
}

/// A folder with a sound catalogue, and with what must not be touched beside it.
fn sandbox() -> Folder {
    let folder = Folder::new();
    folder.write("c/catalogue.yaml", SITE);
    folder.write("c/fields.yaml", FIELDS);
    folder.write("c/documents/a.yaml", DOCUMENT);
    folder.write("c/procedures/a.yaml", &procedure(1, "a.docx"));
    folder.write("c/forms/a.docx", "a form");
    folder.write("theme/assets/a.svg", "<svg/>");
    folder.write("outside/secret.docx", "SECRET");
    folder.write("secret.docx", "SECRET");
    folder.write("at/keep.txt", "kept");
    folder
}

fn build(folder: &Folder) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niemyet"));
    command.args(["build", "--lang", "en", "--as-of", "2026-11-22", "--catalogue", "c"]);
    command.args(["--theme", "theme", "--out", "at/public"]);
    command.current_dir(folder.path()).output().unwrap()
}

/// Everything but the site itself and the lock beside it.
fn around(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let all = WalkDir::new(folder).into_iter().filter_entry(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap();
        !["at/public", "at/.public.lock", "at/.public.drawn"].map(Path::new).contains(&path)
    });
    all.map(|entry| {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        (
            path,
            if entry.file_type().is_file() { fs::read(entry.path()).unwrap() } else { Vec::new() },
        )
    })
    .collect()
}

/// Builds what a test has put there. The site, if one was made, is whole and free of what lies outside.
#[track_caller]
fn harmless(folder: &Folder, what: &str) -> bool {
    let before = around(folder.path());
    let output = build(folder);
    assert_eq!(around(folder.path()), before, "{what}");
    let code = output.status.code();
    assert!(matches!(code, Some(0..=2)), "{what}: {output:?}");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("SECRET"), "{what}");
    let made = code == Some(0);
    assert_eq!(folder.has("at/public"), made, "{what}: {output:?}");
    if made {
        for (path, bytes) in folder.all("at/public") {
            assert!(!bytes.windows(6).any(|some| some == b"SECRET"), "{what}: {path}");
            let known = path
                .split('/')
                .next()
                .is_some_and(|first| !first.starts_with('.') || first == ".niemyet");
            assert!(known && !path.split('/').any(|part| part == ".."), "{what}: {path}");
        }
        links_lead_to_files(folder, what);
        fs::remove_dir_all(folder.path().join("at/public")).unwrap();
    } else {
        assert!(!output.stderr.is_empty() || !output.stdout.is_empty(), "{what}");
    }
    made
}

/// What a browser makes of the links of the procedure's page is a file of the site.
#[track_caller]
fn links_lead_to_files(folder: &Folder, what: &str) {
    let page = folder.read("at/public/thu-tuc/a.html");
    for href in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let is_own = !href.starts_with('#') && !href.contains("://");
        let path = href.split(['#', '?']).next().unwrap();
        let path = percent_decode_str(path).decode_utf8().unwrap().into_owned();
        let file = folder.path().join("at/public/thu-tuc").join(&path);
        assert!(!is_own || file.is_file(), "{what}: {href}");
    }
}

/// The addresses of forms that no catalogue needs: each one finding, at its value.
#[test]
fn form_outside_of_its_folder_is_refused_at_its_place() {
    let long = format!("{}.docx", "x".repeat(300));
    for file in [
        "../catalogue.yaml",
        "../../outside/secret.docx",
        "../../secret.docx",
        "a/../../../secret.docx",
        "a/../a.docx",
        "./a.docx",
        "a//a.docx",
        "/etc/passwd",
        "/etc/passwd.docx",
        "//host/a.docx",
        "C:\\a.docx",
        "C:a.docx",
        "..\\..\\secret.docx",
        "%2e%2e/secret.docx",
        "..%2fsecret.docx",
        "%2e%2e%2f%2e%2e%2fsecret.docx",
        "a\u{0}.docx",
        "a.docx\u{0}.html",
        "a\u{202e}xcod.docx",
        "\u{ff0e}\u{ff0e}/secret.docx",
        "\u{2025}/secret.docx",
        "~/secret.docx",
        "$HOME/secret.docx",
        "file:///etc/passwd",
        "https://example.org/a.docx",
        "a.docx/",
        "a.docx/.",
        "A.docx",
        "a.docx ..",
        "a.docx::$DATA",
        "..",
        ".",
        "con",
        "a.html",
        "a.svg",
        "a.docx.js",
        &long,
    ] {
        let files = FileTree::new(
            [
                ("catalogue.yaml", SITE.to_owned()),
                ("fields.yaml", FIELDS.to_owned()),
                ("documents/a.yaml", DOCUMENT.to_owned()),
                ("procedures/a.yaml", procedure(1, file)),
            ]
            .map(|(path, text)| (FilePath::new(path).unwrap(), Content::Bytes(text.into())))
            .to_vec(),
        );
        let (_, report) = load(&files);
        let found: Vec<_> = report.iter().filter(|found| found.code.entry().structural).collect();
        assert_eq!(found.len(), 1, "{file:?}: {found:?}");
        let span = found[0].span.unwrap();
        let text = procedure(1, file);
        // A character that no file may hold is shown by itself.
        let value = text.find("file: ").unwrap() + 6..text.len() - 3;
        let range = span.range();
        assert!(value.start <= range.start && range.end <= value.end, "{file:?}: {range:?}");
    }
    let folder = sandbox();
    for file in ["../../outside/secret.docx", "/etc/passwd.docx", "%2e%2e/secret.docx"] {
        folder.write("c/procedures/a.yaml", &procedure(1, file));
        assert!(!harmless(&folder, file), "{file}");
    }
}

/// What is no name in an address is refused where it is written.
#[test]
fn ids_that_are_no_names_are_refused_at_their_place() {
    let long = "x".repeat(300);
    for id in [
        "..",
        "../x",
        "/x",
        "C:x",
        "C:\\x",
        "%2e%2e",
        "x\u{0}",
        "con.",
        "x ",
        "x..",
        "X",
        "đ",
        "e\u{301}",
        "-x",
        "x-",
        "x--y",
        ".niemyet",
        ".git",
        "index.html",
        "x/y",
        "x\\y",
        &long,
    ] {
        // Blanks around a text are no part of it.
        if id.trim() != id {
            continue;
        }
        let fields = format!("- {{id: {}, name: Hộ tịch}}\n", serde_json::to_string(id).unwrap());
        let entry = |path: &str, text: &str| {
            (FilePath::new(path).unwrap(), Content::Bytes(text.as_bytes().to_vec()))
        };
        let files =
            FileTree::new(vec![entry("catalogue.yaml", SITE), entry("fields.yaml", &fields)]);
        let (_, report) = load(&files);
        let found: Vec<_> = report.iter().filter(|found| found.code.entry().structural).collect();
        assert_eq!(found.len(), 1, "{id:?}: {found:?}");
        assert!(fields[found[0].span.unwrap().range()].starts_with('"'), "{id:?}: {found:?}");
    }
}

/// Files whose names mean something to some disk, server or shell.
#[test]
fn odd_names_of_files_do_no_harm() {
    let longest = format!("{}.yaml", "x".repeat(250));
    let longer_than_an_id = format!("{}.yaml", "x".repeat(130));
    let mut made = Vec::new();
    for name in [
        "con.yaml",
        "aux.yaml",
        "nul.yaml",
        "com1.yaml",
        "index.yaml",
        "404.yaml",
        "%2e%2e.yaml",
        "%2e%2e%2fx.yaml",
        "...yaml",
        "x..yaml",
        "x .yaml",
        " x.yaml",
        "-x.yaml",
        "--out.yaml",
        "X.yaml",
        "đ.yaml",
        "e\u{301}.yaml",
        "é.yaml",
        "x\u{ff0e}\u{ff0e}.yaml",
        "x.yaml.yaml",
        "x.html.yaml",
        "$(id).yaml",
        "`id`.yaml",
        "x;id.yaml",
        "x'y\"z.yaml",
        "<b>.yaml",
        "x&y.yaml",
        "x#y.yaml",
        "x?y.yaml",
        "x\ny.yaml",
        "x\u{202e}y.yaml",
        "C:x.yaml",
        "C:\\x.yaml",
        "..\\x.yaml",
        ".git",
        ".niemyet",
        ".htaccess",
        "web.config",
        &longest,
        &longer_than_an_id,
    ] {
        let folder = sandbox();
        folder.write(&format!("c/procedures/{name}"), &procedure(2, "a.docx"));
        if harmless(&folder, name) {
            made.push(name);
        }
    }
    // These are words like others, or belong to other tools and are passed over.
    assert_eq!(
        made,
        [
            "con.yaml",
            "aux.yaml",
            "nul.yaml",
            "com1.yaml",
            "404.yaml",
            "...yaml",
            "..\\x.yaml",
            ".git",
            ".niemyet",
            ".htaccess",
            "web.config",
        ]
    );
}

#[test]
fn names_that_collide_are_named_together() {
    for (one, other) in
        [("x.yaml", "X.yaml"), ("é.yaml", "e\u{301}.yaml"), ("x.yaml", "sub/x.yaml")]
    {
        let folder = sandbox();
        folder.write(&format!("c/procedures/{one}"), &procedure(2, "a.docx"));
        folder.write(&format!("c/procedures/{other}"), &procedure(3, "a.docx"));
        assert!(!harmless(&folder, other), "{one} {other}");
    }
    // Two forms of the same bytes have one folder.
    let folder = sandbox();
    folder.write("c/forms/A.docx", "a form");
    folder.write("c/procedures/b.yaml", &procedure(2, "A.docx"));
    assert!(!harmless(&folder, "A.docx"));
    let folder = sandbox();
    folder.write("c/forms/A.docx", "another form");
    folder.write("c/procedures/b.yaml", &procedure(2, "A.docx"));
    assert!(harmless(&folder, "A.docx"));
}

#[test]
fn odd_names_of_forms_and_assets_are_links_that_lead_to_them() {
    let longest = format!("{}.docx", "x".repeat(250));
    for name in [
        "con.docx",
        "-a.docx",
        "a..docx",
        "a .docx",
        "%2e%2e.docx",
        "%2F.docx",
        "%.docx",
        "Mẫu (1) #2?.docx",
        "<img src=x>.docx",
        "\"onclick=\"x\".docx",
        "'x'.docx",
        "a&amp;b.docx",
        "a;b.docx",
        "~.docx",
        "$x.docx",
        "{{x}}.docx",
        "a+b.docx",
        "é.docx",
        &longest,
    ] {
        let folder = sandbox();
        folder.write(&format!("c/forms/{name}"), "another form");
        folder.write("c/procedures/a.yaml", &procedure(1, name));
        fs::remove_file(folder.path().join("c/forms/a.docx")).unwrap();
        assert!(harmless(&folder, name), "{name}");
    }
    for hidden in [".git/a.docx", ".niemyet/a.docx", ".htaccess.docx"] {
        let folder = sandbox();
        folder.write(&format!("c/forms/{hidden}"), "another form");
        folder.write("c/procedures/a.yaml", &procedure(1, hidden));
        assert!(!harmless(&folder, hidden), "{hidden}");
    }
    for (asset, is_made) in [
        ("con.svg", true),
        ("-a.css", true),
        ("a..css", true),
        ("a b.css", true),
        ("%2e%2e.css", true),
        (".htaccess", true),
        (".git/config", true),
        ("sub/../a.css", true),
        ("a\u{202e}.css", false),
        ("a\\b.css", false),
        (&*"x".repeat(250), false),
    ] {
        let folder = sandbox();
        folder.write(&format!("theme/assets/{asset}"), "x { }");
        assert_eq!(harmless(&folder, asset), is_made, "{asset}");
    }
}
