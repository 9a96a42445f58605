//! Puts a finished generation in the place of the one before.
//!
//! Where nothing or an empty folder stands, one rename does it. Else the two folders are exchanged in one
//! step, with `renameat2(RENAME_EXCHANGE)` on Linux and `renameatx_np(RENAME_SWAP)` on macOS: at every
//! moment the path leads to a whole site, the old one or the new one.
//!
//! Some file systems cannot exchange (NFS, SMB, some FUSE). There two renames follow each other, and
//! between them, for about 15 microseconds, nothing stands at the path. A build that is killed right then
//! leaves no site at the path and the old one whole beside, as `.public.old`; the next build puts it back
//! before it does anything else. A link to the current generation was refused as the way out: a folder
//! cannot be replaced by a link in one step either, tools that copy a site copy the link instead, and most
//! file systems that cannot exchange have no links.
//!
//! The old generation is removed right after the switch. A short grace would spare a reader who holds its
//! folder open a missing file; but it holds law that has ended, and no copy of that is kept.

use std::io;

use rustix::fs::{fsync, renameat};
use rustix::io::Errno;

use super::guard::{Standing, Target, standing};
use super::stage::{NEW, is_left, remove};
use super::trouble::{failed, refused, said};
use crate::language::Language;

/// The ending of the old generation's name while two renames are under way.
const OLD: &str = ".old";

/// Puts back, and removes, what a killed build left. To be called before anything else, under the lock.
pub(super) fn recover(target: &Target) -> io::Result<()> {
    if standing(target)? == Standing::Free && is_left(target, OLD) {
        renameat(&target.parent, target.beside(OLD), &target.parent, &target.name).map_err(
            |error| {
                let undone =
                    ["không trả được trang trước về", "cannot put the previous site back to"];
                failed(undone, &target.path(), error)
            },
        )?;
    }
    remove(target, NEW)?;
    remove(target, OLD)
}

/// Puts the new generation in its place and removes the old one.
pub(super) fn switch(target: &Target) -> io::Result<()> {
    // Looked at again: a build takes its time, and someone may have put a folder there meanwhile.
    put(target, standing(target)?, exchange).map_err(|error| {
        let undone = ["không đặt được trang mới vào", "cannot put the new site in the place of"];
        failed(undone, &target.path(), error)
    })?;
    match fsync(&target.parent) {
        // Some of the file systems without an exchange cannot do this for folders.
        Ok(()) | Err(Errno::INVAL) => {}
        Err(error) => {
            let undone = [
                "trang mới đã vào chỗ, nhưng không ghi trọn được xuống đĩa thư mục",
                "cannot flush, though the new site stands in it, the folder",
            ];
            return Err(failed(undone, target.parent_path(), error));
        }
    }
    remove(target, NEW).and_then(|()| remove(target, OLD)).map_err(|error| {
        let vietnamese = said(&error, Language::Vietnamese);
        refused([
            format!("trang mới đã vào chỗ, nhưng trang cũ có thể vẫn còn bên cạnh: {vietnamese}"),
            format!("the new site stands, but the old one may still lie beside it: {error}"),
        ])
    })
}

/// Which of the ways is taken. The exchange is an argument: that it is missing can be tested where it is not.
fn put(
    target: &Target,
    standing: Standing,
    exchange: impl FnOnce(&Target) -> rustix::io::Result<()>,
) -> rustix::io::Result<()> {
    match standing {
        Standing::Free => {
            renameat(&target.parent, target.beside(NEW), &target.parent, &target.name)
        }
        Standing::Ours => match exchange(target) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => two_renames(target),
            exchanged => exchanged,
        },
    }
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(target: &Target) -> rustix::io::Result<()> {
    use rustix::fs::{RenameFlags, renameat_with};
    let (new, flags) = (target.beside(NEW), RenameFlags::EXCHANGE);
    renameat_with(&target.parent, new, &target.parent, &target.name, flags)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Target) -> rustix::io::Result<()> {
    Err(Errno::NOSYS)
}

fn two_renames(target: &Target) -> rustix::io::Result<()> {
    let parent = &target.parent;
    renameat(parent, &target.name, parent, target.beside(OLD))?;
    renameat(parent, target.beside(NEW), parent, &target.name).inspect_err(|_| {
        // If this fails too, the next build tries again.
        let _ = renameat(parent, target.beside(OLD), parent, &target.name);
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test works on real folders")]

    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::disk::guard;
    use crate::disk::stage::Stage;
    use crate::files::{FilePath, Laid, Page};

    /// A site that says `old`, made the usual way.
    fn old_site(name: &str) -> (PathBuf, Target) {
        let folder = std::env::temp_dir().join(format!("niemyet-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        let target = guard::target(&folder.join("public"), &[]).unwrap();
        let stage = stage(&target, Standing::Free, "old");
        switch(&target).unwrap();
        drop(stage);
        (folder, target)
    }

    fn stage<'t>(target: &'t Target, standing: Standing, text: &str) -> Stage<'t> {
        let stage = Stage::begin(target, standing).unwrap();
        let path = FilePath::new("index.html").unwrap();
        let page = Page { path, bytes: text.into() };
        stage.place(&page, &Laid::of(&page)).unwrap();
        stage
    }

    fn text(folder: &Path) -> String {
        fs::read_to_string(folder.join("index.html")).unwrap()
    }

    #[test]
    fn two_renames_stand_in_for_a_missing_exchange() {
        for error in [Errno::INVAL, Errno::NOSYS, Errno::NOTSUP] {
            let (folder, target) = old_site("two-renames");
            let stage = stage(&target, Standing::Ours, "new");
            put(&target, Standing::Ours, |_| Err(error)).unwrap();
            drop(stage);
            assert_eq!(text(&folder.join("public")), "new");
            assert_eq!(text(&folder.join(".public.old")), "old", "nothing is lost before the end");
            recover(&target).unwrap();
            assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
            fs::remove_dir_all(folder).unwrap();
        }
    }

    #[test]
    fn other_errors_of_the_exchange_are_errors() {
        let (folder, target) = old_site("other-errors");
        let stage = stage(&target, Standing::Ours, "new");
        assert_eq!(put(&target, Standing::Ours, |_| Err(Errno::IO)), Err(Errno::IO));
        drop(stage);
        assert_eq!(text(&folder.join("public")), "old");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn second_rename_that_fails_takes_the_first_one_back() {
        let (folder, target) = old_site("second-rename");
        // Without a new generation the second rename has nothing to move.
        assert_eq!(two_renames(&target), Err(Errno::NOENT));
        assert_eq!(text(&folder.join("public")), "old");
        fs::remove_dir_all(folder).unwrap();
    }
}
