//! A site after a small change: where nothing but parts inside some procedures is another, and no other page, list
//! or day depends on these, all that was laid out stays, and only the pages are drawn anew. What such a change is,
//! is decided by whoever read it.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::second::{self, Tongue};
use super::view::paper::Marked;
use super::{Searched, Site};
use crate::files::FileTree;
use crate::model::Catalogue;
use crate::model::procedure::{Procedure, ProcedureId};
use crate::validity::Assessment;

impl Site {
    /// The same site with other parts inside some procedures, as they stand in `files`, and as much of them as
    /// `assessment` knows.
    #[must_use]
    pub fn touched(
        &self,
        others: &BTreeMap<ProcedureId, Arc<Procedure>>,
        assessment: &Assessment,
        files: &FileTree,
    ) -> Self {
        let edits = self.edits.as_ref().map(|edits| Arc::new(edits.with(others, files)));
        let mut touch = Touch { others, made: Vec::new() };
        let mut anew = |site: &Self, search: &Arc<OnceLock<Searched>>| Self {
            catalogue: touch.catalogue(&site.catalogue, site.tongue.as_deref()),
            tongue: site.tongue.as_ref().map(|tongue| touch.tongue(tongue)),
            assessment: assessment.for_the_day_of(&site.assessment),
            edits: edits.clone(),
            readings: Arc::default(),
            search: Arc::clone(search),
            marked: Arc::new(Marked::new(site.catalogue.procedures.len())),
            graph: Arc::default(),
            later: Arc::default(),
            second: None,
            ..site.clone()
        };
        let mut on_all_days = |site: &Self| {
            let search = Arc::default();
            let later = site.later.iter().map(|later| anew(later, &search)).collect();
            Self { later, ..anew(site, &search) }
        };
        let second = self.second.as_ref().map(|second| Arc::new(on_all_days(second)));
        Self { second, ..on_all_days(self) }
    }
}

/// What is changed, and the catalogues with it, each made once for all the days that share it.
struct Touch<'a> {
    others: &'a BTreeMap<ProcedureId, Arc<Procedure>>,
    made: Vec<[Arc<Catalogue>; 2]>,
}

impl Touch<'_> {
    /// A catalogue, which is in the second language where there is a tongue.
    fn catalogue(&mut self, of: &Arc<Catalogue>, tongue: Option<&Tongue>) -> Arc<Catalogue> {
        if let Some([_, made]) = self.made.iter().find(|[old, _]| Arc::ptr_eq(old, of)) {
            return Arc::clone(made);
        }
        let said = |(id, other): (&ProcedureId, &Arc<Procedure>)| match tongue {
            Some(tongue) => (*id, Arc::new(second::procedure(other, *id, tongue))),
            None => (*id, Arc::clone(other)),
        };
        let made = Arc::new(of.with_procedures(&self.others.iter().map(said).collect()));
        self.made.push([Arc::clone(of), Arc::clone(&made)]);
        made
    }

    fn tongue(&mut self, tongue: &Arc<Tongue>) -> Arc<Tongue> {
        Arc::new(tongue.with(self.catalogue(&tongue.of, None)))
    }
}
