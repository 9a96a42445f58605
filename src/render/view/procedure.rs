//! The page of a published procedure, in the order in which a citizen asks: what, still valid?, how long,
//! how much, where, which case, which papers, which steps; the law last.

use serde::Serialize;

use super::basis::{self, BasisRow};
use super::changes::{self, ChangeDay};
use super::channels::{self, ChannelView, Charges, Shows};
use super::dossier::{CaseView, StepView};
use super::facts::{self, Fact, level_link};
use super::frame::Frame;
use super::{Day, Here, Link, Piece, Stamp, State, Tag, text};
use crate::model::procedure::{Announcement, Audience, Procedure, ProcedureId, ReceptionPlace};
use crate::model::registers::AgencyId;
use crate::render::markdown::Headings;
use crate::render::route::Route;
use crate::validity::procedure::{ProcedureStanding, Shown};

/// More cases than this are a list of links and no choice.
const MOST_CHOICES: usize = 6;

/// A published procedure.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ProcedureView {
    code: String,
    heading: String,
    official: Option<String>,
    /// So long that a phone shows it cut, with a box that unfolds it.
    official_is_long: bool,
    field: Link,
    levels: Vec<Link>,
    stamp: Stamp,
    states: Vec<State>,
    coming: Option<ChangeDay>,
    facts: Vec<Fact>,
    actions: Vec<Link>,
    sections: Vec<Link>,
    choice: Option<Choice>,
    cases: Vec<CaseView>,
    has_dossier: bool,
    dossier_sets: Option<String>,
    steps: Vec<StepView>,
    case_steps: bool,
    charges: Vec<Charges>,
    times_any: bool,
    fees_any: bool,
    ways: Vec<ChannelView>,
    audience: Vec<Link>,
    requirements: Option<String>,
    authority: Vec<Bodies>,
    any_office: bool,
    places: Vec<Place>,
    complaints: Vec<Line>,
    internal: Vec<StepView>,
    basis: Vec<BasisRow>,
    results: Vec<Outcome>,
    facts_more: Vec<Line>,
    related: Vec<Related>,
    permalink: Option<Link>,
    json: String,
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

#[derive(Clone, Debug, Serialize)]
struct Bodies {
    label: String,
    links: Vec<Link>,
}

/// A place to file at.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Place {
    pub(super) name: String,
    pub(super) agency: Option<Link>,
    pub(super) address: Option<String>,
    pub(super) hours: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) map: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Line {
    label: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, Serialize)]
struct Outcome {
    name: String,
    code: Option<String>,
    valid_for: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Related {
    label: String,
    links: Vec<Link>,
}

pub(crate) fn procedure(here: Here<'_>, id: ProcedureId, shown: &Shown) -> (Frame, ProcedureView) {
    let procedure = &here.catalogue()[id];
    let ends = channels::ends(here, id);
    let shows = Shows { here, procedure, shown, ends: &ends };
    let field = here.link(Route::Field(procedure.field), &here.catalogue()[procedure.field].name);
    let heading = procedure.heading();
    let mut frame = Frame::new(here, heading, "thu-tuc").below(field.clone());
    frame.description = here.words().fill("procedure_description", &[("name", heading)]);

    let cases = shows.cases();
    let charges = shows.charges();
    let steps = shows.steps(&procedure.steps);
    let coming = changes::next_of(here, id);
    let mut view = ProcedureView {
        code: procedure.code.value.clone(),
        heading: heading.to_owned(),
        official: (procedure.title != heading).then(|| procedure.title.clone()),
        official_is_long: procedure.title.chars().count() > 160,
        field,
        levels: procedure.levels.iter().map(|level| level_link(here, *level)).collect(),
        stamp: Stamp::new(here.say("stamp_applies"), &procedure.code.value, here.say("stamp_code")),
        states: states(here, id, procedure),
        coming,
        facts: facts::facts(shows),
        actions: Vec::new(),
        sections: Vec::new(),
        choice: choice(shows, &cases, &charges),
        has_dossier: cases.iter().any(CaseView::has_papers),
        case_steps: cases.iter().any(CaseView::has_steps),
        dossier_sets: procedure.dossier_sets.map(|n| {
            let key = if n == 1 { "dossier_set" } else { "dossier_sets" };
            here.words().fill(key, &[("n", &n.to_string())])
        }),
        cases,
        steps,
        times_any: charges.iter().any(Charges::has_times),
        fees_any: charges.iter().any(Charges::has_fees),
        charges,
        ways: shows.ways(),
        audience: procedure.audience.iter().map(|who| audience_link(here, *who)).collect(),
        requirements: procedure
            .requirements
            .as_ref()
            .map(|text| here.prose(text, Headings::OfSection)),
        authority: authority(here, procedure),
        any_office: procedure.any_office,
        places: places(shows),
        complaints: complaints(here, procedure),
        internal: internal(here, procedure),
        basis: basis::rows(here, &procedure.legal_basis),
        results: procedure
            .results
            .iter()
            .map(|result| Outcome {
                name: result.name.clone(),
                code: result.code.clone(),
                valid_for: result.valid_for.clone(),
            })
            .collect(),
        facts_more: facts_more(here, procedure),
        related: related(here, procedure),
        permalink: here.site.base_url().map(|base| {
            let url = format!("{base}{}", here.site.address(Route::Procedure(id)));
            Link { name: url.clone(), href: url }
        }),
        json: here.href(Route::ProcedureData(id)),
    };
    view.actions = actions(here, shows, &view);
    view.sections = sections(here, &view);
    (frame, view)
}

/// The sections that have something to say, in their order on the page.
fn sections(here: Here<'_>, view: &ProcedureView) -> Vec<Link> {
    let all = [
        (view.choice.is_some(), "#truong-hop", "section_cases"),
        (view.has_dossier, "#can-chuan-bi", "section_dossier"),
        (!view.steps.is_empty() || view.case_steps, "#cac-buoc", "section_steps"),
        (!view.charges.is_empty(), "#phi", view.charges_title()),
        (view.has_conditions(), "#dieu-kien", "section_conditions"),
        (view.has_places(), "#noi-nop", "section_places"),
        (!view.internal.is_empty(), "#noi-bo", "section_internal"),
        (!view.complaints.is_empty(), "#van-de", "section_complaints"),
        (!view.basis.is_empty(), "#can-cu", "section_basis"),
        (true, "#them", "section_more"),
    ];
    all.into_iter()
        .filter(|(there, ..)| *there)
        .map(|(_, place, key)| Link { href: place.to_owned(), name: here.say(key).to_owned() })
        .collect()
}

impl ProcedureView {
    fn charges_title(&self) -> &'static str {
        match (self.times_any, self.fees_any) {
            (true, false) => "section_times",
            (false, true) => "section_fees",
            _ => "section_times_and_fees",
        }
    }

    fn has_conditions(&self) -> bool {
        !self.audience.is_empty() || self.requirements.is_some()
    }

    fn has_places(&self) -> bool {
        !(self.ways.is_empty() && self.places.is_empty() && self.authority.is_empty())
    }
}

fn states(here: Here<'_>, id: ProcedureId, procedure: &Procedure) -> Vec<State> {
    let words = here.words();
    let from = |day| words.pieces("from_day", &[("day", &[Piece::day(day)])]);
    let mut states = vec![State {
        tag: Some(Tag { shape: "on", text: words.say("state_applies").to_owned() }),
        label: None,
        pieces: procedure.validity.from.map(from).unwrap_or_default(),
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
    let site = here.site;
    if let Some((day, next)) =
        site.assessment.procedure_timeline(id).next_after(site.assessment.today)
    {
        let (word, key) = match next {
            ProcedureStanding::Published(_) => ("state_will_change", "from_day"),
            ProcedureStanding::Superseded { .. } => ("state_new_version", "from_day"),
            _ => ("state_will_end", "through_day"),
        };
        let said = if key == "through_day" { day.yesterday().unwrap_or(day) } else { day };
        let mut piece = Piece::day(said);
        piece.href = Some(changes::page(here, &Day::new(day)));
        states.push(State {
            tag: Some(Tag { shape: "soon", text: words.say(word).to_owned() }),
            label: None,
            pieces: words.pieces(key, &[("day", &[piece])]),
        });
    }
    states
}

fn choice(shows: Shows<'_>, cases: &[CaseView], charges: &[Charges]) -> Option<Choice> {
    let titled: Vec<Chosen> =
        cases.iter().filter_map(CaseView::option).map(|(n, name)| Chosen { n, name }).collect();
    let mut kinds: Vec<_> = shows.channels().map(|channel| channel.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    // A choice that changes nothing on the page is none.
    let by_channel = kinds.len() > 1 && charges.len() > 1;
    let channels = if by_channel {
        let name = |kind| channels::kind_name(shows.here, kind).to_owned();
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

fn actions(here: Here<'_>, shows: Shows<'_>, view: &ProcedureView) -> Vec<Link> {
    let mut actions = Vec::new();
    let online = shows.channels().find_map(|channel| here.outside(channel.url.as_deref()));
    if let Some(href) = online {
        actions.push(Link { href, name: here.say("action_online").to_owned() });
    } else if let Some(href) = here.outside(shows.procedure.source.as_deref()) {
        actions.push(Link { href, name: here.say("action_source").to_owned() });
    }
    if view.has_places() {
        let name = here.say("action_places").to_owned();
        actions.push(Link { href: "#noi-nop".to_owned(), name });
    }
    actions
}

pub(super) fn audience_link(here: Here<'_>, audience: Audience) -> Link {
    here.link(Route::Audience(audience), audience_name(here, audience))
}

pub(super) fn audience_name(here: Here<'_>, audience: Audience) -> &str {
    here.say(match audience {
        Audience::Citizen => "audience_citizen",
        Audience::OverseasVietnamese => "audience_overseas_vietnamese",
        Audience::Foreigner => "audience_foreigner",
        Audience::Official => "audience_official",
        Audience::Enterprise => "audience_enterprise",
        Audience::VietnameseEnterprise => "audience_vietnamese_enterprise",
        Audience::ForeignInvestedEnterprise => "audience_foreign_invested_enterprise",
        Audience::Organisation => "audience_organisation",
        Audience::ForeignOrganisation => "audience_foreign_organisation",
        Audience::Cooperative => "audience_cooperative",
        Audience::PartyMember => "audience_party_member",
        Audience::PartyOrganisation => "audience_party_organisation",
    })
}

/// Who does what; agencies that are gone are not named.
fn authority(here: Here<'_>, procedure: &Procedure) -> Vec<Bodies> {
    let authority = &procedure.authority;
    let rows: [(&str, &[AgencyId]); 4] = [
        ("authority_performs", &authority.performs),
        ("authority_decides", &authority.decides),
        ("authority_coordinates", &authority.coordinates),
        ("authority_delegated", &authority.delegated),
    ];
    rows.into_iter()
        .map(|(key, agencies)| Bodies {
            label: here.say(key).to_owned(),
            links: agencies.iter().filter_map(|agency| agency_link(here, *agency)).collect(),
        })
        .filter(|row| !row.links.is_empty())
        .collect()
}

/// An agency that is there today.
pub(super) fn agency_link(here: Here<'_>, agency: AgencyId) -> Option<Link> {
    let site = here.site;
    let there = site.assessment.is_agency_there(&site.catalogue, agency);
    there.then(|| here.link(Route::Agency(agency), &here.catalogue()[agency].name))
}

fn places(shows: Shows<'_>) -> Vec<Place> {
    let here = shows.here;
    let shown = shows.procedure.reception.iter().filter(|place| shows.has(place.element));
    shown
        .filter_map(|reception| match &reception.place {
            ReceptionPlace::Office(office) => {
                let site = here.site;
                let open = site.assessment.is_office_open(&site.catalogue, *office);
                open.then(|| {
                    let mut place = super::agency::office(here, &here.catalogue()[*office]);
                    place.agency = agency_link(here, office.agency);
                    place
                })
            }
            ReceptionPlace::Written { place, address, hours } => Some(Place {
                name: place.clone(),
                agency: None,
                address: address.clone(),
                hours: hours.clone(),
                phone: None,
                map: None,
            }),
        })
        .collect()
}

fn complaints(here: Here<'_>, procedure: &Procedure) -> Vec<Line> {
    let Some(complaints) = &procedure.complaints else { return Vec::new() };
    let line = |key: &str, text: &Option<String>| {
        text.as_ref().map(|text| Line {
            label: here.words().say(key).to_owned(),
            pieces: vec![Piece::text(text)],
        })
    };
    let lines = [
        line("complaints_place", &complaints.place),
        line("complaints_deadline", &complaints.deadline),
    ];
    lines.into_iter().flatten().collect()
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

fn facts_more(here: Here<'_>, procedure: &Procedure) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = |key: &str, pieces: Vec<Piece>| {
        lines.push(Line { label: here.words().say(key).to_owned(), pieces });
    };
    match &procedure.announced {
        Some(Announcement::Known(id)) => {
            let decision = &here.catalogue()[*id];
            let number = Piece { number: Some(decision.number.clone()), ..Piece::default() };
            let mut pieces = vec![number];
            if let Some(issuer) = decision.issuer.and_then(|agency| agency_link(here, agency)) {
                pieces.extend([Piece::text(", "), Piece::link(issuer)]);
            }
            if let Some(day) = decision.signed {
                pieces.extend(here.words().pieces("signed_on", &[("day", &[Piece::day(day)])]));
            }
            line("more_announced", pieces);
        }
        Some(Announcement::Number(number)) => {
            let number = Piece { number: Some(number.clone()), ..Piece::default() };
            line("more_announced", vec![number]);
        }
        None => {}
    }
    if let Some(class) = &procedure.class {
        line("more_class", vec![Piece::text(class)]);
    }
    if let Some(href) = here.outside(procedure.source.as_deref()) {
        let name = here.say("open_source").to_owned();
        line("more_source", vec![Piece::link(Link { href, name })]);
    }
    lines
}

fn related(here: Here<'_>, procedure: &Procedure) -> Vec<Related> {
    let lists = &here.site.lists;
    let code = procedure.code.value.as_str();
    let resolved = |codes: &[crate::files::Located<String>]| {
        let ids = codes.iter().filter_map(|code| lists.by_code.get(&code.value));
        ids.map(|id| here.procedure(*id)).collect::<Vec<_>>()
    };
    let groups = lists.groups.iter().filter(|place| {
        here.catalogue().groups[**place].procedures.iter().any(|member| member.value == code)
    });
    let groups = groups
        .map(|place| here.link(Route::Group(*place), &here.catalogue().groups[*place].name))
        .collect();
    let events = lists.life_events.iter().filter(|place| {
        here.catalogue().life_events[**place].procedures.iter().any(|member| member.value == code)
    });
    let events = events
        .map(|place| {
            here.link(Route::LifeEvent(*place), &here.catalogue().life_events[*place].name)
        })
        .collect();
    let rows: [(&str, Vec<Link>); 5] = [
        ("related_before", resolved(&procedure.related.before)),
        ("related_after", resolved(&procedure.related.after)),
        ("related_groups", groups),
        ("related_see", resolved(&procedure.related.see)),
        ("related_events", events),
    ];
    rows.into_iter()
        .filter(|(_, links)| !links.is_empty())
        .map(|(key, links)| Related { label: here.say(key).to_owned(), links })
        .collect()
}
