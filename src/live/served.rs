//! What the server shows at this moment: the last good site, the findings of the builds since, and the number
//! of the generation. Whoever builds writes it, the server reads it; neither waits for the other.

use std::fmt;
use std::sync::Arc;

use tokio::sync::watch;

use crate::files::FilePath;

/// Draws the page at a path, or none where the site has none.
pub(super) type Pages = Arc<dyn Fn(&FilePath) -> Option<Vec<u8>> + Send + Sync>;

/// The site that is served. All clones are one.
#[derive(Clone, Debug)]
pub struct Served(watch::Sender<Shown>);

/// One generation.
#[derive(Clone)]
pub(super) struct Shown {
    number: u64,
    /// The last good site, if there was one.
    pub(super) pages: Option<Pages>,
    /// Plain text that is shown over each page, or alone where there are no pages.
    pub(super) findings: Option<Arc<str>>,
}

impl Served {
    /// No site yet: every address shows these words, such as that the first build is under way.
    #[must_use]
    pub fn new(words: &str) -> Self {
        Self(watch::Sender::new(Shown { number: 0, pages: None, findings: Some(words.into()) }))
    }

    /// Shows a site from now on. The closure draws one page at a time, on several threads.
    pub fn show(&self, pages: impl Fn(&FilePath) -> Option<Vec<u8>> + Send + Sync + 'static) {
        self.replace(Some(Arc::new(pages)), None);
    }

    /// Keeps the last good site and shows findings over it. They are plain text.
    pub fn fail(&self, findings: &str) {
        self.replace(None, Some(findings.into()));
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

    /// Without pages, those of before stay.
    fn replace(&self, pages: Option<Pages>, findings: Option<Arc<str>>) {
        let mut older = None;
        self.0.send_modify(|shown| {
            let pages = pages.or_else(|| shown.pages.clone());
            let newer = Shown { number: shown.number + 1, pages, findings };
            older = Some(std::mem::replace(shown, newer));
        });
        // The old site may be large: it goes here, where no one waits.
        drop(older);
    }
}

impl Shown {
    /// A name that no other generation has, not even one of the server that ran here before.
    pub(super) fn generation(&self) -> String {
        format!("{}-{}", std::process::id(), self.number)
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, pages, findings } = self;
        let pages = pages.is_some();
        write!(formatter, "Shown {{ number: {number}, pages: {pages}, findings: {findings:?} }}")
    }
}
