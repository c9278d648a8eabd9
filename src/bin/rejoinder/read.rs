//! `rejoinder read`: the posts of a saved page, as JSON.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use rejoinder::message::{Catalogue, Lang};
use rejoinder::site::calendar::iso;
use rejoinder::site::definition::Definition;
use rejoinder::site::html::{self, Page};
use rejoinder::site::link::Link;
use rejoinder::site::post::{Count, Post};
use rejoinder::site::read::{Acting, Composer};
use rejoinder::site::{load, registry};
use scraper::Html;
use serde_json::{Value, json};

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
    let html = Html::parse_document(&crate::input(&args.page)?);
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
    let page = html::read_page(chosen, &html, &args.url, now);
    let text = serde_json::to_string_pretty(&report(chosen, &page)).map_err(|error| error.to_string())?;
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

fn report(definition: &Definition, page: &Page) -> Value {
    json!({
        "posts": page.posts.iter().map(post).collect::<Vec<_>>(),
        "acting_account": account(&page.acting),
        "composers": page.composers.iter().map(composer).collect::<Vec<_>>(),
        "health": {
            "definition": definition.id,
            "seen": page.health.seen,
            "read": page.posts.len(),
            "empty": page.health.empty,
            "composers": page.health.composers,
        },
    })
}

fn post(post: &Post) -> Value {
    let counts = [
        ("likes", post.counts.likes),
        ("reposts", post.counts.reposts),
        ("replies", post.counts.replies),
        ("views", post.counts.views),
    ];
    let approximate: Vec<&str> = counts
        .iter()
        .chain([&("followers", post.author.followers)])
        .filter(|(_, count)| count.is_some_and(|count| count.approximate))
        .map(|(name, _)| *name)
        .collect();
    let number = |count: Option<Count>| count.map(|count| count.value);
    json!({
        "network": post.network,
        "kind": post.kind,
        "id": post.id,
        "permalink": post.permalink,
        "author": {
            "handle": post.author.handle,
            "name": post.author.name,
            "verified": post.author.verified,
            "followers": number(post.author.followers),
        },
        "text": post.text,
        "published": post.published.map(|published| iso(published.at)),
        "precision": post.published.map(|published| published.precision),
        "counts": counts.iter().map(|(name, count)| ((*name).to_owned(), json!(number(*count)))).collect::<serde_json::Map<_, _>>(),
        "approximate": approximate,
        "parent": post.parent,
        "promoted": post.promoted,
        "truncated": post.truncated,
    })
}

fn account(acting: &Acting) -> Value {
    if acting.handle.is_none() && acting.name.is_none() {
        return Value::Null;
    }
    json!({ "handle": acting.handle, "name": acting.name })
}

fn composer(composer: &Composer) -> Value {
    json!({
        "kind": composer.kind,
        "target": composer.target.as_ref().map(|target| json!({
            "id": target.id,
            "permalink": target.permalink,
            "handle": target.author.handle,
        })),
        "acting_account": account(&composer.acting),
        "limit": composer.limit,
        "private": composer.private,
    })
}
