//! Templates of a theme: they read no file, no environment and no clock, reach nothing outside of their folder, and
//! where they turn in a circle that is a finding. What eats all memory or never ends makes no site and harms none.

use std::process::{Command, Output};
use std::time::Duration;

use crate::support::Folder;

fn sandbox() -> Folder {
    let folder = Folder::new();
    folder.write("c/catalogue.yaml", "title: Trang SECRET\npublisher: Xã\nlanguage: en\n");
    folder.write("c/fields.yaml", "- {id: ho-tich, name: Hộ tịch}\n");
    folder.write("theme/assets/a.css", "x { }");
    folder.write("secret.html", "SECRET");
    folder
}

fn command(folder: &Folder, limits: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{limits} exec \"$0\" \"$@\"")]);
    command.arg(env!("CARGO_BIN_EXE_niemyet"));
    command.args(["build", "--lang", "en", "--catalogue", "c", "--theme", "theme", "--as-of"]);
    command.args(["2026-11-22", "--out", "public"]).current_dir(folder.path());
    command.env("HOME", "/SECRET-HOME").env("RUST_BACKTRACE", "0");
    command
}

/// The findings about the theme.
fn findings(output: &Output) -> Vec<String> {
    let said = [&output.stdout[..], &output.stderr[..]].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    said.split("\n\n").filter(|part| part.contains("T001")).map(str::to_owned).collect()
}

#[track_caller]
fn refused(template: &str) -> String {
    let folder = sandbox();
    folder.write("theme/home.html", template);
    let output = command(&folder, "ulimit -v 8000000;").output().unwrap();
    let found = findings(&output);
    let template = template.chars().take(100).collect::<String>();
    assert_eq!(output.status.code(), Some(1), "{template}: {output:?}");
    assert_eq!(found.len(), 1, "{template}: {found:?}");
    assert!(found[0].contains("`home.html"), "{template}: {found:?}");
    assert!(!found[0].contains("SECRET"), "{template}: {found:?}");
    assert!(!folder.has("public"), "{template}");
    found.into_iter().next().unwrap()
}

/// All that template engines of this family offer, and more that a template could hope for.
#[test]
fn there_is_no_function_that_reads() {
    for call in [
        "now()",
        "now(utc=true)",
        "get_env(name=\"HOME\")",
        "get_env(name=\"HOME\", default=\"x\")",
        "env(name=\"HOME\")",
        "get_random(start=0, end=9)",
        "random()",
        "uuid()",
        "load_data(path=\"secret.html\")",
        "read_file(path=\"secret.html\")",
        "file(path=\"/etc/passwd\")",
        "include_str(path=\"secret.html\")",
        "get_file_hash(path=\"x\")",
        "get_url(path=\"x\")",
        "exec(command=\"id\")",
        "system(command=\"id\")",
        "shell(command=\"id\")",
        "fetch(url=\"http://localhost\")",
        "import(name=\"os\")",
        "eval(code=\"1\")",
        "debug()",
        "dump()",
        "super_global()",
        "throw(message=\"no\")",
    ] {
        refused(&format!("<p>{{{{ {call} }}}}</p>"));
    }
    for filter in [
        "load",
        "read",
        "file",
        "env",
        "exec",
        "eval",
        "include",
        "date",
        "date(format=\"%s\")",
        "now",
        "random",
        "shuffle",
        "fetch",
        "markdown",
        "json_decode",
        "render",
    ] {
        refused(&format!("<p>{{{{ \"secret.html\" | {filter} }}}}</p>"));
    }
    for test in ["file", "exists", "readable", "env"] {
        refused(&format!("{{% if \"secret.html\" is {test} %}}x{{% endif %}}"));
    }
}

#[test]
fn nothing_outside_of_the_theme_is_a_template() {
    for path in [
        "../secret.html",
        "/etc/passwd",
        "secret.html",
        "../c/catalogue.yaml",
        "c/catalogue.yaml",
        "theme/../secret.html",
        "default/../../secret.html",
        "./home.html",
        "assets/a.css",
        "strings/vi.yaml",
        "C:\\x",
        "file:///etc/passwd",
        "http://localhost/x",
        "/proc/self/environ",
        "default/assets/style.css",
        "",
    ] {
        for tag in ["include", "extends"] {
            refused(&format!("{{% {tag} \"{path}\" %}}"));
        }
    }
    for tag in [
        "{% import \"../secret.html\" as x %}",
        "{% macro x() %}{% endmacro x %}",
        "{% include view.name %}",
        "{% include \"../\" ~ \"secret.html\" %}",
        "{% call x() %}",
        "{% load x %}",
    ] {
        refused(tag);
    }
}

#[test]
fn circles_and_heights_are_findings() {
    let times = |text: &str, count: usize| text.repeat(count);
    for template in [
        "{% include \"home.html\" %}".to_owned(),
        "{% extends \"home.html\" %}".to_owned(),
        "{% include \"theme/home.html\" %}".to_owned(),
        "{% component a() %}{{ <a /> }}{% endcomponent a %}{{ <a /> }}".to_owned(),
        "{% component a() %}{{ <b /> }}{% endcomponent a %}{% component b() %}{{ <a /> }}{% endcomponent b %}{{ <b /> }}".to_owned(),
        "{% for x in range(end=100000000) %}{% endfor %}".to_owned(),
        "{% for x in range(start=0, end=1, step_by=0) %}{% endfor %}".to_owned(),
        format!("{{{{ {}1{} }}}}", times("(", 50_000), times(")", 50_000)),
        format!("{{{{ {}1{} }}}}", times("[", 50_000), times("]", 50_000)),
        format!("{{{{ {}a }}}}", times("a ~ ", 50_000)),
        format!("{{{{ a{} }}}}", times(".a", 50_000)),
        format!("{{{{ a{} }}}}", times("[0]", 50_000)),
        format!("{{{{ a{} }}}}", times(" | upper", 50_000)),
        format!("{{{{ {}a }}}}", times("not ", 50_000)),
        format!("{{{{ {}1 }}}}", times("-", 50_000)),
        format!("{}{}", times("{% if a %}", 50_000), times("{% endif %}", 50_000)),
        format!("{}{}", times("{% for a in b %}", 50_000), times("{% endfor %}", 50_000)),
        format!("{{% if a %}}{}", times("{% elif a %}", 50_000)),
        times("{% raw %}", 50_000),
        times("{{", 50_000),
        times("{#", 50_000),
    ] {
        let found = refused(&template);
        assert!(found.len() < 2_000, "{found}");
    }
}

/// One template includes the next: as long a chain as a theme may have templates is drawn, a longer one is refused.
#[test]
fn chains_of_templates_have_an_end() {
    for tag in ["include", "extends"] {
        for (count, code) in [(64, Some(0)), (65, Some(1)), (5_000, Some(1))] {
            let folder = sandbox();
            for number in 1..count - 1 {
                let next = format!("{{% {tag} \"a{}.html\" %}}", number + 1);
                folder.write(&format!("theme/a{number}.html"), &next);
            }
            folder.write(&format!("theme/a{}.html", count - 1), "the end");
            folder.write("theme/home.html", &format!("{{% {tag} \"a1.html\" %}}"));
            let output = command(&folder, "ulimit -v 8000000;").output().unwrap();
            assert_eq!(output.status.code(), code, "{tag} {count}: {output:?}");
            let about_the_count = |found: &&String| found.contains("at most 64 templates");
            let found = findings(&output);
            assert_eq!(found.iter().filter(about_the_count).count(), usize::from(64 < count));
        }
    }
}

/// A theme is written by those who publish, and its engine counts no steps. A template that never ends or wants more
/// than there is takes its own build down, and nothing else.
#[cfg(target_os = "linux")]
#[test]
fn template_that_eats_everything_harms_no_site() {
    let folder = sandbox();
    assert!(command(&folder, "").output().unwrap().status.success());
    let before = folder.all("public");
    for (template, limits) in [
        (
            "{% set a = \"0123456789abcdef\" %}{% for i in range(end=60) %}{% set_global a = a ~ a %}{% endfor %}{{ a }}",
            "ulimit -v 3000000;",
        ),
        (
            "{% for a in range(end=99999) %}{% for b in range(end=99999) %}{% endfor %}{% endfor %}",
            "",
        ),
    ] {
        folder.write("theme/home.html", template);
        let mut child = command(&folder, limits)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let ended = (0..60).find_map(|_| {
            std::thread::sleep(Duration::from_millis(50));
            child.try_wait().unwrap()
        });
        if ended.is_none() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        assert!(ended.is_none_or(|ended| !ended.success()), "{template}");
        assert_eq!(folder.all("public"), before, "{template}");
        std::fs::remove_file(folder.path().join("theme/home.html")).unwrap();
        assert!(command(&folder, "").output().unwrap().status.success());
        assert_eq!(folder.all("public"), before);
        assert!(!folder.has(".public.new"));
    }
}
