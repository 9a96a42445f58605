//! The walk over the free texts of a catalogue, once to read them and once to change them. It says of each whose
//! it is, where it is shown and what may become of it, and knows nobody who walks.
//!
//! Records are taken apart key by key, so that a new key does not compile before it is said here what it is.

use std::sync::Arc;

use crate::files::Span;
use crate::model::agency::{Agency, Field, Office};
use crate::model::citation::{Citation, Cited, Exemption};
use crate::model::document::Document;
use crate::model::procedure::{
    Announcement, Case, Channel, Complaints, DossierItem, DossierKind, Element, ElementId, Fee,
    FeeAmount, Form, InternalStep, Outcome, Paper, Procedure, ProcedureId, Reception,
    ReceptionPlace, Step, TimeLength, TimeLimit,
};
use crate::model::prose::Owner;
use crate::model::registers::{
    Abbreviation, FreePage, Group, LifeEvent, Synonym, Terms, Translation,
};
use crate::model::site::{Contact, Licence, Site};
use crate::model::{Catalogue, Checked, Markdown};

/// What becomes of a text that may not be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Manner {
    /// It is the name of something that is shown: a neutral name stands in its place.
    Name,
    /// It says how much or how long: that it is being mended stands in its place.
    Value,
    /// It stands alone: a sentence stands in its place.
    Sentence,
    /// It can be left out.
    LeftOut,
    /// It is Markdown: the blocks that may not be shown give way to a sentence.
    Blocks,
}

/// Where a text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Where its owner is, and nowhere else.
    Own,
    /// On other pages too.
    Wide,
    /// In lists of changes, where it says again what another text says.
    Echo,
}

/// What may become of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It is in the words of the catalogue: it may be put out of the way, and be said in another language.
    Words,
    /// The same, but that it is an official title: it stands on the notice too, and stays.
    Official,
    /// It is searched and not shown.
    Searched,
    /// It is the same in every language: a code, an address, words about words.
    Same,
    /// The same, for it is a translation.
    Translation,
}

impl Kind {
    /// Whether it can be said in another language.
    pub(super) fn is_said(self) -> bool {
        !matches!(self, Self::Same | Self::Translation)
    }
}

#[derive(Clone, Copy)]
pub(super) struct Whose {
    pub(super) owner: Owner,
    pub(super) reach: Reach,
    pub(super) element: Option<ElementId>,
    pub(super) at: Option<Span>,
    pub(super) kind: Kind,
}

impl Whose {
    const fn own(owner: Owner) -> Self {
        Self { owner, reach: Reach::Own, element: None, at: None, kind: Kind::Words }
    }

    const fn wide(owner: Owner) -> Self {
        Self { reach: Reach::Wide, ..Self::own(owner) }
    }

    fn official(self) -> Self {
        Self { kind: Kind::Official, ..self }
    }

    fn searched(self) -> Self {
        Self { kind: Kind::Searched, ..self }
    }

    fn same(self) -> Self {
        Self { kind: Kind::Same, ..self }
    }

    fn translation(self) -> Self {
        Self { kind: Kind::Translation, ..self }
    }

    fn of(self, element: ElementId) -> Self {
        Self { element: Some(element), ..self }
    }

    fn at(self, span: Span) -> Self {
        Self { at: Some(span), ..self }
    }
}

/// A place that holds a text, or several, or perhaps none.
pub(super) enum Slot<S, K, M, W> {
    Must(S),
    Markdown(K),
    May(M),
    Words(W),
}

pub(super) type ReadSlot<'a> = Slot<&'a String, &'a Markdown, &'a Option<String>, &'a Vec<String>>;
pub(super) type WriteSlot<'a> =
    Slot<&'a mut String, &'a mut Markdown, &'a mut Option<String>, &'a mut Vec<String>>;

impl<'a> ReadSlot<'a> {
    /// What is there.
    pub(super) fn read(self, add: &mut dyn FnMut(&'a str)) {
        match self {
            Self::Must(text) => add(text),
            Self::Markdown(markdown) => add(&markdown.text),
            Self::May(text) => text.iter().for_each(|text| add(text)),
            Self::Words(words) => words.iter().for_each(|text| add(text)),
        }
    }
}

/// One walk over a catalogue, for reading and for writing.
macro_rules! walk {
    ($open:path, $slot:ident $(, $mutable:tt)?) => {
        use super::*;

        type See<'s, 'a> = &'s mut dyn FnMut(Whose, Manner, $slot<'a>);

        /// Of the procedures those that are `wanted`.
        pub(in super::super) fn catalogue<'a>(
            all: &'a $($mutable)? Catalogue,
            wanted: &dyn Fn(ProcedureId) -> bool,
            see: See<'_, 'a>,
        ) {
            let Catalogue {
                site: about,
                documents,
                decisions: _,
                procedures,
                codes: _,
                agencies,
                fields,
                life_events,
                groups,
                terms,
                translations,
                holidays: _,
                reports: _,
                pages,
                form_files: _,
                prose: _,
            } = all;
            site(about, see);
            for one in documents {
                document(one, see);
            }
            for (id, one) in (0..).map(ProcedureId).zip(procedures) {
                if wanted(id) {
                    procedure($open(one), id, see);
                }
            }
            for one in agencies {
                agency(one, see);
            }
            for Field { name, slug: _, former_ids: _, order: _, span: _ } in fields {
                see(WIDE, Manner::Name, Slot::Must(name));
            }
            for one in life_events {
                life_event(one, see);
            }
            for (place, one) in groups.into_iter().enumerate() {
                group(one, Owner::Group(place), see);
            }
            // What is searched holds them, and the page of words, which says in which language they are; dead
            // terms are for editors.
            let Terms { synonyms, abbreviations, dead: _ } = terms;
            for Synonym { say, means } in synonyms {
                see(WIDE.same(), Manner::LeftOut, Slot::Words(say));
                see(WIDE.same(), Manner::LeftOut, Slot::Must(means));
            }
            for Abbreviation { short, long } in abbreviations {
                see(WIDE.same(), Manner::LeftOut, Slot::Must(short));
                see(WIDE.same(), Manner::LeftOut, Slot::Must(long));
            }
            for Translation { of: _, span: _, text, is_title: _ } in translations {
                markdown(text, WIDE.translation(), see);
            }
            for FreePage { title, text, slug: _, former_ids: _ } in pages {
                see(WIDE, Manner::Name, Slot::Must(title));
                markdown(text, WIDE, see);
            }
        }

        fn site<'a>(about: &'a $($mutable)? Site, see: See<'_, 'a>) {
            let Site {
                title,
                publisher,
                notice,
                // Without it there would be no site map; a site that bears a number in its name stays an error.
                base_url: _,
                language: _,
                second: _,
                contacts,
                policies: _,
                upkeep: _,
                home,
                home_procedures: _,
                compiled: _,
                licence,
                holidays_until: _,
                // Where editors work, not what readers are told.
                repository: _,
            } = about;
            see(WIDE, Manner::Name, Slot::Must(title));
            see(WIDE, Manner::Name, Slot::Must(publisher));
            see(WIDE, Manner::LeftOut, Slot::May(notice));
            for Contact { name, text, url, phone } in contacts {
                see(WIDE, Manner::Name, Slot::Must(name));
                see(WIDE, Manner::LeftOut, Slot::May(text));
                for line in [url, phone] {
                    see(WIDE.same(), Manner::LeftOut, Slot::May(line));
                }
            }
            if let Some(home) = home {
                markdown(home, WIDE, see);
            }
            if let Some(Licence { name, url }) = licence {
                see(WIDE, Manner::Name, Slot::Must(name));
                see(WIDE.same(), Manner::LeftOut, Slot::May(url));
            }
        }

        fn markdown<'a>(text: &'a $($mutable)? Markdown, whose: Whose, see: See<'_, 'a>) {
            see(whose, Manner::Blocks, Slot::Markdown(text));
        }

        fn document<'a>(one: &'a $($mutable)? Document, see: See<'_, 'a>) {
            // Its number is official as its titles are, and the same in every language.
            let Document {
                slug: _,
                former_ids: _,
                number: _,
                short_title,
                title,
                kind: _,
                issuers: _,
                province: _,
                signed: _,
                effective: _,
                provisions: _,
                own_end: _,
                implements: _,
                effects: _,
                status_asserted: _,
                checked,
                span: _,
                places: _,
            } = one;
            see(WIDE.official(), Manner::Name, Slot::Must(title));
            see(WIDE.official(), Manner::Name, Slot::May(short_title));
            if let Some(Checked { source, on: _, by: _, span }) = checked {
                see(WIDE.at(*span).same(), Manner::LeftOut, Slot::May(source));
            }
        }

        pub(in super::super) fn procedure<'a>(one: &'a $($mutable)? Procedure, id: ProcedureId, see: See<'_, 'a>) {
            let Procedure {
                slug: _,
                former_ids: _,
                code,
                title,
                plain_title,
                search_terms,
                field: _,
                levels: _,
                class,
                audience: _,
                source,
                visibility: _,
                origin: _,
                validity: _,
                legal_basis,
                authority: _,
                any_office: _,
                channels,
                reception,
                cases,
                dossier_sets: _,
                forms,
                steps,
                internal_process,
                requirements,
                results,
                announced,
                complaints,
                related: _,
                // By whom and with what is told to editors.
                last_checked: _,
                elements,
            } = one;
            let owner = Owner::Procedure(id);
            let (own, wide) = (Whose::own(owner).at(code.span), Whose::wide(owner).at(code.span));
            see(wide.official(), Manner::Name, Slot::Must(title));
            see(wide, Manner::LeftOut, Slot::May(plain_title));
            see(wide.searched(), Manner::LeftOut, Slot::Words(search_terms));
            see(own, Manner::LeftOut, Slot::May(class));
            see(own.same(), Manner::LeftOut, Slot::May(source));
            for basis in legal_basis {
                citation(basis, wide, see);
            }
            for channel_of in channels {
                channel(channel_of, (own, wide), see);
            }
            for Reception { element, place } in reception {
                let own = own.of(*element);
                if let ReceptionPlace::Written { place, address, hours } = place {
                    see(own, Manner::Name, Slot::Must(place));
                    see(own, Manner::LeftOut, Slot::May(address));
                    see(own, Manner::LeftOut, Slot::May(hours));
                }
            }
            for Case { title, dossier, steps } in cases {
                see(own, Manner::Name, Slot::May(title));
                for item in dossier {
                    dossier_item(item, own, see);
                }
                for one in steps {
                    step(one, own, see);
                }
            }
            // What a form is called is asked for with its file.
            for Form { element, id: _, code, name, file: _ } in forms {
                let own = own.of(*element);
                see(own.same(), Manner::LeftOut, Slot::May(code));
                see(own, Manner::Name, Slot::May(name));
            }
            for one in steps {
                step(one, own, see);
            }
            for InternalStep { who, action, time } in internal_process {
                see(own, Manner::Name, Slot::Must(who));
                see(own, Manner::Sentence, Slot::Must(action));
                if let Some(time) = time {
                    time_limit(time, own, see);
                }
            }
            if let Some(text) = requirements {
                markdown(text, own, see);
            }
            for Outcome { name, code, valid_for } in results {
                see(own, Manner::Name, Slot::Must(name));
                see(own.same(), Manner::LeftOut, Slot::May(code));
                see(own, Manner::LeftOut, Slot::May(valid_for));
            }
            if let Some(Announcement::Number(number)) = announced {
                see(own.same(), Manner::Name, Slot::Must(number));
            }
            if let Some(Complaints { place, deadline }) = complaints {
                see(own, Manner::LeftOut, Slot::May(place));
                see(own, Manner::LeftOut, Slot::May(deadline));
            }
            // Lists of changes call a part by its name.
            for Element { kind: _, name, validity: _, legal_basis, span: _ } in elements {
                see(Whose { reach: Reach::Echo, ..own }, Manner::Name, Slot::Must(name));
                for basis in legal_basis {
                    citation(basis, wide, see);
                }
            }
        }

        fn citation<'a>(one: &'a $($mutable)? Citation, whose: Whose, see: See<'_, 'a>) {
            let Citation {
                document,
                provisions: _,
                provision_spans: _,
                role: _,
                validity: _,
                exemption,
                span,
            } = one;
            let whose = whose.at(*span);
            if let Cited::Unknown(written) = document {
                see(whose.same(), Manner::Name, Slot::Must(written));
            }
            // Who approved is told to editors.
            if let Some(Exemption { reason, approved_by: _, until: _, span: _ }) = exemption {
                see(Whose { reach: Reach::Own, ..whose }, Manner::Value, Slot::Must(reason));
            }
        }

        fn channel<'a>(
            one: &'a $($mutable)? Channel,
            (own, wide): (Whose, Whose),
            see: See<'_, 'a>,
        ) {
            let Channel {
                element,
                kind: _,
                description,
                times,
                fees,
                level: _,
                url,
                online_payment: _,
            } = one;
            let own = own.of(*element);
            if let Some(text) = description {
                markdown(text, own, see);
            }
            for time in times {
                time_limit(time, own, see);
            }
            // Lists of changes name a fee and say how much it is.
            for Fee { element, kind: _, name, amount, unit, when, exempt, set_by: _ } in fees {
                let own = own.of(*element);
                see(wide, Manner::Name, Slot::May(name));
                match amount {
                    FeeAmount::Text(text) => see(wide, Manner::Value, Slot::Must(text)),
                    FeeAmount::Amount { value: _, currency: _ } => {}
                }
                see(own, Manner::LeftOut, Slot::May(unit));
                see(own, Manner::LeftOut, Slot::May(when));
                see(own, Manner::LeftOut, Slot::Words(exempt));
            }
            see(own.same(), Manner::LeftOut, Slot::May(url));
        }

        fn time_limit<'a>(one: &'a $($mutable)? TimeLimit, whose: Whose, see: See<'_, 'a>) {
            let TimeLimit { element, when, length, note } = one;
            let whose = match element {
                Some(element) => whose.of(*element),
                None => whose,
            };
            see(whose, Manner::LeftOut, Slot::May(when));
            if let TimeLength::Text(text) = length {
                see(whose, Manner::Value, Slot::Must(text));
            }
            see(whose, Manner::LeftOut, Slot::May(note));
        }

        fn dossier_item<'a>(one: &'a $($mutable)? DossierItem, whose: Whose, see: See<'_, 'a>) {
            let DossierItem { element, channels: _, kind, note } = one;
            let whose = whose.of(*element);
            match kind {
                DossierKind::Paper(Paper {
                    name,
                    originals: _,
                    copies: _,
                    mode: _,
                    form: _,
                    replaced_by_data: _,
                }) => {
                    see(whose, Manner::Name, Slot::Must(name));
                    see(whose, Manner::LeftOut, Slot::May(note));
                }
                DossierKind::Remark => see(whose, Manner::Sentence, Slot::May(note)),
            }
        }

        fn step<'a>(one: &'a $($mutable)? Step, whose: Whose, see: See<'_, 'a>) {
            let Step { element, title, who, text, time, channels: _ } = one;
            let whose = whose.of(*element);
            see(whose, Manner::Name, Slot::May(title));
            see(whose, Manner::LeftOut, Slot::May(who));
            if let Some(text) = text {
                markdown(text, whose, see);
            }
            if let Some(time) = time {
                time_limit(time, whose, see);
            }
        }

        fn agency<'a>(one: &'a $($mutable)? Agency, see: See<'_, 'a>) {
            let Agency {
                slug: _,
                former_ids: _,
                name,
                level: _,
                validity: _,
                replaces: _,
                offices,
                span,
            } = one;
            let wide = WIDE.at(*span);
            see(wide, Manner::Name, Slot::Must(name));
            for Office { id: _, name, address, hours, phone, map, validity: _ } in offices {
                see(wide, Manner::Name, Slot::Must(name));
                for line in [address, hours] {
                    see(wide, Manner::LeftOut, Slot::May(line));
                }
                for line in [phone, map] {
                    see(wide.same(), Manner::LeftOut, Slot::May(line));
                }
            }
        }

        fn life_event<'a>(one: &'a $($mutable)? LifeEvent, see: See<'_, 'a>) {
            let LifeEvent { slug: _, former_ids: _, name, order: _, text, procedures: _, span: _ } = one;
            see(WIDE, Manner::Name, Slot::Must(name));
            if let Some(text) = text {
                markdown(text, WIDE, see);
            }
        }

        fn group<'a>(one: &'a $($mutable)? Group, owner: Owner, see: See<'_, 'a>) {
            let Group {
                slug: _,
                former_ids: _,
                name,
                text,
                lead: _,
                procedures: _,
                time,
                validity: _,
                legal_basis,
                span,
            } = one;
            let (own, wide) = (Whose::own(owner).at(*span), Whose::wide(owner).at(*span));
            see(wide, Manner::Name, Slot::Must(name));
            if let Some(text) = text {
                markdown(text, own, see);
            }
            if let Some(time) = time {
                time_limit(time, own, see);
            }
            for basis in legal_basis {
                citation(basis, own, see);
            }
        }
    };
}

/// What belongs to the site, and stands wherever it is shown.
const WIDE: Whose = Whose::wide(Owner::Site);

pub(super) mod read {
    walk!(Arc::as_ref, ReadSlot);
}

pub(super) mod write {
    walk!(Arc::make_mut, WriteSlot, mut);
}
