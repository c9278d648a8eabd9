//! What closeness and the order of people promise, and what `rejoinder people` says.

use proptest::prelude::*;
use rejoinder::message::Lang;
use rejoinder::people::{Contact, Dated, Score, closeness, order, topic_fit};

use crate::cases;
use crate::command::rejoinder;

const NOW: i64 = 1_790_000_000_000;
const DAY: i64 = 86_400_000;

fn contacts() -> impl Strategy<Value = Vec<Dated>> {
    let one =
        (0usize..7, -10i64..3_000).prop_map(|(kind, days)| Dated { contact: Contact::ALL[kind], at: NOW - days * DAY });
    prop::collection::vec(one, 0..30)
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn the_order_of_contacts_does_not_matter((one, other) in contacts().prop_flat_map(|c| (Just(c.clone()), Just(c).prop_shuffle()))) {
        prop_assert_eq!(closeness(&one, NOW), closeness(&other, NOW));
    }

    #[test]
    fn another_contact_brings_closer_and_time_further(contacts in contacts(), more in contacts(), days in 0i64..4_000) {
        let before = closeness(&contacts, NOW);
        let all: Vec<Dated> = contacts.iter().chain(&more).copied().collect();
        prop_assert!(closeness(&all, NOW).value >= before.value);
        prop_assert!(closeness(&contacts, NOW + days * DAY).value <= before.value);
        prop_assert!((0.0..=1.0).contains(&before.value));
    }

    #[test]
    fn weights_add_up_as_they_are_and_as_they_are_shown(contacts in contacts()) {
        let found = closeness(&contacts, NOW);
        let sum: f64 = found.parts.iter().map(|part| part.weight).sum();
        prop_assert!((sum - found.sum).abs() < 1e-9);
        prop_assert_eq!(found.parts.iter().map(|part| part.times as usize).sum::<usize>(), contacts.len());
        let said = found.explanation(Lang::En);
        if let (Some(parts), Some(total)) = (said.args.get("parts"), said.args.get("sum")) {
            let shown = parts.split('(').skip(1).map(|part| number(part.split(')').next().unwrap()));
            // Above a hundred figures are shown without decimals.
            if found.sum < 99.0 {
                prop_assert!((shown.sum::<f64>() - number(total)).abs() < 1e-6, "{parts} = {total}");
            }
            prop_assert!((number(total) - found.sum).abs() <= 0.5);
        }
    }

    #[test]
    fn more_of_anything_never_lowers_a_place(
        score in 0.0f64..100.0, more in 0.0f64..50.0, matching in 0u32..20, others in 0u32..20, close in 0.0f64..1.0, closer in 0.0f64..1.0,
    ) {
        let fit = topic_fit(matching, matching + others);
        let place = |score: f64, fit, close| order(Score::new(score), fit, Some(close)).value;
        let now = place(score, fit, close);
        prop_assert!(place(score + more, fit, close) >= now);
        prop_assert!(place(score, topic_fit(matching + 1, matching + others + 1), close) >= now);
        prop_assert!(place(score, fit, close.max(closer)) >= now);
        prop_assert!(order(Score::new(score), fit, None).value <= now);
    }

    #[test]
    fn a_places_parts_add_up(score in 0.0f64..100.0, fit in 0.0f64..1.0, close in prop::option::of(0.0f64..1.0)) {
        let place = order(Score::new(score), fit, close);
        prop_assert!((place.influence + place.topic + place.closeness - place.value).abs() < 1e-9);
        let said = place.explanation(Lang::En);
        let parts = ["influence", "topic", "closeness"].map(|part| number(&said.args[part]));
        prop_assert_eq!(parts.iter().sum::<f64>(), number(&said.args["total"]));
        prop_assert!((number(&said.args["total"]) - place.value).abs() <= 0.5 + 1e-9);
    }
}

#[test]
fn a_list_is_checked_line_by_line() {
    let table = "usuaria;red;papel\n@Ana;X;periodista\n;x;vip\nbo;;hechicera\n";
    let run = rejoinder(&["people", "import", "-", "--lang", "es"], table);
    assert_eq!(run.status, 1, "{}", run.err);
    let out: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(out["people"][0], serde_json::json!({"network": "x", "handle": "ana", "role": "press", "notes": ""}));
    assert_eq!(out["refused"], serde_json::json!([{"line": 3, "message": "falta el nombre de usuario"}]));
    assert_eq!(out["notes"][0]["line"], 4);
    let run = rejoinder(&["people", "import", "-", "--csv"], "handle,role\nana,vip\n");
    assert_eq!((run.status, run.out.as_str()), (0, "\u{feff}handle,network,role,notes\r\nana,,vip,\r\n"));
}

#[test]
fn people_are_ranked_with_their_reasons() {
    let people = "{\"handle\":\"@Big\",\"network\":\"x\",\"followers\":1000000,\"engagements\":[9,9,9]}\n\
                  {\"handle\":\"fan\",\"followers\":90000,\"engagements\":[90,90,90],\"on_topic\":6,\"posts\":6,\"positive\":3,\
                  \"contacts\":[{\"contact\":\"praised\",\"at\":\"2026-11-01\"},{\"contact\":\"answered\",\"at\":\"2026-11-03\"}]}\n";
    let run = rejoinder(&["people", "leaders", "--now", "2026-11-10"], people);
    assert_eq!(run.status, 0, "{}", run.err);
    let rows: Vec<serde_json::Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.iter().map(|row| row["handle"].as_str().unwrap()).collect::<Vec<_>>(), ["fan", "big"]);
    assert_eq!(rows[0]["why"][0], "57 = 33 for influence + 14 for the topic + 10 for closeness");
    let run = rejoinder(&["people", "unthanked", "--now", "2026-11-10", "--lang", "es"], people);
    assert!(run.out.starts_with("{\"handle\":\"fan\"") && run.out.contains("nadie ha dado las gracias"), "{}", run.out);
    let bad = rejoinder(&["people", "leaders"], "{\"contacts\":[{\"contact\":\"waved\",\"at\":\"2026-11-01\"}]}\n");
    assert_eq!((bad.status, bad.err.contains("standard input:1: ")), (2, true), "{}", bad.err);
}
