//! Every fixture page reads as reviewed. `UPDATE=1 cargo test site_fixtures` writes what is read now; review the change.
//!
//! A case is `tests/fixtures/<site>/<case>/source.html`, a page written for the project after the networks' structure,
//! with `expected.json`: the address, the raw strings as the page agent must read them too, and what they mean.

use std::fs;
use std::path::{Path, PathBuf};

use rejoinder::site::report::report;
use rejoinder::site::{html, registry};
use serde_json::{Value, json};

/// 2026-11-21T21:30:00Z, when every fixture is read.
const NOW: i64 = 1_795_296_600_000;

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folders = |path: &Path| -> Vec<PathBuf> {
        fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect()
    };
    let mut cases: Vec<PathBuf> = registry::BUNDLED
        .iter()
        .flat_map(|id| folders(&root.join(id)))
        .filter(|case| case.join("source.html").exists())
        .collect();
    cases.sort();
    cases
}

fn read(case: &Path, url: &str) -> Value {
    let html = html::parse(&fs::read_to_string(case.join("source.html")).unwrap());
    let definition =
        html::choose(registry::bundled(), &html, url).unwrap_or_else(|| panic!("{}: no definition", case.display()));
    json!({
        "url": url,
        "raw": html::read_raw(definition, &html, url),
        "page": report(definition, &html::read_page(definition, &html, url, NOW)),
    })
}

#[test]
fn every_fixture_reads_as_reviewed() {
    let cases = cases();
    assert!(registry::BUNDLED.iter().all(|id| cases.iter().any(|case| case.parent().unwrap().ends_with(id))));
    for case in cases {
        let path = case.join("expected.json");
        let expected: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let url = expected["url"].as_str().unwrap().to_owned();
        let found = read(&case, &url);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, format!("{found:#}\n")).unwrap();
        } else {
            assert_eq!(found, expected, "{}\n{found:#}", path.display());
        }
    }
}

#[test]
fn nothing_hostile_survives_in_what_a_page_says() {
    if std::env::var_os("UPDATE").is_some() {
        return; // the other test is writing the files that this one reads
    }
    for case in cases() {
        let expected: Value = serde_json::from_str(&fs::read_to_string(case.join("expected.json")).unwrap()).unwrap();
        let page = read(&case, expected["url"].as_str().unwrap())["page"].to_string();
        let bad = |c: char| {
            c.is_control() || matches!(c, '\u{200B}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
        };
        assert!(!page.contains(bad), "{}", case.display());
        assert!(!page.contains("javascript:"), "{}", case.display());
    }
}
