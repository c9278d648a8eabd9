//! `rejoinder people`: lists of people, checked line by line, and ranked.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use rejoinder::message::{Catalogue, Lang};
use rejoinder::people::list::{Note, export, import};
use rejoinder::people::{Caps, Contact, Dated, Identity, Person, Row, Seen, leaders, unthanked};
use rejoinder::site::times::stamp;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{Outcome, Problem, input};

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
    /// Language of notes and reasons
    #[arg(long, default_value = "en", global = true)]
    lang: String,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Read a table of people (handle, network, role, notes; columns in English or Spanish, in any order).
    Import(ImportArgs),
    /// Leaders worth meeting, first those to look after most.
    Leaders(RankArgs),
    /// Advocates whom nobody has thanked yet, the closest first.
    Unthanked(RankArgs),
}

#[derive(clap::Args)]
struct ImportArgs {
    /// The table as CSV; `-` is standard input
    file: PathBuf,
    /// Write the people as a clean table instead of JSON; what was refused is said on standard error
    #[arg(long)]
    csv: bool,
}

#[derive(clap::Args)]
struct RankArgs {
    /// People, a JSON object a line: {"handle", "network", "followers", "engagements", "contacts": [{"contact": "praised",
    /// "at": "2026-11-01"}], "on_topic", "posts", "positive", "roles", "thanked"}; `-` or nothing reads standard input.
    /// Contacts are liked, replied, mentioned, praised, answered, made, met
    #[arg(default_value = "-")]
    file: PathBuf,
    /// The moment that closeness is told for; without it, now
    #[arg(long, value_name = "TIME", value_parser = moment)]
    now: Option<i64>,
    /// As many rows at most
    #[arg(long, default_value_t = 50)]
    most: usize,
}

fn moment(text: &str) -> Result<i64, &'static str> {
    stamp(text).ok_or("no such time; write it as 2026-11-01T12:00:00Z")
}

/// A person as one is read; unknown fields are ignored, null is unknown.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Line {
    handle: String,
    network: Option<String>,
    followers: Option<u64>,
    engagements: Vec<f64>,
    contacts: Option<Vec<When>>,
    on_topic: u32,
    posts: u32,
    positive: u32,
    roles: Vec<String>,
    thanked: Option<String>,
}

#[derive(Deserialize)]
struct When {
    contact: Contact,
    at: String,
}

pub fn run(args: &Args) -> Result<Outcome, Problem> {
    let lang = Lang::from_tag(&args.lang);
    match &args.command {
        Command::Import(args) => Ok(check(args, &input(&args.file)?, lang)),
        Command::Leaders(args) => {
            rank(args, lang, |people, now| leaders(people, Caps::default(), now, args.most, lang))
        }
        Command::Unthanked(args) => rank(args, lang, |people, now| {
            let mut rows = unthanked(people, Caps::default(), now, lang);
            rows.truncate(args.most);
            rows
        }),
    }
}

fn check(args: &ImportArgs, text: &str, lang: Lang) -> Outcome {
    let imported = import(text);
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
    if imported.refused.is_empty() { Outcome::Fine } else { Outcome::Findings }
}

fn rank(args: &RankArgs, lang: Lang, list: impl Fn(&[Person], i64) -> Vec<Row>) -> Result<Outcome, Problem> {
    let people = read(&args.file)?;
    let today = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |past| past.as_millis() as i64);
    for row in list(&people, args.now.unwrap_or_else(today)) {
        let why: Vec<String> = row.why.iter().map(|msg| Catalogue::of(lang).say(msg)).collect();
        let Identity { network, handle } = people[row.person].accounts.first().cloned().unwrap_or_default();
        let order = row.attention.map(|attention| attention.value);
        println!("{}", json!({ "handle": handle, "network": network, "order": order, "why": why }));
    }
    Ok(Outcome::Fine)
}

fn read(path: &Path) -> Result<Vec<Person>, Problem> {
    let name = if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() };
    let text = input(path)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(number, line): (usize, &str)| {
        let line = serde_json::from_str::<Line>(line).map_err(|e| format!("column {}: {e}", e.column()));
        line.and_then(person).map_err(|problem| format!("{name}:{}: {problem}", number + 1))
    };
    lines.map(read).collect()
}

fn person(line: Line) -> Result<Person, Problem> {
    let at = |written: &str| stamp(written).ok_or_else(|| format!("“{written}” is no time"));
    let dated = |when: When| Ok(Dated { contact: when.contact, at: at(&when.at)? });
    let contacts = line.contacts.map(|all| all.into_iter().map(dated).collect::<Result<Vec<_>, Problem>>());
    Ok(Person {
        accounts: vec![Identity::new(line.network.as_deref().unwrap_or_default(), &line.handle)],
        seen: Seen { followers: line.followers, engagements: line.engagements, ..Seen::default() },
        contacts: contacts.transpose()?,
        on_topic: line.on_topic,
        posts: line.posts,
        positive: line.positive,
        roles: line.roles,
        thanked: line.thanked.as_deref().map(at).transpose()?,
        ..Person::default()
    })
}
