//! A file of `procedures/`: the parts of an administrative procedure (Nghị định 63/2010/NĐ-CP, Điều 8).
//!
//! Every part that may start or end on days of its own is numbered in `elements`, whether or not it
//! has such days, so that one list answers for all of them.

use std::collections::BTreeMap;

use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Repair};
use crate::files::{FilePath, Located};
use crate::load::document::checked;
use crate::load::excerpt;
use crate::load::link::{agency, decision, field, legal_basis, office};
use crate::load::names::nearest;
use crate::load::reader::{
    Map, Reader, Value, bad_word, boolean, count, day, decimal, former_ids, located, markdown,
    text, url, validity, verbatim, whole_number, word,
};
use crate::load::sort::taken;
use crate::load::tree::Kind;
use crate::model::Slug;
use crate::model::agency::Level;
use crate::model::procedure::{
    Announcement, Audience, Authority, Case, Channel, ChannelKind, Complaints, DossierItem,
    DossierKind, Element, ElementId, ElementKind, Fee, FeeAmount, FeeKind, Form, InternalStep,
    LastChecked, OnlineLevel, Origin, Outcome, Paper, PaperMode, Procedure, Reception,
    ReceptionPlace, Related, Step, TimeLength, TimeLimit, TimeUnit, Visibility,
};

const VISIBILITIES: [(Visibility, &str); 2] =
    [(Visibility::Public, "public"), (Visibility::Internal, "internal")];
const ORIGINS: [(Origin, &str); 2] = [(Origin::National, "national"), (Origin::Local, "local")];

/// Reads a procedure. Nothing refers to one but by its code, so it is left out where its code, its
/// title or its field cannot be read.
pub(super) fn procedure(map: &mut Map, slug: Slug) -> Option<Procedure> {
    let mut elements = Vec::new();
    let all = &mut elements;
    let former_ids = former_ids(map);
    let code = map.required("code", code);
    let title = map.required("title", text);
    let plain_title = map.optional("plain_title", text);
    let search_terms = map.list("search_terms", verbatim);
    let field = map.required("field", field);
    let levels = map.list("levels", word(&Level::ALL));
    let class = map.optional("class", text);
    let audience = map.list("audience", word(&Audience::ALL));
    let source = map.optional("source", url);
    let visibility = map.optional("scope", word(&VISIBILITIES)).unwrap_or_default();
    let origin = map.optional("origin", word(&ORIGINS)).unwrap_or_default();
    let validity = validity(map);
    let legal_basis = legal_basis(map);
    let authority =
        map.optional("authority", |read, value| read.map(value, authority)).unwrap_or_default();
    let any_office = map.optional("any_office", boolean).unwrap_or_default();
    let channels = map.maps("channels", |map| channel(map, all));
    let reception = map.maps("reception", |map| reception(map, all));
    let forms = forms(map, all);
    let cases = cases(map, all, &forms);
    let dossier_sets = map.optional("dossier_sets", count);
    let steps = map.maps("steps", |map| step(map, all));
    let internal_process = map.maps("internal_process", internal_step);
    let requirements = map.optional("requirements", markdown);
    let results = map.maps("results", outcome);
    let announced = map.optional("announced", |read, value| read.map(value, announced).flatten());
    let complaints = map.optional("complaints", |read, value| read.map(value, complaints));
    let related =
        map.optional("related", |read, value| read.map(value, related)).unwrap_or_default();
    let last_checked =
        map.optional("last_checked", |read, value| read.map(value, last_checked).flatten());
    Some(Procedure {
        slug,
        former_ids,
        code: code?,
        title: title?,
        plain_title,
        search_terms,
        field: field?,
        levels,
        class,
        audience,
        source,
        visibility,
        origin,
        validity,
        legal_basis,
        authority,
        any_office,
        channels,
        reception,
        cases,
        dossier_sets,
        forms,
        steps,
        internal_process,
        requirements,
        results,
        announced,
        complaints,
        related,
        last_checked,
        elements,
    })
}

fn code(read: &mut Reader, value: Value) -> Option<Located<String>> {
    let code = located(read, value)?;
    if is_code(&code.value) {
        return Some(code);
    }
    let meant = code.value.to_uppercase().replace(',', ".");
    let meant = is_code(&meant).then(|| Repair::Value { at: code.span, value: meant }.into());
    let finding = Diagnostic::new(Code::BadCode, code.span).with("code", excerpt(&code.value));
    read.say(finding.fixed_by(meant));
    None
}

/// Whether a text is a procedure's code: `1.001193`, with endings where it has them, such as
/// `1.012753.H19` or the old `1.001193.000.00.00.H56`.
#[must_use]
pub fn is_code(text: &str) -> bool {
    let mut parts = text.split('.');
    let prefix = parts.next().unwrap_or_default();
    let number = parts.next().unwrap_or_default();
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let is_word = |part: &str| part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    (1..=2).contains(&prefix.len())
        && prefix.bytes().all(|byte| byte.is_ascii_digit())
        && digits == 6
        && is_word(&number[digits..])
        && parts.all(|part| !part.is_empty() && part.len() <= 6 && is_word(part))
}

/// Numbers an element: its window, its own basis, its place.
fn element(map: &mut Map, all: &mut Vec<Element>, kind: ElementKind, name: String) -> ElementId {
    let validity = validity(map);
    let legal_basis = legal_basis(map);
    let span = map.span();
    let id = ElementId(u32::try_from(all.len()).unwrap_or(u32::MAX));
    all.push(Element { kind, name, validity, legal_basis, span });
    id
}

fn authority(map: &mut Map) -> Authority {
    Authority {
        performs: map.list("performs", agency),
        decides: map.list("decides", agency),
        coordinates: map.list("coordinates", agency),
        delegated: map.list("delegated", agency),
    }
}

fn channel(map: &mut Map, all: &mut Vec<Element>) -> Option<Channel> {
    let kind = map.required("kind", word(&ChannelKind::ALL));
    let name = match kind {
        Some(ChannelKind::Online) => "trực tuyến",
        Some(ChannelKind::Postal) => "bưu chính",
        Some(ChannelKind::InPerson) | None => "trực tiếp",
    };
    let element = element(map, all, ElementKind::Channel, name.to_owned());
    let description = map.optional("description", markdown);
    let times = map.maps("times", |map| time(map, all));
    let fees = map.maps("fees", |map| fee(map, all));
    let level = map.optional("level", online_level);
    let url = map.optional("url", url);
    let online_payment = map.optional("online_payment", boolean);
    Some(Channel { element, kind: kind?, description, times, fees, level, url, online_payment })
}

/// The three levels of today, or one of the four before Nghị định 42/2022/NĐ-CP.
fn online_level(read: &mut Reader, value: Value) -> Option<OnlineLevel> {
    let written = value.node.text().unwrap_or_default().trim();
    match written {
        "4" => Some(OnlineLevel::Full),
        "3" => Some(OnlineLevel::Partial),
        "1" | "2" => Some(OnlineLevel::Information),
        _ if written.bytes().all(|byte| byte.is_ascii_digit()) && !written.is_empty() => {
            let words: Vec<&str> = OnlineLevel::ALL.iter().map(|(_, word)| *word).collect();
            bad_word(read, value, written, &words);
            None
        }
        _ => word(&OnlineLevel::ALL)(read, value),
    }
}

fn time(map: &mut Map, all: &mut Vec<Element>) -> Option<TimeLimit> {
    let limit = time_limit(map);
    let name = limit.as_ref().map(time_name).unwrap_or_default();
    let element = element(map, all, ElementKind::Time, name);
    Some(TimeLimit { element: Some(element), ..limit? })
}

/// A time inside a step or a group, which has no days of its own.
pub(super) fn time_in_step(read: &mut Reader, value: Value) -> Option<TimeLimit> {
    read.map(value, time_limit).flatten()
}

fn time_limit(map: &mut Map) -> Option<TimeLimit> {
    let when = map.optional("when", text);
    let note = map.optional("note", text);
    // In words only where there is no number: beside an amount, `text` is no key at all.
    let length = if map.has("amount") {
        let amount = map.optional("amount", decimal);
        let unit = map.required("unit", word(&TimeUnit::ALL));
        amount.zip(unit).map(|(amount, unit)| TimeLength::Amount(amount, unit))
    } else {
        in_words(map).map(TimeLength::Text)
    };
    Some(TimeLimit { element: None, when, length: length?, note })
}

/// The `text` that stands in the place of an `amount`.
fn in_words(map: &mut Map) -> Option<String> {
    if !map.has("text") {
        map.missing("amount");
    }
    map.optional("text", text)
}

fn time_name(limit: &TimeLimit) -> String {
    let length = match &limit.length {
        TimeLength::Amount(amount, unit) => {
            let unit = match unit {
                TimeUnit::Hour => "giờ",
                TimeUnit::Day => "ngày",
                TimeUnit::WorkingDay => "ngày làm việc",
                TimeUnit::Month => "tháng",
            };
            format!("{amount} {unit}")
        }
        TimeLength::Text(text) => text.clone(),
    };
    match &limit.when {
        Some(when) => excerpt(&format!("{length}, {when}")),
        None => excerpt(&length),
    }
}

fn fee(map: &mut Map, all: &mut Vec<Element>) -> Option<Fee> {
    let kind = map.optional("kind", word(&FeeKind::ALL));
    let name = map.optional("name", text);
    let amount = if map.has("amount") {
        let value = map.optional("amount", whole_number);
        let currency = map.optional("currency", currency).unwrap_or_else(|| "VND".to_owned());
        value.map(|value| FeeAmount::Amount { value, currency })
    } else {
        in_words(map).map(FeeAmount::Text)
    };
    let unit = map.optional("unit", text);
    let when = map.optional("when", text);
    let exempt = map.one_or_list("exempt", text);
    let set_by = map.optional("set_by", word(&Level::ALL));
    let called = match (&name, &amount) {
        (Some(name), _) => name.clone(),
        (None, Some(FeeAmount::Text(text))) => text.clone(),
        (None, Some(FeeAmount::Amount { value, currency })) => format!("{value} {currency}"),
        (None, None) => String::new(),
    };
    let element = element(map, all, ElementKind::Fee, excerpt(&called));
    Some(Fee { element, kind, name, amount: amount?, unit, when, exempt, set_by })
}

fn currency(read: &mut Reader, value: Value) -> Option<String> {
    let code = verbatim(read, value)?;
    let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_code {
        bad_word(read, value, &code, &["VND", "USD", "EUR"]);
    }
    is_code.then_some(code)
}

fn reception(map: &mut Map, all: &mut Vec<Element>) -> Option<Reception> {
    let office_name = map.find("office").and_then(|office| office.node.text()).map(excerpt);
    let (place, name) = if map.has("office") {
        (map.optional("office", office).map(ReceptionPlace::Office), office_name)
    } else {
        let place = map.required("place", text);
        let address = map.optional("address", text);
        let hours = map.optional("hours", text);
        let name = place.as_deref().map(excerpt);
        (place.map(|place| ReceptionPlace::Written { place, address, hours }), name)
    };
    let element = element(map, all, ElementKind::Reception, name.unwrap_or_default());
    Some(Reception { element, place: place? })
}

fn forms(map: &mut Map, all: &mut Vec<Element>) -> Vec<Form> {
    let mut places = BTreeMap::new();
    map.maps("forms", |map| {
        let id = map.required("id", located);
        let code = map.optional("code", text);
        let name = map.optional("name", text);
        let file = map.optional("file", form_file);
        let called = name.as_deref().or(code.as_deref());
        let called = called.or(id.as_ref().map(|id| id.value.as_str())).unwrap_or_default();
        let element = element(map, all, ElementKind::Form, excerpt(called));
        let Located { value: id, span } = id?;
        if let Some(first) = places.get(&id) {
            map.read.say(taken(&id, span, *first));
            return None;
        }
        places.insert(id.clone(), span);
        Some(Form { element, id, code, name, file })
    })
}

/// A path below `forms/`. Whether the file is there is asked when all files are known.
fn form_file(read: &mut Reader, value: Value) -> Option<Located<FilePath>> {
    let written = located(read, value)?;
    let path = FilePath::new(&format!("forms/{}", written.value));
    if path.is_none() {
        let finding = Diagnostic::new(Code::FormFileMissing, written.span);
        read.say(finding.with("path", excerpt(&written.value)));
    }
    let path = path?;
    let kind = path.extension().map(str::to_ascii_lowercase);
    if !kind.is_some_and(|kind| FORM_KINDS.contains(&kind.as_str())) {
        let finding = Diagnostic::new(Code::FormKind, written.span);
        read.say(finding.with("path", excerpt(&written.value)));
        return None;
    }
    Some(Located { value: path, span: written.span })
}

/// What a browser does not run under the agency's own address, as it would run HTML or SVG.
const FORM_KINDS: [&str; 12] =
    ["pdf", "doc", "docx", "xls", "xlsx", "odt", "ods", "rtf", "txt", "png", "jpg", "jpeg"];

/// The cases; one without a title where the procedure has none.
fn cases(map: &mut Map, all: &mut Vec<Element>, forms: &[Form]) -> Vec<Case> {
    let count = map.find("cases").map_or(0, |cases| match &cases.node.kind {
        Kind::List(items) => items.len(),
        _ => 0,
    });
    let mut cases = map.maps("cases", |map| {
        let title =
            if 1 < count { map.required("title", text) } else { map.optional("title", text) };
        let dossier = map.maps("dossier", |map| dossier_item(map, all, forms));
        let steps = map.maps("steps", |map| step(map, all));
        Some(Case { title, dossier, steps })
    });
    if cases.is_empty() {
        cases.push(Case { title: None, dossier: Vec::new(), steps: Vec::new() });
    }
    cases
}

fn dossier_item(map: &mut Map, all: &mut Vec<Element>, forms: &[Form]) -> Option<DossierItem> {
    let note = map.optional("note", text);
    let paper_keys = ["name", "originals", "copies", "mode", "form", "replaced_by_data"];
    let is_paper = paper_keys.iter().any(|key| map.has(key)) || !map.has("note");
    let kind = if is_paper {
        paper(map, forms).map(DossierKind::Paper)
    } else {
        Some(DossierKind::Remark)
    };
    let name = match &kind {
        Some(DossierKind::Paper(paper)) => &paper.name,
        _ => note.as_deref().unwrap_or_default(),
    };
    let channels = map.list("channels", word(&ChannelKind::ALL));
    let element = element(map, all, ElementKind::DossierItem, excerpt(name));
    Some(DossierItem { element, kind: kind?, note, channels })
}

fn paper(map: &mut Map, forms: &[Form]) -> Option<Paper> {
    let name = map.required("name", text);
    let originals = map.optional("originals", count);
    let copies = map.optional("copies", count);
    let mode = map.optional("mode", word(&PaperMode::ALL));
    let form = map.optional("form", |read, value| {
        let id = located(read, value)?;
        let form = forms.iter().position(|form| form.id == id.value);
        if form.is_none() {
            let finding = Diagnostic::new(Code::FormUnknown, id.span);
            let finding = finding.with("id", excerpt(&id.value));
            let known = forms.iter().map(|form| form.id.as_str());
            read.say_near(finding, || nearest(&id.value, known));
        }
        form
    });
    let replaced_by_data = map.optional("replaced_by_data", boolean).unwrap_or_default();
    Some(Paper { name: name?, originals, copies, mode, form, replaced_by_data })
}

fn step(map: &mut Map, all: &mut Vec<Element>) -> Option<Step> {
    let title = map.optional("title", text);
    let who = map.optional("who", text);
    let body = map.optional("text", markdown);
    let time = map.optional("time", time_in_step);
    let channels = map.list("channels", word(&ChannelKind::ALL));
    let is_there = map.has("title") || map.has("text");
    if !is_there {
        map.missing("title");
    }
    let called = title.as_deref().or(body.as_ref().map(|body| body.text.as_str()));
    let element = element(map, all, ElementKind::Step, excerpt(called.unwrap_or_default()));
    is_there.then_some(Step { element, title, who, text: body, time, channels })
}

fn internal_step(map: &mut Map) -> Option<InternalStep> {
    let who = map.required("who", text);
    let action = map.required("action", text);
    let time = map.optional("time", time_in_step);
    Some(InternalStep { who: who?, action: action?, time })
}

fn outcome(map: &mut Map) -> Option<Outcome> {
    let name = map.required("name", text);
    let code = map.optional("code", text);
    let valid_for = map.optional("valid_for", text);
    Some(Outcome { name: name?, code, valid_for })
}

fn announced(map: &mut Map) -> Option<Announcement> {
    let decision = map.required("decision", decision)?;
    Some(decision.map_or_else(Announcement::Number, Announcement::Known))
}

fn complaints(map: &mut Map) -> Complaints {
    Complaints { place: map.optional("where", text), deadline: map.optional("deadline", text) }
}

fn related(map: &mut Map) -> Related {
    Related {
        before: map.list("before", located),
        after: map.list("after", located),
        see: map.list("see", located),
    }
}

fn last_checked(map: &mut Map) -> Option<LastChecked> {
    let checked = checked(map);
    let next = map.optional("next", day);
    Some(LastChecked { checked: checked?, next })
}
