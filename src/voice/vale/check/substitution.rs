//! `substitution`: a term that has a preferred one.

use std::sync::Arc;

use crate::voice::vale::action::Action;
use crate::voice::vale::exceptions::{Exceptions, Surroundings};
use crate::voice::vale::keys::Keys;
use crate::voice::vale::message::{Arg, choice, fill};
use crate::voice::vale::pattern::{Found, Pattern, required};
use crate::voice::vale::rule::{About, Hit};

#[derive(Debug)]
pub(in crate::voice::vale) struct Substitution {
    /// Longest term first.
    pub swaps: Vec<Swap>,
    pub ignorecase: bool,
    pub nonword: bool,
    pub own_exceptions: Vec<String>,
    pub required: Option<Vec<String>>,
    capitalize: bool,
    pattern: Pattern,
    exceptions: Arc<Exceptions>,
}

#[derive(Debug)]
pub(in crate::voice::vale) struct Swap {
    /// As written.
    pub term: String,
    /// As written.
    pub preferred: String,
    /// The term by itself, when the preferred one takes parts of it over.
    parts: Option<Pattern>,
    /// What is right already, when the preferred one is a pattern.
    right: Option<Pattern>,
}

impl Substitution {
    pub fn read(keys: &mut Keys<'_>, around: &Surroundings, action: &Action) -> Result<Self, String> {
        // Parts of speech were never documented; what they ruled out is told.
        keys.take("pos");
        let swap = keys.pairs("swap")?;
        let own_exceptions = keys.texts("exceptions")?;
        let (ignorecase, nonword) = (keys.truth("ignorecase", false)?, keys.truth("nonword", false)?);
        let (vocab, capitalize) = (keys.truth("vocab", true)?, keys.truth("capitalize", false)?);
        let exceptions = around.exceptions(&own_exceptions, vocab)?;
        let made = Self::of(swap, ignorecase, nonword, around, action.name == "replace")?;
        Ok(Self { own_exceptions, exceptions, capitalize, ..made })
    }

    /// The rule for accepted words: each is preferred to itself in other cases.
    pub fn of_terms(accepted: &[String], around: &Surroundings) -> Result<Self, String> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for term in accepted {
            let key = term.to_lowercase();
            match pairs.iter_mut().find(|(known, _)| *known == key) {
                Some(pair) => pair.1.clone_from(term),
                None => pairs.push((key, term.clone())),
            }
        }
        Self::of(pairs, true, false, around, false)
    }

    fn of(
        mut swap: Vec<(String, String)>,
        ignorecase: bool,
        nonword: bool,
        around: &Surroundings,
        literal: bool,
    ) -> Result<Self, String> {
        swap.sort_by_key(|(term, _)| std::cmp::Reverse(term.len()));
        let mut swaps = Vec::with_capacity(swap.len());
        for (term, preferred) in swap {
            let case = if ignorecase { "(?i)" } else { "" };
            let parts = if has_reference(&preferred) { Some(Pattern::new(&format!("{case}{term}"))?) } else { None };
            let right = (!literal && !is_phrase(&preferred) && parts.is_none())
                .then(|| Pattern::new(&format!("^(?:{preferred})$")).ok())
                .flatten();
            swaps.push(Swap { term, preferred, parts, right });
        }
        let terms: Vec<String> = swaps.iter().map(|swap| format!("({})", without_groups(&swap.term))).collect();
        let body = around.around(&terms.join("|"), !nonword);
        let pattern = Pattern::new(&if ignorecase { format!("(?i){body}") } else { body })?;
        let required =
            swaps.iter().map(|swap| required(&swap.term)).collect::<Option<Vec<_>>>().map(|all| all.concat());
        let exceptions = Arc::default();
        Ok(Self {
            swaps,
            ignorecase,
            nonword,
            own_exceptions: Vec::new(),
            required: required.filter(|all| !all.is_empty()),
            capitalize: false,
            pattern,
            exceptions,
        })
    }

    pub fn run(&self, about: &About, text: &str) -> Found<Vec<Hit>> {
        let mut hits = Vec::new();
        for groups in self.pattern.captures_all(text)? {
            let matched = groups.iter().enumerate().skip(1).find_map(|(nth, span)| Some((nth, (*span)?)));
            let Some((nth, (start, end))) = matched else { continue };
            let Some(swap) = self.swaps.get(nth - 1) else { continue };
            let observed = &text[start..end];
            let expected = self.expected(swap, observed);
            let replaces = about.action.name == "replace";
            let same = if replaces {
                options(&expected).iter().any(|option| option == observed)
            } else {
                swap.is_right(&expected, observed)
            };
            if same || self.exceptions.hold(observed) || self.exceptions.cover(text, start, end) {
                continue;
            }
            let (said, message, suggestions) = if replaces && about.action.params.is_empty() {
                let cased = self.capitalize && capital(observed) == observed;
                let options: Vec<String> =
                    options(&expected).into_iter().map(|one| if cased { capital(&one) } else { one }).collect();
                (choice(&options), single_quotes(&about.message), options)
            } else if replaces {
                (expected, about.message.clone(), about.action.params.clone())
            } else {
                let said = recase(&expected, observed);
                let suggestions =
                    if about.action.name.is_empty() { vec![] } else { about.action.suggestions(observed) };
                (said, about.message.clone(), suggestions)
            };
            let message = fill(&message, &[Arg::Text(&said), Arg::Text(observed)]);
            hits.push(Hit { span: Some((start, end)), matched: observed.to_owned(), message, suggestions });
        }
        Ok(hits)
    }

    fn expected(&self, swap: &Swap, observed: &str) -> String {
        let cased = self.capitalize && capital(observed) == observed;
        let preferred = if cased { capital(&swap.preferred) } else { swap.preferred.clone() };
        match &swap.parts {
            Some(parts) => parts.replace_all(observed, &braced(&preferred)),
            None => preferred,
        }
    }
}

impl Swap {
    /// True when what was found is what is preferred.
    fn is_right(&self, expected: &str, observed: &str) -> bool {
        match (&self.right, &self.parts) {
            (Some(right), None) => right.is_in(observed),
            _ => expected == observed,
        }
    }
}

/// Alternatives between `|`; `\|` is one in a text.
pub(in crate::voice::vale) fn options(preferred: &str) -> Vec<String> {
    let mut options = vec![String::new()];
    let mut before = ' ';
    for c in preferred.chars() {
        match c {
            '|' if before != '\\' => options.push(String::new()),
            '|' => {
                if let Some(last) = options.last_mut() {
                    last.pop();
                    last.push('|');
                }
            }
            _ => options.last_mut().into_iter().for_each(|last| last.push(c)),
        }
        before = c;
    }
    options.retain(|option| !option.is_empty());
    options
}

/// Letters, digits, spaces and hyphens: a term, not a pattern.
pub(in crate::voice::vale) fn is_phrase(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'))
}

fn has_reference(preferred: &str) -> bool {
    preferred.as_bytes().windows(2).any(|pair| pair[0] == b'$' && pair[1].is_ascii_digit())
}

/// `$1` as `${1}`, so that letters may follow.
fn braced(preferred: &str) -> String {
    let mut out = String::with_capacity(preferred.len() + 4);
    let mut chars = preferred.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        if c == '$' && chars.peek().is_some_and(char::is_ascii_digit) {
            out.push('{');
            while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                out.push(digit);
            }
            out.push('}');
        }
    }
    out
}

/// The term with groups that keep nothing: each term is a group of its own.
pub(in crate::voice::vale) fn without_groups(term: &str) -> String {
    let mut out = String::with_capacity(term.len() + 8);
    let mut chars = term.chars().peekable();
    let mut class = false;
    while let Some(c) = chars.next() {
        out.push(c);
        match c {
            '\\' => out.extend(chars.next()),
            '[' => class = true,
            ']' => class = false,
            '(' if !class && chars.peek() != Some(&'?') => out.push_str("?:"),
            _ => {}
        }
    }
    out
}

/// `'%s'` twice becomes `%s` once: alternatives bring their own quotes.
fn single_quotes(message: &str) -> String {
    ["'%s'", "\"%s\""].into_iter().fold(message.to_owned(), |message, quoted| {
        if message.matches(quoted).count() == 2 { message.replacen(quoted, "%s", 1) } else { message }
    })
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A term's own spelling of what was found, when the term is a word with at most optional letters.
fn recase(term: &str, observed: &str) -> String {
    let mut spellings = vec![String::new()];
    let mut chars = term.chars().peekable();
    while let Some(c) = chars.next() {
        let c = match c {
            '\\' => match chars.next().filter(|c| !c.is_alphanumeric()) {
                Some(c) => c,
                None => return term.to_owned(),
            },
            '[' | ']' | '(' | ')' | '{' | '}' | '|' | '.' | '*' | '+' | '?' | '^' | '$' => return term.to_owned(),
            c => c,
        };
        let optional = chars.next_if_eq(&'?').is_some();
        let without = if optional && spellings.len() < 64 { spellings.clone() } else { Vec::new() };
        spellings.iter_mut().for_each(|spelling| spelling.push(c));
        spellings.extend(without);
    }
    let fits = |spelling: &String| spelling.to_lowercase() == observed.to_lowercase();
    spellings.into_iter().find(fits).unwrap_or_else(|| term.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_swaps() {
        assert_eq!(options(r"a|b\|c|"), ["a", "b|c"]);
        assert_eq!(without_groups(r"(a|b)\([(](?:c)"), r"(?:a|b)\([(](?:c)");
        assert_eq!(braced("$1s and $2"), "${1}s and ${2}");
        assert_eq!(single_quotes("Use '%s', not '%s'."), "Use %s, not '%s'.");
        assert_eq!(single_quotes("Use %s, not '%s'."), "Use %s, not '%s'.");
        assert_eq!(recase("OAuth2?", "oauth"), "OAuth");
        assert_eq!(recase("[Oo]Auth", "oauth"), "[Oo]Auth");
    }
}
