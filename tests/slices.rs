//! A build with a horizon: every slice is the site of each of its days, equal files are one file, and in
//! all texts for hosts every day belongs to its slice. What real servers make of these texts is seen by
//! `tests/hosts`.

#![expect(clippy::unwrap_used, reason = "a test works on real folders")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Output};

use niemyet::diagnostic::code::Code;
use niemyet::diagnostic::{Diagnostic, Report};
use niemyet::disk::{self, Published};
use niemyet::files::{Content, FilePath, FileTree, MANIFEST, Page};
use niemyet::host::{self, Plan};
use niemyet::language::Language;
use niemyet::manifest::{Manifest, Wanted};
use niemyet::model::date::{Date, parse};
use niemyet::model::hushed::Daily;
use niemyet::pipeline::{self, Horizon, Understood};
use niemyet::render::theme::Theme;
use niemyet::render::{self, Ahead};
use niemyet::validity::slices::{Slice, slices};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use support::Folder;

const FIRST: &str = "2026-01-01";
const DAYS: u32 = 400;

fn catalogue() -> FileTree {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/days/catalogue");
    disk::read(&folder).unwrap()
}

fn day(text: &str) -> Date {
    parse(text).unwrap()
}

/// The site of a day as it is built on `as_of`, by path.
fn clean(files: &FileTree, today: Date, as_of: Date) -> BTreeMap<String, Vec<u8>> {
    let (understood, mut report) = pipeline::examine(files, today);
    let mut understood = understood.unwrap();
    understood.assessment.as_of = as_of;
    let (theme, found) = Theme::new(&FileTree::default(), understood.catalogue.site.language);
    report.merge(found);
    let Understood { catalogue, assessment, hushed, .. } = &understood;
    let (site, _) = render::render(
        &Daily::of_day(catalogue, hushed, today),
        assessment,
        &theme,
        files,
        Ahead::Left,
    );
    let pages: Vec<(Page, Report)> = site.pages().collect();
    pages.into_iter().map(|(page, _)| (page.path.as_str().to_owned(), page.bytes)).collect()
}

fn build(files: &FileTree, today: Date, days: u32, out: &Path) -> (Vec<Slice>, Published) {
    let (understood, mut report) = pipeline::examine(files, today);
    let understood = understood.unwrap();
    let slices = slices(&understood.catalogue, &understood.assessment, days);
    let theme = FileTree::default();
    let wanted = Wanted::default();
    let horizon = Horizon::new(&understood, files, &theme, &slices, &wanted, &mut report).unwrap();
    let (published, found) = disk::publish_in_turn(horizon.parts(), out, &[], |laid, stands| {
        let (_, pages, found) = horizon.close(laid, stands);
        (pages, found)
    })
    .unwrap();
    assert!(found.is_empty(), "{found:?}");
    (slices, published.unwrap())
}

fn days_of(slice: &Slice) -> Vec<Date> {
    let days = std::iter::successors(Some(slice.first), |day| day.tomorrow().ok());
    days.take_while(|day| *day < slice.until).collect()
}

#[test]
fn every_slice_is_the_site_of_each_of_its_days() {
    let (files, folder, first) = (catalogue(), Folder::new(), day(FIRST));
    let (slices, published) = build(&files, first, DAYS, &folder.path().join("public"));
    assert!(slices.len() >= 25, "{} slices", slices.len());
    assert_eq!(slices[0].first, first);
    let all: Vec<Date> = slices.iter().flat_map(days_of).collect();
    assert_eq!(all.len(), DAYS as usize, "each day is in one slice");
    assert!(all.is_sorted());
    let mut n_files = 0;
    for slice in &slices {
        let below = format!("public/releases/{}", slice.name());
        let mut there: BTreeMap<String, Vec<u8>> = folder.all(&below).into_iter().collect();
        n_files += there.len();
        assert!(there.remove(MANIFEST).is_some(), "{} has no manifest", slice.name());
        let days = days_of(slice);
        for today in BTreeSet::from([days[0], days[days.len() / 2], days[days.len() - 1]]) {
            let clean = clean(&files, today, first);
            assert!(there.keys().eq(clean.keys()), "{today}");
            for (path, bytes) in &clean {
                assert!(there[path] == *bytes, "{path} of {} is not that of {today}", slice.name());
            }
        }
    }
    let rest = folder.all("public/closed").len() + folder.all("public/hosts").len();
    assert_eq!(published.pages, n_files + rest + 1, "and the manifest of the whole");
}

#[test]
fn equal_files_are_one_file_and_others_have_another_size_or_time() {
    let (files, folder) = (catalogue(), Folder::new());
    let out = folder.path().join("public");
    let (slices, first) = build(&files, day(FIRST), DAYS, &out);
    let mut by_bytes: BTreeMap<Vec<u8>, BTreeSet<u64>> = BTreeMap::new();
    let mut by_version: BTreeMap<(i64, u64), BTreeSet<u64>> = BTreeMap::new();
    for (path, bytes) in folder.all("public") {
        let found = fs::metadata(out.join(&path)).unwrap();
        by_bytes.entry(bytes).or_default().insert(found.ino());
        by_version.entry((found.mtime(), found.size())).or_default().insert(found.ino());
    }
    // Two threads may write the same bytes at the same moment, within one slice.
    let n_files: usize = by_bytes.values().map(BTreeSet::len).sum();
    assert!(n_files <= by_bytes.len() + 2, "{n_files} files for {} contents", by_bytes.len());
    assert_eq!(first.pages - first.linked, n_files - 1, "but the marker");
    assert!(first.linked > first.pages / 2, "{first:?}");
    for ((time, size), files) in by_version {
        assert_eq!(files.len(), 1, "{size} bytes of {time}: two versions of a page look alike");
    }

    let (_, again) = build(&files, day(FIRST), DAYS, &out);
    assert_eq!(again.unchanged + again.linked, again.pages, "nothing is written twice");

    // Who edits a file in its place edits all its names; the next build mends them all.
    let asset = folder.all("public/closed/tai-san").swap_remove(0);
    folder.write(&format!("public/closed/tai-san/{}", asset.0), "edited");
    build(&files, day(FIRST), DAYS, &out);
    for slice in &slices {
        let below = format!("public/releases/{}/tai-san", slice.name());
        assert!(folder.all(&below).contains(&asset), "{below}");
    }

    // A day later the folders have the same names, as long as no boundary has come.
    let (later, _) = build(&files, day("2026-01-02"), DAYS, &out);
    let names = |slices: &[Slice]| slices.iter().map(Slice::name).collect::<Vec<_>>();
    assert_eq!(names(&later), names(&slices));
    let (later, _) = build(&files, day("2026-01-20"), DAYS, &out);
    assert_eq!(names(&later), names(&slices)[1..]);
    assert!(!folder.has(&format!("public/releases/{}", slices[0].name())));
}

/// What the texts say, read without a server: for each host the slice of a moment.
type Rule = Box<dyn Fn(i64) -> String>;

fn rules(plan: &Plan) -> BTreeMap<&'static str, Rule> {
    let texts: BTreeMap<String, String> = host::files(plan)
        .into_iter()
        .map(|page| (page.path.name().to_owned(), String::from_utf8(page.bytes).unwrap()))
        .collect();
    let number = |text: &str| -> i64 {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap()
    };
    let after = |line: &str, mark: &str| number(line.split(mark).nth(1).unwrap());
    let mut runs: BTreeMap<&str, Vec<(i64, i64, String)>> = BTreeMap::new();

    let caddy = &texts["Caddyfile"];
    for line in caddy.lines().filter(|line| line.contains(" expression `int(")) {
        let name = line.split(' ').next().unwrap();
        let set = caddy.lines().find(|line| line.contains(&format!("vars {name} "))).unwrap();
        let slice = set.rsplit(' ').next().unwrap().to_owned();
        runs.entry("caddy").or_default().push((after(line, ">= "), after(line, "< "), slice));
    }
    let lines: Vec<&str> = texts["apache.conf"].lines().collect();
    for three in lines.windows(3).filter(|three| three[0].contains("\"-ge")) {
        let slice = three[2].split("NIEMYET_SLICE:").nth(1).unwrap().trim_end_matches(']');
        let run = (after(three[0], "-ge"), after(three[1], "-lt"), slice.to_owned());
        runs.entry("apache").or_default().push(run);
    }
    let mut from = i64::MIN;
    for line in texts["niemyet-switch.sh"].lines().filter(|line| line.contains(" -lt ")) {
        let slice = line.split("slice=").nth(1).unwrap().split(' ').next().unwrap();
        let until = after(line, "-lt ");
        if !slice.is_empty() {
            runs.entry("switch").or_default().push((from, until, slice.to_owned()));
        }
        from = until;
    }
    let mut rules: BTreeMap<&str, Rule> = BTreeMap::new();
    for (host, runs) in runs {
        let rule = move |moment| {
            let found: Vec<_> =
                runs.iter().filter(|run| (run.0..run.1).contains(&moment)).collect();
            assert!(found.len() <= 1, "{host} at {moment}: {found:?}");
            found.first().map_or("closed".to_owned(), |run| run.2.clone())
        };
        rules.insert(host, Box::new(rule));
    }

    // Lines `"~^2026-12-(01|02)$" slice;`: all days that they spell, with the mark of an evening in UTC.
    let mut days: BTreeMap<String, String> = BTreeMap::new();
    for line in texts["nginx.conf"].lines().filter(|line| line.starts_with("    \"~^2")) {
        let (pattern, slice) = line.trim().split_once("\" ").unwrap();
        let pattern = pattern.trim_start_matches("\"~^").trim_end_matches('$');
        let (pattern, mark) = match pattern.strip_suffix("\\+1") {
            Some(pattern) => (pattern, "+1"),
            None => (pattern, ""),
        };
        let (month, list) = pattern.split_at(8);
        let spelled: Vec<String> = match list {
            r"\d\d" => (1..=31).map(|day| format!("{day:02}")).collect(),
            list => list.trim_matches(['(', ')']).split('|').map(str::to_owned).collect(),
        };
        for day in spelled {
            let known =
                days.insert(format!("{month}{day}{mark}"), slice.trim_end_matches(';').into());
            assert_eq!(known, None, "{month}{day}{mark} twice");
        }
    }
    let find = move |key: &str| days.get(key).map_or("closed".to_owned(), Clone::clone);
    let here = find.clone();
    rules.insert("nginx, Việt Nam", Box::new(move |moment| here(&civil(moment + 7 * 3600).0)));
    rules.insert(
        "nginx, UTC",
        Box::new(move |moment| {
            let (day, second) = civil(moment);
            find(&if second < 17 * 3600 { day } else { format!("{day}+1") })
        }),
    );
    rules
}

/// Day and second of the day.
fn civil(seconds: i64) -> (String, i64) {
    let days = i32::try_from(seconds.div_euclid(86_400)).unwrap();
    let day = day("1970-01-01").saturating_add(jiff::Span::new().days(days));
    (day.to_string(), seconds.rem_euclid(86_400))
}

#[test]
fn every_day_belongs_to_its_slice_in_all_texts() {
    for (first, days) in [("2026-01-01", 400), ("2026-11-22", 1), ("2027-12-30", 400)] {
        let files = catalogue();
        let (understood, _) = pipeline::examine(&files, day(first));
        let understood = understood.unwrap();
        let slices = slices(&understood.catalogue, &understood.assessment, days);
        let own = |slice: &Slice| host::Slice {
            name: slice.name(),
            first: slice.first,
            until: slice.until,
            rules: Vec::new(),
        };
        let plan = Plan {
            slices: slices.iter().map(own).collect(),
            base: "/".to_owned(),
            language: Language::English,
        };
        let rules = rules(&plan);
        assert_eq!(rules.len(), 5);
        let begin = |wanted: Date| {
            let epoch = day("1970-01-01");
            i64::from(epoch.until(wanted).unwrap().get_days()) * 86_400 - 7 * 3600
        };
        let end = slices.last().unwrap().until;
        let wanted = |moment: i64| {
            let found = slices
                .iter()
                .find(|slice| (begin(slice.first)..begin(slice.until)).contains(&moment));
            found.map_or("closed".to_owned(), Slice::name)
        };
        let mut today = slices[0].first.yesterday().unwrap();
        while today <= end.tomorrow().unwrap() {
            // Both ends of each day, its middle, and the hour at which the day of UTC turns.
            for second in [0, 1, 12 * 3600, 7 * 3600 - 1, 7 * 3600, 86_399] {
                let moment = begin(today) + second;
                for (host, rule) in &rules {
                    assert_eq!(rule(moment), wanted(moment), "{host}, second {second} of {today}");
                }
            }
            today = today.tomorrow().unwrap();
        }
    }
}

#[test]
fn closed_page_names_offices_that_are_open_to_the_end() {
    let (files, folder) = (catalogue(), Folder::new());
    let page = |today: &str, days: u32| {
        let name = format!("{today}-{days}");
        build(&files, day(today), days, &folder.path().join(&name));
        folder.read(&format!("{name}/closed/index.html"))
    };
    let open = page("2026-03-01", 30);
    assert!(open.contains("Bộ phận Một cửa") && open.contains("Số 1"), "{open}");
    assert!(open.contains("30/03/2026") && open.contains("noindex"));
    // It closes on 20 October: after the day of the build, before the page is shown.
    assert!(!page("2026-03-01", 300).contains("Bộ phận Một cửa"));
    // It opens on 10 February.
    assert!(!page("2026-01-01", 60).contains("Bộ phận Một cửa"));
}

#[test]
fn no_address_of_a_catalogue_becomes_a_word_of_a_configuration() {
    let based = |address: &str| {
        let with = |(_, path, content): (_, &FilePath, &Content)| {
            let text =
                format!("title: Thử\npublisher: Xã Thử\nlanguage: vi\nbase_url: '{address}'\n");
            let own = path.as_str() == "catalogue.yaml";
            (path.clone(), if own { Content::Bytes(text.into()) } else { content.clone() })
        };
        let files = FileTree::new(catalogue().iter().map(with).collect());
        let (understood, mut report) = pipeline::examine(&files, day(FIRST));
        let site = pipeline::site(&understood.unwrap(), &files, &FileTree::default(), &mut report);
        site.map(|site| site.base())
    };
    assert_eq!(based("https://example.org/").as_deref(), Some("/"));
    assert_eq!(based("https://example.org/co-quan/tthc").as_deref(), Some("/co-quan/tthc/"));
    let hostile =
        ["a\"b", "a;b", "a$b", "a{b", "a}b", "a b", "a//b", "a/../b", "a%22b", "a\\b", "á"];
    for part in hostile {
        let base = based(&format!("https://example.org/{part}/"));
        assert!(base.is_none_or(|base| base == "/"), "{part}");
    }
}

#[test]
fn part_that_cannot_be_made_keeps_all_back() {
    let folder = Folder::new();
    let out = folder.path().join("public");
    let part = |name: &str| {
        let page = Page { path: FilePath::new(name).unwrap(), bytes: name.into() };
        vec![(page, Report::default())].into_par_iter()
    };
    let publish = |parts: Vec<(_, Report)>| {
        let mut asked = 0;
        let parts = parts.into_iter().inspect(|_| asked += 1);
        let (published, _) =
            disk::publish_in_turn(parts, &out, &[], |_, _| Default::default()).unwrap();
        (published.map(|published| published.pages), asked)
    };
    let good = publish(vec![(part("a"), Report::default()), (part("b"), Report::default())]);
    assert_eq!(good, (Some(2), 2));
    let bad: Report = [Diagnostic::nowhere(Code::Template)].into_iter().collect();
    let parts =
        vec![(part("a"), Report::default()), (part("c"), bad), (part("d"), Report::default())];
    assert_eq!(publish(parts), (None, 2), "what follows is not asked for");
    assert!(folder.has("public/a") && folder.has("public/b") && !folder.has("public/c"));
}

#[test]
fn pages_of_a_slice_hold_its_days_alone_and_age_on_one_day() {
    let (files, folder) = (catalogue(), Folder::new());
    let (slices, _) = build(&files, day(FIRST), DAYS, &folder.path().join("public"));
    let mut ages = BTreeSet::new();
    for slice in &slices {
        for (path, bytes) in folder.all(&format!("public/releases/{}", slice.name())) {
            let is_page = Path::new(&path).extension().is_some_and(|ending| ending == "html");
            let Some(text) = String::from_utf8(bytes).ok().filter(|_| is_page) else { continue };
            assert!(!text.contains("<template data-"), "{path} of {}", slice.name());
            let age = text.split("data-valid-until=\"").nth(1).unwrap();
            ages.insert(age[..10].to_owned());
            assert!(text.contains(&format!("data-as-of=\"{FIRST}\"")), "{path}");
        }
    }
    assert_eq!(ages.len(), 1, "{ages:?}");
}

#[test]
fn every_slice_is_audited_on_its_own_day() {
    let folder = Folder::new();
    // It is in force until 15 August, on the day of the build and long after.
    let name = |number: &str| folder.write("theme/assets/them.js", &format!("// Theo {number}\n"));
    name("3/2015/QH13");
    let plain = niemyet(&folder, &["--theme", "theme"]);
    assert!(plain.status.success(), "{}", String::from_utf8_lossy(&plain.stderr));
    let short = niemyet(&folder, &["--theme", "theme", "--horizon", "60"]);
    assert!(short.status.success(), "{}", String::from_utf8_lossy(&short.stderr));
    let before = folder.all("public");
    let long = niemyet(&folder, &["--theme", "theme", "--horizon", "400"]);
    let said = String::from_utf8(long.stderr).unwrap();
    assert_eq!(long.status.code(), Some(1), "{said}");
    assert!(said.contains("A001") && said.contains("3/2015/QH13"), "{said}");
    assert!(said.contains("ở phần đăng từ ngày 2026-08-15"), "{said}");
    assert_eq!(said.matches("A001").count(), 1, "{said}");
    assert!(folder.all("public") == before, "nothing was changed");

    let long = niemyet(&folder, &["--horizon", "400", "--format", "json"]);
    let said: serde_json::Value = serde_json::from_slice(&long.stdout).unwrap();
    let slices = said["horizon"]["slices"].as_array().unwrap();
    for slice in slices {
        let [first, below] = ["from", "folder"].map(|key| slice[key].as_str().unwrap());
        let read = Command::new(env!("CARGO_BIN_EXE_niemyet"))
            .args(["audit", "--as-of", first, "--catalogue"])
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/days/catalogue"))
            .arg(folder.path().join("public").join(below))
            .output()
            .unwrap();
        assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stdout));
    }

    // The closed page is read on the day after the horizon.
    folder.write("theme/assets/them.js", "");
    let closed = include_str!("../themes/default/closed.html");
    folder.write("theme/closed.html", &closed.replacen("<main>", "<main>Theo 3/2015/QH13. ", 1));
    let short = niemyet(&folder, &["--theme", "theme", "--horizon", "60"]);
    assert!(short.status.success(), "{}", String::from_utf8_lossy(&short.stderr));
    let long = niemyet(&folder, &["--theme", "theme", "--horizon", "400"]);
    let said = String::from_utf8(long.stderr).unwrap();
    assert_eq!(long.status.code(), Some(1), "{said}");
    assert!(said.contains("A001") && said.contains("closed.html"), "{said}");
}

#[test]
fn texts_for_hosts_are_audited_on_the_day_after_the_horizon() {
    let folder = Folder::new();
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/days/catalogue");
    for (_, path, content) in disk::read(&all).unwrap().iter() {
        folder.write(&format!("catalogue/{path}"), std::str::from_utf8(content.bytes()).unwrap());
    }
    let built = |days: &str| {
        let words =
            ["build", "--as-of", FIRST, "--lang", "en", "--theme", "theme", "--horizon", days];
        let output = Command::new(env!("CARGO_BIN_EXE_niemyet"))
            .args(words)
            .current_dir(folder.path())
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    // A closed page that does not say where it stands: what is found is found elsewhere.
    let closed = "<!doctype html><title>Thử</title><main>Thử</main>";
    folder.write("theme/closed.html", closed);
    // The rules of the hosts name the addresses of notices, and that is all that they may name.
    assert_eq!(built("400").0, Some(0), "{}", built("400").1);
    let rules = folder.read("public/hosts/nginx.conf");
    assert!(rules.contains("gone;"), "{rules}");
    // Every page may name it until 15 August, the day after the horizon.
    let own = folder.read("catalogue/catalogue.yaml");
    let based = own.lines().filter(|line| !line.starts_with("base_url"));
    let based =
        based.collect::<Vec<_>>().join("\n") + "\nbase_url: https://example.org/3-2015-qh13/\n";
    folder.write("catalogue/catalogue.yaml", &based);
    assert_eq!(built("225").0, Some(0), "{}", built("225").1);
    let (code, said) = built("226");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("A001") && said.contains("hosts/"), "{said}");
    assert!(said.contains("in what is posted from 2026-08-15 on"), "{said}");
}

#[test]
fn every_slice_bears_its_manifest_and_the_whole_one_of_all() {
    let folder = Folder::new();
    let manifest = |path: &str| -> serde_json::Value {
        let text = folder.read(path);
        Manifest::read(text.as_bytes()).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    let builds = |words: &[&str]| {
        let output = niemyet(&folder, words);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        manifest("public/build.json")
    };
    let words = ["--horizon", "60", "--source-commit", &"a1".repeat(20)];
    let whole = builds(&words);
    assert_eq!(whole["build_no"], 1);
    let slices = whole["slices"].as_array().unwrap();
    assert_eq!(slices.len(), 5);
    assert_eq!(slices[0]["from"], FIRST);
    for (place, slice) in slices.iter().enumerate() {
        let below = slice["folder"].as_str().unwrap();
        let own = manifest(&format!("public/{below}/{MANIFEST}"));
        assert_eq!(own["tree_sha256"], slice["tree_sha256"]);
        for key in ["build_no", "as_of", "source", "tool_version", "valid_until"] {
            assert_eq!(own[key], whole[key], "{key}");
        }
        if place == 0 {
            assert_eq!(own["procedures"], whole["procedures"]);
            assert_eq!(own["withheld"], whole["withheld"]);
        }
        if let Some(next) = slices.get(place + 1) {
            assert_eq!(slice["until"], next["from"]);
            assert_eq!(own["next_change"]["date"], next["from"]);
        }
        let listed = own["files"].as_array().unwrap();
        let listed: Vec<&str> = listed.iter().map(|file| file["path"].as_str().unwrap()).collect();
        let mut there = folder.all(&format!("public/{below}"));
        there.retain(|(path, _)| path != MANIFEST);
        let there: BTreeSet<&str> = there.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(listed, there.into_iter().collect::<Vec<_>>());
    }

    // Built again nothing differs; a plain site and a build with a horizon count on, one after the other.
    let before = folder.all("public");
    assert_eq!(builds(&words)["build_no"], 1);
    assert!(folder.all("public") == before);
    assert_eq!(builds(&[])["build_no"], 2);
    assert_eq!(builds(&words)["build_no"], 3);
    assert_eq!(builds(&["--horizon", "60", "--build-no", "7"])["build_no"], 7);
    let words = ["--horizon", "60"];
    let back = on("2025-12-31", &folder, &words);
    assert_eq!(back.status.code(), Some(1));
    assert!(String::from_utf8(back.stderr).unwrap().contains("M002"));
    let allowed = on("2025-12-31", &folder, &[&words[..], &["--allow", "backdate"]].concat());
    assert!(allowed.status.success());
    assert_eq!(manifest("public/build.json")["build_no"], 8);
}

fn niemyet(folder: &Folder, words: &[&str]) -> Output {
    on(FIRST, folder, words)
}

fn on(today: &str, folder: &Folder, words: &[&str]) -> Output {
    let catalogue = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/days/catalogue");
    Command::new(env!("CARGO_BIN_EXE_niemyet"))
        .args(["build", "--as-of", today, "--catalogue"])
        .arg(catalogue)
        .args(words)
        .current_dir(folder.path())
        .output()
        .unwrap()
}

#[test]
fn program_tells_the_slices_and_the_level() {
    let folder = Folder::new();
    let output = niemyet(&folder, &["--horizon", "60", "--lang", "en"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("made 5 sites, "), "{said}");
    assert!(said.contains("\n  2026-01-01 through 2026-01-19: releases/2024-01-01_2026-01-20\n"));
    assert!(said.contains("(level F4)") && said.contains("from 2026-03-02 on"), "{said}");
    let output = niemyet(&folder, &["--horizon", "60", "--format", "json"]);
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["level"], "F4");
    assert_eq!(said["written"], 0);
    assert_eq!(said["horizon"]["until"], "2026-03-02");
    let slices = said["horizon"]["slices"].as_array().unwrap();
    assert_eq!(slices[0]["from"], "2026-01-01");
    for pair in slices.windows(2) {
        assert_eq!(pair[0]["until"], pair[1]["from"]);
    }
    for slice in slices {
        assert!(folder.has(&format!("public/{}/index.html", slice["folder"].as_str().unwrap())));
    }
    for days in ["0", "401", "-1", "x"] {
        let output = niemyet(&folder, &["--horizon", days]);
        assert_eq!(output.status.code(), Some(2), "{days}");
    }
    // Back to an ordinary site: nothing of the slices stays.
    assert!(niemyet(&folder, &[]).status.success());
    assert!(folder.has("public/index.html") && !folder.has("public/releases"));
}
