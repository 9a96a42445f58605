//! Which texts of a catalogue name on some day what must not be named: found with the eyes that read the
//! finished site, so that what is left of the catalogue passes them. Each text is searched once for all that
//! is over on any of the days; only where something was found the days are told apart.
//!
//! Knows what a text is, whose it is and how it is read; not how its page looks.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::lookout::Lookout;
use super::near::{Near, Sieve};
use super::passages::{readings, without};
use super::{Audit, Place, Target, pardons};
use crate::files::{FileId, FileTree, Span};
use crate::model::Catalogue;
use crate::model::citation::Exemption;
use crate::model::date::Date;
use crate::model::hushed::{Gone, Hush, Hushed, Silence};
use crate::model::prose::{Owner, Prose};
use crate::model::texts::{Manner, Reach, Text};
use crate::validity::Assessment;
use crate::validity::procedure::ProcedureStanding;

/// A day, with what holds on it and what stands where.
#[derive(Clone, Debug)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// What holds.
    pub assessment: Assessment,
}

/// The texts that must not be shown on each of some days, which are in order. `places` knows what stands where
/// on the site of a day, as far as it may name what has ended. With them who looks out for the same in what is
/// written later.
#[must_use]
pub fn hushed(
    catalogue: &Catalogue,
    files: &FileTree,
    days: &[Day],
    places: impl Fn(&Assessment) -> BTreeMap<String, Place> + Sync,
) -> (Hushed, Lookout) {
    let texts = catalogue.texts();
    let all: BTreeMap<String, Place> =
        days.par_iter().map(|day| places(&day.assessment)).reduce(BTreeMap::new, joined);
    let sieve = Sieve::new(catalogue, files, &over(catalogue, days), &all);
    let (suspects, named) = suspects(&sieve, &texts);
    if suspects.is_empty() {
        return (Hushed::default(), sieve.lookout());
    }
    let owners: BTreeMap<&String, Place> = all
        .iter()
        .filter(|(_, place)| suspects.iter().any(|text| own_place(text.owner) == Some(**place)))
        .map(|(address, place)| (address, *place))
        .collect();
    let keys: Vec<(String, BTreeSet<String>)> =
        days.par_iter().map(|day| key(catalogue, &day.assessment, &named, &owners)).collect();
    let is_like_before = |place: usize| place > 0 && keys[place].0 == keys[place - 1].0;
    let fresh: Vec<usize> = (0..days.len()).filter(|place| !is_like_before(*place)).collect();
    let is_left = |id| days.iter().any(|day| pardons::is_left(&day.assessment, id));
    let left = pardons::parts_of(catalogue, is_left);
    let read: Vec<Cow<'_, str>> =
        suspects.iter().flat_map(|text| readings(text.text, text.manner)).collect();
    let said = keys.iter().flat_map(|(_, said)| said).map(String::as_str);
    let titles = titles(catalogue);
    let of_suspects = suspects.iter().filter_map(|text| titles.get(text.text)).flatten().copied();
    let reasons = exemptions(catalogue).map(|exemption| exemption.reason.as_str());
    let all_read = read.iter().map(AsRef::as_ref).chain(said).chain(of_suspects).chain(reasons);
    let all_read: Vec<&str> = all_read.chain(left.iter().map(|part| part.words)).collect();
    let found = all_read.into_par_iter().flat_map_iter(|text| sieve.within(text)).collect();
    let near = Near::new(&sieve, found, &left);
    let judged: Vec<Silence> = fresh
        .par_iter()
        .map(|place| {
            let assessment = &days[*place].assessment;
            let eyes = Eyes::new(catalogue, files, assessment, &near, &owners, &places);
            silence(&eyes, &suspects, &titles)
        })
        .collect();
    let silences = days.iter().enumerate().map(|(place, day)| {
        let judged = &judged[fresh.partition_point(|first| *first <= place) - 1];
        (day.date, Arc::clone(judged))
    });
    let hushed = Hushed::new(silences);
    drop(near);
    (hushed, sieve.lookout())
}

fn joined<K: Ord, V>(mut one: BTreeMap<K, V>, other: BTreeMap<K, V>) -> BTreeMap<K, V> {
    one.extend(other);
    one
}

/// The forms that are handed out on a later day and name something that is over on it and is not today, each
/// with the first day of that.
#[must_use]
pub fn forms(
    catalogue: &Catalogue,
    files: &FileTree,
    days: &[Day],
    places: impl Fn(&Assessment) -> BTreeMap<String, Place>,
) -> Vec<(FileId, Date, Gone)> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Vec::new() };
    let is_over = |day: &Day, target: Target| match target {
        Target::Document(id) => day.assessment.document(id).force.is_over(),
        Target::Procedure(id) => !may_be_named(day.assessment.procedure(id)),
        Target::Form(_) => true,
    };
    let ends = |target| is_over(last, target) && !is_over(first, target);
    let mut documents = catalogue.document_ids().map(|(id, _)| Target::Document(id));
    let mut procedures = catalogue.procedure_ids().map(|(id, _)| Target::Procedure(id));
    if catalogue.form_files.is_empty() || !(documents.any(ends) || procedures.any(ends)) {
        return Vec::new();
    }
    let mut handed_out = BTreeSet::new();
    for (id, procedure) in catalogue.procedure_ids() {
        let Some(shown) = last.assessment.procedure(id).on_page() else { continue };
        let forms = procedure.forms.iter().filter(|form| shown.has(form.element));
        handed_out.extend(forms.filter_map(|form| Some(&form.file.as_ref()?.value)));
    }
    let audit = Audit::new(catalogue, &last.assessment, files, files, places(&last.assessment));
    let named = handed_out.into_par_iter().flat_map_iter(|path| {
        let file = catalogue.form_files.get(path).copied();
        let found = file.map(|file| audit.names_in_form(path, files.content(file).bytes()));
        let found = found.unwrap_or_default().into_iter().filter(|target| ends(*target));
        found.filter_map(move |target| Some((file?, target))).collect::<Vec<_>>()
    });
    let named: Vec<(FileId, Target)> = named.collect();
    let told = named.into_iter().filter_map(|(file, target)| {
        let day = days.iter().find(|day| is_over(day, target))?.date;
        Some((file, day, gone(target)))
    });
    told.collect()
}

fn gone(target: Target) -> Gone {
    match target {
        Target::Document(id) => Gone::Document(id),
        Target::Procedure(id) => Gone::Procedure(id),
        Target::Form(_) => Gone::Other,
    }
}

/// What is over on any of the days.
fn over(catalogue: &Catalogue, days: &[Day]) -> BTreeSet<Target> {
    let mut over = BTreeSet::new();
    for Day { assessment, .. } in days {
        let documents = catalogue.document_ids().map(|(id, _)| id);
        let ended = documents.filter(|id| assessment.document(*id).force.is_over());
        over.extend(ended.map(Target::Document));
        let procedures = catalogue.procedure_ids().map(|(id, _)| id);
        let gone = procedures.filter(|id| !may_be_named(assessment.procedure(*id)));
        over.extend(gone.map(Target::Procedure));
    }
    over
}

/// The texts that name something that is over on any of the days; and all that they name, with what may cover
/// it.
fn suspects<'t>(sieve: &Sieve, texts: &[Text<'t>]) -> (Vec<Text<'t>>, BTreeSet<Target>) {
    let names_in = |text: &Text<'t>| sieve.names_in(&readings(text.text, text.manner));
    let found: Vec<Option<BTreeSet<Target>>> = texts.par_iter().map(names_in).collect();
    let mut suspects = Vec::new();
    let mut named = BTreeSet::new();
    for (text, found) in texts.iter().zip(found) {
        if let Some(found) = found {
            suspects.push(*text);
            named.extend(found);
        }
    }
    (suspects, named)
}

/// All exemptions of a catalogue.
fn exemptions(catalogue: &Catalogue) -> impl Iterator<Item = &Exemption> {
    let cited = catalogue.procedures.iter().flat_map(|procedure| procedure.citations());
    cited.filter_map(|citation| citation.exemption.as_ref())
}

/// What decides on a day about these texts: on days with one key they are judged alike. With it the texts of which
/// is asked what they name, because notices of the owners say them.
fn key(
    catalogue: &Catalogue,
    assessment: &Assessment,
    named: &BTreeSet<Target>,
    owners: &BTreeMap<&String, Place>,
) -> (String, BTreeSet<String>) {
    let mut key = String::new();
    for target in named {
        let _written = match target {
            Target::Document(id) => {
                let life = assessment.life(*id);
                // A part of what lives on in parts may end alone.
                let since = life.days().range(..=assessment.today).next_back();
                write!(key, "{:?}{since:?};", assessment.document(*id).force)
            }
            Target::Procedure(id) => write!(key, "{};", standing(assessment.procedure(*id))),
            Target::Form(_) => Ok(()),
        };
    }
    for place in owners.values() {
        let _written = match place {
            Place::Procedure(id) => write!(key, "{:?};", assessment.procedure(*id)),
            Place::Group(place) => write!(key, "{};", assessment.is_group_published(*place)),
            _ => Ok(()),
        };
    }
    let places = owners.iter().map(|(address, place)| ((*address).clone(), *place)).collect();
    let said = RefCell::new(BTreeSet::new());
    let pardons = pardons::pardons(catalogue, assessment, &places, |text: &str| {
        said.borrow_mut().insert(text.to_owned());
        BTreeSet::new()
    });
    let reasons = pardons::reasons(catalogue, assessment);
    let _written = write!(key, "{pardons:?}{reasons:?}");
    (key, said.into_inner())
}

/// How a version stands, without why.
fn standing(standing: &ProcedureStanding) -> &'static str {
    match standing {
        ProcedureStanding::Internal => "internal",
        ProcedureStanding::NotYet => "not yet",
        ProcedureStanding::Announced { .. } => "announced",
        ProcedureStanding::Published(_) => "published",
        ProcedureStanding::Superseded { .. } | ProcedureStanding::Withheld { .. } => "gone",
    }
}

fn may_be_named(standing: &ProcedureStanding) -> bool {
    use ProcedureStanding::{Announced, Internal, NotYet, Published, Superseded, Withheld};
    match standing {
        NotYet | Announced { .. } | Published(_) => true,
        Internal | Superseded { .. } | Withheld { .. } => false,
    }
}

/// The place that is its owner's own.
fn own_place(owner: Owner) -> Option<Place> {
    match owner {
        Owner::Procedure(id) => Some(Place::Procedure(id)),
        Owner::Group(place) => Some(Place::Group(place)),
        Owner::Site | Owner::Month(_) => None,
    }
}

/// What texts name on a day: told by an audit of what is near them, and of everything where that is not enough.
struct Eyes<'a> {
    catalogue: &'a Catalogue,
    assessment: &'a Assessment,
    near: &'a Near<'a>,
    audit: Audit<'a>,
    /// Made when it is first needed.
    whole: OnceLock<Audit<'a>>,
    make_whole: Box<dyn Fn() -> Audit<'a> + Sync + 'a>,
}

impl<'a> Eyes<'a> {
    fn new(
        catalogue: &'a Catalogue,
        files: &'a FileTree,
        assessment: &'a Assessment,
        near: &'a Near,
        owners: &BTreeMap<&String, Place>,
        places: &'a (impl Fn(&Assessment) -> BTreeMap<String, Place> + Sync),
    ) -> Self {
        let mut here = places(assessment);
        here.retain(|address, place| {
            near.has_place(address, *place) || owners.contains_key(address)
        });
        Self {
            catalogue,
            assessment,
            near,
            audit: Audit::for_texts(catalogue, assessment, files, here, Some(near)),
            whole: OnceLock::new(),
            make_whole: Box::new(move || {
                Audit::for_texts(catalogue, assessment, files, places(assessment), None)
            }),
        }
    }

    /// What a text names that must not be named, where so much may be as at a place.
    fn names_in(&self, text: &str, place: Option<Place>) -> BTreeSet<Target> {
        let audit = if self.near.covers(text) {
            &self.audit
        } else {
            self.whole.get_or_init(&self.make_whole)
        };
        let pardoned = place.and_then(|here| {
            let mut addresses = audit.places.iter().filter(|(_, place)| **place == here);
            addresses.find_map(|(address, _)| audit.pardons.get(address))
        });
        audit.names_in(text, pardoned)
    }
}

/// Of some texts those that must not be shown on a day, with what stands in their place.
fn silence(eyes: &Eyes<'_>, suspects: &[Text<'_>], titles: &BTreeMap<&str, Vec<&str>>) -> Silence {
    let Eyes { catalogue, assessment, .. } = *eyes;
    let judged = suspects.into_par_iter().filter_map(|text| {
        let place = match shown(assessment, text) {
            Shown::Nowhere => return None,
            Shown::At(place) => Some(place),
            Shown::Anywhere => None,
        };
        let named = |words: &str| -> BTreeSet<Target> {
            let read = readings(words, text.manner);
            read.iter().flat_map(|read| eyes.names_in(read, place)).collect()
        };
        let mut found = named(text.text);
        if let Some(titles) = titles.get(text.text).filter(|_| text.is_translation) {
            // A title stands on the notice too, and so does what it is in the other language.
            let own: Vec<_> = titles.iter().map(|title| eyes.names_in(title, None)).collect();
            found.retain(|target| !own.iter().all(|own| own.contains(target)));
        }
        if found.is_empty() {
            return None;
        }
        let second = catalogue.site.second.filter(|_| text.is_translation);
        let language = second.unwrap_or(catalogue.site.language);
        let sentence = text.manner.instead(language);
        let instead = match text.manner {
            Manner::Blocks => without(text.text, sentence, |words| named(words).is_empty()),
            _ => sentence.to_owned(),
        };
        let hush = Hush {
            owner: text.owner,
            reach: text.reach,
            spans: spans(catalogue, assessment, text),
            instead,
            gone: found.into_iter().map(gone).collect(),
        };
        Some((text.id, hush))
    });
    Arc::new(judged.collect())
}

/// The words that translate titles of documents and nothing else, with those titles.
fn titles(catalogue: &Catalogue) -> BTreeMap<&str, Vec<&str>> {
    let mut titles: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let (of_titles, others): (Vec<_>, Vec<_>) =
        catalogue.translations.iter().partition(|it| it.is_title);
    for one in of_titles {
        titles.entry(&one.text.text).or_default().push(&one.of);
    }
    for one in others {
        titles.remove(one.text.text.as_str());
    }
    titles
}

/// Where the words of a text stand that apply on a day; where no place was kept of any, where its record does.
fn spans(catalogue: &Catalogue, assessment: &Assessment, text: &Text<'_>) -> Vec<Span> {
    let all = catalogue.prose.iter();
    let written: Vec<&Prose> =
        all.filter(|prose| prose.owner == text.owner && prose.text == text.text).collect();
    if written.is_empty() {
        return text.at.into_iter().collect();
    }
    let now = written.into_iter().filter(|prose| prose.validity.covers(assessment.today));
    now.map(|prose| prose.span).collect()
}

/// Where a text is shown on a day, as far as that decides what it may name.
enum Shown {
    Nowhere,
    /// At a place of its own, which may name more than others do.
    At(Place),
    /// On pages that may name nothing.
    Anywhere,
}

fn shown(assessment: &Assessment, text: &Text<'_>) -> Shown {
    let at = |place, is_shown| if is_shown { Shown::At(place) } else { Shown::Nowhere };
    match text.owner {
        Owner::Site | Owner::Month(_) => Shown::Anywhere,
        Owner::Group(place) => match text.reach {
            Reach::Wide | Reach::Echo => Shown::Anywhere,
            Reach::Own => at(Place::Group(place), assessment.is_group_published(place)),
        },
        Owner::Procedure(id) => {
            let (standing, own) = (assessment.procedure(id), Place::Procedure(id));
            let is_coming = *standing == ProcedureStanding::NotYet;
            match (standing.on_page(), text.reach) {
                _ if *standing == ProcedureStanding::Internal => Shown::Nowhere,
                (Some(shown), Reach::Own) => {
                    at(own, text.element.is_none_or(|element| shown.has(element)))
                }
                (Some(_), Reach::Wide | Reach::Echo) => Shown::Anywhere,
                (None, Reach::Wide | Reach::Echo) if is_coming => Shown::Anywhere,
                // Its notice calls it by its name, and names what it lost.
                (None, Reach::Wide) => at(own, text.element.is_none()),
                (None, Reach::Own | Reach::Echo) => Shown::Nowhere,
            }
        }
    }
}
