//! `rejoinder people import`: what a list of people holds, line by line.

use std::path::PathBuf;

use rejoinder::message::{Catalogue, Lang};
use rejoinder::people::list::{Note, export, import};
use serde_json::{Value, json};

use crate::{Outcome, Problem, input};

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Read a table of people (handle, network, role, notes; columns in English or Spanish, in any order).
    Import(ImportArgs),
}

#[derive(clap::Args)]
struct ImportArgs {
    /// The table as CSV; `-` is standard input
    file: PathBuf,
    /// Write the people as a clean table instead of JSON; what was refused is said on standard error
    #[arg(long)]
    csv: bool,
    /// Language of the notes
    #[arg(long, default_value = "en")]
    lang: String,
}

pub fn run(args: &Args) -> Result<Outcome, Problem> {
    let Command::Import(args) = &args.command;
    let lang = Lang::from_tag(&args.lang);
    let imported = import(&input(&args.file)?);
    let say = |note: &Note| Catalogue::of(lang).say(&note.msg);
    if args.csv {
        for note in imported.refused.iter().chain(&imported.notes) {
            eprintln!("{}:{}: {}", args.file.display(), note.line, say(note));
        }
        print!("{}", export(&imported.people));
    } else {
        let notes = |notes: &[Note]| -> Vec<Value> {
            notes.iter().map(|note| json!({ "line": note.line, "message": say(note) })).collect()
        };
        let (refused, odd) = (notes(&imported.refused), notes(&imported.notes));
        println!("{}", json!({ "people": imported.people, "refused": refused, "notes": odd }));
    }
    Ok(if imported.refused.is_empty() { Outcome::Fine } else { Outcome::Findings })
}
