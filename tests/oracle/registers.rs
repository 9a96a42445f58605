//! Registers and catalogues made up by [`Chance`]: small, dense and unkind. Days are drawn close to
//! each other and around the days on which the law changed, so that much falls together.

use std::sync::Arc;

use niemyet::model::agency::{Agency, AgencyId, Office};
use niemyet::model::citation::{Citation, Cited, Exemption, Role};
use niemyet::model::date::{Date, Window};
use niemyet::model::decision::{Action, Decision, DecisionId, DecisionItem};
use niemyet::model::document::{Act, Document, Effect, Effective, Kind, OwnStart, Scope};
use niemyet::model::procedure::{Announcement, Element, ElementKind, Procedure, Visibility};
use niemyet::model::provision::Provision;
use niemyet::model::registers::Group;
use niemyet::model::site::UnknownBasis;
use niemyet::model::{Catalogue, Slug};

use crate::blank::{
    citation, day, document, document_id, effect, empty, located, nowhere, procedure, provision,
    tie,
};
use crate::chance::Chance;
use crate::publish::NO_NORMS;

/// A catalogue, and the days on which something can happen in it.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) catalogue: Catalogue,
    pub(crate) first: Date,
    pub(crate) last: Date,
}

/// The provisions that are asked for; what acts name is drawn from the same list.
pub(crate) const PROVISIONS: [&str; 14] = [
    "Điều 1",
    "Điều 1 khoản 1",
    "Điều 1 khoản 1 điểm a",
    "Điều 1 khoản 2",
    "Điều 2",
    "Điều 2 khoản 1",
    "Chương I",
    "Chương I Điều 1",
    "Chương I Điều 1 khoản 1",
    "Chương I Điều 1 khoản 1 điểm a",
    "Chương I Mục 1",
    "Phụ lục",
    "Phụ lục I",
    "Phụ lục I Mục 1",
];

/// Where the days lie: the first, and how many.
const HORIZONS: [(&str, usize); 8] = [
    ("2025-03-22", 20),
    ("2025-06-21", 20),
    ("2025-03-24", 16),
    ("2025-06-23", 16),
    ("2025-03-20", 120),
    ("2024-02-20", 24),
    ("2026-12-22", 24),
    ("2024-11-20", 300),
];

/// A case, made up.
pub(crate) fn case(chance: &mut Chance) -> Case {
    // Long stretches show little more than short ones and cost much, so they are rare.
    let (first, n_days) = HORIZONS[if chance.percent(6) {
        [4, 7][chance.below(2)]
    } else {
        [0, 1, 2, 3, 5, 6][chance.below(6)]
    }];
    let first = day(first);
    let all: Vec<Date> =
        std::iter::successors(Some(first), |day| day.tomorrow().ok()).take(n_days).collect();
    let mut drawing = Drawing::new(chance, all);
    let n = 2 + drawing.chance.below(4) + drawing.chance.below(4) + drawing.chance.below(5);
    let documents = drawing.documents(n);
    let mut catalogue = empty();
    catalogue.documents = documents;
    drawing.publication(&mut catalogue);
    Case { catalogue, first, last: drawing.last() }
}

/// What a case is drawn from.
struct Drawing<'a> {
    chance: &'a mut Chance,
    all: Vec<Date>,
    /// Days on which much happens.
    focus: Vec<Date>,
    /// Provisions that are named often.
    favoured: Vec<&'static str>,
    /// How seldom, in a hundred, an arrow goes against the order that keeps the graph without circles.
    wild: usize,
    /// The place of each document in that order.
    rank: Vec<usize>,
    /// Documents that end in part, once for each act: a citation of one of them is worth more.
    hit: Vec<usize>,
}

impl<'a> Drawing<'a> {
    fn new(chance: &'a mut Chance, all: Vec<Date>) -> Self {
        // The first day stays free, so that the walk sees a day before everything.
        let inner = &all[1..];
        let mut focus = chance.list(1, 4, |chance| *chance.pick(inner));
        for turn in [day("2025-04-01"), day("2025-07-01")] {
            if inner.contains(&turn) && chance.percent(70) {
                focus.push(turn);
            }
        }
        let wild = if chance.percent(15) { 25 } else { 0 };
        Self { chance, all, focus, favoured: Vec::new(), wild, rank: Vec::new(), hit: Vec::new() }
    }

    fn last(&self) -> Date {
        self.all[self.all.len() - 1]
    }

    fn day(&mut self) -> Date {
        let near = if self.chance.percent(80) {
            *self.chance.pick(&self.focus)
        } else {
            return *self.chance.pick(&self.all[1..]);
        };
        let near = match self.chance.below(5) {
            0 => near.yesterday().expect("inside the calendar"),
            1 => near.tomorrow().expect("inside the calendar"),
            _ => near,
        };
        near.clamp(self.all[1], self.last())
    }

    fn maybe_day(&mut self, percent: usize) -> Option<Date> {
        self.chance.percent(percent).then(|| self.day())
    }

    fn part(&mut self) -> Provision {
        // Few in one case, so that acts meet; and more often what the names tell clearly.
        if self.favoured.is_empty() {
            let from = match self.chance.below(100) {
                0..55 => &PROVISIONS[..6],
                55..84 => &PROVISIONS[..],
                _ => &PROVISIONS[6..10],
            };
            self.favoured = self.chance.list(2, 5, |chance| *chance.pick(from));
        }
        let from = if self.chance.percent(75) { &self.favoured[..] } else { &PROVISIONS[..] };
        provision(from[self.chance.below(from.len())])
    }

    fn parts(&mut self, least: usize, most: usize) -> Vec<Provision> {
        let n = least + self.chance.below(most - least + 1);
        (0..n).map(|_| self.part()).collect()
    }

    fn documents(&mut self, n: usize) -> Vec<Document> {
        self.rank = (0..n).collect();
        for at in (1..n).rev() {
            let other = self.chance.below(at + 1);
            self.rank.swap(at, other);
        }
        let mut documents: Vec<Document> = (0..n).map(|at| self.document(at)).collect();
        self.announce(&mut documents);
        documents
    }

    /// Announcements that children of a parent continue: drawn blindly, hardly one would meet what it saves.
    fn announce(&mut self, documents: &mut [Document]) {
        for child in 0..documents.len() {
            for at in 0..documents[child].implements.len() {
                let above: Vec<usize> =
                    (0..documents.len()).filter(|by| self.rank[child] < self.rank[*by]).collect();
                if above.is_empty() || !self.chance.percent(25) {
                    continue;
                }
                let mut announced = effect(Act::DeclaresContinuing, child);
                let own = &documents[child].implements[at].own;
                if !own.is_empty() {
                    announced.scope = Scope::Parts(own.clone());
                }
                announced.from = self.maybe_day(25);
                documents[*self.chance.pick(&above)].effects.push(announced);
            }
        }
    }

    fn document(&mut self, at: usize) -> Document {
        let effective = match self.chance.below(20) {
            0 => Effective::Unknown,
            1 => Effective::Missing,
            2..9 => Effective::On(self.all[1]),
            _ => Effective::On(self.day()),
        };
        let mut made = document(&format!("d{at}"), effective);
        if self.chance.percent(25) {
            for _ in 0..=self.chance.below(3) {
                let own = OwnStart { scope: self.part(), from: self.day(), span: nowhere() };
                made.provisions.push(own);
            }
        }
        made.own_end = self.maybe_day(20);
        if self.chance.percent(35) {
            for _ in 0..=self.chance.below(2) {
                if let Some(parent) = self.other(at, true) {
                    let mut tie = tie(parent);
                    if self.chance.percent(35) {
                        tie.scope = self.parts(1, 2);
                    }
                    if self.chance.percent(35) {
                        tie.own = self.parts(1, 2);
                    }
                    made.implements.push(tie);
                }
            }
        }
        for _ in 0..self.chance.below(4) {
            if let Some(target) = self.other(at, false) {
                let effect = self.effect(target);
                made.effects.push(effect);
            }
        }
        made.kind = match self.chance.below(20) {
            0 => Kind::Other,
            1..4 => Kind::Consolidation,
            _ => Kind::Law,
        };
        if made.kind == Kind::Consolidation {
            // An arrow that no force follows may lead anywhere.
            for _ in 0..self.chance.below(3) {
                let target = self.chance.below(self.rank.len());
                made.effects.push(effect(Act::Consolidates, target));
            }
        }
        made
    }

    /// A parent, or a target. Without wildness arrows run from the higher rank to the lower.
    fn other(&mut self, at: usize, above: bool) -> Option<usize> {
        let n = self.rank.len();
        if self.chance.percent(self.wild) {
            return Some(self.chance.below(n));
        }
        let fits = |other: &usize| {
            if above {
                self.rank[at] < self.rank[*other]
            } else {
                self.rank[*other] < self.rank[at]
            }
        };
        let fitting: Vec<usize> = (0..n).filter(fits).collect();
        (!fitting.is_empty()).then(|| *self.chance.pick(&fitting))
    }

    fn effect(&mut self, target: usize) -> Effect {
        let act = match self.chance.below(100) {
            0..10 => Act::Replaces,
            10..24 => Act::Repeals,
            24..32 => Act::DeclaresExpired,
            32..48 => Act::Suspends { until: self.maybe_day(40) },
            48..60 => Act::Resumes,
            60..73 => Act::Postpones { to: self.day() },
            73..82 => Act::Extends { until: self.day() },
            82..94 => Act::DeclaresContinuing,
            94..96 => Act::Amends,
            96..98 => Act::Corrects,
            _ => Act::Consolidates,
        };
        let mut made = effect(act, target);
        made.scope = match self.chance.below(20) {
            0..10 => Scope::Whole,
            10..18 => Scope::Parts(self.parts(1, 2)),
            _ => Scope::Unspecified,
        };
        if self.chance.percent(25) {
            made.except = self.parts(1, 2);
        }
        if let Act::Postpones { .. } = act {
            // An act that names the chapter of an article tells more of that article than was known
            // before it counts: of that the core makes use, and the walk cannot know it so early.
            let bare = |part: &mut Provision| {
                *part = provision(&part.to_string().replace("Chương I Điều", "Điều"));
            };
            made.except.iter_mut().for_each(bare);
            if let Scope::Parts(parts) = &mut made.scope {
                parts.iter_mut().for_each(bare);
            }
        }
        if act.ends() && matches!(made.scope, Scope::Parts(_)) {
            self.hit.push(target);
        }
        made.from = self.maybe_day(35);
        made.clause = self.chance.percent(20).then(|| self.part());
        made
    }

    fn publication(&mut self, catalogue: &mut Catalogue) {
        if self.chance.percent(50) {
            catalogue.site.policies.unknown_basis = UnknownBasis::Mark;
        }
        let n_documents = catalogue.documents.len();
        for at in 0..self.chance.below(4) {
            let made = self.procedure(at, n_documents);
            catalogue.procedures.push(made.into());
        }
        for at in 0..self.chance.below(4) {
            let made = self.decision(at);
            catalogue.decisions.push(made);
        }
        for procedure in &mut catalogue.procedures {
            Arc::make_mut(procedure).announced = self.announcement(catalogue.decisions.len());
        }
        if self.chance.percent(30) {
            catalogue.groups.push(Group {
                former_ids: Vec::new(),
                slug: Slug::new("g").expect("a slug"),
                name: "g".to_owned(),
                text: None,
                lead: None,
                procedures: Vec::new(),
                time: None,
                validity: self.window(50),
                legal_basis: self.citations(n_documents, 2),
                span: nowhere(),
            });
        }
        if self.chance.percent(20) {
            let office = Office {
                id: "o".to_owned(),
                name: "o".to_owned(),
                address: None,
                hours: None,
                phone: None,
                map: None,
                validity: self.window(60),
            };
            catalogue.agencies.push(Agency {
                former_ids: Vec::new(),
                slug: Slug::new("a").expect("a slug"),
                name: "a".to_owned(),
                level: None,
                validity: self.window(60),
                replaces: Vec::new(),
                offices: vec![office],
                span: nowhere(),
            });
            for procedure in &mut catalogue.procedures {
                Arc::make_mut(procedure).authority.performs.push(AgencyId(0));
            }
        }
    }

    /// Not always the right way round: what checks refuse must be answered too.
    fn window(&mut self, percent: usize) -> Window {
        let mut window = Window { from: self.maybe_day(percent), until: self.maybe_day(percent) };
        if window.until < window.from && self.chance.percent(90) && window.until.is_some() {
            (window.from, window.until) = (window.until, window.from);
        }
        window
    }

    fn code(&mut self) -> &'static str {
        ["1.000001", "1.000002", "1.000003"][self.chance.below(3)]
    }

    fn procedure(&mut self, at: usize, n_documents: usize) -> Procedure {
        let code = self.code();
        let mut made = procedure(&format!("p{at}"), code);
        if self.chance.percent(8) {
            made.visibility = Visibility::Internal;
        }
        made.validity = self.window(35);
        made.legal_basis = self.citations(n_documents, 4);
        for at in 0..self.chance.below(4) {
            made.elements.push(Element {
                kind: ElementKind::Fee,
                name: format!("e{at}"),
                validity: self.window(30),
                legal_basis: self.citations(n_documents, 2),
                span: nowhere(),
            });
        }
        made
    }

    fn announcement(&mut self, n_decisions: usize) -> Option<Announcement> {
        if 0 < n_decisions && self.chance.percent(40) {
            let at = u32::try_from(self.chance.below(n_decisions)).expect("a handful");
            return Some(Announcement::Known(DecisionId(at)));
        }
        self.chance.percent(15).then(|| Announcement::Number("9/QĐ-BTP".to_owned()))
    }

    fn citations(&mut self, n_documents: usize, most: usize) -> Vec<Citation> {
        let n = self.chance.below(most + 1);
        (0..n).map(|_| self.citation(n_documents)).collect()
    }

    fn citation(&mut self, n_documents: usize) -> Citation {
        let is_hit = !self.hit.is_empty() && self.chance.percent(30);
        let document = if is_hit {
            Cited::Known(document_id(*self.chance.pick(&self.hit)))
        } else if self.chance.percent(8) {
            let no_norm = self.chance.percent(30);
            let unknown = if no_norm { *self.chance.pick(&NO_NORMS) } else { "99/2099/NĐ-CP" };
            Cited::Unknown(unknown.to_owned())
        } else {
            Cited::Known(document_id(self.chance.below(n_documents)))
        };
        let mut made = citation(document);
        if is_hit || self.chance.percent(40) {
            made.provisions = self.parts(1, 3);
        }
        if self.chance.percent(30) {
            made.role = Role::Main;
        }
        if self.chance.percent(20) {
            made.validity = self.window(60);
        }
        if self.chance.percent(30) {
            made.exemption = Some(Exemption {
                reason: "hồ sơ đang giải quyết".to_owned(),
                approved_by: "Sở Tư pháp".to_owned(),
                until: self.day(),
                span: nowhere(),
            });
        }
        made
    }

    fn decision(&mut self, at: usize) -> Decision {
        let mut items = Vec::new();
        for _ in 0..self.chance.below(4) {
            let action = *self.chance.pick(&[
                Action::New,
                Action::Amended,
                Action::Replaced,
                Action::Repealed,
                Action::Repealed,
            ]);
            let procedure = located(self.code());
            let replaced_by = self.chance.percent(60).then(|| located(self.code()));
            let parts = Vec::new();
            items.push(DecisionItem { action, procedure, parts, because_of: None, replaced_by });
        }
        Decision {
            slug: Slug::new(&format!("q{at}")).expect("a slug"),
            number: format!("{at}/QĐ-UBND"),
            issuer: None,
            signed: self.maybe_day(50),
            effective: self.maybe_day(80),
            made_public: None,
            follows: None,
            items,
            span: nowhere(),
            places: niemyet::model::decision::Places::default(),
        }
    }
}
