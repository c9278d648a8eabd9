//! A rule's pattern. It is compiled when a text first holds one of its rule's phrases: most patterns never are, and a
//! background that was restarted has to answer at once.

use std::sync::OnceLock;

use crate::text::regex::Regex;

/// A regex over folded text, whole words only.
#[derive(Debug, Clone)]
pub struct Pattern {
    source: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Refuses what could never match folded text. Whether it is a regex at all is asked by [`Pattern::check`].
    pub fn new(source: String) -> Result<Self, String> {
        if source.contains(r"\b") {
            return Err(r"leave out \b: a match is always whole words".to_owned());
        }
        let mut before = ' ';
        for c in source.chars() {
            if before != '\\' && (c.is_uppercase() || matches!(c, '‘' | '’' | '“' | '”')) {
                return Err("the pattern must be in lower case with straight quotes, like the text it meets".to_owned());
            }
            before = if before == '\\' { ' ' } else { c };
        }
        Ok(Self { source, compiled: OnceLock::new() })
    }

    /// What is wrong with it, for whoever writes it.
    #[cfg(feature = "cli")]
    pub fn check(&self) -> Result<(), String> {
        Regex::new(&self.source).map(|_| ()).map_err(|error| wrong(&error))
    }

    /// What is wrong with it. Pages only read it: what would compile it is a quarter of their size, and patterns of packs that
    /// were too large would only never find anything.
    #[cfg(all(feature = "exchange", not(feature = "cli")))]
    pub fn check(&self) -> Result<(), String> {
        regex_automata::util::syntax::parse(&self.source).map(|_| ()).map_err(|error| wrong(&error.to_string()))
    }

    /// As it was written.
    #[cfg(any(feature = "cli", feature = "exchange"))]
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// Ready to search; `None` for one that nobody checked and that is no regex.
    pub fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&self.source).ok()).as_ref()
    }
}

#[cfg(any(feature = "cli", feature = "exchange"))]
fn wrong(said: &str) -> String {
    format!("pattern: {}", said.lines().last().unwrap_or_default())
}
