//! `rejoinder log`: the mention log from a file of events.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use rejoinder::log::case::Disputed;
use rejoinder::log::export::import;
use rejoinder::log::mention::Reply;
use rejoinder::log::{Event, Mention, Settings, fold};
use rejoinder::message::{Catalogue, Lang};
use rejoinder::protocol::MentionRow;
use rejoinder::site::post::{Count, Counts, PostKind};

use crate::{Outcome, Problem, input, report};

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Fold a file of events (JSONL) into mentions, newest first.
    Fold {
        /// The events; `-` is standard input. Order and repetitions do not matter.
        events: PathBuf,
        #[arg(long, value_enum, default_value_t = Format::Jsonl)]
        format: Format,
    },
    /// Report on a log: the figures of some days beside those of as many days before.
    Report(report::Args),
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One mention a line, as JSON.
    Jsonl,
    /// One JSON array.
    Json,
    /// One mention a line, for people.
    Line,
}

/// A mention as it is printed: the row that pages list, and what they show beside it.
#[derive(serde::Serialize)]
struct Folded {
    #[serde(flatten)]
    row: MentionRow,
    kind: PostKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<i64>,
    counts: Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    followers: Option<Count>,
    replies: Vec<Reply>,
}

pub fn run(args: Args) -> Result<Outcome, Problem> {
    match args.command {
        Command::Fold { events: path, format } => {
            let events = read(&path)?;
            let mentions = folded(&events, &Settings::fold(&events));
            print(&mentions, format).map_err(|error| format!("standard output: {error}"))?;
            Ok(Outcome::Fine)
        }
        Command::Report(args) => report::run(&args),
    }
}

/// The events of a file, if every line is one.
pub fn read(path: &Path) -> Result<Vec<Event>, Problem> {
    let file = import(&input(path)?);
    if !file.problems.is_empty() {
        let words = Catalogue::of(Lang::En);
        let name = path.display();
        let line =
            |problem: &rejoinder::log::export::Problem| format!("{name}:{}: {}", problem.line, words.say(&problem.why));
        return Err(file.problems.iter().map(line).collect::<Vec<_>>().join("\n"));
    }
    Ok(file.events)
}

fn folded(events: &[Event], settings: &Settings) -> Vec<Folded> {
    let log = fold(events);
    let name = |user: &str| settings.name(user);
    let one = |mention: &Mention| {
        let (counts, followers) = mention.counts();
        Some(Folded {
            row: mention.row(name, 0)?,
            kind: mention.post()?.kind,
            due: mention.due,
            counts,
            followers,
            replies: mention.replies().map(|reply| Reply { by: name(&reply.by), ..reply.clone() }).collect(),
        })
    };
    log.listed().into_iter().filter_map(one).collect()
}

fn print(mentions: &[Folded], format: Format) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, mentions)?;
            writeln!(out)?;
        }
        Format::Jsonl => {
            for mention in mentions {
                serde_json::to_writer(&mut out, mention)?;
                writeln!(out)?;
            }
        }
        Format::Line => {
            for mention in mentions {
                writeln!(out, "{}", line(mention))?;
            }
        }
    }
    out.flush()
}

/// Network, status, who, where, what: fields apart by tabs, none with a tab or line break of its own.
fn line(mention: &Folded) -> String {
    let row = &mention.row;
    let disputed = |one: &Disputed| format!("{}={} ({})", one.field, one.value, one.by);
    let fields = [
        row.network.clone(),
        row.status.name().to_owned(),
        row.assignee.clone().unwrap_or_default(),
        row.handle.clone().or_else(|| row.name.clone()).unwrap_or_default(),
        row.permalink.clone(),
        row.text.clone(),
        row.disputed.iter().map(disputed).collect::<Vec<_>>().join(", "),
    ];
    let fields = fields.map(|field| field.replace(|c: char| c.is_control(), " "));
    fields.join("\t").trim_end().to_owned()
}
