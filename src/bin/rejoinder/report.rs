//! `rejoinder log report`: how a period went, from a file of events.

use std::io::Write;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::ValueEnum;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rejoinder::log::report::{Day, Period, Report, Zone, first_day, markdown, report};
use rejoinder::log::{Event, Settings};
use rejoinder::message::{Catalogue, Lang};
use rejoinder::workspace::Workspace;

use crate::{Outcome, Problem, log};

#[derive(clap::Args)]
pub struct Args {
    /// The events (JSONL); `-` is standard input. Order and repetitions do not matter.
    events: PathBuf,
    /// The first day, as 2026-11-01. Without any day the last full month is reported on; without this one, everything up
    /// to `--until`.
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<Day>,
    /// The last day, included; without it, today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    until: Option<Day>,
    /// Time zone of days and hours, as Europe/Madrid; without it, the workspace's.
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// Language of the Markdown.
    #[arg(long, value_enum, default_value_t = Language::En)]
    lang: Language,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One JSON object.
    Json,
    /// For people.
    Markdown,
    /// A figure a line: name, value, previous value, with tabs between.
    Line,
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    En,
    Es,
}

fn day(text: &str) -> Result<Day, &'static str> {
    Day::from_iso(text).ok_or("no such day; write it as 2026-11-01")
}

pub fn run(args: &Args) -> Result<Outcome, Problem> {
    let events = log::read(&args.events)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |past| past.as_millis() as i64);
    let name = zone_name(args, &events);
    let known = TimeZone::get(&name).map_err(|_| format!("time zone {name} is not known; name one with --zone"))?;
    let zone = Zone { name: &name, offset: &|ms| offset(&known, ms) };
    let period = period(args, &events, &zone, now)?;
    let report = report(&events, period, &zone, now);
    print(&report, args).map_err(|error| format!("standard output: {error}"))?;
    Ok(Outcome::Fine)
}

/// The zone that was asked for, else the workspace's, else UTC.
fn zone_name(args: &Args, events: &[Event]) -> String {
    let of_workspace = || Settings::fold(events).workspace(Workspace::default()).time_zone;
    let name = args.zone.clone().unwrap_or_else(of_workspace);
    if name.is_empty() { "UTC".to_owned() } else { name }
}

/// Minutes that local time is ahead of UTC.
fn offset(zone: &TimeZone, ms: i64) -> i32 {
    Timestamp::from_millisecond(ms).map_or(0, |at| zone.to_offset(at).seconds() / 60)
}

fn period(args: &Args, events: &[Event], zone: &Zone, now: i64) -> Result<Period, Problem> {
    let today = Day::at(now, zone);
    let period = match (args.from, args.until) {
        (None, None) => Period::last_month(today),
        (Some(first), last) => Period { first, last: last.unwrap_or(today) },
        (None, Some(last)) => Period { first: first_day(events, zone).unwrap_or(last).min(last), last },
    };
    if period.first > period.last {
        return Err(format!("the days from {} until {} are none", period.first.iso(), period.last.iso()));
    }
    Ok(period)
}

fn print(report: &Report, args: &Args) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match args.format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, report)?;
            writeln!(out)?;
        }
        Format::Markdown => {
            let lang = match args.lang {
                Language::En => Lang::En,
                Language::Es => Lang::Es,
            };
            out.write_all(markdown(report, Catalogue::of(lang)).as_bytes())?;
        }
        Format::Line => {
            let cell = |value: Option<i64>| value.map_or_else(|| "–".to_owned(), |value| value.to_string());
            for figure in report.figures.list() {
                writeln!(out, "{}\t{}\t{}", figure.name, cell(figure.value), cell(figure.previous))?;
            }
        }
    }
    out.flush()
}
