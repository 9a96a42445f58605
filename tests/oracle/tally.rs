//! How much was compared, and how often each answer and each branch of the rules was met. A comparison
//! proves a rule only where the rule has decided something: [`Tally::is_complete`] demands all of them.

use std::collections::BTreeMap;
use std::fmt;

/// How much was compared, and what was met.
#[derive(Default)]
pub(crate) struct Tally {
    /// Documents on days.
    pub(crate) documents: usize,
    /// Provisions on days.
    pub(crate) provisions: usize,
    /// Citations on days.
    pub(crate) citations: usize,
    /// Procedures on days.
    pub(crate) procedures: usize,
    met: BTreeMap<&'static str, BTreeMap<String, usize>>,
}

impl Tally {
    /// All (register, question, day) triples.
    pub(crate) fn triples(&self) -> usize {
        self.documents + self.provisions + self.citations + self.procedures
    }

    pub(crate) fn meet(&mut self, kind: &'static str, what: &str) {
        let met = self.met.entry(kind).or_default();
        match met.get_mut(what) {
            Some(count) => *count += 1,
            None => drop(met.insert(what.to_owned(), 1)),
        }
    }

    /// What of [`KINDS`] was never met, and what was met that it does not name.
    pub(crate) fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        for (kind, all) in KINDS {
            let met = self.met.get(kind);
            let never = all.iter().filter(|what| met.is_none_or(|met| !met.contains_key(**what)));
            missing.extend(never.map(|what| format!("never met, {kind}: {what}")));
        }
        for (kind, met) in &self.met {
            let known = KINDS.iter().find(|(known, _)| known == kind).map_or(&[][..], |it| it.1);
            let unknown = met.keys().filter(|what| !known.contains(&what.as_str()));
            missing.extend(unknown.map(|what| format!("not in the table, {kind}: {what}")));
        }
        missing
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.provisions += other.provisions;
        self.citations += other.citations;
        self.procedures += other.procedures;
        for (kind, met) in other.met {
            let mine = self.met.entry(kind).or_default();
            for (what, count) in met {
                *mine.entry(what).or_default() += count;
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} triples:", self.triples())?;
        writeln!(formatter, "{:>12}  documents as a whole", self.documents)?;
        writeln!(formatter, "{:>12}  provisions", self.provisions)?;
        writeln!(formatter, "{:>12}  citations", self.citations)?;
        writeln!(formatter, "{:>12}  procedures", self.procedures)?;
        for (kind, met) in &self.met {
            writeln!(formatter, "{kind}")?;
            for (what, count) in met {
                writeln!(formatter, "{count:>12}  {what}")?;
            }
        }
        Ok(())
    }
}

/// All that has to be met.
const KINDS: [(&str, &[&str]); 17] = [
    (
        "force of a document",
        &[
            "NotYet",
            "NotYetButInPart",
            "InForce",
            "InForceInPart",
            "PartlyEnded",
            "Suspended",
            "PartlySuspended",
            "Ended",
            "EndedExcept",
            "Withdrawn",
            "NotItsOwn",
            "Unknown",
        ],
    ),
    (
        "force of a provision",
        &[
            "NotYet",
            "InForce",
            "PartlyEnded",
            "Suspended",
            "PartlySuspended",
            "Ended",
            "NotItsOwn",
            "Unknown",
        ],
    ),
    (
        "citation of a whole",
        &[
            "InForce",
            "Exempt",
            "BeforeWindow",
            "AfterWindow",
            "NotYet",
            "Suspended",
            "Ended",
            "Unknown",
            "NotInRegister",
            "NotNormative",
        ],
    ),
    (
        "citation of provisions",
        &[
            "InForce",
            "Exempt",
            "BeforeWindow",
            "AfterWindow",
            "NotYet",
            "Suspended",
            "Ended",
            "ProvisionEnded",
            "ProvisionUnclear",
            "Unknown",
            "NotInRegister",
            "NotNormative",
        ],
    ),
    (
        "a cited provision ended",
        &[
            "Điều, by itself",
            "Điều, in part",
            "Điều, with its chapter",
            "Điều, with the whole",
            "khoản, by itself",
            "khoản, in part",
            "khoản, with its article",
            "khoản, with its chapter",
            "khoản, with the whole",
            "điểm, by itself",
            "điểm, with its article",
            "điểm, with its chapter",
            "điểm, with its clause",
            "điểm, with the whole",
        ],
    ),
    (
        "an exemption",
        &[
            "excuses a document that ended",
            "excuses a document that ended but for some provisions",
            "excuses a document that was withdrawn",
            "excuses a provision that ended",
            "excuses a provision that ended in part",
            "does not excuse what has not begun",
            "does not excuse what is suspended",
            "does not excuse what is unknown",
            "is not needed",
            "is over",
        ],
    ),
    ("a citation is shown", &["Hidden", "InForce", "Exempt", "Unchecked"]),
    ("a procedure", &["internal", "not yet", "announced", "published", "superseded", "withheld"]),
    (
        "a procedure is withheld",
        &[
            "for a basis lost",
            "for want of a basis",
            "its window has ended",
            "repealed",
            "repealed by a decision without a day, from the day it was signed",
            "replaced by another",
        ],
    ),
    ("a repeal", &["holds", "is undone by a later decision", "prevails on its day"]),
    (
        "an element",
        &["outside its window", "shown by its bases", "shown without bases", "without support"],
    ),
    ("a group", &["filed", "not filed"]),
    (
        "a parent ends",
        &[
            "up to 2025-03-31: it falls",
            "up to 2025-03-31: it falls, though announced to continue",
            "in the spring of 2025: it lives on",
            "in the spring of 2025: it lives on, as announced",
            "from 2025-07-01: it falls",
            "from 2025-07-01: it lives on, as announced",
        ],
    ),
    (
        "a tie",
        &[
            "of parts to parts of a parent",
            "of parts to a parent",
            "to a parent",
            "to parts of a parent",
        ],
    ),
    (
        "an act counts",
        &[
            "DeclaresContinuing parts",
            "DeclaresContinuing parts, but for some",
            "DeclaresContinuing unspecified",
            "DeclaresContinuing unspecified, but for some",
            "DeclaresContinuing whole",
            "DeclaresContinuing whole, but for some",
            "DeclaresExpired parts",
            "DeclaresExpired parts, but for some",
            "DeclaresExpired unspecified",
            "DeclaresExpired unspecified, but for some",
            "DeclaresExpired whole",
            "DeclaresExpired whole, but for some",
            "Extends parts",
            "Extends parts, but for some",
            "Extends unspecified",
            "Extends unspecified, but for some",
            "Extends whole",
            "Extends whole, but for some",
            "Postpones parts",
            "Postpones parts, but for some",
            "Postpones unspecified",
            "Postpones unspecified, but for some",
            "Postpones whole",
            "Postpones whole, but for some",
            "Repeals parts",
            "Repeals parts, but for some",
            "Repeals unspecified",
            "Repeals unspecified, but for some",
            "Repeals whole",
            "Repeals whole, but for some",
            "Replaces parts",
            "Replaces parts, but for some",
            "Replaces unspecified",
            "Replaces unspecified, but for some",
            "Replaces whole",
            "Replaces whole, but for some",
            "Resumes parts",
            "Resumes parts, but for some",
            "Resumes unspecified",
            "Resumes unspecified, but for some",
            "Resumes whole",
            "Resumes whole, but for some",
            "Suspends parts",
            "Suspends parts, but for some",
            "Suspends unspecified",
            "Suspends unspecified, but for some",
            "Suspends whole",
            "Suspends whole, but for some",
        ],
    ),
    (
        "when an act counts",
        &[
            "by a clause",
            "by a clause, never",
            "by the whole",
            "by the whole, later than its author began",
            "by the whole, never",
        ],
    ),
    (
        "a suspension",
        &[
            "died with its author",
            "has reached its day",
            "holds",
            "is resumed as a whole",
            "is resumed for some of its provisions",
        ],
    ),
];
