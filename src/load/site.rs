//! `catalogue.yaml`: who publishes, and by which rules.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::Code;
use crate::files::{FilePath, Located};
use crate::language::Language;
use crate::load::excerpt;
use crate::load::reader::{
    Map, Reader, Value, bad_number, boolean, contact_url, day, located, markdown, text, url,
    verbatim, word, written,
};
use crate::load::scalar;
use crate::model::site::{
    Contact, Interval, Licence, Policies, Repository, RepositoryHost, Share, Site, UnknownBasis,
    Upkeep,
};

/// Reads the settings. What is missing is found and left empty, so that the rest can be judged.
pub(super) fn site(map: &mut Map) -> Site {
    let language = map.optional("language", word(&Language::ALL)).unwrap_or_default();
    let languages = map.list("languages", word(&Language::ALL));
    Site {
        title: map.required("title", text).unwrap_or_default(),
        publisher: map.required("publisher", text).unwrap_or_default(),
        notice: map.optional("notice", text),
        base_url: map.optional("base_url", base_url),
        language,
        second: languages.into_iter().find(|other| *other != language),
        contacts: map.maps("contacts", contact),
        policies: map
            .optional("policies", |read, value| read.map(value, policies))
            .unwrap_or_default(),
        upkeep: map.optional("upkeep", |read, value| read.map(value, upkeep)).unwrap_or_default(),
        home: map.optional("home", markdown),
        home_procedures: map.list("home_procedures", located),
        compiled: map.optional("compiled", day),
        licence: map.optional("licence", |read, value| read.map(value, licence).flatten()),
        holidays_until: map.optional("holidays_until", day),
        repository: map.optional("repository", |read, value| read.map(value, repository).flatten()),
    }
}

fn licence(map: &mut Map) -> Option<Licence> {
    let name = map.required("name", text);
    let url = map.optional("url", url);
    name.map(|name| Licence { name, url })
}

/// Where the files are kept. Without a word for the host it is told from the address, where that is one of
/// the known ones.
fn repository(map: &mut Map) -> Option<Repository> {
    let address = map.required("url", base_url);
    let known = address.as_deref().and_then(known_host);
    let host = if known.is_some() || address.is_none() {
        map.optional("host", word(&RepositoryHost::ALL)).or(known)
    } else {
        map.required("host", word(&RepositoryHost::ALL))
    };
    let branch = map.optional("branch", branch).unwrap_or_else(|| "main".to_owned());
    let folder = map.optional("path", folder);
    let url = address?.trim_end_matches('/').to_owned();
    Some(Repository { url, host: host?, branch, folder })
}

fn known_host(address: &str) -> Option<RepositoryHost> {
    let (_, rest) = address.split_once("://")?;
    match rest.split('/').next()? {
        "github.com" => Some(RepositoryHost::GitHub),
        "gitlab.com" => Some(RepositoryHost::GitLab),
        "codeberg.org" | "gitea.com" => Some(RepositoryHost::Gitea),
        "bitbucket.org" => Some(RepositoryHost::Bitbucket),
        _ => None,
    }
}

/// The name of a branch; of letters, digits and `-._/`, so that it stays a part of an address.
fn branch(read: &mut Reader, value: Value) -> Option<String> {
    let text = verbatim(read, value)?;
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "-._/".contains(c);
    let is_branch =
        text.chars().all(is_sign) && text.split('/').all(|part| !["", ".", ".."].contains(&part));
    if !is_branch {
        let finding = Diagnostic::new(Code::BadLink, value.node.span);
        read.say(finding.with("text", excerpt(&text)));
    }
    is_branch.then_some(text)
}

/// A folder of the repository.
fn folder(read: &mut Reader, value: Value) -> Option<FilePath> {
    let text = verbatim(read, value)?;
    let path = FilePath::new(text.trim_end_matches('/'));
    if path.is_none() {
        let finding = Diagnostic::new(Code::BadLink, value.node.span);
        read.say(finding.with("text", excerpt(&text)));
    }
    path
}

/// The address the site will have, with a slash at the end. Its path begins links by itself where a page may be
/// shown at any address, so no part of it may be empty: two slashes would begin the name of a host.
fn base_url(read: &mut Reader, value: Value) -> Option<String> {
    let address = url(read, value)?;
    let mut parts = address.strip_suffix('/').unwrap_or(&address).split('/').skip(3);
    let is_plain = parts.all(|part| !["", ".", ".."].contains(&part));
    if !is_plain || address.contains(['?', '#']) {
        let finding = Diagnostic::new(Code::BadLink, value.node.span);
        read.say(finding.with("text", excerpt(&address)));
        return None;
    }
    Some(if address.ends_with('/') { address } else { format!("{address}/") })
}

fn contact(map: &mut Map) -> Option<Contact> {
    let name = map.required("name", text);
    let about = map.optional("text", text);
    let url = map.optional("url", contact_url);
    let phone = map.optional("phone", text);
    Some(Contact { name: name?, text: about, url, phone })
}

fn policies(map: &mut Map) -> Policies {
    Policies {
        unknown_basis: map.optional("unknown_basis", word(&UnknownBasis::ALL)).unwrap_or_default(),
        show_internal_process: map.optional("show_internal_process", boolean).unwrap_or_default(),
        max_age: map.optional("max_age", age).unwrap_or_else(|| Policies::default().max_age),
        integrity: map.optional("integrity", boolean).unwrap_or_default(),
    }
}

fn upkeep(map: &mut Map) -> Upkeep {
    let check_every = map.optional("check_every", interval);
    let overdue_budget = map.optional("overdue_budget", share);
    let warn_ahead = map.optional("warn_ahead", |read, value| {
        let mut days = read.list(value, milestone);
        days.sort_unstable_by(|one, other| other.cmp(one));
        days.dedup();
        Some(days)
    });
    let warn_ahead = warn_ahead.unwrap_or_else(|| Upkeep::default().warn_ahead);
    Upkeep { check_every, overdue_budget, warn_ahead }
}

/// The units of an interval, in both languages, and the months in each; none for days.
const UNITS: [(&[&str], Option<u32>); 3] = [
    (&["ngày", "day", "days"], None),
    (&["tháng", "month", "months"], Some(1)),
    (&["năm", "year", "years"], Some(12)),
];

/// `90`, `90 ngày`, `6 months`, `1 năm`.
fn interval(read: &mut Reader, value: Value) -> Option<Interval> {
    let expected = [
        "một khoảng thời gian, như 90 ngày, 6 tháng hoặc 1 năm",
        "a span of time, such as 90 days, 6 months or 1 year",
    ];
    let (text, plain) = written(read, value, expected)?;
    let (number, unit) = text.split_once(' ').unwrap_or((text, "days"));
    let unit = UNITS.iter().find(|(words, _)| words.contains(&unit.trim()));
    let number = scalar::whole_number(number).filter(|number| (1..=9999).contains(number));
    // A number in quotes is text everywhere else too.
    let number = number.filter(|_| plain || text.contains(' '));
    let found = number.and_then(|number| u32::try_from(number).ok()).zip(unit);
    if found.is_none() {
        bad_number(read, value, (text, None), expected);
    }
    found.map(|(number, (_, months))| match months {
        None => Interval::Days(number),
        Some(months) => Interval::Months(number * months),
    })
}

/// A percentage, with or without its sign: `5`, `2.5`, `5%`.
fn share(read: &mut Reader, value: Value) -> Option<Located<Share>> {
    let expected =
        ["một tỷ lệ từ 0 đến 100, như 5 hoặc 2.5", "a per cent from 0 to 100, such as 5 or 2.5"];
    let (text, _) = written(read, value, expected)?;
    let number = text.strip_suffix('%').map_or(text, str::trim_end);
    let share = scalar::thousandths(number).filter(|share| *share <= Share::WHOLE);
    if share.is_none() {
        bad_number(read, value, (text, None), expected);
    }
    share.map(|share| Located { value: Share(share), span: value.node.span })
}

/// For so many days a site can be trusted.
fn age(read: &mut Reader, value: Value) -> Option<u32> {
    days(read, value, 60, ["một số ngày từ 1 đến 60", "a number of days from 1 to 60"])
}

/// So many days ahead.
fn milestone(read: &mut Reader, value: Value) -> Option<u32> {
    days(read, value, 3650, ["một số ngày từ 1 đến 3650", "a number of days from 1 to 3650"])
}

fn days(read: &mut Reader, value: Value, most: u64, expected: [&'static str; 2]) -> Option<u32> {
    let (text, plain) = written(read, value, expected)?;
    let days = scalar::whole_number(text).filter(|days| plain && (1..=most).contains(days));
    let days = days.and_then(|days| u32::try_from(days).ok());
    if days.is_none() {
        bad_number(read, value, (text, None), expected);
    }
    days
}
