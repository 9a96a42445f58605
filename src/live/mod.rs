//! A person at work: `watch` calls back when folders change, `serve` shows a site to the browser of this
//! machine, on any day. Both take closures and know neither what is built nor how.

#![expect(clippy::disallowed_methods, reason = "watching is looking at folders")]

use tokio::sync::watch as state;

mod address;
mod days;
mod dress;
pub mod serve;
mod served;
pub mod watch;

pub use days::{Days, Late, Pages, View};
pub use served::Served;

/// Ends what runs until it is told to end. All clones are one.
#[derive(Clone, Debug, Default)]
pub struct Stop(state::Sender<bool>);

impl Stop {
    /// Ends whatever was given this, now or later.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }

    /// Comes back once `stop` was called.
    async fn stopped(&self) {
        // An error would mean that no sender is left, and `self` is one.
        let _ = self.0.subscribe().wait_for(|stopped| *stopped).await;
    }
}
