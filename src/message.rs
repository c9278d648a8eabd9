//! Text for people: keys and arguments in the core, sentences in one catalogue per language.
//!
//! The core never builds a sentence. It returns a [`Msg`]; the catalogue (`extension/_locales/*/messages.json`, the
//! WebExtension format) turns it into words for pages, agent and command line. Browsers' modules are handed it when they
//! start. Nothing here chooses what to say.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::json;
use crate::ordered::ordered;
#[cfg(target_arch = "wasm32")]
use crate::package::PackageFile;
use serde::{Deserialize, Serialize};

/// Something to say: a catalogue key and its arguments by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
pub struct Msg {
    /// Key in the catalogue.
    pub key: String,
    /// Values for the key's placeholders; plain text, shown as text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

impl Msg {
    /// A message without arguments.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), args: BTreeMap::new() }
    }

    /// The same message with one more argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}

/// A language of the interface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Lang {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::En, Self::Es];

    /// The language for a BCP 47 tag ("es-MX" is Spanish); English when we do not speak it.
    pub fn from_tag(tag: &str) -> Self {
        match tag.split(['-', '_']).next().map(str::to_ascii_lowercase).as_deref() {
            Some("es") => Self::Es,
            _ => Self::En,
        }
    }

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }
}

/// The package's catalogues, in the order of [`Lang::ALL`]. Until one is handed in, keys stand for their sentences.
#[cfg(target_arch = "wasm32")]
pub static FILES: [PackageFile; Lang::ALL.len()] = [const { PackageFile::new() }; Lang::ALL.len()];

/// One language's sentences.
#[derive(Debug)]
pub struct Catalogue {
    entries: BTreeMap<String, Sentence>,
}

/// An entry of a catalogue; what else it holds is for translators and the browser.
#[derive(Debug, Deserialize)]
struct Sentence {
    message: String,
}

impl Catalogue {
    /// The catalogue of `lang`, read once.
    pub fn of(lang: Lang) -> &'static Self {
        static READ: [OnceLock<Catalogue>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];
        READ[lang as usize].get_or_init(|| Self { entries: json::read(Self::text(lang)).unwrap_or_default() })
    }

    #[cfg(target_arch = "wasm32")]
    fn text(lang: Lang) -> &'static str {
        FILES[lang as usize].text()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn text(lang: Lang) -> &'static str {
        match lang {
            Lang::En => include_str!("../extension/_locales/en/messages.json"),
            Lang::Es => include_str!("../extension/_locales/es/messages.json"),
        }
    }

    /// The sentence for `msg`; an unknown key shows itself, so that a gap is seen and nothing is lost.
    pub fn say(&self, msg: &Msg) -> String {
        match self.entries.get(&msg.key) {
            Some(sentence) => fill(&sentence.message, &msg.args),
            None => msg.key.clone(),
        }
    }

    /// The sentence for a key without arguments.
    pub fn word(&self, key: &str) -> String {
        self.say(&Msg::new(key))
    }

    /// Every key.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Every key that starts with `prefix`, with its sentence.
    pub fn with_prefix(&self, prefix: &str) -> BTreeMap<String, String> {
        let all = self.entries.range(prefix.to_owned()..).take_while(|(key, _)| key.starts_with(prefix));
        ordered(all.map(|(key, sentence)| (key.clone(), sentence.message.clone())))
    }
}

/// Replaces `$NAME$` by the argument `name`; an argument's own dollars are never read again.
fn fill(message: &str, args: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(start) = rest.find('$') {
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        let after = &after[1..];
        let value = after
            .find('$')
            .and_then(|end| args.get(&after[..end].to_ascii_lowercase()).map(|value| (value, &after[end + 1..])));
        match value {
            Some((value, tail)) => {
                out.push_str(value);
                rest = tail;
            }
            None => {
                out.push('$');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(message: &str, args: &[(&str, &str)], expect: &str) {
        let args = args.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        assert_eq!(fill(message, &args), expect);
    }

    #[test]
    fn arguments_replace_their_placeholders_once() {
        check("Saved by $WHO$", &[("who", "Ana")], "Saved by Ana");
        check("$A$ and $B$", &[("a", "$B$"), ("b", "x")], "$B$ and x");
        check("costs $5", &[], "costs $5");
        check("$MISSING$ stays", &[], "$MISSING$ stays");
    }

    #[test]
    fn no_key_stands_twice_in_a_file() {
        for lang in Lang::ALL {
            let lines = Catalogue::text(lang).lines().filter_map(|line| line.trim_start().strip_prefix('"'));
            let keys: Vec<&str> = lines.filter_map(|line| line.split_once("\": {").map(|(key, _)| key)).collect();
            assert_eq!(
                keys.len(),
                Catalogue::of(lang).keys().count(),
                "{lang:?}: of two with one key only the last is read"
            );
        }
    }

    #[test]
    fn languages_hold_the_same_keys_and_placeholders() {
        let (en, es) = (Catalogue::of(Lang::En), Catalogue::of(Lang::Es));
        assert_eq!(en.keys().collect::<Vec<_>>(), es.keys().collect::<Vec<_>>());
        let holes = |text: &str| {
            let mut found: Vec<String> = text.split('$').skip(1).step_by(2).map(str::to_ascii_lowercase).collect();
            found.sort();
            found
        };
        for (key, sentence) in &en.entries {
            assert_eq!(holes(&sentence.message), holes(&es.entries[key].message), "{key}");
        }
    }
}
