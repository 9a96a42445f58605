//! Queries that people judged, on real names of procedures: how often the first answer is right, and how
//! often one of the first three. `corpus.tsv` has the procedures; `dev.tsv` and `held.tsv` have queries with
//! the codes that answer them. The rules were tuned on the first half; the second was measured first with
//! rules made without it, and is kept apart, since no figure on what one has looked at is a promise.
//! `fresh.tsv` was written later and scored once, with rules that had seen nothing of it, mostly in kinds that
//! are hard: a story told in everyday words. Its floors say how far the rules carry; they are no goal.
//! `later.tsv` is of the same hard kinds. It was written when the words of the catalogue had grown by what
//! `fresh.tsv` taught, by who had written these words, and scored before and after the way was made in which
//! stories are read; that way was made with it in sight, the words were not.
//! A document is written `doc:` and its number, and a query without any answer is nonsense.
//!
//! `JUDGED=file cargo test --test search judged -- --nocapture` reports another file of queries, and
//! `MISSES=1` what went wrong.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use niemyet::disk;
use niemyet::model::agency::Level;
use niemyet::model::date;
use niemyet::model::procedure::Audience;
use niemyet::pipeline;
use niemyet::search::{self, Engine, Entry, Filter, Law, Source};

pub(crate) const DAY: &str = "2026-11-22";

/// Floors, of a hundred, a little below what was measured: a right first answer, and one of the first three.
const DEV: [(&str, usize, usize); 3] = [("all", 94, 97), ("long", 88, 94), ("typo", 84, 94)];
const HELD: [(&str, usize, usize); 3] = [("all", 90, 94), ("long", 75, 81), ("typo", 84, 94)];
/// All 0.70 and 0.74 (MRR 0.72) when it was scored first; everyday words 0.49 and 0.51, stories 0.28 and 0.36. The
/// words of the catalogue have been written with it in sight since then, and what it scores now is no promise.
const FRESH: [(&str, usize, usize); 3] = [("all", 90, 93), ("everyday", 88, 94), ("long", 80, 88)];
/// All 0.31 and 0.31 with the words and the rules before, 0.36 and 0.36 with more words alone, 0.62 and 0.64 with
/// stories read as heaps of words.
const LATER: [(&str, usize, usize); 3] = [("all", 58, 60), ("everyday", 58, 58), ("long", 50, 58)];
/// The floors of each kind that has none of its own.
const KIND: (usize, usize) = (85, 90);

#[test]
fn answers_come_first() {
    let engine = Engine::new(search::index(corpus()));
    if let Ok(path) = std::env::var("JUDGED") {
        score(&engine, &read(&std::fs::read_to_string(path).expect("a file")), &[]);
        return;
    }
    score(&engine, &read(&file("dev.tsv")), &DEV);
    score(&engine, &read(&file("held.tsv")), &HELD);
    score(&engine, &read(&file("fresh.tsv")), &FRESH);
    score(&engine, &read(&file("later.tsv")), &LATER);
}

/// Nothing is lost by looking through few shards: in one shard no more is found.
#[test]
fn shards_lose_little() {
    let engines =
        [search::SHARD, usize::MAX].map(|size| Engine::new(search::index_by(corpus(), size)));
    let [few, all] = engines.map(|engine| run(&engine, &queries()).0["all"].first);
    assert!(all <= few + 2, "{few} of {all}");
}

fn score(engine: &Engine, queries: &[Judged], floors: &[(&str, usize, usize)]) {
    let (tally, misses) = run(engine, queries);
    let report = report(&tally);
    println!("{report}");
    if std::env::var_os("MISSES").is_some() {
        println!("{misses}");
    }
    if floors.is_empty() {
        return;
    }
    for (kind, tally) in &tally {
        let own = floors.iter().find(|(of, ..)| of == kind);
        let (first, three) = own.map_or(KIND, |(_, first, three)| (*first, *three));
        assert!(first * tally.asked <= 100 * tally.first, "{kind}\n{report}\n{misses}");
        assert!(three * tally.asked <= 100 * tally.first_three, "{kind}\n{report}\n{misses}");
    }
}

#[derive(Default)]
struct Tally {
    asked: usize,
    first: usize,
    first_three: usize,
    /// The sum of 1/rank, in millionths.
    ranks: usize,
}

impl Tally {
    fn add(&mut self, rank: Option<usize>) {
        self.asked += 1;
        self.first += usize::from(rank == Some(1));
        self.first_three += usize::from(rank.is_some_and(|rank| rank <= 3));
        self.ranks += rank.map_or(0, |rank| 1_000_000 / rank);
    }
}

pub(crate) struct Judged {
    pub(crate) kind: String,
    pub(crate) query: String,
    pub(crate) accepted: Vec<String>,
}

fn run(engine: &Engine, queries: &[Judged]) -> (BTreeMap<String, Tally>, String) {
    let mut tally: BTreeMap<String, Tally> = BTreeMap::new();
    let mut misses = String::new();
    for judged in queries {
        let found = engine.find(&judged.query, Filter::default(), DAY);
        let laws = found
            .laws
            .iter()
            .map(|law| format!("doc:{}", engine.index().numbers.laws[*law].number));
        let entries = found.entries.iter().map(|(place, _)| engine.entry(*place).code.clone());
        let answers: Vec<String> = laws.chain(entries).collect();
        let rank = if judged.accepted.is_empty() {
            answers.is_empty().then_some(1)
        } else {
            answers.iter().position(|answer| judged.accepted.contains(answer)).map(|at| at + 1)
        };
        for kind in [judged.kind.as_str(), "all"] {
            tally.entry(kind.to_owned()).or_default().add(rank);
        }
        if rank != Some(1) {
            let rank = rank.map_or("-".to_owned(), |rank| rank.to_string());
            let _ = writeln!(
                misses,
                "{} «{}» {rank}, wanted {}",
                judged.kind,
                judged.query,
                judged.accepted.join(" ")
            );
            for (place, score) in found.entries.iter().take(3) {
                let entry = engine.entry(*place);
                let _ = writeln!(misses, "    {score} {} {}", entry.code, entry.title);
            }
        }
    }
    (tally, misses)
}

fn report(tally: &BTreeMap<String, Tally>) -> String {
    let mut report = String::new();
    for (kind, tally) in tally {
        let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let part = |n: usize| number(n) / number(tally.asked);
        let _ = writeln!(
            report,
            "{kind:13} {:4}  success@1 {:.2}  @3 {:.2}  MRR {:.2}",
            tally.asked,
            part(tally.first),
            part(tally.first_three),
            part(tally.ranks) / 1e6,
        );
    }
    report
}

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search").join(name);
    std::fs::read_to_string(path).expect("a file")
}

pub(crate) fn queries() -> Vec<Judged> {
    ["dev.tsv", "held.tsv", "fresh.tsv", "later.tsv"]
        .iter()
        .flat_map(|name| read(&file(name)))
        .collect()
}

fn read(text: &str) -> Vec<Judged> {
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    let rows = lines.map(|line| line.split('\t').collect::<Vec<_>>());
    let codes = |text: &str| {
        text.split(',').map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned).collect()
    };
    rows.map(|row| Judged {
        kind: row[0].to_owned(),
        query: row[1].to_owned(),
        accepted: codes(row.get(2).unwrap_or(&"")),
    })
    .collect()
}

/// Real procedures with the words and the documents of the bundled catalogue.
pub(crate) fn corpus() -> Source {
    let files =
        disk::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue")).expect("a catalogue");
    let (known, _) = pipeline::examine(&files, date::parse(DAY).expect("a day"));
    let catalogue = known.expect("a catalogue").catalogue;
    let mut source = Source::default();
    for synonym in &catalogue.terms.synonyms {
        source.synonyms.push((synonym.say.clone(), synonym.means.clone()));
    }
    for short in &catalogue.terms.abbreviations {
        source.abbreviations.push((short.short.clone(), short.long.clone()));
    }
    for document in &catalogue.documents {
        let Some(number) = &document.number else { continue };
        let title = document.title.clone();
        source.laws.push(Law { number: number.clone(), title, ..Law::default() });
    }
    let text = file("corpus.tsv");
    let mut rows: Vec<Vec<&str>> =
        text.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    rows.sort_by_key(|row| (row[2], row[0]));
    let place = |list: &mut Vec<String>, name: &str| {
        list.iter().position(|known| known == name).unwrap_or_else(|| {
            list.push(name.to_owned());
            list.len() - 1
        })
    };
    for row in rows {
        let levels = |word: &str| Level::ALL.iter().position(|(_, known)| *known == word);
        let audience = |word: &str| {
            let word = if word == "business" { "enterprise" } else { word };
            Audience::ALL.iter().position(|(_, known)| *known == word)
        };
        let bits = |list: &str, find: &dyn Fn(&str) -> Option<usize>| {
            list.split(',').filter_map(find).fold(0, |bits, at| bits | 1 << at)
        };
        let at = source.entries.len();
        source.entries.push(Entry {
            code: row[0].to_owned(),
            title: row[1].to_owned(),
            field: place(&mut source.fields, row[2]),
            levels: bits(row[3], &levels),
            agencies: vec![place(&mut source.agencies, row[4])],
            audience: bits(row[5], &audience),
            ..Entry::default()
        });
        for number in row.get(6).unwrap_or(&"").split(';').filter(|number| !number.is_empty()) {
            let key = search::key(number);
            match source.laws.iter_mut().find(|law| search::key(&law.number) == key) {
                Some(law) => law.entries.push(at),
                None => source.laws.push(Law {
                    number: number.to_owned(),
                    entries: vec![at],
                    ..Law::default()
                }),
            }
        }
    }
    source
}
