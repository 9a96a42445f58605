//! What was read of the files of procedures, for who reads the same catalogue again after a change: what a file
//! says depends on its bytes, on its place among the files, and on the names that it may refer to.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Report;
use crate::files::{Content, FileId, FilePath};
use crate::load::names::Names;
use crate::load::sort::Named;
use crate::load::touch::Touch;
use crate::model::procedure::Procedure;
use crate::model::prose::Prose;

/// What was read the last time.
#[derive(Debug, Default)]
pub struct Memo {
    names: Arc<Names>,
    files: BTreeMap<FilePath, (FileId, blake3::Hash, Arc<Read>)>,
}

/// What a file says: a procedure, or nothing that can be understood; its code in any case where it has one;
/// what was found, and its free texts.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) procedure: Option<Arc<Procedure>>,
    pub(super) code: Option<String>,
    pub(super) report: Report,
    pub(super) prose: Vec<Prose>,
}

impl Memo {
    /// Forgets all where it was read with other names.
    pub(super) fn with(&mut self, names: &Names) {
        if *self.names != *names {
            self.names = Arc::new(names.clone());
            self.files.clear();
        }
    }

    /// Reads one file again, as it is written next to all that was read the last time.
    #[must_use]
    pub fn touch(&self) -> Touch {
        Touch::new(Arc::clone(&self.names))
    }

    /// What was read of these very bytes.
    pub(super) fn recall(&self, named: &Named<'_>, hash: blake3::Hash) -> Option<Arc<Read>> {
        let (file, known, read) = self.files.get(named.source.path)?;
        (*file == named.source.file && *known == hash).then(|| Arc::clone(read))
    }

    /// Keeps what was read now, and nothing else.
    pub(super) fn keep<'n, 'f: 'n>(
        &mut self,
        read: impl Iterator<Item = (&'n Named<'f>, blake3::Hash, Arc<Read>)>,
    ) {
        let kept = read.map(|(named, hash, read)| {
            (named.source.path.clone(), (named.source.file, hash, read))
        });
        self.files = kept.collect();
    }
}

/// By what the content of a file is known again. What was not read is known by nothing that a file could say.
pub(super) fn hash(content: &Content) -> blake3::Hash {
    match content {
        Content::Bytes(bytes) => blake3::hash(bytes),
        other => blake3::keyed_hash(&[0; 32], format!("{other:?}").as_bytes()),
    }
}
