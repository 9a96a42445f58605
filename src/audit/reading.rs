//! The reading of one file of a site: its name, its text in every encoding, what is packed inside it, and what
//! of that may not stand there. Knows how far to open what is packed; not what may be named, which it is told.

use std::collections::BTreeSet;

use super::containers::{self, Budget, DEPTH_LIMIT, Inside, Kind, Shut};
use super::layers::{self, Canon, Layer, Manner};
use super::search::Match;
use super::source::Source;
use super::{Audit, Meaning, Place, Tally, Target, edges, encodings, pdf};
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::files::{FilePath, Page};

impl Audit<'_> {
    /// What a text of the catalogue names that must not be named, where so much may be.
    pub(super) fn names_in(
        &self,
        text: &str,
        pardoned: Option<&BTreeSet<Target>>,
    ) -> BTreeSet<Target> {
        let path = FilePath::new("-").expect("a plain name");
        let named = Some(BTreeSet::new());
        let mut reading = Reading { pardoned, named, ..Reading::new(self, &path, text.as_bytes()) };
        reading.text(text.as_bytes(), Manner::default());
        reading.named.unwrap_or_default()
    }

    /// The same of a form.
    pub(super) fn names_in_form(&self, path: &FilePath, bytes: &[u8]) -> BTreeSet<Target> {
        let named = Some(BTreeSet::new());
        let mut reading = Reading { named, ..Reading::new(self, path, bytes) };
        reading.text(path.name().as_bytes(), Manner::default());
        reading.file(path.name(), bytes);
        reading.named.unwrap_or_default()
    }

    /// Reads a file of the site.
    #[must_use]
    pub fn examine(&self, page: &Page) -> (Report, Tally) {
        let mut reading = Reading {
            pardoned: self.pardons.get(page.path.as_str()),
            lists_files: self.places.get(page.path.as_str()) == Some(&Place::Files),
            tally: Tally { files: 1, bytes: page.bytes.len() as u64, ..Tally::default() },
            ..Reading::new(self, &page.path, &page.bytes)
        };
        reading.inside("tên tệp", |reading| {
            reading.text(page.path.as_str().as_bytes(), Manner::default());
        });
        let bytes = page.bytes.as_slice();
        reading.file(page.path.name(), bytes);
        reading.tally.opened = reading.budget.opened as usize;
        (reading.report, reading.tally)
    }

    /// What is said of a file that was not read: a link, a special file, one that is too large.
    #[must_use]
    pub fn unseen(&self, path: &FilePath) -> Report {
        let why = [
            "là liên kết, tệp đặc biệt, hoặc quá lớn",
            "it is a link, a special file, or too large",
        ];
        let found = Diagnostic::nowhere(Code::ContainerShut).with("path", path.as_str());
        std::iter::once(found.with("why", why)).collect()
    }
}

/// The reading of one file.
struct Reading<'r> {
    audit: &'r Audit<'r>,
    path: &'r FilePath,
    pardoned: Option<&'r BTreeSet<Target>>,
    lists_files: bool,
    budget: Budget,
    /// What was undone to come here, outermost first.
    layers: Vec<String>,
    report: Report,
    tally: Tally,
    /// What was found, where that is all that is asked for.
    named: Option<BTreeSet<Target>>,
}

impl<'r> Reading<'r> {
    /// Of bytes at a path at which nothing may be named.
    fn new(audit: &'r Audit<'r>, path: &'r FilePath, bytes: &[u8]) -> Self {
        Self {
            audit,
            path,
            pardoned: None,
            lists_files: false,
            budget: Budget::new(bytes),
            layers: Vec::new(),
            report: Report::default(),
            tally: Tally::default(),
            named: None,
        }
    }

    /// Reads what lies one layer below.
    fn inside<T>(&mut self, layer: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.layers.push(layer.to_owned());
        let told = read(self);
        self.layers.pop();
        told
    }

    /// A file, of the site or of a container.
    fn file(&mut self, name: &str, bytes: &[u8]) {
        self.form(bytes);
        let is_xml = !self.layers.is_empty() && bytes.starts_with(b"<?xml");
        let manner = Manner { is_office: is_xml, ..Manner::default() };
        let is_utf8 = self.text(bytes, manner);
        if !is_utf8 {
            let manner = Manner { is_single: true, ..manner };
            self.inside("Windows-1258", |reading| reading.text(bytes, manner));
        }
        for (encoding, text) in encodings::wide(bytes) {
            self.inside(encoding, |reading| reading.text(text.as_bytes(), Manner::default()));
        }
        if let Some(text) = Some(bytes).filter(|_| is_xml).and_then(encodings::settled) {
            self.inside("w:del", |reading| reading.text(&text, manner));
        }
        if let Some(text) = encodings::rich(bytes) {
            self.inside("RTF", |reading| reading.text(text.as_bytes(), Manner::default()));
        }
        self.container(name, bytes);
    }

    fn container(&mut self, name: &str, bytes: &[u8]) {
        let kind = containers::kind(name, bytes);
        let depth = self.layers.iter().filter(|layer| !layer.is_empty()).count();
        let (label, found) = match kind {
            None => ("png", containers::png(bytes, &mut self.budget)),
            Some(_) if depth / 2 >= DEPTH_LIMIT => {
                self.shut(name, Shut::TooDeep);
                return;
            }
            Some(Kind::Gzip) => ("gzip", containers::gzip(bytes, &mut self.budget)),
            Some(Kind::Brotli) => ("brotli", containers::brotli(bytes, &mut self.budget)),
            Some(Kind::Zip) => ("zip", containers::zip(bytes, &mut self.budget)),
            Some(Kind::Pdf) => ("PDF", pdf::pdf(bytes, &mut self.budget)),
            Some(Kind::Unknown) => {
                self.shut("", Shut::UnknownPacking);
                return;
            }
            Some(Kind::EncryptedOffice) => {
                self.shut("", Shut::Encrypted);
                return;
            }
        };
        for inside in found {
            match inside {
                Inside::File(name, bytes) => self.inside(label, |reading| {
                    reading.inside(&name, |reading| {
                        reading.text(name.as_bytes(), Manner::default());
                        let name = match name.as_str() {
                            "gzip" | "brotli" => "",
                            name => name,
                        };
                        reading.file(name, &bytes);
                    });
                }),
                Inside::Shut(name, why) => {
                    self.inside(label, |reading| reading.shut(&name, why));
                }
            }
        }
    }

    /// A text in UTF-8, or something like it, with its escapes and what it holds in base64; tells whether
    /// it was UTF-8.
    fn text(&mut self, bytes: &[u8], manner: Manner) -> bool {
        let is_utf8 = self.rounds(bytes, manner, None, 0);
        for (at, data) in containers::base64(bytes) {
            if self.layers.len() / 2 >= DEPTH_LIMIT || self.budget.is_spent() {
                self.shut("base64", Shut::TooDeep);
                break;
            }
            self.budget.spend(&data);
            self.inside("base64", |reading| {
                reading.inside(&format!("byte {at}"), |reading| reading.file("", &data));
            });
        }
        is_utf8
    }

    /// Reads a text, and again what its escapes hide, as long as there is more; tells whether these bytes
    /// were UTF-8.
    fn rounds(
        &mut self,
        bytes: &[u8],
        manner: Manner,
        places: Option<&[u32]>,
        round: usize,
    ) -> bool {
        let audit = self.audit;
        let layer = Layer::read::<false>(&audit.folds, bytes, manner);
        let mut found = [audit.search.find(&layer.flow), audit.search.find(&layer.tags)];
        for found in &mut found {
            found.retain(|one| !self.is_allowed(one));
        }
        if found.iter().any(|found| !found.is_empty()) {
            // Only now is it worth knowing where each letter stood.
            let again = Layer::read::<true>(&audit.folds, bytes, manner);
            for (found, canon) in found.iter_mut().zip([&again.flow, &again.tags]) {
                self.part(found, canon, bytes);
                found.retain(|one| !self.is_told(one, canon, bytes));
                self.matches(found, canon, bytes, places);
            }
        }
        if layer.is_nested() && round < DEPTH_LIMIT {
            let (plain, from) = layers::unescape(bytes);
            let from: Vec<u32> = match places {
                Some(places) => from.iter().map(|at| places[*at as usize]).collect(),
                None => from,
            };
            self.rounds(&plain, manner, Some(&from), round + 1);
        }
        layer.is_utf8()
    }

    /// Takes out titles of procedures whose words are those of two things side by side, and takes in what they
    /// hid.
    fn part(&mut self, found: &mut Vec<Match>, canon: &Canon, bytes: &[u8]) {
        let audit = self.audit;
        let is_table = self.path.name().rsplit_once('.').is_some_and(|(_, ending)| ending == "csv");
        let is_one = |one: &Match| {
            let is_title = match &audit.meanings[one.pattern] {
                Meaning::Ended(targets) => {
                    targets.iter().all(|it| matches!(it, Target::Procedure(_)))
                        && audit.search.is_phrase(one.pattern)
                }
                _ => false,
            };
            let mut gaps = canon.gaps(&one.range, bytes);
            !is_title || !gaps.any(|gap| edges::parts_things(gap, is_table))
        };
        if found.iter().all(is_one) {
            return;
        }
        let before = audit.search.find(canon);
        let mut hidden = audit.search.find_where(canon, is_one);
        hidden.retain(|one| !before.contains(one) && !self.is_allowed(one));
        found.retain(is_one);
        found.extend(hidden);
    }

    /// Whether something may stand where it does; counts what is allowed.
    fn is_allowed(&mut self, one: &Match) -> bool {
        match &self.audit.meanings[one.pattern] {
            Meaning::Alive => {}
            Meaning::Title => self.tally.titles += 1,
            Meaning::Reason => self.tally.reasons += 1,
            Meaning::Part => self.tally.told += 1,
            Meaning::Ended(targets) => {
                let told = |pardoned: &BTreeSet<_>| targets.iter().any(|it| pardoned.contains(it));
                let is_address = self.audit.addresses.contains(&one.pattern);
                let is_listed = is_address && self.lists_files;
                // Where changes are told, a name needs a second look: see `is_told`.
                let may_stand = is_address || !self.tells_changes();
                let is_told = may_stand && self.pardoned.is_some_and(told);
                if !(is_listed || is_told) {
                    return false;
                }
                self.tally.told += 1;
            }
        }
        true
    }

    /// Whether the page is a list of coming changes, which may hold free text beside it.
    fn tells_changes(&self) -> bool {
        self.audit.places.get(self.path.as_str()) == Some(&Place::Changes)
    }

    /// Whether something is told of in a list of changes: it is named there by a link to its own page and
    /// in no other way.
    fn is_told(&mut self, one: &Match, canon: &Canon, bytes: &[u8]) -> bool {
        let (Meaning::Ended(targets), Some(pardoned)) =
            (&self.audit.meanings[one.pattern], self.pardoned)
        else {
            return false;
        };
        if !self.tells_changes() {
            return false;
        }
        let Some(tag) = link_around(bytes, canon.stretch(&one.range, bytes).start) else {
            return false;
        };
        let leads = |target: &&Target| {
            let mut places = self.audit.places.iter();
            places.any(|(address, place)| match (place, target) {
                (Place::Document(id), Target::Document(over)) => {
                    id == over && containers::find(tag, address.as_bytes()).is_some()
                }
                _ => false,
            })
        };
        let is_told = targets.iter().filter(|it| pardoned.contains(it)).any(|it| leads(&it));
        self.tally.told += usize::from(is_told);
        is_told
    }

    fn matches(&mut self, found: &[Match], canon: &Canon, bytes: &[u8], places: Option<&[u32]>) {
        for one in found {
            let Meaning::Ended(targets) = &self.audit.meanings[one.pattern] else { continue };
            if let Some(named) = &mut self.named {
                named.extend(targets);
                continue;
            }
            let stretch = canon.stretch(&one.range, bytes);
            let at = places.map_or(stretch.start, |places| places[stretch.start] as usize);
            let said = excerpt(&bytes[stretch]);
            if let Some(target) = targets.first() {
                self.hit(*target, Some(one.pattern), &said, at);
            }
        }
    }

    /// A form that is not handed out any more, whole.
    fn form(&mut self, bytes: &[u8]) {
        let forms = &self.audit.forms;
        let of_length = (bytes.len(), [0; 32])..=(bytes.len(), [255; 32]);
        if forms.range(of_length).next().is_none() {
            return;
        }
        if let Some(file) = forms.get(&(bytes.len(), *blake3::hash(bytes).as_bytes())) {
            let target = Target::Form(*file);
            if !self.pardoned.is_some_and(|pardoned| pardoned.contains(&target)) {
                let name = self.audit.files.path(*file).name().to_owned();
                self.hit(target, None, &name, 0);
            }
        }
    }

    fn hit(&mut self, target: Target, pattern: Option<usize>, said: &str, at: usize) {
        if let Some(named) = &mut self.named {
            named.insert(target);
            return;
        }
        let code = match target {
            Target::Document(_) => Code::EndedNamed,
            Target::Procedure(_) | Target::Form(_) => Code::WithheldNamed,
        };
        let source = self.audit.source(target, pattern, self.path);
        let span = source.as_ref().and_then(Source::span);
        let found = match span {
            Some(span) => Diagnostic::new(code, span),
            None => Diagnostic::nowhere(code),
        };
        let mut found = found
            .with("what", self.audit.name(target))
            .with("page", self.path.as_str())
            .with("said", said)
            .with("offset", at.to_string())
            .with("layer", self.layer());
        if let Some(Source::Theme(line)) = source {
            found = found.note(Note::new(Remark::BroughtBy).with("place", line));
        }
        self.report.push(found);
    }

    /// What was undone to see it, in words for a message.
    fn layer(&self) -> String {
        if self.layers.is_empty() {
            String::new()
        } else {
            format!(" ({})", self.layers.join(" › "))
        }
    }

    fn shut(&mut self, name: &str, why: Shut) {
        let why = match why {
            Shut::Encrypted => ["đã mã hóa", "it is encrypted"],
            Shut::Broken => ["nội dung hỏng hoặc bị cắt", "it is broken or cut off"],
            Shut::UnknownPacking => ["kiểu nén không mở được", "its packing cannot be undone"],
            Shut::TooLarge => ["giải nén ra quá lớn", "too much comes out of it"],
            Shut::TooDeep => ["lồng nhau quá sâu", "it is nested too deep"],
        };
        let path = match (self.layers.is_empty(), name) {
            (true, "") => self.path.to_string(),
            (true, name) if name == self.path.name() => self.path.to_string(),
            (true, name) => format!("{} › {name}", self.path),
            (false, "") => format!("{} › {}", self.path, self.layers.join(" › ")),
            (false, name) => format!("{} › {} › {name}", self.path, self.layers.join(" › ")),
        };
        let span = self.audit.form_of(self.path);
        let found = match span {
            Some(span) => Diagnostic::new(Code::ContainerShut, span),
            None => Diagnostic::nowhere(Code::ContainerShut),
        };
        self.report.push(found.with("path", path).with("why", why));
    }
}

/// The tag of the link in which a place stands.
fn link_around(bytes: &[u8], at: usize) -> Option<&[u8]> {
    const REACH: usize = 1000;
    let near = &bytes[at.saturating_sub(REACH)..at];
    let from = memchr::memmem::rfind(near, b"<a ")?;
    let link = &near[from..];
    let is_open = containers::find(link, b"</a").is_none();
    let end = memchr::memchr(b'>', link).filter(|_| is_open)?;
    Some(&link[..end])
}

/// What was found, as it may be printed.
fn excerpt(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let shown: String = text
        .chars()
        .take(80)
        .flat_map(|letter| {
            let is_odd = letter.is_control() || !letter.is_ascii() && !letter.is_alphanumeric();
            if is_odd { letter.escape_unicode().collect::<String>() } else { letter.to_string() }
                .chars()
                .collect::<Vec<_>>()
        })
        .collect();
    shown
}
