//! Every free text of a linked catalogue that a site may show, visited in one order: to be read, to be put out
//! of the way where it names what is no longer law, and to be said in another language. What is only compared
//! (ids, numbers of documents) and what no site shows (dead terms, holidays, figures) is no such text.
//! Which they are is said once, in `walk.rs`.

mod walk;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::procedure::{ElementId, Procedure, ProcedureId};
use super::prose::Owner;
use super::registers::Translation;
use super::{Catalogue, Markdown};
use crate::files::Span;
use crate::language::Language;

use walk::{Kind, ReadSlot, Slot, Whose, WriteSlot, read, write};
pub use walk::{Manner, Reach};

/// A text of a catalogue, by its place in the order in which texts are visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(pub u32);

/// A free text.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// Which one.
    pub id: TextId,
    /// Whose it is.
    pub owner: Owner,
    /// Where it is shown.
    pub reach: Reach,
    /// The part of a procedure that it belongs to; it is shown with it only.
    pub element: Option<ElementId>,
    /// Where the record stands that holds it.
    pub at: Option<Span>,
    /// What becomes of it where it may not be shown.
    pub manner: Manner,
    /// Whether it is a translation, which is in the second language of the catalogue.
    pub is_translation: bool,
    /// Its words.
    pub text: &'a str,
}

/// What stands in the place of texts.
pub type Instead = BTreeMap<TextId, String>;

impl Manner {
    /// What stands in the place of a text; nothing says what was there.
    #[must_use]
    pub fn instead(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Name, Language::Vietnamese) => "Tên đang được cập nhật",
            (Self::Name, Language::English) => "Name being updated",
            (Self::Value, Language::Vietnamese) => "Đang được cập nhật",
            (Self::Value, Language::English) => "Being updated",
            (Self::Sentence | Self::Blocks, Language::Vietnamese) => {
                "Một đoạn ở đây đã được gỡ vì nhắc đến quy định không còn hiệu lực."
            }
            (Self::Sentence | Self::Blocks, Language::English) => {
                "A passage was taken out here, for it named rules that are no longer in force."
            }
            (Self::LeftOut, _) => "",
        }
    }
}

/// The free texts of a procedure, in order, numbered among themselves.
#[must_use]
pub fn texts_of(procedure: &Procedure, id: ProcedureId) -> Vec<Text<'_>> {
    let mut texts = Vec::new();
    read::procedure(procedure, id, &mut |whose, manner, slot| {
        add(&mut texts, whose, manner, slot);
    });
    texts
}

/// Adds what stands at a place, but for official titles.
fn add<'a>(texts: &mut Vec<Text<'a>>, whose: Whose, manner: Manner, slot: ReadSlot<'a>) {
    let Whose { owner, reach, element, at, kind } = whose;
    if kind == Kind::Official {
        return;
    }
    slot.read(&mut |text| {
        let is_translation = kind == Kind::Translation;
        let id = TextId(n_of(texts));
        texts.push(Text { id, owner, reach, element, at, manner, is_translation, text });
    });
}

fn n_of(texts: &[Text<'_>]) -> u32 {
    u32::try_from(texts.len()).unwrap_or(u32::MAX)
}

impl Catalogue {
    /// All free texts, in order.
    #[must_use]
    pub fn texts(&self) -> Vec<Text<'_>> {
        let mut texts = Vec::new();
        read::catalogue(self, &|_| true, &mut |whose, manner, slot| {
            add(&mut texts, whose, manner, slot);
        });
        texts
    }

    /// The same catalogue with other texts in the place of some: nothing where they can be left out. Procedures
    /// of which no text is another are shared with it.
    #[must_use]
    pub fn with_texts(&self, instead: &Instead) -> Self {
        let mut changed = self.clone();
        let next = Cell::new(0);
        let wanted = |id: ProcedureId| {
            let first = next.get();
            let behind = first + n_of(&texts_of(&self[id], id));
            let is_wanted = instead.range(TextId(first)..TextId(behind)).next().is_some();
            if !is_wanted {
                next.set(behind);
            }
            is_wanted
        };
        write::catalogue(&mut changed, &wanted, &mut |whose, manner, slot| {
            if whose.kind == Kind::Official {
                return;
            }
            let replaced = || {
                let id = TextId(next.get());
                next.set(next.get() + 1);
                instead.get(&id)
            };
            match slot {
                Slot::Must(text) => {
                    if let Some(other) = replaced() {
                        text.clone_from(other);
                    }
                }
                Slot::Markdown(markdown) => {
                    if let Some(other) = replaced() {
                        markdown.text.clone_from(other);
                        // What stands there now was written nowhere.
                        markdown.span.end = markdown.span.start;
                    }
                }
                Slot::May(text) => {
                    if text.is_some()
                        && let Some(other) = replaced()
                    {
                        *text = (manner != Manner::LeftOut).then(|| other.clone());
                    }
                }
                Slot::Words(words) => words.retain(|_| replaced().is_none()),
            }
        });
        changed
    }

    /// All texts that can be said in another language, in order.
    #[must_use]
    pub fn said(&self) -> Vec<&str> {
        let mut said = Vec::new();
        read::catalogue(self, &|_| true, &mut |whose, _, slot| {
            if whose.kind.is_said() {
                slot.read(&mut |text| said.push(text));
            }
        });
        said
    }

    /// The titles of documents that are no other text of the catalogue as well, as [keys](Translation::key).
    #[must_use]
    pub fn document_titles(&self) -> BTreeSet<String> {
        let (mut titles, mut others) = (BTreeSet::new(), BTreeSet::new());
        read::catalogue(self, &|_| true, &mut |whose, _, slot| {
            let is_title = whose.kind == Kind::Official && whose.owner == Owner::Site;
            if whose.kind.is_said() {
                let of = if is_title { &mut titles } else { &mut others };
                slot.read(&mut |text| of.extend([Translation::key(text)]));
            }
        });
        &titles - &others
    }

    /// The texts of a procedure that its page shows with some of its parts and that can be said in another
    /// language: each once, in order, as [keys](Translation::key).
    #[must_use]
    pub fn texts_shown(&self, id: ProcedureId, has: &dyn Fn(ElementId) -> bool) -> Vec<String> {
        let mut procedure = self[id].clone();
        if !self.site.policies.show_internal_process {
            procedure.internal_process.clear();
        }
        let (mut known, mut texts) = (BTreeSet::new(), Vec::new());
        read::procedure(&procedure, id, &mut |whose, _, slot| {
            // What is said again in lists of changes is no text of its own.
            let is_shown = matches!(whose.kind, Kind::Words | Kind::Official)
                && whose.reach != Reach::Echo
                && whose.element.is_none_or(has);
            if is_shown {
                slot.read(&mut |text| {
                    let key = Translation::key(text);
                    if known.insert(key.clone()) {
                        texts.push(key);
                    }
                });
            }
        });
        texts
    }

    /// The same catalogue in another language: each text as `say` says it, Markdown as `prose` does where it
    /// knows another.
    #[must_use]
    pub fn in_words(
        &self,
        say: &dyn Fn(&str) -> String,
        prose: &dyn Fn(&Markdown) -> Option<Markdown>,
    ) -> Self {
        let mut changed = self.clone();
        write::catalogue(&mut changed, &|_| true, &mut |whose, _, slot| {
            say_slot(whose, slot, say, prose);
        });
        changed
    }
}

impl Procedure {
    /// The same procedure in another language, as [`Catalogue::in_words`].
    #[must_use]
    pub fn in_words(
        &self,
        id: ProcedureId,
        say: &dyn Fn(&str) -> String,
        prose: &dyn Fn(&Markdown) -> Option<Markdown>,
    ) -> Self {
        let mut changed = self.clone();
        write::procedure(&mut changed, id, &mut |whose, _, slot| say_slot(whose, slot, say, prose));
        changed
    }
}

/// Says what stands at a place in another language.
fn say_slot(
    whose: Whose,
    slot: WriteSlot<'_>,
    say: &dyn Fn(&str) -> String,
    prose: &dyn Fn(&Markdown) -> Option<Markdown>,
) {
    if !whose.kind.is_said() {
        return;
    }
    match slot {
        Slot::Must(text) => *text = say(text),
        Slot::Markdown(markdown) => {
            if let Some(other) = prose(markdown) {
                *markdown = other;
            }
        }
        Slot::May(text) => text.iter_mut().for_each(|text| *text = say(text)),
        Slot::Words(words) => words.iter_mut().for_each(|text| *text = say(text)),
    }
}
