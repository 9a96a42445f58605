//! Files as values: what goes in (`FileTree`), what comes out (`Page`, and `Laid` once it is written), and
//! places in them (`Span`).
//! Knows nothing of the disk: a path here is a name inside a tree, never a path of a machine.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The file that closes a site and lists all others: the last to be written, and the one that the next
/// build compares with.
pub const MANIFEST: &str = "build.json";

/// A path inside a tree: relative, `/` between the parts, no part empty, `.` or `..`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct FilePath(String);

impl FilePath {
    /// Takes a path, or refuses one that could leave its tree or mean two things.
    #[must_use]
    pub fn new(path: &str) -> Option<Self> {
        let sound = |part: &str| {
            !part.is_empty()
                && part != "."
                && part != ".."
                && !part.contains(['\\', ':'])
                && !part.contains(is_unseen)
        };
        path.split('/').all(sound).then(|| Self(path.to_owned()))
    }

    /// Takes a path, or gives what stands for it where a part of it cannot be taken: the path up to that part,
    /// with `%` and two digits for each byte that nobody could see or that means something else.
    pub fn or_odd(path: &[u8]) -> Result<Self, (Self, Content)> {
        let mut sound = String::with_capacity(path.len());
        for part in path.split(|byte| *byte == b'/') {
            if !sound.is_empty() {
                sound.push('/');
            }
            if let Some(part) =
                std::str::from_utf8(part).ok().filter(|part| Self::new(part).is_some())
            {
                sound.push_str(part);
                continue;
            }
            let own = format!("{sound}{}", String::from_utf8_lossy(part).escape_debug());
            for chunk in part.utf8_chunks() {
                for letter in chunk.valid().chars() {
                    if matches!(letter, '\\' | ':' | '%') || is_unseen(letter) {
                        spell(&mut sound, letter.encode_utf8(&mut [0; 4]).as_bytes());
                    } else {
                        sound.push(letter);
                    }
                }
                spell(&mut sound, chunk.invalid());
            }
            return Err((Self(sound), Content::OddName(own)));
        }
        Ok(Self(sound))
    }

    /// The whole path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the name of the file or of a folder above it starts with a dot: it belongs to other tools.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.0.split('/').any(|part| part.starts_with('.'))
    }

    /// The last part.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The last part without its extension.
    #[must_use]
    pub fn stem(&self) -> &str {
        self.name().rsplit_once('.').map_or(self.name(), |(stem, _)| stem)
    }

    /// What follows the last dot of the name, without the dot.
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        self.name().rsplit_once('.').map(|(_, extension)| extension)
    }
}

/// Bytes as `%` and two digits each.
fn spell(to: &mut String, bytes: &[u8]) {
    for byte in bytes {
        let _ = write!(to, "%{byte:02X}");
    }
}

impl TryFrom<String> for FilePath {
    type Error = String;

    fn try_from(path: String) -> Result<Self, String> {
        Self::new(&path).ok_or_else(|| format!("{path:?} is not the path of a file"))
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What stands at a path. What is not read is named, so that the loader can say so at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The whole file.
    Bytes(Vec<u8>),
    /// A symbolic link: never followed, wherever it points.
    SymbolicLink,
    /// A file that is neither a regular file nor a folder, such as a socket.
    Special,
    /// A file larger than the reader takes; the size in bytes.
    TooLarge(u64),
    /// A file or folder whose name is no path, at one that tells it from others; its own, escaped. It is
    /// printed and never opened.
    OddName(String),
}

impl Content {
    /// The bytes, or none where nothing was read.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::SymbolicLink | Self::Special | Self::TooLarge(_) | Self::OddName(_) => &[],
        }
    }
}

/// Index of a file in its sorted tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A folder as a value: paths in order, each with its content. Copies share their files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTree {
    entries: Vec<Arc<(FilePath, Content)>>,
}

impl FileTree {
    /// Sorts the files by path. Of two files at one path the later one is kept.
    #[must_use]
    pub fn new(mut entries: Vec<(FilePath, Content)>) -> Self {
        entries.reverse();
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        entries.dedup_by(|(one, _), (other, _)| one == other);
        Self { entries: entries.into_iter().map(Arc::new).collect() }
    }

    /// The same files, some with other bytes.
    #[must_use]
    pub fn with(&self, changed: BTreeMap<FileId, Vec<u8>>) -> Self {
        let mut other = self.clone();
        for (file, bytes) in changed {
            let entry = &mut other.entries[file.0 as usize];
            *entry = Arc::new((entry.0.clone(), Content::Bytes(bytes)));
        }
        other
    }

    /// The files that say something else in another tree; none where that has other paths.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Option<Vec<FileId>> {
        let mut differing = Vec::new();
        let mut pairs = (0..).map(FileId).zip(self.entries.iter().zip(&other.entries));
        let has_same_paths = pairs.all(|(file, (one, it))| {
            if one != it {
                differing.push(file);
            }
            one.0 == it.0
        });
        (has_same_paths && self.entries.len() == other.entries.len()).then_some(differing)
    }

    /// All files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &FilePath, &Content)> {
        (0..).map(FileId).zip(&self.entries).map(|(file, entry)| (file, &entry.0, &entry.1))
    }

    /// The file at a path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<FileId> {
        let found = self.entries.binary_search_by(|entry| entry.0.as_str().cmp(path)).ok()?;
        u32::try_from(found).ok().map(FileId)
    }

    /// The path of a file of this tree.
    #[must_use]
    pub fn path(&self, file: FileId) -> &FilePath {
        &self.entries[file.0 as usize].0
    }

    /// The content of a file of this tree.
    #[must_use]
    pub fn content(&self, file: FileId) -> &Content {
        &self.entries[file.0 as usize].1
    }

    /// Line and column of a byte of a file, both from 1; columns count characters.
    #[must_use]
    pub fn position(&self, file: FileId, offset: u32) -> (usize, usize) {
        let bytes = self.content(file).bytes();
        let before = &bytes[..(offset as usize).min(bytes.len())];
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let line = before.split(|byte| *byte == b'\n').count();
        (line, String::from_utf8_lossy(&before[line_start..]).chars().count() + 1)
    }

    /// The same with columns that count bytes.
    #[must_use]
    pub fn position_in_bytes(&self, file: FileId, offset: u32) -> (usize, usize) {
        let bytes = self.content(file).bytes();
        let before = &bytes[..(offset as usize).min(bytes.len())];
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        (before.split(|byte| *byte == b'\n').count(), before.len() - line_start + 1)
    }

    /// The bytes of the file at a path; none where there is no such file.
    #[must_use]
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        match self.content(self.find(path)?) {
            Content::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

/// Controls of C0 and C1, marks without width, marks that turn the direction of writing, line ends that editors do not
/// show, and a byte order mark inside the text. Two files that look the same must be the same.
#[must_use]
pub fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{2064}'
                | '\u{2066}'..='\u{2069}'
                | '\u{feff}'
        )
}

/// A stretch of bytes of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The head of a file: for what is said of the whole of it.
    #[must_use]
    pub fn head(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }

    /// The bytes as a range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// One file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its path from the site's root.
    pub path: FilePath,
    /// Its whole content.
    pub bytes: Vec<u8>,
}

/// A file of the site that is made when it is asked for.
pub struct Offer<'a, T> {
    /// Its path from the site's root.
    pub path: FilePath,
    /// What the site that stands is known to have there, where that is the very same; whoever still finds it
    /// there need not ask.
    pub same: Option<Laid>,
    /// Makes it.
    pub make: Box<dyn FnOnce() -> T + Send + 'a>,
}

/// A file of the site as it was laid down: enough to know it again, without its content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Laid {
    /// Its path from the site's root.
    pub path: FilePath,
    /// How many bytes it has.
    pub size: u64,
    /// Their SHA-256.
    #[serde(with = "hex")]
    pub sha256: [u8; 32],
}

/// What stands where a site is to be put: another site, and whatever lies in its folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stands {
    /// Its [`MANIFEST`], if it has one.
    pub manifest: Option<Vec<u8>>,
    /// All that lies in the folder but for its marker. A name that is none of a site's files is escaped; it
    /// is printed and never opened.
    pub paths: BTreeSet<String>,
}

/// What a server answers at an address in another way than with the file that lies there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// The address, as a path from the site's root: letters of ASCII, digits, `-`, `.` and `/`.
    pub address: String,
    /// What is answered.
    pub answer: Answer,
}

/// The answer of a [`Rule`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// Status 410, with the page that lies at the address.
    Tombstone,
    /// Status 410; nothing lies there.
    Gone,
    /// Status 301, to this address.
    MovedTo(String),
}

impl<'a, R: Send + 'a> From<(Page, R)> for Offer<'a, (Page, R)> {
    /// Of what is made already.
    fn from(made: (Page, R)) -> Self {
        Self { path: made.0.path.clone(), same: None, make: Box::new(move || made) }
    }
}

impl Laid {
    /// What is to be known of a page.
    #[must_use]
    pub fn of(page: &Page) -> Self {
        let Page { path, bytes } = page;
        Self { path: path.clone(), size: bytes.len() as u64, sha256: Sha256::digest(bytes).into() }
    }
}

/// Hashes as people and other programs write them: hexadecimal, in small letters.
pub mod hex {
    use std::fmt::Write;

    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    /// The digits of a hash.
    #[must_use]
    pub fn text(hash: &[u8; 32]) -> String {
        hash.iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// The hash that has these digits, if it is one.
    #[must_use]
    pub fn read(text: &str) -> Option<[u8; 32]> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 64 || !text.bytes().all(is_digit) {
            return None;
        }
        let mut hash = [0; 32];
        for (place, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * place..2 * place + 2], 16).ok()?;
        }
        Some(hash)
    }

    pub(crate) fn serialize<S: Serializer>(hash: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&text(hash))
    }

    pub(crate) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<[u8; 32], D::Error> {
        let digits = String::deserialize(from)?;
        read(&digits).ok_or_else(|| Error::custom(format!("{digits:?} is not a SHA-256")))
    }
}
