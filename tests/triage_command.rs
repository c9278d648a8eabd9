//! `rejoinder triage` from outside.

use serde_json::{Value, json};

use crate::command::{rejoinder, temp_file};

fn triage(args: &[&str], lines: &str) -> Vec<Value> {
    let run = rejoinder(&[&["triage"], args].concat(), lines);
    assert_eq!(run.status, 0, "{}", run.err);
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn post(text: &str) -> String {
    json!({ "text": text, "extra": 1 }).to_string()
}

#[test]
fn one_answer_a_line_in_order() {
    let lines = [post("The charger caught fire"), String::new(), post("Thank you, lovely people"), post("")].join("\n");
    let out = triage(&[], &lines);
    let classes: Vec<&str> = out.iter().map(|row| row["class"].as_str().unwrap()).collect();
    assert_eq!(classes, ["crisis", "praise", "other"]);
    for class in ["crisis", "complaint", "problem", "suggestion", "lead", "praise", "spam", "other"] {
        assert!(out[0]["scores"][class].is_number(), "{class}");
    }
    assert_eq!((&out[0]["priority"], &out[0]["priority_points"]), (&"urgent".into(), &90.0.into()));
    assert_eq!(out[0]["department"], "technical");
    let reasons = out[0]["reasons"].as_array().unwrap();
    assert!(reasons.iter().any(|reason| reason["words"] == json!(["caught fire"])), "{reasons:?}");
    assert!(reasons.iter().any(|reason| reason["text"] == "It may be a crisis: 60"), "{reasons:?}");
}

#[test]
fn what_is_known_of_a_post_raises_its_priority() {
    let line = json!({ "text": "Still no refund, charged twice", "author": { "handle": "ana", "followers": 999_999 }, "counts": { "likes": 9, "reposts": null },
        "waited_minutes": 90, "promised": true });
    let out = triage(&["--lang", "es"], &line.to_string());
    assert_eq!((&out[0]["priority_points"], &out[0]["overdue"]), (&93.3.into(), &true.into()));
    assert_eq!((&out[0]["priority"], &out[0]["department"]), (&"urgent".into(), &"billing".into()));
    let reasons = out[0]["reasons"].to_string();
    assert!(reasons.contains("Prometimos volver a escribir: 10"), "{reasons}");
}

#[test]
fn a_safety_problem_of_a_small_account_goes_before_a_celebritys_praise() {
    let small = json!({ "text": "My daughter is in hospital, your stroller collapsed", "author": { "followers": 9 } });
    let star = json!({ "text": "I love love love this stroller!", "author": { "followers": 90_000_000 }, "counts": { "likes": 2_000_000 },
        "waited_minutes": 100_000, "author_open": true, "promised": true });
    let out = triage(&[], &format!("{small}\n{star}\n"));
    assert_eq!(out[1]["class"], "praise");
    assert!(out[0]["priority_points"].as_f64() > out[1]["priority_points"].as_f64(), "{out:?}");
}

#[test]
fn exports_of_networks_are_read() {
    let out = triage(&[], &post("It doesn&#39;t work &amp; nobody answers<br />Fix it"));
    assert_eq!(out[0]["class"], "complaint");
}

#[test]
fn a_team_may_bring_words_and_departments_of_its_own() {
    let pack =
        "id = \"own\"\nname = \"Own\"\nlanguage = \"en\"\nversion = 1\n[incoming.wedding]\nwords = [\"bride\"]\n";
    let pack = temp_file("triage_pack.toml", pack);
    let departments =
        temp_file("triage_departments.toml", "[[department]]\nid = \"events\"\nwords = [\"brid(e|es)\"]\n");
    let out = triage(&["--pack", &pack, "--departments", &departments], &post("The bride and her bouquet"));
    assert_eq!((&out[0]["class"], &out[0]["department"]), (&"wedding".into(), &"events".into()));
    let run = rejoinder(&["triage", "--pack", &pack, "--format", "line"], &post("A bride"));
    assert_eq!(run.out, "standard input:1:wedding:low:-\n");
}

/// A team for which every post about the blue lamp is a complaint, and about the red one not.
fn lamps(count: usize) -> String {
    let rooms = ["hall", "attic", "kitchen", "office", "garden", "cellar", "porch", "bedroom", "shop", "studio"];
    let line = |at: usize| {
        let (lamp, class) = [("blue", "complaint"), ("red", "other")][at % 2];
        json!({ "text": format!("The {lamp} lamp hangs in our {} {}", rooms[at / 2 % 10], at / 20), "class": class })
            .to_string()
            + "\n"
    };
    (0..count).map(line).collect()
}

#[test]
fn corrections_teach_once_they_are_enough() {
    let asked = post("I saw the blue lamp");
    for (count, on, class) in [(20, false, "other"), (80, true, "complaint")] {
        let file = temp_file(&format!("triage_{count}.jsonl"), &lamps(count));
        let run = rejoinder(&["triage", "--corrections", &file, "--explain-model"], &asked);
        assert_eq!(run.status, 0, "{}", run.err);
        let model: Value = serde_json::from_str(&run.err).unwrap();
        assert_eq!(model["on"], on, "{model}");
        let row: Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(row["class"], class);
        assert_eq!(row.get("learnt").is_some(), on);
        if on {
            assert!(model["features"]["complaint"].to_string().contains("\"blue\""), "{model}");
            assert!(model["cross_validation"]["macro_f1"]["learnt"].as_f64() > Some(0.9), "{model}");
        }
    }
    assert_eq!(triage(&[], &asked)[0]["class"], "other", "without corrections it is gone");
}

#[test]
fn a_bad_line_is_named() {
    for (lines, place) in [
        ("{\"text\":\"a\"}\nnonsense\n", "standard input:2: "),
        ("{\"words\":\"a\"}\n", "standard input:1: "),
        ("{\"text\":\"a\",\"author\":{\"followers\":-1}}\n", "standard input:1: author.followers"),
    ] {
        let run = rejoinder(&["triage"], lines);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{lines}");
        assert!(run.err.contains(place), "{}", run.err);
    }
    let file = temp_file("triage_bad.jsonl", "{\"text\":\"a\",\"class\":\"praise\"}\n{\"text\":\"b\"}\n");
    let run = rejoinder(&["triage", "--corrections", &file], "");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("triage_bad.jsonl:2: "), "{}", run.err);
    assert_eq!(rejoinder(&["triage", "nowhere.jsonl"], "").status, 2);
}
