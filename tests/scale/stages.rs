//! How long each stage takes on a catalogue of 2,000 procedures: `cargo bench --bench scale [STAGE]`.
//!
//! Stages work in parallel where the program does; `RAYON_NUM_THREADS=1` shows what they cost. Figures of
//! two machines, or of a machine at rest and the same one at work, cannot be compared.

#![expect(clippy::disallowed_methods, reason = "two stages read and write folders")]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs};

use divan::{Bencher, Divan, black_box};
use niemyet::files::{FileTree, Page};
use niemyet::model::Catalogue;
use niemyet::model::date::{self, Date};
use niemyet::pipeline::{self, Understood};
use niemyet::render::Site;
use niemyet::{check, diagnostic::Report, disk, load, search, validity};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

mod catalogue;

const PROCEDURES: usize = 2000;

fn main() {
    Divan::default()
        .sample_count(10)
        .sample_size(1)
        .items_count(PROCEDURES)
        .config_with_args()
        .main();
}

static FILES: LazyLock<FileTree> = LazyLock::new(|| catalogue::catalogue(PROCEDURES));
static THEME: LazyLock<FileTree> = LazyLock::new(FileTree::default);
static UNDERSTOOD: LazyLock<Understood> =
    LazyLock::new(|| pipeline::examine(&FILES, today()).0.expect("it has a `catalogue.yaml`"));
static SITE: LazyLock<Site> = LazyLock::new(site);
static PAGES: LazyLock<Vec<Page>> =
    LazyLock::new(|| pipeline::pages(&SITE).map(|(page, _)| page).collect());

fn today() -> Date {
    date::parse("2026-11-22").expect("a day")
}

fn site() -> Site {
    let mut report = Report::default();
    let site = pipeline::site(&UNDERSTOOD, &FILES, &THEME, &mut report);
    site.expect("nothing keeps it from being made")
}

fn loaded() -> &'static Catalogue {
    &UNDERSTOOD.catalogue
}

/// A folder of this run.
fn folder(name: &str) -> PathBuf {
    env::temp_dir().join(format!("niemyet-stages-{}-{name}", std::process::id()))
}

#[divan::bench]
fn a_read(bencher: Bencher) {
    let folder = folder("catalogue");
    for (_, path, content) in FILES.iter() {
        let place = folder.join(path.as_str());
        fs::create_dir_all(place.parent().expect("the folder at least")).expect("a folder");
        fs::write(place, content.bytes()).expect("a file");
    }
    bencher.bench(|| disk::read(black_box(&folder)));
    fs::remove_dir_all(folder).expect("the folder is ours");
}

#[divan::bench]
fn b_load(bencher: Bencher) {
    let files = &*FILES;
    bencher.bench(|| load::load(black_box(files)));
}

#[divan::bench]
fn c_assess(bencher: Bencher) {
    let catalogue = loaded();
    bencher.bench(|| validity::assess(black_box(catalogue), today()));
}

#[divan::bench]
fn d_check(bencher: Bencher) {
    let (catalogue, assessment) = (loaded(), &UNDERSTOOD.assessment);
    bencher.bench(|| check::check(black_box(catalogue), assessment, &FILES));
}

#[divan::bench]
fn e_hush(bencher: Bencher) {
    let (catalogue, assessment) = (loaded(), &UNDERSTOOD.assessment);
    bencher.bench(|| pipeline::hushed(black_box(catalogue), assessment, &FILES));
}

/// Lays out all addresses; makes the search index, too.
#[divan::bench]
fn f_site(bencher: Bencher) {
    LazyLock::force(&UNDERSTOOD);
    bencher.bench(site);
}

/// The part of it that is the search index.
#[divan::bench]
fn g_search(bencher: Bencher) {
    let index = SITE.search_index();
    let source = search::Source {
        entries: index.shards.concat(),
        laws: index.numbers.laws.clone(),
        fields: index.base.fields.clone(),
        agencies: index.base.agencies.clone(),
        ..search::Source::default()
    };
    bencher.with_inputs(|| source.clone()).bench_values(search::index);
}

/// All pages, each forgotten.
#[divan::bench]
fn h_draw(bencher: Bencher) {
    let site = &*SITE;
    bencher.bench(|| pipeline::pages(site).map(|(page, _)| page.bytes.len()).sum::<usize>());
}

/// What to look for.
#[divan::bench]
fn i_needles(bencher: Bencher) {
    let site = &*SITE;
    bencher.bench(|| pipeline::audit(&UNDERSTOOD, &FILES, &THEME, site));
}

/// Every byte of pages that are drawn.
#[divan::bench]
fn j_audit(bencher: Bencher) {
    let audit = pipeline::audit(&UNDERSTOOD, &FILES, &THEME, &SITE);
    let pages = &*PAGES;
    bencher.bench(|| pages.par_iter().map(|page| audit.examine(page).1.bytes).max());
}

/// Pages that are drawn, where no site stands.
#[divan::bench]
fn k_publish(bencher: Bencher) {
    let out = folder("new");
    LazyLock::force(&PAGES);
    let gone = || fs::remove_dir_all(&out);
    bencher.with_inputs(gone).bench_values(|_| publish(&out));
    gone().expect("the folder is ours");
}

/// The same pages again.
#[divan::bench]
fn l_publish_again(bencher: Bencher) {
    let out = folder("again");
    publish(&out);
    bencher.bench(|| publish(&out));
    fs::remove_dir_all(out).expect("the folder is ours");
}

/// How many files were not written again.
fn publish(out: &Path) -> usize {
    let pages = PAGES.par_iter().map(|page| (page.clone(), Report::default()));
    let done = disk::publish(pages, out, &[], |_, _| (Vec::new(), Report::default()));
    let (published, _) = done.expect("a folder that can be written");
    published.expect("nothing was found").unchanged
}
