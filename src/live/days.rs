//! What one state of the files looks like on each day that a browser asks for. The days that are looked at are kept,
//! and no more than a few of them; which days there are, and how one is made, is known to whoever builds.

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::files::FilePath;

/// Draws the page at a path, or none where the site has none.
pub type Pages = Arc<dyn Fn(&FilePath) -> Option<Vec<u8>> + Send + Sync>;

/// Tells something when it is asked for, which may take a while.
pub type Late = Arc<dyn Fn() -> Arc<str> + Send + Sync>;

/// The site of one day.
#[derive(Clone)]
pub struct View {
    /// The pages; none where no site can be made of the files.
    pub pages: Option<Pages>,
    /// Plain text that is shown over the last good site, or alone, where there are no pages.
    pub findings: Option<Arc<str>>,
    /// What the bar at the foot of each page shows, as JSON for its script; none where it is not known before
    /// the files are shown again.
    pub bar: Option<Late>,
}

/// Which day is meant by what a browser asks for.
type Meant = dyn Fn(Option<&str>) -> String + Send + Sync;

/// So many days are kept at once; the one that was not asked for the longest goes first.
const KEPT: usize = 3;

/// One state of the files, on any day.
pub struct Days {
    day: Box<Meant>,
    view: Box<dyn Fn(&str) -> View + Send + Sync>,
    /// The one that was asked for last stands last. Each is made once, while others are not kept waiting.
    kept: Mutex<Vec<(String, Arc<OnceLock<View>>)>>,
}

impl Days {
    /// `day` says which day is meant by what a browser asks for, which may be nothing or nonsense; `view` makes
    /// the site of that day.
    pub fn new(
        day: impl Fn(Option<&str>) -> String + Send + Sync + 'static,
        view: impl Fn(&str) -> View + Send + Sync + 'static,
    ) -> Self {
        Self { day: Box::new(day), view: Box::new(view), kept: Mutex::default() }
    }

    /// The day that is meant, and what is seen on it.
    #[must_use]
    pub fn view(&self, asked: Option<&str>) -> (String, View) {
        let day = (self.day)(asked);
        let place = self.place(&day);
        let view = place.get_or_init(|| (self.view)(&day)).clone();
        (day, view)
    }

    fn place(&self, day: &str) -> Arc<OnceLock<View>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let place = match kept.iter().position(|(known, _)| known == day) {
            Some(at) => kept.remove(at),
            None => (day.to_owned(), Arc::default()),
        };
        let made = Arc::clone(&place.1);
        kept.push(place);
        if kept.len() > KEPT {
            kept.remove(0);
        }
        made
    }
}

impl fmt::Debug for Days {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Days").finish_non_exhaustive()
    }
}

impl fmt::Debug for View {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pages, findings, .. } = self;
        write!(formatter, "View {{ pages: {}, findings: {findings:?} }}", pages.is_some())
    }
}
