//! What stands at an address whose content has ended: that it ended, when, by which act, what there is
//! instead and whom to ask. Nothing of the old content, and in no list.

use serde::Serialize;

use super::frame::Frame;
use super::{Day, Entry, Here, Link, Stamp, State, Tag, text};
use crate::model::agency::AgencyId;
use crate::model::date::Date;
use crate::model::document::DocumentId;
use crate::model::procedure::{Procedure, ProcedureId};
use crate::render::words::Piece;

use crate::render::removed;
use crate::render::route::Route;
use crate::validity::procedure::{
    Cause, CitationState, ProcedureStanding, acts_behind, withheld_since,
};
use crate::validity::standing::{self, Force};
use crate::validity::words as law;

/// A page in the place of another.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TombstoneView {
    /// What kind of thing it was.
    ids: Vec<String>,
    heading: Vec<Piece>,
    /// Its name.
    name: String,
    stamp: Stamp,
    states: Vec<State>,
    /// Why, in sentences.
    why: Vec<Vec<Piece>>,
    now_heading: String,
    /// What there is instead.
    now: Vec<Way>,
    /// What to do where nothing is known to take its place.
    ask: Option<String>,
    chain: Vec<Entry>,
    before: Option<String>,
}

/// What there is instead.
#[derive(Clone, Debug, Serialize)]
struct Way {
    href: String,
    name: String,
    /// In full, for paper; none where the site does not know its own.
    address: Option<String>,
}

impl Way {
    fn new(here: Here<'_>, link: Link) -> Self {
        let Link { href, name } = link;
        let path = href.strip_prefix(here.root);
        let address = here.site.base_url().zip(path).map(|(base, path)| format!("{base}{path}"));
        Self { href, name, address }
    }
}

/// How a procedure is gone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gone {
    Ended,
    Suspended,
    Unsure,
}

/// The tombstone of a withheld version.
pub(crate) fn procedure(
    here: Here<'_>,
    id: ProcedureId,
    causes: &[Cause],
) -> (Frame, TombstoneView) {
    let site = here.site;
    let procedure = &here.catalogue()[id];
    let since = withheld_since(site.assessment.procedure_timeline(id), site.assessment.today);
    let gone = gone(causes);
    let (title, heading, tag, stamp) = match gone {
        Gone::Ended => ("title_ended", "gone_ended", "tag_no_longer", "stamp_ended"),
        Gone::Suspended => {
            ("title_suspended", "gone_suspended", "tag_suspended", "stamp_suspended")
        }
        Gone::Unsure => ("title_unsure", "gone_unsure", "tag_unsure", "stamp_unsure"),
    };
    let language = here.words().language;
    let then = site.assessment.procedure_timeline(id).at(site.assessment.seen_from);
    let was_gone =
        matches!(then, ProcedureStanding::Withheld { .. } | ProcedureStanding::Superseded { .. });
    let why = causes
        .iter()
        .map(|cause| law::cause(&site.catalogue, procedure, cause, language))
        .filter(|sentence| was_gone || is_told(here, sentence))
        .map(|sentence| here.sentence(&sentence))
        .collect();
    let now: Vec<Way> = removed::replacements(site, id, procedure, causes)
        .into_iter()
        .map(|id| Way::new(here, here.procedure(id)))
        .collect();
    let mut view = stone(here, heading, tag, stamp, since);
    view.ids = vec![here.catalogue()[procedure.field].name.clone()];
    view.name.clone_from(&procedure.title);
    view.why = why;
    here.say("now_procedure").clone_into(&mut view.now_heading);
    view.ask = Some(ask(here, &now));
    view.now = now;
    view.chain = chain(here, &behind(here, procedure, causes), was_gone);
    view.before = (gone == Gone::Ended).then(|| here.say("gone_before").to_owned());
    view.states.extend(returns(here, id));
    (frame(here, title, &procedure.title, "thu-tuc"), view)
}

/// The tombstone of a version whose time is over, because another one applies.
pub(crate) fn superseded(
    here: Here<'_>,
    id: ProcedureId,
    by: ProcedureId,
) -> (Frame, TombstoneView) {
    let procedure = &here.catalogue()[id];
    let mut view =
        stone(here, "gone_superseded", "tag_no_longer", "stamp_ended", procedure.validity.until);
    view.ids = vec![here.catalogue()[procedure.field].name.clone()];
    view.name.clone_from(&procedure.title);
    here.say("now_procedure").clone_into(&mut view.now_heading);
    if here.site.assessment.is_published(by) {
        view.now = vec![Way::new(here, here.procedure(by))];
    }
    view.ask = Some(ask(here, &view.now));
    (frame(here, "title_superseded", &procedure.title, "thu-tuc"), view)
}

/// The tombstone of a document that is over.
pub(crate) fn document(here: Here<'_>, id: DocumentId) -> (Frame, TombstoneView) {
    let document = &here.catalogue()[id];
    let standing = here.site.assessment.document(id);
    let name = [here.document(id)];
    let since = standing.since().filter(|day| *day != Date::MIN);
    let force = law::force(standing.force, here.words().language);
    let key = match (standing.force, since) {
        (Force::Withdrawn, _) => "document_withdrawn",
        (Force::EndedExcept, Some(_)) => "document_ended_except",
        (Force::EndedExcept, None) => "document_ended_except_undated",
        (_, Some(_)) => "document_ended",
        (_, None) => "document_ended_undated",
    };
    let mut view = stone(here, key, "tag_document_ended", "stamp_document_ended", since);
    let day = since.map(Piece::day).into_iter().collect::<Vec<_>>();
    let values: [(&str, &[Piece]); 2] = [("document", &name), ("day", &day)];
    view.heading = here.words().pieces(key, &values);
    view.states[0].tag = Some(Tag { shape: "off", text: text::capital(force) });
    view.ids = vec![document.kind.said(here.language()).to_owned()];
    view.name.clone_from(&document.title);
    view.states.extend(saved(here, id));
    view.now = removed::successors(here.site, id)
        .into_iter()
        .map(|id| Way::new(here, document_link(here, id)))
        .collect();
    let one = view.now.len() == 1;
    here.say(if one { "now_document" } else { "now_documents" }).clone_into(&mut view.now_heading);
    let then = here.site.assessment.life(id).whole().at(here.site.assessment.seen_from);
    view.chain = chain(here, &standing.because, then.force.is_over());
    let label = text_of(&name);
    let mut frame = frame(here, "title_document", &label, "van-ban");
    frame.crumbs.push(here.link(Route::Documents, here.say("nav_documents")));
    (frame, view)
}

/// The tombstone of an agency whose place others took.
pub(crate) fn agency(here: Here<'_>, id: AgencyId, by: &[AgencyId]) -> (Frame, TombstoneView) {
    let agency = &here.catalogue()[id];
    let mut view =
        stone(here, "gone_agency", "tag_no_longer", "stamp_ended", agency.validity.until);
    view.name.clone_from(&agency.name);
    here.say("now_agency").clone_into(&mut view.now_heading);
    let now = by.iter().filter_map(|id| super::places::agency_link(here, *id));
    view.now = now.map(|link| Way::new(here, link)).collect();
    (frame(here, "title_agency", &agency.name, "co-quan"), view)
}

/// Whom to ask: the contacts of the site follow the words, where it has any.
fn ask(here: Here<'_>, now: &[Way]) -> String {
    let nobody = here.catalogue().site.contacts.is_empty();
    here.say(match (now.is_empty(), nobody) {
        (true, true) => "now_ask_office",
        (true, false) => "now_ask",
        (false, true) => "now_ask_office_too",
        (false, false) => "now_ask_too",
    })
    .to_owned()
}

/// The day on which it applies again, where one is known.
fn returns(here: Here<'_>, id: ProcedureId) -> Option<State> {
    let site = here.site;
    let timeline = site.assessment.procedure_timeline(id);
    let (day, next) = timeline.next_after(site.assessment.today)?;
    let words = here.words();
    next.shown().map(|_| State {
        tag: Some(Tag { shape: "soon", text: words.say("state_returns").to_owned() }),
        label: None,
        pieces: words.pieces("from_day", &[("day", &[Piece::day(day)])]),
    })
}

fn frame(here: Here<'_>, title: &str, name: &str, section: &'static str) -> Frame {
    let title = here.words().fill(title, &[("name", name)]);
    let mut frame = Frame::new(here, &title, section);
    frame.noindex = true;
    frame
}

fn stone(
    here: Here<'_>,
    heading: &str,
    tag: &str,
    stamp: &str,
    since: Option<Date>,
) -> TombstoneView {
    let words = here.words();
    let day = since.map(Piece::day);
    let middle = since.map(text::day).unwrap_or_default();
    let below = if since.is_some() { words.say("stamp_since") } else { "" };
    let mut stamp = Stamp::new(words.say(stamp), &middle, below);
    stamp.off = true;
    let since_words = day
        .as_ref()
        .map(|day| words.pieces("since_day_said", &[("day", std::slice::from_ref(day))]))
        .unwrap_or_default();
    let what = words.pieces(heading, &[]);
    let heading = match &day {
        Some(day) => {
            let values: [(&str, &[Piece]); 2] =
                [("what", &what), ("day", std::slice::from_ref(day))];
            words.pieces("heading_since", &values)
        }
        None => what,
    };
    TombstoneView {
        ids: Vec::new(),
        heading,
        name: String::new(),
        stamp,
        states: vec![State {
            tag: Some(Tag { shape: "off", text: words.say(tag).to_owned() }),
            label: None,
            pieces: since_words,
        }],
        why: Vec::new(),
        now_heading: String::new(),
        now: Vec::new(),
        ask: None,
        chain: Vec::new(),
        before: None,
    }
}

fn gone(causes: &[Cause]) -> Gone {
    let kind = |cause: &Cause| match cause {
        Cause::WindowEnded | Cause::Repealed { .. } => Gone::Ended,
        Cause::BasisLost { state, .. } => match state {
            CitationState::Suspended => Gone::Suspended,
            CitationState::Ended
            | CitationState::ProvisionEnded(_)
            | CitationState::BeforeWindow
            | CitationState::AfterWindow => Gone::Ended,
            _ => Gone::Unsure,
        },
        Cause::NoBasis => Gone::Unsure,
    };
    let kinds: Vec<Gone> = causes.iter().map(kind).collect();
    [Gone::Ended, Gone::Suspended]
        .into_iter()
        .find(|gone| kinds.contains(gone))
        .unwrap_or(Gone::Unsure)
}

/// The acts behind the causes, each once.
fn behind(here: Here<'_>, procedure: &Procedure, causes: &[Cause]) -> Vec<standing::Link> {
    let site = here.site;
    let mut links = Vec::new();
    for cause in causes {
        let Cause::BasisLost { citation, .. } = cause else { continue };
        let citation = &procedure.legal_basis[*citation];
        for link in acts_behind(site.assessment.lives(), citation, site.assessment.today) {
            if !links.contains(&link) {
                links.push(link);
            }
        }
    }
    links
}

/// Whether a sentence names nothing that was over on the day from which is looked ahead: that is named where a
/// notice stood on that day, and not ahead of a notice that is to come.
fn is_told(here: Here<'_>, sentence: &[law::Piece]) -> bool {
    let assessment = &here.site.assessment;
    sentence.iter().all(|piece| match piece {
        law::Piece::Document(id) => {
            !assessment.life(*id).whole().at(assessment.seen_from).force.is_over()
        }
        _ => true,
    })
}

/// A chain as dated sentences, by day.
fn chain(here: Here<'_>, links: &[standing::Link], was_gone: bool) -> Vec<Entry> {
    let language = here.words().language;
    // What an act rests on stands behind it in the chain, and on one day comes before it in time.
    let mut links: Vec<&standing::Link> = links.iter().rev().collect();
    links.sort_by_key(|link| link.day);
    let mut entries = Vec::new();
    for link in links {
        let day = link.day.filter(|day| *day != Date::MIN);
        // The day stands beside the sentence and need not be said in it.
        let undated = standing::Link { day: None, ..link.clone() };
        let sentence = law::link(&undated, language);
        if !was_gone && !is_told(here, &sentence) {
            continue;
        }
        let pieces = here.sentence(&sentence);
        entries.push(Entry { day: day.map(Day::new), pieces });
    }
    entries
}

/// What an end leaves in force.
fn saved(here: Here<'_>, id: DocumentId) -> Option<State> {
    let parts = removed::saved(here.site.assessment.document(id), id);
    (!parts.is_empty()).then(|| State {
        tag: None,
        label: Some(here.say("document_saved").to_owned()),
        pieces: vec![Piece::text(&text::provisions(here.words(), parts))],
    })
}

fn document_link(here: Here<'_>, id: DocumentId) -> Link {
    let piece = here.document(id);
    let name = text_of(std::slice::from_ref(&piece));
    let title = &here.catalogue()[id].title;
    let name = if *title == name { name } else { format!("{name}: {title}") };
    Link { href: piece.href.unwrap_or_default(), name }
}

/// Pieces as plain text.
pub(super) fn text_of(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        text.push_str(&piece.text);
        text.push_str(piece.number.as_deref().unwrap_or_default());
    }
    text
}
