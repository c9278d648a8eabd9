//! The packs that ship with the extension: a file of its package, compiled in elsewhere.

use std::sync::OnceLock;

use super::pack::Pack;
#[cfg(not(feature = "cli"))]
use crate::package::PackageFile;

/// The package's file: packs by their place in `extension/packs`.
#[cfg(not(feature = "cli"))]
pub static FILE: PackageFile = PackageFile::new();

/// The bundled packs, read once, in the order of their names. One that cannot be read is left out; a test reads them all.
pub fn bundled() -> &'static [Pack] {
    static PACKS: OnceLock<Vec<Pack>> = OnceLock::new();
    PACKS.get_or_init(read)
}

#[cfg(not(feature = "cli"))]
fn read() -> Vec<Pack> {
    let packs: serde_json::Value = serde_json::from_str(FILE.text()).unwrap_or_default();
    packs.as_object().into_iter().flatten().filter_map(|(name, pack)| Pack::from_value(name, pack).ok()).collect()
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
    "any/form",
    "any/form-strict",
    "en/courtesy",
    "en/manners",
    "en/plain",
    "en/promises",
    "en/words",
    "es/courtesy",
    "es/manners",
    "es/plain",
    "es/promises",
    "es/words",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_every_rule_holds() {
        let read = |(name, _): &(&str, &str)| {
            let file = format!("{}/extension/packs/{name}.toml", env!("CARGO_MANIFEST_DIR"));
            Pack::parse(&file, &std::fs::read_to_string(&file).unwrap()).unwrap_or_else(|error| panic!("{error}"))
        };
        let written: Vec<Pack> = FILES.iter().map(read).collect();
        let rules = |packs: &[Pack]| packs.iter().map(|pack| (pack.id.clone(), pack.rules.len())).collect::<Vec<_>>();
        assert_eq!(rules(&written), rules(bundled()));
        let failures = crate::voice::examples::failures(&written);
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
