//! `rejoinder influence`: scores authors, one JSON object a line in and out.

use std::path::PathBuf;

use rejoinder::message::{Catalogue, Lang, Msg};
use rejoinder::people::{Caps, Profile, Seen, influence, unusual};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{Outcome, Problem, input};

#[derive(clap::Args)]
pub struct Args {
    /// JSON lines such as {"followers":12400,"engagements":[24,31,18]}; `-` or nothing reads standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Language of the explanation
    #[arg(long, default_value = "en")]
    lang: String,
}

/// An author as it is read; unknown fields are ignored, null is unknown.
#[derive(Deserialize)]
struct Line {
    handle: Option<String>,
    network: Option<String>,
    followers: Option<f64>,
    following: Option<f64>,
    posts: Option<f64>,
    picture: Option<bool>,
    engagements: Option<Engagements>,
    posts_seen: Option<f64>,
    data_age_days: Option<f64>,
}

/// Reactions per post, or one figure for a usual post.
#[derive(Deserialize)]
#[serde(untagged)]
enum Engagements {
    PerPost(Vec<Option<f64>>),
    One(f64),
}

pub fn run(args: Args) -> Result<Outcome, Problem> {
    let lang = Lang::from_tag(&args.lang);
    let text = input(&args.file)?;
    let name = if args.file.as_os_str() == "-" { "standard input".to_owned() } else { args.file.display().to_string() };
    let mut out = String::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let scored = score(line, lang).map_err(|problem| format!("{name}:{}: {problem}", number + 1))?;
        out.push_str(&scored.to_string());
        out.push('\n');
    }
    print!("{out}");
    Ok(Outcome::Fine)
}

fn score(line: &str, lang: Lang) -> Result<Value, Problem> {
    let line: Line = serde_json::from_str(line).map_err(|e| format!("column {}: {e}", e.column()))?;
    let engagements = match line.engagements {
        None => Vec::new(),
        Some(Engagements::One(figure)) => vec![figure],
        Some(Engagements::PerPost(posts)) => posts.into_iter().flatten().collect(),
    };
    if let Some(wrong) = engagements.iter().find(|figure| **figure < 0.0) {
        return Err(format!("engagements: {wrong} is below zero"));
    }
    let followers = count("followers", line.followers)?;
    let seen = Seen {
        followers,
        engagements,
        posts_seen: count("posts_seen", line.posts_seen)?.map(|n| u32::try_from(n).unwrap_or(u32::MAX)),
        age_days: count("data_age_days", line.data_age_days)?.map(|n| u32::try_from(n).unwrap_or(u32::MAX)),
    };
    let profile = Profile {
        handle: line.handle.clone(),
        followers,
        following: count("following", line.following)?,
        posts: count("posts", line.posts)?,
        picture: line.picture,
    };
    let say = |msg: &Msg| Catalogue::of(lang).say(msg);
    let scored = influence(&seen, Caps::default());
    let flags: Vec<Value> = unusual(&profile, lang)
        .reasons
        .iter()
        .map(|reason| json!({ "flag": reason.key.trim_start_matches("people_"), "reason": say(reason) }))
        .collect();
    let mut out = json!({
        "score": scored.score,
        "reach": scored.reach,
        "resonance": scored.resonance,
        "low": scored.low,
        "high": scored.high,
        "confidence": scored.confidence,
        "flags": flags,
        "explanation": say(&scored.explanation(lang)),
    });
    for (field, value) in [("handle", line.handle), ("network", line.network)] {
        if let Some(value) = value {
            out[field] = Value::String(value);
        }
    }
    Ok(out)
}

/// A count from zero up; a fraction of a follower is cut off.
fn count(field: &str, value: Option<f64>) -> Result<Option<u64>, Problem> {
    match value {
        None => Ok(None),
        Some(n) if n >= 0.0 => Ok(Some(n as u64)),
        Some(n) => Err(format!("{field}: {n} is below zero")),
    }
}
