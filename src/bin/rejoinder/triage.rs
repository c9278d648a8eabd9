//! `rejoinder triage`: the class of posts, one JSON object a line in and out.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use rejoinder::triage::{Class, Classes, Judged};
use rejoinder::voice::{Pack, bundled};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{Outcome, Problem, input};

#[derive(clap::Args)]
pub struct Args {
    /// A pack's file with cues of its own; repeat for several. One with a bundled pack's id takes its place
    #[arg(long, value_name = "P")]
    pack: Vec<PathBuf>,
    /// `json`: one object a line; `line`: file:line:class
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// JSON lines such as {"text":"Still no refund","author":{"followers":120}}; `-` or nothing reads standard input
    #[arg(default_value = "-")]
    file: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Json,
    Line,
}

/// A post as it is read; unknown fields are ignored.
#[derive(Deserialize)]
struct Line {
    text: String,
}

pub fn run(args: Args) -> Result<Outcome, Problem> {
    let packs = packs(&args.pack)?;
    let cues: Vec<_> = packs.iter().flat_map(Pack::all_cues).collect();
    let classes = Classes::new(cues.iter().map(|cue| cue.as_ref()));
    let text = input(&args.file)?;
    let name = name(&args.file);
    let mut out = String::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line: Line = serde_json::from_str(line).map_err(|e| format!("{name}:{}: column {}: {e}", number + 1, e.column()))?;
        let judged = classes.judge(&line.text);
        match args.format {
            Format::Json => out.push_str(&row(&judged).to_string()),
            Format::Line => out.push_str(&format!("{name}:{}:{}", number + 1, judged.class)),
        }
        out.push('\n');
    }
    print!("{out}");
    Ok(Outcome::Fine)
}

fn name(path: &Path) -> String {
    if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() }
}

fn row(judged: &Judged) -> Value {
    let scores: Map<String, Value> = judged.scores.iter().map(|(class, points)| (class.clone(), points.value().into())).collect();
    let reasons: Vec<Value> = judged
        .reasons
        .iter()
        .map(|reason| {
            let points: Map<String, Value> =
                reason.points.iter().map(|(class, points)| (class.clone(), points.value().into())).collect();
            json!({ "cue": reason.cue, "words": reason.words, "negated": reason.negated, "points": points })
        })
        .collect();
    json!({ "class": judged.class, "scores": scores, "reasons": reasons })
}

/// The bundled packs and those in files.
fn packs(files: &[PathBuf]) -> Result<Vec<Pack>, Problem> {
    let mut packs = bundled().to_vec();
    for file in files {
        let pack = Pack::parse(&file.display().to_string(), &input(file)?).map_err(|error| error.to_string())?;
        packs.retain(|known| known.id != pack.id);
        packs.push(pack);
    }
    Ok(packs)
}
