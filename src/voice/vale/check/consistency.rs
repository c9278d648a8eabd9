//! `consistency`: one of two forms in a file, not both.

use super::substitution::without_groups;
use crate::voice::vale::exceptions::Surroundings;
use crate::voice::vale::keys::Keys;
use crate::voice::vale::pattern::{Found, Pattern};
use crate::voice::vale::rule::{About, Hit, Memory};

#[derive(Debug)]
pub(in crate::voice::vale) struct Consistency {
    pairs: Vec<[Pattern; 2]>,
}

impl Consistency {
    pub fn read(keys: &mut Keys<'_>, around: &Surroundings) -> Result<Self, String> {
        let word = !keys.truth("nonword", false)?;
        let case = if keys.truth("ignorecase", false)? { "(?i)" } else { "" };
        let mut pairs = Vec::new();
        for (one, other) in keys.pairs("either")? {
            // Both forms take part in either search, so that a longer one is not found inside the other.
            let form = |both: String| Pattern::new(&format!("{case}{}", around.around(&both, word)));
            let (first, second) =
                (form(format!("({one})|{other}")), form(format!("{}|({other})", without_groups(&one))));
            pairs.push([first?, second?]);
        }
        Ok(Self { pairs })
    }

    pub fn run(&self, about: &About, text: &str, memory: &mut Memory) -> Found<Vec<Hit>> {
        let mut hits = Vec::new();
        let seen = memory.seen.entry(about.name.clone()).or_default();
        for (nth, forms) in self.pairs.iter().enumerate() {
            let mut last: Option<(usize, usize)> = None;
            for (which, form) in forms.iter().enumerate() {
                for groups in form.captures_all(text)? {
                    if let Some(span) = groups.get(1).copied().flatten() {
                        seen.insert(format!("{nth} {which}"));
                        last = last.filter(|last| last.0 > span.0).or(Some(span));
                    }
                }
            }
            let both = (0..2).all(|which| seen.contains(&format!("{nth} {which}")));
            if let Some((start, end)) = last.filter(|_| both) {
                // Told at the first place that reads like the last one found.
                let first = first_word(text, &text[start..end]).unwrap_or(start);
                hits.push(about.hit(text, first, first + end - start));
            }
        }
        Ok(hits)
    }
}

/// The first place where `word` stands by itself.
fn first_word(text: &str, word: &str) -> Option<usize> {
    let edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    let apart =
        |&(at, _): &(usize, &str)| edge(text[..at].chars().next_back()) && edge(text[at + word.len()..].chars().next());
    text.match_indices(word).find(apart).or_else(|| text.match_indices(word).next()).map(|(at, _)| at)
}
