//! A folder as it was at a revision of its Git repository, as the same value that `read` gives. Asks the
//! `git` program for a tree and for bytes, and for nothing else: no shell, no working tree, no filter, no
//! network. What a person named as the revision is one argument, and never an option.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use super::read::{limit_of, odd_name};
use super::trouble::{refused, trouble};
use crate::files::{Content, FilePath, FileTree};

/// A folder at a revision.
#[derive(Debug)]
pub struct Revision {
    /// The full name of the commit.
    pub commit: String,
    /// The files.
    pub files: FileTree,
}

/// Reads all files of a folder at a revision. The folder may be any below the top of its repository.
pub fn read_revision(folder: &Path, revision: &str) -> io::Result<Revision> {
    if revision.is_empty() || revision.starts_with('-') || revision.contains(char::is_control) {
        let revision = revision.escape_debug();
        return Err(refused([
            format!("`{revision}` không thể là tên một phiên bản Git; ghi như `main` hay `HEAD~1`"),
            format!(
                "`{revision}` cannot name a Git revision; write one such as `main` or `HEAD~1`"
            ),
        ]));
    }
    let inside = git(folder, ["rev-parse", "--show-prefix"])?;
    if !inside.status.success() {
        return Err(no_repository(folder, &inside));
    }
    let prefix = String::from_utf8(inside.stdout)
        .map_err(|error| odd_name(&String::from_utf8_lossy(error.as_bytes())))?;
    let prefix = prefix.strip_suffix('\n').unwrap_or(&prefix);

    let named = format!("{revision}^{{commit}}");
    let found = git(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", &named])?;
    let commit = String::from_utf8_lossy(&found.stdout).trim().to_owned();
    let is_name = !commit.is_empty() && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !found.status.success() || !is_name {
        return Err(unknown(folder, revision));
    }
    let named = format!("{commit}:{prefix}");
    let found = git(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", &named])?;
    if !found.status.success() {
        return Err(not_there(folder, revision));
    }
    let tree = String::from_utf8_lossy(&found.stdout).trim().to_owned();
    let listed =
        git(folder, ["ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", &tree])?;
    if !listed.status.success() {
        return Err(garbled(folder));
    }
    let mut blobs = Blobs::new(folder)?;
    let mut entries = Vec::new();
    for line in listed.stdout.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
        let Some(entry) = Entry::parse(line) else { return Err(garbled(folder)) };
        // Of other tools, as in a folder that is read from the disk.
        if entry.path.split(|byte| *byte == b'/').any(|part| part.starts_with(b".")) {
            continue;
        }
        let path = match FilePath::or_odd(entry.path) {
            Ok(path) => path,
            Err(odd) => {
                entries.push(odd);
                continue;
            }
        };
        let content = match entry.mode {
            "120000" => Content::SymbolicLink,
            "100644" | "100755" | "100664" => {
                let size = entry.size.ok_or_else(|| garbled(folder))?;
                if limit_of(&path) < size {
                    Content::TooLarge(size)
                } else {
                    Content::Bytes(blobs.bytes(entry.object, size)?)
                }
            }
            // A repository inside the repository, whose files this one does not hold.
            _ => Content::Special,
        };
        entries.push((path, content));
    }
    blobs.close()?;
    Ok(Revision { commit, files: FileTree::new(entries) })
}

/// One line of `git ls-tree -l`: `100644 blob <object> <size>\t<path>`.
struct Entry<'l> {
    mode: &'l str,
    object: &'l str,
    size: Option<u64>,
    path: &'l [u8],
}

impl<'l> Entry<'l> {
    fn parse(line: &'l [u8]) -> Option<Self> {
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let mut words = std::str::from_utf8(&line[..tab]).ok()?.split_ascii_whitespace();
        let (mode, _kind, object) = (words.next()?, words.next()?, words.next()?);
        Some(Self { mode, object, size: words.next()?.parse().ok(), path: &line[tab + 1..] })
    }
}

/// `git cat-file --batch`, asked for one object at a time: so neither side ever waits for the other
/// with a full pipe.
struct Blobs<'f> {
    folder: &'f Path,
    child: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
}

impl<'f> Blobs<'f> {
    fn new(folder: &'f Path) -> io::Result<Self> {
        let mut command = command(folder, ["cat-file", "--batch"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| not_started(&error))?;
        let pipes = (child.stdin.take(), child.stdout.take());
        let (Some(ask), Some(answer)) = pipes else { return Err(garbled(folder)) };
        Ok(Self { folder, child, ask, answer: BufReader::new(answer) })
    }

    fn bytes(&mut self, object: &str, size: u64) -> io::Result<Vec<u8>> {
        let lost = |_| garbled(self.folder);
        self.ask.write_all(format!("{object}\n").as_bytes()).map_err(lost)?;
        let mut head = String::new();
        self.answer.read_line(&mut head).map_err(lost)?;
        // A clone without all objects answers "missing"; it is not asked to fetch them.
        if head.trim_end() != format!("{object} blob {size}") {
            return Err(garbled(self.folder));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        // And the line end that follows.
        let wanted = size + 1;
        let read = self.answer.by_ref().take(wanted).read_to_end(&mut bytes).map_err(lost)?;
        if read as u64 != wanted || bytes.pop() != Some(b'\n') {
            return Err(garbled(self.folder));
        }
        Ok(bytes)
    }

    fn close(self) -> io::Result<()> {
        let Self { mut child, ask, .. } = self;
        drop(ask);
        child.wait().map(|_| ())
    }
}

/// What decides which repository is meant is the folder, also inside a hook, which sets these.
const INHERITED: [&str; 7] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
];

fn command<'w>(folder: &Path, words: impl IntoIterator<Item = &'w str>) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["--no-pager", "--no-replace-objects"]);
    command.args(words.into_iter().map(OsStr::new));
    for name in INHERITED {
        command.env_remove(name);
    }
    let settings = [
        // Where objects are missing none is fetched; older programs know the second name only.
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_ALLOW_PROTOCOL", "none"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("LC_ALL", "C"),
    ];
    command.envs(settings).stdin(Stdio::null());
    command
}

fn git<'w>(folder: &Path, words: impl IntoIterator<Item = &'w str>) -> io::Result<Output> {
    command(folder, words).output().map_err(|error| not_started(&error))
}

fn not_started(error: &io::Error) -> io::Error {
    let kind = error.kind();
    if kind == ErrorKind::NotFound {
        let words = [
            "cần chương trình `git` để xem phiên bản cũ mà máy này không có; cài git rồi thử lại",
            "an older revision needs the program `git`, which is not on this machine; install git and try again",
        ];
        return trouble(kind, words.map(str::to_owned));
    }
    let words = [
        format!("không chạy được `git`: {error}; khắc phục lỗi này rồi thử lại"),
        format!("cannot run `git`: {error}; mend this and try again"),
    ];
    trouble(kind, words)
}

fn no_repository(folder: &Path, output: &Output) -> io::Error {
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or_default().trim().to_owned();
    let folder = folder.display();
    refused([
        format!(
            "`{folder}` không nằm trong một kho Git đọc được ({said}); đứng trong kho Git để so với một phiên bản, hoặc so hai ngày: `niemyet diff 2026-07-01 2026-08-01`"
        ),
        format!(
            "`{folder}` is not in a Git repository that can be read ({said}); stand in one to compare with a revision, or compare two days: `niemyet diff 2026-07-01 2026-08-01`"
        ),
    ])
}

fn unknown(folder: &Path, revision: &str) -> io::Error {
    let folder = folder.display();
    refused([
        format!(
            "kho Git của `{folder}` không có phiên bản `{revision}`; xem `git log`, hoặc tải đủ lịch sử về (`git fetch --unshallow`) nếu bản sao này bị cắt ngắn"
        ),
        format!(
            "the Git repository of `{folder}` has no revision `{revision}`; see `git log`, or fetch the whole history (`git fetch --unshallow`) if this clone is shallow"
        ),
    ])
}

fn not_there(folder: &Path, revision: &str) -> io::Error {
    let folder = folder.display();
    refused([
        format!("phiên bản `{revision}` chưa có thư mục `{folder}`; chọn một phiên bản mới hơn"),
        format!("revision `{revision}` has no folder `{folder}` yet; choose a later one"),
    ])
}

fn garbled(folder: &Path) -> io::Error {
    let folder = folder.display();
    refused([
        format!(
            "kho Git của `{folder}` thiếu nội dung của phiên bản này; thử `git fsck`, hoặc tải lại đầy đủ kho"
        ),
        format!(
            "the Git repository of `{folder}` lacks what this revision holds; try `git fsck`, or clone it in full"
        ),
    ])
}
