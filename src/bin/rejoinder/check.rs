//! `rejoinder check`: a reply against voice packs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use rejoinder::message::Lang;
use rejoinder::text::OffsetMap;
use rejoinder::voice::{Checker, Finding, Input, Pack, Switches, bundled};
use serde_json::{Value, json};

use crate::{Outcome, Problem, input};

#[derive(clap::Args)]
pub struct Args {
    /// A pack's file, or the id of a bundled pack; repeat for several. All its rules are at work.
    /// Without it: the bundled packs and rules that are on by default
    #[arg(long, value_name = "P")]
    pack: Vec<String>,
    /// Language of the reply, and of messages; found out from the text without it
    #[arg(long, value_name = "L")]
    lang: Option<String>,
    /// Network the reply is for
    #[arg(long, value_name = "N")]
    network: Option<String>,
    /// The post it answers
    #[arg(long, value_name = "TEXT")]
    incoming: Option<String>,
    /// `json`: an array, start and end in UTF-16 code units; `line`: file:line:column:rule:message
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// The reply; `-` is standard input
    file: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Line,
}

pub fn run(args: Args) -> Result<Outcome, Problem> {
    let (packs, switches) = packs(&args.pack)?;
    let text = input(&args.file)?;
    let asked = Input {
        text: &text,
        lang: args.lang.as_deref(),
        network: args.network.as_deref(),
        incoming: args.incoming.as_deref(),
        ..Input::default()
    };
    let findings = Checker::new(&packs, &switches).check(&asked);
    let lang = args.lang.as_deref().map(Lang::from_tag).unwrap_or_default();
    let map = OffsetMap::new(&text);
    let placed: Vec<(&Finding, usize, usize)> = findings
        .iter()
        .map(|finding| {
            let (line, column) = place(&text, map.to_byte(finding.span.start));
            (finding, line, column)
        })
        .collect();
    match args.format {
        Format::Json => {
            let all: Vec<Value> = placed.iter().map(|(f, line, column)| row(f, *line, *column, lang)).collect();
            println!("{}", Value::from(all));
        }
        Format::Line => {
            for (finding, line, column) in &placed {
                let (rule, message) = (&finding.rule.id, finding.message(lang));
                println!("{}:{line}:{column}:{rule}:{message}", args.file.display());
            }
        }
    }
    Ok(if findings.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

fn row(finding: &Finding, line: usize, column: usize, lang: Lang) -> Value {
    json!({
        "rule": finding.rule.id,
        "severity": finding.severity,
        "message": finding.message(lang),
        "line": line,
        "column": column,
        "start": finding.span.start,
        "end": finding.span.end,
        "matched": finding.matched,
        "suggestions": finding.fixes,
    })
}

/// The packs named, and the bundled ones: they tell a complaint from praise even where their rules rest.
fn packs(named: &[String]) -> Result<(Vec<Pack>, Switches), Problem> {
    let mut packs = bundled().to_vec();
    if named.is_empty() {
        return Ok((packs, Switches::default()));
    }
    let mut on = BTreeSet::new();
    for name in named {
        if packs.iter().any(|pack| pack.id == *name) {
            on.insert(name.clone());
            continue;
        }
        let path = Path::new(name);
        if !path.exists() {
            let known: Vec<&str> = bundled().iter().map(|pack| pack.id.as_str()).collect();
            return Err(format!("--pack {name}: neither a file nor a bundled pack; there are {}", known.join(", ")));
        }
        let pack = Pack::parse(name, &input(path)?).map_err(|error| error.to_string())?;
        on.insert(pack.id.clone());
        packs.push(pack);
    }
    Ok((packs, Switches { packs: Some(on), every: true, ..Switches::default() }))
}

/// Line and column of a byte, both from 1; columns count characters.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}
