//! Vale's patterns as our phrases: those that stand for finitely many literals. What is left may do as a guarded pattern.

use crate::voice::expand::expand;

use super::pattern::required;

/// A pattern in our words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Phrase {
    /// A phrase with choices: `utili(s|z)e`.
    Finite(String),
    /// A pattern over folded text, and phrases one of which it needs.
    Guarded { pattern: String, needs: Vec<String> },
}

/// A pattern in our words; else the key of why there are none.
pub(super) fn phrase(source: &str) -> Result<Phrase, &'static str> {
    let bare = bare(source);
    if let Some(finite) = finite(bare).filter(|finite| expand(finite).is_ok()) {
        return Ok(Phrase::Finite(finite));
    }
    let needs = required(bare).ok_or("vale_no_anchor")?;
    let pattern = folded(bare).ok_or("vale_no_look")?;
    Ok(Phrase::Guarded { pattern, needs: needs.into_iter().map(|need| escaped(need.trim())).collect() })
}

/// Without what is said otherwise here: case does not count, and a match is whole words.
fn bare(source: &str) -> &str {
    let source = source.trim_start_matches("(?i)").trim_start_matches("(?-i)");
    let source = source.trim_start_matches(r"\b");
    source.strip_suffix(r"\b").unwrap_or(source)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push(&mut out, c));
    out
}

fn push(out: &mut String, c: char) {
    if matches!(c, '(' | ')' | '|' | '\\') {
        out.push('\\');
    }
    out.push(c);
}

/// A phrase with choices, for a pattern that is one.
fn finite(source: &str) -> Option<String> {
    let chars: Vec<char> = source.chars().collect();
    let mut at = 0;
    let (out, several) = sequence(&chars, &mut at, 0)?;
    if at < chars.len() || out.is_empty() {
        return None;
    }
    Some(if several { format!("({out})") } else { out })
}

/// Reads up to a closing bracket or the end; true when it is a choice.
fn sequence(chars: &[char], at: &mut usize, depth: usize) -> Option<(String, bool)> {
    let (mut out, mut several) = (String::new(), false);
    while let Some(&c) = chars.get(*at) {
        *at += 1;
        let atom = match c {
            ')' if depth > 0 => {
                *at -= 1;
                break;
            }
            '|' => {
                several = true;
                out.push('|');
                continue;
            }
            '(' => {
                match (chars.get(*at), chars.get(*at + 1)) {
                    (Some('?'), Some(':')) => *at += 2,
                    (Some('?'), _) => return None,
                    _ => {}
                }
                if depth > 8 {
                    return None;
                }
                let (inner, _) = sequence(chars, at, depth + 1)?;
                chars.get(*at).filter(|&&c| c == ')')?;
                *at += 1;
                format!("({inner})")
            }
            '[' => {
                let close = *at + chars[*at..].iter().position(|&c| c == ']')?;
                let set = &chars[*at..close];
                if set.is_empty() || set.iter().any(|c| matches!(c, '^' | '-' | '\\' | '[')) {
                    return None;
                }
                *at = close + 1;
                let set: Vec<String> = set.iter().map(|c| escaped(&c.to_string())).collect();
                format!("({})", set.join("|"))
            }
            '\\' => {
                let c = *chars.get(*at)?;
                *at += 1;
                match c {
                    's' => " ".to_owned(),
                    c if c.is_alphanumeric() => return None,
                    c => escaped(&c.to_string()),
                }
            }
            '*' | '+' | '{' | '}' | '.' | '^' | '$' | '?' | ')' => return None,
            c => escaped(&c.to_string()),
        };
        match chars.get(*at) {
            Some('?') => {
                *at += 1;
                out.push_str(&format!("({atom}|)"));
            }
            Some('*' | '+' | '{') => return None,
            _ => out.push_str(&atom),
        }
    }
    Some((out, several))
}

/// The pattern for folded text; `None` when that would change what it means.
fn folded(source: &str) -> Option<String> {
    if ["(?=", "(?!", "(?<", "(?P", "(?i", "(?-", "(?m", "(?s", r"\b", r"\B", r"\p", "^", "$"]
        .iter()
        .any(|no| source.contains(no))
    {
        return None;
    }
    let mut out = String::with_capacity(source.len());
    let mut chars = source.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let next = chars.next()?;
                if next.is_ascii_digit() {
                    return None;
                }
                out.push('\\');
                out.push(next);
            }
            '’' | '‘' => out.push('\''),
            '“' | '”' => out.push('"'),
            c => out.extend(c.to_lowercase()),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_as_phrases() {
        let cases = [
            ("very", Some("very")),
            ("utili[sz]e", Some("utili(s|z)e")),
            (r"\bcolou?rs?\b", Some("colo(u|)r(s|)")),
            ("(?:in|with) regards? to", Some("(in|with) regard(s|) to")),
            ("a|b", Some("(a|b)")),
            (r"e\.g\.", Some("e.g.")),
            (r"f\(x\)", Some(r"f\(x\)")),
            (r"\w+ly", None),
            ("a+", None),
            ("[a-z]b", None),
        ];
        for (source, expect) in cases {
            assert_eq!(finite(bare(source)).as_deref(), expect, "{source}");
        }
        let guarded = Phrase::Guarded { pattern: r"please \w+".into(), needs: vec!["please".into()] };
        assert_eq!(phrase(r"Please \w+"), Ok(guarded));
        assert!(phrase(r"\w+").is_err() && phrase("foo(?!bar)").is_err());
    }
}
