//! `existence`: words that should not be there.

use std::sync::Arc;

use crate::voice::vale::exceptions::{Exceptions, Surroundings};
use crate::voice::vale::keys::Keys;
use crate::voice::vale::pattern::{Found, Pattern, required};
use crate::voice::vale::rule::{About, Hit};

#[derive(Debug)]
pub(in crate::voice::vale) struct Existence {
    /// As written, without blank ones.
    pub tokens: Vec<String>,
    /// As written, joined.
    pub raw: String,
    pub ignorecase: bool,
    pub nonword: bool,
    pub own_exceptions: Vec<String>,
    pub required: Option<Vec<String>>,
    pattern: Pattern,
    exceptions: Arc<Exceptions>,
}

impl Existence {
    pub fn read(keys: &mut Keys<'_>, around: &Surroundings) -> Result<Self, String> {
        let raw = keys.texts("raw")?.concat();
        let tokens = keys.texts("tokens")?;
        let had_tokens = !tokens.is_empty();
        let tokens: Vec<String> = tokens.into_iter().filter(|token| !token.trim().is_empty()).collect();
        let own_exceptions = keys.texts("exceptions")?;
        let (append, ignorecase) = (keys.truth("append", false)?, keys.truth("ignorecase", false)?);
        let (nonword, vocab) = (keys.truth("nonword", false)?, keys.truth("vocab", true)?);
        let body = around.around(&tokens.join("|"), !nonword && had_tokens);
        let body = if append { format!("{body}{raw}") } else { format!("{raw}{body}") };
        let pattern = Pattern::new(&if ignorecase { format!("(?i){body}") } else { body })?;
        let exceptions = around.exceptions(&own_exceptions, vocab && !nonword)?;
        let required = match (raw.is_empty(), tokens.is_empty()) {
            (true, _) => required(&tokens.join("|")),
            (false, true) => required(&raw),
            (false, false) => None,
        };
        Ok(Self { tokens, raw, ignorecase, nonword, own_exceptions, required, pattern, exceptions })
    }

    /// The rule for rejected words.
    pub fn of(tokens: &[String], around: &Surroundings) -> Result<Self, String> {
        Ok(Self {
            required: required(&tokens.join("|")),
            pattern: Pattern::new(&around.around(&tokens.join("|"), true))?,
            exceptions: around.exceptions(&[], true)?,
            tokens: tokens.to_vec(),
            raw: String::new(),
            ignorecase: false,
            nonword: false,
            own_exceptions: Vec::new(),
        })
    }

    pub fn run(&self, about: &About, text: &str) -> Found<Vec<Hit>> {
        let found = self.pattern.find_all(text)?.into_iter();
        let told = found.filter(|&(start, end)| {
            !self.exceptions.hold(text[start..end].trim()) && !self.exceptions.cover(text, start, end)
        });
        Ok(told.map(|(start, end)| about.hit(text, start, end)).collect())
    }
}
