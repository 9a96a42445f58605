//! What a site says of itself in `build.json`: the day it was made for, how long it can be trusted, every
//! file with its hash. It is written last, so a site that has one is whole.
//!
//! Of what is withheld it tells counts, and the addresses at which notices stand; no code, number or
//! title of it. Pure: what stands at the target comes in as bytes, what is asked for as [`Wanted`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

pub mod close;
pub mod signature;

use crate::files::{FilePath, Laid, hex};
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::procedure::ProcedureId;
use crate::validity::Assessment;
use crate::validity::forecast;
use crate::validity::left_out::LeftOut;
use crate::validity::procedure::ProcedureStanding;

/// The version of the form that is written, and the only one that is read.
pub const SCHEMA: u32 = 1;
/// The file beside the manifest that holds its signature.
pub const SIGNATURE: &str = "build.json.minisig";
/// How many days ahead the coming changes are counted.
const HORIZON: i64 = 400;
/// Việt Nam has kept it since 1975; days begin by it.
const ZONE: &str = "+07:00";

/// What a site says of itself. As JSON its keys stand in this order; some may be added, none renamed or
/// removed, while [`SCHEMA`] stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this form.
    pub schema: u32,
    /// What made the site.
    pub tool: String,
    /// In which version.
    pub tool_version: String,
    /// One more than that of the site it replaced; the same only where nothing differs, not one byte.
    pub build_no: u64,
    /// What it was made from, where that was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The day it was made for.
    pub as_of: Date,
    /// The zone in which days are counted.
    pub zone: String,
    /// The first day after on which anything differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_change: Option<Coming>,
    /// All such days of the next 400.
    pub changes: Vec<Coming>,
    /// For so many days the site can be trusted without being made again.
    pub max_age_days: u32,
    /// The first day on which it can be trusted no more.
    pub valid_until: Date,
    /// What is published.
    pub procedures: Procedures,
    /// What is not.
    pub withheld: Withheld,
    /// What the audit of the bytes found, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<Value>,
    /// Of a build with a horizon: the sites of which it consists, each with a manifest of its own. All else
    /// that is told here is told of the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slices: Vec<Slice>,
    /// One hash of all files, see [`tree`].
    #[serde(with = "hex")]
    pub tree_sha256: [u8; 32],
    /// Every file of the site in the byte order of the paths, without this one, its signature and the
    /// marker of the folder; and without the manifests and signatures of slices.
    pub files: Vec<Laid>,
}

/// What a site was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The commit of the catalogue.
    pub commit: String,
}

/// A day on which something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coming {
    /// The day.
    pub date: Date,
    /// How many things: documents, procedures, parts, citations, groups, agencies, offices. None where
    /// only the words of a notice differ.
    pub count: usize,
}

/// The procedures of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedures {
    /// How many are published.
    pub published: usize,
    /// How many more are announced.
    pub announced: usize,
    /// Those published, in the order of their codes.
    pub live: Vec<Live>,
}

/// A published procedure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Live {
    /// Mã số TTHC.
    pub code: String,
    /// Where its page stands.
    pub path: FilePath,
    /// The first day without it, where one of the next 400 days is known to be that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// The site of some days, in a folder of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slice {
    /// The first day on which it is served.
    pub from: Date,
    /// The first day on which it is served no more.
    pub until: Date,
    /// Where it stands.
    pub folder: FilePath,
    /// What its own manifest says of its files.
    #[serde(with = "hex")]
    pub tree_sha256: [u8; 32],
}

/// What is not published, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// Procedures, for want of a basis or by a decision.
    pub procedures: usize,
    /// Procedures whose day has not come and is not announced.
    pub not_yet: usize,
    /// Joint groups.
    pub groups: usize,
    /// Legal bases of published procedures.
    pub legal_bases: usize,
    /// Parts of published procedures.
    pub parts: usize,
    /// Texts that name what is no longer in force.
    #[serde(default)]
    pub texts: usize,
    /// Where notices stand in the place of procedures, documents and agencies.
    pub notices: Vec<FilePath>,
}

/// What a manifest is made of, but for the files.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// What holds on the day.
    pub assessment: &'a Assessment,
    /// Where each version of a procedure has its page or its notice.
    pub addresses: BTreeMap<ProcedureId, &'a str>,
    /// Where notices stand.
    pub notices: Vec<&'a str>,
    /// How many texts are not shown.
    pub texts: usize,
    /// The first day on which the site can be trusted no more, see [`valid_until`].
    pub valid_until: Date,
    /// What the audit found.
    pub audit: Option<Value>,
    /// The slices of a build with a horizon.
    pub slices: Vec<Slice>,
}

/// What was asked for, beyond the site itself.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The commit of the catalogue.
    pub source_commit: Option<String>,
    /// The number that the build is to have.
    pub build_no: Option<u64>,
    /// Which accidents are none this time.
    pub allowed: Vec<close::Stop>,
    /// The key to sign with.
    pub key: Option<signature::SecretKey>,
}

impl Manifest {
    /// The manifest of a site whose files are laid down. The files stand in the order of their paths.
    #[must_use]
    pub fn new(facts: &Facts<'_>, wanted: &Wanted, build_no: u64, files: &[Laid]) -> Self {
        let Facts { catalogue, assessment, .. } = *facts;
        let changes = changes(catalogue, assessment);
        let next = assessment.next_change(catalogue);
        Self {
            schema: SCHEMA,
            tool: env!("CARGO_PKG_NAME").to_owned(),
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            build_no,
            source: wanted.source_commit.clone().map(|commit| Source { commit }),
            as_of: assessment.as_of,
            zone: ZONE.to_owned(),
            next_change: next.map(|date| Coming { date, count: count(&changes, date) }),
            changes: within_horizon(assessment.today, &changes),
            max_age_days: catalogue.site.policies.max_age,
            valid_until: facts.valid_until,
            procedures: procedures(facts),
            withheld: withheld(facts),
            audit: facts.audit.clone(),
            slices: facts.slices.clone(),
            tree_sha256: tree(files),
            files: files.to_vec(),
        }
    }

    /// Reads a manifest, or says in Vietnamese and in English why it is none.
    pub fn read(bytes: &[u8]) -> Result<Self, [String; 2]> {
        let manifest: Self = parse(bytes)?;
        agree(&manifest.files, manifest.tree_sha256)?;
        Ok(manifest)
    }

    /// The bytes of `build.json`.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "the invariant holds for every value")]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("every key of a manifest is a text");
        bytes.push(b'\n');
        bytes
    }
}

/// Whether a manifest lists its files in order, and its hash of all is theirs; or why not.
fn agree(files: &[Laid], hash: [u8; 32]) -> Result<(), [String; 2]> {
    if !files.is_sorted_by(|one, other| one.path < other.path) {
        return Err([
            "các tệp không theo thứ tự, hoặc một tệp có hai lần".to_owned(),
            "the files are out of order, or one stands twice".to_owned(),
        ]);
    }
    if tree(files) != hash {
        return Err([
            "`tree_sha256` không phải của các tệp được kê".to_owned(),
            "`tree_sha256` is not that of the files listed".to_owned(),
        ]);
    }
    Ok(())
}

/// Reads what of a manifest is needed, if it has the form that is known here.
fn parse<T: for<'d> Deserialize<'d>>(bytes: &[u8]) -> Result<T, [String; 2]> {
    #[derive(Deserialize)]
    struct Form {
        schema: u32,
    }
    let unread = |error: serde_json::Error| [error.to_string(), error.to_string()];
    let Form { schema } = serde_json::from_slice(bytes).map_err(unread)?;
    if schema != SCHEMA {
        return Err([
            format!("`schema` {schema} không phải là dạng đọc được ở đây ({SCHEMA})"),
            format!("`schema` {schema} is not the form that is read here ({SCHEMA})"),
        ]);
    }
    serde_json::from_slice(bytes).map_err(unread)
}

/// One hash of all files: SHA-256 over a line for each, its SHA-256 in small hexadecimal digits, two
/// spaces, its path and a line feed, in the byte order of the paths. These are the lines that `sha256sum`
/// prints, so that a shell can compute it too.
#[must_use]
pub fn tree(files: &[Laid]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for Laid { path, sha256, .. } in files {
        hash.update(format!("{}  {path}\n", hex::text(sha256)));
    }
    hash.finalize().into()
}

/// The first day on which a site can be trusted no more: after its greatest age, or when something on it
/// changes, whichever comes first.
#[must_use]
pub fn valid_until(as_of: Date, max_age: u32, next_change: Option<Date>) -> Date {
    let aged = later(as_of, i64::from(max_age));
    next_change.map_or(aged, |day| aged.min(day))
}

fn later(day: Date, days: i64) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}

/// How many things differ on each day to come.
fn changes(catalogue: &Catalogue, assessment: &Assessment) -> BTreeMap<Date, usize> {
    let days = assessment.change_days(catalogue).into_iter();
    let mut counts: BTreeMap<Date, usize> =
        days.filter(|day| assessment.today < *day).map(|day| (day, 0)).collect();
    for change in forecast::changes(catalogue, assessment) {
        *counts.entry(change.day).or_default() += 1;
    }
    counts
}

fn count(changes: &BTreeMap<Date, usize>, day: Date) -> usize {
    changes.get(&day).copied().unwrap_or_default()
}

fn within_horizon(today: Date, changes: &BTreeMap<Date, usize>) -> Vec<Coming> {
    let days = changes.range(..=later(today, HORIZON));
    days.map(|(date, count)| Coming { date: *date, count: *count }).collect()
}

fn procedures(facts: &Facts<'_>) -> Procedures {
    let mut procedures = Procedures::default();
    for (id, procedure) in facts.catalogue.procedure_ids() {
        match facts.assessment.procedure(id) {
            ProcedureStanding::Published(_) => {
                let path = facts.addresses.get(&id).and_then(|address| FilePath::new(address));
                let code = procedure.code.value.clone();
                let until = ends(facts.assessment, id);
                procedures.live.extend(path.map(|path| Live { code, path, until }));
            }
            ProcedureStanding::Announced { .. } => procedures.announced += 1,
            _ => {}
        }
    }
    procedures.live.sort_unstable();
    procedures.published = procedures.live.len();
    procedures
}

/// The first day within the horizon on which a published version is so no more.
fn ends(assessment: &Assessment, id: ProcedureId) -> Option<Date> {
    let mut ahead = assessment.procedure_timeline(id).changes();
    let goes = ahead.find(|(day, then)| {
        assessment.today < *day && !matches!(then, ProcedureStanding::Published(_))
    });
    goes.map(|(day, _)| day).filter(|day| *day <= later(assessment.as_of, HORIZON))
}

fn withheld(facts: &Facts<'_>) -> Withheld {
    let left_out = LeftOut::new(facts.catalogue, facts.assessment);
    Withheld {
        procedures: left_out.withheld.len(),
        not_yet: left_out.not_yet.len(),
        groups: left_out.groups.len(),
        legal_bases: left_out.citations.len(),
        parts: left_out.elements.len(),
        texts: facts.texts,
        notices: facts.notices.iter().filter_map(|address| FilePath::new(address)).collect(),
    }
}
