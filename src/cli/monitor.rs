//! `niemyet monitor`: looks at a posted site, or at a folder, and says how it stands.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::args::{Global, Watch, WatchFormat};
use super::commands::{Input, examine, read};
use super::look::{Look, said};
use super::source::{FILE_LIMIT, LISTED_LIMIT, MANIFEST_LIMIT, Source, own};
use super::{Answer, Exit, Failure, clock};
use crate::audit::{Audit, Tally};
use crate::diagnostic::Report;
use crate::disk;
use crate::files::{FilePath, Laid, MANIFEST, Page};
use crate::language::Language;
use crate::manifest::signature::PublicKey;
use crate::manifest::{Manifest, SIGNATURE};
use crate::model::date::Date;
use crate::monitor::{
    self, Class, Finding, Kept, Memory, NOWHERE, Nothing, Observed, Sample, Trust, Types, choose,
    is_for_host, worst,
};
use crate::pipeline::{self, Site, Understood};

/// How many files of a posted site are looked at where nothing else was asked for.
const SAMPLE: usize = 50;
/// After so many files that did not answer no other is asked for.
const PATIENCE: usize = 8;
/// A signature is four lines.
const SIGNATURE_LIMIT: u64 = 4096;

/// `niemyet monitor URL|DIR`.
pub(super) fn monitor(
    global: &Global,
    today: Date,
    place: &str,
    watch: &Watch,
) -> Result<Answer, Failure> {
    let language = global.lang.map(Language::from).unwrap_or_default();
    let source = Source::open(place, watch.timeout, language)?;
    let key = watch.key.as_deref().map(|key| public_key(key, language)).transpose()?;
    let memory = match &watch.state {
        Some(file) => remembered(file, &source.name(), language)?,
        None => None,
    };
    let mut findings = Vec::new();
    let known = known(global, today, watch.no_catalogue)?;
    let site = known.as_ref().and_then(|known| known.site(&mut findings));
    let audit = known.as_ref().zip(site.as_ref()).and_then(|(known, site)| {
        let understood = known.understood.as_ref()?;
        Some(pipeline::audit(understood, &known.input.files, &known.input.theme, site))
    });

    let seen = source.get(&own(MANIFEST), MANIFEST_LIMIT);
    let now = clock::seconds();
    let signature = key.as_ref().map(|_| source.get(&own(SIGNATURE), SIGNATURE_LIMIT));
    let trust = Trust { key: key.as_ref(), memory: memory.as_ref(), today };
    let (manifest, found) = monitor::manifest(&seen, signature.as_ref(), trust);
    findings.extend(found);
    let mut look = Look { place: source.name(), today, audit: audit.as_ref(), ..Look::default() };
    if let (Observed::Answered(answer), true) = (&seen, source.is_posted()) {
        let clock = monitor::clock(answer, now);
        look.ahead = clock.as_ref().map(|(ahead, _)| *ahead);
        findings.extend(clock.and_then(|(_, found)| found));
    }
    let mut kept = Kept::default();
    let mut types = Types::default();
    if let Some(manifest) = &manifest {
        let notices = site.iter().flat_map(Site::notices);
        let must_go = must_go(manifest, memory.as_ref(), notices);
        let eyes = Eyes { source: &source, audit: audit.as_ref(), failed: AtomicUsize::new(0) };
        let usual = if source.is_posted() { Sample::Some(SAMPLE) } else { Sample::All };
        let sample = watch.sample.unwrap_or(usual);
        let glances = eyes.all(manifest, &choose(manifest, today, sample), &must_go);
        look.gone = must_go.len();
        look.not_asked = glances.iter().filter(|glance| !glance.is_asked).count();
        look.files = glances.iter().filter(|glance| glance.is_asked && glance.is_listed).count();
        findings.extend(monitor::not_asked(look.not_asked));
        for glance in glances {
            if let (Observed::Answered(answer), true) = (&glance.seen, source.is_posted()) {
                kept.add(&glance.path, answer);
                if glance.is_listed {
                    types.add(&glance.path, answer);
                }
            }
            look.tally.add(glance.tally);
            look.mentions += glance.mentions;
            findings.extend(glance.findings);
        }
        let own = eyes.glance(&own(MANIFEST), MANIFEST_LIMIT, Some(seen.clone()), |_| None);
        look.tally.add(own.tally);
        look.mentions += own.mentions;
        findings.extend(own.findings);
        if let Observed::Answered(answer) = &own.seen
            && source.is_posted()
        {
            kept.add(&own.path, answer);
            types.add(&own.path, answer);
        }
    }
    findings.extend(kept.findings());
    findings.extend(types.finding());
    look.floor = kept.floor;
    look.wrong_types = types.count();
    look.soft_404 = findings.iter().filter(|found| found.kind == "soft-404").count();
    findings.sort_by(|one, other| other.class.cmp(&one.class).then_with(|| one.cmp(other)));
    findings.dedup();
    let class = worst(&findings);
    if let (Some(file), Some(manifest), Some(bytes)) = (&watch.state, &manifest, seen.bytes())
        && class != Class::Tampered
    {
        // What cannot be trusted is not remembered: it would make the true site look like an old one.
        let next = Memory::next(memory.as_ref(), &source.name(), manifest, bytes);
        disk::remember(file, &next.bytes())?;
    }
    look.class = class;
    look.findings = findings;
    look.manifest = manifest;
    // That all is well is no finding; programs that asked for a form of theirs are answered.
    let is_silent = global.quiet && watch.format == WatchFormat::Text && look.findings.is_empty();
    let out = if is_silent { String::new() } else { said(&look, watch.format, language) };
    Ok(Answer { out, err: String::new(), exit: Exit::Looked(class) })
}

/// The catalogue that says what has ended, as far as it can be used.
struct Known {
    input: Input,
    understood: Option<Understood>,
    report: Report,
}

impl Known {
    /// The site of today, for its addresses. A mistake in the catalogue keeps one from being made, and is
    /// told, for then nothing is looked for that has ended.
    fn site(&self, findings: &mut Vec<Finding>) -> Option<Site> {
        // Read in part, it would call withheld what only lost its basis to the mistake.
        let mut report = self.report.clone();
        let site = self.understood.as_ref().and_then(|understood| {
            pipeline::site(understood, &self.input.files, &self.input.theme, &mut report)
        });
        if site.is_none() {
            findings.push(Finding::new(
                Class::Unreachable,
                "no-audit",
                [
                    "danh mục có lỗi nên không tìm được cái đã hết hiệu lực; xem `niemyet check`"
                        .to_owned(),
                    "the catalogue has mistakes, so nothing that has ended was looked for; see `niemyet check`"
                        .to_owned(),
                ],
            ));
        }
        site
    }
}

/// Reads the catalogue. Where none was named and none is there, the site is held against itself alone.
fn known(global: &Global, today: Date, without: bool) -> Result<Option<Known>, Failure> {
    if without || global.catalogue == Path::new("catalogue") && !global.catalogue.is_dir() {
        return Ok(None);
    }
    let input = read(global)?;
    let (understood, report) = examine(global, &input.files, today);
    Ok(Some(Known { input, understood, report }))
}

fn public_key(key: &str, language: Language) -> Result<PublicKey, Failure> {
    let text = std::fs::read_to_string(key).unwrap_or_else(|_| key.to_owned());
    PublicKey::read(&text).map_err(|_| {
        Failure::Said(match language {
            Language::Vietnamese => {
                format!(
                    "`{key}` không phải khóa công khai minisign, cũng không phải tệp chứa khóa ấy"
                )
            }
            Language::English => {
                format!("`{key}` is neither a public key of minisign nor a file that holds one")
            }
        })
    })
}

/// What the last look left. That of another site would call a good one rolled back.
fn remembered(file: &Path, site: &str, language: Language) -> Result<Option<Memory>, Failure> {
    let Some(bytes) = disk::recall(file)? else { return Ok(None) };
    let file = file.display();
    let memory = Memory::read(&bytes).map_err(|why| {
        Failure::Said(match language {
            Language::Vietnamese => {
                format!("`{file}` không đọc được: {why}; xóa nó để bắt đầu lại")
            }
            Language::English => format!("`{file}` cannot be read: {why}; remove it to begin anew"),
        })
    })?;
    if memory.site == site {
        return Ok(Some(memory));
    }
    let other = &memory.site;
    Err(Failure::Said(match language {
        Language::Vietnamese => format!("`{file}` là của trang khác, {other}; mỗi trang một tệp"),
        Language::English => {
            format!("`{file}` is of another site, {other}; give each site its own")
        }
    }))
}

/// The addresses at which nothing may stand but a notice of this site: those that earlier sites had, and
/// those at which the site of today would have a notice and this one has none.
fn must_go<'a>(
    manifest: &Manifest,
    memory: Option<&Memory>,
    notices: impl Iterator<Item = &'a str>,
) -> BTreeSet<FilePath> {
    let mut paths = memory.map(|memory| memory.gone(manifest)).unwrap_or_default();
    let told: BTreeSet<&FilePath> = manifest.withheld.notices.iter().collect();
    paths.extend(notices.filter_map(FilePath::new).filter(|path| !told.contains(path)));
    paths
}

/// What looks at files.
struct Eyes<'a> {
    source: &'a Source,
    audit: Option<&'a Audit<'a>>,
    /// How many files did not answer.
    failed: AtomicUsize,
}

/// What one address showed, without its bytes.
struct Glance {
    path: FilePath,
    seen: Observed,
    is_asked: bool,
    is_listed: bool,
    findings: Vec<Finding>,
    tally: Tally,
    mentions: usize,
}

impl Eyes<'_> {
    /// Looks at the listed files, at those that must be gone, and in a folder at those that nobody listed.
    fn all(
        &self,
        manifest: &Manifest,
        listed: &[&Laid],
        must_go: &BTreeSet<FilePath>,
    ) -> Vec<Glance> {
        let is_gone = |file: &Laid| must_go.contains(&file.path);
        // Asked first: what a host shows there is known again at the addresses that must be gone.
        let nowhere = self.source.is_posted().then(|| {
            let path = FilePath::new(NOWHERE).expect("a plain name");
            self.source.get(&path, FILE_LIMIT)
        });
        let good = manifest.files.iter().filter(|file| !is_gone(file));
        let nothing = Nothing::new(good, nowhere.as_ref());
        let is_for_host = |path: &FilePath| self.source.is_posted() && is_for_host(path);
        let listed: Vec<&Laid> =
            listed.iter().copied().filter(|it| !is_gone(it) && !is_for_host(&it.path)).collect();
        let gone: Vec<&FilePath> = must_go.iter().filter(|path| !is_for_host(path)).collect();
        let notices: BTreeSet<&FilePath> = manifest.withheld.notices.iter().collect();
        let foreign = self.foreign(manifest, must_go);
        let mut glances: Vec<Glance> = self.source.side_by_side(|| {
            let listed = listed.into_par_iter().map(|file| {
                let limit = file.size.min(LISTED_LIMIT);
                let glance = self.glance(&file.path, limit, None, |seen| {
                    monitor::file(file, notices.contains(&file.path), seen)
                });
                Glance { is_listed: true, ..glance }
            });
            let gone = gone.into_par_iter().map(|path| {
                self.glance(path, FILE_LIMIT, None, |seen| monitor::gone(path, seen, &nothing))
            });
            let foreign = foreign
                .into_par_iter()
                .map(|path| self.glance(path, FILE_LIMIT, None, |_| Some(monitor::foreign(path))));
            listed.chain(gone).chain(foreign).collect()
        });
        // One cause, one finding: where it is told of an address that matters, it is not told of this one.
        let is_told = |found: &Finding| found.kind == "soft-404";
        if !glances.iter().any(|glance| glance.findings.iter().any(is_told))
            && let (Some(found), Some(first)) =
                (nowhere.as_ref().and_then(monitor::nowhere), glances.first_mut())
        {
            first.findings.push(found);
        }
        glances
    }

    /// The files of a folder that no manifest lists.
    fn foreign(&self, manifest: &Manifest, must_go: &BTreeSet<FilePath>) -> Vec<&FilePath> {
        let Source::Folder(_, Ok(paths)) = self.source else { return Vec::new() };
        let is_own = |path: &FilePath| {
            matches!(path.as_str(), MANIFEST | SIGNATURE)
                || path.as_str().starts_with('.')
                || must_go.contains(path)
                || manifest.files.binary_search_by(|file| file.path.cmp(path)).is_ok()
        };
        paths.iter().filter(|path| !is_own(path)).collect()
    }

    /// Looks at one address, unless it was seen already.
    fn glance(
        &self,
        path: &FilePath,
        limit: u64,
        seen: Option<Observed>,
        judge: impl FnOnce(&Observed) -> Option<Finding>,
    ) -> Glance {
        let mut seen = match seen {
            Some(seen) => seen,
            None if PATIENCE <= self.failed.load(Ordering::Relaxed) => Observed::NotAsked,
            None => self.source.get(path, limit),
        };
        if matches!(seen, Observed::Unreachable(_)) {
            self.failed.fetch_add(1, Ordering::Relaxed);
        }
        let mut findings: Vec<Finding> = judge(&seen).into_iter().collect();
        let (mut tally, mut mentions) = (Tally::default(), 0);
        if let Observed::Answered(answer) = &mut seen {
            let page = Page { path: path.clone(), bytes: std::mem::take(&mut answer.bytes) };
            if let Some(audit) = self.audit.filter(|_| matches!(answer.status, 200 | 404)) {
                let (report, counted) = audit.examine(&page);
                let (found, count) = monitor::ended(&page, &report);
                findings.extend(found);
                (tally, mentions) = (counted, count);
            }
        }
        let is_asked = seen != Observed::NotAsked;
        let path = path.clone();
        Glance { path, seen, is_asked, is_listed: false, findings, tally, mentions }
    }
}
