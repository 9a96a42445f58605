//! A site that was made, with all that it was made of, and the same site after a small change of some procedures:
//! as the whole way would make it, at a cost that hardly grows with the catalogue. Whether a change is small is
//! told here; every other goes the whole way.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Understood;
use crate::files::FileTree;
use crate::load::Touch;
use crate::model::procedure::{Procedure, ProcedureId};
use crate::model::prose::Owner;
use crate::model::texts;
use crate::render::Site;

/// What was made.
#[derive(Clone)]
pub struct Made {
    /// The catalogue's files.
    pub files: FileTree,
    /// What was understood of them.
    pub understood: Arc<Understood>,
    /// The site.
    pub site: Arc<Site>,
    /// Who reads one of the files again.
    pub touch: Touch,
}

impl Made {
    /// The site of other files; none where what differs may reach beyond the procedures that are written there, or
    /// where what they say now must be judged with all else.
    #[must_use]
    pub fn touched(&self, files: &FileTree) -> Option<Site> {
        let Understood { catalogue, assessment, .. } = &*self.understood;
        let (mut others, mut counts) = (BTreeMap::new(), BTreeMap::new());
        for file in self.files.differing(files)? {
            let mut all = catalogue.procedure_ids();
            let (id, was) = all.find(|(_, procedure)| procedure.span().file == file)?;
            let is = self.touch.read((&self.files, was), files, file)?;
            if !self.may_be_shown(id, &is) {
                return None;
            }
            if was.elements.len() != is.elements.len() {
                counts.insert(id, is.elements.len());
            }
            others.insert(id, Arc::new(is));
        }
        let with_parts = (!counts.is_empty()).then(|| assessment.with_parts(&counts));
        Some(self.site.touched(&others, with_parts.as_ref().unwrap_or(assessment), files))
    }

    /// Whether nothing of a procedure was hushed on any day, and nothing it says now would be.
    fn may_be_shown(&self, id: ProcedureId, is: &Procedure) -> bool {
        let Understood { hushed, lookout, .. } = &*self.understood;
        let owner = Owner::Procedure(id);
        let mut silences = hushed.days().flat_map(|(_, silence)| silence.values());
        let is_hushed = silences.any(|hush| hush.owner == owner);
        !is_hushed && texts::texts_of(is, id).iter().all(|text| lookout.clears(text))
    }
}
