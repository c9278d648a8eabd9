//! `rejoinder triage`: what posts are, which come first and whose they are, one JSON object a line in and out.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use rejoinder::message::{Catalogue, Lang, Msg};
use rejoinder::triage::department::{Departments, Proposed};
use rejoinder::triage::learn::{Correction, Model};
use rejoinder::triage::priority::{Priority, Situation, priority};
use rejoinder::triage::{Class, Classes, Judged, Points};
use rejoinder::voice::{Pack, bundled};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::{Outcome, Problem, input};

#[derive(clap::Args)]
pub struct Args {
    /// Corrections to learn from: JSON lines such as {"text":"Still no refund","class":"complaint"}. The model is at work
    /// once it beats the cues on corrections that it had not seen
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    /// Write what was learnt to standard error, as JSON: whether it is at work, both figures, the strongest features
    #[arg(long, requires = "corrections")]
    explain_model: bool,
    /// A pack's file with cues of its own; repeat for several. One with a bundled pack's id takes its place
    #[arg(long, value_name = "P")]
    pack: Vec<PathBuf>,
    /// The team's own departments instead of the usual ones: a file with [[department]] id, words, classes
    #[arg(long, value_name = "FILE")]
    departments: Option<PathBuf>,
    /// Language of the reasons
    #[arg(long, default_value = "en")]
    lang: String,
    /// `json`: one object a line; `line`: file:line:class:priority:department
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

/// A post as it is read; unknown fields are ignored, null is unknown.
#[derive(Deserialize)]
struct Line {
    text: String,
    author: Option<Author>,
    counts: Option<Counts>,
    /// Minutes since it was written.
    waited_minutes: Option<f64>,
    /// Minutes that a first answer may take.
    first_response_minutes: Option<f64>,
    author_open: Option<bool>,
    promised: Option<bool>,
    answered: Option<bool>,
}

#[derive(Deserialize)]
struct Author {
    followers: Option<f64>,
}

#[derive(Deserialize)]
struct Counts {
    likes: Option<f64>,
    replies: Option<f64>,
    reposts: Option<f64>,
}

/// A correction as it is read.
#[derive(Deserialize)]
struct Corrected {
    text: String,
    class: String,
}

/// Everything that a post is looked at with.
struct Desk {
    classes: Classes,
    model: Model,
    departments: Departments,
    lang: Lang,
}

pub fn run(args: Args) -> Result<Outcome, Problem> {
    let packs = packs(&args.pack)?;
    let cues: Vec<_> = packs.iter().flat_map(Pack::all_cues).collect();
    let classes = Classes::new(cues.iter().map(|cue| cue.as_ref()));
    let model = match &args.corrections {
        Some(file) => Model::train(&corrections(file)?, &classes),
        None => Model::default(),
    };
    let departments = match &args.departments {
        Some(file) => {
            Departments::parse(&input(file)?).map_err(|(line, what)| format!("{}:{line}: {what}", name(file)))?
        }
        None => Departments::usual(),
    };
    let desk = Desk { classes, model, departments, lang: Lang::from_tag(&args.lang) };
    if args.explain_model {
        eprintln!("{}", desk.explained());
    }
    let name = name(&args.file);
    let mut out = String::new();
    for (number, line) in lines::<Line>(&args.file, &input(&args.file)?)? {
        let (class, row) = desk.row(&line).map_err(|what| format!("{name}:{number}: {what}"))?;
        // Writing to a String cannot fail.
        let _ = match args.format {
            Format::Json => writeln!(out, "{row}"),
            Format::Line => {
                let text = |field: &str| row[field].as_str().unwrap_or("-").to_owned();
                writeln!(out, "{name}:{number}:{class}:{}:{}", text("priority"), text("department"))
            }
        };
    }
    print!("{out}");
    Ok(Outcome::Fine)
}

impl Desk {
    fn row(&self, line: &Line) -> Result<(String, Value), Problem> {
        let text = unescaped(&line.text);
        let judged = self.classes.judge(&text);
        let (class, chances) = self.model.judge(&text, &judged, &self.classes);
        let situation = situation(line, &class, &judged)?;
        let priority = priority(&situation);
        let department = self.departments.of(&text, &class);
        let mut row = json!({
            "class": class,
            "scores": points(&judged.scores),
            "priority": priority.level.id(),
            "priority_points": priority.points.value(),
            "priority_at_most": priority.at_most.value(),
            "overdue": priority.overdue,
            "department": department.as_ref().map(|one| one.department.as_str()),
            "reasons": self.reasons(&judged, &priority, department.as_ref()),
        });
        if !chances.is_empty() {
            let chances: Map<String, Value> =
                chances.into_iter().map(|(class, chance)| (class.to_owned(), rounded(chance).into())).collect();
            row["learnt"] = chances.into();
        }
        Ok((class, row))
    }

    /// What decided the class (by cue), the priority (by term) and the department.
    fn reasons(&self, judged: &Judged, priority: &Priority, department: Option<&Proposed>) -> Vec<Value> {
        let say = |msg: &Msg| Catalogue::of(self.lang).say(msg);
        let cues = judged.reasons.iter().map(|reason| {
            json!({ "for": "class", "cue": reason.cue, "words": reason.words, "negated": reason.negated, "points": points(&reason.points) })
        });
        let terms = priority.terms.iter().map(
            |term| json!({ "for": "priority", "term": term.id, "points": term.points.value(), "text": say(&term.msg) }),
        );
        let whose = department.map(|one| {
            let key = if one.words.is_empty() { "triage_department_class" } else { "triage_department_words" };
            let msg = Msg::new(key).with("department", &one.department).with("words", one.words.join(", "));
            json!({ "for": "department", "words": one.words, "text": say(&msg) })
        });
        cues.chain(terms).chain(whose).collect()
    }

    fn explained(&self) -> Value {
        let features: Map<String, Value> = self
            .model
            .strongest(15)
            .into_iter()
            .map(|(class, all)| {
                let all = all.into_iter().map(|(name, weight)| json!({ "feature": name, "weight": rounded(weight) }));
                (class.to_owned(), all.collect())
            })
            .collect();
        let trial = self.model.trial().map(|trial| {
            json!({
                "macro_f1": { "cues": rounded(trial.cues), "learnt": rounded(trial.learnt) },
                "complaint_f1": { "cues": rounded(trial.complaints_cues), "learnt": rounded(trial.complaints_learnt) },
            })
        });
        let state = Catalogue::of(self.lang).say(&self.model.state());
        json!({ "on": self.model.is_on(), "state": state, "cross_validation": trial, "features": features })
    }
}

fn situation(line: &Line, class: &str, judged: &Judged) -> Result<Situation, Problem> {
    let count = |field: &str, value: Option<f64>| match value {
        Some(n) if n < 0.0 => Err(format!("{field}: {n} is below zero")),
        value => Ok(value),
    };
    let millis = |minutes: Option<f64>| minutes.map(|minutes| (minutes * 60_000.0) as i64);
    let mut reactions = None;
    let counts = line.counts.iter().flat_map(|c| [("likes", c.likes), ("replies", c.replies), ("reposts", c.reposts)]);
    for (field, seen) in counts {
        if let Some(seen) = count(field, seen)? {
            reactions = Some(reactions.unwrap_or(0.0) + seen);
        }
    }
    let followers = count("author.followers", line.author.as_ref().and_then(|author| author.followers))?;
    Ok(Situation {
        class: Class::named(class).unwrap_or(Class::Other),
        severe: judged.is_severe(),
        followers: followers.map(|followers| followers as u64),
        reactions,
        waited: millis(count("waited_minutes", line.waited_minutes)?),
        first_response: millis(count("first_response_minutes", line.first_response_minutes)?),
        author_is_open: line.author_open == Some(true),
        promised: line.promised == Some(true),
        answered: line.answered == Some(true),
    })
}

/// JSON lines with their numbers, or what is wrong with the first that is none.
fn lines<T: DeserializeOwned>(file: &Path, text: &str) -> Result<Vec<(usize, T)>, Problem> {
    let full = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    full.map(|(at, line)| {
        let read =
            serde_json::from_str(line).map_err(|e| format!("{}:{}: column {}: {e}", name(file), at + 1, e.column()));
        read.map(|one| (at + 1, one))
    })
    .collect()
}

fn corrections(file: &Path) -> Result<Vec<Correction>, Problem> {
    let mut all = Vec::new();
    for (number, one) in lines::<Corrected>(file, &input(file)?)? {
        if one.class.trim().is_empty() {
            return Err(format!("{}:{number}: class is empty", name(file)));
        }
        all.push(Correction { text: unescaped(&one.text), class: one.class });
    }
    Ok(all)
}

fn name(path: &Path) -> String {
    if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() }
}

fn points(all: &[(String, Points)]) -> Map<String, Value> {
    all.iter().map(|(class, points)| (class.clone(), points.value().into())).collect()
}

fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

/// Networks' exports write some characters as markup does, and breaks of lines.
fn unescaped(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return text.to_owned();
    }
    let marks = [
        ("<br />", "\n"),
        ("<br>", "\n"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    marks.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
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
