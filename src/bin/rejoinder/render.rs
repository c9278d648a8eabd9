//! `rejoinder render`: fills a template for one post, as the picker would.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rejoinder::message::{Catalogue, Lang};
use rejoinder::source::Source;
use rejoinder::template::{Context, Template, TemplateProblem, render};
use serde_json::{Map, Value, json};

use crate::{Outcome, Problem, input};

#[derive(clap::Args)]
pub struct Args {
    /// The template: its text, or a `.toml` record or library of records; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    template: PathBuf,
    /// The values: JSON such as {"author":{"name":"Ana Ruiz"},"brand":{"name":"Acme"}}, or a file that holds it
    #[arg(long, value_name = "JSON")]
    data: String,
    /// Which record of a library, by id or trigger
    #[arg(long)]
    id: Option<String>,
    /// Network the reply is for
    #[arg(long)]
    network: Option<String>,
    /// Language of the reply, and of messages
    #[arg(long)]
    lang: Option<String>,
}

pub fn run(args: Args) -> Result<Outcome, Problem> {
    let lang = args.lang.as_deref().map(Lang::from_tag).unwrap_or_default();
    let source = input(&args.template)?;
    let (body, first_line) = body(&args, source)?;
    let mut context = values(&args.data)?;
    context.post.network = args.network.or(context.post.network);
    context.post.language = args.lang.or(context.post.language);
    let rendered = render(&body, &context).map_err(|problem| place(&args.template, first_line, &problem, lang))?;
    println!("{}", json!({ "text": rendered.text, "cursor": rendered.cursor, "unresolved": rendered.unresolved }));
    Ok(if rendered.unresolved.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

/// The body, and the line of the file it begins on.
fn body(args: &Args, source: String) -> Result<(String, u32), Problem> {
    if args.template.extension().is_none_or(|e| e != "toml") {
        return Ok((source, 1));
    }
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum File {
        Library { template: Vec<Template> },
        One(Box<Template>),
    }
    let file = args.template.display();
    let read: File = Source::parse(&source)
        .and_then(|source| source.read())
        .map_err(|fault| format!("{file}:{}: {}", fault.line, fault.what))?;
    let library = match read {
        File::Library { template } => template,
        File::One(template) => vec![*template],
    };
    let wanted = |t: &&Template| args.id.as_ref().is_none_or(|id| t.id == *id || t.trigger.as_ref() == Some(id));
    let fits = |t: &&Template| {
        args.network.as_ref().is_none_or(|n| t.fits_network(n)) && args.lang.as_ref().is_none_or(|l| t.fits_language(l))
    };
    let found = library.iter().filter(wanted).find(fits).or_else(|| library.iter().find(wanted));
    let template = found.ok_or_else(|| match &args.id {
        Some(id) => format!("{file}: no template with the id or trigger {id}"),
        None => format!("{file}: no template in this file"),
    })?;
    let before = source.find(template.body.as_str()).map_or(0, |at| source[..at].matches('\n').count());
    Ok((template.body.clone(), before as u32 + 1))
}

/// Values by namespace. Text, numbers and truth values are taken under any name; what is null is missing.
fn values(data: &str) -> Result<Context, Problem> {
    let inline = data.trim_start().starts_with('{');
    let (name, text) =
        if inline { ("--data".to_owned(), data.to_owned()) } else { (data.to_owned(), input(Path::new(data))?) };
    let values: Map<String, Value> = serde_json::from_str(&text)
        .map_err(|e| format!("{name}:{}:{}: not a JSON object of values: {e}", e.line(), e.column()))?;
    let mut context = Context::default();
    for (namespace, fields) in values {
        let Value::Object(fields) = fields else { continue };
        for (field, value) in fields {
            let text = match value {
                Value::String(text) => text,
                Value::Number(number) => number.to_string(),
                Value::Bool(truth) => truth.to_string(),
                Value::Null | Value::Array(_) | Value::Object(_) => continue,
            };
            put(&mut context, &namespace, field, text);
        }
    }
    Ok(context)
}

fn put(context: &mut Context, namespace: &str, field: String, value: String) {
    let known = match (namespace, field.as_str()) {
        ("author", "name") => &mut context.author.name,
        ("author", "first_name") => &mut context.author.first_name,
        ("author", "handle") => &mut context.author.handle,
        ("post", "text") => &mut context.post.text,
        ("post", "url" | "permalink") => &mut context.post.url,
        ("post", "network") => &mut context.post.network,
        ("post", "language") => &mut context.post.language,
        ("me" | "agent", "name") => &mut context.me.name,
        ("me" | "agent", "first_name") => &mut context.me.first_name,
        ("me" | "agent", "handle") => &mut context.me.handle,
        ("brand", "name") => &mut context.brand.name,
        ("brand", "handle") => &mut context.brand.handle,
        ("brand", "url") => &mut context.brand.url,
        ("page", "url") => &mut context.page.url,
        ("page", "title") => &mut context.page.title,
        _ => {
            let more: &mut BTreeMap<String, String> = context.more.entry(namespace.to_owned()).or_default();
            more.insert(field, value);
            return;
        }
    };
    *known = Some(value);
}

fn place(file: &Path, first_line: u32, problem: &TemplateProblem, lang: Lang) -> Problem {
    let line = first_line + problem.line - 1;
    let said = Catalogue::of(lang).say(&problem.msg.clone().with("line", line));
    format!("{}:{line}:{}: {said}", file.display(), problem.column)
}
