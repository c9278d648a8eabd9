//! `rejoinder render`: fills a template for one post, as the picker would.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rejoinder::message::{Catalogue, Lang};
use rejoinder::source::Source;
use rejoinder::template::{Context, Template, TemplateProblem, render_with};
use serde_json::{Map, Value, json};

use crate::{Outcome, Problem, input};

#[derive(clap::Args)]
pub struct Args {
    /// The template: its text, or a `.toml` record or library of records; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    template: PathBuf,
    /// The values: JSON such as {"author":{"name":"Ana Ruiz"},"brand":{"name":"Acme"}}, or a file that holds it; `form`
    /// answers a template's fields, `now` (UTC milliseconds), `offset` (minutes) and `seed` fix `date()` and `random()`
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
    let library = library(&args, &source)?;
    let (template, first_line) = chosen(&args, &source, &library)?;
    let mut context = values(&args.data)?;
    context.post.network = args.network.or(context.post.network);
    context.post.language = args.lang.or(context.post.language);
    context.now = context.now.or_else(now);
    for field in &template.fields {
        let form = context.more.entry("form".to_owned()).or_default();
        form.entry(field.name.clone()).or_insert_with(|| field.default.clone());
    }
    let find = |name: &str| {
        let known = |one: &&Template| one.trigger.as_deref() == Some(name) || one.id == name;
        library.iter().find(known).map(|one| one.body.clone())
    };
    let rendered = render_with(&template.body, &context, &find)
        .map_err(|problem| place(&args.template, first_line, &problem, lang))?;
    println!("{}", json!({ "text": rendered.text, "cursor": rendered.cursor, "unresolved": rendered.unresolved }));
    Ok(if rendered.unresolved.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

/// UTC milliseconds now.
fn now() -> Option<i64> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

/// The file's templates: a text is one.
fn library(args: &Args, source: &str) -> Result<Vec<Template>, Problem> {
    if args.template.extension().is_none_or(|e| e != "toml") {
        return Ok(vec![Template { body: source.to_owned(), ..Template::default() }]);
    }
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum File {
        Library { template: Vec<Template> },
        One(Box<Template>),
    }
    let file = args.template.display();
    let read: File = Source::parse(source)
        .and_then(|source| source.read())
        .map_err(|fault| format!("{file}:{}: {}", fault.line, fault.what))?;
    Ok(match read {
        File::Library { template } => template,
        File::One(template) => vec![*template],
    })
}

/// The template that is meant, and the line of the file that its body begins on.
fn chosen<'l>(args: &Args, source: &str, library: &'l [Template]) -> Result<(&'l Template, u32), Problem> {
    let file = args.template.display();
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
    Ok((template, before as u32 + 1))
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
        match (namespace.as_str(), &fields) {
            ("now", Value::Number(now)) => context.now = now.as_i64(),
            ("offset", Value::Number(offset)) => context.offset = offset.as_i64().unwrap_or_default() as i32,
            ("seed", Value::Number(seed)) => context.seed = seed.as_u64().unwrap_or_default(),
            _ => {}
        }
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
