//! A digest of the sources, which tells one program from another: what one has drawn is trusted by no other.

#![expect(clippy::disallowed_methods, reason = "a build script reads the sources")]

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::Hasher;
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let mut digest = DefaultHasher::new();
    for source in ["Cargo.lock", "src", "themes"] {
        add(Path::new(source), &mut digest)?;
    }
    let digest = digest.finish();
    cargo(&format!("rustc-env=NIEMYET_SOURCES={digest:016x}"));
    Ok(())
}

/// Adds a file, or all that is in a folder, in the order of names.
fn add(path: &Path, digest: &mut DefaultHasher) -> io::Result<()> {
    if !path.exists() {
        return Ok(());
    }
    if path.is_dir() {
        let entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
        let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
        paths.sort();
        return paths.iter().try_for_each(|path| add(path, digest));
    }
    let bytes = fs::read(path)?;
    for part in [path.as_os_str().as_encoded_bytes(), &bytes] {
        digest.write_usize(part.len());
        digest.write(part);
    }
    cargo(&format!("rerun-if-changed={}", path.display()));
    Ok(())
}

/// Tells cargo something, which listens to the standard output.
#[expect(clippy::print_stdout, reason = "cargo listens there")]
fn cargo(what: &str) {
    println!("cargo::{what}");
}
