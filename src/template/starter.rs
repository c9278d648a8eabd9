//! The starter library: short, defensible replies in each language of the interface, for people to make their own.

use std::sync::OnceLock;

use serde::Deserialize;

use super::record::Template;
use crate::json;
use crate::message::Lang;

#[derive(Deserialize)]
struct File {
    template: Vec<Template>,
}

/// The starter templates of a language, the hand-off to a direct message first.
pub fn starter(lang: Lang) -> &'static [Template] {
    static EN: OnceLock<Vec<Template>> = OnceLock::new();
    static ES: OnceLock<Vec<Template>> = OnceLock::new();
    match lang {
        Lang::En => EN.get_or_init(|| parse(include_str!(concat!(env!("OUT_DIR"), "/templates/en/starter.json")))),
        Lang::Es => ES.get_or_init(|| parse(include_str!(concat!(env!("OUT_DIR"), "/templates/es/starter.json")))),
    }
}

/// A bundled file that does not parse fails a test, so an empty library here is never shipped.
fn parse(text: &str) -> Vec<Template> {
    json::read::<File>(text).map(|file| file.template).unwrap_or_default()
}
