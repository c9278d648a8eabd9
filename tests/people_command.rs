//! `rejoinder influence` from outside.

use serde_json::Value;

use crate::command::rejoinder;

fn score(lines: &str) -> Vec<Value> {
    let run = rejoinder(&["influence"], lines);
    assert_eq!(run.status, 0, "{}", run.err);
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn one_answer_a_line() {
    let out = score(
        "{\"followers\":12400,\"engagements\":[24,24,24,30,2,24],\"data_age_days\":0,\"extra\":true}\n\n\
         {\"followers\":null,\"engagements\":9,\"posts_seen\":12,\"handle\":\"ana\"}\n{}\n",
    );
    assert_eq!(out.len(), 3);
    assert!((out[0]["score"].as_f64().unwrap() - 51.59).abs() < 0.01);
    assert!((out[0]["reach"].as_f64().unwrap() - 68.22).abs() < 0.01);
    assert!((out[0]["resonance"].as_f64().unwrap() - 34.95).abs() < 0.01);
    assert_eq!(out[0]["confidence"], "medium");
    assert_eq!(
        out[0]["explanation"],
        "Influence 52 (medium confidence) = half of reach 68 (12.4k followers, seen today) + half of resonance 35 \
         (median 24 reactions on 6 posts)."
    );
    assert_eq!((&out[1]["score"], &out[1]["reach"], &out[1]["handle"]), (&25.0.into(), &Value::Null, &"ana".into()));
    assert_eq!((&out[1]["low"], &out[1]["high"], &out[1]["confidence"]), (&12.5.into(), &62.5.into(), &"low".into()));
    assert_eq!((&out[2]["score"], &out[2]["flags"]), (&Value::Null, &Value::Array(Vec::new())));
}

#[test]
fn unusual_profiles_are_hints_with_reasons() {
    let out = score("{\"followers\":10,\"following\":2000,\"posts\":1,\"handle\":\"ana2931\",\"engagements\":[1]}\n");
    let reasons: Vec<&str> =
        out[0]["flags"].as_array().unwrap().iter().map(|f| f["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons.len(), 4);
    assert!(!reasons.concat().to_lowercase().contains("fake"));
    let plain = score("{\"followers\":10,\"engagements\":[1]}\n");
    assert_eq!(plain[0]["score"], out[0]["score"], "a hint changes no score");
}

#[test]
fn a_bad_line_is_named() {
    for (lines, place) in [
        ("{\"followers\":1}\nnonsense\n", "standard input:2: "),
        ("{\"followers\":-5}\n", "standard input:1: followers"),
        ("{\"followers\":\"many\"}\n", "standard input:1: "),
        ("{\"engagements\":[1,-2]}\n", "standard input:1: engagements"),
    ] {
        let run = rejoinder(&["influence"], lines);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{lines}");
        assert!(run.err.contains(place), "{}", run.err);
    }
}
