//! No trace: every byte of every file of a site is read as its reader, or a program, might read it, and
//! must name nothing that has ended. Owns what may not be named, what may and where, and the undoing of
//! encodings and containers.
//!
//! Knows neither templates nor routes: it is given addresses with what stands there, and files one by one.
//! It does not believe the renderer, which it is there to check.

mod containers;
mod edges;
mod encodings;
mod escape;
mod fold;
mod gather;
mod hush;
mod kinds;
mod layers;
mod needles;
mod pardons;
mod passages;
mod pdf;
mod search;
mod slips;
mod source;
mod spellings;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::files::{FileId, FilePath, FileTree, Page};
use crate::model::Catalogue;
use crate::model::agency::{AgencyId, FieldId};
use crate::model::document::DocumentId;
use crate::model::procedure::ProcedureId;
use crate::validity::{Assessment, words};
use containers::{Budget, DEPTH_LIMIT, Inside, Kind, Shut};
use fold::Folds;
use layers::{Canon, Layer, Manner};
use needles::Translated;
use search::{Form, Match, Pattern, Search, Standing};
use source::{Source, Spelt};

pub use gather::gather;
pub use hush::{Day, forms, hushed};

/// What stands at an address of a site, as far as it may name what has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A document, or the notice in its place.
    Document(DocumentId),
    /// A version of a procedure as a page or as data, or the notice in its place.
    Procedure(ProcedureId),
    /// The procedures of a field on one page.
    Field(FieldId),
    /// Those that an agency performs or receives.
    Agency(AgencyId),
    /// A joint group.
    Group(usize),
    /// A list of the coming changes, which tells when an exemption ends.
    Changes,
    /// A list of all notices.
    Notices,
    /// A list of all files, which says where notices stand, and nothing else of them.
    Files,
}

/// Something that has ended, is withheld or was never public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Document(DocumentId),
    Procedure(ProcedureId),
    Form(FileId),
}

/// What a pattern means where it is found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    /// It names these.
    Ended(BTreeSet<Target>),
    /// It belongs to something that lives.
    Alive,
    /// It is the title of something that lives, and names something dead.
    Title,
    /// It is the reason of an exemption.
    Reason,
    /// It names a provision that the end of its document left in force.
    Part,
}

/// The audit of a site.
#[derive(Clone, Debug)]
pub struct Audit<'a> {
    catalogue: &'a Catalogue,
    /// Of the catalogue.
    files: &'a FileTree,
    theme: &'a FileTree,
    places: BTreeMap<String, Place>,
    folds: Folds,
    search: Search,
    /// By pattern.
    meanings: Vec<Meaning>,
    /// By address.
    pardons: BTreeMap<String, BTreeSet<Target>>,
    /// The patterns that are addresses of notices.
    addresses: BTreeSet<usize>,
    forms: BTreeMap<(usize, [u8; 32]), FileId>,
    /// Which lines name a thing, looked for once.
    sources: BTreeMap<Target, OnceLock<Vec<Spelt>>>,
}

/// What the audit of files came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many files were read.
    pub files: usize,
    /// How many files were read for an earlier site, and have not changed.
    pub known: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// How many containers were opened.
    pub opened: usize,
    /// How often a living title named something dead.
    pub titles: usize,
    /// How often a notice named what it tells of, or a page a basis that its exemption keeps.
    pub told: usize,
    /// How often the reason of an exemption named something dead.
    pub reasons: usize,
}

impl Tally {
    /// Adds another.
    pub fn add(&mut self, other: Self) {
        self.files += other.files;
        self.known += other.known;
        self.bytes += other.bytes;
        self.opened += other.opened;
        self.titles += other.titles;
        self.told += other.told;
        self.reasons += other.reasons;
    }

    /// How many mentions of what has ended were allowed.
    #[must_use]
    pub fn allowed(&self) -> usize {
        self.titles + self.told + self.reasons
    }
}

/// The next form of what is looked for: a site that an earlier one passed is read again.
const VERSION: &[u8] = b"niemyet audit 3";

impl<'a> Audit<'a> {
    /// Gathers what must not be named on a day, and what may be, and where. The theme is the site's own.
    #[must_use]
    pub fn new(
        catalogue: &'a Catalogue,
        assessment: &Assessment,
        files: &'a FileTree,
        theme: &'a FileTree,
        places: impl IntoIterator<Item = (String, Place)>,
    ) -> Self {
        let folds = Folds::new();
        let places: BTreeMap<String, Place> = places.into_iter().collect();
        let needles = needles::needles(&folds, catalogue, assessment, files, &places);
        let reasons = pardons::reasons(catalogue, assessment);
        let parts = pardons::living_parts(catalogue, assessment);
        let mut all: BTreeMap<Pattern, Meaning> = BTreeMap::new();
        all.extend(needles.alive.into_iter().map(|pattern| (pattern, Meaning::Alive)));
        let ended = needles.ended.into_iter();
        all.extend(ended.map(|(pattern, targets)| (pattern, Meaning::Ended(targets))));
        // Only what holds the letters of something dead can cover it.
        let ended = all.iter().filter(|(_, meaning)| **meaning != Meaning::Alive);
        let dead = Search::new(ended.map(|(pattern, _)| pattern.clone()).collect());
        all.retain(|pattern, meaning| *meaning != Meaning::Alive || dead.touches(pattern));
        let translated = needles.translated.as_slice();
        let said = [needles.titles.as_slice(), &reasons, &parts, &needles.names];
        let allowed = allowed(&folds, &all, said, translated);
        // What a living document is called in full names none that is over; what another living thing is
        // called, no procedure that is gone.
        all.retain(|pattern, meaning| match meaning {
            Meaning::Ended(targets) if matches!(pattern.form, Form::Phrase(_)) => {
                let procedures = targets.iter().all(|it| matches!(it, Target::Procedure(_)));
                let living = if procedures { &needles.called } else { &needles.full };
                !living.contains(&pattern.letters)
            }
            _ => true,
        });
        for (pattern, meaning) in allowed {
            all.entry(pattern).or_insert(meaning);
        }
        let targets: BTreeSet<Target> = all
            .values()
            .filter_map(|meaning| match meaning {
                Meaning::Ended(targets) => Some(targets),
                _ => None,
            })
            .flatten()
            .copied()
            .chain(needles.forms.values().map(|file| Target::Form(*file)))
            .collect();
        let (patterns, meanings): (Vec<Pattern>, Vec<Meaning>) = all.into_iter().unzip();
        let addresses = needles::notices(assessment, &places)
            .filter_map(|address| Pattern::new(&folds, address, Form::Token))
            .filter_map(|pattern| patterns.binary_search(&pattern).ok())
            .collect();
        let search = Search::new(patterns);
        let named_in = |text: &str| {
            let found = Pattern::new(&folds, text, Form::Token);
            let found = found.map(|it| it.canons().map(|canon| search.find(&canon)).concat());
            let found = found.unwrap_or_default();
            let meanings = found.iter().map(|one| &meanings[one.pattern]);
            let ended = meanings.filter_map(|meaning| match meaning {
                Meaning::Ended(targets) => Some(targets),
                _ => None,
            });
            ended.flatten().copied().collect()
        };
        Self {
            catalogue,
            files,
            theme,
            pardons: pardons::pardons(catalogue, assessment, &places, named_in),
            addresses,
            places,
            folds,
            search,
            meanings,
            forms: needles.forms,
            sources: targets.into_iter().map(|target| (target, OnceLock::new())).collect(),
        }
    }

    /// How many spellings are looked for.
    #[must_use]
    pub fn needles(&self) -> usize {
        self.meanings.iter().filter(|meaning| matches!(meaning, Meaning::Ended(_))).count()
    }

    /// What decides about a file besides its bytes and its path: two audits with one key agree on it.
    #[must_use]
    pub fn key(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(VERSION);
        for (pattern, meaning) in self.search.patterns().iter().zip(&self.meanings) {
            hasher.update(format!("{pattern:?}{meaning:?}\n").as_bytes());
        }
        hasher.update(format!("{:?}{:?}", self.pardons, self.forms.keys()).as_bytes());
        *hasher.finalize().as_bytes()
    }

    /// What a text of the catalogue names that must not be named, where so much may be.
    fn names_in(&self, text: &str, pardoned: Option<&BTreeSet<Target>>) -> BTreeSet<Target> {
        let path = FilePath::new("-").expect("a plain name");
        let named = Some(BTreeSet::new());
        let mut reading = Reading { pardoned, named, ..Reading::new(self, &path, text.as_bytes()) };
        reading.text(text.as_bytes(), Manner::default());
        reading.named.unwrap_or_default()
    }

    /// The same of a form.
    fn names_in_form(&self, path: &FilePath, bytes: &[u8]) -> BTreeSet<Target> {
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

    /// What a thing is called in a finding.
    fn name(&self, target: Target) -> String {
        match target {
            Target::Document(id) => words::name(self.catalogue, id),
            Target::Procedure(id) => {
                let procedure = &self.catalogue[id];
                format!("{} {}", procedure.code.value, procedure.title)
            }
            Target::Form(file) => self.files.path(file).to_string(),
        }
    }
}

/// Titles and names of what lives and reasons of exemptions, those of them that name something dead. A title
/// that is `translated` may name what the title that it translates names, and no more: that of what lives
/// wherever it stands, that of what is over as a name of its own.
fn allowed(
    folds: &Folds,
    all: &BTreeMap<Pattern, Meaning>,
    [titles, reasons, parts, names]: [&[String]; 4],
    translated: &[Translated],
) -> Vec<(Pattern, Meaning)> {
    let (patterns, meanings): (Vec<&Pattern>, Vec<&Meaning>) = all.iter().unzip();
    let search = Search::new(patterns.into_iter().cloned().collect());
    let titles = titles.iter().map(|title| (title, Meaning::Title));
    let reasons = reasons.iter().map(|reason| (reason, Meaning::Reason));
    let parts = parts.iter().map(|part| (part, Meaning::Part));
    let names = names.iter().map(|name| (name, Meaning::Alive));
    let pattern_of = |written: &str| Pattern::new(folds, written, Form::Phrase(Standing::Glued));
    let dead_in = |pattern: &Pattern| {
        let mut found = pattern.canons().map(|canon| search.find(&canon)).concat();
        found.retain(|one| matches!(meanings[one.pattern], Meaning::Ended(_)));
        found
    };
    let is_title = |one: &Match| match meanings[one.pattern] {
        Meaning::Ended(targets) => targets.iter().all(|it| matches!(it, Target::Procedure(_))),
        _ => false,
    };
    // Also what stands inside a longer name.
    let targets_in = |pattern: &Pattern| -> BTreeSet<Target> {
        let found = pattern.canons().map(|canon| search.all(&canon)).concat();
        let ended = found.into_iter().filter_map(|one| match meanings[one] {
            Meaning::Ended(targets) => Some(targets),
            _ => None,
        });
        ended.flatten().copied().collect()
    };
    let translated = translated.iter().filter_map(|one| {
        let [title, said] = [pattern_of(&one.title)?, pattern_of(&one.said)?];
        let own = BTreeSet::from([Target::Document(one.document)]);
        let meaning = if one.is_over { Meaning::Ended(own) } else { Meaning::Title };
        targets_in(&said).is_subset(&targets_in(&title)).then_some((&one.said, meaning))
    });
    titles
        .chain(translated)
        .chain(reasons)
        .chain(parts)
        .chain(names)
        .filter_map(|(written, meaning)| {
            let mut pattern = pattern_of(written)?;
            let dead = dead_in(&pattern);
            let may_name = match meaning {
                Meaning::Alive => dead.iter().all(is_title),
                Meaning::Title | Meaning::Reason => {
                    dead.iter().all(is_title) || says_more(&pattern, &dead)
                }
                _ => true,
            };
            if matches!(meaning, Meaning::Ended(_)) {
                pattern.form = Form::Phrase(Standing::Free);
            }
            (!dead.is_empty() && may_name).then_some((pattern, meaning))
        })
        .collect()
}

/// Whether a phrase says anything besides what it names that is over: a title that is nothing but the
/// number of another document would pardon that number wherever it stands.
fn says_more(phrase: &Pattern, dead: &[Match]) -> bool {
    const KINDS: [&str; 25] = [
        "nghi",
        "dinh",
        "quyet",
        "thong",
        "tu",
        "lien",
        "tich",
        "chi",
        "thi",
        "bo",
        "luat",
        "phap",
        "lenh",
        "so",
        "decree",
        "resolution",
        "decision",
        "joint",
        "circular",
        "directive",
        "ordinance",
        "code",
        "law",
        "no",
        "of",
    ];
    let starts = (0..phrase.letters.len()).filter(|at| *at == 0 || phrase.starts[*at]);
    let starts: Vec<usize> = starts.collect();
    let ends = starts.iter().skip(1).copied().chain([phrase.letters.len()]);
    let own = starts.iter().zip(ends).filter(|(start, end)| {
        let word = &phrase.letters[**start..*end];
        let is_dead = dead.iter().any(|one| one.range.contains(*start));
        !is_dead && !KINDS.iter().any(|kind| kind.as_bytes() == word)
    });
    2 <= own.count()
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
