//! The built program: what it prints, how it exits, and that nothing is written on an error.

#[path = "support/birth.rs"]
mod birth;
mod support;

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, Output};

use birth::CATALOGUE;
use support::Folder;

fn catalogue() -> Folder {
    let folder = Folder::new();
    for (path, text) in CATALOGUE {
        folder.write(&format!("catalogue/{path}"), text);
    }
    folder
}

fn niemyet(folder: &Folder, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_niemyet"))
        .args(words)
        .current_dir(folder.path())
        .env("TZ", "America/Los_Angeles")
        .output()
        .expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

#[test]
fn a_clean_catalogue_is_checked_and_built() {
    let folder = catalogue();
    let check = niemyet(&folder, &["check", "--strict", "--as-of", "2026-11-22"]);
    assert_eq!(check.status.code(), Some(0), "{}{}", out(&check), err(&check));
    assert!(out(&check).contains("không có lỗi nào"));
    let build = niemyet(&folder, &["build", "--as-of", "2026-11-22"]);
    assert_eq!(build.status.code(), Some(0), "{}", err(&build));
    assert!(folder.read("public/thu-tuc/dang-ky-khai-sinh.html").contains("Tờ khai"));
    assert!(out(&build).contains("2027-03-01"), "the day to build again: {}", out(&build));
}

#[test]
fn what_ended_becomes_a_notice_and_is_named_in_the_summary() {
    let folder = catalogue();
    assert_eq!(niemyet(&folder, &["build", "--as-of", "2027-02-28"]).status.code(), Some(0));
    assert!(folder.has("public/api/thu-tuc/dang-ky-khai-sinh.json"));
    let build = niemyet(&folder, &["build", "--as-of", "2027-03-01"]);
    // All procedures go at once, and nobody has to allow it: the site that stands knew the day.
    assert_eq!(build.status.code(), Some(0), "{}", err(&build));
    assert!(out(&build).contains("1.001193") && out(&build).contains("60/2014/QH13"));
    let page = folder.read("public/thu-tuc/dang-ky-khai-sinh.html");
    assert!(page.contains("Luật 1/2027/QH16") || page.contains("1/2027/QH16"), "{page}");
    assert!(!page.contains("Tờ khai") && !page.contains("1.001193"), "{page}");
    assert!(!folder.has("public/api/thu-tuc/dang-ky-khai-sinh.json"));
    let check = niemyet(&folder, &["check", "--as-of", "2027-03-01"]);
    assert_eq!(check.status.code(), Some(1));
    assert!(out(&check).contains("P003") && out(&check).contains("dang-ky-khai-sinh.yaml:7:16"));
}

#[test]
fn a_broken_file_leaves_the_site_as_it_was() {
    let folder = catalogue();
    assert_eq!(niemyet(&folder, &["build", "--as-of", "2026-11-22"]).status.code(), Some(0));
    let before = folder.all("public");
    folder.write("catalogue/procedures/hong.yaml", "code: 1.10\nlegal_basiss: []\n");
    let build = niemyet(&folder, &["build", "--as-of", "2026-11-22"]);
    assert_eq!(build.status.code(), Some(1));
    assert!(err(&build).contains("legal_basis"), "{}", err(&build));
    assert!(err(&build).contains("giữ nguyên"));
    assert_eq!(folder.all("public"), before);
}

#[test]
fn a_foreign_folder_is_refused() {
    let folder = catalogue();
    folder.write("public/cua-toi.txt", "giữ lại");
    for (language, reason) in
        [(&[][..], "không do niemyet tạo"), (&["--lang", "en"], "niemyet did not make")]
    {
        let build = niemyet(&folder, &[&["build", "--as-of", "2026-11-22"], language].concat());
        assert_eq!(build.status.code(), Some(2), "{}", err(&build));
        assert!(err(&build).contains("public"), "{}", err(&build));
        assert!(err(&build).contains(reason), "{}", err(&build));
    }
    assert_eq!(folder.all("public"), [("cua-toi.txt".to_owned(), "giữ lại".as_bytes().to_vec())]);
}

/// Days that no record may bear cannot be asked about either.
#[test]
fn a_day_must_be_one_that_can_be_meant() {
    let folder = catalogue();
    for day in ["0000-01-01", "0202-07-01", "1944-12-31", "2100-01-01", "9999-12-31", "01/07/2026"]
    {
        for words in [&["build", "--as-of", day][..], &["impact", "60/2014/QH13", "--from", day]] {
            for tongue in ["vi", "en"] {
                let run = niemyet(&folder, &[words, &["--lang", tongue]].concat());
                let said = String::from_utf8(run.stderr).expect("UTF-8");
                assert_eq!(run.status.code(), Some(2), "{day}: {said}");
                assert!(said.contains("1945-01-01..2099-12-31") && said.contains(day), "{said}");
            }
        }
    }
    assert!(!folder.has("public"));
    for day in ["1945-01-01", "2099-12-31"] {
        let run = niemyet(&folder, &["check", "--as-of", day]);
        assert_ne!(run.status.code(), Some(2), "{day}");
    }
}

#[test]
fn a_taken_port_is_named() {
    let folder = catalogue();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    for (language, reason) in [("vi", "không dùng được cổng"), ("en", "cannot use port")] {
        let serve = niemyet(&folder, &["serve", "--port", &port, "--lang", language]);
        assert_eq!(serve.status.code(), Some(2), "{}", err(&serve));
        assert!(err(&serve).contains(&format!("{reason} {port}")), "{}", err(&serve));
    }
}

#[test]
fn too_much_on_the_line_is_told_in_the_language_asked_for() {
    let folder = catalogue();
    for (words, vietnamese) in [
        (&["diff", "a", "b", "c"][..], "thừa `c`"),
        (&["check", "--strict=1"], "thừa `1` ở `--strict`"),
        (&["check", "-q", "--quiet"], "`--quiet` chỉ ghi một lần"),
        (&["schema", "--check", "khong-co"], "không có thư mục `khong-co`"),
        (&["schema", "--out", "catalogue/catalogue.yaml"], "`catalogue/catalogue.yaml`"),
    ] {
        let refused = niemyet(&folder, words);
        assert_eq!(refused.status.code(), Some(2), "{words:?}");
        assert!(err(&refused).contains(vietnamese), "{words:?}: {}", err(&refused));
    }
}

#[test]
fn why_and_next_tell_the_chain() {
    let folder = catalogue();
    let why = niemyet(&folder, &["why", "60/2014/QH13", "--as-of", "2027-03-01"]);
    assert_eq!(why.status.code(), Some(0), "{}", err(&why));
    assert!(
        out(&why).contains("được thay thế bởi Luật 1/2027/QH16 từ ngày 01/03/2027"),
        "{}",
        out(&why)
    );
    let why =
        niemyet(&folder, &["why", "60/2014/QH13#Điều 13", "--as-of", "2026-11-22", "--lang", "en"]);
    assert!(out(&why).contains("in force"), "{}", out(&why));
    let next = niemyet(&folder, &["next", "--as-of", "2026-11-22", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out(&next)).expect("JSON");
    assert_eq!(json["next_change"], "2027-03-01");
    let kinds: Vec<&str> = json["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .filter_map(|change| change["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["document", "document", "procedure-goes"]);
    let none = niemyet(&folder, &["next", "--as-of", "2026-11-22", "--days", "90"]);
    assert!(out(&none).contains("không có thay đổi"), "{}", out(&none));
    let lost = niemyet(&folder, &["why", "60/2014/QH12"]);
    assert_eq!(lost.status.code(), Some(2));
    assert!(err(&lost).contains("60/2014/QH13"), "{}", err(&lost));
}

#[test]
fn a_search_asks_the_site_in_a_language() {
    let folder = catalogue();
    let search = |words: &[&str]| {
        let all = [&["search", "--as-of", "2026-11-22", "--lang", "en"], words].concat();
        niemyet(&folder, &all)
    };
    let other = search(&["birth", "--in", "en"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(err(&other).contains("`en` is no value of `--in`; there are: vi"), "{}", err(&other));
    folder.write(
        "catalogue/catalogue.yaml",
        "title: Thử\npublisher: Xã Thử\nlanguage: vi\nlanguages: [vi, en]\n",
    );
    folder.write(
        "catalogue/translations/ho-tich.yaml",
        "texts:\n  - {vi: Đăng ký khai sinh, en: Birth registration}\n  - {vi: Luật Hộ tịch, en: Law on Civil Status}\n",
    );
    let line = |words: &[&str]| out(&search(words)).trim().to_owned();
    assert!(line(&["khai sinh"]).ends_with("Đăng ký khai sinh"), "{}", line(&["khai sinh"]));
    let own = line(&["birth registration", "--in", "en"]);
    assert!(own.ends_with("1.001193  Birth registration"), "{own}");
    let law = line(&["law 60/2014", "--in", "en"]);
    assert!(law.starts_with("60/2014/QH13  Law on Civil Status"), "{law}");
    let json = out(&search(&["birth", "--in", "en", "--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["language"], "en");
    assert_eq!(json["procedures"][0]["page"], "en/thu-tuc/dang-ky-khai-sinh.html");
}

#[test]
fn findings_are_json_for_programs() {
    let folder = catalogue();
    let check =
        niemyet(&folder, &["check", "--as-of", "2027-03-01", "--format", "json", "--lang", "en"]);
    let json: serde_json::Value = serde_json::from_str(&out(&check)).expect("JSON");
    assert_eq!(json["schema"], 1);
    assert_eq!(json["as_of"], "2027-03-01");
    assert_eq!(json["errors"], 1);
    let finding = &json["findings"][0];
    assert_eq!(finding["code"], "P003");
    assert_eq!(finding["file"], "catalogue/procedures/dang-ky-khai-sinh.yaml");
    assert_eq!((&finding["line"], &finding["column"]), (&7.into(), &16.into()));
    assert_eq!(finding["message"], "legal basis `60/2014/QH13` has had no force since 2027-03-01");
}

#[test]
fn strict_fails_on_warnings_too() {
    let folder = catalogue();
    folder.write("catalogue/ghi-chu.txt", "?");
    assert_eq!(niemyet(&folder, &["check", "--as-of", "2026-11-22"]).status.code(), Some(0));
    let strict = niemyet(&folder, &["check", "--as-of", "2026-11-22", "--strict"]);
    assert_eq!(strict.status.code(), Some(1));
}

#[test]
fn codes_are_explained_and_wrong_words_refused() {
    let folder = catalogue();
    let explain = niemyet(&folder, &["explain", "p003"]);
    assert_eq!(explain.status.code(), Some(0));
    assert!(out(&explain).contains("basis-ended"));
    assert_eq!(niemyet(&folder, &["explain", "Z999"]).status.code(), Some(2));
    assert_eq!(niemyet(&folder, &["check", "--as-of", "22/11/2026"]).status.code(), Some(2));
    let fly = niemyet(&folder, &["fly"]);
    assert_eq!(fly.status.code(), Some(2));
    assert!(err(&fly).contains("không có lệnh `fly`"), "{}", err(&fly));
    let chek = niemyet(&folder, &["chek", "--lang", "en"]);
    assert!(err(&chek).contains("unrecognized subcommand"), "{}", err(&chek));
    let elsewhere = niemyet(&folder, &["check", "--catalogue", "khong-co"]);
    assert_eq!(elsewhere.status.code(), Some(2));
    assert!(err(&elsewhere).contains("khong-co"));
    assert_eq!(niemyet(&folder, &["--help"]).status.code(), Some(0));
}
