//! `conditional`: what is there asks for something else, such as an abbreviation for its meaning.

use std::sync::Arc;

use crate::voice::vale::exceptions::{Exceptions, Surroundings};
use crate::voice::vale::keys::Keys;
use crate::voice::vale::pattern::{Found, Pattern};
use crate::voice::vale::rule::{About, Hit, Memory};

#[derive(Debug)]
pub(in crate::voice::vale) struct Conditional {
    first: Pattern,
    second: Pattern,
    /// What the second one holds is what it allows; else it must only be there.
    captures: bool,
    exceptions: Arc<Exceptions>,
}

impl Conditional {
    pub fn read(keys: &mut Keys<'_>, around: &Surroundings) -> Result<Self, String> {
        let (first, second) = (keys.text("first")?.unwrap_or_default(), keys.text("second")?.unwrap_or_default());
        // Read and, as in Vale, without effect.
        keys.truth("ignorecase", false)?;
        let vocab = keys.truth("vocab", true)?;
        let exceptions = around.exceptions(&keys.texts("exceptions")?, vocab)?;
        let opens = second.matches('(').count();
        let captures = opens > second.matches("(?").count() + second.matches(r"\(").count();
        Ok(Self { first: Pattern::new(&first)?, second: Pattern::new(&second)?, captures, exceptions })
    }

    pub fn run(&self, about: &About, text: &str, memory: &mut Memory) -> Found<Vec<Hit>> {
        let defined = memory.seen.entry(about.name.clone()).or_default();
        if self.captures {
            for groups in self.second.captures_all(text)? {
                let words = groups.into_iter().skip(1).flatten().map(|(start, end)| text[start..end].to_owned());
                defined.extend(words.filter(|word| !word.is_empty()));
            }
        } else if self.second.is_in(text) {
            return Ok(Vec::new());
        }
        let found = self.first.find_all(text)?.into_iter();
        let told = found.filter(|&(start, end)| {
            let matched = &text[start..end];
            let is_defined = self.captures && defined.contains(matched);
            let is_excepted = self.exceptions.hold(matched) || self.exceptions.cover(text, start, end);
            !(is_defined || is_excepted)
        });
        Ok(told.map(|(start, end)| about.hit(text, start, end)).collect())
    }
}
