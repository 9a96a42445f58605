//! What stands at the site's place when the disk fails: at the first call to the system, at the second, and so
//! on to the last, each in a build of its own. `fail.c` lets calls fail; it is compiled when the tests run.
//!
//! After each build one whole generation stands, the old or the new; an error is one message that names the
//! thing; and the next build succeeds and leaves nothing behind. `NIEMYET_FAULTS=all` sweeps seven errors in
//! all ways, some fifteen thousand builds; without it a part of that is swept.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test works on real folders")]
#![expect(clippy::print_stdout, reason = "what was measured is shown with `--nocapture`")]

mod folders;
mod many;
mod mounts;
mod sweep;
