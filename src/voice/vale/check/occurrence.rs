//! `occurrence`: too many of something in a block, or too few.

use crate::voice::vale::keys::Keys;
use crate::voice::vale::message::{Arg, fill};
use crate::voice::vale::pattern::{Found, Pattern};
use crate::voice::vale::rule::{About, Hit};

#[derive(Debug)]
pub(in crate::voice::vale) struct Occurrence {
    /// As written.
    pub token: String,
    pub max: usize,
    pub min: usize,
    pattern: Pattern,
}

impl Occurrence {
    pub fn read(keys: &mut Keys<'_>) -> Result<Self, String> {
        let token = keys.text("token")?.unwrap_or_default();
        let case = if keys.truth("ignorecase", false)? { "(?i)" } else { "" };
        let pattern = Pattern::new(&format!("{case}(?:{token})"))?;
        Ok(Self { token, max: keys.count("max")?, min: keys.count("min")?, pattern })
    }

    pub fn run(&self, about: &About, text: &str) -> Found<Vec<Hit>> {
        let found = self.pattern.find_all(text)?;
        let count = found.len();
        if !((self.max > 0 && count > self.max) || (self.min > 0 && count < self.min)) {
            return Ok(Vec::new());
        }
        let message = fill(&about.message, &[Arg::Count(count)]);
        if count == 0 {
            return Ok(vec![Hit { span: None, matched: String::new(), message, suggestions: Vec::new() }]);
        }
        // Masked code counts, but nothing is told of it.
        let plain = found.into_iter().find(|&(start, end)| {
            let matched = text[start..end].trim();
            !matched.is_empty() && !matched.chars().all(|c| matches!(c, '*' | '@'))
        });
        Ok(plain.map(|(start, end)| Hit { message, ..about.hit(text, start, end) }).into_iter().collect())
    }
}
