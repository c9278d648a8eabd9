//! `capitalization`: the case of a whole block, mostly a heading.

use std::sync::Arc;

use crate::voice::vale::case::{Spellings, TitleStyle, all_capital, sentence, title};
use crate::voice::vale::exceptions::{Exceptions, Surroundings};
use crate::voice::vale::keys::Keys;
use crate::voice::vale::message::{Arg, fill};
use crate::voice::vale::pattern::Pattern;
use crate::voice::vale::rule::{About, Hit};

#[derive(Debug)]
pub(in crate::voice::vale) struct Capitalization {
    case: Case,
    threshold: f64,
    spellings: Spellings,
    indicators: Vec<String>,
    /// A beginning that does not count.
    prefix: Option<Pattern>,
    exceptions: Arc<Exceptions>,
    /// What counts as a word.
    word: Pattern,
}

#[derive(Debug)]
enum Case {
    Title(TitleStyle),
    Sentence,
    Lower,
    Upper,
    Pattern(String, Pattern),
}

impl Capitalization {
    pub fn read(keys: &mut Keys<'_>, around: &Surroundings) -> Result<Self, String> {
        let style = keys.text("style")?.unwrap_or_default();
        let case = match keys.text("match")?.unwrap_or_default().as_str() {
            "$title" if style == "Chicago" => Case::Title(TitleStyle::Chicago),
            "$title" => Case::Title(TitleStyle::Ap),
            "$sentence" => Case::Sentence,
            "$lower" => Case::Lower,
            "$upper" => Case::Upper,
            source => Case::Pattern(source.to_owned(), Pattern::new(source)?),
        };
        let own = keys.texts("exceptions")?;
        let vocab = keys.truth("vocab", true)?;
        let exceptions = around.exceptions(&own, vocab)?;
        let terms: Vec<String> = own.iter().chain(around.accepted.iter().filter(|_| vocab)).cloned().collect();
        let threshold = keys.number("threshold")?;
        let prefix = keys.text("prefix")?.filter(|prefix| !prefix.is_empty());
        let word = match exceptions.source() {
            "" => r"[\p{N}\p{L}*]+[^\s]*".to_owned(),
            source => format!(r"{source}|[\p{{N}}\p{{L}}*]+[^\s]*"),
        };
        Ok(Self {
            case,
            threshold: if threshold == 0.0 { 0.8 } else { threshold },
            spellings: Spellings::new(&terms),
            indicators: keys.texts("indicators")?,
            prefix: prefix.map(|prefix| Pattern::new(&prefix)).transpose()?,
            exceptions,
            word: Pattern::new(&word)?,
        })
    }

    pub fn run(&self, about: &About, text: &str) -> Vec<Hit> {
        let (expected, right) = self.judge(text);
        if right {
            return Vec::new();
        }
        let mut hit = about.hit(text, 0, text.len());
        hit.message = fill(&about.message, &[Arg::Text(text), Arg::Text(&expected)]);
        if about.action.name == "replace" && about.action.params.is_empty() {
            hit.suggestions =
                if matches!(self.case, Case::Title(_) | Case::Sentence) { vec![expected] } else { Vec::new() };
        }
        vec![hit]
    }

    /// What it should be, and whether it is.
    fn judge(&self, text: &str) -> (String, bool) {
        let except = || self.exceptions.hold(text);
        match &self.case {
            Case::Lower => {
                let lower = text.to_lowercase();
                let right = text == lower || except();
                (lower, right)
            }
            Case::Upper => {
                let upper = text.to_uppercase();
                let right = text == upper || except();
                (upper, right)
            }
            Case::Pattern(source, pattern) => (source.clone(), pattern.is_in(text) || except()),
            Case::Title(style) => {
                let (prefix, rest) = self.split(text);
                let expected = format!("{prefix}{}", title(rest, *style, &self.spellings));
                let right = self.enough(text, &expected, false);
                (expected, right)
            }
            Case::Sentence => {
                let (prefix, rest) = self.split(text);
                let expected = format!("{prefix}{}", sentence(rest, &self.spellings, &self.indicators));
                let right = self.enough(text, &expected, true);
                (expected, right)
            }
        }
    }

    fn split<'t>(&self, text: &'t str) -> (&'t str, &'t str) {
        let found = self.prefix.as_ref().and_then(|prefix| prefix.find_all(text).ok()?.first().copied());
        text.split_at(found.filter(|(start, _)| *start == 0).map_or(0, |(_, end)| end))
    }

    /// True when words enough are as expected.
    fn enough(&self, text: &str, expected: &str, is_sentence: bool) -> bool {
        let expected = self.word.words(expected);
        let words = self.word.words(text);
        let mut right = 0;
        for (nth, word) in words.iter().enumerate() {
            let same = expected.get(nth).is_none_or(|expected| expected == word) || self.exceptions.hold(word);
            if same || (!is_sentence && word.to_uppercase() == **word) {
                right += 1;
            } else if is_sentence && nth == 0 && **word != all_capital(word) {
                return false;
            }
        }
        f64::from(right) / words.len() as f64 >= self.threshold
    }
}
