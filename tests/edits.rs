//! That a build over the last site is a clean build, byte for byte: sequences of edits drawn by chance, on
//! the small and dense catalogue of `edits/`, each edit followed by a build in the place of the last one. And
//! that the catalogue says the same where only the files that changed are read, and the site where only the
//! procedures that changed are touched.
//!
//! `NIEMYET_SEQUENCES` says how many sequences, `NIEMYET_EDITS_SEED` with which one to begin. A sequence
//! that fails is made as short as it can be and printed. The builds go through the command line's own
//! entry; as it prints to the standard output, this program runs itself again with a file for that, and
//! `child` plays the sequences.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test works on real folders")]
#![expect(clippy::print_stdout, reason = "what was met is shown with `--nocapture`")]

#[path = "edits/change.rs"]
mod change;
#[path = "edits/counts.rs"]
mod counts;
#[path = "edits/site.rs"]
mod site;
#[path = "edits/table.rs"]
mod table;
#[path = "edits/touch.rs"]
mod touch;
#[path = "edits/world.rs"]
mod world;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use change::{Act, change};
use counts::Counts;
use niemyet::load::{self, Memo};
use niemyet::{cli, disk};
use serde_json::Value;
use site::{Tree, difference, tree};
use table::{Table, table};
use touch::Last;
use world::{Chance, DAYS, World};

/// What tells the child its task: the first sequence, the one behind the last, and how many to go on by.
const TASK: &str = "NIEMYET_TEST_TASK";
/// The folder in which the child works; its standard output goes to `said` in it.
const WORK: &str = "NIEMYET_TEST_WORK";

/// How many sequences are played where nothing else is asked for.
const SEQUENCES: u64 = 20;
/// With so many or more every kind of page has to have changed.
const ENOUGH: u64 = 60;

fn asked(name: &str) -> Option<u64> {
    let asked = std::env::var(name).ok()?;
    Some(asked.parse().unwrap_or_else(|_| panic!("{name} is no number: {asked}")))
}

#[test]
fn a_build_over_the_last_site_is_a_clean_build() {
    let n_sequences = asked("NIEMYET_SEQUENCES").unwrap_or(SEQUENCES);
    let first = asked("NIEMYET_EDITS_SEED").unwrap_or(1);
    let n_children = thread::available_parallelism().map_or(1, |n| n.get() as u64).min(n_sequences);
    let work = Path::new(env!("CARGO_TARGET_TMPDIR")).join("edits").join(first.to_string());
    let _gone = fs::remove_dir_all(&work);
    let children: Vec<_> = (0..n_children)
        .map(|place| {
            let folder = work.join(place.to_string());
            fs::create_dir_all(&folder).unwrap();
            let task = format!("{} {} {n_children}", first + place, first + n_sequences);
            Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "child", "--nocapture"])
                .env(TASK, task)
                .env(WORK, &folder)
                .stdout(Stdio::from(File::create(folder.join("said")).unwrap()))
                .stderr(Stdio::from(File::create(folder.join("complained")).unwrap()))
                .spawn()
                .unwrap()
        })
        .collect();
    let mut counts = Counts::default();
    let mut failed = String::new();
    for (place, mut child) in children.into_iter().enumerate() {
        let is_sound = child.wait().unwrap().success();
        let text = |name| fs::read_to_string(work.join(place.to_string()).join(name)).ok();
        match text("counts") {
            Some(counted) if is_sound => counts.add(Counts::read(&counted)),
            _ => failed.extend([text("complained"), text("failed")].into_iter().flatten()),
        }
    }
    assert!(failed.is_empty(), "{failed}");
    fs::remove_dir_all(&work).unwrap();
    println!("{}", counts.shown());
    assert!(counts.made > 0 && counts.touched > 0);
    if n_sequences >= ENOUGH {
        counts.demand();
    }
}

/// Not a test of its own: what a child process does.
#[test]
fn child() {
    let Ok(task) = std::env::var(TASK) else { return };
    let task: Vec<u64> = task.split(' ').map(|number| number.parse().unwrap()).collect();
    let [first, end, step] = task[..] else { panic!("{task:?}") };
    let mut bench = Bench::new(PathBuf::from(std::env::var_os(WORK).unwrap()));
    let mut counts = Counts::default();
    for seed in (first..end).step_by(usize::try_from(step).unwrap()) {
        let sequence = Sequence::of(seed);
        if play(&mut bench, &sequence, false, &mut counts).is_err() {
            // Not told by a panic: the program has its own words for those.
            let told = shrunk(&mut bench, sequence);
            fs::write(bench.work.join("failed"), told).unwrap();
            return;
        }
    }
    fs::write(bench.work.join("counts"), counts.written()).unwrap();
}

/// Some edits, each with the seeds of its changes: of any part of it an own run can be made.
#[derive(Clone)]
struct Sequence {
    seed: u64,
    edits: Vec<Vec<u64>>,
}

impl Sequence {
    fn of(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let n_edits = 1 + chance.below(6);
        let edit = |chance: &mut Chance| {
            let n_changes = [1, 1, 1, 2, 3][chance.below(5)];
            (0..n_changes).map(|_| chance.next()).collect()
        };
        let edits = (0..n_edits).map(|_| edit(&mut chance)).collect();
        Self { seed, edits }
    }

    /// The same with one change less.
    fn without(&self, edit: usize, change: usize) -> Self {
        let mut shorter = self.clone();
        shorter.edits[edit].remove(change);
        if shorter.edits[edit].is_empty() {
            shorter.edits.remove(edit);
        }
        shorter
    }
}

/// Why a sequence failed: what was done, and what differs.
struct Failed {
    done: Vec<String>,
    what: String,
}

/// Plays a sequence: from a clean site, a build after each edit. Every third of them is compared with a
/// clean build, and always the last; all of them for who has time.
fn play(
    bench: &mut Bench,
    sequence: &Sequence,
    all: bool,
    counts: &mut Counts,
) -> Result<(), Failed> {
    let (mut done, mut memo, mut shown) = (Vec::new(), Memo::default(), Last::default());
    bench.clear();
    let mut world = World::first();
    world.lay_down(&bench.work, None);
    let out = bench.work.join("over/public");
    let first = bench.build(&world, &out, &[]);
    assert_eq!(first.exit, 0, "the catalogue of this test makes no site");
    let mut stands = tree(&out);
    assert_eq!(shown.touched(&bench.work, &world), Ok(false), "nothing stood before");
    let mut before = vec![(world.clone(), true)];
    let mut beside = vec![site::remembered(&out)];
    for (place, edit) in sequence.edits.iter().enumerate() {
        let last = world.clone();
        let mut said = Vec::new();
        for seed in edit {
            let made = change(&mut world, &before, &bench.table, &mut Chance::new(*seed));
            let acted = made.act.map(|act| bench.act(act, &last, &out, &beside));
            said.push(format!(
                "{}{}",
                made.said,
                acted.map(|told| format!(": {told}")).unwrap_or_default()
            ));
            counts.acts += usize::from(made.act.is_some());
        }
        world.lay_down(&bench.work, Some(&last));
        done.push(format!("{}. {}", place + 1, said.join("\n   ")));
        let fail = |what: String| Err(Failed { done: done.clone(), what });
        if !bench.is_read_again(&mut memo) {
            return fail("what is read over the last state is not what is read anew".to_owned());
        }
        match shown.touched(&bench.work, &world) {
            Ok(is_touched) => counts.touched += usize::from(is_touched),
            Err(what) => return fail(what),
        }
        let touched = tree(&out);
        let over = bench.build(&world, &out, &[]);
        let now = tree(&out);
        let is_made = over.exit == 0;
        counts.builds += 1;
        if is_made {
            counts.made += 1;
            counts.count(&last, &world, &stands, &now);
            stands.clone_from(&now);
        } else if let Some(what) = difference(&now, &touched) {
            return fail(format!("no site was made, and the one that stood is another: {what}"));
        }
        let is_last = place + 1 == sequence.edits.len();
        if all || is_last || Chance::new(edit[0]).below(3) == 0 {
            counts.compared += 1;
            let clean = bench.clean(&world, &over);
            if over.exit != clean.exit {
                return fail(format!("it ended with {}, clean with {}", over.exit, clean.exit));
            }
            if over.exit > 1 {
                return fail("both builds could not run".to_owned());
            }
            if over.said != clean.said {
                let [over, clean] = [over.said, clean.said]
                    .map(|said| Tree::from([("said".to_owned(), (0, format!("{said:#}").into()))]));
                return fail(difference(&over, &clean).unwrap_or_default());
            }
            if is_made && let Some(what) = difference(&now, &tree(&bench.work.join("clean/public")))
            {
                return fail(what);
            }
        }
        before.push((world.clone(), is_made));
        beside.push(site::remembered(&out));
    }
    Ok(())
}

/// Leaves changes out one after the other as long as it still fails, and says what is left.
fn shrunk(bench: &mut Bench, sequence: Sequence) -> String {
    let mut unseen = Counts::default();
    let mut fails = |sequence: &Sequence| play(bench, sequence, true, &mut unseen).err();
    let Some(mut failed) = fails(&sequence) else {
        return format!("seed {} fails only with fewer comparisons", sequence.seed);
    };
    let mut shortest = sequence;
    loop {
        let places = shortest.edits.iter().enumerate();
        let places = places.flat_map(|(edit, changes)| (0..changes.len()).map(move |n| (edit, n)));
        let shorter = places.map(|(edit, change)| shortest.without(edit, change));
        let found = shorter.into_iter().find_map(|shorter| Some((fails(&shorter)?, shorter)));
        let Some((how, shorter)) = found else { break };
        (failed, shortest) = (how, shorter);
    }
    format!(
        "\na build over the last site is not the clean one: \
         NIEMYET_EDITS_SEED={} NIEMYET_SEQUENCES=1\n{}\n{}\n",
        shortest.seed,
        failed.done.join("\n"),
        failed.what
    )
}

/// Where sequences are played.
struct Bench {
    work: PathBuf,
    said: File,
    table: Table,
}

/// How a build ended and what it said, without what differs between a build over a site and a clean one.
struct Outcome {
    exit: u8,
    said: Value,
    build_no: Option<u64>,
}

impl Bench {
    fn new(work: PathBuf) -> Self {
        let said = File::open(work.join("said")).unwrap();
        Self { work, said, table: table() }
    }

    fn clear(&self) {
        for name in ["catalogue", "theme", "over", "clean"] {
            let _gone = fs::remove_dir_all(self.work.join(name));
        }
        fs::create_dir_all(self.work.join("over")).unwrap();
    }

    fn build(&mut self, world: &World, out: &Path, more: &[String]) -> Outcome {
        let [catalogue, theme] = ["catalogue", "theme"].map(|name| self.work.join(name));
        let mut words: Vec<OsString> = vec!["niemyet".into(), "build".into()];
        words.extend(["--catalogue".into(), catalogue.into(), "--theme".into(), theme.into()]);
        words.extend(["--out".into(), out.into(), "--as-of".into(), DAYS[world.day].into()]);
        words.extend(
            ["--allow", "vanish,backdate,unknown,foreign", "--format", "json"].map(OsString::from),
        );
        let commit = ["--source-commit".to_owned(), "5".repeat(40)];
        words.extend(commit.into_iter().filter(|_| world.commit).map(OsString::from));
        words.extend(more.iter().map(OsString::from));
        self.said.seek(SeekFrom::End(0)).unwrap();
        let exit = cli::run(words).code();
        let mut text = String::new();
        self.said.read_to_string(&mut text).unwrap();
        // The harness tells in between that the child runs long; its lines begin as no line of JSON does.
        let is_said = |line: &&str| line.starts_with(['{', ' ', '}']);
        let lines: Vec<&str> = text.lines().filter(is_said).collect();
        let mut said: Value = serde_json::from_str(&lines.join("\n")).unwrap_or_default();
        assert!(exit > 1 || said.is_object(), "a build said no JSON: {text}");
        let build_no = said["build_no"].as_u64();
        if let Value::Object(keys) = &mut said {
            for key in ["out", "written", "kept", "preview", "audit"] {
                keys.remove(key);
            }
        }
        Outcome { exit, said, build_no }
    }

    /// Whether the catalogue says the same where only files that changed are read.
    fn is_read_again(&self, memo: &mut Memo) -> bool {
        // What cannot be read is told by the build.
        let Ok(files) = disk::read(&self.work.join("catalogue")) else { return true };
        let [again, anew] = [load::load_again(&files, memo), load::load(&files)];
        format!("{again:?}") == format!("{anew:?}")
    }

    /// The same build into an empty folder. Its number is given, as that of the first there would be 1.
    fn clean(&mut self, world: &World, over: &Outcome) -> Outcome {
        let clean = self.work.join("clean");
        let _gone = fs::remove_dir_all(&clean);
        fs::create_dir_all(&clean).unwrap();
        let number = over.build_no.map(|number| ["--build-no".to_owned(), number.to_string()]);
        let number: Vec<String> = number.into_iter().flatten().collect();
        self.build(world, &clean.join("public"), &number)
    }

    /// Does something to the site that stands.
    fn act(
        &mut self,
        act: Act,
        last: &World,
        out: &Path,
        beside: &[Vec<(PathBuf, Vec<u8>)>],
    ) -> String {
        match act {
            Act::Edit(seed) => site::edit(out, seed),
            Act::Beside(seed) => site::damage(out, beside, seed),
            Act::Delete => {
                let _gone = fs::remove_dir_all(out);
                "deleted".to_owned()
            }
            Act::Horizon => {
                let days = ["--horizon", "2"].map(str::to_owned);
                let ended = self.build(last, out, &days).exit;
                format!("built for two days, which ended with {ended}")
            }
        }
    }
}
