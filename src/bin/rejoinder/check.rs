//! `rejoinder check`: a reply against voice packs; with `--vale`, files against Vale's rules ([`crate::vale`]).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use rejoinder::message::Lang;
use rejoinder::text::OffsetMap;
use rejoinder::voice::rule::About;
use rejoinder::voice::spelling::hunspell::Dictionaries;
use rejoinder::voice::spelling::{self, Asked};
use rejoinder::voice::{Checker, Finding, Input, Pack, Switches, bundled};
use serde_json::{Value, json};

use crate::{Outcome, Problem, input, vale};

#[derive(clap::Args)]
pub struct Args {
    /// A pack's file, or the id of a bundled pack; repeat for several. All its rules are at work.
    /// Without it: the bundled packs and rules that are on by default
    #[arg(long, value_name = "P")]
    pack: Vec<String>,
    /// Vale's rules instead: a folder with a `.vale.ini`, that file itself, a folder of styles, or a zip archive of either
    #[arg(long, value_name = "DIR", conflicts_with_all = ["pack", "lang", "network", "incoming"])]
    vale: Option<PathBuf>,
    /// Language of the reply, and of messages; found out from the text without it
    #[arg(long, value_name = "L")]
    lang: Option<String>,
    /// Network the reply is for
    #[arg(long, value_name = "N")]
    network: Option<String>,
    /// The post it answers
    #[arg(long, value_name = "TEXT")]
    incoming: Option<String>,
    /// A folder of Hunspell dictionaries (en.aff and en.dic, with en-us.dic and en-gb.dic for what only one region writes;
    /// es.aff and es.dic): spelling is checked too, with `--vale` by its rules that name no dictionary, in American English
    #[arg(long, value_name = "DIR")]
    spelling: Option<PathBuf>,
    /// `json`: an array, start and end in UTF-16 code units; `line`: file:line:column:rule:message
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// The reply; `-` is standard input. With `--vale` any number of texts, each read by its extension
    #[arg(required = true)]
    file: Vec<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Json,
    Line,
}

pub fn run(args: Args) -> Result<Outcome, Problem> {
    if let Some(folder) = &args.vale {
        return vale::run(folder, args.spelling.as_deref(), &args.file, args.format);
    }
    let [file] = args.file.as_slice() else {
        return Err("one reply at a time; only --vale takes several files".to_owned());
    };
    let (packs, mut switches) = packs(&args.pack)?;
    if args.spelling.is_some() {
        switches.on.insert(spelling::RULE.to_owned());
    }
    let text = input(file)?;
    let asked = Input {
        text: &text,
        lang: args.lang.as_deref(),
        network: args.network.as_deref(),
        incoming: args.incoming.as_deref(),
        ..Input::default()
    };
    let checker = Checker::new(&packs, &switches);
    let mut findings = checker.check(&asked);
    if let (Some(folder), Some(rule)) = (&args.spelling, checker.spelling(asked.network, asked.private)) {
        spell(folder, &asked, rule, &mut findings)?;
    }
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
                println!("{}:{line}:{column}:{rule}:{message}", file.display());
            }
        }
    }
    Ok(if findings.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

/// Puts unknown words among the findings, with what they may have been meant to be.
fn spell(folder: &Path, input: &Input<'_>, rule: &Arc<About>, findings: &mut Vec<Finding>) -> Result<(), Problem> {
    let asked = Asked {
        text: input.text.to_owned(),
        lang: input.lang.map(str::to_owned),
        near: input.incoming.iter().map(|text| (*text).to_owned()).collect(),
        ..Asked::default()
    };
    let Some(speech) = asked.speech() else { return Ok(()) };
    let files = speech.files();
    let mut words = vec![crate::input(&folder.join(files.words[0]))?];
    for region in files.words[1..].iter().map(|name| folder.join(name)).filter(|path| path.exists()) {
        words.push(crate::input(&region)?);
    }
    let mut dictionaries = Dictionaries::default();
    if !dictionaries.load(speech, &crate::input(&folder.join(files.affixes))?, &words) {
        return Err(format!("{}: {} is no dictionary", folder.display(), files.words[0]));
    }
    spelling::add(findings, rule, input.network, dictionaries.unknown(&asked).unwrap_or_default());
    for finding in findings.iter_mut().filter(|finding| finding.rule.id == rule.id) {
        finding.fixes = dictionaries.suggest(&asked, &finding.matched);
    }
    Ok(())
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
