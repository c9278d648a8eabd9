//! The packs that ship with the extension.

use std::sync::OnceLock;

use super::pack::Pack;

/// File name and text of every bundled pack.
const FILES: &[(&str, &str)] = &[
    ("any/form-strict.toml", include_str!("../../extension/packs/any/form-strict.toml")),
    ("any/form.toml", include_str!("../../extension/packs/any/form.toml")),
    ("en/courtesy.toml", include_str!("../../extension/packs/en/courtesy.toml")),
    ("en/manners.toml", include_str!("../../extension/packs/en/manners.toml")),
    ("en/plain.toml", include_str!("../../extension/packs/en/plain.toml")),
    ("en/promises.toml", include_str!("../../extension/packs/en/promises.toml")),
    ("en/words.toml", include_str!("../../extension/packs/en/words.toml")),
    ("es/courtesy.toml", include_str!("../../extension/packs/es/courtesy.toml")),
    ("es/manners.toml", include_str!("../../extension/packs/es/manners.toml")),
    ("es/plain.toml", include_str!("../../extension/packs/es/plain.toml")),
    ("es/promises.toml", include_str!("../../extension/packs/es/promises.toml")),
    ("es/words.toml", include_str!("../../extension/packs/es/words.toml")),
];

/// The bundled packs, read once. A file that cannot be read is left out; a test reads them all.
pub fn bundled() -> &'static [Pack] {
    static PACKS: OnceLock<Vec<Pack>> = OnceLock::new();
    PACKS.get_or_init(|| FILES.iter().filter_map(|(name, text)| Pack::parse(name, text).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_pack_can_be_read() {
        for (name, text) in FILES {
            if let Err(error) = Pack::parse(name, text) {
                panic!("{error}");
            }
        }
    }

    #[test]
    fn every_example_of_every_rule_holds() {
        let failures = crate::voice::examples::failures(bundled());
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
