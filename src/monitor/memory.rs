//! What one look leaves to the next: the latest site that was seen, so that an earlier one is known for
//! what it is, and the addresses that have been gone since.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::files::{FilePath, hex};
use crate::manifest::Manifest;
use crate::model::date::Date;

/// The version of the form that is written, and the only one that is read.
const SCHEMA: u32 = 1;
/// At most so many addresses are remembered as gone.
const GONE: usize = 2000;

/// What the last look saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    schema: u32,
    /// Which site it was, as its address or folder.
    pub site: String,
    /// The number of the build.
    pub build_no: u64,
    /// The day it was made for.
    pub as_of: Date,
    /// The hash of its manifest.
    #[serde(with = "hex")]
    pub manifest_sha256: [u8; 32],
    files: BTreeSet<FilePath>,
    gone: BTreeSet<FilePath>,
}

impl Memory {
    /// Reads it, or says why it is none.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let memory: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if memory.schema == SCHEMA {
            Ok(memory)
        } else {
            Err(format!("`schema` {} ≠ {SCHEMA}", memory.schema))
        }
    }

    /// What is to be remembered of a manifest, after what was remembered before.
    #[must_use]
    pub fn next(before: Option<&Self>, site: &str, manifest: &Manifest, bytes: &[u8]) -> Self {
        Self {
            schema: SCHEMA,
            site: site.to_owned(),
            build_no: manifest.build_no,
            as_of: manifest.as_of,
            manifest_sha256: Sha256::digest(bytes).into(),
            files: manifest.files.iter().map(|file| file.path.clone()).collect(),
            gone: before.map(|before| before.gone(manifest)).unwrap_or_default(),
        }
    }

    /// The addresses that earlier sites had and this one has not.
    #[must_use]
    pub fn gone(&self, manifest: &Manifest) -> BTreeSet<FilePath> {
        let is_there =
            |path: &&FilePath| manifest.files.binary_search_by(|file| file.path.cmp(path)).is_ok();
        let before = self.files.union(&self.gone);
        before.filter(|path| !is_there(path)).take(GONE).cloned().collect()
    }

    /// The bytes of the file.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "the invariant holds for every value")]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("every key of a memory is a text");
        bytes.push(b'\n');
        bytes
    }
}
