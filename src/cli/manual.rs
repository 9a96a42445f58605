//! What shells and `man` are told of the command line, printed from the description that the help is printed from.

use clap_complete::{Shell as Written, generate};
use clap_mangen::Man;

use super::args::Shell;
use super::help::command;
use super::{Answer, Exit, Failure};
use crate::language::Language;

/// The name by which the program is called.
const NAME: &str = "niemyet";

/// What a shell completes by.
pub(super) fn completions(shell: Shell, language: Language) -> Answer {
    let shell = match shell {
        Shell::Bash => Written::Bash,
        Shell::Zsh => Written::Zsh,
        Shell::Fish => Written::Fish,
        Shell::Powershell => Written::PowerShell,
    };
    let mut out = Vec::new();
    generate(shell, &mut command(language), NAME, &mut out);
    answer(&out)
}

/// The manual page of the program or of one command.
pub(super) fn man(named: Option<&str>, language: Language) -> Result<Answer, Failure> {
    let mut whole = command(language);
    // Options that every command takes come to each of them now.
    whole.build();
    let page = match named {
        None => whole,
        Some(name) => match whole.find_subcommand(name) {
            Some(command) => command
                .clone()
                .display_name(format!("{NAME}-{name}"))
                .version(env!("CARGO_PKG_VERSION")),
            None => {
                return Err(Failure::Said(match language {
                    Language::Vietnamese => format!("không có lệnh `{name}`; xem `niemyet --help`"),
                    Language::English => {
                        format!("there is no command `{name}`; see `niemyet --help`")
                    }
                }));
            }
        },
    };
    let mut out = Vec::new();
    Man::new(page).render(&mut out)?;
    let text = answer(&out);
    Ok(match language {
        Language::Vietnamese => Answer { out: headed(&text.out), ..text },
        Language::English => text,
    })
}

/// The headings in Vietnamese: the package knows English ones alone.
fn headed(page: &str) -> String {
    const HEADINGS: [(&str, &str); 7] = [
        (".SH NAME", ".SH TÊN"),
        (".SH SYNOPSIS", ".SH \"CÚ PHÁP\""),
        (".SH DESCRIPTION", ".SH \"MÔ TẢ\""),
        (".SH OPTIONS", ".SH \"TÙY CHỌN\""),
        (".SH SUBCOMMANDS", ".SH \"CÁC LỆNH\""),
        (".SH EXTRA", ".SH \"NÓI THÊM\""),
        (".SH VERSION", ".SH \"PHIÊN BẢN\""),
    ];
    let lines = page.lines().map(|line| {
        let known = HEADINGS.iter().find(|(english, _)| *english == line);
        known.map_or(line, |(_, vietnamese)| *vietnamese)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn answer(bytes: &[u8]) -> Answer {
    let out = String::from_utf8_lossy(bytes).into_owned();
    Answer { out, err: String::new(), exit: Exit::Clean }
}
