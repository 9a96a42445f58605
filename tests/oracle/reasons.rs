//! Answers with their reasons in words: one register in which everything that can happen to a document
//! happens to one, and the whole text of what is said of it, in both languages, in `reasons.txt`.

#![expect(clippy::disallowed_methods, reason = "`UPDATE_EXPECT` accepts what is said now")]

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use niemyet::files::Located;
use niemyet::language::Language;
use niemyet::model::Catalogue;
use niemyet::model::Slug;
use niemyet::model::citation::{Citation, Cited, Exemption, Role};
use niemyet::model::date::{Date, Window};
use niemyet::model::decision::{self, Action, Decision, DecisionItem};
use niemyet::model::document::{Act, Document, Effect, Effective, Implements, Kind, Scope};
use niemyet::model::procedure::Procedure;
use niemyet::validity::procedure::{Cause, ProcedureStanding};
use niemyet::validity::standing::{Link, Standing};
use niemyet::validity::words::{self, plain};
use niemyet::validity::{Assessment, assess};

use crate::blank::{
    citation, day, document, document_id, effect, empty, located, nowhere, procedure, provision,
    tie,
};
use crate::cases::{acting, from, of, own_start, parts, text};

/// Of which provisions the whole life is told.
const ASKED: [(&str, &str); 11] = [
    ("dies-slowly", "Chương I"),
    ("dies-slowly", "Điều 3"),
    ("dies-slowly", "Điều 9"),
    ("suspended", "Chương I"),
    ("suspended", "Điều 4"),
    ("suspended", "Điều 6"),
    ("moved", "Điều 9 khoản 1"),
    ("untouched", "Điều 1 khoản 2"),
    ("unclear", "Điều 1"),
    ("unclear", "Điều 2"),
    ("falls-in-part", "Điều 2"),
];

#[test]
fn every_answer_has_its_reasons() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/reasons.txt");
    let mut catalogue = empty();
    catalogue.documents = documents();
    catalogue.decisions = decisions();
    catalogue.procedures = procedures().into_iter().map(Arc::new).collect();
    let said = tell(&catalogue);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &said).expect("a file");
    }
    let expected = std::fs::read_to_string(&path).expect("a file");
    for (said, expected) in said.lines().zip(expected.lines()) {
        assert_eq!(said, expected);
    }
    assert_eq!(said, expected);
}

fn but_for(names: &[&str], effect: Effect) -> Effect {
    Effect { except: parts(names), ..effect }
}

fn somewhere(effect: Effect) -> Effect {
    Effect { scope: Scope::Unspecified, ..effect }
}

fn by(clause: &str, effect: Effect) -> Effect {
    Effect { clause: Some(provision(clause)), ..effect }
}

/// Targets go first, so that the acts below can name them by their place.
fn documents() -> Vec<Document> {
    let implementing =
        |name, parent| Document { implements: vec![tie(parent)], ..text(name, "2015-06-01") };
    let mut documents = vec![
        // 0: ends in part, then but for some, then for good.
        text("dies-slowly", "2015-01-01"),
        // 1: parent of the texts that fall.
        Document { number: Some("1/2015/QH13".to_owned()), ..text("parent", "2015-01-01") },
        // 2
        Document { implements: vec![tie(1)], ..text("falls", "2015-06-01") },
        // 3: two announcements; the first is the one that saves it.
        implementing("announced", 1),
        // 4: by the law of the spring it lives on.
        text("parent-in-spring", "2015-01-01"),
        // 5
        implementing("outlives", 4),
        // 6: announced after its parent had ended, which the law of the spring allows.
        implementing("announced-later", 4),
        // 7
        text("suspended", "2015-01-01"),
        // 8: the day of the act that moves it, of one that moves it again, and of two that do nothing.
        Document {
            provisions: vec![own_start("Điều 9", "2026-09-01")],
            ..text("moved", "2026-06-01")
        },
        // 9
        Document { own_end: Some(day("2026-01-01")), ..text("term", "2015-01-01") },
        // 10: extended in part, of unspecified scope, and too late.
        Document { own_end: Some(day("2025-03-01")), ..text("short-term", "2015-01-01") },
        // 11
        document("undated", Effective::Missing),
        // 12: on a circle with itself.
        acting("circle", "2015-01-01", vec![effect(Act::Repeals, 12)]),
        // 13
        text("withdrawn", "2027-01-01"),
        // 14: nobody can tell in which part.
        text("unclear", "2015-01-01"),
        // 15: a part of it falls with a part of its parent.
        Document {
            implements: vec![Implements {
                own: parts(&["Chương I", "Điều 3"]),
                scope: parts(&["Điều 1", "Điều 2"]),
                ..tie(0)
            }],
            ..text("falls-in-part", "2015-06-01")
        },
        // 16
        Document {
            number: Some("16/2015/NĐ-CP".to_owned()),
            kind: Kind::Decree,
            ..text("plain", "2015-01-01")
        },
        // 17: whatever is done to it has no force or comes too late.
        Document {
            provisions: vec![
                own_start("Điều 1", "2016-01-01"),
                own_start("Điều 1 khoản 2", "2017-01-01"),
            ],
            ..text("untouched", "2015-01-01")
        },
        // 18: its parent's end, and the end of that one's parent.
        implementing("grandchild", 2),
        // 19: announced to continue but for one article, which alone falls.
        implementing("announced-in-part", 1),
        // 20: each of two acts may be the one that ends a clause of it.
        text("twice-ended", "2015-01-01"),
        // 21: what it rests on ends on one day by two acts; the first is told.
        Document {
            implements: vec![Implements { scope: parts(&["Điều 7", "Điều 8"]), ..tie(17) }],
            ..text("falls-by-two", "2015-06-01")
        },
    ];
    documents.extend(acts());
    documents
}

fn acts() -> Vec<Document> {
    let stop = |until| Act::Suspends { until };
    let mut early = acting(
        "acts-2024",
        "2024-01-01",
        vec![
            of(&["Điều 1"], effect(Act::Repeals, 0)),
            of(&["Điều 2", "Điều 3 khoản 1"], from("2024-06-01", effect(Act::DeclaresExpired, 0))),
            but_for(&["Điều 9"], from("2025-01-01", effect(Act::Replaces, 0))),
            of(&["Điều 9"], by("Điều 5", from("2026-01-01", effect(Act::Repeals, 0)))),
            effect(Act::Replaces, 1),
            from("2023-01-01", effect(Act::DeclaresContinuing, 3)),
            but_for(&["Điều 1"], effect(Act::DeclaresContinuing, 19)),
            effect(Act::Amends, 17),
            from("2015-02-01", effect(Act::Postpones { to: day("2030-01-01") }, 17)),
            effect(Act::Extends { until: day("2030-01-01") }, 17),
            effect(Act::Resumes, 17),
            of(&["Điều 7"], from("2024-02-01", effect(Act::Repeals, 17))),
            of(&["Điều 8"], from("2024-02-01", effect(Act::Replaces, 17))),
            of(&["Điều 4"], effect(Act::Repeals, 20)),
            from("2024-03-01", effect(Act::Repeals, 20)),
        ],
    );
    // The parents end under each of the laws.
    early.effects[4].from = Some(day("2026-02-01"));
    let late = acting(
        "acts-2025",
        "2025-01-15",
        vec![
            from("2025-05-01", effect(Act::Repeals, 4)),
            from("2025-06-01", effect(Act::DeclaresContinuing, 6)),
            from("2026-01-15", effect(Act::DeclaresContinuing, 3)),
            from("2025-02-01", effect(stop(Some(day("2025-03-01"))), 7)),
            of(&["Điều 4", "Điều 5"], from("2025-04-01", effect(stop(None), 7))),
            of(&["Điều 4"], from("2025-05-01", effect(Act::Resumes, 7))),
            of(&["Điều 5"], from("2025-06-01", effect(Act::Resumes, 7))),
            but_for(&["Điều 6"], from("2025-07-01", effect(stop(None), 7))),
            from("2025-08-01", effect(Act::Resumes, 7)),
            somewhere(from("2025-09-01", effect(stop(None), 7))),
            effect(Act::Postpones { to: day("2026-03-01") }, 8),
            from("2025-02-01", effect(Act::Postpones { to: day("2026-04-01") }, 8)),
            of(
                &["Điều 9"],
                from("2025-03-01", effect(Act::Postpones { to: day("2026-10-01") }, 8)),
            ),
            from("2026-05-01", effect(Act::Postpones { to: day("2028-01-01") }, 8)),
            effect(Act::Extends { until: day("2026-06-01") }, 9),
            of(&["Điều 1"], effect(Act::Extends { until: day("2029-01-01") }, 10)),
            somewhere(from("2025-02-01", effect(Act::Extends { until: day("2029-01-01") }, 10))),
            from("2025-03-01", effect(Act::Extends { until: day("2029-01-01") }, 10)),
            effect(Act::DeclaresExpired, 13),
            somewhere(but_for(&["Điều 1"], effect(Act::Repeals, 14))),
        ],
    );
    let never = Document {
        effects: vec![effect(Act::Repeals, 16)],
        ..document("acts-never", Effective::Unknown)
    };
    vec![early, late, never]
}

fn decisions() -> Vec<Decision> {
    let item = |action, code: &str, because_of| DecisionItem {
        action,
        procedure: located(code),
        parts: Vec::new(),
        because_of,
        replaced_by: Some(located("1.000009")),
    };
    let known = Located { value: decision::Cause::Known(document_id(16)), span: nowhere() };
    let unknown =
        Located { value: decision::Cause::Unknown("9/2099/NĐ-CP".to_owned()), span: nowhere() };
    let decision = |name: &str, signed, effective, items| Decision {
        slug: Slug::new(name).expect("a slug"),
        number: format!("{name}/QĐ-UBND"),
        issuer: None,
        signed,
        effective,
        made_public: None,
        follows: None,
        items,
        span: nowhere(),
        places: decision::Places::default(),
    };
    vec![
        decision(
            "10",
            Some(day("2025-01-01")),
            None,
            vec![
                item(Action::New, "1.000001", None),
                item(Action::Repealed, "1.000001", Some(known)),
            ],
        ),
        decision(
            "20",
            Some(day("2025-01-01")),
            Some(day("2025-02-01")),
            vec![
                item(Action::Replaced, "1.000002", Some(unknown)),
                item(Action::Repealed, "1.000003", None),
            ],
        ),
    ]
}

fn procedures() -> Vec<Procedure> {
    let of = |at: usize, names: &[&str]| Citation {
        provisions: parts(names),
        role: Role::Main,
        ..citation(Cited::Known(document_id(at)))
    };
    let excused = |citation| Citation {
        exemption: Some(Exemption {
            reason: "hồ sơ đang giải quyết".to_owned(),
            approved_by: "Sở Tư pháp".to_owned(),
            until: day("2026-06-01"),
            span: nowhere(),
        }),
        ..citation
    };
    let with =
        |name: &str, code: &str, bases| Procedure { legal_basis: bases, ..procedure(name, code) };
    let until = |until: &str| Window { from: None, until: Some(day(until)) };
    vec![
        with("repealed-of-known", "1.000001", vec![of(16, &[])]),
        with("repealed-of-unknown", "1.000002", vec![of(16, &[])]),
        with("repealed", "1.000003", vec![of(16, &[])]),
        with("without-basis", "1.000004", Vec::new()),
        Procedure {
            validity: until("2025-01-01"),
            ..with("window", "1.000005", vec![of(16, &[])])
        },
        with("document-ended", "1.000006", vec![of(0, &[]), excused(of(0, &["Điều 1"]))]),
        with(
            "clauses",
            "1.000007",
            vec![
                of(0, &["Điều 3 khoản 1", "Điều 9"]),
                of(7, &["Điều 6", "Điều 4"]),
                of(15, &["Điều 2", "Điều 3"]),
            ],
        ),
        with("unknown", "1.000008", vec![of(14, &[]), of(14, &["Điều 1"]), of(7, &[])]),
        with("waits", "1.000009", vec![of(8, &[]), of(8, &["Điều 9"])]),
        with(
            "not-in-register",
            "1.000010",
            vec![Citation {
                role: Role::Main,
                ..citation(Cited::Unknown("9/2099/NĐ-CP".to_owned()))
            }],
        ),
        with(
            "cited-for-a-while",
            "1.000011",
            vec![
                Citation { validity: until("2025-01-01"), ..of(16, &[]) },
                Citation {
                    validity: Window { from: Some(day("2026-01-01")), until: None },
                    ..of(0, &[])
                },
            ],
        ),
    ]
}

fn tell(catalogue: &Catalogue) -> String {
    let assessment = assess(catalogue, day("2026-07-01"));
    let mut text = String::new();
    for (id, document) in catalogue.document_ids() {
        let life = assessment.life(id);
        writeln!(text, "# {}", document.slug).expect("text");
        for (since, standing) in life.whole().spans() {
            tell_standing(&mut text, catalogue, &when(since), standing);
        }
        let asked = ASKED.iter().filter(|(name, _)| document.slug.as_str() == *name);
        for (_, part) in asked {
            let part = provision(part);
            let mut last = None;
            for since in [Date::MIN].into_iter().chain(life.days().iter().copied()) {
                let standing = life.standing(Some(&part), since);
                if last.as_ref() != Some(&standing) {
                    let when = format!("{part}, {}", when(since));
                    tell_standing(&mut text, catalogue, &when, &standing);
                }
                last = Some(standing);
            }
        }
        for idle in life.idle() {
            let by = &catalogue[idle.by].slug;
            writeln!(text, "  idle: effect {} of {by}, {:?}", idle.effect, idle.why).expect("text");
        }
        for link in life.survived() {
            tell_link(&mut text, catalogue, "survived", link);
        }
        if life.is_on_circle() {
            writeln!(text, "  on a circle").expect("text");
        }
    }
    for (id, procedure) in catalogue.procedure_ids() {
        writeln!(text, "# {}", procedure.slug).expect("text");
        for (since, standing) in assessment.procedure_timeline(id).spans() {
            tell_procedure(&mut text, catalogue, procedure, since, standing);
        }
    }
    tell_names(&mut text, catalogue, &assessment);
    text
}

/// What is found out of a standing and a document without a day.
fn tell_names(text: &mut String, catalogue: &Catalogue, assessment: &Assessment) {
    for (id, _) in catalogue.document_ids() {
        let standing = assessment.document(id);
        let name = words::name(catalogue, id);
        let since = standing.since().map_or("no day".to_owned(), |day| day.to_string());
        let over = standing.force.is_over();
        writeln!(text, "{name}: over {over}, since {since}").expect("text");
    }
}

fn when(since: Date) -> String {
    if since == Date::MIN { "always".to_owned() } else { since.to_string() }
}

fn tell_standing(text: &mut String, catalogue: &Catalogue, when: &str, standing: &Standing) {
    let vietnamese = words::force(standing.force, Language::Vietnamese);
    let english = words::force(standing.force, Language::English);
    writeln!(text, "{when}: {vietnamese} / {english}").expect("text");
    for link in &standing.because {
        tell_link(text, catalogue, "-", link);
    }
}

fn tell_link(text: &mut String, catalogue: &Catalogue, mark: &str, link: &Link) {
    for language in [Language::Vietnamese, Language::English] {
        let sentence = plain(catalogue, &words::link(link, language));
        writeln!(text, "  {mark} {sentence}").expect("text");
    }
}

fn tell_procedure(
    text: &mut String,
    catalogue: &Catalogue,
    procedure: &Procedure,
    since: Date,
    standing: &ProcedureStanding,
) {
    let causes: &[Cause] = match standing {
        ProcedureStanding::Withheld { causes } => causes,
        ProcedureStanding::Published(shown) => {
            writeln!(text, "{}: published, {:?}", when(since), shown.citations).expect("text");
            return;
        }
        other => {
            writeln!(text, "{}: {other:?}", when(since)).expect("text");
            return;
        }
    };
    writeln!(text, "{}: withheld", when(since)).expect("text");
    for cause in causes {
        for language in [Language::Vietnamese, Language::English] {
            let sentence = plain(catalogue, &words::cause(catalogue, procedure, cause, language));
            writeln!(text, "  - {sentence}").expect("text");
        }
    }
}
