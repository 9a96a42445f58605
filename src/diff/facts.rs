//! What a page says of a procedure, an agency or a joint group, as a list of facts that can be held against
//! another list: what each is, what it is called, where it belongs, and what it says. What no citizen sees
//! (sources, words for the search, the internal process) is no fact.

use super::State;
use super::words::{self, Detail, Kind};
use crate::files::Span;
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::agency::{AgencyId, OfficeId};
use crate::model::citation::{Citation, Role};
use crate::model::date::{self, Date, Window};
use crate::model::procedure::{
    Announcement, Case, Channel, DossierItem, DossierKind, ElementId, Fee, FeeKind, Procedure,
    ProcedureId, ReceptionPlace, Step, TimeLimit,
};
use crate::validity::published::Thing;

/// Something that a page says.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) kind: Kind,
    pub(super) name: String,
    /// The way to file, or the case, in which it stands.
    pub(super) place: Option<String>,
    pub(super) details: Vec<(Detail, String)>,
    /// On which days it is published; none where it goes with its procedure.
    pub(super) days: Vec<Window>,
    pub(super) span: Option<Span>,
    /// The thing of the catalogue that it is.
    pub(super) thing: Option<Thing>,
    /// The first day outside the window that is written for it.
    pub(super) until: Option<Date>,
    /// The last of the days until which a basis of it is exempted.
    pub(super) exempted: Option<Date>,
}

impl PartialEq for Fact {
    /// Whether both say the same, wherever it is written.
    fn eq(&self, other: &Self) -> bool {
        (self.kind, &self.name, &self.place, &self.details, &self.days)
            == (other.kind, &other.name, &other.place, &other.details, &other.days)
    }
}

type Days<'a> = &'a dyn Fn(Thing) -> Vec<Window>;

/// All that the pages of a version say, of the days that are asked about.
pub(super) fn procedure(
    state: State<'_>,
    id: ProcedureId,
    language: Language,
    days: Days<'_>,
) -> Vec<Fact> {
    let procedure = &state.shown[id];
    let mut teller = Teller { state, id, procedure, language, days, facts: Vec::new() };
    teller.general();
    teller.bases();
    for channel in &procedure.channels {
        teller.channel(channel);
    }
    for case in &procedure.cases {
        teller.case(case);
    }
    teller.steps(&procedure.steps, None);
    teller.forms();
    teller.receptions();
    teller.facts
}

struct Teller<'a> {
    state: State<'a>,
    id: ProcedureId,
    procedure: &'a Procedure,
    language: Language,
    days: Days<'a>,
    facts: Vec<Fact>,
}

impl<'a> Teller<'a> {
    fn plain(&mut self, kind: Kind, name: &str) {
        self.facts.push(Fact::new(kind, name, Some(self.procedure.span())));
    }

    /// A text that a procedure has or has not.
    fn text(&mut self, kind: Kind, text: Option<&str>) {
        if let Some(text) = text {
            let fact = Fact::new(kind, "", Some(self.procedure.span()));
            self.facts.push(fact.with(Detail::Text, Some(text.to_owned())));
        }
    }

    fn general(&mut self) {
        let Self { procedure, state, language, .. } = *self;
        let catalogue = state.shown;
        self.text(Kind::Code, Some(&procedure.code.value));
        self.text(Kind::Title, Some(&procedure.title));
        self.text(Kind::PlainTitle, procedure.plain_title.as_deref());
        self.text(Kind::Field, Some(&catalogue[procedure.field].name));
        for level in &procedure.levels {
            self.plain(Kind::Level, &words::level(*level, language));
        }
        for audience in &procedure.audience {
            self.plain(Kind::Audience, &words::audience(*audience, language));
        }
        if procedure.any_office {
            self.text(Kind::AnyOffice, Some(&words::yes(true, language)));
        }
        self.text(Kind::Requirements, procedure.requirements.as_ref().map(|it| it.text.as_str()));
        self.text(Kind::Sets, procedure.dossier_sets.map(|sets| sets.to_string()).as_deref());
        self.authorities();
        for outcome in &procedure.results {
            let fact = Fact::new(Kind::Outcome, &outcome.name, Some(procedure.span()));
            let fact = fact.with(Detail::Code, outcome.code.clone());
            self.facts.push(fact.with(Detail::ValidFor, outcome.valid_for.clone()));
        }
        let number = procedure.announced.as_ref().map(|announced| match announced {
            Announcement::Known(decision) => catalogue[*decision].number.clone(),
            Announcement::Number(number) => number.clone(),
        });
        self.text(Kind::Decision, number.as_deref());
        if let Some(complaints) = &procedure.complaints {
            let fact = Fact::new(Kind::Complaints, "", Some(procedure.span()));
            let fact = fact.with(Detail::Text, complaints.place.clone());
            self.facts.push(fact.with(Detail::Deadline, complaints.deadline.clone()));
        }
        let related = &procedure.related;
        for code in related.before.iter().chain(&related.after).chain(&related.see) {
            self.facts.push(Fact::new(Kind::Related, &code.value, Some(code.span)));
        }
    }

    fn authorities(&mut self) {
        let authority = &self.procedure.authority;
        let lists: [(&[AgencyId], [&'static str; 2]); 4] = [
            (&authority.performs, ["thực hiện", "performs"]),
            (&authority.decides, ["có thẩm quyền quyết định", "decides"]),
            (&authority.coordinates, ["phối hợp", "takes part"]),
            (&authority.delegated, ["được ủy quyền", "is delegated"]),
        ];
        for (agencies, role) in lists {
            for agency in agencies {
                let fact = Fact::new(
                    Kind::Authority,
                    &self.state.shown[*agency].name,
                    Some(self.procedure.span()),
                );
                let place = Some(self.language.pick(role).to_owned());
                self.facts.push(Fact { place, ..fact });
            }
        }
    }

    fn bases(&mut self) {
        for (place, citation) in self.procedure.legal_basis.iter().enumerate() {
            let thing = Thing::Citation(self.id, place);
            let mut fact = basis(self.state.shown, citation, self.language);
            fact.days = (self.days)(thing);
            fact.thing = Some(thing);
            self.facts.push(fact);
        }
    }

    /// A part with conditions of its own.
    fn part(&mut self, element: ElementId, mut fact: Fact) {
        let thing = Thing::Element(self.id, element);
        let conditions = &self.procedure.elements[element.0 as usize];
        fact.days = (self.days)(thing);
        fact.span = Some(conditions.span);
        fact.thing = Some(thing);
        fact.until = conditions.validity.until;
        let exempted = conditions.legal_basis.iter().filter_map(|basis| basis.exemption.as_ref());
        fact.exempted = exempted.map(|exemption| exemption.until).max();
        self.facts.push(fact);
    }

    fn channel(&mut self, channel: &'a Channel) {
        let language = self.language;
        let name = words::channel(channel.kind, language);
        let fact = Fact::new(Kind::Channel, &name, None)
            .with(Detail::Text, channel.description.as_ref().map(|it| it.text.clone()))
            .with(Detail::Level, channel.level.map(|level| words::online(level, language)))
            .with(Detail::Url, channel.url.clone())
            .with(Detail::Payment, channel.online_payment.map(|it| words::yes(it, language)));
        self.part(channel.element, fact);
        for time in &channel.times {
            self.time(time, &name);
        }
        for fee in &channel.fees {
            self.fee(fee, &name);
        }
    }

    fn time(&mut self, time: &TimeLimit, channel: &str) {
        let name = time.when.as_deref().unwrap_or_default();
        let fact = Fact::new(Kind::Time, name, None)
            .with(Detail::Length, Some(words::length(&time.length, self.language)))
            .with(Detail::Note, time.note.clone());
        let fact = Fact { place: Some(channel.to_owned()), ..fact };
        match time.element {
            Some(element) => self.part(element, fact),
            None => self.facts.push(fact),
        }
    }

    fn fee(&mut self, fee: &Fee, channel: &str) {
        let language = self.language;
        let kind = fee.kind.map(|kind| {
            let words = match kind {
                FeeKind::Charge => ["phí", "charge"],
                FeeKind::Fee => ["lệ phí", "fee"],
                FeeKind::Other => ["khác", "other"],
            };
            language.pick(words).to_owned()
        });
        let exempt = (!fee.exempt.is_empty()).then(|| fee.exempt.join("; "));
        let fact = Fact::new(Kind::Fee, fee.name.as_deref().unwrap_or_default(), None)
            .with(Detail::Amount, Some(words::amount(&fee.amount, language)))
            .with(Detail::FeeKind, kind)
            .with(Detail::Unit, fee.unit.clone())
            .with(Detail::When, fee.when.clone())
            .with(Detail::Exempt, exempt)
            .with(Detail::SetBy, fee.set_by.map(|level| words::level(level, language)));
        self.part(fee.element, Fact { place: Some(channel.to_owned()), ..fact });
    }

    fn case(&mut self, case: &'a Case) {
        let place = case.title.clone();
        for item in &case.dossier {
            self.paper(item, place.as_ref());
        }
        self.steps(&case.steps, place.as_ref());
    }

    fn paper(&mut self, item: &DossierItem, place: Option<&String>) {
        let language = self.language;
        let channels = item.channels.iter().map(|kind| words::channel(*kind, language));
        let channels = channels.collect::<Vec<String>>().join(", ");
        let channels = (!channels.is_empty()).then_some(channels);
        let fact = match &item.kind {
            DossierKind::Remark => {
                Fact::new(Kind::Remark, item.note.as_deref().unwrap_or_default(), None)
            }
            DossierKind::Paper(paper) => {
                let count = |count: Option<u32>| count.map(|count| count.to_string());
                let form = paper.form.and_then(|form| self.procedure.forms.get(form));
                let form = form.map(|form| {
                    form.code.as_ref().or(form.name.as_ref()).unwrap_or(&form.id).clone()
                });
                Fact::new(Kind::Paper, &paper.name, None)
                    .with(Detail::Originals, count(paper.originals))
                    .with(Detail::Copies, count(paper.copies))
                    .with(Detail::Mode, paper.mode.map(|mode| words::mode(mode, language)))
                    .with(Detail::Form, form)
                    .with(
                        Detail::ByData,
                        paper.replaced_by_data.then(|| words::yes(true, language)),
                    )
                    .with(Detail::Note, item.note.clone())
            }
        };
        let fact = fact.with(Detail::Channels, channels);
        self.part(item.element, Fact { place: place.cloned(), ..fact });
    }

    fn steps(&mut self, steps: &'a [Step], place: Option<&String>) {
        let language = self.language;
        for (number, step) in (1..).zip(steps) {
            let text = step.text.as_ref().map(|text| text.text.as_str());
            // A step without a title is known by its words.
            let (name, text) = match (&step.title, text) {
                (Some(title), text) => (title.clone(), text),
                (None, Some(text)) => (text.to_owned(), None),
                (None, None) => (number.to_string(), None),
            };
            let channels = step.channels.iter().map(|kind| words::channel(*kind, language));
            let channels = channels.collect::<Vec<String>>().join(", ");
            let time = step.time.as_ref().map(|time| words::length(&time.length, language));
            let fact = Fact::new(Kind::Step, &name, None)
                .with(Detail::Who, step.who.clone())
                .with(Detail::Text, text.map(str::to_owned))
                .with(Detail::Time, time)
                .with(Detail::Channels, (!channels.is_empty()).then_some(channels));
            self.part(step.element, Fact { place: place.cloned(), ..fact });
        }
    }

    fn forms(&mut self) {
        for form in &self.procedure.forms {
            let name = form.name.as_ref().or(form.code.as_ref()).unwrap_or(&form.id);
            let file = form.file.as_ref().map(|file| {
                // What is in a form is told by its hash: it may be of any kind.
                let bytes = self.state.files.bytes(&format!("forms/{}", file.value.as_str()));
                let hash = blake3::hash(bytes.unwrap_or_default()).to_hex();
                format!("{} ({})", file.value.as_str(), hash.get(..12).unwrap_or_default())
            });
            let fact = Fact::new(Kind::Form, name, None)
                .with(Detail::Code, form.code.clone())
                .with(Detail::File, file);
            self.part(form.element, fact);
        }
    }

    fn receptions(&mut self) {
        for reception in &self.procedure.reception {
            let fact = match &reception.place {
                ReceptionPlace::Office(office) => {
                    Fact::new(Kind::Reception, &self.state.shown[*office].name, None)
                }
                ReceptionPlace::Written { place, address, hours } => {
                    Fact::new(Kind::Reception, place, None)
                        .with(Detail::Address, address.clone())
                        .with(Detail::Hours, hours.clone())
                }
            };
            self.part(reception.element, fact);
        }
    }
}

impl Fact {
    fn new(kind: Kind, name: &str, span: Option<Span>) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            place: None,
            details: Vec::new(),
            days: Vec::new(),
            span,
            thing: None,
            until: None,
            exempted: None,
        }
    }

    /// Whether it is on a page on any of the days compared.
    pub(super) fn is_there(&self) -> bool {
        !self.thing.is_some_and(Thing::is_part) || !self.days.is_empty()
    }

    fn with(mut self, detail: Detail, text: Option<String>) -> Self {
        self.details.extend(text.map(|text| (detail, text)));
        self
    }
}

fn basis(catalogue: &Catalogue, citation: &Citation, language: Language) -> Fact {
    let provisions: Vec<String> = citation.provisions.iter().map(ToString::to_string).collect();
    let main = (citation.role == Role::Main).then(|| language.pick(["chính", "main"]).to_owned());
    let exemption = citation.exemption.as_ref();
    let exempted = exemption.map(|exemption| {
        let last = exemption.until.yesterday().unwrap_or(exemption.until);
        match language {
            Language::Vietnamese => {
                format!("đến hết ngày {}: {}", date::vietnamese(last), exemption.reason)
            }
            Language::English => format!("until {last}: {}", exemption.reason),
        }
    });
    let fact =
        Fact::new(Kind::Basis, catalogue.cited_label(&citation.document), Some(citation.span))
            .with(Detail::Provisions, (!provisions.is_empty()).then(|| provisions.join(", ")))
            .with(Detail::Role, main)
            .with(Detail::Exemption, exempted);
    let until = citation.validity.until;
    Fact { until, exempted: exemption.map(|exemption| exemption.until), ..fact }
}

/// What is said of an agency with its offices, or of a joint group.
pub(super) fn place(state: State<'_>, thing: Thing, language: Language) -> Vec<Fact> {
    let catalogue = state.shown;
    let mut facts = Vec::new();
    match thing {
        Thing::Agency(id) => {
            let agency = &catalogue[id];
            let about = Fact::new(Kind::About, "", Some(agency.span));
            facts.push(about.with(Detail::Name, Some(agency.name.clone())));
            for (place, office) in (0..).zip(&agency.offices) {
                let fact = Fact::new(Kind::Office, &office.name, Some(agency.span))
                    .with(Detail::Address, office.address.clone())
                    .with(Detail::Hours, office.hours.clone())
                    .with(Detail::Phone, office.phone.clone())
                    .with(Detail::Map, office.map.clone());
                let thing = Some(Thing::Office(OfficeId { agency: id, office: place }));
                facts.push(Fact { thing, ..fact });
            }
        }
        Thing::Group(group) => {
            let group = &catalogue.groups[group];
            let lead = group.lead.map(|agency| catalogue[agency].name.clone());
            let about = Fact::new(Kind::About, "", Some(group.span))
                .with(Detail::Name, Some(group.name.clone()))
                .with(Detail::Text, group.text.as_ref().map(|text| text.text.clone()))
                .with(Detail::Who, lead)
                .with(
                    Detail::Time,
                    group.time.as_ref().map(|time| words::length(&time.length, language)),
                );
            facts.push(about);
            facts.extend(
                group
                    .procedures
                    .iter()
                    .map(|code| Fact::new(Kind::Member, &code.value, Some(code.span))),
            );
        }
        _ => {}
    }
    facts
}
