//! What binds a sheet of paper to the page of its procedure: the mark by which the page knows whether the sheet
//! still says the same, and the code that leads from one to the other.
//!
//! The mark is a hash of the words of the sheet and of nothing else: neither the day on which it was made nor
//! the markup counts, so that a sheet grows old only when what it says does. The page, the sheet and two booklets
//! show it, so it is made once a site.

use std::sync::OnceLock;

use serde::Serialize;
use serde_json::Value;

use super::{Day, Here};
use crate::model::date::{Date, Window};
use crate::model::procedure::{Procedure, ProcedureId, ReceptionPlace};
use crate::render::qr::{Code, Qr};
use crate::render::route::{self, Route};

/// What binds a sheet to the page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Paper {
    /// The hash of what the sheet says.
    mark: String,
    /// The same in groups, for people to compare.
    mark_words: String,
    /// The page's address, without the mark and the scheme.
    address: Option<String>,
    qr: Option<Qr>,
    /// The last day on which it is known to hold.
    last_day: Option<Day>,
    /// The sheet's own address.
    sheet: Option<String>,
}

/// The marks of the sheets of a site on its day, each made when it is first asked for.
#[derive(Debug, Default)]
pub(in crate::render) struct Marked(Box<[OnceLock<Box<Bound>>]>);

/// A mark, and the code that holds it.
#[derive(Debug)]
struct Bound {
    mark: String,
    code: Option<Code>,
}

impl Marked {
    /// Of so many procedures.
    pub(in crate::render) fn new(procedures: usize) -> Self {
        Self((0..procedures).map(|_| OnceLock::new()).collect())
    }
}

/// What binds a sheet to its page; the mark of what the sheet says is asked for where it is not known yet.
pub(super) fn paper(here: Here<'_>, id: ProcedureId, mark: impl FnOnce() -> String) -> Paper {
    let page = here.site.address(Route::Procedure(id));
    let full = here.site.base_url().map(|base| route::href(base, &page));
    let bound = here.site.marked.0[id.0 as usize].get_or_init(|| {
        let mark = mark();
        let code = full.as_ref().and_then(|full| Code::new(&format!("{full}#to={mark}")));
        Box::new(Bound { mark, code })
    });
    let mark = bound.mark.clone();
    let sheet = here.site.address(Route::Posting(id));
    Paper {
        mark_words: [&mark[..4], &mark[4..8], &mark[8..]].join("-"),
        qr: bound.code.as_ref().map(Code::draw),
        address: full
            .map(|full| full.split_once("://").map_or(full.as_str(), |(_, rest)| rest).to_owned()),
        mark,
        last_day: last_day(here, id).map(Day::new),
        sheet: here.site.find(&sheet).map(|_| route::href(here.root, &sheet)),
    }
}

/// The eve of the next day that is known to change what the sheet says.
fn last_day(here: Here<'_>, id: ProcedureId) -> Option<Date> {
    let today = here.assessment.today;
    let procedure = &here.catalogue()[id];
    let turns = here.assessment.procedure_timeline(id).next_after(today).map(|(day, _)| day);
    let changes = here.site.coming(id).next().map(|change| change.day);
    let places = windows(here, procedure)
        .into_iter()
        .flat_map(|window| [window.from, window.until])
        .flatten()
        .filter(|day| today < *day);
    let next = turns.into_iter().chain(changes).chain(places).min()?;
    next.yesterday().ok()
}

/// The days of the agencies and offices that a sheet may name.
fn windows(here: Here<'_>, procedure: &Procedure) -> Vec<Window> {
    let catalogue = here.catalogue();
    let offices = procedure.reception.iter().filter_map(|reception| match reception.place {
        ReceptionPlace::Office(office) => Some(office),
        ReceptionPlace::Written { .. } => None,
    });
    let mut windows: Vec<Window> = Vec::new();
    for office in offices {
        windows.extend([catalogue[office].validity, catalogue[office.agency].validity]);
    }
    windows.extend(procedure.authority.performs.iter().map(|id| catalogue[*id].validity));
    windows
}

/// Twelve digits of the hash of all words.
pub(super) fn mark(says: &impl Serialize) -> String {
    let mut words = Vec::new();
    collect(&serde_json::to_value(says).unwrap_or_default(), &mut words);
    blake3::hash(words.join("\n").as_bytes()).to_hex()[..12].to_owned()
}

/// What is not said on paper: where something leads, what a machine calls it, and what only a screen shows.
const UNSAID: [&str; 8] = ["href", "id", "k", "n", "form", "more", "link", "map"];

fn collect(value: &Value, words: &mut Vec<String>) {
    match value {
        Value::String(text) => words.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|value| collect(value, words)),
        Value::Object(fields) => {
            for (name, value) in fields.iter().filter(|(name, _)| !UNSAID.contains(&name.as_str()))
            {
                match value {
                    Value::String(html) if name.ends_with("html") => words.push(text_of(html)),
                    value => collect(value, words),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A text without its tags.
fn text_of(html: &str) -> String {
    let parts = html.split('<').enumerate();
    let texts = parts.map(|(place, part)| match part.split_once('>') {
        Some((_, text)) if place > 0 => text,
        _ => part,
    });
    texts.collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_and_markup_does_not() {
        let of = |text: &str| {
            let mut words = Vec::new();
            collect(&serde_json::from_str(text).expect("JSON"), &mut words);
            words
        };
        let one = of(
            r#"{"a": "x", "html": "<p>Một <b>hai</b></p>", "href": "../a", "more": {"name": "y"}}"#,
        );
        assert_eq!(one, ["x", "Một hai"]);
        assert_eq!(one, of(r#"{"a": "x", "html": "<div>Một hai</div>", "href": "a", "n": 1}"#));
    }
}
