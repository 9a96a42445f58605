//! Which procedures are due to be compared with their source, and when there are too many of them: on a
//! catalogue of any number of procedures that differ in nothing else.

use niemyet::diagnostic::code::{Code, Severity};
use niemyet::diagnostic::{Diagnostic, Report};
use niemyet::files::{Content, FilePath, FileTree};
use niemyet::language::Language;
use niemyet::model::date::parse;
use niemyet::pipeline;

const TODAY: &str = "2026-11-22";

/// Checked lately, and never due again before 2030.
const FRESH: &str = "last_checked: {on: 2026-11-01, next: 2030-01-01}";
/// Long due.
const STALE: &str = "last_checked: {on: 2026-01-01, next: 2026-06-01}";

/// The findings about upkeep, in a catalogue with these settings and one procedure for each text.
fn judge(upkeep: &str, procedures: &[&str]) -> Vec<Diagnostic> {
    let mut files = vec![
        ("catalogue.yaml".to_owned(), format!("title: T\npublisher: X\nupkeep: {upkeep}\n")),
        ("fields.yaml".to_owned(), "- {id: ho-tich, name: Hộ tịch}\n".to_owned()),
        (
            "documents/luat.yaml".to_owned(),
            "number: 60/2014/QH13\ntitle: Luật\nkind: luat\neffective: 2016-01-01\n".to_owned(),
        ),
    ];
    for (place, extra) in procedures.iter().enumerate() {
        let text = format!(
            "code: \"1.{:06}\"\ntitle: Thủ tục\nfield: ho-tich\nlegal_basis: [60/2014/QH13]\n{extra}\n",
            100_000 + place
        );
        files.push((format!("procedures/p{place}.yaml"), text));
    }
    let entry = |(path, text): (String, String)| {
        (FilePath::new(&path).expect("a path"), Content::Bytes(text.into_bytes()))
    };
    let files = FileTree::new(files.into_iter().map(entry).collect());
    let (_, report): (_, Report) = pipeline::examine(&files, parse(TODAY).expect("a date"));
    assert!(!report.is_structural(), "{report:?}");
    let of_upkeep =
        |found: &&Diagnostic| matches!(found.code, Code::CheckOverdue | Code::UpkeepBudget);
    report.iter().filter(of_upkeep).cloned().collect()
}

fn n_overdue(found: &[Diagnostic]) -> usize {
    found.iter().filter(|found| found.code == Code::CheckOverdue).count()
}

fn budget(found: &[Diagnostic]) -> Option<&Diagnostic> {
    found.iter().find(|found| found.code == Code::UpkeepBudget)
}

#[test]
fn a_procedure_is_due_on_its_day_and_not_before() {
    let due = [
        ("{}", "", 0),
        ("{}", "last_checked: {on: 2020-01-01}", 0),
        ("{}", "last_checked: {on: 2026-01-01, next: 2026-11-22}", 1),
        ("{}", "last_checked: {on: 2026-01-01, next: 2026-11-23}", 0),
        ("{check_every: 90}", "", 1),
        ("{check_every: 90}", "last_checked: {on: 2026-08-24}", 1),
        ("{check_every: 90 ngày}", "last_checked: {on: 2026-08-25}", 0),
        // The day that the record names goes before the interval, whichever comes first.
        ("{check_every: 90 days}", "last_checked: {on: 2020-01-01, next: 2027-01-01}", 0),
        ("{check_every: 1 year}", "last_checked: {on: 2026-10-01, next: 2026-11-01}", 1),
        ("{check_every: 3 tháng}", "last_checked: {on: 2026-08-22}", 1),
        ("{check_every: 3 months}", "last_checked: {on: 2026-08-23}", 0),
        ("{check_every: 1 năm}", "last_checked: {on: 2025-11-23}", 0),
    ];
    for (upkeep, last_checked, expected) in due {
        let found = judge(upkeep, &[last_checked]);
        assert_eq!(n_overdue(&found), expected, "{upkeep} {last_checked}: {found:?}");
        assert!(found.iter().all(|found| found.severity == Severity::Notice));
    }
}

#[test]
fn exactly_the_budget_is_within_it() {
    let mixed = |stale: usize, all: usize| {
        let mut procedures = vec![FRESH; all];
        procedures[..stale].fill(STALE);
        procedures
    };
    let shares = [
        ("5", 1, 20, None),
        (
            "5",
            2,
            20,
            Some(
                "2 of 20 published procedures are overdue for a check (10 %), more than the limit of 5 %",
            ),
        ),
        (
            "5%",
            1,
            19,
            Some(
                "1 of 19 published procedures are overdue for a check (over 5.263 %), more than the limit of 5 %",
            ),
        ),
        (
            "33.333",
            1,
            3,
            Some(
                "1 of 3 published procedures are overdue for a check (over 33.333 %), more than the limit of 33.333 %",
            ),
        ),
        ("33.334", 1, 3, None),
        ("2.5", 1, 40, None),
        (
            "2.5",
            1,
            39,
            Some(
                "1 of 39 published procedures are overdue for a check (over 2.564 %), more than the limit of 2.5 %",
            ),
        ),
        ("0", 0, 7, None),
        (
            "0",
            1,
            7,
            Some(
                "1 of 7 published procedures are overdue for a check (over 14.285 %), more than the limit of 0 %",
            ),
        ),
        ("100", 7, 7, None),
    ];
    for (limit, stale, all, expected) in shares {
        let found = judge(&format!("{{overdue_budget: {limit}}}"), &mixed(stale, all));
        assert_eq!(n_overdue(&found), stale);
        let said = budget(&found).map(|found| found.message(Language::English));
        assert_eq!(said.as_deref(), expected, "{stale} of {all} within {limit}");
    }
    let found = judge("{overdue_budget: 25}", &mixed(7, 12));
    let help = budget(&found).expect("a finding").help(Language::English);
    assert!(help.starts_with("check at least 4 of them"), "{help}");
    assert_eq!(budget(&found).expect("a finding").severity, Severity::Warning);
    assert!(budget(&judge("{check_every: 1}", &mixed(7, 12))).is_none(), "there is no budget");
}

#[test]
fn only_what_is_published_counts() {
    let off =
        ["validity: {last_day: 2026-01-01}", "validity: {from: 2027-01-01}", "scope: internal"];
    let off: Vec<String> = off.iter().map(|why| format!("{why}\n{STALE}")).collect();
    let mut procedures: Vec<&str> = off.iter().map(String::as_str).collect();
    assert!(judge("{overdue_budget: 0}", &procedures).is_empty());
    procedures.extend([STALE, FRESH]);
    let found = judge("{overdue_budget: 49}", &procedures);
    assert_eq!(n_overdue(&found), 1);
    let said = budget(&found).expect("a finding").message(Language::Vietnamese);
    assert!(said.starts_with("1 trong 2 thủ tục đang công khai"), "{said}");
    assert!(said.ends_with("(50 %), vượt mức 49 %"), "{said}");
}
