//! Law and abolished things in free text: documents that have ended, that the register does not hold or
//! that are given another day; names of what no longer exists. Every text is judged on the day on which
//! its owner is, in its own window: history may name what was law then, and a version to come what will
//! have begun.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::basis::{Judge, first_day};
use super::mending::Mender;
use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Fix, Note, Repair, Report, Value};
use crate::files::{FileId, FileTree, Span};
use crate::mention::place::{self, Style};
use crate::mention::{Dead, Index, Mention, Part, Reading, Target};
use crate::model::Catalogue;
use crate::model::citation::Cited;
use crate::model::date::{self, Date};
use crate::model::document::{DocumentId, Kind};
use crate::model::number::NumberKey;
use crate::model::procedure::ProcedureId;
use crate::model::prose::{Owner, Prose};
use crate::model::provision::Provision;
use crate::model::registers::Translation;
use crate::validity::Assessment;
use crate::validity::procedure::{CitationState, citation_state};
use crate::validity::standing::{Force, Standing};
use crate::validity::words;

/// How many findings are kept of one file; one with more of them is better read than counted.
const FINDINGS_LIMIT: usize = 100;

/// Judges every free text of a catalogue.
pub fn check(
    catalogue: &Catalogue,
    assessment: &Assessment,
    files: &FileTree,
    report: &mut Report,
) {
    let index = Index::new(catalogue);
    let judge = Judge { catalogue, assessment };
    let versions: Vec<Option<Date>> =
        catalogue.procedure_ids().map(|(id, _)| judge.judged_on(id)).collect();
    let judged: Vec<(&Prose, Date)> = catalogue
        .prose
        .iter()
        .filter_map(|prose| Some((prose, day(&judge, &versions, prose)?)))
        .collect();
    let readings: Vec<Reading> = judged
        .par_iter()
        .map(|(prose, _)| {
            if prose.is_markdown {
                index.read_markdown(&prose.text)
            } else {
                index.read(&prose.text)
            }
        })
        .collect();
    let titles = titles(catalogue);
    let mut finder = Finder { judge, files, days: BTreeMap::new(), n_said: BTreeMap::new() };
    for ((prose, day), mut reading) in judged.into_iter().zip(readings) {
        if let Some(title) = titles.get(&prose.span) {
            let title = index.read(title);
            reading.mentions.retain(|one| !title.mentions.iter().any(|its| is_same(one, its)));
        }
        finder.text(prose, day, &reading, report);
    }
}

/// The titles of documents that are said in the second language, by the places where they are said so.
fn titles(catalogue: &Catalogue) -> BTreeMap<Span, &str> {
    let titles = catalogue.translations.iter().filter(|it| it.is_title);
    titles.map(|it| (it.text.span, it.of.as_str())).collect()
}

/// Whether a translated title names what the title names, which the register says and nobody can mend.
fn is_same(said: &Mention, title: &Mention) -> bool {
    said.target == title.target && said.key == title.key
}

/// The day to judge a text on; none where its days are over.
fn day(judge: &Judge<'_>, versions: &[Option<Date>], prose: &Prose) -> Option<Date> {
    let from = match prose.owner {
        Owner::Site => judge.assessment.today,
        Owner::Procedure(id) => versions[id.0 as usize]?,
        Owner::Group(place) => {
            first_day(judge.catalogue.groups[place].validity, judge.assessment.today)?
        }
        Owner::Month(month) => month,
    };
    first_day(prose.validity, from)
}

struct Finder<'a> {
    judge: Judge<'a>,
    files: &'a FileTree,
    /// The first day said of a number whose signing day the register does not tell, and where.
    days: BTreeMap<(String, Option<i16>), (Date, Span)>,
    n_said: BTreeMap<FileId, usize>,
}

impl Finder<'_> {
    fn text(&mut self, prose: &Prose, day: Date, reading: &Reading, report: &mut Report) {
        if reading.mentions.is_empty() && reading.dead.is_empty() {
            return;
        }
        let places = Places::new(prose, reading, self.files);
        for mention in &reading.mentions {
            for found in self.mention(prose, mention, &places, day) {
                self.say(Some(found), report);
            }
            let said = mention.day.as_ref().map(|(day, range)| (*day, places.span(range)));
            let found = said.and_then(|(day, span)| self.day(mention, day, span));
            self.say(found, report);
        }
        for dead in &reading.dead {
            let found = self.dead(prose, dead, places.span(&dead.range), day);
            self.say(found, report);
        }
    }

    fn say(&mut self, found: Option<Diagnostic>, report: &mut Report) {
        let Some(found) = found else { return };
        if let Some(span) = found.span {
            let n_said = self.n_said.entry(span.file).or_default();
            *n_said += 1;
            if FINDINGS_LIMIT < *n_said {
                return;
            }
        }
        report.push(found);
    }

    fn mention(
        &self,
        prose: &Prose,
        mention: &Mention,
        places: &Places,
        day: Date,
    ) -> Vec<Diagnostic> {
        let span = places.span(&mention.range);
        match &mention.target {
            Target::Decision => Vec::new(),
            Target::Nothing => {
                let found = Diagnostic::new(Code::ProseUnknown, span);
                vec![found.with("number", mention.said.as_str())]
            }
            Target::Several(documents) => {
                let catalogue = self.judge.catalogue;
                let known: Vec<String> =
                    documents.iter().map(|id| words::name(catalogue, *id)).collect();
                let mut found = Diagnostic::new(Code::ProseAmbiguous, span)
                    .with("number", mention.said.as_str())
                    .with("known", known.join(", "));
                for id in documents {
                    found = found.note(Note::at(Remark::Candidate, catalogue[*id].span));
                }
                vec![found]
            }
            Target::One(id) => self.documents(prose, mention, &[*id], places, day),
            Target::OneOf(documents) => self.documents(prose, mention, documents, places, day),
        }
    }

    /// What is over of a document: all of it, or each part that is named, at its own place. Of several
    /// documents of one name all must be over: a name that still belongs to one in force names that one.
    fn documents(
        &self,
        prose: &Prose,
        mention: &Mention,
        documents: &[DocumentId],
        places: &Places,
        day: Date,
    ) -> Vec<Diagnostic> {
        let judged = |provision: Option<&Provision>, range: &Range<usize>| {
            let span = places.span(range);
            let found = documents
                .iter()
                .map(|id| self.document(prose, mention, (*id, provision), span, day))
                .collect::<Option<Vec<_>>>()?;
            found.into_iter().next()
        };
        let is_gone = |id: &DocumentId| {
            let force = self.judge.assessment.life(*id).whole().at(day).force;
            matches!(force, Force::Ended | Force::Withdrawn)
        };
        if mention.parts.is_empty() || documents.iter().all(is_gone) {
            return judged(None, &mention.range).into_iter().collect();
        }
        let of_part = |part: &Part| part.each().find_map(|one| judged(Some(&one), &part.range));
        mention.parts.iter().filter_map(of_part).collect()
    }

    /// A document that a text should not name any more.
    fn document(
        &self,
        prose: &Prose,
        mention: &Mention,
        (id, provision): (DocumentId, Option<&Provision>),
        span: Span,
        day: Date,
    ) -> Option<Diagnostic> {
        let life = self.judge.assessment.life(id);
        let whole = life.whole().at(day);
        let is_gone = matches!(whole.force, Force::Ended | Force::Withdrawn);
        let provision = provision.filter(|_| !is_gone);
        let standing = match provision {
            Some(provision) => &life.standing(Some(provision), day),
            None => whole,
        };
        let code = match standing.force {
            Force::Ended | Force::Withdrawn | Force::EndedExcept => Code::ProseEnded,
            Force::Suspended => Code::ProseSuspended,
            _ => return None,
        };
        if let Owner::Procedure(procedure) = prose.owner
            && self.may_still_be_named(procedure, id, day)
        {
            return None;
        }
        let number = match provision {
            Some(provision) => format!("{provision} {}", mention.said),
            None => mention.said.clone(),
        };
        let since = standing.since().map_or_else(|| "…".to_owned(), |since| since.to_string());
        let found = Diagnostic::new(code, span).with("number", number).with("date", since);
        let found = found.with("todo", self.instead(standing, day));
        let is_whole = provision.is_none() && mention.parts.is_empty();
        let mended = is_whole.then(|| self.mended(prose, mention, id, span, day)).flatten();
        let found = found.fixed_by(mended);
        Some(self.judge.tell(found, &standing.because, day))
    }

    /// Writes the successor's number where a text says no more than that something is done by the document:
    /// "theo Nghị định số 61/2018/NĐ-CP." What it says of the document itself, such as its title, its day or
    /// that another replaced it, would be false of the successor.
    fn mended(
        &self,
        prose: &Prose,
        mention: &Mention,
        ended: DocumentId,
        span: Span,
        day: Date,
    ) -> Option<Fix> {
        let catalogue = self.judge.catalogue;
        let Target::One(_) = mention.target else { return None };
        let assessment = self.judge.assessment;
        let mender = Mender { catalogue, assessment, files: self.files };
        let successor = mender.successor(ended, day)?;
        let (old, new) = (&catalogue[ended], &catalogue[successor]);
        let number = new.number.as_ref().filter(|_| old.kind == new.kind)?;
        let source = std::str::from_utf8(self.files.content(span.file).bytes()).ok()?;
        let written = source.get(span.range())?;
        let is_number = !written.contains(char::is_whitespace)
            && old.number.as_deref().map(NumberKey::new) == Some(NumberKey::new(written));
        let before = prose.text.get(..mention.range.start)?;
        let after = prose.text.get(mention.range.end..)?;
        let is_end = after.starts_with(['.', ';', ')']) || after.trim().is_empty();
        let is_translated = || {
            let key = Translation::key(&prose.text);
            catalogue.translations.iter().any(|translation| translation.of == key)
        };
        let is_meant = is_number
            && is_end
            && mention.day.is_none()
            && is_followed(before, old.kind)
            && !prose.text.contains(number.as_str())
            && !is_translated();
        let repair = Repair::Write { at: span, text: number.clone() };
        is_meant.then(|| mender.about(ended, vec![repair]))
    }

    /// Whether a procedure cites a text by an exemption that still runs.
    fn may_still_be_named(&self, id: ProcedureId, document: DocumentId, day: Date) -> bool {
        let procedure = &self.judge.catalogue[id];
        procedure.citations().any(|citation| {
            citation.document == Cited::Known(document)
                && citation_state(self.judge.assessment.lives(), citation, day)
                    == CitationState::Exempt
        })
    }

    /// What to write in the place of what has ended.
    fn instead(&self, standing: &Standing, day: Date) -> Value {
        match self.judge.successors(&standing.because, day).first() {
            Some(successor) => {
                let name = words::name(self.judge.catalogue, *successor);
                [
                    format!("viết lại theo {name}, nếu nó quy định điều này; nếu không thì bỏ"),
                    format!("write it after {name}, if it says this; if not, remove it"),
                ]
                .into()
            }
            None => [
                "viết lại theo văn bản còn hiệu lực, hoặc bỏ chỗ này",
                "write it after a document in force, or remove it here",
            ]
            .into(),
        }
    }

    /// A day that is not the signing day of the register, or not the one that was said elsewhere.
    fn day(&mut self, mention: &Mention, said: Date, span: Span) -> Option<Diagnostic> {
        let found = |expected: [String; 2]| {
            Diagnostic::new(Code::ProseDateDiffers, span)
                .with("number", mention.said.as_str())
                .with("said", date::vietnamese(said))
                .with("expected", expected)
        };
        let signed = match &mention.target {
            Target::One(id) => self.judge.catalogue[*id].signed.map(|signed| (signed, *id)),
            Target::Nothing => None,
            Target::OneOf(_) | Target::Several(_) | Target::Decision => return None,
        };
        if let Some((signed, id)) = signed {
            let day = date::vietnamese(signed);
            let expected = [
                format!("ngày ký trong danh bạ, {day}"),
                format!("its signing day in the register, {day}"),
            ];
            let note = Note::at(Remark::OtherHere, self.judge.catalogue[id].span);
            return (signed != said).then(|| found(expected).note(note));
        }
        if mention.key.is_empty() {
            return None;
        }
        // A number without a year begins anew each year.
        let has_year = mention.key.split('/').nth(1).is_some_and(|part| part.len() == 4);
        let key = (mention.key.clone(), (!has_year).then_some(said.year()));
        let (first, at) = *self.days.entry(key).or_insert((said, span));
        let day = date::vietnamese(first);
        let expected = [format!("ngày {day} ghi ở chỗ khác"), format!("{day}, said elsewhere")];
        (first != said).then(|| found(expected).note(Note::at(Remark::OtherHere, at)))
    }

    fn dead(&self, prose: &Prose, dead: &Dead, span: Span, day: Date) -> Option<Diagnostic> {
        let catalogue = self.judge.catalogue;
        let term = &catalogue.terms.dead[dead.term];
        if day < term.ended {
            return None;
        }
        let todo: Value = match &term.instead {
            Some(instead) => [
                format!("viết “{instead}”, hoặc bỏ chỗ này"),
                format!("write “{instead}”, or remove it here"),
            ]
            .into(),
            None => ["bỏ chỗ này", "remove it here"].into(),
        };
        let said = prose.text.get(dead.range.clone()).unwrap_or(&term.term);
        let said: Vec<&str> = said.split_whitespace().collect();
        let found = Diagnostic::new(Code::DeadTerm, span)
            .with("term", said.join(" "))
            .with("date", term.ended.to_string())
            .with("todo", todo);
        let Some(because) = term.because_of else { return Some(found) };
        let name = words::name(catalogue, because);
        let chain = [format!("theo {name}"), format!("by {name}")];
        Some(found.note(Note::new(Remark::Because).with("chain", chain)))
    }
}

/// Whether the words before a number say that something is done as its document says.
fn is_followed(before: &str, kind: Kind) -> bool {
    const OPENINGS: [&str; 5] =
        ["theo", "theo quy định tại", "theo quy định của", "căn cứ", "căn cứ vào"];
    let words: Vec<&str> = before.split_whitespace().collect();
    let before = words.join(" ").to_lowercase();
    let before = before.strip_suffix("số").unwrap_or(&before).trim_end();
    let said =
        Kind::ALL.iter().find(|(it, ..)| *it == kind).map(|(_, _, word)| word.to_lowercase());
    let rest =
        said.and_then(|said| before.strip_suffix(&said).map(str::trim_end).map(str::to_owned));
    rest.is_some_and(|rest| OPENINGS.iter().any(|opening| rest.ends_with(opening)))
}

/// Where the findings of one text stand in its file.
struct Places {
    whole: Span,
    found: BTreeMap<(usize, usize), Span>,
}

impl Places {
    fn new(prose: &Prose, reading: &Reading, files: &FileTree) -> Self {
        let of_mentions = reading.mentions.iter().flat_map(|mention| {
            let day = mention.day.as_ref().map(|(_, range)| range.clone());
            let parts = mention.parts.iter().map(|part| part.range.clone());
            std::iter::once(mention.range.clone()).chain(day).chain(parts)
        });
        let ranges: Vec<Range<usize>> =
            of_mentions.chain(reading.dead.iter().map(|dead| dead.range.clone())).collect();
        let spans = spans(prose, files, &ranges).unwrap_or_default();
        let keys = ranges.iter().map(|range| (range.start, range.end));
        Self { whole: prose.span, found: keys.zip(spans).collect() }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        self.found.get(&(range.start, range.end)).copied().unwrap_or(self.whole)
    }
}

/// The places of ranges of a text in its file; none where the file tells it otherwise.
pub(super) fn spans(prose: &Prose, files: &FileTree, ranges: &[Range<usize>]) -> Option<Vec<Span>> {
    let whole = prose.span;
    let source = std::str::from_utf8(files.content(whole.file).bytes()).ok()?;
    let written = source.get(whole.range())?;
    let is_page = files.path(whole.file).extension() == Some("md");
    let style = if is_page { Style::Plain } else { Style::Scalar };
    let found = place::locate(&prose.text, written, style, ranges)?;
    let place = |at: usize| u32::try_from(whole.start as usize + at).unwrap_or(u32::MAX);
    let span = |range: Range<usize>| Span {
        file: whole.file,
        start: place(range.start),
        end: place(range.end),
    };
    Some(found.into_iter().map(span).collect())
}
