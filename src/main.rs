//! The program: runs what was typed and turns the outcome into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(niemyet::cli::run(std::env::args_os()).code())
}
