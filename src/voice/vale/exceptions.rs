//! What a rule leaves alone: its own exceptions and the accepted words of the vocabularies.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::pattern::Pattern;

/// Exceptions.
#[derive(Debug, Default)]
pub(super) struct Exceptions {
    any: Option<Pattern>,
    /// Of several words: what stands inside one of them is left alone too.
    phrases: Option<Pattern>,
    source: String,
}

/// What rules are read with.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    /// What stands around tokens, `%s` for them.
    pub template: Option<String>,
    /// Accepted words.
    pub accepted: Vec<String>,
    pub shelf: Shelf,
    common: OnceCell<Arc<Exceptions>>,
}

/// Files that rules name: dictionaries and lists of words.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// The folder of the styles.
    pub styles: String,
    /// By their paths.
    pub files: BTreeMap<String, String>,
    /// Affixes and words of the dictionary for rules that name none.
    pub standard: Option<(String, String)>,
}

impl Surroundings {
    pub fn new(template: Option<String>, accepted: Vec<String>, shelf: Shelf) -> Self {
        Self { template, accepted, shelf, common: OnceCell::new() }
    }

    /// A rule's exceptions, with the vocabularies' when it takes them.
    pub fn exceptions(&self, own: &[String], vocab: bool) -> Result<Arc<Exceptions>, String> {
        if !own.is_empty() {
            let all: Vec<String> = own.iter().chain(self.accepted.iter().filter(|_| vocab)).cloned().collect();
            return Exceptions::new(&all).map(Arc::new);
        }
        if !vocab || self.accepted.is_empty() {
            return Ok(Arc::default());
        }
        // Most rules have just these.
        if let Some(common) = self.common.get() {
            return Ok(common.clone());
        }
        let made = Arc::new(Exceptions::new(&self.accepted)?);
        Ok(self.common.get_or_init(|| made).clone())
    }

    /// `tokens` between word boundaries, or as they are.
    pub fn around(&self, tokens: &str, word: bool) -> String {
        match &self.template {
            Some(template) if word && template.contains("%s") => template.replacen("%s", tokens, 1),
            _ if word => format!(r"(?m)\b(?:{tokens})\b"),
            _ => format!("(?m)(?:{tokens})"),
        }
    }
}

impl Exceptions {
    fn new(terms: &[String]) -> Result<Self, String> {
        let mut sorted: Vec<&str> = terms.iter().map(String::as_str).filter(|term| !term.is_empty()).collect();
        sorted.sort_by_key(|term| std::cmp::Reverse(term.len()));
        let exact: Vec<String> = sorted
            .iter()
            .map(|term| if term.starts_with("(?i)") { (*term).to_owned() } else { format!("(?-i){term}") })
            .collect();
        let phrases: Vec<&str> = terms
            .iter()
            .map(String::as_str)
            .filter(|term| term.contains([' ', '\t']) || term.contains(r"\s"))
            .collect();
        if exact.is_empty() {
            return Ok(Self::default());
        }
        let source = format!(r"(?m)\b(?:{})\b", exact.join("|"));
        let any = Some(Pattern::new(&source).map_err(|what| format!("\"exceptions\": {what}"))?);
        let phrases = match phrases.is_empty() {
            true => None,
            false => Pattern::new(&format!(r"(?i)\b(?:{})\b", phrases.join("|"))).ok(),
        };
        Ok(Self { any, phrases, source })
    }

    /// True for words that are an exception, or hold one.
    pub fn hold(&self, words: &str) -> bool {
        self.any.as_ref().is_some_and(|any| any.is_in(words))
    }

    /// True for a stretch inside an accepted phrase.
    pub fn cover(&self, text: &str, start: usize, end: usize) -> bool {
        let Some(phrases) = &self.phrases else { return false };
        phrases.find_all(text).unwrap_or_default().into_iter().any(|(from, to)| from <= start && end <= to)
    }

    /// The pattern, for a choice with others; empty without exceptions.
    pub fn source(&self) -> &str {
        &self.source
    }
}
