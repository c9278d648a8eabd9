//! `rejoinder spikes`: hours in which far more was said than usual, from a table of counts.

use std::path::PathBuf;

use clap::ValueEnum;
use rejoinder::message::{Catalogue, Lang, Msg};
use rejoinder::site::calendar::iso;
use rejoinder::triage::spikes::hour::{HOUR_MS, TooCoarse};
use rejoinder::triage::spikes::{Alert, Gaps, Series, Settings, find, preview, table};
use serde_json::{Value, json};

use crate::{Outcome, Problem, input};

#[derive(clap::Args)]
pub struct Args {
    /// A table `time,count[,seen]`; `-` or nothing reads standard input. Times are ISO 8601 (UTC where no zone is told) or
    /// Unix time; what comes more often than hourly is summed. `seen` = posts the team saw, among which the count was.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// What hours without a line are.
    #[arg(long, value_enum, default_value_t = Silence::Auto)]
    gaps: Silence,
    /// How many spreads above the usual make a watch.
    #[arg(long, value_name = "Z", default_value_t = Settings::default().watch)]
    watch: f64,
    /// How many make an alert.
    #[arg(long, value_name = "Z", default_value_t = Settings::default().alert)]
    alert: f64,
    /// Only say how many alerts these settings would have raised in the last 30 days of the table.
    #[arg(long)]
    preview: bool,
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// Language of the reasons
    #[arg(long, default_value = "en")]
    lang: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Silence {
    /// Unknown where lines come at regular times, silent in a list of what happened.
    Auto,
    /// Unknown: nobody counted.
    Unknown,
    /// Nothing was said.
    Silent,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One JSON array.
    Json,
    /// An alert a line: start, end, level, reason, with tabs between.
    Line,
}

pub fn run(args: &Args) -> Result<Outcome, Problem> {
    let lang = Lang::from_tag(&args.lang);
    let name = if args.file.as_os_str() == "-" { "standard input".to_owned() } else { args.file.display().to_string() };
    let say = |msg: &Msg| Catalogue::of(lang).say(msg);
    let readings = table::read(&input(&args.file)?);
    let readings = readings.map_err(|bad| format!("{name}:{}: {}", bad.line, say(&bad.msg)))?;
    let gaps = match args.gaps {
        Silence::Auto => Gaps::Told,
        Silence::Unknown => Gaps::Unknown,
        Silence::Silent => Gaps::Silent,
    };
    let series = Series::of(&readings, gaps).map_err(|TooCoarse(step)| {
        let hours = (step as f64 / HOUR_MS as f64).round();
        format!("{name}: {}", say(&Msg::new("spike_table_too_coarse").with("hours", hours)))
    })?;
    let settings = Settings { watch: args.watch, alert: args.alert, ..Settings::default() };
    if args.preview {
        let until = series.hours.last().map_or(0, |hour| hour.start() + HOUR_MS);
        let told = preview(&series.hours, &settings, until);
        match args.format {
            Format::Json => {
                println!("{}", json!({ "alerts": told.alerts, "watches": told.watches, "hours": told.hours }));
            }
            Format::Line => println!("{}", say(&told.msg())),
        }
        return Ok(Outcome::Fine);
    }
    let alerts = find(&series.hours, &settings);
    let reason = |alert: &Alert| {
        let parts: Vec<String> = alert.reason(&settings, series.by_seen, lang).iter().map(say).collect();
        parts.join(" ")
    };
    match args.format {
        Format::Json => {
            let rows: Vec<Value> = alerts.iter().map(|alert| row(alert, &reason(alert))).collect();
            println!("{}", Value::from(rows));
        }
        Format::Line => {
            for alert in &alerts {
                let level = row(alert, "")["level"].as_str().unwrap_or_default().to_owned();
                println!("{}\t{}\t{level}\t{}", iso(alert.start()), iso(alert.end()), reason(alert));
            }
        }
    }
    Ok(if alerts.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

fn row(alert: &Alert, reason: &str) -> Value {
    json!({
        "start": iso(alert.start()),
        "end": iso(alert.end()),
        "level": alert.level,
        "reason": reason,
        "peak": iso(alert.peak.hour.start()),
        "count": alert.peak.hour.count,
        "expected": alert.peak.expected,
        "z": alert.peak.z.is_finite().then_some(alert.peak.z),
    })
}
