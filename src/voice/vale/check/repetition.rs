//! `repetition`: the same thing twice in a row, within a sentence.

use std::sync::Arc;

use crate::voice::vale::exceptions::{Exceptions, Surroundings};
use crate::voice::vale::keys::Keys;
use crate::voice::vale::message::{Arg, fill};
use crate::voice::vale::pattern::{Found, Pattern};
use crate::voice::vale::rule::{About, Hit};
use crate::voice::vale::sentences::sentences;

#[derive(Debug)]
pub(in crate::voice::vale) struct Repetition {
    /// As written.
    pub tokens: Vec<String>,
    pub max: usize,
    pub alpha: bool,
    ignorecase: bool,
    pattern: Pattern,
    exceptions: Arc<Exceptions>,
}

impl Repetition {
    pub fn read(keys: &mut Keys<'_>, around: &Surroundings) -> Result<Self, String> {
        let tokens = keys.texts("tokens")?;
        let (max, alpha) = (keys.count("max")?, keys.truth("alpha", false)?);
        let ignorecase = keys.truth("ignorecase", false)?;
        let vocab = keys.truth("vocab", true)?;
        let exceptions = around.exceptions(&keys.texts("exceptions")?, vocab)?;
        let pattern = pattern(&tokens, ignorecase)?;
        Ok(Self { tokens, max, alpha, ignorecase, pattern, exceptions })
    }

    /// Vale's own: any word.
    pub fn of_words(around: &Surroundings) -> Result<Self, String> {
        let tokens = vec![r"[^\s.!?]+".to_owned()];
        let pattern = pattern(&tokens, true)?;
        let exceptions = around.exceptions(&[], true)?;
        Ok(Self { tokens, max: 0, alpha: true, ignorecase: true, pattern, exceptions })
    }

    pub fn run(&self, about: &About, text: &str) -> Found<Vec<Hit>> {
        let mut hits = Vec::new();
        let mut before: Option<(usize, &str)> = None;
        let mut count = 0;
        for (start, end) in self.pattern.find_all(text)? {
            let word = text[start..end].trim();
            let again = before.filter(|(_, other)| {
                let same = if self.ignorecase { word.to_lowercase() == other.to_lowercase() } else { word == *other };
                same && !word.is_empty() && (!self.alpha || word.chars().all(char::is_alphabetic))
            });
            if let Some((from, _)) = again {
                count += 1;
                let stretch = &text[from..end];
                // Across a full stop it is likely meant.
                let told = count > self.max && sentences(stretch).len() == 1;
                if told && !self.exceptions.hold(stretch) && !self.exceptions.cover(text, from, end) {
                    let message = fill(&about.message, &[Arg::Text(word)]);
                    hits.push(Hit { message, ..about.hit(text, from, end) });
                    count = 0;
                }
            }
            before = Some((start, word));
        }
        Ok(hits)
    }
}

fn pattern(tokens: &[String], ignorecase: bool) -> Result<Pattern, String> {
    let case = if ignorecase { "(?i)" } else { "" };
    Pattern::new(&format!("{case}({})", tokens.join("|")))
}
