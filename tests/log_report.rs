//! `rejoinder log report` over files as people have them, and reports of any log that three people can make.

use proptest::prelude::*;
use rejoinder::log::Event;
use rejoinder::log::report::{Day, Figures, Period, Report, Zone, first_day, report};
use serde_json::{Value, json};

use crate::command::{Run, rejoinder, temp_file};
use crate::log_fold::scene;

const WEEKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/log/weeks.jsonl");
const TEAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/log/team.jsonl");
const BROKEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/log/broken.jsonl");

/// The report of a week, and of the week before it.
fn week(arguments: &[&str]) -> Run {
    run(&[&[WEEKS, "--from", "2026-11-02", "--until", "2026-11-08"], arguments].concat(), "")
}

fn run(arguments: &[&str], input: &str) -> Run {
    rejoinder(&[&["log", "report"], arguments].concat(), input)
}

fn of_json(run: &Run) -> Value {
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    serde_json::from_str(&run.out).unwrap()
}

#[test]
fn a_week_is_told_to_programs_and_to_people() {
    insta::assert_snapshot!("log_report_json", week(&[]).out);
    insta::assert_snapshot!("log_report_line", week(&["--format", "line"]).out);
    insta::assert_snapshot!("log_report_markdown_en", week(&["--format", "markdown"]).out);
    insta::assert_snapshot!("log_report_markdown_es", week(&["--format", "markdown", "--lang", "es"]).out);
}

#[test]
fn days_are_those_of_the_workspace_or_of_the_zone_that_was_asked_for() {
    let mentions = |arguments: &[&str]| {
        let report = of_json(&week(arguments));
        let figure = &report["figures"]["mentions"];
        (
            report["time_zone"].clone(),
            figure["value"].clone(),
            figure["previous"].clone(),
            report["period"]["from_ms"].clone(),
        )
    };
    // One was saved at half past midnight in Madrid.
    assert_eq!(mentions(&[]), (json!("Europe/Madrid"), json!(5), json!(3), json!(1_793_574_000_000_i64)));
    assert_eq!(mentions(&["--zone", "UTC"]), (json!("UTC"), json!(4), json!(4), json!(1_793_577_600_000_i64)));
    // The hour of a clock that went back in the week before is lived twice.
    let report = of_json(&run(&[WEEKS, "--from", "2026-10-25", "--until", "2026-10-25"], ""));
    let length = report["period"]["until_ms"].as_i64().unwrap() - report["period"]["from_ms"].as_i64().unwrap();
    assert_eq!(length, 25 * 3_600_000);
    // A log whose workspace names no zone.
    assert_eq!(of_json(&run(&[TEAM], ""))["time_zone"], "UTC");
}

#[test]
fn days_that_were_not_named_are_chosen() {
    let days = |arguments: &[&str]| {
        let report = of_json(&run(&[&[WEEKS], arguments].concat(), ""));
        (report["period"]["first"].as_str().unwrap().to_owned(), report["period"]["last"].as_str().unwrap().to_owned())
    };
    let (first, last) = days(&[]);
    assert!(
        first.ends_with("-01") && last[..8] == first[..8] && last >= format!("{}28", &first[..8]),
        "{first} {last}"
    );
    assert_eq!(days(&["--until", "2026-11-08"]), ("2026-10-20".into(), "2026-11-08".into()));
    let (first, last) = days(&["--from", "2026-11-02"]);
    assert!(first == "2026-11-02" && last >= "2026-11-23".into(), "{first} {last}");
}

#[test]
fn standard_input_is_read_in_any_order_and_may_be_empty() {
    let file = std::fs::read_to_string(WEEKS).unwrap();
    let lines: Vec<&str> = file.lines().rev().chain(file.lines()).collect();
    let days = ["-", "--from", "2026-11-02", "--until", "2026-11-08"];
    assert_eq!(run(&days, &lines.join("\n")).out, week(&[]).out);
    let empty = of_json(&run(&days, ""));
    assert_eq!(
        empty["figures"]["mentions"],
        json!({ "unit": "count", "value": null, "previous": null, "change": null })
    );
    assert_eq!(empty["log_begins"], Value::Null);
    let lines = run(&[&days[..], &["--format", "line"]].concat(), "").out;
    assert!(lines.lines().all(|line| line.ends_with("\t–\t–")), "{lines}");
}

#[test]
fn errors_are_named() {
    let zone = r#"{"_id":"i","t":"setting","hlc":"038FEAX64G000","v":{"item":"workspace","id":"time_zone","value":"Mars/Olympus"}}"#;
    let zone = temp_file("report-zone.jsonl", zone);
    for (arguments, words) in [
        (&[BROKEN][..], "broken.jsonl:2: "),
        (&["missing.jsonl"], "missing.jsonl"),
        (&[WEEKS, "--from", "2026-02-30"], "write it as 2026-11-01"),
        (
            &[WEEKS, "--from", "2026-11-02", "--until", "2026-11-01"],
            "the days from 2026-11-02 until 2026-11-01 are none",
        ),
        (&[WEEKS, "--zone", "Europe/Atlantis"], "time zone Europe/Atlantis is not known"),
        (&[&zone], "time zone Mars/Olympus is not known"),
        (&[WEEKS, "--lang", "tlh"], "possible values"),
    ] {
        let run = run(arguments, "");
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.contains(words), "{arguments:?}: {}", run.err);
    }
}

/// The report of some days in the middle of a log, in a zone with an odd offset.
fn middle<'a>(events: impl IntoIterator<Item = &'a Event>) -> Report {
    let events: Vec<Event> = events.into_iter().cloned().collect();
    let zone = Zone { name: "", offset: &|_| 345 };
    let first = first_day(&events, &zone).unwrap_or(Day::at(0, &zone));
    // Clocks of the scene are up to two days off, so there is something before, within and after.
    report(&events, Period { first: first.plus(1), last: first.plus(2) }, &zone, i64::MAX)
}

fn value(report: &Report, name: &str) -> i64 {
    report.figures.list().find(|figure| figure.name == name).and_then(|figure| figure.value).unwrap_or_default()
}

proptest! {
    #![proptest_config(crate::cases(200))]

    #[test]
    fn order_and_repetition_change_nothing((events, shuffled) in scene(), again in 0..40usize) {
        let expect = middle(&events);
        prop_assert_eq!(&middle(&shuffled), &expect);
        prop_assert_eq!(&middle(shuffled.iter().chain(events.iter().take(again))), &expect);
    }

    #[test]
    fn figures_add_up((events, _) in scene()) {
        let report = middle(&events);
        let v = |name: &str| value(&report, name);
        prop_assert!(v("answered") <= v("wanted_answer") && v("wanted_answer") <= v("mentions"));
        prop_assert_eq!(v("answered") + v("unanswered"), v("wanted_answer"));
        prop_assert!(v("response_rate_per_mille") <= 1000);
        let standing = ["new", "open", "pending", "waiting", "moved_to_dm"].map(|status| v(&format!("open_cases_{status}")));
        prop_assert_eq!(standing.iter().sum::<i64>(), v("open_cases"));
        prop_assert_eq!(report.networks.iter().map(|row| row.now.mentions).sum::<i64>(), v("mentions"));
        prop_assert_eq!(report.people.iter().map(|row| row.now.open_cases).sum::<i64>(), v("open_cases"));
        let hours: u32 = report.hours.by_weekday.iter().flatten().sum();
        prop_assert_eq!(i64::from(hours + report.hours.hour_unknown), v("mentions"));
        let times = Figures::default().list().into_iter().filter(|(name, ..)| name.ends_with("_ms"));
        prop_assert!(times.map(|(name, ..)| v(name)).all(|ms| ms >= 0));
        let is_erased = events.iter().any(|event| event.t == "erased");
        let text = serde_json::to_string(&report).unwrap();
        prop_assert!(!is_erased || !text.contains("author3"), "only that author's mention is erased: {}", text);
    }
}
