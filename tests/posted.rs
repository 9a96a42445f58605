//! What a look at a posted site is taken for, without a host: each judgment at the bounds of what it allows.
//! `tests/monitor.rs` looks at real hosts.

use std::collections::BTreeSet;

use niemyet::diagnostic::code::Code;
use niemyet::diagnostic::{Diagnostic, Report};
use niemyet::files::{FilePath, Laid, Page, hex};
use niemyet::manifest::signature::PublicKey;
use niemyet::manifest::{Manifest, tree};
use niemyet::model::date::{Date, parse};
use niemyet::monitor::{
    Class, Finding, Kept, Memory, Nothing, Observed, Reply, Sample, Trust, choose, clock, ended,
    file, foreign, gone, is_for_host, manifest, not_asked, worst,
};
use serde_json::json;

fn path(text: &str) -> FilePath {
    FilePath::new(text).expect("a path")
}

fn day(text: &str) -> Date {
    parse(text).expect("a day")
}

fn laid(name: &str) -> Laid {
    Laid::of(&Page { path: path(name), bytes: name.as_bytes().to_vec() })
}

/// A manifest of these files, of 2026-06-20, trusted for seven days.
fn of(names: &[&str]) -> Manifest {
    let mut files: Vec<Laid> = names.iter().map(|name| laid(name)).collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let hash = hex::text(&tree(&files));
    let value = json!({
        "schema": 1, "tool": "niemyet", "tool_version": "1", "build_no": 5, "as_of": "2026-06-20",
        "zone": "+07:00", "changes": [], "max_age_days": 7, "valid_until": "2026-07-30",
        "procedures": {"published": 0, "announced": 0, "live": []},
        "withheld": {"procedures": 0, "not_yet": 0, "groups": 0, "legal_bases": 0, "parts": 0, "notices": []},
        "tree_sha256": hash, "files": files,
    });
    Manifest::read(value.to_string().as_bytes()).expect("a manifest")
}

fn answer(status: u16, bytes: &[u8]) -> Observed {
    Observed::Answered(Reply { status, bytes: bytes.to_vec(), ..Reply::default() })
}

fn cut(bytes: &[u8]) -> Observed {
    Observed::Answered(Reply {
        status: 200,
        bytes: bytes.to_vec(),
        is_cut: true,
        ..Reply::default()
    })
}

fn lost() -> Observed {
    Observed::Unreachable(["không".to_owned(), "no".to_owned()])
}

fn elsewhere() -> Observed {
    Observed::Elsewhere("https://x/".to_owned())
}

fn said(found: Option<&Finding>) -> (&'static str, Class) {
    found.map_or(("", Class::Fresh), |found| (found.kind, found.class))
}

#[test]
fn a_file_is_the_one_that_was_built_or_not() {
    let (listed, none) = (laid("a.html"), laid("404.html"));
    for (listed, is_notice, seen, expected) in [
        (&listed, false, answer(200, b"a.html"), ("", Class::Fresh)),
        (&listed, false, cut(b"a.html"), ("changed", Class::Tampered)),
        (&listed, false, answer(200, b"other"), ("changed", Class::Tampered)),
        (&listed, true, answer(200, b"a noindex b"), ("changed", Class::Tampered)),
        (&listed, true, answer(200, b"other"), ("not-gone", Class::Ended)),
        (&listed, false, answer(404, b"a.html"), ("missing", Class::Tampered)),
        (&listed, false, answer(410, b"a.html"), ("missing", Class::Tampered)),
        (&none, false, answer(404, b"404.html"), ("", Class::Fresh)),
        (&none, false, answer(404, b"x"), ("changed", Class::Tampered)),
        (&none, false, answer(410, b"404.html"), ("missing", Class::Tampered)),
        (&listed, false, answer(500, b""), ("unreachable", Class::Unreachable)),
        (&listed, false, elsewhere(), ("elsewhere", Class::Tampered)),
        (&listed, false, lost(), ("unreachable", Class::Unreachable)),
        (&listed, false, Observed::NotAsked, ("", Class::Fresh)),
    ] {
        let found = file(listed, is_notice, &seen);
        assert_eq!(said(found.as_ref()), expected, "{seen:?}");
        assert_eq!(
            found.map(|found| found.path),
            (!expected.0.is_empty()).then(|| Some(listed.path.clone()))
        );
    }
}

#[test]
fn what_is_gone_is_gone() {
    let nothing = Nothing {
        listed: BTreeSet::from([laid("404.html").sha256, laid("shown").sha256]),
        shown: BTreeSet::from([laid("shown").sha256]),
    };
    for (name, seen, expected) in [
        ("a.html", answer(404, b"x"), ("", Class::Fresh)),
        ("a.html", answer(410, b"x"), ("", Class::Fresh)),
        ("a.html", elsewhere(), ("", Class::Fresh)),
        ("a.html", Observed::NotAsked, ("", Class::Fresh)),
        ("a.html", answer(200, b"404.html"), ("", Class::Fresh)),
        ("a.html", cut(b"404.html"), ("not-gone", Class::Ended)),
        ("a.html", answer(200, b"shown"), ("soft-404", Class::Stale)),
        ("a.html", cut(b"shown"), ("not-gone", Class::Ended)),
        ("a.html", answer(200, b"x"), ("not-gone", Class::Ended)),
        ("a.css", answer(200, b"x"), ("not-gone", Class::Stale)),
        ("a", answer(200, b"x"), ("not-gone", Class::Ended)),
        ("a.html", answer(500, b"x"), ("unreachable", Class::Unreachable)),
        ("a.html", lost(), ("unreachable", Class::Unreachable)),
    ] {
        let found = gone(&path(name), &seen, &nothing);
        assert_eq!(said(found.as_ref()), expected, "{name} {seen:?}");
    }
    let other = foreign(&path("a.html"));
    assert_eq!(
        (other.kind, other.class, other.path),
        ("foreign", Class::Tampered, Some(path("a.html")))
    );
    assert_eq!(not_asked(0), None);
    assert_eq!(said(not_asked(1).as_ref()), ("not-asked", Class::Unreachable));
}

#[test]
fn a_site_can_be_trusted_from_its_day_to_its_last() {
    let site = |change: &dyn Fn(&mut Manifest)| {
        let mut manifest = of(&["index.html"]);
        change(&mut manifest);
        manifest
    };
    let plain = |_: &mut Manifest| {};
    let soon = |manifest: &mut Manifest| manifest.valid_until = day("2026-06-22");
    let changes = |manifest: &mut Manifest| {
        manifest.next_change =
            Some(niemyet::manifest::Coming { date: day("2026-06-25"), count: 1 });
    };
    for (change, today, expected) in [
        (&plain as &dyn Fn(&mut Manifest), "2026-06-19", "future"),
        (&plain, "2026-06-20", ""),
        (&plain, "2026-06-26", ""),
        (&plain, "2026-06-27", "stale"),
        (&soon, "2026-06-21", ""),
        (&soon, "2026-06-22", "stale"),
        (&changes, "2026-06-24", ""),
        (&changes, "2026-06-25", "stale"),
    ] {
        let trust = Trust { key: None, memory: None, today: day(today) };
        let (read, found) = manifest(&answer(200, &site(change).bytes()), None, trust);
        let kinds: Vec<&str> = found.iter().map(|found| found.kind).collect();
        assert_eq!(kinds.join(" "), expected, "{today}");
        assert!(read.is_some());
    }
    let trust = Trust { key: None, memory: None, today: day("2026-06-20") };
    let bytes = of(&["index.html"]).bytes();
    for (seen, expected) in [
        (cut(&bytes), ("manifest-unreadable", Class::Tampered)),
        (answer(200, b"{"), ("manifest-unreadable", Class::Tampered)),
        (answer(404, &bytes), ("no-manifest", Class::Unreachable)),
        (answer(410, &bytes), ("no-manifest", Class::Unreachable)),
        (answer(500, &bytes), ("unreachable", Class::Unreachable)),
        (elsewhere(), ("elsewhere", Class::Tampered)),
        (lost(), ("unreachable", Class::Unreachable)),
    ] {
        let (read, found) = manifest(&seen, None, trust);
        assert!(read.is_none(), "{seen:?}");
        assert_eq!(said(found.first()), expected, "{seen:?}");
    }
}

#[test]
fn a_signature_is_asked_for_where_there_is_a_key() {
    let text = include_str!("manifest/signed.json.minisig");
    let key = PublicKey::read(include_str!("manifest/key.pub")).expect("a key");
    let bytes = include_bytes!("manifest/signed.json");
    let (good, other) = (answer(200, text.as_bytes()), answer(200, b"x\ny\n"));
    for (signature, expected) in [
        (Some(&good), ("", Class::Fresh)),
        (Some(&other), ("signature", Class::Tampered)),
        (Some(&cut(text.as_bytes())), ("unsigned", Class::Tampered)),
        (Some(&answer(404, text.as_bytes())), ("unsigned", Class::Tampered)),
        (Some(&answer(410, text.as_bytes())), ("unsigned", Class::Tampered)),
        (Some(&answer(500, b"")), ("unreachable", Class::Unreachable)),
        (Some(&elsewhere()), ("elsewhere", Class::Tampered)),
        (None, ("unsigned", Class::Tampered)),
    ] {
        let trust = Trust { key: Some(&key), memory: None, today: day("2026-06-20") };
        let (_, found) = manifest(&answer(200, bytes), signature, trust);
        let of_signature = |found: &&Finding| found.kind != "manifest-unreadable";
        assert_eq!(said(found.iter().find(of_signature)), expected, "{signature:?}");
    }
}

#[test]
fn what_was_seen_before_is_known() {
    let before = of(&["a.html", "index.html"]);
    let memory = Memory::next(None, "site", &before, &before.bytes());
    assert_eq!(Memory::read(&memory.bytes()).as_ref(), Ok(&memory));
    let text = String::from_utf8(memory.bytes()).expect("UTF-8");
    assert!(text.ends_with("}\n"));
    assert!(Memory::read(text.replace("\"schema\": 1", "\"schema\": 2").as_bytes()).is_err());
    let look = |change: &dyn Fn(&mut Manifest)| {
        let mut now = before.clone();
        change(&mut now);
        let trust = Trust { key: None, memory: Some(&memory), today: day("2026-06-20") };
        let (_, found) = manifest(&answer(200, &now.bytes()), None, trust);
        found.iter().map(|found| found.kind).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(look(&|_| {}), "");
    assert_eq!(look(&|now| now.build_no = 4), "rolled-back");
    assert_eq!(look(&|now| now.build_no = 6), "");
    assert_eq!(look(&|now| now.tool_version = "2".to_owned()), "renumbered");
    assert_eq!(look(&|now| (now.build_no, now.as_of) = (6, day("2026-06-19"))), "rolled-back");

    let now = of(&["index.html"]);
    assert_eq!(memory.gone(&now), BTreeSet::from([path("a.html")]));
    let memory = Memory::next(Some(&memory), "site", &now, &now.bytes());
    assert_eq!(
        (memory.site.as_str(), memory.build_no, memory.as_of),
        ("site", 5, day("2026-06-20"))
    );
    let later = of(&["b.html"]);
    assert_eq!(memory.gone(&later), BTreeSet::from([path("a.html"), path("index.html")]));
    assert_eq!(memory.gone(&before), BTreeSet::new());
}

#[test]
fn a_sample_has_what_it_must_have() {
    let names: Vec<String> = (0..30).map(|n| format!("p{n:02}.html")).collect();
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.push("index.html");
    let mut site = of(&names);
    site.withheld.notices = vec![path("p07.html")];
    let drawn = |site: &Manifest, today: &str, sample| -> Vec<String> {
        choose(site, day(today), sample).iter().map(|file| file.path.to_string()).collect()
    };
    assert_eq!(drawn(&site, "2026-06-20", Sample::All).len(), 31);
    assert_eq!(drawn(&site, "2026-06-20", Sample::Some(0)), ["index.html", "p07.html"]);
    let one = drawn(&site, "2026-06-20", Sample::Some(5));
    assert!(one.len() == 7 && one.is_sorted() && one.contains(&"p07.html".to_owned()), "{one:?}");
    assert_eq!(one, drawn(&site, "2026-06-20", Sample::Some(5)));
    assert_ne!(one, drawn(&site, "2026-06-21", Sample::Some(5)));
    site.build_no += 1;
    assert_ne!(one, drawn(&site, "2026-06-20", Sample::Some(5)));
    assert!(is_for_host(&path("_redirects")) && is_for_host(&path(".htaccess")));
    assert!(!is_for_host(&path("a/_redirects")));
}

#[test]
fn headers_say_how_long_a_page_is_kept() {
    for (name, said, floor, expected) in [
        ("a.html", Some("no-cache"), Some(0), ""),
        ("a.html", Some("No-Store"), Some(0), ""),
        ("a.html", Some("max-age=600"), Some(600), ""),
        ("a.json", Some("max-age=601"), Some(601), "cache-long"),
        ("a.xml", Some("max-age=5, s-maxage=\"700\""), Some(700), "cache-long"),
        ("a.html", Some("min-fresh=900"), None, "cache-unsaid"),
        ("a.html", None, None, "cache-unsaid"),
        ("a.css", None, None, ""),
        ("a.html", Some("no-cache, stale-if-error=1"), Some(0), "cache-stale"),
        ("a.html", Some("max-age=1, stale-while-revalidate=1"), Some(1), "cache-stale"),
    ] {
        let mut kept = Kept::default();
        kept.add(
            &path(name),
            &Reply { cache_control: said.map(str::to_owned), ..Reply::default() },
        );
        let found = kept.findings();
        assert_eq!(kept.floor, floor, "{said:?}");
        assert_eq!(found.first().map_or("", |found| found.kind), expected, "{said:?}");
    }
    let mut kept = Kept::default();
    for name in ["c.html", "a.html", "b.html"] {
        kept.add(&path(name), &Reply::default());
    }
    let found = kept.findings();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].path, Some(path("a.html")));
    assert!(found[0].said[1].starts_with("a.html (and 2 more files): "), "{found:?}");
    let mut kept = Kept::default();
    kept.add(&path("a.html"), &Reply::default());
    assert!(kept.findings()[0].said[1].starts_with("a.html: "));
}

#[test]
fn clocks_may_differ_by_a_minute() {
    let date = "Sat, 20 Jun 2026 00:01:00 GMT";
    let noon = 1_781_913_660;
    for (age, now, ahead, is_wrong) in [
        (None, noon, 0, false),
        (None, noon - 60, 60, false),
        (None, noon - 61, 61, true),
        (None, noon + 60, -60, false),
        (None, noon + 61, -61, true),
        (Some("30"), noon + 30, 0, false),
        (Some("-30"), noon, 0, false),
        (Some("x"), noon, 0, false),
    ] {
        let reply =
            Reply { date: Some(date.to_owned()), age: age.map(str::to_owned), ..Reply::default() };
        let (told, found) = clock(&reply, now).expect("a clock");
        assert_eq!((told, found.is_some()), (ahead, is_wrong), "{age:?} {now}");
    }
    assert_eq!(clock(&Reply::default(), noon), None);
    let odd = Reply { date: Some("now".to_owned()), ..Reply::default() };
    assert_eq!(clock(&odd, noon), None);
}

#[test]
fn ended_law_is_one_finding_a_page() {
    let text = "a <template data-until=\"2027-01-01\">b</template> c \
                <template data-from=\"2027-01-01\">d</template> e";
    let at = |what: &str| text.find(what).expect("it is there") + 1;
    let page = Page { path: path("a.html"), bytes: text.into() };
    let named = |offset: usize, layer: &str| {
        Diagnostic::nowhere(Code::EndedNamed)
            .with("what", "15/2020/NĐ-CP")
            .with("page", "a.html")
            .with("said", "15/2020")
            .with("offset", offset.to_string())
            .with("layer", layer)
    };
    let shut = || Diagnostic::nowhere(Code::ContainerShut).with("path", "a").with("why", "b");
    let look = |found: Vec<Diagnostic>| ended(&page, &found.into_iter().collect::<Report>());
    let hides = "the page hides it";
    for (found, expected, count) in [
        (vec![], "", 0),
        (vec![named(0, "")], "ended", 1),
        (vec![named(at(">d"), "")], "ended hidden", 1),
        (vec![named(at(">d"), " (gzip)")], "ended", 1),
        (vec![named(at(">d"), ""), named(0, "")], "ended", 2),
        (vec![named(at(">d"), ""), named(at(">b"), "")], "ended hidden", 2),
        (vec![named(at(" c"), "")], "ended", 1),
        (vec![named(500, "")], "ended", 1),
        (vec![shut()], "unseen", 0),
        (vec![shut(), named(0, "")], "ended unseen", 1),
    ] {
        let (findings, n) = look(found);
        let kinds: Vec<&str> = findings
            .iter()
            .flat_map(|found| {
                let is_hidden = found.said[1].contains(hides);
                assert_eq!(found.path, Some(path("a.html")));
                std::iter::once(found.kind).chain(is_hidden.then_some("hidden"))
            })
            .collect();
        assert_eq!((kinds.join(" ").as_str(), n), (expected, count));
        let more =
            findings.first().is_some_and(|found| found.said[1].contains("and 1 more places"));
        assert_eq!(more, count == 2, "{findings:?}");
    }
}

#[test]
fn the_worst_decides() {
    let found = |class| Finding::new(class, "x", [String::new(), String::new()]);
    assert_eq!(worst(&[]), Class::Fresh);
    let classes = [Class::Fresh, Class::Stale, Class::Unreachable, Class::Ended, Class::Tampered];
    for pair in classes.windows(2) {
        assert_eq!(worst(&[found(pair[1]), found(pair[0])]), pair[1]);
    }
    let exits = classes.map(|class| (class.exit(), class.name()));
    let expected = [(0, "fresh"), (1, "stale"), (4, "unreachable"), (2, "ended"), (3, "tampered")];
    assert_eq!(exits, expected);
    assert_eq!(answer(200, b"x").bytes(), Some(&b"x"[..]));
    for other in [answer(404, b"x"), elsewhere(), lost(), Observed::NotAsked] {
        assert_eq!(other.bytes(), None);
    }
}
