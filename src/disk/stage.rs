//! The fresh folder beside the site in which a generation grows, page by page, from many threads at once.
//! A page that the previous generation has too, byte for byte, becomes a second name of the same file:
//! it keeps its time of change, and the disk writes little. So does a page whose bytes this generation
//! holds already under another name, as the slices of a horizon do. What is dropped before the switch is
//! gone.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rustix::fd::OwnedFd;
use rustix::fs::{
    AtFlags, FileType, Mode, OFlags, Timespec, Timestamps, chmodat, fchmod, fstat, futimens,
    linkat, mkdirat, openat, statat, unlinkat,
};
use rustix::io::Errno;
use sha2::{Digest, Sha256};

use super::beneath;
use super::guard::{MARKER, MARKER_TEXT, Standing, Target, is_mount_point, names};
use super::trouble::{failed, refused};
use crate::files::{FilePath, Laid, MANIFEST, Offer, Page, Stands};

/// The ending of the fresh folder's name. One name is enough: the lock keeps other builds out, so what
/// is found under it was left by a build that was killed.
pub(super) const NEW: &str = ".new";

/// A site is public, whatever the umask of its builder.
const FILE_MODE: Mode = Mode::from_raw_mode(0o644);
const FOLDER_MODE: Mode = Mode::from_raw_mode(0o755);

/// What could not be done to the folder of the previous generation.
const UNSEEN: [&str; 2] = ["không xem được", "cannot look into"];

/// A generation that is not published yet. Dropped, it removes what stands at its name.
pub(super) struct Stage<'t> {
    target: &'t Target,
    folder: OwnedFd,
    previous: Option<OwnedFd>,
    /// All paths taken, folders too, by their small letters: on some disks `A` and `a` are one file.
    taken: Mutex<BTreeMap<String, Taken>>,
    /// What is laid down already, by its hash.
    laid: Mutex<BTreeMap<[u8; 32], FilePath>>,
    /// The earliest second of change of the files of each size.
    earliest: Mutex<BTreeMap<u64, i64>>,
}

struct Taken {
    path: String,
    is_folder: bool,
}

/// How a page came to its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placed {
    /// As a new file.
    Written,
    /// As the file that the previous generation has there.
    Unchanged,
    /// The same, and the page was not made.
    Kept,
    /// As a second name of a file of this generation.
    Linked,
}

impl<'t> Stage<'t> {
    /// Makes the fresh folder and marks it, before anything else is in it.
    pub(super) fn begin(target: &'t Target, standing: Standing) -> io::Result<Self> {
        let name = target.beside(NEW);
        let made = make_folder(&target.parent, &name)
            .and_then(|()| beneath::folder(&target.parent, &name))
            .map_err(|error| {
                let undone = ["không tạo được thư mục", "cannot make the folder"];
                failed(undone, &target.path_of(&name), error)
            })?;
        let previous = match standing {
            Standing::Free => None,
            // What cannot be read is not called nothing: it may keep this generation back.
            Standing::Ours => {
                let unseen = |error| failed(UNSEEN, &target.path(), error);
                Some(beneath::folder(&target.parent, &target.name).map_err(unseen)?)
            }
        };
        let stage = Self {
            target,
            folder: made,
            previous,
            taken: Mutex::default(),
            laid: Mutex::default(),
            earliest: Mutex::default(),
        };
        let path = FilePath::new(MARKER).expect("the name of the marker is a path");
        let marker = Page { path, bytes: MARKER_TEXT.into() };
        stage.place(&marker, &Laid::of(&marker))?;
        Ok(stage)
    }

    /// Puts a page at its path, which is made if the previous generation no longer holds it; with what was
    /// found when it was made.
    pub(super) fn put<R: Default>(
        &self,
        offer: Offer<'_, (Page, R)>,
    ) -> io::Result<(Placed, Laid, R)> {
        self.take(&offer.path)?;
        if let Some(laid) = offer.same
            && self.keep(&laid).is_some()
        {
            self.remember(&laid);
            return Ok((Placed::Kept, laid, R::default()));
        }
        let (page, found) = (offer.make)();
        let laid = Laid::of(&page);
        Ok((self.lay(&page, &laid)?, laid, found))
    }

    /// Puts a page at its path; `laid` is what is to be known of it.
    pub(super) fn place(&self, page: &Page, laid: &Laid) -> io::Result<Placed> {
        self.take(&page.path)?;
        self.lay(page, laid)
    }

    /// Puts a page at a path that was taken for it.
    fn lay(&self, page: &Page, laid: &Laid) -> io::Result<Placed> {
        if self.link_beside(laid).is_some() {
            return Ok(Placed::Linked);
        }
        let placed = if self.link(page).is_some() {
            Placed::Unchanged
        } else {
            self.write_or_say(page)?;
            Placed::Written
        };
        self.remember(laid);
        Ok(placed)
    }

    /// Once a file is there: another thread may link it from now on.
    fn remember(&self, laid: &Laid) {
        let mut all = self.laid.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(laid.sha256).or_insert_with(|| laid.path.clone());
    }

    /// What the previous generation has at the path of a file, put at the same path of this one, if it still
    /// holds the very bytes that are known of it: they are read, for someone may have edited it in its place.
    fn keep(&self, laid: &Laid) -> Option<()> {
        let is_same = |bytes: &[u8]| <[u8; 32]>::from(Sha256::digest(bytes)) == laid.sha256;
        let folder = self.holds(&laid.path, laid.size, is_same)?;
        self.link_from(&folder, &laid.path)
    }

    fn write_or_say(&self, page: &Page) -> io::Result<()> {
        self.write(page).map_err(|error| {
            let (path, size) = (&page.path, page.bytes.len());
            let vietnamese = format!("không ghi được `{path}` ({size} byte) vào");
            let english = format!("cannot write `{path}` ({size} bytes) into");
            failed([&vietnamese, &english], &self.path(), error)
        })
    }

    /// What of the previous generation is compared, and what else lies in its folder; none where no site
    /// stands. A folder with the marker alone was emptied by hand, and is as good as a new one. That
    /// anything cannot be read is an error: what it says may keep this generation back.
    pub(super) fn stands(&self) -> io::Result<Option<Stands>> {
        let Some(previous) = &self.previous else { return Ok(None) };
        let mut paths = BTreeSet::new();
        list(previous, "", &mut paths)
            .map_err(|error| failed(UNSEEN, &self.target.path(), error))?;
        paths.remove(MARKER);
        if paths.is_empty() {
            return Ok(None);
        }
        let read = || {
            let mut bytes = Vec::new();
            match beneath::file(previous, MANIFEST) {
                Ok(mut file) => file.read_to_end(&mut bytes).map(|_| Some(bytes)),
                Err(Errno::NOENT) => Ok(None),
                Err(error) => Err(error.into()),
            }
        };
        let manifest = read().map_err(|error: io::Error| {
            failed(["không đọc được", "cannot read"], &self.target.path().join(MANIFEST), error)
        })?;
        Ok(Some(Stands { manifest, paths }))
    }

    /// Flushes the whole generation to the disk. On Linux one call does so for all files; to ask for each
    /// made a publication of 1,000 new pages take 450 ms instead of 85. It waits for what other programs
    /// wrote to the same disk too, which is the price.
    pub(super) fn settle(&self) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        let settled = rustix::fs::syncfs(&self.folder);
        #[cfg(not(target_os = "linux"))]
        let settled = self.settle_folders();
        settled.map_err(|error| {
            let undone = ["không ghi trọn được xuống đĩa thư mục", "cannot flush the folder"];
            failed(undone, &self.path(), error)
        })
    }

    /// The folder, for messages.
    fn path(&self) -> PathBuf {
        self.target.path_of(&self.target.beside(NEW))
    }

    #[cfg(not(target_os = "linux"))]
    fn settle_folders(&self) -> rustix::io::Result<()> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        for folder in taken.values().filter(|taken| taken.is_folder) {
            rustix::fs::fsync(beneath::folder(&self.folder, folder.path.as_str())?)?;
        }
        rustix::fs::fsync(&self.folder)
    }

    /// Takes a path and the folders above it, and makes those folders that are new.
    fn take(&self, path: &FilePath) -> io::Result<()> {
        let path = path.as_str();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let folders = path.match_indices('/').map(|(end, _)| (&path[..end], true));
        for (part, is_folder) in folders.chain([(path, false)]) {
            let small = part.to_lowercase();
            match taken.get(&small) {
                Some(known) if known.is_folder && is_folder && known.path == part => continue,
                Some(known) => {
                    let mut both = [known.path.as_str(), part];
                    both.sort_unstable();
                    let [one, other] = both;
                    return Err(refused([
                        format!(
                            "hai tệp hoặc thư mục của trang trùng một đường dẫn, `{one}` và `{other}`; \
                             đổi tên một trong hai"
                        ),
                        format!(
                            "two things of the site would stand at one path, `{one}` and `{other}`; \
                             rename one"
                        ),
                    ]));
                }
                None => {}
            }
            if is_folder {
                make_folder(&self.folder, OsStr::new(part)).map_err(|error| {
                    let vietnamese = format!("không tạo được thư mục `{part}` trong");
                    let english = format!("cannot make the folder `{part}` in");
                    failed([&vietnamese, &english], &self.path(), error)
                })?;
            }
            taken.insert(small, Taken { path: part.to_owned(), is_folder });
        }
        Ok(())
    }

    /// Links a file of this generation that has the same hash. It was written a moment ago, under the lock,
    /// in a folder that nobody knows yet, so it is not read again.
    fn link_beside(&self, laid: &Laid) -> Option<()> {
        let all = self.laid.lock().unwrap_or_else(PoisonError::into_inner);
        let twin = all.get(&laid.sha256)?.clone();
        drop(all);
        let (from, to) = (twin.as_str(), laid.path.as_str());
        linkat(&self.folder, from, &self.folder, to, AtFlags::empty()).ok()
    }

    /// Links the file of the previous generation, if it holds the same bytes and may be read by all.
    /// Where a disk knows no links, or no more of them, the page is written.
    fn link(&self, page: &Page) -> Option<()> {
        let size = page.bytes.len() as u64;
        let folder = self.holds(&page.path, size, |bytes| bytes == page.bytes)?;
        self.link_from(&folder, &page.path)
    }

    /// The folder of the previous generation in which a file lies that is as one of ours, of a size, and of
    /// the right bytes. It is read, and not trusted by its time or by a list: someone may have edited it in
    /// its place.
    fn holds(
        &self,
        path: &FilePath,
        size: u64,
        is_right: impl FnOnce(&[u8]) -> bool,
    ) -> Option<OwnedFd> {
        let folder = beneath::parent(self.previous.as_ref()?, path).ok()?;
        let mut file = beneath::file(&folder, path.name()).ok()?;
        let found = fstat(&file).ok()?;
        let is_ours = FileType::from_raw_mode(found.st_mode) == FileType::RegularFile
            && Mode::from_raw_mode(found.st_mode) == FILE_MODE
            && u64::try_from(found.st_size).ok()? == size;
        if !is_ours {
            return None;
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).ok()?);
        file.read_to_end(&mut bytes).ok()?;
        is_right(&bytes).then_some(folder)
    }

    fn link_from(&self, folder: &OwnedFd, path: &FilePath) -> Option<()> {
        linkat(folder, path.name(), &self.folder, path.as_str(), AtFlags::empty()).ok()
    }

    /// Writes the page to a new file.
    fn write(&self, page: &Page) -> io::Result<()> {
        let flags =
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mut file = File::from(openat(&self.folder, page.path.as_str(), flags, FILE_MODE)?);
        fchmod(&file, FILE_MODE)?;
        file.write_all(&page.bytes)?;
        self.tell_apart(&file, page.bytes.len() as u64)?;
        if cfg!(not(target_os = "linux")) {
            file.sync_all()?;
        }
        Ok(())
    }

    /// No two files of one size get the same second of change. A web server most often tells the versions
    /// of a page by its size and that second; what two slices hold at one address, written in the same
    /// second, would be one version to it, and the answer "not modified" would keep yesterday's law.
    fn tell_apart(&self, file: &File, size: u64) -> io::Result<()> {
        let mut earliest = self.earliest.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(second) = earliest.get_mut(&size) else {
            earliest.insert(size, fstat(file)?.st_mtime);
            return Ok(());
        };
        *second -= 1;
        let time = Timespec { tv_sec: *second, tv_nsec: 0 };
        drop(earliest);
        Ok(futimens(file, &Timestamps { last_access: time, last_modification: time })?)
    }
}

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        // What cannot be removed now is met, and named, by the next build.
        let _ = remove(self.target, NEW);
    }
}

/// All that lies below a folder, but for the folders themselves; no link is followed.
fn list(folder: &OwnedFd, above: &str, paths: &mut BTreeSet<String>) -> rustix::io::Result<()> {
    for name in names(folder)? {
        let is_folder = match statat(folder, &name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(found) => FileType::from_raw_mode(found.st_mode) == FileType::Directory,
            Err(Errno::NOENT) => continue,
            Err(error) => return Err(error),
        };
        let sound = name.to_str().filter(|name| FilePath::new(name).is_some());
        let escaped = || name.to_string_lossy().escape_debug().to_string();
        let path = format!("{above}{}", sound.map_or_else(escaped, str::to_owned));
        if is_folder {
            list(&beneath::folder(folder, &name)?, &format!("{path}/"), paths)?;
        } else {
            paths.insert(path);
        }
    }
    Ok(())
}

fn make_folder(parent: &OwnedFd, name: &OsStr) -> rustix::io::Result<()> {
    mkdirat(parent, name, FOLDER_MODE)?;
    chmodat(parent, name, FOLDER_MODE, AtFlags::empty())
}

/// Removes a generation beside the site, if there is one and it is ours. The marker goes last: a build
/// that is killed meanwhile leaves a folder that the next one still knows.
pub(super) fn remove(target: &Target, ending: &str) -> io::Result<()> {
    let name = target.beside(ending);
    let path = target.path_of(&name);
    let folder = match beneath::folder(&target.parent, &name) {
        Ok(folder) => folder,
        Err(Errno::NOENT) => return Ok(()),
        Err(Errno::LOOP | Errno::NOTDIR) => return Err(in_the_way(target, ending)),
        Err(error) => return Err(failed(["không mở được", "cannot open"], &path, error)),
    };
    let unremoved = |error: Errno| failed(["không xóa được", "cannot remove"], &path, error);
    let all = names(&folder).map_err(unremoved)?;
    let (marker, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|name| name == MARKER);
    if marker.is_empty() && !rest.is_empty() {
        return Err(in_the_way(target, ending));
    }
    for name in rest.iter().chain(&marker) {
        remove_beneath(&folder, name).map_err(unremoved)?;
    }
    unlinkat(&target.parent, &name, AtFlags::REMOVEDIR).map_err(unremoved)
}

/// Removes a file, or a folder with all that is in it. Follows no link and never enters what is mounted
/// there: to remove what lies beneath would not be ours to do.
fn remove_beneath(parent: &OwnedFd, name: &OsStr) -> rustix::io::Result<()> {
    match unlinkat(parent, name, AtFlags::empty()) {
        // Linux says that it is a folder; POSIX says that it is not allowed.
        Err(Errno::ISDIR | Errno::PERM) => {}
        other => return other,
    }
    if is_mount_point(parent, name)? {
        return Err(Errno::BUSY);
    }
    let folder = beneath::folder(parent, name)?;
    for name in names(&folder)? {
        remove_beneath(&folder, &name)?;
    }
    unlinkat(parent, name, AtFlags::REMOVEDIR)
}

fn in_the_way(target: &Target, ending: &str) -> io::Error {
    let path = target.path_of(&target.beside(ending));
    let path = path.display();
    refused([
        format!(
            "`{path}` nằm ở chỗ cần dùng để dựng trang mà không do niemyet tạo; dời nó đi nơi khác"
        ),
        format!("`{path}` stands where a build works, and niemyet did not make it; move it away"),
    ])
}

/// Whether a generation of ours stands beside the site.
pub(super) fn is_left(target: &Target, ending: &str) -> bool {
    let folder = beneath::folder(&target.parent, target.beside(ending));
    folder.is_ok_and(|folder| statat(&folder, MARKER, AtFlags::SYMLINK_NOFOLLOW).is_ok())
}
