//! The page of a published or announced procedure, in the order in which a citizen asks: what, still valid?, how long,
//! how much, where, which case, which papers, which steps; the law last.

use serde::Serialize;

use super::basis::{self, BasisRow};
use super::changes::{self, ChangeDay};
use super::channels::{self, ChannelView, Charges, Posted, Table};
use super::dossier::{CaseView, Dossier, StepView, Steps};
use super::due::{self, DueView};
use super::facts::{self, Fact};
use super::frame::Frame;
use super::history;
use super::more::{self, Line, Outcome, Related};
use super::names::{audience_link, level_link};
use super::paper::Paper;
use super::places::{self, Bodies, Place};
use super::posting;
use super::{Day, Entry, Here, Link, Stamp, State, Tag, outside, text};
use crate::model::citation::Cited;
use crate::model::date::Date;
use crate::model::document::DocumentId;
use crate::model::procedure::{Procedure, ProcedureId};
use crate::render::edit::Section;
use crate::render::markdown::Headings;
use crate::render::marks;
use crate::render::route::Route;
use crate::render::words::Piece;
use crate::validity::forecast::What;
use crate::validity::procedure::{ProcedureStanding, Shown};

/// A name of more letters than this is cut on phones, with a box that unfolds it.
const LONG: usize = 160;

/// A name of more letters fills the screen of a desk.
const ENDLESS: usize = 600;

/// More cases than this are a list of links and no choice.
const MOST_CHOICES: usize = 6;

/// A published procedure.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ProcedureView {
    code: String,
    heading: String,
    official: Option<String>,
    /// What the official name is called: in another language than its own it is a translation.
    official_label: String,
    /// Which of the names, `heading` or `official`, is so long that a phone shows it cut, with a box that
    /// unfolds it.
    long: Option<&'static str>,
    /// Which of them is so long that a desk shows it cut, too.
    endless: Option<&'static str>,
    field: Link,
    levels: Vec<Link>,
    /// What is to come, or what applies until then.
    ahead: Vec<Ahead>,
    stamp: Stamp,
    states: Vec<State>,
    /// How much of it is in the language of the page, where not all is.
    translated: Option<String>,
    /// Whether it is only announced.
    not_yet: bool,
    coming: Option<ChangeDay>,
    facts: Vec<Fact>,
    actions: Vec<Link>,
    sections: Vec<Link>,
    choice: Option<Choice>,
    dossier: Option<Dossier>,
    steps: Option<Steps>,
    charges: Option<Table>,
    due: Option<DueView>,
    /// Whether the script that counts is loaded: on all days of a page alike.
    may_count: bool,
    ways: Vec<ChannelView>,
    audience: Vec<Link>,
    requirements_html: Option<String>,
    authority: Vec<Bodies>,
    any_office: bool,
    places: Vec<Place>,
    complaints: Vec<Line>,
    internal: Vec<StepView>,
    basis: Vec<BasisRow>,
    /// Of which day the bases are those that are shown.
    basis_note: String,
    results: Vec<Outcome>,
    more: Vec<Line>,
    history: Vec<Entry>,
    related: Vec<Related>,
    /// Where each section may be mended.
    edit: Option<EditView>,
    permalink: Option<Link>,
    json: String,
    /// What binds the page to its sheet of paper.
    paper: Option<Paper>,
}

/// Where the sections of a page may be mended.
#[derive(Clone, Debug, Serialize)]
struct EditView {
    whole: Option<String>,
    dossier: Option<String>,
    steps: Option<String>,
    charges: Option<String>,
    conditions: Option<String>,
    places: Option<String>,
    basis: Option<String>,
}

/// A sentence above everything else, and what there is besides.
#[derive(Clone, Debug, Serialize)]
struct Ahead {
    heading: Vec<Piece>,
    rest: Vec<Piece>,
}

/// What a reader may choose between; without the style sheet all is shown under headings.
#[derive(Clone, Debug, Serialize)]
struct Choice {
    cases: Vec<Chosen>,
    /// Too many to choose: links to the headings.
    links: Vec<Link>,
    channels: Vec<Chosen>,
}

#[derive(Clone, Debug, Serialize)]
struct Chosen {
    n: usize,
    name: String,
}

/// The page of what is published today, or of what is announced: then as it will be on its first day.
pub(crate) fn procedure(here: Here<'_>, id: ProcedureId, shown: &Shown) -> (Frame, ProcedureView) {
    let procedure = &here.catalogue()[id];
    let ends = channels::ends(here, id);
    let posted = Posted { here, procedure, shown, ends: &ends };
    let field = here.link(Route::Field(procedure.field), &here.catalogue()[procedure.field].name);
    let heading = procedure.heading();
    let mut frame = Frame::new(here, heading, "thu-tuc").below(field.clone());
    frame.description = here.words().fill("procedure_description", &[("name", heading)]);
    let applies_from = here.site.assessment.procedure(id).applies_from();
    if applies_from.is_some() {
        frame.title = here.words().fill("title_announced", &[("name", heading)]);
        frame.noindex = true;
    }

    let cases = posted.cases();
    let charges = posted.charges();
    // What is announced has said at its head when it begins.
    let coming = if applies_from.is_none() { changes::next_of(here, id) } else { None };
    let n_letters = procedure.title.chars().count();
    let which = if procedure.title == heading { "heading" } else { "official" };
    let cut = |most: usize| (n_letters > most).then_some(which);
    let mut view = ProcedureView {
        code: procedure.code.value.clone(),
        heading: heading.to_owned(),
        official: (procedure.title != heading).then(|| procedure.title.clone()),
        official_label: {
            let is_own = here.site.tongue.is_none() || marks::is_foreign(&procedure.title);
            here.say(if is_own { "official_name" } else { "official_name_translated" }).to_owned()
        },
        long: cut(LONG),
        endless: cut(ENDLESS),
        field,
        levels: procedure.levels.iter().map(|level| level_link(here, *level)).collect(),
        ahead: match applies_from {
            Some(from) => vec![announced(here, procedure, from)],
            None => new_versions(here, procedure),
        },
        stamp: stamp(here, applies_from),
        states: states(here, id, procedure),
        translated: translated(here, id, shown),
        not_yet: applies_from.is_some(),
        coming,
        facts: facts::facts(posted),
        actions: Vec::new(),
        sections: Vec::new(),
        choice: choice(posted, &cases, &charges, differs_by_channel(posted, &cases)),
        dossier: posted.dossier(&cases),
        steps: posted.all_steps(cases),
        charges: Table::new(charges),
        due: posted.due().filter(|_| applies_from.is_none()),
        may_count: due::may_count(procedure) && !here.catalogue().holidays.is_empty(),
        ways: posted.ways(),
        audience: procedure.audience.iter().map(|who| audience_link(here, *who)).collect(),
        requirements_html: procedure
            .requirements
            .as_ref()
            .map(|text| here.prose(text, Headings::OfSection)),
        authority: places::authority(here, procedure),
        any_office: procedure.any_office,
        places: places::places(posted),
        complaints: more::complaints(here, procedure),
        internal: internal(here, procedure),
        basis: basis::rows(here, &procedure.legal_basis),
        basis_note: here
            .say(if applies_from.is_some() { "basis_note_announced" } else { "basis_note" })
            .to_owned(),
        results: more::results(procedure),
        more: more::lines(here, procedure),
        history: match applies_from {
            Some(_) => Vec::new(),
            None => history::history(here, id, procedure, shown),
        },
        related: more::related(here, procedure),
        edit: edit(here, id),
        permalink: here.site.base_url().map(|base| {
            let url = format!("{base}{}", here.site.address(Route::Procedure(id)));
            Link { name: url.clone(), href: url }
        }),
        json: here.href(Route::ProcedureData(id)),
        paper: posting::paper(here, id),
    };
    if applies_from.is_none() {
        view.actions = actions(here, posted, &view);
    }
    view.sections = sections(here, &view);
    (frame, view)
}

/// How much of the page is in its language, where it is one of a second language and not all of it is.
fn translated(here: Here<'_>, id: ProcedureId, shown: &Shown) -> Option<String> {
    let (n, all) = here.site.tongue.as_ref()?.part_of(id, shown)?;
    let values = [("n", &*n.to_string()), ("all", &*all.to_string())];
    let key = if n == 0 { "translated_none" } else { "translated_part" };
    Some(here.words().fill(key, &values))
}

/// At the head of what is announced: from when it applies, and what applies until then.
fn announced(here: Here<'_>, procedure: &Procedure, from: Date) -> Ahead {
    let words = here.words();
    let current = here.site.lists.by_code.get(&procedure.code.value);
    let rest = current.map(|current| {
        let link = Piece::link(here.link(Route::Procedure(*current), here.say("current_version")));
        words.pieces("until_then", &[("version", &[link])])
    });
    Ahead {
        heading: words.pieces("announced_notice", &[("day", &[Piece::day(from)])]),
        rest: rest.unwrap_or_default(),
    }
}

/// At the head of what applies: from when another version does.
fn new_versions(here: Here<'_>, procedure: &Procedure) -> Vec<Ahead> {
    let announced = here.site.lists.announced.get(&procedure.code.value).into_iter().flatten();
    announced
        .filter_map(|id| {
            let day = [Piece::day(here.site.assessment.procedure(*id).applies_from()?)];
            let version = [changes::new_version(here, *id)];
            let values: [(&str, &[Piece]); 2] = [("day", &day), ("version", &version)];
            let heading = here.words().pieces("new_version_notice", &values);
            Some(Ahead { heading, rest: Vec::new() })
        })
        .collect()
}

fn edit(here: Here<'_>, id: ProcedureId) -> Option<EditView> {
    let edits = here.site.edits.as_ref()?;
    let of = |section| edits.section(id, section);
    Some(EditView {
        whole: of(Section::Whole),
        dossier: of(Section::Dossier),
        steps: of(Section::Steps),
        charges: of(Section::Charges),
        conditions: of(Section::Conditions),
        places: of(Section::Places),
        basis: of(Section::Basis),
    })
}

/// The day is that of the site, as everywhere around the page, on whichever day the page is read.
fn stamp(here: Here<'_>, applies_from: Option<Date>) -> Stamp {
    let Some(from) = applies_from else {
        let day = text::day(here.site.assessment.as_of);
        return Stamp::new(here.say("stamp_applies"), &day, here.say("stamp_as_of"));
    };
    let mut stamp =
        Stamp::new(here.say("stamp_announced"), &text::day(from), here.say("stamp_from"));
    stamp.off = true;
    stamp
}

/// The sections that have something to say, in their order on the page.
fn sections(here: Here<'_>, view: &ProcedureView) -> Vec<Link> {
    let all = [
        (view.choice.is_some(), "#truong-hop", "section_cases"),
        (view.dossier.is_some(), "#can-chuan-bi", "section_dossier"),
        (view.steps.is_some(), "#cac-buoc", "section_steps"),
        (view.charges.is_some(), "#phi", view.charges.as_ref().map_or("", Table::title)),
        (view.has_conditions(), "#dieu-kien", "section_conditions"),
        (view.has_places(), "#noi-nop", "section_places"),
        (!view.internal.is_empty(), "#noi-bo", "section_internal"),
        (!view.complaints.is_empty(), "#van-de", "section_complaints"),
        (!view.basis.is_empty(), "#can-cu", "section_basis"),
        (!view.history.is_empty(), "#lich-su", "section_history"),
        (true, "#them", "section_more"),
    ];
    all.into_iter()
        .filter(|(there, ..)| *there)
        .map(|(_, place, key)| Link { href: place.to_owned(), name: here.say(key).to_owned() })
        .collect()
}

impl ProcedureView {
    fn has_conditions(&self) -> bool {
        !self.audience.is_empty() || self.requirements_html.is_some()
    }

    fn has_places(&self) -> bool {
        !(self.ways.is_empty() && self.places.is_empty() && self.authority.is_empty())
    }
}

fn states(here: Here<'_>, id: ProcedureId, procedure: &Procedure) -> Vec<State> {
    let words = here.words();
    let first = |shape, key: &str, said: &str, day: Option<Date>| State {
        tag: Some(Tag { shape, text: words.say(key).to_owned() }),
        label: None,
        pieces: day
            .map(|day| words.pieces(said, &[("day", &[Piece::day(day)])]))
            .unwrap_or_default(),
    };
    let mut states = vec![match here.site.assessment.procedure(id).applies_from() {
        Some(from) => first("soon", "state_announced", "applies_from_day", Some(from)),
        None => first("on", "state_applies", "from_day", procedure.validity.from),
    }];
    let plain = |key: &str, day| State {
        tag: None,
        label: Some(words.say(key).to_owned()),
        pieces: vec![Piece::day(day)],
    };
    if let Some(last) = &procedure.last_checked {
        states.push(plain("state_checked", last.checked.on));
        states.extend(last.next.map(|next| plain("state_next_check", next)));
    }
    // The first change of what is announced is that it begins.
    if let Some((day, next)) =
        here.assessment.procedure_timeline(id).next_after(here.assessment.today)
    {
        let (word, key) = match next {
            ProcedureStanding::Published(_) => ("state_will_change", "from_day"),
            ProcedureStanding::Superseded { .. } => ("state_new_version", "from_day"),
            _ => ("state_will_end", "through_day"),
        };
        let said = if key == "through_day" { day.yesterday().unwrap_or(day) } else { day };
        let mut piece = Piece::day(said);
        piece.href = Some(changes::page(here, &Day::new(day)));
        let mut pieces = words.pieces(key, &[("day", &[piece])]);
        if let Some(document) = ending(here, procedure, day) {
            let document = [here.document(document)];
            pieces.push(Piece::text(". "));
            pieces.extend(words.pieces("change_document_ends", &[("document", &document)]));
        }
        states.push(State {
            tag: Some(Tag { shape: "soon", text: words.say(word).to_owned() }),
            label: None,
            pieces,
        });
    }
    states
}

/// The first of its bases that ends on a day: the reason why it changes then.
fn ending(here: Here<'_>, procedure: &Procedure, day: Date) -> Option<DocumentId> {
    let ends: Vec<DocumentId> = here
        .site
        .changes()
        .filter(|change| change.day == day)
        .filter_map(|change| match change.what {
            What::Document { document, before, after } if after.is_over() && !before.is_over() => {
                Some(document)
            }
            _ => None,
        })
        .collect();
    procedure.citations().find_map(|citation| match citation.document {
        Cited::Known(document) if ends.contains(&document) => Some(document),
        _ => None,
    })
}

/// Whether some paper, step or way has words of its own for some ways to file.
fn differs_by_channel(posted: Posted<'_>, cases: &[CaseView]) -> bool {
    let mut steps = posted.procedure.steps.iter().filter(|step| posted.has(step.element));
    cases.iter().any(CaseView::differs_by_channel)
        || steps.any(|step| !step.channels.is_empty())
        || posted.ways().len() > 1
}

fn choice(
    posted: Posted<'_>,
    cases: &[CaseView],
    charges: &[Charges],
    differs_by_channel: bool,
) -> Option<Choice> {
    let titled: Vec<Chosen> =
        cases.iter().filter_map(CaseView::option).map(|(n, name)| Chosen { n, name }).collect();
    let mut kinds: Vec<_> = posted.channels().map(|channel| channel.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    // A choice that changes nothing on the page is none.
    let by_channel = kinds.len() > 1 && (charges.len() > 1 || differs_by_channel);
    let channels = if by_channel {
        let name = |kind| channels::kind_name(posted.here, kind).to_owned();
        kinds.iter().map(|kind| Chosen { n: channels::choice(*kind), name: name(*kind) }).collect()
    } else {
        Vec::new()
    };
    let (cases, links) = if titled.len() > MOST_CHOICES {
        let link =
            |option: Chosen| Link { href: format!("#truong-hop-{}", option.n), name: option.name };
        (Vec::new(), titled.into_iter().map(link).collect())
    } else {
        (titled, Vec::new())
    };
    let any = !(cases.is_empty() && links.is_empty() && channels.is_empty());
    any.then_some(Choice { cases, links, channels })
}

fn actions(here: Here<'_>, posted: Posted<'_>, view: &ProcedureView) -> Vec<Link> {
    let mut actions = Vec::new();
    let online = posted.channels().find_map(|channel| outside(channel.url.as_deref()));
    if let Some(href) = online {
        actions.push(Link { href, name: here.say("action_online").to_owned() });
    } else if let Some(href) = outside(posted.procedure.source.as_deref()) {
        actions.push(Link { href, name: here.say("action_source").to_owned() });
    }
    if view.has_places() {
        let name = here.say("action_places").to_owned();
        actions.push(Link { href: "#noi-nop".to_owned(), name });
    }
    actions
}

fn internal(here: Here<'_>, procedure: &Procedure) -> Vec<StepView> {
    if !here.catalogue().site.policies.show_internal_process {
        return Vec::new();
    }
    let words = here.words();
    procedure
        .internal_process
        .iter()
        .map(|step| {
            let time = step.time.as_ref().map(|time| text::time(words, &time.length));
            StepView::internal(&step.action, &step.who, time)
        })
        .collect()
}
