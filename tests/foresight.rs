//! What is said about coming days: `next` as text, JSON, calendar and crontab, and `impact` of an end that
//! is supposed. Cases are data: `tests/foresight/cases.yaml`, with the printed text beside it;
//! `UPDATE_EXPECT=1` accepts what comes out.
//!
//! Beside the cases two proofs: a supposed end does in every catalogue just what a document would do that
//! repeals; and the calendar and the crontab, read by others, name just the foretold days.

#![expect(clippy::disallowed_methods, reason = "a test reads its cases")]
#![expect(clippy::unwrap_used, reason = "a test that cannot be run fails")]

#[expect(dead_code, reason = "each test uses some of it")]
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ical::IcalParser;
use niemyet::files::{Content, FilePath, FileTree};
use niemyet::model::Catalogue;
use niemyet::model::citation::Cited;
use niemyet::model::date::{Date, parse};
use niemyet::model::document::{DocumentId, Effective};
use niemyet::model::provision::Provision;
use niemyet::validity::published::Thing;
use niemyet::validity::suppose::{Supposition, impact};
use niemyet::validity::{Assessment, assess, suppose};
use niemyet::{disk, load};
use serde::Deserialize;
use support::Folder;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    as_of: Option<String>,
    #[serde(default)]
    catalogue: Option<String>,
    asks: Vec<String>,
    exit: i32,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn niemyet(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niemyet"));
    command.args(words).current_dir(folder).env("TZ", "America/Los_Angeles").output().unwrap()
}

fn day(text: &str) -> Date {
    parse(text).unwrap()
}

#[test]
fn cases() {
    let folder = root().join("tests/foresight");
    let cases = fs::read_to_string(folder.join("cases.yaml")).unwrap();
    let cases: Vec<Case> = serde_yaml::from_str(&cases).unwrap();
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    for case in cases {
        let as_of = case.as_of.as_deref().unwrap_or("2026-01-01");
        let catalogue = case.catalogue.as_deref().unwrap_or("tests/days/catalogue");
        let catalogue = ["--catalogue", catalogue, "--as-of", as_of];
        let words: Vec<&str> = case.asks.iter().map(String::as_str).chain(catalogue).collect();
        let output = niemyet(&root(), &words);
        let printed = String::from_utf8(output.stdout).unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(case.exit), "{}: {printed}{said}", case.name);
        assert_eq!(said, "", "{}", case.name);
        let expected = folder.join(&case.name);
        if update {
            fs::write(&expected, &printed).unwrap();
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(printed, expected, "{}", case.name);
    }
}

#[test]
fn the_calendar_is_read_by_others() {
    let asked = ["next", "--format", "ics", "--catalogue", "tests/days/catalogue", "--as-of"];
    let output = niemyet(&root(), &[&asked[..], &["2026-01-01"]].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']), "{line}");
    }
    let calendars: Vec<_> = IcalParser::new(text.as_bytes()).map(Result::unwrap).collect();
    let [calendar] = &calendars[..] else { panic!("one calendar") };
    let value = |event: &ical::parser::ical::component::IcalEvent, name: &str| {
        let mut found = event.properties.iter().filter(|property| property.name == name);
        let value = found.next().and_then(|property| property.value.clone()).unwrap();
        assert!(found.next().is_none(), "{name} stands once");
        value
    };
    let days: Vec<String> = calendar.events.iter().map(|event| value(event, "DTSTART")).collect();
    let files = days_catalogue();
    let catalogue = load::load(&files).0.unwrap();
    let today = day("2026-01-01");
    let foretold = assess(&catalogue, today).change_days(&catalogue);
    let foretold = foretold.range(today.tomorrow().unwrap()..);
    let foretold: Vec<String> = foretold.map(|day| day.to_string().replace('-', "")).collect();
    assert_eq!(days, foretold);
    let names: BTreeSet<String> = calendar.events.iter().map(|event| value(event, "UID")).collect();
    assert_eq!(names.len(), days.len());
    for event in &calendar.events {
        assert_eq!(event.alarms.len(), 1);
        assert!(value(event, "DESCRIPTION").contains("niemyet build\\n- "));
    }
    // Who asks a day later gets the same events by the same names.
    let output = niemyet(&root(), &[&asked[..], &["2026-01-02"]].concat());
    let later = String::from_utf8(output.stdout).unwrap();
    assert!(names.iter().all(|name| later.contains(name.as_str())));
    assert_eq!(later.replace("DTSTAMP:20260102", "DTSTAMP:20260101"), text);
}

#[test]
fn the_crontab_fires_as_the_days_turn() {
    for as_of in ["2025-10-01", "2026-01-01", "2026-09-30"] {
        let asked = ["next", "--format", "cron", "--catalogue", "tests/days/catalogue"];
        let output = niemyet(&root(), &[&asked[..], &["--as-of", as_of]].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        let today = day(as_of);
        let fired: Vec<Date> = text.lines().filter_map(|line| fires(line, today)).collect();
        let catalogue = load::load(&days_catalogue()).0.unwrap();
        let foretold = assess(&catalogue, today).change_days(&catalogue);
        let last = today.saturating_add(jiff::Span::new().days(365));
        let near = foretold.range(today.tomorrow().unwrap()..=last).copied();
        assert_eq!(fired, near.collect::<Vec<Date>>(), "{as_of}");
        for later in foretold.range(last.tomorrow().unwrap()..) {
            assert!(text.contains(&format!("#   {later}: ")), "{later} in\n{text}");
        }
    }
}

/// The day on which a line fires next, in Việt Nam, read from its five fields.
fn fires(line: &str, today: Date) -> Option<Date> {
    if line.is_empty() || line.starts_with('#') || line == "CRON_TZ=UTC" {
        return None;
    }
    let fields: Vec<&str> = line.splitn(6, ' ').collect();
    let [minute, hour, day, month, "*", command] = fields[..] else { panic!("{line}") };
    assert!(command.starts_with("cd /THU-MUC && niemyet build"), "{line}");
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(7));
    // The moment at which today turned, on the eve, is over.
    let mut utc = today;
    loop {
        if utc.day().to_string() == day && utc.month().to_string() == month {
            let [minute, hour] = [minute, hour].map(|field| field.parse::<i8>().unwrap());
            let moment = utc.at(hour, minute, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
            let there = moment.timestamp().to_zoned(zone);
            assert_eq!((there.hour(), there.minute()), (0, 0), "{line}");
            return Some(there.date());
        }
        utc = utc.tomorrow().unwrap();
    }
}

#[test]
fn nothing_in_a_catalogue_can_leave_its_comment() {
    let folder = Folder::new();
    for (path, content) in days_catalogue().iter().map(|(_, path, content)| (path, content)) {
        let text = String::from_utf8(content.bytes().to_vec()).unwrap();
        let hostile = "title: \"x\\n* * * * * reboot\\nEND:VCALENDAR\\nBEGIN:VEVENT\"";
        let text = text.replace("title: Thủ tục bị bãi bỏ", hostile);
        folder.write(&format!("50% of 'all'/{path}"), &text);
    }
    let asked = ["next", "--as-of", "2026-01-01", "--catalogue", "50% of 'all'", "--format"];
    let cron = niemyet(folder.path(), &[&asked[..], &["cron"]].concat());
    let cron = String::from_utf8(cron.stdout).unwrap();
    assert!(cron.contains("* * * * * reboot"), "the title is told");
    for line in cron.lines() {
        let sound = line.is_empty()
            || line.starts_with('#')
            || line == "CRON_TZ=UTC"
            || line.starts_with("0 17 ") && line.ends_with(r"--catalogue '50'\%' of '\''all'\'''");
        assert!(sound, "{line}");
    }
    let ics = niemyet(folder.path(), &[&asked[..], &["ics"]].concat());
    let ics = String::from_utf8(ics.stdout).unwrap();
    let n_begun = ics.split("\r\n").filter(|line| *line == "BEGIN:VEVENT").count();
    let n_ended = ics.split("\r\n").filter(|line| *line == "END:VEVENT").count();
    assert_eq!(n_begun, n_ended);
    assert_eq!(ics.matches("\r\nEND:VCALENDAR").count(), 1);
    let [parsed] = &IcalParser::new(ics.as_bytes()).map(Result::unwrap).collect::<Vec<_>>()[..]
    else {
        panic!("one calendar")
    };
    assert_eq!(parsed.events.len(), n_begun);
}

#[test]
fn what_is_not_there_is_refused() {
    let catalogue = ["--catalogue", "tests/days/catalogue", "--as-of", "2026-01-01"];
    let cases: [(&[&str], &str); 6] = [
        (&["impact", "3/2015/QH12"], "có phải là `3/2015/QH13`"),
        (&["impact", "3/2015/QH12", "--lang", "en"], "did you mean `3/2015/QH13`"),
        (&["impact", "1.000001"], "là thủ tục"),
        (&["impact", "3/2015/QH13#Điều"], "không đọc được điều khoản"),
        (&["impact"], "thiếu"),
        (&["impact", "3/2015/QH13", "--since", "HEAD"], "không dùng cùng với"),
    ];
    for (words, expected) in cases {
        let output = niemyet(&root(), &[words, &catalogue[..]].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
        assert!(said.contains(expected), "{words:?}: {said}");
    }
}

#[test]
fn what_cannot_be_read_is_said_to_be_missing_from_the_answer() {
    let folder = Folder::new();
    for (path, content) in days_catalogue().iter().map(|(_, path, content)| (path, content)) {
        folder.write(&format!("catalogue/{path}"), &String::from_utf8_lossy(content.bytes()));
    }
    folder.write("catalogue/procedures/hong.yaml", "code: [\n");
    let asked = ["impact", "1/2020/QH14", "--as-of", "2026-01-01", "--format", "json"];
    let output = niemyet(folder.path(), &asked);
    assert!(String::from_utf8_lossy(&output.stderr).contains("niemyet check"));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(json["structural_findings"].as_u64().is_some_and(|unread| 0 < unread), "{json:#}");
}

fn days_catalogue() -> FileTree {
    disk::read(&root().join("tests/days/catalogue")).unwrap()
}

#[test]
fn a_supposed_end_is_the_end_by_a_document_that_repeals() {
    let bundled = disk::read(&root().join("catalogue")).unwrap();
    let year = ["2025-12-31", "2026-03-15", "2026-04-20", "2026-07-05", "2026-08-15", "2026-10-01"];
    let mut n_lost = 0;
    n_lost += compare_both_ways(&days_catalogue(), &year);
    let small = disk::read(&root().join("tests/foresight/catalogue")).unwrap();
    n_lost += compare_both_ways(&small, &["2025-02-01", "2025-05-01", "2026-01-05", "2026-02-01"]);
    n_lost += compare_both_ways(&bundled, &["2025-05-01", "2026-01-01", "2027-03-01"]);
    assert!(n_lost > 40, "only {n_lost} procedures went");
}

/// For every document, and each provision of it that somebody cites: supposes its end on each day, and
/// lets a document of the register repeal it on that day. Gives how many procedures went.
fn compare_both_ways(files: &FileTree, days: &[&str]) -> usize {
    let today = day(days[0]);
    let catalogue = load::load(files).0.unwrap();
    let as_is = assess(&catalogue, today);
    let ends = ends(&catalogue);
    let (repealed, report) = load::load(&with_repeals(files, &catalogue, &ends));
    let mut repealed = repealed.unwrap();
    let first = catalogue.documents.len();
    assert_eq!(repealed.documents.len(), first + ends.len(), "{report:?}");
    let mut n_lost = 0;
    for (place, (document, part)) in ends.into_iter().enumerate() {
        for from in days.iter().map(|text| day(text)) {
            repealed.documents[first + place].effective = Effective::On(from);
            let supposed = Supposition { document, part: part.clone(), from };
            n_lost += compare_one(&catalogue, &as_is, &supposed, &repealed);
        }
        repealed.documents[first + place].effective = Effective::Unknown;
    }
    n_lost
}

/// What may end: every document, and each provision of it that somebody cites.
fn ends(catalogue: &Catalogue) -> BTreeSet<(DocumentId, Option<Provision>)> {
    let mut ends: BTreeSet<_> = catalogue.document_ids().map(|(id, _)| (id, None)).collect();
    for procedure in &catalogue.procedures {
        let own = procedure.elements.iter().flat_map(|element| &element.legal_basis);
        for citation in procedure.legal_basis.iter().chain(own) {
            if let Cited::Known(document) = citation.document {
                ends.extend(citation.provisions.iter().map(|part| (document, Some(part.clone()))));
            }
        }
    }
    ends
}

fn compare_one(
    catalogue: &Catalogue,
    as_is: &Assessment,
    supposed: &Supposition,
    repealed: &Catalogue,
) -> usize {
    let Supposition { document, part, from } = supposed;
    let would_be = suppose(catalogue, as_is.today, supposed);
    let really = assess(repealed, as_is.today);
    let what = || format!("{} {part:?} from {from}", catalogue[*document].slug);
    for (id, other) in catalogue.document_ids() {
        let [one, two] = [&would_be, &really].map(|known| {
            let spans = known.life(id).whole().spans();
            let mut forces: Vec<_> = spans.map(|(day, standing)| (day, standing.force)).collect();
            forces.dedup_by_key(|(_, force)| *force);
            forces
        });
        assert_eq!(one, two, "{} under {}", other.slug, what());
    }
    let impact = impact(catalogue, as_is, supposed);
    let mut n_lost = 0;
    for (id, procedure) in catalogue.procedure_ids() {
        let one = would_be.procedure_timeline(id);
        let two = really.procedure_timeline(id);
        assert_eq!(one, two, "{} under {}", procedure.slug, what());
        let before = as_is.procedure_timeline(id);
        let days = before.changes().chain(two.changes()).map(|(day, _)| day);
        let mut days: Vec<Date> = days.chain([*from]).collect();
        days.sort_unstable();
        let goes =
            |day: &&Date| before.at(**day).shown().is_some() && two.at(**day).shown().is_none();
        // Nothing changes before the day that is supposed.
        assert!(days.iter().filter(goes).all(|day| from <= day), "{}", what());
        let first = days.iter().find(goes).copied();
        let told = impact.losses.iter().find(|loss| loss.thing == Thing::Procedure(id));
        assert_eq!(
            told.and_then(|loss| loss.days.from),
            first,
            "{} under {}",
            procedure.slug,
            what()
        );
        n_lost += usize::from(first.is_some());
        assert!(
            told.is_none_or(|loss| !loss.ties.is_empty()),
            "{} under {}",
            procedure.slug,
            what()
        );
    }
    assert_eq!(would_be.groups(), really.groups(), "{}", what());
    n_lost
}

/// The catalogue with a document more for each end, which repeals from a day that is to be set; last in
/// the order of paths, so that all ids stay.
fn with_repeals(
    files: &FileTree,
    catalogue: &Catalogue,
    ends: &BTreeSet<(DocumentId, Option<Provision>)>,
) -> FileTree {
    let more = ends.iter().enumerate().map(|(place, (document, part))| {
        let scope = part.as_ref().map(|part| format!(", scope: {part}")).unwrap_or_default();
        let target = &catalogue[*document].slug;
        let text = format!(
            "number: {}/2099/NĐ-CP\ntitle: Giả định\nkind: nghi-dinh\nissuer: ubnd-xa\n\
             effective: unknown\neffects:\n  - {{verb: repeals, document: {target}{scope}}}\n",
            1000 + place
        );
        let path = FilePath::new(&format!("documents/zzz/zzz-{place:04}.yaml")).unwrap();
        (path, Content::Bytes(text.into_bytes()))
    });
    let kept = files.iter().map(|(_, path, content)| (path.clone(), content.clone()));
    FileTree::new(kept.chain(more).collect())
}
