//! `rejoinder packs`: does every rule of a pack find what its examples promise, and how often does it fire?

use std::path::PathBuf;

use rejoinder::voice::{Pack, bundled, compiled, examples, preview};

use crate::{Outcome, Problem, input};

#[derive(clap::Args)]
pub struct Args {
    /// Replies to count findings in: JSONL with `text`, and `incoming`, `network`, `lang` where known
    #[arg(long, value_name = "JSONL")]
    over: Option<PathBuf>,
    /// Writes them in the form that the extension reads, to standard output; examples are not run
    #[arg(long)]
    compile: bool,
    /// Packs
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

pub fn run(args: Args) -> Result<Outcome, Problem> {
    let mut packs = Vec::with_capacity(args.files.len());
    for file in &args.files {
        packs.push(Pack::parse(&file.display().to_string(), &input(file)?).map_err(|error| error.to_string())?);
    }
    if args.compile {
        print!("{}", compiled::write_all(&packs));
        return Ok(Outcome::Fine);
    }
    let failures = examples::failures(&packs, &[bundled(), &packs].concat());
    for failure in &failures {
        println!("{failure}");
    }
    if let Some(path) = &args.over {
        let replies =
            preview::replies(&input(path)?).map_err(|(line, what)| format!("{}:{line}: {what}", path.display()))?;
        for firing in preview::firing(&packs, &replies).into_iter().filter(|firing| firing.count > 0) {
            let shown = firing.excerpts.iter().map(|excerpt| format!("\n    {excerpt}")).collect::<String>();
            println!("{}: fires on {} of {}{shown}", firing.rule, firing.count, firing.of);
        }
    }
    let rules: usize = packs.iter().map(|pack| pack.rules.len()).sum();
    println!("{rules} rules, {} examples that do not hold", failures.len());
    Ok(if failures.is_empty() { Outcome::Fine } else { Outcome::Findings })
}
