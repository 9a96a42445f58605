//! What is shown at once after a small change of some procedures, held against the site that is made of the same
//! files from nothing: every page of it.

use std::path::Path;
use std::sync::Arc;

use niemyet::disk;
use niemyet::files::FileTree;
use niemyet::load::{self, Memo};
use niemyet::model::date;
use niemyet::pipeline::{self, Made, Site};
use rayon::iter::ParallelIterator;

use super::site::{Tree, difference};
use super::world::{DAYS, World};

/// The last site that was made, with what else it was made of.
#[derive(Default)]
pub(crate) struct Last {
    memo: Memo,
    made: Option<(Made, FileTree, usize)>,
}

impl Last {
    /// Whether an edit was small enough to be shown at once; or what differs then.
    pub(crate) fn touched(&mut self, folder: &Path, world: &World) -> Result<bool, String> {
        let read = |name| disk::read(&folder.join(name)).ok();
        // What cannot be read is told by the build.
        let (Some(files), Some(theme)) = (read("catalogue"), read("theme")) else {
            return Ok(false);
        };
        let touched = self.made.as_ref().filter(|(_, its, day)| *its == theme && *day == world.day);
        let touched = touched.filter(|(made, ..)| made.files != files);
        let touched = touched.and_then(|(made, ..)| made.touched(&files));
        let loaded = load::load_again(&files, &mut self.memo);
        let touch = self.memo.touch();
        let day = date::parse(DAYS[world.day]).expect("a day");
        let (understood, mut report) = pipeline::understand(loaded, &files, day, |_| ());
        let site = understood
            .as_ref()
            .and_then(|known| pipeline::site(known, &files, &theme, &mut report));
        let difference = touched.as_ref().map(|touched| match &site {
            Some(site) => difference(&pages(touched), &pages(site)),
            None => Some("a site was shown at once of which there is none".to_owned()),
        });
        if let (Some(understood), Some(site)) = (understood, site) {
            let (understood, site) = (Arc::new(understood), Arc::new(site));
            self.made = Some((Made { files, understood, site, touch }, theme, world.day));
        }
        match difference {
            None => Ok(false),
            Some(None) => Ok(true),
            Some(Some(what)) => Err(format!("what is shown at once differs: {what}")),
        }
    }
}

fn pages(site: &Site) -> Tree {
    let pages: Vec<_> = pipeline::pages(site).collect();
    let pages = pages.into_iter();
    pages.map(|(page, _)| (page.path.as_str().to_owned(), (0, page.bytes))).collect()
}
