//! What must not occur on a site: numbers and names of documents that are over, codes and titles of
//! procedures that are withheld, superseded or internal, addresses of their notices, forms withdrawn.
//! What a living thing shares with a dead one is no needle.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::Folds;
use super::search::{Form, Pattern, Standing};
use super::spellings::{bare, dated, is_law, names, opens_law, titled};
use super::{Place, Target};
use crate::files::{FileId, FileTree};
use crate::mention::{LONGER_NAMES, shortened};
use crate::model::Catalogue;
use crate::model::citation::Cited;
use crate::model::document::{Document, DocumentId};
use crate::model::number::{NumberKey, is_decision};
use crate::model::procedure::{Announcement, Procedure, ProcedureId};
use crate::model::registers::{Abbreviation, Translation};
use crate::validity::Assessment;
use crate::validity::procedure::ProcedureStanding;

/// What is looked for, each with all that it names; and what living things are called.
pub(super) struct Needles {
    pub(super) ended: BTreeMap<Pattern, BTreeSet<Target>>,
    /// Numbers and codes of what lives: they cover what is written inside them.
    pub(super) alive: BTreeSet<Pattern>,
    /// Official titles of what lives, which may name something dead.
    pub(super) titles: Vec<String>,
    /// Titles of documents with their translations.
    pub(super) translated: Vec<Translated>,
    /// Names that editors gave, and the last parts of addresses at which something lives: they may hold
    /// the words of a title that is gone, and no more than that.
    pub(super) names: Vec<String>,
    /// The letters of the titles by which documents go: an older one of the same name is not named by them.
    pub(super) full: BTreeSet<Vec<u8>>,
    /// The letters of all that a living thing is called.
    pub(super) called: BTreeSet<Vec<u8>>,
    /// Forms that are not handed out, by length and hash.
    pub(super) forms: BTreeMap<(usize, [u8; 32]), FileId>,
}

/// How few letters a code may have and still be told from an amount.
const CODE_LETTERS: usize = 6;
/// From how many words on a title is no phrase of everyday prose.
const LONG_TITLE: usize = 6;
/// How few words a name or title may have.
const SHORT_TITLE: usize = 3;
/// From how many words on the name of a law names it in small letters too.
const LONG_NAME: usize = 4;
/// From how many words on the title of a document is its own.
const LONG_HEADING: usize = 8;
/// From how many words on it is its own where it stands alone, as a heading or a link.
const SHORT_HEADING: usize = 5;
/// From how many words on it is its own behind its kind, which is one or two of them.
const KIND_AND_HEADING: usize = 6;

/// Of what needles are wanted, where not of everything.
pub(super) struct Scope {
    pub(super) things: BTreeSet<Target>,
    /// Numbers that belong to nothing of the register.
    pub(super) numbers: BTreeSet<String>,
}

impl Scope {
    /// Whether those of a document or a version are wanted.
    pub(super) fn has(&self, thing: Target) -> bool {
        self.things.contains(&thing)
    }
}

/// The needles of a day; of a `scope` alone, where no more is asked for.
pub(super) fn needles(
    folds: &Folds,
    catalogue: &Catalogue,
    assessment: &Assessment,
    files: &FileTree,
    places: &BTreeMap<String, Place>,
    scope: Option<&Scope>,
) -> Needles {
    let mut gathered = Gathered::new(folds, catalogue, scope);
    let translated = translated(catalogue, assessment, scope).collect();
    gathered.documents(catalogue, assessment);
    gathered.procedures(catalogue, assessment);
    gathered.names.extend(other_names(catalogue).cloned());
    for (address, place) in places {
        if let Some(target) = told_of(assessment, *place) {
            gathered.ended(address, Form::Token, target);
        }
    }
    let forms = withdrawn_forms(catalogue, assessment, files);
    for ((_, hash), file) in &forms {
        gathered.ended(&form_address(hash), Form::Token, Target::Form(*file));
    }
    let Gathered { mut ended, mut alive, covers, titles, full, mut names, .. } = gathered;
    ended.retain(|pattern, _| !alive.contains(pattern));
    let spelt = |written: &str| Pattern::new(folds, written, Form::Token).map(|it| it.letters);
    let letters_of = |names: &[String]| -> BTreeSet<Vec<u8>> {
        names.iter().filter_map(|name| spelt(name)).collect()
    };
    let (full, mut nicknames) = (letters_of(&full), letters_of(&names));
    let mut called = letters_of(&titles);
    called.extend(living_words(places, assessment).filter_map(spelt));
    ended.retain(|pattern, targets| is_distinct(pattern, targets, [&called, &nicknames]));
    called.append(&mut nicknames);
    names.extend(living_words(places, assessment).map(str::to_owned));
    // What the register does not hold lets nothing go: it only covers what is written inside it.
    alive.extend(covers.into_iter().filter(|pattern| !ended.contains_key(pattern)));
    alive.retain(|pattern| !matches!(pattern.form, Form::Bare(_) | Form::Cited(_)));
    // Laws that the register need not hold cover the shorter names inside theirs.
    let longer = LONGER_NAMES
        .iter()
        .filter_map(|name| Pattern::new(folds, name, Form::Phrase(Standing::Capital)));
    alive.extend(longer.filter(|pattern| !ended.contains_key(pattern)));
    Needles { ended, alive, titles, translated, names, full, called, forms }
}

/// The title of a document in the second language.
pub(super) struct Translated {
    pub(super) document: DocumentId,
    /// Whether the document is over.
    pub(super) is_over: bool,
    /// As the register has it.
    pub(super) title: String,
    /// Translated.
    pub(super) said: String,
}

/// The words in the address of a form that tell it from all others: the opening of its hash.
pub(super) fn form_address(hash: &[u8; 32]) -> String {
    blake3::Hash::from_bytes(*hash).to_hex()[..16].to_owned()
}

fn translated(
    catalogue: &Catalogue,
    assessment: &Assessment,
    scope: Option<&Scope>,
) -> impl Iterator<Item = Translated> {
    let known = catalogue.translations.iter().filter(|it| it.is_title);
    let known: BTreeMap<&str, &Translation> = known.map(|it| (it.of.as_str(), it)).collect();
    let is_any = !known.is_empty();
    let documents = catalogue.document_ids().filter(move |(id, _)| {
        is_any && scope.is_none_or(|scope| scope.has(Target::Document(*id)))
    });
    documents.flat_map(move |(id, document)| {
        let is_over = assessment.document(id).force.is_over();
        let titles = document.short_title.iter().chain([&document.title]);
        let said = titles.filter_map(|title| {
            let known = known.get(Translation::key(title).as_str())?;
            let (title, said) = (title.clone(), Translation::key(&known.text.text));
            Some(Translated { document: id, is_over, title, said })
        });
        said.collect::<Vec<_>>()
    })
}

/// Whether words that are no name beyond doubt, the title of a document or the name of a law in small letters,
/// stand in nothing that a living thing is called. What editors call it as well, and search terms, may be the
/// words of a short title by chance, and of a long one never: they let no long title go.
fn is_distinct(
    pattern: &Pattern,
    targets: &BTreeSet<Target>,
    [called, nicknames]: [&BTreeSet<Vec<u8>>; 2],
) -> bool {
    let is_document = targets.iter().any(|target| matches!(target, Target::Document(_)));
    let is_plain =
        matches!(pattern.form, Form::Phrase(Standing::Free | Standing::Name | Standing::Alone));
    let is_heading = pattern.form == Form::Phrase(Standing::Free);
    let has_year = pattern.letters.last().is_some_and(u8::is_ascii_digit);
    let finder = memchr::memmem::Finder::new(own_letters(pattern));
    let is_in = |names: &BTreeSet<Vec<u8>>| names.iter().any(|it| finder.find(it).is_some());
    !is_document || !is_plain || has_year || !(is_in(called) || !is_heading && is_in(nicknames))
}

/// The letters of a pattern without a kind before them. "Nghị định quy định về …": another document of the same
/// words is called by the words alone.
pub(super) fn own_letters(pattern: &Pattern) -> &[u8] {
    let kinds: [&[u8]; 5] = [b"nghidinh", b"nghiquyet", b"quyetdinh", b"thongtu", b"chithi"];
    let own = kinds.iter().find_map(|kind| pattern.letters.strip_prefix(*kind));
    own.unwrap_or(&pattern.letters)
}

/// The last parts of the addresses at which something lives: words that nobody can take back.
fn living_words<'p>(
    places: &'p BTreeMap<String, Place>,
    assessment: &'p Assessment,
) -> impl Iterator<Item = &'p str> {
    let living = places.iter().filter(|(_, place)| told_of(assessment, **place).is_none());
    living.map(|(address, _)| last_part(address))
}

fn last_part(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}

/// Whose names some names are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose<'c> {
    /// Of a document or a version of a procedure, whose standing decides about them.
    Thing(Target),
    /// The last part of an address.
    Address(&'c str),
    /// Of something that has no end.
    Nobody,
}

/// What would be looked for if all these were over, whatever lives beside them.
pub(super) fn ever(
    folds: &Folds,
    catalogue: &Catalogue,
    over: &BTreeSet<Target>,
    places: &BTreeMap<String, Place>,
) -> BTreeMap<Pattern, BTreeSet<Target>> {
    let mut gathered = Gathered::new(folds, catalogue, None);
    for (id, document) in catalogue.document_ids() {
        if over.contains(&Target::Document(id)) {
            gathered.ended_document(id, document);
        }
    }
    for (id, procedure) in catalogue.procedure_ids() {
        if over.contains(&Target::Procedure(id)) {
            gathered.ended_procedure(id, procedure);
        }
    }
    for (address, place) in places {
        let target = match place {
            Place::Document(id) => Target::Document(*id),
            Place::Procedure(id) => Target::Procedure(*id),
            _ => continue,
        };
        if over.contains(&target) {
            gathered.ended(address, Form::Token, target);
        }
    }
    gathered.ended
}

/// All names that may hold what is looked for, those of one thing together.
pub(super) fn called<'c>(
    catalogue: &'c Catalogue,
    places: &'c BTreeMap<String, Place>,
) -> Vec<(Whose<'c>, Vec<&'c str>)> {
    let titles: BTreeMap<&str, &str> = catalogue
        .translations
        .iter()
        .filter(|it| it.is_title)
        .map(|it| (it.of.as_str(), it.text.text.as_str()))
        .collect();
    let said = |title: &String| {
        let key = (!titles.is_empty()).then(|| Translation::key(title))?;
        titles.get(key.as_str()).copied()
    };
    let documents = catalogue.document_ids().map(|(id, document)| {
        let titles = document.short_title.iter().chain([&document.title]);
        let names = titles.clone().map(String::as_str).chain(titles.filter_map(said));
        (Whose::Thing(Target::Document(id)), names.collect())
    });
    let procedures = catalogue.procedure_ids().map(|(id, procedure)| {
        let names = procedure.plain_title.iter().chain(&procedure.search_terms);
        let names = names.chain([&procedure.title]).map(String::as_str);
        (Whose::Thing(Target::Procedure(id)), names.collect())
    });
    let others = other_names(catalogue).map(|name| (Whose::Nobody, vec![name.as_str()]));
    let addresses = places.keys().map(|it| (Whose::Address(it.as_str()), vec![last_part(it)]));
    documents.chain(procedures).chain(others).chain(addresses).collect()
}

/// Whether a document or a version would cover any of some letters if it lived: by its numbers and its names as
/// they are cited.
pub(super) fn living_that(
    folds: &Folds,
    catalogue: &Catalogue,
    holds: impl Fn(&Pattern) -> bool,
) -> (BTreeSet<Target>, BTreeSet<String>) {
    let mut gathered = Gathered::new(folds, catalogue, None);
    let mut living = BTreeSet::new();
    for (id, document) in catalogue.document_ids() {
        gathered.alive.clear();
        gathered.living_document(document);
        if gathered.alive.iter().any(&holds) {
            living.insert(Target::Document(id));
        }
    }
    for (id, procedure) in catalogue.procedure_ids() {
        let code = Pattern::new(folds, &procedure.code.value, Form::Code);
        if code.is_some_and(|code| holds(&code)) {
            living.insert(Target::Procedure(id));
        }
    }
    let decisions = catalogue.decisions.iter().map(|decision| decision.number.as_str());
    let numbers = decisions.chain(other_numbers(catalogue)).filter(|number| {
        Pattern::new(folds, number, form_of(number)).is_some_and(|pattern| holds(&pattern))
    });
    (living, numbers.map(str::to_owned).collect())
}

/// What the notice at a place tells of; none where no notice stands.
fn told_of(assessment: &Assessment, place: Place) -> Option<Target> {
    match place {
        Place::Document(id) if assessment.document(id).force.is_over() => {
            Some(Target::Document(id))
        }
        Place::Procedure(id) if is_gone(assessment, id) => Some(Target::Procedure(id)),
        _ => None,
    }
}

/// The addresses of all notices.
pub(super) fn notices<'p>(
    assessment: &'p Assessment,
    places: &'p BTreeMap<String, Place>,
) -> impl Iterator<Item = &'p str> {
    let is_notice = |place: &Place| told_of(assessment, *place).is_some();
    places.iter().filter(move |(_, place)| is_notice(place)).map(|(address, _)| address.as_str())
}

/// Whether a version has been on the site and is not any more.
pub(super) fn is_gone(assessment: &Assessment, id: ProcedureId) -> bool {
    matches!(
        assessment.procedure(id),
        ProcedureStanding::Withheld { .. } | ProcedureStanding::Superseded { .. }
    )
}

struct Gathered<'a> {
    folds: &'a Folds,
    scope: Option<&'a Scope>,
    abbreviations: &'a [Abbreviation],
    ended: BTreeMap<Pattern, BTreeSet<Target>>,
    alive: BTreeSet<Pattern>,
    covers: BTreeSet<Pattern>,
    titles: Vec<String>,
    full: Vec<String>,
    names: Vec<String>,
}

impl<'a> Gathered<'a> {
    fn new(folds: &'a Folds, catalogue: &'a Catalogue, scope: Option<&'a Scope>) -> Self {
        Self {
            folds,
            scope,
            abbreviations: &catalogue.terms.abbreviations,
            ended: BTreeMap::new(),
            alive: BTreeSet::new(),
            covers: BTreeSet::new(),
            titles: Vec::new(),
            full: Vec::new(),
            names: Vec::new(),
        }
    }

    fn ended(&mut self, written: &str, form: Form, target: Target) {
        if let Some(pattern) = Pattern::new(self.folds, written, form) {
            self.ended.entry(pattern).or_default().insert(target);
        }
    }

    fn alive(&mut self, written: &str, form: Form) {
        self.alive.extend(Pattern::new(self.folds, written, form));
    }

    fn documents(&mut self, catalogue: &Catalogue, assessment: &Assessment) {
        let scope = self.scope;
        let is_wanted = |number: &str| scope.is_none_or(|scope| scope.numbers.contains(number));
        let is_over = |id: DocumentId| assessment.document(id).force.is_over();
        for decision in catalogue.decisions.iter().filter(|it| is_wanted(&it.number)) {
            // Numbers without a year begin anew each year: an older act may have had the same.
            if is_decision(&decision.number) && !NumberKey::new(&decision.number).has_year() {
                self.alive(&decision.number, form_of(&decision.number));
            }
        }
        let others = other_numbers(catalogue).into_iter().filter(|number| is_wanted(number));
        self.covers
            .extend(others.filter_map(|number| Pattern::new(self.folds, number, form_of(number))));
        for (id, document) in catalogue.document_ids() {
            if scope.is_some_and(|scope| !scope.has(Target::Document(id))) {
                continue;
            }
            if is_over(id) {
                self.ended_document(id, document);
            } else {
                self.living_document(document);
            }
        }
    }

    fn living_document(&mut self, document: &Document) {
        if let Some(number) = &document.number {
            self.alive(number, form_of(number));
        }
        for (written, form) in bare(document) {
            self.alive(&written, form);
        }
        for name in names(document) {
            for name in shortened(&name, self.abbreviations).into_iter().chain([name]) {
                self.alive(&name, Form::Phrase(Standing::Capital));
                for dated in dated(&name, document) {
                    self.alive(&dated, Form::Phrase(Standing::Name));
                }
            }
        }
        let is_own = |title: &&String| is_law(document) || !opens_law(title);
        let titles = document.short_title.iter().chain([&document.title]);
        self.full.extend(titles.clone().filter(is_own).cloned());
        self.titles.extend(titles.cloned());
    }

    fn ended_document(&mut self, id: DocumentId, document: &Document) {
        let target = Target::Document(id);
        if let Some(number) = &document.number {
            self.ended(number, form_of(number), target);
        }
        for (written, form) in bare(document) {
            self.ended(&written, form, target);
        }
        for name in names(document) {
            if is_long(self.folds, &name, SHORT_TITLE) {
                self.ended(&name, Form::Phrase(Standing::Capital), target);
            }
            if is_law(document) && is_long(self.folds, &name, LONG_NAME) {
                self.ended(&name, Form::Phrase(Standing::Name), target);
            }
            for dated in dated(&name, document) {
                self.ended(&dated, Form::Phrase(Standing::Name), target);
            }
            for short in shortened(&name, self.abbreviations) {
                if is_long(self.folds, &name, SHORT_TITLE) {
                    self.ended(&short, Form::Phrase(Standing::Capital), target);
                }
                for dated in dated(&short, document) {
                    self.ended(&dated, Form::Phrase(Standing::Name), target);
                }
            }
        }
        if is_long(self.folds, &document.title, LONG_HEADING) {
            self.ended(&document.title, Form::Phrase(Standing::Free), target);
        } else if is_long(self.folds, &document.title, SHORT_HEADING) && !is_law(document) {
            self.ended(&document.title, Form::Phrase(Standing::Alone), target);
        }
        let titled = titled(document);
        if let Some(titled) = titled.filter(|it| is_long(self.folds, it, KIND_AND_HEADING)) {
            self.ended(&titled, Form::Phrase(Standing::Name), target);
        }
    }

    fn procedures(&mut self, catalogue: &Catalogue, assessment: &Assessment) {
        for (id, procedure) in catalogue.procedure_ids() {
            if self.scope.is_some_and(|scope| !scope.has(Target::Procedure(id))) {
                continue;
            }
            let standing = assessment.procedure(id);
            let is_dead = is_gone(assessment, id) || *standing == ProcedureStanding::Internal;
            if !is_dead {
                self.alive(&procedure.code.value, Form::Code);
                self.titles.push(procedure.title.clone());
                self.names
                    .extend(procedure.plain_title.iter().chain(&procedure.search_terms).cloned());
                continue;
            }
            self.ended_procedure(id, procedure);
        }
    }

    fn ended_procedure(&mut self, id: ProcedureId, procedure: &Procedure) {
        let target = Target::Procedure(id);
        let code = &procedure.code.value;
        if code.chars().filter(char::is_ascii_alphanumeric).count() >= CODE_LETTERS {
            self.ended(code, Form::Code, target);
        }
        for title in std::iter::once(&procedure.title).chain(&procedure.plain_title) {
            if is_long(self.folds, title, LONG_TITLE) {
                self.ended(title, Form::Phrase(Standing::Free), target);
            } else if is_long(self.folds, title, SHORT_TITLE) {
                self.ended(title, Form::Phrase(Standing::Alone), target);
            }
        }
    }
}

/// What else has a name on the site.
fn other_names(catalogue: &Catalogue) -> impl Iterator<Item = &String> {
    let names = catalogue.groups.iter().map(|group| &group.name);
    let names = names.chain(catalogue.life_events.iter().map(|event| &event.name));
    let names = names.chain(catalogue.fields.iter().map(|field| &field.name));
    let names = names.chain(catalogue.agencies.iter().map(|agency| &agency.name));
    names.chain(catalogue.pages.iter().map(|page| &page.title))
}

fn is_long(folds: &Folds, written: &str, words: usize) -> bool {
    let pattern = Pattern::new(folds, written, Form::Token);
    pattern.is_some_and(|pattern| words <= pattern.words())
}

fn form_of(number: &str) -> Form {
    Form::Number { has_year: NumberKey::new(number).has_year() }
}

/// Numbers that belong to nothing of the register: announcing decisions, and what nobody has entered yet.
fn other_numbers(catalogue: &Catalogue) -> Vec<&str> {
    let decisions = catalogue.decisions.iter();
    let mut numbers: Vec<&str> = decisions
        .flat_map(|decision| {
            let followed = decision.follows.as_ref().map(|follows| follows.decision.as_str());
            std::iter::once(decision.number.as_str()).chain(followed)
        })
        .collect();
    for procedure in &catalogue.procedures {
        if let Some(Announcement::Number(number)) = &procedure.announced {
            numbers.push(number);
        }
        for citation in procedure.citations() {
            if let Cited::Unknown(written) = &citation.document {
                numbers.push(written);
            }
        }
    }
    numbers.retain(|number| number.starts_with(|letter: char| letter.is_ascii_digit()));
    numbers
}

/// Form files that no page hands out, today or on a later day that is known.
fn withdrawn_forms(
    catalogue: &Catalogue,
    assessment: &Assessment,
    files: &FileTree,
) -> BTreeMap<(usize, [u8; 32]), FileId> {
    if catalogue.form_files.is_empty() {
        return BTreeMap::new();
    }
    let mut handed_out = BTreeSet::new();
    for (id, procedure) in catalogue.procedure_ids() {
        let timeline = assessment.procedure_timeline(id);
        let later = timeline.changes().filter(|(day, _)| assessment.today < *day);
        let later = later.map(|(_, standing)| standing);
        for standing in std::iter::once(assessment.procedure(id)).chain(later) {
            let Some(shown) = standing.on_page() else { continue };
            for form in procedure.forms.iter().filter(|form| shown.has(form.element)) {
                let file =
                    form.file.as_ref().and_then(|file| catalogue.form_files.get(&file.value));
                handed_out.extend(file.copied());
            }
        }
    }
    let print = |file: FileId| {
        let bytes = files.content(file).bytes();
        (bytes.len(), *blake3::hash(bytes).as_bytes())
    };
    let living: BTreeSet<_> = handed_out.iter().map(|file| print(*file)).collect();
    let withdrawn = catalogue.form_files.values().filter(|file| !handed_out.contains(file));
    let withdrawn = withdrawn.map(|file| (print(*file), *file));
    withdrawn.filter(|(print, _)| !living.contains(print) && print.0 > 0).collect()
}
