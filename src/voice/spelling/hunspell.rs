//! Hunspell's dictionaries: read from their files once they are needed, kept as long as whoever holds them lives.
//!
//! What American and British English share is one file; the words that only one of them has are a file each. A file that
//! is missing or broken makes its language one without a dictionary, and is not asked for again.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use super::{Asked, Dictionary, Speech, Unknown, clitics, suggestions, unknown_in};
use crate::voice::reading::Reading;

/// As many suggestions as a person is shown.
const SUGGESTIONS: usize = 5;

/// Answers that are kept: a reply is checked again at every key, and nearly all of its words are those of the key before.
const KEPT: usize = 4096;

/// Longer ones, in bytes, are no words that come again.
const KEPT_WORD: usize = 64;

/// The files of a dictionary: its affixes, and its words in one or more parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Files {
    pub affixes: &'static str,
    pub words: &'static [&'static str],
}

impl Speech {
    /// The files of its dictionary.
    pub fn files(self) -> Files {
        let english = |words| Files { affixes: "en.aff", words };
        match self {
            Self::English => english(&["en.dic", "en-us.dic", "en-gb.dic"]),
            Self::American => english(&["en.dic", "en-us.dic"]),
            Self::British => english(&["en.dic", "en-gb.dic"]),
            Self::Spanish => Files { affixes: "es.aff", words: &["es.dic"] },
        }
    }
}

/// A dictionary of one language.
pub struct Hunspell {
    dictionary: spellbook::Dictionary,
    speech: Speech,
    kept: Mutex<HashMap<String, bool>>,
}

impl std::fmt::Debug for Hunspell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hunspell")
    }
}

impl Hunspell {
    /// Reads a dictionary; `None` when it is none. Without any words every word would be wrong.
    pub fn new(speech: Speech, affixes: &str, words: &str) -> Option<Self> {
        if affixes.trim().is_empty() || words.trim().is_empty() {
            return None;
        }
        let dictionary = spellbook::Dictionary::new(affixes, words).ok()?;
        Some(Self { dictionary, speech, kept: Mutex::default() })
    }
}

impl Hunspell {
    fn look_up(&self, word: &str) -> bool {
        let is_verb = || clitics::verbs(&word.to_lowercase()).iter().any(|verb| self.dictionary.check(verb));
        self.dictionary.check(word) || (self.speech == Speech::Spanish && is_verb())
    }
}

impl Dictionary for Hunspell {
    fn check(&self, word: &str) -> bool {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&known) = kept().get(word) {
            return known;
        }
        let known = self.look_up(word);
        let mut kept = kept();
        if kept.len() >= KEPT {
            kept.clear();
        }
        if word.len() <= KEPT_WORD {
            kept.insert(word.to_owned(), known);
        }
        known
    }

    fn suggest(&self, word: &str) -> Vec<String> {
        let mut found = Vec::new();
        self.dictionary.suggest(word, &mut found);
        found
    }
}

/// The dictionaries that have been loaded.
#[derive(Debug, Default)]
pub struct Dictionaries(BTreeMap<Speech, Option<Hunspell>>);

impl Dictionaries {
    /// Takes in the texts of a dictionary's files, the affixes first. False when they are none.
    pub fn load(&mut self, speech: Speech, affixes: &str, words: &[String]) -> bool {
        // Each part ends with a line's end; the count at the head of the first is only a hint.
        let dictionary = Hunspell::new(speech, affixes, &words.concat());
        let is_one = dictionary.is_some();
        self.0.insert(speech, dictionary);
        is_one
    }

    /// The unknown words; the error names the dictionary that must be loaded first.
    pub fn unknown(&self, asked: &Asked) -> Result<Vec<Unknown>, Speech> {
        let reading = Reading::new(&asked.text);
        let Some(speech) = asked.speech_of(&reading) else { return Ok(Vec::new()) };
        let dictionary = self.0.get(&speech).ok_or(speech)?;
        Ok(dictionary.as_ref().map(|dictionary| unknown_in(asked, &reading, speech, dictionary)).unwrap_or_default())
    }

    /// What may stand for a word of that reply; nothing where its dictionary is not loaded.
    pub fn suggest(&self, asked: &Asked, word: &str) -> Vec<String> {
        let dictionary = asked.speech().and_then(|speech| self.0.get(&speech)?.as_ref());
        dictionary.map(|dictionary| suggestions(word, dictionary, SUGGESTIONS)).unwrap_or_default()
    }
}
