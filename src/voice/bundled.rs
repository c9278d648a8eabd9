//! The packs that ship with the extension: a file of its package, compiled in elsewhere.

use std::sync::OnceLock;

use super::pack::Pack;
#[cfg(not(feature = "cli"))]
use crate::package::PackageFile;

/// The package's file: every pack of `extension/packs`, compiled.
#[cfg(not(feature = "cli"))]
pub static FILE: PackageFile = PackageFile::new();

/// The bundled packs, read once, in the order of their names. One that cannot be read is left out; a test reads them all.
pub fn bundled() -> &'static [Pack] {
    static PACKS: OnceLock<Vec<Pack>> = OnceLock::new();
    PACKS.get_or_init(read)
}

#[cfg(not(feature = "cli"))]
fn read() -> Vec<Pack> {
    super::compiled::read_all(FILE.text())
}

#[cfg(feature = "cli")]
fn read() -> Vec<Pack> {
    let read = |(name, json): &(&str, &str)| Pack::from_value(name, &serde_json::from_str(json).ok()?).ok();
    FILES.iter().filter_map(read).collect()
}

#[cfg(feature = "cli")]
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!(env!("OUT_DIR"), "/packs/", $name, ".json")))),*]
    };
}

/// Name and JSON of every bundled pack.
#[cfg(feature = "cli")]
const FILES: &[(&str, &str)] = files!(
    "any/form-strict",
    "any/form",
    "any/spelling",
    "en/courtesy",
    "en/crisis",
    "en/inclusive",
    "en/manners",
    "en/patience",
    "en/plain",
    "en/posts",
    "en/privacy",
    "en/promises",
    "en/tone",
    "en/words",
    "es/courtesy",
    "es/crisis",
    "es/inclusive",
    "es/manners",
    "es/patience",
    "es/plain",
    "es/posts",
    "es/privacy",
    "es/promises",
    "es/tone",
    "es/words",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::compiled::{read_all, write_all};

    #[test]
    fn every_example_of_every_rule_holds() {
        let read = |(name, _): &(&str, &str)| {
            let file = format!("{}/extension/packs/{name}.toml", env!("CARGO_MANIFEST_DIR"));
            Pack::parse(&file, &std::fs::read_to_string(&file).unwrap()).unwrap_or_else(|error| panic!("{error}"))
        };
        let written: Vec<Pack> = FILES.iter().map(read).collect();
        let compiled = write_all(&read_all(&write_all(&written)));
        assert!(compiled == write_all(bundled()), "what is compiled is what was written");
        let rules = |packs: &[Pack]| packs.iter().map(|pack| (pack.id.clone(), pack.rules.len())).collect::<Vec<_>>();
        assert_eq!(rules(&written), rules(bundled()));
        let failures = crate::voice::examples::failures(&written, &written);
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
}
