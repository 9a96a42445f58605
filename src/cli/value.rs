//! What a value on the command line has to look like. Touches nothing.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::diagnostic::code::Code;
use crate::manifest::close::HIGHEST;
use crate::model::Slug;
use crate::model::agency::Level;
use crate::model::date::{self, Date};
use crate::model::procedure::Audience;
use crate::monitor::Sample;

/// What a value has to look like, in signs that both languages read.
#[derive(Debug)]
pub(super) struct Form(String);

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Form {}

fn form(text: &str) -> Form {
    Form(text.to_owned())
}

pub(super) fn number(text: &str) -> Result<u64, Form> {
    let number = text.parse().ok().filter(|number| (1..=HIGHEST).contains(number));
    number.ok_or_else(|| Form(format!("1..{HIGHEST}")))
}

pub(super) fn day(text: &str) -> Result<Date, Form> {
    date::parse(text)
        .filter(|day| date::is_plausible(*day))
        .ok_or_else(|| form("YYYY-MM-DD, 1945-01-01..2099-12-31"))
}

pub(super) fn code(text: &str) -> Result<Code, Form> {
    Code::find(text).map(|entry| entry.code).ok_or_else(|| form("P003, basis-ended"))
}

pub(super) fn sample(text: &str) -> Result<Sample, Form> {
    match text {
        "all" => Ok(Sample::All),
        count => count.parse().map(Sample::Some).map_err(|_| form("all, 50")),
    }
}

pub(super) fn patience(text: &str) -> Result<Duration, Form> {
    let seconds = text.parse().ok().filter(|seconds| (1..=300).contains(seconds));
    seconds.map(Duration::from_secs).ok_or_else(|| form("1..300"))
}

pub(super) fn slug(text: &str) -> Result<Slug, Form> {
    Slug::new(text).ok_or_else(|| form("a-z, 0-9, -"))
}

pub(super) fn level(text: &str) -> Result<&'static str, Form> {
    let found = Level::ALL.into_iter().find(|(_, word)| *word == text);
    found.map(|(_, word)| word).ok_or_else(|| form("ministry, province, commune, other"))
}

pub(super) fn audience(text: &str) -> Result<String, Form> {
    let found = Audience::ALL.into_iter().find(|(_, word)| *word == text);
    found.map(|(_, word)| word.to_owned()).ok_or_else(|| {
        let words: Vec<&str> = Audience::ALL.into_iter().map(|(_, word)| word).collect();
        Form(words.join(", "))
    })
}

/// An address that can stand in a shell's line, an option of Git and a text of YAML alike.
pub(super) fn address(text: &str) -> Result<String, Form> {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "-._~/:@%+".contains(c);
    let is_address = text.starts_with("https://") || text.starts_with("ssh://");
    let is_sound = is_address && text.chars().all(is_sign);
    is_sound.then(|| text.to_owned()).ok_or_else(|| form("https://…"))
}

/// An organisation, or a group within one.
pub(super) fn team(text: &str) -> Result<String, Form> {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    let is_sound = !text.is_empty() && text.chars().all(is_sign);
    is_sound.then(|| text.to_owned()).ok_or_else(|| form("to-chuc"))
}

/// The name of a commit, short or whole, in the letters in which Git prints it.
pub(super) fn commit(text: &str) -> Result<String, Form> {
    let is_name = (7..=64).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    is_name.then(|| text.to_owned()).ok_or_else(|| form("0123abc, git rev-parse HEAD"))
}
