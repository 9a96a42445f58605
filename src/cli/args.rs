//! What may be typed: commands and options. What a value looks like is in `value.rs`, what `--help` says of
//! them in `help.rs`. Touches nothing.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::stages::Stages;
use super::value::{
    address, audience, code, commit, day, level, number, patience, sample, slug, team,
};
use crate::diagnostic::code::Code;
use crate::language::Language;
use crate::manifest::close::Stop;
use crate::model::Slug;
use crate::model::date::Date;
use crate::monitor::Sample;

/// The furthest horizon: what is known today of a later year is not enough to publish it unseen.
const HORIZON: i64 = 400;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "niemyet", version, disable_help_subcommand = true)]
pub(super) struct Line {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options that every command takes.
#[derive(Clone, Debug, Args)]
pub(super) struct Global {
    #[arg(long, global = true, value_name = "DIR", default_value = "catalogue")]
    pub(super) catalogue: PathBuf,
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) theme: Option<PathBuf>,
    #[arg(long, global = true, value_name = "vi|en", hide_possible_values = true)]
    pub(super) lang: Option<Tongue>,
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(super) as_of: Option<Date>,
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub(super) verbose: bool,
    #[arg(long, global = true)]
    pub(super) timings: bool,
    /// What the run is busy with; it goes wherever the options go.
    #[arg(skip)]
    pub(super) stages: Stages,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Check {
        #[arg(long)]
        strict: bool,
        #[command(flatten)]
        output: FindingsOutput,
    },
    Build {
        #[arg(long, value_name = "DIR", default_value = "public")]
        out: PathBuf,
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=HORIZON))]
        horizon: Option<u32>,
        #[arg(long, value_name = "FILE.zip|DIR", conflicts_with = "horizon")]
        bundle: Option<PathBuf>,
        #[command(flatten)]
        closing: Closing,
        #[command(flatten)]
        output: FindingsOutput,
    },
    Fix(Wanted),
    Audit {
        #[arg(value_name = "DIR|URL")]
        site: String,
        #[arg(long, value_name = "SECONDS", default_value = "15", value_parser = patience)]
        timeout: Duration,
        #[command(flatten)]
        output: FindingsOutput,
    },
    Monitor {
        #[arg(value_name = "URL|DIR")]
        place: String,
        #[command(flatten)]
        watch: Watch,
    },
    Why {
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        output: Output,
    },
    Next {
        #[arg(long, value_name = "N")]
        days: Option<u32>,
        #[arg(
            long,
            value_name = "text|json|ics|cron",
            default_value = "text",
            hide_possible_values = true
        )]
        format: NextFormat,
    },
    Search {
        #[arg(value_name = "QUERY", required = true)]
        query: Vec<String>,
        #[command(flatten)]
        narrow: Narrow,
        #[command(flatten)]
        output: Output,
    },
    Impact {
        #[arg(value_name = "NUMBER", required_unless_present = "since", conflicts_with = "since")]
        id: Option<String>,
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, conflicts_with = "since")]
        from: Option<Date>,
        #[arg(long, value_name = "REV", hide = true)]
        since: Option<String>,
        #[arg(
            long,
            value_name = "text|json|markdown",
            default_value = "text",
            hide_possible_values = true
        )]
        format: ImpactFormat,
    },
    Diff(DiffArgs),
    Explain {
        #[arg(value_name = "CODE", required_unless_present = "all", conflicts_with = "all")]
        code: Option<String>,
        #[arg(long)]
        all: bool,
    },
    New {
        #[command(subcommand)]
        what: New,
    },
    Schema {
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        #[arg(long, value_name = "DIR", conflicts_with_all = ["out", "format"])]
        check: Option<PathBuf>,
        #[arg(
            long,
            value_name = "json|markdown",
            default_value = "json",
            hide_possible_values = true
        )]
        format: SchemaFormat,
    },
    Serve {
        #[arg(long, value_name = "PORT")]
        port: Option<u16>,
    },
    Completions {
        #[arg(value_name = "bash|zsh|fish|powershell", hide_possible_values = true)]
        shell: Shell,
    },
    Man {
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
}

/// The shells that complete what is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

/// What can be made.
#[derive(Debug, Subcommand)]
pub(super) enum New {
    Catalogue {
        #[arg(value_name = "DIR")]
        dir: PathBuf,
        #[arg(long, value_name = "TEXT")]
        title: Option<String>,
        #[arg(long, value_name = "TEXT")]
        publisher: Option<String>,
        #[arg(long, value_name = "URL", value_parser = address)]
        base_url: Option<String>,
        #[arg(long, value_name = "URL", value_parser = address)]
        program_url: Option<String>,
        #[arg(long, value_name = "NAME", default_value = "to-chuc", value_parser = team)]
        team: String,
    },
    Procedure {
        #[arg(long, value_name = "CODE")]
        code: Option<String>,
        #[arg(long, value_name = "TEXT")]
        title: Option<String>,
        #[arg(long, value_name = "ID", value_parser = slug)]
        field: Option<Slug>,
        #[arg(long, value_name = "LEVEL", value_delimiter = ',', value_parser = level)]
        level: Vec<&'static str>,
        #[arg(long, value_name = "WHO", value_delimiter = ',', value_parser = audience)]
        audience: Vec<String>,
        #[arg(long, value_name = "NUMBER")]
        basis: Option<String>,
        #[arg(long, value_name = "ID", value_parser = slug)]
        agency: Option<Slug>,
    },
    Document {
        #[arg(long, value_name = "NUMBER")]
        number: Option<String>,
        #[arg(long, value_name = "TEXT")]
        title: Option<String>,
        #[arg(long, value_name = "KIND", value_parser = slug)]
        kind: Option<Slug>,
        #[arg(long, value_name = "ID", value_parser = slug)]
        issuer: Option<Slug>,
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        signed: Option<Date>,
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        effective: Option<Date>,
    },
    Decision {
        #[arg(long, value_name = "NUMBER")]
        number: Option<String>,
        #[arg(long, value_name = "ID", value_parser = slug)]
        issuer: Option<Slug>,
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        signed: Option<Date>,
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        effective: Option<Date>,
        #[arg(long, value_name = "CODE", value_delimiter = ',')]
        makes: Vec<String>,
        #[arg(long, value_name = "CODE", value_delimiter = ',')]
        amends: Vec<String>,
        #[arg(long, value_name = "CODE", value_delimiter = ',')]
        repeals: Vec<String>,
    },
}

/// What is to be mended.
#[derive(Clone, Debug, Args)]
pub(super) struct Wanted {
    #[arg(long)]
    pub(super) dry_run: bool,
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = code)]
    pub(super) only: Vec<Code>,
    #[arg(long, value_name = "NUMBER")]
    pub(super) about: Option<String>,
    #[command(flatten)]
    pub(super) output: Output,
}

/// Which states are compared.
#[derive(Clone, Debug, Args)]
pub(super) struct DiffArgs {
    #[arg(value_name = "REV|YYYY-MM-DD", num_args = 0..=2)]
    pub(super) between: Vec<String>,
    #[arg(long)]
    pub(super) exit_code: bool,
    #[arg(
        long,
        value_name = "text|json|markdown",
        default_value = "text",
        hide_possible_values = true
    )]
    pub(super) format: ImpactFormat,
}

/// What a build says of itself, and which accidents are none this time.
#[derive(Clone, Debug, Args)]
pub(super) struct Closing {
    #[arg(long, value_name = "N", value_parser = number)]
    pub(super) build_no: Option<u64>,
    #[arg(long, value_name = "SHA", value_parser = commit)]
    pub(super) source_commit: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) sign: Option<PathBuf>,
    #[arg(
        long,
        value_name = "vanish|backdate|unknown|foreign",
        value_delimiter = ',',
        hide_possible_values = true
    )]
    pub(super) allow: Vec<Allowed>,
}

/// What a search is narrowed to.
#[derive(Clone, Debug, Args)]
pub(super) struct Narrow {
    #[arg(long = "in", value_name = "vi|en", hide_possible_values = true)]
    pub(super) within: Option<Tongue>,
    #[arg(long, value_name = "ID")]
    pub(super) field: Option<String>,
    #[arg(long, value_name = "LEVEL", value_delimiter = ',')]
    pub(super) level: Vec<String>,
    #[arg(long, value_name = "WHO", value_delimiter = ',')]
    pub(super) audience: Vec<String>,
    #[arg(long, value_name = "LEVEL", value_delimiter = ',')]
    pub(super) online: Vec<String>,
}

/// How a posted site is looked at.
#[derive(Clone, Debug, Args)]
pub(super) struct Watch {
    #[arg(long, value_name = "KEY|FILE")]
    pub(super) key: Option<String>,
    #[arg(long, value_name = "N|all", value_parser = sample)]
    pub(super) sample: Option<Sample>,
    #[arg(long, value_name = "FILE")]
    pub(super) state: Option<PathBuf>,
    #[arg(long)]
    pub(super) no_catalogue: bool,
    #[arg(long, value_name = "SECONDS", default_value = "15", value_parser = patience)]
    pub(super) timeout: Duration,
    #[arg(
        long,
        value_name = "text|json|prometheus",
        default_value = "text",
        hide_possible_values = true
    )]
    pub(super) format: WatchFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Allowed {
    Vanish,
    Backdate,
    Unknown,
    Foreign,
}

impl From<Allowed> for Stop {
    fn from(allowed: Allowed) -> Self {
        match allowed {
            Allowed::Vanish => Self::Vanish,
            Allowed::Backdate => Self::Backdate,
            Allowed::Unknown => Self::Unknown,
            Allowed::Foreign => Self::Foreign,
        }
    }
}

#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Output {
    #[arg(long, value_name = "text|json", default_value = "text", hide_possible_values = true)]
    pub(super) format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

/// How findings are told: for people, and in the forms that programs for merge requests read.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct FindingsOutput {
    #[arg(
        long,
        value_name = "text|json|github|gitlab|sarif|rdjson|junit",
        default_value = "text",
        hide_possible_values = true
    )]
    pub(super) format: Findings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Findings {
    Text,
    Json,
    Github,
    Gitlab,
    Sarif,
    Rdjson,
    Junit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum NextFormat {
    Text,
    Json,
    Ics,
    Cron,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ImpactFormat {
    Text,
    Json,
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum WatchFormat {
    Text,
    Json,
    Prometheus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaFormat {
    Json,
    Markdown,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Tongue {
    Vi,
    En,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Self {
        match tongue {
            Tongue::Vi => Self::Vietnamese,
            Tongue::En => Self::English,
        }
    }
}
