//! How well cues tell classes, on posts that were split into two halves before any cue was written.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rejoinder::triage::{Class, Classes};
use rejoinder::voice::{Pack, bundled};
use serde::Deserialize;

#[derive(Deserialize)]
struct Post {
    text: String,
    class: String,
    half: String,
}

/// Precision and recall of a class.
#[derive(Default, Clone, Copy)]
struct Tally {
    right: f64,
    said: f64,
    there: f64,
}

impl Tally {
    fn f1(self) -> f64 {
        2.0 * self.right / (self.said + self.there).max(1.0)
    }
}

fn posts(lang: &str) -> Vec<Post> {
    let path = format!("{}/tests/fixtures/triage/{lang}.jsonl", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn classes() -> Classes {
    let cues: Vec<_> = bundled().iter().flat_map(Pack::all_cues).collect();
    Classes::new(cues.iter().map(|cue| cue.as_ref()))
}

fn tallies(lang: &str, half: &str) -> BTreeMap<String, Tally> {
    let classes = classes();
    let mut all: BTreeMap<String, Tally> = BTreeMap::new();
    for post in posts(lang).into_iter().filter(|post| post.half == half) {
        let said = classes.judge(&post.text).class;
        all.entry(post.class.clone()).or_default().there += 1.0;
        let right = said == post.class;
        let one = all.entry(said).or_default();
        one.said += 1.0;
        one.right += f64::from(u8::from(right));
    }
    all
}

#[track_caller]
fn check(lang: &str, half: &str, average: f64, complaint: f64) {
    let all = tallies(lang, half);
    let mut table = String::new();
    for (class, tally) in &all {
        let (precision, recall) = (tally.right / tally.said.max(1.0), tally.right / tally.there.max(1.0));
        writeln!(table, "{lang} {half} {class}: P {precision:.2} R {recall:.2} F1 {:.2}", tally.f1()).unwrap();
    }
    println!("{table}");
    let mean = all.values().map(|tally| tally.f1()).sum::<f64>() / Class::ALL.len() as f64;
    assert!(mean >= average, "{mean:.3} on average\n{table}");
    assert!(all["complaint"].f1() >= complaint, "{table}");
}

#[test]
fn the_corpora_hold_every_class_in_both_halves() {
    for lang in ["en", "es"] {
        let posts = posts(lang);
        assert!(posts.len() >= 300, "{}", posts.len());
        for half in ["seen", "held"] {
            for class in Class::ALL {
                let count = posts.iter().filter(|post| post.half == half && post.class == class.id()).count();
                assert!(count >= 10, "{lang} {half} {}: {count}", class.id());
            }
        }
    }
}

#[test]
fn english_posts_are_told_apart() {
    check("en", "seen", 0.90, 0.90);
    check("en", "held", 0.85, 0.80);
}

#[test]
fn spanish_posts_are_told_apart() {
    check("es", "seen", 0.90, 0.90);
    check("es", "held", 0.85, 0.85);
}
