//! What is published, for programs: `api/thu-tuc.json`, `api/thu-tuc/<slug>.json`, `api/van-ban.json`; and
//! `removed.json`, what has left the site.
//!
//! Keys and words are those of the catalogue's YAML, which its format describes. What differs:
//! - only what a page shows is here, and texts are plain, without marks of Markdown;
//! - `field` and the agencies of `authority` are `{id, name}`; a legal basis has its `title`, `status`
//!   (`in_force`, `exempt`, `unchecked`) and `url`;
//! - a part of a procedure (a channel, a time, a fee, a place, a paper, a form, a step) carries the days that
//!   are written for it, `validity`, and `until`, the first day on which it is no longer there;
//! - `fees_incomplete` and `times_incomplete` say that rows are missing because their ground is gone;
//! - `status` is `current`, or `coming` for what is announced and applies from the day of `applies_from`;
//!   its data are those of that day, and it is in no list;
//! - `next_change` is the first day on which the data will differ, as far as it is known;
//! - `valid_until` of a file is the first day on which anything in it will differ, within the days that
//!   the site looks ahead; from that day on a reader asks again. In a list, what ends carries `until`,
//!   the first day on which it is no longer in the list;
//! - `url` and `data` are addresses: in full where the site's own is known, else from its root.
//!
//! In `removed.json`, `removed` has an entry for each page that says at an old address that something has
//! ended, in the order of addresses, and names it by `code` or `number` alone:
//! - `kind` is `procedure`, `document` or `agency`; of a document without a number there is its `url` only;
//! - `since` is the first day without it, absent where that is not known;
//! - `reason` is for a procedure `superseded`, `repealed`, `window_ended`, `basis_ended`,
//!   `basis_suspended`, `basis_unclear` or `no_basis`; for a document `replaced`, `repealed`,
//!   `declared_expired`, `term_ended`, `fell_with_parent` or `ended`; for an agency `replaced`;
//! - `except` are the provisions of a document that live on; `replaced_by` the addresses of what took its
//!   place and is published.
//!
//! `moved` has the addresses that were renamed, `from` and `to`.
//!
//! The day, `as_of`, stands in the three lists; the data of one procedure differ only when the law or the
//! catalogue does.

use std::sync::{Mutex, PoisonError};

use serde::Serialize;

mod cpsv;
mod graph;
mod linked;
mod openapi;
mod shape;
mod table;

use graph::Graph;

pub(super) use linked::linked;

use super::Site;
use super::lists::showing;
use super::markdown::plain;
use super::removed::{self, Removed};
use super::route::{Bulk, Route, href};
use crate::files::Located;
use crate::model::agency::{AgencyId, Level};
use crate::model::citation::{Citation, Cited, Role};
use crate::model::date::{Date, Window};
use crate::model::document::DocumentId;
use crate::model::link;
use crate::model::procedure::{
    Announcement, Audience, Case, Channel, ChannelKind, Decimal, DossierKind, ElementId, Fee,
    FeeAmount, FeeKind, OnlineLevel, Origin, PaperMode, Procedure, ProcedureId, Reception,
    ReceptionPlace, Step, TimeLength, TimeLimit, TimeUnit,
};

use crate::validity::Assessment;
use crate::validity::procedure::{Showing, Shown};
use crate::validity::words as law;
use shape::{
    AuthorityData, CaseData, ChannelData, CheckedData, CitationData, ComplaintsData, Days,
    DocumentData, DocumentList, ExemptionData, FeeData, FormData, MovedRow, Named, PaperData,
    PartDays, PlaceData, ProcedureData, ProcedureList, ProcedureRow, RelatedData, RemovedList,
    RemovedRow, ResultData, StepData, TimeData,
};

/// The file of a route, with the first day on which it will differ.
pub(super) fn data(site: &Site, route: Route, valid_until: Option<Date>) -> Vec<u8> {
    let until = valid_until.map(|day| day.to_string());
    match route {
        Route::ProceduresData => procedures(site, until),
        Route::DocumentsData => documents(site, until),
        Route::ProcedureData(id) => procedure(site, id, until),
        Route::RemovedData => removed(site, until),
        Route::Bulk(bulk) => match bulk {
            Bulk::Procedures => table::procedures(site),
            Bulk::Fees => table::fees(site),
            Bulk::Papers => table::papers(site),
            Bulk::Documents => table::documents(site),
            Bulk::JsonLd | Bulk::Turtle => {
                written(&cpsv::until(site, cpsv::graph(site), valid_until), bulk)
            }
            Bulk::OpenApi => openapi::description(site),
        },
        _ => Vec::new(),
    }
}

/// The graph of a site, which is large and written in two ways: whoever writes it first leaves it to the
/// other, who takes it away.
#[derive(Debug, Default)]
pub(super) struct Left(Mutex<Option<Graph>>);

/// The graph of a site, in one way, with the first of some later days on which it differs.
pub(super) fn graph<'s>(
    site: &Site,
    later: impl IntoIterator<Item = &'s Site>,
    bulk: Bulk,
) -> Vec<u8> {
    let mut left = site.graph.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(graph) = left.take() {
        drop(left);
        return written(&graph, bulk);
    }
    let today = cpsv::graph(site);
    let differs = later.into_iter().find(|site| cpsv::graph(site) != today);
    let graph = cpsv::until(site, today, differs.map(|site| site.assessment.today));
    let bytes = written(&graph, bulk);
    *left = Some(graph);
    bytes
}

fn written(graph: &Graph, bulk: Bulk) -> Vec<u8> {
    let text = match bulk {
        Bulk::JsonLd => safe(graph.json_ld()),
        _ => graph.turtle(),
    };
    text.into_bytes()
}

/// All published procedures: `api/thu-tuc.json`.
fn procedures(site: &Site, valid_until: Option<String>) -> Vec<u8> {
    let row = |id: &ProcedureId| {
        let procedure = &site.catalogue[*id];
        ProcedureRow {
            code: &procedure.code.value,
            title: &procedure.title,
            plain_title: procedure.plain_title.as_deref(),
            field: named_field(site, procedure),
            levels: levels(procedure),
            url: url(site, Route::Procedure(*id)),
            data: url(site, Route::ProcedureData(*id)),
            next_change: next_change(site, *id),
            until: until(site, *id).map(|day| day.to_string()),
        }
    };
    let procedures: Vec<ProcedureRow<'_>> = site.lists.procedures.iter().map(row).collect();
    let as_of = site.assessment.as_of.to_string();
    let publisher = &site.catalogue.site.publisher;
    write(&ProcedureList { as_of, valid_until, publisher, procedures })
}

/// All documents that are not over: `api/van-ban.json`.
fn documents(site: &Site, valid_until: Option<String>) -> Vec<u8> {
    let documents = site.lists.documents.iter().map(|id| document(site, *id)).collect();
    let as_of = site.assessment.as_of.to_string();
    let publisher = &site.catalogue.site.publisher;
    write(&DocumentList { as_of, valid_until, publisher, documents })
}

/// A published or announced procedure: `api/thu-tuc/<slug>.json`.
fn procedure(site: &Site, id: ProcedureId, valid_until: Option<String>) -> Vec<u8> {
    let standing = site.assessment.procedure(id);
    let Some(shown) = standing.on_page() else { return Vec::new() };
    // What is announced is given as it will be on its first day.
    let then = site.assessment.on(standing.applies_from().unwrap_or(site.assessment.today));
    let part = Part { site, assessment: &then, id, procedure: &site.catalogue[id], shown };
    write(&ProcedureData { valid_until, ..part.whole() })
}

/// What has left the site: `removed.json`.
fn removed(site: &Site, valid_until: Option<String>) -> Vec<u8> {
    let row = |stone: Removed| {
        let (kind, code, number) = match stone.route {
            Route::Procedure(id) => {
                ("procedure", Some(site.catalogue[id].code.value.as_str()), None)
            }
            Route::Document(id) => ("document", None, site.catalogue[id].number.as_deref()),
            _ => ("agency", None, None),
        };
        RemovedRow {
            kind,
            code,
            number,
            url: url(site, stone.route),
            since: stone.since.map(|day| day.to_string()),
            reason: stone.reason,
            except: stone.except.iter().map(ToString::to_string).collect(),
            replaced_by: stone.replaced_by.into_iter().map(|route| url(site, route)).collect(),
        }
    };
    let removed = removed::removed(site).into_iter().map(row).collect();
    let base = site.base_url().unwrap_or_default();
    let moved = site
        .moved
        .iter()
        .map(|moved| MovedRow { from: href(base, &moved.from), to: url(site, moved.to) });
    let as_of = site.assessment.as_of.to_string();
    let publisher = &site.catalogue.site.publisher;
    write(&RemovedList { as_of, valid_until, publisher, removed, moved: moved.collect() })
}

fn write(value: &impl Serialize) -> Vec<u8> {
    let text = serde_json::to_string_pretty(value).expect("texts and numbers are always JSON");
    let mut text = safe(text);
    text.push('\n');
    text.into_bytes()
}

/// A bracket stands in texts alone, and a browser that takes the data for a page shall run nothing.
fn safe(json: String) -> String {
    if json.contains('<') { json.replace('<', "\\u003c") } else { json }
}

/// A procedure and what of it is shown.
#[derive(Clone, Copy)]
struct Part<'a> {
    site: &'a Site,
    assessment: &'a Assessment,
    id: ProcedureId,
    procedure: &'a Procedure,
    shown: &'a Shown,
}

/// A published procedure on the day of the site.
fn published(site: &Site, id: ProcedureId) -> Option<Part<'_>> {
    let shown = site.assessment.procedure(id).shown()?;
    Some(Part { site, assessment: &site.assessment, id, procedure: &site.catalogue[id], shown })
}

impl<'a> Part<'a> {
    fn whole(self) -> ProcedureData<'a> {
        let Self { site, assessment, id, procedure, shown } = self;
        let applies_from = site.assessment.procedure(id).applies_from();
        let channels = procedure.channels.iter().filter(|channel| shown.has(channel.element));
        let forms = procedure.forms.iter().filter(|form| shown.has(form.element));
        let places = procedure.reception.iter().filter(|place| shown.has(place.element));
        let authority = &procedure.authority;
        ProcedureData {
            code: &procedure.code.value,
            status: if applies_from.is_some() { "coming" } else { "current" },
            applies_from: applies_from.map(|day| day.to_string()),
            title: &procedure.title,
            plain_title: procedure.plain_title.as_deref(),
            search_terms: &procedure.search_terms,
            field: named_field(site, procedure),
            levels: levels(procedure),
            class: procedure.class.as_deref(),
            audience: procedure.audience.iter().map(|who| word(&Audience::ALL, *who)).collect(),
            source: procedure.source.as_deref().and_then(link::outside),
            origin: match procedure.origin {
                Origin::National => "national",
                Origin::Local => "local",
            },
            validity: days(procedure.validity),
            legal_basis: procedure
                .legal_basis
                .iter()
                .filter_map(|basis| citation(site, assessment, basis))
                .collect(),
            authority: AuthorityData {
                performs: self.agencies(&authority.performs),
                decides: self.agencies(&authority.decides),
                coordinates: self.agencies(&authority.coordinates),
                delegated: self.agencies(&authority.delegated),
            },
            any_office: procedure.any_office,
            channels: channels.map(|channel| self.channel(channel)).collect(),
            reception: places.filter_map(|place| self.place(place)).collect(),
            cases: procedure.cases.iter().map(|case| self.case(case)).collect(),
            dossier_sets: procedure.dossier_sets,
            forms: forms
                .map(|form| FormData {
                    id: &form.id,
                    code: form.code.as_deref(),
                    name: form.name.as_deref(),
                    url: form.file.as_ref().and_then(|file| {
                        let place = site.forms.iter().position(|f| f.source == file.value)?;
                        Some(url(site, Route::Form(place)))
                    }),
                    days: self.days(&[form.element]),
                })
                .collect(),
            steps: self.steps(&procedure.steps),
            requirements: procedure.requirements.as_ref().map(|text| plain(&text.text)),
            results: procedure
                .results
                .iter()
                .map(|result| ResultData {
                    name: &result.name,
                    code: result.code.as_deref(),
                    valid_for: result.valid_for.as_deref(),
                })
                .collect(),
            announced: procedure.announced.as_ref().map(|announced| match announced {
                Announcement::Known(id) => site.catalogue[*id].number.as_str(),
                Announcement::Number(number) => number.as_str(),
            }),
            complaints: procedure.complaints.as_ref().map(|complaints| ComplaintsData {
                place: complaints.place.as_deref(),
                deadline: complaints.deadline.as_deref(),
            }),
            related: RelatedData {
                before: self.among_published(&procedure.related.before),
                after: self.among_published(&procedure.related.after),
                see: self.among_published(&procedure.related.see),
            },
            last_checked: procedure.last_checked.as_ref().map(|last| CheckedData {
                on: last.checked.on.to_string(),
                next: last.next.map(|day| day.to_string()),
            }),
            next_change: next_change(site, id),
            valid_until: None,
            url: url(site, Route::Procedure(id)),
        }
    }

    fn agencies(self, agencies: &[AgencyId]) -> Vec<Named<'a>> {
        let site = self.site;
        let there = agencies
            .iter()
            .filter(|agency| self.assessment.is_agency_there(&site.catalogue, **agency));
        there
            .map(|agency| {
                let agency = &site.catalogue[*agency];
                Named { id: agency.slug.as_str(), name: &agency.name }
            })
            .collect()
    }

    /// Related procedures, those that are published.
    fn among_published(self, codes: &'a [Located<String>]) -> Vec<&'a str> {
        let by_code = &self.site.lists.by_code;
        let codes = codes.iter().filter(|code| by_code.contains_key(&code.value));
        codes.map(|code| code.value.as_str()).collect()
    }

    fn channel(self, channel: &'a Channel) -> ChannelData<'a> {
        let fees = channel.fees.iter().filter(|fee| self.shown.has(fee.element));
        let fees: Vec<FeeData<'_>> = fees.map(|fee| self.fee(channel, fee)).collect();
        let is_missing = |element: ElementId| {
            let runs = self.procedure.elements[element.0 as usize].validity;
            !self.shown.has(element) && self.assessment.is_running(runs)
        };
        let missing = channel.fees.iter().any(|fee| is_missing(fee.element));
        ChannelData {
            kind: word(&ChannelKind::ALL, channel.kind),
            description: channel.description.as_ref().map(|text| plain(&text.text)),
            level: channel.level.map(|level| word(&OnlineLevel::ALL, level)),
            url: channel.url.as_deref().and_then(link::outside),
            online_payment: channel.online_payment,
            times: channel
                .times
                .iter()
                .filter(|time| time.element.is_none_or(|element| self.shown.has(element)))
                .map(|limit| {
                    let own = limit.element.into_iter();
                    let parts: Vec<ElementId> = own.chain([channel.element]).collect();
                    TimeData { days: self.days(&parts), ..time(limit) }
                })
                .collect(),
            times_incomplete: channel.times.iter().filter_map(|time| time.element).any(is_missing),
            fees_incomplete: missing || (fees.is_empty() && !channel.fees.is_empty()),
            fees,
            days: self.days(&[channel.element]),
        }
    }

    /// The days of a part, which is the first of some that it is shown with.
    fn days(self, parts: &[ElementId]) -> PartDays {
        let written = parts.first().map(|part| self.procedure.elements[part.0 as usize].validity);
        let until = without(self.site, self.id, self.assessment.today, parts);
        PartDays { validity: written.and_then(days), until: until.map(|day| day.to_string()) }
    }

    fn fee(self, channel: &Channel, fee: &'a Fee) -> FeeData<'a> {
        let (amount, currency, text) = match &fee.amount {
            FeeAmount::Amount { value, currency } => (Some(*value), Some(currency.as_str()), None),
            FeeAmount::Text(text) => (None, None, Some(text.as_str())),
        };
        FeeData {
            kind: fee.kind.map(|kind| word(&FeeKind::ALL, kind)),
            name: fee.name.as_deref(),
            amount,
            currency,
            text,
            unit: fee.unit.as_deref(),
            when: fee.when.as_deref(),
            exempt: &fee.exempt,
            set_by: fee.set_by.map(|level| word(&Level::ALL, level)),
            days: self.days(&[fee.element, channel.element]),
        }
    }

    fn place(self, reception: &'a Reception) -> Option<PlaceData<'a>> {
        let site = self.site;
        let days = self.days(&[reception.element]);
        match &reception.place {
            ReceptionPlace::Office(id) => {
                let office = &site.catalogue[*id];
                let open = self.assessment.is_office_open(&site.catalogue, *id);
                // An office may close before what is received there ends.
                let closes = [site.catalogue[id.agency].validity, office.validity];
                let closes = closes.iter().filter_map(|days| Some(days.until?.to_string()));
                let until = days.until.into_iter().chain(closes).min();
                let days = PartDays { until, ..days };
                open.then(|| PlaceData {
                    name: &office.name,
                    address: office.address.as_deref(),
                    hours: office.hours.as_deref(),
                    phone: office.phone.as_deref(),
                    days,
                })
            }
            ReceptionPlace::Written { place, address, hours } => Some(PlaceData {
                name: place,
                address: address.as_deref(),
                hours: hours.as_deref(),
                phone: None,
                days,
            }),
        }
    }

    fn case(self, case: &'a Case) -> CaseData<'a> {
        let shown = case.dossier.iter().filter(|item| self.shown.has(item.element));
        let dossier = shown.map(|item| {
            let (note, days) = (item.note.as_deref(), self.days(&[item.element]));
            match &item.kind {
                DossierKind::Paper(paper) => PaperData {
                    name: Some(&paper.name),
                    originals: paper.originals,
                    copies: paper.copies,
                    mode: paper.mode.map(|mode| match mode {
                        PaperMode::Submit => "submit",
                        PaperMode::Present => "present",
                    }),
                    form: paper
                        .form
                        .map(|form| &self.procedure.forms[form])
                        .filter(|form| self.shown.has(form.element))
                        .map(|form| form.id.as_str()),
                    replaced_by_data: paper.replaced_by_data,
                    note,
                    days,
                },
                DossierKind::Remark => PaperData { note, days, ..PaperData::default() },
            }
        });
        CaseData {
            title: case.title.as_deref(),
            dossier: dossier.collect(),
            steps: self.steps(&case.steps),
        }
    }

    fn steps(self, steps: &'a [Step]) -> Vec<StepData<'a>> {
        steps
            .iter()
            .filter(|step| self.shown.has(step.element))
            .map(|step| StepData {
                title: step.title.as_deref(),
                who: step.who.as_deref(),
                text: step.text.as_ref().map(|text| plain(&text.text)),
                time: step.time.as_ref().map(time),
                days: self.days(&[step.element]),
            })
            .collect()
    }
}

fn document(site: &Site, id: DocumentId) -> DocumentData<'_> {
    let document = &site.catalogue[id];
    let standing = site.assessment.document(id);
    let begins = match document.effective {
        crate::model::document::Effective::On(day) => Some(day),
        _ => None,
    };
    let whole = site.assessment.life(id).whole();
    let next = whole.next_after(site.assessment.today);
    let mut later = whole.changes().filter(|(day, _)| *day > site.assessment.today);
    let over = later.find(|(_, standing)| standing.force.is_over());
    DocumentData {
        number: document.number.as_deref(),
        title: &document.title,
        kind: document.kind.name(),
        signed: document.signed.map(|day| day.to_string()),
        effective: begins.map(|day| day.to_string()),
        status: law::force(standing.force, site.catalogue.site.language).to_owned(),
        next_change: next.map(|(day, _)| day.to_string()),
        until: over.map(|(day, _)| day.to_string()),
        url: url(site, Route::Document(id)),
    }
}

fn citation<'a>(
    site: &'a Site,
    assessment: &Assessment,
    citation: &'a Citation,
) -> Option<CitationData<'a>> {
    let showing = showing(&site.catalogue, assessment, citation);
    let status = match showing {
        Showing::Hidden => return None,
        Showing::InForce => "in_force",
        Showing::Exempt => "exempt",
        Showing::Unchecked => "unchecked",
    };
    let known = match citation.document {
        Cited::Known(id) => Some(id),
        Cited::Unknown(_) => None,
    };
    let exemption = citation.exemption.as_ref().filter(|_| showing == Showing::Exempt);
    Some(CitationData {
        document: site.catalogue.cited_label(&citation.document),
        title: known.map(|id| site.catalogue[id].title.as_str()),
        provisions: citation.provisions.iter().map(ToString::to_string).collect(),
        role: match citation.role {
            Role::Main => "main",
            Role::Supporting => "supporting",
        },
        status,
        exemption: exemption.map(|exemption| ExemptionData {
            reason: &exemption.reason,
            last_day: exemption.until.yesterday().ok().map(|day| day.to_string()),
        }),
        url: known.map(|id| url(site, Route::Document(id))),
    })
}

fn time(time: &TimeLimit) -> TimeData<'_> {
    let (amount, unit, text) = match &time.length {
        TimeLength::Amount(Decimal(thousandths), unit) => {
            #[expect(clippy::cast_precision_loss, reason = "time limits have few digits")]
            let amount = *thousandths as f64 / 1000.0;
            (Some(amount), Some(word(&TimeUnit::ALL, *unit)), None)
        }
        TimeLength::Text(text) => (None, None, Some(text.as_str())),
    };
    let (when, note) = (time.when.as_deref(), time.note.as_deref());
    TimeData { when, amount, unit, text, note, days: PartDays::default() }
}

/// The word that editors write.
fn word<T: Copy + PartialEq>(all: &[(T, &'static str)], one: T) -> &'static str {
    all.iter().find(|(value, _)| *value == one).map_or("", |(_, word)| word)
}

fn levels(procedure: &Procedure) -> Vec<&'static str> {
    procedure.levels.iter().map(|level| word(&Level::ALL, *level)).collect()
}

fn named_field<'a>(site: &'a Site, procedure: &Procedure) -> Named<'a> {
    let field = &site.catalogue[procedure.field];
    Named { id: field.slug.as_str(), name: &field.name }
}

fn days(window: Window) -> Option<Days> {
    let said = |day: Option<Date>| day.map(|day| day.to_string());
    let days = Days { from: said(window.from), last_day: said(window.last_day()) };
    (days.from.is_some() || days.last_day.is_some()).then_some(days)
}

fn next_change(site: &Site, id: ProcedureId) -> Option<String> {
    let next = site.assessment.procedure_timeline(id).next_after(site.assessment.today);
    next.map(|(day, _)| day.to_string())
}

/// The first day on which a procedure is no longer published.
fn until(site: &Site, id: ProcedureId) -> Option<Date> {
    without(site, id, site.assessment.today, &[])
}

/// The first day after one on which a procedure is no longer published, or not with these parts.
fn without(site: &Site, id: ProcedureId, today: Date, parts: &[ElementId]) -> Option<Date> {
    let mut changes = site.assessment.procedure_timeline(id).changes();
    let has_all = |shown: &Shown| parts.iter().all(|part| shown.has(*part));
    let ends =
        changes.find(|(day, standing)| *day > today && !standing.shown().is_some_and(has_all));
    ends.map(|(day, _)| day)
}

/// Where it stands: in full where the site's address is known, else from the site's root.
fn url(site: &Site, route: Route) -> String {
    href(site.base_url().unwrap_or_default(), &site.address(route))
}
