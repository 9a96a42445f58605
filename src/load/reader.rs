//! A cursor on the tree of a file that collects mistakes instead of stopping at the first. Records
//! ask for their keys by name; what nobody asked for is an unknown key.
//!
//! A function that reads a record asks for all its keys first and puts them together afterwards, so
//! that every mistake is found and no key is taken for unknown. Knows no record.

use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Repair, Report};
use crate::files::{Located, Span};
use crate::load::names::{Names, nearest, spelled_alike, surely_meant};
use crate::load::tree::{Key, Kind, Node};
use crate::load::{FINDINGS_LIMIT, excerpt, scalar};
use crate::model::date::{self, Date, Window};
use crate::model::procedure::Decimal;
use crate::model::prose::{Owner, Prose};
use crate::model::provision::Provision;
use crate::model::{Markdown, Slug};

/// Reads one file.
pub(super) struct Reader<'c> {
    /// What the file may refer to.
    pub names: &'c Names,
    report: Report,
    prose: Vec<Prose>,
}

/// A value and the key under which it was found; for the items of a list, the key of the list.
#[derive(Clone, Copy)]
pub(super) struct Value<'n> {
    pub key: &'n str,
    pub node: &'n Node<'n>,
}

/// A map that is being read.
pub(super) struct Map<'r, 'c> {
    /// What reads it.
    pub read: &'r mut Reader<'c>,
    node: &'r Node<'r>,
    entries: &'r [(Key<'r>, Node<'r>)],
    asked: Vec<&'static str>,
    missing: Vec<&'static str>,
    /// The days on which what it holds applies, once they are read.
    window: Window,
}

impl<'c> Reader<'c> {
    pub(super) fn new(names: &'c Names) -> Self {
        Self { names, report: Report::default(), prose: Vec::new() }
    }

    /// Adds a finding. A file with a hundred mistakes has one: it is no file of a catalogue.
    pub(super) fn say(&mut self, finding: Diagnostic) {
        if self.report.iter().len() < FINDINGS_LIMIT {
            self.report.push(finding);
        }
    }

    /// Adds a finding with the nearest right thing, which is looked for only if it will be said.
    pub(super) fn say_near(&mut self, finding: Diagnostic, near: impl FnOnce() -> Option<String>) {
        if self.report.iter().len() < FINDINGS_LIMIT {
            self.report.push(finding.near(near()));
        }
    }

    /// What was found.
    pub(super) fn report(self) -> Report {
        self.report
    }

    /// What was found, and the free texts that were read.
    pub(super) fn finish(self) -> (Report, Vec<Prose>) {
        (self.report, self.prose)
    }

    fn keep(&mut self, text: &str, span: Span, is_markdown: bool) {
        let (owner, validity) = (Owner::Site, Window::default());
        let text = text.to_owned();
        self.prose.push(Prose { text, span, is_markdown, owner, validity });
    }

    /// Reads a map with a function that asks for its keys.
    pub(super) fn map<T>(&mut self, value: Value, read: impl FnOnce(&mut Map) -> T) -> Option<T> {
        let Kind::Map(entries) = &value.node.kind else {
            self.wrong_shape(value, ["một nhóm `khóa: giá trị`", "a map of `key: value`"]);
            return None;
        };
        let (asked, missing) = (Vec::new(), Vec::new());
        let first_inside = self.prose.len();
        let window = Window::default();
        let mut map = Map { read: self, node: value.node, entries, asked, missing, window };
        let record = read(&mut map);
        map.finish();
        let window = map.window;
        for prose in &mut self.prose[first_inside..] {
            prose.validity = prose.validity.within(window);
        }
        Some(record)
    }

    /// Reads each item of a list.
    pub(super) fn list<T>(
        &mut self,
        value: Value,
        mut read: impl FnMut(&mut Self, Value) -> Option<T>,
    ) -> Vec<T> {
        let Kind::List(items) = &value.node.kind else {
            self.wrong_shape(value, ["một danh sách", "a list"]);
            return Vec::new();
        };
        let key = value.key;
        items.iter().filter_map(|node| read(self, Value { key, node })).collect()
    }

    /// Says that a value has another shape than is wanted, or is empty.
    pub(super) fn wrong_shape(&mut self, value: Value, expected: [&str; 2]) {
        let found = match &value.node.kind {
            Kind::Refused => return,
            Kind::Scalar { text, plain } if *plain && scalar::reads_as_nothing(text) => {
                self.empty(value);
                return;
            }
            Kind::Scalar { text, plain } if *plain && scalar::reads_as_number(text) => {
                ["một số", "a number"]
            }
            Kind::Scalar { text, plain } if *plain && scalar::reads_as_boolean(text) => {
                ["đúng/sai", "a boolean"]
            }
            Kind::Scalar { .. } => ["chữ", "text"],
            Kind::List(_) => ["một danh sách", "a list"],
            Kind::Map(_) => ["một nhóm `khóa: giá trị`", "a map of `key: value`"],
        };
        self.say(
            Diagnostic::new(Code::WrongShape, value.node.span)
                .with("key", excerpt(value.key))
                .with("expected", expected)
                .with("found", found),
        );
    }

    fn empty(&mut self, value: Value) {
        self.say(
            Diagnostic::new(Code::EmptyValue, value.node.span).with("key", excerpt(value.key)),
        );
    }
}

impl<'r> Map<'r, '_> {
    /// Where the map stands.
    pub(super) fn span(&self) -> Span {
        self.node.span
    }

    /// Where its first key stands: the place of what is said of the map as such.
    pub(super) fn head(&self) -> Span {
        self.entries.first().map_or(self.node.span, |(key, _)| key.span)
    }

    /// Where the value of a key stands; asking for the place is not asking for the key.
    pub(super) fn place(&self, key: &str) -> Option<Span> {
        self.node.get(key).map(|node| node.span)
    }

    /// Whether a key is written, whatever its value.
    pub(super) fn has(&mut self, key: &'static str) -> bool {
        self.find(key).is_some()
    }

    /// The value of a key.
    pub(super) fn find(&mut self, key: &'static str) -> Option<Value<'r>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.node.get(key).map(|node| Value { key, node })
    }

    /// The value of a key, which may be left out.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Reader, Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.find(key)?;
        read(self.read, value)
    }

    /// The value of a key, which must be there.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Reader, Value) -> Option<T>,
    ) -> Option<T> {
        if !self.has(key) {
            self.missing(key);
        }
        self.optional(key, read)
    }

    /// The items of a list, which may be left out.
    pub(super) fn list<T>(
        &mut self,
        key: &'static str,
        read: impl FnMut(&mut Reader, Value) -> Option<T>,
    ) -> Vec<T> {
        self.optional(key, |reader, value| Some(reader.list(value, read))).unwrap_or_default()
    }

    /// The items of a list, or a single item written without one.
    pub(super) fn one_or_list<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Reader, Value) -> Option<T>,
    ) -> Vec<T> {
        self.optional(key, |reader, value| match value.node.kind {
            Kind::List(_) => Some(reader.list(value, read)),
            _ => read(reader, value).map(|item| vec![item]),
        })
        .unwrap_or_default()
    }

    /// The items of a list of maps.
    pub(super) fn maps<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Map) -> Option<T>,
    ) -> Vec<T> {
        self.list(key, |reader, value| reader.map(value, &mut read).flatten())
    }

    /// Says that a key is missing.
    pub(super) fn missing(&mut self, key: &'static str) {
        self.missing.push(key);
    }

    /// Says which keys are unknown and which are missing. A missing key that is merely misspelt is
    /// one mistake and not two.
    fn finish(&mut self) {
        let mut meant = Vec::new();
        for (key, _) in self.entries {
            if self.asked.contains(&key.text.as_ref()) {
                continue;
            }
            let free = self.asked.iter().copied();
            let free = free.filter(|known| self.node.get(known).is_none());
            let sure = surely_meant(&key.text, self.asked.iter().copied());
            let sure = sure.filter(|sure| free.clone().any(|known| known == *sure));
            let renamed = sure.map(|sure| Repair::Write { at: key.span, text: sure.to_owned() });
            let finding = Diagnostic::new(Code::UnknownKey, key.span)
                .with("key", excerpt(&key.text))
                .with("known", self.asked.join(", "))
                .fixed_by(renamed.map(Into::into));
            self.read.say_near(finding, || {
                let near = nearest(&key.text, self.asked.iter().copied());
                meant.extend(near.clone());
                near
            });
        }
        for key in &self.missing {
            if !meant.iter().any(|meant| meant == key) {
                let finding = Diagnostic::new(Code::MissingKey, self.head());
                self.read.say(finding.with("key", *key));
            }
        }
    }
}

/// Free text that is not empty, without blanks around it. It is judged as prose: what is no prose of
/// the site is read with [`verbatim`].
pub(super) fn text(read: &mut Reader, value: Value) -> Option<String> {
    named(read, value).map(|located| located.value)
}

/// Free text and its place.
pub(super) fn named(read: &mut Reader, value: Value) -> Option<Located<String>> {
    let located = located(read, value)?;
    read.keep(&located.value, located.span, false);
    Some(located)
}

/// Text that is no prose of the site: a name of something else, an address, a note among editors.
pub(super) fn verbatim(read: &mut Reader, value: Value) -> Option<String> {
    located(read, value).map(|located| located.value)
}

/// The same and its place, on one line.
pub(super) fn located(read: &mut Reader, value: Value) -> Option<Located<String>> {
    let Kind::Scalar { text, plain } = &value.node.kind else {
        read.wrong_shape(value, ["chữ", "text"]);
        return None;
    };
    let (text, plain) = (text.trim(), *plain);
    if text.is_empty() || plain && scalar::reads_as_nothing(text) {
        read.empty(value);
        return None;
    }
    if plain && scalar::reads_as_number(text) {
        let finding = Diagnostic::new(Code::UnquotedNumber, value.node.span);
        let quoted = Repair::Value { at: value.node.span, value: text.to_owned() };
        read.say(finding.with("text", excerpt(text)).fixed_by(Some(quoted.into())));
        return None;
    }
    if plain && scalar::reads_as_boolean(text) {
        read.wrong_shape(value, ["chữ", "text"]);
        return None;
    }
    // YAML folds the lines of plain text; those of a block or of an escape are folded alike.
    let value_text = if memchr::memchr2(b'\n', b'\t', text.as_bytes()).is_some() {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    };
    Some(Located { value: value_text, span: value.node.span })
}

/// A scalar's text whatever it looks like, for keys that take numbers, dates and words.
pub(super) fn written<'n>(
    read: &mut Reader,
    value: Value<'n>,
    expected: [&str; 2],
) -> Option<(&'n str, bool)> {
    match &value.node.kind {
        Kind::Scalar { text, plain } if !(*plain && scalar::reads_as_nothing(text)) => {
            Some((text.trim(), *plain))
        }
        _ => {
            read.wrong_shape(value, expected);
            None
        }
    }
}

/// Markdown, as it was written.
pub(super) fn markdown(read: &mut Reader, value: Value) -> Option<Markdown> {
    let Located { span, .. } = located(read, value)?;
    let text = value.node.text()?;
    read.keep(text, span, true);
    Some(Markdown { text: text.to_owned(), span })
}

/// A day.
pub(super) fn day(read: &mut Reader, value: Value) -> Option<Date> {
    let (text, _) = written(read, value, ["một ngày", "a date"])?;
    let Some(day) = date::parse(text) else {
        let meant = scalar::meant_day(text).filter(|day| date::is_plausible(*day));
        let span = value.node.span;
        let mended = meant.map(|day| Repair::Value { at: span, value: day.to_string() }.into());
        let finding = Diagnostic::new(Code::BadDate, span).with("text", excerpt(text));
        read.say(finding.fixed_by(mended));
        return None;
    };
    if !date::is_plausible(day) {
        // That year is no slip: programs write it for an end that is not known, and none is written here.
        let is_no_end = value.key == "last_day" && day.year() == 9999;
        let gone = is_no_end.then(|| Repair::DropKey { at: value.node.span }.into());
        let finding = Diagnostic::new(Code::SentinelDate, value.node.span).with("date", text);
        read.say(finding.fixed_by(gone));
        return None;
    }
    Some(day)
}

/// A last day, as the first day after it.
pub(super) fn last_day(read: &mut Reader, value: Value) -> Option<Date> {
    day(read, value)?.tomorrow().ok()
}

/// The window `{from, last_day}`.
pub(super) fn window(read: &mut Reader, value: Value) -> Option<Window> {
    let window = read.map(value, |map| {
        if !map.has("from") && !map.has("last_day") {
            map.missing("from");
        }
        window_of(map)
    });
    window.flatten()
}

/// The keys `from` and `last_day` of a map that holds others as well.
pub(super) fn window_of(map: &mut Map) -> Option<Window> {
    let from = map.optional("from", day);
    let until = map.optional("last_day", last_day);
    let window = Window { from, until };
    match (from, window.last_day(), map.find("last_day")) {
        (Some(from), Some(last), Some(written)) if last < from => {
            map.read.say(
                Diagnostic::new(Code::WindowBackwards, written.node.span)
                    .with("from", from.to_string())
                    .with("last_day", last.to_string()),
            );
            None
        }
        _ => Some(window),
    }
}

/// The key `validity`: always where it is left out.
pub(super) fn validity(map: &mut Map) -> Window {
    map.window = map.optional("validity", window).unwrap_or_default();
    map.window
}

/// `true` or `false`, without quotes.
pub(super) fn boolean(read: &mut Reader, value: Value) -> Option<bool> {
    let expected = ["`true` hoặc `false` không dấu nháy", "`true` or `false` without quotes"];
    let (text, plain) = written(read, value, expected)?;
    let found = plain.then(|| text.parse().ok()).flatten();
    if found.is_none() {
        read.wrong_shape(value, expected);
    }
    found
}

/// A whole number, without quotes.
pub(super) fn whole_number(read: &mut Reader, value: Value) -> Option<u64> {
    let expected =
        ["một số nguyên không dấu nháy, như 8000", "a whole number without quotes, such as 8000"];
    let (text, plain) = written(read, value, expected)?;
    let number = scalar::whole_number(text).filter(|_| plain);
    if number.is_none() {
        bad_number(read, value, (text, scalar::meant_number(text)), expected);
    }
    number
}

/// A small whole number: a count, or a place in a list.
pub(super) fn count(read: &mut Reader, value: Value) -> Option<u32> {
    let expected =
        ["một số từ 0 đến 9999 không dấu nháy", "a number from 0 to 9999 without quotes"];
    let (text, plain) = written(read, value, expected)?;
    let number = scalar::whole_number(text).filter(|number| plain && *number <= 9999);
    let small = number.and_then(|number| u32::try_from(number).ok());
    if small.is_none() {
        bad_number(read, value, (text, scalar::meant_number(text)), expected);
    }
    small
}

/// A number above zero with at most three decimals.
pub(super) fn decimal(read: &mut Reader, value: Value) -> Option<Decimal> {
    let expected = [
        "một số lớn hơn 0 không dấu nháy, phần lẻ sau dấu chấm, như 1.5",
        "a number above 0 without quotes, decimals after a point, such as 1.5",
    ];
    let (text, plain) = written(read, value, expected)?;
    let number = scalar::thousandths(text).filter(|number| plain && 0 < *number);
    if number.is_none() {
        // A decimal comma; three digits behind it could be thousands.
        let parts = text.split_once(',').filter(|(_, rest)| (1..=2).contains(&rest.len()));
        let meant =
            parts.map_or_else(|| text.to_owned(), |(whole, rest)| format!("{whole}.{rest}"));
        let meant = scalar::thousandths(&meant).filter(|number| 0 < *number).map(|_| meant);
        bad_number(read, value, (text, meant), expected);
    }
    number.map(Decimal)
}

/// Says that a number cannot be taken, and what it can only mean.
pub(super) fn bad_number(
    read: &mut Reader,
    value: Value,
    (text, meant): (&str, Option<String>),
    expected: [&str; 2],
) {
    let at = value.node.span;
    read.say(
        Diagnostic::new(Code::BadNumber, at)
            .with("text", excerpt(text))
            .with("key", excerpt(value.key))
            .with("expected", expected)
            .fixed_by(meant.map(|text| Repair::Write { at, text }.into())),
    );
}

/// One of the words of a list.
pub(super) fn word<T: Copy>(
    all: &'static [(T, &'static str)],
) -> impl Fn(&mut Reader, Value) -> Option<T> {
    move |read, value| {
        let (text, _) = written(read, value, ["một từ", "a word"])?;
        let found = all.iter().find(|(_, word)| *word == text).map(|(value, _)| *value);
        if found.is_none() {
            let words: Vec<&str> = all.iter().map(|(_, word)| *word).collect();
            bad_word(read, value, text, &words);
        }
        found
    }
}

/// Says that a word is not in its list.
pub(super) fn bad_word(read: &mut Reader, value: Value, text: &str, words: &[&str]) {
    let finding = Diagnostic::new(Code::BadWord, value.node.span)
        .with("text", excerpt(text))
        .with("key", excerpt(value.key))
        .with("known", words.join(", "));
    let same = spelled_alike(text, words.iter().copied());
    let mended = same.map(|word| Repair::Value { at: value.node.span, value: word.to_owned() });
    let finding = finding.fixed_by(mended.map(Into::into));
    read.say_near(finding, || nearest(text, words.iter().copied()));
}

/// An id that is safe in an address.
pub(super) fn slug(read: &mut Reader, value: Value) -> Option<Located<Slug>> {
    let written = located(read, value)?;
    let slug = Slug::new(&written.value);
    if slug.is_none() {
        read.say(
            Diagnostic::new(Code::WrongShape, written.span)
                .with("key", excerpt(value.key))
                .with(
                    "expected",
                    [
                        "tên chỉ gồm a-z, 0-9 và gạch nối, như ha-giang",
                        "a name in a-z, 0-9 and hyphens, such as ha-giang",
                    ],
                )
                .with("found", format!("`{}`", excerpt(&written.value))),
        );
    }
    slug.map(|slug| Located { value: slug, span: written.span })
}

/// The key `former_ids`: names under which a record stood before.
pub(super) fn former_ids(map: &mut Map) -> Vec<Located<Slug>> {
    map.list("former_ids", slug)
}

/// A provision.
pub(super) fn provision(read: &mut Reader, value: Value) -> Option<Provision> {
    let text = verbatim(read, value)?;
    let provision = Provision::parse(&text);
    if provision.is_none() {
        let finding = Diagnostic::new(Code::BadProvision, value.node.span);
        read.say(finding.with("text", excerpt(&text)));
    }
    provision
}

/// An address on the web.
pub(super) fn url(read: &mut Reader, value: Value) -> Option<String> {
    link(read, value, is_web_address)
}

/// An address on the web, of a mailbox or of a telephone.
pub(super) fn contact_url(read: &mut Reader, value: Value) -> Option<String> {
    link(read, value, |text| {
        let rest = text.strip_prefix("mailto:").or_else(|| text.strip_prefix("tel:"));
        is_web_address(text) || rest.is_some_and(|rest| !rest.is_empty() && is_address_text(rest))
    })
}

fn link(read: &mut Reader, value: Value, is_sound: impl Fn(&str) -> bool) -> Option<String> {
    let text = verbatim(read, value)?;
    let sound = is_sound(&text);
    if !sound {
        let finding = Diagnostic::new(Code::BadLink, value.node.span);
        read.say(finding.with("text", excerpt(&text)));
    }
    sound.then_some(text)
}

fn is_web_address(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    // A user name before the host only serves to make one host look like another.
    let is_host = host.starts_with(|c: char| c.is_alphanumeric())
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    is_host && port.parse::<u16>().is_ok() && is_address_text(rest)
}

fn is_address_text(text: &str) -> bool {
    !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c))
}
