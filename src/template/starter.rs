//! The starter library: short, defensible replies in each language of the interface, for people to make their own.
//!
//! In a browser it is a file of the package. Elsewhere it is compiled in.

#[cfg(not(feature = "cli"))]
use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::record::Template;
use crate::message::Lang;
#[cfg(not(feature = "cli"))]
use crate::package::PackageFile;

/// The package's file: the templates of every language by its tag.
#[cfg(not(feature = "cli"))]
pub static FILE: PackageFile = PackageFile::new();

/// The starter templates of a language, the hand-off to a direct message first.
pub fn starter(lang: Lang) -> &'static [Template] {
    static EN: OnceLock<Vec<Template>> = OnceLock::new();
    static ES: OnceLock<Vec<Template>> = OnceLock::new();
    match lang {
        Lang::En => EN.get_or_init(|| read(lang)),
        Lang::Es => ES.get_or_init(|| read(lang)),
    }
}

#[cfg(not(feature = "cli"))]
fn read(lang: Lang) -> Vec<Template> {
    let all: Option<BTreeMap<String, Vec<Template>>> = crate::json::read(FILE.text());
    all.and_then(|mut all| all.remove(lang.tag())).unwrap_or_default()
}

/// A bundled file that does not parse fails a test, so an empty library here is never shipped.
#[cfg(feature = "cli")]
fn read(lang: Lang) -> Vec<Template> {
    #[derive(serde::Deserialize)]
    struct File {
        template: Vec<Template>,
    }
    let text = match lang {
        Lang::En => include_str!("../../extension/templates/en/starter.toml"),
        Lang::Es => include_str!("../../extension/templates/es/starter.toml"),
    };
    toml::from_str::<File>(text).map(|file| file.template).unwrap_or_default()
}
