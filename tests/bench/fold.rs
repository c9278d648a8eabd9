//! How fast a log is folded, natively: `cargo bench --bench fold -- EVENTS.jsonl`. Beside it, what it takes to read the
//! same events from text, which whoever folds a log has to do before.
#![allow(missing_docs)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use rejoinder::log::{Event, fold};

const ROUNDS: usize = 9;

/// What this thread has spent: processor time where the system tells it (Linux), since another program may stretch the
/// clock's.
fn spent(since: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let on_cpu = told.and_then(|text| text.split_whitespace().next()?.parse().ok());
    on_cpu.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

/// Seconds of the middle one of some rounds; what was made is let go of outside.
fn seconds<T>(mut work: impl FnMut() -> T) -> f64 {
    let begun = Instant::now();
    let mut all: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = spent(begun);
            let made = black_box(work());
            let took = spent(begun) - start;
            drop(made);
            took.as_secs_f64()
        })
        .collect();
    all.sort_by(f64::total_cmp);
    all[ROUNDS / 2]
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Cargo adds arguments of its own.
    let path =
        std::env::args().skip(1).find(|argument| !argument.starts_with("--")).ok_or("a file of events is needed")?;
    let text = std::fs::read_to_string(path)?;
    let events = text.lines().map(Event::from_text).collect::<Result<Vec<_>, _>>()?;
    let folded = fold::fold(&events);
    let (count, mentions) = (events.len() as f64, folded.listed().len());
    println!(
        "\n### Folding {} events into {mentions} mentions, native, processor time, middle of {ROUNDS} rounds\n",
        events.len()
    );
    println!("| what | ms | events/s | budget |\n| --- | --- | --- | --- |");
    let row = |what: &str, took: f64, budget: &str| {
        println!("| {what} | {:.0} | {:.0} | {budget} |", took * 1e3, count / took);
    };
    row("fold", seconds(|| fold::fold(&events)), "500000");
    row("fold, and the records to be stored", seconds(|| fold::fold(&events).take_changes()), "–");
    row(
        "reading the events from text",
        seconds(|| text.lines().filter_map(|line| Event::from_text(line).ok()).count()),
        "–",
    );
    row(
        "looking whether each is what its hash says",
        seconds(|| events.iter().filter(|event| event.is_intact()).count()),
        "–",
    );
    Ok(())
}
