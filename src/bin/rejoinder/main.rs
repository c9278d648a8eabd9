//! The native command line: for packs and templates kept in git, for migration, and for measuring on data.
//!
//! Exit status: 0 fine, 1 findings, 2 usage or input error (with the file and line).
#![allow(missing_docs)]

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod check;
mod influence;
mod log;
mod packs;
mod people;
mod read;
mod render;
mod report;
mod spikes;
mod sync;
mod templates;
mod triage;
mod vale;
mod watch;

#[derive(Parser)]
#[command(name = "rejoinder", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read the posts of a saved page.
    Read(read::Args),
    /// Check a text against voice packs.
    Check(check::Args),
    /// Run the examples of voice packs.
    Packs(packs::Args),
    /// Fill a template.
    Render(render::Args),
    /// Tell what posts are, and which come first.
    Triage(triage::Args),
    /// Score authors' influence.
    Influence(influence::Args),
    /// Check a list of people before it is imported.
    People(people::Args),
    /// Find hours in which far more was said than usual.
    Spikes(spikes::Args),
    /// Match posts with watch terms.
    Watch(watch::Args),
    /// Fold a log of events, or report on it.
    Log(log::Args),
    /// Share a log of events with a team's server: push what is new here, pull what is new there.
    Sync(sync::Args),
    /// Import and export reply templates.
    Templates(templates::Args),
}

/// What a command reports: fine, or findings.
pub enum Outcome {
    Fine,
    Findings,
}

/// An input error, already in words: file, line, what to do.
pub type Problem = String;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let result = match cli.command {
        Command::Read(args) => read::run(args),
        Command::Check(args) => check::run(args),
        Command::Packs(args) => packs::run(args),
        Command::Render(args) => render::run(args),
        Command::Triage(args) => triage::run(args),
        Command::Influence(args) => influence::run(args),
        Command::People(args) => people::run(&args),
        Command::Spikes(args) => spikes::run(&args),
        Command::Watch(args) => watch::run(&args),
        Command::Log(args) => log::run(args),
        Command::Sync(args) => sync::run(&args),
        Command::Templates(args) => templates::run(args),
    };
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(problem) => {
            eprintln!("rejoinder: {problem}");
            ExitCode::from(2)
        }
    }
}

/// The text of `path`, or of standard input for `-`.
pub fn input(path: &std::path::Path) -> Result<String, Problem> {
    if path.as_os_str() == "-" {
        return std::io::read_to_string(std::io::stdin()).map_err(|e| format!("standard input: {e}"));
    }
    std::fs::read(path)
        .map_err(|e| format!("{}: {e}", path.display()))
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}
