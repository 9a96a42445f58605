//! The same through files: a register written as an editor would write it, in folders and in an order of
//! keys that mean nothing, with numbers spelled in several ways, is read to the same answers.

use niemyet::files::{Content, FilePath, FileTree};
use niemyet::load::load;
use niemyet::model::citation::{Citation, Cited, Role};
use niemyet::model::date::{Date, Window};
use niemyet::model::decision::{Action, Decision};
use niemyet::model::document::{Act, Document, DocumentId, Effect, Effective, Kind, Scope};
use niemyet::model::procedure::{Announcement, Procedure, Visibility};
use niemyet::model::provision::Provision;
use niemyet::model::site::UnknownBasis;
use niemyet::validity::assess;
use niemyet::validity::procedure::ProcedureStanding;

use crate::chance::Chance;
use crate::describe::describe;
use crate::laws::{Answers, answers, cases, each_procedure, has_rival_moves};
use crate::registers::Case;

/// Whatever a maker of files may do without changing what they say.
#[test]
fn files_in_any_order_give_the_same_answers() {
    let mut n_read = 0;
    for (seed, mut case) in cases() {
        // Acts that move the same day and count on one day are taken in the order of the register.
        if has_rival_moves(&case.catalogue) {
            continue;
        }
        right_way_round(&mut case);
        let before = answers(&case, case.first);
        let groups = assess(&case.catalogue, case.first).groups().to_vec();
        for turn in 0..2 {
            n_read += 1;
            let files = Writer { chance: Chance::new(20 * seed + turn) }.files(&case);
            let (catalogue, report) = load(&files);
            assert!(report.is_empty(), "seed {seed}: {report:?}\n{}", describe(&case));
            let catalogue = catalogue.expect("a catalogue");
            let read = Case { catalogue, ..case };
            before.expect(&by_name(&case, &read), seed, &case);
            assert_eq!(groups, assess(&read.catalogue, case.first).groups(), "seed {seed}");
        }
    }
    assert!(40 < n_read);
}

/// The answers of what was read, in the order of what was written. The way in which fees are paid is an
/// element too, which no made-up procedure has.
fn by_name(case: &Case, read: &Case) -> Answers {
    let mut found = answers(read, read.first);
    let documents = case.catalogue.documents.iter().map(|document| {
        let mut ids = read.catalogue.document_ids();
        let id = ids.find(|(_, it)| it.slug == document.slug).expect("it was read").0;
        std::mem::take(&mut found.documents[id.0 as usize])
    });
    let documents = documents.collect();
    for (procedure, standings) in case.catalogue.procedures.iter().zip(&mut found.procedures) {
        for standing in standings {
            if let ProcedureStanding::Published(shown) | ProcedureStanding::Announced { shown, .. } =
                standing
                && !procedure.elements.is_empty()
            {
                shown.elements.remove(0);
            }
        }
    }
    Answers { documents, procedures: found.procedures }
}

/// A window that ends before it begins is refused by the loader, and is open here.
fn right_way_round(case: &mut Case) {
    let right = |from: Option<Date>, until: &mut Option<Date>| {
        if until.is_some() && *until <= from {
            *until = None;
        }
    };
    let window = |window: &mut Window| right(window.from, &mut window.until);
    let catalogue = &mut case.catalogue;
    for effect in catalogue.documents.iter_mut().flat_map(|it| &mut it.effects) {
        if let Act::Suspends { until } = &mut effect.act {
            right(effect.from, until);
        }
    }
    each_procedure(catalogue, |procedure| {
        window(&mut procedure.validity);
        procedure.legal_basis.iter_mut().for_each(|it| window(&mut it.validity));
        for element in &mut procedure.elements {
            window(&mut element.validity);
            element.legal_basis.iter_mut().for_each(|it| window(&mut it.validity));
        }
    });
    for group in &mut catalogue.groups {
        window(&mut group.validity);
        group.legal_basis.iter_mut().for_each(|it| window(&mut it.validity));
    }
    // The files hold no agencies.
    catalogue.agencies.clear();
    each_procedure(catalogue, |it| it.authority.performs.clear());
}

/// Keys of a map with what is written behind them; nothing where the key is left out.
type Entries = Vec<(&'static str, Option<String>)>;

struct Writer {
    chance: Chance,
}

impl Writer {
    fn files(&mut self, case: &Case) -> FileTree {
        let catalogue = &case.catalogue;
        let mark = catalogue.site.policies.unknown_basis == UnknownBasis::Mark;
        let policy = if mark { "mark" } else { "drop" };
        let mut files = vec![
            (
                "catalogue.yaml".to_owned(),
                format!("title: T\npublisher: P\npolicies: {{unknown_basis: {policy}}}\n"),
            ),
            ("fields.yaml".to_owned(), "[{id: thu, name: Thử}]\n".to_owned()),
        ];
        for (at, document) in catalogue.documents.iter().enumerate() {
            let folder = *self.chance.pick(&["", "a/", "luat/2099/", "x/", "z/y/"]);
            let path = format!("documents/{folder}{}.yaml", document.slug);
            let text = self.document(at, document);
            files.push((path, text));
        }
        for decision in &catalogue.decisions {
            let text = self.decision(decision);
            files.push((format!("decisions/{}.yaml", decision.slug), text));
        }
        for procedure in &catalogue.procedures {
            let text = self.procedure(procedure, &catalogue.decisions);
            files.push((format!("procedures/{}.yaml", procedure.slug), text));
        }
        for group in &catalogue.groups {
            let entries = vec![
                ("name", Some("g".to_owned())),
                ("validity", self.window(group.validity)),
                ("legal_basis", self.citations(&group.legal_basis)),
            ];
            let text = self.block(entries);
            files.push((format!("groups/{}.yaml", group.slug), text));
        }
        self.shuffle(&mut files);
        let entries = files.into_iter().map(|(path, text)| {
            let path = FilePath::new(&path).expect("a path");
            (path, Content::Bytes(text.into_bytes()))
        });
        FileTree::new(entries.collect())
    }

    fn document(&mut self, at: usize, document: &Document) -> String {
        let effective = match document.effective {
            Effective::On(day) => Some(day.to_string()),
            Effective::Unknown => Some("unknown".to_owned()),
            Effective::Missing => None,
        };
        let provisions: Vec<String> = document
            .provisions
            .iter()
            .map(|own| {
                let scope = Some(own.scope.to_string());
                self.flow(vec![("scope", scope), ("from", Some(own.from.to_string()))])
            })
            .collect();
        let implements: Vec<String> = document
            .implements
            .iter()
            .map(|tie| {
                let entries = vec![
                    ("document", Some(self.named(tie.parent))),
                    ("scope", self.provisions(&tie.scope)),
                    ("own", self.provisions(&tie.own)),
                ];
                self.flow(entries)
            })
            .collect();
        let effects: Vec<String> =
            document.effects.iter().map(|effect| self.effect(effect)).collect();
        let number = format!("{}/2099/NĐ-CP", at + 1);
        let kind = Kind::ALL.iter().find(|(kind, ..)| *kind == document.kind).map(|it| it.1);
        self.block(vec![
            ("number", Some(number)),
            ("kind", kind.map(str::to_owned)),
            ("title", Some(document.title.clone())),
            ("effective", effective),
            ("last_day", document.own_end.map(last)),
            ("provisions", list(&provisions)),
            ("implements", list(&implements)),
            ("effects", list(&effects)),
        ])
    }

    fn effect(&mut self, effect: &Effect) -> String {
        let (verb, last_day, to) = match effect.act {
            Act::Replaces => ("replaces", None, None),
            Act::Repeals => ("repeals", None, None),
            Act::DeclaresExpired => ("declares_expired", None, None),
            Act::Amends => ("amends", None, None),
            Act::Corrects => ("corrects", None, None),
            Act::Consolidates => ("consolidates", None, None),
            Act::Suspends { until } => ("suspends", until, None),
            Act::Resumes => ("resumes", None, None),
            Act::Postpones { to } => ("postpones", None, Some(to)),
            Act::Extends { until } => ("extends", Some(until), None),
            Act::DeclaresContinuing => ("declares_continuing", None, None),
        };
        let scope = match &effect.scope {
            Scope::Whole => None,
            Scope::Parts(parts) => self.provisions(parts),
            Scope::Unspecified => Some("unspecified".to_owned()),
        };
        let entries = vec![
            ("verb", Some(verb.to_owned())),
            ("document", Some(self.named(effect.target))),
            ("scope", scope),
            ("except", self.provisions(&effect.except)),
            ("from", effect.from.map(|day| day.to_string())),
            ("last_day", last_day.map(last)),
            ("to", to.map(|day| day.to_string())),
            ("clause", effect.clause.as_ref().map(ToString::to_string)),
        ];
        self.flow(entries)
    }

    fn decision(&mut self, decision: &Decision) -> String {
        let items: Vec<String> = decision
            .items
            .iter()
            .map(|item| {
                let known = Action::ALL.iter().find(|(action, _)| *action == item.action);
                let by = item.replaced_by.as_ref().map(|by| format!("\"{}\"", by.value));
                self.flow(vec![
                    ("action", known.map(|(_, word)| (*word).to_owned())),
                    ("procedure", Some(format!("\"{}\"", item.procedure.value))),
                    ("replaced_by", by),
                ])
            })
            .collect();
        self.block(vec![
            ("number", Some(decision.number.clone())),
            ("signed", decision.signed.map(|day| day.to_string())),
            ("effective", decision.effective.map(|day| day.to_string())),
            ("items", list(&items)),
        ])
    }

    fn procedure(&mut self, procedure: &Procedure, decisions: &[Decision]) -> String {
        let fees: Vec<String> = procedure
            .elements
            .iter()
            .map(|element| {
                let entries = vec![
                    ("name", Some(element.name.clone())),
                    ("amount", Some("1000".to_owned())),
                    ("validity", self.window(element.validity)),
                    ("legal_basis", self.citations(&element.legal_basis)),
                ];
                self.flow(entries)
            })
            .collect();
        let channel = list(&fees).map(|fees| {
            let kind = Some("in_person".to_owned());
            format!("[{}]", self.flow(vec![("kind", kind), ("fees", Some(fees))]))
        });
        let internal = procedure.visibility == Visibility::Internal;
        let announced = procedure.announced.as_ref().map(|announced| match announced {
            Announcement::Known(id) => decisions[id.0 as usize].slug.to_string(),
            Announcement::Number(number) => number.clone(),
        });
        let announced = announced.map(|decision| self.flow(vec![("decision", Some(decision))]));
        let entries = vec![
            ("code", Some(format!("\"{}\"", procedure.code.value))),
            ("title", Some(procedure.title.clone())),
            ("field", Some("thu".to_owned())),
            ("scope", internal.then(|| "internal".to_owned())),
            ("validity", self.window(procedure.validity)),
            ("legal_basis", self.citations(&procedure.legal_basis)),
            ("announced", announced),
            ("channels", channel),
        ];
        self.block(entries)
    }

    fn citations(&mut self, citations: &[Citation]) -> Option<String> {
        let all: Vec<String> = citations.iter().map(|it| self.citation(it)).collect();
        list(&all)
    }

    fn citation(&mut self, citation: &Citation) -> String {
        let document = match &citation.document {
            Cited::Known(id) => self.named(*id),
            Cited::Unknown(written) => written.clone(),
        };
        let main = citation.role == Role::Main;
        let exemption = citation.exemption.as_ref().map(|exemption| {
            self.flow(vec![
                ("reason", Some(exemption.reason.clone())),
                ("approved_by", Some(exemption.approved_by.clone())),
                ("last_day", Some(last(exemption.until))),
            ])
        });
        let entries = vec![
            ("document", Some(document)),
            ("provisions", self.provisions(&citation.provisions)),
            ("role", main.then(|| "main".to_owned())),
            ("validity", self.window(citation.validity)),
            ("exemption", exemption),
        ];
        self.flow(entries)
    }

    /// A document by its id, or by its number in one of the spellings that are met.
    fn named(&mut self, id: DocumentId) -> String {
        let n = id.0 + 1;
        match self.chance.below(5) {
            0 | 1 => format!("d{}", id.0),
            2 => format!("{n}/2099/NĐ-CP"),
            3 => format!("0{n}/2099/nd-cp"),
            _ => format!("số {n}/2099/ND-CP"),
        }
    }

    /// A provision from the outside in or from the inside out.
    fn provisions(&mut self, provisions: &[Provision]) -> Option<String> {
        let written = |provision: &Provision, inside_out: bool| {
            let text = provision.to_string();
            let words: Vec<&str> = text.split(' ').collect();
            // A level of one word with its label each; an annex is a level of two words.
            if inside_out && words.len() == 4 && words[0] != "Phụ" {
                format!("{} {} {} {}", words[2], words[3], words[0], words[1])
            } else {
                text
            }
        };
        let all: Vec<String> =
            provisions.iter().map(|it| written(it, self.chance.percent(50))).collect();
        if let [one] = all.as_slice()
            && self.chance.percent(50)
        {
            return Some(one.clone());
        }
        list(&all)
    }

    fn window(&mut self, window: Window) -> Option<String> {
        let from = window.from.map(|day| day.to_string());
        let until = window.until.map(last);
        let is_open = from.is_none() && until.is_none();
        (!is_open).then(|| self.flow(vec![("from", from), ("last_day", until)]))
    }

    fn flow(&mut self, entries: Entries) -> String {
        format!("{{{}}}", self.written(entries).join(", "))
    }

    fn block(&mut self, entries: Entries) -> String {
        self.written(entries).join("\n") + "\n"
    }

    fn written(&mut self, mut entries: Entries) -> Vec<String> {
        self.shuffle(&mut entries);
        let written = |(key, value): (&str, Option<String>)| Some(format!("{key}: {}", value?));
        entries.into_iter().filter_map(written).collect()
    }

    fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            let other = self.chance.below(at + 1);
            all.swap(at, other);
        }
    }
}

fn list(all: &[String]) -> Option<String> {
    (!all.is_empty()).then(|| format!("[{}]", all.join(", ")))
}

/// The last day, as editors write it, of what is over from a day on.
fn last(until: Date) -> String {
    until.yesterday().expect("inside the calendar").to_string()
}
