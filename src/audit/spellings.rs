//! The ways in which people cite a document, besides its number in full: without its sign, by its day, by the
//! body that made it, by its name and year. Knows one document at a time, and neither living nor dead.

use std::collections::BTreeSet;

use super::search::Form;
use crate::model::date::Date;
use crate::model::document::{Document, Kind};
use crate::model::number::NumberKey;

/// "Nghị định 15/2020", "Decree No. 15 of 2020", "NĐ số 15 ngày 3/2/2020", "15/NĐ-CP ngày 3/2/2020", "NĐ-CP số
/// 15/2020": a number that is not whole.
pub(super) fn bare(document: &Document) -> Vec<(String, Form)> {
    let Some(number) = &document.number else { return Vec::new() };
    let key = NumberKey::new(number);
    let mut parts = key.as_str().splitn(3, '/');
    let (Some(serial), Some(year), Some(sign)) = (parts.next(), parts.next(), parts.next()) else {
        return Vec::new();
    };
    if year.len() != 4 || key.year().is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    // Behind its kind.
    let mut said = vec![format!("{serial}/{year}"), format!("{serial} of {year}")];
    let days = document.signed.map(days).unwrap_or_default();
    let years = [format!("năm {year}"), format!("ban hành năm {year}")];
    for when in days.iter().chain(&years) {
        said.push(format!("{serial} {when}"));
        if is_of_government(sign) {
            said.push(format!("{serial} của Chính phủ {when}"));
            said.push(format!("{serial}/{year} của Chính phủ {when}"));
        }
    }
    // "Thông tư 23/2014/BTNMT", "Nghị định 61/2018/NĐ".
    let (short, body) = sign.split_once('-').unwrap_or((sign, ""));
    for half in [short, body] {
        if half.contains(char::is_alphabetic) && !sign.starts_with("qh") {
            said.push(format!("{serial}/{year}/{half}"));
        }
    }
    found.extend(said.into_iter().map(|said| (said, Form::Bare(document.kind))));
    // With what tells its kind in it.
    let mut whole = Vec::new();
    for when in days.iter().chain(&years[..1]) {
        whole.push(format!("{serial}/{sign} {when}"));
        if is_of_government(sign) {
            whole.push(format!("{serial}/CP {when}"));
        }
    }
    if !body.is_empty() {
        whole.push(format!("{serial}/{sign}/{year}"));
        whole.push(format!("{sign} {serial}/{year}"));
        whole.push(format!("{sign} số {serial}/{year}"));
    }
    if sign == "nd-cp" {
        whole.push(format!("{serial}/{year} của Chính phủ"));
    }
    found.extend(whole.into_iter().map(|said| (said, Form::Cited(document.kind))));
    found
}

fn is_of_government(sign: &str) -> bool {
    matches!(sign, "nd-cp" | "nq-cp")
}

/// A day as it is said behind a number: "ngày 3 tháng 2 năm 2020", "ngày 03/02/2020".
fn days(day: Date) -> Vec<String> {
    let year = day.year();
    let spelt = |n: i8| BTreeSet::from([n.to_string(), format!("{n:02}")]);
    let mut days = Vec::new();
    for day_said in spelt(day.day()) {
        for month in spelt(day.month()) {
            for opening in ["ngày", "ban hành ngày"] {
                days.push(format!("{opening} {day_said} tháng {month} năm {year}"));
                days.push(format!("{opening} {day_said}/{month}/{year}"));
            }
        }
    }
    days
}

/// Names by which a law is cited without its number.
pub(super) fn names(document: &Document) -> BTreeSet<String> {
    let title = is_law(document).then(|| {
        if opens_law(&document.title) {
            document.title.clone()
        } else {
            format!("{} {}", document.kind.name(), document.title)
        }
    });
    // What is no law cannot go by the name of one.
    let is_own = |name: &&String| is_law(document) || !opens_law(name);
    let names = document.short_title.iter().filter(is_own).cloned().chain(title);
    names.filter(|name| name.starts_with(char::is_uppercase)).collect()
}

/// The title of what is no law, behind its kind: "Nghị định quy định về lệ phí trước bạ".
pub(super) fn titled(document: &Document) -> Option<String> {
    let kind = document.kind.name();
    let opens = document.title.to_lowercase().starts_with(&kind.to_lowercase());
    (!is_law(document) && !opens && !opens_law(&document.title))
        .then(|| format!("{kind} {}", document.title))
}

/// A name with the year, the day or the serial by which people tell it from another of the same name.
pub(super) fn dated(name: &str, document: &Document) -> Vec<String> {
    let key = document.number.as_deref().map(NumberKey::new);
    let of_number = key.as_ref().and_then(NumberKey::year);
    let Some(year) = of_number.or_else(|| document.signed.map(Date::year)) else {
        return Vec::new();
    };
    let mut dated = vec![
        format!("{name} {year}"),
        format!("{name} năm {year}"),
        format!("{name} của năm {year}"),
        format!("{name} ban hành năm {year}"),
    ];
    let days = document.signed.filter(|_| is_law(document)).map(days).unwrap_or_default();
    dated.extend(days.iter().map(|day| format!("{name} {day}")));
    let serial = key.as_ref().and_then(|key| key.as_str().split('/').next());
    if let Some(serial) = serial.filter(|_| of_number.is_some()) {
        dated.push(format!("{name} số {serial}/{year}"));
        dated.push(format!("{name} số {serial} năm {year}"));
        dated.push(format!("{name} {serial}/{year}"));
    }
    dated
}

pub(super) fn is_law(document: &Document) -> bool {
    matches!(document.kind, Kind::Constitution | Kind::Code | Kind::Law | Kind::Ordinance)
}

/// Whether a title says that it is one of a law.
pub(super) fn opens_law(title: &str) -> bool {
    ["Luật ", "Bộ luật ", "Pháp lệnh ", "Hiến pháp"]
        .iter()
        .any(|opening| title.starts_with(opening))
}
