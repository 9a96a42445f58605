//! The page of words: what is short for what, and what everyday words are called officially. It names
//! nothing that has been abolished: a notice alone may do that.

use std::collections::BTreeMap;

use serde::Serialize;

use super::frame::Frame;
use super::{Here, Link};
use crate::render::collate::Order;
use crate::render::marks;
use crate::render::route::{self, Route};

/// The page of words.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TermsView {
    abbreviations: Vec<Abbreviation>,
    words: Vec<Words>,
}

#[derive(Clone, Debug, Serialize)]
struct Abbreviation {
    short: String,
    long: String,
}

/// Everyday words, and the official name, which leads to the search for it.
#[derive(Clone, Debug, Serialize)]
struct Words {
    means: Link,
    say: String,
}

/// The page of words, each list in Vietnamese order.
pub(crate) fn terms(here: Here<'_>) -> (Frame, TermsView) {
    let terms = &here.catalogue().terms;
    let order = Order::new();
    let abbreviations = marks::abbreviations(terms);
    let mut abbreviations: Vec<(&str, &str)> = abbreviations.collect();
    order.sort(&mut abbreviations, |(short, _)| short);
    let abbreviations = abbreviations
        .into_iter()
        .map(|(short, long)| Abbreviation { short: short.to_owned(), long: here.foreign(long) });

    let is_told = |text: &&str| !marks::names_abolished(terms, text);
    let mut said: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for synonym in terms.synonyms.iter().filter(|it| is_told(&it.means.as_str())) {
        let say = synonym.say.iter().map(String::as_str).filter(is_told);
        said.entry(&synonym.means).or_default().extend(say);
    }
    said.retain(|_, say| !say.is_empty());
    let mut words: Vec<(&str, Vec<&str>)> = said.into_iter().collect();
    order.sort(&mut words, |(means, _)| means);
    let words = words.into_iter().map(|(means, mut say)| {
        order.sort(&mut say, |it| it);
        say.dedup();
        let href = format!("{}?q={}", here.href(Route::Search), route::href("", means));
        Words {
            means: Link { href, name: here.foreign(means) },
            say: here.foreign(&say.join(", ")),
        }
    });
    let view = TermsView { words: words.collect(), abbreviations: abbreviations.collect() };
    let mut frame = Frame::new(here, here.say("terms_heading"), "thuat-ngu");
    here.say("terms_lead").clone_into(&mut frame.description);
    (frame, view)
}
