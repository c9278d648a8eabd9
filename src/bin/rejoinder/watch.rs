//! `rejoinder watch`: which posts match which watch terms.

use std::path::{Path, PathBuf};

use rejoinder::message::{Catalogue, Lang};
use rejoinder::triage::watch::{Looked, Query, Terms, explain, parse};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{Outcome, Problem, input};

#[derive(clap::Args)]
pub struct Args {
    /// A term a line, as `name: query` or just the query; lines that begin with `# ` are notes.
    #[arg(long, value_name = "FILE")]
    terms: PathBuf,
    /// Only say what the terms mean.
    #[arg(long)]
    explain: bool,
    /// Posts, a JSON object a line: {"text": …, "handle": …, "lang": …, "network": …}; `-` or nothing reads standard
    /// input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Language of explanations and errors
    #[arg(long, default_value = "en")]
    lang: String,
}

/// A post as it is read; unknown fields are ignored, null is unknown.
#[derive(Deserialize)]
struct Post {
    text: String,
    handle: Option<String>,
    lang: Option<String>,
    network: Option<String>,
}

pub fn run(args: &Args) -> Result<Outcome, Problem> {
    let lang = Lang::from_tag(&args.lang);
    let named = terms(&args.terms, lang)?;
    if args.explain {
        for (name, query) in &named {
            println!("{name}");
            for line in explain(query, lang) {
                println!("  {}", Catalogue::of(lang).say(&line));
            }
        }
        return Ok(Outcome::Fine);
    }
    let terms = Terms::new(named.iter().map(|(_, query)| query));
    let name = if args.file.as_os_str() == "-" { "standard input".to_owned() } else { args.file.display().to_string() };
    let text = input(&args.file)?;
    let mut out = String::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let post: Post =
            serde_json::from_str(line).map_err(|e| format!("{name}:{}: column {}: {e}", number + 1, e.column()))?;
        let looked = Looked {
            text: &post.text,
            handle: post.handle.as_deref(),
            lang: post.lang.as_deref(),
            network: post.network.as_deref().unwrap_or_default(),
        };
        let found = terms.find(&looked);
        let matches: Vec<Value> =
            found.iter().map(|found| json!({ "term": named[found.term].0, "spans": found.spans })).collect();
        out.push_str(&json!({ "matches": matches }).to_string());
        out.push('\n');
    }
    print!("{out}");
    Ok(Outcome::Fine)
}

/// Terms with their names; a term without one is called as it is written.
fn terms(path: &Path, lang: Lang) -> Result<Vec<(String, Query)>, Problem> {
    let text = input(path)?;
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with("# "));
    let read = |(number, line): (usize, &str)| {
        let is_name = |name: &str| !name.contains(['"', '(', '|']) && !name.trim().is_empty();
        let (name, query) = line.split_once(": ").filter(|(name, _)| is_name(name)).unwrap_or((line, line));
        let before = line[..line.len() - query.len()].chars().count();
        let query = parse(query).map_err(|error| {
            let column = before + error.place.start.0 as usize + 1;
            let what = Catalogue::of(lang).say(&error.msg);
            format!("{}:{}:{column}: {what}", path.display(), number + 1)
        })?;
        Ok((name.trim().to_owned(), query))
    };
    lines.map(read).collect()
}
