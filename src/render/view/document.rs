//! A legal document that is not over: how it stands, what it does to others that are not over, and the
//! procedures that rest on it. What has ended is not named here.

use serde::Serialize;

use super::basis::{force_tag, start};
use super::drawing::{self, Drawing};
use super::frame::Frame;
use super::tombstone::text_of;
use super::{Day, Entry, Here, Link, Stamp, State, Tag, text};
use crate::model::date::Date;
use crate::model::document::{Act, DocumentId, Scope};
use crate::model::link;
use crate::model::provision::Provision;
use crate::render::lists::by_rank;
use crate::render::route::Route;
use crate::render::words::Piece;
use crate::validity::standing::{self, Fact};
use crate::validity::words as law;

/// The page of a document.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DocumentView {
    ids: Vec<Vec<Piece>>,
    kind: String,
    number: Option<String>,
    /// The number, or the name under which it is cited.
    name: String,
    title: String,
    stamp: Option<Stamp>,
    states: Vec<State>,
    drawing: Option<Drawing>,
    life: Vec<Entry>,
    relations: Vec<Relation>,
    procedures: Vec<Cites>,
    source: Option<Link>,
    checked: Option<Day>,
}

/// One relation to another document that is not over.
#[derive(Clone, Debug, Serialize)]
struct Relation {
    name: String,
    document: DocumentRow,
    scope: Option<String>,
}

/// A document in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DocumentRow {
    href: String,
    /// The number, or the name under which it is cited.
    number: String,
    /// Whether it is a number.
    numbered: bool,
    title: Option<String>,
    tag: Tag,
    since: Option<Day>,
    until: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Cites {
    href: String,
    name: String,
    code: String,
}

/// All documents that are not over, by kind.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DocumentsView {
    kinds: Vec<KindView>,
}

#[derive(Clone, Debug, Serialize)]
struct KindView {
    id: String,
    name: String,
    documents: Vec<DocumentRow>,
}

pub(crate) fn document(here: Here<'_>, id: DocumentId) -> (Frame, DocumentView) {
    let document = &here.catalogue()[id];
    let name = text_of(&[here.document(id)]);
    let mut frame = Frame::new(here, &name, "van-ban")
        .below(here.link(Route::Documents, here.say("nav_documents")));
    frame.description = format!("{name}: {}", document.title);
    let tag = force_tag(here, id);
    let begins = start(here, id);
    let stamp = begins
        .filter(|_| tag.shape == "on")
        .map(|day| Stamp::new(&tag.text, &text::day(day), here.say("stamp_since")));
    let procedures = here.site.lists.citing.get(&id).into_iter().flatten();
    let checked = document.checked.as_ref();
    let source = checked.and_then(|checked| checked.source.as_deref()).and_then(link::outside);
    let view = DocumentView {
        ids: ids(here, id),
        kind: document.kind.said(here.language()).to_owned(),
        number: document.number.clone(),
        name: document.label().to_owned(),
        title: document.title.clone(),
        stamp,
        states: states(here, id, tag, begins),
        drawing: begins.and_then(|start| {
            drawing::drawing(start, end(here, id), amended(here, id), here.site.assessment.as_of)
        }),
        life: life(here, id),
        relations: relations(here, id),
        procedures: procedures
            .map(|id| {
                let Link { href, name } = here.procedure(*id);
                Cites { href, name, code: here.catalogue()[*id].code.value.clone() }
            })
            .collect(),
        source: source.map(|source| Link { href: source.to_owned(), name: source.to_owned() }),
        checked: checked.map(|checked| Day::new(checked.on)),
    };
    (frame, view)
}

pub(crate) fn documents(here: Here<'_>) -> (Frame, DocumentsView) {
    let mut frame = Frame::new(here, here.say("nav_all_documents"), "van-ban");
    here.say("documents_description").clone_into(&mut frame.description);
    let mut kinds: Vec<KindView> = Vec::new();
    for id in &here.site.lists.documents {
        let name = here.catalogue()[*id].kind.said(here.language());
        if kinds.last().is_none_or(|kind| kind.name != name) {
            let id = format!("loai-{}", kinds.len() + 1);
            kinds.push(KindView { id, name: name.to_owned(), documents: Vec::new() });
        }
        if let Some(kind) = kinds.last_mut() {
            kind.documents.push(row(here, *id));
        }
    }
    (frame, DocumentsView { kinds })
}

fn row(here: Here<'_>, id: DocumentId) -> DocumentRow {
    let document = &here.catalogue()[id];
    let label = document.label();
    let end = end(here, id);
    let mut tag = force_tag(here, id);
    if end.is_some() && tag.shape == "on" {
        tag.shape = "soon";
    }
    DocumentRow {
        href: here.href(Route::Document(id)),
        number: label.to_owned(),
        numbered: document.number.is_some(),
        title: (label != document.title).then(|| document.title.clone()),
        tag,
        since: start(here, id).map(Day::new),
        until: end.map(|day| {
            let eve = day.yesterday().unwrap_or(day);
            here.words().fill("force_through", &[("day", &text::day(eve))])
        }),
    }
}

/// The day on which it will be over, if the register knows one.
fn end(here: Here<'_>, id: DocumentId) -> Option<Date> {
    here.site.end(id)
}

fn ids(here: Here<'_>, id: DocumentId) -> Vec<Vec<Piece>> {
    let site = here.site;
    let document = &here.catalogue()[id];
    let issuers: Vec<&str> = document
        .issuers
        .iter()
        .filter(|agency| site.assessment.is_agency_there(&site.catalogue, **agency))
        .map(|agency| here.catalogue()[*agency].name.as_str())
        .collect();
    let mut ids = Vec::new();
    if !issuers.is_empty() {
        ids.push(vec![Piece::text(&issuers.join(", "))]);
    }
    if let Some(day) = document.signed {
        ids.push(here.words().pieces("document_signed", &[("day", &[Piece::day(day)])]));
    }
    ids
}

fn states(here: Here<'_>, id: DocumentId, tag: Tag, begins: Option<Date>) -> Vec<State> {
    let words = here.words();
    let mut states = vec![State {
        tag: Some(tag),
        label: None,
        pieces: begins
            .map(|day| words.pieces("from_day", &[("day", &[Piece::day(day)])]))
            .unwrap_or_default(),
    }];
    if let Some(day) = end(here, id) {
        let eve = Piece::day(day.yesterday().unwrap_or(day));
        states.push(State {
            tag: Some(Tag { shape: "soon", text: words.say("state_will_end_force").to_owned() }),
            label: None,
            pieces: words.pieces("after_day", &[("day", &[eve])]),
        });
    }
    let n = here.site.lists.citing.get(&id).map_or(0, Vec::len);
    if n > 0 {
        let key = if n == 1 { "count_procedure_short" } else { "count_procedures_short" };
        states.push(State {
            tag: None,
            label: Some(words.say("state_cited_by").to_owned()),
            pieces: vec![Piece::text(&words.fill(key, &[("n", &n.to_string())]))],
        });
    }
    states
}

/// Its own dated facts. An act of a document that has ended is told without naming it.
fn life(here: Here<'_>, id: DocumentId) -> Vec<Entry> {
    let mut found: Vec<(Option<Date>, Vec<Piece>)> = Vec::new();
    let mut add = |day: Option<Date>, pieces: Vec<Piece>| {
        let fact = (day.filter(|day| *day != Date::MIN), pieces);
        if !found.contains(&fact) {
            found.push(fact);
        }
    };
    let today = here.site.assessment.today;
    let now = here.site.assessment.document(id).because.iter();
    let later = here.site.assessment.life(id).whole().next_after(today).into_iter();
    let later = later.flat_map(|(_, standing)| &standing.because);
    for link in now.chain(later).filter(|link| link.to == id) {
        add(link.day, fact(here, link));
    }
    for own in &here.catalogue()[id].provisions {
        let standing = here.site.assessment.life(id).standing(Some(&own.scope), today);
        let begins = |link: &&standing::Link| {
            let fact = &link.fact;
            matches!(fact, Fact::ProvisionTakesEffect(_) | Fact::ProvisionMoved(..))
        };
        if let Some(link) = standing.because.iter().find(begins) {
            add(link.day, fact(here, link));
        }
    }
    for (by, place) in here.site.lists.acted_on_by.get(&id).into_iter().flatten() {
        let effect = &here.catalogue()[*by].effects[*place];
        if effect.act == Act::Amends && here.is_live(*by) {
            let day = effect.from.or_else(|| start(here, *by));
            let by = [here.document(*by)];
            let parts = [Piece::text(&scope(here, &effect.scope).unwrap_or_default())];
            let whole = parts[0].text.is_empty();
            let key = if whole { "life_amended" } else { "life_amended_in" };
            let values: [(&str, &[Piece]); 2] = [("by", &by), ("parts", &parts)];
            add(day, here.words().pieces(key, &values));
        }
    }
    found.sort_by_key(|(day, _)| *day);
    found.into_iter().map(|(day, pieces)| Entry { day: day.map(Day::new), pieces }).collect()
}

/// The days on which it was or will be amended, by what is not over.
fn amended(here: Here<'_>, id: DocumentId) -> Vec<(Date, String)> {
    let acts = here.site.lists.acted_on_by.get(&id).into_iter().flatten();
    acts.filter(|(by, place)| {
        here.catalogue()[*by].effects[*place].act == Act::Amends && here.is_live(*by)
    })
    .filter_map(|(by, place)| {
        let effect = &here.catalogue()[*by].effects[*place];
        let day = effect.from.or_else(|| start(here, *by))?;
        Some((day, here.catalogue()[*by].label().to_owned()))
    })
    .collect()
}

fn fact(here: Here<'_>, link: &standing::Link) -> Vec<Piece> {
    let undated = standing::Link { day: None, ..link.clone() };
    let sentence = law::link(&undated, here.words().language);
    let own = !matches!(link.fact, Fact::FellWith { .. } | Fact::OutlivedParent { .. });
    if own && here.is_lawful(&sentence) {
        return here.sentence(&sentence);
    }
    let words = here.words();
    let ends = |parts: &[Provision], except: &[Provision]| {
        let key = match (parts, except) {
            ([], []) => "life_ends",
            ([], _) => "life_ends_but_for",
            (_, []) => "life_parts_end",
            _ => "life_parts_end_but_for",
        };
        let [parts, except] =
            [parts, except].map(|it| [Piece::text(&text::provisions(here.words(), it))]);
        words.pieces(key, &[("parts", &parts), ("except", &except)])
    };
    match &link.fact {
        Fact::ActedOn(deed) if deed.act.ends() => match &deed.scope {
            Scope::Parts(scope) => ends(scope, &deed.except),
            Scope::Whole => ends(&[], &deed.except),
            Scope::Unspecified => words.pieces("life_touched", &[]),
        },
        Fact::FellWith { own, except, .. } => ends(own, except),
        Fact::OutlivedParent { .. } | Fact::Continued { .. } => words.pieces("life_outlived", &[]),
        Fact::Moved(_) | Fact::ProvisionMoved(..) => words.pieces("life_moved", &[]),
        _ => words.pieces("life_touched", &[]),
    }
}

fn scope(here: Here<'_>, scope: &Scope) -> Option<String> {
    match scope {
        Scope::Parts(parts) => Some(text::provisions(here.words(), parts)),
        Scope::Whole | Scope::Unspecified => None,
    }
}

/// What it does to others, and they to it: only what is not over on either side.
fn relations(here: Here<'_>, id: DocumentId) -> Vec<Relation> {
    let document = &here.catalogue()[id];
    let lists = &here.site.lists;
    let mut found: Vec<(usize, DocumentId, &'static str, Option<String>)> = Vec::new();
    for tie in &document.implements {
        let parts = (!tie.scope.is_empty()).then(|| text::provisions(here.words(), &tie.scope));
        found.push((0, tie.parent, "relation_implements", parts));
    }
    for by in lists.implemented_by.get(&id).into_iter().flatten() {
        found.push((1, *by, "relation_implemented", None));
    }
    for effect in &document.effects {
        let (place, active, _) = relation_words(effect.act);
        found.push((place, effect.target, active, scope(here, &effect.scope)));
    }
    for (by, place) in lists.acted_on_by.get(&id).into_iter().flatten() {
        let effect = &here.catalogue()[*by].effects[*place];
        let (place, _, passive) = relation_words(effect.act);
        found.push((place + 1, *by, passive, scope(here, &effect.scope)));
    }
    found.retain(|(_, other, ..)| *other != id && here.is_live(*other));
    found.sort_by(|one, two| {
        one.0.cmp(&two.0).then_with(|| by_rank(&here.catalogue()[one.1], &here.catalogue()[two.1]))
    });
    found.dedup();
    found
        .into_iter()
        .map(|(_, other, key, scope)| Relation {
            name: here.say(key).to_owned(),
            document: row(here, other),
            scope,
        })
        .collect()
}

/// The place in the list, and the words from either side.
fn relation_words(act: Act) -> (usize, &'static str, &'static str) {
    match act {
        Act::Amends => (2, "relation_amends", "relation_amended"),
        Act::Corrects => (4, "relation_corrects", "relation_corrected"),
        Act::Consolidates => (6, "relation_consolidates", "relation_consolidated"),
        Act::Replaces => (8, "relation_replaces", "relation_replaced"),
        Act::Repeals | Act::DeclaresExpired => (10, "relation_repeals", "relation_repealed"),
        Act::Suspends { .. } => (12, "relation_suspends", "relation_suspended"),
        Act::Resumes => (14, "relation_resumes", "relation_resumed"),
        Act::Postpones { .. } => (16, "relation_postpones", "relation_postponed"),
        Act::Extends { .. } => (18, "relation_extends", "relation_extended"),
        Act::DeclaresContinuing => (20, "relation_continues", "relation_continued"),
    }
}
