//! `rejoinder templates`: libraries from other tools and to them.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use rejoinder::message::{Catalogue, Lang};
use rejoinder::source::Source;
use rejoinder::template::Template;
use rejoinder::template::exchange::{self, Format, ImportError, Level, Note};
use serde_json::{Value, json};

use crate::{Outcome, Problem};

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read another tool's file; our library goes to standard output, the report to standard error.
    Import(Import),
    /// Write our library (JSON or TOML) as another tool reads it.
    Export(Export),
}

#[derive(clap::Args)]
struct Import {
    /// What the file is: auto, rejoinder, espanso, briskine, textblaze, chatwoot, zendesk, zammad, freescout, csv
    #[arg(long, value_name = "FORMAT")]
    from: String,
    /// A library of ours that it is imported into: what was imported before is updated
    #[arg(long, value_name = "LIBRARY")]
    into: Option<PathBuf>,
    /// Only report what would change
    #[arg(long)]
    dry_run: bool,
    /// `json`: templates, notes, added, updated and same on standard output; `line`: file:line: level: template: note
    #[arg(long, value_enum, default_value_t = Report::Line)]
    format: Report,
    /// Language of messages
    #[arg(long, value_name = "L")]
    lang: Option<String>,
    /// The file; `-` is standard input
    file: PathBuf,
}

#[derive(clap::Args)]
struct Export {
    /// What is written: rejoinder, espanso, chatwoot, csv
    #[arg(long, value_name = "FORMAT")]
    to: String,
    /// Language of messages
    #[arg(long, value_name = "L")]
    lang: Option<String>,
    /// Our library, JSON or TOML; `-` is standard input
    file: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Report {
    Json,
    Line,
}

pub fn run(args: Args) -> Result<Outcome, Problem> {
    match args.command {
        Command::Import(args) => import(&args),
        Command::Export(args) => export(&args),
    }
}

fn import(args: &Import) -> Result<Outcome, Problem> {
    let lang = args.lang.as_deref().map(Lang::from_tag).unwrap_or_default();
    let text = input(&args.file)?;
    let format = match args.from.as_str() {
        "auto" => exchange::detect(&args.file.to_string_lossy(), &text).ok_or_else(|| {
            format!("{}: {}", args.file.display(), Catalogue::of(lang).word("exchange_unknown_format"))
        })?,
        id => Format::named(id).ok_or_else(|| unknown("--from", id, &Format::ALL))?,
    };
    let read = exchange::import(format, &text).map_err(|error| place(&args.file, &error, lang))?;
    let library = args.into.as_deref().map(|path| library(path, lang)).transpose()?.unwrap_or_default();
    let merged = exchange::merge(&library, read.templates);
    let notes = read.notes;
    if args.format == Report::Json {
        let templates = if args.dry_run { Vec::new() } else { merged.library(&library) };
        let notes: Vec<Value> = notes.iter().map(|note| row(note, lang)).collect();
        let ids = |templates: &[Template]| templates.iter().map(|t| Value::from(t.id.clone())).collect::<Vec<_>>();
        println!(
            "{}",
            json!({
                "templates": templates,
                "notes": notes,
                "added": ids(&merged.added),
                "updated": ids(&merged.updated),
                "same": ids(&merged.same),
            })
        );
    } else {
        tell(&args.file, &notes, lang);
        let counts = rejoinder::message::Msg::new("exchange_counts")
            .with("added", merged.added.len())
            .with("updated", merged.updated.len())
            .with("same", merged.same.len());
        eprintln!("{}", Catalogue::of(lang).say(&counts));
        if !args.dry_run {
            let out = exchange::export(Format::Rejoinder, &merged.library(&library));
            print!("{}", out.map(|out| out.text).unwrap_or_default());
        }
    }
    Ok(outcome(&notes))
}

fn export(args: &Export) -> Result<Outcome, Problem> {
    let lang = args.lang.as_deref().map(Lang::from_tag).unwrap_or_default();
    let format = Format::named(&args.to).ok_or_else(|| unknown("--to", &args.to, &Format::WRITTEN))?;
    let library = library(&args.file, lang)?;
    let out = exchange::export(format, &library).ok_or_else(|| unknown("--to", &args.to, &Format::WRITTEN))?;
    tell(&args.file, &out.notes, lang);
    print!("{}", out.text);
    Ok(outcome(&out.notes))
}

/// The text of a file, however it was saved; `-` is standard input.
fn input(path: &Path) -> Result<String, Problem> {
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes).map_err(|e| format!("standard input: {e}"))?
    } else {
        std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?
    };
    Ok(exchange::decode(&bytes))
}

/// A library of ours: TOML by its name, else JSON.
fn library(path: &Path, lang: Lang) -> Result<Vec<Template>, Problem> {
    #[derive(serde::Deserialize)]
    struct File {
        template: Vec<Template>,
    }
    let text = input(path)?;
    if path.extension().is_some_and(|ending| ending == "toml") {
        let read: Result<File, _> = Source::parse(&text).and_then(|source| source.read());
        return read
            .map(|file| file.template)
            .map_err(|fault| format!("{}:{}: {}", path.display(), fault.line, fault.what));
    }
    let read = exchange::import(Format::Rejoinder, &text).map_err(|error| place(path, &error, lang))?;
    // What cannot be read would be lost in what is written.
    match read.notes.iter().find(|note| note.level == Level::Refused) {
        Some(note) => Err(format!("{}: {}", path.display(), Catalogue::of(lang).say(&note.msg))),
        None => Ok(read.templates),
    }
}

fn outcome(notes: &[Note]) -> Outcome {
    if notes.iter().any(|note| note.level >= Level::Missing) { Outcome::Findings } else { Outcome::Fine }
}

/// The report, a note a line.
fn tell(file: &Path, notes: &[Note], lang: Lang) {
    for note in notes {
        let line = note.line.map(|line| format!(":{line}")).unwrap_or_default();
        let level = Catalogue::of(lang).word(level_key(note.level));
        let said = Catalogue::of(lang).say(&note.msg);
        let template = if note.template.is_empty() { String::new() } else { format!("{}: ", one_line(&note.template)) };
        eprintln!("{}{line}: {level}: {template}{}", file.display(), one_line(&said));
    }
}

fn one_line(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}

fn level_key(level: Level) -> &'static str {
    match level {
        Level::Changed => "exchange_level_changed",
        Level::NoFallback => "exchange_level_no_fallback",
        Level::Missing => "exchange_level_missing",
        Level::Refused => "exchange_level_refused",
    }
}

fn row(note: &Note, lang: Lang) -> Value {
    json!({
        "template": note.template,
        "line": note.line,
        "level": note.level,
        "key": note.msg.key,
        "args": note.msg.args,
        "message": Catalogue::of(lang).say(&note.msg),
    })
}

/// An input error with the place.
fn place(file: &Path, error: &ImportError, lang: Lang) -> Problem {
    let said = Catalogue::of(lang).say(&error.msg);
    match (error.line, error.column) {
        (0, _) => format!("{}: {said}", file.display()),
        (line, 0) => format!("{}:{line}: {said}", file.display()),
        (line, column) => format!("{}:{line}:{column}: {said}", file.display()),
    }
}

fn unknown(option: &str, id: &str, known: &[Format]) -> Problem {
    let known: Vec<&str> = known.iter().map(|format| format.id()).collect();
    format!("{option} {id}: there are {}", known.join(", "))
}
