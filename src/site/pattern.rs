//! Patterns that mean the same in Rust's `regex` and in JavaScript's `RegExp` with the flag `u`.
//!
//! The two differ in what `\d`, `\w` and `\b` match, in flags, look-around and class syntax. What differs is refused with
//! a reason, so that a definition that passes here does the same in the browser; but for `\p{L}`, `\p{Lu}` and `\p{Ll}`, which
//! also take a few signs that are none in JavaScript. `\p{Alphabetic}`, `\p{Uppercase}` and `\p{Lowercase}` are the same in both.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::text::regex::Regex;

/// Compiles `pattern` if both engines read it alike; else says what is wrong with it.
pub fn compile(pattern: &str) -> Result<Regex, String> {
    shared(pattern)?;
    Regex::new(pattern)
}

/// [`compile`], kept for the thread: a definition's few patterns meet every post.
pub fn kept(pattern: &str) -> Option<Regex> {
    thread_local! {
        static KEPT: RefCell<BTreeMap<String, Option<Regex>>> = const { RefCell::new(BTreeMap::new()) };
    }
    KEPT.with_borrow_mut(|kept| {
        if let Some(known) = kept.get(pattern) {
            return known.clone();
        }
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        let fresh = compile(pattern).ok();
        kept.insert(pattern.to_owned(), fresh.clone());
        fresh
    })
}

/// Patterns kept by [`kept`]; definitions have a handful.
const MOST_KEPT: usize = 64;

fn shared(pattern: &str) -> Result<(), String> {
    let mut chars = pattern.chars().peekable();
    let mut class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('s' | 'S' | 'n' | 't') => {}
                Some('p' | 'P') if chars.next() == Some('{') => {
                    chars.by_ref().find(|c| *c == '}');
                }
                Some('-') if class => {}
                Some(c) if "^$\\.*+?()[]{}|/".contains(c) => {}
                Some(c) => return Err(format!("\\{c}")),
                None => return Err("\\".to_owned()),
            },
            '[' if class => return Err("[ in [ ]".to_owned()),
            '[' => {
                class = true;
                if chars.peek() == Some(&'^') {
                    chars.next();
                }
                if chars.peek() == Some(&']') {
                    return Err("[]".to_owned());
                }
            }
            ']' if class => class = false,
            '{' if !class => {
                let times: String = chars.by_ref().take_while(|c| *c != '}').collect();
                if times.is_empty() || !times.chars().all(|c| c.is_ascii_digit() || c == ',') {
                    return Err("{".to_owned());
                }
            }
            ']' | '}' if !class => return Err(c.to_string()),
            '&' | '~' | '-' if class && chars.peek() == Some(&c) => return Err(format!("{c}{c}")),
            '(' if !class && chars.peek() == Some(&'?') => {
                chars.next();
                if chars.next() != Some(':') {
                    return Err("(?".to_owned());
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The first group of the first match in `text`, the whole match without a group.
pub fn first<'t>(pattern: &Regex, text: &'t str) -> Option<&'t str> {
    let group = usize::from(pattern.groups() > 1);
    text.get(pattern.find(text)?.get(group)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, fine: bool) {
        assert_eq!(compile(pattern).is_ok(), fine, "{pattern}: {:?}", compile(pattern).err());
    }

    #[test]
    fn only_what_both_engines_read_alike_passes() {
        check("/status/([0-9]+)", true);
        check(r"^/(?:es|fr)/([^/?#]+)$", true);
        check(r"[\-a-z0-9_.]{3,}\s*\.", true);
        check(r"\p{L}+", true);
        check(r"\d+", false);
        check(r"\bword\b", false);
        check(r"(?i)word", false);
        check(r"(?<name>x)", false);
        check(r"(?=x)", false);
        check(r"[a[b]]", false);
        check(r"[a&&b]", false);
        check(r"[]a]", false);
        check(r"\", false);
        check("(", false);
        check("a{", false);
        check("a}", false);
        check("a{2,}", true);
    }

    #[test]
    fn the_first_group_answers_else_the_whole_match() {
        assert_eq!(first(&compile("b([0-9]+)").unwrap(), "ab12c"), Some("12"));
        assert_eq!(first(&compile("b[0-9]+").unwrap(), "ab12c"), Some("b12"));
        assert_eq!(first(&compile("x(y)?").unwrap(), "x"), None);
        assert_eq!(first(&compile("z").unwrap(), "x"), None);
    }
}
