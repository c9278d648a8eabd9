//! A pattern of a rule: finds, and gives up instead of hanging. Which literals a text must hold for a match is read off
//! here too, so that most rules are never asked. What runs it is [`super::engine`].

use super::engine::Engine;

/// A pattern.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    /// Pages make packs of rules and run none: the engine is left out there, and patterns are taken as they stand.
    engine: Option<Engine>,
}

/// A search took too many steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooHard;

/// Where a match and its groups are; a group that took no part is `None`.
pub(super) type Groups = Vec<Option<(usize, usize)>>;

/// What a search found.
pub(super) type Found<T> = Result<T, TooHard>;

impl Pattern {
    /// Compiles a pattern in Vale's dialect; else what is wrong with it.
    pub fn new(source: &str) -> Result<Self, String> {
        Engine::new(source).map(|engine| Self { engine })
    }

    /// True when it is found anywhere in `text`; one that is too hard is not.
    pub fn is_in(&self, text: &str) -> bool {
        self.engine.as_ref().is_some_and(|engine| engine.is_in(text))
    }

    /// Every match.
    pub fn find_all(&self, text: &str) -> Found<Vec<(usize, usize)>> {
        self.engine.as_ref().map_or(Err(TooHard), |engine| engine.find_all(text))
    }

    /// Every match with its groups.
    pub fn captures_all(&self, text: &str) -> Found<Vec<Groups>> {
        self.engine.as_ref().map_or(Err(TooHard), |engine| engine.captures_all(text))
    }

    /// The words of every match.
    pub fn words<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let found = self.find_all(text).unwrap_or_default();
        found.into_iter().map(|(start, end)| &text[start..end]).collect()
    }

    /// `text` with every match replaced; `$1` is the first group.
    pub fn replace_all(&self, text: &str, with: &str) -> String {
        self.engine.as_ref().map_or_else(|| text.to_owned(), |engine| engine.replace_all(text, with))
    }
}

/// Literals, lower-case and ASCII, one of which any match must hold; `None` when there is no saying.
pub(super) fn required(source: &str) -> Option<Vec<String>> {
    branches(source)?.into_iter().map(longest).collect()
}

/// The alternatives of a pattern, when it is nothing but alternatives and groups around them.
fn branches(source: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    let (mut depth, mut class, mut from) = (0_i32, false, 0);
    let mut chars = source.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '[' if !class => class = true,
            ']' => class = false,
            _ if class => {}
            '(' => depth += 1,
            ')' => depth -= 1,
            '|' if depth == 0 => {
                parts.push(&source[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&source[from..]);
    (depth == 0 && !class).then_some(parts)
}

/// The longest run of plain characters that is neither optional nor inside a group.
fn longest(branch: &str) -> Option<String> {
    let chars: Vec<char> = branch.chars().collect();
    let (mut best, mut run) = (String::new(), String::new());
    let mut at = 0;
    let mut depth = 0;
    while at < chars.len() {
        let c = chars[at];
        let (literal, len) = match c {
            '\\' => match chars.get(at + 1) {
                Some(&next) if next.is_ascii_punctuation() || next == ' ' => (Some(next), 2),
                // What follows is a part of the escape, not text.
                Some('x' | 'u' | 'k' | 'c') => return None,
                Some('p' | 'P') if chars.get(at + 2) != Some(&'{') => return None,
                _ => (None, 2),
            },
            '[' => {
                let close = chars[at + 1..].iter().skip(1).position(|&c| c == ']')?;
                if chars[at + 1..at + 2 + close].contains(&'[') || chars[at + 1..at + 2 + close].contains(&'\\') {
                    return None;
                }
                (None, close + 3)
            }
            '(' => {
                depth += 1;
                // A switch in the midst changes what the rest means.
                if chars.get(at + 1) == Some(&'?') && chars.get(at + 2).is_some_and(|c| matches!(c, 'x' | 'n' | '#')) {
                    return None;
                }
                (None, 1)
            }
            ')' => {
                depth -= 1;
                (None, 1)
            }
            '.' | '^' | '$' | '|' | '?' | '*' | '+' | '{' | '}' | ']' => (None, 1),
            c if c.is_ascii() => (Some(c), 1),
            // Folding beyond ASCII is the engine's business.
            _ => (None, 1),
        };
        let optional = matches!(chars.get(at + len), Some('?' | '*' | '{'));
        match literal.filter(|_| depth == 0 && !optional) {
            Some(c) => run.push(c.to_ascii_lowercase()),
            None => {
                keep(&mut best, &mut run);
            }
        }
        // Inside braces stand numbers, not text.
        at += len;
        if chars.get(at) == Some(&'{') {
            at += chars[at..].iter().position(|&c| c == '}').map_or(1, |close| close + 1);
            keep(&mut best, &mut run);
        } else if chars.get(at) == Some(&'+') {
            keep(&mut best, &mut run);
        }
    }
    keep(&mut best, &mut run);
    (best.trim().len() >= 2).then_some(best)
}

fn keep(best: &mut String, run: &mut String) {
    if run.len() > best.len() {
        std::mem::swap(best, run);
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_as_vale_does() {
        let cases = [
            (r"(?m)\b(?:very|really)\b", "Very very, REALLY? really", vec!["very", "really"]),
            (r"(?i)(?m)\b(?:(?-i:IT)|we)\b", "it WE IT", vec!["WE", "IT"]),
            // A switch lasts to the end of its group, other alternatives included.
            (r"(?i)(?m)\b(?:(?-i)IT|we)\b", "it WE we", vec!["we"]),
            (r"(?<=\bthe\s+)\w+", "the  cat", vec!["cat"]),
            (r"(\w+) \1", "say bye bye", vec!["bye bye"]),
            (r"\bniño\b", "el niño ñandú", vec!["niño"]),
        ];
        for (pattern, text, expect) in cases {
            let found = Pattern::new(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"));
            assert_eq!(found.words(text), expect, "{pattern}");
        }
        assert_eq!(Pattern::new("a+").unwrap().replace_all("aa b a", "x$0"), "xaa b xa");
        assert!(Pattern::new("(a").is_err());
    }

    #[test]
    fn a_hard_one_is_given_up() {
        let hard = Pattern::new(r"^(?:(a+)+\1?)+$").unwrap();
        assert_eq!(hard.find_all(&format!("{}b", "a".repeat(60))), Err(TooHard));
    }

    #[test]
    fn literals_that_must_be_there() {
        let some = |words: &[&str]| Some(words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>());
        let cases = [
            ("utilize", some(&["utilize"])),
            ("Foo|ba[rz]?el", some(&["foo", "ba"])),
            ("in order to|x", None),
            (r"(?:a|b)c\.d", some(&["c.d"])),
            ("colou?r", some(&["colo"])),
            (r"\w+ly", some(&["ly"])),
            ("(?i)abc", some(&["abc"])),
            ("ab{0,2}", None),
            ("é", None),
            (r"\x41bc", None),
        ];
        for (pattern, expect) in cases {
            assert_eq!(required(pattern), expect, "{pattern}");
        }
    }
}
