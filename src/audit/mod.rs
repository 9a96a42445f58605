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
mod lookout;
mod near;
mod needles;
mod pardons;
mod passages;
mod pdf;
mod reading;
mod search;
mod slips;
mod source;
mod spellings;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::files::{FileId, FileTree};
use crate::model::Catalogue;
use crate::model::agency::{AgencyId, FieldId};
use crate::model::document::DocumentId;
use crate::model::procedure::ProcedureId;
use crate::validity::{Assessment, words};
use fold::Folds;
use near::Near;
use needles::Translated;
use search::{Form, Match, Pattern, Search, Standing};
use source::Spelt;

pub use gather::gather;
pub use hush::{Day, forms, hushed};
pub use lookout::Lookout;

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
        Self::made(catalogue, assessment, [files, theme], places, None, Search::new)
    }

    /// The same for a few texts of the catalogue; if it is known what is near them, for those that this covers.
    fn for_texts(
        catalogue: &'a Catalogue,
        assessment: &Assessment,
        files: &'a FileTree,
        places: impl IntoIterator<Item = (String, Place)>,
        near: Option<&Near>,
    ) -> Self {
        // A theme brings none of these texts.
        Self::made(catalogue, assessment, [files, files], places, near, Search::for_little)
    }

    fn made(
        catalogue: &'a Catalogue,
        assessment: &Assessment,
        [files, theme]: [&'a FileTree; 2],
        places: impl IntoIterator<Item = (String, Place)>,
        near: Option<&Near>,
        search: impl FnOnce(Vec<Pattern>) -> Search,
    ) -> Self {
        let folds = Folds::new();
        let places: BTreeMap<String, Place> = places.into_iter().collect();
        let scope = near.map(|near| &near.scope);
        let needles = needles::needles(&folds, catalogue, assessment, files, &places, scope);
        let reasons = pardons::reasons(catalogue, assessment);
        let parts = if let Some(near) = near {
            pardons::living_parts(near.left, assessment)
        } else {
            let left = pardons::parts_of(catalogue, |id| pardons::is_left(assessment, id));
            pardons::living_parts(&left, assessment)
        };
        let mut all: BTreeMap<Pattern, Meaning> = BTreeMap::new();
        all.extend(needles.alive.into_iter().map(|pattern| (pattern, Meaning::Alive)));
        let ended = needles.ended.into_iter();
        all.extend(ended.map(|(pattern, targets)| (pattern, Meaning::Ended(targets))));
        // Only what holds the letters of something dead can cover it.
        let ended = all.iter().filter(|(_, meaning)| **meaning != Meaning::Alive);
        let dead = Search::for_little(ended.map(|(pattern, _)| pattern.clone()).collect());
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
        let search = search(patterns);
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
    let search = Search::for_little(patterns.into_iter().cloned().collect());
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
