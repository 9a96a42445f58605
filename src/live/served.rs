//! What the server shows at this moment: the files as they stand, the last of which a site could be made, and the
//! number of the generation. Whoever builds writes it, the server reads it; neither waits for the other.

use std::sync::Arc;

use tokio::sync::watch;

use super::days::{Days, View};

/// The site that is served. All clones are one.
#[derive(Clone, Debug)]
pub struct Served(watch::Sender<Shown>);

/// One generation.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    number: u64,
    /// The files as they stand.
    now: Arc<Days>,
    /// The last state of the files that gave a site; the same as `now` where nothing is broken, and older
    /// where that is not known yet.
    good: Option<Arc<Days>>,
}

impl Served {
    /// What is shown before the first build, such as that it is under way.
    #[must_use]
    pub fn new(days: Days) -> Self {
        Self(watch::Sender::new(Shown { number: 0, now: Arc::new(days), good: None }))
    }

    /// Shows the files as they stand from now on. Where no site can be made of them, the pages of the last good one
    /// stay, with the findings over them.
    pub fn show(&self, days: Days) {
        // The day that most will ask for is made here, where no one waits.
        let is_good = days.view(None).1.pages.is_some();
        self.put(days);
        if is_good {
            self.keep();
        }
    }

    /// Shows the files as they stand, while it is not known yet whether they are good: the last good site is at
    /// hand until they are kept.
    pub fn put(&self, days: Days) {
        let now = Arc::new(days);
        self.change(
            |shown| Shown { number: shown.number + 1, now, good: shown.good.clone() },
            true,
        );
    }

    /// Puts the same files in the place of what is shown, by who knows more of them: no page is loaded again.
    pub fn renew(&self, days: Days) {
        let now = Arc::new(days);
        self.change(|shown| Shown { now, ..shown.clone() }, true);
    }

    /// What is shown is good.
    pub fn keep(&self) {
        self.change(|shown| Shown { good: Some(Arc::clone(&shown.now)), ..shown.clone() }, false);
    }

    /// Tells who follows, where that is wanted.
    fn change(&self, newer: impl FnOnce(&Shown) -> Shown, is_told: bool) {
        let mut older = None;
        self.0.send_if_modified(|shown| {
            let newer = newer(shown);
            older = Some(std::mem::replace(shown, newer));
            is_told
        });
        // The old site may be large: it goes here, where no one waits.
        drop(older);
    }

    /// What is shown now.
    pub(super) fn now(&self) -> Shown {
        self.0.borrow().clone()
    }

    /// Tells the present generation at once, and each later one.
    pub(super) fn follow(&self) -> watch::Receiver<Shown> {
        let mut follower = self.0.subscribe();
        follower.mark_changed();
        follower
    }
}

impl Shown {
    /// A name that no other generation has, not even one of the server that ran here before.
    pub(super) fn generation(&self) -> String {
        format!("{}-{}", std::process::id(), self.number)
    }

    /// The day that is meant and what is seen on it: of broken files what is found in them, with the pages that the
    /// last good ones have for the day.
    pub(super) fn view(&self, asked: Option<&str>) -> (String, View) {
        let (day, view) = self.now.view(asked);
        let good = self.good.as_ref().filter(|_| view.pages.is_none());
        let pages = view.pages.or_else(|| good?.view(asked).1.pages);
        (day, View { pages, ..view })
    }
}
