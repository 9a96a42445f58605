//! A site that was published, as one archive: read back file by file, each held against the hash under which
//! it was laid down and audited, and put in the archive's place in one step. The same site makes the same
//! bytes: the order is that of the paths, the time is the site's day.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf, absolute};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::beneath;
use super::trouble::{failed, refused};
use crate::files::{Laid, Page};

/// An archive that was made.
#[derive(Clone, Debug)]
pub struct Bundled {
    /// Where it is.
    pub path: PathBuf,
    /// How long it is.
    pub bytes: u64,
    /// Its hash.
    pub sha256: [u8; 32],
}

/// What goes into an archive.
#[derive(Clone, Copy, Debug)]
pub struct Bundle<'a> {
    /// The one folder in it, in which all else stands.
    pub folder: &'a str,
    /// The day of its files: year, month, day.
    pub day: (u16, u8, u8),
    /// What stands before the site's files, and is not one of them.
    pub lead: &'a Page,
    /// The site's files.
    pub laid: &'a [Laid],
    /// Its last files, which no list holds.
    pub closing: &'a [Page],
}

/// Where the archive shall be: at a path that ends in `.zip`, else under `name` in that folder. Refused
/// where the next build would remove it, or where it would become part of what it is made from.
pub fn bundle_path(asked: &Path, name: &str, apart_from: &[&Path]) -> io::Result<PathBuf> {
    let is_file = asked.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    let path = absolute(if is_file { asked.to_owned() } else { asked.join(name) })?;
    let folder = path.parent().unwrap_or(Path::new("/"));
    // The nearest folder that is there says where the rest will be.
    let real = folder.ancestors().find_map(|above| {
        let real = fs::canonicalize(above).ok()?;
        Some(real.join(folder.strip_prefix(above).ok()?))
    });
    let real = real.unwrap_or_else(|| folder.to_owned());
    for other in apart_from {
        let place = fs::canonicalize(other).or_else(|_| absolute(other))?;
        if real.starts_with(&place) {
            let (path, other) = (path.display(), other.display());
            return Err(refused([
                format!("`{path}` nằm trong `{other}`; đặt tệp nén ở ngoài thư mục ấy"),
                format!("`{path}` lies in `{other}`; put the archive outside of it"),
            ]));
        }
    }
    Ok(path)
}

/// Makes the archive at `path` from the site that was published to `out`. Until it is whole nothing stands
/// at the path but what stood there before.
pub fn bundle(out: &Path, bundle: Bundle<'_>, path: PathBuf) -> io::Result<Bundled> {
    let undone = ["không ghi được tệp nén", "cannot write the archive"];
    let wrong = |error: io::Error| failed(undone, &path, error);
    let folder = path.parent().unwrap_or(Path::new("/"));
    fs::create_dir_all(folder).map_err(wrong)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let fresh = folder.join(format!(".{name}.new"));
    let made = write(out, bundle, &fresh).and_then(|()| hash(&fresh));
    let moved = made.and_then(|made| fs::rename(&fresh, &path).map(|()| made));
    let (bytes, sha256) = match moved {
        Ok(made) => made,
        Err(error) => {
            // What is half made is of no use; that it could not be made is what has to be said.
            let _gone = fs::remove_file(&fresh);
            return Err(wrong(error));
        }
    };
    if let Ok(folder) = File::open(folder) {
        // Some disks cannot be asked to keep a name; the archive is whole all the same.
        let _kept = folder.sync_all();
    }
    Ok(Bundled { path, bytes, sha256 })
}

fn write(out: &Path, bundle: Bundle<'_>, fresh: &Path) -> io::Result<()> {
    let (year, month, day) = bundle.day;
    let time = DateTime::from_date_and_time(year, month, day, 0, 0, 0).unwrap_or_default();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(time)
        .unix_permissions(0o644);
    let root = beneath::root(out)?;
    let mut archive = ZipWriter::new(BufWriter::new(File::create(fresh)?));
    let mut put = |path: &str, bytes: &[u8]| -> io::Result<()> {
        archive.start_file(format!("{}/{path}", bundle.folder), options)?;
        archive.write_all(bytes)
    };
    put(bundle.lead.path.as_str(), &bundle.lead.bytes)?;
    for laid in bundle.laid {
        let folder = beneath::parent(&root, &laid.path).map_err(|(_, error)| error)?;
        let mut bytes = Vec::new();
        beneath::file(&folder, laid.path.name())?.read_to_end(&mut bytes)?;
        let page = Page { path: laid.path.clone(), bytes };
        if Laid::of(&page) != *laid {
            let path = out.join(laid.path.as_str());
            let path = path.display();
            return Err(refused([
                format!("`{path}` đã bị sửa từ khi dựng; dựng lại"),
                format!("`{path}` was changed since it was made; build again"),
            ]));
        }
        put(laid.path.as_str(), &page.bytes)?;
    }
    for page in bundle.closing {
        put(page.path.as_str(), &page.bytes)?;
    }
    let file = archive.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()
}

fn hash(path: &Path) -> io::Result<(u64, [u8; 32])> {
    let mut file = BufReader::new(File::open(path)?);
    let mut hash = Sha256::new();
    let mut part = vec![0; 1 << 16];
    let mut length = 0;
    loop {
        match file.read(&mut part)? {
            0 => return Ok((length, hash.finalize().into())),
            n => {
                hash.update(&part[..n]);
                length += n as u64;
            }
        }
    }
}
