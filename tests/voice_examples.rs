//! Every example of every bundled pack holds, and what ships by default stays small.

use rejoinder::voice::{bundled, examples};

#[test]
fn every_example_of_every_rule_holds() {
    let failures = examples::failures(bundled());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_starter_packs_are_large_enough_and_calm() {
    let count =
        |language: &str| bundled().iter().filter(|p| p.language == language).map(|p| p.rules.len()).sum::<usize>();
    assert!(count("en") >= 25, "{}", count("en"));
    assert!(count("es") >= 25, "{}", count("es"));
    let on: usize =
        bundled().iter().filter(|pack| pack.on).map(|pack| pack.rules.iter().filter(|r| r.on).count()).sum();
    assert!(on <= 40, "{on} rules on by default");
}
