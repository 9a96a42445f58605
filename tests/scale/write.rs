//! Writes the catalogue of the benchmarks: `cargo run --release --example scale -- FOLDER PROCEDURES`.

#![expect(clippy::disallowed_methods, reason = "to write files is what it is for")]
#![expect(clippy::print_stderr, reason = "whoever started it wants to know")]

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

mod catalogue;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let [folder, procedures] = words.as_slice() else { return usage() };
    let Ok(procedures) = procedures.parse() else { return usage() };
    match write(Path::new(folder), procedures) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("scale FOLDER PROCEDURES");
    ExitCode::from(2)
}

fn write(folder: &Path, procedures: usize) -> io::Result<()> {
    for (_, path, content) in catalogue::catalogue(procedures).iter() {
        let place = folder.join(path.as_str());
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(place, content.bytes())?;
    }
    Ok(())
}
