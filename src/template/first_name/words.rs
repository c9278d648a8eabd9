//! The word lists behind the reading of first names: a file of the package, folded (small letters, no accents, no full
//! stops) and sorted.

use std::sync::OnceLock;

#[cfg(target_arch = "wasm32")]
use crate::package::PackageFile;

/// The package's file: `name: word word …`, a list a line.
#[cfg(target_arch = "wasm32")]
pub static FILE: PackageFile = PackageFile::new();

/// Words in their order.
pub type List = Vec<&'static str>;

/// Every list.
#[derive(Debug, Default)]
pub struct Lists {
    /// Before a name: courtesy, degrees, trades, ranks.
    pub titles: List,
    /// After a name: generations, degrees, trades.
    pub suffixes: List,
    /// Small words inside names.
    pub particles: List,
    /// Words that make a name an organisation, wherever they stand.
    pub organisation: List,
    /// Words that begin nicknames and slogans rather than names.
    pub not_a_name: List,
    /// Common first names in English and Spanish: they settle which side of a comma is which, and mend the case of "ana ruiz".
    pub given: List,
}

/// The lists, read when they are first asked for.
pub fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| Lists::read(text()))
}

#[cfg(target_arch = "wasm32")]
fn text() -> &'static str {
    FILE.text()
}

#[cfg(not(target_arch = "wasm32"))]
fn text() -> &'static str {
    include_str!("../../../extension/name-words.txt")
}

impl Lists {
    fn read(text: &'static str) -> Self {
        let mut lists = Self::default();
        for (name, words) in text.lines().filter_map(|line| line.split_once(": ")) {
            let list = match name {
                "titles" => &mut lists.titles,
                "suffixes" => &mut lists.suffixes,
                "particles" => &mut lists.particles,
                "organisation" => &mut lists.organisation,
                "not_a_name" => &mut lists.not_a_name,
                "given" => &mut lists.given,
                _ => continue,
            };
            list.extend(words.split(' '));
        }
        lists
    }
}
