//! `rejoinder read`: the posts of a saved page, as JSON.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use rejoinder::message::{Catalogue, Lang};
use rejoinder::site::definition::Definition;
use rejoinder::site::html;
use rejoinder::site::link::Link;
use rejoinder::site::report::report;
use rejoinder::site::{load, registry};

use crate::{Outcome, Problem};

#[derive(clap::Args)]
pub struct Args {
    /// Address the page was saved from; it decides which definition reads it.
    #[arg(long)]
    url: String,
    /// Id of the definition to use instead of the one that fits the address.
    #[arg(long)]
    site: Option<String>,
    /// A definition file (TOML) to use.
    #[arg(long, conflicts_with = "site")]
    definition: Option<PathBuf>,
    /// Print the raw strings as the page agent reads them, before they get their meaning.
    #[arg(long)]
    raw: bool,
    /// Output format.
    #[arg(long, default_value = "json", value_parser = ["json"])]
    format: String,
    /// The saved page; `-` for standard input.
    page: PathBuf,
}

pub fn run(args: Args) -> Result<Outcome, Problem> {
    let link = Link::parse(&args.url).ok_or_else(|| {
        format!("--url {}: not a web address; write it in full, such as https://x.com/home", args.url)
    })?;
    let html = html::parse(&crate::input(&args.page)?);
    let own = args.definition.as_deref().map(definition_file).transpose()?;
    let chosen = match (&own, &args.site) {
        (Some(own), _) => own,
        (None, Some(id)) => registry::bundled().iter().find(|one| one.id == *id).ok_or_else(|| {
            let known: Vec<&str> = registry::bundled().iter().map(|one| one.id.as_str()).collect();
            format!("--site {id}: no such definition; there are {}", known.join(", "))
        })?,
        (None, None) => html::choose(registry::bundled(), &html, &args.url).ok_or_else(|| {
            format!(
                "{}: no site definition fits {} and this page; choose one with --site or bring one with --definition",
                args.page.display(),
                link.host
            )
        })?,
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64);
    let text = if args.raw {
        serde_json::to_string_pretty(&html::read_raw(chosen, &html, &args.url))
    } else {
        serde_json::to_string_pretty(&report(chosen, &html::read_page(chosen, &html, &args.url, now)))
    };
    let text = text.map_err(|error| error.to_string())?;
    println!("{text}");
    Ok(Outcome::Fine)
}

fn definition_file(path: &std::path::Path) -> Result<Definition, Problem> {
    load::parse(&crate::input(path)?).map_err(|faults| {
        let words = Catalogue::of(Lang::En);
        let lines: Vec<String> = faults
            .iter()
            .map(|fault| {
                let line = fault.line.map_or_else(String::new, |line| format!("{line}: "));
                let field = if fault.field.is_empty() { String::new() } else { format!("{}: ", fault.field) };
                format!("{}:{line}{field}{}", path.display(), words.say(&fault.what))
            })
            .collect();
        lines.join("\n")
    })
}
