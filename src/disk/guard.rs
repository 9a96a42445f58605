//! Which folders may be replaced by a site. A folder is replaced whole, so only three are taken: one that
//! does not exist, one that is empty, and one that holds our marker. And even those not where a mistake
//! would cost more than a site: the root, the home, the folder one stands in, the inputs, a mount point,
//! a Git repository. A refusal has touched nothing.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf, absolute};

use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{AtFlags, Dir, FileType, fstat, statat};
use rustix::io::Errno;

use super::beneath;
use super::trouble::{failed, refused};

/// The file that says whose folder it is. It is the first thing in a fresh folder and the last to leave.
pub(super) const MARKER: &str = ".niemyet";
/// How the marker begins, whatever its format.
const MADE_BY: &str = "made by niemyet";
/// What the marker says.
pub(super) const MARKER_TEXT: &str = "made by niemyet, format 1\n\
    Everything in this folder is replaced at each build: keep nothing of your own here.\n";

/// Where the site stands or will stand.
pub(super) struct Target {
    /// The folder that holds the site's folder, held open: it cannot be exchanged under a build.
    pub(super) parent: OwnedFd,
    parent_path: PathBuf,
    /// The name of the site's folder.
    pub(super) name: OsString,
}

impl Target {
    /// The site's folder, for messages.
    pub(super) fn path(&self) -> PathBuf {
        self.path_of(&self.name)
    }

    /// A neighbour's path, for messages.
    pub(super) fn path_of(&self, name: &OsStr) -> PathBuf {
        self.parent_path.join(name)
    }

    /// The folder that holds the site's folder, for messages.
    pub(super) fn parent_path(&self) -> &Path {
        &self.parent_path
    }

    /// The name of a neighbour of ours: `.public.new` beside `public`.
    pub(super) fn beside(&self, ending: &str) -> OsString {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(ending);
        name
    }
}

/// What stands at the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing, or an empty folder.
    Free,
    /// A site that we made.
    Ours,
}

/// Finds the target, or refuses a folder that must not be replaced even if it were empty.
pub(super) fn target(out: &Path, protected: &[&Path]) -> io::Result<Target> {
    let path = path_of(out)?;
    let (Some(parent_path), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(replaces(&path, ["thư mục gốc của hệ thống", "the root of all files"]));
    };
    let encloses = |place: Option<PathBuf>| {
        place.and_then(|place| fs::canonicalize(place).ok()).is_some_and(|it| it.starts_with(&path))
    };
    if encloses(std::env::home_dir()) {
        return Err(replaces(
            &path,
            ["thư mục cá nhân (home) hoặc thư mục chứa nó", "the home folder or a folder above it"],
        ));
    }
    if encloses(std::env::current_dir().ok()) {
        return Err(replaces(
            &path,
            ["thư mục hiện tại hoặc thư mục chứa nó", "the current folder or a folder above it"],
        ));
    }
    for input in protected {
        let place = fs::canonicalize(input).or_else(|_| absolute(input));
        if place.is_ok_and(|place| place.starts_with(&path) || path.starts_with(place)) {
            let (path, input) = (path.display(), input.display());
            return Err(refused([
                format!(
                    "`{path}` và thư mục đầu vào `{input}` trùng hoặc lồng nhau, mà khi dựng trang thì \
                     cả thư mục bị thay thế; chọn một thư mục nằm cạnh thư mục đầu vào"
                ),
                format!(
                    "`{path}` and the input `{input}` lie in one another, and a site replaces its \
                     whole folder; give a folder beside the input"
                ),
            ]));
        }
    }

    let parent = beneath::root(parent_path)
        .map_err(|error| failed(["không mở được", "cannot open"], parent_path, error))?;
    Ok(Target { parent, parent_path: parent_path.to_owned(), name: name.to_owned() })
}

/// The whole path of a folder that need not be there yet, without a link on the way.
fn path_of(out: &Path) -> io::Result<PathBuf> {
    // Without the slash at the end, behind which a link would hide.
    let out: PathBuf = out.components().collect();
    match fs::symlink_metadata(&out) {
        Ok(found) if found.is_symlink() => return Err(linked(&out)),
        Ok(_) => {
            return fs::canonicalize(&out)
                .map_err(|error| failed(["không tìm được", "cannot find"], &out, error));
        }
        Err(_) => {}
    }
    let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
        let out = out.display();
        return Err(refused([
            format!("`{out}` không chỉ ra thư mục nào; ghi tên một thư mục"),
            format!("`{out}` names no folder; name one"),
        ]));
    };
    let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    match fs::canonicalize(parent) {
        Ok(parent) => Ok(parent.join(name)),
        Err(error) => {
            let undone = [
                "không tìm được nơi sẽ đặt trang là thư mục",
                "cannot find, to make the site in it, the folder",
            ];
            Err(failed(undone, parent, error))
        }
    }
}

/// What stands at the target, or a refusal where it is not ours to replace.
///
/// It is asked before the lock is held too, while another build may be exchanging the folder: one that was
/// opened and then taken away is half removed, and says nothing of what stands there now.
pub(super) fn standing(target: &Target) -> io::Result<Standing> {
    loop {
        if let Some(standing) = looked_at(target)? {
            return Ok(standing);
        }
    }
}

/// What stands at the target; none where it was taken away meanwhile.
fn looked_at(target: &Target) -> io::Result<Option<Standing>> {
    let path = target.path();
    let unseen = |error: Errno| failed(["không xem được", "cannot look into"], &path, error);
    let found = match statat(&target.parent, &target.name, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(found) => found,
        Err(Errno::NOENT) => return Ok(Some(Standing::Free)),
        Err(error) => return Err(unseen(error)),
    };
    match FileType::from_raw_mode(found.st_mode) {
        FileType::Directory => {}
        FileType::Symlink => return Err(linked(&path)),
        _ => {
            let path = path.display();
            return Err(refused([
                format!("`{path}` không phải là thư mục; chọn tên khác, hoặc dời nó đi nơi khác"),
                format!("`{path}` is not a folder; give another name, or move it away"),
            ]));
        }
    }
    if is_mount_point(&target.parent, &target.name).map_err(unseen)? {
        let path = path.display();
        return Err(refused([
            format!(
                "`{path}` là điểm gắn ổ đĩa (mount point) nên không thể thay trong một bước; \
                 chọn một thư mục bên trong nó"
            ),
            format!(
                "`{path}` is a mount point and cannot be exchanged in one step; \
                 give a folder inside of it"
            ),
        ]));
    }
    let folder = match beneath::folder(&target.parent, &target.name) {
        Ok(folder) => folder,
        Err(Errno::NOENT) => return Ok(None),
        Err(error) => return Err(unseen(error)),
    };
    let names = names(&folder).map_err(unseen)?;
    if names.iter().any(|name| name == ".git") {
        return Err(replaces(&path, ["một kho Git", "a Git repository"]));
    }
    if names.is_empty() {
        return Ok(Some(Standing::Free));
    }
    let unread = ["không đọc được dấu nhận biết của", "cannot read the marker of"];
    if is_marked(&folder).map_err(|error| failed(unread, &path, error))? {
        return Ok(Some(Standing::Ours));
    }
    if !is_at(target, &folder).map_err(unseen)? {
        return Ok(None);
    }
    let path = path.display();
    Err(refused([
        format!(
            "`{path}` có tệp không do niemyet tạo, mà khi dựng trang thì cả thư mục bị thay thế; \
             chọn một thư mục mới hoặc còn trống"
        ),
        format!(
            "`{path}` holds files that niemyet did not make, and a site replaces its whole folder; \
             give a new or an empty folder"
        ),
    ]))
}

/// Whether an open folder is the one that stands at the target.
fn is_at(target: &Target, folder: &OwnedFd) -> rustix::io::Result<bool> {
    let opened = fstat(folder)?;
    match statat(&target.parent, &target.name, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(found) => Ok((found.st_dev, found.st_ino) == (opened.st_dev, opened.st_ino)),
        Err(Errno::NOENT) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The names in a folder.
pub(super) fn names(folder: &OwnedFd) -> rustix::io::Result<Vec<OsString>> {
    let mut names = Vec::new();
    for entry in Dir::read_from(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_bytes();
        if name != b"." && name != b".." {
            names.push(OsStr::from_bytes(name).to_owned());
        }
    }
    Ok(names)
}

/// Whether another file system, or another part of this one, begins at a folder.
pub(super) fn is_mount_point(parent: &OwnedFd, name: &OsStr) -> rustix::io::Result<bool> {
    // The numbers of the devices do not betray a folder of the same disk that is mounted twice.
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{StatxAttributes, StatxFlags, statx};
        let found = statx(parent, name, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty());
        if let Ok(found) = found
            && found.stx_attributes_mask.contains(StatxAttributes::MOUNT_ROOT)
        {
            return Ok(found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT));
        }
    }
    let inside = statat(parent, name, AtFlags::SYMLINK_NOFOLLOW)?;
    Ok(inside.st_dev != fstat(parent.as_fd())?.st_dev)
}

/// Whether the marker is there. That it cannot be read is another matter than that it is not ours.
fn is_marked(folder: &OwnedFd) -> io::Result<bool> {
    let marker = match beneath::file(folder, MARKER) {
        Ok(marker) => marker,
        Err(Errno::NOENT | Errno::LOOP) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    let mut text = Vec::new();
    marker.take(MADE_BY.len() as u64).read_to_end(&mut text)?;
    Ok(text == MADE_BY.as_bytes())
}

/// A link is refused wherever it points: to exchange what it points to is not what it seems to say.
fn linked(path: &Path) -> io::Error {
    let points = match fs::canonicalize(path) {
        Ok(folder) => {
            let folder = folder.display();
            [format!("chính thư mục thật, `{folder}`"), format!("the folder itself, `{folder}`")]
        }
        Err(_) => ["một thư mục thay cho nó".to_owned(), "a folder instead".to_owned()],
    };
    let path = path.display();
    refused([
        format!("`{path}` là liên kết tượng trưng; chọn {}", points[0]),
        format!("`{path}` is a symbolic link; give {}", points[1]),
    ])
}

fn replaces(path: &Path, what: [&str; 2]) -> io::Error {
    let public = path.join("public");
    let (path, public) = (path.display(), public.display());
    refused([
        format!(
            "`{path}` là {}, mà khi dựng trang thì cả thư mục bị thay thế; \
             chọn một thư mục riêng, như `{public}`",
            what[0]
        ),
        format!(
            "`{path}` is {}, and a site replaces its whole folder; \
             give a folder of its own, such as `{public}`",
            what[1]
        ),
    ])
}
